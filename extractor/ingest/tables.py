"""HTML tables: which of them hold data and which only hold the page together, and the cells of the first.

A cell that spans rows or columns stands once, at its first row and column, and the cells after it keep their places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from extractor.ingest.web.inline import InlineText, is_bare_gloss, is_field, picture_sign, shown_in, text_of
from extractor.ingest.web.markup import CELL_BREAKS, DROPPED, LAYOUT, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.ingest.web.looks import Look, Looks

# Cells beyond are read, but their spans are not followed; so a row costs no more than this.
MOST_COLUMNS = 256

# A table lays out the page when one cell has most of its text, or its cells are as long as paragraphs. In the tables
# of notices cells have up to about 200 characters; the article of a page laid out by a table has thousands.
LONG_CELL = 250
LONG_SHARE = 0.5
LONG_MEAN = 150

# Years and days are labels, other digits are figures.
FIGURE = regex.compile(r"\d")
YEAR = regex.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{3}(?=年\d))(?!\d)(?:年\d{1,2}月(?:\d{1,2}日)?)?+")
HAN_END = regex.compile(r"[\u3400-\u9fff]\Z")
HAN_START = regex.compile(r"\A[\u3400-\u9fff]")
SPACES = regex.compile(r"[ \t\r\n\f]++")
SHORT_LABEL = 12


@dataclass(slots=True)
class Cell:
    """A cell that holds text; ``rows`` and ``columns`` are how many it reaches over."""

    row: int
    column: int
    text: str
    header: bool
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Grid:
    """A data table; ``width`` counts columns, ``links`` the characters that stand in links."""

    caption: str = ""
    cells: list[Cell] = field(default_factory=list)
    height: int = 0
    width: int = 0
    links: int = 0


def read_table(table: etree._Element, looks: Looks) -> Grid | None:
    """Read a data table; None for a table that lays out the page (its cells are read as paragraphs).

    ``looks`` says what of it is seen.
    """
    if table.get("role") == "presentation" or not is_flat(table):
        return None
    grid = Grid()
    head_rows = fill(grid, table, looks)
    if grid.width < 2 or len(grid.cells) < 2 or is_layout(grid):  # noqa: PLR2004 - a table needs two of something
        return None
    mark_header(grid, head_rows)
    return grid


def mark_header(grid: Grid, head_rows: int) -> None:
    """Mark the cells of the first ``head_rows`` rows as header cells, unless the first row holds figures."""
    if head_rows and not any(has_figure(cell.text) for cell in grid.cells if cell.row == 0):
        for cell in grid.cells:
            cell.header = cell.header or (cell.row < head_rows and not has_figure(cell.text))


def is_flat(table: etree._Element) -> bool:
    """Tell a table that has rows and cells, a caption, and nothing else that would be lost."""
    for element in table.iterdescendants():
        tag = element.tag
        if tag in LAYOUT:
            return False
        if tag in ROWS and ((element.text and not element.text.isspace()) or not has_blank_tail(element)):
            return False
        if tag in {"td", "th", "caption"} and not has_blank_tail(element):
            return False
    return not table.text or table.text.isspace()


def has_blank_tail(element: etree._Element) -> bool:
    """Tell whether no text follows an element within its parent."""
    return not element.tail or element.tail.isspace()


def fill(grid: Grid, table: etree._Element, looks: Looks) -> int:
    """Give every cell its place; return how many rows the first row's cells reach over (0: the whole table)."""
    rows = list(table.iter("tr"))
    grid.height = len(rows)
    caption = table.find("caption")
    if caption is not None:
        grid.caption = cell_text(caption, looks)[0]
    # For each column, the first row that a cell above doesn't reach.
    free: list[int] = []
    head_rows = 1
    for row, tr in enumerate(rows):
        column = 0
        for td in tr.iterchildren("td", "th"):
            while column < len(free) and free[column] > row:
                column += 1
            width = min(span_of(td, "colspan"), max(1, MOST_COLUMNS - column))
            height = min(span_of(td, "rowspan") or len(rows), len(rows) - row)
            if column < MOST_COLUMNS:
                free.extend([0] * (column + width - len(free)))
                free[column : column + width] = [row + height] * width
            if row == 0:
                head_rows = max(head_rows, height)
            if cell := read_cell(grid, td, looks):
                grid.cells.append(Cell(row, column, cell, td.tag == "th", height, width))
            column += width
            grid.width = max(grid.width, column)
    return head_rows if len(rows) > head_rows else 0


