"""One pass over the sentences that hold a figure: find everything, then decide between what overlaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec
import regex
from msgspec import structs

from extractor.model import DateMention, Quantity, Span
from extractor.notice.mentions.cells import bare_cell, numbers_rows
from extractor.notice.mentions.currency import UNTOLD, in_currency, may_be, notice_currency
from extractor.notice.mentions.dates import DateReader, Reference, date_reader, republic_date_reader
from extractor.notice.mentions.patterns import SpanRow, spans_of
from extractor.notice.mentions.quantities import ParsedCandidate, QuantityReader, quantity_reader
from extractor.notice.mentions.torn import NOTHING, REACH, Around, Found, NonFigureSpan, set_torn_aside
from extractor.notice.normalise.script import is_traditional
from extractor.notice.numerals import DIGIT_CHARS, MAGNITUDE_CHARS
from extractor.notice.structure.sentences import UNREADABLE
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.notice.word_trie import Prefilter, compile_forms
from extractor.resources import read_tables

if TYPE_CHECKING:
    from extractor.model import AlignedText, Notice, Role, Sentence
    from extractor.notice.mentions.patterns import QuantityLists
    from extractor.notice.mentions.units import UnitTable
    from extractor.resources import Resources

# ── Decides between overlapping finds: the higher priority wins, then the longer, then the earlier, then the first row

T = TypeVar("T")
# Cells of a row that may stand between what holds until now and what is new.
_NEAR_CELLS = 4
# The dot of an item's number.
_ITEM_DOTS = (".", "．")
# 比上年增长（%）
_UNIT_BEHIND = regex.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*[≥≤]?\s*$")


class Candidate(NamedTuple, Generic[T]):
    """Something found at a place; ``order`` keeps the rows' order for ties."""

    start: int
    end: int
    priority: int
    order: int
    item: T


def choose(finds: list[Candidate[T]]) -> list[Candidate[T]]:
    """Return a selection without overlaps, sorted by place.

    >>> [f.item for f in choose([Candidate(0, 2, 1, 0, "short"), Candidate(0, 5, 1, 1, "long"), Candidate(5, 6, 0, 0, "next")])]
    ['long', 'next']
    """
    if len(finds) <= 1:
        return finds
    base = min(find.start for find in finds)
    # One byte a character: linear also in a sentence of a million characters.
    taken = bytearray(max(find.end for find in finds) - base)
    chosen = []
    for find in sorted(finds, key=lambda find: (-find.priority, find.start - find.end, find.start, find.order)):
        start, end = find.start - base, find.end - base
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(find)
    return sorted(chosen, key=lambda find: find.start)


# ── Figures beside lost characters: a digit, a bound or a unit may be among what is lost, so they are no figures

# What `normalise` leaves in the place of a lost character.
_LOST = "\ufffd\ue000-\uefff\uf100-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_GONE = re.compile(f"[{_LOST}]")
# 不低□610元, 每人□年610元 before; 610□, 610元以□ behind. A mark or a space ends the words of a figure.
_BEFORE, _BEHIND = 4, 3
_WORDS = r"[^\s，。、；：？！（）“”]"
_GONE_BEFORE = re.compile(rf"[{_LOST}]{_WORDS}{{0,{_BEFORE - 1}}}\Z")
_GONE_BEHIND = re.compile(rf"{_WORDS}{{0,{_BEHIND - 1}}}?[{_LOST}]")


def beside_loss(text: str, span: Span) -> bool:
    """Tell whether characters are lost within a figure's words or so near that they may belong to them.

    >>> beside_loss("不低于\ufffd610元", Span(4, 8)), beside_loss("为610元，\ufffd", Span(1, 5))
    (True, False)
    """
    start, end = span
    return (
        _GONE.search(text, start, end) is not None
        or _GONE_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None
        or _GONE_BEHIND.match(text, end) is not None
    )


# The region whose notices count years from 1912.
REPUBLIC = "710000"
DATE_PRIORITY = 75
QUANTITY_PRIORITY = 50
BARE_PRIORITY = 40
AMOUNT_PRIORITY = 60


