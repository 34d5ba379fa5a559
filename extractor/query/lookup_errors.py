"""What to say when a question has no answer: what there is, and how to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from extractor.dataset.times import is_for, known_day
from extractor.errors import ReadingError
from extractor.messages import Message
from extractor.query import areas
from extractor.query.named import ids_named
from extractor.query.query import WORDS
from extractor.query.value import SIGNS, source_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from extractor.dataset.times import DaySpan
    from extractor.model import Copy, CopyConflict, Dataset, Fact, NoticeRecord, Point, Series
    from extractor.query.candidate import PointCandidate
    from extractor.query.query import Query
    from extractor.resources import Resources

    Disputed: TypeAlias = Mapping[str, Sequence[tuple[Copy, CopyConflict]]]

# More lines than this help nobody.
MOST = 12
# A shorter piece of a name stands in too many.
SHORTEST = 4


class Wording:
    """How messages write a question and a figure: as arguments of `Dataset.value`, and with the codes of units.

    The command line has its own, with options and the words of its tables.
    """

    year = "year="
    more: str = ": dataset.series(indicator)"
    no_words = Message("no words at all")

    def arguments(self, given: Mapping[str, object]) -> str:
        """Write what is asked for; what is None isn't."""
        return ", ".join(f"{name}={value!r}" for name, value in given.items() if value is not None)

    def figure(self, one: Point | Fact, unit: str | None, per: Sequence[str] = ()) -> str:
        """Write a figure with its bound and unit."""
        del per
        ends = "–".join(end for end in (one.lower, one.upper) if end)
        text = one.value or ends or (f"by {one.due}" if one.due else "no figure")
        return f"{SIGNS.get(one.operator, '')}{text}{f' {unit}' if unit else ''}"

    def region(self, code: str) -> str:
        """Write a region."""
        return code

    def indicator(self, indicator: str) -> str:
        """Write an indicator."""
        return indicator

    def role(self, role: str) -> str:
        """Write what a figure is: a change, the value before one."""
        return role

    def kind(self, name: str) -> str:
        """Write by what is asked: a kind of words of a scope."""
        return name


class Known(Protocol):
    """What messages need of a dataset."""

    facts: dict[str, Fact]
    notices: dict[str, NoticeRecord]
    resources: Resources
    wording: Wording

    def behind(self, point: Point) -> list[Fact]:
        """List the facts behind a point."""

    def span(self, point: Point) -> DaySpan | None:
        """Say when a point holds."""

    def of_its_place(self, series: Series, point: Point) -> bool:
        """Say whether a point counts what there is in its own region."""


def no_indicator(indicator: str, known: Collection[str], dataset: Dataset, of: Known) -> ReadingError:
    """Say which indicators have a name like the one that the dataset has no figure of."""
    from difflib import get_close_matches

    if unlevelled := [fact for fact in dataset.facts if fact.indicator == indicator]:
        lines = [
            Message(
                "{said} [{fact_id}]",
                said=(of.wording.figure(fact, fact.unit, fact.per), of.wording.role(fact.role), *_for(0, [fact])),
                fact_id=fact.fact_id,
            )
            for fact in unlevelled
        ]
        msg = Message(
            "{indicator}: no notice states it for the notice's own year. There are only:\n  {lines:below}",
            indicator=of.wording.indicator(indicator),
            lines=_some(lines, of.wording),
        )
        return ReadingError("nothing", msg)
    if not known:
        held = (
            Message.counted(
                "holds {count} notice, but no figure with indicator and year",
                "holds {count} notices, but no figure with indicator and year",
                len(dataset.notices),
                count=len(dataset.notices),
            )
            if dataset.notices
            else Message("is empty")
        )
        msg = Message(
            "{indicator!r}: the dataset {held}. Build one from notices with `extractor build`.",
            indicator=indicator,
            held=held,
        )
        return ReadingError("unknown", msg)
    if named := ids_named(indicator, of.resources):
        msg = Message(
            "indicator {indicator!r}: there is no such id. It is the name of {named:and}.",
            indicator=indicator,
            named=tuple(named),
        )
        return ReadingError("unknown", msg)
    near = get_close_matches(indicator, known, n=3, cutoff=0.6)
    last = indicator.rpartition(".")[2]
    near += [name for name in sorted(known) if len(last) >= SHORTEST and last in name and name not in near]
    hint = Message(" Did you mean {near:or}?", near=tuple(near[:4])) if near else _listed(sorted(known))
    msg = Message("{indicator!r}: the dataset has no figure of this indicator.{hint}", indicator=indicator, hint=hint)
    return ReadingError("unknown", msg)


