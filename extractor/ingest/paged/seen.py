"""What an eye sees on a page: from which size, contrast and tone on, the same in all paged formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# In points: smaller letters are nothing to an eye.
SMALLEST = 1.2
# Of 255: less contrast to what is around, or less opacity, is not seen.
CONTRAST = 20
# Of 255: how light pale words are, which may be a mark under others.
PALE = 110
# Characters seen on a picture that is no scan but a ground.
GROUND = 30


def contrast(one: Iterable[float], other: Iterable[float]) -> float:
    """How far two colours are apart in the part in which they differ most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
