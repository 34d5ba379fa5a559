"""A folder that Datasette serves as it is: ``datasette FOLDER``.

It holds the SQLite database and ``metadata.json``, which says what the tables and columns are, what each is sorted and grouped
by, and how sentences are searched. Datasette's search goes over the full-text index; the query ``find`` finds words of any
length, pieces of numbers too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.dataset import canonical
from extractor.dataset.labels import load_labels
from extractor.dataset.rows import TableName, columns
from extractor.export.databases import TABLES, write_sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.dataset.labels import Labels
    from extractor.export.targets import Options
    from extractor.model import Dataset

NAME = "figures"
_FIND = """
SELECT n.title, n.document_number, s.text, s.notice_id, s.start
FROM sentences s JOIN notices n ON n.notice_id = s.notice_id
WHERE s.normal LIKE '%' || :words || '%' OR s.text LIKE '%' || :words || '%'
ORDER BY n.issued_on DESC, s.sentence_id
"""
# What each table and view is called by, sorted and grouped by, and of whose columns it has the descriptions.
_VIEWS: dict[str, TableName] = {"series": "series", "changes": "changes", "fact_sentences": "facts"}
_FACETS = {
    "facts": ["kind", "role", "policy_year"], "points": ["year", "status"], "moves": ["kind"],
    "series": ["region_name", "year", "status"], "changes": ["region_name", "kind"],
    "fact_sentences": ["region_name", "policy_year", "kind"], "checks": ["status", "kind"], "notices": ["policy_year"],
}  # fmt: skip
_SORTED = {"notices": "issued_on", "series": "year", "fact_sentences": "policy_year"}
_NAMED = {"notices": "title", "indicators": "name", "regions": "name"}
_SEARCHED = {"fts_table": "sentences_fts", "fts_pk": "sentence_id"}


def write_datasette(dataset: Dataset, folder: Path, options: Options) -> None:
    """Write ``figures.db`` and ``metadata.json``."""
    write_sqlite(dataset, folder / f"{NAME}.db", options)
    labels = load_labels(options.resources, options.lang)
    (folder / "metadata.json").write_bytes(canonical.encode(_metadata(dataset, labels)))


def _metadata(dataset: Dataset, labels: Labels) -> dict[str, Any]:
    tables = {table: _table(table, of, labels) for of, table in TABLES.items()}
    tables |= {view: _table(view, of, labels) for view, of in _VIEWS.items()}
    tables |= {name: _table(name, None, labels) for name in ("indicators", "regions")}
    tables["sentences"] = _table("sentences", None, labels) | _SEARCHED
    tables["fact_sentences"] |= _SEARCHED
    find = {"sql": _FIND.strip(), "title": labels("datasette", "find")}
    return {
        "title": labels("page", "report"),
        "description": f"{labels('sheet', 'dataset_version')} {dataset.dataset_version}",
        "databases": {NAME: {"tables": tables, "queries": {"find": find}}},
    }


def _table(name: str, of: TableName | None, labels: Labels) -> dict[str, Any]:
    """Describe a table; ``of`` are the rows that it holds, whose columns have descriptions."""
    found: dict[str, Any] = {
        "description": labels("datasette", name),
        "columns": {column.name: column.description for column in columns(of) if column.description} if of else {},
        "facets": _FACETS.get(name, []),
        "sort_desc": _SORTED.get(name),
        "label_column": _NAMED.get(name),
    }
    return {key: value for key, value in found.items() if value}
