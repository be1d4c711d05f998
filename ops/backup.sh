#!/usr/bin/env bash
# ops/backup.sh [DIR]: the database as one dump, the media as a mirror, the settings beside them. The
# key that seals the channels' secrets is NOT in it: keep that elsewhere (README.md).
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home conf; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

place=${1:-${BACKUP_DIR:-/var/backups/balcao}}
keep_days=${BACKUP_KEEP_DAYS:-14}
now=$(date -u +%Y%m%dT%H%M%SZ)
umask 077
mkdir -p "$place/media"

# First the rows, then the files: a row never points at a file that the backup does not have. Files that
# came in between are harmless.
say "dumping the database"
# The owner's connection passes row-level security; any other would leave rows out in silence.
pg_dump --dbname "$(conf_get DB_OWNER)" --format custom --compress 6 --file "$place/$now.dump.new"
pg_restore --list "$place/$now.dump.new" >/dev/null
mv "$place/$now.dump.new" "$place/$now.dump"

say "copying the media"
# Attachments never change once they have their name, so a hard look at each is not needed.
cp --recursive --update --preserve=timestamps "$(conf_get MEDIA_DIR)/." "$place/media/"

mkdir -p "$place/settings"
for file in "$CONF" "$EDGE" "$VAR/env"; do
    [[ ! -e $file ]] || cp --preserve=timestamps "$file" "$place/settings/"
done

find "$place" -maxdepth 1 -name '*.dump' -mtime "+$keep_days" -delete
say "done: $place/$now.dump ($(du -h "$place/$now.dump" | cut -f1))"
