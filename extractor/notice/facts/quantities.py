"""From the quantities of a sentence to drafts of facts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.announced import persons_before
from extractor.notice.facts.draft import Draft, anchor_of, base_of, changed_from, condition_words, modality_of
from extractor.notice.facts.fit_figure import LinkedFigure
from extractor.notice.facts.group_grades import (
    bare_name_of,
    classed_before,
    grades_before,
    opening_class,
    opening_provider,
)
from extractor.notice.facts.group_places import opening_places
from extractor.notice.facts.group_signs import within
from extractor.notice.facts.groups import named_scope, whole_persons
from extractor.notice.facts.link import link
from extractor.notice.facts.link_case import NONE, Link, LinkCase
from extractor.notice.facts.list_items import Share
from extractor.notice.facts.lists import shares
from extractor.notice.facts.measure import measure_of
from extractor.notice.facts.measure_case import MeasureCase
from extractor.notice.facts.names import REACH, MeasureName
from extractor.notice.facts.names_said import NamesSaid
from extractor.notice.facts.pers import pers_of
from extractor.notice.facts.programme import (
    goes_without_saying,
    insured_above,
    one_programme,
    qualified_by,
    scheme_said,
)
from extractor.notice.facts.scope import scope_of, with_label
from extractor.notice.facts.scope_cases import ages_of_sexes, own_class, referral_case, stay_of, tier_case
from extractor.notice.facts.share_classes import drop_ages_of_some
from extractor.notice.facts.share_out import share_out
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.facts.subjects import add_measure
from extractor.notice.facts.tables import cell_scope
from extractor.notice.facts.take_over import take_over
from extractor.notice.numerals import plain
from extractor.notice.structure.regions import NATION

if TYPE_CHECKING:
    from extractor.model import Quantity, Role, Scope
    from extractor.notice.facts.context import SentenceContext

_SMALL = 10
_CHANGES = ("increase", "decrease")
# What parts the items of a list, and of whom or of what class they are.
_PARTS = ("，", "、", "；")
# A change of another year is hardly more than so many times this one.
_ALIKE = 3
_WHOSE = ("person", "provider", "place", "grade")
_EQUALS = "="
# Steps that link a figure by what is said of others.
_OF_OTHERS = ("inherited", "sentence_name", "sentence_cue")
# No text has so many measures or items of its own: 105个重点城市.
_MOST_ITEMS = 40


class _Leads:
    """Remembers where the words begin that lead to a list of values or to a product, which are named before their first figure.

    月标准为21元×8小时×21.75天=3654元
    """

    def __init__(self, context: SentenceContext) -> None:
        """No list and no product has begun."""
        self._context, self._opened, self.listed = context, context.span.start, 0

    def come_to(self, quantity: Quantity, left: int, last: tuple[Quantity, Draft] | None) -> int:
        """Return where the words begin that may name a figure: behind the one before (``left``), of a product before all of it."""
        context = self._context
        gap = context.text[last[0].span.end : quantity.span.start].strip() if last else None
        if gap is None or gap not in context.linking_resources.lists.joints.words:
            self.listed = quantity.number.start
        between = context.text[left : quantity.span.start].strip()
        if between in context.statement.words.lists.product_signs.words:
            return left
        before, self._opened = self._opened, left
        return before if between == _EQUALS else left


def draft_quantities(
    context: SentenceContext, hints: dict[str, str | None]
) -> tuple[list[Draft], list[Quantity], set[int]]:
    """Return the drafts of a sentence's quantities, those that only count the text's own items, and uneven lists.

    ``hints`` maps the ids of patterns of amounts in words to their indicators.
    """
    given, uneven = shares(context)
    drafts: list[Draft] = []
    items: list[Quantity] = []
    before: tuple[LinkedFigure, Link] | None = None
    last: tuple[Quantity, Draft] | None = None
    names = NamesSaid(context)
    left, leads = context.span.start, _Leads(context)
    for index, quantity in enumerate(context.mentions.quantities):
        condition = condition_words(context, quantity)
        role, role_at = _role_of(context, quantity, condition, drafts)
        left = leads.come_to(quantity, left, last)
        measure = measure_of(
            MeasureCase(
                context,
                quantity,
                index,
                left,
                names.last_of(quantity, left, condition=condition is not None),
                names.bands.get(quantity.unit),
                quantity.pattern in hints,
                condition is not None,
            )
        )
        share = given.get(index)
        dealt = MeasureName(share.span, "share") if share and share.group == "alias" else measure
        pers = pers_of(context, quantity, dealt)
        rate = quantity.kind == "rate"
        based = base_of(context, quantity, leads.listed) if rate else None
        # 退休人员月人均基本养老金的3%: the base's own words say nothing of the share
        pers = {name: span for name, span in pers.items() if not (based and span and within(span, based[1]))}
        if measure and based:
            measure = _past_base(context, quantity, measure, based[1])
        figure = LinkedFigure(
            quantity.span, quantity.number, quantity.kind, quantity.unit, quantity.operator, hints.get(quantity.pattern),
            role == "condition", tuple(pers), based[0] if based else None, _own_name(context, quantity, measure, share), role, share, quantity.value,
        )  # fmt: skip
        case = LinkCase(context, figure, before=before, share=share)
        found = _linked(case, drafts, len(uneven) if index in uneven else 0)
        measure, found = _with_name_of(case, measure, found, drafts)
        if quantity.kind == "count" and _counts_items(context, quantity, found):
            items.append(quantity)
            continue
        ground = quantity.number.start in context.grounds or quantity.number.start in context.gaps
        if measure:
            names.note(quantity, measure, condition=condition is not None, ground=ground)
        named = _named(context, found.subject, measure)
        base = _base_phrase(context, based[1]) if based else None if rate else changed_from(context, quantity)
        draft = _draft(case, quantity, found, role=role, left=left, measure=named, base=base)
        draft.support += [("role", role_at)] if role_at and not within(role_at, draft.span) else []
        _add_pers(context, draft, pers)
        if based:
            draft.base, draft.base_phrase = based[0], base
            draft.support.append(("base", based[1]))
        add_measure(context, draft, measure, share)
        take_over(context, draft, last, drafts)
        drafts.append(draft)
        if not ground:  # 以月平均工资7466元为基数，分别按50%、40%计发: its name is none of theirs
            before = before if _only_changes(draft, last) else (replace(figure, per=draft.per), found)
            last = quantity, draft
        left = _past_label(context, quantity)
    if len(drafts) > 1:
        uneven = share_out(context, drafts, uneven)
    drop_ages_of_some(context, drafts)
    _leave_others_provinces(context, drafts)
    return drafts, items, uneven


def _past_label(context: SentenceContext, quantity: Quantity) -> int:
    """Return where a figure ends with the bracket right behind it that says whose it is: |400元（成年人）|、200元（未成年人）."""
    label = context.label(quantity)
    return label.end if label else quantity.span.end


def _with_name_of(
    case: LinkCase, measure: MeasureName | None, found: Link, before: list[Draft]
) -> tuple[MeasureName | None, Link]:
    """Return what a figure measures and its link: of a sum no name of its parts, below heads that say less the caption's."""
    if found.step in (None, *_OF_OTHERS) and _summed(case, before):
        return None, replace(found, subject=None)
    if measure and measure.step == "head" and found.step == "caption_name" and found.subject:
        return MeasureName(found.subject, "head"), found
    return measure, found


