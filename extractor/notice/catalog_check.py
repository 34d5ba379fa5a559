"""Checks a catalog's rows against all others, for `extractor catalog check`: what they read, and what they do to others.

A row is held to its own examples and near misses, as in `row_tests`, with the reason why each figure was linked or wasn't.
Two rows that share a name, and that nothing tells apart, link no figure at all; and a new row may take away what
another row's examples are linked by.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extractor.messages import Message
from extractor.notice.facts.catalog import load_catalog
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.normalise.run import normalise_piece
from extractor.notice.row_tests import CASES, Fault, RowCase, facts_of, faults_of, notice_of
from extractor.notice.word_trie import compile_forms
from extractor.resources import own_rows

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from extractor.model import Fact
    from extractor.notice.facts.catalog import Catalog, Indicator
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources

# The tables of a catalog, as `row_tests` knows them.
_TABLES = {"programme": ("programmes.toml", "programme"), "indicator": ("indicators/*.toml", "indicator")}

# As many mistakes of a file are said where its rows are used.
_MOST_SAID = 5

SharedKind: TypeAlias = Literal["same_alias", "told_apart", "inside", "same_term"]


class CheckedFault(NamedTuple):
    """A row that doesn't do what it says, and the facts that its text gives, each with why it was linked so."""

    fault: Fault
    facts: tuple[tuple[Fact, Explanation], ...] = ()


class SharedName(NamedTuple):
    """Words that two rows share.

    ``same_alias``: nothing tells the two apart, so that neither links a figure so named. ``told_apart``: something does.
    ``inside``: the words stand in ``other``, a longer name of the second row, which is taken where it stands.
    ``same_term``: two programmes have the term, and only the later row's counts.
    """

    kind: SharedKind
    words: str
    rows: tuple[str, str]
    other: str = ""

    @property
    def is_mistake(self) -> bool:
        """Return True where figures are lost by it."""
        return self.kind in {"same_alias", "same_term"}


class CatalogCheck(NamedTuple):
    """What was found: faults of the rows checked, examples of other rows that they spoil, and words shared."""

    rows: tuple[str, ...]
    faults: tuple[CheckedFault, ...]
    spoilt: tuple[CheckedFault, ...]
    overlaps: tuple[SharedName, ...]

    @property
    def mistakes(self) -> int:
        """How many mistakes there are."""
        return len(self.faults) + len(self.spoilt) + sum(one.is_mistake for one in self.overlaps)


def check_catalog(resources: Resources, package: Resources) -> CatalogCheck:
    """Check the rows of a user's own catalogs, beside the ``package`` without them; where there are none, all rows.

    Raises `CatalogError` for rows that can't be loaded.
    """
    catalog = resources.built(load_catalog)
    known = package.built(load_catalog) if resources.catalogs else None
    there = {*known.indicators, *known.programmes} if known else set()
    checked = tuple(key for key in (*catalog.programmes, *catalog.indicators) if key not in there)
    own = set(checked)
    faults = tuple(_with_facts(fault, resources) for fault in _faults(resources, own))
    suspected = list(_faults(resources, there, _words_of(catalog, own) if there else ()))
    before = {fault[1:5] for fault in _faults(package, {fault.entry for fault in suspected})}
    spoilt = [fault for fault in suspected if fault[1:5] not in before]
    overlaps = (*_shared_terms(catalog, own), *_shared_aliases(catalog, own))
    return CatalogCheck(checked, faults, tuple(_with_facts(fault, resources) for fault in spoilt), overlaps)


