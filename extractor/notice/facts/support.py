"""The words that a figure's indicator rests on: a name of the catalog, the words of a cue, those of the figure before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.explain import cue_words
from extractor.notice.facts.programme import programme_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.notice.facts.draft import Draft
    from extractor.notice.facts.link.case import LinkCase


def add_indicator_support(drafts: Sequence[Draft]) -> None:
    """Give each draft of a sentence the places of the words that name its indicator."""
    by_span = {draft.span: draft for draft in drafts}
    for draft in drafts:
        if draft.link.indicator is None or draft.case is None:
            continue
        place = draft.link.place
        before = by_span.get(place) if place and draft.link.step == "inherited" else None
        if before is not None:
            # 全额资助…，其余按50%资助: an amount in words names its indicator itself.
            draft.support += [item for item in before.support if item[0] == "indicator"] or [("indicator", before.span)]
        else:
            draft.support += [("indicator", span) for span in _named_by(draft.case, draft)]


def _named_by(case: LinkCase, draft: Draft) -> list[Span]:
    found = draft.link
    if found.subject is not None:
        places = [found.subject]
    elif found.cue is not None:
        places = _places(case, found.within)
        said = cue_words(found.cue, "\n".join(case.context.words(place) for place in places))
        places = [place for word in said for place in _first(case, word, places)]
        for programme in sorted(case.programmes.intersection(found.cue.programmes)):
            _, place = programme_words(case.context, programme, case.figure.number.start)
            places += [place] if place else []
    else:
        places = []
    return [part for place in places for part in _beside(place, draft.span)]


def _beside(place: Span, own: Span) -> list[Span]:
    """Leave a figure's own words of a place: 救助金额原则上不超过 is a name, 原则上不超过8000元 its figure."""
    parts = (Span(place.start, min(place.end, own.start)), Span(max(place.start, own.end), place.end))
    return [part for part in parts if part.start < part.end]


def _places(case: LinkCase, within: str) -> list[Span]:
    if case.until is not None:
        return list(case.actions())
    if within == "clause":
        return [case.cue_clause]
    return [case.context.span] if within == "sentence" else [case.context.span, *case.context.around]


def _first(case: LinkCase, word: str, places: list[Span]) -> list[Span]:
    for place in places:
        at = case.context.text.find(word, place.start, place.end)
        if at >= 0:
            return [Span(at, at + len(word))]
    return []
