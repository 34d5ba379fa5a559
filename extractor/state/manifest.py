"""The manifest: what the last build rested on, what it wrote, and what it said, in one file with its checksum."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import msgspec

from extractor.dataset.store import write_atomic
from extractor.model import SetAside
from extractor.state.lock import FOLDER
from extractor.state.marks import Mark

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest"
# The last byte is the version of this file's shape; what doesn't begin with this is none of ours.
_HEAD = b"extractor manifest\x01"
_DIGEST = 32


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A dataset in a few numbers, for the report of a build that had nothing to do."""

    dataset_version: str
    notices: int
    facts: int
    unresolved: int
    series: int
    copies: int
    conflicts: int
    set_aside: tuple[SetAside, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``inputs`` are the notices, sidecars and corrections by their names in the corpus, and the newest release.

    ``outputs`` are the files that the build owns, by their names in the outputs folder. ``engine`` is `Engine.whole`.
    """

    engine: str
    inputs: dict[str, Mark]
    outputs: dict[str, Mark]
    summary: Summary


def load(outputs: Path) -> Manifest | None:
    """Load the manifest; None where there is none that can be used."""
    try:
        data = (outputs / FOLDER / NAME).read_bytes()
    except OSError:
        return None
    head, body = data[: len(_HEAD) + _DIGEST], data[len(_HEAD) + _DIGEST :]
    if head != _HEAD + hashlib.sha256(body).digest():
        return None
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.msgpack.decode(body, type=Manifest)
    return None


def save(outputs: Path, manifest: Manifest) -> None:
    """Write the manifest; a `DatasetError` says why it can't be."""
    body = msgspec.msgpack.encode(manifest)
    write_atomic(outputs / FOLDER / NAME, _HEAD + hashlib.sha256(body).digest() + body)
