"""Lines 2 and 3: the time of a commit, alone and among others."""

from runner.rows import Row, at_least, at_most

# The most commands a measurement of tasks can use up.
SPARE_COMMANDS = 1_000_000
TASKS = 64


def measure_commits(bench):
    count = 50 if bench.tiny else 10_000
    found = []
    for _ in range(bench.rounds):
        path = bench.scratch("commit")
        found.append(bench.ledger("commit", path, "--count", count, "--events", count, "--cards", max(count // 10, 1)))
        bench.scratch("commit")
    for part, factor in [("p50", 1.25), ("p99", 2.0)]:
        ours = [run[f"ours_{part}_us"] for run in found]
        raw = [run[f"raw_{part}_us"] for run in found]
        name = f"{part} of {count:,} commits of one command"
        yield Row(2, name, "us", ours, raw, "raw write + fdatasync", at_most(factor))


def measure_tasks(bench):
    alone, fixed, device, bound = [], [], [], []
    for _ in range(bench.rounds):
        alone.append(_rate(_tasks(bench, 1, "fixed")))
        fixed.append(_rate(_tasks(bench, TASKS, "fixed")))
        cost = 1 / _rate(_tasks(bench, TASKS, "none"))
        run = _tasks(bench, TASKS, "device")
        device.append(_rate(run))
        bound.append(TASKS / (run["raw_p50_us"] / 1e6 + TASKS * cost))
    yield Row(3, "64 tasks, a sync takes 2 ms", "commands/s", fixed, alone, "one task of ours", at_least(50))
    yield Row(3, "64 tasks, on the device", "commands/s", device, bound, "64 / (S + 64 c)", at_least(0.8))


def _tasks(bench, tasks, sync):
    path = bench.scratch("tasks")
    events = 200_000 if bench.tiny else SPARE_COMMANDS
    seconds = 1 if bench.tiny else 4
    command = ["tasks", path, "--tasks", tasks, "--seconds", seconds, "--sync", sync, "--events", events]
    found = bench.ledger(*command, "--cards", events // 20)
    bench.scratch("tasks")
    return found


def _rate(found):
    return found["commands"] / found["seconds"]
