"""A fact in the making: everything is known but its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.model import Base, Modality, Operator, Role, Scope, Span, SupportFor
from extractor.notice.facts.fit.others import is_about
from extractor.notice.facts.link.case import NONE, Link, LinkCase
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.names.words import VERBS
from extractor.notice.mentions.readings import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Kind, Modality, Quantity
    from extractor.notice.facts.sentence.context import SentenceContext
    from extractor.notice.word_lists import WordList


class Draft(Struct, kw_only=True):
    """One fact, in spans of the normalised text. ``conditions`` are the drafts that say when it holds.

    ``case`` is what it was linked by, kept for who asks why.
    """

    span: Span
    number: Span
    rule: str
    kind: Kind
    role: Role = "level"
    operator: Operator = "eq"
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None
    unit: str | None = None
    counted: str | None = None
    per: tuple[str, ...] = ()
    base: Base | None = None
    # Where its base stands with what is said of whose and of when it is.
    base_phrase: Span | None = None
    due: str | None = None
    edtf: str | None = None
    applies_to: str | None = None
    compared_to: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    until_changed: bool = False
    anchor: str | None = None
    programme: str | None = None
    link: Link = NONE
    case: LinkCase | None = None
    subject: str | None = None
    scope: Scope = field(default_factory=Scope)
    modality: Modality = "stated"
    support: list[tuple[SupportFor, Span]] = field(default_factory=list)
    conditions: list[Draft] = field(default_factory=list)
    fact_id: str = ""


def bounds_apart(context: SentenceContext, draft: Draft) -> list[Draft]:
    """Part a class of ages or spans of time into its two bounds, each a fact with its own numeral: 满1年|不足5年; else as it is."""
    if draft.kind not in ("age", "duration") or draft.operator != "between" or draft.rule != "range.exceeding":
        return [draft]
    found = context.linking_resources.lists.second_bounds.pattern.search(context.text, *draft.number)
    if found is None:
        return [draft]
    low, high = Span(draft.span.start, found.start()), Span(found.start(), draft.span.end)
    operators: tuple[Operator, Operator] = (
        "ge" if draft.lower_inclusive else "gt",
        "le" if draft.upper_inclusive else "lt",
    )
    numbers = Span(draft.number.start, found.start()), Span(found.end(), draft.number.end)
    return [
        replace(
            draft, span=span, number=number, operator=operator, value=value, lower=None, upper=None, lower_inclusive=None,
            upper_inclusive=None, support=[*draft.support], conditions=[*draft.conditions],
        )
        for span, number, operator, value in zip((low, high), numbers, operators, (draft.lower, draft.upper), strict=True)
    ]  # fmt: skip


# ── Reads the smaller fields of a fact: subject, what is counted, base, anchor, modality, condition

_SHORT_BASE = 2
_LONGEST_BASE = 26
_BOUNDS = frozenset({"ge", "gt", "le", "lt", "between"})
# A verb of giving is no longer than this.
_VERB = 4
# So long are words that say that something is given each time.
_STEP = 10
# Characters in front of an amount within which it is said that somebody chooses it, others of a list among them.
_CHOICE = 100
# How long 元 is: behind it 起付线100元|以上| bounds costs, also behind a name.
_UNIT = 1
# A modal word further back than this governs something else.
_MODAL_REACH = 240


def modality_of(context: SentenceContext, at: int) -> Modality:
    """Return how binding the words before a figure are: the nearest modal word before it in its sentence."""
    found: Modality = "stated"
    for start, end, meaning in context.modal_words:
        if at - _MODAL_REACH <= start and end <= at:
            found = meaning or found
    return found


def condition_words(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the words that make a figure say to whom or when something applies; None where it doesn't.

    60周岁以上的老年人; 超过1万元的部分; 3个月内参保的. They may be the figure's own (an age).
    """
    if (
        own := _own_condition(context, quantity)
        or _said_of_row(context, quantity)
        or _given_for_band(context, quantity)
    ):
        return own
    lists = context.linking_resources.lists
    start, end = quantity.span.end, min(context.span.end, quantity.span.end + 48)
    if included := lists.included_behind.pattern.match(context.text, start, end):
        start = included.end()
    bounded = quantity.operator in _BOUNDS
    for words in _parting(context, quantity):
        if found := words.pattern.match(context.text, start, end):
            return Span(*found.span())
    chosen = context.text[max(context.span.start, start - _CHOICE) : quantity.span.start]
    if quantity.kind == "money" and lists.chosen.meets(chosen):
        behind = lists.chosen_behind.pattern.match(context.text, start, end)
        return Span(*behind.span()) if behind else None
    reached = lists.reached.meets(
        context.text[max(context.span.start, quantity.span.start - _VERB) : quantity.number.start]
    )
    if quantity.kind == "rate" and bounded:
        return _those_with(context, quantity, start, end)
    if quantity.kind != "duration" and not (quantity.kind in ("money", "count") and (bounded or reached)):
        return None
    if behind := lists.condition_behind.pattern.match(context.text, start, end):
        return Span(*behind.span())
    if bounded and (things := _things_sized(context, quantity)):
        return things
    return _owners(context, quantity, start, end) or _persons_behind(context, quantity, start, end)


