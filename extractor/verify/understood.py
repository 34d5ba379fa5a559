"""Which words of a claim its reading accounts for; see `extractor.verify.words`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.implied import implied_populations
from extractor.dataset.served import STEPS
from extractor.model import Span
from extractor.verify.pers import per_words
from extractor.verify.words import names_of, unknown_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.model import Fact, NoticeRecord
    from extractor.resources import Resources
    from extractor.verify.reading import ClaimText

# What names the figure may hold words that narrow it (失能老人居民医保财政补助): the catalog says which are its names.
_NAMES = frozenset({"subject", "indicator"})
# A sentence longer than this is no claim, and its words no help.
_LONGEST, _SHOWN = 500, 20
_FIGURES = frozenset({"level", "previous", *STEPS})


class Compared(NamedTuple):
    """What a figure is compared with: facts, their notices, the years asked for, the days from which they hold, and per what."""

    facts: tuple[Fact, ...]
    notices: tuple[NoticeRecord, ...]
    years: frozenset[int]
    since: frozenset[str]
    per: tuple[str, ...]


def leftover(text: ClaimText, fact: Fact, compared: Compared, resources: Resources) -> tuple[str, ...]:
    """List the words of a figure's sentence, and of those with its name, that nothing accounts for."""
    found: list[str] = []
    for span in _sentences(text, fact):
        if span.end - span.start > _LONGEST:
            return (text.text[slice(*text.whole(span))].strip()[:_SHOWN],)
        inside = text.facts_in(span)
        read = [piece for one in inside if _is_read(one) for piece in _pieces(one, span)]
        read += [_within(*_place(one), span) for one in inside if _is_known_day(one, compared.since)]
        indicators = {one.indicator for one in inside if one.indicator}
        known = names_of(indicators, resources).union(
            *(resources.built(implied_populations).get(one, ()) for one in indicators)
        )
        known |= {f"{year}{word}" for year in compared.years for word in ("年", "年度")}
        known |= per_words(compared.per, fact.indicator, resources)
        known |= {name for notice in compared.notices for name in _names(notice)}
        words = text.edited[span.start : span.end]
        found += unknown_words(words, read, known, _words_of(compared.facts), resources)
        found += ["？"] * (span.end in text.asked)
    return tuple(found)


def _sentences(text: ClaimText, fact: Fact) -> list[Span]:
    """List the sentence of a figure and those that hold its name."""
    places = [_place(fact)]
    places += [(one.start, one.end) for one in fact.support if one.for_ in _NAMES]
    return sorted({text.sentence(*place) for place in places})


def _is_read(fact: Fact) -> bool:
    return fact.indicator is not None and fact.role in _FIGURES


def _pieces(fact: Fact, span: Span) -> Iterator[Span]:
    """Yield the words that a figure and its fields were read from, its names apart."""
    yield _within(*_place(fact), span)
    for one in fact.support:
        if one.for_ not in _NAMES and span.start <= one.start and one.end <= span.end:
            yield _within(one.start, one.end, span)


def _within(start: int, end: int, span: Span) -> Span:
    return Span(start - span.start, end - span.start)


def _place(fact: Fact) -> tuple[int, int]:
    return fact.evidence.start, fact.evidence.end


def _is_known_day(fact: Fact, since: frozenset[str]) -> bool:
    """Say whether a day is one from which the figure holds by its own text, too (自2025年1月1日起)."""
    return fact.kind == "date" and fact.indicator is None and fact.operator == "ge" and fact.value in since


def _names(notice: NoticeRecord) -> Iterator[str]:
    """Yield how a text may be named: its title without the issuers before it, its number, its issuers."""
    title = notice.title or ""
    yield from (title, title.split()[-1] if title else "", notice.document_number or "", *notice.issuers)


def _words_of(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        yield fact.evidence.exact
        yield fact.subject or ""
        yield from (one.exact for one in fact.support)
