"""By how much a figure moved: as texts say it (新增30元), else as the levels of two years have it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.canonical import decimal_text
from extractor.dataset.implied import implied_populations
from extractor.dataset.scope_words import load_scope_words
from extractor.dataset.series import series_scope
from extractor.dataset.served import STEPS
from extractor.dataset.times import is_for, year_of
from extractor.errors import ReadingError
from extractor.query.claims import StatedFigure
from extractor.verify.figures import of_value, quotes_of, statement_of_fact
from extractor.verify.weigh import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.model import Fact, SeriesScope
    from extractor.query.lookup import Lookup
    from extractor.query.value import FigureValue


class StatedStep(NamedTuple):
    """By how much a figure moved. ``exact``: the levels are numbers, no bounds; ``stated`` is what says so."""

    role: str
    moved: Statement
    unit: str | None
    per: tuple[str, ...]
    exact: bool
    stated: tuple[StatedFigure, ...]


def stated_steps(lookup: Lookup, claimed: Fact, region: str, year: int, base: int) -> list[StatedStep]:
    """List by how much texts say that a figure moved from a year to another; several where they disagree."""
    found: dict[tuple[object, ...], list[Fact]] = {}
    wanted = told_apart(claimed, lookup)
    for fact in lookup.dataset.facts:
        named = fact.indicator == claimed.indicator and fact.role in STEPS
        if named and _is_of(fact, lookup, region, year, base) and told_apart(fact, lookup) == wanted:
            key = (fact.role, fact.operator, fact.value, fact.lower, fact.upper, fact.unit)
            found.setdefault(key, []).append(fact)
    return [_of_facts(facts, lookup, region, year) for facts in found.values()]


def _is_of(fact: Fact, lookup: Lookup, region: str, year: int, base: int) -> bool:
    notice = lookup.notices[fact.notice_id]
    own = fact.scope.region or (notice.region.code if notice.region else None)
    then = fact.compared_to in {None, str(base)} and (fact.compared_to is not None or base == year - 1)
    return own == region and year_of(notice) == year and is_for(fact, year) == "own" and then


def told_apart(fact: Fact, lookup: Lookup) -> SeriesScope:
    """Take the words that tell figures apart; 居民 of 居民医保个人缴费 tells none."""
    scope = _scope(fact, lookup)
    everybody = lookup.resources.built(implied_populations).get(fact.indicator or "", frozenset())
    return replace(scope, population=None) if scope.population in everybody else scope


def _scope(fact: Fact, lookup: Lookup) -> SeriesScope:
    return series_scope(fact, lookup.resources.built(load_scope_words))


def _of_facts(facts: Sequence[Fact], lookup: Lookup, region: str, year: int) -> StatedStep:
    first = facts[0]
    figure = StatedFigure(
        indicator=first.indicator or "", series_id=None, region=region, scope=_scope(first, lookup),
        role="increase" if first.role == "increase" else "decrease", year=year, operator=first.operator, value=first.value,
        lower=first.lower, upper=first.upper, unit=first.unit, per=first.per, due=first.due,
        status="corroborated" if len({fact.notice_id for fact in facts}) > 1 else "stated", derivation=None,
        quotes=quotes_of(facts, lookup),
    )  # fmt: skip
    return StatedStep(first.role, statement_of_fact(first), first.unit, first.per, True, (figure,))  # noqa: FBT003 - a field


def step_between(lookup: Lookup, level: Callable[[int], FigureValue], year: int, base: int) -> StatedStep | None:
    """Work out by how much a figure moved from its levels; None where one is missing, or they can't be subtracted."""
    try:
        after, before = level(year), level(base)
    except ReadingError:
        return None
    if after.value is None or before.value is None or after.operator != before.operator or after.unit != before.unit:
        return None
    if after.operator not in {"eq", "ge", "le"} or after.series_id != before.series_id:
        return None
    delta = after.value - before.value
    unit = "pp" if after.unit == "%" else after.unit
    return StatedStep(
        "increase" if delta >= 0 else "decrease",
        Statement("eq", decimal_text(abs(Decimal(delta)))),
        unit,
        after.per,
        after.operator == "eq",
        (of_value(after, lookup), of_value(before, lookup)),
    )
