"""Sentences: split at 。！？ and at the ends of paragraphs and cells, never inside 《》, “” or （） that close soon.

Together with the blanks between them the sentences cover the whole text, in order. What runs on for thousands of
characters without a full stop is no sentence; it is cut at smaller marks, so that reading it stays linear.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.model import Sentence, Span
from extractor.notice.structure.page import BAR, BARS, GAP

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
# A cell that reaches over more rows has the heads of the first.
_LONGEST_SPAN = 60
# Cells behind another that may say its unit, and how long they are.
_MOST_BEHIND, _LONGEST_BEHIND = 2, 12
_DIGITS = regex.compile(r"[\d.,]++")
_FIGURE_SIGNS = regex.compile(r"[\d.%％]")
# A figure with words beside it; 2024年 is none.
_WORDED = regex.compile(r"(?!(?:19|20)\d\d年?\Z)(?=.*\d)(?=.*\p{Han}).++")
# 80—89周岁, 100岁（含）以上的
_AGE = regex.compile(
    r"年?满?\d{1,3}(?:周岁|岁)?(?:\s?[-—－–~～至到]{1,2}\s?\d{1,3})?(?:周岁|岁)(?:（含）)?(?:及?以[上下内]|（含）|的){0,3}"
)
# Years and signs of substances within a label are no figures: 总量减排（较2020年累计）, PM2.5平均浓度
_DATED = regex.compile(r"(?:19|20)\d\d年|[A-Za-z]{1,6}\d[\d.]*+")
# A cell that is a unit: 元/人·月, %, 万元
_UNIT = regex.compile(r"[%％‰]|[万亿]?元|[\p{Han}㎡³]{1,8}/[\p{Han}㎡³]{1,4}(?:[·/]\p{Han}{1,3})?")
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
    opens = 0
    for i, (start, end, _) in enumerate(page.lines):
        role = roles[i]
        if role == "blank":
            continue
        section = of_line[i] if role in {"body", "cell"} else None
        if role == "cell":
            for piece in cell_pieces(page, i):
                heads = contexts.get(piece[0], _NO_HEADS)
                sentences += [
                    Sentence(span, section, "cell", heads.spans, heads.columns, opens, heads.behind)
                    for span in _split(text, *piece)
                ]
        else:
            sentences += [Sentence(span, section, role) for span in _split(text, start, end)]
            # The line below barred heads, and a page's mark among rows, begin no other table.
            if role != "furniture" or i == 0 or roles[i - 1] != "cell":
                opens = len(sentences)
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


class _Heads(NamedTuple):
    """The header cells of a cell, how many of them, the first, stand above it, and short words behind it in its row."""

    spans: tuple[Span, ...]
    columns: int
    behind: tuple[Span, ...] = ()


_NO_HEADS = _Heads((), 0)


class _PlacedCell(NamedTuple):
    """A cell without blanks around it: its first row and column, the row and the column after its last."""

    start: int
    end: int
    row: int
    below: int
    column: int
    behind: int
    header: bool


def table_contexts(page: NoticePage) -> dict[int, _Heads]:
    """For the start of every piece of a cell, the header cells that say what it is about."""
    contexts: dict[int, _Heads] = {}
    for table in _block_tables(page):
        _add_contexts(table, contexts, page.text)
    for first, last in page.tables:
        rows = [row for i in range(first, last) if (row := cell_pieces(page, i))]
        # 计划规划	所有信息 among the links of a page: all its lines are furniture.
        if not rows or (page.cells and _covered(page, rows[0][0][0])):
            continue
        barred = first in page.barred
        placed = [_placed(page.text, row, number, barred=barred) for number, row in enumerate(rows)]
        gapped = not barred and "\t" not in page.text[rows[0][0][0] : rows[0][-1][1]]
        if gapped and len(rows[0]) < min(map(len, rows[1:]), default=0):
            # 　　　　2024年度　　2025年度: the corner is blank.
            placed[0] = [cell._replace(column=cell.column + 1, behind=cell.behind + 1) for cell in placed[0]]
        _add_contexts(placed, contexts, page.text)
    if page.cells:
        _spread(page, contexts)
    return contexts


def _placed(text: str, row: list[tuple[int, int]], number: int, *, barred: bool) -> list[_PlacedCell]:
    """Give each cell of a text table's row its column: by the TABs or bars before it, of which a blank cell leaves one."""
    begin = text.rfind("\n", 0, row[0][0]) + 1
    opened = begin + len(text[begin : row[0][0]]) - len(text[begin : row[0][0]].lstrip())
    marks = BARS if barred else "\t"
    columns = list(range(len(row)))
    if any(mark in text[begin : row[-1][0]] for mark in marks):
        first = begin + (opened - begin + 1 if barred and text[opened] in marks else 0)
        columns = [sum(text.count(mark, first, start) for mark in marks) for start, _ in row]
    return [
        _PlacedCell(start, end, number, number + 1, column, column + 1, header=False)
        for (start, end), column in zip(row, columns, strict=True)
    ]


