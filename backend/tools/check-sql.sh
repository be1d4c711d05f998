#!/bin/sh
# Holds the statements and the schema against each other, and the schema against the
# rules of the fence. Run inside tools/testdb.sh.
#
#   tools/check-sql.sh build/release/tools/check_sql
set -eu

"$1"
holes=$(psql -qXAt -v ON_ERROR_STOP=1 -f "$(dirname "$0")/fence.sql")
if [ -n "$holes" ]; then
    printf '%s\n' "$holes" >&2
    exit 1
fi
echo "fence ok"
