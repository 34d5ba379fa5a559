"""Runs of characters to lines in reading order: from the top down, and column by column where a page has two.

Blanks follow from the gaps between characters, not from the blanks that a file holds alone: files put blanks between
the letters of a spread line (6 1 0 元) and leave them out between words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import regex

from extractor.ingest.paged.geometry import Line, PlacedTable, middle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ingest.paged.geometry import PageLayout, Run

Item: TypeAlias = Line | PlacedTable

# Gaps in ems (the size of the font), set by hand: the blank of Latin fonts has 0.2 to 0.35, Chinese prose has no gap
# over 0.5 even where it is justified, and columns stand at least two characters apart.
BLANK = 0.18
SAID_BLANK = 0.08
HAN_BLANK = 0.6
# Steps that differ less are the same.
EVEN = 0.1
WIDE = 1.5
# Letters are spread when most gaps of a line are; wider ones stand between the cells of a table.
MOST_SPREAD = 1.2
SPREAD_GAPS = 3
MOST_SPREAD_LETTERS = 12
# Two columns have at least so many lines each, of so many characters, most of them up to the column's edge.
COLUMN_LINES = 5
COLUMN_LETTERS = 10
MOST_ROWS = 400
# Columns of pages written in another way are numbered from here on.
WAYS = 10
_HAN = regex.compile(r"\p{Han}")
# What no line's end comes between: a Latin word or a Han sign, marks that open before it, marks that close after it.
_PART = r"[（《“‘【〔「]{0,3}+(?:[!-~]{1,24}+|.)?[，。、；：！？）》”’】〕」…％]{0,3}+"
_WORD = regex.compile(rf"{_PART}(?:(?<=[，。、；：）》”’】〕」])[!-~]{{1,24}}+)?")
_LATIN_SIGN = regex.compile(r"[!-~]")
# Latin letters and digits are about half as wide as they are high.
LATIN_WIDTH = 0.55


def read_lines(pages: list[PageLayout], rows: list[list[list[Item]]], gutters: list[float | None]) -> list[list[Item]]:
    """Put the rows of pages into reading order, page by page; lines beside the text come last."""
    items = []
    for page, found, gutter in zip(pages, rows, gutters, strict=True):
        inside = order(found, gutter)
        for item in inside:
            if isinstance(item, Line):
                item.column += WAYS * page.way
        items.append([*inside, *lines_beside(page)])
    return items


def find_gutters(pages: list[PageLayout], rows: list[list[list[Item]]]) -> list[float | None]:
    """Find, for each page, where the second of two columns begins; None for a page of one column."""
    gutters = [find_gutter(found) for found in rows]
    # The last page of two columns may have too little in them to tell.
    usual: dict[int, Counter[float]] = defaultdict(Counter)
    for page, gutter in zip(pages, gutters, strict=True):
        if gutter is not None:
            usual[round(page.width)][gutter] += 1
    common = {width: found.most_common(1)[0][0] for width, found in usual.items()}
    return [own if own is not None else common.get(round(page.width)) for page, own in zip(pages, gutters, strict=True)]


def parts_of(page: PageLayout, gutter: float | None) -> Iterator[list[Run]]:
    """Part the runs of a page into those that are read one after another: the sides of a gutter, and what lies between."""
    across: list[Run] = []
    upright = [run for run in page.runs if not run.beside]
    if gutter is None:
        yield upright
        return
    upright.sort(key=middle_of)
    for column in columns_of(rows_on(page), gutter):
        top = min(item.top for row in column for item in row)
        bottom = max(item.bottom for row in column for item in row)
        inside = upright[bisect_left(upright, top, key=middle_of) : bisect_right(upright, bottom, key=middle_of)]
        left, right = sides_of(column, gutter)
        if not left or not right or not (is_column(left) or is_column(right)):
            across += inside
            continue
        yield across
        yield [run for run in inside if run.right <= gutter]
        yield [run for run in inside if run.right > gutter]
        across = []
    yield across


def rows_on(page: PageLayout) -> list[list[Item]]:
    """List the rows of a page from the top down; a table is a row of its own."""
    rows = [
        [line for line in fragments_of(row, page.number) if line.text]
        for row in rows_of([run for run in page.runs if not run.beside])
    ]
    placed: list[list[Item]] = [*filter(None, rows), *([table] for table in page.tables)]  # type: ignore[list-item]
    placed.sort(key=lambda row: row[0].middle if isinstance(row[0], Line) else row[0].top)
    return placed


def lines_beside(page: PageLayout) -> list[Item]:
    """List the lines of a page that are not part of its text; they may be turned, so what is drawn together is one."""
    groups: list[list[Run]] = []
    for run in page.runs:
        if not run.beside:
            continue
        last = groups[-1][-1] if groups else run
        apart = max(run.left - last.right, last.left - run.right, run.top - last.bottom, last.top - run.bottom)
        if not groups or apart > WIDE * run.size:
            groups.append([])
        groups[-1].append(run)
    lines: list[Item] = []
    for group in groups:
        line = line_of(group, "".join(run.text for run in group), page.number)
        line.beside = True
        lines.append(line)
    return lines


def rows_of(runs: list[Run]) -> list[list[Run]]:
    """Sort runs into rows, from the top down: those that share half of their height."""
    rows: list[list[Run]] = []
    tallest: Run | None = None
    for run in sorted(runs, key=lambda run: (run.top + run.bottom, run.left)):
        shared = min(run.bottom, tallest.bottom) - max(run.top, tallest.top) if tallest else 0.0
        if tallest is None or shared < 0.5 * min(run.bottom - run.top, tallest.bottom - tallest.top):
            rows.append([])
            tallest = None
        rows[-1].append(run)
        if tallest is None or run.bottom - run.top > tallest.bottom - tallest.top:
            tallest = run
    for row in rows:
        row.sort(key=lambda run: run.left)
    return rows


def fragments_of(row: list[Run], page: int) -> list[Line]:
    """Join the runs of a row, up to gaps as wide as between columns; what is drawn twice is taken once."""
    row = [run for run, before in zip(row, [None, *row], strict=False) if before is None or not is_again(before, run)]
    gaps = [(b.left - a.right) / max(a.size, b.size, 0.1) for a, b in pairwise(row)]
    spread = spread_of(row, gaps)
    groups: list[tuple[list[Run], list[str]]] = [([row[0]], [row[0].text.rstrip()])]
    for at, ((a, b), gap) in enumerate(zip(pairwise(row), gaps, strict=True)):
        if gap - spread >= WIDE:
            groups.append(([], []))
        runs, texts = groups[-1]
        if runs:
            blank = is_blank(a.text, b.text, gap - spread) and not is_spread_figure(row, gaps, at)
            texts.append(" " if blank or is_cut_out(row, at + 1) else "")
        runs.append(b)
        texts.append(b.text.rstrip())
    return [line_of(runs, "".join(texts), page) for runs, texts in groups]


def is_spread_figure(row: list[Run], gaps: list[float], at: int) -> bool:
    """Return True if a gap between two digits is that between all signs there: 6 4 0 元 set sign by sign.

    A blank between two figures is followed by digits, and by a unit, that stand close.
    """
    if not row[at].text.isdigit() or not row[at + 1].text.isdigit():
        return False
    first, last = at, at + 1
    while first > 0 and row[first - 1].text.isdigit() and gaps[first - 1] < WIDE:
        first -= 1
    while last < len(row) - 1 and row[last + 1].text.isdigit() and gaps[last] < WIDE:
        last += 1
    # Up to the sign after the last digit.
    steps = gaps[first : last + 1] if last < len(row) - 1 and gaps[last] < WIDE else gaps[first:last]
    return len(steps) > 1 and max(steps) - min(steps) < EVEN


def is_cut_out(row: list[Run], at: int) -> bool:
    """Return True if struck words between two digits end before a run: what is left of two figures is not one."""
    before = at - 1
    if row[before].text or row[before].state != "struck":
        return False
    while before >= 0 and not row[before].text and row[before].state == "struck":
        before -= 1
    return before >= 0 and is_latin(row[before].text.rstrip()[-1:]) and is_latin(row[at].text[:1])


def is_again(one: Run, other: Run) -> bool:
    """Tell a run that is drawn over itself, a little to the right, to look bold."""
    near = other.left - one.left < BLANK * one.size and abs(other.bottom - one.bottom) < BLANK * one.size
    return one.text == other.text and near


def spread_of(row: list[Run], gaps: list[float]) -> float:
    """Give the gap, in ems, that stands between all letters of a spread line; 0 where letters stand close."""
    if len(gaps) >= SPREAD_GAPS and (usual := median(gaps)) < MOST_SPREAD:
        return max(usual, 0.0)
    # 通    知: a few letters spread over a line.
    letters = len(row) <= MOST_SPREAD_LETTERS and all(_HAN.fullmatch(run.text.rstrip()) for run in row)
    return max(gaps) if gaps and letters and max(gaps) - min(gaps) < BLANK else 0.0


def is_blank(a: str, b: str, gap: float) -> bool:
    """Say whether a gap, in ems, between two runs is a blank; Latin words stand close to Han without one."""
    said = a.endswith(" ")
    one, other = is_latin(a.rstrip()[-1:]), is_latin(b[:1])
    if one and other:
        return gap >= (SAID_BLANK if said else BLANK)
    return gap >= (BLANK if said and one == other else HAN_BLANK)


def is_latin(sign: str) -> bool:
    """Tell a Latin letter or a digit."""
    return sign.isascii() and sign.isalnum()


def word_width(text: str) -> float:
    """Give the width, in ems, of the first word of a line: the line before ended because it had no room for it."""
    word = _WORD.match(text)
    signs = word[0] if word is not None else ""
    return sum(LATIN_WIDTH if _LATIN_SIGN.match(sign) else 1.0 for sign in signs)


def line_of(runs: list[Run], text: str, page: int) -> Line:
    """Make a line of runs; its size is that of most of its characters."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size, 1)] += len(run.text)
    size = max(sizes, key=lambda size: (sizes[size], size))
    return Line(
        text.strip(), min(run.left for run in runs), min(run.top for run in runs), max(run.right for run in runs),
        max(run.bottom for run in runs), size, page,
    )  # fmt: skip


