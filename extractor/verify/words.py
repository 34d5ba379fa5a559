"""Whether every word of a claim is accounted for: what nothing compared accounts for may narrow, deny or doubt the claim.

A list of words that do so would never be whole. So it is the other way round: a character counts as understood where it
stands in words that were read as the figure and its fields, in words of the catalog or of the text that states the figure,
or in words that say nothing of what is claimed (`data/claims.toml`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from extractor.resources import indicator_rows, programme_rows, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.model import Span
    from extractor.resources import Resources

FILE = "claims.toml"
# Words longer than this are names of offices, which need no whole match.
_LONGEST = 16
# Characters in common with a text that are no chance.
_SHORTEST = 2
# What says something: Chinese characters, letters, digits, and the signs of a question.
_SAYS = re.compile(r"[^\W_]|[?？%‰]")


class ClaimWordRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `claims.toml`."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class ClaimWords(NamedTuple):
    """The rows of `claims.toml`: plain words, those for the whole country, and those that turn words round."""

    plain: frozenset[str]
    nation: frozenset[str]
    denying: frozenset[str]


def claim_words(resources: Resources) -> ClaimWords:
    """Read `claims.toml`; for `Resources.built`."""
    tables = read_tables(resources.root / FILE, dict.fromkeys(ClaimWords._fields, ClaimWordRow))
    return ClaimWords(*(frozenset(word for row in tables[name] for word in row.words) for name in ClaimWords._fields))


def names_of(indicators: Iterable[str], resources: Resources) -> frozenset[str]:
    """List the words by which the catalog knows some indicators and their programmes."""
    wanted = set(indicators)
    rows = [row for row in resources.built(indicator_rows) if row["id"] in wanted]
    programmes = {name for row in rows for name in row.get("programmes", ())}
    found = {
        word for row in rows for word in (row["name"], *row.get("aliases", ()), *row.get("implied_population", ()))
    }
    for row in resources.built(programme_rows):
        if row["id"] in programmes:
            found |= {*row.get("terms", ()), *row.get("titles", ())}
    return frozenset(found)


def unknown_words(
    text: str, understood: Iterable[Span], known: Iterable[str], sources: Iterable[str], resources: Resources
) -> tuple[str, ...]:
    """List the words of a text that nothing accounts for, in its order.

    ``understood`` are stretches of it that were read, ``known`` words that count wherever they stand, ``sources`` texts whose
    words count, two characters or more.
    """
    rows = resources.built(claim_words)
    words = {*rows.plain, *known}
    for source in sources:
        words |= {one for one in _pieces(source) if not any(word in one for word in rows.denying)}
    left = [_SAYS.match(sign) is not None for sign in text]
    for start, end in understood:
        left[start:end] = [False] * (end - start)
    return tuple(_left(text, left, words))


def _pieces(source: str) -> Iterator[str]:
    """Yield every stretch of a text, up to so many characters, that holds nothing but what says something."""
    for part in re.findall(r"[^\W\d_]+", source):
        for start in range(len(part)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(part)) + 1):
                yield part[start:end]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which all flags are set."""
    start = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def _left(text: str, counts: Sequence[bool], words: set[str]) -> Iterator[str]:
    """Yield what is left of a text when as much as can be of what ``counts`` is made of words."""
    longest = max(map(len, words), default=0)
    # least[i]: as few characters as can be left of the first i; taken[i]: the length of the last word, 0 for one alone.
    least, taken = [0], [0]
    for end in range(1, len(text) + 1):
        best, length = least[end - 1] + counts[end - 1], 0
        for size in range(1, min(longest, end) + 1):
            if least[end - size] < best and text[end - size : end] in words:
                best, length = least[end - size], size
        least.append(best)
        taken.append(length)
    marks = list(counts)
    at = len(text)
    while at:
        size = taken[at]
        marks[at - size : at] = [False] * size
        at -= size or 1
    yield from (text[start:end] for start, end in _runs(marks))
