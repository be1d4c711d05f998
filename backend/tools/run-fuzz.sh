#!/bin/sh
# Runs each fuzzer for a while. x_fuzz finds its seeds in fuzz/corpus/x; what is found on the
# way stays under the build folder.
#
#   tools/run-fuzz.sh seconds program…
set -u

seconds=$1
shift
failed=0
for program in "$@"; do
    name=$(basename "$program")
    mkdir -p "$program.corpus"
    seeds="fuzz/corpus/${name%_fuzz}"
    if [ ! -d "$seeds" ]; then
        echo "fuzz $name: no seeds in $seeds" >&2
        failed=$((failed + 1))
        continue
    fi
    if "$program" -max_total_time="$seconds" -artifact_prefix="$program." -print_final_stats=1 \
        "$program.corpus" "$seeds" >"$program.log" 2>&1; then
        echo "fuzz $name: $(awk '/number_of_executed_units/ { print $2 }' "$program.log") runs, nothing found"
    else
        failed=$((failed + 1))
        echo "fuzz $name: FAILED"
        tail -n 40 "$program.log"
    fi
done
echo "$# fuzzers, $failed failed"
[ "$failed" -eq 0 ]
