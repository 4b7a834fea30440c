#!/usr/bin/env python3
"""Asks a running server at a steady rate and tells how long the answers took.

    tools/load.py http://127.0.0.1:7070 [--rate 50] [--seconds 30]

Requests leave on time whether or not earlier ones were answered, so that a slow answer does not hide those behind it.
"""

import argparse
import collections
import concurrent.futures
import itertools
import json
import time
import urllib.error
import urllib.parse
import urllib.request


def get(base, path):
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(base + path, timeout=60) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.perf_counter() - start


def items(base, path):
    with urllib.request.urlopen(base + path, timeout=120) as answer:
        return [item["id"] for item in json.load(answer)["items"]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    args = parser.parse_args()
    base = args.base.rstrip("/")
    deals = items(base, "/api/v1/deals?limit=200")
    documents = items(base, "/api/v1/documents?limit=200")
    kinds = {
        "overview": itertools.cycle(["/"]),
        "deal": itertools.cycle([f"/deals/{deal}" for deal in deals]),
        "search": itertools.cycle([f"/search?q={urllib.parse.quote(q)}" for q in ("missiles delivered", "drones", '"ordered by then"', "spea*")]),
        "document": itertools.cycle([f"/documents/{document}" for document in documents]),
        "api deals": itertools.cycle(["/api/v1/deals?limit=50"]),
        "api claims": itertools.cycle([f"/api/v1/claims?doc={document}" for document in documents]),
    }
    order = itertools.cycle(kinds.items())
    times, statuses, due = collections.defaultdict(list), collections.Counter(), []
    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(64) as threads:
        for n in range(int(args.rate * args.seconds)):
            wait = start + n / args.rate - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            kind, paths = next(order)
            due.append((kind, threads.submit(get, base, next(paths))))
        for kind, answer in due:
            status, seconds = answer.result()
            statuses[status] += 1
            times[kind].append(seconds * 1000)
    print(f"{len(due)} requests at {args.rate:g} a second, by status {dict(statuses)}")
    for kind, all_times in times.items():
        all_times.sort()
        at = lambda share: all_times[min(len(all_times) - 1, int(len(all_times) * share))]
        print(f"{kind:11} p50 {at(0.5):7.1f} ms  p99 {at(0.99):7.1f} ms  most {all_times[-1]:7.1f} ms")


if __name__ == "__main__":
    main()