def _leave_others_provinces(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give what is told of another province no indicator: 上海、北京的月最低工资标准分别为2740元和2540元 in a notice of 江西."""
    region = context.notice.region
    if region is None or region.code == NATION:
        return
    own, provinces = f"{region.code[:2]}0000", context.linking_resources.provinces
    for draft in drafts:
        if draft.link.indicator and any(provinces.get(name, own) != own for name in draft.scope.places):
            draft.link = NONE


def _only_changes(draft: Draft, last: tuple[Quantity, Draft] | None) -> bool:
    """Return True if a figure says by how much the one before changes: 基准费率0.2%的基础上|下调20%|，按0.16%执行."""
    changes = draft.role in ("increase", "decrease") and draft.kind == "rate" and draft.link.indicator is None
    said, named = (last[1].subject if last else None), draft.subject
    return bool(changes and said and named and (named.endswith(said) or said.endswith(named)))


def _linked(case: LinkCase, before: list[Draft], values: int) -> Link:
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
    if before and before[-1].link.indicator == found.indicator and _is_relative(case.figure, before[-1]):
        return NONE
    if number.start in context.rate_factors or _is_tried_out(case):
        return NONE
    if found.step in _OF_OTHERS and (parts := _summed(case, before)):
        return _of_sum(case, found, parts)
    # 下限为4933元（8221元×60%）
    return NONE if number.start in context.grounds and not _names_ground(case, found) else found


def _is_tried_out(case: LinkCase) -> bool:
    """Return True if the clause of an amount in words only wishes for it: 鼓励有条件的地区探索|取消封顶线."""
    if case.figure.hint is None:
        return False
    return case.context.linking_resources.lists.tried_out.meets(
        case.context.text[case.clause.start : case.figure.number.start]
    )


def _summed(case: LinkCase, before: list[Draft]) -> list[Draft]:
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


def _is_relative(figure: LinkedFigure, before: Draft) -> bool:
    """Return True if a share is cut or raised by more than it is, so by a share of itself: 费率在0.2%的基础上下调|20%."""
    shares = before.kind == figure.kind == "rate" and before.unit == figure.unit == "%" and before.value is not None
    changed = shares and before.role in ("level", "previous") and figure.role in ("increase", "decrease")
    return changed and figure.value is not None and figure.value > Decimal(before.value or 0)


def _names_ground(case: LinkCase, found: Link) -> bool:
    """Return True if an indicator is that of what others are reckoned by, by the name right before it: 按|月平均工资|7466元的60%."""
    context, number = case.context, case.figure.number
    if context.grounds[number.start].start == number.start:
        return False  # 1083760元（54188元×20）
    if found.step == "inherited" or (found.subject and found.subject.end != number.start):
        return False
    name = context.text[context.statement.base_start(case.clause.start, number.start) : number.start]
    return found.cue is None or any(word in name for word in (*found.cue.all, *found.cue.any))


def _named(context: SentenceContext, name: Span | None, measure: MeasureName | None) -> Span | None:
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


def _base_phrase(context: SentenceContext, base: Span) -> Span:
    """Return a base with what is said before it of whose it is: 按|企业及其职工上年度实际缴纳失业保险费|的30%."""
    start = context.clause(base.start).start
    verbs = context.linking_resources.lists.base_before.pattern.finditer(context.text, start, base.start)
    return Span(max((verb.end() for verb in verbs), default=base.start), base.end)


def _past_base(context: SentenceContext, quantity: Quantity, measure: MeasureName, base: Span) -> MeasureName:
    """Return the name before a base instead of one that is only the base's: 深谷电价|较谷段电价下浮20%, 租金|不得高于同地段市场租金的90%."""
    whole = base if quantity.role != "level" else _base_phrase(context, base)
    if not within(measure.span, whole):
        return measure
    start, at = context.clause(base.start).start, base.start - 1
    if at < start:
        return measure
    led = context.statement.cut(Span(start, whole.start))[-1:]
    if quantity.role == "level" and not (led and led[0].use in ("change", "base")):
        return measure  # 完成缴费任务的80%
    found = context.statement.before(Span(at, at), start, quantity.kind)
    # 基本养老保险费和|失业保险费|的100%; 基金按115元×30天×80%
    if found is None or context.statement.joined(found.span, base):
        return measure
    said = context.words(found.span)
    payer = ("payer", said) in context.linking_resources.scope_forms
    return measure if payer or context.statement.words.kind_of(said) != "measure" else found


def _goes_on(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> Draft | None:
    """Return the change that a figure goes on with, of which it only says whose it is: 一级伤残每月增加180元，|二级|170元.

    Or of which it is a part: 增长6.5%左右，其中|城镇|5.5%. One with a bound or a per of its own is a level: 增加50元，
    特殊教育学校每生每年7000元; so is one behind a pair of a level and its change: 二类区1800元，增加150元；三类区1650元.
    """
    asked, before = (quantity.kind, quantity.unit), drafts[-1] if drafts else None
    if before is None or before.role not in _CHANGES or (before.kind, before.unit) != asked:
        return None
    alike = (one for one in drafts if (one.kind, one.unit, one.subject) == (*asked, before.subject))
    if any(one.role not in (*_CHANGES, "condition") for one in alike):
        return None
    at = before.span.end
    if context.linking_resources.lists.bracketed_year.meets(context.text[at : quantity.span.start]):
        # 支付限额增加1500元（2025年度为|1000元|）; not 财政补助增加30元（2024年为670元）
        return before if _is_no_more(quantity, before, _ALIKE) else None
    part = context.linking_resources.lists.goes_on.pattern.match(context.text, at + 1, quantity.span.start)
    if part and quantity.kind != "rate":
        # 低保标准提高50元，其中主城区1000元; but 人均增加200元，其中一级214元
        average = context.linking_resources.lists.on_average.meets(context.text[context.clause(at).start : at])
        if not _is_no_more(quantity, before, _ALIKE if average else 1):
            return None
    if context.text[at : at + 1] not in _PARTS or {"eq" if part else before.operator, quantity.operator} != {"eq"}:
        return None
    whose = Span(part.end() if part else at + 1, quantity.span.start)
    chunks = context.statement.chunks(*whose)
    if [one.span for one in chunks] != [whose]:
        return None
    return before if chunks[0].kind in _WHOSE or _is_part(context, quantity, drafts) else None


def _said_as_amount(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> Draft | None:
    """Return the change in percent that an amount in brackets right behind it says again: 增加15%（|每人20元/月|）."""
    before, aside = drafts[-1] if drafts else None, context.bracket(quantity.number.start)
    if before is None or before.role not in _CHANGES or (before.kind, quantity.kind) != ("rate", "money"):
        return None
    if aside is None or aside.start != before.span.end or quantity.operator != "eq":
        return None
    said = context.statement.cut(Span(aside.start + 1, quantity.span.start))  # not （达到每人每月150元）
    return before if all(piece.use == "adverb" for piece in said) else None


def _is_part(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> bool:
    """Return True if an amount and those before it, back to 其中, are no more than a change: 提高50元，其中财政补助30元、|个人缴费|20元."""
    goes_on, total, after = context.linking_resources.lists.goes_on.pattern, quantity.value, quantity.span
    for draft in reversed(drafts):
        if quantity.kind != "money" or total is None or draft.value is None or draft.role not in _CHANGES:
            return False
        if goes_on.match(context.text, draft.span.end + 1, after.start):
            return total <= Decimal(draft.value)
        total, after = total + Decimal(draft.value), draft.span
    return False


def _is_no_more(quantity: Quantity, before: Draft, times: int) -> bool:
    """Return True if a figure is at most so many times another; also where one of them has no single value."""
    return quantity.value is None or before.value is None or quantity.value <= times * Decimal(before.value)


def _role_of(
    context: SentenceContext, quantity: Quantity, condition: Span | None, drafts: list[Draft]
) -> tuple[Role, Span | None]:
    """Say what a figure is and by which words: an example's, a ``condition``'s, or what the words of change say."""
    if example := context.example_at(quantity.number.start):
        return "example", example
    # 对固定资产投资增长8%以上的|县（市、区）|给予奖励: what those grow by is no aim; not 减50个基点以下|部分|由个人承担
    kind_of = context.statement.words.kind_of
    # 低于1500元的|调整为1500元: nobody had less than an old value
    bounded = quantity.role == "previous" and quantity.operator in ("lt", "gt", "le", "ge")
    if condition and (quantity.role == "level" or bounded or kind_of(context.words(condition)) in _WHOSE):
        return "condition", condition
    level = quantity.role == "level"
    if level and quantity.kind in ("money", "rate") and (before := context.before_change(quantity.number.start)):
        return "previous", before
    rise = (_goes_on(context, quantity, drafts) or _said_as_amount(context, quantity, drafts)) if level else None
    if rise:
        return rise.role, next((at for what, at in rise.support if what == "role"), rise.span)
    return quantity.role, next((at for what, at in quantity.rests if what == "role"), None)


def _own_name(
    context: SentenceContext, quantity: Quantity, measure: MeasureName | None, share: Share | None
) -> Span | None:
    """Return the name that a figure's list, its clause or the heads of its cell give it; None for one said further off."""
    if share and share.group == "alias":
        # 护理补贴、辅具|租赁补贴分别为300元、200元
        clause = context.clause(share.span.start)
        chunks = context.statement.chunks(clause.start, max(clause.start, min(clause.end, quantity.number.start)))
        return next((one.span for one in chunks if within(share.span, one.span)), share.span)
    if share and share.group == "words" and not share.head:
        whole = share.ending is not None or context.words(share.span) == share.words
        named = whole and context.statement.words.kind_of(share.words) == "measure"
        if named:
            return share.span  # 单位地区生产总值能耗、用水量分别下降3%、5%
    if measure is None or measure.step in ("empty", "verb", "own"):
        return None
    aside = context.bracket(measure.span.start)
    if aside and not aside.start <= quantity.number.start < aside.end:
        return None  # 按缴费年限（含视同缴费年限，不含|折算年限）每满一年每月增加1元
    rates = context.statement.words.lists.rate_ends
    if quantity.kind == "money" and rates.meets(context.words(measure.span)):
        return None  # 留用率50%以上的由2320元提高到2540元
    clause = context.clause(quantity.number.start)
    inside = clause.start <= measure.span.start and measure.span.end <= clause.end
    return measure.span if inside or measure.step == "head" else None


def _draft(
    case: LinkCase,
    quantity: Quantity,
    found: Link,
    *,
    role: Role,
    left: int,
    measure: Span | None,
    base: Span | None,
) -> Draft:
    context = case.context
    draft = Draft(
        span=quantity.span, number=quantity.number, rule=quantity.pattern, kind=quantity.kind, role=role,
        operator=quantity.operator, value=_text(quantity.value), lower=_text(quantity.lower), upper=_text(quantity.upper),
        lower_inclusive=quantity.lower_inclusive, upper_inclusive=quantity.upper_inclusive, unit=quantity.unit,
        link=found, case=case, modality=modality_of(context, quantity.number.start),
    )  # fmt: skip
    draft.programme = one_programme(context, case.programmes)
    row = context.linking_resources.catalog.indicators.get(found.indicator or "")
    if row and row.tells and not case.is_akin(row.id) and draft.programme not in row.programmes:
        draft.programme = row.programmes[0]  # 固定资产投资增长5% in a notice on employment
    draft.support += [item for item in quantity.rests if item[0] != "role"]
    _add_scope(context, draft, case.share, left=left, measure=measure, base=base)
    if quantity.kind == "duration":
        words = context.words(quantity.span)
        draft.counted = next((name for form, name in context.linking_resources.counted.items() if form in words), None)
    if quantity.kind == "duration" and (anchor := anchor_of(context, quantity)):
        draft.anchor = context.words(anchor)
        draft.support.append(("anchor", anchor))
    return draft


def _add_pers(context: SentenceContext, draft: Draft, pers: dict[str, Span | None]) -> None:
    units = context.linking_resources.units
    if not pers and draft.link.subject and draft.kind == "money":
        # 年度救助限额，第一、二类对象为6万元: the antecedent says per what.
        pers = dict(units.per_found(context.text, *draft.link.subject))
    draft.per = units.in_order(set(pers))
    draft.support += [("per", span) for span in pers.values() if span and not within(span, draft.span)]


def _add_scope(
    context: SentenceContext, draft: Draft, share: Share | None, *, left: int, measure: Span | None, base: Span | None
) -> None:
    item = draft.role == "condition"
    scoped = scope_of(context, draft.number, share, left=left, item=item, measure=measure, base=base)
    scope = scoped.scope
    announced: list[Span] = []
    row = context.linking_resources.catalog.indicators.get(draft.link.indicator or "")
    headed = context.sentence.kind == "cell" and (row is None or "persons" in row.qualify_by)
    qualifier: str | None = None
    if scope.condition is None and not headed:
        qualifier, announced = qualified_by(context, draft)
    named: list[Span] = []
    if share is None or share.group == "alias":
        scope, named = named_scope(context, draft.number, scope, scoped.support, base, measure)
        if own := own_class(context, draft.number, left, scope.population):
            scope = replace(scope, population=context.words(own))
            named.append(own)
        if whose := _class_of_name(context, draft, scope.population):
            scope = replace(scope, population=context.words(whose))
            named.append(whose)
    elif share.group == "provider":
        scope, named = whole_persons(context, draft.number, scope, scoped.support)
    elif share.group == "words" and not scope.places and (places := opening_places(context, share.span)):
        scope = replace(scope, places=tuple(context.words(span) for span in places))
        named += places
    scope, classes = _with_class(context, draft.number, share, scope, measure)
    named += classes
    scope, label = with_label(context, draft.number, scope)
    scope, case = _with_case(context, draft, scope, qualifier)
    named += [*label, *case]
    scope, case = (scope, []) if item else _with_ages(context, draft.number, scope)
    named += case
    if scope.provider is None and draft.link.subject and (provider := opening_provider(context, draft.link.subject)):
        scope = replace(scope, provider=context.words(provider))
        named.append(provider)
    if scope.condition is None and draft.link.subject and (opened := opening_class(context, draft.link.subject)):
        scope = replace(scope, condition=context.words(opened))
        named.append(opened)
    scope, heads = _with_heads(context, draft, scope, measure, linked=not headed)
    named += heads
    persons = scope.population if share is None else None
    if persons and (grades := grades_before(context, persons, (*scoped.support, *named))):
        scope = replace(scope, population=context.words(grades) + persons)
        named.append(grades)
    draft.scope = _without_payers(context, scope, scoped.support, share)
    draft.support += [("scope", span) for span in (*scoped.support, *announced, *named) if not within(span, draft.span)]


def _with_case(context: SentenceContext, draft: Draft, scope: Scope, qualifier: str | None) -> tuple[Scope, list[Span]]:
    """Add to the case of a figure what qualifies its name, and which tier or stay of a year it is for: 职工医保，第二次住院."""
    said = [scope.condition] if scope.condition else []
    if qualifier and qualifier not in (scope.condition or "").split("，"):
        # 一次性工伤医疗补助金，五级22个月: both say which it is
        said.insert(0, qualifier)
    found = [find(context, draft.number) for find in (tier_case, referral_case, stay_of)]
    segment = context.segment(draft.number.start).start
    own = context.text.rfind(scope.condition, segment, draft.number.start) if scope.condition else -1
    # 经转诊的支付55%，|直接就医的|支付45%: what is said nearer is the case
    cases = [one for one in found if one and (own < 0 or one.end > own or one.start == segment)]
    added = [one for one in cases if context.words(one) not in (scope.condition or "")]
    said += [context.words(one) for one in added]
    return replace(scope, condition="，".join(said) or None), added


def _with_ages(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Give a figure the ages of both sexes as its case, and the men of one of them not as whom it is of."""
    ages = ages_of_sexes(context, number)
    if ages is None:
        return scope, []
    said, before = context.words(ages), scope.condition or ""
    case = before if said in before else "，".join(filter(None, (said, before)))
    # 男满55周岁、女满45周岁的，每月780元
    sex = scope.population if scope.population and scope.population in said else None
    return replace(scope, condition=case, population=None if sex else scope.population), [ages]


def _class_of_name(context: SentenceContext, draft: Draft, population: str | None) -> Span | None:
    """Return whose a figure is by the name that its clause gives it, of all that the sentence speaks of: |二孩|标准2000元, |全护理|标准."""
    own = draft.case.figure.own if draft.case else None
    whose = bare_name_of(context, own) if own else None
    said = context.words(whose) if whose else ""
    return whose if said and (population is None or (said != population and said in population)) else None


def _with_heads(
    context: SentenceContext, draft: Draft, scope: Scope, measure: Span | None, *, linked: bool
) -> tuple[Scope, list[Span]]:
    """Add to a scope what the heads of a cell say, or whose insurance the heading above a sentence is about."""
    if context.sentence.kind == "cell":
        scope, heads = cell_scope(context, scope, measure, linked=linked)
        unsaid = goes_without_saying(context, draft, scope.condition)
        scope = replace(scope, condition=None) if unsaid else scope
        if scheme := scheme_said(context, draft):  # 20万元以上 beside 90% of 职工大病保险
            scope = replace(scope, condition="，".join(filter(None, (scheme[0], scope.condition))))
            heads += [scheme[1]] if scheme[1] else []
        return scope, heads
    if not draft.link.indicator or scope.population:
        return scope, []
    whose = insured_above(context, akin=_is_of_part(draft)) or persons_before(context)
    return (replace(scope, population=context.words(whose)), [whose]) if whose else (scope, [])


def _is_of_part(draft: Draft) -> bool:
    """Return True if an indicator is of the insurances that its part is about; not 特困人员供养标准⏎…月最低工资标准1820元."""
    return draft.case is not None and draft.link.indicator is not None and draft.case.is_akin(draft.link.indicator)


def _with_class(
    context: SentenceContext, number: Span, share: Share | None, scope: Scope, measure: Span | None
) -> tuple[Scope, list[Span]]:
    """Add the class that a list gives a figure to its condition: 顺产、剖宫产医疗费用限额分别为3500元、5500元; else the one before it.

    What is the condition by another item of the list isn't: 平产、|剖宫产|的定额标准分别为|4500元|、7200元.
    """
    if share is None or share.group != "alias":
        return classed_before(context, number, scope, measure)
    classed = context.statement.words.is_class(share.words)
    dealt = scope.condition and share.whole and scope.condition in context.words(share.whole)
    if dealt and (classed or scope.condition != share.words):
        scope = replace(scope, condition=None)
    if not classed:
        return classed_before(context, number, scope, measure)
    return replace(scope, condition="，".join(filter(None, (scope.condition, share.words)))), [share.span]


def _without_payers(context: SentenceContext, scope: Scope, support: tuple[Span, ...], share: Share | None) -> Scope:
    """Drop the persons of a scope who only pay: 用人单位按0.45%缴纳, 职工|个人的缴存比例, 用人单位、职工个人费率分别为0.7%和0.3%."""
    listed = ("population", scope.payer) in context.linking_resources.scope_forms
    persons = scope.population or scope.payer or ""
    rest = (scope.payer or "").removeprefix(persons)
    itself = rest != scope.payer and context.statement.words.lists.selves.meets(rest)
    whole = share.whole if share and share.group == "payer" else None
    items = whole and any(within(span, whole) and context.words(span) == scope.population for span in support)
    pays = (scope.population == scope.payer and not listed) or itself or items
    return replace(scope, population=None) if pays else scope


def _counts_items(context: SentenceContext, quantity: Quantity, found: Link) -> bool:
    """Tell whether a count counts the text's own items, or one of something: 四项要求, 两类, 一家."""
    many = quantity.value is not None and quantity.value > _MOST_ITEMS
    if found.indicator or quantity.operator != "eq" or quantity.unit is None or many:
        return False
    words = context.words(quantity.number)
    rest = context.text[quantity.span.end : quantity.span.end + 8]
    lists = context.linking_resources.lists
    if lists.item_nouns.meets(rest):
        return True
    if words[0] in "一二两三四五六七八九十" and lists.item_units.meets(quantity.unit.strip("{}")):
        # 两类激励, 两项补贴: they count what the text has named.
        return True
    quoted = context.text[quantity.number.start - 1 : quantity.number.start] in "“‘《" and any(
        mark in rest for mark in "”’》"
    )
    if quoted:
        return True
    if words[0].isdecimal() or quantity.value is None or quantity.value > _SMALL:
        return False
    if quantity.per:
        return False
    return quantity.value == 1 or (
        not _is_counted_before(context, quantity)
        and (
            not rest
            or rest[0] in "，。；：、（）“”"
            or context.statement.behind(quantity.span.end, counted=True) is None
        )
    )


def _is_counted_before(context: SentenceContext, quantity: Quantity) -> bool:
    """Return True if what is made or done stands right before its number: 新增公园三处."""
    clause, words = context.clause(quantity.number.start), context.statement.words
    chunks = context.statement.chunks(max(clause.start, quantity.number.start - REACH), quantity.number.start)
    named = chunks and chunks[-1].kind == "measure" and chunks[-1].span.end == quantity.number.start
    return bool(named) and words.use_of.get(chunks[-1].before) in VERBS


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
