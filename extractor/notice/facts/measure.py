"""Says what a figure measures: a tuple of steps, of which the first that names something decides (`names`).

What is not said in the clause comes from the figure before, the clauses before, the lead-in and the headings, in this
order, and only where nothing in between names another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from extractor.model import Quantity, Span
from extractor.notice.facts.draft import measures_age
from extractor.notice.facts.lists import RATIOS
from extractor.notice.facts.names import AHEAD, REACH, MeasureName
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.facts.tables import cell_measure
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk
    from extractor.notice.word_lists import WordList


# Groups that may themselves be counted, and of whom things are said: 15个|乡镇卫生院|标准化率.
_COUNTED = ("provider", "person")
# A bound word is no longer than this.
_BOUND = 4
# 县级 alone is none of them.
_SHORT = 2
_OF = "的"
_BRACKETS = re.compile("[（(）)]")
_ANNOUNCING = frozenset("：:")
# As far back in the sentence before the name of a whole may stand.
_SENTENCE = 160
_CLAUSES = re.compile("[，；：]")
# So many figures back one of the same kind may have been named.
_FIGURES = 3


@dataclass(frozen=True)
class MeasureCase:
    """A figure whose name is looked for: its quantity and index, where the figure before it ended, and that one's name.

    ``band``: the name of the last class of values in the figure's unit. ``worded``: it is an amount in words (不设起付线).
    ``condition``: it says to whom or when something applies.
    """

    context: SentenceContext
    quantity: Quantity
    index: int
    left: int
    last: MeasureName | None
    band: MeasureName | None
    worded: bool
    condition: bool

    @cached_property
    def number(self) -> Span:
        """The figure with its bound, where no name stands between them (至少配备专职人员5名)."""
        quantity = self.quantity
        start = min(quantity.span.start, quantity.number.start)
        return Span(quantity.number.start if self._parted(start) else start, quantity.number.end)

    def _parted(self, start: int) -> bool:
        """Return True if a name stands between a bound and the number of a count, or begins before the bound (资产总额不超过)."""
        end, reader = self.quantity.number.start, self.context.statement
        if end - start <= _BOUND:
            return False
        bounding = reader.words.lists.bounding
        low = max(self.context.clause(start).start, start - REACH)
        text = self.context.text
        crossing = [one.span.end for one in reader.chunks(low, end) if one.span.start < start < one.span.end]
        # 承租人最长可连续承租6年; but 贷款期限不超过法定退休年龄后5年
        lasting = self.quantity.kind == "duration" and self.context.text.startswith(bounding.words, start)
        named = self.counted or lasting
        between = [one.span for one in reader.chunks(start, end) if one.kind != "empty"] if named else []
        names = [*(text[start:at] for at in crossing), *(text[slice(*span)] for span in between)]
        return any(not bounding.meets(name) for name in names)

    @property
    def counted(self) -> bool:
        """Whether the figure counts things."""
        return self.quantity.kind == "count"

    @property
    def list_end(self) -> int:
        """The end of the list of values that the figure stands in: 80%、60%的比例给予补助."""
        return self.context.list_ends[self.index]


Step: TypeAlias = "Callable[[MeasureCase], MeasureName | None]"


def measure_of(case: MeasureCase) -> MeasureName | None:
    """Return the name of what a figure measures; an age measures nothing but itself, where it isn't a span of life."""
    if case.quantity.kind == "age" and not measures_age(case.context, case.quantity):
        return _age(case)
    if case.context.is_factor(case.quantity):
        return _ground(case)
    for step in STEPS:
        found = step(case)
        if found and not _is_bound(case, found, step):
            return found
    return None


def is_band(quantity: Quantity, *, condition: bool) -> bool:
    """Return True if a figure bounds a class of values: 满6个月的, 15年以上的部分; not 不低于300元."""
    bounded = quantity.operator in ("ge", "gt", "le", "lt", "between")
    span, number = quantity.span, quantity.number
    return bounded and quantity.kind != "age" and (condition or (span.start == number.start and span.end > number.end))


def _same_band(case: MeasureCase) -> MeasureName | None:
    """连续参保满1年的，限额10万元；满2年的，…: the name of the class before, where one says nothing but its bounds."""
    if case.band is None or not is_band(case.quantity, condition=case.condition):
        return None
    if case.quantity.kind == "rate" and case.context.statement.owns(case.list_end):
        found = case.context.statement.behind(case.list_end, counted=False)
        if found and not _counts_nothing(case, case.context.words(found.span)):
            return None  # 70%以上的|城市; not 的部分
    return MeasureName(case.band.span, "band")


