"""Tables that stay readable in a narrow terminal: what doesn't fit beside the others goes below its row.

Columns that no row fills are left out. Where the rest is too wide, those that may give way do, down to their least
width.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult


# ── Breaks Chinese and mixed text into lines: not inside numbers, ids and document numbers, and no mark begins a line
# Widths are those of a terminal, where a Han character takes two columns.

# What stays whole: a document number with the office before it, a date, a number with its sign and the character after
# it, a word of Latin letters up to a slash; any other character stands alone.
_UNITS = re.compile(
    r"[\u4e00-\u9fff]{0,6}〔[^〔〕\n]{1,8}〕[0-9]{0,5}号?"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
    r"|[≥≤<>+±−-]{0,2}[0-9]{1,9}/[0-9]{1,9}(?![0-9/])|[≥≤<>+±−-]{0,2}[0-9][0-9.,:-]*+(?![A-Za-z_/])(?: ?[%％\u4e00-\u9fff]{1,4}/[\u4e00-\u9fff·]{1,12}| ?[%％\u4e00-\u9fff])?"
    r"|[!-.0-~]*+/|[!-.0-~]++|\s++|.",
    re.DOTALL,
)
_PATH_UNITS = re.compile(r"[^/\\_\s-]*+[/\\_-]++|[^/\\_\s-]++|\s++")
_NOT_FIRST = frozenset("，。、；：！？）》〉】〕］｝」』”’…—·％％,.;:!?)]}/")
_NOT_LAST = frozenset("（《〈【〔［｛「『“‘([{")
_TAB = 4
_ORPHAN = 4  # a last line narrower than this, a single character, looks lost


def wrap(text: Text, width: int, *, path: bool = False) -> list[Text]:
    """Break a text, with its styles, into lines at most so wide; ``path`` breaks after slashes and hyphens only."""
    return [
        piece for line in text.split("\n", allow_blank=True) for piece in _wrap_line(line, max(width, 2), path=path)
    ]


def widest(text: Text) -> int:
    """Return how wide a text is where it is not broken."""
    return max((cell_len(line) for line in text.plain.split("\n")), default=0)


def _wrap_line(line: Text, width: int, *, path: bool) -> list[Text]:
    # A tab between a row's cells has no width of its own, and what rich makes of it would be cut off.
    line.expand_tabs(_TAB)
    if cell_len(line.plain) <= width:
        return [line]
    units = list(_glued(line.plain, path=path))
    starts = _starts(units, width)
    # Lines a little shorter are better than one that holds a single character.
    if _last(units, starts) < _ORPHAN and (other := _starts(units, width - _ORPHAN)) and len(other) == len(starts):
        starts = other
    pieces = [*line.divide(starts[1:])]
    for piece in pieces:
        piece.rstrip()
    return pieces


def _last(units: list[tuple[int, str]], starts: list[int]) -> int:
    return sum(cell_len(unit) for at, unit in units if at >= starts[-1])


def _starts(units: list[tuple[int, str]], width: int) -> list[int]:
    """Fill lines with units; return where each line starts. A unit wider than a line is cut anywhere."""
    starts, used = [0], 0
    for at, unit in units:
        size = cell_len(unit.rstrip())
        if used and used + size > width:
            starts.append(at)
            used = 0
        if size > width:
            for place, char in enumerate(unit.rstrip(), at):
                if used + cell_len(char) > width and place > starts[-1]:
                    starts.append(place)
                    used = 0
                used += cell_len(char)
            continue
        used += cell_len(unit)
    return starts


def _glued(text: str, *, path: bool) -> Iterator[tuple[int, str]]:
    """Yield the units with their places, marks joined to what they belong to, blanks to what is before them."""
    begin = 0
    units = _PATH_UNITS if path else _UNITS
    for found in units.finditer(text):
        at = found.start()
        if at == begin or text[at] in _NOT_FIRST or text[at].isspace() or text[at - 1] in _NOT_LAST:
            continue
        if text[at] == "（" and text[at - 1] == "/":
            continue  # the number of a section: 二/（一）
        yield begin, text[begin:at]
        begin = at
    yield begin, text[begin:]


class WrappedWords:
    """A text for rich that breaks as `wrap` does."""

    def __init__(self, text: Text, *, path: bool = False, before: str = "") -> None:
        """Keep the text; ``before`` begins every line, as # does those of a comment."""
        self._text = text
        self._path = path
        self._before = before

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Say how narrow and how wide it can be."""
        widest_line = len(self._before) + widest(self._text)
        return Measurement(min(8, options.max_width), min(widest_line, options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines."""
        for words in wrap(self._text, options.max_width - len(self._before), path=self._path):
            line = Text(self._before, style=words.style).append_text(words) if self._before else words
            line.no_wrap, line.overflow = True, "ignore"
            yield line


