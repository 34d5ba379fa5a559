"""Draws a TrueType font for tests, so that none has to be installed: signs are a few bars, different for each character."""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS = 1000
STROKES = 8
FIRST_WIDE = "\u1100"
# Bits of the code pages of simplified and traditional Chinese, Japanese and Korean, by which programs choose a font.
CHINESE = 1 << 17 | 1 << 18 | 1 << 19 | 1 << 20


def make(characters, *, name="Drawn", broad=1.0, empty=False):
    """Write a font with these characters; ``broad`` widens what is drawn beyond a sign's width, ``empty`` draws nothing."""
    names = {ord(sign): f"u{ord(sign):04X}" for sign in sorted({*characters, " "})}
    widths = {glyph: UNITS if chr(code) >= FIRST_WIDE else UNITS // 2 for code, glyph in names.items()}
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    glyphs = {
        glyph: drawn(0 if empty or code == ord(" ") else code, broad * widths[glyph]) for code, glyph in names.items()
    }
    builder.setupGlyf({".notdef": drawn(0, UNITS), **glyphs})
    builder.setupHorizontalMetrics({glyph: (width, 0) for glyph, width in {".notdef": UNITS, **widths}.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name, "uniqueFontIdentifier": name})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, ulCodePageRange1=CHINESE | 1)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    data = io.BytesIO()
    builder.save(data)
    return data.getvalue()


def drawn(code, width):
    """Draw a character as bars whose lengths are the bits of its code; nothing for code 0."""
    pen = TTGlyphPen(None)
    for stroke in range(STROKES if code else 0):
        low = 100 * stroke - 100
        right = int(width) if code >> stroke & 1 else int(width / 2)
        pen.moveTo((0, low))
        pen.lineTo((0, low + 50))
        pen.lineTo((right, low + 50))
        pen.lineTo((right, low))
        pen.closePath()
    return pen.glyph()
