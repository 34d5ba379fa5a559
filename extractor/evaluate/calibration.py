"""Whether the risks that a review goes by are true: how many of the readings said to be wrong one time in five are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.dataset.risk import Risks
    from extractor.evaluate.scoring import FactVerdict

# Upper ends of the bands, in percent.
BANDS = (5, 10, 20, 40, 100)


class Band(NamedTuple):
    """Figures of like risk: from ``low`` to ``high`` percent; the sum of their risks, and how many were wrong."""

    low: int
    high: int
    figures: int
    expected: Fraction
    wrong: int


def calibration(verdicts: Iterable[FactVerdict], risks: Risks) -> list[Band]:
    """Put judged figures into bands of risk; bands without figures are left out."""
    found: dict[int, list[tuple[Fraction, bool]]] = {}
    for fact, wrong in verdicts:
        risk = risks.of(fact)
        high = next(end for end in BANDS if risk * 100 <= end)
        found.setdefault(high, []).append((risk, wrong))
    lows = dict(zip(BANDS, (0, *BANDS), strict=False))
    return [
        Band(lows[high], high, len(items), sum((risk for risk, _ in items), Fraction(0)), sum(bad for _, bad in items))
        for high, items in sorted(found.items())
    ]
