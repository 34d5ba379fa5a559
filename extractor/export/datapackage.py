"""A Data Package (version 2): CSV files, one a table, and ``datapackage.json`` that says what their columns are.

The CSV files are those of `extractor.export.tables`: an empty cell is null, and text that a spreadsheet would run has an
apostrophe before it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, get_args

from extractor.dataset import canonical
from extractor.dataset.rows import YEARLY, TableName, columns, table_rows
from extractor.export.tables import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extractor.dataset.rows import Column, Row
    from extractor.export.targets import Options
    from extractor.model import Dataset

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    "text": "string", "decimal": "number", "date": "date", "integer": "integer", "boolean": "boolean", "list": "array",
    "json": "any",
}  # fmt: skip
_KEYS: dict[TableName, tuple[str, ...]] = {
    "facts": ("fact_id",), "notices": ("notice_id",), "checks": ("check_id",),
    "unresolved": ("unresolved_id",), "set_aside": ("path",),
}  # fmt: skip
_OF_NOTICES: tuple[TableName, ...] = ("facts", "unresolved")
_TITLES: dict[TableName, str] = {
    "facts": "Figures of the notices, one row each", "series": "Indicators over the years, one row a year",
    "notices": "The notices that were read", "checks": "Checks over the figures", "changes": "How figures moved between years",
    "measures": "Which sentences were kept, reworded, new or dropped", "unresolved": "Figures that could not be read",
    "set_aside": "Files that could not be read as notices",
}  # fmt: skip


def write_datapackage(dataset: Dataset, folder: Path, options: Options) -> None:
    """Write the package: ``data/*.csv`` and ``datapackage.json``."""
    del options
    (folder / "data").mkdir()
    resources = []
    for table in get_args(TableName):
        rows = list(table_rows(dataset, table))
        data = csv_bytes(table, rows)
        (folder / "data" / f"{table}.csv").write_bytes(data)
        resources.append(_resource(table, data, rows))
    (folder / "datapackage.json").write_bytes(canonical.encode(_package(dataset, resources)))


def _package(dataset: Dataset, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": "extractor-dataset",
        "title": "Figures of Chinese policy notices",
        "description": (
            "Numeric targets, dates and rates of policy notices, each traced to its exact words. "
            f"Made by extractor {dataset.generator.version}; content hash {dataset.content_hash}."
        ),
        "version": dataset.dataset_version,
        "sources": _sources(dataset),
        "resources": resources,
    }


def _sources(dataset: Dataset) -> list[dict[str, str]]:
    """Name every notice; a source's address is given where it is known."""
    found = []
    for notice in dataset.notices:
        title = " ".join(filter(None, (notice.title, notice.document_number))) or notice.notice_id
        found.append({"title": title, **({"path": notice.source.url} if notice.source.url else {})})
    return found


def _resource(table: TableName, data: bytes, rows: Sequence[Row]) -> dict[str, Any]:
    fields = [_field(column, table, rows) for column in columns(table)]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table in _KEYS:
        schema["primaryKey"] = list(_KEYS[table])
    if table in _OF_NOTICES:
        reference = {"resource": "notices", "fields": ["notice_id"]}
        schema["foreignKeys"] = [{"fields": ["notice_id"], "reference": reference}]
    return {
        "name": table,
        "type": "table",
        "title": _TITLES[table],
        "path": f"data/{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column, table: TableName, rows: Sequence[Row]) -> dict[str, Any]:
    yearly = column.kind == "date" and any(str(row[column.name]).startswith(YEARLY) for row in rows)
    field: dict[str, Any] = {"name": column.name, "type": "string" if yearly else _TYPES[column.kind]}
    if column.description:
        field["description"] = column.description
    constraints: dict[str, Any] = {}
    if not column.nullable and column.kind != "text":  # an empty text is a text, but an empty cell is missing
        constraints["required"] = True
    if _KEYS.get(table) == (column.name,):
        constraints["unique"] = True
    return {**field, **({"constraints": constraints} if constraints else {})}
