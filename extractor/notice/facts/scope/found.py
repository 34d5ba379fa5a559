"""Says for whom, where and by whom a figure holds: by the words of its clause, of its statement, then by headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.model import Scope, Span
from extractor.notice.facts.groups.payers import own_payer
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.lists.shares import label_group
from extractor.notice.facts.scope.cases import ailment_of, condition_of, led_case
from extractor.notice.facts.scope.dealt import groups_dealt
from extractor.notice.facts.scope.payer import payer_of, whole_payer, with_others
from extractor.notice.facts.scope.terms import group_behind, nearest_term, terms_near, without_joined_name

if TYPE_CHECKING:
    from extractor.notice.facts.lists.items import Share
    from extractor.notice.facts.sentence.context import SentenceContext

_AREAS: dict[str, Literal["west", "central", "east"]] = {"west": "west", "central": "central", "east": "east"}


class Scoped(Struct, frozen=True, gc=False):
    """A scope and the places its words stand at."""

    scope: Scope
    support: tuple[Span, ...]


def scope_of(
    context: SentenceContext,
    number: Span,
    share: Share | None,
    *,
    left: int,
    item: bool = False,
    measure: Span | None = None,
    base: Span | None = None,
) -> Scoped:
    """Build the scope of the figure at ``number``; ``left`` is where the figure before it ended.

    ``item``: the figure is a condition and may be one of a list (救助对象、中断缴费3个月以内、…), so that what stands
    before a 、 is not its own. ``base`` is what a share is of: its words are nobody's scope (职工月平均工资的60%).
    """
    if item:
        left = max(left, context.text.rfind("、", left, number.start) + 1)
    found, spans = groups_dealt(context, share)
    ailment: Span | None = None
    # 困难残疾人生活补贴和重度残疾人护理补贴分别为: who stands in their names is no scope, least of all the other's.
    listed = share is not None and share.group == "alias"
    if share and ((share.group == "words" and found.keys() <= {"places"}) or share.group == "payer"):
        # Things measured (棉花、油料产量分别为…) are no groups, nor is who stands in their names, or is listed with who pays.
        base = share.whole or base
    for group in ("area", "population", "payer", "provider"):
        if group not in found:
            announced: tuple[str, list[Span]] | None = None
            if group in context.scopes_said and not (group == "payer" and _adds_up(context, number, left, measure)):
                announced = nearest_term(context, group, number, left, item=item, base=base, listed=listed)
            if group == "population":
                announced = without_joined_name(context, announced, measure)
                # 未成年人和60周岁以上的老年人: an age is of those behind it
                behind = group_behind(context, terms_near(context, group, number, base), number) if item else None
                announced = behind or announced
            if group == "payer":
                own = None if listed else own_payer(context, number, left)
                announced = _not_of_others(announced, share, measure)
                announced = (context.words(own), [own]) if own else payer_of(context, number, measure, announced)
                announced = whole_payer(context, measure, with_others(context, announced, measure))
            if announced:
                found[group] = announced[0]
                spans.extend(announced[1])
                if group == "population":
                    # 高血压、糖尿病患者|限额分别提高100元、200元: what is dealt out is nobody's ailment
                    ailment = None if listed else ailment_of(context, announced[1][-1], number)
    several = [] if found.get("area") in _AREAS else _several_areas(context, number, left)
    spans.extend(several)
    condition = condition_of(context, number)
    # 在一级、二级医疗机构住院的，起付线分别为200元、500元: what is dealt out is no condition of each.
    dealt = condition and share and condition.start <= share.span.start < condition.end
    condition = (None if dealt else condition) or ailment or led_case(context, found, spans)
    region = context.notice.region
    scope = Scope(
        region=region.code if region else None,
        area=_AREAS.get(found.get("area", "")),
        population=found.get("population"),
        payer=found.get("payer"),
        provider=found.get("provider"),
        places=(found["places"],) if "places" in found else tuple(context.words(span) for span in several),
        condition=found.get("condition") or (context.words(condition) if condition else None),
    )
    return Scoped(scope, (*spans, condition) if condition else tuple(spans))


def _not_of_others(
    payer: tuple[str, list[Span]] | None, share: Share | None, measure: Span | None
) -> tuple[str, list[Span]] | None:
    """Leave out who pays by the name of another item of the list that a figure is dealt from: |财政补助|、个人缴费标准分别为700元."""
    if payer is None or share is None or share.group != "alias" or share.whole is None or measure is None:
        return payer
    at = payer[1][0]
    return None if within(at, share.whole) and not within(at, measure) else payer


def _adds_up(context: SentenceContext, number: Span, left: int, measure: Span | None) -> bool:
    """Return True if a figure is what those before it make together: 单位、个人缴费比例8%、2%，合计10%; 总费率1%."""
    lists, low = context.statement.words.lists, context.clause(number.start).start
    if low < left:
        return False
    said = context.text[low : number.start]
    summed = context.may_say(lists.sums) and any(word in said for word in lists.sums.words)
    return summed or (measure is not None and measure.start >= low and lists.whole_names.meets(context.words(measure)))


def _several_areas(context: SentenceContext, number: Span, left: int) -> list[Span]:
    """Return the areas that share a figure, which is that of none of them alone: 对中西部地区按70%, 对西部和中部地区按70%."""
    start = max(context.clause(number.start).start, left)
    return [term.span for term in context.of("area") if start <= term.span.start and term.span.end <= number.start]


def with_label(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Add whose or where all figures behind a colon are, by a bracket right before it: 报销比例（|在职|）：一级65%，二级60%."""
    segment = context.segment(number.start)
    colon = context.text.rfind("：", segment.start, number.start)
    held = context.bracket(colon - 1) if colon > segment.start else None
    if held is None or held.end != colon or held.start < segment.start:
        return scope, []
    inside = Span(held.start + 1, held.end - 1)
    group, named = label_group(context, inside), context.statement.chunks(segment.start, held.start)[-1:]
    measured = bool(named) and (named[0].kind, named[0].span.end) == ("measure", held.start)
    measured = measured or held.start == context.clause(held.start).start
    if group not in ("population", "provider") or getattr(scope, group) or not measured:
        return scope, []
    return replace(scope, **{group: context.words(inside)}), [inside]
