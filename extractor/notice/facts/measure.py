"""Says what a figure measures and which persons, places, providers and payers its statement names (`statement`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.names import REACH, Measure
from extractor.notice.facts.statement_words import GRADE, ChunkKind

if TYPE_CHECKING:
    from extractor.model import Quantity, Scope
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk

_GROUPS: dict[ChunkKind, str] = {"person": "population", "provider": "provider"}
_SHORT = 6
# 个人缴纳40元: who pays is not for whom.
_SELF = ("个人", "本人")
_BRACKET = regex.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*$")
_YEARS = regex.compile(r"\s*(?:\d{4}(?:[-—~至]\d{4})?)?年?度?\s*(?=\S)")


# ── The measure of a figure: the first place that names one


def measure_of(context: SentenceContext, index: int, left: int, last: Measure | None) -> Measure | None:
    """Return the name of what a figure measures.

    ``index`` is that of the quantity, ``left`` where the figure before it ended, ``last`` that figure's name.
    """
    reader, quantity = context.statement, context.mentions.quantities[index]
    number = Span(min(quantity.span.start, quantity.number.start), quantity.number.end)
    if quantity.kind == "age":
        return None
    if quantity.kind == "duration" and (found := reader.before(number, left, "duration")) and found.step != "empty":
        return found
    counted = quantity.kind == "count"
    if counted and (found := reader.behind(quantity.span.end, counted=True)):
        return found
    if outside := _before_bracket(context, number, left, quantity.kind):
        return outside
    own = reader.before(number, left, quantity.kind)
    if own and own.step != "empty":
        return own
    if context.sentence.kind == "cell" and (found := cell_measure(context)):
        return found
    end = _list_end(context, index)
    given = reader.follows_giving(number, left)
    if (counted or given) and (found := reader.behind(end, counted=counted and not given)):
        return found
    share = quantity.kind == "rate" and (reader.based(number, left) or context.text.startswith("的", end))
    if (share or quantity.kind == "duration") and (found := reader.behind(end, counted=False)):
        return found
    if found := reader.own_verb(number, left):
        return found
    if counted and (group := _counted_group(context, number, left)):
        return group
    statement = context.segment(quantity.number.start)
    before = context.mentions.quantities[index - 1] if index else None
    if last and before and statement.start <= before.number.start and context.sentence.kind != "cell":
        return last
    return _earlier(context, quantity, left) or _above_names(context) or own


def _before_bracket(context: SentenceContext, number: Span, left: int, kind: str) -> Measure | None:
    """Return the name before a bracket that held the figure before: 缴费费率（含生育保险0.8%）由8.8%降为7.8%."""
    gap = context.text[left : number.start]
    close = next((at for at, sign in enumerate(gap) if sign in "）)"), None)
    if close is None or any(sign in "（(" for sign in gap[:close]):
        return None
    start = context.clause(number.start).start
    opened = max(context.text.rfind("（", start, left), context.text.rfind("(", start, left))
    if opened < 0 or context.statement.before(number, left, kind):
        return None
    return context.statement.before(Span(opened, opened), start, kind)


def _counted_group(context: SentenceContext, number: Span, left: int) -> Measure | None:
    """Return the group that a figure counts: 其中基层医疗机构不少于1家."""
    low = max(context.clause(number.start).start, left, number.start - REACH)
    chunks = [chunk for chunk in context.statement.chunks(low, number.start) if chunk.kind in ("provider", "person")]
    return Measure(chunks[-1].span, "group") if chunks else None


def _list_end(context: SentenceContext, index: int) -> int:
    """Return the end of the list of values that a figure stands in: 80%、60%的比例给予补助."""
    quantities = context.mentions.quantities
    end = quantities[index].span.end
    for following in quantities[index + 1 :]:
        if context.text[end : following.span.start].strip() not in context.linking_resources.lists.joints.words:
            break
        end = following.span.end
    return end


def _earlier(context: SentenceContext, quantity: Quantity, left: int) -> Measure | None:
    """Return the last name of the clauses before that hold no figure: 提高居民医保财政补助标准，达到每人每年700元."""
    segment = context.segment(quantity.number.start)
    at = context.clause(quantity.number.start).start - 1
    while at > max(segment.start, left):
        before = context.clause(at - 1)
        if before.end <= left or before.start >= at:
            break
        if found := context.statement.last_name(
            before, counted=quantity.kind == "count", amount=quantity.kind in ("money", "rate")
        ):
            return found
        at = before.start - 1
    return None


def _above_names(context: SentenceContext) -> Measure | None:
    """Return the name in the header cells, the lead-in or the headings, nearest first."""
    found = (context.statement.last_name(span, amount=True) for span in context.around)
    return next((measure for measure in found if measure), None)


# ── Tables: what the heads of a cell's row and column say


def cell_heads(context: SentenceContext) -> list[tuple[Span, str]]:
    """Return the heads of a cell, columns first, without the units in brackets, and what each names.

    ``generic`` are heads that name no measure themselves: 2030年标准, 指标值, 比上年变化.
    """
    words = context.statement.words
    found: list[tuple[Span, str]] = []
    for span in context.sentence.context:
        bracket = _BRACKET.search(context.text, *span)
        name = Span(span.start, bracket.start() if bracket and bracket.start() > span.start else span.end)
        text = context.words(name).strip()
        if words.generic.fullmatch(text):
            kind = "generic"
        elif GRADE.fullmatch(text):
            kind = "grade"
        else:
            kind = words.kind_of(text)
        found.append((name, "generic" if kind in ("time", "empty") else kind))
    return found


def cell_measure(context: SentenceContext) -> Measure | None:
    """Return the head that names a cell's measure: a column's where rows are classes or places, else the row's."""
    heads = cell_heads(context)
    named = [span for span, kind in heads if kind == "measure"]
    if not named:
        return None
    words = context.statement.words
    ends = [span for span in named if context.words(span).strip().endswith(words.lists.amount_heads.words)]
    span = (ends or named)[0]
    return Measure(_stripped(context, span), "head")


