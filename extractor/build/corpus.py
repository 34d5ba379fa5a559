"""A corpus to readings: finds the notices of a folder and reads each; what fails is set aside with its reason.

What is read from a file depends on its bytes alone. Where the file lies and what its sidecar says is added afterwards,
so that a reading can be kept by the digest of the bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from extractor import ingest
from extractor.build import publish
from extractor.build.cache.record_store import RecordStore, packed_record
from extractor.build.engine import Lost, Task
from extractor.build.fetch.address import without_password
from extractor.build.guarded import process_guarded
from extractor.build.storage import FileAt, read_at
from extractor.dataset import canonical
from extractor.dataset.addresses import is_web_address
from extractor.dataset.schema import SCHEMA_VERSION
from extractor.dataset.store import check_dataset, read_own, reason_of, there
from extractor.dataset.versions import FIRST_VERSION
from extractor.errors import CatalogError, DatasetError, IngestError, StorageError
from extractor.ingest import DEFAULT, Limits
from extractor.ingest.files import shown, unreadable
from extractor.ingest.registry import check_size
from extractor.ingest.sandbox import how_ended
from extractor.messages import Message, packed, unpacked
from extractor.model import Dataset, Generator, NoticeResult, SetAside
from extractor.resources import convert, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import NoticeSource, SourceText
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources

SIDECAR = ".toml"
_SIDECAR_LIMITS = Limits(bytes=64 * 1024)

# Names that browsers, editors and Office give to files that are not finished or not meant to stay.
_PASSING_ENDINGS = (
    "~",
    "#",
    ".swp",
    ".swx",
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".filepart",
)
_PASSING_BEGINNINGS = (".", "~$")

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,16}")
_LONGEST_MESSAGE = 500


class Sidecar(msgspec.Struct, forbid_unknown_fields=True):
    """``<file>.toml``: what is known of a notice's file that its text doesn't say."""

    title: str | None = None
    document_number: str | None = None
    url: str | None = None
    retrieved_on: dt.date | None = None
    restates: str | list[str] | None = None
    gone_since: dt.date | None = None


class NoticeFile(NamedTuple):
    """A file that should hold a notice; ``name`` is its POSIX path relative to the corpus, None where it was named alone.

    One that is ``at`` an address is fetched by whoever reads it: ``path`` is where it would be, and there is its sidecar.
    """

    name: str
    path: Path
    corpus: Path | None = None
    at: FileAt | None = None

    @property
    def sidecar(self) -> Path:
        """The place of its sidecar, whether there is one or not."""
        return self.path.with_name(self.path.name + SIDECAR)


class Read(msgspec.Struct, frozen=True, array_like=True):
    """A notice as it was read; ``text`` is the source text where the file's bytes alone don't give it."""

    result: NoticeResult
    text: bytes | None


class ReadingTask(msgspec.Struct, frozen=True):
    """A file that a process is to read, its places as the system has them."""

    name: str
    path: bytes
    corpus: bytes | None
    limits: Limits
    at: FileAt | None = None


class ReadingOutcome(msgspec.Struct, frozen=True):
    """What came of it: the record of the reading, `packed_record`, by its digest; or why it is set aside, `packed`."""

    digest: str | None = None
    record: bytes | None = None
    reason: str = ""
    message: Any = ""


class Kept(Protocol):
    """Readings of earlier builds, by the digest of the file's bytes."""

    def get(self, digest: str) -> Read | None:
        """Return the reading kept for a digest, if there is one."""

    def put(self, digest: str, value: Read) -> None:
        """Keep a reading."""


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_notices(corpus: Path, *, skip: Path | None = None) -> list[NoticeFile]:
    """List the notices of a folder and its subfolders by path; a file stands for itself.

    Hidden and temporary files, TOML files (sidecars, corrections) and what builds write are no notices; ``skip`` is a folder
    to leave out. A link to a
    folder counts as a file, one that can't be read: it may lead in a circle, or have everything come twice, and what
    it leads to must not be missing without a word.
    """
    if not corpus.exists():
        msg = Message(
            "{corpus}: no such file or folder. Name the folder that holds the notices: extractor build FOLDER.",
            corpus=corpus,
        )
        raise DatasetError(msg)
    if not corpus.is_dir():
        return [NoticeFile(readable(corpus.name), corpus)]
    skipped = skip.resolve() if skip else None
    found: list[Path] = []
    for place, subfolders, names in os.walk(corpus, onerror=_refuse_folder):
        folder = Path(place)
        own = publish.own_names(names)
        shown = [folder / name for name in subfolders if not is_passing(name) and name not in own]
        wanted = [path for path in shown if path.resolve() != skipped] if skipped else shown
        linked = {path.name for path in wanted if path.is_symlink()}
        subfolders[:] = [path.name for path in wanted if path.name not in linked]
        files = [name for name in names if not (is_passing(name) or name.endswith(SIDECAR) or name in own)]
        found += [folder / name for name in (*files, *linked)]
    if not found:
        msg = Message(
            "{corpus}: no notices in this folder. Put notices there as text or HTML files, or name another "
            "folder: extractor build FOLDER.",
            corpus=corpus,
        )
        raise DatasetError(msg)
    return sorted(NoticeFile(readable(path.relative_to(corpus).as_posix()), path, corpus) for path in found)


