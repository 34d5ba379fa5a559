"""Readings to a dataset: what depends on several files is made here, never in the reading of one, which is kept."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.build.corpus import Read
from extractor.build.corrections import apply_corrections
from extractor.build.dedup.grouping import group_copies
from extractor.build.reviews import apply_reviews
from extractor.build.sentence_diff.measures import with_measures
from extractor.dataset.check.run import make_checks
from extractor.dataset.compare import compare_consecutive
from extractor.dataset.figures import Figures
from extractor.dataset.own_indicators import own_indicators
from extractor.dataset.series import build_series
from extractor.dataset.versions import make_dataset
from extractor.model import Dataset, NoticeResult, SetAside
from extractor.query.answers import moved_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from extractor.build.corrections import Corrections
    from extractor.build.reviews import Reviews
    from extractor.build.sentence_diff.measures import KeptMeasures
    from extractor.model import NoticeSource
    from extractor.resources import Resources


class Corpus(Struct, frozen=True):
    """All notices of a corpus in the order of their paths, the files that are copies of them, and what failed."""

    read: tuple[Read, ...]
    set_aside: tuple[SetAside, ...]
    copies: tuple[Read, ...] = ()


def put_together(outcomes: Iterable[Read | SetAside]) -> Corpus:
    """Make a corpus of what its files gave, each read by itself, in the order of their paths.

    Files with the same notice are one notice, whose record lists them. Another text with the same number gets ``~2``
    after its notice id, a third ``~3``.
    """
    given = list(outcomes)
    by_path = {one.result.notice.source.path: one for one in given if isinstance(one, Read)}
    read: list[Read] = []
    copies: list[Read] = []
    times: dict[str, int] = {}
    for group in group_copies([one.result for one in by_path.values()]):
        number = group.primary.notice.notice_id
        times[number] = times.get(number, 0) + 1
        primary = renamed(group.primary, f"{number}~{times[number]}") if times[number] > 1 else group.primary
        read.append(Read(primary, by_path[primary.notice.source.path].text))
        copies += [by_path[copy.notice.source.path] for copy in group.copies]
    return Corpus(tuple(read), tuple(one for one in given if isinstance(one, SetAside)), tuple(copies))


def renamed(result: NoticeResult, notice_id: str) -> NoticeResult:
    """Give a notice another id, and with it other ids to its facts and unresolved figures.

    These follow from the notice's id and from the ids that its text alone gives them, so that they stay as stable.
    """

    def other(entry: str) -> str:
        return entry[:2] + hashlib.sha256(f"{notice_id}\x1f{entry}".encode()).hexdigest()[:12]

    facts = []
    for fact in result.facts:
        scope = fact.scope
        if scope.condition_facts:
            scope = replace(scope, condition_facts=tuple(map(other, scope.condition_facts)))
        facts.append(replace(fact, fact_id=other(fact.fact_id), notice_id=notice_id, scope=scope))
    copies = tuple(
        replace(
            copy, conflicts=tuple(replace(one, fact_id=one.fact_id and other(one.fact_id)) for one in copy.conflicts)
        )
        for copy in result.notice.copies
    )
    return replace(
        result,
        notice=replace(result.notice, notice_id=notice_id, copies=copies),
        facts=tuple(facts),
        unresolved=tuple(
            replace(item, unresolved_id=other(item.unresolved_id), notice_id=notice_id) for item in result.unresolved
        ),
        ledger=tuple(replace(row, ref=other(row.ref)) if row.ref else row for row in result.ledger),
    )


def reviewed(
    found: Corpus, reviews: Reviews, text_of: Callable[[NoticeSource], str | None], resources: Resources
) -> Corpus:
    """Apply an analyst's reviews to what was read; a `DatasetError` names one that meets nothing."""
    if not reviews.rows:
        return found
    results = apply_reviews([read.result for read in found.read], reviews, text_of, resources)
    return replace(found, read=tuple(map(Read, results, (read.text for read in found.read))))


def assemble(
    found: Corpus,
    outputs: Path,
    resources: Resources,
    *,
    corrections: Corrections | None = None,
    measures: KeptMeasures | None = None,
) -> Dataset:
    """Put the results of all notices together: notices by path, facts by notice and place, corrections applied.

    ``measures`` are those kept of an earlier build; comparing sentences costs more than all the rest.
    """
    results = [read.result for read in found.read]
    notices = tuple(result.notice for result in results)
    facts = tuple(fact for result in results for fact in sorted(result.facts, key=_place))
    if corrections is not None:
        facts = apply_corrections(facts, notices, corrections, resources, set_aside=found.set_aside)
    series = build_series(facts, notices, resources)
    return make_dataset(
        outputs,
        resources.digest(),
        answers=partial(moved_answers, resources=resources),
        notices=notices,
        set_aside=found.set_aside,
        facts=facts,
        unresolved=tuple(item for result in results for item in sorted(result.unresolved, key=_place)),
        series=series,
        indicators=own_indicators(resources),
        checks=make_checks(facts, notices, resources),
        rejected=tuple(fact for result in results for fact in sorted(result.rejected, key=_place)),
        comparisons=with_measures(
            compare_consecutive(Figures(facts, series, notices, resources)), results, resources, measures
        ),
    )


def _place(item: object) -> tuple[int, int]:
    evidence = item.evidence  # type: ignore[attr-defined]
    return evidence.start, evidence.end
