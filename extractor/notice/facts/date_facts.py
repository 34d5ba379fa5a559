"""From the dates of a sentence to drafts of facts, and to the deadlines and starts of the other facts."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from itertools import groupby
from typing import TYPE_CHECKING

from extractor.model import DateMention, Kind, Role, Span
from extractor.notice.facts.date_roles import DatedUse, action_after, due_of, is_done_before, uses
from extractor.notice.facts.draft import Draft, modality_of
from extractor.notice.facts.fit import LinkedFigure
from extractor.notice.facts.groups import within
from extractor.notice.facts.link import LinkCase, link
from extractor.notice.facts.names import MARKER, MeasureName
from extractor.notice.facts.plan_years import (
    give_ends,
    give_heading_plan,
    give_paragraph_goal,
    give_paragraph_past,
    give_plan_years,
    give_report_year,
    give_years_behind,
    give_years_counted,
)
from extractor.notice.facts.scope import scope_of
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.facts.tables import cell_scope
from extractor.notice.facts.years_before import give_head_years, give_years_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.facts.context import SentenceContext

_TARGETS = ("rate", "count", "money", "duration")
_LONGEST_ACTION = 40
_BASE_REACH = 8
_OF = "的"
_LAST_DAY = "-12-31"
# A title is one of so many first sentences.
_HEAD = 8
# The year of a year's name: 2024|住房公积金年度, which is at most so long.
_YEAR_DIGITS = re.compile(r"\d(?=\D*$)")
_LONGEST_YEAR = 20
# 同比增长（%）
_BRACKET = re.compile(r"\s*(?:[（(][^（）()]{0,24}[）)])?\s*$")


def draft_dates(context: SentenceContext, drafts: list[Draft]) -> list[Draft]:
    """Give the drafts of a sentence their deadlines and starts; return the dates that are facts themselves."""
    made: list[Draft] = []
    found = [] if _heads_column(context) else uses(context)
    _share_years(context, [dated for dated in found if dated.use == "applies"], drafts)
    shared = _share_dues(context, [dated for dated in found if dated.use == "due"], drafts)
    for dated in found:
        if dated.date.span in shared:
            continue
        if dated.use == "due":
            _give_due(context, dated, drafts)
            if _is_milestone(context, dated, drafts):
                made.append(_milestone(context, dated))
        elif dated.use == "since":
            _give_start(context, dated, drafts, found)
            _give_end_of_old(context, dated, drafts)
            made.append(_date(context, dated, role="level"))
        elif dated.use == "applies":
            _give_year(context, dated, drafts, found)
        elif dated.use in ("fact", "condition"):
            _give_end(context, dated, drafts)
            made.append(_date(context, dated, role="condition" if dated.use == "condition" else "level"))
    for dated in found:
        if dated.use == "applies":
            _give_year(context, dated, [draft for draft in made if draft.kind in ("period", "date")], found)
    give_plan_years(context, drafts)
    give_ends(context, drafts)
    give_paragraph_goal(context, drafts)
    give_paragraph_past(context, drafts)
    give_years_behind(context, drafts)
    give_heading_plan(context, drafts)
    give_section_year(context, drafts)
    _look_back(context, drafts)
    give_report_year(context, drafts)
    give_years_counted(context, drafts)
    give_years_before(context, drafts)
    give_head_years(context, drafts)
    _hold_until_changed(context, drafts)
    _mark_ended(context, drafts)
    return [draft for draft in made if draft.kind == "milestone" or draft.value or draft.lower]


def _is_target(draft: Draft) -> bool:
    """Return True for what may be reached in a year; of the ages only one that is measured is (人均预期寿命80岁)."""
    return draft.kind in _TARGETS or (draft.kind == "age" and draft.role != "condition")


def _heads_column(context: SentenceContext) -> bool:
    """Return True if a sentence is a head of a table that says nothing but of when its cells are: 2031年1月1日."""
    sentence = context.sentence
    bare = sentence.kind == "cell" and not sentence.context
    return bare and any(date.span == context.span for date in context.mentions.dates)


def _share_dues(context: SentenceContext, dues: list[DatedUse], drafts: list[Draft]) -> set[Span]:
    """Give 2023年底、2025年底分别不少于20%和30% their days in order; return the dates that were given so."""
    lists = context.linking_resources.lists
    for run in _runs(context, dues):
        if not lists.respectively.meets(context.text[run[-1].date.span.end : context.span.end]):
            continue
        announced = [d for d in drafts if run[-1].date.span.end <= d.number.start < run[-1].until and _is_target(d)]
        for dated, draft in _dealt(run, announced):
            draft.due, draft.edtf = due_of(dated.date), dated.date.edtf
            draft.support += [("due", span) for span in _said(dated.date)]
        return {dated.date.span for dated in run}
    return set()


def _runs(context: SentenceContext, dates: list[DatedUse]) -> list[list[DatedUse]]:
    """Return the dates that stand joined, as lists of two and more: 2022年、2023年和2024年."""
    runs: list[list[DatedUse]] = []
    for dated in dates:
        gap = context.text[runs[-1][-1].date.span.end : dated.date.span.start].strip() if runs else ""
        if runs and context.linking_resources.lists.date_joints.meets(gap):
            runs[-1].append(dated)
        else:
            runs.append([dated])
    return [run for run in runs if len(run) > 1]


def _dealt(run: list[DatedUse], drafts: list[Draft]) -> Iterator[tuple[DatedUse, Draft]]:
    """Deal figures out to the dates of a list, in order: of each kind and unit that are as many as there are dates."""
    for _, same in groupby(drafts, key=lambda draft: (draft.kind, draft.unit, draft.subject)):
        listed = list(same)
        if len(listed) == len(run):
            yield from zip(run, listed, strict=True)


def _share_years(context: SentenceContext, dates: list[DatedUse], drafts: list[Draft]) -> None:
    """Give 2025年、2026年分别达到600元、750元 their years in order."""
    lists = context.linking_resources.lists
    for run in _runs(context, dates):
        if not lists.respectively.meets(context.text[run[-1].date.span.end : context.span.end]):
            continue
        following = [draft for draft in drafts if run[-1].date.span.end <= draft.number.start < run[-1].until]
        for dated, draft in _dealt(run, following):
            draft.applies_to = dated.date.edtf
            draft.support += [("applies_to", span) for span in _said(dated.date)]


def _give_due(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    due = due_of(dated.date)
    clause = context.clause(dated.date.span.start)
    for draft in drafts:
        after = dated.date.span.end <= draft.number.start < dated.until
        # 参保率于2025年底前达到95%: the date may stand between subject and figure, never behind a figure of another clause.
        if (
            due
            and after
            and draft.due is None
            and draft.role in ("level", "increase", "decrease")
            and _is_target(draft)
        ):
            if (
                draft.kind in ("money", "duration")
                and clause != context.clause(draft.number.start)
                and (draft.operator == "eq" or draft.per)
            ):
                continue  # 2024年10月底前完成超低排放改造，对淘汰的货车每辆最高补助1.8万元
            if _is_kept(context, dated.date, draft) or _is_of_base(context, dated.date, draft):
                continue
            if _is_past(context, dated.date, draft):
                draft.applies_to = due[:4]
                draft.support += [("applies_to", span) for span in _said(dated.date)]
                continue
            draft.due, draft.edtf = due, draft.edtf or dated.date.edtf
            draft.support += [("due", span) for span in _said(dated.date)]


def _is_of_base(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a date only says when what a share is taken of was so: 增加额为|2020年底|本人月基本养老金的1%; not 前完成任务的七成."""
    bases = (span for what, span in draft.support if what == "base" and span.start <= date.span.end <= span.end)
    base = next(bases, None)
    return base is not None and all(
        piece.use not in VERBS for piece in context.statement.cut(Span(date.span.end, base.end))
    )


