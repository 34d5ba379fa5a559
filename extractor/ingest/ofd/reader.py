"""The reader for OFD (GB/T 33190-2016): a ZIP file of XML that says which characters stand where on which page.

Elements are known by their names alone, because producers write the namespace in several ways. Read are the pages' own
content and the templates under it (letterheads, page numbers). Not read: annotations (stamps, watermarks), signatures,
tags, and attached files, which are listed. Text may be stored as glyph numbers of a font alone, without characters; such a
file is refused with a message that says so. A page on which most text is turned is turned to be read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import regex
from msgspec import structs

from extractor.errors import IngestError
from extractor.ingest import archive
from extractor.ingest.ofd.objects import POINTS, Matrix, area_of, matrix_of, numbers, place_lines, place_text
from extractor.ingest.ofd.package import OfdPackage, child, children, local, other_documents, text_of, title_of
from extractor.ingest.paged.geometry import box_around
from extractor.ingest.paged.layout import PageLayout, lay_out
from extractor.ingest.paged.ruled import find_tables
from extractor.model import Block, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.ingest.limits import Limits
    from extractor.ingest.ofd.objects import Placed
    from extractor.ingest.paged.geometry import Ruling
    from extractor.resources import Resources

A4 = (0.0, 0.0, 210.0, 297.0)
CONTAINERS = frozenset({"Page", "Content", "Layer", "PageBlock"})
DRAWN = frozenset({"TextObject", "PathObject", "ImageObject"})
# Composite objects within composite objects; one that holds itself has no end.
DEEPEST = 8
# Characters that producers put where only the glyph is known.
NO_CHARACTER = regex.compile(r"[¤\ufffd\p{Co}\p{Cn}\p{Cc}]")
# More of them than this share, of them and the letters and figures: the file holds no text that could be relied on.
# A notice has a few signs of a font of its own; a file of glyphs has nothing else, but for figures and rare characters.
UNKNOWN_SHARE = 0.3
# A page is a picture where one covers this part of it, and it has fewer characters than this: a stamp, a page number.
PICTURE_SHARE = 0.5
FEWEST_LETTERS = 30
OCR = "Ask its publisher for a version with text, or recognise the characters and give the notice as plain text."


class Reader:
    """The pages of one OFD file, one after another; lives for one file."""

    def __init__(self, package: OfdPackage, document: str, root: etree._Element) -> None:
        """Keep the document's parts; ``document`` is the name of the part that ``root`` is of."""
        self.package, self.document, self.root = package, document, root
        self.common = child(root, "CommonData")
        self.box = page_box(child(self.common, "PageArea"))
        self.templates = {at.get("ID"): at.get("BaseLoc") for at in children(self.common, "TemplatePage")}
        self.loaded: dict[str, etree._Element] = {}
        self.units: dict[str, etree._Element] | None = None
        self.seen: Counter[str] = Counter()
        # For each page that was turned to be read, the map back to the page as it is shown.
        self.back: dict[int, Matrix] = {}

    def pages(self) -> Iterator[PageLayout]:
        """Read the pages in order."""
        pages = children(child(self.root, "Pages"), "Page")
        self.package.limits.check("pages", len(pages), self.package.origin, "pages")
        for number, page in enumerate(pages, 1):
            yield self.page(number, page.get("BaseLoc"))

    def page(self, number: int, location: str | None) -> PageLayout:
        """Read a page with its templates."""
        name = self.package.find(location, self.document, f"page {number}")
        root = self.package.parse(name)
        left, top, width, height = page_box(child(root, "Area")) or self.box or A4
        width, height = width * POINTS, height * POINTS
        base = Matrix(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
        objects = list(self.objects(root, base, 0))
        for template in children(root, "Template"):
            objects += self.objects(self.template(template.get("TemplateID"), number), base, 0)
        lines, placed = self.draw(objects, Matrix(1, 0, 0, 1, 0, 0))
        turns = turns_of_most(placed)
        if turns:
            turn, width, height = turn_back(turns, width, height)
            lines, placed = self.draw(objects, turn)
            self.back[number] = turn_back(4 - turns, width, height)[0]
        self.seen["pictured"] += sum(len(one.run.text) for one in placed) < FEWEST_LETTERS and any(
            local(element) == "ImageObject" and area_of(element, outer) > PICTURE_SHARE * width * height
            for element, outer in objects
        )
        tables, rest = find_tables(lines, [one.run for one in placed], number)
        # Within a table it may be a cell that is written down; elsewhere it is a stamp or the margin's.
        turned = {id(one.run) for one in placed if one.turns}
        rest = [run._replace(beside=True) if id(run) in turned else run for run in rest]
        return PageLayout(number, width, height, rest, tables, lines)

    def template(self, key: str | None, number: int) -> etree._Element:
        """The page that a template is; parsed once, used by many pages."""
        if key not in self.templates:
            msg = f"page {number} uses a template {key!r} that the document doesn't list"
            raise self.package.broken(msg)
        name = self.package.find(self.templates[key], self.document, f"template {key!r} of page {number}")
        if name not in self.loaded:
            self.loaded[name] = self.package.parse(name)
        return self.loaded[name]

    def objects(self, root: etree._Element, outer: Matrix, level: int) -> Iterator[tuple[etree._Element, Matrix]]:
        """List the text and path objects of a page and the maps of what they stand in."""
        stack = [root]
        while stack:
            element = stack.pop()
            kind = local(element)
            if kind in CONTAINERS or element is root:
                stack.extend(reversed(element))
                continue
            self.count(kind)
            if (element.get("Visible") or "").strip().lower() in {"false", "0"}:
                continue
            if kind in DRAWN:
                yield element, outer
            elif kind == "CompositeObject" and level < DEEPEST:
                unit = self.unit(element.get("ResourceID"))
                if unit is not None:
                    yield from self.objects(unit, matrix_of(element, outer), level + 1)

    def count(self, kind: str) -> None:
        """Count an object; raise over the limit. Those of a template count on each page."""
        self.seen[kind] += 1
        self.seen["objects"] += 1
        limits, origin = self.package.limits, self.package.origin
        limits.check("elements", self.seen["objects"], origin, "objects on its pages")
        limits.check("paragraphs", self.seen["TextObject"], origin, "text objects")

    def unit(self, key: str | None) -> etree._Element | None:
        """The content of a composite graphic unit of the document's resources, None where there is none."""
        if self.units is None:
            self.units = {}
            for listed in (*children(self.common, "PublicRes"), *children(self.common, "DocumentRes")):
                name = self.package.look_up(text_of(listed), self.document)
                if name is None:
                    continue
                for units in children(self.package.parse(name), "CompositeGraphicUnits"):
                    for unit in children(units, "CompositeGraphicUnit"):
                        content = child(unit, "Content")
                        if content is not None:
                            self.units.setdefault(unit.get("ID") or "", content)
        return self.units.get(key or "")

    def draw(self, objects: list[tuple[etree._Element, Matrix]], turn: Matrix) -> tuple[list[Ruling], list[Placed]]:
        """Place the lines and the characters."""
        lines = [
            line for element, outer in objects if local(element) == "PathObject"
            for line in place_lines(element, turn.after(outer))
        ]  # fmt: skip
        runs: list[Placed] = []
        for element, outer in objects:
            if local(element) == "TextObject":
                runs += self.known(element, place_text(element, turn.after(outer)))
        return lines, runs

    def known(self, element: etree._Element, placed: Iterator[Placed]) -> Iterator[Placed]:
        """Count characters, and those that only have a glyph."""
        builder = False
        for one in placed:
            builder = True
            self.seen["characters"] += len(one.run.text)
            self.package.limits.check("characters", self.seen["characters"], self.package.origin, "characters")
            known = sum(map(str.isalnum, one.run.text))
            self.seen["known"] += known
            self.seen["unknown"] += len(NO_CHARACTER.findall(one.run.text)) if known < len(one.run.text) else 0
            yield one
        if not builder:
            for glyphs in children(element, "CGTransform"):
                self.seen["glyphs"] += len((text_of(child(glyphs, "Glyphs")) or "").split())


def read_ofd(data: bytes, origin: str, limits: Limits, resources: Resources) -> SourceText:
    """Read an OFD file; raise `IngestError` where it is broken, encrypted, too large or without text."""
    package = OfdPackage(archive.open_archive(data, origin, limits), origin, limits)
    bodies, document = package.document()
    root = package.parse(document)
    reader = Reader(package, document, root)
    pages = list(reader.pages())
    check_text(reader, len(pages), origin)
    text, blocks = lay_out(pages, resources)
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="application/ofd",
        encoding="utf-8",
        reader="ofd",
        text=text,
        blocks=tuple(shown(block, reader.back) for block in blocks),
        title=title_of(bodies[0]),
        attachments=package.attachments(document, root) + other_documents(bodies),
        pictured=reader.seen["pictured"],
    )


