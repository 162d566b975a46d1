#!/usr/bin/env python3
"""Measures the ledger beside the stores people would pick instead and writes Benchmarks/results (DESIGN.md 13).

    run.py [--events N] [--cards M] [--lines 1,4] [--rounds R] [--dir DIR] [--fresh] [--tiny]

Every line is stored as soon as it is measured, so that an interrupted run goes on where it stopped.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from runner import lines, table  # noqa: E402
from runner.bench import Bench  # noqa: E402
from runner.store import Store  # noqa: E402

HERE = Path(__file__).parent


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=int(os.environ.get("EVENTS") or 1_000_000))
    parser.add_argument("--cards", type=int, default=int(os.environ.get("CARDS") or 0))
    parser.add_argument("--lines", default=os.environ.get("LINES_OF_TABLE") or "1,2,3,4,5,6,7,8,9")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS") or 3))
    parser.add_argument("--dir", default=os.environ.get("BENCH_DIR") or str(HERE / ".data"))
    parser.add_argument("--results", default=str(HERE / "results"))
    parser.add_argument("--fresh", action="store_true", default=bool(os.environ.get("FRESH")))
    parser.add_argument("--tiny", action="store_true", help="small everything: does it run?")
    chosen = parser.parse_args()
    if chosen.tiny:
        chosen.events, chosen.cards, chosen.rounds = 4000, 100, 1
    chosen.cards = chosen.cards or max(chosen.events // 10, 1)
    return chosen


def main():
    chosen = options()
    store = Store(Path(chosen.results))
    bench = Bench(chosen, HERE)
    start = time.monotonic()
    for number in [int(text) for text in chosen.lines.split(",")]:
        if store.has(number, bench.size) and not chosen.fresh:
            print(f"line {number}: stored already; FRESH=1 measures it again", flush=True)
            continue
        began = time.monotonic()
        print(f"line {number}: {lines.TITLES[number]}", flush=True)
        measured = lines.measure(number, bench)
        store.put(number, bench.size, measured, seconds=time.monotonic() - began)
        table.write(store)
        print(f"line {number}: done in {time.monotonic() - began:.0f} s", flush=True)
    table.write(store)
    print(f"{store.readme} after {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
