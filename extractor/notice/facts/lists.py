"""Distributes 分别 lists: 对西部、中部地区分别按照80%、60%的比例 gives 80 % to 西部 and 60 % to 中部地区.

A list of values belongs, in order, to the nearest list of as many subjects before it: areas, populations, providers,
payers, or names of indicators; failing these, to the words before 分别 cut at their 、.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups import adds, only_per
from extractor.notice.facts.names import MARKER, REACH
from extractor.notice.facts.statement import OWNING
from extractor.notice.facts.statement_words import VERBS, ChunkKind

if TYPE_CHECKING:
    from extractor.model import Quantity, Term
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk

GROUPS = ("area", "population", "provider", "payer", "alias")
# What persons may be listed by before the last of them: 高血压、糖尿病患者; Ⅰ级、Ⅱ级人员.
_LISTED = frozenset(("measure", "person", "grade"))
# Groups that a second list of a statement may be dealt out to as well.
_DEALT = frozenset(("person", "provider", "place", "grade"))
# What a bracket behind a figure may say that it is of.
_LABELS: dict[ChunkKind, str] = {
    "person": "population", "provider": "provider", "payer": "payer", "place": "words", "grade": "words",
}  # fmt: skip
_MARKS = "，。；：！？\n"
_LONGEST_LIST = 12
_BETWEEN = 10
_LONGEST_ITEM = 24
# 不能自理 of 部分不能自理, not its last sign
_SHORTEST_ENDING = 3
# 个人, 本人
SELF = 2
# Readings of what several bear: 8:2, 六比四.
RATIOS = ("ratio", "ratio.han")
# 基层医疗机构|（含卫生院）|、二级医疗机构
_ADDED = re.compile(r"^（[^（）\d]{1,48}）")
# Groups that may be told together.
_MEANT = ("provider", "population")
# 区县|（市）|财政
_BRACKETED = re.compile(r"^（[^（）]{1,5}）")


class Share(Struct, frozen=True, gc=False):
    """The subject that a listed value belongs to: its group (or ``words``), catalog key and place.

    ``ending`` is what it shares with the last of its list: the 医院 of 一级、二级、三级医院, the 最低收购价 of 早稻、晚稻最低收购价. ``opens`` is where the items of a list begin, ``whole`` the place of the items of a list of words. ``head`` is what all items of a list are said of: 人均可支配收入 in 城镇居民、农村居民人均可支配收入分别增长5%、6%.
    """

    group: str
    key: str
    span: Span
    words: str
    head: Span | None = None
    opens: int | None = None
    whole: Span | None = None
    ending: Span | None = None


def shares(context: SentenceContext) -> tuple[dict[int, Share], set[int]]:
    """Map a quantity's index to its subject; also return the indices of lists that have no subjects of their number."""
    given = _labels(context)
    uneven: set[int] = set()
    quantities = context.mentions.quantities
    dealt: tuple[Quantity, list[Share]] | None = None
    follows = -1
    index = 0
    while index + 1 < len(quantities):
        run = _run(context, index)
        if len(run) > 1:
            first = quantities[run[0]]
            subjects, announced = _subjects(context, run, first)
            # 城镇、农村居民人均可支配收入达到5.1万元、2.5万元，增长5%、7%: right behind one list another needs no 分别
            if subjects is None and (announced or run[0] == follows) and _lists_nothing(context, first):
                subjects = _dealt_before(context, dealt, first, len(run))
            if subjects is None and announced:
                subjects = _itemised_before(context, run)
            if subjects:
                given.update(zip(run, subjects, strict=True))
                dealt, follows = (first, subjects), run[-1] + 1
            elif announced:
                uneven.update(run)
        index = run[-1] + 1
    return given, uneven


def _labels(context: SentenceContext) -> dict[int, Share]:
    """Map a quantity's index to whose it is by a bracket right behind it: 每人每月300元（|全护理|）、200元（|半护理|）."""
    given: dict[int, Share] = {}
    for index, quantity in enumerate(context.mentions.quantities if context.labelled else ()):
        label = context.label(quantity) if quantity.kind != "count" else None  # 3.1万套（户）
        inside = Span(label.start + 1, label.end - 1) if label else None
        if inside and (group := label_group(context, inside)):
            given[index] = Share(group, "", inside, context.words(inside), whole=inside)
    return given


def label_group(context: SentenceContext, inside: Span) -> str | None:
    """Return what the words of a bracket are a group of; None where they are more than that, or none."""
    words, said = context.statement.words, context.words(inside)
    if words.lists.selves.meets(said) or (words.lists.bearers.meets(said) and words.kind_of(said) != "person"):
        return "payer"  # 8%（个人）、16%（单位）; not 2万元（居民）、5万元（职工）
    groups = [one for one in context.statement.chunks(*inside) if one.kind in _LABELS]
    whole = bool(groups) and (groups[0].span.start, groups[-1].span.end) == inside
    alike = len({one.kind for one in groups}) == 1 and _stand_joined(context, [one.span for one in groups])
    return _LABELS[groups[0].kind] if whole and alike else None


