"""What a figure takes from the ones before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft, a_step
from extractor.notice.facts.groups.grades import opening_class
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.scope.cases import stay_of
from extractor.notice.facts.shares.names import name_at

if TYPE_CHECKING:
    from extractor.model import Quantity, SupportFor
    from extractor.notice.facts.sentence.context import SentenceContext

# What says of no other figure that it is another's: 比|上年|增加5元.
_UNSAID = frozenset({"time", "empty"})
# For whom and where a figure is.
_WHOSE = ("places", "population", "provider", "condition")
_COMMA, _COLON = "，", "："
# So long may be what heads a sentence before its colon.
_HEAD = 12


def take_over(context: SentenceContext, draft: Draft, last: tuple[Quantity, Draft] | None, drafts: list[Draft]) -> None:
    """Give a figure what the ones before it say of it, too: a condition, groups, what it is per."""
    # 每千人口拥有3岁以下婴幼儿托位数: the figure before is part of the name.
    if last is None or draft.role == "condition" or (draft.link.subject and within(last[0].span, draft.link.subject)):
        return
    _take_condition(context, draft, last)
    _take_conditions(context, draft, last[1])
    _take_groups(context, draft, drafts)
    _take_pers(context, draft, drafts)
    _take_from_change(context, draft, drafts)
    _take_whom(context, draft, drafts)
    _take_from_whole(context, draft, drafts)
    _take_named(context, draft, drafts)
    _take_area(context, draft, drafts)
    _take_grade(context, draft, drafts)
    _take_headed_places(context, draft, drafts)
    _take_scope(context, draft, drafts)
    _take_case(context, draft, drafts)
    _take_insured(context, draft, drafts)
    _take_class(context, draft, drafts)
    _take_headed_band(context, draft, drafts)
    _take_provider_of_stay(context, draft, drafts)


def _figure_before(drafts: list[Draft]) -> Draft | None:
    """Return the last figure that isn't a condition."""
    return next((one for one in reversed(drafts) if one.role != "condition"), None)


def _said(context: SentenceContext, draft: Draft, words: tuple[str | None, ...]) -> list[tuple[SupportFor, Span]]:
    """Return what a figure's scope rests on, of some words."""
    return [item for item in draft.support if item[0] == "scope" and context.words(item[1]) in words]


def _take_support(draft: Draft, before: Draft) -> None:
    """Let a figure's scope rest on what that of another rests on."""
    draft.support += [item for item in before.support if item[0] == "scope" and item not in draft.support]


def _take_condition(context: SentenceContext, draft: Draft, last: tuple[Quantity, Draft]) -> None:
    """Attach a condition that stands right before: 1万元以上5万元以下的部分按60%支付."""
    quantity, condition = last
    if condition.role != "condition" or "。" in context.text[quantity.span.end : draft.number.start]:
        return
    # 每断保1年，增加1个月: each step is no case of its own
    # 30人以下的企业裁员率不高于20%），大型企业返还30%: what a bracket says of its own holds for none behind it
    if a_step(context, condition.number) or context.told_aside(condition.number, draft.number):
        return
    # 中断缴费3个月内参保的，以及新生儿，均不设等待期: nor does one case of a list for the others
    if context.linking_resources.lists.other_case.pattern.search(context.text, quantity.span.end, draft.number.start):
        return
    if _is_excepted(context, quantity.number, draft.number):
        return
    if context.in_one_segment(quantity.number.start, draft.number.start):
        draft.conditions.append(condition)


def _is_excepted(context: SentenceContext, condition: Span, number: Span) -> bool:
    """Return True if a condition is of those whom a clause before sets apart: 除距退休|不足5年|的人员外，其余人员最长3年."""
    excepted, start = context.linking_resources.lists.excepted, context.clause(condition.start).start
    found = excepted.pattern.finditer(context.text, start, number.start) if context.may_say(excepted) else ()
    return any(one.start() <= condition.start < one.end() for one in found)


