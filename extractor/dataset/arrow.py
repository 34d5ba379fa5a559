"""Rows as Arrow has them: exact decimals, dates, lists of words.

A column's type depends on what it holds: how many digits a decimal needs, and days of every year (``--06-01``) are no dates.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from extractor.dataset.canonical import decimal_text, encode_line
from extractor.dataset.rows import YEARLY, Cell, Column

if TYPE_CHECKING:
    from collections.abc import Iterable

# Decimals have this many places unless a value has more; money has two, rates rarely three.
SCALE = 6
DIGITS = 38
# These are written with so many places, zeros too: 0.70.
PLACES = {"similarity": 2, "delta_percent": 2}


def to_cell(value: Cell, column: Column) -> Any:  # noqa: ANN401 - what Arrow takes
    """Turn a cell into what Arrow takes; a `ValueError` for what is none of the column's kind."""
    if not isinstance(value, str):
        return value
    try:
        if column.kind == "decimal":
            return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error
    if column.kind == "date":
        return value if value.startswith(YEARLY) else dt.date.fromisoformat(value)
    return msgspec.json.decode(value) if column.kind == "list" else value


def from_cell(value: Any, name: str = "") -> Cell:  # noqa: ANN401 - what Arrow gives
    """Turn what Arrow gives for a column of this name into a cell."""
    if isinstance(value, Decimal):
        return f"{value:.{PLACES[name]}f}" if name in PLACES else decimal_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return encode_line(value)[:-1].decode()
    cell: Cell = value
    return cell


def digits_of(values: Iterable[Decimal]) -> tuple[int, int]:
    """Count the digits before and after the point that numbers need: at least one, and `SCALE`."""
    whole, scale = 1, SCALE
    for value in values:
        shape = value.as_tuple()
        exponent = shape.exponent if isinstance(shape.exponent, int) else 0
        whole, scale = max(whole, len(shape.digits) + exponent), max(scale, -exponent)
    return whole, scale


def plain_type(column: Column) -> Any:  # noqa: ANN401 - a pyarrow.DataType
    """Give the type of a column that isn't decimal; a date's, where all are days."""
    import pyarrow as pa

    return {
        "text": pa.string(), "json": pa.string(), "date": pa.date32(), "integer": pa.int64(), "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }[column.kind]  # fmt: skip


class TypeNeeds(Struct, frozen=True, array_like=True):
    """What values need of the types of their columns: digits before and after the point; which dates are not all days."""

    digits: dict[str, tuple[int, int]]
    texts: frozenset[str]

    @property
    def form(self) -> dict[str, int | None]:
        """Say what decides on types: the places of each decimal; None for what has to stand there as text."""
        # What has more digits than programs that read Parquet can count with stands there as text.
        places = {name: scale if whole + scale <= DIGITS else None for name, (whole, scale) in self.digits.items()}
        return {**places, **dict.fromkeys(sorted(self.texts))}


class TableTypes:
    """The types of a table's columns, the same in all of its files: found by looking at all that they will hold."""

    def __init__(self, columns: Iterable[Column]) -> None:
        """Know nothing of the values yet."""
        self.columns = tuple(columns)
        decimals = (column.name for column in self.columns if column.kind == "decimal")
        self.needs = TypeNeeds(dict.fromkeys(decimals, (1, SCALE)), frozenset())
        self._schema: Any = None

    def fit(self, rows: Iterable[dict[str, Cell]]) -> bool:
        """Have the types hold rows, too; return whether one of them has changed."""
        listed = list(rows)
        digits, texts = {}, set()
        for column in self.columns:
            if column.kind in {"date", "decimal"} and column.name not in PLACES:
                values = [value for row in listed if isinstance(value := row[column.name], str)]
                if column.kind == "decimal":
                    digits[column.name] = digits_of(map(Decimal, values))
                elif not all(map(_is_day, values)):
                    texts.add(column.name)
        return self.widen(TypeNeeds(digits, frozenset(texts)))

    def widen(self, needs: TypeNeeds) -> bool:
        """Have the types hold what needs these, too; return whether one of them has changed."""
        digits = dict(self.needs.digits)
        for name, (whole, scale) in needs.digits.items():
            known = digits[name]
            digits[name] = (max(whole, known[0]), max(scale, known[1]))
        before, self.needs = self.needs, TypeNeeds(digits, self.needs.texts | needs.texts)
        changed = before.form != self.needs.form
        if changed:
            self._schema = None
        return changed

    def table(self, rows: Iterable[dict[str, Cell]]) -> Any:  # noqa: ANN401 - a pyarrow.Table
        """Make an Arrow table of rows."""
        import pyarrow as pa

        listed, schema = list(rows), self.schema()
        arrays = []
        for column, field in zip(self.columns, schema, strict=True):
            texts = field.type == pa.string()
            cells = [row[column.name] if texts else to_cell(row[column.name], column) for row in listed]
            arrays.append(pa.array(cells, field.type))
        return pa.Table.from_arrays(arrays, schema=schema)

    def schema(self) -> Any:  # noqa: ANN401 - a pyarrow.Schema
        """Give the columns with their types, as far as values were looked at."""
        import pyarrow as pa

        if self._schema is None:
            self._schema = pa.schema(
                pa.field(one.name, self._type(one), metadata={"description": one.description}) for one in self.columns
            )
        return self._schema

    def _type(self, column: Column) -> Any:  # noqa: ANN401 - a pyarrow.DataType
        import pyarrow as pa

        scale = self.needs.form.get(column.name, SCALE)
        if scale is None:
            return pa.string()
        return pa.decimal128(DIGITS, scale) if column.kind == "decimal" else plain_type(column)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
