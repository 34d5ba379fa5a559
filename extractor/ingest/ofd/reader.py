"""The reader for OFD (GB/T 33190-2016): a ZIP file of XML that says which characters stand where on which page.

Elements are known by their names alone, because producers write the namespace in several ways. Read are the pages' own
content and the templates under it (letterheads, page numbers). Words of annotations (stamps, watermarks) stand beside the
text, and lines of them may strike words out; not read are signatures, tags, and attached files, which are listed. Text may be stored as
glyph numbers of a font alone, without characters; such a file is refused with a message that says so. A page on which most
text is turned is turned to be read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import regex
from msgspec import structs

from extractor.errors import IngestError
from extractor.ingest import archive
from extractor.ingest.ofd.looks import Drawn, DrawParameters, shapes_of, sight
from extractor.ingest.ofd.objects import (
    POINTS,
    Matrix,
    Placed,
    corners_of,
    is_ruling,
    is_set,
    matrix_of,
    number,
    numbers,
    place_lines,
    place_slants,
    place_text,
)
from extractor.ingest.ofd.package import OfdPackage, child, children, local, other_documents, text_of, title_of
from extractor.ingest.ofd.resources import PageNotes, SharedResources
from extractor.ingest.paged.geometry import box_around
from extractor.ingest.paged.layout import PageLayout, lay_out
from extractor.ingest.paged.pictures import picture_runs
from extractor.ingest.paged.ruled import find_tables
from extractor.ingest.paged.seen import CONTRAST
from extractor.ingest.paged.signs import settle
from extractor.ingest.paged.strikes import Recognised, damage_of, find_struck
from extractor.ingest.paged.upright import are_text, columns_of, units_of
from extractor.ingest.raised import LOST
from extractor.messages import Message
from extractor.model import Block, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.ingest.limits import Limits
    from extractor.ingest.ofd.looks import Paint, State
    from extractor.ingest.paged.geometry import Ruling, Run
    from extractor.resources import Resources

A4 = (0.0, 0.0, 210.0, 297.0)
CONTAINERS = frozenset({"Page", "Content", "Layer", "PageBlock"})
LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}
# Signs of an object that is too short a column to be text, and lines of a page with tables, whose labels may be written
# down. An object of one sign is known to be a part of a column.
SHORT_DOWN, TABLE_LINES = range(2, 4), 4
DRAWN = frozenset({"TextObject", "PathObject", "ImageObject"})
# Composite objects within composite objects; one that holds itself has no end.
DEEPEST = 8
# Characters that producers put where only the glyph is known.
NAMELESS = "¤"
NO_CHARACTER = regex.compile(r"[¤\ufffd\p{Co}\p{Cn}\p{Cc}]")
# More of them than this share, of them and the letters and figures: the file holds no text that could be relied on.
# A notice has a few signs of a font of its own; a file of glyphs has nothing else, but for figures and rare characters.
UNKNOWN_SHARE = 0.3
# A page is a picture where one covers this part of it, and it has fewer characters than this: a stamp, a page number.
PICTURE_SHARE = 0.5
FEWEST_LETTERS = 30
# What is counted over its limits, object by object.
CHARACTERS, ON_PAGES, TEXT_OBJECTS = Message("characters"), Message("objects on its pages"), Message("text objects")
OCR = Message(
    "Ask its publisher for a version with text, or recognise the characters and give the notice as plain text."
)


class OfdPage(NamedTuple):
    """What a page is made of: objects from the bottom up, the words and paths of notes on it, its size in points."""

    objects: list[Drawn]
    notes: list[tuple[etree._Element, Matrix]]
    size: tuple[float, float]


class Drawing(NamedTuple):
    """A page as it stands after a turn: characters, lines that part cells, whether a picture covers much of it.

    ``back`` is the map to the page as it is shown, None where it wasn't turned.
    """

    placed: list[Placed]
    rulings: list[Ruling]
    scanned: bool
    size: tuple[float, float]
    back: Matrix | None = None


class Way(NamedTuple):
    """By how many quarter turns a page is read; ``columns``: signs written down alone, all others, or all (None)."""

    turns: int
    columns: bool | None = None


class Part(NamedTuple):
    """What is laid out apart: its page, the map back to the page as it is shown, where its words are recognised ones."""

    page: int
    back: Matrix | None
    recognised: Recognised


class Reader:
    """The pages of one OFD file, one after another; lives for one file."""

    def __init__(self, package: OfdPackage, document: str, root: etree._Element) -> None:
        """Keep the document's parts; ``document`` is the name of the part that ``root`` is of."""
        self.package, self.document, self.root = package, document, root
        self.common = child(root, "CommonData")
        self.box = page_box(child(self.common, "PageArea"))
        self.templates = {at.get("ID"): at.get("BaseLoc") for at in children(self.common, "TemplatePage")}
        self.loaded: dict[str, etree._Element] = {}
        self.resources = SharedResources(package, document, self.common)
        self.notes = PageNotes(package, document, root)
        self.seen: Counter[str] = Counter()
        # Of the page at hand: the objects whose one sign stands in a column with others, None where it isn't known yet.
        self.written_down: frozenset[int] | None = None
        self.parts: dict[int, Part] = {}
        self.runs: list[list[Run]] = []

    def pages(self) -> Iterator[PageLayout]:
        """Read the pages in order; one that is written in two ways is laid out as two."""
        pages = children(child(self.root, "Pages"), "Page")
        self.package.limits.check("pages", len(pages), self.package.origin, Message("pages"))
        for count, page in enumerate(pages, 1):
            sheet = self.sheet(count, page)
            self.written_down = None
            upright = self.draw(sheet, Matrix(1, 0, 0, 1, 0, 0))
            letters = sum(len(one.run.text) for one in upright.placed)
            self.seen["pages"] += 1
            self.seen["pictured"] += letters < FEWEST_LETTERS and upright.scanned
            for at, way in enumerate(ways_of(upright)):
                # No text goes on over a number that is left out.
                key = max(self.parts, default=0) + 1 + at
                yield self.lay(key, count, self.turn(sheet, upright, way), columns=way.columns is True)

    def sheet(self, number: int, page: etree._Element) -> OfdPage:
        """List what a page is made of, its templates under it or over it."""
        name = self.package.find(page.get("BaseLoc"), self.document, Message("page {number}", number=number))
        root = self.package.parse(name)
        left, top, width, height = page_box(child(root, "Area")) or self.box or A4
        base = Matrix(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
        under: list[Drawn] = []
        over: list[Drawn] = []
        for template in children(root, "Template"):
            drawn = self.objects(self.template(template.get("TemplateID"), number), Drawn(root, base, template=True), 0)
            (over if (template.get("ZOrder") or "").strip() == "Foreground" else under).extend(drawn)
        objects = [*under, *self.objects(root, Drawn(root, base), 0), *over]
        return OfdPage(objects, list(self.notes.of(page.get("ID"), base)), (width * POINTS, height * POINTS))

    def turn(self, sheet: OfdPage, upright: Drawing, way: Way) -> Drawing:
        """Draw a page so that what is read one way stands upright, and leave the rest out."""
        drawing = upright
        if way.turns:
            turn, width, height = turn_back(way.turns, *sheet.size)
            back = turn_back(4 - way.turns, width, height)[0]
            drawing = self.draw(sheet, turn)._replace(size=(width, height), back=back)
        if way.columns is None:
            return drawing
        placed = [one for one in drawing.placed if one.down == way.columns]
        return drawing._replace(placed=placed, rulings=[] if way.columns else drawing.rulings)

    def lay(self, key: int, page: int, drawing: Drawing, *, columns: bool) -> PageLayout:
        """Lay out a page, or a part of it, under the number ``key``."""
        width, height = drawing.size
        drawing = drawing._replace(
            placed=[one if is_on(one.run, width, height) else off(one) for one in drawing.placed]
        )
        runs = [one.run for one in drawing.placed]
        self.runs.append(runs)
        self.parts[key] = Part(page, drawing.back, Recognised(runs))
        turned = {id(one.run) for one in drawing.placed if one.turns}
        tables, rest = find_tables(drawing.rulings, settle(runs), key)
        # Within a table it may be a cell that is written down; elsewhere it is a stamp or the margin's.
        rest = [run._replace(beside=True) if id(run) in turned else run for run in rest]
        return PageLayout(key, *drawing.size, rest, tables, drawing.rulings, int(columns))

    def template(self, key: str | None, number: int) -> etree._Element:
        """The page that a template is; parsed once, used by many pages."""
        if key not in self.templates:
            msg = Message(
                "page {number} uses a template {key!r} that the document doesn't list", number=number, key=key
            )
            raise self.package.broken(msg)
        name = self.package.find(
            self.templates[key], self.document, Message("template {key!r} of page {number}", key=key, number=number)
        )
        if name not in self.loaded:
            self.loaded[name] = self.package.parse(name)
        return self.loaded[name]

    def objects(self, root: etree._Element, within: Drawn, level: int) -> Iterator[Drawn]:
        """List the text, path and picture objects of a page, each with what it has of what it stands in."""
        stack = [(root, within.parameter)]
        while stack:
            element, parameter = stack.pop()
            kind = local(element)
            if kind in CONTAINERS or element is root:
                parameter = element.get("DrawParam") or parameter
                inner = (
                    sorted(element, key=lambda one: LAYERS.get(one.get("Type") or "", 1))
                    if kind == "Content"
                    else element
                )
                stack.extend((one, parameter) for one in reversed(inner))
                continue
            self.count(kind)
            if not is_set(element, "Visible", default=True):
                continue
            if kind in DRAWN:
                yield within._replace(element=element, parameter=parameter)
            elif kind == "CompositeObject" and level < DEEPEST:
                unit = self.resources.unit(element.get("ResourceID"))
                if unit is not None:
                    alpha = within.alpha * number(element.get("Alpha"), 255.0) / 255.0
                    inside = within._replace(outer=matrix_of(element, within.outer), parameter=parameter, alpha=alpha)
                    yield from self.objects(unit, inside, level + 1)

    def count(self, kind: str) -> None:
        """Count an object; raise over the limit. Those of a template count on each page."""
        self.seen[kind] += 1
        self.seen["objects"] += 1
        limits, origin = self.package.limits, self.package.origin
        limits.check("elements", self.seen["objects"], origin, ON_PAGES)
        limits.check("paragraphs", self.seen["TextObject"], origin, TEXT_OBJECTS)

    def draw(self, sheet: OfdPage, turn: Matrix) -> Drawing:
        """Place the characters and the lines of a page after a turn, and say how they are seen."""
        width, height = sheet.size
        if (
            any(drawn.element.get("DrawParam") or drawn.parameter for drawn in sheet.objects)
            or self.seen["ImageObject"]
        ):
            self.resources.load()
        looks = DrawParameters(self.resources.parameters)
        shapes, lines = shapes_of(sheet.objects, looks, turn, self.resources.is_opaque, PICTURE_SHARE * width * height)
        found: list[tuple[int, Paint, Placed]] = []
        for order, drawn in enumerate(sheet.objects):
            if local(drawn.element) != "TextObject":
                continue
            look = looks.of(drawn, text=True)
            state: State = "pale" if drawn.template else ""
            placed_text = place_text(drawn.element, turn.after(drawn.outer), state)
            found += [(order, look, one) for one in self.known(drawn.element, placed_text)]
        placed = sight(self.with_columns(found, len(lines)), shapes)
        strikes = [
            line
            for path, outer in sheet.notes
            if local(path) == "PathObject"
            for line in place_lines(path, corners_of(path, turn.after(outer)))
        ]
        slants = [
            (box, looks.of(drawn, text=False))
            for drawn in sheet.objects
            if local(drawn.element) == "PathObject"
            for box in place_slants(drawn.element, turn.after(drawn.outer))
        ]
        straight = len(lines)
        lines += slants
        struck = find_struck(
            [one.run._replace(beside=True) if one.turns else one.run for one in placed],
            [*(line for line, _ in lines), *strikes],
            lambda at: at >= len(lines) or is_seen(lines[at][1]),
            frozenset(range(straight, len(lines))),
        )
        placed = [
            one._replace(run=one.run._replace(state="struck")) if at in struck.runs else one
            for at, one in enumerate(placed)
        ]
        pictures = picture_runs(
            [one.run for one in placed if not one.turns], [shape.box for shape in shapes if shape.picture]
        )
        placed += [Placed(run, 0) for run in (*pictures, *self.words_of(sheet.notes, turn))]
        rulings = [line for at, (line, _) in enumerate(lines[:straight]) if at not in struck.lines and is_ruling(line)]
        return Drawing(placed, rulings, any(shape.scan for shape in shapes), sheet.size)

    def with_columns(self, found: list[tuple[int, Paint, Placed]], lines: int) -> list[tuple[int, Paint, Placed]]:
        """Say of signs that are objects of their own, one under another, that they are written down."""
        if self.written_down is None:
            self.written_down = frozenset() if lines >= TABLE_LINES else orders_down(found)
        return [
            (order, look, one._replace(turns=(one.turns + 1) % 4, down=True))
            if order in self.written_down
            else (order, look, one)
            for order, look, one in found
        ]

    def words_of(self, notes: list[tuple[etree._Element, Matrix]], turn: Matrix) -> Iterator[Run]:
        """List the words of notes, which stand beside the text."""
        for element, outer in notes:
            if local(element) == "TextObject":
                for one in place_text(element, turn.after(outer)):
                    self.seen["characters"] += len(one.run.text)
                    self.package.limits.check("characters", self.seen["characters"], self.package.origin, CHARACTERS)
                    yield one.run._replace(beside=True)

    def known(self, element: etree._Element, placed: Iterator[Placed]) -> Iterator[Placed]:
        """Count characters, and those that only have a glyph."""
        written = False
        for one in placed:
            written = True
            self.seen["characters"] += len(one.run.text)
            self.package.limits.check("characters", self.seen["characters"], self.package.origin, CHARACTERS)
            known = sum(map(str.isalnum, one.run.text))
            self.seen["known"] += known
            self.seen["unknown"] += len(NO_CHARACTER.findall(one.run.text)) if known < len(one.run.text) else 0
            yield one._replace(run=one.run._replace(text=one.run.text.replace(NAMELESS, LOST)))
        if not written:
            for glyphs in children(element, "CGTransform"):
                self.seen["glyphs"] += len((text_of(child(glyphs, "Glyphs")) or "").split())


def read_ofd(data: bytes, origin: str, limits: Limits, resources: Resources) -> SourceText:
    """Read an OFD file; raise `IngestError` where it is broken, encrypted, too large or without text."""
    package = OfdPackage(archive.open_archive(data, origin, limits), origin, limits)
    bodies, document = package.document()
    root = package.parse(document)
    reader = Reader(package, document, root)
    pages = list(reader.pages())
    check_text(reader, reader.seen["pages"], origin)
    text, blocks = lay_out(pages, resources)
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="application/ofd",
        encoding="utf-8",
        reader="ofd",
        text=text,
        blocks=tuple(shown(block, reader.parts[block.page]) if block.page else block for block in blocks),
        title=title_of(bodies[0]),
        attachments=package.attachments(document, root) + other_documents(bodies),
        pictured=reader.seen["pictured"],
        damage=damage_of(reader.runs),
    )


