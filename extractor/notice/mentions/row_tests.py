"""Checks that the rows of the data files do what they say: examples are read as stated, near misses are not.

A row is held to its *own* regex or words: an example that only another row reads is a fault of the row. Loading does
not run this (it costs a second); the test suite does, and whoever edits a data file can call `check_rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import CatalogError
from extractor.notice.mentions.dates import Reference
from extractor.notice.mentions.find import WordRow, mention_finder
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.roles import RoleRow
from extractor.notice.mentions.units import BoundRow, PerRow, UnitRow
from extractor.notice.numerals import plain
from extractor.resources import convert, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal
    from pathlib import Path

    import regex

    from extractor.model import DateMention, Quantity
    from extractor.notice.mentions.find import MentionFinder
    from extractor.resources import Resources


class Fault(NamedTuple):
    """A row that doesn't do what it says: the file, the row's id, the text tried, what was expected and found."""

    path: Path
    entry: str
    text: str
    expected: str
    found: str

    def message(self) -> str:
        """Say it, with the fix."""
        return (
            f"{self.path}: {self.entry!r}: {self.text!r}: expected {self.expected}, found {self.found}. "
            f"Correct the row's regex or words, or the example."
        )


class _Case(NamedTuple):
    """One row with what its own pattern makes of a text; examples as (text, expected)."""

    entry: str
    read: Callable[[str], list[str]]
    examples: list[tuple[str, str]]
    rejects: list[str]
    # What no reading of a near miss may be; None: there may be no reading at all.
    refused: frozenset[str] | None = None
    # Where none of these stands in a text, the row is not tried at all.
    needs: list[str] = []  # noqa: RUF012 - never changed


def check_rows(resources: Resources) -> None:
    """Raise `CatalogError` when examples are not read as stated or near misses are read; it lists all of them."""
    if messages := [fault.message() for fault in faults(resources)]:
        raise CatalogError("\n".join(messages))


def faults(resources: Resources) -> Iterator[Fault]:
    """Yield every fault of the rows that mentions are found with, file by file."""
    linking_resources = resources.built(mention_finder)
    for name, cases in (
        ("patterns/spans.toml", _spans(linking_resources)),
        ("patterns/dates.toml", _dates(linking_resources)),
        ("patterns/quantities.toml", _quantities(linking_resources)),
        ("patterns/amounts.toml", _amounts(linking_resources, resources)),
        ("bounds.toml", _bounds(linking_resources, resources)),
        ("roles.toml", _roles(linking_resources, resources)),
        ("units.toml", _units(linking_resources, resources)),
        ("words.toml", _words(linking_resources, resources)),
    ):
        for case in cases:
            yield from _faults_of(resources.root / name, case)


def _faults_of(path: Path, case: _Case) -> Iterator[Fault]:
    if not case.examples:
        yield Fault(path, case.entry, "examples", "at least one example", "none")
    for text, expected in case.examples:
        found = case.read(text)
        if case.needs and not any(need in text for need in case.needs):
            yield Fault(path, case.entry, text, f"one of {case.needs} (needs) in it", "none of them")
        if expected not in found:
            yield Fault(path, case.entry, text, f"{expected!r}", _listed(found))
    for text in case.rejects:
        found = [reading for reading in case.read(text) if case.refused is None or reading in case.refused]
        if found:
            yield Fault(path, case.entry, text, "nothing, since it is a near miss", _listed(found))


def _listed(found: list[str]) -> str:
    return ", ".join(map(repr, found)) or "nothing"


def _spans(linking_resources: MentionFinder) -> Iterable[_Case]:
    for row, pattern in linking_resources.spans:
        yield _Case(
            row.id, _matcher(pattern), [(text, "a match") for text in row.examples], row.rejects, needs=row.needs
        )


def _matcher(pattern: regex.Pattern[str]) -> Callable[[str], list[str]]:
    return lambda text: ["a match" for _ in pattern.finditer(text)]


def _dates(linking_resources: MentionFinder) -> Iterable[_Case]:
    for row, pattern, *_ in linking_resources.dates.rows:

        def read(text: str, entry: str = row.id, pattern: regex.Pattern[str] = pattern) -> list[str]:
            made = (linking_resources.dates.read(entry, match, Reference(None)) for match in pattern.finditer(text))
            return [date_reading(mention) for mention in made if mention is not None]

        yield _Case(
            row.id, read, [(example.text, example.reading) for example in row.examples], row.rejects, needs=row.needs
        )


def date_reading(date: DateMention) -> str:
    """Write a date as in the examples of `dates.toml`: kind|value|lower|upper|operator|edtf."""
    return "|".join((date.kind, date.value or "", date.lower or "", date.upper or "", date.operator, date.edtf))


def _quantities(linking_resources: MentionFinder) -> Iterable[_Case]:
    for row, _ in linking_resources.quantities.rows:

        def read(text: str, entry: str = row.id) -> list[str]:
            # Through the reader, not the bare regex: a row that is never tried at its place reads nothing.
            found = [
                item for item in linking_resources.quantities.find(text, 0, len(text), set(text)) if item.rule == entry
            ]
            return [
                " ".join(_reading(r.kind, (r.value, r.lower, r.upper), r.unit) for r in item.readings) for item in found
            ]

        yield _Case(row.id, read, [(example.text, example.reading) for example in row.examples], row.rejects)


def _reading(kind: str, values: tuple[Decimal | None, ...], unit: str | None) -> str:
    return "|".join((kind, *("" if value is None else plain(value) for value in values), unit or ""))


def _amounts(linking_resources: MentionFinder, resources: Resources) -> Iterable[_Case]:
    for row, _ in amounts_of(resources):

        def read(text: str, entry: str = row.id) -> list[str]:
            found = linking_resources.quantities.find_amounts(text, 0, len(text))
            return ["an amount" for item in found if item.pattern == entry]

        yield _Case(row.id, read, [(text, "an amount") for text in row.examples], row.rejects)


def _found(linking_resources: MentionFinder, text: str) -> list[Quantity]:
    return linking_resources.find(text, 0, len(text), reference=Reference(None))[0]


def _bounds(linking_resources: MentionFinder, resources: Resources) -> Iterable[_Case]:
    for item in read_toml(resources.root / "bounds.toml").get("bound", []):
        row = convert(resources.root / "bounds.toml", "bound", item, BoundRow)
        yield _case_of(linking_resources, row, "operator")


def _roles(linking_resources: MentionFinder, resources: Resources) -> Iterable[_Case]:
    for item in read_toml(resources.root / "roles.toml").get("role", []):
        row = convert(resources.root / "roles.toml", "role", item, RoleRow)
        yield _case_of(linking_resources, row, "role")


def _case_of(linking_resources: MentionFinder, row: BoundRow | RoleRow, field: str) -> _Case:
    """Make the case of a row that gives quantities one of their fields."""
    return _Case(
        row.id, lambda text: [getattr(found, field) for found in _found(linking_resources, text)],
        [(example["text"], example[field]) for example in row.examples], row.rejects, frozenset([getattr(row, field)]),
    )  # fmt: skip


def _units(linking_resources: MentionFinder, resources: Resources) -> Iterable[_Case]:
    path = resources.root / "units.toml"
    data = read_toml(path)
    of_code = {
        unit.unit: unit.id for unit in linking_resources.quantities.units.by_form.values() if unit.kind == "count"
    }
    for item in data.get("unit", []):
        row = convert(path, "unit", item, UnitRow)

        def read(text: str, row: UnitRow = row) -> list[str]:
            units = [found.unit or "" for found in _found(linking_resources, text)]
            return [
                row.id for unit in units if (of_code.get(unit) if row.kind == "count" else unit) in (row.id, row.unit)
            ]

        yield _Case(row.id, read, [(text, row.id) for text in row.examples], row.rejects)
    for item in data.get("per", []):
        per = convert(path, "per", item, PerRow)
        yield _Case(
            f"per {per.id}", lambda text: [name for found in _found(linking_resources, text) for name in found.per],
            [(text, per.id) for text in per.examples], [],
        )  # fmt: skip


def _words(linking_resources: MentionFinder, resources: Resources) -> Iterable[_Case]:
    path = resources.root / "words.toml"
    for item in read_toml(path).get("word", []):
        row = convert(path, "word", item, WordRow)

        def read(text: str) -> list[str]:
            return [linking_resources.word_of[match.group()] for match in linking_resources.words.finditer(text)]

        name = f"word.{row.id}"
        yield _Case(row.id, read, [(text, name) for text in row.examples], row.rejects, frozenset([name]))
