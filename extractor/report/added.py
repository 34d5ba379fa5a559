"""What adding did and what watching does, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.report.columns import Column, Columns
from extractor.report.phrases import one_line, safe
from extractor.report.terminal import build_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from extractor.add import AddReport
    from extractor.report.labels import Labels
    from extractor.watch import Round


def add_view(report: AddReport, labels: Labels) -> RenderableType:
    """Show what landed where, what was set aside and why, and what was built."""
    parts: list[RenderableType] = []
    if report.landed:
        rows = [
            (
                labels("phrase", "added" if one.added else "there_already"),
                one.path,
                str(one.facts),
                one_line(one.title or ""),
                one.source,
            )
            for one in report.landed
        ]
        parts.append(_table(("result", "path", "facts", "title", "source"), rows, labels))
    if report.set_aside:
        words = [(one.path, labels("set_aside", one.reason), one.message) for one in report.set_aside]
        parts += [Text(f"{labels('phrase', 'not_added')} {len(words)}", style="bold red")]
        parts.append(_table(("source", "reason", "message"), words, labels))
    if report.build is not None:
        parts += ["", build_view(report.build, labels)]
    return Group(*parts)


_NAMES_SHOWN = 5


def round_line(done: Round, labels: Labels) -> str:
    """Say in one line what changed and what the build made of it."""
    changes = {"added": done.new, "changed": done.changed, "gone": done.gone, "restless": done.restless}
    parts = [f"{labels('phrase', word)} {len(names)}{_names(names)}" for word, names in changes.items() if names]
    if done.error is not None:
        parts.append(done.error)
    if done.report is not None:
        summary = done.report.summary
        counts = {"notice": summary.notices, "facts": summary.facts, "set_aside": len(summary.set_aside)}
        parts.append(" · ".join(f"{labels('field', name)} {count}" for name, count in counts.items()))
        parts.append(f"{labels('field', 'version')} {summary.dataset_version}")
    return one_line("  ".join(parts))


def _names(names: Sequence[str]) -> str:
    more = " …" if len(names) > _NAMES_SHOWN else ""
    return f" ({', '.join(names[:_NAMES_SHOWN])}{more})"


_COLUMNS = {
    "path": Column("path", least=24, path=True),
    "facts": Column("facts", right=True),
    "title": Column("title", below=True),
    "source": Column("source", least=24, path=True, below=True),
    "message": Column("message", below=True),
}


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], labels: Labels) -> Columns:
    columns = [_COLUMNS.get(name, Column(name))._replace(name=labels("field", name)) for name in names]
    return Columns(columns, ([Text(safe(cell)) for cell in row] for row in rows))
