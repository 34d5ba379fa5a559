"""What figures are per though notices leave it out: 财政补助标准 is per person and year, said or not.

So is for whom: 新生儿 of 新生儿参保期限 names nobody in particular (an indicator's ``implied_population``).
A row of `units.toml` says what goes without saying everywhere (``implied``), an indicator's ``implied_per`` what does of its
figures; what is implied tells no two figures apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.resources import indicator_rows, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.resources import Resources


class ImpliedPer:
    """The per-words that go without saying, of each indicator."""

    def __init__(self, order: tuple[str, ...], everywhere: frozenset[str], own: dict[str, frozenset[str]]) -> None:
        """Keep the order of per-words, those of all figures and those of single indicators."""
        self._order, self._everywhere, self._own = order, everywhere, own

    def of(self, indicator: str | None) -> frozenset[str]:
        """Name what the figures of an indicator are per without saying so."""
        return self._own.get(indicator or "", self._everywhere)

    def drop(self, per: Iterable[str], indicator: str | None) -> tuple[str, ...]:
        """Leave what tells figures of an indicator apart."""
        return tuple(word for word in per if word not in self.of(indicator))

    def in_order(self, pers: set[str]) -> tuple[str, ...]:
        """Write per-words in the order of `units.toml`."""
        return tuple(
            sorted(pers, key=lambda word: (self._order.index(word) if word in self._order else len(self._order), word))
        )


def implied_per(resources: Resources) -> ImpliedPer:
    """Read the rows; for `Resources.built`."""
    pers = read_toml(resources.root / "units.toml").get("per", ())
    rows = resources.built(indicator_rows)
    own = {row["id"]: frozenset(row["implied_per"]) for row in rows if "implied_per" in row}
    order = tuple(row["id"] for row in pers)
    return ImpliedPer(order, frozenset(row["id"] for row in pers if row.get("implied")), own)


def implied_populations(resources: Resources) -> dict[str, frozenset[str]]:
    """Map indicators to the words for those whom all their figures are for; for `Resources.built`."""
    rows = resources.built(indicator_rows)
    return {row["id"]: frozenset(row["implied_population"]) for row in rows if "implied_population" in row}
