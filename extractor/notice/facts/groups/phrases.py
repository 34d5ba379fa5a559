"""Whole phrases around the words of a group: 职工参保人员, not 参保人员; 三级定点医疗机构, not 医疗机构."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.signs import (
    BRACKET_REACH,
    CLAUSES_BEFORE,
    COMMA,
    is_listed,
    is_measure_of_pay,
    past_openers,
    runs_of,
    stand_together,
)
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.reader import MARKER, past_marker
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.names.words import VERBS, ChunkKind

if TYPE_CHECKING:
    from extractor.model import Scope
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

_GROUPS: dict[ChunkKind, str] = {"person": "population", "provider": "provider"}
# 高血压、糖尿病患者: so short is what says of which illness the persons are.
_SHORT = 6
# A name before a blank is no longer than this.
_SPACED = 9
# 一级、二级、三级、|四级
LONGEST_GRADES = 16
# Persons of one noun: 肢体|残疾人, 智力|残疾人.
_NOUN = 3


def whole_groups(
    context: SentenceContext,
    number: Span,
    groups: dict[ChunkKind, list[Span]],
    scope: Scope,
    support: tuple[Span, ...],
    kinds: tuple[ChunkKind, ...] = ("person", "provider"),
) -> tuple[Scope, list[Span]]:
    """Widen who a figure is for, and who treats, to the whole phrases; return the scope and the words that were added."""
    added: list[Span] = []
    for kind in kinds:
        field = _GROUPS[kind]
        said = getattr(scope, field)
        spans: list[Span] | None = groups.get(kind)
        if not spans and not said:
            continue
        nearer = [span for span in support if spans and span.start >= spans[-1].end and context.words(span) == said]
        if not spans or not all(is_measure_of_pay(context, span) for span in nearer):
            # 监护人在新生儿出生90天内: the nearer decides.
            spans = _held(context, number, said, support, kind)
        if not spans:
            continue
        whole = Span(spans[0].start, spans[-1].end)
        whole = _without_patients(context, whole) if kind == "provider" else whole
        whole = _without_self(context, _patients(context, _given(context, whole))) if kind == "person" else whole
        if kind == "person" and (told := _told(context, _which(context, whole))) != whole:
            whole = _patients(context, told)
        whole = _classed(context, _with_list_beside(context, _spaced(context, whole)) if kind == "person" else whole)
        if kind == "person" and (leveled := with_level(context, whole)) != whole:
            whole = _patients(context, leveled)
        whole = _among(context, whole) if kind == "person" else whole
        words = "".join(context.words_outside(whole).split())
        nobody = kind == "person" and context.statement.words.lists.nobody.meets(words)
        if nobody or (kind == "provider" and words == scope.payer):
            continue  # 住院补助资金省级承担60%、|市级|承担20%
        if kind == "provider" and (level := _level_before_bracket(context, whole)):
            words, added = context.words(level) + words, [*added, level]
        if words not in (said or ""):
            scope = replace(scope, **{field: words})
            added.append(whole)
    return scope, added


def _level_before_bracket(context: SentenceContext, provider: Span) -> Span | None:
    """Return the level that a bracket parts from its noun: |一级及以下|（含精神病、传染病专科）医疗机构; None where none stands there."""
    aside = context.bracket(provider.start - 1) if context.bracketed else None
    if aside is None or aside.end != provider.start:
        return None
    level = context.statement.chunks(context.clause(aside.start).start, aside.start)[-1:]
    parted = bool(level) and level[0].kind == "provider" and level[0].span.end == aside.start
    said = context.words(level[0].span) if parted else ""
    ends = context.statement.words.lists.bounds_behind.words
    bound = max((end for end in ends if said.endswith(end)), key=len, default="")
    return level[0].span if said.removesuffix(bound) in context.linking_resources.bare_levels else None


def _with_list_beside(context: SentenceContext, persons: Span) -> Span:
    """Return persons with those of the clause beside, where one goes on with the other's list: 低保对象、残疾人，|以及|特困职工，救助比例为80%.

    Or where both are nothing but persons of one kind: 残疾等级为二级的肢体残疾人，|残疾等级为三级的智力残疾人|，每人每月100元.
    """
    clause, segment = context.clause(persons.start), context.segment(persons.start)
    if persons.end == clause.end and context.text.startswith(COMMA, clause.end):
        persons = _with_alike_before(context, persons)
        clause = context.clause(persons.start)
    joints = tuple(context.statement.words.joints)
    if clause.start > segment.start and context.text.startswith(joints, clause.start):
        before = context.clause(clause.start - 1)
        opening = Span(past_marker(context.text, before), before.end)
        return Span(opening.start, persons.end) if _are_persons(context, opening) else persons
    behind = context.clause(clause.end + 1) if persons.end == clause.end < segment.end else clause
    if behind == clause or not context.text.startswith(joints, behind.start):
        return persons
    last = context.statement.chunks(*behind)[-1:]
    ends = bool(last) and last[0].kind == "person" and last[0].span.end == behind.end
    return Span(persons.start, behind.end) if ends and context.number_from(behind.start) >= behind.end else persons


def _with_alike_before(context: SentenceContext, persons: Span) -> Span:
    """Return persons who are their whole clause with those of the same noun who are the clauses right before it."""
    segment = context.segment(persons.start)
    noun = context.words(persons)[-_NOUN:]
    for _ in range(CLAUSES_BEFORE):
        clause = context.clause(persons.start)
        if persons.start != past_marker(context.text, clause) or clause.start <= segment.start:
            break
        before = context.clause(clause.start - 1)
        named = context.statement.chunks(*before)[-1:]
        alike = bool(named) and named[0].kind == "person" and named[0].span.end == before.end
        start = past_marker(context.text, before)
        whole = _which(context, _listed_with(context, named[0].span)) if alike else persons
        if not alike or whole.start != start or not context.words(whole).endswith(noun):
            break
        persons = Span(start, persons.end)
    return persons


def _listed_with(context: SentenceContext, persons: Span) -> Span:
    """Return the last of some persons with those listed before them: 视力、|肢体残疾人."""
    return _classed(context, _patients(context, persons))


def _are_persons(context: SentenceContext, place: Span) -> bool:
    """Return True if a stretch of text is a list of persons and nothing else, without a figure."""
    listed = [one.span for one in context.statement.chunks(*place) if one.kind == "person"]
    whole = bool(listed) and (listed[0].start, listed[-1].end) == tuple(place)
    return whole and len(runs_of(context, listed)) == 1 and context.number_from(place.start) >= place.end


def _spaced(context: SentenceContext, whole: Span) -> Span:
    """Take in the name that opens a clause and that a blank alone parts from persons: （二）企业 退休人员."""
    start = past_marker(context.text, context.clause(whole.start))
    before = context.text[start : whole.start]
    parted = len(before) <= _SPACED and before[:-1].isalpha() and before[-1:].isspace()
    if not parted or any(piece.use != "name" for piece in context.statement.cut(Span(start, whole.start - 1))):
        return whole
    return Span(start, whole.end)


def _which(context: SentenceContext, whole: Span) -> Span:
    """Take in the words that say which persons are meant: 生育二孩的家庭, 享受低保的老年人; not 全市的老年人."""
    words = context.statement.words
    clause = context.clause(whole.start)
    persons, whole = whole, _with_own_place(context, whole)
    if context.text[whole.start - 1] not in OWNING:
        return persons
    start = past_openers(context, past_marker(context.text, clause))
    opened = context.text.rfind("（", start, whole.start)
    if opened >= 0 and context.text.find("）", opened, whole.start) < 0:
        start = opened + 1  # 达到职工总数20%（|超过50人的企业|达到10%）
    if start >= whole.start - 1:
        return persons
    if given := words.lists.given_whom.pattern.search(context.text, start, whole.start):
        start = given.end("verb")
    chunks = context.statement.chunks(start, whole.start - 1)
    if chunks and chunks[0].span.start == start and context.words(chunks[0].span) in words.places:
        first, rest = chunks[0].span, chunks[1:]
        if not rest or not context.statement.joined(first, rest[0].span):
            start, chunks = first.end, rest  # 本市|低收入家庭中的残疾人; not 直辖市、县（市）主管机关核定的老人
    if chunks and chunks[0].kind == "person" and words.lists.meaning.meets(chunks[0].behind):
        start = chunks[0].span.end + len(chunks[0].behind)  # 补贴对象为|拥有耕地承包权的种地农民
    rule = words.lists.by_rule.pattern.match(context.text, start, whole.start)  # 按政策|生育三孩的本市户籍家庭
    does = Span(rule.end() if rule else start, whole.start - 1)
    told = words.lists.bare_persons.meets(context.words(whole)) or _tells(context, does)
    return Span(start, whole.end) if told else persons


def _with_own_place(context: SentenceContext, persons: Span) -> Span:
    """Take in the place of persons of whom the words before it tell: 生育三孩的|本市|户籍家庭; not 本市|户籍家庭 alone."""
    place = context.statement.chunks(context.clause(persons.start).start, persons.start)[-1:]
    beside = bool(place) and place[0].kind == "place" and place[0].span.end == persons.start
    start = place[0].span.start if beside and context.text[place[0].span.start - 1] in OWNING else persons.start
    return Span(start, persons.end)


def _tells(context: SentenceContext, told: Span) -> bool:
    """Return True if words before 的 say which of some persons are meant, and not only where, when or by whom they are."""
    if context.number_from(told.start) < told.end:
        return False
    lists = context.statement.words.lists
    pieces = context.statement.cut(told)
    chunks = context.statement.chunks(*told)
    ranks = [found.span() for found in lists.ranks.pattern.finditer(context.text, *told)]  # 享受长护险|2级|待遇
    return (
        not lists.untelling.meets(context.words(told))
        and all(piece.use not in ("prep", "base") for piece in pieces)
        and all(any(low <= piece.start < high for low, high in ranks) for piece in pieces if piece.use == "mark")
        and bool(chunks)
        and chunks[0].kind not in ("place", "payer", "body", "time", "provider")
    )


def _told(context: SentenceContext, whole: Span) -> Span:
    """Take in what persons have or are not: 领取|待遇人员, 非急诊且未|转诊人员."""
    lists, start = context.statement.words.lists, past_marker(context.text, context.clause(whole.start))
    pieces = context.statement.cut(Span(start, whole.start)) if start < whole.start else []
    if not pieces:
        return whole
    if lists.having.meets(context.text[slice(*pieces[-1][:2])]):
        return Span(pieces[-1].start, whole.end)
    if not lists.denying.meets(context.text[slice(*pieces[-1][:2])]):
        return whole
    at = len(pieces) - 1
    while at and (pieces[at - 1].use == "name" or lists.denying_too.meets(context.text[slice(*pieces[at - 1][:2])])):
        at -= 1
    return Span(pieces[at].start, whole.end)


def with_level(context: SentenceContext, whole: Span) -> Span:
    """Take in grades in digits: 1-2级|重度残疾人员."""
    start = max(context.clause(whole.start).start, whole.start - LONGEST_GRADES)
    found = context.statement.words.lists.digit_levels.pattern.search(context.text[start : whole.start])
    return Span(whole.start - len(found.group()), whole.end) if found else whole


def _classed(context: SentenceContext, whole: Span) -> Span:
    """Take in the other classes that are named with a group: 一、二类低保对象, 一级至四级工伤职工."""
    clause, lists = context.clause(whole.start), context.statement.words.lists
    if not lists.class_opens.meets(context.words(whole)):
        return whole
    lead = MARKER.match(context.text[clause.start : min(clause.end, clause.start + BRACKET_REACH)])
    # 一、二类低保对象, but 二、残疾人
    classed = context.statement.words.lists.ordinals.meets(context.text[whole.start])
    start = clause.start + (lead.end() if lead and not classed else 0)
    before = context.text[max(start, whole.start - BRACKET_REACH) : whole.start]
    found = lists.listed_ordinals.pattern.search(before)
    return Span(whole.start - len(found.group()), whole.end) if found else whole


def _held(
    context: SentenceContext, number: Span, said: str | None, support: tuple[Span, ...], kind: ChunkKind
) -> list[Span] | None:
    """Return the phrases that hold the words that a scope has so far, with those joined to them."""
    held = [span for span in support if said and context.words(span) == said]
    whole = _whole_group(context, number, held[-1], kind) if held else None
    return _with_some_of_them(context, whole) if whole and kind == "person" else whole


def _with_some_of_them(context: SentenceContext, persons: list[Span]) -> list[Span]:
    """Return persons with those of them who are meant: 二类救助对象|中的低保对象."""
    end = persons[-1].end
    among = context.statement.words.lists.some_of.pattern.match(context.text, end)
    chunks = context.statement.chunks(end, context.clause(end - 1).end) if among else []
    meant = chunks[0].span if among and chunks and chunks[0].span.start == among.end() else None
    return [*persons[:-1], Span(persons[-1].start, meant.end)] if meant and chunks[0].kind == "person" else persons


def _among(context: SentenceContext, whole: Span) -> Span:
    """Take in those of whom persons are some: |低保家庭中的|一级、二级残疾人; |享受低保待遇的残疾人中，|残疾等级为一级的残疾人."""
    some_of = context.statement.words.lists.some_of_before
    low = max(context.segment(whole.start).start, whole.start - REACH)
    before = context.statement.chunks(low, whole.start)[-1:] if context.may_say(some_of) else []
    persons = bool(before) and before[0].kind == "person"
    if not persons or not some_of.meets(context.text[before[0].span.end : whole.start]):
        return whole
    return Span(_which(context, before[0].span).start, whole.end)


def _given(context: SentenceContext, whole: Span) -> Span:
    """Drop what is done for persons in front of the catalog's word for them: 全额资助|特困人员."""
    uses, bearing = context.statement.words.use_of, context.statement.words.lists.bearing
    for term in context.of("population"):
        lead = context.text[whole.start : term.span.start] if whole.start < term.span.start < whole.end else ""
        done = (lead[-length:] for length in (2, 3, 4))
        # 其他缴存|职工 do it themselves
        if any(uses.get(word) in VERBS - {"change"} and not bearing.meets(word) for word in done):
            return Span(term.span.start, whole.end)
    return whole


