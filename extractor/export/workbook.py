"""An Excel workbook for people: headlines and doubts first, then series, changes, facts, checks, notices and a legend.

Text is written as text: nothing in a notice becomes a formula or a link. The workbook has no clock in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from extractor.dataset.doubts import newest_first
from extractor.dataset.labels import title_of
from extractor.dataset.standing import standing_notes
from extractor.dataset.times import year_of
from extractor.export.sheet_cells import COLOURS, CellMaker, difference_cells, quotation
from extractor.export.sheet_writer import Sheet, SheetCell, SheetColumn, SheetWriter
from extractor.export.workbook_front import doubts_sheet, headlines_sheet, legend_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from extractor.export.targets import Options
    from extractor.model import Change, Comparison, Dataset, Fact, Point, Series


def write_xlsx(dataset: Dataset, path: Path, options: Options) -> None:
    """Write the workbook; raises `ExportError` for more rows than a sheet can hold."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "extractor", "comments": dataset.content_hash, "created": _day(dataset)})
    writer = SheetWriter(book)
    for sheet in _sheets(CellMaker(dataset, options)):
        writer.draw(sheet)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _day(dataset: Dataset) -> dt.datetime:
    """Take the newest notice's day for the date of the file: the same dataset makes the same bytes."""
    days = [notice.issued_on for notice in dataset.notices if notice.issued_on]
    return dt.datetime.fromisoformat(max(days)) if days else dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a day, no time


def _sheets(cells: CellMaker) -> Iterable[Sheet]:
    """List the sheets in the order in which people look at them."""
    sheets = [
        headlines_sheet(cells), doubts_sheet(cells), _series_sheet(cells), _changes_sheet(cells), _facts_sheet(cells),
        _checks_sheet(cells), _notices_sheet(cells),
    ]  # fmt: skip
    return [*sheets, legend_sheet(cells, sheets)]


_KEY = (("field.region", 12), ("field.indicator", 30), ("field.scope", 30))


def _series_sheet(cells: CellMaker) -> Sheet:
    years = sorted({point.year for series in cells.dataset.series for point in series.points})
    columns = cells.columns(*_KEY, ("field.unit", 12))

    def place(series: Series) -> tuple[object, ...]:
        at = cells.labels.place(series.indicator)
        # What is for all stands before what is for some.
        scoped = bool(cells.scope(series.scope).value)
        return at, series.indicator or "", series.subject or "", series.region or "", series.role != "level", scoped

    def row(series: Series) -> list[SheetCell]:
        points: defaultdict[int, list[Point]] = defaultdict(list)
        for point in series.points:
            points[point.year].append(point)
        measure = series.unit, series.per
        notes = standing_notes(series.points[-1], cells.labels) if series.points else []
        return [
            cells.region(series.region), cells.subject(series.indicator, series.subject, series.role),
            cells.scope(series.scope), cells.unit(measure), *(cells.points(points[year], measure) for year in years),
            SheetCell(cells.labels.clauses(notes)),
        ]  # fmt: skip

    heads = [*columns, *(SheetColumn(str(year), 16) for year in years), *cells.columns(("sheet.standing", 30))]
    return Sheet(
        *cells.sheet("series"), heads, map(row, sorted(cells.dataset.series, key=place)), fixed=2, named_by=len(_KEY)
    )


def _changes_sheet(cells: CellMaker) -> Sheet:
    columns = cells.columns(
        ("sheet.from", 7), ("sheet.to", 7), *_KEY, ("sheet.before", 14), ("sheet.after", 14), ("field.unit", 12),
        ("field.due", 14), ("field.change", 12), ("sheet.delta", 12), ("sheet.delta_percent", 10),
    )  # fmt: skip
    return Sheet(*cells.sheet("changes"), columns, _changes(cells), named_by=2 + len(_KEY))


def _changes(cells: CellMaker) -> Iterable[list[SheetCell]]:
    """List what moved, the newest years first, in each the order of the catalog."""
    for one in sorted(cells.dataset.comparisons, key=lambda one: (-one.to, one.region or "", one.against or "")):
        moved = sorted(one.changes, key=lambda change: cells.labels.place(change.indicator))
        yield from (_change(one, change, cells) for change in moved)


