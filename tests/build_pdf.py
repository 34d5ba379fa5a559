"""Writes the parts of a notice as a PDF that looks like an office's: 28 characters a line, 22 lines a page.

The font is one that PDF viewers bring along or, as in most notices, one that the file carries; `unembedded` names others
that a file leaves to the viewer. Nothing has to be installed.
"""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import build_font
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
EMBEDDED = "Embedded"
SIZE, PITCH = 16.0, 28.0
LEFT, TOP, WIDTH, BOTTOM = 79.0, 105.0, 448.0, 742.0
NO_START = "，。、；：！？）》”’】〕」%％…"
NO_END = "（《“‘【〔「"
WORDS = re.compile(r"[0-9A-Za-z.%-]+|.", re.DOTALL)


class Options(NamedTuple):
    """How the notice is set.

    ``head`` runs over the pages; ``numbers`` is the form of page numbers; ``spaced`` puts a blank after every
    character, ``bold`` draws all twice; ``turn`` turns the page, ``drawn`` turns what is drawn on it; ``room`` is the
    height of the text; ``repeat`` repeats the head of a table that goes on over a page's end; ``rules`` are all lines of
    tables, those across alone, or none. ``font`` is ``FONT``, which the file only names, or ``EMBEDDED``, which it carries.
    """

    head: str = ""
    numbers: str = "— {} —"
    columns: int = 1
    spaced: bool = False
    bold: bool = False
    turn: int = 0
    drawn: int = 0
    indent: int = 2
    title: str = ""
    size: float = SIZE
    room: float = BOTTOM - TOP
    repeat: bool = False
    rules: str = "all"
    password: str | None = None
    font: str = FONT


