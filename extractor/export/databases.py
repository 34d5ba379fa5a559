"""SQLite and DuckDB: the tables of the dataset with keys, indexes and views, so that figures can be asked for in SQL.

Both have the tables ``notices``, ``facts``, ``points`` (one row a year of a series), ``moves`` (how figures moved),
``measures``, ``checks``, ``unresolved``, ``set_aside``, ``indicators`` and ``regions`` (names) and ``sentences``, and the views

- ``series``: points with the names of indicator and region, the words of the first fact behind each, and the notice they stand in;
- ``changes``: moves with the names of indicator and region;
- ``fact_sentences``: facts with the names of indicator and region and the sentence that they stand in.

Sentences have their words as they stand and normalised (``normal``), so that 医保 finds 醫保. SQLite has a full-text index over
them (``sentences_fts``, see `extractor.export.sentences`): ``MATCH '医保'``, ``MATCH '不低于610元'``. DuckDB's own full-text
extension would have to be fetched over the network, so there it is ``normal LIKE '%医保%'`` alone. SQLite knows no exact decimals: its numbers (``WHERE value > 600``) are
exact to 15 digits, and a figure has its digits as they are beside it, as text (``value_exact``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.dataset.labels import load_labels
from extractor.dataset.rows import columns, table_rows
from extractor.errors import ExportError
from extractor.export.parquet import arrow_table
from extractor.export.sentences import TOKENIZER, SentenceRow, searched_words, sentence_rows
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from extractor.dataset.rows import Column, TableName
    from extractor.export.targets import Options
    from extractor.model import Dataset
    from extractor.resources import Resources

# The tables' names: views take the two that people ask for.
TABLES: dict[TableName, str] = {
    "notices": "notices", "facts": "facts", "series": "points", "changes": "moves", "measures": "measures",
    "checks": "checks", "unresolved": "unresolved", "set_aside": "set_aside",
}  # fmt: skip
_KEYS: dict[str, str | tuple[str, ...]] = {
    "notices": "notice_id", "facts": "fact_id", "checks": "check_id",
    "unresolved": "unresolved_id", "set_aside": "path", "indicators": "indicator", "regions": "region", "sentences": "sentence_id",
}  # fmt: skip
_INDEXES = {
    "facts": (("notice_id",), ("indicator", "policy_year"), ("evidence_source", "evidence_start")),
    # No key: of a year there is a point for each deadline.
    "points": (("indicator", "region", "year"), ("series_id", "year")),
    "moves": (("indicator", "region"),),
    "sentences": (("notice_id", "start"),),
}
# NUMERIC: numbers, whole ones as such, so that they compare as numbers do.
_SQLITE_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "decimal": "NUMERIC"}
_EXACT = ("value", "lower", "upper")

# `first` and `number` differ between the two: the first fact's id of a JSON list, and a number for sorting.
_VIEWS = {
    "series": """
        SELECT p.*, i.name, i.name_en, r.name AS region_name, {number} AS value_number, f.evidence_exact, f.notice_id,
               n.title AS notice_title, n.document_number
        FROM points p
        LEFT JOIN indicators i ON i.indicator = p.indicator
        LEFT JOIN regions r ON r.region = p.region
        LEFT JOIN facts f ON f.fact_id = {first}
        LEFT JOIN notices n ON n.notice_id = f.notice_id""",
    "changes": """
        SELECT m.*, i.name, i.name_en, r.name AS region_name
        FROM moves m
        LEFT JOIN indicators i ON i.indicator = m.indicator
        LEFT JOIN regions r ON r.region = m.region""",
    "fact_sentences": """
        SELECT f.*, i.name, i.name_en, r.name AS region_name, s.sentence_id, s.text AS sentence
        FROM facts f
        LEFT JOIN indicators i ON i.indicator = f.indicator
        LEFT JOIN regions r ON r.region = COALESCE(f.scope_region, f.notice_region_code)
        LEFT JOIN sentences s ON s.notice_id = f.notice_id
            AND s.start <= f.evidence_start AND f.evidence_start < s."end" """,
}


def write_sqlite(dataset: Dataset, path: Path, options: Options) -> None:
    """Write an SQLite database; Datasette opens it as it is."""
    import sqlite3
    from contextlib import closing

    from sqlite_utils import Database

    try:
        with closing(Database(path)) as database:
            _fill_sqlite(database, dataset, options)
    except sqlite3.Error as error:
        raise _unwritable(path, error) from error


def _fill_sqlite(database: Any, dataset: Dataset, options: Options) -> None:  # noqa: ANN401 - a sqlite_utils.Database
    for table, name in TABLES.items():
        exact = [field for field in _EXACT if any(column.name == field for column in columns(table))]
        database.execute(_table_of(name, columns(table), exact))
        rows = table_rows(dataset, table)
        database[name].insert_all({**row, **{f"{field}_exact": row[field] for field in exact}} for row in rows)
    indicators = database["indicators"].create({"indicator": str, "name": str, "name_en": str}, pk="indicator")
    indicators.insert_all(_indicators(options.resources))
    database["regions"].create({"region": str, "name": str}, pk="region").insert_all(_regions(dataset))
    database["sentences"].create(
        {"sentence_id": int, "notice_id": str, "start": int, "end": int, "text": str, "normal": str},
        pk="sentence_id",
        foreign_keys=[("notice_id", "notices", "notice_id")],
    )
    _index_sentences(database, sentence_rows(dataset, options))
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


def _index_sentences(database: Any, rows: Iterable[SentenceRow]) -> None:  # noqa: ANN401 - a sqlite_utils.Database
    """Write the sentences and the words that they are found by; the index keeps no text of its own, nor places in it."""
    # Two quotes are one within a quoted string.
    tokenizer = TOKENIZER.replace("'", "''")
    database.execute(
        "CREATE VIRTUAL TABLE sentences_fts USING fts5("
        f"text, content=[sentences], content_rowid='sentence_id', tokenize='{tokenizer}', detail=none)"
    )
    listed = list(rows)
    database.conn.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)", listed)
    found = ((row.sentence_id, searched_words(row)) for row in listed)
    database.conn.executemany("INSERT INTO sentences_fts (rowid, text) VALUES (?, ?)", found)
    database.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('optimize')")
    database.conn.commit()


def _table_of(name: str, heads: Sequence[Column], exact: Sequence[str]) -> str:
    """Write the statement that makes a table; all names are those of the model's fields."""
    lines = [
        f'"{column.name}" {_SQLITE_TYPES.get(column.kind, "TEXT")}{"" if column.nullable else " NOT NULL"}'
        for column in heads
    ]
    lines += [f'"{field}_exact" TEXT' for field in exact]
    if key := _KEYS.get(name):
        lines.append(f"PRIMARY KEY ({_quoted(key)})")
    if name != "notices" and any(column.name == "notice_id" for column in heads):
        lines.append('FOREIGN KEY ("notice_id") REFERENCES "notices" ("notice_id")')
    return f'CREATE TABLE "{name}" ({", ".join(lines)})'


