"""Year against year and province against nation: figures first, those that moved before those that did not, then wording."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.addresses import notice_page
from extractor.dataset.figures import code_of
from extractor.dataset.times import year_of
from extractor.notice.normalise.run import normalise_piece
from extractor.report.diff_lines import parts_of
from extractor.report.measures import WordPiece, measure_rows
from extractor.report.pages.frame import render
from extractor.report.pages.templates import numbered, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from extractor.model import Comparison, Span
    from extractor.report.diff_lines import DiffLine, DiffSection, Quote
    from extractor.report.measures import MeasureRow
    from extractor.report.pages.book import Book
    from extractor.resources import Resources

# What people compare word by word: a number, a word of Latin letters, one character of Chinese.
_TOKEN = re.compile(r"[0-9][0-9.,]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST_TOKENS = 600
_ALIKE = 0.3  # below this two sentences are two sentences, and marks would be all over them
_MOST_NOTICES = 12
_ORDER = ("reworded", "new", "dropped", "kept")


class ComparisonPage(NamedTuple):
    """A comparison with its page's name; ``name`` says what is compared."""

    comparison: Comparison
    page: str
    name: str


class QuotedWords(NamedTuple):
    """A sentence cut where words changed; ``page`` leads to its fact."""

    column: str
    page: str
    before: tuple[WordPiece, ...]
    exact: str
    after: tuple[WordPiece, ...]


class MovedLine(NamedTuple):
    """A change with the sentences of both sides, pairs of them side by side, and the page of what it measures."""

    line: DiffLine
    page: str | None
    pairs: tuple[tuple[QuotedWords | None, QuotedWords | None], ...]


def comparison_pages(book: Book) -> list[ComparisonPage]:
    """List the comparisons of years, then those of regions with the nation and their provinces, as the dataset has them."""
    return [_page(one, book) for one in book.dataset.comparisons]


def _page(one: Comparison, book: Book) -> ComparisonPage:
    if one.against is None:
        page = f"year/{one.region or 'none'}-{one.from_}-{one.to}.html"
        return ComparisonPage(one, page, f"{book.region(one.region)} {one.from_} → {one.to}")
    against = f"{book.labels('page', 'against')} {book.region(one.against)} {one.from_}"
    return ComparisonPage(
        one, f"region/{one.region}-{one.to}-{one.against}.html", f"{book.region(one.region)} {one.to} {against}"
    )


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def comparison_html(one: ComparisonPage, book: Book) -> dict[str, bytes]:
    """Render a comparison, on several pages where it is long; by their names."""
    writer = book.writer
    if one.comparison.against is not None:
        writer = writer._replace(stance=book.stance)
    (part,) = parts_of([one.comparison], writer)
    part = part._replace(columns=_columns(one.comparison, book))
    pieces = [*_figures(part, book), *_wording(one.comparison, book)]
    dealt = split(pieces)
    names = [numbered(one.page, at) for at in range(len(dealt))]
    files = [name.rpartition("/")[2] for name in names]
    facts = [line for _, lines in part.groups for line in lines]
    counts = Counter(line.kind for line in facts)
    measures = Counter[str](measure.kind for measure in one.comparison.measures)
    return {
        name: render(
            book, "comparison.html.j2", name, current="years", title=one.name, part=part, pieces=dealt[at], at=at,
            pages=files, counts=counts.most_common(), notices=_notices(one.comparison, book),
            measures=[(kind, measures[kind]) for kind in _ORDER if measures[kind]],
        )
        for at, name in enumerate(names)
    }  # fmt: skip


def _columns(comparison: Comparison, book: Book) -> tuple[str, str]:
    """Name the two sides: the years, or the regions with theirs."""
    if comparison.against is None:
        return str(comparison.from_), str(comparison.to)
    return f"{book.region(comparison.against)} {comparison.from_}", f"{book.region(comparison.region)} {comparison.to}"


def _notices(comparison: Comparison, book: Book) -> list[list[tuple[str, str]]]:
    """List title and page of the notices on either side."""
    sides = (
        (comparison.against or comparison.region, comparison.from_, [one.before for one in comparison.changes]),
        (comparison.region, comparison.to, [one.after for one in comparison.changes]),
    )
    found = []
    for code, year, points in sides:
        # Of another region's year, only what the figures are from: its other notices are about other things.
        cited = {book.facts[name].notice_id for point in points if point for name in point.fact_ids}
        found.append([
            (book.title(one), notice_page(one.notice_id))
            for one in book.dataset.notices
            if code_of(one) == code and year_of(one) == year and (comparison.against is None or one.notice_id in cited)
        ][:_MOST_NOTICES])  # fmt: skip
    return found


def _figures(part: DiffSection, book: Book) -> Iterator[Markup]:
    said, heads = "", _heads(part.comparison, book)
    for rank in _RANKS:
        for name, lines in part.groups:
            chosen = [line for line in lines if _rank(line) == rank]
            folded = rank == _RANKS[-1]
            if chosen:
                moved = [_moved_line(line, part.columns, book) for line in chosen]
                yield book.parts.moves(
                    name, moved, part.columns, folded, "../", book.p, "" if rank == said else heads[rank]
                )
                said = rank


