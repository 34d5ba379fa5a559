"""Whether an indicator can have a figure at all: its kind, unit, programme, and the words that it wants or can't bear."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex
from msgspec import Struct

from extractor.model import Span
from extractor.notice.facts.groups import pays
from extractor.notice.facts.lists import SELF
from extractor.notice.facts.tables import other_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Base
    from extractor.notice.facts.catalog import Indicator, Requirement
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.lists import Share

Misfit: TypeAlias = Literal[
    "kind",
    "role",
    "operator",
    "unit",
    "change",
    "rival",
    "require",
    "programme",
    "per",
    "base",
    "another",
    "condition",
    "example",
]
_WORD = regex.compile(r"\w+")
_BRACKET = regex.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*$")
# As few signs left of a name say of what else it is.
ANOTHER = 2
# What is per one of these is no budget.
_EACH = frozenset({"person", "household", "visit"})
_PERIODS = frozenset({"day", "month", "quarter", "year"})
# What is so many times as much as anybody gets is all together; less may be a slip, of which a check warns.
_VAST = 100
# An age so many times as high is somebody else's: 独生子女父母奖励发至子女年满18周岁.
_OLDER = 2
# What is paid out, and so many times as much, is all together as well: 计划发放一次性创业补贴1200万元.
_MANY = 10
# So far before its own name begins what makes it another's.
_HIDING = 8
_COLON = "："
_IN_BRACKET = " （）()"
# The programme whose indicators are of whole years.
_OF_YEARS = "macro"
# So long are words that allot a budget.
_ALLOTTING = 16
# So long are words that say what a sample is drawn from, or what an amount is held against.
_SAMPLED = 32
# So far around an amount stands the case of those who have got it: 已一次性领取我市育儿补助（二孩|5000元|、三孩20000元）的，.
_GOT = 40
# So many answers are kept of where an indicator's words stand last.
_KEPT = 4096
# （其中用人单位缴纳16%，职工个人缴纳8%）
_PARTS = 40


class LinkedFigure(Struct, frozen=True, gc=False):
    """What linking needs to know of a quantity, a date or a milestone.

    ``number`` is the place of its digits, ``span`` that of its words with unit and bound. ``hint`` is the indicator
    that the pattern which read it names. ``condition``: it says to whom or when something applies. ``own`` is the name
    that its clause or its table's heads give it, ``base`` what it is a share of, ``role`` what its words make it: a level,
    an increase …, ``share`` its subject in a 分别 list.
    """

    span: Span
    number: Span
    kind: str
    unit: str | None
    operator: str
    hint: str | None = None
    condition: bool = False
    per: tuple[str, ...] = ()
    base: Base | None = None
    own: Span | None = None
    role: str = "level"
    share: Share | None = None
    value: Decimal | None = None


def misfit(
    context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]
) -> Misfit | None:
    """Say why an indicator can't have a figure; None where it can. ``programmes`` are what the figure is about."""
    return next(_misfits(context, indicator, figure, programmes), None)


def _misfits(
    context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]
) -> Iterator[Misfit]:
    """Yield what an indicator can't have of a figure, what is cheap to say first."""
    if figure.kind not in indicator.kinds:
        yield "kind"
    if figure.condition and not indicator.window and not indicator.threshold:
        yield "condition"
    if indicator.roles and figure.role not in indicator.roles:
        yield "role"
    if indicator.operators and figure.role != "previous" and _operator(context, figure) not in indicator.operators:
        yield "operator"
    if not _has_unit(context, indicator, figure):
        yield "unit"
    if indicator.change and figure.kind == "rate" and not _is_change(context, figure):
        yield "change"
    rival = _rival(context, indicator, figure) if indicator.rivals or indicator.needs_own else None
    if rival is not None:
        yield "rival" if rival else "require"
    if indicator.require and not _has_required(context, indicator.require, figure):
        yield "require"
    if not is_about(context, indicator, programmes):
        yield "programme"
    yield from _mistaken(context, indicator, figure)


