"""A dataset as rows of JSON, made region by region and kept, so that a change of one notice makes those anew that rest on it.

In memory are the records of the notices, without their sections, and what one region rests on. All else lies in the stores of
``.state``: ``facts`` and ``notices`` hold the rows of each notice, ``regions`` those of each region, by the digests of
all that they were made of.
"""

from __future__ import annotations

import hashlib
import itertools
from array import array
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from extractor.build.cache.lock import FOLDER
from extractor.build.cache.record_store import RecordStore, packed_record
from extractor.build.corpus import Read
from extractor.build.corrections import apply_corrections
from extractor.build.engine import Lost, Task
from extractor.build.packed import packed
from extractor.build.publish import DATASET
from extractor.build.readings import paths_of
from extractor.build.region_task import (
    NoticeRows,
    RegionRecords,
    RegionRows,
    RegionTask,
    TellingTask,
    do_region_task,
    do_telling_task,
    facts_of,
    in_places,
    rows_of,
)
from extractor.build.regions import Regions, regions_of
from extractor.dataset import canonical
from extractor.dataset.doubts import newest_first
from extractor.dataset.own_indicators import own_indicators
from extractor.dataset.sorted_rows import SortedRows
from extractor.dataset.store import check_once
from extractor.dataset.versions import first_dataset, following, newest_release
from extractor.errors import DatasetError
from extractor.ingest.sandbox import how_ended
from extractor.messages import Message, as_text
from extractor.model import Change, Check, Comparison, Dataset, Fact, NoticeRecord, Series, Unresolved
from extractor.query.answers import moved_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from extractor.build.corrections import Corrections
    from extractor.build.engine import Engine
    from extractor.build.packed import PackedRead
    from extractor.build.readings import Corpus
    from extractor.model import NoticeResult
    from extractor.resources import Resources


class YearPair(NamedTuple):
    """Two years of a region that are compared."""

    from_: int
    to: int
    region: str | None
    against: None = None


class Files(NamedTuple):
    """Digests of the ledger and the text that are kept of a notice; no text is kept of a plain one."""

    ledger: str
    text: str | None


