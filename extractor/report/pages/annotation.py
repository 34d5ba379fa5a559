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
from extractor.model import SourceText, Span
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
    """A paragraph or a table in both texts; ``ids`` are the facts and unresolved figures that begin here.

    ``furniture`` says that it is the page's (navigation, links, footers), and none of the notice's words.
    """

    reading: Markup
    source: Markup
    level: int
    anchor: str | None
    ids: tuple[str, ...]
    table: bool
    furniture: bool


class _Line(NamedTuple):
    """A line of the reading without the blanks at its ends; ``row``: of a table's row, whose first cells may be blank.

    ``follows`` says that nothing, not even an empty line, stands between it and the line before.
    """

    start: int
    end: int
    row: bool
    follows: bool


def read_again(notice: NoticeRecord, text: str, resources: Resources) -> Notice:
    """Normalise a notice's source text once more, and find its sentences."""
    about = notice.source
    source = SourceText(about.sha256, about.path, about.media_type, about.encoding, about.reader, text)
    return parse_structure(normalise(source, resources), resources)


def paragraphs_of(read: Notice, marks: Sequence[TextMark], headings: dict[int, tuple[int, str]]) -> list[TextParagraph]:
    """Cut both texts into paragraphs and mark them; ``headings`` are level and anchor by where a section begins."""
    aligned, source = read.text, read.text.source.text
    lines = _lines(aligned.text)
    if not lines:
        return []
    begins = [aligned.to_source(Span(line.start, line.end)).start for line in lines]
    bounds = list(zip([0, *begins[1:]], [*begins[1:], len(source)], strict=True))
    reading_marks = _dealt([_moved(mark, aligned) for mark in marks], [(line.start, line.end) for line in lines])
    source_marks = _dealt(marks, bounds)
    found = []
    for group in _groups(lines, bounds, headings):
        first, last, table = lines[group[0]], lines[group[-1]], len(group) > 1
        ids = tuple(dict.fromkeys(
            name for at in group for mark in reading_marks[at]
            if mark.kind in {"fact", "unresolved"} and mark.start >= lines[at].start for name in mark.ids
        ))  # fmt: skip
        level, anchor = _heading(headings, *bounds[group[0]], heading=first.end - first.start)
        figures = [any(mark.kind in {"fact", "unresolved"} for mark in reading_marks[at]) for at in group]
        stretches = [(lines[at].start, lines[at].end, reading_marks[at]) for at in group]
        sources = [(*_stripped(source, *bounds[at], row=lines[at].row), source_marks[at]) for at in group]
        found.append(TextParagraph(
            _table(aligned.text, stretches, figures, "w-") if table else _marked(aligned.text, *stretches[0], "w-"),
            _table(source, sources, figures, "o-") if table else _marked(source, *sources[0], "o-"),
            0 if table else level, anchor, ids, table,
            not ids and _is_furniture(read.sentences, first.start, last.end),
        ))  # fmt: skip
    return found


def _groups(
    lines: Sequence[_Line], bounds: Sequence[tuple[int, int]], headings: dict[int, tuple[int, str]]
) -> Iterator[list[int]]:
    """Group the lines by what they are shown as: the rows of a table together, another line alone.

    A row that a section begins in begins a table, so that the section has its place.
    """
    starts = sorted(headings)
    group: list[int] = []
    for at, line in enumerate(lines):
        lo, hi = bounds[at]
        begins = bisect_left(starts, lo) < bisect_left(starts, hi)
        if group and not (line.row and lines[group[-1]].row and line.follows and not begins):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


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


def _lines(text: str) -> list[_Line]:
    """Cut a text into its lines that aren't empty."""
    found: list[_Line] = []
    at, row, follows = 0, False, False
    for line in text.split("\n"):
        inner = line.strip(_BLANK)
        # The first cells of a row may be blank (\t上限\t下限); a paragraph may be set in with a tab.
        row = "\t" in inner or (row and line.startswith("\t") and bool(inner))
        start, end = _stripped(text, at, at + len(line), row=row)
        if inner:
            found.append(_Line(start, end, row, follows))
        follows = bool(inner)
        at += len(line) + 1
    return found


def _stripped(text: str, start: int, end: int, *, row: bool = False) -> tuple[int, int]:
    """Leave out the blanks at both ends; the tabs that a table's row begins with are its blank cells."""
    before = _BLANK.replace("\t", "") if row else _BLANK
    while start < end and text[start] in before:
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
    """Mark a stretch of text."""
    return Markup(_marked_cell(text, lo, hi, marks, prefix, set()))  # noqa: S704 - its words were escaped piece by piece


class _HeadCell(NamedTuple):
    """A cell of a table's head, and how many rows and columns it reaches over."""

    row: int
    column: int
    rows: int
    columns: int


_LONGEST_HEAD = 3


def _table(
    text: str, rows: Sequence[tuple[int, int, Sequence[TextMark]]], figures: Sequence[bool], prefix: str
) -> Markup:
    """Mark the rows of a table, whose cells are parted by tabs; ``figures`` says which rows have any.

    What stands above the first of them is its head, unless that is much.
    """
    named: set[str] = set()
    cells = [_cells(text, lo, hi, marks, prefix, named) for lo, hi, marks in rows]
    width = max(map(len, cells))
    cells = [[*row, *[""] * (width - len(row))] for row in cells]
    head = next((at for at, there in enumerate(figures) if there), 0)
    head = head if head <= _LONGEST_HEAD else 0
    html = ["<thead>"] if head else []
    spans = {(one.row, one.column): one for one in _head_cells(cells[:head])}
    for at in range(head):
        html.append("<tr>")
        for column in range(width):
            if (at, column) in spans:
                own = spans[at, column]
                over = (f' rowspan="{own.rows}"' if own.rows > 1 else "") + (
                    f' colspan="{own.columns}"' if own.columns > 1 else ""
                )
                scope = "colgroup" if own.columns > 1 else "col"
                html.append(f'<th scope="{scope}"{over}>{cells[at][column]}</th>')
        html.append("</tr>")
    html.append("</thead><tbody>" if head else "<tbody>")
    html += [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells[head:]]
    return Markup("".join((*html, "</tbody>")))  # noqa: S704 - its words were escaped piece by piece


def _cells(text: str, lo: int, hi: int, marks: Sequence[TextMark], prefix: str, named: set[str]) -> list[str]:
    """Mark the cells of a row."""
    html, at = [], lo
    for cell in text[lo:hi].split("\t"):
        own = [mark for mark in marks if mark.start < at + len(cell) and mark.end > at]
        html.append(_marked_cell(text, at, at + len(cell), own, prefix, named))
        at += len(cell) + 1
    return html


def _head_cells(head: Sequence[Sequence[str]]) -> Iterator[_HeadCell]:
    """Find the cells of a head; the text keeps the place of each, and what one reaches over are blanks.

    A blank above a name is part of the cell to its left (缴费基数 over 上限 and 下限); a cell above nothing but blanks reaches
    down to the end of the head.
    """
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(head):
        below = [any(lower[column] for lower in head[at + 1 :]) for column in range(len(row))]
        for column, cell in enumerate(row):
            if (at, column) in taken:
                continue
            end = column + 1
            while cell and end < len(row) and not row[end] and below[end] and below[column] and (at, end) not in taken:
                end += 1
            rows = len(head) - at if cell and not any(below[column:end]) else 1
            taken |= {(each, other) for each in range(at, at + rows) for other in range(column, end)}
            yield _HeadCell(at, column, rows, end - column)


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
