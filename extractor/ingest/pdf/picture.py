"""Pictures of a PDF's pages, as PNG, for people who want to see where words stand; nothing is read from them.

Pages are drawn by pdfium, as they are read, in the process that reads files: a hostile file costs its pictures only. Sixteen
greys are plenty for print, and halve the bytes.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.errors import IngestError
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.ingest.limits import Limits
    from extractor.resources import Resources

# Pixels a point: 108 a inch, at which small print can be read; less for pages of the size of a poster.
_SCALE = 1.5
_MOST_PIXELS = 4_000_000
_GREYS = bytes(value // 16 * 17 for value in range(256))


class PagePicture(Struct, frozen=True):
    """A page as it looks: its number from 1, its width and height in points, and a PNG."""

    page: int
    width: int
    height: int
    png: bytes


def draw_pages(data: bytes, origin: str, limits: Limits, resources: Resources, *, pages: str) -> list[PagePicture]:
    """Draw some pages, given as numbers parted by commas; what the file doesn't have is left out.

    Raises `IngestError` for a file that can't be opened.
    """
    del limits, resources
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        msg = Message("{origin}: its pages cannot be drawn: {error}. Fetch the file again.", origin=origin, error=error)
        raise IngestError("broken", msg) from error
    try:
        wanted = sorted({int(number) for number in pages.split(",") if number})
        return [_draw(document, number) for number in wanted if 0 < number <= len(document)]
    finally:
        document.close()


def _draw(document: object, number: int) -> PagePicture:
    page = document[number - 1]  # type: ignore[index] # pypdfium2 ships no types
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bytes(bitmap.buffer)
        rows = [pixels[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)]
        return PagePicture(number, round(width), round(height), png(rows, bitmap.width))
    finally:
        bitmap.close()
        page.close()


def png(rows: list[bytes], width: int) -> bytes:
    """Write rows of grey pixels, a byte each, as a PNG of sixteen greys."""
    body = b"".join(b"\0" + row.translate(_GREYS) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
