"""Whether an indicator can have a figure at all: its kind, unit, programme, and the words that it wants or can't bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from extractor.model import Span
    from extractor.notice.facts.catalog import Indicator
    from extractor.notice.facts.context import SentenceContext

Misfit: TypeAlias = Literal["kind", "operator", "unit", "rival", "require", "programme", "condition", "example"]


class LinkedFigure(Struct, frozen=True, gc=False):
    """What linking needs to know of a quantity, a date or a milestone.

    ``number`` is the place of its digits, ``span`` that of its words with unit and bound. ``hint`` is the indicator
    that the pattern which read it names. ``condition``: it says to whom or when something applies.
    """

    span: Span
    number: Span
    kind: str
    unit: str | None
    operator: str
    hint: str | None = None
    condition: bool = False


def fits(context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]) -> bool:
    """Return True if an indicator can have a figure of this kind, unit and programme."""
    return misfit(context, indicator, figure, programmes) is None


def misfit(
    context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]
) -> Misfit | None:
    """Say why an indicator can't have a figure; None where it can. ``programmes`` are what the figure is about."""
    if figure.kind not in indicator.kinds:
        return "kind"
    if figure.condition and not indicator.window:
        return "condition"
    if indicator.operators and figure.operator not in indicator.operators:
        return "operator"
    if (figure.kind == "money" and figure.unit != indicator.unit) or (
        indicator.units and figure.unit not in indicator.units
    ):
        return "unit"
    if indicator.rivals and rival_of(context, indicator, figure):
        return "rival"
    if indicator.require and not indicator.require.met_by(context.words(context.span)):
        return "require"
    if not _is_about(context, indicator, programmes):
        return "programme"
    return "example" if context.example and context.example.end <= figure.number.start else None


def rival_of(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word that was said last before a figure (门诊, not 住院): in its sentence, else in what stands above it."""
    places = [context.text[context.span.start : figure.number.start], *(context.words(span) for span in context.around)]
    for words in places:
        own = max((words.rfind(word) for word in indicator.own), default=-1)
        rival, said = max(((words.rfind(word), word) for word in indicator.rivals), default=(-1, ""))
        if own != rival:
            return said if rival > own else None
    return None


def _is_about(context: SentenceContext, indicator: Indicator, programmes: frozenset[str]) -> bool:
    catalog = context.linking_resources.catalog.programmes
    exact = {name for name in programmes if not catalog[name].generic}
    if exact:
        if exact & set(indicator.programmes):
            return True
        # An indicator of the family as a whole (`medical`) holds for each of its programmes.
        family = {catalog[name].family for name in indicator.programmes if catalog[name].generic}
        return any(catalog[name].family in family for name in exact if catalog[name].family)
    # 报销比例 in a notice about medical insurance is not that of 大病保险, unless the text says so.
    families = {catalog[name].family for name in programmes}
    return any(catalog[name].family in families for name in indicator.programmes if not catalog[name].named)
