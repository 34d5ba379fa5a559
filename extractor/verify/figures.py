"""What a dataset states, as answers show it: with every fact behind it, in its own words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from extractor.dataset.canonical import decimal_text
from extractor.dataset.labels import title_of
from extractor.query.claims import SourceQuote, StatedFigure
from extractor.verify.weigh import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Fact, Point, Series
    from extractor.query.lookup import Lookup
    from extractor.query.value import FigureValue


def of_value(value: FigureValue, lookup: Lookup) -> StatedFigure:
    """Show what `Dataset.value` answers."""
    lower, upper = (value.lower, value.upper) if value.lower is not None else (value.first_day, value.last_day)
    plain = value.value if value.value is not None else value.day
    return StatedFigure(
        indicator=value.indicator, series_id=value.series_id, region=value.region, scope=value.scope, role="level",
        year=value.year, operator=value.operator, value=_text(plain), lower=_text(lower), upper=_text(upper),
        unit=value.unit, per=value.per, due=_text(value.due), status=value.status, derivation=value.derivation,
        quotes=quotes_of(value.facts, lookup),
    )  # fmt: skip


def answer_row(value: FigureValue, lookup: Lookup) -> dict[str, Any]:
    """Show what `Dataset.value` answers as plain values for JSON, with what must not be lost on the way to a calculator."""
    more = {
        "inherited": value.inherited, "unmatched": value.unmatched, "particular_years": value.particular_years,
        "applies_to": value.applies_to, "holds_from": value.holds_from, "holds_to": value.holds_to,
        "stated_on": value.stated_on, "last_confirmed_on": value.last_confirmed_on,
        "last_confirmed_by": value.last_confirmed_by, "superseded_by": value.superseded_by, "expires_on": value.expires_on,
        "until_changed": value.until_changed, "unconfirmed": value.unconfirmed,
    }  # fmt: skip
    return {**to_builtins(of_value(value, lookup)), **to_builtins(more)}


def of_point(series: Series, point: Point, lookup: Lookup) -> StatedFigure:
    """Show a point of a series that has an indicator."""
    return StatedFigure(
        indicator=series.indicator or "", series_id=series.series_id, region=series.region, scope=series.scope,
        role=series.role, year=point.year, operator=point.operator, value=point.value, lower=point.lower, upper=point.upper,
        unit=series.unit, per=series.per, due=point.due, status=point.status, derivation=point.derivation,
        quotes=quotes_of(lookup.behind(point), lookup),
    )  # fmt: skip


def quotes_of(facts: Iterable[Fact], lookup: Lookup) -> tuple[SourceQuote, ...]:
    """Quote facts, with the addresses of their notices."""
    pairs = [(fact, lookup.notices[fact.notice_id]) for fact in facts]
    return tuple(
        SourceQuote(
            fact_id=fact.fact_id, notice_id=notice.notice_id, title=title_of(notice),
            document_number=notice.document_number, url=notice.source.url, path=notice.source.path, evidence=fact.evidence,
        )
        for fact, notice in pairs
    )  # fmt: skip


def statement_of_fact(fact: Fact) -> Statement:
    """Take what is to be compared of a fact."""
    return Statement(fact.operator, fact.value, fact.lower, fact.upper, fact.lower_inclusive, fact.upper_inclusive)


def statement_of(figure: StatedFigure, lookup: Lookup) -> Statement:
    """Take what is to be compared of a stated figure; whether a range has its ends is said by its facts."""
    fact = lookup.facts[figure.quotes[0].fact_id]
    ends = (fact.lower_inclusive, fact.upper_inclusive) if fact.operator == figure.operator else (None, None)
    return Statement(figure.operator, figure.value, figure.lower, figure.upper, *ends)


def newest(figure: StatedFigure, lookup: Lookup) -> StatedFigure | None:
    """Find the newest figure of the same series, if it is of a later year and another one."""
    points = [
        (series, point)
        for series in lookup.series_of(figure.indicator)
        if series.series_id == figure.series_id and series.per == figure.per
        for point in series.points
        if point.year > figure.year and point.status != "conflicting"
    ]
    if not points:
        return None
    last = of_point(*max(points, key=lambda pair: pair[1].year), lookup)
    return None if statement_of(last, lookup) == statement_of(figure, lookup) else last


def _text(value: object) -> str | None:
    if isinstance(value, Decimal):
        return decimal_text(value)
    return None if value is None else str(value)
