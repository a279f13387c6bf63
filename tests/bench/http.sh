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

# Another profile (`RETTEMATCH_BENCH_PROFILE=dev`) only tries whether it runs.
tests/tools/postgres.sh with -- cargo bench --locked --profile "${RETTEMATCH_BENCH_PROFILE:-bench}" --bench http -- "$@"
