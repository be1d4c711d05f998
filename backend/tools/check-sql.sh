#!/bin/sh
# Holds the statements and the schema against each other, the schema against the rules of the
# fence, and the lists against the indexes they were given. Run inside tools/testdb.sh.
#
#   tools/check-sql.sh build/release/tools/check_sql build/release/tools/check_plans
set -eu

here=$(dirname "$0")
"$1"
holes=$(psql -qXAt -v ON_ERROR_STOP=1 -f "$here/fence.sql")
if [ -n "$holes" ]; then
    printf '%s\n' "$holes" >&2
    exit 1
fi
echo "fence ok"
psql -qX -v ON_ERROR_STOP=1 -f "$here/plans.sql"
"$2"
