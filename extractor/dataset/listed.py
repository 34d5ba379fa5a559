"""Figures of one indicator that a sentence lists and nothing tells apart: 缴费设300元、400元、500元三个档次.

All of them hold, so they contradict nothing; but none is the figure of its year. They stay facts with their indicator, and are
in no series. A person looks once at such a list, for the words that tell its figures apart may have been missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.dataset.points import figure
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Fact
    from extractor.resources import Resources


class GapRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of ``gap`` of `lists.toml`: what stands between two figures of one list."""

    id: str
    joins: tuple[str, ...]
    after: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Match the whole of what may stand between."""
        after, joins = ("|".join(map(re.escape, words)) for words in (self.after, self.joins))
        return re.compile(rf"\s?(?:{after})?\s?(?:{joins})\s?")


class HopedRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of `hoped.toml`: the words between a target and what is hoped for beyond it."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Match the whole of what may stand between."""
        return re.compile(rf"\s?[，、,；]?\s?(?:{'|'.join(map(re.escape, self.words))})\s?")


def load_hoped_gap(resources: Resources) -> re.Pattern[str]:
    """Load what stands between a target and what is hoped for; for `Resources.built`."""
    (row,) = read_rows(resources.root / "hoped.toml", "hoped", HopedRow)
    return row.pattern


def hoped_for(facts: Iterable[Fact], resources: Resources) -> frozenset[str]:
    """Name the facts that say what is hoped for beyond a target told right before: 增长6.5%左右，力争|7%|."""
    gap, found = resources.built(load_hoped_gap), set[str]()
    last: Fact | None = None
    for fact in facts:
        if fact.indicator is None:
            continue
        if last is not None and last.role == fact.role and _goes_on(last, fact, gap):
            found.add(fact.fact_id)
        last = fact
    return frozenset(found)


def load_list_gap(resources: Resources) -> re.Pattern[str]:
    """Load what stands between two figures of one list; for `Resources.built`."""
    (row,) = read_rows(resources.root / "lists.toml", "gap", GapRow)
    return row.pattern


def plain_lists(facts: Iterable[Fact], resources: Resources) -> list[tuple[Fact, ...]]:
    """Find the lists of levels that differ in their figures alone, in the order of the facts."""
    gap = resources.built(load_list_gap)
    lists: list[list[Fact]] = []
    for fact in facts:
        if fact.indicator is None or fact.role != "level":
            continue
        if lists and _goes_on(lists[-1][-1], fact, gap):
            lists[-1].append(fact)
        else:
            lists.append([fact])
    return [tuple(one) for one in lists if len({figure(fact) for fact in one}) > 1]


def _goes_on(last: Fact, fact: Fact, gap: re.Pattern[str]) -> bool:
    """Say whether a figure is the next one of a list, and nothing but its amount tells it from the one before."""
    length = fact.evidence.start - last.evidence.end
    if fact.notice_id != last.notice_id or not 0 < length <= len(fact.evidence.prefix):
        return False
    alike = all(getattr(fact, name) == getattr(last, name) for name in _TELLING)
    return alike and gap.fullmatch(fact.evidence.prefix[-length:]) is not None


_TELLING = ("indicator", "kind", "unit", "subject", "scope", "due", "applies_to", "valid_from", "valid_to")
