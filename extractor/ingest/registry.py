"""Which reader takes which bytes.

`FORMATS` recognises files by their first bytes; what it doesn't know is text, and `ingest.web.markup` tells whether that
text is a web page. To add a reader, name its function in `READERS`; a format without one is refused with a message that
says what the file is.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import structs

from extractor.errors import IngestError, IngestReason
from extractor.ingest.limits import DEFAULT, MIB, PAGE, Limits, bounded
from extractor.messages import Message
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.ingest.encoding import Decoded
    from extractor.model import SourceText
    from extractor.resources import Resources

HEAD = 4096
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MOSTLY = 0.9
# Runs of digits, and of the signs that Chinese numerals are written with.
NUMERAL = re.compile("[0-9０-９]++|[〇零一二两兩三四五六七八九十百千万萬亿億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]++")
# The names of a ZIP file's members stand before each member and again at the end.
ZIP_LOOK = 1 << 20
# The last record of a ZIP file, with the longest comment that may follow it.
ZIP_TAIL = 22 + 65_535


EXPECTED = Message("expected plain text, HTML, PDF, DOCX or OFD")
CONVERT = Message("Open it in the program that made it, save it as DOCX or PDF and try again.")
OFFICE = Message(
    "Open it in WPS Office, Word or LibreOffice, save it as DOCX or PDF and try again; with LibreOffice "
    "also by: libreoffice --headless --convert-to docx FILE"
)
LOCKED = Message("Open it with its password, remove the password, save it as DOCX or PDF and try again.")
SCAN = Message("Have its text recognised, save it as DOCX or as a PDF with text, and try again.")
UNPACK = Message("Unpack it and give the notice in it.")


class Format(NamedTuple):
    """A format known by its bytes: it begins with ``magic`` and has ``also`` in its head or (ZIP) its tail.

    ``advice`` says what to do where no reader takes it, and ``reason`` is that of the error.
    """

    name: str
    label: str
    magic: bytes
    also: bytes = b""
    advice: str = CONVERT
    reason: IngestReason = "unsupported"


# Old Office files, and new ones with a password, are small file systems; the names in their directory tell them apart.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def entry(name: str) -> bytes:
    """Write the name of a stream as an OLE directory has it."""
    return name.encode("utf-16-le")


# The first that fits is taken, so a special one stands before its general one.
FORMATS = (
    Format("pdf", Message("a PDF file"), b"%PDF"),
    # Some programs number the part: word/document2.xml.
    Format("docx", Message("a Word document (DOCX)"), b"PK\x03\x04", also=b"word/document"),
    Format("ofd", Message("an OFD file"), b"PK\x03\x04", also=b"OFD.xml"),
    Format("ofd", Message("an encrypted OFD file"), b"PK\x03\x04", also=b"Encryptions.xml"),
    Format("xlsx", Message("an Excel workbook (XLSX)"), b"PK\x03\x04", also=b"xl/workbook.xml"),
    Format("pptx", Message("a presentation (PPTX)"), b"PK\x03\x04", also=b"ppt/presentation.xml"),
    # A document may name its main part as it likes; the list of its parts says which it is.
    Format("docx", Message("a Word document (DOCX)"), b"PK\x03\x04", also=b"[Content_Types].xml"),
    Format(
        "odt", Message("an OpenDocument file (ODT or ODS)"), b"PK\x03\x04", also=b"META-INF/manifest.xml", advice=OFFICE
    ),
    Format("zip", Message("a ZIP archive"), b"PK\x03\x04", advice=UNPACK),
    Format("zip", Message("an empty ZIP archive"), b"PK\x05\x06", advice=Message("Fetch it again.")),
    Format("ooxml", Message("an Office file with a password"), OLE, entry("EncryptedPackage"), LOCKED, "encrypted"),
    Format("doc", Message("an old Word or WPS document (DOC or WPS)"), OLE, entry("WordDocument"), OFFICE),
    Format("xls", Message("an old Excel or WPS workbook (XLS or ET)"), OLE, entry("Workbook"), OFFICE),
    Format("xls", Message("an old Excel or WPS workbook (XLS or ET)"), OLE, entry("Book"), OFFICE),
    Format("ppt", Message("an old presentation (PPT or DPS)"), OLE, entry("PowerPoint Document"), OFFICE),
    Format("ole", Message("an old Office file (DOC, XLS or WPS)"), OLE, advice=OFFICE),
    Format("rtf", Message("an RTF document"), b"{\\rtf", advice=OFFICE),
    Format("mhtml", Message("a saved web archive (MHTML)"), b"MIME-Version:", also=b"multipart/related"),
    Format("mhtml", Message("a saved web archive (MHTML)"), b"From: <Saved by", also=b"multipart/related"),
    Format("image", Message("an image (PNG)"), b"\x89PNG\r\n\x1a\n", advice=SCAN),
    Format("image", Message("an image (JPEG)"), b"\xff\xd8\xff", advice=SCAN),
    Format("image", Message("an image (GIF)"), b"GIF87a", advice=SCAN),
    Format("image", Message("an image (GIF)"), b"GIF89a", advice=SCAN),
    Format("image", Message("an image (TIFF)"), b"II*\x00", advice=SCAN),
    Format("image", Message("an image (TIFF)"), b"MM\x00*", advice=SCAN),
    Format("image", Message("an image (BMP)"), b"BM", also=b"\x00\x00\x00\x00", advice=SCAN),
    Format("image", Message("an image (WebP)"), b"RIFF", also=b"WEBPVP8", advice=SCAN),
    Format("archive", Message("a gzip archive"), b"\x1f\x8b\x08", advice=UNPACK),
    Format("archive", Message("a 7-Zip archive"), b"7z\xbc\xaf\x27\x1c", advice=UNPACK),
    Format("archive", Message("a RAR archive"), b"Rar!\x1a\x07", advice=UNPACK),
)


# Readers for the formats of `FORMATS`, by name: module and function (data, origin, limits, resources) -> SourceText.
# They are imported when a file of their format is met, because their libraries are heavy.
READERS: dict[str, tuple[str, str]] = {
    "docx": ("extractor.ingest.word.docx", "read_docx"),
    "ofd": ("extractor.ingest.ofd.reader", "read_ofd"),
    "pdf": ("extractor.ingest.pdf.reader", "read_pdf"),
}
# Formats whose hostile files may crash a library, take long or fill the memory: they are read in a process of their own.
GUARDED = {"docx", "ofd", "pdf"}


def read(
    data: bytes,
    *,
    origin: str,
    media_type: str | None = None,
    limits: Limits = DEFAULT,
    resources: Resources | None = None,
) -> SourceText:
    """Read a notice from its bytes.

    ``origin`` names the file in messages; of ``media_type`` (as in a Content-Type header) only the charset is used.
    ``resources`` are the data files to read by; the default are those of the package.
    Raises `IngestError` for bytes that hold no notice text; the message says what was found and what to do.

    >>> read("每人每年610元".encode("gb18030"), origin="a.txt").text
    '每人每年610元'
    >>> read(b"GIF89a", origin="a.txt")
    Traceback (most recent call last):
    extractor.errors.IngestError: a.txt: found an image (GIF), expected plain text, HTML, PDF, DOCX or OFD. ...
    """
    given = load() if resources is None else resources
    check_size(len(data), origin, limits)
    if not data:
        raise IngestError(
            "empty",
            Message("{origin}: the file is empty, expected the text of a notice. Fetch it again.", origin=origin),
        )
    if (known := recognise(data)) is not None:
        if known.name not in READERS:
            raise IngestError(
                known.reason,
                Message(
                    "{origin}: found {label}, {expected}. {advice}",
                    origin=origin,
                    label=known.label,
                    expected=EXPECTED,
                    advice=known.advice,
                ),
            )
        return _bounded(_chinese(read_known(known.name, data, origin, limits, given)), limits)
    return _bounded(_chinese(read_characters(data, origin, media_type, limits, given)), limits)


def _bounded(source: SourceText, limits: Limits) -> SourceText:
    """Raise for a text of more characters or numerals than the limits allow, whatever the format."""
    limits.check("characters", len(source.text), source.origin, Message("characters"))
    if len(source.text) > limits.numerals:
        limits.check("numerals", sum(1 for _ in NUMERAL.finditer(source.text)), source.origin, Message("numerals"))
    return source


def _chinese(source: SourceText) -> SourceText:
    """Refuse what can't be a Chinese notice: no Han character, and not enough others to be damaged ones.

    Chinese that was read in a wrong encoding has hardly any ASCII, and is repaired later.
    """
    text = "".join(source.text.split()) if HAN.search(source.text) is None else ""
    if len(text.encode("ascii", "ignore")) > MOSTLY * len(text):
        msg = Message(
            "{origin}: found text without any Chinese character, expected a Chinese notice. Check the file or address.",
            origin=source.origin,
        )
        raise IngestError("no_text", msg)
    return source


def read_known(name: str, data: bytes, origin: str, limits: Limits, resources: Resources) -> SourceText:
    """Give a file to the reader for its format."""
    module, function = READERS[name]
    if name not in GUARDED:
        reader: Callable[..., SourceText] = getattr(import_module(module), function)
        return bounded(reader, data, origin, limits, resources)
    from extractor.ingest.sandbox import GUARD

    try:
        return GUARD.read((module, function), data, origin, limits, resources)
    except IngestError as error:
        if error.reason != "no_text" or not limits.ocr or name != "pdf":
            raise
        from extractor.ingest.ocr import read_recognised

        again = structs.replace(limits, ocr="")
        return read_recognised(
            data, origin, limits, lambda found: read(found, origin=origin, limits=again, resources=resources)
        )


def read_characters(
    data: bytes, origin: str, media_type: str | None, limits: Limits, resources: Resources
) -> SourceText:
    """Decode bytes of no known format and give them to the reader for web pages or for plain text."""
    from extractor.ingest import encoding
    from extractor.ingest.web import markup

    decoded = _decoded(data, origin, media_type, resources)
    if markup.is_blank(decoded.text):
        msg = Message(
            "{origin}: the file holds nothing but blanks, expected the text of a notice. Fetch it again.", origin=origin
        )
        raise IngestError("empty", msg)
    if markup.is_html(decoded.text):
        from extractor.ingest.web import html

        if limits.holds(len(data), PAGE):
            return bounded(lambda *_: html.read_html(data, decoded, origin, resources), data, origin)
        from extractor.ingest.sandbox import GUARD

        return GUARD.read((__name__, "read_page"), data, origin, limits, resources, media_type=media_type)
    if markup.is_xml(decoded.text):
        msg = Message(
            "{origin}: found an XML file that is not a web page, {expected}. {convert}",
            origin=origin,
            expected=EXPECTED,
            convert=CONVERT,
        )
        raise IngestError("unsupported", msg)
    if is_json(decoded.text):
        msg = Message(
            "{origin}: found JSON, {expected}. Save the notice's own words as a text file or web page.",
            origin=origin,
            expected=EXPECTED,
        )
        raise IngestError("unsupported", msg)
    return encoding.read_text(data, decoded, origin)


def is_json(text: str) -> bool:
    r"""Say whether a text is JSON, or JSON Lines with an object a line, such as this program writes itself.

    >>> [is_json(text) for text in ('{"a": 1}', '[1]', '{"a": 1}\n{"a": 2}\n', '[2022]关于做好', '{附件}')]
    [True, True, True, False, False]
    """
    whole = text.strip("\ufeff \t\r\n")
    if not whole.startswith(("{", "[")):
        return False
    first, _, rest = whole.partition("\n")
    return _holds_json(whole) or (
        bool(rest) and first.startswith("{") and _holds_json(first) and _holds_json(rest.rpartition("\n")[2])
    )


def _holds_json(text: str) -> bool:
    try:
        msgspec.json.decode(text.encode(errors="replace"), type=msgspec.Raw)
    except RecursionError:
        # Nested more deeply than words ever are. How deep that is differs between versions of Python, whether it is closed doesn't.
        return text.endswith(("]", "}"))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _decoded(data: bytes, origin: str, media_type: str | None, resources: Resources) -> Decoded:
    from extractor.ingest import encoding
    from extractor.ingest.web import markup

    declared = [*markup.charset_of_header(media_type), *markup.declared_charsets(data[:HEAD])]
    return encoding.decode(data, resources, origin=origin, declared=declared)


def read_page(
    data: bytes, origin: str, _limits: Limits, resources: Resources, media_type: str | None = None
) -> SourceText:
    """Read a large web page, in the process that keeps its time and memory."""
    from extractor.ingest.web import html

    return html.read_html(data, _decoded(data, origin, media_type, resources), origin, resources)


def recognise(data: bytes) -> Format | None:
    r"""Name the format that the bytes show, None where they show none and may be text.

    >>> recognise(b"PK\x03\x04....OFD.xml").name
    'ofd'
    """
    # The directory of an OLE file may lie anywhere in it.
    look = (
        data
        if data.startswith(OLE)
        else names_in_zip(data).replace(b"\\", b"/")
        if data.startswith(b"PK")
        else data[:HEAD]
    )
    for form in FORMATS:
        if data.startswith(form.magic) and form.also in look:
            return form
    # Servers put headers before a PDF, and viewers accept it within the first kilobyte.
    return FORMATS[0] if b"\n%PDF-1" in data[:1024] else None


def names_in_zip(data: bytes) -> bytes:
    """Cut out the list of a ZIP file's members, which its last record tells the place of.

    Only there names are surely names: a file that is packed within, without compression, has words of its own. Where the
    list is lost (a file cut short), the file's beginning and end are given, which hold names in most cases.
    """
    record = data.rfind(b"PK\x05\x06", -ZIP_TAIL)
    if record >= 0:
        size = int.from_bytes(data[record + 12 : record + 16], "little")
        if size <= record and data.startswith(b"PK\x01\x02", record - size):
            return data[record - size : record]
    return data[:ZIP_LOOK] + data[-ZIP_LOOK:]


def check_size(size: int, origin: str, limits: Limits = DEFAULT) -> None:
    """Raise for a file of more bytes than the limit."""
    if size > limits.bytes:
        msg = Message(
            "{origin}: the file has {size:.1f} MiB, at most {most:.0f} MiB are read as one notice. Split it, "
            "check that it is the notice you mean, or raise the limit: --limit bytes={raised}.",
            origin=origin,
            size=size / MIB,
            most=limits.bytes / MIB,
            raised=size,
        )
        raise IngestError("too_large", msg)
