"""How the text of each element of a page looks, as far as it matters: seen or not, struck out, raised or lowered.

Not seen is what isn't displayed, is transparent, has no size, stands off the page or has the colour of what is behind
it. Where that can't be known (a picture behind, a box whose colours a sheet outside of the page may give), it is seen.

A page, or the greater part of its text, that is hidden and nothing else is shown in its place, waits for a script to show
it: this is text. So `find_looks` first weighs what each hidden element holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.web.generated import write_generated
from extractor.ingest.web.markup import BLOCKS, DROPPED
from extractor.ingest.web.properties import BLACK, WHITE, Color, FontShare, read_color
from extractor.ingest.web.styles import StyleSheets

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.web.properties import Value

HAN = regex.compile(r"\p{Han}")
STRUCK = frozenset({"del", "s", "strike"})
RAISED = {"sup": 1, "sub": -1}
# Displays that make a line of an element, and that keep a paragraph within one; the items of menus are left alone.
LINES = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root"})
WITHIN = frozenset({"inline", "inline-block", "contents"})
FREE = frozenset({"div", "p", "center", "section"})
FAR = ("far-left", "far-top", "far-text-indent", "far-margin-left", "far-margin-top")
FLAT = ("flat-height", "flat-width", "flat-max-height", "flat-max-width")
CUT = ("cut-clip", "cut-clip-path", "cut-transform", "cut-filter")
HIDING = frozenset({"display", "visibility", "opacity", *FAR, *FLAT, *CUT})
# Below this nobody can read a letter, in pixels; and what is as good as transparent.
SMALLEST = 2.0
FAINTEST = 0.02
# What <small> makes of the size.
SMALLER = FontShare(0.83)
# How far a note's mark is moved out of its line at most, in pixels.
FARTHEST_MARK = 20.0
# Of a page's text outside links: how much of it a script will show that is transparent, or not displayed. Tabs that are
# hidden until somebody clicks hold less than what is shown.
MOST_FADED = 0.5
MOST_HIDDEN = 0.7
# Less is a word to wait, or to switch scripts on.
LEAST_SHOWN = 40


class Look(NamedTuple):
    """How text looks; ``gone`` is hidden with all that lies within, ``hidden`` is hidden unless said otherwise within.

    ``behind`` is the colour behind the text, None where it isn't known. ``raised`` is 1 over the line, -1 under it.
    """

    gone: bool = False
    hidden: bool = False
    size: float = 16.0
    color: Color = BLACK
    behind: Color | None = WHITE
    struck: bool = False
    raised: int = 0

    @property
    def unseen(self) -> bool:
        """Return True if nobody sees the text."""
        return (
            self.gone
            or self.hidden
            or self.size < SMALLEST
            or self.color.alpha <= FAINTEST
            or (self.behind is not None and self.color.near(self.behind))
        )


PLAIN = Look()


class Looks(NamedTuple):
    """The looks of a page's elements, those that look plain left out.

    ``lines`` are elements that begin and end a line though others of their name don't, or the other way about;
    ``struck`` counts the stretches that are struck out.
    """

    of: dict[etree._Element, Look]
    lines: dict[etree._Element, bool]
    struck: int = 0

    def get(self, element: etree._Element) -> Look:
        """Say how the text in an element looks."""
        return self.of.get(element, PLAIN)

    def is_line(self, element: etree._Element) -> bool:
        """Return True if an element begins and ends a line."""
        return self.lines.get(element, element.tag in BLOCKS)


def find_looks(root: etree._Element) -> Looks:
    """Say how the text of every element looks."""
    sheets = StyleSheets(root)
    declared = {
        element: found for element in root.iter("*") if (found := {**own_of(element), **sheets.declared(element)})
    }
    write_generated(root, declared, sheets)
    shown = shown_by_script(root, declared)
    of: dict[etree._Element, Look] = {}
    struck = 0
    for element in root.iter("*"):
        parent = element.getparent()
        before = of.get(parent, PLAIN) if parent is not None else PLAIN
        found = declared.get(element, {})
        if element in shown:
            found = {name: value for name, value in found.items() if name not in HIDING}
        look = look_of(before, found) if found else before
        if sheets.outside and look.behind == before.behind and look.behind is not None and is_box(element):
            look = look._replace(behind=None)
        if look != PLAIN:
            of[element] = look
            struck += look.struck and not before.struck and not look.unseen and holds_text(element)
    lines = {
        element: display in LINES
        for element, found in declared.items()
        if (display := found.get("display")) in LINES or (display in WITHIN and element.tag in FREE)
    }
    for drawing in root.iter("svg"):
        texts = list(drawing.iter("text"))
        # A word drawn within a line is of the line; the labels of a chart are apart.
        lines.update({drawing: False} if len(texts) < 2 else dict.fromkeys(texts, True))  # noqa: PLR2004
    return Looks(of, lines, struck)


def own_of(element: etree._Element) -> dict[str, Value]:
    """Say what an element's name and attributes say of its look, before any sheet."""
    tag = element.tag
    found: dict[str, Value] = {}
    if tag in STRUCK:
        found["line-through"] = True
    elif tag in RAISED:
        found["raise"] = float(RAISED[tag])
    elif tag == "small":
        found["font-size"] = SMALLER
    elif tag == "noscript" or element.get("hidden") is not None:
        # Where scripts run, and the sites of notices need them, noscript isn't shown.
        found["display"] = "none"
    color = element.get("color") if tag == "font" else element.get("text") if tag == "body" else None
    for name, text in (("color", color), ("background-color", element.get("bgcolor"))):
        if text and (read := read_attribute(text)) is not None:
            found[name] = read
    if element.get("background"):
        found["background-image"] = True
    return found