def _lists_nothing(context: SentenceContext, first: Quantity) -> bool:
    """Return True if no names stand joined between a figure and the one before: …，增长5%、7%; not …，最低、最高档为500元、1000元."""
    before = context.figure_before(first.span.start)
    return not any(one in context.text[before : first.number.start] for one in context.statement.words.joints)


def _dealt_before(
    context: SentenceContext, dealt: tuple[Quantity, list[Share]] | None, first: Quantity, count: int
) -> list[Share] | None:
    """Return the groups that the list before dealt out, where they are as many and in the same statement.

    一级和二级医疗机构起付标准分别为200元和500元，支付比例分别为90%和80%
    """
    if dealt is None or len(dealt[1]) != count:
        return None
    before, subjects = dealt
    kind_of = context.statement.words.kind_of
    # Ⅰ级、Ⅱ级分别按每日50元、60元支付；居家护理的，限额依次为900元、1200元: classes are dealt out in all of a sentence
    classed = all(one.group == "words" and kind_of(one.words) == "grade" for one in subjects)
    if before.number.start < context.segment(first.number.start).start and not classed:
        return None
    grouped = all(
        one.group in ("population", "provider") or (one.group == "words" and kind_of(one.words) in _DEALT)
        for one in subjects
    )
    if not grouped:
        return None
    own = context.statement.chunks(max(context.clause(first.number.start).start, before.span.end), first.number.start)
    named = any(one.kind == "measure" for one in own)
    # ，支付比例分别为90%、80% has a name of its own; ，增长5%、7% has what the list before is of
    return [replace(one, head=None) for one in subjects] if named else subjects


def _itemised_before(context: SentenceContext, run: list[int]) -> list[Share] | None:
    """Return whose the values right before a list are, where they are as many and each has its own: 三级医院800元、二级医院500元，支付比例分别为|75%、80%|."""
    first, count = context.mentions.quantities[run[0]], len(run)
    values = context.mentions.quantities[max(0, run[0] - count) : run[0]]
    if (
        first.role != "level"
        or len(values) < count
        or values[0].number.start < context.segment(first.number.start).start
    ):
        return None
    kinds = {(one.kind, one.unit) for one in values}
    owners: list[Chunk] = []
    for value in values:
        last = context.statement.chunks(context.figure_before(value.number.start), value.number.start)[-1:]
        owners += [one for one in last if only_per(context, one.span.end, value.number.start)]
    alike = {one.kind for one in owners}
    if len(kinds) > 1 or len(owners) < count or len(alike) > 1 or not alike <= _DEALT:
        return None
    if len({context.words(one.span) for one in owners}) < count:
        return None
    return [Share("words", "", one.span, context.words(one.span)) for one in owners]


def _run(context: SentenceContext, index: int) -> list[int]:
    """Return the indices of quantities joined as a list with the one at ``index``."""
    quantities = context.mentions.quantities
    run = [index]
    while run[-1] + 1 < len(quantities) and len(run) < _LONGEST_LIST:
        last, following = quantities[run[-1]], quantities[run[-1] + 1]
        if _differ(context, quantities[index], last, following):
            break
        gap = context.text[last.span.end : following.span.start]
        if not context.in_one_segment(last.span.start, following.span.start):
            break  # 起付标准为4500元；5万元以上的部分
        if _is_ratio(context, last) and last.pattern == following.pattern and len(gap) <= 1:
            run.append(run[-1] + 1)
            continue
        bare = gap
        for span in following.per_spans:
            if last.span.end <= span.start and span.end <= following.span.start:
                bare = bare.replace(context.words(span), "")
        # 起付标准400元，年度累计最高400元: per what an amount is begins no item of a list
        if not context.linking_resources.joint.fullmatch(bare.strip()) or (bare != gap and bare.strip()[:1] in _MARKS):
            break
        run.append(run[-1] + 1)
    return run


def _differ(context: SentenceContext, first: Quantity, last: Quantity, following: Quantity) -> bool:
    """Return True for two figures that are no values of one list, which begins with the ``first``."""
    if last.kind != following.kind or last.role == "previous" != following.role:
        return True
    if last.unit != following.unit and not _deals_counts(context, first):
        return True
    if last.operator in ("ge", "gt") and following.operator in ("le", "lt"):
        return True  # 均不得低于5%，不得高于12%: the bounds of one figure
    # 2010元/月，20元/小时
    timed = last.per and following.per and last.per != following.per
    return bool(timed) and not _says_respectively(context, first)


def _shared_by(context: SentenceContext, at: int, count: int, listed: list[Share] | None) -> list[Share] | None:
    """Return who shares what a ratio says: the names right before 按 (县与乡镇财政|按7:3比例分担), or the list before.

    中央财政和省级财政补助后，所需资金由|市级与三区|按照50%：50%比例分摊
    """
    cut = _cut_words(context, at, count)
    whole = cut is not None and all(_is_whole(context, item.span) for item in cut)
    if listed and not (whole and max(one.span.end for one in listed) < context.clause(at).start):
        return listed
    return [Share("payer", "", item.span, item.words) for item in cut] if cut else None


