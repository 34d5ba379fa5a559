"""What pdfium knows of one page: characters with their places, lines drawn, pictures. Coordinates are turned upright.

pdfium's own order and line breaks are not used: they are guesses from the order in which a file draws.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from math import atan2, hypot, pi
from typing import Any, NamedTuple

from extractor.ingest.paged.geometry import Ruling, Run

# Of the font's size, above and below the base line: room for Chinese signs and for the tails of Latin ones.
ABOVE, BELOW = 0.88, 0.2
# pdfium gives a hyphen at a line's end as one of these.
HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BLANKS = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0x200B, 0xFEFF, *range(0x2000, 0x200B), 0x202F, 0x205F})
LOST = "\ufffd"
# Halves of signs beyond the basic plane, and codes that every font uses as it likes.
HIGH, LOW, PRIVATE = range(0xD800, 0xDC00), range(0xDC00, 0xE000), range(0xE000, 0xF900)
# Lines of a table are thinner; thicker shapes are drawn, or shade cells.
THICKEST = 3.0
SHORTEST = 6.0
# Objects of a page that are looked at, and how deep they may lie in groups.
MOST_OBJECTS = 50_000
DEEPEST = 8
# Of the page's area: what a scan covers.
PICTURE_SHARE = 0.4


class PageContent(NamedTuple):
    """A page in points from its upper left corner, turned so that most of its text stands upright.

    ``turn`` are the degrees, clockwise, by which the page as shown has to be turned for that. ``lost`` counts the
    characters that the file doesn't name. ``picture`` says that a picture covers much of the page.
    """

    width: float
    height: float
    turn: int
    runs: list[Run]
    rulings: list[Ruling]
    picture: bool
    lost: int


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
    """A character as pdfium gives it: its code, origin, extent, size and the angle of its line in degrees."""

    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float
    angle: float


def read_page(page: Any, most: int) -> PageContent | int:  # noqa: ANN401 - a handle of pdfium
    """Read a loaded page; return the number of its characters instead where it has more than ``most``."""
    import pypdfium2.raw as pdfium

    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count: int = max(pdfium.FPDFText_CountChars(text), 0)
        if count > most:
            return count
        glyphs, lost = read_glyphs(pdfium, text, count)
    finally:
        pdfium.FPDFText_ClosePage(text)
    shown = 90 * max(pdfium.FPDFPage_GetRotation(page), 0)
    upright = usual_angle(glyphs, shown)
    view = View(frame.left, frame.bottom, frame.right, frame.top, upright)
    runs = [run_of(glyph, view) for glyph in glyphs]
    rulings, picture = read_objects(pdfium, page, view)
    width, height = view.size
    return PageContent(width, height, (upright - shown) % 360, runs, rulings, picture, lost)


def read_glyphs(pdfium: Any, text: Any, count: int) -> tuple[list[Glyph], int]:  # noqa: ANN401 - a library, a handle
    """List the characters of a page, each with the blank that follows it, and count those without a meaning."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    box_at, matrix_at, x_at, y_at = (ctypes.byref(place) for place in (box, matrix, x, y))
    code_of, box_of, matrix_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetMatrix
    origin_of, size_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetFontSize
    is_generated, is_unknown = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_HasUnicodeMapError
    glyphs: list[Glyph] = []
    lost = high = 0
    for index in range(count):
        code = code_of(text, index)
        if code in BLANKS:
            if glyphs and not glyphs[-1].text.endswith(" "):
                glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + " ")
            continue
        if is_generated(text, index) == 1:
            continue
        if code in HIGH:
            high = code
            continue
        unknown = code == 0 or is_unknown(text, index) == 1
        lost += unknown or code in PRIVATE
        sign = LOST if unknown else sign_of(code, high)
        high = 0
        box_of(text, index, box_at)
        matrix_of(text, index, matrix_at)
        origin_of(text, index, x_at, y_at)
        size = size_of(text, index) * hypot(matrix.c, matrix.d)
        angle = 0.0 if matrix.b == 0 and matrix.a > 0 else atan2(matrix.b, matrix.a) * 180 / pi
        glyphs.append(Glyph(sign, x.value, y.value, (box.left, box.bottom, box.right, box.top), size, angle))
    return glyphs, lost


