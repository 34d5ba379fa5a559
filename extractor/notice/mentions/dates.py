"""Reads dates: days, months, years, ranges and deadlines.

A date without a year takes it from the date before it in the same sentence, else from the reference; with neither it
stays relative: its year is written ``-`` (ISO 8601 ``--06-30``) and ``XXXX`` in EDTF. No clock is ever read.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import structs

from extractor.model import DateMention, Operator, Span
from extractor.notice.mentions.patterns import dates_of
from extractor.notice.numerals import parse_numeral
from extractor.notice.word_trie import Prefilter

if TYPE_CHECKING:
    import regex

    from extractor.notice.mentions.patterns import DatePatterns
    from extractor.resources import Resources

# How a date ends from which on something holds: 自2031年起 is 2031/...
_OPEN = "/.."
# 民国1年 is 1912.
_REPUBLIC = 1911
SEASON = "date.season"
# The groups of a season and its first and last month: halves, quarters, the first three of these.
_SEASONS = {"h1": (1, 6), "h2": (7, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "n3": (1, 9)}
# 4月4日|（农历清明、星期五）
_BRACKET = 16
# The name of what amounts are reckoned by stands so near behind its date: 2031年度|职工月平均工资.
_BASE = 24
_NEW_YEAR, _YEAR_END = "-01-01", "-12-31"
_FULLWIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def _exists(year: int | None, month: int, day: int | None) -> bool:
    """Tell whether the calendar has a month and a day; without a year, in a leap year."""
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        return False
    return day is None or 1 <= day <= calendar.monthrange(year or 2000, month)[1]


class Day(NamedTuple):
    """A date as far as it is known; no year means it comes again or is relative."""

    year: int | None
    month: int | None
    day: int | None

    def iso(self) -> str:
        """Write as ISO 8601, as precise as it is."""
        parts = [f"{self.year:04d}" if self.year is not None else "-"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def edtf(self) -> str:
        """Write as EDTF; an unknown year is XXXX."""
        return self.iso() if self.year is not None else "XXXX" + self.iso()[1:]

    def first(self) -> Day:
        """Return the first day of it."""
        return Day(self.year, self.month or 1, self.day or 1)

    def last(self) -> Day:
        """Return the last day of it."""
        month = self.month or 12
        return Day(self.year, month, self.day or calendar.monthrange(self.year or 2001, month)[1])


class Reference(NamedTuple):
    """What relative years are counted from: 今年 and 去年 from the year of writing, 上年 from the year that is planned.

    ``issued`` is the day of issue as ISO 8601.
    """

    written: int | None
    planned: int | None = None
    issued: str | None = None


class DateReader:
    """The date rows, compiled, with the words for years counted from another."""

    def __init__(self, patterns: DatePatterns) -> None:
        """Keep the rows in their order."""
        self.rows = patterns.rows
        self.lists = patterns.lists
        self.prefilter = Prefilter([row.needs for row, _ in patterns.rows])
        self.relative_rows = patterns.relative
        self.relative = {form: row for row in patterns.relative for form in row.forms}

    def find(self, text: str, start: int, end: int, *, reference: Reference) -> list[DateMention]:
        """List every reading of a date between two offsets, overlapping ones too, in the order of the rows."""
        found = []
        for index in self.prefilter.admitted(text, start, end):
            row, pattern = self.rows[index]
            for match in pattern.finditer(text, start, end):
                mention = self.read(row.id, match, reference)
                if mention is not None:
                    found.append(mention)
        return found

    def find_impossible(self, text: str, start: int, end: int) -> list[Span]:
        """List the days that the calendar does not have: 2月30日, 13月1日."""
        found = []
        for match in self.lists.any_day.pattern.finditer(text, start, end):
            year, month, day = (int(part) if part else None for part in match.groups())
            if not _exists(year, month or 0, day):
                found.append(Span(*match.span()))
        return found

    def carry(self, text: str, dates: list[DateMention], reference: Reference) -> list[DateMention]:
        """Give dates that are counted from another the year of the date before them in the same sentence.

        次年, 同年 and a bare 二季度 are of whatever was said before; 11月底前 only of a month or day of a later year than
        the notice's (自2032年3月1日起受理，6月30日前办结), since 2032年度缴费期为9月至12月 is of the year before. What amounts
        are reckoned by is of a year of its own: 2032年度基数按2031年月平均工资核定，该年度上限为….
        """
        made: list[DateMention] = []
        for date in dates:
            before = self._dated_before(text, made, plain=True) or self._dated_before(text, made, plain=False)
            carried = self._carried(text, date, before, reference) if before else date
            made.append(self._of_plan(text, date, reference) if carried is date else carried)
        return made

    def _dated_before(self, text: str, made: list[DateMention], *, plain: bool) -> DateMention | None:
        """Return the last date before that has a year; with ``plain`` none of what amounts are reckoned by."""
        base = self.lists.base_behind.meets
        dated = (one for one in reversed(made) if _year_of(one) is not None)
        return next((one for one in dated if not (plain and base(text[one.span.end : one.span.end + _BASE]))), None)

    def _of_plan(self, text: str, date: DateMention, reference: Reference) -> DateMention:
        """Give a day without a year that of the plan, where it isn't of the year before, in which the plan was issued.

        A period is not that was over by then (1月1日至2月28日为补缴期), nor a whole year (待遇享受期为1月1日至12月31日), nor a
        weekday of the plan's year alone. 集中征缴期为9月1日至12月31日 may have begun before its notice.
        """
        written, planned, issued = reference
        begun = date.value or date.lower or ""
        if written is None or issued is None or planned != written + 1 or _year_of(date) != written:
            return date
        match = self._match_of(text, date)
        if match is None or len(begun) != len(issued):
            return date
        groups = match.groupdict()
        if groups.get("y") or groups.get("y2") or groups.get("rel") or groups.get("recurring"):
            return date
        moved = self.read(date.pattern, match, reference, carried=planned)
        if moved is None:
            return date
        weekday = self.lists.weekday.pattern.search(text, date.span.start, date.span.end + _BRACKET)
        if weekday is not None:
            said = int((weekday.lastgroup or "")[1:])
            told = said == _weekday(moved.value or moved.lower or "") != _weekday(begun)
        else:
            whole = begun.endswith(_NEW_YEAR) and (date.upper or "").endswith(_YEAR_END)
            over = date.precision == "day" and (date.upper or "") < issued  # 1至11月 has been
            told = date.kind == "period" and (whole or over)
        return moved if told else date

    def _match_of(self, text: str, date: DateMention) -> regex.Match[str] | None:
        """Match the words of a date by its row again; None where they are no longer what it was read of."""
        pattern = next(pattern for row, pattern in self.rows if row.id == date.pattern)
        match = pattern.match(text, date.span.start)
        return match if match and match.end() == date.span.end else None

    def _carried(self, text: str, date: DateMention, before: DateMention, reference: Reference) -> DateMention:
        match, year = self._match_of(text, date), _year_of(before)
        if match is None or year is None:
            return date
        groups = match.groupdict()
        row = self.relative.get(groups.get("rel") or "")
        bare = not (groups.get("y") or groups.get("rel") or groups.get("recurring"))
        follows = row is not None and (row.follows or row.range_end)
        together = not any(mark in text[before.span.end : date.span.start] for mark in "；。\n")
        later = before.precision != "year" and reference.written is not None and year > reference.written and together
        # 自2031年起，当年零报销的，次年再提高1000元: of each case the year after its own
        of_each = row is not None and before.edtf == f"{year}{_OPEN}"
        if of_each or (not follows and not (bare and (later or date.pattern == SEASON))):
            return date
        carried = self.read(date.pattern, match, reference, carried=year)
        return structs.replace(carried, year_at=before.span) if carried else date

    def read(
        self, rule: str, match: regex.Match[str], reference: Reference, carried: int | None = None
    ) -> DateMention | None:
        """Turn a match into a date; None when there is no such day (2月30日).

        ``carried`` is the year of the date before it, where that decides.
        """
        groups = match.groupdict()
        written = reference.written if carried is None else carried
        year = self._year(
            groups.get("y"),
            groups.get("rel"),
            written,
            reference,
            recurring=bool(groups.get("recurring")),
            carried=carried is not None,
        )
        season = next((months for name, months in _SEASONS.items() if groups.get(name)), None)
        if season:
            # 二季度 alone is of the year said before it; the notice's own would be a guess.
            known = carried is not None or groups.get("y") or groups.get("rel")
            return self._season(rule, match, year if known else None, season)
        begin = _day(year, groups.get("m"), groups.get("d"))
        if begin is None:
            return None
        if groups.get("y2") or groups.get("m2") or groups.get("d2"):
            return self._range(rule, match, begin, reference)
        return self._single(rule, match, begin)

    def _range(self, rule: str, match: regex.Match[str], begin: Day, reference: Reference) -> DateMention | None:
        groups = match.groupdict()
        year = self._end_year(groups.get("y2"), groups.get("rel2"), begin.year, reference)
        month = groups.get("m2") or (groups.get("m") if groups.get("d2") else None)
        finish = _day(year, month, groups.get("d2"))
        if finish is None:
            return None
        edge = finish.last() if groups.get("part2") else finish
        lower, upper = begin.first(), finish.last()
        if (begin.year is None) != (finish.year is None) or (begin.year is not None and upper < lower):
            return None  # a year that only one end has is not known of both
        return DateMention(
            span=Span(*match.span()), pattern=rule, kind="period", value=None, lower=lower.iso(), upper=upper.iso(),
            edtf=f"{begin.edtf()}/{edge.edtf()}", precision=_precision(finish), relative=begin.year is None,
        )  # fmt: skip

    def _season(
        self, rule: str, match: regex.Match[str], year: int | None, months: tuple[int, int]
    ) -> DateMention | None:
        """Read 2031年上半年 as a period; with 末, 前 or 起 as its last or first day."""
        groups = match.groupdict()
        first, last = Day(year, months[0], None), Day(year, months[1], None)
        if groups.get("part") or groups.get("before"):
            return self._single(rule, match, last)
        if groups.get("start"):
            return self._single(rule, match, first)
        return DateMention(
            span=Span(*match.span()), pattern=rule, kind="period", value=None, lower=first.first().iso(), upper=last.last().iso(),
            edtf=f"{first.edtf()}/{last.edtf()}", precision="month", relative=year is None,
        )  # fmt: skip

    def _end_year(self, digits: str | None, word: str | None, begin: int | None, reference: Reference) -> int | None:
        """Give the year a range ends in; 次年 and 当年 are counted from the one that it begins in."""
        if digits is None and word is None:
            return begin
        row = self.relative.get(word or "")
        if row is None or not (row.follows or row.range_end):
            return self._year(digits, word, begin, reference, recurring=False)
        return None if begin is None else begin + (row.offset or 0)

    def _year(
        self,
        digits: str | None,
        word: str | None,
        antecedent: int | None,
        reference: Reference,
        *,
        recurring: bool,
        carried: bool = False,
    ) -> int | None:
        if digits:
            return self._counted(digits.translate(_FULLWIDTH))
        if recurring:
            return None
        if not word:
            return antecedent
        row = self.relative.get(word)
        if row is not None and row.range_end and carried:
            return antecedent
        if row is None or row.offset is None:
            return None
        base = reference.written
        if row.follows:
            # 次年 is the year after a date before it in the same words, not after that of the notice.
            base = None if row.offset and not carried else antecedent
        elif row.planned and reference.planned and base is not None:
            base = max(base, reference.planned)
        return None if base is None else base + row.offset

    def _counted(self, digits: str) -> int:
        """Read a year of our era, or of the republic: 民国115 is 2026."""
        match = self.lists.republic.pattern.fullmatch(digits)
        if match is None:
            return int(parse_numeral(digits))
        return _REPUBLIC + int(parse_numeral(match.group("n")))

    def _single(self, rule: str, match: regex.Match[str], day: Day) -> DateMention:
        """Read a date with its 底, 前, 起, 后."""
        groups = match.groupdict()
        part, value, operator = groups.get("part") or "", day, "eq"
        if self.lists.last_day.meets(part):
            value = day.last()
        elif (
            groups.get("before")
            and day.month is not None
            and (self.lists.tenth_day.meets(part) or self.lists.twentieth_day.meets(part))
        ):
            value = Day(day.year, day.month, 10 if self.lists.tenth_day.meets(part) else 20)
        before, after = groups.get("before"), groups.get("after")
        starts = groups.get("start") or self.lists.since_before.meets(match.group())
        if before or self.lists.within.meets(part) or groups.get("limit"):
            operator = "le"
            if not self.lists.beginning.meets(part):
                value = value.last()
            edtf = f"../{value.edtf() if part or day.day else day.edtf()}"
        elif starts or after:
            # 之后（含当日）
            itself = starts or groups.get("including") or self.lists.from_itself.meets(after or "")
            operator = "ge" if itself else "gt"
            edtf = f"{value.edtf()}{_OPEN}"
            # 从2023年春季学期起: on a day of that year, and not on its first
            value = value if groups.get("term") else value.first()
        else:
            edtf = value.edtf()
        return DateMention(
            span=Span(*match.span()), pattern=rule, kind="date", value=None if value == (None, None, None) else value.iso(), operator=_operator(operator), edtf=edtf,
            precision=_precision(value), relative=day.year is None,
        )  # fmt: skip


def _weekday(day: str) -> int:
    """Return the weekday of a day, 1 for Monday."""
    return dt.date.fromisoformat(day).isoweekday()


def _year_of(date: DateMention) -> int | None:
    """Return the year that a date begins in, where it is known."""
    said = date.value or date.lower or ""
    return int(said[:4]) if said[:4].isdecimal() and not date.relative else None


def date_reader(resources: Resources) -> DateReader:
    """Build the reader from `patterns/dates.toml`."""
    return DateReader(dates_of(resources))


def republic_date_reader(resources: Resources) -> DateReader:
    """Build the reader for notices of 710000, which count years from 1912 without saying so."""
    return DateReader(dates_of(resources, republic=True))


def _day(year: int | None, month: str | None, day: str | None) -> Day | None:
    numbers = [None if part is None else int(parse_numeral(part)) for part in (month, day)]
    made = Day(year, *numbers)
    if made.month is not None and not _exists(year, made.month, made.day):
        return None
    return made


def _precision(day: Day) -> Literal["day", "month", "year"]:
    return "day" if day.day is not None else "month" if day.month is not None else "year"


def _operator(word: str) -> Operator:
    return {"le": "le", "ge": "ge", "gt": "gt"}.get(word, "eq")  # type: ignore[return-value]  # literals, all of them
