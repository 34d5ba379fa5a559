"""Counts what was wrong with a text, from the edits that repaired it and the characters that nothing could repair."""

from __future__ import annotations

import re
from collections import Counter

import regex

from extractor.model import AlignedText, Damage, Quality
from extractor.normalise.chars import HAN

_KINDS = {
    "gloss": "pinyin_gloss",
    "doubled": "doubled_mark",
    "wrap": "wrapped_line",
    "page_mark": "page_mark",
}
_LOST = frozenset({"private_use", "replacement_character"})

# The private use areas of Unicode (category Co).
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def damage(text: AlignedText) -> tuple[Damage, ...]:
    """Count each kind of damage that a text was found with, by kind; traditional script is none."""
    counts: Counter[str] = Counter()
    spread_end = -1
    for edit in text.edits:
        for reason in edit.reason.split("+"):
            if reason in _KINDS:
                counts[_KINDS[reason]] += 1
            elif reason == "spaces":
                counts["spaced_figure"] += _is_figure(text.source.text, edit.start, edit.end)
            elif reason == "letters":
                # 财 政 部 is one word spread apart, though two spaces went.
                counts["spread_letters"] += edit.start != spread_end + 1
                spread_end = edit.end
    counts["private_use"] = len(_PRIVATE.findall(text.text))
    # A ? that `find_punctuation` left half-width in Chinese text stands for a lost byte.
    lost = rf"\ufffd|(?<=[{HAN}])\?|\?(?=[{HAN}])"
    if "?" in text.text or "\ufffd" in text.text:
        counts["replacement_character"] = len(regex.findall(lost, text.text))
    return tuple(Damage(kind, count) for kind, count in sorted(counts.items()) if count)


def assess(text: AlignedText) -> Quality:
    """Sum the damage up as repaired and lost."""
    found = damage(text)
    lost = sum(item.count for item in found if item.kind in _LOST)
    return Quality(found, sum(item.count for item in found) - lost, lost)


def _is_figure(text: str, start: int, end: int) -> bool:
    """Say whether the space removed at a place stood in or at a figure; beside a mark it is mere typing."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return (left.isdigit() and right.isalnum()) or left in {"%", "％"} or (left.isalnum() and right.isdigit())
