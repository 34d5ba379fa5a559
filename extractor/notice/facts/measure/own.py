"""Steps that name a figure by the words of its own clause, before it and behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Quantity, Span
from extractor.notice.facts.measure.case import BOUND, MeasureCase, only_says_change
from extractor.notice.facts.names.pieces import AHEAD, BRACKET_SIGN, REACH, MeasureName
from extractor.notice.facts.names.statement import OF
from extractor.notice.facts.names.words import VERBS
from extractor.notice.facts.tables import cell_measure

if TYPE_CHECKING:
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.word_lists import WordList

# Groups that may themselves be counted, and of whom things are said: 15个|乡镇卫生院|标准化率.
_COUNTED = ("provider", "person")
# 县级 alone is none of them.
SHORT = 2


def is_band(quantity: Quantity, *, condition: bool) -> bool:
    """Return True if a figure bounds a class of values: 满6个月的, 15年以上的部分; not 不低于300元."""
    bounded = quantity.operator in ("ge", "gt", "le", "lt", "between")
    span, number = quantity.span, quantity.number
    return bounded and quantity.kind != "age" and (condition or (span.start == number.start and span.end > number.end))


def by_same_band(case: MeasureCase) -> MeasureName | None:
    """连续参保满1年的，限额10万元；满2年的，…: the name of the class before, where one says nothing but its bounds."""
    if case.band is None or not is_band(case.quantity, condition=case.condition):
        return None
    if case.quantity.kind == "rate" and case.context.statement.owns(case.list_end):
        found = case.context.statement.behind(case.list_end, counted=False)
        if found and not _counts_nothing(case, case.context.words(found.span)):
            return None  # 70%以上的|城市; not 的部分
    return MeasureName(case.band.span, "band")


def by_age(case: MeasureCase) -> MeasureName | None:
    """年龄为70—74周岁、75—79周岁: where the clause says so an age is an age, else it has no name."""
    reader = case.context.statement
    found = reader.last_name(Span(case.context.clause(case.number.start).start, case.number.start))
    ages = reader.words.lists.ages
    return found if found and ages.meets(case.context.words(found.span)) else None


def by_own_words(case: MeasureCase) -> MeasureName | None:
    """不设起付线, 全额资助, 个人不缴费: an amount in words names what it is of."""
    return case.context.statement.own_name(case.quantity.span) if case.worded else None


def by_counted_behind(case: MeasureCase) -> MeasureName | None:
    """30个DRG付费试点城市: what is counted stands behind its classifier."""
    found = case.context.statement.behind(case.quantity.span.end, counted=True) if case.counted else None
    words = case.context.statement.words
    if found and words.lists.aims_behind.meets(case.context.words(found.span)):
        return case.last  # 新建幼儿园48所，超额完成40所的年度目标任务
    if found and _counts_nothing(case, case.context.words(found.span)):
        return None
    bounded = case.counted and case.quantity.operator != "eq"
    if bounded and case.context.text.startswith(OF, case.quantity.span.end):
        # 在校生不足100人的农村小规模学校: whose there are so many of stands before
        before = chunks_before(case)
        if before and before[-1].span.end == case.number.start and before[-1].kind in ("person", "measure"):
            return MeasureName(before[-1].span, "group")
    if found and _is_reckoned_by(case, found):
        return None
    if found is None or case.quantity.operator == "eq":
        return found and _without_rate(case, found)
    # 2个以上子女的家庭: the persons have what is counted
    said = case.context.words(found.span)
    counted, of, persons = said.rpartition(OF)
    owned = of and words.kind_of(persons) == "person"
    return MeasureName(Span(found.span.start, found.span.start + len(counted)), "behind") if owned else found


def _without_rate(case: MeasureCase, found: MeasureName) -> MeasureName:
    """Leave out what the next figure says of the things that are counted: 14个|国控断面|水质优良比例达到92.9%."""
    context, words = case.context, case.context.statement.words
    said, end = context.words(found.span), found.span.end
    if not words.lists.said_of_things.meets(said) or context.number_from(end) >= context.clause(case.number.start).end:
        return found
    pieces = (piece.end - found.span.start for piece in reversed(context.statement.cut(found.span)))
    thing = next((at for at in pieces if SHORT < at < len(said) and words.kind_of(said[:at]) in _COUNTED), 0)
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


def by_before_bracket(case: MeasureCase) -> MeasureName | None:
    """缴费费率（含生育保险0.8%）由8.8%降为7.8%: the figure in the bracket has a name of its own."""
    if not case.context.bracketed:
        return None
    context, left, number = case.context, case.left, case.number
    closed = context.bracket(number.start - 1)
    if closed and closed.end == number.start and left <= closed.start:
        # 缴费年限（含视同缴费年限，下同）15年: the bracket's marks part nothing
        low = max(left, context.clause(closed.start).start)
        return context.statement.before(Span(closed.start, closed.start), low, case.quantity.kind)
    bracket = BRACKET_SIGN.search(context.text, left, number.start)
    if bracket is None or bracket.group() in "（(":
        return None
    start = context.clause(number.start).start
    opened = max(context.text.rfind("（", start, left), context.text.rfind("(", start, left))
    if opened < 0 or context.statement.before(number, left, case.quantity.kind):
        return None
    return context.statement.before(Span(opened, opened), start, case.quantity.kind)


def by_time_limit(case: MeasureCase) -> MeasureName | None:
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


def by_span_behind(case: MeasureCase) -> MeasureName | None:
    """享受98天产假: what lasts so long, right behind its number."""
    if case.quantity.kind != "duration":
        return None
    lists = case.context.statement.words.lists
    found = lists.spans_behind.pattern.match(case.context.text, case.quantity.span.end, case.context.span.end)
    return MeasureName(Span(*found.span()), "behind") if found else None


def by_having(case: MeasureCase) -> MeasureName | None:
    """其中领取待遇171.2万人: persons are counted by what they have."""
    lists = case.context.statement.words.lists
    chunks = chunks_before(case) if lists.person_units.meets(case.quantity.unit or "") else []
    last = chunks[-1] if chunks and chunks[-1].span.end == case.number.start else None
    if last is None or not lists.having.meets(last.before) or not lists.limits.meets(case.context.words(last.span)):
        return None
    return MeasureName(Span(last.span.start - len(last.before), last.span.end), "before")


def by_before(case: MeasureCase) -> MeasureName | None:
    """月最低工资标准由1900元: the nearest name before the figure in its clause."""
    found = case.context.statement.before(case.number, case.left, case.quantity.kind)
    return found if found and found.step != "empty" else None


def by_head(case: MeasureCase) -> MeasureName | None:
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
    return (by_behind(case) if given else None) or cell_measure(context, case.quantity)


def by_lasted(case: MeasureCase) -> MeasureName | None:
    """累计缴存满12个月即可申请贷款: what was done so long, not what may be done then."""
    reader, quantity = case.context.statement, case.quantity
    bound = case.context.text[quantity.span.start : quantity.number.start]
    # 给予不超过6个月的渐退期: what is given is named behind
    given = reader.owns(case.list_end) and reader.follows_giving(case.number, case.left)
    return reader.lasted(case.number, case.left) if quantity.kind == "duration" and bound and not given else None


def by_behind(case: MeasureCase) -> MeasureName | None:
    """给予1000元一次性补贴; 按人均财政补助标准80%、60%的比例给予补助; 自受理之日起30日内办结."""
    reader, quantity, end = case.context.statement, case.quantity, _shared_end(case)
    given = reader.follows_giving(case.number, case.left)
    given = given or reader.words.lists.given_as.meets(case.context.text[end : end + BOUND]) or reader.given_at(end)
    share = quantity.kind == "rate" and (
        reader.based(case.number, case.left) or reader.owns(end) or reader.named_at(end)
    )
    owned = quantity.kind == "money" and reader.owns(end)
    if not (given or case.counted or share or owned or quantity.kind == "duration"):
        return None
    found = _telling(case, reader.behind(end, counted=case.counted and not given))
    if owned and not given and not (found and reader.words.lists.amount_heads.meets(case.context.words(found.span))):
        return None  # 父母各6700元的|出生津贴; not 300元的困难家庭
    borne = reader.words.lists.bearing.pattern.match(case.context.text, end) if share and found else None
    # 按10%缴费|建立个人账户 says what is done with it; 按8%缴纳|医疗保险费
    return None if borne and found and found.span.start > borne.end() else found


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
    topic = by_topic(case) if lists.handing.meets(said) else None
    # 五、伤残津贴。…分别按本人工资的90%、85%按月支付
    return topic if topic and lists.given_ends.meets(case.context.words(topic.span)) else found


def by_made_into(case: MeasureCase) -> MeasureName | None:
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
    bound = lists.bounded_by.pattern.search(context.text, case.quantity.number.end, end + BOUND)
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


def by_short_verb(case: MeasureCase) -> MeasureName | None:
    """门诊：按50%报; 每人补150元: the item's name, where a verb of one sign is all that is said."""
    context, reader = case.context, case.context.statement
    verbs = reader.words.lists.short_verbs
    if not context.may_say(verbs):
        return None
    behind = context.text[case.list_end : min(context.clause(case.list_end).end, case.list_end + BOUND)]
    return by_topic(case) if verbs.meets(behind) or _follows(case, verbs) else None


