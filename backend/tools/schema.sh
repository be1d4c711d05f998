#!/bin/sh
# The sum of all migrations, in a form that does not change from day to day. Run
# inside tools/testdb.sh. Partitions made for today's date are left out.
set -eu

echo "-- The sum of db/migrations: written by make -C backend schema, checked by schema-check."
pg_dump --schema-only --no-owner --no-comments --exclude-table='*_20[0-9][0-9][0-9][0-9]*' |
    sed -e '/^--/d' -e '/^SET /d' -e '/^SELECT pg_catalog.set_config/d' -e '/^\\/d' |
    cat -s
