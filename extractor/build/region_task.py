"""Makes the rows of a region, and of its own notices, for the process that builds: whichever process that is done in.

What a region rests on is given as bytes, and its rows are given back as the records that are kept of them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.build.cache.record_store import packed_record
from extractor.build.corpus import Read
from extractor.build.packed import unpacked
from extractor.build.region_part import RegionGiven, RegionMaker
from extractor.dataset import canonical
from extractor.dataset.check.run import place_of
from extractor.dataset.series import place_of_series
from extractor.dataset.store import check_dataset
from extractor.dataset.versions import first_dataset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.build.region_part import GivenNotice, RegionPart
    from extractor.model import NoticeResult
    from extractor.resources import Resources


class NoticeRows(Struct, frozen=True, array_like=True):
    """What a notice's rows are besides its facts, each joined by commas, with the ids of all facts and of what isn't read.

    ``ledger`` and ``text`` are digests of the files that are kept of it; a plain text has none of its own.
    """

    notice: bytes
    unresolved: bytes
    rejected: bytes
    ids: tuple[str, ...]
    unread: tuple[str, ...]
    facts: int
    internal: int
    ledger: str
    text: str | None


class RegionRows(Struct, frozen=True, array_like=True):
    """What a region's rows are: series and checks, each with what it is sorted by, and the years that are compared."""

    series: tuple[tuple[tuple[bool, bytes, str], bytes], ...]
    checks: tuple[tuple[tuple[str, int, str], bytes], ...]
    comparisons: tuple[tuple[int, int, bytes], ...]


class RegionTask(Struct, frozen=True):
    """A region to make the rows of, and the notices whose own are wanted; ``path`` is that of the dataset, for errors."""

    given: RegionGiven
    wanted: list[int]
    path: str


class NoticeRecords(Struct, frozen=True, array_like=True):
    """The records of a notice's facts and of its `NoticeRows`."""

    number: int
    facts: bytes
    rows: bytes


class RegionRecords(Struct, frozen=True):
    """The record of `RegionRows`, and those of the notices that were wanted."""

    rows: bytes
    notices: list[NoticeRecords]


class TellingTask(Struct, frozen=True):
    """A region that is to tell of some of its notices."""

    given: RegionGiven
    numbers: set[int]


def do_region_task(data: bytes, resources: Resources) -> bytes:
    """Make a `RegionTask`'s `RegionRecords`, both in MessagePack; a `DatasetError` says what can't stand in a dataset."""
    task = msgspec.msgpack.decode(data, type=RegionTask)
    reads = _reads(task.given.notices)
    results = {number: read.result for number, read in reads.items()}
    made = RegionMaker(task.given, results, resources).make()
    _check(made, [results[number] for number in task.given.own], task.path)
    rows = RegionRows(
        tuple((place_of_series(one), canonical.encode_row(one)) for one in made.series),
        tuple((place_of(one), canonical.encode_row(one)) for one in made.checks),
        tuple((one.from_, one.to, canonical.encode_row(one.changes)) for one in made.comparisons),
    )
    notices = [
        NoticeRecords(number, packed_record(facts_of(reads[number])), packed_record(rows_of(reads[number])))
        for number in task.wanted
    ]
    return msgspec.msgpack.encode(RegionRecords(packed_record(rows), notices))


def do_telling_task(data: bytes, resources: Resources) -> bytes:
    """Say what a `TellingTask` asks for: `Told` by number, each in MessagePack, as all is."""
    task = msgspec.msgpack.decode(data, type=TellingTask)
    results = {number: read.result for number, read in _reads(task.given.notices).items()}
    told = RegionMaker(task.given, results, resources).tell(task.numbers)
    return msgspec.msgpack.encode({number: msgspec.msgpack.encode(one) for number, one in told})


def _reads(notices: Iterable[GivenNotice]) -> dict[int, Read]:
    return {one.number: in_places(unpacked(one.read)) for one in notices}


def in_places(read: Read) -> Read:
    """Give a reading with all of it in the order of places."""
    result = read.result
    facts, unresolved, rejected = (
        tuple(sorted(items, key=_place)) for items in (result.facts, result.unresolved, result.rejected)
    )
    return Read(replace(result, facts=facts, unresolved=unresolved, rejected=rejected), read.text)


def _place(item: Any) -> tuple[int, int]:  # noqa: ANN401 - whatever has evidence
    return item.evidence.start, item.evidence.end


def facts_of(read: Read) -> bytes:
    """Write the facts of a notice, joined by commas."""
    return _joined(read.result.facts)


def rows_of(read: Read) -> NoticeRows:
    """Write what else a notice's rows are."""
    result = read.result
    return NoticeRows(
        notice=canonical.encode_row(result.notice),
        unresolved=_joined(result.unresolved),
        rejected=_joined(result.rejected),
        ids=tuple(fact.fact_id for fact in (*result.facts, *result.rejected)),
        unread=tuple(item.unresolved_id for item in result.unresolved),
        facts=len(result.facts),
        internal=sum(item.reason == "internal" for item in result.unresolved),
        ledger=hashlib.sha256(canonical.encode_lines(result.ledger)).hexdigest(),
        text=None if read.text is None else hashlib.sha256(read.text).hexdigest(),
    )


def _joined(items: Iterable[object]) -> bytes:
    return b",".join(map(canonical.encode_row, items))


def _check(made: RegionPart, own: list[NoticeResult], path: str) -> None:
    """Make sure that a region's part can stand in a dataset."""
    records = {notice.notice_id: notice for notice in made.notices}
    part = first_dataset(
        "", "", notices=tuple(records.values()), facts=made.facts, series=made.series, checks=made.checks,
        comparisons=made.comparisons,
        unresolved=tuple(item for result in own for item in result.unresolved),
        rejected=tuple(fact for result in own for fact in result.rejected),
    )  # fmt: skip
    check_dataset(part, path)
