#!/usr/bin/env bash
# Deletes the instance with everything in it. Never without a yes.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"
# shellcheck source=lib/home.sh
. "$here/lib/home.sh"

place=$ROOT/var
[[ -e $place ]] || exit 0
note "$(realpath "$place") will be deleted: database, attachments, keys, logs."
if [[ ${1:-} != yes ]]; then
    [[ -t 0 ]] || die "nobody to ask" "make distclean SURE=yes"
    read -rp '         Type yes to go on: ' answer
    [[ $answer == yes ]] || die "nothing was deleted"
fi

"$here/instance.sh" stop
[[ ! -d $place/test ]] || BALCAO_VAR=$place/test "$here/instance.sh" stop
# Both may be links to a place of ours elsewhere (ops/lib/home.sh).
rm -rf "$(realpath -m "$place/run")" "$(realpath "$place")"
rm -rf "$place" "$ROOT"/{frontend,tests}/node_modules
make --no-print-directory -C "$ROOT" clean
