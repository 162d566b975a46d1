#!/usr/bin/env python3
"""Measures the ledger beside the stores people would pick instead and writes Benchmarks/results (DESIGN.md 13).

    run.py [--events N] [--cards M] [--lines 1,4] [--rounds R] [--dir DIR] [--fresh] [--tiny]

Every line is stored as soon as it is measured, so that an interrupted run of the same program goes on where it stopped.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from runner import lines, table  # noqa: E402
from runner.bench import Bench, Failure  # noqa: E402
from runner.store import Store  # noqa: E402

HERE = Path(__file__).parent


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, help="events of the load")
    parser.add_argument("--cards", type=int, default=0, help="its cards; a tenth of the events unless given")
    parser.add_argument("--lines", default="1,2,3,4,5,6,7,8,9", help="which lines; none makes the table again")
    parser.add_argument("--rounds", type=int, default=3, help="how often ours and theirs alternate")
    parser.add_argument("--dir", default=str(HERE / ".data"), help="where ledgers and databases are made")
    parser.add_argument("--results", default=str(HERE / "results"), help="where the table is written")
    parser.add_argument("--fresh", action="store_true", help="measure again what is stored")
    parser.add_argument("--tiny", action="store_true", help="small everything: does it run?")
    chosen = parser.parse_args()
    if chosen.tiny:
        chosen.events, chosen.cards, chosen.rounds = 4000, 100, 1
    chosen.cards = chosen.cards or max(chosen.events // 10, 1)
    chosen.lines = [] if chosen.lines == "none" else [int(text) for text in chosen.lines.split(",")]
    return chosen


def main():
    chosen = options()
    store = Store(Path(chosen.results))
    bench = Bench(chosen, HERE)
    start = time.monotonic()
    failed = []
    for number in chosen.lines:
        if store.has(number, bench.size, bench.program) and not chosen.fresh:
            print(f"line {number}: stored already, of this very program", flush=True)
            continue
        began = time.monotonic()
        bench.earlier_open = store.earlier_open(bench.size)
        print(f"line {number}: {lines.TITLES[number]}", flush=True)
        try:
            measured = lines.measure(number, bench)
        except Failure as failure:
            failed.append(number)
            print(f"line {number}: failed\n{failure}", file=sys.stderr, flush=True)
            continue
        store.put(number, bench, measured, seconds=time.monotonic() - began)
        table.write(store)
        print(f"line {number}: done in {time.monotonic() - began:.0f} s", flush=True)
    table.write(store)
    print(f"{store.readme} after {time.monotonic() - start:.0f} s", flush=True)
    if failed:
        sys.exit(f"lines that failed: {failed}")


if __name__ == "__main__":
    main()
