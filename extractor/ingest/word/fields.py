r"""Fields of a Word document whose result isn't in the file: what Word shows for them is made from their code.

These are equations by the field ``EQ`` (``EQ \F(2,3)`` is a fraction), and the choices and entries of old forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from extractor.ingest.counts import circled
from extractor.ingest.raised import write_raised
from extractor.ingest.word.names import WORD, child, number, value

if TYPE_CHECKING:
    from lxml import etree

LONGEST_CODE = 1_000
DEEPEST = 8
RINGS = frozenset("○〇◯⭕")
PIECE = regex.compile(
    r"\\(?P<name>[A-Za-z]{1,2})(?P<options>(?:\s*\\[A-Za-z]{2}-?\d*)*+)\s*(?P<open>\()|\\(?P<plain>.)|(?P<sign>.)"
)


@dataclass(slots=True)
class Field:
    """A field that is open: its code, whether it is still read, and where its result begins."""

    data: etree._Element | None
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    shown_from: int | None = None


def made_from(code: str, data: etree._Element | None) -> str:
    r"""Make what a field without a result shows.

    >>> made_from(r" EQ \F(2,3) ", None), made_from(r"eq \o\ac(○,1)", None)
    ('2/3', '①')
    """
    code = code.strip()[:LONGEST_CODE]
    name = code.partition(" ")[0].upper()
    if name == "EQ":
        return "".join(equation(code[2:].strip(), 0)[0])
    choices = child(data, "ddList")
    if name == "FORMDROPDOWN" and choices is not None:
        entries = [entry.get(f"{WORD}val") or "" for entry in choices.iterchildren(f"{WORD}listEntry")]
        chosen = number(value(choices, "result") or value(choices, "default"), 0)
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return (value(child(data, "textInput"), "default") or "") if name == "FORMTEXT" else ""


def equation(code: str, depth: int, at: int = 0) -> tuple[list[str], int]:
    """Read an equation up to its end or the bracket that closes it: its arguments, and where it ends."""
    arguments = [""]
    while at < len(code) and code[at] != ")":
        match = PIECE.match(code, at)
        if match is None:
            break
        at = match.end()
        if match["open"] and depth < DEEPEST:
            inner, at = equation(code, depth + 1, at)
            at += 1
            arguments[-1] += written(match["name"].upper(), match["options"].lower(), inner, arguments[-1])
        elif match["sign"] in {",", ";"} and depth:
            arguments.append("")
        else:
            arguments[-1] += match["plain"] or match["sign"] or ""
    return [argument.strip() if depth else argument for argument in arguments], at


def written(name: str, options: str, arguments: list[str], before: str) -> str:
    """Write one part of an equation on a line: a fraction, a ring around a number, a raised sign."""
    if name == "F":
        return "/".join(arguments)
    if name == "O" and RINGS.issuperset(arguments[0]) and arguments[-1].isdecimal():
        return circled(int(arguments[-1][:4]))
    if name == "S":
        return write_raised("".join(arguments), before, under="do" in options and "up" not in options)
    if name == "R":
        return f"√{''.join(arguments[-1:])}"
    if name == "B":
        return f"({''.join(arguments)})"
    return "".join(arguments)
