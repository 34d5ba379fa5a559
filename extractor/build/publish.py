"""Writes the outputs folder: a killed run leaves the old dataset or the new one, with the files that it needs.

Everything that differs is first written under temporary names, so that a full disk is met before anything has changed.
Then the files take their names: those that are new, those that replace others, and the dataset last. Only after that
are files removed that no notice owns any more. One thing remains: where a notice's bytes are as before and the program
has changed, its ledger and source text take the place of the old ones moments before the dataset does; a run killed in
these moments leaves the old dataset beside some new ledgers, until the next build.

A killed process loses nothing that it has written: the system holds it. That a power cut loses nothing either is why
files are flushed to the disk before they take their names; a name that is lost then is written again by the next build.

Only one process may write at a time (`extractor.build.cache.writing`), so that any temporary file found was left behind.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from extractor.build.cache.lock import FOLDER
from extractor.dataset import canonical, partitions
from extractor.dataset.parts_writer import flat_name, write_parts
from extractor.dataset.schema import dataset_schema
from extractor.dataset.store import check_dataset, holds, open_anew, remove_file, same_file, temporary_name, unwritable
from extractor.dataset.versions import HISTORY
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Self

    from extractor.dataset.partitions import PartsHead
    from extractor.dataset.parts_writer import KeptParts
    from extractor.model import Dataset

Layout: TypeAlias = Literal["json", "partitioned"]

DATASET = "dataset.json"
PARTS = partitions.HEAD
# Bytes of a `dataset.json` above which a build names the other layout: loading one takes some four times its size.
MOST_IN_ONE = 500_000_000
SCHEMA = "dataset.schema.json"
SOURCES = "sources"
LEDGER = "ledger"
CHANGES = "CHANGES.md"
CERTIFICATE = "CERTIFICATE.md"
CERTIFICATE_DATA = "CERTIFICATE.json"

# Only files with names that this module gives are ever removed: an outputs folder may hold its owner's files too.
_OWNED = re.compile(r"[0-9a-f]{64}\.(?:txt|jsonl)")
_LEFT_BEHIND = re.compile(
    r"\.(?:[0-9a-f]{64}\.(?:txt|jsonl)|dataset(?:\.schema|\.parts)?\.json|CHANGES\.md|CERTIFICATE\.(?:md|json)|[0-9.]{5,20}\.json)\.[0-9]{1,10}\.tmp"
)
# Parts of a dataset, those of the first layout too; and the folders of them that killed runs left.
_PART = re.compile(
    r"(?:[0-9a-f]{16}/)?[a-z_]{5,12}/part_region=[0-9A-Z_]{1,30}/part_year=[0-9A-Z_]{1,30}/"
    r"(?:[0-9a-f]{16}|rows(?:-[0-9]{1,9})?)\.parquet"
)
_PARTS_LEFT = re.compile(r"\.partitions\.[0-9]{1,10}\.tmp")
_FOLDERS = ("", SOURCES, LEDGER, HISTORY)
# What stands in an outputs folder by this program's hand.
OWN_FILES = (DATASET, PARTS, SCHEMA, CHANGES, CERTIFICATE, CERTIFICATE_DATA)
OWN_FOLDERS = (SOURCES, LEDGER, HISTORY, partitions.FOLDER, FOLDER, "export", "report")


class Published(Struct, frozen=True, kw_only=True):
    """What writing changed: names relative to the outputs folder, and how many files stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def publish(
    folder: Path,
    dataset: Dataset,
    texts: Iterable[tuple[str, bytes | None]],
    parts: Callable[[], Mapping[str, Iterable[Any]]] | None = None,
    *,
    layout: Layout = "json",
    kept: KeptParts | None = None,
) -> Published:
    """Write a dataset and its ``sources/`` and ``ledger/`` files, given by their names below ``folder``.

    ``parts`` makes what stands for fields of the dataset that are made only while they are written, and were checked before.
    Of a name that comes twice the first text stands; one without text stands as it is. ``layout`` says whether the dataset
    is one JSON file, or many Parquet files (`dataset.partitions`); the other is removed. Of these, those that are ``kept`` and would
    come out the same stay where they are. A `DatasetError` says what can't be written; what stood there is unchanged then.
    """
    if parts is None:
        check_dataset(dataset, folder / DATASET)
    if folder.exists() and not folder.is_dir():
        msg = Message(
            "{folder}: is a file, expected a folder to write the dataset to. Name another with -o.", folder=folder
        )
        raise DatasetError(msg)
    removed = sweep(folder)
    with _Writing(folder) as writing:
        for name, text in texts:
            writing.add(name, None if text is None else (text,))
        writing.add(SCHEMA, (_schema(),))
        if layout == "partitioned":
            writing.add_parts(dataset, parts() if parts else {}, kept)
        else:
            writing.add(DATASET, canonical.pieces(dataset, **(parts() if parts else {})))
        writing.take_names()
    removed += [name for name in owned_files(folder) if name not in writing.names and remove_file(folder / name)]
    _remove_empty(folder, removed)
    written = (*writing.parted, *writing.written)
    return Published(written=written, removed=tuple(removed), unchanged=len(writing.names) - len(written))


