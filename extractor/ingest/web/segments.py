"""A page's tree as a flat list of segments: lines of text and data tables, in document order, each with its element.

Only block elements become `Node`s; what is inline (the spans of single digits that editors leave behind) is joined
without a blank. White space is as a browser shows it, except that a line break of the markup between two Chinese
characters is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from extractor.ingest.raised import LOST
from extractor.ingest.tables import Grid, read_table
from extractor.ingest.web.inline import InlineText, is_bare_gloss, is_field, picture_sign, shown_in, text_of
from extractor.ingest.web.looks import Looks, find_looks
from extractor.ingest.web.markup import DROPPED, HEADINGS, PREFORMATTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

WIDE = r"[\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
WRAP = regex.compile(rf"(?<={WIDE})[ \t\r\f]*+\n[ \t\r\n\f]*+(?={WIDE})")
SPACES = regex.compile(r"[ \t\r\n\f]++")
# A figure that a script was to put in: 每人每年{{amount}}元.
UNFILLED = regex.compile(r"(?<=[\p{Han}：:])\s*+(?:\{\{[^{}]{0,60}+\}\}|\$\{[^{}]{0,60}+\})\s*+(?=[\p{Han}%％])")


@dataclass(slots=True)
class Node:
    """A block element: where its segments lie, and what `mainbody` finds out about it."""

    parent: int
    tag: str
    names: str
    first: int
    last: int = 0


class Anchor(NamedTuple):
    """A link of a line: its text, its address as written, and its title, which is shown when the mouse is over it."""

    text: str
    address: str
    title: str


@dataclass(slots=True)
class Segment:
    """A line of text, or a data table; ``links`` counts the characters that stand in links, ``unseen`` is not shown."""

    node: int
    text: str
    links: int = 0
    heading: bool = False
    grid: Grid | None = None
    meta: bool = False
    anchors: tuple[Anchor, ...] = ()
    unseen: bool = False


@dataclass(slots=True)
class WebPage:
    """A page taken apart; ``struck`` counts the stretches of it that are struck out, which are no text.

    ``metas`` are the names of its meta elements, in small letters, and what they say.
    """

    title: str | None = None
    struck: int = 0
    metas: tuple[tuple[str, str], ...] = ()
    nodes: list[Node] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)


def take_apart(root: etree._Element) -> WebPage:
    """Walk the tree once, without recursion, and list its segments."""
    from lxml import etree

    looks = find_looks(root)
    page = WebPage(title=find_title(root), struck=looks.struck, metas=tuple(find_metas(root)))
    walk = Walk(page, looks)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            walk.start(element, element.tag, walker.skip_subtree)
        else:
            walk.end(element, element.tag)
    walk.flush()
    return page


class Walk:
    """What is open while a tree is walked: blocks, links, and the line at hand."""

    def __init__(self, page: WebPage, looks: Looks) -> None:
        """Start outside of everything."""
        self.page = page
        self.looks = looks
        self.open: list[int] = [-1]
        self.blocks: list[etree._Element] = []
        self.line = InlineText()
        self.links = 0
        self.in_link = 0
        # Links of the line at hand: with which piece each begins, and what it is.
        self.anchors: list[Anchor] = []
        self.link_at = 0
        self.in_pre = 0
        self.in_heading = 0

    def start(self, element: etree._Element, tag: str, skip: Callable[[], Any]) -> None:
        """Enter an element: open a block, take a table whole, or take its text along."""
        if tag in DROPPED:
            skip()
            return
        if self.line.begun and is_field(element):
            self.add(shown_in(element), element)
            skip()
            return
        if self.looks.is_line(element):
            self.flush()
            self.push(element, tag)
            if tag == "table" and (grid := read_table(element, self.looks)) is not None:
                self.add_table(grid, element)
                skip()
                return
            self.in_pre += tag in PREFORMATTED
            self.in_heading += tag in HEADINGS
        else:
            self.start_inline(element, tag)
        if text := text_of(element):
            self.add(text, element)

    def start_inline(self, element: etree._Element, tag: str) -> None:
        """Enter an element within a line."""
        if tag == "br":
            self.flush()
        elif tag == "a" and is_link(element):
            self.in_link += 1
            self.link_at = len(self.line)
        elif tag == "img":
            self.add(picture_sign(element), element)
        elif tag == "input":
            self.add(shown_in(element), element)
        elif is_bare_gloss(element):
            self.add("(", element)

    def end(self, element: etree._Element, tag: str) -> None:
        """Leave an element and take along the text that follows it."""
        if self.blocks and self.blocks[-1] is element:
            self.flush()
            self.blocks.pop()
            self.page.nodes[self.open.pop()].last = len(self.page.segments)
            self.in_pre -= tag in PREFORMATTED
            self.in_heading -= tag in HEADINGS
        elif tag == "a" and is_link(element):
            self.in_link -= 1
            self.anchors.append(anchor_of(element, self.line.text_from(self.link_at)))
            self.link_at = len(self.line)
        elif is_bare_gloss(element):
            self.add(")", element)
        if element.tail and (parent := element.getparent()) is not None and self.blocks:
            self.add(element.tail, parent)

    def push(self, element: etree._Element, tag: str) -> None:
        """Open a block."""
        names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
        self.page.nodes.append(Node(self.open[-1], tag, names, len(self.page.segments)))
        self.open.append(len(self.page.nodes) - 1)
        self.blocks.append(element)

    def add(self, text: str, element: etree._Element) -> None:
        """Take along a piece of an element's text; in preformatted text its line breaks count."""
        if self.in_pre and "\n" in text:
            *lines, text = text.split("\n")
            for line in lines:
                self.add_piece(line, element)
                self.flush()
        self.add_piece(text, element)

    def add_piece(self, text: str, element: etree._Element) -> None:
        """Take along text of one line."""
        seen = self.line.add(text, self.looks.get(element))
        if self.in_link:
            self.links += seen

    def add_table(self, grid: Grid, table: etree._Element) -> None:
        """Add a data table, its caption as a line before it."""
        if grid.caption:
            self.page.segments.append(Segment(self.open[-1], grid.caption))
        text = "\n".join(cell.text for cell in grid.cells)
        anchors = tuple(anchor_of(link, "".join(map(str, link.itertext()))) for link in table.iter("a"))
        self.page.segments.append(Segment(self.open[-1], text, links=grid.links, grid=grid, anchors=anchors))

    def flush(self) -> None:
        """End the line at hand; a line of blanks is no line. What isn't seen of it is a line of its own."""
        if not self.line:
            return
        node = self.open[-1]
        text = UNFILLED.sub(LOST, collapse(self.line.take()))
        if text and not text.isspace():
            links, heading = min(self.links, len(text)), self.in_heading > 0
            self.page.segments.append(Segment(node, text, links, heading=heading, anchors=tuple(self.anchors)))
        unseen = collapse(self.line.take_unseen())
        if unseen and not unseen.isspace():
            self.page.segments.append(Segment(node, unseen, unseen=True))
        self.anchors.clear()
        self.links = self.link_at = 0


def collapse(text: str) -> str:
    r"""Reduce white space as a browser does; no-break and ideographic spaces stay.

    >>> collapse(" 人均\n  财政 \t补助\xa0标准\n580元 ")
    '人均财政 补助\xa0标准 580元'
    """
    if "\n" in text:
        text = WRAP.sub("", text)
    shown: str = SPACES.sub(" ", text)
    return shown.strip(" ")


def is_link(element: etree._Element) -> bool:
    """Tell a link from a place that links lead to (<a name=top>), whose end is often forgotten."""
    return element.get("href") is not None or element.get("name") is None


def anchor_of(element: etree._Element, text: str) -> Anchor:
    """Describe a link by its text on this line, its address as written and its title."""
    address = collapse(element.get("href") or "")
    return Anchor(collapse(text), address, collapse(element.get("title") or ""))


def find_title(root: etree._Element) -> str | None:
    """Read the page's title element."""
    found = root.find(".//title")
    text = collapse("".join(str(piece) for piece in found.itertext())) if found is not None else ""
    return text or None


def find_metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    """List what the page's meta elements say."""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = collapse(meta.get("content") or "")
        if name and content:
            yield name, content
