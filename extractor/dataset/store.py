"""Loads datasets, refuses what can't be used, and writes files so that a killed run leaves the old or the new one."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import stat
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

import msgspec

from extractor.collector import collector_at_rest
from extractor.dataset.forward_compat import relaxed
from extractor.dataset.schema import SCHEMA_VERSION
from extractor.dataset.valid import check_values, check_whole_numbers, cut
from extractor.errors import DatasetError
from extractor.messages import Message, said_elsewhere, system_words
from extractor.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from extractor.model import Fact, Unresolved

T = TypeVar("T")

# Systems allow 255 bytes; a temporary file's name has a process's number and more.
_LONGEST_NAME = 200
# Characters that a message says of what it found wrong.
_LONGEST_WORDS = 200
# Bytes that are compared at once.
_PIECE = 1 << 20

REBUILD = Message("Build it again with `extractor build`.")


class _Head(msgspec.Struct):
    schema_version: str


def load(path: Path) -> Dataset:
    """Load a dataset file; a `DatasetError` says what is wrong with it and what to do."""
    return loads(
        read_bytes(
            path, Message("Build it first with `extractor build`, or name another dataset than {path}.", path=path)
        ),
        path,
    )


def loads(data: bytes, origin: Path | str) -> Dataset:
    """Load a dataset from bytes; ``origin`` names them in messages."""
    with collector_at_rest():
        dataset = decode(Dataset, data, origin)
        _require_major(_numbers(dataset.schema_version, origin), dataset.schema_version, origin)
        check_dataset(dataset, origin)
        check_whole_numbers(data, dataset, origin, _refused)
    return dataset


def load_fields(path: Path, kind: type[T]) -> T:
    """Load from a dataset file the fields alone that a struct type has; what it says of them isn't checked any further."""
    data = read_bytes(path, REBUILD)
    require_readable(data, path)
    with collector_at_rest():
        return decode(kind, data, path)


def decode(kind: type[T], data: bytes, origin: Path | str) -> T:
    """Decode a dataset or a part of one; of a later minor version it may have members of enumerations that aren't known yet."""
    try:
        return _decode_as(kind, data, origin)
    except msgspec.ValidationError as error:
        version = schema_of(data, origin)
        _require_major(version, ".".join(map(str, version)), origin)
        if version[1] > _numbers(SCHEMA_VERSION, origin)[1]:
            later: type[T] = relaxed(kind)  # type: ignore[arg-type]
            with contextlib.suppress(msgspec.ValidationError):
                return _decode_as(later, data, origin)
        msg = Message(
            "{origin}: not a dataset of schema {schema_version}: {error}. {rebuild}",
            origin=origin,
            schema_version=SCHEMA_VERSION,
            error=said_elsewhere(cut(str(error), _LONGEST_WORDS)),
            rebuild=REBUILD,
        )
        raise DatasetError(msg) from error


