"""Signs that stand upright one under another, each drawn for itself: text written in columns from the right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from extractor.ingest.paged.geometry import Run

# In sizes: how far signs of a column stand off its middle, from one to the next, and how far columns are apart.
OFF = 0.35
CLOSEST, FARTHEST = 0.6, 1.7
PITCH = 3.0
# A column has so many signs, at least, and most of them are Chinese; figures of a few digits take the place of one.
FEWEST = 4
FEWEST_HAN = 0.5
WIDEST = 1.7
# Columns on each side of one that are looked at.
MOST_NEAR = 100
_HAN = regex.compile(r"\p{Han}")


class UprightSign(NamedTuple):
    """What takes the place of one sign: its text, the indexes of its runs, its middle and size."""

    text: str
    runs: tuple[int, ...]
    x: float
    y: float
    size: float


def units_of(runs: list[Run]) -> list[UprightSign]:
    """List what takes the place of one sign, in the order of drawing: a sign, or a few digits side by side."""
    units: list[UprightSign] = []
    for at, run in enumerate(runs):
        if run.beside or run.state == "unseen":
            continue
        text, x, y = run.text.strip(), (run.left + run.right) / 2, (run.top + run.bottom) / 2
        last = units[-1] if units else None
        if last and text.isascii() and text.isalnum() and last.text.isascii() and last.text.isalnum():
            first = runs[last.runs[0]]
            gap = run.left - runs[last.runs[-1]].right
            if (
                abs(last.y - y) < OFF * run.size
                and abs(gap) < OFF * run.size
                and run.right - first.left < WIDEST * run.size
            ):
                units[-1] = UprightSign(last.text + text, (*last.runs, at), (first.left + run.right) / 2, y, run.size)
                continue
        units.append(UprightSign(text, (at,), x, y, run.size))
    return units


def columns_of(units: list[UprightSign]) -> list[list[UprightSign]]:
    """List the columns: signs drawn one after another, each under the one before."""
    columns: list[list[UprightSign]] = []
    column: list[UprightSign] = []
    for unit in units:
        if column and not is_under(column[-1], unit):
            columns.append(column)
            column = []
        column.append(unit)
    columns.append(column)
    kept = [column for column in columns if is_column(column)]
    # The rest of the last column may be short.
    short = [column for column in columns if 1 < len(column) < FEWEST] if kept else []
    near = NearColumns(kept)
    return kept + [column for column in short if near.holds(column)]


class NearColumns:
    """Columns by their places, to find one that is of the same text as another."""

    def __init__(self, columns: list[list[UprightSign]]) -> None:
        """Sort the columns from the left."""
        self.columns = sorted(columns, key=lambda column: column[0].x)
        self.places = [column[0].x for column in self.columns]

    def holds(self, column: list[UprightSign]) -> bool:
        """Return True if a column of the same text stands beside another one; of a crowd some are looked at."""
        x, reach = column[0].x, PITCH * column[0].size
        for first, last in ((x - reach, x), (x, x + reach)):
            near = range(bisect_left(self.places, first), bisect_right(self.places, last))
            nearest = near if first == x else reversed(near)
            if any(are_side_by_side(column, self.columns[at]) for at in islice(nearest, MOST_NEAR)):
                return True
        return False


def are_text(columns: list[list[UprightSign]]) -> bool:
    """Return True if two columns stand side by side."""
    near = NearColumns(columns)
    return any(near.holds(column) for column in columns)


def is_under(one: UprightSign, other: UprightSign) -> bool:
    """Return True if a sign stands under another one, in its column."""
    size = max(one.size, other.size)
    return abs(one.x - other.x) <= OFF * size and CLOSEST * size <= other.y - one.y <= FARTHEST * size


def is_column(units: list[UprightSign]) -> bool:
    """Return True if signs one under another are text."""
    return len(units) >= FEWEST and sum(bool(_HAN.match(unit.text)) for unit in units) >= FEWEST_HAN * len(units)


def are_side_by_side(one: list[UprightSign], other: list[UprightSign]) -> bool:
    """Return True if two columns are of one text."""
    size = max(one[0].size, other[0].size)
    if one is other or not OFF * size < abs(one[0].x - other[0].x) <= PITCH * size:
        return False
    return min(one[-1].y, other[-1].y) - max(one[0].y, other[0].y) > -size