def _follows(case: MeasureCase, words: WordList) -> bool:
    """Return True if the last word before a figure, but for adverbs, is one of some words."""
    context, reader = case.context, case.context.statement
    stretch = context.text[max(case.left, case.number.start - REACH) : case.number.start]
    if not words.may_meet(stretch):
        return False
    pieces = reversed(reader.pieces(case.number, case.left))
    last = next((piece for piece in pieces if piece.use != "adverb"), None)
    return last is not None and words.meets(context.text[last.start : last.end])


def by_topic(case: MeasureCase) -> MeasureName | None:
    """（二）上门护理：每月900元: the name that opens the item before a colon, or the nearest heading if it is one name."""
    context, reader = case.context, case.context.statement
    if case.condition:
        return None
    low = max(context.span.start, case.number.start - 2 * REACH)
    colon = max(context.text.rfind(mark, low, case.number.start) for mark in "：:")
    spans = [context.clause(colon - 1)] if colon > low else []
    for span in (*spans, *context.headings[:1]):
        if (found := reader.one_name(span)) and not only_says_change(case, found.span):
            return found
    return None


def by_own_verb(case: MeasureCase) -> MeasureName | None:
    """超出的部分，支付60%: the verb is all that names it."""
    return _telling(case, case.context.statement.own_verb(case.number, case.left))


