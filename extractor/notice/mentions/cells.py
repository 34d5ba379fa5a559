"""Reads the bare numbers of a table: their unit stands in a header cell or above the table (单位：元/人·年)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractor.errors import NumeralError
from extractor.model import Span
from extractor.notice.mentions.quantities import ParsedCandidate
from extractor.notice.mentions.readings import ValueReading, per_names
from extractor.notice.numerals import parse_numeral

if TYPE_CHECKING:
    import re

    from extractor.model import Notice
    from extractor.notice.mentions.quantities import QuantityReader
    from extractor.notice.mentions.units import UnitTable

# How many sentences above its first cell a table's caption may stand.
CAPTION_REACH = 3
# Cells of a row further apart than this are not looked at.
_ROW = 40
# Rows of a table are numbered with so many digits at most.
_LONGEST_NUMBER = 3
# 年度（年）, 序号 : what follows a header's name.
_NOTE = regex.compile(r"(?:[（(][^（()）]{0,20}[）)])?\s*$")


def bare_cell(
    notice: Notice, index: int, first: int, reader: QuantityReader, *, changes: bool
) -> ParsedCandidate | None:
    """Read a cell that holds nothing but a number, by the unit of its headers or caption; None where none is told.

    ``first`` is the index of the first cell of its table. A number below nothing is read in a column of ``changes`` only.
    """
    sentence = notice.sentences[index]
    text = notice.text.text
    match = reader.lists.bare_cell.pattern.fullmatch(text, *sentence.span)
    if match is None or (match.group("sign") and not changes):
        return None
    units = reader.units
    if not sentence.context or holds_no_figures(notice, index, reader):
        return None
    announcing = (_announced(notice, index, place, units) for place in (*sentence.context, *_above(notice, first)))
    announced = next((one for one in announcing if one), None)
    if announced is None:
        return None
    unit = units.by_form[announced.group("u")]
    try:
        scale = _scale(text[announced.start() : announced.start("u")])
        value = parse_numeral(match.group("n")) * unit.factor * scale
    except NumeralError:
        return None
    per = per_names(announced.group("p") or "", units)
    number = Span(*match.span("n"))
    reading = ValueReading(number=number, kind=unit.kind, unit=unit.unit, value=value, per=per)
    return ParsedCandidate(number, "table.cell", (reading,), unit_at=_said(announced))


def _announced(notice: Notice, index: int, place: Span, units: UnitTable) -> regex.Match[str] | re.Match[str] | None:
    """Return where a header or a caption says a unit: 个人缴费（元）, or the cell of its row below 单位."""
    text = notice.text.text
    if (found := units.lists.caption.pattern.search(text, *place)) is not None:
        return found
    whole = units.lists.unit_cell.pattern.fullmatch(text, *place)
    below = [slice(*head) for head in heads_of(notice, index, place)] if whole else []
    return whole if any(units.lists.unit_head.meets(text[head].strip()) for head in below) else None


def heads_of(notice: Notice, index: int, place: Span) -> tuple[Span, ...]:
    """Return the heads of the cell at ``place``, left of the cell with an index in its row."""
    for at in range(index - 1, max(-1, index - 1 - _ROW), -1):
        other = notice.sentences[at]
        if other.kind != "cell" or other.span.start < place.start:
            return ()
        if other.span.start == place.start:
            return other.context
    return ()


def numbers_rows(notice: Notice, index: int, reader: QuantityReader) -> bool:
    """Return True if a cell holds nothing but a number that counts the rows of its table: 1 below 序号."""
    sentence, text = notice.sentences[index], notice.text.text
    words = text[slice(*sentence.span)].strip()
    if words.isdecimal() and len(words) <= _LONGEST_NUMBER and holds_no_figures(notice, index, reader):
        return True
    if reader.lists.bare_cell.pattern.fullmatch(text, *sentence.span) is None:
        return False
    return any(reader.units.lists.row_numbers.meets(text[slice(*head)].strip()) for head in sentence.context)


def holds_no_figures(notice: Notice, index: int, reader: QuantityReader) -> bool:
    """Return True if a head of a cell says that its column numbers or names rows: 年度（年）, 序号."""
    heads, text = notice.sentences[index].context, notice.text.text
    return any(reader.units.lists.not_figures.meets(_NOTE.sub("", text[slice(*head)])) for head in heads)


def _scale(before: str) -> int:
    """单位：万元 multiplies every number of the table; ``before`` are the words before the unit."""
    return {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}.get(before[-1:], 1)


def _said(announced: regex.Match[str] | re.Match[str]) -> Span:
    """Return where a head or a caption says the unit and what it is per."""
    return Span(announced.start("u"), max(announced.end("u"), announced.end("p")))


def _above(notice: Notice, first: int) -> list[Span]:
    """Return the places of the sentences right above the table whose first cell is given, the nearest first."""
    above = [s for s in notice.sentences[max(0, first - CAPTION_REACH) : first] if s.kind == "body"]
    return [sentence.span for sentence in reversed(above)]
