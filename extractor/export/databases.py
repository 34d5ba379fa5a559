"""SQLite and DuckDB: the tables of the dataset with keys, indexes and views, so that figures can be asked for in SQL.

Both have the tables ``notices``, ``facts``, ``points`` (one row a year of a series), ``moves`` (how figures moved),
``measures``, ``checks``, ``unresolved``, ``set_aside``, ``indicators`` (names) and ``sentences``, and the views

- ``series``: points with the indicator's names, the words of the first fact behind each, and the notice they stand in;
- ``changes``: moves with the indicator's names;
- ``fact_sentences``: facts with the sentence that they stand in.

SQLite has a full-text index over the sentences (``sentences_fts``, trigrams, because Chinese has no spaces): ``MATCH``
finds any three characters or more, ``LIKE '%医保%'`` also two. DuckDB's own full-text extension would have to be fetched
over the network, so there it is ``LIKE`` alone. In SQLite decimals are text, because it knows no exact ones; ``value``
has a ``value_number`` beside it in the views, for sorting and sums.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from extractor.build.corpus import source_text
from extractor.dataset.labels import load_labels
from extractor.dataset.rows import columns, table_rows
from extractor.errors import ExportError
from extractor.export.parquet import arrow_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.dataset.rows import TableName
    from extractor.export.targets import Options
    from extractor.model import Dataset
    from extractor.resources import Resources

# The tables' names: views take the two that people ask for.
_NAMES: dict[TableName, str] = {
    "notices": "notices", "facts": "facts", "series": "points", "changes": "moves", "measures": "measures",
    "checks": "checks", "unresolved": "unresolved", "set_aside": "set_aside",
}  # fmt: skip
_KEYS: dict[str, str | tuple[str, ...]] = {
    "notices": "notice_id", "facts": "fact_id", "points": ("series_id", "year"), "checks": "check_id",
    "unresolved": "unresolved_id", "set_aside": "path", "indicators": "indicator", "sentences": "sentence_id",
}  # fmt: skip
_INDEXES = {
    "facts": (("notice_id",), ("indicator", "policy_year"), ("evidence_source", "evidence_start")),
    "points": (("indicator", "region", "year"),),
    "moves": (("indicator", "region"),),
    "sentences": (("notice_id", "start"),),
}
_SQLITE_TYPES = {"integer": int, "boolean": int}
_SENTENCE = re.compile(r"[^\n。！？；]*+[。！？；]?")

# `first` and `number` differ between the two: the first fact's id of a JSON list, and a number for sorting.
_VIEWS = {
    "series": """
        SELECT p.*, i.name, i.name_en, {number} AS value_number, f.evidence_exact, f.notice_id,
               n.title AS notice_title, n.document_number
        FROM points p
        LEFT JOIN indicators i ON i.indicator = p.indicator
        LEFT JOIN facts f ON f.fact_id = {first}
        LEFT JOIN notices n ON n.notice_id = f.notice_id""",
    "changes": """
        SELECT m.*, i.name, i.name_en
        FROM moves m LEFT JOIN indicators i ON i.indicator = m.indicator""",
    "fact_sentences": """
        SELECT f.*, s.sentence_id, s.text AS sentence
        FROM facts f
        LEFT JOIN sentences s ON s.notice_id = f.notice_id
            AND s.start <= f.evidence_start AND f.evidence_start < s."end" """,
}


def write_sqlite(dataset: Dataset, path: Path, options: Options) -> None:
    """Write an SQLite database; Datasette opens it as it is."""
    import sqlite3

    from sqlite_utils import Database

    try:
        database = Database(path)
        _fill_sqlite(database, dataset, options)
        database.close()
    except sqlite3.Error as error:
        raise _unwritable(path, error) from error


def _fill_sqlite(database: Any, dataset: Dataset, options: Options) -> None:  # noqa: ANN401 - a sqlite_utils.Database
    for table, name in _NAMES.items():
        types = {column.name: _SQLITE_TYPES.get(column.kind, str) for column in columns(table)}
        not_null = {column.name for column in columns(table) if not column.nullable}
        foreign = [("notice_id", "notices", "notice_id")] if "notice_id" in types and name != "notices" else []
        made = database[name].create(types, pk=_KEYS.get(name), not_null=not_null, foreign_keys=foreign)
        made.insert_all(table_rows(dataset, table))
    indicators = database["indicators"].create({"indicator": str, "name": str, "name_en": str}, pk="indicator")
    indicators.insert_all(_indicators(options.resources))
    sentences = database["sentences"].create(
        {"sentence_id": int, "notice_id": str, "start": int, "end": int, "text": str},
        pk="sentence_id",
        foreign_keys=[("notice_id", "notices", "notice_id")],
    )
    sentences.insert_all(_sentences(dataset, options))
    sentences.enable_fts(["text"], tokenize="trigram")
    for name, indexes in _INDEXES.items():
        for index in indexes:
            database[name].create_index(index)
    for name, query in _VIEWS.items():
        number, first = "CAST(p.value AS REAL)", "json_extract(p.fact_ids, '$[0]')"
        database.create_view(name, query.format(number=number, first=first))
    meta = {"dataset_version": dataset.dataset_version, "content_hash": dataset.content_hash}
    database["about"].insert_all({"key": key, "value": value} for key, value in meta.items())
    database.analyze()
    database.vacuum()


def write_duckdb(dataset: Dataset, path: Path, options: Options) -> None:
    """Write a DuckDB database; decimals, dates and lists are typed as in Parquet."""
    import duckdb

    try:
        with duckdb.connect(str(path)) as connection:
            _fill_duckdb(connection, dataset, options)
    except duckdb.Error as error:
        raise _unwritable(path, error) from error


def _fill_duckdb(connection: Any, dataset: Dataset, options: Options) -> None:  # noqa: ANN401 - a DuckDB connection
    import pyarrow as pa

    tables = {name: arrow_table(dataset, table) for table, name in _NAMES.items()}
    tables["indicators"] = pa.Table.from_pylist(list(_indicators(options.resources)))
    fields = [
        ("sentence_id", pa.int64()),
        ("notice_id", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
    ]
    tables["sentences"] = pa.Table.from_pylist(list(_sentences(dataset, options)), schema=pa.schema(fields))
    tables["about"] = pa.table(
        {"key": ["dataset_version", "content_hash"], "value": [dataset.dataset_version, dataset.content_hash]}
    )
    for name, table in tables.items():
        connection.register("given", table)
        # The names are ours, written above.
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
        connection.unregister("given")
        key = _KEYS.get(name)
        if key:
            listed = ", ".join(f'"{one}"' for one in ([key] if isinstance(key, str) else key))
            connection.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({listed})")
    for name, query in _VIEWS.items():
        connection.execute(
            f"CREATE VIEW {name} AS {query.format(number='CAST(p.value AS DOUBLE)', first='p.fact_ids[1]')}"
        )


def _indicators(resources: Resources) -> Iterator[dict[str, Any]]:
    chinese, english = load_labels(resources, "zh"), load_labels(resources, "en")
    for indicator in chinese.indicators():
        yield {"indicator": indicator, "name": chinese.indicator(indicator), "name_en": english.indicator(indicator)}


def _sentences(dataset: Dataset, options: Options) -> Iterator[dict[str, Any]]:
    """Cut the notices' source texts at full stops, semicolons and line ends; offsets are those of the evidence.

    A notice whose text is not to be found has no sentences; its facts quote the words around them all the same.
    """
    number = 0
    for notice in dataset.notices:
        text = source_text(notice.source, options.outputs, options.corpus, options.resources) or ""
        for match in _SENTENCE.finditer(text):
            if words := match.group().strip():
                number += 1
                yield {
                    "sentence_id": number, "notice_id": notice.notice_id, "start": match.start(), "end": match.end(), "text": words,
                }  # fmt: skip


def _unwritable(path: Path, error: Exception) -> ExportError:
    return ExportError(f"{path.name}: cannot be written: {error}. Make room, or name another place with -o.")
