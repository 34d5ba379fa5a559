"""What a dataset from elsewhere may hold: ids and parts of names of their form, finite numbers, days and years that are.

Programs compute with figures, and make names of files and addresses of pages of what stands here, so that it is checked
once, when a dataset is loaded or published. Values of one form are looked at together: one search costs a hundredth of
ten thousand.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec

from extractor.dataset.addresses import is_web_address
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import INDICATOR_ID, PROGRAMME_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from extractor.model import (
        Comparison,
        Dataset,
        Fact,
        IndicatorRecord,
        NoticeRecord,
        NoticeSource,
        Point,
        Scope,
        Series,
        SeriesScope,
    )

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YEARLY = "-[0-9]{2}-[0-9]{2}"  # 每年6月1日 is --06-01
_NUMBER = r"-?[0-9]{1,100}(?:\.[0-9]{1,100})?"
# Offsets, pages and counts: more than a file has characters, less than tables and databases hold.
_MOST = 1 << 53
_LAST_YEAR = 9999


# The name of a form, and values that should be of it.
_Values: TypeAlias = "tuple[str, Iterable[str | int | None]]"


class _Form(NamedTuple):
    """What values of one kind are called and look like; ``expected`` says it in words."""

    name: str
    pattern: str
    expected: str


_FORMS = {
    "number": _Form(Message("number"), _NUMBER, Message("a decimal number of at most 100 digits, like 610.5")),
    "figure": _Form(Message("figure"), f"{_NUMBER}|{_DAY}|-{_YEARLY}", Message("a decimal number of at most 100 digits, or a day like 2022-12-31")),
    "day": _Form(Message("day"), _DAY, Message("a day like 2022-12-31")),
    "year": _Form(Message("year"), "", Message("a year from 0 to {last_year}", last_year=_LAST_YEAR)),
    "indicator": _Form(Message("indicator"), INDICATOR_ID, Message("names joined by dots, like medical.funding.total")),
    "programme": _Form(Message("programme"), PROGRAMME_ID, Message("a name like resident_medical")),
    "region": _Form(Message("region"), "[0-9]{6}", Message("six digits, like 360000")),
    "series id": _Form(Message("series id"), r"s-[\w-]{1,80}", Message("s- and a digest")),
    "check id": _Form(Message("check id"), r"c-[\w-]{1,80}", Message("c- and a digest")),
    "notice id": _Form(Message("notice id"), r"[^\x00-\x1f\x7f]{1,500}", Message("a document number or digest, without control characters")),
    "digest": _Form(Message("digest"), "[0-9a-f]{64}", Message("64 hexadecimal digits")),
    "path": _Form(Message("path"), r"(?s:(?!/)(?!(?:.*[/\\])?\.\.(?:[/\\]|\Z))[^\x00]{1,4096})", Message("a path below the corpus, without '..'")),
    "area": _Form(Message("area"), "[a-z]{1,20}", Message("west, central or east")),
    "per": _Form(Message("per"), "[a-z][a-z0-9_]{0,39}", Message("a word like person or year")),
    "unit": _Form(Message("unit"),
        r"(?!1/)[^\x00-\x20/\\]{1,40}|\{[^\x00-\x20/\\{}]{1,20}(?:/[^\x00-\x20/\\{}]{1,20}){1,2}\}|1/[1-9][0-9]{0,8}|[A-Z]{3}",
        Message("a unit like CNY, %, {{个}}, {{微克/立方米}} or 1/3"),
    ),
    "version": _Form(Message("version"), r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", Message("three numbers like 1.0.0")),
}  # fmt: skip


def check_values(dataset: Dataset, origin: Path | str, refused: Callable[[str], DatasetError]) -> None:
    """Raise what ``refused`` makes of the words for the first value that isn't of its form."""
    for form, values in _values(dataset):
        wrong = _first_wrong(form, values)
        if wrong is not None:
            msg = Message(
                "{origin}: {form} {wrong} is none, expected {expected}.",
                origin=origin,
                form=_FORMS[form].name,
                wrong=_shown(wrong),
                expected=_FORMS[form].expected,
            )
            raise refused(msg)
    for start, end in _places(dataset):
        if not 0 <= start <= end:
            msg = Message(
                "{origin}: a place from {start} to {end} is none, expected offsets that begin at 0.",
                origin=origin,
                start=_shown(start),
                end=_shown(end),
            )
            raise refused(msg)
    for url in _addresses(dataset):
        if not is_web_address(url):
            msg = Message(
                "{origin}: {url} is no address of the web, expected one like https://example.org/.",
                origin=origin,
                url=_shown(url),
            )
            raise refused(msg)


