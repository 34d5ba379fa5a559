"""The catalog: indicators, programmes, scope words and modal words, read from `data/` and a user's own files."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.model import INDICATOR_ID, PROGRAMME_ID, Kind, Modality, Operator, Role
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.units import unit_table
from extractor.notice.once import cached_property
from extractor.resources import check_unique, convert_tables, group_of, own_rows, read_rows, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.resources import Resources


Within: TypeAlias = Literal["clause", "sentence", "section"]


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that identify an indicator together, inside a clause, a sentence or a section's headings.

    With ``programmes`` it holds only for figures about one of these.
    """

    within: Within = "clause"
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()

    def met_by(self, words: str) -> bool:
        """Return True if a text meets the cue."""
        return self.named_by(words) and not any(word in words for word in self.none)

    def named_by(self, words: str) -> bool:
        """Return True if a text has the words that the cue wants, whatever else it has."""
        return all(word in words for word in self.all) and (not self.any or any(word in words for word in self.any))


class Requirement(Cue, frozen=True, forbid_unknown_fields=True):
    """Words that must stand around a figure of an indicator, and such that must not: in its sentence, else in its clause.

    With ``section`` those that must stand there may stand in the notice's title.
    """

    within: Within = "sentence"


class FigureExample(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence and the figure in it that must be linked; ``title`` is its notice's, where the sentence needs it."""

    text: str
    figure: str
    title: str = ""


class NearMiss(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence of which no figure may be linked, or not ``figure``; ``title`` is its notice's, where it is one's sentence."""

    text: str
    figure: str = ""
    title: str = ""


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """An entry of the catalog; see `indicators/medical.toml` for what the keys mean."""

    id: str
    name: str
    name_en: str
    kinds: tuple[Kind, ...]
    unit: str
    per: tuple[str, ...]
    programmes: tuple[str, ...]
    reference: str
    examples: tuple[FigureExample, ...]
    rejects: tuple[str | NearMiss, ...]
    aliases: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    require: Requirement | None = None
    own: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()
    roles: tuple[Role, ...] = ()
    units: tuple[str, ...] = ()
    qualify_by: tuple[Literal["programme", "scheme", "setting", "name", "persons", "own", "floor"], ...] = ()
    implied_per: tuple[str, ...] | None = None
    bases: tuple[str, ...] = ()
    exempts: bool = False
    window: bool = False
    implied_population: tuple[str, ...] = ()
    also_per: tuple[str, ...] = ()
    change: Literal["increase", "decrease"] | None = None
    hidden_by: tuple[str, ...] = ()
    needs_own: bool = False
    shares_of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    threshold: bool = False
    says_per: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    per_said: bool = False
    whole: bool = False
    together: bool = False
    plausible: tuple[str, str] | None = None

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """What it rejects."""
        return tuple(NearMiss(one) if isinstance(one, str) else one for one in self.rejects)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The words of its names and cues."""
        return (*self.aliases, *(word for cue in self.cues for word in (*cue.all, *cue.any)))


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a text can be about; see `programmes.toml`.

    ``named``: a figure is about it only where the text names it. ``qualifies``: a figure about it says so in its
    condition, where its indicator has ``qualify_by`` programme. ``settings``: its figures differ by setting. ``titles``:
    terms that only tell what a whole notice is about. ``broad``: in a notice about it every figure may be its. ``bare``:
    those of its terms that name another programme, of its family if it has one, in a notice that is about it; ``bare_in``
    names those others where they aren't of its family. ``draws_on``: families whose insured and whose money are its own.
    ``schemes``: programmes whose insured it also has, with the terms that name it theirs. ``proper``: those of a generic one's terms that name it in a notice
    on others.
    """

    id: str
    within: Literal["notice", "any"]
    terms: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    family: str = ""
    generic: bool = False
    named: bool = False
    qualifies: bool = False
    settings: bool = True
    titles: tuple[str, ...] = ()
    broad: bool = False
    bare: tuple[str, ...] = ()
    bare_in: tuple[str, ...] = ()
    draws_on: tuple[str, ...] = ()
    schemes: dict[str, tuple[str, ...]] = {}
    proper: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the indicators are called together whose ids begin with one: a user's own; the package's are in `labels.toml`."""

    id: str
    name: str
    name_en: str = ""


class ScopeTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one scope group; see `scope.toml`.

    ``with``: one of these must stand in the clause. ``silent``: the words end the reach of others, and are not told.
    ``part``: a payer that pays a share of a whole. ``apart``: a setting that is told also of what is given in the one it is part of.
    """

    id: str
    group: Literal["population", "payer", "provider", "area", "setting"]
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    value: Literal["west", "central", "east"] | None = None
    with_: tuple[str, ...] = msgspec.field(name="with", default=())
    silent: bool = False
    part: bool = False
    apart: bool = False


class ModalRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Modal words; see `modality.toml`. ``not`` lists words that contain one without meaning it."""

    id: Modality
    words: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class Catalog(msgspec.Struct, frozen=True):
    """All of it, by id."""

    indicators: dict[str, Indicator]
    programmes: dict[str, Programme]
    scope: tuple[ScopeTerm, ...]
    modality: tuple[ModalRow, ...]
    of_kind: dict[str, tuple[Indicator, ...]]
    files: dict[str, Path]

    def file(self, entry: str) -> Path:
        """Return the file of an indicator's or a programme's row."""
        return self.files[entry]


def load_catalog(resources: Resources) -> Catalog:
    """Read and check the catalog, with a user's own indicators and programmes.

    Raises `CatalogError` for unknown keys, ids used twice or of no form, units and programmes that do not exist, and rows
    that could never link a figure.
    """
    found = [
        (path, row) for path in resources.files("indicators/*.toml") for row in read_rows(path, "indicator", Indicator)
    ]
    path = resources.root / "programmes.toml"
    programmes = [(path, row) for row in read_rows(path, "programme", Programme)]
    own_indicators, own_programmes, groups = _own(resources, found, programmes)
    found, programmes = [*found, *own_indicators], [*programmes, *own_programmes]
    scope = read_rows(resources.root / "scope.toml", "term", ScopeTerm)
    modality = read_rows(resources.root / "modality.toml", "modality", ModalRow)
    check_unique(((path, row.id) for path, row in found), "indicator")
    check_unique(((path, row.id) for path, row in programmes), "programme")
    units = {unit.unit for unit in resources.built(unit_table).by_form.values()}
    pers = set(resources.built(unit_table).per_order)
    known, ids = {row.id for _, row in programmes}, {row.id for _, row in found}
    for path, row in found:
        _check(path, row, "unit", (*([row.unit] if row.unit else []), *row.units), units, "units.toml")
        _check(path, row, "per", row.per, pers, "units.toml")
        _check(path, row, "also_per", row.also_per, pers, "units.toml")
        _check(path, row, "implied_per", row.implied_per or (), pers, "units.toml")
        _check(path, row, "base", row.bases, ids, "indicators/*.toml")
        about = (*row.programmes, *row.beside, *(name for cue in row.cues for name in cue.programmes))
        _check(path, row, "programme", about, known, "programmes.toml")
        _check_range(path, row)
        _check_words(path, row)
    for path, group in groups:
        _check_group(path, group, ids)
    for path, programme in programmes:
        if not all(programme.terms):
            msg = Message(
                "{path}: programme {id!r} has an empty term, expected words that name it. Correct or delete it.",
                path=path,
                id=programme.id,
            )
            raise CatalogError(msg)
    _check_amounts(resources, ids)
    of_kind: dict[str, tuple[Indicator, ...]] = {}
    for _, row in found:
        for kind in row.kinds:
            of_kind[kind] = (*of_kind.get(kind, ()), row)
    return Catalog(
        {row.id: row for _, row in found},
        {row.id: row for _, row in programmes},
        tuple(scope),
        tuple(modality),
        of_kind,
        {row.id: path for path, row in programmes} | {row.id: path for path, row in found},
    )


# ── A user's own rows: an id that is the package's would change what its figures are called


def _own(
    resources: Resources, indicators: Iterable[tuple[Path, Indicator]], programmes: Iterable[tuple[Path, Programme]]
) -> tuple[list[tuple[Path, Indicator]], list[tuple[Path, Programme]], list[tuple[Path, Group]]]:
    """Read the rows of a user's own catalogs, by id; their ids must have a form and not be the package's."""
    there = {("indicator", row.id): path for path, row in indicators}
    there |= {("programme", row.id): path for path, row in programmes}
    there |= _named_groups(resources) if own_rows(resources, "group") else {}
    read = [(catalog.path, catalog.tables()) for catalog in resources.catalogs]
    wrong = [
        words
        for path, tables in read
        for table, rows in tables.items()
        for row in rows
        for words in _wrong_id(path, table, row, there.get((table, row["id"])))
    ]
    if wrong:
        raise CatalogError(Message("{wrong:lines}", wrong=tuple(wrong)))
    own_indicators: list[tuple[Path, Indicator]] = []
    own_programmes: list[tuple[Path, Programme]] = []
    groups: list[tuple[Path, Group]] = []
    for path, tables in read:
        found = convert_tables(path, tables, {"programme": Programme, "indicator": Indicator, "group": Group})
        own_indicators += [(path, row) for row in found["indicator"]]
        own_programmes += [(path, row) for row in found["programme"]]
        groups += [(path, row) for row in found["group"]]
    check_unique(((path, row.id) for path, row in groups), "group")
    own_indicators.sort(key=lambda item: item[1].id)
    return own_indicators, sorted(own_programmes, key=lambda item: item[1].id), groups


def _named_groups(resources: Resources) -> dict[tuple[str, str], Path]:
    """List the groups that the package names."""
    path = resources.root / "labels.toml"
    rows = read_toml(path).get("label", ())
    return {("group", row["id"].removeprefix("group.")): path for row in rows if row["id"].startswith("group.")}


def _wrong_id(path: Path, table: str, row: dict[str, Any], there: Path | None) -> Iterator[str]:
    """Name an id that datasets can't have, as one that `extractor catalog suggest` left to be written, and the package's."""
    entry = f"{path}: {table} {row['id']!r}" + (f" ({row['name']})" if "name" in row else "")
    if not re.fullmatch(PROGRAMME_ID if table == "programme" else INDICATOR_ID, row["id"]):
        expected = {
            "indicator": Message("names joined by dots, <programme>.<group>.<name> like medical.funding.total"),
            "group": Message("how ids begin, <programme>.<group> like medical.funding"),
            "programme": Message("a name like resident_medical"),
        }[table]
        yield Message(
            "{entry}: the id is none yet, expected {expected}. Write one that will stay.",
            entry=entry,
            expected=expected,
        )
    if there is not None:
        yield (
            Message(
                "{entry}: the package has this id already, in {there}. Use it as it is and delete the row, or give "
                "the row an id of its own.",
                entry=entry,
                there=there,
            )
        )


# ── What is wrong with a row


def _check_amounts(resources: Resources, ids: set[str]) -> None:
    """Refuse an amount in words that names no indicator of the catalog."""
    for amount, _ in amounts_of(resources):
        if amount.indicator and amount.indicator not in ids:
            msg = Message(
                "{path}: amount {id!r} names the indicator {indicator!r}, which indicators/*.toml do not list. Add "
                "it there or use one of: {ids}.",
                path=resources.root / "patterns/amounts.toml",
                id=amount.id,
                indicator=amount.indicator,
                ids=tuple(sorted(ids)),
            )
            raise CatalogError(msg)


def _check(path: Path, row: Indicator, what: str, found: Iterable[str], known: set[str], where: str) -> None:
    """Refuse a name that a data file doesn't list."""
    for name in found:
        if name not in known:
            # Counts have units in braces: 平方米 means {平方米}.
            meant = tuple(sorted(one for one in known if name and name in one))[:_MOST_MEANT]
            if meant:
                msg = Message(
                    "{path}: indicator {id!r} has {what} {name!r}, expected one that {where} lists, as {meant}. Correct "
                    "the entry.",
                    path=path,
                    id=row.id,
                    what=what,
                    name=name,
                    where=where,
                    meant=meant,
                )
                raise CatalogError(msg)
            msg = Message(
                "{path}: indicator {id!r} has {what} {name!r}, which {where} does not list. Add it there or use one "
                "of: {known}.",
                path=path,
                id=row.id,
                what=what,
                name=name,
                where=where,
                known=tuple(sorted(known)),
            )
            raise CatalogError(msg)


# Names that one may have meant, at most.
_MOST_MEANT = 5
# Figures of these kinds have a unit, and counts have one in braces that an indicator may leave open.
_WITH_UNIT = frozenset({"money", "rate", "duration", "age"})


def _check_words(path: Path, row: Indicator) -> None:
    """Refuse a row that nothing finds, or that finds everything."""
    wrong = {
        Message("no name, expected what people call it"): not row.name,
        Message("no kinds, expected at least one, like money"): not row.kinds,
        Message("no programmes, expected at least one of programmes.toml"): not row.programmes,
        Message("neither aliases nor cues, expected words that name it near a figure"): not (row.aliases or row.cues),
        Message("an empty word"): not all((*row.said, *row.own, *row.rivals)),
        Message("a cue without all and any, expected words that it wants"): any(
            not (cue.all or cue.any) for cue in row.cues
        ),
        Message("an alias twice"): len(set(row.aliases)) < len(row.aliases),
        Message("no unit, expected one like CNY or % for its kinds"): bool(_WITH_UNIT & set(row.kinds))
        and not row.unit,
    }
    for what, is_so in wrong.items():
        if is_so:
            msg = Message("{path}: indicator {id!r} has {what}. Correct the entry.", path=path, id=row.id, what=what)
            raise CatalogError(msg)


def _check_group(path: Path, row: Group, ids: set[str]) -> None:
    """Refuse a group without a name, and one that no id begins with."""
    if not row.name:
        msg = Message(
            "{path}: group {id!r} has no name, expected what people call it. Correct the entry.", path=path, id=row.id
        )
        raise CatalogError(msg)
    if not any(group_of(one) == row.id for one in ids):
        msg = Message(
            "{path}: group {id!r} is no indicator's, expected how ids of the catalog begin, as {id}.name does. Correct the "
            "id, or delete the row.",
            path=path,
            id=row.id,
        )
        raise CatalogError(msg)


def _check_range(path: Path, row: Indicator) -> None:
    for bound in row.plausible or ():
        try:
            Decimal(bound)
        except InvalidOperation as error:
            msg = Message(
                "{path}: indicator {id!r} has plausible bound {bound!r}, expected a decimal number as a string.",
                path=path,
                id=row.id,
                bound=bound,
            )
            raise CatalogError(msg) from error
    if row.plausible and Decimal(row.plausible[0]) >= Decimal(row.plausible[1]):
        msg = Message(
            "{path}: indicator {id!r} has plausible bounds {plausible}, expected the lower one first. Correct them.",
            path=path,
            id=row.id,
            plausible=row.plausible,
        )
        raise CatalogError(msg)
