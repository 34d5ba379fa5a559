"""The reader for web pages: tree → segments → which of them are the notice → source text with blocks.

A line of the page is a line of the source text; a row of a data table is one line, its cells separated by TAB, with a
`Block` for each cell. What stands beside the notice stays in its place as `furniture`: its numerals are accounted for.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import regex

from extractor.errors import IngestError
from extractor.ingest.source_text_builder import SourceTextBuilder, counted
from extractor.ingest.web import markup
from extractor.ingest.web.hints import build_hints, squeeze
from extractor.ingest.web.looks import HAN
from extractor.ingest.web.mainbody import find_attachments, find_furniture, find_titles
from extractor.ingest.web.segments import Segment, WebPage, take_apart
from extractor.messages import Message
from extractor.model import SourceText

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.encoding import Decoded
    from extractor.ingest.source_text_builder import LineKind
    from extractor.ingest.tables import Cell, Grid
    from extractor.ingest.web.hints import Hints
    from extractor.model import Block
    from extractor.resources import Resources

DAY = regex.compile(r"\s*+((?:19|20)\d\d)\s?[-/.年]?\s?(\d{1,2})\s?[-/.月]?\s?(\d{1,2})(?!\d)")
# A line of nothing but a day, or but a variable that a script replaces: {{content}}.
STAMP = regex.compile(r"[\s\d:：./年月日-]{6,40}+|(?:\s*+\{\{[^{}]{0,60}\}\}\s*+){1,9}")
# A page that shows so few characters, and keeps so many times more, with full stops, where a script finds them.
LITTLE, TIMES, LEAST_STOPS = 200, 3, 3
MOST_KEPT = 2_000_000
ESCAPED = regex.compile(r"\\u([0-9a-fA-F]{4})")
LEAST_LABELS = 2
# Lines in a row that begin with a label but have no colon after it, so that they are particulars all the same.
LEAST_RUN = 3
MOST_FRAMES = 3
LONGEST_NAMES = 400


def read_html(data: bytes, decoded: Decoded, origin: str, resources: Resources) -> SourceText:
    """Read a web page; raise `IngestError` where it holds no text."""
    hints = resources.built(build_hints)
    root = markup.parse(decoded.text)
    page = take_apart(root) if root is not None else WebPage()
    page.title = choose_title(page, hints)
    mark_particulars(page, hints)
    furniture = find_furniture(page, hints)
    if root is None or is_empty(page, furniture, hints) or awaits_script(page, furniture, root):
        raise no_text(page, root, origin)
    text, blocks = write(page.segments, furniture)
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="text/html",
        encoding=decoded.encoding,
        reader="html",
        text=text,
        blocks=blocks,
        title=page.title,
        published=find_published(page, hints),
        attachments=find_attachments(page.segments, furniture, hints),
        damage=counted(struck_out=page.struck, cut_short=int(markup.is_cut(decoded.text))),
    )


def choose_title(page: WebPage, hints: Hints) -> str | None:
    """Choose the title that the page repeats, of those in its head; the article's own come before the page's."""
    named = [content for name, content in page.metas if hints.is_title(name)]
    titles = [*named, page.title] if page.title else named
    return next((title for title in titles if find_titles(page, title)), titles[0] if titles else None)


def find_published(page: WebPage, hints: Hints) -> str | None:
    """Read the day of publication from the page's head."""
    for name, content in page.metas:
        match = DAY.match(content) if hints.is_published(name) else None
        if match:
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
    return None


def is_empty(page: WebPage, furniture: list[bool], hints: Hints) -> bool:
    """Return True if a page shows nothing of a notice but its headline, its particulars and a word to wait."""
    titles = set(find_titles(page, page.title))
    return all(
        beside
        or segment.meta
        or not segment.text
        or (not segment.grid and (segment.heading or index in titles or is_stamp(segment.text, hints)))
        for index, (segment, beside) in enumerate(zip(page.segments, furniture, strict=True))
    )


def is_stamp(text: str, hints: Hints) -> bool:
    """Return True if a line only says when, or that there is more to come."""
    return STAMP.fullmatch(text) is not None or hints.is_waiting(text)


def awaits_script(page: WebPage, furniture: list[bool], root: etree._Element) -> bool:
    """Return True if a page keeps its prose where only a script finds it, and shows next to none."""
    shown = "".join(
        segment.text
        for segment, beside in zip(page.segments, furniture, strict=True)
        if not beside and not segment.meta
    )
    if len(shown) > LITTLE:
        return False
    for element in root.iter("script", "template", "textarea"):
        kept = ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(map(str, element.itertext()))[:MOST_KEPT])
        if kept.count("。") >= LEAST_STOPS and len(HAN.findall(kept)) > TIMES * len(shown):
            return True
    return False


