# Who listens where, read from /proc: a fresh system has neither ss nor lsof.
# shellcheck shell=bash

# Inodes of the sockets listening on TCP port $1, any address.
port_inodes()
{
    local hex
    printf -v hex '%04X' "$1"
    awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

port_is_free()
{
    [[ -z $(port_inodes "$1") ]]
}

# "nginx (pid 123)", or a shrug when the process belongs to somebody else.
port_holder()
{
    local inode pid
    for inode in $(port_inodes "$1"); do
        pid=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -printf '%h\n' -quit 2>/dev/null | cut -d/ -f3)
        [[ -n $pid ]] || continue
        printf '%s (pid %s)' "$(<"/proc/$pid/comm")" "$pid"
        return
    done
    printf 'a program of another user'
}

# A free port for an instance nobody has to remember. Below 32768, where the kernel starts to hand
# out ports to outgoing connections.
port_pick()
{
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        port_is_free "$port" && break
    done
    printf '%s' "$port"
}
