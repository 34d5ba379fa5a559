"""Checks of arithmetic: level minus increase is last year's level; parts make up their total."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.canonical import decimal_text
from extractor.dataset.check.judge import CheckedFigure, add_up, figure_of, judge_equal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from extractor.dataset.check.identities import Identity, IdentityPart
    from extractor.dataset.check.judge import CheckContext
    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Fact, SeriesScope

_STEPS = {"increase": 1, "decrease": -1}


def _ranked(sources: Sequence[RankedFact]) -> list[RankedFact]:
    return sorted(sources, key=lambda source: source.rank)


def _facts(sources: Sequence[RankedFact]) -> list[Fact]:
    return [source.fact for source in _ranked(sources)]


def _by_figure(sources: Sequence[RankedFact]) -> list[list[RankedFact]]:
    """Group sources that give one number, in the order of their notices."""
    groups: dict[object, list[RankedFact]] = {}
    for source in _ranked(sources):
        found = figure_of(source.fact)
        groups.setdefault(found and (found.value, found.upper, source.fact.role), []).append(source)
    return list(groups.values())


def year_of(source: RankedFact) -> int:
    """Say which year a figure is for: the policy year, or an earlier one that the text recalls."""
    year, said = source.fact.policy_year or 0, source.fact.applies_to
    recalled = int(said) if said and len(said) == 4 and said.isascii() and said.isdecimal() else year  # noqa: PLR2004
    return min(year, recalled)


# ── increments ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Step(NamedTuple):
    """A level of a year with the step that led to it, each with all the texts that give it."""

    level: list[RankedFact]
    step: list[RankedFact]


def check_increments(
    row: Identity, series: Mapping[Key, Sequence[RankedFact]], context: CheckContext
) -> Iterator[Check]:
    """Check every level that a notice gives together with its increase against last year's level."""
    for sources in series.values():
        if not any(source.fact.role in _STEPS for source in sources):
            continue
        years: dict[int, list[RankedFact]] = {}
        for source in sources:
            years.setdefault(year_of(source), []).append(source)
        for year in sorted(years):
            yield from _year(row, year, years, context)


def _year(
    row: Identity, year: int, years: Mapping[int, Sequence[RankedFact]], context: CheckContext
) -> Iterator[Check]:
    levels = [source for source in years[year] if source.fact.role == "level"]
    steps = [source for source in years[year] if source.fact.role in _STEPS]
    before = _by_figure([source for source in years.get(year - 1, ()) if source.fact.role == "level"])
    if not levels and not steps:
        return
    first = (levels or steps)[0]
    words = {
        "region": context.region(first.region), "name": context.name(first.fact), "year": str(year), "year_before": str(year - 1)
    }  # fmt: skip
    if not steps:
        if before and levels:
            said = {"level": context.said(_facts(levels)), "before": context.said(_facts(before[0]))}
            yield context.not_made(row, "no_step", [_facts(levels), _facts(before[0])], words={**words, **said})
        return
    for pair in _steps(levels, steps):
        yield from _pair(row, pair, before, words, context)


def _steps(levels: Sequence[RankedFact], steps: Sequence[RankedFact]) -> list[_Step]:
    """Join each document's level to its step; documents that say the same are one pair."""
    found: dict[tuple[str, ...], _Step] = {}
    for document in dict.fromkeys(source.document for source in _ranked(steps)):
        own = [source for source in steps if source.document == document]
        beside = [source for source in levels if source.document == document] or list(levels)
        said = [(figure_of(source.fact), source.fact.role) for source in (*own, *beside)]
        key = tuple(sorted({f"{role} {found.value if found else None}" for found, role in said}))
        pair = found.setdefault(key, _Step([], []))
        pair.level.extend(source for source in beside if source not in pair.level)
        pair.step.extend(own)
    return list(found.values())


