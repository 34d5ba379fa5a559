"""How sure a measured share is."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

# The quantile of the normal distribution that leaves 2.5 % on either side.
_Z = Decimal("1.959963985")
_STEP = Decimal("0.001")


def wilson(met: int, total: int) -> tuple[Decimal, Decimal]:
    """Return the ends of the 95 % interval of a share, from 0 to 1, rounded outwards to three places.

    Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), 209-212. Other than the usual one it is right near 0 and 1, where our
    shares are. Worked out in decimals, so that it has the same digits everywhere.

    >>> [str(end) for end in wilson(47, 50)]
    ['0.837', '0.980']
    >>> [str(end) for end in wilson(50, 50)]
    ['0.928', '1.000']
    """
    if not 0 <= met <= total or not total:
        msg = f"{met} of {total} is no share"
        raise ValueError(msg)
    with localcontext(Context(prec=28)):
        share, square = Decimal(met) / total, _Z * _Z
        reach = _Z * (share * (1 - share) / total + square / (4 * total * total)).sqrt()
        ends = [(share + square / (2 * total) + sign * reach) / (1 + square / total) for sign in (-1, 1)]
        low, high = max(ends[0], Decimal(0)), min(ends[1], Decimal(1))
        return low.quantize(_STEP, ROUND_FLOOR), high.quantize(_STEP, ROUND_CEILING)
