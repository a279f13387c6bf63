#!/usr/bin/env bash
# What a request costs, on SQLite and on a throwaway PostgreSQL with its usual durability, beside Django REST framework: prints
# tables. Arguments go on to the benchmark: so many internships, so many seconds each (`tests/bench/http.sh 20000 1` is a trial).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '== %s\n' "$*" >&2; }

wanted=tests/bench/django/requirements.txt
venv=target/tools/django
if ! { cmp -s "$wanted" "$venv/requirements.stamp" && "$venv/bin/gunicorn" --version >/dev/null 2>&1; }; then
    say "installing Django of $wanted into $venv"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$venv/requirements.stamp"
fi
export RETTEMATCH_BENCH_DJANGO="$PWD/$venv/bin"

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    say "PostgreSQL is missing (Debian: postgresql)"
    exit 1
fi
cluster=$(mktemp -d)
# PostgreSQL does not run as root; Debian's package makes the user postgres.
as_server=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$cluster"
    as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
port=$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
say "starting a throwaway PostgreSQL in $cluster on port $port"
trap '(cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1); rm -rf "$cluster" "$cluster.log"' EXIT
(cd "$cluster" && "${as_server[@]}" "$bin/initdb" -D "$cluster/data" -A trust -U postgres >"$cluster.log" &&
    "${as_server[@]}" "$bin/pg_ctl" -D "$cluster/data" -o "-p $port -k $cluster -h 127.0.0.1" -l "$cluster/server.log" -w start >>"$cluster.log")
export RETTEMATCH_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"

# Another profile (`RETTEMATCH_BENCH_PROFILE=dev`) only tries whether it runs.
cargo bench --locked --profile "${RETTEMATCH_BENCH_PROFILE:-bench}" --bench http -- "$@"
