# Runs suites one after the other (or, once begun, beside one another), adds up what they say, shows the end of what failed.
# shellcheck shell=bash

SUITE_LIMIT_S=1800

suites_begin()
{
    SUITES_LOG=$1
    SUITES_PASSED=0
    SUITES_FAILED=0
    SUITES_NAMES=()
    SUITES_UNSTEADY=()
    declare -gA SUITES_BEGUN=() SUITES_RUNNING=()
    mkdir -p "$SUITES_LOG"
}

suites_count()
{
    SUITES_PASSED=$((SUITES_PASSED + $1))
    SUITES_FAILED=$((SUITES_FAILED + $2))
}

# suites_start LOG COMMAND…: as a process group of its own, so that a suite which hangs is ended with all
# it started, and the next one still runs. SUITE_PID is the group; how it ended stands in LOG.status, for bash
# forgets what ended while nobody waited.
suites_start()
{
    local log=$1
    shift
    rm -f "$log.status"
    set -m
    (
        trap 'printf "%s\n" $? >"$log.status"' EXIT
        "$@"
    ) >"$log" 2>&1 </dev/null &
    SUITE_PID=$!
    set +m
    SUITES_RUNNING[$SUITE_PID]=$((SECONDS + SUITE_LIMIT_S))
}

# suites_await PID LOG: its status, or 124 when its time is over.
suites_await()
{
    local pid=$1 log=$2 watch left=$((SUITES_RUNNING[$1] - SECONDS))
    # Of what has ended already bash knows nothing, and complains.
    if [[ ! -s $log.status ]]; then
        sleep $((left > 0 ? left : 0)) &
        watch=$!
        wait -n "$pid" "$watch" 2>/dev/null || true
        kill "$watch" 2>/dev/null || true
    fi
    if [[ ! -s $log.status ]]; then
        printf 'ended after %s s\n' "$SUITE_LIMIT_S" >>"$log"
        kill -- "-$pid" 2>/dev/null || true
        printf '124\n' >"$log.status"
    fi
    unset "SUITES_RUNNING[$pid]"
    return "$(<"$log.status")"
}

# Whatever is running now, for the caller's exit trap.
suites_interrupt()
{
    local pid
    for pid in "${!SUITES_RUNNING[@]}"; do kill -- "-$pid" 2>/dev/null || true; done
}

# begin NAME COMMAND…: starts it beside what comes next, for what keeps one processor busy while another is idle.
# `suite NAME` or `gate NAME`, without a command, waits for it and says what became of it.
begin()
{
    local name=$1
    shift
    suites_start "$SUITES_LOG/suite-$name.log" "$@"
    SUITES_BEGUN[$name]=$SUITE_PID
}

# suites_run NAME [COMMAND…]
suites_run()
{
    (($# == 1)) || begin "$@"
    suites_await "${SUITES_BEGUN[$1]}" "$SUITES_LOG/suite-$1.log"
}

suites_show()
{
    printf '         see %s\n' "$1"
    sed 's/\x1b\[[0-9;]*m//g' "$1" | tail -n 60 | cut -c1-240 | sed 's/^/         | /'
}

# suites_said LOG PATTERN: what a log says at the beginning of a line, as much as last words bear.
suites_said()
{
    sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E "^($2)" | head -n 20 | cut -c1-300
}

# Keeps what failed by its name, for the last words: the end of a log is what is kept of it elsewhere.
suites_remember()
{
    local name=$1 log=$2 line before=${#SUITES_NAMES[@]}
    while IFS= read -r line; do
        SUITES_NAMES+=("$name: $line")
    done < <(suites_said "$log" 'failed: |not ok |not so: ')
    ((${#SUITES_NAMES[@]} > before)) || SUITES_NAMES+=("$name")
}

# What passed only when tried again lets the run pass, and is not passed over in silence.
suites_remember_unsteady()
{
    local name=$1 log=$2 line
    while IFS= read -r line; do
        SUITES_UNSTEADY+=("$name: $line")
    done < <(suites_said "$log" 'unsteady: ')
}

# suite NAME [COMMAND…]
suite()
{
    local name=$1 log=$SUITES_LOG/suite-$1.log status=0 said passed failed
    suites_run "$@" || status=$?
    said=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^[0-9]+ passed, [0-9]+ failed$' | tail -n 1 || true)
    if [[ -z $said || $said == '0 passed, 0 failed' ]]; then
        suites_count 0 1
        say "FAILED  $name did not run to its end"
        suites_show "$log"
        suites_remember "$name" "$log"
        return
    fi
    read -r passed _ failed _ <<<"$said"
    # A suite that is content but ends badly (a leak, a crash on the way out) is not content.
    ((status == 0 || failed > 0)) || failed=1
    suites_count "$passed" "$failed"
    suites_remember_unsteady "$name" "$log"
    if ((failed > 0)); then
        say "FAILED  $name: $failed of $((passed + failed))"
        suites_show "$log"
        suites_remember "$name" "$log"
    else
        say "ok      $name: $passed"
    fi
}

# gate NAME [COMMAND…]: good or not; GATE says which, open or closed.
gate()
{
    local name=$1 log=$SUITES_LOG/suite-$1.log
    # shellcheck disable=SC2034
    GATE=closed
    if suites_run "$@"; then
        # shellcheck disable=SC2034
        GATE=open
        suites_count 1 0
        say "ok      $name"
    else
        suites_count 0 1
        say "FAILED  $name"
        suites_show "$log"
        suites_remember "$name" "$log"
    fi
}

suite_missing()
{
    suites_count 0 1
    say "FAILED  $1 could not run"
    SUITES_NAMES+=("$1: could not run")
}

suites_end()
{
    ((${#SUITES_UNSTEADY[@]} == 0)) || printf 'what passed only when tried again: %s\n' "${SUITES_UNSTEADY[@]}"
    ((${#SUITES_NAMES[@]} == 0)) || printf 'what failed: %s\n' "${SUITES_NAMES[@]}"
    printf '%d passed, %d failed\n' "$SUITES_PASSED" "$SUITES_FAILED"
    ((SUITES_FAILED == 0))
}
