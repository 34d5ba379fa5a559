"""One annotated figure against one fact.

A row is judged at three levels, each including the one before: ``value`` (kind, value, unit), ``meaning`` (+ operator,
role, per, due) and ``linked`` (+ indicator, area, population, payer). Beside ``linked``, ``named`` is ``meaning`` + what is
measured, for whom, by whom, where and when; it is judged of the rows that have a `subject`.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

if TYPE_CHECKING:
    from extractor.model import Fact

LEVELS = ("value", "meaning", "linked")
NAMED = "named"
# A fact that reaches further than this beyond the annotated words is about something else.
_REACH = 16
_QUOTATION_MARKS = dict.fromkeys(map(ord, '“”"'))


class GoldRow(msgspec.Struct, frozen=True):
    """One annotated figure; the fields mean what they mean in the dataset.

    `subject`, `payer_in`, `provider_in` and `population_in` list what is right, None for nothing said; these, `places`,
    `applies_to` and `compared_to` are judged where the row has them, null too.
    """

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
    subject: tuple[str | None, ...] | UnsetType = UNSET
    payer_in: tuple[str | None, ...] | UnsetType = UNSET
    provider_in: tuple[str | None, ...] | UnsetType = UNSET
    population_in: tuple[str | None, ...] | UnsetType = UNSET
    places: tuple[str, ...] | UnsetType = UNSET
    applies_to: str | UnsetType | None = UNSET
    compared_to: str | UnsetType | None = UNSET


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


def wrong_names(row: GoldRow, fact: Fact) -> dict[str, tuple[tuple[str | None, ...], str | None]]:
    """Return what a fact says wrongly of what is measured, for whom, by whom, where and when.

    Field of the fact → what is right there, what it says; only fields that the row judges.
    """
    scope = fact.scope
    judged: dict[str, tuple[tuple[str | None, ...] | UnsetType, str | None]] = {
        "subject": (row.subject, fact.subject),
        "scope.population": (row.population_in, scope.population),
        "scope.payer": (row.payer_in, scope.payer),
        "scope.provider": (row.provider_in, scope.provider),
        "scope.places": (UNSET if row.places is UNSET else (_joined(row.places),), _joined(scope.places)),
        "applies_to": (UNSET if row.applies_to is UNSET else (row.applies_to,), fact.applies_to),
        "compared_to": (UNSET if row.compared_to is UNSET else (row.compared_to,), fact.compared_to),
    }
    return {
        field: (right, said)
        for field, (right, said) in judged.items()
        if not isinstance(right, UnsetType) and _bare(said) not in set(map(_bare, right))
    }


def _joined(places: tuple[str, ...]) -> str | None:
    """Return places as one string, whatever their order; None for none."""
    return "、".join(sorted(filter(None, map(_bare, places)))) or None


def _bare(words: str | None) -> str | None:
    """Return words without spaces and quotation marks, which differ between copies of a text; None for none."""
    return "".join(words.split()).translate(_QUOTATION_MARKS) if words else None


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
