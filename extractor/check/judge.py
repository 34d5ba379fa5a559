"""Judges figures by themselves: whether they add up, keep to a bound, conform, agree.

Nothing here knows of notices: the rows' examples run against these functions alone.
"""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation, localcontext
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.check.rows import Identity, Status
    from extractor.model import Fact

_SIGNS = {"≥": "ge", "≤": "le", ">": "gt", "<": "lt", "约": "approx"}
_DIGITS = 100
# Subsets of the amounts under 其中 are tried; more than this are not listed in one sentence.
_MOST_PARTS = 10


class Figure(NamedTuple):
    """A number with its bound; ``upper`` is set for a range only."""

    value: Decimal
    operator: str = "eq"
    upper: Decimal | None = None


class Verdict(NamedTuple):
    """What came out: the number that was expected and the one that was found."""

    status: Status
    expected: Decimal
    found: Decimal


def figure_of(fact: Fact) -> Figure | None:
    """Take a fact's number; None where it has none, or one that is no number."""
    try:
        if fact.operator == "between" and fact.lower is not None and fact.upper is not None:
            return Figure(Decimal(fact.lower), "between", Decimal(fact.upper))
        return None if fact.value is None else Figure(Decimal(fact.value), fact.operator)
    except InvalidOperation:
        return None


def read_figure(text: str) -> Figure:
    """Read a figure of an example.

    >>> read_figure("≥610")
    Figure(value=Decimal('610'), operator='ge', upper=None)
    """
    return Figure(Decimal(text.lstrip("≥≤<>约")), _SIGNS.get(text[:1], "eq"))


def add_up(parts: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """Add signed numbers exactly; None where that would take more digits than any figure has.

    >>> add_up([(1, Decimal(350)), (-1, Decimal(320))])
    Decimal('30')
    """
    with localcontext(Context(prec=_DIGITS, traps=[])) as context:
        total = sum((sign * value for sign, value in parts), Decimal(0))
        return total if total.is_finite() and not any(context.flags.values()) else None


def judge_equal(expected: Decimal, found: Decimal, figures: Sequence[Figure]) -> Verdict:
    """Compare two numbers; where one that they rest on is about, a difference is no failure."""
    unsure = any(figure.operator == "approx" for figure in figures)
    return Verdict("pass" if expected == found else "warn" if unsure else "fail", expected, found)


def judge_breakdown(whole: Decimal, parts: Sequence[Decimal]) -> tuple[Status, tuple[int, ...]]:
    """Say whether the amounts under 其中 add up to the whole, and which of them do.

    Amounts inside another one (其中省级122元，含转移支付20元) are left aside. ``not_made`` where they come to less:
    what is listed need not be all.
    """
    every = tuple(range(len(parts)))
    for size in range(len(parts), 1, -1) if len(parts) <= _MOST_PARTS else ():
        for chosen in combinations(every, size):
            if add_up([(1, parts[index]) for index in chosen]) == whole:
                return "pass", chosen
    total = add_up([(1, part) for part in parts])
    return ("fail" if total is not None and total > whole else "not_made"), every


def judge_range(value: Figure, lower: Decimal, upper: Decimal, row: Identity) -> Status:
    """Say whether a figure lies inside a range, both ends included."""
    ends = (value.value, value.value if value.upper is None else value.upper)
    return "pass" if all(lower <= end <= upper for end in ends) else row.violation


def judge_conformance(other: Figure, own: Figure) -> Status:
    """Say whether a figure keeps to the bound that another sets; where no bound is set, only sameness is sure."""
    same = (other.value, other.upper) == (own.value, own.upper)
    floor = other.operator in {"ge", "gt"}
    if not floor and other.operator not in {"le", "lt"}:
        return "pass" if same else "warn"
    # A cap says nothing about a floor, and the other way round; about 70 is only sure to keep to 70.
    open_end = own.operator in ({"le", "lt"} if floor else {"ge", "gt"})
    if open_end or (own.operator == "approx" and not same):
        return "warn"
    end = own.value if floor or own.upper is None else own.upper
    inside = end > other.value if floor else end < other.value
    included = other.operator in {"ge", "le"} or own.operator == other.operator
    return "pass" if inside or (end == other.value and included) else "fail"


def judge_agreement(other: Figure, own: Figure) -> Status:
    """Say whether two texts give one figure; 达到610元 beside 不低于610元 is less exact, not different."""
    bounds = {other.operator, own.operator} - {"eq"}
    same = (other.value, other.upper) == (own.value, own.upper)
    return "pass" if same and len(bounds) <= 1 else "fail"