def cell_scope(context: SentenceContext, scope: Scope, measure: Span | None) -> tuple[Scope, list[Span]]:
    """Give a cell's scope the persons, places, providers and classes of its heads."""
    support: list[Span] = []
    for span, kind in cell_heads(context):
        if kind in ("generic", "payer") or (measure and span.start <= measure.start and measure.end <= span.end):
            continue
        text = "".join(context.words(span).split())
        if kind in ("place", "grade"):
            scope = replace(scope, places=(text,))
        elif kind == "measure":
            if scope.condition is not None:
                continue
            scope = replace(scope, condition=text)
        else:
            scope = replace(scope, **{_GROUPS[kind]: text})  # type: ignore[index]
        support.append(span)
    return scope, support


def _stripped(context: SentenceContext, span: Span) -> Span:
    """Drop a year in front of a head's name and blanks around it."""
    text = context.words(span)
    opened = _YEARS.match(text)
    start = span.start + (opened.end() if opened else len(text) - len(text.lstrip()))
    return Span(start, span.start + len(text.rstrip()))


# ── Persons, places, providers and payers beside a figure


def groups_of(context: SentenceContext, number: Span) -> dict[ChunkKind, list[Span]]:
    """Return the groups named last before a figure in its clause, of each kind those that are joined."""
    low = max(context.clause(number.start).start, number.start - REACH)
    words = context.statement.words
    found: dict[ChunkKind, list[Span]] = {}
    for chunk in reversed(context.statement.chunks(low, number.start)):
        said = context.words(chunk.span)
        if chunk.kind in ("measure", "empty", "weak", "time") or said in words.places or said in _SELF:
            continue
        spans = found.setdefault(chunk.kind, [])
        if not spans or context.text[chunk.span.end : spans[0].start] in words.joints:
            spans.insert(0, chunk.span)
    return found


