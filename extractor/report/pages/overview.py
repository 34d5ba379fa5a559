"""The first page: a card for each newest notice with its headline figures, what is doubtful, which checks failed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.addresses import notice_page
from extractor.dataset.doubts import blamed, newest_first
from extractor.dataset.figures import code_of
from extractor.dataset.headlines import NATION, changes_of_facts, former_value, headline_rows, newest_notices
from extractor.dataset.labels import safe, subject_words
from extractor.dataset.times import year_of
from extractor.report.diff_lines import delta_words, series_scope_words
from extractor.report.pages.charts import sparkline
from extractor.report.pages.doubts import check_words
from extractor.report.pages.fact_notes import figure_words
from extractor.report.pages.frame import render
from extractor.report.pages.indicator_pages import line_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from extractor.dataset.figures import FigureRow
    from extractor.model import Change, NoticeRecord
    from extractor.report.pages.book import Book
    from extractor.report.pages.comparison_pages import ComparisonPage
    from extractor.report.pages.doubts import ShownDoubt

_MOST_CARDS = 24
_MOST_DOUBTS = 8
_MOST_FAILED = 8
_MOST_MOVED = 12


class Against(NamedTuple):
    """What a figure is beside another one: how it moved, from what, and the page of the comparison."""

    kind: str
    before: str
    delta: str
    change: str
    broken: bool


class Headline(NamedTuple):
    """A headline figure of a card."""

    name: str
    page: str | None
    scope: str
    value: str
    fact_page: str
    last_year: Against | None
    former: str
    nation: Against | None
    spark: Markup


class Card(NamedTuple):
    """A newest notice with its headlines; ``links`` lead to the comparisons of its year."""

    notice: NoticeRecord
    title: str
    page: str
    region: str
    figures: int
    doubts: int
    failed: int
    headlines: tuple[Headline, ...]
    links: tuple[ComparisonPage, ...]


def overview_html(book: Book, comparisons: Sequence[ComparisonPage], doubts: Sequence[ShownDoubt]) -> bytes:
    """Render the first page."""
    changes = changes_of_facts((one.comparison, one) for one in comparisons)
    of_notice = Counter(one.notice_id for one in doubts)
    checks = _failed(book)
    failed = Counter(one.notice.notice_id for one in checks if one.notice)
    cards = [
        _card(one, book, comparisons, changes, of_notice, failed)
        for one in newest_notices(book.dataset.notices, book.facts_of)
    ]
    dataset = book.dataset
    return render(
        book, "overview.html.j2", "index.html", current="overview", title=book.p("nav_overview"),
        cards=cards[:_MOST_CARDS], more=max(0, len(cards) - _MOST_CARDS),
        totals=[
            ("notices", len(dataset.notices), "notices.html"), ("figures", len(dataset.facts), "indicators.html"),
            ("comparisons", len(comparisons), "years.html"), ("doubts", len(doubts), "doubts.html"),
        ],
        doubt_counts=[(kind, count) for kind, count in Counter(one.kind for one in doubts).items()],
        # What fails a check is listed below, check by check.
        doubts=[one for one in doubts if not one.checks][:_MOST_DOUBTS], failed=checks[:_MOST_FAILED],
        passed=sum(check.status == "pass" for check in dataset.checks),
        unpassed=len(checks),
        moved=list(_moved(book, comparisons)),
        set_aside=dataset.set_aside,
    )  # fmt: skip


class FailedCheck(NamedTuple):
    """A check that failed: its notice, what it found, and the first of the figures that it speaks against, with its page."""

    notice: NoticeRecord | None
    words: str
    name: str = ""
    value: str = ""
    page: str | None = None


def _failed(book: Book) -> list[FailedCheck]:
    """List the checks that failed, those of the newest notices first; a figure that was confirmed stays under its floor."""
    notice_of = {name: fact.notice_id for name, fact in book.facts.items()}
    found = []
    for check in book.dataset.checks:
        if check.status != "fail":
            continue
        fact = next((book.facts[name] for name in blamed(check, notice_of) if name in book.facts), None)
        if fact is None:
            found.append(FailedCheck(None, check_words(check, book)))
        else:
            found.append(
                FailedCheck(
                    book.notices[fact.notice_id], check_words(check, book), subject_words(fact, book.labels),
                    figure_words(fact, book), book.fact_page(fact),
                )
            )  # fmt: skip
    order = {one.notice_id: at for at, one in enumerate(newest_first(book.dataset.notices))}
    return sorted(found, key=lambda one: order[one.notice.notice_id] if one.notice else len(order))


# ── comparisons by fact ─────────────────────────────────────────────────────────────────────────────────────────────


def _against(
    row: FigureRow, book: Book, changes: dict[tuple[str, bool], tuple[Change, ComparisonPage]], *, nation: bool
) -> Against | None:
    met = next((changes[name, nation] for name in row.point.fact_ids if (name, nation) in changes), None)
    if met is None:
        return None
    change, page = met
    before = book.point_words(change.before) if change.before else ""
    delta = delta_words(change, book.labels)
    limit = book.writer.limit(change) if nation else None
    kind = (
        book.labels("limit", limit)
        if limit
        else book.labels("stance", book.stance(change))
        if nation
        else book.labels("change", change.kind)
    )
    if change.before is not None and not before:
        before = safe(change.before.due or "")
    if change.before is not None and change.before.status == "derived":
        before = book.labels.bracketed(before, book.labels("note", "derived"))
    return Against(kind, before, delta, page.page, limit is not None)


# ── a card ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _card(
    notice: NoticeRecord, book: Book, comparisons: Sequence[ComparisonPage],
    changes: dict[tuple[str, bool], tuple[Change, ComparisonPage]], doubts: Counter[str], failed: Counter[str],
) -> Card:  # fmt: skip
    code, year = code_of(notice), year_of(notice)
    links = tuple(one for one in comparisons if one.comparison.region == code and one.comparison.to == year)
    facts = book.facts_of[notice.notice_id]
    rows = headline_rows(notice, facts, book.figures, book.labels.place, {name for name, _ in changes})
    return Card(
        notice=notice, title=book.title(notice), page=notice_page(notice.notice_id), region=book.region(code),
        figures=len(book.facts_of[notice.notice_id]), doubts=doubts[notice.notice_id], failed=failed[notice.notice_id],
        headlines=tuple(_headline(row, book, changes) for row in rows), links=links,
    )  # fmt: skip


def _headline(row: FigureRow, book: Book, changes: dict[tuple[str, bool], tuple[Change, ComparisonPage]]) -> Headline:
    fact = book.first_fact(row.point)
    name = row.point.fact_ids[0] if row.point.fact_ids else ""
    series = book.series_of_fact.get(name)
    subject = f"？{safe(row.subject)}" if row.subject else book.labels("phrase", "no_value")
    due = book.labels("phrase", "by_date").format(safe(row.point.due)) if row.point.due else ""
    words = book.point_words(row.point)
    last_year = _against(row, book, changes, nation=False)
    own = book.facts_of[fact.notice_id] if fact and last_year is None else ()
    former = former_value(row.point, book.figures.facts, own)
    return Headline(
        name=safe(book.labels.indicator(row.indicator) or "") or subject,
        page=book.subject_of_fact.get(name),
        scope=series_scope_words(row.scope, book.labels),
        value=" ".join(filter(None, (words, due))),
        fact_page=book.fact_page(fact) if fact else "",
        last_year=last_year,
        former=book.value_words(former) if former else "",
        nation=_against(row, book, changes, nation=True),
        spark=sparkline(line_points(series, book) if series else ()),
    )


# ── what moved ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _moved(book: Book, comparisons: Sequence[ComparisonPage]) -> Iterator[tuple[ComparisonPage, list[tuple[str, int]]]]:
    """Count how figures moved in each region's newest comparison, the nation's first, then the newest."""
    newest_of: dict[str | None, ComparisonPage] = {}
    for one in comparisons:
        if one.comparison.against is None:
            known = newest_of.get(one.comparison.region)
            if known is None or known.comparison.to < one.comparison.to:
                newest_of[one.comparison.region] = one
    ranked = sorted(newest_of.values(), key=lambda one: (one.comparison.region != NATION, -one.comparison.to))
    for one in ranked[:_MOST_MOVED]:
        counts = Counter(change.kind for change in one.comparison.changes)
        yield one, [(book.labels("change", kind), count) for kind, count in counts.most_common()]