def _covered(page: NoticePage, offset: int) -> bool:
    """Say whether an offset lies in a cell that the reader knows."""
    at = bisect_right(page.cells, offset, key=_start) - 1
    return at >= 0 and offset < page.cells[at].end


def _start(cell: TableCell) -> int:
    return cell.start


def _block_tables(page: NoticePage) -> Iterator[list[list[_PlacedCell]]]:
    """Yield the reader's tables, row by row."""
    tables: dict[int, dict[int, list[_PlacedCell]]] = {}
    for cell in page.cells:
        start, end = cell.start, cell.end
        while start < end and page.text[start].isspace():
            start += 1
        while end > start and page.text[end - 1].isspace():
            end -= 1
        place = (cell.row, cell.row + cell.rows, cell.column, cell.column + cell.columns)
        tables.setdefault(cell.table, {}).setdefault(cell.row, []).append(_PlacedCell(start, end, *place, cell.header))
    for rows in tables.values():
        yield [rows[key] for key in sorted(rows)]


def _add_contexts(rows: list[list[_PlacedCell]], contexts: dict[int, _Heads], text: str) -> None:
    """Work out the headers of each cell of a table: those above it in header rows, and those left of it in its row."""
    heads = [row for row in rows if row and all(cell.header for cell in row)] or (
        [] if _is_headless(rows, text) else rows[: 1 + _parts_heads(rows, text)]
    )
    top = {id(row) for row in heads}
    blocks = _block_columns(heads, text)
    figures = _figure_columns([row for row in rows if id(row) not in top], text)
    # By column the last cell, which may reach over the row below; the first ones that are blank there do in any table.
    above: dict[int, _PlacedCell] = {}
    labels_of: dict[int, list[_PlacedCell]] = {}
    for row in rows:
        if id(row) in top:
            continue
        columns = _walk_heads(heads, row)
        begins = row[0].column
        leading = _still_said(above, begins)
        reaching = [one for one in above.values() if one.below > row[0].row or one in leading]
        own = {cell.start: column for cell, column in zip(row, columns, strict=True)}
        above.update((cell.column, cell) for cell in row)
        spanning = {cell.start for cell in (*reaching, *row) if cell.below - cell.row > 1}
        left: list[_PlacedCell] = []
        named = False
        labels, aged = _second_labels(row, text), _ages(row, text)
        # 缴费年限每满1年 beside 元/人·月
        measured = {one.start for one, behind in pairwise(row) if _UNIT.fullmatch(text, behind.start, behind.end)}
        placed = sorted((*reaching, *row), key=_column_of)
        said = [cell for cell in placed if _is_said_behind(text[cell.start : cell.end])]
        for cell in placed:
            start, end = cell.start, cell.end
            if cell.column in blocks:
                left, named = [], False
            if start in own:
                behind = tuple(Span(one.start, one.end) for one in said if one.column > cell.column)[-_MOST_BEHIND:]
                over = [one for one in own[start] if one.start < one.end][:_MOST_HEADERS]
                beside = [Span(one.start, one.end) for one in left if one.start != start]
                contexts[start] = _Heads((*over, *beside)[:_MOST_HEADERS], len(over), behind)
            words = text[start:end]
            # Row headers are the first cells without figures; 1, 2, 3 in front of them only count the rows; — says nothing.
            # So does 正增长 in a column of figures.
            says = any(map(str.isalnum, words)) or words in _UNIT_SIGNS
            if not words.isdecimal() and says and (cell.column not in figures or any(map(str.isdecimal, words))):
                named = named or (start not in aged and start not in measured and _holds_figure(words))
                unit = _UNIT.fullmatch(words) is not None and bool(left)
                if not named or not left or unit or (start in labels and all(one.start in spanning for one in left)):
                    left.append(cell)
        labels_of[row[0].row] = left
    _drop_row_heads([cell for row in rows for cell in row], labels_of, contexts)


