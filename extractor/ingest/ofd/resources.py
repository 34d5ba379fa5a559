"""What the pages of an OFD file share: drawing parameters, composite units, pictures; and the notes put on pages later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.ingest.ofd.objects import Matrix, is_set, numbers
from extractor.ingest.ofd.package import child, children, local, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.ingest.ofd.package import OfdPackage

# Nothing is seen through these.
OPAQUE = ("jpg", "jpeg", "bmp")
# How pictures begin: PNG, where the byte at a place says of what kind its colours are, and JPEG, BMP.
PNG, COLOUR_TYPE, ALPHA = b"\x89PNG\r\n\x1a\n", 25, 4
WHOLE = (b"\xff\xd8\xff", b"BM")
# Notes that are no lines: stamps and marks under the words.
NO_LINES = frozenset({"stamp", "watermark"})


class SharedResources:
    """The resources of one document, read when the first object asks for them."""

    def __init__(self, package: OfdPackage, document: str, common: etree._Element | None) -> None:
        """Keep where the resources are listed."""
        self.package, self.document, self.common = package, document, common
        self.read = False
        self.units: dict[str, etree._Element] = {}
        self.parameters: dict[str, etree._Element] = {}
        # Where the pictures lie, and whether anything is seen through them.
        self.pictures: dict[str, str] = {}
        self.opaque: dict[str, bool | None] = {}

    def unit(self, key: str | None) -> etree._Element | None:
        """The content of a composite graphic unit, None where there is none."""
        self.load()
        return self.units.get(key or "")

    def load(self) -> None:
        """Read the parts that list resources, once."""
        if self.read:
            return
        self.read = True
        for listed in (*children(self.common, "PublicRes"), *children(self.common, "DocumentRes")):
            name = self.package.look_up(text_of(listed), self.document)
            if name is None:
                continue
            root = self.package.parse(name)
            for group in root:
                for one in group:
                    self.add(one, name, root.get("BaseLoc") or "")

    def is_opaque(self, key: str | None) -> bool | None:
        """Say whether nothing is seen through a picture; None where that can't be told."""
        if key is None or key in self.opaque or key not in self.pictures:
            return self.opaque.get(key or "")
        data = self.package.archive.read(self.pictures[key])
        self.opaque[key] = is_whole_png(data) if data.startswith(PNG) else data.startswith(WHOLE) or None
        return self.opaque[key]

    def add(self, one: etree._Element, name: str, folder: str) -> None:
        """Keep a resource of the part ``name`` under its id; the first of two counts."""
        key, kind = one.get("ID") or "", local(one)
        if kind == "CompositeGraphicUnit":
            content = child(one, "Content")
            if content is not None:
                self.units.setdefault(key, content)
        elif kind == "DrawParam":
            self.parameters.setdefault(key, one)
        elif kind == "MultiMedia":
            file = text_of(child(one, "MediaFile")) or ""
            said = f"{one.get('Format') or ''} {file}".strip().lower()
            if said.endswith(OPAQUE) or said.startswith(OPAQUE):
                self.opaque.setdefault(key, True)
            place = self.package.look_up(f"{folder}/{file}" if folder else file, name) or self.package.look_up(
                file, name
            )
            if place:
                self.pictures.setdefault(key, place)


def is_whole_png(data: bytes) -> bool:
    """Return True if a PNG has neither a channel nor a list of colours that are seen through."""
    return len(data) > COLOUR_TYPE and not data[COLOUR_TYPE] & ALPHA and b"tRNS" not in data[: data.find(b"IDAT")]


class PageNotes:
    """The annotations of a document by the pages they are put on: lines in them strike words out, words stand beside the text."""

    def __init__(self, package: OfdPackage, document: str, root: etree._Element) -> None:
        """Find the parts that hold them."""
        self.package = package
        self.places: dict[str, str] = {}
        name = package.look_up(text_of(child(root, "Annotations")), document)
        for page in children(package.parse(name), "Page") if name else ():
            place = package.look_up(text_of(child(page, "FileLoc")), name or "")
            if place and page.get("PageID"):
                self.places[page.get("PageID") or ""] = place

    def of(self, page: str | None, base: Matrix) -> Iterator[tuple[etree._Element, Matrix]]:
        """List the words and the lines of a page's notes, with the maps to the page; lines of stamps are none."""
        place = self.places.get(page or "")
        for note in children(self.package.parse(place), "Annot") if place else ():
            kind = (note.get("Type") or "").strip().lower()
            if kind == "link" or not is_set(note, "Visible", default=True):
                continue
            wanted = {"TextObject"} if kind in NO_LINES else {"TextObject", "PathObject"}
            for appearance in children(note, "Appearance"):
                boundary = numbers(appearance.get("Boundary"), 4)
                outer = base.after(Matrix(1, 0, 0, 1, boundary[0], boundary[1])) if boundary else base
                for element in appearance.iter():
                    if isinstance(element.tag, str) and local(element) in wanted:
                        yield element, outer
