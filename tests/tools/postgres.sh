#!/usr/bin/env bash
# A throwaway PostgreSQL for tests and benchmarks. Installs PostgreSQL where it is missing.
#
# postgres.sh with [SETTING=VALUE …] -- COMMAND…
#     Runs a command with the address of a new server in RETTEMATCH_TEST_POSTGRES, and removes the server afterwards.
# postgres.sh create FOLDER [SETTING=VALUE …]
#     Prepares a server in an empty folder and prints its port. Its user is `postgres`; signing in takes the password in
#     FOLDER/password where there is such a file, and none otherwise.
# postgres.sh start FOLDER
# postgres.sh stop FOLDER
#     Stops it the way a machine does that loses power.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The newest version that is installed.
programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

# PostgreSQL refuses to run as root; Debian's package creates the user postgres.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@")
    else
        "$@"
    fi
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

create() {
    local folder=$1 port authentication=(-A trust)
    shift
    [ -n "$(programs)" ] || "$tools/apt_install.sh" postgresql
    if [ -e "$folder/password" ]; then authentication=(-A scram-sha-256 --pwfile "$folder/password"); fi
    if [ "$(id -u)" -eq 0 ]; then chown -R postgres: "$folder"; fi
    as_server "$(programs)/initdb" -D "$folder/data" -U postgres --no-sync "${authentication[@]}" >"$folder.log"
    rm "$folder.log"
    port=$(free_port)
    printf '%s\n' "port = $port" "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$folder'" \
        "${@/=/ = }" >>"$folder/data/postgresql.conf"
    echo "$port"
}

start() { as_server "$(programs)/pg_ctl" -D "$1/data" -l "$1/log" -w start >/dev/null; }

stop() { as_server "$(programs)/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null; }

with() {
    local settings=() port
    while [ $# -gt 0 ] && [ "$1" != -- ]; do settings+=("$1") && shift; done
    shift
    # Not local: the trap needs it after this function.
    folder=$(mktemp -d)
    trap 'stop "$folder" 2>/dev/null || true; rm -rf "$folder"' EXIT
    port=$(create "$folder" "${settings[@]}")
    start "$folder"
    echo "== a throwaway PostgreSQL is running in $folder on port $port" >&2
    RETTEMATCH_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres" "$@"
}

case "${1-}" in
    create | start | stop | with) "$@" ;;
    *)
        sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 2
        ;;
esac
