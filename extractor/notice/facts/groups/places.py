"""Places before or behind a figure, or where its statement opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.grades import counts_values
from extractor.notice.facts.groups.signs import (
    COLON,
    COMMA,
    clauses_before,
    is_added,
    is_of_all,
    runs_of,
    stand_together,
    within,
)
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.reader import past_marker

if TYPE_CHECKING:
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext


def is_place_in_list(context: SentenceContext, chunk: Chunk, places: list[Span]) -> bool:
    """Return True for a body before a place that it is listed with: 白城市区、|长白山管委会|、梅河口市."""
    bodies = context.statement.words.lists.place_bodies
    return bodies.meets(context.words(chunk.span)) and stand_together(context, chunk.span, places[0])


def places_before(context: SentenceContext, number: Span) -> list[Span]:
    """Return the places that a clause before is there for: 崇川区、通州区执行一类标准，…; 在枝江市租房的，….

    A class holds for all figures of a statement: 永城市为二类区域，月最低工资标准为1800元，小时最低工资标准为17.6元.
    """
    words, classed = context.statement.words, False
    for clause in clauses_before(context, number):
        places = [one for one in context.statement.chunks(*clause) if one.kind == "place"]
        if context.number_from(clause.start) < clause.end:
            if places:
                break
            classed = True
            continue
        if not places or context.words(places[0].span) in words.places:
            continue
        run = runs_of(context, [one.span for one in places])[0]
        opens = run[0].start <= past_marker(context.text, clause)
        zoned = opens and words.lists.zoned.meets(context.text[run[-1].end : clause.end])
        # 对威宁县、望谟县，省级财政承担比例提高至80%
        mark = context.text[clause.end : clause.end + 1] if run[-1].end == clause.end else ""
        alone = mark == COMMA and (opens or words.lists.meaning.meets(places[0].before))
        # 沈阳市：月标准为2000元，小时标准为20.3元; not 一等区：
        headed = opens and mark == COLON and any(_is_named_place(context, one) for one in run)
        if zoned or headed or (not classed and (words.lists.stays_in.meets(places[0].before) or alone)):
            return run
    return []


def where_of_statement(context: SentenceContext, number: Span) -> list[Chunk]:
    """Return the places or the class of places that open a clause before with an amount, of which the statement goes on.

    |崇川区|月标准为2260元，小时标准为22元. None where another is named in it: 崇川区…，全市…; 一档地区…，二档地区…，比上年….
    """
    amounts = {one.number.start for one in context.mentions.quantities if one.kind == "money"}
    clause, segment = context.clause(number.start), context.segment(number.start)
    if number.start not in amounts or clause.start <= segment.start:
        return []  # 市区优良天数比例达到98%，森林覆盖率达到58%
    if any(context.statement.words.lists.rest_of.meets(said) for said in _persons_said(context, clause, number)):
        return []  # 临泉县散居孤儿1500元，|其他孤儿|1300元
    found = [(clause, _wheres(context, Span(clause.start, max(clause.start, number.start))))]
    while clause.start > segment.start:
        clause = context.clause(clause.start - 1)
        found.append((clause, _wheres(context, clause)))
    named = [(where, said) for where, said in found if said]
    if len(named) != 1 or number.start < named[0][0].end:
        return []
    where, said = named[0]
    return said if _opens_with_amount(context, where, said, amounts) else []


def _persons_said(context: SentenceContext, clause: Span, number: Span) -> list[str]:
    """Return the persons that a clause names before a figure."""
    chunks = context.statement.chunks(clause.start, max(clause.start, number.start))
    return [context.words(one.span) for one in chunks if one.kind == "person"]


def _opens_with_amount(context: SentenceContext, clause: Span, said: list[Chunk], amounts: set[int]) -> bool:
    """Return True if a clause opens with places that have its amount, and neither bear it nor are dealt several."""
    lists = context.statement.words.lists
    run = runs_of(context, [one.span for one in said])[0]
    number, start = context.number_from(run[-1].end), past_marker(context.text, clause)
    # 2031年|深圳市月标准为2360元，小时标准为22.2元
    start = next((one.span.end for one in context.mentions.dates if one.span.start == start), start)
    first = context.statement.chunks(start, run[0].start)[:1]
    if first and first[0].kind == "grade" and first[0].span == Span(start, run[0].start - 1):
        start = run[0].start  # 一类区（|南京市、苏州市|）
    if run[0].start > start or len(run) != len(said) or number not in amounts or number >= clause.end:
        return False
    words = context.words(Span(run[-1].end, clause.end))
    # 市财政承担60%，章贡区承担40%，每人补助300元; 东平县中医院起付线为400元
    apart = lists.sharing.meets(words) or context.linking_resources.lists.respectively.meets(words)
    if apart or any(
        one.kind == "provider" and one.span.start == run[-1].end for one in context.statement.chunks(*clause)
    ):
        return False
    if said[0].kind == "grade":
        counts = counts_values(context, said[0].span, Span(number, number))
        return lists.area_ends.meets(context.words(said[0].span)) and not counts
    return not is_of_all(context, run[0]) and any(_is_named_place(context, one) for one in run)


def _wheres(context: SentenceContext, place: Span) -> list[Chunk]:
    """Return the places and classes that a stretch of text names, but for what a bracket adds to them.

    Of a class with its places in a bracket these: 一类区（|南京市、苏州市|）月标准为2010元，小时标准为20元.
    """
    if place.end - place.start > REACH:
        return []
    named = [one for one in context.statement.chunks(*place) if one.kind in ("place", "grade")]
    named = [one for one in named if not is_added(context, one.span, Span(place.end, place.end))]
    spelt = {aside.start for one in named if one.kind == "place" and (aside := context.bracket(one.span.start))}
    return [one for one in named if one.kind == "place" or one.span.end not in spelt]


def _is_named_place(context: SentenceContext, place: Span) -> bool:
    """Return True for a place with a name, or a part of the notice's region: 崇川区, 市区, 各县; not 乡镇（街道）, 今年全市, 家住信州区."""
    lists, said = context.statement.words.lists, context.words(place)
    part = lists.region_parts.meets(said) or lists.each_part.meets(said) or lists.rest_of.meets(said)
    return part or said in context.linking_resources.place_names


