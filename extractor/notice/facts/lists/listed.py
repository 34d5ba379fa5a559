"""Names and groups of the catalog that stand in a list: 起付标准、支付比例、最高支付限额分别为."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.signs import adds
from extractor.notice.facts.lists.groups import another_pays
from extractor.notice.facts.lists.items import GROUPS, Share, whole_name, with_bracketed
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Quantity, Term
    from extractor.notice.facts.sentence.context import SentenceContext

_BETWEEN = 10
# Readings of what several bear: 8:2, 六比四.
RATIOS = ("ratio", "ratio.han")
# 基层医疗机构|（含卫生院）|、二级医疗机构
_ADDED = re.compile(r"^（[^（）\d]{1,48}）")
# Groups that may be told together.
_MEANT = ("provider", "population")


def nearest_list(context: SentenceContext, first: Quantity, count: int, *, announced: bool) -> list[Share] | None:
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
            if group == "payer" and announced and another_pays(context, listed[-1].span.end, first.number.start):
                continue  # 省、市、县财政共同承担，|省财政对|苏北、苏中、苏南地区分别按30%、20%、10%给予补助
            if group == "alias" and _is_dealt_out(context, listed, first):
                continue  # 化学需氧量、氨氮分别下降4%、5%，|氮氧化物、挥发性有机物|分别下降10%、8%
            if len(listed) == count and (best is None or listed[-1].span.end > best[0]):
                best = (listed[-1].span.end, shares_of(context, group, listed))
    return best[1] if best else None


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


def changed_levels(context: SentenceContext, first: Quantity, dealt: int, count: int) -> list[Share] | None:
    """Return the names of the levels that changes are dealt out to, each with its own before it.

    财政补助700元，个人缴费400元，较上年分别增加30元、20元; 筹资标准1100元，其中|财政补助700元，个人缴费400元|，分别提高30元、20元
    """
    levels = _levels_before(context, first, compared_from(context, dealt))
    opens = context.linking_resources.lists.parts_open.pattern
    if len(levels) == count + 1 and opens.search(context.text, levels[0].span.end, levels[1].number.start):
        levels = levels[1:]
    return own_names(context, first, levels) if len(levels) == count else None


def own_names(context: SentenceContext, first: Quantity, levels: Sequence[Quantity]) -> list[Share] | None:
    """Return the catalog's names that stand right before figures, where each has one and no two the same; for values from ``first`` on."""
    aliases = _fitting_names(context, context.of("alias"), first)
    names = [
        [one for one in aliases if context.figure_before(level.number.start) <= one.span.start < level.number.start]
        for level in levels
    ]
    own = [found[-1] for found in names if found]
    alike = len({one.key for one in own}) == len(levels)
    return [share for one in own for share in shares_of(context, "alias", [one])] if alike else None


def names_before_colon(context: SentenceContext, first: Quantity, count: int) -> list[Share] | None:
    """Return as many of the catalog's names as there are values, that a colon parts from them: |月最低工资、小时最低工资|：一类区2350元、23元."""
    for listed in _coordinated(context, _terms_before(context, "alias", first)):
        if len(listed) == count and context.text[listed[-1].span.end : listed[-1].span.end + 1] in ("：", ":"):
            return shares_of(context, "alias", listed)
    return None


def levels_apart(context: SentenceContext, first: Quantity, dealt: int, count: int) -> bool:
    """Return True if changes, or what they start from, are dealt out to as many levels, each of a clause of its own before them.

    集中养育孤儿1680元；社会散居孤儿、事实无人抚养儿童1180元，分别比上年提高80元和60元; 甲区、乙区为965元，其他区870元，较上年分别提高65元和50元
    """
    start = compared_from(context, dealt)
    levels = _levels_before(context, first, start)
    if context.clause(start).start != start:
        return False
    return len(levels) == count == len({context.clause(one.number.start).start for one in levels})


def _levels_before(context: SentenceContext, first: Quantity, end: int) -> list[Quantity]:
    """Return the levels before a change, or before what one starts from, that may have changed so."""
    if first.role not in ("increase", "decrease", "previous"):
        return []
    before = [one for one in context.mentions.quantities if one.number.start < end and one.role == "level"]
    return [one for one in before if (one.kind, one.unit) == (first.kind, first.unit)]


def compared_from(context: SentenceContext, at: int) -> int:
    """Return where the words before 分别 begin that say since when something has changed: 能耗、用水量|比2020年分别下降5%、6%."""
    lists = context.linking_resources.lists
    tail = lists.compared_tail.pattern.search(context.text, context.span.start, at)
    end = tail.start() if tail else at
    year = next((one.span.start for one in context.mentions.dates if one.span.end == end), at)
    before = lists.compared_before.pattern.search(context.text, context.span.start, year)
    return before.start() if before and year < at else at


# What is told of a name before a comma is longer than the rest of a name: |基本养老金|标准，|护理费|标准.
_TOLD = 3


def shares_of(context: SentenceContext, group: str, listed: list[Term]) -> list[Share]:
    """Make the shares of a list of terms; 一级、二级、三级医院 share the ending of the last where the catalog has such names."""
    last = context.words(listed[-1].span)
    made = []
    level_ends = context.statement.words.lists.level_ends
    for term in listed:
        span = with_bracketed(context, whole_name(context, group, term.span))
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