def _mistaken(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> Iterator[Misfit]:
    """Yield by which of its own words a figure is of something else."""
    if (
        _is_per_another(indicator, figure)
        or _is_weekly(context, figure)
        or _is_total(context, indicator, figure)
        or _is_for_each(context, indicator, figure)
    ):
        yield "per"
    lists = context.linking_resources.lists
    makes_base = figure.kind == "rate" and lists.base_behind.meets(
        context.text[figure.span.end : figure.span.end + _ALLOTTING]
    )
    if makes_base or (figure.base and _is_of_another(context, indicator, figure.base)):
        yield "base"  # 以月平均工资的60%|为缴费基数
    if not indicator.change and (_changes_amount(context, figure) or _is_share_of_itself(indicator, figure)):
        yield "change"
    if another_thing(context, indicator, figure):
        yield "another"
    before = context.text[max(context.span.start, figure.number.start - _ALLOTTING) : figure.number.start]
    if figure.role in ("increase", "decrease") and lists.each_moved.meets(before):
        yield "change"
    # 城镇化率55.5%，比全国低近11个百分点; 补足到3300元, 两项合计7096元; 而非终生只能领取24个月
    if (
        figure.number.start in context.gaps
        or lists.topped_up_before.meets(before)
        or lists.denied_before.meets(before)
        or (not indicator.together and lists.summed_before.meets(before))
    ):
        yield "another"
    paid = figure.kind == "money" and lists.borne_first.meets(indicator.name) and lists.paid_caps.meets(before)
    # 起付线以上分段报销，年度内最多补偿40万元
    if paid or _is_of_both_bounds(context, indicator, figure) or _is_of_both_payers(context, indicator, figure):
        yield "another"
    apart = _is_average(context, indicator, figure) or _is_borne(context, indicator, figure)
    apart = apart or _is_of_other_growth(context, indicator, figure) or _is_of_part_of_year(context, indicator, figure)
    if apart or _is_tested(context, figure) or _is_not_counted(context, figure):
        yield "another"
    if figure.role == "example":
        yield "example"


def _is_weekly(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True for an amount per week, of which there is no indicator: 最低工资每周由960元调升至|1000元|."""
    low = max(context.clause(figure.number.start).start, figure.number.start - _SAMPLED)
    weekly = context.linking_resources.lists.weekly
    return figure.kind == "money" and weekly.meets(context.text[low : figure.number.start])


def _is_of_other_growth(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True for the real growth beside the nominal one, or a growth of growth: 增长6.3%，扣除价格因素，实际增长|6.1%|; 比上年多增|38万人|.

    And for how many more than the year before something was that is a growth itself: 新增就业12万人，|同比增加|0.8万人.
    """
    if figure.role not in ("increase", "decrease"):
        return False
    lists = context.linking_resources.lists
    end = max(context.span.start + 1, context.figure_before(figure.number.start))
    before = context.text[max(end - 1, figure.number.start - _SAMPLED) : figure.number.start]
    again = indicator.change is not None and figure.kind == "count" and lists.grown_again.meets(before)
    return again or lists.other_growth.meets(before)


def _is_of_part_of_year(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if the sentence opens with months, of which a year's indicator has no figure: 1—11月，PM2.5浓度|43微克/立方米|."""
    if figure.kind not in ("rate", "count") or _OF_YEARS not in indicator.programmes:
        return False
    lists, opening = context.linking_resources.lists, context.clause(context.span.start)
    if lists.part_of_year.pattern.search(context.text, opening.start, min(opening.end, figure.number.start)):
        return True
    # 1—11月，优良天数比率为86%。|PM2.5浓度为43微克/立方米|
    told = lists.part_of_year.pattern.search(context.told[:_SAMPLED])
    between = context.told[told.end() :] + context.text[context.span.start : figure.number.start] if told else ""
    return told is not None and not lists.whole_year.meets(between)


def _is_of_both_bounds(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if nobody says of which bound a figure is: 缴存基数|上下限|由27000元、2100元调整为28000元、2200元."""
    lists = context.statement.words.lists
    if not context.may_say(lists.bound_pairs) or not lists.bound_pairs.meets(_said_before(context, figure)):
        return False
    return any(bound in word for word in indicator.said for bound in lists.bound_names.words)


def _is_of_both_payers(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure is what both sides pay together, and the indicator is one's: 按|24%|缴纳（单位16%、职工8%）.

    缴费标准为|70元|，其中个人缴纳40元，政府补助30元
    """
    lists = context.linking_resources.lists
    parts = {"rate": lists.parts_behind, "money": lists.amounts_behind}.get(figure.kind)
    whole = parts is not None and parts.meets(context.text[figure.span.end : figure.span.end + _PARTS])
    return whole and lists.whose_rates.meets(indicator.name)


def _is_borne(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if words around a share say that persons bear it, and an indicator's don't: 基金支付70%，30%|由个人负担."""
    lists = context.linking_resources.lists
    if figure.kind != "rate" or any(map(lists.own_money.meets, indicator.said)):
        return False
    start, end = context.clause(figure.number.start)
    before, behind = context.text[start : figure.number.start], context.text[figure.span.end : end]
    return lists.borne_behind.meets(behind) or lists.borne_before.meets(before)


def _is_average(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure tells what was paid on average, and not what is to be: 住院分娩|次均费用|5124元, 人均领取|生育津贴2.16万元."""
    averages = context.linking_resources.lists.averages
    if figure.kind != "money":
        return False  # 总体调整水平为上年月人均基本养老金的2%
    start = context.clause(figure.number.start).start
    said = context.text[start : figure.number.start]
    if _is_averaged(context, Span(start, figure.number.start)):
        return True
    return context.may_say(averages) and any(
        word in said and not any(word in own for own in indicator.said) for word in averages.words
    )


def _is_averaged(context: SentenceContext, lead: Span) -> bool:
    """Return True if a clause only says how much each got of what the clause before says was paid out: 支出5362万元，|人均|288元."""
    lists = context.linking_resources.lists
    if lead.start <= context.span.start or not lists.averaged.meets(context.words(lead).strip()):
        return False
    before = context.clause(lead.start - 1)
    if context.figure_before(lead.start) <= before.start:
        return False
    # 发放失业保险金3.94亿元，领金人员4.12万人，月人均1702元
    counted = before.start > context.segment(before.start).start and context.clause(before.start - 1)
    return lists.spent.meets(context.words(before)) or (counted and lists.spent.meets(context.words(counted)))


def _is_tested(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True if a rate says how much of something is looked into: 按不低于5%的比例|抽查|返还资金使用情况.

    So is an amount none that is held against the standard, or that its own noun sets apart: 每小时18元|低于标准, 35元|市场价.
    """
    lists, behind = context.linking_resources.lists, context.text[figure.span.end : figure.span.end + _SAMPLED]
    if figure.kind == "money":
        return lists.compared_behind.meets(behind) or lists.apart_behind.meets(behind)
    return figure.kind == "rate" and lists.sampled_behind.meets(behind)


def _is_not_counted(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True if an amount stands in a list of what is left out of incomes: 下列收入不计入：…每月|140元|以内的基础养老金.

    Or some have got it already, whose case the clause is: 对已一次性领取育儿补助（二孩|5000元|）的，….
    """
    if figure.kind != "money":
        return False
    lead, lists = context.lead_in, context.linking_resources.lists
    if lead is not None and lists.not_counted_leads.meets(context.words(lead).rstrip()):
        return True
    before = context.text[max(context.segment(figure.number.start).start, figure.span.start - _GOT) : figure.span.start]
    return lists.got_before.meets(before) and lists.such_a_case.meets(
        context.text[figure.span.end : figure.span.end + _GOT]
    )


def _is_share_of_itself(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a rate changes by more than it can be, so by a share of itself: 工伤保险费率下调20%."""
    changes = figure.kind == "rate" and figure.unit == "%" and figure.role in ("increase", "decrease")
    return changes and is_beyond(indicator, figure)


def required_in(context: SentenceContext, require: Requirement, at: int) -> tuple[str, str]:
    """Return where the words that an indicator requires of a figure (``at``) may stand, and where those that it must not have.

    Within a sentence it is all of it, the question that it answers and what names a cell. Those that it must not have may stand
    in the other parts of the sentence than that of the figure, but in what leads to all of them: 新增托位3000个；发放育儿补贴，每孩每年3600元.
    """
    if require.within == "clause" and context.sentence.kind != "cell":
        # 门诊慢特病病种由64种增加到68种，可以跨省直接结算的由10种增加到15种: of each its own clause, and those before without a figure
        clause = context.clause(at)
        low = max(context.span.start, context.figure_before(clause.start))
        words = context.words_outside(Span(low, clause.end), at)
        return words, words
    places = [context.question] if context.question else []
    if context.sentence.kind == "cell":
        places += [*context.sentence.context, *filter(None, (context.caption, context.lead_in))]
    colon = context.text.find(_COLON, context.span.start, context.number_from(context.span.start))
    lead = [Span(context.span.start, colon)] if colon > 0 else []
    # 家庭人均月收入低于3650元 in a notice on 公共租赁住房, which its title says
    title = context.notice.title or "" if require.within == "section" else ""
    wanted, unwanted = (*places, context.span), (*places, *lead, context.segment(at))
    return "\n".join((*map(context.words, wanted), title)), "\n".join((*map(context.words, unwanted), title))


def _has_required(context: SentenceContext, require: Requirement, figure: LinkedFigure) -> bool:
    """Return True if the words that an indicator requires are there, and none that it must not have."""
    wanted, unwanted = required_in(context, require, figure.number.start)
    return require.named_by(wanted) and not any(word in unwanted for word in require.none)


def _operator(context: SentenceContext, figure: LinkedFigure) -> str:
    """Return the bound that a figure is; its name may say it: 人均月收入限额由3560元提高到3750元."""
    named = figure.own is not None and context.linking_resources.lists.ceilings.meets(context.words(figure.own))
    return "le" if figure.operator == "eq" and named else figure.operator


def _has_unit(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    if figure.unit == "pp" and figure.role in ("level", "previous") and "pp" not in (indicator.unit, *indicator.units):
        return False  # 支付比例由降低10个百分点调整为降低15个百分点
    lists = context.linking_resources.lists
    if figure.kind == "duration" and lists.working_days.meets(context.words(figure.span)):
        return False  # 出生医学证明自受理之日起3个工作日内签发: no insured person is given working days
    if figure.kind == "rate" and (figure.unit or "").startswith("{") and not indicator.units:
        return False  # 按月平均工资的六倍计发 is no rate of contribution
    known = indicator.units or ((indicator.unit,) if figure.kind == "money" else ())
    if figure.unit == "pp" and "%" in known and figure.role in ("increase", "decrease"):
        # 优良天数比率比上年提高0.8个百分点; not: 每提高1个百分点奖励30万元
        start = context.clause(figure.number.start).start
        steps = lists.each_step.pattern
        return not indicator.change and steps.search(context.text, start, figure.span.start) is None
    return not known or figure.unit in known


def _is_change(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True if a figure is a change, by its words or by the name of its column: 增长5%, 增速（%）, 降低."""
    if figure.role in ("increase", "decrease"):
        return True
    if figure.role not in ("level", "previous"):
        return False
    heads = [*context.sentence.context] if context.sentence.kind == "cell" else [figure.own] if figure.own else []
    # 由|降低|10个百分点调整为降低15个百分点
    heads += [Span(context.clause(figure.number.start).start, figure.span.start)] if figure.unit == "pp" else []
    names = context.linking_resources.lists.change_names
    said = [context.words(head) for head in heads]
    # 高峰（上浮） × 浮动比例: of two ways that it may change, the bracket says which; not 尖峰（在高峰基础上上浮）
    brackets = (bracket.group().strip(_IN_BRACKET) for one in said if (bracket := _BRACKET.search(one)))
    return any(names.meets(_BRACKET.sub("", one)) for one in said) or any(one in names.words for one in brackets)


def _rival(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word of a figure, an empty one where it lacks an own one; None where neither is so."""
    if paid_by := _rival_payer(indicator, figure):
        return paid_by
    rival = rival_of(context, indicator, figure)
    return _rival_behind(context, indicator, figure) or rival if indicator.window and not rival else rival


def _rival_payer(indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word in who pays a figure by its list: 用人|单位|和职工失业保险费率分别为0.6%和0.4% is no total rate."""
    share = figure.share
    if share is None or share.group != "payer" or any(word in share.words for word in indicator.own):
        return None
    return next((word for word in indicator.rivals if word in share.words), None)


def rival_of(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word that was said last before a figure (门诊, not 住院): in its sentence, else in what stands above it.

    An empty word where an own one has to be said, and is said neither there nor in its paragraph or the title.
    """
    before = _said_before(context, figure)
    if indicator.others and (other := _of_others(context, indicator, before)):
        return other
    # 用人单位按在职职工工资总额的6%缴纳: whose the base is says nothing for an indicator.
    base = figure.base.text if figure.base else ""
    behind = indicator.needs_own and _said_behind(context, indicator, figure)
    for words in chain((before,), () if behind else _places_above(context, told=indicator.needs_own)):
        named, others = words, () if indicator.needs_own else indicator.hidden_by
        for hidden in filter(None, (base, *others)):
            named = named.replace(hidden, " " * len(hidden))  # 租金 isn't said by 市场租金
        own, _ = _last_of(indicator.own, named)
        rival, said = _last_of(indicator.rivals, words)
        if own != rival:
            if min(own, rival) >= 0 and words is before and _joined_persons(context, *sorted((own, rival))):
                return said if _is_anothers(context, indicator, said) else None
            if min(own, rival) >= 0 and words is not before and words in context.words_around:
                continue  # 育儿补贴和托育服务: a heading of both is neither's
            # 职工医保年度最高支付限额为12万元 under 门诊共济: a title lends its word to no amount that there can't be of it
            lent = (
                words is not before and indicator.needs_own and figure.kind == "money" and is_beyond(indicator, figure)
            )
            return said if rival > own else "" if lent else None
    return "" if indicator.needs_own and not behind else None


def is_beyond(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure is more than there can be of an indicator."""
    value, range_ = figure.value, indicator.plausible
    return value is not None and range_ is not None and value > Decimal(range_[1])


def _of_others(context: SentenceContext, indicator: Indicator, before: str) -> str:
    """Return the word that says that a figure is for others: in its sentence, for a cell also above its table (职工住院分娩…如下), in the title."""
    around = context.words_around if context.sentence.kind == "cell" else ()
    for words in (before, *around, context.notice.title or ""):
        if other := _last(words, indicator.others, indicator.whose):
            return other
        if any(one in words for one in indicator.whose):
            return ""
    return ""


@lru_cache(_KEPT)
def _last_of(words: tuple[str, ...], text: str) -> tuple[int, str]:
    """Return where the last of some words stands in a text, and the word; -1 where none does.

    All figures and names of a sentence ask it of the same title, headings and paragraph.
    """
    last, said = -1, ""
    for word in words:
        at = text.rfind(word)
        if at > last or (at == last and word > said):
            last, said = at, word
    return last, said


def _is_anothers(context: SentenceContext, indicator: Indicator, said: str) -> bool:
    """Return True if another indicator of the programme is told by a word: 集中养育、社会散居孤儿均为1500元 is neither's alone."""
    return any(
        row.id != indicator.id
        and any(said in own or own in said for own in row.own)
        and set(row.programmes) & set(indicator.programmes)
        and set(row.kinds) & set(indicator.kinds)
        for row in context.linking_resources.catalog.indicators.values()
    )


def _joined_persons(context: SentenceContext, one: int, other: int) -> bool:
    """Return True if two offsets in the sentence are of persons who stand joined: 社会散居孤儿、事实无人抚养儿童每月1180元."""
    start, end = context.span.start + one, context.span.start + other
    low = context.clause(start).start
    chunks = [one for one in context.statement.chunks(low, context.clause(end).end) if one.kind == "person"]
    held = [one.span for one in chunks if start < one.span.end and one.span.start <= end]
    return (
        len(held) > 1
        and held[0].start <= start
        and end < held[-1].end
        and all(context.statement.joined(first, second) for first, second in pairwise(held))
    )


def _said_behind(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if an own word stands behind a figure, before the next one: 按本人缴费基数的2%划入个人账户."""
    start, end = figure.span.end, context.clause(figure.number.start).end
    said = context.text[start : min(end, context.number_from(start))]
    return any(word in said for word in indicator.own)


def _places_above(context: SentenceContext, *, told: bool) -> Iterator[str]:
    """Yield what stands above a sentence; with ``told`` its paragraph before it and the title, too."""
    if told:
        yield context.told
    yield from context.words_around
    if told:
        yield context.notice.title or ""


def _rival_behind(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word of what is to be done in a span of time: 婴儿满42天时应到社区体检 is no time to enrol."""
    behind = context.text[figure.span.end : context.clause(figure.number.start).end]
    if any(word in behind for word in indicator.own):
        return None
    return next((word for word in indicator.rivals if word in behind), None)


def _last(words: str, others: tuple[str, ...], whose: tuple[str, ...]) -> str:
    """Return the word of others that stands behind all of one's own; empty where none does."""
    own, _ = _last_of(whose, words)
    return next((word for word in others if words.rfind(word) > own), "")


def _said_before(context: SentenceContext, figure: LinkedFigure) -> str:
    """Return the words of the sentence before a figure, without those of a base and of the other items of its list.

    单位和个人分别为0.7%和0.3%; 散居孤儿按集中养育标准的80%发放，每人每月1200元: the base says nothing of what is given.
    """
    start, share = context.span.start, figure.share
    said = context.text[start : figure.number.start]
    # 月平均工资7644元|的300%: its own words hide nothing of a ground itself
    others = chain(context.grounds.items(), context.gaps.items())
    hidden = [*context.bases, *context.moved_along, *(span for at, span in others if at != figure.number.start)]
    hidden += [span for span in context.shared_out if span.end + 1 < figure.number.start]
    # 上限为4968元（|单位和职工各2484元|），下限为167元
    hidden += [aside for aside in context.asides_of_others(figure.number.start) if aside.end <= figure.number.start]
    if share and share.whole:
        last = share.head.start if share.head else share.whole.end
        if share.group == "payer" and context.statement.words.lists.selves.meets(context.text[last : last + SELF]):
            last += SELF  # 用人单位、职工|个人|费率分别为0.7%和0.3%
        hidden += [Span(share.whole.start, share.span.start), Span(share.span.end, max(share.span.end, last))]
    for span in hidden:
        low, high = span.start - start, min(span.end, figure.number.start) - start
        said = said[:low] + " " * (high - low) + said[high:] if low < high else said
    if share and share.whole and share.whole.end <= figure.number.start and names_both_bounds(context, share):
        # 缴费基数上下限 says of the first value 缴费基数上限
        low, high = share.whole.start - start, share.whole.end - start
        said = said[:low] + share.words[: high - low].ljust(high - low) + said[high:]
    return said


def names_both_bounds(context: SentenceContext, share: Share | None) -> bool:
    """Return True if a list deals out two bounds that one word stands for: 缴费基数|上下限|分别为23100元、4620元."""
    pairs = context.statement.words.lists.bound_pairs
    return share is not None and share.whole is not None and pairs.meets(context.words(share.whole))


def _is_per_another(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if an amount is per what the indicator's are not: 每人每月3800元 is no yearly cap, 补贴1800万元 is a total."""
    if not set(indicator.says_per).issubset(figure.per):
        return True
    known = {*indicator.per, *indicator.also_per}
    if indicator.per_said and not figure.per:
        return True
    return figure.kind == "money" and bool(known) and not known.issuperset(figure.per)


def _is_for_each(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure is what is had for each of something, and the indicator's is all: |每缴存一年|可贷15万元."""
    step = figure.kind == "money" and figure.role == "level" and context.says_per
    if not step:
        return False
    number, segment = figure.number.start, context.segment(figure.number.start)
    start = context.clause(number).start
    if start > segment.start and context.number_from(context.clause(start - 1).start) >= start:
        start = context.clause(start - 1).start
    units = context.linking_resources.units
    said = units.per_found(context.text, start, number) if units.may_say_per(context.text, start, number) else ()
    each = {name for name, at in said if context.words(at) in units.per_each}
    return not each <= {*indicator.per, *indicator.also_per, *(indicator.implied_per or ())}


def _is_total(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if an amount is of all together, and the indicator's are somebody's each: 市级安排2600万元, 2.6亿元.

    So is a number beyond what there can be of each: 每千人口托位数4.8个，总数达到|1.9万个.
    """
    times = figure.value / Decimal(indicator.plausible[1]) if indicator.plausible and figure.value is not None else 0
    # 38657 in a column of 万元 below 人均财政补助标准, too
    if (figure.kind in ("count", "money") and times > _VAST) or (figure.kind == "age" and times > _OLDER):
        return True
    each = not set(figure.per) <= _PERIODS
    somebody = _EACH.intersection((*indicator.per, *(indicator.implied_per or ())))
    if figure.kind != "money" or each or not somebody:
        return False
    lead = context.text[max(context.span.start, figure.span.start - _ALLOTTING) : figure.span.start]
    lists = context.linking_resources.lists
    # 全年发放高龄津贴1.12亿元
    if times > _MANY and lists.paid_out.meets(lead):
        return True
    if figure.per:
        return False
    if (
        context.sentence.kind == "cell"
        and context.caption
        and lists.allotting_tables.meets(context.words(context.caption))
    ):
        return True  # 105 below 学位补贴, in a table 2031年教育补助资金分配表
    return lists.vast.meets(context.words(figure.span)) or lists.allotting.meets(lead)


def part_payer(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> Span | None:
    """Return who pays no more than a part of what an indicator's payers pay together: 中央财政补助402元, 其中省级134元.

    Behind 其中 that is so of every amount: 高龄津贴每人每月150元，其中州级财政承担30元，县市财政承担120元.
    Of a clause before only where the figure's own clause says nothing of its own: 中央财政对西部地区，每人补助560元.
    """
    number = figure.number
    start, clause = context.segment(number.start).start, context.clause(number.start)
    goes_on = context.linking_resources.lists.goes_on.pattern
    if context.sentence.kind == "cell" and figure.kind == "money":
        # 其中：省级 below 缴费补贴
        heads = (head for head in context.sentence.context if goes_on.match(context.text, *head))
        terms = (term for head in heads for term in context.terms_over(head) if term.group == "payer")
        if payer := next(terms, None):
            return payer.span
    shared = indicator.whole or indicator.together
    opened = None if shared or figure.kind != "money" else goes_on.search(context.text, start, number.start)
    # 省级财政承担20元，其余部分由县承担
    behind = context.text[figure.span.end : context.span.end]
    rest = figure.kind == "money" and context.linking_resources.lists.rest_borne.meets(behind)
    if not shared and opened is None and not rest:
        return None
    named = (term for term in context.of("payer") if start <= term.span.start and term.span.end <= number.start)
    payers = [term for term in named if pays(context, term.span, number)]
    if not payers:
        return None
    last = payers[-1].span
    # its own payer behind 其中, whoever it is; but 其中个人缴费400元 is named by who pays
    own = opened is not None and last.start >= max(opened.end(), context.figure_before(number.start))
    others = own and not any(context.words(last) in word for word in indicator.said)
    if not (indicator.together or others or rest or payers[-1].key in context.linking_resources.part_payers):
        return None
    if len(payers) > 1 and context.statement.joined(payers[-2].span, last):
        each = context.linking_resources.lists.each_pays.meets(context.text[last.end : number.start])
        if indicator.together and not each:
            return None  # 个人和政府按每人每年1070元筹集
    says = any(clause.start <= name.span.start < number.start for name in context.of("alias"))
    return None if last.end <= clause.start and says else last


def _is_of_another(context: SentenceContext, indicator: Indicator, base: Base) -> bool:
    """Return True if a share is of an amount that the indicator's are no shares of: 最高支付限额的25% is no payment rate."""
    if base.text.endswith(indicator.shares_of):
        return False
    if context.linking_resources.lists.paid_amounts.meets(base.text):
        return True
    if indicator.bases:
        return base.indicator is not None and base.indicator not in indicator.bases
    return context.linking_resources.lists.amount_bases.meets(base.text)


def _changes_amount(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True if a share says by how much an amount changes, and is no share that is paid: 起付线降低50%, 起付标准减半."""
    lists = context.linking_resources.lists
    if lists.halved.meets(context.words(figure.span)):
        return True
    if figure.own is None or figure.unit != "%":
        return False
    name = context.words(figure.own)
    if figure.role not in ("increase", "decrease"):
        return lists.thresholds.meets(name)
    return lists.amount_bases.meets(name) and not lists.ratios.meets(name)


def another_thing(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> Span | None:
    """Return the name that says that an amount is of something else: 产前检查费用支付限额, 剖宫产补贴, the row of a table."""
    if figure.kind not in ("money", "rate", "count"):
        return None
    rows = (row for row in other_rows(context, figure.own) if unknown_of(context, row, indicator) >= ANOTHER)
    if row := next(rows, None):
        return row
    own = figure.own
    # 调整后最低标准 beside 伤残津贴 only says of which kind the figure is.
    if own is None or context.linking_resources.lists.plain_heads.meets(context.words(own)):
        return None
    if indicator.hidden_by and _is_hidden(context, indicator, own):
        return own
    # 改造老旧小区298个 is no 新增学位; what is counted may be named more closely: 省级集采药品品种数.
    if figure.kind == "count" and any(word in context.words(own) for word in indicator.said):
        return None
    # 其中高技术制造业增长12%: what grows is named whole.
    if not indicator.change and not context.statement.words.lists.amount_heads.meets(context.words(own)):
        return None
    return own if unknown_of(context, own, indicator) >= ANOTHER else None


def _is_hidden(context: SentenceContext, indicator: Indicator, own: Span) -> bool:
    """Return True if a figure's own name holds a longer name of another thing, or ends one: 合并后|用人单位缴费费率."""
    said = context.words(own)
    around = context.text[max(context.clause(own.start).start, own.start - _HIDING) : own.end]
    held = (name for name in indicator.hidden_by if name in (around if len(said) <= len(name) else said))
    # 国|省控断面水质优良比例: a name of the indicator's own may hold it
    return not all(any(name in alias and alias in around for alias in indicator.aliases) for name in held)


def unknown_of(context: SentenceContext, name: Span, indicator: Indicator) -> int:
    """Count what is left of a name without an indicator's own words, the scope's, the programme's and those of no weight."""
    known = [t.span for t in context.terms_over(name) if t.group != "alias" or t.key == indicator.id]
    # 地级城市 holds the 市 of who pays
    neutral = context.linking_resources.lists.neutral.pattern
    known += [Span(*one.span()) for one in neutral.finditer(context.text, *name) if one.end() - one.start() > ANOTHER]
    left = context.words(name)
    for span in known:
        low, high = max(span.start - name.start, 0), min(span.end - name.start, len(left))
        left = left[:low] + " " * (high - low) + left[high:]
    for pattern in (context.statement.words.lists.grades.pattern, neutral):
        left = pattern.sub(" ", left)
    if indicator.change:
        left = context.linking_resources.lists.change_names.pattern.sub(" ", left.rstrip())
    region = context.notice.region
    own_names = context.linking_resources.region_names(region) if region else ()  # 江西省|月最低工资标准
    for said in (*indicator.said, *indicator.own, *indicator.shares_of, *own_names):
        left = left.replace(said, " ")
    # the row of 12% below 缴存比例, of 10000至50000 below 费用段
    words = [word for word in _WORD.findall(left) if not context.linking_resources.lists.bands.meets(word)]
    if not indicator.change or "count" in indicator.kinds:  # 其中出口增长15% is no growth of 进出口
        words = [word for word in words if not any(word in said for said in indicator.said)]
    return sum(map(len, words))


def is_beside(context: SentenceContext, indicator: Indicator, programmes: frozenset[str]) -> bool:
    """Return True if a figure is about what notices of an indicator's programme speak of as their own: 生育医疗费用 of 居民医保.

    In a notice on what they speak of, if the sentence or a head names those for whom the indicator's figures are: 居民 | 顺产.
    """
    if programmes.isdisjoint(indicator.beside):
        return False
    both = not context.notice_programmes.keys().isdisjoint(indicator.beside)
    if any(name in context.notice_programmes for name in indicator.programmes) and not both:
        return True
    return _names_whose(context, indicator)


def _names_whose(context: SentenceContext, indicator: Indicator) -> bool:
    """Return True if the sentence, or a head of its cell, names those for whom an indicator's figures are."""
    heads = context.sentence.context if context.sentence.kind == "cell" else (context.span,)
    return any(word in context.words(place) for place in heads for word in indicator.whose)


def is_told_by_persons(context: SentenceContext, indicator: Indicator) -> bool:
    """Return True if persons tell that a figure is about an insurance that is named where it is meant: 500 beside 在职职工."""
    if not indicator.whose or not context.linking_resources.qualifying_programmes.issuperset(indicator.programmes):
        return False
    places = (context.words(context.span), *context.words_around, context.told, context.notice.title or "")
    return any(word in place for place in places for word in indicator.whose)


def is_about(context: SentenceContext, indicator: Indicator, programmes: frozenset[str]) -> bool:
    """Return True if an indicator is one of the programmes that a figure is about, or of their family as a whole."""
    resources, catalog = context.linking_resources, context.linking_resources.catalog.programmes
    if not resources.broad_programmes.isdisjoint(indicator.programmes) and any(
        catalog[name].broad and name in context.notice_programmes for name in indicator.programmes
    ):
        return True
    if exact := programmes - resources.generic_programmes:
        # 顺产 in a notice on 生育保险 and 居民医保 is one's or the other's
        both = not exact.isdisjoint(indicator.programmes) and not exact.isdisjoint(indicator.beside)
        if both and not _names_whose(context, indicator):
            return False
        # Of a notice on 职工医保和居民医保 nobody knows which.
        if resources.qualifying_programmes.issuperset(indicator.programmes) and any(
            catalog[name].family and not catalog[name].qualifies for name in exact
        ):
            return False
        if not exact.isdisjoint(indicator.programmes) or is_beside(context, indicator, programmes):
            return True
        # An indicator of the family as a whole (`medical`) holds for each of its programmes.
        generic = resources.generic_programmes.intersection(indicator.programmes)
        family = {catalog[name].family for name in generic}
        return any(catalog[name].family in family for name in exact if catalog[name].family)
    families = {catalog[name].family for name in programmes}
    if is_told_by_persons(context, indicator):
        return any(catalog[name].family in families for name in (*indicator.programmes, *indicator.beside))
    if indicator.whose and resources.qualifying_programmes.issuperset(indicator.programmes):
        return False  # nobody says that 统筹基金支付比例 in a notice about medical insurance is that of employees
    # 报销比例 in a notice about medical insurance is not that of 大病保险, unless the text says so.
    return any(catalog[name].family in families for name in indicator.programmes if not catalog[name].named)
