#!/usr/bin/env bash
# What nginx promises by itself, with nobody behind it: headers, refusals in the API's language, sizes,
# limits, and a log that keeps secrets. An answer of 502 means "was let through".
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
BALCAO_VAR=$(mktemp -d /tmp/balcao-edge.XXXXXX)
export BALCAO_VAR
for part in say home conf port stamp app service edge programs; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done
chmod 755 "$VAR"
passed=0
failed=0

leave()
{
    service_stop nginx
    rm -rf "$VAR"
}

house()
{
    # shellcheck disable=SC2034
    exec {LOCK}>"$VAR/.lock"
    home_make
    conf_make PORT=auto LAB_PORT= TRUSTED_HOPS=127.0.0.1,10.9.9.9
    conf_ports
    conf_addresses
    programs_environment
    mkdir -p "$APP"/frontend/dist{,.previous}/assets
    printf '<meta property="csp-nonce" nonce="__CSP_NONCE__">' >"$APP/frontend/dist/index.html"
    printf 'now' >"$APP/frontend/dist/assets/now.js"
    printf 'before' >"$APP/frontend/dist.previous/assets/before.js"
    printf 'widget' >"$APP/frontend/dist/widget.js"
    printf 'hidden' >"$APP/frontend/dist/.secret"
    edge_render
    # A hand-off as the API would make it: nobody behind nginx is there to say it.
    printf '0123456789' | as_user tee "$VAR/media/file" >/dev/null
    sed -i 's|^    location /_media/ {|    location = /handed-over { rewrite ^ /_media/file last; }\n&|' "$NGINX/sites/balcao.conf"
    edge_test
    mapfile -t command < <(edge_nginx)
    service_start nginx test "${command[@]}"
    url=http://127.0.0.1:$(conf_get PORT)
    until fetch "$url/" -o /dev/null; do service_pid nginx >/dev/null; done
}

fetch() { curl --silent --noproxy '*' --path-as-is "$@"; }

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

status() { fetch -o /dev/null -w '%{http_code}' "$@"; }

# header NAME URL…
header()
{
    local name=$1
    shift
    fetch -o /dev/null -D - "$@" | tr -d '\r' | sed -n "s/^$name: //Ip" | tail -n 1
}

