"""Decides what a date does in its sentence: a deadline, a figure of its own, a condition, a start of validity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import regex
from msgspec import Struct

from extractor.model import DateMention, Span

if TYPE_CHECKING:
    from extractor.notice.facts.context import SentenceContext

Use = Literal["due", "fact", "condition", "since", "applies", "none"]
_MODAL = regex.compile(
    "要|应|实现|完成|达到|力争|确保|建成|建立|全面|基本|开展|启动|出台|制定|纳入|报送|上报|落实|推动|推进|做好|调整|提高"
)
_CITED = regex.compile("^(?:[^，。；]{0,12}(?:印发|发布|下发|公布|通过|修订|颁布|实施)的?)?[^，。；]{0,14}[《〔]")
_CLOSED = regex.compile("[，。；：）\n]")


class DatedUse(Struct, frozen=True, gc=False):
    """A date, what it does, and up to where it governs."""

    date: DateMention
    use: Use
    until: int


def uses(context: SentenceContext) -> list[DatedUse]:
    """Return every date of a sentence with its use; a deadline governs up to the next one."""
    dates = context.mentions.dates
    made = _listed(context, [(date, _use(context, date)) for date in dates])
    found = []
    for index, (date, use) in enumerate(made):
        until = next((other.span.start for other, kind in made[index + 1 :] if kind == use), context.span.end)
        found.append(DatedUse(date, use, until))
    return found


def _listed(context: SentenceContext, made: list[tuple[DateMention, Use]]) -> list[tuple[DateMention, Use]]:
    """Read 到2022年、2023年、2024年底 as three deadlines: one of a list tells for all."""
    for index in range(1, len(made)):
        (before, kind), (date, other) = made[index - 1], made[index]
        joined = context.text[before.span.end : date.span.start].strip() in ("、", "和", "与", "及")
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
        return "none" if date.pattern == "date.range.years" else "fact"
    if _CITED.match(context.text[date.span.end : min(context.span.end, date.span.end + 40)]) and date.operator == "eq":
        return "none"
    if context.words(date.span).startswith(lists.limit_before) or (
        before.endswith(lists.limit_before) and date.precision == "day" and _is_limit(context, date, before)
    ):
        return "fact"
    if _is_condition(context, date, rest):
        return "condition"
    if date.operator in ("ge", "gt"):
        return "since" if date.precision != "year" or date.operator == "ge" else "none"
    if date.operator == "le":
        return "due"
    return _plain_use(context, date, before)


def _is_limit(context: SentenceContext, date: DateMention, before: str) -> bool:
    """至 alone is a limit only behind a verb of prolonging: 延长至, 截止至."""
    if before.endswith(("延长至", "延至", "截止至", "顺延至", "推迟至", "展期至")):
        return True
    words = context.linking_resources.lists.limit_before
    return any(before.endswith(word) for word in words if word != "至") or (
        before.endswith("至") and context.text[date.span.end : date.span.end + 1] in "，。；"
    )


def _plain_use(context: SentenceContext, date: DateMention, before: str) -> Use:
    """Read a date without 前 and 起: 2022年底国家和省级集采药品…不少于350个; 到2025年; 2023年居民医保筹资标准为…."""
    lists = context.linking_resources.lists
    ends = date.value is not None and date.precision == "day" and date.span.end > date.span.start
    end_of = ends and context.text[date.span.end - 1] in "底末"
    if (
        before.endswith(lists.until_before)
        and not before.endswith("达到")
        and (end_of or date.precision == "year")
        and before[-1] not in "于在"
    ):
        return "due"
    if end_of:
        if before.endswith(lists.past_before):
            return "none"
        words = context.text[date.span.end : _governed(context, date)].lstrip("，")
        reaches = before.endswith(lists.until_before) or words.startswith(lists.reach_after)
        reaches = reaches or _MODAL.search(words) is not None or _has_target(context, date)
        return "due" if reaches else "applies"
    if date.precision == "year":
        return "applies"
    return "fact" if date.precision == "day" else "none"


def _has_target(context: SentenceContext, date: DateMention) -> bool:
    """2024年底按病种付费覆盖不低于90%的统筹地区: a bound behind a year's end is to be reached by then."""
    end = _governed(context, date)
    return any(
        date.span.end <= q.number.start < end and q.operator in ("ge", "le", "approx")
        for q in context.mentions.quantities
    )


def _governed(context: SentenceContext, date: DateMention) -> int:
    """Return the end of the clause that a date governs: the next one where the date stands alone (2022年底，…)."""
    end = context.clause(date.span.start).end
    return context.clause(min(end + 1, context.span.end - 1)).end if end <= date.span.end else end


def _rest(context: SentenceContext, at: int) -> str:
    match = _CLOSED.search(context.text, at, context.span.end)
    return context.text[at : match.start() if match else context.span.end]


def _is_condition(context: SentenceContext, date: DateMention, rest: str) -> bool:
    """Tell whether a date says who or what is meant: 1953年底前参军后在企业退休的军队退役士兵."""
    if date.operator == "eq" and date.precision != "day":
        return False
    words = rest.rstrip("”")
    if date.operator != "eq" and words.startswith(context.linking_resources.lists.condition_verbs):
        return True
    if words.endswith(("的", "者", "时")) and not _MODAL.match(words.lstrip("，")):
        return len(words) > 1
    return bool(context.linking_resources.persons_at_end.search(words)) and not _MODAL.search(
        words[: words.rfind("的")]
    )


def action_after(context: SentenceContext, dated: DatedUse) -> Span:
    """Return the words that a deadline is for: the rest of its clause, or the next clause when the date stands alone."""
    clause = context.clause(dated.date.span.start)
    own = Span(dated.date.span.end, max(clause.end, dated.date.span.end))
    if len(context.words(own).strip("，、 ")) >= 4:  # noqa: PLR2004 - shorter than any action
        return own
    following = context.clause(min(clause.end + 1, context.span.end - 1))
    return Span(own.start, max(own.end, following.end))
