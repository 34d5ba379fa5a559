"""Sentences: split at 。！？ and at the ends of paragraphs and cells, never inside 《》, “” or （） that close soon.

Together with the blanks between them the sentences cover the whole text, in order. What runs on for thousands of
characters without a full stop is no sentence; it is cut at smaller marks, so that reading it stays linear.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import regex

from extractor.model import Sentence, Span
from extractor.notice.structure.page import BAR, GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.structure.page import NoticePage, TableCell

# A bracket that stays open for longer is taken for damage. Each kind of bracket stops at the next of its own, so that
# a row of brackets costs no more than its length.
_SENTENCE = regex.compile(
    r"""(?:[^。！？!?《“（【]++
      |《[^《》]{0,200}+》|“[^“”]{0,200}+”|（[^（）]{0,200}+）|【[^【】]{0,200}+】
      |[《“（【])++
      (?:[。！？!?]++[”’）】》]*+)?+
    |[。！？!?]++[”’）】》]*+""",
    regex.VERBOSE,
)  # fmt: skip
# A cell of a sign alone that names the unit of its row.
_UNIT_SIGNS = frozenset("%％‰℃")
_MOST_HEADERS = 6
# Of 11 notices the longest sentence has 190 characters, so none that a person wrote is ever cut.
LONGEST = 1500
# What can't be cut even here is a run of numeral signs that holds no figure; cutting it anywhere would make one.
UNREADABLE = 2 * LONGEST
_SIGN = "0-9,.点〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
# Where to cut, best first; never inside a figure, nor between it and its unit.
_CUTS = tuple(
    regex.compile(pattern)
    for pattern in (
        "；",
        r"[，、](?!\d)|(?<!\d)[，、]",
        rf"(?<![{_SIGN}])(?![{_SIGN}])",
        rf"(?<![{_SIGN}])|,(?!\d{{3}})",
    )
)


def read_sentences(page: NoticePage, of_line: list[int | None]) -> tuple[Sentence, ...]:
    """Cut every line into sentences, tables into cells."""
    sentences: list[Sentence] = []
    text = page.text
    contexts = table_contexts(page)
    roles = page.roles
    for i, (start, end, _) in enumerate(page.lines):
        role = roles[i]
        if role == "blank":
            continue
        section = of_line[i] if role in {"body", "cell"} else None
        if role == "cell":
            for piece in cell_pieces(page, i):
                context = contexts.get(piece[0], ())
                sentences += [Sentence(span, section, "cell", context) for span in _split(text, *piece)]
        else:
            sentences += [Sentence(span, section, role) for span in _split(text, start, end)]
    return tuple(sentences)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Split a stretch of text into sentences without surrounding blanks."""
    for match in _SENTENCE.finditer(text, start, end):
        low, high = match.span()
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        while high - low > LONGEST and (at := _cut(text, low, high)) is not None:
            yield Span(low, at)
            low = at
        if low < high:
            yield Span(low, high)


def _cut(text: str, low: int, high: int) -> int | None:
    """Find where to cut an over-long sentence: in the second half of what it may have, else as soon as it can be."""
    middle, end = low + LONGEST // 2, low + LONGEST
    for pattern in _CUTS:
        # Some characters more, for a pattern to see what follows.
        found = pattern.finditer(text, middle, min(end + 4, high))
        places = [match.end() for match in found if match.end() <= end]
        if places:
            return places[-1]
    further = _CUTS[-1].search(text, end, high)
    return further.end() if further and further.end() < high else None


def cell_pieces(page: NoticePage, index: int) -> list[tuple[int, int]]:
    """Cut a line of a table at its gaps or bars; every piece is (a part of) a cell. The line below barred heads has none."""
    start, end, text = page.lines[index]
    if page.roles[index] == "furniture":
        return []
    barred = index in page.barred
    by_tab = "\t" in text and not barred
    pieces = []
    at = start
    for gap in (BAR if barred else GAP).finditer(page.text, start, end):
        if by_tab and "\t" not in gap.group():
            continue
        if gap.start() > at:
            pieces.append((at, gap.start()))
        at = gap.end()
    if at < end:
        pieces.append((at, end))
    return pieces


def table_contexts(page: NoticePage) -> dict[int, tuple[Span, ...]]:
    """For the start of every piece of a cell, the header cells that say what it is about."""
    contexts: dict[int, tuple[Span, ...]] = {}
    for table in _block_tables(page):
        _add_contexts(table, contexts, page.text)
    for first, last in page.tables:
        rows = [row for i in range(first, last) if (row := cell_pieces(page, i))]
        if page.cells and _covered(page, rows[0][0][0]):
            continue
        _add_contexts([_placed(page.text, row, barred=first in page.barred) for row in rows], contexts, page.text)
    if page.cells:
        _spread(page, contexts)
    return contexts


