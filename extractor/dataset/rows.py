"""The dataset as flat rows, for tables of any kind: CSV, sheets, databases, frames. Every export uses these.

Columns follow from the types of `extractor.model`: a part of a struct (scope, evidence) gives its fields its name as
prefix, a list stands as JSON on one line, and everything else as it stands in the JSON. Nothing is lost: `fact_from_row`
and `record_from_row` make of a row what it was made of. One surprise: a value is a number or a date, and no column holds
both, so `value`, `lower` and `upper` have a `…_date` beside them.

`FACT_COLUMNS`, `SERIES_COLUMNS`, `NOTICE_COLUMNS`, `CHECK_COLUMNS`, `CHANGE_COLUMNS`, `MEASURE_COLUMNS`,
`UNRESOLVED_COLUMNS` and `SET_ASIDE_COLUMNS` are made when first asked for.
"""

from __future__ import annotations

import re
import types
from functools import cache, reduce
from operator import attrgetter
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from msgspec import Meta, Struct

from extractor import model
from extractor.dataset.canonical import encode_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from extractor.model import Comparison, Dataset, Fact, NoticeRecord, Point, Series

T = TypeVar("T", bound=Struct)
Cell: TypeAlias = str | int | bool | None
Row: TypeAlias = dict[str, Cell]
ColumnKind: TypeAlias = Literal["text", "decimal", "date", "integer", "boolean", "list", "json"]
TableName: TypeAlias = Literal["facts", "series", "notices", "checks", "changes", "measures", "unresolved", "set_aside"]

# A day, or of every year (每年6月1日): --06-01.
_DATE = re.compile(r"(?:[0-9]{4}|-)-[0-9]{2}-[0-9]{2}")
YEARLY = "--"


class Column(NamedTuple):
    """A column. Cells are as in the JSON: decimals and dates are text; a ``list`` (of strings) and ``json`` (anything deeper) stand as JSON text.

    A cell of a column that isn't ``nullable`` is never None.
    """

    name: str
    kind: ColumnKind
    description: str
    nullable: bool


class Leaf(NamedTuple):
    """A column with the way to its value: attribute names from the record on, and the same as named in the JSON."""

    column: Column
    path: tuple[str, ...]
    keys: tuple[str, ...]
    figure: bool = False


# ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# What the rows of a table are made of, with the prefix of each record's columns.
_TABLES: dict[TableName, tuple[tuple[type[Struct], str], ...]] = {
    "facts": ((model.Fact, ""), (model.NoticeRecord, "notice_")),
    "series": ((model.Series, ""), (model.Point, "")),
    "notices": ((model.NoticeRecord, ""),),
    "checks": ((model.Check, ""),),
    "changes": ((model.Comparison, ""), (model.Change, "")),
    "measures": ((model.Comparison, ""), (model.Measure, "")),
    "unresolved": ((model.Unresolved, ""),),
    "set_aside": ((model.SetAside, ""),),
}
# What a fact's row has of its notice.
_OF_NOTICE = ("type", "title", "document_number", "issued_on", "region_code", "source_path", "source_url")
# These have tables of their own.
_ELSEWHERE = {(model.Series, "points"), (model.Comparison, "changes"), (model.Comparison, "measures")}


def columns(table: TableName) -> tuple[Column, ...]:
    """List the columns of a table, in the order of its rows' cells."""
    leaves = ((prefix, leaf) for kind, prefix in _TABLES[table] for leaf in _leaves(kind))
    shown = ((prefix, leaf.column) for prefix, leaf in leaves if not prefix or leaf.column.name in _OF_NOTICE)
    return tuple(column._replace(name=prefix + column.name) for prefix, column in shown)


def record_columns(kind: type[Struct]) -> tuple[Column, ...]:
    """List the columns of a struct type's own rows."""
    return tuple(leaf.column for leaf in _leaves(kind))


def __getattr__(name: str) -> tuple[Column, ...]:
    """Make ``FACT_COLUMNS`` and its like when first asked for."""
    wanted = name.removesuffix("_COLUMNS").lower()
    for table in (wanted, f"{wanted}s"):
        if name.endswith("_COLUMNS") and table in _TABLES:
            return columns(table)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


