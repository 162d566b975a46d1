"""Line 1: bulk durable append."""

from runner.bench import remove
from runner.rows import Row, at_least

TARGETS = {"lmdb": ("LMDB", 1.0), "rocksdb": ("RocksDB, LZ4", 4.0), "sqlite": ("SQLite, WAL, with its indexes", 30.0)}


def measure(bench):
    load = bench.load
    rows = bench.rows_of(load)
    peers = bench.peers_there(*TARGETS, "raw")
    ours, theirs = [], {peer: [] for peer in peers}
    for _ in range(bench.rounds):
        ours.append(_ours(bench, load))
        for peer in peers:
            theirs[peer].append(_theirs(bench, peer, rows, load))
    for peer, (name, factor) in TARGETS.items():
        if peer in theirs:
            yield Row(1, f"append, {load.batch:,} commands a batch", "events/s", ours, theirs[peer], name, at_least(factor))
    yield Row(1, f"append, {load.batch:,} commands a batch", "events/s", ours, theirs["raw"], "raw write + fdatasync")


def _ours(bench, load):
    path = bench.scratch("append")
    found = bench.append(load, path)
    remove(path)
    return found["events"] / found["seconds"]


def _theirs(bench, peer, rows, load):
    path = bench.scratch("peer")
    command = [rows, path, load.batch] if peer == "raw" else ["load", rows, path, load.batch]
    found = bench.peer(peer, *command)
    remove(path)
    return found["events"] / found["seconds"]
