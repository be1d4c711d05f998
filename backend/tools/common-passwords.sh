#!/bin/sh
# Builds domain/auth/common_passwords.bin: what everybody thinks of, from the lists of zxcvbn-ts (MIT) and
# a few of our own. Run it when they have better ones, and commit the result with the new versions here.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

echo '{"private":true}' >"$place/package.json"
cp "$here/tools/common-passwords.mjs" "$place/"
"$here/../ops/node.sh" npm --prefix "$place" install --no-audit --no-fund --loglevel error \
    @zxcvbn-ts/language-common@4.1.3 @zxcvbn-ts/language-pt-br@4.1.1 >/dev/null
"$here/../ops/node.sh" node "$place/common-passwords.mjs" "$here/domain/auth/common_passwords.bin"
