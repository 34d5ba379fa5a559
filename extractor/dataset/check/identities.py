"""The identities: what figures must agree with, as rows of `identities.toml`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TYPE_CHECKING, Literal

import msgspec

from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.resources import indicator_rows, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.resources import Resources

IdentityKind = Literal["increment", "sum", "breakdown", "bound", "ratio", "conformance", "corroboration"]
Status = Literal["pass", "fail", "warn", "not_made"]

# The words that a message of each kind may fill in; the code gives all of them.
_COMMON = {"reason", "note"}
_COMPARED = {"name", "own", "other", "own_region", "other_region", "notice", "target"}
_SUMMED = {"region", "year", "sum", "expected", "result", "result_name", "missing", "several"}
SLOTS: dict[str, set[str]] = {
    "increment": {"region", "name", "year", "year_before", "level", "step", "before", "expected"},
    "sum": _SUMMED,
    "breakdown": _SUMMED,
    "bound": {"notice", "count", "name", "value", "lower", "upper", "due", "units"},
    "ratio": {"region", "year", "result", "base", "times", "lower", "upper"},
    "conformance": _COMPARED,
    "corroboration": _COMPARED,
}


class IdentityPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One figure of a sum or a ratio."""

    name: str
    name_en: str
    indicator: str
    sign: Literal["=", "+", "-", "/"]
    population: tuple[str, ...] | None = None


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row; see the head of `identities.toml` for what the keys mean."""

    id: str
    kind: IdentityKind
    examples: tuple[dict[str, str], ...]
    rejects: tuple[dict[str, str], ...]
    texts: dict[Status, str]
    texts_en: dict[Status, str] = {}
    texts_one: dict[Status, str] = {}
    reasons: dict[str, str] = {}
    reasons_en: dict[str, str] = {}
    parts: tuple[IdentityPart, ...] = ()
    words: tuple[str, ...] = ()
    of: Literal["rate", "plausible", "due"] | None = None
    units: tuple[str, ...] = ()
    lower: str | None = None
    upper: str | None = None
    times: str | None = None
    violation: Literal["fail", "warn"] = "fail"
    floors: tuple[str, ...] = ()
    relation: Literal["implements", "interprets", "copies"] | None = None


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are added to a message where they apply."""

    id: str
    text: str
    text_en: str


class Range(msgspec.Struct, frozen=True):
    """What the checks take from an indicator of the catalog."""

    name: str
    name_en: str
    unit: str
    plausible: tuple[Decimal, Decimal] | None


class Identities(msgspec.Struct, frozen=True):
    """All rows, the notes, and the indicators' names and ranges."""

    rows: tuple[Identity, ...]
    notes: dict[str, Note]
    indicators: dict[str, Range]

    def of_kind(self, *kinds: IdentityKind) -> list[Identity]:
        """List the rows of some kinds."""
        return [row for row in self.rows if row.kind in kinds]


def load_identities(resources: Resources) -> Identities:
    """Read and check `identities.toml`; a `CatalogError` names the entry that is wrong."""
    path = resources.root / "identities.toml"
    tables = read_tables(path, {"identity": Identity, "note": Note})
    rows: list[Identity] = tables["identity"]
    notes: list[Note] = tables["note"]
    indicators = _indicators(resources)
    for row in rows:
        _check_parts(path, row, indicators)
        _check_texts(path, row)
        _check_range(path, row)
    return Identities(tuple(rows), {row.id: row for row in notes}, indicators)


def _indicators(resources: Resources) -> dict[str, Range]:
    """Take names and ranges from the catalog's files; `notice.facts.catalog` checks their rows in full."""
    found = {}
    for row in resources.built(indicator_rows):
        low, high = row.get("plausible") or (None, None)
        plausible = None if low is None or high is None else (Decimal(low), Decimal(high))
        found[row["id"]] = Range(row["name"], row.get("name_en", row["name"]), row.get("unit", ""), plausible)
    return found


def _check_parts(path: Path, row: Identity, indicators: dict[str, Range]) -> None:
    if row.kind not in {"sum", "ratio"}:
        return
    signs = [part.sign for part in row.parts]
    # a result and two to make it up; a figure and what it is measured by
    fewest, others = (3, {"+", "-"}) if row.kind == "sum" else (2, {"/"})
    if signs.count("=") != 1 or len(signs) < fewest or not {*signs} <= {"=", *others}:
        needed = Message("two others with '+' or '-'") if row.kind == "sum" else Message("others with '/'")
        msg = Message(
            "{path}: identity {id!r} needs one part with sign '=' and {needed}, found {signs}. Correct the parts.",
            path=path,
            id=row.id,
            needed=needed,
            signs=signs,
        )
        raise CatalogError(msg)
    for part in row.parts:
        if part.indicator not in indicators:
            msg = Message(
                "{path}: identity {id!r} has indicator {indicator!r}, which indicators/ does not list. Add it there "
                "or name one that is.",
                path=path,
                id=row.id,
                indicator=part.indicator,
            )
            raise CatalogError(msg)


def _check_texts(path: Path, row: Identity) -> None:
    known = SLOTS[row.kind] | _COMMON
    for text in (text for texts in (row.texts, row.reasons, row.texts_en, row.reasons_en) for text in texts.values()):
        try:
            slots = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:
            msg = Message(
                "{path}: identity {id!r}: {text!r}: {error}. Write each name once between braces.",
                path=path,
                id=row.id,
                text=text,
                error=error,
            )
            raise CatalogError(msg) from error
        if unknown := sorted(slots - known):
            msg = Message(
                "{path}: identity {id!r} has {{{unknown}}} in a text; a text of kind {kind} may fill in: {known}. "
                "Use one of these.",
                path=path,
                id=row.id,
                unknown=unknown[0],
                kind=row.kind,
                known=tuple(sorted(known)),
            )
            raise CatalogError(msg)


def _check_range(path: Path, row: Identity) -> None:
    for bound in (row.lower, row.upper, row.times):
        try:
            Decimal(bound or 0)
        except InvalidOperation as error:
            msg = Message(
                "{path}: identity {id!r} has bound {bound!r}, expected a decimal number as a string.",
                path=path,
                id=row.id,
                bound=bound,
            )
            raise CatalogError(msg) from error
