"""Writes the report's folder: whole files or none, only those that differ, and nothing that isn't ours.

A list of what was written, with the digest of each file, stands beside the pages. A file that the list doesn't name is
somebody's own: it is never replaced, and neither is one of ours that was changed since. Names that are to be written are in
the list before the files are there, so that a killed run leaves no page that the next one takes for somebody's.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.dataset.store import holds, read_own, remove_file, there, unwritable, write_atomic
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIST = ".extractor-report.json"


class WrittenReport(Struct, frozen=True, kw_only=True):
    """What writing changed: names below the folder, how many stayed as they were, and how many bytes there are."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    bytes: int


def write_pages(folder: Path, pages: Mapping[str, bytes]) -> WrittenReport:
    """Write pages by their names below a folder, and remove those of earlier runs that are not among them.

    Raises `DatasetError` where something stands in the way that this program didn't write; then nothing was changed.
    """
    before = _listed(folder)
    _require_own(folder, pages, before)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in pages.items()}
    write_atomic(folder / LIST, _encoded({**before, **digests}))
    written = [name for name, data in pages.items() if write_atomic(folder / name, data)]
    stale = [name for name in before if name not in pages]
    removed = [name for name in stale if _is_as_written(folder / name, before[name]) and remove_file(folder / name)]
    for name in removed:
        _remove_empty((folder / name).parent, folder)
    write_atomic(folder / LIST, _encoded(digests))
    return WrittenReport(
        written=tuple(written), removed=tuple(removed), unchanged=len(pages) - len(written),
        bytes=sum(map(len, pages.values())),
    )  # fmt: skip


def _listed(folder: Path) -> dict[str, str]:
    """Read which files were written here, with their digests; a list that was tampered with names none."""
    kept = read_own(folder / LIST)
    if kept is None:
        return {}
    try:
        found = json.loads(kept)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: str(digest) for name, digest in found.items() if _is_inside(name)}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.suffix in {".html", ".png"}


def _encoded(digests: Mapping[str, str]) -> bytes:
    return json.dumps(digests, indent=0, sort_keys=True).encode() + b"\n"


def _require_own(folder: Path, pages: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    if folder.is_symlink() or (there(folder) and not folder.is_dir()):
        msg = Message(
            "{folder}: is a file or link, expected a folder of its own for the report. Name another with -o.",
            folder=folder,
        )
        raise DatasetError(msg)
    for parent in {(folder / name).parent for name in pages}:
        if parent.is_symlink() or (there(parent) and not parent.is_dir()):
            msg = Message(
                "{parent}: is a file or link, expected a folder of the report's. Remove it, or name another with -o.",
                parent=parent,
            )
            raise DatasetError(msg)
    for name, data in pages.items():
        path = folder / name
        if not there(path) or _holds(path, data) or (name in before and _is_ours(path)):
            continue
        msg = Message(
            "{path}: was not written by `extractor report`. Move it away, or name another folder with -o.", path=path
        )
        raise DatasetError(msg)


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return holds(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def _is_as_written(path: Path, digest: str) -> bool:
    data = read_own(path)
    return data is not None and hashlib.sha256(data).hexdigest() == digest


def _remove_empty(folder: Path, top: Path) -> None:
    if folder != top and not any(folder.iterdir()):
        folder.rmdir()
