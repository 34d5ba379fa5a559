"""Finds the catalog's words in sentences that hold figures, with spaCy's `PhraseMatcher` on character tokens.

A token is a character, so a match's token offsets are text offsets: on real notices one number in eight does not fall
on the borders of jieba's words, none on those of characters. The only module that imports spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.model import Span, Term

if TYPE_CHECKING:
    from collections.abc import Iterable


class TermFinder:
    """Phrases of several groups (``alias``, ``population`` …), each with the key it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """Build the matcher from (group, key, form)."""
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        self._doc: Any = Doc
        self._vocab = spacy.blank("zh").vocab
        self._matcher = PhraseMatcher(self._vocab)
        self._meaning: dict[str, list[tuple[str, str]]] = {}
        for group, key, form in sorted(set(phrases)):
            self._meaning.setdefault(form, []).append((group, key))
        for form in self._meaning:
            self._matcher.add(form, [self._read(form)])
        self._names = {self._vocab.strings[form]: form for form in self._meaning}

    def _read(self, text: str) -> Any:  # noqa: ANN401 - a spaCy Doc
        return self._doc(self._vocab, words=list(text), spaces=[False] * len(text))

    def find(self, text: str, start: int, end: int) -> list[Term]:
        """List the terms between two offsets, in order; of overlapping terms of one group only the longest stay.

        A shorter term is kept where a longer one of its group covers it only in part.
        """
        if start >= end:
            return []
        found = []
        for name, first, last in self._matcher(self._read(text[start:end])):
            span = Span(start + first, start + last)
            found += [Term(span, group, key) for group, key in self._meaning[self._names[name]]]
        found.sort(key=lambda term: (term.group, term.span.start, -term.span.end, term.key))
        kept: list[Term] = []
        for term in found:
            if kept and kept[-1].group == term.group and kept[-1].span != term.span and kept[-1].span.end >= term.span.end:
                continue
            kept.append(term)
        return sorted(kept, key=lambda term: (term.span, term.group, term.key))
