"""One annotated figure against one fact.

A row is judged at three levels, each including the one before: ``value`` (kind, value, unit), ``meaning`` (+ operator,
role, per, due) and ``linked`` (+ indicator, area, population, payer).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from extractor.model import Fact

LEVELS = ("value", "meaning", "linked")
# A fact that reaches further than this beyond the annotated words is about something else.
_REACH = 16


class GoldRow(msgspec.Struct, frozen=True):
    """One annotated figure; the fields mean what they mean in the dataset."""

    start: int
    end: int
    text: str
    weight: str | None = None
    quote: str | None = None
    kind: str | None = None
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    per: tuple[str, ...] = ()
    per_min: tuple[str, ...] = ()
    operator: str = "eq"
    role: str = "level"
    due: str | None = None
    indicator: str | None = None
    indicator_not: str | None = None
    scope: dict[str, str] = {}


def meets(row: GoldRow, fact: Fact) -> bool:
    """Say whether a fact lies on a row's words, and on little else."""
    start, end = fact.evidence.start, fact.evidence.end
    return start < row.end and end > row.start and start >= row.start - _REACH and end <= row.end + _REACH


def level_of(row: GoldRow, fact: Fact) -> int:
    """Say up to which level a fact is right: 0 for none."""
    if not _same_value(row, fact):
        return 0
    if not _same_meaning(row, fact):
        return 1
    return 3 if _same_link(row, fact) else 2


def _same_value(row: GoldRow, fact: Fact) -> bool:
    if row.kind != fact.kind or (row.unit or None) != (fact.unit or None):
        return False
    if row.lower is not None or row.upper is not None:
        return (_number(row.lower), _number(row.upper)) == (_number(fact.lower), _number(fact.upper))
    if row.kind == "milestone":
        return row.due == fact.due
    return _number(row.value) == _number(fact.value)


def _number(text: str | None) -> Decimal | str | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return text


def _same_meaning(row: GoldRow, fact: Fact) -> bool:
    per, least, most = set(fact.per), set(row.per_min), set(row.per)
    if row.kind == "money" and not most:
        most = {"person", "year"}
    if not least <= per or (most and not per <= most):
        return False
    if row.role != fact.role and not {row.role, fact.role} <= {"level", "condition"}:
        return False
    return row.operator == fact.operator and row.due in (None, fact.due)


def _same_link(row: GoldRow, fact: Fact) -> bool:
    if row.indicator and row.indicator != fact.indicator:
        return False
    if row.indicator_not and (fact.indicator or "").startswith(row.indicator_not):
        return False
    for field, want in row.scope.items():
        have = getattr(fact.scope, field, None)
        if have is None:
            return False
        want_words, have_words = "".join(str(want).split()), "".join(str(have).split())
        loose = field in {"population", "payer"} and (want_words in have_words or have_words in want_words)
        if not loose and want_words != have_words:
            return False
    return True
