"""Whether a figure's amount can be an indicator's: its unit, per what it is, of all or of a part, a change or a level."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from extractor.model import Span
from extractor.notice.facts.fit.figure import LinkedFigure, said_before
from extractor.notice.facts.groups.payers import pays

if TYPE_CHECKING:
    from extractor.notice.facts.catalog import Indicator
    from extractor.notice.facts.sentence.context import SentenceContext

_BRACKET = regex.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*$")
# What is per one of these is no budget.
_EACH = frozenset({"person", "household", "visit"})
_PERIODS = frozenset({"day", "month", "quarter", "year"})
# What is so many times as much as anybody gets is all together; less may be a slip, of which a check warns.
_VAST = 100
# An age so many times as high is somebody else's: 独生子女父母奖励发至子女年满18周岁.
_OLDER = 2
# What is paid out, and so many times as much, is all together as well: 计划发放一次性创业补贴1200万元.
_MANY = 10
_IN_BRACKET = " （）()"
# The programme whose indicators are of whole years.
_OF_YEARS = "macro"
# So long are words that allot a budget.
ALLOTTING = 16
# So long are words that say what a sample is drawn from, or what an amount is held against.
_SAMPLED = 32
# So far around an amount stands the case of those who have got it: 已一次性领取我市育儿补助（二孩|5000元|、三孩20000元）的，.
_GOT = 40
# （其中用人单位缴纳16%，职工个人缴纳8%）
_PARTS = 40


def is_weekly(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True for an amount per week, of which there is no indicator: 最低工资每周由960元调升至|1000元|."""
    low = max(context.clause(figure.number.start).start, figure.number.start - _SAMPLED)
    weekly = context.linking_resources.lists.weekly
    return figure.kind == "money" and weekly.meets(context.text[low : figure.number.start])


def is_of_other_growth(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
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


def is_of_part_of_year(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
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


def is_of_both_bounds(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if nobody says of which bound a figure is: 缴存基数|上下限|由27000元、2100元调整为28000元、2200元."""
    lists = context.statement.words.lists
    if not context.may_say(lists.bound_pairs) or not lists.bound_pairs.meets(said_before(context, figure)):
        return False
    return any(bound in word for word in indicator.said for bound in lists.bound_names.words)


def is_of_both_payers(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure is what both sides pay together, and the indicator is one's: 按|24%|缴纳（单位16%、职工8%）.

    缴费标准为|70元|，其中个人缴纳40元，政府补助30元
    """
    lists = context.linking_resources.lists
    parts = {"rate": lists.parts_behind, "money": lists.amounts_behind}.get(figure.kind)
    whole = parts is not None and parts.meets(context.text[figure.span.end : figure.span.end + _PARTS])
    return whole and lists.whose_rates.meets(indicator.name)


def is_borne(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if words around a share say that persons bear it, and an indicator's don't: 基金支付70%，30%|由个人负担."""
    lists = context.linking_resources.lists
    if figure.kind != "rate" or any(map(lists.own_money.meets, indicator.said)):
        return False
    start, end = context.clause(figure.number.start)
    before, behind = context.text[start : figure.number.start], context.text[figure.span.end : end]
    return lists.borne_behind.meets(behind) or lists.borne_before.meets(before)


def is_average(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
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


def is_tested(context: SentenceContext, figure: LinkedFigure) -> bool:
    """Return True if a rate says how much of something is looked into: 按不低于5%的比例|抽查|返还资金使用情况.

    So is an amount none that is held against the standard, or that its own noun sets apart: 每小时18元|低于标准, 35元|市场价.
    """
    lists, behind = context.linking_resources.lists, context.text[figure.span.end : figure.span.end + _SAMPLED]
    if figure.kind == "money":
        return lists.compared_behind.meets(behind) or lists.apart_behind.meets(behind)
    return figure.kind == "rate" and lists.sampled_behind.meets(behind)


def is_not_counted(context: SentenceContext, figure: LinkedFigure) -> bool:
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


def is_share_of_itself(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a rate changes by more than it can be, so by a share of itself: 工伤保险费率下调20%."""
    changes = figure.kind == "rate" and figure.unit == "%" and figure.role in ("increase", "decrease")
    return changes and is_beyond(indicator, figure)


def has_unit(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure's unit can be the indicator's."""
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


def is_change(context: SentenceContext, figure: LinkedFigure) -> bool:
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


def is_beyond(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if a figure is more than there can be of an indicator."""
    value, range_ = figure.value, indicator.plausible
    return value is not None and range_ is not None and value > Decimal(range_[1])


def is_per_another(indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if an amount is per what the indicator's are not: 每人每月3800元 is no yearly cap, 补贴1800万元 is a total."""
    if not set(indicator.says_per).issubset(figure.per):
        return True
    known = {*indicator.per, *indicator.also_per}
    if indicator.per_said and not figure.per:
        return True
    return figure.kind == "money" and bool(known) and not known.issuperset(figure.per)


def is_for_each(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
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


def is_total(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
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
    lead = context.text[max(context.span.start, figure.span.start - ALLOTTING) : figure.span.start]
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


def changes_amount(context: SentenceContext, figure: LinkedFigure) -> bool:
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
