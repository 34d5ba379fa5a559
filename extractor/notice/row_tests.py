"""Checks that the rows of the data files do what they say: examples are read as stated, near misses are not.

A row is held to its *own* regex or words: an example that only another row reads is a fault of the row. Loading does
not run this (it costs seconds); the test suite does, and whoever edits a data file can call `check_rows`.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple

from extractor.errors import CatalogError
from extractor.ingest import line_rules
from extractor.ingest.registry import read
from extractor.ingest.web import hints
from extractor.messages import Message
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.facts.names.words import StatementWord, TailRow, statement_words
from extractor.notice.mentions.dates import Reference
from extractor.notice.mentions.find import mention_finder
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.units import bounds, unit_table
from extractor.notice.normalise import losses
from extractor.notice.normalise.repair import load_confusions, load_latin_digits, load_questions
from extractor.notice.normalise.script import load_lexicon
from extractor.notice.numerals import plain
from extractor.notice.structure.rules import load_phrases
from extractor.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import regex

    from extractor.model import DateMention, Fact, Quantity
    from extractor.notice.facts.catalog import Indicator
    from extractor.notice.facts.explain import Explanation
    from extractor.notice.mentions.roles import RoleRow
    from extractor.notice.mentions.units import BoundRow
    from extractor.notice.normalise.script import Lexicon
    from extractor.resources import Resources


class Fault(NamedTuple):
    """A row that doesn't do what it says: file, table and id, the text tried, what was expected and found.

    ``what`` says whether the text is an example or a near miss; ``wanted`` is the example's reading. A row that has none
    ``is_missing`` it.
    """

    path: Path
    table: str
    entry: str
    text: str
    expected: str
    found: str
    what: Literal["example", "near_miss"] = "example"
    wanted: str = ""
    is_missing: bool = False

    def message(self) -> str:
        """Say it, with the fix."""
        return Message(
            "{path}: {table} {entry!r}: {text!r}: expected {expected}, found {found}. Correct the row's regex or "
            "words, or the example.",
            path=self.path,
            table=self.table,
            entry=self.entry,
            text=self.text,
            expected=self.expected,
            found=self.found,
        )


class RowCase(NamedTuple):
    """One row with what its own pattern makes of a text; examples as (text, expected)."""

    entry: str
    read: Callable[[str], Sequence[str]]
    examples: list[tuple[str, str]]
    rejects: Sequence[str]
    # What no reading of a near miss may be; None: there may be no reading at all.
    refused: frozenset[str] | None = None
    # Where none of these stands in a text, the row is not tried at all.
    needs: Sequence[str] = ()
    # The row's file, where several files have rows of its table.
    path: Path | None = None
    # What it makes of a near miss, where that isn't as it reads an example.
    misread: Callable[[str], Sequence[str]] | None = None


def check_rows(resources: Resources, only: str | None = None) -> None:
    """Raise `CatalogError` when examples are not read as stated or near misses are read; it lists all of them.

    ``only`` names the one file that is looked at.
    """
    if messages := [fault.message() for fault in faults(resources, only)]:
        raise CatalogError(Message("{faults:lines}", faults=tuple(messages)))


def faults(resources: Resources, only: str | None = None) -> Iterator[Fault]:
    """Yield every fault of the rows, file by file; of one file only where it is named (``indicators/medical.toml``)."""
    for (name, table), cases in CASES.items():
        if only is None or PurePosixPath(only).match(name):
            for path in resources.files(name)[:1]:
                for case in cases(resources):
                    if only is None or case.path in (None, resources.root / only):
                        yield from faults_of(case.path or path, table, case)


def faults_of(path: Path, table: str, case: RowCase) -> Iterator[Fault]:
    """Yield the faults of one row."""
    kinds: tuple[tuple[Literal["example", "near_miss"], Sequence[object]], ...] = (
        ("example", case.examples), ("near_miss", case.rejects),
    )  # fmt: skip
    for what, given in kinds:
        if not given:
            name = Message("example") if what == "example" else Message("near miss")
            yield Fault(
                path,
                table,
                case.entry,
                name,
                Message("at least one {name}", name=name),
                Message("none"),
                what,
                is_missing=True,
            )
    for text, expected in case.examples:
        found = case.read(text)
        if case.needs and not any(need in text for need in case.needs):
            yield Fault(
                path,
                table,
                case.entry,
                text,
                Message("one of {needs} (needs) in it", needs=case.needs),
                Message("none of them"),
            )
        if expected not in found:
            yield Fault(path, table, case.entry, text, _shown(expected), _listed(found), wanted=expected)
    for text in case.rejects:
        found = [
            reading for reading in (case.misread or case.read)(text) if case.refused is None or reading in case.refused
        ]
        if found:
            yield Fault(
                path, table, case.entry, text, Message("nothing, since it is a near miss"), _listed(found), "near_miss"
            )


def _listed(found: Sequence[str]) -> str:
    return Message("{found}", found=tuple(map(_shown, found))) if found else Message("nothing")


def _shown(reading: str) -> str:
    return Message("'a match'") if reading == MATCH else repr(reading)


# ── One function a kind of row

MATCH = "a match"


def _met(entry: str, meets: Callable[[str], object], examples: Iterable[str], rejects: Sequence[str]) -> RowCase:
    """Make the case of a row that a text meets or doesn't."""
    return RowCase(entry, lambda text: [MATCH] if meets(text) else [], [(text, MATCH) for text in examples], rejects)


