"""Finds the catalog's words in sentences that hold figures, with spaCy's `PhraseMatcher` on character tokens.

A token is a character, so a match's token offsets are text offsets: on real notices one number in eight does not fall
on the borders of jieba's words, none on those of characters. The only module that imports spaCy.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from extractor.model import Span, Term

if TYPE_CHECKING:
    from collections.abc import Iterable


# Characters a document: a larger one needs memory that the system hands out page by page, which costs more than the
# search itself. 150 to 1,200 make little difference; re-run tests/bench/run.py after changing it.
BATCH = 600


# Group, start, minus end (so that the longer of two sorts first), key.
Raw = tuple[str, int, int, str]


class PhraseFinder:
    """Phrases of several groups (``alias``, ``population`` …), each with the key it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """Build the matcher from (group, key, form)."""
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        self._doc: Any = Doc
        self._vocab = spacy.blank("zh").vocab
        self._matcher = PhraseMatcher(self._vocab)
        meaning: dict[str, list[tuple[str, str]]] = {}
        for group, key, form in sorted(set(phrases)):
            meaning.setdefault(form, []).append((group, key))
        for form in meaning:
            self._matcher.add(form, [self._read(form)])
        self._meaning = {self._vocab.strings[form]: found for form, found in meaning.items()}

    def _read(self, text: str) -> Any:  # noqa: ANN401 - a spaCy Doc
        return self._doc(self._vocab, words=list(text), spaces=[False] * len(text))

    def find(self, text: str, start: int, end: int) -> list[Term]:
        """List the terms between two offsets, in order; of overlapping terms of one group only the longest stay.

        A shorter term is kept where a longer one of its group covers it only in part.
        """
        return longest(self.find_all(text, [Span(start, end)])[Span(start, end)])

    def find_all(self, text: str, places: list[Span]) -> dict[Span, list[Raw]]:
        """List what many places of a text hold, in one pass: a spaCy document costs more to make than to search.

        `longest` makes terms of it, for the places that are looked at.
        """
        found: dict[Span, list[Raw]] = {}
        batch: list[Span] = []
        size = 0
        for place in sorted(set(places)):
            found[place] = []
            if batch and size + place.end - place.start > BATCH:
                self._find_batch(text, batch, found)
                batch, size = [], 0
            batch.append(place)
            size += place.end - place.start + 1
        self._find_batch(text, batch, found)
        return found

    def _find_batch(self, text: str, batch: list[Span], found: dict[Span, list[Raw]]) -> None:
        """Search some places as one document, a line break between them, and add what is found to ``found``."""
        joined = "\n".join(text[start:end] for start, end in batch)
        begins, at = [], 0
        for start, end in batch:
            begins.append(at)
            at += end - start + 1
        for name, first, last in self._matcher(self._read(joined)) if joined else ():
            index = bisect_right(begins, first) - 1
            place, shift = batch[index], batch[index].start - begins[index]
            if last + shift <= place.end:
                for group, key in self._meaning[name]:
                    found[place].append((group, first + shift, -last - shift, key))


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
