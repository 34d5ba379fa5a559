"""Finds the one figure that answers a question, or says what there is instead. Nothing is preferred by guessing.

| asked | answers |
|---|---|
| `year` | the figure of this policy year; without it, figures of every year are candidates |
| `on` | a figure whose text states that it holds on that day (see `dataset.times`); the others are never assumed to |
| `region` | the region's own figure; without one that of the nearest region above it: `inherited` |
| a word of the scope | the figure for just this word; without one the figure that names none: `general`, in `unmatched` |
| no word of a kind | a figure that names none of this kind; never one for 特困人员 when nobody asked for these |
| no `area` | the figure of the area that the region's province is counted to, where figures differ by area |
| `payer` | figures whose words name this payer; without any those that name none |
| `unit`, `per`, `due` | only figures with just these; to be named where several figures differ in nothing else |
| `series_id` | only figures of this series, whatever its region and scope |

What was raised by (`increase`) and what was before (`previous`) never answer; a level that follows from them does, with
status `derived`. A bound answers as a bound. Several figures left, sources that disagree, a general figure of the region
beside a more particular one above it, and nothing found are errors: each lists what there is and how to ask for it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypedDict

from msgspec import Struct

from extractor.dataset import areas, nearby
from extractor.dataset.figures import number
from extractor.dataset.reading import Reading
from extractor.dataset.series import RANKS, build_series, plain_words
from extractor.dataset.times import Times
from extractor.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.dataset.times import Span
    from extractor.model import Dataset, Fact, Point, Series

Payer: TypeAlias = Literal["any", "met", "unmatched"]
WORDS = ("population", "provider", "condition")
AREAS = ("west", "central", "east")


class Scope(TypedDict, total=False):
    """What a question may say of for whom, where and when; all of it may be left out."""

    area: str | None
    places: str | Sequence[str]
    population: str | None
    provider: str | None
    condition: str | None
    payer: str | None
    unit: str | None
    per: str | Sequence[str]
    due: str | date | None
    series_id: str | None


class Question(Struct, frozen=True, kw_only=True):
    """What is asked, its words as series have them."""

    indicator: str
    year: int | None
    on: date | None
    region: str | None
    area: str | None
    places: frozenset[str]
    words: dict[str, str]
    payer: str | None
    unit: str | None
    per: frozenset[str]
    due: str | None
    series_id: str | None


class Candidate(NamedTuple):
    """A point that may answer: ``met`` are the kinds of words it was found by, ``unmatched`` those it doesn't name."""

    series: Series
    point: Point
    met: frozenset[str]
    unmatched: tuple[str, ...]


def make_question(indicator: str, year: int | None, on: date | str | None, region: str | None, scope: Scope) -> Question:
    """Check a question's words; a `ReadingError` or `TypeError` says which can't be asked."""
    if unknown := sorted(set(scope) - set(Scope.__annotations__)):
        msg = f"{unknown[0]!r} can't be asked for. Ask by year, on, region, {', '.join(Scope.__annotations__)}."
        raise TypeError(msg)
    words = {name: word for name in WORDS if (word := plain_words(scope.get(name)))}  # type: ignore[arg-type]
    question = Question(
        indicator=indicator,
        year=_year(year),
        on=_day(on, "on") if on is not None else None,
        region=None if region is None else areas.require_region(region),
        area=_area(scope.get("area")),
        places=_listed(scope.get("places") or ()),
        words=words,
        payer=scope.get("payer"),
        unit=scope.get("unit"),
        per=_listed(scope.get("per") or ()),
        due=str(_day(due, "due")) if (due := scope.get("due")) else None,
        series_id=scope.get("series_id"),
    )
    own = areas.area_of(question.region) if question.area and question.region else None
    if own and own != question.area:
        msg = f"area {question.area!r}: {question.region} is counted to {own}. Leave area out, or ask for the nation's."
        raise ReadingError("unknown", msg)
    return question


def _listed(words: str | Sequence[str]) -> frozenset[str]:
    return frozenset([words] if isinstance(words, str) else words)


def _year(given: int | None) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    msg = f"year={given!r} is no year, expected a number like 2022: the policy year. A day is asked for with on=."
    raise ReadingError("unknown", msg)


def _area(given: str | None) -> str | None:
    if given in {None, *AREAS}:
        return given
    msg = f"area={given!r} is none, expected one of {', '.join(AREAS)}."
    raise ReadingError("unknown", msg)


def _day(given: date | str, name: str) -> date:
    try:
        return given if isinstance(given, date) else date.fromisoformat(given)
    except ValueError as error:
        msg = f"{name}={given!r} is no day, expected one like 2022-12-31."
        raise ReadingError("unknown", msg) from error


