"""Joins facts over notices and years: an indicator of one region and scope, a point a year.

The same figure in a notice and in its interpretation is one corroborated point; figures that disagree are a point
without value that names all of them. A level that no notice states follows from its neighbour where a notice says by
how much it was raised: 580 in 2021 after 新增30元 makes 550 in 2020. Steps of what no notice states a level of are a
series of their own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from extractor.dataset.canonical import encode_line
from extractor.dataset.implied import ImpliedPer, implied_per, implied_populations
from extractor.dataset.listed import hoped_for, plain_lists
from extractor.dataset.named_series import load_names, may_be_named, points_of_name
from extractor.dataset.points import (
    RankedFact,
    by_year,
    derived_point,
    figure,
    of_years_before,
    points_of_year,
    step_of_year,
)
from extractor.dataset.scope_words import ScopeWords, load_scope_words
from extractor.dataset.served import STEPS, serving, without_cut_scopes
from extractor.dataset.standing import Standing
from extractor.dataset.times import is_for, year_of
from extractor.model import Kind, Point, Series, SeriesRole, SeriesScope
from extractor.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from extractor.dataset.served import Serving, Unserved
    from extractor.model import Copy, CopyConflict, Fact, NoticeRecord
    from extractor.resources import Resources

# A notice has the word over its interpretation.
RANKS = {"notice": 0, "reprint": 1, "interpretation": 2}


class Key(NamedTuple):
    """What tells one series from another."""

    indicator: str
    region: str | None
    scope: SeriesScope
    unit: str | None
    per: tuple[str, ...]
    role: SeriesRole = "level"

    @property
    def series_id(self) -> str:
        """Name the series by its key alone, so that new notices don't rename it."""
        key = self[:-1] if self.role == "level" else self
        return f"s-{hashlib.sha256(encode_line(key)).hexdigest()[:12]}"


def _latest_words(sources: Sequence[RankedFact]) -> str | None:
    """Take the name as the latest year has it; 困难残疾人生活补贴 of one year is 困难残疾人生活补贴标准 of the next."""
    year = max(source.year for source in sources)
    first = min((one for one in sources if one.year == year), key=lambda one: one.rank)
    return plain_words(first.fact.subject)


class NameKey(NamedTuple):
    """What tells one series without an indicator from another."""

    subject: str
    programme: str | None
    kind: Kind
    role: SeriesRole
    region: str | None
    scope: SeriesScope
    unit: str | None
    per: tuple[str, ...]

    @property
    def series_id(self) -> str:
        """Name the series by its key alone, so that new notices don't rename it."""
        return f"s-{hashlib.sha256(encode_line(self)).hexdigest()[:12]}"


def build_series(
    facts: Iterable[Fact],
    notices: Iterable[NoticeRecord],
    resources: Resources,
    sources: Mapping[Key, list[RankedFact]] | None = None,
) -> tuple[Series, ...]:
    """Join facts into series, sorted by indicator, name, region, scope and unit; those with an indicator first.

    ``sources`` are what `sources_by_series` gives, where it is at hand.
    """
    facts, notices = tuple(facts), tuple(notices)
    groups = sources_by_series(facts, notices, resources) if sources is None else sources
    old = _old_values(facts, notices, resources)
    standing = Standing(facts, notices)
    series = []
    for key, group in groups.items():
        parts = _grouped(group, lambda source, key=key: key._replace(per=source.fact.per))  # type: ignore[misc]
        for part_key, part in parts.items() if _per_parts(group) else [(key, group)]:
            if points := _points(part):
                made = _series(part_key, points, part, resources.built(implied_per))
                series.append(standing.of(made, old.get(key, ())))
            else:
                series += [standing.of(one) for one in _steps(part_key, part, resources.built(implied_per))]
            if recalled := _points(of_years_before(part)):
                series.append(_series(part_key._replace(role="previous"), recalled, part, resources.built(implied_per)))
    named = (standing.of(one) for one in _named(facts, notices, resources))
    return tuple(sorted([*series, *named], key=place_of_series))


def _steps(key: Key, sources: Sequence[RankedFact], implied: ImpliedPer) -> Iterator[Series]:
    """Yield series of the steps of what no notice states a level of: 配偶每人每月增加95元, and 88元 of the next year."""
    for word in sorted(STEPS):
        steps = [source for source in sources if source.fact.role == word]
        if points := points_of_name(steps):
            yield _series(key._replace(role=cast("SeriesRole", word)), points, steps, implied)