def _is_whole(context: SentenceContext, item: Span) -> bool:
    """Return True for an item of who pays that is no part of a bracket and no example: 市级; not 第一档县（|市, 和平镇等中心镇."""
    said = context.words(item)
    return (
        said.count("（") == said.count("）")
        and context.bracket(item.start) is None
        and not any(map(said.__contains__, context.statement.words.lists.among.words))
    )


def _is_ratio(context: SentenceContext, quantity: Quantity) -> bool:
    """Return True for a part of a ratio: 按6∶4, 按照|50%|：50%比例分摊."""
    told = quantity.unit == "%" and context.text[quantity.span.end : quantity.span.end + 1] in _RATIO_SIGNS
    return quantity.pattern in RATIOS or told


def _deals_counts(context: SentenceContext, first: Quantity) -> bool:
    """Return True for counts that are dealt out, each with a unit of its own: 托位、养老床位数分别达到4.7个、27.3张."""
    return first.kind == "count" and _says_respectively(context, first)


def _says_respectively(context: SentenceContext, first: Quantity) -> bool:
    """Return True if the statement of a list says 分别 before its first value."""
    respectively = context.linking_resources.lists.respectively.pattern
    start = context.segment(first.number.start).start
    return respectively.search(context.text, start, first.number.start) is not None


def _subjects(context: SentenceContext, run: list[int], first: Quantity) -> tuple[list[Share] | None, bool]:
    """Find the list of subjects for a run of values, and tell whether the words announce one (分别)."""
    before = Span(context.span.start, first.span.start)
    lists = context.linking_resources.lists
    # 最长分别为12个月: the bound's words hold 分别
    said = lists.respectively.pattern.finditer(context.text, before.start, first.number.start)
    places = [Span(*match.span()) for match in said]
    share = places[-1] if places else None
    segment = context.segment(first.span.start)
    announced = share is not None and share.start >= segment.start
    if announced and share is not None and _levels_apart(context, first, share.start, len(run)):
        return None, True
    ratio = not announced and _is_ratio(context, first)
    by = lists.share_by.pattern.search(context.text, segment.start, first.span.start) if ratio else None
    if by and (levels := _levels(context, Span(segment.start, by.start()), len(run))):
        return levels, False  # 市、区两级财政按5:5的比例分担
    found = _nearest_list(context, first, len(run), announced=announced)
    if by:
        return _shared_by(context, by.start(), len(run), found), False
    if found:
        return found, announced
    dealt = Span(_compared_from(context, share.start), share.end) if share is not None and announced else None
    return _unlisted(context, Span(segment.start, first.span.start), dealt, len(run)), announced


def _nearest_list(context: SentenceContext, first: Quantity, count: int, *, announced: bool) -> list[Share] | None:
    """Return the last of the lists of so many terms of one group before a run of values; None where there is none."""
    figure = context.figure_before(first.span.start)
    best: tuple[int, list[Share]] | None = None
    for group in GROUPS:
        if group == "alias" and not announced:
            continue
        for listed in _coordinated(context, _past_brackets(context, group, _terms_before(context, group, first))):
            behind = figure > listed[-1].span.end
            if announced and not behind and group in _MEANT:
                listed = _told_together(context, listed, count)  # noqa: PLW2901 - as many as the values
            if not announced and first.pattern not in RATIOS and behind:
                continue  # 脱贫户、低保家庭按标准的一半发放，即625元、750元
            if group == "payer" and announced and _another_pays(context, listed[-1].span.end, first.number.start):
                continue  # 省、市、县财政共同承担，|省财政对|苏北、苏中、苏南地区分别按30%、20%、10%给予补助
            if group == "alias" and _is_dealt_out(context, listed, first):
                continue  # 化学需氧量、氨氮分别下降4%、5%，|氮氧化物、挥发性有机物|分别下降10%、8%
            if len(listed) == count and (best is None or listed[-1].span.end > best[0]):
                best = (listed[-1].span.end, _shares(context, group, listed))
    return best[1] if best else None


def _another_pays(context: SentenceContext, end: int, at: int) -> bool:
    """Return True if the clause of a list of values opens with who pays them all, behind those who pay together, who ``end``."""
    clause = context.clause(at)
    opening = context.statement.chunks(clause.start, at)[:1] if end <= clause.start else []
    return any(one.kind == "payer" and one.span.start == clause.start for one in opening)


def _past_brackets(context: SentenceContext, group: str, terms: list[Term]) -> list[Term]:
    """Leave out what a bracket only adds to one of several groups: 基层医疗机构（|含卫生院、卫生室|）、二级医疗机构."""
    if group not in _MEANT or not context.brackets:
        return terms
    return [term for term in terms if not _adds(context, term)]


def _adds(context: SentenceContext, term: Term) -> bool:
    """Return True if a term stands in a bracket right behind another group, behind which a list goes on."""
    held = context.bracket(term.span.start)
    behind = context.text[held.end : held.end + 1] if held else ""
    return held is not None and bool(behind) and behind in context.statement.words.joints and adds(context, held)


