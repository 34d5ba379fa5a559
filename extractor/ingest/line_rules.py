"""The rows of `data/lines.toml`: what a single line is by its words (a page number, an item, a date, a title).

Readers of paged files and the step that joins lines of plain text decide by the same rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import regex
from msgspec import Struct

from extractor.resources import compile_regex, read_rows

if TYPE_CHECKING:
    from extractor.resources import Resources

Role = Literal["page", "fraction", "lone", "opener", "marker", "alone", "title", "label", "unit"]

_WHOLE = frozenset({"page", "fraction", "lone", "alone", "title"})


class LineRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `data/lines.toml`."""

    id: str
    role: Role
    regex: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class LineRules(NamedTuple):
    """The rows' regexes by role, one alternation each; for `fullmatch` or `match` on a line stripped of spaces."""

    page: regex.Pattern[str]
    fraction: regex.Pattern[str]
    lone: regex.Pattern[str]
    opener: regex.Pattern[str]
    marker: regex.Pattern[str]
    alone: regex.Pattern[str]
    title: regex.Pattern[str]
    label: regex.Pattern[str]
    unit: regex.Pattern[str]


def load_rows(resources: Resources) -> list[tuple[LineRow, regex.Pattern[str]]]:
    """Read the rows, each with its regex compiled."""
    path = resources.root / "lines.toml"
    return [(row, compile_regex(path, row.id, row.regex)) for row in read_rows(path, "line", LineRow)]


def is_met(row: LineRow, pattern: regex.Pattern[str], line: str) -> bool:
    """Return True if a row's regex takes in a line: all of it or its beginning, as the role wants."""
    return (pattern.fullmatch(line) if row.role in _WHOLE else pattern.match(line)) is not None


def load_line_rules(resources: Resources) -> LineRules:
    """Read the rows; a `CatalogError` names the row that is wrong."""
    rows = [row for row, _ in load_rows(resources)]
    return LineRules(
        *(
            regex.compile("|".join(f"(?:{row.regex})" for row in rows if row.role == role) or r"(?!)")
            for role in LineRules._fields
        )
    )
