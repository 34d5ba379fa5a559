"""Text written in columns from the right: signs that stand upright one under another, each drawn for itself.

Such a part of a page becomes one of its own, turned so that its columns are lines; the rest is read as it stands.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from extractor.ingest.paged.upright import UprightSign, are_text, columns_of, units_of

if TYPE_CHECKING:
    from extractor.ingest.paged.geometry import Run
    from extractor.ingest.pdf.geometry import Glyph, PageContent, View

# Of a page with tables, whose labels may be written down, or with one column alone: what columns hold of its signs.
MOST = 0.5
TABLE_LINES = 4
# Half of a character's box, in sizes.
HALF = 0.54


def part_vertical(content: PageContent, view: View, glyphs: list[Glyph]) -> PageContent:
    """Part a page whose text is written in columns, in whole or in part; others are handed back as they are.

    The runs of ``content`` begin with those of the ``glyphs``, in the same order.
    """
    columns = columns_of(units_of(content.runs[: len(glyphs)]))
    letters = sum(not run.beside for run in content.runs)
    within = sum(len(column) for column in columns)
    if not within or not (within >= MOST * letters or (len(content.rulings) < TABLE_LINES and are_text(columns))):
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
