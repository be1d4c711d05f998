# What runs is a copy of what was built, in $APP with the same layout as the checkout. So a build
# never pulls the ground from under a running demo, and the unprivileged user needs no way into the
# checkout.
# shellcheck shell=bash

# app_put SOURCE PLACE: replaces PLACE at once, keeping the former one as PLACE.previous when asked.
app_put()
{
    local source=$1 place=$APP/$2 hash
    [[ -e $source ]] || return 0
    hash=$(built_hash "$source")
    ! stamp_is "$APP/.stamps/${2//\//-}" "$hash" || return 0

    rm -rf "$place.new"
    mkdir -p "$(dirname "$place")" "$APP/.stamps"
    cp -R "$source" "$place.new"
    chmod -R u=rwX,go=rX "$place.new"
    rm -rf "$place.previous"
    [[ ! -e $place ]] || mv "$place" "$place.previous"
    mv "$place.new" "$place"
    printf '%s\n' "$hash" >"$APP/.stamps/${2//\//-}"
}

app_hash()
{
    cat "$APP/.stamps/${1//\//-}" 2>/dev/null || printf 'none'
}

# frontend/dist.previous stays reachable: a page opened before the change still finds its parts.
app_deploy()
{
    mkdir -p "$APP"
    app_put "${BALCAO_BUILD:-$ROOT/backend/build/bin}" backend/build/bin
    app_put "$ROOT/db" db
    app_put "$ROOT/frontend/dist" frontend/dist
}

# The lab is test equipment: demos and tests have it, installations do not.
app_deploy_lab()
{
    app_put "$ROOT/tests/simulators" tests/simulators
}

bin()
{
    printf '%s/backend/build/bin/%s' "$APP" "$1"
}
