# Content decides whether work is needed, not dates: a fresh clone, a branch switched there and back
# and a restored backup all have misleading dates.
# shellcheck shell=bash

# content_hash PATH…: of all files below, names included (from the checkout on: it may move); built and
# fetched things left out.
content_hash()
{
    find "$@" \( -name node_modules -o -name dist -o -name build -o -name coverage \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 -r sha256sum | sed "s|  $ROOT/|  |" | sha256sum | cut -c1-16
}

# built_hash PATH…: the same for what was built, which those names would leave out.
built_hash()
{
    find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}

stamp_is()
{
    [[ -r $1 && $(<"$1") == "$2" ]]
}
