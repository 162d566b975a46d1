"""Line 9: time and memory against events, cards, events per card and tail."""

from math import log
from statistics import median

from runner.bench import Load, Size, remove
from runner.histories import chosen_cards
from runner.opening import killed_ledger
from runner.rows import Row, at_most

STEPS = [8, 4, 2, 1]
# Above this exponent, cost grows faster than what it grows with.
LINEAR = 1.1


def measure(bench):
    events, cards = bench.size.events, bench.size.cards
    yield from _series(bench, "events", [Load(Size(events // step, max(cards // 10, 1))) for step in STEPS])
    yield from _series(bench, "cards", [Load(Size(events, max(cards // step, 1))) for step in [100, 30, 10, 3, 1]])
    yield from _histories(bench)
    yield from _tails(bench)


def _series(bench, against, loads):
    panels = {"append, s": [], "replay, s": [], "open, s": [], "memory, MiB": []}
    for load in loads:
        found = bench.ledger("open", bench.ledger_of(load), "--memory")
        x = found[against]
        panels["append, s"].append((x, bench.appended(load)["seconds"]))
        panels["replay, s"].append((x, _seconds(bench, "replay", bench.bare_ledger_of(load))))
        panels["open, s"].append((x, _seconds(bench, "open", bench.ledger_of(load))))
        panels["memory, MiB"].append((x, found["resident"] / 1048576))
    fixed = f"{loads[0].size.cards:,} cards" if against == "events" else f"{loads[0].size.events:,} events"
    yield from _shown(f"growth-{against}", f"against {against}, {fixed}", against, panels)


def _histories(bench):
    events = max(bench.size.events // 2, 1)
    panels = {"history of a card, us": [], "append of the load, s": []}
    for each in [10, 30, 100, 300, 1000]:
        load = Load(Size(events, max(events // each, 1)))
        ledger = bench.ledger_of(load)
        cards = chosen_cards(bench, ledger, each, count=10 if bench.tiny else 100)
        found = bench.ledger("history", ledger, cards, "--rounds", 3)
        x = found["events"] / (found["selects"] * 3 / 2)
        panels["history of a card, us"].append((x, found["select_p50_us"]))
        panels["append of the load, s"].append((x, bench.appended(load)["seconds"]))
    yield from _shown("growth-history", f"against events of a card, {events:,} events", "events per card", panels)


def _tails(bench):
    panels = {"open, s": []}
    ledger = bench.ledger_of(bench.load)
    for step in [0, 8, 4, 2, 1]:
        killed = killed_ledger(bench, ledger, bench.size.events // step if step else 0)
        found = bench.ledger("open", killed)
        panels["open, s"].append((found["folded"], _seconds(bench, "open", killed)))
        remove(killed)
    yield from _shown("growth-tail", f"against events behind the snapshot, {bench.size}", "events behind the snapshot", panels)


def _seconds(bench, *command):
    """The median of as many runs as there are rounds."""
    return median(bench.ledger(*command)["seconds"] for _ in range(bench.rounds))


def _shown(name, title, axis, panels):
    yield {"name": name, "title": title, "axis": axis, "panels": panels}
    for panel, points in panels.items():
        what, _, unit = panel.rpartition(", ")
        name = f"exponent of {what} ({unit}) {title}"
        yield Row(9, name, "", [exponent(points)], target=at_most(LINEAR, of="ours"), load="as plotted")


def exponent(points):
    """The slope of the logarithms from the first point to the last, by least squares: 1 is linear, 0 does not grow."""
    usable = [(x, y) for x, y in points if x > 0 and y > 0]
    if len(usable) < 2:
        return 0.0
    xs, ys = [log(x) for x, _ in usable], [log(y) for _, y in usable]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread if spread else 0.0
