"""Words of a text, cut as jieba cuts them, with a dictionary of our own that knows the catalog's words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, groupby
from math import inf, log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from extractor.kept import keep_packed, name_of, read_packed
from extractor.notice.word_counts import WordCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.notice.dictionary import Dictionary
    from extractor.notice.word_counts import KnownWords

# What jieba looks up, and which signs of it it keeps together where no word holds them (DRG, 2025).
_LOOKED_UP = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
_LETTER = re.compile(r"[a-zA-Z0-9]")


# Names that are kept; with more, only those that are asked for.
_MOST_NAMES = 50_000
# Runs without a mark, of a dozen signs each: notices repeat two of five (每人每月, 财政补助标准).
_KEPT = 8192


class Segmenter:
    """The dictionary's words and the catalog's, and the likeliest cut of a text into them.

    The cut is that of jieba without its model of unknown words, at three times the speed: jieba takes the logarithm of a
    word's count anew wherever the word stands.
    """

    def __init__(self, words: Dictionary, names: Iterable[str], whole: Iterable[str] = ()) -> None:
        """Add words to jieba's: ``names`` bear a sentence's cut but come apart, ``whole`` stay as they are."""
        named = _named(words.known, frozenset(names), frozenset(whole))
        self._parts = {name: parts for name, (parts, _) in named.names.items()}
        self._words = named.words
        self._run = lru_cache(_KEPT)(self._cut_run)

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that rebuild it; the catalog's names (人均财政补助标准) come apart into theirs."""
        words: list[str] = []
        at = 0
        for found in _LOOKED_UP.finditer(text):
            start, end = found.span()
            words += text[at:start]
            words += self._run(text[start:end])
            at = end
        words += text[at:]
        return words

    def _cut_run(self, text: str) -> tuple[str, ...]:
        """Cut signs that jieba looks up."""
        parts = self._parts
        return tuple([part for word in _joined(text, self._words.likeliest(text)) for part in parts.get(word, (word,))])

    def word_at(self, text: str, at: int) -> str:
        """Return the word that holds the character at an offset, cut from the few characters around it."""
        start, end = max(0, at - 6), min(len(text), at + 8)
        place = start
        for word in self._words.cut(text[start:end]):
            if place <= at < place + len(word):
                return word
            place += len(word)
        return text[at]


class _CountedWords:
    """Words with how often they were counted, jieba's and some that were added."""

    def __init__(self, known: KnownWords, more: Mapping[str, int], total: int) -> None:
        self._known = known
        self.counts = dict(more)
        self._counts = WordCounts(known, self.counts)
        self.total = total
        self._logs: dict[str, float] = {}
        self._named: dict[str, tuple[tuple[str, ...], int]] = {}

    def add(self, word: str) -> None:
        """Count a word so often that it is likelier than what it would be cut into, as jieba does."""
        _, count = self._likelier(word)
        self.counts[word] = count
        self._counts.put(word, count)
        self.total += count
        self._logs[word] = log(count)

    def named(self, name: str) -> tuple[tuple[str, ...], int]:
        """Return the words that a name comes apart into, and how often it must be counted to be likelier than they are.

        Other names change neither: what a user's own catalog adds cuts no other name of the package.
        """
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self._likelier(name)
        return found

    def with_counts(self, counts: Mapping[str, int]) -> _CountedWords:
        """Make words that know of more; they are read when they are asked for."""
        return _CountedWords(self._known, {**self.counts, **counts}, self.total + sum(counts.values()))

    def let_go(self) -> None:
        """Forget what was read of the dictionary to count names: a notice needs a few hundred characters' words of it."""
        self._counts = WordCounts(self._known, self.counts)
        self._logs.clear()

    def _likelier(self, word: str) -> tuple[tuple[str, ...], int]:
        share = 1.0
        parts = tuple(self.cut(word))
        for part in parts:
            share *= self._counts.of(part, 1) / self.total
        return parts, max(int(share * self.total) + 1, self._counts.of(word, 1))

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that rebuild it."""
        words: list[str] = []
        at = 0
        for found in _LOOKED_UP.finditer(text):
            words += text[at : found.start()]
            words += _joined(found[0], self.likeliest(found[0]))
            at = found.end()
        words += text[at:]
        return words

    def likeliest(self, text: str) -> list[str]:
        """Cut a text into its likeliest words; of two cuts as likely, that with the longer word before the other."""
        counts, known, total, size = self._counts, self._logs.get, log(self.total), len(text)
        rest, ends = [0.0] * (size + 1), [0] * size
        at = size
        for sign in reversed(text):
            at -= 1
            end = last = at + 1
            likely = known(sign)
            best = (self._log(sign) if likely is None else likely) - total + rest[end]
            longer = counts[sign]
            while end < size:
                end += 1
                word = text[at:end]
                if word not in longer:
                    break
                likely = known(word)
                likely = (self._log(word) if likely is None else likely) - total + rest[end]
                if likely >= best and likely != -inf:
                    best, last = likely, end
            rest[at] = rest[at + 1] - total if best == -inf else best
            ends[at] = last
        words = []
        at = 0
        while at < size:
            end = ends[at]
            words.append(text[at:end])
            at = end
        return words

    def _log(self, word: str) -> float:
        """Take the logarithm of a word's count, once; the beginning of longer ones may be none itself."""
        count = self._counts.of(word)
        found = self._logs[word] = log(count) if count else -inf
        return found


class _Named(NamedTuple):
    """The words that names come apart into and how often each name must be counted, and the words that know of them."""

    names: dict[str, tuple[tuple[str, ...], int]]
    words: _CountedWords


class _KeptNames(msgspec.Struct):
    """What is kept of names: as in `_Named`; and of the words that stay whole their counts, and the sum of all counts with them."""

    names: dict[str, tuple[tuple[str, ...], int]]
    counts: dict[str, int]
    total: int


def _named(known: KnownWords, names: frozenset[str], whole: frozenset[str]) -> _Named:
    """Cut the names, or read how they were cut before: eight thousand take a fifth of reading a notice.

    How a name is cut depends on no other, so that those of a user's own catalog are added to the package's.
    """
    # What cuts them is this file.
    made_of = msgspec.msgpack.encode([known.made_of, known.total, sorted(whole), Path(__file__).read_bytes()])
    file = name_of("names", made_of)
    kept = read_packed(file, _KeptNames)
    wanted = sorted(names - whole)
    if kept is None or not kept.names.keys() >= set(wanted):
        counted = _counted(known, whole)
        there = {} if kept is None or len(kept.names) > _MOST_NAMES else kept.names
        made = {name: counted.named(name) for name in wanted if name not in there}
        kept = _KeptNames({**there, **made}, counted.counts, counted.total)
        counted.let_go()
        keep_packed(file, kept)
    found = {name: kept.names[name] for name in wanted}
    words = _CountedWords(known, kept.counts, kept.total)
    return _Named(found, words.with_counts({name: count for name, (_, count) in found.items()}))


@lru_cache(2)
def _counted(known: KnownWords, whole: frozenset[str]) -> _CountedWords:
    """Add words that stay whole to the dictionary's, one after the other, since each may change the cut of the next."""
    words = _CountedWords(known, {}, known.total)
    for word in sorted(whole):
        words.add(word)
    return words


def _joined(text: str, words: list[str]) -> Iterable[str]:
    """Join letters and figures that are words of one sign among those of a text: D, R, G."""
    if not _LETTER.search(text):
        return words
    return chain.from_iterable(
        ("".join(run),) if alone else run
        for alone, run in groupby(words, lambda word: _LETTER.fullmatch(word) is not None)
    )
