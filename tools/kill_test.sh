#!/usr/bin/env bash
# Kills an ingest (kill -9) at random moments, runs it to the end, and compares its ledger with that of an undisturbed
# run: kill_test.sh WAYBILL WHEEL OUT [PATH]. TIMES says how many kills (20), PATH what is read (the samples).
set -euo pipefail
waybill=$1 wheel=$2 out=$3 input=${4:-samples} times=${TIMES:-20}
mkdir -p "$out"
whole="$out/kill-whole.db" killed="$out/kill-killed.db"
rm -f "$whole"* "$killed"*

ingest() { "$waybill" --ledger "$1" --model "$wheel" ingest "$input" >"$out/kill.log" 2>&1 || [ $? -eq 3 ] || { cat "$out/kill.log" >&2; exit 1; }; }
digest() { "$waybill" --ledger "$1" stats --json --digest | sed -E 's/.*"digest":"([0-9a-f]+)".*/\1/'; }
documents() { "$waybill" --ledger "$1" stats --json 2>/dev/null | sed -E 's/.*"documents":([0-9]+).*/\1/' || echo 0; }

begin=$(date +%s%N)
ingest "$whole"
took_ms=$((($(date +%s%N) - begin) / 1000000))
echo "an undisturbed run took $took_ms ms and kept $(documents "$whole") documents"

before=0
for n in $(seq "$times"); do
  "$waybill" --ledger "$killed" --model "$wheel" ingest "$input" >"$out/kill.log" 2>&1 &
  process=$!
  # Anywhere in what a whole run takes, a little before and beyond included; RANDOM has 15 bits.
  wait_ms=$((RANDOM * (took_ms + 100) / 32768 * (20 + RANDOM % 80) / 100))
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || true
  now=$(documents "$killed")
  echo "kill $n after $wait_ms ms: ${now:-0} documents"
  if [ "${now:-0}" -lt "$before" ]; then
    echo "failed: a finished document was lost" >&2
    exit 1
  fi
  before=${now:-0}
done

ingest "$killed"
if [ "$(digest "$whole")" != "$(digest "$killed")" ]; then
  echo "failed: $killed differs from $whole" >&2
  exit 1
fi
echo "the same ledger after $times kills: $(digest "$whole")"
