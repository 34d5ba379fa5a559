"""Corpus to outputs: what is new or changed is read, everything is put together, and written so that a crash is harmless.

The result depends on the bytes and names of the notices alone: not on the clock, the order of a directory, the
folder's place or the machine, nor on what was kept of earlier builds.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from extractor import ingest
from extractor.build import publish
from extractor.build.assemble import assemble, put_together, reviewed
from extractor.build.cache import FOLDER, manifest, writing
from extractor.build.cache.fingerprint import fingerprint_of, versions_of
from extractor.build.cache.manifest import FileStamp, Manifest, Summary, same_bytes, stamp_files, stamp_of
from extractor.build.cache.record_store import RecordStore
from extractor.build.corpus import (
    SIDECAR,
    NoticeFile,
    Read,
    Sidecar,
    file_again,
    find_notices,
    from_task,
    read_notice_file,
    readable,
    reading_task,
    require_apart,
    result_of,
    url_of,
)
from extractor.build.corrections import FILE as CORRECTIONS
from extractor.build.corrections import apply_corrections, load_corrections
from extractor.build.engine import engine_for
from extractor.build.engine.cluster import require_dask
from extractor.build.notices import AtAddress, InFolder
from extractor.build.readings import Corpus, OnDisk
from extractor.build.reviews import FILE as REVIEWS
from extractor.build.reviews import Reviews, apply_reviews, load_reviews
from extractor.build.rows import Rows
from extractor.build.sentence_diff.measures import MadeMeasures
from extractor.collector import collector_at_rest
from extractor.dataset import canonical
from extractor.dataset.partitions import load_built, require_library
from extractor.dataset.parts_writer import KeptPart
from extractor.dataset.times import year_of
from extractor.dataset.versions import HISTORY, newest_release
from extractor.errors import DatasetError
from extractor.ingest import DEFAULT
from extractor.messages import Message
from extractor.model import Dataset, NoticeResult, SetAside
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    from extractor.build.engine import Cluster, Engine
    from extractor.build.notices import AddressListing, Notices
    from extractor.build.publish import Layout
    from extractor.ingest import Limits
    from extractor.model import NoticeRecord, NoticeSource
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources

    Progress: TypeAlias = Callable[[int, int, str], None]

__all__ = [
    "BuildReport", "Corpus", "NoticeFile", "Read", "Sidecar", "assemble", "build", "find_notices", "put_together",
    "read_corpus", "read_notice", "with_corrections",
]  # fmt: skip

# Notices among which those are that are told of one by one.
MOST_NEAR = 300
# What may have passed by the next build, though no byte has changed.
_PASSING = {"unreadable", "changed", "internal_error"}


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build found and wrote; ``reread`` counts the notices that were read, not taken from what was kept.

    ``new`` are the paths of files whose bytes the last build didn't have; without a record of it, its dataset. Those of
    ``edited`` are among them, and stood there with other bytes. Of the newest, ``told``, ``near`` is the part of the dataset
    that says what is new: the regions that they are of, that they name, and the nation; None where nothing is new.
    """

    outputs: Path
    summary: Summary
    published: publish.Published
    reread: int
    new: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    near: Dataset | None = None

    @property
    def place(self) -> Path:
        """Where the dataset stands: its file, or the list of its parts."""
        return self.outputs / (publish.DATASET if publish.layout_of(self.outputs) == "json" else publish.PARTS)

    @property
    def large(self) -> int:
        """The bytes of a dataset in a single file that is too large for one; 0 where it isn't, or is in parts."""
        place = self.place
        size = place.stat().st_size if place.name == publish.DATASET and place.exists() else 0
        return size if size > publish.MOST_IN_ONE else 0

    @property
    def dataset(self) -> Dataset:
        """The dataset, loaded from its file: a build holds no more of it than one region at a time."""
        return load_built(self.outputs / publish.DATASET)


# ── one notice ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_notice(
    notice: Path | str | bytes,
    *,
    origin: str = "bytes",
    resources: Resources | None = None,
    limits: Limits = DEFAULT,
    explanations: dict[str, Explanation] | None = None,
) -> NoticeResult:
    """Read one notice from a path (``Path`` or ``str``) or from a file's bytes, which messages call ``origin``.

    ``explanations``, where given, is filled with why each fact was linked as it was, by fact id.
    Raises `IngestError` when it cannot be read as a notice.
    """
    given = load() if resources is None else resources
    if isinstance(notice, bytes):
        source = ingest.read(notice, origin=origin, limits=limits, resources=given)
        return result_of(source, given, limits=limits, explanations=explanations)
    file = NoticeFile(readable(Path(notice).name), Path(notice))
    data = ingest.read_file(file.path, limits)
    source = ingest.read(data, origin=file.name, limits=limits, resources=given)
    return result_of(source, given, path=file.name, url=url_of(file), limits=limits, explanations=explanations)


