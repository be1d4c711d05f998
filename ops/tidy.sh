#!/usr/bin/env bash
# ops/tidy.sh fmt: layout of every source file.   ops/tidy.sh gen: what is generated and kept.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

home_root
"$here/packages.sh" build test
js_install frontend

case ${1:-} in
    fmt)
        make -C "$ROOT/backend" --no-print-directory fmt
        "$here/node.sh" npm --silent --prefix "$ROOT/frontend" run fmt
        ;;
    gen)
        make -C "$ROOT/backend" --no-print-directory schema
        "$here/node.sh" npm --silent --prefix "$ROOT/frontend" run gen
        ;;
    *) die "usage: ops/tidy.sh fmt|gen" ;;
esac
