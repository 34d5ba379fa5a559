"""The figures of a dataset by region and year, as comparisons need them: one row a figure, with its point.

Rows are the points of the series, with an indicator or under the name of what they measure. Two surprises: a year may hold no
notice at all and still have points (550 for 2020 follows from 2021's 580 and 新增30元), and an interpretation often leaves
out a scope that its notice states, which must not make two rows of one figure.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.dataset.scope_words import load_scope_words
from extractor.dataset.series import disputes, series_scope
from extractor.dataset.times import year_of
from extractor.model import Point, SeriesScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.model import Fact, NoticeRecord, Series
    from extractor.resources import Resources

# Longer numbers are no figures of a notice; a file edited by hand must not make arithmetic endless.
_NUMBER = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


class FigureRow(NamedTuple):
    """A figure of one region and year. ``kind`` and ``subject`` stand for the indicator where there is none.

    ``plain_per`` is ``per`` without what goes without saying. ``role`` is empty for a level; only datasets against datasets look at increases and previous values.
    """

    indicator: str | None
    subject: str | None
    kind: str
    role: str
    scope: SeriesScope
    unit: str | None
    per: tuple[str, ...]
    plain_per: tuple[str, ...]
    point: Point


class Figures:
    """The rows of a dataset by region and year, with the facts and notices that they rest on."""

    def __init__(
        self, facts: Sequence[Fact], series: Sequence[Series], notices: Sequence[NoticeRecord], resources: Resources
    ) -> None:
        """Index the parts of a dataset once, for any number of comparisons."""
        self.resources = resources
        self.facts = {fact.fact_id: fact for fact in facts}
        self.notices = {notice.notice_id: notice for notice in notices}
        self._disputes = disputes(notices)
        self._rows: dict[tuple[str | None, int], list[FigureRow]] = {}
        has_notice = [(code_of(notice), year_of(notice)) for notice in notices]
        has_notice += [(code_of(self.notices[fact.notice_id]), fact.policy_year) for fact in facts]
        self._with_notice = {(region, year) for region, year in has_notice if year is not None}
        implied = resources.built(implied_per)
        for region, row in _series_rows(series, implied):
            self._rows.setdefault((region, row.point.year), []).append(row)
        for place, rows in self._rows.items():
            self._rows[place] = self._merged(rows)
        self._places = self._years_of_regions()

    def rows(self, region: str | None, year: int) -> list[FigureRow]:
        """List the figures of a region and year."""
        return self._rows.get((region, year), [])

    def has_notice(self, region: str | None, year: int) -> bool:
        """Say whether a notice of the region and year is there; if not, what it doesn't mention says nothing."""
        return (region, year) in self._with_notice

    def places(self) -> dict[str | None, list[int]]:
        """List the years of each region, those included that only have derived points; regions by code."""
        return self._places

    def recalls(self, point: Point) -> bool:
        """Say whether only notices of later years state a point: their silence on it says nothing, nor does another's."""
        if point.status == "derived":
            return False
        facts = (self.facts[name] for name in point.fact_ids)
        years = ((fact.policy_year or year_of(self.notices[fact.notice_id]), fact) for fact in facts)
        return all(fact.applies_to == str(point.year) and (year or 0) > point.year for year, fact in years)

    def years_told(self, region: str | None) -> list[int]:
        """List the years of a region in which a notice speaks, or which have a point that follows from another's."""
        rows = ((year, self._rows.get((region, year), ())) for year in self._places.get(region, ()))
        return [
            year
            for year, found in rows
            if self.has_notice(region, year) or not all(self.recalls(row.point) for row in found)
        ]

    def yearless(self, region: str | None) -> list[str]:
        """List the notices of a region that have no year, and so are in no comparison of years."""
        return sorted(key for key, one in self.notices.items() if year_of(one) is None and code_of(one) == region)

    def _years_of_regions(self) -> dict[str | None, list[int]]:
        found: dict[str | None, set[int]] = {}
        for region, year in {*self._rows, *self._with_notice}:
            found.setdefault(region, set()).add(year)
        return {region: sorted(found[region]) for region in sorted(found, key=lambda code: code or "")}

    def region_of(self, fact: Fact) -> str | None:
        """Say which region a fact is about: its own, else its notice's."""
        return fact.scope.region or code_of(self.notices[fact.notice_id])

    def disputed_words(self, point: Point) -> tuple[str, ...]:
        """Quote what copies of a notice say instead of the facts of a point that they dispute."""
        if point.status != "conflicting":
            return ()
        found = (conflict.found for name in point.fact_ids for _, conflict in self._disputes.get(name, ()))
        return tuple(dict.fromkeys(words for words in found if words))

    def non_level_rows(self) -> Iterator[tuple[str | None, FigureRow]]:
        """List region and row of what makes no level of a year: increases, previous values, figures of no year."""
        shown = {
            fact_id
            for rows in self._rows.values()
            for row in rows
            if row.point.status != "derived"
            for fact_id in row.point.fact_ids
        }
        for fact in self.facts.values():
            if fact.fact_id not in shown:
                point = _point(fact.policy_year or 0, [fact])
                yield (
                    self.region_of(fact),
                    self._fact_row(fact, point, self.resources.built(implied_per)),
                )

    def _fact_row(self, fact: Fact, point: Point, implied: ImpliedPer) -> FigureRow:
        subject, scope = None if fact.indicator else _subject(fact), self.scope_of(fact)
        plain = implied.drop(fact.per, fact.indicator)
        return FigureRow(fact.indicator, subject, fact.kind, fact.role, scope, fact.unit, fact.per, plain, point)

    def scope_of(self, fact: Fact) -> SeriesScope:
        """Return what tells a fact's series from others, for one that may be in none."""
        return series_scope(fact, self.resources.built(load_scope_words))

    # ── notice and interpretation ──────────────────────────────────────────────────────────────────────────────────

    def _merged(self, rows: list[FigureRow]) -> list[FigureRow]:
        """Join what an interpretation says with less scope to the one figure of a notice that it repeats."""
        repeated = {id(row) for row in rows if row.indicator and self.only_interpreted(row.point)}
        hosts: dict[object, list[int]] = {}
        for place, row in enumerate(rows) if repeated else ():
            if id(row) not in repeated:
                hosts.setdefault(_said(row), []).append(place)
        kept: list[FigureRow | None] = list(rows)
        for place, row in enumerate(rows) if repeated else ():
            found = (
                [other for other in hosts.get(_said(row), ()) if _repeats(row, rows[other])]
                if id(row) in repeated
                else []
            )
            if len(found) == 1 and (host := kept[found[0]]):
                ids = (*host.point.fact_ids, *row.point.fact_ids)
                kept[found[0]] = host._replace(point=replace(host.point, fact_ids=ids, status="corroborated"))
                kept[place] = None
        return [row for row in kept if row is not None]

    def only_interpreted(self, point: Point) -> bool:
        """Say whether no notice states a point, only interpretations."""
        return all(self.notices[self.facts[name].notice_id].type == "interpretation" for name in point.fact_ids)