class Sheet:
    """Where the next line goes."""

    def __init__(self, options):
        self.options, self.data = options, io.BytesIO()
        self.canvas = Canvas(self.data, pagesize=A4[::-1] if options.drawn and not options.turn else A4, invariant=1,
                             encrypt=StandardEncryption(options.password, "owner") if options.password is not None else None)  # fmt: skip
        self.canvas.setTitle(options.title)
        self.page, self.column, self.y = 0, 0, TOP
        self.start_page()

    @property
    def width(self):
        return WIDTH if self.options.columns == 1 else (WIDTH - 2 * self.options.size) / 2

    @property
    def left(self):
        return LEFT + self.column * (self.width + 2 * self.options.size)

    def start_page(self):
        if self.page:
            self.canvas.showPage()
        self.page, self.column, self.y = self.page + 1, 0, TOP
        self.canvas.setPageRotation(self.options.turn)
        if self.options.drawn == 90:
            self.canvas.transform(0, 1, -1, 0, A4[1], 0)
        if self.options.head:
            self.draw(self.options.head, LEFT, 60.0, 10.5)
        if self.options.numbers:
            number = self.options.numbers.format(self.page)
            side = LEFT + 14 if self.page % 2 == 0 else LEFT + WIDTH - 60
            self.draw(number, side, 785.0, 14.0)

    def room(self, height):
        """Go to the next column or page where ``height`` doesn't fit."""
        if self.y + height > TOP + self.options.room:
            if self.column + 1 < self.options.columns:
                self.column, self.y = self.column + 1, TOP
            else:
                self.start_page()

    def draw(self, text, x, top, size):
        """Draw one line; ``top`` is measured from above."""
        if self.options.spaced:
            text = " ".join(text)
        base = A4[1] - top - 0.88 * size
        space = -(width_of(" ", size, self.options.font) * 0.3) if self.options.spaced else 0
        for shift in (0, 0.3) if self.options.bold else (0,):
            self.canvas.setFont(self.options.font, size)
            self.canvas.drawString(x + shift, base, text, charSpace=space)

    def line(self, text, x, size=None):
        size = size or self.options.size
        self.room(PITCH)
        self.draw(text, x if self.column == 0 else x - LEFT + self.left, self.y, size)
        self.y += PITCH * max(1.0, size / SIZE)

    def finish(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.data.getvalue()


def width_of(text, size, font=FONT, *, spaced=False):
    return pdfmetrics.stringWidth(" ".join(text) if spaced else text, font, size)


def broken(text, width, size, first=0.0, font=FONT, *, spaced=False):
    """Break a paragraph into lines as Chinese is set: words of Latin letters whole, no mark at a line's start."""
    lines, line, room = [], "", width - first
    for word in WORDS.findall(text):
        if line and width_of(line + word, size, font, spaced=spaced) > room:
            cut = len(line)
            while cut > 1 and ((line + word)[cut] in NO_START or line[cut - 1] in NO_END):
                cut -= 1
            lines.append(line[:cut])
            line, room = line[cut:], width
        line += word
    return [*lines, line]


def register(parts, options):
    """Make the font known; one that the file carries has the signs of these parts. Return its name."""
    if options.font == EMBEDDED:
        signs = "".join(part.text + "".join(map("".join, part.rows)) for part in parts)
        data = build_font.make(signs + options.head + options.numbers + "0123456789")
        pdfmetrics.registerFont(TTFont(EMBEDDED, io.BytesIO(data)))
    else:
        pdfmetrics.registerFont(UnicodeCIDFont(options.font))
    return options.font


def make(parts, **options):
    """Write the parts as PDF."""
    chosen = Options(**options)
    font = register(parts, chosen)
    sheet = Sheet(chosen)
    size = chosen.size
    for part in parts:
        if part.kind == "table":
            table(sheet, part.rows)
        elif part.kind in ("title", "number", "caption"):
            large = 22.0 if part.kind == "title" and chosen.columns == 1 else size
            for line in broken(part.text, sheet.width - 2 * size, large, font=font):
                sheet.line(line, LEFT + (sheet.width - width_of(line, large, font, spaced=chosen.spaced)) / 2, large)
        elif part.kind == "signature":
            sheet.line(part.text, LEFT + 0.65 * sheet.width - width_of(part.text, size, font) / 2)
        else:
            indent = 0 if part.kind == "addressees" else chosen.indent * size
            lines = broken(part.text, sheet.width, size, indent, font, spaced=chosen.spaced)
            for at, line in enumerate(lines):
                sheet.line(line, LEFT + (0 if at else indent))
    return sheet.finish()


def table(sheet, rows, size=12.0):
    """Draw a table with rulings; a cell with nothing under it in the rows below reaches over them."""
    widths = [sheet.width / len(rows[0])] * len(rows[0])
    sheet.y += 4
    for at, row in enumerate(rows):
        cells = [broken(text, widths[i] - 12, size, font=sheet.options.font) for i, text in enumerate(row)]
        height = max(map(len, cells)) * 16 + 8
        page = sheet.page
        sheet.room(height)
        if sheet.page > page and at and sheet.options.repeat:
            table(sheet, rows[:1], size)
            sheet.y -= 16
        top, below = sheet.y, A4[1] - sheet.y
        sheet.canvas.setLineWidth(0.5)
        for i, lines in enumerate(cells):
            x = sheet.left + sum(widths[:i])
            merged = at > 1 and row[i] == "" and top > TOP
            if not merged and sheet.options.rules != "none":
                sheet.canvas.line(x, below, x + widths[i], below)
            if sheet.options.rules == "all":
                sheet.canvas.line(x, below, x, below - height)
            for n, line in enumerate(lines):
                sheet.draw(line, x + 6, top + 4 + 16 * n, size)
        right = sheet.left + sheet.width
        if sheet.options.rules == "all":
            sheet.canvas.line(right, below, right, below - height)
        if sheet.options.rules != "none" and (at + 1 == len(rows) or top + height + 60 > TOP + sheet.options.room):
            sheet.canvas.line(sheet.left, below - height, right, below - height)
        sheet.y += height
    sheet.y += 12


def drawn(*pages, size=A4):
    """Draw pages by hand: of each, lines as (text, left, top) or (text, left, top, size), rulings as four numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1)
    for page in pages:
        for item in page:
            if callable(item):
                item(canvas)
            elif isinstance(item[0], str):
                text, left, top, *large = item
                height = large[0] if large else SIZE
                canvas.setFont(FONT, height)
                canvas.drawString(left, size[1] - top - 0.88 * height, text)
            else:
                x, top, right, bottom = item
                canvas.line(x, size[1] - top, right, size[1] - bottom)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def written(*objects, root=1):
    """Write a PDF from its objects, the first of them number 1; they need not make sense."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    start = data.rindex(b"xref\n0")
    return data + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)


