"""An analyst's word over the machine's: rows of ``corpus/corrections.toml``, applied to facts at build.

A row names a fact by id, or by its place in a file, and one field. The machine's reading stays beside the corrected
one. A row that meets nothing is an error: it was written about a fact that people rely on, and nobody would notice.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, TypeVar, get_args

import msgspec

from extractor.build.corpus import require_inside
from extractor.dataset.canonical import decimal_text
from extractor.dataset.store import there
from extractor.errors import CatalogError, DatasetError, IngestError
from extractor.ingest.files import read_file
from extractor.messages import Message, said_elsewhere
from extractor.model import Correction, Fact, Kind, Modality, Operator, Role
from extractor.resources import parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from extractor.model import NoticeRecord, SetAside
    from extractor.resources import Resources

T = TypeVar("T", bound=msgspec.Struct)

FILE = "corrections.toml"

_NUMERIC = {"money", "rate", "count", "duration", "age"}
_DECIMAL = re.compile(r"-?[0-9]{1,100}(?:\.[0-9]{1,100})?")
_UNIT = re.compile(r"\{[^{}\s]{1,8}\}|1/[1-9][0-9]{0,8}|[A-Z]{3}")
_AREAS = ("west", "central", "east")

Form = Literal["figure", "date", "text", "word", "list", "flag", "year"]
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind), "role": get_args(Role), "operator": get_args(Operator), "modality": get_args(Modality),
    "scope.area": _AREAS,
}  # fmt: skip
FIELDS: dict[str, Form] = {
    "value": "figure", "lower": "figure", "upper": "figure", "lower_inclusive": "flag", "upper_inclusive": "flag",
    "kind": "word", "role": "word", "operator": "word", "modality": "word", "unit": "text", "counted": "text",
    "per": "list", "due": "date", "valid_from": "date", "valid_to": "date", "edtf": "text", "applies_to": "text",
    "compared_to": "text",
    "anchor": "text", "indicator": "text", "subject": "text", "policy_year": "year", "scope.region": "text",
    "scope.area": "word", "scope.places": "list", "scope.population": "text", "scope.payer": "text",
    "scope.provider": "text", "scope.condition": "text",
}  # fmt: skip
_NULLABLE = {"figure", "date", "text"}
_SAYS = {
    "figure": Message('a decimal number or an ISO date in quotes, like "620"; "" for none'),
    "date": Message('an ISO date, like "2022-12-31"; "" for none'),
    "text": Message('words in quotes; "" for none'),
    "list": Message('a list of words, like ["person", "year"]'),
    "flag": Message("true or false"),
    "year": "a year, like 2022",
}


class CorrectionPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact's exact words stand: a file of the corpus, or its digest, and the offsets of its evidence."""

    start: int
    end: int
    path: str | None = None
    source: str | None = None


class CorrectionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[correction]]``; of ``fact`` and ``place`` exactly one is given. In ``value`` an empty string is null."""

    field: str
    value: Any
    who: str
    why: str
    fact: str | None = None
    place: CorrectionPlace | None = None
    on: dt.date | None = None


class Corrections(msgspec.Struct, frozen=True):
    """The rows of a file; ``path`` names it in messages."""

    path: str = FILE
    rows: tuple[CorrectionRow, ...] = ()

    def entry(self, index: int) -> str:
        """Name a row in messages, by its number and what it is about."""
        row = self.rows[index]
        place = row.place and f"{row.place.path or row.place.source} {row.place.start}–{row.place.end}"
        return Message(
            "{path}: correction {number} ({place}, {field})",
            path=self.path,
            number=index + 1,
            place=row.fact or place or Message("no fact"),
            field=row.field,
        )


def load_corrections(corpus: Path) -> Corrections:
    """Read ``corrections.toml`` of a corpus; without one there is nothing to correct."""
    path = corpus / FILE
    if not there(path):
        return Corrections()
    try:
        require_inside(path, corpus)
        data = parse_toml(path, read_file(path))
    except (CatalogError, IngestError) as error:
        raise DatasetError(str(error)) from error
    rows = convert_word_rows(path, data, "correction", CorrectionRow)
    corrections = Corrections(str(path), rows)
    for index, row in enumerate(rows):
        _check_row(corrections.entry(index), row)
    return corrections


def convert_word_rows(path: Path, data: Mapping[str, Any], table: str, row: type[T]) -> tuple[T, ...]:
    """Turn the rows of the one ``table`` of a file of an analyst's words into structs of a type.

    A `DatasetError` says which row is wrong by its number, since these rows have no ids, and names the keys of one.
    """
    found = data.get(table, [])
    if (unknown := sorted(set(data) - {table})) or not isinstance(found, list):
        msg = Message(
            "{path}: found {unknown!r}, expected tables [[{table}]] only. Rename it.",
            path=path,
            unknown=unknown[0] if unknown else table,
            table=table,
        )
        raise DatasetError(msg)
    rows: list[T] = []
    for number, item in enumerate(found, 1):
        try:
            rows.append(msgspec.convert(item, row, strict=True))
        except msgspec.ValidationError as error:
            names = row.__struct_fields__
            msg = Message(
                "{path}: {table} {number}: {error}. Keys of a {table}: {names}. Correct the row.",
                path=path,
                table=table,
                number=number,
                error=said_elsewhere(str(error)),
                names=names,
            )
            raise DatasetError(msg) from error
    return tuple(rows)


def _check_row(entry: str, row: CorrectionRow) -> None:
    place = row.place
    if (row.fact is None) == (place is None):
        msg = Message(
            "{entry}: give either fact or place. `extractor show FACT_ID` ends with a row to paste.", entry=entry
        )
        raise DatasetError(msg)
    if place and (place.path is None) == (place.source is None):
        msg = Message("{entry}: a place has either path or source, and start and end. Correct the row.", entry=entry)
        raise DatasetError(msg)
    for name, text in (("who", row.who), ("why", row.why)):
        if not text.strip():
            msg = Message(
                "{entry}: {name} is empty. Say {what}, readers will ask.",
                entry=entry,
                name=name,
                what=Message("who corrects") if name == "who" else Message("why"),
            )
            raise DatasetError(msg)
    require_field(row.field, entry)
    checked_value(row.field, row.value, entry)


def require_field(field: str, entry: str) -> None:
    """Raise `DatasetError` for a field that can't be set, with the one that may be meant."""
    if field not in FIELDS:
        near = get_close_matches(field, FIELDS, 1)
        hint = Message("Did you mean {near!r}? ", near=near[0]) if near else ""
        msg = Message(
            "{entry}: a fact has no field {field!r} to correct. {hint}Fields: {fields}.",
            entry=entry,
            field=field,
            hint=hint,
            fields=tuple(FIELDS),
        )
        raise DatasetError(msg)


# ── meeting facts ───────────────────────────────────────────────────────────────────────────────────────────────────


def apply_corrections(
    facts: Sequence[Fact],
    notices: Sequence[NoticeRecord],
    corrections: Corrections,
    resources: Resources,
    *,
    set_aside: Iterable[SetAside] = (),
    strict: bool = True,
) -> tuple[Fact, ...]:
    """Correct facts; with ``strict``, a row that meets none is a `DatasetError` that says what is near."""
    if not corrections.rows:
        return tuple(facts)
    paths = {notice.notice_id: notice.source.path for notice in notices}
    rows_of: dict[str, list[int]] = {}
    for index, met in enumerate(_met(corrections.rows, facts, paths)):
        if len(met) > 1:
            msg = Message(
                "{entry}: {count} facts stand there: {met}. Name one of them with fact instead of place.",
                entry=corrections.entry(index),
                count=len(met),
                met=tuple(fact.fact_id for fact in met),
            )
            raise DatasetError(msg)
        if not met and strict:
            aside = {item.path for item in set_aside}
            _refuse_unmet(corrections.entry(index), corrections.rows[index], facts, paths, aside)
        for fact in met:
            rows_of.setdefault(fact.fact_id, []).append(index)
    fields = {
        name: [
            FieldCorrection(corrections.entry(index), row.field, row.value, row.who, row.why, row.on)
            for index, row in ((index, corrections.rows[index]) for index in indexes)
        ]
        for name, indexes in rows_of.items()
    }
    return tuple(corrected(fact, fields[fact.fact_id], resources) if fact.fact_id in fields else fact for fact in facts)


def _met(rows: Sequence[CorrectionRow], facts: Sequence[Fact], paths: Mapping[str, str]) -> Iterator[list[Fact]]:
    """Find, row by row, the facts that each is about."""
    by_id = {fact.fact_id: fact for fact in facts}
    by_place: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        by_place.setdefault((fact.evidence.start, fact.evidence.end), []).append(fact)
    for row in rows:
        if row.place is None:
            yield [by_id[row.fact]] if row.fact in by_id else []
        else:
            there = by_place.get((row.place.start, row.place.end), [])
            yield [fact for fact in there if _is_in(row.place, fact, paths)]


