"""The text of a Word document's paragraphs as it is shown: insertions in, deletions, field codes and hidden words out.

A story (the body, a footnote, a text box, a cell) becomes a list of items: lines, and data tables as grids. What stands
beside a line (a footnote's text, a text box) comes right after it as lines of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.ingest.word.numbering import join_typed
from extractor.ingest.word.package import BODY_LEVEL, MARKUP, MATH, WORD, child, number, switch, value, word
from extractor.ingest.word.tables import Item, WordLine, read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from extractor.ingest.source_text_builder import LineKind
    from extractor.ingest.word.numbering import Numbering
    from extractor.ingest.word.package import Styles, WordStyle

# Offices give whole paragraphs a heading's style, so that they show in the outline; a heading is short and no sentence.
LONGEST_HEADING = 100

PARAGRAPH, TABLE, BOX = f"{WORD}p", f"{WORD}tbl", f"{WORD}txbxContent"
ALTERNATIVES = f"{MARKUP}AlternateContent"
TEXT, RUN = f"{WORD}t", f"{WORD}r"
# What holds paragraphs, rows or runs and is itself nothing shown.
THROUGH = word("sdtContent customXml smartTag ins moveTo hyperlink fldSimple dir bdo rubyBase")
PICTURES = word("drawing pict object")
NOTES = {f"{WORD}footnoteReference": "footnote", f"{WORD}endnoteReference": "endnote"}
SIGNS = {f"{WORD}tab": "\t", f"{WORD}ptab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BLANKS = " \t\r\n"
# Signs of the fonts that have no letters, by their place in the font: Word keeps them at U+F000 and above.
PRIVATE = range(0xF000, 0xF100)
SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xA5: "∞"},
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFE: "☑", 0xFC: "✓", 0x6C: "●", 0x6E: "■", 0x75: "◆"}
    | {0x81 + at: chr(ord("①") + at) for at in range(10)}
    | {0x8C + at: chr(ord("❶") + at) for at in range(10)},
}


@dataclass(slots=True)
class Gathered:
    """A paragraph as it is read: pieces of text, and what stands beside it."""

    pieces: list[str] = field(default_factory=list)
    asides: list[Item] = field(default_factory=list)


class Story:
    """Reads the stories of one document in order, because numbers run on from one paragraph to the next."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], etree._Element]) -> None:
        """Start before the first paragraph; ``notes`` are the footnotes and endnotes that may be referred to."""
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        # The fields open in a paragraph, True while the field's code is read and not yet what it shows; how many are True.
        self.fields: list[bool] = []
        self.codes = 0
        # Text of a paragraph that is shown as one with the next.
        self.carried = Gathered()

    def read(self, parent: etree._Element) -> list[Item]:
        """Read a whole story; a paragraph at its end that was to run on, and no other came, is one of its own."""
        return [*self.items(parent), *self.rest()]

    def items(self, parent: etree._Element) -> list[Item]:
        """Read the paragraphs and tables of a part of a story."""
        found: list[Item] = []
        for element in parent:
            tag = element.tag
            if tag == PARAGRAPH:
                found += self.paragraph(element)
            elif tag == TABLE:
                found += [*self.rest(), *read_table(element, self.read)]
            elif tag == ALTERNATIVES:
                found += self.first(element, self.items)
            elif tag == f"{WORD}sdt":
                found += self.items(element) if is_filled(element) else []
            elif tag in THROUGH:
                found += self.items(element)
        return found

    def rest(self) -> list[Item]:
        """End a paragraph that was to run on."""
        gathered, self.carried = self.carried, Gathered()
        return [*lines_of(gathered, "text"), *gathered.asides]

    def first(self, element: etree._Element, read: Callable[[etree._Element], list[Item]]) -> list[Item]:
        """Read one of several alternatives: the first, or the next where a program newer than this wrote it."""
        for choice in element:
            if items := read(choice):
                return items
        return []

    def paragraph(self, element: etree._Element) -> list[Item]:
        """Read a paragraph: its lines, then what stands beside them."""
        properties = child(element, "pPr")
        style = self.styles.of_paragraph(properties)
        gathered, self.carried = self.carried, Gathered()
        before = len(gathered.pieces)
        # A field's code never goes on in the next paragraph; one without an end would swallow the document.
        self.fields, self.codes = [], 0
        self.inline(element, gathered, hidden=style.hidden or False)
        mark = child(properties, "rPr")
        deleted = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        runs_on = deleted or switch(mark, "vanish") or is_initial(properties)
        # Of the paragraphs that a deleted mark joins, the last one's number is shown, before all of them.
        begins = before if runs_on else 0
        text = "".join(gathered.pieces[begins:])
        if not deleted and (text or not runs_on) and (counted := self.numbering.mark(properties, style)) is not None:
            text = counted.join(text.lstrip(BLANKS))
        gathered.pieces[begins:] = [text]
        if runs_on:
            self.carried = gathered
            return []
        return [*lines_of(gathered, kind_of(properties, style, text)), *gathered.asides]

    def inline(self, parent: etree._Element, gathered: Gathered, *, hidden: bool) -> None:
        """Read the runs of a paragraph and of what groups them."""
        for element in parent:
            tag = element.tag
            if tag == RUN:
                self.run(element, gathered, hidden=hidden)
            elif tag == f"{WORD}sdt":
                if is_filled(element):
                    self.inline(element, gathered, hidden=hidden)
            elif tag in THROUGH:
                self.inline(element, gathered, hidden=hidden)
            elif tag == ALTERNATIVES:
                self.inline_first(element, gathered, hidden=hidden)
            elif tag.startswith(MATH):
                gathered.pieces.append(formula(element))

    def inline_first(self, element: etree._Element, gathered: Gathered, *, hidden: bool) -> None:
        """Read one of several alternatives of runs, as `first` does."""
        for choice in element:
            had = len(gathered.pieces), len(gathered.asides)
            self.inline(choice, gathered, hidden=hidden)
            if (len(gathered.pieces), len(gathered.asides)) != had:
                return

    def run(self, element: etree._Element, gathered: Gathered, *, hidden: bool) -> None:
        """Read a run: text of one format."""
        properties = child(element, "rPr")
        raised = False
        if properties is not None:
            own = switch(properties, "vanish")
            if own is None and (name := value(properties, "rStyle")) is not None:
                own = self.styles.get(name).hidden
            hidden = hidden if own is None else own
            raised = value(properties, "vertAlign") == "superscript"
        for part in element:
            tag = part.tag
            if tag == f"{WORD}fldChar":
                self.turn(part.get(f"{WORD}fldCharType") or "")
            elif hidden or self.codes:
                continue
            elif tag == TEXT:
                text = text_of(part)
                # 10⁴ must not become 104, nor 350元 with a note's mark 350元1.
                gathered.pieces.append(text.translate(SUPERSCRIPT) if raised else text)
            else:
                self.sign(part, tag, gathered)

    def sign(self, part: etree._Element, tag: str, gathered: Gathered) -> None:
        """Read what stands in a run beside text: tabs and breaks, signs of special fonts, notes, pictures."""
        if tag in SIGNS:
            gathered.pieces.append(SIGNS[tag])
        elif tag == f"{WORD}sym":
            gathered.pieces.append(symbol(part))
        elif tag in NOTES:
            # A note is read once, where it is first referred to.
            note = self.notes.pop((NOTES[tag], part.get(f"{WORD}id") or ""), None)
            gathered.asides += self.aside(note) if note is not None else []
        elif tag in PICTURES or tag == ALTERNATIVES:
            gathered.asides += self.boxes(part)
        elif tag == f"{WORD}ruby":
            for base in part.iterchildren(f"{WORD}rubyBase"):
                self.inline(base, gathered, hidden=False)

    def turn(self, kind: str) -> None:
        """Go on in a field: from its code to what it shows, and to its end."""
        if kind == "begin":
            self.fields.append(True)
            self.codes += 1
        elif self.fields and kind in {"separate", "end"}:
            self.codes -= self.fields.pop()
            if kind == "separate":
                self.fields.append(False)

    def boxes(self, element: etree._Element) -> list[Item]:
        """Read the text boxes of a picture."""
        if element.tag == ALTERNATIVES:
            return self.first(element, self.boxes)
        found: list[Item] = []
        for part in element:
            found += self.aside(part) if part.tag == BOX else self.boxes(part)
        return found

    def aside(self, element: etree._Element) -> list[Item]:
        """Read what stands beside the text; the fields around it and the line before it don't go on in it."""
        outer = self.fields, self.codes, self.carried
        self.carried = Gathered()
        items = [item._replace(aside=True) for item in self.read(element)]
        self.fields, self.codes, self.carried = outer
        return items