def check_text(reader: Reader, pages: int, origin: str) -> None:
    """Raise `IngestError` where the pages hold no text, or little but glyph numbers."""
    seen = reader.seen
    unknown = seen["glyphs"] + seen["unknown"]
    if unknown > UNKNOWN_SHARE * (unknown + seen["known"]):
        msg = Message.counted(
            "{origin}: found an OFD whose text is stored as glyph numbers of its fonts ({unknown:,} character "
            "unknown, {known:,} known), expected text. {ocr}",
            "{origin}: found an OFD whose text is stored as glyph numbers of its fonts ({unknown:,} characters "
            "unknown, {known:,} known), expected text. {ocr}",
            unknown,
            origin=origin,
            unknown=unknown,
            known=seen["known"],
            ocr=OCR,
        )
        raise IngestError("no_text", msg)
    if not seen["characters"] or seen["characters"] < FEWEST_LETTERS * seen["pictured"]:
        msg = Message(
            "{origin}: found an OFD without text ({found}), expected a notice. {ocr}",
            origin=origin,
            found=_contents(pages, seen),
            ocr=OCR,
        )
        raise IngestError("no_text", msg)


def _contents(pages: int, seen: Counter[str]) -> tuple[Message, ...]:
    """Say what a file without text holds."""
    pictures, shapes, characters = seen["ImageObject"], seen["PathObject"], seen["characters"]
    return (
        Message.counted("{count:,} page", "{count:,} pages", pages, count=pages),
        Message.counted("{count:,} picture", "{count:,} pictures", pictures, count=pictures),
        Message.counted("{count:,} drawn shape", "{count:,} drawn shapes", shapes, count=shapes),
        Message.counted("{count:,} character", "{count:,} characters", characters, count=characters),
    )


