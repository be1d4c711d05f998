#!/usr/bin/env bash
# Renders the nginx configuration in its four forms and lets nginx judge each.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
BALCAO_VAR=$(mktemp -d /tmp/balcao-nginx.XXXXXX)
export BALCAO_VAR
trap 'rm -rf "$BALCAO_VAR"' EXIT
chmod 755 "$BALCAO_VAR"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout "$BALCAO_VAR/tls.key" -out "$BALCAO_VAR/tls.crt" 2>/dev/null
chmod 644 "$BALCAO_VAR/tls.key"

for limits in on off; do
    "$here/instance.sh" edge PORT=auto LAB_PORT= LIMITS=$limits TLS_CERTIFICATE= TLS_KEY= TRUSTED_HOPS=
    "$here/instance.sh" edge LIMITS=$limits TRUSTED_HOPS=10.0.0.2,2001:db8::2 "TLS_CERTIFICATE=$BALCAO_VAR/tls.crt" "TLS_KEY=$BALCAO_VAR/tls.key"
done
