"""Versions of the dataset's shape and of its content.

A build compares with the newest release in ``outputs/history/`` and takes the version that would follow it, so that
any number of builds between two releases make one step. A release is the dataset file as it was published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from extractor._version import __version__
from extractor.dataset.canonical import digest
from extractor.dataset.schema import SCHEMA_VERSION
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import Dataset, Generator

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.dataset.differences import Differences, Level, MovedAnswers

FIRST_VERSION = "1.0.0"
HISTORY = "history"

_NAME = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})\.json")


class Following(NamedTuple):
    """The version that would follow the newest release, that release (None: none yet), and what differs from it.

    ``differences`` is None where there is nothing to compare with: no release, or one of another shape.
    """

    version: str
    newest: str | None
    previous: Dataset | None
    differences: Differences | None


def make_dataset(
    outputs: Path,
    catalog_version: str,
    *,
    answers: MovedAnswers | None = None,
    **parts: Any,  # noqa: ANN401 - fields of a Dataset
) -> Dataset:
    """Put the parts of a dataset together and give it its versions and its content hash.

    ``answers`` finds which questions a release answered otherwise; see `differences.compare_datasets`.
    """
    dataset = first_dataset(catalog_version, digest(parts["facts"]), **parts)
    return msgspec.structs.replace(dataset, dataset_version=following(outputs, dataset, answers).version)


def first_dataset(catalog_version: str, content_hash: str, **parts: Any) -> Dataset:  # noqa: ANN401 - fields of a Dataset
    """Put the parts of a dataset together, as if there were no release; fields that aren't given are empty."""
    empty: dict[str, Any] = dict.fromkeys(
        ("notices", "set_aside", "facts", "unresolved", "series", "checks", "comparisons"), ()
    )
    return Dataset(
        schema_version=SCHEMA_VERSION,
        dataset_version=FIRST_VERSION,
        content_hash=content_hash,
        generator=Generator(name="extractor", version=__version__, catalog_version=catalog_version),
        **{**empty, **parts},
    )


def following(outputs: Path, dataset: Dataset, answers: MovedAnswers | None = None) -> Following:
    """Say which version would follow the newest release in ``outputs/history/``; without one, the first."""
    path = newest_release(outputs)
    if path is None:
        return Following(FIRST_VERSION, None, None, None)
    newest = path.name.removesuffix(".json")
    previous = _load_release(path, newest)
    if previous is None:
        return Following(next_version(newest, "major"), newest, None, None)
    from extractor.dataset.differences import compare_datasets

    differences = compare_datasets(previous, dataset, answers)
    return Following(next_version(newest, differences.level), newest, previous, differences)


def newest_release(outputs: Path) -> Path | None:
    """Find the release with the highest version; files with other names are not releases."""
    folder = outputs / HISTORY
    found = [
        (tuple(map(int, match.groups())), path) for path in _files(folder) if (match := _NAME.fullmatch(path.name))
    ]
    return max(found)[1] if found else None


def _files(folder: Path) -> list[Path]:
    from extractor.dataset.store import reason_of

    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        msg = Message(
            "{folder}: cannot be read: {reason}. Allow reading it; versions follow from what it holds.",
            folder=folder,
            reason=reason_of(error),
        )
        raise DatasetError(msg) from error


def next_version(version: str, level: Level) -> str:
    """Step a version.

    >>> [next_version("1.4.2", level) for level in ("same", "patch", "minor", "major")]
    ['1.4.2', '1.4.3', '1.5.0', '2.0.0']
    """
    major, minor, patch = map(int, version.split("."))
    steps = {
        "same": (major, minor, patch), "patch": (major, minor, patch + 1), "minor": (major, minor + 1, 0),
        "major": (major + 1, 0, 0),
    }  # fmt: skip
    return ".".join(map(str, steps[level]))


def _load_release(path: Path, version: str) -> Dataset | None:
    """Load a release; None where an earlier schema major wrote it, so that nothing can be compared."""
    from extractor.dataset import store

    remedy = Message("Releases can't be built again: restore the file from a copy or from version control.")
    data = store.read_own(path)
    if data is None:
        msg = Message(
            "{path}: is a link, a pipe or a folder, expected the file that was published. {remedy}",
            path=path,
            remedy=remedy,
        )
        raise DatasetError(msg)
    try:
        shape = store.schema_of(data, path)
        if shape[0] < _numbers(SCHEMA_VERSION)[0]:
            return None
        loaded = store.loads(data, path)
    except DatasetError as error:
        msg = error.args[0].with_values(rebuild=remedy)  # what is true of any other dataset isn't of a release
        raise DatasetError(msg) from error
    if shape[:2] > _numbers(SCHEMA_VERSION)[:2]:
        msg = Message(
            "{path}: its schema version is {schema_version}, this program writes {ours}. Use the "
            "release of extractor that wrote it, or a later one.",
            path=path,
            schema_version=loaded.schema_version,
            ours=SCHEMA_VERSION,
        )
        raise DatasetError(msg)
    if loaded.dataset_version != version or not is_whole(loaded):
        what = (
            Message("says that it is version {dataset_version}", dataset_version=loaded.dataset_version)
            if loaded.dataset_version != version
            else Message("has other facts")
        )
        msg = Message(
            "{path}: {what}, but was published as {version}: it was renamed or edited by hand. {remedy}",
            path=path,
            what=what,
            version=version,
            remedy=remedy,
        )
        raise DatasetError(msg)
    return loaded


def is_whole(dataset: Dataset) -> bool:
    """Say whether the facts are those that the content hash was taken over.

    Facts of an earlier minor version are no longer written with the same fields, so that nothing can be said of them.
    """
    return dataset.schema_version != SCHEMA_VERSION or dataset.content_hash == digest(dataset.facts)


def changed_words(dataset: Dataset, origin: Path | str) -> str:
    """Say that a dataset was changed after it was built; nothing where it was not."""
    if is_whole(dataset):
        return ""
    return Message(
        "{origin}: was changed after it was built: its facts are not those that its content hash was taken "
        "over. Whoever changed it on purpose may go on; a release and `extractor build` go by reviews.toml.",
        origin=origin,
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