def _without_self(context: SentenceContext, whole: Span) -> Span:
    """Drop 个人 behind persons: 在职职工个人缴费 is paid by 在职职工; not of 家庭和个人, who are both meant."""
    words, said = context.statement.words, context.words(whole)
    length = next((len(word) for word in words.lists.selves.words if said.endswith(word)), 0)
    if length and said[: len(said) - length][-1:] in words.joints:
        return whole
    return Span(whole.start, whole.end - length) if 0 < length < whole.end - whole.start else whole


def _patients(context: SentenceContext, whole: Span) -> Span:
    """Take in what is listed before persons and says of what they are: 高血压、糖尿病患者."""
    # 居民0.95元/立方米、非居民1.4元/立方米: the unit of the figure before is no patient
    start = max(context.clause(whole.start).start, min(context.figure_before(whole.start), whole.start))
    words = context.statement.words
    for chunk in reversed(context.statement.chunks(start, whole.start)):
        said = context.words(chunk.span)
        thing = len(said) > _SHORT or chunk.kind != "measure" or words.lists.amount_heads.meets(said)
        if (thing and chunk.kind != "person") or not is_listed(context, chunk.span, whole):
            break
        whole = Span(chunk.span.start, whole.end)
    return whole


def _without_patients(context: SentenceContext, whole: Span) -> Span:
    """Leave out who is treated there: 在职职工|一级医院; not 残疾人康复机构, which is for them."""
    opens = context.statement.words.lists.class_opens
    whose = (term.span.end for term in context.of("population") if term.span.start == whole.start)
    starts = (end for end in whose if end < whole.end and opens.meets(context.text[end : whole.end]))
    return Span(next(starts, whole.start), whole.end)


