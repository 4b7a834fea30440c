#!/usr/bin/env bash
# waybill beside trafilatura and spaCy on the same pages and the same number of threads: run.sh WAYBILL WHEEL OUT
#
# PAGES (default 600) pages are made of the samples. THREADS (default 1) is given to both. BENCH_PYTHON names a Python that
# has spaCy and trafilatura; without it an environment is made in OUT. waybill also codes and stores; its time is that of
# the whole program, loading included, the Python side's without its loading.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
waybill=$1 wheel=$2 out=$3
pages=${PAGES:-600} threads=${THREADS:-1}
folder="$out/bench"
mkdir -p "$folder"

python=${BENCH_PYTHON:-}
if [ -z "$python" ]; then
  python="$out/bench-python/bin/python"
  if [ ! -x "$python" ]; then
    "${PYTHON:-python3}" -m venv "$out/bench-python"
    "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  fi
fi

rm -rf "$folder/pages"
"$python" "$here/pages.py" samples "$folder/pages" "$pages"

export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads MKL_NUM_THREADS=$threads BLIS_NUM_THREADS=$threads
python_said=$("$python" "$here/python_side.py" "$wheel" "$folder/pages")

rm -f "$folder"/waybill.db*
waybill_said=$("$python" - "$waybill" "$wheel" "$folder" "$threads" <<'EOF'
import json, resource, subprocess, sys, time
waybill, wheel, folder, threads = sys.argv[1:]
start = time.perf_counter()
done = subprocess.run([waybill, "--ledger", folder + "/waybill.db", "--model", wheel, "ingest", "--jobs", threads, folder + "/pages"],
                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
seconds = time.perf_counter() - start
if done.returncode not in (0, 3):
    sys.exit(done.stdout.decode())
peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"seconds": round(seconds, 3), "peak_mb": peak_kb // 1024}))
EOF
)
counts=$("$waybill" --ledger "$folder/waybill.db" stats --json)

"$python" - "$python_said" "$waybill_said" "$counts" "$threads" <<'EOF'
import json, sys
python, waybill, counts = (json.loads(a) for a in sys.argv[1:4])
documents = counts["documents"]
assert documents == python["articles"], f"waybill keeps {documents} documents of {python['articles']} pages"
rates = python["articles"] / python["seconds"], documents / waybill["seconds"]
print(f"threads on each side: {sys.argv[4]}; pages: {documents}; tokens by spaCy: {python['tokens']}")
print(f"trafilatura + spaCy  {rates[0]:8.1f} articles/s   peak {python['peak_mb']:5} MB")
print(f"waybill ingest       {rates[1]:8.1f} articles/s   peak {waybill['peak_mb']:5} MB   ({counts['claims']} claims kept)")
print(f"ratio                {rates[1] / rates[0]:8.1f}")
EOF
