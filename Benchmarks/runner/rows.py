"""One row of the table, and how it is judged."""

from dataclasses import asdict, dataclass, field
from statistics import median


@dataclass
class Row:
    """What was measured, by rounds: both sides' values in one unit, and what is wanted of them."""

    line: int
    name: str
    unit: str
    ours: list
    theirs: list = field(default_factory=list)
    peer: str = ""
    # "at least" or "at most", a number, and of what: the ratio ours / theirs, or ours alone; none for information.
    target: tuple = ()
    # What was loaded, where it is not what the run is about.
    load: str = ""

    def as_dict(self):
        return asdict(self)


def at_least(value, of="ratio"):
    return ("at least", value, of)


def at_most(value, of="ratio"):
    return ("at most", value, of)


def ratios(row):
    """Ours by theirs, round by round; a side measured once stands beside every round of the other."""
    ours, theirs = row["ours"], row["theirs"]
    if not theirs:
        return []
    if len(theirs) == 1:
        theirs = theirs * len(ours)
    if len(ours) == 1:
        ours = ours * len(theirs)
    return [left / right for left, right in zip(ours, theirs) if right]


def is_met(row):
    """Whether the median meets the target; None where there is none."""
    if not row["target"]:
        return None
    word, value, of = row["target"]
    values = ratios(row) if of == "ratio" else row["ours"]
    if not values:
        return None
    found = median(values)
    return found >= value if word == "at least" else found <= value
