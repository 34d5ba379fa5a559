"""Figures and deadlines that moved between two states of a dataset.

A later year's differs from the last one known, or a year's own was changed. That a notice came that says the same, or something
for the first time, moves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.points import figure_of_point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Point, Series


class Move(NamedTuple):
    """A figure before and after; ``corrected``: of one and the same year."""

    series: Series
    before: Point
    after: Point
    corrected: bool


def moves(old: Iterable[Series], new: Iterable[Series]) -> list[Move]:
    """List what moved, in the order of the new series and years; the points before are of ``old``, or of ``new``."""
    known = {series.series_id: series for series in old}
    return [
        move
        for series in new
        if (before := known.get(series.series_id))
        for move in (*_corrected(before, series), *_later(before, series))
    ]


def _corrected(old: Series, new: Series) -> Iterable[Move]:
    """List the years whose figure is another one; what was merely worked out and isn't any longer says nothing."""
    after = _by_year(new)
    for year, points in _by_year(old).items():
        yield from _pairs(new, points, after.get(year, []), corrected=True)


def _later(old: Series, new: Series) -> Iterable[Move]:
    """List the years behind the last one known whose figure differs from that of the year before them."""
    years = _by_year(new)
    last = max((year for year in _by_year(old) if year in years), default=None)
    if last is None:
        return
    before = years[last]
    for year in sorted(year for year in years if year > last):
        yield from _pairs(new, before, years[year], corrected=False)
        before = years[year]


def _pairs(series: Series, before: list[Point], after: list[Point], *, corrected: bool) -> Iterable[Move]:
    """Pair the figures that only one side has, by deadline; one that a side merely lacks is none that moved."""
    said = {figure_of_point(point) for point in before} & {figure_of_point(point) for point in after}
    gone, come = ([point for point in side if figure_of_point(point) not in said] for side in (before, after))
    yield from (Move(series, *pair, corrected) for pair in zip(gone, come, strict=False))


def _by_year(series: Series) -> dict[int, list[Point]]:
    years: dict[int, list[Point]] = {}
    for point in series.points:
        if point.status != "derived":
            years.setdefault(point.year, []).append(point)
    return years
