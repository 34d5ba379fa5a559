"""One year's point of a series: what notices say of it, whether they agree, and what follows from a neighbour year."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.canonical import decimal_text
from extractor.dataset.times import is_for
from extractor.model import Derivation, Fact, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import Operator

_DIGITS = 100


class RankedFact(NamedTuple):
    """A fact with the weight of the text it stands in: the smaller ``rank`` has the word where wordings differ.

    ``document`` is the same for two copies of one document, so that a copy corroborates nothing; ``disputed``: a copy
    gives another figure, and nobody has said yet which holds. ``year`` is the one that its notice's figures are of
    (`times.year_of`), 0 where it has none.
    """

    fact: Fact
    document: str
    rank: tuple[int, int, int]
    region: str | None
    disputed: bool = False
    year: int = 0


# ── what is stated ──────────────────────────────────────────────────────────────────────────────────────────────────


def by_year(sources: Iterable[RankedFact]) -> dict[int, list[RankedFact]]:
    """Part sources by year, the oldest first; what is for a year itself stands before what merely began to hold in it."""
    years: dict[int, list[RankedFact]] = {}
    for source in sources:
        years.setdefault(source.year, []).append(source)
    parts: dict[int, list[RankedFact]] = {}
    for year in sorted(years):
        named = [source for source in years[year] if source.fact.policy_year is not None]
        parts[year] = named or years[year]
    return parts


def of_years_before(sources: Iterable[RankedFact]) -> list[RankedFact]:
    """Give levels that a text says to be of a year before its own that year: 2023年全省平均工资为82590元 in a notice of 2024.

    They make series of their own, so that results are never one series with targets.
    """
    years = (
        (source, int(said))
        for source in sources
        if source.fact.role == "level" and (said := source.fact.applies_to or "").isdecimal()
    )
    return [source._replace(year=year) for source, year in years if year < source.year]


def points_of_year(year: int, sources: Sequence[RankedFact]) -> list[Point]:
    """Make the point of one year from its levels and conditions.

    A notice that sets two deadlines (6月底前40%，年底前70%) makes a point each; conditions never contradict a level.
    """
    levels = of_year(year, [source for source in sources if source.fact.role == "level"])
    conditions = of_year(year, [source for source in sources if source.fact.role == "condition"])
    if not levels:
        levels, conditions = conditions, []
    figures = {figure(source.fact) for source in levels}
    levels += [source for source in conditions if len(figures) == 1 and figure(source.fact) in figures]
    return [_point(year, part) for part in _schedule(levels)]


def named_points(year: int, sources: Sequence[RankedFact]) -> list[Point]:
    """Make the points of one year of figures that are all of one role, one for each deadline that a document sets."""
    return [_point(year, part) for part in _schedule(sources)]


def of_year(year: int, sources: Sequence[RankedFact]) -> list[RankedFact]:
    """Keep what is said of the year itself, without that what is said of later years.

    A notice of 2022 that sets what is paid for 2023 has no other figure; 2021's, which it may recall, is never 2022's.
    """
    said = [(is_for(source.fact, year), source) for source in sources]
    own = [source for when, source in said if when == "own"]
    return own or [source for when, source in said if when == "later"]


def figure(fact: Fact) -> tuple[Decimal | str | None, ...]:
    """Reduce a fact to its figure, so that 70 and 70.0 are the same; a milestone's figure is its deadline."""
    due = fact.due if fact.kind == "milestone" else None
    none = "none" if fact.operator == "none" else None
    return (*map(_number, (fact.value, fact.lower, fact.upper)), due, none)


def figure_of_point(point: Point) -> tuple[Decimal | str | None, ...]:
    """Reduce a point to its figure, bound and deadline, so that 70 and 70.0 are the same."""
    return (*map(_number, (point.value, point.lower, point.upper)), point.operator, point.due)


def _number(text: str | None) -> Decimal | str | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return text


def _schedule(sources: Sequence[RankedFact]) -> list[list[RankedFact]]:
    """Part the sources by deadline where one document sets several; else keep them together."""
    if not sources:
        return []
    stated = {(source.document, source.fact.due) for source in sources if source.fact.due}
    if len(stated) == len({document for document, _ in stated}):
        return [list(sources)]
    parts: dict[str, list[RankedFact]] = {}
    for source in sources:
        parts.setdefault(source.fact.due or "", []).append(source)
    return [parts[due] for due in sorted(parts)]


