"""What an analyst should look at: figures without an indicator or unread, disputes, failed checks, repairs.

Each with its sentence, and with the rows that confirm, correct or reject it, to be pasted into the corpus's file of reviews.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.addresses import notice_page
from extractor.dataset.doubts import KINDS, find_doubts, find_warned
from extractor.dataset.figures import code_of
from extractor.dataset.labels import one_line, scope_words, subject_words
from extractor.dataset.times import year_of
from extractor.messages import translated
from extractor.report.pages.fact_notes import figure_words, flags_of
from extractor.report.pages.frame import render
from extractor.report.pages.review_rows import answer_row, missed_row
from extractor.report.pages.templates import numbered, split
from extractor.report.review import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.dataset.doubts import Doubt
    from extractor.model import Check, Fact, NoticeRecord, Unresolved
    from extractor.report.pages.book import Book
    from extractor.report.sentences import QuotedSentence

# Checks that one fact is said to fail.
_MOST_CHECKS = 4


class ShownDoubt(NamedTuple):
    """A doubt: what it is about, its words, the page that it stands on, and the rows to answer it with.

    It is counted once, as the first thing that is doubtful of it, its ``kind``; ``where`` are region and year of its notice,
    ``checks`` are those that failed on it.
    """

    kind: str
    notice_id: str
    notice: str
    page: str
    name: str
    value: str
    scope: str
    message: str
    sentence: QuotedSentence | None
    rows: str
    url: str | None
    where: str = ""
    checks: tuple[Check, ...] = ()


def doubts_of(book: Book) -> list[ShownDoubt]:
    """List the doubts of a dataset, those that `extractor review` goes through and what can't be answered: by kind."""
    found = find_doubts(book.dataset, book.resources)
    shown = [*(_shown(one, book) for one in found), *_warned(book, found), *_lost(book)]
    return sorted(shown, key=lambda one: KINDS.index(one.kind))


def doubts_html(book: Book, doubts: Sequence[ShownDoubt]) -> dict[str, bytes]:
    """Render the doubts, on as many pages as they need; by their names."""
    pieces, before = [], ""
    counts = Counter(one.kind for one in doubts)
    for one in doubts:
        pieces.append(book.parts.doubt(one, one.kind != before, counts[one.kind], book.p))
        before = one.kind
    dealt = split(pieces)
    names = [numbered("doubts.html", at) for at in range(len(dealt))]
    firsts = _first_pages([[one.kind for one in doubts]], [len(page) for page in dealt])
    return {
        name: render(
            book, "doubts.html.j2", name, current="doubts", title=book.p("nav_doubts"), pieces=dealt[at], at=at,
            pages=names, counts=[(kind, counts[kind], f"{names[firsts[kind]]}#{kind}") for kind in KINDS if counts[kind]],
        )
        for at, name in enumerate(names)
    }  # fmt: skip


def _first_pages(kinds: list[list[str]], sizes: list[int]) -> dict[str, int]:
    """Say on which page each kind begins."""
    firsts: dict[str, int] = {}
    rest = iter(kinds[0])
    for at, size in enumerate(sizes):
        for _ in range(size):
            firsts.setdefault(next(rest), at)
    return firsts


# ── kinds of doubt ──────────────────────────────────────────────────────────────────────────────────────────────────


def _shown(doubt: Doubt, book: Book) -> ShownDoubt:
    """Put a doubt into words; its kind is the first of its reasons."""
    fact, notice = doubt.fact, doubt.notice
    words = reason_words(doubt, book.labels)
    if fact is not None:
        lines = [words, *_more_words(doubt, fact, book)]
        return _of_fact(doubt.reasons[0], fact, "\n".join(lines), book)._replace(checks=doubt.checks)
    item: Unresolved = doubt.item  # type: ignore[assignment] # what is no fact
    return ShownDoubt(
        kind="unresolved", notice_id=item.notice_id, notice=book.title(notice),
        page=f"{notice_page(item.notice_id)}#{item.unresolved_id}", name=one_line(item.evidence.exact), value="",
        scope="", message=book.labels.sentences((book.labels("reason", item.reason), one_line(translated(item.message)))),
        sentence=book.sentence(item.evidence, notice), rows=missed_row(item, notice),
        url=book.publisher_link(notice, item.evidence), where=_where(notice, book),
    )  # fmt: skip


def _of_fact(kind: str, fact: Fact, message: str, book: Book) -> ShownDoubt:
    notice = book.notices[fact.notice_id]
    return ShownDoubt(
        kind=kind, notice_id=fact.notice_id, notice=book.title(notice), page=book.fact_page(fact),
        name=subject_words(fact, book.labels), value=figure_words(fact, book),
        scope=scope_words(fact.scope, book.labels), message=message,
        sentence=book.sentence(fact.evidence, notice), rows=answer_row(fact, notice),
        url=book.publisher_link(notice, fact.evidence), where=_where(notice, book),
    )  # fmt: skip


def _where(notice: NoticeRecord, book: Book) -> str:
    """Say of which region and year a notice is."""
    return " ".join(filter(None, (book.region(code_of(notice)), str(year_of(notice) or ""))))


def _more_words(doubt: Doubt, fact: Fact, book: Book) -> Iterator[str]:
    """Say what the reasons are about: the checks, what the others say, the indicators that fit, the damaged words."""
    yield from (check_words(check, book) for check in doubt.checks[:_MOST_CHECKS])
    if len(doubt.checks) > _MOST_CHECKS:
        yield book.p("more_checks").format(len(doubt.checks) - _MOST_CHECKS)
    if "conflict" in doubt.reasons:
        said = book.disputed_words(fact)
        yield book.labels.told(book.p("disputed"), " / ".join(said))
    flags = flags_of(fact, book)
    if flags:
        old = book.labels.listed(one_line(one.exact) for one in fact.evidence.repairs)
        yield f"{book.labels.clauses(flags)} {old}".strip()


def check_words(check: Check, book: Book) -> str:
    """Say what a check found."""
    words = book.labels.told(book.labels("check", check.kind), book.labels("check_status", check.status))
    return book.labels.sentences((words, one_line(check.message)))


def _warned(book: Book, found: Sequence[Doubt]) -> Iterator[ShownDoubt]:
    """List the facts that a check warns of, each once; those that are doubtful anyway aren't listed again."""
    for name, checks in find_warned(book.dataset, found).items():
        yield _of_fact(
            "warned", book.facts[name], "\n".join(check_words(one, book) for one in checks[:_MOST_CHECKS]), book
        )


def _lost(book: Book) -> Iterator[ShownDoubt]:
    for notice in book.dataset.notices:
        if notice.quality.lost:
            yield ShownDoubt(
                "lost", notice.notice_id, book.title(notice), notice_page(notice.notice_id), book.p("lost"),
                str(notice.quality.lost), "", "", None, "", book.publisher_link(notice), _where(notice, book),
            )  # fmt: skip