def _is_in(place: CorrectionPlace, fact: Fact, paths: Mapping[str, str]) -> bool:
    if place.path is not None:
        return paths[fact.notice_id] == place.path
    return fact.evidence.source.removeprefix("sha256:") == (place.source or "").removeprefix("sha256:")


def _refuse_unmet(
    entry: str, row: CorrectionRow, facts: Sequence[Fact], paths: Mapping[str, str], aside: set[str]
) -> NoReturn:
    """Raise a `DatasetError` that says what there is near the place that a row names."""
    near: list[Fact] = []
    if row.place is None:
        ids = get_close_matches(row.fact or "", [fact.fact_id for fact in facts], 3)
        near = [fact for fact in facts if fact.fact_id in ids]
    else:
        place = row.place
        wanted = {place.path, f"sha256:{(place.source or '').removeprefix('sha256:')}"}
        same = [fact for fact in facts if wanted & {paths[fact.notice_id], fact.evidence.source}]
        near = sorted(same, key=lambda fact: abs(fact.evidence.start - place.start))[:3]
        if place.path in aside:
            msg = Message(
                "{entry}: meets no fact: the file was set aside, so nothing was read from it. Mend the file first.",
                entry=entry,
            )
            raise DatasetError(msg)
        if not same and (names := get_close_matches(place.path or "", set(paths.values()), 3)):
            msg = Message(
                "{entry}: meets no fact: no notice has that path. Near it: {names}. Correct path.",
                entry=entry,
                names=tuple(sorted(names)),
            )
            raise DatasetError(msg)
    said = "; ".join(
        f"{fact.fact_id} {fact.evidence.exact!r} {paths[fact.notice_id]} {fact.evidence.start}–{fact.evidence.end}"
        for fact in near
    )
    msg = Message(
        "{entry}: meets no fact. {near}If the notice's text has changed, look the fact up again (`extractor "
        "parse` lists a notice's facts with their ids); if the correction is no longer needed, delete the "
        "row.",
        entry=entry,
        near=Message("Near it: {said}. ", said=said) if said else "",
    )
    raise DatasetError(msg)


# ── correcting ──────────────────────────────────────────────────────────────────────────────────────────────────────


class FieldCorrection(NamedTuple):
    """One field of a fact and what an analyst says it is; ``entry`` names the row in messages."""

    entry: str
    field: str
    value: Any
    who: str
    why: str
    on: dt.date | None


def corrected(fact: Fact, given: Sequence[FieldCorrection], resources: Resources) -> Fact:
    """Set fields of a fact and keep the machine's readings beside them; a `DatasetError` says what can't be.

    A field that an analyst has set before can't be set again: nobody would know which of the two holds.
    """
    plain = msgspec.to_builtins(fact)
    done = list(fact.corrections)
    for entry, field, given_value, who, why, on in given:
        if any(one.field == field for one in done):
            msg = Message("{entry}: the field is corrected twice. Keep one of the rows.", entry=entry)
            raise DatasetError(msg)
        holder, name = (plain["scope"], field[6:]) if field.startswith("scope.") else (plain, field)
        value = checked_value(field, given_value, entry)
        done.append(
            Correction(
                field=field, read=value_text(holder[name]), value=value_text(value), who=who.strip(), why=why.strip(),
                on=on.isoformat() if on else None,
            )
        )  # fmt: skip
        holder[name] = value
        if field == "indicator" and value is not None:
            plain["candidates"] = []
    entry = given[-1].entry
    try:
        made = msgspec.convert(plain, Fact)
    except msgspec.ValidationError as error:
        msg = Message("{entry}: {error}. Correct the value.", entry=entry, error=said_elsewhere(str(error)))
        raise DatasetError(msg) from error
    made = msgspec.structs.replace(made, status="corrected", corrections=tuple(done))
    if fault := _fault(made, resources):
        msg = Message("{entry}: {fault}", entry=entry, fault=fault)
        raise DatasetError(msg)
    return made


