"""All pages of the report, from a dataset and the folder that it stands in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.build import publish
from extractor.build.corpus import source_text
from extractor.dataset.addresses import notice_page
from extractor.dataset.figures import code_of
from extractor.dataset.labels import load_labels
from extractor.dataset.own_indicators import resources_for
from extractor.dataset.times import year_of
from extractor.dataset.versions import HISTORY
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.report.pages.book import Book
from extractor.report.pages.comparison_pages import comparison_html, comparison_pages
from extractor.report.pages.doubts import doubts_html, doubts_of
from extractor.report.pages.indicator_pages import indicator_html
from extractor.report.pages.listings import indicators_html, notices_html, search_html, years_html
from extractor.report.pages.notice_pages import notice_html
from extractor.report.pages.overview import overview_html
from extractor.report.pages.pages_folder import write_pages
from extractor.report.pages.pictures import pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from extractor.model import Dataset, NoticeRecord
    from extractor.report.pages.pages_folder import WrittenReport
    from extractor.resources import Resources

    Progress = Callable[[int, int, str], None]

REPORT = "report"


class ReportSettings(NamedTuple):
    """What a report is made with: the folder of the dataset and that of its notices, language and data files.

    With ``pictures``, the pages of PDF files that have figures are drawn, too.
    """

    outputs: Path
    corpus: Path
    language: str
    resources: Resources
    pictures: bool = False


def write_report(
    dataset: Dataset, place: Path, settings: ReportSettings, *, progress: Progress | None = None
) -> WrittenReport:
    """Write the report on a dataset to a folder.

    Raises `DatasetError` where the place is not for a report, or something of somebody's stands there.
    """
    _require_place(place, settings.outputs, settings.corpus)
    return write_pages(place, report_pages(dataset, settings, progress=progress))


def _require_place(place: Path, outputs: Path, corpus: Path) -> None:
    """Refuse the corpus, which is read, and the folders that a build writes to."""
    if corpus.is_dir():
        if place.resolve() == corpus.resolve() or place.resolve() in corpus.resolve().parents:
            msg = Message(
                "{place}: holds the notices, and a report there would be read as one of them. Name another with -o.",
                place=place,
            )
            raise DatasetError(msg)
        if corpus.resolve() in place.resolve().parents and outputs.resolve() not in place.resolve().parents:
            msg = Message(
                "{place}: lies in the corpus, and a report there would be read as notices. Name another with -o.",
                place=place,
            )
            raise DatasetError(msg)
    built = {outputs.resolve() / name for name in (publish.SOURCES, publish.LEDGER, HISTORY)}
    if place.resolve() == outputs.resolve() or built & {place.resolve(), *place.resolve().parents}:
        msg = Message(
            "{place}: a build writes its own files there. Name another folder with -o, like {outputs}.",
            place=place,
            outputs=outputs / REPORT,
        )
        raise DatasetError(msg)


def report_pages(dataset: Dataset, settings: ReportSettings, *, progress: Progress | None = None) -> dict[str, bytes]:
    """Render all pages, and draw their pictures, by their names below the report's folder."""
    given = resources_for(settings.resources, dataset)

    @cache
    def text(sha256: str) -> str | None:
        source = next(notice.source for notice in dataset.notices if notice.source.sha256 == sha256)
        return source_text(source, settings.outputs, settings.corpus, given)

    def text_of(notice: NoticeRecord) -> str | None:
        return text(notice.source.sha256)

    book = Book(dataset, load_labels(given, settings.language), settings.language, given, text_of)
    pages: dict[str, bytes] = {}
    for done, (total, name, made) in enumerate(_made(book, settings)):
        if progress is not None:
            progress(done, total, name)
        pages.update(made)
    return dict(sorted(pages.items()))


def _made(book: Book, settings: ReportSettings) -> Iterator[tuple[int, str, dict[str, bytes]]]:
    """Yield how many steps there are, the step's name and the pages that it made."""
    comparisons, doubts = comparison_pages(book), doubts_of(book)
    total = len(book.dataset.notices) + len(book.subjects) + len(comparisons) + 6
    for subject in book.subjects.values():
        yield total, subject.name, indicator_html(subject, book)
    for one in comparisons:
        yield total, one.name, comparison_html(one, book)
    for notice in book.dataset.notices:
        page = notice_page(notice.notice_id)
        links = [
            one for one in comparisons
            if one.comparison.region == code_of(notice) and year_of(notice) in {one.comparison.from_, one.comparison.to}
        ]  # fmt: skip
        shown, files = pictures_of(notice, book, settings.corpus) if settings.pictures else ([], {})
        yield total, page, {page: notice_html(notice, book, settings.outputs, links=links, pictures=shown), **files}
    yield total, "doubts.html", doubts_html(book, doubts)
    yield total, "years.html", years_html(book, comparisons)
    yield total, "indicators.html", indicators_html(book)
    yield total, "notices.html", notices_html(book, doubts)
    yield total, "search.html", {"search.html": search_html(book)}
    yield total, "index.html", {"index.html": overview_html(book, comparisons, doubts)}
