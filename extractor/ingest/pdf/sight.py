"""Which characters of a PDF page a person sees.

Most words are plain: dark, whole, nothing over them. Of the others some are unseen by what they are (rendering mode 3,
a size of nothing). Whether the rest are seen is left to pdfium's drawing: the page is drawn with them and without them,
and where nothing changes nobody sees them, whatever the cause: white on white, a shape over them, a layer that is off.
Unseen words over a picture of the page are what a text recognition read from it.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.ingest.paged.seen import CONTRAST, GROUND, PALE, SMALLEST, contrast
from extractor.ingest.pdf.objects import CLIP, FAINTEST, FILL, INVISIBLE, PageObjects, Shape, TextObject, bounds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ingest.pdf.geometry import Glyph, View
    from extractor.ingest.pdf.objects import Bounds, Colour

# Of 255: less change between two drawings is none.
CHANGE = 3
# Pixels a point, at most, and how many of a page are drawn.
SCALE = 2.0
MOST_PIXELS = 4_000_000
# Drawings of a page without some of its words: words that lie on each other must not leave it together.
MOST_DRAWINGS = 8
# In points: cells of the page by which words that may lie on each other are found.
NEAR = 24.0
# Words that are looked at for signs drawn again.
MOST_LATER = 2_000
# Of its sides, what of a character's box is left out: its neighbours reach into it.
EDGE = 0.1
# More pairs of words and shapes aren't looked at: the drawing decides for all.
MOST_PAIRS = 200_000


class Sight(NamedTuple):
    """Indexes of a page's glyphs: those nobody sees, those a text recognition read from a picture, those set in a pale tone."""

    unseen: frozenset[int] = frozenset()
    recognised: frozenset[int] = frozenset()
    pale: frozenset[int] = frozenset()


class PageHandles(NamedTuple):
    """What pdfium has of a page: the library, the page and its text."""

    pdfium: Any
    page: Any
    text: Any


def look(
    handles: PageHandles, glyphs: list[Glyph], objects: PageObjects, view: View, *, over: list[Shape], big: list[Bounds]
) -> Sight:
    """Sort a page's glyphs out; ``view`` is the page as it is shown, ``over`` what notes put over it, ``big`` its scans."""
    if not objects.texts:
        return Sight()
    shapes = [*objects.shapes, *over]
    clear = {text.order for text in objects.texts if text.mode in (INVISIBLE, CLIP) or text.alpha <= FAINTEST}
    candidates = [text for text in objects.texts if text.order not in clear]
    doubtful = doubts(handles.pdfium, candidates, shapes)
    pale = [text for text in objects.texts if text.colour and min(text.colour) >= PALE]
    tiny = {at for at, glyph in enumerate(glyphs) if glyph.size < SMALLEST}
    if not (clear or doubtful or pale or tiny):
        return Sight()
    owners = owners_of(handles, glyphs)
    shown = {address(text.item): text for text in objects.texts}
    orders: dict[int, int] = {}
    by_text: dict[int, list[int]] = {}
    for at, owner in enumerate(owners):
        if owner in shown:
            orders[at] = shown[owner].order
            by_text.setdefault(orders[at], []).append(at)
    clear_glyphs = {at for key in clear for at in by_text.get(key, ())} | tiny
    suspects = [(text, [at for at in by_text.get(text.order, ()) if at not in tiny]) for text in doubtful]
    hidden = hidden_of(handles, glyphs, [found for found in suspects if found[1]], view)
    hidden -= drawn_again(glyphs, hidden, orders, by_text, candidates, handles.pdfium)
    unseen = clear_glyphs | hidden
    recognised = read_from(glyphs, objects, clear_glyphs - tiny, hidden, orders, big)
    light = {at for text in pale for at in by_text.get(text.order, ())}
    return Sight(frozenset(unseen - recognised), frozenset(recognised), frozenset(light - unseen))


