"""What to say when a question has no answer: what there is, and how to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from extractor.dataset.times import is_for, known_day
from extractor.errors import ReadingError
from extractor.query import areas
from extractor.query.value import SIGNS, source_line
from extractor.resources import indicator_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from extractor.dataset.times import DaySpan
    from extractor.model import Copy, CopyConflict, Dataset, Fact, NoticeRecord, Point, Series
    from extractor.query.candidate import PointCandidate
    from extractor.query.query import Query
    from extractor.query.value import FigureValue
    from extractor.resources import Resources

    Disputed: TypeAlias = Mapping[str, Sequence[tuple[Copy, CopyConflict]]]

# More lines than this help nobody.
MOST = 12
# A shorter piece of a name stands in too many.
SHORTEST = 4


class Known(Protocol):
    """What messages need of a dataset."""

    facts: dict[str, Fact]
    notices: dict[str, NoticeRecord]
    resources: Resources

    def behind(self, point: Point) -> list[Fact]:
        """List the facts behind a point."""

    def span(self, point: Point) -> DaySpan | None:
        """Say when a point holds."""

    def of_its_place(self, series: Series, point: Point) -> bool:
        """Say whether a point counts what there is in its own region."""


def no_indicator(indicator: str, known: Collection[str], dataset: Dataset, resources: Resources) -> ReadingError:
    """Say which indicators have a name like the one that the dataset has no figure of."""
    from difflib import get_close_matches

    if unlevelled := [fact for fact in dataset.facts if fact.indicator == indicator]:
        lines = [
            f"{_figure(fact, fact.unit)}, {fact.role}{_for(0, [fact])} [{fact.fact_id}]" for fact in unlevelled[:MOST]
        ]
        msg = f"{indicator}: no notice states it for the notice's own year. There are only:{_lines(lines, len(unlevelled))}"
        return ReadingError("nothing", msg)
    if not known:
        held = (
            f"holds {len(dataset.notices)} notices, but no figure with indicator and year"
            if dataset.notices
            else "is empty"
        )
        msg = f"{indicator!r}: the dataset {held}. Build one from notices with `extractor build`."
        return ReadingError("unknown", msg)
    if named := ids_named(indicator, resources):
        msg = f"indicator {indicator!r}: there is no such id. It is the name of {' and '.join(named)}."
        return ReadingError("unknown", msg)
    near = get_close_matches(indicator, known, n=3, cutoff=0.6)
    last = indicator.rpartition(".")[2]
    near += [name for name in sorted(known) if len(last) >= SHORTEST and last in name and name not in near]
    hint = f"Did you mean {' or '.join(near[:4])}?" if near else f"It has: {_cut(sorted(known))}."
    return ReadingError("unknown", f"{indicator!r}: the dataset has no figure of this indicator. {hint}")


def ids_named(words: object, resources: Resources) -> list[str]:
    """List the ids of the indicators that have a name, in either language."""
    rows = resources.built(indicator_rows)
    return [row["id"] for row in rows if words in {row.get("name"), row.get("name_en")}]


def nothing(question: Query, series: Sequence[Series], known: Known) -> ReadingError:
    """Say which figures of the indicator there are: the region's own first, then those above it, then the others."""
    chain = areas.chain(question.region) if question.region else ()
    pairs = [(one, point) for one in series for point in one.points]
    near = sorted(pairs, key=lambda pair: _distance(question, chain, *pair))
    also = [
        name
        for name, asked in (("unit", question.unit), ("per", question.per), ("due", question.due))
        if asked is not None
    ]
    lines = [f"{_how(one, point, known, also=also)}{_when(question, known, point)}" for one, point in near[:MOST]]
    hint = ""
    if question.on is not None:
        hint = (
            " A figure holds on a day only where its text says so; ask the others by year=, the policy year, "
            "and decide yourself when they hold."
        )
    if question.as_of is not None:
        hint += " This is what notices issued until that day state; what had ended by then, or had not begun, wasn't in force."
    if question.payer is not None:
        own = (fact for fact in known.facts.values() if fact.indicator == question.indicator)
        payers = {fact.scope.payer for fact in own if fact.scope.payer}
        hint += f" Payers named are {', '.join(sorted(payers)) or 'none'}."
    area = areas.area_of(question.region, question.indicator, known.resources) if question.region else None
    if area and any(one.scope.area for one in series):
        hint += f" {question.region} is counted to {area}."
    recalled = [fact for fact in known.facts.values() if question.year and _recalls(fact, question)]
    if recalled:
        said = ", ".join(f"{_figure(fact, fact.unit)} [{fact.fact_id}]" for fact in recalled[:3])
        hint += f" Notices of other years say of {question.year}: {said}."
    above = [pair for pair in near if pair[0].region in chain[1:] and question.year in {None, pair[1].year}]
    if any(known.of_its_place(*pair) for pair in above):
        hint += " A count that is per nothing is of the place that states it, never of one in it."
    msg = f"{question.indicator}: nothing for {asked(question)}.{hint} There is:{_lines(lines, len(near))}"
    return ReadingError("nothing", msg)