def _old_values(
    facts: Iterable[Fact], notices: Iterable[NoticeRecord], resources: Resources
) -> dict[Key, list[RankedFact]]:
    """Group the values that texts call old ones by the series that they were of: 每人每年350元的标准不再执行."""
    rules = resources.built(serving)
    known = {notice.notice_id: notice for notice in notices}
    sources = []
    for fact in facts:
        ended = fact.role == "previous" and any(words.for_ == "valid" for words in fact.support)
        if ended and rules.takes(msgspec.structs.replace(fact, role="level")):
            notice = known[fact.notice_id]
            region = fact.scope.region or (notice.region.code if notice.region else None)
            sources.append(RankedFact(fact, fact.notice_id, (0, 0, 0), region, year=year_of(notice) or 0))
    return _grouped(sources, _series_key(resources, rules))


def _series_key(resources: Resources, rules: Serving) -> Callable[[RankedFact], Key]:
    return partial(
        _key,
        implied=resources.built(implied_per),
        everybody=resources.built(implied_populations),
        rules=rules,
        scope_words=resources.built(load_scope_words),
    )


def _named(facts: Sequence[Fact], notices: Sequence[NoticeRecord], resources: Resources) -> list[Series]:
    """Join facts without an indicator by the names of what they measure."""
    names, implied = resources.built(load_names), resources.built(implied_per)
    scope_words = resources.built(load_scope_words)
    groups: dict[NameKey, list[RankedFact]] = {}
    for source in _sources((fact for fact in facts if may_be_named(fact)), notices):
        fact = source.fact
        if name := names.of(fact, plain_words(fact.subject)):
            role = cast("SeriesRole", fact.role)
            key = NameKey(
                name,
                fact.programme,
                fact.kind,
                role,
                source.region,
                series_scope(fact, scope_words),
                _unit(fact),
                implied.drop(fact.per, None),
            )
            groups.setdefault(key, []).append(source)
    groups = _with_programme(groups)
    before = {key._replace(role="previous"): told for key, group in groups.items() if (told := of_years_before(group))}
    return [
        Series(
            series_id=key.series_id, indicator=None, subject=_latest_words(group), programme=key.programme, kind=key.kind,
            role=key.role, region=key.region, scope=key.scope, unit=key.unit,
            per=implied.in_order({*key.per, *(word for source in group for word in source.fact.per)}), points=tuple(points),
        )
        for key, group in (groups | before).items()
        if (points := points_of_name(group))
    ]  # fmt: skip


def _with_programme(groups: dict[NameKey, list[RankedFact]]) -> dict[NameKey, list[RankedFact]]:
    """Let figures whose text names no programme join those of their name, where just one programme has that name."""
    known: dict[NameKey, list[NameKey]] = {}
    for key in groups:
        if key.programme is not None:
            known.setdefault(key._replace(programme=None), []).append(key)
    joined: dict[NameKey, list[RankedFact]] = {}
    for key, group in groups.items():
        named = known.get(key, ())
        joined.setdefault(named[0] if len(named) == 1 else key, []).extend(group)
    return joined


def sources_by_series(
    facts: Iterable[Fact], notices: Iterable[NoticeRecord], resources: Resources
) -> dict[Key, list[RankedFact]]:
    """Group the facts that have an indicator and a year by the series that they belong to."""
    served, _ = _served(facts, notices, resources)
    groups = _grouped(served, _series_key(resources, resources.built(serving)))
    payers = resources.built(part_payers)
    return {key: _wholes(group, payers) for key, group in groups.items()}


def unserved(facts: Iterable[Fact], notices: Iterable[NoticeRecord], resources: Resources) -> dict[str, Unserved]:
    """Say of each fact with an indicator that answers nothing, by id, what keeps it out of every series."""
    return _served(facts, notices, resources)[1]


