"""Draws a report's pages step by step: in this process or, where there is much to draw, in several.

What a step draws rests on the dataset and on no other step, so that any process may draw it. Others are handed the dataset in a
file, and with it what is found once for all pages: what regions make of the figures that they were given.
"""

from __future__ import annotations

import tempfile
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.build.corpus import source_text
from extractor.build.engine.processes import processes_for
from extractor.build.engine.tasks import Lost, Task
from extractor.collector import collector_at_rest
from extractor.dataset import store
from extractor.dataset.addresses import notice_page
from extractor.dataset.compare import figures_of
from extractor.dataset.figures import code_of
from extractor.dataset.headlines import implemented_comparisons
from extractor.dataset.labels import load_labels
from extractor.dataset.own_indicators import resources_for
from extractor.dataset.times import year_of
from extractor.errors import DatasetError
from extractor.ingest.sandbox import how_ended
from extractor.messages import Message
from extractor.model import Dataset
from extractor.report.pages.book import Book
from extractor.report.pages.comparison_pages import comparison_html, comparison_pages
from extractor.report.pages.doubts import doubts_html, doubts_of
from extractor.report.pages.indicator_pages import indicator_html
from extractor.report.pages.listings import indicators_html, notices_html, search_html, years_html
from extractor.report.pages.notice_pages import notice_html
from extractor.report.pages.overview import overview_html
from extractor.report.pages.pictures import pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extractor.build.engine.processes import Processes
    from extractor.model import NoticeRecord
    from extractor.report.pages.comparison_pages import ComparisonPage
    from extractor.resources import Resources

# Steps for each process from which on a second one pays: it starts and loads the dataset in the time that some 30 take.
PAYS = 100


class ReportSettings(NamedTuple):
    """What a report is made with: the folder of the dataset and that of its notices, language and data files.

    With ``pictures``, the pages of PDF files that have figures are drawn, too. ``jobs`` processes draw; None is one for each
    processor, where there are pages enough.
    """

    outputs: Path
    corpus: Path
    language: str
    resources: Resources
    pictures: bool = False
    jobs: int | None = None


class DrawingStep(NamedTuple):
    """Some pages of a report: the step's name, as progress says it, and what draws them, by their names."""

    name: str
    draw: Callable[[], dict[str, bytes]]


class DrawingTask(Struct, frozen=True):
    """The number of a step for another process to draw, the file with the dataset, and the settings."""

    number: int
    dataset: str
    outputs: str
    corpus: str
    language: str
    pictures: bool


def drawn_pages(dataset: Dataset, settings: ReportSettings) -> Iterator[tuple[int, str, dict[str, bytes]]]:
    """Yield how many steps there are, the name of each and its pages, in their order.

    Raises `DatasetError` where processes that draw can't be had.
    """
    whole = _with_implemented(dataset, settings.resources)
    steps = steps_of(whole, settings)
    with processes_for(settings.jobs, settings.resources, PAYS) as engine:
        if engine.jobs_for(len(steps)) == 1:
            yield from ((len(steps), step.name, step.draw()) for step in steps)
        else:
            yield from _drawn_by(engine, whole, steps, settings)


def _with_implemented(dataset: Dataset, resources: Resources) -> Dataset:
    """Put beside the comparisons of years, which a dataset holds, those of regions with what they implement."""
    figures = figures_of(dataset, resources_for(resources, dataset))
    years = (one for one in dataset.comparisons if one.against is None)
    return replace(dataset, comparisons=(*years, *implemented_comparisons(figures)))


# ── what is drawn ───────────────────────────────────────────────────────────────────────────────────────────────────