_GAP = 2
_INDENT = 2
_BESIDE = 30  # a column that may go below stands beside the others from this width on
_NARROWEST = 4


class TableColumn(NamedTuple):
    """A column; widths are in columns of the terminal.

    ``least`` is what it gives way to, None where it keeps its width; ``most`` is its greatest width where not all fits.
    ``below`` lets it go below the row, ``path`` breaks it as a path, and ``right`` sets it flush right.
    """

    name: str
    least: int | None = None
    most: int | None = None
    below: bool = False
    path: bool = False
    right: bool = False


class Columns:
    """A table for rich; a row is a text a column, or one text: the heading of the rows after it."""

    def __init__(self, columns: Sequence[TableColumn], rows: Iterable[Sequence[Text] | Text], title: str = "") -> None:
        """Keep what to draw."""
        self._rows = list(rows)
        cells = [row for row in self._rows if not isinstance(row, Text)]
        self._shown = [at for at in range(len(columns)) if not cells or any(row[at].plain.strip() for row in cells)]
        self._columns = columns
        self._title = title
        self._indent = _INDENT if len(cells) < len(self._rows) else 0  # rows stand in from their headings
        self._natural = [
            max([cell_len(column.name), *(widest(row[at]) for row in cells)]) for at, column in enumerate(columns)
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines, as wide as the terminal at most."""
        for line in self._lines(options.max_width):
            line.rstrip()
            line.no_wrap, line.overflow = True, "ignore"
            yield line

    def _lines(self, width: int) -> Iterator[Text]:
        if self._title:
            yield Text(self._title, style="bold")
        beside, below, widths = self._layout(width - self._indent)
        yield from self._side_by_side([Text(self._columns[at].name, style="bold") for at in beside], beside, widths)
        yield Text("─" * (self._indent + sum(widths) + _GAP * (len(widths) - 1)))
        for place, row in enumerate(self._rows):
            if isinstance(row, Text):
                if place:
                    yield Text("")
                yield from wrap(row, width)
                continue
            yield from self._side_by_side([row[at] for at in beside], beside, widths)
            for at in below:
                if row[at].plain.strip():
                    indent = self._indent + _INDENT
                    lines = wrap(row[at], width - indent, path=self._columns[at].path)
                    yield from (Text.assemble(" " * indent, line) for line in lines)

    def _layout(self, width: int) -> tuple[list[int], list[int], list[int]]:
        """Say which columns stand side by side, which go below, and how wide the former are."""
        below = [at for at in self._shown if self._columns[at].below]
        room = width - _GAP * (len(self._shown) - 1)
        roomy = sum(self._natural[at] for at in self._shown) <= room
        wanted = {
            at: self._natural[at] if roomy else min(self._natural[at], self._columns[at].most or width)
            for at in self._shown
        }
        least = sum(min(wanted[at], _BESIDE) if at in below else wanted[at] for at in self._shown)
        if least > room:
            beside = [at for at in self._shown if at not in below]
            room += _GAP * len(below)
        else:
            beside, below = self._shown, []
        return beside, below, self._fit([wanted[at] for at in beside], beside, room)

    def _fit(self, widths: list[int], beside: Sequence[int], room: int) -> list[int]:
        """Narrow what has the most to give; where that is not enough, whatever is widest."""
        leasts = [_BESIDE if self._columns[at].below else self._columns[at].least for at in beside]
        while sum(widths) > room and widths:
            spare = [0 if least is None else width - least for width, least in zip(widths, leasts, strict=True)]
            at = spare.index(max(spare)) if max(spare) > 0 else widths.index(max(widths))
            if widths[at] <= _NARROWEST:
                break
            widths[at] -= 1
        return widths

    def _side_by_side(self, cells: Sequence[Text], beside: Sequence[int], widths: Sequence[int]) -> Iterator[Text]:
        columns = [self._columns[at] for at in beside]
        wrapped = [
            wrap(cell, width, path=column.path) for cell, width, column in zip(cells, widths, columns, strict=True)
        ]
        for lines in zip_longest(*wrapped):
            drawn = Text(" " * self._indent)
            for at, (line, width, column) in enumerate(zip(lines, widths, columns, strict=True)):
                text = line or Text()
                blanks = " " * max(0, width - cell_len(text.plain))
                drawn.append(" " * _GAP if at else "")
                drawn.append_text(Text.assemble(blanks, text) if column.right else Text.assemble(text, blanks))
            yield drawn
