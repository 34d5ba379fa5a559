"""Parquet: a folder with one file a table, typed: exact decimals, dates, lists of words, dictionaries of what repeats.

`arrow_table` serves DuckDB as well. `read_facts` gives back every fact as it was.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, get_args

from extractor.dataset.arrow import DIGITS, digits_of, from_cell, plain_type, to_cell
from extractor.dataset.rows import Cell, TableName, columns, fact_from_row, table_rows
from extractor.errors import ExportError
from extractor.messages import Message

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from extractor.dataset.rows import Column
    from extractor.export.targets import Options
    from extractor.model import Dataset, Fact

_DIGITS_256 = 76
# Text that seldom repeats is no dictionary's matter.
_FREE_TEXT = (
    "fact_id",
    "_id",
    "exact",
    "prefix",
    "suffix",
    "message",
    "text",
    "expected",
    "found",
    "subject",
    "sha256",
)


def write_parquet(dataset: Dataset, folder: Path, options: Options) -> None:
    """Write ``facts.parquet``, ``series.parquet`` and the other tables."""
    from pyarrow import parquet

    del options
    for table in get_args(TableName):
        parquet.write_table(arrow_table(dataset, table), folder / f"{table}.parquet", compression="zstd")


def read_facts(path: Path) -> list[Fact]:
    """Read the facts of a Parquet export."""
    from pyarrow import parquet

    found = parquet.read_table(path).to_pylist()
    return [fact_from_row({name: from_cell(value) for name, value in row.items()}) for row in found]


def arrow_table(dataset: Dataset, table: TableName) -> Any:  # noqa: ANN401 - a pyarrow.Table, which has no types
    """Make an Arrow table of one of the dataset's tables."""
    import pyarrow as pa

    rows = list(table_rows(dataset, table))
    arrays, fields = [], []
    for column in columns(table):
        cells = [_to_cell(row[column.name], column, table) for row in rows]
        if column.kind == "date" and any(isinstance(cell, str) for cell in cells):
            cells = [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in cells]
        kind = _type(column, cells)
        arrays.append(pa.array(cells, kind.value_type if pa.types.is_dictionary(kind) else kind).cast(kind))
        fields.append(pa.field(column.name, kind, metadata={"description": column.description}))
    schema = pa.schema(
        fields, metadata={"dataset_version": dataset.dataset_version, "content_hash": dataset.content_hash}
    )
    return pa.Table.from_arrays(arrays, schema=schema)


def _to_cell(value: Cell, column: Column, table: str) -> Any:  # noqa: ANN401 - what Arrow takes
    try:
        return to_cell(value, column)
    except ValueError as error:
        msg = Message(
            "{table}: {name} is {value}, expected a {kind}. Build the dataset again with `extractor build`.",
            table=table,
            name=column.name,
            value=repr(value),
            kind=column.kind,
        )
        raise ExportError(msg) from error


def _type(column: Column, cells: list[Any]) -> Any:  # noqa: ANN401 - a pyarrow.DataType
    """Choose a column's type by what it holds: a decimal's size depends on the data, and days of every year are text."""
    import pyarrow as pa

    if column.kind == "date" and any(isinstance(cell, str) for cell in cells):
        return pa.string()
    if column.kind == "decimal":
        return _decimal_type([cell for cell in cells if cell is not None], column)
    if column.kind == "text" and not column.name.endswith(_FREE_TEXT):
        return pa.dictionary(pa.int32(), pa.string())
    return plain_type(column)


def _decimal_type(values: list[Decimal], column: Column) -> Any:  # noqa: ANN401 - a pyarrow.DataType
    import pyarrow as pa

    whole, scale = digits_of(values)
    if whole + scale <= DIGITS:
        return pa.decimal128(DIGITS, scale)
    if whole + scale <= _DIGITS_256:
        return pa.decimal256(_DIGITS_256, scale)
    msg = Message(
        "{name}: holds a number of {whole} digits before and {scale} after the point, Parquet has at most "
        "{digits_256} in all. Export it as csv or jsonl.",
        name=column.name,
        whole=whole,
        scale=scale,
        digits_256=_DIGITS_256,
    )
    raise ExportError(msg)
