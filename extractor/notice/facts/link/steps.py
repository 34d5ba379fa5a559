"""Links a figure to an indicator of the catalog: by the words of its clause, then of its sentence, then of its section.

Never further. `STEPS` is the order: the first step that finds something decides, and the link names it with the words
that it rests on. Where two indicators fit equally, none is linked and both are named. To add a way of linking, write
its function in `sentence` or `above`, place it in `STEPS`, and give it a name in `StepName` and in `labels.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from extractor.notice.facts.fit.amount import is_beyond
from extractor.notice.facts.fit.figure import names_both_bounds
from extractor.notice.facts.link.above import caption_name, changed_column, head_name, heading_name, section_cue
from extractor.notice.facts.link.case import NONE, Link, LinkCase
from extractor.notice.facts.link.sentence import (
    action,
    clause_cue,
    clause_name,
    hinted,
    inherited,
    listed,
    paid_by,
    sentence_cue,
    sentence_name,
)
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from collections.abc import Callable


# Each returns what it finds, a link without indicator where the search must end, None to go on.
Step: TypeAlias = "Callable[[LinkCase], Link | None]"


def link(case: LinkCase) -> Link:
    """Link a figure by the first step that finds something."""
    for step in _steps(case):
        if (found := step(case)) is not None:
            # 财政补助700元，其中中央420元 is still named 财政补助, and no subsidy of all.
            part = found.indicator is not None and case.payer_of_part(found.indicator) is not None
            other = part or _is_of_growth(case, found) or _is_reckoned(case, found) or _is_its_bound(case)
            other = other or _is_unlikely(case, found) or _is_share_of_amount(case, found) or _is_of_each(case, found)
            other = other or _is_of_named_change(case, found) or _is_per_as_before(case, found)
            return replace(found, indicator=None) if other else _as_change(case, found)
    return NONE


def _as_change(case: LinkCase, found: Link) -> Link:
    """Give a change the one indicator that is of such changes alone, of the same name: 报销比例60%，经备案转市外住院的降低|10个百分点|."""
    figure, key = case.figure, found.indicator
    if key is None or figure.unit != "pp" or figure.role not in ("increase", "decrease") or case.indicator(key).change:
        return found
    row, whole = case.indicator(key), replace(figure, own=None)
    rows = (one for one in case.context.linking_resources.catalog.indicators.values() if one.change == figure.role)
    alike = [one.id for one in rows if one.programmes == row.programmes and {*one.aliases}.intersection(row.aliases)]
    changes = [one for one in alike if case.misfit(one, "", whole) is None]
    return replace(found, indicator=changes[0]) if len(changes) == 1 else found


def _steps(case: LinkCase) -> tuple[Step, ...]:
    """Choose the steps that a figure is linked by: none for a sum, its list's alone where that deals out two bounds."""
    if case.is_summed:
        return ()
    if names_both_bounds(case.context, case.share):
        return (listed,)
    return OWN_STEPS if case.is_left_over else STEPS


def _is_per_as_before(case: LinkCase, found: Link) -> bool:
    """Return True if a figure has the name of the one before, and could not be per what that is: |单日限额|村级20元，乡级|40元|."""
    before, _ = case.before or (case.figure, NONE)
    name, figure = found.subject, case.figure
    if found.indicator is None or found.step != "sentence_name" or name is None or not before.per or figure.per:
        return False
    named = case.context.clause(before.number.start).start <= name.start and name.end <= before.number.start
    if not named or before.kind != figure.kind:
        return False
    return case.misfit(found.indicator, case.context.words(name), replace(figure, per=before.per)) is not None


def _is_of_named_change(case: LinkCase, found: Link) -> bool:
    """Return True if only words further off name a level that a change leads to, which has another name of its own: |个人缴费|新增30元，达到250元."""
    context, (before, link) = case.context, case.before or (case.figure, NONE)
    changed = before.role in ("increase", "decrease") and before.kind == case.figure.kind and link.indicator is None
    if case.before is None or not changed or before.own is None:
        return False
    segment = context.segment(case.figure.number.start)
    earlier = found.step == "sentence_name" and found.subject is not None and found.subject.end <= segment.start
    if not earlier and found.step != "heading_name":
        return False
    said = context.statement.chunks(before.span.end, max(before.span.end, case.figure.number.start))
    others = context.linking_resources.aliases.get(context.words(before.own), ())
    named = before.own.start >= segment.start and bool(others) and found.indicator not in others
    return named and all(one.kind in ("time", "empty") for one in said)