def _decode_as(kind: type[T], data: bytes, origin: Path | str) -> T:
    """Decode JSON; a `DatasetError` says where it ends to be JSON."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse_malformed(data, origin, error)


def read_bytes(path: Path, remedy: str) -> bytes:
    """Read a file; a `DatasetError` says why it can't be read and, if it is missing, the remedy.

    A pipe that the system made (``/dev/stdin``, ``<(zcat old.json.gz)``) is read; one that stands in a folder is not, since
    nobody may ever write to it, nor is what leads to a device.
    """
    try:
        special = path.exists() and not (path.is_file() or path.is_dir())
        if special and not path.as_posix().startswith(("/dev/stdin", "/dev/fd/", "/proc/")):
            msg = Message(
                "{path}: is a pipe or device, expected a file. Write its contents to a file first.", path=path
            )
            raise DatasetError(msg)
        return path.read_bytes()
    except FileNotFoundError as error:
        msg = Message("{path}: no such file. {remedy}", path=path, remedy=remedy)
        raise DatasetError(msg) from error
    except (OSError, ValueError) as error:
        msg = Message(
            "{path}: cannot be read: {reason}. Name a file that you may read.", path=path, reason=reason_of(error)
        )
        raise DatasetError(msg) from error


def there(path: Path) -> bool:
    """Say whether anything stands at a place, a link or a pipe too; a name longer than a system allows has nothing."""
    return os.path.lexists(path)


def reason_of(error: OSError | ValueError) -> str:
    """Say in words why a file operation failed, without the path, which messages name once."""
    return system_words(error)


def schema_of(data: bytes, origin: Path | str) -> tuple[int, ...]:
    """Read only the schema version of a dataset, whichever it is."""
    try:
        version = _decode_as(_Head, data, origin).schema_version
    except msgspec.ValidationError as error:
        msg = Message(
            "{origin}: not a dataset: {error}. {rebuild}",
            origin=origin,
            error=said_elsewhere(cut(str(error), _LONGEST_WORDS)),
            rebuild=REBUILD,
        )
        raise DatasetError(msg) from error
    return _numbers(version, origin)


def require_readable(data: bytes, origin: Path | str) -> None:
    """Refuse what another major version wrote, or is no dataset at all."""
    version = schema_of(data, origin)
    _require_major(version, ".".join(map(str, version)), origin)


def _numbers(version: str, origin: Path | str) -> tuple[int, ...]:
    """Read a version as three numbers."""
    parts = version.split(".")
    if len(parts) != len(SCHEMA_VERSION.split(".")) or not all(part.isascii() and part.isdecimal() for part in parts):
        msg = Message(
            "{origin}: schema_version is {version}, expected three numbers like {schema_version}. {rebuild}",
            origin=origin,
            version=cut(repr(version)),
            schema_version=SCHEMA_VERSION,
            rebuild=REBUILD,
        )
        raise DatasetError(msg)
    return tuple(map(int, parts))


def _require_major(parts: tuple[int, ...], version: str, origin: Path | str) -> None:
    """Refuse a dataset of another major version."""
    ours = _numbers(SCHEMA_VERSION, origin)
    if parts[0] != ours[0]:
        msg = Message(
            "{origin}: its schema version is {version}, this program reads {ours}.x. Use the release of "
            "extractor that wrote it, or build the dataset again with `extractor build`.",
            origin=origin,
            version=version,
            ours=ours[0],
        )
        raise DatasetError(msg)


def _refuse_malformed(data: bytes, origin: Path | str, cause: Exception) -> NoReturn:
    """Raise a `DatasetError` with the line and column where JSON ends to be JSON."""
    try:
        json.loads(data)
        place = str(cause)
    except json.JSONDecodeError as error:
        place = Message(
            "line {line}, column {column}: {error}",
            line=error.lineno,
            column=error.colno,
            error=said_elsewhere(error.msg),
        )
    except UnicodeDecodeError as error:
        place = Message("byte {start}: not UTF-8", start=error.start)
    except RecursionError:
        place = Message("nested too deeply")
    msg = Message("{origin}: not JSON, or cut short: {place}. {rebuild}", origin=origin, place=place, rebuild=REBUILD)
    raise DatasetError(msg) from cause


# ── references ──────────────────────────────────────────────────────────────────────────────────────────────────────


def check_dataset(dataset: Dataset, origin: Path | str) -> None:
    """Raise `DatasetError` when something points at what isn't there, or isn't of its form; see `dataset.valid`."""
    check_references(dataset, origin)
    check_values(dataset, origin, _refused)


def _refused(words: str) -> DatasetError:
    return DatasetError(Message("{words} {rebuild}", words=words, rebuild=REBUILD))


def check_references(dataset: Dataset, origin: Path | str) -> None:
    """Raise `DatasetError` when an id has the wrong form or stands twice, or something points at what isn't there."""
    digests = {notice.notice_id: f"sha256:{notice.source.sha256}" for notice in dataset.notices}
    check_once([notice.notice_id for notice in dataset.notices], Message("notice id"), origin)
    check_once([series.series_id for series in dataset.series], Message("series id"), origin)
    check_once([check.check_id for check in dataset.checks], Message("check id"), origin)
    check_once([indicator.id for indicator in dataset.indicators], Message("indicator id"), origin)
    every = (*dataset.facts, *dataset.rejected)
    known = [fact.fact_id for fact in every]
    unread = [item.unresolved_id for item in dataset.unresolved]
    for ids, what, form in (
        (known, Message("fact id"), r"f-[0-9a-f]{12}"),
        (unread, Message("unresolved id"), r"u-[0-9a-f]{12}"),
        (list(digests.values()), Message("source"), r"sha256:[0-9a-f]{64}"),
    ):
        _check_form(ids, what, form, origin)
        if what != "source":
            check_once(ids, what, origin)
    for fact in every:
        if digests.get(fact.notice_id) != fact.evidence.source:
            _refuse_origin(fact.fact_id, fact, digests, origin)
    for item in dataset.unresolved:
        if digests.get(item.notice_id) != item.evidence.source:
            _refuse_origin(item.unresolved_id, item, digests, origin)
    _check_fact_references(dataset, set(known), origin)


