"""The working sheet of this stage: lines of the normalised text, what layout says of them, and a role for each.

Steps write roles; nothing is deleted. Offsets are of the normalised text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

from extractor.notice.structure.dates import read_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.model import AlignedText, Block

Role = Literal["blank", "body", "cell", "head", "closing", "furniture"]

# Cells of a text table stand apart by a TAB or by two blanks or more.
GAP = regex.compile(r"[ \u3000]*+\t[ \t\u3000]*+|[ \u3000]{2,}+")
# Cells of a table in plain text between bars, and the line below its heads: | 一类 | 2280 |, |---|---|.
# Bars between cells, those of drawn boxes, too; and the signs where the lines of a box meet.
BARS = "|｜│┃┆┇┊┋║"
_CORNERS = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛┠┨┯┷┿╂╔╦╗╠╬╣╚╩╝"
BAR = regex.compile(rf"[ \u3000]*+[{BARS}][ \u3000]*+")
_RULE = regex.compile(rf"[{BARS}{_CORNERS}+ ]*+(?::?[-─━═]{{2,}}+:?[{BARS}{_CORNERS}+ ]*+)++")
_DRAWN = regex.compile(rf"[{BARS}{_CORNERS}]")
# Bars that no line tells from navigation stand in as many rows, with as many bars.
_BARRED_ROWS, _FEWEST_BARS = 3, 2
# ≥84.1%, 1.5万元: what the last cell of a row of two cells may hold.
_FIGURE_CELL, _SIGNS = 12, "≥≤＞＜>< +-－＋约"
# A page laid out as one table puts whole articles into cells; those are text.
LONGEST_CELL = 1500
# What markdown puts around the words of a line: > 原件标题：…, ## 一、总体要求, **二、保障措施**.
_MARKDOWN = regex.compile(r"(?:>\s{0,3}|#{1,6}\s{1,3}|\*\*(?=[^*\s]))++")
_MARKED = frozenset(">#*")
# A number with a heading that stands within a line, since the breaks between its paragraphs are lost: …。（二）挂钩调整。按本人….
_RUN_ON = regex.compile(
    r"""(?:^|[。：])\s{0,3}(?P<number>[（(](?P<han>[一二三四五六七八九十]{1,3}+)[）)]|(?P<han>[一二三四五六七八九十]{1,3}+)、)
    \s?(?![二三四五六七八九十]|一(?!次性))[^。；：，、\d（）()\s][^。；：，\d\n]{1,19}[。：]""",
    regex.VERBOSE,
)
# Rows of a text table stand on neighbouring lines, or with one blank line between.
_FARTHEST_ROW = 2
# A cell that reaches over more rows is looked for in so many.
_MOST_ROWS = 60
# The head of a table whose first field is blank is indented by so many signs more than the rows, or by more of them.
_CORNER = 1


class PageLine(NamedTuple):
    """A line without its surrounding blanks."""

    start: int
    end: int
    text: str


class TableCell(NamedTuple):
    """A table cell in normalised offsets; ``header`` as the page marks it, ``rows`` and ``columns`` what it reaches over."""

    start: int
    end: int
    table: int
    row: int
    column: int
    header: bool
    rows: int
    columns: int


@dataclass(slots=True)
class NoticePage:
    """Lines with their roles; ``tables`` are runs of lines (first, last + 1) that read as a text table.

    ``barred`` are the lines of tables whose cells stand between bars.
    """

    text: str
    lines: list[PageLine]
    roles: list[Role]
    headings: set[int] = field(default_factory=set)
    cells: list[TableCell] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
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


def read_page(text: AlignedText) -> NoticePage:
    """Cut the text into lines and lay the reader's blocks over them."""
    lines: list[PageLine] = []
    roles: list[Role] = []
    at = 0
    for raw in text.text.split("\n"):
        stripped = raw.strip()
        start = at + raw.index(stripped) if stripped else at
        if stripped[:1] in _MARKED and (marks := _MARKDOWN.match(stripped)):
            start += marks.end()
            stripped = stripped[marks.end() :].removesuffix("**")
        lines += _parted(PageLine(start, start + len(stripped), stripped))
        roles += ["body" if stripped else "blank"] * (len(lines) - len(roles))
        at += len(raw) + 1
    page = NoticePage(text.text, lines, roles)
    if text.source.blocks:
        _lay_blocks(page, text)
    _find_barred_tables(page)
    _find_text_tables(page)
    return page


