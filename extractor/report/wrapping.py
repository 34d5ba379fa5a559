"""Breaks Chinese and mixed text into lines: not inside numbers, ids and document numbers, and no mark begins a line.

Widths are those of a terminal, where a Han character takes two columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

# What stays whole: a document number with the office before it, a date, a number with its sign and the character after
# it, a word of Latin letters up to a slash; any other character stands alone.
_UNITS = re.compile(
    r"[\u4e00-\u9fff]{0,6}〔[^〔〕\n]{1,8}〕[0-9]{0,5}号?"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
    r"|[≥≤<>+±-]?[0-9][0-9.,:-]*+(?![A-Za-z_/])(?: ?[%％\u4e00-\u9fff])?"
    r"|[!-.0-~]*+/|[!-.0-~]++|\s++|.",
    re.DOTALL,
)
_PATH_UNITS = re.compile(r"[^/\\_\s-]*+[/\\_-]++|[^/\\_\s-]++|\s++")
_NOT_FIRST = frozenset("，。、；：！？）》〉】〕］｝」』”’…—·％％,.;:!?)]}/")
_NOT_LAST = frozenset("（《〈【〔［｛「『“‘([{")
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


class Words:
    """A text for rich that breaks as `wrap` does."""

    def __init__(self, text: Text, *, path: bool = False) -> None:
        """Keep the text."""
        self._text = text
        self._path = path

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Say how narrow and how wide it can be."""
        return Measurement(min(8, options.max_width), min(widest(self._text), options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines."""
        for line in wrap(self._text, options.max_width, path=self._path):
            line.no_wrap, line.overflow = True, "ignore"
            yield line