def _still_said(above: dict[int, _PlacedCell], begins: int) -> list[_PlacedCell]:
    """Return the cells above that a row goes on with that is blank before column ``begins``: its first ones, down to one newer than the next."""
    found: list[_PlacedCell] = []
    for column in range(begins):
        one = above.get(column)
        if one is None or (found and one.row < found[-1].row):
            break
        found.append(one)
    return found


def _drop_row_heads(
    cells: list[_PlacedCell], labels_of: dict[int, list[_PlacedCell]], contexts: dict[int, _Heads]
) -> None:
    """Take the heads of single rows from a cell that reaches over all rows of a table, or of a head.

    2000 beside 一级及以下, 二级, 三级: the cap of one is that of all. ``labels_of`` are the heads of each row.
    """
    for cell in cells:
        if not 1 < cell.below - cell.row <= _LONGEST_SPAN or cell.start not in contexts:
            continue
        rows = [labels_of[row] for row in range(cell.row, cell.below) if row in labels_of]
        if len(rows) < 2 or any(cell in labels for labels in rows):  # noqa: PLR2004 - several rows
            continue
        told = dict.fromkeys(label for labels in rows for label in labels)
        outer = [one for one in told if one.row <= cell.row and cell.below <= one.below]
        whole = len(rows) == len(labels_of) or any((one.row, one.below) == (cell.row, cell.below) for one in outer)
        if whole:
            heads, beside = contexts[cell.start], [Span(one.start, one.end) for one in outer]
            contexts[cell.start] = heads._replace(spans=(*heads.spans[: heads.columns], *beside)[:_MOST_HEADERS])


def _second_labels(row: list[_PlacedCell], text: str) -> frozenset[int]:
    """Return where cells begin that hold words with a figure before a bare number: 80—89周岁老年人 beside 60.

    Beside 高龄津贴, which spans several rows, it is what its row is called.
    """
    return frozenset(
        cell.start
        for cell, behind in pairwise(row)
        if _DIGITS.fullmatch(text, behind.start, behind.end) and _WORDED.fullmatch(text, cell.start, cell.end)
    )


def _ages(row: list[_PlacedCell], text: str) -> frozenset[int]:
    """Return where cells begin that say of which age those are whom the figure beside is for: 80—89周岁 beside 60元/人·月."""
    ages = {cell.start for cell in row if _AGE.fullmatch(text, cell.start, cell.end)}
    said = [cell for cell in row if not _UNIT.fullmatch(text, cell.start, cell.end)]
    return frozenset(
        cell.start
        for cell, behind in pairwise(said)
        if cell.start in ages and behind.start not in ages and _DIGITS.search(text, behind.start, behind.end)
    )


def _figure_columns(rows: list[list[_PlacedCell]], text: str) -> set[int]:
    """Return the columns behind the first of which most cells hold hardly more than a figure."""
    cells = [(cell.column, text[cell.start : cell.end]) for row in rows for cell in row if cell.column]
    counts = Counter(column for column, words in cells if words)
    held = ((column, words) for column, words in cells if any(map(str.isdecimal, words)))
    bare = Counter(column for column, words in held if 2 * len(_FIGURE_SIGNS.findall(words)) >= len(words))
    return {column for column, count in bare.items() if count > 1 and 2 * count > counts[column]}


