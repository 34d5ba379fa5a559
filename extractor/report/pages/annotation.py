"""A notice's text with its figures marked, paragraph by paragraph: as it was read, repaired, and as its source has it.

The reading is the source normalised again, so that a figure that a page's end cut in two stands whole; each paragraph has
both, and the page shows one of them. All words reach the page escaped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from markupsafe import Markup, escape

from extractor.dataset.labels import ledger_reason, one_line, safe
from extractor.model import SourceText
from extractor.notice.normalise.run import normalise
from extractor.notice.structure.parse import parse_structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.dataset.labels import Labels
    from extractor.model import AlignedText, Fact, LedgerRow, Notice, NoticeRecord, Repair, Sentence, Unresolved
    from extractor.resources import Resources

# An edit of a paragraph's first characters may lie before it; what stands between two paragraphs belongs to the earlier one.
_BLANK = " \t\u3000\r\n"


class TextMark(NamedTuple):
    """A stretch to be marked, in the offsets of one of the two texts."""

    start: int
    end: int
    kind: Literal["fact", "unresolved", "support", "ledger", "repair"]
    ids: tuple[str, ...] = ()
    style: str = ""
    title: str = ""
    old: str = ""


class TextParagraph(NamedTuple):
    """A paragraph in both texts; ``ids`` are the facts and unresolved figures that begin here.

    ``cells`` counts the cells of a table's row; 1 is no row. ``furniture`` says that it is the page's (navigation, links, footers), and none of the notice's words.
    """

    reading: Markup
    source: Markup
    level: int
    anchor: str | None
    ids: tuple[str, ...]
    cells: int
    furniture: bool


def read_again(notice: NoticeRecord, text: str, resources: Resources) -> Notice:
    """Normalise a notice's source text once more, and find its sentences."""
    about = notice.source
    source = SourceText(about.sha256, about.path, about.media_type, about.encoding, about.reader, text)
    return parse_structure(normalise(source, resources), resources)


def paragraphs_of(read: Notice, marks: Sequence[TextMark], headings: dict[int, tuple[int, str]]) -> list[TextParagraph]:
    """Cut both texts into paragraphs and mark them; ``headings`` are level and anchor by where a section begins."""
    aligned, source = read.text, read.text.source.text
    spans = _spans(aligned.text)
    if not spans:
        return []
    begins = [aligned.to_source(span).start for span in spans]
    bounds = list(zip([0, *begins[1:]], [*begins[1:], len(source)], strict=True))
    reading_marks = _dealt([_moved(mark, aligned) for mark in marks], spans)
    source_marks = _dealt(marks, bounds)
    found = []
    for at, (lo, hi) in enumerate(spans):
        ids = tuple(dict.fromkeys(
            name for mark in reading_marks[at] if mark.kind in {"fact", "unresolved"} and mark.start >= lo for name in mark.ids
        ))  # fmt: skip
        level, anchor = _heading(headings, *bounds[at], heading=hi - lo)
        found.append(TextParagraph(
            _marked(aligned.text, lo, hi, reading_marks[at], "w-"),
            _marked(source, *_stripped(source, *bounds[at]), source_marks[at], "o-"), level, anchor, ids,
            aligned.text.count("\t", lo, hi) + 1, not ids and _is_furniture(read.sentences, lo, hi),
        ))  # fmt: skip
    return found


def _is_furniture(sentences: Sequence[Sentence], start: int, end: int) -> bool:
    """Return True if all that is said in a stretch is a page's furniture."""
    at = bisect_right(sentences, start, key=lambda sentence: sentence.span.end)
    there = []
    while at < len(sentences) and sentences[at].span.start < end:
        there.append(sentences[at].kind == "furniture")
        at += 1
    return bool(there) and all(there)


def _heading(headings: dict[int, tuple[int, str]], start: int, end: int, *, heading: int) -> tuple[int, str | None]:
    """Give level and anchor of the section that begins in a paragraph; 0 where its heading runs on into its text."""
    for at in sorted(headings):
        if start <= at < end:
            level, anchor = headings[at]
            return (level if heading <= _LONGEST_HEADING else 0), anchor
    return 0, None


_LONGEST_HEADING = 40


