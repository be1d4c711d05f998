#!/usr/bin/env bash
# make bench: the promises of the design, measured on an instance of its own without limits.
# What can be asked for: tests/bench/main.ts (BENCH_SECONDS, BENCH_TICKETS, BENCH_MESSAGES).
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/bench

"$here/packages.sh" runtime build test bench
"$here/build.sh"
quietly "$ROOT/var/build-bench.log" make -C "$ROOT/backend" --no-print-directory -j "$(nproc)" bench-bin
js_install tests

# From nothing each time: what an earlier run left behind would be measured with it.
"$here/instance.sh" stop
rm -rf "${BALCAO_VAR:?}"
trap '"$here/instance.sh" stop >/dev/null' EXIT

# Nothing is sent anywhere: the address allowed for it is a port where nobody answers. This machine is a hop, so
# that a crowd can come from many networks.
"$here/instance.sh" start PORT=auto LAB_PORT= LIMITS=off OUTBOUND_ALLOW=127.0.0.1:9 TRUSTED_HOPS=127.0.0.1
"$here/instance.sh" seed
"$here/instance.sh" wait
eval "$("$here/instance.sh" env)"
"$here/node.sh" npm --silent --prefix "$ROOT/tests" run bench

# Conversations want a provider that answers. It is here only for them: nothing else is measured with it.
"$here/instance.sh" start LAB_PORT=auto
"$here/instance.sh" wait
eval "$("$here/instance.sh" env)"
"$here/node.sh" npm --silent --prefix "$ROOT/tests" run bench -- turns
