"""Year against year, province against nation, dataset against dataset.

What is compared are the figures that hold in a year (`dataset.figures`), how they moved says `dataset.changes`; this
module chooses the two sides. Only figures are compared here; measures without figures have a module of their own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from extractor.dataset.changes import Side, changes_between
from extractor.dataset.figures import Figures, code_of, figure, number
from extractor.dataset.series import build_series
from extractor.dataset.times import year_of
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import Comparison, Operator
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from extractor.dataset.figures import FigureRow
    from extractor.model import Change, ChangeKind, Dataset, Fact, NoticeRecord
    from extractor.resources import Resources

Stance: TypeAlias = Literal["adopts", "tightens", "loosens", "adds", "leaves_out", "differs"]


def figures_of(dataset: Dataset, resources: Resources) -> Figures:
    """Index a dataset for comparing; its facts, series and notices are all that is used."""
    return Figures(dataset.facts, dataset.series, dataset.notices, resources)


# ── year against year ───────────────────────────────────────────────────────────────────────────────────────────────


def compare_years(figures: Figures, region: str | None, from_: int, to: int) -> tuple[Change, ...]:
    """Say how each figure of a region moved between two years; a year against itself is no change.

    Where no notice of a year is there but its level follows from another year's increase, only that level is compared.
    Raises `DatasetError` for a region or a year that the dataset doesn't hold, and says which it holds.
    """
    for year in (from_, to):
        require(figures, region, year)
    if from_ == to:
        return ()
    changes = changes_between(_side(figures, region, from_), _side(figures, region, to))
    return tuple(one for one in changes if not _is_recalled_alone(figures, one))


def _is_recalled_alone(figures: Figures, change: Change) -> bool:
    """Say whether a change has one side, which only later notices recall: 2023年平均工资 in the notice of 2024."""
    points = [point for point in (change.before, change.after) if point]
    return len(points) == 1 and figures.recalls(points[0])


def compare_consecutive(figures: Figures, regions: Collection[str | None] | None = None) -> tuple[Comparison, ...]:
    """Compare each region's years one with the next that is there, regions by code; of all, or of those named.

    Years that later notices only recall are compared with the year before or after them, where both have a figure.
    """
    found = []
    for region, years in figures.places().items():
        if regions is not None and region not in regions:
            continue
        told = [*pairwise(figures.years_told(region))]
        for from_, to in sorted({*told, *pairwise(years)}):
            changes = compare_years(figures, region, from_, to)
            if changes or (from_, to) in told:
                found.append(Comparison(from_=from_, to=to, region=region, against=None, changes=changes))
    return tuple(found)


def _side(figures: Figures, region: str | None, year: int) -> Side:
    return Side(figures.rows(region, year), figures.facts, figures.has_notice(region, year))


def require(figures: Figures, region: str | None, year: int | None = None) -> None:
    """Refuse a region, or a year of it, that the dataset hasn't: a `DatasetError` says what there is."""
    places = figures.places()
    if region not in places:
        if yearless := figures.yearless(region):
            msg = Message(
                "region {region}: its notices have no year ({yearless}), so that no two years are there. Build with "
                "notices whose title or opening names their year, or that say from which day they hold.",
                region=region,
                yearless=_listed(yearless),
            )
            raise DatasetError(msg)
        msg = Message(
            "region {region}: not in the dataset, which has {places}. Name one of these with --region.",
            region=region,
            places=_listed(places) or Message("none"),
        )
        raise DatasetError(msg)
    if year is not None and year not in places[region]:
        msg = Message(
            "{year}: no such year for region {region}, which has {places}. Name years that are there, or build with "
            "the notice of that year.",
            year=year,
            region=region or Message("(none)"),
            places=_listed(places[region]),
        )
        raise DatasetError(msg)


def regions_with(figures: Figures, years: Iterable[int]) -> list[str | None]:
    """List the regions that have all the years; a `DatasetError` says which years are there, if there is none."""
    wanted = list(dict.fromkeys(years))
    places = figures.places()
    found = [region for region, there in places.items() if set(wanted) <= set(there)]
    if not found:
        there = tuple(
            Message("{region}: {years}", region=region or Message("no region"), years=_listed(places[region]))
            for region in places
        )
        words = (
            Message("no region has the years {wanted}", wanted=_listed(wanted))
            if len(wanted) > 1
            else Message("{wanted}: no such year", wanted=wanted[0])
        )
        msg = Message(
            "{words} in the dataset. Years there: {there:semi}. Name two of these.",
            words=words,
            there=there or (Message("none"),),
        )
        raise DatasetError(msg)
    return found


def _listed(items: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(item) for item in items if item is not None)


# ── province against nation ─────────────────────────────────────────────────────────────────────────────────────────


def compare_regions(figures: Figures, region: str, against: str, year: int) -> Comparison:
    """Compare a region's year with the notices of another region that it says it implements.

    ``from_`` is the year of those; ``before`` is theirs, ``after`` the region's.
    Raises `DatasetError` where the region, the year or an implemented notice isn't there.
    """
    require(figures, against)
    require(figures, region, year)
    implemented = _implemented(figures, region, against, year)
    from_ = max((year_of(notice) or 0 for notice in implemented), default=year)
    ids = {notice.notice_id for notice in implemented if year_of(notice) == from_}
    ids |= {notice.notice_id for notice in figures.notices.values() if _interprets(notice, implemented)}
    # What a region's series rest on are the notices that have figures of it, whoever issued them.
    near = {fact.notice_id for fact in figures.facts.values() if figures.region_of(fact) == against}
    notices = tuple(one for one in figures.notices.values() if code_of(one) == against or one.notice_id in near)
    taken = {one.notice_id for one in notices if one.notice_id in ids or year_of(one) != from_}
    facts = [fact for fact in figures.facts.values() if fact.notice_id in taken]
    series = build_series(facts, notices, figures.resources)
    theirs = Figures(facts, series, notices, figures.resources)
    changes = changes_between(_side(theirs, against, from_), _side(figures, region, year))
    return Comparison(from_=from_, to=year, region=region, against=against, changes=changes)


