"""Classes and conditions that stand before several figures of a sentence and are those of all, or are dealt out to them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.link.case import NONE, Link
from extractor.notice.facts.shares.names import joined_from, name_at

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

# Of bands one ends where the next begins.
_BANDS = frozenset({"between", "ge", "gt", "le"})
# What spans of time class: 缴费不足5年、10年以上的最长分别为12个月、24个月.
_DEALT = ("rate", "money", "duration")
_BOUNDS = ("ge", "gt", "le", "lt", "between")


def drop_ages_of_some(context: SentenceContext, drafts: list[Draft]) -> None:
    """Take away an age that a list of several persons says of one of them: 孤儿、|70周岁以上|老人、大学生，个人不缴费."""
    for draft in drafts:
        ages = [one.span for one in draft.conditions if one.kind == "age"]
        said = [at for what, at in draft.support if what == "scope" and context.words(at) == draft.scope.population]
        for persons in said if len(ages) == len(draft.conditions) == 1 else ():
            listed = [one for one in context.statement.chunks(*persons) if one.kind == "person"]
            if within(ages[0], persons) and len(listed) > 1:
                draft.conditions = []


def give_class(context: SentenceContext, draft: Draft, first: Draft, opened: Span) -> None:
    """Let a thing between 由 and the value that it had be a class of what the first has the name of: 由|露天作业每天12元、室内作业8元."""
    lists, name = context.statement.words.lists, name_at(first)
    low = max(opened.end, context.figure_before(draft.span.start))
    chunks = [one for one in context.statement.chunks(low, draft.number.start) if one.kind == "measure"]
    named = name is not None and name.end <= opened.start and lists.amount_heads.meets(context.words(name))
    if not named or len(chunks) != 1 or lists.amount_heads.meets(context.words(chunks[0].span)):
        return
    draft.subject = first.subject
    draft.scope = replace(draft.scope, condition=context.words(chunks[0].span))
    kept = [item for item in draft.support if item[0] != "subject"]
    draft.support = [*kept, *(item for item in first.support if item[0] == "subject"), ("scope", chunks[0].span)]


def deal_conditions(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Give each value of a list its own of as many conditions: 80—89周岁、90—99周岁老年人高龄津贴分别为60元、100元.

    A single value is for all of them; where there are others than one for each, nobody knows whose a value is. Those
    that have got theirs are ``uneven`` no more.
    """
    at = 0
    while at < len(drafts):
        listed = joined_from(context, drafts, at)
        at += len(listed)
        if len(listed) < 2 or listed[0].role != "condition" or at == len(drafts):  # noqa: PLR2004 - a list
            continue
        values = joined_from(context, drafts, at)
        if values[0].conditions != [listed[-1]]:
            continue
        between = context.text[listed[-1].span.end : values[0].number.start]
        if len(values) == len(listed) and context.linking_resources.lists.respectively.meets(between):
            for condition, value in zip(listed, values, strict=True):
                value.conditions = [condition]
                _drop_condition(context, value, listed[0].span)
                uneven.pop(value.number, None)
        else:
            values[0].conditions = listed if len(values) == 1 else []


def deal_ages(drafts: list[Draft]) -> None:
    """Let an age within a list of persons be of those right behind it: 重度残疾人、70周岁以上|老年人，分别按20%、15%."""
    dealt = {draft.case.share.span.start: draft for draft in drafts if draft.case and draft.case.share}
    for draft in drafts:
        for age in [one for one in draft.conditions if one.kind == "age" and one.span.end in dealt]:
            owner = dealt[age.span.end]
            age.scope = replace(age.scope, population=owner.scope.population)
            if owner is not draft:
                draft.conditions = [one for one in draft.conditions if one is not age]
                owner.conditions = [*owner.conditions, age]


