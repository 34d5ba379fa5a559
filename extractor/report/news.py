"""What a build brought, in a few lines.

Of each new notice its headline figures against last year and the nation, what is doubtful, which checks failed, and what to
do next.
"""

from __future__ import annotations

import shlex
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.build.publish import DATASET
from extractor.dataset.compare import compare_regions, figures_of
from extractor.dataset.doubts import blamed, find_doubts, newest_first
from extractor.dataset.headlines import HEADLINES, NATION
from extractor.dataset.labels import one_line, safe
from extractor.dataset.times import year_of
from extractor.errors import DatasetError
from extractor.report.columns import WrappedWords
from extractor.report.diff_lines import Held, point_words, series_scope_words
from extractor.report.terminal import named_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.model import Change, Check, Dataset, NoticeRecord, Point, Series
    from extractor.resources import Resources

# More notices, or more figures of one, are read on the page or in `extractor diff`.
_NOTICES = 3


class HeadlineFigure(Struct, frozen=True, kw_only=True):
    """A figure of a new notice in words, that of the year before and the nation's, where there are any.

    ``under_floor`` says that it fails the check against the national floor.
    """

    indicator: str
    name: str
    scope: str
    figure: str
    last_year: str | None
    nation: str | None
    under_floor: bool
    fact_ids: tuple[str, ...]


class NoticeNews(Struct, frozen=True, kw_only=True):
    """What is new of one notice; ``year`` is that of its figures (`year_of`), ``doubts`` counts them by reason, ``failed`` are the messages of checks."""

    notice_id: str
    title: str | None
    path: str
    region: str | None
    policy_year: int | None
    year: int | None
    headlines: tuple[HeadlineFigure, ...]
    doubts: dict[str, int]
    doubtful: int
    failed: tuple[str, ...]


def find_news(dataset: Dataset, paths: Iterable[str], labels: Labels, resources: Resources) -> list[NoticeNews]:
    """List what is new of the notices read from ``paths``, the newest first."""
    wanted = set(paths)
    new = [one for one in dataset.notices if wanted & {one.source.path, *(copy.source.path for copy in one.copies)}]
    if not new:
        return []
    figures = figures_of(dataset, resources)
    doubts = find_doubts(dataset, resources)
    notice_of = {fact.fact_id: fact.notice_id for fact in dataset.facts}
    found = []
    for notice in newest_first(new):
        own = [doubt for doubt in doubts if doubt.notice.notice_id == notice.notice_id]
        ids = {fact.fact_id for fact in dataset.facts if fact.notice_id == notice.notice_id}
        failed = [one for one in dataset.checks if one.status == "fail" and ids & {*blamed(one, notice_of)}]
        found.append(
            NoticeNews(
                notice_id=notice.notice_id, title=notice.title, path=notice.source.path,
                region=_region(notice, labels), policy_year=notice.policy_year, year=year_of(notice),
                headlines=_headlines(notice, ids, failed, dataset.series, figures, labels),
                doubts=dict(sorted(Counter(reason for one in own for reason in one.reasons).items())),
                doubtful=len(own), failed=tuple(one_line(check.message) for check in failed),
            )
        )  # fmt: skip
    return found


def _region(notice: NoticeRecord, labels: Labels) -> str | None:
    """Say a notice's region, the nation as people call it."""
    if notice.region is None:
        return None
    said = labels("region", notice.region.code)
    return said if said != notice.region.code else notice.region.name


def _headlines(
    notice: NoticeRecord,
    ids: set[str],
    failed: Iterable[Check],
    listed: Iterable[Series],
    figures: Figures,
    labels: Labels,
) -> tuple[HeadlineFigure, ...]:
    held = Held(figures, lambda _: None)
    under = {name for check in failed if check.kind == "conformance" for name in check.fact_ids}
    nation = _nation(notice, figures)
    made = []
    for series in listed:
        if series.indicator is None or series.role != "level":
            continue
        point = next((one for one in series.points if one.year == year_of(notice) and ids & set(one.fact_ids)), None)
        if point is None:
            continue
        before = next((one for one in series.points if one.year == point.year - 1), None)
        headline = _headline(series, point, before, nation, held, labels)
        key = (not under & set(point.fact_ids), _breadth(series), labels.place(series.indicator))
        made.append((key, replace(headline, under_floor=not key[0])))
    return tuple(headline for _, headline in sorted(made, key=lambda pair: pair[0])[:HEADLINES])


