"""The step ``page_mark``: finds the lines that only number a page.

The numbers go from the normalised text but stay in the source; the edits' ranges say where.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.line_rules import load_line_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.notice.normalise.aligned import Change
    from extractor.resources import Resources

_LONGEST_MARK = 40
# A page holds several hundred characters; the numbers of a table's rows stand closer together.
_SHORTEST_PAGE = 250
_FEWEST_LONE = 2
_CUT_LINE = 20


class _Candidate(NamedTuple):
    start: int
    end: int
    page: int
    total: int


def find_page_marks(text: str, resources: Resources) -> list[Change]:
    r"""Remove lines that only say which page this is, each with its line break.

    >>> from extractor.resources import load
    >>> find_page_marks("后顾之\n— 2 —\n忧", load())
    [(4, 10, '')]
    """
    rules = resources.built(load_line_rules)
    certain: list[tuple[int, int]] = []
    fractions: list[_Candidate] = []
    lone: list[_Candidate] = []
    # Only short lines with a digit, or with 页 in words, can be page marks.
    for m in regex.finditer(rf"^(?=[^\n]{{0,{_LONGEST_MARK}}}+$)[^\n\d页]*+[\d页][^\n]*+\n?", text, regex.MULTILINE):
        line = m[0].strip()
        if rules.page.fullmatch(line):
            certain.append(m.span())
        elif found := rules.fraction.fullmatch(line):
            fractions.append(_Candidate(m.start(), m.end(), int(found["page"]), int(found["total"])))
        elif found := rules.lone.fullmatch(line):
            lone.append(_Candidate(m.start(), m.end(), int(found["page"]), 0))
    certain += _counting_fractions(fractions) + _counting_lone(text, lone)
    return [(start, end, "") for start, end in sorted(certain)]


def cuts_after(marks: Iterable[Change]) -> frozenset[int]:
    """Give the places of removed page marks in the text without them."""
    gone = 0
    cuts = set()
    for start, end, _ in marks:
        cuts.add(start - gone)
        gone += end - start
    return frozenset(cuts)


def _counting_fractions(found: list[_Candidate]) -> list[tuple[int, int]]:
    """Keep 2/10 and 3/10, of one total and one more each; a single 1/3 is a figure."""
    pages: set[tuple[int, int]] = set()
    for one, other in pairwise(found):
        if one.total == other.total and one.page + 1 == other.page <= other.total:
            pages |= {(one.start, one.end), (other.start, other.end)}
    return sorted(pages)


def _counting_lone(text: str, found: list[_Candidate]) -> list[tuple[int, int]]:
    """Keep lone numbers that count on a page's length apart, if one of them stands inside a sentence."""
    best: list[_Candidate] = []
    chain: list[_Candidate] = []
    for candidate in found:
        if chain and (candidate.page != chain[-1].page + 1 or candidate.start - chain[-1].end < _SHORTEST_PAGE):
            best, chain = max(best, chain, key=len), []
        chain.append(candidate)
    best = max(best, chain, key=len)
    if len(best) < _FEWEST_LONE or not any(_breaks_sentence(text, candidate.start) for candidate in best):
        return []
    return [(candidate.start, candidate.end) for candidate in best]


def _breaks_sentence(text: str, at: int) -> bool:
    before = text[max(at - _LONGEST_MARK, 0) : at].rstrip().rsplit("\n", 1)[-1]
    return len(before) >= _CUT_LINE and bool(regex.search(r"[\p{Han}，、,\dA-Za-z]$", before))
