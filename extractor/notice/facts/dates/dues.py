"""By when the figures of a sentence are due: each date of a list has its own, one date all that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.dates.roles import DatedUse, due_of
from extractor.notice.facts.dates.signs import date_runs, dates_dealt, is_kept, is_of_base, is_past, is_target, words_of
from extractor.notice.facts.draft import Draft

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext


def share_dues(context: SentenceContext, dues: list[DatedUse], drafts: list[Draft]) -> set[Span]:
    """Give 2023年底、2025年底分别不少于20%和30% their days in order; return the dates that were given so."""
    lists = context.linking_resources.lists
    for run in date_runs(context, dues):
        if not lists.respectively.meets(context.text[run[-1].date.span.end : context.span.end]):
            continue
        announced = [d for d in drafts if run[-1].date.span.end <= d.number.start < run[-1].until and is_target(d)]
        for dated, draft in dates_dealt(run, announced):
            draft.due, draft.edtf = due_of(dated.date), dated.date.edtf
            draft.support += [("due", span) for span in words_of(dated.date)]
        return {dated.date.span for dated in run}
    return set()


def give_due(context: SentenceContext, dated: DatedUse, drafts: list[Draft]) -> None:
    """Say of the figures behind a date by when they are due, and of which year those are that are of the past."""
    due = due_of(dated.date)
    clause = context.clause(dated.date.span.start)
    for draft in drafts:
        after = dated.date.span.end <= draft.number.start < dated.until
        # 参保率于2025年底前达到95%: the date may stand between subject and figure, never behind a figure of another clause.
        if due and after and draft.due is None and draft.role in ("level", "increase", "decrease") and is_target(draft):
            if (
                draft.kind in ("money", "duration")
                and clause != context.clause(draft.number.start)
                and (draft.operator == "eq" or draft.per)
            ):
                continue  # 2024年10月底前完成超低排放改造，对淘汰的货车每辆最高补助1.8万元
            if is_kept(context, dated.date, draft) or is_of_base(context, dated.date, draft):
                continue
            if is_past(context, dated.date, draft):
                draft.applies_to = due[:4]
                draft.support += [("applies_to", span) for span in words_of(dated.date)]
                continue
            draft.due, draft.edtf = due, draft.edtf or dated.date.edtf
            draft.support += [("due", span) for span in words_of(dated.date)]
