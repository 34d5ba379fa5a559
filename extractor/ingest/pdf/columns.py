"""Text written in columns from the right: signs that stand upright one under another, each drawn for itself.

Such a part of a page becomes one of its own, turned so that its columns are lines; the rest is read as it stands.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from extractor.ingest.paged.geometry import Run
    from extractor.ingest.pdf.geometry import Glyph, PageContent, View

# In sizes: how far signs of a column stand off its middle, from one to the next, and how far columns are apart.
OFF = 0.35
CLOSEST, FARTHEST = 0.6, 1.7
PITCH = 3.0
# A column has so many signs, at least, and most of them are Chinese; figures of a few digits take the place of one.
FEWEST = 4
FEWEST_HAN = 0.5
WIDEST = 1.7
# Of a page with tables, whose labels may be written down, or with one column alone: what columns hold of its signs.
MOST = 0.5
TABLE_LINES = 4
# Half of a character's box, in sizes.
HALF = 0.54
_HAN = regex.compile(r"\p{Han}")


class UprightSign(NamedTuple):
    """What takes the place of one sign: its text, the indexes of its runs, its middle and size."""

    text: str
    runs: tuple[int, ...]
    x: float
    y: float
    size: float


def part_vertical(content: PageContent, view: View, glyphs: list[Glyph]) -> PageContent:
    """Part a page whose text is written in columns, in whole or in part; others are handed back as they are.

    The runs of ``content`` begin with those of the ``glyphs``, in the same order.
    """
    columns = columns_of(units_of(content.runs[: len(glyphs)]))
    letters = sum(not run.beside for run in content.runs)
    within = sum(len(column) for column in columns)
    if not within or not (
        within >= MOST * letters
        or (len(content.rulings) < TABLE_LINES and any(are_side_by_side(a, b) for a in columns for b in columns))
    ):
        return content
    turned = view._replace(angle=(view.angle + 270) % 360)
    taken = {at for column in columns for unit in column for at in unit.runs}
    runs = [run for column in columns for run in written_along(column, content.runs, view)]
    rest = [run for at, run in enumerate(content.runs) if at not in taken]
    width, height = turned.size
    vertical = content._replace(
        width=width,
        height=height,
        turn=(content.turn + 270) % 360,
        runs=runs,
        rulings=[],
        picture=False,
        lost=0,
        down=True,
    )
    if not rest:
        return vertical._replace(picture=content.picture, lost=content.lost)
    level = content._replace(runs=rest)
    top = min(unit.y - HALF * unit.size for column in columns for unit in column)
    if min(run.top for run in rest) <= top:
        return level._replace(other=vertical)
    return vertical._replace(picture=content.picture, lost=content.lost, other=level._replace(picture=False, lost=0))


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
    short = [column for column in columns if column not in kept and 1 < len(column) < FEWEST] if kept else []
    return kept + [column for column in short if any(are_side_by_side(column, other) for other in kept)]


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


def written_along(column: list[UprightSign], runs: list[Run], view: View) -> list[Run]:
    """Turn a column to a line: of each sign, its place on the turned page."""
    width, _ = view.size
    # What a sign takes of its column, with the gap to the next: lines are full by that.
    step = max(median(b.y - a.y for a, b in pairwise(column)), column[0].size)
    found = []
    for unit in column:
        first, last = runs[unit.runs[0]], runs[unit.runs[-1]]
        # Down the page is along the line, and columns go on to the left.
        x, y = unit.y, width - unit.x
        half = HALF * unit.size
        found.append(
            first._replace(
                text=unit.text, left=x - step / 2, right=x + step / 2, top=y - half, bottom=y + half, size=step,
                state=first.state or last.state,
            )
        )  # fmt: skip
    return found
