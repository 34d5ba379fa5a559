"""What a date of a sentence has to do with a figure of it: of its base, kept from before, past, dealt out to it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from extractor.model import DateMention, Span
from extractor.notice.facts.dates.roles import DatedUse
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.facts.names.statement import OF
from extractor.notice.facts.names.words import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.facts.sentence.context import SentenceContext

_TARGETS = ("rate", "count", "money", "duration")
_LAST_DAY = "-12-31"


def is_target(draft: Draft) -> bool:
    """Return True for what may be reached in a year; of the ages only one that is measured is (人均预期寿命80岁)."""
    return draft.kind in _TARGETS or (draft.kind == "age" and draft.role != "condition")


def date_runs(context: SentenceContext, dates: list[DatedUse]) -> list[list[DatedUse]]:
    """Return the dates that stand joined, as lists of two and more: 2022年、2023年和2024年."""
    runs: list[list[DatedUse]] = []
    for dated in dates:
        gap = context.text[runs[-1][-1].date.span.end : dated.date.span.start].strip() if runs else ""
        if runs and context.linking_resources.lists.date_joints.meets(gap):
            runs[-1].append(dated)
        else:
            runs.append([dated])
    return [run for run in runs if len(run) > 1]


def dates_dealt(run: list[DatedUse], drafts: list[Draft]) -> Iterator[tuple[DatedUse, Draft]]:
    """Deal figures out to the dates of a list, in order: of each kind and unit that are as many as there are dates."""
    for _, same in groupby(drafts, key=lambda draft: (draft.kind, draft.unit, draft.subject)):
        listed = list(same)
        if len(listed) == len(run):
            yield from zip(run, listed, strict=True)


def is_of_base(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a date only says when what a share is taken of was so: 增加额为|2020年底|本人月基本养老金的1%; not 前完成任务的七成."""
    bases = (span for what, span in draft.support if what == "base" and span.start <= date.span.end <= span.end)
    base = next(bases, None)
    return base is not None and all(
        piece.use not in VERBS for piece in context.statement.cut(Span(date.span.end, base.end))
    )


def is_kept(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a deadline's clause says what is due and a figure of the next is kept: 10月底前出台细则，确保参保率稳定在95%以上."""
    due, own = context.clause(date.span.start), context.clause(draft.number.start)
    kept = context.linking_resources.lists.kept_at.meets(context.text[own.start : draft.number.start])
    return kept and own != due and bool(context.text[date.span.end : due.end].strip())


def is_past(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year tells when a figure was reached, before the notice's own: 由2025年的53%提升到2030年的58%, in 2031."""
    own, said = context.notice.policy_year, context.notice.issued_on or context.notice.published_on
    if date.precision != "year" or date.value is None:
        return False
    past = own is not None and int(date.value[:4]) < own
    past = past or (said is not None and f"{date.value[:4]}{_LAST_DAY}" < said)
    return past and context.text.startswith(OF, date.span.end) and of_one(context, date, draft)


def is_level(draft: Draft) -> bool:
    """Return True if a figure is a level that an aim or a rule sets."""
    return draft.role == "level" and is_target(draft)


def year_of(context: SentenceContext, date: DateMention) -> str:
    """Return what a date says that a figure is of: of the year, where it is told at its end (截至2022年底)."""
    at_end = context.linking_resources.lists.year_ends.meets(context.words(date.span))
    return date.edtf[:4] if at_end and date.edtf[:4].isdecimal() and date.edtf.endswith(_LAST_DAY) else date.edtf


def is_old(context: SentenceContext, date: DateMention, draft: Draft, given: list[Draft]) -> bool:
    """Return True if a year is that of the new value, and an old one only stands beside it: 2025年度标准由380元调整为400元."""
    if draft.role != "previous" or of_one(context, date, draft):
        return False
    return any(other.role != "previous" for other in given) or opens(context, date, context.clause(date.span.start))


def opens(context: SentenceContext, date: DateMention, clause: Span) -> bool:
    """Return True if a year stands at the head of its statement, behind nothing but the item's number or 截至."""
    opening = MARKER.sub("", context.text[clause.start : date.span.start]).strip()
    return not opening or context.linking_resources.lists.as_of.meets(opening)


def of_one(context: SentenceContext, date: DateMention, draft: Draft) -> bool:
    """Return True if a year is that of the number right behind it: 2025年的41%, 2030年的每人每月850元."""
    between = context.text[date.span.end : draft.span.start]
    units = context.linking_resources.units
    # 月缴存基数 is per month by its name, and no word of how often.
    pers = [at for _, at in units.per_found(between, 0, len(between)) if units.says_how_often(between, at)]
    bare = len(between) - sum(span.end - span.start for span in pers)
    return bare == 0 or (bare == 1 and (between.startswith("的") or draft.role == "previous"))


def words_of(date: DateMention) -> list[Span]:
    """Return the words that a date rests on: its own, and those of the date that its year is taken from."""
    return [date.span, date.year_at] if date.year_at else [date.span]