@cache
def _leaves(kind: type[Struct]) -> tuple[Leaf, ...]:
    """List the leaves of a struct type. Lists of structs that have a table of their own are left out."""
    return tuple(_walk(kind, "", (), (), optional=False))


def _walk(
    kind: type[Struct], prefix: str, path: tuple[str, ...], keys: tuple[str, ...], *, optional: bool
) -> Iterator[Leaf]:
    hints = get_type_hints(kind, include_extras=True)
    for name, key in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        if (kind, name) in _ELSEWHERE:
            continue
        inner, description, null = _opened(hints[name])
        nullable = null or optional
        place, places = (*path, name), (*keys, key)
        if isinstance(inner, type) and issubclass(inner, Struct):
            yield from _walk(inner, f"{prefix}{key}_", place, places, optional=nullable)
        elif _is_of(hints[name], model.FigureText):
            yield Leaf(
                Column(prefix + key, "decimal", f"{description} A number.", nullable=True), place, places, figure=True
            )
            dated = Column(f"{prefix}{key}_date", "date", f"{description} A date.", nullable=True)
            yield Leaf(dated, place, places, figure=True)
        else:
            yield Leaf(Column(prefix + key, _kind(hints[name], inner), description, nullable), place, places)


def _opened(hint: Any) -> tuple[Any, str, bool]:  # noqa: ANN401 - any type hint
    """Take a type hint apart: the type without null, the description, whether null may stand."""
    description, null = "", False
    while True:
        if get_origin(hint) is Annotated:
            found = [meta.description for meta in hint.__metadata__ if isinstance(meta, Meta) and meta.description]
            description = description or (found[-1] if found else "")
            hint = hint.__origin__
        elif get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint):
            null = True
            hint = reduce(lambda one, other: one | other, [part for part in get_args(hint) if part is not type(None)])
        else:
            return hint, description, null


def _is_of(hint: Any, alias: Any) -> bool:  # noqa: ANN401 - any type hint
    """Say whether a hint was written with one of the model's aliases, like `DateText`."""
    wanted = alias.__metadata__[0]
    if get_origin(hint) is Annotated and wanted in hint.__metadata__:
        return True
    return any(
        _is_of(part, alias) for part in get_args(hint) if get_origin(hint) in {Annotated, Union, types.UnionType}
    )


def _kind(hint: Any, inner: Any) -> ColumnKind:  # noqa: ANN401 - any type hint
    if inner is bool:
        return "boolean"
    if inner is int:
        return "integer"
    if _is_of(hint, model.DateText):
        return "date"
    if _is_of(hint, model.DecimalText):
        return "decimal"
    if inner is str or get_origin(inner) is Literal:
        return "text"
    of = get_args(inner)[0] if get_origin(inner) is tuple else None
    return "list" if of is str or get_origin(of) is Literal else "json"


# ── records to rows and back ────────────────────────────────────────────────────────────────────────────────────────


def record_row(record: Struct) -> Row:
    """Make the row of a notice, a check, an unresolved figure or a file set aside."""
    return {name: fill(get(record)) for name, get, fill in _plan(_plain_type(type(record)))}


@cache
def _plan(kind: type[Struct]) -> tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Cell]], ...]:
    """Prepare the cells of a struct type's rows: name, the way to the value, what the cell makes of it."""
    return tuple((leaf.column.name, _getter(leaf.path), _filler(leaf)) for leaf in _leaves(kind))


def _getter(path: tuple[str, ...]) -> Callable[[Any], Any]:
    """Make a function that follows a path, which ends where a part is null."""
    first, *rest = map(attrgetter, path)

    def follow(record: Any) -> Any:  # noqa: ANN401 - any field's value
        value = first(record)
        for step in rest:
            value = None if value is None else step(value)
        return value

    return follow if rest else first


def _filler(leaf: Leaf) -> Callable[[Any], Cell]:
    """Make the function that turns a value into its cell."""
    dated = leaf.column.kind == "date"
    if leaf.column.kind in {"list", "json"}:
        return lambda value: "[]" if value == () else None if value is None else encode_line(value)[:-1].decode()
    if leaf.figure:
        return lambda value: value if value is None or dated == bool(_DATE.fullmatch(value)) else None
    return lambda value: value


