"""Grades and classes before a figure: 一级伤残, 二档, 三类地区."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.phrases import LONGEST_GRADES
from extractor.notice.facts.groups.signs import BRACKET_REACH, COLON, clauses_before, speaks_of_treatment, within
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.words import ChunkKind

if TYPE_CHECKING:
    from extractor.model import Scope
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# 乡镇级
_LONGEST_LEVEL = 3


def hospital_level(context: SentenceContext, number: Span) -> Span | None:
    """Return the level of government that has a figure of treatment right behind it, and is a hospital's: 住院起付线|乡级|200元、|市级|1000元."""
    lists, clause = context.statement.words.lists, context.clause(number.start)
    if not context.may_say(lists.hospital_levels):
        return None
    end = _figure_start(context, number)
    pieces = context.statement.cut(Span(max(clause.start, end - REACH), end))
    for piece in reversed(pieces):
        if piece.use not in ("adverb", "change"):
            break
        end = piece.start
    found = lists.hospital_levels.pattern.search(context.text, max(clause.start, end - _LONGEST_LEVEL), end)
    said = context.text[max(context.segment(clause.start).start, end - REACH) : end]
    above = context.words(context.lead_in) if context.lead_in else ""
    treats = lists.hospital_figures.meets(said) or lists.hospital_figures.meets(above)
    return Span(found.start(), end) if found and treats else None


def _figure_start(context: SentenceContext, number: Span) -> int:
    """Return where a figure begins, with the words of its bound: |不低于|4500元."""
    own = (one.span.start for one in context.mentions.quantities if one.number.start == number.start)
    return next(own, number.start)


def level_right_before(context: SentenceContext, number: Span) -> list[Span]:
    """Return the bare level that grades persons and has the figure right behind it: 护理补贴|一级|每人每月130元."""
    low = max(context.clause(number.start).start, number.start - REACH)
    chunks = context.statement.chunks(low, number.start)
    level = chunks[-1] if chunks and chunks[-1].kind == "provider" else None
    if level is None or context.words(level.span) not in context.linking_resources.bare_levels:
        return []
    # 护理补贴：一级|由|100元提高到110元
    old = context.statement.words.lists.old_values
    # 伤残津贴|一级|不低于4500元: the bound is the figure's
    pieces = context.statement.cut(Span(level.span.end, max(level.span.end, _figure_start(context, number))))
    rest = (one for one in pieces if not old.meets(context.text[one.start : one.end]))
    right = all(one.use in ("adverb", "change") for one in rest) and not speaks_of_treatment(context, level.span)
    return [level.span] if right else []


def bare_name_of(context: SentenceContext, name: Span) -> Span | None:
    """Return the persons or the class of whom a name says nothing else than that they have a standard: |二孩|标准, |全护理|标准."""
    last = context.statement.cut(name)[-1].start if name.start < name.end else name.start
    said, words = context.text[name.start : last], context.statement.words
    whose = said and words.kind_of(said) in ("person", "grade") and not words.is_area_class(said)
    heads = context.linking_resources.lists.bare_heads
    return Span(name.start, last) if whose and heads.meets(context.text[last : name.end]) else None


def opening_provider(context: SentenceContext, name: Span) -> Span | None:
    """Return the kind of school or home that opens the name of an amount, before the catalog's: 特殊教育|生均公用经费标准."""
    opened = _opened_by(context, name, "provider")
    # 二级|困难残疾人生活补贴
    level = opened is not None and context.statement.words.lists.levels.meets(context.words(opened))
    return opened if opened and (not level or speaks_of_treatment(context, opened)) else None


def opening_class(context: SentenceContext, name: Span) -> Span | None:
    """Return the class that opens a clause and the name of an amount in it, before the catalog's: |一档|单位缴费比例."""
    opened = _opened_by(context, name, "grade")
    if opened is None or opened.start > past_marker(context.text, context.clause(opened.start)):
        return None  # 一级至|四级|伤残津贴
    found = context.statement.words.lists.class_opens.pattern.match(context.text, opened.start, opened.end)
    return opened if found and found.end() == opened.end else None


def _opened_by(context: SentenceContext, name: Span, kind: ChunkKind) -> Span | None:
    """Return the words of a kind that open the name which the catalog's is the end of."""
    start = context.clause(name.start).start
    if name.start == start:
        return None
    held = next((one.span for one in context.statement.chunks(start, name.end) if within(name, one.span)), name)
    said = context.text[held.start : name.start]
    return Span(held.start, name.start) if said and context.statement.words.kind_of(said) == kind else None


