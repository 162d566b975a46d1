"""Line 5: opening with a snapshot, and after a kill."""

from runner.bench import Load, Size, copy, remove
from runner.rows import Row, at_most

# A ledger that runs writes snapshots, so that a tail does not grow with the log.
LONGEST_TAIL = 1_000_000


def measure(bench):
    ledger = bench.ledger_of(bench.load)
    bare = bench.bare_ledger_of(bench.load)
    killed = killed_ledger(bench, ledger, tail=max(min(bench.size.events // 10, LONGEST_TAIL), 100))
    clean, after, expected = [], [], []
    for _ in range(bench.rounds):
        clean.append(bench.ledger("open", ledger)["seconds"])
        found = bench.ledger("open", killed)
        after.append(found["seconds"])
        replay = bench.ledger("replay", bare)
        expected.append(clean[-1] + found["folded"] * replay["seconds"] / replay["events"])
    remove(killed)
    # Above ten million events it is held against what ten million take.
    target = at_most(0.5, of="ours") if bench.size.events <= 10_000_000 else ()
    yield Row(5, "open with a snapshot at the end", "s", clean, target=target)
    name = f"open after a kill {found['folded']:,} events behind the snapshot"
    yield Row(5, name, "s", after, expected, "a clean open and the fold of as many events", at_most(1.2))
    if bench.earlier_open is not None:
        other = f"the same with {bench.earlier_open['events']:,} events"
        yield Row(5, "open with a snapshot at the end", "s", clean, bench.earlier_open["ours"], other, at_most(1.2))


def killed_ledger(bench, ledger, tail):
    """A copy of a ledger, whose process ended without a word behind so many more events."""
    path = bench.scratch("killed")
    copy(ledger, path)
    if tail > 0:
        more = Load(Size(tail, bench.size.cards), seed=2)
        bench.append(more, path, "--without-snapshots", "--killed")
    return path
