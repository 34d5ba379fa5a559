"""Writes aligned sentences as measures: places in the source and, where words changed, which."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from extractor.model import Measure, MeasureSide, WordEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    from extractor.build.sentence_diff.sentences import ComparedSentence, Cut
    from extractor.model import SentenceRecord

    # Words [start:end] of one side and of the other.
    Gap: TypeAlias = tuple[int, int, int, int]


class Cutting(NamedTuple):
    """A sentence cut into words: the words and where each begins, with the end of the last."""

    record: SentenceRecord
    words: tuple[str, ...]
    at: tuple[int, ...]


def one_sided(kind: Literal["new", "dropped"], unit: ComparedSentence) -> Measure:
    """Write a sentence that stands on one side only."""
    before, after = (None, _side(unit)) if kind == "new" else (_side(unit), None)
    return Measure(kind=kind, before=before, after=after, similarity=None)


def kept(before: ComparedSentence, after: ComparedSentence) -> Measure:
    """Write a pair that says the same."""
    return Measure(kind="kept", before=_side(before), after=_side(after), similarity="1.00")


def reworded(before: ComparedSentence, after: ComparedSentence, likeness: int, cut: Cut) -> Measure:
    """Write a pair that changed, with its edits; ``likeness`` in thousandths."""
    sides = _cut(before, cut), _cut(after, cut)
    # Which of two equally short ways is found depends on the order: one order for both directions.
    if sides[0].words <= sides[1].words:
        gaps = _join(_gaps(sides[0].words, sides[1].words), sides[0].words)
    else:
        turned = _join(_gaps(sides[1].words, sides[0].words), sides[1].words)
        gaps = [(c, d, a, b) for a, b, c, d in turned]
    hundredths = min(round(likeness / 10), 99)  # 1.00 is for what was kept
    return Measure(
        kind="reworded",
        before=_side(before),
        after=_side(after),
        similarity=f"0.{hundredths:02}",
        edits=tuple(_edit(*sides, gap) for gap in gaps),
    )


def _side(unit: ComparedSentence) -> MeasureSide:
    record = unit.record
    return MeasureSide(notice_id=unit.notice_id, section=record.section, start=record.start, end=record.end)


def _cut(unit: ComparedSentence, cut: Cut) -> Cutting:
    words = tuple(cut(unit.text))
    return Cutting(unit.record, words, tuple(accumulate(map(len, words), initial=0)))


def _gaps(before: Sequence[str], after: Sequence[str]) -> Iterator[Gap]:
    """Yield the stretches of words between those that stay."""
    from rapidfuzz.distance import LCSseq

    i = j = 0
    for code in LCSseq.opcodes(before, after):
        if code.tag != "equal":
            continue
        if i < code.src_start or j < code.dest_start:
            yield i, code.src_start, j, code.dest_start
        i, j = code.src_end, code.dest_end
    if i < len(before) or j < len(after):
        yield i, len(before), j, len(after)


def _join(gaps: Iterator[Gap], words: Sequence[str]) -> list[Gap]:
    """Join gaps with only a single letter (的, 和) between them, which would tear phrases into crumbs."""
    joined: list[Gap] = []
    for gap in gaps:
        if joined:
            between = words[joined[-1][1] : gap[0]]
            if len(between) == 1 and len(between[0]) == 1 and between[0].isalpha():
                joined[-1] = (joined[-1][0], gap[1], joined[-1][2], gap[3])
                continue
        joined.append(gap)
    return joined


def _edit(before: Cutting, after: Cutting, gap: Gap) -> WordEdit:
    old, new = (before.at[gap[0]], before.at[gap[1]]), (after.at[gap[2]], after.at[gap[3]])
    before_start, before_end = _to_source(before.record, *old)
    after_start, after_end = _to_source(after.record, *new)
    return WordEdit(
        op="replace" if old[0] < old[1] and new[0] < new[1] else "delete" if old[0] < old[1] else "insert",
        before=before.record.text[slice(*old)],
        after=after.record.text[slice(*new)],
        before_start=before_start,
        before_end=before_end,
        after_start=after_start,
        after_end=after_end,
    )


def _to_source(record: SentenceRecord, start: int, end: int) -> tuple[int, int]:
    """Map a range of a sentence's text to the source; an empty one to a place."""
    if start < end:
        return _place(record, start)[0], _place(record, end - 1)[1]
    at = _place(record, start)[0] if start < len(record.text) else record.end
    return at, at


def _place(record: SentenceRecord, index: int) -> tuple[int, int]:
    at, start, end = record.runs[bisect_right(record.runs, index, key=_first) - 1]
    return start + index - at, end + index - at


def _first(run: tuple[int, int, int]) -> int:
    return run[0]
