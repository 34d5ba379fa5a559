"""How often readings like a fact's were wrong on the annotated notices: what a review looks at first.

``risks.toml`` counts, by the pattern that found a figure and by how it was linked, the figures read of the annotated notices
and those of them that were wrong in value, meaning, indicator or name. Few figures say little: a count is drawn towards that
of its construct, and that towards that of all.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from extractor.model import Fact
    from extractor.resources import Resources

FILE = "risks.toml"
TABLE = "risk"

# As many figures of the wider group weigh with those of the narrower one. Between 3 and 10 the calibration that
# `extractor evaluate` shows of the held-out notices stays as it is; re-run it with another number.
_WEIGHT = 5
# Code points between the words that name a figure and the figure: in its own clause, in its sentence, farther away.
_NEAR, _FAR = 24, 120


class RiskRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures that a pattern found and that were linked in one way, and how many of them were wrong."""

    id: str
    figures: int
    wrong: int


class Construct(NamedTuple):
    """How a figure was read: whether it has an indicator, where the words stand that name it, how much limits its scope."""

    link: str
    words: str
    scope: str

    def __str__(self) -> str:
        """Write it as a part of a row's id."""
        return "/".join(self)


def construct_of(fact: Fact) -> Construct:
    """Say how a fact was read."""
    link = "linked" if fact.indicator else "several" if fact.candidates else "unlinked"
    scope = fact.scope
    parts = (scope.area, scope.places, scope.population, scope.provider, scope.condition)
    return Construct(link, _distance(fact), ("general", "one", "several")[min(2, sum(map(bool, parts)))])


def _distance(fact: Fact) -> str:
    """Say how far the nearest of the words that name a figure stand from it."""
    named = [item for item in fact.support if item.for_ in {"subject", "indicator"}]
    gaps = [max(fact.evidence.start - item.end, item.start - fact.evidence.end, 0) for item in named]
    if not gaps:
        return "unnamed"
    return "near" if min(gaps) <= _NEAR else "far" if min(gaps) <= _FAR else "elsewhere"


def row_id(fact: Fact) -> str:
    """Give the id of the row that counts facts like this one."""
    return f"{fact.rule}/{construct_of(fact)}"


class Risks:
    """The measured shares of wrong readings."""

    def __init__(self, rows: Iterable[RiskRow]) -> None:
        """Add the rows up by construct and in all."""
        self._rows = {row.id: (row.wrong, row.figures) for row in rows}

    @cached_property
    def _constructs(self) -> dict[str, tuple[int, int]]:
        wrong: Counter[str] = Counter()
        figures: Counter[str] = Counter()
        for name, (bad, count) in self._rows.items():
            construct = name.partition("/")[2]
            wrong[construct] += bad
            figures[construct] += count
        return {name: (wrong[name], figures[name]) for name in figures}

    @cached_property
    def _all(self) -> Fraction:
        wrong, figures = (sum(pair[at] for pair in self._rows.values()) for at in (0, 1))
        return Fraction(wrong + 1, figures + 2)

    def of(self, fact: Fact) -> Fraction:
        """Return the share, from 0 to 1, of readings like this one that were wrong; of what was never met, that of all."""
        name = row_id(fact)
        construct = _drawn(self._constructs.get(name.partition("/")[2], (0, 0)), self._all)
        return _drawn(self._rows.get(name, (0, 0)), construct)


def _drawn(counts: tuple[int, int], towards: Fraction) -> Fraction:
    wrong, figures = counts
    return (wrong + _WEIGHT * towards) / (figures + _WEIGHT)


def load_risks(resources: Resources) -> Risks:
    """Load the measured risks; for `Resources.built`. Without the file every reading is as doubtful as any."""
    path = resources.root / FILE
    return Risks(read_rows(path, TABLE, RiskRow) if path.exists() else ())


def risk_rows(verdicts: Iterable[tuple[Fact, bool]]) -> list[RiskRow]:
    """Count verdicts (a fact, and whether its reading is wrong) as rows, by id."""
    figures: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for fact, bad in verdicts:
        figures[row_id(fact)] += 1
        wrong[row_id(fact)] += bad
    return [RiskRow(name, figures[name], wrong[name]) for name in sorted(figures)]


def save_risks(rows: Iterable[RiskRow], path: Path, head: str) -> None:
    """Write rows as TOML, below a comment that says where they come from."""
    parts = [f'[[{TABLE}]]\nid = "{row.id}"\nfigures = {row.figures}\nwrong = {row.wrong}\n' for row in rows]
    path.write_text(f"{head}\n" + "\n".join(parts), "utf-8")