class Rows:
    """The rows of a dataset that is being built; a context, for as long as they are asked for."""

    def __init__(self, outputs: Path, fingerprint: str, engine: Engine, resources: Resources) -> None:
        """Open nothing yet; ``fingerprint`` is the digest of what all rows depend on beside the notices.

        The ``engine`` makes those of regions; it is the caller's to close.
        """
        self._engine, self._resources, self._outputs, self._path = engine, resources, outputs, outputs / DATASET
        self._facts = RecordStore(outputs, "facts", fingerprint, bytes)
        self._notices = RecordStore(outputs, "notices", fingerprint, NoticeRows)
        self._regions = RecordStore(outputs, "regions", fingerprint, RegionRows)
        self._made: Regions
        self._told: dict[tuple[int, str | None], bytes] = {}
        self._series, self._checks = SortedRows(outputs / FOLDER), SortedRows(outputs / FOLDER)
        self._stack = ExitStack()
        self._found: Corpus
        # By notice and by their own ids.
        self._corrected: dict[str, dict[str, Fact]] = {}
        self._digests: list[str] = []
        self._regional: dict[str | None, str] = {}
        self.years: list[YearPair] = []
        self.files: list[Files] = []
        self.facts = self.unresolved = self.internal = 0

    def __enter__(self) -> Self:
        """Open the stores."""
        with ExitStack() as stack:
            for one in (self._facts, self._notices, self._regions, self._series, self._checks):
                stack.enter_context(one)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        """Close them."""
        self._stack.close()

    @property
    def series(self) -> int:
        """How many series there are."""
        return self._series.count

    # ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def make(self, found: Corpus, corrections: Corrections) -> Dataset:
        """Make the rows that aren't kept; return the dataset without them, but with its versions and its content hash."""
        self._found = self._correct(found, corrections)
        self._digests = [self._digest(read) for read in self._found.read]
        self._made = Regions(self._found, self._packed, self._resources)
        self._regional = {region: self._made.digest(region, self._digests) for region in self._made}
        for region, rows in self._all_regions():
            for key, row in rows.series:
                self._series.add(key, row)
            for place, row in rows.checks:
                self._checks.add(place, row)
            self.years += [YearPair(from_, to, region) for from_, to, _ in rows.comparisons]
        content_hash = canonical.digest(self._rows_of_facts(range(len(self._found.read))))
        self._check_once()
        for store in (self._facts, self._notices, self._regions):
            store.drop_unused()
        return self._with_version(
            first_dataset(
                self._resources.digest(),
                content_hash,
                set_aside=found.set_aside,
                indicators=own_indicators(self._resources),
            )
        )

    def _with_version(self, dataset: Dataset) -> Dataset:
        """Give a dataset the version that follows the newest release; all of it is in memory then."""
        if newest_release(self._outputs) is None:
            return dataset
        answers = partial(moved_answers, resources=self._resources)
        return replace(dataset, dataset_version=following(self._outputs, self.filled(dataset), answers).version)

    def _correct(self, found: Corpus, corrections: Corrections) -> Corpus:
        """Apply corrections; these rows, which reviews have replaced, may be about any fact, so that all are looked at."""
        if not corrections.rows:
            return found
        results = [in_places(found.readings.whole(read)).result for read in found.read]
        facts = [fact for result in results for fact in result.facts]
        notices = [result.notice for result in results]
        done = apply_corrections(facts, notices, corrections, self._resources, set_aside=found.set_aside)
        for old, new in zip(facts, done, strict=True):
            if new is not old:
                self._corrected.setdefault(new.notice_id, {})[new.fact_id] = new
        regions = {
            one.notice.source.path: regions_of(self._with_corrected(one))
            for one in results
            if one.notice.notice_id in self._corrected
        }
        return replace(found, regions=found.regions | regions)

    def _with_corrected(self, result: NoticeResult) -> NoticeResult:
        corrected = self._corrected.get(result.notice.notice_id, {})
        return replace(result, facts=tuple(corrected.get(fact.fact_id, fact) for fact in result.facts))

    def _digest(self, read: Read) -> str:
        """Take a digest of all that a notice's rows are made of: the file's bytes, its copies, what people said of it."""
        notice = read.result.notice
        changed: list[Any] = [*self._corrected.get(notice.notice_id, {}).values()]
        if self._found.readings.is_changed(read):
            changed.append(self._found.readings.whole(read).result)
        total = hashlib.sha256(msgspec.msgpack.encode(notice, enc_hook=as_text))
        total.update(canonical.encode_lines(changed))
        return total.hexdigest()

    def _whole(self, number: int) -> Read:
        """Fetch a notice whole, with what was corrected and all of it in the order of places."""
        read = self._found.readings.whole(self._found.read[number])
        return in_places(Read(self._with_corrected(read.result), read.text))

    def _packed(self, number: int) -> PackedRead:
        """Fetch a notice as another process takes it, with what was corrected."""
        read = self._found.read[number]
        if read.result.notice.notice_id in self._corrected:
            return packed(packed_record(self._whole(number)), read.result.notice)
        return self._found.readings.packed(read)

    # ── regions, made by the engine ─────────────────────────────────────────────────────────────────────────────────

    def _all_regions(self) -> Iterator[tuple[str | None, RegionRows]]:
        """Give the rows of each region, in order, and keep those that weren't."""
        missing = dict.fromkeys(region for region, digest in self._regional.items() if not self._regions.use(digest))
        asked = self._made.asked_by(missing)
        telling = self._engine.run(itertools.starmap(self._telling, asked.items()), len(asked))
        for region, found in zip(asked, telling, strict=True):
            self._take_told(region, self._outcome(region, found))
        made = self._engine.run(map(self._task, missing), len(missing))
        for region in self._regional:
            yield region, self._keep(region, next(made)) if region in missing else self._region(region)
        self._told.clear()

    def _region(self, region: str | None) -> RegionRows:
        kept: RegionRows | None = self._regions.get(self._regional[region])
        return kept or self._keep(region, do_region_task(self._task(region).data, self._resources))

    def _task(self, region: str | None) -> Task:
        given = self._made.given(region, self._tell)
        digests = {number: self._digests[number] for number in given.own}
        wanted = [number for number, one in digests.items() if not (self._facts.use(one) and self._notices.use(one))]
        data = msgspec.msgpack.encode(RegionTask(given, wanted, str(self._path)))
        return Task(do_region_task.__module__, do_region_task.__name__, data)

    def _keep(self, region: str | None, found: bytes | Lost) -> RegionRows:
        records = msgspec.msgpack.decode(self._outcome(region, found), type=RegionRecords)
        for one in records.notices:
            self._facts.put_record(self._digests[one.number], one.facts)
            self._notices.put_record(self._digests[one.number], one.rows)
        rows: RegionRows = self._regions.put_record(self._regional[region], records.rows)
        return rows

    def _outcome(self, region: str | None, found: bytes | Lost) -> bytes:
        if isinstance(found, Lost):
            msg = Message(
                "region {region}: two processes ended while they made its series and checks, the last with {how}. Build with "
                "--jobs 1, or look at what the system says of its memory.",
                region=region or Message("(none)"),
                how=how_ended(found.status),
            )
            raise DatasetError(msg)
        return found

    def _telling(self, region: str | None, numbers: set[int]) -> Task:
        data = msgspec.msgpack.encode(TellingTask(self._made.given_to_tell(region), numbers))
        return Task(do_telling_task.__module__, do_telling_task.__name__, data)

    def _take_told(self, region: str | None, found: bytes) -> None:
        told = msgspec.msgpack.decode(found, type=dict[int, bytes])
        self._told |= {(number, region): one for number, one in told.items()}

    def _tell(self, number: int, region: str | None) -> bytes:
        """Say what a region tells of a notice; where a kept record of another one is broken, nobody was asked for it yet."""
        if (number, region) not in self._told:
            self._take_told(region, do_telling_task(self._telling(region, {number}).data, self._resources))
        return self._told[number, region]

    # ── notices ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _notice(self, number: int) -> NoticeRows:
        kept: NoticeRows | None = self._notices.get(self._digests[number])
        if kept is None:
            kept = rows_of(self._whole(number))
            self._notices.put(self._digests[number], kept)
        return kept

    def _facts_row(self, number: int) -> bytes:
        kept: bytes | None = self._facts.get(self._digests[number])
        if kept is None:
            kept = facts_of(self._whole(number))
            self._facts.put(self._digests[number], kept)
        return kept

    # ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _check_once(self) -> None:
        """Make sure that no id stands twice in all of it, and count what there is."""
        self.facts = self.unresolved = self.internal = 0
        self.files = []
        ids, unread = array("Q"), array("Q")  # of twelve hexadecimal digits, as all that this program makes
        for number in range(len(self._found.read)):
            rows = self._notice(number)
            ids.extend(map(_as_number, rows.ids))
            unread.extend(map(_as_number, rows.unread))
            self.facts += rows.facts
            self.unresolved += len(rows.unread)
            self.internal += rows.internal
            self.files.append(Files(rows.ledger, rows.text))
        check_once((read.result.notice.notice_id for read in self._found.read), Message("notice id"), self._path)
        for kind, what, found in (("f", Message("fact id"), ids), ("u", Message("unresolved id"), unread)):
            check_once((f"{kind}-{name:012x}" for name in _twice(found)), what, self._path)

    # ── giving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self, comparisons: Iterable[Any]) -> dict[str, Iterable[Any]]:
        """Give the rows, by the fields of a dataset; ``comparisons`` are those with their measures."""
        return {
            **self._of_notices(range(len(self._found.read))),
            "series": map(Raw, self._series),
            "checks": map(Raw, self._checks),
            "comparisons": comparisons,
        }

    def changes(self) -> Iterator[bytes]:
        """Give the changes of each of the `years`, as JSON."""
        return (changes for region in self._regional for _, _, changes in self._region(region).comparisons)

    def _of_notices(self, numbers: Iterable[int]) -> dict[str, Iterable[Raw]]:
        which = tuple(numbers)
        return {
            "facts": self._rows_of_facts(which),
            "notices": (Raw(self._notice(number).notice) for number in which),
            "unresolved": (Raw(row) for number in which if (row := self._notice(number).unresolved)),
            "rejected": (Raw(row) for number in which if (row := self._notice(number).rejected)),
        }

    def _rows_of_facts(self, numbers: Iterable[int]) -> Iterator[Raw]:
        return (Raw(row) for number in numbers if (row := self._facts_row(number)))

    def filled(self, dataset: Dataset) -> Dataset:
        """Give a dataset with its rows in memory, its comparisons without their measures."""
        comparisons = (
            Comparison(
                from_=one.from_, to=one.to, region=one.region, against=None,
                changes=msgspec.json.decode(changes, type=tuple[Change, ...]),
            )
            for one, changes in zip(self.years, self.changes(), strict=True)
        )  # fmt: skip
        return replace(dataset, **_decoded(self.parts(())), comparisons=tuple(comparisons))

    def near(self, dataset: Dataset, paths: Iterable[str], most: int) -> tuple[tuple[str, ...], Dataset | None]:
        """Give a dataset with the rows of the regions of some notices, of those that these name, and of the nation.

        Of the notices that were read from ``paths`` the newest count, as long as those of their regions are ``most``; theirs
        are the paths that come first. No dataset where none was read from them.
        """
        wanted = set(paths)
        files = [wanted.intersection(paths_of(read)) for read in self._found.read]
        numbers = {self._found.read[number].result.notice.notice_id: number for number, own in enumerate(files) if own}
        newest = newest_first(self._found.read[number].result.notice for number in numbers.values())
        told: list[int] = []
        regions: list[str | None] = []
        for notice in newest:
            wider = self._made.around([*told, numbers[notice.notice_id]])
            if told and len(self._made.members(wider)) > most:
                break
            told.append(numbers[notice.notice_id])
            regions = wider
        if not told:
            return (), None
        rows = [self._region(region) for region in regions]
        parts: dict[str, Iterable[Raw]] = {
            **self._of_notices(self._made.members(regions)),
            "series": (Raw(row) for _, row in sorted(row for one in rows for row in one.series)),
            "checks": (Raw(row) for _, row in sorted(row for one in rows for row in one.checks)),
        }
        return tuple(sorted(name for number in told for name in files[number])), replace(dataset, **_decoded(parts))


KINDS: dict[str, Any] = {
    "facts": list[Fact], "notices": list[NoticeRecord], "unresolved": list[Unresolved], "rejected": list[Fact],
    "series": list[Series], "checks": list[Check],
}  # fmt: skip


def _decoded(parts: Mapping[str, Iterable[Raw]]) -> dict[str, Any]:
    found = {}
    for name, kind in KINDS.items():
        decoder = msgspec.json.Decoder(kind)
        found[name] = tuple(one for row in parts[name] for one in decoder.decode(b"[" + bytes(row) + b"]"))
    return found


def _as_number(name: str) -> int:
    return int.from_bytes(bytes.fromhex(name[2:]))


def _twice(ids: array[int]) -> Iterator[int]:
    """Give each id that stands more than once as often as it does."""
    before = None
    for name in sorted(ids):
        if name == before:
            yield name
            yield name
        before = name
