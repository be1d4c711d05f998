#!/bin/sh
# Runs each fuzzer for a while, as many at once as there are processors. x_fuzz finds its seeds in fuzz/corpus/x; what
# is found on the way stays under the build folder.
#
#   tools/run-fuzz.sh seconds program…
set -u

run_one()
{
    seconds=$1 program=$2
    name=$(basename "$program")
    mkdir -p "$program.corpus"
    seeds="fuzz/corpus/${name%_fuzz}"
    if [ ! -d "$seeds" ]; then
        echo "fuzz $name: no seeds in $seeds" >&2
        return 1
    fi
    if "$program" -max_total_time="$seconds" -artifact_prefix="$program." -print_final_stats=1 \
        "$program.corpus" "$seeds" >"$program.log" 2>&1; then
        echo "fuzz $name: $(awk '/number_of_executed_units/ { print $2 }' "$program.log") runs, nothing found"
    else
        echo "fuzz $name: FAILED"
        tail -n 40 "$program.log"
        return 1
    fi
}

if [ "$1" = --one ]; then
    run_one "$2" "$3"
    exit
fi
seconds=$1
shift
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 "$0" --one "$seconds"
