#!/bin/sh
# Runs test programs, two for each processor at a time, for they mostly wait; every lane on a cluster of its own (what is open in
# one database holds back the horizon of all its neighbours). What failed is tried once more, alone, and named when it passes then.
# Shows what failed, ends with one line: N passed, M failed. A program that dies counts as one failure more.
#
#   tools/run-tests.sh build/san/base/str_test …
set -u

export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS="${ASAN_OPTIONS:-abort_on_error=0:detect_leaks=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

# next RESULTS: takes the first program that waits; fails when none does.
next()
(
    flock 9
    sed -n 1p "$1/waiting" | grep . && sed -i 1d "$1/waiting"
) 9>>"$1/lock"

# What a program said is kept in RESULTS under its name.
said_by()
{
    printf '%s/%s' "$1" "$(printf '%s' "$2" | tr / -)"
}

# run_one RESULTS PROGRAM: leaves what it said, when it failed, and its line of figures.
run_one()
{
    said=$(said_by "$1" "$2")
    status=0
    # A test that waits for what never comes is a failure too.
    timeout --kill-after=5 "${TEST_SECONDS:-120}" "$2" >"$said" 2>&1 || status=$?
    good=$(grep -c '^ok ' "$said")
    bad=$(grep -c '^not ok ' "$said")
    # The exit status of a program that ended by itself is its number of failures.
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        {
            printf '%s\n' "--- $2 (exit status $status)"
            grep -v '^ok ' "$said"
        } >"$said.failed"
    fi
    printf '%d %d\n' "$good" "$bad" >"$said.figures"
}

run_all()
{
    while program=$(next "$1"); do
        run_one "$1" "$program"
    done
}

if [ "$1" = --lane ]; then
    run_all "$2"
    exit
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
printf '%s\n' "$@" >"$results/waiting"
here=$(dirname "$0")
lanes=$((2 * $(nproc)))
for _ in $(seq $((lanes < $# ? lanes : $#))); do
    "$here/testdb.sh" "$0" --lane "$results" &
done
wait

# Some tests look at the clock, and a machine that is busy for a moment is no fault of theirs.
failed=$(find "$results" -name '*.failed' -exec sed -n '1s/^--- \([^ ]*\) .*/\1/p' {} \;)
if [ -n "$failed" ]; then
    find "$results" -name '*.failed' -exec cat {} + -exec rm {} +
    printf '%s\n' "$failed" >"$results/waiting"
    "$here/testdb.sh" "$0" --lane "$results"
    for program in $failed; do
        [ -e "$(said_by "$results" "$program").failed" ] || echo "unsteady: $program"
    done
fi

find "$results" -name '*.failed' -exec cat {} +
find "$results" -name '*.figures' -exec cat {} + | awk -v programs=$# '
    { passed += $1; failed += $2 }
    # Who left no figures was not run.
    END { failed += programs - NR; printf "%d passed, %d failed\n", passed, failed; exit (failed > 0 || passed == 0) }'
