"""Checks of figures that stand in a known proportion: 缴费基数上限 is three times 全口径平均工资.

Both figures must stand in one notice; which year's wage another notice's bases rest on, nobody knows from the figures.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.check.arithmetic import year_of
from extractor.dataset.check.judge import figure_of, judge_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.dataset.check.identities import Identity
    from extractor.dataset.check.judge import CheckContext
    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Fact, SeriesScope

_MONTHS = Decimal(12)


class _Entry(NamedTuple):
    scope: SeriesScope
    source: RankedFact

    @property
    def frame(self) -> tuple[object, ...]:
        """Where the figure holds: 一类地区, 市区."""
        return (self.scope.area, self.scope.places, self.scope.condition)


def check_ratios(row: Identity, series: Mapping[Key, Sequence[RankedFact]], context: CheckContext) -> Iterator[Check]:
    """Check each figure against those that its notice gives for what it is measured by; no check where it gives none."""
    signs = {part.indicator: part.sign for part in row.parts}
    found: dict[tuple[str, int, str], dict[str, list[_Entry]]] = {}
    for key, sources in series.items():
        for source in sources if key.indicator in signs else ():
            if source.fact.role == "level":
                place = found.setdefault((source.region or "", year_of(source), source.document), {})
                place.setdefault(signs[key.indicator], []).append(_Entry(key.scope, source))
    for (region, year, _), entries in sorted(found.items(), key=lambda item: item[0]):
        words = {"region": context.region(region), "year": str(year)}
        for result in sorted(entries.get("=", ()), key=lambda entry: entry.source.rank):
            yield from _ratio(row, result, entries.get("/", ()), words, context)


def _ratio(
    row: Identity, result: _Entry, bases: Sequence[_Entry], words: dict[str, str], context: CheckContext
) -> Iterator[Check]:
    alike = [entry for entry in bases if entry.frame == result.frame]
    alike = alike or [entry for entry in bases if not any(entry.frame)]
    values = {entry: _values(entry.source.fact) for entry in alike}
    have, known = _values(result.source.fact), [value for found in values.values() for value in found]
    if not have or not known:
        return
    status, times = judge_ratio(have, known, row)
    facts = [result.source.fact, *(entry.source.fact for entry in values if values[entry])]
    said = {
        **words,
        "result": context.beside(context.name(facts[0]), facts[:1]),
        "base": context.listed(dict.fromkeys(context.beside(context.name(fact), [fact]) for fact in facts[1:])),
        "times": f"{times:f}", "lower": row.lower or "", "upper": row.upper or "",
    }  # fmt: skip
    yield context.check(row, status, [[fact] for fact in facts], words=said)


def _values(fact: Fact) -> list[Decimal]:
    """Return what a figure may be by the month, or the hour: the twelfth of a year's, both where it doesn't say."""
    found = figure_of(fact)
    if found is None or found.operator not in {"eq", "ge"}:
        return []
    if "year" in fact.per and "month" not in fact.per:
        return [found.value / _MONTHS]
    return [found.value] if {"month", "hour"} & {*fact.per} else [found.value, found.value / _MONTHS]
