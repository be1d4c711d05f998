# What the person at the keyboard sees: one line per step, with the time since the start.
# shellcheck shell=bash

# A script called by another one goes on counting from the first one's start.
export BALCAO_STARTED_AT=${BALCAO_STARTED_AT:-$EPOCHREALTIME}

elapsed()
{
    local now=${EPOCHREALTIME/[.,]/} began=${BALCAO_STARTED_AT/[.,]/}
    local tenths=$(((now - began) / 100000))
    printf '%4d.%ds' $((tenths / 10)) $((tenths % 10))
}

say()
{
    printf '%s  %s\n' "$(elapsed)" "$*"
}

# Further lines of the same step.
note()
{
    printf '         %s\n' "$*"
}

die()
{
    printf '%s  ! %s\n' "$(elapsed)" "$1" >&2
    shift
    if (($# > 0)); then printf '         %s\n' "$@" >&2; fi
    exit 1
}

# quietly LOG COMMAND…: output goes to the log; only a failure shows its tail.
quietly()
{
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if ((status != 0)); then
        tail -n 40 "$log" | sed 's/^/         | /' >&2
        die "failed: $*" "whole log: $log"
    fi
}
