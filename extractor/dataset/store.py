"""Loads datasets, refuses what can't be used, and writes files so that a killed run leaves the old or the new one."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from extractor.dataset.tolerant import relaxed
from extractor.dataset.versions import SCHEMA_VERSION
from extractor.errors import DatasetError
from extractor.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REBUILD = "Build it again with `extractor build`."


class _Head(msgspec.Struct):
    schema_version: str


def load(path: Path) -> Dataset:
    """Load a dataset file; a `DatasetError` says what is wrong with it and what to do."""
    return loads(read_bytes(path, f"Build it first with `extractor build`, or name another dataset than {path}."), path)


def loads(data: bytes, origin: Path | str) -> Dataset:
    """Load a dataset from bytes; ``origin`` names them in messages."""
    try:
        version = msgspec.json.decode(data, type=_Head).schema_version
        dataset = msgspec.json.decode(data, type=_type_for(version, origin))
    except msgspec.ValidationError as error:
        msg = f"{origin}: not a dataset of schema {SCHEMA_VERSION}: {error}. {REBUILD}"
        raise DatasetError(msg) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse_malformed(data, origin, error)
    check_references(dataset, origin)
    return dataset


def read_bytes(path: Path, remedy: str) -> bytes:
    """Read a file; a `DatasetError` says why it can't be read and, if it is missing, the remedy."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        msg = f"{path}: no such file. {remedy}"
        raise DatasetError(msg) from error
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be read: {reason_of(error)}. Name a file that you may read."
        raise DatasetError(msg) from error


def reason_of(error: OSError | ValueError) -> str:
    """Say in words why a file operation failed, without the path, which messages name once."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def schema_of(data: bytes, origin: Path | str) -> tuple[int, ...]:
    """Read only the schema version of a dataset, whichever it is."""
    try:
        version = msgspec.json.decode(data, type=_Head).schema_version
    except msgspec.ValidationError as error:
        msg = f"{origin}: not a dataset: {error}. {REBUILD}"
        raise DatasetError(msg) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse_malformed(data, origin, error)
    return _numbers(version, origin)


def _numbers(version: str, origin: Path | str) -> tuple[int, ...]:
    """Read a version as three numbers."""
    parts = version.split(".")
    if len(parts) != len(SCHEMA_VERSION.split(".")) or not all(part.isascii() and part.isdecimal() for part in parts):
        msg = f"{origin}: schema_version is {version!r}, expected three numbers like {SCHEMA_VERSION}. {REBUILD}"
        raise DatasetError(msg)
    return tuple(map(int, parts))


def _type_for(version: str, origin: Path | str) -> type[Dataset]:
    """Choose the types to load a schema version with; refuse another major version."""
    ours, parts = _numbers(SCHEMA_VERSION, origin), _numbers(version, origin)
    if parts[0] != ours[0]:
        msg = (
            f"{origin}: its schema version is {version}, this program reads {ours[0]}.x. "
            f"Use the release of extractor that wrote it, or build the dataset again with `extractor build`."
        )
        raise DatasetError(msg)
    return relaxed(Dataset) if parts[1] > ours[1] else Dataset


def _refuse_malformed(data: bytes, origin: Path | str, cause: Exception) -> NoReturn:
    """Raise a `DatasetError` with the line and column where JSON ends to be JSON."""
    try:
        json.loads(data)
        place = str(cause)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}: {error.msg}"
    except UnicodeDecodeError as error:
        place = f"byte {error.start}: not UTF-8"
    except RecursionError:
        place = "nested too deeply"
    msg = f"{origin}: not JSON, or cut short: {place}. {REBUILD}"
    raise DatasetError(msg) from cause


# ── references ──────────────────────────────────────────────────────────────────────────────────────────────────────


def check_references(dataset: Dataset, origin: Path | str) -> None:
    """Raise `DatasetError` when an id stands twice or something points at what isn't there."""
    digests = {notice.notice_id: f"sha256:{notice.source.sha256}" for notice in dataset.notices}
    check_once((notice.notice_id for notice in dataset.notices), "notice id", origin)
    check_once((fact.fact_id for fact in dataset.facts), "fact id", origin)
    check_once((item.unresolved_id for item in dataset.unresolved), "unresolved id", origin)
    check_once((series.series_id for series in dataset.series), "series id", origin)
    owners = [(fact.fact_id, fact.notice_id, fact.evidence) for fact in dataset.facts]
    owners += [(item.unresolved_id, item.notice_id, item.evidence) for item in dataset.unresolved]
    for owner, notice_id, evidence in owners:
        if notice_id not in digests:
            _point_nowhere(origin, owner, "notice", notice_id)
        if evidence.source != digests[notice_id]:
            _point_nowhere(origin, owner, "source", evidence.source)
    known = {fact.fact_id for fact in dataset.facts}
    for owner, fact_id in _fact_references(dataset):
        if fact_id not in known:
            _point_nowhere(origin, owner, "fact", fact_id)


def check_once(ids: Iterable[str], what: str, origin: Path | str) -> None:
    """Raise `DatasetError` when an id stands twice."""
    for entry, count in Counter(ids).items():
        if count > 1:
            msg = f"{origin}: {what} {entry!r} stands {count} times, ids are unique. {REBUILD}"
            raise DatasetError(msg)


def _fact_references(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """List (who points, at which fact) over the whole dataset."""
    for fact in dataset.facts:
        yield from ((fact.fact_id, other) for other in fact.scope.condition_facts)
    for series in dataset.series:
        for point in series.points:
            derived = point.derivation.fact_ids if point.derivation else ()
            yield from ((series.series_id, other) for other in (*point.fact_ids, *derived))
    for check in dataset.checks:
        yield from ((check.check_id, other) for other in check.fact_ids)
    for comparison in dataset.comparisons:
        for change in comparison.changes:
            points = [point for point in (change.before, change.after) if point]
            yield from (("a change", other) for point in points for other in point.fact_ids)


def _point_nowhere(origin: Path | str, owner: str, what: str, missing: str) -> NoReturn:
    msg = f"{origin}: {owner} points at {what} {missing!r}, which the dataset does not hold. {REBUILD}"
    raise DatasetError(msg)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_atomic(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; return whether its bytes changed.

    The bytes go to a temporary file in the same folder, which then takes the name. An unchanged file isn't touched.
    """
    temporary = path.with_name(temporary_name(path.name))
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        msg = (
            f"{path}: cannot be written: {reason_of(error)}. What stood there before is unchanged. "
            "Make room, or name an output folder that you may write to with -o."
        )
        raise DatasetError(msg) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def temporary_name(name: str) -> str:
    """Name the temporary file that a file is written through; hidden, and told apart by process."""
    return f".{name}.{os.getpid()}.tmp"


def remove_file(path: Path) -> bool:
    """Remove a file that nothing owns any more; one that is gone already is no error."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        msg = f"{path}: cannot be removed: {reason_of(error)}. Remove it by hand; nothing uses it any more."
        raise DatasetError(msg) from error
    return True


def load_rows(data: bytes, row: type[Any], origin: Path | str) -> list[Any]:
    """Read JSON Lines as rows of a struct type; a `DatasetError` names the line that isn't one."""
    rows = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(msgspec.json.decode(line, type=row))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            msg = f"{origin}: line {number}: {error}. Correct the row or delete it."
            raise DatasetError(msg) from error
    return rows
