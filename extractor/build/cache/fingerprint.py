"""What readings depend on beside the bytes of a file, as a digest: code, libraries, limits, data files.

A data file that a reading can't depend on is named in `NOT_READ`, so that a new label doesn't have ten thousand notices
read again; a new data file counts until it is named here. `tests/test_state.py` holds the list to what reading opens.
"""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from extractor.resources import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.ingest import Limits
    from extractor.resources import Resources

PACKAGE = Path(__file__).parents[1]

# Data files for reports, checks and comparisons, which are made anew whenever anything has changed.
NOT_READ = frozenset(
    {
        "changes.toml",
        "directions.toml",
        "identities.toml",
        "labels.toml",
        "measures.toml",
        "overlaps.toml",
        "readings.toml",
    }
)

# Libraries that read or that find words; and those that the rest of the dataset is made with.
READING = ("jieba", "lxml", "opencc", "pypdfium2", "regex", "spacy")
PUTTING_TOGETHER = ("msgspec", "rapidfuzz", "rensa")


class Fingerprint(NamedTuple):
    """Digests of what a reading depends on, and of what a whole dataset does."""

    reading: str
    whole: str


def fingerprint_of(resources: Resources, limits: Limits) -> Fingerprint:
    """Take both digests, for the data files and the limits given."""
    total = hashlib.sha256()
    _add(total, ["python", platform.python_version(), *_versions(READING)])
    _add(total, [msgspec.json.encode(limits).decode()])
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(total, [path.relative_to(PACKAGE).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()])
    rest = total.copy()
    # A few tables of the readers' own are always those of the package.
    for root in dict.fromkeys((resources.root, DATA)):
        for path in sorted(root.glob("**/*.toml")):
            name, digest = path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
            if name not in NOT_READ:
                _add(total, [name, digest])
            _add(rest, [name, digest])
    _add(rest, _versions(PUTTING_TOGETHER))
    return Fingerprint(total.hexdigest(), rest.hexdigest())


def _add(total: hashlib._Hash, words: Iterable[str]) -> None:
    total.update("".join(f"{word}\0" for word in words).encode())


def _versions(libraries: Iterable[str]) -> list[str]:
    found = []
    for name in libraries:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # a reader without its library says so itself
            found.append(f"{name} none")
    return found
