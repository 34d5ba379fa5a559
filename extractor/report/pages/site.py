"""All pages of the report, from a dataset and the folder that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build import publish
from extractor.dataset.versions import HISTORY
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.report.pages.drawing import drawn_pages
from extractor.report.pages.pages_folder import write_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from extractor.model import Dataset
    from extractor.report.pages.drawing import ReportSettings
    from extractor.report.pages.pages_folder import WrittenReport

    Progress = Callable[[int, int, str], None]

REPORT = "report"


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
    pages: dict[str, bytes] = {}
    for done, (total, name, made) in enumerate(drawn_pages(dataset, settings)):
        if progress is not None:
            progress(done, total, name)
        pages.update(made)
    return dict(sorted(pages.items()))
