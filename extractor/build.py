"""Corpus to outputs: finds the notices, reads each, sets failing ones aside, and writes everything atomically.

The result depends on the bytes and names of the notices alone: not on the clock, the order of a directory, the
folder's place or the machine.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from extractor import ingest
from extractor.check import make_checks
from extractor.compare import compare_consecutive
from extractor.corrections import apply_corrections, load_corrections
from extractor.dataset import canonical, publish
from extractor.dataset.figures import Figures
from extractor.dataset.series import build_series
from extractor.dataset.store import check_references, reason_of
from extractor.dataset.versions import make_dataset
from extractor.errors import CatalogError, DatasetError, IngestError
from extractor.measures import with_measures
from extractor.model import Dataset, Generator, NoticeResult, SetAside, SourceText
from extractor.resources import convert, load, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from extractor.corrections import Corrections
    from extractor.resources import Resources

    Progress: TypeAlias = Callable[[int, int, str], None]

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,16}")
_LONGEST_MESSAGE = 500


class Sidecar(msgspec.Struct, forbid_unknown_fields=True):
    """``<file>.toml``: what is known of a notice's file that its text doesn't say."""

    title: str | None = None
    url: str | None = None
    retrieved_on: dt.date | None = None
    restates: str | list[str] | None = None


class NoticeFile(NamedTuple):
    """A file that should hold a notice; ``name`` is its POSIX path relative to the corpus."""

    name: str
    path: Path


class Read(NamedTuple):
    """A notice as it was read; ``text`` is the source text where the file's bytes alone don't give it."""

    result: NoticeResult
    text: bytes | None
    ledger: bytes


class Corpus(NamedTuple):
    """All notices of a corpus in the order of their paths, and what could not be read."""

    read: tuple[Read, ...]
    set_aside: tuple[SetAside, ...]


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build read and wrote."""

    outputs: Path
    dataset: Dataset
    published: publish.Published


def build(
    corpus: Path, outputs: Path, *, resources: Resources | None = None, progress: Progress | None = None
) -> BuildReport:
    """Read every notice of a corpus and write the dataset, its schema, sources and ledgers to ``outputs``.

    A `DatasetError` says why nothing could be built; notices that fail stand in ``dataset.set_aside``.
    """
    corrections = load_corrections(corpus)
    found = read_corpus(corpus, resources=resources, progress=progress, skip=outputs)
    dataset = assemble(found, outputs, resources=resources, corrections=corrections)
    return BuildReport(outputs=outputs, dataset=dataset, published=publish.publish(outputs, dataset, _texts(found)))


def read_notice(
    notice: Path | str | bytes, *, origin: str = "bytes", resources: Resources | None = None
) -> NoticeResult:
    """Read one notice from a path (``Path`` or ``str``) or from a file's bytes, which messages call ``origin``.

    Raises `IngestError` when it cannot be read as a notice.
    """
    given = _loaded(resources)
    if isinstance(notice, bytes):
        return _result(ingest.read(notice, origin=origin), "", None, given)
    file = NoticeFile(_readable(Path(notice).name), Path(notice))
    return _process(ingest.read_file(file.path), file.name, _url_of(file), given)[1]


def with_corrections(
    result: NoticeResult, corpus: Path, path: Path | None, *, resources: Resources | None = None
) -> NoticeResult:
    """Apply those corrections of a corpus that meet a fact of one notice, read from ``path``."""
    corrections = load_corrections(corpus)
    if not corrections.rows:
        return result
    notice = result.notice
    if path is not None and path.resolve().is_relative_to(corpus.resolve()):  # rows name files as the corpus does
        name = _readable(path.resolve().relative_to(corpus.resolve()).as_posix())
        notice = replace(notice, source=replace(notice.source, path=name))
    facts = apply_corrections(result.facts, (notice,), corrections, _loaded(resources), strict=False)
    return replace(result, facts=facts)


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_notices(corpus: Path, *, skip: Path | None = None) -> list[NoticeFile]:
    """List the notices of a folder and its subfolders by path; a file stands for itself.

    Hidden files and TOML files (sidecars, corrections) are no notices; ``skip`` is a folder to leave out.
    """
    if not corpus.exists():
        msg = f"{corpus}: no such file or folder. Name the folder that holds the notices: extractor build FOLDER."
        raise DatasetError(msg)
    if not corpus.is_dir():
        return [NoticeFile(_readable(corpus.name), corpus)]
    skipped = skip.resolve() if skip else None
    found = []
    for folder, subfolders, names in os.walk(corpus, onerror=_refuse_folder):
        subfolders[:] = [
            name for name in subfolders if not name.startswith(".") and Path(folder, name).resolve() != skipped
        ]
        found += [Path(folder, name) for name in names if not name.startswith(".") and not name.endswith(".toml")]
    if not found:
        msg = (
            f"{corpus}: no notices in this folder. "
            "Put notices there as text or HTML files, or name another folder: extractor build FOLDER."
        )
        raise DatasetError(msg)
    return sorted(NoticeFile(_readable(path.relative_to(corpus).as_posix()), path) for path in found)


def _refuse_folder(error: OSError) -> None:
    msg = f"{error.filename}: the folder cannot be read: {reason_of(error)}. Allow reading it, or move it elsewhere."
    raise DatasetError(msg) from error