def _served(
    facts: Iterable[Fact], notices: Iterable[NoticeRecord], resources: Resources
) -> tuple[list[RankedFact], dict[str, Unserved]]:
    """Part facts with an indicator into those that may be in a series and those that may not, with what keeps them out."""
    rules, facts = resources.built(serving), tuple(fact for fact in facts if fact.indicator)
    kept_out: dict[str, Unserved] = {one.fact_id: "listed" for row in plain_lists(facts, resources) for one in row}
    kept_out |= dict.fromkeys(hoped_for(facts, resources), "hoped")
    for fact in facts:
        if fact.fact_id not in kept_out and (refusal := rules.refusal(fact)):
            kept_out[fact.fact_id] = refusal
    taken = [rules.as_level(fact) for fact in facts if fact.fact_id not in kept_out]
    whole = without_cut_scopes(taken, resources.built(implied_populations))
    served = _sources(whole, notices)
    kept_out |= dict.fromkeys({one.fact_id for one in taken} - {one.fact_id for one in whole}, "cut")
    kept_out |= dict.fromkeys({one.fact_id for one in whole} - {one.fact.fact_id for one in served}, "yearless")
    return served, kept_out


def _series(key: Key, points: Sequence[Point], sources: Sequence[RankedFact], implied: ImpliedPer) -> Series:
    per = implied.in_order({*key.per, *(word for source in sources for word in source.fact.per)})
    return Series(
        series_id=key.series_id,
        indicator=key.indicator,
        subject=None,
        programme=None,
        kind=sources[0].fact.kind,
        role=key.role,
        region=key.region,
        scope=key.scope,
        unit=key.unit,
        per=per,
        points=tuple(points),
    )


def place_of_series(series: Series) -> tuple[bool, bytes, str]:
    """Say where a series stands among others."""
    key = [series.indicator, series.region or "", series.scope, series.unit or "", series.per, series.role]
    return series.indicator is None, encode_line([series.subject or "", *key]), series.series_id


# ── grouping ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sources(facts: Iterable[Fact], notices: Iterable[NoticeRecord]) -> list[RankedFact]:
    """Give each fact of a notice that has a year the weight of it."""
    places = {notice.notice_id: (order, notice) for order, notice in enumerate(notices)}
    disputed = disputes(notice for _, notice in places.values())
    sources = []
    years = {name: year for name, (_, notice) in places.items() if (year := year_of(notice))}
    for fact in facts:
        if (year := fact.policy_year or years.get(fact.notice_id)) is None:
            continue
        order, notice = places[fact.notice_id]
        region = fact.scope.region or (notice.region.code if notice.region else None)
        rank = (RANKS.get(notice.type, len(RANKS)), order, fact.evidence.start)
        doubtful = fact.fact_id in disputed and not is_settled(fact)
        sources.append(RankedFact(fact, fact.notice_id.partition("~")[0], rank, region, doubtful, year))
    return sources


def disputes(notices: Iterable[NoticeRecord]) -> dict[str, list[tuple[Copy, CopyConflict]]]:
    """List, by fact, the copies of its notice that give another figure; one that merely lacks it says nothing against it."""
    found: dict[str, list[tuple[Copy, CopyConflict]]] = {}
    for copy in (one for notice in notices for one in notice.copies):
        for conflict in copy.conflicts:
            if conflict.fact_id and conflict.found:
                found.setdefault(conflict.fact_id, []).append((copy, conflict))
    return found


def is_settled(fact: Fact) -> bool:
    """Say whether an analyst has decided on a fact's figure, if only by confirming it."""
    if fact.status in {"confirmed", "added"}:
        return True
    return any(one.field in {"value", "lower", "upper", "operator", "unit", "due"} for one in fact.corrections)


def _key(
    source: RankedFact,
    *,
    implied: ImpliedPer,
    everybody: Mapping[str, frozenset[str]],
    rules: Serving,
    scope_words: ScopeWords,
) -> Key:
    """Make the key of a fact's series; a step joins the series of the level that it moves."""
    fact = source.fact
    scope = series_scope(fact, scope_words)
    if scope.population in everybody.get(fact.indicator or "", ()):
        scope = msgspec.structs.replace(scope, population=None)
    # 新增30元, 达到每人每年610元: what goes without saying doesn't part series.
    per = implied.drop(fact.per, fact.indicator)
    return Key(fact.indicator or "", source.region, scope, _unit(fact), per, rules.side(fact))


def _unit(fact: Fact) -> str | None:
    """Return the unit of a fact's series: a step by points of a rate belongs to the rate."""
    return "%" if fact.role in STEPS and fact.unit == "pp" else fact.unit


