"""What an OFD page shows: text objects to runs of characters, drawn lines to rulings, in points from the upper left.

An object's place is that of its boundary, and within it coordinates go through its matrix (CTM). A character's place is
that of the one before plus the step that DeltaX and DeltaY give, so that one object may hold several lines or a column.
"""

from __future__ import annotations

import math
import unicodedata
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import regex

from extractor.ingest.ofd.package import local
from extractor.ingest.paged.geometry import Ruling, Run
from extractor.ingest.paged.ruled import NEAR, SHORT
from extractor.ingest.paged.seen import SMALLEST
from extractor.ingest.paged.strikes import is_slanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

# Points in a millimetre, the unit of OFD.
POINTS = 72 / 25.4
# Larger numbers stand on no page.
FAR = 1e6
# Where a font's box stands around the line that its characters stand on, in parts of its size.
ASCENT, DESCENT = 0.88, 0.12
# Size in millimetres of text that doesn't say any: the 五号 of most notices' tables.
USUAL_SIZE = 3.7
# In parts of the size: how far characters of a run may stand off its line, and how wide a blank it may have.
OFF_LINE, BLANK = 0.25, 1.0
# Text that is turned by anything but quarter turns (up to this error, as the sine) is a watermark.
ASKEW = 0.17
# A page with more pieces of lines is a drawing.
MOST_PIECES = 20_000
# Of its box, what a filled shape holds that hides all in it: corners may be round.
WHOLE = 0.9
# Slanted strokes of one path.
MOST_SLANTS = 4

PATH_WORD = regex.compile(r"[A-Za-z]|[-+]?+(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?+")
# For each operator of a path, how many numbers follow; the last two are where it ends.
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
WIDE = frozenset("WFA")
# Letters as wide as in the widest usual fonts; in Chinese fonts all have a half.
BROAD = {0.75: frozenset("ABCDEFGHJKLNOPQRSTUVXYZw"), 0.95: frozenset("MWm%&@")}
# The points where the pieces of an outline end, and whether all pieces are straight.
Outline: TypeAlias = tuple[list[tuple[float, float]], bool]


class Matrix(NamedTuple):
    """An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Matrix) -> Matrix:
        """The map that does ``first`` and then this one."""
        a, b, c, d, e, f = first
        origin = self.at(e, f)
        return Matrix(
            self.a * a + self.c * b, self.b * a + self.d * b, self.a * c + self.c * d, self.b * c + self.d * d, *origin
        )


class Character(NamedTuple):
    """A character, where it stands on its line, and how wide it is, in its object's coordinates."""

    sign: str
    x: float
    y: float
    width: float


class Placed(NamedTuple):
    """Text as it stands: the run, and how many quarter turns clockwise from left-to-right it reads; 1 is downwards.

    ``down`` says that its signs stand upright, one under another.
    """

    run: Run
    turns: int
    down: bool = False


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """Read ``count`` numbers; None where there are others."""
    words = (text or "").replace(",", " ").split(None, count)[:count]
    try:
        found = tuple(map(float, words))
    except ValueError:
        return None
    return found if len(found) == count and all(abs(number) < FAR for number in found) else None


def number(text: str | None, default: float) -> float:
    """Read a number, or take the default."""
    try:
        found = default if text is None else float(text)
    except ValueError:
        return default
    return found if abs(found) < FAR else default


def matrix_of(element: etree._Element, outer: Matrix) -> Matrix:
    """The map from an object's own coordinates to the page."""
    outer, ctm = within_boundary(element, outer), numbers(element.get("CTM"), 6)
    return outer.after(Matrix(*ctm)) if ctm else outer


def within_boundary(element: etree._Element, outer: Matrix) -> Matrix:
    """The map from the place that an object takes to the page."""
    boundary = numbers(element.get("Boundary"), 4)
    return outer.after(Matrix(1, 0, 0, 1, boundary[0], boundary[1])) if boundary else outer


