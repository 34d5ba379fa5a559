"""Pictures of the pages that a notice's figures stand on, each figure's box a link to its note."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.build.corpus import notice_bytes
from extractor.errors import IngestError
from extractor.ingest import DEFAULT
from extractor.ingest.pdf.picture import PagePicture
from extractor.ingest.sandbox import PAINTER
from extractor.ingest.sandbox_worker import SandboxJob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.model import Box, Fact, NoticeRecord
    from extractor.report.pages.book import Book

MOST_PAGES = 60


class NoticePicture(NamedTuple):
    """A page's picture: ``file`` lies below the report's folder; ``boxes`` are places in points, with fact id and words."""

    page: int
    file: str
    width: int
    height: int
    boxes: tuple[tuple[Box, str, str], ...]


def pictures_of(notice: NoticeRecord, book: Book, corpus: Path) -> tuple[list[NoticePicture], dict[str, bytes]]:
    """Draw the pages of a PDF that have figures; give them, and their files by name. Of other files there are none."""
    facts = book.facts_of[notice.notice_id]
    pages = sorted({page for fact in facts for page, _ in _places(fact)})[:MOST_PAGES]
    data = notice_bytes(notice.source, corpus) if pages and notice.source.media_type == "application/pdf" else None
    if data is None:
        return [], {}
    job = SandboxJob(
        "extractor.ingest.pdf.picture", "draw_pages", data, notice.source.path, DEFAULT,
        {"pages": ",".join(map(str, pages))},
    )  # fmt: skip
    try:
        drawn = PAINTER.run(job, book.resources, list[PagePicture])
    except (IngestError, RuntimeError):
        return [], {}  # the page says where its words stand, also without a picture
    names = {one.page: f"pictures/{notice.source.sha256[:16]}-{one.page}.png" for one in drawn}
    shown = [
        NoticePicture(one.page, names[one.page], one.width, one.height, tuple(_boxes(facts, one.page, book)))
        for one in drawn
    ]
    return shown, {names[one.page]: one.png for one in drawn}


def _places(fact: Fact) -> Iterator[tuple[int, Box | None]]:
    evidence = fact.evidence
    if evidence.lines:
        yield from ((line.page, line.box) for line in evidence.lines)
    elif evidence.page is not None:
        yield evidence.page, evidence.box


def _boxes(facts: list[Fact], page: int, book: Book) -> Iterator[tuple[Box, str, str]]:
    for fact in facts:
        words = f"{book.subject_words(fact)} {book.value_words(fact)}"
        yield from ((box, fact.fact_id, words) for at, box in _places(fact) if at == page and box is not None)