def none_near(indicator: str, region: str, wording: Wording) -> ReadingError:
    """Say that only regions elsewhere have figures of an indicator."""
    msg = Message(
        "{indicator}: neither {region} nor a region above it has a figure of it. Others have: dataset.scopes lists them.",
        indicator=wording.indicator(indicator),
        region=region,
    )
    return ReadingError("nothing", msg)


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
    lines = [
        Message("{how}{when}", how=_how(one, point, known, also=also), when=_when(question, known, point))
        for one, point in near[:MOST]
    ]
    msg = Message(
        "{indicator}: nothing for {asked}.{hints:joined} There is:\n  {lines:below}",
        indicator=known.wording.indicator(question.indicator),
        asked=asked(question, known.wording),
        hints=tuple(_hints(question, series, near, known)),
        lines=_some(lines, known.wording, len(near)),
    )
    return ReadingError("nothing", msg)


def _hints(
    question: Query, series: Sequence[Series], near: Sequence[tuple[Series, Point]], known: Known
) -> Iterator[Message]:
    """Say what may be why there is nothing for a question."""
    if question.on is not None:
        yield Message(
            " A figure holds on a day only where its text says so; ask the others by {year}, the policy year, and decide "
            "yourself when they hold.",
            year=known.wording.year,
        )
    if question.as_of is not None:
        yield Message(
            " This is what notices issued until that day state; what had ended by then, or had not begun, wasn't in force."
        )
    if question.payer is not None:
        own = (fact for fact in known.facts.values() if fact.indicator == question.indicator)
        payers = tuple(sorted({fact.scope.payer for fact in own if fact.scope.payer}))
        yield Message(" Payers named are {payers}.", payers=payers or Message("none"))
    area = areas.area_of(question.region, question.indicator, known.resources) if question.region else None
    if area and any(one.scope.area for one in series):
        yield Message(" {region} is counted to {area}.", region=known.wording.region(question.region or ""), area=area)
    recalled = [fact for fact in known.facts.values() if question.year and _recalls(fact, question)]
    if recalled:
        said = tuple(
            Message(
                "{figure} [{fact_id}]", figure=known.wording.figure(fact, fact.unit, fact.per), fact_id=fact.fact_id
            )
            for fact in recalled[:3]
        )
        yield Message(" Notices of other years say of {year}: {said}.", year=question.year, said=said)
    chain = areas.chain(question.region) if question.region else ()
    above = [pair for pair in near if pair[0].region in chain[1:] and question.year in {None, pair[1].year}]
    if any(known.of_its_place(*pair) for pair in above):
        yield Message(" A count that is per nothing is of the place that states it, never of one in it.")
    here = [
        pair for pair in near if question.region in {None, pair[0].region} and question.year in {None, pair[1].year}
    ]
    if here and not question.words and not question.places and all(_is_for_some(one) for one, _ in here):
        yield Message(" What is stated there is for some only; name them, too.")
    misplaced = {
        name: words
        for words in question.words.values()
        for one in series
        for name in WORDS
        if getattr(one.scope, name) == words and question.words.get(name) != words
    }
    if misplaced:
        asked_so = tuple(known.wording.arguments({name: words}) for name, words in sorted(misplaced.items()))
        yield Message(" Did you mean {near:or}?", near=asked_so)


def not_known(question: Query, day: date, known: Known) -> ReadingError:
    """Say that nothing was known of an indicator on a day, from when on there is something, and of what no day is known."""
    own = {fact.notice_id for fact in known.facts.values() if fact.indicator == question.indicator}
    days = sorted(on for name in own if (on := known_day(known.notices[name])))
    undated = [name for name in sorted(own) if not known_day(known.notices[name])]
    hints = [Message(" The first notice that states it is of {day}.", day=days[0])] if days else []
    if undated:
        hints.append(
            Message(
                " Whether these were known by then isn't known, since they bear no day: {names}. Ask those by {year}, the policy "
                "year, and no day.",
                names=tuple(undated[:MOST]),
                year=known.wording.year,
            )
        )
    msg = Message(
        "{indicator}: nothing was known as of {day}.{hints:joined}",
        indicator=known.wording.indicator(question.indicator),
        day=str(day),
        hints=tuple(hints),
    )
    return ReadingError("nothing", msg)