def lines_of(gathered: Gathered, kind: LineKind) -> list[WordLine]:
    """Cut a paragraph at its breaks; a line of blanks is no line."""
    lines = (line.strip(BLANKS) for line in "".join(gathered.pieces).split("\n"))
    return [WordLine(join_typed(line), kind) for line in lines if line and not line.isspace()]


def is_filled(content: etree._Element) -> bool:
    """Tell a form's field with a text from one that shows what to enter (单击此处输入文字)."""
    return not switch(child(content, "sdtPr"), "showingPlcHdr")


def is_initial(properties: etree._Element | None) -> bool:
    """Tell a large first letter, which is kept as a paragraph of its own."""
    frame = child(properties, "framePr")
    return frame is not None and frame.get(f"{WORD}dropCap") in {"drop", "margin"}


def kind_of(properties: etree._Element | None, style: WordStyle, text: str) -> LineKind:
    """Say what kind of block a paragraph is; a table of contents says again what stands in the text."""
    if style.name.startswith("toc "):
        return "furniture"
    outline = value(properties, "outlineLvl")
    heading = style.heading if outline is None else number(outline, BODY_LEVEL) < BODY_LEVEL
    return "heading" if heading and len(text) <= LONGEST_HEADING and "。" not in text else "text"


def text_of(part: etree._Element) -> str:
    """Read a piece of text; its blanks at the ends count only where it says so, its line breaks are blanks."""
    text = part.text or ""
    if part.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(BLANKS)
    return text.replace("\r", " ").replace("\n", " ")


