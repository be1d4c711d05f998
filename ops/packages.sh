#!/usr/bin/env bash
# ops/packages.sh LIST…: installs what is missing of those lists of ops/packages.txt.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"

policy=/usr/sbin/policy-rc.d

# packages_of LIST…
packages_of()
{
    awk -v wanted=" $* " '
        { sub(/#.*/, "") }
        /^\[/ { gsub(/[][ ]/, ""); inside = index(wanted, " " $0 " "); next }
        inside && NF { print $1 }' "$here/packages.txt"
}

# In one question: this runs at the head of every make up.
missing()
{
    comm -23 <(printf '%s\n' "$@" | sort) \
        <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
}

# Debian starts a service the moment it is installed: nginx would take port 80, PostgreSQL 5432. Ours
# are private, so nothing may start, now or at the next boot. A policy that is already there stays.
forbid_services()
{
    [[ ! -e $policy ]] || return 0
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
}

disable_services()
{
    local name
    command -v systemctl >/dev/null || return 0
    for name in "$@"; do
        case $name in
            nginx) systemctl --quiet disable nginx.service 2>/dev/null || true ;;
            postgresql-*) systemctl --quiet disable postgresql.service 2>/dev/null || true ;;
        esac
    done
}

mapfile -t wanted < <(packages_of "$@")
mapfile -t absent < <(missing "${wanted[@]}")
((${#absent[@]} > 0)) || exit 0

((EUID == 0)) || die "missing packages: ${absent[*]}" \
    "as root: apt-get install --no-install-recommends ${absent[*]}"

say "installing ${#absent[@]} Debian packages ($*)"
forbid_services
log=$(mktemp /tmp/balcao-apt.XXXXXX)
export DEBIAN_FRONTEND=noninteractive
quietly "$log" apt-get update --quiet
quietly "$log" apt-get install --quiet --yes --no-install-recommends "${absent[@]}"
disable_services "${absent[@]}"
rm -f "$log"