def _readable(name: str) -> str:
    """Write a file name in UTF-8 whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_corpus(
    corpus: Path, *, resources: Resources | None = None, progress: Progress | None = None, skip: Path | None = None
) -> Corpus:
    """Read every notice of a corpus; what fails is set aside with its reason, the rest is read all the same."""
    files = find_notices(corpus, skip=skip)
    read: list[Read] = []
    set_aside: list[SetAside] = []
    times: dict[str, int] = {}
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files), file.name)
        one = _read_guarded(file, _loaded(resources), times)
        (read if isinstance(one, Read) else set_aside).append(one)  # type: ignore[arg-type]
    if progress:
        progress(len(files), len(files), "")
    return Corpus(tuple(read), tuple(set_aside))


def _read_guarded(file: NoticeFile, resources: Resources, times: dict[str, int]) -> Read | SetAside:
    """Read one file; no file's content may end the run, a wrong data file or a broken installation must."""
    digest = None
    try:
        data = ingest.read_file(file.path)
        digest = hashlib.sha256(data).hexdigest()
        return _read(data, file, resources, times)
    except IngestError as error:
        return SetAside(path=file.name, sha256=digest, reason=error.reason, message=_message(str(error), file))
    except (CatalogError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - a notice that meets a fault of ours must not cost the others
        message = f"{type(error).__name__}: {error}"
        return SetAside(path=file.name, sha256=digest, reason="internal_error", message=_message(message, file))


def _read(data: bytes, file: NoticeFile, resources: Resources, times: dict[str, int]) -> Read:
    url = _url_of(file)
    source, result = _process(data, file.name, url, resources)
    number = result.notice.notice_id
    if number in times:  # a second text of the same document
        again = f"{number}~{times[number] + 1}"
        result = _result(source, file.name, url, resources, notice_id=again)
    _check(result, file)
    plain = source.text == data.decode(source.encoding, "replace")
    read = Read(result, None if plain else source.text.encode(), canonical.encode_lines(result.ledger))
    times[number] = times.get(number, 0) + 1
    return read


def _process(data: bytes, name: str, url: str | None, resources: Resources) -> tuple[SourceText, NoticeResult]:
    source = ingest.read(data, origin=name)
    return source, _result(source, name, url, resources)


def _result(
    source: SourceText, name: str, url: str | None, resources: Resources, *, notice_id: str | None = None
) -> NoticeResult:
    # With it come the heavy libraries, which finding notices does without.
    from extractor.pipeline import process

    return process(source, resources, path=name, url=url, notice_id=notice_id, measures=True)


def _check(result: NoticeResult, file: NoticeFile) -> None:
    """Make sure that a result can stand in a dataset; what can't must fail here, not when all is read."""
    canonical.encode_line(result)
    alone = Dataset(
        schema_version="",
        dataset_version="",
        content_hash="",
        generator=Generator(name="", version="", catalog_version=""),
        notices=(result.notice,),
        set_aside=(),
        facts=result.facts,
        unresolved=result.unresolved,
        series=(),
        checks=(),
        comparisons=(),
    )
    check_references(alone, file.name)


def _url_of(file: NoticeFile) -> str | None:
    """Read the address from a notice's sidecar, if it has one."""
    path = file.path.with_name(file.path.name + ".toml")
    if not path.is_file():
        return None
    try:
        return convert(path, "sidecar", read_toml(path), Sidecar).url
    except CatalogError as error:
        raise IngestError("sidecar", _message(str(error), file)) from error


def _message(text: str, file: NoticeFile) -> str:
    """Keep what would differ between machines and runs out of a message that goes to the dataset."""
    text = text.replace(str(file.path), file.name)
    return _ADDRESS.sub("0x…", text)[:_LONGEST_MESSAGE]


def _loaded(given: Resources | None) -> Resources:
    return load() if given is None else given


# ── putting together ────────────────────────────────────────────────────────────────────────────────────────────────


def assemble(
    found: Corpus, outputs: Path, *, resources: Resources | None = None, corrections: Corrections | None = None
) -> Dataset:
    """Put the results of all notices together: notices by path, facts by notice and place, corrections applied."""
    given = _loaded(resources)
    results = [read.result for read in found.read]
    notices = tuple(result.notice for result in results)
    facts = tuple(fact for result in results for fact in sorted(result.facts, key=_place))
    if corrections is not None:
        facts = apply_corrections(facts, notices, corrections, given, set_aside=found.set_aside)
    series = build_series(facts, notices)
    return make_dataset(
        outputs,
        _loaded(resources).digest(),
        notices=notices,
        set_aside=found.set_aside,
        facts=facts,
        unresolved=tuple(item for result in results for item in sorted(result.unresolved, key=_place)),
        series=series,
        checks=make_checks(facts, notices, given),
        comparisons=with_measures(compare_consecutive(Figures(facts, series, notices)), results, _loaded(resources)),
    )


def _place(item: object) -> tuple[int, int]:
    evidence = item.evidence  # type: ignore[attr-defined]
    return evidence.start, evidence.end


def _texts(found: Corpus) -> dict[str, bytes]:
    """Name the source and ledger files; of two files with the same bytes the first one's stand."""
    files: dict[str, bytes] = {}
    for read in found.read:
        digest = read.result.notice.source.sha256
        files.setdefault(f"{publish.LEDGER}/{digest}.jsonl", read.ledger)
        if read.text is not None:
            files.setdefault(f"{publish.SOURCES}/{digest}.txt", read.text)
    return files
