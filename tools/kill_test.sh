#!/usr/bin/env bash
# Kills an ingest (kill -9) at random moments, runs it to the end, and compares its ledger with that of an undisturbed
# run: kill_test.sh WAYBILL WHEEL OUT [PATH]. TIMES says how many kills (20), PATH what is read (the samples). A ledger
# that came to its end before a kill is compared too, and begun again, so that most kills hit a run that is under way.
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

all=$(documents "$whole")
compare() {
  if [ "$(digest "$whole")" != "$(digest "$killed")" ]; then
    echo "failed: $killed differs from $whole" >&2
    exit 1
  fi
}

before=0 under_way=0
for n in $(seq "$times"); do
  "$waybill" --ledger "$killed" --model "$wheel" ingest "$input" >"$out/kill.log" 2>&1 &
  process=$!
  # Anywhere in a third of what a whole run takes; RANDOM has 15 bits.
  wait_ms=$((RANDOM * (took_ms / 3 + 50) / 32768))
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || true
  now=$(documents "$killed")
  now=${now:-0}
  echo "kill $n after $wait_ms ms: $now documents"
  if [ "$now" -lt "$before" ]; then
    echo "failed: a finished document was lost" >&2
    exit 1
  fi
  before=$now
  if [ "$now" -lt "$all" ]; then
    under_way=$((under_way + 1))
  elif [ "$n" -lt "$times" ]; then
    compare
    rm -f "$killed"*
    before=0
  fi
done

ingest "$killed"
compare
echo "the same ledger after $times kills, $under_way of them under way: $(digest "$whole")"
