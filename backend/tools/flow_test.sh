#!/bin/sh
# Sentences that must stay true of `balcaoctl flow`: what it prints, and what it tells the shell. Speaks TAP.
#
#   BALCAOCTL=build/bin/balcaoctl tools/flow_test.sh
set -u

ctl=$(realpath "${BALCAOCTL:?}")
models=$(cd "$(dirname "$0")/../models" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 1
# It needs no installation: none is here.
unset BALCAO_VAR
n=0

# sentence, status, words, command…: it ends with this status and says these words.
holds() {
    n=$((n + 1))
    sentence=$1 expected=$2 words=$3
    shift 3
    status=0
    "$@" >said 2>&1 || status=$?
    if [ "$status" -eq "$expected" ] && grep -qF -e "$words" said; then
        echo "ok $n - $sentence"
    else
        echo "not ok $n - $sentence (status $status)"
        sed 's/^/# /' said
    fi
}
silent() {
    "$@" >silence 2>&1 && [ ! -s silence ] && echo silent
}

cp "$models"/loja.json "$models"/loja.pedido.test.json .
sed 's/"fallback": {/"fallbock": {/' loja.json >broken.json
sed 's/a caminho/chegando/' loja.json >other.json
mkdir changed && cp other.json changed/loja.json && cp loja.pedido.test.json changed/
# Flows that keep a recording with them.
keeping() {
    printf '{"meta":{"tests":['
    cat loja.pedido.test.json
    printf ']},'
    tail -c +2 "$1"
}
keeping loja.json >whole.json
keeping other.json >outdated.json
printf '{"format":"another"}' >foreign.json
printf '{' >nothing.json

holds 'a clean flow says nothing' 0 'silent' silent "$ctl" flow check loja.json
holds 'an error is a line with its remedy' 1 'error L' "$ctl" flow check broken.json
holds 'a warning leaves the status at 0' 0 'warning L502' "$ctl" flow check --bound "$models"/fora-do-horario.json
holds 'what is not ours cannot be read' 2 'foreign.json: flow_format' "$ctl" flow check foreign.json loja.json
holds 'what is no JSON cannot be read' 2 'nothing.json: json_syntax' "$ctl" flow check nothing.json
holds 'what is not there cannot be read' 2 'none.json: file_unreadable' "$ctl" flow check none.json
"$ctl" flow format loja.json >formatted
holds 'a formatted flow stays as it is' 0 'silent' silent cmp formatted loja.json
holds 'a conversation that goes on as it went is ok' 0 'ok loja pedido' "$ctl" flow test loja.pedido.test.json
holds 'what tests reach is counted' 0 'loja: ' "$ctl" flow test loja.pedido.test.json
holds 'the first step that differs is told' 1 'differs loja pedido step 8 card enviado' \
    "$ctl" flow test changed/loja.pedido.test.json
holds 'a flow plays what is saved with it' 0 'ok loja pedido' "$ctl" flow test whole.json
holds 'and tells what differs' 1 'differs loja pedido step 8 card enviado' "$ctl" flow test outdated.json
holds 'a flow without recordings reaches nothing' 0 'loja: 0 of' "$ctl" flow test loja.json
holds 'what is neither a flow nor a recording cannot be read' 2 'foreign.json: flow_format' \
    "$ctl" flow test foreign.json
holds 'without a file it says how it is called' 2 'flow check' "$ctl" flow check

echo "1..$n"
