"""Units, per-words and bound words: `units.toml` and `bounds.toml` as look-up tables."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec

from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.model import Kind, Operator, Span
from extractor.notice.numerals import NUMERAL
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.notice.word_trie import compile_forms, longest_first
from extractor.resources import compile_regex, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    import regex

    from extractor.resources import Resources


class UnitRow(msgspec.Struct, forbid_unknown_fields=True):
    """A unit; see `units.toml`. A count without ``unit``: each form is its own. ``after_not``: a regex that must not follow (30日常 is not 30 days).

    ``region``: the region whose notices mean this currency by 元. ``heads``: forms that say it in a header cell only (补助金（月）).
    """

    id: str
    kind: Kind
    forms: list[str]
    examples: list[str]
    rejects: list[str]
    unit: str = ""
    prefixes: list[str] = []
    heads: list[str] = []
    factor: str = "1"
    after_not: str | None = None
    counted: str | None = None
    region: str | None = None


class PerRow(msgspec.Struct, forbid_unknown_fields=True):
    """What a figure is per; see `units.toml`. The order of the rows is the order in `Fact.per`.

    ``implied``: notices leave it out where it goes without saying, so it tells no two figures apart (`dataset.implied`).
    ``inside``: forms that are parts of names; ``names``: words of names that say so; ``time``: it is a time.
    ``each``: what has to come about for an amount (每满1年), which may stand in the clause before it.
    """

    id: str
    before: list[str]
    after: list[str]
    examples: list[str]
    rejects: list[str]
    implied: bool = False
    inside: list[str] = []
    names: list[str] = []
    each: list[str] = []
    time: bool = False


class UnitLists(msgspec.Struct, frozen=True):
    """The lists of `units.toml`."""

    caption: WordList
    same_below: WordList
    amounts_below: WordList
    no_amounts: WordList
    no_money: WordList
    counting_head: WordList
    table_unit: WordList
    in_all: WordList
    unit_cell: WordList
    unit_head: WordList
    row_numbers: WordList
    not_figures: WordList
    end_included: WordList
    inclusion: WordList
    currency_joints: WordList
    year_sign: WordList


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
    by_head: dict[str, Unit]
    source: str
    prefix_source: str
    named: re.Pattern[str]
    of_region: dict[str, str]
    per_words: str
    per_after_bare: str
    per_of: dict[str, str]
    per_after_of: dict[str, str]
    per_inside: frozenset[str]
    per_each: frozenset[str]
    per_names: dict[str, str]
    per_times: frozenset[str]
    per_order: tuple[str, ...]
    per_pattern: re.Pattern[str]
    per_found_at: re.Pattern[str]
    per_words_at: re.Pattern[str]
    counted_at: re.Pattern[str] | regex.Pattern[str]
    lists: UnitLists
    units: list[UnitRow]
    pers: list[PerRow]

    def said(self, form: str) -> Unit:
        """Return what a written form means, as text, before its amount or in a header cell."""
        return self.by_form.get(form) or self.by_prefix.get(form) or self.by_head[form]

    def per_found(self, text: str, start: int, end: int) -> list[tuple[str, Span]]:
        """List the per-words between two offsets of a text, as (per id, span)."""
        return [
            (self.per_of[match.group(1)], Span(*match.span(1)))
            for match in self.per_found_at.finditer(text, start, end)
        ]

    def may_say_per(self, text: str, start: int, end: int) -> bool:
        """Return False if no per-word stands between two offsets of a text, and no name of an amount that says per what."""
        return self.per_words_at.search(text, start, end) is not None

    def says_how_often(self, text: str, span: Span) -> bool:
        """Return True if a per-word says how often something is paid: 按日加收; not 月平均工资, nor the 按月 of 按月平均工资.

        Nor does 每满1年, for which something is paid.
        """
        words = text[slice(*span)]
        if words in self.per_each:
            return False
        return words not in self.per_inside and not text.startswith(tuple(self.per_inside), span.start + 1)

    def in_order(self, ids: set[str]) -> tuple[str, ...]:
        """Sort per ids as the dataset wants them."""
        return tuple(name for name in self.per_order if name in ids) if len(ids) > 1 else tuple(ids)


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


class BoundLists(msgspec.Struct, frozen=True):
    """The lists of `bounds.toml`."""

    fillers: WordList


class Bounds(msgspec.Struct, frozen=True):
    """Compiled bound words: one pattern a place, and the row of each form."""

    before: re.Pattern[str]
    before_of: dict[str, BoundRow]
    after: re.Pattern[str]
    after_of: dict[str, BoundRow]
    not_after: dict[str, regex.Pattern[str]]
    filler: re.Pattern[str]
    rows: list[BoundRow]
    lists: BoundLists


def unit_table(resources: Resources) -> UnitTable:
    """Build the table from `units.toml`."""
    path = resources.root / "units.toml"
    tables = read_tables(path, {"unit": UnitRow, "per": PerRow, "list": ListRow})
    units: list[UnitRow] = tables["unit"]
    pers: list[PerRow] = tables["per"]
    for row in units:
        _check_unit(path, row)
    per_of = {form: row.id for row in pers for form in (*row.before, *row.inside)}
    per_after_of = {form: row.id for row in pers for form in row.after}
    after = longest_first(list(per_after_of))
    of_year = next(row.regex for row in tables["list"] if row.id == "year_sign")
    words = f"(?!{of_year})(?:{longest_first(list(per_of))})"
    each_of = {form: row.id for row in pers for form in row.each}
    found = _unit_regex(units)
    per_bare = rf"{after}(?:[·•.・/／]?{after}){{0,2}}+"
    per_words = rf"(?:{words}){{1,3}}+"
    pieces = {"unit": f"(?P<u>{found})", "per": f"(?P<p>{per_bare})", "per_words": per_words, "number": NUMERAL}
    pieces["head_unit"] = longest_first(form for row in units for form in row.heads)
    return UnitTable(
        by_form=_by_form(units),
        by_prefix={form: _unit(row) for row in units for form in row.prefixes},
        by_head={form: _unit(row) for row in units for form in row.heads},
        source=found,
        prefix_source=longest_first(form for row in units for form in row.prefixes),
        named=compile_forms(form for row in units for form in row.prefixes),
        of_region={row.region: row.unit for row in units if row.region},
        lists=word_lists(path, tables["list"], UnitLists, pieces),
        units=units,
        pers=pers,
        per_words=per_words,
        per_after_bare=per_bare,
        per_of=per_of | each_of,
        per_after_of=per_after_of,
        per_inside=frozenset(form for row in pers for form in row.inside),
        per_each=frozenset(each_of),
        per_names={form: row.id for row in pers for form in row.names},
        per_times=frozenset(row.id for row in pers if row.time),
        per_order=tuple(row.id for row in pers),
        per_pattern=re.compile(words),
        # Looking ahead finds overlapping words: 年 and 人均 in 年人均.
        per_found_at=re.compile(f"(?!{of_year})(?=({longest_first([*per_of, *each_of])}))"),
        per_words_at=compile_forms((*per_of, *each_of, *(form for row in pers for form in row.names))),
        counted_at=compile_regex(path, "unit", found),
    )


def _check_unit(path: Path, row: UnitRow) -> None:
    """Raise `CatalogError` for a factor that is no decimal number or an `after_not` that does not compile."""
    try:
        Decimal(row.factor)
    except InvalidOperation as error:
        msg = Message(
            "{path}: unit {id!r} has factor {factor!r}, expected a decimal number as a string, such as '0.1'. "
            "Correct it.",
            path=path,
            id=row.id,
            factor=row.factor,
        )
        raise CatalogError(msg) from error
    compile_regex(path, row.id, row.after_not or "")


def _unit(row: UnitRow) -> Unit:
    return Unit(row.id, row.kind, row.unit, Decimal(row.factor), row.counted)


def _by_form(units: list[UnitRow]) -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for row in units:
        for form in row.forms:
            unit = row.unit or f"{{{form}}}"
            table[form] = Unit(row.id, row.kind, unit, Decimal(row.factor), row.counted)
    return table


def _unit_regex(units: list[UnitRow]) -> str:
    """One pattern of all forms, the longest first, each with what must not follow it."""
    after_not = {form: row.after_not for row in units for form in row.forms if row.after_not}
    return longest_first((form for row in units for form in row.forms), after_not)


def bounds(resources: Resources) -> Bounds:
    """Build the bound words from `bounds.toml`."""
    path = resources.root / "bounds.toml"
    tables = read_tables(path, {"bound": BoundRow, "list": ListRow})
    rows: list[BoundRow] = tables["bound"]
    lists = word_lists(path, tables["list"], BoundLists)
    before_of = {form: row for row in rows if row.place == "before" for form in row.forms}
    after_of = {form: row for row in rows if row.place == "after" for form in row.forms}
    return Bounds(
        before=compile_forms(before_of),
        before_of=before_of,
        after=compile_forms(after_of),
        after_of=after_of,
        not_after={row.id: compile_regex(path, row.id, row.after_not) for row in rows if row.after_not},
        filler=re.compile(f"(?:{longest_first(lists.fillers.words)}){{0,4}}+"),
        rows=rows,
        lists=lists,
    )
