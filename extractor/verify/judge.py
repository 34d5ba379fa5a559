"""What a dataset says of one figure of a claim. In doubt it says nothing: `not_stated`, with the reason."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.served import STEPS, serving
from extractor.errors import ReadingError
from extractor.query.areas import NATION
from extractor.query.claims import CheckedClaim, ClaimReading
from extractor.query.lookup import Lookup
from extractor.query.query import WORDS, make_query
from extractor.verify.figures import newest, of_point, of_value, statement_of, statement_of_fact
from extractor.verify.pers import per_fits
from extractor.verify.reading import ClaimText, years_in
from extractor.verify.steps import stated_steps, step_between, told_apart
from extractor.verify.understood import Compared, leftover
from extractor.verify.weigh import Statement, Weighed, weigh
from extractor.verify.words import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.model import Dataset, Fact
    from extractor.query.claims import ClaimReason, ClaimVerdict, RegionFrom, StatedFigure
    from extractor.query.query import Query, ScopeFilter
    from extractor.query.value import FigureValue
    from extractor.resources import Resources
    from extractor.verify.steps import StatedStep

_EDTF_YEAR = re.compile(r"[0-9]{4}")
# How binding a text is, where that is less than 应 and 要.
_SOFT = frozenset({"in_principle", "encouraged", "exploratory", "prohibited"})
_SURE = frozenset({"confirmed", "floor"})
_WHY: dict[str, ClaimReason] = {"ambiguous": "ambiguous", "conflicting": "conflicting"}


class Finding(NamedTuple):
    """A verdict on a figure, for one region and year."""

    verdict: ClaimVerdict
    reason: ClaimReason | None = None
    stated: tuple[StatedFigure, ...] = ()
    replaced_by: StatedFigure | None = None
    words: tuple[str, ...] = ()


class _Claimed(NamedTuple):
    """A figure of a text, with the region and year that are asked for, and the year that its words name."""

    text: ClaimText
    fact: Fact
    region: str
    year: int
    named: int


class ClaimJudge:
    """Checks figures against one dataset, which it indexes once."""

    def __init__(self, dataset: Dataset, resources: Resources) -> None:
        """Take a dataset, and the data files that it was built with."""
        self.resources = resources
        self._lookup = Lookup(dataset, resources)
        self._serving = resources.built(serving)
        self._beginnings: dict[str, set[str]] = {}
        for fact in dataset.facts:
            if fact.kind == "date" and fact.operator == "ge" and fact.value:
                self._beginnings.setdefault(fact.notice_id, set()).add(fact.value)

    def check(self, text: ClaimText, fact: Fact, given: str | None, at: int) -> CheckedClaim:
        """Check one figure of the text with number ``at``; ``given`` is the region where its words name none."""
        figure = self._serving.as_level(fact)
        span = text.sentence(fact.evidence.start, fact.evidence.end)
        regions, origin = _regions(text.regions(span), given, text)
        year = year_of(text, figure)
        found, region = self._found(text, figure, regions, year)
        place, whole = text.given(fact.evidence.start, fact.evidence.end), text.whole(span)
        return CheckedClaim(
            input=at,
            start=place.start,
            end=place.end,
            exact=text.text[place.start : place.end],
            sentence=text.text[whole.start : whole.end].strip(),
            verdict=found.verdict,
            reason=found.reason,
            words=found.words,
            reading=_reading(figure, region, origin if region else None, _asked_year(figure, year)),
            stated=found.stated,
            replaced_by=found.replaced_by,
        )

    def _found(
        self, text: ClaimText, fact: Fact, regions: tuple[str, ...], year: int | None
    ) -> tuple[Finding, str | None]:
        """Find what the dataset says, and for which region."""
        only = regions[0] if len(regions) == 1 else None
        if reason := self._unfit(fact):
            return Finding("not_stated", reason), only
        if len(regions) > 1:
            return Finding("not_stated", "several_regions"), None
        if only is not None:
            return self._in(text, fact, only, year), only
        return self._anywhere(text, fact, year)

    def _unfit(self, fact: Fact) -> ClaimReason | None:
        """Say why a figure can't be compared with any."""
        if fact.indicator is None:
            return "several_indicators" if fact.candidates else "no_indicator"
        if fact.role not in {"level", "previous", *STEPS}:
            return "role"
        level = replace(fact, role="level") if fact.role == "previous" else fact
        return None if fact.role in STEPS or self._serving.takes(level) else "unit"

    def _anywhere(self, text: ClaimText, fact: Fact, year: int | None) -> tuple[Finding, str | None]:
        """Answer a claim that names no region by the nation's figure, unless another region's says otherwise."""
        nation = self._in(text, fact, NATION, year)
        there = {one.region for one in self._lookup.series_of(fact.indicator or "") if one.region}
        regions = sorted(there - {NATION})
        if nation.verdict == "not_stated":
            lost = regions and NATION not in there
            return (Finding("not_stated", "no_region"), None) if lost else (nation, NATION)
        others = [one for region in regions if (one := self._in(text, fact, region, year)).verdict != "not_stated"]
        verdicts = {one.verdict for one in others}
        if verdicts <= {nation.verdict} or (nation.verdict == "floor" and verdicts <= _SURE):
            return nation, NATION
        stated = (*nation.stated, *(figure for one in others for figure in one.stated))
        return Finding("not_stated", "no_region", stated), None

    # ── in one region

    def _in(self, text: ClaimText, fact: Fact, region: str, year: int | None) -> Finding:
        """Check a figure in a region, in its year."""
        asked = _asked_year(fact, year)
        if year is not None and asked is not None:
            return self._at(_Claimed(text, fact, region, asked, year))
        return Finding("not_stated", "no_year") if fact.role != "level" else self._ever(text, fact, region)

    def _ever(self, text: ClaimText, fact: Fact, region: str) -> Finding:
        """Check a figure of no year: it is outdated if it was an earlier year's, and is no more."""
        series = self._lookup.series_of(fact.indicator or "")
        years = sorted({point.year for one in series if one.region == region for point in one.points})
        found = [self._at(_Claimed(text, fact, region, year, year)) for year in years]
        if not found:
            return Finding("not_stated", "no_year")
        last = found[-1]
        once = [one for one in found[:-1] if one.verdict in _SURE]
        if once and last.verdict in {"contradicted", "outdated"}:
            return Finding("outdated", "no_year", once[-1].stated, last.replaced_by or last.stated[0])
        return Finding("not_stated", "no_year", last.stated, words=last.words)

    def _at(self, claimed: _Claimed) -> Finding:
        """Check a figure in a region and a year."""
        if claimed.fact.role in STEPS:
            return self._moved(claimed)
        try:
            value = self._value(claimed, claimed.year)
        except ReadingError as error:
            return Finding("not_stated", _WHY.get(error.reason, "nothing"))
        stated = of_value(value, self._lookup)
        if reason := self._doubt(claimed.fact, value, claimed.year):
            return Finding("not_stated", reason, (stated,))
        if words := self._leftover(claimed, value.facts, value.per):
            return Finding("not_stated", "words", (stated,), words=words)
        weighed = self._weighed(claimed.fact, stated)
        if weighed.verdict == "contradicted" and (before := self._before(claimed.fact, stated)):
            return Finding("outdated", None, (before,), stated)
        if weighed.verdict == "contradicted" and (other := self._said_besides(claimed, value.facts)):
            # 由103元提高到123元: it was so; 城镇新增就业1256万人 beside the aim of 1200万人以上: two figures of one year.
            was = other.role == "previous"
            return Finding(
                "outdated" if was else "not_stated", None if was else "ambiguous", (stated,), stated if was else None
            )
        later = newest(stated, self._lookup) if weighed.verdict in _SURE else None
        return Finding(*weighed, (stated,), later)

    def _value(self, claimed: _Claimed, year: int) -> FigureValue:
        """Ask for a figure: by payer, deadline and words that the reading has no field for only where nothing else answers."""
        question = self._question(claimed, year)
        try:
            return self._lookup.answer(question)
        except ReadingError:
            for closer in self._closer(claimed, question):
                try:
                    return self._lookup.answer(closer)
                except ReadingError:
                    continue
            raise

    def _question(self, claimed: _Claimed, year: int) -> Query:
        scope, names = claimed.fact.scope, names_of({claimed.fact.indicator or ""}, self.resources)
        words: ScopeFilter = {
            "area": scope.area, "places": scope.places, "population": _without(names, scope.population),
            "provider": _without(names, scope.provider), "condition": scope.condition,
        }  # fmt: skip
        known = self._lookup.regions
        return make_query(claimed.fact.indicator or "", year, None, claimed.region, words, self.resources, known=known)

    def _closer(self, claimed: _Claimed, question: Query) -> Iterator[Query]:
        """Ask by what may tell figures apart: who pays, the deadline, or words of a series that stand in the sentence."""
        fact = claimed.fact
        if fact.scope.payer:
            yield replace(question, payer=fact.scope.payer)
        if fact.due:
            yield replace(question, due=fact.due)
        span = claimed.text.sentence(fact.evidence.start, fact.evidence.end)
        sentence = claimed.text.edited[span.start : span.end]
        named = {
            tuple(words.items())
            for series in self._lookup.series_of(question.indicator)
            if series.region == question.region
            and (words := {name: word for name in WORDS if (word := getattr(series.scope, name))})
            and all(word in sentence for word in words.values())
        }
        if len(named) == 1 and not question.words:
            yield replace(question, words=dict(*named))

    def _doubt(self, fact: Fact, value: FigureValue, year: int) -> ClaimReason | None:
        """Say why a figure that was found may not be the one claimed."""
        if value.inherited:
            return "inherited"
        if (
            value.unmatched
            or value.particular_years
            or not _pays(fact, value.facts)
            or not _has_base(fact, value.facts)
        ):
            return "scope"
        if fact.unit != value.unit:
            return "unit"
        if not per_fits(fact.per, value.per, fact.indicator, self.resources):
            return "per"
        if not _is_then(fact, value, year, self._since(value.facts)):
            return "time"
        soft = {one.modality for one in value.facts} & _SOFT
        if soft - {fact.modality} or (fact.modality in _SOFT and fact.modality not in soft):
            return "modality"
        return "damaged" if any(one.evidence.recognised for one in value.facts) else None

    def _leftover(self, claimed: _Claimed, facts: Iterable[Fact], per: Sequence[str]) -> tuple[str, ...]:
        behind = tuple(facts)
        notices = tuple(self._lookup.notices[one.notice_id] for one in behind)
        since = self._since(behind)
        base = _year_in(claimed.fact.compared_to) or claimed.named - 1
        years = {claimed.year, claimed.named, base}
        compared = Compared(behind, notices, frozenset(years), since, tuple(per))
        return leftover(claimed.text, claimed.fact, compared, self.resources)

    def _since(self, facts: Sequence[Fact]) -> frozenset[str]:
        """List the days from which figures hold by their texts: their own, their notice's, the only one that it names."""
        days = {fact.valid_from for fact in facts} | {self._lookup.notices[one.notice_id].effective_on for one in facts}
        for notice in {fact.notice_id for fact in facts}:
            named = self._beginnings.get(notice, set())
            days |= named if len(named) == 1 else set()
        return frozenset(day for day in days if day)

    def _weighed(self, fact: Fact, stated: StatedFigure) -> Weighed:
        """Compare a claim's figure with a stated one; a milestone's figure is its deadline."""
        if fact.kind == "milestone":
            return weigh(Statement("eq", fact.due), Statement("eq", stated.due))
        weighed = weigh(statement_of_fact(fact), statement_of(stated, self._lookup))
        if weighed.verdict in _SURE and fact.due and fact.due != stated.due:
            return Weighed("contradicted" if stated.due else "not_stated", "due")
        return weighed

    def _before(self, fact: Fact, stated: StatedFigure) -> StatedFigure | None:
        """Find the last earlier year whose figure is the one claimed."""
        for series in self._lookup.series_of(fact.indicator or ""):
            if series.series_id != stated.series_id or series.per != stated.per:
                continue
            for point in reversed(series.points):
                if point.year < stated.year and point.status != "conflicting":
                    earlier = of_point(series, point, self._lookup)
                    if self._weighed(fact, earlier).verdict in _SURE:
                        return earlier
        return None

    def _said_besides(self, claimed: _Claimed, answered: Iterable[Fact]) -> Fact | None:
        """Find a figure that a text gives as claimed, for the region and year, beside the one that answers."""
        claim, answering = claimed.fact, {fact.fact_id for fact in answered}
        for fact in self._lookup.facts.values():
            if (fact.indicator, fact.unit, fact.value) != (
                claim.indicator,
                claim.unit,
                claim.value,
            ) or fact.value is None:
                continue
            then = (fact.applies_to or str(fact.policy_year))[:4] == str(claimed.year)
            other = fact.fact_id not in answering and fact.role != "condition"
            if (
                then
                and other
                and fact.scope.region == claimed.region
                and told_apart(fact, self._lookup) == told_apart(claim, self._lookup)
            ):
                return fact
        return None

    # ── by how much

    def _moved(self, claimed: _Claimed) -> Finding:
        """Check by how much a figure moved: against texts that say so, else against the levels of both years."""
        fact, year = claimed.fact, claimed.year
        base = _year_in(fact.compared_to) or year - 1
        steps = stated_steps(self._lookup, fact, claimed.region, year, base)
        if len(steps) > 1:
            return Finding("not_stated", "conflicting", tuple(one for step in steps for one in step.stated))
        step = steps[0] if steps else step_between(self._lookup, partial(self._level, claimed), year, base)
        if step is None:
            return Finding("not_stated", "nothing")
        if reason := _step_doubt(fact, step, self.resources):
            return Finding("not_stated", reason, step.stated)
        if words := self._leftover(claimed, self._facts_of(step.stated), step.per):
            return Finding("not_stated", "words", step.stated, words=words)
        if fact.role != step.role:
            return Finding("contradicted" if step.exact else "not_stated", None if step.exact else "bound", step.stated)
        weighed = weigh(statement_of_fact(fact), step.moved)
        if weighed.verdict == "contradicted" and any(
            one.role == "level" and one.value == fact.value for one in step.stated
        ):
            # 按寄宿生年生均300元的标准增加公用经费: what is added is the level itself.
            return Finding("not_stated", "role", step.stated)
        if not step.exact:
            return Finding("floor" if weighed.verdict == "confirmed" else "not_stated", "bound", step.stated)
        return Finding(*weighed, step.stated)

    def _level(self, claimed: _Claimed, year: int) -> FigureValue:
        """Ask for a level of the region's own; a `ReadingError` where there is none that is surely meant."""
        value = self._value(claimed, year)
        fact = replace(claimed.fact, unit=value.unit, modality="stated")
        if self._doubt(fact, value, year) not in {None, "modality"}:
            raise ReadingError("nothing", "")
        return value

    def _facts_of(self, figures: Iterable[StatedFigure]) -> list[Fact]:
        return [self._lookup.facts[quote.fact_id] for figure in figures for quote in figure.quotes]


