"""From places on pages to paragraphs: what the readers of paged files (PDF, OFD) have in common.

A reader says which characters stand where (`Run`) and which tables it found (`PlacedTable`); `lay_out` makes of them the
source text and its blocks: a block for each line of a page, the lines of a paragraph side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.ingest.page_lines import read_lines
from extractor.ingest.page_marks import mark_furniture
from extractor.ingest.paragraphs import LARGE, Paragraphs, is_centred, pieces_of
from extractor.ingest.places import Line, PageLayout, PlacedTable, Run
from extractor.ingest.tables import Cell, Grid
from extractor.ingest.written import Piece, Written

if TYPE_CHECKING:
    from extractor.ingest.written import LineKind
    from extractor.model import Block, Box

__all__ = ["PageLayout", "PlacedTable", "Run", "lay_out"]

# Points between the columns of a table and of the same table on the next page.
SAME_COLUMN = 6.0


def lay_out(pages: list[PageLayout]) -> tuple[str, tuple[Block, ...]]:
    """Make source text and blocks of the pages: paragraphs in reading order, page furniture marked, nothing dropped."""
    items = read_lines(pages)
    mark_furniture(pages, items)
    body = [item for found in items for item in found if isinstance(item, Line) and not item.beside]
    sheet = Sheet(Paragraphs(body))
    for page, found in zip(pages, items, strict=True):
        for item in found:
            if isinstance(item, PlacedTable):
                sheet.add_table(item, page.number)
            elif item.text:
                sheet.add_line(item)
    return sheet.finish()


class Sheet:
    """Writes paragraphs and tables as they are finished; what stands beside the text waits until then."""

    def __init__(self, paragraphs: Paragraphs) -> None:
        """Begin with nothing."""
        self.written = Written()
        self.paragraphs = paragraphs
        self.open: list[Line] = []
        self.table: LongTable | None = None
        self.beside: list[Line] = []

    def add_line(self, line: Line) -> None:
        """Add a line to the paragraph that it belongs to."""
        if line.beside:
            self.beside.append(line)
            return
        if not (self.open and self.paragraphs.goes_on(self.open, line)):
            self.close()
        self.open.append(line)

    def add_table(self, table: PlacedTable, page: int) -> None:
        """Add a table, or the rest of one that a page's end cut."""
        if self.table is not None and self.table.goes_on(table, page):
            self.beside += self.table.add(table, page)
            return
        self.close()
        self.table = LongTable(table, page)

    def close(self) -> None:
        """Write what is finished."""
        if self.open:
            pieces = zip(self.open, pieces_of(self.open), strict=True)
            self.written.paragraph([Piece(text, line.page, line.box) for line, text in pieces], self.kind())
            self.open = []
        if self.table is not None:
            self.written.table(self.table.grid, pages=self.table.pages, boxes=self.table.boxes)
            self.table = None
        for line in self.beside:
            self.written.paragraph((Piece(line.text, line.page, line.box),), "furniture")
        self.beside = []

    def kind(self) -> LineKind:
        """Tell a heading: set larger than the text, in the middle."""
        first = self.open[0]
        return "heading" if first.size > LARGE * self.paragraphs.style.size and is_centred(first) else "text"

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """Return the source text and its blocks."""
        self.close()
        return self.written.finish()


class LongTable:
    """A table with the rows that stand on the pages after its first."""

    def __init__(self, table: PlacedTable, page: int) -> None:
        """Begin with the part on its first page."""
        self.grid = Grid(cells=list(table.grid.cells), height=table.grid.height, width=table.grid.width)
        self.pages = dict.fromkeys(range(table.grid.height), page)
        self.boxes: dict[tuple[int, int], Box] = dict(table.boxes)
        self.last = table
        self.page = page

    def goes_on(self, table: PlacedTable, page: int) -> bool:
        """Tell the rest of this table: on the next page, with the same columns."""
        same = abs(self.last.left - table.left) < SAME_COLUMN and abs(self.last.right - table.right) < SAME_COLUMN
        return page == self.page + 1 and same and table.grid.width == self.grid.width

    def add(self, table: PlacedTable, page: int) -> list[Line]:
        """Add rows; return the header, where the page repeats it, as a line beside the text."""
        head = rows_of(self.grid, header=True)
        repeated = len(head) if head and rows_of(table.grid)[: len(head)] == head else 0
        step = self.grid.height - repeated
        beside = []
        for cell in table.grid.cells:
            box = table.boxes[cell.row, cell.column]
            if cell.row < repeated:
                beside.append(Line(cell.text, *box, 0.0, page, beside=True))
                continue
            self.grid.cells.append(Cell(cell.row + step, cell.column, cell.text, header=False))
            self.boxes[cell.row + step, cell.column] = box
        self.pages.update(dict.fromkeys(range(self.grid.height, table.grid.height + step), page))
        self.grid.height = table.grid.height + step
        self.last, self.page = table, page
        return beside


def rows_of(grid: Grid, *, header: bool = False) -> list[list[tuple[int, str]]]:
    """List the rows of a table by their cells' columns and texts; only those of header cells if asked."""
    rows: dict[int, list[tuple[int, str]]] = {}
    heads = {cell.row for cell in grid.cells if cell.header}
    for cell in grid.cells:
        if not header or cell.row in heads:
            rows.setdefault(cell.row, []).append((cell.column, cell.text))
    return list(rows.values())