def grades_before(context: SentenceContext, persons: str, support: tuple[Span, ...]) -> Span | None:
    """Return the grades that stand right before persons, and are no providers: 一、二级|困难残疾人, 三、|四级."""
    if not context.may_say(context.statement.words.lists.grade_sign):
        return None
    at = next((span for span in support if context.words(span) == persons), None)
    if at is None:
        return None
    start = max(context.clause(at.start).start, at.start - LONGEST_GRADES)
    found = context.statement.words.lists.grade_lists.pattern.search(context.text, start, at.start)
    if found is None or found.start() == found.end() or speaks_of_treatment(context, Span(*found.span())):
        return None
    # 四、|困难残疾人: an item's number
    whole = found["whole"] or context.statement.words.lists.person_grades.pattern.match(persons)
    return Span(*found.span()) if whole else None


def grade_above(context: SentenceContext, number: Span) -> list[Span]:
    """Return the class that opens a figure's statement before a colon: 第一档：月最低工资标准2100元，小时最低工资标准21元."""
    start = past_marker(context.text, context.segment(number.start))
    colon = context.text.find(COLON, start, min(number.start, start + BRACKET_REACH))
    chunks = context.statement.chunks(start, colon) if colon > start else []
    return [one.span for one in chunks if one.kind == "grade" and one.span == Span(start, colon)]


def rest_of_list(context: SentenceContext, number: Span) -> Span | None:
    """Return the word for all who are left that opens a figure's clause: 一类地区800元，|其余|为700元; not 其余30%."""
    clause = context.clause(number.start)
    first = next(iter(context.statement.chunks(clause.start, max(clause.start, number.start))), None)
    if first is None or first.span.start > past_marker(context.text, clause) or first.span.end == number.start:
        return None
    return first.span if context.statement.words.lists.rest_alone.meets(context.words(first.span)) else None


def counts_values(context: SentenceContext, grade: Span, number: Span) -> bool:
    """Return True for what only says how many classes a list of values is of: 三类地区|分别为2200元、2000元、1800元, |四档|分别为….

    But not where the class before it is told, too: 一类区2350元、23元；|二类区|2150元、21元.
    """
    numbers, said = context.statement.words.lists.class_numbers.words, context.words(grade)
    if said[0] not in numbers:
        return False  # 第三类地区
    place = numbers.index(said[0])
    if place and numbers[place - 1] + said[1:] in context.text[context.span.start : grade.start]:
        return False
    at = next((n for n, one in enumerate(context.mentions.quantities) if one.number.start == number.start), None)
    alike = context.list_ends.count(context.list_ends[at]) if at is not None else 0
    return alike > 1 and alike == place + 1


def classed_by(context: SentenceContext, scope: Scope, grades: list[Span]) -> tuple[Scope, Span]:
    """Give a scope its class: places where it is one of areas (一类区), a group where it grades persons, else a condition.

    Classes that stand together share the figure: 首套及第二套|最高额度为150万元.
    """
    grade, lists = grades[-1], context.statement.words.lists
    said, whole = context.words(grade), Span(_first_of(context, grades[0]), grade.end)
    if lists.person_grades.meets(said) and _speaks_of_graded(context, grade):
        whole = min(whole, _with_joined(context, grade), key=lambda span: span.start)
        if scope.population is None:
            return replace(scope, population=context.words(whole)), whole
    levels = context.linking_resources.bare_levels
    if said in levels and (scope.population or "").startswith(tuple(levels)):
        return replace(scope, population=said), grade  # 一级伤残每月增加420元，|二级|400元
    if not lists.no_places.meets(said) and lists.area_ends.meets(said):
        areas = (Span(whole.start, grades[0].end), *grades[1:])  # 一类区、二类区每月增加10元
        return replace(scope, places=tuple(map(context.words, areas))), whole
    if scope.condition is not None:
        return scope, grade
    return replace(scope, condition=context.words(whole)), whole


