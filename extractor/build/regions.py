"""Makes what a dataset says of its regions, one after the other: series, comparisons and checks.

A region's series and comparisons rest on the facts that are of this region, whichever notices state them; its notices are
checked by these, and against the notices that they name: the province's, the nation's, or any other. So never more is in
memory than a region's notices and those, beside what is to be remembered of notices that others name.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from extractor.dataset.check.agreement import Links, entries_by_notice
from extractor.dataset.check.judge import make_context
from extractor.dataset.check.run import in_order, notice_checks, series_checks, sums_made
from extractor.dataset.compare import compare_consecutive
from extractor.dataset.figures import Figures, code_of
from extractor.dataset.headlines import NATION
from extractor.dataset.series import build_series, sources_by_series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from extractor.build.readings import Corpus
    from extractor.dataset.check.agreement import Entry
    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Comparison, Fact, NoticeRecord, NoticeResult, Series
    from extractor.resources import Resources


class RegionPart(NamedTuple):
    """What a region gives: its series and checks in their order, and the comparisons of its years.

    ``facts`` and ``notices`` are those that they rest on.
    """

    series: tuple[Series, ...]
    checks: tuple[Check, ...]
    comparisons: tuple[Comparison, ...]
    facts: tuple[Fact, ...]
    notices: tuple[NoticeRecord, ...]


class _Facts(NamedTuple):
    """Notices with facts of a region, and these facts by the series that they are in."""

    results: list[NoticeResult]
    facts: tuple[Fact, ...]
    sources: dict[Key, list[RankedFact]]


class _Told(NamedTuple):
    """What is remembered of a notice that others name, or that has facts of several regions, of one of these."""

    entries: list[tuple[tuple[int, int], Entry]]
    sums: list[frozenset[str]]


class Regions:
    """The regions of a corpus."""

    def __init__(self, found: Corpus, whole: Callable[[int], NoticeResult], resources: Resources) -> None:
        """Take the records of all notices; ``whole`` gives the one with a number, facts sorted by their places."""
        self._whole, self._resources = whole, resources
        self._notices = tuple(read.result.notice for read in found.read)
        self._numbers = {notice.notice_id: number for number, notice in enumerate(self._notices)}
        self._regions = [found.regions[notice.source.path] for notice in self._notices]
        self._members: dict[str | None, list[int]] = {}
        for number, regions in enumerate(self._regions):
            for region in regions:
                self._members.setdefault(region, []).append(number)
        self._told: dict[tuple[int, str | None], _Told] = {}

    def __iter__(self) -> Iterator[str | None]:
        """Go through their codes, in the order of comparisons."""
        return iter(sorted(self._members, key=lambda code: code or ""))

    @cached_property
    def _links(self) -> Links:
        return Links(make_context(self._resources, self._notices))

    @cached_property
    def _named(self) -> dict[int, list[int]]:
        """List the notices that each is checked against."""
        named = (self._links.all_named(notice) for notice in self._notices)
        found = {number: [self._numbers[one.notice_id] for one in others] for number, others in enumerate(named)}
        return {number: others for number, others in found.items() if others}

    @cached_property
    def _remembered(self) -> set[int]:
        """Notices whose figures another region's checks may ask for."""
        several = {number for number, regions in enumerate(self._regions) if len(regions) > 1}
        return several | {number for others in self._named.values() for number in others}

    def digest(self, region: str | None, digests: Sequence[str]) -> str:
        """Take a digest of all that a region rests on; ``digests`` are those of the notices."""
        own = self.own(region)
        near = {
            code for number in own for other in (number, *self._named.get(number, ())) for code in self._regions[other]
        }
        involved = self.members({region, *near})
        codes = sorted({code for number in involved for code in self._regions[number] if code})
        said = [(code, self._links.context.region(code)) for code in codes]
        rests = [(digests[number], self._regions[number]) for number in involved]
        return hashlib.sha256(msgspec.msgpack.encode([region, rests, said])).hexdigest()

    def own(self, region: str | None) -> list[int]:
        """List the numbers of a region's own notices."""
        return [number for number in self._members[region] if self._regions[number][0] == region]

    def around(self, numbers: Iterable[int]) -> list[str | None]:
        """List the regions of notices, of those that they name, and the nation, in the order of all."""
        named = {other for number in numbers for other in (number, *self._named.get(number, ()))}
        wanted = {region for number in named for region in self._regions[number]} | {NATION}
        return [region for region in self if region in wanted]

    def members(self, regions: Iterable[str | None]) -> list[int]:
        """List the notices with facts of some regions, each once, in the order of all."""
        return sorted({number for region in regions for number in self._members[region]})

    def make(self, region: str | None) -> RegionPart:
        """Make what a region gives."""
        found, own = self._facts(region), self.own(region)
        notices = [result.notice for result in found.results]
        made = build_series(found.facts, notices, self._resources, found.sources)
        series = tuple(one for one in made if one.region == region)
        comparisons = compare_consecutive(Figures(found.facts, series, notices, self._resources), {region})
        checks = series_checks(found.sources, self._links.context)
        self._remember(region, found, checks)
        named = sorted({other for number in own for other in self._named.get(number, ())})
        entries, sums = self._told_by([*own, *named])
        facts = {result.notice.notice_id: result.facts for result in found.results}
        ids = [self._notices[number].notice_id for number in own]
        known = {**entries_by_notice(found.sources), **entries}
        checks += notice_checks(ids, facts, [*sums_made(checks), *sums], known, self._links)
        told = {entry.fact.fact_id: entry.fact for one in entries.values() for entry in one}
        rest = {fact.fact_id for fact in found.facts}
        others = tuple(_alone(fact) for name, fact in told.items() if name not in rest)
        # Of what only others name not all facts are at hand.
        records = {self._notices[number].notice_id: replace(self._notices[number], copies=()) for number in named}
        records |= {notice.notice_id: notice for notice in notices}
        return RegionPart(series, in_order(checks), comparisons, found.facts + others, tuple(records.values()))

    def _told_by(self, numbers: Iterable[int]) -> tuple[dict[str, list[Entry]], list[frozenset[str]]]:
        """Give the figures of those notices that have to be asked for in other regions, too, and the sums that these are in."""
        entries: dict[str, list[Entry]] = {}
        sums: list[frozenset[str]] = []
        for number in self._remembered.intersection(numbers):
            told = [self._tell(number, region) for region in self._regions[number]]
            placed = [one for each in told for one in each.entries]
            if len(told) > 1:
                placed.sort(key=lambda one: one[0])
            entries[self._notices[number].notice_id] = [entry for _, entry in placed]
            sums += [one for each in told for one in each.sums]
        return entries, sums

    def _facts(self, region: str | None) -> _Facts:
        results = [self._whole(number) for number in self._members[region]]
        facts = tuple(fact for result in results for fact in result.facts)
        sources = sources_by_series(facts, [result.notice for result in results], self._resources)
        return _Facts(results, facts, {key: group for key, group in sources.items() if key.region == region})

    def _tell(self, number: int, region: str | None) -> _Told:
        """Say what a notice tells of a region, which is looked at now where it wasn't before."""
        if (number, region) not in self._told:
            found = self._facts(region)
            self._remember(region, found, series_checks(found.sources, self._links.context))
        return self._told[number, region]

    def _remember(self, region: str | None, found: _Facts, checks: Iterable[Check]) -> None:
        wanted = [number for number in self._members[region] if number in self._remembered]
        if not wanted:
            return
        numbers = {self._notices[number].notice_id: number for number in wanted}
        # Of one notice's figures those come first whose series began first.
        begun = {key: self._begun(group[0]) for key, group in found.sources.items()}
        told: dict[int, _Told] = {number: _Told([], []) for number in wanted}
        for key, group in found.sources.items():
            for name, own in entries_by_notice({key: group}).items():
                if name in numbers:
                    told[numbers[name]].entries.extend((begun[key], entry) for entry in own)
        of_fact = {fact.fact_id: fact.notice_id for fact in found.facts}
        for one in sums_made(checks):
            for name in {of_fact[fact_id] for fact_id in one} & numbers.keys():
                told[numbers[name]].sums.append(one)
        self._told |= {(number, region): one for number, one in told.items()}

    def _begun(self, source: RankedFact) -> tuple[int, int]:
        return self._numbers[source.fact.notice_id], source.fact.evidence.start


def _alone(fact: Fact) -> Fact:
    """Give a fact without the facts that its condition rests on."""
    return replace(fact, scope=replace(fact.scope, condition_facts=()))


def regions_of(result: NoticeResult) -> tuple[str | None, ...]:
    """List the regions that a notice's figures are of, its own first."""
    named = sorted({fact.scope.region for fact in result.facts if fact.scope.region})
    return tuple(dict.fromkeys([code_of(result.notice), *named]))
