"""Compiles lists of literal words into one pattern that finds the longest word at a place.

A flat alternation of hundreds of words is tried word by word; a trie shares their beginnings and is ten times faster.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_END = ""


def longest_first(forms: Iterable[str], after_not: Mapping[str, str] | None = None) -> str:
    """Return a regex source that matches the longest of some literal words.

    ``after_not`` maps a word to a regex that must not follow it; then a shorter word is tried.

    >>> re.findall(longest_first(["不低于", "不低", "低于", "至少"]), "不低于3，至少4")
    ['不低于', '至少']
    """
    root: dict[str, Any] = {}
    for form in sorted(set(forms)):
        node = root
        for sign in form:
            node = node.setdefault(sign, {})
        barred = (after_not or {}).get(form)
        node[_END] = f"(?!{barred})" if barred else ""
    return _source(root)


def _source(node: dict[str, Any]) -> str:
    # Characters after which the same may follow are one set: (?:件|份|位)(?!别) costs a third of three branches to compile.
    alike: dict[str, list[str]] = {}
    for sign, rest in node.items():
        if sign != _END:
            alike.setdefault(_source(rest), []).append(re.escape(sign))
    branches = [f"[{''.join(signs)}]{rest}" if len(signs) > 1 else signs[0] + rest for rest, signs in alike.items()]
    if _END in node:
        if not branches:
            return str(node[_END])
        branches.append(node[_END])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def compile_forms(forms: Iterable[str], end: str = "") -> re.Pattern[str]:
    """Compile literal words with the standard library, which runs such patterns faster than `regex`.

    ``end`` is a regex that must follow them.
    """
    return re.compile(f"(?:{longest_first(forms)}){end}" if end else longest_first(forms))


class Prefilter:
    """Tells which of many rows can match at all, by the characters that stand in a sentence.

    Each row is a bit; a character's mask has the bits of the rows that one of whose needs begins with it.
    """

    def __init__(self, needs: list[list[str]]) -> None:
        """Build the masks from the `needs` of the rows, in their order; a row without needs is always open."""
        self.rows = [needs_of(words) for words in needs]
        self._always = sum(1 << index for index, row in enumerate(self.rows) if not row.signs)
        self._masks: dict[str, int] = {}
        for index, row in enumerate(self.rows):
            for sign in row.signs:
                self._masks[sign] = self._masks.get(sign, 0) | 1 << index
        self._signs = frozenset(self._masks)

    def admitted(self, text: str, start: int, end: int, signs: set[str]) -> list[int]:
        """List the rows that may match between two offsets, where the characters ``signs`` stand."""
        mask = self._always
        for sign in self._signs & signs:
            mask |= self._masks[sign]
        found = []
        while mask:  # bit by bit: of a hundred rows most are closed
            lowest = mask & -mask
            mask ^= lowest
            index = lowest.bit_length() - 1
            words = self.rows[index].words
            if words is None or words.search(text, start, end):
                found.append(index)
        return found


class Needs(NamedTuple):
    """What a row of patterns cannot do without: one of these words, or nothing at all (``signs`` empty).

    Words of one character are known to stand there, so that ``words`` is None where there are no longer ones.
    """

    signs: frozenset[str]
    words: re.Pattern[str] | None


def needs_of(words: list[str]) -> Needs:
    """Compile the `needs` of a row; words of one character need no search of their own."""
    longer = any(len(word) > 1 for word in words)
    return Needs(frozenset(word[0] for word in words), compile_forms(words) if longer else None)
