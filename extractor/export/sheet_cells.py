"""The dataset in cells: figures with their signs, names, places, links; the same on every sheet of the workbook."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.dataset.addresses import notice_page
from extractor.dataset.check.run import in_language
from extractor.dataset.compare import figures_of
from extractor.dataset.doubts import broken_limits
from extractor.dataset.labels import load_labels, one_line, title_of
from extractor.export.sheet_writer import SIGNED, SheetCell, SheetColumn
from extractor.export.targets import region_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.export.targets import Options
    from extractor.model import Change, Dataset, Evidence, Fact, NoticeRecord, Point, Scope, SeriesScope

COLOURS = {
    "fail": "#F8D7DA", "warn": "#FFF3CD", "pass": "#D4EDDA", "conflicting": "#F8D7DA", "derived": "#E2E3F3",
    "failed": "#F8D7DA", "conflict": "#F8D7DA", "unresolved": "#F8D7DA", "warned": "#FFF3CD", "set_aside": "#F8D7DA",
}  # fmt: skip
# Where `extractor report` puts its page.
_INDEX = "index.html"
_REPORT = f"report/{_INDEX}"
# A figure's unit and what it is per.
Measure = tuple[str | None, tuple[str, ...]]


class CellMaker:
    """Makes the cells of one dataset in one language."""

    def __init__(self, dataset: Dataset, options: Options) -> None:
        """Index the dataset."""
        dataset = in_language(dataset, options.resources, options.lang)
        self.dataset, self.resources = dataset, options.resources
        self.labels: Labels = load_labels(options.resources, options.lang)
        self.figures: Figures = figures_of(dataset, options.resources)
        self.limits = broken_limits(self.dataset)
        self.disputes: dict[str, list[Point]] = {}
        for series in dataset.series:
            for point in series.points:
                for name in point.fact_ids if point.status == "conflicting" else ():
                    self.disputes.setdefault(name, []).append(point)
        self._rows = {fact.fact_id: at for at, fact in enumerate(dataset.facts, 2)}
        self._report = _relative(options.outputs / _REPORT, options.place)
        self._regions = region_names(dataset, self.labels)

    # ── heads and names ─────────────────────────────────────────────────────────────────────────────────────────────

    def columns(self, *columns: tuple[str, int]) -> list[SheetColumn]:
        """Make columns of labels' names (``field.region``) and widths."""
        made = []
        for name, width in columns:
            group, _, member = name.partition(".")
            note = self.labels("head_note", member)
            made.append(SheetColumn(self.labels(group, member), width, "" if note == member else note))
        return made

    def sheet(self, name: str) -> tuple[str, str]:
        """Say a sheet's name and what is on it."""
        return self.labels("sheet", name), self.labels("sheet_note", name)

    def region(self, code: str | None) -> SheetCell:
        """Name a region."""
        return SheetCell(self._regions.get(code or "", code))

    def subject(self, indicator: str | None, subject: str | None, role: str = "level") -> SheetCell:
        """Name what a figure measures; words of a text stand behind ？, and what is no level is called what it is."""
        words = self.labels.indicator(indicator) or (f"？{one_line(subject)}" if subject else "")
        return SheetCell(words if role == "level" else self.labels.bracketed(words, self.labels("role", role)))

    def scope(self, scope: Scope | SeriesScope) -> SheetCell:
        """Say for whom a figure holds."""
        area = self.labels("area", scope.area) if scope.area else None
        return SheetCell(self.labels.clauses((area, *scope.places, scope.population, scope.provider, scope.condition)))

    def unit(self, measure: Measure) -> SheetCell:
        """Say a unit and what it is per."""
        return SheetCell(self._unit(measure))

    def _unit(self, measure: Measure) -> str:
        unit, per = measure
        return "/".join(filter(None, (self.labels.unit(unit), "·".join(self.labels("per", one) for one in per))))

    def notice(self, notice_id: str) -> SheetCell:
        """Name a notice shortly."""
        notice = self.figures.notices[notice_id]
        return SheetCell(one_line(notice.document_number or title_of(notice) or notice_id))

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def measure(self, *points: Point | None) -> Measure | None:
        """Say unit and per of the last of the points that has facts; None where none has."""
        facts = self.figures.facts
        named = [facts[one] for point in points if point for one in point.fact_ids if one in facts]
        return (named[-1].unit, named[-1].per) if named else None

    def points(self, points: Sequence[Point], measure: Measure) -> SheetCell:
        """Show the points of one year: a year with several deadlines has a figure for each."""
        if len(points) < 2:  # noqa: PLR2004 - several
            return self.point(points[0] if points else None, measure)
        words = (self.labels.bracketed(self._words(self.point(one, measure)), one.due or "") for one in points)
        return SheetCell(self.labels.clauses(words))

    def point(self, point: Point | None, measure: Measure | None) -> SheetCell:
        """Show a point in a row of a measure; one of another unit as text with its own, and one in dispute as that."""
        if point is None:
            return SheetCell(None)
        to = self.place(point.fact_ids)
        if point.status == "conflicting":
            return SheetCell(self.labels("note", point.status), to=to, colour=COLOURS["conflicting"])
        own = self.measure(point) or measure or (None, ())
        figure = self.figure(point, own[0])
        if measure is not None and own[0] != measure[0] and own[0] is not None:
            figure = SheetCell(f"{self._words(figure)} {self._unit(own)}")
        # LibreOffice doesn't break the lines of a link, and a span of dates needs two.
        return figure._replace(to="" if isinstance(figure.value, str) else to, colour=COLOURS.get(point.status, ""))

    def figure(self, figure: Fact | Point, unit: str | None) -> SheetCell:
        """Show a figure as the tables do: a number with its sign, a span, a date."""
        if figure.value is None:
            ends = [end for end in (figure.lower, figure.upper) if end]
            none = self.labels("operator", "none") if figure.operator == "none" else None
            return SheetCell(" – ".join(ends) or figure.due or none)
        number = decimal_cell(figure.value)
        if unit is None or not isinstance(number.value, Decimal):
            return SheetCell(f"{self._sign('date_sign', figure.operator)}{figure.value}")
        return number._replace(sign=self._sign("sign", figure.operator))

    def _sign(self, group: str, operator: str) -> str:
        said = self.labels(group, operator)
        return "" if said == operator else said

    @staticmethod
    def _words(cell: SheetCell) -> str:
        value = f"{cell.value:,f}" if isinstance(cell.value, Decimal) else str(cell.value or "")
        return f"{cell.sign}{value}"

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def place(self, fact_ids: Iterable[str]) -> str:
        """Link to the first of some facts on the sheet of facts."""
        row = next((self._rows[one] for one in fact_ids if one in self._rows), None)
        return f"internal:'{self.labels('sheet', 'facts')}'!A{row}" if row else ""

    def fact_link(self, fact: Fact) -> str:
        """Link to the fact in the report where there is one, else to the notice's page."""
        return self._report_link(fact.notice_id, f"#fact-{fact.fact_id}") or self.publisher(fact.notice_id)

    def notice_link(self, notice: NoticeRecord) -> str:
        """Link to the notice in the report where there is one, else to the publisher's page."""
        return self._report_link(notice.notice_id, "") or self.publisher(notice.notice_id)

    def _report_link(self, notice_id: str, anchor: str) -> str:
        page = f"{(self._report or '').removesuffix(_INDEX)}{notice_page(notice_id)}{anchor}"
        return f"external:{page}" if self._report else ""

    def publisher(self, notice_id: str) -> str:
        """Give the address at which a notice was published, if it is one of the web."""
        url = self.figures.notices[notice_id].source.url or ""
        return url if url.startswith(("https://", "http://")) else ""


def _relative(report: Path, place: Path | None) -> str | None:
    """Say where the report is as seen from the workbook, so that the two can be moved together."""
    if place is None or not report.is_file():
        return None
    return os.path.relpath(report.resolve(), place.parent.resolve())


def quotation(evidence: Evidence) -> SheetCell:
    """Quote words with those around them, on one line."""
    return SheetCell(" ".join(f"{evidence.prefix}【{evidence.exact}】{evidence.suffix}".split()))


def decimal_cell(text: str | None) -> SheetCell:
    """Show a number as one, and what is none as its text."""
    try:
        return SheetCell(None if text is None else Decimal(text))
    except ArithmeticError:
        return SheetCell(text)


def difference_cells(change: Change | None) -> list[SheetCell]:
    """Show by how much a figure moved, with + or −, and in percent; of rates only the points, a share of a share misleads."""
    if change is None or change.kind not in {"raised", "lowered"}:
        return [SheetCell(None)] * 2
    percent = None if change.delta_unit == "pp" else change.delta_percent
    return [decimal_cell(text)._replace(sign=SIGNED) for text in (change.delta, percent)]
