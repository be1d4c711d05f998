#!/usr/bin/env bash
# ops/restore-drill.sh: makes a backup of a running instance, restores it into a fresh one beside it, starts
# that, and looks whether everything is there. Nothing of the drill stays, nobody hears of it: the copy has
# no workers that would send what was waiting.
#
# The instance is $BALCAO_VAR, an installation's is /etc/balcao.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home conf; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

place=$(mktemp -d /tmp/balcao-drill.XXXXXX)
chmod 755 "$place"
copy=$place/copy
leave()
{
    BALCAO_VAR=$copy "$here/instance.sh" stop >/dev/null
    rm -rf "$place"
}
trap leave EXIT

# counts CONNINFO: one line "table number" each, of what a restore must not lose.
counts()
{
    local table
    for table in accounts memberships channels contacts tickets messages attachments audit_events; do
        printf 'SELECT %s, count(*) FROM %s;\n' "'$table'" "$table"
    done | psql -X -A -t -F ' ' -q -v ON_ERROR_STOP=1 -d "$1"
}

# The files that the rows speak of, as "path size".
files()
{
    psql -X -A -t -F ' ' -q -v ON_ERROR_STOP=1 -d "$1" \
        -c "SELECT path, size_bytes FROM attachments WHERE state = 'ready' ORDER BY path"
}

setting() { BALCAO_VAR=$copy "$here/instance.sh" conf "$1"; }

# The house goes on living while it is copied: what the copy has lies between before and after.
before=$(counts "$(conf_get DB_OWNER)")
"$here/backup.sh" "$place/backup"
after=$(counts "$(conf_get DB_OWNER)")

nobody=(WORKER_INBOUND=0 WORKER_OUTBOUND=0 WORKER_FLOW=0 WORKER_DELIVERY=0 WORKER_CHORES=0)
# An installation has no user of the demo's.
[[ $VAR != /etc/balcao ]] || export BALCAO_USER=balcao-web
BALCAO_VAR=$copy "$here/instance.sh" restore "$place/backup" "$(conf_get KEYS_DIR)/master.key" \
    PORT=auto LAB_PORT= "${nobody[@]}"
BALCAO_VAR=$copy "$here/instance.sh" start
BALCAO_VAR=$copy "$here/instance.sh" wait

owner=$(setting DB_OWNER)
paste -d ' ' <(printf '%s\n' "$before") <(counts "$owner") <(printf '%s\n' "$after") |
    while read -r table least _ restored _ most; do
        ((restored >= least && restored <= most)) || die "$table: $restored restored, $least to $most wanted"
        note "$(printf '%-14s %8d' "$table" "$restored")"
    done

held=0
while read -r path bytes; do
    [[ -n $path ]] || continue
    [[ $(stat -c %s "$(setting MEDIA_DIR)/$path" 2>/dev/null) == "$bytes" ]] || die "attachment $path is not in the copy"
    held=$((held + 1))
done < <(files "$owner")
note "$(printf '%-14s %8d' files "$held")"

secrets=$(BALCAO_VAR=$copy "$copy/app/backend/build/bin/balcaoctl" secrets) || die "the key does not open what is sealed" "$secrets"
note "secrets        $secrets"
say "drill ok"