def _spans(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        start, end = _stripped(text, at, at + len(line))
        if start < end:
            spans.append((start, end))
        at += len(line) + 1
    return spans


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def _moved(mark: TextMark, aligned: AlignedText) -> TextMark:
    """Move a mark from the source to the normalised text."""
    if aligned.starts is None or aligned.ends is None:
        return mark
    start = bisect_right(aligned.ends, mark.start)
    end = max(start, bisect_left(aligned.starts, mark.end))
    return mark._replace(start=start, end=end)


def _dealt(marks: Iterable[TextMark], spans: Sequence[tuple[int, int]]) -> list[list[TextMark]]:
    """Deal marks out to the stretches that they lie in, cut where they reach over an end."""
    dealt: list[list[TextMark]] = [[] for _ in spans]
    ends = [end for _, end in spans]
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        at = bisect_right(ends, mark.start)
        while at < len(spans) and spans[at][0] < mark.end:
            if mark.end > mark.start:
                dealt[at].append(mark)
            at += 1
    return dealt


# ── one paragraph ───────────────────────────────────────────────────────────────────────────────────────────────────


def _marked(text: str, lo: int, hi: int, marks: Sequence[TextMark], prefix: str) -> Markup:
    """Mark a stretch of text; the cells of a table's row, which is one line of the text, stand beside each other."""
    named: set[str] = set()
    if "\t" not in text[lo:hi]:
        return Markup(_marked_cell(text, lo, hi, marks, prefix, named))  # noqa: S704 - its words were escaped piece by piece
    html, at = [], lo
    for cell in text[lo:hi].split("\t"):
        marked = _marked_cell(text, at, at + len(cell), marks, prefix, named)
        html.append(f'<span class="cell">{marked}</span>')
        at += len(cell) + 1
    return Markup("".join(html))  # noqa: S704 - as above


def _marked_cell(text: str, lo: int, hi: int, marks: Sequence[TextMark], prefix: str, named: set[str]) -> str:
    """Mark a stretch of text; a figure is a link to its note, and words within it may be marked besides."""
    html: list[str] = []
    opened: TextMark | None = None
    for start, end, active in _pieces(lo, hi, marks):
        figures = [mark for mark in active if mark.kind in {"fact", "unresolved"}]
        figure = min(figures, key=lambda mark: (mark.end - mark.start, mark.start), default=None)
        if figure != opened:
            html.append("</a>" if opened else "")
            html.append(_opening(figure, prefix, named) if figure else "")
            opened = figure
        html.append(_piece(text[start:end], active, within=figure is not None))
    html.append("</a>" if opened else "")
    return "".join(html)


def _pieces(lo: int, hi: int, marks: Sequence[TextMark]) -> Iterator[tuple[int, int, list[TextMark]]]:
    """Cut a stretch wherever a mark begins or ends; yield each piece with the marks on it."""
    cuts = sorted({lo, hi, *(at for mark in marks for at in (mark.start, mark.end) if lo < at < hi)})
    waiting, active = 0, list[TextMark]()
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while waiting < len(marks) and marks[waiting].start <= start:
            if marks[waiting].end > start:
                active.append(marks[waiting])
            waiting += 1
        yield start, end, active


def _opening(figure: TextMark, prefix: str, named: set[str]) -> str:
    """Open a figure's link; its places are named once, where it begins."""
    fresh = [name for name in figure.ids if name not in named]
    named.update(fresh)
    own = f' id="{prefix}{fresh[0]}"' if fresh else ""
    others = "".join(f'<span id="{prefix}{name}"></span>' for name in fresh[1:])
    target = f"fact-{figure.ids[0]}" if figure.kind == "fact" else figure.ids[0]
    return f'{others}<a class="fig {figure.style}"{own} href="#{target}">'


def _piece(words: str, active: Sequence[TextMark], *, within: bool) -> str:
    shown = str(escape(safe(words)))
    for mark in active:
        title = f' title="{escape(mark.title)}"' if mark.title else ""
        if mark.kind == "repair":
            tag = "del" if mark.style == "lost" else "ins"
            shown = f'<{tag} class="fix"{title}>{shown}</{tag}>'
        elif mark.kind == "support" or (mark.kind == "ledger" and not within):
            shown = f'<span class="{mark.style}"{title}>{shown}</span>'
    return shown


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def marks_of(
    facts: Sequence[Fact],
    unresolved: Sequence[Unresolved],
    ledger: Sequence[LedgerRow],
    repairs: Sequence[Repair],
    labels: Labels,
) -> list[TextMark]:
    """List what is marked in a notice, in source offsets."""
    places: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        places.setdefault((fact.evidence.start, fact.evidence.end), []).append(fact)
    marks = [
        TextMark(*place, "fact", tuple(fact.fact_id for fact in there), f"k-{there[0].kind}")
        for place, there in places.items()
    ]
    marks += [
        TextMark(item.evidence.start, item.evidence.end, "unresolved", (item.unresolved_id,), "k-unresolved")
        for item in unresolved
    ]
    supports: dict[tuple[int, int], list[str]] = {}
    for fact in facts:
        for item in fact.support:
            supports.setdefault((item.start, item.end), []).append(labels("support", item.for_))
    marks += [
        TextMark(*place, "support", style="sup", title="、".join(dict.fromkeys(names)))
        for place, names in supports.items()
    ]
    marks += [
        TextMark(
            row.start, row.end, "ledger", style=f"n n-{row.disposition}",
            title=" · ".join(filter(None, (labels("disposition", row.disposition), ledger_reason(row, labels)))),
        )
        for row in ledger if row.disposition not in {"fact", "unresolved"}
    ]  # fmt: skip
    return marks + [_repair(row, labels) for row in repairs]


def _repair(row: Repair, labels: Labels) -> TextMark:
    said = f"{labels('page', 'was')} {one_line(row.exact)} · {labels('damage', row.kind)}"
    return TextMark(row.start, row.end, "repair", style="lost" if row.replacement is None else "fix", title=said)