def symbol(part: etree._Element) -> str:
    """Read a sign of a special font; those without a known meaning stay as they are in the file."""
    code = (part.get(f"{WORD}char") or "").strip()
    if not 0 < len(code) <= 5 or not all(letter in "0123456789abcdefABCDEF" for letter in code):  # noqa: PLR2004
        return ""
    place = int(code, 16)
    font = (part.get(f"{WORD}font") or "").lower()
    known = SYMBOLS.get(font, {}).get(place - PRIVATE.start if place in PRIVATE else place)
    if known is None and font == "symbol" and PRIVATE.start + 0x20 <= place < PRIVATE.start + 0x40:
        return chr(place - PRIVATE.start)
    # Half of a pair is no character.
    return known or ("" if 0xD800 <= place < 0xE000 or place < 0x20 else chr(place))  # noqa: PLR2004


def formula(element: etree._Element) -> str:
    """Read a formula on one line, so that the parts of a fraction or a power don't run together."""
    tag = element.tag
    if tag == f"{MATH}t":
        return text_of(element)
    if tag == f"{MATH}f":
        return "/".join(formula(part) for part in element if part.tag in {f"{MATH}num", f"{MATH}den"})
    before = {f"{MATH}sup": "^", f"{MATH}sub": "_", f"{MATH}d": "(", f"{MATH}deg": ""}.get(tag, "")
    return before + "".join(formula(part) for part in element) + (")" if tag == f"{MATH}d" else "")
