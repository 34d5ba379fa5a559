"""A notice's row of the dataset, and quotations of its source."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.model import (
    Evidence,
    EvidenceLine,
    NoticeRecord,
    NoticeSource,
    Relation,
    SectionRecord,
    SentenceRecord,
    Span,
    ValidityWords,
)
from extractor.notice.facts.sentence.text import LONGEST_HEADING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extractor.model import AlignedText, Block, Notice, Repair, Section

# ── Ids of facts and unresolved entries: they depend on where the words stand, never on how they were read


class Ids:
    """Makes the ids of one notice; counts how often the same words come again in a sentence."""

    def __init__(self, notice_id: str) -> None:
        """Start with nothing counted."""
        self.notice_id = notice_id
        self._seen: Counter[tuple[str | None, str, str]] = Counter()
        self._places: dict[tuple[int, ...], int] = {}
        self._last: tuple[str | None, str, hashlib._Hash] | None = None
        self._on_place: Counter[tuple[int, ...]] = Counter()

    def make(self, letter: str, section: str | None, sentence: str, exact: str, place: tuple[int, ...]) -> str:
        """Return an id for words ``exact`` at ``place`` of a sentence.

        The same sentence twice in a section counts on, so that no two places share an id.
        """
        if place not in self._places:
            key = (section, sentence, exact)
            self._places[place] = self._seen[key]
            self._seen[key] += 1
        ordinal = self._places[place]
        number = self._on_place[place]
        self._on_place[place] += 1
        digest = self._begun(section, sentence)
        digest.update(chr(31).join(("", exact, str(ordinal), str(number))).encode())
        return f"{letter}-{digest.hexdigest()[:12]}"

    def _begun(self, section: str | None, sentence: str) -> hashlib._Hash:
        """Return the digest of notice, section and sentence, taken once: a sentence may hold thousands of figures."""
        if self._last is None or self._last[:2] != (section, sentence):
            parts = (self.notice_id, section or "", sentence)
            self._last = (section, sentence, hashlib.sha256(chr(31).join(parts).encode()))
        return self._last[2].copy()


# How the names of readers end whose whole text a recognition read; see `extractor.ingest.ocr`.
RECOGNISED = "+ocr"
# W3C text quotes: enough words around to find the place again when the text has moved.
AROUND = 32


class NoticePlace(Struct, frozen=True):
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
    text: AlignedText, span: Span, section: str | None, blocks: Sequence[Block], repairs: tuple[Repair, ...] = ()
) -> Evidence:
    """Quote the source words of a span, with the words around them; ``blocks`` are those of pages that they stand in.

    ``repairs`` are those of the whole text, in order; the quotation names those of its own characters.
    """
    start, end = text.to_source(span)
    source = text.source.text
    lines = [(block.page, block.box) for block in blocks if block.page]
    page, box = lines[0] if lines else (None, None)
    return Evidence(
        source=f"sha256:{text.source.sha256}", start=start, end=end, exact=source[start:end],
        prefix=source[max(0, start - AROUND) : start], suffix=source[end : end + AROUND], section=section,
        page=page, box=box,
        repairs=tuple(takewhile(lambda repair: repair.start < end, repairs[_first(repairs, start) :])) if repairs else (),
        lines=tuple(EvidenceLine(page=page, box=box) for page, box in lines) if len(lines) > 1 else (),
        recognised=text.source.reader.endswith(RECOGNISED) or any(block.recognised for block in blocks),
    )  # fmt: skip


def _first(repairs: tuple[Repair, ...], start: int) -> int:
    """Return the index of the first repair that ends behind an offset; they are sorted and disjoint."""
    return bisect_right(repairs, start, key=lambda repair: repair.end)


def notice_record(
    notice: Notice, place: NoticePlace, ledger: dict[str, int], evidence: Callable[[Span], Evidence]
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
            Relation(
                type=link.type, document_number=link.document_number, title=link.title, evidence=evidence(link.span),
                words=evidence(link.words) if link.words else None, ends_on=link.ends_on, part=link.part,
            )
            for link in notice.links
        ),
        source=NoticeSource(
            path=place.path, sha256=source.sha256, media_type=source.media_type, encoding=source.encoding,
            reader=source.reader, url=place.url,
        ),
        sections=tuple(sections), quality=notice.quality, ledger=ledger, attachments=source.attachments,
        until_changed=notice.until_changed,
        validity=tuple(ValidityWords(for_=field, evidence=evidence(span)) for field, span in notice.validity),
        begins_in=notice.begins_in, title_exact=notice.title_exact,
    )  # fmt: skip


# ── A notice's sentences as comparing years needs them: text, place in the source, section
# A unit is a sentence, or a clause of one that is a chain of clauses with ； between them: such a chain lists measures
# (全额资助…；定额资助…), and one of them may change while the others stay. Headings are no measures, unless nothing else
# stands in their section; nor are table cells that hold no clause (380). Numbers in front (（一）, 一是) are left out, so
# that a measure that only moved down a list stays the same.

_CLAUSE = regex.compile(
    r"(?:[^；（“《]++|（[^（）]{0,200}+）|“[^“”]{0,200}+”|《[^《》]{0,200}+》|[（“《])*+(?:；++|$)",
)
_AFTER_NUMBER = " \t\u3000、.．，：:"
_CELL_MARKS = frozenset("，。；")


def sentence_records(notice: Notice) -> tuple[SentenceRecord, ...]:
    """List the units of a notice that year is compared against year, in order."""
    text = notice.text.text
    headings = _headings(notice)
    marks = {mark.span.start: mark.span.end for mark in notice.marks if mark.kind != "page"}
    records = []
    for sentence in notice.sentences:
        words = text[slice(*sentence.span)]
        if sentence.kind == "cell":
            wanted = not _CELL_MARKS.isdisjoint(words)
        else:
            wanted = sentence.kind == "body" and headings.get(sentence.section, -1) < sentence.span.end
        if not wanted:
            continue
        section = None if sentence.section is None else notice.sections[sentence.section].id
        for span in _clauses(text, sentence.span, marks):
            start, end = notice.text.to_source(span)
            records.append(SentenceRecord(section, start, end, text[slice(*span)], _runs(notice.text, span)))
    return tuple(records)


def _headings(notice: Notice) -> dict[int | None, int]:
    """For each section that holds more than its heading, the end of that heading with its mark."""
    holding = {section.parent for section in notice.sections}
    ends: dict[int | None, int] = {
        index: _heading_end(section, notice.text.text) for index, section in enumerate(notice.sections)
    }
    for sentence in notice.sentences:
        if sentence.span.end > ends.get(sentence.section, -1):
            holding.add(sentence.section)
    return {index: end for index, end in ends.items() if index in holding}


def _heading_end(section: Section, text: str) -> int:
    if section.heading_span is None or section.heading_span.end - section.heading_span.start > LONGEST_HEADING:
        return -1
    end = section.heading_span.end
    return end + 1 if text[end : end + 1] in set("。：；:") else end


def _clauses(text: str, span: Span, marks: dict[int, int]) -> Iterator[Span]:
    """Cut a sentence at ； and take numbers and blanks off; what holds no word is left out."""
    for match in _CLAUSE.finditer(text, *span):
        start, end = match.span()
        if start == end:
            continue
        while start < end and (start in marks or text[start] in _AFTER_NUMBER):
            start = max(min(marks.get(start, 0), end), start + 1)
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(char.isalnum() for char in text[start:end]):
            yield Span(start, end)


def _runs(text: AlignedText, span: Span) -> tuple[tuple[int, int, int], ...]:
    """Write the way back to the source as runs of characters that go on one by one in both texts."""
    first, last = span
    if text.starts is None or text.ends is None:
        return ((0, first, first + 1),)
    starts, ends = text.starts[first:last], text.ends[first:last]
    size = last - first
    if starts == array("I", range(starts[0], starts[0] + size)) and ends == array("I", range(ends[0], ends[0] + size)):
        return ((0, starts[0], ends[0]),)
    breaks = (at for at in range(1, size) if starts[at] != starts[at - 1] + 1 or ends[at] != ends[at - 1] + 1)
    return ((0, starts[0], ends[0]), *((at, starts[at], ends[at]) for at in breaks))