def record_from_row(kind: type[T], row: Mapping[str, Cell]) -> T:
    """Make the record that a row was made of; other columns are passed over, a `msgspec.ValidationError` says what is off."""
    tree: dict[str, Any] = {name: () for owner, name in _ELSEWHERE if owner is kind}
    for leaf in _leaves(kind):
        value = row[leaf.column.name]
        at = _at(tree, leaf.keys)
        if value is not None or leaf.keys[-1] not in at:  # a value's second column is empty where the first is not
            listed = value if leaf.column.kind in {"list", "json"} and isinstance(value, str) else None
            at[leaf.keys[-1]] = value if listed is None else msgspec.json.decode(listed)
    return msgspec.convert(_without_absent(kind, tree), kind)


def _at(tree: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    return tree


def _without_absent(kind: type[Struct], tree: dict[str, Any]) -> dict[str, Any]:
    """Set parts that are null, like the base of what is no rate: those whose required words are all null."""
    for key, inner, required in _parts_of(kind):
        if required and all(_at(tree[key], leaf.keys).get(leaf.keys[-1]) is None for leaf in required):
            tree[key] = None
        else:
            _without_absent(inner, tree[key])
    return tree


@cache
def _parts_of(kind: type[Struct]) -> tuple[tuple[str, type[Struct], tuple[Leaf, ...]], ...]:
    """List the parts of a record that are records: key, type, and for those that may be null their required words."""
    hints, found = get_type_hints(kind, include_extras=True), []
    for name, key in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        inner, _, null = _opened(hints[name])
        if isinstance(inner, type) and issubclass(inner, Struct):
            required = tuple(leaf for leaf in _leaves(inner) if not leaf.column.nullable) if null else ()
            found.append((key, inner, required))
    return tuple(found)


@cache
def _plain_type(kind: type[Struct]) -> type[Struct]:
    """Take the model's type for one that was opened for a later schema version; see `dataset.forward_compat`."""
    return next(base for base in kind.__mro__ if base.__module__ == model.__name__)


def fact_row(fact: Fact, notice: NoticeRecord) -> Row:
    """Make the row of a fact, with what a reader wants to know of its notice."""
    region = notice.region.code if notice.region else None
    return {
        **record_row(fact),
        "notice_type": notice.type,
        "notice_title": notice.title,
        "notice_document_number": notice.document_number,
        "notice_issued_on": notice.issued_on,
        "notice_region_code": region,
        "notice_source_path": notice.source.path,
        "notice_source_url": notice.source.url,
    }


def fact_from_row(row: Mapping[str, Cell]) -> Fact:
    """Make the fact that a row was made of."""
    return record_from_row(model.Fact, row)


def point_row(series: Series, point: Point) -> Row:
    """Make the row of one point of a series."""
    return {**record_row(series), **record_row(point)}


def series_from_rows(rows: Iterable[Mapping[str, Cell]]) -> list[Series]:
    """Make the series that rows were made of, in the order in which they come first."""
    found: dict[Cell, Series] = {}
    points: dict[Cell, list[Point]] = {}
    for row in rows:
        found.setdefault(row["series_id"], record_from_row(model.Series, row))
        points.setdefault(row["series_id"], []).append(record_from_row(model.Point, row))
    return [msgspec.structs.replace(series, points=tuple(points[name])) for name, series in found.items()]


def change_row(comparison: Comparison, change: Struct) -> Row:
    """Make the row of a change, or of a measure, with the years and regions compared."""
    return {**record_row(comparison), **record_row(change)}


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def table_rows(dataset: Dataset, table: TableName) -> Iterator[Row]:
    """Make the rows of a table, in the order of the dataset."""
    if table == "facts":
        notices = {notice.notice_id: notice for notice in dataset.notices}
        yield from (fact_row(fact, notices[fact.notice_id]) for fact in dataset.facts)
    elif table == "series":
        yield from (point_row(series, point) for series in dataset.series for point in series.points)
    elif table in {"changes", "measures"}:
        yield from (change_row(one, row) for one in dataset.comparisons for row in getattr(one, table))
    else:
        yield from map(record_row, getattr(dataset, table))