def _is_reckoned(case: LinkCase, found: Link) -> bool:
    """Return True if an amount stands behind that by which it is reckoned, and a share or another amount between them.

    月最低工资标准为2260元，缴费不足5年的按其78%计发，即每月|1763元|; 不得低于最低工资标准的80%，一类地区是|1696元|
    """
    distant = found.step == "sentence_name" and found.indicator is not None and found.subject is not None
    if not distant or case.before is None or case.figure.kind != "money":
        return False
    before, link = case.before
    grounds = case.context.linking_resources.lists.reckoned_amounts
    if link.indicator is not None or not grounds.meets(case.indicator(found.indicator or "").name):
        return False
    changes = case.figure.role in ("increase", "decrease")
    if before.kind == "rate":
        return not changes
    start = found.subject.end if found.subject else before.number.start
    figures = (one for one in case.context.mentions.quantities if one.kind == "money" and one.number.start >= start)
    own = next(figures, None)
    told = own is not None and own.number.start <= before.number.start
    return told and (before.kind == "money" or before.condition)


def _is_unlikely(case: LinkCase, found: Link) -> bool:
    """Return True if a figure is more than there can be of an indicator that nothing in its own clause names.

    小时工资为24元，失业人员每人每月可领2142元，较原来的|1980元|多162元
    """
    row = case.indicator(found.indicator) if found.indicator is not None and found.step not in _NAMED else None
    return row is not None and case.figure.unit == row.unit and is_beyond(row, case.figure)


def _is_share_of_amount(case: LinkCase, found: Link) -> bool:
    """Return True if a rate is of the amount right before it, and nothing in its own clause names it: 封顶线25万元的|20%|即5万元."""
    if found.step in (*_NAMED, "clause_cue") or case.figure.kind != "rate":
        return False
    end = case.figure.span.start - 1
    owned = case.context.text[end : end + 1] in OWNING
    return owned and any(one.kind == "money" and one.span.end == end for one in case.context.mentions.quantities)


def _is_of_each(case: LinkCase, found: Link) -> bool:
    """Return True for what each pays of the amount before, that its own words don't name: 缴存额上限为8060元，即单位、个人各不高于|4030元|."""
    said = case.context.words(case.clause)
    return found.step not in _NAMED and case.context.linking_resources.lists.said_of_each.meets(said)


def _is_its_bound(case: LinkCase) -> bool:
    """Return True if a share is that which a clause before bounds: 缴费基数低于平均工资60%的，按|60%|核定."""
    before, figure = case.before[0] if case.before else None, case.figure
    bounds = before is not None and before.condition and before.base is not None
    return bounds and before is not None and before.kind == figure.kind == "rate" and before.value == figure.value


def _is_of_growth(case: LinkCase, found: Link) -> bool:
    """Return True if a change in percent has no name of its own for an amount, so that it is of what its clause tells.

    将次均门诊费用增幅控制在5%以内 in a paragraph on payment rates; 归集住房公积金108.7亿元，同比增长6.2% below 缴存比例有变化吗
    """
    figure = case.figure
    changes = figure.kind == "rate" and figure.unit == "%" and figure.role in ("increase", "decrease")
    distant = found.step in ("sentence_cue", "section_cue", "heading_name", "caption_name")
    row = case.indicator(found.indicator) if changes and distant and found.indicator is not None else None
    return row is not None and not (row.change or "increase" in row.roles)


# The steps by which a figure's own words name it, whatever it comes to.
_NAMED = frozenset({"hinted", "listed", "paid_by", "clause_name", "changed_column", "head_name"})
STEPS: tuple[Step, ...] = (
    action, listed, hinted, paid_by, clause_name, clause_cue, changed_column, inherited, sentence_name, sentence_cue, head_name,
    caption_name, heading_name, section_cue,
)  # fmt: skip
# They look at nothing but the figure's own clause and list.
OWN_STEPS = STEPS[: STEPS.index(changed_column)]
