"""A line of a page as it is put together: what is seen, what isn't, and signs in the place of what text can't hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractor.ingest.raised import LOST, NAMED, PICTURE, RaisedText, settle_pictures, sign_of_picture

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.web.looks import Look

# Fields that show what was entered in them.
SHOWING = frozenset({"", "text", "number", "tel"})
LONGEST_VALUE = 40
PICTURES = frozenset({PICTURE, NAMED, LOST})
FIGURE = regex.compile(r"[\d〇零一二三四五六七八九十百千万]")
# Where a script finds the figure that it counts up to: <span class="timer" data-to="2300">0</span>元.
COUNTED_TO = (
    "data-to", "data-count", "data-counter", "data-countto", "data-count-to", "data-countup", "data-target", "data-end-val",
    "data-endval", "data-final", "data-stop",
)  # fmt: skip
NUMBER = regex.compile(r"\s*+\d[\d,]*+(?:\.\d++)?+\s*+")


class InlineText:
    """The pieces of the line at hand."""

    def __init__(self) -> None:
        """Begin with nothing; ``begun`` tells a line that shows something already."""
        self.begun = False
        self._seen = RaisedText()
        self._unseen: list[str] = []

    def __bool__(self) -> bool:
        """Return True if there is anything, be it blanks."""
        return bool(self._seen.pieces or self._unseen or self._seen.raised)

    def __len__(self) -> int:
        """Count the pieces; `text_from` gives those after so many."""
        return len(self._seen.pieces)

    def add(self, text: str, look: Look) -> int:
        """Take a piece along; return how many of its characters are seen, blanks at its ends left out."""
        if not text or look.struck or (text in PICTURES and look.unseen):
            return 0
        if look.unseen:
            self._unseen.append(text)
            return 0
        self._seen.add(text, look.raised)
        seen = len(text.strip())
        self.begun = self.begun or seen > 0
        return seen

    def text_from(self, piece: int) -> str:
        """Give the text from a piece on, as it is written."""
        return settle_pictures("".join((*self._seen.pieces[piece:], *self._seen.raised)))

    def take(self) -> str:
        """End the line and return what is seen of it."""
        self._seen.settle()
        text = self.text_from(0)
        self._seen.pieces.clear()
        self.begun = False
        return text

    def take_unseen(self) -> str:
        """Return what stood in the line and is not seen."""
        text = "".join(self._unseen)
        self._unseen.clear()
        return text


def shown_in(element: etree._Element) -> str:
    """Return the figure that a field of a form shows; empty for other elements and for other texts."""
    if element.tag == "input" and (element.get("type") or "").lower() in SHOWING:
        text = element.get("value") or ""
    elif element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        text = "".join(map(str, chosen[0].itertext())) if chosen else ""
    elif element.tag == "textarea":
        text = element.text or ""
    else:
        return ""
    text = text.strip()
    return text if len(text) <= LONGEST_VALUE and FIGURE.search(text) else ""


def text_of(element: etree._Element) -> str:
    """Return the text that opens an element; a lost figure where a script counts up from it to another one.

    >>> from lxml.html import fragment_fromstring as read
    >>> text_of(read('<b data-to="2300">0</b>')) == LOST, text_of(read('<b data-to="2300">2,300</b>'))
    (True, '2,300')
    """
    text = element.text or ""
    if len(element) or len(text) > LONGEST_VALUE or (text.strip() and not NUMBER.fullmatch(text)):
        return text
    ends = [end for name in COUNTED_TO if (end := element.get(name) or "")]
    counted = any(NUMBER.fullmatch(end) and _number(text) < _number(end) for end in ends)
    return LOST if counted else text


def _number(text: str) -> float:
    return float(text.replace(",", "").strip() or "-inf")


def picture_sign(element: etree._Element) -> str:
    """Return the sign for a picture within a line: a lost figure, what may be a digit, or nothing to read."""
    return sign_of_picture((element.get("alt") or "").strip()[:LONGEST_VALUE])


def is_field(element: etree._Element) -> bool:
    """Return True if an element is a field of a form that may stand within a line; `shown_in` gives its figure."""
    return element.tag == "select" or (element.tag == "textarea" and len(element.text or "") <= LONGEST_VALUE)


def is_bare_gloss(element: etree._Element) -> bool:
    """Return True if an element is a gloss over the text without brackets of its own (医<rp>(</rp><rt>yī</rt>…)."""
    if element.tag != "rt":
        return False
    before = element.getprevious()
    return before is None or before.tag != "rp"