def _told_together(context: SentenceContext, listed: list[Term], count: int) -> list[Term]:
    """Join what 和 joins in a list of more than so many, whose items 、 parts: 基层医疗机构、二级和三级医疗机构 are two."""
    if len(listed) <= count:
        return listed
    parting = context.statement.words.lists.item_marks
    groups: list[list[Term]] = []
    for term in listed:
        gap = _ADDED.sub("", context.text[groups[-1][-1].span.end : term.span.start]) if groups else ""
        if groups and not parting.meets(gap):
            groups[-1].append(term)
        else:
            groups.append([term])
    return [replace(group[0], span=Span(group[0].span.start, group[-1].span.end)) for group in groups]


def _is_dealt_out(context: SentenceContext, listed: list[Term], first: Quantity) -> bool:
    """Return True if names have figures like those from ``first`` on already, and others stand before these.

    Not for whom the same are told again: 月标准为2010元、小时标准为20元，其余县分别为1850元、18元.
    """
    own = context.statement.chunks(context.clause(first.number.start).start, first.number.start)
    if all(one.kind != "measure" for one in own):
        return False
    figures = context.mentions.quantities
    between = (one for one in figures if listed[-1].span.end <= one.number.start < first.number.start)
    return any((one.kind, one.role) == (first.kind, first.role) for one in between)


def _terms_before(context: SentenceContext, group: str, first: Quantity) -> list[Term]:
    """Return the terms of a group that may be dealt values from ``first`` on; of who pays those of its statement alone.

    单位和个人各负担50%；财政补助和医保基金划转分别为16元、20元
    """
    start = context.segment(first.span.start).start if group == "payer" else context.span.start
    terms = [term for term in context.of(group) if start <= term.span.start and term.span.end <= first.span.start]
    return _fitting_names(context, terms, first) if group == "alias" else terms


def _levels_apart(context: SentenceContext, first: Quantity, dealt: int, count: int) -> bool:
    """Return True if changes, or what they start from, are dealt out to as many levels, each of a clause of its own before them.

    集中养育孤儿1680元；社会散居孤儿、事实无人抚养儿童1180元，分别比上年提高80元和60元; 甲区、乙区为965元，其他区870元，较上年分别提高65元和50元
    """
    if first.role not in ("increase", "decrease", "previous"):
        return False
    start = _compared_from(context, dealt)
    if context.clause(start).start != start:
        return False
    before = [one for one in context.mentions.quantities if one.number.start < start and one.role == "level"]
    levels = [one for one in before if (one.kind, one.unit) == (first.kind, first.unit)]
    return len(levels) == count == len({context.clause(one.number.start).start for one in levels})


def _compared_from(context: SentenceContext, at: int) -> int:
    """Return where the words before 分别 begin that say since when something has changed: 能耗、用水量|比2020年分别下降5%、6%."""
    lists = context.linking_resources.lists
    tail = lists.compared_tail.pattern.search(context.text, context.span.start, at)
    end = tail.start() if tail else at
    year = next((one.span.start for one in context.mentions.dates if one.span.end == end), at)
    before = lists.compared_before.pattern.search(context.text, context.span.start, year)
    return before.start() if before and year < at else at


def _unlisted(context: SentenceContext, before: Span, dealt: Span | None, count: int) -> list[Share] | None:
    """Return the subjects that no catalog lists: classes, groups, or the words before 分别, which stands at ``dealt``."""
    listed = Span(before.start, dealt.start if dealt else before.end)
    classes = _classes(context, listed, count)
    halves = _halves(context, listed, named_to_end=dealt is not None) if count == 2 else None  # noqa: PLR2004 - of two
    halves = halves or (_bounds(context, listed) if count == 2 else None)  # noqa: PLR2004 - an upper and a lower
    levels = None if classes else _levels(context, listed, count)
    opening = None if dealt else _areas(context, before, count) or _bearers(context, before, count)
    found = classes or levels or halves or opening or _households(context, before, count)
    found = found or _named_groups(context, before, count)
    borne = dealt and context.statement.words.lists.bearing.meets(context.text[dealt.end : dealt.end + SELF])
    borne = borne or bool(dealt and found and _bear_rate(context, found, dealt.start))
    # 低保户、特困户按标准的一半发放，即625元、750元: a figure of all of them stands between
    if found and (dealt or context.figure_before(before.end) <= found[-1].span.end):
        return _borne(found) if borne and not (classes or levels or halves) else found
    cut = _cut_words(context, dealt.start, count) if dealt else None
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
    tail, whole = _persons_tail(context, items), Span(items[0].start, items[-1].end)
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


def _levels(context: SentenceContext, before: Span, count: int) -> list[Share] | None:
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
    if named.kind == "payer" and _another_pays(context, named.span.end, before.end - 1):
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


# What is told of a name before a comma is longer than the rest of a name: |基本养老金|标准，|护理费|标准.
_TOLD = 3
# Between the parts of a ratio.
_RATIO_SIGNS = ("：", ":", "∶")
# 企业职工基本养老保险月缴费基数
_BOUND_NAME = 16
# 省、市、县级财政部门: so long may the last of names be whose end those of one sign share.
_CLIPPED = 6


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
        if not areas or not _stand_joined(context, [*spans, last]):
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
        bear = all(lists.bearers.meets(context.words(one)) for one in spans) and _stand_joined(context, spans)
        if bear and spans[-1].end == named.start and context.words(named).startswith(lists.paying.words):
            whole = Span(spans[0].start, named.start)
            return [Share("payer", "", span, context.words(span), named, whole=whole) for span in spans]
    return None


