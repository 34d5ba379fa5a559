"""Draws sheets of cells into an Excel workbook: numbers as numbers, text as text, nothing as a formula.

A bound is a number whose format shows its sign (≥610), so that it can be sorted and counted with and still is never taken for
an exact figure. Excel writes the point of ``0.##`` even where no digit follows it (``≥610.``), so every number has a format
with as many places as it has itself.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import ExportError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_ROWS, _MOST_CHARACTERS, _MOST_DIGITS = 1_048_576, 32_767, 15
# Excel's bounds are 65,530 and 2,079; signs of an address may be written as three.
_MOST_LINKS, _LONGEST_LINK = 65_000, 690
_UNSAFE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")
_FONT = "Microsoft YaHei"
_LINE, _MOST_LINES = 15, 12
_WIDEST = 28
# Two and a half characters of a column's width to a centimetre: a page of A4 across has 147 of them at full size, and a type
# of ten points can still be read at seven.
_A4, _PAGE_WIDTH = 9, 205
# Left, right, top and bottom, in inches.
_MARGINS = (0.4, 0.4, 0.5, 0.6)
_LINK = "#0B5394"
# Numbers keep off the words of the next column.
_RIGHT = {"align": "right", "indent": 1}
# Whole numbers of our own, years and counts: no commas, and in the middle, lest 2026 touch the words of the next column.
_YEAR = "0"
# The sign of a difference: its number shows + or −.
SIGNED = "±"


class SheetCell(NamedTuple):
    """A cell: a number with the sign to show, or text; ``to`` is a link, ``colour`` a background."""

    value: Decimal | int | str | None
    sign: str = ""
    to: str = ""
    colour: str = ""


class SheetColumn(NamedTuple):
    """A column: its head, its width, and what the legend says of it, if it needs words."""

    head: str
    width: int
    note: str = ""


class Sheet(NamedTuple):
    """A sheet: its name, what the legend says of it, its columns and its rows.

    Its first ``fixed`` columns stay when one scrolls; its first ``named_by`` say what a row is about, on each printed page.
    """

    name: str
    note: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[SheetCell]]
    fixed: int = 0
    named_by: int = 1


class SheetWriter:
    """Draws sheets into one workbook, each format made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - an xlsxwriter.Workbook, which has no types
        """Take the workbook to draw into."""
        self.book = book
        self.formats: dict[tuple[str, str, str], Any] = {}
        self.links: Counter[str] = Counter()
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        self.base = base
        head = {**base, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True}
        self.head, self.head_right = book.add_format(head), book.add_format({**head, **_RIGHT})

    def draw(self, sheet: Sheet) -> None:
        """Draw a sheet: a frozen head, a filter, the rows."""
        page = self.book.add_worksheet(sheet.name)
        widths = [column.width for column in sheet.columns]
        numbers = [0] * len(sheet.columns)
        page.freeze_panes(1, sheet.fixed)
        last = 0
        for last, row in enumerate(sheet.rows, 1):
            if last >= _MOST_ROWS:
                msg = Message(
                    "{name}: more than {most_rows:,} rows, an Excel sheet has no more. Export as parquet, duckdb or sqlite.",
                    name=sheet.name,
                    most_rows=_MOST_ROWS - 1,
                )
                raise ExportError(msg)
            lines = 1
            for at, cell in enumerate(row):
                self._write(page, last, at, cell)
                if isinstance(cell.value, str):
                    lines = max(lines, _lines(cell.value, widths[at]))
                    numbers[at] -= bool(cell.value)
                elif cell.value is not None:
                    widths[at] = max(widths[at], _digits(cell))
                    numbers[at] += 1
            page.set_row(last, _LINE * min(lines, _MOST_LINES))
        for at, column in enumerate(sheet.columns):
            # Numbers stand to the right of their column, and so does a head over them.
            page.write_string(0, at, column.head, self.head_right if numbers[at] > 0 else self.head)
            page.set_column(at, at, widths[at])
        page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
        _set_printing(page, widths, sheet.named_by)

    def _write(self, page: Any, row: int, column: int, cell: SheetCell) -> None:  # noqa: ANN401 - an xlsxwriter.Worksheet
        value = cell.value
        if cell.to and not self._may_link(page, cell.to):
            cell = cell._replace(to="")
        if value is None or value == "":
            if cell.colour:
                page.write_blank(row, column, None, self._format("", cell.colour, ""))
            return
        if isinstance(value, (int, Decimal)) and _is_exact(value):
            if cell.to:
                page.write_url(row, column, cell.to)  # the link stays when the number is written over its text
            page.write_number(row, column, value, self._format(_number_format(value, cell.sign), cell.colour, ""))
            return
        sign = cell.sign if isinstance(value, Decimal) and cell.sign != SIGNED else ""
        text = sign + str(value).replace("\r\n", "\n").replace("\r", " ")
        text = text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
        kind = "quoted" if text.startswith(_UNSAFE) else ""
        if cell.to and not kind:
            page.write_url(row, column, cell.to, self._format("", cell.colour, "link"), text)
        else:
            page.write_string(row, column, text, self._format(kind, cell.colour, ""))

    def _may_link(self, page: Any, to: str) -> bool:  # noqa: ANN401 - an xlsxwriter.Worksheet
        """Say whether a sheet holds another link, which Excel has a bound for; beyond it a cell is its text alone."""
        self.links[page.name] += 1
        return len(to) <= _LONGEST_LINK and self.links[page.name] <= _MOST_LINKS

    def _format(self, kind: str, colour: str, link: str) -> Any:  # noqa: ANN401 - an xlsxwriter.Format
        key = (kind, colour, link)
        if key not in self.formats:
            made = {**self.base, "text_wrap": kind in {"", "quoted"}}
            if colour:
                made["bg_color"] = colour
            if link:
                made |= {"font_color": _LINK, "underline": 1}
            if kind == "quoted":
                made["quote_prefix"] = True
            elif kind:
                made |= {"num_format": kind} | ({"align": "center"} if kind == _YEAR else _RIGHT)
            self.formats[key] = self.book.add_format(made)
        return self.formats[key]


