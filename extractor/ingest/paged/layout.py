"""From places on pages to paragraphs: what the readers of paged files (PDF, OFD) have in common.

A reader says which characters stand where (`Run`) and which tables it found (`PlacedTable`); `lay_out` makes of them the
source text and its blocks: a block for each line of a page, the lines of a paragraph side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.ingest.line_rules import LineRules, load_line_rules
from extractor.ingest.paged.geometry import Line, PageLayout, PlacedTable, Run
from extractor.ingest.paged.headers_footers import mark_furniture
from extractor.ingest.paged.lines import find_gutters, parts_of, read_lines, rows_on
from extractor.ingest.paged.multipage_tables import LongTable, confirm
from extractor.ingest.paged.paragraphs import LARGE, Paragraphs, is_centred, pieces_of
from extractor.ingest.paged.unruled import find_blocks
from extractor.ingest.source_text_builder import SourceTextBuilder, TextPiece

if TYPE_CHECKING:
    from extractor.ingest.source_text_builder import LineKind
    from extractor.model import Block
    from extractor.resources import Resources

__all__ = ["PageLayout", "PlacedTable", "Run", "lay_out"]


def lay_out(pages: list[PageLayout], resources: Resources) -> tuple[str, tuple[Block, ...]]:
    """Make source text and blocks of the pages: paragraphs in reading order, page furniture marked, nothing dropped."""
    rules = resources.built(load_line_rules)
    rows = [rows_on(page) for page in pages]
    gutters = find_gutters(pages, rows)
    before, pages = pages, add_tables(pages, gutters, rules)
    # Most pages have no table that was found only now.
    rows = [found if page is old else rows_on(page) for found, old, page in zip(rows, before, pages, strict=True)]
    items = read_lines(pages, rows, gutters)
    mark_furniture(pages, items, rules)
    body = [item for found in items for item in found if isinstance(item, Line) and not item.beside]
    sheet = PageSheet(Paragraphs(body, rules))
    for page, found in zip(pages, items, strict=True):
        for item in found:
            if isinstance(item, PlacedTable):
                sheet.add_table(item, page.number)
            elif item.text:
                sheet.add_line(item)
    return sheet.finish()


def add_tables(pages: list[PageLayout], gutters: list[float | None], rules: LineRules) -> list[PageLayout]:
    """Find the tables of pages that draw no columns."""
    blocks = [
        [found for part in parts_of(page, gutter) for found in find_blocks(part, page.rulings, page.number, rules)]
        for page, gutter in zip(pages, gutters, strict=True)
    ]
    confirm(blocks)
    added = []
    for page, found in zip(pages, blocks, strict=True):
        sure = [block for block in found if block.sure]
        taken = {key for block in sure for key in block.taken}
        runs = [run for run in page.runs if id(run) not in taken] if taken else page.runs
        tables = [*page.tables, *(block.table for block in sure)]
        added.append(page._replace(tables=tables, runs=runs) if sure else page)
    return added


class PageSheet:
    """Writes paragraphs and tables as they are finished; what stands beside the text waits until then."""

    def __init__(self, paragraphs: Paragraphs) -> None:
        """Begin with nothing."""
        self.builder = SourceTextBuilder()
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
        self.table = LongTable(table, page, self.paragraphs.rules)

    def close(self) -> None:
        """Write what is finished."""
        if self.open:
            pieces = zip(self.open, pieces_of(self.open), strict=True)
            self.builder.paragraph([TextPiece(text, line.page, line.box) for line, text in pieces], self.kind())
            self.open = []
        if self.table is not None:
            self.builder.table(self.table.grid, pages=self.table.pages, boxes=self.table.boxes)
            self.table = None
        for line in self.beside:
            self.builder.paragraph((TextPiece(line.text, line.page, line.box),), "furniture")
        self.beside = []

    def kind(self) -> LineKind:
        """Tell a heading: set larger than the text, in the middle."""
        first = self.open[0]
        return "heading" if first.size > LARGE * self.paragraphs.style.size and is_centred(first) else "text"

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """Return the source text and its blocks."""
        self.close()
        return self.builder.finish()
