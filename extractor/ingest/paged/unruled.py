"""Tables without rulings, and those with lines above and below rows alone: blocks of lines whose columns have corridors.

Text set in columns for other reasons is no table: prose in two columns, signatures, lists, tables of contents, and heads
of `key: value`. Their lines are read as they stand. Where lines can't be read as they stand, because that would tear a
figure, what may be a table is one. What is too little to tell is a table where one on the page before or
after goes on in the same columns.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.paged.cell_merging import Cells
from extractor.ingest.paged.column_gaps import find_regions
from extractor.ingest.paged.geometry import PlacedTable, box_around
from extractor.ingest.paged.lines import is_column
from extractor.ingest.paged.ruled import merge
from extractor.ingest.tables import Cell, Grid, has_figure, is_layout, mark_header

if TYPE_CHECKING:
    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.column_gaps import GapRegion
    from extractor.ingest.paged.geometry import Ruling, Run

# A table has so many rows with two cells or more; one less is enough where it has more columns, or lines drawn across.
FEWEST_ROWS = 3
# Of the fields of a table, those that hold text.
FILLED = 0.4
# Lines that may run over the pages, above or below a table that goes on.
HEAD_LINES = 2
_LEADER = regex.compile(r"[.…·．・_]{4}")
_KEY = regex.compile(r"\A[^：:，。]{1,12}+[：:]")


class FoundTable(NamedTuple):
    """A block of lines in columns, and the ids of its runs.

    ``sure`` says that it is a table on its own; another may be a part of one. ``is_first`` and ``is_last`` say that it
    stands at the beginning or the end of what is read together, but for a page's head or foot.
    """

    table: PlacedTable
    taken: frozenset[int]
    sure: bool
    is_first: bool
    is_last: bool


def find_blocks(runs: list[Run], rulings: list[Ruling], page: int, rules: LineRules) -> list[FoundTable]:
    """Find tables, and what may be parts of tables, by the places of words, from top to bottom."""
    across = merge(rulings).across
    blocks = []
    for region in find_regions([run for run in runs if not run.beside]):
        left, right = region.columns[0][0], region.columns[-1][1]
        cells = Cells(region, [rule for rule in across if rule.start < right and rule.end > left], page, rules)
        grid = grid_of(cells, len(region.columns))
        if not may_be_table(grid, cells, rules):
            continue
        head = head_rows(cells, region)
        mark_header(grid, head if head < grid.height else 0)
        table = place(grid, cells, region)
        taken = frozenset(id(run) for level in region.levels[: len(cells.levels)] for run in level.runs)
        below = region.below + len(region.levels) - len(cells.levels)
        blocks.append(
            FoundTable(
                table,
                taken,
                cells.torn or is_table(grid, cells, rules),
                region.above <= HEAD_LINES,
                below <= HEAD_LINES,
            )
        )
    return blocks


def grid_of(cells: Cells, width: int) -> Grid:
    """Write the cells down as a table."""
    grid = Grid(height=len(cells.starts), width=width)
    grid.cells = [Cell(cell.row, cell.column, cell.text, header=False) for cell in cells.cells]
    grid.cells.sort(key=lambda cell: (cell.row, cell.column))
    return grid


def head_rows(cells: Cells, region: GapRegion) -> int:
    """Count the rows of the head: those above the first line drawn within, those over several columns, or the first."""
    tops = [min(line.top for line in cells.levels[start].values()) for start in cells.starts]
    within = [rule.at for rule in cells.rules if tops[0] < rule.at < tops[-1] + cells.size]
    if within:
        return sum(top < min(within) for top in tops)
    return sum(start <= region.head for start in cells.starts) if region.head else 1


def place(grid: Grid, cells: Cells, region: GapRegion) -> PlacedTable:
    """Say where the table and its cells stand."""
    lines = [line for cell in cells.cells for line in cell.lines]
    boxes = {
        (cell.row, cell.column): box_around(
            min(line.left for line in cell.lines), min(line.top for line in cell.lines),
            max(line.right for line in cell.lines), max(line.bottom for line in cell.lines),
        )
        for cell in cells.cells
    }  # fmt: skip
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return PlacedTable(grid, region.columns[0][0], top, region.columns[-1][1], bottom, boxes, tuple(region.columns))


def may_be_table(grid: Grid, cells: Cells, rules: LineRules) -> bool:
    """Tell what may be cells from lines that are set in columns for other reasons."""
    if len(grid.cells) < 2 or is_layout(grid) or is_list(grid, rules) or is_prose(cells, grid.width):  # noqa: PLR2004
        return False
    return len(grid.cells) >= FILLED * grid.height * grid.width


def is_table(grid: Grid, cells: Cells, rules: LineRules) -> bool:
    """Tell a table of figures by its rows and columns."""
    top, bottom = cells.cells[0].lines[0].top, max(cell.lines[-1].bottom for cell in cells.cells)
    # Those of three lines: one above, one under the head, one below.
    heights = {round(rule.at) for rule in cells.rules if top - 2 * cells.size < rule.at < bottom + 2 * cells.size}
    fewest = FEWEST_ROWS - (grid.width > 2 or len(heights) > 2)  # noqa: PLR2004
    rows = Counter(cell.row for cell in grid.cells)
    return sum(count > 1 for count in rows.values()) >= fewest and holds_figures(grid, rules)


def holds_figures(grid: Grid, rules: LineRules) -> bool:
    """Tell cells with figures beside others, but for dates under signatures."""
    return any(
        cell.column and has_figure(cell.text) and not rules.alone.fullmatch(cell.text[:40]) for cell in grid.cells
    )


def is_list(grid: Grid, rules: LineRules) -> bool:
    """Tell numbered items, lines with leaders to a page's number, and fields with their names."""
    first = [cell.text for cell in grid.cells if cell.column == 0]
    if grid.width == 2 and sum(bool(rules.marker.match(text)) for text in first) * 2 >= len(first):  # noqa: PLR2004 - columns
        return True
    leaders = {cell.row for cell in grid.cells if _LEADER.search(cell.text)}
    keys = {cell.row for cell in grid.cells if _KEY.match(cell.text)}
    return max(len(leaders), len(keys)) * 2 >= grid.height


def is_prose(cells: Cells, width: int) -> bool:
    """Tell columns of running text."""
    return all(is_column([found[column] for found in cells.levels if column in found]) for column in range(width))
