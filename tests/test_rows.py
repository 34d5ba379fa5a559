"""Flat rows: nothing of the dataset is lost in them, and their columns say what they hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from factories import fact, notice
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import model
from extractor.dataset import rows, store
from extractor.dataset.rows import (
    Column,
    TableName,
    columns,
    fact_from_row,
    fact_row,
    record_from_row,
    record_row,
    table_rows,
)

ROOT = Path(__file__).parent.parent
TABLES = get_args(TableName)
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda number: format(number, "f"))
TEXT = st.text(max_size=12)
IDS = st.from_regex(r"f-[0-9a-f]{12}", fullmatch=True)


def arbitrary(kind):
    """Make any record of a struct type, its figures numbers or dates."""
    fields = {}
    for field in msgspec.structs.fields(kind):
        dates = st.dates().map(str)
        if field.name in {"value", "lower", "upper"} and kind in {model.Fact, model.Point}:
            fields[field.name] = st.none() | FIGURES | dates
        elif field.name == "fact_id" and kind is model.Fact:
            fields[field.name] = IDS
        elif field.name == "source" and kind is model.Evidence:
            fields[field.name] = st.from_regex(r"sha256:[0-9a-f]{64}", fullmatch=True)
    return st.builds(kind, **fields, **{name: of(hint) for name, hint in hints(kind).items() if name not in fields})


def hints(kind):
    return {name: rows._opened(hint) for name, hint in rows.get_type_hints(kind, include_extras=True).items()}


def of(opened):
    inner, _, null = opened
    origin, parts = rows.get_origin(inner), get_args(inner)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        made = arbitrary(inner)
    elif origin is tuple:
        made = st.lists(of(rows._opened(parts[0])), max_size=2).map(tuple)
    elif origin is dict:
        made = st.dictionaries(TEXT, st.integers(0, 9), max_size=2)
    elif origin is rows.Literal:
        made = st.sampled_from(parts)
    elif inner is model.Box:
        made = st.builds(model.Box, *[st.integers(0, 999)] * 4)
    else:
        made = {str: TEXT, int: st.integers(0, 9999), bool: st.booleans()}[inner]
    return st.none() | made if null else made


@settings(max_examples=150, deadline=None)
@given(arbitrary(model.Fact))
def test_fact_to_row_and_back(made):
    """A row holds all of a fact, in cells that a table can hold."""
    row = fact_row(made, notice("甲〔2022〕1号"))

    assert fact_from_row(row) == made
    assert tuple(row) == tuple(column.name for column in rows.FACT_COLUMNS)
    assert all(cell is None or type(cell) in {str, int, bool} for cell in row.values())


@pytest.mark.parametrize(
    "kind", [model.NoticeRecord, model.Check, model.Unresolved, model.Change, model.Point, model.Measure]
)
def test_record_to_row_and_back(kind):
    """So do the rows of the other records."""
    back = settings(max_examples=40, deadline=None)(given(arbitrary(kind))(lambda made: same(kind, made)))
    back()


def same(kind, made):
    if kind is model.Unresolved:
        made = msgspec.structs.replace(made, unresolved_id="u-000000000000")
    assert record_from_row(kind, record_row(made)) == made


@pytest.fixture(scope="module")
def dataset():
    return store.load(ROOT / "outputs/dataset.json")


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_the_dataset(table, dataset):
    """The rows of the dataset have the cells that the columns promise."""
    listed = columns(table)
    for row in table_rows(dataset, table):
        assert tuple(row) == tuple(column.name for column in listed)
        for column in listed:
            assert_fits(column, row[column.name])


def assert_fits(column: Column, cell):
    if cell is None:
        assert column.nullable, column
        return
    if column.kind in {"integer", "boolean"}:
        assert type(cell) is {"integer": int, "boolean": bool}[column.kind]
        return
    assert type(cell) is str
    if column.kind == "date":
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell)
    elif column.kind == "decimal":
        assert re.fullmatch(r"-?\d+(\.\d+)?", cell)
    elif column.kind == "list":
        assert isinstance(json.loads(cell), list | dict)


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_described(table):
    """Names are plain and stand once; every column says what it holds."""
    names = [column.name for column in columns(table)]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+|([a-z]+_)?sha256", name) for name in names)
    assert all(column.description for column in columns(table))


def test_rows_to_series_and_back(dataset):
    """The rows of series make the series again."""
    assert tuple(rows.series_from_rows(table_rows(dataset, "series"))) == dataset.series


def test_value_or_date():
    """A number and a date stand in columns of their own."""
    amount = record_row(fact("甲", 2022, "610"))
    deadline = record_row(fact("甲", 2022, "2022-12-31", kind="date", unit=None))

    assert (amount["value"], amount["value_date"]) == ("610", None)
    assert (deadline["value"], deadline["value_date"]) == (None, "2022-12-31")
    assert amount["per"] == '["person","year"]'


def test_names_of_tables():
    """The constants are the columns of the tables, and there are no others."""
    assert columns("set_aside") == rows.SET_ASIDE_COLUMNS
    assert columns("notices") == rows.NOTICE_COLUMNS
    with pytest.raises(AttributeError, match="no attribute 'OTHER_COLUMNS'"):
        _ = rows.OTHER_COLUMNS