def _refuse_origin(owner: str, item: Fact | Unresolved, digests: dict[str, str], origin: Path | str) -> NoReturn:
    if item.notice_id in digests:
        _point_nowhere(origin, owner, Message("source"), item.evidence.source)
    _point_nowhere(origin, owner, Message("notice"), item.notice_id)


def _check_form(ids: list[str], what: str, form: str, origin: Path | str) -> None:
    """Raise `DatasetError` for the first id that isn't of its form; one search for all of them."""
    if re.fullmatch(rf"(?:{form}\n)*+", "".join(f"{name}\n" for name in ids)):
        return
    wrong = next(name for name in ids if not re.fullmatch(form, name))
    msg = Message(
        "{origin}: {what} {wrong} is none, expected {form}. {rebuild}",
        origin=origin,
        what=what,
        wrong=cut(repr(wrong)),
        form=form,
        rebuild=REBUILD,
    )
    raise DatasetError(msg)


def check_once(ids: Iterable[str], what: str, origin: Path | str) -> None:
    """Raise `DatasetError` when an id stands twice."""
    listed = list(ids)
    if len(set(listed)) == len(listed):
        return
    entry, count = Counter(listed).most_common(1)[0]
    msg = Message(
        "{origin}: {what} {entry} stands {count} times, ids are unique. {rebuild}",
        origin=origin,
        what=what,
        entry=cut(repr(entry)),
        count=count,
        rebuild=REBUILD,
    )
    raise DatasetError(msg)


def _check_fact_references(dataset: Dataset, known: set[str], origin: Path | str) -> None:
    """Raise `DatasetError` for the first that points at a fact which isn't there."""
    for owner, fact_ids in _fact_references(dataset):
        if not known.issuperset(fact_ids):
            _point_nowhere(origin, owner, Message("fact"), next(name for name in fact_ids if name not in known))


