"""Persons, places, providers and payers that stand beside a figure, as whole phrases: 职工参保人员, not 参保人员."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.announced import (
    announced_groups,
    is_of_others,
    provider_above,
    scope_of_items,
    treated_first,
)
from extractor.notice.facts.groups.grades import (
    classed_by,
    counts_values,
    grade_above,
    grade_bounded,
    grades_before,
    hospital_level,
    level_right_before,
    rest_of_list,
)
from extractor.notice.facts.groups.phrases import listed_before, whole_groups
from extractor.notice.facts.groups.places import (
    is_own_region,
    is_place_in_list,
    places_before,
    places_behind,
    where_of_statement,
)
from extractor.notice.facts.groups.signs import (
    is_added,
    is_area,
    is_counted_off,
    is_measure_of_pay,
    is_no_group,
    stand_together,
    within,
)
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.words import ChunkKind

if TYPE_CHECKING:
    from extractor.model import Scope
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext


def groups_of(
    context: SentenceContext, number: Span, base: Span | None = None, measure: Span | None = None
) -> dict[ChunkKind, list[Span]]:
    """Return the groups named last before a figure in its clause, of each kind those that are joined.

    ``base`` is what a share is of, ``measure`` the name of what is measured.
    """
    low = max(context.clause(number.start).start, number.start - REACH)
    words = context.statement.words
    found: dict[ChunkKind, list[Span]] = {}
    per: list[Span] = []
    chunks = context.statement.chunks(low, number.start)
    for at, chunk in reversed([*enumerate(chunks)]):
        places = found.get("place")
        if places and is_place_in_list(context, chunk, places):
            places.insert(0, chunk.span)
            continue
        if is_no_group(context, chunk, base, measure) or _is_told_apart(
            context, chunks, at, number, classed="grade" in found
        ):
            continue
        if words.lists.per_group.meets(chunk.before):
            if chunk.kind == "person" and is_measure_of_pay(context, chunk.span):
                per.insert(0, chunk.span)
            continue  # 每个县至少开通一家: it says per what
        if chunk.kind == "grade" and found and is_of_others(context, chunk.span, number):
            continue
        spans = found.setdefault(chunk.kind, [])
        beside = chunk.kind == "person" and spans and chunk.span.end == spans[0].start  # 机关事业单位|退休人员
        # 脱贫不稳定人口（起付线5000元）、低保边缘家庭成员（起付线|7000元|）
        aside = context.bracket(chunk.span.end) if context.bracketed and spans else None
        told = aside is not None and aside.start == chunk.span.end and context.bracket(number.start) is not None
        if not spans or beside or (not told and stand_together(context, chunk.span, spans[0])):
            spans.insert(0, chunk.span)
    if not any(found.values()):
        found = announced_groups(context, number) or ({"person": per} if per else {})
    elif set(found) == {"grade"} and all(words.lists.births.meets(context.words(span)) for span in found["grade"]):
        # 职工参保人员住院分娩实行限额支付：顺产由2000元提高到3000元
        found = {**announced_groups(context, number), **found}
    return found


def _is_told_apart(context: SentenceContext, chunks: list[Chunk], at: int, number: Span, *, classed: bool) -> bool:
    """Return True for groups that have a figure of their own, or are only named with others: 甲市、乙市等一类地区.

    ``classed``: a class stands behind them, which is not theirs where their figure stands between: |非居民|1.4元、特种行业2元.
    """
    span = chunks[at].span
    if chunks[at].kind == "place" and context.statement.exemplifies(chunks, at):
        return True
    own = classed and chunks[at].kind == "person" and context.number_from(span.end) < chunks[at + 1].span.start
    told = context.told_aside(span, number) or is_added(context, span, number) or is_counted_off(context, span, number)
    return own or told


def named_scope(
    context: SentenceContext,
    number: Span,
    scope: Scope,
    support: tuple[Span, ...],
    base: Span | None = None,
    measure: Span | None = None,
) -> tuple[Scope, list[Span]]:
    """Give a scope the whole phrases of its groups: 职工参保人员, not 参保人员; all of 特困人员、低保对象.

    ``support`` are the words that the scope rests on so far, ``base`` is what a share is of, ``measure`` what is measured.
    """
    groups = groups_of(context, number, base, measure)
    scope, added = whole_groups(context, number, groups, scope, support)
    scope, treated = _with_provider(context, number, scope)
    added += treated
    scope, led = scope_of_items(context, number, scope)
    added += led
    grades = groups.get("grade") or grade_above(context, number) or grade_bounded(context, number)
    if (len(grades) == 1 and counts_values(context, grades[0], number)) or _are_of_persons(
        context, grades, scope, (*support, *added)
    ):
        grades = []
    if not grades and not context.statement.words.lists.class_ranges.meets(scope.population or ""):
        grades = level_right_before(context, number)
    if grades and not (scope.population or "").startswith(context.words(grades[-1]) + "、"):
        scope, grade = classed_by(context, scope, grades)
        added.append(grade)
        opened = context.statement.words.area_class(scope.population or "")
        if opened and scope.condition != opened and context.statement.words.is_area_class(scope.condition or ""):
            # 城市特困人员每人每月1300元，农村每人每月1000元: of the persons before only who they are
            scope = replace(scope, population=(scope.population or "").removeprefix(opened) or None)
    if scope.condition is None and not groups and (rest := rest_of_list(context, number)):
        scope = replace(scope, condition=context.words(rest))
        added.append(rest)
    places = groups.get("place") or places_before(context, number) or places_behind(context, number)
    payer = scope.payer or ""
    longer = (span for span in places if span.end - span.start > 1 and context.words(span) not in payer)
    named = [span for span in longer if not is_area(context, span)]
    named = [*listed_before(context, named[0]), *named] if named else []
    if not (named or scope.places or grades) and (where := where_of_statement(context, number)):
        if where[0].kind == "grade":
            scope, grade = classed_by(context, scope, [one.span for one in where])
            added.append(grade)
        else:
            named = [one.span for one in where]
    if named and not (len(named) == 1 and is_own_region(context, named[0])):
        # 艰苦边远地区|一类区、二类区|每月增发10元: both say where
        classes = "、".join(scope.places) if grades else ""
        case = "，".join(filter(None, (scope.condition, classes))) or None
        scope = replace(scope, places=tuple(context.words(span) for span in named), condition=case)
        added += named
    return scope, added


def _with_provider(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Add where one is treated, by the words that open a sentence, by a heading, or by the level right before the figure."""
    treated = (treated_first(context, number) if scope.population else None) or provider_above(context, number)
    added = [treated] if treated and scope.provider is None else []
    level = hospital_level(context, number)
    if level and not (scope.provider or "").endswith(context.words(level)) and context.words(level) != scope.payer:
        added = [level]  # 住院起付线县级500元、|市级|1000元
    return replace(scope, provider=context.words(added[0])) if added else scope, added


def _are_of_persons(context: SentenceContext, grades: list[Span], scope: Scope, support: tuple[Span, ...]) -> bool:
    """Return True if the last of some grades is one of the persons' own: 一级至|四级|工伤职工伤残津贴, |五级|至六级伤残职工."""
    if not grades or scope.population is None:
        return False
    own = [span for span in support if context.words(span) == scope.population]
    before = grades_before(context, scope.population, support)
    return any(within(grades[-1], span) for span in (*own, *([before] if before else [])))


def whole_persons(
    context: SentenceContext, number: Span, scope: Scope, support: tuple[Span, ...]
) -> tuple[Scope, list[Span]]:
    """Give a scope the whole phrase of its persons, where others are dealt out: 三档参保人在一级、二级医院分别支付85%、80%."""
    persons = groups_of(context, number).get("person", [])
    return whole_groups(context, number, {"person": persons}, scope, support, kinds=("person",))
