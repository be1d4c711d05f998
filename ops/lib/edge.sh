# nginx of an instance: rendered from nginx/ into $NGINX, tested, then started or reloaded.
# shellcheck shell=bash

# A person's limits would stand in the way of a bench: LIMITS=off takes their lines out.
edge_without_limits()
{
    if [[ $(conf_get LIMITS on) == off ]]; then
        sed -E '/^ *limit_(req|conn) /d'
    else
        cat
    fi
}

# Exact addresses only: a block that also holds clients would let each of them say where they come from.
edge_check_hops()
{
    local hop
    for hop in $(edge_hops '%s '); do
        [[ $hop =~ ^[0-9A-Fa-f.:]+$ ]] || die "TRUSTED_HOPS has no addresses: $hop" "each proxy by its own, such as 10.0.0.2"
    done
}

# edge_hops FORMAT: each of them so
edge_hops()
{
    local hop
    # shellcheck disable=SC2059
    for hop in $(conf_get TRUSTED_HOPS | tr , ' '); do printf "$1" "$hop"; done
}

edge_render()
{
    local file scheme=plain pair fill=()
    edge_check_hops
    NGINX=${NGINX:-$RUN/nginx}
    [[ -z $(conf_get TLS_CERTIFICATE) ]] || scheme=tls
    for pair in "ADDRESS=$(conf_get ADDRESS 127.0.0.1)" "PORT=$(conf_get PORT)" "SCHEME=$scheme" \
        "TLS_CERTIFICATE=$(conf_get TLS_CERTIFICATE)" "TLS_KEY=$(conf_get TLS_KEY)" \
        "NGINX_WORKERS=$(conf_get NGINX_WORKERS auto)" \
        "NGINX_CONNECTIONS=$(conf_get NGINX_CONNECTIONS 4096)" \
        "NGINX_ERROR_LEVEL=$(conf_get NGINX_ERROR_LEVEL emerg)" \
        "RUN_DIR=$(conf_get RUN_DIR)" "MEDIA_DIR=$(conf_get MEDIA_DIR)" \
        "HOPS_BELIEVED=$(edge_hops 'set_real_ip_from %s; ')" "HOPS_MARKED=$(edge_hops '%s 1; ')" \
        "UPLOAD_DIR=$(conf_get UPLOAD_DIR)" "TEMP_DIR=$TEMP" "LOG_DIR=$LOG" \
        "WEB_DIR=$APP/frontend"; do
        fill+=(-e "s|@${pair%%=*}@|${pair#*=}|g")
    done

    rm -rf "$NGINX.new"
    mkdir -p "$NGINX.new"/{snippets,sites}
    while read -r file; do
        sed "${fill[@]}" "$ROOT/nginx/$file" | edge_without_limits >"$NGINX.new/$file"
    done < <(cd "$ROOT/nginx" && find . -name '*.conf' -printf '%P\n')
    chmod -R u=rwX,go=rX "$NGINX.new"
    rm -rf "$NGINX"
    mv "$NGINX.new" "$NGINX"
}

# -e: without it nginx first opens the system's log, which is not ours.
edge_nginx()
{
    printf '%s\n' "$(command -v nginx || printf /usr/sbin/nginx)" \
        -p "$NGINX/" -e "$LOG/nginx-error.log" -c "$NGINX/nginx.conf"
}

edge_test()
{
    local command
    mapfile -t command < <(edge_nginx)
    quietly "$LOG/nginx-test.log" as_user "${command[@]}" -t
}

# New screens need a reload, which empties the cache of open files. New settings need a restart: a
# running nginx refuses to change what a limit counts by, and goes on with the old ones.
edge_start()
{
    local was fingerprint command
    edge_render
    edge_test
    mapfile -t command < <(edge_nginx)
    fingerprint=$(conf_get PORT)-$(built_hash "$NGINX")-$(app_hash frontend/dist)

    if service_pid nginx >/dev/null; then
        was=$(service_fingerprint nginx)
        [[ $was != "$fingerprint" ]] || return 0
        if [[ ${was%-*} == "${fingerprint%-*}" ]]; then
            say "reloading nginx"
            kill -HUP "$(service_pid nginx)"
            service_remember nginx "$(service_pid nginx)" "$fingerprint"
            return
        fi
        say "renewing nginx"
        service_stop nginx
    fi
    service_start nginx "$fingerprint" "${command[@]}"
}