def with_corrections(
    result: NoticeResult, corpus: Path, path: Path | None, *, resources: Resources | None = None
) -> NoticeResult:
    """Apply those reviews and corrections of a corpus that meet a fact of one notice, read from ``path``."""
    given = load() if resources is None else resources
    corrections, reviews = load_corrections(corpus), load_reviews(corpus)
    if not corrections.rows and not reviews.rows:
        return result
    notice = result.notice
    if path is not None and path.resolve().is_relative_to(corpus.resolve()):  # rows name files as the corpus does
        name = readable(path.resolve().relative_to(corpus.resolve()).as_posix())
        notice = replace(notice, source=replace(notice.source, path=name))

    def text_of(source: NoticeSource) -> str | None:
        again = file_again(source, corpus, given)
        return None if again is None else again.text

    (made,) = apply_reviews([replace(result, notice=notice)], reviews, text_of, given, strict=False)
    facts = apply_corrections(made.facts, (notice,), corrections, given, strict=False)
    return replace(made, facts=facts, notice=replace(made.notice, source=result.notice.source))


# ── a corpus ────────────────────────────────────────────────────────────────────────────────────────────────────────


def build(  # noqa: PLR0913 - one argument an option
    corpus: Path,
    outputs: Path,
    *,
    resources: Resources | None = None,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
    wait: float = 0,
    jobs: int | None = None,
    layout: Layout | None = None,
    cluster: Cluster | None = None,
    listing: AddressListing | None = None,
) -> BuildReport:
    """Bring ``outputs`` to what the notices of a corpus say: the dataset, its schema, sources and ledgers.

    A file is read only if its bytes, or what reading depends on, have changed since the last build; where nothing has
    changed, nothing is written. A `DatasetError` says why nothing could be built, or who else is writing (after
    ``wait`` seconds); notices that fail stand in the summary's ``set_aside``.

    ``jobs`` processes read and compare; None takes as many as there are processors, where there is enough to do.
    With a ``cluster`` that is what workers of Dask do, ``jobs`` of this machine where no scheduler is named.
    ``layout`` is that of the dataset; None takes the one that stands there, at first a single file of JSON.
    With a ``listing`` the notices are at its address, and whoever reads one fetches it; ``corpus`` has their sidecars.
    """
    given = load() if resources is None else resources
    if layout == "partitioned":
        require_library()
    if cluster:
        require_dask()
    require_apart(corpus, outputs)
    if not outputs.exists() and listing is None:
        find_notices(corpus)  # for a name mistyped no folder is made
    with writing(outputs, wait=wait):
        publish.require_own_folders(outputs)
        if cluster and not cluster.shards:
            cluster = replace(cluster, shards=os.fspath(outputs / FOLDER / "shards"))
        notices = AtAddress(listing, corpus, outputs) if listing else InFolder(corpus, outputs)
        engine = engine_for(jobs, given, cluster, seen=notices.seen)
        with notices:
            made = _Build(notices, corpus, outputs, given, limits, layout or publish.layout_of(outputs))
            return made.run(progress, engine)


