"""Checks of plausibility: rates in 0–100, the catalog's ranges, deadlines after the notice's own date.

Most figures pass. One check a notice lists them all; one that doesn't pass has a check of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.check.judge import figure_of, judge_range
from extractor.dataset.canonical import decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.check.rows import Identity
    from extractor.check.words import Desk
    from extractor.model import Check, Fact

_LEVELS = {"level", "previous", "condition"}


def check_bounds(row: Identity, facts: Mapping[str, Sequence[Fact]], desk: Desk) -> Iterator[Check]:
    """Check every figure that the row is about; ``facts`` are those of each notice."""
    judge = {"rate": _rates, "plausible": _plausible, "due": _dues}[row.of or "rate"]
    for notice_id, found in facts.items():
        yield from judge(row, notice_id, found, desk)


def _rates(row: Identity, notice_id: str, facts: Sequence[Fact], desk: Desk) -> Iterator[Check]:
    lower, upper = Decimal(row.lower or 0), Decimal(row.upper or 0)
    passed = []
    for fact in facts:
        value = figure_of(fact)
        if fact.kind != "rate" or fact.unit not in row.units or value is None:
            continue
        status = judge_range(value, lower, upper, row if fact.indicator else replace(row, violation="warn"))
        if status == "pass":
            passed.append(fact)
        else:
            words = {"name": desk.name(fact), "value": desk.said([fact]), "lower": str(lower), "upper": str(upper)}
            bound = upper if value.value > lower else lower
            yield desk.check(row, status, [[fact]], words=words, numbers=(bound, value.value))
    yield from _all(row, notice_id, passed, {"lower": str(lower), "upper": str(upper)}, desk)


def _plausible(row: Identity, notice_id: str, facts: Sequence[Fact], desk: Desk) -> Iterator[Check]:
    passed, other = [], []
    for fact in facts:
        known, value = desk.identities.indicators.get(fact.indicator or ""), figure_of(fact)
        if known is None or known.plausible is None or value is None or fact.role not in _LEVELS:
            continue
        if fact.unit != known.unit and known.unit:
            other.append(fact)
            continue
        lower, upper = known.plausible
        status = judge_range(value, lower, upper, row)
        if status == "pass":
            passed.append(fact)
            continue
        ends = {"lower": decimal_text(lower), "upper": decimal_text(upper)}
        words = {"name": desk.name(fact), "value": desk.said([fact]), **ends}
        numbers = (upper if value.value > lower else lower, value.value)
        yield desk.check(row, status, [[fact]], words=words, numbers=numbers)
    yield from _all(row, notice_id, passed, {}, desk)
    if other:
        units = "、".join(dict.fromkeys(desk.amount(fact) for fact in other))
        words = {"notice": notice_id, "count": str(len(other)), "units": units}
        yield desk.not_made(row, "unit", [[fact] for fact in other], words=words)


def _dues(row: Identity, notice_id: str, facts: Sequence[Fact], desk: Desk) -> Iterator[Check]:
    notice, dated = desk.notices[notice_id], [fact for fact in facts if fact.due]
    day = notice.issued_on or notice.published_on
    if not dated:
        return
    if day is None:
        words = {"notice": notice_id, "count": str(len(dated))}
        yield desk.not_made(row, "no_date", [[fact] for fact in dated], words=words)
        return
    late = [fact for fact in dated if (fact.due or "") >= day]
    for fact in dated:
        if fact not in late:
            words = {"notice": notice_id, "name": desk.name(fact), "value": desk.said([fact]), "due": fact.due or ""}
            words["lower"] = day
            yield desk.check(row, row.violation, [[fact]], words=words, numbers=(day, fact.due))
    yield from _all(row, notice_id, late, {"lower": day}, desk)


def _all(row: Identity, notice_id: str, facts: Sequence[Fact], words: dict[str, str], desk: Desk) -> Iterator[Check]:
    """Say of all figures that passed that they did."""
    if facts:
        words = {**words, "notice": notice_id, "count": str(len(facts))}
        yield desk.check(row, "pass", [list(facts)], words=words, key=notice_id)
