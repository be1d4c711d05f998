#!/usr/bin/env bash
# make up: from a fresh Debian 12 with git and make to a running demo; again: only what changed.
#
#   ops/up.sh [PORT=8080] [LAB_PORT=8090] [KEY=VALUE…]
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"

"$here/build.sh"
say "starting"
"$here/instance.sh" start "$@"
"$here/instance.sh" seed
"$here/instance.sh" wait
say "ready"

cat <<END

  Balcão    $("$here/instance.sh" conf PUBLIC_URL)
  Lab       $("$here/instance.sh" conf LAB_URL)   play the customer on any channel

$("$here/instance.sh" demo | sed 's/^/  /')

  Try: sign in as an agent, write from the lab, watch it arrive, take the ticket and answer.
  make status · make logs · make down
END
