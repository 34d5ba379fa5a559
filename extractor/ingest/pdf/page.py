"""What pdfium knows of one page: characters with their places, lines drawn, pictures. Coordinates are turned upright.

pdfium's own order and line breaks are not used: they are guesses from the order in which a file draws.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from math import atan2, hypot, pi
from typing import TYPE_CHECKING, Any

from extractor.ingest.paged.geometry import Ruling, Run, RunState
from extractor.ingest.paged.pictures import picture_runs
from extractor.ingest.paged.strikes import find_struck, is_slanted
from extractor.ingest.pdf.codes import CodeJudge
from extractor.ingest.pdf.columns import part_vertical
from extractor.ingest.pdf.geometry import Glyph, PageContent, View
from extractor.ingest.pdf.notes import field_runs, places_of_words, shapes_of_notes, strikes_of_notes
from extractor.ingest.pdf.objects import SHORTEST, ObjectReader, PageObjects, sides_of
from extractor.ingest.pdf.sight import PageHandles, Sight, holds, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.ingest.pdf.objects import Bounds

# Of the font's size, above and below the base line: room for Chinese signs and for the tails of Latin ones.
ABOVE, BELOW = 0.88, 0.2
# pdfium gives a hyphen at a line's end as one of these.
HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BLANKS = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0x200B, 0xFEFF, *range(0x2000, 0x200B), 0x202F, 0x205F})
LOST = "\ufffd"
LONGEST_NAME = 256
# Halves of signs beyond the basic plane, and codes that every font uses as it likes.
HIGH, LOW, PRIVATE = range(0xD800, 0xDC00), range(0xDC00, 0xE000), range(0xE000, 0xF900)
# Of the page's area: what a scan covers.
PICTURE_SHARE = 0.4
# Characters that annotations of a page draw.
MOST_OVER = 2_000


def read_page(
    page: Any,  # noqa: ANN401 - a handle of pdfium
    form: Any,  # noqa: ANN401 - a handle of pdfium
    most: int,
    judge: CodeJudge,
    load: Callable[[], Any],
) -> PageContent | int:
    """Read a loaded page; return the number of its characters instead where it has more than ``most``.

    ``form`` is the handle of the document's form, None where it has none; ``judge`` knows its fonts without a map; ``load``
    loads the page again.
    """
    import pypdfium2.raw as pdfium

    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    shown = 90 * max(pdfium.FPDFPage_GetRotation(page), 0)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count: int = max(pdfium.FPDFText_CountChars(text), 0)
        if count > most:
            return count
        glyphs, lost = read_glyphs(pdfium, text, count, judge)
        reader = ObjectReader(pdfium, page)
        objects = reader.read()
        angle = usual_angle(glyphs, shown)
        view = View(frame.left, frame.bottom, frame.right, frame.top, angle)
        scans = [shape.bounds for shape in objects.shapes if shape.picture and is_scan(shape.bounds, view)]
        sight = look(
            PageHandles(pdfium, page, text), glyphs, objects, view._replace(angle=shown),
            over=shapes_of_notes(pdfium, page), big=scans,
        )  # fmt: skip
    finally:
        pdfium.FPDFText_ClosePage(text)
    runs = marked([run_of(glyph, view) for glyph in glyphs], sight)
    strokes = [(view.box(*stroke.bounds), stroke) for stroke in (*objects.strokes, *objects.slants)]
    lines = [Ruling(*box) for box, stroke in strokes] + [
        Ruling(*view.box(*line)) for line in strikes_of_notes(pdfium, page)
    ]
    straight = len(objects.strokes)
    struck = find_struck(
        runs,
        lines,
        lambda at: at >= len(strokes) or reader.is_drawn(strokes[at][1]),
        frozenset(
            at
            for at in range(straight, len(strokes))
            if is_slanted(lines[at].right - lines[at].left, lines[at].bottom - lines[at].top)
        ),
    )
    for at in struck.runs:
        runs[at] = runs[at]._replace(state="struck")
    rulings = rulings_of(
        pdfium, objects, [box for at, (box, _) in enumerate(strokes[:straight]) if at not in struck.lines], view
    )
    if form is not None:
        runs += field_runs(pdfium, page, form, view)
    runs += runs_over(pdfium, page, load, places_of_words(pdfium, page, form), glyphs, view)
    runs += picture_runs(runs, [view.box(*shape.bounds) for shape in objects.shapes if shape.picture])
    width, height = view.size
    content = PageContent(width, height, (angle - shown) % 360, runs, rulings, bool(scans), lost)
    return part_vertical(content, view, glyphs)


def runs_over(
    pdfium: Any,  # noqa: ANN401 - a library
    page: Any,  # noqa: ANN401 - a handle
    load: Callable[[], Any],
    places: list[Bounds],
    glyphs: list[Glyph],
    view: View,
) -> list[Run]:
    """List what annotations at some places draw over a page, whose own characters are ``glyphs``: it stands beside the text.

    pdfium tells the words of a page alone, so the annotations are made a part of it; the page isn't read any more after.
    """
    if not places or pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return []
    flat = load()
    text = pdfium.FPDFText_LoadPage(flat)
    try:
        count = min(max(pdfium.FPDFText_CountChars(text), 0), len(glyphs) + MOST_OVER)
        found, _ = read_glyphs(pdfium, text, count, CodeJudge())
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(flat)
    own = {(glyph.text.strip(), glyph.box) for glyph in glyphs}
    over = [
        glyph
        for glyph in found
        if (glyph.text.strip(), glyph.box) not in own and any(holds(place, glyph.box) for place in places)
    ]
    return [run_of(glyph, view)._replace(beside=True) for glyph in over]


def is_scan(bounds: tuple[float, float, float, float], view: View) -> bool:
    """Return True if a picture covers much of the page."""
    left, top, right, bottom = view.box(*bounds)
    width, height = view.size
    return max(min(right, width) - max(left, 0), 0) * max(min(bottom, height) - max(top, 0), 0) > (
        PICTURE_SHARE * width * height
    )


def marked(runs: list[Run], sight: Sight) -> list[Run]:
    """Say of runs, which are the glyphs in their order, how they are seen."""
    states: tuple[tuple[RunState, frozenset[int]], ...] = (
        ("unseen", sight.unseen), ("recognised", sight.recognised), ("pale", sight.pale),
    )  # fmt: skip
    for state, found in states:
        for at in found:
            runs[at] = runs[at]._replace(state=state)
    return runs


def rulings_of(
    pdfium: Any,  # noqa: ANN401 - a library
    objects: PageObjects,
    strokes: list[tuple[float, float, float, float]],
    view: View,
) -> list[Ruling]:
    """List the straight lines on a page: thin shapes, each along its middle, and the sides of stroked ones."""
    rulings: list[Ruling] = []
    for left, top, right, bottom in strokes:
        if max(right - left, bottom - top) >= SHORTEST:
            x, y = (left + right) / 2, (top + bottom) / 2
            rulings.append(Ruling(left, y, right, y) if right - left > bottom - top else Ruling(x, top, x, bottom))
    for item, outer in objects.boxes:
        rulings += sides_of(pdfium, item, outer, view)
    return rulings


def read_glyphs(pdfium: Any, text: Any, count: int, judge: CodeJudge) -> tuple[list[Glyph], int]:  # noqa: ANN401 - a library, a handle
    """List the characters of a page, each with the blank that follows it, and count those without a meaning."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    box_at, matrix_at, x_at, y_at = (ctypes.byref(place) for place in (box, matrix, x, y))
    code_of, box_of, matrix_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetMatrix
    origin_of, size_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetFontSize
    is_generated, is_unknown = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_HasUnicodeMapError
    glyphs: list[Glyph] = []
    unsure: list[int] = []
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
        sign = LOST if code == 0 else sign_of(code, high)
        high = 0
        if is_unknown(text, index) == 1 and sign != LOST:
            unsure.append(len(glyphs))
        else:
            lost += sign == LOST or code in PRIVATE
        box_of(text, index, box_at)
        matrix_of(text, index, matrix_at)
        origin_of(text, index, x_at, y_at)
        size = size_of(text, index) * hypot(matrix.c, matrix.d)
        angle = 0.0 if matrix.b == 0 and matrix.a > 0 else atan2(matrix.b, matrix.a) * 180 / pi
        glyph = Glyph(sign, x.value, y.value, (box.left, box.bottom, box.right, box.top), size, angle, index)
        if glyphs and is_ligature(glyphs[-1], glyph):
            glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + sign)
            continue
        glyphs.append(glyph)
    return glyphs, lost + settle_unsure(pdfium, text, glyphs, unsure, judge)


def is_ligature(one: Glyph, other: Glyph) -> bool:
    """Return True if two letters are one drawing (ﬀ), which a font's map says to be both: each has the place of both."""
    place = (one.x, one.y, one.box) == (other.x, other.y, other.box)
    return place and other.text.isascii() and one.text.isascii() and one.text.isalpha() and other.text.isalpha()


def settle_unsure(pdfium: Any, text: Any, glyphs: list[Glyph], unsure: list[int], judge: CodeJudge) -> int:  # noqa: ANN401
    """Keep the codes that a font without a map shows as characters, or lose them; return how many are lost."""
    name, flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
    fonts: dict[str, list[int]] = {}
    for at in unsure:
        size = pdfium.FPDFText_GetFontInfo(text, glyphs[at].number, name, LONGEST_NAME, flags)
        fonts.setdefault(name.value.decode("utf-8", "replace") if size else "", []).append(at)
    lost = 0
    for font, found in fonts.items():
        if judge.are_characters(font, [glyphs[at].text.rstrip() for at in found]):
            continue
        lost += len(found)
        for at in found:
            blank = " " if glyphs[at].text.endswith(" ") else ""
            glyphs[at] = glyphs[at]._replace(text=LOST + blank)
    return lost


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
