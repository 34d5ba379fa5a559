"""A notice as an OFD file, set as offices set it: A4, title in 22 pt, text in 16 pt with 28 characters a line.

Options say how the producer wrote it: one text object for each line, character or paragraph; through a matrix; on a turned
page; with glyph numbers instead of characters; in which namespace; in which order.
"""

from __future__ import annotations

import io
import itertools
import unicodedata
import zipfile
from xml.sax.saxutils import escape

import regex

POINT = 25.4 / 72
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 28.0, 37.0, 260.0
BODY, TITLE, SMALL = 16 * POINT, 22 * POINT, 12 * POINT
LINE = 28 * POINT
MEASURE = 28 * BODY
COLUMNS = (0.44, 0.18, 0.38)
PADDING = 5.4 * POINT
# What the standard demands of the root elements of parts.
DEMANDED = {"OFD": ' Version="1.0" DocType="OFD"', "Res": ' BaseLoc="Res"'}
NAMESPACE = "http://www.ofdspec.org/2016"
# Letters stay together; closing marks never begin a line.
WORDS = regex.compile(r"[A-Za-z0-9.%]++|.", regex.DOTALL)
CLOSING = "，。、；：！？）》”〕"


def make(parts, *, change=None, **options) -> bytes:
    """Write the parts as an OFD; ``change`` is given its parts by name, to leave out or spoil some."""
    files = Document(**options).files(parts)
    if change is not None:
        change(files)
    return packed(files)


def packed(files) -> bytes:
    """Write the parts of an OFD as a ZIP file; the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def width_of(sign) -> float:
    """A character's width in parts of its size."""
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def measure(text, size) -> float:
    return size * sum(map(width_of, text))


def wrap(text, size, width, indent=0.0):
    """Break a text into lines as a word processor does."""
    lines, line, room = [], "", width - indent
    for word in WORDS.findall(text):
        if line and measure(line + word, size) > room + 1e-6:
            if word in CLOSING:
                lines.append(line[:-1])
                line = line[-1] + word
            else:
                lines.append(line)
                line = word
            room = width
        else:
            line += word
    return [*lines, line]


def steps(text, size, *, grouped=True) -> str:
    """Write DeltaX: the same step several times as ``g n d``."""
    found = [round(size * width_of(sign), 4) for sign in text[:-1]]
    if not grouped:
        return " ".join(map(str, found))
    words, at = [], 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] == found[at]:
            end += 1
        words.append(f"g {end - at} {found[at]}" if end - at > 1 else str(found[at]))
        at = end
    return " ".join(words)