def read_attribute(text: str) -> Color | None:
    """Read a colour as old attributes have it: with or without the #.

    >>> read_attribute("ffffff") == read_attribute("#FFF") == read_attribute("white")
    True
    """
    text = text.strip()[:40]
    return read_color(f"#{text}" if regex.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", text) else text)


def look_of(before: Look, found: dict[str, Value]) -> Look:
    """Say how an element looks from what is around it and what is declared for it."""
    look = before
    opacity = found.get("opacity")
    gone = (
        found.get("display") == "none"
        or found.get("content-visibility") == "hidden"
        or (isinstance(opacity, float) and opacity <= FAINTEST)
        or is_out(found)
    )
    if gone:
        look = look._replace(gone=True)
    if (word := found.get("visibility")) in {"hidden", "collapse", "visible", "initial"}:
        look = look._replace(hidden=word in {"hidden", "collapse"})
    size = found.get("font-size")
    if size is not None:
        look = look._replace(size=look.size * size.of if isinstance(size, FontShare) else float(size))  # type: ignore[arg-type]
    if found.get("background-image") is True:
        look = look._replace(behind=None)
    elif isinstance(behind := found.get("background-color"), Color) and behind.alpha > FAINTEST:
        look = look._replace(behind=behind if behind.alpha == 1 else None)
    if isinstance(color := found.get("color"), Color):
        look = look._replace(color=color)
    raised = found.get("raise") or shifted(found, smaller=look.size < before.size)
    return look._replace(
        struck=look.struck or found.get("line-through") is True,
        raised=look.raised if not isinstance(raised, float) or not raised else 1 if raised > 0 else -1,
    )


def shifted(found: dict[str, Value], *, smaller: bool) -> float:
    """Say how far small letters are moved up out of their line, as some editors write notes' marks; 0 for others."""
    top = found.get("top")
    near = isinstance(top, float) and found.get("position") == "relative" and abs(top) <= FARTHEST_MARK
    if smaller and found.get("top-of-line") is True:
        return 1.0
    return -top if near and smaller and isinstance(top, float) else 0.0


def is_out(found: dict[str, Value]) -> bool:
    """Return True if an element is put off the page, cut away, or has no room for its text."""
    flat = found.get("overflow") in {"hidden", "clip"} and any(found.get(name) is True for name in FLAT)
    return flat or any(found.get(name) is True for name in (*FAR, *CUT))


def is_box(element: etree._Element) -> bool:
    """Return True if a sheet outside of the page may give an element a colour behind its text."""
    return element.tag not in {"html", "body"} and (element.get("class") is not None or element.get("id") is not None)


def holds_text(element: etree._Element) -> bool:
    """Return True if an element holds more than blanks."""
    return any(not str(piece).isspace() for piece in element.itertext())


def shown_by_script(root: etree._Element, declared: dict[etree._Element, dict[str, Value]]) -> set[etree._Element]:
    """List the elements that are hidden only until a script shows them: the page, or what holds most of its text."""
    ways = {element: way for element, found in declared.items() if (way := way_of(found))}
    if not ways:
        return set()
    weights, total = weigh(root, ways)
    shown = {element for element, way in ways.items() if way == "faded" and element.tag in {"html", "body"}}
    least = {"faded": MOST_FADED * total, "hidden": MOST_HIDDEN * total}
    shown |= {element for element, weight in weights.items() if weight >= max(least[ways[element]], LEAST_SHOWN)}
    if not shown:
        # Each paragraph may fade in by itself.
        faded = {element for element, way in ways.items() if way == "faded"}
        outermost = [element for element in faded if faded.isdisjoint(element.iterancestors())]
        if sum(weights[element] for element in outermost if element in weights) >= max(least["faded"], LEAST_SHOWN):
            shown.update(outermost)
    return shown


def weigh(root: etree._Element, hidden: dict[etree._Element, str]) -> tuple[dict[etree._Element, int], int]:
    """Count the Han signs outside links: those in each of the elements that are hidden, and all of them."""
    from lxml import etree

    total = in_link = 0
    weights: dict[etree._Element, int] = {}
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag in DROPPED or element.tag in {"noscript", "textarea"}:
                walker.skip_subtree()
                continue
            if element in hidden:
                weights[element] = -total
            in_link += element.tag == "a"
            total += 0 if in_link else weight_of(element.text)
            continue
        in_link -= element.tag == "a"
        if element in weights:
            weights[element] += total
        total += 0 if in_link else weight_of(element.tail)
    return weights, total


def way_of(found: dict[str, Value] | None) -> str:
    """Say how an element is hidden: ``faded`` (it keeps its place), ``hidden``, or not."""
    if not found:
        return ""
    if found.get("display") == "none" or is_out(found):
        return "hidden"
    opacity = found.get("opacity")
    faded = found.get("visibility") == "hidden" or (isinstance(opacity, float) and opacity <= FAINTEST)
    return "faded" if faded else ""


def weight_of(text: str | None) -> int:
    """Count the Han signs of a text."""
    return len(HAN.findall(text)) if text and not text.isspace() else 0