def _stand_joined(context: SentenceContext, spans: list[Span]) -> bool:
    """Return True if nothing but 、 or a word like it stands between names."""
    return all(itertools.starmap(context.statement.joined, itertools.pairwise(spans)))


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
    words = _with_owner(context, [context.words(chunk.span) for chunk in listed])
    return [Share("words", "", chunk.span, said, whole=whole) for chunk, said in zip(listed, words, strict=True)]


def _with_owner(context: SentenceContext, words: list[str]) -> list[str]:
    """Let the persons before the first of several grades be those of all: 分散供养特困人员|全护理、半护理、全自理."""
    reader = context.statement.words
    graded = reader.graded_at(words[0])
    owner = words[0][:graded]
    return [words[0], *(owner + said if graded and reader.is_graded(said) else said for said in words[1:])]


def _shares(context: SentenceContext, group: str, listed: list[Term]) -> list[Share]:
    """Make the shares of a list of terms; 一级、二级、三级医院 share the ending of the last where the catalog has such names."""
    last = context.words(listed[-1].span)
    made = []
    level_ends = context.statement.words.lists.level_ends
    for term in listed:
        span = _with_bracketed(context, _whole_name(context, group, term.span))
        said = context.words(span)
        rest = last[len(said) :]
        bound = next((end for end in level_ends.words if rest.startswith(end)), "")
        whole = said + rest[len(bound) :]
        # Payers are whole as they stand: 市、区县 are no 市县.
        named = group != "payer" and len(whole) > len(said) and (group, whole) in context.linking_resources.scope_forms
        ending = Span(listed[-1].span.end - len(whole) + len(said), listed[-1].span.end) if named else None
        place = Span(listed[0].span.start, listed[-1].span.end)
        made.append(Share(group, term.key, span, whole if named else said, whole=place, ending=ending))
    return made


def _with_bracketed(context: SentenceContext, span: Span) -> Span:
    """Return a name with the one whose bracket it fills: 乡镇卫生院（社区卫生服务中心）."""
    opened = span.start - 1
    if context.text[opened : span.start] not in ("（", "(") or context.text[span.end : span.end + 1] not in ("）", ")"):
        return span
    before = context.statement.chunks(max(context.clause(span.start).start, opened - _LONGEST_ITEM), opened)
    joined = before and before[-1].span.end == opened and before[-1].kind in _DEALT
    return Span(before[-1].span.start, span.end + 1) if joined else span


def _whole_name(context: SentenceContext, group: str, span: Span) -> Span:
    """Return the whole name that a word of a group stands in: 街道财政, 镇财政, 职工参保人员."""
    kind = {"payer": "payer", "population": "person"}.get(group)
    clause = context.clause(span.start)
    chunks = context.statement.chunks(clause.start, clause.end) if kind else []
    holding = (one.span for one in chunks if one.kind == kind and one.span.start <= span.start < one.span.end)
    whole = next((one for one in holding if one.end >= span.end), span)
    rest = _BRACKETED.sub("", context.text[span.end : whole.end])
    return whole if not rest or context.statement.words.lists.officials.meets(rest) else span


def _fitting_names(context: SentenceContext, terms: list[Term], first: Quantity) -> list[Term]:
    indicators = context.linking_resources.catalog.indicators
    kept: dict[Span, Term] = {}
    for term in terms:
        if first.kind in indicators[term.key].kinds:
            kept.setdefault(term.span, term)
    return list(kept.values())


def _coordinated(context: SentenceContext, terms: list[Term]) -> list[list[Term]]:
    """Group terms that are joined by 、 or 和."""
    groups: list[list[Term]] = []
    for term in sorted(terms, key=lambda term: term.span):
        if groups:
            gap = _ADDED.sub("", context.text[groups[-1][-1].span.end : _with_age(context, term)])
            # 缴费比例为16%，个人缴费比例为8%: a name with a figure of its own is none of a list, unless 、 joins them
            own = context.number_from(groups[-1][-1].span.end) < term.span.start
            own = (
                own
                and context.text[context.figure_before(term.span.start) : term.span.start]
                not in context.statement.words.joints
            )
            bare = term.group == "alias" and not own
            bare = bare or context.linking_resources.joint.fullmatch(gap) is not None
            if (
                bare
                and len(gap) <= _BETWEEN
                and context.linking_resources.joint.search(gap)
                and not re.search("[。；]", gap)
                # 不设|起付标准|，高血压、糖尿病患者|年度支付限额|分别提高: a clause begins with others
                # 执行二档|最低工资标准|的地区，|失业保险金标准|分别为: so does one whose places have another name
                and not (term.group == "alias" and "，" in gap and len(gap) > 1 and gap.startswith(("，", *OWNING)))
                # 个人缴费|增幅适当降低，财政补助|和个人缴费标准分别增加: nor one of which its own clause tells something
                and not (term.group == "alias" and gap.find("，") > _TOLD)
                # 缴费基数的上限和下限|按省里公布的|全口径平均工资|核定: nor is what amounts are reckoned by
                and not (term.group == "alias" and _is_reckoned_by(context, groups[-1][-1].span.end, term))
            ):
                groups[-1].append(term)
                continue
        groups.append([term])
    return [group for group in groups if len(group) > 1]


