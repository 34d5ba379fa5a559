"""ZIP files and the XML in them, read so that a hostile one costs no more than an honest one of the limits' size.

A member is found only by its exact name among the archive's own names; nothing is ever written to or read from a path.
What is unpacked is counted while it is unpacked, because a bomb lies about its sizes. XML may not have a document type:
the formats read here never need one, and entities (expanded or external) exist only within it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from extractor.errors import IngestError
from extractor.ingest.limits import NO_MEMORY
from extractor.messages import Message

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.limits import Limits

CHUNK = 1 << 16
# General purpose bit 0 of a member: its bytes are encrypted.
ENCRYPTED = 1
# How each entry of the list of members begins.
MEMBER = b"PK\x01\x02"
DOCUMENT_TYPE = Message("it declares a document type, where entities are defined")
AGAIN = Message("Fetch the file again, or open it in the program that made it and save it anew.")
# What `zipfile` raises for members that are cut short, damaged, or packed in a way it doesn't know.
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """The members of a ZIP file by name; lives for one file."""

    def __init__(self, file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], origin: str, limits: Limits) -> None:
        """Keep the members that may be read; `open_archive` has checked them."""
        self._file = file
        self._members = members
        self._origin = origin
        self._limits = limits
        self._unpacked = 0

    def names(self) -> tuple[str, ...]:
        """List the members in the order of their names."""
        return tuple(sorted(self._members))

    def has(self, name: str) -> bool:
        """Tell whether there is a member of exactly this name."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpack a member; raise `IngestError` where it is missing, damaged, or more than the limit is unpacked."""
        if name not in self._members:
            msg = Message(
                "{origin}: found no part {name!r} in it, expected one. {again}",
                origin=self._origin,
                name=name,
                again=AGAIN,
            )
            raise IngestError("broken", msg)
        try:
            return self._unpack(self._members[name])
        except DAMAGED as error:
            msg = Message(
                "{origin}: its part {name!r} cannot be unpacked ({error}), expected a whole file. {again}",
                origin=self._origin,
                name=name,
                error=error,
                again=AGAIN,
            )
            raise IngestError("broken", msg) from error

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        """Unpack bit by bit and stop over the limit, whatever size the member declares."""
        chunks: list[bytes] = []
        with self._file.open(member) as stream:
            while chunk := stream.read(CHUNK):
                self._unpacked += len(chunk)
                self._limits.check("unpacked", self._unpacked, self._origin, Message("bytes when unpacked"))
                chunks.append(chunk)
        return b"".join(chunks)


def open_archive(data: bytes, origin: str, limits: Limits) -> Archive:
    """Open a ZIP file; raise `IngestError` for what is no ZIP, encrypted, or over a limit by its own declaration."""
    # Counted before the list of members is made, because the list of a file of nothing but members fills the memory.
    limits.check("members", data.count(MEMBER), origin, Message("members in the ZIP file"))
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        msg = Message(
            "{origin}: found a ZIP file that is cut short or damaged ({error}), expected a whole one. {again}",
            origin=origin,
            error=error,
            again=AGAIN,
        )
        raise IngestError("broken", msg) from error
    infos = file.infolist()
    limits.check("unpacked", sum(info.file_size for info in infos), origin, Message("bytes when unpacked"))
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & ENCRYPTED:
            msg = Message(
                "{origin}: its part {filename!r} is encrypted, expected a file without a password. Open it with the "
                "password and save it without one.",
                origin=origin,
                filename=info.filename,
            )
            raise IngestError("encrypted", msg)
        # Some programs part folders as Windows does.
        name = info.filename.replace("\\", "/")
        if not is_plain(name):
            continue
        if name in members:
            msg = Message(
                "{origin}: found two parts named {name!r}, expected one of each name. {again}",
                origin=origin,
                name=name,
                again=AGAIN,
            )
            raise IngestError("broken", msg)
        members[name] = info
    return Archive(file, members, origin, limits)


def is_plain(name: str) -> bool:
    r"""Tell the name of a file within the archive from a folder's and from one that leads elsewhere.

    >>> [is_plain(name) for name in ("word/document.xml", "word/", "/etc/passwd", "../a", "a\\b", "C:/a")]
    [True, False, False, False, False, False]
    """
    return not ("\\" in name or ":" in name or "\0" in name) and all(
        part not in {"", ".", ".."} for part in name.split("/")
    )


def parse_xml(data: bytes, origin: str, name: str, limits: Limits) -> etree._Element:
    """Parse a part of an archive; raise `IngestError` for broken XML, a document type, or more than the limits allow.

    Nothing is expanded and nothing is fetched. The parser reports elements as they begin, so that too many of them, a
    nesting that is too deep, and a document type are refused before the rest is read.
    """
    from lxml import etree

    limits.check("xml", len(data), origin, Message("bytes of XML in {name!r}", name=name))
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    elements = depth = 0
    try:
        for at in range(0, len(data), CHUNK):
            parser.feed(data[at : at + CHUNK])
            for event, element in parser.read_events():
                if event == "end":
                    depth -= 1
                    continue
                elements += 1
                depth += 1
                if elements == 1:
                    check_document_type(element, origin, name)
                if depth > limits.depth:
                    limits.check("depth", depth, origin, Message("levels of nested elements in {name!r}", name=name))
            limits.check("elements", elements, origin, Message("elements in {name!r}", name=name))
        return parser.close()
    except etree.XMLSyntaxError as error:
        if NO_MEMORY in {entry.type_name for entry in parser.error_log}:
            raise MemoryError from error
        raise unusable(origin, name, explain(error, data)) from error


def check_document_type(root: Any, origin: str, name: str) -> None:  # noqa: ANN401 - what a pull parser reports
    """Raise for XML that declares a document type."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise unusable(origin, name, DOCUMENT_TYPE)


def explain(error: Exception, data: bytes) -> str:
    """Say why the parser stopped; its own bounds come before ours where a single chunk meets them."""
    # It stops where entities multiply before the document type is looked at. In UTF-16 the letters stand apart.
    if b"<!DOCTYPE" in data[:CHUNK].replace(b"\0", b""):
        return DOCUMENT_TYPE
    text = str(error)
    if "depth" in text:
        return Message("its elements are nested more than 256 levels deep")
    return Message("a word or text of it is longer than 10 million bytes") if "XML_PARSE_HUGE" in text else text


def unusable(origin: str, name: str, why: str) -> IngestError:
    """Make the error for XML that can't be used."""
    msg = Message(
        "{origin}: its part {name!r} is not XML that can be read ({why}), expected plain XML. {again}",
        origin=origin,
        name=name,
        why=why,
        again=AGAIN,
    )
    return IngestError("broken", msg)