class SentenceMentions(msgspec.Struct, frozen=True):
    """What one sentence mentions, each list in the order of the text and free of overlaps."""

    index: int
    span: Span
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    non_figures: tuple[NonFigureSpan, ...]


class Mentions(msgspec.Struct, frozen=True):
    """What a notice mentions, sentence by sentence (only those with a figure)."""

    sentences: tuple[SentenceMentions, ...]


class WordRow(msgspec.Struct, forbid_unknown_fields=True):
    """Words with a numeral sign in them; see `words.toml`. ``may_count``: a bound before makes it a count."""

    id: str
    forms: list[str]
    examples: list[str]
    rejects: list[str]
    may_count: bool = False


class FigureLists(msgspec.Struct, frozen=True):
    """The lists of `words.toml`."""

    figure: WordList
    fraction: WordList
    republic: WordList
    mainland: WordList
    dated: WordList
    no_numeral_before: WordList


class MentionFinder(msgspec.Struct, frozen=True):
    """All patterns, compiled."""

    digit: re.Pattern[str]
    words: re.Pattern[str]
    word_of: dict[str, str]
    word_rows: list[WordRow]
    lists: FigureLists
    mere_words: re.Pattern[str]
    leading: re.Pattern[str]
    prefilter: Prefilter
    spans: list[tuple[SpanRow, regex.Pattern[str]]]
    dates: DateReader
    quantities: QuantityReader

    def find(
        self, text: str, start: int, end: int, *, reference: Reference, around: Around = NOTHING
    ) -> tuple[list[Quantity], list[DateMention], list[NonFigureSpan]]:
        """Find everything between two offsets of a text and decide between overlaps.

        ``around`` is what the page goes on with on both sides, so that a numeral torn over a line's end is seen.
        """
        finds: list[Candidate[object]] = []
        words = [
            NonFigureSpan(Span(*match.span()), "word", self.word_of[match.group()])
            for match in self.words.finditer(text, start, end)
        ]
        said = self.quantities.has_amount(text, start, end)
        if not said and not self.holds_figure(text, start, end):
            return [], [], words
        for index in self.prefilter.admitted(text, start, end):
            row, pattern = self.spans[index]
            for match in pattern.finditer(text, start, end):
                non_figure = NonFigureSpan(Span(*match.span()), row.disposition, row.id)
                finds.append(Candidate(*match.span(), row.priority, index + 1, non_figure))
        order = len(self.spans)
        finds.extend(Candidate(*word.span, QUANTITY_PRIORITY, order, word) for word in words)
        if self.lists.dated.pattern.search(text, start, end):
            finds += self._find_dates(text, start, end, order=order, reference=reference)
            order += len(finds)
        found = self.quantities.find(text, start, end)
        for item in found:
            order += 1
            finds.append(Candidate(*item.span, self._priority(text, start, item), order, item))
        for amount in self.quantities.find_amounts(text, start, end) if said else ():
            order += 1
            finds.append(Candidate(*amount.span, AMOUNT_PRIORITY, order, amount))
        found_whole = [Found(find.start, find.end, find.item) for find in choose(finds)]
        chosen, torn = set_torn_aside(text, Span(start, end), found_whole, self.quantities, around)
        amounts = [item for item in chosen if isinstance(item, Quantity)]
        quantities = self.quantities.complete(
            text, start, end, [item for item in chosen if isinstance(item, ParsedCandidate)], amounts
        )
        quantities += amounts
        return (
            sorted(quantities, key=lambda item: item.number),
            self.dates.carry(text, [item for item in chosen if isinstance(item, DateMention)], reference),
            [item for item in chosen if isinstance(item, NonFigureSpan)] + torn,
        )

    def _find_dates(
        self, text: str, start: int, end: int, *, order: int, reference: Reference
    ) -> list[Candidate[object]]:
        """Find the dates, and the days that the calendar does not have."""
        found = self.dates.find(text, start, end, reference=reference)
        finds: list[Candidate[object]] = [
            Candidate(*date.span, DATE_PRIORITY, order + number, date) for number, date in enumerate(found)
        ]
        wrong = self.dates.find_impossible(text, start, end)
        finds += [
            Candidate(*span, DATE_PRIORITY, order, NonFigureSpan(span, "unresolved", "impossible_date"))
            for span in wrong
        ]
        return finds

    def holds_figure(self, text: str, start: int, end: int) -> bool:
        """Tell whether a numeral sign stands outside the words that have one (进一步, 统一)."""
        if self.digit.search(text, start, end) or self.lists.fraction.pattern.search(text, start, end):
            return True
        rest = self.leading.sub("", self.mere_words.sub("", text[start:end]))
        return self.lists.figure.meets(rest)

    def _priority(self, text: str, start: int, item: ParsedCandidate) -> int:
        """A bound right before makes 至少一家 a count, though 一家 is a word elsewhere."""
        if item.rule == "bounded_bare":
            return BARE_PRIORITY
        reading = item.readings[0]
        if reading.kind == "count" and (reading.lower is not None or self.quantities.bounded(text, start, item)):
            return QUANTITY_PRIORITY + 12
        return QUANTITY_PRIORITY


