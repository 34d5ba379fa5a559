"""Names that figures of a sentence give each other, or take back: a class behind a name, whose a name is, what another pays."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.link.case import NONE
from extractor.notice.facts.lists.items import SELF
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# 5年以下（含5年）和5年以上
_BOUND_AGAIN = re.compile(r"^（[^（）]{1,12}）")
# 每辆
_EACH = 2
# 非重度困难|生活补贴: so long are words by which names of one thing differ.
_SHORT = 6


def name_after(draft: Draft, before: Draft) -> None:
    """Give a new value the name and the scope of its old one."""
    draft.scope, draft.subject = before.scope, before.subject
    kept = [item for item in draft.support if item[0] not in ("scope", "subject")]
    draft.support = [*kept, *(item for item in before.support if item[0] in ("scope", "subject"))]


def joined_from(context: SentenceContext, drafts: list[Draft], first: int, *, alike: bool = True) -> list[Draft]:
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


def name_as(draft: Draft, other: Draft) -> None:
    """Give a figure the name, scope and conditions of another, which it goes with."""
    draft.scope, draft.subject, draft.conditions = other.scope, other.subject, other.conditions
    kept = [item for item in draft.support if item[0] not in ("scope", "subject", "indicator")]
    draft.support = [*kept, *(item for item in other.support if item[0] in ("scope", "subject", "indicator"))]


def tell_apart(context: SentenceContext, drafts: list[Draft]) -> None:
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


def part_changes(context: SentenceContext, drafts: list[Draft]) -> None:
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
    name, scope = name_at(part), part.scope
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


def class_behind(context: SentenceContext, drafts: list[Draft]) -> None:
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
            name = name_at(draft)
            if name is None:
                continue
            if not draft.per:  # 三人间每床日60元，双人间80元
                draft.per = last.per
                draft.support += [item for item in last.support if item[0] == "per"]
            draft.subject = context.words(head)
            draft.scope = replace(draft.scope, condition=context.words(name))
            draft.support = [(what, head if what == "subject" else span) for what, span in draft.support]
            draft.support.append(("scope", name))


def name_at(draft: Draft) -> Span | None:
    """Return where the name of what a figure measures stands, if it rests on words."""
    return next((span for what, span in draft.support if what == "subject"), None)


def _classed_head(context: SentenceContext, draft: Draft) -> Span | None:
    """Return the name of an amount that stands before what a figure is named by, joined by no more than 为 or ：."""
    lists, name = context.statement.words.lists, name_at(draft)
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
    name = name_at(draft)
    if (
        name is None
        or draft.link.indicator
        or (draft.kind, draft.unit, draft.role) != (last.kind, last.unit, last.role)
    ):
        return False
    gap = context.text[last.span.end : _each_from(context, name)]
    return (gap in context.statement.words.joints or gap == "，") and _is_class_of(context, draft, name)


def drop_others(context: SentenceContext, drafts: list[Draft]) -> None:
    """Leave out whose a name was, where a later figure is another's: 集中养育孤儿|基本生活费标准2000元，散居孤儿1430元.

    Nor has that figure the indicator that it took from the first with its persons.
    """
    for draft in drafts:
        name = name_at(draft)
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
        _cut_name(context, draft, name, opening.span.end)
        if draft.link.step == "inherited" and opening.kind == "person":
            draft.link = NONE


def _owners_of(context: SentenceContext, name: Span) -> list[Chunk]:
    """Return whose a name is by the words before it: 因工死亡职工|配偶|的供养亲属抚恤金."""
    chunks = context.statement.chunks(context.clause(name.start).start, name.start)
    return [one for one in chunks[-1:] if context.text[one.span.end : name.start] in OWNING]


def drop_payers(context: SentenceContext, drafts: list[Draft]) -> None:
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


def leave_out_payers(context: SentenceContext, drafts: list[Draft]) -> None:
    """Leave another's payer out of a name that has no indicator: |中央财政|补助384元，省级154元，市县102元."""
    paid: dict[str, dict[str, None]] = {}
    for draft in drafts:
        name, said, payer = name_at(draft), draft.subject, draft.scope.payer
        if name is None or said is None or payer is None:
            continue
        others = paid.setdefault(said, {})
        opening = next(iter(others), "")
        if said.startswith(payer):
            others[payer] = None
        at = name.start + len(opening)
        # 财政补助240元，其中中央财政96元
        apart = len(opening) >= SELF and not (opening in payer or payer in opening)
        whole = name.end - at >= SELF and context.text[at] not in context.statement.words.joints
        if apart and whole and draft.link.indicator is None:
            _cut_name(context, draft, name, at)


def _cut_name(context: SentenceContext, draft: Draft, name: Span, start: int) -> None:
    """Leave out how a figure's name begins."""
    rest = Span(start, name.end)
    draft.subject = context.words(rest)
    draft.support = [(what, rest if (what, span) == ("subject", name) else span) for what, span in draft.support]


def _are_others(context: SentenceContext, owner: Chunk, clause: Span) -> bool:
    """Return True if words name a group beside another: 二档 beside 一档, 散居孤儿 beside 集中养育孤儿; not 半自理 of 特困人员."""
    said = context.words(owner.span)
    own = [context.words(one.span) for one in context.statement.chunks(*clause) if one.kind == owner.kind]
    if not own or any(one in said or said in one for one in own):
        return False
    forms = context.linking_resources.scope_forms
    known = ("population", said) in forms and any(("population", one) in forms for one in own)
    return owner.kind != "person" or known or any(one[-SELF:] == said[-SELF:] for one in own)


def drop_inherited(context: SentenceContext, drafts: list[Draft]) -> None:
    """Unlink a change behind levels of several indicators, of which it has the last's: 城市、农村低保标准分别为800元、600元，增加50元."""
    for before, last, change in zip(drafts, drafts[1:], drafts[2:], strict=False):
        taken = change.link.indicator == last.link.indicator != before.link.indicator
        if not taken or change.link.step != "inherited" or change.role not in ("increase", "decrease"):
            continue
        listed = last.role == "level" and len(joined_from(context, [before, last], 0)) > 1
        if listed and context.segment(change.number.start).start <= last.number.start:
            change.link = NONE
