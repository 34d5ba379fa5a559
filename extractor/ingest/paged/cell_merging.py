"""Words in bands to cells: which line of a column goes on with the line above it, and which begins a row.

A table may leave more room between rows than between lines; then the steps tell. Where they don't, a line goes on when the
line above is long and full and a column beside has nothing at this height; or the cells of a row, of more and of fewer
lines, have one middle. And whatever the rows are, words that say themselves to be torn are joined down their column: an open bracket, a figure without its unit.
So no figure is read from a part of one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from extractor.ingest.paged.column_gaps import SHARED
from extractor.ingest.paged.lines import fragments_of, whole, word_width
from extractor.ingest.tables import join_lines

if TYPE_CHECKING:
    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.column_gaps import GapRegion, Span, TextRow
    from extractor.ingest.paged.geometry import Line
    from extractor.ingest.paged.ruled import Rule

# In ems, set by hand: a full line may lack so much of its column's width; a line shorter than this, five signs, was not
# broken unless other things say so.
SLACK = 0.6
LONG = 4.5
# Steps between the lines of a cell differ by less than this factor; those between rows are larger.
TIGHT = 1.2
# The widest step, in ems, from line to line of one cell.
WIDEST_STEP = 2.2
# In ems: how far apart the middles of a row's cells may be.
SAME_MIDDLE = 0.3
# A cell over two rows stands half a step below one and above the other: less than two steps have room for both.
BETWEEN = 1.9
# Lines of a row.
MOST_LINES = 20
# Words within this many signs of a line's end tell whether a bracket is open.
REACH = 400
_FIGURE_END = regex.compile(r"[\d〇零一二三四五六七八九十百千万亿]\Z")
_FIGURE_START = regex.compile(r"\A\d")
_DIGIT = regex.compile(r"\d")
_OPENERS, _CLOSERS = "（《“〔【(", "）》”〕】)"
_NOT_LAST = frozenset("，、（《“〔【(")
_NOT_FIRST = frozenset("，、。；：）》”〕】)")


class ColumnCell:
    """A cell that grows; ``row`` and ``column`` are where it begins."""

    def __init__(self, row: int, column: int, line: Line) -> None:
        """Begin with its first line."""
        self.row, self.column, self.lines = row, column, [line]
        self.broken: list[bool] = []

    def add(self, line: Line, *, broken: bool) -> None:
        """Add a line; ``broken`` says that the cell's width broke the one before."""
        self.lines.append(line)
        self.broken.append(broken)

    @property
    def text(self) -> str:
        """Join the lines: those that the width broke without a blank."""
        pieces = [self.lines[0].text]
        for line, broken in zip(self.lines[1:], self.broken, strict=True):
            if broken:
                pieces[-1] += line.text
            else:
                pieces.append(line.text)
        return join_lines(pieces)


def lines_of(level: TextRow, columns: list[Span], page: int) -> dict[int, Line]:
    """Make a line of what stands in each band at one level; what reaches over several stands in the first of them."""
    owners = [column_of(span, columns) for span in level.spans]
    found: dict[int, list[int]] = {}
    for index, column in enumerate(owners):
        found.setdefault(column, []).append(index)
    lines = {}
    for column, indexes in found.items():
        left, right = level.spans[indexes[0]][0], level.spans[indexes[-1]][1]
        runs = [run for run in level.runs if left <= run.left and run.right <= right]
        lines[column] = whole(fragments_of(runs, page))
    return lines


def column_of(span: Span, columns: list[Span]) -> int:
    """The first band that a stretch reaches into, or the nearest."""
    return min(
        range(len(columns)),
        key=lambda column: (max(columns[column][0] - span[1], span[0] - columns[column][1], 0.0), column),
    )


def is_torn(above: str, below: str, rules: LineRules) -> bool:
    """Tell by the words alone that a line goes on in the next.

    >>> from extractor.ingest.line_rules import load_line_rules
    >>> from extractor.resources import load
    >>> rules = load_line_rules(load())
    >>> is_torn("2023年1月1日至2023", "年12月31日", rules), is_torn("（集中征缴期内缴", "费）", rules)
    (True, True)
    >>> is_torn("350", "610元", rules)
    False
    """
    above, below = above[-REACH:], below[:REACH]
    if not above or not below:
        return False
    is_open = sum(map(above.count, _OPENERS)) > sum(map(above.count, _CLOSERS))
    if is_open and sum(map(below.count, _CLOSERS)) > sum(map(below.count, _OPENERS)):
        return True
    if _FIGURE_END.search(above) and rules.unit.match(below):
        return True
    return above[-1] in _NOT_LAST or below[0] in _NOT_FIRST


