"""Whether an indicator can have a figure at all: its kind, unit, programme, and the words that it wants or can't bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.fit.amount import (
    ALLOTTING,
    changes_amount,
    has_unit,
    is_average,
    is_borne,
    is_change,
    is_for_each,
    is_not_counted,
    is_of_both_bounds,
    is_of_both_payers,
    is_of_other_growth,
    is_of_part_of_year,
    is_per_another,
    is_share_of_itself,
    is_tested,
    is_total,
    is_weekly,
)
from extractor.notice.facts.fit.figure import LinkedFigure, Misfit
from extractor.notice.facts.fit.others import another_thing, is_about, is_of_another, rival_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.facts.catalog import Indicator, Requirement
    from extractor.notice.facts.sentence.context import SentenceContext

_COLON = "："


def misfit(
    context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]
) -> Misfit | None:
    """Say why an indicator can't have a figure; None where it can. ``programmes`` are what the figure is about."""
    return next(_misfits(context, indicator, figure, programmes), None)


def _misfits(
    context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]
) -> Iterator[Misfit]:
    """Yield what an indicator can't have of a figure, what is cheap to say first."""
    if figure.kind not in indicator.kinds:
        yield "kind"
    if figure.condition and not indicator.window and not indicator.threshold:
        yield "condition"
    if indicator.roles and figure.role not in indicator.roles:
        yield "role"
    if indicator.operators and figure.role != "previous" and _operator(context, figure) not in indicator.operators:
        yield "operator"
    if not has_unit(context, indicator, figure):
        yield "unit"
    if indicator.change and figure.kind == "rate" and not is_change(context, figure):
        yield "change"
    rival = rival_before(context, indicator, figure) if indicator.rivals or indicator.needs_own else None
    if rival is not None:
        yield "rival" if rival else "require"
    if indicator.require and not _has_required(context, indicator.require, figure):
        yield "require"
    if not is_about(context, indicator, programmes):
        yield "programme"
    yield from _mistaken(context, indicator, figure)


def _mistaken(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> Iterator[Misfit]:
    """Yield by which of its own words a figure is of something else."""
    if (
        is_per_another(indicator, figure)
        or is_weekly(context, figure)
        or is_total(context, indicator, figure)
        or is_for_each(context, indicator, figure)
    ):
        yield "per"
    lists = context.linking_resources.lists
    makes_base = figure.kind == "rate" and lists.base_behind.meets(
        context.text[figure.span.end : figure.span.end + ALLOTTING]
    )
    if makes_base or (figure.base and is_of_another(context, indicator, figure.base)):
        yield "base"  # 以月平均工资的60%|为缴费基数
    if not indicator.change and (changes_amount(context, figure) or is_share_of_itself(indicator, figure)):
        yield "change"
    if another_thing(context, indicator, figure):
        yield "another"
    before = context.text[max(context.span.start, figure.number.start - ALLOTTING) : figure.number.start]
    if figure.role in ("increase", "decrease") and lists.each_moved.meets(before):
        yield "change"
    # 城镇化率55.5%，比全国低近11个百分点; 补足到3300元, 两项合计7096元; 而非终生只能领取24个月
    if (
        figure.number.start in context.gaps
        or lists.topped_up_before.meets(before)
        or lists.denied_before.meets(before)
        or (not indicator.together and lists.summed_before.meets(before))
    ):
        yield "another"
    paid = figure.kind == "money" and lists.borne_first.meets(indicator.name) and lists.paid_caps.meets(before)
    # 起付线以上分段报销，年度内最多补偿40万元
    if paid or is_of_both_bounds(context, indicator, figure) or is_of_both_payers(context, indicator, figure):
        yield "another"
    apart = is_average(context, indicator, figure) or is_borne(context, indicator, figure)
    apart = apart or is_of_other_growth(context, indicator, figure) or is_of_part_of_year(context, indicator, figure)
    if apart or is_tested(context, figure) or is_not_counted(context, figure):
        yield "another"
    if figure.role == "example":
        yield "example"


def required_in(context: SentenceContext, require: Requirement, at: int) -> tuple[str, str]:
    """Return where the words that an indicator requires of a figure (``at``) may stand, and where those that it must not have.

    Within a sentence it is all of it, the question that it answers and what names a cell. Those that it must not have may stand
    in the other parts of the sentence than that of the figure, but in what leads to all of them: 新增托位3000个；发放育儿补贴，每孩每年3600元.
    """
    if require.within == "clause" and context.sentence.kind != "cell":
        # 门诊慢特病病种由64种增加到68种，可以跨省直接结算的由10种增加到15种: of each its own clause, and those before without a figure
        clause = context.clause(at)
        low = max(context.span.start, context.figure_before(clause.start))
        words = context.words_outside(Span(low, clause.end), at)
        return words, words
    places = [context.question] if context.question else []
    if context.sentence.kind == "cell":
        places += [*context.sentence.context, *filter(None, (context.caption, context.lead_in))]
    colon = context.text.find(_COLON, context.span.start, context.number_from(context.span.start))
    lead = [Span(context.span.start, colon)] if colon > 0 else []
    # 家庭人均月收入低于3650元 in a notice on 公共租赁住房, which its title says
    title = context.notice.title or "" if require.within == "section" else ""
    wanted, unwanted = (*places, context.span), (*places, *lead, context.segment(at))
    return "\n".join((*map(context.words, wanted), title)), "\n".join((*map(context.words, unwanted), title))


def _has_required(context: SentenceContext, require: Requirement, figure: LinkedFigure) -> bool:
    """Return True if the words that an indicator requires are there, and none that it must not have."""
    wanted, unwanted = required_in(context, require, figure.number.start)
    return require.named_by(wanted) and not any(word in unwanted for word in require.none)


def _operator(context: SentenceContext, figure: LinkedFigure) -> str:
    """Return the bound that a figure is; its name may say it: 人均月收入限额由3560元提高到3750元."""
    named = figure.own is not None and context.linking_resources.lists.ceilings.meets(context.words(figure.own))
    return "le" if figure.operator == "eq" and named else figure.operator
