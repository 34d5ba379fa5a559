"""Lists of persons, payers, places, classes and bounds that values are dealt out to: 省、市、县财政分别承担."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.lists.items import SELF, Share, cut_words, persons_tail, stand_joined, with_owner
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# What persons may be listed by before the last of them: 高血压、糖尿病患者; Ⅰ级、Ⅱ级人员.
_LISTED = frozenset(("measure", "person", "grade"))


def another_pays(context: SentenceContext, end: int, at: int) -> bool:
    """Return True if the clause of a list of values opens with who pays them all, behind those who pay together, who ``end``."""
    clause = context.clause(at)
    opening = context.statement.chunks(clause.start, at)[:1] if end <= clause.start else []
    return any(one.kind == "payer" and one.span.start == clause.start for one in opening)


def unlisted(context: SentenceContext, before: Span, dealt: Span | None, count: int) -> list[Share] | None:
    """Return the subjects that no catalog lists: classes, groups, or the words before 分别, which stands at ``dealt``."""
    listed = Span(before.start, dealt.start if dealt else before.end)
    classes = _classes(context, listed, count)
    halves = _halves(context, listed, named_to_end=dealt is not None) if count == 2 else None  # noqa: PLR2004 - of two
    halves = halves or (_bounds(context, listed) if count == 2 else None)  # noqa: PLR2004 - an upper and a lower
    levels = None if classes else joined_levels(context, listed, count)
    opening = None if dealt else _areas(context, before, count) or _bearers(context, before, count)
    found = classes or levels or halves or opening or _households(context, before, count)
    found = found or _named_groups(context, before, count)
    borne = dealt and context.statement.words.lists.bearing.meets(context.text[dealt.end : dealt.end + SELF])
    borne = borne or bool(dealt and found and _bear_rate(context, found, dealt.start))
    # 低保户、特困户按标准的一半发放，即625元、750元: a figure of all of them stands between
    if found and (dealt or context.figure_before(before.end) <= found[-1].span.end):
        return _borne(found) if borne and not (classes or levels or halves) else found
    cut = cut_words(context, dealt.start, count) if dealt else None
    if cut is None and dealt:
        return _persons_before(context, dealt.start, count)
    return _borne(cut) if cut and borne else cut


def _persons_before(context: SentenceContext, at: int, count: int) -> list[Share] | None:
    """Return as many persons that a clause before lists, nearest first: 高血压、糖尿病患者，|年度用药限额分别为360元和600元."""
    start, clause = context.segment(at).start, context.clause(at)
    while clause.start > start:
        clause = context.clause(clause.start - 1)
        for run in reversed(_joined_names(context, clause)):
            *others, last = run
            if len(run) == count and last.kind == "person" and all(one.kind in _LISTED for one in others):
                return _person_shares(context, [one.span for one in run])
    return None


def _joined_names(context: SentenceContext, clause: Span) -> list[list[Chunk]]:
    """Return the names of a clause as lists of those that 、 or a word like it joins, with what a first class is of: 重度失能|Ⅰ级."""
    runs: list[list[Chunk]] = []
    for chunk in context.statement.chunks(*clause):
        if runs and context.statement.joined(runs[-1][-1].span, chunk.span):
            runs[-1].append(chunk)
            continue
        last = runs[-1][-1] if runs else None
        if last and last.kind == "person" and chunk.kind == "grade" and last.span.end == chunk.span.start:
            runs[-1][-1] = last._replace(span=Span(last.span.start, chunk.span.end))
            continue
        runs.append([chunk])
    return runs


def _person_shares(context: SentenceContext, items: list[Span]) -> list[Share]:
    """Make the shares of a list of persons, of whom only the last may say that they are some."""
    tail, whole = persons_tail(context, items), Span(items[0].start, items[-1].end)
    said = [context.words(item) + tail for item in items[:-1]]
    words = [*said, context.words(items[-1])]
    return [Share("words", "", item, one, whole=whole) for item, one in zip(items, words, strict=True)]


def _bear_rate(context: SentenceContext, found: list[Share], end: int) -> bool:
    """Return True if the items of a list bear the rate that is named behind them: 用人单位和职工|失业保险费率分别为0.6%和0.4%."""
    lists = context.statement.words.lists
    behind = context.text[max(share.span.end for share in found) : end]
    return lists.borne.meets(behind) and all(lists.bearers.meets(share.words) for share in found)


def _borne(found: list[Share]) -> list[Share]:
    """Let the items of a list be who pays: 由被保险人、投保单位及政府|分别负担20%、70%及10%."""
    return [replace(item, group="payer") for item in found]


def _classes(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return the classes from one to another, or one by one, and what is measured of all: 一级至四级伤残职工|伤残津贴分别增加….

    None where they are not as many as the values.
    """
    lists = context.statement.words.lists
    low = max(before.start, before.end - REACH)
    patterns = (lists.class_ranges.pattern, lists.class_lists.pattern)
    places = [match for pattern in patterns for match in pattern.finditer(context.text, low, before.end)]
    found = max(places, key=lambda match: match.end(), default=None)
    if found is None:
        return None
    # 三级、四级、五级|的|失能人员
    owned = found.end() + 1 if context.text[found.end() : found.end() + 1] in OWNING else found.start("last")
    chunks = context.statement.chunks(owned, before.end)
    if "first" not in found.re.groupindex:
        if not chunks or not (
            chunks[0].kind == "person" or _is_for_graded(context, chunks[0], found["unit"], before.end)
        ):
            return None  # 一类、二类行业基准费率: no classes of persons
        numbers = [sign for sign in found.group() if sign in lists.class_numbers.words]
    else:
        first, last = (lists.class_numbers.words.index(found[name]) for name in ("first", "last"))
        numbers = [*lists.class_numbers.words[first : last + 1]]
    if len(numbers) != count:
        return None
    group = chunks[0].span if chunks and chunks[0].kind != "measure" else Span(found.start("last"), found.end())
    tail = context.text[found.end() : max(found.end(), group.end)]
    whole = Span(found.start(), max(found.end(), group.end))
    words = [f"{found['ordinal']}{number}{found['unit']}{tail}" for number in numbers]
    head = context.statement.before(Span(before.end, before.end), whole.end, "money")
    return [Share("words", "", whole, said, head.span if head else None) for said in words]