def share_ages(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let an age before a list that is dealt out hold for all of it: |60周岁以下|人员，一级、二级医院分别支付80%、75%."""
    for before, after in pairwise(drafts):
        shares = [one.case.share if one.case else None for one in (before, after)]
        if shares[0] is None or shares[1] is None or shares[0].whole is None or shares[0].whole != shares[1].whole:
            continue
        if not after.conditions and before.conditions:
            whole = shares[0].whole
            # not |80周岁以上|老年人、重度残疾人分别补贴100元、200元
            ages = [one for one in before.conditions if one.kind == "age"]
            held = [one for one in ages if context.clause(one.span.start).end < whole.start]
            after.conditions = held if len(held) == len(before.conditions) else []


def _are_dealt(context: SentenceContext, last: Draft, following: Draft) -> bool:
    """Return True if values are dealt out to a list of bands that ends here: …、10万元以上的部分，支付比例|分别|为60%、65%、70%."""
    words = context.linking_resources.lists.respectively.pattern
    return words.search(context.text, last.span.end, following.number.start) is not None


def share_conditions(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let all bounds of a list be conditions where the last is one: 低于4520元、4260元、4010元的|补足; 5万元至10万元、10万元以上|的部分."""
    for at, last in enumerate(drafts):
        if last.role != "condition" or last.kind != "money" or last.operator not in _BOUNDS or at == 0:
            continue
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        if following and following.role == "condition" and following.operator == last.operator:
            continue
        banded = last.operator in _BANDS
        if banded and not (following and _are_dealt(context, last, following)):
            continue
        listed = [last]
        for before in reversed(drafts[:at]):
            gap = context.text[before.span.end : listed[-1].span.start].strip()
            same = (before.kind, before.unit) == (last.kind, last.unit)
            same = same and (before.operator in _BANDS if banded else before.operator == last.operator)
            if not same or not context.linking_resources.joint.fullmatch(gap):
                break
            listed.append(before)
        told = [item for item in last.support if item[0] == "role"] or [("role", last.span)]
        for one in listed[1:]:
            one.role, one.link, one.conditions = "condition", NONE, []
            one.support = [item for item in one.support if item[0] != "indicator"] + told


def swap_classes(context: SentenceContext, drafts: list[Draft]) -> None:
    """Name a figure for the other class of areas by its class: 城市低保标准为每人每月760元，|农村|为560元."""
    is_class, words = context.statement.words.is_area_class, context.words
    for before, after in pairwise([one for one in drafts if one.role != "condition"]):
        named, other = before.subject or "", after.scope.condition or ""
        own = next((end for end in range(1, len(named)) if is_class(named[:end])), 0)
        alike = (before.kind, before.role) == (after.kind, after.role) and after.subject in (named, named[own:])
        if not alike or not own or not is_class(other) or other == named[:own] or after.link.indicator:
            continue
        if after.case is None or after.case.share is not None:
            continue
        name, figure = other + named[own:], replace(after.case.figure, own=None)
        rows = context.linking_resources.aliases.get(name, ())
        keys = sorted(key for key in rows if after.case.misfit(key, name, figure) is None)
        said = next((at for what, at in after.support if what == "scope" and words(at) == other), None)
        if said is None or said.start < before.span.end:
            continue  # 城镇、农村居民人均可支配收入达到7万元、4万元
        after.subject, after.scope = name, replace(after.scope, condition=None)
        after.support = [("subject" if at == said else what, at) for what, at in after.support]
        if len(keys) == 1:
            after.link = Link(keys[0], subject=before.link.subject, step="inherited", place=before.span)


def share_tiers(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let a tier hold for others than the figure before, and persons for the tiers that follow, where neither is said again.

    1万元以上的部分支付60%；脱贫人口支付65%. 脱贫人口1万元以下的部分支付60%，1万元以上的部分支付70%.
    """
    if not any(draft.conditions for draft in drafts):
        return
    figures = [one for one in drafts if one.role != "condition"]
    tiered = [False, *(_is_tiered(one) for one in figures)]
    for at, (before, after) in enumerate(pairwise(figures)):
        same = before.link.indicator == after.link.indicator is not None
        alike = (
            (before.kind, before.unit, before.role)
            == (after.kind, after.unit, after.role)
            == (after.kind, "%", "level")
        )
        if not (same and alike and _is_tiered(before)):
            continue
        persons = [one for one in context.statement.chunks(before.span.end, after.number.start) if one.kind == "person"]
        apart = not context.in_one_segment(before.number.start, after.number.start)
        if not after.conditions and persons and after.scope.condition is None:
            # of several tiers nobody knows which
            if not tiered[at] or not context.in_one_segment(figures[at - 1].number.start, before.number.start):
                after.conditions = before.conditions
        elif _is_tiered(after) and not persons and not apart and before.scope.population and not after.scope.population:
            after.scope = replace(after.scope, population=before.scope.population)
            said = (item for item in before.support if item[0] == "scope")
            after.support += [item for item in said if context.words(item[1]) == before.scope.population]


def _is_tiered(draft: Draft) -> bool:
    """Return True if a figure is for a part of an amount: 1万元以上的部分支付60%."""
    return any(one.kind == "money" for one in draft.conditions)


def class_by_spans(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Let spans of time class the values dealt out to them: 5年以下（含5年）和5年以上贷款利率分别为2.1%和2.6%，第二套分别为2.525%和3.075%."""
    spans: list[Draft] = []
    at = 0
    while at < len(drafts):
        listed = joined_from(context, drafts, at, alike=False)
        at += len(listed)
        dealt = listed[0].number in uneven and len(spans) == len(listed) > 1 and listed[0].kind in _DEALT
        if not dealt and all(
            one.kind == "duration" and one.role == "level" and one.operator in _BOUNDS for one in listed
        ):
            spans = listed
        if dealt and context.in_one_segment(spans[0].number.start, listed[0].number.start):
            words = context.linking_resources.lists.respectively.pattern
            said = words.search(context.text, spans[-1].span.end, listed[0].number.start)
            for span, value in zip(spans, listed, strict=True):
                span.role, span.link, span.subject = "condition", NONE, None
                span.support = [item for item in span.support if item[0] not in ("subject", "indicator")]
                span.support += [("role", Span(*said.span()))] if said else []
                value.conditions = [span]
                uneven.pop(value.number)


def _drop_condition(context: SentenceContext, value: Draft, first: Span) -> None:
    """Take away the clause of all conditions of a list: 累计缴费满1年、满5年的，分别最长为12个月、18个月."""
    whole = [span for what, span in value.support if what == "scope" and within(first, span)]
    if any(context.words(span) == value.scope.condition for span in whole):
        value.scope = replace(value.scope, condition=None)
        value.support = [item for item in value.support if item[0] != "scope" or item[1] not in whole]


def share_pers(drafts: list[Draft]) -> None:
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
