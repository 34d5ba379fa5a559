"""What amounts of a sentence are reckoned by, moved with or set to: 以全省月平均工资7466元为基数, 随平均工资调整."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Quantity
    from extractor.notice.facts.sentence.terms import SentenceTerms

# As far behind a name a share of it is looked for: 标准的92.25%.
_SHARE = 16
# The longest words behind a name that others are reckoned by: 月平均缴费工资总额的0.24%.
BASE_WORDS = 20
# So far before the name of a base stands the word that makes it one (不低于当地低保标准1.3倍).
_BASE_REACH = 8
# 不高于广州市统计部门公布的2023年广州市|职工月平均工资
_LIMIT_REACH = 36
# So far from a figure may the sign stand that multiplies it.
_SIGNS = 3


class Reckoned:
    """By what the amounts of one sentence are reckoned. Offsets are of the notice's normalised text."""

    def __init__(self, context: SentenceTerms) -> None:
        """Look at a sentence; what is asked for is found when first asked for."""
        self.context = context
        self.text = context.text
        self.span = context.span
        self.linking_resources = context.linking_resources
        self._shared: dict[Span, bool] = {}

    def is_shared(self, name: Span) -> bool:
        """Tell whether a share of an amount follows its name: 失业保险金按最低工资标准的90%发放，即1890元 gives no wage."""
        if name not in self._shared:
            lists = self.linking_resources.lists
            share = lists.share_behind.pattern.match(self.text, name.end, name.end + _SHARE)
            base = self.context.words(name) + (share["tail"] or "") if share else ""
            self._shared[name] = share is not None and lists.amount_bases.meets(base)
        return self._shared[name]

    @cached_property
    def parted(self) -> list[Quantity]:
        """Figures of which others are taken: 400元|中划入90元."""
        takes = self.linking_resources.lists.parted.pattern.match
        return [one for one in self.context.mentions.quantities if takes(self.text, one.span.end)]

    @cached_property
    def bases(self) -> list[Span]:
        """Names of amounts of which a share is taken, and that name no figure: 按低保标准的1.3倍确定，每月1040元."""
        if not self.context.of("alias"):
            return []
        times = {one.span.end for one in self.context.mentions.quantities if one.kind in ("rate", "duration")}
        rates = {one.number.start for one in self.context.mentions.quantities if one.kind == "rate"}
        indicators = self.linking_resources.catalog.indicators
        terms = self.context.of("alias") if times else []
        # 98天生育津贴: days that bear the name, too, are no times of an amount.
        counted = {one.span for one in terms if {"rate", "duration"} & set(indicators[one.key].kinds)}
        names = [name.span for name in terms if name.span not in counted]
        # 基础养老金的8个月
        months = {one.number.start for one in self.context.mentions.quantities if one.kind == "duration"}
        behind = [name for name in names if self.context.number_from(name.end) in rates and self._is_base(name)]
        behind += [name for name in names if self.text.startswith(OWNING, name.end) and name.end + 1 in months]
        # 1.5倍低保标准, 12个月的基本生活标准
        tied = (name for name in names if name.start - self.text.startswith(OWNING, max(0, name.start - 1)) in times)
        return [*behind, *tied, *self.followed]

    @cached_property
    def grounds(self) -> dict[int, Span]:
        """Amounts that others are reckoned by, each by where its number starts: 以|全省月平均工资7466元|为基数."""
        lists = self.context.statement.words.lists
        rates = {one.number.start for one in self.context.mentions.quantities if one.kind == "rate"}
        found = (
            one
            for one in self.context.mentions.quantities
            if one.kind == "money"
            and (
                lists.as_base.pattern.match(self.text, one.span.end)
                or self._is_multiplied(one.span.end, rates)
                or self.is_factor(one)
                or self._is_wage_reckoned_by(one)
            )
        )
        return {one.number.start: Span(self._ground_start(one), one.span.end) for one in found}

    def _ground_start(self, amount: Quantity) -> int:
        """Return where the words of a ground begin: the clause's 以 or 按, but the name's where a rate is taken of it."""
        start = self.context.clause(amount.number.start).start
        if self.context.statement.words.lists.as_base.pattern.match(self.text, amount.span.end):
            pieces = self.context.statement.cut(Span(start, amount.number.start))
            return next((piece.start for piece in pieces if piece.use == "base"), start)
        if self.is_factor(amount) and not self.context.statement.name_at(start, amount.number.start):
            return amount.number.start  # 月标准为21元×8小时
        return max(self.context.statement.base_start(start, amount.number.start), self._opened(amount.number.start))

    def _opened(self, at: int) -> int:
        """Return where the bracket opens that holds an offset; 0 where none does."""
        held = self.context.bracket(at)
        return held.start if held else 0

    def is_factor(self, figure: Quantity) -> bool:
        """Return True if a figure is one of those that are multiplied: 1083760元（54188元×20倍）."""
        times = self.context.statement.words.lists.product_signs
        if not self.context.may_say(times):
            return False
        start, end = figure.span
        before = self.text[max(self.span.start, start - _SIGNS) : start].rstrip()
        return before.endswith(times.words) or self.text[end : end + _SIGNS].lstrip().startswith(times.words)

    def _is_wage_reckoned_by(self, amount: Quantity) -> bool:
        """Return True if an amount is a wage that others are reckoned by: 按照上年度|最低工资标准为22920元|计算，自理人员每年2292元."""
        lists = self.linking_resources.lists
        if not lists.reckoned_behind.meets(self.text[amount.span.end : amount.span.end + BASE_WORDS]):
            return False
        start = self.context.clause(amount.number.start).start
        return lists.wage_reckoned.pattern.search(self.text, start, amount.number.start) is not None

    def _is_multiplied(self, at: int, rates: set[int]) -> bool:
        """Return True if a rate is taken of the amount that ends at an offset: 月平均工资8221元|×300%, 54188元|的20倍."""
        sign = self.context.statement.words.lists.rate_signs.pattern.match(self.text, at)
        return sign is not None and sign.end() in rates

    @cached_property
    def rate_factors(self) -> frozenset[int]:
        """Where the rates start of which another is taken, and those that are: 按基准费率|0.2%、0.4%的80%|执行，即分别执行0.16%、0.32%."""
        rates = [one for one in self.context.mentions.quantities if one.kind == "rate" and one.unit == "%"]
        starts = {one.number.start for one in rates}
        found: set[int] = set()
        for one, after in reversed([*pairwise(rates)]):
            if self._is_multiplied(one.span.end, starts):
                found |= {one.number.start, after.number.start}
            elif after.number.start in found and self.context.statement.joined(one.span, after.span):
                found.add(one.number.start)
        return frozenset(found)

    @cached_property
    def moved_along(self) -> list[Span]:
        """With what an amount is said to move: 生活护理费|随平均工资调整|，完全不能自理的每月3420元."""
        lists = self.linking_resources.lists
        found = (
            lists.moves_along.pattern.finditer(self.text, *self.span) if self.context.may_say(lists.moves_along) else ()
        )
        return [Span(*match.span()) for match in found]

    @cached_property
    def shared_out(self) -> list[Span]:
        """What shares are taken of: 生活护理费按|月平均工资|的50%计发，其中…."""
        rates = (one for one in self.context.mentions.quantities if one.kind == "rate" and one.role == "level")
        ends = [one.number.start - 1 for one in rates if self.text[one.number.start - 1 : one.number.start] in OWNING]
        # 补助金为1036420元（|人均可支配收入51821元|的20倍），上年为985660元
        starts = (
            max(self.context.statement.base_start(self.context.clause(end).start, end), self._opened(end))
            for end in ends
        )
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def followed(self) -> list[Span]:
        """Names of amounts that another amount is as high as."""
        names = dict.fromkeys(term.span for term in self.context.of("alias"))
        return [name for name in names if self._is_followed(name) or self.context.is_equated(name)]

    @cached_property
    def limits(self) -> list[Span]:
        """Names of amounts that something else stays within, at the end of a clause: 缴存基数不低于|最低工资标准|，…."""
        lists = self.linking_resources.lists
        if not self.context.may_say(lists.stays_within):
            return []
        names = dict.fromkeys(term.span for term in self.context.of("alias"))
        return [name for name in names if self._is_limit(name)]

    def _is_limit(self, name: Span) -> bool:
        lists = self.linking_resources.lists
        if not lists.within_behind.meets(self.text[name.end : name.end + _SHARE]):
            return False
        start = max(self.context.clause(name.start).start, name.start - _LIMIT_REACH)
        bounds = lists.stays_within.pattern.finditer(self.text, start, name.start)
        last = max((bound.end() for bound in bounds), default=0)
        return bool(last) and self.context.number_from(last) >= name.end

    def _is_followed(self, name: Span) -> bool:
        """Tell whether an amount named before it is as high as what a name names: 缴存基数下限按月最低工资标准执行，市区为1930元."""
        lists = self.linking_resources.lists
        found = lists.as_high.pattern.search(
            self.text, max(self.context.clause(name.start).start, name.start - _LIMIT_REACH), name.start
        )
        if found is None or not lists.held_to.meets(self.text[name.end : name.end + _SHARE]):
            return False
        before = self.text[self.context.clause(name.start).start : found.start()]
        return self.context.statement.words.lists.amount_heads.meets(before)

    def _is_base(self, name: Span) -> bool:
        """Tell whether a share behind a name is of it: 低保标准的1.3倍, 不低于当地低保标准1.3倍; not 省财政补助12%."""
        between = self.text[name.end : self.context.number_from(name.end)]
        if between in OWNING:
            return True
        low = max(self.context.clause(name.start).start, name.start - _BASE_REACH)
        verbs = self.linking_resources.lists.base_before.pattern
        return not between and verbs.search(self.text, low, name.start) is not None