def _is_bound(case: MeasureCase, found: MeasureName, step: Step) -> bool:
    """Return True if a name can't be that of an amount: 起付标准以上，10万元以上的部分报销70%; 缴费年限每满1年增加0.8元."""
    if case.quantity.kind != "money":
        return False
    lists, said = case.context.statement.words.lists, case.context.words(found.span)
    if step is _before:
        return case.context.statement.based(case.number, case.left) and lists.no_amounts.meets(said)
    # 资助比例为60%，每户不超过8000元: no share is an amount
    share = step is _figure_before and (lists.rate_ends.meets(said) or lists.share_tails.meets(said))
    limits = case.condition and (found.step == "verb" or lists.limits.meets(said))
    return share or limits or lists.no_amounts.meets(said)


def _age(case: MeasureCase) -> MeasureName | None:
    """年龄为70—74周岁、75—79周岁: where the clause says so an age is an age, else it has no name."""
    reader = case.context.statement
    found = reader.last_name(Span(case.context.clause(case.number.start).start, case.number.start))
    ages = reader.words.lists.ages
    return found if found and ages.meets(case.context.words(found.span)) else None


def _own_words(case: MeasureCase) -> MeasureName | None:
    """不设起付线, 全额资助, 个人不缴费: an amount in words names what it is of."""
    return case.context.statement.own_name(case.quantity.span) if case.worded else None


def _counted_behind(case: MeasureCase) -> MeasureName | None:
    """30个DRG付费试点城市: what is counted stands behind its classifier."""
    found = case.context.statement.behind(case.quantity.span.end, counted=True) if case.counted else None
    words = case.context.statement.words
    if found and words.lists.aims_behind.meets(case.context.words(found.span)):
        return case.last  # 新建幼儿园48所，超额完成40所的年度目标任务
    if found and _counts_nothing(case, case.context.words(found.span)):
        return None
    bounded = case.counted and case.quantity.operator != "eq"
    if bounded and case.context.text.startswith(_OF, case.quantity.span.end):
        # 在校生不足100人的农村小规模学校: whose there are so many of stands before
        before = _chunks_before(case)
        if before and before[-1].span.end == case.number.start and before[-1].kind in ("person", "measure"):
            return MeasureName(before[-1].span, "group")
    if found and _is_reckoned_by(case, found):
        return None
    if found is None or case.quantity.operator == "eq":
        return found and _without_rate(case, found)
    # 2个以上子女的家庭: the persons have what is counted
    said = case.context.words(found.span)
    counted, of, persons = said.rpartition(_OF)
    owned = of and words.kind_of(persons) == "person"
    return MeasureName(Span(found.span.start, found.span.start + len(counted)), "behind") if owned else found


def _without_rate(case: MeasureCase, found: MeasureName) -> MeasureName:
    """Leave out what the next figure says of the things that are counted: 14个|国控断面|水质优良比例达到92.9%."""
    context, words = case.context, case.context.statement.words
    said, end = context.words(found.span), found.span.end
    if not words.lists.said_of_things.meets(said) or context.number_from(end) >= context.clause(case.number.start).end:
        return found
    pieces = (piece.end - found.span.start for piece in reversed(context.statement.cut(found.span)))
    thing = next((at for at in pieces if _SHORT < at < len(said) and words.kind_of(said[:at]) in _COUNTED), 0)
    if not thing and (opened := words.lists.said_of_things.pattern.search(said, 2)):
        thing = opened.start()
    return found._replace(span=Span(found.span.start, found.span.start + thing)) if thing else found


def _counts_nothing(case: MeasureCase, said: str) -> bool:
    """Return True if what stands behind a number is no thing that is counted: 200度以下的|部分, 减50个|基点."""
    words = case.context.statement.words
    return words.kind_of(said) == "empty" or words.lists.points.meets(said)


def _is_reckoned_by(case: MeasureCase, found: MeasureName) -> bool:
    """Return True if a number is one by which the amount behind it is reckoned: 按100人|核定公用经费."""
    reader, words = case.context.statement, case.context.statement.words
    before = reader.pieces(case.number, case.left)[-1:]
    first = reader.cut(found.span)[0]
    amount = words.lists.amount_heads.meets(case.context.words(found.span))
    return (
        amount
        and bool(before)
        and before[0].use == "base"
        and words.use_of.get(case.context.text[first.start : first.end]) in VERBS
    )


def _before_bracket(case: MeasureCase) -> MeasureName | None:
    """缴费费率（含生育保险0.8%）由8.8%降为7.8%: the figure in the bracket has a name of its own."""
    if not case.context.bracketed:
        return None
    context, left, number = case.context, case.left, case.number
    closed = context.bracket(number.start - 1)
    if closed and closed.end == number.start and left <= closed.start:
        # 缴费年限（含视同缴费年限，下同）15年: the bracket's marks part nothing
        low = max(left, context.clause(closed.start).start)
        return context.statement.before(Span(closed.start, closed.start), low, case.quantity.kind)
    bracket = _BRACKETS.search(context.text, left, number.start)
    if bracket is None or bracket.group() in "（(":
        return None
    start = context.clause(number.start).start
    opened = max(context.text.rfind("（", start, left), context.text.rfind("(", start, left))
    if opened < 0 or context.statement.before(number, left, case.quantity.kind):
        return None
    return context.statement.before(Span(opened, opened), start, case.quantity.kind)


