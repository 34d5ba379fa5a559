"""The level of a provider alone: 三级 of 三级定点医疗机构, as a table of one year and a sentence of the next name it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from extractor.resources import read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

PROVIDERS = "providers.toml"


class LevelRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row of ``level`` in `providers.toml`: ``regex`` has the ``level`` in all of a provider's words."""

    regex: str
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[str, ...]


class ProviderWords(NamedTuple):
    """What tells providers apart."""

    pattern: re.Pattern[str]

    def plain(self, words: str | None) -> str | None:
        """Return the level alone that a provider's words say, or the words as they are."""
        match = self.pattern.fullmatch(words) if words else None
        return match["level"] if match else words


def load_provider_words(resources: Resources) -> ProviderWords:
    """Read `providers.toml`; for `Resources.built`."""
    (row,) = read_tables(resources.root / PROVIDERS, {"level": LevelRow})["level"]
    return ProviderWords(re.compile(row.regex))