def _pair(
    row: Identity, pair: _Step, before: Sequence[Sequence[RankedFact]], words: dict[str, str], context: CheckContext
) -> Iterator[Check]:
    levels, steps = _by_figure(pair.level), _by_figure(pair.step)
    groups = [_facts(group) for group in (*levels, *steps)]
    said = {
        **words,
        "level": context.listed(context.said(_facts(group)) for group in levels),
        "step": context.listed(context.said(_facts(group)) for group in steps),
        "before": context.listed(context.said(_facts(group)) for group in before),
    }
    if not levels:
        yield context.not_made(row, "no_level", groups, words=said)
        return
    if len(levels) > 1 or len(steps) > 1:
        yield context.not_made(row, "several", groups, words=said)
        return
    level, step = levels[0][0].fact, steps[0][0].fact
    have, moved = figure_of(level), figure_of(step)
    exact = moved is not None and moved.operator == "eq" and step.unit != "%"
    expected = add_up([(1, have.value), (-_STEPS[step.role], moved.value)]) if have and moved and exact else None
    if have is None or have.upper is not None or expected is None:
        yield context.not_made(row, "not_number", groups, words=said)
        return
    said["expected"] = decimal_text(expected)
    if not before:
        yield context.not_made(row, "no_before", groups, words=said)
    for group in before:
        yield _increment(row, (have, expected), (groups, _facts(group)), said, context)


def _increment(
    row: Identity,
    numbers: tuple[CheckedFigure, Decimal],
    facts: tuple[list[list[Fact]], list[Fact]],
    words: dict[str, str],
    context: CheckContext,
) -> Check:
    (have, expected), (groups, earlier) = numbers, facts
    words = {**words, "before": context.said(earlier)}
    was = figure_of(earlier[0])
    if was is None or was.upper is not None:
        return context.not_made(row, "not_number", [*groups, earlier], words=words)
    verdict = judge_equal(expected, was.value, (have, was))
    words["note"] = context.operators_note([groups[0][0], earlier[0]])
    numbers_said = (verdict.expected, verdict.found)
    return context.check(row, verdict.status, [*groups, earlier], words=words, numbers=numbers_said)


# ── sums ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Entry(NamedTuple):
    scope: SeriesScope
    source: RankedFact


def check_sums(row: Identity, series: Mapping[Key, Sequence[RankedFact]], context: CheckContext) -> Iterator[Check]:
    """Check a total against its parts, for every region and year that has the total or all of its parts."""
    found: dict[tuple[str, int], dict[IdentityPart, list[_Entry]]] = {}
    for key, sources in series.items():
        for part in (part for part in row.parts if part.indicator == key.indicator and _fits(part, key.scope)):
            for source in (source for source in sources if source.fact.role == "level"):
                place = found.setdefault((source.region or "", year_of(source)), {})
                place.setdefault(part, []).append(_Entry(key.scope, source))
    for (region, year), entries in sorted(found.items(), key=lambda item: item[0]):
        words = {"region": context.region(region), "year": str(year)}
        yield from _sums(row, entries, words, context)


def _fits(part: IdentityPart, scope: SeriesScope) -> bool:
    if part.population is None:
        return True
    said = scope.population or ""
    return any(word in said if word else not said for word in part.population)


def _sums(
    row: Identity, entries: Mapping[IdentityPart, Sequence[_Entry]], words: dict[str, str], context: CheckContext
) -> Iterator[Check]:
    result = next(part for part in row.parts if part.sign == "=")
    others = [part for part in row.parts if part is not result]
    words["result_name"] = _name(result, context)
    if result not in entries:
        if all(part in entries for part in others):
            general = {part: [e for e in entries[part] if not any(_frame(e.scope, part))] for part in others}
            chosen = {part: _facts([e.source for e in general[part] or entries[part]]) for part in others}
            said = {
                **words,
                "missing": words["result_name"],
                "sum": context.note("comma").join(_said(part, chosen[part], context) for part in others),
            }
            yield context.not_made(row, "missing", list(chosen.values()), words=said)
        return
    totals: dict[object, list[_Entry]] = {}
    for entry in sorted(entries[result], key=lambda entry: entry.source.rank):
        totals.setdefault((figure_of(entry.source.fact), _frame(entry.scope, result)), []).append(entry)
    for total in totals.values():
        yield _sum(row, result, total, {part: entries.get(part, ()) for part in others}, (words, context))


