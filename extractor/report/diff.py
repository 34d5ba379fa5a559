"""What `extractor diff` draws in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.report.columns import Column, Columns
from extractor.report.wrapping import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from extractor.report.diff_lines import Cell, Part
    from extractor.report.labels import Labels

_STYLES = {"raised": "green", "lowered": "red", "introduced": "cyan", "not_mentioned": "yellow", "unchanged": "dim"}


def diff_view(parts: Sequence[Part], labels: Labels, *, verbose: bool) -> RenderableType:
    """Show comparisons as tables; ``verbose`` adds the sentences of both sides."""
    shown: list[RenderableType] = []
    for part in parts:
        shown += [Text(part.title, style="bold"), *(Text(note, style="yellow") for note in part.notes)]
        shown += ["", _table(part, labels), "", Text(part.counts, style="dim"), ""]
        if verbose:
            shown += [*_sentences(part), ""]
    return Group(*shown[:-1]) if shown else Text(labels("phrase", "nothing_moved"))


def _table(part: Part, labels: Labels) -> Columns:
    columns = [
        Column(labels("field", "indicator"), least=22, most=36),
        Column(labels("field", "scope"), least=12, most=24),
        *(Column(name, least=14) for name in part.columns),
        Column(labels("field", "change"), least=12),
    ]
    rows: list[Sequence[Text] | Text] = []
    for name, lines in part.groups:
        rows.append(Text(name, style="bold"))
        for line in lines:
            change = " ".join(filter(None, (line.kind, line.delta)))
            style = _STYLES.get(line.change.kind, "")
            rows.append((
                Text(line.indicator, style="" if line.change.indicator else "italic"),
                Text(line.scope),
                _cell_text(line.before),
                _cell_text(line.after),
                Text("\n".join((change, *line.also)), style=style),
            ))  # fmt: skip
    return Columns(columns, rows)


def _cell_text(cell: Cell) -> Text:
    text = Text(cell.text)
    for note in cell.notes:
        text.append(f"\n{note}", style="dim")
    return text


def _sentences(part: Part) -> list[RenderableType]:
    shown: list[RenderableType] = []
    for _, lines in part.groups:
        for line in lines:
            scope = f"（{line.scope}）" if line.scope else ""
            shown.append(Text(f"{line.indicator}{scope}  {line.kind}", style="bold"))
            for column, cell in zip(part.columns, (line.before, line.after), strict=True):
                for quote in cell.quotes:
                    head = (f"{column}  {quote.notice}  {quote.fact_id}\n", "dim")
                    words = (quote.before, "【", (quote.exact, "bold"), "】", quote.after)
                    shown.append(Padding(Words(Text.assemble(head, *words)), (0, 0, 0, 2)))
    return shown