def steps_of(dataset: Dataset, settings: ReportSettings) -> tuple[DrawingStep, ...]:
    """List what draws the pages of a dataset that holds all comparisons; the longest step first."""
    given = resources_for(settings.resources, dataset)

    @cache
    def text_of(sha256: str) -> str | None:
        source = next(notice.source for notice in dataset.notices if notice.source.sha256 == sha256)
        return source_text(source, settings.outputs, settings.corpus, given)

    labels = load_labels(given, settings.language)
    book = Book(dataset, labels, settings.language, given, lambda notice: text_of(notice.source.sha256))
    comparisons = comparison_pages(book)
    return (
        DrawingStep("doubts.html", partial(_with_doubts, book, comparisons)),
        *(DrawingStep(one.name, partial(indicator_html, one, book)) for one in book.subjects.values()),
        *(DrawingStep(one.name, partial(comparison_html, one, book)) for one in comparisons),
        *(
            DrawingStep(notice_page(one.notice_id), partial(_of_notice, one, book, comparisons, settings))
            for one in dataset.notices
        ),
        DrawingStep("years.html", partial(years_html, book, comparisons)),
        DrawingStep("indicators.html", partial(indicators_html, book)),
        DrawingStep("search.html", lambda: {"search.html": search_html(book)}),
    )


def _with_doubts(book: Book, comparisons: Sequence[ComparisonPage]) -> dict[str, bytes]:
    """Draw the doubts, and the pages that count them."""
    doubts = doubts_of(book)
    return {
        **doubts_html(book, doubts),
        **notices_html(book, doubts),
        "index.html": overview_html(book, comparisons, doubts),
    }


def _of_notice(
    notice: NoticeRecord, book: Book, comparisons: Sequence[ComparisonPage], settings: ReportSettings
) -> dict[str, bytes]:
    """Draw a notice's page, and the pictures on it."""
    place, year = code_of(notice), year_of(notice)
    links = [
        one
        for one in comparisons
        if one.comparison.region == place and year in {one.comparison.from_, one.comparison.to}
    ]
    shown, files = pictures_of(notice, book, settings.corpus) if settings.pictures else ([], {})
    return {
        notice_page(notice.notice_id): notice_html(notice, book, settings.outputs, links=links, pictures=shown),
        **files,
    }


# ── in several processes ────────────────────────────────────────────────────────────────────────────────────────────


def _drawn_by(
    engine: Processes, dataset: Dataset, steps: Sequence[DrawingStep], settings: ReportSettings
) -> Iterator[tuple[int, str, dict[str, bytes]]]:
    """Have steps drawn by processes that find the dataset in a file; one that two of them died of is named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dataset.json")
        path.write_bytes(msgspec.json.encode(dataset))
        about = (str(path), str(settings.outputs), str(settings.corpus), settings.language, settings.pictures)
        tasks = (
            Task(__name__, "do_drawing_task", msgspec.msgpack.encode(DrawingTask(number, *about)))
            for number in range(len(steps))
        )
        for step, found in zip(steps, engine.run(tasks, len(steps)), strict=True):
            if isinstance(found, Lost):
                msg = Message(
                    "{name}: two processes ended while they drew it, the last with {how}. Draw with --jobs 1, or look at what "
                    "the system says of its memory.",
                    name=step.name,
                    how=how_ended(found.status),
                )
                raise DatasetError(msg)
            yield len(steps), step.name, msgspec.msgpack.decode(found, type=dict[str, bytes])


def do_drawing_task(data: bytes, resources: Resources) -> bytes:
    """Draw a step for another process: a `DrawingTask` in, pages by their names out, both in MessagePack."""
    task = msgspec.msgpack.decode(data, type=DrawingTask)
    settings = ReportSettings(Path(task.outputs), Path(task.corpus), task.language, resources, task.pictures)
    return msgspec.msgpack.encode(_loaded_steps(task.dataset, settings)[task.number].draw())


@lru_cache(maxsize=1)
def _loaded_steps(path: str, settings: ReportSettings) -> tuple[DrawingStep, ...]:
    """List the steps of the dataset in a file, for as long as the same are asked for."""
    with collector_at_rest():
        dataset = store.decode(Dataset, Path(path).read_bytes(), path)
    return steps_of(dataset, settings)
