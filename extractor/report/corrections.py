"""What an analyst corrected of a fact, and the row that corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.corrections import row_to_paste
from extractor.report.phrases import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extractor.model import Correction, Fact
    from extractor.report.labels import Labels


def correction_view(fact: Fact, labels: Labels) -> RenderableType:
    """Show a fact's corrections, each with the machine's reading, and end with the row to paste."""
    parts = [Text("")]
    if fact.corrections:
        parts.append(Text(labels("field", "corrections"), style="bold"))
        parts += [Text(f"  {safe(correction_words(one, labels))}") for one in fact.corrections]
        parts.append(Text(""))
    parts.append(Text(f"# {labels('field', 'correct_it')}", style="dim"))
    parts.append(Text(safe(row_to_paste(fact)).rstrip(), no_wrap=True, overflow="ignore"))
    return Group(*parts)


def correction_words(correction: Correction, labels: Labels) -> str:
    """Say a correction on one line: ``数值：610 → 620，张三：原件如此``."""
    nothing = labels("phrase", "no_value")
    scope, _, name = correction.field.rpartition(".")
    field = labels(scope or "field", name)
    day = f" {correction.on}" if correction.on else ""
    return f"{field}：{correction.read or nothing} → {correction.value or nothing}，{correction.who}{day}：{correction.why}"
