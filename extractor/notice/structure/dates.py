"""Dates of a notice's head and closing as ISO strings; what no calendar has is None."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from extractor.errors import NumeralError
from extractor.notice.numerals import parse_numeral

_PARTS = regex.compile(
    r"^\s*(?P<era>(?:中华)?民国\s?)?([\w○]{1,6}?)\s?[年./-]\s?(\w{1,3})\s?[月./-]\s?(\w{1,3}?)\s?日?$"
)
# 民国1年 is 1912.
_REPUBLIC = 1911
_REPUBLIC_YEAR = regex.compile(r"(?:中华)?民国\s?(?P<year>\d{2,3}|[〇零一二三四五六七八九十百]{2,6})\s?(?:学?年)")
_FIRST = 1900
_DAY = regex.compile(r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}(?:\s?日)?")


def read_ordinal(text: str) -> int | None:
    """Read a short numeral of a date, a section or a term of years.

    >>> read_ordinal("二〇二二"), read_ordinal("三十"), read_ordinal("之")
    (2022, 30, None)
    """
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) < 10 else None  # noqa: PLR2004 - a longer run is no ordinal
    try:
        return int(parse_numeral(text))
    except (NumeralError, ValueError):
        return None


def republic_years(text: str) -> set[int]:
    """Return the years, in our era, of those that a text counts from the founding of the Republic.

    >>> republic_years("中华民国114年最低工资"), republic_years("2025年最低工资")
    ({2025}, set())
    """
    read = (read_ordinal(match.group("year")) for match in _REPUBLIC_YEAR.finditer(text))
    return {year + _REPUBLIC for year in read if year}


def read_date(text: str) -> str | None:
    """Read a whole date; an impossible one is None.

    >>> read_date("二〇二二年六月三十日"), read_date("2022-7-20"), read_date("2022年2月30日")
    ('2022-06-30', '2022-07-20', None)
    """
    match = _PARTS.match(text)
    if not match:
        return None
    year, month, day = (read_ordinal(part) for part in match.groups()[1:])
    if match.group("era") and year:
        year += _REPUBLIC
    elif year is not None and year < _FIRST:
        return None  # 22.6.3
    try:
        return date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """Read the first date in Arabic digits of a metadata value (2022-07-20 10:31)."""
    match = _DAY.search(text)
    return read_date(match.group()) if match else read_date(text.strip())


def add_years(iso: str, years: int) -> str | None:
    """Last day of a term of years that begins on a day: 2024-01-01 and five years give 2028-12-31."""
    start = date.fromisoformat(iso)
    try:
        return (start.replace(year=start.year + years) - timedelta(days=1)).isoformat()
    except ValueError:
        # 29 February, or a year that no calendar has.
        return date(start.year + years, 2, 28).isoformat() if 0 < start.year + years < 10000 else None  # noqa: PLR2004
