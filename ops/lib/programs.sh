# Our own programs: what they are started with, when they are renewed, whether they answer.
# shellcheck shell=bash

# Stopped in this order: the door first, so that nobody enters a house being closed.
PROGRAMS=(nginx lab live worker api)

# programs_put_key < KEY: only its owner may read it, nobody may write it.
programs_put_key()
{
    # shellcheck disable=SC2016
    as_user bash -c 'umask 077; cat >"$1.new" && chmod 400 "$1.new" && mv -f "$1.new" "$1"' put-key "$VAR/keys/master.key"
}

# 32 random bytes that seal the channels' secrets. Never made again: without the old one they are lost.
programs_key()
{
    as_user test ! -e "$VAR/keys/master.key" || return 0
    head -c 32 /dev/urandom | programs_put_key
}

# Nothing of the caller's environment but our own settings and the sanitizers' options.
programs_environment()
{
    local name
    SERVICE_ENV=(PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 TZ=UTC "HOME=$VAR" "BALCAO_VAR=$VAR")
    for name in $(compgen -e BALCAO_ || true) ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS; do
        case $name in
            BALCAO_VAR | BALCAO_BUILD | BALCAO_USER | BALCAO_STARTED_AT) ;;
            *) [[ ! -v $name ]] || SERVICE_ENV+=("$name=${!name}") ;;
        esac
    done
}

# What a person or a script gets for talking to this instance.
programs_env()
{
    printf 'export BALCAO_VAR=%q BALCAO_URL=%q BALCAO_LAB_URL=%q BALCAO_BIN=%q\n' \
        "$VAR" "http://127.0.0.1:$(conf_get PORT)" \
        "$(lab=$(conf_get LAB_PORT) && printf '%s' "${lab:+http://127.0.0.1:$lab}")" \
        "$APP/backend/build/bin"
}

programs_ctl()
{
    as_user env -i "${SERVICE_ENV[@]}" "$(bin balcaoctl)" "$@"
}

programs_migrate()
{
    quietly "$LOG/migrate.log" programs_ctl migrate "$APP/db/migrations"
}

# Planted once; afterwards it belongs to whoever plays with it. Repeating only follows changed ports.
programs_seed()
{
    programs_ctl demo --print >/dev/null 2>&1 || say "planting the demo account"
    quietly "$LOG/demo.log" programs_ctl demo
}

programs_check_ports()
{
    local port=$1 name=$2 setting=$3
    [[ -n $port ]] || return 0
    [[ $(service_fingerprint "$name") != "$port-"* ]] || ! service_pid "$name" >/dev/null || return 0
    port_is_free "$port" ||
        die "port $port is taken by $(port_holder "$port")" \
            "choose another one, it will be remembered: make up $setting=$((port + 1000))"
}

# A program that cannot start says why before anybody is asked to become it.
program_check()
{
    local name=$1
    [[ -x $(bin "balcao-$name") ]] || die "balcao-$name is not built" "make build"
    as_user env -i "${SERVICE_ENV[@]}" timeout 20 "$(bin "balcao-$name")" --check >"$LOG/check-$name.log" 2>&1 </dev/null || {
        service_log_tail "check-$name" >&2
        die "this balcao-$name cannot start" "what runs already goes on as it is"
    }
}

# The master tries it once more by itself, and takes it over by writing its pid file again.
program_replace()
{
    local name=$1 pid=$2 file=$RUN/$1.pid before deadline=$((SECONDS + 20))
    before=$(stat -c %y "$file")
    kill -USR2 "$pid"
    until [[ $(stat -c %y "$file") != "$before" ]]; do
        service_pid "$name" >/dev/null || die "$name ended by itself" "log: $LOG/$name.log"
        ((SECONDS < deadline)) || die "the new $name was refused; the one that runs goes on" "log: $LOG/$name.log"
        sleep 0.05
    done
}

# program_renew NAME FINGERPRINT COMMAND…
# The fingerprint is "port-settings-program". Our masters take a new program without closing sockets
# (SIGUSR2); everything else starts again.
program_renew()
{
    local name=$1 fingerprint=$2 was
    shift 2
    if service_pid "$name" >/dev/null; then
        was=$(service_fingerprint "$name")
        [[ $was != "$fingerprint" ]] || return 0
        say "renewing $name"
        if [[ $name == @(api|worker|live) && ${was%-*} == "${fingerprint%-*}" ]]; then
            program_replace "$name" "$(service_pid "$name")"
            service_remember "$name" "$(service_pid "$name")" "$fingerprint"
            return
        fi
        service_stop "$name"
    fi
    service_start "$name" "$fingerprint" "$@"
}

programs_start()
{
    local name settings lab
    settings=$(sha256sum <"$CONF" | cut -c1-8)
    # All of them first: a house half renewed would be two versions for long.
    for name in api worker live; do program_check "$name"; done
    for name in api worker live; do
        program_renew "$name" "0-$settings-$(sha256sum <"$(bin "balcao-$name")" | cut -c1-8)" "$(bin "balcao-$name")"
    done

    lab=$(conf_get LAB_PORT)
    if [[ -n $lab && -e $APP/tests/simulators/main.ts ]]; then
        program_renew lab "$lab-$settings-$(app_hash tests/simulators)" \
            env "LAB_PORT=$lab" "LAB_SMTP_PORT=$(conf_get LAB_SMTP_PORT)" LAB_HOST=127.0.0.1 "PUBLIC_URL=$(conf_get PUBLIC_URL)" \
            "$("$ROOT/ops/node.sh" which node)" tests/simulators/main.ts
    fi
    edge_start
}

programs_sweep()
{
    local name
    for name in "${PROGRAMS[@]}" postgres; do service_sweep "$name"; done
}

programs_stop()
{
    local name
    for name in "${PROGRAMS[@]}"; do
        ! service_pid "$name" >/dev/null || say "stopping $name"
        # nginx: QUIT would wait for event streams that never end.
        service_stop "$name" TERM
    done
}

# The services that should be up; the first one that is not explains itself.
programs_complain_if_dead()
{
    local name
    [[ -e $RUN/started/nginx ]] || die "nothing was started in $VAR"
    for name in api worker live nginx lab; do
        [[ -e $RUN/started/$name ]] || continue
        service_pid "$name" >/dev/null && continue
        service_log_tail "$name" >&2
        die "$name ended by itself" "log: $LOG/$name.log"
    done
}

programs_wait()
{
    local scheme=http deadline=$((SECONDS + ${1:-60})) url
    [[ -z $(conf_get TLS_CERTIFICATE) ]] || scheme=https
    url=$scheme://127.0.0.1:$(conf_get PORT)/readyz
    until curl --silent --fail --insecure --noproxy '*' --max-time 5 --output /dev/null "$url"; do
        programs_complain_if_dead
        if ((SECONDS >= deadline)); then
            service_log_tail api >&2
            die "$url does not say yes" "logs: $LOG"
        fi
        sleep 0.1
    done
    programs_complain_if_dead
}

programs_status()
{
    local name pid
    for name in postgres api worker live nginx lab; do
        if pid=$(service_pid "$name"); then
            printf '%-9s running  pid %-8s since %s\n' "$name" "$pid" "$(ps -o lstart= -p "$pid")"
        else
            printf '%-9s stopped\n' "$name"
        fi
    done
    printf '%-9s %s\n' address "$(conf_get PUBLIC_URL)"
}
