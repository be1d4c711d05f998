#!/usr/bin/env bash
# make faults: processes are killed in turn while messages flow; nothing may be lost, doubled or reordered.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/faults
trap '"$here/instance.sh" stop >/dev/null' EXIT

"$here/packages.sh" runtime build test
"$here/build.sh"
js_install tests
"$here/instance.sh" start PORT=auto LAB_PORT=auto LIMITS=off
"$here/instance.sh" wait
eval "$("$here/instance.sh" env)"
"$here/node.sh" npm --silent --prefix "$ROOT/tests" run faults
