# Background programs of an instance: started once, recognised later, stopped for certain.
#
# $RUN/started/NAME holds "pid start-time fingerprint". The start time (clock ticks since boot) makes
# the pid unique: a recycled number is never mistaken for ours and never killed.
# shellcheck shell=bash

service_start_time()
{
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # Fields are counted after the command's name, which may contain spaces and parentheses.
    read -ra stat <<<"${stat##*) }"
    [[ ${stat[0]} != Z ]] || return 1
    printf '%s' "${stat[19]}"
}

# Prints the pid of a running service; fails when it does not run.
service_pid()
{
    local pid start _
    { read -r pid start _ <"$RUN/started/$1"; } 2>/dev/null || return 1
    [[ $(service_start_time "$pid") == "$start" ]] || return 1
    printf '%s' "$pid"
}

# What a service that was killed outright left behind: nginx's workers go on listening without their
# master. They are in the session that service_start opened, whose number stays taken as long as one of
# them lives.
service_sweep()
{
    local pid _
    { read -r pid _ <"$RUN/started/$1"; } 2>/dev/null || return 0
    ! service_pid "$1" >/dev/null || return 0
    pkill -KILL --session "$pid" --uid "$OS_USER" || true
    rm -f "$RUN/started/$1"
}

service_fingerprint()
{
    cut -d' ' -f3 "$RUN/started/$1" 2>/dev/null || true
}

service_remember()
{
    printf '%s %s %s\n' "$2" "$(service_start_time "$2")" "$3" >"$RUN/started/$1"
}

# service_start NAME FINGERPRINT COMMAND…
# A new session without our terminal, our lock or our secrets: the environment is made from nothing.
service_start()
{
    local name=$1 fingerprint=$2
    shift 2
    mkdir -p "$RUN/started"
    (
        cd "$APP" || exit
        umask 027
        ulimit -S -n hard                       # every event stream is two descriptors of nginx
        exec {LOCK}>&- setsid env -i "${SERVICE_ENV[@]}" "${AS_USER[@]}" "$@" \
            >>"$LOG/$name.log" 2>&1 </dev/null
    ) &
    service_remember "$name" $! "$fingerprint"
}

# service_stop NAME [SIGNAL] [SECONDS]: asks, waits, then insists.
service_stop()
{
    local name=$1 signal=${2:-TERM} patience=${3:-15} pid deadline
    pid=$(service_pid "$name") || {
        service_sweep "$name"
        return 0
    }
    kill -s "$signal" "$pid"
    deadline=$((SECONDS + patience))
    while service_pid "$name" >/dev/null; do
        if ((SECONDS >= deadline)); then
            note "$name did not end in ${patience}s: killed"
            kill -s KILL "$pid" 2>/dev/null || true
            break
        fi
        sleep 0.05
    done
    rm -f "$RUN/started/$name"
}

service_log_tail()
{
    tail -n "${2:-30}" "$LOG/$1.log" 2>/dev/null | sed 's/^/         | /'
}
