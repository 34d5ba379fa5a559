"""One notice of the corpus as plain parts, to be written in every format that users meet.

The notice is our restatement of Jiangxi's for 2022 (``corpus/360000/2022-resident-medical.html``): about 4,000
characters with a table. Each ``build_*.py`` beside this file turns the parts into the bytes of one format, as an office
would publish it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from lxml import html

NOTICE = Path(__file__).parents[1] / "corpus/360000/2022-resident-medical.html"


class Part(NamedTuple):
    """A paragraph, or a table: its ``rows`` of cells, the first of them the header; a cell under a taller one is ''."""

    kind: Literal["title", "number", "addressees", "heading", "text", "caption", "table", "signature"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


_KINDS = {"h1": "title", "h2": "heading", "wh": "number", "to": "addressees", "sign": "signature", "date": "signature"}


def parts() -> list[Part]:
    """List the parts of the notice in order."""
    article = html.parse(str(NOTICE)).getroot().find(".//article")
    found = []
    for element in article:
        if element.tag == "table":
            found += [Part("caption", _text(element.find("caption"))), Part("table", rows=_rows(element))]
        elif text := _text(element):
            found.append(Part(_KINDS.get(element.get("class") or element.tag, "text"), text))
    return found


def _text(element) -> str:
    return " ".join(element.text_content().split())


def _rows(table) -> tuple[tuple[str, ...], ...]:
    """Lay the cells out; those that a taller cell covers are blank."""
    taken: dict[tuple[int, int], str] = {}
    rows = list(table.iter("tr"))
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            for below in range(int(cell.get("rowspan", 1))):
                taken[at + below, column] = "" if below else _text(cell)
            column += 1
    width = 1 + max(column for _, column in taken)
    return tuple(tuple(taken.get((at, column), "") for column in range(width)) for at in range(len(rows)))
