"""Which targets there are, and how an export gets its place: whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.dataset.addresses import is_web_address
from extractor.dataset.own_indicators import resources_for
from extractor.dataset.store import is_left_behind, reason_of, temporary_name
from extractor.errors import ExportError
from extractor.messages import Message
from extractor.resources import Resources, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.dataset.labels import Labels
    from extractor.model import Dataset


class Target(NamedTuple):
    """A format: the function that writes it, as module and name, and what it makes.

    ``extra`` names the optional dependencies that it needs (``pip install 'policy-figures[duckdb]'``) and ``needs`` the
    modules to look for; ``suffix`` is the default name's ending, empty for a folder.
    """

    function: tuple[str, str]
    suffix: str
    extra: str | None = None
    needs: tuple[str, ...] = ()


# In the order of `--help`.
TARGETS: dict[str, Target] = {
    "csv": Target(("extractor.export.tables", "write_csv"), ".csv"),
    "jsonl": Target(("extractor.export.tables", "write_jsonl"), ".jsonl"),
    "xlsx": Target(("extractor.export.workbook", "write_xlsx"), ".xlsx"),
    "parquet": Target(("extractor.export.parquet", "write_parquet"), "", "parquet", ("pyarrow",)),
    "duckdb": Target(("extractor.export.databases", "write_duckdb"), ".duckdb", "duckdb", ("duckdb", "pyarrow")),
    "sqlite": Target(("extractor.export.databases", "write_sqlite"), ".db", "sqlite", ("sqlite_utils",)),
    "datasette": Target(("extractor.export.datasette", "write_datasette"), "", "sqlite", ("sqlite_utils",)),
    "datapackage": Target(("extractor.export.datapackage", "write_datapackage"), ""),
    "openfisca": Target(("extractor.export.openfisca", "write_openfisca"), "", "openfisca", ("yaml",)),
    "spacy": Target(("extractor.export.docbin", "write_docbin"), ".spacy"),
    "displacy": Target(("extractor.export.docbin", "write_displacy"), ".html"),
}


class Options(Struct, frozen=True, kw_only=True):
    """What a target may be told.

    ``outputs`` is the folder of the dataset, with its sources and its report; ``corpus`` the folder of the notices.
    ``excel`` begins CSV with a byte order mark. ``bounds`` says whether OpenFisca gets the number of a floor, a ceiling or a
    later year's target as the parameter's value, or null with the number in the metadata. ``lang`` is the language of
    headings. ``place`` is where the export will stand, for links from it; None where that isn't known. ``resources`` are the
    data files that the dataset was built with, for its labels; the default are those of the package.
    """

    outputs: Path = Path("outputs")
    corpus: Path = Path("corpus")
    excel: bool = False
    bounds: Literal["value", "null"] = "null"
    lang: Literal["zh", "en"] = "zh"
    place: Path | None = None
    resources: Resources = field(default_factory=load)


def export(dataset: Dataset, name: str, path: Path, *, options: Options | None = None, force: bool = False) -> Path:
    """Write a dataset as ``name`` to a file or folder; return where it stands.

    Raises `ExportError` where something stands there already and ``force`` is not given, where the place can't be
    written, and where an extra is missing. What stood there before is kept until the new one is whole.
    """
    target = TARGETS[name]
    _check_needs(name, target)
    if path.parent.is_symlink() and path.parent == (options or Options()).outputs / _EXPORTS:
        msg = Message(
            "{parent}: is a link, expected a folder: links in an outputs folder are not followed. Remove it.",
            parent=path.parent,
        )
        raise ExportError(msg)
    if path.is_symlink() or path.exists():
        if not force:
            msg = Message(
                "{path}: is there already. Name another place with -o, or give --force to replace it.", path=path
            )
            raise ExportError(msg)
        if path.is_dir() != (target.suffix == "") or path.is_symlink():
            found, expected = (
                (Message("a folder"), Message("a file"))
                if path.is_dir()
                else (Message("a file or link"), Message("a folder"))
            )
            msg = Message(
                "{path}: is {found}, a {name} export is {expected}. Name another place with -o.",
                path=path,
                found=found,
                name=name,
                expected=expected,
            )
            raise ExportError(msg)
        if path.is_dir() and not _is_ours(path):
            msg = Message(
                "{path}: was not written by `extractor export`, so --force leaves it alone. Name another place with "
                "-o.",
                path=path,
            )
            raise ExportError(msg)
    try:
        _write(dataset, target, path, replace(_knowing(dataset, options), place=path))
    except OSError as error:
        msg = Message(
            "{path}: cannot be written: {reason}. What stood there before is unchanged. Make room, or name "
            "another place with -o.",
            path=path,
            reason=reason_of(error),
        )
        raise ExportError(msg) from error
    return path


def export_bytes(dataset: Dataset, name: str, *, options: Options | None = None) -> bytes:
    """Return an export that is a single file as its bytes; raises `ExportError` for one that is a folder."""
    if TARGETS[name].suffix == "":
        msg = Message("{name}: is a folder of files and can't go to standard output. Name a folder with -o.", name=name)
        raise ExportError(msg)
    _check_needs(name, TARGETS[name])
    with _beside(Path(tempfile.gettempdir()) / "extractor-export") as folder:
        path = folder / f"dataset{TARGETS[name].suffix}"
        try:
            _write(dataset, TARGETS[name], path, _knowing(dataset, options))
        except OSError as error:
            msg = Message(
                "{name}: cannot be written to {folder}: {reason}. Make room there, or name a file with -o.",
                name=name,
                folder=folder,
                reason=reason_of(error),
            )
            raise ExportError(msg) from error
        return path.read_bytes()


def _knowing(dataset: Dataset, options: Options | None) -> Options:
    """Add to the data files the indicators that a dataset brings along."""
    given = options or Options()
    return replace(given, resources=resources_for(given.resources, dataset))


def _check_needs(name: str, target: Target) -> None:
    for module in target.needs:
        try:
            import_module(module)
        except ImportError as error:
            msg = Message(
                "{name}: needs {module}, which is not installed. Run: pip install 'policy-figures[{extra}]'.",
                name=name,
                module=module,
                extra=target.extra,
            )
            raise ExportError(msg) from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Make a folder beside a place to write in, and remove it then, and those that killed runs left."""
    hidden, _, process = temporary_name(path.name).removesuffix(".tmp").rpartition(".")
    _sweep(path, hidden)
    with tempfile.TemporaryDirectory(prefix=f"{hidden}.{process}.", suffix=".tmp", dir=path.parent) as folder:
        yield Path(folder)