def steps(text: str | None, count: int) -> list[float]:
    """Read a list of steps for ``count`` characters; ``g n d`` is n times d, and the last one goes on.

    >>> steps("g 2 3.5 7", 4), steps(None, 2)
    ([3.5, 3.5, 7.0, 7.0], [])
    """
    found: list[float] = []
    words = iter((text or "").replace(",", " ").split())
    for word in words:
        if len(found) >= count:
            break
        grouped = word in {"g", "G"}
        times = int(number(next(words, None), 0)) if grouped else 1
        step = numbers(next(words, None) if grouped else word, 1)
        if step is None:
            break
        found.extend(step * max(0, min(times, count - len(found))))
    return found + found[-1:] * (count - len(found))


def place_text(element: etree._Element, outer: Matrix, state: Literal["", "unseen", "pale"] = "") -> Iterator[Placed]:
    """Place a text object's characters, one by one; those that don't read from left to right, piece by piece.

    Text that stands askew is a watermark beside the text. A blank is said by the run before it.
    """
    matrix = matrix_of(element, outer)
    size = number(element.get("Size"), USUAL_SIZE)
    broad = size * math.hypot(matrix.a, matrix.b) * number(element.get("HScale"), 1)
    if size >= 0 and min(size * math.hypot(matrix.c, matrix.d), abs(broad)) < SMALLEST:
        state = "unseen"
    if size <= 0:
        size = USUAL_SIZE
    height, askew = size * math.hypot(matrix.c, matrix.d), turns_of(matrix)
    x = y = 0.0
    clips = clips_of(element, outer)
    for code in element if height else ():
        if local(code) != "TextCode":
            continue
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        for piece, down in pieces(place_characters(code, element, x, y, size), size):
            turns = ((askew or 0) + down) % 4
            for part in [piece] if turns or askew is None else [[character] for character in piece]:
                text, box = finish(part, size)
                corners = (matrix.at(box.left, box.top), matrix.at(box.right, box.bottom))
                (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
                if max(abs(left), abs(right), abs(top), abs(bottom)) < FAR:
                    run = Run(text, left, top, right, bottom, height, askew is None, state)
                    if clips and not all(any(holds(box, run) for box in areas) for areas in clips):
                        run = run._replace(state="unseen")
                    yield Placed(run, turns, down)


def clips_of(element: etree._Element, outer: Matrix) -> list[list[Ruling]]:
    """List the boxes that an object is clipped to: of each clip its areas, one of which a character must lie in.

    Whether its matrix counts for the areas, too, is said by TransFlag, and producers differ: the areas are listed both ways.
    """
    listed = [clip for child in element if local(child) == "Clips" for clip in child]
    if not listed:
        return []
    clips: list[list[Ruling]] = []
    ways = (matrix_of(element, outer), within_boundary(element, outer))
    for clip in listed:
        areas: list[Ruling] = []
        for area in clip:
            ctm = numbers(area.get("CTM"), 6)
            for way in ways:
                inner = way.after(Matrix(*ctm)) if ctm else way
                corners = [point for path in area for points, _ in corners_of(path, inner) for point in points]
                if not corners:
                    # What is clipped to letters, or to nothing that could be told, is taken for seen.
                    return []
                areas.append(box_of(corners))
        clips.append(areas)
    return [areas for areas in clips if areas]


def clipped(box: Ruling, element: etree._Element, outer: Matrix) -> Ruling | None:
    """Give what clips leave of an object's box, at least; None for nothing."""
    for areas in clips_of(element, outer):
        for area in areas:
            box = Ruling(
                max(box.left, area.left),
                max(box.top, area.top),
                min(box.right, area.right),
                min(box.bottom, area.bottom),
            )
    return box if box.left < box.right and box.top < box.bottom else None


def holds(box: Ruling, run: Run) -> bool:
    """Return True if the middle of a run lies within a box."""
    return box.left <= (run.left + run.right) / 2 <= box.right and box.top <= (run.top + run.bottom) / 2 <= box.bottom


def turns_of(matrix: Matrix) -> int | None:
    """How many quarter turns clockwise text is turned by, None where it stands askew."""
    length = math.hypot(matrix.a, matrix.b)
    if not length or min(abs(matrix.a), abs(matrix.b)) > ASKEW * length:
        return None
    if abs(matrix.a) > abs(matrix.b):
        return 0 if matrix.a > 0 else 2
    return 1 if matrix.b > 0 else 3


def place_characters(
    code: etree._Element, element: etree._Element, x: float, y: float, size: float
) -> Iterator[Character]:
    """Say where each character of a text code stands, in the object's own coordinates."""
    text = "".join(map(str, code.itertext()))
    # Blanks at its ends are the text's, but with a line break they are the XML's.
    text = text.lstrip() if "\n" in text[: len(text) - len(text.lstrip())] else text
    text = text.rstrip() if "\n" in text[len(text.rstrip()) :] else text
    stretch = size * (number(element.get("HScale"), 1) or 1)
    widths = [stretch * width_of(sign) for sign in text]
    aside, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
    if not aside and not down:
        turned = round(number(element.get("ReadDirection"), 0) / 90) % 4
        aside = [width * (1, 0, -1, 0)[turned] for width in widths]
        down = [size * (0, 1, 0, -1)[turned]] * len(text)
    for index, sign in enumerate(text):
        step = aside[index] if aside and index + 1 < len(text) else 0.0
        # Room beside a narrow letter would be taken for a blank.
        yield Character(sign, x, y, min(widths[index], step) if step > OFF_LINE * size else widths[index])
        x += step
        y += down[index] if down else 0.0


def width_of(sign: str) -> float:
    """How wide a character is at most, in parts of its size, where only its font knows."""
    if sign.isascii():
        return next((width for width, signs in BROAD.items() if sign in signs), 0.5)
    return 1.0 if unicodedata.east_asian_width(sign) in WIDE else 0.5


def pieces(characters: Iterable[Character], size: float) -> Iterator[tuple[list[Character], bool]]:
    """Part characters at blanks and where they leave their line; say of each piece whether it goes down."""
    piece: list[Character] = []
    way: str | None = None
    for character in characters:
        goes = way_between(piece[-1], character, size) if piece else None
        blank = character.sign.isspace()
        if piece and (goes is None or (way and goes != way) or blank):
            if blank:
                piece[-1] = piece[-1]._replace(sign=f"{piece[-1].sign} ")
            yield piece, way == "down"
            piece, goes = [], None
        if not blank:
            way = goes
            piece.append(character)
    if piece:
        yield piece, way == "down"


def way_between(one: Character, other: Character, size: float) -> str | None:
    """Say how a piece goes on from one character to the next: along the line, down a column, or not at all."""
    step, drop = other.x - one.x, other.y - one.y
    if abs(drop) <= OFF_LINE * size and OFF_LINE * one.width < step <= one.width + BLANK * size:
        return "along"
    if abs(step) <= OFF_LINE * size and OFF_LINE * size < drop <= (1 + BLANK) * size:
        return "down"
    return None


def finish(piece: list[Character], size: float) -> tuple[str, Ruling]:
    """Join a piece's characters and their boxes."""
    lefts, lines = [character.x for character in piece], [character.y for character in piece]
    right = max(character.x + character.width for character in piece)
    box = Ruling(min(lefts), min(lines) - ASCENT * size, right, max(lines) + DESCENT * size)
    return "".join(character.sign for character in piece), box


def place_path(element: etree._Element, outer: Matrix) -> tuple[Ruling | None, list[Ruling]]:
    """Give the box that a path paints over, where it is one, and the lines that it draws."""
    found = corners_of(element, outer)
    first = list(islice(found, 2))
    return place_shape(element, outer, first), place_lines(element, chain(first, found))


def place_lines(element: etree._Element, found: Iterable[Outline]) -> list[Ruling]:
    """List the horizontal and vertical lines that a path draws, however short; ``found`` are its outlines."""
    stroked = is_set(element, "Stroke", default=True)
    lines: list[Ruling] = []
    for corners, straight in found:
        if stroked:
            lines += [line_between(*pair) for pair in pairwise(corners)]
        elif straight and len(corners) > 1:
            lines.append(box_of(corners))
        if len(lines) > MOST_PIECES:
            break
    return [line for line in lines if is_thin(line)]


def place_slants(element: etree._Element, outer: Matrix) -> list[Ruling]:
    """List the lines that a path draws which rise, fall or go in waves, and end elsewhere than they begin, each by its box."""
    if not is_set(element, "Stroke", default=True) or is_set(element, "Fill", default=False):
        return []
    found: list[Ruling] = []
    for corners, _ in islice(corners_of(element, outer), MOST_SLANTS):
        box = box_of(corners)
        if corners[0] != corners[-1] and is_slanted(box.right - box.left, box.bottom - box.top):
            found.append(box)
    return found


def place_shape(element: etree._Element, outer: Matrix, found: list[Outline]) -> Ruling | None:
    """Give the box of what a path fills, or paints over with a thick line, where that is a rectangle."""
    if len(found) != 1:
        return None
    corners, straight = found[0]
    box = box_of(corners)
    if is_set(element, "Fill", default=False):
        area = (box.right - box.left) * (box.bottom - box.top)
        return box if not is_thin(box) and area_of(corners) >= WHOLE * area else None
    half = number(element.get("LineWidth"), 0) * abs(outer.a * outer.d - outer.b * outer.c) ** 0.5 / 2
    if straight and 2 * half > NEAR and is_thin(box) and is_set(element, "Stroke", default=True):
        flat = box.right - box.left > box.bottom - box.top
        across, down = (0.0, half) if flat else (half, 0.0)
        return Ruling(box.left - across, box.top - down, box.right + across, box.bottom + down)
    return None


def corners_of(element: etree._Element, outer: Matrix) -> Iterator[Outline]:
    """Part a path object into its outlines on the page."""
    data = next((child.text for child in element if local(child) == "AbbreviatedData"), None)
    if data:
        matrix = matrix_of(element, outer)
        for points, straight in outlines(data):
            yield [matrix.at(*point) for point in points], straight


def area_of(corners: list[tuple[float, float]]) -> float:
    """How much a closed outline holds; of curves their chords count."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in pairs)) / 2


def box_of(corners: list[tuple[float, float]]) -> Ruling:
    """The box around points."""
    return line_between(
        (min(x for x, _ in corners), min(y for _, y in corners)),
        (max(x for x, _ in corners), max(y for _, y in corners)),
    )


def is_set(element: etree._Element, name: str, *, default: bool) -> bool:
    """Read a yes or no."""
    said = (element.get(name) or "").strip().lower()
    return said not in {"false", "0"} if said else default


def line_between(one: tuple[float, float], other: tuple[float, float]) -> Ruling:
    """The box around two points."""
    return Ruling(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def place_boundary(element: etree._Element, outer: Matrix) -> Ruling:
    """Give the place that an object says it takes; a point where it doesn't say."""
    left, top, width, height = numbers(element.get("Boundary"), 4) or (0.0,) * 4
    return line_between(outer.at(left, top), outer.at(left + width, top + height))


def is_thin(line: Ruling) -> bool:
    """Return True if a line is thin enough, and on the page."""
    return min(line.right - line.left, line.bottom - line.top) <= NEAR and max(map(abs, line)) < FAR


def is_ruling(line: Ruling) -> bool:
    """Return True if a thin line is long enough to part cells."""
    return max(line.right - line.left, line.bottom - line.top) >= SHORT


def outlines(data: str) -> Iterator[Outline]:
    """Part a path into its outlines."""
    points: list[tuple[float, float]] = []
    straight = True
    operator = ""
    operands: list[float] = []
    for word in PATH_WORD.findall(data):
        if word in OPERANDS:
            operator, operands = word, []
        elif not word.isalpha():
            operands.append(float(word))
        if operator not in OPERANDS or len(operands) < OPERANDS[operator]:
            continue
        if operator in "SM":
            if points:
                yield points, straight
            points, straight = [], True
        straight = straight and operator not in "QBA"
        points.append((operands[-2], operands[-1]) if operands else points[0] if points else (0.0, 0.0))
        operator, operands = "", []
    if points:
        yield points, straight