def check_whole_numbers(
    data: bytes, dataset: Dataset, origin: Path | str, refused: Callable[[str], DatasetError]
) -> None:
    """Raise for a whole number that tables and databases can't hold; ``data`` are the dataset's bytes."""
    if _may_hold_long_numbers(data):  # only then is it worth going through everything
        for number in _whole_numbers(msgspec.to_builtins(dataset)):
            if not -_MOST <= number <= _MOST:
                msg = Message(
                    "{origin}: the whole number {number} is too large, expected at most 2 to the 53rd.",
                    origin=origin,
                    number=_shown(number),
                )
                raise refused(msg)


_LONG = b"0" * 16
_BEFORE_NUMBERS = {b" ", b":", b",", b"[", b"-", b"\n", b"\t", b"\r"}
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_ALIKE = bytes(ord("0") if chr(byte).isascii() and chr(byte).isdigit() else byte for byte in range(256))


def _may_hold_long_numbers(data: bytes) -> bool:
    """Say whether 16 digits stand where a number may; a search of a hundredth of a regex's time, beside digests full of digits.

    Words may hold as many (银行账号 1234567890123456), so that the line is looked at without its strings, which go over no line.
    """
    alike = data.translate(_ALIKE)
    at = alike.find(_LONG)
    while at >= 0:
        end = at + len(_LONG)
        if data[at - 1 : at] in _BEFORE_NUMBERS:
            line = data.rfind(b"\n", 0, at) + 1
            end = len(data) if (found := data.find(b"\n", end)) < 0 else found
            if _LONG in _STRING.sub(b"", data[line:end]).translate(_ALIKE):
                return True
        at = alike.find(_LONG, end)
    return False


def _whole_numbers(value: Any) -> Iterator[int]:  # noqa: ANN401 - whatever JSON held
    if isinstance(value, dict):
        value = value.values()
    elif isinstance(value, int):
        yield value
        return
    elif not isinstance(value, (list, tuple)):
        return
    for part in value:
        yield from _whole_numbers(part)


def _shown(value: object) -> str:
    return cut(repr(value)) if not isinstance(value, int) or abs(value) < _MOST else Message("of many digits")


def cut(text: str, most: int = 80) -> str:
    """Cut what a message quotes: it may be as long as its file."""
    return text if len(text) <= most else f"{text[:most]}…"


def _first_wrong(form: str, values: Iterable[str | int | None]) -> str | int | None:
    """Find the first value, of those that aren't null, that isn't of a form; None where all are."""
    pattern = re.compile(rf"(?:{_FORMS[form].pattern})\Z")
    for value in dict.fromkeys(values):
        if value is None or (isinstance(value, int) and 0 <= value <= _LAST_YEAR):
            continue
        if isinstance(value, int) or not pattern.match(value) or (form in {"day", "figure"} and not _is_real(value)):
            return value
    return None


def _is_real(text: str) -> bool:
    """Say whether a day is one: 2022-02-30 is none. What is no day but a number is as good as one."""
    yearly = re.fullmatch(f"-{_YEARLY}", text)
    if not yearly and not re.fullmatch(_DAY, text):
        return True
    try:
        dt.date.fromisoformat(f"2000{text[1:]}" if yearly else text)
    except ValueError:
        return False
    return True


# ── What of a dataset is of which form


def _values(dataset: Dataset) -> Iterator[_Values]:
    yield "version", (dataset.dataset_version,)
    for notice in dataset.notices:
        yield from _of_notice(notice)
    yield from _of_facts((*dataset.facts, *dataset.rejected))
    yield from _of_series(dataset.series)
    yield "check id", (check.check_id for check in dataset.checks)
    yield from _of_indicators(dataset.indicators)
    yield "path", (item.path for item in dataset.set_aside)
    yield "digest", (item.sha256 for item in dataset.set_aside)
    for comparison in dataset.comparisons:
        yield from _of_comparison(comparison)


def _of_indicators(indicators: Iterable[IndicatorRecord]) -> Iterator[_Values]:
    listed = list(indicators)
    yield "indicator", (one.id for one in listed)
    yield "programme", chain.from_iterable(one.programmes for one in listed)
    yield "unit", chain.from_iterable((one.unit or None, *one.units) for one in listed)
    yield "per", chain.from_iterable((*one.per, *one.also_per, *(one.implied_per or ())) for one in listed)
    yield "number", chain.from_iterable(one.plausible or () for one in listed)


