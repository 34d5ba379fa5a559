"""When a figure holds: known only where the text states it, never taken from the year of the policy.

A fact states it itself (valid_from, valid_to, applies_to, or it is a period), or a period of its notice does: who pays
the contribution of 2022's notice is insured 2023年1月1日至2023年12月31日. `data/readings.toml` says which periods date what.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import Fact, NoticeRecord
    from extractor.resources import Resources

_WIDEST = (date.min, date.max)


class DaySpan(NamedTuple):
    """From a day to a day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """Write it like EDTF: ``2023-01-01/2023-12-31``, ``2023-01-01/..``."""
        ends = (day.isoformat() if day not in _WIDEST else ".." for day in self)
        return "/".join(dict.fromkeys(ends))


class CoverageRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `readings.toml`: the indicator whose period dates others, and these."""

    period: str
    of: tuple[str, ...]


def coverage_rows(resources: Resources) -> list[CoverageRow]:
    """Read `readings.toml`."""
    return read_rows(resources.root / "readings.toml", "coverage", CoverageRow)


class Times:
    """When the figures of a dataset hold."""

    def __init__(self, facts: Iterable[Fact], resources: Resources) -> None:
        """Keep the periods that date others, by notice."""
        rows = resources.built(coverage_rows)
        self._dated_by = {indicator: row.period for row in rows for indicator in row.of}
        periods = {row.period for row in rows}
        self._periods: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            if fact.kind == "period" and fact.indicator in periods:
                self._periods.setdefault((fact.notice_id, fact.indicator or ""), []).append(fact)

    def span(self, facts: Sequence[Fact]) -> DaySpan | None:
        """Say when the figure that facts state holds; None where no text states it, or texts differ."""
        spans = {span for fact in facts if (span := stated_span(fact) or self._covered(fact))}
        return spans.pop() if len(spans) == 1 else None

    def _covered(self, fact: Fact) -> DaySpan | None:
        """Find the period of the notice that dates a fact: one of the same population, else a general one, or what all have."""
        periods = self._periods.get((fact.notice_id, self._dated_by.get(fact.indicator or "", "")), [])
        for population in (fact.scope.population, None):
            fitting = [one for one in periods if one.scope.population == population and one.scope.condition is None]
            spans = {span for one in fitting if (span := stated_span(one))}
            if spans:
                return spans.pop() if len(spans) == 1 else None
        # A cell that spans the rows of two groups is read as the first one's: what several groups share is everybody's.
        shared = {stated_span(one) for one in periods} if len({one.scope.population for one in periods}) > 1 else set()
        return shared.pop() if len(shared) == 1 else None


def year_of(notice: NoticeRecord) -> int | None:
    """Say of which year a notice's figures are: of its policy year, else of the year from which it says that it or they hold.

    关于调整有关政策的通知 names no year, but 本通知自2024年5月1日起施行, or 自2024年6月1日起，失业保险金标准…. None where it says
    neither: when a text was issued is not when its figures hold.
    """
    if notice.policy_year is not None:
        return notice.policy_year
    return int(notice.effective_on[:4]) if notice.effective_on else notice.begins_in


def stated_day(notice: NoticeRecord) -> str | None:
    """Return the day on which a notice was issued; an interpretation is issued by being published. None where it bears none."""
    return notice.issued_on or (notice.published_on if notice.type == "interpretation" else None)


def known_day(notice: NoticeRecord) -> str | None:
    """Return the day by which everybody could know of a notice; None where none is stated."""
    return notice.issued_on or notice.published_on


def day_before(day: str) -> str | None:
    """Return the day before a day; None before the first of the calendar."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=1)).isoformat() if found > date.min else None


def is_for(fact: Fact, year: int) -> Literal["own", "earlier", "later"]:
    """Say whether the words give a figure to a year itself, or to earlier or later ones; without such words it is its own.

    上年度350元 in 2023's notice is for 2022, and earlier. The year that is named outweighs the days that it holds on.
    """
    if fact.applies_to:
        start, _, end = fact.applies_to.partition("/")
    else:
        start, end = fact.valid_from or "..", fact.valid_to or ".."
    first, last = _edtf(start), _edtf(end or start)
    if first is None or last is None:
        return "own"
    return "earlier" if last.last.year < year else "later" if first.first.year > year else "own"


def stated_span(fact: Fact) -> DaySpan | None:
    """Say when a fact itself says that it holds."""
    if fact.valid_from or fact.valid_to:
        first, last = _edtf(fact.valid_from or ".."), _edtf(fact.valid_to or "..")
    elif fact.applies_to:
        start, _, end = fact.applies_to.partition("/")
        first, last = _edtf(start), _edtf(end or start)
    elif fact.kind == "period" and fact.lower and fact.upper:
        first, last = _edtf(fact.lower), _edtf(fact.upper)
    else:
        return None
    return DaySpan(first.first, last.last) if first and last else None


def _edtf(text: str) -> DaySpan | None:
    """Read a day, a month, a year or an open end; None for what is less certain than these.

    >>> str(_edtf("2022-02")), str(_edtf("..")), _edtf("2022-13"), _edtf("202X")
    ('2022-02-01/2022-02-28', '..', None, None)
    """
    if text in {"..", ""}:
        return DaySpan(*_WIDEST)
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    return DaySpan(
        first, first if day else date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    )
