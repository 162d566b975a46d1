"""Line 7: bytes on disk, without comments."""

from dataclasses import replace

from runner.bench import bytes_in
from runner.rows import Row, at_most

# Of each kind of ids: bytes of the log an event, and the share of SQLite with indexes on both sides.
TARGETS = {"sequence": (12, 0.25), "opaque": (30, 0.5)}


def measure(bench):
    for ids, (log_target, share) in TARGETS.items():
        load = replace(bench.load, ids=ids, comments=False)
        ledger = bench.ledger_of(load)
        size = bench.ledger("size", ledger)
        events = bench.peer("limit", bench.bare_ledger_of(load))["events"]
        log = size["log_bytes"] / events
        whole = (size["log_bytes"] + size["index_bytes"]) / events
        yield Row(7, f"log, {ids} ids", "bytes/event", [log], target=at_most(log_target, of="ours"))
        if bench.has_peer("sqlite"):
            theirs = bytes_in(bench.database_of("sqlite", load)) / events
            name = f"log and card indexes, {ids} ids"
            yield Row(7, name, "bytes/event", [whole], [theirs], "SQLite with its indexes", at_most(share))
        if bench.has_peer("rocksdb"):
            theirs = bytes_in(bench.database_of("rocksdb", load)) / events
            yield Row(7, f"log, {ids} ids", "bytes/event", [log], [theirs], "RocksDB, LZ4, compacted", at_most(0.5))
    count = 50 if bench.tiny else 2000
    path = bench.scratch("single")
    single = bench.ledger("commit", path, "--count", count, "--events", count, "--cards", max(count // 10, 1))
    bench.scratch("single")
    yield Row(7, "log, one command per commit, sequence ids", "bytes/event", [single["bytes"] / single["events"]])
