"""Line 4: full replay with verification and all projections."""

from runner.bench import Failure
from runner.rows import Row, at_least

SUMS = ["events", "cards", "balance", "available", "lifetime_value", "visits", "refusals"]


def measure(bench):
    load = bench.load
    ledger = bench.bare_ledger_of(load)
    compare_sums(bench, ledger)
    peers = bench.peers_there("lmdb", "sqlite", "rocksdb")
    databases = {peer: bench.database_of(peer, load) for peer in peers}
    one, two, limit = [], [], []
    scans = {peer: [] for peer in peers}
    for _ in range(bench.rounds):
        one.append(_rate(bench.ledger("replay", ledger, processors="0")))
        limit.append(_rate(bench.peer("limit", ledger, processors="0")))
        two.append(_rate(bench.ledger("replay", ledger, processors="0,1")))
        for peer in peers:
            scans[peer].append(_rate(bench.peer(peer, "scan", databases[peer], processors="0")))
    yield Row(4, "replay on one core", "events/s", one, limit, "the limit in C", at_least(0.8))
    yield Row(4, "replay on two cores", "events/s", two, one, "ours on one core", at_least(1.6))
    for peer, name, factor in [("lmdb", "LMDB, bare scan", 1.0), ("sqlite", "SQLite, scan", 10.0)]:
        if peer in scans:
            yield Row(4, "replay on two cores", "events/s", two, scans[peer], name, at_least(factor))
    if "rocksdb" in scans:
        yield Row(4, "replay on two cores", "events/s", two, scans["rocksdb"], "RocksDB, scan")


def compare_sums(bench, ledger):
    """The limit counts only where it arrives at our figures."""
    ours = bench.ledger("replay", ledger, "--checked")
    limit = bench.peer("limit", ledger)
    for name in SUMS:
        if ours[name] != limit[name]:
            raise Failure(f"the limit has {limit[name]} {name}, we have {ours[name]}")


def _rate(found):
    return found["events"] / found["seconds"]
