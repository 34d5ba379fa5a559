"""The phrases of `data/structure.toml`, checked and compiled once.

A group is a set of rows that one step asks for: words become a set or an alternation, regexes are joined.
`%{name}` in a regex stands for the row of group ``piece`` with that id, so that a date is spelt once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.resources import compile_regex, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.resources import Resources

FILE = "structure.toml"


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """One row: a word list or a regex of a group; ``role`` says what a hit means."""

    id: str
    group: str
    regex: str | None = None
    words: tuple[str, ...] = ()
    role: str | None = None
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    note: str | None = None


class StructureRules(Struct, frozen=True):
    """Compiled groups: ``patterns`` joins a group's rows, ``rows`` keeps them apart, ``words`` has the lists."""

    patterns: dict[str, regex.Pattern[str]]
    rows: dict[str, tuple[tuple[str, regex.Pattern[str]], ...]]
    words: dict[str, frozenset[str]]
    labels: dict[str, str]
    label: regex.Pattern[str]
    kinds: dict[str, str]
    title_end: regex.Pattern[str]
    org_end: regex.Pattern[str]
    date: regex.Pattern[str]
    date_line: regex.Pattern[str]

    def meets(self, group: str, text: str) -> bool:
        """Say whether any row of a group meets the text."""
        return self.patterns[group].search(text) is not None


def load_phrases(resources: Resources) -> list[tuple[Phrase, regex.Pattern[str] | None]]:
    """Read `structure.toml`, each regex compiled; a `CatalogError` names the row that is wrong."""
    path = resources.root / FILE
    rows = read_rows(path, "phrase", Phrase)
    pieces = _pieces(rows)
    return [(row, compile_regex(path, row.id, row.regex, pieces) if row.regex is not None else None) for row in rows]


def _pieces(rows: Iterable[Phrase]) -> dict[str, str]:
    return {row.id: row.regex or "" for row in rows if row.group == "piece"}


def load_rules(resources: Resources) -> StructureRules:
    """Read and compile `structure.toml`; a `CatalogError` names the row that is wrong."""
    path, rows = resources.root / FILE, load_phrases(resources)
    pieces = _pieces(row for row, _ in rows)
    compiled: dict[str, list[tuple[str, regex.Pattern[str]]]] = {}
    words: dict[str, set[str]] = {}
    for row, pattern in rows:
        words.setdefault(row.group, set()).update(row.words)
        if pattern is not None:
            compiled.setdefault(row.group, []).append((row.role or "", pattern))
    joined = {
        group: compile_regex(path, group, "|".join(f"(?:{pattern.pattern})" for _, pattern in patterns))
        for group, patterns in compiled.items()
        # Rows with named parts (validity) are asked one by one.
        if group not in {"piece", "validity"}
    }
    labels = {word: row.role or "other" for row, _ in rows if row.group == "label" for word in row.words}
    # Labels are spread apart on many pages: 索　引　号, 文 号.
    spread = ["[ 　]{0,4}".join(word) for word in _longest_first(labels)]
    kinds = {word: row.role or "notice" for row, _ in rows if row.group == "kind" for word in row.words}
    return StructureRules(
        patterns=joined,
        rows={group: tuple(patterns) for group, patterns in compiled.items()},
        words={group: frozenset(found) for group, found in words.items()},
        labels=labels,
        label=compile_regex(path, "label", rf"(?P<label>{'|'.join(spread)})[ 　]{{0,4}}(?:[：:]|(?=\t)|$)"),
        kinds=kinds,
        title_end=regex.compile(
            rf"(?P<kind>{'|'.join(_longest_first(kinds))})(?:\s?[（(][^（）()]{{1,24}}[）)]){{0,3}}$"
        ),
        org_end=regex.compile(rf"(?:{'|'.join(_longest_first(words['org_suffix']))})(?:（[\p{{Han}}]{{1,6}}）)?$"),
        date=regex.compile(pieces["date"]),
        date_line=regex.compile(
            rf"(?P<before>[^\d。；：]{{0,120}}?)[\s（(]*+(?P<date>{pieces['date']})(?:\s?印发)?(?:\s?[（(]?星期[一二三四五六日天])?\s?[）)]?[。]?$"
        ),
    )


def _longest_first(words: dict[str, str] | set[str]) -> list[str]:
    """Order words so that an alternation prefers the longest; ties by text, for the same pattern every run."""
    return sorted(words, key=lambda word: (-len(word), word))
