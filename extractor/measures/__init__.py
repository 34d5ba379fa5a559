"""Measures of one year against those of another: which sentences were kept, reworded, new, dropped.

Works on normalised text, so that neither script nor regional wording shows; marks and the notice's own policy year
don't count either. What is equal then is kept. The rest is paired by shared words: first where two sentences are each
other's best match, then, with less asked for, inside sections that pairs have shown to belong together. Everything is
counted in whole numbers and made so that comparing the other way round gives the mirror image.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from extractor.measures.align import align_measures
from extractor.measures.units import Unit, by_place, notices_of, units, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.measures.units import Places
    from extractor.model import Comparison, Measure, NoticeResult
    from extractor.resources import Resources

__all__ = ["KeptMeasures", "Unit", "align_measures", "compare_measures", "units", "with_measures", "words_of"]


class KeptMeasures(Protocol):
    """Measures made before, by a digest of the notices compared."""

    def get(self, digest: str) -> tuple[Measure, ...] | None:
        """Return the measures kept for a digest, if there are any."""

    def put(self, digest: str, value: tuple[Measure, ...]) -> None:
        """Keep measures."""


def with_measures(
    comparisons: Iterable[Comparison],
    results: Iterable[NoticeResult],
    resources: Resources,
    kept: KeptMeasures | None = None,
) -> tuple[Comparison, ...]:
    """Add the measures to comparisons of a region's years; one of two regions stays as it is."""
    places = by_place(results)
    return tuple(
        one
        if one.against or one.from_ == one.to
        else replace(one, measures=compare_measures(places, one.region, (one.from_, one.to), resources, kept))
        for one in comparisons
    )


def compare_measures(
    places: Places,
    region: str | None,
    years: tuple[int, int],
    resources: Resources,
    kept: KeptMeasures | None = None,
) -> tuple[Measure, ...]:
    """Compare the measures that a region's notices of two policy years hold; empty where a year has no notice.

    Notices whose region is unknown are not compared: they may be of different places. What is ``kept`` is not made
    again: measures follow from the notices' ids and the bytes they were read from.
    """
    before, after = (notices_of(places.get((region, year), ())) for year in years)
    if region is None or not before or not after:
        return ()
    names = [[f"{one.notice.notice_id} {one.notice.source.sha256}" for one in side] for side in (before, after)]
    digest = hashlib.sha256(repr(names).encode()).hexdigest()
    found = kept.get(digest) if kept else None
    if found is None:
        found = align_measures(units(before, resources), units(after, resources), lambda: words_of(resources))
        if kept:
            kept.put(digest, found)
    return found
