"""Loads the pattern rows of `data/` and composes them.

A row's regex names smaller ones as ``%{name}``: pieces of its own file, and the pieces that are built here from the
numerals and `units.toml`. Every row carries examples and near misses; `row_tests` holds it to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from extractor.model import Kind, Operator, Role
from extractor.notice.mentions.units import unit_table
from extractor.notice.numerals import DIGIT_CHARS, MAGNITUDE_CHARS, NUMERAL
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.resources import compile_regex, read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    import regex

    from extractor.resources import Resources


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

    ``planned``: counted from the year that a notice is for, where it has one, not from its date. ``follows``: from the
    date before it in the same words. ``range_end``: where a range ends in them, the year that it begins in.
    """

    id: str
    forms: list[str]
    examples: list[Example]
    rejects: list[str]
    offset: int | None = None
    planned: bool = False
    follows: bool = False
    range_end: bool = False


class DateLists(msgspec.Struct, frozen=True):
    """The lists of `patterns/dates.toml`."""

    any_day: WordList
    base_behind: WordList
    republic: WordList
    last_day: WordList
    tenth_day: WordList
    twentieth_day: WordList
    beginning: WordList
    within: WordList
    since_before: WordList
    from_itself: WordList
    weekday: WordList


class QuantityRow(msgspec.Struct, forbid_unknown_fields=True):
    """A form of a number with its unit; see `patterns/quantities.toml`. ``reading`` names how the groups are read."""

    id: str
    reading: Literal[
        "simple",
        "range",
        "prefix",
        "fraction",
        "nought",
        "tenths",
        "ratio",
        "ratio_han",
        "labelled",
        "shared",
        "compound",
        "prefixed",
        "half",
        "magnitude",
        "bare",
        "people",
        "band",
    ]
    regex: str
    examples: list[Example]
    rejects: list[str]
    needs: list[str] = []


class QuantityLists(msgspec.Struct, frozen=True):
    """The lists of `patterns/quantities.toml`."""

    bound_break: WordList
    bound_owner: WordList
    striving: WordList
    list_joints: WordList
    counted_joints: WordList
    dealt_out: WordList
    back_joints: WordList
    alternative: WordList
    excess: WordList
    with_itself: WordList
    said_again: WordList
    in_total: WordList
    on_basis: WordList
    shared_end: WordList
    bare_cell: WordList
    rise_head: WordList
    fall_head: WordList
    old_head: WordList
    bound_head: WordList
    result_head: WordList
    present_head: WordList
    new_head: WordList
    torn_beside: WordList
    torn_before: WordList
    torn_behind: WordList
    whole_year: WordList
    year_cut_off: WordList
    day_cut_off: WordList
    open_range: WordList
    negative: WordList
    change_column: WordList
    vague_before: WordList
    half_behind: WordList
    since_full: WordList
    bound_itself: WordList


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
    rows: list[tuple[SpanRow, regex.Pattern[str]]] = _load(resources, "patterns/spans.toml", {"span": SpanRow})["span"]
    return rows


def amounts_of(resources: Resources) -> list[tuple[AmountRow, regex.Pattern[str]]]:
    """Return the rows of `patterns/amounts.toml`, compiled."""
    tables = _load(resources, "patterns/amounts.toml", {"amount": AmountRow})
    rows: list[tuple[AmountRow, regex.Pattern[str]]] = tables["amount"]
    return rows


class DatePatterns(NamedTuple):
    """What `patterns/dates.toml` holds; the rows of dates are compiled."""

    rows: list[tuple[DateRow, regex.Pattern[str]]]
    relative: list[RelativeRow]
    lists: DateLists


def dates_of(resources: Resources, *, republic: bool = False) -> DatePatterns:
    """Read `patterns/dates.toml`; with ``republic``, bare years of the republic are years as well (113年7月)."""
    tables: dict[str, type[Any]] = {"date": DateRow, "relative": RelativeRow}
    found = _load(resources, "patterns/dates.toml", tables, DateLists, {"year": "year.republic"} if republic else {})
    return DatePatterns(found["date"], found["relative"], found["list"])


class QuantityPatterns(NamedTuple):
    """What `patterns/quantities.toml` holds; the rows of quantities are compiled."""

    rows: list[tuple[QuantityRow, regex.Pattern[str]]]
    lists: QuantityLists


def quantities_of(resources: Resources) -> QuantityPatterns:
    """Read `patterns/quantities.toml`."""
    found = _load(resources, "patterns/quantities.toml", {"quantity": QuantityRow}, QuantityLists)
    return QuantityPatterns(found["quantity"], found["list"])


def _load(
    resources: Resources,
    name: str,
    tables: dict[str, type[Any]],
    lists: type[Any] | None = None,
    wider: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Read a pattern file by table: rows with a regex come with it compiled, the lists as the type asked for.

    ``wider`` names pieces that are taken with another one as an alternative.
    """
    path = resources.root / name
    found: dict[str, Any] = read_tables(path, {**tables, "piece": PatternPiece, **({"list": ListRow} if lists else {})})
    pieces = {**_built_pieces(resources), **{piece.id: piece.regex for piece in found["piece"]}}
    pieces |= {name: f"(?:{pieces[name]}|{pieces[other]})" for name, other in (wider or {}).items()}
    for key, row_type in tables.items():
        if hasattr(row_type, "regex"):
            found[key] = [(row, compile_regex(path, row.id, row.regex, pieces)) for row in found[key]]
    if lists:
        found["list"] = word_lists(path, found["list"], lists, pieces)
    return found


def _built_pieces(resources: Resources) -> dict[str, str]:
    units = resources.built(unit_table)
    return {
        "number": NUMERAL,
        "han_digit": f"[{DIGIT_CHARS}{MAGNITUDE_CHARS}]",
        "han": r"\p{Han}",
        "unit": units.source,
        "currency": units.prefix_source,
        "per_after": rf"[/／]{units.per_after_bare}",
        "per_after_bare": units.per_after_bare,
        "per_after_words": units.per_words,
    }
