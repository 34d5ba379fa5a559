"""A figure as data, for what commands print as JSON beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from extractor.model import Fact, Point


class PlainFigure(Struct, frozen=True, kw_only=True):
    """A figure with what must not be lost of it, named as in the dataset; of a deadline alone, ``value`` is None and ``due`` isn't.

    ``status`` is a point's, ``stated``, ``derived`` and the like, or a fact's.
    """

    kind: str
    role: str
    operator: str
    value: str | None
    lower: str | None
    upper: str | None
    unit: str | None
    per: tuple[str, ...]
    due: str | None
    status: str


def plain_fact(fact: Fact) -> PlainFigure:
    """Take a fact's figure."""
    return PlainFigure(
        kind=fact.kind, role=fact.role, operator=fact.operator, value=fact.value, lower=fact.lower, upper=fact.upper,
        unit=fact.unit, per=fact.per, due=fact.due, status=fact.status,
    )  # fmt: skip


def plain_point(point: Point, fact: Fact) -> PlainFigure:
    """Take a point's figure; a fact behind it says what points of its series have in common."""
    return PlainFigure(
        kind=fact.kind, role="level", operator=point.operator, value=point.value, lower=point.lower, upper=point.upper,
        unit=fact.unit, per=fact.per, due=point.due, status=point.status,
    )  # fmt: skip
