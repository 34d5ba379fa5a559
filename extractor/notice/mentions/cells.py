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
    headers = [text[slice(*span)] for span in sentence.context]
    if not headers or any(units.lists.not_figures.meets(_NOTE.sub("", header)) for header in headers):
        return None
    for words in (*headers, *_above(notice, first)):
        announced = units.lists.caption.pattern.search(words)
        if announced is None:
            continue
        unit = units.by_form[announced.group("u")]
        try:
            value = parse_numeral(match.group("n")) * unit.factor * _scale(words, announced.start("u"))
        except NumeralError:
            return None
        per = per_names(announced.group("p") or "", units)
        reading = ValueReading(number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, value=value, per=per)
        return ParsedCandidate(Span(*match.span("n")), "table.cell", (reading,))
    return None


def _scale(words: str, at: int) -> int:
    """单位：万元 multiplies every number of the table; ``at`` is where the unit stands."""
    return {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}.get(words[at - 1] if at else "", 1)


def _above(notice: Notice, first: int) -> list[str]:
    """Return the sentences right above the table whose first cell is given."""
    above = [s for s in notice.sentences[max(0, first - CAPTION_REACH) : first] if s.kind == "body"]
    return [notice.text.text[slice(*sentence.span)] for sentence in reversed(above)]
