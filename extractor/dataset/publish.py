"""Writes the outputs folder: a killed run leaves the old dataset or the new one, with the files that it needs.

New files come first, then the dataset, and only then are files removed that no notice owns any more.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.dataset import canonical
from extractor.dataset.schema import dataset_schema
from extractor.dataset.store import check_references, remove_file, write_atomic
from extractor.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from extractor.model import Dataset

DATASET = "dataset.json"
SCHEMA = "dataset.schema.json"
SOURCES = "sources"
LEDGER = "ledger"

# Only files with names that this module gives are ever removed: an outputs folder may hold its owner's files too.
_OWNED = re.compile(r"[0-9a-f]{64}\.(?:txt|jsonl)")
_LEFT_BEHIND = re.compile(r"\.(?:[0-9a-f]{64}\.(?:txt|jsonl)|dataset(?:\.schema)?\.json)\.([0-9]{1,10})\.tmp")


class Published(Struct, frozen=True, kw_only=True):
    """What writing changed: names relative to the outputs folder, and how many files stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def publish(folder: Path, dataset: Dataset, texts: Mapping[str, bytes]) -> Published:
    """Write a dataset and its ``sources/`` and ``ledger/`` files, given by their names below ``folder``."""
    check_references(dataset, folder / DATASET)
    if folder.exists() and not folder.is_dir():
        msg = f"{folder}: is a file, expected a folder to write the dataset to. Name another with -o."
        raise DatasetError(msg)
    files = {**dict(sorted(texts.items())), SCHEMA: canonical.encode(dataset_schema())}
    files[DATASET] = canonical.encode(dataset)
    written = [name for name, data in files.items() if write_atomic(folder / name, data)]
    removed = [name for name in _leftovers(folder, files) if remove_file(folder / name)]
    return Published(written=tuple(written), removed=tuple(removed), unchanged=len(files) - len(written))


def _leftovers(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """List files of earlier builds that no notice owns, and temporary files of killed ones."""
    found = [name for part in (SOURCES, LEDGER) for name in _names(folder, part) if name not in files]
    return [name for name in (*_names(folder, ""), *found) if _is_ours(name)]


def _names(folder: Path, part: str) -> list[str]:
    place = folder / part
    return sorted((part and f"{part}/") + path.name for path in place.iterdir()) if place.is_dir() else []


def _is_ours(name: str) -> bool:
    part, _, base = name.rpartition("/")
    if part and _OWNED.fullmatch(base):
        return True
    left = _LEFT_BEHIND.fullmatch(base)
    return left is not None and not _is_running(int(left[1]))


def _is_running(process: int) -> bool:
    """Say whether a process is alive, so that the file another build is just writing stays."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()
