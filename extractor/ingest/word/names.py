"""Names of WordprocessingML elements and attributes as lxml writes them, and how their values are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{WORD}val"
OFF = frozenset({"0", "false", "off", "none"})
# Longer numbers than any that the format allows.
MOST_DIGITS = 9


def word(names: str) -> frozenset[str]:
    """List WordprocessingML elements by their names."""
    return frozenset(WORD + name for name in names.split())


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Find a WordprocessingML child by its name."""
    return element.find(WORD + name) if element is not None else None


def value(element: etree._Element | None, name: str) -> str | None:
    """Read ``<w:name w:val="…"/>`` within an element; None where there is none."""
    found = child(element, name)
    return found.get(VAL) if found is not None else None


def number(text: str | None, default: int) -> int:
    """Read a whole number; ``default`` where it is missing or none.

    >>> number("3", 0), number("-1", 0), number("x", 7), number("9" * 99, 7)
    (3, -1, 7, 7)
    """
    digits = (text or "").strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return default
    return int((text or "").strip())


def switch(element: etree._Element | None, name: str) -> bool | None:
    """Read a property that is on or off; None where nothing is said."""
    found = child(element, name)
    return None if found is None else (found.get(VAL) or "1") not in OFF