def whole(row: list[Line]) -> Line:
    """Make one line of a row's fragments, two blanks between them."""
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    return Line(
        "  ".join(line.text for line in row), row[0].left, min(line.top for line in row),
        max(line.right for line in row), max(line.bottom for line in row), longest.size, row[0].page, wide=True,
    )  # fmt: skip


def join_row(row: list[Item]) -> list[Item]:
    """Make one line of a row's fragments; a table is a row of its own."""
    lines = [item for item in row if isinstance(item, Line)]
    return [whole(lines)] if lines else row


def order(rows: list[list[Item]], gutter: float | None) -> list[Item]:
    """Put rows into reading order; ``column`` of a line is 1 or 2 within two columns, else 0."""
    if gutter is None:
        return [item for row in rows for item in join_row(row)]
    items: list[Item] = []
    for column in columns_of(rows, gutter):
        left, right = sides_of(column, gutter)
        if not left or not right or not (is_column(left) or is_column(right)):
            items += [item for row in column for item in join_row(row)]
            continue
        for number, side in enumerate((left, right), 1):
            for item in side:
                if isinstance(item, Line):
                    item.column = number
        items += left + right
    return items


def columns_of(rows: list[list[Item]], gutter: float) -> Iterator[list[list[Item]]]:
    """Take together the rows that stand side by side with nothing across the gutter."""
    for free, column in groupby(rows, key=lambda row: all(item.right <= gutter or item.left >= gutter for item in row)):
        if free:
            yield list(column)
        else:
            yield from ([row] for row in column)


