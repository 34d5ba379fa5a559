"""Which year or day the figures of a sentence have from its dates: due, in force from or until, of a year, compared with one."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING

from extractor.model import DateMention, Span
from extractor.notice.facts.dates.roles import DatedUse, due_of
from extractor.notice.facts.dates.signs import (
    date_runs,
    dates_dealt,
    is_level,
    is_old,
    is_target,
    of_one,
    opens,
    words_of,
    year_of,
)
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.facts.names.statement import OF

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

_BASE_REACH = 8
# A title is one of so many first sentences.
_HEAD = 8
# 同比增长（%）
_BRACKET = re.compile(r"\s*(?:[（(][^（）()]{0,24}[）)])?\s*$")


def heads_column(context: SentenceContext) -> bool:
    """Return True if a sentence is a head of a table that says nothing but of when its cells are: 2031年1月1日."""
    sentence = context.sentence
    bare = sentence.kind == "cell" and not sentence.context
    return bare and any(date.span == context.span for date in context.mentions.dates)


def share_years(context: SentenceContext, dates: list[DatedUse], drafts: list[Draft]) -> None:
    """Give 2025年、2026年分别达到600元、750元 their years in order."""
    lists = context.linking_resources.lists
    for run in date_runs(context, dates):
        if not lists.respectively.meets(context.text[run[-1].date.span.end : context.span.end]):
            continue
        following = [draft for draft in drafts if run[-1].date.span.end <= draft.number.start < run[-1].until]
        for dated, draft in dates_dealt(run, following):
            draft.applies_to = dated.date.edtf
            draft.support += [("applies_to", span) for span in words_of(dated.date)]


def give_start(context: SentenceContext, dated: DatedUse, drafts: list[Draft], others: list[DatedUse]) -> None:
    """Give 自2031年1月1日起 to the figures behind it, and where nothing but 执行 stands there, to those before it.

    Not past a later year that opens a clause: 自2030年起每人1800元；|2031年，又提高到1900元.
    """
    date = dated.date
    if date.relative or not date.value:
        return
    if date.precision != "day":
        _give_later_year(context, dated, drafts)
        return
    later = (one.date for one in others if one.use == "applies" and one.date.span.start > date.span.end)
    opening = (
        one
        for one in later
        if (one.value or "")[:4] > date.value[:4] and opens(context, one, context.clause(one.span.start))
    )
    until = min((one.span.start for one in opening), default=dated.until)
    following = [draft for draft in drafts if date.span.end <= draft.number.start < min(until, dated.until)]
    for draft in (*following, *_held_from(context, date, drafts)):
        if is_level(draft) and draft.valid_from is None and not _comes_by_degrees(context, draft):
            draft.valid_from = date.value
            draft.support += [("valid", span) for span in words_of(date)]


def _give_later_year(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give levels the year from which on they hold where it is later than the notice's: 从2031年春季学期起，…2300元, in one of 2030."""
    year, own = (dated.date.value or "")[:4], context.notice.policy_year
    if own is None or not year.isdecimal() or int(year) <= own:
        return
    for draft in drafts:
        if dated.date.span.end <= draft.number.start < dated.until and is_level(draft) and draft.applies_to is None:
            draft.applies_to = year
            draft.support += [("applies_to", span) for span in words_of(dated.date)]


def _comes_by_degrees(context: SentenceContext, draft: Draft) -> bool:
    """Return True if a figure is come to by and by: 从2030年1月1日起，最低缴费年限由十五年逐步提高至|二十年|."""
    start = context.clause(draft.number.start).start
    return context.linking_resources.lists.by_degrees.meets(context.text[start : draft.number.start])


def _held_from(context: SentenceContext, date: DateMention, drafts: list[Draft]) -> list[Draft]:
    """List the figures before a day of which its clause says no more than that they hold: 按3%确定，自2031年1月1日起执行."""
    clause, segment = context.clause(date.span.start), context.segment(date.span.start)
    alone = not context.text[clause.start : date.span.start].strip()
    if not alone or not context.linking_resources.lists.effects.meets(context.text[date.span.end : clause.end].strip()):
        return []
    own = (draft for draft in drafts if segment.start <= draft.span.start and draft.span.end <= clause.start)
    # 在运行一年的基础上…，自2026年1月1日起执行: a span or a count tells how it came about
    return [draft for draft in own if draft.kind in ("money", "rate")]


