"""The rows of `data/lines.toml`: what a single line is by its words (a page number, an item, a date, a title).

Readers of paged files and the step that joins lines of plain text decide by the same rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import regex
from msgspec import Struct

from extractor.errors import CatalogError
from extractor.resources import check_unique, read_rows

if TYPE_CHECKING:
    from pathlib import Path

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


def _check(path: Path, row: LineRow) -> None:
    """Raise `CatalogError` when a regex is wrong or a row's examples and rejects are not what it matches."""
    try:
        pattern = regex.compile(row.regex)
    except regex.error as error:
        msg = f"{path}: line {row.id!r}: {error} in {row.regex!r}. Expected a regex: correct the entry."
        raise CatalogError(msg) from error
    matches = pattern.fullmatch if row.role in _WHOLE else pattern.match
    wrong = [text for text in row.examples if not matches(text)] or [text for text in row.rejects if matches(text)]
    if wrong or not row.examples:
        found = f"{wrong[0]!r} is on the wrong side" if wrong else "there is no example"
        msg = (
            f"{path}: line {row.id!r}: {found}; examples must match and rejects must not. Correct the regex or the row."
        )
        raise CatalogError(msg)


def load_line_rules(resources: Resources) -> LineRules:
    """Read and check the rows; a `CatalogError` names the row that is wrong."""
    path = resources.root / "lines.toml"
    rows = read_rows(path, "line", LineRow)
    check_unique(((path, row.id) for row in rows), "line")
    for row in rows:
        _check(path, row)
    return LineRules(
        *(
            regex.compile("|".join(f"(?:{row.regex})" for row in rows if row.role == role) or r"(?!)")
            for role in LineRules._fields
        )
    )
