"""Figures that are only a part of what stands there: 6 1 0元, 10,0000元, 负350元, 一元半.

One rule for all: a numeral whose neighbour is part of a number too, past what a page or a slip may put into a figure,
is never a figure alone. What such signs are stands in `patterns/quantities.toml`; where a figure's own pattern reads
past them (70%-80%, 1,020元), it has read the whole, and nothing is torn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import NumeralError
from extractor.model import DateMention, Span
from extractor.notice.mentions.quantities import ParsedCandidate, clause_start
from extractor.notice.numerals import DIGIT_CHARS, MAGNITUDE_CHARS, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.notice.mentions.patterns import QuantityLists
    from extractor.notice.mentions.quantities import QuantityReader

# As far as what is put into a figure reaches; a run of more is a form to fill in.
REACH = 12
# What the ledger says of the spans whose numerals are no part of a figure beside them.
_NUMBERED = frozenset({"structure", "citation"})
_NAMED = frozenset({"word", "date"})
_HAN_RUN = re.compile(f"[{DIGIT_CHARS}{MAGNITUDE_CHARS}]+")
_HAN_RUN_ENDS = re.compile(rf"{_HAN_RUN.pattern}\Z")
_UP, _DOWN = frozenset({"ge", "gt"}), frozenset({"le", "lt"})


class NonFigureSpan(NamedTuple):
    """Words whose numerals are no figures: what the ledger says of them, and which row found them.

    Of what is unresolved, the reason is said in place of the row, and the readings that fit.
    """

    span: Span
    disposition: str
    rule: str
    candidates: tuple[str, ...] = ()


class Around(NamedTuple):
    """How the page goes on before and behind a sentence, so that a numeral torn over a line's end is seen.

    ``head`` is where the number of a section or an item ends that the sentence begins with (12.2024年9月). ``changes``: a cell under a
    header of changes, where -11% is a decrease of 11 %.
    """

    before: str = ""
    behind: str = ""
    head: int = 0
    changes: bool = False


NOTHING = Around()


class Found(NamedTuple):
    """Something chosen at a place: a figure, a date, words that are none."""

    start: int
    end: int
    item: object


class TornReader:
    """What was chosen in one sentence, looked at with its neighbours."""

    def __init__(self, text: str, span: Span, found: Sequence[Found], reader: QuantityReader, around: Around) -> None:
        """Keep the sentence's place and what was chosen in it, in order."""
        self.text, self.span, self.found, self.reader, self.around = text, span, found, reader, around
        self.lists: QuantityLists = reader.lists
        self.starts = [find.start for find in found]

    def split(self) -> tuple[list[object], list[NonFigureSpan]]:
        """Return what stays as it was chosen, and what is unresolved in its place."""
        reasons = [self._reason(index) for index in range(len(self.found))]
        kept = [find.item for find, reason in zip(self.found, reasons, strict=True) if reason is None]
        return kept, [
            NonFigureSpan(Span(self._run(index), self.found[index].end), "unresolved", reason)
            for index, reason in enumerate(reasons)
            if reason is not None
        ]

    def _is_figure(self, index: int) -> bool:
        return isinstance(self.found[index].item, (ParsedCandidate, DateMention))

    def _number(self, index: int) -> int:
        """Return where the numeral of a figure or a date begins."""
        item = self.found[index].item
        return item.readings[0].number.start if isinstance(item, ParsedCandidate) else self.found[index].start

    def _run(self, index: int) -> int:
        """Return where the signs begin that a torn figure is the end of; what was found before keeps its own."""
        floor = self.found[index - 1].end if index else self.span.start
        at = self._number(index)
        while at > floor and self.lists.torn_beside.meets(self.text[at - 1]):
            at -= 1
        at += len(self.text[at : self._number(index)]) - len(self.text[at : self._number(index)].lstrip(" \n，,"))
        return min(at, self.found[index].start)

    def _reason(self, index: int) -> str | None:
        item = self.found[index].item
        if not self._is_figure(index):
            return None
        window, at = self._before(index)
        beside = not window or self.lists.torn_beside.meets(window[-1])
        if (beside and self._torn_before(index, window, at)) or self._torn_behind(index) or self._open(index):
            return "unreadable"
        if not isinstance(item, ParsedCandidate):
            return "unreadable" if self._torn_date(index) else None
        if self.lists.half_behind.pattern.match(self.text, item.span.end, self.span.end):
            return "unreadable"
        negative = beside and not self.around.changes and self._negative(index, window, at)
        if negative or self._vague(index, window, item) or self._contradictory(index, item):
            return "ambiguous"
        return None

    def _vague(self, index: int, window: str, item: ParsedCandidate) -> bool:
        """Return True if a magnitude has no number that one could tell: 数十亿, 几百, 百家企业."""
        if self.lists.vague_before.meets(window + self.text[self._number(index)]):
            return True
        alone = item.rule == "magnitude" and item.readings[0].operator is None
        return alone and not self.reader.bounded(self.text, self.span.start, item)

    def _before(self, index: int) -> tuple[str, int]:
        """Return what stands before a numeral, and the offset of its first character."""
        number = self._number(index)
        floor = max(self.span.start, min(self.around.head, number))
        start = max(floor, number - REACH)
        lead = self.around.before if start == self.span.start else ""
        return lead + self.text[start:number], start - len(lead)

    def _torn_before(self, index: int, window: str, at: int) -> bool:
        number = self._number(index)
        match = self.lists.torn_before.pattern.search(window + self.text[number])
        if match is None:
            return False
        if match.group("digit") is None:
            return True
        year = self.lists.whole_year.meets(self.text[number : number + 5])
        if year and any(sign in match.group("gap") for sign in "\n,，"):
            return False  # a line that begins with a year, or the next part of a sentence
        return not self._apart(at + match.start("digit"), match.group("gap"))

    def _behind(self, at: int) -> str:
        """Return what stands behind an offset."""
        tail = self.text[at : min(self.span.end, at + REACH)]
        return tail.rstrip("\n") + self.around.behind if at + REACH >= self.span.end else tail

    def _torn_date(self, index: int) -> bool:
        """Return True if a date lost its year before it, or its month or day behind."""
        find = self.found[index]
        return self.lists.year_cut_off.meets(
            self.text[max(self.span.start, find.start - 2) : find.start + 1]
        ) or self.lists.day_cut_off.meets(self.text[find.end - 1] + self._behind(find.end))

    def _torn_behind(self, index: int) -> bool:
        find = self.found[index]
        if not self.lists.torn_beside.meets(self.text[find.end - 1]):
            return False
        match = self.lists.torn_behind.pattern.match(self._behind(find.end))
        if match is None:
            return False
        kind = find.item.readings[0].kind if isinstance(find.item, ParsedCandidate) else "date"
        at = find.end + match.start("digit")
        if kind == "money" or at >= self.span.end or not match.start("digit"):
            return True
        return not self._read(at) and (bool(match.group(0)[:-1].strip(" ")) or self._makes_one(find.end, at))

    def _open(self, index: int) -> bool:
        """Return True if a range begins with the figure whose other end was not read."""
        find = self.found[index]
        match = self.lists.open_range.pattern.match(self._behind(find.end))
        return match is not None and not self._read(find.end + match.start("digit"))

    def _makes_one(self, end: int, at: int) -> bool:
        """Return True unless Chinese numerals on both sides of a blank make no number together (百分之七十 三十万)."""
        left, right = (
            _HAN_RUN_ENDS.search(self.text[max(0, end - REACH) : end]),
            _HAN_RUN.match(self.text, at, self.span.end),
        )
        if left is None or right is None:
            return True
        try:
            parse_numeral(left.group() + right.group())
        except NumeralError:
            return False
        return True

    def _owner(self, at: int) -> object | None:
        """Return what was chosen over an offset."""
        index = bisect_right(self.starts, at) - 1
        return self.found[index].item if index >= 0 and at < self.found[index].end else None

    def _read(self, at: int) -> bool:
        """Return True if the digit at an offset was read as a part of something; 百分之7E5 has no code E5 in it."""
        owner = self._owner(at)
        coded = isinstance(owner, NonFigureSpan) and owner.disposition in ("furniture", "word")
        return owner is not None and not (coded and self.text[at].isdecimal())

    def _apart(self, at: int, gap: str) -> bool:
        """Return True if the digit at an offset belongs to something whole that only stands beside the figure."""
        owner = self._owner(at)
        if isinstance(owner, NonFigureSpan) and owner.disposition in _NUMBERED:
            return True
        whole = (
            owner.disposition in _NAMED
            if isinstance(owner, NonFigureSpan)
            else isinstance(owner, DateMention)
            or (isinstance(owner, ParsedCandidate) and owner.readings[0].kind == "rate")
        )
        return whole and any(sign in gap for sign in " \n，")

    def _negative(self, index: int, window: str, at: int) -> bool:
        match = self.lists.negative.pattern.search(window)
        # 610元-640元, 9月1日-350元: a dash behind another figure.
        return match is not None and not any(
            find.end == at + match.start() for find in self.found[max(0, index - 1) : index]
        )

    def _contradictory(self, index: int, found: ParsedCandidate) -> bool:
        """Return True if the words before and behind a figure say opposite bounds (不低于350元以下)."""
        reader, kind = self.reader, found.readings[0].kind
        after = reader.bound_after(self.text, found.span.end, self.span.end, kind)
        if after is None or after[0] not in _UP | _DOWN:
            return False
        floor = self.found[index - 1].end if index else self.span.start
        before = reader.bound_before(self.text, clause_start(self.text, floor, found.span.start), found.span, kind)
        if before is None or self.lists.since_full.meets(self.text[slice(*before[1])]):
            return False
        # 超过标准的20%以下: the bound before is the base's.
        if "的" in self.text[before[1].end : found.span.start]:
            return False
        return (before[0] in _UP and after[0] in _DOWN) or (before[0] in _DOWN and after[0] in _UP)


def set_torn_aside(
    text: str, span: Span, found: Sequence[Found], reader: QuantityReader, around: Around
) -> tuple[list[object], list[NonFigureSpan]]:
    """Return what was chosen between two offsets without its torn figures, and these as unresolved spans."""
    return TornReader(text, span, found, reader, around).split()