def notices_among(names: Iterable[str]) -> list[str]:
    """Pick the notices among all files below a corpus, by their POSIX paths in it, as `find_notices` would.

    >>> notices_among(["36/2022.txt", "36/2022.txt.toml", ".cache/a.txt", "reviews.toml", "36/b.txt.part"])
    ['36/2022.txt']
    """
    parts = {name: name.split("/") for name in names}
    inside: dict[str, set[str]] = {}
    for steps in parts.values():
        for depth, step in enumerate(steps):
            inside.setdefault("/".join(steps[:depth]), set()).add(step)
    own = {folder: found for folder, within in inside.items() if (found := publish.own_names(within))}

    def is_notice(steps: list[str]) -> bool:
        if steps[-1].endswith(SIDECAR) or any(map(is_passing, steps)):
            return False
        return not own or not any(
            step in own.get("/".join(steps[:depth]), frozenset()) for depth, step in enumerate(steps)
        )

    return sorted(name for name, steps in parts.items() if is_notice(steps))


def require_apart(corpus: Path, outputs: Path) -> None:
    """Refuse outputs that a build would read as notices, or write over them; a folder of its own in the corpus is none."""
    place, folder = corpus.resolve(), outputs.resolve()
    ours = {folder, *(folder / name for name in publish.OWN_FOLDERS)}
    written = {folder / name for name in publish.OWN_FILES}
    if place in written or not ours.isdisjoint({place, *place.parents} - ({folder} if place != folder else set())):
        msg = Message(
            "{outputs}: a build would read its own files there, or write over notices of {corpus}. Name another "
            "folder to write to with -o.",
            outputs=outputs,
            corpus=corpus,
        )
        raise DatasetError(msg)


def is_passing(path: str) -> bool:
    """Say whether a file is hidden, temporary or of an editor, by its name."""
    name = os.path.basename(path)  # noqa: PTH119 - of thousands of events
    return name.startswith(_PASSING_BEGINNINGS) or name.endswith(_PASSING_ENDINGS)


def _refuse_folder(error: OSError) -> None:
    msg = Message(
        "{filename}: the folder cannot be read: {reason}. Allow reading it, or move it elsewhere.",
        filename=error.filename,
        reason=reason_of(error),
    )
    raise DatasetError(msg) from error


def readable(name: str) -> str:
    r"""Write a file name in UTF-8 whatever its bytes are; `named` gives back the name.

    >>> readable("通知.txt"), readable(os.fsdecode(b"a\xff.txt")), readable("a\\xff.txt")
    ('通知.txt', 'a\\xff.txt', 'a\\x5cxff.txt')
    """
    return os.fsencode(name.replace("\\", "\\x5c")).decode("utf-8", "backslashreplace")


def named(readable_name: str) -> str:
    r"""Give back the file name that `readable` wrote.

    >>> named("a\\x5cxff.txt"), os.fsencode(named("a\\xff.txt"))
    ('a\\xff.txt', b'a\xff.txt')
    """
    plain = _ESCAPED.sub(lambda met: bytes.fromhex(met[1].decode()), readable_name.encode())
    return os.fsdecode(plain)


# The bytes that `readable` escapes: a backslash, and those that are no UTF-8.
_ESCAPED = re.compile(rb"\\x(5c|[89a-f][0-9a-f])")


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_notice_file(
    file: NoticeFile,
    resources: Resources,
    limits: Limits = DEFAULT,
    *,
    kept: Kept | None = None,
    digest: str | None = None,
) -> Read | SetAside:
    """Read one file; no file's content may end the run, a wrong data file or a broken installation must.

    With the ``digest`` of its bytes, what is ``kept`` for that is taken instead; what is read is kept.
    """
    found = _read_alone(file, resources, limits, kept=kept, digest=digest)
    return found if isinstance(found, SetAside) else _with_place(found, file)


