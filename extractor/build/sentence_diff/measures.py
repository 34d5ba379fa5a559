"""Measures of one year against those of another: which sentences were kept, reworded, new, dropped.

Works on normalised text, so that neither script nor regional wording shows; marks and the notice's own policy year
don't count either. What is equal then is kept. The rest is paired by shared words: first where two sentences are each
other's best match, then, with less asked for, inside sections that pairs have shown to belong together. Everything is
counted in whole numbers and made so that comparing the other way round gives the mirror image.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import regex
from msgspec import Raw, Struct
from msgspec.structs import replace

from extractor.build.cache.record_store import packed_record, unpacked_record
from extractor.build.engine import Lost, Task
from extractor.build.sentence_diff.edits import kept, one_sided, reworded
from extractor.build.sentence_diff.sentences import (
    YearText,
    by_place,
    compared_sentences,
    notices_of,
    words_of,
    year_texts,
)
from extractor.build.sentence_diff.similarity import PairScore, score_pairs
from extractor.dataset import canonical
from extractor.errors import DatasetError
from extractor.ingest.sandbox import how_ended
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from extractor.build.cache.record_store import RecordStore
    from extractor.build.corpus import Read
    from extractor.build.engine import Engine
    from extractor.build.readings import Corpus
    from extractor.build.rows import YearPair
    from extractor.build.sentence_diff.sentences import ComparedSentence, Places, YearWords
    from extractor.model import Comparison, Measure, NoticeResult
    from extractor.resources import Resources

__all__ = ["MadeMeasures", "align_measures", "compare_measures", "with_measures"]


# Notices whose sentences are kept at hand.
WHOLE_KEPT = 16


class ComparedYears(NamedTuple):
    """The notices of a region that speak for two years, and a digest of their ids and the bytes they were read from."""

    digest: str
    before: Sequence[NoticeResult]
    after: Sequence[NoticeResult]


class WrittenComparison(Struct, frozen=True, rename={"from_": "from"}):
    """A comparison whose changes and measures are written already, as canonical JSON."""

    from_: int
    to: int
    region: str | None
    against: str | None
    changes: Raw
    measures: Raw


class MadeMeasures:
    """Measures that an engine makes and a store keeps, in canonical JSON: no other part of a dataset rests on them."""

    def __init__(self, store: RecordStore, engine: Engine, resources: Resources) -> None:
        """Take both, which are the caller's to close."""
        self._store, self._engine, self._resources = store, engine, resources
        self._pairs: list[ComparedYears | None] = []
        self._reads: dict[str, Read] = {}
        self._whole: Callable[[str], NoticeResult]

    def make(self, comparisons: Sequence[YearPair], found: Corpus) -> None:
        """Make those of comparisons that aren't kept; a `DatasetError` names notices that can't be compared."""
        self._reads = {read.result.notice.source.path: read for read in found.read}
        # Those of a region's years come one after the other, and each year stands in two of them.
        self._whole = lru_cache(WHOLE_KEPT)(lambda path: found.readings.whole(self._reads[path]).result)
        self._pairs = _pairs(comparisons, [read.result for read in found.read])
        wanted = [pair for pair in self._pairs if pair and not self._store.use(pair.digest)]
        tasks = (Task(__name__, "do_comparing_task", self._texts(pair)) for pair in wanted)
        for pair, made in zip(wanted, self._engine.run(tasks, len(wanted)), strict=True):
            if isinstance(made, Lost):
                msg = Message(
                    "{before} and {after}: two processes ended while they compared these, the last with {how}. Build "
                    "with one of them taken out, and report it.",
                    before=pair.before[0].notice.source.path,
                    after=pair.after[0].notice.source.path,
                    how=how_ended(made.status),
                )
                raise DatasetError(msg)
            self._store.put_record(pair.digest, made)

    def written(self, comparisons: Iterable[YearPair], changes: Iterable[bytes]) -> Iterator[Raw]:
        """Give the rows of the comparisons that were made, with their changes and measures, one after the other."""
        for one, pair, moved in zip(comparisons, self._pairs, changes, strict=True):
            measures = self._get(pair) if pair else b"[]"
            row = WrittenComparison(one.from_, one.to, one.region, one.against, Raw(moved), Raw(measures))
            yield Raw(canonical.encode_row(row))

    def _get(self, pair: ComparedYears) -> bytes:
        found: bytes | None = self._store.get(pair.digest)
        if found is None:  # a broken record
            found = unpacked_record(do_comparing_task(self._texts(pair), self._resources))
        return found

    def _texts(self, pair: ComparedYears) -> bytes:
        sides = [year_texts(self._whole(one.notice.source.path) for one in side) for side in (pair.before, pair.after)]
        return msgspec.msgpack.encode(sides)


