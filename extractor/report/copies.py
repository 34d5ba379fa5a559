"""What `extractor show` says of the other files with the same notice, and where they differ on a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.report.phrases import one_line, safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extractor.model import Copy, Fact, NoticeRecord
    from extractor.report.labels import Labels


def copies_view(fact: Fact, notice: NoticeRecord, labels: Labels) -> RenderableType:
    """List the copies of a fact's notice; of one that differs on this fact, its words and their place."""
    if not notice.copies:
        return Group()
    heading = Text(f"{labels('field', 'copies')} {len(notice.copies)}", style="bold")
    return Group(Text(""), heading, *(_line(copy, fact.fact_id, labels) for copy in notice.copies))


def _line(copy: Copy, fact_id: str, labels: Labels) -> Text:
    """Say a copy on one line, with what it has instead of the fact's words."""
    line = Text(f"  {safe(copy.source.path)}  {labels('field', 'similarity')} {copy.similarity}")
    for conflict in copy.conflicts:
        if conflict.fact_id == fact_id:
            words = one_line(conflict.found) if conflict.found else labels("phrase", "no_value")
            place = f"  {conflict.start}–{conflict.end}" if conflict.start is not None else ""
            line.append(f"  {labels('field', 'conflict')}：{words}{place}", style="bold red")
    return line