def series_scope(fact: Fact, words: ScopeWords) -> SeriesScope:
    """Reduce a fact's scope to what tells series apart: widths, blanks and 医疗机构 behind a level don't."""
    return SeriesScope(
        area=fact.scope.area,
        population=plain_words(fact.scope.population),
        places=tuple(sorted(set(fact.scope.places))),
        provider=words.provider(plain_words(fact.scope.provider)),
        condition=words.condition(plain_words(fact.scope.condition)),
    )


def plain_words(text: str | None) -> str | None:
    """Drop from a scope's words what doesn't tell them apart: spaces, widths, signs at the ends."""
    if text is None:
        return None
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(",.;:、。") or None


def _wholes(sources: list[RankedFact], payers: frozenset[str]) -> list[RankedFact]:
    """Leave out the shares of a whole that the same text states: 财政补助640元，其中中央财政384元、省级154元."""
    parts = [source.fact.kind == "money" and source.fact.scope.payer in payers for source in sources]
    if not any(parts):
        return sources
    wholes: dict[tuple[str, int, str], Decimal] = {}
    for source, part in zip(sources, parts, strict=True):
        if not part and (amount := _amount(source)) is not None:
            key = _statement(source)
            wholes[key] = max(amount, wholes.get(key, amount))
    return [
        source
        for source, part in zip(sources, parts, strict=True)
        if not (part and (_amount(source) or 0) < wholes.get(_statement(source), 0))
    ]


def part_payers(resources: Resources) -> frozenset[str]:
    """Name the payers that `scope.toml` says pay a share of a whole; for `Resources.built`."""
    rows = read_toml(resources.root / "scope.toml").get("term", ())
    return frozenset(form for row in rows if row.get("part") for form in row["forms"])


def _statement(source: RankedFact) -> tuple[str, int, str]:
    return source.document, source.year, source.fact.role


def _amount(source: RankedFact) -> Decimal | None:
    value = figure(source.fact)[0]
    return value if isinstance(value, Decimal) else None


def _grouped(sources: Iterable[RankedFact], key: Callable[[RankedFact], Key]) -> dict[Key, list[RankedFact]]:
    groups: dict[Key, list[RankedFact]] = {}
    for source in sources:
        groups.setdefault(key(source), []).append(source)
    return groups


def _per_parts(sources: Sequence[RankedFact]) -> bool:
    """Say whether a document itself keeps apart what only person and year tell apart: 每年300元 beside 500元.

    Figures for different years are told apart by these: 2024年起每人每年400元，2023年380元.
    """
    said = {
        (source.document, source.year, is_for(source.fact, source.year), source.fact.per, figure(source.fact))
        for source in sources
        if source.fact.role == "level"
    }
    figures = {(*when, amount) for *when, _, amount in said}
    pers = {(*when, per) for *when, per, _ in said}
    documents = {tuple(when) for *when, _, _ in said}
    return len(pers) > len(documents) and len(figures) > len(documents)


# ── points ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _points(sources: Sequence[RankedFact]) -> list[Point]:
    """Make the stated points of a series, then those that follow from them."""
    years = by_year(sources)
    stated = {year: points for year in years if (points := points_of_year(year, years[year]))}
    points = [point for year in stated for point in stated[year]]
    derived: dict[int, list[Point]] = {}
    for year in years:
        step = step_of_year(year, years[year])
        for known, wanted in ((year, year - 1), (year - 1, year)) if step else ():
            neighbour = stated.get(known, [])
            if step and len(neighbour) == 1 and wanted not in stated:
                point = derived_point(wanted, neighbour[0], step)
                derived.setdefault(wanted, []).extend([point] if point else [])
    points += [_settled(found) for found in derived.values() if found]
    return sorted(points, key=lambda point: (point.year, point.due or ""))


def _settled(points: Sequence[Point]) -> Point:
    """Take one of several derived points that agree; where they don't, none is right."""
    if len({(point.value, point.operator) for point in points}) == 1:
        return points[0]
    ids = tuple(dict.fromkeys(fact_id for point in points for fact_id in point.fact_ids))
    return msgspec.structs.replace(
        points[0], value=None, operator="conflict", status="conflicting", fact_ids=ids, derivation=None
    )