def perhaps_outdated(question: Query, found: PointCandidate, later: Point, known: Known) -> ReadingError:
    """Say that a later figure may have been known on a day: its text bears none."""
    msg = Message(
        "{indicator}: as of {day} the last figure of a text that bears a day is {figure} of {year}. {names} states one for {later} "
        "and bears no day, so that it isn't known which of them was in force. Ask by {by}.",
        **_beside_later(question, found, later, known),
    )
    return ReadingError("ambiguous", msg)


def no_longer_within(question: Query, last: PointCandidate, bound: PointCandidate, known: Known) -> ReadingError:
    """Say that the last figure known of a region doesn't keep to what a region above it asks of a later year."""
    above = bound.series
    msg = Message(
        "{indicator}: as of {day} the last figure known of {region} is {figure} of {year}, but {names} of {above} states {bound} "
        "for {later}, which it doesn't keep to, so that it isn't known what was in force. Ask by {by}.",
        **_beside_later(question, last, bound.point, known),
        region=known.wording.region(last.series.region or ""),
        above=known.wording.region(above.region or ""),
        bound=known.wording.figure(bound.point, above.unit, above.per),
    )
    return ReadingError("ambiguous", msg)


def _beside_later(question: Query, last: PointCandidate, later: Point, known: Known) -> dict[str, object]:
    """Write the last figure that was known on a day, and of which notices and year the later one is."""
    return {
        "indicator": known.wording.indicator(question.indicator),
        "day": str(question.as_of),
        "figure": known.wording.figure(last.point, last.series.unit, last.series.per),
        "year": last.point.year,
        "names": tuple(dict.fromkeys(fact.notice_id for fact in known.behind(later))),
        "later": later.year,
        "by": known.wording.year,
    }


def _is_for_some(series: Series) -> bool:
    return bool(series.scope.places or any(getattr(series.scope, name) for name in WORDS))


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
    return Message(" (holds {span})", span=str(span)) if span else Message(" (the text states no time)")


def several(question: Query, candidates: Sequence[PointCandidate], known: Known) -> ReadingError:
    """List figures that all fit, with the words that tell them apart."""
    msg = Message(
        "{indicator}: {count} figures for {asked}. Name one of them:\n  {lines:below}",
        indicator=known.wording.indicator(question.indicator),
        count=len(candidates),
        asked=asked(question, known.wording),
        lines=_some(_apart(candidates, known), known.wording, len(candidates)),
    )
    return ReadingError("ambiguous", msg)


def unsure(question: Query, chosen: PointCandidate, like: Sequence[PointCandidate], known: Known) -> ReadingError:
    """List figures that may be for whom was asked, though their words are others, and the general one."""
    msg = Message(
        "{indicator}: no figure for just {asked}, and others' {kinds} may mean the same, so that the general one may not be "
        "meant. Ask with the words of one of them, or without {kinds}:\n  {lines:below}",
        indicator=known.wording.indicator(question.indicator),
        asked=asked(question, known.wording),
        kinds=tuple(map(known.wording.kind, chosen.unmatched)),
        lines=_some(_apart([*like, chosen], known), known.wording),
    )
    return ReadingError("ambiguous", msg)


def conflict(question: Query, chosen: PointCandidate, facts: Sequence[Fact], known: Known) -> ReadingError:
    """List what sources that disagree say, or one says of several years."""
    where, year = place(chosen.series, chosen.point, known.wording), chosen.point.year
    lines = [
        Message(
            "{said}: {source}",
            said=(known.wording.figure(fact, fact.unit, fact.per), *_for(year, [fact])),
            source=source_line(fact, known.notices[fact.notice_id]),
        )
        for fact in facts
    ]
    shown = _some(lines, known.wording)
    times = {fact.applies_to or fact.valid_from for fact in facts}
    if len(times - {None}) == len(facts) > 1:
        msg = Message(
            "{indicator}: the texts give {where} figures for several times, and don't say which is the one of {year}, so "
            "there is no figure to give:\n  {lines:below}",
            indicator=known.wording.indicator(question.indicator),
            where=where,
            year=year,
            lines=shown,
        )
        return ReadingError("ambiguous", msg)
    msg = Message(
        "{indicator}: the sources disagree on {where}, so there is no figure to give. Decide for one of these facts, or "
        "correct one in corpus/reviews.toml:\n  {lines:below}",
        indicator=known.wording.indicator(question.indicator),
        where=where,
        lines=shown,
    )
    return ReadingError("conflicting", msg)


