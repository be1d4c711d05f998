#!/usr/bin/env bash
# What an operator does to a house that people are using: new programs, good and bad; a backup and its way
# back. On an instance of its own.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
BALCAO_VAR=$(mktemp -d /tmp/balcao-ops.XXXXXX)
export BALCAO_VAR
chmod 755 "$BALCAO_VAR"
for part in say home conf port stamp app service database edge programs; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done
passed=0
failed=0

stop_asking()
{
    [[ -n ${asking:-} ]] || return 0
    kill "$asking"
    wait "$asking" || true
    asking=
}

leave()
{
    stop_asking
    "$here/instance.sh" stop >/dev/null
    rm -rf "$VAR"
}

# is WHAT GOT WANTED
is()
{
    if [[ $2 == "$3" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not so: %s\n   got    %s\n   wanted %s\n' "$1" "$2" "$3"
    fi
}

# line NAME PATTERN COUNT: the log of NAME has the pattern for the COUNTth time, within twenty seconds.
line()
{
    local deadline=$((SECONDS + 20))
    until (($(grep -c "$2" "$LOG/$1.log") >= $3)); do
        ((SECONDS < deadline)) || return 1
        read -r -t 0.05 <> <(:) || true
    done
}

# A visitor who never stops asking; whatever is not "ready" is kept. No pipe: its other half would ask on
# after this shell is told to end.
ask_for_ever()
{
    local answer
    while :; do
        answer=$(curl --silent --noproxy '*' --max-time 10 "$url/readyz") || answer=nothing
        [[ $answer == ready ]] || printf '%s\n' "$answer" >>"$VAR/unanswered"
    done
}

# install NAME < SCRIPT: as ops would put a new program there, at once and under the same name.
install_program()
{
    cat >"$(bin "balcao-$1").new"
    chmod 755 "$(bin "balcao-$1").new"
    mv "$(bin "balcao-$1").new" "$(bin "balcao-$1")"
}

trap leave EXIT
"$here/instance.sh" start PORT=auto LAB_PORT= LIMITS=off ARGON2_TIME=1 ARGON2_MEMORY_KIB=8192
"$here/instance.sh" seed
"$here/instance.sh" wait
url=http://127.0.0.1:$(conf_get PORT)
: >"$VAR/unanswered"
ask_for_ever &
asking=$!

masters=(api worker live)
declare -A pid
cp -R "$(dirname "$(bin balcao-api)")" "$VAR/good"

# replaced_by SCRIPT: every program at once becomes this, and every master is asked to take it.
replaced_by()
{
    local name
    for name in "${masters[@]}"; do
        install_program "$name" <<<"#!/bin/sh"$'\n'"$1"
        kill -USR2 "${pid[$name]}"
    done
}

# refused WHY
refused()
{
    local name
    for name in "${masters[@]}"; do line "$name" "master.new_binary_refused .*why=$1 " 1 || return 0; done
    printf 'all'
}

for name in "${masters[@]}"; do pid[$name]=$(service_pid "$name"); done
replaced_by 'exit 1'
is 'programs that end at once are refused' "$(refused refused)" all
replaced_by 'exit 0'
is 'programs that say nothing are refused' "$(refused silent)" all
replaced_by 'exec sleep 1000'
is 'programs that hang are refused' "$(refused slow)" all
for name in "${masters[@]}"; do
    install_program "$name" <"$VAR/good/balcao-$name"
    kill -USR2 "${pid[$name]}"
    is "$name: a good program is taken" "$(line "$name" 'master.new_binary ' 1 && line "$name" 'master.generation ' 2 && echo yes)" yes
    is "$name: under the same number" "$(service_pid "$name")" "${pid[$name]}"
done

cp -R "$VAR/good" "$VAR/bad"
printf '#!/bin/sh\necho no such library >&2\nexit 127\n' >"$VAR/bad/balcao-live"
said=$(BALCAO_BUILD=$VAR/bad "$here/instance.sh" start 2>&1 || true)
is 'ops tries all programs before it renews the first' \
    "$(grep -cE 'no such library|this balcao-live cannot start|renewing' <<<"$said")" 2
"$here/instance.sh" start >/dev/null
is 'everybody was answered all the while' "$(cat "$VAR/unanswered")" ''

database_psql -d balcao -c "UPDATE schema_migrations SET name = '!' || name WHERE name > '0004'"
is 'an old database is not ready' "$(curl -s --noproxy '*' -w ' %{http_code}' "$url/readyz" | grep -o 'migrations_missing.* 503' | tr -d '[:space:]' | sed 's/".*"field":"\([^"]*\)".*}/ \1 /')" \
    "migrations_missing $(cd "$ROOT/db/migrations" && printf '%s\n' *.sql | tail -n 1) 503"
is 'and no program of ours starts on it' "$(programs_environment; program_check worker 2>&1 | grep -c migrations_missing)" 1
database_psql -d balcao -c "UPDATE schema_migrations SET name = substr(name, 2) WHERE name LIKE '!%'"

cp -R "$ROOT/db/migrations" "$VAR/changed"
printf '%s\n' '-- one word more' >>"$VAR/changed/0001_foundation.sql"
programs_environment
is 'a migration that was changed afterwards is noticed' \
    "$(programs_ctl migrate "$VAR/changed" 2>&1)" 'balcaoctl migrate: migration_changed 0001_foundation.sql'

stop_asking
is 'the drill' "$("$here/restore-drill.sh" | grep -c 'drill ok')" 1
head -c 32 /dev/urandom | programs_put_key
is 'the drill, with another key' "$("$here/restore-drill.sh" 2>&1 | grep -c 'the key does not open')" 1
is 'the key is for its owner only' "$(stat -c '%a %U' "$VAR/keys/master.key")" "400 $OS_USER"

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
