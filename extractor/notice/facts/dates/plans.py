"""The years of plans: “十三五”期间 is 2016 to 2020, 比“十二五”末 is against 2015."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.model import Span
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.numerals import parse_numeral

if TYPE_CHECKING:
    import re

    import regex

    from extractor.notice.facts.draft import Draft
    from extractor.notice.facts.sentence.context import SentenceContext

# The first plan began in 1953; since the tenth each is of five years, without years between.
_TENTH, _YEARS = 2001, 5
_COUNTED = ("rate", "count", "money", "duration", "age")
_CHANGES = ("increase", "decrease")
_STOP = "。"
# 2027年到2030年, and what a value was and became in them.
_RANGE, _PAIR = "date.range.years", 2
# A line that says no more than what the next ones are about.
_LINE = 60
# So many characters behind its opening a paragraph may still be of its year.
_PARAGRAPH = 600
# So far back what a part of a review tells of is looked for.
_PART = 16_000


def give_plan_years(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give figures the span of the plan that opens their statement, and changes the end of the plan they are against."""
    lists = context.linking_resources.lists
    if not lists.plan_spans.may_meet(context.words(context.span)):
        return
    for found in lists.plan_spans.pattern.finditer(context.text, *context.span):
        place = Span(*found.span())
        first = _first_year(found)
        clause = context.clause(place.start)
        if found["base"]:
            against = [one for one in drafts if place.end <= one.number.start < clause.end and one.role in _CHANGES]
            for draft in against:
                draft.compared_to, draft.applies_to = str(first + _YEARS - 1), None
                draft.support = [*(one for one in draft.support if one[0] != "applies_to"), ("compared_to", place)]
        elif not MARKER.sub("", context.text[clause.start : place.start]).strip():
            _give_span(context, drafts, place, f"{first}/{first + _YEARS - 1}")


