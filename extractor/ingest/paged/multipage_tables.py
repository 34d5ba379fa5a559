"""Tables that a page's end cuts: rows on the next page, a head that it repeats, a cell that it tears."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.ingest.paged.cell_merging import is_torn
from extractor.ingest.paged.column_gaps import same_columns
from extractor.ingest.paged.geometry import Line
from extractor.ingest.tables import Cell, Grid, has_figure, mark_header

if TYPE_CHECKING:
    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.geometry import PlacedTable
    from extractor.ingest.paged.unruled import FoundTable
    from extractor.model import Box

# Points between the columns of a table and of the same table on the next page.
SAME_COLUMN = 6.0
# So many rows at a page's end may be all of them a head.
HEAD_ROWS = 2


def confirm(pages: list[list[FoundTable]]) -> None:
    """Confirm what is too little for a table of its own, at a page's end or beginning, by what goes on beyond it."""
    for above, below in [*pairwise(pages), *reversed(list(pairwise(pages)))]:
        if not above or not below:
            continue
        upper, lower = above[-1], below[0]
        meet = upper.is_last and lower.is_first and same_columns(upper.table.columns, lower.table.columns)
        if meet and upper.sure != lower.sure:
            above[-1], below[0] = upper._replace(sure=True), lower._replace(sure=True)


class LongTable:
    """A table with the rows that stand on the pages after its first."""

    def __init__(self, table: PlacedTable, page: int, rules: LineRules) -> None:
        """Begin with the part on its first page."""
        self.grid = Grid(cells=list(table.grid.cells), height=table.grid.height, width=table.grid.width)
        self.pages = dict.fromkeys(range(table.grid.height), page)
        self.boxes: dict[tuple[int, int], Box] = dict(table.boxes)
        self.last = table
        self.page = page
        self.rules = rules

    def goes_on(self, table: PlacedTable, page: int) -> bool:
        """Tell the rest of this table: on the next page, with the same columns."""
        if (
            page != self.page + 1
            or table.grid.width != self.grid.width
            or bool(self.last.columns) != bool(table.columns)
        ):
            return False
        if table.columns:
            return same_columns(self.last.columns, table.columns)
        return abs(self.last.left - table.left) < SAME_COLUMN and abs(self.last.right - table.right) < SAME_COLUMN

    def add(self, table: PlacedTable, page: int) -> list[Line]:
        """Add rows; return the header, where the page repeats it, as a line beside the text.

        What a page's end tore out of a cell goes back to it; its place stays that of its first part.
        """
        if self.grid.height <= HEAD_ROWS and not any(cell.header or has_figure(cell.text) for cell in self.grid.cells):
            mark_header(self.grid, self.grid.height)
        head = rows_of(self.grid, header=True)
        repeated = len(head) if head and rows_of(table.grid)[: len(head)] == head else 0
        last = {cell.column: cell for cell in self.grid.cells}
        first = [cell for cell in table.grid.cells if cell.row == repeated]
        torn = self.torn(last, first)
        step = self.grid.height - repeated - (0 < len(torn) == len(first))
        beside: list[Line] = []
        for cell in table.grid.cells:
            box = table.boxes[cell.row, cell.column]
            if cell.row < repeated:
                beside.append(Line(cell.text, *box, 0.0, page, beside=True))
                continue
            if cell in torn:
                last[cell.column].text += cell.text
                continue
            self.grid.cells.append(replace(cell, row=cell.row + step, header=False))
            self.boxes[cell.row + step, cell.column] = box
        self.pages.update(dict.fromkeys(range(self.grid.height, table.grid.height + step), page))
        self.grid.height = table.grid.height + step
        self.last, self.page = table, page
        return beside

    def torn(self, last: dict[int, Cell], first: list[Cell]) -> list[Cell]:
        """List the cells of a page's first row that go on with those above: by their words, then so do all of a rest."""
        found = [
            cell for cell in first if cell.column in last and is_torn(last[cell.column].text, cell.text, self.rules)
        ]
        above = {cell.column for cell in self.grid.cells if cell.row == self.grid.height - 1}
        return first if found and {cell.column for cell in first} < above else found


def rows_of(grid: Grid, *, header: bool = False) -> list[list[tuple[int, str]]]:
    """List the rows of a table by their cells' columns and texts; only those of header cells if asked."""
    rows: dict[int, list[tuple[int, str]]] = {}
    heads = {cell.row for cell in grid.cells if cell.header}
    for cell in grid.cells:
        if not header or cell.row in heads:
            rows.setdefault(cell.row, []).append((cell.column, cell.text))
    return list(rows.values())
