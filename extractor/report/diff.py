"""What `extractor diff` draws in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

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
        shown += [_table(part, labels), Text(part.counts, style="dim"), ""]
        if verbose:
            shown += [*_sentences(part), ""]
    return Group(*shown[:-1]) if shown else Text(labels("phrase", "nothing_moved"))


def _table(part: Part, labels: Labels) -> Table:
    names = [labels("field", "indicator"), labels("field", "scope"), *part.columns, labels("field", "change")]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style="bold", pad_edge=False)
    # Where a terminal is narrow the widest columns give way first: names and scopes, not figures.
    for name, widest in zip(names, (34, 24, None, None, None), strict=True):
        table.add_column(Text(name), overflow="fold", max_width=widest)
    for name, lines in part.groups:
        table.add_row(Text(name, style="bold"), *[""] * 4)
        for line in lines:
            change = " ".join(filter(None, (line.kind, line.delta)))
            style = _STYLES.get(line.change.kind, "")
            table.add_row(
                Padding(Text(line.indicator, style="" if line.change.indicator else "italic"), (0, 0, 0, 2)),
                Text(line.scope),
                _cell_text(line.before),
                _cell_text(line.after),
                Text("\n".join((change, *line.also)), style=style),
            )
        table.add_section()
    return table


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
                    shown.append(Padding(Text.assemble(head, *words), (0, 0, 0, 2)))
    return shown
