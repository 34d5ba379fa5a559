"""What is known of a PDF page and of its characters, and how coordinates turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.ingest.paged.geometry import Ruling, Run


class PageContent(NamedTuple):
    """A page in points from its upper left corner, turned so that most of its text stands upright.

    ``turn`` are the degrees, clockwise, by which the page as shown has to be turned for that. ``lost`` counts the
    characters that the file doesn't name. ``picture`` says that a picture covers much of the page. ``other`` is the part of
    the page that is written the other way: columns from the right beside lines, or lines beside columns; ``down`` says that
    this part has columns.
    """

    width: float
    height: float
    turn: int
    runs: list[Run]
    rulings: list[Ruling]
    picture: bool
    lost: int
    other: PageContent | None = None
    down: bool = False


class View(NamedTuple):
    """Turns the coordinates of a file, upwards from the lower left, to those of a page turned by ``angle`` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    angle: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the turned page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.angle % 180 else (width, height)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Turn one point."""
        if self.angle == 0:
            return x - self.left, self.top - y
        if self.angle == 90:  # noqa: PLR2004 - degrees
            return y - self.bottom, x - self.left
        if self.angle == 180:  # noqa: PLR2004 - degrees
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Turn a rectangle: left, top, right, bottom."""
        (a, b), (c, d) = self.at(left, bottom), self.at(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)


class Glyph(NamedTuple):
    """A character as pdfium gives it: its code, origin, extent, size, the angle of its line in degrees.

    ``number`` counts the characters of the page as pdfium has them.
    """

    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float
    angle: float
    number: int
