# The two settings files of an instance, KEY=VALUE each:
#   balcao.conf  what the programs read (backend/base/conf.c has the table of keys)
#   edge.conf    what is in front of them: nginx and, in a demo, the lab
# shellcheck shell=bash disable=SC2153

CONF=$VAR/balcao.conf
EDGE=$VAR/edge.conf
EDGE_KEYS=' ADDRESS PORT LAB_PORT LAB_SMTP_PORT LIMITS NGINX_WORKERS NGINX_CONNECTIONS NGINX_ERROR_LEVEL TLS_CERTIFICATE TLS_KEY '

conf_file()
{
    if [[ $EDGE_KEYS == *" $1 "* ]]; then printf '%s' "$EDGE"; else printf '%s' "$CONF"; fi
}

# conf_get KEY [DEFAULT]
conf_get()
{
    local value
    value=$(sed -n "s/^$1=//p" "$(conf_file "$1")" 2>/dev/null | tail -n 1)
    printf '%s' "${value:-${2-}}"
}

conf_has()
{
    grep -q "^$1=" "$(conf_file "$1")" 2>/dev/null
}

# conf_set KEY VALUE: changes the line in place, so that comments and order stay the owner's.
conf_set()
{
    local file escaped
    file=$(conf_file "$1")
    if conf_has "$1"; then
        escaped=$(printf '%s' "$2" | sed 's/[&|\\]/\\&/g')
        sed -i "s|^$1=.*|$1=$escaped|" "$file"
    else
        printf '%s=%s\n' "$1" "$2" >>"$file"
    fi
}

# Paths are absolute, so a checkout that moved needs them again; what its owner set differs on
# purpose and is only replaced together with the place itself.
conf_paths()
{
    local role
    conf_has DB_OPERATOR || conf_set DB_OPERATOR "host=$RUN/pg dbname=balcao user=balcao_operator"
    conf_has AUDIT_DIR || conf_set AUDIT_DIR "$VAR/audit"
    [[ $(conf_get RUN_DIR) != "$RUN" ]] || return 0
    for role in api worker live operator; do
        conf_set "DB_${role^^}" "host=$RUN/pg dbname=balcao user=balcao_$role"
    done
    conf_set DB_OWNER "host=$RUN/pg dbname=balcao user=postgres"
    conf_set RUN_DIR "$RUN"
    conf_set MEDIA_DIR "$VAR/media"
    conf_set UPLOAD_DIR "$VAR/uploads"
    conf_set KEYS_DIR "$VAR/keys"
    conf_set AUDIT_DIR "$VAR/audit"
}

# conf_given [KEY=VALUE…]: remembers what was said on the command line.
conf_given()
{
    local pair
    for pair in "$@"; do
        [[ $pair == *=* && ${pair%%=*} =~ ^[A-Z][A-Z0-9_]*$ ]] || die "not KEY=VALUE: $pair"
        # "auto" asks for any port, and one that was found stays; none is none.
        [[ $pair != *PORT=auto || -z $(conf_get "${pair%%=*}") ]] || continue
        conf_set "${pair%%=*}" "${pair#*=}"
    done
}

# conf_make [KEY=VALUE…]: writes what is missing.
conf_make()
{
    if [[ ! -e $CONF ]]; then
        printf '# Settings of this instance. Environment variables BALCAO_<KEY> win over this file.\n' >"$CONF"
        printf '# nginx and the lab: ports, TLS, limits. Rendered again at every start.\n' >"$EDGE"
        conf_set LOG_LEVEL info
    fi
    chmod 640 "$CONF" "$EDGE"
    if ((EUID == 0)); then chgrp "$(id -g "$OS_USER")" "$CONF" "$EDGE"; fi
    conf_paths
    conf_given "$@"
}

conf_ports()
{
    local key
    conf_has PORT || conf_set PORT 8080
    conf_has LAB_PORT || conf_set LAB_PORT 8090
    [[ -z $(conf_get LAB_PORT) ]] || conf_has LAB_SMTP_PORT || conf_set LAB_SMTP_PORT auto
    for key in PORT LAB_PORT LAB_SMTP_PORT; do
        if [[ $(conf_get "$key") == auto ]]; then conf_set "$key" "$(port_pick)"; fi
    done
}

# conf_addresses: the public addresses follow the ports, until their owner says otherwise.
conf_addresses()
{
    local port lab was
    port=$(conf_get PORT) lab=$(conf_get LAB_PORT)
    was=$(conf_get PUBLIC_URL)
    if [[ -z $was || $was =~ ^http://localhost:[0-9]+$ ]]; then
        conf_set PUBLIC_URL "http://localhost:$port"
    fi
    [[ -n $lab ]] || return 0
    was=$(conf_get LAB_URL)
    if [[ -z $was || $was =~ ^http://localhost:[0-9]+$ ]]; then
        conf_set LAB_URL "http://localhost:$lab"
        conf_set OUTBOUND_ALLOW "127.0.0.1:$lab"
    fi
    was=$(conf_get SMTP_URL)
    if [[ -z $was || $was =~ ^smtp://127\.0\.0\.1:[0-9]+$ ]]; then
        conf_set SMTP_URL "smtp://127.0.0.1:$(conf_get LAB_SMTP_PORT)"
    fi
}
