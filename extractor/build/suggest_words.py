"""The words that `extractor catalog suggest` goes by: what names are made of, and what the notices' titles are about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from extractor.dataset.named_series import NameRow, load_names
from extractor.dataset.series import plain_words
from extractor.model import Kind
from extractor.resources import programme_rows, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extractor.dataset.named_series import Names
    from extractor.model import Fact
    from extractor.resources import Resources

SUGGEST = "suggest.toml"
# A name that is shorter without a generic word keeps it; a programme's term has as many characters.
_LEFT, _SHORTEST, _LONGEST = 4, 3, 20
_NAME = re.compile(r"[\w./%-]{2,40}")
# A programme is called by a few words.
_MOST_TERMS = 4


class GenericRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of ``generic`` in `suggest.toml`."""

    id: str
    use: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


class TitleRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of ``title``."""

    id: str
    use: str
    places: tuple[str, ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...]


class NearMissRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``near_miss``."""

    id: str
    kinds: tuple[Kind, ...]
    text: str


class SuggestWords(NamedTuple):
    """The rows of `suggest.toml`, beside the names of `series.toml`."""

    names: Names
    more: tuple[NameRow, ...]
    shares: tuple[NameRow, ...]
    unknown: tuple[NameRow, ...]
    generic: GenericRow
    title: TitleRow
    near_misses: tuple[NearMissRow, ...]
    parts: re.Pattern[str]
    terms: tuple[str, ...]

    def name_of(self, fact: Fact) -> str | None:
        """Give what a fact's subject names, without generic words; None where it is no name of something measured."""
        words = plain_words(fact.subject)
        if words is None or not _NAME.fullmatch(words):
            return None
        if fact.base is not None:
            fits = words not in fact.base.text and any(row.takes(fact) and row.fits(words) for row in self.shares)
        else:
            fits = self.names.of(fact, words) is not None
            more = (*self.more, *(() if fact.programme else self.unknown))
            fits = fits or any(row.takes(fact) and row.fits(words) for row in more)
        return self.stem(words) if fits else None

    def stem(self, name: str) -> str:
        """Drop what tells no two names of one measure apart, as long as enough is left."""
        before = ""
        while name != before:
            before = name
            for word in self.generic.prefixes:
                if name.startswith(word) and len(name) >= len(word) + _LEFT:
                    name = name.removeprefix(word)
            for word in self.generic.suffixes:
                if name.endswith(word) and len(name) >= len(word) + _LEFT:
                    name = name.removesuffix(word)
        return name

    def about(self, title: str) -> tuple[str, ...]:
        """Cut a title into what it is about."""
        plain = plain_words(title) or ""
        return tuple(part for part in self.parts.split(plain) if len(part) >= _SHORTEST)

    def near_term(self, terms: Sequence[str]) -> str | None:
        """Give the term of another programme that is most like the first of these, at its end, and names none of them."""
        others = [term for term in self.terms if not any(word in term for word in terms)]

        def unlike(term: str) -> tuple[int, int, int, str]:
            return -_same_end(term, terms[0]), -len(set(term) & set(terms[0])), len(term), term

        return min(others, key=unlike, default=None)


def suggest_words(resources: Resources) -> SuggestWords:
    """Read `suggest.toml`; for `Resources.built`."""
    rows = {
        "name": NameRow,
        "share": NameRow,
        "unknown": NameRow,
        "generic": GenericRow,
        "title": TitleRow,
        "near_miss": NearMissRow,
    }
    tables = read_tables(resources.root / SUGGEST, rows)
    (title,) = tables["title"]
    longest = sorted(title.places, key=lambda word: (-len(word), word))
    return SuggestWords(
        names=resources.built(load_names),
        more=tuple(tables["name"]),
        shares=tuple(tables["share"]),
        unknown=tuple(tables["unknown"]),
        generic=tables["generic"][0],
        title=title,
        near_misses=tuple(tables["near_miss"]),
        parts=re.compile(rf"\d+(?:年度?)?|[^\w]|{'|'.join(map(re.escape, longest))}"),
        terms=tuple(term for row in resources.built(programme_rows) for term in row["terms"]),
    )


def _same_end(one: str, other: str) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[-1 - at] == other[-1 - at]:
        at += 1
    return at


# ── What programmes are called that the catalog doesn't have


class NamedFact(NamedTuple):
    """A figure: which notice's, and the name of what it measures."""

    notice: str
    name: str


def programmes_in(
    facts: Iterable[NamedFact], titles: Mapping[str, str], words: SuggestWords
) -> list[tuple[tuple[str, ...], frozenset[NamedFact]]]:
    """Part figures by the programmes that their notices' titles, and their own names, speak of: terms, and the figures.

    A term is what most titles and names share. What no title speaks of is called by its names, as one programme.
    """
    about = {notice: words.about(title) for notice, title in titles.items()}
    rest, known = set(facts), "\n".join(words.terms)
    found: list[tuple[tuple[str, ...], frozenset[NamedFact]]] = []
    while rest and (term := _best(rest, about, known)):
        own = {one for one in rest if term in one.name or any(term in part for part in about[one.notice])}
        terms, unnamed = [term], {one for one in own if term not in one.name}
        while len(terms) < _MOST_TERMS and (more := _best(unnamed, about, known, named=True)):
            terms.append(more)
            unnamed = {one for one in unnamed if more not in one.name}
        found.append((tuple(terms), frozenset(own)))
        rest -= own
    if rest:
        count = Counter(one.name for one in rest)
        found.append((tuple(sorted(count, key=lambda name: (-count[name], name))), frozenset(rest)))
    return found


def _best(
    facts: Iterable[NamedFact], about: Mapping[str, tuple[str, ...]], known: str, *, named: bool = False
) -> str | None:
    """Find the words that most titles share, and that most figures are named by; of several the longest.

    A title alone tells nothing, unless a second one or a name has the words; ``named``: a name must. ``known`` are the terms
    of the catalog, of which none is one, nor a part.
    """
    given = set(facts)
    titled: Counter[str] = Counter()
    for notice in {one.notice for one in given}:
        titled.update({piece for part in about[notice] for piece in _pieces(part)})
    having: dict[str, set[str]] = defaultdict(set)
    for one in given:
        for piece in _pieces(one.name) & titled.keys():
            having[piece].add(one.notice)
    fitting = [
        piece for piece in titled if piece not in known and (piece in having or (titled[piece] > 1 and not named))
    ]
    return max(fitting, key=lambda piece: (2 * titled[piece] + len(having[piece]), len(piece), piece), default=None)


@lru_cache(maxsize=1 << 16)
def _pieces(words: str) -> frozenset[str]:
    return frozenset(
        words[start : start + length]
        for length in range(_SHORTEST, min(_LONGEST, len(words)) + 1)
        for start in range(len(words) - length + 1)
    )