def _with_age(context: SentenceContext, term: Term) -> int:
    """Return where persons begin with the age that stands right before them: 重度残疾人、|70周岁以上老年人."""
    if term.group != "population":
        return term.span.start
    ages = (one.span for one in context.mentions.quantities if one.kind == "age" and one.span.end == term.span.start)
    return next((span.start for span in ages), term.span.start)


def _is_reckoned_by(context: SentenceContext, start: int, name: Term) -> bool:
    """Return True if a word for what an amount is reckoned by stands between two names: 下限按全口径平均工资."""
    return any(piece.use == "base" for piece in context.statement.cut(Span(start, name.span.start)))


def _cut_words(context: SentenceContext, end: int, count: int) -> list[Share] | None:
    """Cut the words before 分别 at their 、, without how many they are; 一、二、三级医疗机构 share their ending.

    分全护理、半护理、全自理|三档|，分别为…; not 一、二、|三档地区|分别为….
    """
    tail = context.linking_resources.lists.list_tail.pattern.search(context.text, context.segment(end).start, end)
    found = _cut_items(context, tail.start(), count) if tail else None
    return found or _cut_items(context, end, count)


def _cut_items(context: SentenceContext, end: int, count: int) -> list[Share] | None:
    """Cut the words before an offset, back to what opens them."""
    lists = context.linking_resources.lists
    start = opens = context.segment(end).start
    for match in lists.list_openers.pattern.finditer(context.text, start, end):
        if _in_remark(context, match.start()):
            continue  # 早籼稻（三等，下同）、粳稻最低收购价分别为
        opening = match.group() in _MARKS or match.start() == start or context.text[match.start() - 1] in _MARKS
        if match.end() < end - 1 and (opening or lists.list_openers_sure.meets(match.group())):
            start = match.end()
            opens = start if match.group() in _MARKS else match.start()
    name = next((t for t in context.of("alias") if t.span.end == end and start < t.span.start), None)
    if name and not lists.list_cuts.pattern.search(context.text, name.span.start - 1, name.span.start):
        # 一、二、三级医疗机构起付标准分别为: what is given is no part of its subjects.
        end = name.span.start
    # 二、高血压、糖尿病年度支付限额分别为: the section's number is no item; 一、二、三级医院: it is.
    marker = MARKER.match(context.text[start:end]) if start == context.span.start else None
    starts = (start + marker.end(), start) if marker else (start,)
    if items := next((found for at in starts if (found := _items(context, Span(at, end), count))), None):
        return _word_shares(context, items, opens, name.span if name and name.span.start == end else None)
    return None


def _items(context: SentenceContext, listed: Span, count: int) -> list[Span] | None:
    """Cut a list of so many names at their 、, without the verbs before them: 发放|失业保险金、稳岗补贴."""
    items: list[Span] = []
    place = listed.start
    for match in context.linking_resources.lists.list_cuts.pattern.finditer(context.text, *listed):
        if not _in_remark(context, match.start()):
            items.append(Span(place, match.start()))
            place = match.end()
    items.append(Span(place, listed.end))
    if items[0].end - items[0].start > _LONGEST_ITEM:
        # 最低工资标准包含劳动者个人应当缴纳的|基本养老保险费、失业保险费（个人费率分别为8%和0.4%）
        items[0] = Span(max(items[0].start, context.text.rfind(OWNING[0], *items[0]) + 1), items[0].end)
    if len(items) != count or any(not 0 < span.end - span.start <= _LONGEST_ITEM for span in items):
        return None
    items = [_without_bracket(context, item) for item in items]
    # 由一类区每月1650元、…分别提高到: no list of names
    if any(context.number_from(item.start) < item.end for item in items):
        return None
    words = context.statement.words
    if any(words.lists.head_years.meets(context.words(item)) for item in items[1:]):
        return None
    if year := words.lists.head_years.pattern.match(context.words(items[0])):
        # 2025年度|月缴费基数上限、下限分别为…; not 2024年、2025年标准
        items[0] = Span(items[0].start + year.end(), items[0].end)
        if items[0].start == items[0].end:
            return None
    # 高血压、糖尿病患者|每年: what it is per is no part of the last name.
    if last := context.statement.chunks(*items[-1]):
        items[-1] = Span(items[-1].start, last[-1].span.end)
    items = [_unquoted(context, item) for item in items]
    return [_without_opening(context, items), *items[1:]]


