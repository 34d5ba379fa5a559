"""What a figure and the one before it tell of each other: a part of it, the same said again, bounds of one class."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.fit.figure import LinkedFigure
from extractor.notice.facts.link.case import WHOSE

if TYPE_CHECKING:
    from extractor.model import Quantity
    from extractor.notice.facts.sentence.context import SentenceContext

_CHANGES = ("increase", "decrease")
# What parts the items of a list, and of whom or of what class they are.
_PARTS = ("，", "、", "；")
# A change of another year is hardly more than so many times this one.
_ALIKE = 3


def only_changes(draft: Draft, last: tuple[Quantity, Draft] | None) -> bool:
    """Return True if a figure says by how much the one before changes: 基准费率0.2%的基础上|下调20%|，按0.16%执行."""
    changes = draft.role in ("increase", "decrease") and draft.kind == "rate" and draft.link.indicator is None
    said, named = (last[1].subject if last else None), draft.subject
    return bool(changes and said and named and (named.endswith(said) or said.endswith(named)))


def is_relative(figure: LinkedFigure, before: Draft) -> bool:
    """Return True if a share is cut or raised by more than it is, so by a share of itself: 费率在0.2%的基础上下调|20%."""
    shares = before.kind == figure.kind == "rate" and before.unit == figure.unit == "%" and before.value is not None
    changed = shares and before.role in ("level", "previous") and figure.role in ("increase", "decrease")
    return changed and figure.value is not None and figure.value > Decimal(before.value or 0)


def goes_on_from(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> Draft | None:
    """Return the change that a figure goes on with, of which it only says whose it is: 一级伤残每月增加180元，|二级|170元.

    Or of which it is a part: 增长6.5%左右，其中|城镇|5.5%. One with a bound or a per of its own is a level: 增加50元，
    特殊教育学校每生每年7000元; so is one behind a pair of a level and its change: 二类区1800元，增加150元；三类区1650元.
    """
    asked, before = (quantity.kind, quantity.unit), drafts[-1] if drafts else None
    if before is None or before.role not in _CHANGES or (before.kind, before.unit) != asked:
        return None
    alike = (one for one in drafts if (one.kind, one.unit, one.subject) == (*asked, before.subject))
    if any(one.role not in (*_CHANGES, "condition") for one in alike):
        return None
    at = before.span.end
    if context.linking_resources.lists.bracketed_year.meets(context.text[at : quantity.span.start]):
        # 支付限额增加1500元（2025年度为|1000元|）; not 财政补助增加30元（2024年为670元）
        return before if _is_no_more(quantity, before, _ALIKE) else None
    part = context.linking_resources.lists.goes_on.pattern.match(context.text, at + 1, quantity.span.start)
    if part and quantity.kind != "rate":
        # 低保标准提高50元，其中主城区1000元; but 人均增加200元，其中一级214元
        average = context.linking_resources.lists.on_average.meets(context.text[context.clause(at).start : at])
        if not _is_no_more(quantity, before, _ALIKE if average else 1):
            return None
    if context.text[at : at + 1] not in _PARTS or {"eq" if part else before.operator, quantity.operator} != {"eq"}:
        return None
    whose = Span(part.end() if part else at + 1, quantity.span.start)
    chunks = context.statement.chunks(*whose)
    if [one.span for one in chunks] != [whose]:
        return None
    return before if chunks[0].kind in WHOSE or _is_part(context, quantity, drafts) else None


def said_as_amount(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> Draft | None:
    """Return the change in percent that an amount in brackets right behind it says again: 增加15%（|每人20元/月|）."""
    before, aside = drafts[-1] if drafts else None, context.bracket(quantity.number.start)
    if before is None or before.role not in _CHANGES or (before.kind, quantity.kind) != ("rate", "money"):
        return None
    if aside is None or aside.start != before.span.end or quantity.operator != "eq":
        return None
    said = context.statement.cut(Span(aside.start + 1, quantity.span.start))  # not （达到每人每月150元）
    return before if all(piece.use == "adverb" for piece in said) else None


def _is_part(context: SentenceContext, quantity: Quantity, drafts: list[Draft]) -> bool:
    """Return True if an amount and those before it, back to 其中, are no more than a change: 提高50元，其中财政补助30元、|个人缴费|20元."""
    goes_on, total, after = context.linking_resources.lists.goes_on.pattern, quantity.value, quantity.span
    for draft in reversed(drafts):
        if quantity.kind != "money" or total is None or draft.value is None or draft.role not in _CHANGES:
            return False
        if goes_on.match(context.text, draft.span.end + 1, after.start):
            return total <= Decimal(draft.value)
        total, after = total + Decimal(draft.value), draft.span
    return False


def _is_no_more(quantity: Quantity, before: Draft, times: int) -> bool:
    """Return True if a figure is at most so many times another; also where one of them has no single value."""
    return quantity.value is None or before.value is None or quantity.value <= times * Decimal(before.value)


def is_of_part(draft: Draft) -> bool:
    """Return True if an indicator is of the insurances that its part is about; not 特困人员供养标准⏎…月最低工资标准1820元."""
    return draft.case is not None and draft.link.indicator is not None and draft.case.is_akin(draft.link.indicator)
