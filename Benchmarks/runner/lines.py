"""The nine lines of the table."""

from runner import appending, disk, growth, histories, latency, memory, opening, replaying

TITLES = {
    1: "bulk durable append",
    2: "one writer, one command per commit",
    3: "64 tasks",
    4: "full replay",
    5: "opening",
    6: "one card's history",
    7: "disk",
    8: "memory, allocations, segmentation",
    9: "how cost grows",
}

MEASURES = {
    1: appending.measure,
    2: latency.measure_commits,
    3: latency.measure_tasks,
    4: replaying.measure,
    5: opening.measure,
    6: histories.measure,
    7: disk.measure,
    8: memory.measure,
    9: growth.measure,
}


def measure(number, bench):
    """Measures a line: its rows, and the points of its plots."""
    rows, plots = [], []
    for found in MEASURES[number](bench):
        (plots if isinstance(found, dict) else rows).append(found)
    return {"rows": [row.as_dict() for row in rows], "plots": plots}