def read_cell(grid: Grid, td: etree._Element, looks: Looks) -> str:
    """Read what is seen of a cell, and count its links for the table."""
    text, links = cell_text(td, looks)
    grid.links += links if text else 0
    return text


def span_of(td: etree._Element, name: str) -> int:
    """Read a rowspan or colspan; 1 where it is no number. A rowspan of 0 reaches to the end of the table."""
    value = (td.get(name) or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) <= 6):  # noqa: PLR2004 - more digits than any table
        return 1
    return int(value) if name == "rowspan" else max(1, int(value))


def is_layout(grid: Grid) -> bool:
    """Tell a table whose cells are as long as paragraphs."""
    lengths = [len(cell.text) for cell in grid.cells]
    total, longest = sum(lengths), max(lengths)
    return (longest > LONG_CELL and longest > LONG_SHARE * total) or total > LONG_MEAN * len(lengths)


def has_figure(text: str) -> bool:
    """Tell a cell that holds a figure other than a year.

    >>> has_figure("2022年"), has_figure("2022年7月1日"), has_figure("2022年610元")
    (False, False, True)
    """
    return FIGURE.search(YEAR.sub("", text)) is not None


def cell_text(cell: etree._Element, looks: Looks) -> tuple[str, int]:
    """Read what is seen of a cell as one line, and count the characters of it that stand in links."""
    lines: list[str] = []
    line = InlineText()
    links = 0
    for text, look, breaks, linked in pieces_of(cell, looks):
        if breaks:
            lines.append(line.take())
        seen = line.add(text, look)
        links += seen if linked else 0
    lines.append(line.take())
    shown = [SPACES.sub(" ", text).strip(" ") for text in lines]
    return join_lines([text for text in shown if text and not text.isspace()]), links


def pieces_of(cell: etree._Element, looks: Looks) -> Iterator[tuple[str, Look, bool, bool]]:
    """List a cell's pieces of text: the text, its look, whether a line begins there, whether it stands in a link."""
    from lxml import etree

    in_link = 0
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        look = looks.get(element)
        if event == "end":
            in_link -= element.tag == "a"
            if is_bare_gloss(element):
                yield ")", look, False, False
            if element is not cell:
                yield element.tail or "", looks.get(element.getparent()), element.tag in CELL_BREAKS, in_link > 0
            continue
        in_link += element.tag == "a"
        text = piece_of(element)
        if element.tag in DROPPED or is_field(element):
            walker.skip_subtree()
        yield text, look, element.tag in CELL_BREAKS, in_link > 0


def piece_of(element: etree._Element) -> str:
    """Give the text that an element begins with."""
    if element.tag == "img":
        return picture_sign(element)
    if element.tag in DROPPED:
        return ""
    opened = "(" if is_bare_gloss(element) else ""
    return opened + (shown_in(element) or text_of(element))


def join_lines(lines: list[str]) -> str:
    """Join the lines of a cell; a short label broken to fit a narrow column is joined without a blank.

    >>> join_lines(["个人", "缴费"]), join_lines(["在职70%", "退休80%"])
    ('个人缴费', '在职70% 退休80%')
    """
    short = sum(map(len, lines)) <= SHORT_LABEL
    joined = ""
    parts: list[str] = []
    for line in lines:
        glue = "" if not parts or (short and HAN_END.search(joined) and HAN_START.match(line)) else " "
        parts.append(glue + line)
        joined = line
    return "".join(parts)
