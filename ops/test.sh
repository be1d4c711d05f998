#!/usr/bin/env bash
# make test: everything, on a clean machine, beside a running demo if there is one.
#
# Every suite ends with a line "N passed, M failed"; this ends with their sum. A gate (a check without
# tests of its own) counts as one. A suite that says nothing has not run, and that is a failure; so is
# an end before the end.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build suites; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/test BALCAO_BUILD=$ROOT/backend/build/san/bin
instance=$here/instance.sh

npm_in()
{
    "$here/node.sh" npm --silent --prefix "$ROOT/$1" run "$2"
}

backend()
{
    make -C "$ROOT/backend" --no-print-directory -j "$(nproc)" "$@"
}

# What the sanitizers said in the background, while the suites saw only answers.
sanitizers_are_silent()
{
    ! grep -nE 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$BALCAO_VAR"/log/{api,worker,live}.log
}

house_starts()
{
    "$instance" start PORT=auto LAB_PORT=auto LIMITS=off \
        ARGON2_TIME=1 ARGON2_MEMORY_KIB=8192 TRUSTED_HOPS=127.8.0.1,127.8.0.2 &&
        "$instance" seed && "$instance" wait
}

# A dead worker's work is taken over after its lease: short, so that nobody waits a minute for each death.
faults_happen()
{
    "$instance" start JOB_LEASE_S=5 && "$instance" wait && npm_in tests faults:small
}

# What gcc says of the programs and what the fence will stand on: nobody waits for either, so they take what others leave.
spare_builds()
{
    renice -n 19 "$BASHPID" >/dev/null
    backend -s all && backend -s all VARIANT=san DROP=account_filter SEED=0
}

# The network brings these while the compiler works.
js_packages()
{
    js_install tests && js_install frontend
}

# Types and style know nothing of one another, and each takes one processor.
frontend_checks()
{
    local types status=0

    npm_in frontend check:types &
    types=$!
    npm_in frontend check:style || status=1
    wait "$types" || status=1
    return "$status"
}

# That the contestants of make bench still ask what the product asks; the figures of this build say nothing.
bench_runs()
{
    backend VARIANT=san bench-bin &&
        BALCAO_BARE=$ROOT/backend/build/san/bench/balcao-bare BALCAO_OPEN=$ROOT/backend/build/san/bench/balcao-open \
            npm_in tests bench:small
}

finished=no
leave()
{
    suites_interrupt
    "$instance" stop >/dev/null
    [[ $finished == yes ]] || suites_count 0 1
    suites_end || exit 1
}

home_root
suites_begin "$ROOT/var/test/log"
trap leave EXIT

"$here/packages.sh" runtime build test bench
"$here/node.sh" true
"$instance" stop
rm -rf "${BALCAO_VAR:?}"
mkdir -p "$SUITES_LOG"

begin packages   js_packages
gate  build      build_backend VARIANT=san
built=$GATE
gate  packages
gate  screens    build_frontend
begin frontend-check frontend_checks
gate  shell      "$here/check-shell.sh"
gate  nginx      "$here/check-nginx.sh"
suite edge       "$here/test-edge.sh"
gate  layers     backend layers
gate  layout     backend fmt-check
gate  warnings   backend warnings-tests
gate  sql        backend check-sql VARIANT=san
gate  schema     backend schema-check VARIANT=san
suite unit       backend test
gate  fuzz       backend fuzz FUZZ_SECONDS=3
gate  frontend-check
begin spare-builds spare_builds
begin tests-types npm_in tests types
suite frontend   npm_in frontend test
gate  tests-types
suite simulators npm_in tests simulators

[[ $built != open ]] || suite operations "$here/test-operations.sh"
gate  spare-builds

GATE=closed
[[ $built != open ]] || gate house house_starts
if [[ $GATE == open ]]; then
    eval "$("$instance" env)"
    suite http   npm_in tests http
    suite fence  "$here/test-fence.sh" 0
    suite e2e    npm_in tests e2e
    suite faults faults_happen
    gate  bench  bench_runs
    "$instance" stop
    gate sanitizers sanitizers_are_silent
else
    suite_missing http
    suite_missing fence
    suite_missing e2e
    suite_missing faults
fi
finished=yes
