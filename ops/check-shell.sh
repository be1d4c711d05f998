#!/usr/bin/env bash
# Every shell script of the repository through shellcheck.
set -euo pipefail

cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
mapfile -d '' scripts < <(find ops backend/tools .ci \( -name '*.sh' -o -path '.ci/*' \) -type f -print0)
shellcheck --external-sources --source-path=SCRIPTDIR "${scripts[@]}"
