"""From the quantities of a sentence to drafts of facts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft, anchor_of, base_of, changed_from, condition_words, modality_of
from extractor.notice.facts.figures.links import OF_OTHERS, linked_by, name_with_catalog, parts_of_sum
from extractor.notice.facts.figures.names_said import NamesSaid
from extractor.notice.facts.figures.scopes import add_pers, add_scope, counts_items
from extractor.notice.facts.figures.signs import goes_on_from, only_changes, said_as_amount
from extractor.notice.facts.fit.figure import LinkedFigure
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.link.case import NONE, WHOSE, Link, LinkCase
from extractor.notice.facts.lists.items import Share
from extractor.notice.facts.lists.shares import shares
from extractor.notice.facts.measure.case import MeasureCase
from extractor.notice.facts.measure.steps import measure_of
from extractor.notice.facts.names.pieces import MeasureName
from extractor.notice.facts.pers import pers_of
from extractor.notice.facts.programme import one_programme
from extractor.notice.facts.shares.classes import drop_ages_of_some
from extractor.notice.facts.shares.out import share_out
from extractor.notice.facts.shares.take_over import take_over
from extractor.notice.facts.subjects import add_measure
from extractor.notice.numerals import plain
from extractor.notice.structure.regions import NATION

if TYPE_CHECKING:
    from extractor.model import Quantity, Role
    from extractor.notice.facts.sentence.context import SentenceContext

_EQUALS = "="


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
        found = linked_by(case, drafts, len(uneven) if index in uneven else 0)
        measure, found = _with_name_of(case, measure, found, drafts)
        if quantity.kind == "count" and counts_items(context, quantity, found):
            items.append(quantity)
            continue
        ground = quantity.number.start in context.reckoned.grounds or quantity.number.start in context.gaps
        if measure:
            names.note(quantity, measure, condition=condition is not None, ground=ground)
        named = name_with_catalog(context, found.subject, measure)
        base = _base_phrase(context, based[1]) if based else None if rate else changed_from(context, quantity)
        draft = _draft(case, quantity, found, role=role, left=left, measure=named, base=base)
        draft.support += [("role", role_at)] if role_at and not within(role_at, draft.span) else []
        add_pers(context, draft, pers)
        if based:
            draft.base, draft.base_phrase = based[0], base
            draft.support.append(("base", based[1]))
        add_measure(context, draft, measure, share)
        take_over(context, draft, last, drafts)
        drafts.append(draft)
        if not ground:  # 以月平均工资7466元为基数，分别按50%、40%计发: its name is none of theirs
            before = before if only_changes(draft, last) else (replace(figure, per=draft.per), found)
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
    if found.step in (None, *OF_OTHERS) and parts_of_sum(case, before):
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
    if condition and (quantity.role == "level" or bounded or kind_of(context.words(condition)) in WHOSE):
        return "condition", condition
    level = quantity.role == "level"
    if level and quantity.kind in ("money", "rate") and (before := context.before_change(quantity.number.start)):
        return "previous", before
    rise = (goes_on_from(context, quantity, drafts) or said_as_amount(context, quantity, drafts)) if level else None
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
    add_scope(context, draft, case.share, left=left, measure=measure, base=base)
    if quantity.kind == "duration":
        words = context.words(quantity.span)
        draft.counted = next((name for form, name in context.linking_resources.counted.items() if form in words), None)
    if quantity.kind == "duration" and (anchor := anchor_of(context, quantity)):
        draft.anchor = context.words(anchor)
        draft.support.append(("anchor", anchor))
    return draft


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