def _lists(shape: Callable[[Resources], object]) -> Callable[[Resources], Iterator[RowCase]]:
    """Return the cases of the lists that a type has as its fields."""

    def cases(resources: Resources) -> Iterator[RowCase]:
        lists = shape(resources)
        for name in type(lists).__annotations__:
            item = getattr(lists, name)
            yield _met(name, item.meets, item.row.examples, item.row.rejects)

    return cases


def _hints(resources: Resources) -> Iterator[RowCase]:
    for row in hints.load_rows(resources):
        yield _met(row.id, hints.gather([row]).tests[row.kind], row.examples, row.rejects)


def _lines(resources: Resources) -> Iterator[RowCase]:
    for row, pattern in line_rules.load_rows(resources):

        def meets(line: str, row: line_rules.LineRow = row, pattern: regex.Pattern[str] = pattern) -> bool:
            return line_rules.is_met(row, pattern, line)

        yield _met(row.id, meets, row.examples, row.rejects)


def _losses(resources: Resources) -> Iterator[RowCase]:
    for row, pattern in losses.load_rows(resources):

        def meets(text: str, pattern: regex.Pattern[str] = pattern) -> int:
            return losses.count_missing(text, pattern)

        yield _met(row.id, meets, row.examples, row.rejects)


def _replaced(load: Callable[[Resources], Lexicon]) -> Callable[[Resources], Iterator[RowCase]]:
    """Return the cases of words that become others; a near miss stays as it is."""

    def cases(resources: Resources) -> Iterator[RowCase]:
        for row, pattern in load(resources):

            def made(text: str, to: str = row.to, pattern: regex.Pattern[str] = pattern) -> list[str]:
                changed = pattern.sub(to, text)
                return [changed] if changed != text else []

            yield RowCase(row.id, made, [(example.text, example.result) for example in row.examples], row.rejects)

    return cases


def _phrases(resources: Resources) -> Iterator[RowCase]:
    for row, pattern in load_phrases(resources):
        if pattern is not None:
            yield _met(row.id, pattern.search, row.examples, row.rejects)


def _spans(resources: Resources) -> Iterator[RowCase]:
    for row, pattern in resources.built(mention_finder).spans:
        yield _met(row.id, pattern.search, row.examples, row.rejects)._replace(needs=row.needs)


def _dates(resources: Resources) -> Iterator[RowCase]:
    reader = resources.built(mention_finder).dates
    for row, pattern in reader.rows:

        def found(text: str, entry: str = row.id, pattern: regex.Pattern[str] = pattern) -> list[str]:
            made = (reader.read(entry, match, Reference(None)) for match in pattern.finditer(text))
            return [date_reading(mention) for mention in made if mention is not None]

        examples = [(example.text, example.reading) for example in row.examples]
        yield RowCase(row.id, found, examples, row.rejects, needs=row.needs)


def date_reading(date: DateMention) -> str:
    """Write a date as in the examples of `dates.toml`: kind|value|lower|upper|operator|edtf."""
    return "|".join((date.kind, date.value or "", date.lower or "", date.upper or "", date.operator, date.edtf))


def _relative(resources: Resources) -> Iterator[RowCase]:
    reader = resources.built(mention_finder).dates
    for row in reader.relative_rows:

        def years(text: str, forms: frozenset[str] = frozenset(row.forms)) -> list[str]:
            matches = ((date.id, match) for date, pattern in reader.rows for match in pattern.finditer(text))
            named = ((entry, match) for entry, match in matches if forms & set(match.groupdict().values()))
            made = (reader.read(entry, match, Reference(2022, 2022)) for entry, match in named)
            said = [date.upper or date.value or "" for date in made if date is not None]
            return [day[:4] if day[:1].isdecimal() else "-" for day in said]

        yield RowCase(row.id, years, [(example.text, example.reading) for example in row.examples], row.rejects)


def _quantities(resources: Resources) -> Iterator[RowCase]:
    reader = resources.built(mention_finder).quantities
    for row, _ in reader.rows:

        def found(text: str, entry: str = row.id) -> list[str]:
            # Through the reader, not the bare regex: a row that is never tried at its place reads nothing.
            items = [item for item in reader.find(text, 0, len(text)) if item.rule == entry]
            return [
                " ".join(_reading(r.kind, (r.value, r.lower, r.upper), r.unit) for r in item.readings) for item in items
            ]

        yield RowCase(row.id, found, [(example.text, example.reading) for example in row.examples], row.rejects)