def _is_for_graded(context: SentenceContext, name: Chunk, unit: str, end: int) -> bool:
    """Return True if all that levels are of is the name of what graded persons get: 一、二级|重度护理补贴|分别为; not 三级|证书|的."""
    lists = context.statement.words.lists
    graded = unit in lists.grade_sign.words and lists.graded_people.meets(context.words(name.span))
    return graded and name.kind == "measure" and name.span.end == end


def joined_levels(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return the providers or budgets of each level that stand before one noun: 在一、二、三级医疗机构, 省、市、县三级财政.

    None where they are not as many as the values.
    """
    low = max(before.start, before.end - REACH)
    pattern = context.statement.words.lists.level_lists.pattern
    found = next(reversed([*pattern.finditer(context.text, low, before.end)]), None)
    if found is None or len(found.captures("n")) != count:
        return None
    level = found.start("level")
    named = next(iter(context.statement.chunks(level, before.end)), None)
    if named is None or named.kind not in ("provider", "payer") or named.span.start != level:
        return None
    if named.kind == "payer" and another_pays(context, named.span.end, before.end - 1):
        return None
    whole = Span(found.start(), named.span.end)
    head = context.statement.before(Span(before.end, before.end), whole.end, "money")
    said = [f"{sign}{context.words(named.span)}" for sign in found.captures("n")]
    return [Share(named.kind, "", whole, one, head.span if head else None, whole=whole) for one in said]


def _households(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return the households of each size: 一人、两人及三人住户|的租金津贴为2530元、5080元和6650元; None where they are not as many."""
    low = max(before.start, before.end - REACH)
    pattern = context.statement.words.lists.household_lists.pattern
    found = next(iter(pattern.finditer(context.text, low, before.end)), None)
    if found is None or len(found.captures("n")) != count:
        return None
    whole = Span(*found.span())
    *sizes, last = (f"{size}{found['unit']}" for size in found.captures("n"))
    return [Share("words", "", whole, said + found["kind"]) for said in (*sizes, last + (found["over"] or ""))]


# 企业职工基本养老保险月缴费基数
_BOUND_NAME = 16


def _halves(context: SentenceContext, before: Span, *, named_to_end: bool) -> list[Share] | None:
    """Return the two that one word stands for, where the catalog has the name of each: 城乡低保标准 of 城市 and 农村.

    Without a word that deals out the name ends at its verb: 城乡低保标准|提高到每月815元和615元.
    """
    lists, aliases = context.statement.words.lists, context.linking_resources.aliases
    found = lists.halves.pattern.search(context.text, *before)
    halves = lists.half_names.words
    if found is None:
        return None
    said = lists.mean_behind.pattern.sub("", context.text[found.end() : before.end])
    names = [said] if named_to_end else [said[:end] for end in range(len(said), 1, -1)]
    if not any(all(f"{half}{name}" in aliases for half in halves) for name in names):
        return None
    whole = Span(*found.span())
    return [Share("words", "", whole, half, whole=whole) for half in halves]


def _bounds(context: SentenceContext, before: Span) -> list[Share] | None:
    """Return the names of both bounds that one word stands for, where the catalog has them: 缴费基数|上下限|分别为23100元、4620元."""
    lists, aliases = context.statement.words.lists, context.linking_resources.aliases
    found = lists.bound_pairs.pattern.search(context.text, *before)
    if found is None:
        return None
    for start in range(max(before.start, found.start() - _BOUND_NAME), found.start() - 1):
        names = [context.text[start : found.start()] + bound for bound in lists.bound_names.words]
        if all(name in aliases for name in names):
            named, whole = Span(start, found.start()), Span(start, found.end())
            return [Share("words", "", named, name, whole=whole) for name in names]
    return None


def _areas(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return the classes of areas that open one name: 城镇、农村|居民人均可支配收入达到72318元、46205元; None where they aren't as many."""
    words = context.statement.words
    chunks = context.statement.chunks(context.clause(before.end).start, before.end)
    for at in range(len(chunks) - count, -1, -1):
        *spans, last = (one.span for one in chunks[at : at + count])
        opened = words.area_class(context.words(last))
        areas = opened and all(words.is_area_class(context.words(one)) for one in spans)
        if not areas or not stand_joined(context, [*spans, last]):
            continue
        # 城镇、乡村|公益性岗位补贴标准: the name may be one of its own
        named = [one.span for one in chunks[at + count :][:1] if one.span.start == last.start + len(opened)]
        head = named[0] if named else Span(last.start + len(opened), last.end)
        spans.append(Span(last.start, last.start + len(opened)))
        if head.start < head.end:
            whole = Span(spans[0].start, head.start)
            return [Share("words", "", span, context.words(span), head, whole=whole) for span in spans]
    return None


def _bearers(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return who pays what is named behind them: 单位和个人|缴费比例16%和8%; None where they aren't as many as the values."""
    lists = context.statement.words.lists
    chunks = context.statement.chunks(context.clause(before.end).start, before.end)
    for at in range(len(chunks) - count - 1, -1, -1):
        *spans, named = (one.span for one in chunks[at : at + count + 1])
        bear = all(lists.bearers.meets(context.words(one)) for one in spans) and stand_joined(context, spans)
        if bear and spans[-1].end == named.start and context.words(named).startswith(lists.paying.words):
            whole = Span(spans[0].start, named.start)
            return [Share("payer", "", span, context.words(span), named, whole=whole) for span in spans]
    return None


def _named_groups(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
    """Return the last as many persons, places, providers or payers that stand joined, which no catalog lists."""
    listed: list[Chunk] = []
    for chunk in reversed(context.statement.chunks(max(before.start, before.end - REACH), before.end)):
        if listed and not (chunk.kind == listed[0].kind and context.statement.joined(chunk.span, listed[0].span)):
            if len(listed) > 1:
                break
            listed = []
        listed = [chunk, *listed] if chunk.kind in ("person", "place", "provider", "payer", "grade") else []
    if len(listed) != count or any(chunk.span.end - chunk.span.start == 1 for chunk in listed):
        return None
    whole = Span(listed[0].span.start, listed[-1].span.end)
    words = with_owner(context, [context.words(chunk.span) for chunk in listed])
    return [Share("words", "", chunk.span, said, whole=whole) for chunk, said in zip(listed, words, strict=True)]
