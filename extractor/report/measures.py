"""Measures for people: each with its source words, what changed in them marked.

Pure functions from measures and source texts to rows, and from rows to a table for the terminal or to markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from extractor.dataset.labels import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import RenderableType

    from extractor.dataset.labels import Labels
    from extractor.model import Comparison, Measure, MeasureSide
    from extractor.report.diff_lines import Held

# A line's end inside Chinese words is the page's, not the sentence's.
_LINE_END = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_ESCAPED = r"\\\1"
_KINDS = ("kept", "reworded", "new", "dropped")


class WordPiece(NamedTuple):
    """Some of a sentence's source words, and whether the other year has others in their place."""

    text: str
    changed: bool


class MeasureRow(NamedTuple):
    """A measure as people read it; a side that isn't there is empty."""

    kind: str
    similarity: str | None
    sections: tuple[str | None, str | None]
    before: tuple[WordPiece, ...]
    after: tuple[WordPiece, ...]


def measure_rows(
    measures: Iterable[Measure], texts: Mapping[str, str], *, kinds: Iterable[str] | None = None
) -> list[MeasureRow]:
    """Make rows of measures; ``texts`` are source texts by notice id, ``kinds`` those to show (default: all but kept).

    A sentence whose source text is not at hand shows its edits' words only.
    """
    wanted = {"reworded", "new", "dropped"} if kinds is None else set(kinds)
    return [
        MeasureRow(
            kind=measure.kind,
            similarity=measure.similarity,
            sections=(
                measure.before.section if measure.before else None,
                measure.after.section if measure.after else None,
            ),
            before=_pieces(
                measure.before, texts, [(edit.before_start, edit.before_end, edit.before) for edit in measure.edits]
            ),
            after=_pieces(
                measure.after, texts, [(edit.after_start, edit.after_end, edit.after) for edit in measure.edits]
            ),
        )
        for measure in measures
        if measure.kind in wanted
    ]


def measures_view(comparisons: Iterable[Comparison], held: Held, labels: Labels) -> RenderableType:
    """Draw a table for each comparison that has measures."""
    shown: list[RenderableType] = []
    for one in comparisons:
        if one.measures:
            rows = measure_rows(one.measures, _texts(one.measures, held))
            shown += [Text(_title(one, labels), style="bold"), measures_table(rows, labels)]
    return Group(*shown) if shown else Text(labels("measure", "none"))


def measures_document(comparisons: Iterable[Comparison], held: Held, labels: Labels) -> str:
    """Write a markdown section for each comparison that has measures."""
    shown = [
        f"## {_MARKDOWN.sub(_ESCAPED, _title(one, labels))}\n\n"
        + measures_markdown(measure_rows(one.measures, _texts(one.measures, held)), labels)
        for one in comparisons
        if one.measures
    ]
    return "\n".join(shown) or f"{labels('measure', 'none')}\n"


def _title(comparison: Comparison, labels: Labels) -> str:
    counts: Counter[str] = Counter(measure.kind for measure in comparison.measures)
    told = " · ".join(f"{labels('measure', kind)} {counts[kind]}" for kind in _KINDS)
    years = f"{comparison.from_} → {comparison.to}"
    return "  ".join(filter(None, (labels("field", "measures"), safe(comparison.region or ""), years, told)))


def _texts(measures: Iterable[Measure], held: Held) -> dict[str, str]:
    ids = {side.notice_id for measure in measures for side in (measure.before, measure.after) if side}
    known = ((name, held.text_of(held.figures.notices[name])) for name in sorted(ids) if name in held.figures.notices)
    return {name: text for name, text in known if text is not None}


def measures_table(rows: Iterable[MeasureRow], labels: Labels) -> Table:
    """Draw rows as a table: what went is struck out, what came is bold, both in 【】."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style="bold", pad_edge=False)
    table.add_column(Text(labels("measure", "change")), no_wrap=True)
    for name in ("before", "after"):
        table.add_column(Text(labels("measure", name)), overflow="fold", ratio=1)
    for row in rows:
        table.add_row(
            Text(_kind(row, labels)),
            _drawn(row.sections[0], row.before, "red strike"),
            _drawn(row.sections[1], row.after, "bold green"),
        )
    return table


def measures_markdown(rows: Iterable[MeasureRow], labels: Labels) -> str:
    """Write rows as a markdown table: what went is struck out, what came is bold."""
    heads = [labels("measure", name) for name in ("change", "before", "after")]
    lines = [f"| {' | '.join(heads)} |", "| --- | --- | --- |"]
    for row in rows:
        cells = (
            _kind(row, labels),
            _written(row.sections[0], row.before, "~~"),
            _written(row.sections[1], row.after, "**"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _kind(row: MeasureRow, labels: Labels) -> str:
    kind = labels("measure", row.kind)
    return f"{kind} {row.similarity}" if row.kind == "reworded" and row.similarity else kind


def _pieces(
    side: MeasureSide | None, texts: Mapping[str, str], edits: Iterable[tuple[int, int, str]]
) -> tuple[WordPiece, ...]:
    """Cut a side's source words where edits begin and end."""
    if side is None:
        return ()
    text = texts.get(side.notice_id)
    if text is None:
        return tuple(WordPiece(_flow(words), changed=True) for _, _, words in edits if words)
    pieces: list[WordPiece] = []
    at = side.start
    for start, end, _ in edits:
        pieces += (WordPiece(_flow(text[at:start]), changed=False), WordPiece(_flow(text[start:end]), changed=True))
        at = end
    pieces.append(WordPiece(_flow(text[at : side.end]), changed=False))
    return tuple(piece for piece in pieces if piece.text)


def _flow(text: str) -> str:
    return safe(_LINE_END.sub("", text).replace("\n", " "))


def _drawn(section: str | None, pieces: Iterable[WordPiece], style: str) -> Text:
    drawn = Text()
    parts = list(pieces)
    if section and parts:
        drawn.append(f"{safe(section)}：", style="dim")  # a blank would be a place to break the line at
    for piece in parts:
        # In brackets too, since a pipe has no colours.
        drawn.append(f"【{piece.text}】" if piece.changed else piece.text, style=style if piece.changed else None)
    return drawn


def _written(section: str | None, pieces: Iterable[WordPiece], mark: str) -> str:
    parts = []
    for piece in pieces:
        words = _MARKDOWN.sub(_ESCAPED, piece.text)
        parts.append(f"{mark}{words}{mark}" if piece.changed and words.strip() else words)
    return (f"{_MARKDOWN.sub(_ESCAPED, safe(section))}：" if section and parts else "") + "".join(parts)