def _take_conditions(context: SentenceContext, draft: Draft, before: Draft) -> None:
    """Give a figure the conditions of what it comes from or changes: 65周岁以上的由3元提高到|5元, 每月60元，比上年增加|5元."""
    if draft.conditions or not before.conditions or (before.role, before.kind) == (draft.role, draft.kind):
        return
    same = (before.kind, before.unit, before.subject) == (draft.kind, draft.unit, draft.subject)
    apart = not context.in_one_segment(before.number.start, draft.number.start)
    said = context.statement.chunks(before.span.end, draft.number.start)
    if same and not apart and all(one.kind in _UNSAID for one in said):
        draft.conditions = before.conditions


def _take_from_change(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give the level that a change leads to what is said of the change: 每人每月148元的基础上增加20元，提高到168元."""
    figures = [one for one in drafts if one.role != "condition"]
    if not figures or draft.role != "level" or figures[-1].role not in ("increase", "decrease"):
        return
    change = figures[-1]
    same = (change.subject, change.kind, change.unit) == (draft.subject, draft.kind, draft.unit)
    apart = not context.in_one_segment(change.number.start, draft.number.start)
    if not same or apart or draft.subject is None or context.statement.chunks(change.span.end, draft.number.start):
        return
    scope = draft.scope
    given = {name: getattr(change.scope, name) for name in scope.__struct_fields__ if not getattr(scope, name)}
    if any(given.values()):
        draft.scope = replace(scope, **given)
        _take_support(draft, change)
    paid = next(
        (one for one in reversed(figures) if one.kind == "money" and one.subject == draft.subject and one.per), None
    )
    if draft.kind == "money" and not draft.per and paid:
        draft.per = paid.per
        draft.support += [item for item in paid.support if item[0] == "per"] or [("per", paid.span)]


def _take_whom(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a figure those whom the one before is of, where it says what they get besides or in all, or says it again.

    小学生每天4元，|全年补助|1000元; 对纳入监测的脱贫人口按50%资助，|即|每人每年200元
    """
    before = _figure_before(drafts)
    clause, lists = context.clause(draft.number.start), context.linking_resources.lists
    if before is None or draft.kind != "money" or context.segment(before.number.start).end < clause.end:
        return
    if not context.clause(clause.start - 1).start <= before.number.start < clause.start:
        return
    scope = draft.scope
    said = context.text[clause.start : draft.number.start].lstrip()
    # 市区月最低工资标准为2260元，缴费不足5年的按其78%计发，|即|每月1763元
    own_place = any(place in said for place in scope.places)  # 即臺北市61,137元
    elsewhere = own_place or (scope.places and not lists.restate.meets(said))
    if scope.population or scope.condition or elsewhere or draft.conditions:
        return
    if not (lists.same_whom.meets(said) or lists.restate.meets(said)):
        return
    row = context.linking_resources.catalog.indicators.get(draft.link.indicator or "")
    if row is not None and before.scope.population in row.implied_population:
        return
    besides = lists.besides.meets(said)  # 发放一次性生育补贴3000元，|另每年发放|1500元育儿补贴
    if row is not None and not besides and before.kind == draft.kind and before.link.indicator not in (None, row.id):
        return  # 城乡居民最低生活保障标准提高50元，即|城市居民最低生活保障标准|由370元调整为420元
    given = {
        name: getattr(before.scope, name) or getattr(scope, name) for name in ("population", "condition", "places")
    }
    draft.conditions = before.conditions
    if any(given.values()):
        draft.scope = replace(scope, **given)
        _take_support(draft, before)


def _take_class(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give what another pays the class that opens the name of what the first does: |一档|单位缴费比例为5%，个人缴费比例为2%."""
    before = _figure_before(drafts)
    if before is None or before.link.subject is None or draft.scope.condition or draft.conditions:
        return
    payers = before.scope.payer, draft.scope.payer
    if None in payers or payers[0] == payers[1] or before.kind != draft.kind:
        return
    opened = opening_class(context, before.link.subject)
    if opened and context.in_one_segment(before.number.start, draft.number.start):
        draft.scope = replace(draft.scope, condition=context.words(opened))
        draft.support.append(("scope", opened))


def _take_from_whole(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give the parts of an amount those whom the whole is of: 职工筹资标准每年140元，|其中|个人缴纳50元."""
    if draft.kind != "money" or not drafts:
        return
    segment, parts = context.segment(draft.number.start), context.linking_resources.lists.goes_on.pattern
    opened = parts.search(context.text, segment.start, draft.number.start)
    if opened is None:
        return
    whole = next((one for one in reversed(drafts) if segment.start <= one.number.start < opened.start()), None)
    if whole is None or whole.kind != "money" or whole.role == "condition":
        return
    if not draft.conditions and draft.scope.population in (None, whole.scope.population):
        draft.conditions = list(whole.conditions)  # |70周岁及以上|人员，筹资标准8340元，其中个人缴费480元
    if whole.scope.population and not draft.scope.population:
        draft.scope = replace(draft.scope, population=whole.scope.population)
        draft.support += _said(context, whole, (whole.scope.population,))


def _take_named(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a figure the persons in the name that it has from the one before: |家庭经济困难寄宿生|生活补助小学1250元，初中1500元."""
    before = _figure_before(drafts)
    if before is None or draft.scope.population or not before.scope.population:
        return
    if draft.link.indicator is None or (draft.link.indicator, draft.role) != (before.link.indicator, before.role):
        return
    name = name_at(draft)
    held = [item for item in _said(context, before, (before.scope.population,)) if name and within(item[1], name)]
    if name == name_at(before) and held:
        draft.scope = replace(draft.scope, population=before.scope.population)
        draft.support += held


def _take_headed_band(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a share the band of costs before a colon, which is that of all shares behind it: |1万元以上|：在职94%，退休96%."""
    before = _figure_before(drafts)
    if before is None or draft.conditions or not (_is_rate(before) and _is_rate(draft)):
        return
    bands = [one for one in before.conditions if context.text.startswith(_COLON, one.span.end) and one.kind == "money"]
    same = (before.unit, before.link.indicator) == (draft.unit, draft.link.indicator)
    if bands and same and context.in_one_segment(bands[0].number.start, draft.number.start):
        draft.conditions = bands


def _take_provider_of_stay(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give what only says which stay of a year it is for the hospital that the one before is of: |一级医院|首次700元，第二次650元."""
    before = _figure_before(drafts)
    if before is None or before.scope.provider is None or draft.scope.provider or not draft.link.indicator:
        return
    if before.link.indicator != draft.link.indicator:
        return
    apart = not context.in_one_segment(before.number.start, draft.number.start)
    stays = [] if apart else [stay_of(context, one.number) for one in (before, draft)]
    if stays and None not in stays and stays[0] != stays[1]:
        draft.scope = replace(draft.scope, provider=before.scope.provider)
        draft.support += _said(context, before, (before.scope.provider,))


def _is_rate(draft: Draft) -> bool:
    return (draft.kind, draft.role) == ("rate", "level")


def _take_area(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give the next school of a list the areas that the one before is in: |农村|小学720元，初中940元."""
    before = _figure_before(drafts)
    areas = context.statement.words.lists.area_prefix.pattern
    own, other = draft.scope.provider, before.scope.provider if before else None
    opened = areas.match(other) if own and other and own != other else None
    if before is None or opened is None or own is None or areas.match(own) or draft.scope.places:
        return
    said = context.statement.chunks(before.span.end, draft.number.start)
    alone = len(said) == 1 and context.words(said[0].span) == own
    same = (before.subject, before.kind, before.unit) == (draft.subject, draft.kind, draft.unit)
    if alone and same and context.in_one_segment(before.number.start, draft.number.start):
        draft.scope = replace(draft.scope, provider=opened.group() + own)
        _take_support(draft, before)


def _take_grade(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give those who are kept elsewhere how badly off they are of whom the figure before is: |全失能|集中供养2280元，分散供养1900元."""
    keeping, before = context.statement.words.lists.graded_keeping.pattern, _figure_before(drafts)
    own = keeping.fullmatch(draft.scope.population or "")
    other = keeping.fullmatch(before.scope.population or "") if own and before else None
    if (
        before is None
        or own is None
        or other is None
        or own["grade"]
        or not other["grade"]
        or own["kept"] == other["kept"]
    ):
        return
    same = (before.subject, before.kind, before.unit) == (draft.subject, draft.kind, draft.unit)
    if same and context.in_one_segment(before.number.start, draft.number.start):
        draft.scope = replace(draft.scope, population=other["grade"] + own["kept"])
        _take_support(draft, before)


def _take_headed_places(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a figure the places that head its sentence: |一类地区：|月最低工资标准2060元；小时最低工资标准21元."""
    first = drafts[0] if drafts else None
    if first is None or draft.scope.places or not first.scope.places or first.role == "condition":
        return
    start = context.span.start
    colon = context.text.find("：", start, min(start + _HEAD, first.number.start))
    headed = context.statement.chunks(start, colon) if colon > start else []
    if len(headed) != 1 or headed[0].kind not in ("grade", "place") or headed[0].span != Span(start, colon):
        return
    segment = context.segment(draft.number.start)
    rest = context.statement.words.lists.rest_of
    if segment.start == context.segment(first.number.start).start or rest.meets(context.words(segment).lstrip()):
        return
    draft.scope = replace(draft.scope, places=first.scope.places)
    draft.support += _said(context, first, first.scope.places)


def _take_scope(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give what a figure changes by, or moves to, the scope of that figure: 二类地区1600元，增加140元; 一类地区由6.3元，增加到7.2元."""
    before = _figure_before(drafts)
    if before is None or before.role not in ("level", "previous"):
        return
    changes = draft.role in ("increase", "decrease") and draft.kind in (before.kind, "rate")
    moved = (before.role, draft.role, draft.kind) == ("previous", "level", before.kind)
    if not (changes or moved) or draft.subject != before.subject or draft.conditions != before.conditions:
        return
    apart = not context.in_one_segment(before.number.start, draft.number.start)
    if apart or any(one.kind not in _UNSAID for one in context.statement.chunks(before.span.end, draft.number.start)):
        return
    # 一、二类地区分别为1800元、1700元，提高80元: what is dealt out to none is of all of a list, not of its last item
    if any(one.case is not None and one.case.share is not None for one in (draft, before)):
        return
    between = context.text[before.span.end : draft.number.start]
    if context.linking_resources.lists.of_all.meets(between):
        return  # 一类1800元、二类1700元，均提高80元
    named = before.scope.population and before.scope.population in (before.subject or "")
    taken = {name: getattr(before.scope, name) for name in _WHOSE if not (named and name == "population")}
    if any(getattr(draft.scope, name) != value for name, value in taken.items()):
        draft.scope = replace(draft.scope, **taken)
        draft.support = [item for item in draft.support if item[0] != "scope"]
        draft.support += [item for item in before.support if item[0] == "scope"]


def _take_case(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give other persons the case that opens their statement: |购房的|，单方最高额度由70万元调整至80万元，夫妻双方由100万元….

    It holds for all to whom the same is given; what else the statement measures may have no case.
    """
    if not draft.scope.population or draft.scope.condition or not draft.link.indicator:
        return
    segment = context.segment(draft.number.start)
    alike = (one for one in drafts if one.link.indicator == draft.link.indicator and one.number.start >= segment.start)
    first = next(alike, None)
    case = first.scope.condition if first else None
    if first is None or case is None or first.scope.population in (None, draft.scope.population):
        return
    opening = past_marker(context.text, segment)
    if case.endswith(OWNING) and context.text.startswith(case + _COMMA, opening):
        draft.scope = replace(draft.scope, condition=case)
        draft.support.append(("scope", Span(opening, opening + len(case))))


def _take_insured(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give what another pays the persons for whom the amount right before it is: 易返贫人口政府资助175元，|个人缴费175元|; 其余440元由政府补助."""
    before, segment = _figure_before(drafts), context.segment(draft.number.start)
    if before is None or draft.scope.population or not (draft.scope.payer and draft.link.indicator):
        return
    alike = before.kind == draft.kind == "money" and before.link.indicator not in (None, draft.link.indicator)
    if not alike or before.scope.population is None or before.number.start < segment.start:
        return
    lists = context.statement.words.lists
    chunks = context.statement.chunks(before.span.end, draft.number.start)
    if any(one.kind == "person" and not lists.selves.meets(context.words(one.span)) for one in chunks):
        return
    draft.scope = replace(draft.scope, population=before.scope.population)
    draft.support += _said(context, before, (before.scope.population,))
    if not draft.conditions:
        draft.conditions = list(before.conditions)


def _take_groups(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a figure whose clause only says for whom, or only where, what the one before says of the other.

    一类地区全护理人员照料护理标准为每月546元，半护理273元: both are of these places.
    """
    before = _figure_before(drafts)
    if before is None or before.subject is None or (before.subject, before.kind) != (draft.subject, draft.kind):
        return
    if not context.in_one_segment(before.number.start, draft.number.start):
        return
    said = context.statement.chunks(before.span.end, draft.number.start)
    kinds = {chunk.kind for chunk in said}
    rest = context.statement.words.lists.rest_of.meets(context.words(said[0].span)) if said else True
    field = {"person": "places", "grade": "places", "place": "population"}.get(kinds.pop()) if len(kinds) == 1 else None
    if rest or field is None or getattr(draft.scope, field) or not getattr(before.scope, field):
        return
    words = before.scope.places if field == "places" else (before.scope.population,)
    draft.scope = replace(draft.scope, **{field: getattr(before.scope, field)})
    draft.support += _said(context, before, words)


def _take_pers(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give an amount that follows another of its name the per of that one: 集中养育孤儿每人每月1680元，散居孤儿1250元."""
    before = _figure_before(drafts)
    if draft.kind != "money" or draft.per or before is None or not before.per:
        return
    # 对职工每人补助300元，对单位补助5000元: what no indicator defines may be per another thing.
    linked = draft.subject and ((draft.link.indicator and before.link.indicator) or _is_listed(context, before, draft))
    same = (before.subject, before.kind, before.unit) == (draft.subject, draft.kind, draft.unit)
    # 香洲区由每平方米24元提高到26元，金湾区由|17元|提高到19元
    alike = before.role == draft.role or {before.role, draft.role} == {"level", "previous"}
    if not (linked and same and alike):
        return
    between = context.text[before.span.end : draft.number.start]
    if context.linking_resources.lists.own_per.meets(between):
        return
    draft.per = before.per
    said = [item for item in before.support if item[0] == "per"]
    draft.support += said or [("per", before.span)]


def _is_listed(context: SentenceContext, before: Draft, draft: Draft) -> bool:
    """Return True if nothing but a 、 and a class stands between two amounts of a list: 托小班每人每月600元、|托大班|500元."""
    between = context.text[before.span.end : draft.number.start]
    chunks = context.statement.chunks(before.span.end, draft.number.start)
    named = len(chunks) == 1 and chunks[0].kind == "grade" and chunks[0].span.end == draft.number.start
    return named and between[: -len(context.words(chunks[0].span))] in context.statement.words.joints
