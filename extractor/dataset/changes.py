"""Pairs the figures of two sides and says of each pair how it moved.

Exact scopes are paired first; then scopes that one side words more fully; then, of an indicator, one figure left over on each
side; then scopes to which one side adds a kind of words. What has no partner is introduced or not mentioned, and *not mentioned* is all that is known: a target
may live on without being said again.
"""

from __future__ import annotations

from collections import Counter
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from extractor.dataset.canonical import decimal_text, encode_line
from extractor.dataset.figures import figure, number
from extractor.model import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from extractor.dataset.figures import FigureRow
    from extractor.model import Fact, Point, Role, SeriesScope

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
OPPOSITE: dict[ChangeKind, ChangeKind] = {
    "introduced": "not_mentioned", "not_mentioned": "introduced", "raised": "lowered", "lowered": "raised",
}  # fmt: skip
# Roles of figures that have series of their own.
_FOLLOWED = frozenset({"level", "", "increase", "decrease", "previous"})
# Fewer signs in a row are no word that two scopes have in common.
_RUN = 2
# Two numbers of 121 digits at most (dataset/figures.py) differ by a number of fewer than that.
_EXACT = Context(prec=200, traps=[Inexact])


class Side(NamedTuple):
    """The figures of one side; ``has_notice`` is False where no notice speaks, so that silence means nothing.

    ``facts`` are those that the points name.
    """

    rows: Sequence[FigureRow]
    facts: Mapping[str, Fact]
    has_notice: bool = True


class FigurePair(NamedTuple):
    """A figure on both sides or on one."""

    before: FigureRow | None
    after: FigureRow | None


def changes_between(before: Side, after: Side) -> tuple[Change, ...]:
    """Say how the figures moved from one side to the other, sorted by indicator, subject and scope."""
    pairs = _paired(before, after)
    shown = [pair for pair in pairs if (pair.before or before.has_notice) and (pair.after or after.has_notice)]
    rows = [(_order(pair), _change(pair, before.facts, after.facts)) for pair in shown]
    return tuple(change for _, change in sorted(rows, key=lambda row: row[0]))


# ── pairing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _paired(before: Side, after: Side) -> list[FigurePair]:
    groups: dict[Hashable, tuple[list[FigureRow], list[FigureRow]]] = {}
    for index, side in enumerate((before, after)):
        for row in side.rows:
            groups.setdefault(_family(row), ([], []))[index].append(row)
    both = before.has_notice and after.has_notice
    return [pair for left, right in groups.values() for pair in _pair_family(left, right, both=both)]


def _family(row: FigureRow) -> Hashable:
    """Say which rows may be paired at all; without an indicator's level only the same words in the same unit are the same."""
    if row.indicator and not row.role:
        return row.indicator
    named = row.role in _FOLLOWED and bool(row.subject or row.indicator)
    return (row.indicator, row.subject, row.kind, row.role, None if named else row.scope, row.unit, row.plain_per)


def _pair_family(left: list[FigureRow], right: list[FigureRow], *, both: bool) -> list[FigurePair]:
    """Pair the rows of one indicator: each pass takes what the one before left over."""
    sample = (left or right)[0]
    pairs: list[FigurePair] = []
    if sample.indicator and not sample.role:
        _pass(pairs, left, right, lambda row: (row.scope, row.unit, row.per), _by_due)
        _pass(pairs, left, right, lambda row: (row.scope, row.unit, row.plain_per), _by_due)
        if both:
            _pass(pairs, left, right, lambda row: row.scope, _single)
            _pass_alike(pairs, left, right, _words_more)
            _pass(pairs, left, right, lambda _: None, _single_akin)
            _pass_alike(pairs, left, right, _adds_words)
    else:
        _pass(
            pairs, left, right, lambda row: (row.scope, figure(row.point), row.point.operator, row.point.due), _in_order
        )
        if sample.subject or sample.indicator:
            _pass(pairs, left, right, lambda row: row.scope, _single)
            _pass_alike(pairs, left, right, _words_more)
            _pass_alike(pairs, left, right, _adds_words)
    return [*pairs, *(FigurePair(row, None) for row in left), *(FigurePair(None, row) for row in right)]


def _pass(
    pairs: list[FigurePair],
    left: list[FigureRow],
    right: list[FigureRow],
    key: Callable[[FigureRow], Hashable],
    match: Callable[[list[FigureRow], list[FigureRow]], Iterable[tuple[FigureRow, FigureRow]]],
) -> None:
    """Pair rows of equal keys by ``match``; what is paired leaves ``left`` and ``right``."""
    if not left or not right:
        return
    groups: dict[Hashable, tuple[list[FigureRow], list[FigureRow]]] = {}
    for index, side in enumerate((left, right)):
        for row in side:
            groups.setdefault(key(row), ([], []))[index].append(row)
    found = [FigurePair(*both) for here, there in groups.values() if here and there for both in match(here, there)]
    for side, index in ((left, 0), (right, 1)):
        taken = {id(pair[index]) for pair in found}
        side[:] = [row for row in side if id(row) not in taken]
    pairs += found


