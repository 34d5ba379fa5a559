"""Readings to a dataset: what depends on several files is made here, never in the reading of one, which is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.build.corpus import Read
from extractor.build.corrections import apply_corrections
from extractor.build.dedup.grouping import group_copies
from extractor.build.dedup.rules import NoticeSize, size_of
from extractor.build.packed import renamed
from extractor.build.readings import Corpus, InMemory, paths_of
from extractor.build.region_task import in_places
from extractor.build.regions import regions_of
from extractor.build.reviews import apply_reviews
from extractor.build.sentence_diff.measures import with_measures
from extractor.dataset.check.run import make_checks
from extractor.dataset.compare import compare_consecutive
from extractor.dataset.figures import Figures
from extractor.dataset.own_indicators import own_indicators
from extractor.dataset.series import build_series, sources_by_series
from extractor.dataset.versions import make_dataset
from extractor.model import Dataset, NoticeResult, SetAside
from extractor.query.answers import moved_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from extractor.build.corrections import Corrections
    from extractor.build.readings import Readings
    from extractor.build.reviews import Reviews
    from extractor.model import NoticeSource
    from extractor.resources import Resources


def put_together(outcomes: Iterable[Read | SetAside], readings: Readings | None = None) -> Corpus:
    """Make a corpus of what its files gave, each read by itself, in the order of their paths.

    Files with the same notice are one notice, whose record lists them. Another text with the same number gets ``~2``
    after its notice id, a third ``~3``. ``readings`` say how much of them is kept in memory.
    """
    kept = readings or InMemory()
    by_path: dict[str, Read] = {}
    sizes: dict[str, NoticeSize] = {}
    regions: dict[str, tuple[str | None, ...]] = {}
    aside: list[SetAside] = []
    for one in outcomes:
        if isinstance(one, SetAside):
            aside.append(one)
        else:
            path = one.result.notice.source.path
            by_path[path], sizes[path], regions[path] = kept.part(one), size_of(one.result), regions_of(one.result)

    def whole(result: NoticeResult) -> NoticeResult:
        return kept.whole(by_path[result.notice.source.path]).result

    read: list[Read] = []
    copies: list[Read] = []
    times: dict[str, int] = {}
    for group in group_copies([one.result for one in by_path.values()], whole=whole, sizes=sizes):
        number = group.primary.notice.notice_id
        times[number] = times.get(number, 0) + 1
        primary = renamed(group.primary, f"{number}~{times[number]}") if times[number] > 1 else group.primary
        read.append(Read(primary, by_path[primary.notice.source.path].text))
        copies += [by_path[copy.notice.source.path] for copy in group.copies]
    return Corpus(tuple(read), tuple(aside), tuple(copies), kept, regions)


def reviewed(
    found: Corpus, reviews: Reviews, text_of: Callable[[NoticeSource], str | None], resources: Resources
) -> Corpus:
    """Apply an analyst's reviews to what was read; a `DatasetError` names one that meets nothing."""
    if not reviews.rows:
        return found
    paths = {row.place.path for row in reviews.rows}
    named = {index for index, read in enumerate(found.read) if not paths.isdisjoint(paths_of(read))}
    given = [found.readings.whole(read) if index in named else read for index, read in enumerate(found.read)]
    results = apply_reviews([read.result for read in given], reviews, text_of, resources)
    done = [
        found.readings.keep(Read(result, read.text)) if index in named else read
        for index, (result, read) in enumerate(zip(results, given, strict=True))
    ]
    regions = found.regions | {
        read.result.notice.source.path: regions_of(result)
        for index, (read, result) in enumerate(zip(done, results, strict=True))
        if index in named
    }
    return replace(found, read=tuple(done), regions=regions)


def assemble(
    found: Corpus,
    outputs: Path,
    resources: Resources,
    *,
    corrections: Corrections | None = None,
) -> Dataset:
    """Put the results of all notices together in memory: notices by path, facts by notice and place, corrections applied.

    A build makes the same rows one region after the other; see `build.rows`.
    """
    results = [in_places(read).result for read in found.read]
    notices = tuple(result.notice for result in results)
    facts = tuple(fact for result in results for fact in result.facts)
    if corrections is not None:
        facts = apply_corrections(facts, notices, corrections, resources, set_aside=found.set_aside)
    sources = sources_by_series(facts, notices, resources)
    series = build_series(facts, notices, resources, sources)
    comparisons = compare_consecutive(Figures(facts, series, notices, resources))
    comparisons = with_measures(comparisons, results, resources)
    return make_dataset(
        outputs,
        resources.digest(),
        answers=partial(moved_answers, resources=resources),
        notices=notices,
        set_aside=found.set_aside,
        facts=facts,
        unresolved=tuple(item for result in results for item in result.unresolved),
        series=series,
        indicators=own_indicators(resources),
        checks=make_checks(facts, notices, resources, sources=sources),
        rejected=tuple(fact for result in results for fact in result.rejected),
        comparisons=comparisons,
    )
