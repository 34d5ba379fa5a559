"""Old values, levels and changes that a sentence lists side by side, each paired with its own: 由A、B调整为C、D; 分别提高E、F."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.link.case import NONE, Link
from extractor.notice.facts.shares.classes import give_class
from extractor.notice.facts.shares.names import joined_from, name_after, name_as

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext


def old_lists(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Let what each class had be old where a list of as many new values follows: 由|一类1450元、二类1350元，依次调整为1620元、1520元."""
    moves = context.linking_resources.lists.list_moves
    for at, draft in enumerate(drafts):
        if (
            not at
            or draft.role != "level"
            or not moves.meets(context.text[drafts[at - 1].span.end : draft.number.start])
        ):
            continue
        new = joined_from(context, drafts, at)
        old = drafts[max(0, at - len(new)) : at]
        opened = _opens_old(context, old) if len(old) == len(new) > 1 else None
        if opened is None:
            continue
        for before, after in zip(old, new, strict=True):
            if before.role != "previous":
                before.role = "previous"
                before.support.append(("role", opened))
            give_class(context, before, old[0], opened)
            name_after(after, before)
            uneven.pop(after.number, None)


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


def share_moves(context: SentenceContext, drafts: list[Draft]) -> None:
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
            name_after(after, before)
        return


def share_rises(context: SentenceContext, drafts: list[Draft]) -> None:
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
                name_after(after, before)
        at = max(end, at + 1)


def _is_dealt_old(draft: Draft, first: Draft) -> bool:
    return (
        draft.role == "previous"
        and draft.kind == first.kind
        and draft.case is not None
        and draft.case.share is not None
    )


def deal_changes(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Give the changes of a list what as many levels before it are of: 集中养育2760元，社会散居1985元，分别提高110元和80元.

    So with what they start from: 上限22053元，下限4411元，分别比上年的21168元和4234元提高885元和177元. Where there are others
    than one for each, nobody knows of which a change is, and none has the indicator of the last.
    """
    for roles in (("previous",), ("increase", "decrease")):
        changes = [one for one in drafts if one.number in uneven and one.role in roles]
        if len(changes) > 1:
            _deal_to_levels(context, drafts, changes, uneven)


def _deal_to_levels(
    context: SentenceContext, drafts: list[Draft], changes: list[Draft], uneven: dict[Span, int]
) -> None:
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
        name_as(change, level)
        uneven.pop(change.number)


def deal_shares(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Give shares the names of the amounts that they come to: 上限为22932元，下限为4586元，分别相当于平均工资的300%和60%."""
    lists = context.linking_resources.lists
    shared = [one for one in drafts if one.number in uneven and one.kind == "rate" and one.role == "level"]
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
        name_as(share, amount)
        uneven.pop(share.number)


def deal_results(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give amounts for whom the shares are that they come to: 完全不能自理的按50%、部分不能自理的按30%确定，即每月3643元和2186元."""
    restate = context.linking_resources.lists.restate
    at = 0
    while at < len(drafts):
        results = joined_from(context, drafts, at)
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


def _as_level(context: SentenceContext, level: Draft, change: Draft) -> Link:
    """Return the link of a level for its change, in whose place another name may have been said since."""
    key, name = level.link.indicator, level.link.subject
    if key is None or level.case is None or level.kind != change.kind:
        return NONE
    figure = replace(level.case.figure, role=change.role)
    if level.case.misfit(key, context.words(name) if name else "", figure):
        return NONE
    return Link(key, subject=name, step="inherited", place=level.span)
