"""How objects of an OFD page look: their colour and opacity, and which characters a person sees.

An object's looks are its own, else those of the drawing parameters that it names, which may rest on others. What is drawn
later lies over what was drawn before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from extractor.ingest.ofd.objects import clipped, holds, is_set, number, place_boundary, place_path
from extractor.ingest.ofd.package import child, local
from extractor.ingest.paged.seen import CONTRAST, GROUND, PALE, contrast

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from extractor.ingest.ofd.objects import Matrix, Placed
    from extractor.ingest.paged.geometry import Ruling, Run

Colour = tuple[float, float, float]
State = Literal["", "unseen", "pale"]
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (255.0, 255.0, 255.0)
# Of 255: through what has less opacity, what is under it is seen.
OPAQUE = 235.0
# Drawing parameters may rest on others; a ring has no end.
DEEPEST = 8
# In points: the height of the strips that shapes are sorted into.
STRIP, MOST_STRIPS = 24.0, 2_000


class Paint(NamedTuple):
    """How an object is painted; ``colour`` is None where it is none that could be told (a pattern)."""

    colour: Colour | None
    alpha: float


class Drawn(NamedTuple):
    """An object of a page: its element, and what it has of what it stands in.

    That is the map to the page, whether it is of a template, the parameters of its layer, and the opacity, up to 1.
    """

    element: etree._Element
    outer: Matrix
    template: bool = False
    parameter: str | None = None
    alpha: float = 1.0


class PaintedShape(NamedTuple):
    """What may hide words or bear them; ``order`` counts objects from the bottom up."""

    order: int
    box: Ruling
    look: Paint
    picture: bool
    scan: bool


class DrawParameters:
    """The drawing parameters of a document; lives for one file."""

    def __init__(self, parameters: dict[str, etree._Element]) -> None:
        """Keep the parameters by their ids."""
        self.parameters = parameters

    def of(self, drawn: Drawn, *, text: bool) -> Paint:
        """Say how words are painted, or the inside of a shape; nothing at all has no opacity."""
        element = drawn.element
        filled = is_set(element, "Fill", default=text)
        if not filled and not is_set(element, "Stroke", default=not text):
            return Paint(BLACK, 0.0)
        name = "FillColor" if filled else "StrokeColor"
        colour = self.find(element, name, element.get("DrawParam") or drawn.parameter)
        alpha = drawn.alpha * number(element.get("Alpha"), 255.0)
        if colour is None:
            return Paint(BLACK, alpha)
        return Paint(colour_of(colour), alpha * number(colour.get("Alpha"), 255.0) / 255.0)

    def find(self, element: etree._Element, name: str, parameter: str | None) -> etree._Element | None:
        """Find a colour of an object, or of the parameters that it names."""
        found = child(element, name)
        for _ in range(DEEPEST):
            if found is not None or parameter is None:
                break
            named = self.parameters.get(parameter)
            if named is None:
                break
            found, parameter = child(named, name), named.get("Relative")
        return found


def colour_of(element: etree._Element) -> Colour | None:
    """Read a colour: one part is grey, three are red, green and blue, four are of print."""
    parts = [part(word) for word in (element.get("Value") or "").replace(",", " ").split()[:5]]
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:  # noqa: PLR2004 - red, green, blue
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        rest = 1 - parts[3] / 255
        return (255 - parts[0]) * rest, (255 - parts[1]) * rest, (255 - parts[2]) * rest
    return None if len(element) else BLACK


def part(word: str) -> float:
    """Read a part of a colour, 0 to 255 or #00 to #FF."""
    if word.startswith("#"):
        try:
            return float(int(word[1:3], 16))
        except ValueError:
            return 0.0
    return number(word, 0.0)