def _whole_group(context: SentenceContext, number: Span, held: Span, kind: ChunkKind) -> list[Span] | None:
    """Return the phrases that stand joined with the one that holds some words, in the clause of these.

    An age between two of them joins those of other figures, and is itself of its own: 低保对象和|60周岁以上|老年人.
    """
    aged = any(one.kind == "age" and one.number.start == number.start for one in context.mentions.quantities)
    together = context.statement.joined if aged else partial(stand_together, context)
    clause = context.clause(held.start)
    chunks = context.statement.chunks(clause.start, clause.end)
    at = next((n for n, chunk in enumerate(chunks) if chunk.span.start <= held.start < chunk.span.end), None)
    if at is None or chunks[at].kind != kind:
        return None
    first = last = at

    def joined(one: Chunk, other: Chunk) -> bool:
        beside = kind == "person" and one.span.end == other.span.start
        return other.kind == one.kind and (beside or together(one.span, other.span))

    while first > 0 and joined(chunks[first - 1], chunks[first]):
        first -= 1
    while last + 1 < len(chunks) and joined(chunks[last], chunks[last + 1]):
        last += 1
    return [chunk.span for chunk in chunks[first : last + 1]]


def listed_before(context: SentenceContext, first: Span) -> list[Span]:
    """Return the places of clauses that are nothing but places, before one that goes on with them: |吉林、松原市区|，延吉市、珲春市标准为…."""
    found: list[Span] = []
    clause, segment = context.clause(first.start), context.segment(first.start)
    start = past_marker(context.text, clause)
    while first.start == start and clause.start > segment.start:
        clause = context.clause(clause.start - 1)
        start = past_marker(context.text, clause)
        chunks = context.statement.chunks(start, clause.end)
        run = runs_of(context, [one.span for one in chunks])[0] if chunks else []
        if not run or any(one.kind != "place" for one in chunks) or len(run) < len(chunks):
            break
        whole = (run[0].start, run[-1].end) == (start, clause.end)
        if not whole or context.words(run[0]) in context.statement.words.places:
            break
        found, first = [*run, *found], run[0]
    return found
