"""Where columns may stand on a page that draws none: rows one under another that leave the same corridors blank.

A gap in a single line says little: heads, signatures and spread titles have some. A corridor goes through a whole block of
lines, and it may be narrower than a gap that would part a line on its own.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.paged.lines import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.paged.geometry import Run

Span = tuple[float, float]

# In ems, set by hand: prose that is justified has gaps up to 0.5; word processors keep cells 0.4 to 1.1 apart.
CORRIDOR = 0.7
# From the top of a row to the top of the next: a row of a centimetre has 2.7 at the size of most tables.
FARTHEST = 4.0
# Columns that one row alone sets are changed by the next; a row across columns that more rows set is no row of them.
SETTLED = 2
# Of its height: what a line shares with one that it stands beside, half a step off.
SHARED = 0.25
# Rows of a head that reach over columns.
HEAD_ROWS = 2
# A page with more is a drawing.
MOST_LEVELS, MOST_BANDS = 400, 64


class TextRow(NamedTuple):
    """Characters at one height of a page, and the stretches that they fill."""

    runs: list[Run]
    spans: list[Span]
    top: float
    bottom: float
    size: float


class GapRegion(NamedTuple):
    """Levels one under another and the bands that they fill; the first ``head`` levels reach over several bands.

    ``above`` and ``below`` count the levels before and after them.
    """

    levels: list[TextRow]
    columns: list[Span]
    head: int
    above: int
    below: int


def text_rows_of(runs: list[Run]) -> list[TextRow]:
    """Sort characters into levels from the top down."""
    levels = []
    for row in rows_of(runs):
        size = max(median(run.size for run in row), 0.1)
        spans = merge([(run.left, run.right) for run in row], CORRIDOR * size)
        levels.append(TextRow(row, spans, min(run.top for run in row), max(run.bottom for run in row), size))
    return levels


def merge(spans: list[Span], gap: float) -> list[Span]:
    """Merge stretches with less than a corridor between them."""
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gap:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        else:
            merged.append((left, right))
    return merged


def find_regions(runs: list[Run]) -> list[GapRegion]:
    """Find the blocks of lines that have corridors, from the top down."""
    levels = text_rows_of(runs)
    regions: list[GapRegion] = []
    at = 0
    while at < min(len(levels), MOST_LEVELS):
        if not is_seed(levels[at]):
            at += 1
            continue
        start, (end, columns) = at, grow(levels, at)
        for head in range(1, HEAD_ROWS + 1):
            # 缴费标准 over 个人 and 财政: without the head there are more columns.
            if (
                at + head < len(levels)
                and is_seed(levels[at + head])
                and near(levels[at + head - 1], levels[at + head])
            ):
                lower, finer = grow(levels, at + head)
                if lower >= end and len(finer) > len(columns) and inside(levels[at : at + head], finer):
                    start, end, columns = at + head, lower, finer
        first = at - is_beside(levels, at, columns)
        regions.append(GapRegion(levels[first:end], columns, start - first, first, len(levels) - end))
        at = end
    return regions


def is_seed(level: TextRow) -> bool:
    """Tell a line with parts."""
    return 1 < len(level.spans) <= MOST_BANDS


def is_beside(levels: list[TextRow], at: int, columns: list[Span]) -> bool:
    """Tell a level half a step above the first: the upper of two lines of a cell beside."""
    if at == 0:
        return False
    above, first = levels[at - 1], levels[at]
    shared = above.bottom - first.top > SHARED * first.size
    return shared and inside([above], columns) and not crosses(above, columns)


def near(one: TextRow, other: TextRow) -> bool:
    """Tell levels that may be of one table."""
    return other.top - one.top <= FARTHEST * max(one.size, other.size)


def inside(levels: list[TextRow], columns: list[Span]) -> bool:
    """Tell a head: nothing in it stands outside of the columns."""
    slack = max(level.size for level in levels)
    return all(
        columns[0][0] - slack <= level.spans[0][0] and level.spans[-1][1] <= columns[-1][1] + slack for level in levels
    )


def grow(levels: list[TextRow], start: int) -> tuple[int, list[Span]]:
    """Add levels downwards as long as corridors stay; return the level after the last, and the bands."""
    columns = levels[start].spans
    at = start + 1
    while at < len(levels) and near(levels[at - 1], levels[at]):
        level = levels[at]
        if len(level.spans) > MOST_BANDS:
            break
        gap = CORRIDOR * min(level.size, levels[start].size)
        if not crosses(level, columns):
            columns = merge([*columns, *level.spans], gap)
        elif at - start < SETTLED and len(merged := merge([*columns, *level.spans], gap)) > 1:
            columns = merged
        elif not is_between(levels, at, columns):
            break
        at += 1
    return at, columns


def crosses(level: TextRow, columns: list[Span]) -> bool:
    """Tell a level with a stretch over two bands."""
    return any(sum(left < right_ and left_ < right for left_, right_ in columns) > 1 for left, right in level.spans)


def is_between(levels: list[TextRow], at: int, columns: list[Span]) -> bool:
    """Tell a row that names the rows after it, across columns: alone, not up to the edge, the columns going on below."""
    level = levels[at]
    if at + 1 >= len(levels) or len(level.spans) > 1 or not near(level, levels[at + 1]):
        return False
    below = levels[at + 1]
    return len(below.spans) > 1 and not crosses(below, columns) and level.spans[0][1] < columns[-1][0] + level.size


def same_columns(columns: Sequence[Span], others: Sequence[Span]) -> bool:
    """Tell bands that may be of the same columns: each shares its place with one of the others, and with no second."""
    return len(columns) == len(others) == len(merge([*columns, *others], 0.0)) > 1