def _said_of_row(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the bracket behind the persons whom a row is of, where a span stands in it: 退役军人及其配偶（退出现役3个月以内）."""
    if context.sentence.kind != "cell" or quantity.kind != "duration" or quantity.operator not in _BOUNDS:
        return None
    held = context.bracket(quantity.number.start)
    if held is None:
        return None
    named = context.statement.chunks(context.span.start, held.start)[-1:]
    return held if named and named[0].kind == "person" and named[0].span.end == held.start else None


def _those_with(context: SentenceContext, quantity: Quantity, start: int, end: int) -> Span | None:
    """Return those to whom something is given for a share of theirs: 对研发投入占比达到5%以上的|企业|，给予奖励.

    对固定资产投资增长8%以上的|县（市、区）|给予奖励, with a place and the verb in the same clause
    """
    lists, clause = context.linking_resources.lists, context.clause(quantity.number.start)
    stop = min(clause.end, end)
    if not context.text.startswith(OWNING, start, stop):
        return None
    said = context.text[past_marker(context.text, clause) : start]
    toward = lists.toward.meets(said)
    words, behind = context.statement.words, context.statement.cut(Span(start + 1, stop))
    stop = next((piece.start for piece in behind if piece.use == "give"), stop)
    if not toward and (stop < clause.end or not context.text.startswith("，", stop) or lists.defining.meets(said)):
        return None  # 建设覆盖率达到95%以上的县区12个; 低保边缘家庭，是指人均月收入不超过低保标准1.5倍的家庭
    those = Span(start + 1, stop)
    return those if words.kind_of(context.words(those)) in ("person", "provider", "place") else None


def _owners(context: SentenceContext, quantity: Quantity, start: int, end: int) -> Span | None:
    """Return the persons right behind a span of time who have it: 断保2年以上的|居民|再次参保; not 1年以上的劳动合同."""
    least = quantity.kind == "duration" and quantity.operator in ("ge", "gt")
    if not least or not context.text.startswith(OWNING, start, end):
        return None
    at, words = start + 1, context.statement.words
    pieces = context.statement.cut(Span(at, max(at, min(end, context.clause(start).end))))
    held = (Span(at, piece.end) for piece in pieces if words.kind_of(context.text[at : piece.end]) == "person")
    return next(held, None)


def _persons_behind(context: SentenceContext, quantity: Quantity, start: int, end: int) -> Span | None:
    """Return the persons behind a figure whom it tells apart: 连续缴费满3年的|职工; None where there are none."""
    lists = context.linking_resources.lists
    stop = min((at for mark in "，。；" if (at := context.text.find(mark, start, end)) >= 0), default=end)
    person = lists.person_nouns.pattern.search(context.text, start, stop)
    named = quantity.kind != "count" and person and context.text.startswith(OWNING, start, stop)
    if person and quantity.kind == "duration" and quantity.operator in _BOUNDS:
        # 登记失业满6个月仍未实现就业的|人员, 连续缴费满3年的|职工
        named = OWNING[0] in context.text[start : person.start()] and person.end() == stop
    return Span(*person.span()) if named and person and not _is_given(context, quantity, stop) else None


def measures_age(context: SentenceContext, quantity: Quantity) -> bool:
    """Return True if an age is what is measured, not of whom something is said: 人均预期寿命提高到80岁, 80 beside 人均预期寿命（岁）."""
    measured, number = context.linking_resources.lists.measured_ages, quantity.number.start
    heads = context.sentence.context if context.sentence.kind == "cell" else ()
    before = (*heads, Span(context.clause(number).start, number))
    return any(measured.meets(context.words(span)) for span in before)


def _own_condition(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the words that make an age, or a span of time, a condition by themselves: 近|3个月, 满60周岁."""
    lists = context.linking_resources.lists
    if quantity.kind == "age" and measures_age(context, quantity):
        return None
    if quantity.kind == "age" or lists.band_from.meets(context.words(quantity.span)):
        return quantity.span
    if quantity.kind != "duration":
        return None
    before = Span(max(context.span.start, quantity.number.start - 2), quantity.number.start)
    if lists.lately.meets(context.words(before)):
        return before
    if step := a_step(context, quantity.number):
        # 每|超过1年: the bound is the figure's own
        return Span(step.start, min(step.end, quantity.span.start))
    return quantity.span if lists.later.meets(context.words(quantity.span)) else None


def a_step(context: SentenceContext, number: Span) -> Span | None:
    """Return the words right before a number that make it one of many steps: 缴费年限|每满|1年，每月增加1元."""
    start = max(context.span.start, number.start - _STEP)
    found = context.linking_resources.lists.a_step.pattern.search(context.text, start, number.start)
    return Span(*found.span()) if found else None


def _parting(context: SentenceContext, quantity: Quantity) -> Iterator[WordList]:
    """Yield what makes a figure a condition by standing right behind it, whatever stands before.

    1万元以上的部分; 10万元以上按70%支付; 30万元以下的医疗费用; 500元档的补贴70元; 缴费200元的补贴30元; 低于3300元的，补足到3300元; 比例为20%的，….
    """
    lists = context.linking_resources.lists
    yield lists.part_behind
    yield from _parting_costs(context, quantity)
    if quantity.kind == "money":
        yield lists.tier_behind
        yield lists.rewarded_behind
    if quantity.kind in ("count", "money") and quantity.operator in ("gt", "lt"):
        yield lists.sized_whom
    if quantity.kind == "duration" and quantity.operator in ("lt", "gt"):
        yield lists.short_or_past
    if quantity.kind == "duration" and quantity.operator in _BOUNDS:
        yield lists.condition_before_figure
    reached = quantity.kind in ("duration", "count") and quantity.operator in ("ge", "gt")
    clause = context.clause(quantity.number.start).start
    if reached and lists.done_before.meets(context.text[clause : quantity.number.start]):
        yield lists.condition_later
    if quantity.kind == "rate" and quantity.role == "level":
        yield lists.rate_reached
    if quantity.operator in ("lt", "le"):
        yield lists.topped_up_behind


def _parting_costs(context: SentenceContext, quantity: Quantity) -> Iterator[WordList]:
    """Yield what makes a bounded amount a band of costs: 10万元以上|按70%支付|, 30万元以下|的医疗费用|."""
    lists = context.linking_resources.lists
    if quantity.kind != "money" or quantity.operator not in _BOUNDS:
        return
    if not _is_named(context, quantity):
        yield lists.paid_share_behind
    if quantity.span.start == quantity.number.start:  # not 给予不超过500元的交通费用
        yield lists.costs_behind
        yield lists.class_of_loans


def _is_named(context: SentenceContext, quantity: Quantity) -> bool:
    """Return True if an amount that ends its clause has a name of its own, and bounds no costs: 起付线|100元至200元|，报销85%."""
    ends = context.text.startswith(("，", "："), quantity.span.end)
    if not ends or quantity.span.end > quantity.number.end + _UNIT:
        return False  # 起付线1万元以上，报销60%
    named = context.linking_resources.lists.named_amounts
    return named.meets(context.text[context.clause(quantity.number.start).start : quantity.number.start])


def _given_for_band(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the words up to what is given for a band of what is paid, which opens its clause: 500元至900元|，每人每年不低于|60元."""
    if quantity.kind != "money" or quantity.operator not in _BOUNDS:
        return None
    lists = context.linking_resources.lists
    found = lists.given_for_band.pattern.match(context.text, quantity.span.end, context.span.end)
    start = past_marker(context.text, context.clause(quantity.span.start))
    if found is None or not lists.band_opens.meets(context.text[start : quantity.span.start]):
        return None
    given = next((one for one in context.mentions.quantities if one.number.start == found.end()), None)
    # 200元至400元，每人每年不超过400元: no gift is as much as what it is given for
    most, least = (given.upper or given.value, quantity.lower or quantity.value) if given else (None, None)
    less = given is not None and given.kind == "money" and most is not None and least is not None and most < least
    return Span(*found.span()) if less else None


def _things_sized(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the things that a size says an amount is for: 报废20马力以下的|拖拉机|，…1500元; not 新增绿地5公顷以上."""
    lists, words = context.linking_resources.lists, context.statement.words
    if quantity.kind != "count" or not words.lists.measured_units.meets(quantity.unit or ""):
        return None
    clause = context.clause(quantity.number.start)
    before = context.statement.cut(Span(clause.start, quantity.number.start))[-1:]
    said = context.text[before[0].start : before[0].end] if before else ""
    if said and before[0].use in VERBS and not lists.having_things.meets(said):
        return None  # 建设2万平方米以上的养老服务设施
    segment = context.segment(quantity.number.start)
    following = (one for one in context.mentions.quantities if one.number.start > quantity.number.start)
    amount = next((one for one in following if one.kind in ("money", "rate")), None)
    if amount is None or amount.number.start >= segment.end or quantity.span.start < quantity.number.start:
        return None
    at = quantity.span.end + context.text.startswith(OWNING, quantity.span.end)
    things = context.statement.chunks(at, max(at, min(clause.end, context.number_from(at))))[:1]
    return things[0].span if things and things[0].span.start == at else None


def _is_given(context: SentenceContext, quantity: Quantity, stop: int) -> bool:
    """可申请最高300万元的创业担保贷款: it is what is given, and says not of which loans something is said."""
    lists = context.linking_resources.lists
    before = context.text[max(context.span.start, quantity.span.start - _VERB) : quantity.span.start]
    given = lists.given_nouns.meets(context.text[quantity.span.end : stop])
    return quantity.operator == "le" and given and lists.giving_before.meets(before)


def changed_from(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return what a figure's clause says a rise is measured from: 二档电价在|一档|的基础上提高0.05元."""
    if quantity.role == "level":
        return None
    start = max(context.clause(quantity.number.start).start, context.span.start)
    changes = context.linking_resources.lists.change_base.pattern
    found = changes.search(context.text, start, quantity.number.start)
    return Span(*found.span("base")) if found else None


def base_of(context: SentenceContext, quantity: Quantity, list_start: int) -> tuple[Base, Span] | None:
    """Return what a rate is a share of, or by what a rise is measured.

    按照人均财政补助标准80%; 不低于职工平均工资的60%; 在高峰时段电价基础上上浮25%.
    """
    start = max(context.clause(quantity.number.start).start, context.span.start)
    if changed := changed_from(context, quantity):
        return Base(context.words(changed), None), changed
    end = min(quantity.number.start, list_start)
    lead = context.text[start:end]
    cut = 0
    lists = context.linking_resources.lists
    if quantity.role in ("increase", "decrease") and (risen := lists.risen_from.pattern.search(lead)):
        named = Span(start + risen.start("base"), start + risen.end("base"))
        if context.statement.words.kind_of(risen.group("base")) == "measure":
            return Base(risen.group("base"), None), named
    for match in lists.base_before.pattern.finditer(lead):
        cut = match.end()
    cut = max(cut, context.statement.base_start(start, end) - start)
    words = lead[cut:]
    # 应付金额百分之五十 is no 五十 of 应付金额百分
    owned = words.endswith(OWNING) and not words.endswith(tuple(PREFIX))
    bare = words[:-1] if owned else words
    # 按首套的80%: shorter than any name, and a class
    told = len(bare) > _SHORT_BASE or context.statement.words.kind_of(bare) == "grade"
    if not (told and len(bare) <= _LONGEST_BASE) or "、" in bare:
        return None
    span = Span(start + cut, start + cut + len(bare))
    if any(date.span.end == span.end for date in context.mentions.dates):
        return None  # 由2015年的66%提高到2020年的83.4%: a share in a year, not of it
    names = [t for t in context.of("alias") if span.start <= t.span.start and t.span.end <= span.end]
    other = [t for t in names if "rate" not in context.linking_resources.catalog.indicators[t.key].kinds]
    if not owned and not (other and cut and lists.base_verbs.meets(lead[:cut])):
        return None
    indicators, programmes = context.linking_resources.catalog.indicators, context.programmes.at(quantity.number.start)
    # 个人缴费标准 of residents' medical insurance, and of their pension
    last = {t.key for t in other if t.span == other[-1].span and is_about(context, indicators[t.key], programmes)}
    return Base(bare, min(last) if len(last) == 1 else None), span


def anchor_of(context: SentenceContext, quantity: Quantity) -> Span | None:
    """Return the event that a span of time is counted from: 自参保缴费之日起90日."""
    start = max(context.span.start, quantity.span.start - 36)
    marks = [context.text.rfind(mark, start, quantity.span.start) for mark in "。；：、"]
    start = max(start, max(marks) + 1)
    lead = context.text[start : quantity.span.start]
    comma = lead.rfind("，", 0, max(0, len(lead) - 1)) + 1
    for pattern in context.linking_resources.anchors:
        for shift in (0, comma) if comma else (0,):
            if match := pattern.search(lead[shift:]):
                return Span(start + shift + match.start("anchor"), start + shift + match.end("anchor"))
    return None
