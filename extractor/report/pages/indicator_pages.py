"""The page of an indicator or subject: charts over the years, and under them every figure with its words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.headlines import NATION
from extractor.dataset.labels import safe
from extractor.dataset.standing import standing_notes
from extractor.report.diff_lines import notices_first
from extractor.report.pages.charts import MOST_LINES, ChartLine, chart, chart_point, drawable
from extractor.report.pages.frame import render
from extractor.report.pages.templates import numbered, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from extractor.dataset.labels import Labels
    from extractor.model import Fact, Point, Series
    from extractor.report.pages.book import Book, Subject
    from extractor.report.pages.charts import ChartPoint
    from extractor.report.sentences import QuotedSentence

_MOST_CHARTS = 12


class QuotedFact(NamedTuple):
    """A fact with its sentence and the pages it leads to."""

    fact: Fact
    sentence: QuotedSentence
    page: str
    notice: str
    url: str | None


class PointRow(NamedTuple):
    """A year of a series in words; ``marks`` say that it was derived or is disputed."""

    year: int
    words: str
    due: str
    marks: tuple[str, ...]
    derivation: str
    facts: tuple[QuotedFact, ...]


def indicator_html(subject: Subject, book: Book) -> dict[str, bytes]:
    """Render an indicator's page, and those that its list goes on on; by their names."""
    pieces = [piece for one in _sorted(subject.series) for piece in _pieces(one, book)]
    drawn = charts_of(subject, book)
    dealt = split(pieces, first=sum(len(one.encode()) for one in drawn))
    names = [numbered(subject.page, at) for at in range(len(dealt))]
    files = [name.rpartition("/")[2] for name in names]
    regions = {one.region for one in subject.series}
    years = sorted({point.year for one in subject.series for point in one.points})
    return {
        name: render(
            book, "indicator.html.j2", name, current="indicators", title=subject.name, subject=subject,
            charts=drawn if at == 0 else [], pieces=dealt[at], at=at, pages=files,
            group=safe(book.labels("group", subject.group)),
            facts=book.facts_in(subject),
            regions=len(regions), years=years,
        )
        for at, name in enumerate(names)
    }  # fmt: skip


def _sorted(series: Sequence[Series]) -> list[Series]:
    """Put the nation first, then regions by code; what holds for all before what holds for some."""

    def place(one: Series) -> tuple[object, ...]:
        scope = one.scope
        parts = (scope.area, scope.population, *scope.places, scope.provider, scope.condition)
        named = [part for part in parts if part]
        return (one.region != NATION, one.region or "", one.role != "level", len(named), named, one.series_id)

    return sorted(series, key=place)


# ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def charts_of(subject: Subject, book: Book) -> list[Markup]:
    """Draw a chart for each unit, of eight lines at most: series with the most years first, the others in the table."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[ChartLine]] = defaultdict(list)
    for series in _sorted(subject.series):
        line = ChartLine(book.series_label(series), line_points(series, book, "../"))
        if line.points and series.kind not in {"date", "period", "milestone"}:
            alike[series.role, series.unit or "", series.per].append(line)
    drawn = []
    for (role, unit, per), lines in alike.items():
        years = {point.year for line in lines for point in line.points}
        if len(years) < 2:  # noqa: PLR2004 - one year is no course
            continue
        # Lines that have a course come before single points; the order is kept otherwise.
        chosen = sorted(lines, key=lambda line: len(line.points) < 2)[: MOST_LINES * _MOST_CHARTS]  # noqa: PLR2004 - as above
        # 提高 · 元/人·月: what a line of steps draws is no level
        told = "" if role == "level" else book.labels("role", role)
        words = " · ".join(filter(None, (told, unit_words(unit, per, book.labels))))
        drawn += [
            chart(some, label=book.labels.listed((subject.name, words)), unit=words, labels=book.labels)
            for at in range(0, len(chosen), MOST_LINES)
            # Points without a course fill the first chart; of charts that have nothing else the table says as much.
            if (some := chosen[at : at + MOST_LINES]) and (at == 0 or any(len(line.points) > 1 for line in some))
        ]
    return drawn[:_MOST_CHARTS]


def unit_words(unit: str, per: tuple[str, ...], labels: Labels) -> str:
    """Say a unit and what it is per."""
    words = labels.unit(unit) if unit else ""
    return f"{words}/{'·'.join(labels('per', one) for one in per)}" if per else words


def line_points(series: Series, book: Book, root: str | None = None) -> tuple[ChartPoint, ...]:
    """Make what is drawn of a series; with ``root``, each point leads to its fact."""
    return drawable(_drawn(point, book, root) for point in series.points)


def _drawn(point: Point, book: Book, root: str | None) -> ChartPoint | None:
    first = book.first_fact(point)
    link = f"{root}{book.fact_page(first)}" if first and root is not None else None
    facts = (book.facts[name] for name in point.fact_ids)
    disputed = [fact.value for fact in facts if fact.role != "increase"] if point.status == "conflicting" else []
    return chart_point(point, book.point_words(point), link, disputed)


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _pieces(series: Series, book: Book) -> Iterator[Markup]:
    """Render a series, some facts a piece, so that a page ends where it must."""
    rows, facts = [], 0
    for point in reversed(series.points):
        facts_of_point = notices_first((book.facts[name] for name in point.fact_ids), book.figures)
        for ids in batches([fact.fact_id for fact in facts_of_point], _FACTS_A_PIECE):
            rows.append(_row(point, ids, book))
            facts += len(ids)
            if facts >= _FACTS_A_PIECE:
                yield book.parts.series(book.series_label(series), rows, "../", book.p)
                rows, facts = [], 0
    if rows:
        yield book.parts.series(book.series_label(series), rows, "../", book.p)


_FACTS_A_PIECE = 60


def batches(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Cut a list into lists of so many; of nothing there is one.

    >>> list(batches("abc", 2)), list(batches("", 2))
    (['ab', 'c'], [''])
    """
    for at in range(0, len(items) or 1, size):
        yield items[at : at + size]


def _row(point: Point, ids: Sequence[str], book: Book) -> PointRow:
    labels = book.labels
    marks = [labels("note", point.status)] if point.status in {"derived", "conflicting"} else []
    if point.status == "corroborated":
        marks.append(book.p("corroborated"))
    if any(book.facts[name].evidence.repairs for name in ids):
        marks.append(book.p("repaired"))
    if book.figures.only_interpreted(point):
        marks.append(labels("note", "only_interpreted"))
    marks += [safe(note) for note in standing_notes(point, labels)]
    due = labels("phrase", "by_date").format(safe(point.due)) if point.due else ""
    words = book.point_words(point)
    return PointRow(
        point.year, words or due, due if words else "", tuple(marks),
        safe(point.derivation.text) if point.derivation else "", tuple(quoted_facts(ids, book)),
    )  # fmt: skip


def quoted_facts(ids: Sequence[str], book: Book) -> Iterator[QuotedFact]:
    """Quote facts; one that two notices share is quoted from each."""
    for name in ids:
        fact = book.facts[name]
        notice = book.notices[fact.notice_id]
        yield QuotedFact(
            fact, book.sentence(fact.evidence, notice), book.fact_page(fact), book.short_title(notice),
            book.publisher_link(notice, fact.evidence),
        )  # fmt: skip