def _change(one: Comparison, change: Change, cells: CellMaker) -> list[SheetCell]:
    measure = cells.measure(change.before, change.after) or (None, ())
    dues = dict.fromkeys(point.due for point in (change.before, change.after) if point)
    due = " → ".join(day or "—" for day in dues) if any(dues) else None
    return [
        SheetCell(one.from_), SheetCell(one.to), cells.region(one.region),
        cells.subject(change.indicator, change.subject, change.role), cells.scope(change.scope),
        cells.point(change.before, measure), cells.point(change.after, measure), cells.unit(measure), SheetCell(due),
        SheetCell(cells.labels("change", change.kind)), *difference_cells(change),
    ]  # fmt: skip


def _facts_sheet(cells: CellMaker) -> Sheet:
    columns = cells.columns(
        ("field.fact_id", 18), ("field.notice", 30), ("field.policy_year", 7), ("field.indicator", 26),
        ("field.subject", 26), ("field.kind", 8), ("field.role", 8), ("field.value", 16), ("field.unit", 12),
        ("field.due", 12), ("field.scope", 30), ("field.modality", 10), ("field.status", 8), ("field.section", 10),
        ("field.page", 6), ("field.exact", 60),
    )  # fmt: skip

    def row(fact: Fact) -> list[SheetCell]:
        labels, evidence = cells.labels, fact.evidence
        return [
            SheetCell(fact.fact_id, to=cells.fact_link(fact)), cells.notice(fact.notice_id), SheetCell(fact.policy_year),
            SheetCell(labels.indicator(fact.indicator)), SheetCell(fact.subject), SheetCell(labels("kind", fact.kind)),
            SheetCell(labels("role", fact.role)), cells.figure(fact, fact.unit), cells.unit((fact.unit, fact.per)),
            SheetCell(fact.due), cells.scope(fact.scope), SheetCell(labels("modality", fact.modality)),
            SheetCell(labels("status", fact.status)), SheetCell(evidence.section), SheetCell(evidence.page),
            quotation(evidence),
        ]  # fmt: skip

    return Sheet(*cells.sheet("facts"), columns, map(row, cells.dataset.facts))


def _checks_sheet(cells: CellMaker) -> Sheet:
    columns = cells.columns(
        ("field.result", 10),
        ("field.check_kind", 12),
        ("sheet.expected", 16),
        ("sheet.found", 16),
        ("field.message", 80),
    )
    order = ("fail", "warn", "not_made", "pass")
    checks = sorted(
        cells.dataset.checks, key=lambda one: order.index(one.status) if one.status in order else len(order)
    )
    rows = (
        [
            SheetCell(cells.labels("check_status", one.status), colour=COLOURS.get(one.status, "")),
            SheetCell(cells.labels("check", one.kind)), SheetCell(one.expected), SheetCell(one.found),
            SheetCell(one.message, to=cells.place(one.fact_ids)),
        ]
        for one in checks
    )  # fmt: skip
    return Sheet(*cells.sheet("checks"), columns, rows)


def _notices_sheet(cells: CellMaker) -> Sheet:
    columns = cells.columns(
        ("field.region", 12), ("field.policy_year", 7), ("field.title", 60), ("field.document_number", 22),
        ("field.type", 8), ("field.issuers", 30), ("field.issued_on", 12), ("field.figures", 8), ("field.unresolved", 8),
        ("field.url", 40), ("field.path", 40),
    )  # fmt: skip
    facts, unread = (_counted(found) for found in (cells.dataset.facts, cells.dataset.unresolved))
    rows = (
        [
            cells.region(one.region.code if one.region else None), SheetCell(year_of(one)),
            SheetCell(title_of(one) or one.notice_id, to=cells.notice_link(one)), SheetCell(one.document_number),
            SheetCell(cells.labels("type", one.type)), SheetCell(cells.labels.listed(one.issuers)), SheetCell(one.issued_on),
            SheetCell(facts.get(one.notice_id, 0)), SheetCell(unread.get(one.notice_id, 0)),
            SheetCell(one.source.url, to=cells.publisher(one.notice_id)), SheetCell(one.source.path),
        ]
        for one in newest_first(cells.dataset.notices)
    )  # fmt: skip
    return Sheet(*cells.sheet("notices"), columns, rows, named_by=3)


def _counted(found: Sequence[Any]) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for one in found:
        counts[one.notice_id] += 1
    return counts