def check_text(reader: Reader, pages: int, origin: str) -> None:
    """Raise `IngestError` where the pages hold no text, or little but glyph numbers."""
    seen = reader.seen
    unknown = seen["glyphs"] + seen["unknown"]
    if unknown > UNKNOWN_SHARE * (unknown + seen["known"]):
        msg = (
            f"{origin}: found an OFD whose text is stored as glyph numbers of its fonts ({unknown:,} characters unknown, "
            f"{seen['known']:,} known), expected text. {OCR}"
        )
        raise IngestError("no_text", msg)
    if not seen["characters"] or seen["characters"] < FEWEST_LETTERS * seen["pictured"]:
        msg = (
            f"{origin}: found an OFD without text ({pages:,} pages, {seen['ImageObject']:,} pictures, "
            f"{seen['PathObject']:,} drawn shapes, {seen['characters']:,} characters), expected a notice. {OCR}"
        )
        raise IngestError("no_text", msg)


def shown(block: Block, back: dict[int, Matrix]) -> Block:
    """Say where a block stands on the page as it is shown, if it was turned to be read."""
    if block.box is None or block.page not in back:
        return block
    matrix = back[block.page]
    (left, right), (top, bottom) = (
        sorted(side) for side in zip(matrix.at(*block.box[:2]), matrix.at(*block.box[2:]), strict=True)
    )
    return structs.replace(block, box=box_around(left, top, right, bottom))


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
