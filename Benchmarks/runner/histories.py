"""Line 6: one card's whole history out of a large log."""

import subprocess

from runner.rows import Row, at_most

EVENTS = 50


def measure(bench):
    load = bench.load
    ledger = bench.ledger_of(load)
    cards = chosen_cards(bench, ledger, EVENTS, count=20 if bench.tiny else 200)
    has_sqlite = bench.has_peer("sqlite")
    database = bench.database_of("sqlite", load) if has_sqlite else None
    found = {("ours", "warm"): [], ("ours", "cold"): [], ("sqlite", "warm"): [], ("sqlite", "cold"): []}
    first = []
    for _ in range(bench.rounds):
        first.append(bench.ledger("history", ledger, cards, "--rounds", 2, "--anew"))
        for state, rounds in [("warm", 4), ("cold", 1)]:
            flag = ["--cold"] if state == "cold" else []
            found["ours", state].append(bench.ledger("history", ledger, cards, "--rounds", rounds, *flag))
            if has_sqlite:
                found["sqlite", state].append(bench.peer("sqlite", "cards", database, cards, rounds, state))
    each = found["ours", "cold"][0]
    name = f"history of a card of {each['events'] / each['selects']:.0f} events"
    source = "SQLite, by its index" if has_sqlite else ""
    ours = [run["select_p50_us"] for run in first]
    theirs = [run["select_p50_us"] for run in found["sqlite", "warm"]]
    yield Row(6, f"{name}, first in the process, pages in memory, p50", "us", ours, theirs, source)
    for state, part, target in [
        ("warm", "p50", at_most(2.0)),
        ("warm", "p99", ()),
        ("cold", "p50", ()),
        ("cold", "p99", at_most(10_000, of="ours")),
    ]:
        ours = [run[f"select_{part}_us"] for run in found["ours", state]]
        theirs = [run[f"select_{part}_us"] for run in found["sqlite", state]]
        yield Row(6, f"{name}, {state}, {part}", "us", ours, theirs, source, target)


def chosen_cards(bench, ledger, events, count):
    """A file of the numbers of cards that have about so many events."""
    path = bench.directory / f"cards-{ledger.name}-{events}-{count}"
    if not path.exists():
        command = [bench.ours, "choose", ledger, "--events", str(events), "--count", str(count)]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
        path.write_text(done.stdout)
    return path
