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

# How many sentences above its first cell a table's caption may stand.
CAPTION_REACH = 3
# 年度（年）, 序号 : what follows a header's name.
_NOTE = regex.compile(r"(?:[（(][^（()）]{0,20}[）)])?\s*$")


def bare_cell(notice: Notice, index: int, first: int, reader: QuantityReader) -> ParsedCandidate | None:
    """Read a cell that holds nothing but a number, by the unit of its headers or caption; None where none is told.

    ``first`` is the index of the first cell of its table.
    """
    sentence = notice.sentences[index]
    text = notice.text.text
    match = reader.lists.bare_cell.pattern.fullmatch(text, *sentence.span)
    if match is None:
        return None
    units = reader.units
    if not sentence.context or any(
        units.lists.not_figures.meets(_NOTE.sub("", text[slice(*header)])) for header in sentence.context
    ):
        return None
    for place in (*sentence.context, *_above(notice, first)):
        announced = units.lists.caption.pattern.search(text, *place)
        if announced is None:
            continue
        unit = units.by_form[announced.group("u")]
        try:
            value = parse_numeral(match.group("n")) * unit.factor * _scale(text[place.start : announced.start("u")])
        except NumeralError:
            return None
        per = per_names(announced.group("p") or "", units)
        reading = ValueReading(number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, value=value, per=per)
        return ParsedCandidate(Span(*match.span("n")), "table.cell", (reading,), unit_at=_said(announced))
    return None


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