def checked_value(field: str, value: Any, entry: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Check a value against the form of its field; an empty string is None where the field may have none."""
    form = FIELDS[field]
    if (
        isinstance(value, str)
        and not value.strip()
        and form in _NULLABLE | ({"word"} if field == "scope.area" else set())
    ):
        return None
    good: Any = None
    if form == "figure" and isinstance(value, str | int | dt.date) and not isinstance(value, bool):
        good = value.isoformat() if isinstance(value, dt.date) else str(value).strip()
    elif form == "date" and isinstance(value, str | dt.date):
        good = value.isoformat() if isinstance(value, dt.date) else value.strip()
        good = good if _is_date(good) else None
    elif form == "text" and isinstance(value, str):
        good = value.strip()
    elif _holds(form, field, value):
        good = value
    if good is None:
        says = Message("one of {words}", words=tuple(_WORDS[field])) if form == "word" else _SAYS[form]
        msg = Message(
            "{entry}: {field} can't be {value}, expected {says}. Correct the value.",
            entry=entry,
            field=field,
            value=repr(value),
            says=says,
        )
        raise DatasetError(msg)
    return decimal_text(Decimal(good)) if form == "figure" and _DECIMAL.fullmatch(good) else good


def _holds(form: Form, field: str, value: Any) -> bool:  # noqa: ANN401 - whatever TOML held
    """Say whether a value that is taken as it stands is of its field's form."""
    if form == "word":
        return isinstance(value, str) and value in _WORDS[field]
    if form == "list":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if form == "flag":
        return isinstance(value, bool)
    return form == "year" and isinstance(value, int) and not isinstance(value, bool)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def value_text(value: Any) -> str | None:  # noqa: ANN401 - whatever a field holds
    """Write a field's value as a correction holds it."""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _fault(fact: Fact, resources: Resources) -> str | None:
    """Say what is wrong with a corrected fact as a whole, and what to do."""
    figures = [text for text in (fact.value, fact.lower, fact.upper) if text is not None]
    is_figure = _DECIMAL.fullmatch if fact.kind in _NUMERIC else _is_date
    if fact.kind in {*_NUMERIC, "date", "period"} and (wrong := [text for text in figures if not is_figure(text)]):
        expected = Message("a decimal number") if fact.kind in _NUMERIC else Message("an ISO date like 2022-12-31")
        return Message(
            "{wrong!r} is no figure of kind {kind}, expected {expected}. Correct the value, or kind too.",
            wrong=wrong[0],
            kind=fact.kind,
            expected=expected,
        )
    if fact.operator == "none" and figures:
        return Message(
            'operator none goes with no figure, found {figure!r}. Correct value to "" too.', figure=figures[0]
        )
    if fact.operator == "between" and (fact.lower is None or fact.upper is None):
        return Message("operator between needs lower and upper. Correct these too.")
    if fact.kind in {*_NUMERIC, "date"} and fact.operator not in {"none", "between"} and fact.value is None:
        return Message(
            "a fact of kind {kind} with operator {operator} needs a value. Correct value or operator too.",
            kind=fact.kind,
            operator=fact.operator,
        )
    return _catalog_fault(fact, resources)


def _catalog_fault(fact: Fact, resources: Resources) -> str | None:
    """Say what a corrected fact names that the data files don't know."""
    from extractor.notice.facts.catalog import load_catalog
    from extractor.notice.mentions.units import unit_table
    from extractor.notice.structure.regions import load_gazetteer

    touched = {one.field for one in fact.corrections}
    units = resources.built(unit_table)
    known = {unit.unit for unit in units.by_form.values()}
    if "unit" in touched and fact.unit is not None and fact.unit not in known and not _UNIT.fullmatch(fact.unit):
        return Message(
            "unit {unit!r} is not one of units.toml. Use one of: {known}.",
            unit=fact.unit,
            known=tuple(sorted(filter(None, known))),
        )
    if "per" in touched and (strange := [word for word in fact.per if word not in units.per_order]):
        return Message(
            "per {strange!r} is not one of units.toml. Use some of: {known}.",
            strange=strange[0],
            known=tuple(units.per_order),
        )
    if "scope.region" in touched and fact.scope.region not in {None, *resources.built(load_gazetteer).regions}:
        return Message(
            "region {region!r} is no region's six-digit code, like 360000. Correct the value.", region=fact.scope.region
        )
    if not touched & {"indicator", "kind"} or fact.indicator is None:
        return None
    catalog = resources.built(load_catalog)
    if fact.indicator not in catalog.indicators:
        near = get_close_matches(fact.indicator, catalog.indicators, 3) or list(catalog.of_kind.get(fact.kind, ()))[:3]
        names = ", ".join(one if isinstance(one, str) else one.id for one in near)
        return Message(
            "indicator {indicator!r} is not in the catalog. Near it: {names}. Correct it or add it there.",
            indicator=fact.indicator,
            names=names,
        )
    kinds = catalog.indicators[fact.indicator].kinds
    if fact.kind not in kinds:
        return Message(
            "indicator {indicator!r} is of kind {kinds}, the fact of kind {kind}. Correct one.",
            indicator=fact.indicator,
            kinds=tuple(kinds),
            kind=fact.kind,
        )
    return None
