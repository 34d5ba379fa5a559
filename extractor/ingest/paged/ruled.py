"""Ruled tables on a page: from lines that are drawn to cells, and from places to the texts in them; in plain Python.

Lines that are drawn twice, in pieces or as thin rectangles count once. Two fields are one cell where no line stands
between them; a side without a line of its own (tables of statistics are open at their left and right) ends where the
other lines end. A frame around running text, and lines without crossings, are no table: their text stays on the page.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.paged.geometry import PlacedTable, box_around
from extractor.ingest.paged.lines import fragments_of, rows_of, whole, word_width
from extractor.ingest.tables import Cell, Grid, is_layout, join_lines, mark_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.ingest.paged.geometry import Line, Ruling, Run
    from extractor.model import Box

# All in points. Lines nearer than this are one: double lines, the two long sides of a thin rectangle.
NEAR = 3.0
# Shorter lines are parts of letters and arrows.
SHORT = 6.0
# More lines than any table of a notice has: the page is a drawing, and it has no tables.
MOST_LINES = 400
MOST_FIELDS = 5_000
# Room beside a full line of a cell: what word processors leave blank at the sides of a cell, and, in ems, what lines
# with Latin figures lack that are not spread.
PADDING = 12.0
SLACK = 0.3
# Between these a line never breaks within a word or a numeral.
# A line never breaks inside a word of these, but between full-width digits as between Chinese ones (２|０２３年).
WORD_END = regex.compile(r"[0-9A-Za-z]\Z")
WORD_START = regex.compile(r"\A[0-9A-Za-z]")


class Rule(NamedTuple):
    """A merged line: where it stands on the axis across it, and from where to where it reaches on its own."""

    at: float
    start: float
    end: float


class Merged(NamedTuple):
    """The merged lines of a page, horizontal and vertical ones, each sorted by place."""

    across: list[Rule]
    down: list[Rule]


class TableRegion(NamedTuple):
    """A cell before its text is known: its first row and column, the row and column after its last, its left and right."""

    row: int
    column: int
    below: int
    behind: int
    left: float
    right: float


def merge(lines: Iterable[Ruling]) -> Merged:
    """Merge lines that are drawn twice or in pieces; more than `MOST_LINES` are none at all."""
    across, down = [], []
    for line in lines:
        if line.right - line.left >= SHORT and line.bottom - line.top <= NEAR:
            across.append(Rule((line.top + line.bottom) / 2, line.left, line.right))
        elif line.bottom - line.top >= SHORT and line.right - line.left <= NEAR:
            down.append(Rule((line.left + line.right) / 2, line.top, line.bottom))
    merged = Merged(merge_rules(across), merge_rules(down))
    return merged if len(merged.across) + len(merged.down) <= MOST_LINES else Merged([], [])


def merge_rules(rules: list[Rule]) -> list[Rule]:
    """Merge the lines of one direction."""
    merged: list[Rule] = []
    for group in groups(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        spans = sorted((rule.start, rule.end) for rule in group)
        start, end = spans[0]
        for span in spans[1:]:
            if span[0] > end + NEAR:
                merged.append(Rule(at, start, end))
                start, end = span
            end = max(end, span[1])
        merged.append(Rule(at, start, end))
    return merged


def groups(rules: list[Rule]) -> Iterable[list[Rule]]:
    """Part sorted lines into those that stand at one place."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > NEAR:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def find_tables(rulings: list[Ruling], runs: list[Run], page: int) -> tuple[list[PlacedTable], list[Run]]:
    """Find the ruled tables of a page; return them from top to bottom, and the runs that stand outside of them."""
    tables = []
    for across, down in connected(merge(rulings)):
        rows = places([rule.at for rule in across], [end for rule in down for end in (rule.start, rule.end)])
        columns = places([rule.at for rule in down], [end for rule in across for end in (rule.start, rule.end)])
        if not 2 <= (len(rows) - 1) * (len(columns) - 1) <= MOST_FIELDS:  # noqa: PLR2004 - a frame, a table, a drawing
            continue
        inside = [run for run in runs if not run.beside and field_of(run, rows, columns)]
        if not inside:
            continue
        table = fill(find_regions(rows, columns, across, down), rows, columns, inside, page)
        if table is not None:
            taken = set(map(id, inside))
            runs = [run for run in runs if id(run) not in taken]
            tables.append(table)
    return sorted(tables, key=lambda table: (table.top, table.left)), runs


def field_of(run: Run, rows: list[float], columns: list[float]) -> tuple[int, int] | None:
    """The row and column that a run's middle stands in, None outside."""
    row = bisect_right(rows, (run.top + run.bottom) / 2) - 1
    column = bisect_right(columns, (run.left + run.right) / 2) - 1
    return (row, column) if 0 <= row < len(rows) - 1 and 0 <= column < len(columns) - 1 else None


