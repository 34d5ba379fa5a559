"""The pages that lead to the others: lists of comparisons, indicators and notices, and the search over all of them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from extractor.dataset.addresses import notice_page
from extractor.dataset.headlines import NATION
from extractor.dataset.labels import safe
from extractor.dataset.times import year_of
from extractor.report.pages.charts import sparkline
from extractor.report.pages.fact_notes import figure_words
from extractor.report.pages.frame import render
from extractor.report.pages.indicator_pages import line_points
from extractor.report.pages.templates import MOST_LISTED, numbered, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import NoticeRecord
    from extractor.report.pages.book import Book, Subject
    from extractor.report.pages.comparison_pages import ComparisonPage
    from extractor.report.pages.doubts import ShownDoubt


def paged(
    book: Book,
    page: str,
    template: str,
    pieces: Sequence[Markup],
    *,
    current: str,
    title: str,
    **values: Any,  # noqa: ANN401 - what its template needs
) -> dict[str, bytes]:
    """Render a list on as many pages as it needs."""
    dealt = split(list(pieces))
    names = [numbered(page, at) for at in range(len(dealt))]
    return {
        name: render(
            book, template, name, current=current, title=title, pieces=dealt[at], at=at, pages=names, **values
        )
        for at, name in enumerate(names)
    }  # fmt: skip


def years_html(book: Book, comparisons: Sequence[ComparisonPage]) -> dict[str, bytes]:
    """List the comparisons: by region, the newest first; then provinces against the nation."""
    pieces = []
    for against in (False, True):
        chosen = [one for one in comparisons if (one.comparison.against is not None) == against]
        chosen.sort(key=lambda one: (one.comparison.region != NATION, one.comparison.region or "", -one.comparison.to))
        for code, group in groupby(chosen, key=lambda one: one.comparison.region):
            rows = [(one, _counts(one, book)) for one in group]
            pieces.append(book.parts.compared(book.region(code), against, rows, book.p))
    return paged(book, "years.html", "list.html.j2", pieces, current="years", title=book.p("nav_years"), filtered="")


def _counts(one: ComparisonPage, book: Book) -> list[tuple[str, int]]:
    if one.comparison.against is not None:
        stances = Counter(book.stance(change) for change in one.comparison.changes)
        return [(book.labels("stance", kind), count) for kind, count in stances.most_common()]
    kinds = ("raised", "lowered", "introduced", "not_mentioned", "operator_changed", "due_changed")
    changes = [change.kind for change in one.comparison.changes]
    return [(book.labels("change", kind), changes.count(kind)) for kind in kinds if kind in changes]


def indicators_html(book: Book) -> dict[str, bytes]:
    """List the indicators by group, each with its newest national figure, then what has a name only."""
    pieces = []
    for group, subjects in groupby(book.subjects.values(), key=lambda one: one.group):
        for batch in _batches(list(subjects)):
            rows = [(one, *_newest(one, book)) for one in batch]
            pieces.append(book.parts.subjects(safe(book.labels("group", group)), rows, book.p))
    return paged(
        book, "indicators.html", "list.html.j2", pieces, current="indicators", title=book.p("nav_indicators"),
        filtered=".listing tbody tr",
    )  # fmt: skip


def _batches(subjects: Sequence[Subject]) -> Iterator[Sequence[Subject]]:
    for at in range(0, len(subjects), 100):
        yield subjects[at : at + 100]


def _newest(subject: Subject, book: Book) -> tuple[str, str, int, Markup]:
    """Give year, figure, count of figures and course of the series that says most: the nation's, with most years."""
    series = min(
        subject.series,
        key=lambda one: (one.role != "level", one.region != NATION, len(one.scope.places), bool(one.scope.population), -len(one.points), one.series_id),
    )  # fmt: skip
    point = series.points[-1]
    words = book.point_words(point) or safe(point.due or "")
    count = book.facts_in(subject)
    return f"{point.year} · {book.series_label(series)}", words, count, sparkline(line_points(series, book))


def notices_html(book: Book, doubts: Sequence[ShownDoubt]) -> dict[str, bytes]:
    """List the notices, the newest first, with how many figures and doubts each has."""
    count: dict[str, int] = {}
    for one in doubts:
        count[one.notice_id] = count.get(one.notice_id, 0) + 1
    ranked = sorted(book.dataset.notices, key=_newest_first)
    pieces = []
    for year, group in groupby(ranked, key=year_of):
        notices = list(group)
        for at in range(0, len(notices), 100):
            rows = [
                (one, book.title(one), notice_page(one.notice_id), book.region(one.region.code if one.region else None),
                 len(book.facts_of[one.notice_id]), count.get(one.notice_id, 0))
                for one in notices[at : at + 100]
            ]  # fmt: skip
            pieces.append(book.parts.notices(str(year or book.labels("phrase", "no_year")), rows, book.labels, book.p))
    return paged(
        book, "notices.html", "list.html.j2", pieces, current="notices", title=book.p("nav_notices"),
        filtered=".listing tbody tr",
    )  # fmt: skip


def _newest_first(notice: NoticeRecord) -> tuple[object, ...]:
    code = notice.region.code if notice.region else ""
    day = notice.issued_on or ""
    return (-(year_of(notice) or 0), code != NATION, code, [-ord(char) for char in day], notice.notice_id)


# ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def search_html(book: Book) -> bytes:
    """Render the search: the index is inlined, and the script looks through it; without it the lists are there."""
    rows = [*_notice_rows(book), *_subject_rows(book)]
    facts = _fact_rows(book)
    # Each figure by itself where there is room for them; else its indicator is found by it, and the page has a filter.
    room = MOST_LISTED - len(_json(rows))
    kept = facts if len(_json(facts)) < room else []
    return render(
        book, "search.html.j2", "search.html", current="search", title=book.p("nav_search"), index=_json(rows + kept)
    )


def _json(rows: Sequence[Sequence[object]]) -> Markup:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # A data block ends where its words say so, unless they can't.
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 - as above


def _notice_rows(book: Book) -> list[list[str]]:
    """Give kind, words, small words and page of each notice."""
    return [
        ["n", book.title(one), " ".join(filter(None, (
            book.region(one.region.code if one.region else None), str(year_of(one) or ""),
            safe(one.document_number or ""), *map(safe, one.issuers[:2]), safe(one.title or "") if one.title_exact else "",
        ))), notice_page(one.notice_id)]
        for one in book.dataset.notices
    ]  # fmt: skip


_MOST_VALUES = 400


def _subject_rows(book: Book) -> list[list[str]]:
    found = []
    for one in book.subjects.values():
        regions = dict.fromkeys(book.region(series.region) for series in one.series)
        values = dict.fromkeys(
            point.value for series in one.series for point in series.points if point.value is not None
        )
        years = sorted({str(point.year) for series in one.series for point in series.points})
        small = " ".join([*list(regions)[:40], *years, *list(values)[:_MOST_VALUES]])
        found.append(["i", one.name, small, one.page])
    return found


def _fact_rows(book: Book) -> list[list[str]]:
    return [
        ["f", f"{book.subject_words(fact)} {figure_words(fact, book)}", " ".join(filter(None, (
            book.region(book.figures.region_of(fact)), str(fact.policy_year or ""), book.scope_words(fact),
        ))), book.fact_page(fact)]
        for fact in book.dataset.facts
    ]  # fmt: skip