def shapes_of(
    objects: list[Drawn],
    looks: DrawParameters,
    turn: Matrix,
    is_opaque: Callable[[str | None], bool | None],
    scan: float,
) -> tuple[list[PaintedShape], list[tuple[Ruling, Paint]]]:
    """List what may hide words, or bear them, and the lines that paths draw, both from the bottom up.

    ``is_opaque`` says of a picture's id whether nothing is seen through it, ``scan`` is the area from which one is a page's.
    """
    shapes: list[PaintedShape] = []
    lines: list[tuple[Ruling, Paint]] = []
    for order, drawn in enumerate(objects):
        outer = turn.after(drawn.outer)
        if local(drawn.element) == "PathObject":
            look = looks.of(drawn, text=False)
            shape, thin = place_path(drawn.element, outer)
            lines += [(line, look) for line in thin]
            if shape is not None and (shape := clipped(shape, drawn.element, outer)) is not None:
                shapes.append(PaintedShape(order, shape, look, picture=False, scan=False))
        elif local(drawn.element) == "ImageObject":
            box = place_boundary(drawn.element, outer)
            large = (box.right - box.left) * (box.bottom - box.top) > scan
            whole = is_opaque(drawn.element.get("ResourceID")) if not drawn.element.get("ImageMask") else False
            # A picture of the whole page of which nothing is known is a scan.
            seen_through = not (large if whole is None else whole)
            look = Paint(None, 0.0 if seen_through else number(drawn.element.get("Alpha"), 255.0))
            left = clipped(box, drawn.element, outer)
            if left is not None:
                shapes.append(PaintedShape(order, left, look, picture=True, scan=large and left == box))
    return shapes, lines


class Ground:
    """The shapes of a page by their heights, to find those around a character."""

    def __init__(self, shapes: list[PaintedShape]) -> None:
        """Sort the shapes into strips of the page."""
        self.strips: dict[int, list[PaintedShape]] = {}
        for shape in shapes:
            for strip in range(int(shape.box.top // STRIP), min(int(shape.box.bottom // STRIP) + 1, MOST_STRIPS)):
                self.strips.setdefault(strip, []).append(shape)

    def around(self, run: Run) -> list[PaintedShape]:
        """List the shapes that the middle of a run lies within, from the bottom up."""
        strip = self.strips.get(int((run.top + run.bottom) / 2 // STRIP), [])
        return [shape for shape in strip if holds(shape.box, run)]


def sight(placed: list[tuple[int, Paint, Placed]], shapes: list[PaintedShape]) -> list[Placed]:
    """Say of characters, each with the order and the look of its object, whether they are seen."""
    ground = Ground(shapes)
    on_scan: Counter[int] = Counter()
    states: list[tuple[State, PaintedShape | None]] = []
    for order, look, one in placed:
        around = ground.around(one.run)
        states.append(seen(order, look, one.run, around))
        if states[-1][0] != "unseen":
            on_scan.update(shape.order for shape in around if shape.scan)
    found = []
    for (_, _, one), (state, picture) in zip(placed, states, strict=True):
        if state == "unseen" and picture is not None and on_scan[picture.order] < GROUND:
            found.append(one._replace(run=one.run._replace(state="recognised")))
        else:
            found.append(one._replace(run=one.run._replace(state=state)) if state else one)
    return found


def seen(order: int, look: Paint, run: Run, around: list[PaintedShape]) -> tuple[State, PaintedShape | None]:
    """Say how a character is seen, and which picture it may be read from where it isn't."""
    under, scan = WHITE, None
    known = True
    for shape in around:
        scan = shape if shape.picture else scan
        if shape.look.alpha < OPAQUE:
            continue
        if shape.order > order:
            return "unseen", shape if shape.scan else None
        known = shape.look.colour is not None
        under = shape.look.colour or WHITE
    if run.state == "unseen":
        return "unseen", None
    if look.alpha < CONTRAST:
        return "unseen", scan
    if known and look.colour is not None and contrast(look.colour, under) * look.alpha / 255 < CONTRAST:
        return "unseen", None
    if run.state == "pale" or (look.colour is not None and min(look.colour) + (255 - look.alpha) >= PALE):
        return "pale", None
    return "", None
