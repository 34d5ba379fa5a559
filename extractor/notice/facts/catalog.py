"""The catalog: indicators, programmes, scope words and modal words, read from `data/`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

import msgspec

from extractor.errors import CatalogError
from extractor.model import Kind, Modality, Operator
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.units import unit_table
from extractor.resources import check_unique, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.resources import Resources


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that identify an indicator together, inside a clause, a sentence or a section's headings.

    With ``programmes`` it holds only for figures about one of these.
    """

    within: Literal["clause", "sentence", "section"] = "clause"
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


class FigureExample(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence and the figure in it that must be linked."""

    text: str
    figure: str


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the catalog; see `indicators/medical.toml` for what the keys mean."""

    id: str
    name: str
    name_en: str
    kinds: tuple[Kind, ...]
    unit: str
    per: tuple[str, ...]
    programmes: tuple[str, ...]
    aliases: tuple[str, ...]
    reference: str
    examples: tuple[FigureExample, ...]
    rejects: tuple[str, ...]
    cues: tuple[Cue, ...] = ()
    require: Cue | None = None
    own: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()
    units: tuple[str, ...] = ()
    qualify_by: tuple[Literal["programme", "setting", "persons"], ...] = ()
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
    whose: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    plausible: tuple[str, str] | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The words of its names and cues."""
        return (*self.aliases, *(word for cue in self.cues for word in (*cue.all, *cue.any)))


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a text can be about; see `programmes.toml`.

    ``named``: a figure is about it only where the text names it. ``qualifies``: a figure about it says so in its
    condition, where its indicator has ``qualify_by`` programme. ``settings``: its figures differ by setting. ``titles``:
    terms that only tell what a whole notice is about. ``broad``: in a notice about it every figure may be its.
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


class ScopeTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one scope group; see `scope.toml`.

    ``with``: one of these must stand in the clause. ``silent``: the words end the reach of others, and are not told.
    ``part``: a payer that pays a share of a whole.
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


def load_catalog(resources: Resources) -> Catalog:
    """Read and check the catalog.

    Raises `CatalogError` for unknown keys, ids used twice, units and programmes that do not exist.
    """
    found = [
        (path, row) for path in resources.files("indicators/*.toml") for row in read_rows(path, "indicator", Indicator)
    ]
    programmes = read_rows(resources.root / "programmes.toml", "programme", Programme)
    scope = read_rows(resources.root / "scope.toml", "term", ScopeTerm)
    modality = read_rows(resources.root / "modality.toml", "modality", ModalRow)
    check_unique(((path, row.id) for path, row in found), "indicator")
    units = {unit.unit for unit in resources.built(unit_table).by_form.values()}
    pers = set(resources.built(unit_table).per_order)
    known = {row.id for row in programmes}
    for path, row in found:
        _check(path, row, "unit", [row.unit] if row.unit else [], units, "units.toml")
        _check(path, row, "per", row.per, pers, "units.toml")
        _check(path, row, "also_per", row.also_per, pers, "units.toml")
        _check(path, row, "implied_per", row.implied_per or (), pers, "units.toml")
        _check(path, row, "base", row.bases, {row.id for _, row in found}, "indicators/*.toml")
        _check(path, row, "programme", (*row.programmes, *row.beside), known, "programmes.toml")
        _check_range(path, row)
    ids = {row.id for _, row in found}
    for amount, _ in amounts_of(resources):
        if amount.indicator and amount.indicator not in ids:
            msg = (
                f"{resources.root / 'patterns/amounts.toml'}: amount {amount.id!r} names the indicator {amount.indicator!r}, "
                f"which indicators/*.toml do not list. Add it there or use one of: {', '.join(sorted(ids))}."
            )
            raise CatalogError(msg)
    of_kind: dict[str, tuple[Indicator, ...]] = {}
    for _, row in found:
        for kind in row.kinds:
            of_kind[kind] = (*of_kind.get(kind, ()), row)
    return Catalog(
        {row.id: row for _, row in found}, {row.id: row for row in programmes}, tuple(scope), tuple(modality), of_kind
    )


def _check(
    path: Path, row: Indicator, what: str, found: tuple[str, ...] | list[str], known: set[str], where: str
) -> None:
    for name in found:
        if name not in known:
            msg = (
                f"{path}: indicator {row.id!r} has {what} {name!r}, which {where} does not list. "
                f"Add it there or use one of: {', '.join(sorted(known))}."
            )
            raise CatalogError(msg)


def _check_range(path: Path, row: Indicator) -> None:
    for bound in row.plausible or ():
        try:
            Decimal(bound)
        except InvalidOperation as error:
            msg = f"{path}: indicator {row.id!r} has plausible bound {bound!r}, expected a decimal number as a string."
            raise CatalogError(msg) from error
