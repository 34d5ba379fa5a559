"""What an amount is per by the words of its names: 月最低工资标准, 护理费调整后的月标准：, a head that says 小时最低工资标准."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.names.pieces import REACH, MeasureName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Quantity
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext


_BRACKET = re.compile("[（(]")
_GROUPS = ("person", "provider", "place", "grade", "time")


def pers_of(context: SentenceContext, quantity: Quantity, measure: MeasureName | None) -> dict[str, Span | None]:
    """Return what an amount is per and the words that say so: its own, then those of its name, of heads and of the lead-in.

    One time is enough: what the words nearer to the figure say of it decides. Words within the figure's own are None.
    """
    units = context.linking_resources.units
    found: dict[str, Span | None] = dict(zip(quantity.per, quantity.per_spans, strict=False))
    if quantity.kind != "money":
        # 到2027年|人均预期寿命80岁 is of a year, and not per year
        text = context.text
        if quantity.kind == "duration":  # 每满一年，领取期限为两个月
            for name, span in _each(context, quantity):
                found.setdefault(name, span)
        return {name: at for name, at in found.items() if not (at and text[at.start - 1 : at.start + 1] in _OF_A_YEAR)}
    clause = context.clause(quantity.number.start).start
    own = [span for span in found.values() if span]
    for places in (
        _names_of(context, measure, clause),
        _heads(context),
        _paid(context, quantity),
        _lead_in(context, quantity),
    ):
        timed = not units.per_times.isdisjoint(found)
        for name, span in places:
            # 每个|采暖季|补贴上限: the words of its own are in the name, too, and say no quarter
            if not (timed and name in units.per_times) and not any(within(span, one) for one in own):
                found.setdefault(name, span)
    for name, span in _each(context, quantity):
        found.setdefault(name, span)
    if context.linking_resources.lists.vast.meets(context.words(quantity.span)):
        # 生均公用经费1.42亿元 is what all of them have
        return {name: span for name, span in found.items() if name in units.per_times}
    return found


# A year's last digit and its sign.
_OF_A_YEAR = frozenset(f"{digit}年" for digit in range(10))


def _names_of(context: SentenceContext, measure: MeasureName | None, clause: int) -> Iterator[tuple[str, Span]]:
    """Yield what the name of what is measured says, and what stands right before it where it is of another clause."""
    if measure is None:
        return
    yield from _bounded(context, measure)
    places = (context.span, *context.around)
    place = next((one for one in places if one.start <= measure.span.start and measure.span.end <= one.end), None)
    start = max(place.start if place else 0, measure.span.start - REACH)
    if not context.linking_resources.units.may_say_per(context.text, start, measure.span.end):
        return
    for chunk in context.statement.chunks(start, measure.span.end):
        if chunk.span.start <= measure.span.start < chunk.span.end:
            # 每人每年|最高申请额度，本专科生20000元; not 每户补贴总额最高30万元，合作社最高100万元
            apart = context.clause(measure.span.end).end <= min(clause, context.number_from(measure.span.end))
            yield from _said(context, _opened(context, chunk) if apart else chunk.span)


def _bounded(context: SentenceContext, measure: MeasureName | None) -> Iterator[tuple[str, Span]]:
    """Yield what the name says that a bare 上限 is a bound of: 月缴存基数上限为28700元，下限为2280元."""
    bare = context.statement.words.lists.bare_bounds
    if measure is None or not bare.meets(context.words(measure.span)) or measure.span.start < context.span.start:
        return
    segment, clause = context.segment(measure.span.start), context.clause(measure.span.start)
    while True:
        end = max(clause.start, min(clause.end, measure.span.start, context.number_from(clause.start)))
        named = context.statement.last_name(Span(clause.start, end), amount=True)
        if named and bare.meets(context.words(named.span)):
            # 个人|月缴费基数|的|上限|为22078元，下限为4416元
            owner = context.statement.chunks(clause.start, named.span.start)[-1:]
            named = MeasureName(owner[0].span, "before") if owner and owner[0].kind == "measure" else None
        said = [*_names_of(context, named, measure.span.start)]
        if said or (named and clause.end < measure.span.start):
            yield from said
            return
        if clause.start <= segment.start:
            return
        clause = context.clause(clause.start - 1)


def _heads(context: SentenceContext) -> Iterator[tuple[str, Span]]:
    """Yield what the heads of a table's cell say: 月最低工资标准, 每人每月补贴; then the line that names the table."""
    if context.sentence.kind != "cell":
        return
    for head in context.sentence.context:
        yield from _said(context, head)
    if caption := context.caption:
        for chunk in context.statement.chunks(*caption):
            if not _has_figure(context, chunk, caption):
                yield from _said(context, _opened(context, chunk))


