"""Distributes 分别 lists: 对西部、中部地区分别按照80%、60%的比例 gives 80 % to 西部 and 60 % to 中部地区.

A list of values belongs, in order, to the nearest list of as many subjects before it: areas, populations, providers,
payers, or names of indicators; failing these, to the words before 分别 cut at their 、.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.signs import only_per
from extractor.notice.facts.lists.groups import joined_levels, unlisted
from extractor.notice.facts.lists.items import DEALT, MARKS, Share, cut_words, is_whole, stand_joined
from extractor.notice.facts.lists.listed import (
    RATIOS,
    changed_levels,
    compared_from,
    levels_apart,
    names_before_colon,
    nearest_list,
    own_names,
)
from extractor.notice.facts.names.words import ChunkKind

if TYPE_CHECKING:
    from extractor.model import Quantity
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# What a bracket behind a figure may say that it is of.
_LABELS: dict[ChunkKind, str] = {
    "person": "population", "provider": "provider", "payer": "payer", "place": "words", "grade": "words",
}  # fmt: skip
_LONGEST_LIST = 12


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
            if subjects is None:
                subjects = _named_as_before(context, run, dealt[1] if dealt and run[0] == follows else [])
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
    alike = len({one.kind for one in groups}) == 1 and stand_joined(context, [one.span for one in groups])
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
        one.group in ("population", "provider") or (one.group == "words" and kind_of(one.words) in DEALT)
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
    if len(kinds) > 1 or len(owners) < count or len(alike) > 1 or not alike <= DEALT:
        return None
    if len({context.words(one.span) for one in owners}) < count:
        return None
    return [Share("words", "", one.span, context.words(one.span)) for one in owners]


def _named_as_before(context: SentenceContext, run: list[int], dealt: list[Share]) -> list[Share] | None:
    """Return the names of the values before, where a list gives those of another group: 一类区月最低工资2350元、小时最低工资23元；二类区|2150元、21元|.

    Nothing but the other group may stand between; ``dealt`` are the names of the list right before. Or those of a list before a colon: 月最低工资、小时最低工资：|二类区2150元、21元.
    """
    quantities, count = context.mentions.quantities, len(run)
    first, values = quantities[run[0]], quantities[max(0, run[0] - count) : run[0]]
    start = context.clause(first.span.start).start
    groups = context.statement.chunks(max(start, context.figure_before(first.span.start)), first.span.start)
    if first.role != "level" or len(groups) != 1 or groups[0].kind not in DEALT:
        return None
    if headed := names_before_colon(context, first, count):
        return headed
    if len(dealt) == count and all(one.group == "alias" for one in dealt):
        return dealt  # 三类区|1950元、19元
    if len(values) < count or len({one.kind for one in (first, *values)}) > 1:
        return None
    before = context.statement.chunks(context.figure_before(values[0].number.start), values[0].number.start)
    alike = any(one.kind == groups[0].kind for one in before)
    return own_names(context, first, values) if alike else None


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
        if not context.linking_resources.joint.fullmatch(bare.strip()) or (bare != gap and bare.strip()[:1] in MARKS):
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
    cut = cut_words(context, at, count)
    whole = cut is not None and all(is_whole(context, item.span) for item in cut)
    if listed and not (whole and max(one.span.end for one in listed) < context.clause(at).start):
        return listed
    return [Share("payer", "", item.span, item.words) for item in cut] if cut else None


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
    if announced and share is not None:
        if lists.by_band.meets(context.text[context.clause(share.start).start : share.start]):
            return None, True
        if named := changed_levels(context, first, share.start, len(run)):
            return named, True
        if levels_apart(context, first, share.start, len(run)):
            return None, True
    ratio = not announced and _is_ratio(context, first)
    by = lists.share_by.pattern.search(context.text, segment.start, first.span.start) if ratio else None
    if by and (levels := joined_levels(context, Span(segment.start, by.start()), len(run))):
        return levels, False  # 市、区两级财政按5:5的比例分担
    found = nearest_list(context, first, len(run), announced=announced)
    if by:
        return _shared_by(context, by.start(), len(run), found), False
    if found:
        return found, announced
    dealt = Span(compared_from(context, share.start), share.end) if share is not None and announced else None
    return unlisted(context, Span(segment.start, first.span.start), dealt, len(run)), announced


# Between the parts of a ratio.
_RATIO_SIGNS = ("：", ":", "∶")
