"""The ledger: what became of every numeral of a notice. Nothing vanishes.

Claims are painted over the normalised text, weakest first; then every numeral of the *source* is looked up through the
alignment. A numeral that nobody claims is a part of a word (jieba says which) or is unresolved, with the reason.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.errors import NumeralError
from extractor.model import Disposition, LedgerRow, Span, UnresolvedReason
from extractor.notice.mentions.find import beside_loss
from extractor.notice.numerals import DIGIT_CHARS, LONGEST, MAGNITUDE_CHARS, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.model import AlignedText, Notice
    from extractor.notice.facts.linking_resources import LinkingResources

_RANK: dict[Disposition, int] = {
    "furniture": 0, "structure": 1, "word": 2, "date": 3, "citation": 4, "unresolved": 5, "support": 6, "fact": 7,
}  # fmt: skip
# DESIGN 5: a run of digits of any width with its separators, or of Chinese numeral signs.
NUMERAL = re.compile(
    rf"[0-9０-９]++(?:[,，][0-9０-９]{{3}}(?![0-9０-９]))*+(?:[.．][0-9０-９]++)?|[{DIGIT_CHARS}{MAGNITUDE_CHARS}]++"
)
_SIGNS = frozenset(DIGIT_CHARS + MAGNITUDE_CHARS)
_YEAR = re.compile(r"(?:19|20)\d{2}")


class Claim(Struct, frozen=True, gc=False):
    """A stretch of normalised text whose numerals are spoken for; ``ref`` is filled in when ids are known."""

    span: Span
    disposition: Disposition
    ref: str | None = None
    reason: str | None = None


class ClaimMap:
    """Which claim holds each character of the normalised text."""

    def __init__(self, text: AlignedText, claims: list[Claim]) -> None:
        """Paint the claims, stronger ones over weaker."""
        self.text = text
        self.claims = sorted(claims, key=lambda claim: _RANK[claim.disposition])
        self._on = array("i", [-1]) * (len(text.text) + 1)
        for index, claim in enumerate(self.claims):
            self._put(index, claim.span)

    def _put(self, index: int, span: Span) -> None:
        self._on[span.start : span.end] = array("i", [index]) * (span.end - span.start)

    def add(self, claim: Claim) -> None:
        """Paint one more claim."""
        self.claims.append(claim)
        self._put(len(self.claims) - 1, claim.span)

    def at(self, start: int, end: int) -> Claim | None:
        """Return the claim on a stretch: that of its first claimed character."""
        index = self._on[start]
        if index < 0:
            index = next((on for on in self._on[start : min(end, start + LONGEST)] if on >= 0), -1)
        return None if index < 0 else self.claims[index]


def claim_rest(
    notice: Notice,
    claim_map: ClaimMap,
    linking_resources: LinkingResources,
    unresolved: Callable[[int, Span, UnresolvedReason], str],
) -> None:
    """Claim the numerals that nothing spoke for; ``unresolved`` makes an entry for a sentence and returns its id."""
    text = notice.text.text
    begins = [sentence.span.start for sentence in notice.sentences]

    def note(span: Span) -> Callable[[UnresolvedReason], str] | None:
        """Return what makes an entry for a numeral; None where it is claimed or no figure can stand."""
        index = bisect_right(begins, span.start) - 1
        if claim_map.at(*span) is not None or index < 0 or notice.sentences[index].kind not in ("body", "cell"):
            return None
        return partial(unresolved, index, span)

    for match in NUMERAL.finditer(text):
        span = Span(*match.span())
        if (entry := note(span)) is not None:
            damaged = bool(notice.text.lost) and beside_loss(text, span)
            claim_map.add(
                Claim(span, "unresolved", entry("damaged"), "damaged")
                if damaged
                else _unclaimed(text, match, linking_resources, entry)
            )
    for span in _lost_numerals(notice.text):
        if (entry := note(span)) is not None:
            claim_map.add(Claim(span, "unresolved", entry("damaged"), "damaged"))


def _lost_numerals(text: AlignedText) -> Iterator[Span]:
    """Yield where numerals of the source stand that are lost; each lost character stands for one of the text."""
    for start, end in text.lost:
        for match in NUMERAL.finditer(text.source.text, start, end):
            first, last = match.span()
            if text.starts is not None:
                first, last = bisect_left(text.starts, first), bisect_left(text.starts, last)
            yield Span(first, max(last, first + 1))


def _unclaimed(
    text: str, match: re.Match[str], linking_resources: LinkingResources, unresolved: Callable[[UnresolvedReason], str]
) -> Claim:
    words, span = match.group(), Span(*match.span())
    if len(words) > LONGEST:
        return Claim(span, "unresolved", unresolved("too_long"), "too_long")
    if words[0].isdecimal():
        if _YEAR.fullmatch(words):
            return Claim(span, "date", reason="year")
        return Claim(span, "unresolved", unresolved("no_unit"), "no_unit")
    word = linking_resources.words.word_at(text, match.start())
    # 三门峡 is a name; 两家 is a number with its unit, whatever the dictionary has, and may be a figure.
    unit = linking_resources.units.counted_at.match(text, span.end)
    counted = len(unit.group()) if unit and words != "一" else 0
    # 百余万 begins and ends in numerals: a vague number, no word.
    # 数千名 is one to the dictionary.
    vague = linking_resources.lists.vague_words.meets(word) or (
        len(word) > 1 and word[0] in _SIGNS and word[-1] in _SIGNS and len(words) == 1 and words != word
    )
    if len(word) > len(words) + counted and words[0] in word and not vague:
        return Claim(span, "word", reason=word)
    try:
        parse_numeral(words)
    except NumeralError:
        reason: UnresolvedReason = "unreadable"
        if len(words) == 1 and not counted and not vague:
            return Claim(span, "word", reason=words)
    else:
        reason = "no_unit"
        if words == "一":
            # 一 without a unit says "as soon as", "a", "whole": never a figure.
            return Claim(span, "word", reason=words)
    return Claim(span, "unresolved", unresolved(reason), reason)


def ledger_rows(text: AlignedText, claim_map: ClaimMap) -> tuple[LedgerRow, ...]:
    """Write a row for every numeral of the source."""
    rows = []
    starts = text.starts
    size = len(text.text)
    dropped = [
        (edit.start, edit.end, edit.reason)
        for edit in text.edits
        if not edit.replacement and "page_mark" in edit.reason.split("+")
    ]
    edges = [start for start, _, _ in dropped]
    for match in NUMERAL.finditer(text.source.text):
        start, end = match.span()
        first = start if starts is None else bisect_left(starts, start)
        last = end if starts is None else bisect_left(starts, end)
        claim = claim_map.at(first, max(last, first + 1)) if first < size else None
        if edges and (at := bisect_left(edges, start + 1) - 1) >= 0 and dropped[at][1] > start:
            claim = Claim(Span(first, first), "furniture", reason="page_mark")
        if claim is None:
            claim = Claim(Span(first, first), "furniture", reason="outside")
        rows.append(
            LedgerRow(
                start=start,
                end=end,
                exact=match.group(),
                disposition=claim.disposition,
                ref=claim.ref,
                reason=claim.reason,
            )
        )
    return tuple(rows)
