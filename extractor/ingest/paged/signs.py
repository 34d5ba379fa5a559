"""Signs that aren't set as the words around them: seen through or hidden, as tall as several lines, raised or lowered.

Rows are made of words of one height. So what stands over words or beside several lines of them leaves the rows first, and
a small sign off its line becomes a sign of its own on it (640¹, m², CO2), which no figure takes in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from extractor.ingest.paged.geometry import middle_of, usual_size
from extractor.ingest.raised import write_raised

if TYPE_CHECKING:
    from extractor.ingest.paged.geometry import Run

# Of the usual size of a page: smaller signs aren't tall. Of a tall sign's: what it stands beside is smaller.
LARGE, SMALLER = 1.25, 0.75
# Lines that a tall sign stands beside, and how much of their height they share with it.
LINES, SHARED = 2, 0.3
# In sizes: signs further apart, or off each other's line, aren't drawn together.
APART, OFF = 3.5, 0.2
SAME, BETWEEN = 0.05, 0.25
# In sizes: how far over or under a line the next one of a block ends.
FARTHEST_LINE = 1.5
BRACKETS = frozenset("()（）[]［］{}｛｝〔〕【】《》〈〉⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎫⎬⎭︵︶︷︸|｜")
# A raised or lowered sign, by the size of what it stands at: how large it is at most; how far its line is off, at least
# and at most; how near it stands.
SMALL, RAISED, LOWERED, FAR, BESIDE = 0.8, 0.15, 0.08, 0.9, 0.45
# Of a font's size: where, on average of the readers, the box of a sign ends under its line.
UNDER = 0.16
LONGEST_RAISED = 6


def settle(runs: list[Run]) -> list[Run]:
    """Say which runs are text, and give those that stand off their line a place on it."""
    found = [run._replace(beside=True) if run.state == "unseen" else run for run in runs]
    found = lower_raised(set_apart(found))
    struck = [run for run in found if run.state == "struck" and not run.beside]
    # What is struck out keeps its place, so that what stands around it isn't torn; its words are told beside the text.
    kept = [run._replace(text="") if run.state == "struck" and not run.beside else run for run in found]
    return [*kept, *(run._replace(beside=True) for run in struck)]


def set_apart(runs: list[Run]) -> list[Run]:
    """Take signs over words (watermarks) and tall brackets out of the text; a tall word (文件) goes under its lines."""
    upright = [at for at, run in enumerate(runs) if not run.beside]
    usual = usual_size([runs[at] for at in upright])
    groups = [
        group for group in drawn_together(runs, upright)
        if runs[group[0]].size > LARGE * usual or runs[group[0]].state == "pale"
    ]  # fmt: skip
    if not groups:
        return runs
    words = sorted((runs[at] for at in upright), key=middle_of)
    over = [group for group in groups if any(is_over(runs[at], words) for at in group)]
    marks = {text_of(runs, group) for group in over}
    found = list(runs)
    for group in groups:
        if group in over or text_of(runs, group) in marks:
            for at in group:
                found[at] = runs[at]._replace(beside=True)
            continue
        if runs[group[0]].size <= LARGE * usual or is_in_block(runs, group, words):
            continue
        lines = lines_beside(runs, group, words)
        if len(lines) >= LINES:
            settle_tall(found, group, max(run.bottom for line in lines for run in line))
    return found


def text_of(runs: list[Run], group: list[int]) -> str:
    """Join the signs of a group."""
    return "".join(runs[at].text.strip() for at in group)


def drawn_together(runs: list[Run], indexes: list[int]) -> list[list[int]]:
    """Group signs that are drawn one after another in one size, on one line or one under another."""
    groups: list[list[int]] = []
    for at in indexes:
        if groups:
            last, run = runs[groups[-1][-1]], runs[at]
            size = run.size
            alike = abs(last.size - size) <= SAME * size and last.state == run.state
            along = abs(last.bottom - run.bottom) <= OFF * size and -size < run.left - last.right <= APART * size
            if alike and along:
                groups[-1].append(at)
                continue
        groups.append([at])
    return groups


def is_over(sign: Run, words: list[Run]) -> bool:
    """Return True if a sign is drawn over smaller or darker words: the middle of one lies within its box."""
    near = words[bisect_left(words, sign.top, key=middle_of) : bisect_right(words, sign.bottom, key=middle_of)]
    return any(
        sign.left < (run.left + run.right) / 2 < sign.right
        and (run.size < SMALLER * sign.size or (sign.state == "pale" and run.state != "pale"))
        for run in near
    )


def is_in_block(runs: list[Run], group: list[int], words: list[Run]) -> bool:
    """Return True if signs are a line of several in their size, one under another: large print, beside a column of small."""
    sign = runs[group[0]]
    left, right = min(runs[at].left for at in group), max(runs[at].right for at in group)
    room = FARTHEST_LINE * sign.size
    near = words[
        bisect_left(words, sign.top - room, key=middle_of) : bisect_right(words, sign.bottom + room, key=middle_of)
    ]
    return any(
        abs(run.size - sign.size) <= SAME * sign.size
        and abs(run.bottom - sign.bottom) > (1 - BETWEEN) * sign.size
        and min(run.right, right) - max(run.left, left) > BETWEEN * sign.size
        and run.text.strip() not in BRACKETS
        for run in near
    )


def lines_beside(runs: list[Run], group: list[int], words: list[Run]) -> list[list[Run]]:
    """List the lines that a group of tall signs stands beside: of smaller words, or above and under its own line."""
    sign = runs[group[0]]
    room = sign.size
    near = words[
        bisect_left(words, sign.top - room, key=middle_of) : bisect_right(words, sign.bottom + room, key=middle_of)
    ]
    lines: list[list[Run]] = []
    for run in near:
        shared = min(run.bottom, sign.bottom) - max(run.top, sign.top)
        between = run.size <= (1 + SAME) * sign.size and abs(run.bottom - sign.bottom) > BETWEEN * sign.size
        if not (run.size < SMALLER * sign.size or between) or shared < SHARED * (run.bottom - run.top):
            continue
        if lines and middle_of(run) - middle_of(lines[-1][0]) < (run.bottom - run.top) / 2:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def settle_tall(runs: list[Run], group: list[int], bottom: float) -> None:
    """Place tall signs under the lines they stand beside; brackets around these are no words."""
    for at in group:
        run = runs[at]
        if run.text.strip() in BRACKETS:
            runs[at] = run._replace(beside=True)
        else:
            runs[at] = run._replace(top=bottom, bottom=bottom + 1)


def lower_raised(runs: list[Run]) -> list[Run]:
    """Give small signs off their line the place and the form of signs on it."""
    upright = [run for run in runs if not run.beside]
    if not upright:
        return runs
    largest = max(run.size for run in upright)
    small = [
        at for at, run in enumerate(runs) if not run.beside and run.size <= SMALL * largest and run.state != "field"
    ]
    if not small:
        return runs
    found = list(runs)
    by_end = sorted(upright, key=lambda run: run.right)
    ends = [run.right for run in by_end]
    by_start = sorted(upright, key=lambda run: run.left)
    starts = [run.left for run in by_start]
    hosts: dict[int, Run] = {}
    for at in sorted(small, key=lambda at: runs[at].left):
        run = runs[at]
        reach = BESIDE * largest
        near = by_end[bisect_left(ends, run.left - reach) : bisect_right(ends, run.left + reach)]
        after = by_start[bisect_left(starts, run.right - reach) : bisect_right(starts, run.right + reach)]
        host = next((one for one in (*near, *after) if is_host(one, run)), None)
        if host is not None:
            hosts[at] = host
        elif (last := follows(runs, hosts, at)) is not None:
            hosts[at] = hosts[last]
    for group in raised_groups(runs, hosts):
        lower(found, group, hosts)
    return found


def is_host(host: Run, sign: Run) -> bool:
    """Return True if a sign stands at another one, smaller and off its line."""
    if sign.size > SMALL * host.size or min(host.bottom, sign.bottom) < max(host.top, sign.top):
        return False
    if min(abs(sign.left - host.right), abs(host.left - sign.right)) > BESIDE * host.size:
        return False
    return is_off(host, sign) is not None


def is_off(host: Run, sign: Run) -> str | None:
    """Say how a sign stands off the line of another: ``over``, ``under``, or not at all."""
    up = (host.bottom - sign.bottom - UNDER * (host.size - sign.size)) / host.size
    if RAISED <= up <= FAR:
        return "over"
    return "under" if -FAR <= up <= -LOWERED else None


def follows(runs: list[Run], hosts: dict[int, Run], at: int) -> int | None:
    """Find the raised sign that another one goes on: 12 has two."""
    run = runs[at]
    return next(
        (
            other for other in reversed(hosts)
            if abs(runs[other].size - run.size) <= SAME * run.size and abs(runs[other].bottom - run.bottom) < OFF * run.size
            and -BESIDE * run.size < run.left - runs[other].right < BESIDE * run.size
        ),
        None,
    )  # fmt: skip


def raised_groups(runs: list[Run], hosts: dict[int, Run]) -> list[list[int]]:
    """Group raised signs that stand side by side."""
    groups: list[list[int]] = []
    for at in sorted(hosts, key=lambda at: (round(runs[at].bottom), runs[at].left)):
        if groups:
            last = runs[groups[-1][-1]]
            if (
                abs(last.bottom - runs[at].bottom) < OFF * last.size
                and abs(runs[at].left - last.right) < BESIDE * last.size
            ):
                groups[-1].append(at)
                continue
        groups.append([at])
    return [group for group in groups if len(group) <= LONGEST_RAISED]


def lower(runs: list[Run], group: list[int], hosts: dict[int, Run]) -> None:
    """Put raised signs on the line of what they stand at."""
    host = hosts[group[0]]
    text = "".join(runs[at].text.strip() for at in group)
    before = host.text.strip() if host.left <= runs[group[0]].left else ""
    written = write_raised(text, before, under=is_off(host, runs[group[0]]) == "under")
    for number, at in enumerate(group):
        runs[at] = runs[at]._replace(
            text=written if number == 0 else "", top=host.top, bottom=host.bottom, size=host.size
        )