def _without_opening(context: SentenceContext, items: list[Span]) -> Span:
    """Leave out what stands before the first name of a list: 甲市|一、二、三类区; 我省|汽、柴油价格; 发放|失业保险金."""
    item, words = items[0], context.statement.words
    first = context.statement.chunks(*item)
    if not first:
        return item
    if first[-1].span.end == item.end - 1 and _is_class_number(context, items):
        return Span(item.end - 1, item.end)
    if len(first) > 1 and context.words(first[0].span) in words.places:
        return Span(first[0].span.end, item.end)
    led = Span(first[0].span.end, first[1].span.start) if len(first) > 1 and first[0].kind == "payer" else None
    if led and context.linking_resources.lists.toward.meets(context.words(led)):
        return Span(led.end, item.end)  # 省财政对|一类、二类县分别补助80%、60%
    verb = context.text[item.start : first[0].span.start]
    return Span(first[0].span.start, item.end) if words.use_of.get(verb) in VERBS else item


def _is_class_number(context: SentenceContext, items: list[Span]) -> bool:
    """Return True if all items of a list but the last end in the bare number of a class, of which the last is one: 一、二、三类区."""
    lists = context.statement.words.lists
    numbers = [context.text[item.end - 1] for item in items[:-1]]
    bare = all(item.end - item.start == 1 for item in items[1:-1])
    return bare and all(map(lists.class_numbers.meets, numbers)) and lists.grades.meets(context.words(items[-1]))


def _without_bracket(context: SentenceContext, item: Span) -> Span:
    """Leave out a remark behind a name: 早籼稻|（三等，下同）; not who else is meant, 乡镇卫生院（社区卫生服务中心）."""
    held = context.bracket(item.end - 1)
    remark = held and item.start < held.start and _in_remark(context, held.start)
    return Span(item.start, held.start) if held and remark else item


def _in_remark(context: SentenceContext, at: int) -> bool:
    """Return True if a place is in a bracket of several clauses."""
    held = context.bracket(at)
    return held is not None and "，" in context.words(held)


def _unquoted(context: SentenceContext, item: Span) -> Span:
    """Leave out the quotation marks around a whole item: “煤改气”“煤改电”, but “三公”经费."""
    said = context.words(item)
    quoted = said.startswith("“") and "”" not in said[:-1]
    return Span(item.start + 1, item.end - said.endswith("”")) if quoted else item


def _word_shares(context: SentenceContext, items: list[Span], opens: int, name: Span | None) -> list[Share]:
    """Make the shares of a list of words; ``name`` is the catalog's name that stands behind them."""
    if providers := _providers(context, items):
        behind = context.statement.chunks(providers[-1].end, items[-1].end)
        head = next((chunk.span for chunk in behind if chunk.kind == "measure"), name)
        place = Span(providers[0].start, providers[-1].end)
        return [Share("provider", "", span, context.words(span), head, opens, place) for span in providers]
    last = context.words(items[-1])
    # 省、市、|县财政; but 省与均衡性转移支付市县
    clipped = len(last) <= _CLIPPED and all(span.end - span.start == 1 for span in items[:-1])
    shared = last[1:] if clipped else ""
    if context.statement.words.lists.place_signs.meets(shared):
        shared = ""  # 市、县区 are no 市区
    own, head = _headed(context, items)
    amounts = context.statement.words.lists.amount_heads
    if amounts.meets(context.words(items[0])):
        head = None  # 生活补贴和重度残疾人护理补贴标准: each is a name of its own
    elif head is None and len(parts := context.statement.chunks(*own[-1])) > 1 and parts[0].kind == "person":
        # 高血压、糖尿病患者|门诊用药
        own, head = [*own[:-1], parts[0].span], name or Span(parts[1].span.start, own[-1].end)
    shared = shared or _persons_tail(context, own)
    ending = None if head or name else _shared_name(context, own)
    shared = context.words(ending) if ending else shared
    words = [context.words(span) + (shared if span is not own[-1] else "") for span in own]
    reader = context.statement.words
    words = _with_owner(context, words)
    # 单位和个人分别为: in one list with who stands for the payer, all pay; 省、市、县财政 do.
    paying = any(said.endswith(reader.lists.selves.words) for said in words)
    paying = paying or all(reader.kind_of(said) == "payer" for said in words)
    whole = Span(items[0].start, items[-1].end)
    return [
        Share(
            "payer" if paying else "words",
            "",
            span,
            said,
            head or name,
            opens,
            whole,
            ending if span is not own[-1] else None,
        )
        for span, said in zip(own, words, strict=True)
    ]


def _shared_name(context: SentenceContext, items: list[Span]) -> Span | None:
    """Return the end of the last name that all of a list bear: 早稻、晚稻|最低收购价, 汽、柴|油价格.

    None where each is whole, or where it can't be told from a list of whole names: things end alike, or are clipped words.
    """
    words, amounts = context.statement.words, context.statement.words.lists.amount_heads
    *others, last = items
    bare = (
        words.kind_of(context.words(item)) == "measure" and not amounts.meets(context.words(item)) for item in others
    )
    if not amounts.meets(context.words(last)) or not all(bare):
        return None
    if all(_is_clipped(context, item, last) for item in others):
        return Span(last.start + 1, last.end)
    ends = {context.text[item.end - 1] for item in others}
    cuts = (piece.end for piece in context.statement.cut(last)[:-1])
    at = next((cut for cut in cuts if {context.text[cut - 1]} == ends), None)
    return Span(at, last.end) if at else None


