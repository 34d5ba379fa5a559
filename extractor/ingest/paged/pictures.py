"""Small pictures within a line of words: they may be digits of a figure, which nobody can quote."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import regex

from extractor.ingest.paged.geometry import Run, middle_of

LOST = "\ufffd"
# In sizes of the font beside: how high and wide a picture of digits is, and how near the words beside it are.
LOWEST, HIGHEST, WIDEST = 0.4, 1.8, 8.0
NEAR = 1.2
MOST_PICTURES = 500
# What stands after a figure, and what goes on one.
_AFTER = regex.compile(r"[\d.%％‰元万亿千百个周岁天日月年人户倍家次种项名角分]")
_BEFORE = regex.compile(r"[\p{Han}\d.：:（(]")


def picture_runs(runs: list[Run], pictures: list[tuple[float, float, float, float]]) -> list[Run]:
    """Put a lost character where a picture stands in place of digits: beside a digit, or between words and a unit."""
    if not pictures or len(pictures) > MOST_PICTURES:
        return []
    upright = sorted((run for run in runs if not run.beside and run.state != "unseen"), key=middle_of)
    found: list[Run] = []
    for box in pictures:
        left, top, right, bottom = box
        high, wide = bottom - top, right - left
        row = upright[bisect_left(upright, top, key=middle_of) : bisect_right(upright, bottom, key=middle_of)]
        before = max((run for run in row if run.right <= left + NEAR), key=lambda run: run.right, default=None)
        after = min((run for run in row if run.left >= right - NEAR), key=lambda run: run.left, default=None)
        if before is None or after is None or any(left < (run.left + run.right) / 2 < right for run in row):
            continue
        size = max(before.size, after.size)
        if not (LOWEST * size <= high <= HIGHEST * size and wide <= WIDEST * size):
            continue
        if left - before.right > NEAR * size or after.left - right > NEAR * size:
            continue
        one, other = before.text.rstrip()[-1:], after.text[:1]
        if (one.isdigit() and other.isalnum()) or (_BEFORE.match(one) and _AFTER.match(other)):
            found.append(Run(LOST, left, before.top, right, before.bottom, size))
    return found