def _implemented(figures: Figures, region: str, against: str, year: int) -> list[NoticeRecord]:
    """List the notices of ``against`` that the region's notices of the year implement, by number or else by title."""
    own = [one for one in figures.notices.values() if code_of(one) == region and year_of(one) == year]
    links = [link for one in own for link in one.relations if link.type == "implements"]
    numbers = {link.document_number for link in links if link.document_number}
    titles = {link.title for link in links if link.title}
    theirs = [one for one in figures.notices.values() if code_of(one) == against and one.type != "interpretation"]
    found = [one for one in theirs if one.document_number in numbers or (one.title and one.title in titles)]
    found = [one for one in found if year_of(one) is not None]
    if not found:
        named = _listed(link.document_number or link.title for link in links) or Message("none")
        msg = Message(
            "the notices of {region} for {year} implement no notice of {against} that the dataset holds; they "
            "name: {named}. Add that notice to the corpus and build again.",
            region=region,
            year=year,
            against=against,
            named=named,
        )
        raise DatasetError(msg)
    return found


def _interprets(notice: NoticeRecord, implemented: Iterable[NoticeRecord]) -> bool:
    numbers = {one.document_number for one in implemented if one.document_number}
    return any(link.type == "interprets" and link.document_number in numbers for link in notice.relations)


class Direction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``directions.toml``: what a higher figure means for an indicator, or for any figure with a bound."""

    id: str
    raised: Stance
    indicator: str | None = None
    operator: Operator | None = None


def load_directions(resources: Resources) -> tuple[Direction, ...]:
    """Load which way of each indicator is the tighter one."""
    path = resources.root / "directions.toml"
    rows = read_rows(path, "direction", Direction)
    return tuple(rows)


_OPPOSITE: dict[Stance, Stance] = {"tightens": "loosens", "loosens": "tightens"}
_ONE_SIDED: dict[ChangeKind, Stance] = {"introduced": "adds", "not_mentioned": "leaves_out"}


def stance(change: Change, directions: Iterable[Direction]) -> Stance:
    """Say what a region makes of the figure that it was given.

    達到610元 under a floor of 不低于610元 adopts it: the operators differ, and the change says so.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return _ONE_SIDED.get(change.kind, "differs")
    if change.kind in {"raised", "lowered"}:
        rows = [row for row in directions if row.indicator in {None, change.indicator}]
        fitting = [row for row in rows if row.operator in {None, before.operator} and (row.indicator or row.operator)]
        # What is said of an indicator goes before what is said of every floor and ceiling.
        fitting.sort(key=lambda row: row.indicator is None)
        found: Stance = fitting[0].raised if fitting else "differs"
        return _OPPOSITE.get(found, found) if change.kind == "lowered" else found
    stated = "conflicting" not in {before.status, after.status}
    if stated and change.kind != "unit_changed" and figure(before) == figure(after):
        return _of_due(before.due, after.due)
    return _of_due(before.value, after.value) if _dated(before.value) and _dated(after.value) else "differs"


def _dated(value: str | None) -> bool:
    return value is not None and number(value) is None


def _of_due(before: str | None, after: str | None) -> Stance:
    """Say what a deadline means: an earlier one is tighter, and so is one where there was none."""
    if before == after or (before and after is None):
        return "adopts" if before == after else "loosens"
    return "tightens" if before is None or str(after) < before else "loosens"


# ── dataset against dataset ─────────────────────────────────────────────────────────────────────────────────────────


def compare_datasets(old: Figures, new: Figures) -> tuple[Comparison, ...]:
    """Say what another version of a dataset says otherwise, by region and year; what is the same is left out.

    Increases, previous values and figures of no year (year 0) count too: nothing that programs read may move unseen.
    """
    sides = (_all_rows(old), _all_rows(new))
    found = []
    for region, year in sorted({*sides[0], *sides[1]}, key=lambda place: (place[0] or "", place[1])):
        before, after = (
            Side(rows.get((region, year), []), figures.facts) for rows, figures in zip(sides, (old, new), strict=True)
        )
        changes = tuple(change for change in changes_between(before, after) if change.kind != "unchanged")
        if changes:
            found.append(Comparison(from_=year, to=year, region=region, against=None, changes=changes))
    return tuple(found)


def _all_rows(figures: Figures) -> dict[tuple[str | None, int], list[FigureRow]]:
    rows: dict[tuple[str | None, int], list[FigureRow]] = {}
    for region, years in figures.places().items():
        for year in years:
            rows[region, year] = list(figures.rows(region, year))
    for region, row in figures.non_level_rows():
        rows.setdefault((region, row.point.year), []).append(row)
    return rows


def moved(comparisons: Iterable[Comparison]) -> bool:
    """Say whether anything moved."""
    return any(change.kind != "unchanged" for one in comparisons for change in one.changes)


def facts_named(comparisons: Iterable[Comparison], figures: Iterable[Figures]) -> list[Fact]:
    """List the facts that changes rest on, by id; where two datasets hold one id, the later one's reading."""
    points = (
        point for one in comparisons for change in one.changes for point in (change.before, change.after) if point
    )
    wanted = {fact_id for point in points for fact_id in point.fact_ids}
    known = {fact_id: fact for each in figures for fact_id, fact in each.facts.items() if fact_id in wanted}
    return [known[fact_id] for fact_id in sorted(known)]