def _sweep(path: Path, hidden: str) -> None:
    """Remove the folders that killed exports to a place left beside it; what stood there before and was moved away comes back."""
    left = re.compile(rf"{re.escape(hidden)}\.(?P<process>[0-9]{{1,10}})\.\w{{1,20}}\.tmp")
    for entry in list(os.scandir(path.parent)):
        found = left.fullmatch(entry.name)
        if found is None or not entry.is_dir(follow_symlinks=False) or not is_left_behind(found["process"]):
            continue
        old = Path(entry.path) / _OLD
        if old.is_dir() and not path.exists():
            old.rename(path)
        shutil.rmtree(entry.path, ignore_errors=True)


# A folder made here says so, because --force removes what stood there.
_MARK = ".extractor-export"
_OLD = "old"
_EXPORTS = "export"


def _is_ours(folder: Path) -> bool:
    return (folder / _MARK).is_file() or not any(folder.iterdir())


def _write(dataset: Dataset, target: Target, path: Path, options: Options) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset = _with_web_addresses(dataset)
    function = getattr(import_module(target.function[0]), target.function[1])
    with _beside(path) as beside:
        fresh = beside / "new" / path.name
        fresh.parent.mkdir()
        if target.suffix == "":
            fresh.mkdir()
            (fresh / _MARK).touch()
        function(dataset, fresh, options)
        if path.is_dir():
            path.rename(beside / _OLD)
        fresh.replace(path)


def _with_web_addresses(dataset: Dataset) -> Dataset:
    """Leave out addresses of notices that a page mustn't link to: a dataset needn't come from a file that was checked."""
    if all(is_web_address(notice.source.url or "") for notice in dataset.notices):
        return dataset
    notices = [
        notice if is_web_address(notice.source.url or "") else replace(notice, source=replace(notice.source, url=None))
        for notice in dataset.notices
    ]
    return replace(dataset, notices=tuple(notices))


def region_names(dataset: Dataset, labels: Labels) -> dict[str, str]:
    """Give the names of the regions that the notices are of, by their codes: the nation's as people call it."""
    found = {notice.region.code: notice.region.name for notice in dataset.notices if notice.region}
    said = ((code, name, labels("region", code)) for code, name in found.items())
    return {code: name if label == code else label for code, name, label in said}


def default_place(name: str, outputs: Path) -> Path:
    """Say where an export goes if no place is given: ``outputs/export/dataset.csv``, ``outputs/export/openfisca/``."""
    suffix = TARGETS[name].suffix
    return outputs / _EXPORTS / (f"dataset{suffix}" if suffix else name)
