"""A notice's row of the dataset, and quotations of its source."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.model import Evidence, NoticeRecord, NoticeSource, Relation, SectionRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.model import AlignedText, Block, Notice, Repair, Span

# W3C text quotes: enough words around to find the place again when the text has moved.
AROUND = 32


class Place(Struct, frozen=True):
    """Where a notice was read and which id it has; ``measures``: its sentences are wanted, too."""

    notice_id: str
    path: str
    url: str | None = None
    measures: bool = False


def notice_id(notice: Notice) -> str:
    """Return the document number; where unknown, a digest of the normalised body, not of the bytes."""
    if notice.document_number:
        return notice.document_number
    body = "".join(
        "".join(notice.text.text[slice(*sentence.span)].split())
        for sentence in notice.sentences
        if sentence.kind in ("body", "cell")
    )
    return f"n-{hashlib.sha256(body.encode()).hexdigest()[:12]}"


def evidence_of(
    text: AlignedText, span: Span, section: str | None, block: Block | None, repairs: tuple[Repair, ...] = ()
) -> Evidence:
    """Quote the source words of a span, with the words around them; ``block`` is the one that they begin in.

    ``repairs`` are those of the whole text, in order; the quotation names those of its own characters.
    """
    start, end = text.to_source(span)
    source = text.source.text
    return Evidence(
        source=f"sha256:{text.source.sha256}", start=start, end=end, exact=source[start:end],
        prefix=source[max(0, start - AROUND) : start], suffix=source[end : end + AROUND], section=section,
        page=block.page if block else None, box=block.box if block else None,
        repairs=tuple(takewhile(lambda repair: repair.start < end, repairs[_first(repairs, start) :])) if repairs else (),
    )  # fmt: skip


def _first(repairs: tuple[Repair, ...], start: int) -> int:
    """Return the index of the first repair that ends behind an offset; they are sorted and disjoint."""
    return bisect_right(repairs, start, key=lambda repair: repair.end)


def notice_record(
    notice: Notice, place: Place, ledger: dict[str, int], evidence: Callable[[Span], Evidence]
) -> NoticeRecord:
    """Write a notice as it stands in the dataset."""
    source = notice.text.source
    sections = []
    for section in notice.sections:
        start, end = notice.text.to_source(section.span)
        sections.append(
            SectionRecord(
                id=section.id, number=section.number, heading=section.heading, level=section.level, start=start, end=end
            )
        )
    return NoticeRecord(
        notice_id=place.notice_id, type=notice.type, title=notice.title, document_number=notice.document_number,
        issuers=notice.issuers, addressees=notice.addressees, issued_on=notice.issued_on, published_on=notice.published_on,
        effective_on=notice.effective_on, expires_on=notice.expires_on, region=notice.region, policy_year=notice.policy_year,
        relations=tuple(
            Relation(type=link.type, document_number=link.document_number, title=link.title, evidence=evidence(link.span))
            for link in notice.links
        ),
        source=NoticeSource(
            path=place.path, sha256=source.sha256, media_type=source.media_type, encoding=source.encoding,
            reader=source.reader, url=place.url,
        ),
        sections=tuple(sections), quality=notice.quality, ledger=ledger, attachments=source.attachments,
    )  # fmt: skip
