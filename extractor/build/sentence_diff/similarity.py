"""How alike two sentences are, by the words that they share and the order these stand in."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.build.sentence_diff.sentences import ComparedSentence, Cut, YearWords

# Weights: a rare word says more than one that stands everywhere, a single letter or a word of the genre little, a figure
# almost nothing, since figures are what moves between years.
_WEAK_SHARE = 0.3
_FIGURE_WEIGHT = 100
# Words in more sentence pairs than this suggest no pair: 医疗保障 stands in every second sentence.
_MOST_PAIRS = 400

_WORD = regex.compile(r"[\w%‰]")
_FIGURE = regex.compile(r"[\d.,%‰]++")


class PairScore(NamedTuple):
    """A pair that might be one measure, ``likeness`` in thousandths. Compares by how good it is.

    No two pairs with a sentence in common compare equal, whichever way round the notices are compared.
    """

    likeness: int
    same_section: bool
    closeness: int
    early: int
    before: int
    after: int

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """What pairs are compared by."""
        return self[:4]


def score_pairs(
    before: Sequence[ComparedSentence],
    after: Sequence[ComparedSentence],
    equal: Sequence[tuple[int, int]],
    words: YearWords,
    *,
    least: int,
) -> list[PairScore]:
    """Score the pairs of sentences that share a telling word that is not everywhere; ``equal`` ones are done with."""
    done = {i for i, _ in equal}, {j for _, j in equal}
    bags = [
        {index: _words(unit.text, words.cut) for index, unit in enumerate(side) if index not in used}
        for side, used in zip((before, after), done, strict=True)
    ]
    weights = _weights(bags, words.weak)
    counts = [{index: Counter(bag) for index, bag in side.items()} for side in bags]
    sums = [{index: _weigh(bag, weights) for index, bag in side.items()} for side in counts]
    telling = [{index: _telling(bag, words.weak) for index, bag in side.items()} for side in bags]
    scores = []
    for i, j in _candidates(*telling):
        shared = _weigh(counts[0][i] & counts[1][j], weights)
        likeness = _likeness(shared, sums[0][i] + sums[1][j], bags[0][i], bags[1][j])
        if likeness >= least:
            scores.append(
                PairScore(
                    likeness=likeness,
                    same_section=before[i].record.section == after[j].record.section,
                    closeness=-abs(i * len(after) - j * len(before)),
                    early=-(i + j),
                    before=i,
                    after=j,
                )
            )
    return scores


def _words(text: str, cut: Cut) -> list[str]:
    return [word for word in cut(text) if _WORD.search(word)]


def _telling(words: list[str], weak: frozenset[str]) -> list[str]:
    """Pick the words that say what a sentence is about; all of them where none does."""
    return [word for word in words if len(word) > 1 and word not in weak and not _FIGURE.fullmatch(word)] or words


def _weights(sides: Sequence[dict[int, list[str]]], weak: frozenset[str]) -> dict[str, int]:
    """Weigh words by how rare they are in both notices, as whole numbers, so that sums don't depend on their order."""
    count = Counter(word for side in sides for words in side.values() for word in set(words))
    size = sum(map(len, sides))
    weights = {}
    for word, times in count.items():
        if _FIGURE.fullmatch(word):
            weights[word] = _FIGURE_WEIGHT
        else:
            share = _WEAK_SHARE if len(word) == 1 or word in weak else 1
            weights[word] = round(100 * share * log(1 + size / times))
    return weights


def _weigh(bag: Counter[str], weights: dict[str, int]) -> int:
    return sum(weights[word] * times for word, times in bag.items())


def _candidates(before: dict[int, list[str]], after: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    """List the pairs that share a telling word; their number grows with the words, not with the sentences' square."""
    where: dict[str, list[int]] = defaultdict(list)
    for j, words in after.items():
        for word in set(words):
            where[word].append(j)
    here: Counter[str] = Counter(word for words in before.values() for word in set(words))
    for i, words in before.items():
        found: set[int] = set()
        for word in set(words):
            if word in where and here[word] * len(where[word]) <= _MOST_PAIRS:
                found.update(where[word])
        yield from ((i, j) for j in sorted(found))


def _likeness(shared: int, both: int, before: list[str], after: list[str]) -> int:
    """Two thirds weight of the words that both have, one third how many words keep their order."""
    from rapidfuzz.distance import LCSseq

    in_order = 2000 * int(LCSseq.similarity(before, after)) // (len(before) + len(after))
    return (2 * (2000 * shared // both) + in_order) // 3
