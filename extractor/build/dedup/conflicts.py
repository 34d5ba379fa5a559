"""The figures of a copy against those of its primary: which differ, and which only one of them has.

Figures belong together where the words around them do. Words are found again by shingles that stand once in either
text: a figure's place in the copy lies between the nearest of them before it and the nearest after it. Cells of tables
have no words of their own around them; their figures belong together by what they are read as.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.dataset.points import figure
from extractor.model import CopyConflict

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from typing import TypeAlias

    from extractor.model import Fact, NoticeResult

    Pair: TypeAlias = tuple[int, int]
    Key: TypeAlias = tuple[object, ...]

LETTER = regex.compile(r"[^\W_]|[%‰]")
ANCHOR = 6
# Letters between the words found before a figure and those after it: more of them, and its place isn't known.
WIDEST = 60


class Spread(NamedTuple):
    """The letters of a notice, where each begins in its source, and the letters that each fact's words cover."""

    letters: str
    places: tuple[range, ...]


class Anchors(NamedTuple):
    """Where the shingles that stand once in both texts begin, in the order of the primary's."""

    here: list[int]
    there: list[int]


def find_conflicts(primary: NoticeResult, copy: NoticeResult) -> tuple[CopyConflict, ...]:
    """List the figures in which a copy differs, in the order of the primary's facts, then those only the copy has.

    A figure that the copy leaves out counts where the copy has the words around it: what a cut-off copy doesn't
    reach is no difference. One that only the copy has counts where the primary has it nowhere.
    """
    if not primary.facts and not copy.facts:
        return ()
    pairs, placed = _pair(primary, copy)
    partner = dict(pairs)
    found = []
    for index, fact in enumerate(primary.facts):
        other = copy.facts[partner[index]] if index in partner else None
        if (other and _figure(fact) != _figure(other)) or (other is None and index in placed):
            found.append(_conflict(fact, other))
    taken = set(partner.values())
    found += [_conflict(None, fact) for index, fact in enumerate(copy.facts) if index not in taken]
    return tuple(found)


def differ(primary: NoticeResult, copy: NoticeResult) -> bool:
    """Tell whether any figure that both texts have differs."""
    return any(conflict.expected and conflict.found for conflict in find_conflicts(primary, copy))


def _conflict(fact: Fact | None, other: Fact | None) -> CopyConflict:
    return CopyConflict(
        fact_id=fact.fact_id if fact else None,
        expected=fact.evidence.exact if fact else None,
        found=other.evidence.exact if other else None,
        start=other.evidence.start if other else None,
        end=other.evidence.end if other else None,
    )


def _figure(fact: Fact) -> tuple[object, ...]:
    """Reduce a fact to what makes it another figure: value, bounds, deadline, operator, unit."""
    return (*figure(fact), fact.operator, fact.unit)


def _meaning(fact: Fact) -> tuple[object, ...]:
    """Say what a fact is read as, without its figure."""
    scope = fact.scope
    what = (fact.indicator, None if fact.indicator else fact.subject, fact.kind, fact.role)
    return (*what, scope.area, scope.places, scope.population, scope.provider, scope.payer)


def _pair(primary: NoticeResult, copy: NoticeResult) -> tuple[list[Pair], set[int]]:
    """Pair facts of the primary with facts of the copy; the set are those whose words the copy has.

    Equal figures go first: at the same place, with the same meaning, then anywhere. What is left is paired by place
    and by meaning, and differs.
    """
    here, there = _spread(primary), _spread(copy)
    near = _near(here, there)
    rooms = {i: _between(there.places, room) for i, room in near.items()}
    pairs = _Pairs(primary.facts, copy.facts)
    pairs.at(rooms, lambda fact: (_figure(fact), _meaning(fact)))
    pairs.at(rooms, _figure)
    pairs.anywhere(lambda fact: (_figure(fact), _meaning(fact)))
    pairs.anywhere(_figure)
    pairs.at(rooms, _meaning)
    pairs.at(rooms, lambda fact: (fact.kind,))
    pairs.at(rooms, lambda _: ())
    pairs.anywhere(_meaning, {j for j, place in enumerate(there.places) if not place})
    return pairs.pairs, set(near)


