"""The parts of a Word document: which there are, where they lie, and their XML in one spelling.

A document says by relationships which part is its text, its styles or its footnotes. Missing parts but the text are no
error: programs other than Word leave them out. The strict variant of the format (ISO 29500) differs in its namespaces
only, so they are rewritten before parsing and the rest of the reader knows one spelling.

python-docx isn't used: its parser unpacks whatever it meets, it opens neither strict files nor templates nor files with
macros, and it stops at a link to a missing part, which WPS Office writes.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import IngestError
from extractor.ingest.archive import AGAIN, open_archive, parse_xml
from extractor.ingest.word.looks import RunLook, run_look
from extractor.ingest.word.names import WORD, child, number, value
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.ingest.limits import Limits


OPEN = b"http://schemas.openxmlformats.org/"
# Strict spelling → the usual one; longer names first.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", OPEN + b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", OPEN + b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", OPEN + b"officeDocument/2006/math"),
)
MAIN = "word/document.xml"
PARTS = "[Content_Types].xml"
# Levels of notes within each other.
DEEPEST = 12


class PartLink(NamedTuple):
    """A relationship: its id, its kind (``styles``, ``header`` …), and the part that it leads to."""

    id: str
    kind: str
    target: str


class WordPackage:
    """A Word document's parts; lives for one file."""

    def __init__(self, data: bytes, origin: str, limits: Limits) -> None:
        """Open the file and find its text; raise `IngestError` for a file without one."""
        self.archive = open_archive(data, origin, limits)
        self._origin = origin
        self._limits = limits
        found = [link.target for link in self.links("") if link.kind == "officeDocument"]
        self.main = next((name for name in (*found, MAIN, *self.listed()) if self.archive.has(name)), "")
        if not self.main:
            msg = Message(
                "{origin}: found no text in the file ({main!r} is missing), expected a Word document. {again}",
                origin=origin,
                main=MAIN,
                again=AGAIN,
            )
            raise IngestError("broken", msg)
        self.main_links = list(self.links(self.main))

    def listed(self) -> Iterator[str]:
        """List the parts that the list of parts says are a Word document's text, by whatever name."""
        for element in self.root(PARTS) if self.archive.has(PARTS) else ():
            kind = element.get("ContentType") or ""
            if "wordprocessingml" in kind and kind.endswith("main+xml"):
                yield (element.get("PartName") or "").lstrip("/")

    def links(self, name: str) -> Iterator[PartLink]:
        """List a part's relationships to other parts of the file; ``''`` stands for the file itself."""
        folder, _, base = name.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels".lstrip("/")
        if not self.archive.has(rels):
            return
        for element in self.root(rels):
            if element.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join(f"/{folder}", element.get("Target") or ""))
            yield PartLink(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target[1:])

    def of_kind(self, kind: str) -> Iterator[etree._Element]:
        """List the roots of the parts of a kind that belong to the text, each part once."""
        names = dict.fromkeys(link.target for link in self.main_links if link.kind == kind)
        return (self.root(name) for name in names if self.archive.has(name))

    def check_level(self, level: int) -> None:
        """Raise for notes that refer to notes without an end; ``level`` says how deep they lie in each other."""
        if level > DEEPEST:
            msg = Message(
                "{origin}: found notes within each other, more than {deepest} deep, expected a notice. {again}",
                origin=self._origin,
                deepest=DEEPEST,
                again=AGAIN,
            )
            raise IngestError("too_large", msg)

    def root(self, name: str) -> etree._Element:
        """Parse a part; raise `IngestError` where it is missing, broken or over a limit."""
        data = self.archive.read(name)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, self._origin, name, self._limits)


# ── Styles of a Word document: what a paragraph or run has through its style and the styles that one is based on

# Outline levels 0 to 8 are headings, 9 is body text.
BODY_LEVEL = 9


class WordStyle(NamedTuple):
    """What a style says, its bases included; None where neither it nor a base says anything.

    ``list_id`` is the number of a list (`w:numId`), ``level`` its level, ``numbered_by`` the style that says so.
    """

    name: str = ""
    heading: bool = False
    look: RunLook = RunLook()
    list_id: int | None = None
    level: int | None = None
    numbered_by: str = ""


PLAIN = WordStyle()


class Styles:
    """The styles of a document by id, resolved when asked for."""

    def __init__(self, package: WordPackage) -> None:
        """Index the styles of the document; a document without styles has plain paragraphs."""
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, WordStyle] = {}
        self._shading: dict[str, bool] = {}
        self._default = ""
        for root in package.of_kind("styles"):
            for element in root.iterchildren(f"{WORD}style"):
                name = element.get(f"{WORD}styleId") or ""
                self._elements.setdefault(name, element)
                if element.get(f"{WORD}type") == "paragraph" and element.get(f"{WORD}default") in {"1", "true", "on"}:
                    self._default = self._default or name

    def of_paragraph(self, properties: etree._Element | None) -> WordStyle:
        """Find the style of a paragraph by its properties; those without one have the document's default style."""
        return self.get(value(properties, "pStyle") or self._default)

    def get(self, name: str) -> WordStyle:
        """Find a style by its id; a style that isn't there is plain."""
        if name not in self._resolved:
            self._resolve(name)
        return self._resolved[name]

    def shades(self, name: str) -> bool:
        """Return True if a table's style, or one that it is based on, puts a colour behind cells."""
        if name not in self._shading:
            chain: dict[str, etree._Element | None] = {}
            at: str | None = name
            while at is not None and at not in chain:
                chain[at] = self._elements.get(at)
                at = value(chain[at], "basedOn")
            self._shading[name] = any(
                element is not None and next(element.iter(f"{WORD}shd"), None) is not None for element in chain.values()
            )
        return self._shading[name]

    def _resolve(self, name: str) -> None:
        """Go from a style to its bases, as far as they aren't known, and back; a loop ends where it comes back."""
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in self._resolved:
            # What is met again before it is known is plain.
            self._resolved[at] = PLAIN
            chain.append(at)
            at = value(self._elements.get(at), "basedOn")
        style = self._resolved[at] if at is not None else PLAIN
        for base in reversed(chain):
            style = self._resolved[base] = self._add(style, base, self._elements.get(base))

    @staticmethod
    def _add(style: WordStyle, name: str, element: etree._Element | None) -> WordStyle:
        """Put what a style says over what its base says."""
        shown = (value(element, "name") or "").lower()
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        outline = value(paragraph, "outlineLvl")
        heading = style.heading if outline is None else number(outline, BODY_LEVEL) < BODY_LEVEL
        style = style._replace(
            name=shown,
            heading=heading or shown == "title" or shown.startswith("heading "),
            look=run_look(run).over(style.look),
        )
        numbering = child(paragraph, "numPr")
        if numbering is None:
            return style
        list_id, level = value(numbering, "numId"), value(numbering, "ilvl")
        return style._replace(
            list_id=style.list_id if list_id is None else number(list_id, 0),
            level=style.level if level is None else number(level, 0),
            numbered_by=name if list_id is not None else style.numbered_by,
        )