def _of_notice(notice: NoticeRecord) -> Iterator[_Values]:
    sources = [notice.source, *(copy.source for copy in notice.copies)]
    yield "notice id", (notice.notice_id,)
    yield "day", (notice.issued_on, notice.published_on, notice.effective_on, notice.expires_on)
    yield "day", (link.ends_on for link in notice.relations)
    yield "year", (notice.policy_year, notice.begins_in)
    yield "region", (notice.region.code if notice.region else None,)
    yield "path", (source.path for source in sources)
    yield "digest", (source.sha256 for source in sources)
    yield "day", (source.gone_since for source in sources)
    yield "number", (notice.quality.share, *(copy.similarity for copy in notice.copies))


def _of_facts(facts: Iterable[Fact]) -> Iterator[_Values]:
    listed = list(facts)
    figures = [(fact.unit, figure) for fact in listed for figure in (fact.value, fact.lower, fact.upper)]
    yield "number", (figure for unit, figure in figures if unit is not None)
    yield "figure", (figure for unit, figure in figures if unit is None)
    yield "day", chain.from_iterable((fact.due, fact.valid_from, fact.valid_to) for fact in listed)
    yield "day", (one.on for fact in listed for one in fact.corrections)
    yield "day", (one.on for fact in listed for one in fact.reviews)
    yield "year", (fact.policy_year for fact in listed)
    yield "unit", (fact.unit for fact in listed)
    yield "per", chain.from_iterable(fact.per for fact in listed)
    yield "indicator", chain.from_iterable((fact.indicator, *fact.candidates) for fact in listed)
    yield "indicator", (fact.base.indicator for fact in listed if fact.base)
    yield from _of_scopes([fact.scope for fact in listed])
    yield "region", (fact.scope.region for fact in listed)
    yield "programme", (fact.programme for fact in listed)


def _of_scopes(scopes: Iterable[Scope | SeriesScope]) -> Iterator[_Values]:
    yield "area", (scope.area for scope in scopes)


def _of_series(series: Iterable[Series]) -> Iterator[_Values]:
    listed = list(series)
    yield "series id", (one.series_id for one in listed)
    yield "indicator", (one.indicator for one in listed)
    yield "region", (one.region for one in listed)
    yield "programme", (one.programme for one in listed)
    yield "unit", (one.unit for one in listed)
    yield "per", chain.from_iterable(one.per for one in listed)
    yield from _of_scopes([one.scope for one in listed])
    yield "number", _figures(point for one in listed for point in one.points if one.unit is not None)
    yield from _of_points([point for one in listed for point in one.points])


def _figures(points: Iterable[Point]) -> Iterator[str | None]:
    return chain.from_iterable((point.value, point.lower, point.upper) for point in points)


def _of_points(points: list[Point]) -> Iterator[_Values]:
    yield "figure", _figures(points)
    yield "day", chain.from_iterable((one.due, one.stated_on, one.last_confirmed_on, one.expires_on) for one in points)
    yield "notice id", chain.from_iterable((one.last_confirmed_by, one.superseded_by) for one in points)
    yield "year", (point.year for point in points)


def _of_comparison(comparison: Comparison) -> Iterator[_Values]:
    changes = comparison.changes
    yield "year", (comparison.from_, comparison.to)
    yield "region", (comparison.region, comparison.against)
    yield "indicator", (change.indicator for change in changes)
    yield "number", chain.from_iterable((change.delta, change.delta_percent) for change in changes)
    yield "number", (measure.similarity for measure in comparison.measures)
    yield from _of_scopes([change.scope for change in changes])
    yield from _of_points([point for change in changes for point in (change.before, change.after) if point])


def _places(dataset: Dataset) -> Iterator[tuple[int, int]]:
    """List where words stand, as offsets of a text."""
    for fact in (*dataset.facts, *dataset.rejected):
        yield fact.evidence.start, fact.evidence.end
        yield from ((item.start, item.end) for item in fact.support)
    for item in dataset.unresolved:
        yield item.evidence.start, item.evidence.end
    for notice in dataset.notices:
        yield from ((part.start, part.end) for part in notice.sections)
        yield from ((link.evidence.start, link.evidence.end) for link in notice.relations)
        yield from ((link.words.start, link.words.end) for link in notice.relations if link.words)
        yield from ((words.evidence.start, words.evidence.end) for words in notice.validity)
    for point in (point for series in dataset.series for point in series.points):
        yield from ((words.start, words.end) for words in point.ends)


def _addresses(dataset: Dataset) -> Iterator[str]:
    for notice in dataset.notices:
        sources: list[NoticeSource] = [notice.source, *(copy.source for copy in notice.copies)]
        yield from (source.url for source in sources if source.url)
        yield from (attachment.url for attachment in notice.attachments)
