"""What the heads of a table's row and column say of a cell: its measure, and for whom, where and by whom it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import regex
from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.names import MeasureName
from extractor.notice.mentions.cells import heads_of

if TYPE_CHECKING:
    from extractor.model import Scope
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement_words import ChunkKind

HeadKind: TypeAlias = Literal["measure", "person", "place", "provider", "payer", "generic"]
# What a head names, by what its words name in a sentence.
_KINDS: dict[ChunkKind, HeadKind] = {
    "measure": "measure", "weak": "measure", "person": "person", "provider": "provider", "payer": "payer",
    "place": "place", "grade": "place", "time": "generic", "empty": "generic", "body": "generic",
}  # fmt: skip
_BRACKET = regex.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*$")


def cell_heads(context: SentenceContext) -> list[tuple[Span, HeadKind]]:
    """Return the heads of a cell, columns first, without the units in brackets, and what each names.

    ``generic`` are heads that name no measure themselves: 2030年标准, 指标值, 比上年变化. A head that says little in a
    sentence (税率, 人数) is all that names the cells of its column.
    """
    words = context.statement.words
    found: list[tuple[Span, HeadKind]] = []
    for span in context.sentence.context:
        bracket = _BRACKET.search(context.text, *span)
        if bracket and words.kind_of(context.words(span).strip()) in ("provider", "place", "person"):
            bracket = None  # 三级（市属） is another class than 三级（省属）
        name = Span(span.start, bracket.start() if bracket and bracket.start() > span.start else span.end)
        found.append((name, _kind_of(context, name)))
    return found


def _kind_of(context: SentenceContext, head: Span) -> HeadKind:
    words, resources = context.statement.words, context.linking_resources
    text = context.words(head).strip()
    if words.is_generic(text) or resources.units.lists.unit_cell.meets(text):
        return "generic"  # 万吨 below 单位
    kind = _KINDS[words.kind_of(text)]
    if kind == "provider" and text in resources.bare_levels and not _treats(context, head):
        return "person"
    return kind


def _treats(context: SentenceContext, head: Span) -> bool:
    """Return True if the heads around a bare 一级 speak of treatment: 医院等级, 起付标准; not 伤残等级."""
    above = [*heads_of(context.notice, context.mentions.index, head), *context.sentence.context]
    lists, resources = context.statement.words.lists, context.linking_resources
    if any(lists.graded_persons.meets(context.words(span)) for span in above):
        return False
    return any(word in context.words(span) for span in above for word in resources.treatment)


def cell_measure(context: SentenceContext) -> MeasureName | None:
    """Return the head that names a cell's measure: a column's where rows are classes or places, else the row's."""
    return _measure_of(context, cell_heads(context))


def _measure_of(context: SentenceContext, heads: list[tuple[Span, HeadKind]]) -> MeasureName | None:
    named = [span for span, kind in heads if kind == "measure"]
    if not named:
        return None
    words = context.statement.words
    ends = [span for span in named if context.words(span).strip().endswith(words.lists.amount_heads.words)]
    span = (ends or named)[0]
    return MeasureName(_stripped(context, span), "head")


def cell_scope(
    context: SentenceContext, scope: Scope, measure: Span | None, *, linked: bool
) -> tuple[Scope, list[Span]]:
    """Give a cell's scope the persons, places, providers and classes of its heads.

    ``linked``: its indicator says whose insurance it is of; else the measure's head does (城乡居民医保最高支付限额).
    """
    support: list[Span] = []
    heads = cell_heads(context)
    head = _measure_of(context, heads)
    named = [one for one in (measure, head.span if head else None) if one]
    payer = next((found for span, kind in heads if kind == "measure" and (found := _payer_in(context, span))), None)
    if payer and scope.payer is None:
        scope = replace(scope, payer=context.words(payer))
        support.append(payer)
    for span, kind in heads:
        if kind in ("generic", "payer") or any(span.start <= one.start and one.end <= span.end for one in named):
            continue
        text = "".join(context.words(span).split())
        if kind == "measure":
            if scope.condition is not None:
                continue
            scope = replace(scope, condition=text)
        elif kind == "place":
            scope = replace(scope, places=(text,))
        elif kind == "person":
            scope = replace(scope, population=text)
        else:
            scope = replace(scope, provider=text)
        support.append(span)
    insured = None if linked or scope.population or head is None else _insured(context, head.span)
    if insured:
        scope = replace(scope, population=context.words(insured))
        support.append(insured)
    return scope, support


def _payer_in(context: SentenceContext, head: Span) -> Span | None:
    """Return who pays by the name of a rate: 单位费率, 个人缴费比例."""
    paying = context.statement.words.lists.paying.words
    terms = context.linking_resources.terms_at(context.notice, head)
    found = (one.span for one in terms if one.group == "payer" and one.span.start == _stripped(context, head).start)
    return next((span for span in found if context.text.startswith(paying, span.end, head.end)), None)


def _insured(context: SentenceContext, head: Span) -> Span | None:
    """Return the persons that open the name of their insurance: 职工|医保最高支付限额."""
    words = context.statement.words
    ends = (Span(head.start, piece.end) for piece in context.statement.cut(head))
    opened = (one for one in ends if words.kind_of(context.words(one)) == "person")
    return next((one for one in opened if words.lists.insurances.meets(context.text[one.end : head.end])), None)


def other_rows(context: SentenceContext, measure: Span | None) -> list[Span]:
    """Return the heads of a cell, besides its measure's, that name a thing: the row of a 恶性肿瘤 under 病种; not ages."""
    if context.sentence.kind != "cell":
        return []
    ages = context.linking_resources.lists.ages_said
    return [
        span
        for span, kind in cell_heads(context)
        if kind == "measure"
        and not ages.meets(context.words(span).strip())
        and not (measure and span.start <= measure.start and measure.end <= span.end)
    ]


def _stripped(context: SentenceContext, span: Span) -> Span:
    """Drop a year in front of a head's name and blanks around it."""
    text = context.words(span)
    name = text.strip()
    start = span.start + text.index(name)
    year = context.statement.words.lists.head_years.pattern.match(name)
    opened = year.end() if year and year.end() < len(name) else 0
    return Span(start + opened, start + len(name))