def _paid(context: SentenceContext, quantity: Quantity) -> Iterator[tuple[str, Span]]:
    """Yield how often an amount is paid by the clauses right before it that hold no figure: 按月领取，标准为1800元."""
    end, segment = context.clause(quantity.number.start).start, context.segment(quantity.number.start)
    if end <= segment.start:
        return  # no clause stands before its own
    start = max(segment.start, context.figure_before(end))
    units, lists = context.linking_resources.units, context.statement.words.lists
    chunks = context.statement.chunks(end, quantity.number.start) if not quantity.per else []
    groups = not quantity.per and all(one.kind in _GROUPS for one in chunks)
    all_of = context.segment(end).start if groups else start  # 居民22元，非居民30元
    for match in lists.per_measured.pattern.finditer(context.text, all_of, end):
        yield from _closing(context, Span(*match.span("per")), whole=True)
    timed = lists.by_time.pattern.finditer(context.text, start, end) if context.may_say(lists.by_time) else ()
    for match in timed:
        yield from (
            (name, at)
            for name, at in units.per_found(context.text, *match.span())
            if units.says_how_often(context.text, at)
        )


def _each(context: SentenceContext, quantity: Quantity) -> Iterator[tuple[str, Span]]:
    """Yield what has to come about for an amount by the clause right before its own: 每多缴1年，|每月加发2元."""
    if not context.says_per:
        return
    own = context.clause(quantity.number.start).start
    end = max(context.span.start, own - 1)
    aside = next((one for one in reversed(context.brackets_with_figures) if one.end <= quantity.number.start), None)
    if aside and aside.end >= end:
        end = aside.start  # 每满1年（不足1年按1年计算），每月增加2元
    start = max(context.segment(quantity.number.start).start, context.figure_before(end), context.clause(end).start)
    units = context.linking_resources.units
    if start < end and units.may_say_per(context.text, start, end):
        yield from (
            (name, at) for name, at in units.per_found(context.text, start, end) if context.words(at) in units.per_each
        )


def _lead_in(context: SentenceContext, quantity: Quantity) -> Iterator[tuple[str, Span]]:
    """Yield what the names of amounts in the words before a colon say: 调整后的月标准：一级1420元；二级890元."""
    colon = context.text.rfind("：", context.span.start, quantity.number.start)
    places = [context.clause(colon)] if colon >= 0 else []
    if context.lead_in:
        places.append(context.lead_in)
    for place in places:
        # 每人每月|分别增加：一级120元
        verbs = context.statement.words.lists.lead_verbs.pattern.search(context.text, place.start, place.end)
        yield from _closing(context, Span(place.start, verbs.start()) if verbs else place)
        amounts = context.statement.words.lists.amount_heads
        chunks = context.statement.chunks(max(place.start, place.end - REACH), place.end)
        for chunk in reversed(chunks):
            if amounts.meets(context.words(chunk.span)) and not _has_figure(context, chunk, place):
                yield from _said(context, _opened(context, chunk))


def _has_figure(context: SentenceContext, chunk: Chunk, place: Span) -> bool:
    """Return True if a name has a figure of its own right there (年度最高支付限额|仍为25万元), no bracket's day (月标准（2031年起）)."""
    return any(sign.isdecimal() for sign in _BRACKET.split(context.text[chunk.span.end : place.end], 1)[0])


def _closing(context: SentenceContext, place: Span, *, whole: bool = False) -> Iterator[tuple[str, Span]]:
    """Yield what the per-words say that close a stretch of text, or are the ``whole`` of it: 补贴标准为|每月|每平方米."""
    found = context.linking_resources.units.per_found(context.text, *place)
    said: list[tuple[str, Span]] = []
    at = place.end
    while at > place.start and (ends := [one for one in found if one[1].end == at]):
        said.append(min(ends, key=lambda one: one[1].start))
        at = said[-1][1].start
    if not whole or at == place.start:
        yield from said


def _opened(context: SentenceContext, chunk: Chunk) -> Span:
    """Take in the per-words right before a name: 每人每月|补贴标准."""
    units = context.linking_resources.units
    before = chunk.before if units.per_found(chunk.before, 0, len(chunk.before)) else ""
    return Span(chunk.span.start - len(before), chunk.span.end)


def _said(context: SentenceContext, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the per-words of a name: forms as before a number, and words like 月 that open the name of an amount."""
    units = context.linking_resources.units
    yield from units.per_found(context.text, *span)
    said = context.words(span)
    for piece in context.statement.cut(span) if any(map(said.__contains__, units.per_names)) else ():
        word = context.text[piece.start : piece.end]
        if piece.use == "name" and word in units.per_names and piece.end < span.end:
            yield units.per_names[word], Span(piece.start, piece.end)
