#!/usr/bin/env bash
# Drives the pages in headless Chromium over the samples' ledger: tools/e2e/run.sh WAYBILL OUT
# Where there is no Chromium or no node it says so and ends with 0.
set -euo pipefail
waybill=$(realpath "$1")
[ -z "${WAYBILL_MODEL:-}" ] || WAYBILL_MODEL=$(realpath "$WAYBILL_MODEL")
export WAYBILL_MODEL
mkdir -p "$2/e2e"
out=$(realpath "$2")/e2e
here=$(cd "$(dirname "$0")" && pwd)
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
if [ -z "$chromium" ]; then echo "skipped: there is no Chromium (install the package chromium, or set CHROMIUM)"; exit 0; fi
if ! command -v npm >/dev/null; then echo "skipped: there is no npm to fetch playwright-core and axe-core with"; exit 0; fi
mkdir -p "$out/node"
cp "$here/package.json" "$here/package-lock.json" "$here/run.mjs" "$out/node/"
if ! cmp -s "$here/package-lock.json" "$out/node/fetched"; then
  if ! (cd "$out/node" && timeout 120 npm ci --ignore-scripts --no-audit --no-fund --silent); then
    echo "skipped: playwright-core and axe-core could not be fetched"; exit 0
  fi
  cp "$here/package-lock.json" "$out/node/fetched"
fi
rm -f "$out"/ledger.db*
"$waybill" --ledger "$out/ledger.db" ingest "$here/../../samples" || [ $? -eq 3 ]
cd "$out/node"
CHROMIUM="$chromium" node run.mjs "$waybill" "$out/ledger.db" "$out"
