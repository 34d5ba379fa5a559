"""Reads the bare numbers of a table: their unit stands in a header cell or above the table (单位：元/人·年)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import regex

from extractor.errors import NumeralError
from extractor.model import Span
from extractor.notice.mentions.quantities import ParsedCandidate
from extractor.notice.mentions.readings import ValueReading, per_names
from extractor.notice.numerals import MAGNITUDE_CHARS, parse_numeral

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from extractor.model import Notice, Sentence
    from extractor.notice.mentions.quantities import QuantityReader
    from extractor.notice.mentions.units import Unit, UnitTable

    Match: TypeAlias = "regex.Match[str] | re.Match[str]"

# How many sentences above its first cell a table's caption may stand.
CAPTION_REACH = 3
# Rows of a table are numbered with so many digits at most.
_LONGEST_NUMBER = 3
_SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
# How far above a table its money is said; the words are looked for once for each of its cells.
_MONEY_REACH = 3000
_YEARS = regex.compile(r"(?:19|20)\d\d")
# A row is looked back through so many cells at most.
_WIDEST = 12
# 年度（年）, 序号 : what follows a header's name.
_NOTE = regex.compile(r"(?:[（(][^（()）]{0,20}[）)])?\s*$")


def bare_cell(notice: Notice, index: int, reader: QuantityReader, *, changes: bool) -> ParsedCandidate | None:
    """Read a cell that holds nothing but a number, by the unit of its headers or caption; None where none is told.

    A number below nothing is read in a column of ``changes`` only, whose unit may stand over the values that changed.
    """
    sentence = notice.sentences[index]
    text = notice.text.text
    match = reader.lists.bare_cell.pattern.fullmatch(text, *sentence.span)
    if match is None or (match.group("sign") and not changes):
        return None
    units = reader.units
    if not sentence.context or holds_no_figures(notice, index, reader):
        return None
    # 增幅（%） below 月最低工资标准（元/月）: the head right above a column knows best.
    columns, rows = sentence.context[: sentence.columns], sentence.context[sentence.columns :]
    announcing = (_announced(notice, place, units) for place in (*reversed(columns), *rows, *sentence.behind))
    announced = next((one for one in announcing if one), None) or _of_table(notice, index, units)
    announced = announced or _kept(notice, index, reader) or (_beside(notice, index, units) if changes else None)
    counted = (units.lists.counting_head.pattern.search(text, *place) for place in reversed(columns))
    announced = announced or next((one for one in counted if one), None)
    if announced is None:
        return None
    announced = _with_per(announced, [_announced(notice, place, units) for place in (*rows, *sentence.behind)])
    reading = _read(match, announced, units, _scale(text[announced.start() : announced.start("u")]))
    return ParsedCandidate(reading.number, "table.cell", (reading,), unit_at=_said(announced)) if reading else None


def _read(match: Match, announced: Match, units: UnitTable, scale: int) -> ValueReading | None:
    """Read the number of a cell, or its range (6－8), in the unit that is announced."""
    unit = units.said(announced.group("u"))
    per = per_names(announced.groupdict().get("p") or "", units)
    if scale > 1 and any(sign in MAGNITUDE_CHARS for sign in match.group("n")):
        return None  # 1.5万 below 万户
    try:
        values = [parse_numeral(found) * unit.factor * scale for found in match.group("n", "n2") if found]
    except NumeralError:
        return None
    if len(values) == 1:
        return ValueReading(number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, value=values[0], per=per)
    if values[0] >= values[1] or _YEARS.fullmatch(match.group("n")):
        return None  # 2031-2035
    number = Span(match.start("n"), match.end("n2"))
    return ValueReading(number=number, kind=unit.kind, unit=unit.unit, lower=values[0], upper=values[1], per=per)


def _with_per(announced: Match, told: Sequence[Match | None]) -> Match:
    """Return where a row tells more of the same unit than the head of its column: 减免标准（元）, and 元/人·天 below 计费单位."""
    if announced.groupdict().get("p"):
        return announced
    fuller = (one for one in told if one and one.groupdict().get("p") and _of_unit(one) == _of_unit(announced))
    return next(fuller, announced)


def _of_unit(announced: Match) -> tuple[str, int]:
    return announced.group("u"), _scale(announced.string[announced.start() : announced.start("u")])


def unit_said(notice: Notice, place: Span, units: UnitTable) -> Unit | None:
    """Return the unit that a head says, or the cell of its row below 单位."""
    found = _announced(notice, place, units)
    return units.said(found.group("u")) if found else None


def _announced(notice: Notice, place: Span, units: UnitTable) -> Match | None:
    """Return where a header or a caption says a unit: 个人缴费（元）, or the cell of its row below 单位."""
    text, lists = notice.text.text, units.lists
    if (found := lists.caption.pattern.search(text, *place)) is not None:
        return found
    whole = lists.unit_cell.pattern.fullmatch(text, *place)
    below = [slice(*head) for head in heads_of(notice, place)] if whole else []
    return whole if any(lists.unit_head.meets(text[head].strip()) for head in below) else None


def _kept(notice: Notice, index: int, reader: QuantityReader) -> Match | None:
    """Return where a text says in which money all that follows is, of a cell below amounts: 新台币（下同）…补贴金额如下：.

    The line right above the table must name an amount, and no head a number of persons or a share.
    """
    sentence, text, lists = notice.sentences[index], notice.text.text, reader.units.lists
    above = _above(notice, sentence.opens or 0)
    if not above or not lists.amounts_below.meets(text[slice(*above[0])].strip()):
        return None
    if any(lists.no_amounts.meets(_NOTE.sub("", text[slice(*head)]).strip()) for head in sentence.context):
        return None
    start = above[0].start
    return lists.same_below.pattern.search(text, max(0, start - _MONEY_REACH), start)


def _of_table(notice: Notice, index: int, units: UnitTable) -> Match | None:
    """Return where the corner of a cell's table, or a line right above it, says a unit; an amount's is no head's 课时, 人次."""
    sentence, text, lists = notice.sentences[index], notice.text.text, units.lists
    columns, rows = sentence.context[: sentence.columns], sentence.context[sentence.columns :]
    corners = (head for row in rows for head in heads_of(notice, row))
    corner = next((one for head in corners if (one := lists.table_unit.pattern.search(text, *head))), None)
    above = (_announced(notice, place, units) for place in _above(notice, sentence.opens or 0))
    found = corner or next((one for one in above if one), None)
    counts = columns and lists.no_money.meets(_NOTE.sub("", text[slice(*columns[-1])]).strip())
    return None if found and counts and units.said(found.group("u")).kind == "money" else found


