"""Page furniture by its place: page numbers, and heads and feet that run over the pages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from extractor.ingest.paged.geometry import Line, PlacedTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.ingest.line_rules import LineRules
    from extractor.ingest.paged.geometry import PageLayout
    from extractor.ingest.paged.lines import Item

# Heads and feet are among so many lines at a page's edge, and at the same height within so many points.
EDGE_LINES = 3
SAME_HEIGHT = 4.0
LONGEST = 120
_NUMBER = regex.compile(r"\d{1,5}")


def mark_furniture(pages: list[PageLayout], items: list[list[Item]], rules: LineRules) -> None:
    """Mark the lines that belong to the page and not to the text, by their ``beside``."""
    upright: list[list[Line]] = []
    for found in items:
        lines = [item for item in found if isinstance(item, Line) and not item.beside]
        upright.append(sorted(lines, key=lambda line: line.middle))
    mark_numbers(upright, rules)
    # Pages of one size share their heads and feet.
    shapes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        shapes[round(page.width), round(page.height)].append(index)
    for indexes in shapes.values():
        mark_running([upright[i] for i in indexes], [body_tables(items[i]) for i in indexes])


def body_tables(found: list[Item]) -> list[PlacedTable]:
    """List a page's tables."""
    return [item for item in found if isinstance(item, PlacedTable)]


def edges_of(lines: list[Line]) -> Iterable[Line]:
    """List the lines at the upper and the lower edge of a page, each once."""
    return lines if len(lines) <= 2 * EDGE_LINES else (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])


def mark_numbers(pages: list[list[Line]], rules: LineRules) -> None:
    """Mark what only numbers a page: — 2 — wherever it stands at an edge, a bare 2 or 2/10 where pages count on."""
    bare: dict[int, list[Line]] = defaultdict(list)
    for lines in pages:
        for line in edges_of(lines):
            text = line.text if len(line.text) <= LONGEST else ""
            if rules.page.fullmatch(text):
                line.beside = True
            elif found := rules.lone.fullmatch(text) or rules.fraction.fullmatch(text):
                bare[int(found["page"]) - line.page].append(line)
    for offset, lines in bare.items():
        counting = len({line.page for line in lines}) > 1
        for line in lines:
            line.beside = counting or (len(pages) == 1 and offset == 0 and line is pages[0][-1])


def mark_running(pages: list[list[Line]], tables: list[list[PlacedTable]]) -> None:
    """Mark lines that stand at the same height of several pages, outside of what any page has as its text."""
    repeated = repeated_lines(pages)
    body = [line for lines in pages for line in lines if not line.beside and id(line) not in repeated]
    placed = [table for found in tables for table in found]
    if not repeated or not (body or placed):
        return
    # A head that repeats stands above the text of every page: 附件 at the top of two pages does not.
    first = min([*(line.middle for line in body), *(table.top for table in placed)])
    last = max([*(line.middle for line in body), *(table.bottom for table in placed)])
    for lines in pages:
        for line in lines:
            if id(line) in repeated and (line.bottom <= first or line.top >= last):
                line.beside = True


def repeated_lines(pages: list[list[Line]]) -> set[int]:
    """Give the ids of the lines at pages' edges that another page has at the same height."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    edges: list[tuple[Line, str, int]] = []
    for lines in pages:
        for line in edges_of([line for line in lines if not line.beside]):
            if len(line.text) <= LONGEST:
                height = round(line.top / SAME_HEIGHT)
                for key in (line.text, key_of(line)):
                    edges.append((line, key, height))
                    seen[key, height].add(line.page)
    return {
        id(line)
        for line, key, height in edges
        if any(seen.get((key, near), set()) - {line.page} for near in (height - 1, height, height + 1))
    }


def key_of(line: Line) -> str:
    """Give a line's text with the number of its page left out: 江西省医疗保障局 3."""
    return _NUMBER.sub(lambda found: "#" if int(found[0]) == line.page else found[0], line.text)
