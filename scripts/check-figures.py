#!/usr/bin/env python3
"""Every row of figures in the README must stand, cell for cell, in Benchmarks/results/README.md."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def quoted():
    section = (ROOT / "README.md").read_text().split("\n## How fast\n")[1].split("\n## ")[0]
    rows = [cells(line) for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


def measured():
    lines = (ROOT / "Benchmarks/results/README.md").read_text().splitlines()
    # Without the number of the line, and up to the ratio.
    return [cells(line)[1:6] for line in lines if line.startswith("|") and cells(line)[0].isdigit()]


def main():
    known, rows = measured(), quoted()
    strange = [row for row in rows if row not in known]
    for row in strange:
        print(f"README.md quotes what was not measured: {' | '.join(row)}", file=sys.stderr)
    if strange or not rows:
        sys.exit(1)
    print(f"README.md: {len(rows)} rows of figures, all measured")


if __name__ == "__main__":
    main()
