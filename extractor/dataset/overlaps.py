"""Whether two scopes, as their words name them, may be of the same people, institutions or cases; see `overlaps.toml`.

Nobody needs a general figure that is silently not theirs, so that in doubt scopes overlap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.resources import convert, load, read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

FILE = "overlaps.toml"
# As many characters as a word has at least.
_SHORTEST = 2


class OverlapRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `overlaps.toml`."""

    id: str
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[tuple[str, str], ...]


class OverlapRows(Struct, frozen=True):
    """All rows, and the generic words as a pattern that parts a text at them."""

    generic: tuple[OverlapRow, ...]
    related: tuple[OverlapRow, ...]
    parting: re.Pattern[str]


def overlap_rows(resources: Resources) -> OverlapRows:
    """Read `overlaps.toml`."""
    path = resources.root / FILE
    tables = read_tables(path, "generic", "related")
    generic, related = (
        tuple(convert(path, name, item, OverlapRow) for item in tables.get(name, ())) for name in ("generic", "related")
    )
    words = sorted({word for row in generic for word in row.words}, key=lambda word: (-len(word), word))
    return OverlapRows(generic, related, re.compile("|".join(map(re.escape, words)) or r"(?!)"))


def overlap(one: str, other: str) -> bool:
    """Say whether two scopes may overlap.

    >>> overlap("学生", "学生儿童"), overlap("特困人员", "全额资助参保对象"), overlap("普通居民", "职工")
    (True, True, False)
    """
    rows = load().built(overlap_rows)
    if one in other or other in one or _pieces(one, rows.parting) & _pieces(other, rows.parting):
        return True
    return any(
        any(word in one for word in row.words) and any(word in other for word in row.words) for row in rows.related
    )


def _pieces(text: str, parting: re.Pattern[str]) -> set[str]:
    """List the pairs of neighbouring characters that stand in no generic word."""
    return {part[at : at + _SHORTEST] for part in parting.split(text) for at in range(len(part) - _SHORTEST + 1)}
