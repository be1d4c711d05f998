#!/usr/bin/env bash
# Installs what building needs and builds backend and frontend, as far as they changed.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

home_root
"$here/packages.sh" runtime build
"$here/node.sh" true
build_backend
build_frontend