def not_known(question: Query, day: date, known: Known) -> ReadingError:
    """Say that nothing was known of an indicator on a day, from when on there is something, and of what no day is known."""
    notices = {one.notice_id: one for one in known.notices.values()}
    own = {fact.notice_id for fact in known.facts.values() if fact.indicator == question.indicator}
    days = sorted(on for name in own if (on := known_day(notices[name])))
    undated = sorted(name for name in own if not known_day(notices[name]))
    words = f" The first notice that states it is of {days[0]}." if days else ""
    if undated:
        words += (
            f" Whether these were known isn't known, since they bear no day: {_cut(undated)}. "
            "Ask those by year=, the policy year."
        )
    return ReadingError("nothing", f"{question.indicator}: nothing was known as of {day}.{words}")


def perhaps_outdated(question: Query, found: FigureValue, later: Point, known: Known) -> ReadingError:
    """Say that a later figure may have been known on a day: its text bears none."""
    names = ", ".join(dict.fromkeys(fact.notice_id for fact in known.behind(later)))
    msg = (
        f"{question.indicator}: as of {question.as_of} the last figure of a text that bears a day is {found.figure} of {found.year}. "
        f"{names} states one for {later.year} and bears no day, so that it isn't known which of them was in force. Ask by year=."
    )
    return ReadingError("ambiguous", msg)


def _distance(question: Query, chain: Sequence[str], series: Series, point: Point) -> tuple[int, int]:
    """Order figures by how near they are to a question: by region, then by year."""
    region = chain.index(series.region) if series.region in chain else len(chain)
    return region, 0 if question.year is None else abs(point.year - question.year)


def _recalls(fact: Fact, question: Query) -> bool:
    """Say whether another year's notice gives its figure to the year asked for."""
    if fact.indicator != question.indicator or fact.policy_year == question.year or not fact.applies_to:
        return False
    return fact.role in {"level", "previous"} and is_for(fact, question.year or 0) == "own"


def _when(question: Query, known: Known, point: Point) -> str:
    if question.on is None:
        return ""
    span = known.span(point)
    return f" (holds {span})" if span else " (the text states no time)"


def several(question: Query, candidates: Sequence[PointCandidate], known: Known) -> ReadingError:
    """List figures that all fit, with the words that tell them apart."""
    lines = _apart(candidates, known)
    msg = f"{question.indicator}: {len(candidates)} figures for {asked(question)}. Name one of them:{_lines(lines, len(candidates))}"
    return ReadingError("ambiguous", msg)


def unsure(question: Query, chosen: PointCandidate, like: Sequence[PointCandidate], known: Known) -> ReadingError:
    """List figures that may be for whom was asked, though their words are others, and the general one."""
    kinds = ", ".join(chosen.unmatched)
    lines = _apart([*like, chosen], known)
    msg = (
        f"{question.indicator}: no figure for just {asked(question)}, and others' {kinds} may mean the same, so that the "
        f"general one may not be meant. Ask with the words of one of them, or without {kinds}:{_lines(lines, len(lines))}"
    )
    return ReadingError("ambiguous", msg)


def conflict(
    question: Query, chosen: PointCandidate, facts: Sequence[Fact], notices: dict[str, NoticeRecord]
) -> ReadingError:
    """List what sources that disagree say, or one says of several years."""
    where, year = place(chosen.series, chosen.point), chosen.point.year
    lines = [
        f"{_figure(fact, fact.unit)}{_for(year, [fact])}: {source_line(fact, notices[fact.notice_id])}"
        for fact in facts
    ]
    if len({fact.applies_to or fact.valid_from for fact in facts}) == len(facts) > 1:
        msg = (
            f"{question.indicator}: the texts give {where} figures for several times, and don't say which is the one of "
            f"{year}, so there is no figure to give:{_lines(lines, len(lines))}"
        )
        return ReadingError("ambiguous", msg)
    msg = (
        f"{question.indicator}: the sources disagree on {where}, so there is no figure to give. Decide for one of these "
        f"facts, or correct one in corpus/reviews.toml:{_lines(lines, len(lines))}"
    )
    return ReadingError("conflicting", msg)


