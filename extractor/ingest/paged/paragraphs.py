"""Lines of pages to paragraphs, by their places: what begins a paragraph is indented, what goes on follows a full line.

Joining wrongly costs more than not joining, as in `notice.normalise.lines`, which decides for texts without places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.paged.geometry import usual_size
from extractor.ingest.paged.lines import word_width
from extractor.ingest.paged.list_items import list_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.geometry import Line

# In ems, set by hand for 28 characters a line and an indentation of two; see tests/test_pdf.py.
INDENT = 0.8
# A line that is not spread to the edge lacks so much of it.
SLACK = 0.6
CENTRED = 1.0
HANG_WITHIN = 7.0
# Of the frame's width: where a line that is set off to the right begins, how wide a line is that was broken, and how wide
# one that a word of figures too long for it may have cut.
RIGHT_PART = 0.4
NEARLY_FULL = 0.85
LONG_LINE = 0.75
SAME_SIZE = 0.12
LARGE = 1.12
# Lines further apart than so many times the usual are not of one paragraph.
WIDEST_PITCH = 1.6
LONGEST_TITLE, TITLE_LINES = 200, 8
_ENDS = frozenset("。！？：；…!?:;")
_MARKS = frozenset("，。、；：！？…”’）》】〕」』")
_LATIN_BORDER = regex.compile(r"[A-Za-z,.;:][A-Za-z]")


class LineStyle(NamedTuple):
    """How a document is set: its usual size, the step from line to line, whether paragraphs begin indented."""

    size: float
    pitch: float
    indented: bool


def set_frames(lines: list[Line]) -> None:
    """Give every line the edges of its text: those of its page and column, or the document's where it has too few."""
    size = usual_size(lines)
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    prose = {
        key: [line for line in found if abs(line.size - size) <= SAME_SIZE * size and not line.wide] or found
        for key, found in columns.items()
    }
    for column in {column for _, column in columns}:
        parts = {key: found for key, found in prose.items() if key[1] == column}
        left = usual([min(line.left for line in found) for found in parts.values()], size)
        right = usual([right_edge(found, size) for found in parts.values()], size)
        for key, found in parts.items():
            near_left = [line.left for line in found if abs(line.left - left) < size]
            near_right = [line.right for line in found if abs(line.right - right) < size]
            frame = (min(near_left, default=left), max(near_right, default=right))
            for line in columns[key]:
                line.frame = frame


def usual(values: list[float], size: float) -> float:
    """Give the value that most are near to; of several, the first."""
    places = Counter(round(value / max(size, 1.0)) for value in values)
    best = max(places, key=lambda place: (places[place] + places[place - 1] / 2 + places[place + 1] / 2, -place))
    return median(value for value in values if round(value / max(size, 1.0)) == best)


def right_edge(lines: list[Line], size: float) -> float:
    """Give the right edge of a page's text: the furthest that two lines reach."""
    # Marks may hang over the edge.
    inside = [line for line in lines if line.text[-1:] not in _MARKS]
    rights = sorted((line.right for line in (inside or lines)), reverse=True)
    return next((a for a, b in pairwise(rights) if a - b < size), rights[0])


def style_of(lines: list[Line]) -> LineStyle:
    """Find out how a document is set."""
    size = usual_size(lines)
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and a.column == b.column and b.top > a.top]
    begins = [b for a, b in pairwise(lines) if a.text[-1:] in _ENDS and not is_full(a, b)]
    indented = sum(is_indented(line) for line in begins)
    return LineStyle(size, median(steps) if steps else 2 * size, indented > 1 and indented * 2 >= len(begins))


def is_indented(line: Line) -> bool:
    """Tell a line that begins right of its frame's edge."""
    return line.left > line.frame[0] + INDENT * line.size


def is_full(line: Line, after: Line) -> bool:
    """Tell a line that has no room for the first word of the next."""
    return line.right > line.frame[1] - (SLACK + word_width(after.text)) * line.size


def is_centred(line: Line) -> bool:
    """Tell a line in the middle between the edges, but for one that reaches from edge to edge."""
    left, right = line.left - line.frame[0], line.frame[1] - line.right
    return abs(left - right) < 2 * CENTRED * line.size and left + right > line.size


