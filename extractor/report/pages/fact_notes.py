"""A fact in the words that its note beside the text shows, with all that leads on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.doubts import lacks_indicator
from extractor.dataset.labels import corrected_words, find_rule, one_line, safe, scope_words, subject_words

if TYPE_CHECKING:
    from extractor.model import Box, Fact, NoticeRecord
    from extractor.report.pages.book import Book


_LONGEST_HEADING = 24


class FactNote(NamedTuple):
    """What a fact's note says; ``flags`` are what is doubtful or special of it, ``fields`` how it was read.

    ``unlinked`` says that it lacks an indicator that it could have.
    """

    fact: Fact
    value: str
    name: str
    page: str | None
    scope: str
    kind: str
    role: str
    due: str
    flags: tuple[str, ...]
    unlinked: bool
    fields: tuple[tuple[str, str], ...]
    place: str
    url: str | None


def fact_note(fact: Fact, notice: NoticeRecord, book: Book) -> FactNote:
    """Put a fact into words."""
    labels = book.labels
    return FactNote(
        fact=fact,
        value=figure_words(fact, book),
        name=subject_words(fact, labels),
        page=book.subject_of_fact.get(fact.fact_id),
        scope=scope_words(fact.scope, labels),
        kind=labels("kind", fact.kind),
        role="" if fact.role == "level" else labels("role", fact.role),
        due=_when(fact, book),
        flags=(*flags_of(fact, book), *_broken(fact, book)),
        unlinked=lacks_indicator(fact, book.resources),
        fields=_fields(fact, book),
        place=_place(fact, notice, book),
        url=book.publisher_link(notice, fact.evidence),
    )


def _when(fact: Fact, book: Book) -> str:
    """Say by when a figure is due, and which time it is of, where that is not its notice's year."""
    labels = book.labels
    due = labels("phrase", "by_date").format(fact.due) if fact.due and fact.kind != "milestone" else ""
    own = fact.applies_to == str(fact.policy_year or "")
    applies = f"{labels('field', 'applies_to')} {fact.applies_to}" if fact.applies_to and not own else ""
    return safe(" · ".join(filter(None, (due, applies))))


def figure_words(fact: Fact, book: Book) -> str:
    """Say a fact's figure; of a milestone, its day."""
    words = book.value_words(fact)
    if not words and fact.due:
        words = book.labels("phrase", "by_date").format(safe(fact.due))
    return (words or safe(fact.evidence.exact)) + corrected_words(fact, book.labels)


def flags_of(fact: Fact, book: Book) -> tuple[str, ...]:
    """Say what is doubtful of a fact, in words."""
    p = book.labels
    found = []
    if fact.candidates:
        names = p.listed(safe(p.indicator(one) or one) for one in fact.candidates)
        found.append(p.told(p("page", "several_fit"), names))
    if fact.evidence.repairs:
        found.append(p("page", "repaired"))
    if fact.evidence.recognised:
        found.append(p("page", "recognised"))
    return tuple(found)


def _broken(fact: Fact, book: Book) -> tuple[str, ...]:
    """Say which limit of the nation's a fact breaks; whoever confirms that it reads so changes nothing about that."""
    limit = book.writer.limits.get(fact.fact_id)
    return (book.labels("limit", limit),) if limit else ()


def _fields(fact: Fact, book: Book) -> tuple[tuple[str, str], ...]:
    labels = book.labels
    file = find_rule(book.resources, fact.rule)
    rows = [
        ("modality", labels("modality", fact.modality)),
        ("base", fact.base.text if fact.base else None),
        ("counted", fact.counted),
        ("subject", fact.subject),
        ("anchor", fact.anchor),
        ("applies_to", fact.applies_to),
        ("compared_to", fact.compared_to),
        ("valid_from", fact.valid_from),
        ("valid_to", fact.valid_to),
        ("rule", f"{fact.rule}  {file}" if file else fact.rule),
        ("fact_id", fact.fact_id),
    ]
    words: dict[str, list[str]] = {}
    for item in fact.support:
        words.setdefault(item.for_, []).append(one_line(item.exact))
    said = (labels.told(labels("support", name), labels.listed(dict.fromkeys(exact))) for name, exact in words.items())
    rows.append(("support", labels.clauses(said)))
    rows += [
        ("status", labels("phrase", "review").format(labels("status", fact.status), one.who, one.why))
        for one in fact.reviews
    ]
    rows += [
        ("corrections", labels("phrase", "correction").format(
            one.field, one.read or "—", one.value or "—", one.who, one.why
        ))
        for one in fact.corrections
    ]  # fmt: skip
    return tuple((labels("field", name), safe(text)) for name, text in rows if text)


def _place(fact: Fact, notice: NoticeRecord, book: Book) -> str:
    """Say section with a short heading, page and the box on the page, in points from its upper left."""
    evidence = fact.evidence
    places: list[tuple[int | None, Box | None]] = [(line.page, line.box) for line in evidence.lines]
    heading = next((one.heading for one in notice.sections if one.id == evidence.section), None) or ""
    section = " ".join(filter(None, (evidence.section, heading if len(heading) <= _LONGEST_HEADING else "")))
    parts = [one_line(section)] if section else []
    parts += [_on_page(page, box, book) for page, box in places or [(evidence.page, evidence.box)] if page is not None]
    return " · ".join(parts)


def _on_page(page: int, box: Box | None, book: Book) -> str:
    words = book.labels("page", "page_number").format(page)
    return f"{words} [{' '.join(map(str, box))}]" if box else words