def give_paragraph_goal(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give aims the year or the plan that opens their paragraph: 到2030年，能源结构优化。|非化石能源消费比重达到25%|.

    Not where one between, or the sentence up to the figure, says a time of its own, nor what is paid to each.
    """
    if not drafts or context.sentence.kind != "body":
        return
    low = max(0, context.span.start - _PARAGRAPH)
    line = context.text.rfind("\n", low, context.span.start)
    start = line + 1 if line >= 0 else low
    if start == context.span.start or (line < 0 and low):
        return  # it opens its paragraph, or stands too far below what does
    lists = context.linking_resources.lists
    opened = _goal_before(context, start)
    if opened is None:
        return
    other = lists.other_times.pattern.search(context.text, opened.end(), context.span.end)
    until = other.start() if other else context.span.end
    free = (one for one in drafts if context.clause(one.number.start).end <= until)
    aims = [one for one in free if _is_goal(one) and _is_aim(context, one)]
    if opened["plan"]:
        first = _first_year(opened)
        _give(aims, f"{first}/{first + _YEARS - 1}", Span(*opened.span()))
        return
    year, place = opened["year"], Span(*opened.span("year"))
    own = context.notice.policy_year
    for draft in aims if own is None or int(year) >= own else ():
        draft.due, draft.edtf = f"{year}-12-31", draft.edtf or year
        draft.support.append(("due", place))


def _goal_before(context: SentenceContext, start: int) -> re.Match[str] | regex.Match[str] | None:
    """Return the last words that open aims in a paragraph from ``start`` on: 到2025年，…。|到2030年，|结构优化。比重达到25%."""
    pattern, end = context.linking_resources.lists.goals_of_paragraph.pattern, context.span.start
    while end > start:
        at = max(start, context.text.rfind(_STOP, start, end - 1) + 1)
        if found := pattern.match(context.text, at, min(at + _LINE, context.span.start)):
            return found
        end = at
    return None


def _is_goal(draft: Draft) -> bool:
    """Return True for a figure without a time of its own; what a change is measured against is none: 比2020年下降13.5%."""
    return draft.applies_to is None and draft.due is None


def _is_aim(context: SentenceContext, draft: Draft) -> bool:
    """Return True if the clause of a figure says that it is to be reached."""
    if draft.kind not in _COUNTED or draft.role not in ("level", *_CHANGES) or (draft.kind == "money" and draft.per):
        return False
    aiming = context.linking_resources.lists.aiming.pattern
    return aiming.search(context.text, context.clause(draft.number.start).start, draft.number.end) is not None


def give_ends(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give a value and what it became the first and last of the years that open their statement: 2027年到2030年，占比由15.9%提升至17.9%."""
    own = context.notice.policy_year
    for date in context.mentions.dates:
        first, _, last = date.edtf.partition("/")
        if date.pattern != _RANGE or not (first.isdecimal() and last.isdecimal()) or own is None or int(last) > own:
            continue
        clause, behind = context.clause(date.span.start), [one for one in drafts if one.number.start >= date.span.end]
        if len(behind) < _PAIR or MARKER.sub("", context.text[clause.start : date.span.start]).strip():
            continue
        old, new = behind[:_PAIR]
        moved = (old.role, new.role) == ("previous", "level") and (old.kind, old.unit) == (new.kind, new.unit)
        if moved and _is_goal(old) and _is_goal(new) and context.in_one_segment(old.number.start, clause.start):
            _give([old], first, date.span)
            _give([new], last, date.span)


def give_paragraph_past(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give results the year before, where 去年 opens their paragraph: 去年，空气优良率为88%。|地表水优良比例达到91%|.

    Not where the sentence, or one between, says a time of its own, or what is to be done.
    """
    lists, planned = context.linking_resources.lists, context.notice.policy_year
    if context.notice.issued_on:
        planned = int(context.notice.issued_on[:4])
    low = max(0, context.span.start - _PARAGRAPH)
    start = context.text.rfind("\n", low, context.span.start) + 1
    if not drafts or planned is None or start in (0, context.span.start) or context.sentence.kind != "body":
        return
    opened = lists.past_of_paragraph.pattern.match(context.text, start, min(start + _LINE, context.span.start))
    if opened is None or lists.other_times.pattern.search(context.text, opened.end(), context.span.end):
        return
    if lists.ahead.pattern.search(context.text, opened.end(), context.span.end):
        return
    results = [one for one in _results(drafts) if not (one.kind == "money" and one.per)]
    _give(results, str(planned - 1), Span(*opened.span()))


def give_heading_plan(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give figures below “十四五”时期工作回顾 the years of the plan, or the one year that opens their paragraph.

    Below “十四五”时期和2025年工作回顾 only changes whose words tell of all years get those of the plan.
    """
    free = _results(drafts)
    found = _plan_above(context) if free else None
    if found is None:
        return
    heading, first, last, dated = found
    opening = _opening(context, heading)
    if opening and opening["year"] and first <= int(opening["year"]) <= last:
        _give(free, opening["year"], Span(*opening.span("year")))
        return
    of_all = bool(opening and opening["span"])
    place = Span(*opening.span("span")) if opening and of_all else heading
    parts = [] if dated else _parts(context, heading)
    for draft in free:
        part = _part_of(parts, draft)
        if part and not part.of_all:
            _give([draft], part.year or str(last), part.place)
        elif not dated or (draft.role in _CHANGES and (of_all or "year" in draft.per)):
            _give([draft], f"{first}/{last}", place)


def give_years_behind(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give changes in the part of a review that tells of five years those years: 五年来，我们…。城镇新增就业603万人.

    Which part that is the words say that open its sentences, and before them which the heading names first. So is what a
    change comes to in all (能耗累计下降17%), where the last of the years ends a plan.
    """
    free = [one for one in _results(drafts) if one.role in _CHANGES]
    found = _review_above(context) if free else None
    if found is None:
        return
    heading, last, plan_first = found
    parts, in_all = _parts(context, heading), context.linking_resources.lists.in_all
    near = context.span.start - heading.end <= _PART
    years = f"{last - _YEARS + 1}/{last}"
    for draft in free:
        part = _part_of(parts, draft)
        lead = context.text[max(context.span.start, draft.number.start - _LINE) : draft.number.start]
        summed = last % _YEARS == 0 and in_all.meets(lead)
        if (part and part.of_all) or (part is None and plan_first and near) or summed:
            _give([draft], years, part.place if part else heading)


def give_report_year(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give results in a work report whose headings name no year the last one, where the words say so that open their part.

    一、建设取得新成效⏎2025年是收官之年。一年来，…。|城镇新增就业54万人|
    """
    lists, planned = context.linking_resources.lists, context.notice.policy_year
    free = _results(drafts)
    if not free or planned is None or not lists.work_reports.meets(context.notice.title or ""):
        return
    telling = (lists.plan_heads, lists.heading_year, lists.look_back)
    if any(row.pattern.search(context.text, *heading) for row in telling for heading in context.headings):
        return
    start, index = 0, context.sentence.section
    while index is not None:
        section = context.notice.sections[index]
        start, index = section.span.start, section.parent
    parts = _parts(context, Span(start, start))
    for draft in free:
        part = _part_of(parts, draft)
        year = int(part.year or planned - 1) if part else planned
        if part and year < planned:
            _give([draft], str(year), part.place)


class _Part(NamedTuple):
    """Words that open a part of a review: of all years of a plan, of the one that they name, or of the last one."""

    place: Span
    of_all: bool
    year: str | None


def _parts(context: SentenceContext, heading: Span) -> list[_Part]:
    """Return what opens the parts of a review from a heading up to the end of a sentence."""
    lists = context.linking_resources.lists
    low = max(heading.end, context.span.start - _PART)
    line = context.text.rfind("\n", 0, context.span.start) + 1
    parts = []
    for found in lists.times_behind.pattern.finditer(context.text, low, context.span.end):
        # 年均增长5.7%。五年来，…: far within its paragraph it tells of that alone
        if found.start() >= line or _opens_paragraph(context, found.start()):
            year = lists.heading_year.pattern.search(context.text, *found.span())
            parts.append(_Part(Span(*found.span()), found["span"] is not None, year["year"] if year else None))
    return parts


def _part_of(parts: list[_Part], draft: Draft) -> _Part | None:
    """Return the part of a review that a figure stands in; None before the first."""
    return next((part for part in reversed(parts) if part.place.end <= draft.number.start), None)


def _opens_paragraph(context: SentenceContext, at: int) -> bool:
    """Return True if an address and a sentence without figures stand before a place in its paragraph: 各位代表！…收官。|五年来."""
    start = max(context.text.rfind("\n", 0, at) + 1, at - _LINE)
    said = context.linking_resources.lists.heading_year.pattern.sub("", context.text[start:at])
    return start > 0 and context.text[start - 1] == "\n" and not any(map(str.isdecimal, said))


def _review_above(context: SentenceContext) -> tuple[Span, int, bool] | None:
    """Return the heading of a review, the last year that it tells of, and whether it names a plan before that year."""
    lists, planned = context.linking_resources.lists, context.notice.policy_year
    for heading in context.headings:
        plan = lists.plan_heads.pattern.search(context.text, *heading)
        year = lists.heading_year.pattern.search(context.text, *heading)
        if year:
            last = int(year["year"])
            behind = planned is None or last < planned
            return (heading, last, plan is not None and plan.start() < year.start()) if behind else None
        if plan:
            return None  # what stands below is of the plan
        if planned is not None and lists.look_back.pattern.search(context.text, *heading):
            return heading, planned - 1, False
    if planned is None or planned % _YEARS != 1 or not context.headings:
        return None
    return context.headings[-1], planned - 1, False  # 二、关于规划纲要的说明 in a report on the year after a plan


def give_years_counted(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give changes over several years those years, counted from the one given: 五年年均增长5.2%, 十年增加70万亿元 in a review of 2030.

    What 年均 says is of no one year, if it is told of none: “十五五”时期年均增长5%; a year that its own clause names stays.
    """
    lists = context.linking_resources.lists
    for draft in drafts:
        if draft.role not in _CHANGES or draft.kind not in _COUNTED or draft.due:
            continue
        clause, segment = context.clause(draft.number.start), context.segment(draft.number.start)
        yearly = lists.yearly_mean.meets(context.text[clause.start : draft.number.start])
        start = segment.start if yearly else max(clause.start, context.figure_before(clause.start))
        found = [*lists.years_counted.pattern.finditer(context.text, start, draft.number.start)][-1:]
        if any(what == "applies_to" and clause.start <= span.start < clause.end for what, span in draft.support):
            continue
        years = _counted_years(draft.applies_to, found[0], context.notice.policy_year) if found else None
        given, single = draft.applies_to, (draft.applies_to or "").isdecimal()
        if years or ((found or yearly) and single):
            draft.support = [one for one in draft.support if one[0] != "applies_to"]
            draft.applies_to = None
        if years:
            _give([draft], years, Span(*found[0].span()))
        elif given and draft.applies_to is None:
            plans = [*lists.plan_spans.pattern.finditer(context.text, segment.start, draft.number.start)][-1:]
            for plan in plans if plans and not plans[0]["base"] else ():
                _give([draft], f"{_first_year(plan)}/{_first_year(plan) + _YEARS - 1}", Span(*plan.span()))


def _counted_years(given: str | None, found: re.Match[str] | regex.Match[str], planned: int | None) -> str | None:
    """Return the span of so many years that ends with the one given, or begins in the notice's own: 今后五年."""
    count = int(parse_numeral(found["count"]))
    if found["ahead"]:
        return f"{planned}/{planned + count - 1}" if planned else None
    last = (given or "").rpartition("/")[2]
    return f"{int(last) - count + 1}/{last}" if last.isdecimal() else None


def _results(drafts: list[Draft]) -> list[Draft]:
    """Return the figures of which no year is said and that may be results or aims of one."""
    return [
        one for one in drafts if _is_free(one) and one.kind in _COUNTED and one.role not in ("previous", "condition")
    ]


def _is_free(draft: Draft) -> bool:
    return draft.applies_to is None and draft.due is None and draft.compared_to is None


def _plan_above(context: SentenceContext) -> tuple[Span, int, int, bool] | None:
    """Return the nearest heading that names plans, their first and last year, and whether it names a year of its own, too.

    Or the one over 过去五年工作回顾, whose last year is the one before the notice's own.
    """
    lists = context.linking_resources.lists
    for heading in context.headings:
        firsts = [_first_year(found) for found in lists.plan_heads.pattern.finditer(context.text, *heading)]
        dated = lists.heading_year.pattern.search(context.text, *heading) is not None
        if firsts:
            first = _plan_spoken_of(context, heading, firsts)
            return heading, first, first + _YEARS - 1, dated
        if dated:
            return None
        planned = context.notice.policy_year
        if planned is not None and lists.five_years_heads.pattern.search(context.text, *heading):
            return heading, planned - _YEARS, planned - 1, False
    return None


def _plan_spoken_of(context: SentenceContext, heading: Span, firsts: list[int]) -> int:
    """Return the first year of the plan that was spoken of last, of those that a heading names: “十四五”成就和“十五五”目标."""
    spans = context.linking_resources.lists.plan_spans.pattern
    low = max(heading.end, context.span.start - _PART)
    spoken = (
        [_first_year(one) for one in spans.finditer(context.text, low, context.span.end)] if len(firsts) > 1 else []
    )
    return next((one for one in reversed(spoken) if one in firsts), firsts[0])


def _opening(context: SentenceContext, heading: Span) -> re.Match[str] | regex.Match[str] | None:
    """Return the words on time that open a sentence's paragraph, else its line above: 这五年，…."""
    pattern, end = context.linking_resources.lists.times_of_paragraph.pattern, context.span.start
    for _ in range(2):
        start = context.text.rfind("\n", 0, end) + 1
        if start <= heading.start:
            return None
        found = pattern.match(context.text, start)
        if found:
            return found
        end = len(context.text[:start].rstrip())
        if end - context.text.rfind("\n", 0, end) > _LINE:
            return None
    return None


def _first_year(found: re.Match[str] | regex.Match[str]) -> int:
    return _TENTH + (int(parse_numeral(found["plan"])) - 10) * _YEARS


def _give_span(context: SentenceContext, drafts: list[Draft], place: Span, years: str) -> None:
    """Give the years to the figures behind, up to the next date."""
    until = min(
        (one.span.start for one in context.mentions.dates if one.span.start >= place.end), default=context.span.end
    )
    behind = [draft for draft in drafts if place.end <= draft.number.start < until and draft.role != "previous"]
    _give([draft for draft in behind if _is_free(draft) and draft.kind in _COUNTED], years, place)


def _give(drafts: list[Draft], years: str, place: Span) -> None:
    for draft in drafts:
        draft.applies_to = years
        draft.support.append(("applies_to", place))
