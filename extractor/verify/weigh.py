"""Whether two statements of one figure say the same: a claim's, and that of the text which states it.

A claim may be meant as what the text says (the standard is 640), or of what is paid (640 is). It is `confirmed` where it says
the same, and `contradicted` where the first is false and the second doesn't follow. At least 600, where 640 is stated, is
false as the first and true as the second: that is no contradiction, and no confirmation. Of two floors or two ceilings the
first is meant.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.query.claims import ClaimReason, ClaimVerdict

_DIGITS = 28


class Statement(NamedTuple):
    """A figure with its bound, as facts and points have it."""

    operator: str
    value: str | None
    lower: str | None = None
    upper: str | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None


class Weighed(NamedTuple):
    """The outcome, and why where that isn't plain."""

    verdict: ClaimVerdict
    reason: ClaimReason | None = None


class _Range(NamedTuple):
    """From a number to a number, None where there is no end; each end may be part of it."""

    low: Decimal | None
    with_low: bool
    high: Decimal | None
    with_high: bool

    @property
    def point(self) -> Decimal | None:
        """The number that it is, if it is one alone."""
        return self.low if self.low == self.high else None

    @property
    def ends(self) -> tuple[bool, bool]:
        """Which ends it has."""
        return self.low is not None, self.high is not None

    def within(self, other: _Range) -> bool:
        """Say whether all of it lies in another one."""
        return _reaches(other.low, self.low, loose=other.with_low or not self.with_low, sign=1) and _reaches(
            other.high, self.high, loose=other.with_high or not self.with_high, sign=-1
        )


def weigh(claimed: Statement, stated: Statement) -> Weighed:
    """Compare a claim with what is stated of the same figure, in the same unit."""
    if "none" in {claimed.operator, stated.operator}:  # 不设封顶线
        same = claimed.operator == stated.operator
        return Weighed("confirmed") if same else Weighed("contradicted")
    mine, theirs = _range(claimed), _range(stated)
    if mine is None or theirs is None:
        return Weighed("not_stated", "bound")
    if "approx" in {claimed.operator, stated.operator}:
        return _weigh_about(claimed, stated, mine, theirs)
    if mine == theirs:
        return Weighed("confirmed")
    if theirs.within(mine):
        return _weigh_wider(mine, theirs)
    if mine.point is not None and theirs.point is None and mine.within(theirs):
        if theirs.low is not None and theirs.high is not None:
            return Weighed("floor", "range")
        return Weighed("floor" if mine.point in {theirs.low, theirs.high} else "contradicted", "bound")
    return Weighed("contradicted")


def _weigh_wider(mine: _Range, theirs: _Range) -> Weighed:
    """Compare where the claim follows from what is stated, and says less."""
    if {mine.low, mine.high} & {theirs.low, theirs.high} - {None}:
        return Weighed("not_stated", "bound")
    # 最高90% where 最高50% is stated follows from it, but nobody says it who means that.
    same = theirs.point is None and mine.ends == theirs.ends
    return Weighed("contradicted", "bound") if same else Weighed("not_stated", "weaker")


def _weigh_about(claimed: Statement, stated: Statement, mine: _Range, theirs: _Range) -> Weighed:
    """Compare where one or both say 左右: 70%左右 is nothing that 70% confirms, and 71% doesn't contradict it."""
    if mine.point is None or theirs.point is None:
        return Weighed("not_stated", "approximate")
    if mine.point == theirs.point:
        if claimed.operator == stated.operator:
            return Weighed("confirmed")
        return Weighed("floor" if claimed.operator == "eq" else "not_stated", "approximate")
    if claimed.operator == stated.operator:
        return Weighed("contradicted")
    about, exact = (mine.point, theirs.point) if claimed.operator == "approx" else (theirs.point, mine.point)
    return Weighed("not_stated", "approximate") if _rounded(exact, about) == about else Weighed("contradicted")


def _rounded(number: Decimal, like: Decimal) -> Decimal:
    """Round a number to the last digit of another that isn't 0: 641 like 640 is 640."""
    exponent = like.normalize().as_tuple().exponent
    return number.quantize(Decimal(1).scaleb(int(exponent))) if number.adjusted() < _DIGITS else number


def _range(one: Statement) -> _Range | None:
    """Make a range of a statement; None for what has no figure."""
    lower, upper = _number(one.lower), _number(one.upper)
    if lower is not None and upper is not None:
        return _Range(lower, one.lower_inclusive is not False, upper, one.upper_inclusive is not False)
    value = _number(one.value)
    if value is None:
        return None
    if one.operator in {"ge", "gt"}:
        return _Range(value, one.operator == "ge", None, with_high=False)
    if one.operator in {"le", "lt"}:
        return _Range(None, with_low=False, high=value, with_high=one.operator == "le")
    return _Range(value, with_low=True, high=value, with_high=True)


def _number(text: str | None) -> Decimal | None:
    """Read a number, or a day as the number of it."""
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    try:
        return Decimal(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def _reaches(outer: Decimal | None, inner: Decimal | None, *, loose: bool, sign: int) -> bool:
    """Say whether an end lies as far out as another one."""
    if outer is None or inner is None:
        return outer is None
    return outer == inner and loose if outer == inner else (inner - outer) * sign > 0