# ── what a figure says


def year_of(text: ClaimText, fact: Fact) -> int | None:
    """Find the year of a figure: its own words', else the only one that its sentence names, else that of the text."""
    if fact.applies_to:
        return _year_in(fact.applies_to)
    for day in (fact.valid_from, fact.due):
        if day:
            return _year_in(day[:4])
    span = text.sentence(fact.evidence.start, fact.evidence.end)
    for named in (years_in(text.edited[span.start : span.end]), text.all_years):
        if years := named - {(fact.compared_to or "")[:4]}:
            return int(*years) if len(years) == 1 else None
    return None


def _asked_year(fact: Fact, year: int | None) -> int | None:
    """Say which year's figure is meant: in 由580元提高到610元 the first is that of the year before."""
    if fact.role != "previous" or year is None:
        return year
    return _year_in(fact.compared_to) or year - 1


def _year_in(edtf: str | None) -> int | None:
    return int(edtf) if edtf and _EDTF_YEAR.fullmatch(edtf) else None


def _regions(named: tuple[str, ...], given: str | None, text: ClaimText) -> tuple[tuple[str, ...], RegionFrom | None]:
    """Say of which regions a figure is: those of its sentence, else the one given, else those of the text."""
    if named:
        return named, "words"
    if given:
        return (given,), "given"
    return text.all_regions, "words" if text.all_regions else "assumed"