def named_scope(
    context: SentenceContext, number: Span, scope: Scope, support: tuple[Span, ...]
) -> tuple[Scope, list[Span]]:
    """Give a scope the whole phrases of its groups: 职工参保人员, not 参保人员; all of 特困人员、低保对象.

    ``support`` are the words that the scope rests on so far.
    """
    added: list[Span] = []
    groups = groups_of(context, number)
    for kind, field in _GROUPS.items():
        spans = groups.get(kind)
        if spans and kind == "provider":
            spans = spans[-1:]
        if not spans:
            said = getattr(scope, field)
            held = [span for span in support if said and context.words(span) == said]
            spans = _whole_group(context, held[-1], kind) if held else None
        if spans:
            whole = (
                _patients(context, Span(spans[0].start, spans[-1].end))
                if kind == "person"
                else Span(spans[0].start, spans[-1].end)
            )
            words = "".join(context.words(whole).split())
            words = words.removesuffix("个人") if len(words) > len("个人") else words
            if words not in (getattr(scope, field) or ""):
                scope = replace(scope, **{field: words})
                added.append(whole)
    if grades := groups.get("grade"):
        said = context.words(grades[-1])
        if said.endswith("区"):
            scope = replace(scope, places=(said,))
        elif scope.condition is None:
            scope = replace(scope, condition=said)
        added.append(grades[-1])
    if places := groups.get("place"):
        named = [span for span in places if not _is_area(context, span)]
        if named:
            scope = replace(scope, places=tuple(context.words(span) for span in named))
            added += named
    return scope, added


def _patients(context: SentenceContext, whole: Span) -> Span:
    """Take in what is listed before persons and says of what they are: 高血压、糖尿病患者."""
    clause = context.clause(whole.start)
    words = context.statement.words
    for chunk in reversed(context.statement.chunks(clause.start, whole.start)):
        short = chunk.span.end - chunk.span.start <= _SHORT and chunk.kind == "measure"
        if (
            not short
            or context.text[chunk.span.end : whole.start] != "、"
            or context.words(chunk.span).endswith(words.lists.amount_heads.words)
        ):
            break
        whole = Span(chunk.span.start, whole.end)
    return whole


def _whole_group(context: SentenceContext, held: Span, kind: ChunkKind) -> list[Span] | None:
    """Return the phrases that stand joined with the one that holds some words, in the clause of these."""
    clause = context.clause(held.start)
    words = context.statement.words
    chunks = context.statement.chunks(clause.start, clause.end)
    at = next(
        (n for n, chunk in enumerate(chunks) if chunk.span.start <= held.start and held.end <= chunk.span.end), None
    )
    if at is None or chunks[at].kind != kind:
        return None
    first = last = at

    def joined(one: Chunk, other: Chunk) -> bool:
        return other.kind == one.kind and context.text[one.span.end : other.span.start] in words.joints

    while first > 0 and joined(chunks[first - 1], chunks[first]):
        first -= 1
    while last + 1 < len(chunks) and joined(chunks[last], chunks[last + 1]):
        last += 1
    return [chunk.span for chunk in chunks[first : last + 1]]


def _is_area(context: SentenceContext, span: Span) -> bool:
    return any(term.span.start < span.end and span.start < term.span.end for term in context.of("area"))


def pays(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a payer's own words say that it pays: 中央财政…给予补助, 由单位承担; not 对地方…补助, 全市, 个人获得."""
    words = context.statement.words
    clause = context.clause(number.start)
    before = context.text[max(context.span.start, payer.start - 2) : payer.start]
    if words.lists.receiving.meets(before):
        return False
    rest = context.text[payer.end : max(clause.end, number.end)]
    return words.lists.paying.meets(rest) or words.lists.pay_openers.meets(context.text[payer.end : payer.end + 4])