def _holds_figure(words: str) -> bool:
    """Return True for a label with a figure: 每学期700元; not 总量减排（较2020年累计）, PM2.5平均浓度."""
    return any(map(str.isdecimal, words)) and any(map(str.isdecimal, _DATED.sub("", words)))


def _is_said_behind(words: str) -> bool:
    """Return True for what a cell may say of those before it in its row: 元/人·月 in the last column."""
    return 0 < len(words) <= _LONGEST_BEHIND and not any(char.isdecimal() for char in words)


def _is_headless(rows: list[list[_PlacedCell]], text: str) -> bool:
    """Say whether a table's first row is like its second but for digits, and so no head: 一档　　每月35元, 二档　　每月28元."""
    if len(rows) < 2 or any(cell.header for cell in rows[0]):  # noqa: PLR2004 - a row to compare with
        return False
    first, second = ([text[cell.start : cell.end] for cell in row[1:]] for row in rows[:2])
    shapes = [[_DIGITS.sub("0", words) for words in row] for row in (first, second)]
    return shapes[0] == shapes[1] and any(map(_WORDED.fullmatch, first))


def _parts_heads(rows: list[list[_PlacedCell]], text: str) -> bool:
    """Say whether a text table's second row names the columns of heads that reach over several: 机构护理 over 日限额, 支付比例.

    One of the two has a blank first cell, the second holds no figures but years and names more columns than the first.
    """
    if len(rows) < 3 or not rows[0] or not rows[1]:  # noqa: PLR2004 - two rows of heads and one below
        return False
    named, parts, below = ([cell for cell in row if text[cell.start : cell.end].strip()] for row in rows[:3])
    blank = bool(parts) and bool(named) and (parts[0].column == 0) != (named[0].column == 0)
    wider = {cell.column for cell in parts} - {cell.column for cell in named}
    holds = any(_holds_figure(text[cell.start : cell.end]) for cell in parts)
    return blank and bool(wider) and not holds and below[:1] != [] and below[0].column == 0


def _block_columns(heads: list[list[_PlacedCell]], text: str) -> frozenset[int]:
    """Return the columns in which a table begins anew beside itself: 行业类别, 基准费率, 行业类别, 基准费率."""
    if len(heads) != 1 or heads[0][0].column != 0:
        return frozenset()
    words = ["".join(text[cell.start : cell.end].split()) for cell in heads[0]]
    for width in range(2, len(words) // 2 + 1):
        if len(words) % width == 0 and words == words[:width] * (len(words) // width) and all(words[:width]):
            return frozenset(cell.column for cell in heads[0][width::width])
    return frozenset()


def _column_of(cell: _PlacedCell) -> int:
    return cell.column


def _walk_heads(heads: list[list[_PlacedCell]], row: list[_PlacedCell]) -> list[list[Span]]:
    """For each cell of a row, the cells above it in the header rows; one that spans columns stands at its first.

    A lower one holds no further than the one above it: where 2025年目标 spans the rows, the 完成情况 beside it isn't its own.
    A cell that reaches over the columns of several heads is of none of them: of 第二套住房, not of 新建 below it.
    """
    found: list[list[Span]] = [[] for _ in row]
    begins = [0] * len(row)
    for head in heads[:3]:
        at = 0
        for k, cell in enumerate(row):
            while at + 1 < len(head) and head[at + 1].column <= cell.column:
                at += 1
            several = at + 1 < len(head) and head[at + 1].column < cell.behind
            if head and begins[k] <= head[at].column <= cell.column and not several:
                found[k].append(Span(head[at].start, head[at].end))
                begins[k] = head[at].column
    return found


def _spread(page: NoticePage, contexts: dict[int, _Heads]) -> None:
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
                contexts[start] = contexts.get(lead, _NO_HEADS)
