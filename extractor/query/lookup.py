"""Finds the one figure that answers a question, or says what there is instead. Nothing is preferred by guessing.

| asked | answers |
|---|---|
| `year` | the figure of this policy year; without it, figures of every year are candidates |
| `on` | a figure whose text states that it holds on that day (see `dataset.times`); the others are never assumed to |
| `as_of` | what the notices issued until that day say: the figure of the year or day asked for; without these the last one that had begun to hold, unless it had ended (`query.in_force`) |
| `region` | the region's own figure; without one that of the nearest region above it: `inherited`, but no count of things there |
| a word of the scope | the figure for just this word; without one the figure that names none: `general`, in `unmatched` |
| no word of a kind | a figure that names none of this kind; never one for 特困人员 when nobody asked for these |
| no `area` | the figure of the area that the region's province is counted to, where figures differ by area |
| `payer` | figures whose words name this payer; without any those that name none; `""` asks for these |
| `unit`, `per`, `due` | only figures with just these; to be named where several figures differ in nothing else |
| `series_id` | only figures of this series, whatever its region and scope |

A word that isn't found leads to the general figure only where no other's words overlap with it (学生, 学生儿童): see
`query.areas`. What was raised by (`increase`), what was before (`previous`) and what the text gives to an earlier year
never answer; a level that follows from them does, with status `derived`. What the text gives to a later year answers where
nothing is for the year itself (`dataset.points`). A bound answers as a bound. Several figures left, sources or files of one
notice that disagree, a general figure of the region beside a more particular one above it, and nothing found are errors:
each lists what there is and how to ask for it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from msgspec.structs import replace

from extractor.dataset.check.judge import figure_of, judge_conformance
from extractor.dataset.figures import code_of, number
from extractor.dataset.series import RANKS, build_series, disputes, is_settled
from extractor.dataset.served import STEPS
from extractor.dataset.times import Times, known_day
from extractor.query import areas, lookup_errors
from extractor.query.areas import overlap
from extractor.query.candidate import PointCandidate
from extractor.query.in_force import is_unconfirmed, known_by, may_be_outdated, points_in_force
from extractor.query.lookup_errors import Wording
from extractor.query.query import WORDS
from extractor.query.value import FigureValue, general_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.dataset.times import DaySpan
    from extractor.errors import ReadingError
    from extractor.model import Copy, CopyConflict, Dataset, Fact, Operator, Point, Series
    from extractor.query.query import Query
    from extractor.resources import Resources

# A figure from above that isn't one of these rules out no other.
_BOUNDS = frozenset({"ge", "gt", "le", "lt"})
Payer: TypeAlias = Literal["any", "met", "unmatched"]


class Lookup:
    """Answers questions about one dataset; indexes it when first asked."""

    def __init__(self, dataset: Dataset, resources: Resources, wording: Wording | None = None) -> None:
        """Index series by indicator, facts and notices by id; ``wording`` is that of messages."""
        self.dataset = dataset
        self.resources = resources
        self.wording = wording or Wording()
        self.facts = {fact.fact_id: fact for fact in dataset.facts}
        self.notices = {notice.notice_id: notice for notice in dataset.notices}
        self.times = Times(dataset.facts, resources)
        self._series: dict[str, dict[str | None, list[Series]]] = {}
        self._of_year: dict[tuple[str, str | None, int], list[Series]] = {}
        # Steps of what no notice states a level of answer nothing.
        answering = [one for one in dataset.series if one.indicator is None or one.role not in STEPS]
        for series in answering:
            if series.indicator is None or series.role != "level":
                continue  # what lies beyond a window (90天后) is no answer to what the window is
            self._series.setdefault(series.indicator, {}).setdefault(series.region, []).append(series)
            for year in dict.fromkeys(point.year for point in series.points):
                self._of_year.setdefault((series.indicator, series.region, year), []).append(series)
        self.regions = frozenset(series.region for series in answering if series.region)
        self._paid: dict[tuple[str, str, str | None], list[tuple[Series, Payer]]] = {}
        self._disputed = disputes(dataset.notices)
        # The notices' days in order: what was known is the same from one to the next.
        self._days = sorted(day for notice in dataset.notices if (day := known_day(notice)))
        self._is_of_a_day = False
        self._views: dict[tuple[str, int], Lookup] = {}

    def indicators(self) -> Iterable[str]:
        """Name the indicators that there are figures of."""
        return self._series

    def knows(self, indicator: str) -> bool:
        """Say whether any figure of an indicator is here, if only one that answers no question."""
        return indicator in self._series or any(fact.indicator == indicator for fact in self.facts.values())

    def series_of(self, indicator: str) -> list[Series]:
        """List the series that may answer for an indicator."""
        return self._all_series(indicator, None) if indicator in self._series else []

    def answer(self, question: Query) -> FigureValue:
        """Find the figure; see the table above. Raises `ReadingError` that lists what there is."""
        if question.indicator not in self._series:
            raise self._no_level(question)
        if question.as_of is not None and not self._is_of_a_day:
            return self._as_known(question, question.as_of)
        candidates = self._candidates(question)
        if not candidates:
            raise lookup_errors.nothing(question, self._all_series(question.indicator, None), self)
        chosen, *others = candidates
        if others:
            raise lookup_errors.several(question, self._by_payer(question, candidates) or candidates, self)
        if like := self._overlapping(question, chosen):
            raise lookup_errors.unsure(question, chosen, like, self)
        facts = self.behind(chosen.point)
        if chosen.point.status == "conflicting":
            if parts := self._by_payer(question, candidates):
                raise lookup_errors.several(question, parts, self)
            disputed = {fact.fact_id: self.disputes_of(fact) for fact in facts}
            if any(disputed.values()):
                raise lookup_errors.copies_differ(question, chosen, disputed, self)
            raise lookup_errors.conflict(question, chosen, facts, self)
        return self._reading(question, chosen)

    def _no_level(self, question: Query) -> ReadingError:
        """Say what there is of an indicator without a level; asked with ``as_of``, nothing of what came later."""
        known = self.dataset
        if question.as_of is not None and self.knows(question.indicator):
            known = known_by(known, question.indicator, question.as_of, self.resources)
            if not any(fact.indicator == question.indicator for fact in known.facts):
                return lookup_errors.not_known(question, question.as_of, self)
        return lookup_errors.no_indicator(question.indicator, self._series, known, self)

    def _as_known(self, question: Query, day: date) -> FigureValue:
        """Answer by what was known on a day; a `ReadingError` where a text without a day may have said otherwise by then."""
        view = self._known_on(question, day)
        found = view.answer(question)
        if question.year is not None or question.on is not None:
            return found
        if (
            found.unconfirmed
            and (last := view.candidate_of(question, found))
            and (bounds := view.breaking_bounds(question, last))
        ):
            raise lookup_errors.no_longer_within(question, last, bounds[0], self)
        last = self.candidate_of(question, found)
        if last and (doubtful := may_be_outdated(last.point, last.series.points, day, self)):
            raise lookup_errors.perhaps_outdated(question, last, doubtful[-1], self)
        return found

    def _known_on(self, question: Query, day: date) -> Lookup:
        """Look into what was known of an indicator on a day; a `ReadingError` where that was nothing."""
        key = (question.indicator, bisect_right(self._days, day.isoformat()))
        if key not in self._views:
            known = known_by(self.dataset, question.indicator, day, self.resources)
            view = Lookup(known, self.resources, self.wording)
            view._is_of_a_day = True
            self._views[key] = view
        if question.indicator not in self._views[key]._series:  # noqa: SLF001 - one of ours
            raise lookup_errors.not_known(question, day, self)
        return self._views[key]

    def behind(self, point: Point) -> list[Fact]:
        """List the facts behind a point: notices before interpretations, in the order of the dataset."""
        facts = [self.facts[fact_id] for fact_id in dict.fromkeys(point.fact_ids)]
        return sorted(facts, key=lambda fact: RANKS.get(self.notices[fact.notice_id].type, len(RANKS)))

    def disputes_of(self, fact: Fact) -> Sequence[tuple[Copy, CopyConflict]]:
        """List the copies of its notice that give another figure; none where an analyst has decided on it."""
        return () if is_settled(fact) else self._disputed.get(fact.fact_id, ())

    # ── candidates ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _candidates(self, question: Query) -> list[PointCandidate]:
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
        fitting = [
            one
            for one in fitting
            if one.series.region == question.region or not self.of_its_place(one.series, one.point)
        ]
        levels = [_most_particular([one for one in fitting if one.series.region == region]) for region in regions]
        nearest, *above = [level for level in levels if level] or [[]]
        met = {one.met for one in nearest}
        general = all(one.unmatched for one in nearest)
        rivals = [one for level in above for one in level if general and all(one.met > other for other in met)]
        return [*nearest, *rivals]

    def candidate_of(self, question: Query, found: FigureValue) -> PointCandidate | None:
        """Find the point that a figure was taken from; None where it was made for the question alone, by payer."""
        of_series = self._by_id.get((question.indicator, found.series_id), ())
        points = ((series, point) for series in of_series for point in series.points if point.year == found.year)
        return next((PointCandidate(series, point, frozenset(), ()) for series, point in points), None)

    def breaking_bounds(self, question: Query, last: PointCandidate) -> list[PointCandidate]:
        """List bounds that a region above sets for a later year and a figure doesn't keep to: 610元, where ≥640元 is asked of 2023."""
        own, there = figure_of(last.point), last.series
        if own is None or question.region is None or there.region is None or question.series_id is not None:
            return []
        regions = areas.chain(question.region)
        bounds = [
            one
            for series, payer in self._asked_series(question, regions[regions.index(there.region) + 1 :])
            if self._plainly(question, series) and (series.unit, series.per) == (there.unit, there.per)
            for one in self._fitting(question, series, payer)
            if one.point.year > last.point.year and one.point.operator in _BOUNDS and one.point.status != "conflicting"
        ]
        return [one for one in bounds if (other := figure_of(one.point)) and judge_conformance(other, own) == "fail"]

    def _asked_series(self, question: Query, regions: Sequence[str] | None) -> list[tuple[Series, Payer]]:
        """List the series that may have a point of the year; asked by payer, those that its facts make, and those of none."""
        if question.payer is not None:
            paid = self._regions_of.get(question.indicator, ()) if regions is None else regions
            return [one for region in paid for one in self._paid_series(question.indicator, question.payer, region)]
        if question.series_id is not None:
            return [(series, "any") for series in self._by_id.get((question.indicator, question.series_id), ())]
        found = self._series[question.indicator] if regions is None else regions
        if question.year is None:
            return [(series, "any") for series in self._all_series(question.indicator, found)]
        keys = ((question.indicator, region, question.year) for region in found)
        return [(series, "any") for key in keys for series in self._of_year.get(key, ())]

    def paid_series(self, indicator: str) -> dict[tuple[str, str, tuple[str, ...]], Series]:
        """Return the series that the facts of each payer make of an indicator, by payer, id and per what."""
        return {
            (payer, series.series_id, series.per): series
            for payer in sorted(self._payers.get(indicator, ()))
            for region in self._regions_of.get(indicator, ())
            for series, met in self._paid_series(indicator, payer, region)
            if met == "met"
        }

    def _paid_series(self, indicator: str, payer: str, region: str | None) -> list[tuple[Series, Payer]]:
        """Make the series of a region's facts of one payer, and of those that name none."""
        key = (indicator, payer, region)
        if key not in self._paid:
            own = self._facts_of.get((indicator, region), ())
            sides = (
                [fact for fact in own if (fact.scope.payer or "") == payer],
                [fact for fact in own if payer and fact.scope.payer is None],
            )
            # What the dataset's order of notices says of their weight, it says of these alone, too.
            ids = dict.fromkeys(fact.notice_id for fact in own)
            notices = [self.notices[one] for one in sorted(ids, key=self._order.__getitem__)]
            built = (build_series(facts, notices, self.resources) for facts in sides)
            named, rest = ([series for series in made if series.role == "level"] for made in built)
            found: list[tuple[Series, Payer]] = [(series, "met") for series in named]
            self._paid[key] = found + [(series, "unmatched") for series in rest]
        return self._paid[key]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {notice_id: order for order, notice_id in enumerate(self.notices)}

    @cached_property
    def _facts_of(self) -> dict[tuple[str, str | None], list[Fact]]:
        """List the facts of each indicator and region."""
        found: dict[tuple[str, str | None], list[Fact]] = {}
        for fact in self.dataset.facts:
            if fact.indicator is not None:
                region = fact.scope.region or code_of(self.notices[fact.notice_id])
                found.setdefault((fact.indicator, region), []).append(fact)
        return found

    @cached_property
    def _regions_of(self) -> dict[str, list[str | None]]:
        """List the regions that there are facts of, by indicator, in the order of series."""
        found: dict[str, list[str | None]] = {}
        for indicator, region in sorted(self._facts_of, key=lambda key: key[1] or ""):
            found.setdefault(indicator, []).append(region)
        return found

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], list[Series]]:
        found: dict[tuple[str, str], list[Series]] = {}
        for indicator, regions in self._series.items():
            for series in chain.from_iterable(regions.values()):
                found.setdefault((indicator, series.series_id), []).append(series)
        return found

    @cached_property
    def _payers(self) -> dict[str, set[str]]:
        """Name those who pay, by indicator."""
        found: dict[str, set[str]] = {}
        for fact in self.dataset.facts:
            if fact.indicator and fact.scope.payer:
                found.setdefault(fact.indicator, set()).add(fact.scope.payer)
        return found

    def _all_series(self, indicator: str, regions: Iterable[str | None] | None) -> list[Series]:
        """List an indicator's series, of some regions or of all."""
        found = self._series[indicator]
        return [series for region in (found if regions is None else regions) for series in found.get(region, ())]

    def _plainly(self, question: Query, series: Series) -> bool:
        return (
            question.series_id in {None, series.series_id}
            and question.unit in {None, series.unit}
            and (question.per is None or question.per == set(series.per))
        )

    def _fitting(self, question: Query, series: Series, payer: Payer) -> Iterable[PointCandidate]:
        """Make a candidate of each point of a series that has nothing against it."""
        fit = _fit(question, series, self.resources) if question.series_id is None else (set[str](), ())
        if fit is None:
            return
        met = frozenset({*fit[0], "payer"} if payer == "met" else fit[0])
        unmatched = (*fit[1], "payer") if payer == "unmatched" else fit[1]
        points = [point for point in self._points(question, series) if self._at(question, point)]
        for point in points if question.on is None else self._not_replaced(points):
            yield PointCandidate(series, point, met, unmatched, question.payer if payer == "met" else None)

    def _points(self, question: Query, series: Series) -> Sequence[Point]:
        """List the points that may answer: asked with ``as_of`` alone, those in force on that day."""
        if question.as_of is None or question.year is not None or question.on is not None:
            return series.points
        return points_in_force(series.points, question.as_of, self)

    def _at(self, question: Query, point: Point) -> bool:
        return question.year in {None, point.year} and question.due in {None, point.due} and self._on(question, point)

    def _on(self, question: Query, point: Point) -> bool:
        if question.on is None:
            return True
        span = self.span(point)
        return span is not None and span.first <= question.on <= span.last

    def _not_replaced(self, points: Sequence[Point]) -> Sequence[Point]:
        """Leave out what holds from a day on without an end, where a later text's figure has begun: 从2024年…，从2025年1月1日起…."""
        held = [(point, span) for point in points if (span := self.span(point))]
        last = max((span.first for _, span in held), default=date.min)
        return [point for point, span in held if span.last != date.max or span.first == last]

    def span(self, point: Point) -> DaySpan | None:
        """Say when a point holds, where texts state it; what is derived from another year's text is stated by none."""
        return None if point.status == "derived" else self.times.span(self.behind(point))

    def of_its_place(self, series: Series, point: Point) -> bool:
        """Say whether a point counts what there is in its own region: the nation's 30 pilot cities are no province's."""
        return not series.per and all(fact.kind == "count" for fact in self.behind(point))

    # ── what else there is ─────────────────────────────────────────────────────────────────────────────────────────

    def _by_payer(self, question: Query, candidates: Sequence[PointCandidate]) -> list[PointCandidate]:
        """Part the figures of candidates that differ in no word of the scope by who pays; none where that parts nothing."""
        payers = {fact.scope.payer or "" for one in candidates for fact in self.behind(one.point)}
        words = {lookup_errors.place(one.series, one.point, self.wording) for one in candidates}
        if question.payer is not None or len(payers) == 1 or len(words) > 1:
            return []
        return [found for payer in sorted(payers) for found in self._of_payer(question, payer)]

    def _of_payer(self, question: Query, payer: str) -> list[PointCandidate]:
        return [one for one in self._candidates(replace(question, payer=payer)) if "payer" in one.met]

    def _overlapping(self, question: Query, chosen: PointCandidate) -> list[PointCandidate]:
        """List figures whose words overlap with words of the question that the chosen figure doesn't name."""
        found: list[PointCandidate] = []
        if "payer" in chosen.unmatched and question.payer:
            payers = self._payers.get(question.indicator, ())
            near = sorted(payer for payer in payers if overlap(payer, question.payer, self.resources))
            found += [one for payer in near for one in self._of_payer(question, payer)]
        for series in self._similar(question, chosen):
            points = [point for point in self._points(question, series) if self._at(question, point)]
            found += [
                PointCandidate(series, point, frozenset(), ()) for point in points if point.year == chosen.point.year
            ]
        return found

    def _similar(self, question: Query, chosen: PointCandidate) -> list[Series]:
        """List series whose words are, or overlap with, words of the question that the chosen figure doesn't name."""
        kinds = {name: {question.words[name]} for name in WORDS if name in chosen.unmatched}
        kinds |= {"places": set(question.places)} if "places" in chosen.unmatched else {}
        regions = None if question.region is None else areas.chain(question.region)
        area = chosen.series.scope.area
        return [
            series
            for series in (self._all_series(question.indicator, regions) if kinds else ())
            if self._plainly(question, series)
            and series.scope.area in {None, area or series.scope.area}
            and _like(kinds, series, self.resources)
            and not _of_others(question, series, self.resources)
        ]

    def _particular_years(self, question: Query, chosen: PointCandidate) -> tuple[int, ...]:
        """List the years for which those asked for have figures of their own, where the chosen one is a general one."""
        similar = self._similar(question, chosen)
        return tuple(sorted({point.year for series in similar for point in series.points} - {chosen.point.year}))

    def _reading(self, question: Query, chosen: PointCandidate) -> FigureValue:
        series, point = chosen.series, chosen.point
        facts = self.behind(point)
        span = self.span(point)
        return FigureValue(
            indicator=question.indicator, value=number(point.value), lower=number(point.lower), upper=number(point.upper),
            day=_as_day(point.value), first_day=_as_day(point.lower), last_day=_as_day(point.upper),
            operator=cast("Operator", point.operator), unit=series.unit, per=series.per, due=_as_day(point.due), year=point.year,
            region=series.region, scope=series.scope,
            applies_to=None if point.derivation else _first(fact.applies_to for fact in facts),
            valid_from=_as_day(_first(fact.valid_from for fact in facts)),
            valid_to=_as_day(_first(fact.valid_to for fact in facts)),
            holds_from=span[0] if span and span[0] != date.min else None,
            holds_to=span[1] if span and span[1] != date.max else None, status=point.status,
            inherited=question.region not in {None, series.region}, unmatched=chosen.unmatched,
            particular_years=self._particular_years(question, chosen),
            general_words=self.resources.built(general_words), derivation=point.derivation,
            series_id=series.series_id, facts=tuple(facts),
            notices=tuple(self.notices[fact.notice_id] for fact in facts),
            stated_on=_as_day(point.stated_on), last_confirmed_on=_as_day(point.last_confirmed_on),
            last_confirmed_by=point.last_confirmed_by, superseded_by=point.superseded_by,
            expires_on=_as_day(point.expires_on), until_changed=point.until_changed, as_of=question.as_of,
            unconfirmed=question.as_of is not None and question.year is None and question.on is None
            and is_unconfirmed(point, question.as_of, self),
        )  # fmt: skip