# What moved, what one side alone has, what stayed as it was.
_RANKS = ("moved", "one_sided", "unmoved")


def _heads(comparison: Comparison, book: Book) -> dict[str, str]:
    """Say what is listed together: of years, what moved; of regions, what differs."""
    if comparison.against is None:
        return {"moved": book.p("moved"), "one_sided": book.p("one_sided"), "unmoved": book.p("unmoved")}
    return {"moved": book.p("unlike"), "one_sided": book.p("one_sided"), "unmoved": book.p("alike")}


def _rank(line: DiffLine) -> str:
    if line.change.before is None or line.change.after is None:
        return "one_sided"
    return "unmoved" if line.change.kind == "unchanged" and not line.change.also else "moved"


def _moved_line(line: DiffLine, columns: tuple[str, str], book: Book) -> MovedLine:
    ids = [name for point in (line.change.after, line.change.before) if point for name in point.fact_ids]
    page = next((book.subject_of_fact[name] for name in ids if name in book.subject_of_fact), None)
    pairs = tuple(
        _pair(before, after, columns, book)
        for before, after in zip_longest(line.before.quotes[:3], line.after.quotes[:3])
    )
    return MovedLine(line, page, pairs)


def _pair(
    before: Quote | None, after: Quote | None, columns: tuple[str, str], book: Book
) -> tuple[QuotedWords | None, QuotedWords | None]:
    quotes = (before, after)
    texts = [f"{one.before}{one.exact}{one.after}" if one else "" for one in quotes]
    changed = changed_words(texts[0], texts[1], book.resources)
    left, right = (
        QuotedWords(
            column, book.fact_page(book.facts[one.fact_id]),
            cut_words(one.before, ranges, 0), one.exact,
            cut_words(one.after, ranges, len(one.before) + len(one.exact)),
        ) if one else None
        for one, column, ranges in zip(quotes, columns, changed, strict=True)
    )  # fmt: skip
    return left, right


def changed_words(before: str, after: str, resources: Resources) -> tuple[list[Span], list[Span]]:
    """Find which words of two sentences changed; traditional script, and marks of another width, are no change."""
    if not before or not after or before == after:
        return [], []
    read = [normalise_piece(text, resources) for text in (before, after)]
    old, new = changed_ranges(*(text.text for text in read))
    return [read[0].to_source(span) for span in old], [read[1].to_source(span) for span in new]


def changed_ranges(before: str, after: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Find what differs between two sentences, as ranges of each; nothing where they have little in common.

    >>> changed_ranges("每人每年不低于580元", "每人每年不低于610元")
    ([(7, 10)], [(7, 10)])
    >>> changed_ranges("完全另一句", "")
    ([], [])
    """
    sides = [[met.span() for met in _TOKEN.finditer(text)] for text in (before, after)]
    if not all(sides) or max(map(len, sides)) > _MOST_TOKENS:
        return [], []
    old, new = ([text[start:end] for start, end in spans] for text, spans in zip((before, after), sides, strict=True))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [], []
    found: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for op, *places in matcher.get_opcodes():
        for at, (low, high) in enumerate((places[:2], places[2:])):
            if op != "equal" and low < high:
                _add(found[at], sides[at][low][0], sides[at][high - 1][1])
    return found


def _add(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a range; a single character between two changes is part of them."""
    if ranges and start - ranges[-1][1] <= 1:
        start = ranges.pop()[0]
    ranges.append((start, end))


def cut_words(text: str, ranges: Iterable[tuple[int, int]], offset: int) -> tuple[WordPiece, ...]:
    """Cut words where ranges of a longer text begin and end, in which they stand at ``offset``."""
    pieces: list[WordPiece] = []
    at = 0
    for low, high in ranges:
        start, end = max(at, low - offset), min(len(text), high - offset)
        if start >= end:
            continue
        pieces += (WordPiece(text[at:start], changed=False), WordPiece(text[start:end], changed=True))
        at = end
    pieces.append(WordPiece(text[at:], changed=False))
    return tuple(piece for piece in pieces if piece.text)


# ── wording ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _wording(comparison: Comparison, book: Book) -> Iterator[Markup]:
    """Render the sentences by what became of them; those that stayed are folded, thirty a piece, so that pages fill evenly."""
    ids = {side.notice_id for one in comparison.measures for side in (one.before, one.after) if side}
    texts = {name: text for name in sorted(ids) if (text := book.text_of(book.notices[name])) is not None}
    for kind in _ORDER:
        rows = measure_rows(comparison.measures, texts, kinds={kind})
        for at in range(0, len(rows), _ROWS):
            yield _rendered(rows[at : at + _ROWS], kind, book, first=at == 0, count=len(rows))


_ROWS = 30


def _rendered(rows: Sequence[MeasureRow], kind: str, book: Book, *, first: bool, count: int) -> Markup:
    piece: Markup = book.parts.wording(rows, kind, first, count, book.labels, book.p)
    return piece