class Joined:
    """Things by number, joined to groups."""

    def __init__(self, count: int) -> None:
        """Begin with each alone."""
        self.owner = list(range(count))

    def root(self, index: int) -> int:
        """The one that stands for a thing's group."""
        while self.owner[index] != index:
            self.owner[index] = self.owner[self.owner[index]]
            index = self.owner[index]
        return index

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        self.owner[self.root(other)] = self.root(one)

    def groups(self) -> list[list[int]]:
        """List the groups, each in order."""
        found: dict[int, list[int]] = {}
        for index in range(len(self.owner)):
            found.setdefault(self.root(index), []).append(index)
        return list(found.values())


def connected(merged: Merged) -> list[tuple[list[Rule], list[Rule]]]:
    """Part the lines into those that meet, directly or through others; what has lines one way only is left out."""
    across, down = merged
    joined = Joined(len(across) + len(down))
    for one, flat in enumerate(across):
        for other, upright in enumerate(down, len(across)):
            if (
                flat.start - NEAR <= upright.at <= flat.end + NEAR
                and upright.start - NEAR <= flat.at <= upright.end + NEAR
            ):
                joined.join(one, other)
    parts = []
    for group in joined.groups():
        flats = [across[index] for index in group if index < len(across)]
        uprights = [down[index - len(across)] for index in group if index >= len(across)]
        if flats and uprights:
            parts.append((flats, uprights))
    return parts


def places(lines: list[float], ends: list[float]) -> list[float]:
    """The borders along one axis: every line, and the outer ends of the lines across it."""
    found: list[float] = []
    for at in sorted([*lines, min(ends), max(ends)]):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def find_regions(rows: list[float], columns: list[float], across: list[Rule], down: list[Rule]) -> list[TableRegion]:
    """Join the fields of the grid that no line parts, and list the cells field by field: a cell for each field.

    A cell that isn't a rectangle, because a piece of line is missing, has the box around it.
    """
    height, width = len(rows) - 1, len(columns) - 1
    joined = Joined(height * width)
    beside, above = parting(columns, rows, down), parting(rows, columns, across)
    for row in range(height):
        for column in range(width):
            field = row * width + column
            if column + 1 < width and (column + 1, row) not in beside:
                joined.join(field, field + 1)
            if row + 1 < height and (row + 1, column) not in above:
                joined.join(field, field + width)
    regions: dict[int, TableRegion] = {}
    for fields in joined.groups():
        left, right = min(field % width for field in fields), max(field % width for field in fields)
        row, below = fields[0] // width, fields[-1] // width + 1
        region = TableRegion(row, left, below, right + 1, columns[left], columns[right + 1])
        regions.update(dict.fromkeys(fields, region))
    return [regions[field] for field in range(height * width)]


def parting(borders: list[float], others: list[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """List which pieces of the borders are drawn: (index of the border, index of the piece between two ``others``)."""
    middles = [(one + other) / 2 for one, other in pairwise(others)]
    drawn: set[tuple[int, int]] = set()
    for rule in rules:
        border = min(range(len(borders)), key=lambda index: abs(borders[index] - rule.at))
        drawn.update((border, index) for index, at in enumerate(middles) if rule.start <= at <= rule.end)
    return drawn


def fill(
    regions: list[TableRegion], rows: list[float], columns: list[float], runs: list[Run], page: int
) -> PlacedTable | None:
    """Put the texts into the cells; None where the lines are a frame or lay out the page."""
    inside: dict[TableRegion, list[Run]] = {}
    for run in runs:
        if (field := field_of(run, rows, columns)) is not None:
            inside.setdefault(regions[field[0] * (len(columns) - 1) + field[1]], []).append(run)
    grid = Grid(height=len(rows) - 1, width=len(columns) - 1)
    boxes: dict[tuple[int, int], Box] = {}
    for region in sorted(inside):
        lines = [whole(fragments_of(row, page)) for row in rows_of(inside[region])]
        if text := join_cell(lines, region):
            height, reach = region.below - region.row, region.behind - region.column
            grid.cells.append(Cell(region.row, region.column, text, header=False, rows=height, columns=reach))
            boxes[region.row, region.column] = box_around(
                min(line.left for line in lines), min(line.top for line in lines), max(line.right for line in lines),
                max(line.bottom for line in lines),
            )  # fmt: skip
    if grid.width < 2 or len(grid.cells) < 2 or is_layout(grid):  # noqa: PLR2004 - a table needs two of something
        return None
    head_rows = max(region.below for region in regions if region.row == 0)
    mark_header(grid, head_rows if head_rows < grid.height else 0)
    return PlacedTable(grid, columns[0], rows[0], columns[-1], rows[-1], boxes)


def join_cell(lines: Sequence[Line], region: TableRegion) -> str:
    """Join the lines of a cell: one that had no room for more goes on in the next, others are joined as in HTML."""
    joined: list[str] = []
    room = 0.0
    for line in lines:
        if not line.text:
            continue
        broken = joined and room < line.size * (word_width(line.text) + SLACK) + PADDING
        if broken and not (WORD_END.search(joined[-1]) and WORD_START.match(line.text)):
            joined[-1] += line.text
        else:
            joined.append(line.text)
        room = (region.right - region.left) - (line.right - line.left)
    return join_lines(joined)
