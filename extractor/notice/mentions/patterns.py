"""Loads the pattern rows of `data/` and composes them.

A row's regex names smaller ones as ``%{name}``: pieces of its own file, and the pieces that are built here from the
numerals and `units.toml`. Every row carries examples and near misses; `tests/test_data_files.py` runs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, cast

import msgspec
import regex

from extractor.errors import CatalogError
from extractor.model import Kind, Operator, Role
from extractor.notice.mentions.units import unit_table
from extractor.notice.numerals import NUMERAL
from extractor.resources import check_unique, convert, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.resources import Resources

_PLACEHOLDER = regex.compile(r"%\{(\w+)\}")


class Example(msgspec.Struct, forbid_unknown_fields=True):
    """A text and what it must be read as."""

    text: str
    reading: str


class PatternPiece(msgspec.Struct, forbid_unknown_fields=True):
    """A named part of larger regexes."""

    id: str
    regex: str


class SpanRow(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch whose numerals are no figures; see `patterns/spans.toml`. ``needs``: one of these must stand in the sentence."""

    id: str
    disposition: Literal["citation", "word", "structure", "furniture", "date"]
    priority: int
    regex: str
    examples: list[str]
    rejects: list[str]
    needs: list[str] = []


class DateRow(msgspec.Struct, forbid_unknown_fields=True):
    """A form of a date; see `patterns/dates.toml`."""

    id: str
    regex: str
    examples: list[Example]
    rejects: list[str]
    needs: list[str] = []


class RelativeRow(msgspec.Struct, forbid_unknown_fields=True):
    """Words for a year counted from another; no ``offset``: from something the text says.

    ``planned``: counted from the year that a notice is for, where it has one, not from its date.
    """

    forms: list[str]
    offset: int | None = None
    planned: bool = False


class QuantityRow(msgspec.Struct, forbid_unknown_fields=True):
    """A form of a number with its unit; see `patterns/quantities.toml`. ``reading`` names how the groups are read."""

    id: str
    reading: Literal[
        "simple",
        "range",
        "prefix",
        "fraction",
        "tenths",
        "ratio",
        "ratio_han",
        "shared",
        "compound",
        "prefixed",
        "half",
        "bare",
    ]
    regex: str
    examples: list[Example]
    rejects: list[str]
    needs: list[str] = []


class AmountRow(msgspec.Struct, forbid_unknown_fields=True):
    """An amount said in words; see `patterns/amounts.toml`."""

    id: str
    regex: str
    kind: Kind
    unit: str
    examples: list[str]
    rejects: list[str]
    needs: list[str]
    value: str | None = None
    operator: Operator = "eq"
    role: Role = "level"
    indicator: str | None = None
    unless_before: str | None = None
    unless_after: str | None = None


def spans_of(resources: Resources) -> list[tuple[SpanRow, regex.Pattern[str]]]:
    """Return the rows of `patterns/spans.toml`, compiled."""
    rows, pieces = _load(resources, "patterns/spans.toml", {"span": SpanRow})
    return _compiled(resources, "patterns/spans.toml", rows["span"], pieces)


def dates_of(resources: Resources) -> tuple[list[tuple[DateRow, regex.Pattern[str]]], list[RelativeRow]]:
    """Return the rows of `patterns/dates.toml`, compiled, and its relative words."""
    rows, pieces = _load(resources, "patterns/dates.toml", {"date": DateRow, "relative": RelativeRow})
    return _compiled(resources, "patterns/dates.toml", rows["date"], pieces), rows["relative"]


def quantities_of(resources: Resources) -> list[tuple[QuantityRow, regex.Pattern[str]]]:
    """Return the rows of `patterns/quantities.toml`, compiled."""
    rows, pieces = _load(resources, "patterns/quantities.toml", {"quantity": QuantityRow})
    return _compiled(resources, "patterns/quantities.toml", rows["quantity"], pieces)


def amounts_of(resources: Resources) -> list[tuple[AmountRow, regex.Pattern[str]]]:
    """Return the rows of `patterns/amounts.toml`, compiled."""
    rows, pieces = _load(resources, "patterns/amounts.toml", {"amount": AmountRow})
    return _compiled(resources, "patterns/amounts.toml", rows["amount"], pieces)


def _load(resources: Resources, name: str, tables: dict[str, type[Any]]) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Read a pattern file: its rows by table, and its pieces with the built ones."""
    path = resources.root / name
    data = read_tables(path, *tables, "piece")
    rows = {key: [convert(path, key, item, row) for item in data.get(key, [])] for key, row in tables.items()}
    pieces = {**_built_pieces(resources)}
    for item in data.get("piece", []):
        piece = convert(path, "piece", item, PatternPiece)
        pieces[piece.id] = piece.regex
    check_unique(((path, row.id) for found in rows.values() for row in found if hasattr(row, "id")), "pattern")
    return rows, pieces


def _built_pieces(resources: Resources) -> dict[str, str]:
    units = resources.built(unit_table)
    return {
        "number": NUMERAL,
        "han": r"\p{Han}",
        "small": r"[一二两三四五六七八九十]{1,3}+",
        "unit": units.source,
        "currency": units.prefix_source,
        "per_after": rf"[/／]{units.per_after_bare}",
        "per_after_bare": units.per_after_bare,
        "per_after_words": units.per_words,
    }


def _compiled(resources: Resources, name: str, rows: list[Any], pieces: dict[str, str]) -> list[Any]:
    return [(row, compose(resources.root / name, row.id, row.regex, pieces)) for row in rows]


def compose(path: Path, entry: str, source: str, pieces: dict[str, str]) -> regex.Pattern[str]:
    """Fill in the pieces of a row's regex and compile it; a `CatalogError` names file, entry and fault."""

    def fill(match: regex.Match[str]) -> str:
        name = match.group(1)
        if name not in pieces:
            msg = f"{path}: {entry!r} uses the piece %{{{name}}}, which does not exist. Pieces: {', '.join(sorted(pieces))}."
            raise CatalogError(msg)
        return _PLACEHOLDER.sub(fill, pieces[name])

    filled = _PLACEHOLDER.sub(fill, source)
    try:
        # The standard library runs what it can compile about twice as fast; \p{Han} and the like it cannot.
        return cast("regex.Pattern[str]", re.compile(filled))
    except re.error:
        pass
    try:
        return regex.compile(filled)
    except regex.error as error:
        msg = f"{path}: {entry!r} has a regex that does not compile: {error}. Correct the regex {source!r}."
        raise CatalogError(msg) from error
