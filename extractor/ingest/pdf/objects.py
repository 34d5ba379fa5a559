"""What a PDF page is drawn of: its text objects with their looks, straight lines, and what may hide or bear words."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.ingest.paged.geometry import Ruling
from extractor.ingest.paged.strikes import is_slanted

if TYPE_CHECKING:
    from extractor.ingest.pdf.geometry import View

# Lines of a table are thinner; thicker shapes are drawn, or shade cells.
THICKEST = 3.0
SHORTEST = 6.0
# Shorter strokes are parts of letters, and a line through words is no shorter.
SHORTEST_STRIKE = 2.5
# In points: how far words may reach over what they are clipped to.
SLACK = 2.0
# Of 255: less opacity, or nearer to white, is not seen.
OPAQUE = 255
FAINTEST = 20
WHITE = 236
# Objects of a page that are looked at, and how deep they may lie in groups.
MOST_OBJECTS = 50_000
DEEPEST = 8
# A line by hand has no more pieces.
MOST_SEGMENTS = 200

Matrix = tuple[float, ...]
# Left, bottom, right, top in the coordinates of the file.
Bounds = tuple[float, float, float, float]
Colour = tuple[int, int, int]

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FILL, STROKE, INVISIBLE, CLIP = 0, 1, 3, 7


class TextObject(NamedTuple):
    """Words drawn together; ``order`` counts objects from the bottom up.

    ``mode`` is the rendering mode of the format (3: invisible), ``colour`` is None where it isn't plain, ``doubtful`` says that
    something beside them decides whether they are seen: a layer, transparency, a group, a clip.
    """

    order: int
    item: Any
    mode: int
    colour: Colour | None
    alpha: int
    doubtful: bool


class Shape(NamedTuple):
    """A filled shape or a picture; ``colour`` is None where it has several or is seen through."""

    order: int
    bounds: Bounds
    colour: Colour | None
    picture: bool


class Stroke(NamedTuple):
    """A thin path, straight along one side of the page."""

    item: Any
    bounds: Bounds


class PageObjects(NamedTuple):
    """The objects of a page, each list in the order of drawing; ``boxes`` are stroked paths with the map to the page.

    ``slants`` are lines that rise or fall.
    """

    texts: list[TextObject]
    shapes: list[Shape]
    strokes: list[Stroke]
    boxes: list[tuple[Any, Matrix]]
    slants: list[Stroke]


class ObjectReader:
    """Lists what a page is drawn of; the places for the colours that pdfium hands back are made once."""

    def __init__(self, pdfium: Any, page: Any) -> None:  # noqa: ANN401 - a library, a handle
        """Begin with nothing."""
        self.pdfium, self.page = pdfium, page
        self.found = PageObjects([], [], [], [], [])
        self.parts = [ctypes.c_uint() for _ in range(4)]
        self.part_refs = [ctypes.byref(part) for part in self.parts]

    def read(self) -> PageObjects:
        """List the objects of the page and of the groups in it."""
        pdfium = self.pdfium
        count = pdfium.FPDFPage_CountObjects(self.page)
        todo = [(pdfium.FPDFPage_GetObject(self.page, at), UNIT, 0, False) for at in range(min(count, MOST_OBJECTS))]
        todo.reverse()
        seen = 0
        while todo and seen < MOST_OBJECTS:
            item, outer, depth, doubtful = todo.pop()
            seen += 1
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.add_text(item, seen, doubtful=doubtful)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.add_path(item, outer, seen)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self.found.shapes.append(Shape(seen, self.bounds(item, outer), None, picture=True))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = times(matrix_of(pdfium, item), outer)
                number = min(pdfium.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
                # A group may be of a layer that is off, which pdfium doesn't say; what it draws shows it.
                todo += [
                    (pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1, True) for at in reversed(range(number))
                ]
        return self.found

    def add_text(self, item: Any, order: int, *, doubtful: bool) -> None:  # noqa: ANN401 - a handle
        """Keep words with their looks."""
        pdfium = self.pdfium
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        colour, alpha = self.colour(item, pdfium.FPDFPageObj_GetFillColor)
        if mode % 4 == STROKE:
            colour = None
        doubtful = (
            doubtful
            or pdfium.FPDFPageObj_HasTransparency(item) == 1
            or (pdfium.FPDFPageObj_CountMarks(item) > 0 and self.is_layered(item))
            or self.is_clipped(item)
        )
        self.found.texts.append(TextObject(order, item, mode, colour, alpha, doubtful))

    def is_layered(self, item: Any) -> bool:  # noqa: ANN401 - a handle
        """Return True if an object is of a layer that can be switched off."""
        pdfium = self.pdfium
        name, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
        for at in range(pdfium.FPDFPageObj_CountMarks(item)):
            mark = pdfium.FPDFPageObj_GetMark(item, at)
            said = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size)
            if said and bytes(name)[: max(size.value - 2, 0)].decode("utf-16-le", "replace") == "OC":
                return True
        return False

    def is_clipped(self, item: Any) -> bool:  # noqa: ANN401 - a handle
        """Return True if not all of an object lies within what it is clipped to."""
        pdfium = self.pdfium
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        if count <= 0:
            return False
        left, bottom, right, top = bounds_of(pdfium, item)
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(min(count, DEEPEST)):
            number = pdfium.FPDFClipPath_CountPathSegments(clip, path)
            if number > 8:  # noqa: PLR2004 - a rectangle has four or five
                return True
            points = []
            for at in range(number):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, at), x, y)
                points.append((x.value, y.value))
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if points and (
                min(xs) > left + SLACK or max(xs) < right - SLACK or min(ys) > bottom + SLACK or max(ys) < top - SLACK
            ):
                return True
        return False

    def add_path(self, item: Any, outer: Matrix, order: int) -> None:  # noqa: ANN401 - a handle
        """Keep a thin path as a line; another one as what may hide words, or as the sides of a table."""
        pdfium = self.pdfium
        bounds = self.bounds(item, outer)
        wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
        fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value:
            pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        if min(wide, high) <= THICKEST:
            if max(wide, high) >= SHORTEST_STRIKE:
                self.found.strokes.append(Stroke(item, shortened(bounds, min(width.value, max(wide, high) / 4))))
            return
        # pdfium's bounds of a line reach its thickness beyond it on each side.
        thick = min(width.value, min(wide, high) / 2)
        if stroke.value and not fill.value and min(wide, high) - 2 * thick < 1 and thick <= THICKEST:
            half = thick / 2
            left, bottom, right, top = bounds
            self.found.strokes.append(Stroke(item, (left + half, bottom + half, right - half, top - half)))
            return
        if stroke.value and not fill.value and self.is_slanted(item, wide, high):
            self.found.slants.append(Stroke(item, bounds))
        if fill.value or thick > THICKEST:
            colour, alpha = self.colour(item, pdfium.FPDFPageObj_GetFillColor)
            whole = alpha == OPAQUE and fill.value and thick <= THICKEST
            self.found.shapes.append(Shape(order, bounds, colour if whole else None, picture=False))
        if stroke.value and max(wide, high) >= SHORTEST:
            self.found.boxes.append((item, outer))

    def is_slanted(self, item: Any, wide: float, high: float) -> bool:  # noqa: ANN401 - a handle
        """Return True if a path is a line that rises, falls or goes in waves, or a cross of two: it ends where it likes."""
        pdfium = self.pdfium
        count = pdfium.FPDFPath_CountSegments(item)
        return (
            2 <= count <= MOST_SEGMENTS  # noqa: PLR2004 - a line has two ends
            and (is_slanted(wide, high) or is_slanted(high, wide))
            and not any(
                pdfium.FPDFPathSegment_GetClose(pdfium.FPDFPath_GetPathSegment(item, at)) for at in range(count)
            )
        )

    def colour(self, item: Any, ask: Any) -> tuple[Colour | None, int]:  # noqa: ANN401 - a handle, a function
        """Give an object's colour and opacity, up to 255; None for a pattern."""
        if not ask(item, *self.part_refs):
            return None, 255
        red, green, blue, alpha = (part.value for part in self.parts)
        return (red, green, blue), alpha

    def is_drawn(self, stroke: Stroke) -> bool:
        """Return True if a thin path is seen on white."""
        pdfium = self.pdfium
        fill, drawn = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(stroke.item, fill, drawn)
        asked = ([pdfium.FPDFPageObj_GetFillColor] if fill.value else []) + (
            [pdfium.FPDFPageObj_GetStrokeColor] if drawn.value else []
        )
        looks = [self.colour(stroke.item, ask) for ask in asked]
        return any(alpha > FAINTEST and (colour is None or min(colour) < WHITE) for colour, alpha in looks)

    def bounds(self, item: Any, outer: Matrix) -> Bounds:  # noqa: ANN401 - a handle
        """Give an object's place in the coordinates of the page."""
        left, bottom, right, top = bounds_of(self.pdfium, item)
        if outer is UNIT:
            return left, bottom, right, top
        corners = [apply(outer, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def shortened(bounds: Bounds, thick: float) -> Bounds:
    """Take from a thin line's ends what pdfium's bounds reach beyond them."""
    left, bottom, right, top = bounds
    return (
        (left + thick, bottom, right - thick, top)
        if right - left > top - bottom
        else (left, bottom + thick, right, top - thick)
    )


def bounds_of(pdfium: Any, item: Any) -> Bounds:  # noqa: ANN401 - a library, a handle
    """Give an object's place in the coordinates of what it stands in, the page or a group."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def matrix_of(pdfium: Any, item: Any) -> Matrix:  # noqa: ANN401 - a library, a handle
    """Give an object's matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(one: Matrix, other: Matrix) -> Matrix:
    """Apply one matrix, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Map a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def sides_of(pdfium: Any, item: Any, outer: Matrix, view: View) -> list[Ruling]:  # noqa: ANN401
    """List the horizontal and vertical sides of a stroked path, on the page that ``view`` turns."""
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= MOST_OBJECTS:  # noqa: PLR2004 - a line has two ends
        return []
    matrix = times(matrix_of(pdfium, item), outer)
    rulings: list[Ruling] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(count):
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
