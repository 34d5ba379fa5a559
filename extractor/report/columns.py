"""Tables that stay readable in a narrow terminal: what doesn't fit beside the others goes below its row.

Columns that no row fills are left out. Where the rest is too wide, those that may give way do, down to their least
width.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from extractor.report.wrapping import widest, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

_GAP = 2
_INDENT = 2
_BESIDE = 30  # a column that may go below stands beside the others from this width on
_NARROWEST = 4


class Column(NamedTuple):
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

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Text] | Text], title: str = "") -> None:
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
