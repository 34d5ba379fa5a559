"""The dataset as many Parquet files, by region and year, where one JSON file no longer serves.

``dataset.parts.json`` lists them: whoever reads begins there, and what it doesn't name is of no account. They stand in a
folder named by a digest of all of them, so that those of two builds never stand in one::

    dataset.parts.json
    partitions/0123456789abcdef/facts/part_region=360000/part_year=2022/rows.parquet

The tables are those of `dataset.rows`, and three more: ``comparisons`` (changes and measures are rows of their own),
``rejected`` (facts) and ``indicators``, which stand in the list itself. ``position`` says where in the dataset a row's record
stands, so that the whole comes out as it went in.

A fact lies with the region and policy year that it is for, a series' points and a check with those of their facts, a
comparison with its later year, a notice and what is unresolved of it with the notice's own.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.collector import collector_at_rest
from extractor.dataset import canonical, rows, store
from extractor.dataset.arrow import TableTypes, from_cell
from extractor.dataset.schema import SCHEMA_VERSION
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
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
LAYOUT = 1

# Rows that are held until they are written: a region and year that has more of them has several files.
_AT_ONCE = 20_000
# Rows from which on a dictionary a column pays: without one a file of 20 facts takes 3.6 ms instead of 6.1, and is smaller.
_DICTIONARY = 1_000
_CODE = re.compile(r"[0-9]{6}")
_POSITION = rows.Column("position", "integer", "Where in the dataset its record stands, from 0.", nullable=False)
_RECORDS: dict[Table, tuple[type[Struct], ...]] = {
    "facts": (Fact,), "rejected": (Fact,), "series": (Series, Point), "changes": (Comparison, Change),
    "measures": (Comparison, Measure), "comparisons": (Comparison,), "checks": (Check,), "unresolved": (Unresolved,),
    "notices": (NoticeRecord,), "set_aside": (SetAside,),
}  # fmt: skip


class PartPlace(NamedTuple):
    """The region and the year of a part; None where its rows have none."""

    region: str | None
    year: int | None

    @property
    def folders(self) -> str:
        """The names of its folders, as DuckDB and Arrow understand them."""
        return f"part_region={self.region or NONE}/part_year={NONE if self.year is None else self.year}"


_NOWHERE = PartPlace(None, None)


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


def columns_of(table: Table) -> tuple[Column, ...]:
    """List the columns of a table's files."""
    if table == "comparisons":
        return (_POSITION, *rows.record_columns(Comparison))
    return (_POSITION, *rows.columns("facts" if table == "rejected" else table))


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Row(NamedTuple):
    """A row that is made when its file is written."""

    make: Callable[..., Row]
    position: int
    record: Struct
    of: Struct | None = None

    def __call__(self) -> Row:
        made = self.make(self.record) if self.of is None else self.make(self.record, self.of)
        return {"position": self.position, **made}


def write_parts(
    dataset: Dataset, folder: Path, parts: Callable[[], Mapping[str, Iterable[Any]]] | None = None
) -> PartsHead:
    """Write the tables of a dataset below a folder that isn't there yet, and give their list.

    ``parts`` makes what stands for fields of the dataset, as records or as JSON; of it no more is held than some thousand
    records, and it is asked for again where a value turns up late that needs a wider type: from there on what is left is
    only looked at, and then all is written by what it needs.
    """
    types = {table: TableTypes(columns_of(table)) for table in TABLES}
    while True:
        folder.mkdir(parents=True)
        writer = _PartsWriter(dataset, parts() if parts else {}, folder, types)
        head = writer.write()
        if not writer.outgrown:
            return head
        shutil.rmtree(folder)


def _order(place: PartPlace | PartFile) -> tuple[str, int]:
    return place.region or "", place.year or 0


def _code(region: str | None) -> str | None:
    """Take a region's code; what is none makes no name of a folder."""
    return region if region and _CODE.fullmatch(region) else None