class _Pairs:
    """Pairs made so far, each fact in one at most, the earlier facts first."""

    def __init__(self, facts: Sequence[Fact], others: Sequence[Fact]) -> None:
        self.facts, self.others = facts, others
        self.pairs: list[Pair] = []
        self.left = dict.fromkeys(range(len(facts)))
        self.free = dict.fromkeys(range(len(others)))

    def at(self, rooms: Mapping[int, Sequence[int]], key: Callable[[Fact], Key]) -> None:
        """Pair facts of equal keys that stand at the same place."""
        for i in [i for i in self.left if i in rooms]:
            mine = key(self.facts[i])
            if (j := next((j for j in rooms[i] if j in self.free and key(self.others[j]) == mine), None)) is not None:
                self._take(i, j)

    def anywhere(self, key: Callable[[Fact], Key], among: Container[int] | None = None) -> None:
        """Pair facts of equal keys, the first with the first; ``among`` are the copy's facts that may be taken."""
        waiting: dict[Key, deque[int]] = {}
        for j in self.free:
            if among is None or j in among:
                waiting.setdefault(key(self.others[j]), deque()).append(j)
        for i in list(self.left):
            if there := waiting.get(key(self.facts[i])):
                self._take(i, there.popleft())

    def _take(self, i: int, j: int) -> None:
        self.pairs.append((i, j))
        del self.left[i], self.free[j]


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _spread(result: NoticeResult) -> Spread:
    """Write out the letters of a notice's sentences and find those that each fact's words cover."""
    letters: list[str] = []
    starts: list[int] = []
    for sentence in result.sentences:
        runs = sentence.runs
        run = 0
        for match in LETTER.finditer(sentence.text):
            at = match.start()
            while run + 1 < len(runs) and runs[run + 1][0] <= at:
                run += 1
            letters.append(match[0])
            starts.append(runs[run][1] + at - runs[run][0])
    spans = ((fact.evidence.start, fact.evidence.end) for fact in result.facts)
    return Spread(
        "".join(letters), tuple(range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans)
    )


def _between(places: Sequence[range], room: range) -> list[int]:
    """List the facts whose words overlap a stretch of letters; ``places`` begin one after the other."""
    last = bisect_left(places, room.stop, key=lambda place: place.start)
    first = bisect_left(places, room.start - WIDEST, key=lambda place: place.start)
    return [j for j in range(first, last) if places[j] and places[j].stop > room.start]


def _near(here: Spread, there: Spread) -> dict[int, range]:
    """Find where in the copy each fact's words must stand; facts without letters, or without a place, are left out."""
    anchors = _anchors(here.letters, there.letters)
    size, other_size = len(here.letters), len(there.letters)
    rooms = {}
    for index, place in enumerate(here.places):
        if not place:
            continue
        before = bisect_right(anchors.here, place.start - ANCHOR) - 1
        after = bisect_left(anchors.here, place.stop)
        # Where the notice itself begins or ends there, so must the copy.
        first, start = (anchors.here[before] + ANCHOR, anchors.there[before] + ANCHOR) if before >= 0 else (0, 0)
        last, stop = (anchors.here[after], anchors.there[after]) if after < len(anchors.here) else (size, other_size)
        words = len(place)
        if last - first - words <= WIDEST and -ANCHOR <= stop - start <= WIDEST + words:
            rooms[index] = range(start, max(start, stop))
    return rooms


def _anchors(here: str, there: str) -> Anchors:
    """Find the shingles that stand once in either text."""
    mine, others = _once(here), _once(there)
    common = [(at, others[shingle]) for shingle, at in mine.items() if shingle in others]
    return Anchors([at for at, _ in common], [at for _, at in common])


def _once(letters: str) -> dict[str, int]:
    """List the shingles that stand once in a text, by their place."""
    shingles = [letters[at : at + ANCHOR] for at in range(len(letters) - ANCHOR + 1)]
    counts = Counter(shingles)
    return {shingle: at for at, shingle in enumerate(shingles) if counts[shingle] == 1}
