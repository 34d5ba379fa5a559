"""What was known on a day, and what of it was in force: for questions asked with ``as_of``.

Known are the figures of notices that were issued, or else published, until that day; a notice that bears no day was never
known to be known. Of a series, the last figure that had begun counts, unless words had ended it; no older one revives. A
figure begins on the day that words state, else with its notice, else with its policy year; a year that words give to it
(2022年标准为350元) is no more than that: until the next year's text comes, it is the last one known.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.dataset.series import build_series
from extractor.dataset.times import known_day, stated_span, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Dataset, Point
    from extractor.query.lookup_errors import Known
    from extractor.resources import Resources


def known_by(dataset: Dataset, indicator: str, day: date, resources: Resources) -> Dataset:
    """Make the dataset of what was known of an indicator on a day: its facts, the periods that date them, its series."""
    notices = tuple(one for one in dataset.notices if (on := known_day(one)) and on <= day.isoformat())
    names = {notice.notice_id for notice in notices}
    facts = tuple(fact for fact in dataset.facts if fact.notice_id in names)
    own = tuple(fact for fact in facts if fact.indicator == indicator)
    dating = tuple(fact for fact in facts if fact.kind == "period" and fact.indicator != indicator)
    series = build_series(own, notices, resources)
    return replace(dataset, notices=notices, facts=(*own, *dating), series=series)


def points_in_force(points: Iterable[Point], day: date, known: Known) -> list[Point]:
    """Keep the points of a series that held on a day: those of the last year that had begun, unless they had ended."""
    listed = list(points)
    begun = [one for one in listed if _begins(one, known) <= day and not _is_told_as_past(one, listed, known)]
    last = max((point.year for point in begun), default=0)
    return [point for point in begun if point.year == last and not _has_ended(point, day, known)]


def is_unconfirmed(point: Point, day: date, known: Known) -> bool:
    """Return True if neither a figure's year nor a last day that words state covers a day: it may have been true once."""
    last = _last_day(point, known)
    return day.year not in {point.year, _begins(point, known).year} and (last == date.max or last < day)


def may_be_outdated(point: Point, later: Iterable[Point], day: date, known: Known) -> list[Point]:
    """List later points that had begun by a day and whose texts bear none: whether they were known then, nobody can say."""
    return [
        one
        for one in later
        if one.year > point.year
        and one.status != "derived"
        and _begins(one, known) <= day
        and not any(known_day(known.notices[fact.notice_id]) for fact in known.behind(one))
    ]


def _is_told_as_past(point: Point, points: Iterable[Point], known: Known) -> bool:
    """Return True if every text behind a figure is of a later year, for which it states another one: it never was the last known."""
    stated = {fact.notice_id for one in points if one.year > point.year for fact in known.behind(one)}
    texts = [known.notices[fact.notice_id] for fact in known.behind(point)]
    return all(text.notice_id in stated and (year_of(text) or 0) > point.year for text in texts)


def _begins(point: Point, known: Known) -> date:
    span = known.span(point)
    if span and span.first != date.min:
        return span.first
    effective = [known.notices[fact.notice_id].effective_on for fact in known.behind(point)]
    stated = next((day for day in effective if day), None) if point.status != "derived" else None
    return date.fromisoformat(stated) if stated else date(max(point.year, date.min.year), 1, 1)


def _last_day(point: Point, known: Known) -> date:
    """Return the last day that words state of a figure; the end of time where they state none."""
    span = known.span(point)
    of_year = all(fact.applies_to == str(point.year) for fact in known.behind(point) if stated_span(fact))
    stated = date.max if span is None or of_year else span.last
    return min(stated, date.fromisoformat(point.expires_on)) if point.expires_on else stated


def _has_ended(point: Point, day: date, known: Known) -> bool:
    """Return True if words had ended a figure by a day: on a last day, or on one that they don't tell."""
    if _last_day(point, known) < day:
        return True
    own = {fact.notice_id for fact in known.behind(point)}
    return point.expires_on is None and any(words.notice_id not in own for words in point.ends)