def do_comparing_task(data: bytes, resources: Resources) -> bytes:
    """Compare the texts of two years; return a record of their measures."""
    before, after = msgspec.msgpack.decode(data, type=tuple[list[YearText], list[YearText]])
    return packed_record(canonical.encode_line(_measures(before, after, resources)))


def with_measures(
    comparisons: Sequence[Comparison], results: Iterable[NoticeResult], resources: Resources
) -> tuple[Comparison, ...]:
    """Add the measures to comparisons of a region's years; one of two regions stays as it is."""
    pairs = _pairs(comparisons, results)
    return tuple(
        replace(one, measures=_measures(year_texts(pair.before), year_texts(pair.after), resources)) if pair else one
        for one, pair in zip(comparisons, pairs, strict=True)
    )


def _pairs(comparisons: Iterable[Comparison | YearPair], results: Iterable[NoticeResult]) -> list[ComparedYears | None]:
    places = by_place(results)
    return [
        None if one.against or one.from_ == one.to else compared_years(places, one.region, (one.from_, one.to))
        for one in comparisons
    ]


def compared_years(places: Places, region: str | None, years: tuple[int, int]) -> ComparedYears | None:
    """Pick the notices of a region that speak for two policy years; None where a year has no notice.

    Notices whose region is unknown are not compared: they may be of different places.
    """
    before, after = (notices_of(places.get((region, year), ())) for year in years)
    if region is None or not before or not after:
        return None
    names = [[f"{one.notice.notice_id} {one.notice.source.sha256}" for one in side] for side in (before, after)]
    return ComparedYears(hashlib.sha256(repr(names).encode()).hexdigest(), before, after)


def compare_measures(
    places: Places, region: str | None, years: tuple[int, int], resources: Resources
) -> tuple[Measure, ...]:
    """Compare the measures that a region's notices of two policy years hold; empty where a year has no notice."""
    pair = compared_years(places, region, years)
    return _measures(year_texts(pair.before), year_texts(pair.after), resources) if pair else ()


def _measures(before: Iterable[YearText], after: Iterable[YearText], resources: Resources) -> tuple[Measure, ...]:
    return align_measures(
        compared_sentences(before, resources), compared_sentences(after, resources), lambda: words_of(resources)
    )


# ── Pairs the sentences of two years, one with one

# Thresholds in thousandths of likeness, tuned by hand on the national notices of 2021, 2022 and 2023: of 30 sampled pairs
# 29 (2022 → 2023) and 26 (2021 → 2022) are right, and 27 between restatements that were not looked at while tuning.
# Over ANYWHERE pairs are right wherever they stand. Between NEARBY and ANYWHERE they are right where their sections
# belong together and wrong elsewhere (要及时请示报告 and 要及时报告 in unrelated sections); under NEARBY they share
# boilerplate only. AGAIN is for a sentence whose best match went to another. They lean on each other, on the weights in
# `likeness` and on the weak words in ``measures.toml``: after a change of any, sample 30 pairs and judge them again.
ANYWHERE = 300
AGAIN = 450
NEARBY = 200

_MARKS = regex.compile(r"[\s，。；：、！？“”‘’（）《》〈〉【】…·—]++")