def give_end_of_old(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give the day before 自2031年1月1日起 to old values that no longer hold from then on: 350元的标准不再执行."""
    date = dated.date
    if date.relative or not date.value or date.precision != "day" or date.operator != "ge":
        return
    for draft in drafts:
        if draft.role != "previous" or draft.valid_to is not None or draft.number.start >= dated.until:
            continue
        if any(date.span.end <= max(draft.number.start, span.end) for span in _ended(context, draft)):
            draft.valid_to = _day_before(date.value)
            draft.support += [("valid", span) for span in words_of(date)]


def _ended(context: SentenceContext, draft: Draft) -> list[Span]:
    """Return the words by which an old value no longer holds at all; none where it is the start of a change."""
    ended = context.linking_resources.lists.ended
    return [span for what, span in draft.support if what == "role" and ended.meets(context.words(span))]


def mark_ended(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let the words that end an old value tell so, whether or not they name a day."""
    for draft in drafts:
        if draft.role == "previous":
            draft.support += [("valid", span) for span in _ended(context, draft)]


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def give_end(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give a last day to the figures before it in its sentence: 失业保险费率降至1%，执行至2031年12月31日."""
    date = dated.date
    before = context.text[max(context.span.start, date.span.start - 10) : date.span.start]
    found = context.linking_resources.lists.in_force_until.pattern.search(before)
    if found is None or dated.use != "fact" or date.kind != "date" or date.relative or date.precision != "day":
        return
    words = Span(date.span.start - len(before) + found.start(), date.span.end)
    # 每月900元，原标准850元执行至2031年6月30日: those of its own clause alone, where it has any.
    clause = context.clause(date.span.start)
    earlier = [draft for draft in drafts if draft.span.end <= words.start and is_target(draft)]
    own = [one for one in earlier if clause.start <= one.span.start and one.role in ("level", "previous")]
    for draft in own or filter(is_level, earlier):
        if draft.valid_to is None:
            draft.valid_to = date.value
            draft.support += [("valid", span) for span in (words, *words_of(date)[1:])]


def hold_until_changed(context: SentenceContext, drafts: list[Draft]) -> None:
    """Say of the figures before 执行至下一调整日, in its sentence, that they hold until they are adjusted."""
    if not any(is_level(draft) for draft in drafts):
        return
    found = context.linking_resources.lists.until_changed.pattern.search(context.text, *context.span)
    for draft in drafts if found else ():
        if found and is_level(draft) and draft.span.end <= found.end():
            draft.until_changed = True
            draft.support.append(("valid", Span(*found.span())))


def give_year(context: SentenceContext, dated: DatedUse, drafts: list[Draft], others: list[DatedUse]) -> None:
    """Give a year to the figures that it is said of: at the head of a statement to all up to the next year.

    由2025年的41%提高到44% and 在上年380元的基础上增加20元 give it to the one figure, 比2025年削减8% says what the change is
    measured against. ``others`` are the sentence's dates.
    """
    date = dated.date
    following = [draft for draft in drafts if date.span.end <= draft.number.start]
    if date.relative or not following:
        return
    clause = context.clause(date.span.start)
    near = following[0]
    base = near.base_phrase if near.kind == "rate" and near.role in ("level", "previous") else None
    if base and within(date.span, base) and date.span.start > clause.start:
        return  # 按企业上年度缴费的60%返还、大型企业不超过30%: the year is the base's
    if _measures_change(context, date, near):
        # 与2023年相比，2028年日均客运量增长22%
        apart = context.linking_resources.lists.compared_after.meets(context.text[date.span.end : clause.end])
        reach = context.clause(min(clause.end + 1, context.span.end - 1)).end if apart else clause.end
        if near.number.start < reach:
            _compare_all(context, following, date)
        return
    if of_one(context, date, near):
        given = following[:1]
        behind = context.text[near.span.end : near.span.end + _BASE_REACH]
        if len(following) > 1 and context.linking_resources.lists.compared_after.meets(behind):
            _compare(following[1], date)
    elif opens(context, date, clause) and not _is_told_beside(context, date, near):
        heads = [
            other.date.span.start
            for other in others
            if other.date.span.start > date.span.start and (_heads(context, other) or _is_due_later(other, date))
        ]
        # 2023年标准为2200元，此次调整增加160元: what is said of now is of another year
        lists = context.linking_resources.lists
        now = lists.this_time.pattern.search(context.text, date.span.end, context.span.end)
        earned = lists.incomes.meets(near.subject or "")
        by = lists.reckoned_by.pattern.search(context.text, near.span.end, context.span.end) if earned else None
        until = min([*heads, *(one.start() for one in (now, by) if one)], default=context.span.end)
        given = [draft for draft in following if draft.number.start < until]
    else:
        given = [draft for draft in following if draft.number.start < clause.end]
    for draft in given:
        # 2022年350元、2023年380元: a year right before a figure is that figure's.
        nearer = any(
            date.span.end <= other.span.start < draft.number.start and of_one(context, other, draft)
            for other in context.mentions.dates
        )
        # 按2023年退休人员月人均基本养老金的3%: the year of a base is not the share's.
        phrase = draft.base_phrase
        of_base = phrase is not None and within(date.span, phrase) and date.span.end < phrase.end
        of_base = of_base or _is_of_income(context, date, draft)
        if draft.applies_to is None and not nearer and not of_base and not is_old(context, date, draft, given):
            draft.applies_to = year_of(context, date)
            draft.support += [("applies_to", span) for span in words_of(date)]


def _is_written(context: SentenceContext, date: DateMention) -> bool:
    """Return True if a date has figures of its own: 2022年; not 上年, 去年."""
    return any(map(str.isdecimal, context.words(date.span)))


def _is_of_income(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if 上年 only says when somebody earned what a limit is of: 申请家庭|上年度|人均可支配收入不高于44600元."""
    bounds = draft.role in ("level", "condition") and draft.operator in ("le", "lt", "ge", "gt")
    return (
        bounds and not _is_written(context, date) and context.linking_resources.lists.incomes.meets(draft.subject or "")
    )


def _compare_all(context: SentenceContext, drafts: list[Draft], date: DateMention) -> None:
    """Say what a change is measured against, and those listed with it: 比2020年分别下降8%、10%; 下降15%，力争下降17%."""
    segment = context.segment(drafts[0].number.start)
    _compare(drafts[0], date)
    for before, draft in itertools.pairwise(drafts):
        gap = context.text[before.span.end : draft.span.start].strip()
        listed = gap in context.linking_resources.lists.joints.words
        again = draft.subject == drafts[0].subject and draft.number.start < segment.end
        dated = any(before.span.end <= other.span.start < draft.span.start for other in context.mentions.dates)
        if draft.role != drafts[0].role or draft.kind != drafts[0].kind or dated or not (listed or again):
            return
        _compare(draft, date)


def _compare(draft: Draft, date: DateMention) -> None:
    if draft.compared_to is None:
        draft.compared_to = date.edtf
        draft.support += [("compared_to", span) for span in words_of(date)]


def _heads(context: SentenceContext, dated: DatedUse) -> bool:
    """Return True if a date begins a statement about another year: not 比2020年, nor 由2020年的41%."""
    before = context.text[max(context.span.start, dated.date.span.start - 2) : dated.date.span.start]
    lists = context.linking_resources.lists
    compared = lists.compared_before.meets(before) or lists.past_before.meets(before) or lists.old_before.meets(before)
    return dated.use == "applies" and not compared


def _is_due_later(dated: DatedUse, date: DateMention) -> bool:
    """Return True if what stands behind a day is to be reached by it, in another year: 2023年底80%，2024年底前达到90%."""
    due = due_of(dated.date) if dated.use == "due" else None
    return due is not None and date.value is not None and due[:4] != date.value[:4]


def _is_told_beside(context: SentenceContext, date: DateMention, near: Draft) -> bool:
    """Return True if 去年 only says, behind the figure that is told, how much it was: 每月涨1.2元，|去年为1元|；比例为0.5%."""
    start = context.clause(date.span.start).start
    if _is_written(context, date) or context.figure_before(start) <= context.segment(start).start:
        return False  # 2030年为5000元，2031年为3000元，降低2000元
    return context.linking_resources.lists.was_so_much.meets(context.text[date.span.end : near.span.start])


def _measures_change(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year is only what a change is measured against: 比上年增加30元; 在上年380元的基础上增加20元."""
    lists = context.linking_resources.lists
    until = [other.span.start for other in context.mentions.dates if date.span.end <= other.span.start]
    between = context.text[date.span.end : max(date.span.end, min(draft.number.start, *until, draft.number.start))]
    before = context.text[max(context.span.start, date.span.start - 2) : date.span.start]
    if context.statement.words.lists.as_base.meets(between):
        return True  # （以2025年为基数）削减12%
    owned = between.startswith(OF) or context.text.startswith(OF, date.span.end - 1)
    if lists.compared_before.meets(before) and not (owned and of_one(context, date, draft)):
        return True
    return draft.role in ("increase", "decrease") and lists.compared_after.meets(between)


def give_section_year(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give the year of a heading to the figures below it: 一、2030年工作回顾; in no sentence to an old value."""
    old = () if context.sentence.kind == "cell" else ("previous",)
    free = [
        d for d in drafts
        if d.applies_to is None and d.due is None and d.compared_to is None and is_target(d) and d.role not in old
    ]  # fmt: skip
    if not free:
        return
    lists = context.linking_resources.lists
    for span in (*context.sentence.context, *_columns_beside(context), *_head_before(context), *context.headings):
        pattern = lists.heading_year.pattern
        if base := _compared_by(context, span):
            # 比2025年增长 above a column: of which year its changes are stands elsewhere.
            for draft in free:
                draft.compared_to = context.words(base)[:4]
                draft.support.append(("compared_to", base))
            continue
        years = {match.group("year"): Span(*match.span()) for match in pattern.finditer(context.text, *span)}
        # 113年1月1日 above a column
        said = context.dated_heads.get(span.start, ()) if not years and span in context.sentence.context else ()
        years = years or {
            date.edtf[:4]: date.span for date in said if date.kind == "date" and date.edtf[:4].isdecimal()
        }
        if len(years) == 1:
            [(year, place)] = years.items()
            for draft in free:
                draft.applies_to = year
                draft.support.append(("applies_to", place))
            return


def look_back(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give the figures below 过去一年工作 the year that opens its first sentence, else the one before the year of the title."""
    lists = context.linking_resources.lists
    found = ((span, lists.look_back.pattern.search(context.text, *span)) for span in context.headings)
    heading = next(((span, said) for span, said in found if said), None)
    if heading is None:
        return
    span, said = heading
    following = (one.span for one in context.notice.sentences if one.kind == "body" and one.span.start >= span.end)
    first = next(following, span)
    years = lists.heading_year.pattern
    opening = years.match(context.text, first.end - len(context.words(first).lstrip()), first.end)
    titles = (one.span for one in context.notice.sentences[:_HEAD] if one.kind == "head")
    titled = next((match for title in titles if (match := years.search(context.text, *title))), None)
    if opening and (titled is None or opening["year"] < titled["year"]):
        year, places = opening["year"], [Span(*opening.span()), Span(*said.span())]
    elif titled and said["last"]:
        year, places = str(int(titled["year"]) - 1), [Span(*said.span()), Span(*titled.span())]
    else:
        return
    for draft in drafts:
        # 比上年提高1.9个百分点: the year before is counted from this one
        if (
            draft.applies_to is None
            and draft.due is None
            and is_target(draft)
            and draft.role not in ("previous", "condition")
        ):
            draft.applies_to = year
            draft.support += [("applies_to", place) for place in places]


def _columns_beside(context: SentenceContext) -> tuple[Span, ...]:
    """Return the heads of the nearest column on the left with a year, of whose value a cell is the change: 2030年|增长（%）."""
    sentence, lists = context.sentence, context.linking_resources.lists
    heads, row = sentence.context[: sentence.columns], sentence.context[sentence.columns :]
    changes = context.statement.words.lists.change_heads
    if sentence.kind != "cell" or not any(changes.meets(_BRACKET.sub("", context.words(head))) for head in heads):
        return ()
    for index in range(context.mentions.index - 1, -1, -1):
        cell = context.notice.sentences[index]
        if cell.kind != "cell" or cell.context[cell.columns :] != row:
            return ()
        above = cell.context[: cell.columns]
        if any(lists.heading_year.pattern.search(context.text, *head) for head in above):
            return above
    return ()


def _compared_by(context: SentenceContext, head: Span) -> Span | None:
    """Return the year that the head of a column measures its changes against: 比2025年增长."""
    if head not in context.sentence.context:
        return None
    lists = context.linking_resources.lists
    found = lists.heading_year.pattern.search(context.text, *head)
    if found is None or not lists.compared_before.meets(
        context.text[max(head.start, found.start() - 2) : found.start()]
    ):
        return None
    return Span(*found.span())


def _head_before(context: SentenceContext) -> tuple[Span, ...]:
    """Return the year that opens the sentence before, where this one goes on with it: 2030年，…1100元。其中，财政补助…, 年末…."""
    lists = context.linking_resources.lists
    index, said = context.mentions.index - 1, context.words(context.span).lstrip()
    if index < 0 or not (lists.goes_on.meets(said) or lists.same_year.meets(said)):
        return ()
    before = context.notice.sentences[index]
    if before.section != context.sentence.section:
        return ()
    text = context.words(before.span)
    lead = MARKER.match(text)
    start = before.span.start + (lead.end() if lead else len(text) - len(text.lstrip()))
    found = lists.heading_year.pattern.match(context.text, start, before.span.end)
    return (Span(*found.span()),) if found else ()
