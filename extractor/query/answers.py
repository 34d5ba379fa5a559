"""Which questions another version of a dataset answers otherwise: what `Dataset.value` answers decides a version.

An added figure changes an answer where it is more particular than the one that answered before (the region's own beside
the nation's, one for 学生儿童 beside the general one), or where the two leave open which is meant. The questions that can
be touched are made of the scopes of figures that differ and of those that may stand beside them; they name a year or a
day and a region. (Who names no year asks for the only figure that a dataset holds, which every further year ends.)
"""

from __future__ import annotations

from itertools import chain, product
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from extractor.dataset.differences import AnswerChange
from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.errors import ReadingError
from extractor.query import areas, lookup_errors
from extractor.query.lookup import Lookup
from extractor.query.query import WORDS, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from extractor.model import Dataset, Fact, Series
    from extractor.query.value import FigureValue
    from extractor.resources import Resources

# A question's words of each kind: area, population, provider, condition, places.
Words = dict[str, object]
# What a region ends with that stands for those within another that have no figure of their own; no code has it.
_WITHIN = "98"
# Behind a word it makes one that no text has, but that overlaps with it.
_MORE = "*"
# What a figure rests on in time grows with every notice, and is no answer by itself.
_WITHOUT_TIME: dict[str, Any] = {
    "stated_on": None, "last_confirmed_on": None, "last_confirmed_by": None, "superseded_by": None, "expires_on": None,
    "until_changed": False, "ends": (),
}  # fmt: skip
# Who or what no text names: asked for beside figures for some, it is answered by the general one.
_NOBODY = "\N{SYMBOL FOR NULL}"


def moved_answers(old: Dataset, new: Dataset, resources: Resources) -> tuple[AnswerChange, ...]:
    """List the questions that the old dataset answers and the new one answers otherwise or not, fewest words first."""
    sides = Lookup(old, resources), Lookup(new, resources)
    implied = resources.built(implied_per)
    found: dict[str, AnswerChange] = {}
    asked: set[str] = set()
    for question in _questions(sides):
        name = f"{question.indicator} {lookup_errors.asked(question, lookup_errors.Wording())}"
        if name in asked or (before := _answer(sides[0], question)) is None:
            continue
        asked.add(name)
        after = _answer(sides[1], question)
        if after is None or _said(before, implied) != _said(after, implied):
            found[name] = _changed(question, before, after)
    return tuple(found[name] for name in sorted(found, key=lambda name: (len(found[name].words), len(name), name)))


def _changed(question: Query, before: FigureValue, after: FigureValue | None) -> AnswerChange:
    region = _existing(question.region)
    own = before.region in {None, region}
    said = (question.area, *sorted(question.places), *question.words.values(), question.payer)
    return AnswerChange(
        indicator=question.indicator,
        year=before.year,
        region=region,
        words=tuple(word for word in said if word and word != _NOBODY),
        before=_stated(before),
        after=None if after is None else _stated(after),
        inherited=None if own else before.region,
    )


def _existing(region: str | None) -> str | None:
    """Name the region that one of `_regions` made up lies in."""
    if region is None or not region.rstrip("0").endswith(_WITHIN):
        return region
    return region.replace(_WITHIN, "00")


