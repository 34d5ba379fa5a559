"""What the steps of linking share: the nearest name that fits, and cue words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.fit.others import is_beside, is_told_by_persons
from extractor.notice.facts.link.case import NONE, TOUCHING, Link, LinkCase, StepName

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.catalog import Cue, Within


def other_figure(case: LinkCase, name: Term) -> bool:
    """Return True if another figure stands between the figure and a name behind it."""
    start, end = case.figure.span.end, name.span.start
    return case.context.number_from(start) < end


def leads_another(case: LinkCase, name: Term) -> bool:
    """Return True if a name behind a figure leads to the next of a list: 每人资助300元、个人缴纳100元."""
    context, number = case.context, case.context.number_from(name.span.end)
    joints = context.statement.words.joints
    opened = context.text[case.figure.span.end : name.span.start]
    return bool(opened) and opened[:1] in joints and number - name.span.end <= TOUCHING


def cue_holds(case: LinkCase, cue: Cue, within: Within) -> bool:
    """Return True if a cue may decide: where the clause has a thing of its own, some word of the cue stands in it, too."""
    if cue.programmes and not case.programmes & set(cue.programmes):
        return False
    if within == "clause" or not case.blocking:
        return True
    own = case.words("clause")
    return any(word in own for word in (*cue.all, *cue.any))


def nearest_name(case: LinkCase, terms: list[Term], step: StepName) -> Link | None:
    """Choose the nearest of several names; the longest where they end together."""
    figure = case.figure
    fitting = [term for term in terms if case.takes(term)]
    if not fitting:
        return None

    def distance(term: Term) -> tuple[int, int]:
        apart = (
            figure.number.start - term.span.end
            if term.span.end <= figure.number.start
            else term.span.start - figure.span.end
        )
        return (abs(apart), term.span.start - term.span.end)

    best = min(distance(term) for term in fitting)
    chosen = [term for term in fitting if distance(term) == best]
    chosen += _joined_before(case, chosen[0])
    keys = particular(case, {term.key for term in chosen})
    if len(keys) == 1:
        return Link(keys[0], subject=chosen[0].span, step=step)
    return Link(None, tuple(keys), subject=chosen[0].span, step=step)


def _joined_before(case: LinkCase, name: Term) -> list[Term]:
    """Return the names that a name before a figure is joined to: one amount of both is neither's alone (A、B均为1500元)."""
    joints, found = case.context.linking_resources.lists.scope_joints, []
    if case.share is not None or name.span.end > case.figure.number.start:
        return []
    for term in sorted(case.names, key=lambda term: -term.span.end):
        between = case.context.text[term.span.end : name.span.start]
        # The last of them is the rival of those before it.
        row, other = case.indicator(term.key), case.indicator(name.key)
        # 二氧化硫、氮氧化物排放总量下降15%: the own name of the figure is the last one's.
        alike = bool(row.change) and (row.change, row.unit, row.kinds) == (other.change, other.unit, other.kinds)
        known = (None, "rival", "another") if alike and row is not other else (None, "rival")
        if joints.meets(between) and case.misfit(term.key, case.context.words(term.span)) in known:
            found.append(term)
            name = term
    return found


def by_cue(case: LinkCase, words: str, within: Within, step: StepName) -> Link | None:
    """Link to the one indicator of whose cues one is met by some words."""
    found: dict[str, Cue] = {}
    for indicator, cues in case.context.linking_resources.cues_met(case.figure.kind, within, words):
        cue = next((cue for cue in cues if cue_holds(case, cue, within)), None)
        own = within == "section" and (case.names_itself(indicator.id) or case.has_another_head(indicator.id))
        part = cue and within == "sentence" and _is_part_of_another(case, indicator.id, cue)
        if cue and case.fits(indicator.id, cue) and not (own or part):
            found[indicator.id] = cue
    if not found:
        return None
    if len(found) > 1 and within == "sentence":
        found = _of_statement(case, found) or found
    keys = particular(case, set(found))
    if len(keys) == 1:
        return Link(keys[0], step=step, cue=found[keys[0]])
    return Link(None, tuple(keys), step=step)


def _is_part_of_another(case: LinkCase, key: str, cue: Cue) -> bool:
    """Return True if a bracket tells parts of a figure that is another indicator's: 缴存额下限为167元（单位和职工各|83.5元|）.

    Unless it names them itself: 总费率3%（单位|2%|、个人1%）.
    """
    aside, (before, link) = case.context.bracket(case.figure.number.start), case.before or (case.figure, NONE)
    if aside is None or before.span.end != aside.start or link.indicator in (None, key):
        return False
    return not cue.met_by(case.context.words(aside))


def _of_statement(case: LinkCase, found: dict[str, Cue]) -> dict[str, Cue]:
    """Return what the figure's own statement says alone: 缴存基数上限为20703元，下限为1670元；|缴存额上限为4968元，下限为167元|."""
    context = case.context
    statement = context.segment(case.figure.number.start)
    if statement == context.span:
        return found
    said = context.words(Span(statement.start, case.clause.end))
    return {key: cue for key, cue in found.items() if cue.met_by(said)}


def particular(case: LinkCase, keys: set[str]) -> list[str]:
    """Leave out what is said of a family where another name is the programme's own: 大病保险起付标准 is no 起付标准 of the fund's."""
    if len(keys) > 1:
        # 支付比例降低10个百分点: what is a change itself, before what it is a change of.
        moved = case.figure.role in ("increase", "decrease")
        changes = {key for key in keys if moved and case.indicator(key).change}
        keys = changes or keys
        beside = {key for key in keys if is_beside(case.context, case.indicator(key), case.programmes)}
        own = {key for key in keys if case.programmes & set(case.indicator(key).programmes)}
        # 在职职工 beside 门诊起付标准 in a notice about medical insurance
        told = {key for key in keys if case.is_of_family and is_told_by_persons(case.context, case.indicator(key))}
        keys = beside or told or own or keys
        keys = {key for key in keys if case.indicator(key).needs_own} or keys
    return sorted(keys)