def _time_limit(case: MeasureCase) -> MeasureName | None:
    """在收到材料15天内完成审核: what is to be done within a span of time."""
    context, span = case.context, case.quantity.span
    lists = context.statement.words.lists
    if case.quantity.kind != "duration" or case.condition:
        return None
    within = lists.within.pattern.match(context.text, case.number.end)
    if within is None:
        return None
    start = max(span.end, within.end())
    end = max(start, min(context.clause(start).end, start + REACH))
    return context.statement.deed(start, end) or context.statement.bare_deed(start, end)


def _span_behind(case: MeasureCase) -> MeasureName | None:
    """享受98天产假: what lasts so long, right behind its number."""
    if case.quantity.kind != "duration":
        return None
    lists = case.context.statement.words.lists
    found = lists.spans_behind.pattern.match(case.context.text, case.quantity.span.end, case.context.span.end)
    return MeasureName(Span(*found.span()), "behind") if found else None


def _having(case: MeasureCase) -> MeasureName | None:
    """其中领取待遇171.2万人: persons are counted by what they have."""
    lists = case.context.statement.words.lists
    chunks = _chunks_before(case) if lists.person_units.meets(case.quantity.unit or "") else []
    last = chunks[-1] if chunks and chunks[-1].span.end == case.number.start else None
    if last is None or not lists.having.meets(last.before) or not lists.limits.meets(case.context.words(last.span)):
        return None
    return MeasureName(Span(last.span.start - len(last.before), last.span.end), "before")


def _before(case: MeasureCase) -> MeasureName | None:
    """月最低工资标准由1900元: the nearest name before the figure in its clause."""
    found = case.context.statement.before(case.number, case.left, case.quantity.kind)
    return found if found and found.step != "empty" else None


def _given_by(case: MeasureCase) -> MeasureName | None:
    """保费由中央财政补贴45%、省级财政|补贴25%: a payer with the verb of giving is no name, where the figure before has one."""
    context, reader, last = case.context, case.context.statement, case.last
    words, number = reader.words, case.number
    if case.quantity.kind not in ("money", "rate"):
        return None
    verb = next((word for word in words.lists.handing.words if context.text.endswith(word, 0, number.start)), "")
    chunks = _chunks_before(case) if verb else []
    said = context.words(chunks[-1].span) if chunks and chunks[-1].span.end == number.start else ""
    if not said.endswith(verb) or words.kind_of(said.removesuffix(verb)) != "payer":
        return None
    # 个人缴费45元、财政补助44元: each says who pays, and is its own
    own = last is None or words.lists.paying.meets(context.words(last.span))
    clause = context.clause(number.start)
    # 提高到215元，其中中央财政补助143元: a part of what the clause before is about
    part = context.linking_resources.lists.goes_on.meets(context.words(clause).lstrip())
    if not own and (part or case.left > clause.start):
        return _figure_before(case)
    # 扣除起付标准600元，由统筹基金|支付1200元: in another clause another thing is paid
    acting = words.lists.acting.meets(chunks[-1].before)
    bare = acting and reader.before(number, case.left, case.quantity.kind) is None
    return MeasureName(Span(number.start - len(verb), number.start), "verb") if bare else None


def _head(case: MeasureCase) -> MeasureName | None:
    """In a table the head of the column, or of the row, names the measure, where the cell hasn't named one itself."""
    context = case.context
    if context.sentence.kind != "cell":
        return None
    # 人均财政补助标准由670元提高到|700元 below 目标任务
    said = case.last is not None and context.segment(case.number.start).start <= case.last.span.start < case.left
    if said:
        return case.last
    # 设置90日|待遇享受等待期 below 待遇享受期: what a cell gives it names itself
    given = context.statement.follows_giving(case.number, case.left)
    return (_behind(case) if given else None) or cell_measure(context, case.quantity)


def _lasted(case: MeasureCase) -> MeasureName | None:
    """累计缴存满12个月即可申请贷款: what was done so long, not what may be done then."""
    reader, quantity = case.context.statement, case.quantity
    bound = case.context.text[quantity.span.start : quantity.number.start]
    # 给予不超过6个月的渐退期: what is given is named behind
    given = reader.owns(case.list_end) and reader.follows_giving(case.number, case.left)
    return reader.lasted(case.number, case.left) if quantity.kind == "duration" and bound and not given else None


