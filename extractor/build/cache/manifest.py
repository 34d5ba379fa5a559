"""The manifest: what the last build rested on, what it wrote, and what it said, in one file with its checksum."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.build.cache.lock import FOLDER
from extractor.dataset.store import read_own, write_atomic
from extractor.errors import DatasetError
from extractor.ingest.files import NOT_WAITING
from extractor.messages import as_text, packed, unpacked
from extractor.model import SetAside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# ── Tells whether a file is as it was, mostly without opening it
# A file whose size, times and place on the disk are as noted is taken to hold what it held. That isn't so for one that
# was changed just before it was noted: it could be changed again within the same tick of the file system's clock, and
# look the same. Such a note isn't ``settled``, and the file's bytes are looked at again.

# Clocks of file systems go on in steps: a hundredth of a second or less, or where only seconds are kept up to two.
_SECOND = 1_000_000_000
_FINE, _COARSE = _SECOND // 20, 2 * _SECOND

Stamp = tuple[int, int, int, int, int]


class FileStamp(Struct, frozen=True, array_like=True, gc=False):
    """A file as it was found: the SHA-256 of its bytes, empty where they can't be read."""

    stamp: Stamp
    settled: bool
    digest: str


def stamp_of(
    path: Path, before: FileStamp | None = None, *, most: int | None = None, follow: bool = True
) -> FileStamp | None:
    """Look at a file, at its bytes only where ``before`` doesn't vouch for them; None where there is nothing.

    A file of more than ``most`` bytes is not looked into, nor is a folder or a pipe, nor a link unless it is to ``follow``.
    """
    try:
        found = path.stat(follow_symlinks=follow)
    except FileNotFoundError:
        if not path.is_symlink():
            return None
        return FileStamp((0, 0, 0, 0, 0), settled=False, digest="")
    except (OSError, ValueError) as error:
        # A sidecar of a name that is as long as a system allows has a name that is too long, and can't be there.
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            return None
        return FileStamp((0, 0, 0, 0, 0), settled=False, digest="")
    if before is not None and before.settled and before.digest and before.stamp == _stamp(found):
        return before
    if not stat.S_ISREG(found.st_mode) or (most is not None and found.st_size > most):
        return FileStamp(_stamp(found), settled=False, digest="")
    return _digested(path)


def stamp_files(
    paths: Mapping[str, Path], before: Mapping[str, FileStamp], *, most: int | None = None, follow: bool = True
) -> dict[str, FileStamp]:
    """Look at files by their names; those that aren't there are left out."""
    found = ((name, stamp_of(path, before.get(name), most=most, follow=follow)) for name, path in paths.items())
    return {name: mark for name, mark in found if mark is not None}


def same_bytes(one: Mapping[str, FileStamp], other: Mapping[str, FileStamp]) -> bool:
    """Say whether the same files hold the same bytes; one that can't be read is like another that can't."""
    return one.keys() == other.keys() and all(mark.digest == other[name].digest for name, mark in one.items())


def _digested(path: Path) -> FileStamp:
    try:
        handle = os.open(path, os.O_RDONLY | NOT_WAITING)
        with open(handle, "rb") as file:  # noqa: PTH123 - of a handle, not of a path
            now = time.time_ns()
            found = os.fstat(handle)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return FileStamp((0, 0, 0, 0, 0), settled=False, digest="")
    stamp = _stamp(found)
    coarse = not (found.st_mtime_ns % _SECOND and found.st_ctime_ns % _SECOND)
    settled = max(found.st_mtime_ns, found.st_ctime_ns) + (_COARSE if coarse else _FINE) < now
    return FileStamp(stamp, settled=settled, digest=digest)


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


NAME = "manifest"
# The last byte is the version of this file's shape; what doesn't begin with this is none of ours.
_HEAD = b"extractor manifest\x01"
_DIGEST = 32


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A dataset in a few numbers, for the report of a build that had nothing to do; ``reviews`` are rows by the status they give."""

    dataset_version: str
    notices: int
    facts: int
    unresolved: int
    series: int
    copies: int
    conflicts: int
    internal: int = 0
    yearless: int = 0
    reviews: dict[str, int] = {}
    set_aside: tuple[SetAside, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``inputs`` are the notices, sidecars and corrections by their names in the corpus, and the newest release.

    ``outputs`` are the files that the build owns, by their names in the outputs folder. ``fingerprint`` is `Fingerprint.whole`.
    ``words`` are the messages of what was set aside, `packed`, by path.
    """

    fingerprint: str
    inputs: dict[str, FileStamp]
    outputs: dict[str, FileStamp]
    summary: Summary
    words: dict[str, Any] = {}


def load(outputs: Path) -> Manifest | None:
    """Load the manifest; None where there is none that can be used."""
    data = None
    with contextlib.suppress(DatasetError):
        data = read_own(outputs / FOLDER / NAME)
    if data is None:
        return None
    head, body = data[: len(_HEAD) + _DIGEST], data[len(_HEAD) + _DIGEST :]
    if head != _HEAD + hashlib.sha256(body).digest():
        return None
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
        return _with_words(msgspec.msgpack.decode(body, type=Manifest))
    return None


def _with_words(manifest: Manifest) -> Manifest:
    """Make messages again of the words why files were set aside, which any language can be made of."""
    words = manifest.words
    again = tuple(
        replace(one, message=unpacked(words[one.path])) if one.path in words else one
        for one in manifest.summary.set_aside
    )
    return replace(manifest, summary=replace(manifest.summary, set_aside=again))


def save(outputs: Path, manifest: Manifest) -> None:
    """Write the manifest; a `DatasetError` says why it can't be."""
    words = {one.path: packed(one.message) for one in manifest.summary.set_aside}
    body = msgspec.msgpack.encode(replace(manifest, words=words), enc_hook=as_text)
    write_atomic(outputs / FOLDER / NAME, _HEAD + hashlib.sha256(body).digest() + body)
