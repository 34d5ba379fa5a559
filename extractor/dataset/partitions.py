"""The dataset as many Parquet files, by region and year, where one JSON file no longer serves.

``dataset.parts.json`` lists them: whoever reads begins there, and what it doesn't name is of no account. Each is named by a
digest of its bytes, so that one that stays the same stays where it is, and no other ever takes its name::

    dataset.parts.json
    partitions/facts/part_region=360000/part_year=2022/0123456789abcdef.parquet

The tables are those of `dataset.rows`, and three more: ``comparisons`` (changes and measures are rows of their own),
``rejected`` (facts) and ``indicators``, which stand in the list itself. ``position`` says where a row's record stands in what it
belongs to, a fact in its notice or a point in its series, and of nothing beyond: so a part rests on its own rows alone, and stays
the same where others change. Records are sorted as in the dataset when they are read.

A fact lies with the region and policy year that it is for, a series' points and a check with those of their facts, a
comparison with its later year, a notice and what is unresolved of it with the notice's own.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from importlib import import_module
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.collector import collector_at_rest
from extractor.dataset import rows, store
from extractor.dataset.arrow import from_cell
from extractor.dataset.check.run import place_of
from extractor.dataset.schema import SCHEMA_VERSION
from extractor.dataset.series import place_of_series
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import (
    Change,
    Check,
    Comparison,
    Dataset,
    Fact,
    Generator,
    IndicatorRecord,
    Measure,
    NoticeRecord,
    Point,
    Series,
    SetAside,
    Unresolved,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from extractor.dataset.rows import Cell, Column, Row

HEAD = "dataset.parts.json"
FOLDER = "partitions"
EXTRA = "parquet"
Table: TypeAlias = Literal[
    "facts", "series", "changes", "checks", "unresolved", "notices", "measures", "comparisons", "rejected", "set_aside"
]
TABLES: tuple[Table, ...] = get_args(Table)
# As other programs write what has no region, or no year.
NONE = "__HIVE_DEFAULT_PARTITION__"
LAYOUT = 2

_POSITION = rows.Column("position", "integer", "Where its record stands in what it belongs to, from 0.", nullable=False)
_CODE = re.compile(r"[0-9]{6}")
# Tables whose records have an order of their own.
APART: frozenset[str] = frozenset({"notices", "checks", "comparisons"})
# What a table's rows are, beside what they say of that which it belongs to.
_RECORDS: dict[Table, type[Struct]] = {
    "facts": Fact, "rejected": Fact, "series": Point, "changes": Change, "measures": Measure, "comparisons": Comparison,
    "checks": Check, "unresolved": Unresolved, "notices": NoticeRecord, "set_aside": SetAside,
}  # fmt: skip


class PartPlace(NamedTuple):
    """The region and the year of a part; None where its rows have none."""

    region: str | None
    year: int | None

    @classmethod
    def of(cls, region: str | None, year: int | None) -> PartPlace:
        """Give the place of a region's year; what is no code makes no name of a folder."""
        return cls(region if region and _CODE.fullmatch(region) else None, year)

    @property
    def folders(self) -> str:
        """The names of its folders, as DuckDB and Arrow understand them."""
        return f"part_region={self.region or NONE}/part_year={NONE if self.year is None else self.year}"


NOWHERE = PartPlace(None, None)


class PartFile(Struct, frozen=True):
    """A file of one table, region and year, by its name below the parts' folder."""

    table: Table
    region: str | None
    year: int | None
    path: str
    rows: int
    sha256: str


class PartsHead(Struct, frozen=True, kw_only=True):
    """What stands in ``dataset.parts.json``: the dataset but for its tables, and where these are.

    ``measured`` are the indicators that there are figures of, ``regions`` and ``years`` those of facts and series.
    """

    layout: int
    schema_version: str
    dataset_version: str
    content_hash: str
    generator: Generator
    indicators: tuple[IndicatorRecord, ...]
    measured: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    folder: str
    files: tuple[PartFile, ...]


def name_of(table: Table, place: PartPlace, sha256: str) -> str:
    """Name a file below the parts' folder, by the digest of its bytes."""
    return f"{table}/{place.folders}/{sha256[:16]}.parquet"


