"""Measures spaCy and `lang` on the same texts, one after the other, in one run.

    cargo build --release -p waybill-lang --example speed
    /work/py/bin/python tools/bench/lang/bench.py MODEL texts.jsonl [--limit N] [--batch N ...]

texts.jsonl holds one JSON string a line. Both get one thread; `lang` then gets two. Wall-clock figures mean
something only on an idle machine, processor time also on a busy one: both are printed. Words are tokens that
are not white space. With `perf` on the path, the share of the matrix products is printed as well.
"""

import os

for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import spacy

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools/parity"))
from parity import unpacked  # noqa: E402

SPEED = ROOT / "target/release/examples/speed"


def timed(work):
    """The result of `work` with its wall-clock and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def spacy_round(nlp, texts, batch):
    return sum(1 for doc in nlp.pipe(texts, batch_size=batch) for token in doc if token.pos_ != "SPACE")


def spacy_on_two(nlp, texts, batch):
    """Words a second of two spaCy processes by the wall clock, without their start."""
    began = time.perf_counter()
    sum(1 for _ in nlp.pipe(texts[:2], batch_size=1, n_process=2))
    start = time.perf_counter() - began
    began = time.perf_counter()
    words = sum(1 for doc in nlp.pipe(texts, batch_size=batch, n_process=2) for token in doc if token.pos_ != "SPACE")
    return words / (time.perf_counter() - began - start)


def ceiling(speed, model, lines, alone):
    """How many times one process's speed two processes with nothing in common reach together."""
    command = [speed, model, "1"]
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    for run in runs:
        run.stdin.write(lines)
        run.stdin.close()
    return sum(json.loads(run.stdout.read())["words_per_s"] for run in runs) / alone


def product_share(speed, model, lines):
    """How much of the samples that perf takes fall into the kernel."""
    if not shutil.which("perf"):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        data = f"{scratch}/perf.data"
        command = ["perf", "record", "-q", "-o", data, speed, model, "1"]
        subprocess.run(command, input=lines, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        report = subprocess.run(["perf", "report", "-i", data, "--stdio"], capture_output=True, text=True, check=False)
    return sum(float(share) for share in re.findall(r"^\s*([0-9.]+)%.*tile_(?:avx|plain)", report.stdout, re.M))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--batch", type=int, nargs="*", default=[32, 128, 256, 1000])
    parser.add_argument("--speed", type=pathlib.Path, default=SPEED)
    args = parser.parse_args()
    texts = [json.loads(line) for line in args.texts.read_text().splitlines()][: args.limit]
    lines = "".join(json.dumps(t) + "\n" for t in texts).encode()
    with tempfile.TemporaryDirectory() as scratch:
        folder = unpacked(args.model, scratch)
        spacy.load(folder)  # once to have all modules imported
        nlp, load_wall, load_cpu = timed(lambda: spacy.load(folder))
    print(f"spacy.load: {load_wall:.3f} s wall, {load_cpu:.3f} s processor")
    best_wall = best_cpu = best_batch = 0
    for batch in args.batch:
        words, wall, cpu = timed(lambda: spacy_round(nlp, texts, batch))
        print(f"spaCy, batch {batch:5}: {words / wall:9.0f} words/s wall, {words / cpu:9.0f} words/s processor")
        if words / wall > best_wall:
            best_batch = batch
        best_wall, best_cpu = max(best_wall, words / wall), max(best_cpu, words / cpu)
    print(f"spaCy, two processes, batch {best_batch}: {spacy_on_two(nlp, texts, best_batch):9.0f} words/s wall")
    records = {}
    for threads in [1, 2]:
        run = subprocess.run([args.speed, args.model, str(threads)], input=lines, stdout=subprocess.PIPE, check=True)
        records[threads] = record = json.loads(run.stdout)
        print(f"lang, {threads} threads: {record['words_per_s']:9.0f} words/s wall, {record['words_per_cpu_s']:9.0f} words/s "
              f"processor, peak {record['peak_mb']:.0f} MB, open {record['open_s']:.3f} s wall, {record['open_cpu_s']:.3f} s processor")
    one, two = records[1], records[2]
    print(f"ratio: {one['words_per_s'] / best_wall:.1f} wall, {one['words_per_cpu_s'] / best_cpu:.1f} processor")
    print(f"two threads: {two['words_per_s'] / one['words_per_s']:.2f} times one by the wall clock; "
          f"processor time per word {one['words_per_cpu_s'] / two['words_per_cpu_s']:.2f} times")
    print(f"two processes of one thread: {ceiling(args.speed, args.model, lines, one['words_per_s']):.2f} times one")
    print(f"open: {one['open_s'] / load_wall:.3f} of spacy.load wall, {one['open_cpu_s'] / load_cpu:.3f} processor")
    share = product_share(args.speed, args.model, lines)
    if share is not None:
        print(f"matrix products: {share:.0f}% of the samples")


if __name__ == "__main__":
    main()
