"""Says what a figure measures: a tuple of steps, of which the first that names something decides (`names`).

What is not said in the clause comes from the figure before, the clauses before, the lead-in and the headings, in this
order, and only where nothing in between names another.
"""

from __future__ import annotations

from extractor.model import Span
from extractor.notice.facts.draft import measures_age
from extractor.notice.facts.measure.case import MeasureCase, Step
from extractor.notice.facts.measure.earlier import (
    by_above,
    by_before_ground,
    by_earlier,
    by_figure_before,
    by_given_by,
    by_given_to_many,
    by_ground,
    by_named_last,
    by_parallel,
    by_restated,
    by_whole,
)
from extractor.notice.facts.measure.own import (
    by_age,
    by_bare_verb,
    by_before,
    by_before_bracket,
    by_behind,
    by_counted_behind,
    by_empty,
    by_event,
    by_fund_moved,
    by_group,
    by_group_right_before,
    by_having,
    by_head,
    by_lasted,
    by_made_into,
    by_own_verb,
    by_own_words,
    by_same_band,
    by_short_verb,
    by_span_behind,
    by_tier_itself,
    by_time_limit,
    by_topic,
    by_topped_up,
)
from extractor.notice.facts.names.pieces import MeasureName


def measure_of(case: MeasureCase) -> MeasureName | None:
    """Return the name of what a figure measures; an age measures nothing but itself, where it isn't a span of life."""
    if case.quantity.kind == "age" and not measures_age(case.context, case.quantity):
        return by_age(case)
    if case.context.reckoned.is_factor(case.quantity):
        return by_ground(case)
    payer = False
    for step in STEPS:
        found = step(case) if not (payer and step is by_topic) else None
        if found is None or _is_bound(case, found, step):
            continue
        if not _only_pays(case, found):
            return _behind_per(case, found)
        # 中央45%、|省级|25%: as the figure before; 补贴标准为|单位|实际缴纳的100%: by what else its own sentence says
        named = _shared_rate(case, found) or by_figure_before(case)
        if named or found.span.end == case.number.start:
            return named
        payer = True
    return None


def _shared_rate(case: MeasureCase, payer: MeasureName) -> MeasureName | None:
    """Return the rate that stands right before one who bears a share of it: |保费补贴比例|中央45%."""
    lists, reader = case.context.statement.words.lists, case.context.statement
    chunks = reader.chunks(case.context.clause(payer.span.start).start, payer.span.start)[-1:]
    rate = [one.span for one in chunks if one.span.end == payer.span.start]
    return MeasureName(rate[0], "before") if rate and lists.paid_rates.meets(case.context.words(rate[0])) else None


def _only_pays(case: MeasureCase, found: MeasureName) -> bool:
    """Return True if what seems to name a share or an amount only says who bears it: 失业保险|单位|0.5%."""
    bearers = case.context.statement.words.lists.bearers
    return case.quantity.kind in ("rate", "money") and bearers.meets(case.context.words(found.span))


def _behind_per(case: MeasureCase, found: MeasureName) -> MeasureName:
    """Return a name without the end of the words that say what an amount is per: 每个村|补助5万元."""
    name = found.span
    pers = (span.end for span in case.quantity.per_spans if span and span.start < name.start < span.end < name.end)
    return found._replace(span=Span(max(pers, default=name.start), name.end))


def _is_bound(case: MeasureCase, found: MeasureName, step: Step) -> bool:
    """Return True if a name can't be that of an amount: 起付标准以上，10万元以上的部分报销70%; 缴费年限每满1年增加0.8元."""
    if case.quantity.kind != "money":
        return False
    lists, said = case.context.statement.words.lists, case.context.words(found.span)
    if step is by_before:
        return case.context.statement.based(case.number, case.left) and lists.no_amounts.meets(said)
    # 资助比例为60%，每户不超过8000元: no share is an amount
    share = step is by_figure_before and (lists.rate_ends.meets(said) or lists.share_tails.meets(said))
    limits = case.condition and (found.step == "verb" or lists.limits.meets(said))
    return share or limits or lists.no_amounts.meets(said)


def _by_named_rate(case: MeasureCase) -> MeasureName | None:
    """灵活就业人员按8.5%的|费率|缴纳 below 个人账户: a rate that is paid says that it is one, where a heading is of something else."""
    lists = case.context.statement.words.lists
    if case.quantity.kind != "rate":
        return None
    found = lists.rates_named.pattern.match(case.context.text, case.list_end)
    above = by_above(case) if found else None
    if found is None or (above and lists.paid_headings.meets(case.context.words(above.span))):
        return None
    return MeasureName(Span(*found.span("name")), "behind")


STEPS: tuple[Step, ...] = (
    by_own_words, by_ground, by_topped_up, by_fund_moved, by_counted_behind, by_before_bracket, by_time_limit, by_span_behind, by_made_into, by_group_right_before, by_short_verb, by_given_by, by_having, by_before, by_same_band, by_head, by_lasted, by_tier_itself, by_behind, by_own_verb, by_event, by_group, by_restated, by_before_ground, by_given_to_many, by_figure_before, by_earlier, by_parallel, by_whole, _by_named_rate, by_above, by_empty, by_named_last, by_topic, by_bare_verb,
)  # fmt: skip
