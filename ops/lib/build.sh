# Building, only as much as changed. What decides is content (stamp.sh).
# shellcheck shell=bash

STAMPS=$ROOT/var/stamps

# The backend's make knows best what is out of date. build_backend [VARIANT=san …]
build_backend()
{
    local command=(make -C "$ROOT/backend" --no-print-directory -j "$(nproc)" all "$@")
    ! "${command[@]}" --question >/dev/null 2>&1 || return 0
    say "building the backend"
    quietly "$ROOT/var/build-backend.log" "${command[@]}"
}

# js_install DIR: exactly what the lock file says; nothing when it is installed already. A developer's
# own `npm install` counts: npm dates its note of it.
js_install()
{
    local dir=$ROOT/$1 lock stamp
    lock=$(sha256sum <"$dir/package-lock.json" | cut -c1-16)
    stamp=$dir/node_modules/.lock-hash
    ! stamp_is "$stamp" "$lock" || return 0
    if [[ ! $dir/node_modules/.package-lock.json -nt $dir/package-lock.json ]]; then
        say "fetching the packages of $1/"
        quietly "$ROOT/var/npm-${1//\//-}.log" \
            "$ROOT/ops/node.sh" npm --prefix "$dir" ci --no-audit --no-fund --loglevel error
    fi
    printf '%s\n' "$lock" >"$stamp"
}

build_frontend()
{
    local hash
    hash=$(content_hash "$ROOT/frontend" "$ROOT/backend/openapi.yaml")
    ! { stamp_is "$STAMPS/frontend" "$hash" && [[ -e $ROOT/frontend/dist/index.html ]]; } || return 0
    js_install frontend
    say "building the frontend"
    quietly "$ROOT/var/build-frontend.log" "$ROOT/ops/node.sh" npm --prefix "$ROOT/frontend" run build
    mkdir -p "$STAMPS"
    printf '%s\n' "$hash" >"$STAMPS/frontend"
}
