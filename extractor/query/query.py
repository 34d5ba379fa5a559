"""What `Dataset.value` is asked, checked: the words of a question as series have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from msgspec import Struct

from extractor.dataset.implied import implied_populations
from extractor.dataset.scope_words import load_scope_words
from extractor.dataset.series import plain_words
from extractor.errors import ReadingError
from extractor.messages import Message
from extractor.query import areas

if TYPE_CHECKING:
    from extractor.resources import Resources

WORDS = ("population", "provider", "condition")
AREAS = ("west", "central", "east")


class ScopeFilter(TypedDict, total=False):
    """What a question may say of for whom, where and when; all of it may be left out."""

    area: str | None
    places: str | Sequence[str]
    population: str | None
    provider: str | None
    condition: str | None
    payer: str | None
    unit: str | None
    per: str | Sequence[str] | None
    due: str | date | None
    series_id: str | None


class Query(Struct, frozen=True, kw_only=True):
    """What is asked. ``payer`` is "" and ``per`` empty for figures that name none, None where it isn't asked for.

    ``as_of`` is the day whose knowledge answers.
    """

    indicator: str
    year: int | None
    on: date | None
    region: str | None
    area: str | None
    places: frozenset[str]
    words: dict[str, str]
    payer: str | None
    unit: str | None
    per: frozenset[str] | None
    due: str | None
    series_id: str | None
    as_of: date | None = None


def make_query(  # noqa: PLR0913 - what can be asked
    indicator: str,
    year: int | None,
    on: date | str | None,
    region: str | None,
    scope: ScopeFilter,
    resources: Resources,
    *,
    known: frozenset[str] = frozenset(),
    as_of: date | str | None = None,
) -> Query:
    """Check a question's words; a `ReadingError` or `TypeError` says which can't be asked.

    ``known`` are codes of regions that the dataset has: one that is abolished by now may be asked for all the same.
    """
    if unknown := sorted(set(scope) - set(ScopeFilter.__annotations__)):
        msg = f"{unknown[0]!r} can't be asked for. Ask by year, on, region, {', '.join(ScopeFilter.__annotations__)}."
        raise TypeError(msg)
    given = {name: require_text(name, scope.get(name)) for name in (*WORDS, "area", "payer", "unit", "series_id")}
    per = scope.get("per")
    named = require_text("indicator", indicator) or _no_indicator()
    words = {name: word for name in WORDS if (word := plain_words(given[name]))}
    scope_words = resources.built(load_scope_words)
    for name, told in (("provider", scope_words.provider), ("condition", scope_words.condition)):
        if said := told(words.get(name)):
            words[name] = said
    if words.get("population") in resources.built(implied_populations).get(named, ()):
        del words["population"]  # 新生儿 of 新生儿参保期限
    question = Query(
        indicator=named,
        year=require_year(year),
        on=_day(on, "on") if on is not None else None,
        region=None if require_text("region", region) is None else areas.require_region(region or "", resources, known),
        area=_area(given["area"]),
        places=_listed("places", scope.get("places")),
        words=words,
        payer=given["payer"],
        unit=given["unit"],
        per=None if per is None else _listed("per", per),
        due=None if (due := scope.get("due")) is None else str(_day(due, "due")),
        series_id=given["series_id"],
        as_of=None if as_of is None else _day(as_of, "as_of"),
    )
    own = areas.area_of(question.region, question.indicator, resources) if question.area and question.region else None
    if own and own != question.area:
        msg = Message(
            "area {area!r}: {region} is counted to {own}. Leave area out, or ask for the nation's.",
            area=question.area,
            region=question.region,
            own=own,
        )
        raise ReadingError("unknown", msg)
    return question


def require_text(name: str, given: object) -> str | None:
    """Return a text or None as it is; a `ReadingError` says what else was given."""
    if given is None or isinstance(given, str):
        return given
    msg = Message(
        "{name}={given} is of type {kind}, expected text in quotes, like {name}={text!r}.",
        name=name,
        given=repr(given),
        kind=type(given).__name__,
        text=str(given),
    )
    raise ReadingError("unknown", msg)


def require_year(given: object, name: str = "year") -> int | None:
    """Return a year or None as it is; a `ReadingError` says what else was given."""
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    msg = Message(
        "{name}={given} is no year, expected a number like 2022: the policy year. A day is asked for with on=.",
        name=name,
        given=repr(given),
    )
    raise ReadingError("unknown", msg)


def _no_indicator() -> str:
    msg = Message("indicator=None: no indicator is asked for. Name one, like 'medical.funding.total'.")
    raise ReadingError("unknown", msg)


def _listed(name: str, given: object) -> frozenset[str]:
    """Take one text or several; a `ReadingError` says what else was given."""
    if given is None:
        return frozenset()
    if isinstance(given, str):
        return frozenset([given])
    if isinstance(given, Sequence | frozenset | set) and all(isinstance(one, str) for one in given):
        return frozenset(given)
    msg = Message(
        "{name}={given} is of type {kind}, expected text in quotes, or a list of texts.",
        name=name,
        given=repr(given),
        kind=type(given).__name__,
    )
    raise ReadingError("unknown", msg)


def _area(given: str | None) -> str | None:
    if given in {None, *AREAS}:
        return given
    msg = Message("area={given!r} is none, expected one of {areas}.", given=given, areas=AREAS)
    raise ReadingError("unknown", msg)


def _day(given: object, name: str) -> date:
    if isinstance(given, date):
        return given.date() if isinstance(given, datetime) else given
    try:
        return date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError as error:
        msg = Message("{name}={given} is no day, expected one like '2022-12-31'.", name=name, given=repr(given))
        raise ReadingError("unknown", msg) from error
