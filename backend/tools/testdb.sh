#!/bin/sh
# Brings up a throw-away PostgreSQL cluster, migrates it, runs a command, removes it.
#
#   tools/testdb.sh command [argument…]
#
# The command finds the database in BALCAO_TEST_DB (a superuser's conninfo; tests
# narrow themselves with SET ROLE). Nothing survives, so durability is switched off.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
# A socket path may have 107 bytes: stay near the root.
place=$(mktemp -d "${TMPDIR:-/tmp}/bdb.XXXXXX")
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")

# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    someone=postgres
    getent passwd balcao >/dev/null && someone=balcao
    chown "$someone" "$place"
    as() { runuser -u "$someone" -- "$@"; }
else
    as() { "$@"; }
fi

# shellcheck disable=SC2317
tear_down() {
    as "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap tear_down EXIT
trap 'exit 130' INT TERM HUP

(
    cd "$place"
    as "$bin/initdb" -D "$place/data" -A trust -U postgres --locale=C.UTF-8 -E UTF8 -N >/dev/null
    as tee -a "$place/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$place'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
shared_buffers = 32MB
max_connections = 60
END
    as "$bin/pg_ctl" -D "$place/data" -l "$place/log" -w -t 30 start >/dev/null ||
        { cat "$place/log" >&2; exit 1; }
)

export PGHOST="$place" PGUSER=postgres PGDATABASE=balcao
export BALCAO_TEST_DB="host=$place user=postgres dbname=balcao"
psql -qX -d postgres -c 'CREATE DATABASE balcao'

# The program itself migrates when it is there; plain psql serves while it does not compile.
if [ -x "${BALCAOCTL:-}" ]; then
    : >"$place/balcao.conf"
    BALCAO_VAR="$place" BALCAO_DB_OWNER="$BALCAO_TEST_DB" "$BALCAOCTL" migrate "$here/../db/migrations" \
        >"$place/migrate.log" 2>&1 || { cat "$place/migrate.log" >&2; exit 1; }
else
    for migration in "$here"/../db/migrations/*.sql; do
        psql -qX1 -v ON_ERROR_STOP=1 -f "$migration"
    done
fi

# The months and days of the tests' clock (base/testing/testing.h): what a test commits there must not
# stand in the way of the chore that makes them.
psql -qX -c "CALL add_partitions('2026-03-04')"

# Tests have the rights of both programs but see every account (base/testing/testing.h).
psql -qX -c "CREATE ROLE balcao_test LOGIN BYPASSRLS IN ROLE balcao_api, balcao_worker" \
    -c "ALTER ROLE balcao_test SET plan_cache_mode = force_generic_plan"

status=0
"$@" || status=$?
# A server that fell over explains itself.
if grep -qE 'PANIC|terminated by signal' "$place/log"; then
    grep -E 'PANIC|terminated by signal' "$place/log" >&2
fi
exit $status