def sides_of(column: list[list[Item]], gutter: float) -> tuple[list[Item], list[Item]]:
    """List what stands left and right of a gutter."""
    left: list[Item] = []
    right: list[Item] = []
    for row in column:
        first = [item for item in row if item.right <= gutter]
        left += join_row(first)
        right += join_row(row[len(first) :])
    return left, right


def find_gutter(rows: list[list[Item]]) -> float | None:
    """Find where the second of two columns begins: left of most lines that begin about half way."""
    if not COLUMN_LINES <= len(rows) <= MOST_ROWS:
        return None
    lines = [item for row in rows for item in row if isinstance(item, Line)]
    if not lines:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    starts = Counter(round(line.left / 4) for line in lines if 0.35 * width < line.left - left < 0.65 * width)
    if not starts:
        return None
    start, count = max(starts.items(), key=lambda item: (item[1], -item[0]))
    gutter = 4.0 * start - 4
    sides = (sides_of(column, gutter) for column in columns_of(rows, gutter)) if count >= COLUMN_LINES else ()
    return gutter if any(is_column(left) and is_column(right) for left, right in sides) else None


def is_column(items: list[Item]) -> bool:
    """Tell a column of prose: lines enough, long enough, most of them up to its edge."""
    side = [item for item in items if isinstance(item, Line)]
    if len(side) < COLUMN_LINES or median(len(line.text) for line in side) < COLUMN_LETTERS:
        return False
    edge = max(line.right for line in side)
    return sum(line.right > edge - 2 * line.size for line in side) * 2 >= len(side)