def _frame(scope: SeriesScope, part: IdentityPart) -> tuple[object, ...]:
    """Take from a scope what parts of one sum share; who is meant too, unless the row says that itself."""
    own = scope.population if part.population is None else None
    return (scope.area, own, scope.places, scope.provider, scope.condition)


def _chosen(
    part: IdentityPart, entries: Sequence[_Entry], total: Sequence[_Entry], result: IdentityPart
) -> list[list[RankedFact]]:
    """Find the figures for a part: of the total's scope, else for all; of the total's text, else of any."""
    wanted = _frame(total[0].scope, result)
    fitting = [entry for entry in entries if _frame(entry.scope, part) == wanted]
    fitting = fitting or [entry for entry in entries if not any(_frame(entry.scope, part))]
    documents = {entry.source.document for entry in total}
    own = [entry for entry in fitting if entry.source.document in documents]
    return _by_figure([entry.source for entry in own or fitting])


def _sum(
    row: Identity,
    result: IdentityPart,
    total: Sequence[_Entry],
    entries: Mapping[IdentityPart, Sequence[_Entry]],
    at_hand: tuple[dict[str, str], CheckContext],
) -> Check:
    words, context = at_hand
    whole = _facts([entry.source for entry in total])
    found = {part: _chosen(part, entries[part], total, result) for part in entries}
    groups = [whole, *(_facts(group) for figures in found.values() for group in figures)]
    parts = {part: _facts(figures[0]) for part, figures in found.items() if figures}
    words = {
        **words,
        "result": _said(result, whole, context),
        "sum": " ".join(_terms(parts, context)),
    }
    if missing := [_name(part, context) for part, figures in found.items() if not figures]:
        words["sum"] = context.note("comma").join(
            [words["result"], *(_said(part, facts, context) for part, facts in parts.items())]
        )
        return context.not_made(row, "missing", groups, words={**words, "missing": context.listed(missing)})
    if several := [(part, figures) for part, figures in found.items() if len(figures) > 1]:
        part, figures = several[0]
        said = context.listed(context.said(_facts(group)) for group in figures)
        words["several"] = context.note("several", name=_name(part, context), figures=said)
        return context.not_made(row, "several", groups, words=words)
    numbers = [figure_of(facts[0]) for facts in (whole, *parts.values())]
    known = [number for number in numbers if number is not None and number.upper is None]
    signs = [1 if part.sign == "+" else -1 for part in parts]
    expected = add_up([(sign, number.value) for sign, number in zip(signs, known[1:], strict=False)])
    if len(known) < len(numbers) or expected is None:
        return context.not_made(row, "not_number", groups, words=words)
    verdict = judge_equal(expected, known[0].value, known)
    words["expected"] = decimal_text(expected)
    words["note"] = context.note("bounds") if any(number.operator != "eq" for number in known) else ""
    return context.check(row, verdict.status, groups, words=words, numbers=(verdict.expected, verdict.found))


def _said(part: IdentityPart, facts: Sequence[Fact], context: CheckContext) -> str:
    return context.beside(_name(part, context), facts)


def _name(part: IdentityPart, context: CheckContext) -> str:
    return context.in_language(part.name, part.name_en)


def _terms(parts: Mapping[IdentityPart, Sequence[Fact]], context: CheckContext) -> list[str]:
    signs = {"+": "+", "-": "−"}
    terms = [text for part, facts in parts.items() for text in (signs[part.sign], _said(part, facts, context))]
    return terms[1:]