class Paragraphs:
    """Grows paragraphs line by line."""

    def __init__(self, lines: Sequence[Line], rules: LineRules) -> None:
        """Look at all lines first, for what is usual in the document."""
        self.rules = rules
        set_frames(list(lines))
        self.style = style_of(list(lines))
        self.items = list_items(lines, rules)

    def goes_on(self, paragraph: list[Line], line: Line) -> bool:
        """Say whether a line belongs to the paragraph before it."""
        last = paragraph[-1]
        if (
            last.wide
            or line.wide
            or line.page > last.page + 1
            or abs(last.size - line.size) > SAME_SIZE * max(last.size, line.size)
        ):
            return False
        if id(line) in self.items:
            return False
        if len(paragraph) == 1 and self.rules.alone.fullmatch(last.text[:LONGEST_TITLE]):
            return False
        if last.page == line.page and last.column == line.column and self.stands_apart(last, line):
            return False
        if is_centred(last) and is_centred(line) and self.are_one(paragraph, line):
            return len(paragraph) < TITLE_LINES and not self.rules.title.fullmatch(text_of(paragraph)[:LONGEST_TITLE])
        if is_indented(line):
            return is_full(last, line) and self.hangs(paragraph, line)
        return self.runs_on(last, line)

    def stands_apart(self, last: Line, line: Line) -> bool:
        """Tell lines with more room between them than usual, or the lower of which comes first."""
        usual_step = max(self.style.pitch, 1.2 * line.size) if line.size <= LARGE * self.style.size else 2.2 * line.size
        step = line.top - last.top
        return step > WIDEST_PITCH * usual_step or step <= 0

    def are_one(self, paragraph: list[Line], line: Line) -> bool:
        """Tell two centred lines that are one: set large, or from edge to edge, or only together a title."""
        last = paragraph[-1]
        if last.size > LARGE * self.style.size:
            return True
        left, right = last.frame
        inside = min(line.left - last.left, last.right - line.right)
        if inside > line.size and last.right - last.left > NEARLY_FULL * (right - left):
            return last.text[-1:] not in _ENDS
        joined = text_of(paragraph[:TITLE_LINES]) + line.text
        return (
            len(joined) <= LONGEST_TITLE
            and bool(self.rules.title.fullmatch(joined))
            and not (
                self.rules.title.fullmatch(line.text) or self.rules.alone.fullmatch(text_of(paragraph[:TITLE_LINES]))
            )
        )

    def hangs(self, paragraph: list[Line], line: Line) -> bool:
        """Tell a line under the words after a marker: 附件：1.江西省… with its second line further in."""
        first, last = paragraph[0], paragraph[-1]
        left, right = line.frame
        if self.rules.marker.match(line.text) or last.text[-1:] in _ENDS or first.left > left + HANG_WITHIN * line.size:
            return False
        if line.left > left + RIGHT_PART * (right - left):
            return False
        if len(paragraph) > 1:
            return abs(last.left - line.left) < INDENT * line.size
        return line.left > first.left + INDENT * line.size

    def runs_on(self, last: Line, line: Line) -> bool:
        """Decide for a line at the edge: where paragraphs begin indented, only a short line or a full stop ends one."""
        end = last.text[-1:]
        if self.style.indented:
            left, right = last.frame
            long = last.right - left > LONG_LINE * (right - left) and not is_centred(last)
            return is_full(last, line) or (long and end not in _ENDS)
        if not is_full(last, line):
            return False
        if end in _ENDS and end not in "。；":
            return False
        return end not in _ENDS or not (self.rules.marker.match(line.text) or self.rules.opener.match(line.text))


def text_of(paragraph: Sequence[Line]) -> str:
    """Join the lines of a paragraph."""
    return "".join(pieces_of(paragraph))


def pieces_of(paragraph: Sequence[Line]) -> list[str]:
    """Give the text of each line, with the blank that a break between Latin words stands for."""
    pieces = [line.text for line in paragraph]
    for at, (a, b) in enumerate(pairwise(paragraph)):
        if _LATIN_BORDER.fullmatch(a.text[-1:] + b.text[:1]):
            pieces[at] += " "
    return pieces