def doubts(pdfium: Any, texts: list[TextObject], shapes: list[Shape]) -> list[TextObject]:  # noqa: ANN401 - a library
    """List the words that may not be seen: by their own looks, by what is over them, by what is under them."""
    many = len(texts) * len(shapes) > MOST_PAIRS
    found = []
    for text in texts:
        if many or text.doubtful or text.mode != FILL or text.colour is None or min(text.colour) > 255 - 3 * CONTRAST:
            found.append(text)
            continue
        if not shapes:
            continue
        left, bottom, right, top = bounds_of(pdfium, text.item)
        for shape in shapes:
            a, b, c, d = shape.bounds
            if a < right and left < c and b < top and bottom < d and may_hide(shape, text):
                found.append(text)
                break
    return found


def may_hide(shape: Shape, text: TextObject) -> bool:
    """Return True if words may be lost on a shape, or under it."""
    if shape.order > text.order or shape.colour is None or text.colour is None:
        return True
    return contrast(shape.colour, text.colour) < 3 * CONTRAST


def owners_of(handles: PageHandles, glyphs: list[Glyph]) -> list[int | None]:
    """Give, for each glyph, the address of the object that draws it."""
    pdfium, _, text = handles
    return [address(pdfium.FPDFText_GetTextObject(text, glyph.number)) for glyph in glyphs]


def address(item: Any) -> int | None:  # noqa: ANN401 - a handle
    """Give the address that a handle points to; handles of one object may be several."""
    return ctypes.cast(item, ctypes.c_void_p).value if item else None


def hidden_of(
    handles: PageHandles, glyphs: list[Glyph], suspects: list[tuple[TextObject, list[int]]], view: View
) -> set[int]:
    """Draw a page with and without words, and list the glyphs that make no difference."""
    if not suspects:
        return set()
    boxes = {at: view.box(*glyphs[at].box) for _, found in suspects for at in found}
    canvas = Canvas(handles, view.size, list(boxes.values()))
    whole = canvas.draw()
    hidden: set[int] = set()
    for group in apart(suspects, boxes):
        for text, _ in group:
            handles.pdfium.FPDFPageObj_SetIsActive(text.item, False)  # noqa: FBT003 - a function of C
        without = canvas.draw()
        for text, _ in group:
            handles.pdfium.FPDFPageObj_SetIsActive(text.item, True)  # noqa: FBT003 - a function of C
        for text, found in group:
            plain = text.colour if text.mode == FILL and text.alpha == 255 and not text.doubtful else None  # noqa: PLR2004
            hidden.update(at for at in found if not canvas.differs(whole, without, boxes[at], plain))
    return hidden


def drawn_again(
    glyphs: list[Glyph],
    hidden: set[int],
    orders: dict[int, int],
    by_text: dict[int, list[int]],
    texts: list[TextObject],
    pdfium: Any,  # noqa: ANN401
) -> set[int]:
    """List the hidden glyphs that later words draw again at their place: pdfium tells a sign drawn twice once alone."""
    found: set[int] = set()
    if not hidden:
        return found
    first, last = min(orders[at] for at in hidden), max(orders[at] for at in hidden)
    for text in [text for text in texts if text.order > first][:MOST_LATER]:
        own = by_text.get(text.order, [])
        if own and hidden.issuperset(own) and last >= text.order:
            continue
        left, bottom, right, top = bounds_of(pdfium, text.item)
        for at in hidden:
            box = glyphs[at].box
            room = glyphs[at].size / 2
            if orders[at] < text.order and holds((left - room, bottom - room, right + room, top + room), box):
                near = EDGE * glyphs[at].size
                if not any(
                    abs(glyphs[one].x - glyphs[at].x) < near and abs(glyphs[one].y - glyphs[at].y) < near for one in own
                ):
                    found.add(at)
    return found


def apart(
    suspects: list[tuple[TextObject, list[int]]], boxes: dict[int, tuple[float, float, float, float]]
) -> Iterator[list[tuple[TextObject, list[int]]]]:
    """Group words so that those of a group don't lie on each other."""
    groups: list[list[tuple[TextObject, list[int]]]] = []
    taken: list[set[tuple[int, int]]] = []
    for suspect in suspects:
        left, top = (min(boxes[at][side] for at in suspect[1]) for side in (0, 1))
        right, bottom = (max(boxes[at][side] for at in suspect[1]) for side in (2, 3))
        cells = {
            (x, y)
            for x in range(int(left / NEAR), int(right / NEAR) + 1)
            for y in range(int(top / NEAR), int(bottom / NEAR) + 1)
        }
        number = next((at for at, used in enumerate(taken) if not used & cells), len(groups))
        if number == len(groups) and number < MOST_DRAWINGS:
            groups.append([])
            taken.append(set())
        number = min(number, MOST_DRAWINGS - 1)
        groups[number].append(suspect)
        taken[number] |= cells
    yield from groups


