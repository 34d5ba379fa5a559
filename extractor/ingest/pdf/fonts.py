"""The one font through which pdfium reads text whose own font a file doesn't carry.

For such text (宋体 or STSong-Light in many notices) pdfium takes a font of the system, and a character that this one
doesn't have is left out of the page's text: what a notice says would depend on the machine. So pdfium asks us for fonts
instead of the system. We want a page's text, not its picture, so a font with one narrow bar for every character does:
pdfium takes the wider of a sign's drawing and of the width that the file gives, and the bar leaves all places to the file.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

UNITS = 1000
# Of the font's units: how far the bar reaches above and below the base line, where it begins and how wide it is. It stands
# within narrow letters, too, and off their edge: where it is seen on a page's picture, the letter is.
TOP, BOTTOM, BEGIN, BAR = 880, -120, 150, 10
# Widths, for text of which a file gives none: Latin letters, figures and signs take half of what a Chinese sign takes.
# The first glyph stands, as in every font, for characters that it doesn't have; there are none.
WIDTHS = (UNITS, UNITS // 2, UNITS)
HALF, FULL = 1, 2
FIRST_FULL, LAST = 0x1100, 0x10FFFF
# Fonts that pdfium brings along, with their true widths, by how their names begin.
BROUGHT = (b"Courier", b"Helvetica", b"Times-")


def bar_font() -> bytes:
    """Build the font, TrueType; names, metrics for Windows and checksums, which FreeType doesn't ask for, are left out."""
    count, glyph = len(WIDTHS), bar()
    # Version, revision, checksum, magic, flags, units, two dates, four bounds, style, smallest size, direction, long offsets.
    head = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0, BEGIN, BOTTOM, BEGIN + BAR, TOP, 0, 8, 2, 1, 0)
    # Version, ascent, descent, gap, widest, three bearings, slope of the caret, reserved, number of widths.
    hhea = (0x10000, TOP, BOTTOM, 0, UNITS, 0, 0, BAR, 1, 0, 0, 0, count)
    tables = {
        b"cmap": character_map(),
        b"glyf": glyph * count,
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", *head),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", *hhea),
        b"hmtx": b"".join(struct.pack(">Hh", width, BEGIN) for width in WIDTHS),
        b"loca": struct.pack(f">{count + 1}I", *(len(glyph) * number for number in range(count + 1))),
        # Version, glyphs, points and contours of the greatest; the rest is for programs in a font.
        b"maxp": struct.pack(">IHHH22x", 0x10000, count, 4, 1),
    }
    return assembled(tables)


def bar() -> bytes:
    """Draw a glyph: its bounds, one contour of four points on the curve, no program."""
    across, up = (BEGIN, BAR, 0, -BAR), (BOTTOM, 0, TOP - BOTTOM, 0)
    data = struct.pack(">hhhhhHH4B8h", 1, BEGIN, BOTTOM, BEGIN + BAR, TOP, 3, 0, 1, 1, 1, 1, *across, *up)
    return data + bytes(-len(data) % 4)


def character_map() -> bytes:
    """Give all characters of a range the same glyph (format 13), for whoever asks for Unicode on Windows."""
    groups = [(0, FIRST_FULL - 1, HALF), (FIRST_FULL, LAST, FULL)]
    table = struct.pack(">HHIII", 13, 0, 16 + 12 * len(groups), 0, len(groups))
    table += b"".join(struct.pack(">III", *group) for group in groups)
    # Two entries, for characters of two bytes and for all, say where the same table lies.
    return struct.pack(">HHHHIHHI", 0, 2, 3, 1, 20, 3, 10, 20) + table


def assembled(tables: dict[bytes, bytes]) -> bytes:
    """Put a font's tables, in the order of their names, behind their directory."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * (count - (1 << power)))
    body = b""
    start = len(directory) + 16 * count
    for name, data in tables.items():
        directory += struct.pack(">4sIII", name, 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return directory + body


@cache
def use_own_font() -> Any:  # noqa: ANN401 - a structure of pdfium
    """Let pdfium ask us for fonts instead of the system, from now on in this process.

    What is returned must live as long as pdfium may ask, as it does in the cache.
    """
    from pypdfium2 import raw

    data = bar_font()

    def font_for(_me: object, _weight: int, _italic: int, charset: int, _pitch: int, face: Any, _exact: object) -> int:  # noqa: ANN401
        """Return a handle of our font, or none where pdfium has a font of its own by that name."""
        name = ctypes.cast(face, ctypes.c_char_p).value or b""
        return 0 if charset == raw.FXFONT_ANSI_CHARSET and name.startswith(BROUGHT) else 1

    def data_of(_me: object, _font: object, table: int, buffer: Any, room: int) -> int:  # noqa: ANN401 - a pointer
        """Return the font's length, and its bytes where there is room for them; single tables aren't given."""
        if table:
            return 0
        if buffer and room >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    calls = {"EnumFonts": lambda *_: None, "MapFont": font_for, "GetFont": lambda *_: None, "GetFontData": data_of}
    source = raw.FPDF_SYSFONTINFO(version=1)
    for name, call in calls.items():
        setattr(source, name, type(getattr(source, name))(call))
    raw.FPDF_SetSystemFontInfo(source)
    return source
