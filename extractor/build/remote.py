"""A build whose corpus or outputs are at an address: it works in a folder of this machine, and brings that in line with both.

Of the corpus only what is new or changed there is fetched, as its driver tells it; where a cluster reads, its workers fetch the notices,
and this machine only what lies beside them. Of outputs only what differs from what was written
last is sent, the dataset last of all, so that whoever reads there finds the old one or the new one with the files that it needs. The
folder may be lost: then everything is fetched and sent again, and releases are taken from the address, where they are input.
One machine may write to an address at a time; nothing there keeps another from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.build import publish
from extractor.build.cache import FOLDER
from extractor.build.corpus import SIDECAR, is_passing, notices_among
from extractor.build.notices import AddressListing
from extractor.build.storage import file_system, files_below, is_storage, unreachable
from extractor.dataset.store import reason_of, write_atomic
from extractor.dataset.versions import HISTORY
from extractor.errors import DatasetError
from extractor.ingest import DEFAULT
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from extractor.build.engine import Cluster
    from extractor.build.incremental import BuildReport
    from extractor.ingest import Limits

# Files that are fetched at once, which drivers of object stores do side by side.
AT_ONCE = 64
# Stores whose files are there as a whole or not at all; elsewhere they are written under another name first.
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"})
# What drivers say of a file that changes with its bytes, or soon after.
_TELLING = (
    "ETag",
    "etag",
    "md5Hash",
    "md5",
    "mtime",
    "LastModified",
    "last_modified",
    "modification_time",
    "created",
    "size",
)
_CORPUS, _OUTPUTS, _MARKS = "corpus", "outputs", "marks.json"


class Marks(Struct):
    """What was fetched and sent last: of each name what the driver said of it, and of outputs the digest of the bytes."""

    corpus: dict[str, str] = {}
    outputs: dict[str, tuple[str, str]] = {}


def build_at(
    corpus: str,
    outputs: str,
    build: Callable[..., BuildReport],
    *,
    work: Path | None = None,
    limits: Limits = DEFAULT,
    cluster: Cluster | None = None,
) -> tuple[BuildReport, int | None]:
    """Build with a corpus or outputs that may be at addresses; ``build`` is handed folders of this machine, and the ``cluster``.

    With a cluster ``build`` is handed the ``listing`` of a corpus at an address, and the folder has no notices. Shards
    that have no place of their own go below outputs at an address, which workers have to reach.

    Returns the report, and how many files were sent to or removed at the address of outputs, None where it is none. A
    `DatasetError` says what can't be reached.
    """
    if not is_storage(corpus) and not is_storage(outputs):
        return build(Path(corpus), Path(outputs), cluster=cluster), None
    for address in filter(is_storage, (corpus, outputs)):
        file_system(address)  # before anything is made here
    _require_apart(corpus, outputs)
    place = work or default_work(corpus, outputs)
    _make(place)
    marks = _marks(place)
    source, listing = Path(corpus), None
    if is_storage(corpus):
        there = _corpus_there(corpus)
        source = place / _CORPUS
        if cluster:
            listing = AddressListing(
                corpus, {name: (_told(about), about.get("size") or 0) for name, about in there.items()}
            )
            there = {name: about for name, about in there.items() if name.endswith(SIDECAR)}
        _fetch_corpus(corpus, there, source, marks, limits)
    _save(place, marks)
    run = partial(build, source, cluster=_with_shards(cluster, outputs), listing=listing)
    if not is_storage(outputs):
        return run(Path(outputs)), None
    made = place / _OUTPUTS
    _fetch_releases(outputs, made)
    report = run(made)
    try:
        sent = _send(outputs, made, marks)
    finally:
        _save(place, marks)
    return report, sent


def _with_shards(cluster: Cluster | None, outputs: str) -> Cluster | None:
    """Have shards written below outputs at an address, where they have no place of their own."""
    if cluster is None or cluster.shards or not is_storage(outputs):
        return cluster
    return replace(cluster, shards=f"{outputs.rstrip('/')}/{FOLDER}/shards")


def _require_apart(corpus: str, outputs: str) -> None:
    """Refuse an address for outputs that a build would read as notices, or the other way round."""
    one, other = (f"{name.rstrip('/')}/" for name in (corpus, outputs))
    if one.startswith(other) or other.startswith(one):
        msg = Message(
            "{outputs}: lies in {corpus}, or holds it. Name another place with -o.", outputs=outputs, corpus=corpus
        )
        raise DatasetError(msg)


def default_work(corpus: str, outputs: str) -> Path:
    """Name the folder to work in for a corpus and outputs: below the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    named = [one if is_storage(one) else os.path.abspath(one) for one in (corpus, outputs)]  # noqa: PTH100 - as named
    return cache / "extractor" / hashlib.sha256("\0".join(named).encode()).hexdigest()[:16]


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = Message(
            "{place}: cannot be written: {reason}. Name a folder to work in with --work.",
            place=place,
            reason=reason_of(error),
        )
        raise DatasetError(msg) from error


def _marks(place: Path) -> Marks:
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((place / _MARKS).read_bytes(), type=Marks)
    return Marks()


def _save(place: Path, marks: Marks) -> None:
    write_atomic(place / _MARKS, msgspec.json.encode(marks))


def _told(about: Mapping[str, Any]) -> str:
    """Write what a driver says of a file that tells whether it has changed."""
    return " ".join(f"{name}={about[name]}" for name in _TELLING if about.get(name) is not None)