def columns_of(table: Table) -> tuple[Column, ...]:
    """List the columns of a table's files."""
    found = (
        rows.record_columns(Comparison)
        if table == "comparisons"
        else rows.columns("facts" if table == "rejected" else table)
    )
    return found if table in APART else (_POSITION, *found)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Partitions:
    """A folder of parts, of which only what is asked for is opened. ``opened`` lists the files that were."""

    def __init__(self, folder: Path) -> None:
        """Read the list; a `DatasetError` says why there is none that can be used."""
        self.folder = folder
        self.head = load_head(folder)
        self.opened: list[PartFile] = []

    def files(self, table: Table, regions: Collection[str | None] | None = None) -> list[PartFile]:
        """List the files of a table, of some regions or of all."""
        return [file for file in self.head.files if file.table == table and (regions is None or file.region in regions)]

    def paths(self, table: Table, regions: Collection[str | None] | None = None) -> list[Path]:
        """List where these files stand, as DuckDB takes them."""
        return [self.folder / self.head.folder / file.path for file in self.files(table, regions)]

    def records(self, table: Table, regions: Collection[str | None] | None = None) -> list[Any]:
        """Read the records of a table, of some regions or of all, in the order of the dataset."""
        found = [row for file in self.files(table, regions) for row in self._rows(file)]
        if table in {"facts", "rejected"}:
            found.sort(key=itemgetter("notice_source_path", "notice_id", "position"))
        elif table == "unresolved":
            files = self.files("notices", regions)
            named = (row for file in files for row in self._rows(file, ["notice_id", "source_path"]))
            paths = {row["notice_id"]: row["source_path"] for row in named}
            found.sort(key=lambda row: (paths[row["notice_id"]], row["notice_id"], row["position"]))
        elif table in {"series", "set_aside"}:
            found.sort(key=itemgetter("position"))
        made: list[Any]
        if table == "series":
            made = _series_of(found, self._made)
        elif table == "comparisons":
            made = self._comparisons(found, regions)
        else:
            made = [self._made(_RECORDS[table], row) for row in found]
        return sorted(made, key=_IN_ORDER[table]) if table in _IN_ORDER else made

    def notice_regions(self, regions: Collection[str | None]) -> set[str | None]:
        """Name the regions of the notices that the facts of some regions stand in."""
        return {
            None if row["notice_region_code"] is None else str(row["notice_region_code"])
            for file in self.files("facts", regions)
            for row in self._rows(file, ["notice_region_code"])
        }

    def dataset(self, tables: Mapping[Table, Collection[str | None] | None]) -> Dataset:
        """Make a dataset that holds some tables, each of some regions or (None) of all, and nothing else."""
        head = self.head
        parts: dict[str, tuple[Any, ...]] = dict.fromkeys(_WHOLE, ())
        parts |= {table: tuple(self.records(table, regions)) for table, regions in tables.items()}
        return Dataset(
            schema_version=head.schema_version,
            dataset_version=head.dataset_version,
            content_hash=head.content_hash,
            generator=head.generator,
            indicators=head.indicators,
            **parts,
        )

    def whole(self) -> Dataset:
        """Make the dataset, with all that it holds."""
        return self.dataset(dict.fromkeys(_WHOLE))

    def _comparisons(self, found: list[Row], regions: Collection[str | None] | None) -> list[Comparison]:
        changes, measures = (self._parts_of_comparisons(table, regions) for table in ("changes", "measures"))
        return [
            replace(
                self._made(Comparison, row), changes=tuple(changes[_years(row)]), measures=tuple(measures[_years(row)])
            )
            for row in found
        ]

    def _parts_of_comparisons(
        self, table: Literal["changes", "measures"], regions: Collection[str | None] | None
    ) -> dict[tuple[Cell, ...], list[Any]]:
        found = [row for file in self.files(table, regions) for row in self._rows(file)]
        found.sort(key=itemgetter("position"))
        made: dict[tuple[Cell, ...], list[Any]] = defaultdict(list)
        for row in found:
            made[_years(row)].append(self._made(_RECORDS[table], row))
        return made

    def _made(self, kind: type[Struct], row: Row) -> Any:  # noqa: ANN401 - of the kind given
        try:
            return rows.record_from_row(kind, row)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            msg = Message(
                "{folder}: a row of {kind} is none: {error}. Build it again with `extractor build`.",
                folder=self.folder / self.head.folder,
                kind=kind.__name__,
                error=error,
            )
            raise DatasetError(msg) from error

    def _rows(self, file: PartFile, only: list[str] | None = None) -> list[Row]:
        """Read a file, whose bytes must be those that it was listed with."""
        import pyarrow as pa
        from pyarrow import parquet

        path = self.folder / self.head.folder / file.path
        self.opened.append(file)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _unreadable(path, self.folder, error) from error
        if hashlib.sha256(data).hexdigest() != file.sha256:
            msg = Message(
                "{path}: its bytes are not those that {head} lists: it is damaged, or was changed after the build. "
                "Build it again with `extractor build`.",
                path=path,
                head=HEAD,
            )
            raise DatasetError(msg)
        reader = parquet.ParquetFile(pa.BufferReader(data))
        self._require_columns(path, reader.schema_arrow.names, file.table)
        listed = reader.read(columns=only).to_pylist()
        return [{name: from_cell(value, name) for name, value in row.items()} for row in listed]

    def _require_columns(self, path: Path, names: list[str], table: Table) -> None:
        wanted = [column.name for column in columns_of(table)]
        missing = [name for name in wanted if name not in names]
        unknown = [name for name in names if name not in wanted]
        if missing or (unknown and not self._is_later()):
            msg = Message(
                "{path}: has columns {unknown} that are unknown, and lacks {missing}: another version of extractor "
                "wrote it. Use that one, or build it again with `extractor build`.",
                path=path,
                unknown=tuple(unknown) or Message("none"),
                missing=tuple(missing) or Message("none"),
            )
            raise DatasetError(msg)

    def _is_later(self) -> bool:
        """Say whether a later minor version wrote it, which may have more columns."""
        theirs, ours = (tuple(map(int, one.split("."))) for one in (self.head.schema_version, SCHEMA_VERSION))
        return theirs > ours


