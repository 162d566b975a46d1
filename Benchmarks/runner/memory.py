"""Line 8: memory by card and by command id, allocations, segmentation."""

from dataclasses import replace

from runner.bench import Load, Size, remove
from runner.rows import Row, at_most

ALLOCATIONS_SHIM = "liballocations.so"
USUAL_EVENTS = 1_000_000


def measure(bench):
    yield from _slopes(bench)
    if bench.size.events > USUAL_EVENTS:
        # The rest is of loads of its own.
        return
    yield from _allocations(bench)
    yield from _segmentation(bench)


def _slopes(bench):
    events, cards = bench.size.events, bench.size.cards
    few = _resident(bench, Load(Size(events, max(cards // 4, 1))))
    many = _resident(bench, bench.load)
    slope = (many["resident"] - few["resident"]) / max(many["cards"] - few["cards"], 1)
    name = f"memory by card, from {few['cards']:,} to {many['cards']:,} cards"
    yield Row(8, name, "bytes", [slope], target=at_most(200, of="ours"))
    for ids in ["sequence", "opaque"]:
        half = replace(bench.load, size=Size(max(events // 2, 1), cards), ids=ids)
        short, long = _resident(bench, half), _resident(bench, replace(bench.load, ids=ids))
        slope = (long["resident"] - short["resident"]) / max(long["commands"] - short["commands"], 1)
        yield Row(8, f"memory by command id, {ids} ids", "bytes", [slope], target=at_most(2, of="ours"))


def _resident(bench, load):
    ledger = bench.ledger_of(load)
    found = bench.ledger("open", ledger, "--memory")
    found["commands"] = bench.peer("limit", bench.bare_ledger_of(load))["commands"]
    return found


def _allocations(bench):
    shim = bench.peers / ALLOCATIONS_SHIM
    events = min(bench.size.events, 200_000)
    load = replace(bench.load, size=Size(events, max(events // 10, 1)))
    path = bench.scratch("counted")
    # The first batches fill buffers that are kept; a second load shows what each batch costs from then on.
    bench.append(load, path, "--without-snapshots")
    again = bench.append(replace(load, seed=2), path, "--without-snapshots", preload=shim)
    each = [again["allocations"] / again["batches"]]
    yield Row(8, "heap allocations in append", "a batch", each, target=at_most(4, of="ours"), load=str(load.size))
    replay = bench.ledger("replay", path, preload=shim)
    each = [replay["allocations"] / replay["blocks"]]
    yield Row(8, "heap allocations in replay", "a block", each, target=at_most(4, of="ours"), load=str(load.size))
    remove(path)


def _segmentation(bench):
    cards = 200 if bench.tiny else 1_000_000
    load = Load(Size(2 * cards, cards))
    ledger = bench.ledger_of(load)
    found = [bench.ledger("rfm", ledger) for _ in range(bench.rounds)]
    for scheme in ["visits_grid", "quintiles", "r_rfm"]:
        times = [run[f"{scheme}_p50_us"] / 1e6 for run in found]
        name = f"RFM of {cards:,} cards, {scheme.replace('_', '-')}"
        yield Row(8, name, "s", times, target=at_most(0.3, of="ours"), load=str(load.size))
    bare = bench.bare_ledger_of(load)
    folds = [bench.ledger("replay", bare)["seconds"] for _ in range(bench.rounds)]
    past = [run["past_seconds"] for run in found]
    name = f"RFM of {cards:,} cards, as of a past day"
    yield Row(8, name, "s", past, folds, "a fold of the whole log", at_most(1.2), load=str(load.size))
