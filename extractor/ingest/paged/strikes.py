"""Words that a line is drawn through: they were struck out, and what they say doesn't hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.source_text_builder import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.ingest.paged.geometry import Ruling, Run
    from extractor.model import Box, Damage

# Kinds of damage by the state of a run.
DAMAGE = {"struck": "struck_out", "unseen": "unseen_words", "recognised": "recognised_text"}

# Of a font's size: where the line that characters stand on lies under their top, and how far above it a line goes through
# them. Lines under words lie lower (from -0.25 to 0.05), those over them higher.
BASE = 0.88
LOWEST, HIGHEST = 0.12, 0.62
# Thicker shapes, in points and in parts of the size, hide words or shade them.
THICKEST, THICK = 3.0, 0.25
# Of a character's width: what a line goes through; in sizes: how far it reaches beyond the words. Lines of tables go on.
THROUGH = 0.5
BEYOND = 1.0
# Of a slanted line: how far it may reach over and under the words, in sizes, and how steep it may be.
SLOPE, STEEPEST = 0.2, 0.6


class Struck(NamedTuple):
    """Indexes of the runs struck out, and of the lines that strike them."""

    runs: set[int]
    lines: set[int]


def find_struck(
    runs: list[Run],
    lines: list[Ruling],
    is_drawn: Callable[[int], bool] = lambda _: True,
    slanted: frozenset[int] = frozenset(),
) -> Struck:
    """Find the runs that lines go through from end to end.

    ``is_drawn`` says whether a line, by its index, is seen; ``slanted`` are the indexes of those that rise, fall or go in
    waves, within the boxes given for them.
    """
    flat = [
        at
        for at, line in enumerate(lines)
        if at in slanted or line.bottom - line.top <= min(THICKEST, line.right - line.left)
    ]
    found = Struck(set(), set())
    if not flat:
        return found
    # What a stamp covers of struck words is struck as well.
    words = sorted((run.top + BASE * run.size, at) for at, run in enumerate(runs) if not run.beside)
    bases = [base for base, _ in words]
    largest = max((runs[at].size for _, at in words), default=0.0)
    for number in flat:
        line = lines[number]
        y = (line.top + line.bottom) / 2
        near = words[bisect_left(bases, y) : bisect_right(bases, y + HIGHEST * largest)]
        goes = goes_across if number in slanted else goes_through
        through = [at for base, at in near if goes(line, runs[at], base - y)]
        # Signs (★, dashes) between lines aren't words.
        seen = any(sign.isalnum() for at in through for sign in runs[at].text if runs[at].state != "unseen")
        if not seen or not is_drawn(number):
            continue
        beyond = BEYOND * max(runs[at].size for at in through)
        left, right = min(runs[at].left for at in through), max(runs[at].right for at in through)
        if line.left >= left - beyond and line.right <= right + beyond:
            found.lines.add(number)
            found.runs.update(at for at in through if runs[at].state != "unseen")
    return found


def goes_through(line: Ruling, run: Run, above: float) -> bool:
    """Return True if a line, ``above`` the one that a run stands on, goes through most of it."""
    return (
        LOWEST * run.size <= above <= HIGHEST * run.size
        and line.bottom - line.top <= max(THICK * run.size, 1.0)
        and is_across(line, run)
    )


def goes_across(line: Ruling, run: Run, above: float) -> bool:
    """Return True if a slanted line, its middle ``above`` the one that a run stands on, stays within the run's height."""
    half = (line.bottom - line.top) / 2
    inside = half - SLOPE * run.size <= above <= (BASE + SLOPE) * run.size - half
    return inside and LOWEST * run.size <= above <= HIGHEST * run.size and is_across(line, run)


def is_across(line: Ruling, run: Run) -> bool:
    """Return True if a line reaches over most of a run."""
    return min(line.right, run.right) - max(line.left, run.left) >= THROUGH * (run.right - run.left) > 0


def is_slanted(width: float, height: float) -> bool:
    """Return True if a line, straight or by hand, that reaches so far across and down may strike words: neither flat nor steep."""
    return THICKEST < height <= STEEPEST * width


def damage_of(pages: list[list[Run]]) -> tuple[Damage, ...]:
    """Count, in the runs of pages in the order of drawing, the stretches that aren't read as words usually are."""
    counts: Counter[str] = Counter()
    for runs in pages:
        before = ""
        for run in runs:
            if run.state != before and run.state in DAMAGE:
                counts[DAMAGE[run.state]] += 1
            before = run.state
    return counted(**counts)


class Recognised:
    """Where on a page words stand that a text recognition read from a picture."""

    def __init__(self, runs: list[Run]) -> None:
        """Keep the middles of such runs, from the top down."""
        self.middles = sorted(
            ((run.top + run.bottom) / 2, (run.left + run.right) / 2) for run in runs if run.state == "recognised"
        )

    def is_in(self, box: Box) -> bool:
        """Return True if such words stand in a box."""
        if not self.middles:
            return False
        first, last = bisect_left(self.middles, (box.top, 0.0)), bisect_right(self.middles, (box.bottom, box.right))
        return any(box.left <= x <= box.right for _, x in self.middles[first:last])
