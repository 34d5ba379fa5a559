"""The dictionary of known words: jieba's, with the catalog's own words, and how likely a text is by them.

It cuts names out of sentences and tells a repair of damaged characters from mere characters.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from extractor.notice.word_counts import WordCounts, known_words
from extractor.resources import indicator_rows, programme_rows, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.notice.word_counts import KnownWords
    from extractor.resources import Resources

# Natural logarithms of the share of such characters in Chinese notices, as a rough scale; words have jieba's counts.
_MARKS = (
    dict.fromkeys("，。、", -4.0)
    | dict.fromkeys("（）；：", -5.0)
    | dict.fromkeys("《》“”〔〕\n", -6.0)
    | dict.fromkeys("‘’—…·【】〈〉％－？！", -8.0)
)
_DIGIT, _SPACE, _LETTER, _SIGN, _ODD = -4.0, -6.0, -7.0, -9.0, -18.0
_LONGEST = 7  # characters of a word before the one that is open
_UNKNOWN = 0.1  # the count of a Han character that the dictionary lacks
_CATALOG_COUNT = 1000  # words of the catalog are at least as frequent in notices as 参保 and 病种 are elsewhere


class Dictionary:
    """Words and how frequent they are; ``likelihood`` is a natural logarithm, 0 at most."""

    def __init__(self, names: set[str], known: KnownWords) -> None:
        """Give the catalog's words their counts, beside those that are known."""
        self.known = known
        self._counts = WordCounts(known, dict.fromkeys(names, _CATALOG_COUNT))
        self._costs: dict[str, float] = {}
        self._total = log(known.total)

    def count(self, word: str) -> int:
        """Return how often a word was counted; 0 for what is no word."""
        return self._counts.of(word)

    def words(self, text: str) -> list[tuple[int, int]]:
        """Cut a text into its most likely words, as half-open ranges."""
        rest = self.suffixes(text)
        at, found = 0, []
        while at < len(text):
            end = next(end for end, cost in self._from(text, at) if cost + rest[end] == rest[at])
            found.append((at, end))
            at = end
        return found

    def likelihood(self, text: str) -> float:
        """Return how likely a text is, cut into its most likely words."""
        return self.suffixes(text)[0]

    def suffixes(self, text: str) -> list[float]:
        """Return the likelihood of ``text[i:]`` for every i up to its length."""
        rest = [0.0] * (len(text) + 1)
        for at in range(len(text) - 1, -1, -1):
            rest[at] = max([cost + rest[end] for end, cost in self._from(text, at)])
        return rest

    def prefixes(self, text: str) -> list[float]:
        """Return the likelihood of ``text[:i]`` for every i up to its length."""
        before = [0.0] + [-1e9] * len(text)
        for at in range(len(text)):
            for end, cost in self._from(text, at):
                before[end] = max(before[end], before[at] + cost)
        return before

    def alone(self, char: str) -> float:
        """Return how likely a character is as a word of its own."""
        return self._from(char, 0)[0][1]

    def between(self, near: str, far: str) -> Callable[[str, float], float]:
        """Return a function that says how likely one character is between two texts: of all three, cut into words.

        The function wants the character and its `alone`, since hundreds are tried between the same two texts.
        """
        before, after = self.prefixes(near), self.suffixes(far)
        first = max(0, len(near) - _LONGEST)
        heads = [(start, near[start:]) for start in range(first, len(near)) if self._begins(near[start:])]
        apart, beside = before[-1] + after[0], far[:1]
        counts = self._counts

        def likelihood(char: str, alone: float) -> float:
            best = apart + alone
            for start, head in heads:
                word = head + char
                if word in counts[word[0]]:
                    best = max(best, self._through(word, far, after) + before[start])
            word = char + beside
            if beside and word in counts[char]:
                best = max(best, self._through(char, far, after) + before[-1])
            return best

        return likelihood

    def joins(self, near: str, far: str, least: int) -> Callable[[str], bool]:
        """Return a function that tells whether a character makes a word with its neighbours that was counted so often."""
        heads = [near[at:] for at in range(len(near)) if self._begins(near[at:])]

        def joined(char: str) -> bool:
            for head in (*heads, ""):
                word = head + char
                if not self._begins(word):
                    continue
                if head and self.count(word) >= least:
                    return True
                for end in range(1, len(far) + 1):
                    if not self._begins(longer := word + far[:end]):
                        break
                    if self.count(longer) >= least:
                        return True
            return False

        return joined

    def _through(self, head: str, far: str, after: list[float]) -> float:
        """Return the likelihood of a text and what follows it, where a word begins with the text and may go on."""
        best = -1e9
        for end in range(len(far) + 1):
            word = head + far[:end]
            if end and not self._begins(word):
                break
            if len(word) > 1 and (count := self.count(word)):
                best = max(best, log(count) - self._total + after[end])
        return best

    def _begins(self, text: str) -> bool:
        return text in self._counts[text[:1]]

    def _from(self, text: str, at: int) -> list[tuple[int, float]]:
        """List the ends and likelihoods of the words that start at a character; itself comes first."""
        char = text[at]
        if not "\u4e00" <= char <= "\u9fff":
            return [(at + 1, _plain(char))]
        counts, costs = self._counts[char], self._costs
        found = [(at + 1, costs.get(char) or self._cost(char))]
        end = at + 2
        while end <= len(text) and (word := text[at:end]) in counts:
            cost = costs.get(word)
            if cost is not None:
                found.append((end, cost))
            elif counts[word]:
                found.append((end, self._cost(word)))
            end += 1
        return found

    def _cost(self, word: str) -> float:
        """Work out how likely a word is, once."""
        cost = self._costs[word] = log(self.count(word) or _UNKNOWN) - self._total
        return cost


def dictionary(resources: Resources) -> Dictionary:
    """Read the dictionary, with the words of the catalog's files; for `Resources.built`."""
    names = {name for row in resources.built(indicator_rows) for name in row.get("aliases", ())}
    names.update(name for row in resources.built(programme_rows) for name in row.get("terms", ()))
    path = resources.root / "scope.toml"
    for row in read_toml(path).get("term", ()) if path.exists() else ():
        names.update(row.get("forms", ()))
    return Dictionary({name for name in names if len(name) > 1}, known_words())


def _plain(char: str) -> float:
    """Return the likelihood of a character that is no Han character."""
    if char in _MARKS:
        return _MARKS[char]
    if char.isascii() or "\uff01" <= char <= "\uff5e":
        return _DIGIT if char.isdigit() else _LETTER if char.isalpha() else _SPACE if char == " " else _SIGN
    return _ODD