def shown(block: Block, part: Part) -> Block:
    """Say of a block its page in the file, its place on that page as it is shown, and whether it was recognised."""
    box = block.box
    recognised = box is not None and part.recognised.is_in(box)
    if box is not None and part.back is not None:
        (left, right), (top, bottom) = (
            sorted(side) for side in zip(part.back.at(*box[:2]), part.back.at(*box[2:]), strict=True)
        )
        box = box_around(left, top, right, bottom)
    return structs.replace(block, page=part.page, box=box, recognised=recognised)


def page_box(area: etree._Element | None) -> tuple[float, ...] | None:
    """Read the place and size of a page in millimetres, None where none are given."""
    box = numbers(text_of(child(area, "PhysicalBox")), 4)
    return box if box and min(box[2:]) > 0 else None


def turns_of_most(placed: list[Placed]) -> int:
    """How many quarter turns most of a page's characters are turned by."""
    turns: Counter[int] = Counter()
    for one in placed:
        turns[one.turns] += 0 if one.run.beside else len(one.run.text)
    return max(turns, key=lambda turn: (turns[turn], -turn), default=0)


def turn_back(turns: int, width: float, height: float) -> tuple[Matrix, float, float]:
    """The map that turns a page back by quarter turns, and the size that it then has."""
    if turns == 1:
        return Matrix(0, -1, 1, 0, 0, width), height, width
    if turns == 3:  # noqa: PLR2004 - quarter turns
        return Matrix(0, 1, -1, 0, height, 0), height, width
    return Matrix(-1, 0, 0, -1, width, height), width, height


