"""Words of a text, cut by jieba with a tokenizer of our own, whose dictionary knows the catalog's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.notice.dictionary import Dictionary


class Segmenter:
    """The dictionary's tokenizer with the catalog's words."""

    def __init__(self, words: Dictionary, names: Iterable[str], whole: Iterable[str] = ()) -> None:
        """Add words to a copy of the dictionary: ``names`` bear a sentence's cut but come apart, ``whole`` stay as they are."""
        self._tokenizer = words.tokenizer()
        kept = set(whole)
        for word in sorted(kept):
            self._tokenizer.add_word(word)
        known = sorted(set(names) - kept)
        self._parts = {name: tuple(self._tokenizer.cut(name, HMM=False)) for name in known}
        for name in known:
            self._tokenizer.add_word(name)

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that rebuild it; the catalog's names (人均财政补助标准) come apart into theirs."""
        return [part for word in self._tokenizer.cut(text, HMM=False) for part in self._parts.get(word, (word,))]

    def word_at(self, text: str, at: int) -> str:
        """Return the word that holds the character at an offset, cut from the few characters around it."""
        start, end = max(0, at - 6), min(len(text), at + 8)
        place = start
        for word in self._tokenizer.cut(text[start:end], HMM=False):
            if place <= at < place + len(word):
                return str(word)
            place += len(word)
        return text[at]
