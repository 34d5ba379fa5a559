"""From the dates of a sentence to drafts of facts, and to the deadlines and starts of the other facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.model import DateMention, Kind, Role, Span
from extractor.notice.facts.dates.before import give_head_years, give_years_before
from extractor.notice.facts.dates.dues import give_due, share_dues
from extractor.notice.facts.dates.plans import (
    give_ends,
    give_heading_plan,
    give_paragraph_goal,
    give_paragraph_past,
    give_plan_years,
    give_report_year,
    give_years_behind,
    give_years_counted,
)
from extractor.notice.facts.dates.roles import DatedUse, action_after, due_of, is_done_before, uses
from extractor.notice.facts.dates.years import (
    give_end,
    give_end_of_old,
    give_section_year,
    give_start,
    give_year,
    heads_column,
    hold_until_changed,
    look_back,
    mark_ended,
    share_years,
)
from extractor.notice.facts.draft import Draft, modality_of
from extractor.notice.facts.fit.figure import LinkedFigure
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.link.case import NONE, LinkCase
from extractor.notice.facts.link.steps import link
from extractor.notice.facts.names.pieces import MeasureName
from extractor.notice.facts.names.statement import OF
from extractor.notice.facts.scope.found import scope_of
from extractor.notice.facts.tables import cell_scope

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

_LONGEST_ACTION = 40
# The year of a year's name: 2024|住房公积金年度, which is at most so long.
_YEAR_DIGITS = re.compile(r"\d(?=\D*$)")
_LONGEST_YEAR = 20


def draft_dates(context: SentenceContext, drafts: list[Draft]) -> list[Draft]:
    """Give the drafts of a sentence their deadlines and starts; return the dates that are facts themselves."""
    made: list[Draft] = []
    found = [] if heads_column(context) else uses(context)
    share_years(context, [dated for dated in found if dated.use == "applies"], drafts)
    shared = share_dues(context, [dated for dated in found if dated.use == "due"], drafts)
    for dated in found:
        if dated.date.span in shared:
            continue
        if dated.use == "due":
            give_due(context, dated, drafts)
            if _is_milestone(context, dated, drafts):
                made.append(_milestone(context, dated))
        elif dated.use == "since":
            give_start(context, dated, drafts, found)
            give_end_of_old(context, dated, drafts)
            made.append(_date(context, dated, role="level"))
        elif dated.use == "applies":
            give_year(context, dated, drafts, found)
        elif dated.use in ("fact", "condition"):
            give_end(context, dated, drafts)
            made.append(_date(context, dated, role="condition" if dated.use == "condition" else "level"))
    for dated in found:
        if dated.use == "applies":
            give_year(context, dated, [draft for draft in made if draft.kind in ("period", "date")], found)
    give_plan_years(context, drafts)
    give_ends(context, drafts)
    give_paragraph_goal(context, drafts)
    give_paragraph_past(context, drafts)
    give_years_behind(context, drafts)
    give_heading_plan(context, drafts)
    give_section_year(context, drafts)
    look_back(context, drafts)
    give_report_year(context, drafts)
    give_years_counted(context, drafts)
    give_years_before(context, drafts)
    give_head_years(context, drafts)
    hold_until_changed(context, drafts)
    mark_ended(context, drafts)
    return [draft for draft in made if draft.kind == "milestone" or draft.value or draft.lower]


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
    return context.text.startswith(OF, at - 1) and context.figure_before(at - 1) == at - 1


def _happened(context: SentenceContext, date: DateMention) -> MeasureName | None:
    """Return what had happened by a day to those who are meant: 12月31日前缴费的; 已办理退休手续的人员."""
    reader, end = context.statement, context.clause(date.span.start).end
    of = context.text.rfind(OF, date.span.end, end)
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


def _told_to_be(context: SentenceContext, date: DateMention) -> MeasureName | None:
    """Return the name that a period is said to be: 集中缴费期为9月1日至12月31日，次年1月1日至2月28日为|补缴期|."""
    if date.kind != "period":
        return None
    chunks = context.statement.chunks(date.span.end, context.clause(date.span.start).end)[:1]
    said = context.text[date.span.end : chunks[0].span.start] if chunks and chunks[0].kind == "measure" else ""
    return MeasureName(chunks[0].span, "behind") if context.statement.words.lists.being.meets(said) else None


def _date(context: SentenceContext, dated: DatedUse, *, role: Role) -> Draft:
    date = dated.date
    kind: Kind = "period" if date.kind == "period" else "date"
    limit = _limit(context, dated) if dated.use == "fact" and kind == "date" else None
    operator = "le" if limit else date.operator
    case = LinkCase(context, LinkedFigure(date.span, date.span, kind, None, operator, condition=role == "condition"))
    found, told = link(case), _told_to_be(context, date)
    if told and not (found.subject and within(found.subject, told.span)):
        found = NONE
    scoped = scope_of(context, date.span, None, left=context.span.start)
    subject: tuple[str | None, Span | None] = (
        (context.words(found.subject), found.subject) if found.subject else (None, None)
    )
    if subject[0] is None:
        action = action_after(context, dated)
        reader = context.statement
        measure = _happened(context, date) if role == "condition" else told or _glossed(context, date)
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


def _limit(context: SentenceContext, dated: DatedUse) -> Span | None:
    """Return the words right before a day that make it the last one (有效期至); None where there are none."""
    start = dated.date.span.start
    before = context.text[max(context.span.start, start - 10) : start]
    if dated.date.operator != "eq":
        return None
    longest = max((len(word) for word in context.linking_resources.limits if before.endswith(word)), default=0)
    return Span(start - longest, start) if longest else None
