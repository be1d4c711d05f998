#!/bin/sh
# Runs test programs, shows what failed, ends with one line: N passed, M failed.
# A program that dies counts as one failure more.
#
#   tools/run-tests.sh build/san/base/str_test …
set -u

export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS="${ASAN_OPTIONS:-abort_on_error=0:detect_leaks=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
said=$(mktemp)
trap 'rm -f "$said"' EXIT
passed=0
failed=0

for program in "$@"; do
    status=0
    # A test that waits for what never comes is a failure too.
    timeout --kill-after=5 "${TEST_SECONDS:-120}" "$program" >"$said" 2>&1 || status=$?
    good=$(grep -c '^ok ' "$said")
    bad=$(grep -c '^not ok ' "$said")
    # The exit status of a program that ended by itself is its number of failures.
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        printf '%s\n' "--- $program (exit status $status)"
        grep -v '^ok ' "$said"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