def _read_alone(
    file: NoticeFile,
    resources: Resources,
    limits: Limits,
    *,
    kept: Kept | None = None,
    digest: str | None = None,
) -> Read | SetAside:
    """Read what the bytes of a file give, wherever it lies and whatever its sidecar says."""
    known, digest = digest, None
    try:
        require_inside(file.path, file.corpus)
        read = kept.get(known) if kept and known else None
        if read is not None:
            return read
        data = _bytes_of(file, limits)
        digest = hashlib.sha256(data).hexdigest()
        read = _read(data, file, resources, limits)
    except (CatalogError, ImportError, StorageError):
        raise
    except Exception as error:  # noqa: BLE001 - a notice that meets a fault of ours must not cost the others
        return _set_aside(file, digest, error)
    if kept:
        kept.put(read.result.notice.source.sha256, read)
    return read


def _with_place(read: Read, file: NoticeFile) -> Read | SetAside:
    """Say in a reading where the file lies and what its sidecar tells."""
    try:
        return _placed(read, file.name, _about(file))
    except (CatalogError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - as above
        return _set_aside(file, read.result.notice.source.sha256, error)


def _set_aside(file: NoticeFile, digest: str | None, error: Exception) -> SetAside:
    if isinstance(error, IngestError):
        return SetAside(path=file.name, sha256=digest, reason=error.reason, message=_message(str(error), file))
    message = Message("{kind}: {error}", kind=type(error).__name__, error=error)
    return SetAside(path=file.name, sha256=digest, reason="internal_error", message=_message(message, file))


# ── reading in another process


def reading_task(file: NoticeFile, limits: Limits) -> Task:
    """Make the task of reading a file, whose outcome `from_task` takes; a process in another folder finds it, too."""
    corpus = None if file.corpus is None else os.fsencode(file.corpus.absolute())
    given = ReadingTask(file.name, os.fsencode(file.path.absolute()), corpus, limits, file.at)
    return Task(__name__, "do_reading_task", msgspec.msgpack.encode(given))


def do_reading_task(data: bytes, resources: Resources) -> bytes:
    """Read a file that `reading_task` named."""
    task = msgspec.msgpack.decode(data, type=ReadingTask)
    corpus = None if task.corpus is None else Path(os.fsdecode(task.corpus))
    found = _read_alone(NoticeFile(task.name, Path(os.fsdecode(task.path)), corpus, task.at), resources, task.limits)
    if isinstance(found, SetAside):
        outcome = ReadingOutcome(found.sha256, reason=found.reason, message=packed(found.message))
    else:
        outcome = ReadingOutcome(found.result.notice.source.sha256, packed_record(found))
    return msgspec.msgpack.encode(outcome)


def from_task(found: bytes | Lost, file: NoticeFile, kept: RecordStore, digest: str | None) -> Read | SetAside:
    """Take what came of reading a file, and keep it; ``digest`` is that of its bytes when they were looked at.

    A file of which two processes died is set aside.
    """
    if isinstance(found, Lost):
        message = Message(
            "two processes ended while they read it, the last with {how}; the notice is set aside so that the others "
            "can be built. Save it anew, or look at what the system says of its memory.",
            how=how_ended(found.status),
        )
        return SetAside(path=file.name, sha256=digest, reason="internal_error", message=message)
    outcome = msgspec.msgpack.decode(found, type=ReadingOutcome)
    if outcome.record is None or outcome.digest is None:
        words = unpacked(outcome.message)
        return SetAside(path=file.name, sha256=outcome.digest, reason=outcome.reason, message=words)
    read: Read = kept.put_record(outcome.digest, outcome.record)
    return _with_place(read, file)


def _bytes_of(file: NoticeFile, limits: Limits) -> bytes:
    if file.at is not None:
        check_size(file.at.size, shown(file.path), limits)
        try:
            return read_at(file.at)
        except FileNotFoundError as error:
            raise unreadable(file.path, error) from error
    if file.path.is_symlink() and file.path.is_dir():
        msg = Message(
            "{name}: is a link to a folder, expected a file. Links to folders are not followed, since they can "
            "lead in circles: put the folder itself here, or build it as a corpus of its own.",
            name=file.name,
        )
        raise IngestError("unreadable", msg)
    return ingest.read_file(file.path, limits)


def _read(data: bytes, file: NoticeFile, resources: Resources, limits: Limits) -> Read:
    source = ingest.read(data, origin=file.name, limits=limits, resources=resources)
    result = result_of(source, resources, limits=limits)
    _check(_placed(Read(result, None), file.name, Sidecar()).result, file)
    plain = source.text == data.decode(source.encoding, "replace")
    return Read(result, None if plain else source.text.encode())


def result_of(
    source: SourceText,
    resources: Resources,
    *,
    path: str = "",
    url: str | None = None,
    limits: Limits = DEFAULT,
    explanations: dict[str, Explanation] | None = None,
) -> NoticeResult:
    """Run the stages over a source text; ``explanations``, where given, is filled by fact id.

    Raises `IngestError` where that takes more than the limits allow.
    """
    return process_guarded(source, limits, resources, path=path, url=url, measures=True, explanations=explanations)


def _placed(read: Read, name: str, about: Sidecar) -> Read:
    """Say in a reading where the file lies, from which address it is, and whether it is still there."""
    notice = read.result.notice
    gone = about.gone_since.isoformat() if about.gone_since else None
    notice = replace(notice, source=replace(notice.source, path=name, url=about.url, gone_since=gone))
    return Read(replace(read.result, notice=notice), read.text)


def _check(result: NoticeResult, file: NoticeFile) -> None:
    """Make sure that a result can stand in a dataset; what can't must fail here, not when all is read."""
    canonical.encode_line(result)
    alone = Dataset(
        schema_version=SCHEMA_VERSION,
        dataset_version=FIRST_VERSION,
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
    check_dataset(alone, file.name)


def url_of(file: NoticeFile) -> str | None:
    """Read the address from a notice's sidecar, if it has one."""
    return _about(file).url


def _about(file: NoticeFile) -> Sidecar:
    """Read a notice's sidecar; an error names the notice."""
    try:
        return read_sidecar(file)
    except IngestError as error:
        raise IngestError("sidecar", _message(str(error), file)) from error


def require_inside(path: Path, corpus: Path | None) -> None:
    """Raise `IngestError` for a link that leads out of a corpus: whoever may put files there mustn't have others read."""
    if corpus is None or not path.is_symlink():
        return
    try:
        inside = path.resolve().is_relative_to(corpus.resolve())
    except (OSError, RuntimeError):  # a circle, which reading has a word for
        return
    if not inside:
        msg = Message(
            "{path}: is a link that leads out of the corpus, which is not followed. Put the file itself there.",
            path=shown(path),
        )
        raise IngestError("unreadable", msg)


def read_sidecar(file: NoticeFile) -> Sidecar:
    """Read what the sidecar of a notice's file says, nothing where it has none; an `IngestError` says what is wrong with it."""
    beside = file.sidecar
    if not there(beside):
        return Sidecar()
    try:
        require_inside(beside, file.corpus)
        about = convert(beside, "sidecar", parse_toml(beside, ingest.read_file(beside, _SIDECAR_LIMITS)), Sidecar)
    except (CatalogError, IngestError) as error:
        raise IngestError("sidecar", str(error)) from error
    if about.url and not is_web_address(about.url):
        msg = Message(
            "{beside}: url is no address of the web, expected one like https://example.org/notice.html. Correct it.",
            beside=beside,
        )
        raise IngestError("sidecar", msg)
    return replace(about, url=without_password(about.url)) if about.url else about


def _message(text: str, file: NoticeFile) -> str:
    """Keep what would differ between machines and runs out of a message that goes to the dataset."""

    def changed(words: str) -> str:
        return _ADDRESS.sub("0x…", words.replace(str(file.path), file.name))

    kept = text.mapped(changed) if isinstance(text, Message) else changed(text)
    return kept if len(kept) <= _LONGEST_MESSAGE else kept[:_LONGEST_MESSAGE]


# ── Finds the text that a notice's offsets refer to: among the dataset's sources, else in the corpus


def source_text(source: NoticeSource, folder: Path, corpus: Path, resources: Resources) -> str | None:
    """Read the text that a notice's offsets refer to; None where neither sources nor corpus hold it."""
    if (text := kept_text(source, folder)) is not None:
        return text
    again = file_again(source, corpus, resources)
    return None if again is None else again.text


def kept_text(source: NoticeSource, folder: Path) -> str | None:
    """Read a notice's text among the dataset's sources; None where it isn't kept there."""
    kept = read_own(folder / publish.SOURCES / f"{source.sha256}.txt")
    return None if kept is None else kept.decode("utf-8", "replace")


def file_again(source: NoticeSource, corpus: Path, resources: Resources) -> SourceText | None:
    """Read a notice's file again; None where it is missing or another by now."""
    data = notice_bytes(source, corpus)
    return None if data is None else ingest.read(data, origin=source.path, resources=resources)


def notice_bytes(source: NoticeSource, corpus: Path) -> bytes | None:
    """Read the bytes of a notice's file; None where it is missing or another by now."""
    # A dataset of a single file names the file alone, so the corpus may be that file.
    path = corpus if corpus.is_file() else corpus / named(source.path)
    try:
        require_inside(path, corpus if corpus.is_dir() else None)
        data = ingest.read_file(path)
    except IngestError:
        return None
    return data if hashlib.sha256(data).hexdigest() == source.sha256 else None