def no_text(page: WebPage, root: etree._Element | None, origin: str) -> IngestError:
    """Make the error for a page that shows no text of a notice; where it has frames, these may hold it."""
    found = (
        Message.counted(
            "{count} line of navigation but no text",
            "{count} lines of navigation but no text",
            len(page.segments),
            count=len(page.segments),
        )
        if page.segments
        else Message("no text")
    )
    frames = (
        [] if root is None else [str(frame.get("src")) for frame in root.iter("frame", "iframe") if frame.get("src")]
    )
    inside = (
        Message(
            " It may stand in a frame of the page: {frames}.", frames=", ".join(frames[:MOST_FRAMES])[:LONGEST_NAMES]
        )
        if frames
        else ""
    )
    msg = Message(
        "{origin}: found a web page without text ({found}), expected a notice.{inside} Its text may be put "
        "in by a script: save the page from a browser that shows it, or give the notice as plain text.",
        origin=origin,
        found=found,
        inside=inside,
    )
    return IngestError("no_text", msg)


def mark_particulars(page: WebPage, hints: Hints) -> None:
    """Write the table of a document's particulars as lines ``文号：…``, whatever elements it is made of.

    Segments keep their number, because blocks count in them: a merged one is left blank.
    """
    add_colons(page, hints)
    for index, segment in enumerate(page.segments):
        if segment.grid is not None:
            if lines := particulars_of(segment.grid, hints):
                segment.text, segment.grid, segment.meta = "\n".join(lines), None, True
        elif hints.label_of(segment.text):
            segment.meta = segment.links * 2 < len(segment.text)
        elif hints.is_label(segment.text) and index + 1 < len(page.segments):
            value = page.segments[index + 1]
            if are_neighbours(page, segment, value) and not hints.is_label(value.text):
                segment.text = f"{squeeze(segment.text)}：{value.text}"
                segment.meta = True
                value.text, value.links, value.heading = "", 0, False


def add_colons(page: WebPage, hints: Hints) -> None:
    """Write the colon after a label that only the layout sets apart from its value (文号 in one span, 14号 in the next).

    One such line may be a sentence; several in a row, each with another label, are particulars.
    """
    run: list[tuple[Segment, str, str]] = []
    for segment in [*page.segments, None]:
        parts = hints.split_label(segment.text) if segment and not segment.grid else None
        if segment and parts and parts[0] not in {label for _, label, _ in run}:
            run.append((segment, *parts))
            continue
        if len(run) >= LEAST_RUN:
            for one, label, value in run:
                one.text = f"{label}：{value}"
        run = [(segment, *parts)] if segment and parts else []


def are_neighbours(page: WebPage, one: Segment, other: Segment) -> bool:
    """Tell two lines that lie in the same element, or in two elements of the same one."""
    if other.grid is not None or one.node == other.node:
        return other.grid is None
    return page.nodes[one.node].parent == page.nodes[other.node].parent


def particulars_of(grid: Grid, hints: Hints) -> list[str]:
    """Read a data table as particulars: pairs of cells, label and value; empty where it is another table."""
    lines: list[str] = []
    labels = 0
    label: Cell | None = None
    for cell in grid.cells:
        if hints.is_label(cell.text):
            labels += 1
            # A label without a value, then the next one.
            lines += [f"{squeeze(label.text)}："] if label else []
            label = cell
        elif label and (cell.row, cell.column) > (label.row, label.column) and cell.row == label.row:
            lines.append(f"{squeeze(label.text)}：{cell.text}")
            label = None
        else:
            lines += [f"{squeeze(label.text)}："] if label else []
            lines.append(cell.text)
            label = None
            labels += hints.label_of(cell.text) is not None
    lines += [f"{squeeze(label.text)}："] if label else []
    return lines if labels >= LEAST_LABELS and labels * 3 >= len(lines) else []


def write(segments: list[Segment], furniture: list[bool]) -> tuple[str, tuple[Block, ...]]:
    """Join the segments to the source text and say where each lies in it."""
    builder = SourceTextBuilder()
    for segment, beside in zip(segments, furniture, strict=True):
        if segment.grid is not None:
            builder.table(segment.grid, beside=beside)
        elif segment.text:
            for line in segment.text.split("\n"):
                builder.line(line, kind_of(segment, beside=beside))
    return builder.finish()


def kind_of(segment: Segment, *, beside: bool) -> LineKind:
    """Say what kind of block a line is."""
    if beside:
        return "furniture"
    return "heading" if segment.heading else "text"
