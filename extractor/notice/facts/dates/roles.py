"""Decides what a date does in its sentence: a deadline, a figure of its own, a condition, a start of validity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from extractor.model import DateMention, Span
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.facts.names.words import VERBS
from extractor.notice.mentions.dates import SEASON

if TYPE_CHECKING:
    from extractor.model import Quantity
    from extractor.notice.facts.sentence.context import SentenceContext

Use = Literal["due", "fact", "condition", "since", "applies", "none"]
# 2012年3月5日临江市第八届人民代表大会常务委员会第十次会议通过的《…》
_CITED_REACH = 80
# How far behind a date those may be named to whom something had happened by then.
_EVENT_REACH = 72
_CLOSED = re.compile("[，。；：）\n]")


class DatedUse(Struct, frozen=True, gc=False):
    """A date, what it does, and up to where it governs; ``said``: the words behind it, where they tell who is meant."""

    date: DateMention
    use: Use
    until: int
    said: Span | None = None


def uses(context: SentenceContext) -> list[DatedUse]:
    """Return every date of a sentence with its use; a deadline governs up to the next one."""
    dates = context.mentions.dates
    made = _listed(context, [(date, _use(context, date)) for date in dates])
    found = []
    for index, (date, use) in enumerate(made):
        until = next((other.span.start for other, kind in made[index + 1 :] if kind == use), context.span.end)
        said = _behind(context, date) if use == "condition" else None
        found.append(DatedUse(date, use, until, said))
    return found


def _listed(context: SentenceContext, made: list[tuple[DateMention, Use]]) -> list[tuple[DateMention, Use]]:
    """Read 到2022年、2023年、2024年底 as three deadlines: one of a list tells for all."""
    for index in range(1, len(made)):
        (before, kind), (date, other) = made[index - 1], made[index]
        gap = context.text[before.span.end : date.span.start].strip()
        joined = context.linking_resources.lists.date_joints.meets(gap)
        if joined and "due" in (kind, other) and due_of(before) and due_of(date):
            made[index - 1], made[index] = (before, "due"), (date, "due")
    return made


def due_of(date: DateMention) -> str | None:
    """Return the day a deadline falls on (到2025年: its last day); None while its year is unknown."""
    if date.value is None or date.relative:
        return None
    if date.precision == "year":
        return f"{date.value[:4]}-12-31"
    return date.value if date.precision == "day" else None


def _use(context: SentenceContext, date: DateMention) -> Use:
    lists = context.linking_resources.lists
    before = context.text[max(context.span.start, date.span.start - 10) : date.span.start]
    rest = _rest(context, date.span.end)
    if date.kind == "period":
        return _use_of_period(context, date, rest)
    if _as_of(context, date):
        return "applies"
    behind = context.text[date.span.end : min(context.span.end, date.span.end + _CITED_REACH)]
    bracketed = lists.cited_before.meets(before) and lists.cited_behind.meets(behind)
    if date.operator == "eq" and (bracketed or lists.cited.meets(behind)):
        return "none"
    if context.words(date.span).startswith(context.linking_resources.limits) or (
        date.precision == "day" and _is_limit(context, date, before)
    ):
        return "fact"
    if _is_condition(context, date, rest):
        return "condition"
    if date.operator in ("ge", "gt"):
        return "since" if date.precision != "year" or date.operator == "ge" else "none"
    if date.operator == "le":
        return "due"
    return _plain_use(context, date, before)


def _use_of_period(context: SentenceContext, date: DateMention, rest: str) -> Use:
    if date.pattern == "date.range.years":
        return "none"
    if _says_who(context, rest):
        return "condition"
    return "applies" if date.pattern == SEASON else "fact"


def _as_of(context: SentenceContext, date: DateMention) -> bool:
    """Return True if a day at the head of its clause says when the figures behind it were so: 截至2030年底，…."""
    clause = context.clause(date.span.start)
    opening = MARKER.sub("", context.text[clause.start : date.span.start]).strip()
    figures = any(date.span.end <= item.number.start for item in context.mentions.quantities)
    return date.operator == "eq" and figures and context.linking_resources.lists.as_of.meets(opening)


def _is_limit(context: SentenceContext, date: DateMention, before: str) -> bool:
    """Return True if words before a day make it a limit; a bare 至 does where the day ends its clause."""
    lists = context.linking_resources.lists
    ends = context.text[date.span.end : date.span.end + 1] in "，。；"
    return lists.limit_before.meets(before) or (ends and lists.limit_bare.meets(before))


def _plain_use(context: SentenceContext, date: DateMention, before: str) -> Use:
    """Read a date without 前 and 起: 2022年底国家和省级集采药品…不少于350个; 到2025年; 2023年居民医保筹资标准为…."""
    lists = context.linking_resources.lists
    ends = date.value is not None and date.precision == "day" and date.span.end > date.span.start
    end_of = ends and lists.year_end.meets(context.words(date.span))
    at = lists.at_before.meets(before)
    if lists.until_before.meets(before) and not at and (end_of or date.precision == "year"):
        return "applies" if _only_called_by(context, date, before) else "due"
    if end_of:
        if lists.past_before.meets(before):
            return "none"
        if (
            date.value
            and context.notice.issued_on
            and date.value < context.notice.issued_on
            and not at
            and not _has_target(context, date)
        ):
            return "applies"  # 2023年末，全省参保人数1362.5万人, in a notice of 2024
        words = _governed_words(context, date)
        reaches = at or lists.until_before.meets(before) or lists.reach_after.meets(words)
        reaches = reaches or lists.to_do.meets(words) or _has_target(context, date)
        return "due" if reaches else "applies"
    if date.precision == "year":
        return "applies"
    return "fact" if date.precision == "day" else "none"


def _only_called_by(context: SentenceContext, date: DateMention, before: str) -> bool:
    """Return True if a year is what something is called by that is to be assured, and nothing is reached by it: 确保2031年任务按期完成."""
    lists = context.linking_resources.lists
    if date.precision != "year" or not lists.assured_before.meets(before):
        return False
    return not _governed_figures(context, date) and not lists.reach_after.meets(_governed_words(context, date))


def _has_target(context: SentenceContext, date: DateMention) -> bool:
    """2024年底按病种付费覆盖不低于90%的统筹地区: a bound behind a year's end is to be reached by then."""
    return any(figure.operator in ("ge", "le", "approx") for figure in _governed_figures(context, date))


