"""The dataset's tables as pandas and polars frames: the only place that imports these.

Columns are those of `dataset.rows`. Decimals stay exact (`decimal.Decimal` in pandas, the decimal type in polars), dates are
dates, lists stand as JSON, and what isn't there is null.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from extractor.dataset.rows import TableName, columns, table_rows
from extractor.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.dataset.rows import Cell, ColumnKind
    from extractor.model import Dataset

# polars keeps 38 digits at most.
_DIGITS = 38


def make_frame(dataset: Dataset, table: TableName, engine: str) -> Any:  # noqa: ANN401 - of a library that may not be there
    """Make the frame of a table; a `DatasetError` says what to install, or which engines there are."""
    makers = {"pandas": _pandas, "polars": _polars}
    if engine not in tuple(makers):
        msg = f"engine {engine!r}: there are pandas and polars. Name one of them."
        raise DatasetError(msg)
    if table not in get_args(TableName):
        msg = f"table {table!r}: there is none. There are {', '.join(get_args(TableName))}. Name one of them."
        raise DatasetError(msg)
    listed = columns(table)
    rows = list(table_rows(dataset, table))
    cells = {column.name: (column.kind, [row[column.name] for row in rows]) for column in listed}
    try:
        return makers[engine](cells)
    except ModuleNotFoundError as error:
        msg = f"{engine} is not installed. Install it with `pip install {engine}`, or take dataset.facts()."
        raise DatasetError(msg) from error


def _pandas(cells: dict[str, tuple[ColumnKind, list[Cell]]]) -> Any:  # noqa: ANN401 - see above
    import pandas as pd

    types = {"integer": "Int64", "boolean": "boolean", "date": "datetime64[s]", "decimal": "object"}
    made = {
        name: pd.Series(_decimals(values) if kind == "decimal" else values, dtype=types.get(kind, "string"))
        for name, (kind, values) in cells.items()
    }
    return pd.DataFrame(made)


def _polars(cells: dict[str, tuple[ColumnKind, list[Cell]]]) -> Any:  # noqa: ANN401 - see above
    import polars as pl

    types = {"integer": pl.Int64, "boolean": pl.Boolean}
    made = []
    for name, (kind, values) in cells.items():
        if kind == "decimal":
            numbers = _decimals(values)
            made.append(pl.Series(name, numbers, dtype=pl.Decimal(_DIGITS, _places(numbers))))
        elif kind == "date":
            days = [None if value is None else date.fromisoformat(str(value)) for value in values]
            made.append(pl.Series(name, days, dtype=pl.Date))
        else:
            made.append(pl.Series(name, values, dtype=types.get(kind, pl.String)))
    return pl.DataFrame(made)


def _decimals(values: Sequence[Cell]) -> list[Decimal | None]:
    return [None if value is None else Decimal(str(value)) for value in values]


def _places(numbers: Sequence[Decimal | None]) -> int:
    """Count the decimal places that all numbers of a column fit into."""
    return max((-int(number.as_tuple().exponent) for number in numbers if number is not None), default=0)