class Lookup:
    """Answers questions about one dataset; indexes it when first asked."""

    def __init__(self, dataset: Dataset) -> None:
        """Index series by indicator, facts and notices by id."""
        self.dataset = dataset
        self.facts = {fact.fact_id: fact for fact in dataset.facts}
        self.notices = {notice.notice_id: notice for notice in dataset.notices}
        self.times = Times(dataset.facts)
        self._series: dict[str, dict[str | None, list[Series]]] = {}
        for series in dataset.series:
            self._series.setdefault(series.indicator, {}).setdefault(series.region, []).append(series)

    def answer(self, question: Question) -> Reading:
        """Find the figure; see the table above. Raises `ReadingError` that lists what there is."""
        if question.indicator not in self._series:
            raise nearby.no_indicator(question.indicator, self._series)
        candidates = self._candidates(question)
        if not candidates:
            raise nearby.nothing(question, self._all_series(question.indicator, None), self)
        if len(candidates) > 1:
            raise nearby.several(question, candidates)
        chosen = candidates[0]
        if chosen.point.status == "conflicting":
            raise nearby.conflict(question, chosen, self.behind(chosen.point), self.notices)
        return self._reading(question, chosen)

    def behind(self, point: Point) -> list[Fact]:
        """List the facts behind a point: notices before interpretations, in the order of the dataset."""
        facts = [self.facts[fact_id] for fact_id in dict.fromkeys(point.fact_ids)]
        return sorted(facts, key=lambda fact: RANKS.get(self.notices[fact.notice_id].type, len(RANKS)))

    # ── candidates ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _candidates(self, question: Question) -> list[Candidate]:
        """List the best candidates of the nearest region that has any, and what contradicts choosing them."""
        anywhere = question.region is None or question.series_id is not None
        regions = None if anywhere else areas.chain(question.region or "")
        fitting = [
            found
            for series, payer in self._asked_series(question, regions)
            if self._plainly(question, series)
            for found in self._fitting(question, series, payer)
        ]
        if regions is None:
            return _most_particular(fitting)
        levels = [_most_particular([one for one in fitting if one.series.region == region]) for region in regions]
        nearest, *above = [level for level in levels if level] or [[]]
        met = {one.met for one in nearest}
        general = all(one.unmatched for one in nearest)
        rivals = [one for level in above for one in level if general and all(one.met > other for other in met)]
        return [*nearest, *rivals]

    def _asked_series(self, question: Question, regions: Sequence[str] | None) -> list[tuple[Series, Payer]]:
        """List the series of an indicator; asked by payer, those that its facts of this payer make, and of none."""
        if question.payer is None:
            return [(series, "any") for series in self._all_series(question.indicator, regions)]
        own = [fact for fact in self.dataset.facts if fact.indicator == question.indicator]
        named = build_series([fact for fact in own if fact.scope.payer == question.payer], self.dataset.notices)
        rest = build_series([fact for fact in own if fact.scope.payer is None], self.dataset.notices)
        return [(series, "met") for series in named] + [(series, "unmatched") for series in rest]

    def _all_series(self, indicator: str, regions: Sequence[str] | None) -> list[Series]:
        """List an indicator's series, of some regions or of all."""
        found = self._series[indicator]
        return [series for region in (found if regions is None else regions) for series in found.get(region, ())]

    def _plainly(self, question: Question, series: Series) -> bool:
        return (
            question.series_id in {None, series.series_id}
            and question.unit in {None, series.unit}
            and (not question.per or question.per == set(series.per))
        )

    def _fitting(self, question: Question, series: Series, payer: Payer) -> Iterable[Candidate]:
        """Make a candidate of each point of a series that has nothing against it."""
        fit = _fit(question, series) if question.series_id is None else (set[str](), ())
        if fit is None:
            return
        met = frozenset({*fit[0], "payer"} if payer == "met" else fit[0])
        unmatched = (*fit[1], "payer") if payer == "unmatched" else fit[1]
        for point in series.points:
            if question.year in {None, point.year} and question.due in {None, point.due} and self._on(question, point):
                yield Candidate(series, point, met, unmatched)

    def _on(self, question: Question, point: Point) -> bool:
        if question.on is None:
            return True
        span = self.span(point)
        return span is not None and span.first <= question.on <= span.last

    def span(self, point: Point) -> Span | None:
        """Say when a point holds, where texts state it; what is derived from another year's text is stated by none."""
        return None if point.status == "derived" else self.times.span(self.behind(point))

    def _reading(self, question: Question, chosen: Candidate) -> Reading:
        series, point = chosen.series, chosen.point
        facts = self.behind(point)
        span = self.span(point)
        return Reading(
            indicator=series.indicator, value=number(point.value), lower=number(point.lower), upper=number(point.upper),
            day=_as_day(point.value), first_day=_as_day(point.lower), last_day=_as_day(point.upper),
            operator=point.operator, unit=series.unit, per=series.per, due=_as_day(point.due), year=point.year,
            region=series.region, scope=series.scope, applies_to=_first(fact.applies_to for fact in facts),
            valid_from=_as_day(_first(fact.valid_from for fact in facts)),
            valid_to=_as_day(_first(fact.valid_to for fact in facts)),
            holds_from=span[0] if span and span[0] != date.min else None,
            holds_to=span[1] if span and span[1] != date.max else None, status=point.status,
            inherited=question.region not in {None, series.region}, unmatched=chosen.unmatched, derivation=point.derivation,
            series_id=series.series_id, facts=tuple(facts),
            notices=tuple(self.notices[fact.notice_id] for fact in facts),
        )  # fmt: skip


def _fit(question: Question, series: Series) -> tuple[set[str], tuple[str, ...]] | None:
    """Say by which kinds of words a series is found, and which it doesn't name; None where it is for something else."""
    met: set[str] = set()
    unmatched: list[str] = []
    scope = series.scope
    area = question.area or (areas.area_of(question.region) if scope.area and question.region else None)
    pairs = [("area", area, scope.area)]
    pairs += [(name, question.words.get(name), getattr(scope, name)) for name in WORDS]
    for name, asked, there in pairs:
        if asked and there == asked:
            met.add(name)
        elif there is not None:
            return None
        elif asked:
            unmatched.append(name)
    if question.places and question.places <= set(scope.places):
        met.add("places")
    elif scope.places:
        return None
    elif question.places:
        unmatched.append("places")
    return met, tuple(unmatched)


def _most_particular(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what is more general than another candidate."""
    found = {one.met for one in candidates}
    general = {met for met in found if any(met < other for other in found)}
    return [one for one in candidates if one.met not in general]


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one is not None), None)


def _as_day(text: str | None) -> date | None:
    """Read a day; a figure is none."""
    if text is None or number(text) is not None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