@cache
def _schema() -> bytes:
    """Write the schema; the types that it is made from don't change while a process lives."""
    return canonical.encode(dataset_schema())


def sweep(folder: Path) -> list[str]:
    """Remove the temporary files that killed runs left, and name them; nobody else may be writing."""
    for name in _names(folder):
        if _PARTS_LEFT.fullmatch(name) and not (folder / name).is_symlink():
            shutil.rmtree(folder / name, ignore_errors=True)
    return [name for name in _left_behind(folder) if remove_file(folder / name)]


def require_own_folders(folder: Path) -> None:
    """Refuse an outputs folder in which a link stands for a folder of ours: what it leads to may be anybody's."""
    for name in (SOURCES, LEDGER, HISTORY, partitions.FOLDER):
        if (folder / name).is_symlink():
            msg = Message(
                "{folder}: is a link, expected a folder: links in an outputs folder are not followed. Remove it.",
                folder=folder / name,
            )
            raise DatasetError(msg)


def own_names(names: Iterable[str]) -> frozenset[str]:
    """Name the files and folders that builds wrote, where the names of a folder's files show that it is one of outputs."""
    known = set(names)
    built = SCHEMA in known and not known.isdisjoint({DATASET, PARTS})
    return frozenset((*OWN_FILES, *OWN_FOLDERS)) if built else frozenset()


def layout_of(folder: Path) -> Layout:
    """Say in which layout the dataset of an outputs folder stands: one of a single file, where there is none."""
    return "partitioned" if (folder / PARTS).exists() and not (folder / DATASET).exists() else "json"


def is_owned(name: str) -> bool:
    """Say whether a name below an outputs folder is one that only builds give, and make again."""
    part, _, rest = name.partition("/")
    if part == partitions.FOLDER:
        return _PART.fullmatch(rest) is not None
    return name in {DATASET, PARTS, SCHEMA} or (part in {SOURCES, LEDGER} and _OWNED.fullmatch(rest) is not None)


def owned_files(folder: Path) -> list[str]:
    """List the files that builds write, those of killed ones too, by their names below the folder."""
    found = [name for name in (DATASET, PARTS, SCHEMA) if (folder / name).exists()]
    found += _parts(folder / partitions.FOLDER)
    for part in (SOURCES, LEDGER):
        found += [f"{part}/{name}" for name in _names(folder / part) if _OWNED.fullmatch(name)]
    return found + _left_behind(folder)


def _left_behind(folder: Path) -> list[str]:
    names = [(part, name) for part in _FOLDERS for name in _names(folder / part) if _LEFT_BEHIND.fullmatch(name)]
    return [f"{part}/{name}" if part else name for part, name in names]


