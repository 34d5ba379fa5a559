"""For whom, where and in which case one figure holds, as one scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.figures.signs import is_of_part
from extractor.notice.facts.groups.announced import persons_before
from extractor.notice.facts.groups.grades import (
    bare_name_of,
    classed_before,
    grades_before,
    opening_class,
    opening_provider,
)
from extractor.notice.facts.groups.named import named_scope, whole_persons
from extractor.notice.facts.groups.places import opening_places
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.link.case import Link
from extractor.notice.facts.lists.items import Share
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.words import VERBS
from extractor.notice.facts.programme import (
    goes_without_saying,
    insured_above,
    qualified_by,
    scheme_said,
)
from extractor.notice.facts.scope.cases import ages_of_sexes, own_class, referral_case, stay_of, tier_case
from extractor.notice.facts.scope.found import scope_of, with_label
from extractor.notice.facts.scope.payer import joint_payers
from extractor.notice.facts.tables import cell_scope

if TYPE_CHECKING:
    from extractor.model import Quantity, Scope
    from extractor.notice.facts.sentence.context import SentenceContext

_SMALL = 10
# No text has so many measures or items of its own: 105个重点城市.
_MOST_ITEMS = 40


def add_pers(context: SentenceContext, draft: Draft, pers: dict[str, Span | None]) -> None:
    """Give an amount what it is per: as its own words say, else those of the name that the catalog knows."""
    units = context.linking_resources.units
    if not pers and draft.link.subject and draft.kind == "money":
        # 年度救助限额，第一、二类对象为6万元: the antecedent says per what.
        pers = dict(units.per_found(context.text, *draft.link.subject))
    draft.per = units.in_order(set(pers))
    draft.support += [("per", span) for span in pers.values() if span and not within(span, draft.span)]


def add_scope(
    context: SentenceContext, draft: Draft, share: Share | None, *, left: int, measure: Span | None, base: Span | None
) -> None:
    """Give a figure its scope, with the words that each part of it rests on."""
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
    elif share.group == "words" and not scope.places and (places := _places_dealt(context, draft.number, share)):
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
    scope, both = _with_joint_payers(context, scope, (*scoped.support, *named), None if share else measure)
    named += both
    draft.scope = _without_payers(context, scope, scoped.support, share)
    draft.support += [("scope", span) for span in (*scoped.support, *announced, *named) if not within(span, draft.span)]


def _places_dealt(context: SentenceContext, number: Span, share: Share) -> list[Span]:
    """Return where values are that a list deals out: of one dealt out before, the places of its own clause (城市、农村分别为…，|兴国县|分别为…)."""
    clause = context.clause(number.start)
    own = Span(clause.start, number.start) if share.span.start < clause.start else share.span
    return opening_places(context, own) or opening_places(context, share.span)


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
    whose = insured_above(context, akin=is_of_part(draft)) or persons_before(context)
    return (replace(scope, population=context.words(whose)), [whose]) if whose else (scope, [])


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


def _with_joint_payers(
    context: SentenceContext, scope: Scope, support: tuple[Span, ...], measure: Span | None
) -> tuple[Scope, list[Span]]:
    """Make payers of persons who stand joined to an employer before the rate that both pay: |单位和职工|缴存比例不低于5%."""
    persons = [span for span in support if measure and context.words(span) == scope.population]
    both = [found for span in persons if (found := joint_payers(context, span, measure))]
    if not both:
        return scope, []
    if scope.payer and context.words(both[0]) in scope.payer:
        return replace(scope, population=None), []  # 单位和职工个人的缴存比例
    return replace(scope, population=None, payer=context.words(both[0])), both[:1]


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


def counts_items(context: SentenceContext, quantity: Quantity, found: Link) -> bool:
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
