"""What a build brought, in a few lines.

Of each new notice its headline figures against last year and the nation, what is doubtful, which checks failed, and what to
do next.
"""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.build.publish import DATASET
from extractor.dataset.check.run import in_language
from extractor.dataset.compare import compare_regions, figures_of
from extractor.dataset.doubts import Limit, blamed, broken_limits, find_doubts, limit_of, newest_first
from extractor.dataset.headlines import HEADLINES, NATION, former_value
from extractor.dataset.labels import one_line, safe, title_of, value_words
from extractor.dataset.plain_figures import PlainFigure, plain_fact, plain_point
from extractor.dataset.times import year_of
from extractor.errors import DatasetError
from extractor.report.columns import WrappedWords
from extractor.report.diff_lines import Held, point_words, series_scope_words
from extractor.report.terminal import named_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.model import Change, Dataset, Fact, NoticeRecord, Point, Series
    from extractor.resources import Resources

# More notices, or more figures of one, are read on the page or in `extractor diff`.
_NOTICES = 3


class HeadlineFigure(Struct, frozen=True, kw_only=True):
    """A figure of a new notice in words, that of the year before and the nation's, where there are any.

    ``former`` is what held before by the notice's own words (由2360元调整为2520元), where no figure of last year is known.
    ``limit`` says which limit of the nation's it breaks, ``under_floor`` that it is a floor. ``data`` are the same figures as data.
    """

    indicator: str
    name: str
    scope: str
    figure: str
    last_year: str | None
    nation: str | None
    former: str | None
    under_floor: bool
    limit: Limit | None
    fact_ids: tuple[str, ...]
    data: dict[str, PlainFigure]


class NoticeNews(Struct, frozen=True, kw_only=True):
    """What is new of one notice; ``year`` is that of its figures (`year_of`), ``failed`` are the messages of checks.

    ``doubts`` counts them by the first thing that is doubtful, each once: they add up to ``doubtful``.
    """

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
    edited: bool


def find_news(
    dataset: Dataset, paths: Iterable[str], labels: Labels, resources: Resources, *, edited: Collection[str] = ()
) -> list[NoticeNews]:
    """List what is new of the notices read from ``paths``, the newest first; those from ``edited`` were there before."""
    wanted = set(paths)
    new = [one for one in dataset.notices if wanted & {one.source.path, *(copy.source.path for copy in one.copies)}]
    if not new:
        return []
    dataset = in_language(dataset, resources, labels.language)
    figures = figures_of(dataset, resources)
    doubts, limits = find_doubts(dataset, resources), broken_limits(dataset)
    notice_of = {fact.fact_id: fact.notice_id for fact in dataset.facts}
    found = []
    for notice in newest_first(new):
        own = [doubt for doubt in doubts if doubt.notice.notice_id == notice.notice_id]
        facts = [fact for fact in dataset.facts if fact.notice_id == notice.notice_id]
        ids = {fact.fact_id for fact in facts}
        failed = [one for one in dataset.checks if one.status == "fail" and ids & {*blamed(one, notice_of)}]
        found.append(
            NoticeNews(
                notice_id=notice.notice_id, title=title_of(notice), path=notice.source.path,
                region=_region(notice, labels), policy_year=notice.policy_year, year=year_of(notice),
                headlines=_headlines(notice, facts, limits, dataset.series, figures, labels),
                doubts=dict(sorted(Counter(one.reasons[0] for one in own).items())),
                doubtful=len(own), failed=tuple(one_line(check.message) for check in failed),
                edited=notice.source.path in edited,
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
    facts: Sequence[Fact],
    limits: Mapping[str, Limit],
    listed: Iterable[Series],
    figures: Figures,
    labels: Labels,
) -> tuple[HeadlineFigure, ...]:
    held = Held(figures, lambda _: None)
    ids = {fact.fact_id for fact in facts}
    nation = _nation(notice, figures)
    made = []
    for series in listed:
        if series.indicator is None or series.role != "level":
            continue
        point = next((one for one in series.points if one.year == year_of(notice) and ids & set(one.fact_ids)), None)
        if point is None:
            continue
        before = next((one for one in series.points if one.year == point.year - 1), None)
        former = former_value(point, figures.facts, facts) if before is None else None
        headline = _headline(series, (point, before, former), nation, held, labels)
        limit = limit_of(point, limits)
        key = (limit is None, _breadth(series), labels.place(series.indicator))
        made.append((key, replace(headline, under_floor=limit == "under_floor", limit=limit)))
    return tuple(headline for _, headline in sorted(made, key=lambda pair: pair[0])[:HEADLINES])


def _headline(
    series: Series,
    said: tuple[Point, Point | None, Fact | None],
    nation: Mapping[str, Change],
    held: Held,
    labels: Labels,
) -> HeadlineFigure:
    """Put a figure into words and data beside last year's, or what held before, and the nation's."""
    point, before, former = said
    change = next((nation[name] for name in point.fact_ids if name in nation), None)
    points = {"figure": point, "last_year": before, "nation": change.before if change else None}
    there = {name: one for name, one in points.items() if one is not None}
    words = {name: _words(one, held, labels) for name, one in there.items()}
    facts = held.figures.facts
    data = {name: plain_point(one, facts[one.fact_ids[0]]) for name, one in there.items() if one.fact_ids}
    if former is not None:
        data["former"] = plain_fact(former)
    return HeadlineFigure(
        indicator=series.indicator or "", name=labels.indicator(series.indicator) or "",
        scope=series_scope_words(series.scope, labels), figure=words["figure"], last_year=words.get("last_year"),
        nation=words.get("nation"), former=safe(value_words(former, labels)) if former else None, under_floor=False, limit=None,
        fact_ids=point.fact_ids, data=data,
    )  # fmt: skip


def _words(point: Point, held: Held, labels: Labels) -> str:
    """Say a point's figure, and that it is worked out where no notice states it."""
    words = point_words(point, held, labels) or point.due or ""
    return labels.bracketed(words, labels("note", "derived")) if point.status == "derived" else words


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
        title = labels("phrase", "news_edited" if one.edited else "news").format(one_line(one.title or one.notice_id))
        heading = labels.bracketed(title, where)
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
        if line.limit:
            words.append(f"  {labels('limit', line.limit)}", style="bold red")
        for name, other in (("before_year", line.last_year), ("former", line.former), ("nation", line.nation)):
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
