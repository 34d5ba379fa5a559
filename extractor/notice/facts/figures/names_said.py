"""The names that a sentence has given its figures so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.notice.facts.measure.own import is_band
from extractor.notice.facts.names.pieces import MeasureName

if TYPE_CHECKING:
    from extractor.model import Quantity, Span
    from extractor.notice.facts.sentence.context import SentenceContext

_AMOUNTS = {"money": "amount", "rate": "amount"}


class NamesSaid:
    """The names that a sentence has given its figures so far; ``bands`` holds those of classes of values by their unit."""

    def __init__(self, context: SentenceContext) -> None:
        """Begin with none."""
        self._context = context
        self._times = context.statement.words.lists.times
        self._rates = context.statement.words.lists.rate_ends
        # 2个以上子女的家庭每月再增加500元: what is counted names no amount.
        self._measured: dict[str, MeasureName] = {}
        self._bracket: Span | None = None
        self._aside: dict[str, MeasureName] = {}
        self._conditional: MeasureName | None = None
        self._level: MeasureName | None = None
        self._lasted: tuple[Quantity, MeasureName] | None = None
        self.bands: dict[str | None, MeasureName] = {}

    def note(self, quantity: Quantity, name: MeasureName, *, condition: bool, ground: bool) -> None:
        """Note the name of a figure; one of what others are reckoned by (``ground``) is none of theirs."""
        if name.step not in ("own", "band") and not ground:
            if self._ends_condition(quantity, condition=condition):
                self._conditional = name
            else:
                # 首套住房贷款利率五年以下为2.35%: a span of time that only classes a rate bears the rate's name.
                rate = self._rates.meets(self._context.words(name.span))
                measured = self._names_at(quantity.number.start)
                measured["amount" if rate else self._sort_of(quantity, name, condition=condition)] = name
            # A number of things grows: neither how often something is done nor a bound of who is meant.
            counts = quantity.kind == "count" and not self._times.meets(quantity.unit or "")
            self._level = name if counts and not condition and not is_band(quantity, condition=False) else None
        if is_band(quantity, condition=condition):
            self.bands[quantity.unit] = name
        self._lasted = (quantity, name) if quantity.kind == "duration" and not condition else None

    def last_of(self, quantity: Quantity, left: int, *, condition: bool) -> MeasureName | None:
        """Return the last name of an amount for an amount, the last name of all for a count or a span of time.

        A number of things may change by a share, or be one: 养老床位达到4万张，增长5%; 老年人口71万人，占总人口的12%.
        """
        if quantity.kind not in _AMOUNTS:
            # 每多生育1个婴儿增加15天: what is counted lasts no time
            none = {"count"} if quantity.kind == "duration" else set()
            none |= {"condition"} if none and not condition and not self._is_reached(quantity) else set()
            named = self._names_at(quantity.number.start)
            return max((name for of, name in named.items() if of not in none), key=_start, default=None)
        changes = quantity.role in ("increase", "decrease")
        if quantity.kind == "rate" and self._level and (changes or self._opens_share(quantity, left)):
            return self._level
        amount = self._paid_for(quantity, left) or self._names_at(quantity.number.start).get("amount")
        amount = amount or self._lasting(left)
        if self._conditional and (self._is_counted(quantity) or self._ends_condition(quantity, condition=condition)):
            return max((amount or self._conditional, self._conditional), key=_start)
        return amount

    def _names_at(self, at: int) -> dict[str, MeasureName]:
        """Return the names said so far, what a bracket names only in it: 单位缴费费率为7.5%（含|生育保险|0.5%），个人2%."""
        bracket = self._context.bracket(at)
        if bracket is None:
            return self._measured
        if bracket != self._bracket:
            self._bracket, self._aside = bracket, dict(self._measured)
        return self._aside

    def _sort_of(self, quantity: Quantity, name: MeasureName, *, condition: bool) -> str:
        """Sort a figure by what its name may name as well; 缴费满5年的，最长领取12个月: what was done so long is none of it."""
        if self._context.statement.words.lists.spans.meets(self._context.words(name.span)):
            return _AMOUNTS.get(quantity.kind, quantity.kind)  # 领取期限按缴费时间确定：满1年的，最长12个月
        lasts = quantity.kind == "duration" and (condition or is_band(quantity, condition=condition))
        return "condition" if lasts or self._is_reached(quantity) else _AMOUNTS.get(quantity.kind, quantity.kind)

    def _is_reached(self, quantity: Quantity) -> bool:
        """Return True for a span of time that something must have lasted: 连续缴费|满|6个月."""
        bound = self._context.text[quantity.span.start : quantity.number.start]
        return quantity.kind == "duration" and self._context.statement.words.use_of.get(bound) == "act"

    def _paid_for(self, quantity: Quantity, left: int) -> MeasureName | None:
        """Return the name of an amount that is told by a span of time right before it: 丧葬补助金为6个月的月平均工资，计49326元."""
        if quantity.kind != "money" or self._lasted is None or self._lasted[0].span.end != left:
            return None
        name = self._lasted[1]
        paid = self._context.statement.words.lists.paid_ends.meets(self._context.words(name.span))
        return name if paid and name.step == "before" else None

    def _lasting(self, left: int) -> MeasureName | None:
        """Return the name of what changes within a span of time right before a figure: 能耗强度|五年累计下降14%."""
        if self._lasted is None or self._lasted[0].span.end != left or self._lasted[0].operator != "eq":
            return None
        name = self._lasted[1]
        return name if name.step == "before" and name.span.end == self._lasted[0].span.start else None

    def _ends_condition(self, quantity: Quantity, *, condition: bool) -> bool:
        """Return True if a share only says when something holds: 就业比例达到1%的，按应缴额的50%缴纳 is no ratio of 50 %."""
        ends = self._context.linking_resources.lists.clause_condition_end
        clause = self._context.clause(quantity.number.start)
        return quantity.kind == "rate" and (condition or ends.meets(self._context.words(clause)))

    def _is_counted(self, quantity: Quantity) -> bool:
        """Return True if what is too low or too high is counted so: 缴费基数低于工资60%的，按60%计算."""
        end = max(self._context.clause(quantity.number.start).end, quantity.span.end)
        return self._context.linking_resources.lists.counted_as.meets(self._context.text[quantity.span.end : end])

    def _opens_share(self, quantity: Quantity, left: int) -> bool:
        """Return True if a clause right behind a figure begins with what the figure is a share of."""
        context, start = self._context, self._context.clause(quantity.number.start).start
        opens = any(context.text.startswith(word, start) for word in context.statement.words.lists.share_of.words)
        return opens and left <= start and not context.text[left : start - 1].strip()


def _start(name: MeasureName) -> int:
    return name.span.start