def _behind(case: MeasureCase) -> MeasureName | None:
    """给予1000元一次性补贴; 按人均财政补助标准80%、60%的比例给予补助; 自受理之日起30日内办结."""
    reader, quantity, end = case.context.statement, case.quantity, _shared_end(case)
    given = reader.follows_giving(case.number, case.left)
    given = given or reader.words.lists.given_as.meets(case.context.text[end : end + _BOUND]) or reader.given_at(end)
    share = quantity.kind == "rate" and (
        reader.based(case.number, case.left) or reader.owns(end) or reader.named_at(end)
    )
    owned = quantity.kind == "money" and reader.owns(end)
    if not (given or case.counted or share or owned or quantity.kind == "duration"):
        return None
    found = _telling(case, reader.behind(end, counted=case.counted and not given))
    if owned and not given and not (found and reader.words.lists.amount_heads.meets(case.context.words(found.span))):
        return None  # 父母各6700元的|出生津贴; not 300元的困难家庭
    return found


def _shared_end(case: MeasureCase) -> int:
    """Return where the shares end that have one name behind them: 对西宁市按50%、对其他自治州按75%安排补助资金."""
    context, quantity, end = case.context, case.quantity, case.list_end
    if quantity.kind != "rate" or not context.statement.based(case.number, case.left):
        return end
    clause = context.clause(case.number.start).end
    for index in range(case.index + 1, len(context.mentions.quantities)):
        following = context.mentions.quantities[index]
        if following.span.end > clause or (following.kind, following.unit) != (quantity.kind, quantity.unit):
            break
        named = context.statement.chunks(end, following.span.start)
        if context.text[end : end + 1] not in context.statement.words.joints or any(
            one.kind in ("measure", "weak") for one in named
        ):
            break
        end = context.list_ends[index]
    return end


def _telling(case: MeasureCase, found: MeasureName | None) -> MeasureName | None:
    """Leave out a verb that doesn't say what is given: 每月发放1290元."""
    if found is None or found.step != "verb":
        return found
    lists, said = case.context.statement.words.lists, case.context.words(found.span)
    if lists.bare_verbs.meets(said):
        return None
    topic = _topic(case) if lists.handing.meets(said) else None
    # 五、伤残津贴。…分别按本人工资的90%、85%按月支付
    return topic if topic and lists.given_ends.meets(case.context.words(topic.span)) else found


def _made_into(case: MeasureCase) -> MeasureName | None:
    """剩余一成作为履约保证金; 处1万元以上罚款: what a share is made into, what has at least an amount."""
    context, reader = case.context, case.context.statement
    lists, end = reader.words.lists, case.list_end
    if case.quantity.kind not in ("money", "rate"):
        return None
    if case.quantity.kind == "rate":
        if word := next((word for word in lists.made_into.words if context.text.startswith(word, end)), ""):
            return reader.behind(end + len(word), counted=False)
        if reader.owns(end):
            # 加收滞纳税款万分之五的滞纳金
            found = reader.behind(end, counted=False)
            return found if found and lists.paid_ends.meets(context.words(found.span)) else None
    if _says_paid(case) and reader.named_at(end):
        # 处1000元罚款
        found = reader.behind(end, counted=False)
        if found and found.step == "behind" and lists.paid_ends.meets(context.words(found.span)):
            return found
    if case.quantity.kind != "money":
        return None
    bound = lists.bounded_by.pattern.search(context.text, case.quantity.number.end, end + _BOUND)
    if bound is None or bound.end() < end:
        return None
    found = reader.behind(bound.end(), counted=False)
    # 在200元以内据实报销: it is no name
    named = found is not None and found.step == "behind"
    return found if found and named and lists.amount_heads.meets(context.words(found.span)) else None


def _says_paid(case: MeasureCase) -> bool:
    """Return True if a word like 罚款 stands so near behind a figure that it may end the name that follows it."""
    ends = case.context.statement.words.lists.paid_ends
    return case.context.may_say(ends) and ends.may_meet(case.context.text[case.list_end : case.list_end + AHEAD])


def _short_verb(case: MeasureCase) -> MeasureName | None:
    """门诊：按50%报; 每人补150元: the item's name, where a verb of one sign is all that is said."""
    context, reader = case.context, case.context.statement
    verbs = reader.words.lists.short_verbs
    if not context.may_say(verbs):
        return None
    behind = context.text[case.list_end : min(context.clause(case.list_end).end, case.list_end + _BOUND)]
    return _topic(case) if verbs.meets(behind) or _follows(case, verbs) else None


