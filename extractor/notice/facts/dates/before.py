"""Counts 上年 and 同比 from the year of the figure itself: in a review of 2030, 比上年增长5% is more than in 2029."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from extractor.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.facts.draft import Draft
    from extractor.notice.facts.sentence.context import SentenceContext

_YEAR = 4


def give_head_years(context: SentenceContext, drafts: list[Draft]) -> None:
    """Say what a cell's change is measured against by the head that names it: 万元增加值用水量较2020年下降."""
    pattern = context.statement.words.lists.compared_heads.pattern
    for head in context.sentence.context if context.sentence.kind == "cell" else ():
        found = pattern.search(context.text, *head)
        for draft in drafts if found else ():
            named = any(what == "subject" and head.start <= span.start < head.end for what, span in draft.support)
            if found and named and draft.compared_to is None:
                draft.compared_to = found["year"]
                draft.support.append(("compared_to", Span(*found.span())))


def give_years_before(context: SentenceContext, drafts: list[Draft]) -> None:
    """Correct the years that 上年 gave, and say what a change 同比 is measured against, where the figure's year is known."""
    if not any(draft.role in ("increase", "decrease", "previous") for draft in drafts):
        return
    yearly: set[int] = set()
    for at, draft in enumerate(drafts):
        if draft.role in ("increase", "decrease"):
            _recount(context, draft, "compared_to", _year_of(context, draft))
            if draft.compared_to is None and (said := _year_on_year(context, drafts, at, yearly)):
                yearly.add(at)
                _compare(draft, said, _year_of(context, draft))
            if draft.compared_to is None and at and _says_it_again(context, drafts[at - 1], draft):
                draft.compared_to = drafts[at - 1].compared_to
                draft.support += [item for item in drafts[at - 1].support if item[0] == "compared_to"]
        elif draft.role == "previous" and at + 1 < len(drafts):
            following = drafts[at + 1]
            if following.subject == draft.subject and following.role == "level":
                _recount(context, draft, "applies_to", _year_of(context, following))


def _says_it_again(context: SentenceContext, before: Draft, draft: Draft) -> bool:
    """Return True if a change says the one of the clause before in another unit: 比上年增加1.5亿元，增长4%."""
    clause = context.clause(draft.number.start)
    same = before.subject == draft.subject and before.role == draft.role and before.kind != draft.kind
    next_to = before.compared_to is not None and context.clause(before.number.start).end + 1 == clause.start
    return same and next_to and not context.statement.chunks(clause.start, draft.number.start)


def _year_of(context: SentenceContext, draft: Draft) -> tuple[int, list[Span]] | None:
    """Return the year of a figure, of its deadline or of its section, and the words that say it."""
    for field, said in (("applies_to", draft.applies_to), ("due", draft.due)):
        if said and (said.isdecimal() or field == "due") and said[:_YEAR].isdecimal():
            return int(said[:_YEAR]), [span for what, span in draft.support if what == field]
    pattern = context.linking_resources.lists.heading_year.pattern
    for heading in context.headings:
        years = {match.group("year"): Span(*match.span()) for match in pattern.finditer(context.text, *heading)}
        if len(years) == 1:
            [(year, place)] = years.items()
            return int(year), [place]
    return None


def _recount(
    context: SentenceContext,
    draft: Draft,
    field: Literal["applies_to", "compared_to"],
    own: tuple[int, list[Span]] | None,
) -> None:
    """Count a year said by 上年 from the figure's own year: 2030年…比上年增长5% in a notice of 2031."""
    last = context.linking_resources.lists.last_years
    if own is None or not any(what == field and last.meets(context.words(span)) for what, span in draft.support):
        return
    setattr(draft, field, str(own[0] - 1))
    draft.support += [(field, span) for span in own[1]]


def _year_on_year(context: SentenceContext, drafts: list[Draft], at: int, yearly: set[int]) -> Span | None:
    """Return the words 同比 before a change, or before the first of its list."""
    return next(iter(_said(context, drafts, at, yearly)), None)


def _said(context: SentenceContext, drafts: list[Draft], at: int, yearly: set[int]) -> Iterator[Span]:
    number = drafts[at].number
    low = context.clause(number.start).start
    if at and low <= drafts[at - 1].number.start < number.start:
        low = drafts[at - 1].number.end
        if at - 1 in yearly and context.text[drafts[at - 1].span.end : number.start].strip() in (
            context.linking_resources.lists.joints.words
        ):
            yield from (span for what, span in drafts[at - 1].support if what == "compared_to")
    pattern = context.linking_resources.lists.year_on_year.pattern
    yield from (Span(*match.span()) for match in pattern.finditer(context.text, low, number.start))


def _compare(draft: Draft, said: Span, own: tuple[int, list[Span]] | None) -> None:
    if own is not None:
        draft.compared_to = str(own[0] - 1)
        draft.support += [("compared_to", span) for span in (said, *own[1])]
