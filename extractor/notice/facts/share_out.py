"""What the figures of a sentence say of each other, once all are read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.groups import within
from extractor.notice.facts.link import NONE, Link
from extractor.notice.facts.lists import SELF
from extractor.notice.facts.statement import OWNING

if TYPE_CHECKING:
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk

# 5年以下（含5年）和5年以上
_BOUND_AGAIN = re.compile(r"^（[^（）]{1,12}）")
# What spans of time class: 缴费不足5年、10年以上的最长分别为12个月、24个月.
# Of bands one ends where the next begins.
_BANDS = frozenset({"between", "ge", "gt", "le"})
_DEALT = ("rate", "money", "duration")
_BOUNDS = ("ge", "gt", "le", "lt", "between")
# 每辆
_EACH = 2
# 非重度困难|生活补贴: so long are words by which names of one thing differ.
_SHORT = 6


def share_out(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> set[int]:
    """Give figures what those beside them say, and return which of the ``uneven`` ones have still got nothing of their own."""
    left = {context.mentions.quantities[index].number: index for index in uneven}
    _old_lists(context, drafts, left)
    _share_moves(context, drafts)
    _share_rises(context, drafts)
    _share_conditions(context, drafts)
    _share_tiers(context, drafts)
    _swap_classes(context, drafts)
    _class_by_spans(context, drafts, left)
    _deal_conditions(context, drafts, left)
    _deal_ages(drafts)
    _share_ages(context, drafts)
    _deal_changes(context, drafts, left)
    _deal_shares(context, drafts, left)
    _deal_results(context, drafts)
    _drop_inherited(context, drafts)
    _drop_others(context, drafts)
    _drop_payers(context, drafts)
    _part_changes(context, drafts)
    _class_behind(context, drafts)
    _tell_apart(context, drafts)
    _share_pers(drafts)
    return set(left.values())


def drop_ages_of_some(context: SentenceContext, drafts: list[Draft]) -> None:
    """Take away an age that a list of several persons says of one of them: 孤儿、|70周岁以上|老人、大学生，个人不缴费."""
    for draft in drafts:
        ages = [one.span for one in draft.conditions if one.kind == "age"]
        said = [at for what, at in draft.support if what == "scope" and context.words(at) == draft.scope.population]
        for persons in said if len(ages) == len(draft.conditions) == 1 else ():
            listed = [one for one in context.statement.chunks(*persons) if one.kind == "person"]
            if within(ages[0], persons) and len(listed) > 1:
                draft.conditions = []


def _old_lists(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Let what each class had be old where a list of as many new values follows: 由|一类1450元、二类1350元，依次调整为1620元、1520元."""
    moves = context.linking_resources.lists.list_moves
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
            uneven.pop(after.number, None)


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