def _is_clipped(context: SentenceContext, item: Span, last: Span) -> bool:
    """Return True if a name ends in a word that lacks what the one behind it has: 存、|贷款余额, 进、|出口总额."""
    cut, rest = context.linking_resources.words.cut, context.text[last.start + 1]
    word = context.statement.cut(item)[-1]
    whole = context.text[item.end - 1] + rest
    return word.end - word.start == 1 and len(cut(whole)) == 1 and len(cut(context.text[last.start] + rest)) == 1


def _providers(context: SentenceContext, items: list[Span]) -> list[Span] | None:
    """Return the providers of a list of which some are said by their level alone: 乡镇卫生院、县级、市级和省级定点医疗机构."""
    levels = context.statement.words.lists.levels
    found: list[Span] = []
    for item in items:
        named = next((one.span for one in reversed(context.statement.chunks(*item)) if one.kind == "provider"), None)
        if named is None and not (levels.meets(context.words(item)) and item is not items[-1]):
            return None
        found.append(_with_bracketed(context, named) if named else item)
    return found if any(levels.meets(context.words(item)) for item in items) else None


def _with_bare_persons(context: SentenceContext, item: Span, cut: int) -> int:
    """Take 人员 behind a class into it: Ⅰ级、Ⅱ级|人员|每月服务时长."""
    bare = context.statement.words.lists.bare_persons
    behind = next((piece for piece in context.statement.cut(item) if piece.start == cut), None)
    return behind.end if behind and bare.meets(context.text[behind.start : behind.end]) else cut


def _persons_tail(context: SentenceContext, items: list[Span]) -> str:
    """Return how the last item says that the others are persons, too: 高血压、糖尿病|患者; nothing where it doesn't.

    Where it is one word, its end may: 完全、部分|不能自理.
    """
    kind_of = context.statement.words.kind_of
    *others, last = (context.words(item) for item in items)
    if kind_of(last) != "person" or any(kind_of(other) != "measure" for other in others):
        return ""
    pieces = context.statement.cut(items[-1])[1:]
    ends = [context.words(Span(piece.start, items[-1].end)) for piece in reversed(pieces)]
    ends = ends or [last[at:] for at in range(len(last) - _SHORTEST_ENDING, 0, -1)]
    return next((end for end in ends if kind_of(end) == "person"), "")


def _self_end(context: SentenceContext, last: Span) -> int | None:
    """Return where who pays ends that opens a name: 单位、个人|缴费比例, 单位和职工个人|缴费比例; None where none does."""
    words, said = context.statement.words, context.words(last)
    if words.lists.selves.meets(said[:SELF]):
        return last.start + SELF
    at = next((said.find(word) for word in words.lists.selves.words if word in said), -1)
    pays = at > 0 and words.kind_of(said[:at]) == "person" and said.startswith(words.lists.paying.words, at + SELF)
    return last.start + at + SELF if pays else None


def _headed(context: SentenceContext, items: list[Span]) -> tuple[list[Span], Span | None]:
    """Part the head that the last item bears for all: 城镇居民 | 农村居民|人均可支配收入."""
    first, last = context.words(items[0]), items[-1]
    kind = context.statement.words.kind_of(first)
    if at := _self_end(context, last):
        return ([*items[:-1], Span(last.start, at)], Span(at, last.end)) if at < last.end else (items, None)
    kinds = {context.statement.words.kind_of(context.words(item)) for item in items[:-1]}
    if kind == "grade" and kinds <= {"grade", "person"}:
        # 城镇、农村|居民人均可支配收入; 初级、技师、高级技师|职业资格证书
        ends = (piece.end for piece in context.statement.cut(last)[:-1])
        # 农村居民 is one word of the dictionary.
        ends = (at for at in itertools.chain(ends, [last.start + len(first)]) if at < last.end)
        cut = next((at for at in ends if context.statement.words.kind_of(context.text[last.start : at]) in kinds), None)
        cut = _with_bare_persons(context, last, cut) if cut else None
        persons = cut and context.statement.words.kind_of(context.text[cut : last.end]) == "person"
        named = cut is not None and not persons  # 城镇、农村居民|人均住房面积
        return ([*items[:-1], Span(last.start, cut)], Span(cut, last.end)) if cut and named else (items, None)
    if kind not in ("person", "place", "provider", "payer"):
        return items, None
    opening = context.statement.chunks(*last)[:1]
    if kinds == {"person"} and opening and opening[0].kind == "person" and opening[0].span.start == last.start:
        # 全护理、半护理、全自理|照料护理补贴标准
        at = opening[0].span.end
        return ([*items[:-1], opening[0].span], Span(at, last.end)) if at < last.end else (items, None)
    for length in range(min(4, len(first) - 1), 0, -1):
        at = context.text.find(first[-length:], last.start + 1, last.end)
        if at > 0 and at + length < last.end:
            return [*items[:-1], Span(last.start, at + length)], Span(at + length, last.end)
    return items, None