def sign_of(code: int, high: int) -> str:
    """Turn pdfium's code into text: hyphens are said as such, ligatures taken apart."""
    if high and code in LOW:
        return chr(0x10000 + ((high - HIGH.start) << 10) + code - LOW.start)
    if code in HYPHENS:
        return "-"
    if code in HIGH or code in LOW or code < 0x20 or code > 0x10FFFF:  # noqa: PLR2004 - controls
        return LOST
    return LIGATURES.get(code) or chr(code)


def usual_angle(glyphs: list[Glyph], shown: int) -> int:
    """Give the right angle that most characters stand at; the page's own where it has none."""
    angles = Counter(round(glyph.angle / 90) % 4 * 90 for glyph in glyphs if abs((glyph.angle + 45) % 90 - 45) < 5)  # noqa: PLR2004 - degrees
    return max(angles, key=lambda angle: (angles[angle], angle == shown), default=shown)


def run_of(glyph: Glyph, view: View) -> Run:
    """Place a character on the turned page; one that is turned differently, or off the page, stands beside the text."""
    left, top, right, bottom = view.box(*glyph.box)
    _, base = view.at(glyph.x, glyph.y)
    width, height = view.size
    beside = abs((glyph.angle - view.angle + 180) % 360 - 180) > 3  # noqa: PLR2004 - degrees
    size = glyph.size
    if not beside and size > 0:
        top, bottom = base - ABOVE * size, base + BELOW * size
    else:
        size = max(bottom - top, 0.1)
    outside = right < 0 or left > width or bottom < 0 or top > height
    return Run(glyph.text, left, top, right, bottom, size, beside or outside)


def read_objects(pdfium: Any, page: Any, view: View) -> tuple[list[Ruling], bool]:  # noqa: ANN401 - a library, a handle
    """Find the straight lines drawn on a page, and whether a picture covers much of it."""
    rulings: list[Ruling] = []
    area = 0.0
    width, height = view.size
    unit: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    todo = [(pdfium.FPDFPage_GetObject(page, at), unit, 0) for at in range(pdfium.FPDFPage_CountObjects(page))]
    todo.reverse()
    seen = 0
    while todo and seen < MOST_OBJECTS:
        item, outer, depth = todo.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rulings += rulings_of(pdfium, item, outer, view)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            left, top, right, bottom = bounds_of(pdfium, item, outer, view)
            area = max(area, (min(right, width) - max(left, 0)) * (min(bottom, height) - max(top, 0)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = times(matrix_of(pdfium, item), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
            todo += [(pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1) for at in range(count)]
    return rulings, area > PICTURE_SHARE * width * height


def matrix_of(pdfium: Any, item: Any) -> tuple[float, ...]:  # noqa: ANN401 - a library, a handle
    """Give an object's matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Apply one matrix, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def bounds_of(pdfium: Any, item: Any, outer: tuple[float, ...], view: View) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Give an object's place on the turned page."""
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [apply(outer, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return view.box(min(xs), min(ys), max(xs), max(ys))


def apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    """Map a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def rulings_of(pdfium: Any, item: Any, outer: tuple[float, ...], view: View) -> list[Ruling]:  # noqa: ANN401
    """List the straight lines of a path: a thin shape is one line, a stroked shape has one for each side."""
    left, top, right, bottom = bounds_of(pdfium, item, outer, view)
    wide, high = right - left, bottom - top
    if max(wide, high) < SHORTEST:
        return []
    if min(wide, high) <= THICKEST:
        x, y = (left + right) / 2, (top + bottom) / 2
        return [Ruling(left, y, right, y) if wide > high else Ruling(x, top, x, bottom)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(item)
    if not stroke.value or not 2 <= count <= MOST_OBJECTS:  # noqa: PLR2004 - a line has two ends
        return []
    return sides_of(pdfium, item, times(matrix_of(pdfium, item), outer), view)


def sides_of(pdfium: Any, item: Any, matrix: tuple[float, ...], view: View) -> list[Ruling]:  # noqa: ANN401
    """List the horizontal and vertical sides of a stroked path."""
    rulings: list[Ruling] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = view.at(*apply(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            start = last = here
            continue
        ends = [(last, here)]
        if pdfium.FPDFPathSegment_GetClose(segment):
            ends.append((here, start))
        for (a, b), (c, d) in ends:
            if min(abs(a - c), abs(b - d)) < 1 and max(abs(a - c), abs(b - d)) >= SHORTEST:
                rulings.append(Ruling(min(a, c), min(b, d), max(a, c), max(b, d)))
        last = here
    return rulings
