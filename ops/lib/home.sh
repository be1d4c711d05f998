# Where an instance lives and whom it runs as. Sourced by every script of ops/.
#
#   ROOT     the checkout
#   VAR      the instance's state: $BALCAO_VAR, default var/ of the checkout (links resolved)
#   RUN      its sockets and pid files; usually $VAR/run, see home_run
#   APP      the copy of the built files that runs, see app.sh
#   LOG, TEMP  what it says; what nginx buffers
#   OS_USER  the unprivileged user of every process
# shellcheck shell=bash disable=SC2034

# What root writes here, $OS_USER must read, whatever root's habits are. Secrets say their own mode.
umask 022

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VAR=$(realpath -m -- "${BALCAO_VAR:-$ROOT/var}")
RUN=$(realpath -m -- "$VAR/run")
APP=$VAR/app
LOG=$VAR/log
TEMP=$VAR/tmp

# PostgreSQL refuses to run as root, and so should everything that talks to the world.
OS_USER=$(id -un)
AS_USER=()
if ((EUID == 0)); then
    OS_USER=${BALCAO_USER:-balcao}
    # Before home_user made the account its group is unknown, and nothing runs as it yet.
    AS_USER=(setpriv --reuid "$OS_USER" --regid "$(id -g "$OS_USER" 2>/dev/null || true)" --init-groups)
fi

# From a place that the user may enter: the caller's own may be a checkout that it may not.
as_user()
(
    cd "$APP" 2>/dev/null || cd /
    exec "${AS_USER[@]}" "$@"
)

short_hash()
{
    printf '%s' "$1" | sha256sum | cut -c1-8
}

home_user()
{
    ((EUID == 0)) || return 0
    if ! getent passwd "$OS_USER" >/dev/null; then
        useradd --system --user-group --no-create-home --home-dir /nonexistent \
            --shell /usr/sbin/nologin "$OS_USER"
        note "made the system user $OS_USER"
    fi
    AS_USER[4]=$(id -g "$OS_USER")
}

# The nearest directory above $1 that exists.
standing_parent()
{
    local dir=$1
    until [[ -d $dir ]]; do dir=$(dirname "$dir"); done
    printf '%s' "$dir"
}

# home_place DIR: a checkout in /root (mode 700) is out of reach for $OS_USER. Opening that door is
# not ours to do, so the state goes to /var/lib/balcao and DIR becomes a link to it.
home_place()
{
    local dir=$1 place
    if as_user test -x "$(standing_parent "$dir")"; then
        [[ -d $dir ]] || mkdir -p "$dir"
    elif [[ -d $dir ]]; then
        place=/var/lib/balcao/$(short_hash "$dir")
        die "the user $OS_USER cannot enter $dir" \
            "Give it the way (chmod o+x on the directories above), or move it and leave a link:" \
            "make down; mkdir -p /var/lib/balcao; mv $dir $place; ln -s $place $dir"
    else
        place=/var/lib/balcao/$(short_hash "$dir")
        mkdir -p "$(dirname "$dir")" "$place"
        ln -s "$place" "$dir"
        note "$OS_USER cannot enter $(dirname "$dir"): state lives in $place"
    fi
}

# var/ of the checkout comes before anything is written to it: the other instances and node live there.
home_root()
{
    home_user
    home_place "$(realpath -m -- "$ROOT/var")"
}

home_places()
{
    home_root
    VAR=$(realpath -m -- "${BALCAO_VAR:-$ROOT/var}")
    home_place "$VAR"
    VAR=$(realpath -- "$VAR")
    APP=$VAR/app LOG=$VAR/log TEMP=$VAR/tmp RUN=$VAR/run
}

# A unix socket's path has at most 107 bytes. The longest of ours, with the temporary suffix it is
# bound under, takes 32 of them ("/bell-delivery.sock.1234567.new"); a deeper checkout gets a short
# directory elsewhere, linked from var/run.
home_run()
{
    local place=$VAR/run
    if ((${#place} > 75)); then
        if ((EUID == 0)); then
            place=/run/balcao-$(short_hash "$VAR")
        else
            place=${XDG_RUNTIME_DIR:-/tmp}/balcao-$EUID-$(short_hash "$VAR")
        fi
        ln -sfn "$place" "$VAR/run"
    fi
    own_dir 755 "$place"
    # /tmp belongs to everybody: a directory prepared there by someone else is a trap.
    [[ $(stat -c %U "$place") == "$OS_USER" && ! -L $place ]] || die "$place is not ours"
    RUN=$place
}

# own_dir MODE DIR…: directories of the unprivileged user.
own_dir()
{
    local mode=$1 dir
    shift
    for dir in "$@"; do
        if ((EUID == 0)); then
            install -d -m "$mode" -o "$OS_USER" -g "$(id -g "$OS_USER")" "$dir"
        else
            install -d -m "$mode" "$dir"
        fi
    done
}

home_make()
{
    home_places
    home_run
    own_dir 750 "$LOG" "$VAR/media" "$VAR/lab"
    own_dir 700 "$VAR/audit" "$VAR/keys" "$VAR/uploads" "$VAR/pg" "$TEMP" "$RUN/pg"
}