def _governed(context: SentenceContext, date: DateMention) -> int:
    """Return the end of the clause that a date governs: the next one where the date stands alone (2022年底，…)."""
    end = context.clause(date.span.start).end
    return context.clause(min(end + 1, context.span.end - 1)).end if end <= date.span.end else end


def _governed_figures(context: SentenceContext, date: DateMention) -> list[Quantity]:
    end = _governed(context, date)
    return [figure for figure in context.mentions.quantities if date.span.end <= figure.number.start < end]


def _governed_words(context: SentenceContext, date: DateMention) -> str:
    return context.text[date.span.end : _governed(context, date)].lstrip("，")


def _behind(context: SentenceContext, date: DateMention) -> Span:
    """Return the words behind a date that tell who is meant: those of its clause, or of the next where it has none."""
    own = context.clause(date.span.end)
    if own.end > date.span.end:
        return Span(date.span.end, own.end)
    return context.clause(min(own.end + 1, context.span.end - 1))


def _rest(context: SentenceContext, at: int) -> str:
    match = _CLOSED.search(context.text, at, context.span.end)
    return context.text[at : match.start() if match else context.span.end]


def _is_condition(context: SentenceContext, date: DateMention, rest: str) -> bool:
    """Tell whether a date says who or what is meant: 1953年底前参军后在企业退休的军队退役士兵."""
    if date.operator == "eq" and date.precision != "day":
        return False
    lists = context.linking_resources.lists
    words = rest.rstrip("”")
    if date.operator != "eq" and (lists.condition_verbs.meets(words) or _is_past_event(context, date)):
        return True
    return _says_who(context, words)


def _says_who(context: SentenceContext, words: str) -> bool:
    """Return True if the words behind a date end in those who are meant: 期间毕业的高校毕业生."""
    lists = context.linking_resources.lists
    if lists.date_condition_end.meets(words) and not words.lstrip("，").startswith(lists.to_do.words):
        return len(words) > 1
    return lists.persons_at_end.meets(words) and not lists.to_do.meets(words[: words.rfind("的")])


def _is_past_event(context: SentenceContext, date: DateMention) -> bool:
    """Return True if a day before the notice's own tells who is meant, in this clause or the next.

    2029年1月1日前用人单位依法破产、撤销，在清算时已缴纳补偿金的，…: no deadline lies before the notice that sets it.
    """
    issued, lists = context.notice.issued_on, context.linking_resources.lists
    if date.operator != "le" or date.relative or not date.value or not issued or date.value >= issued:
        return False
    own = context.clause(date.span.end)
    until = context.clause(min(own.end + 1, context.span.end - 1)).end if own.end < context.span.end else own.end
    words = context.text[date.span.end : min(until + 1, date.span.end + _EVENT_REACH)]
    if lists.condition_verbs.meets(words):
        return True
    match = lists.past_event.pattern.match(words)
    return match is not None and not (match.group("loose") and lists.to_do.meets(words[: match.start("loose")]))


def is_done_before(context: SentenceContext, dated: DatedUse) -> bool:
    """Return True if a verb alone stands behind a deadline, and before it what is to be done: 申请须于9月30日前递交."""
    clause, at = context.clause(dated.date.span.start), dated.date.span.end
    words = context.words(Span(at, max(at, clause.end))).strip()
    opening = context.text[clause.start : dated.date.span.start]
    # 申请|须|于9月30日前提出: what must be done, though no row knows the verb
    told = any(meaning and clause.start <= start < dated.date.span.start for start, _, meaning in context.modal_words)
    done = context.statement.words.use_of.get(words) in VERBS or (told and words.isalpha())
    return bool(MARKER.sub("", opening).strip()) and done and len(words) > 1


def action_after(context: SentenceContext, dated: DatedUse) -> Span:
    """Return the words that a deadline is for: the rest of its clause, or the next clause when the date stands alone."""
    clause = context.clause(dated.date.span.start)
    own = Span(dated.date.span.end, max(clause.end, dated.date.span.end))
    if len(context.words(own).strip("，、 ")) >= 4 or is_done_before(context, dated):  # noqa: PLR2004 - shorter than any action
        return own
    following = context.clause(min(clause.end + 1, context.span.end - 1))
    return Span(own.start, max(own.end, following.end))
