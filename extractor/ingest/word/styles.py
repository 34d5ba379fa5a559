"""Styles of a Word document: what a paragraph or run has through its style and the styles that one is based on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.word.names import WORD, child, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.word.package import Package

# Outline levels 0 to 8 are headings, 9 is body text.
BODY_LEVEL = 9


class Style(NamedTuple):
    """What a style says, its bases included; None where neither it nor a base says anything.

    ``list_id`` is the number of a list (`w:numId`), ``level`` its level, ``numbered_by`` the style that says so.
    """

    name: str = ""
    heading: bool = False
    hidden: bool | None = None
    list_id: int | None = None
    level: int | None = None
    numbered_by: str = ""


PLAIN = Style()


class Styles:
    """The styles of a document by id, resolved when asked for."""

    def __init__(self, package: Package) -> None:
        """Index the styles of the document; a document without styles has plain paragraphs."""
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        for root in package.of_kind("styles"):
            for element in root.iterchildren(f"{WORD}style"):
                name = element.get(f"{WORD}styleId") or ""
                self._elements.setdefault(name, element)
                if element.get(f"{WORD}type") == "paragraph" and element.get(f"{WORD}default") in {"1", "true", "on"}:
                    self._default = self._default or name

    def of_paragraph(self, properties: etree._Element | None) -> Style:
        """Find the style of a paragraph by its properties; those without one have the document's default style."""
        return self.get(value(properties, "pStyle") or self._default)

    def get(self, name: str) -> Style:
        """Find a style by its id; a style that isn't there is plain."""
        if name not in self._resolved:
            self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> None:
        """Go from a style to its bases, as far as they aren't known, and back; a loop ends where it comes back."""
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in self._resolved:
            # What is met again before it is known is plain.
            self._resolved[at] = PLAIN
            chain.append(at)
            at = value(self._elements.get(at), "basedOn")
        style = self._resolved[at] if at is not None else PLAIN
        for base in reversed(chain):
            style = self._resolved[base] = self._add(style, base, self._elements.get(base))

    @staticmethod
    def _add(style: Style, name: str, element: etree._Element | None) -> Style:
        """Put what a style says over what its base says."""
        shown = (value(element, "name") or "").lower()
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        outline = value(paragraph, "outlineLvl")
        heading = style.heading if outline is None else number(outline, BODY_LEVEL) < BODY_LEVEL
        hidden = switch(run, "vanish")
        style = style._replace(
            name=shown,
            heading=heading or shown == "title" or shown.startswith("heading "),
            hidden=style.hidden if hidden is None else hidden,
        )
        numbering = child(paragraph, "numPr")
        if numbering is None:
            return style
        list_id, level = value(numbering, "numId"), value(numbering, "ilvl")
        return style._replace(
            list_id=style.list_id if list_id is None else number(list_id, 0),
            level=style.level if level is None else number(level, 0),
            numbered_by=name if list_id is not None else style.numbered_by,
        )
