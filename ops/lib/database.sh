# A private PostgreSQL cluster in $VAR/pg, reachable only through a socket in $RUN/pg.
# shellcheck shell=bash

# An existing cluster keeps its major version; a new one takes the newest installed.
pg_bin()
{
    local version
    if [[ -r $VAR/pg/PG_VERSION ]]; then
        version=$(as_user cat "$VAR/pg/PG_VERSION")
    else
        version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -n | tail -n 1)
    fi
    [[ -x /usr/lib/postgresql/$version/bin/postgres ]] ||
        die "PostgreSQL ${version:-15} is not installed" "ops/packages.sh runtime installs it"
    printf '/usr/lib/postgresql/%s/bin' "$version"
}

# Who comes through the socket is known by the kernel (peer). PostgreSQL 15 has no "all" on this
# side of the map, so every role is named.
database_ident()
{
    local person role
    for person in $(printf '%s\n' "$OS_USER" "$(id -un)" | sort -u); do
        for role in postgres balcao_api balcao_worker balcao_live balcao_operator balcao_backup; do
            printf 'balcao %s %s\n' "$person" "$role"
        done
    done
}

database_init()
{
    if [[ ! -e $VAR/pg/PG_VERSION ]]; then
        say "making a PostgreSQL cluster in $VAR/pg"
        quietly "$LOG/initdb.log" as_user "$(pg_bin)/initdb" --pgdata "$VAR/pg" --username postgres \
            --auth peer --locale C.UTF-8 --encoding UTF8 --data-checksums --no-instructions
        as_user tee -a "$VAR/pg/postgresql.conf" >/dev/null <<<"include 'balcao.conf'"
    fi
    sed "s|@RUN@|$RUN|g" "$ROOT/ops/postgresql/balcao.conf" | as_user tee "$VAR/pg/balcao.conf" >/dev/null
    as_user tee "$VAR/pg/pg_hba.conf" >/dev/null <"$ROOT/ops/postgresql/pg_hba.conf"
    database_ident | as_user tee "$VAR/pg/pg_ident.conf" >/dev/null
}

database_psql()
{
    as_user "$(pg_bin)/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$RUN/pg" -U postgres "$@"
}

database_wait()
{
    local deadline=$((SECONDS + 60))
    until as_user "$(pg_bin)/pg_isready" -q -h "$RUN/pg" -d postgres -U postgres; do
        service_pid postgres >/dev/null || {
            service_log_tail postgres >&2
            die "PostgreSQL ended while starting" "log: $LOG/postgres.log"
        }
        ((SECONDS < deadline)) || die "PostgreSQL did not answer in 60 s" "log: $LOG/postgres.log"
        sleep 0.1
    done
}

# A killed server's number stays until its parent has taken note of the death; PostgreSQL would take
# the corpse for a rival and refuse to start.
database_await_burial()
{
    local pid deadline=$((SECONDS + 30))
    pid=$(as_user head -n 1 "$VAR/pg/postmaster.pid" 2>/dev/null) || return 0
    while [[ -d /proc/$pid ]] && ! service_start_time "$pid" >/dev/null && ((SECONDS < deadline)); do
        sleep 0.1
    done
}

database_start()
{
    local fingerprint
    database_init
    fingerprint=$(as_user cat "$VAR"/pg/{balcao,pg_hba,pg_ident}.conf | sha256sum | cut -c1-16)
    if service_pid postgres >/dev/null; then
        [[ $(service_fingerprint postgres) != "$fingerprint" ]] || return 0
        say "restarting PostgreSQL: its settings changed"
        service_stop postgres INT 60
    fi
    database_await_burial
    service_start postgres "$fingerprint" "$(pg_bin)/postgres" -D "$VAR/pg"
    database_wait
    if [[ -z $(database_psql -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'balcao'") ]]; then
        database_psql -d postgres -c "CREATE DATABASE balcao TEMPLATE template0"
    fi
}

# A dump has everything but the roles: whoever calls has migrated an empty database for those.
database_restore()
{
    local dump=$1
    database_psql -d postgres -c "DROP DATABASE balcao"
    # Through a pipe: the user of the server may not read other people's backups.
    as_user "$(pg_bin)/pg_restore" -h "$RUN/pg" -U postgres -d postgres --create --exit-on-error <"$dump"
}
