"""From the quantities of a sentence to drafts of facts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft, anchor_of, base_of, changed_from, condition_words, modality_of
from extractor.notice.facts.fit import LinkedFigure
from extractor.notice.facts.groups import (
    classed_before,
    named_scope,
    opening_places,
    opening_provider,
    whole_persons,
    within,
)
from extractor.notice.facts.link import NONE, Link, LinkCase, link
from extractor.notice.facts.lists import SELF, Share, shares
from extractor.notice.facts.measure import MeasureCase, is_band, measure_of
from extractor.notice.facts.names import REACH, MeasureName
from extractor.notice.facts.pers import pers_of
from extractor.notice.facts.programme import goes_without_saying, one_programme, qualified_by
from extractor.notice.facts.scope import own_class, scope_of
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.facts.tables import cell_scope
from extractor.notice.numerals import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.model import Quantity, Role, Scope
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk

_SMALL = 10
# 5年以下（含5年）和5年以上
_BOUND_AGAIN = re.compile(r"^（[^（）]{1,12}）")
# What spans of time class: 缴费不足5年、10年以上的最长分别为12个月、24个月.
_DEALT = ("rate", "money", "duration")
_BOUNDS = ("ge", "gt", "le", "lt", "between")
# What says of no other figure that it is another's: 比|上年|增加5元.
_UNSAID = frozenset({"time", "empty"})
# 每辆
_EACH = 2
_AMOUNTS = {"money": "amount", "rate": "amount"}
# No text has so many measures or items of its own: 105个重点城市.
_MOST_ITEMS = 40


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
    names = _NamesSaid(context)
    left, list_start = context.span.start, 0
    for index, quantity in enumerate(context.mentions.quantities):
        condition = condition_words(context, quantity)
        role, role_at = _role_of(context, quantity, condition)
        gap = context.text[last[0].span.end : quantity.span.start].strip() if last else None
        if gap is None or gap not in context.linking_resources.lists.joints.words:
            list_start = quantity.number.start
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
        based = base_of(context, quantity, list_start) if rate else None
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
        if measure and measure.step == "head" and found.step == "caption_name" and found.subject:
            measure = MeasureName(found.subject, "head")
        if quantity.kind == "count" and _counts_items(context, quantity, found):
            items.append(quantity)
            continue
        ground = quantity.number.start in context.grounds
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
        _add_measure(context, draft, measure, share)
        _take_over(context, draft, last, drafts)
        drafts.append(draft)
        if not ground:  # 以月平均工资7466元为基数，分别按50%、40%计发: its name is none of theirs
            before, last = (replace(figure, per=draft.per), found), (quantity, draft)
        left = quantity.span.end
    if len(drafts) > 1:
        _share_out(context, drafts, uneven)
    return drafts, items, uneven


def _linked(case: LinkCase, before: list[Draft], values: int) -> Link:
    """Link a figure; not one of ``values`` that may be either of what stands before, nor one of those that may be chosen.

    Nor what a rate is taken of by the name of the result.
    """
    context, number = case.context, case.figure.number
    offered = context.linking_resources.lists.offered_behind.pattern
    if case.figure.kind == "rate" and offered.match(context.text, case.figure.span.end, context.span.end):
        return NONE
    found = link(case)
    if values and _may_be_either(before, found, values):
        return NONE
    # 下限为4933元（8221元×60%）
    return NONE if number.start in context.grounds and not _names_ground(case, found) else found


def _names_ground(case: LinkCase, found: Link) -> bool:
    """Return True if an indicator is that of what others are reckoned by, by the name right before it: 按|月平均工资|7466元的60%."""
    context, number = case.context, case.figure.number
    if found.step == "inherited" or (found.subject and found.subject.end != number.start):
        return False
    name = context.text[context.statement.base_start(case.clause.start, number.start) : number.start]
    return found.cue is None or any(word in name for word in (*found.cue.all, *found.cue.any))


def _named(context: SentenceContext, name: Span | None, measure: MeasureName | None) -> Span | None:
    """Return the catalog's name of a figure before what its clause measures; not one that only leads to it: 单位按|职工工资总额."""
    if measure and name and context.words(name)[-1:] in context.statement.words.basing:
        return measure.span
    return name or (measure.span if measure else None)


