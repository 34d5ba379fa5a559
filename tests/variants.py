"""One notice written in the many ways in which it reaches a reader: what it says stays, so that no figure may move."""

from __future__ import annotations

import random
import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import build_docx
import build_html
import build_ofd
import build_pdf
import build_txt
import opencc

if TYPE_CHECKING:
    from formats import Part

_WIDE = str.maketrans({**{chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)}, "%": "％", ".": "．"})
_HALF = str.maketrans({"，": ",", "；": ";", "：": ":", "（": "(", "）": ")"})
_ITEMS = "一二三四五六七八九十"
_TRADITIONAL = opencc.OpenCC("s2t").convert


def _wide(text: str) -> str:
    """Write figures in full width; a document number's and a date's, too."""
    return re.sub(r"[0-9]+(?:\.[0-9]+)?%?", lambda match: match[0].translate(_WIDE), text)


def _spaced(text: str) -> str:
    """Put a space before and behind each figure, as many typists do."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9０-９])|(?<=[0-9０-９%％])(?=[\u4e00-\u9fff])", " ", text)


def _numbered(text: str) -> str:
    """Number items 1. and (1) in place of 一、 and （一）."""
    text = re.sub(rf"^([{_ITEMS}])、", lambda match: f"{_ITEMS.index(match[1]) + 1}.", text)
    return re.sub(rf"^（([{_ITEMS}])）", lambda match: f"（{_ITEMS.index(match[1]) + 1}）", text)


# In the order in which they are made: items are told by their full signs.
WORDS = {
    "items": {"chinese": str, "arabic": _numbered, "halved": lambda text: re.sub(r"^（(.{1,2})）", r"(\1)", text)},
    "script": {"simplified": str, "traditional": _TRADITIONAL},
    "width": {"half": str, "full": _wide},
    "signs": {"full": str, "half": lambda text: text.translate(_HALF)},
    "spaces": {"none": str, "around": _spaced},
}
FORMS = {
    "txt": build_txt.make,
    "txt-wrapped": lambda parts: build_txt.make([_wrapped(part) for part in parts]),
    "txt-gb18030": lambda parts: build_txt.make(parts, encoding="gb18030", newline="\r\n"),
    "txt-blank": lambda parts: build_txt.make(parts, indent="", blank=True),
    "html": build_html.make,
    "docx": build_docx.make,
    "pdf": build_pdf.make,
    "ofd": build_ofd.make,
}


def _wrapped(part: Part) -> Part:
    """Break the lines of a paragraph after 40 signs, wherever that is."""
    if part.kind != "text" or len(part.text) <= 40:
        return part
    lines = [part.text[at : at + 40] for at in range(0, len(part.text), 40)]
    return part._replace(text="\n".join(lines))


class Variant(NamedTuple):
    """A way of writing: of each kind of difference one, and the format."""

    items: str
    script: str
    width: str
    signs: str
    spaces: str
    form: str

    def write(self, parts: list[Part]) -> bytes:
        """Write a notice so."""
        return FORMS[self.form]([self._part(part) for part in parts])

    def _part(self, part: Part) -> Part:
        rows = tuple(tuple(map(self._text, row)) for row in part.rows)
        return part._replace(text=self._text(part.text), rows=rows)

    def _text(self, text: str) -> str:
        for kind, ways in WORDS.items():
            text = ways[getattr(self, kind)](text)
        return text


def variants(count: int) -> list[Variant]:
    """Choose some of all ways, the same every time; the plainest of each format first."""
    everything = [Variant(*one) for one in product(*WORDS.values(), FORMS)]
    plain = everything[: len(FORMS)]
    rest = everything[len(FORMS) :]
    random.Random(0).shuffle(rest)  # noqa: S311 - no secret
    return [*plain, *rest][:count]
