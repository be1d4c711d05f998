#!/usr/bin/env bash
# One complete instance: its state in $BALCAO_VAR (default var/), its own ports, nothing shared.
#
#   init  [KEY=VALUE…]   directories, keys, settings
#   start [KEY=VALUE…]   copies what was built, migrates, starts or renews every service
#   wait                 until it answers through nginx
#   seed | demo          plants the demo account, once | who can sign in to it
#   stop                 what it started, nothing else
#   restart NAME         one service
#   restore DIR KEY [KEY=VALUE…]  a new instance from a backup (backup.sh) and its master key, not started yet
#   edge [KEY=VALUE…]    renders nginx's configuration and lets nginx judge it
#   status               what runs
#   pid NAME | logs [NAME] | conf KEY | env
#
# PORT=auto and LAB_PORT=auto pick free ports, LAB_PORT= (empty) starts no lab. The rest of the keys:
# ops/lib/conf.sh.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home conf port stamp app service database edge programs; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

# Two commands at once would start everything twice.
lock()
{
    exec {LOCK}>"$VAR/.lock"
    flock -w 300 "$LOCK" || die "another command has been working on $VAR for five minutes"
}

cmd_init()
{
    home_make
    conf_make "$@"
    conf_ports
    conf_addresses
    programs_key
}

cmd_start()
{
    cmd_init "$@"
    lock
    programs_environment
    programs_sweep
    programs_check_ports "$(conf_get PORT)" nginx PORT
    programs_check_ports "$(conf_get LAB_PORT)" lab LAB_PORT
    app_deploy
    app_deploy_lab
    database_start
    programs_migrate
    programs_start
}

cmd_restore()
{
    local place=$1 key=$2 dump
    dump=$(find "$place" -maxdepth 1 -name '*.dump' | sort | tail -n 1)
    [[ -n $dump ]] || die "no dump in $place"
    [[ ! -e $VAR/pg ]] || die "$VAR has a database already" "a backup is restored into a new instance"
    cmd_init "${@:3}"
    lock
    programs_put_key <"$key"
    programs_environment
    app_deploy
    database_start
    programs_migrate
    say "restoring $dump"
    database_restore "$dump"
    programs_migrate
    tar -C "$place/media" -c . | as_user tar -C "$VAR/media" -x --no-same-owner --no-same-permissions
}

cmd_wait()
{
    programs_wait
}

cmd_seed()
{
    programs_environment
    programs_seed
}

cmd_demo()
{
    programs_environment
    programs_ctl demo --print
}

cmd_edge()
{
    cmd_init "$@"
    edge_render
    edge_test
}

cmd_stop()
{
    [[ -d $VAR ]] || return 0
    lock
    programs_stop
    ! service_pid postgres >/dev/null || say "stopping postgres"
    service_stop postgres INT 60
}

cmd_restart()
{
    lock
    programs_environment
    case $1 in
        postgres) service_stop postgres INT 60 && database_start ;;
        *) service_stop "$1" && programs_start ;;
    esac
}

cmd_status() { programs_status; }
cmd_pid() { service_pid "$1"; }
cmd_conf() { conf_get "$1"; }
cmd_env() { programs_env; }

cmd_logs()
{
    if (($# > 0)); then
        tail -n 100 -F "$LOG/$1.log"
    else
        tail -n 20 -F "$LOG"/*.log
    fi
}

command=${1:-help}
if ! declare -F "cmd_$command" >/dev/null; then
    die "usage: ops/instance.sh init|start|wait|seed|demo|stop|restart|restore|edge|status|pid|logs|conf|env"
fi
shift
"cmd_$command" "$@"
