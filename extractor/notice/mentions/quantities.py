"""Reads numbers with their units: value, unit, per, and the words that make a bound or a role of them.

The patterns find *number and unit*; bound, per and role words are then read from the words of the same clause, up to
the quantity before. So 不低于上年度平均工资的60% and 不低于60% need no pattern of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec
import regex

from extractor.errors import CatalogError, NumeralError
from extractor.messages import Message
from extractor.model import Operator, Quantity, RestsFor, Role, Span
from extractor.notice.mentions.patterns import amounts_of, quantities_of
from extractor.notice.mentions.readings import READERS, ValueReading
from extractor.notice.mentions.roles import RoleReader, role_reader
from extractor.notice.mentions.units import BoundRow, Bounds, UnitTable, bounds, unit_table
from extractor.notice.numerals import numeral_pattern
from extractor.notice.word_trie import Prefilter, compile_forms
from extractor.resources import compile_regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from extractor.notice.mentions.patterns import AmountRow, QuantityLists, QuantityRow
    from extractor.notice.word_lists import WordList
    from extractor.resources import Resources

# Rows that begin so are tried only where a number begins.
AT_NUMBER = "(?P<n>%{number})"
# A base may stand between a bound word and its number (不低于职工上年度月平均工资的60%); longer is another statement.
FAR = 26
# The evidence takes in a bound word only this far before the number, so that it stays a quotation of the figure.
EVIDENCE_REACH = 14
# 每人每月再增加不少于5元；对80周岁以上的，不少于10元: how many quantities back one of the same kind may stand.
RECENT = 3
# A per-word of a rate stands this close before it: 每月按0.8%, 按日加收万分之五.
PER_REACH = 8
# 一类区每月1650元、二类区每月1500元: what may stand between the values of a list that names its items.
LIST_GAP = 14
# A bound word with a bracket before it: 12万元（含12万元）以下.
BOUND_REACH = 24
CLAUSE_MARKS = "，。；：！？\n\t"
# Searches backwards: one search takes a quarter of the time of one for each mark.
_LAST_MARK = regex.compile(f"(?r)[{CLAUSE_MARKS}]")
# 5000元（一级）、3000元（二级）: a bracket behind a value of a list, at most so long behind a number in it.
# A value so many times as great as a change told before is none of its kind.
_FAR = 8
_ASIDE = re.compile(r"^\s*（[^（）\d]{1,16}）")
_LONGEST_ASIDE = 16


class ParsedCandidate(msgspec.Struct, frozen=True, gc=False):
    """A reading at a place, before bounds and roles are read; ``unit_at`` is where its unit is said, if not beside it."""

    span: Span
    rule: str
    readings: tuple[ValueReading, ...]
    unit_at: Span | None = None


def _aside_end(text: str, start: int, number: Span) -> int | None:
    """Return where a bracket ends that opens behind an offset and holds a number; None where none does."""
    opened = text.rfind("（", start, number.start)
    if opened < 0 or text.find("）", opened, number.start) >= 0:
        return None
    closing = text.find("）", number.end, number.end + _LONGEST_ASIDE)
    return closing + 1 if closing >= 0 and text.find("（", number.end, closing) < 0 else None


class QuantityContext(msgspec.Struct, frozen=True, gc=False):
    """What the quantities before left behind, for lists that share a bound, a per or a role."""

    end: int
    quantity: Quantity | None
    bound: tuple[Operator, Span] | None
    recent: tuple[Quantity, ...] = ()

    def same(self, kind: str, unit: str | None) -> Quantity | None:
        """Return the nearest quantity before of the same kind and unit."""
        for item in reversed(self.recent):
            if item.kind == kind and item.unit == unit:
                return item
        return None


class QuantityReader(msgspec.Struct, frozen=True):
    """Everything needed to read quantities, compiled."""

    rows: list[tuple[QuantityRow, regex.Pattern[str]]]
    amounts: list[tuple[AmountRow, regex.Pattern[str], regex.Pattern[str] | None, regex.Pattern[str] | None]]
    units: UnitTable
    bounds: Bounds
    roles: RoleReader
    numbers: re.Pattern[str]
    prefilter: Prefilter
    amount_words: re.Pattern[str]
    lists: QuantityLists

    def find(self, text: str, start: int, end: int) -> list[ParsedCandidate]:
        """List every number with a unit between two offsets, overlapping ones too."""
        found = []
        numbers = [match.start() for match in self.numbers.finditer(text, start, end)]
        for index in self.prefilter.admitted(text, start, end):
            row, pattern = self.rows[index]
            read = READERS[row.reading]
            # A row that begins with a number is tried where a number begins, not at every character.
            matches: Iterable[regex.Match[str]] = (
                [match for at in numbers if (match := pattern.match(text, at, end))]
                if row.regex.startswith(AT_NUMBER)
                else pattern.finditer(text, start, end)
            )
            for match in matches:
                try:
                    readings = read(match, self.units)
                except NumeralError:
                    continue
                if readings:
                    found.append(ParsedCandidate(Span(*match.span()), row.id, readings, _unit_beyond(match)))
        return found

    def find_amounts(self, text: str, start: int, end: int) -> list[Quantity]:
        """List the amounts said in words between two offsets."""
        found: list[Quantity] = []
        words = text[start:end]
        for row, pattern, before, after in self.amounts:
            if not any(map(words.__contains__, row.needs)):
                continue
            for match in pattern.finditer(text, start, end):
                span = Span(*match.span("x"))
                if before and before.search(text, max(start, span.start - 40), span.start):
                    continue
                if after and after.match(text[span.end : min(end, span.end + 16)]):
                    continue
                found.append(_amount(row, span))
        return found

    def has_amount(self, text: str, start: int, end: int) -> bool:
        """Tell whether an amount said in words may stand between two offsets."""
        return self.amount_words.search(text, start, end) is not None

    def bounded(self, text: str, start: int, found: ParsedCandidate) -> bool:
        """Tell whether a bound word governs a find."""
        region = clause_start(text, start, found.span.start)
        kind = found.readings[0].kind
        return (
            self.bound_before(text, region, found.span, kind) is not None
            or self.bound_after(text, found.span.end, len(text), kind) is not None
        )

    def complete(
        self, text: str, start: int, end: int, chosen: list[ParsedCandidate], amounts: Sequence[Quantity] = ()
    ) -> list[Quantity]:
        """Read bounds, pers and roles of the quantities chosen between two offsets, in order.

        No words are shared with ``amounts``, those said in words (不设封顶线) that stand between: 不低于…不设封顶线…0元.
        """
        done: list[Quantity] = []
        context = QuantityContext(start, None, None)
        ends = [amount.span.end for amount in amounts]
        outer: tuple[int, QuantityContext] | None = None
        for found in chosen:
            if outer and found.span.start >= outer[0]:
                # 不超过7万元（2人及以下）、10万元（3人及以上）: the list goes on behind the bracket.
                context, outer = msgspec.structs.replace(outer[1], end=outer[0], recent=context.recent), None
            elif outer is None and (closed := _aside_end(text, context.end, found.span)):
                outer = closed, context
            behind = bisect_right(ends, found.span.start)
            free = max(start, ends[behind - 1]) if behind else start
            made, bound = self._complete_one(text, free, end, found, context)
            done.extend(made)
            context = QuantityContext(made[-1].span.end, made[-1], bound, tuple(done[-RECENT:]))
        old = self.roles.lists.old
        return share_on(text, share_back(text, done, self.lists, old), old)

    def _complete_one(
        self, text: str, start: int, end: int, found: ParsedCandidate, context: QuantityContext
    ) -> tuple[list[Quantity], tuple[Operator, Span] | None]:
        region = clause_start(text, max(start, context.end), found.span.start)
        gap = _ASIDE.sub("", text[context.end : found.span.start]).strip()
        linked = context.quantity is not None and (self.lists.list_joints.meets(gap) or self._alternative(gap))
        reading = found.readings[0]
        before = self.bound_before(text, region, found.span, reading.kind)
        if before and before[0] in _WITH and self.lists.bound_itself.pattern.match(text, found.span.end, end):
            before = None  # 超过了100万元的家庭最高额度: the bound is the figure itself
        after = self.bound_after(text, found.span.end, end, reading.kind)
        # 至少确定1家评估机构和2家护理机构
        counted = (
            reading.kind == "count"
            and len(gap) <= LIST_GAP
            and self.lists.counted_joints.meets(gap)
            and "，" not in gap
        )
        shared = (
            before is None
            and after is None
            and (linked or counted)
            and context.quantity is not None
            and context.quantity.kind == reading.kind
        )
        bound = after or before
        if shared and context.bound:
            # 分别不低于80%、60%: one bound word for the whole list.
            before, bound = (context.bound[0], Span(found.span.start, found.span.start)), context.bound
        role, role_at = self.roles.read(
            text, region, found.span, end, kind=reading.kind, unit=reading.unit, bound=before[1] if before else None
        )
        previous = context.same(reading.kind, reading.unit)
        role = "level" if role == "increase" and _moved_to(text, context.quantity, found, role_at) else role
        bare = linked or self.lists.striving.meets(gap)
        bare = bare or self._bare(text, region, found.span, before[1] if before else None)
        given_on = previous if bare and previous and previous.role in ("increase", "decrease") else None
        # 每增加1人增加10平方米，最高不超过60平方米: what all steps together come to
        whole = given_on and before and not linked and self.roles.is_step(text, given_on.number.start)
        # 月人均补差水平提高35元，不低于560元: what is bounded is so much more than the change that it is what it leads to
        result = given_on and before and not linked and _is_far_more(reading.value, given_on.value)
        given_on = None if whole or result else given_on
        if role == "level" and reading.kind == "count" and self._counted_on(gap, context.quantity):
            given_on = context.quantity
        if role == "level" and given_on:
            role, role_at = given_on.role, dict(given_on.rests).get("role", given_on.span)
        if after and before and after[0] == "gt" and before[0] == "ge":
            # 满6个月后: 后 says when, 满 says how long.
            after = (before[0], after[1])
        operator: Operator = after[0] if after else before[0] if before else "eq"
        if before and not after:
            operator = _with_itself(operator, self.lists.with_itself.pattern.match(text, found.span.end, end))
        if role in ("increase", "decrease") and before and self.roles.lists.points_only.meets(text[slice(*before[1])]):
            operator = "eq"
        said = dict(reversed(self._pers(text, region, found, context)))
        pers = {name: said[name] for name in self.units.in_order(set(said))}
        span = found.span
        if after:
            span = Span(span.start, after[1].end)
        if before and before[1].start < span.start <= before[1].start + EVIDENCE_REACH:
            span = Span(before[1].start, span.end)
        rests: dict[RestsFor, Span | None] = {
            "unit": found.unit_at,
            "operator": bound[1] if bound and operator != "eq" else None,
            "role": role_at,
        }
        made = [_quantity(found, reading, span, operator, role, pers, rests) for reading in found.readings]
        return made, before if before and before[1].end > before[1].start else (
            context.bound if linked or counted else None
        )

    def _counted_on(self, gap: str, before: Quantity | None) -> bool:
        """新增公办幼儿园8所、托位1200个: both are new."""
        if before is None or (before.kind, before.role) != ("count", "increase") or len(gap) > LIST_GAP:
            return False
        joined = self.lists.list_joints.pattern.search(gap)
        return joined is not None and self.roles.shared(gap)

    def _alternative(self, gap: str) -> bool:
        """不得低于本单位工资的80%或者合同约定工资的百分之八十: one bound for two bases."""
        return (
            self.lists.alternative.meets(gap)
            and len(gap) <= LIST_GAP + 2
            and gap.endswith("的")
            and not any(mark in gap for mark in CLAUSE_MARKS)
        )

    def _bare(self, text: str, region: int, span: Span, bound: Span | None) -> bool:
        """Tell whether a clause says nothing before its number but a bound word."""
        lead = text[region : bound.start if bound else span.start]
        if text[span.end : span.end + 1] not in "，。；、）\n":
            return False
        return bool(region) and text[region - 1] in "，；" and (not lead or bool(self.bounds.before.fullmatch(lead)))

    def bound_before(self, text: str, start: int, number: Span, kind: str) -> tuple[Operator, Span] | None:
        """Find the bound word that governs a number."""
        # From the last bound word back: in 不得低于最低工资标准的80% the 最低 is part of a name and does not reach.
        for match in reversed(
            list(self.bounds.before.finditer(text, max(start, number.start - FAR - 12), number.start))
        ):
            row = self.bounds.before_of[match.group()]
            if (not row.kinds or kind in row.kinds) and self._reaches(text, row, match, number):
                return row.operator, Span(*match.span())
        return None

    def _reaches(self, text: str, row: BoundRow, match: re.Match[str], number: Span) -> bool:
        """Tell whether only fillers, or the base of a rate, stand between a bound word and its number."""
        gap = text[match.end() : number.start]
        fillers = self.units.per_pattern.sub("", gap)
        one_of = self.lists.list_joints.meets(text[max(0, match.start() - 1) : match.start()])
        if one_of and self.lists.dealt_out.meets(fillers):
            return False  # 最高和最低分别为500元、300元: it bounds but one of them
        if self.bounds.filler.fullmatch(fillers) or (
            row.reach == "far" and len(gap) <= FAR and not self.lists.bound_break.meets(gap)
        ):
            return True
        if self.lists.bound_owner.meets(gap) and not text.startswith(tuple(CLAUSE_MARKS), number.end):
            return True
        # 超过上年度职工平均工资的60%; 超过居民人均可支配收入50%的; but 超出部分的50% is a share of what exceeds.
        open_end = gap.endswith("的") or text.startswith("的", number.end)
        return (
            row.operator in ("gt", "lt")
            and open_end
            and len(gap) <= FAR
            and "、" not in gap
            and not self.lists.excess.meets(gap)
        )

    def bound_after(self, text: str, at: int, end: int, kind: str) -> tuple[Operator, Span] | None:
        """Find the bound word right behind the unit at ``at``."""
        tail = text[at : min(end, at + BOUND_REACH)]
        said, skipped = None, 0
        if tail.startswith("（"):
            # 6年（含6年）以上, 3年（36个月）内
            said = self.lists.with_itself.pattern.match(tail)
            bracket = said or self.lists.said_again.pattern.match(tail)
            skipped = bracket.end() if bracket else 0
        match = self.bounds.after.match(tail, skipped)
        if match is None:
            return None
        row = self.bounds.after_of[match.group()]
        barred = self.bounds.not_after.get(row.id)
        if (row.kinds and kind not in row.kinds) or (barred and barred.match(tail, match.end())):
            return None
        close = match.end()
        if behind := self.lists.with_itself.pattern.match(tail, close):
            # 18周岁以下（不含18周岁）
            said = behind
            close = behind.end() if behind.group("not") else close
        operator = _with_itself(row.operator, said)
        return operator, Span(at, at + close)

    def _pers(
        self, text: str, region: int, found: ParsedCandidate, context: QuantityContext
    ) -> tuple[tuple[str, Span], ...]:
        """Collect the per-words of a quantity: before its number, behind its unit, or shared by a list."""
        own = self.units.per_found(text, region, found.span.start)
        behind = found.readings[0].per
        if (
            found.readings[0].kind in ("count", "rate")
            and len(own) == 1
            and self.units.lists.in_all.meets(text[slice(*own[0][1])])
        ):
            own = []  # 全年新增充电桩2600台, 全年地区生产总值增长5%; but 每人全年2次
        if found.readings[0].kind not in ("money", "count"):
            # In 人均财政补助标准80% and 月平均工资的8% the per-word belongs to the base; only 按日加收万分之五 is per day.
            near = [(name, span) for name, span in own if found.span.start - span.end <= PER_REACH]
            own = [(name, at) for name, at in near if name != "person" and self.units.says_how_often(text, at)]
        if own or behind:
            return (*own, *((name, found.unit_at or found.span) for name in behind))
        previous = context.same(found.readings[0].kind, found.readings[0].unit)
        if previous is None or self.lists.in_total.meets(text[region : found.span.start]):
            return ()
        gap = text[previous.span.end : found.span.start]
        shares = (
            previous.role == "previous"
            or self.lists.list_joints.meets(gap.strip())
            or self.lists.on_basis.meets(gap[:8])
        )
        # 每人每月再增加不少于5元；对80周岁以上的，不少于10元: the clause says nothing but the number.
        if self._bare(text, region, found.span, None) or (shares and not any(mark in gap for mark in "。；：\n")):
            return tuple(zip(previous.per, previous.per_spans, strict=False))
        return ()


def quantity_reader(resources: Resources) -> QuantityReader:
    """Build the reader from the data files."""
    path = resources.root / "patterns/amounts.toml"
    amounts = []
    for row, pattern in amounts_of(resources):
        _check_amount(path, row, resources.built(unit_table))
        unless = [
            compile_regex(path, row.id, source) if source else None for source in (row.unless_before, row.unless_after)
        ]
        amounts.append((row, pattern, unless[0], unless[1]))
    patterns = quantities_of(resources)
    return QuantityReader(
        patterns.rows,
        amounts,
        resources.built(unit_table),
        resources.built(bounds),
        resources.built(role_reader),
        numeral_pattern(),
        Prefilter([row.needs for row, _ in patterns.rows]),
        compile_forms(need for row, _, _, _ in amounts for need in row.needs),
        patterns.lists,
    )


def _check_amount(path: Path, row: AmountRow, units: UnitTable) -> None:
    """Raise `CatalogError` for a unit that units.toml lacks or a value that is no decimal number."""
    known = {unit.unit for unit in units.by_form.values()}
    if row.unit not in known:
        msg = Message(
            "{path}: amount {id!r} has unit {unit!r}, which units.toml does not list. Add it there or use one "
            "of: {known}.",
            path=path,
            id=row.id,
            unit=row.unit,
            known=tuple(sorted(known)),
        )
        raise CatalogError(msg)
    try:
        Decimal(row.value or "0")
    except InvalidOperation as error:
        msg = Message(
            "{path}: amount {id!r} has value {value!r}, expected a decimal number as a string, such as '0'.",
            path=path,
            id=row.id,
            value=row.value,
        )
        raise CatalogError(msg) from error


def share_back(text: str, done: list[Quantity], lists: QuantityLists, old: WordList) -> list[Quantity]:
    """Let a list share what is said once at its end: 10%、20%、25%左右; 由1650元、1500元，分别提高到…; 按80元、60元提高.

    Not past a word of an old value (``old``): 由110元提高到125元、二级由80元提高到95元.
    """
    ends: Span | None = None
    for index in range(len(done) - 1, 0, -1):
        last, before = done[index], done[index - 1]
        if (last.kind, last.unit) != (before.kind, before.unit):
            ends = None
            continue
        gap = text[before.span.end : last.span.start]
        ends = ends or (last.span if lists.shared_end.meets(text[slice(*last.span)]) else None)
        ends = ends if gap in lists.list_joints.words and before.operator == "eq" else None
        if ends:
            done[index - 1] = msgspec.structs.replace(
                before, operator=last.operator, rests=(*before.rests, ("operator", ends))
            )
        listed = lists.back_joints.meets(gap) and len(gap) <= LIST_GAP and not any(mark in gap for mark in CLAUSE_MARKS)
        said = [(what, at) for what, at in last.rests if what == "role"]
        behind = any(at and at.start >= last.span.end for _, at in said)
        if listed and not old.meets(gap) and before.role == "level" and (last.role == "previous" or behind):
            done[index - 1] = msgspec.structs.replace(before, role=last.role, rests=(*before.rests, *said))
    return done


def share_on(text: str, done: list[Quantity], old: WordList) -> list[Quantity]:
    """Let a bound before an old value hold for the new one, too: 救助金额最高由2万元提高到3万元."""
    for index in range(1, len(done)):
        before, last = done[index - 1], done[index]
        moves = before.role == "previous" and (last.role, last.operator) == ("level", "eq")
        bound = next((at for what, at in before.rests if what == "operator"), before.span)
        lead, gap = text[bound.start : before.number.start], text[before.span.end : last.span.start]
        if not moves or before.operator == "eq" or (before.kind, before.unit) != (last.kind, last.unit):
            continue
        if old.pattern.search(lead) and len(gap) <= LIST_GAP and not any(mark in gap for mark in CLAUSE_MARKS):
            done[index] = msgspec.structs.replace(
                last, operator=before.operator, rests=(*last.rests, ("operator", bound))
            )
    return done


def _unit_beyond(match: regex.Match[str] | re.Match[str]) -> Span | None:
    """Return where the unit stands that is said outside: behind a list's last number (350、380|元), in a name before (比例|为0)."""
    said = match.groupdict().get("u") is not None
    beyond = said and (match.start("u") >= match.end() or match.end("u") <= match.start())
    return Span(*match.span("u")) if beyond else None


