"""The figures that people look at first: the newest notice of each region and programme, beside last year and the nation.

The report's first page and the workbook's first sheet show the same ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from extractor.dataset.compare import compare_regions
from extractor.dataset.figures import code_of
from extractor.dataset.times import year_of
from extractor.errors import DatasetError
from extractor.model import SeriesScope

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from extractor.dataset.figures import FigureRow, Figures
    from extractor.model import Change, Comparison, Dataset, Fact, NoticeRecord, Point

NATION = "100000"
HEADLINES = 5
_DATED = {"date", "period", "milestone"}
Tag = TypeVar("Tag")


def facts_by_notice(dataset: Dataset) -> defaultdict[str, list[Fact]]:
    """Group the facts by the notice that states them."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in dataset.facts:
        found[fact.notice_id].append(fact)
    return found


def newest_notices(notices: Iterable[NoticeRecord], facts_of: Mapping[str, list[Fact]]) -> list[NoticeRecord]:
    """List the newest notice of each region and programme, newest first; what explains another stands behind it."""
    found: dict[tuple[str | None, str], NoticeRecord] = {}
    for notice in notices:
        facts = facts_of.get(notice.notice_id, ())
        if notice.type == "interpretation" or not facts:
            continue
        key = (code_of(notice), _programme(facts))
        if key not in found or _age(found[key]) < _age(notice):
            found[key] = notice
    ranked = sorted(found.values(), key=_age, reverse=True)
    # The nation first within a year: what others follow.
    return sorted(ranked, key=lambda one: (-(year_of(one) or 0), code_of(one) != NATION))


def _age(notice: NoticeRecord) -> tuple[int, str, str]:
    return (year_of(notice) or 0, notice.issued_on or "", notice.notice_id)


def _programme(facts: Sequence[Fact]) -> str:
    """Say what a notice is about: the programme of most of its figures, else the part of the catalog that most are in.

    One that rules on five insurances alike (缴费工资基数上下限) is about none of them.
    """
    programmes = Counter(one.programme for one in facts if one.programme)
    for name, count in programmes.most_common(1):
        if 2 * count > programmes.total():
            return name or ""
    named = Counter((one.indicator or "").partition(".")[0] for one in facts if one.indicator)
    most = named.most_common(1) or programmes.most_common(1)
    return most[0][0] or "" if most else ""


def headline_rows(
    notice: NoticeRecord,
    facts: Sequence[Fact],
    figures: Figures,
    place: Callable[[str | None], int],
    compared: Collection[str],
) -> list[FigureRow]:
    """Choose five figures of a notice: those of an indicator, for all, with a year before; in the order of the catalog.

    ``place`` gives an indicator's place in the catalog, ``compared`` the ids of facts that have something beside them.
    """
    own = {fact.fact_id: fact for fact in facts}
    rows = [
        row
        for row in figures.rows(code_of(notice), year_of(notice) or 0)
        if not row.role and any(name in own for name in row.point.fact_ids)
    ]

    def rank(row: FigureRow) -> tuple[object, ...]:
        kind = next((figures.facts[name].kind for name in row.point.fact_ids), row.kind)
        scoped = sum(bool(getattr(row.scope, name)) for name in SeriesScope.__struct_fields__)
        at = place(row.indicator)
        alone = not any(name in compared for name in row.point.fact_ids)
        return (row.indicator is None, kind in _DATED, scoped > 0, alone, at, scoped, row.subject or "")

    chosen = sorted(rows, key=rank)[:HEADLINES]
    return sorted(chosen, key=lambda row: place(row.indicator))


def former_value(point: Point, facts: Mapping[str, Fact], own: Iterable[Fact]) -> Fact | None:
    """Find the one value that a notice itself says held before its figure (由2360元调整为2520元) among its ``own`` facts."""
    level = next((facts[name] for name in point.fact_ids if facts[name].role == "level"), None)
    if level is None:
        return None
    found = [
        fact
        for fact in own
        if fact.role == "previous"
        and (fact.notice_id, fact.indicator, fact.unit, fact.scope)
        == (level.notice_id, level.indicator, level.unit, level.scope)
    ]
    return found[0] if len(found) == 1 and level.indicator else None


def changes_of_facts(comparisons: Iterable[tuple[Comparison, Tag]]) -> dict[tuple[str, bool], tuple[Change, Tag]]:
    """Find a later side's changes by its facts, against last year (False) and against another region (True).

    Each comparison brings what is to be known of it along.
    """
    return {
        (name, comparison.against is not None): (change, tag)
        for comparison, tag in comparisons
        for change in comparison.changes
        if change.after is not None
        for name in change.after.fact_ids
    }


def implemented_comparisons(figures: Figures) -> Iterator[Comparison]:
    """Compare each region's years with what its notices implement, of the nation and of its province; most implement nothing."""
    places = figures.places()
    for region, years in places.items():
        if region in {None, NATION}:
            continue
        above = [code for code in (NATION, f"{region[:2]}0000") if code != region and code in places]
        linked = {
            year_of(one)
            for one in figures.notices.values()
            if one.region and one.region.code == region and any(link.type == "implements" for link in one.relations)
        }
        for year in years:
            for against in above if year in linked else ():
                try:
                    found = compare_regions(figures, region, against, year)
                except DatasetError:
                    continue  # it implements no notice of theirs that the dataset holds
                if found.changes:
                    yield found
