"""The text of a Word document's paragraphs as it is shown: insertions in, deletions, field codes and hidden words out.

A story (the body, a footnote, a text box, a cell) becomes a list of items: lines, and data tables as grids. What stands
beside a line (a footnote's text, a text box) comes right after it as lines of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from extractor.ingest.raised import RaisedText, settle_pictures, sign_of_picture
from extractor.ingest.word.fields import Field, made_from
from extractor.ingest.word.looks import LEAST_RAISE, UNKNOWN, WHITE, RunLook, fill_of, run_look
from extractor.ingest.word.names import MARKUP, MATH, WORD, child, number, switch, value, word
from extractor.ingest.word.numbering import join_typed
from extractor.ingest.word.package import BODY_LEVEL
from extractor.ingest.word.tables import Item, WordLine, read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from extractor.ingest.source_text_builder import LineKind
    from extractor.ingest.word.numbering import Numbering
    from extractor.ingest.word.package import Styles, WordPackage, WordStyle

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
BLANKS = " \t\r\n"
# The words that describe a picture.
LONGEST_NAME = 40
# Signs of the fonts that have no letters, by their place in the font: Word keeps them at U+F000 and above.
PRIVATE = range(0xF000, 0xF100)
SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xA5: "∞"},
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFE: "☑", 0xFC: "✓", 0x6C: "●", 0x6E: "■", 0x75: "◆"}
    | {0x81 + at: chr(ord("①") + at) for at in range(10)}
    | {0x8C + at: chr(ord("❶") + at) for at in range(10)},
}


@dataclass(slots=True)
class Gathered(RaisedText):
    """A paragraph as it is read: pieces of text, and what stands beside it."""

    asides: list[Item] = field(default_factory=list)


class Story:
    """Reads the stories of one document in order, because numbers run on from one paragraph to the next."""

    def __init__(
        self, package: WordPackage, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], etree._Element]
    ) -> None:
        """Start before the first paragraph; ``notes`` are the footnotes and endnotes that may be referred to."""
        self.package = package
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        # The fields open in a paragraph, and of how many the code is read and not yet what it shows.
        self.fields: list[Field] = []
        self.codes = 0
        # The colour behind the text at hand, and how far most of the paragraph is raised.
        self.ground = WHITE
        self.base = 0
        # How many stretches were left out because a line goes through them or nobody sees them, and how many fields were
        # made from their code.
        self.damage: Counter[str] = Counter()
        self.leaving = ""
        # Text of a paragraph that is shown as one with the next.
        self.carried = Gathered()
        # How many notes the text at hand lies within.
        self.level = 0

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
                found += [*self.rest(), *read_table(element, partial(self.cell, child(element, "tblPr")))]
            elif tag == ALTERNATIVES:
                found += self.first(element, self.items)
            elif tag == f"{WORD}sdt":
                found += self.items(element) if self.is_filled(element) else []
            elif tag in THROUGH:
                found += self.items(element)
        return found

    def cell(self, properties: etree._Element | None, cell: etree._Element) -> list[Item]:
        """Read a cell, on the ground that it or its table has; the style of a table, which has the properties, may give it any."""
        outer = self.ground
        own, whole = fill_of(child(cell, "tcPr")), fill_of(properties)
        styled = value(properties, "tblStyle")
        if own is not None or whole is not None:
            self.ground = own if own is not None else whole or UNKNOWN
        elif styled is not None and self.styles.shades(styled):
            self.ground = UNKNOWN
        items = self.read(cell)
        self.ground = outer
        return items

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
        self.base, self.leaving = usual_position(element), ""
        outer, fill = self.ground, fill_of(properties)
        self.ground = outer if fill is None else fill
        self.inline(element, gathered, style.look)
        self.ground = outer
        gathered.settle()
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

    def inline(self, parent: etree._Element, gathered: Gathered, look: RunLook) -> None:
        """Read the runs of a paragraph and of what groups them."""
        for element in parent:
            tag = element.tag
            if tag == RUN:
                self.run(element, gathered, look)
            elif tag == f"{WORD}sdt":
                if self.is_filled(element):
                    self.inline(element, gathered, look)
            elif tag in THROUGH:
                self.inline(element, gathered, look)
                if tag == f"{WORD}fldSimple" and not len(element):
                    text = made_from(element.get(f"{WORD}instr") or "", None)
                    self.damage["made_field"] += bool(text)
                    gathered.add(text)
            elif tag == ALTERNATIVES:
                self.inline_first(element, gathered, look)
            elif tag.startswith(MATH):
                gathered.add(formula(element))

    def inline_first(self, element: etree._Element, gathered: Gathered, look: RunLook) -> None:
        """Read one of several alternatives of runs, as `first` does."""
        for choice in element:
            had = len(gathered.pieces), len(gathered.asides)
            self.inline(choice, gathered, look)
            if (len(gathered.pieces), len(gathered.asides)) != had:
                return

    def run(self, element: etree._Element, gathered: Gathered, look: RunLook) -> None:
        """Read a run: text of one format."""
        properties = child(element, "rPr")
        if properties is not None:
            if (name := value(properties, "rStyle")) is not None:
                look = self.styles.get(name).look.over(look)
            look = run_look(properties).over(look)
        raised = look.raised or side_of((look.position or 0) - self.base)
        leaving = "hidden" if look.hidden else "struck_out" if look.struck else ""
        leaving = leaving or ("unseen_words" if look.is_unseen(self.ground) else "")
        for part in element:
            tag = part.tag
            if tag == f"{WORD}fldChar":
                self.turn(part, gathered, shown=not leaving)
            elif self.codes:
                self.fields[-1].code.append((part.text or "") if tag == f"{WORD}instrText" else "")
            elif leaving:
                self.leave(leaving)
            elif tag == TEXT:
                gathered.add(text_of(part), raised)
                self.leaving = ""
            else:
                self.sign(part, tag, gathered)

    def leave(self, kind: str) -> None:
        """Count a stretch that is left out; runs one after another are one stretch."""
        if kind not in {self.leaving, "hidden"}:
            self.damage[kind] += 1
        self.leaving = kind

    def sign(self, part: etree._Element, tag: str, gathered: Gathered) -> None:
        """Read what stands in a run beside text: tabs and breaks, signs of special fonts, notes, pictures."""
        if tag in SIGNS:
            gathered.add(SIGNS[tag])
        elif tag == f"{WORD}sym":
            gathered.add(symbol(part))
        elif tag in NOTES:
            # A note is read once, where it is first referred to.
            note = self.notes.pop((NOTES[tag], part.get(f"{WORD}id") or ""), None)
            if note is not None:
                self.level += 1
                self.package.check_level(self.level)
                gathered.asides += self.aside(note)
                self.level -= 1
        elif tag in PICTURES or tag == ALTERNATIVES:
            boxes = self.boxes(part)
            gathered.asides += boxes
            gathered.add("" if boxes else picture_sign(part))
        elif tag == f"{WORD}ruby":
            for base in part.iterchildren(f"{WORD}rubyBase"):
                self.inline(base, gathered, RunLook())

    def turn(self, part: etree._Element, gathered: Gathered, *, shown: bool) -> None:
        """Go on in a field: from its code to what it shows, and to its end, where one without a result is made."""
        kind = part.get(f"{WORD}fldCharType") or ""
        if kind == "begin":
            self.fields.append(Field(child(part, "ffData")))
            self.codes += 1
        elif self.fields and kind == "separate":
            self.codes -= self.fields[-1].in_code
            self.fields[-1].in_code, self.fields[-1].shown_from = False, len(gathered.pieces)
        elif self.fields and kind == "end":
            done = self.fields.pop()
            self.codes -= done.in_code
            empty = done.shown_from is None or not "".join((*gathered.pieces[done.shown_from :], *gathered.raised))
            if empty and shown and (text := made_from("".join(done.code), done.data)):
                self.damage["made_field"] += 1
                if self.codes:
                    self.fields[-1].code.append(text)
                else:
                    gathered.add(text)

    def is_filled(self, control: etree._Element) -> bool:
        """Return True if a control holds a text, and not what to enter (单击此处输入文字).

        Programs that fill controls leave the mark that one is empty; then its text has a figure, and not the style of
        a prompt.
        """
        if not switch(child(control, "sdtPr"), "showingPlcHdr"):
            return True
        content = child(control, "sdtContent")
        if content is None:
            return False
        styles = (value(properties, "rStyle") for properties in content.iter(f"{WORD}rPr"))
        if any(name is not None and "placeholder" in (self.styles.get(name).name or name).lower() for name in styles):
            return False
        return any(sign.isdecimal() for text in content.iter(TEXT) for sign in text.text or "")

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
        outer = self.fields, self.codes, self.carried, self.ground, self.base
        self.carried = Gathered()
        # A box may be filled with any colour.
        self.ground = UNKNOWN if element.tag == BOX else WHITE
        items = [item._replace(aside=True) for item in self.read(element)]
        self.fields, self.codes, self.carried, self.ground, self.base = outer
        return items


def lines_of(gathered: Gathered, kind: LineKind) -> list[WordLine]:
    """Cut a paragraph at its breaks; a line of blanks is no line."""
    lines = (settle_pictures(line).strip(BLANKS) for line in "".join(gathered.pieces).split("\n"))
    return [WordLine(join_typed(line), kind) for line in lines if line and not line.isspace()]


def usual_position(paragraph: etree._Element) -> int:
    """Say how far most of a paragraph is raised, in half-points: offices raise whole lines to centre them."""
    if next(paragraph.iter(f"{WORD}position"), None) is None:
        return 0
    sizes: Counter[int] = Counter()
    for run in paragraph.iter(RUN):
        sizes[number(value(child(run, "rPr"), "position"), 0)] += sum(len(text.text or "") for text in run.iter(TEXT))
    return max(sizes, key=lambda position: (sizes[position], -abs(position)))


def side_of(position: int) -> int:
    """Say on which side of the line a text stands that is raised so far."""
    return 0 if abs(position) < LEAST_RAISE else 1 if position > 0 else -1


def picture_sign(part: etree._Element) -> str:
    """Return the sign for a picture within a line: a lost figure, what may be a digit, or nothing to read."""
    if next((True for element in part.iter("*") if is_floating(element)), False):
        return ""
    named = (element.get("descr") or element.get("alt") or "" for element in part.iter("*"))
    words = next((name.strip()[:LONGEST_NAME] for name in named if name.strip()), "")
    return sign_of_picture(words)


def is_floating(element: etree._Element) -> bool:
    """Return True if a part of a picture says that it doesn't stand within the line."""
    return element.tag.endswith("}anchor") or "position:absolute" in (element.get("style") or "").replace(" ", "")


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