def mention_finder(resources: Resources) -> MentionFinder:
    """Build the finder from the data files."""
    path = resources.root / "words.toml"
    tables = read_tables(path, {"word": WordRow, "list": ListRow})
    words: list[WordRow] = tables["word"]
    word_of = {form: f"word.{row.id}" for row in words for form in row.forms}
    signs = {"sign": f"0123456789０１２３４５６７８９{DIGIT_CHARS}{MAGNITUDE_CHARS}"}
    spans = spans_of(resources)
    return MentionFinder(
        mere_words=compile_forms(form for row in words if not row.may_count for form in row.forms),
        # Numbers of sections and items, which the structure has marked: 一、 （三） 二是.
        leading=re.compile(
            r"^\s*[（(]?[一二三四五六七八九十]{1,3}(?:、|[）)])|(?:^|(?<=[，。；：]))[一二三四五六七八九十]{1,2}是"
        ),
        prefilter=Prefilter([row.needs for row, _ in spans]),
        digit=re.compile("[0-9０-９]"),
        words=compile_forms(word_of),
        word_of=word_of,
        word_rows=words,
        lists=word_lists(path, tables["list"], FigureLists, signs),
        spans=spans,
        dates=resources.built(date_reader),
        quantities=resources.built(quantity_reader),
    )


def republic_finder(resources: Resources) -> MentionFinder:
    """Build the finder for notices of 710000: its years are counted from 1912."""
    return structs.replace(resources.built(mention_finder), dates=resources.built(republic_date_reader))


def find_mentions(notice: Notice, resources: Resources) -> Mentions:
    """Find the mentions of every sentence that holds a figure or an amount in words.

    Relative dates are read against the notice's date of issue, else its policy year; with neither they stay relative.
    上年 in a notice for 2023 is 2022, though it be issued in 2022.
    """
    region = notice.region.code if notice.region else None
    text = notice.text.text
    finder = resources.built(mention_finder)
    if region == REPUBLIC or (region is None and finder.lists.republic.pattern.search(text)):
        finder = resources.built(republic_finder)
    units = finder.quantities.units
    currency = notice_currency(text, region, units, foreign=_is_foreign(notice.text, finder.lists))
    written = int(notice.issued_on[:4]) if notice.issued_on else notice.policy_year
    reference = Reference(written, notice.policy_year, notice.issued_on)
    found = []
    heads = {mark.span.start: mark.span.end for mark in notice.marks}
    for index, sentence in enumerate(notice.sentences):
        if sentence.span.end - sentence.span.start > UNREADABLE:
            lost = NonFigureSpan(sentence.span, "unresolved", "too_long")
            found.append(SentenceMentions(index, sentence.span, (), (), (lost,)))
        elif _holds_figure(finder, text, sentence):
            try:
                mentions = _sentence_mentions(notice, index, finder, reference, heads)
                mentions = _in_currency(mentions, text, currency, units)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - a fault in one sentence loses that sentence, never the notice
                lost = NonFigureSpan(sentence.span, "unresolved", "internal")
                mentions = SentenceMentions(index, sentence.span, (), (), (lost,))
            found.append(mentions)
    return Mentions(tuple(found))


