"""The notices that a build reads: of a folder of this machine, or of an address, where whoever reads one fetches it.

At an address the process that builds knows of a notice only what its driver tells, and the digest that a worker found when it last told
the same; sidecars, corrections and reviews are small, and are in a folder here.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from extractor.build.cache.manifest import FileStamp, stamp_files
from extractor.build.cache.record_store import RecordStore
from extractor.build.corpus import NoticeFile, find_notices, named, notice_bytes, notices_among, readable
from extractor.build.storage import FileAt, read_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    from extractor.model import NoticeSource

# Digests of files depend on nothing but their bytes.
_SAME = hashlib.sha256(b"").hexdigest()


class AddressListing(Struct, frozen=True):
    """The files below an address: of each, by its name there, what its driver says that changes with it, and its bytes."""

    address: str
    files: dict[str, tuple[str, int]]


class Notices(Protocol):
    """Where the notices of a corpus are; a context, which is open while they are read.

    ``seen`` are the folders and addresses that workers on other machines have to see.
    """

    files: list[NoticeFile]
    seen: tuple[str, ...]

    def __enter__(self) -> Self:
        """Open what is remembered of them."""

    def __exit__(self, *error: object) -> None:
        """Close it."""

    def stamps(self, before: Mapping[str, FileStamp], most: int, /) -> dict[str, FileStamp]:
        """Look at them, where they have no more than so many bytes; a digest that isn't known yet is empty."""

    def noted(self, file: NoticeFile, looked_at: str, read: str, /) -> str:
        """Give the digest to remember of a file, of that when it was looked at and that of the bytes read."""

    def bytes_of(self, source: NoticeSource) -> bytes | None:
        """Read the bytes of a notice again; None where they are others by now."""


class InFolder:
    """The notices of a folder."""

    def __init__(self, corpus: Path, outputs: Path) -> None:
        """Find them; a `DatasetError` says that there are none."""
        self._corpus = corpus
        self.files = find_notices(corpus, skip=outputs)
        self.seen: tuple[str, ...] = (os.fspath(corpus),)

    def __enter__(self) -> Self:
        """Nothing is open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def stamps(self, before: Mapping[str, FileStamp], most: int) -> dict[str, FileStamp]:
        """Look at the files, mostly without opening them."""
        return stamp_files({file.name: file.path for file in self.files}, before, most=most)

    def noted(self, _file: NoticeFile, looked_at: str, read: str) -> str:
        """Forget the digest of a file that has changed since it was looked at."""
        return looked_at if looked_at == read else ""

    def bytes_of(self, source: NoticeSource) -> bytes | None:
        """Read a file again."""
        return notice_bytes(source, self._corpus)


class AtAddress:
    """The notices at an address; ``folder`` has what else is there."""

    def __init__(self, listing: AddressListing, folder: Path, outputs: Path) -> None:
        """Take the listing; what is remembered of it is with the outputs."""
        self._listing = listing
        self.seen: tuple[str, ...] = (listing.address,)
        self.files = [
            NoticeFile(readable(name), folder / name, at=self._at(name)) for name in notices_among(listing.files)
        ]
        self._digests = RecordStore(outputs, "digests", _SAME, str)

    def __enter__(self) -> Self:
        """Open what was found of the files."""
        self._digests.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Forget files that are no longer there."""
        try:
            if not any(error):
                self._digests.drop_unused()
        finally:
            self._digests.__exit__(*error)

    def stamps(self, _before: Mapping[str, FileStamp], _most: int) -> dict[str, FileStamp]:
        """Give the digests that are known of what the driver tells."""
        return {
            file.name: FileStamp((0, 0, 0, 0, 0), settled=False, digest=self._digests.get(self._mark(file)) or "")
            for file in self.files
        }

    def noted(self, file: NoticeFile, looked_at: str, read: str) -> str:
        """Remember the digest of the bytes read."""
        if read and read != looked_at:
            self._digests.put(self._mark(file), read)
        return read

    def bytes_of(self, source: NoticeSource) -> bytes | None:
        """Fetch a file again."""
        name = named(source.path)
        if name not in self._listing.files:
            return None
        try:
            data = read_at(self._at(name))
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == source.sha256 else None

    def _at(self, name: str) -> FileAt:
        return FileAt(self._listing.address, name, self._listing.files[name][1])

    def _mark(self, file: NoticeFile) -> str:
        """Take a digest of a file's name and what its driver tells of it."""
        told, size = self._listing.files[named(file.name)]
        return hashlib.sha256(f"{self._listing.address}\0{file.name}\0{told}\0{size}".encode()).hexdigest()