def _parted(line: PageLine) -> Iterator[PageLine]:
    """Part a line before the numbered headings within it, where two of them count on."""
    found = [] if "\t" in line.text else list(_RUN_ON.finditer(line.text, overlapped=True))
    values = [(match["number"][0] in "（(", read_ordinal(match["han"])) for match in found]
    at = 0
    # The line's own number counts, too.
    for match, (bracketed, value) in zip(found, values, strict=True):
        if match.start("number") and value and ((bracketed, value - 1) in values or (bracketed, value + 1) in values):
            words = line.text[at : match.start("number")].rstrip()
            yield PageLine(line.start + at, line.start + at + len(words), words)
            at = match.start("number")
    yield PageLine(line.start + at, line.end, line.text[at:]) if at else line


def _lay_blocks(page: NoticePage, text: AlignedText) -> None:
    """Mark furniture, headings and cells that the reader knows, mapped from source to normalised offsets."""
    starts = text.starts
    line_starts = [line.start for line in page.lines]
    rows = _cells_of_rows(text.source.blocks)
    for block in text.source.blocks:
        if block.kind == "text":
            continue
        start, end = block.start, min(block.end, len(text.source.text))
        if starts is not None:
            start, end = bisect_left(starts, start), bisect_left(starts, end)
        if block.kind == "cell":
            _add_cell(page, block, start, end, alone=rows[block.table, block.row] == 1)
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


def _cells_of_rows(blocks: Iterable[Block]) -> Counter[tuple[int | None, int | None]]:
    """Count the cells of each row of the reader's tables.

    One that reaches over the rows below stands in each of them: 600 below 500 is not alone beside 普通档.
    """
    return Counter(
        (block.table, (block.row or 0) + below)
        for block in blocks
        if block.kind == "cell"
        for below in range(min(block.rows, _MOST_ROWS))
    )


def _add_cell(page: NoticePage, block: Block, start: int, end: int, *, alone: bool) -> None:
    """Keep a cell that belongs to a real table."""
    if start < end and not alone and end - start <= LONGEST_CELL:
        place = (block.table or 0, block.row or 0, block.column or 0)
        page.cells.append(TableCell(start, end, *place, block.header, block.rows, block.columns))


def _mark_cells(page: NoticePage) -> None:
    """Give the lines that cells cover their role."""
    starts = [cell.start for cell in page.cells]
    for i, line in enumerate(page.lines):
        if page.roles[i] != "body":
            continue
        at = bisect_right(starts, line.start) - 1
        if (at >= 0 and line.start < page.cells[at].end) or bisect_left(starts, line.end) > at + 1:
            page.roles[i] = "cell"


def _find_barred_tables(page: NoticePage) -> None:
    """Find runs of neighbouring lines whose cells stand between bars."""
    run: list[int] = []
    for i, line in enumerate(page.lines):
        if page.roles[i] == "blank":
            continue
        barred = page.roles[i] == "body" and _DRAWN.search(line.text) is not None
        if run and not (barred and i - run[-1] <= _FARTHEST_ROW):
            _keep_barred(page, run)
            run = []
        if barred:
            run.append(i)
    _keep_barred(page, run)


def _keep_barred(page: NoticePage, run: list[int]) -> None:
    """Keep a run of lines with bars that is a table: a line is drawn below its heads, or its rows are alike and hold figures."""
    texts = {i: page.lines[i].text for i in run}
    rows = [i for i in run if not _RULE.fullmatch(texts[i])]
    bars = {sum(1 for _ in BAR.finditer(texts[i])) for i in rows}
    closed = all(texts[i][0] in BARS and texts[i][-1] in BARS for i in rows) and min(bars, default=0) > _FEWEST_BARS
    alike = len(rows) >= _BARRED_ROWS and len(bars) == 1 and min(bars) >= _FEWEST_BARS
    figures = all(any(char.isdigit() for char in texts[i]) for i in _below_heads(texts, rows))
    paired = len(rows) >= _BARRED_ROWS and bars == {1} and all(_ends_in_figure(texts[i]) for i in rows[1:])
    if len(rows) > 1 and (len(rows) < len(run) or (figures and (closed or alike or paired))):
        page.tables.append((rows[0], rows[-1] + 1))
        page.barred.update(rows)
        page.mark(rows, "cell")
        page.mark([i for i in run if i not in page.barred], "furniture")