def _fact_references(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List (who points, at which facts) over the whole dataset."""
    for fact in (*dataset.facts, *dataset.rejected):
        if fact.scope.condition_facts:
            yield fact.fact_id, fact.scope.condition_facts
    for notice in dataset.notices:
        conflicts = (one for copy in notice.copies for one in copy.conflicts)
        yield notice.notice_id, tuple(one.fact_id for one in conflicts if one.fact_id)
    for series in dataset.series:
        for point in series.points:
            yield series.series_id, point.fact_ids
            if point.derivation:
                yield series.series_id, point.derivation.fact_ids
    for check in dataset.checks:
        yield check.check_id, check.fact_ids
    for comparison in dataset.comparisons:
        for change in comparison.changes:
            yield from (("a change", point.fact_ids) for point in (change.before, change.after) if point)


def _point_nowhere(origin: Path | str, owner: str, what: str, missing: str) -> NoReturn:
    msg = Message(
        "{origin}: {owner} points at {what} {missing}, which the dataset does not hold. {rebuild}",
        origin=origin,
        owner=cut(owner),
        what=what,
        missing=cut(repr(missing)),
        rebuild=REBUILD,
    )
    raise DatasetError(msg)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


# A folder of outputs may be shared: a link in it could lead anywhere, and a pipe would never end. A second name of a file
# (a hard link) is as good as a link.
_OWN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK if os.name == "posix" else getattr(os, "O_BINARY", 0)


def read_own(path: Path) -> bytes | None:
    """Read a file of the outputs folder; None where there is none, or something else in its place: a link, a pipe, a folder."""
    try:
        handle = os.open(path, os.O_RDONLY | _OWN)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.ENAMETOOLONG} or path.is_dir():
            return None
        msg = Message(
            "{path}: cannot be read: {reason}. Allow reading it, or remove it and build again.",
            path=path,
            reason=reason_of(error),
        )
        raise DatasetError(msg) from error
    with open(handle, "rb") as file:  # noqa: PTH123 - of a handle, not of a path
        return file.read() if stat.S_ISREG(os.fstat(handle).st_mode) else None


def open_own(path: Path) -> BinaryIO:
    """Open a file of the outputs folder to read and write, made where there is none.

    What else stands in its place, a link or a pipe, is removed, and what it leads to is left alone.
    """
    with contextlib.suppress(FileNotFoundError):
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return open_anew(path)
    return open(os.open(path, os.O_RDWR | os.O_CREAT | _OWN, 0o666), "r+b")  # noqa: PTH123 - of a handle, not of a path


def open_anew(path: Path) -> BinaryIO:
    """Make a file in the place of whatever stands there, and open it to read and write."""
    path.unlink(missing_ok=True)
    return path.open("x+b")


def write_atomic(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; return whether its bytes changed.

    The bytes go to a temporary file in the same folder, which then takes the name. An unchanged file isn't touched.
    """
    temporary = path.with_name(temporary_name(path.name))
    try:
        if holds(path, data):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_anew(temporary) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def holds(path: Path, data: bytes) -> bool:
    """Say whether a file has these bytes already."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and read_own(path) == data


def same_file(path: Path, other: Path) -> bool:
    """Say whether a file is there that has the same bytes as another, a piece after the other."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != other.stat().st_size:
        return False
    with open(os.open(path, os.O_RDONLY | _OWN), "rb") as mine, other.open("rb") as theirs:  # noqa: PTH123 - of a handle
        while piece := mine.read(_PIECE):
            if piece != theirs.read(_PIECE):
                return False
    return True


def unwritable(path: Path, error: OSError) -> DatasetError:
    """Make the error for a file that could not be written."""
    msg = Message(
        "{path}: cannot be written: {reason}. What stood there before is unchanged. Make room, or name an "
        "output folder that you may write to with -o.",
        path=path,
        reason=reason_of(error),
    )
    return DatasetError(msg)


def temporary_name(name: str) -> str:
    """Name the temporary file that a file is written through; hidden, and told apart by process.

    >>> len(temporary_name("年" * 85).encode()) < 255
    True
    """
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f".{name}.{os.getpid()}.tmp"


def is_left_behind(process: str) -> bool:
    """Say whether a temporary file is of a process, by its number, that has ended: killed, since others leave none.

    The number of this process counts as another's, since in a container all have the same.
    """
    if os.name != "posix":
        return False
    number = int(process)
    if number == os.getpid():
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def remove_file(path: Path) -> bool:
    """Remove a file that nothing owns any more; one that is gone already is no error."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        msg = Message(
            "{path}: cannot be removed: {reason}. Remove it by hand; nothing uses it any more.",
            path=path,
            reason=reason_of(error),
        )
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
            msg = Message(
                "{origin}: line {number}: {error}. Correct the row or delete it.",
                origin=origin,
                number=number,
                error=said_elsewhere(cut(str(error), _LONGEST_WORDS)),
            )
            raise DatasetError(msg) from error
    return rows