def clause_start(text: str, start: int, at: int) -> int:
    """Return where the clause that holds offset ``at`` begins, not before ``start``."""
    mark = _LAST_MARK.search(text, start, at)
    return mark.end() if mark else start


_WITH: dict[Operator, Operator] = {"gt": "ge", "lt": "le"}
_WITHOUT: dict[Operator, Operator] = {"ge": "gt", "le": "lt"}


def _moved_to(text: str, old: Quantity | None, found: ParsedCandidate, verb: Span | None) -> bool:
    """Return True if an amount right behind where it came from, and more than that, is what it became: 从190元调涨|196元|."""
    new, value = found.readings[0], old.value if old else None
    if old is None or old.role != "previous" or (old.kind, old.unit) != ("money", new.unit) or verb is None:
        return False
    bare = text[old.span.end : found.span.start] == text[slice(*verb)]
    return bare and value is not None and new.value is not None and new.value > value


def _is_far_more(value: Decimal | None, change: Decimal | None) -> bool:
    """Return True if a value is too great to be one more of the changes that were told before it."""
    return value is not None and change is not None and value >= _FAR * change > 0


def _with_itself(operator: Operator, said: regex.Match[str] | re.Match[str] | None) -> Operator:
    """Let a bracket decide whether a bound includes its number: 不高于3万元（不含3万元）."""
    if said is None:
        return operator
    return (_WITHOUT if said.group("not") else _WITH).get(operator, operator)


def _quantity(
    found: ParsedCandidate,
    reading: ValueReading,
    span: Span,
    operator: Operator,
    role: Role,
    pers: dict[str, Span],
    rests: dict[RestsFor, Span | None],
) -> Quantity:
    between = reading.lower is not None or reading.upper is not None
    return Quantity(
        span=span if len(found.readings) == 1 else reading.number, number=reading.number, pattern=found.rule, kind=reading.kind,
        value=reading.value, lower=reading.lower, upper=reading.upper, unit=reading.unit, per=tuple(pers),
        per_spans=tuple(pers.values()),
        operator="between" if between else reading.operator or operator,
        role=role, lower_inclusive=reading.lower_inclusive, upper_inclusive=reading.upper_inclusive,
        rests=tuple((what, at) for what, at in rests.items() if at and not (span.start <= at.start and at.end <= span.end)),
    )  # fmt: skip


def _amount(row: AmountRow, span: Span) -> Quantity:
    return Quantity(
        span=span, number=span, pattern=row.id, kind=row.kind, value=None if row.value is None else Decimal(row.value),
        unit=row.unit, operator=row.operator, role=row.role,
    )  # fmt: skip
