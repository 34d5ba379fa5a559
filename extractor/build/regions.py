"""Which notices each region of a corpus rests on: those with facts of it, those that its own name, and what others tell of these."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from extractor.build.region_part import AskedNotice, GivenNotice, GivenRecord, RegionGiven
from extractor.dataset.check.agreement import Links
from extractor.dataset.check.judge import make_context
from extractor.dataset.figures import code_of
from extractor.dataset.headlines import NATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from extractor.build.packed import PackedRead
    from extractor.build.readings import Corpus
    from extractor.model import NoticeResult
    from extractor.resources import Resources


class Regions:
    """The regions of a corpus; what they rest on may be given to another process."""

    def __init__(self, found: Corpus, packed: Callable[[int], PackedRead], resources: Resources) -> None:
        """Take the records of all notices; ``packed`` gives the one with a number whole."""
        self._packed, self._resources = packed, resources
        self._notices = tuple(read.result.notice for read in found.read)
        self._numbers = {notice.notice_id: number for number, notice in enumerate(self._notices)}
        self._regions = [found.regions[notice.source.path] for notice in self._notices]
        self._members: dict[str | None, list[int]] = {}
        for number, regions in enumerate(self._regions):
            for region in regions:
                self._members.setdefault(region, []).append(number)

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
        involved = self._involved(region)
        names = sorted(self._names(involved).items())
        rests = [(digests[number], self._regions[number]) for number in involved]
        return hashlib.sha256(msgspec.msgpack.encode([region, rests, names])).hexdigest()

    def _involved(self, region: str | None) -> list[int]:
        near = {code for number in self._near(region) for code in self._regions[number]}
        return self.members({region, *near})

    def _near(self, region: str | None) -> list[int]:
        """List a region's own notices, and those that they name."""
        return sorted({near for number in self.own(region) for near in (number, *self._named.get(number, ()))})

    def _names(self, numbers: Iterable[int]) -> dict[str, str]:
        """Name the regions that notices have facts of."""
        codes = sorted({code for number in numbers for code in self._regions[number] if code})
        return {code: self._links.context.region(code) for code in codes}

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

    def asked_by(self, regions: Iterable[str | None]) -> dict[str | None, set[int]]:
        """List, by region, the notices that it has to tell of for others to be made."""
        asked: dict[str | None, set[int]] = {}
        for region in regions:
            for number in self._remembered.intersection(self._near(region)):
                for other in self._regions[number]:
                    if other != region:
                        asked.setdefault(other, set()).add(number)
        return asked

    def given(self, region: str | None, told: Callable[[int, str | None], bytes]) -> RegionGiven:
        """Give all that a region rests on; ``told`` is what another one tells of a notice that `asked_by` lists."""
        near, members = self._near(region), set(self._members[region])
        return RegionGiven(
            region,
            self._names(self._involved(region)),
            self.own(region),
            self._handed(region),
            # Of what only others name not all facts are at hand.
            [GivenRecord(one, replace(self._notices[one], copies=())) for one in near if one not in members],
            [
                AskedNotice(one, [None if other == region else told(one, other) for other in self._regions[one]])
                for one in near
                if one in self._remembered
            ],
        )

    def given_to_tell(self, region: str | None) -> RegionGiven:
        """Give what a region rests on where it is to tell of its notices, and no more is made."""
        return RegionGiven(region, self._names(self._members[region]), [], self._handed(region), [], [])

    def _handed(self, region: str | None) -> list[GivenNotice]:
        return [GivenNotice(number, self._packed(number)) for number in self._members[region]]


def regions_of(result: NoticeResult) -> tuple[str | None, ...]:
    """List the regions that a notice's figures are of, its own first."""
    named = sorted({fact.scope.region for fact in result.facts if fact.scope.region})
    return tuple(dict.fromkeys([code_of(result.notice), *named]))