def stream(content):
    """Write a stream object."""
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def unembedded(text, name, kind, *, direction=b"1 0 0 1 50 700"):
    """Write a page with a line of text in a font that is only named; ``kind`` is a way in which files refer to one."""
    font, code, extra = KINDS[kind]
    code = code(text).hex().encode()
    shown = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", shown,
        stream(b"BT /F 16 Tf %s Tm <%s> Tj ET" % (direction, code)), font.replace(b"NAME", name), *extra(text, name),
    )  # fmt: skip


def descendant(order, widths=b"/DW 1000"):
    """Make the font that a composite one rests on, and what is known of its looks."""

    def objects(_text, name):
        return (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>"
            b"/FontDescriptor 7 0 R%s>>" % (name, order, widths),
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -140 1000 860]/ItalicAngle 0/Ascent 859/Descent -140"
            b"/CapHeight 700/StemV 80>>" % name,
        )

    return objects


def said(text, name):
    """Number the signs and say which characters they are."""
    pairs = b" ".join(b"<%04x><%04x>" % (at, ord(sign)) for at, sign in enumerate(text, 1))
    table = b"begincmap 1 begincodespacerange <0000><ffff> endcodespacerange %d beginbfchar %s endbfchar endcmap"
    return *descendant(b"Identity")(text, name), stream(table % (len(text), pairs))


COMPOSITE = b"<</Type/Font/Subtype/Type0/BaseFont/NAME/Encoding/%s/DescendantFonts[6 0 R]%s>>"
SIMPLE = b"<</Type/Font/Subtype/%s/BaseFont/NAME%s>>"
UTF_16 = "utf-16-be"
# The font, the codes of a text in it, and the objects it needs.
KINDS = {
    "GBK": (COMPOSITE % (b"GBK-EUC-H", b""), lambda text: text.encode("gbk"), descendant(b"GB1", b"/DW 1000/W[814 939 500]")),
    "Unicode": (COMPOSITE % (b"UniGB-UCS2-H", b""), lambda text: text.encode(UTF_16), descendant(b"GB1")),
    "upright": (COMPOSITE % (b"UniGB-UCS2-V", b""), lambda text: text.encode(UTF_16), descendant(b"GB1")),
    "traditional": (COMPOSITE % (b"UniCNS-UCS2-H", b""), lambda text: text.encode(UTF_16), descendant(b"CNS1")),
    "Japanese": (COMPOSITE % (b"UniJIS-UCS2-H", b""), lambda text: text.encode(UTF_16), descendant(b"Japan1")),
    "Korean": (COMPOSITE % (b"UniKS-UCS2-H", b""), lambda text: text.encode(UTF_16), descendant(b"Korea1")),
    "numbered": (
        COMPOSITE % (b"Identity-H", b"/ToUnicode 8 0 R"),
        lambda text: b"".join(at.to_bytes(2, "big") for at in range(1, len(text) + 1)),
        said,
    ),
    "GBK in a simple font": (SIMPLE % (b"TrueType", b"/Encoding/WinAnsiEncoding"), lambda text: text.encode("gbk"), lambda *_: ()),
    "TrueType": (SIMPLE % (b"TrueType", b"/Encoding/WinAnsiEncoding"), lambda text: text.encode("cp1252"), lambda *_: ()),
    "Type 1": (SIMPLE % (b"Type1", b""), lambda text: text.encode("ascii"), lambda *_: ()),
}  # fmt: skip