def _reading(kind: str, values: tuple[Decimal | None, ...], unit: str | None) -> str:
    return "|".join((kind, *("" if value is None else plain(value) for value in values), unit or ""))


def _amounts(resources: Resources) -> Iterator[RowCase]:
    reader = resources.built(mention_finder).quantities
    for row, _ in amounts_of(resources):

        def met(text: str, entry: str = row.id) -> bool:
            return any(item.pattern == entry for item in reader.find_amounts(text, 0, len(text)))

        yield _met(row.id, met, row.examples, row.rejects)


def _found(resources: Resources, text: str) -> list[Quantity]:
    return resources.built(mention_finder).find(text, 0, len(text), reference=Reference(None))[0]


def _field_case(resources: Resources, row: BoundRow | RoleRow, field: str) -> RowCase:
    """Make the case of a row that gives quantities one of their fields."""
    return RowCase(
        row.id, lambda text: [getattr(found, field) for found in _found(resources, text)],
        [(example["text"], example[field]) for example in row.examples], row.rejects, frozenset([getattr(row, field)]),
    )  # fmt: skip


def _bounds(resources: Resources) -> Iterator[RowCase]:
    return (_field_case(resources, row, "operator") for row in resources.built(bounds).rows)


def _roles(resources: Resources) -> Iterator[RowCase]:
    return (_field_case(resources, row, "role") for row in resources.built(mention_finder).quantities.roles.rows)


def _units(resources: Resources) -> Iterator[RowCase]:
    table = resources.built(unit_table)
    ids = {unit.unit: unit.id for unit in table.by_form.values() if unit.kind == "count"}
    for row in table.units:
        own = {row.id} if row.kind == "count" else {row.id, row.unit}

        def met(text: str, own: set[str] = own, *, counts: bool = row.kind == "count") -> bool:
            units = (found.unit or "" for found in _found(resources, text))
            return any((ids.get(unit) if counts else unit) in own for unit in units)

        yield _met(row.id, met, row.examples, row.rejects)


def _pers(resources: Resources) -> Iterator[RowCase]:
    for row in resources.built(unit_table).pers:

        def met(text: str, entry: str = row.id) -> bool:
            return any(entry in found.per for found in _found(resources, text))

        yield _met(row.id, met, row.examples, row.rejects)


def _words(resources: Resources) -> Iterator[RowCase]:
    finder = resources.built(mention_finder)
    for row in finder.word_rows:

        def met(text: str, name: str = f"word.{row.id}") -> bool:
            return any(finder.word_of[match.group()] == name for match in finder.words.finditer(text))

        yield _met(row.id, met, row.examples, row.rejects)


def _programmes(resources: Resources) -> Iterator[RowCase]:
    linking = resources.built(linking_resources)
    pattern, meaning = linking.programme_words
    for row in linking.catalog.programmes.values():

        def met(text: str, entry: str = row.id) -> bool:
            return any(meaning[match.group()].id == entry for match in pattern.finditer(text))

        yield _met(row.id, met, row.examples, row.rejects)._replace(path=linking.catalog.file(row.id))


def _scope(resources: Resources) -> Iterator[RowCase]:
    linking = resources.built(linking_resources)
    for row in linking.catalog.scope:

        def met(
            text: str, kind: tuple[str, str] = (row.group, row.value or row.id), needed: Sequence[str] = row.with_
        ) -> bool:
            named = any((term.group, term.key) == kind for term in linking.terms.find(text, 0, len(text)))
            return named and (not needed or any(word in text for word in needed))

        yield _met(row.id, met, row.examples, row.rejects)


# A title alone must not decide what a sentence about another programme means.
_TITLE = "关于做好2022年城乡居民基本医疗保障工作的通知"
_NOTICE = "{}\n\n各市医疗保障局：\n现就有关事项通知如下。\n一、具体安排\n{}\n"


def facts_of(
    sentence: str, resources: Resources, title: str = "", explanations: dict[str, Explanation] | None = None
) -> tuple[Fact, ...]:
    """Read a notice of one sentence, under a title about medical insurance unless one is given.

    ``explanations``, where given, is filled as by `pipeline.process`.
    """
    source = read(notice_of(sentence, title).encode(), origin="row", resources=resources)
    return process(source, resources, explanations=explanations).facts


def notice_of(sentence: str, title: str = "") -> str:
    """Write the notice of one sentence that a row's text is read in."""
    return _NOTICE.format(title or _TITLE, sentence)


