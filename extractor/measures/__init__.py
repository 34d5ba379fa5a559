"""Measures of one year against those of another: which sentences were kept, reworded, new, dropped.

Works on normalised text, so that neither script nor regional wording shows; marks and the notice's own policy year
don't count either. What is equal then is kept. The rest is paired by shared words: first where two sentences are each
other's best match, then, with less asked for, inside sections that pairs have shown to belong together. Everything is
counted in whole numbers and made so that comparing the other way round gives the mirror image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.measures.align import align_measures
from extractor.measures.units import Unit, cutter, notices_of, units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Measure, NoticeResult
    from extractor.resources import Resources

__all__ = ["Unit", "align_measures", "compare_measures", "cutter", "notices_of", "units"]


def compare_measures(
    results: Iterable[NoticeResult], region: str, years: tuple[int, int], resources: Resources
) -> tuple[Measure, ...]:
    """Compare the measures that a region's notices of two policy years hold; empty where a year has no notice."""
    found = list(results)
    before, after = (notices_of(found, region, year) for year in years)
    if not before or not after:
        return ()
    return align_measures(units(before, resources), units(after, resources), lambda: cutter(resources))
