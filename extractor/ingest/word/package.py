"""The parts of a Word document: which there are, where they lie, and their XML in one spelling.

A document says by relationships which part is its text, its styles or its footnotes. Missing parts but the text are no
error: programs other than Word leave them out. The strict variant of the format (ISO 29500) differs in its namespaces
only, so they are rewritten before parsing and the rest of the reader knows one spelling.

python-docx isn't given the file: its parser unpacks whatever it meets, it opens neither strict files nor templates nor
files with macros, and it stops at a link to a missing part, which WPS Office writes. From it come the names that the
format fixes: namespaces, kinds of relationship, and the rule by which a relationship's target names a part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import IngestError
from extractor.ingest.archive import AGAIN, open_archive, parse_xml

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


class Link(NamedTuple):
    """A relationship: its id, its kind (``styles``, ``header`` …), and the part that it leads to."""

    id: str
    kind: str
    target: str


class Package:
    """A Word document's parts; lives for one file."""

    def __init__(self, data: bytes, origin: str, limits: Limits) -> None:
        """Open the file and find its text; raise `IngestError` for a file without one."""
        self.archive = open_archive(data, origin, limits)
        self._origin = origin
        self._limits = limits
        found = [link.target for link in self.links("") if link.kind == "officeDocument"]
        self.main = next((name for name in (*found, MAIN) if self.archive.has(name)), "")
        if not self.main:
            msg = f"{origin}: found no text in the file ({MAIN!r} is missing), expected a Word document. {AGAIN}"
            raise IngestError("broken", msg)
        self.main_links = list(self.links(self.main))

    def links(self, name: str) -> Iterator[Link]:
        """List a part's relationships to other parts of the file; ``''`` stands for the file itself."""
        from docx.opc.packuri import PackURI

        folder, _, base = name.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels".lstrip("/")
        if not self.archive.has(rels):
            return
        for element in self.root(rels):
            if element.get("TargetMode") == "External":
                continue
            target = PackURI.from_rel_ref(f"/{folder}", element.get("Target") or "")
            yield Link(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target.membername)

    def of_kind(self, kind: str) -> Iterator[etree._Element]:
        """List the roots of the parts of a kind that belong to the text, each part once."""
        names = dict.fromkeys(link.target for link in self.main_links if link.kind == kind)
        return (self.root(name) for name in names if self.archive.has(name))

    def root(self, name: str) -> etree._Element:
        """Parse a part; raise `IngestError` where it is missing, broken or over a limit."""
        data = self.archive.read(name)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, self._origin, name, self._limits)
