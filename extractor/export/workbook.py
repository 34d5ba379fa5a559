"""An Excel workbook for people: series by year, what moved, facts, checks, what could not be read, and what it all is.

A bound is a number that shows its sign (≥610), so that it can be sorted and still is never taken for an exact figure.
Text is written as text: nothing in a notice becomes a formula or a link. The workbook has no clock in it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.dataset.addresses import notice_page
from extractor.dataset.labels import load_labels
from extractor.errors import ExportError
from extractor.export.targets import region_names
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from extractor.dataset.labels import Labels
    from extractor.export.targets import Options
    from extractor.model import Dataset, Evidence, Fact, Point, Scope, Series, SeriesScope

_MOST_ROWS, _MOST_CHARACTERS, _MOST_DIGITS = 1_048_576, 32_767, 15
# Excel's bounds are 65,530 and 2,079; signs of an address may be written as three.
_MOST_LINKS, _LONGEST_LINK = 65_000, 690
_UNSAFE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "约"}
_FONT = "Microsoft YaHei"
_LINE, _MOST_LINES = 15, 12
_COLOURS = {"fail": "#F8D7DA", "warn": "#FFF3CD", "pass": "#D4EDDA", "conflicting": "#F8D7DA", "derived": "#E2E3F3"}
# Where `extractor report` puts its page.
_INDEX = "index.html"
_REPORT = f"report/{_INDEX}"


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes; spreadsheets don't all fit a row to its text, and Han is two columns wide."""
    return -(-sum(2 if char > "\u2e7f" else 1 for char in text[: _MOST_LINES * width]) // width)


class SheetCell(NamedTuple):
    """A cell: a number with the sign to show, or text; ``to`` is a link, ``colour`` a background."""

    value: Decimal | int | str | None
    sign: str = ""
    to: str = ""
    colour: str = ""


class Sheet(NamedTuple):
    """A sheet: its name, its columns with their widths, and its rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[SheetCell]]


def write_xlsx(dataset: Dataset, path: Path, options: Options) -> None:
    """Write the workbook; raises `ExportError` for more rows than a sheet can hold."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "extractor", "comments": dataset.content_hash, "created": _day(dataset)})
    pen = _Pen(book)
    for sheet in _Maker(dataset, options).sheets():
        pen.draw(sheet)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _day(dataset: Dataset) -> dt.datetime:
    """Take the newest notice's day for the date of the file: the same dataset makes the same bytes."""
    days = [notice.issued_on for notice in dataset.notices if notice.issued_on]
    return dt.datetime.fromisoformat(max(days)) if days else dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a day, no time


class _Pen:
    """Draws sheets into one workbook, each format made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - an xlsxwriter.Workbook, which has no types
        self.book = book
        self.formats: dict[tuple[str, str, str], Any] = {}
        self.links: Counter[str] = Counter()
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        self.base = base
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True}
        )

    def draw(self, sheet: Sheet) -> None:
        """Draw a sheet: a frozen head, a filter, the rows."""
        page = self.book.add_worksheet(sheet.name)
        for at, (name, width) in enumerate(sheet.columns):
            page.set_column(at, at, width)
            page.write_string(0, at, name, self.head)
        page.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(sheet.rows, 1):
            if last >= _MOST_ROWS:
                msg = Message(
                    "{name}: more than {most_rows:,} rows, an Excel sheet has no more. Export as parquet, duckdb or "
                    "sqlite.",
                    name=sheet.name,
                    most_rows=_MOST_ROWS - 1,
                )
                raise ExportError(msg)
            lines = 1
            for at, cell in enumerate(row):
                self._write(page, last, at, cell)
                if isinstance(cell.value, str):
                    lines = max(lines, _lines(cell.value, sheet.columns[at][1]))
            page.set_row(last, _LINE * min(lines, _MOST_LINES))
        page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
        page.set_landscape()
        page.repeat_rows(0)
        page.fit_to_pages(1, 0)

    def _write(self, page: Any, row: int, column: int, cell: SheetCell) -> None:  # noqa: ANN401 - an xlsxwriter.Worksheet
        value = cell.value
        if cell.to and not self._may_link(page, cell.to):
            cell = cell._replace(to="")
        if value is None or value == "":
            if cell.colour:
                page.write_blank(row, column, None, self._format("", cell.colour, ""))
            return
        if isinstance(value, (int, Decimal)) and len(Decimal(value).as_tuple().digits) <= _MOST_DIGITS:
            if cell.to:
                page.write_url(row, column, cell.to)  # the link stays when the number is written over its text
            page.write_number(row, column, value, self._format(cell.sign or "number", cell.colour, ""))
            return
        text = (cell.sign if isinstance(value, Decimal) else "") + str(value).replace("\r\n", "\n").replace("\r", " ")
        text = text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
        kind = "quoted" if text.startswith(_UNSAFE) else ""
        if cell.to and not kind:
            page.write_url(row, column, cell.to, self._format("", cell.colour, "link"), text)
        else:
            page.write_string(row, column, text, self._format(kind, cell.colour, ""))

    def _may_link(self, page: Any, to: str) -> bool:  # noqa: ANN401 - an xlsxwriter.Worksheet
        """Say whether a sheet holds another link, which Excel has a bound for; beyond it a cell is its text alone."""
        self.links[page.name] += 1
        return len(to) <= _LONGEST_LINK and self.links[page.name] <= _MOST_LINKS

    def _format(self, kind: str, colour: str, link: str) -> Any:  # noqa: ANN401 - an xlsxwriter.Format
        key = (kind, colour, link)
        if key not in self.formats:
            made = {**self.base, "text_wrap": kind in {"", "quoted"}}
            if colour:
                made["bg_color"] = colour
            if link:
                made |= {"font_color": "#0B5394", "underline": 1}
            if kind == "quoted":
                made["quote_prefix"] = True
            elif kind in _SIGNS.values():
                made["num_format"] = f'"{kind}"#,##0.##########'
            self.formats[key] = self.book.add_format(made)
        return self.formats[key]


class _Maker:
    """Makes the rows of all sheets."""

    def __init__(self, dataset: Dataset, options: Options) -> None:
        self.dataset = dataset
        self.labels: Labels = load_labels(options.resources, options.lang)
        self.notices = {notice.notice_id: notice for notice in dataset.notices}
        self.facts = {fact.fact_id: fact for fact in dataset.facts}
        self.rows = {fact.fact_id: at for at, fact in enumerate(dataset.facts, 2)}
        self.report = _relative(options.outputs / _REPORT, options.place)
        self.regions = region_names(dataset)

    def sheets(self) -> Iterable[Sheet]:
        """Yield the sheets in the order in which people look at them."""
        word = self._word
        years = sorted({point.year for series in self.dataset.series for point in series.points})
        key = [(word("region"), 18), (word("indicator"), 30), (word("scope"), 34), (word("unit"), 12)]
        yield Sheet(
            word("series"), [*key, *((str(year), 14) for year in years)], map(self._series(years), self.dataset.series)
        )
        yield Sheet(
            word("changes"),
            [
                (word("from"), 7), (word("to"), 7), *key[:3], (word("before"), 14), (word("after"), 14), (word("unit"), 12),
                (word("change"), 12), (word("delta"), 12), ("%", 9),
            ],
            self._changes(),
        )  # fmt: skip
        yield Sheet(
            word("facts"),
            [
                ("fact_id", 16), (word("notice"), 24), (word("policy_year"), 7), (word("indicator"), 26), (word("subject"), 26),
                (word("kind"), 8), (word("role"), 8), (word("figure"), 14), (word("unit"), 12), (word("due"), 12),
                (word("scope"), 30), (word("modality"), 10), (word("section"), 10), (word("page"), 6), (word("words"), 60),
            ],
            map(self._fact, self.dataset.facts),
        )  # fmt: skip
        yield Sheet(
            word("checks"),
            [(word("status"), 10), (word("kind"), 12), (word("expected"), 16), (word("found"), 16), (word("message"), 80)],
            (
                [SheetCell(self.labels("check_status", one.status), colour=_COLOURS.get(one.status, "")), SheetCell(self.labels("check", one.kind)),
                 SheetCell(one.expected), SheetCell(one.found), SheetCell(one.message, to=self._place(one.fact_ids))]
                for one in self.dataset.checks
            ),
        )  # fmt: skip
        yield Sheet(
            word("unresolved"),
            [(word("notice"), 24), (word("reason"), 16), (word("words"), 70), (word("message"), 40)],
            (
                [SheetCell(self._notice(one.notice_id)), SheetCell(self.labels("reason", one.reason)),
                 SheetCell(_quotation(one.evidence)), SheetCell(one.message)]
                for one in self.dataset.unresolved
            ),
        )  # fmt: skip
        about = {
            "dataset_version": self.dataset.dataset_version, "schema_version": self.dataset.schema_version,
            "content_hash": self.dataset.content_hash, "generator": self.dataset.generator.version,
        }  # fmt: skip
        yield Sheet(
            word("about"),
            [(word("about"), 24), ("", 70)],
            ([SheetCell(name), SheetCell(value)] for name, value in about.items()),
        )

    def _word(self, name: str) -> str:
        return self.labels("sheet", name)

    def _series(self, years: list[int]) -> Any:  # noqa: ANN401 - a function of a series
        def row(series: Series) -> list[SheetCell]:
            points = {point.year: point for point in series.points}
            cells = [self._point(points.get(year), series.unit) for year in years]
            return [
                *self._key(series.region, series.indicator, series.scope),
                SheetCell(self._unit(series.unit, series.per)),
                *cells,
            ]

        return row

    def _changes(self) -> Iterable[list[SheetCell]]:
        for one in self.dataset.comparisons:
            for change in one.changes:
                unit, per = self._measure(change.before, change.after)
                yield [
                    SheetCell(one.from_), SheetCell(one.to), *self._key(one.region, change.indicator, change.scope, change.subject),
                    self._point(change.before, unit), self._point(change.after, unit), SheetCell(self._unit(unit, per)),
                    SheetCell(self.labels("change", change.kind)), _number(change.delta), _number(change.delta_percent),
                ]  # fmt: skip

    def _fact(self, fact: Fact) -> list[SheetCell]:
        evidence, unit = fact.evidence, self._unit(fact.unit, fact.per)
        return [
            SheetCell(fact.fact_id, to=self._link(fact)), SheetCell(self._notice(fact.notice_id)), SheetCell(fact.policy_year),
            SheetCell(self.labels.indicator(fact.indicator)), SheetCell(fact.subject), SheetCell(self.labels("kind", fact.kind)),
            SheetCell(self.labels("role", fact.role)), self._figure(fact, fact.unit), SheetCell(unit), SheetCell(fact.due),
            SheetCell(self._scope(fact.scope)), SheetCell(self.labels("modality", fact.modality)), SheetCell(evidence.section), SheetCell(evidence.page),
            SheetCell(_quotation(evidence)),
        ]  # fmt: skip

    def _key(
        self, region: str | None, indicator: str | None, scope: SeriesScope, subject: str | None = None
    ) -> list[SheetCell]:
        """Name what a row is about; a figure that no indicator fits has the words that name it."""
        name = self.regions.get(region or "", region)
        words = self.labels.indicator(indicator) or (subject and f"（{subject}）")
        return [SheetCell(name), SheetCell(words), SheetCell(self._scope(scope))]

    def _scope(self, scope: Scope | SeriesScope) -> str:
        area = self.labels("area", scope.area) if scope.area else None
        return "；".join(filter(None, (area, *scope.places, scope.population, scope.provider, scope.condition)))

    def _unit(self, unit: str | None, per: Sequence[str]) -> str:
        return "/".join(filter(None, (self.labels.unit(unit), "·".join(self.labels("per", one) for one in per))))

    def _measure(self, *points: Point | None) -> tuple[str | None, tuple[str, ...]]:
        named = [self.facts[one] for point in points if point for one in point.fact_ids if one in self.facts]
        return (named[-1].unit, named[-1].per) if named else (None, ())

    def _point(self, point: Point | None, unit: str | None) -> SheetCell:
        if point is None:
            return SheetCell(None)
        to = self._place(point.fact_ids)
        if point.status == "conflicting":
            return SheetCell(self.labels("note", point.status), to=to, colour=_COLOURS["conflicting"])
        figure = self._figure(point, unit)
        # LibreOffice doesn't break the lines of a link, and a span of dates needs two.
        return figure._replace(to="" if isinstance(figure.value, str) else to, colour=_COLOURS.get(point.status, ""))

    def _figure(self, figure: Fact | Point, unit: str | None) -> SheetCell:
        """Show a figure as the tables do: a number with its sign, a span, a date."""
        if figure.value is None:
            ends = [end for end in (figure.lower, figure.upper) if end]
            return SheetCell(
                " – ".join(ends)
                or figure.due
                or (self.labels("operator", "none") if figure.operator == "none" else None)
            )
        number = _number(figure.value)
        if unit is None or not isinstance(number.value, Decimal):
            return SheetCell(figure.value)
        return number._replace(sign=_SIGNS.get(figure.operator, ""))

    def _notice(self, notice_id: str) -> str:
        notice = self.notices[notice_id]
        return notice.document_number or notice.title or notice_id

    def _place(self, fact_ids: Sequence[str]) -> str:
        row = next((self.rows[one] for one in fact_ids if one in self.rows), None)
        return f"internal:'{self._word('facts')}'!A{row}" if row else ""

    def _link(self, fact: Fact) -> str:
        """Link to the fact in the report where there is one, else to the notice's page."""
        if self.report:
            page = f"{self.report.removesuffix(_INDEX)}{notice_page(fact.notice_id)}"
            return f"external:{page}#fact-{fact.fact_id}"
        url = self.notices[fact.notice_id].source.url or ""
        return url if url.startswith(("https://", "http://")) else ""


def _relative(report: Path, place: Path | None) -> str | None:
    """Say where the report is as seen from the workbook, so that the two can be moved together."""
    if place is None or not report.is_file():
        return None
    return os.path.relpath(report.resolve(), place.parent.resolve())


def _quotation(evidence: Evidence) -> str:
    """Quote words with those around them, on one line."""
    return " ".join(f"{evidence.prefix}【{evidence.exact}】{evidence.suffix}".split())


def _number(text: str | None) -> SheetCell:
    try:
        return SheetCell(None if text is None else Decimal(text))
    except ArithmeticError:
        return SheetCell(text)
