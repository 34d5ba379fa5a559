"""Text that a browser shows though it isn't in the page's text: what sheets put before and after elements, numbers of lists.

It is written into the tree, at its place. A number stands apart from the figure that follows it (1. 350元).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractor.ingest.counts import NUMERALS, NumberingMark, write_count
from extractor.ingest.web.properties import Content

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.web.properties import Value
    from extractor.ingest.web.styles import StyleSheets

# Icons and the signs that keep boxes open are no text.
WORDS = regex.compile(r"[\p{Han}\d%％‰￥¥]")
ICONS = regex.compile(r"\p{Co}")
LONGEST = 200
# Formats of list numbers: the names of HTML and CSS, how they are written, what stands after them.
FORMS = {
    "1": ("decimal", "."), "a": ("lowerLetter", "."), "A": ("upperLetter", "."), "i": ("lowerRoman", "."), "I": ("upperRoman", "."),
    "decimal": ("decimal", "."), "decimal-leading-zero": ("decimalZero", "."), "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."), "upper-alpha": ("upperLetter", "."), "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."), "upper-roman": ("upperRoman", "."), "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"), "trad-chinese-informal": ("chineseCounting", "、"),
}  # fmt: skip
NUMBER = regex.compile(r"\s*+([-+]?\d{1,6})\s*+")
# An item whose number is typed.
TYPED = regex.compile(rf"(?:第[{NUMERALS}]{{1,6}}[编章节条]|[（(]?[{NUMERALS}]{{1,6}}[、.．)）]|[①-⑳])")


def write_generated(
    root: etree._Element, declared: dict[etree._Element, dict[str, Value]], sheets: StyleSheets
) -> None:
    """Write into a page what a browser shows before and after its elements; ``declared`` are these' own values."""
    if sheets.generates:
        for element in root.iter("*"):
            before, after = (words_of(element, sheets.generated(element, side)) for side in ("before", "after"))
            if before:
                element.text = before + (element.text or "")
            if after:
                append(element, after)
    for items in root.iter("ol"):
        number_items(items, declared, sheets)


def words_of(element: etree._Element, found: dict[str, Value]) -> str:
    """Give the text that sheets put beside an element's; empty for none, for what isn't seen, and for signs that are no text."""
    content = found.get("content")
    if not isinstance(content, Content) or is_away(found):
        return ""
    # By the names that there are: others may be none that an attribute could have.
    said: dict[str, str] = {str(name): str(value) for name, value in element.attrib.items()}
    text = ICONS.sub("", "".join(words or said.get(name, "") for words, name in content.parts))
    return text[:LONGEST] if WORDS.search(text) else ""


def is_away(found: dict[str, Value]) -> bool:
    """Return True if generated text isn't shown."""
    return (
        found.get("display") == "none"
        or found.get("visibility") in {"hidden", "collapse"}
        or found.get("line-through") is True
        or any(found.get(name) in {0.0, True} for name in ("opacity", "font-size", "flat-height", "flat-width"))
        or any(value is True for name, value in found.items() if name.startswith(("far-", "cut-")))
    )


def append(element: etree._Element, text: str) -> None:
    """Write text at the end of an element's."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def number_items(items: etree._Element, declared: dict[etree._Element, dict[str, Value]], sheets: StyleSheets) -> None:
    """Write the numbers of a list's items; those of links, as of menus, are left out.

    A sheet kept elsewhere may take the numbers away, as most do, unless the page itself says how they are written.
    """
    said = declared.get(items, {}).get("list-style-type") or items.get("type")
    if sheets.outside and not said:
        return
    found = list(items.iterchildren("li"))
    back = items.get("reversed") is not None
    count = read_number(items.get("start"), len(found) if back else 1)
    for item in found:
        own = declared.get(item, {})
        count = read_number(item.get("value"), count)
        form = FORMS.get(str(own.get("list-style-type") or item.get("type") or said or "decimal"))
        if form is not None and own.get("display") in {None, "list-item"}:
            write_mark(item, write_count(count, form[0]) + form[1])
        count += -1 if back else 1


def read_number(text: str | None, default: int) -> int:
    """Read a number, or take the default."""
    match = NUMBER.fullmatch(text or "")
    return int(match[1]) if match else default


def write_mark(item: etree._Element, mark: str) -> None:
    """Write an item's number before its first words, unless it has a typed one or is a link."""
    for element in item.iter("*"):
        if element.tag == "a":
            return
        text = (element.text or "").lstrip()
        if text:
            if not TYPED.match(text):
                element.text = NumberingMark(mark, "tab").join(text)
            return
