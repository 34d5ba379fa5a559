"""Which lines begin the items of a list: where a list is set tight, nothing but its markers says so."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.geometry import Line

_DIGITS = "一二三四五六七八九"
# 一 to 九十九, the longest first: what markers count with.
_CHINESE = {
    f"{_DIGITS[ten - 1] if ten > 1 else ''}{'十' if ten else ''}{_DIGITS[one - 1] if one else ''}": 10 * ten + one
    for ten in range(10)
    for one in range(10)
    if ten or one
}
_COUNTED = regex.compile(r"\d{1,4}|[一二三四五六七八九十]{1,3}|[①-⒛㈠-㈩⓵-⓾❶-➓]|(?<=[(（ ]|^)[a-z](?=[ )）])")
UNKNOWN = -9


def list_items(lines: Sequence[Line], rules: LineRules) -> set[int]:
    """Give the ids of the lines that begin the items of a list: markers that count on, one under another, or bullets.

    A single 二、 at a line's start may be of a sentence: 按照第一、⏎二、三款的规定.
    """
    found: set[int] = set()
    last: dict[str, tuple[int, Line]] = {}
    for line in lines:
        marker = rules.marker.match(line.text)
        if marker is None:
            continue
        form, number = marker_of(marker[0])
        before = last.get(form)
        under = before is not None and abs(before[1].left - line.left) < line.size
        if before is not None and under and number in (before[0] + 1, 0):
            found |= {id(before[1]), id(line)}
        last[form] = number, line
    return found


def marker_of(marker: str) -> tuple[str, int]:
    """Give a marker's form, and what it counts; a bullet counts nothing.

    >>> marker_of("（二）"), marker_of("③"), marker_of("1.2、"), marker_of("●")
    (('（#）', 2), ('#', 3), ('1.#、', 2), ('●', 0))
    """
    signs = [*_COUNTED.finditer(marker)]
    if not signs:
        return marker.strip(), 0
    sign = signs[-1]
    form = f"{marker[: sign.start()]}#{marker[sign.end() :]}".replace(" ", "")
    return form, counted(sign[0])


def counted(text: str) -> int:
    """Read a marker's number: 12, 十二, ⑫, b; `UNKNOWN` for one that can't be read."""
    if text.isdecimal():
        return int(text)
    if text in _CHINESE:
        return _CHINESE[text]
    return int(unicodedata.numeric(text, UNKNOWN)) if not text.isascii() else ord(text) - ord("a") + 1
