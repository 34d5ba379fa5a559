"""Applies the edits of one step after another and keeps the way back to the source.

A step gives its edits as (start, end, replacement) in the coordinates of the text that it was given, sorted and
disjoint, each with ``start < end``. Where two steps touch the same source characters, `Editor.finish` merges their
edits into one whose reason names both (``script+lexicon``), so that replaying the edits on the source always gives
the normalised text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress, repeat
from operator import itemgetter, ne
from typing import TYPE_CHECKING, TypeAlias

from extractor.model import AlignedText, Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import SourceText

Change: TypeAlias = tuple[int, int, str]


def differing_runs(old: str, new: str, offset: int = 0) -> list[Change]:
    """Give the changes that turn ``old`` into ``new`` of the same length, neighbours grouped.

    >>> differing_runs("保障醫療", "保障医疗")
    [(2, 4, '医疗')]
    """
    changes: list[Change] = []
    start = end = -1
    for at in compress(range(len(old)), map(ne, old, new)):
        if at != end:
            if end > 0:
                changes.append((start + offset, end + offset, new[start:end]))
            start = at
        end = at + 1
    if end > 0:
        changes.append((start + offset, end + offset, new[start:end]))
    return changes


class Editor:
    """The text as the steps done so far left it, and what they did; lives for one call of `normalise`."""

    def __init__(self, source: SourceText) -> None:
        """Start with the source text itself."""
        self.text = source.text
        self._source = source
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None
        self._log: list[tuple[int, int, str, str, str]] = []
        self._reasons: list[str] = []

    def apply(self, changes: Sequence[Change], reason: str, details: Sequence[str] = ()) -> None:
        """Make one step's changes; ``details``, one for each, say what they rest on. Linear in text and changes."""
        if not changes:
            return
        self._reasons.append(reason)
        self._record(changes, reason, details or repeat(""))
        resized = [change for change in changes if len(change[2]) != change[1] - change[0]]
        if resized:
            self._splice(resized)
        pieces: list[str] = []
        at = 0
        text = self.text
        for start, end, replacement in changes:
            pieces += (text[at:start], replacement)
            at = end
        pieces.append(text[at:])
        self.text = "".join(pieces)

    def place(self, start: int, end: int) -> Span:
        """Return the source range of a stretch of the text as it stands, which is not empty."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        return Span(self._starts[start], self._ends[end - 1])

    def finish(self, lost: tuple[Span, ...] = (), *, missing: int = 0) -> AlignedText:
        """Return the aligned text, its edits sorted and disjoint.

        ``lost`` are source ranges that nothing repaired, ``missing`` counts figures that aren't there.
        """
        log = sorted(self._log, key=itemgetter(0))
        edits: list[Edit] = []
        at = 0
        while at < len(log):
            start, end, replacement, reason, detail = log[at]
            last = at + 1
            while last < len(log) and log[last][0] < end:
                end = max(end, log[last][1])
                last += 1
            if last > at + 1:
                replacement = self._image(start, end)
                reason = "+".join(sorted({row[3] for row in log[at:last]}, key=self._reasons.index))
                detail = "; ".join(dict.fromkeys(row[4] for row in log[at:last] if row[4]))
            edits.append(Edit(start, end, replacement, reason, detail))
            at = last
        return AlignedText(self._source, self.text, self._starts, self._ends, tuple(edits), lost, missing)

    def _record(self, changes: Sequence[Change], reason: str, details: Iterable[str]) -> None:
        starts, ends = self._starts, self._ends
        if starts is None or ends is None:
            self._log.extend([(*change, reason, detail) for change, detail in zip(changes, details, strict=False)])
            return
        for (start, end, replacement), detail in zip(changes, details, strict=False):
            first, last = starts[start], ends[end - 1]
            size = end - start
            if size > 1 and size == len(replacement) and last - first != size:
                # 醫(yī)療 -> 医疗: the gloss between the two is another edit, so these are two as well.
                self._log.extend(
                    (starts[start + i], ends[start + i], replacement[i], reason, detail) for i in range(size)
                )
            else:
                self._log.append((first, last, replacement, reason, detail))

    def _splice(self, changes: Iterable[Change]) -> None:
        """Carry the arrays over changes of length; every new character comes from the whole range it replaces."""
        old_starts, old_ends = self._starts, self._ends
        if old_starts is None or old_ends is None:
            places = array("I", range(len(self.text) + 1))
            old_starts, old_ends = places[:-1], places[1:]
        starts, ends = array("I"), array("I")
        at = 0
        for start, end, replacement in changes:
            starts += old_starts[at:start]
            ends += old_ends[at:start]
            if replacement:
                starts.extend([old_starts[start]] * len(replacement))
                ends.extend([old_ends[end - 1]] * len(replacement))
            at = end
        self._starts = starts + old_starts[at:]
        self._ends = ends + old_ends[at:]

    def _image(self, start: int, end: int) -> str:
        """Cut the normalised text that a source range became; its borders are borders of edits."""
        if self._starts is None:
            return self.text[start:end]
        return self.text[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
