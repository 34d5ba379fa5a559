"""Which reader takes which bytes.

`FORMATS` recognises files by their first bytes; what it doesn't know is text, and `ingest.markup` tells whether that
text is a web page. To add a reader, name its function in `READERS`; a format without one is refused with a message that
says what the file is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import IngestError
from extractor.ingest.limits import DEFAULT, MIB, Limits

if TYPE_CHECKING:
    from extractor.model import SourceText

HEAD = 4096
# The names of a ZIP file's members stand before each member and again at the end.
ZIP_LOOK = 1 << 20


class Format(NamedTuple):
    """A format known by its bytes: it begins with ``magic`` and has ``also`` in its head or (ZIP) its tail."""

    name: str
    label: str
    magic: bytes
    also: bytes = b""


CONVERT = "Save it as plain text or HTML and try again."

# The first that fits is taken, so a special one stands before its general one.
FORMATS = (
    Format("pdf", "a PDF file", b"%PDF"),
    Format("docx", "a Word document (DOCX)", b"PK\x03\x04", also=b"word/document.xml"),
    Format("ofd", "an OFD file", b"PK\x03\x04", also=b"OFD.xml"),
    Format("xlsx", "an Excel workbook (XLSX)", b"PK\x03\x04", also=b"xl/workbook.xml"),
    Format("zip", "a ZIP archive", b"PK\x03\x04"),
    Format("zip", "an empty ZIP archive", b"PK\x05\x06"),
    Format("doc", "an old Office file (DOC, XLS or WPS)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    Format("rtf", "an RTF document", b"{\\rtf"),
    Format("mhtml", "a saved web archive (MHTML)", b"MIME-Version:", also=b"multipart/related"),
    Format("mhtml", "a saved web archive (MHTML)", b"From: <Saved by", also=b"multipart/related"),
    Format("image", "an image (PNG)", b"\x89PNG\r\n\x1a\n"),
    Format("image", "an image (JPEG)", b"\xff\xd8\xff"),
    Format("image", "an image (GIF)", b"GIF87a"),
    Format("image", "an image (GIF)", b"GIF89a"),
    Format("image", "an image (TIFF)", b"II*\x00"),
    Format("image", "an image (TIFF)", b"MM\x00*"),
    Format("image", "an image (BMP)", b"BM", also=b"\x00\x00\x00\x00"),
    Format("image", "an image (WebP)", b"RIFF", also=b"WEBPVP8"),
    Format("archive", "a gzip archive", b"\x1f\x8b\x08"),
    Format("archive", "a 7-Zip archive", b"7z\xbc\xaf\x27\x1c"),
    Format("archive", "a RAR archive", b"Rar!\x1a\x07"),
)


# Readers for the formats of `FORMATS`, by name: module and function (data, origin, limits) -> SourceText. They are
# imported when a file of their format is met, because their libraries are heavy.
READERS: dict[str, tuple[str, str]] = {}


def read(data: bytes, *, origin: str, media_type: str | None = None, limits: Limits = DEFAULT) -> SourceText:
    """Read a notice from its bytes.

    ``origin`` names the file in messages; of ``media_type`` (as in a Content-Type header) only the charset is used.
    Raises `IngestError` for bytes that hold no notice text; the message says what was found and what to do.

    >>> read("每人每年610元".encode("gb18030"), origin="a.txt").text
    '每人每年610元'
    >>> read(b"%PDF-1.7", origin="a.txt")
    Traceback (most recent call last):
    extractor.errors.IngestError: a.txt: found a PDF file, expected plain text or HTML. Save it as plain text ...
    """
    check_size(len(data), origin, limits)
    if not data:
        raise IngestError("empty", f"{origin}: the file is empty, expected the text of a notice. Fetch it again.")
    if (known := recognise(data)) is not None:
        if known.name not in READERS:
            msg = f"{origin}: found {known.label}, expected plain text or HTML. {CONVERT}"
            raise IngestError("unsupported", msg)
        module, function = READERS[known.name]
        source: SourceText = getattr(import_module(module), function)(data, origin, limits)
        return source
    return read_characters(data, origin, media_type)


def read_characters(data: bytes, origin: str, media_type: str | None) -> SourceText:
    """Decode bytes of no known format and give them to the reader for web pages or for plain text."""
    from extractor.ingest import encoding, markup, text

    declared = [*markup.charset_of_header(media_type), *markup.declared_charsets(data[:HEAD])]
    decoded = encoding.decode(data, origin=origin, declared=declared)
    if markup.is_blank(decoded.text):
        msg = f"{origin}: the file holds nothing but blanks, expected the text of a notice. Fetch it again."
        raise IngestError("empty", msg)
    if markup.is_html(decoded.text):
        from extractor.ingest import html

        return html.read_html(data, decoded, origin)
    if markup.is_xml(decoded.text):
        msg = f"{origin}: found an XML file that is not a web page, expected plain text or HTML. {CONVERT}"
        raise IngestError("unsupported", msg)
    return text.read_text(data, decoded, origin)


def recognise(data: bytes) -> Format | None:
    r"""Name the format that the bytes show, None where they show none and may be text.

    >>> recognise(b"PK\x03\x04....OFD.xml").name
    'ofd'
    """
    for form in FORMATS:
        if data.startswith(form.magic):
            look = ZIP_LOOK if form.magic.startswith(b"PK") else HEAD
            if form.also in data[:look] or (look == ZIP_LOOK and form.also in data[-look:]):
                return form
    # Servers put headers before a PDF, and viewers accept it within the first kilobyte.
    return FORMATS[0] if b"\n%PDF-1" in data[:1024] else None


def check_size(size: int, origin: str, limits: Limits = DEFAULT) -> None:
    """Raise for a file of more bytes than the limit."""
    if size > limits.bytes:
        msg = (
            f"{origin}: the file has {size / MIB:.1f} MiB, at most {limits.bytes / MIB:.0f} MiB are read as one notice. "
            f"Split it, check that it is the notice you mean, or raise the limit: --limit bytes={size}."
        )
        raise IngestError("too_large", msg)
