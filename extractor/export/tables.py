"""CSV and JSON Lines: one row, or one line, a fact.

CSV knows no null and no types, and spreadsheets run cells that begin with ``=``. So an apostrophe is put before a text
that begins with ``=``, ``+``, ``-``, ``@``, of full width too and after blanks, with a tab or a line's end, and before one
that is empty where null could stand; an empty cell is null. One apostrophe more is put where one stands there already, so that `read_csv` gives back every
fact as it was.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from extractor.dataset import canonical
from extractor.dataset.labels import FORMULA, load_labels
from extractor.dataset.rows import Cell, Row, columns, fact_from_row, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from extractor.dataset.labels import Labels
    from extractor.dataset.rows import Column, TableName
    from extractor.export.targets import Options
    from extractor.model import Dataset, Fact

_BOM = "\ufeff"
_UNSAFE = re.compile(rf"'*+(?:{FORMULA})")
_MARKED = re.compile(rf"'++(?:{FORMULA}|\Z)")
_APOSTROPHES = re.compile(r"'*+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NUMBERS = frozenset({"decimal", "integer"})


def write_csv(dataset: Dataset, path: Path, options: Options) -> None:
    """Write the facts as CSV; if Excel is to read it, with a byte order mark and heads that a person reads, too."""
    labels = load_labels(options.resources, "zh") if options.excel and options.lang == "zh" else None
    data = csv_bytes("facts", table_rows(dataset, "facts"), labels)
    path.write_bytes(_BOM.encode() * options.excel + data)


def write_jsonl(dataset: Dataset, path: Path, options: Options) -> None:
    """Write the facts as JSON Lines, each as it stands in the dataset."""
    del options
    path.write_bytes(canonical.encode_lines(dataset.facts))


def csv_bytes(table: TableName, rows: Iterable[Row], labels: Labels | None = None) -> bytes:
    """Write the rows of a table as CSV (RFC 4180, UTF-8), with the names of the columns first.

    The names are the dataset's own: programs ask for them. With labels each stands behind the words for it: ``数值 value``.
    """
    heads = columns(table)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_head(column.name, labels) for column in heads])
    writer.writerows([to_cell(row[column.name], column) for column in heads] for row in rows)
    return text.getvalue().encode()


def _head(name: str, labels: Labels | None) -> str:
    if labels is None:
        return name
    words = labels("column", name)
    return f"{words if words != name else labels('field', name)} {name}"


def read_csv(data: bytes) -> list[Fact]:
    """Read the facts of a CSV export; what is no such file raises a `msgspec.ValidationError` or a `KeyError`."""
    heads = {column.name: column for column in columns("facts")}
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [
        fact_from_row({name: from_cell(text, heads[name]) for name, text in _by_name(row) if name in heads})
        for row in rows
    ]


def _by_name(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the cells of a row by the names of their columns, whatever words stand before these."""
    return ((head.rpartition(" ")[2], text) for head, text in row.items())


def to_cell(value: Cell, column: Column) -> str:
    """Write a value as the text of a cell.

    >>> from extractor.dataset.rows import Column
    >>> text = Column("subject", "text", "", nullable=True)
    >>> [to_cell(value, text) for value in ("=1+1", "'=", None, "", "人均")]
    ["'=1+1", "''=", '', "'", '人均']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if column.kind in _NUMBERS and _NUMBER.fullmatch(value):
        return value  # a negative number is one, not a formula
    looks_marked = _APOSTROPHES.fullmatch(value) and (value or column.nullable)
    return f"'{value}" if looks_marked or _UNSAFE.match(value) else value


def from_cell(text: str, column: Column) -> Cell:
    """Read a cell's text back."""
    if not text and column.nullable:
        return None
    if column.kind == "boolean":
        return text == "true"
    if column.kind == "integer":
        return int(text)
    return text[1:] if _MARKED.match(text) else text