def _first_of(context: SentenceContext, grade: Span) -> int:
    """Return where classes begin of which a grade is the last: 一、|二类区; not 一、二类区 that opens a sentence, an item's number."""
    lists, low = context.statement.words.lists, max(context.span.start + 1, grade.start - LONGEST_GRADES)
    numbers, found = lists.class_numbers.words, lists.grade_lists.pattern.search(context.text, low, grade.start)
    if found is None or found["whole"] or found.end() - found.start() != len(numbers[0]) + 1:
        return grade.start
    pair = context.text[found.start()], context.text[grade.start]
    follows = all(one in numbers for one in pair) and numbers.index(pair[1]) == numbers.index(pair[0]) + 1
    return found.start() if follows else grade.start


def _with_joined(context: SentenceContext, grade: Span) -> Span:
    """Return a class of persons with those joined before it: 三级、|四级|的每人每月145元."""
    levels, whole = context.statement.words.lists.person_grades, grade
    for chunk in reversed(context.statement.chunks(context.clause(grade.start).start, grade.start)):
        if not levels.meets(context.words(chunk.span)) or not context.statement.joined(chunk.span, whole):
            break
        whole = Span(chunk.span.start, grade.end)
    return whole


def _speaks_of_graded(context: SentenceContext, grade: Span) -> bool:
    """Return True if a class is one of those whom its statement, or what stands above it, grades: 四级 of 伤残津贴."""
    around = context.words(context.segment(grade.start)), context.words_above, context.notice.title or ""
    return any(map(context.statement.words.lists.graded_people.meets, around))


def classed_before(
    context: SentenceContext, number: Span, scope: Scope, measure: Span | None
) -> tuple[Scope, list[Span]]:
    """Give a figure the class right before the name that it has of a clause before: 第二套住房|最高贷款额度，单人缴存60万元."""
    start = context.clause(number.start).start
    if measure is None or scope.condition or scope.places or measure.end > start:
        return scope, []
    if context.number_from(measure.end) < start and context.statement.chunks(start, number.start):
        return scope, []  # 一类地区低保标准为800元，其余为700元
    above = measure.start < context.span.start  # 首套住房最高贷款额度调整如下, above a table
    low = max(context.text.rfind("\n", 0, measure.start) + 1, measure.start - REACH)
    chunks = context.statement.chunks(low if above else context.clause(measure.start).start, measure.end)
    at = _class_up_to(chunks, measure.start, over_persons=above)
    if at is None or (at and context.statement.joined(chunks[at - 1].span, chunks[at].span)):
        return scope, []  # 一类、二类、三类地区月最低工资标准，分别增加…
    grade = chunks[at].span
    if scope.population and context.statement.words.lists.person_grades.meets(context.words(grade)):
        return scope, []  # 调整一至四级工伤人员伤残津贴。…：一级伤残360元
    scope, grade = classed_by(context, scope, [grade])
    return scope, [grade]


def _class_up_to(chunks: list[Chunk], end: int, *, over_persons: bool) -> int | None:
    """Return which chunk is the class right before an offset, or right before persons there: 一档|参保人员|年度最高支付限额."""
    for at in reversed(range(len(chunks))):
        chunk = chunks[at]
        if chunk.span.start >= end:
            continue
        if chunk.span.end != end:
            return None
        if chunk.kind == "grade":
            return at
        if not over_persons or chunk.kind != "person":
            return None
        end = chunk.span.start
    return None


def grade_bounded(context: SentenceContext, number: Span) -> list[Span]:
    """Return the class that the clause before opens with and bounds: 第一阶梯年用水量180立方米以下，|水价3.45元; not 一类2360元，….

    It may stand within the name: 居民生活用水|第一阶梯|年用水量180立方米以下.
    """
    clause = next(clauses_before(context, number), None)
    if clause is None or (at := context.number_from(clause.start)) >= clause.end:
        return []
    bounds = [one for one in context.mentions.quantities if clause.start <= one.number.start < clause.end]
    if len(bounds) != 1 or bounds[0].kind in ("money", "rate") or bounds[0].operator == "eq":
        return []
    start = past_marker(context.text, clause)
    opening = context.statement.chunks(start, at)[:1]
    if not opening or opening[0].span.start != start:
        return []
    if opening[0].kind == "grade":
        return [opening[0].span]
    if opening[0].kind != "measure":
        return []
    pieces = [Span(piece.start, piece.end) for piece in context.statement.cut(opening[0].span)]
    classes = [one for one in pieces if context.statement.words.is_class(context.words(one))]
    levels = context.linking_resources.bare_levels
    return classes if len(classes) == 1 and context.words(classes[0]) not in levels else []