def copies_differ(question: Query, chosen: PointCandidate, disputed: Disputed, known: Known) -> ReadingError:
    """List what the files of one notice say that disagree on a figure."""
    lines = []
    for fact_id, found in disputed.items():
        paths = known.notices[known.facts[fact_id].notice_id].source.path if found else ""
        lines += [
            Message(
                "“{expected}” in {path}, “{found}” in {other} [{fact_id}]",
                expected=_plain(conflict.expected),
                path=paths,
                found=_plain(conflict.found),
                other=copy.source.path,
                fact_id=fact_id,
            )
            for copy, conflict in found
        ]
    msg = Message(
        "{indicator}: the files of one notice disagree on {where}, so there is no figure to give. Take the wrong file out of "
        "the corpus, or say in corpus/reviews.toml which value holds:\n  {lines:below}",
        indicator=known.wording.indicator(question.indicator),
        where=place(chosen.series, chosen.point, known.wording),
        lines=_some(lines, known.wording),
    )
    return ReadingError("conflicting", msg)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(question: Query, wording: Wording) -> str:
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
    return wording.arguments(given) or wording.no_words


def place(series: Series, point: Point, wording: Wording) -> str:
    """Write year, region and scope of a point as the arguments that ask for it."""
    return wording.arguments(_place(series, point))


def _place(series: Series, point: Point) -> dict[str, object]:
    scope = series.scope
    return {
        "year": point.year, "region": series.region, "area": scope.area, "places": list(scope.places) or None,
        "population": scope.population, "provider": scope.provider, "condition": scope.condition,
    }  # fmt: skip


def _closely(one: PointCandidate) -> dict[str, object]:
    """List what else may tell figures apart."""
    return {"unit": one.series.unit, "per": list(one.series.per), "due": one.point.due, "payer": one.payer}


def _apart(candidates: Sequence[PointCandidate], known: Known) -> list[Message]:
    """Write how to ask for each candidate: of those with the same scope, with what differs besides."""
    groups: dict[str, list[PointCandidate]] = {}
    for one in candidates:
        groups.setdefault(place(one.series, one.point, known.wording), []).append(one)
    also: dict[str, list[str]] = {}
    for where, group in groups.items():
        differing = [name for name in _closely(group[0]) if len({repr(_closely(one)[name]) for one in group}) > 1]
        also[where] = differing or (["series_id"] if len(group) > 1 else ["payer"])
    return [
        _how(one.series, one.point, known, also=also[place(one.series, one.point, known.wording)], payer=one.payer)
        for one in candidates[:MOST]
    ]


def _how(series: Series, point: Point, known: Known, *, also: Sequence[str], payer: str | None = None) -> Message:
    """Write how to ask for a point, and its figure."""
    closely = {
        "unit": series.unit,
        "per": list(series.per),
        "due": point.due,
        "payer": payer,
        "series_id": series.series_id,
    }
    given = {**_place(series, point), **{name: closely[name] for name in also}}
    facts = known.behind(point) if point.status in {"stated", "corroborated"} else []
    return Message(
        "{words} → {said} [{series_id}]",
        words=known.wording.arguments(given),
        said=(
            known.wording.figure(point, series.unit, series.per),
            *_for(point.year, facts),
            *_STATUS.get(point.status, ()),
        ),
        series_id=series.series_id,
    )


_STATUS = {
    "corroborated": (Message("corroborated"),), "derived": (Message("derived"),), "conflicting": (Message("conflicting"),),
}  # fmt: skip


def _for(year: int, facts: Iterable[Fact]) -> list[str]:
    """Write which time figures are for by their words, where that isn't just the year."""
    said = {
        Message("for {time}", time=fact.applies_to) if fact.applies_to else Message("from {day}", day=fact.valid_from)
        for fact in facts
        if fact.applies_to or fact.valid_from
    }
    return sorted(said - {f"for {year}"})


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _some(lines: Sequence[str], wording: Wording, count: int | None = None) -> tuple[str, ...]:
    """Take the first lines, and say how many more there are of ``count``."""
    rest = (len(lines) if count is None else count) - MOST
    return (*lines[:MOST], *([Message("… and {count} more{more}", count=rest, more=wording.more)] if rest > 0 else []))


def _listed(names: Sequence[str]) -> Message:
    if len(names) > MOST:
        return Message(" It has: {names} and {count} more.", names=tuple(names[:MOST]), count=len(names) - MOST)
    return Message(" It has: {names}.", names=tuple(names))
