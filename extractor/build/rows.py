"""A dataset as rows of JSON, made region by region and kept, so that a change of one notice makes those anew that rest on it.

In memory are the records of the notices, without their sections, and what one region rests on. All else lies in the stores of
``.state``: ``facts`` and ``notices`` hold the rows of each notice, ``regions`` those of each region, by the digests of
all that they were made of.
"""

from __future__ import annotations

import hashlib
from array import array
from contextlib import ExitStack
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from extractor.build.cache.lock import FOLDER
from extractor.build.cache.record_store import RecordStore
from extractor.build.corpus import Read
from extractor.build.corrections import apply_corrections
from extractor.build.publish import DATASET
from extractor.build.readings import paths_of
from extractor.build.regions import Regions, regions_of
from extractor.build.sorted_rows import SortedRows
from extractor.dataset import canonical
from extractor.dataset.check.run import place_of
from extractor.dataset.doubts import newest_first
from extractor.dataset.own_indicators import own_indicators
from extractor.dataset.series import place_of_series
from extractor.dataset.store import check_dataset, check_once
from extractor.dataset.versions import first_dataset, following, newest_release
from extractor.messages import Message, as_text
from extractor.model import Change, Check, Comparison, Dataset, Fact, NoticeRecord, Series, Unresolved
from extractor.query.answers import moved_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from extractor.build.corrections import Corrections
    from extractor.build.readings import Corpus
    from extractor.build.regions import RegionPart
    from extractor.model import NoticeResult
    from extractor.resources import Resources

# Notices that are whole at hand, so that those of most regions are fetched once.
WHOLE_KEPT = 64


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

    def __init__(self, outputs: Path, fingerprint: str, resources: Resources) -> None:
        """Open nothing yet; ``fingerprint`` is the digest of what all rows depend on beside the notices."""
        self._resources, self._outputs, self._path = resources, outputs, outputs / DATASET
        self._facts = RecordStore(outputs, "facts", fingerprint, bytes)
        self._notices = RecordStore(outputs, "notices", fingerprint, NoticeRows)
        self._regions = RecordStore(outputs, "regions", fingerprint, RegionRows)
        self._whole: Callable[[int], Read]
        self._made: Regions
        self._series, self._checks = SortedRows(outputs / FOLDER), SortedRows(outputs / FOLDER)
        self._stack = ExitStack()
        self._found: Corpus
        self._corrected: dict[str, Fact] = {}
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
        self._whole = lru_cache(WHOLE_KEPT)(self._fetch)
        self._made = Regions(self._found, lambda number: self._whole(number).result, self._resources)
        self._regional = {region: self._made.digest(region, self._digests) for region in self._made}
        for region in self._regional:
            rows = self._region(region)
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
        results = [found.readings.whole(read).result for read in found.read]
        facts = [fact for result in results for fact in sorted(result.facts, key=_place)]
        notices = [result.notice for result in results]
        done = apply_corrections(facts, notices, corrections, self._resources, set_aside=found.set_aside)
        self._corrected = {new.fact_id: new for old, new in zip(facts, done, strict=True) if new is not old}
        regions = {
            one.notice.source.path: regions_of(replace(one, facts=self._of(one)))
            for one in results
            if not self._corrected.keys().isdisjoint(fact.fact_id for fact in one.facts)
        }
        return replace(found, regions=found.regions | regions)

    def _of(self, result: NoticeResult) -> tuple[Fact, ...]:
        return tuple(self._corrected.get(fact.fact_id, fact) for fact in sorted(result.facts, key=_place))

    def _digest(self, read: Read) -> str:
        """Take a digest of all that a notice's rows are made of: the file's bytes, its copies, what people said of it."""
        notice = read.result.notice
        changed: list[Any] = [fact for fact in self._corrected.values() if fact.notice_id == notice.notice_id]
        if self._found.readings.is_changed(read):
            changed.append(self._found.readings.whole(read).result)
        total = hashlib.sha256(msgspec.msgpack.encode(notice, enc_hook=as_text))
        total.update(canonical.encode_lines(changed))
        return total.hexdigest()

    def _fetch(self, number: int) -> Read:
        """Fetch a notice whole, with what was corrected and all of it in the order of places."""
        read = self._found.readings.whole(self._found.read[number])
        unresolved, rejected = (
            tuple(sorted(items, key=_place)) for items in (read.result.unresolved, read.result.rejected)
        )
        result = replace(read.result, facts=self._of(read.result), unresolved=unresolved, rejected=rejected)
        return Read(result, read.text)

    def _region(self, region: str | None) -> RegionRows:
        digest = self._regional[region]
        rows: RegionRows | None = self._regions.get(digest)
        if rows is None:
            made = self._made.make(region)
            own = [self._whole_rows(number) for number in self._made.own(region)]
            self._check(made, own)
            rows = RegionRows(
                tuple((place_of_series(one), canonical.encode_row(one)) for one in made.series),
                tuple((place_of(one), canonical.encode_row(one)) for one in made.checks),
                tuple((one.from_, one.to, canonical.encode_row(one.changes)) for one in made.comparisons),
            )
            self._regions.put(digest, rows)
        return rows

    def _whole_rows(self, number: int) -> NoticeResult:
        """Make the rows of a notice where they aren't kept, and give the notice."""
        whole = self._whole(number)
        if not self._facts.use(self._digests[number]) or not self._notices.use(self._digests[number]):
            self._put(number, whole)
        return whole.result

    def _put(self, number: int, whole: Read) -> NoticeRows:
        result = whole.result
        rows = NoticeRows(
            notice=canonical.encode_row(result.notice),
            unresolved=_joined(result.unresolved),
            rejected=_joined(result.rejected),
            ids=tuple(fact.fact_id for fact in (*result.facts, *result.rejected)),
            unread=tuple(item.unresolved_id for item in result.unresolved),
            facts=len(result.facts),
            internal=sum(item.reason == "internal" for item in result.unresolved),
            ledger=hashlib.sha256(canonical.encode_lines(result.ledger)).hexdigest(),
            text=None if whole.text is None else hashlib.sha256(whole.text).hexdigest(),
        )
        self._facts.put(self._digests[number], _joined(result.facts))
        self._notices.put(self._digests[number], rows)
        return rows

    def _notice(self, number: int) -> NoticeRows:
        kept: NoticeRows | None = self._notices.get(self._digests[number])
        return kept or self._put(number, self._whole(number))

    def _facts_row(self, number: int) -> bytes:
        kept: bytes | None = self._facts.get(self._digests[number])
        return _joined(self._whole(number).result.facts) if kept is None else kept

    # ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _check(self, made: RegionPart, own: Iterable[NoticeResult]) -> None:
        """Make sure that a region's part can stand in a dataset."""
        results = list(own)
        records = {notice.notice_id: notice for notice in made.notices}
        records |= {result.notice.notice_id: result.notice for result in results}
        part = first_dataset(
            "", "", notices=tuple(records.values()), facts=made.facts, series=made.series, checks=made.checks,
            comparisons=made.comparisons,
            unresolved=tuple(item for result in results for item in result.unresolved),
            rejected=tuple(fact for result in results for fact in result.rejected),
        )  # fmt: skip
        check_dataset(part, self._path)

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


def _joined(items: Iterable[object]) -> bytes:
    return b",".join(map(canonical.encode_row, items))


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


def _place(item: Any) -> tuple[int, int]:  # noqa: ANN401 - whatever has evidence
    return item.evidence.start, item.evidence.end
