"""A notice as plain text: a paragraph a line, the cells of a table parted by TAB, as a copy from a reader gives it."""

from __future__ import annotations


def make(parts, *, encoding="utf-8", indent="　　", newline="\n", blank=False) -> bytes:
    """Write the parts as text; ``indent`` begins paragraphs of prose, ``blank`` puts a blank line after each."""
    lines = []
    for part in parts:
        if part.kind == "table":
            lines += ["\t".join(row) for row in part.rows]
        else:
            lines.append((indent if part.kind in {"heading", "text"} else "") + part.text)
    return (newline * (2 if blank else 1)).join([*lines, ""]).encode(encoding)
