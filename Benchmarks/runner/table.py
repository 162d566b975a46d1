"""The README of results: one table from all measured lines, and the plots."""

from statistics import median

from runner import plot
from runner.remarks import REMARKS
from runner.rows import is_met, ratios
from runner.store import write_whole

HEAD = """# Measured beside the stores people would pick instead

Written by `make bench`; DESIGN.md 13 says what is measured and how. Ours and theirs alternate, round by round. A cell is the median of
the rounds, with the least and the greatest in brackets; the ratio is ours by theirs, the median of the rounds' ratios.
"""


def write(store):
    """Makes README.md and the plots again from everything that is stored."""
    entries = store.entries()
    text = HEAD + "\n" + _machines(entries) + "\n" + _table(entries) + "\n" + _plots(store, entries)
    write_whole(store.readme, text)


def _machines(entries):
    """The machine, once for all lines that share it."""
    machines = []
    for entry in entries:
        if entry["machine"] not in machines:
            machines.append(entry["machine"])
    text = ""
    for machine in machines:
        lines = ", ".join(sorted({str(e["line"]) for e in entries if e["machine"] == machine}))
        text += f"## Machine of lines {lines}\n\n" if len(machines) > 1 else "## Machine\n\n"
        text += "| | |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in machine.items()) + "\n"
    return text


def _table(entries):
    text = "## Lines\n\n"
    text += "| line | what | load | ours | theirs | ours / theirs | target | | why |\n|---|---|---|---|---|---|---|---|---|\n"
    for entry in entries:
        load = f"{entry['events']:,} events, {entry['cards']:,} cards"
        for row in entry["rows"]:
            text += "| " + " | ".join(_cells(row, row["load"] or load)) + " |\n"
    text += "\n| line | load | rounds | measured | commit | took |\n|---|---|---|---|---|---|\n"
    for entry in entries:
        load = f"{entry['events']:,} events, {entry['cards']:,} cards"
        cells = [entry["line"], load, entry["rounds"], entry["measured_at"], entry["commit"], f"{entry['seconds']} s"]
        text += "| " + " | ".join(str(cell) for cell in cells) + " |\n"
    return text


def _cells(row, load):
    met = is_met(row)
    word = {True: "met", False: "**not met**", None: ""}[met]
    theirs = f"{row['peer']}: {_spread(row['theirs'], row['unit'])}" if row["theirs"] else ""
    ratio = _spread(ratios(row), "") if row["theirs"] else ""
    why = REMARKS.get((row["line"], row["name"].split(",")[0]), REMARKS.get(row["line"], "")) if met is False else ""
    return [str(row["line"]), row["name"], load, _spread(row["ours"], row["unit"]), theirs, ratio, _target(row), word, why]


def _target(row):
    if not row["target"]:
        return ""
    word, value, of = row["target"]
    return f"{word} {_number(value)}" + (f" {row['unit']}" if of == "ours" and row["unit"] else "")


def _spread(values, unit):
    if not values:
        return ""
    text = _number(median(values)) + (f" {unit}" if unit else "")
    if len(values) > 1:
        text += f" ({_number(min(values))} to {_number(max(values))})"
    return text


def _number(value):
    """Three digits that count, and thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _plots(store, entries):
    plots = [(entry, found) for entry in entries for found in entry["plots"]]
    if not plots:
        return ""
    text = "## How cost grows\n\nThe dashed line is what is linear from nothing to the last point.\n\n"
    for entry, found in plots:
        name = f"{found['name']}-{entry['events']}x{entry['cards']}.svg"
        write_whole(store.directory / name, plot.svg(found))
        text += f"![{found['title']}]({name})\n\n"
    return text
