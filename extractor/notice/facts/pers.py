"""What an amount is per by the words of its names: 月最低工资标准, 护理费调整后的月标准：, a head that says 小时最低工资标准."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.notice.facts.names import REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Quantity, Span
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.names import MeasureName
    from extractor.notice.facts.statement import Chunk


def pers_of(context: SentenceContext, quantity: Quantity, measure: MeasureName | None) -> dict[str, Span | None]:
    """Return what an amount is per and the words that say so: its own, then those of its name, of heads and of the lead-in.

    One time is enough: what the words nearer to the figure say of it decides. Words within the figure's own are None.
    """
    units = context.linking_resources.units
    found: dict[str, Span | None] = dict(zip(quantity.per, quantity.per_spans, strict=False))
    if quantity.kind != "money":
        return found
    for places in (_names_of(context, measure), _heads(context), _paid(context, quantity), _lead_in(context, quantity)):
        timed = not units.per_times.isdisjoint(found)
        for name, span in places:
            if not (timed and name in units.per_times):
                found.setdefault(name, span)
    for name, span in _each(context, quantity):
        found.setdefault(name, span)
    return found


def _names_of(context: SentenceContext, measure: MeasureName | None) -> Iterator[tuple[str, Span]]:
    if measure is None:
        return
    places = (context.span, *context.around)
    place = next((one for one in places if one.start <= measure.span.start and measure.span.end <= one.end), None)
    start = max(place.start if place else 0, measure.span.start - REACH)
    if not context.linking_resources.units.may_say_per(context.text, start, measure.span.end):
        return
    for chunk in context.statement.chunks(start, measure.span.end):
        if chunk.span.start <= measure.span.start < chunk.span.end:
            yield from _said(context, chunk.span)


def _heads(context: SentenceContext) -> Iterator[tuple[str, Span]]:
    """Yield what the heads of a table's cell say: 月最低工资标准, 每人每月补贴; then the line that names the table."""
    for head in context.sentence.context if context.sentence.kind == "cell" else ():
        yield from _said(context, head)
    if context.sentence.kind == "cell" and context.caption:
        yield from _said(context, context.caption)


def _paid(context: SentenceContext, quantity: Quantity) -> Iterator[tuple[str, Span]]:
    """Yield how often an amount is paid by the clauses right before it that hold no figure: 按月领取，标准为1800元."""
    end = context.clause(quantity.number.start).start
    start = max(context.segment(quantity.number.start).start, context.figure_before(end))
    units = context.linking_resources.units
    for match in context.statement.words.lists.by_time.pattern.finditer(context.text, start, end):
        yield from (
            (name, at)
            for name, at in units.per_found(context.text, *match.span())
            if units.says_how_often(context.text, at)
        )


def _each(context: SentenceContext, quantity: Quantity) -> Iterator[tuple[str, Span]]:
    """Yield what has to come about for an amount by the clause right before its own: 每多缴1年，|每月加发2元."""
    own = context.clause(quantity.number.start).start
    end = max(context.span.start, own - 1)
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
        amounts = context.statement.words.lists.amount_heads
        chunks = context.statement.chunks(max(place.start, place.end - REACH), place.end)
        for chunk in reversed(chunks):
            if amounts.meets(context.words(chunk.span)):
                yield from _said(context, _opened(context, chunk))


def _opened(context: SentenceContext, chunk: Chunk) -> Span:
    """Take in the per-words right before a name: 每人每月|补贴标准."""
    units = context.linking_resources.units
    before = chunk.before if units.per_found(chunk.before, 0, len(chunk.before)) else ""
    return type(chunk.span)(chunk.span.start - len(before), chunk.span.end)


def _said(context: SentenceContext, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the per-words of a name: forms as before a number, and words like 月 that open the name of an amount."""
    units = context.linking_resources.units
    yield from units.per_found(context.text, *span)
    said = context.words(span)
    for piece in context.statement.cut(span) if any(word in said for word in units.per_names) else ():
        word = context.text[piece.start : piece.end]
        if piece.use == "name" and word in units.per_names and piece.end < span.end:
            yield units.per_names[word], type(span)(piece.start, piece.end)
