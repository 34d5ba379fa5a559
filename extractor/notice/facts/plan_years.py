"""The years of plans: “十三五”期间 is 2016 to 2020, 比“十二五”末 is against 2015."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names import MARKER
from extractor.notice.numerals import parse_numeral

if TYPE_CHECKING:
    import re

    import regex

    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.draft import Draft

# The first plan began in 1953; since the tenth each is of five years, without years between.
_TENTH, _YEARS = 2001, 5
_COUNTED = ("rate", "count", "money", "duration")
_CHANGES = ("increase", "decrease")


def give_plan_years(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give figures the span of the plan that opens their statement, and changes the end of the plan they are against."""
    lists = context.linking_resources.lists
    if not lists.plan_spans.may_meet(context.words(context.span)):
        return
    for found in lists.plan_spans.pattern.finditer(context.text, *context.span):
        place = Span(*found.span())
        first = _first_year(found)
        clause = context.clause(place.start)
        if found["base"]:
            against = [one for one in drafts if place.end <= one.number.start < clause.end and one.role in _CHANGES]
            for draft in against:
                draft.compared_to, draft.applies_to = str(first + _YEARS - 1), None
                draft.support = [*(one for one in draft.support if one[0] != "applies_to"), ("compared_to", place)]
        elif not MARKER.sub("", context.text[clause.start : place.start]).strip():
            _give_span(context, drafts, place, f"{first}/{first + _YEARS - 1}")


def _first_year(found: re.Match[str] | regex.Match[str]) -> int:
    return _TENTH + (int(parse_numeral(found["plan"])) - 10) * _YEARS


def _give_span(context: SentenceContext, drafts: list[Draft], place: Span, years: str) -> None:
    """Give the years to the figures behind, up to the next date."""
    until = min(
        (one.span.start for one in context.mentions.dates if one.span.start >= place.end), default=context.span.end
    )
    for draft in drafts:
        free = draft.applies_to is None and draft.due is None and draft.compared_to is None
        if free and place.end <= draft.number.start < until and draft.kind in _COUNTED and draft.role != "previous":
            draft.applies_to = years
            draft.support.append(("applies_to", place))
