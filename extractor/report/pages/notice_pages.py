"""The page of a notice: its text with every figure marked, each figure's note beside it, the ledger, the repairs."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from extractor.build import publish
from extractor.dataset.addresses import notice_page
from extractor.dataset.labels import ledger_reason, one_line, safe
from extractor.dataset.store import load_rows, read_own
from extractor.model import LedgerRow
from extractor.report.pages.annotation import marks_of, paragraphs_of, read_again
from extractor.report.pages.fact_notes import FactNote, fact_note
from extractor.report.pages.frame import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from extractor.model import NoticeRecord, Unresolved
    from extractor.report.pages.annotation import TextParagraph
    from extractor.report.pages.book import Book
    from extractor.report.pages.comparison_pages import ComparisonPage
    from extractor.report.pages.pictures import NoticePicture


class AnnotatedParagraph(NamedTuple):
    """A paragraph with the notes of the figures that begin in it.

    Furniture is folded: ``opens`` counts the paragraphs of a stretch of it that begins here, ``closes`` ends one.
    """

    text: TextParagraph
    notes: tuple[FactNote, ...]
    unresolved: tuple[Unresolved, ...]
    opens: int = 0
    closes: bool = False


def notice_html(
    notice: NoticeRecord,
    book: Book,
    outputs: Path,
    *,
    links: Sequence[ComparisonPage] = (),
    pictures: Sequence[NoticePicture] = (),
) -> bytes:
    """Render a notice's page; ``links`` are the comparisons of its year, ``pictures`` those of its pages."""
    page = notice_page(notice.notice_id)
    facts = book.facts_of[notice.notice_id]
    unresolved = book.unresolved_of[notice.notice_id]
    ledger = _ledger(notice, outputs)
    notes = {fact.fact_id: fact_note(fact, notice, book) for fact in facts}
    paragraphs = _paragraphs(notice, book, ledger, notes, unresolved)
    shown = {note.fact.fact_id for paragraph in paragraphs for note in paragraph.notes}
    seen = {item.unresolved_id for paragraph in paragraphs for item in paragraph.unresolved}
    return render(
        book, "notice.html.j2", page, current="notices", title=book.title(notice), notice=notice,
        head=_head(notice, book),
        more=_more(notice, book), paragraphs=paragraphs, ledger=ledger, because=ledger_reason, pictures=pictures, links=links,
        counts=sorted(Counter(row.disposition for row in ledger).items()),
        unlinked=any(fact.indicator is None for fact in facts),
        kinds=sorted(Counter(fact.kind for fact in facts).items(), key=lambda item: -item[1]),
        outline=[item for item in _outline(notice) if item[2]],
        # Where the source is gone or words begin in no paragraph, the notes stand at the end.
        left=[note for name, note in notes.items() if name not in shown],
        left_unresolved=[item for item in unresolved if item.unresolved_id not in seen],
        rejected=[(one, book.value_words(one)) for one in book.dataset.rejected if one.notice_id == notice.notice_id],
        url=book.publisher_link(notice),
    )  # fmt: skip


def _paragraphs(
    notice: NoticeRecord,
    book: Book,
    ledger: Sequence[LedgerRow],
    notes: Mapping[str, FactNote],
    unresolved: Sequence[Unresolved],
) -> list[AnnotatedParagraph]:
    text = book.text_of(notice)
    if text is None:
        return []
    facts = book.facts_of[notice.notice_id]
    evidence = [*(one.evidence for one in facts), *(one.evidence for one in unresolved)]
    if any(text[one.start : one.end] != one.exact for one in evidence):
        return []  # the file is another one by now
    marks = marks_of(facts, unresolved, ledger, notice.quality.repairs, book.labels)
    headings = {start: (level, anchor) for start, level, _, anchor in _sections(notice)}
    items = {item.unresolved_id: item for item in unresolved}
    read = paragraphs_of(read_again(notice, text, book.resources), marks, headings)
    return _folded([
        AnnotatedParagraph(
            one,
            tuple(notes[name] for name in one.ids if name in notes),
            tuple(items[name] for name in one.ids if name in items),
        )
        for one in read
    ])  # fmt: skip


def _folded(paragraphs: list[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Say where stretches of furniture begin and end."""
    found: list[AnnotatedParagraph] = []
    for furniture, group in groupby(paragraphs, key=lambda one: one.text.furniture):
        stretch = list(group)
        if furniture:
            stretch[0] = stretch[0]._replace(opens=len(stretch))
            stretch[-1] = stretch[-1]._replace(closes=True)
        found += stretch
    return found


def _sections(notice: NoticeRecord) -> list[tuple[int, int, str, str]]:
    """List start, level, name and anchor of each section."""
    return [
        (one.start, min(one.level, 4), one_line(" ".join(filter(None, (one.number, one.heading)))), f"s{at}")
        for at, one in enumerate(notice.sections)
    ]


def _outline(notice: NoticeRecord) -> list[tuple[int, str, str | None]]:
    """List level, anchor and words of the sections that have a heading."""
    return [
        (level, anchor, name if section.heading else None)
        for section, (_, level, name, anchor) in zip(notice.sections, _sections(notice), strict=True)
    ]


def _head(notice: NoticeRecord, book: Book) -> list[tuple[str, str]]:
    labels = book.labels
    dates = ("issued_on", "published_on", "effective_on", "expires_on")
    rows = [
        ("document_number", notice.document_number),
        ("type", labels("type", notice.type)),
        ("issuers", labels.listed(notice.issuers)),
        ("region", book.region(notice.region.code) if notice.region else None),
        ("policy_year", str(notice.policy_year) if notice.policy_year else None),
        *((name, getattr(notice, name)) for name in dates),
    ]
    return [(labels("field", name), safe(text)) for name, text in rows if text]


def _more(notice: NoticeRecord, book: Book) -> list[tuple[str, str]]:
    """Say what few ask of a notice, and what may be long: relations, damage, copies, file."""
    labels = book.labels
    relations = labels.clauses(
        one_line(" ".join(filter(None, (labels("relation", link.type), link.document_number, link.title))))
        for link in notice.relations
    )
    rows = [
        ("addressees", labels.listed(notice.addressees)),
        ("relations", relations),
        ("quality", " · ".join(f"{labels('damage', item.kind)} {item.count}" for item in notice.quality.damage)),
        ("copies", labels.clauses(copy.source.path for copy in notice.copies)),
        ("source", notice.source.path),
    ]
    return [(labels("field", name), safe(text)) for name, text in rows if text]


def _ledger(notice: NoticeRecord, outputs: Path) -> list[LedgerRow]:
    path = outputs / publish.LEDGER / f"{notice.source.sha256}.jsonl"
    kept = read_own(path)
    return [] if kept is None else load_rows(kept, LedgerRow, path)
