"""Finds the catalog's words in sentences that hold figures, all in one pass over the text (Aho-Corasick).

Offsets are those of characters: on real notices one number in eight does not fall on the borders of jieba's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ahocorasick_rs

from extractor.model import Span, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

# Group, start, minus end (so that the longer of two sorts first), key.
Raw = tuple[str, int, int, str]


class PhraseFinder:
    """Phrases of several groups (``alias``, ``population`` …), each with the key it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """Build the automaton from (group, key, form)."""
        meaning: dict[str, list[tuple[str, str]]] = {}
        for group, key, form in sorted(set(phrases)):
            meaning.setdefault(form, []).append((group, key))
        self._meaning = list(meaning.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(meaning))

    def find(self, text: str, start: int, end: int) -> list[Term]:
        """List the terms between two offsets, in order; of overlapping terms of one group only the longest stay.

        A shorter term is kept where a longer one of its group covers it only in part.
        """
        return longest(self._find(text, Span(start, end)))

    def find_all(self, text: str, places: Iterable[Span]) -> dict[Span, list[Raw]]:
        """List what many places of a text hold; `longest` makes terms of it, for the places that are looked at."""
        return {place: self._find(text, place) for place in places}

    def _find(self, text: str, place: Span) -> list[Raw]:
        start = place.start
        # A lone surrogate, which no notice has but a program may hand in, is no word's.
        words = text[start : place.end].encode(errors="replace").decode()
        return [
            (group, first + start, -last - start, key)
            for number, first, last in self._automaton.find_matches_as_indexes(words, overlapping=True)
            for group, key in self._meaning[number]
        ]


def longest(found: list[Raw]) -> list[Term]:
    """Drop terms inside longer ones of their group, and sort by place. Plain tuples, since there are thousands.

    A term without a key only hides what begins within it.
    """
    kept: list[tuple[int, int, str, str]] = []
    group, begin, finish, hidden = "", -1, -1, -1
    for name, start, minus_end, key in sorted(found):
        end = -minus_end
        if name != group:
            hidden = -1
        if begin < start < hidden and name == group:
            continue  # 人均|地区生产总值|增速: none of these is the region's own
        if name != group or end > finish or (start, end) == (begin, finish):
            kept.append((start, end, name, key))
            group, begin, finish = name, start, end
            hidden = hidden if key else end
    kept.sort()
    return [Term(Span(start, end), name, key) for start, end, name, key in kept if key]