def own_mistakes(resources: Resources) -> Iterator[Message]:
    """Say of each of a user's own catalogs, in one message, which rows don't do what they say and which names they share.

    What `check_catalog` finds in its own rows, but for examples and near misses that are still to be written: cheap enough
    to be said wherever the rows are used. What they do to the package's rows it alone says.
    """
    catalog = resources.built(load_catalog)
    own = {str(row["id"]) for table in _TABLES for row in own_rows(resources, table)}
    found: dict[Path, list[Message]] = {one.path: [] for one in resources.catalogs}
    for fault in _faults(resources, own):
        if not fault.is_missing:
            found[fault.path].append(_said(fault))
    for one in (*_shared_terms(catalog, own), *_shared_aliases(catalog, own)):
        if one.is_mistake:
            path = next(catalog.file(row) for row in one.rows if row in own)
            found[path].append(_said_shared(one))
    for path, said in found.items():
        if said:
            more = len(said) - _MOST_SAID
            rest = [Message("  … and {count} more", count=more)] if more > 0 else []
            yield Message(
                "{path}: rows do not do what they say, so figures may go unlinked or be linked wrongly:\n{mistakes:lines}\n"
                "See why, then correct the rows: extractor catalog check {path}",
                path=path,
                mistakes=(*said[:_MOST_SAID], *rest),
            )


def _said(fault: Fault) -> Message:
    return Message(
        "  {table} {entry!r}: {text!r}: expected {expected}, found {found}",
        table=fault.table,
        entry=fault.entry,
        text=fault.text,
        expected=fault.expected,
        found=fault.found,
    )


def _said_shared(shared: SharedName) -> Message:
    """Say what two rows share, and what comes of it."""
    one, other = shared.rows
    if shared.kind == "same_term":
        return Message(
            "  {words!r} is a term of two programmes, {one} and {other}; expected one",
            words=shared.words,
            one=one,
            other=other,
        )
    return Message(
        "  {words!r} names two indicators, {one} and {other}, and links neither; expected one",
        words=shared.words,
        one=one,
        other=other,
    )


def _faults(resources: Resources, entries: set[str], words: Iterable[str] = ()) -> Iterator[Fault]:
    """Yield the faults of some rows, programmes first; where words are given, only of texts that one of them stands in."""
    pattern = compile_forms(words) if words else None
    for table, key in _TABLES.items():
        for case in CASES[key](resources) if entries else ():
            if case.entry not in entries:
                continue
            if pattern is None:
                yield from faults_of(_path(resources, case), table, case)
            elif (left := _with_words(case, pattern, resources)).examples or left.rejects:
                yield from (fault for fault in faults_of(_path(resources, case), table, left) if not fault.is_missing)


def _words_of(catalog: Catalog, own: set[str]) -> set[str]:
    """List the words without which a text is read as if some rows weren't there: their own, and of all that they are about.

    What a programme's indicators are called decides between all of its figures, and of its family's.
    """
    indicators = [row for row in catalog.indicators.values() if row.id in own]
    about = own & catalog.programmes.keys()
    about |= {key for row in indicators for key in (*_about(row, catalog), *row.beside)}
    about |= {key for row in indicators for cue in row.cues for key in cue.programmes}
    families = {catalog.programmes[key].family for key in about} - {""}
    words = {word for row in indicators for word in (*row.said, *row.hidden_by)}
    for programme in catalog.programmes.values():
        if programme.id in about or programme.family in families:
            words.update((*programme.terms, *programme.titles))
    return words


def _with_words(case: RowCase, pattern: re.Pattern[str], resources: Resources) -> RowCase:
    """Leave those examples and near misses of a row whose notice has one of some words, as it stands or as it is read."""
    row = resources.built(load_catalog).indicators.get(case.entry)
    told = [(one.text, one.title) for one in row.examples] if row else []
    told += [(one.text, one.title) for one in row.near_misses] if row else []

    def has(text: str) -> bool:
        notices = [notice_of(text, title) for of, title in told if of == text] or [text]
        said = (view for notice in notices for view in (notice, normalise_piece(notice, resources).text))
        return any(pattern.search(view) or pattern.search("".join(view.split())) for view in said)

    examples, rejects = [one for one in case.examples if has(one[0])], [text for text in case.rejects if has(text)]
    return case._replace(examples=examples, rejects=rejects)


def _path(resources: Resources, case: RowCase) -> Path:
    return case.path or resources.root