def opening_places(context: SentenceContext, item: Span) -> list[Span]:
    """Return the places that open the clause of a list's items: 香洲区|一人提取、夫妻双方提取的限额分别提高….

    None where they are items themselves: 甲县、乙县分别为….
    """
    clause = context.clause(item.start)
    places = [one.span for one in context.statement.chunks(*clause) if one.kind == "place"]
    own = [one for one in places if within(one, item)]
    start = item.start if own else past_marker(context.text, clause)
    run = runs_of(context, own or places)[0] if places else []
    told = bool(run) and run[0].start <= start and run[-1].end < item.end and run[0].end - run[0].start > 1
    return run if told and context.words(run[0]) not in context.statement.words.places else []


def places_behind(context: SentenceContext, number: Span) -> list[Span]:
    """Return the places that the words behind say a statement is for: 第一档：月标准2100元。适用于崇川区、通州区."""
    held = context.words_behind(number)
    found = context.statement.words.lists.applied_in.pattern.match(context.text, *held) if held else None
    if found is None or held is None:
        return []
    chunks = context.statement.chunks(found.end(), held.end)
    if not chunks or chunks[0].span.start != found.end() or any(one.kind != "place" for one in chunks):
        return []
    run = runs_of(context, [one.span for one in chunks])[0]
    whole = run[-1].end == held.end and context.words(run[0]) not in context.statement.words.places
    return run if whole else []


def is_own_region(context: SentenceContext, place: Span) -> bool:
    """Return True for the region that the notice is of: |安庆市|将月最低工资调整为1500元."""
    region, said = context.notice.region, context.words(place)
    # 江西 and 南昌, too
    return region is not None and len(said) > 1 and region.name.startswith(said)