def _ends_in_figure(text: str) -> bool:
    """Return True if a number opens the last cell of a row, and little else stands there: 16—25年 | 1.1."""
    last = BAR.split(text)[-1]
    return len(last) <= _FIGURE_CELL and last.lstrip(_SIGNS)[:1].isdigit()


def _below_heads(texts: dict[int, str], rows: list[int]) -> list[int]:
    """Return the rows below the first, and below a second one that opens with a blank cell and holds no figures: a head's."""
    second = texts[rows[1]] if len(rows) > _BARRED_ROWS else ""
    parted = second[:1] in tuple(BARS) and second[1:].lstrip().startswith(tuple(BARS))
    return rows[2:] if parted and not any(char.isdigit() for char in second) else rows[1:]


def _find_text_tables(page: NoticePage) -> None:
    """Find runs of lines with cells: set apart by TAB, or by equally many gaps of blanks with a digit among them.

    A line's last cells may be blank, and a reader that copies a table leaves their TABs or drops them; so lines with
    TABs are rows of one table whatever their number. Rows follow each other at one distance: a text with a blank line
    after every paragraph has one after every row.
    """
    lines, run = page.lines, _Run()
    for i, line in enumerate(lines):
        if page.roles[i] != "body":
            if page.roles[i] != "blank":
                run = _end(page, run)
            continue
        text = line.text
        # Only the lines after a table's first one can be told by a TAB at their end: prose may have one there, too.
        tabs = "\t" in text or (run.tabs and page.text.startswith("\t", line.end))
        gaps = _count_gaps(text) or tabs if tabs or "  " in text or "　　" in text else 0
        # 　　　　分类补助表　　单位：元 is a caption.
        corner = 0 if "：" in text else line.start - page.text.rfind("\n", 0, line.start) - 1
        if gaps and not tabs and run.is_head_of(i, gaps, corner):
            run.gaps = gaps
        elif not gaps or not run.takes(i, gaps, tabs=tabs):
            run = _end(page, run)
        if gaps:
            run.corner = run.corner if run.rows else corner
            run.add(i, gaps, tabs=tabs, digits=any(char.isdigit() for char in text))
    _end(page, run)


@dataclass(slots=True)
class _Run:
    """Lines that may be rows of one table."""

    rows: list[int] = field(default_factory=list)
    gaps: int = 0
    tabs: bool = False
    digits: bool = False
    corner: int = 0

    def is_head_of(self, i: int, gaps: int, corner: int) -> bool:
        """Say whether the run's only line is the head of the one that follows, with a blank corner and so a gap less."""
        near = len(self.rows) == 1 and i - self.rows[0] <= _FARTHEST_ROW
        return near and not self.tabs and gaps == self.gaps + 1 and self.corner > corner + _CORNER

    def takes(self, i: int, gaps: int, *, tabs: bool) -> bool:
        """Say whether a line goes on the run; an empty one takes any."""
        rows = self.rows
        if not rows:
            return True
        near = i - rows[-1] == (rows[1] - rows[0] if len(rows) > 1 else min(i - rows[-1], _FARTHEST_ROW))
        return near and tabs == self.tabs and (tabs or gaps == self.gaps)

    def add(self, i: int, gaps: int, *, tabs: bool, digits: bool) -> None:
        """Add a row."""
        self.rows.append(i)
        self.gaps, self.tabs, self.digits = gaps, tabs, self.digits or digits


def _end(page: NoticePage, run: _Run) -> _Run:
    """Keep a run that is a table; begin another one."""
    if len(run.rows) > 1 and (run.tabs or run.digits):
        page.tables.append((run.rows[0], run.rows[-1] + 1))
        page.mark(run.rows, "cell")
    return _Run() if run.rows else run


def _count_gaps(text: str) -> int:
    """Count cell gaps; prose (a full stop before a gap) has none."""
    return 0 if "。" in text and "\t" not in text else sum(1 for _ in GAP.finditer(text))