def _modality(resources: Resources) -> Iterator[RowCase]:
    for row in resources.built(linking_resources).catalog.modality:

        def met(text: str, entry: str = row.id) -> bool:
            return any(fact.modality == entry for fact in facts_of(f"居民医保{text}。", resources))

        yield _met(row.id, met, row.examples, row.rejects)


def _indicators(resources: Resources) -> Iterator[RowCase]:
    catalog = resources.built(linking_resources).catalog
    for row in catalog.indicators.values():
        titles = {example.text: example.title for example in row.examples}

        def linked(text: str, entry: str = row.id, titles: dict[str, str] = titles) -> list[str]:
            facts = facts_of(text, resources, titles.get(text, ""))
            return [figure_of(fact) for fact in facts if fact.indicator == entry]

        def mistaken(text: str, row: Indicator = row) -> list[str]:
            near = [one for one in row.near_misses if one.text == text]
            facts = ((fact, one.figure) for one in near for fact in facts_of(text, resources, one.title))
            linked = ((figure_of(fact), _canonical(told)) for fact, told in facts if fact.indicator == row.id)
            return [figure for figure, told in linked if told in ("", figure)]

        examples = [(example.text, _canonical(example.figure)) for example in row.examples]
        near_misses = tuple(dict.fromkeys(one.text for one in row.near_misses))
        yield RowCase(row.id, linked, examples, near_misses, path=catalog.file(row.id), misread=mistaken)


def _canonical(figure: str) -> str:
    """Write an example's figure as a fact has it: 43.30 is 43.3."""
    try:
        return plain(Decimal(figure))
    except InvalidOperation:
        return figure


def figure_of(fact: Fact) -> str:
    """Write a fact's figure as in the examples of indicators."""
    return fact.value or fact.lower or fact.due or ""


def _statement_words(resources: Resources) -> Iterator[RowCase]:
    reader = resources.built(linking_resources).statement
    for row in reader.words.word_rows:

        def used(text: str, row: StatementWord = row) -> bool:
            use = {"grant": "give", "task": "act"}.get(row.use, row.use)
            return any(
                piece.use == use and text[piece.start : piece.end] in row.forms
                for piece in reader.pieces(reader.cut(text))
            )

        yield _met(row.id, used, row.examples, row.rejects)


def _statement_tails(resources: Resources) -> Iterator[RowCase]:
    words = resources.built(statement_words)
    for row in words.tail_rows:

        def named(name: str, row: TailRow = row) -> bool:
            return words.kind_of(name) == row.kind and (name in row.forms if row.whole else name.endswith(row.forms))

        yield _met(row.id, named, row.examples, row.rejects)


# The kinds of rows that are held to their examples, by file and table.
CASES: dict[tuple[str, str], Callable[[Resources], Iterator[RowCase]]] = {
    ("html.toml", "hint"): _hints,
    ("lines.toml", "line"): _lines,
    ("losses.toml", "loss"): _losses,
    ("lexicon.toml", "word"): _replaced(load_lexicon),
    ("ocr.toml", "word"): _replaced(load_confusions),
    ("digits.toml", "word"): _replaced(load_latin_digits),
    ("questions.toml", "list"): _lists(load_questions),
    ("structure.toml", "phrase"): _phrases,
    ("patterns/spans.toml", "span"): _spans,
    ("patterns/dates.toml", "date"): _dates,
    ("patterns/dates.toml", "relative"): _relative,
    ("patterns/dates.toml", "list"): _lists(lambda resources: resources.built(mention_finder).dates.lists),
    ("patterns/quantities.toml", "quantity"): _quantities,
    ("patterns/quantities.toml", "list"): _lists(lambda resources: resources.built(mention_finder).quantities.lists),
    ("patterns/amounts.toml", "amount"): _amounts,
    ("bounds.toml", "bound"): _bounds,
    ("bounds.toml", "list"): _lists(lambda resources: resources.built(bounds).lists),
    ("roles.toml", "role"): _roles,
    ("roles.toml", "list"): _lists(lambda resources: resources.built(mention_finder).quantities.roles.lists),
    ("units.toml", "unit"): _units,
    ("units.toml", "per"): _pers,
    ("units.toml", "list"): _lists(lambda resources: resources.built(unit_table).lists),
    ("words.toml", "word"): _words,
    ("words.toml", "list"): _lists(lambda resources: resources.built(mention_finder).lists),
    ("linking.toml", "list"): _lists(lambda resources: resources.built(linking_resources).lists),
    ("programmes.toml", "programme"): _programmes,
    ("scope.toml", "term"): _scope,
    ("modality.toml", "modality"): _modality,
    ("statement.toml", "word"): _statement_words,
    ("statement.toml", "tail"): _statement_tails,
    ("statement.toml", "list"): _lists(lambda resources: resources.built(statement_words).lists),
    ("indicators/*.toml", "indicator"): _indicators,
}
