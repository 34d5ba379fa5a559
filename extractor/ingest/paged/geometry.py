"""What stands where on a page: the types that the readers of paged files (PDF, OFD) hand to `ingest.paged.layout`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extractor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.ingest.tables import Grid


RunState: TypeAlias = Literal["", "unseen", "struck", "recognised", "pale", "field"]


class Run(NamedTuple):
    """Characters that stand side by side on one line, in points from the page's upper left corner.

    A blank at the end of ``text`` says that there may be one after it; the box goes without it.
    ``size`` is the size of the font. ``beside`` says that they are not part of the text, as a watermark across it.
    ``state`` says how they are seen, where not as words usually are: ``unseen``, ``struck`` (a line is drawn through them),
    ``recognised`` (read from a picture by a text recognition), ``pale``, ``field`` (filled into a form).
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    beside: bool = False
    state: RunState = ""


class Ruling(NamedTuple):
    """A drawn line, horizontal or vertical, or a thin rectangle; in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class PlacedTable(NamedTuple):
    """A table on a page, its box in points, and the box of each of its cells by row and column.

    ``columns`` are the left and right edge of the text of each column, for a table that draws no lines between them.
    """

    grid: Grid
    left: float
    top: float
    right: float
    bottom: float
    boxes: dict[tuple[int, int], Box]
    columns: tuple[tuple[float, float], ...] = ()


class PageLayout(NamedTuple):
    """What stands on a page, in points; ``number`` counts from 1. Runs inside tables are not listed again.

    ``rulings`` are the lines drawn on it: some tables have lines between rows alone. ``way`` tells parts of pages that are
    written in another way from the rest; each way has its own edges.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    tables: list[PlacedTable]
    rulings: list[Ruling]
    way: int = 0


@dataclass(slots=True, eq=False)
class Line:
    """A line of a page. ``wide`` says that gaps in it are as wide as between the cells of a table without rulings.

    ``frame`` are the left and right edge of the text that the line belongs to; the same for all lines of a column.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int
    column: int = 0
    wide: bool = False
    beside: bool = False
    frame: tuple[float, float] = (0.0, 0.0)

    @property
    def middle(self) -> float:
        """Half way between its top and its bottom."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Its place in whole points, with all of its characters inside."""
        return box_around(self.left, self.top, self.right, self.bottom)


def middle_of(run: Run) -> float:
    """Half way between a run's top and its bottom."""
    return (run.top + run.bottom) / 2


def usual_size(pieces: Iterable[Run | Line]) -> float:
    """Give the size that most characters have."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def box_around(left: float, top: float, right: float, bottom: float) -> Box:
    """Round a place outwards to whole points."""
    return Box(floor(left), floor(top), ceil(right), ceil(bottom))
