"""Series of figures that the catalog has no indicator for: what a notice calls by one name in one year and the next.

Nonsense is worse than nothing here, so only a subject that is a name of something measured counts (`data/series.toml`), and
only where it names one figure of its notice. The key is that name with its programme, kind, role, region, scope, unit and
per; increases and decreases are series of their own, for there is no level that they could be steps of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from extractor.dataset.points import RankedFact, by_year, figure, named_points
from extractor.dataset.times import is_for
from extractor.model import Kind, Role
from extractor.resources import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Fact, Point
    from extractor.resources import Resources

SERIES = "series.toml"
# A name that a suffix leaves shorter than this keeps it: 收费标准 is no 收费.
_LEFT = 4
# “三公”经费预算: quoted or not, it is one name.
_UNQUOTED = str.maketrans("", "", '“”"‘’「」')
# 县(市、区)比例 was put together of two names; PM2.5, DRG and 新生儿 are one.
_IS_A_NAME = re.compile(r"[\w./%-]{2,40}")


class NameRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``name`` in `series.toml`."""

    id: str
    kinds: tuple[Kind, ...]
    ends: tuple[str, ...]
    without: tuple[str, ...]
    not_ends: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    group_units: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    shortest: int = 2
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()

    def takes(self, fact: Fact) -> bool:
        """Return True if a row speaks of figures like this one."""
        fitting = fact.kind in self.kinds and fact.unit not in self.not_units
        return fitting and (not self.roles or fact.role in self.roles)

    def fits(self, name: str) -> bool:
        """Return True if a name is one of something measured, as the row wants it."""
        if len(name) < self.shortest or name in self.without or name.endswith(self.not_ends):
            return False
        return not self.ends or (name.endswith(self.ends) and name not in self.ends)


class TrimRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of ``trim``."""

    id: str
    use: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


class Names(NamedTuple):
    """How what is measured is named."""

    rows: tuple[NameRow, ...]
    trim: TrimRow

    def of(self, fact: Fact, words: str | None) -> str | None:
        """Give the name that a fact's figures are followed by over the years; None where its subject is none."""
        words = words.translate(_UNQUOTED) if words else ""
        if not _IS_A_NAME.fullmatch(words):
            return None
        counted = words == fact.scope.population and any(fact.unit in row.group_units for row in self.rows)
        if fact.kind == "count" and not counted and words in f"{fact.scope.population} {fact.scope.provider}":
            return None  # 军队退役士兵 (14类): for whom it is, not what is measured
        if not any(row.takes(fact) and row.fits(words) for row in self.rows):
            return None
        return self.trimmed(words)

    def trimmed(self, name: str) -> str:
        """Drop what tells no two names apart."""
        for prefix in self.trim.prefixes:
            name = name.removeprefix(prefix) if len(name) >= len(prefix) + _LEFT else name
        for suffix in self.trim.suffixes:
            name = name.removesuffix(suffix) if len(name) >= len(suffix) + _LEFT else name
        return name


def load_names(resources: Resources) -> Names:
    """Read `series.toml`; for `Resources.built`."""
    tables = read_tables(resources.root / SERIES, {"name": NameRow, "trim": TrimRow})
    return Names(tuple(tables["name"]), tables["trim"][0])


def may_be_named(fact: Fact) -> bool:
    """Say whether a fact may be followed by its name: no indicator and none in question, a level or a change."""
    return fact.indicator is None and not fact.candidates and fact.role in {"level", "increase", "decrease"}


def points_of_name(sources: Iterable[RankedFact]) -> list[Point]:
    """Make the points of a name of figures of their own year: none where one notice has several figures of it."""
    years = by_year(source for source in sources if is_for(source.fact, source.year) == "own")
    return [point for year in years if _is_a_name(years[year]) for point in named_points(year, years[year])]


def _is_a_name(sources: list[RankedFact]) -> bool:
    """Say whether a name stands for one figure in each document, or for one at each deadline."""
    figures: dict[tuple[str, str | None], set[object]] = {}
    for source in sources:
        said = (figure(source.fact), source.fact.operator)
        figures.setdefault((source.document, source.fact.due), set()).add(said)
    return all(len(said) == 1 for said in figures.values())
