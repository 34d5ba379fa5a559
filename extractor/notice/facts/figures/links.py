"""The indicator of one figure, with what its sum, its ground or the figures before it allow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.figures.signs import is_relative
from extractor.notice.facts.link.case import NONE, Link, LinkCase
from extractor.notice.facts.link.steps import link
from extractor.notice.facts.names.pieces import MeasureName

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

# Steps that link a figure by what is said of others.
OF_OTHERS = ("inherited", "sentence_name", "sentence_cue")


def linked_by(case: LinkCase, before: list[Draft], values: int) -> Link:
    """Link a figure; not one of ``values`` that may be either of what stands before, nor one of those that may be chosen.

    Nor what a rate is taken of by the name of the result.
    """
    context, number = case.context, case.figure.number
    offered = context.linking_resources.lists.offered_behind.pattern
    if case.figure.kind == "rate" and offered.match(context.text, case.figure.span.end, context.span.end):
        return NONE
    found = link(case)
    if values and (_may_be_either(before, found, values) or _may_be_rivals(case, found)):
        return NONE
    if before and before[-1].link.indicator == found.indicator and is_relative(case.figure, before[-1]):
        return NONE
    if number.start in context.reckoned.rate_factors or _is_tried_out(case):
        return NONE
    if found.step in OF_OTHERS and (parts := parts_of_sum(case, before)):
        return _of_sum(case, found, parts)
    # 下限为4933元（8221元×60%）
    return NONE if number.start in context.reckoned.grounds and not _names_ground(case, found) else found


def _is_tried_out(case: LinkCase) -> bool:
    """Return True if the clause of an amount in words only wishes for it: 鼓励有条件的地区探索|取消封顶线."""
    if case.figure.hint is None:
        return False
    return case.context.linking_resources.lists.tried_out.meets(
        case.context.text[case.clause.start : case.figure.number.start]
    )


def parts_of_sum(case: LinkCase, before: list[Draft]) -> list[Draft]:
    """Return the amounts before a figure that it is all of: 个人缴费400元，财政补助670元，|合计|1070元; 一孩3000元，二孩5000元，|合计|8000元."""
    context, number = case.context, case.figure.number
    opening = Span(case.clause.start, number.start)
    if case.figure.kind != "money" or not context.linking_resources.lists.sum_opens.meets(context.words(opening)):
        return []
    start = context.segment(number.start).start
    levels = [one for one in before if one.number.start >= start and (one.kind, one.role) == ("money", "level")]
    parts = [one for one in levels if one.value is not None]
    keys = {one.link.indicator for one in parts}
    alike = len(parts) > 1 and None not in keys and case.figure.value == sum(Decimal(one.value or 0) for one in parts)
    return parts if len(keys) > 1 or alike else []


def _of_sum(case: LinkCase, found: Link, parts: list[Draft]) -> Link:
    """Return the link of what several amounts of different names come to: to what those who pay them pay together, else none."""
    keys = {one.link.indicator for one in parts if one.link.indicator}
    total = sum(Decimal(one.value or 0) for one in parts)
    family = {key.rpartition(".")[0] for key in keys}
    catalog = case.context.linking_resources.catalog.indicators
    rows = (row for row in catalog.values() if row.together and {row.id.rpartition(".")[0]} == family)
    whole = [row.id for row in rows if not case.misfit(row.id)]
    told = len(keys) > 1 and len(keys) == len({one.link.indicator for one in parts})
    sure = told and total == case.figure.value and len(whole) == 1 and whole[0] not in keys
    return replace(found, indicator=whole[0], candidates=()) if sure else NONE


def _names_ground(case: LinkCase, found: Link) -> bool:
    """Return True if an indicator is that of what others are reckoned by, by the name right before it: 按|月平均工资|7466元的60%."""
    context, number = case.context, case.figure.number
    if context.reckoned.grounds[number.start].start == number.start:
        return False  # 1083760元（54188元×20）
    if found.step == "inherited" or (found.subject and found.subject.end != number.start):
        return False
    name = context.text[context.statement.base_start(case.clause.start, number.start) : number.start]
    return found.cue is None or any(word in name for word in (*found.cue.all, *found.cue.any))


def name_with_catalog(context: SentenceContext, name: Span | None, measure: MeasureName | None) -> Span | None:
    """Return the catalog's name of a figure before what its clause measures; not one that only leads to it: 单位按|职工工资总额."""
    if measure and name and context.words(name)[-1:] in context.statement.words.basing:
        return measure.span
    return name or (measure.span if measure else None)


def _may_be_either(before: list[Draft], found: Link, values: int) -> bool:
    """Return True if ``values`` are dealt out to as many names that the sentence has before them, nobody says how.

    缴费基数上限为300%，下限为60%，2031年分别为24042元和4879元
    """
    named = {draft.subject for draft in before if draft.subject and draft.kind == "rate"}
    return found.step in ("inherited", "sentence_name", "sentence_cue") and 1 < len(named) == values


def _may_be_rivals(case: LinkCase, found: Link) -> bool:
    """Return True if values dealt out nobody says how are linked by words beside which those of another stand: 上限和下限…分别为."""
    if found.indicator is None or found.step not in ("clause_cue", "sentence_cue", "section_cue", "inherited"):
        return False
    said = case.context.text[case.context.segment(case.figure.number.start).start : case.figure.number.start]
    return found.subject is None and any(word in said for word in case.indicator(found.indicator).rivals)
