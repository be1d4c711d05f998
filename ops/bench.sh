#!/usr/bin/env bash
# make bench: the promises of the design, measured on an instance of its own without limits.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/bench
trap '"$here/instance.sh" stop >/dev/null' EXIT

"$here/packages.sh" runtime build test bench
"$here/build.sh"
js_install tests
"$here/instance.sh" start PORT=auto LAB_PORT=auto LIMITS=off LOG_LEVEL=warn NGINX_CONNECTIONS=24000
"$here/instance.sh" wait
eval "$("$here/instance.sh" env)"
"$here/node.sh" npm --silent --prefix "$ROOT/tests" run bench
