"""The step ``page_mark``: finds the lines that only number a page, and reads the rows that say what a line is.

The numbers go from the normalised text but stay in the source; the edits' ranges say where.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex
from msgspec import Struct

from extractor.errors import CatalogError
from extractor.resources import check_unique, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from extractor.normalise.aligned import Change
    from extractor.resources import Resources

Role = Literal["page", "fraction", "lone", "opener", "marker", "alone", "title", "label"]

_WHOLE = frozenset({"page", "fraction", "lone", "alone", "title"})
_LONGEST_MARK = 40
# A page holds several hundred characters; the numbers of a table's rows stand closer together.
_SHORTEST_PAGE = 250
_FEWEST_LONE = 2
_CUT_LINE = 20


class LineRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `data/lines.toml`."""

    id: str
    role: Role
    regex: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class LineRules(NamedTuple):
    """The rows' regexes by role, one alternation each; for `fullmatch` or `match` on a line stripped of spaces."""

    page: regex.Pattern[str]
    fraction: regex.Pattern[str]
    lone: regex.Pattern[str]
    opener: regex.Pattern[str]
    marker: regex.Pattern[str]
    alone: regex.Pattern[str]
    title: regex.Pattern[str]
    label: regex.Pattern[str]


def _check(path: Path, row: LineRow) -> None:
    """Raise `CatalogError` when a regex is wrong or a row's examples and rejects are not what it matches."""
    try:
        pattern = regex.compile(row.regex)
    except regex.error as error:
        msg = f"{path}: line {row.id!r}: {error} in {row.regex!r}. Expected a regex: correct the entry."
        raise CatalogError(msg) from error
    matches = pattern.fullmatch if row.role in _WHOLE else pattern.match
    wrong = [text for text in row.examples if not matches(text)] or [text for text in row.rejects if matches(text)]
    if wrong or not row.examples:
        found = f"{wrong[0]!r} is on the wrong side" if wrong else "there is no example"
        msg = (
            f"{path}: line {row.id!r}: {found}; examples must match and rejects must not. Correct the regex or the row."
        )
        raise CatalogError(msg)


def load_line_rules(resources: Resources) -> LineRules:
    """Read and check the rows; a `CatalogError` names the row that is wrong."""
    path = resources.root / "lines.toml"
    rows = read_rows(path, "line", LineRow)
    check_unique(((path, row.id) for row in rows), "line")
    for row in rows:
        _check(path, row)
    return LineRules(
        *(
            regex.compile("|".join(f"(?:{row.regex})" for row in rows if row.role == role) or r"(?!)")
            for role in LineRules._fields
        )
    )


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