def _follows(case: MeasureCase, words: WordList) -> bool:
    """Return True if the last word before a figure, but for adverbs, is one of some words."""
    context, reader = case.context, case.context.statement
    stretch = context.text[max(case.left, case.number.start - REACH) : case.number.start]
    if not words.may_meet(stretch):
        return False
    pieces = reversed(reader.pieces(case.number, case.left))
    last = next((piece for piece in pieces if piece.use != "adverb"), None)
    return last is not None and words.meets(context.text[last.start : last.end])


def _topic(case: MeasureCase) -> MeasureName | None:
    """（二）上门护理：每月900元: the name that opens the item before a colon, or the nearest heading if it is one name."""
    context, reader = case.context, case.context.statement
    if case.condition:
        return None
    low = max(context.span.start, case.number.start - 2 * REACH)
    colon = max(context.text.rfind(mark, low, case.number.start) for mark in "：:")
    spans = [context.clause(colon - 1)] if colon > low else []
    for span in (*spans, *context.headings[:1]):
        if (found := reader.one_name(span)) and not _only_says_change(case, found.span):
            return found
    return None


def _own_verb(case: MeasureCase) -> MeasureName | None:
    """超出的部分，支付60%: the verb is all that names it."""
    return _telling(case, case.context.statement.own_verb(case.number, case.left))


def _bare_verb(case: MeasureCase) -> MeasureName | None:
    """按缴费基数的5%缴纳: the verb, where nothing else names it."""
    reader = case.context.statement
    found = reader.behind(case.list_end, counted=False)
    return found if found and found.step == "verb" else reader.own_verb(case.number, case.left)


def _group_right_before(case: MeasureCase) -> MeasureName | None:
    """开设专业的职业院校不少于3所: the last name before a count, though it is one of a group."""
    lists, unit = case.context.statement.words.lists, case.quantity.unit or ""
    if not case.counted or lists.times.meets(unit) or lists.measured_units.meets(unit):
        return None
    chunks = _chunks_before(case)
    # 建设儿童健康管理|中心|77家
    counted = chunks and (
        chunks[-1].kind in _COUNTED or (chunks[-1].kind == "body" and chunks[-1].span.end == case.number.start)
    )
    return MeasureName(_joined_groups(case, chunks), "group") if counted else None


def _fund_moved(case: MeasureCase) -> MeasureName | None:
    """追回|医保基金|1326.5万元: the fund is what something is done to, and pays nothing."""
    moving = case.context.statement.words.lists.funds_moved
    chunks = _chunks_before(case) if case.quantity.kind == "money" and case.context.may_say(moving) else []
    if not chunks or chunks[-1].kind != "payer" or chunks[-1].span.end != case.number.start:
        return None
    return MeasureName(chunks[-1].span, "group") if moving.meets(chunks[-1].before) else None


def _topped_up(case: MeasureCase) -> MeasureName | None:
    """抚恤金低于1320元的，补足到1320元: what is made up to an amount is what was below it."""
    context, at = case.context, case.index - 1
    lists = context.linking_resources.lists
    made_up = (
        case.quantity.kind == "money"
        and at >= 0
        and lists.topped_up_before.meets(
            context.text[max(case.left, case.number.start - 2 * _BOUND) : case.number.start]
        )
    )
    bound = context.mentions.quantities[at] if made_up else None
    if bound is None or (bound.kind, bound.unit) != (case.quantity.kind, case.quantity.unit):
        return None
    return context.statement.before(bound.number, context.clause(bound.number.start).start, bound.kind)


def _tier_itself(case: MeasureCase) -> MeasureName | None:
    """新增6000元|档次: the tier is named by its amount."""
    end = case.list_end
    behind = case.context.statement.words.lists.tier_words.pattern.match(case.context.text, end, end + 2 * _BOUND)
    named = case.quantity.kind == "money" and behind and not case.condition
    return MeasureName(Span(*behind.span("name")), "behind") if named and behind else None


def _event(case: MeasureCase) -> MeasureName | None:
    """在出生90天后…办理: the event that a span of time is counted from, where nothing else names it."""
    return _empty(case) if case.quantity.kind == "duration" else None


def _group(case: MeasureCase) -> MeasureName | None:
    """其中基层医疗机构不少于1家: the group itself is counted."""
    counted = case.counted and not case.context.statement.words.lists.measured_units.meets(case.quantity.unit or "")
    groups = [chunk for chunk in _chunks_before(case) if chunk.kind in _COUNTED] if counted else []
    return MeasureName(_joined_groups(case, groups), "group") if groups else None


def _joined_groups(case: MeasureCase, groups: list[Chunk]) -> Span:
    """Return the last group with those of its kind that stand joined before it: 新建|中小学、幼儿园|14所, 企业|退休人员|9万人."""
    first = last = groups[-1]
    for chunk in reversed(groups[:-1]):
        beside = chunk.span.end == first.span.start or case.context.statement.joined(chunk.span, first.span)
        if chunk.kind != last.kind or not beside:
            break
        first = chunk
    return Span(first.span.start, last.span.end)


