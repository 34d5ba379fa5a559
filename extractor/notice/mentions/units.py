"""Units, per-words and bound words: `units.toml` and `bounds.toml` as look-up tables."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec
import regex
from regex import Pattern

from extractor.errors import CatalogError
from extractor.model import Kind, Operator, Span
from extractor.notice.mentions.word_trie import compile_forms, longest_first
from extractor.resources import check_unique, convert, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.resources import Resources


class UnitRow(msgspec.Struct, forbid_unknown_fields=True):
    """A unit; see `units.toml`. Counts have no ``unit``: each form is its own. ``after_not``: a regex that must not follow (30日常 is not 30 days)."""

    id: str
    kind: Kind
    forms: list[str]
    examples: list[str]
    rejects: list[str]
    unit: str = ""
    prefixes: list[str] = []
    factor: str = "1"
    after_not: str | None = None
    counted: str | None = None


class PerRow(msgspec.Struct, forbid_unknown_fields=True):
    """What a figure is per; see `units.toml`. The order of the rows is the order in `Fact.per`."""

    id: str
    before: list[str]
    after: list[str]
    examples: list[str] = []


class TableRow(msgspec.Struct, forbid_unknown_fields=True):
    """How tables name the unit of their bare numbers; see `units.toml`."""

    caption: str
    not_figures: list[str]


class Unit(msgspec.Struct, frozen=True):
    """What one written form of a unit means."""

    id: str
    kind: Kind
    unit: str
    factor: Decimal
    counted: str | None


class UnitTable(msgspec.Struct, frozen=True):
    """All units: look-up by written form, and the regex sources that find them."""

    by_form: dict[str, Unit]
    by_prefix: dict[str, Unit]
    source: str
    prefix_source: str
    per_words: str
    per_after_bare: str
    per_of: dict[str, str]
    per_after_of: dict[str, str]
    per_order: tuple[str, ...]
    per_pattern: re.Pattern[str]
    per_found_at: re.Pattern[str]
    caption: Pattern[str]
    not_figures: tuple[str, ...]

    def per_found(self, text: str, start: int, end: int) -> list[tuple[str, Span]]:
        """List the per-words between two offsets of a text, as (per id, span)."""
        return [
            (self.per_of[match.group(1)], Span(*match.span(1)))
            for match in self.per_found_at.finditer(text, start, end)
        ]

    def in_order(self, ids: set[str]) -> tuple[str, ...]:
        """Sort per ids as the dataset wants them."""
        return tuple(name for name in self.per_order if name in ids)


class BoundRow(msgspec.Struct, forbid_unknown_fields=True):
    """Words that make a bound; see `bounds.toml`."""

    id: str
    place: str
    operator: Operator
    forms: list[str]
    examples: list[dict[str, str]]
    rejects: list[str]
    reach: str = "near"
    kinds: list[Kind] = []
    after_not: str | None = None


class FillerRow(msgspec.Struct, forbid_unknown_fields=True):
    """Words that may stand between a bound and its number."""

    id: str
    forms: list[str]


class Bounds(msgspec.Struct, frozen=True):
    """Compiled bound words: one pattern a place, and the row of each form."""

    before: re.Pattern[str]
    before_of: dict[str, BoundRow]
    after: re.Pattern[str]
    after_of: dict[str, BoundRow]
    not_after: dict[str, re.Pattern[str]]
    filler: re.Pattern[str]


def unit_table(resources: Resources) -> UnitTable:
    """Build the table from `units.toml`."""
    path = resources.root / "units.toml"
    data = read_tables(path, "unit", "per", "table")
    units = [convert(path, "unit", item, UnitRow) for item in data.get("unit", [])]
    pers = [convert(path, "per", item, PerRow) for item in data.get("per", [])]
    check_unique(((path, row.id) for row in units), "unit")
    for row in units:
        _check_unit(path, row)
    check_unique(((path, row.id) for row in pers), "per")
    per_of = {form: row.id for row in pers for form in row.before}
    per_after_of = {form: row.id for row in pers for form in row.after}
    after = longest_first(list(per_after_of))
    words = longest_first(list(per_of))
    table = convert(path, "table", data.get("table"), TableRow)
    found = _unit_regex(units)
    per_bare = rf"{after}(?:[·•.・/／]?{after}){{0,2}}+"
    caption = table.caption.replace("%{unit}", f"(?P<u>{found})").replace("%{per}", f"(?P<p>{per_bare})")
    return UnitTable(
        by_form=_by_form(units),
        by_prefix={form: unit for row in units for form, unit in _prefixes(row)},
        source=found,
        prefix_source=longest_first(form for row in units for form in row.prefixes),
        caption=_compiled(path, caption),
        not_figures=tuple(table.not_figures),
        per_words=rf"(?:{words}){{1,3}}+",
        per_after_bare=per_bare,
        per_of=per_of,
        per_after_of=per_after_of,
        per_order=tuple(row.id for row in pers),
        per_pattern=re.compile(words),
        # Looking ahead finds overlapping words: 年 and 人均 in 年人均.
        per_found_at=re.compile(f"(?=({words}))"),
    )


def _compiled(path: Path, source: str) -> regex.Pattern[str]:
    try:
        return regex.compile(source)
    except regex.error as error:
        msg = f"{path}: [table] caption has a regex that does not compile: {error}. Correct it."
        raise CatalogError(msg) from error


def _check_unit(path: Path, row: UnitRow) -> None:
    """Raise `CatalogError` for a factor that is no decimal number or an `after_not` that does not compile."""
    try:
        Decimal(row.factor)
    except InvalidOperation as error:
        msg = f"{path}: unit {row.id!r} has factor {row.factor!r}, expected a decimal number as a string, such as '0.1'. Correct it."
        raise CatalogError(msg) from error
    try:
        re.compile(row.after_not or "")
    except re.error as error:
        msg = f"{path}: unit {row.id!r} has an after_not that does not compile: {error}. Correct the regex {row.after_not!r}."
        raise CatalogError(msg) from error


def _prefixes(row: UnitRow) -> list[tuple[str, Unit]]:
    return [(form, Unit(row.id, row.kind, row.unit, Decimal(row.factor), row.counted)) for form in row.prefixes]


def _by_form(units: list[UnitRow]) -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for row in units:
        for form in row.forms:
            unit = f"{{{form}}}" if row.kind == "count" else row.unit
            table[form] = Unit(row.id, row.kind, unit, Decimal(row.factor), row.counted)
    return table


def _unit_regex(units: list[UnitRow]) -> str:
    """One pattern of all forms, the longest first, each with what must not follow it."""
    after_not = {form: row.after_not for row in units for form in row.forms if row.after_not}
    return longest_first((form for row in units for form in row.forms), after_not)


def bounds(resources: Resources) -> Bounds:
    """Build the bound words from `bounds.toml`."""
    path = resources.root / "bounds.toml"
    data = read_tables(path, "bound", "filler")
    rows = [convert(path, "bound", item, BoundRow) for item in data.get("bound", [])]
    fillers = [convert(path, "filler", item, FillerRow) for item in data.get("filler", [])]
    check_unique(((path, row.id) for row in rows), "bound")
    before_of = {form: row for row in rows if row.place == "before" for form in row.forms}
    after_of = {form: row for row in rows if row.place == "after" for form in row.forms}
    return Bounds(
        before=compile_forms(before_of),
        before_of=before_of,
        after=compile_forms(after_of),
        after_of=after_of,
        not_after={row.id: re.compile(row.after_not) for row in rows if row.after_not},
        filler=re.compile(f"(?:{longest_first(form for row in fillers for form in row.forms)}){{0,4}}+"),
    )
