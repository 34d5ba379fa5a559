"""What alone tells scopes apart: 三级 of 三级定点医疗机构, as a table of one year and a sentence of the next name it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from extractor.resources import read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

SCOPE_WORDS = "scope_words.toml"
# Longer words are no condition of a notice; they stay as they are.
_LONGEST = 200


class ScopeRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `scope_words.toml`: ``regex`` has what is ``told`` in all of a scope's words."""

    regex: str
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[str, ...]


class ScopeWords(NamedTuple):
    """What tells providers and conditions apart."""

    providers: re.Pattern[str]
    conditions: re.Pattern[str]

    def provider(self, words: str | None) -> str | None:
        """Return the level alone that a provider's words say, or the words as they are."""
        return _told(self.providers, words)

    def condition(self, words: str | None) -> str | None:
        """Return a condition without what is said of it anyway: 满1年不足5年 of 累计缴费满1年不足5年的."""
        return _told(self.conditions, words)


def _told(pattern: re.Pattern[str], words: str | None) -> str | None:
    match = pattern.fullmatch(words) if words and len(words) <= _LONGEST else None
    return match["told"] if match else words


def load_scope_words(resources: Resources) -> ScopeWords:
    """Read `scope_words.toml`; for `Resources.built`."""
    tables = read_tables(resources.root / SCOPE_WORDS, {"provider": ScopeRow, "condition": ScopeRow})
    (provider,), (condition,) = tables["provider"], tables["condition"]
    return ScopeWords(re.compile(provider.regex), re.compile(condition.regex))