def _with_facts(fault: Fault, resources: Resources) -> CheckedFault:
    """Read the text of a fault once more, for why its figures were linked so."""
    row = resources.built(linking_resources).catalog.indicators.get(fault.entry)
    if fault.table != "indicator" or row is None:
        return CheckedFault(fault)
    told = row.examples if fault.what == "example" else row.near_misses
    title = next((one.title for one in told if one.text == fault.text), "")
    found: dict[str, Explanation] = {}
    facts = facts_of(fault.text, resources, title, found)
    return CheckedFault(fault, tuple((fact, found[fact.fact_id]) for fact in facts if fact.fact_id in found))


# ── What rows share


def _shared_terms(catalog: Catalog, own: set[str]) -> Iterator[SharedName]:
    """Yield the terms that two programmes have, one of which is checked."""
    homes: dict[str, list[str]] = {}
    for row in catalog.programmes.values():
        for term in row.terms:
            homes.setdefault(term, []).append(row.id)
    for term, rows in homes.items():
        yield from (SharedName("same_term", term, pair) for pair in combinations(rows, 2) if own & set(pair))


def _shared_aliases(catalog: Catalog, own: set[str]) -> Iterator[SharedName]:
    """Yield the names that indicators share, or of which one stands in another's, where both can have a figure."""
    rows = list(catalog.indicators.values())
    checked = [row for row in rows if row.id in own]
    others = [row for row in rows if row.id not in own]
    for one, other in (*combinations(checked, 2), *product(others, checked)):
        if not _meet(one, other, catalog):
            continue
        about = _about(one, catalog), _about(other, catalog)
        apart = _told_apart(one, other) or not (about[0] <= about[1] or about[1] <= about[0])
        kind: SharedKind = "told_apart" if apart else "same_alias"
        for alias in one.aliases:
            if alias in other.aliases:
                yield SharedName(kind, alias, (one.id, other.id))
        for first, second in ((one, other), (other, one)):
            yield from _inside(first, second)


def _inside(first: Indicator, second: Indicator) -> Iterator[SharedName]:
    """Yield the names of the first row that stand in a longer one of the second, unless the first has that, too."""
    own = set(first.aliases)
    for longer in second.aliases:
        if longer in own:
            continue
        inside = [alias for alias in first.aliases if alias in longer]
        if inside and not any(alias in longer for alias in second.aliases if alias != longer and alias in own):
            yield SharedName("inside", max(inside, key=len), (first.id, second.id), longer)


def _meet(one: Indicator, other: Indicator, catalog: Catalog) -> bool:
    """Return True if two indicators can have a figure of one kind about one programme."""
    return bool(set(one.kinds) & set(other.kinds)) and bool(_about(one, catalog) & _about(other, catalog))


def _about(row: Indicator, catalog: Catalog) -> set[str]:
    """Name the programmes of an indicator, and those of the families that it is about as a whole."""
    rows = [catalog.programmes[key] for key in row.programmes]
    families = {programme.family for programme in rows if programme.generic and programme.family}
    return {*row.programmes, *(key for key, programme in catalog.programmes.items() if programme.family in families)}


def _told_apart(one: Indicator, other: Indicator) -> bool:
    """Return True if something can tell two indicators of one name apart."""
    if one.rivals or other.rivals or one.require or other.require or one.needs_own or other.needs_own:
        return True
    # What is the programme's own goes before what its family has: 大病保险起付标准, 起付标准.
    if not set(one.programmes) & set(other.programmes) or one.change != other.change or one.says_per != other.says_per:
        return True
    if _differ(one.operators, other.operators) or _differ(one.kinds, other.kinds) or one.window != other.window:
        return True
    return _differ(_units(one), _units(other)) or ("money" in one.kinds and set(one.per) != set(other.per))


def _differ(one: Iterable[str], other: Iterable[str]) -> bool:
    first, second = set(one), set(other)
    return bool(first) and bool(second) and not first & second


def _units(row: Indicator) -> tuple[str, ...]:
    return row.units or ((row.unit,) if row.unit else ())
