"""Automatic numbering as text: in most Word documents 一、 and 第一条 are not in the text but made when it is shown.

Paragraphs that point to lists (`w:num`) of the same definition (`w:abstractNum`) count on together; a list with a start
of its own (`w:startOverride`) starts anew where it is first used. A level counts anew after any level above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.counts import NUMERALS, NumberingMark, write_count
from extractor.ingest.word.names import WORD, child, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.word.package import Styles, WordPackage, WordStyle

LEVELS = 9
# Longer than any number's surroundings; a hostile one would be repeated before every paragraph.
LONGEST = 60
PLACE = regex.compile(r"%([1-9])")
# A typed number with a tab after it, which would read as a column of its own.
TYPED = regex.compile(
    rf"\A(?P<number>(?:第[{NUMERALS}]{{1,6}}+[编章节条]|[{NUMERALS}]{{1,6}}+[、.．)）]|[(（][{NUMERALS}]{{1,4}}+[)）]、?|[①-⑳]))"
    r"[ \u3000]*+\t[ \u3000\t]*+(?P<text>.)"
)


class NumberingLevel(NamedTuple):
    """How one level of a list counts and writes."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    # It counts anew only after this level or one above it (from 1); 0 is never, None after any level above.
    restart: int | None = None
    # All levels in its text are written in decimal digits.
    legal: bool = False
    hidden: bool = False
    style: str = ""


@dataclass(slots=True)
class Definition:
    """A list definition and its counts so far, by level."""

    levels: dict[int, NumberingLevel]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class NumberingList:
    """A list: a definition, levels of its own, and starts of its own that are yet to be used."""

    definition: Definition
    levels: dict[int, NumberingLevel]
    starts: dict[int, int]


def join_typed(line: str) -> str:
    r"""Drop the tab after a typed number, as after an automatic one.

    >>> join_typed("1.\t提高标准"), join_typed("居民\t350元")
    ('1.提高标准', '居民\t350元')
    """
    match = TYPED.match(line) if "\t" in line[:20] else None
    return NumberingMark(match["number"], "tab").join(line[match.start("text") :]) if match else line


class Numbering:
    """The lists of a document and their counts; lives for one reading, from the first paragraph to the last."""

    def __init__(self, package: WordPackage, styles: Styles) -> None:
        """Read the lists; a document without any has no automatic numbers."""
        self._lists: dict[int, NumberingList] = {}
        for root in package.of_kind("numbering"):
            definitions, linked = read_definitions(root)
            named = {number(element.get(f"{WORD}numId"), 0): value(element, "abstractNumId") for element in root}
            for style_list, definition in linked.items():
                # A definition may be kept by a style; the style names a list of another definition.
                other = definitions.get(named.get(styles.get(style_list).list_id or 0) or "")
                definition.levels = other.levels if other else definition.levels
            for element in root.iterchildren(f"{WORD}num"):
                definition_id = value(element, "abstractNumId") or ""
                if definition_id in definitions:
                    self._lists.setdefault(
                        number(element.get(f"{WORD}numId"), 0), read_list(element, definitions[definition_id])
                    )

    def mark(self, properties: etree._Element | None, style: WordStyle) -> NumberingMark | None:
        """Count a paragraph and return its number; None where it has none."""
        own = child(properties, "numPr")
        list_id, level = value(own, "numId"), value(own, "ilvl")
        # 0 takes a style's number away.
        chosen = self._lists.get(number(list_id, 0) if list_id is not None else style.list_id or 0)
        if chosen is None:
            return None
        at = level_of_style(chosen, style) if level is None and list_id is None else number(level, 0)
        found = chosen.levels.get(at) or chosen.definition.levels.get(at)
        if found is None:
            return None
        count(chosen, at, found)
        return None if found.hidden else NumberingMark(write(chosen, found), found.suffix)


def level_of_style(chosen: NumberingList, style: WordStyle) -> int:
    """Find the level of a paragraph that is numbered by its style: the style's, or the one that names the style."""
    if style.level is not None:
        return style.level
    levels = {**chosen.definition.levels, **chosen.levels}
    return next((at for at, level in levels.items() if level.style and level.style == style.numbered_by), 0)


def count(chosen: NumberingList, at: int, level: NumberingLevel) -> None:
    """Count on at a level, and forget the counts of the levels below that begin anew after it."""
    counts = chosen.definition.counts
    if at in chosen.starts:
        counts[at] = chosen.starts.pop(at)
    else:
        counts[at] = counts[at] + 1 if at in counts else level.start
    for below in [other for other in counts if other > at]:
        found = chosen.levels.get(below) or chosen.definition.levels.get(below) or NumberingLevel()
        if found.restart is None or at < found.restart:
            del counts[below]


def write(chosen: NumberingList, level: NumberingLevel) -> str:
    """Write the number of a paragraph that was just counted."""
    if level.form == "bullet":
        return ""
    counts = chosen.definition.counts

    def place(match: regex.Match[str]) -> str:
        other = int(match[1]) - 1
        found = chosen.levels.get(other) or chosen.definition.levels.get(other) or NumberingLevel()
        form = "decimal" if level.legal and found.form != "none" else found.form
        return write_count(counts.get(other, chosen.starts.get(other, found.start)), form)

    return PLACE.sub(place, level.text).strip()


def read_definitions(root: etree._Element) -> tuple[dict[str, Definition], dict[str, Definition]]:
    """Read the list definitions by id, and those that a style keeps by the style's id."""
    definitions: dict[str, Definition] = {}
    linked: dict[str, Definition] = {}
    for element in root.iterchildren(f"{WORD}abstractNum"):
        definition = Definition(dict(map(read_level, element.iterchildren(f"{WORD}lvl"))))
        definitions.setdefault(element.get(f"{WORD}abstractNumId") or "", definition)
        if (kept := value(element, "numStyleLink")) is not None:
            linked[kept] = definition
    return definitions, linked


def read_list(element: etree._Element, definition: Definition) -> NumberingList:
    """Read a list: which definition it has, and what it has of its own."""
    levels: dict[int, NumberingLevel] = {}
    starts: dict[int, int] = {}
    for override in element.iterchildren(f"{WORD}lvlOverride"):
        at = number(override.get(f"{WORD}ilvl"), 0)
        if (own := child(override, "lvl")) is not None:
            levels[at] = read_level(own)[1]
        if (start := value(override, "startOverride")) is not None:
            starts[at] = number(start, 1)
    return NumberingList(definition, levels, starts)


def read_level(element: etree._Element) -> tuple[int, NumberingLevel]:
    """Read a level and its place, from 0."""
    # A format that only newer programs know stands in an alternative, the one for all programs last.
    forms = [form.get(f"{WORD}val") or "" for form in element.iter(f"{WORD}numFmt")]
    restart = value(element, "lvlRestart")
    level = NumberingLevel(
        start=number(value(element, "start"), 0),
        form=forms[-1] if forms else "decimal",
        text=(value(element, "lvlText") or "")[:LONGEST],
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else number(restart, 0),
        legal=switch(element, "isLgl") or False,
        hidden=switch(child(element, "rPr"), "vanish") or False,
        style=value(element, "pStyle") or "",
    )
    return min(max(number(element.get(f"{WORD}ilvl"), 0), 0), LEVELS - 1), level
