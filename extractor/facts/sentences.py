"""A notice's sentences as comparing years needs them: text, place in the source, section.

A unit is a sentence, or a clause of one that is a chain of clauses with ； between them: such a chain lists measures
(全额资助…；定额资助…), and one of them may change while the others stay. Headings are no measures, unless nothing else
stands in their section; nor are table cells that hold no clause (380). Numbers in front (（一）, 一是) are left out, so
that a measure that only moved down a list stays the same.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import regex

from extractor.facts.context import LONGEST_HEADING
from extractor.model import SentenceRecord, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import AlignedText, Notice, Section

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
