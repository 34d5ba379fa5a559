"""Writes a dataset as Parquet by region and year (`dataset.partitions`), without holding more of it than some thousand records.

Each table's records are sorted by their parts in a file without a name, so that a part's come together wherever in the dataset they
stand. What a part is made of has a digest: a part of the last build that was made of the same is not made again.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.dataset import rows
from extractor.dataset.arrow import TableTypes, TypeNeeds
from extractor.dataset.partitions import (
    APART,
    FOLDER,
    LAYOUT,
    NOWHERE,
    TABLES,
    PartFile,
    PartPlace,
    PartsHead,
    columns_of,
    name_of,
)
from extractor.dataset.sorted_rows import SortedRows
from extractor.messages import as_text
from extractor.model import (
    Change,
    Check,
    Comparison,
    Dataset,
    Fact,
    Measure,
    NoticeRecord,
    Point,
    Series,
    SetAside,
    Unresolved,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from extractor.dataset.partitions import Table
    from extractor.dataset.rows import Row

# Rows of a file: a region and year that has more of them has several files.
_MOST_ROWS = 20_000
# Rows from which on a dictionary a column pays: without one a file of 20 facts takes 3.6 ms instead of 6.1, and is smaller.
_DICTIONARY = 1_000


class KeptPart(Struct, frozen=True, array_like=True):
    """What is known of a part that was written: what its values need, what they were written as, rows and digest of each file."""

    needs: TypeNeeds
    form: dict[str, int | None]
    files: tuple[tuple[int, str], ...]


class KeptParts(Protocol):
    """Parts that were written, by the digest of what they were made of."""

    def get(self, digest: str) -> KeptPart | None:
        """Give what is known of one."""

    def put(self, digest: str, value: KeptPart) -> None:
        """Keep it."""


class _Item(Struct, frozen=True, array_like=True):
    """A row that is still to be made: where its record stands in what it belongs to, the record, and what else it is made of."""

    position: int
    record: Any
    of: Any = None


# An item's type, by table.
_ITEMS: dict[Table, Any] = {
    "facts": tuple[int, Fact, str], "rejected": tuple[int, Fact, str], "series": tuple[int, Series, Point],
    "changes": tuple[int, Comparison, Change], "measures": tuple[int, Comparison, Measure],
    "comparisons": tuple[int, Comparison, None], "checks": tuple[int, Check, None],
    "unresolved": tuple[int, Unresolved, None], "notices": tuple[int, NoticeRecord, None],
    "set_aside": tuple[int, SetAside, None],
}  # fmt: skip


def write_parts(
    dataset: Dataset, folder: Path, outputs: Path, parts: Mapping[str, Iterable[Any]], kept: KeptParts | None
) -> PartsHead:
    """Write the tables of a dataset into a folder that isn't there yet, under their `flat_name`, and give their list.

    ``parts`` are what stands for fields of the dataset, as records or as JSON of several. With what is ``kept`` of the parts that
    stand in ``outputs``, those that would come out the same are listed only.
    """
    folder.mkdir(parents=True)
    return _PartsWriter(dataset, parts, folder, _Standing(outputs / FOLDER, kept)).write()


def flat_name(name: str) -> str:
    """Name a part where all lie in one folder until they count: making and removing ten thousand folders takes its time."""
    return name.replace("/", "~")


class _Standing:
    """The parts that an earlier build left."""

    def __init__(self, folder: Path, kept: KeptParts | None) -> None:
        self._folder, self._kept = folder, kept

    def part(self, table: Table, place: PartPlace, digest: str) -> KeptPart | None:
        """Give the part that was made of what has a digest, if its files stand there with the bytes that they were written with."""
        part = None if self._kept is None else self._kept.get(digest)
        whole = part and all(self._stands(name_of(table, place, mark), mark) for _, mark in part.files)
        return part if whole else None

    def _stands(self, name: str, mark: str) -> bool:
        try:
            return _digest_of(self._folder / name) == mark
        except OSError:
            return False

    def keep(self, digest: str, part: KeptPart) -> None:
        """Keep what is known of a part that was made now."""
        if self._kept is not None:
            self._kept.put(digest, part)


class _PartsWriter:
    """Writes a dataset once, notices first, since all else lies by them, and facts before checks."""

    def __init__(self, dataset: Dataset, parts: Mapping[str, Iterable[Any]], folder: Path, standing: _Standing) -> None:
        self.dataset, self.parts, self.folder, self.standing = dataset, parts, folder, standing
        self.files: list[PartFile] = []
        self._notices: dict[str, NoticeRecord] = {}
        self._marks: dict[str, str] = {}
        self._facts: dict[str, PartPlace] = {}
        self._places: dict[PartPlace, PartPlace] = {}
        self._measured: set[str] = set()
        self._regions: set[str] = set()
        self._years: set[int] = set()

    def write(self) -> PartsHead:
        self._write("notices", self._of_notices())
        self._write("facts", self._of_facts("facts"))
        self._write("rejected", self._of_facts("rejected"))
        self._write("unresolved", self._of_unresolved())
        self._write("series", self._of_series())
        self._write("checks", self._of_checks())
        self._write("set_aside", ((NOWHERE, _Item(*one)) for one in enumerate(self._given("set_aside", SetAside))))
        self._write_comparisons()
        return self._head()

    # ── what lies where ─────────────────────────────────────────────────────────────────────────────────────────────

    def _given(self, field: str, kind: type[Any]) -> Iterator[Any]:
        """Give the records of a field of the dataset, which may be JSON of several of them."""
        decoder = msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
        for one in self.parts[field] if field in self.parts else getattr(self.dataset, field):
            if isinstance(one, msgspec.Raw):
                yield from decoder.decode(b"[" + bytes(one) + b"]")
            else:
                yield one

    def _place(self, region: str | None, year: int | None) -> PartPlace:
        place = PartPlace.of(region, year)
        return self._places.setdefault(place, place)

    def _of_notice(self, notice_id: str) -> PartPlace:
        notice = self._notices[notice_id]
        return self._place(notice.region.code if notice.region else None, notice.policy_year)

    def _of_notices(self) -> Iterator[tuple[PartPlace, _Item]]:
        for record in self._given("notices", NoticeRecord):
            light = replace(record, sections=(), relations=(), copies=(), attachments=())
            self._notices[record.notice_id] = light
            # A fact's row says of its notice what stands here.
            self._marks[record.notice_id] = hashlib.sha256(msgspec.msgpack.encode(light, enc_hook=as_text)).hexdigest()
            yield self._of_notice(record.notice_id), _Item(0, record)

    def _of_facts(self, field: str) -> Iterator[tuple[PartPlace, _Item]]:
        for notice_id, facts in groupby(self._given(field, Fact), key=lambda fact: fact.notice_id):
            for position, fact in enumerate(facts):
                region = PartPlace.of(fact.scope.region, None).region or self._of_notice(notice_id).region
                place = self._place(region, fact.policy_year)
                if field == "facts":
                    self._facts[fact.fact_id] = place
                    self._measured |= {fact.indicator} - {None}
                    self._regions |= {place.region} if place.region else set()
                    self._years |= {fact.policy_year} - {None, 0}
                yield place, _Item(position, fact, self._marks[notice_id])

    def _of_unresolved(self) -> Iterator[tuple[PartPlace, _Item]]:
        for notice_id, found in groupby(self._given("unresolved", Unresolved), key=lambda one: one.notice_id):
            place = self._of_notice(notice_id)
            yield from ((place, _Item(*one)) for one in enumerate(found))

    def _of_series(self) -> Iterator[tuple[PartPlace, _Item]]:
        for record in self._given("series", Series):
            light = replace(record, points=())
            for position, point in enumerate(record.points):
                self._years |= {point.year} - {0}
                yield self._place(record.region, point.year), _Item(position, light, point)

    def _of_checks(self) -> Iterator[tuple[PartPlace, _Item]]:
        for record in self._given("checks", Check):
            known = (self._facts[one] for one in record.fact_ids if one in self._facts)
            yield next(known, NOWHERE), _Item(0, record)

    def _write_comparisons(self) -> None:
        """Write comparisons, and what they hold, which are tables of their own."""
        with ExitStack() as stack:
            spools = {
                table: stack.enter_context(SortedRows(self.folder)) for table in ("comparisons", "changes", "measures")
            }
            for one in self._given("comparisons", Comparison):
                place, light = self._place(one.region, one.to), replace(one, changes=(), measures=())
                _add(spools["comparisons"], place, _Item(0, light))
                for table, moves in (("changes", one.changes), ("measures", one.measures)):
                    for position, move in enumerate(moves):
                        _add(spools[table], place, _Item(position, light, move))
            for table in TABLES:
                if table in spools:
                    self._write_table(table, spools[table])

    # ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, table: Table, items: Iterable[tuple[PartPlace, _Item]]) -> None:
        with SortedRows(self.folder) as spool:
            for place, item in items:
                _add(spool, place, item)
            self._write_table(table, spool)

    def _write_table(self, table: Table, spool: SortedRows) -> None:
        """Write a table's files, all with the same types; where a value needs a wider one late, all are written once more."""
        digests = {place: _digest(table, place, items) for place, items in _parts(spool)}
        found = {place: self.standing.part(table, place, digest) for place, digest in digests.items()}
        types = TableTypes(columns_of(table))
        for part in found.values():
            if part:
                types.widen(part.needs)
        while True:
            form = types.needs.form
            same = {place: part for place, part in found.items() if part and part.form == form}
            made = self._write_anew(table, spool, types, same.keys())
            if made is not None:
                break
            for path in self.folder.glob(flat_name(f"{table}/*")):
                path.unlink()
        for place, part in (same | made).items():
            for count, mark in part.files:
                self.files.append(PartFile(table, place.region, place.year, name_of(table, place, mark), count, mark))
            if place in made:
                self.standing.keep(digests[place], part)

    def _write_anew(
        self, table: Table, spool: SortedRows, types: TableTypes, same: Collection[PartPlace]
    ) -> dict[PartPlace, KeptPart] | None:
        """Write the parts that aren't the ``same``; None where types had to become wider than a file's that stands already."""
        made: dict[PartPlace, KeptPart] = {}
        written = types.needs.form if same else None
        outgrown = False
        for place, items in _parts(spool):
            if place in same:
                continue
            own = TableTypes(types.columns)
            files: list[tuple[int, str]] = []
            for listed in self._rows(table, items):
                own.fit(listed)
                types.widen(own.needs)
                outgrown = outgrown or written not in (None, types.needs.form)
                if not outgrown:
                    written = types.needs.form
                    files.append((len(listed), self._write_file(table, place, listed, types)))
            made[place] = KeptPart(own.needs, types.needs.form, tuple(files))
        return None if outgrown else made

    def _write_file(self, table: Table, place: PartPlace, made: list[Row], types: TableTypes) -> str:
        """Write a file; give the digest of its bytes, which names it."""
        from pyarrow import parquet

        unnamed = self.folder / "part"
        parquet.write_table(types.table(made), unnamed, compression="zstd", use_dictionary=len(made) >= _DICTIONARY)
        mark = _digest_of(unnamed)
        unnamed.replace(self.folder / flat_name(name_of(table, place, mark)))
        return mark

    def _rows(self, table: Table, items: Iterable[bytes]) -> Iterator[list[Row]]:
        """Make the rows of a part, those of a file at once."""
        decoder = msgspec.msgpack.Decoder(_ITEMS[table])
        every = (self._row(table, *decoder.decode(item)) for item in items)
        while listed := list(islice(every, _MOST_ROWS)):
            yield listed

    def _row(self, table: Table, position: int, record: Struct, of: Struct | str | None) -> Row:
        if isinstance(record, Fact):
            made = rows.fact_row(record, self._notices[record.notice_id])
        elif isinstance(record, Series) and isinstance(of, Point):
            made = rows.point_row(record, of)
        elif isinstance(record, Comparison) and isinstance(of, Struct):
            made = rows.change_row(record, of)
        else:
            made = rows.record_row(record)
        return made if table in APART else {"position": position, **made}

    def _head(self) -> PartsHead:
        data = self.dataset
        order = {table: number for number, table in enumerate(TABLES)}
        files = tuple(sorted(self.files, key=lambda file: (order[file.table], file.region or "", file.year or 0)))
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
            folder=FOLDER,
            files=files,
        )


def _add(spool: SortedRows, place: PartPlace, item: _Item) -> None:
    """Take a row, which comes with the others of its part, in the order in which they were taken."""
    key = (place.region or "", -1 if place.year is None else place.year, spool.count)
    spool.add(key, msgspec.msgpack.encode(item, enc_hook=as_text))


def _parts(spool: SortedRows) -> Iterator[tuple[PartPlace, Iterator[bytes]]]:
    """Give each part with what its rows are made of."""
    for (region, year), found in groupby(spool.items(), key=lambda one: one[0][:2]):
        yield PartPlace(region or None, None if year == -1 else year), (item for _, item in found)


def _digest(table: Table, place: PartPlace, items: Iterable[bytes]) -> str:
    """Take a digest of all that a part is made of."""
    total = hashlib.sha256(f"{table} {place.folders}\n".encode())
    for item in items:
        total.update(len(item).to_bytes(8, "big") + item)
    return total.hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
