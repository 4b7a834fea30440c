#!/usr/bin/env bash
# Scores waybill's claims on the seeds and on gold/dev: score.sh WAYBILL SHARED WHEEL OUT
set -euo pipefail
waybill=$1 shared=$2 wheel=$3 out=$4
mkdir -p "$out"

score() { # score NAME TEXTS GOLD
  local ledger="$out/score-$1.db"
  rm -f "$ledger" "$ledger-shm" "$ledger-wal"
  "$waybill" --ledger "$ledger" ingest --model "$wheel" "$2" >"$out/score-$1.log" 2>&1 || [ $? -eq 3 ] || {
    cat "$out/score-$1.log" >&2
    exit 1
  }
  "$waybill" --ledger "$ledger" export --format jsonl >"$out/score-$1.jsonl"
  printf '\n== %s\n' "$1"
  "${PYTHON:-python3}" "$shared/tools/score_claims.py" "$3" "$out/score-$1.jsonl" --texts "$2"
}

score seeds "$shared/seeds" "$shared/gold/seeds"
score dev "$shared/corpus/dev" "$shared/gold/dev"
