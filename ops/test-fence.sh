#!/usr/bin/env bash
# The isolation matrix once more, on a build in which a tenth of the statements forget their account:
# row-level security has to hold alone. ops/test-fence.sh [SEED…] draws other tenths (0 to 9).
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
for part in say home; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

export BALCAO_VAR=$ROOT/var/fence BALCAO_BUILD=$ROOT/backend/build/san-account_filter/bin
instance=$here/instance.sh
passed=0
failed=0

leave()
{
    "$instance" stop >/dev/null
    printf '%d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0 && passed > 0))
}
trap leave EXIT

# What vitest counts ends in "N passed, M failed", and so does this.
matrix()
{
    local said p f
    said=$("$here/node.sh" npm --silent --prefix "$ROOT/tests" run http -- matrix 2>&1) || true
    printf '%s\n' "$said"
    read -r p _ f _ <<<"$(grep -E '^[0-9]+ passed, [0-9]+ failed$' <<<"$said" | tail -n 1)"
    passed=$((passed + ${p:-0}))
    failed=$((failed + ${f:-1}))
}

make -C "$ROOT/backend" --no-print-directory -s -j "$(nproc)" all VARIANT=san
for seed in "${@:-0}"; do
    say "a tenth of the statements forget their account, drawn by $seed"
    make -C "$ROOT/backend" --no-print-directory -s -j "$(nproc)" all VARIANT=san DROP=account_filter SEED="$seed"
    grep -qs '[$]1::bigint IS NOT NULL' "$ROOT"/backend/build/san-account_filter/gen/*.h || die "no statement forgot its account"
    "$instance" start PORT=auto LAB_PORT=auto LIMITS=off ARGON2_TIME=1 ARGON2_MEMORY_KIB=8192
    "$instance" seed
    "$instance" wait
    eval "$("$instance" env)"
    matrix
done