def _without(names: Iterable[str], words: str | None) -> str | None:
    """Take what is measured from before the words for whom it is: 居民医保大学生 are 大学生."""
    if words is None:
        return None
    before = max((name for name in names if words.startswith(name)), key=len, default="")
    return _without(names, words.removeprefix(before)) if before and before != words else words


def _pays(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Say whether who pays by the claim may be who pays by the texts: 财政 is 各级财政, but not 中央财政 alone 财政."""
    claimed = fact.scope.payer
    payers = {one.scope.payer for one in facts}
    return claimed is None or any(payer is None or claimed in payer for payer in payers)


def _has_base(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Say whether a rate is of the same thing, as far as both say of what."""
    bases = {one.base.indicator for one in facts if one.base and one.base.indicator}
    return fact.base is None or fact.base.indicator is None or not bases or fact.base.indicator in bases


def _is_then(fact: Fact, value: FigureValue, year: int, since: frozenset[str]) -> bool:
    """Say whether the text gives its figure to the claim's time: from a day on, if the claim names one, and for its year."""
    if value.applies_to not in {None, str(year)}:
        return False
    if fact.valid_from and fact.valid_from not in since:
        return False
    if fact.valid_to and fact.valid_to != (value.valid_to and value.valid_to.isoformat()):
        return False
    late = value.due is not None and fact.due is None and value.due.year != year
    return not late and (value.valid_from is None or value.valid_from.year == year)


def _step_doubt(fact: Fact, step: StatedStep, resources: Resources) -> ClaimReason | None:
    if fact.unit != step.unit:
        return "unit"
    return None if per_fits(fact.per, step.per, fact.indicator, resources) else "per"


def _reading(fact: Fact, region: str | None, origin: RegionFrom | None, year: int | None) -> ClaimReading:
    compared = _year_in(fact.compared_to) or (year - 1 if year and fact.role in STEPS else None)
    return ClaimReading(
        indicator=fact.indicator, candidates=fact.candidates, subject=fact.subject, region=region, region_from=origin,
        year=year, compared_to=compared if fact.role in STEPS else None, kind=fact.kind, role=fact.role,
        operator=fact.operator, value=fact.value, lower=fact.lower, upper=fact.upper, unit=fact.unit, per=fact.per,
        due=fact.due, scope=replace(fact.scope, region=None, condition_facts=()),
    )  # fmt: skip
