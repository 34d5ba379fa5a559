"""What readings depend on beside the bytes of a file, as a digest: code, libraries, limits, data files.

A data file that a reading can't depend on is named in `NOT_READ`, so that a new label doesn't have ten thousand notices
read again; a new data file counts until it is named here. The code that counts is named, so that another page of the
report has nothing done again. `tests/test_state.py` holds the lists to what reading opens and imports.
"""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from extractor.resources import DATA, OWN_TABLES, own_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from extractor.ingest import Limits
    from extractor.resources import Resources

PACKAGE = DATA.parent

# Data files for reports, checks and comparisons, which are made anew whenever anything has changed.
NOT_READ = frozenset(
    {
        "areas.toml",
        "certificate.toml",
        "changes.toml",
        "directions.toml",
        "identities.toml",
        "labels.toml",
        "measures.toml",
        "overlaps.toml",
        "readings.toml",
        "suggest.toml",
    }
)

# Keys of a user's own rows that no reading depends on: another English name has nothing read again. Its name tells what an
# indicator is borne or reckoned by (起付标准, 最低工资标准), its range what is too much for it.
NOT_READ_KEYS = frozenset({"name_en", "reference", "examples", "rejects"})

# Code that reads a file and keeps what was read; and the code that the rest of the dataset is made with.
READING_CODE = (
    "_version.py", "errors.py", "kept.py", "kept_patterns.py", "messages.py", "model.py", "resources.py", "collector.py", "pipeline.py", "ingest", "notice", "build/corpus.py", "build/cache",
)  # fmt: skip
BUILDING_CODE = (*READING_CODE, "dataset", "build")

# Libraries that read or that find words; and those that the rest of the dataset is made with.
READING = ("ahocorasick-rs", "jieba", "lxml", "opencc", "pypdfium2", "regex")
PUTTING_TOGETHER = ("msgspec", "rapidfuzz", "rensa")


class Fingerprint(NamedTuple):
    """Digests of what a reading depends on, and of what a whole dataset does."""

    reading: str
    whole: str


def fingerprint_of(resources: Resources, limits: Limits) -> Fingerprint:
    """Take both digests, for the data files and the limits given."""
    total = hashlib.sha256()
    _add(total, ["python", platform.python_version(), *versions_of(READING)])
    _add(total, [msgspec.json.encode(limits).decode()])
    rest = total.copy()
    for given, code in ((total, READING_CODE), (rest, BUILDING_CODE)):
        _add(given, code_digests(PACKAGE, code))
    for path in resources.files("**/*.toml"):
        name, digest = path.relative_to(resources.root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
        if name not in NOT_READ:
            _add(total, [name, digest])
        _add(rest, [name, digest])
    for table in OWN_TABLES:
        rows = own_rows(resources, table)
        _add(rest, [table, repr(rows)])
        _add(total, [table, repr([{key: row[key] for key in row if key not in NOT_READ_KEYS} for row in rows])])
    _add(rest, versions_of(PUTTING_TOGETHER))
    return Fingerprint(total.hexdigest(), rest.hexdigest())


@cache
def code_digests(package: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give name and digest, one after the other, of each file of modules and folders of a package; a name counts once.

    Taken once a process, which runs what it has loaded: a thousand builds of `extractor watch` don't read 200 files each.
    """
    return tuple(
        word
        for path in code_files(package, names)
        for word in (path.relative_to(package).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
    )


def code_files(package: Path, names: Iterable[str]) -> list[Path]:
    """List the files of modules and folders of a package, each once."""
    places = [package / name for name in names]
    return sorted({path for place in places for path in ([place] if place.suffix else place.rglob("*.py"))})


def _add(total: hashlib._Hash, words: Iterable[str]) -> None:
    total.update("".join(f"{word}\0" for word in words).encode())


@cache
def versions_of(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Give each library with its version, once a process."""
    found = []
    for name in libraries:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # a reader without its library says so itself
            found.append(f"{name} none")
    return tuple(found)
