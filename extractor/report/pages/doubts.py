"""What an analyst should look at: figures without an indicator or unread, disputes, failed checks, repairs.

Each with its sentence, and with the rows that confirm, correct or reject it, to be pasted into the corpus's file of reviews.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from extractor.dataset.addresses import notice_page
from extractor.dataset.labels import one_line, safe, scope_words, subject_words
from extractor.model import Kind
from extractor.report.pages.fact_notes import figure_words, flags_of
from extractor.report.pages.frame import render
from extractor.report.pages.review_rows import missed_row, review_rows
from extractor.report.pages.templates import numbered, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Check, Fact, Unresolved
    from extractor.report.pages.book import Book, PlacedSentence

_FIGURES = frozenset(get_args(Kind)) - {"date", "period", "milestone"}
_ROLES = frozenset({"level", "increase", "decrease", "previous"})
# Checks that one fact is said to fail.
_MOST_CHECKS = 4
# In the order of the page: what is wrong before what is unknown before what was mended.
KINDS = ("check", "conflict", "unresolved", "candidates", "unlinked", "repaired", "lost")


class ShownDoubt(NamedTuple):
    """A doubt: what it is about, its words, the page that it stands on, and the rows to answer it with."""

    kind: str
    notice_id: str
    notice: str
    page: str
    name: str
    value: str
    scope: str
    message: str
    sentence: PlacedSentence | None
    rows: str
    url: str | None


def doubts_of(book: Book) -> list[ShownDoubt]:
    """List the doubts of a dataset: by kind, the newest notices first."""
    found = [*_checks(book), *_conflicts(book), *_copies(book), *_unresolved(book), *_facts(book), *_lost(book)]

    def place(at: int) -> tuple[object, ...]:
        doubt = found[at]
        notice = book.notices.get(doubt.notice_id)
        return (KINDS.index(doubt.kind), -(notice.policy_year or 0) if notice else 0, at)

    return [found[at] for at in sorted(range(len(found)), key=place)]


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


def _of_fact(kind: str, fact: Fact, message: str, book: Book) -> ShownDoubt:
    notice = book.notices[fact.notice_id]
    return ShownDoubt(
        kind=kind, notice_id=fact.notice_id, notice=book.title(notice), page=book.fact_page(fact),
        name=subject_words(fact, book.labels), value=figure_words(fact, book),
        scope=scope_words(fact.scope, book.labels), message=message,
        sentence=book.sentence(fact.evidence, notice), rows=review_rows(fact, notice),
        url=book.publisher_link(notice, fact.evidence),
    )  # fmt: skip


def _checks(book: Book) -> Iterator[ShownDoubt]:
    """List the facts that fail a check, each once with all that it fails; of checks over several, the newest fact."""
    failed: dict[str, list[Check]] = {}
    for check in book.dataset.checks:
        if check.status in {"fail", "warn"} and check.fact_ids:
            name = max(check.fact_ids, key=lambda name: book.facts[name].policy_year or 0)
            failed.setdefault(name, []).append(check)
    for name, checks in failed.items():
        words = [_check_words(check, book) for check in checks[:_MOST_CHECKS]]
        if len(checks) > _MOST_CHECKS:
            words.append(book.p("more_checks").format(len(checks) - _MOST_CHECKS))
        yield _of_fact("check", book.facts[name], "\n".join(words), book)


def _check_words(check: Check, book: Book) -> str:
    words = f"{book.labels('check_status', check.status)}：{book.labels('check', check.kind)}"
    return f"{words}。{one_line(check.message)}"


def _conflicts(book: Book) -> Iterator[ShownDoubt]:
    for series in book.dataset.series:
        for point in series.points:
            if point.status != "conflicting":
                continue
            facts = [book.facts[name] for name in point.fact_ids]
            said = " / ".join(dict.fromkeys(figure_words(fact, book) for fact in facts))
            for fact in facts:
                yield _of_fact("conflict", fact, f"{book.p('disputed')}：{said}", book)


def _copies(book: Book) -> Iterator[ShownDoubt]:
    for notice in book.dataset.notices:
        for copy in notice.copies:
            for one in copy.conflicts:
                if one.fact_id is None:
                    continue
                found = one_line(one.found) if one.found else book.labels("phrase", "no_value")
                message = f"{book.labels('field', 'conflict')}：{safe(copy.source.path)} {found}"
                yield _of_fact("conflict", book.facts[one.fact_id], message, book)


def _unresolved(book: Book) -> Iterator[ShownDoubt]:
    for item in book.dataset.unresolved:
        notice = book.notices[item.notice_id]
        yield ShownDoubt(
            kind="unresolved", notice_id=item.notice_id, notice=book.title(notice),
            page=f"{notice_page(item.notice_id)}#{item.unresolved_id}", name=one_line(item.evidence.exact), value="",
            scope="", message=_reason(item, book), sentence=book.sentence(item.evidence, notice),
            rows=missed_row(item, notice), url=book.publisher_link(notice, item.evidence),
        )  # fmt: skip


def _reason(item: Unresolved, book: Book) -> str:
    return f"{book.labels('reason', item.reason)}。{one_line(item.message)}"


def _facts(book: Book) -> Iterator[ShownDoubt]:
    for fact in book.dataset.facts:
        if fact.status != "read":
            continue  # an analyst has spoken
        if fact.evidence.repairs or fact.evidence.recognised:
            old = "、".join(one_line(one.exact) for one in fact.evidence.repairs)
            yield _of_fact("repaired", fact, f"{'；'.join(flags_of(fact, book))} {old}".strip(), book)
        elif fact.indicator is None and fact.kind in _FIGURES and fact.role in _ROLES:
            kind = "candidates" if fact.candidates else "unlinked"
            yield _of_fact(kind, fact, "；".join(flags_of(fact, book)), book)


def _lost(book: Book) -> Iterator[ShownDoubt]:
    for notice in book.dataset.notices:
        if notice.quality.lost:
            yield ShownDoubt(
                "lost", notice.notice_id, book.title(notice), notice_page(notice.notice_id), book.p("lost"),
                str(notice.quality.lost), "", "", None, "", book.publisher_link(notice),
            )  # fmt: skip
