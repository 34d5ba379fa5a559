"""Who bears a figure, as the catalog's words for payers tell: budgets of several levels, the rest that others bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.payers import actor_of
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.lists.items import SELF
from extractor.notice.facts.scope.terms import has_figure

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

# As many signs before a word say that persons stand there.
_PERSONS = 4
# 省, 市: tiers of government
_TIER = 1


def payer_of(
    context: SentenceContext, number: Span, measure: Span | None, near: tuple[str, list[Span]] | None
) -> tuple[str, list[Span]] | None:
    """Return the payer that 由… names, or the one inside a figure's name (the 个人 of 个人缴费标准), or the one ``near``.

    各级财政加大补助力度，人均财政补助标准新增30元: the near one says more exactly who it is.
    """
    actor = actor_of(context, number)
    if actor and near and actor.end <= near[1][0].start and has_figure(context, actor.end, near[1][0].start):
        actor = None  # 由基金承担三分之二、个人承担三分之一
    if actor:
        return "".join(context.words(actor).split()), [actor]
    if measure is None:
        return near
    if context.statement.words.lists.share_of.may_meet(context.words(measure)):
        # 财政补助占筹资总额的比例: nobody pays a share that only tells how much it is
        return near if near and not within(near[1][0], measure) else None
    paying = context.statement.words.lists.paying.words
    held = [
        term.span
        for term in context.hidden_payers
        if measure.start <= term.span.start and context.text.startswith(paying, term.span.end, measure.end)
    ]
    if not held or (near and near[0].endswith(context.words(held[0]))):
        return near
    if near and near[1][0].start >= measure.end:
        return near  # 财政补助标准为700元，其中中央420元
    if _stands_for_persons(context, held[0]):
        return near  # 居民个人缴费标准: for whom it is, is said
    return context.words(held[0]), [held[0]]


def whole_payer(
    context: SentenceContext, measure: Span | None, payer: tuple[str, list[Span]] | None
) -> tuple[str, list[Span]] | None:
    """Return a payer in the name of what is measured with what stands there before it: 县|市财政|配套比例."""
    if payer is None or measure is None or not measure.start < payer[1][0].start < measure.end:
        return payer
    before, whole = Span(measure.start, payer[1][0].start), Span(measure.start, payer[1][-1].end)
    tier = context.statement.words.lists.place_signs.meets(context.words(before))
    return (context.words(whole), [whole]) if tier else payer


def with_others(
    context: SentenceContext, payer: tuple[str, list[Span]] | None, measure: Span | None
) -> tuple[str, list[Span]] | None:
    """Add who stands joined before a payer's own 个人 and pays as well: 单位和|职工个人的缴存比例; the tiers of 市、|县两级财政.

    But 单位、|个人费率| names what the one pays.
    """
    if payer is None:
        return payer
    if tiers := _tiers_before(context, payer[1][0]):
        whole = Span(tiers[0].start, payer[1][0].end)
        return "".join(context.words(whole).split()), [whole, *payer[1][1:]]
    first = payer[1][0]
    if not context.statement.words.lists.selves.meets(payer[0][-SELF:]):
        return payer
    other = _joined_before(context, first)
    # the name begins with the one that pays, and not with the other: 单位、|个人费率|; not |单位和个人缴存比例|
    if other is None or (measure is not None and len(payer[0]) == SELF and measure.start == first.start):
        return payer
    whole = Span(other.start, first.end)
    return context.words(whole), [whole, *payer[1][1:]]


def joint_payers(context: SentenceContext, persons: Span, measure: Span | None) -> Span | None:
    """Return an employer and the persons joined to it who both pay a rate named behind them: |单位和职工|缴存比例各为5%."""
    lists = context.statement.words.lists
    if measure is None or persons.end > measure.end or not lists.paid_rates.meets(context.words(measure)):
        return None
    if not context.words(persons).endswith(lists.bare_persons.words):
        return None
    other = _joined_before(context, persons)
    return Span(other.start, persons.end) if other else None


def _joined_before(context: SentenceContext, one: Span) -> Span | None:
    """Return who stands joined before one that pays, and may pay as well: |单位|和职工, |企业|、个人."""
    beside = context.statement.chunks(context.clause(one.start).start, one.start)[-1:]
    joined = [chunk for chunk in beside if context.statement.joined(chunk.span, one)]
    bare = context.statement.words.lists.bare_persons
    return next((it.span for it in joined if it.kind == "payer" or bare.meets(context.words(it.span))), None)


def _tiers_before(context: SentenceContext, payer: Span) -> list[Span]:
    """Return the tiers of government that stand joined before a payer: 省、市、|县三级财政."""
    start, tiers = context.clause(payer.start).start, [payer]
    for chunk in reversed(context.statement.chunks(start, payer.start)):
        tier = chunk.kind == "place" and chunk.span.end - chunk.span.start <= _TIER
        if not tier or not context.statement.joined(chunk.span, tiers[0]):
            break
        tiers.insert(0, chunk.span)
    return tiers[:-1]


def _stands_for_persons(context: SentenceContext, payer: Span) -> bool:
    """Return True if persons stand right before 个人, which then is they."""
    words = context.statement.words
    before = context.text[max(context.clause(payer.start).start, payer.start - _PERSONS) : payer.start]
    return words.lists.selves.meets(context.words(payer)) and words.kind_of(before) == "person"