def _is_foreign(text: AlignedText, lists: FigureLists) -> bool:
    """Say whether a text is in traditional script and nothing in it tells that it is of the mainland."""
    script = [(edit.start, edit.end, edit.replacement) for edit in text.edits if edit.reason == "script"]
    return is_traditional(text.text, script) and not lists.mainland.pattern.search(text.text)


def _in_currency(mentions: SentenceMentions, text: str, currency: str | None, units: UnitTable) -> SentenceMentions:
    """Give amounts in 元 their currency; where nothing tells it they are unresolved, never plain yuan."""
    quantities = in_currency(mentions.quantities, text, currency, units)
    if currency != UNTOLD:
        return structs.replace(mentions, quantities=quantities)
    return structs.replace(
        mentions,
        quantities=tuple(item for item in quantities if item.unit != UNTOLD),
        non_figures=(
            *mentions.non_figures,
            *(
                NonFigureSpan(one.span, "unresolved", "ambiguous", may_be(units))
                for one in quantities
                if one.unit == UNTOLD
            ),
        ),
    )


def _sentence_mentions(
    notice: Notice,
    index: int,
    finder: MentionFinder,
    reference: Reference,
    heads: dict[int, int],
) -> SentenceMentions:
    sentence, text = notice.sentences[index], notice.text.text
    lists = finder.quantities.lists
    if sentence.kind == "body":
        around = _around(notice, index, heads)
    else:
        changes = any(lists.change_column.meets(text[slice(*span)]) for span in sentence.context)
        around = Around(changes=True) if changes else NOTHING
    begin = _past_number(text, sentence.span.start, heads)
    quantities, dates, non_figures = finder.find(text, begin, sentence.span.end, reference=reference, around=around)
    if sentence.kind == "cell" and not dates and all(quantity.unit is None for quantity in quantities):
        cell = bare_cell(notice, index, finder.quantities, changes=around.changes)
        quantities = finder.quantities.complete(text, *sentence.span, [cell]) if cell else quantities
        if numbers_rows(notice, index, finder.quantities):
            non_figures = [NonFigureSpan(sentence.span, "structure", "row")]
    if sentence.kind == "cell" and quantities:
        names = _names(notice, sentence.context)
        start = sentence.span.start if around.changes else None
        quantities = [_change(text, start, quantity, names, lists) for quantity in quantities]
        quantities = _bounded(notice, sentence.context, quantities, finder.quantities)
        held = next((head for name, head in names[: sentence.columns] if lists.present_head.meets(name)), None)
        if held and _is_renewed(notice, index, lists):
            quantities = [
                structs.replace(one, role="previous", rests=(*one.rests, ("role", held)))
                if one.role == "level"
                else one
                for one in quantities
            ]
    if notice.text.lost:
        quantities, dates, non_figures = _set_damaged_aside(text, quantities, dates, non_figures)
    return SentenceMentions(index, sentence.span, tuple(quantities), tuple(dates), tuple(non_figures))


def _past_number(text: str, start: int, heads: dict[int, int]) -> int:
    """Return where a sentence's words begin, behind an item's number that another touches: 2.|90—99周岁."""
    end = heads.get(start, 0)
    glued = text[end - 1 : end] in _ITEM_DOTS and text[end : end + 1].isdecimal()
    return end if glued else start


def _names(notice: Notice, heads: tuple[Span, ...]) -> list[tuple[str, Span]]:
    """Return the heads of a cell without their units, and where they stand."""
    return [(_UNIT_BEHIND.sub("", notice.text.text[slice(*head)]).strip(), head) for head in heads]


def _is_renewed(notice: Notice, index: int, lists: QuantityLists) -> bool:
    """Say whether a cell near by in the same row stands below 新金额: what its own column has held until now."""
    own = notice.sentences[index]
    near = notice.sentences[max(0, index - _NEAR_CELLS) : index + _NEAR_CELLS + 1]
    beside = (one for one in near if one.kind == "cell" and one.context[one.columns :] == own.context[own.columns :])
    return any(lists.new_head.meets(name) for one in beside for name, _ in _names(notice, one.context[: one.columns]))