def _set_printing(page: Any, widths: Sequence[int], named_by: int) -> None:  # noqa: ANN401 - an xlsxwriter.Worksheet
    """Print a sheet so that it can be read on A4: over several pages side by side, each of which names its rows."""
    total, across = sum(widths), 1
    repeated = sum(widths[:named_by])
    while total + (across - 1) * repeated > across * _PAGE_WIDTH and across < len(widths):
        across += 1
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(*_MARGINS)
    page.set_footer("&L&A&R&P / &N")
    page.repeat_rows(0)
    if across > 1:
        page.repeat_columns(0, named_by - 1)
        page.print_across()
    page.fit_to_pages(across, 0)


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes; spreadsheets don't all fit a row to its text, and Han is two columns wide.

    Of each line two columns stay free: a cell has margins, and 、 or 】 takes the sign before it to the next line.
    """
    return -(-sum(2 if char > "\u2e7f" else 1 for char in text[: _MOST_LINES * width]) // (width - 2))


def _digits(cell: SheetCell) -> int:
    """Count the columns that a number takes with commas and sign: Excel shows one that doesn't fit as #####."""
    return min(len(f"{cell.value:,}") + 2 * len(cell.sign) + 4, _WIDEST)


def _is_exact(value: Decimal | int) -> bool:
    """Return True if a number has all its digits as Excel keeps it; another is text."""
    _, digits, exponent = Decimal(value).as_tuple()
    return len(digits) <= _MOST_DIGITS and isinstance(exponent, int) and -_MOST_DIGITS <= exponent <= _MOST_DIGITS


def _number_format(value: Decimal | int, sign: str) -> str:
    r"""Write the format that shows a number with all its places and its sign; a year is a whole number without commas.

    >>> _number_format(Decimal("610"), "≥"), _number_format(Decimal("0.25"), ""), _number_format(2022, "")
    ('"≥"#,##0', '#,##0.00', '0')
    """
    if isinstance(value, int):
        return _YEAR
    places = max(0, -int(value.as_tuple().exponent))
    plain = f"#,##0.{'0' * places}" if places else "#,##0"
    if sign == SIGNED:
        return f"+{plain};-{plain};{plain}"
    shown = f'"{sign}"' if sign else ""
    # Excel would put the minus before the sign: -≥5.
    return f"{shown}{plain};{shown}-{plain}" if sign and value < 0 else f"{shown}{plain}"