def _beside(notice: Notice, index: int, units: UnitTable) -> Match | None:
    """Return where the head of the nearest cell before in its row says a unit: 保障标准（元/人·月）, 提高额."""
    said = (_announced(notice, head, units) for before in cells_before(notice, index) for head in before.context)
    return next((one for one in said if one), None)


def cells_before(notice: Notice, index: int) -> Iterator[Sentence]:
    """Yield the cells before a cell in its row, the nearest first."""
    text, start = notice.text.text, notice.sentences[index].span.start
    for before in reversed(notice.sentences[max(0, index - _WIDEST) : index]):
        if before.kind != "cell" or "\n" in text[before.span.end : start]:
            return
        yield before


def cells_beside(notice: Notice, index: int) -> Iterator[Sentence]:
    """Yield the other cells of a cell's row, those before it first."""
    yield from cells_before(notice, index)
    text, end = notice.text.text, notice.sentences[index].span.end
    for behind in notice.sentences[index + 1 : index + 1 + _WIDEST]:
        if behind.kind != "cell" or "\n" in text[end : behind.span.start]:
            return
        yield behind


def cell_at(notice: Notice, place: Span) -> Sentence | None:
    """Return the cell at a place; None where no cell begins."""
    at = bisect_left(notice.sentences, place.start, key=_start_of)
    found = notice.sentences[at : at + 1]
    return found[0] if found and found[0].span.start == place.start and found[0].kind == "cell" else None


def heads_of(notice: Notice, place: Span) -> tuple[Span, ...]:
    """Return the heads of the cell at a place; none of what is no cell."""
    cell = cell_at(notice, place)
    return cell.context if cell else ()


def _start_of(sentence: Sentence) -> int:
    return sentence.span.start


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
    """单位：万元 multiplies every number of the table, as 万亿元 does; ``before`` are the words before the unit."""
    scale = 1
    for sign in reversed(before):
        if sign not in _SCALES:
            break
        scale *= _SCALES[sign]
    return scale


def _said(announced: Match) -> Span:
    """Return where a head or a caption says the unit and what it is per."""
    parts = [announced.span(name) for name, words in announced.groupdict().items() if words and name in ("u", "p")]
    return Span(min(start for start, _ in parts), max(end for _, end in parts))


def _above(notice: Notice, first: int) -> list[Span]:
    """Return the places of the sentences right above the table whose first cell is given, the nearest first."""
    above = [
        s for s in notice.sentences[max(0, first - CAPTION_REACH) : first] if s.kind in ("body", "head", "closing")
    ]
    return [sentence.span for sentence in reversed(above)]