def _deal_conditions(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Give each value of a list its own of as many conditions: 80—89周岁、90—99周岁老年人高龄津贴分别为60元、100元.

    A single value is for all of them; where there are others than one for each, nobody knows whose a value is. Those
    that have got theirs are ``uneven`` no more.
    """
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
                uneven.pop(value.number, None)
        else:
            values[0].conditions = listed if len(values) == 1 else []


def _deal_ages(drafts: list[Draft]) -> None:
    """Let an age within a list of persons be of those right behind it: 重度残疾人、70周岁以上|老年人，分别按20%、15%."""
    dealt = {draft.case.share.span.start: draft for draft in drafts if draft.case and draft.case.share}
    for draft in drafts:
        for age in [one for one in draft.conditions if one.kind == "age" and one.span.end in dealt]:
            owner = dealt[age.span.end]
            age.scope = replace(age.scope, population=owner.scope.population)
            if owner is not draft:
                draft.conditions = [one for one in draft.conditions if one is not age]
                owner.conditions = [*owner.conditions, age]


def _share_ages(context: SentenceContext, drafts: list[Draft]) -> None:
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


def _share_conditions(context: SentenceContext, drafts: list[Draft]) -> None:
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


def _swap_classes(context: SentenceContext, drafts: list[Draft]) -> None:
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


def _share_tiers(context: SentenceContext, drafts: list[Draft]) -> None:
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


def _class_by_spans(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
    """Let spans of time class the values dealt out to them: 5年以下（含5年）和5年以上贷款利率分别为2.1%和2.6%，第二套分别为2.525%和3.075%."""
    spans: list[Draft] = []
    at = 0
    while at < len(drafts):
        listed = _joined_from(context, drafts, at, alike=False)
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


def _deal_changes(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
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
        _name_as(change, level)
        uneven.pop(change.number)


def _deal_shares(context: SentenceContext, drafts: list[Draft], uneven: dict[Span, int]) -> None:
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
        _name_as(share, amount)
        uneven.pop(share.number)


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


def _tell_apart(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give amounts of one indicator the words of their names by which they differ: |重度困难|生活补贴300元，|非重度困难|生活补贴160元.

    Those of one that says 个人 also where the others have persons: |个人|创业担保贷款30万元，小微企业300万元.
    """
    alike: dict[object, list[Draft]] = {}
    for draft in drafts:
        if draft.link.indicator and not draft.scope.population:
            alike.setdefault((draft.link.indicator, draft.role, draft.kind, draft.per), []).append(draft)
    peopled = {draft.link.indicator for draft in drafts if draft.scope.population}
    selves = context.statement.words.lists.selves
    for rivals in alike.values():
        open_ones = [one for one in rivals if one.role in ("level", "previous") and _is_of_all(one)]
        told = [(one, said) for one in open_ones if (said := _said_before_name(context, one))]
        differ = len({context.words(said) for _, said in told}) > 1
        for draft, said in told:
            alone = len(rivals) == 1 and draft.link.indicator in peopled and selves.meets(context.words(said))
            if differ or alone:
                draft.scope = replace(draft.scope, condition=context.words(said))
                draft.support.append(("scope", said))


def _is_of_all(draft: Draft) -> bool:
    """Return True if nothing says for whom, where or when a figure is."""
    scope = draft.scope
    return not (
        scope.population or scope.condition or scope.provider or scope.places or scope.payer or draft.conditions
    )


def _said_before_name(context: SentenceContext, draft: Draft) -> Span | None:
    """Return what a figure's own name has before the catalog's name in it: |重度困难|生活补贴; no more than a few Chinese signs."""
    own, name = draft.case.figure.own if draft.case else None, draft.link.subject
    if own is None or name is None or not own.start < name.start < name.end <= own.end:
        return None
    said = Span(own.start, name.start)
    words, neutral = context.words(said), context.linking_resources.lists.neutral
    plain = words.isalpha() and (words not in neutral.words or context.statement.words.lists.selves.meets(words))
    return said if plain and name.start - own.start <= _SHORT else None


def _part_changes(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let the parts of a change be changes: 新增学位15600个，其中小学8100个、初中4200个."""
    goes_on, joints = context.linking_resources.lists.goes_on, context.statement.words.joints
    parts = False
    for whole, part in pairwise(drafts):
        gap = context.text[whole.span.end : part.span.start].lstrip("，；")
        parts = goes_on.meets(gap) or (parts and gap.startswith(tuple(joints)))
        same = (part.kind, part.unit) == (whole.kind, whole.unit) and _is_part(part, whole)
        if parts and same and part.kind == "count" and part.role == "level" and whole.role in ("increase", "decrease"):
            part.role = whole.role
            part.support += [item for item in whole.support if item[0] == "role"] or [("role", whole.span)]
            _say_of_which(part, whole)


def _say_of_which(part: Draft, whole: Draft) -> None:
    """Tell a part from its whole by what its name has before the other's: 其中|公办幼儿园|学位2400个."""
    name, scope = _name_at(part), part.scope
    told = scope.condition or scope.population or scope.provider or scope.places
    if name is None or told or not (part.subject and whole.subject and part.subject.endswith(whole.subject)):
        return
    said = part.subject.removesuffix(whole.subject)
    if said:
        part.scope = replace(scope, condition=said)
        part.support.append(("scope", Span(name.start, name.start + len(said))))


def _is_part(part: Draft, whole: Draft) -> bool:
    """Return True if a figure is of what another is of, or of a kind of it: 公办幼儿园学位 of 幼儿园学位."""
    named = part.subject == whole.subject or bool(
        whole.subject and part.subject and part.subject.endswith(whole.subject)
    )
    return named or bool(part.link.indicator and part.link.indicator == whole.link.indicator)


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
        for last, draft in zip([listed[0], *listed], listed, strict=False):
            name = _name_at(draft)
            if name is None:
                continue
            if not draft.per:  # 三人间每床日60元，双人间80元
                draft.per = last.per
                draft.support += [item for item in last.support if item[0] == "per"]
            draft.subject = context.words(head)
            draft.scope = replace(draft.scope, condition=context.words(name))
            draft.support = [(what, head if what == "subject" else span) for what, span in draft.support]
            draft.support.append(("scope", name))


def _name_at(draft: Draft) -> Span | None:
    return next((span for what, span in draft.support if what == "subject"), None)


def _classed_head(context: SentenceContext, draft: Draft) -> Span | None:
    """Return the name of an amount that stands before what a figure is named by, joined by no more than 为 or ：."""
    lists, name = context.statement.words.lists, _name_at(draft)
    if name is None or draft.kind != "money" or draft.link.indicator:
        return None
    at = _each_from(context, name)
    joint = context.text[at - 1 : at]
    if joint not in (*lists.being.words, "：") or not _is_class_of(context, draft, name):
        return None
    before = context.statement.chunks(context.clause(at - 1).start, at - 1)[-1:]
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
        parts = context.statement.chunks(name.end, context.number_from(name.end)) if opening.kind == "person" else []
        parts += _owners_of(context, name)
        if any(one.kind == "person" for one in parts):
            continue  # 供养亲属抚恤金|配偶|每月增加85元，其他亲属64元: they are all of those whose the name is
        rest = Span(opening.span.end, name.end)
        draft.subject = context.words(rest)
        draft.support = [(what, rest if span == name and what == "subject" else span) for what, span in draft.support]
        if draft.link.step == "inherited" and opening.kind == "person":
            draft.link = NONE


def _owners_of(context: SentenceContext, name: Span) -> list[Chunk]:
    """Return whose a name is by the words before it: 因工死亡职工|配偶|的供养亲属抚恤金."""
    chunks = context.statement.chunks(context.clause(name.start).start, name.start)
    return [one for one in chunks[-1:] if context.text[one.span.end : name.start] in OWNING]


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
