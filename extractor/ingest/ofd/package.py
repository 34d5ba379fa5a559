"""The parts of an OFD file: which document it holds, where locations lead, what is attached.

A location is relative to the part it stands in, or begins at the root with ``/``. Producers also write them relative to
the folder above or the root, with backslashes, and in another case than the file has; all of these are followed, but never
out of the archive.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from extractor.errors import IngestError
from extractor.ingest.archive import AGAIN, parse_xml
from extractor.messages import Message
from extractor.model import Attachment

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.archive import Archive
    from extractor.ingest.limits import Limits

ROOT = "OFD.xml"
ENCRYPTIONS = "encryptions.xml"


def local(element: etree._Element) -> str:
    """An element's name without its namespace, which producers write in several ways."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of a name, of any namespace."""
    return [] if element is None else [found for found in element if local(found) == name]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name, None where there is none."""
    return next(iter(children(element, name)), None)


def text_of(element: etree._Element | None) -> str | None:
    """An element's text without the blanks around it, None where there is none."""
    return ((element.text or "").strip() or None) if element is not None else None


class OfdPackage:
    """The parts of one OFD file by their locations; lives for one file."""

    def __init__(self, archive: Archive, origin: str, limits: Limits) -> None:
        """Index the names without regard to case; raise for an encrypted file."""
        self.archive, self.origin, self.limits = archive, origin, limits
        self._names = {name.casefold(): name for name in reversed(archive.names())}
        if ENCRYPTIONS in self._names:
            msg = Message(
                "{origin}: found an encrypted OFD, expected one without a password. Open it in a reader with the "
                "password and save it without one.",
                origin=origin,
            )
            raise IngestError("encrypted", msg)

    def broken(self, found: str) -> IngestError:
        """Make the error for a file that is not what the format allows."""
        return IngestError(
            "broken",
            Message("{origin}: {found}, expected a whole OFD. {again}", origin=self.origin, found=found, again=AGAIN),
        )

    def parse(self, name: str) -> etree._Element:
        """Parse a part; ``name`` is one that `look_up` gave."""
        return parse_xml(self.archive.read(name), self.origin, name, self.limits)

    def look_up(self, location: str | None, base: str) -> str | None:
        """Find the part that a location in the part ``base`` means, None where there is none."""
        if not location or not location.strip():
            return None
        path = location.strip().replace("\\", "/")
        here = posixpath.dirname(base)
        for folder in ("",) if path.startswith("/") else (here, posixpath.dirname(here), ""):
            name = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
            if self.archive.has(name):
                return name
            if name.casefold() in self._names:
                return self._names[name.casefold()]
        return None

    def find(self, location: str | None, base: str, what: str) -> str:
        """Find a part that must be there; raise for one that isn't or would lie outside of the archive."""
        name = self.look_up(location, base)
        if name is None:
            msg = Message(
                "{what} should be at {location!r} (said in {base!r}), where the file has nothing",
                what=what,
                location=location,
                base=base,
            )
            raise self.broken(msg)
        return name

    def document(self) -> tuple[list[etree._Element], str]:
        """Find the document: the entries of the root part, the first of which is read, and the name of its own part.

        Of several versions of a document, the one that is said to hold is read.
        """
        root = self.find("/" + ROOT, "", Message("the list of documents"))
        bodies = children(self.parse(root), "DocBody")
        if not bodies:
            msg = Message("{root!r} lists no document", root=root)
            raise self.broken(msg)
        location, base = text_of(child(bodies[0], "DocRoot")), root
        for version in children(child(bodies[0], "Versions"), "Version"):
            if (version.get("Current") or "").strip().lower() in {"true", "1"}:
                name = self.find(version.get("BaseLoc"), root, Message("the current version"))
                location, base = text_of(child(self.parse(name), "DocRoot")) or location, name
        return bodies, self.find(location, base, Message("the document"))

    def attachments(self, document: str, root: etree._Element) -> tuple[Attachment, ...]:
        """List the files that are attached for readers: names as shown, places in the archive."""
        name = self.look_up(text_of(child(root, "Attachments")), document)
        if name is None:
            return ()
        found = []
        for attached in children(self.parse(name), "Attachment"):
            location = text_of(child(attached, "FileLoc"))
            at = self.look_up(location, name) or location
            if at and (attached.get("Visible") or "").strip().lower() not in {"false", "0"}:
                found.append(Attachment(attached.get("Name") or posixpath.basename(at), at))
        return tuple(found)


def title_of(body: etree._Element) -> str | None:
    """A document's title in the root part, None where there is none."""
    return text_of(child(child(body, "DocInfo"), "Title"))


def other_documents(bodies: list[etree._Element]) -> tuple[Attachment, ...]:
    """List the documents beside the one that is read: titles, and places as written."""
    roots = [(title_of(body), text_of(child(body, "DocRoot"))) for body in bodies[1:]]
    return tuple(Attachment(title or root, root) for title, root in roots if root)