def _change(
    text: str, start: int | None, quantity: Quantity, heads: list[tuple[str, Span]], lists: QuantityLists
) -> Quantity:
    """Read a number below or beside a head of changes as the change that it is, one below 原标准 as what was before.

    -11% is a decrease of 11, its sign a part of its words; ``start`` is where the cell begins, in a column whose numbers
    may be below nothing.
    """
    sign = None if start is None else lists.negative.pattern.search(text[start : quantity.span.start])
    if start is not None and sign is not None:
        return structs.replace(quantity, role="decrease", span=Span(start + sign.start(), quantity.span.end))
    if quantity.role != "level" or quantity.kind == "age":
        return quantity  # 80周岁及以上 beside 倾斜调整
    roles: tuple[tuple[WordList, Role], ...] = ((lists.old_head, "previous"),)
    if quantity.operator != "none" and quantity.value != 0:
        roles += ((lists.rise_head, "increase"), (lists.fall_head, "decrease"))
    for listed, role in roles:
        if found := next((span for name, span in heads if listed.meets(name)), None):
            return structs.replace(quantity, role=role, rests=(*quantity.rests, ("role", found)))
    return quantity


def _bounded(
    notice: Notice, heads: tuple[Span, ...], quantities: list[Quantity], reader: QuantityReader
) -> list[Quantity]:
    """Give plain levels the bound of their heads: 64 below 优良天数比率（%，不低于）; not what was reached, below 2024年实际."""
    text, lists = notice.text.text, reader.lists
    said = next((match for head in heads if (match := lists.bound_head.pattern.search(text, *head))), None)
    if said is None or any(lists.result_head.meets(text[slice(*head)]) for head in heads):
        return quantities
    operator, at = reader.bounds.before_of[said["word"]].operator, Span(*said.span("word"))
    return [
        structs.replace(one, operator=operator, rests=(*one.rests, ("operator", at)))
        if (one.role, one.operator) == ("level", "eq")
        else one
        for one in quantities
    ]


def _around(notice: Notice, index: int, heads: dict[int, int]) -> Around:
    """Return the ends of the lines before and behind a sentence, past page marks and other furniture."""
    text, sentences = notice.text.text, notice.sentences
    head = heads.get(sentences[index].span.start, 0)
    head += text.startswith((".", "．"), head) if head else 0  # 11.6月底前: the mark is 11
    before = index - 1
    while before >= 0 and sentences[before].kind == "furniture":
        before -= 1
    behind = index + 1
    while behind < len(sentences) and sentences[behind].kind == "furniture":
        behind += 1
    ends = begins = ""
    # A line of the head, too: 标准调整为21⏎00元 without a full stop before.
    if before >= 0 and not head and sentences[before].kind in ("body", "head"):
        start, end = sentences[before].span
        ends = text[max(start, end - REACH) : end].rstrip() + "\n"
    if behind < len(sentences) and sentences[behind].kind == "body" and sentences[behind].span.start not in heads:
        start, end = sentences[behind].span
        begins = "\n" + text[start : min(end, start + REACH)].lstrip()
    return Around(ends, begins, head)


def _set_damaged_aside(
    text: str, quantities: list[Quantity], dates: list[DateMention], non_figures: list[NonFigureSpan]
) -> tuple[list[Quantity], list[DateMention], list[NonFigureSpan]]:
    """Make what stands beside lost characters unresolved."""
    spans = [item.span for item in quantities] + [item.span for item in dates]
    damaged = {span for span in spans if beside_loss(text, span)}
    return (
        [item for item in quantities if item.span not in damaged],
        [item for item in dates if item.span not in damaged],
        [*non_figures, *(NonFigureSpan(span, "unresolved", "damaged") for span in sorted(damaged))],
    )


def _holds_figure(finder: MentionFinder, text: str, sentence: Sentence) -> bool:
    start, end = sentence.span
    figure = finder.lists.figure.pattern.search(text, start, end)
    return figure is not None or finder.quantities.has_amount(text, start, end)
