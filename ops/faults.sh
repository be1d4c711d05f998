#!/usr/bin/env bash
# make faults: processes are killed and networks cut while people work; nothing may be lost, doubled or out of order.
# What can be asked for: tests/faults/main.ts and its scenarios (FAULTS_SEED, FAULTS_DELIVERIES, FAULTS_CLIENTS …).
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/faults

"$here/packages.sh" runtime build test
"$here/build.sh"
js_install tests
js_install frontend

"$here/instance.sh" stop
rm -rf "${BALCAO_VAR:?}"
trap '"$here/instance.sh" stop >/dev/null' EXIT

# A dead worker's work is taken over after its lease: short, so that the run need not wait for it.
"$here/instance.sh" start PORT=auto LAB_PORT=auto LIMITS=off JOB_LEASE_S=5
"$here/instance.sh" seed
"$here/instance.sh" wait
eval "$("$here/instance.sh" env)"
"$here/node.sh" npm --silent --prefix "$ROOT/tests" run faults
