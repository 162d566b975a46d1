"""Measured lines, one file each, written whole or not at all."""

import json
import os
import time

from runner import machine


class Store:
    """The directory of results."""

    def __init__(self, directory):
        self.directory = directory
        self.measured = directory / "measured"
        self.measured.mkdir(parents=True, exist_ok=True)
        self.readme = directory / "README.md"

    def has(self, line, size, program):
        """Whether a line was measured with this very program."""
        path = self._path(line, size)
        return path.exists() and json.loads(path.read_text())["program"] == program

    def put(self, line, bench, measured, seconds):
        """Keeps the rows and points of a line with the machine they were measured on."""
        size = bench.size
        entry = {
            "line": line,
            "events": size.events,
            "cards": size.cards,
            "rounds": bench.rounds,
            "program": bench.program,
            "seconds": round(seconds),
            "measured_at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            "commit": machine.commit(),
            "machine": machine.describe(bench.directory),
            "rows": measured["rows"],
            "plots": measured["plots"],
        }
        write_whole(self._path(line, size), json.dumps(entry, indent=1) + "\n")

    def entries(self):
        """All of them, by line and size."""
        found = [json.loads(path.read_text()) for path in self.measured.glob("*.json")]
        return sorted(found, key=lambda entry: (entry["line"], entry["events"], entry["cards"]))

    def earlier_open(self, size):
        """What opening took at the next smaller size with as many cards; None where that was not measured."""
        smaller = [e for e in self.entries() if e["line"] == 5 and e["events"] < size.events and e["cards"] == size.cards]
        return {"events": smaller[-1]["events"], "ours": smaller[-1]["rows"][0]["ours"]} if smaller else None

    def _path(self, line, size):
        return self.measured / f"{line}-{size.name}.json"


def write_whole(path, text):
    """Replaces a file by another in one step."""
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(text)
    os.replace(unfinished, path)