class _Build:
    """One build, under the lock."""

    def __init__(
        self, notices: Notices, corpus: Path, outputs: Path, resources: Resources, limits: Limits, layout: Layout
    ) -> None:
        self.notices, self.files = notices, notices.files
        self.corpus, self.outputs, self.resources, self.limits = corpus, outputs, resources, limits
        self.layout: Layout = layout
        self.fingerprint = fingerprint_of(resources, limits)
        self.before = manifest.load(outputs)
        self.had = self._had()

    def run(self, progress: Progress | None, engine: Engine) -> BuildReport:
        inputs = self._inputs()  # before any of them is read, so that a change meanwhile is seen by the next build
        if (unchanged := self._unchanged(inputs)) is not None:
            return unchanged
        corrections, reviews = load_corrections(self.corpus), load_reviews(self.corpus)
        fingerprint, outputs, resources = self.fingerprint, self.outputs, self.resources
        with (
            engine,
            RecordStore(outputs, "readings", fingerprint.reading, Read) as readings,
            RecordStore(outputs, "measures", fingerprint.whole, bytes) as measures,
            Rows(outputs, fingerprint.whole, engine, resources) as rows,
            self._parts() as parts,
        ):
            found = self._read(inputs, readings, engine, progress)
            readings.drop_unused()
            found = reviewed(found, reviews, self._text_of(found), resources)
            compared = MadeMeasures(measures, engine, resources)
            with collector_at_rest():
                dataset = rows.make(found, corrections)
                compared.make(rows.years, found)
                measures.drop_unused()
                published = publish.publish(
                    outputs,
                    dataset,
                    self._texts(found, rows),
                    lambda: rows.parts(compared.written(rows.years, rows.changes())),
                    layout=self.layout,
                    kept=parts,
                )
                if parts is not None:
                    parts.drop_unused()
            summary = _summary(dataset, rows, [read.result.notice for read in found.read], reviews)
            new = self._new(inputs)
            told, near = rows.near(dataset, new, MOST_NEAR) if new else ((), None)
        self._remember(inputs, self._outputs(self.before.outputs if self.before else {}), summary)
        return BuildReport(
            outputs=self.outputs,
            summary=summary,
            published=published,
            reread=readings.made,
            new=new,
            edited=tuple(name for name in new if name in self.had),
            told=told,
            near=near,
        )

    def _parts(self) -> AbstractContextManager[RecordStore | None]:
        """Open what is kept of a dataset's parts, where it is to be in parts."""
        if self.layout == "json":
            return nullcontext()
        mark = hashlib.sha256(f"{self.fingerprint.whole} {versions_of(('pyarrow',))}".encode())
        return RecordStore(self.outputs, "parts", mark.hexdigest(), KeptPart)

    def _texts(self, found: Corpus, rows: Rows) -> Iterator[tuple[str, bytes | None]]:
        """Name the source and ledger files; of two files with the same bytes the first one's stand.

        Those that the last build left as they are to be aren't made again.
        """
        for read, files in zip(found.read, rows.files, strict=True):
            digest = read.result.notice.source.sha256
            wanted = {f"{publish.LEDGER}/{digest}.jsonl": files.ledger}
            if files.text is not None:
                wanted[f"{publish.SOURCES}/{digest}.txt"] = files.text
            if all(self._stands(name, mark) for name, mark in wanted.items()):
                yield from ((name, None) for name in wanted)
            else:
                yield from _texts_of(found.readings.whole(read))
        for read in found.copies:
            yield from _texts_of(found.readings.whole(read))

    def _stands(self, name: str, digest: str) -> bool:
        """Say whether a file is there with the bytes of a digest, which a look at it mostly tells."""
        before = self.before.outputs.get(name) if self.before else None
        mark = stamp_of(self.outputs / name, before, follow=False) if before else None
        return mark is not None and mark.digest == digest

    def _new(self, inputs: Mapping[str, FileStamp]) -> tuple[str, ...]:
        """Name the notices that are new or changed since the last build."""
        marked = ((file.name, inputs.get(file.name)) for file in self.files)
        known = set(self.had.values())
        return tuple(name for name, mark in marked if mark and mark.digest not in known)

    def _had(self) -> dict[str, str]:
        """Map the files that the last build had to their digests; of one that left no record, those of its dataset."""
        if self.before is not None:
            return {name: mark.digest for name, mark in self.before.inputs.items()}
        try:
            last = load_built(self.outputs / publish.DATASET)
        except DatasetError:
            return {}  # there is none, or none that can be read
        copies = (copy.source for notice in last.notices for copy in notice.copies)
        return {source.path: source.sha256 for source in (*(notice.source for notice in last.notices), *copies)}

    def _read(
        self, inputs: dict[str, FileStamp], readings: RecordStore, engine: Engine, progress: Progress | None
    ) -> Corpus:
        """Take what is kept of the files, and read the others."""
        outcomes = self._outcomes(inputs, readings, engine, progress)
        return put_together(outcomes, OnDisk(readings))

    def _outcomes(
        self, inputs: dict[str, FileStamp], readings: RecordStore, engine: Engine, progress: Progress | None
    ) -> Iterator[Read | SetAside]:
        digests = {name: mark.digest for name, mark in inputs.items()}
        unread = {file.name: file for file in self.files if digests.get(file.name) not in readings}
        found = engine.run((reading_task(file, self.limits) for file in unread.values()), len(unread))
        for file in _told(self.files, progress):
            digest = digests.get(file.name)
            if file.name in unread:
                one = from_task(next(found), file, readings, digest or None)
            else:
                one = read_notice_file(file, self.resources, self.limits, kept=readings, digest=digest)
            if file.name in inputs:
                noted = self.notices.noted(file, digest or "", _digest_of(one))
                inputs[file.name] = replace(inputs[file.name], digest=noted)
            yield one

    def _text_of(self, found: Corpus) -> Callable[[NoticeSource], str | None]:
        """Find source texts: those just read, else those of plain text, in the corpus itself."""
        by_digest = {read.result.notice.source.sha256: read for read in found.read}

        def text_of(source: NoticeSource) -> str | None:
            read = by_digest.get(source.sha256)
            if read is not None and (kept := found.readings.whole(read).text) is not None:
                return kept.decode("utf-8", "replace")
            data = self.notices.bytes_of(source)
            return None if data is None else ingest.read(data, origin=source.path, resources=self.resources).text

        return text_of

    def _unchanged(self, inputs: dict[str, FileStamp]) -> BuildReport | None:
        """Report as the last build did, if nothing that it rested on has changed and nothing that it wrote."""
        last = self.before
        if self.layout != publish.layout_of(self.outputs):
            return None
        if last is None or last.fingerprint != self.fingerprint.whole or not same_bytes(inputs, last.inputs):
            return None
        outputs = self._outputs(last.outputs)
        if not same_bytes(outputs, last.outputs) or not self._still_set_aside(inputs, last.summary):
            return None
        if (inputs, outputs) != (last.inputs, last.outputs):
            self._remember(inputs, outputs, last.summary)
        published = publish.Published(written=(), removed=(), unchanged=len(outputs))
        return BuildReport(outputs=self.outputs, summary=last.summary, published=published, reread=0)

    def _still_set_aside(self, inputs: Mapping[str, FileStamp], summary: Summary) -> bool:
        """Try again what failed for a reason that may have passed; say whether it fails just as before."""
        was = {item.path: item for item in summary.set_aside}
        again = [
            file
            for file in self.files
            if not ((mark := inputs.get(file.name)) and mark.digest)
            or (file.name in was and was[file.name].reason in _PASSING)
        ]
        return all(read_notice_file(file, self.resources, self.limits) == was.get(file.name) for file in again)

    def _inputs(self) -> dict[str, FileStamp]:
        """Look at every file that the dataset rests on, by its name in the corpus; the newest release is one."""
        before = self.before.inputs if self.before else {}
        notices = self.notices.stamps(before, self.limits.bytes)
        paths = {file.name + SIDECAR: file.sidecar for file in self.files}
        paths |= {name: self.corpus / name for name in (CORRECTIONS, REVIEWS)}
        if (release := newest_release(self.outputs)) is not None:
            paths[f"../{HISTORY}/{release.name}"] = release
        return notices | stamp_files(paths, before)

    def _outputs(self, before: Mapping[str, FileStamp]) -> dict[str, FileStamp]:
        paths = {name: self.outputs / name for name in publish.owned_files(self.outputs)}
        return stamp_files(paths, before, follow=False)

    def _remember(self, inputs: dict[str, FileStamp], outputs: dict[str, FileStamp], summary: Summary) -> None:
        made = Manifest(fingerprint=self.fingerprint.whole, inputs=inputs, outputs=outputs, summary=summary)
        try:
            manifest.save(self.outputs, made)
        except DatasetError as error:
            msg = Message(
                "{error} The dataset itself is built and whole; the next build will only take longer.", error=error
            )
            raise DatasetError(msg) from error