def _chunks_before(case: MeasureCase) -> list[Chunk]:
    context = case.context
    low = max(context.clause(case.number.start).start, case.left, case.number.start - REACH)
    return context.statement.chunks(low, case.number.start)


def _figure_before(case: MeasureCase) -> MeasureName | None:
    """人均财政补助标准新增30元，达到610元: the name of the figure before, in the same statement."""
    context = case.context
    if case.last is None or not case.index or context.sentence.kind == "cell":
        return None
    before = context.mentions.quantities[case.index - 1]
    near = context.segment(case.number.start).start <= before.number.start
    # 分别承担65%和35%；其中威宁县由省级财政承担85%
    opens = context.words(context.clause(case.number.start)).lstrip()
    near = near or (before.kind == case.quantity.kind and context.linking_resources.lists.goes_on.meets(opens))
    if near and case.last.step == "verb" and (borne := _borne(case)):
        return borne
    if context.statement.owned_head(case.number) and _is_pay_ground(case, case.last):
        return None  # 月平均工资7388元，部分不能自理的标准为2216元
    return _without_class(case, case.last) if near or _elliptic(case) else None


def _without_class(case: MeasureCase, name: MeasureName) -> MeasureName:
    """Leave out the class that opens the name of the figure before, where this one has its own: |一类|低保每月220元，二类190元."""
    if not any(chunk.kind == "grade" for chunk in _chunks_before(case)):
        return name
    said, words = case.context.words(name.span), case.context.statement.words
    at = next((at for at in range(_SHORT, len(said) - 1) if words.is_class(said[:at])), 0)
    return name._replace(span=Span(name.span.start + at, name.span.end))


def _given_to_many(case: MeasureCase) -> MeasureName | None:
    """为1.36万名重度残疾人发放|护理补贴|，标准提高到每人每月85元: what the clause before gives so many, whatever was named earlier."""
    context, own = case.context, case.context.clause(case.number.start)
    before = context.mentions.quantities[case.index - 1] if case.index else None
    if before is None or before.kind != "count" or own.start <= context.segment(own.start).start:
        return None
    clause, reader = context.clause(own.start - 1), context.statement
    named = reader.chunks(before.span.end, clause.end) if clause.start <= before.number.start else []
    bare = [one.kind for one in _chunks_before(case)] == ["empty"]
    if not bare or not named or (named[-1].kind, named[-1].span.end) != ("measure", clause.end):
        return None
    given = reader.words.use_of.get(named[-1].before) in ("give", "grant", "act")
    return MeasureName(named[-1].span, "above") if given else None


def _parallel(case: MeasureCase) -> MeasureName | None:
    """国家级的，奖励金额为50万元；省级的，|最高20万元: the name of the statement before, where both say when they hold."""
    context = case.context
    if case.last is None or not case.index or case.condition or context.sentence.kind == "cell":
        return None
    before = context.mentions.quantities[case.index - 1]
    starts = context.segment(before.number.start).start, context.segment(case.number.start).start
    if before.kind != case.quantity.kind or not context.segment(starts[1] - 1).start == starts[0] < starts[1]:
        return None
    if not all(_says_when(context, *one) for one in zip(starts, (before.number, case.quantity.number), strict=True)):
        return None
    own = context.statement.cut(Span(context.clause(case.number.start).start, case.number.start))
    return None if any(piece.use in VERBS for piece in own) else case.last  # not 每年补贴由10000元提高到12000元


def _says_when(context: SentenceContext, start: int, number: Span) -> bool:
    """Return True if the clause before a figure's own says when it holds, in a statement that begins at ``start``."""
    own = context.clause(number.start).start
    ends = context.linking_resources.lists.clause_condition_end
    return own > start and ends.meets(context.words(context.clause(own - 1)))


def _is_pay_ground(case: MeasureCase, name: MeasureName) -> bool:
    return case.context.statement.words.lists.pay_grounds.meets(case.context.words(name.span))


def _restated(case: MeasureCase) -> MeasureName | None:
    """下限按当地最低工资标准执行，即市区2280元: the name of the clause before, which has no figure and is said again."""
    context = case.context
    own = context.clause(case.number.start)
    if own.start <= context.segment(case.number.start).start or not context.linking_resources.lists.restate.meets(
        context.words(own)
    ):
        return None
    before = context.clause(own.start - 1)
    return (
        context.statement.last_name(before, amount=True) if context.figure_before(own.start) <= before.start else None
    )