def _fit(question: Query, series: Series, resources: Resources) -> tuple[set[str], tuple[str, ...]] | None:
    """Say by which kinds of words a series is found, and which it doesn't name; None where it is for something else."""
    met: set[str] = set()
    unmatched: list[str] = []
    scope = series.scope
    area = question.area or (
        areas.area_of(question.region, question.indicator, resources) if scope.area and question.region else None
    )
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


def _like(kinds: dict[str, set[str]], series: Series, resources: Resources) -> bool:
    """Say whether a series names, of any of the kinds, what overlaps with the words of it, or the very words as another kind."""
    for name, words in kinds.items():
        there = getattr(series.scope, name)
        named = there if isinstance(there, tuple) else (there,)
        if any(overlap(word, one, resources) for word in words for one in named if one):
            return True
    # Whom a text names as persons, another names as a case: 骨灰撒散 is a population of none, and the condition of one.
    asked = {word for name, words in kinds.items() if name in WORDS for word in words}
    return any(getattr(series.scope, name) in asked for name in WORDS)


def _of_others(question: Query, series: Series, resources: Resources) -> bool:
    """Say whether a series is for others than those asked for: 学生 at 一级医院, where 特困人员 there are asked for."""
    named = ((question.words.get(name), getattr(series.scope, name)) for name in WORDS)
    return any(asked and there and not overlap(asked, there, resources) for asked, there in named)


def _most_particular(candidates: list[PointCandidate]) -> list[PointCandidate]:
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