def _digest_of(one: Read | SetAside) -> str:
    return (one.sha256 or "") if isinstance(one, SetAside) else one.result.notice.source.sha256


def _told(files: Sequence[NoticeFile], progress: Progress | None) -> Iterable[NoticeFile]:
    """Go through files and tell how far it has come."""
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files), file.name)
        yield file
    if progress:
        progress(len(files), len(files), "")


def read_corpus(
    corpus: Path,
    *,
    resources: Resources | None = None,
    progress: Progress | None = None,
    skip: Path | None = None,
    limits: Limits = DEFAULT,
) -> Corpus:
    """Read every notice of a corpus anew; what fails is set aside with its reason, the rest is read all the same."""
    given = load() if resources is None else resources
    files = find_notices(corpus, skip=skip)
    return put_together([read_notice_file(file, given, limits) for file in _told(files, progress)])


def _summary(dataset: Dataset, rows: Rows, notices: Sequence[NoticeRecord], reviews: Reviews) -> Summary:
    """Say in numbers what there is."""
    return Summary(
        dataset_version=dataset.dataset_version,
        notices=len(notices),
        facts=rows.facts,
        unresolved=rows.unresolved,
        internal=rows.internal,
        series=rows.series,
        copies=sum(len(notice.copies) for notice in notices),
        conflicts=sum(len(copy.conflicts) for notice in notices for copy in notice.copies),
        yearless=sum(year_of(notice) is None for notice in notices),
        reviews=reviews.by_status(),
        set_aside=dataset.set_aside,
    )


def _texts_of(read: Read) -> Iterator[tuple[str, bytes]]:
    digest = read.result.notice.source.sha256
    yield f"{publish.LEDGER}/{digest}.jsonl", canonical.encode_lines(read.result.ledger)
    if read.text is not None:
        yield f"{publish.SOURCES}/{digest}.txt", read.text