def _ground(case: MeasureCase) -> MeasureName | None:
    """按|人均可支配收入|54188元的20倍: what others are reckoned by has the name right before it."""
    context, at = case.context, case.number.start
    named = context.statement.name_at(context.clause(at).start, at) if at in context.grounds else None
    if named is None:
        return None
    whole = _before(case)
    return whole if whole and whole.span.end == at else MeasureName(named, "before")


def _before_ground(case: MeasureCase) -> MeasureName | None:
    """一次性工亡补助金按人均可支配收入54188元的20倍发放: what is reckoned by an amount stands before it."""
    context, start = case.context, case.context.clause(case.number.start).start
    grounds = [one for one in context.grounds.values() if start < one.start and one.end <= case.number.start]
    return context.statement.last_name(Span(start, grounds[-1].start), amount=True) if grounds else None


def _borne(case: MeasureCase) -> MeasureName | None:
    """基金支付70%，个人负担30%: who bears, with the verb, where the figure before has but a verb of its own."""
    lists = case.context.statement.words.lists
    chunks = _chunks_before(case)
    said = case.context.text[chunks[-1].span.end : case.number.start] if chunks else ""
    bears = chunks and chunks[-1].kind in ("payer", "person") and lists.bearing.meets(said)
    verb = next((word for word in lists.bearing.words if said == word), "") if bears else ""
    return MeasureName(Span(chunks[-1].span.start, chunks[-1].span.end + len(verb)), "borne") if verb else None


def _elliptic(case: MeasureCase) -> bool:
    """Return True if a clause behind a ； only says for whom: 博士每人每年3万元，连续3年；硕士每人每年1.5万元."""
    asked = case.quantity.kind, case.quantity.unit, case.quantity.role
    near = case.context.mentions.quantities[max(0, case.index - _FIGURES) : case.index]
    if all((one.kind, one.unit, one.role) != asked for one in near):
        return False
    if case.quantity.kind == "money" and case.condition:
        return False
    reader = case.context.statement
    segment = case.context.segment(case.number.start)
    clause = case.context.clause(case.number.start)
    if clause.start > segment.start or case.number.start - clause.start > REACH:
        return False
    chunks = reader.chunks(clause.start, case.number.start)
    verbs = [piece for piece in reader.pieces(case.number, case.left) if piece.use in ("give", "act", "change")]
    # 重度失能人员|为|每人每月600元; 二类至八类行业|还可下浮至|80%
    moves = case.quantity.kind == "rate" and all(chunk.kind == "grade" for chunk in chunks)
    said = any(piece.end - piece.start > 1 and not (moves and piece.use == "change") for piece in verbs)
    bare = case.quantity.span.start <= clause.start or bool(chunks)
    return bare and not said and all(chunk.kind in ("person", "provider", "place", "grade") for chunk in chunks)


def _earlier(case: MeasureCase) -> MeasureName | None:
    """提高居民医保财政补助标准，达到每人每年700元: the last name of the clauses before that hold no figure."""
    context = case.context
    start = context.segment(case.number.start).start
    own = context.clause(case.number.start).start
    at = own - 1
    # 津贴标准为：80周岁以上老人每月40元: the age doesn't part it from what announces it
    # nor does 五年以下 part 贷款利率，五年以下为2.35%
    announced = context.text[at : at + 1] in _ANNOUNCING or _only_classed(case, own)
    left = context.figure_before(own) if announced else case.left
    # 因政策调整造成的亏损，由基金与承办机构按7:3分担
    amount = case.quantity.kind in ("money", "rate") and case.quantity.pattern not in RATIOS
    grounds = {context.clause(at).start: ground.start for at, ground in context.grounds.items()}
    while at > max(start, left):
        before = context.clause(at - 1)
        if before.start in grounds:
            # 生活护理费|以月平均工资8221元为基数，|全护理50%
            return context.statement.last_name(Span(before.start, grounds[before.start]), amount=True)
        if before.end <= left or before.start >= at:
            break
        # 就业比例达到1.5%的，按50%缴纳: behind a figure of that clause stands no name of this one
        behind = Span(max(before.start, left), before.end)
        ends = context.linking_resources.lists.clause_condition_end
        if left > before.start and case.quantity.kind == "money" and ends.meets(context.words(before)):
            break  # 为其足额缴纳3个月以上社会保险费的，每招用1人发放1500元
        if found := context.statement.last_name(behind, counted=case.counted, amount=amount):
            return found
        at = before.start - 1
    return None


def _named_last(case: MeasureCase) -> MeasureName | None:
    """高温津贴每人每月300元；不足整月的按每人每天13.8元计发: the last amount's name, where a clause has but a verb that says nothing."""
    reader, lists = case.context.statement, case.context.statement.words.lists
    if case.quantity.kind != "money" or case.last is None or case.last.step == "verb":
        return None
    found = reader.behind(case.list_end, counted=False)
    bare = found is not None and found.step == "verb" and lists.bare_verbs.meets(case.context.words(found.span))
    return case.last if bare else None


