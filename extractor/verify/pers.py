"""Whether a claim is per what the stated figure is per."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.dataset.implied import implied_per
from extractor.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Collection

    from extractor.resources import Resources

_TIMES = frozenset({"hour", "day", "meal", "month", "quarter", "semester", "season", "year"})


def per_fits(claimed: Collection[str], stated: Collection[str], indicator: str | None, resources: Resources) -> bool:
    """Say whether a claim is per nothing else than the stated figure; it may leave out what that is per.

    What goes without saying (每人每年) may be said, but 每年 isn't what a figure per month is per, nor 每人 one per household.
    """
    more = set(claimed) - set(stated)
    clash = any(bool(more & kind) and bool(set(stated) & kind) for kind in (_TIMES, {*more, *stated} - _TIMES))
    return not clash and more <= resources.built(implied_per).of(indicator)


def per_words(stated: Collection[str], indicator: str | None, resources: Resources) -> frozenset[str]:
    """List the words for what a figure is per, said or not (每人, 人均)."""
    implied = resources.built(implied_per).of(indicator)
    known = {*stated, *(word for word in implied if per_fits({word}, stated, indicator, resources))}
    rows = read_toml(resources.root / "units.toml").get("per", ())
    return frozenset(form for row in rows if row["id"] in known for form in row["before"])