def _point(year: int, sources: Sequence[RankedFact]) -> Point:
    """Make one point of sources that speak of the same thing; disagreement is shown, never averaged."""
    ranked = sorted(sources, key=lambda source: (source.rank[0], source.fact.operator == "eq", source.rank))
    first = ranked[0].fact
    point = Point(
        year=year,
        value=first.value,
        lower=first.lower,
        upper=first.upper,
        operator=first.operator,
        due=next((source.fact.due for source in ranked if source.fact.due), None),
        status="corroborated" if len({source.document for source in sources}) > 1 else "stated",
        fact_ids=_fact_ids(sources),
    )
    if not any(source.disputed for source in sources) and (band := _band(sources)):
        return replace(point, value=None, lower=band[0], upper=band[1], operator="between")
    if not _agree(sources):
        return replace(point, value=None, lower=None, upper=None, operator="conflict", due=None, status="conflicting")
    return point


def _agree(sources: Sequence[RankedFact]) -> bool:
    """Say whether all sources give one figure, with bounds that don't contradict each other.

    达到610元 beside 不低于610元 is less exact, not different.
    """
    if any(source.disputed for source in sources):
        return False
    bounds: set[Operator] = {source.fact.operator for source in sources} - {"eq"}
    return len(bounds) <= 1 and len({figure(source.fact) for source in sources}) == 1


def _band(sources: Sequence[RankedFact]) -> tuple[str, str] | None:
    """Join 不低于20元 and 不高于50元 of one document to a range; None where the sources are no such pair."""
    if len({source.document for source in sources}) > 1:
        return None
    values = {source.fact.operator: source.fact.value for source in sources}
    low, high = values.get("ge"), values.get("le")
    levels = all(source.fact.role == "level" for source in sources)
    if not levels or set(values) != {"ge", "le"} or len({figure(source.fact) for source in sources}) != len(values):
        return None
    smaller, larger = _number(low), _number(high)
    if isinstance(smaller, Decimal) and isinstance(larger, Decimal) and smaller < larger:
        return str(low), str(high)
    return None


def _fact_ids(sources: Iterable[RankedFact]) -> tuple[str, ...]:
    """List the facts in the order of their notices and places."""
    return tuple(source.fact.fact_id for source in sorted(sources, key=lambda source: source.rank[1:]))


# ── what follows ────────────────────────────────────────────────────────────────────────────────────────────────────


class Step(NamedTuple):
    """By how much the level of a year differs from the year before; ``word`` is ``increase`` or ``decrease``."""

    amount: Decimal
    word: str
    fact_ids: tuple[str, ...]


def step_of_year(year: int, sources: Sequence[RankedFact]) -> Step | None:
    """Find by how much a year's level moved, if exactly one exact amount is stated."""
    # With the levels: next year's raise doesn't lead to this year's level.
    figures = of_year(year, [source for source in sources if source.fact.role != "condition"])
    steps = [source for source in figures if source.fact.role in {"increase", "decrease"}]
    amounts = {(source.fact.role, source.fact.operator, figure(source.fact)[0]) for source in steps}
    if len(amounts) != 1:
        return None
    ((word, operator, amount),) = amounts
    if any(source.disputed for source in steps):
        return None
    if operator != "eq" or not isinstance(amount, Decimal):
        return None
    return Step(amount, word, _fact_ids(steps))


def derived_point(year: int, known: Point, step: Step) -> Point | None:
    """Work out the level of ``year`` from a neighbour's point and the step between them; bounds stay bounds.

    The step is that of the later of the two years. None where the neighbour is no single number, or the result
    would be below zero.
    """
    level = _number(known.value)
    if not isinstance(level, Decimal):
        return None
    back = known.year > year
    minus = back == (step.word == "increase")
    # Far more digits than figures have: the result is exact, or there is none.
    with localcontext(Context(prec=_DIGITS, traps=[])) as context:
        result = level - step.amount if minus else level + step.amount
        if context.flags[Inexact]:
            return None
    if result < 0:
        return None
    ids = (*known.fact_ids, *step.fact_ids)
    text = f"{decimal_text(level)} {'−' if minus else '+'} {decimal_text(step.amount)} = {decimal_text(result)}"
    rule = f"{'level' if back else 'previous'}_{'minus' if minus else 'plus'}_{step.word}"
    return Point(
        year=year,
        value=decimal_text(result),
        lower=None,
        upper=None,
        operator=known.operator,
        due=None,
        status="derived",
        fact_ids=ids,
        derivation=Derivation(rule=rule, fact_ids=ids, text=text),
    )
