"""Short forms that a notice defines: 城乡居民大病保险（以下简称“大病保险”）.

The long form has no mark where it begins. It reaches back at least as far as it needs to hold the letters of the short
form in their order, and from there to the next punctuation or to a word that can't be in a name (完善, 提高).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from extractor.notice.structure.rules import StructureRules

LONGEST = 60
_STOP = regex.compile(r"[。；：！？\n\t（）“”]")
_PAUSE = "，、 　"


def find_definitions(text: str, rules: StructureRules) -> tuple[tuple[str, str], ...]:
    """Find (long form, short form) pairs in the order of the text."""
    found: dict[tuple[str, str], None] = {}
    for match in rules.patterns["definition"].finditer(text):
        short = match.group("short").strip("“” ")
        before = text[max(match.start() - 260, 0) : match.start()].rstrip()
        if short.startswith("《") or before.endswith(("》", "）")):
            long = _titled(before)
        else:
            long = _long_form(before[-LONGEST:], short, rules)
        if long and long != short:
            found[long, short] = None
    return tuple(found)


def _titled(before: str) -> str | None:
    """Read the title that stands right before, perhaps with its number in brackets."""
    match = regex.search(
        r"《([^《》\n]{1,160}+(?:《[^《》\n]{1,120}+》[^《》\n]{0,60}+)?)》(?:[（(][^（）()\n]{1,60}[）)])?$", before
    )
    return match.group(1) if match else None


def _long_form(before: str, short: str, rules: StructureRules) -> str | None:
    """Cut the long form off the end of the words before the bracket."""
    stops = [match.end() for match in _STOP.finditer(before)]
    words = before[stops[-1] :] if stops else before
    need = _reach(words, short)
    floor = need if need is not None else len(words)
    cut = 0
    for at in range(len(words)):
        if words[at] in _PAUSE and at < floor:
            cut = at + 1
    if need is None:
        # The short form is no abbreviation of the words: take the last stretch without a pause.
        cut = max((at + 1 for at in range(len(words)) if words[at] in _PAUSE), default=0)
        floor = max(len(words) - 2, cut)
    for stop in rules.words["definition_stop"]:
        at = words.rfind(stop, cut, max(floor, cut))
        if at >= 0 and at + len(stop) <= floor:
            cut = max(cut, at + len(stop))
    # 2022年继续…: a year is no part of a name.
    return words[cut:].lstrip("0123456789年 ") or None


def _reach(words: str, short: str) -> int | None:
    """Find how far back the letters of the short form reach, from the end; None when some are missing."""
    at = len(words)
    for char in reversed(short):
        at = words.rfind(char, 0, at)
        if at < 0:
            return None
    return at