def _single(left: list[FigureRow], right: list[FigureRow]) -> list[tuple[FigureRow, FigureRow]]:
    return [(left[0], right[0])] if len(left) == len(right) == 1 else []


def _single_akin(left: list[FigureRow], right: list[FigureRow]) -> list[tuple[FigureRow, FigureRow]]:
    """Pair what is left over alone on each side, unless it moved and both say of what it is in words of nothing in common.

    单人缴存 and 单方缴存 may be one series that is worded anew; 30 of 统筹地区内住院 and 50 of 市外 aren't.
    """
    return [
        (one, other)
        for one, other in _single(left, right)
        if figure(one.point) == figure(other.point)
        or all(not here or not there or _share_words(here, there) for here, there in _words_of(one.scope, other.scope))
    ]


def _share_words(here: str, there: str) -> bool:
    """Return True if two signs in a row stand in both, or they are one sign alike: 三孩家庭, 户籍三孩家庭."""
    return here == there or any(here[at : at + _RUN] in there for at in range(len(here) - 1))


def _pass_alike(
    pairs: list[FigurePair],
    left: list[FigureRow],
    right: list[FigureRow],
    fits: Callable[[SeriesScope, SeriesScope], bool],
) -> None:
    """Pair rows of one unit whose scopes fit as no other's: 二级定点医疗机构, 二级医疗机构; none that has two partners."""
    _pass(pairs, left, right, lambda row: (row.unit, row.scope.area), partial(_only_partners, fits=fits))


def _only_partners(
    left: list[FigureRow], right: list[FigureRow], *, fits: Callable[[SeriesScope, SeriesScope], bool]
) -> list[tuple[FigureRow, FigureRow]]:
    found = [(one, other) for one in left for other in right if fits(one.scope, other.scope)]
    times = Counter(id(row) for pair in found for row in pair)
    return [pair for pair in found if all(times[id(row)] == 1 for row in pair)]


def _words_more(one: SeriesScope, other: SeriesScope) -> bool:
    """Return True if two scopes have words of the same kinds, each of them the other's with signs left out."""
    return all(bool(here) == bool(there) and _are_alike(here, there) for here, there in _words_of(one, other))


def _adds_words(one: SeriesScope, other: SeriesScope) -> bool:
    """Return True if what two scopes both say is alike, and one of them adds a kind of words: 重度Ⅰ级, 机构护理的重度Ⅰ级."""
    words = _words_of(one, other)
    shared = [(here, there) for here, there in words if here and there]
    adding = {bool(here) for here, there in words if bool(here) != bool(there)}
    return bool(shared) and len(adding) == 1 and all(_are_alike(here, there) for here, there in shared)


def _words_of(one: SeriesScope, other: SeriesScope) -> list[tuple[str, str]]:
    """Give the words of two scopes side by side, by their kind."""
    sides = (
        ("、".join(scope.places), scope.population or "", scope.provider or "", scope.condition or "")
        for scope in (one, other)
    )
    return list(zip(*sides, strict=True))


def _are_alike(here: str, there: str) -> bool:
    return _is_within(*sorted((here, there), key=len))


def _is_within(short: str, long: str) -> bool:
    """Return True if one is the other with words left out: 二级医疗机构 of 二级定点医疗机构; not 全自理 of 完全丧失生活自理能力."""
    at = 0
    while short:
        run = next((size for size in range(len(short), 0, -1) if short[:size] in long[at:]), 0)
        if run < min(_RUN, len(short)):
            return False
        at = long.index(short[:run], at) + run
        short = short[run:]
    return True


def _in_order(left: list[FigureRow], right: list[FigureRow]) -> list[tuple[FigureRow, FigureRow]]:
    return list(zip(left, right, strict=False))


def _by_due(left: list[FigureRow], right: list[FigureRow]) -> list[tuple[FigureRow, FigureRow]]:
    """Pair the targets of one series: by deadline, by day of the year, else the last of one year with the other's."""
    pairs: list[FigurePair] = []
    # From the last target to the first: of a target and one with a halfway mark, the last ones belong together.
    here, there = (sorted(rows, key=lambda row: row.point.due or "", reverse=True) for rows in (left, right))
    keys: tuple[Callable[[FigureRow], Hashable], ...] = (
        lambda row: row.point.due, lambda row: (row.point.due or "")[len("2022") :], lambda _: None,
    )  # fmt: skip
    for key in keys:
        _pass(pairs, here, there, key, _in_order)
    return [(pair.before, pair.after) for pair in pairs if pair.before and pair.after]