def _quoted(key: str | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in ((key,) if isinstance(key, str) else key))


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

    tables = {name: arrow_table(dataset, table) for table, name in TABLES.items()}
    tables["indicators"] = pa.Table.from_pylist(list(_indicators(options.resources)))
    named = [("region", pa.string()), ("name", pa.string())]
    tables["regions"] = pa.Table.from_pylist(list(_regions(dataset)), schema=pa.schema(named))
    fields = [
        ("sentence_id", pa.int64()),
        ("notice_id", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("normal", pa.string()),
    ]
    rows = [row._asdict() for row in sentence_rows(dataset, options)]
    tables["sentences"] = pa.Table.from_pylist(rows, schema=pa.schema(fields))
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
            connection.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({_quoted(key)})")
    for name, query in _VIEWS.items():
        connection.execute(
            f"CREATE VIEW {name} AS {query.format(number='CAST(p.value AS DOUBLE)', first='p.fact_ids[1]')}"
        )


def _indicators(resources: Resources) -> Iterator[dict[str, Any]]:
    chinese, english = load_labels(resources, "zh"), load_labels(resources, "en")
    for indicator in chinese.indicators():
        yield {"indicator": indicator, "name": chinese.indicator(indicator), "name_en": english.indicator(indicator)}


def _regions(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Name the regions whose notices the dataset has."""
    found = {notice.region.code: notice.region.name for notice in dataset.notices if notice.region}
    yield from ({"region": code, "name": name} for code, name in sorted(found.items()))


def _unwritable(path: Path, error: Exception) -> ExportError:
    return ExportError(
        Message(
            "{name}: cannot be written: {error}. Make room, or name another place with -o.", name=path.name, error=error
        )
    )