class Canvas:
    """The part of a page that words in doubt stand on, drawn by pdfium."""

    def __init__(
        self, handles: PageHandles, size: tuple[float, float], boxes: list[tuple[float, float, float, float]]
    ) -> None:
        """Choose the part and the scale; ``boxes`` are in points of the page as it is shown, from its upper left."""
        self.handles = handles
        left, top = max(min(box[0] for box in boxes) - 1, 0.0), max(min(box[1] for box in boxes) - 1, 0.0)
        right, bottom = min(max(box[2] for box in boxes) + 1, size[0]), min(max(box[3] for box in boxes) + 1, size[1])
        area = max((right - left) * (bottom - top), 1.0)
        self.scale = min(SCALE, (MOST_PIXELS / area) ** 0.5)
        self.page = tuple(max(round(side * self.scale), 1) for side in size)
        self.left, self.top = int(left * self.scale), int(top * self.scale)
        self.width = max(int((right - left) * self.scale) + 2, 1)
        self.height = max(int((bottom - top) * self.scale) + 2, 1)
        self.stride = 0

    def draw(self) -> bytes:
        """Draw the page as it is now; three bytes a pixel, blue first."""
        pdfium = self.handles.pdfium
        bitmap = pdfium.FPDFBitmap_CreateEx(self.width, self.height, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            return b""
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(
                bitmap, self.handles.page, -self.left, -self.top, *self.page, 0, pdfium.FPDF_ANNOT
            )
            self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self.stride * self.height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def differs(self, one: bytes, other: bytes, box: tuple[float, float, float, float], colour: Colour | None) -> bool:
        """Return True if two drawings differ in a box so that one sees it; ``colour`` is that of the words, if plain."""
        left, right = self.inner(box[0], box[2], self.left, self.width)
        top, bottom = self.inner(box[1], box[3], self.top, self.height)
        paint = colour[::-1] if colour else None
        for row in range(top, bottom):
            start, end = row * self.stride + 3 * left, row * self.stride + 3 * right
            if one[start:end] == other[start:end]:
                continue
            for at in range(start, end, 3):
                before, after = other[at : at + 3], one[at : at + 3]
                change = contrast(before, after)
                # A thin stroke changes little of a pixel; what counts is how its colour stands out.
                if change >= CONTRAST or (change >= CHANGE and paint and contrast(before, paint) >= CONTRAST):
                    return True
        return False

    def inner(self, low: float, high: float, first: int, most: int) -> tuple[int, int]:
        """Give the pixels of a side without its edges, one at least."""
        edge = EDGE * (high - low)
        start = int((low + edge) * self.scale) - first
        end = max(int((high - edge) * self.scale + 1) - first, start + 1)
        return min(max(start, 0), most), min(max(end, 0), most)


def read_from(
    glyphs: list[Glyph],
    objects: PageObjects,
    clear: set[int],
    hidden: set[int],
    orders: dict[int, int],
    big: list[Bounds],
) -> set[int]:
    """List the unseen glyphs that a text recognition read from a picture under them, or from a scan over them."""
    pictures = [shape for shape in objects.shapes if shape.picture]
    if not pictures or not (clear or hidden):
        return set()
    unseen = clear | hidden
    found: set[int] = set()
    for shape in pictures:
        inside = {at for at, glyph in enumerate(glyphs) if holds(shape.bounds, glyph.box)}
        if len(inside - unseen) >= GROUND:
            continue
        found |= inside & clear
        if shape.bounds in big:
            found |= {at for at in inside & hidden if orders.get(at, 0) < shape.order}
    return found


def holds(bounds: Bounds, box: Bounds) -> bool:
    """Return True if the middle of a box lies within bounds."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]
