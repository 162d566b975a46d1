"""Programs and prepared data of one run."""

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """How much load there is."""

    events: int
    cards: int

    @property
    def name(self):
        return f"{self.events}x{self.cards}"

    def __str__(self):
        return f"{self.events:,} events, {self.cards:,} cards"


# Up to so many events, how long it takes to make a ledger is a figure of its own (line 9).
LARGEST_MEASURED_APPEND = 10_000_000


@dataclass(frozen=True)
class Load:
    """One load, as the generator takes it."""

    size: Size
    ids: str = "sequence"
    comments: bool = True
    batch: int = 10_000
    seed: int = 1

    @property
    def name(self):
        return f"{self.size.name}-{self.ids}{'' if self.comments else '-plain'}-b{self.batch}-s{self.seed}"

    @property
    def options(self):
        text = ["--events", self.size.events, "--cards", self.size.cards, "--seed", self.seed, "--ids", self.ids]
        return text + ([] if self.comments else ["--without-comments"])

    @property
    def room(self):
        """What is large is only ever read, and made with room for all histories; no figure tells how long that took."""
        return ["--history-mib", 4096] if self.size.events > LARGEST_MEASURED_APPEND else []


# The first words of the names of everything that is prepared.
KINDS = {"ledger", "bare", "rows", "lmdb", "rocksdb", "sqlite", "appended", "cards", "unfinished", "scratch"}


class Failure(Exception):
    """A program of a measurement failed."""


class Bench:
    """Starts programs and keeps prepared ledgers and databases in a directory of its own."""

    # What opening took at a smaller size, where that was measured.
    earlier_open = None

    def __init__(self, chosen, here):
        self.size = Size(chosen.events, chosen.cards)
        self.rounds = chosen.rounds
        self.tiny = chosen.tiny
        # A directory of its own, so that nothing else is ever removed.
        self.directory = Path(chosen.dir) / "loyalty-bench"
        self.directory.mkdir(parents=True, exist_ok=True)
        self.peers = here / ".build" / "peers"
        self.ours = here / ".build" / "release" / "LedgerBenchmarks"
        self.load = Load(self.size)
        self.program = digest(self.ours)
        self._forget_other_programs()

    def _forget_other_programs(self):
        """Removes what another build made: it may have written another format, or other commands."""
        note = self.directory / "made-by"
        if not note.exists() or note.read_text() != self.program:
            for path in self.directory.iterdir():
                if path.name.split("-")[0] in KINDS:
                    remove(path)
            note.write_text(self.program)

    # Programs

    def run(self, *command, processors=None, preload=None):
        """Runs a program to its end; its lines of name=value as a dictionary of numbers."""
        words = [str(word) for word in command]
        if processors is not None and shutil.which("taskset"):
            words = ["taskset", "-c", processors] + words
        environment = dict(os.environ)
        if preload:
            environment["LD_PRELOAD"] = str(preload)
        done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
        if done.returncode != 0:
            raise Failure(f"{' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return figures(done.stdout)

    def ledger(self, *command, **options):
        return self.run(self.ours, *command, **options)

    def peer(self, name, *command, **options):
        return self.run(self.peers / name, *command, **options)

    def has_peer(self, name):
        return (self.peers / name).exists()

    def peers_there(self, *names):
        return [name for name in names if self.has_peer(name)]

    # Data

    def scratch(self, name):
        """A path where nothing is."""
        path = self.directory / f"scratch-{name}"
        remove(path)
        for suffix in [".raw", "-wal", "-shm"]:
            remove(Path(str(path) + suffix))
        return path

    def prepared(self, name, make):
        """A path that `make` fills once; what was interrupted is made again."""
        path = self.directory / name
        if not path.exists():
            unfinished = self.directory / f"unfinished-{name}"
            remove(unfinished)
            print(f"  preparing {name}", flush=True)
            make(unfinished)
            unfinished.rename(path)
        return path

    def ledger_of(self, load):
        """A ledger that holds a load, closed, with a snapshot at its end."""

        def make(path):
            found = self.append(load, path, *load.room)
            (self.directory / f"appended-{load.name}.json").write_text(json.dumps(found))

        return self.prepared(f"ledger-{load.name}", make)

    def appended(self, load):
        """What it took to put a load into its ledger."""
        self.ledger_of(load)
        return json.loads((self.directory / f"appended-{load.name}.json").read_text())

    def append(self, load, path, *more, **options):
        return self.ledger("append", path, *load.options, "--batch", load.batch, *more, **options)

    def bare_ledger_of(self, load):
        """The same without snapshots."""
        whole = self.ledger_of(load)

        def make(path):
            copy(whole, path)
            remove(path / "snapshots")

        return self.prepared(f"bare-{load.name}", make)

    def rows_of(self, load):
        """The events of a load as rows."""

        def make(path):
            self.ledger("rows", self.scratch("rows"), path, *load.options, "--batch", load.batch, *load.room)
            self.scratch("rows")

        return self.prepared(f"rows-{load.name}", make)

    def database_of(self, peer, load):
        """A peer's database that holds a load."""
        rows = self.rows_of(load)
        return self.prepared(f"{peer}-{load.name}", lambda path: self.peer(peer, "load", rows, path, load.batch))


def figures(output):
    """Numbers of lines of name=value."""
    found = {}
    for line in output.splitlines():
        name, _, value = line.partition("=")
        if value:
            found[name] = float(value) if "." in value or "e" in value else int(value)
    return found


def digest(path):
    """What tells one build from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def remove(path):
    """Removes a file or a directory, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def copy(source, target):
    """Copies a directory."""
    shutil.copytree(source, target)


def bytes_in(path):
    """The bytes of a file, or of all files of a directory."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