def _only_classed(case: MeasureCase, own: int) -> bool:
    """Return True if all that stands between the beginning of a clause and its figure is a class: 五年以下（含五年）为2.35%."""
    quantities = case.context.mentions.quantities[: case.index]
    inside = [one for one in quantities if own <= one.number.start]
    # 提高个人账户划入定额，不满70周岁的每人每月80元
    return bool(inside) and all(
        one.kind == "age" or (one.kind == "duration" and is_band(one, condition=False)) for one in inside
    )


def _whole(case: MeasureCase) -> MeasureName | None:
    """其中，中央财政负担143元: the name of the amount in the sentence before, of which these are the shares."""
    context = case.context
    index = context.mentions.index - 1
    going_on = context.linking_resources.lists.goes_on
    if index < 0 or case.quantity.kind not in ("money", "rate") or context.sentence.kind == "cell":
        return None
    if not going_on.meets(context.words(context.span).lstrip()):
        return None
    before = context.notice.sentences[index]
    if before.section != context.sentence.section or before.kind == "cell":
        return None
    low = max(before.span.start, before.span.end - _SENTENCE)
    marks = [match.start() for match in _CLAUSES.finditer(context.text, low, before.span.end)]
    starts, ends = [low, *(mark + 1 for mark in marks)], [*marks, before.span.end]
    for start, end in reversed(list(zip(starts, ends, strict=True))):
        found = context.statement.last_name(Span(start, end), amount=True)
        if found and context.text.startswith(_OF, found.span.end) and context.text[found.span.end + 1].isdecimal():
            # 划入额度为|基本养老金平均水平的2.5%: what a share is of is no name of its amount
            found = context.statement.last_name(Span(start, found.span.start), amount=True)
        if found and not _only_says_change(case, found.span):
            return found
    return None


def _announced_by(case: MeasureCase) -> list[Span]:
    """Return the clause before the last colon of a figure's sentence: 享受生育津贴：难产的增加15天；多胞胎的，…."""
    context = case.context
    at = max(context.text.rfind(sign, context.span.start, case.number.start) for sign in _ANNOUNCING)
    return [context.clause(at - 1)] if at > context.span.start else []


def _above(case: MeasureCase) -> MeasureName | None:
    """The name of an amount in what announces it, the header cells, the lead-in or the headings, nearest first."""
    reader, words = case.context.statement, case.context.words
    around = case.context.around
    lead, caption = case.context.lead_in, case.context.caption
    if lead and caption and caption.start < lead.start:
        # 支付限额调整如下： below 二、重度失能人员待遇
        around = [*case.context.sentence.context, lead, *around]
    found = (reader.last_name(span, amount=True) for span in (*_announced_by(case), *around))
    # 新标准 names no measure
    named = (one for one in found if one and not reader.words.is_generic(words(one.span)))
    return next((one for one in named if not _only_says_change(case, one.span)), None)


def _named_rate(case: MeasureCase) -> MeasureName | None:
    """灵活就业人员按8.5%的|费率|缴纳 below 个人账户: a rate that is paid says that it is one, where a heading is of something else."""
    lists = case.context.statement.words.lists
    if case.quantity.kind != "rate":
        return None
    found = lists.rates_named.pattern.match(case.context.text, case.list_end)
    above = _above(case) if found else None
    if found is None or (above and lists.paid_headings.meets(case.context.words(above.span))):
        return None
    return MeasureName(Span(*found.span("name")), "behind")


def _only_says_change(case: MeasureCase, name: Span) -> bool:
    """Return True if words say what is done to a standard, and not of what it is (提高标准 above a figure)."""
    reader, text = case.context.statement, case.context.text
    first = next(iter(reader.cut(name)), None)
    changes = first is not None and reader.words.use_of.get(text[first.start : first.end]) == "change"
    return first is not None and changes and reader.words.kind_of(text[first.end : name.end]) == "empty"


def _empty(case: MeasureCase) -> MeasureName | None:
    """标准为1500元, where nothing else names it."""
    return case.context.statement.before(case.number, case.left, case.quantity.kind)


STEPS: tuple[Step, ...] = (
    _own_words, _ground, _topped_up, _fund_moved, _counted_behind, _before_bracket, _time_limit, _span_behind, _made_into, _group_right_before, _short_verb, _given_by, _having, _before, _same_band, _head, _lasted, _tier_itself, _behind, _own_verb, _event, _group, _restated, _before_ground, _given_to_many, _figure_before, _earlier, _parallel, _whole, _named_rate, _above, _empty, _named_last, _topic, _bare_verb,
)  # fmt: skip