def by_bare_verb(case: MeasureCase) -> MeasureName | None:
    """按缴费基数的5%缴纳: the verb, where nothing else names it; not 按寄宿生标准的50%执行, which only says that it holds."""
    reader, context = case.context.statement, case.context
    found = reader.behind(case.list_end, counted=False)
    found = found if found and found.step == "verb" else reader.own_verb(case.number, case.left)
    sets = found is not None and context.linking_resources.lists.setting_verbs.meets(context.words(found.span))
    return None if sets else found


def by_group_right_before(case: MeasureCase) -> MeasureName | None:
    """开设专业的职业院校不少于3所: the last name before a count, though it is one of a group."""
    lists, unit = case.context.statement.words.lists, case.quantity.unit or ""
    if not case.counted or lists.times.meets(unit) or lists.measured_units.meets(unit):
        return None
    chunks = chunks_before(case)
    # 建设儿童健康管理|中心|77家
    counted = chunks and (
        chunks[-1].kind in _COUNTED or (chunks[-1].kind == "body" and chunks[-1].span.end == case.number.start)
    )
    return MeasureName(_joined_groups(case, chunks), "group") if counted else None


def by_fund_moved(case: MeasureCase) -> MeasureName | None:
    """追回|医保基金|1326.5万元: the fund is what something is done to, and pays nothing."""
    moving = case.context.statement.words.lists.funds_moved
    chunks = chunks_before(case) if case.quantity.kind == "money" and case.context.may_say(moving) else []
    if not chunks or chunks[-1].kind != "payer" or chunks[-1].span.end != case.number.start:
        return None
    return MeasureName(chunks[-1].span, "group") if moving.meets(chunks[-1].before) else None


def by_topped_up(case: MeasureCase) -> MeasureName | None:
    """抚恤金低于1320元的，补足到1320元: what is made up to an amount is what was below it."""
    context, at = case.context, case.index - 1
    lists = context.linking_resources.lists
    made_up = (
        case.quantity.kind == "money"
        and at >= 0
        and lists.topped_up_before.meets(
            context.text[max(case.left, case.number.start - 2 * BOUND) : case.number.start]
        )
    )
    bound = context.mentions.quantities[at] if made_up else None
    if bound is None or (bound.kind, bound.unit) != (case.quantity.kind, case.quantity.unit):
        return None
    return context.statement.before(bound.number, context.clause(bound.number.start).start, bound.kind)


def by_tier_itself(case: MeasureCase) -> MeasureName | None:
    """新增6000元|档次: the tier is named by its amount."""
    end = case.list_end
    behind = case.context.statement.words.lists.tier_words.pattern.match(case.context.text, end, end + 2 * BOUND)
    named = case.quantity.kind == "money" and behind and not case.condition
    return MeasureName(Span(*behind.span("name")), "behind") if named and behind else None


def by_event(case: MeasureCase) -> MeasureName | None:
    """在出生90天后…办理: the event that a span of time is counted from, where nothing else names it."""
    return by_empty(case) if case.quantity.kind == "duration" else None


def by_group(case: MeasureCase) -> MeasureName | None:
    """其中基层医疗机构不少于1家: the group itself is counted."""
    counted = case.counted and not case.context.statement.words.lists.measured_units.meets(case.quantity.unit or "")
    groups = [chunk for chunk in chunks_before(case) if chunk.kind in _COUNTED] if counted else []
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


def chunks_before(case: MeasureCase) -> list[Chunk]:
    """Return the words and names of the clause before the figure."""
    context = case.context
    low = max(context.clause(case.number.start).start, case.left, case.number.start - REACH)
    return context.statement.chunks(low, case.number.start)


def by_empty(case: MeasureCase) -> MeasureName | None:
    """标准为1500元, where nothing else names it."""
    return case.context.statement.before(case.number, case.left, case.quantity.kind)