# The fields of a dataset that stand in tables.
_WHOLE: tuple[Table, ...] = (
    "notices", "set_aside", "facts", "unresolved", "series", "checks", "comparisons", "rejected",
)  # fmt: skip


def _series_of(found: list[Row], make: Callable[[type[Struct], Row], Any]) -> list[Series]:
    """Put series together again of their points, which come in their order."""
    points: dict[Cell, list[Row]] = defaultdict(list)
    for row in found:
        points[row["series_id"]].append(row)
    return [
        replace(make(Series, listed[0]), points=tuple(make(Point, row) for row in listed)) for listed in points.values()
    ]


def _years(row: Row) -> tuple[Cell, ...]:
    """Say of which comparison a row is."""
    return row["region"], row["from"], row["to"], row["against"]


# How records stand in a dataset that tell it themselves.
_IN_ORDER: dict[Table, Callable[[Any], Any]] = {
    "notices": lambda notice: (notice.source.path, notice.notice_id),
    "series": place_of_series,
    "checks": place_of,
    "comparisons": lambda one: (one.region or "", one.from_, one.to),
}


def is_there(folder: Path) -> bool:
    """Say whether a folder holds a dataset in parts."""
    return (folder / HEAD).is_file()


def load_head(folder: Path) -> PartsHead:
    """Read the list of parts; a `DatasetError` says what is wrong with it."""
    require_library()
    path = folder / HEAD
    remedy = Message("Build it first with `extractor build --layout partitioned`, or name the folder that was built.")
    data = store.read_bytes(path, remedy)
    store.require_readable(data, path)
    try:
        head = msgspec.json.decode(data, type=PartsHead)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = Message(
            "{path}: not a list of a dataset's parts: {error}. Build it again with `extractor build`.",
            path=path,
            error=error,
        )
        raise DatasetError(msg) from error
    _require_layout(head, path)
    return head


def _require_layout(head: PartsHead, path: Path) -> None:
    """Refuse another layout, and names that lead out of the folder."""
    if head.layout != LAYOUT:
        msg = Message(
            "{path}: its layout is {layout}, this program reads {ours}. Use the release of extractor that wrote it, or "
            "build it again with `extractor build`.",
            path=path,
            layout=head.layout,
            ours=LAYOUT,
        )
        raise DatasetError(msg)
    for name in (head.folder, *(file.path for file in head.files)):
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            msg = Message(
                "{path}: names {name}, which is none of its parts. Build it again with `extractor build`.",
                path=path,
                name=repr(name),
            )
            raise DatasetError(msg)


def load_built(path: Path) -> Dataset:
    """Load a dataset file; where a build wrote parts instead, or the folder itself is named, these are loaded."""
    folder = path if path.is_dir() else path.parent
    if is_there(folder) and (path.is_dir() or path.name == HEAD or not store.there(path)):
        return load_parts(folder)
    return store.load(path)


def load_parts(folder: Path) -> Dataset:
    """Load a dataset in parts as a whole, checked as one of a single file is."""
    with collector_at_rest():
        dataset = Partitions(folder).whole()
        store.check_dataset(dataset, folder / HEAD)
    return dataset


def require_library() -> None:
    """Raise `DatasetError` where Parquet can't be read or written, and say what to install."""
    try:
        import_module("pyarrow")
    except ImportError as error:
        msg = Message(
            "the partitioned layout needs {module}, which is not installed. Run: pip install 'policy-figures[{extra}]'.",
            module="pyarrow",
            extra=EXTRA,
        )
        raise DatasetError(msg) from error


def _unreadable(path: Path, folder: Path, error: OSError) -> DatasetError:
    msg = Message(
        "{path}: cannot be read: {reason}. Where a build has replaced it meanwhile, open {folder} again; else build it "
        "again with `extractor build`.",
        path=path,
        reason=store.reason_of(error),
        folder=folder,
    )
    return DatasetError(msg)