def _stated(reading: FigureValue) -> Fact:
    """Make of an answer a fact with its figure; that behind a derived one is another's, an increase for example."""
    ends = (reading.lower, reading.upper) if reading.lower is not None else (reading.first_day, reading.last_day)
    plain = reading.value if reading.value is not None else reading.day
    return replace(
        reading.fact, role="level", operator=reading.operator, unit=reading.unit, per=reading.per, value=_text(plain),
        lower=_text(ends[0]), upper=_text(ends[1]), due=_text(reading.due),
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _answer(side: Lookup, question: Query) -> FigureValue | None:
    try:
        return side.answer(question)
    except ReadingError:
        return None


def _said(reading: FigureValue, implied: ImpliedPer) -> tuple[object, ...]:
    """Reduce an answer to what a program computes with; what goes without saying and who says it are not in it."""
    return (
        reading.value, reading.lower, reading.upper, reading.day, reading.first_day, reading.last_day, reading.operator,
        reading.unit, reading.due, implied.drop(reading.per, reading.indicator),
    )  # fmt: skip


# ── the questions ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Sides(NamedTuple):
    """An indicator's series of both datasets, and those of them that differ."""

    series: tuple[Series, ...]
    touched: tuple[Series, ...]


def _questions(sides: tuple[Lookup, Lookup]) -> Iterator[Query]:
    """Make the questions that a difference can touch, each several times over."""
    for indicator in sorted({name for side in sides for name in side.indicators()}):
        both = _sides(indicator, sides)
        told_by = [name for name in WORDS if any(getattr(series.scope, name) for series in both.series)]
        seen: set[str] = set()
        for one, other in product(both.touched, both.series):
            if not _meet(one.region, other.region):
                continue
            times = sorted(map(repr, _times(one, sides) | _times(other, sides)))
            who = _payers((one, other), sides)
            key = repr((_words(one), _words(other), one.region, other.region, one.unit, one.per, times, who))
            if key not in seen:
                seen.add(key)
                yield from _of_pair(indicator, one, other, sides, told_by)


def _sides(indicator: str, sides: tuple[Lookup, Lookup]) -> _Sides:
    found: list[dict[object, Series]] = []
    for side in sides:
        series = side.series_of(indicator)
        found.append({(one.series_id, one.per): one for one in series})
    listed = [each[key] for key in dict.fromkeys(chain(*found)) for each in found if key in each]
    # 财政's figure raised by 50元 changes what it pays, also where what nobody named pays stays.
    paid = [side.paid_series(indicator) for side in sides]
    return _Sides(tuple(listed), (*_differing(found, sides), *_differing(paid, sides)))


def _differing(found: Sequence[Mapping[Any, Series]], sides: tuple[Lookup, Lookup]) -> Iterator[Series]:
    """Yield the series that the two sides have under a key and that differ; those that one of them lacks, too."""
    kept = [{key: _reduced(one, side) for key, one in each.items()} for each, side in zip(found, sides, strict=True)]
    for key in dict.fromkeys(chain(*found)):
        if kept[0].get(key) != kept[1].get(key):
            yield from (each[key] for each in found if key in each)


def _reduced(series: Series, side: Lookup) -> object:
    """Reduce a series to what answers are made of: its points, who pays how much, when they hold.

    Who asks for a payer gets that one's figure out of a point that two payers leave open, unless a copy disputes it.
    """
    return [
        (
            replace(
                point,
                fact_ids=(),
                derivation=None,
                status="" if point.status != "conflicting" else point.status,
                **_WITHOUT_TIME,
            ),
            sorted({_paid(fact, side) for fact in side.behind(point)}),
            side.span(point),
        )
        for point in series.points
    ]


def _paid(fact: Fact, side: Lookup) -> tuple[str, ...]:
    figure = (fact.operator, fact.value, fact.lower, fact.upper, fact.unit, fact.due, *sorted(fact.per))
    return (fact.scope.payer or "", str(bool(side.disputes_of(fact))), *map(str, figure))


def _meet(one: str | None, other: str | None) -> bool:
    """Say whether a region lies in the other one, or is it; what has no region is asked for without one."""
    if one is None or other is None:
        return True
    return one in areas.chain(other) or other in areas.chain(one)


def _words(series: Series) -> Words:
    scope = series.scope
    words: Words = {name: word for name in ("area", *WORDS) if (word := getattr(scope, name))}
    return {**words, **({"places": frozenset(scope.places)} if scope.places else {})}


def _of_pair(
    indicator: str, one: Series, other: Series, sides: tuple[Lookup, Lookup], told_by: list[str]
) -> Iterator[Query]:
    """Make the questions that either of two series may answer: their words, all or some, at each time and place.

    Where they have other words of one kind, these of either: one may be asked for beside the other's provider. And words
    that merely overlap with them, which a general figure answers only while there is none that may be meant.
    """
    mine, theirs = _words(one), _words(other)
    near = {name: f"{word}{_MORE}" for name, word in mine.items() if name in WORDS}
    kinds = sorted({*mine, *theirs})
    said = [[words[name] for words in (mine, theirs, near) if name in words] for name in kinds]
    # Where others tell apart by more kinds of words, who names none of theirs has none of them to answer.
    others = [name for name in told_by if name not in kinds]
    kinds += others
    said += [[_NOBODY] for _ in others]
    payers = _payers((one, other), sides)
    times = _times(one, sides) | _times(other, sides)
    choices = product(*([None, *dict.fromkeys(words)] for words in said))
    provinces = sides[0].resources.built(areas.provinces)
    for words, region, (year, on) in product(choices, _regions(one, other, provinces), times):
        chosen = {name: word for name, word in zip(kinds, words, strict=True) if word is not None}
        plain = Query(
            indicator=indicator, year=year, on=on, region=region, area=chosen.get("area"),  # type: ignore[arg-type]
            places=chosen.get("places", frozenset()),  # type: ignore[arg-type]
            words={name: str(chosen[name]) for name in WORDS if name in chosen},
            payer=None, unit=None, per=None, due=None, series_id=None,
        )  # fmt: skip
        yield plain
        yield from _closer(plain, one)
        if len(chosen) == len(kinds):
            yield from (replace(plain, payer=payer) for payer in payers)


def _closer(plain: Query, series: Series) -> Iterator[Query]:
    """Ask with what tells figures apart that differ in no word."""
    closer = replace(plain, unit=series.unit, per=frozenset(series.per))
    yield closer
    for due in dict.fromkeys(point.due for point in series.points if point.due):
        yield replace(plain, due=due)
        yield replace(closer, due=due)


def _regions(one: Series, other: Series, provinces: AbstractSet[str]) -> list[str | None]:
    """List where figures of two regions meet: in the smaller one, and in those within it that have none of their own."""
    if one.region is None or other.region is None:
        return [None]
    small = one.region if other.region in areas.chain(one.region) else other.region
    if small == areas.NATION:
        return [small, *sorted(provinces - {small})]
    within = f"{small[:2]}{_WITHIN}00" if small.endswith("0000") else f"{small[:4]}{_WITHIN}"
    return [small, within]


def _times(series: Series, sides: tuple[Lookup, Lookup]) -> frozenset[tuple[object, object]]:
    """List years and days at which a series has a figure, as a question's ``year`` and ``on``."""
    found: set[tuple[object, object]] = set()
    for point in series.points:
        found.add((point.year, None))
        for side in sides:
            if all(fact_id in side.facts for fact_id in point.fact_ids) and (span := side.span(point)):
                found |= {(year, day) for day in span for year in (None, point.year)}
    return frozenset(found)


def _payers(series: Iterable[Series], sides: tuple[Lookup, Lookup]) -> list[str]:
    """List who pays by the facts behind some series, and "" for figures that name nobody."""
    behind: list[Fact] = [
        side.facts[fact_id]
        for one in series
        for point in one.points
        for fact_id in point.fact_ids
        for side in sides
        if fact_id in side.facts
    ]
    payers = sorted({fact.scope.payer for fact in behind if fact.scope.payer})
    return ["", *payers, *(f"{payer}{_MORE}" for payer in payers)] if payers else []