def _placed(text: str, row: list[tuple[int, int]], *, barred: bool) -> list[tuple[int, int, int, bool]]:
    """Give each cell of a text table's row its column: by the TABs or bars before it, of which a blank cell leaves one."""
    begin = text.rfind("\n", 0, row[0][0]) + 1
    opened = begin + len(text[begin : row[0][0]]) - len(text[begin : row[0][0]].lstrip())
    marks = "|｜" if barred else "\t"
    if not any(mark in text[begin : row[-1][0]] for mark in marks):
        return [(start, end, column, False) for column, (start, end) in enumerate(row)]
    first = begin + (opened - begin + 1 if barred and text[opened] in marks else 0)
    return [(start, end, sum(text.count(mark, first, start) for mark in marks), False) for start, end in row]


def _covered(page: NoticePage, offset: int) -> bool:
    """Say whether an offset lies in a cell that the reader knows."""
    at = bisect_right(page.cells, offset, key=_start) - 1
    return at >= 0 and offset < page.cells[at].end


def _start(cell: TableCell) -> int:
    return cell.start


def _block_tables(page: NoticePage) -> Iterator[list[list[tuple[int, int, int, bool]]]]:
    """Yield the reader's tables as rows of (start, end, column, header)."""
    tables: dict[int, dict[int, list[tuple[int, int, int, bool]]]] = {}
    for cell in page.cells:
        start, end = cell.start, cell.end
        while start < end and page.text[start].isspace():
            start += 1
        while end > start and page.text[end - 1].isspace():
            end -= 1
        tables.setdefault(cell.table, {}).setdefault(cell.row, []).append((start, end, cell.column, cell.header))
    for rows in tables.values():
        yield [rows[key] for key in sorted(rows)]


def _add_contexts(
    rows: list[list[tuple[int, int, int, bool]]], contexts: dict[int, tuple[Span, ...]], text: str
) -> None:
    """Work out the headers of each cell of a table: those above it in header rows, and those left of it in its row."""
    heads = [row for row in rows if row and all(cell[3] for cell in row)] or rows[:1]
    top = {id(row) for row in heads}
    first: tuple[int, int] | None = None
    for row in rows:
        if id(row) in top:
            continue
        above = _walk_heads(heads, row)
        if row[0][2] == 0:
            first = row[0][:2]
        # A first cell that spans rows stands in the first of them only.
        left: list[tuple[int, int]] = [first] if first and row[0][2] > 0 else []
        named = False
        for (start, end, _, _), column in zip(row, above, strict=True):
            spans = [Span(*span) for span in (*column, *left) if span[0] < span[1] and span != (start, end)]
            contexts[start] = tuple(spans[:_MOST_HEADERS])
            words = text[start:end]
            # Row headers are the first cells without figures; 1, 2, 3 in front of them only count the rows; — says nothing.
            if not words.isdecimal() and (any(map(str.isalnum, words)) or words in _UNIT_SIGNS):
                named = named or any(char.isdecimal() for char in words)
                if not named or not left:
                    left.append((start, end))


def _walk_heads(
    heads: list[list[tuple[int, int, int, bool]]], row: list[tuple[int, int, int, bool]]
) -> list[list[tuple[int, int]]]:
    """For each cell of a row, the cells above it in the header rows; one that spans columns stands at its first.

    A lower one holds no further than the one above it: where 2025年目标 spans the rows, the 完成情况 beside it isn't its own.
    """
    found: list[list[tuple[int, int]]] = [[] for _ in row]
    begins = [0] * len(row)
    for head in heads[:3]:
        at = 0
        for k, cell in enumerate(row):
            while at + 1 < len(head) and head[at + 1][2] <= cell[2]:
                at += 1
            if head and begins[k] <= head[at][2] <= cell[2]:
                found[k].append(head[at][:2])
                begins[k] = head[at][2]
    return found


def _spread(page: NoticePage, contexts: dict[int, tuple[Span, ...]]) -> None:
    """Give every further line of a cell the context of its first."""
    for i, role in enumerate(page.roles):
        if role != "cell":
            continue
        for start, _ in cell_pieces(page, i):
            if start in contexts:
                continue
            at = bisect_right(page.cells, start, key=_start) - 1
            if at >= 0 and start < page.cells[at].end:
                cell = page.cells[at]
                lead = cell.start
                while lead < cell.end and page.text[lead].isspace():
                    lead += 1
                contexts[start] = contexts.get(lead, ())