# ── the corpus


def _corpus_there(address: str) -> dict[str, dict[str, Any]]:
    """List what may belong to a corpus at an address, with what its driver says of each file."""
    there = {name: about for name, about in files_below(address) if not any(map(is_passing, name.split("/")))}
    if not notices_among(there):
        msg = Message("{address}: no notices there. Put notices there, or name another address.", address=address)
        raise DatasetError(msg)
    for name in there:
        _require_below(address, name)
    return there


def _fetch_corpus(
    address: str, there: Mapping[str, Mapping[str, Any]], folder: Path, marks: Marks, limits: Limits
) -> None:
    """Bring a folder in line with files at an address."""
    folder.mkdir(exist_ok=True)
    wanted = [
        name for name, about in there.items() if marks.corpus.get(name) != _told(about) or not (folder / name).is_file()
    ]
    system, root = file_system(address)
    for start in range(0, len(wanted), AT_ONCE):
        names = wanted[start : start + AT_ONCE]
        small = [name for name in names if (there[name].get("size") or 0) <= limits.bytes]
        _get(address, system, {f"{root}/{name}": folder / name for name in small})
        for name in set(names) - set(small):
            _stand_in(folder / name, there[name]["size"])
        marks.corpus |= {name: _told(there[name]) for name in names}
    marks.corpus = {name: mark for name, mark in marks.corpus.items() if name in there}
    for place in [path for path in folder.rglob("*") if not path.is_dir()]:
        if place.relative_to(folder).as_posix() not in there:
            place.unlink()


def _require_below(address: str, name: str) -> None:
    """Refuse a name that no file of a folder can have, or that leads out of it."""
    if {"", ".", ".."} & set(name.split("/")) or (os.sep != "/" and os.sep in name):
        msg = Message(
            "{address}: holds {name}, which is no name of a file here. Rename it.", address=address, name=repr(name)
        )
        raise DatasetError(msg)


def _get(address: str, system: Any, files: dict[str, Path]) -> None:  # noqa: ANN401 - of fsspec, which has no types
    """Fetch files; each is there as a whole or not at all."""
    parts = {path: place.with_name(f"{place.name[:100]}.part") for path, place in files.items()}
    try:
        for place in parts.values():
            place.parent.mkdir(parents=True, exist_ok=True)
        if parts:
            system.get(list(parts), [str(place) for place in parts.values()])
        for path, place in parts.items():
            place.replace(files[path])
    except (OSError, ValueError) as error:
        raise unreachable(address, error) from error


def _stand_in(place: Path, size: int) -> None:
    """Make a file of a size that no notice may have, so that it is set aside as one that was fetched would be."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        file.truncate(size)


# ── the outputs


def _fetch_releases(address: str, folder: Path) -> None:
    """Take what a build can't make again from the address, where it is not here."""
    wanted = (publish.CHANGES, f"{HISTORY}/")
    there = [name for name, _ in _outputs_there(address) if name.startswith(wanted)]
    system, root = file_system(address)
    _get(address, system, {f"{root}/{name}": folder / name for name in there if not (folder / name).exists()})


def _releases(folder: Path) -> list[str]:
    """List what a build can't make again."""
    found = [path for path in (folder / HISTORY).glob("*.json") if path.is_file() and not is_passing(path.name)]
    return [f"{HISTORY}/{path.name}" for path in sorted(found)] + [publish.CHANGES] * (
        folder / publish.CHANGES
    ).is_file()


def _outputs_there(address: str) -> list[tuple[str, dict[str, Any]]]:
    """List the files of outputs that were published before; none where there is no such folder yet."""
    system, root = file_system(address)
    try:
        return list(files_below(address)) if system.exists(root) else []
    except (OSError, ValueError) as error:
        raise unreachable(address, error) from error


def _send(address: str, folder: Path, marks: Marks) -> int:
    """Bring an address in line with a folder of outputs; return how many files were sent or removed."""
    here = publish.owned_files(folder) + _releases(folder)
    there = dict(_outputs_there(address))
    system, root = file_system(address)
    sent: dict[str, str] = {}
    for name in sorted(here, key=lambda name: (name in {publish.DATASET, publish.PARTS}, name)):
        digest = _digest(folder / name)
        if name in there and marks.outputs.get(name) == (digest, _told(there[name])):
            continue
        try:
            _put(system, folder / name, f"{root}/{name}")
        except (OSError, ValueError) as error:
            raise unreachable(address, error) from error
        sent[name] = digest
    gone = [name for name in there if publish.is_owned(name) and name not in here]
    for name in gone:
        marks.outputs.pop(name, None)
        try:
            system.rm_file(f"{root}/{name}")
        except (OSError, ValueError) as error:
            raise unreachable(address, error) from error
    if sent:
        told = dict(_outputs_there(address))
        marks.outputs |= {name: (digest, _told(told[name])) for name, digest in sent.items() if name in told}
    return len(sent) + len(gone)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put(system: Any, path: Path, name: str) -> None:  # noqa: ANN401 - of fsspec, which has no types
    """Send a file, which is there as a whole or not at all."""
    folder, _, last = name.rpartition("/")
    system.makedirs(folder, exist_ok=True)
    protocols: Iterable[str] = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
    if not _WHOLE.isdisjoint(protocols):
        system.put_file(str(path), name)
        return
    part = f"{folder}/.{last}.part"
    system.put_file(str(path), part)
    system.mv(part, name)
