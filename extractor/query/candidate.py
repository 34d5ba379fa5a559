"""A point of a series that may answer a question, and by which words it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.model import Point, Series


class PointCandidate(NamedTuple):
    """A point that may answer: ``met`` are the kinds of words it was found by, ``unmatched`` those it doesn't name.

    ``payer`` is the one that it was found by.
    """

    series: Series
    point: Point
    met: frozenset[str]
    unmatched: tuple[str, ...]
    payer: str | None = None