class _PartsWriter:
    """Writes a dataset once, notices first, since all else lies by them, and facts before checks."""

    def __init__(
        self, dataset: Dataset, parts: Mapping[str, Iterable[Any]], folder: Path, types: Mapping[Table, TableTypes]
    ) -> None:
        self.dataset, self.parts, self.folder, self.types = dataset, parts, folder, types
        self.files: list[PartFile] = []
        # That a value needs a wider type than files of its table have that are written already.
        self.outgrown = False
        self._notices: dict[str, NoticeRecord] = {}
        self._facts: dict[str, PartPlace] = {}
        self._waiting: dict[tuple[Table, PartPlace], list[_Row]] = {}
        self._count = 0
        self._times: Counter[str] = Counter()
        self._measured: set[str] = set()
        self._regions: set[str] = set()
        self._years: set[int] = set()

    def write(self) -> PartsHead:
        for position, record in enumerate(self._given("notices", NoticeRecord)):
            light = replace(record, sections=(), relations=(), copies=(), attachments=())
            self._notices[record.notice_id] = light
            self._add("notices", self._of_notice(record.notice_id), _Row(rows.record_row, position, record))
        self._write_facts()
        for position, record in enumerate(self._given("unresolved", Unresolved)):
            self._add("unresolved", self._of_notice(record.notice_id), _Row(rows.record_row, position, record))
        for position, record in enumerate(self._given("series", Series)):
            for point in record.points:
                self._years |= {point.year} - {0}
                place = PartPlace(_code(record.region), point.year)
                self._add("series", place, _Row(rows.point_row, position, record, point))
        for position, record in enumerate(self._given("checks", Check)):
            known = (self._facts[one] for one in record.fact_ids if one in self._facts)
            self._add("checks", next(known, _NOWHERE), _Row(rows.record_row, position, record))
        for position, record in enumerate(self._given("set_aside", SetAside)):
            self._add("set_aside", _NOWHERE, _Row(rows.record_row, position, record))
        self._write_comparisons()
        self._flush()
        return self._head()

    def _write_facts(self) -> None:
        tables: tuple[Table, ...] = ("facts", "rejected")
        for table in tables:
            for position, fact in enumerate(self._given(table, Fact)):
                notice = self._of_notice(fact.notice_id)
                place = PartPlace(_code(fact.scope.region) or notice.region, fact.policy_year)
                if table == "facts":
                    self._facts[fact.fact_id] = place
                    self._measured |= {fact.indicator} - {None}
                    self._regions |= {place.region} if place.region else set()
                    self._years |= {fact.policy_year} - {None, 0}
                self._add(table, place, _Row(rows.fact_row, position, fact, self._notices[fact.notice_id]))

    def _write_comparisons(self) -> None:
        for position, one in enumerate(self._given("comparisons", Comparison)):
            place = PartPlace(_code(one.region), one.to)
            plain = replace(one, changes=(), measures=())
            self._add("comparisons", place, _Row(rows.record_row, position, plain))
            for change in one.changes:
                self._add("changes", place, _Row(rows.change_row, position, plain, change))
            for measure in one.measures:
                self._add("measures", place, _Row(rows.change_row, position, plain, measure))

    def _given(self, field: str, kind: type[Any]) -> Iterator[Any]:
        """Give the records of a field of the dataset, which may be JSON of several of them."""
        decoder = msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
        for one in self.parts[field] if field in self.parts else getattr(self.dataset, field):
            if isinstance(one, msgspec.Raw):
                yield from decoder.decode(b"[" + bytes(one) + b"]")
            else:
                yield one

    def _of_notice(self, notice_id: str) -> PartPlace:
        notice = self._notices[notice_id]
        return PartPlace(_code(notice.region.code) if notice.region else None, notice.policy_year)

    def _add(self, table: Table, place: PartPlace, row: _Row) -> None:
        self._waiting.setdefault((table, place), []).append(row)
        self._count += 1
        if self._count == _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        """Write what waits."""
        for (table, place), waiting in self._waiting.items():
            self._write(table, place, [row() for row in waiting])
        self._waiting.clear()
        self._count = 0

    def _write(self, table: Table, place: PartPlace, made: list[Row]) -> None:
        from pyarrow import parquet

        wider = self.types[table].fit(made)
        self.outgrown = self.outgrown or (wider and any(file.table == table for file in self.files))
        if self.outgrown:
            return
        below = f"{table}/{place.folders}"
        self._times[below] += 1
        number = self._times[below]
        name = f"{below}/rows.parquet" if number == 1 else f"{below}/rows-{number}.parquet"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        many = len(made) >= _DICTIONARY
        parquet.write_table(self.types[table].table(made), path, compression="zstd", use_dictionary=many)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.files.append(PartFile(table, place.region, place.year, name, len(made), digest))

    def _head(self) -> PartsHead:
        data = self.dataset
        order = {table: number for number, table in enumerate(TABLES)}
        files = tuple(
            sorted(self.files, key=lambda file: (order[file.table], *_order(file), len(file.path), file.path))
        )
        return PartsHead(
            layout=LAYOUT,
            schema_version=data.schema_version,
            dataset_version=data.dataset_version,
            content_hash=data.content_hash,
            generator=data.generator,
            indicators=data.indicators,
            measured=tuple(sorted(self._measured)),
            regions=tuple(sorted(self._regions)),
            years=tuple(sorted(self._years)),
            folder=f"{FOLDER}/{canonical.digest([data.dataset_version, data.content_hash, files])[:16]}",
            files=files,
        )


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
        found.sort(key=itemgetter("position"))
        if table == "series":
            return _series_of(found, self._made)
        if table == "comparisons":
            return self._comparisons(found, regions)
        kind = _RECORDS[table][-1]
        return [self._made(kind, row) for row in found]

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
        parts: list[dict[Cell, list[Any]]] = []
        tables: tuple[Table, ...] = ("changes", "measures")
        for table in tables:
            by_position: dict[Cell, list[Any]] = {}
            for file in self.files(table, regions):
                for row in self._rows(file):
                    made = self._made(_RECORDS[file.table][-1], row)
                    by_position.setdefault(row["position"], []).append(made)
            parts.append(by_position)
        changes, measures = parts
        return [
            replace(
                self._made(Comparison, row),
                changes=tuple(changes.get(row["position"], ())),
                measures=tuple(measures.get(row["position"], ())),
            )
            for row in found
        ]

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
    """Put series together again of their points, which stand in the order of their years."""
    grouped = groupby(found, key=itemgetter("position"))
    made = []
    for _, group in grouped:
        listed = list(group)
        points = tuple(make(Point, row) for row in listed)
        made.append(replace(make(Series, listed[0]), points=points))
    return made


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
