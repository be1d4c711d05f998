#!/usr/bin/env bash
# make check: the quick gate before a commit. Stops at the first thing that is not green.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home stamp build; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

step()
{
    local title=$1
    shift
    quietly "$ROOT/var/check/${title// /-}.log" "$@"
    say "ok  $title"
}

backend()
{
    make -C "$ROOT/backend" --no-print-directory -j "$(nproc)" "$@"
}

home_root
"$here/packages.sh" runtime build test
"$here/node.sh" true
js_install frontend
js_install tests

step "shell scripts" "$here/check-shell.sh"
step "nginx" "$here/check-nginx.sh"
step "backend builds" backend all
step "layers" backend layers
step "SQL" backend check-sql
step "schema" backend schema-check
step "C layout" backend fmt-check
step "backend under both compilers" backend warnings
step "frontend" "$here/node.sh" npm --prefix "$ROOT/frontend" run check
step "tests' types" "$here/node.sh" npm --prefix "$ROOT/tests" run types
say "all green"
