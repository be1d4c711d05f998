#!/usr/bin/env bash
# A real installation on this host, with systemd; run it again to upgrade. README.md beside this file
# tells the whole story.
#
#   ops/install.sh PUBLIC_URL=https://atende.example.com.br TLS_CERTIFICATE=/… TLS_KEY=/… [KEY=VALUE…]
#
# /etc/balcao settings and nginx · /opt/balcao programs and screens · /var/lib/balcao media
# /run/balcao sockets · /var/log/balcao nginx's logs (the programs write to the journal)
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
export BALCAO_VAR=/etc/balcao
for part in say home conf stamp app edge; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done
# What lib/app.sh and lib/edge.sh take for an instance under var/ is spread over the system here.
# shellcheck disable=SC2034
APP=/opt/balcao RUN=/run/balcao LOG=/var/log/balcao TEMP=/var/lib/balcao/tmp
# shellcheck disable=SC2034
NGINX=/etc/balcao/nginx

# One user per kind of process, so that each is its own database role. nginx shares the API's user:
# it hands uploads over as files of its own.
make_users()
{
    local kind
    getent group balcao >/dev/null || groupadd --system balcao
    for kind in web worker live; do
        getent passwd "balcao-$kind" >/dev/null ||
            useradd --system --gid balcao --no-create-home --home-dir /nonexistent \
                --shell /usr/sbin/nologin "balcao-$kind"
    done
}

make_places()
{
    install -d -m 755 /opt/balcao /etc/balcao
    install -d -m 2770 -o balcao-web -g balcao /var/lib/balcao /var/lib/balcao/media
    install -d -m 700 -o balcao-web -g balcao /var/lib/balcao/uploads "$TEMP"
    install -d -m 750 -o balcao-worker -g balcao /var/lib/balcao/audit
    install -D -m 644 "$here/systemd/tmpfiles.conf" /etc/tmpfiles.d/balcao.conf
    systemd-tmpfiles --create /etc/tmpfiles.d/balcao.conf
}

make_settings()
{
    local role
    if [[ ! -e $CONF ]]; then
        install -m 640 -g balcao /dev/null "$CONF"
        install -m 640 /dev/null "$EDGE"
        for role in api worker live operator; do
            conf_set "DB_${role^^}" "host=/var/run/postgresql dbname=balcao user=balcao_$role"
        done
        conf_set DB_OWNER "host=/var/run/postgresql dbname=balcao user=postgres"
        conf_set RUN_DIR "$RUN"
        conf_set KEYS_DIR /etc/balcao       # balcaoctl's; the units have a credential of their own
        conf_set MEDIA_DIR /var/lib/balcao/media
        conf_set UPLOAD_DIR /var/lib/balcao/uploads
        conf_set ADDRESS 0.0.0.0
        conf_set PORT 443
    fi
    conf_given "$@"
    [[ -n $(conf_get PUBLIC_URL) ]] || die "say where people will reach it: PUBLIC_URL=https://…"
    [[ -e /etc/balcao/master.key ]] ||
        (umask 077 && head -c 32 /dev/urandom >/etc/balcao/master.key && chmod 400 /etc/balcao/master.key)
}

# Debian's own cluster, unless the settings point elsewhere.
make_database()
(
    local etc who
    [[ $(conf_get DB_OWNER) == host=/var/run/postgresql* ]] || return 0
    etc=$(find /etc/postgresql -maxdepth 2 -name main | sort -V | tail -n 1)
    [[ -n $etc ]] || die "no PostgreSQL cluster here" "pg_createcluster 15 main, or set DB_OWNER and the others"
    grep -q 'map=balcao' "$etc/pg_hba.conf" || sed -i '1i local balcao all peer map=balcao' "$etc/pg_hba.conf"
    for who in "root postgres" "postgres postgres" "balcao-web balcao_api" "balcao-web balcao_operator" "balcao-worker balcao_worker" "balcao-live balcao_live"; do
        grep -qx "balcao $who" "$etc/pg_ident.conf" || printf 'balcao %s\n' "$who" >>"$etc/pg_ident.conf"
    done
    systemctl enable --now --quiet postgresql
    systemctl reload postgresql
    cd /                                        # the checkout may be closed to postgres
    runuser -u postgres -- psql -XqAt -c "SELECT 1 FROM pg_database WHERE datname = 'balcao'" | grep -q 1 ||
        runuser -u postgres -- createdb --template template0 --locale C.UTF-8 --encoding UTF8 balcao
)

make_units()
{
    install -m 644 "$here"/systemd/*.service "$here"/systemd/*.timer /etc/systemd/system/
    install -m 644 "$here/systemd/logrotate.conf" /etc/logrotate.d/balcao
    systemctl daemon-reload
}

((EUID == 0)) || die "an installation needs root"
"$here/build.sh"
make_users
make_places
make_settings "$@"
app_deploy
# Backups run from the installation, not from a checkout that may be gone.
app_put "$here" ops
app_put "$ROOT/nginx" nginx                     # the restore drill brings up a house of its own
edge_render
make_database
say "migrating"
(cd "$APP" && "$(bin balcaoctl)" migrate "$APP/db/migrations")
make_units

say "installed"
cat <<'END'

  systemctl enable --now balcao-api balcao-worker balcao-live balcao-nginx balcao-backup.timer
  after an upgrade: systemctl reload balcao-api balcao-worker balcao-live; systemctl restart balcao-nginx
END