class Document:
    """Sets parts on pages and writes them."""

    def __init__(  # noqa: PLR0913 - each is a habit of some producer
        self, *, objects="line", ctm=None, turned=0, glyphs=False, namespace=NAMESPACE, prefix="ofd", backwards=False,
        head="", numbers="content", rules="lines", composite=False, title="", grouped=True, nested=False,
    ) -> None:  # fmt: skip
        self.objects, self.ctm, self.turned, self.glyphs = objects, ctm, turned, glyphs
        self.namespace, self.prefix, self.backwards = namespace, prefix, backwards
        self.head, self.numbers, self.rules, self.composite = head, numbers, rules, composite
        self.title, self.grouped, self.nested = title, grouped, nested
        self.pages = [[]]
        self.y = TOP
        # Ids of all objects of the document; those below are for pages, templates, fonts and units.
        self.ids = itertools.count(10_000)

    # ── setting ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def feed(self, height) -> float:
        """Take room on the page, on a new one where there is none; return the upper edge."""
        if self.y + height > BOTTOM:
            self.pages.append([])
            self.y = TOP
        top, self.y = self.y, self.y + height
        return top

    def set_part(self, part) -> None:
        if part.kind == "table":
            self.set_table(part.rows)
            return
        size = TITLE if part.kind == "title" else BODY
        centred = part.kind in {"title", "number", "caption"}
        indent = 2 * BODY if part.kind in {"heading", "text"} else 0.0
        lines = wrap(part.text, size, MEASURE, indent)
        if self.objects == "paragraph" and not centred and part.kind != "signature":
            self.set_paragraph(lines, size, indent)
            return
        for number, line in enumerate(lines):
            top = self.feed(LINE * (1.3 if part.kind == "title" else 1))
            left = LEFT + (0.0 if number else indent)
            if centred:
                left = LEFT + (MEASURE - measure(line, size)) / 2
            elif part.kind == "signature":
                left = LEFT + MEASURE - measure(line, size) - 2 * BODY
            self.text(line, left, top + size, size)

    def set_paragraph(self, lines, size, indent) -> None:
        """Write the lines of a paragraph as one text object a page, whose steps go back to the left and down."""
        while lines:
            fit = max(1, min(len(lines), int((BOTTOM - self.y) / LINE + 1e-6) or len(lines)))
            now, lines = lines[:fit], lines[fit:]
            top = self.feed(LINE * len(now))
            aside, down = [], []
            for number, line in enumerate(now):
                aside += [size * width_of(sign) for sign in line]
                down += [0.0] * len(line)
                back = measure(line[:-1], size) + (indent if number == 0 else 0.0)
                aside[-1], down[-1] = -back, LINE
            start = LEFT + indent
            aside = " ".join(f"{step:.4f}" for step in aside[:-1])
            down = " ".join(f"{step:.4f}" for step in down[:-1])
            self.text("".join(now), start, top + size, size, f'DeltaX="{aside}" DeltaY="{down}"')
            indent = 0.0

    def set_table(self, rows) -> None:
        """Set a table with rulings; a blank cell belongs to the one above."""
        widths = [MEASURE * share for share in COLUMNS[: len(rows[0])]]
        lefts = [LEFT + sum(widths[:index]) for index in range(len(widths) + 1)]
        wrapped = [[wrap(text, SMALL, width - 2 * PADDING) if text else [] for text, width in zip(row, widths, strict=True)]
                   for row in rows]  # fmt: skip
        heights = [max(len(lines) for lines in row) * SMALL * 1.4 + 2 for row in wrapped]
        top = self.feed(sum(heights) + 4)
        tops = [top + sum(heights[:index]) for index in range(len(rows) + 1)]
        for at, row in enumerate(wrapped):
            for column, lines in enumerate(row):
                below = at + 1
                while below < len(rows) and not rows[below][column]:
                    below += 1
                if rows[at][column]:
                    self.rule(lefts[column], tops[at], lefts[column + 1], tops[at])
                    y = (tops[at] + tops[below]) / 2 - len(lines) * SMALL * 0.7
                    for number, line in enumerate(lines):
                        self.text(line, lefts[column] + PADDING, y + SMALL * (1.1 + 1.4 * number), SMALL)
        self.rule(lefts[0], tops[-1], lefts[-1], tops[-1])
        for left in lefts:
            self.rule(left, tops[0], left, tops[-1])

    # ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, text, left, line, size, deltas=None, page=None) -> None:
        """Add a text whose first character stands at ``left`` on ``line``."""
        if deltas is None and self.objects == "character":
            for sign in text:
                if not sign.isspace():
                    self.add_text(sign, left, line, size, "", page)
                left += size * width_of(sign)
            return
        if deltas is None:
            deltas = f'DeltaX="{steps(text, size, grouped=self.grouped)}"' if len(text) > 1 else ""
        self.add_text(text, left, line, size, deltas, page)

    def add_text(self, text, left, line, size, deltas, page) -> None:
        top = line - size
        boundary, matrix, inner = (left, top, measure(text, size), size * 1.2), "", (0.0, size)
        scale = self.ctm or 1.0
        if self.turned:
            boundary, linear = self.turn(left, line)
            matrix, inner = f' CTM="{" ".join(f"{scale * value:g}" for value in linear)} 0 0"', (0.0, 0.0)
        elif self.ctm:
            matrix, inner = f' CTM="{scale:g} 0 0 {scale:g} 0 0"', (0.0, size / scale)
        if scale != 1:
            deltas = regex.sub(
                r"g \d+ |[-\d.]+",
                lambda word: word[0] if word[0][0] == "g" else f"{float(word[0]) / scale:.5f}",
                deltas,
            )
        codes = "".join(
            f'<{self.prefix}:CGTransform CodePosition="{at}" CodeCount="1" GlyphCount="1"><{self.prefix}:Glyphs>{at + 7}'
            f"</{self.prefix}:Glyphs></{self.prefix}:CGTransform>"
            for at, _ in enumerate(text) if self.glyphs
        )  # fmt: skip
        shown = "¤" * len(text) if self.glyphs else escape(text)
        self.add(
            f'<{self.prefix}:TextObject Boundary="{" ".join(f"{value:.4f}" for value in boundary)}"{matrix} Font="3"'
            f' Size="{size / scale:.5f}">{codes}<{self.prefix}:TextCode X="{inner[0]:g}" Y="{inner[1]:.5f}" {deltas}>'
            f"{shown}</{self.prefix}:TextCode></{self.prefix}:TextObject>",
            page,
        )

    def turn(self, x, y):
        """The place of a point on the turned page, and the matrix of text there."""
        if self.turned == 90:
            return (HEIGHT - y, x, 1, 1), (0, 1, -1, 0)
        if self.turned == 180:
            return (WIDTH - x, HEIGHT - y, 1, 1), (-1, 0, 0, -1)
        return (y, WIDTH - x, 1, 1), (0, -1, 1, 0)

    def rule(self, left, top, right, bottom) -> None:
        """Add a ruling: a stroked line, a filled thin rectangle, two lines side by side; only those across, or none."""
        if self.rules == "none" or (self.rules == "across" and right - left < bottom - top):
            return
        if self.turned:
            (left, top, *_), _ = self.turn(left, top)
            (right, bottom, *_), _ = self.turn(right, bottom)
            left, top, right, bottom = min(left, right), min(top, bottom), max(left, right), max(top, bottom)
        width, height = right - left, bottom - top
        if self.rules == "boxes":
            width, height = max(width, 0.2), max(height, 0.2)
            data, how = (
                f"M 0 0 L {width:.3f} 0 L {width:.3f} {height:.3f} L 0 {height:.3f} C",
                'Fill="true" Stroke="false"',
            )
        else:
            data, how = f"M 0 0 L {width:.3f} {height:.3f}", ""
        for shift in (0, 0.6) if self.rules == "double" else (0,):
            self.add(
                f'<{self.prefix}:PathObject Boundary="{left + shift:.3f} {top + shift:.3f} {width + 1:.3f} {height + 1:.3f}" LineWidth="0.2"'
                f" {how}><{self.prefix}:AbbreviatedData>{data}</{self.prefix}:AbbreviatedData></{self.prefix}:PathObject>",
                None,
            )

    def add(self, xml, page) -> None:
        xml = regex.sub(
            r"<[^ /:]*:?(?:TextObject|PathObject)(?= )", lambda found: f'{found[0]} ID="{next(self.ids)}"', xml, count=1
        )
        (self.pages[-1] if page is None else page).append(xml)

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def files(self, parts) -> dict[str, bytes]:
        for part in parts:
            self.set_part(part)
        for number, page in enumerate(self.pages, 1):
            if self.numbers == "content":
                self.number(number, page)
        templates = self.templates()
        count = range(len(self.pages))
        pages = "".join(f'<{self.prefix}:Page ID="{at + 10}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in count)
        listed = "".join(
            f'<{self.prefix}:TemplatePage ID="{at + 100}" BaseLoc="Tpls/Tpl_{at}/Content.xml"/>'
            for at in range(len(templates))
        )
        size = (HEIGHT, WIDTH) if self.turned in {90, 270} else (WIDTH, HEIGHT)
        title = f"<{self.prefix}:Title>{escape(self.title)}</{self.prefix}:Title>" if self.title else ""
        files = {
            "OFD.xml": self.xml(
                "OFD", f"<{self.prefix}:DocBody><{self.prefix}:DocInfo><{self.prefix}:DocID>{'0' * 32}</{self.prefix}:DocID>{title}"
                f"</{self.prefix}:DocInfo><{self.prefix}:DocRoot>Doc_0/Document.xml</{self.prefix}:DocRoot></{self.prefix}:DocBody>",
            ),
            "Doc_0/Document.xml": self.xml(
                "Document", f"<{self.prefix}:CommonData><{self.prefix}:MaxUnitID>99999</{self.prefix}:MaxUnitID><{self.prefix}:PageArea><{self.prefix}:PhysicalBox>0 0 {size[0]:g} {size[1]:g}"
                f"</{self.prefix}:PhysicalBox></{self.prefix}:PageArea><{self.prefix}:PublicRes>PublicRes.xml</{self.prefix}:PublicRes>"
                f"{listed}</{self.prefix}:CommonData><{self.prefix}:Pages>{pages}</{self.prefix}:Pages>",
            ),
            "Doc_0/PublicRes.xml": self.xml(
                "Res", f'<{self.prefix}:Fonts><{self.prefix}:Font ID="3" FontName="仿宋"/></{self.prefix}:Fonts>{self.units()}'
            ),
        }  # fmt: skip
        for at in count:
            use = (
                f'<{self.prefix}:Template TemplateID="{100 + (at if len(templates) > 1 else 0)}" ZOrder="Background"/>'
                if templates
                else ""
            )
            files[f"Doc_0/Pages/Page_{at}/Content.xml"] = self.page(self.pages[at], use, at)
        for at, objects in enumerate(templates):
            files[f"Doc_0/Tpls/Tpl_{at}/Content.xml"] = self.page(objects, "", None)
        return files

    def number(self, number, page) -> None:
        text = f"— {number} —"
        self.text(text, (WIDTH - measure(text, BODY)) / 2, 275, BODY, page=page)

    def templates(self):
        """The templates: one for all pages, or one for each where they hold the page numbers."""
        if not self.head and self.numbers != "template":
            return []
        made = []
        for number in range(1, len(self.pages) + 1) if self.numbers == "template" else (0,):
            objects = []
            if self.head:
                self.text(self.head, (WIDTH - measure(self.head, BODY)) / 2, 22, BODY, page=objects)
            if number:
                self.number(number, objects)
            made.append(objects)
        return made

    def units(self) -> str:
        """The pages' objects as composite units of the resources, where they are written so."""
        if not self.composite:
            return ""
        units = "".join(
            f'<{self.prefix}:CompositeGraphicUnit ID="{at + 500}" Width="{WIDTH}" Height="{HEIGHT}"><{self.prefix}:Content>'
            f"{''.join(page)}</{self.prefix}:Content></{self.prefix}:CompositeGraphicUnit>"
            for at, page in enumerate(self.pages)
        )
        return f"<{self.prefix}:CompositeGraphicUnits>{units}</{self.prefix}:CompositeGraphicUnits>"

    def page(self, objects, use, at) -> bytes:
        content = "".join(reversed(objects) if self.backwards else objects)
        if self.composite and at is not None:
            content = f'<{self.prefix}:CompositeObject ID="{next(self.ids)}" Boundary="0 0 {WIDTH} {HEIGHT}" ResourceID="{at + 500}"/>'
        for _ in range(3 if self.nested else 0):
            content = f'<{self.prefix}:PageBlock ID="{next(self.ids)}">{content}</{self.prefix}:PageBlock>'
        layer = f'<{self.prefix}:Content><{self.prefix}:Layer ID="{next(self.ids)}">{content}</{self.prefix}:Layer></{self.prefix}:Content>'
        return self.xml("Page", use + layer)

    def xml(self, name, content) -> bytes:
        """A part's XML; without a prefix it has a default namespace."""
        space = f' xmlns{":" + self.prefix if self.prefix else ""}="{self.namespace}"{DEMANDED.get(name, "")}'
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{self.prefix}:{name}{space}>{content}</{self.prefix}:{name}>'
        return (text if self.prefix else text.replace("<:", "<").replace("</:", "</")).encode()
