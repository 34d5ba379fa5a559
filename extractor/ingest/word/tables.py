"""Tables of a Word document as data tables, and the lines that stand around them.

A merged cell stands once, at its first row and column. A table that only lays out the page (one column, cells as long
as paragraphs, tables within it) is read as the paragraphs in it, by the same rule as a web page's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from extractor.ingest.tables import MOST_COLUMNS, SPACES, Cell, Grid, has_figure, is_layout, join_lines
from extractor.ingest.word.names import VAL, WORD, child, number, switch, value, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from extractor.ingest.source_text_builder import LineKind

ROW, CELL, TABLE = f"{WORD}tr", f"{WORD}tc", f"{WORD}tbl"
# What may stand around rows and cells.
AROUND = word("sdt sdtContent customXml ins moveTo")


class WordLine(NamedTuple):
    """A line of text; ``aside`` tells what stands beside the text: a note, a text box."""

    text: str
    kind: LineKind = "text"
    aside: bool = False


class GridItem(NamedTuple):
    """A data table."""

    grid: Grid
    aside: bool = False


Item: TypeAlias = WordLine | GridItem


@dataclass(slots=True)
class TablePlace:
    """A cell as it lies in its table, and the rows and columns that it reaches over."""

    row: int
    column: int
    columns: int
    header: bool
    items: list[Item]
    rows: int = 1


def read_table(table: etree._Element, read: Callable[[etree._Element], list[Item]]) -> list[Item]:
    """Read a table as one data table and what stands beside it, or as the lines in it; ``read`` reads a cell."""
    places, grid, head_rows = lay_out(table, read)
    for place in places:
        lines = [
            SPACES.sub(" ", item.text).strip(" ")
            for item in place.items
            if isinstance(item, WordLine) and not item.aside
        ]
        if lines:
            grid.cells.append(Cell(place.row, place.column, join_lines(lines), place.header, place.rows, place.columns))
    if grid.width < 2 or len(grid.cells) < 2 or is_layout(grid) or has_table(table):  # noqa: PLR2004 - as on web pages
        return [item for place in places for item in place.items]
    if head_rows and not any(cell.header or has_figure(cell.text) for cell in grid.cells if cell.row == 0):
        for cell in grid.cells:
            cell.header = cell.row < head_rows and not has_figure(cell.text)
    return [GridItem(grid), *(item for place in places for item in place.items if item.aside)]


def lay_out(table: etree._Element, read: Callable[[etree._Element], list[Item]]) -> tuple[list[TablePlace], Grid, int]:
    """Give every cell its place; return also how many rows the first row's cells reach over (0: the whole table)."""
    places: list[TablePlace] = []
    grid = Grid()
    # The cell above, by column: one that only continues it is no cell of its own.
    above: dict[int, TablePlace] = {}
    head_rows = 1
    for element in within(table, ROW):
        properties = child(element, "trPr")
        if child(properties, "del") is not None or switch(properties, "hidden"):
            continue
        row, grid.height = grid.height, grid.height + 1
        column = min(max(number(value(properties, "gridBefore"), 0), 0), MOST_COLUMNS)
        began: dict[int, TablePlace] = {}
        for cell in within(element, CELL):
            form = child(cell, "tcPr")
            if child(form, "cellDel") is not None or value(form, "hMerge") == "continue":
                continue
            width = min(max(number(value(form, "gridSpan"), 1), 1), max(1, MOST_COLUMNS - column))
            if continues(form) and column in above:
                began[column] = above[column]
                began[column].rows += 1
                head_rows = row + 1 if above[column].row == 0 and row == head_rows else head_rows
            else:
                began[column] = TablePlace(row, column, width, switch(properties, "tblHeader") or False, read(cell))
                places.append(began[column])
            column += width
            grid.width = max(grid.width, column)
        above = began
    return places, grid, head_rows if grid.height > head_rows else 0


def continues(form: etree._Element | None) -> bool:
    """Tell a cell that continues the one above it."""
    merge = child(form, "vMerge")
    return merge is not None and merge.get(VAL) != "restart"


def within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """List a table's rows, or a row's cells, also those within content controls and insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in AROUND:
            yield from within(element, tag)


def has_table(table: etree._Element) -> bool:
    """Tell a table that has others within it."""
    return next(table.iterdescendants(TABLE), None) is not None