# "41 let through, 19 refused" of COUNT requests: burst COUNT curl-arguments… URL
burst()
{
    local count=$1 url=${!#}
    shift
    fetch -o /dev/null -w '%{http_code}\n' "${@:1:$#-1}" "$url?n=[1-$count]" | sort | uniq -c |
        awk '{ printf "%s%d of %s", sep, $1, $2; sep = ", " }'
}

# allows WHAT BURST RATE COUNT curl-arguments… URL: of COUNT requests in a row the burst passes, the one
# that is due, and what the rate adds meanwhile.
allows()
{
    local what=$1 burst=$2 rate=$3 began=${EPOCHREALTIME/[.,]/} said through most
    said=$(burst "${@:4}")
    most=$((burst + 3 + rate * (${EPOCHREALTIME/[.,]/} - began) / 1000000))
    through=$(sed -nE 's/.*(^| )([0-9]+) of (502|503).*/\2/p' <<<"$said")
    if ((through > burst && through <= most)) && [[ $said == *'of 429'* ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not so: %s lets %d to %d of %d pass\n   got    %s\n' "$what" "$((burst + 1))" "$most" "$4" "$said"
    fi
}

big() { head -c "$1" /dev/zero; }

trap leave EXIT
house
problem='application/problem+json'

page=$(fetch "$url/inbox/any/place")
nonce=$(sed -E 's/.*nonce="([0-9a-f]{32})".*/\1/' <<<"$page")
is 'every place of the application is its page, with a nonce' "${#nonce}" 32
is 'the nonce changes' "$([[ $(fetch "$url/") == *"$nonce"* ]] && echo same || echo other)" other
is 'the page answers no 304, which would keep an old nonce' "$(status "$url/" -H 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT')" 200
is 'no inline script' "$(header content-security-policy "$url/" | grep -c "script-src 'self';")" 1
is 'no framing' "$(header x-frame-options "$url/")" DENY
is 'no version' "$(header server "$url/")" nginx
is 'no transport security over plain HTTP' "$(header strict-transport-security "$url/")" ''
is 'assets are kept for ever' "$(header cache-control "$url/assets/now.js")" 'public, max-age=31536000, immutable'
is 'assets of the former build are still there' "$(fetch "$url/assets/before.js")" before
is 'a missing asset is not the page' "$(status "$url/assets/none.js")" 404
is 'a missing asset is not kept' "$(header cache-control "$url/assets/none.js")" no-store
is 'hidden files stay hidden' "$(status "$url/.secret")" 404
is 'the widget is for everyone' "$(header cross-origin-resource-policy "$url/widget.js")" cross-origin
is 'the media folder is internal' "$(status "$url/_media/1")" 404
is 'no way out of a folder' "$(status "$url/assets/../../balcao.conf")" 400

is 'a part of a file' "$(fetch -r 2-4 "$url/handed-over")" 234
is 'a part that is not there is a problem document' "$(status -r 20-30 "$url/handed-over") $(header content-type -r 20-30 "$url/handed-over")" "416 $problem"
is 'the length is in the refusal' "$(header content-range -r 20-30 "$url/handed-over")" 'bytes */10'
for ask in "-r 20-30 /handed-over" "-r 2-4 /handed-over" "/handed-over" "/" "/api/v1/tickets" "/assets/none.js" "/assets/now.js" "/widget.js"; do
    path=${ask##* } arguments=${ask% *}
    [[ $arguments != "$path" ]] || arguments=
    # shellcheck disable=SC2086
    is "each header once: $ask" "$(fetch -o /dev/null -D - $arguments "$url$path" | grep -oiE '^[a-z-]+:' | tr '[:upper:]' '[:lower:]' | sort | uniq -d)" ''
done

for kind in "404 /assets/none.js" "502 /api/v1/tickets" "405 / -d x"; do
    read -r wanted path arguments <<<"$kind"
    # shellcheck disable=SC2086
    is "$wanted is a problem document" "$(status "$url$path" $arguments) $(header content-type "$url$path" $arguments)" "$wanted $problem"
done
long=$(big 9000 | tr '\0' a)
is 'a long address' "$(status "$url/$long") $(header content-type "$url/$long")" "414 $problem"
is 'long headers' "$(status -H "X-Long: $long" "$url/") $(header content-type -H "X-Long: $long" "$url/")" "431 $problem"
is 'the id in the body is the id in the header' \
    "$(fetch -D - "$url/api/x" | tr -d '\r' | grep -oiE '[0-9a-f]{32}' | sort -u | wc -l)" 1

# Says six bytes, sends five: refused, waited for, and closed without a reset, which could swallow the answer.
ambiguous()
{
    exec {WIRE}<>"/dev/tcp/127.0.0.1/$(conf_get PORT)"
    printf 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n' >&"$WIRE"
    cat <&"$WIRE"
}
answer=$(ambiguous 2>&1 || true)
is 'two lengths are one too many' "${answer:0:12}" 'HTTP/1.1 400'
is 'and the refusal arrives whole' "${answer: -1}" '}'

is 'API body' "$(big 263000 | status --data-binary @- "$url/api/v1/tickets")" 413
is 'API body within' "$(big 262000 | status --data-binary @- "$url/api/v1/tickets")" 502
is 'sign-in body' "$(big 8300 | status --data-binary @- "$url/api/v1/session")" 413
is 'body of an operator' "$(big 8300 | status --data-binary @- "$url/api/v1/operator/accounts")" 413
is 'body of an operator within' "$(big 8100 | status --data-binary @- "$url/api/v1/operator/accounts")" 502
is 'hook body' "$(big 5300000 | status --data-binary @- "$url/hooks/t")" 413
is 'hook body within' "$(big 5200000 | status --data-binary @- "$url/hooks/t")" 502
is 'widget body' "$(big 66000 | status --data-binary @- "$url/api/v1/widget/messages")" 413
is 'photo' "$(big 2200000 | status -T - "$url/api/v1/me/photo")" 413
is 'photo within' "$(big 2000000 | status -T - "$url/api/v1/me/photo")" 502
is 'widget file' "$(big 17000000 | status -T - "$url/api/v1/widget/uploads")" 413
is 'widget file within' "$(big 16000000 | status -T - "$url/api/v1/widget/uploads")" 502
is 'a visitor may read a refusal' "$(big 66000 | header access-control-allow-origin --data-binary @- "$url/api/v1/widget/messages")" '*'
is 'the API has no such header' "$(header access-control-allow-origin "$url/api/v1/tickets")" ''

mac() { printf '__Host-bat=h.p.%043d; other=1' "$1"; }
# Several customers on one machine, which is a hop: it says whose address it is.
from() { printf 'X-Forwarded-For: %s' "$1"; }
allows 'sign-in, by address' 40 2 60 -X POST -H "$(from 10.0.0.1)" "$url/api/v1/session"
is 'and says when to come back' "$(header retry-after -X POST -H "$(from 10.0.0.1)" "$url/api/v1/session")" 1
is 'another address signs in' "$(status -X POST -H "$(from 10.0.0.2)" "$url/api/v1/session")" 503
is 'the queue of sign-ins says when to come back' "$(header retry-after -X POST -H "$(from 10.0.0.2)" "$url/api/v1/session") $(fetch -X POST -H "$(from 10.0.0.2)" "$url/api/v1/session" | grep -o '"slug":"[a-z]*"')" '2 "slug":"busy"'
is 'asking who I am is no sign-in' "$(status -H "$(from 10.0.0.1)" "$url/api/v1/session")" 503
allows 'the door of operators, by address' 40 2 60 -X POST -H "$(from 10.0.0.3)" "$url/api/v1/operator/session"
allows 'IPv6' 40 2 60 -X POST -H "$(from 2001:db8:1:2::1)" "$url/api/v1/session"
is 'the same /64' "$(status -X POST -H "$(from 2001:db8:1:2:ffff::9)" "$url/api/v1/session")" 429
is 'another /64' "$(status -X POST -H "$(from 2001:db8:1:3::1)" "$url/api/v1/session")" 503
allows 'IPv4 written as IPv6' 40 2 60 -X POST -H "$(from ::ffff:10.0.0.5)" "$url/api/v1/session"
is 'the same written as IPv4, whatever stands before it (X066)' "$(status -X POST -H "$(from '9.9.9.9, 10.0.0.5')" "$url/api/v1/session")" 429
is 'another one written as IPv6' "$(status -X POST -H "$(from ::ffff:10.0.0.7)" "$url/api/v1/session")" 503
allows 'the API, by cookie' 100 50 300 -H "$(from 10.0.1.1)" -H "Cookie: $(mac 1)" "$url/api/v1/tickets"
is 'another session of that address' "$(status -H "$(from 10.0.1.1)" -H "Cookie: $(mac 2)" "$url/api/v1/tickets")" 502
allows 'the API, by token' 100 50 300 -H "$(from 10.0.1.2)" -H 'Authorization: Bearer bal_1_2_secret' "$url/api/v1/tickets"
program='Authorization: Bearer bal_1_2_another'
allows 'a program' 600 10 800 --rate 95/s -H "$(from 10.0.1.4)" -H "$program" "$url/media/1"
is 'and says when to come back' "$(header retry-after -H "$(from 10.0.1.4)" -H "$program" "$url/api/v1/tickets?n=[1-40]")" 1
is 'the same program elsewhere' "$(burst 40 -H "$(from 10.0.1.5)" -H "$program" "$url/api/v1/tickets" | grep -c 'of 429')" 1
is 'another program of that address' "$(status -H "$(from 10.0.1.4)" -H "${program}2" "$url/api/v1/tickets")" 502
is 'a person of that address' "$(status -H "$(from 10.0.1.4)" -H "Cookie: $(mac 6)" "$url/api/v1/tickets")" 502
allows 'the API, by address' 400 200 1200 -H "$(from 10.0.1.3)" "$url/api/v1/tickets"
allows 'uploads' 10 2 20 -X PUT -H "Cookie: $(mac 3)" "$url/api/v1/uploads"
allows 'one hook' 1000 300 2500 -X POST "$url/hooks/one"
is 'another hook' "$(status -X POST "$url/hooks/two")" 502
allows 'a visitor' 20 5 40 -X POST -H "$(from 10.0.2.1)" "$url/api/v1/widget/messages"
allows 'streams' 10 1 20 -H "Cookie: $(mac 4)" "$url/live"
allows 'media' 200 100 600 -H "Cookie: $(mac 5)" "$url/media/1"
is 'metrics are for this machine' "$(status -H "$(from 10.0.0.9)" "$url/metrics")" 404
is 'those of the streams too' "$(status -H "$(from 10.0.0.9)" "$url/metrics/live") $(status "$url/metrics/live")" '404 502'
is 'readiness too' "$(status -H "$(from 10.0.0.9)" "$url/readyz")" 404

# Right to left, through hops only; what they say of themselves or of nobody is refused.
unknown='address_unknown'
slug() { fetch "$@" | sed -nE 's/.*"slug":"([a-z_]+)".*/\1/p'; }
while read -r name said; do fetch -o /dev/null -H "$(from "$said")" "$url/by/$name"; done <<'END'
one 203.0.113.9
forged 1.1.1.1, 203.0.113.9
hop 9.9.9.9, 203.0.113.9, 10.9.9.9
port 203.0.113.9:5555
six 2001:db8::7
six-port [2001:db8::7]:44
loopback 127.0.0.1, 203.0.113.9
END
fetch -o /dev/null -H "$(from 203.0.113.9)" -H "$(from 10.9.9.9)" "$url/by/two-lines"
fetch -o /dev/null -H "$(from 203.0.113.9)" --interface 127.0.0.3 "$url/by/stranger"
fetch -o /dev/null -H 'X-Real-IP: 203.0.113.9' -H 'Forwarded: for=203.0.113.9' "$url/by/other-words"
is 'a hop that speaks for nobody' "$(slug -H "$(from '203.0.113.9, lixo')" "$url/api/v1/tickets")" $unknown
is 'also on the page' "$(status -H "$(from lixo)" "$url/") $(header content-type -H "$(from lixo)" "$url/")" "400 $problem"
is 'also with a body' "$(slug -H "$(from 999.1.1.1)" -d x "$url/hooks/t")" $unknown
is 'a hop that speaks for hops' "$(slug -H "$(from '127.0.0.1, 10.9.9.9')" "$url/api/v1/tickets")" $unknown
is 'a stranger who writes nonsense is himself' "$(status -H "$(from lixo)" --interface 127.0.0.3 "$url/api/v1/tickets")" 502

fetch -o /dev/null -o /dev/null -H 'Cookie: c=cookiesecret' "$url/live/widget?token=tokensecret" "$url/hooks/pathsecret"
# QUIT writes what the access log still has in its buffer.
service_stop nginx QUIT
by() { sed -nE "s|.* path=\"/by/$1\" .* address=([^ ]+).*|\1|p" "$LOG/nginx-access.log"; }
for name in one forged hop port loopback two-lines; do is "the address by a hop: $name" "$(by $name)" 203.0.113.9; done
for name in six six-port; do is "the address by a hop: $name" "$(by $name)" 2001:db8::7; done
is 'nobody else is believed' "$(by stranger)" 127.0.0.3
is 'nor is another header' "$(by other-words)" 127.0.0.1
is 'no secret in any log' "$(cat "$LOG"/nginx*.log | grep -cE 'cookiesecret|tokensecret|pathsecret')" 0
is 'the log has the event first' "$(grep -c '^http.done at=' "$LOG/nginx-access.log" | awk '{ print ($1 > 1000) }')" 1

conf_set TRUSTED_HOPS ''
edge_render
is 'nobody is believed who is not named' "$(grep -rh 'set_real_ip_from' "$NGINX" | wc -l)" 0
for hops in 10.0.0.0/8 proxy.example 'all;'; do
    conf_set TRUSTED_HOPS "$hops"
    is "no hop: $hops" "$( (edge_render) >/dev/null 2>&1 && echo rendered || echo refused)" refused
done

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
