"""The working sheet of this stage: lines of the normalised text, what layout says of them, and a role for each.

Steps write roles; nothing is deleted. Offsets are of the normalised text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

if TYPE_CHECKING:
    from extractor.model import AlignedText, Block

Role = Literal["blank", "body", "cell", "head", "closing", "furniture"]

# Cells of a text table stand apart by a TAB or by two blanks or more.
GAP = regex.compile(r"[ \u3000]*+\t[ \t\u3000]*+|[ \u3000]{2,}+")
# A page laid out as one table puts whole articles into cells; those are text.
LONGEST_CELL = 1500


class Line(NamedTuple):
    """A line without its surrounding blanks."""

    start: int
    end: int
    text: str


class Cell(NamedTuple):
    """A table cell in normalised offsets; ``header`` as the page marks it."""

    start: int
    end: int
    table: int
    row: int
    column: int
    header: bool


@dataclass(slots=True)
class Page:
    """Lines with their roles; ``tables`` are runs of lines (first, last + 1) that read as a text table."""

    text: str
    lines: list[Line]
    roles: list[Role]
    headings: set[int] = field(default_factory=set)
    cells: list[Cell] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    attachments: list[int] = field(default_factory=list)

    def filled(self, start: int, end: int) -> list[int]:
        """List the lines of a range that hold text and aren't furniture."""
        roles = self.roles
        return [i for i in range(max(start, 0), min(end, len(roles))) if roles[i] not in {"blank", "furniture"}]

    def mark(self, indexes: list[int] | range, role: Role) -> None:
        """Give lines a role; blank lines stay blank."""
        for i in indexes:
            if self.roles[i] != "blank":
                self.roles[i] = role


def read_page(text: AlignedText) -> Page:
    """Cut the text into lines and lay the reader's blocks over them."""
    lines: list[Line] = []
    roles: list[Role] = []
    at = 0
    for raw in text.text.split("\n"):
        stripped = raw.strip()
        start = at + raw.index(stripped) if stripped else at
        lines.append(Line(start, start + len(stripped), stripped))
        roles.append("body" if stripped else "blank")
        at += len(raw) + 1
    page = Page(text.text, lines, roles)
    if text.source.blocks:
        _lay_blocks(page, text)
    _find_text_tables(page)
    return page


def _lay_blocks(page: Page, text: AlignedText) -> None:
    """Mark furniture, headings and cells that the reader knows, mapped from source to normalised offsets."""
    starts = text.starts
    line_starts = [line.start for line in page.lines]
    rows: dict[tuple[int, int], int] = {}
    for block in text.source.blocks:
        if block.kind == "cell":
            key = (block.table or 0, block.row or 0)
            rows[key] = rows.get(key, 0) + 1
    for block in text.source.blocks:
        if block.kind == "text":
            continue
        start, end = block.start, min(block.end, len(text.source.text))
        if starts is not None:
            start, end = bisect_left(starts, start), bisect_left(starts, end)
        if block.kind == "cell":
            _add_cell(page, block, start, end, alone=rows[block.table or 0, block.row or 0] == 1)
            continue
        for i in range(max(bisect_right(line_starts, start) - 1, 0), bisect_left(line_starts, end)):
            line = page.lines[i]
            # A block that covers a part of a line only (a link inside a sentence) says nothing of the line.
            if line.text and start <= line.start and line.end <= end:
                if block.kind == "furniture":
                    page.roles[i] = "furniture"
                else:
                    page.headings.add(i)
    page.cells.sort()
    _mark_cells(page)


def _add_cell(page: Page, block: Block, start: int, end: int, *, alone: bool) -> None:
    """Keep a cell that belongs to a real table."""
    if start < end and not alone and end - start <= LONGEST_CELL:
        page.cells.append(Cell(start, end, block.table or 0, block.row or 0, block.column or 0, block.header))


def _mark_cells(page: Page) -> None:
    """Give the lines that cells cover their role."""
    starts = [cell.start for cell in page.cells]
    for i, line in enumerate(page.lines):
        if page.roles[i] != "body":
            continue
        at = bisect_right(starts, line.start) - 1
        if (at >= 0 and line.start < page.cells[at].end) or bisect_left(starts, line.end) > at + 1:
            page.roles[i] = "cell"


def _find_text_tables(page: Page) -> None:
    """Find runs of lines with equally many gaps; one of blanks alone needs a digit in it."""
    run = 0
    gaps_before, tabs_before, digits = 0, False, False
    lines = page.lines
    for i in range(len(lines) + 1):
        text = lines[i].text if i < len(lines) and page.roles[i] == "body" else ""
        tabs = "\t" in text
        gaps = _count_gaps(text) if tabs or "  " in text or "　　" in text else 0
        if gaps and gaps == gaps_before:
            run += 1
            tabs_before |= tabs
            digits |= any(char.isdigit() for char in text)
            continue
        if run > 1 and (tabs_before or digits):
            page.tables.append((i - run, i))
            page.mark(range(i - run, i), "cell")
        run = 1 if gaps else 0
        gaps_before, tabs_before, digits = gaps, tabs, any(char.isdigit() for char in text) if gaps else False


def _count_gaps(text: str) -> int:
    """Count cell gaps; prose (a full stop before a gap) has none."""
    return 0 if "。" in text and "\t" not in text else sum(1 for _ in GAP.finditer(text))