def is_alike(one: str, other: str) -> bool:
    """Tell lines that begin or end alike, as rows of a table do and parts of a sentence don't.

    >>> is_alike("二级医疗机构", "三级及以上医疗机构"), is_alike("每人350元", "每人30元"), is_alike("每人每年补", "助350元")
    (True, True, False)
    """
    one, other = _DIGIT.sub("0", one), _DIGIT.sub("0", other)
    return one[:2] == other[:2] or one[-2:] == other[-2:]


class Cells:
    """The cells of a block of lines, row by row; ``starts`` are the levels at which rows begin."""

    def __init__(self, region: GapRegion, rules: list[Rule], page: int, line_rules: LineRules) -> None:
        """Sort the words by level and band, and put lines together; ``rules`` are the lines drawn across."""
        self.levels = [lines_of(level, region.columns, page) for level in region.levels]
        self.line_rules = line_rules
        self.rules, self.page, self.size = rules, page, min(level.size for level in region.levels)
        body = self.levels[region.head :]
        self.widths = [
            max((found[column].right - found[column].left for found in body if column in found), default=0.0)
            for column in range(len(region.columns))
        ]
        # Whether a figure was torn, and put together.
        self.torn = False
        self.tight = self.find_tight()
        self.cells: list[ColumnCell] = []
        self.starts: list[int] = []
        self.last: dict[int, ColumnCell] = {}
        # The level up to which the last row is known to reach, by the middles of its cells.
        self.extent = -1
        for index in range(len(self.levels)):
            self.add(index)
        self.trim()
        self.settle()

    def find_tight(self) -> float | None:
        """Find the step up to which lines are of one cell; None where the steps don't tell lines from rows."""
        pairs = [
            (min(b[column].top - a[column].top for column in shared), a, b)
            for a, b in pairwise(self.levels)
            if (shared := a.keys() & b.keys())
        ]
        least = min((step for step, _, _ in pairs), default=0.0)
        if not any(step > TIGHT * least for step, _, _ in pairs) or least > WIDEST_STEP * self.size:
            return None
        near = [(a, b) for step, a, b in pairs if step <= TIGHT * least]
        # Rows of a group stand closer than groups: lines that fill several columns, under lines that had room.
        rows = sum(
            len(b) > 1 and not all(column in a and self.is_full(column, a[column], b[column]) for column in b)
            for a, b in near
        )
        return TIGHT * least if 2 * rows < len(near) else None

    def is_full(self, column: int, above: Line, below: Line) -> bool:
        """Tell a line that had no room for the first word of the next."""
        room = self.widths[column] - (above.right - above.left)
        return room < (word_width(below.text) + SLACK) * above.size

    def add(self, index: int) -> None:
        """Add a level: to the cells that go on, or as a row."""
        found = self.levels[index]
        row = len(self.starts) - 1
        verdicts = {
            column: self.goes_on(column, self.last[column].lines[-1], line)
            for column, line in found.items()
            if column in self.last
        }
        same = row >= 0 and (index <= self.extent or self.is_same_row(found, verdicts, row))
        # A cell may go on over a row's end; not where the middles of cells said that the row ends.
        over = self.tight is not None and not (row >= 0 and self.extent > self.starts[row])
        if not same:
            self.starts.append(index)
            self.extent = self.centred_end(index)
        for column, line in found.items():
            verdict = verdicts.get(column)
            here = same and column in self.last and self.last[column].row == len(self.starts) - 1
            if verdict and (here or over or verdict == "torn"):
                above = self.last[column].lines[-1]
                self.last[column].add(line, broken=verdict == "torn" or self.is_broken(column, above, line))
            else:
                self.last[column] = ColumnCell(len(self.starts) - 1, column, line)
                self.cells.append(self.last[column])

    def is_broken(self, column: int, above: Line, below: Line) -> bool:
        """Tell a line that the width of its column broke; a break between two figures is never one."""
        figures = _FIGURE_END.search(above.text) and _FIGURE_START.match(below.text)
        return self.is_full(column, above, below) and not figures and not is_alike(above.text, below.text)

    def goes_on(self, column: int, above: Line, line: Line) -> str:
        """Say whether a line may go on with the one above in its band: no (""), by its place, or by its words."""
        if any(
            above.middle < rule.at < line.middle and rule.start < line.right and rule.end > line.left
            for rule in self.rules
        ):
            return ""
        step = line.top - above.top
        if (
            step <= WIDEST_STEP * self.size
            and self.is_full(column, above, line)
            and is_torn(above.text, line.text, self.line_rules)
        ):
            self.torn = self.torn or _FIGURE_END.search(above.text) is not None
            return "torn"
        if self.tight is not None:
            return "near" if step <= self.tight else ""
        begins = self.line_rules.marker.match(line.text) or self.line_rules.opener.match(line.text)
        near = step <= WIDEST_STEP * self.size and not begins
        long = above.right - above.left >= LONG * above.size
        return "full" if near and long and self.is_broken(column, above, line) else ""

    def is_same_row(self, found: dict[int, Line], verdicts: dict[int, str], row: int) -> bool:
        """Tell a level that only goes on with cells, or stands beside them."""
        here = {column: cell for column, cell in self.last.items() if cell.row == row}
        if any(not verdicts[column] for column in found if column in here):
            return False
        if "torn" in verdicts.values():
            return True
        if self.extent > self.starts[row]:
            return False
        # Words at the top of their cells: what goes on under them stands in some of the columns that have words above.
        if (self.tight is not None or found.keys() < here.keys()) and any(verdicts.values()):
            return True
        top, bottom = (
            min(cell.lines[0].top for cell in here.values()),
            max(cell.lines[-1].bottom for cell in here.values()),
        )
        shared = (min(line.bottom, bottom) - max(line.top, top) for line in found.values())
        return not (found.keys() & here.keys()) and min(shared) > SHARED * self.size

    def centred_end(self, start: int) -> int:
        """Find the level that a row reaches to whose cells, of more and of fewer lines, have one middle."""
        end = start
        cells: dict[int, list[Line]] = {}
        for index in range(start, min(start + MOST_LINES, len(self.levels))):
            for column, line in self.levels[index].items():
                lines = cells.setdefault(column, [])
                if lines and not self.goes_on(column, lines[-1], line):
                    return end
                lines.append(line)
            middles = [(lines[0].top + lines[-1].bottom) / 2 for lines in cells.values()]
            differ = len(set(map(len, cells.values()))) > 1
            if differ and max(middles) - min(middles) < SAME_MIDDLE * self.size and self.is_cut(cells, index + 1):
                end = index
        return end

    def is_cut(self, cells: dict[int, list[Line]], below: int) -> bool:
        """Tell whether the level after a row stands below all of it."""
        if below >= len(self.levels):
            return True
        bottom = max(lines[-1].bottom for lines in cells.values())
        return min(line.top for line in self.levels[below].values()) > bottom - SHARED * self.size

    def settle(self) -> None:
        """Put a cell that stands between two rows, over both of them, into the upper one."""
        columns = [[found[column] for found in self.levels if column in found] for column in range(len(self.widths))]
        step = min((b.top - a.top for lines in columns for a, b in pairwise(lines)), default=0.0)
        rows: list[list[ColumnCell]] = [[] for _ in self.starts]
        for cell in self.cells:
            rows[cell.row].append(cell)
        above: list[int] = []
        for row, cells in enumerate(rows):
            if 0 < row < len(rows) - 1 and len(cells) == 1 and len(cells[0].lines) == 1:
                at = self.starts[row]
                upper, lower = (min(line.top for line in self.levels[index].values()) for index in (at - 1, at + 1))
                beside = {cell.column for cell in (*rows[row - 1], *rows[row + 1])}
                if cells[0].column not in beside and lower - upper < BETWEEN * step:
                    above.append(row)
            for cell in cells:
                cell.row -= len(above)
        for row in reversed(above):
            del self.starts[row]

    def trim(self) -> None:
        """Drop rows at the end that have one cell: they are lines of text."""
        while self.starts and self.count(len(self.starts) - 1) == 1:
            cell = self.cells[-1]
            if cell.row != len(self.starts) - 1 or self.runs_below(self.starts[-1], cell):
                break
            self.cells.pop()
            del self.levels[self.starts.pop() :]

    def count(self, row: int) -> int:
        """Count the cells of a row."""
        return sum(cell.row == row for cell in self.cells)

    def runs_below(self, level: int, last: ColumnCell) -> bool:
        """Tell cells of rows above that go on beside or below the last."""
        top = min(line.top for line in self.levels[level].values())
        return any(cell is not last and cell.lines[-1].bottom > top + SHARED * self.size for cell in self.cells)
