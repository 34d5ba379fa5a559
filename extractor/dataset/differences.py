"""What moved between two datasets, as far as people who use published values care.

A fact's id depends on where it stands. A fact that stands elsewhere by now, in the same notice and with the same
meaning, has only moved: its value is neither withdrawn nor new.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from extractor.model import Fact, NoticeRecord, Point, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from extractor.model import Dataset

MovedAnswers: TypeAlias = "Callable[[Dataset, Dataset], tuple[AnswerChange, ...]]"
Level = Literal["same", "patch", "minor", "major"]
LEVELS: tuple[Level, ...] = ("same", "patch", "minor", "major")

# What a program that computes with a fact rests on; all else is evidence, wording or how it was read.
VALUES = (
    "kind", "role", "operator", "value", "lower", "upper", "lower_inclusive", "upper_inclusive", "unit", "counted", "per",
    "due", "applies_to", "compared_to", "valid_from", "valid_to", "anchor", "indicator", "policy_year", "modality", "scope",
    "base",
)  # fmt: skip
HEADS = (
    "type", "document_number", "issued_on", "published_on", "effective_on", "expires_on", "region", "policy_year", "begins_in",
)  # fmt: skip


class FactChange(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that was added, withdrawn or changed; ``fields`` are those that differ."""

    before: Fact | None
    after: Fact | None
    fields: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Say what it does to the version: an indicator where none was is an addition."""
        gained = self.fields == ("indicator",) and self.before is not None and self.before.indicator is None
        return _level(self, gained=gained)


class NoticeChange(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that was added, withdrawn or whose head reads differently."""

    before: NoticeRecord | None
    after: NoticeRecord | None
    fields: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Say what it does to the version: a head's field where none was is an addition."""
        return _level(self, gained=all(getattr(self.before, field) is None for field in self.fields))


def _level(change: FactChange | NoticeChange, *, gained: bool) -> Level:
    """Say what a change does to the version; ``gained``: its fields held nothing before."""
    if change.before is None:
        return "minor"
    if change.after is None:
        return "major"
    if not change.fields:
        return "patch"
    return "minor" if gained else "major"


class PointChange(msgspec.Struct, frozen=True, kw_only=True):
    """A year's points of a series that differ though no fact behind them does."""

    series: Series
    year: int
    before: tuple[Point, ...]
    after: tuple[Point, ...]

    @property
    def level(self) -> Level:
        """Say what it does to the version: where facts disagreed there was no value that could have changed."""
        return "minor" if all(point.status == "conflicting" for point in self.before) else "major"


class AnswerChange(msgspec.Struct, frozen=True, kw_only=True):
    """A question that had an answer and now has another one, or none (``after`` None).

    ``words`` are the scope's words that were asked with, ``region`` an existing one: where it stands for those within it
    that have no figure of their own, it is the one around them. ``before`` and ``after`` are facts with the figures that
    were answered; ``inherited`` is the region whose figure answered before, where it is another than that asked for.
    """

    indicator: str
    year: int
    region: str | None
    words: tuple[str, ...]
    before: Fact
    after: Fact | None
    inherited: str | None


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """All that differs between two datasets."""

    level: Level
    facts: tuple[FactChange, ...] = ()
    notices: tuple[NoticeChange, ...] = ()
    points: tuple[PointChange, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    schema: tuple[str, str] | None = None
    generator: bool = False


def compare_datasets(old: Dataset, new: Dataset, answers: MovedAnswers | None = None) -> Differences:
    """Find what differs between two datasets of the same schema major.

    ``answers`` finds what else `Dataset.value` answers otherwise: an added figure may be more particular than the one
    that answered before. It is asked only where nothing else makes the version a MAJOR one.
    """
    ids = _successors(old.notices, new.notices)
    facts = tuple(_facts(old.facts, new.facts, ids))
    notices = tuple(_notices(old.notices, new.notices, ids))
    points, gained = _points(old, new, facts)
    schema = (old.schema_version, new.schema_version)
    levels: list[Level] = ["same", *(change.level for change in facts), *(change.level for change in notices)]
    levels += [change.level for change in points]
    levels += ["minor"] if gained or _parts_added(old, new) or _minor(schema[0]) != _minor(schema[1]) else []
    levels += [] if msgspec.structs.replace(old, dataset_version=new.dataset_version) == new else ["patch"]
    moved = answers(old, new) if answers and "major" not in levels and levels != ["same"] else ()
    levels += ["major"] if moved else []
    return Differences(
        level=max(levels, key=LEVELS.index),
        facts=facts,
        notices=notices,
        points=points,
        answers=moved,
        schema=schema if schema[0] != schema[1] else None,
        generator=old.generator != new.generator,
    )


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]


def _parts_added(old: Dataset, new: Dataset) -> bool:
    """Say whether a whole part stands in the new dataset that the old one lacks."""
    return any(getattr(new, part) and not getattr(old, part) for part in ("series", "checks", "comparisons"))


def _successors(old: Sequence[NoticeRecord], new: Sequence[NoticeRecord]) -> dict[str, str]:
    """Say which notice of the new dataset each old one is: by id, else by file; an edited text may have a new id."""
    ids = {notice.notice_id for notice in new}
    paths = {notice.source.path: notice.notice_id for notice in new}
    known = {notice.notice_id for notice in old}
    found = {}
    for notice in old:
        beside = paths.get(notice.source.path)
        if notice.notice_id in ids:
            found[notice.notice_id] = notice.notice_id
        elif beside is not None and beside not in known:
            found[notice.notice_id] = beside
    return found


# ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _facts(old: Sequence[Fact], new: Sequence[Fact], ids: Mapping[str, str]) -> Iterable[FactChange]:
    """Pair facts by id, then by meaning, by what they measure, by their figure; what is left was withdrawn or added."""
    after = {fact.fact_id: fact for fact in new}
    left_old = []
    for fact in old:
        other = after.pop(fact.fact_id, None)
        if other is None:
            left_old.append(fact)
        elif fact != other:
            yield FactChange(before=fact, after=other, fields=_moved(fact, other))
    left_new = list(after.values())
    for key in (_meaning, _measured, _figured):
        pairs, left_old, left_new = _pairs(left_old, left_new, ids, key)
        for before, now in pairs:
            yield FactChange(before=before, after=now, fields=_moved(before, now))
    yield from (FactChange(before=fact, after=None) for fact in left_old)
    yield from (FactChange(before=None, after=fact) for fact in left_new)


def _moved(before: Fact, after: Fact) -> tuple[str, ...]:
    return tuple(field for field in VALUES if _value(before, field) != _value(after, field))


def _value(fact: Fact, field: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Take a field's value; ids inside a scope say where its conditions stand, not what they are."""
    value = getattr(fact, field)
    if field == "scope":
        return msgspec.structs.replace(value, condition_facts=())
    return value and value.indicator if field == "base" else value


def _meaning(fact: Fact) -> Any:  # noqa: ANN401 - a key
    return tuple(_value(fact, field) for field in VALUES)


def _measured(fact: Fact) -> Any:  # noqa: ANN401 - a key
    what = fact.indicator or (fact.subject, fact.counted)
    return (what, fact.kind, fact.role, _value(fact, "scope"))


def _figured(fact: Fact) -> Any:  # noqa: ANN401 - a key
    """Take the figure for whomever it is: that of 确需延长的, where this reads 确需要延长的 by now, is no other one."""
    what = fact.indicator or (fact.subject, fact.counted)
    ends = (fact.value, fact.lower, fact.upper, fact.due)
    return (what, fact.kind, fact.role, fact.operator, *ends, fact.unit, fact.per)


def _pairs(
    old: Sequence[Fact], new: Sequence[Fact], ids: Mapping[str, str], key: Callable[[Fact], Any]
) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Pair facts of one notice with the same key, in order; keys that fit several by what they measure pair none."""
    waiting: dict[Any, list[Fact]] = defaultdict(list)
    for fact in new:
        waiting[fact.notice_id, key(fact)].append(fact)
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for fact in old:
        groups[ids.get(fact.notice_id), key(fact)].append(fact)
    pairs: list[tuple[Fact, Fact]] = []
    for name, facts in groups.items():
        others = waiting.get(name, [])
        if key is _meaning or (len(facts) == len(others) == 1):
            pairs += zip(facts, others, strict=False)
    paired = {fact.fact_id for pair in pairs for fact in pair}
    left_old, left_new = ([fact for fact in facts if fact.fact_id not in paired] for facts in (old, new))
    return pairs, left_old, left_new


# ── notices and points ──────────────────────────────────────────────────────────────────────────────────────────────


def _notices(
    old: Sequence[NoticeRecord], new: Sequence[NoticeRecord], ids: Mapping[str, str]
) -> Iterable[NoticeChange]:
    after = {notice.notice_id: notice for notice in new}
    for notice in old:
        other = after.pop(ids.get(notice.notice_id, ""), None)
        if other is None:
            yield NoticeChange(before=notice, after=None)
        elif notice != other:
            fields = tuple(field for field in HEADS if getattr(notice, field) != getattr(other, field))
            yield NoticeChange(before=notice, after=other, fields=fields)
    yield from (NoticeChange(before=None, after=notice) for notice in after.values())


def _points(old: Dataset, new: Dataset, facts: Sequence[FactChange]) -> tuple[tuple[PointChange, ...], bool]:
    """Find published points that changed by themselves, and say whether there are new ones."""
    before, after = _by_year(old.series), _by_year(new.series)
    # What a fact that itself changed or went does to its points is said with the fact.
    touched = {change.before.fact_id for change in facts if change.before and change.level != "patch"}
    changes = []
    for name, (series, points) in before.items():
        others = after.get(name, (series, ()))[1]
        rests_on = {fact_id for point in points for fact_id in point.fact_ids}
        if rests_on & touched or (not others and _figures(points) in _elsewhere(name[1], series, new)):
            continue  # a series that takes per-words in or leaves them out has another id, and the same figures
        if _figures(points) != _figures(others):
            changes.append(PointChange(series=series, year=name[1], before=points, after=others))
    return tuple(changes), any(name not in before for name in after)


def _elsewhere(year: int, series: Series, dataset: Dataset) -> list[list[tuple[str | None, ...]]]:
    """List the figures that other series of the same indicator or name, region, scope and unit have for a year."""
    return [
        _figures(point for point in one.points if point.year == year)
        for one in dataset.series
        if all(getattr(one, field) == getattr(series, field) for field in _SAME)
    ]


# What two series have in common that only per-words tell apart.
_SAME = ("indicator", "subject", "programme", "kind", "role", "region", "scope", "unit")


def _by_year(series: Iterable[Series]) -> dict[tuple[str, int], tuple[Series, tuple[Point, ...]]]:
    found: dict[tuple[str, int], tuple[Series, tuple[Point, ...]]] = {}
    for one in series:
        for point in one.points:
            points = found.get((one.series_id, point.year), (one, ()))[1]
            found[one.series_id, point.year] = (one, (*points, point))
    return found


def _figures(points: Iterable[Point]) -> list[tuple[str | None, ...]]:
    return [(point.value, point.lower, point.upper, point.operator, point.due) for point in points]