def align_measures(
    before: Sequence[ComparedSentence], after: Sequence[ComparedSentence], make_words: Callable[[], YearWords]
) -> tuple[Measure, ...]:
    """Align the sentences of two years; every one stands in exactly one measure.

    Measures come in the order of ``after``, then those dropped in the order of ``before``. ``make_words`` says how
    words are cut; it is called only where sentences of both sides are left that are not the same.
    """
    equal = _pair_equal(before, after)
    taken = {i for i, _ in equal}, {j for _, j in equal}
    rest = [[i for i in range(len(side)) if i not in done] for side, done in zip((before, after), taken, strict=True)]
    words = make_words() if all(rest) else None
    alike = {score.after: score for score in _pair_alike(before, after, equal, words)} if words else {}
    origin = {j: i for i, j in equal}
    measures = []
    for j, unit in enumerate(after):
        if j in origin:
            measures.append(kept(before[origin[j]], unit))
        elif words and j in alike:
            measures.append(reworded(before[alike[j].before], unit, alike[j].likeness, words.cut))
        else:
            measures.append(one_sided("new", unit))
    left = set(rest[0]) - {score.before for score in alike.values()}
    return (*measures, *(one_sided("dropped", before[i]) for i in sorted(left)))


def _pair_equal(before: Sequence[ComparedSentence], after: Sequence[ComparedSentence]) -> list[tuple[int, int]]:
    """Pair what is equal but for marks; of words that stand several times the first with the first."""
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, known in zip((before, after), places, strict=True):
        for index, unit in enumerate(side):
            known[_MARKS.sub("", unit.text)].append(index)
    return [pair for key, found in places[0].items() for pair in zip(found, places[1].get(key, ()), strict=False)]


def _pair_alike(
    before: Sequence[ComparedSentence],
    after: Sequence[ComparedSentence],
    equal: Sequence[tuple[int, int]],
    words: YearWords,
) -> list[PairScore]:
    """Pair what is not equal by likeness."""
    scores = score_pairs(before, after, equal, words, least=NEARBY)
    pairs = _mutual_best([score for score in scores if score.likeness >= ANYWHERE])
    together = _sections_together(before, after, chain(equal, ((pair.before, pair.after) for pair in pairs)))
    used = {pair.before for pair in pairs}, {pair.after for pair in pairs}
    for score in sorted(scores, key=lambda score: score.rank, reverse=True):
        sections = (_section(before[score.before]), _section(after[score.after]))
        if score.likeness < AGAIN and sections not in together:
            continue
        if score.before not in used[0] and score.after not in used[1]:
            used[0].add(score.before)
            used[1].add(score.after)
            pairs.append(score)
    return pairs


def _section(unit: ComparedSentence) -> tuple[str, str | None]:
    return unit.notice_id, unit.record.section


def _mutual_best(scores: Iterable[PairScore]) -> list[PairScore]:
    best: tuple[dict[int, PairScore], dict[int, PairScore]] = ({}, {})
    for score in scores:
        for side, index in ((best[0], score.before), (best[1], score.after)):
            if index not in side or side[index].rank < score.rank:
                side[index] = score
    return [score for score in best[0].values() if best[1][score.after] is score]


def _sections_together(
    before: Sequence[ComparedSentence], after: Sequence[ComparedSentence], pairs: Iterable[tuple[int, int]]
) -> set[tuple[tuple[str, str | None], tuple[str, str | None]]]:
    """Say which sections belong together: those that most pairs of one of them lead to."""
    counts = Counter((_section(before[i]), _section(after[j])) for i, j in pairs)
    most: Counter[tuple[int, tuple[str, str | None]]] = Counter()
    for (one, other), count in counts.items():
        most[0, one] = max(most[0, one], count)
        most[1, other] = max(most[1, other], count)
    return {
        (one, other)
        for (one, other), count in counts.items()
        if one[1] is not None and other[1] is not None and count in (most[0, one], most[1, other])
    }