def number(text: str | None) -> Decimal | None:
    """Read a figure; a date or what no notice could say is none.

    >>> number("610"), number("2023-03-31"), number("1e9")
    (Decimal('610'), None, None)
    """
    return Decimal(text) if text is not None and _NUMBER.fullmatch(text) else None


def figure(point: Point) -> tuple[Decimal | str | None, ...]:
    """Reduce a point to its figure, so that 70 and 70.0 are the same."""
    return tuple(text if (read := number(text)) is None else read for text in (point.value, point.lower, point.upper))


def code_of(notice: NoticeRecord) -> str | None:
    """Say the code of a notice's region."""
    return notice.region.code if notice.region else None


def _series_rows(series: Iterable[Series], implied: ImpliedPer) -> Iterator[tuple[str | None, FigureRow]]:
    for one in series:
        for point in one.points:
            plain = implied.drop(one.per, one.indicator)
            role = "" if one.role == "level" else one.role
            kind = "" if one.indicator else one.kind
            yield (
                one.region,
                FigureRow(one.indicator, one.subject, kind, role, one.scope, one.unit, one.per, plain, point),
            )


def _subject(fact: Fact) -> str | None:
    return fact.subject or fact.counted


def _point(year: int, facts: Sequence[Fact]) -> Point:
    """Make a point of facts that say the same."""
    first = facts[0]
    return Point(
        year=year,
        value=first.value,
        lower=first.lower,
        upper=first.upper,
        operator=first.operator,
        due=first.due,
        status="corroborated" if len({fact.notice_id.partition("~")[0] for fact in facts}) > 1 else "stated",
        fact_ids=tuple(fact.fact_id for fact in facts),
    )


def _said(row: FigureRow) -> tuple[object, ...]:
    """Reduce a row to what another one has to share with it to be a repetition."""
    return (row.indicator, row.unit, row.plain_per, figure(row.point))


def _repeats(row: FigureRow, other: FigureRow) -> bool:
    """Say whether a row that says the same as another one says it of the same scope or of less of it."""
    here, there = row.point, other.point
    parts = [(getattr(row.scope, name), getattr(other.scope, name)) for name in SeriesScope.__struct_fields__]
    return (
        row.scope != other.scope
        and all(not mine or mine == theirs for mine, theirs in parts)
        and {here.status, there.status} <= {"stated", "corroborated"}
        and here.operator in {"eq", there.operator}
        and here.due in {None, there.due}
    )
