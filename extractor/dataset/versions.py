"""Versions of the dataset's shape and of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor import __version__
from extractor.dataset.canonical import digest
from extractor.model import Dataset, Generator

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = "1.0.0"
FIRST_VERSION = "1.0.0"


def next_version(outputs: Path, facts: Any) -> str:  # noqa: ANN401, ARG001 - the history will be read here
    """Say which dataset version would follow the newest release in ``outputs/history/``; without one, the first."""
    return FIRST_VERSION


def make_dataset(outputs: Path, catalog_version: str, **parts: Any) -> Dataset:  # noqa: ANN401 - fields of a Dataset
    """Put the parts of a dataset together and give it its versions and its content hash."""
    return Dataset(
        schema_version=SCHEMA_VERSION,
        dataset_version=next_version(outputs, parts["facts"]),
        content_hash=digest(parts["facts"]),
        generator=Generator(name="extractor", version=__version__, catalog_version=catalog_version),
        **parts,
    )