def copies_differ(question: Query, chosen: PointCandidate, disputed: Disputed, known: Known) -> ReadingError:
    """List what the files of one notice say that disagree on a figure."""
    lines = []
    for fact_id, found in disputed.items():
        paths = known.notices[known.facts[fact_id].notice_id].source.path if found else ""
        lines += [
            f"“{_plain(conflict.expected)}” in {paths}, “{_plain(conflict.found)}” in {copy.source.path} [{fact_id}]"
            for copy, conflict in found
        ]
    msg = (
        f"{question.indicator}: the files of one notice disagree on {place(chosen.series, chosen.point)}, so there is no "
        "figure to give. Take the wrong file out of the corpus, or say in corpus/reviews.toml which value holds:"
        f"{_lines(lines, len(lines))}"
    )
    return ReadingError("conflicting", msg)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(question: Query) -> str:
    """Write a question as the arguments that make it."""
    given: dict[str, object] = {
        "year": question.year,
        "on": question.on and str(question.on),
        "as_of": question.as_of and str(question.as_of),
        "region": question.region,
    }
    given |= {
        "area": question.area,
        "places": sorted(question.places) or None,
        **question.words,
        "payer": question.payer,
    }
    per = None if question.per is None else sorted(question.per)
    given |= {"unit": question.unit, "per": per, "due": question.due, "series_id": question.series_id}
    return _arguments(given) or "no words at all"


def place(series: Series, point: Point) -> str:
    """Write year, region and scope of a point as the arguments that ask for it."""
    scope = series.scope
    return _arguments({
        "year": point.year, "region": series.region, "area": scope.area, "places": list(scope.places) or None,
        "population": scope.population, "provider": scope.provider, "condition": scope.condition,
    })  # fmt: skip


def _closely(one: PointCandidate) -> dict[str, object]:
    """List what else may tell figures apart."""
    return {"unit": one.series.unit, "per": list(one.series.per), "due": one.point.due, "payer": one.payer}


def _apart(candidates: Sequence[PointCandidate], known: Known) -> list[str]:
    """Write how to ask for each candidate: of those with the same scope, with what differs besides."""
    groups: dict[str, list[PointCandidate]] = {}
    for one in candidates:
        groups.setdefault(place(one.series, one.point), []).append(one)
    also: dict[str, list[str]] = {}
    for where, group in groups.items():
        differing = [name for name in _closely(group[0]) if len({repr(_closely(one)[name]) for one in group}) > 1]
        also[where] = differing or (["series_id"] if len(group) > 1 else ["payer"])
    return [
        _how(one.series, one.point, known, also=also[place(one.series, one.point)], payer=one.payer)
        for one in candidates[:MOST]
    ]


def _how(series: Series, point: Point, known: Known, *, also: Sequence[str], payer: str | None = None) -> str:
    """Write how to ask for a point, and its figure."""
    closely = {
        "unit": series.unit,
        "per": list(series.per),
        "due": point.due,
        "payer": payer,
        "series_id": series.series_id,
    }
    words = ", ".join(filter(None, (place(series, point), _arguments({name: closely[name] for name in also}))))
    status = "" if point.status == "stated" else f", {point.status}"
    facts = known.behind(point) if point.status in {"stated", "corroborated"} else []
    return f"{words} → {_figure(point, series.unit)}{_for(point.year, facts)}{status} [{series.series_id}]"


def _for(year: int, facts: Iterable[Fact]) -> str:
    """Write which time figures are for by their words, where that isn't just the year."""
    said = {
        f"for {fact.applies_to}" if fact.applies_to else f"from {fact.valid_from}"
        for fact in facts
        if fact.applies_to or fact.valid_from
    }
    return "".join(f", {one}" for one in sorted(said - {f"for {year}"}))


def _figure(one: Point | Fact, unit: str | None) -> str:
    ends = "–".join(end for end in (one.lower, one.upper) if end)
    text = one.value or ends or (f"by {one.due}" if one.due else "no figure")
    return f"{SIGNS.get(one.operator, '')}{text}{f' {unit}' if unit else ''}"


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _arguments(given: dict[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items() if value is not None)


def _lines(lines: Sequence[str], count: int) -> str:
    rest = [f"… and {count - MOST} more: dataset.series(indicator)"] if count > MOST else []
    return "".join(f"\n  {line}" for line in [*lines[:MOST], *rest])


def _cut(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
