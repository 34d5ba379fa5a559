"""Decides between overlapping finds: the higher priority wins, then the longer, then the earlier, then the first row."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Find(NamedTuple, Generic[T]):
    """Something found at a place; ``order`` keeps the rows' order for ties."""

    start: int
    end: int
    priority: int
    order: int
    item: T


def choose(finds: list[Find[T]]) -> list[Find[T]]:
    """Return a selection without overlaps, sorted by place.

    >>> [f.item for f in choose([Find(0, 2, 1, 0, "short"), Find(0, 5, 1, 1, "long"), Find(5, 6, 0, 0, "next")])]
    ['long', 'next']
    """
    if len(finds) <= 1:
        return finds
    base = min(find.start for find in finds)
    # One byte a character: linear also in a sentence of a million characters.
    taken = bytearray(max(find.end for find in finds) - base)
    chosen = []
    for find in sorted(finds, key=lambda find: (-find.priority, find.start - find.end, find.start, find.order)):
        start, end = find.start - base, find.end - base
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(find)
    return sorted(chosen, key=lambda find: find.start)