def orders_down(found: list[tuple[int, Paint, Placed]]) -> frozenset[int]:
    """List the objects of one sign that stand side by side in columns."""
    count = Counter(order for order, _, _ in found)
    single = [(order, one.run) for order, _, one in found if count[order] == 1 and not one.turns and not one.down]
    columns = columns_of(units_of([run for _, run in single]))
    if not are_text(columns):
        return frozenset()
    return frozenset(single[at][0] for column in columns for unit in column for at in unit.runs)


def is_on(run: Run, width: float, height: float) -> bool:
    """Return True if a run is on the page, in whole or in part."""
    return run.right >= 0 and run.left <= width and run.bottom >= 0 and run.top <= height


def off(one: Placed) -> Placed:
    """Say of words that they stand off the page, where nobody sees them."""
    return one._replace(run=one.run._replace(beside=True, state="unseen"))


def ways_of(upright: Drawing) -> list[Way]:
    """Say how a page is read; one with lines and columns is read in two ways, the columns apart."""
    placed = upright.placed
    turns = turns_of_most(placed)
    level = [one.run for one in placed if not one.down]
    text = any(not one.turns and not one.run.beside for one in placed)
    long = [one.run for one in placed if one.down and one.turns == 1 and len(one.run.text) not in SHORT_DOWN]
    if turns not in (0, 1) or not text or not long:
        return [Way(turns)]
    if turns == 0 and (len(long) < 2 or len(upright.rulings) >= TABLE_LINES):  # noqa: PLR2004 - a label is one column
        return [Way(turns)]
    ways = [Way(0, columns=False), Way(1, columns=True)]
    return ways if min(run.top for run in level) < min(run.top for run in long) else ways[::-1]


def is_seen(look: Paint) -> bool:
    """Return True if something painted so is seen on white."""
    return look.alpha >= CONTRAST and (look.colour is None or min(look.colour) <= 255 - CONTRAST)