# ── one change ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _change(pair: FigurePair, facts_before: Mapping[str, Fact], facts_after: Mapping[str, Fact]) -> Change:
    before, after = pair
    row = after or before
    assert row is not None  # noqa: S101 - a pair has at least one side
    kinds: list[ChangeKind]
    delta = unit = percent = None
    if before is None or after is None:
        kinds = ["introduced" if before is None else "not_mentioned"]
    else:
        kinds = _kinds(before, after, (_range(before, facts_before), _range(after, facts_after)))
        if "unit_changed" not in kinds:
            delta, percent = _delta(before.point, after.point)
            unit = None if delta is None else "pp" if row.unit == "%" else row.unit
    return Change(
        indicator=row.indicator,
        subject=row.subject or _words_for(pair, facts_before, facts_after),
        role=cast("Role", row.role or "level"),
        scope=row.scope,
        kind=kinds[0],
        also=tuple(kinds[1:]),
        before=before.point if before else None,
        after=after.point if after else None,
        delta=delta,
        delta_unit=unit,
        delta_percent=percent,
    )


def _words_for(pair: FigurePair, *sides: Mapping[str, Fact]) -> str | None:
    """Return what the texts call the figure of an indicator: the shortest of its names on both sides."""
    found = (facts.get(name) for row, facts in zip(pair, sides, strict=True) if row for name in row.point.fact_ids)
    said = {fact.subject for fact in found if fact and fact.subject}
    return min(said, key=lambda words: (len(words), words), default=None)


def _kinds(
    before: FigureRow, after: FigureRow, ranges: tuple[frozenset[object], frozenset[object]]
) -> list[ChangeKind]:
    """List every kind that applies, first the one that names the change."""
    old, new = before.point, after.point
    unit = (before.unit, before.plain_per) != (after.unit, after.plain_per)
    way = None if unit else _direction(before, after, *ranges)
    moved = figure(old) != figure(new) or ranges[0] != ranges[1]
    dated = any(
        text and number(text) is None for point in (old, new) for text in (point.value, point.lower, point.upper)
    )
    certain = "conflicting" not in {old.status, new.status}
    # A range that became wider, or sources that disagree, moved without going up or down.
    bounds = (certain and old.operator != new.operator) or (moved and not way and not unit and not dated)
    applying: dict[ChangeKind, bool] = {
        "unit_changed": unit,
        "raised": way == "raised",
        "lowered": way == "lowered",
        "operator_changed": bounds,
        "scope_changed": before.scope != after.scope,
        "due_changed": old.due != new.due or (dated and moved),
    }
    return [kind for kind in KINDS if applying.get(kind)] or ["unchanged"]


def _range(row: FigureRow, facts: Mapping[str, Fact]) -> frozenset[object]:
    """List the figures that sources which disagree give; empty where they agree."""
    if row.point.status != "conflicting":
        return frozenset()
    said = [facts[fact_id] for fact_id in row.point.fact_ids]
    values = [value for fact in said for value in (fact.value, fact.lower, fact.upper) if value is not None]
    return frozenset(text if (read := number(text)) is None else read for text in values)


def _direction(
    before: FigureRow, after: FigureRow, old: frozenset[object], new: frozenset[object]
) -> ChangeKind | None:
    """Say whether a figure went up or down, if that can be said whichever source is right."""
    first, second = _ends(before.point, old), _ends(after.point, new)
    if first is None or second is None or first == second:
        return None
    if old or new:  # every figure of one side has to lie beyond every figure of the other
        return "raised" if second[0] > first[1] else "lowered" if second[1] < first[0] else None
    if second[0] >= first[0] and second[1] >= first[1]:
        return "raised"
    return "lowered" if second[0] <= first[0] and second[1] <= first[1] else None


def _ends(point: Point, said: frozenset[object]) -> tuple[Decimal, Decimal] | None:
    """Give the lowest and the highest number of a point; None for dates, 不设封顶线 and half-open ranges."""
    values: Iterable[object] = said
    if not said:
        values = (point.lower, point.upper) if point.value is None else (point.value,)
    numbers = [value if isinstance(value, Decimal) else number(cast("str | None", value)) for value in values]
    found = [value for value in numbers if value is not None]
    return (min(found), max(found)) if found and len(found) == len(numbers) else None


def _delta(before: Point, after: Point) -> tuple[str | None, str | None]:
    """Work out the exact difference, and its share of the old value in percent with two places, half to even.

    The percentage is rounded once, from the exact quotient.
    """
    old, new = number(before.value), number(after.value)
    if old is None or new is None:
        return None, None
    difference = _EXACT.subtract(new, old)
    if not old:
        return decimal_text(difference), None
    hundredths = round(Fraction(difference) / abs(Fraction(old)) * 10_000)
    return decimal_text(difference), f"{Decimal(hundredths).scaleb(-2, _EXACT):.2f}"


def _order(pair: FigurePair) -> tuple[bool, str, str, bytes]:
    row = pair.after or pair.before
    assert row is not None  # noqa: S101 - a pair has at least one side
    ids = [point.fact_ids for side in pair if side for point in (side.point,)]
    rest = encode_line([row.scope, row.unit, row.per, row.role, row.point.due or "", ids])
    return row.indicator is None, row.indicator or "", row.subject or "", rest
