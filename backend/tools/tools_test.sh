#!/bin/sh
# Sentences that must stay true of sqlgen.awk and layers.awk. Speaks TAP.
# shellcheck disable=SC2016
set -u

here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 1
n=0

# sentence, command…: the command must succeed.
holds() {
    n=$((n + 1))
    sentence=$1
    shift
    if "$@" >said 2>&1; then
        echo "ok $n - $sentence"
    else
        echo "not ok $n - $sentence"
        sed 's/^/# /' said
    fi
}
fails_saying() {
    words=$1
    shift
    "$@" >said 2>&1 && return 1
    grep -q -e "$words" said
}
gives() {
    words=$1
    shift
    "$@" >said 2>&1 && grep -qF -e "$words" said
}
sqlgen() {
    awk -f "$here/sqlgen.awk" x.sql
}
forgetful() {
    for seed in 0 1 2 3 4 5 6 7 8 9; do
        awk -v drop=account_filter -v seed=$seed -f "$here/sqlgen.awk" x.sql | grep -c 'account_id = \$1'
    done | sort -n | tr '\n' ' '
}
layers() {
    awk -v domains="left right" -f "$here/layers.awk" "$@"
}

cat >x.sql <<'END'
-- name: pet_get :one
-- Why.
-- $1 account  $2 pet
SELECT name, 'a -- "b"' -- a comment
  FROM pets
 WHERE account_id = $1::bigint AND id = $2;
END
holds "a statement becomes a constant" gives '.name = "pet_get", .shape = DB_ONE, .params = 2' sqlgen
holds "quotes and dashes inside text survive" gives "'a -- \\\"b\\\"'\\n" sqlgen
holds "comments stay behind" sh -c "! awk -f '$here/sqlgen.awk' x.sql | grep -q 'Why\|a comment'"

printf '%s\n' '-- name: pets :many' '-- $1 account' 'SELECT 1 FROM pets p WHERE p.account_id = $1::bigint;' >x.sql
holds "a test build makes one in ten forget its account" gives '0 1 1 1 1 1 1 1 1 1' forgetful
printf '%s\n' '-- name: pets :many' '-- $1 account' 'SELECT 1 FROM gate.pets p WHERE p.account_id = $1::bigint;' >x.sql
holds "but none that reads a view of the gate" gives '1 1 1 1 1 1 1 1 1 1' forgetful

printf '%s\n' '-- name: pets :many' '-- $2 limit' 'SELECT 1 FROM pets LIMIT $1;' >x.sql
holds "a statement without the account is refused" fails_saying 'must be the account' sqlgen
printf '%s\n' '-- name: pets :many' '-- no account: a catalogue.' 'SELECT 1;' >x.sql
holds "unless it says why" gives SQL_pets sqlgen
printf '%s\n' '-- name: pets :many' '-- $1 account' 'SELECT 1 WHERE $1 = $3;' >x.sql
holds "a parameter that is skipped is refused" fails_saying 'never used' sqlgen
printf '%s\n' '-- name: pets :some' 'SELECT 1;' >x.sql
holds "an unknown shape is refused" fails_saying 'x.sql:1' sqlgen
printf '%s\n' '-- name: pets :many' '-- $1 account' 'SELECT $1; SELECT 2;' 'SELECT 3;' >x.sql
holds "two statements under one name are refused" fails_saying 'second statement' sqlgen
printf '%s\n' '-- name: pets :many' '-- $1 account' 'SELECT $1' >x.sql
holds "a statement that does not end is refused" fails_saying 'semicolon' sqlgen

mkdir -p base domain/left domain/right
printf '#include "base/b.h"\n#include "domain/left/left.h"\n' >domain/right/right.c
holds "a room may look to its left" layers domain/right/right.c
printf '#include "domain/right/right.h"\n' >domain/left/left.c
holds "but not to its right" fails_saying 'left of right' layers domain/left/left.c
printf '#include "domain/left/left_private.h"\n' >domain/right/right.c
holds "nor behind a neighbour's door" fails_saying 'public header' layers domain/right/right.c
printf '#include "domain/left/left.h"\n' >base/b.c
holds "the base knows no room" fails_saying 'base includes' layers base/b.c
printf '#include <libpq-fe.h>\n' >domain/left/left.c
holds "a library has one door" fails_saying 'one door' layers domain/left/left.c
printf '#include "left.sql.h"\n' >domain/right/right.c
holds "statements belong to their room" fails_saying 'another room' layers domain/right/right.c

echo "1..$n"