def _headline(
    series: Series, point: Point, before: Point | None, nation: Mapping[str, Change], held: Held, labels: Labels
) -> HeadlineFigure:
    words = partial(point_words, held=held, labels=labels)
    change = next((nation[name] for name in point.fact_ids if name in nation), None)
    return HeadlineFigure(
        indicator=series.indicator or "", name=labels.indicator(series.indicator) or "",
        scope=series_scope_words(series.scope, labels), figure=words(point) or point.due or "",
        last_year=(words(before) or before.due) if before else None,
        nation=(words(change.before) or change.before.due) if change and change.before else None,
        under_floor=False, fact_ids=point.fact_ids,
    )  # fmt: skip


def _breadth(series: Series) -> int:
    """Count what limits a series: totals and what holds for all come first."""
    scope = series.scope
    return sum(map(bool, (scope.area, scope.places, scope.population, scope.provider, scope.condition)))


def _nation(notice: NoticeRecord, figures: Figures) -> dict[str, Change]:
    """Map a notice's facts to what the nation says, where the region's notices say which of the nation's they implement."""
    if notice.region is None or notice.region.code == NATION or (year := year_of(notice)) is None:
        return {}
    try:
        found = compare_regions(figures, notice.region.code, NATION, year)
    except DatasetError:
        return {}
    return {name: change for change in found.changes if change.after for name in change.after.fact_ids}


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def news_view(news: list[NoticeNews], corpus: str, labels: Labels) -> RenderableType:
    """Show what is new; of many notices the newest."""
    parts: list[RenderableType] = []
    for one in news[:_NOTICES]:
        where = " ".join(filter(None, (one.region, str(one.year or ""))))
        title = one_line(one.title or one.notice_id)
        heading = labels("phrase", "news").format(title, where) if where else title
        parts += ["", WrappedWords(Text(safe(heading), style="bold")), Padding(_lines(one, labels), (0, 2))]
    if len(news) > _NOTICES:
        parts += ["", Text(labels("phrase", "more").format(len(news) - _NOTICES))]
    if sum(one.doubtful for one in news):
        option = "" if corpus == "corpus" else f" --corpus {shlex.quote(corpus)}"
        only = f" --notice {shlex.quote(news[0].path)}" if len(news) == 1 else ""
        parts += ["", Text(safe(f"{labels('phrase', 'next')}  extractor review{only}{option}"), style="bold")]
    return Group(*parts)


def next_view(outputs: Path, corpus: str, labels: Labels) -> RenderableType:
    """Name what is done with a dataset that has changed without a new notice, after a review: look at it, publish it."""
    place = "" if outputs.as_posix() == "outputs" else f" -o {shlex.quote(outputs.as_posix())}"
    options = f" --dataset {shlex.quote((outputs / DATASET).as_posix())}" if place else ""
    options += "" if corpus == "corpus" else f" --corpus {shlex.quote(corpus)}"
    steps = f"{labels('phrase', 'next')}  extractor report{options}  ·  extractor release{place}"
    return Group("", Text(safe(steps), style="bold"))


def _lines(one: NoticeNews, labels: Labels) -> RenderableType:
    rows: list[tuple[str, str | Text | None]] = []
    for line in one.headlines:
        words = Text(line.figure, style="bold")
        if line.under_floor:
            words.append(f"  {labels('phrase', 'under_floor')}", style="bold red")
        for name, other in (("before_year", line.last_year), ("nation", line.nation)):
            if other:
                words.append(f"  {labels('phrase', name)} {other}")
        rows.append((labels.bracketed(line.name, line.scope), words))
    reasons = labels.listed(f"{labels('doubt', reason)} {count}" for reason, count in one.doubts.items())
    doubts = labels.bracketed(str(one.doubtful), reasons) if one.doubtful else labels("phrase", "no_doubts_here")
    table = named_rows([*rows, (labels("field", "doubts"), doubts)])
    failed = [
        WrappedWords(Text(f"{labels('phrase', 'failed_checks')}  {safe(words)}", style="bold red"))
        for words in one.failed
    ]
    return Group(table, *failed)
