"""Makes what a dataset says of one region, of the notices that it rests on: series, comparisons and checks.

A region's series and comparisons rest on the facts that are of this region, whichever notices state them; its notices are
checked by these, and against the notices that they name: the province's, the nation's, or any other. Of what those state for
other regions it is told.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.build.packed import PackedRead
from extractor.dataset.check.agreement import Entry, Links, entries_by_notice
from extractor.dataset.check.judge import make_context
from extractor.dataset.check.run import in_order, notice_checks, series_checks, sums_made
from extractor.dataset.compare import compare_consecutive
from extractor.dataset.figures import Figures
from extractor.dataset.series import build_series, sources_by_series
from extractor.model import NoticeRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extractor.dataset.points import RankedFact
    from extractor.model import Check, Comparison, Fact, NoticeResult, Series
    from extractor.resources import Resources


class GivenNotice(Struct, frozen=True, array_like=True):
    """A notice with facts of the region, and its number in the order of all."""

    number: int
    read: PackedRead


class GivenRecord(Struct, frozen=True, array_like=True):
    """The record of a notice without facts of the region that one of its own names, and its number in the order of all."""

    number: int
    record: NoticeRecord


class Told(Struct, frozen=True, array_like=True):
    """What a region's facts tell of a notice: its figures, each with what they are sorted by, and the sums that these are in."""

    entries: list[tuple[tuple[int, int], Entry]]
    sums: list[frozenset[str]]


class AskedNotice(Struct, frozen=True, array_like=True):
    """A notice whose figures have to be asked for in other regions, too: what each tells, written; None is this region itself."""

    number: int
    told: list[bytes | None]


class RegionGiven(Struct, frozen=True, array_like=True):
    """All that a region rests on: ``names`` are those of regions by their codes, ``own`` the numbers of its own notices."""

    region: str | None
    names: dict[str, str]
    own: list[int]
    notices: list[GivenNotice]
    named: list[GivenRecord]
    asked: list[AskedNotice]


class RegionPart(NamedTuple):
    """What a region gives: its series and checks in their order, and the comparisons of its years.

    ``facts`` and ``notices`` are those that they rest on.
    """

    series: tuple[Series, ...]
    checks: tuple[Check, ...]
    comparisons: tuple[Comparison, ...]
    facts: tuple[Fact, ...]
    notices: tuple[NoticeRecord, ...]


class RegionMaker:
    """Makes what a region gives, of its facts."""

    def __init__(self, given: RegionGiven, results: Mapping[int, NoticeResult], resources: Resources) -> None:
        """Take what it rests on; ``results`` are its notices by their numbers, facts sorted by their places."""
        self._given, self._results, self._resources = given, results, resources
        self._facts = tuple(fact for result in results.values() for fact in result.facts)
        self._notices = [result.notice for result in results.values()]
        sources = sources_by_series(self._facts, self._notices, resources)
        self._sources = {key: group for key, group in sources.items() if key.region == given.region}
        self._ids = {result.notice.notice_id: number for number, result in results.items()}

    @cached_property
    def _links(self) -> Links:
        records = [(number, result.notice) for number, result in self._results.items()]
        records += [(one.number, one.record) for one in self._given.named]
        # A name that two notices have is that of the first.
        context = make_context(self._resources, [record for _, record in sorted(records, key=lambda one: one[0])])
        return Links(replace(context, regions=self._given.names))

    @cached_property
    def _checks(self) -> list[Check]:
        return series_checks(self._sources, self._links.context)

    def make(self) -> RegionPart:
        """Make it."""
        given, facts, notices = self._given, self._facts, self._notices
        made = build_series(facts, notices, self._resources, self._sources)
        series = tuple(one for one in made if one.region == given.region)
        figures = Figures(facts, series, notices, self._resources)
        comparisons = compare_consecutive(figures, {given.region})
        entries, sums = self._asked()
        known = {**entries_by_notice(self._sources), **entries}
        covered = [*sums_made(self._checks), *sums]
        own = [self._results[number].notice.notice_id for number in given.own]
        by_notice = {result.notice.notice_id: result.facts for result in self._results.values()}
        checks = in_order([*self._checks, *notice_checks(own, by_notice, covered, known, self._links)])
        rest = {fact.fact_id for fact in facts}
        told = {entry.fact.fact_id: entry.fact for one in entries.values() for entry in one}
        others = tuple(_alone(fact) for name, fact in told.items() if name not in rest)
        records = (*(one.record for one in given.named), *notices)
        return RegionPart(series, checks, comparisons, facts + others, records)

    def _asked(self) -> tuple[dict[str, list[Entry]], list[frozenset[str]]]:
        """Give the figures of those notices that have to be asked for in other regions, too, and the sums that these are in."""
        names = {number: result.notice.notice_id for number, result in self._results.items()}
        names |= {one.number: one.record.notice_id for one in self._given.named}
        here = dict(self.tell({one.number for one in self._given.asked}))
        entries: dict[str, list[Entry]] = {}
        sums: list[frozenset[str]] = []
        for asked in self._given.asked:
            told = [here[asked.number] if one is None else msgspec.msgpack.decode(one, type=Told) for one in asked.told]
            placed = [one for each in told for one in each.entries]
            if len(told) > 1:
                placed.sort(key=lambda one: one[0])
            entries[names[asked.number]] = [entry for _, entry in placed]
            sums += [one for each in told for one in each.sums]
        return entries, sums

    def tell(self, numbers: set[int]) -> Iterator[tuple[int, Told]]:
        """Say what this region's facts tell of some of its notices."""
        wanted = {name: number for name, number in self._ids.items() if number in numbers}
        if not wanted:
            return
        told = {number: Told([], []) for number in wanted.values()}
        for key, group in self._sources.items():
            # Of one notice's figures those come first whose series began first.
            begun = self._begun(group[0])
            for name, found in entries_by_notice({key: group}).items():
                if name in wanted:
                    told[wanted[name]].entries.extend((begun, entry) for entry in found)
        of_fact = {fact.fact_id: fact.notice_id for fact in self._facts}
        for one in sums_made(self._checks):
            for name in {of_fact[fact_id] for fact_id in one} & wanted.keys():
                told[wanted[name]].sums.append(one)
        yield from told.items()

    def _begun(self, source: RankedFact) -> tuple[int, int]:
        return self._ids[source.fact.notice_id], source.fact.evidence.start


def _alone(fact: Fact) -> Fact:
    """Give a fact without the facts that its condition rests on."""
    return replace(fact, scope=replace(fact.scope, condition_facts=()))