def _share_out(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Give figures what those beside them say, once all are read."""
    _old_lists(context, drafts, uneven)
    _share_moves(context, drafts)
    _share_rises(context, drafts)
    _share_conditions(context, drafts)
    _class_by_spans(context, drafts, uneven)
    _deal_conditions(context, drafts, uneven)
    _deal_changes(context, drafts, uneven)
    _deal_shares(context, drafts, uneven)
    _deal_results(context, drafts)
    _drop_inherited(context, drafts)
    _drop_others(context, drafts)
    _drop_payers(context, drafts)
    _part_changes(context, drafts)
    _class_behind(context, drafts)
    _share_pers(drafts)


def _may_be_either(before: list[Draft], found: Link, values: int) -> bool:
    """Return True if ``values`` are dealt out to as many names that the sentence has before them, nobody says how.

    缴费基数上限为300%，下限为60%，2031年分别为24042元和4879元
    """
    named = {draft.subject for draft in before if draft.subject and draft.kind == "rate"}
    return found.step in ("inherited", "sentence_name", "sentence_cue") and 1 < len(named) == values


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


def _role_of(context: SentenceContext, quantity: Quantity, condition: Span | None) -> tuple[Role, Span | None]:
    """Say what a figure is and by which words: an example's, a ``condition``'s, or what the words of change say."""
    if context.example and context.example.end <= quantity.number.start:
        return "example", context.example
    if quantity.role == "level" and condition:
        return "condition", condition
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
        named = context.statement.words.kind_of(share.words) == "measure" and context.words(share.span) == share.words
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


class _NamesSaid:
    """The names that a sentence has given its figures so far; ``bands`` holds those of classes of values by their unit."""

    def __init__(self, context: SentenceContext) -> None:
        """Begin with none."""
        self._context = context
        self._times = context.statement.words.lists.times
        self._rates = context.statement.words.lists.rate_ends
        # 2个以上子女的家庭每月再增加500元: what is counted names no amount.
        self._measured: dict[str, MeasureName] = {}
        self._conditional: MeasureName | None = None
        self._level: MeasureName | None = None
        self._lasted: tuple[Quantity, MeasureName] | None = None
        self.bands: dict[str | None, MeasureName] = {}

    def note(self, quantity: Quantity, name: MeasureName, *, condition: bool, ground: bool) -> None:
        """Note the name of a figure; one of what others are reckoned by (``ground``) is none of theirs."""
        if name.step not in ("own", "band") and not ground:
            if self._ends_condition(quantity, condition=condition):
                self._conditional = name
            else:
                # 首套住房贷款利率五年以下为2.35%: a span of time that only classes a rate bears the rate's name.
                rate = self._rates.meets(self._context.words(name.span))
                self._measured["amount" if rate else self._sort_of(quantity, name, condition=condition)] = name
            # A number of things grows: neither how often something is done nor a bound of who is meant.
            counts = quantity.kind == "count" and not self._times.meets(quantity.unit or "")
            self._level = name if counts and not condition and not is_band(quantity, condition=False) else None
        if is_band(quantity, condition=condition):
            self.bands[quantity.unit] = name
        self._lasted = (quantity, name) if quantity.kind == "duration" and not condition else None

    def last_of(self, quantity: Quantity, left: int, *, condition: bool) -> MeasureName | None:
        """Return the last name of an amount for an amount, the last name of all for a count or a span of time.

        A number of things may change by a share, or be one: 养老床位达到4万张，增长5%; 老年人口71万人，占总人口的12%.
        """
        if quantity.kind not in _AMOUNTS:
            # 每多生育1个婴儿增加15天: what is counted lasts no time
            none = {"count"} if quantity.kind == "duration" else set()
            none |= {"condition"} if none and not condition and not self._is_reached(quantity) else set()
            return max((name for of, name in self._measured.items() if of not in none), key=_start, default=None)
        changes = quantity.role in ("increase", "decrease")
        if quantity.kind == "rate" and self._level and (changes or self._opens_share(quantity, left)):
            return self._level
        amount = self._paid_for(quantity, left) or self._measured.get("amount") or self._lasting(left)
        if self._conditional and (self._is_counted(quantity) or self._ends_condition(quantity, condition=condition)):
            return max((amount or self._conditional, self._conditional), key=_start)
        return amount

    def _sort_of(self, quantity: Quantity, name: MeasureName, *, condition: bool) -> str:
        """Sort a figure by what its name may name as well; 缴费满5年的，最长领取12个月: what was done so long is none of it."""
        if self._context.statement.words.lists.spans.meets(self._context.words(name.span)):
            return _AMOUNTS.get(quantity.kind, quantity.kind)  # 领取期限按缴费时间确定：满1年的，最长12个月
        lasts = quantity.kind == "duration" and (condition or is_band(quantity, condition=condition))
        return "condition" if lasts or self._is_reached(quantity) else _AMOUNTS.get(quantity.kind, quantity.kind)

    def _is_reached(self, quantity: Quantity) -> bool:
        """Return True for a span of time that something must have lasted: 连续缴费|满|6个月."""
        bound = self._context.text[quantity.span.start : quantity.number.start]
        return quantity.kind == "duration" and self._context.statement.words.use_of.get(bound) == "act"

    def _paid_for(self, quantity: Quantity, left: int) -> MeasureName | None:
        """Return the name of an amount that is told by a span of time right before it: 丧葬补助金为6个月的月平均工资，计49326元."""
        if quantity.kind != "money" or self._lasted is None or self._lasted[0].span.end != left:
            return None
        name = self._lasted[1]
        paid = self._context.statement.words.lists.paid_ends.meets(self._context.words(name.span))
        return name if paid and name.step == "before" else None

    def _lasting(self, left: int) -> MeasureName | None:
        """Return the name of what changes within a span of time right before a figure: 能耗强度|五年累计下降14%."""
        if self._lasted is None or self._lasted[0].span.end != left or self._lasted[0].operator != "eq":
            return None
        name = self._lasted[1]
        return name if name.step == "before" and name.span.end == self._lasted[0].span.start else None

    def _ends_condition(self, quantity: Quantity, *, condition: bool) -> bool:
        """Return True if a share only says when something holds: 就业比例达到1%的，按应缴额的50%缴纳 is no ratio of 50 %."""
        ends = self._context.linking_resources.lists.clause_condition_end
        clause = self._context.clause(quantity.number.start)
        return quantity.kind == "rate" and (condition or ends.meets(self._context.words(clause)))

    def _is_counted(self, quantity: Quantity) -> bool:
        """Return True if what is too low or too high is counted so: 缴费基数低于工资60%的，按60%计算."""
        end = max(self._context.clause(quantity.number.start).end, quantity.span.end)
        return self._context.linking_resources.lists.counted_as.meets(self._context.text[quantity.span.end : end])

    def _opens_share(self, quantity: Quantity, left: int) -> bool:
        """Return True if a clause right behind a figure begins with what the figure is a share of."""
        context, start = self._context, self._context.clause(quantity.number.start).start
        opens = any(context.text.startswith(word, start) for word in context.statement.words.lists.share_of.words)
        return opens and left <= start and not context.text[left : start - 1].strip()


def _start(name: MeasureName) -> int:
    return name.span.start


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
    elif share.group == "provider":
        scope, named = whole_persons(context, draft.number, scope, scoped.support)
    elif share.group == "words" and not scope.places and (places := opening_places(context, share.span)):
        scope = replace(scope, places=tuple(context.words(span) for span in places))
        named += places
    scope, classes = _with_class(context, share, scope) or classed_before(context, draft.number, scope, measure)
    named += classes
    if qualifier and qualifier not in (scope.condition or "").split("，"):
        # 一次性工伤医疗补助金，五级22个月: both say which it is
        scope = replace(scope, condition="，".join(filter(None, (qualifier, scope.condition))))
    if scope.provider is None and draft.link.subject and (provider := opening_provider(context, draft.link.subject)):
        scope = replace(scope, provider=context.words(provider))
        named.append(provider)
    if context.sentence.kind == "cell":
        scope, heads = cell_scope(context, scope, measure, linked=not headed)
        named += heads
        if goes_without_saying(context, draft, scope.condition):
            scope = replace(scope, condition=None)
    draft.scope = _without_payers(context, scope, scoped.support, share)
    draft.support += [("scope", span) for span in (*scoped.support, *announced, *named) if not within(span, draft.span)]


def _with_class(context: SentenceContext, share: Share | None, scope: Scope) -> tuple[Scope, list[Span]] | None:
    """Add the class that a list gives a figure to its condition: 顺产、剖宫产医疗费用限额分别为3500元、5500元."""
    if share is None or share.group != "alias" or not context.statement.words.is_class(share.words):
        return None
    dealt = scope.condition and share.whole and scope.condition in context.words(share.whole)
    conditions = (None if dealt else scope.condition, share.words)
    return replace(scope, condition="，".join(filter(None, conditions))), [share.span]


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


def _add_measure(context: SentenceContext, draft: Draft, measure: MeasureName | None, share: Share | None) -> None:
    own = measure is not None and (measure.step in ("own", "head") or draft.kind == "duration")
    own = (
        own
        or _is_nearer(context, draft, measure)
        or _names_a_group(context, draft)
        or (share is None and _is_longer(context, draft, measure))
    )
    if draft.link.subject is not None and not own and not _without_persons(context, draft.link.subject, measure):
        measure = _linked_name(context, draft, draft.link.subject)
        kind = opening_provider(context, draft.link.subject)
        if measure and kind and context.statement.words.lists.schooling.meets(context.words(kind)):
            measure = MeasureName(Span(kind.start, measure.span.end), measure.step)  # 特殊教育|生均公用经费标准
    if share and share.group == "words":
        if share.head and _is_of_condition(context, share.head, draft.number):
            share = replace(share, head=None)
        measure = _dealt_name(context, draft, measure, share)
    if measure and measure.step not in ("own", "link") and within(measure.span, draft.span):
        measure = None  # 最多报15万元: the bound's own verb is no name
    if measure and measure.span.end - measure.span.start == 1:
        measure = None  # nothing is named by one sign
    draft.subject = context.words(measure.span) if measure else None
    if measure and share:
        _open_with_class(context, draft, share, measure.span)
    if draft.kind == "count":
        draft.counted = draft.subject
    if measure and not within(measure.span, draft.span):
        draft.support.insert(0, ("subject", measure.span))


def _is_of_condition(context: SentenceContext, head: Span, number: Span) -> bool:
    """Return True if what the items of a list have is only said of whom a figure is for: 取得技师、高级技师|证书|的，分别给予2000元、3000元."""
    clause = context.clause(head.start)
    ends = context.linking_resources.lists.clause_condition_end
    return clause.end <= context.clause(number.start).start and ends.meets(context.words(clause))


def _is_nearer(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> bool:
    """Return True if a figure has a name of its own behind the one before: 新增幼儿园学位2.8万个、|义务教育学位4.5万个."""
    before = context.figure_before(draft.number.start)
    if measure is None or measure.step != "before" or draft.link.subject is None or draft.kind != "count":
        return False
    return draft.link.subject.end <= before <= measure.span.start


def _is_longer(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> bool:
    """Return True if the catalog's name of a figure is one cut short: 基本|医保参保率 within a word, 个人应缴|费额 before its head."""
    name = draft.link.subject
    if name is None or measure is None or measure.step != "before" or not within(name, measure.span):
        return False
    if not any(piece.start == name.start for piece in context.statement.cut(measure.span)):
        return True
    return name.start == measure.span.start and context.statement.words.lists.amount_heads.meets(
        context.text[name.end : measure.span.end]
    )


def _names_a_group(context: SentenceContext, draft: Draft) -> bool:
    """Return True if the catalog's name of a figure says no more than for whom it is: 小微企业由300万元; not 个人缴纳300元."""
    name = draft.link.subject
    chunks = context.statement.chunks(*name) if name else []
    if name is None or not chunks or any(one.kind != "person" for one in chunks):
        return False
    return not any(one.use in VERBS for one in context.statement.cut(name))


def _dealt_name(
    context: SentenceContext, draft: Draft, measure: MeasureName | None, share: Share
) -> MeasureName | None:
    """Return the name that a list of words gives a figure: what its items are said of, their head, or the item."""
    grouped = context.statement.words.kind_of(share.words) != "measure"
    named = _before_items(context, share)
    if named and not share.head:
        measure = named
        if not grouped:
            # 照料护理标准分全护理、半护理两档，分别为…: the items are kinds of persons.
            draft.scope = replace(draft.scope, population=share.words)
            draft.support.append(("scope", share.span))
    elif share.head or not grouped:
        name = share.head or share.span
        part = share.head and context.statement.words.kind_of(share.words) == "grade"
        # 城镇、农村|居民人均可支配收入: a class opens the name
        measure = MeasureName(name if part else context.statement.opened(name), "share")
    return measure


def _open_with_class(context: SentenceContext, draft: Draft, share: Share, name: Span) -> None:
    """Let a class of areas open the name that it shares with others, and be no group: 城市和农村|低保标准分别为…."""
    words, items = context.statement.words, share.span if share.head else share.whole
    last = context.text[name.start - len(share.words) : name.start]  # not 城镇、农村居民|人均住房面积
    halves = items is not None and name.start == items.end and context.words(items) not in share.words  # 城乡|低保标准
    behind = (
        items is not None
        and name.start >= items.end
        and (words.is_area_class(last) or (halves and context.statement.words.lists.halves.meets(context.words(items))))
    )
    if behind and words.is_area_class(share.words):
        draft.subject = f"{share.words}{draft.subject}"
        draft.support.append(("subject", share.span))
        if draft.scope.population == share.words:
            draft.scope = replace(draft.scope, population=None)
            draft.support = [item for item in draft.support if item != ("scope", share.span)]


def _without_persons(context: SentenceContext, linked: Span, measure: MeasureName | None) -> bool:
    """Return True if a measure is the catalog's name without the persons that open it (散居孤儿|养育标准), or with its class."""
    if measure is None or measure.span.end != linked.end or measure.span.start == linked.start:
        return False
    words = context.statement.words
    if measure.span.start < linked.start:
        # 城市孤儿|养育标准 is one name, though the catalog knows but its end
        first = context.statement.cut(measure.span)[0]
        classed = words.kind_of(context.text[first.start : first.end]) == "grade"
        return classed and words.lists.endowed.meets(context.text[measure.span.start : linked.start])
    said = context.text[linked.start : measure.span.start]
    return words.lists.endowed.meets(said) and words.kind_of(said) == "person"


def _linked_name(context: SentenceContext, draft: Draft, subject: Span) -> MeasureName | None:
    """Return the catalog's name of a figure without a bound that the figure has: 救助金额|原则上不超过8000元."""
    name = _unbroken(context, context.statement.opened(_insurance_whole(context, subject)))
    if not name.start < draft.span.end or name.end <= draft.span.start:
        return MeasureName(name, "link")
    before = Span(subject.start, max(subject.start, draft.span.start))
    if before.end > before.start:
        draft.support.append(("indicator", before))
    words = context.statement.words
    named = words.lists.amount_heads.meets(context.words(before)) and words.kind_of(context.words(before)) == "measure"
    return MeasureName(context.statement.opened(before), "link") if named else None


def _unbroken(context: SentenceContext, name: Span) -> Span:
    """Return a catalog's name without words that are no part of it: 救助金额|原则上不超过, 每人每|月提取额度."""
    chunks = context.statement.chunks(name.start, name.end)
    if not chunks:
        return name
    first = chunks[0].span
    lists = context.statement.words.lists
    pieces = context.statement.cut(Span(first.end, name.end))
    bound = any(piece.use == "base" for piece in pieces) and len(chunks) == 1
    every = lists.every.meets(context.text[name.start - 1 : name.start])
    # 每日|限额; 救助金额|最高
    opens = context.linking_resources.units.per_found(context.text, name.start, first.start)
    start = first.start if opens and opens[-1][1].end == first.start else name.start + every
    ends = lists.bounding.meets(context.text[chunks[-1].span.end : name.end])
    if context.statement.words.use_of.get(context.text[name.start : first.start]) == "change":
        start = first.start  # 新增|中小学幼儿园学位
    if all(chunk.kind == "measure" for chunk in chunks):
        # 给予|见习补贴, 森林覆盖率|稳定: verbs around a name that the catalog lists with them
        start = first.start if lists.handing_out.meets(context.text[name.start : first.start]) else start
        ends = ends or lists.keeping.meets(context.text[chunks[-1].span.end : name.end])
    return Span(start, first.end if bound else chunks[-1].span.end if ends else name.end)


def _insurance_whole(context: SentenceContext, name: Span) -> Span:
    """Return a name with those whose insurance it begins with: 居民|医保参保率."""
    lists = context.statement.words.lists
    if not lists.insurances.meets(context.words(name)):
        return name
    text = context.text
    longest = max(
        (len(word) for word in lists.insured.words if text.endswith(word, context.span.start, name.start)), default=0
    )
    return Span(name.start - longest, name.end)


def _before_items(context: SentenceContext, share: Share) -> MeasureName | None:
    """Return the name that a list of items is said of: 照料护理标准分全护理、半护理、全自理三档."""
    if share.opens is None:
        return None
    start = context.clause(share.opens).start
    return context.statement.before(Span(share.opens, share.opens), start, "money")


def _old_lists(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Let what each class had be old where a list of as many new values follows: 由|一类1450元、二类1350元，依次调整为1620元、1520元."""
    moves = context.linking_resources.lists.list_moves
    numbers = {context.mentions.quantities[index].number: index for index in uneven}
    for at, draft in enumerate(drafts):
        if (
            not at
            or draft.role != "level"
            or not moves.meets(context.text[drafts[at - 1].span.end : draft.number.start])
        ):
            continue
        new = _joined_from(context, drafts, at)
        old = drafts[max(0, at - len(new)) : at]
        opened = _opens_old(context, old) if len(old) == len(new) > 1 else None
        if opened is None:
            continue
        for before, after in zip(old, new, strict=True):
            if before.role != "previous":
                before.role = "previous"
                before.support.append(("role", opened))
            _give_class(context, before, old[0], opened)
            _name_after(after, before)
            uneven.discard(numbers.get(after.number, -1))


def _give_class(context: SentenceContext, draft: Draft, first: Draft, opened: Span) -> None:
    """Let a thing between 由 and the value that it had be a class of what the first has the name of: 由|露天作业每天12元、室内作业8元."""
    lists, name = context.statement.words.lists, _name_at(first)
    low = max(opened.end, context.figure_before(draft.span.start))
    chunks = [one for one in context.statement.chunks(low, draft.number.start) if one.kind == "measure"]
    named = name is not None and name.end <= opened.start and lists.amount_heads.meets(context.words(name))
    if not named or len(chunks) != 1 or lists.amount_heads.meets(context.words(chunks[0].span)):
        return
    draft.subject = first.subject
    draft.scope = replace(draft.scope, condition=context.words(chunks[0].span))
    kept = [item for item in draft.support if item[0] != "subject"]
    draft.support = [*kept, *(item for item in first.support if item[0] == "subject"), ("scope", chunks[0].span)]


def _opens_old(context: SentenceContext, old: list[Draft]) -> Span | None:
    """Return the 由 before the first class of a list of levels that each have a class; None where they are none."""
    first, clause = old[0], context.clause(old[0].number.start)
    for before, after in pairwise(old):
        gap = context.text[before.span.end : after.span.start]
        classes = context.statement.chunks(before.span.end, after.span.start)
        alike = (before.role, before.kind, before.unit) == (after.role, after.kind, after.unit)
        if not alike or not classes or not gap.startswith(tuple(context.statement.words.joints)):
            return None
    chunks = context.statement.chunks(clause.start, first.number.start)
    if first.role not in ("level", "previous") or not chunks:
        return None
    said = chunks[-1].before
    start = chunks[-1].span.start - len(said)
    return Span(start, start + len(said)) if context.linking_resources.lists.old_before.meets(said) else None


def _share_moves(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give the new values of a list the names and groups of the old ones: 由A、B分别提高到C、D."""
    if sum(draft.role == "previous" for draft in drafts) < 2:  # noqa: PLR2004 - a list
        return
    _share_dealt(drafts)
    for at, draft in enumerate(drafts):
        old = [one for one in drafts[:at] if one.role == "previous" and one.kind == draft.kind]
        new = [one for one in drafts[at:] if one.role == "level" and one.kind == draft.kind]
        if draft.role != "level" or len(old) < 2 or len(old) != len(new) or drafts[at - 1] is not old[-1]:  # noqa: PLR2004 - a list
            continue
        moved = context.text[old[-1].number.end : draft.number.start]
        if not context.linking_resources.lists.respectively.meets(moved):
            continue
        for before, after in zip(old, new, strict=True):
            _name_after(after, before)
        return


def _share_rises(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let the verb of a list's first number be that of all: 新增|义务教育学位3.6万个、普通高中学位4500个; not 、现有学位2万个."""
    joints, stages = context.statement.words.joints, context.statement.words.lists.stages.pattern
    for before, after in pairwise(drafts):
        alike = (before.role, before.kind, before.unit, after.role) == ("increase", "count", after.unit, "level")
        if not alike or context.text[before.span.end : before.span.end + 1] not in joints:
            continue
        named = Span(before.span.end + 1, after.number.start)
        chunks = context.statement.chunks(*named)
        whole = len(chunks) == 1 and chunks[0].span == named and chunks[0].kind in ("measure", "person")
        if whole and not stages.match(context.words(named)):
            after.role = "increase"
            after.support += [item for item in before.support if item[0] == "role"]


def _share_dealt(drafts: list[Draft]) -> None:
    """Give new values the names and groups of as many old ones right before them: 低保户、特困户由492元、378元提高到526元、408元."""
    at = 0
    while at < len(drafts):
        end = at
        while end < len(drafts) and _is_dealt_old(drafts[end], drafts[at]):
            end += 1
        new = drafts[end : 2 * end - at]
        moved = end > at + 1 and len(new) == end - at
        if moved and all((one.role, one.kind) == ("level", drafts[at].kind) for one in new):
            for before, after in zip(drafts[at:end], new, strict=True):
                _name_after(after, before)
        at = max(end, at + 1)


def _is_dealt_old(draft: Draft, first: Draft) -> bool:
    return (
        draft.role == "previous"
        and draft.kind == first.kind
        and draft.case is not None
        and draft.case.share is not None
    )


def _name_after(draft: Draft, before: Draft) -> None:
    """Give a new value the name and the scope of its old one."""
    draft.scope, draft.subject = before.scope, before.subject
    kept = [item for item in draft.support if item[0] not in ("scope", "subject")]
    draft.support = [*kept, *(item for item in before.support if item[0] in ("scope", "subject"))]


def _deal_conditions(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Give each value of a list its own of as many conditions: 80—89周岁、90—99周岁老年人高龄津贴分别为60元、100元.

    A single value is for all of them; where there are others than one for each, nobody knows whose a value is. Those
    that have got theirs are ``uneven`` no more.
    """
    numbers = {context.mentions.quantities[index].number: index for index in uneven}
    at = 0
    while at < len(drafts):
        listed = _joined_from(context, drafts, at)
        at += len(listed)
        if len(listed) < 2 or listed[0].role != "condition" or at == len(drafts):  # noqa: PLR2004 - a list
            continue
        values = _joined_from(context, drafts, at)
        if values[0].conditions != [listed[-1]]:
            continue
        between = context.text[listed[-1].span.end : values[0].number.start]
        if len(values) == len(listed) and context.linking_resources.lists.respectively.meets(between):
            for condition, value in zip(listed, values, strict=True):
                value.conditions = [condition]
                _drop_condition(context, value, listed[0].span)
                uneven.discard(numbers.get(value.number, -1))
        else:
            values[0].conditions = listed if len(values) == 1 else []


def _share_conditions(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let all bounds of a list be conditions where the last is one: 低于4520元、4260元、4010元的|补足."""
    for at, last in enumerate(drafts):
        if last.role != "condition" or last.kind != "money" or last.operator not in ("lt", "gt") or at == 0:
            continue
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        if following and following.role == "condition" and following.operator == last.operator:
            continue
        listed = [last]
        for before in reversed(drafts[:at]):
            gap = context.text[before.span.end : listed[-1].span.start].strip()
            same = (before.kind, before.unit, before.operator) == (last.kind, last.unit, last.operator)
            if not same or not context.linking_resources.joint.fullmatch(gap):
                break
            listed.append(before)
        for one in listed[1:]:
            one.role, one.link = "condition", NONE
            one.support = [item for item in one.support if item[0] != "indicator"]


def _class_by_spans(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Let spans of time class the values dealt out to them: 5年以下（含5年）和5年以上贷款利率分别为2.1%和2.6%，第二套分别为2.525%和3.075%."""
    numbers = {context.mentions.quantities[index].number: index for index in uneven}
    spans: list[Draft] = []
    at = 0
    while at < len(drafts):
        listed = _joined_from(context, drafts, at, alike=False)
        at += len(listed)
        dealt = listed[0].number in numbers and len(spans) == len(listed) > 1 and listed[0].kind in _DEALT
        if not dealt and all(
            one.kind == "duration" and one.role == "level" and one.operator in _BOUNDS for one in listed
        ):
            spans = listed
        if dealt and context.segment(spans[0].number.start) == context.segment(listed[0].number.start):
            words = context.linking_resources.lists.respectively.pattern
            said = words.search(context.text, spans[-1].span.end, listed[0].number.start)
            for span, value in zip(spans, listed, strict=True):
                span.role, span.link, span.subject = "condition", NONE, None
                span.support = [item for item in span.support if item[0] not in ("subject", "indicator")]
                span.support += [("role", Span(*said.span()))] if said else []
                value.conditions = [span]
                uneven.discard(numbers[value.number])


def _drop_condition(context: SentenceContext, value: Draft, first: Span) -> None:
    """Take away the clause of all conditions of a list: 累计缴费满1年、满5年的，分别最长为12个月、18个月."""
    whole = [span for what, span in value.support if what == "scope" and within(first, span)]
    if any(context.words(span) == value.scope.condition for span in whole):
        value.scope = replace(value.scope, condition=None)
        value.support = [item for item in value.support if item[0] != "scope" or item[1] not in whole]


def _joined_from(context: SentenceContext, drafts: list[Draft], first: int, *, alike: bool = True) -> list[Draft]:
    """Return the figures of one kind and role that a list has from one on; ``alike``: and of one unit."""
    listed = [drafts[first]]
    for draft in drafts[first + 1 :]:
        last = listed[-1]
        if (draft.kind, draft.role) != (last.kind, last.role) or (alike and draft.unit != last.unit):
            break
        gap = _BOUND_AGAIN.sub("", context.text[last.span.end : draft.span.start].strip())
        if not context.linking_resources.joint.fullmatch(gap):
            break
        listed.append(draft)
    return listed


def _deal_changes(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Give the changes of a list what as many levels before it are of: 集中养育2760元，社会散居1985元，分别提高110元和80元.

    Where there are others than one for each, nobody knows of which a change is, and none has the indicator of the last.
    """
    numbers = {context.mentions.quantities[index].number: index for index in uneven}
    changes = [one for one in drafts if one.number in numbers and one.role in ("increase", "decrease")]
    if len(changes) < 2:  # noqa: PLR2004 - a list
        return
    first = changes[0]
    start = context.segment(first.number.start).start
    said = [one for one in drafts if one.number.start < first.number.start and one.role == "level"]
    alike = [one for one in said if (one.kind, one.unit) == (first.kind, first.unit)]
    before, levels = ([one for one in some if start <= one.number.start] for some in (said, alike))
    if len(levels) == 1 and len(alike) == len(changes):
        levels = alike  # 集中养育2760元；社会散居1985元，分别提高110元和80元
    if first.kind == "rate" and not levels:
        levels = [one for one in before if one.kind in ("money", "count")]  # 795元和6900元，分别增长3.9%、6.5%
    if len(levels) != len(changes):
        for change in changes if len(levels) > 1 and first.link.step in ("inherited", None) else ():
            change.link = NONE
            change.scope = replace(change.scope, places=(), population=None, provider=None, payer=None, condition=None)
            change.support = [item for item in change.support if item[0] != "scope"]
        return
    for level, change in zip(levels, changes, strict=True):
        change.link = _as_level(context, level, change)
        _name_as(change, level)
        uneven.discard(numbers[change.number])


def _deal_shares(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> None:
    """Give shares the names of the amounts that they come to: 上限为22932元，下限为4586元，分别相当于平均工资的300%和60%."""
    lists = context.linking_resources.lists
    numbers = {context.mentions.quantities[index].number: index for index in uneven}
    shared = [one for one in drafts if one.number in numbers and one.kind == "rate" and one.role == "level"]
    if not shared:
        return
    start = context.segment(shared[0].number.start).start
    dealt = [match.span() for match in lists.respectively.pattern.finditer(context.text, start, shared[0].number.start)]
    if not dealt or not lists.amounting.meets(context.text[dealt[-1][1] : shared[0].number.start]):
        return
    before = [one for one in drafts if start <= one.number.start < dealt[-1][0] and one.role == "level"]
    amounts = [one for one in before if one.kind == "money"]
    for amount, share in zip(amounts, shared, strict=True) if len(amounts) == len(shared) else ():
        share.link = NONE
        _name_as(share, amount)
        uneven.discard(numbers[share.number])


def _deal_results(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give amounts for whom the shares are that they come to: 完全不能自理的按50%、部分不能自理的按30%确定，即每月3643元和2186元."""
    restate = context.linking_resources.lists.restate
    at = 0
    while at < len(drafts):
        results = _joined_from(context, drafts, at)
        first, at = results[0], at + len(results)
        clause = context.clause(first.number.start)
        if len(results) == 1 or first.kind != "money" or not restate.meets(context.words(clause)):
            continue
        start = context.segment(first.number.start).start
        told = [one for one in drafts if start <= one.number.start < clause.start and one.kind == "rate"]
        scopes = {one.scope for one in told}
        if len(told) == len(scopes) == len(results):
            for share, result in zip(told, results, strict=True):
                result.scope = share.scope
                result.support = [item for item in result.support if item[0] != "scope"]
                result.support += [item for item in share.support if item[0] == "scope"]


def _name_as(draft: Draft, other: Draft) -> None:
    """Give a figure the name, scope and conditions of another, which it goes with."""
    draft.scope, draft.subject, draft.conditions = other.scope, other.subject, other.conditions
    kept = [item for item in draft.support if item[0] not in ("scope", "subject", "indicator")]
    draft.support = [*kept, *(item for item in other.support if item[0] in ("scope", "subject", "indicator"))]


def _part_changes(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let the parts of a change be changes: 新增学位15600个，其中小学8100个、初中4200个."""
    goes_on, joints = context.linking_resources.lists.goes_on, context.statement.words.joints
    parts = False
    for whole, part in pairwise(drafts):
        gap = context.text[whole.span.end : part.span.start].lstrip("，；")
        parts = goes_on.meets(gap) or (parts and gap.startswith(tuple(joints)))
        same = (part.subject, part.kind, part.unit) == (whole.subject, whole.kind, whole.unit)
        if parts and same and part.kind == "count" and part.role == "level" and whole.role in ("increase", "decrease"):
            part.role = whole.role
            part.support += [item for item in whole.support if item[0] == "role"] or [("role", whole.span)]


def _class_behind(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let what stands between the name of an amount and each of its values be their classes: 补贴标准为|直流桩每千瓦300元、交流桩100元."""
    at = 0
    while at < len(drafts):
        head = _classed_head(context, drafts[at])
        listed = drafts[at : at + 1]
        while head and at + len(listed) < len(drafts) and _goes_on(context, listed[-1], drafts[at + len(listed)]):
            listed.append(drafts[at + len(listed)])
        at += len(listed)
        if head is None or len(listed) == 1:
            continue
        for draft in listed:
            name = _name_at(draft)
            if name is None:
                continue
            draft.subject = context.words(head)
            draft.scope = replace(draft.scope, condition=context.words(name))
            draft.support = [(what, head if what == "subject" else span) for what, span in draft.support]
            draft.support.append(("scope", name))


def _name_at(draft: Draft) -> Span | None:
    return next((span for what, span in draft.support if what == "subject"), None)


def _classed_head(context: SentenceContext, draft: Draft) -> Span | None:
    """Return the name of an amount that stands before what a figure is named by, joined by no more than 为."""
    lists, name = context.statement.words.lists, _name_at(draft)
    if name is None or draft.kind != "money" or draft.link.indicator:
        return None
    at = _each_from(context, name)
    if context.text[at - 1 : at] not in lists.being.words or not _is_class_of(context, draft, name):
        return None
    before = context.statement.chunks(context.clause(name.start).start, name.start)[-1:]
    if not before or before[0].span.end != at - 1:
        return None
    said = context.words(before[0].span)
    return before[0].span if before[0].kind == "measure" and lists.amount_heads.meets(said) else None


def _each_from(context: SentenceContext, name: Span) -> int:
    """Return where the words begin that say that a figure is for each of what is named: 每辆|汽车."""
    at = name.start - _EACH
    return at if context.statement.words.lists.every.meets(context.text[at : at + 1]) else name.start


def _is_class_of(context: SentenceContext, draft: Draft, name: Span) -> bool:
    """Return True if a name is no amount's, and has nothing but words like 每千瓦 between it and its figure."""
    rest = context.statement.cut(Span(name.end, draft.number.start)) if name.end <= draft.number.start else None
    bare = rest is not None and all(one.use in ("adverb", "prep", "name") for one in rest)
    pers = [span for what, span in draft.support if what == "per"]
    near = name.end == draft.number.start or any(span.start == name.end for span in pers)
    return bare and near and not context.statement.words.lists.amount_heads.meets(context.words(name))


def _goes_on(context: SentenceContext, last: Draft, draft: Draft) -> bool:
    """Return True if an amount goes on with a list, and has a class of its own."""
    name = _name_at(draft)
    if (
        name is None
        or draft.link.indicator
        or (draft.kind, draft.unit, draft.role) != (last.kind, last.unit, last.role)
    ):
        return False
    gap = context.text[last.span.end : _each_from(context, name)]
    return (gap in context.statement.words.joints or gap == "，") and _is_class_of(context, draft, name)


def _drop_others(context: SentenceContext, drafts: list[Draft]) -> None:
    """Leave out whose a name was, where a later figure is another's: 集中养育孤儿|基本生活费标准2000元，散居孤儿1430元.

    Nor has that figure the indicator that it took from the first with its persons.
    """
    for draft in drafts:
        name = _name_at(draft)
        start = context.clause(draft.number.start).start
        if name is None or name.end > start or context.number_from(name.end) >= context.clause(name.start).end:
            continue  # 护理补贴，一级残疾人每月150元: nobody's figure stands with the name
        opening = context.statement.opening_group(name)
        if opening is None or not _are_others(context, opening, Span(start, draft.number.start)):
            continue
        rest = Span(opening.span.end, name.end)
        draft.subject = context.words(rest)
        draft.support = [(what, rest if span == name and what == "subject" else span) for what, span in draft.support]
        if draft.link.step == "inherited" and opening.kind == "person":
            draft.link = NONE


def _drop_payers(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give what another pays a name of its own, where the name before says who pays: 个人缴纳30元、政府补贴|60元."""
    for before, draft in pairwise(drafts):
        payer, other = before.scope.payer, draft.scope.payer
        apart = payer and other and payer != other and payer in (before.subject or "")
        said = draft.link.subject
        taken = draft.link.step == "inherited" or (said and said.end <= before.number.start)
        if not apart or draft.subject != before.subject or not taken:
            continue
        chunks = context.statement.chunks(before.span.end, draft.number.start)
        pieces = context.statement.cut(Span(chunks[-1].span.end, draft.number.start)) if chunks else []
        name = Span(chunks[-1].span.start, pieces[0].end) if pieces and pieces[0].use == "give" else None
        draft.link, draft.subject = NONE, context.words(name) if name else None
        draft.support = [item for item in draft.support if item[0] != "subject"]
        draft.support += [("subject", name)] if name else []


def _are_others(context: SentenceContext, owner: Chunk, clause: Span) -> bool:
    """Return True if words name a group beside another: 二档 beside 一档, 散居孤儿 beside 集中养育孤儿; not 半自理 of 特困人员."""
    said = context.words(owner.span)
    own = [context.words(one.span) for one in context.statement.chunks(*clause) if one.kind == owner.kind]
    if not own or any(one in said or said in one for one in own):
        return False
    forms = context.linking_resources.scope_forms
    known = ("population", said) in forms and any(("population", one) in forms for one in own)
    return owner.kind != "person" or known or any(one[-SELF:] == said[-SELF:] for one in own)


def _drop_inherited(context: SentenceContext, drafts: list[Draft]) -> None:
    """Unlink a change behind levels of several indicators, of which it has the last's: 城市、农村低保标准分别为800元、600元，增加50元."""
    for before, last, change in zip(drafts, drafts[1:], drafts[2:], strict=False):
        taken = change.link.indicator == last.link.indicator != before.link.indicator
        if not taken or change.link.step != "inherited" or change.role not in ("increase", "decrease"):
            continue
        listed = last.role == "level" and len(_joined_from(context, [before, last], 0)) > 1
        if listed and context.segment(change.number.start).start <= last.number.start:
            change.link = NONE


def _share_pers(drafts: list[Draft]) -> None:
    """Give a change that doesn't say per what it is what the level beside it is per: 每人每月300元，增加50元.

    An amount beside another of the same indicator is of the same time.
    """
    for at, change in enumerate(drafts):
        if change.role not in ("increase", "decrease") or change.kind != "money" or change.per:
            continue
        beside = (one for one in (*reversed(drafts[:at]), *drafts[at + 1 :]) if one.kind == "money")
        level = next((one for one in beside if one.link.indicator == change.link.indicator), None)
        if level is not None and change.link.indicator and level.role in ("level", "previous") and level.per:
            change.per = level.per
            change.support += [item for item in level.support if item[0] == "per"]


def _as_level(context: SentenceContext, level: Draft, change: Draft) -> Link:
    """Return the link of a level for its change, in whose place another name may have been said since."""
    key, name = level.link.indicator, level.link.subject
    if key is None or level.case is None or level.kind != change.kind:
        return NONE
    figure = replace(level.case.figure, role=change.role)
    if level.case.misfit(key, context.words(name) if name else "", figure):
        return NONE
    return Link(key, subject=name, step="inherited", place=level.span)


def _take_condition(context: SentenceContext, draft: Draft, last: tuple[Quantity, Draft]) -> None:
    """Attach a condition that stands right before: 1万元以上5万元以下的部分按60%支付."""
    quantity, condition = last
    if condition.role != "condition" or "。" in context.text[quantity.span.end : draft.number.start]:
        return
    if context.segment(quantity.number.start) == context.segment(draft.number.start):
        draft.conditions.append(condition)


def _take_conditions(context: SentenceContext, draft: Draft, before: Draft) -> None:
    """Give a figure the conditions of what it comes from or changes: 65周岁以上的由3元提高到|5元, 每月60元，比上年增加|5元."""
    if draft.conditions or not before.conditions or (before.role, before.kind) == (draft.role, draft.kind):
        return
    same = (before.kind, before.unit, before.subject) == (draft.kind, draft.unit, draft.subject)
    apart = context.segment(before.number.start) != context.segment(draft.number.start)
    said = context.statement.chunks(before.span.end, draft.number.start)
    if same and not apart and all(one.kind in _UNSAID for one in said):
        draft.conditions = before.conditions


def _take_over(
    context: SentenceContext, draft: Draft, last: tuple[Quantity, Draft] | None, drafts: list[Draft]
) -> None:
    """Give a figure what the ones before it say of it, too: a condition, groups, what it is per."""
    # 每千人口拥有3岁以下婴幼儿托位数: the figure before is part of the name.
    if last is None or draft.role == "condition" or (draft.link.subject and within(last[0].span, draft.link.subject)):
        return
    _take_condition(context, draft, last)
    _take_conditions(context, draft, last[1])
    _take_groups(context, draft, drafts)
    _take_pers(context, draft, drafts)
    _take_from_change(context, draft, drafts)


def _take_from_change(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give the level that a change leads to what is said of the change: 每人每月148元的基础上增加20元，提高到168元."""
    figures = [one for one in drafts if one.role != "condition"]
    if not figures or draft.role != "level" or figures[-1].role not in ("increase", "decrease"):
        return
    change = figures[-1]
    same = (change.subject, change.kind, change.unit) == (draft.subject, draft.kind, draft.unit)
    apart = context.segment(change.number.start) != context.segment(draft.number.start)
    if not same or apart or draft.subject is None or context.statement.chunks(change.span.end, draft.number.start):
        return
    scope = draft.scope
    given = {name: getattr(change.scope, name) for name in scope.__struct_fields__ if not getattr(scope, name)}
    if any(given.values()):
        draft.scope = replace(scope, **given)
        draft.support += [item for item in change.support if item[0] == "scope" and item not in draft.support]
    paid = next(
        (one for one in reversed(figures) if one.kind == "money" and one.subject == draft.subject and one.per), None
    )
    if draft.kind == "money" and not draft.per and paid:
        draft.per = paid.per
        draft.support += [item for item in paid.support if item[0] == "per"] or [("per", paid.span)]


def _take_groups(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give a figure whose clause only says for whom, or only where, what the one before says of the other.

    一类地区全护理人员照料护理标准为每月546元，半护理273元: both are of these places.
    """
    before = next((one for one in reversed(drafts) if one.role != "condition"), None)
    if before is None or before.subject is None or (before.subject, before.kind) != (draft.subject, draft.kind):
        return
    if context.segment(before.number.start) != context.segment(draft.number.start):
        return
    said = context.statement.chunks(before.span.end, draft.number.start)
    kinds = {chunk.kind for chunk in said}
    rest = context.statement.words.lists.rest_of.meets(context.words(said[0].span)) if said else True
    field = {"person": "places", "grade": "places", "place": "population"}.get(kinds.pop()) if len(kinds) == 1 else None
    if rest or field is None or getattr(draft.scope, field) or not getattr(before.scope, field):
        return
    words = before.scope.places if field == "places" else (before.scope.population,)
    draft.scope = replace(draft.scope, **{field: getattr(before.scope, field)})
    draft.support += [item for item in before.support if item[0] == "scope" and context.words(item[1]) in words]


def _take_pers(context: SentenceContext, draft: Draft, drafts: list[Draft]) -> None:
    """Give an amount that follows another of its name the per of that one: 集中养育孤儿每人每月1680元，散居孤儿1250元."""
    before = next((one for one in reversed(drafts) if one.role != "condition"), None)
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