def _parts(folder: Path) -> list[str]:
    """List the parts of a dataset, of whichever build; links are not followed."""
    found = [
        os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")  # noqa: PTH118 - of very many files
        for place, _, names in os.walk(folder)
        for name in names
    ]
    return [f"{partitions.FOLDER}/{name}" for name in sorted(found) if _PART.fullmatch(name)]


def _remove_empty(folder: Path, removed: Iterable[str]) -> None:
    """Remove folders of parts that hold nothing any more."""
    parts = (name for name in removed if name.startswith(f"{partitions.FOLDER}/"))
    places = {place for name in parts for place in (folder / name).parents if place.is_relative_to(folder)} - {folder}
    for place in sorted(places, key=lambda one: len(one.parts), reverse=True):
        with contextlib.suppress(OSError):
            place.rmdir()


def _names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208 - names, of ten thousands of files


class _Writing:
    """Writes files under temporary names, and when all are on the disk gives them their own; those that differ only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()
        self.written: dict[str, Path] = {}
        self.parts: PartsHead | None = None
        self.parted: list[str] = []
        self._beside = folder / f".partitions.{os.getpid()}.tmp"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for place in self.written.values():
            with contextlib.suppress(OSError):
                place.unlink(missing_ok=True)
        if self.parts is not None:
            shutil.rmtree(self._beside, ignore_errors=True)

    def add(self, name: str, pieces: Iterable[bytes] | None) -> None:
        """Write a file, unless its name came before or it is there with the same bytes: None says that it is."""
        if name in self.names:
            return
        self.names.add(name)
        if pieces is None:
            return
        path = self.folder / name
        place = path.with_name(temporary_name(path.name))
        try:
            if isinstance(pieces, tuple) and holds(path, b"".join(pieces)):
                return
            self.written[name] = place
            path.parent.mkdir(parents=True, exist_ok=True)
            with open_anew(place) as file:
                for piece in pieces:
                    file.write(piece)
            if not isinstance(pieces, tuple) and same_file(path, place):
                del self.written[name]
                place.unlink()
        except OSError as error:
            raise unwritable(path, error) from error

    def add_parts(self, dataset: Dataset, parts: Mapping[str, Iterable[Any]], kept: KeptParts | None) -> None:
        """Write the parts of a dataset into a folder beside the others, unless they are there with the same bytes."""
        partitions.require_library()
        try:
            self.parts = head = write_parts(dataset, self._beside, self.folder, parts, kept)
        except OSError as error:
            shutil.rmtree(self._beside, ignore_errors=True)
            raise unwritable(self.folder / partitions.FOLDER, error) from error
        self.names |= {f"{head.folder}/{file.path}" for file in head.files}
        self.add(PARTS, (canonical.encode(head),))

    def _take_parts(self) -> list[str]:
        """Let parts that aren't there take their names, which no file of the last build has; give these."""
        if (head := self.parts) is None:
            return []
        listed = [(f"{head.folder}/{file.path}", self._beside / flat_name(file.path)) for file in head.files]
        new = {name: place for name, place in listed if place.exists() and not same_file(self.folder / name, place)}
        for place in new.values():
            with place.open("rb+") as written:
                os.fsync(written.fileno())
        for name, place in new.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            place.replace(path)
        return list(new)

    def take_names(self) -> None:
        """Flush what was written, and let it take its names: what is new first, the dataset last."""
        path = self.folder / partitions.FOLDER
        try:
            self.parted = self._take_parts()
            path = self.folder
            # Flushed one after the other when all are written: the disk then has little left to do for most of them.
            for name, place in self.written.items():
                path = self.folder / name  # the message names the file by its own name
                with place.open("rb+") as file:
                    os.fsync(file.fileno())
            new = {name for name in self.written if not (self.folder / name).exists()}
            for name in sorted(self.written, key=lambda name: (name in {DATASET, PARTS}, name not in new)):
                path = self.folder / name
                self.written[name].replace(path)
        except OSError as error:
            raise unwritable(path, error) from error