def _is_kept(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a deadline's clause says what is due and a figure of the next is kept: 10月底前出台细则，确保参保率稳定在95%以上."""
    due, own = context.clause(date.span.start), context.clause(draft.number.start)
    kept = context.linking_resources.lists.kept_at.meets(context.text[own.start : draft.number.start])
    return kept and own != due and bool(context.text[date.span.end : due.end].strip())


def _is_past(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year tells when a figure was reached, before the notice's own: 由2025年的53%提升到2030年的58%, in 2031."""
    own, said = context.notice.policy_year, context.notice.issued_on or context.notice.published_on
    if date.precision != "year" or date.value is None:
        return False
    past = own is not None and int(date.value[:4]) < own
    past = past or (said is not None and f"{date.value[:4]}{_LAST_DAY}" < said)
    return past and context.text.startswith(_OF, date.span.end) and _of_one(context, date, draft)


def _give_start(context: SentenceContext, dated: DatedUse, drafts: list[Draft], others: list[DatedUse]) -> None:
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
        if (one.value or "")[:4] > date.value[:4] and _opens(context, one, context.clause(one.span.start))
    )
    until = min((one.span.start for one in opening), default=dated.until)
    following = [draft for draft in drafts if date.span.end <= draft.number.start < min(until, dated.until)]
    for draft in (*following, *_held_from(context, date, drafts)):
        if _is_level(draft) and draft.valid_from is None and not _comes_by_degrees(context, draft):
            draft.valid_from = date.value
            draft.support += [("valid", span) for span in _said(date)]


def _give_later_year(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give levels the year from which on they hold where it is later than the notice's: 从2031年春季学期起，…2300元, in one of 2030."""
    year, own = (dated.date.value or "")[:4], context.notice.policy_year
    if own is None or not year.isdecimal() or int(year) <= own:
        return
    for draft in drafts:
        if dated.date.span.end <= draft.number.start < dated.until and _is_level(draft) and draft.applies_to is None:
            draft.applies_to = year
            draft.support += [("applies_to", span) for span in _said(dated.date)]


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


def _give_end_of_old(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give the day before 自2031年1月1日起 to old values that no longer hold from then on: 350元的标准不再执行."""
    date = dated.date
    if date.relative or not date.value or date.precision != "day" or date.operator != "ge":
        return
    for draft in drafts:
        if draft.role != "previous" or draft.valid_to is not None or draft.number.start >= dated.until:
            continue
        if any(date.span.end <= max(draft.number.start, span.end) for span in _ended(context, draft)):
            draft.valid_to = _day_before(date.value)
            draft.support += [("valid", span) for span in _said(date)]


def _ended(context: SentenceContext, draft: Draft) -> list[Span]:
    """Return the words by which an old value no longer holds at all; none where it is the start of a change."""
    ended = context.linking_resources.lists.ended
    return [span for what, span in draft.support if what == "role" and ended.meets(context.words(span))]


def _mark_ended(context: SentenceContext, drafts: list[Draft]) -> None:
    """Let the words that end an old value tell so, whether or not they name a day."""
    for draft in drafts:
        if draft.role == "previous":
            draft.support += [("valid", span) for span in _ended(context, draft)]


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def _give_end(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Give a last day to the figures before it in its sentence: 失业保险费率降至1%，执行至2031年12月31日."""
    date = dated.date
    before = context.text[max(context.span.start, date.span.start - 10) : date.span.start]
    found = context.linking_resources.lists.in_force_until.pattern.search(before)
    if found is None or dated.use != "fact" or date.kind != "date" or date.relative or date.precision != "day":
        return
    words = Span(date.span.start - len(before) + found.start(), date.span.end)
    # 每月900元，原标准850元执行至2031年6月30日: those of its own clause alone, where it has any.
    clause = context.clause(date.span.start)
    earlier = [draft for draft in drafts if draft.span.end <= words.start and _is_target(draft)]
    own = [one for one in earlier if clause.start <= one.span.start and one.role in ("level", "previous")]
    for draft in own or filter(_is_level, earlier):
        if draft.valid_to is None:
            draft.valid_to = date.value
            draft.support += [("valid", span) for span in (words, *_said(date)[1:])]


def _hold_until_changed(context: SentenceContext, drafts: list[Draft]) -> None:
    """Say of the figures before 执行至下一调整日, in its sentence, that they hold until they are adjusted."""
    if not any(_is_level(draft) for draft in drafts):
        return
    found = context.linking_resources.lists.until_changed.pattern.search(context.text, *context.span)
    for draft in drafts if found else ():
        if found and _is_level(draft) and draft.span.end <= found.end():
            draft.until_changed = True
            draft.support.append(("valid", Span(*found.span())))


def _is_level(draft: Draft) -> bool:
    return draft.role == "level" and _is_target(draft)


def _give_year(context: SentenceContext, dated: DatedUse, drafts: list[Draft], others: list[DatedUse]) -> None:
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
    if _of_one(context, date, near):
        given = following[:1]
        behind = context.text[near.span.end : near.span.end + _BASE_REACH]
        if len(following) > 1 and context.linking_resources.lists.compared_after.meets(behind):
            _compare(following[1], date)
    elif _opens(context, date, clause) and not _is_told_beside(context, date, near):
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
            date.span.end <= other.span.start < draft.number.start and _of_one(context, other, draft)
            for other in context.mentions.dates
        )
        # 按2023年退休人员月人均基本养老金的3%: the year of a base is not the share's.
        phrase = draft.base_phrase
        of_base = phrase is not None and within(date.span, phrase) and date.span.end < phrase.end
        of_base = of_base or _is_of_income(context, date, draft)
        if draft.applies_to is None and not nearer and not of_base and not _is_old(context, date, draft, given):
            draft.applies_to = _year_of(context, date)
            draft.support += [("applies_to", span) for span in _said(date)]


def _is_written(context: SentenceContext, date: DateMention) -> bool:
    """Return True if a date has figures of its own: 2022年; not 上年, 去年."""
    return any(map(str.isdecimal, context.words(date.span)))


def _is_of_income(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if 上年 only says when somebody earned what a limit is of: 申请家庭|上年度|人均可支配收入不高于44600元."""
    bounds = draft.role in ("level", "condition") and draft.operator in ("le", "lt", "ge", "gt")
    return (
        bounds and not _is_written(context, date) and context.linking_resources.lists.incomes.meets(draft.subject or "")
    )


def _year_of(context: SentenceContext, date: DateMention) -> str:
    """Return what a date says that a figure is of: of the year, where it is told at its end (截至2022年底)."""
    at_end = context.linking_resources.lists.year_ends.meets(context.words(date.span))
    return date.edtf[:4] if at_end and date.edtf[:4].isdecimal() and date.edtf.endswith(_LAST_DAY) else date.edtf


def _is_old(context: SentenceContext, date: DateMention, draft: Draft, given: list[Draft]) -> bool:
    """Return True if a year is that of the new value, and an old one only stands beside it: 2025年度标准由380元调整为400元."""
    if draft.role != "previous" or _of_one(context, date, draft):
        return False
    return any(other.role != "previous" for other in given) or _opens(context, date, context.clause(date.span.start))


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
        draft.support += [("compared_to", span) for span in _said(date)]


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


def _opens(context: SentenceContext, date: DateMention, clause: Span) -> bool:
    """Return True if a year stands at the head of its statement, behind nothing but the item's number or 截至."""
    opening = MARKER.sub("", context.text[clause.start : date.span.start]).strip()
    return not opening or context.linking_resources.lists.as_of.meets(opening)


def _is_told_beside(context: SentenceContext, date: DateMention, near: Draft) -> bool:
    """Return True if 去年 only says, behind the figure that is told, how much it was: 每月涨1.2元，|去年为1元|；比例为0.5%."""
    start = context.clause(date.span.start).start
    if _is_written(context, date) or context.figure_before(start) <= context.segment(start).start:
        return False  # 2030年为5000元，2031年为3000元，降低2000元
    return context.linking_resources.lists.was_so_much.meets(context.text[date.span.end : near.span.start])


def _of_one(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year is that of the number right behind it: 2025年的41%, 2030年的每人每月850元."""
    between = context.text[date.span.end : draft.span.start]
    units = context.linking_resources.units
    # 月缴存基数 is per month by its name, and no word of how often.
    pers = [at for _, at in units.per_found(between, 0, len(between)) if units.says_how_often(between, at)]
    bare = len(between) - sum(span.end - span.start for span in pers)
    return bare == 0 or (bare == 1 and (between.startswith("的") or draft.role == "previous"))


def _measures_change(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year is only what a change is measured against: 比上年增加30元; 在上年380元的基础上增加20元."""
    lists = context.linking_resources.lists
    until = [other.span.start for other in context.mentions.dates if date.span.end <= other.span.start]
    between = context.text[date.span.end : max(date.span.end, min(draft.number.start, *until, draft.number.start))]
    before = context.text[max(context.span.start, date.span.start - 2) : date.span.start]
    if context.statement.words.lists.as_base.meets(between):
        return True  # （以2025年为基数）削减12%
    owned = between.startswith(_OF) or context.text.startswith(_OF, date.span.end - 1)
    if lists.compared_before.meets(before) and not (owned and _of_one(context, date, draft)):
        return True
    return draft.role in ("increase", "decrease") and lists.compared_after.meets(between)


def give_section_year(context: SentenceContext, drafts: list[Draft]) -> None:
    """Give the year of a heading to the figures below it: 一、2030年工作回顾; in no sentence to an old value."""
    old = () if context.sentence.kind == "cell" else ("previous",)
    free = [
        d for d in drafts
        if d.applies_to is None and d.due is None and d.compared_to is None and _is_target(d) and d.role not in old
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


def _look_back(context: SentenceContext, drafts: list[Draft]) -> None:
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
            and _is_target(draft)
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


def _is_milestone(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> bool:
    """A deadline for an action that has no number of its own."""
    if due_of(dated.date) is None:
        return False
    action = action_after(context, dated)
    short = len(context.words(action).strip("，、 ")) < 4  # noqa: PLR2004 - shorter than any action
    if short and not is_done_before(context, dated):
        return False
    return not any(action.start <= draft.number.start < action.end and draft.role != "condition" for draft in drafts)


def _milestone(context: SentenceContext, dated: DatedUse) -> Draft:
    date = dated.date
    action = action_after(context, dated)
    case = LinkCase(context, LinkedFigure(date.span, date.span, "milestone", None, "eq"), until=dated.until)
    found = link(case)
    words = context.words(action).strip("，、 ")[:_LONGEST_ACTION]
    at = context.text.find(words, action.start)
    scoped = scope_of(context, date.span, None, left=context.span.start)
    opening = context.clause(date.span.start).start
    reader = context.statement
    done = reader.deed(*action) or reader.before(date.span, opening, "milestone") or _before_date(context, date, action)
    done = done or reader.begun(*action) or reader.verb(*action)
    subject = found.subject or (done.span if done else Span(at, at + len(words)))
    draft = Draft(
        span=date.span, number=date.span, rule=date.pattern, kind="milestone", due=due_of(date), edtf=date.edtf, link=found, case=case,
        subject=context.words(subject), scope=scoped.scope,
        modality=modality_of(context, action.end),
    )  # fmt: skip
    draft.support = [("subject", subject)]
    draft.support += [("scope", span) for span in scoped.support]
    draft.support += [("due", date.year_at)] if date.year_at else []
    return draft


def _owns_figure(context: SentenceContext, at: int) -> bool:
    """Return True if a figure says which a name is of, so that the figure's name tells more: 总费率1%的政策延长至4月30日."""
    return context.text.startswith(_OF, at - 1) and context.figure_before(at - 1) == at - 1


def _happened(context: SentenceContext, date: DateMention) -> MeasureName | None:
    """Return what had happened by a day to those who are meant: 12月31日前缴费的; 已办理退休手续的人员."""
    reader, end = context.statement, context.clause(date.span.start).end
    of = context.text.rfind(_OF, date.span.end, end)
    if of < 0:
        return reader.deed(date.span.end, end)
    return reader.deed(date.span.end, of) or reader.begun(date.span.end, of) or reader.verb(date.span.end, of)


def _before_date(context: SentenceContext, date: DateMention, action: Span) -> MeasureName | None:
    """Return what the clause before is about, where a deadline only says what happens to it: 名单由各县核定，于5月底前报送."""
    own = context.clause(date.span.start)
    reader = context.statement
    things = [one for one in reader.chunks(*action) if one.kind not in ("place", "time")]
    before = context.clause(own.start - 1) if own.start > context.segment(own.start).start else None
    if before is None or context.number_from(before.start) < before.end:
        return None
    if any(
        before.start <= other.span.start < before.end and other.operator == "le" for other in context.mentions.dates
    ):
        return None  # 3月底前完成名册核对，12月底前完成发放: that clause is about its own day
    sent = not things or reader.words.lists.into.meets(things[0].before)
    return reader.topic(before) if sent else None


def _glossed(context: SentenceContext, date: DateMention) -> MeasureName | None:
    """Return the year whose days a bracket behind it says: 2024住房公积金年度（|2024年7月1日至2025年6月30日|）."""
    held = context.bracket(date.span.start) if date.kind == "period" else None
    if held is None or context.text[held.start + 1 : held.end - 1].strip() != context.words(date.span):
        return None
    named = context.statement.chunks(context.clause(held.start).start, held.start)[-1:]
    if not named or named[0].kind != "time" or named[0].span.end != held.start:
        return None
    # 现将2018|医保年度
    year = _YEAR_DIGITS.search(context.text, max(context.span.start, held.start - _LONGEST_YEAR), held.start)
    return MeasureName(Span(year.end(), held.start) if year else named[0].span, "own")


def _date(context: SentenceContext, dated: DatedUse, *, role: Role) -> Draft:
    date = dated.date
    kind: Kind = "period" if date.kind == "period" else "date"
    limit = _limit(context, dated) if dated.use == "fact" and kind == "date" else None
    operator = "le" if limit else date.operator
    case = LinkCase(context, LinkedFigure(date.span, date.span, kind, None, operator, condition=role == "condition"))
    found = link(case)
    scoped = scope_of(context, date.span, None, left=context.span.start)
    subject: tuple[str | None, Span | None] = (
        (context.words(found.subject), found.subject) if found.subject else (None, None)
    )
    if subject[0] is None:
        action = action_after(context, dated)
        reader = context.statement
        measure = _happened(context, date) if role == "condition" else _glossed(context, date)
        measure = measure or reader.before(date.span, context.span.start, kind)
        if measure and (measure.step == "empty" or _owns_figure(context, measure.span.start)):
            # 单位应于6月底前办理登记: who acts is not what is done
            at = measure.span.start
            measure = reader.deed(*action) or reader.before(Span(at, at), context.span.start, kind) or measure
        measure = measure or reader.begun(*action) or reader.verb(*action)
        if measure and context.linking_resources.lists.effects.meets(context.words(measure.span)):
            measure = None  # 自2031年1月1日起执行: that it holds doesn't say what holds
        subject = (context.words(measure.span), measure.span) if measure else (None, None)
    scope, heads = scoped.scope, list[Span]()
    if context.sentence.kind == "cell":
        scope, heads = cell_scope(context, scope, subject[1], linked=bool(found.indicator))
    period = kind == "period"
    draft = Draft(
        span=date.span, number=date.span, rule=date.pattern, kind=kind, role=role, operator=operator, value=date.value,
        lower=date.lower, upper=date.upper, lower_inclusive=True if period else None, upper_inclusive=True if period else None,
        edtf=date.edtf if operator == date.operator else f"../{date.edtf}", link=found, case=case, subject=subject[0], scope=scope,
        modality=modality_of(context, date.span.end),
    )  # fmt: skip
    draft.support = [("subject", subject[1])] if subject[1] else []
    draft.support += [("scope", span) for span in (*scoped.support, *heads)]
    draft.support += [("operator", limit)] if limit else []
    draft.support += [("due", date.year_at)] if date.year_at else []
    draft.support += [("role", dated.said)] if role == "condition" and dated.said else []
    return draft


def _said(date: DateMention) -> list[Span]:
    """Return the words that a date rests on: its own, and those of the date that its year is taken from."""
    return [date.span, date.year_at] if date.year_at else [date.span]


def _limit(context: SentenceContext, dated: DatedUse) -> Span | None:
    """Return the words right before a day that make it the last one (有效期至); None where there are none."""
    start = dated.date.span.start
    before = context.text[max(context.span.start, start - 10) : start]
    if dated.date.operator != "eq":
        return None
    longest = max((len(word) for word in context.linking_resources.limits if before.endswith(word)), default=0)
    return Span(start - longest, start) if longest else None
