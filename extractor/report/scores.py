"""What `extractor evaluate` draws in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.report.columns import Column, Columns
from extractor.report.phrases import one_line, safe, subject_words, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from extractor.evaluate import Evaluation, Score
    from extractor.report.labels import Labels


def evaluation_view(evaluation: Evaluation, labels: Labels, *, verbose: bool) -> RenderableType:
    """Show the scores by notice and by kind; ``verbose`` adds every miss."""
    parts: list[RenderableType] = [
        _scores(labels("field", "notice"), (*evaluation.notices, evaluation.total), labels, group=None),
        "",
        _scores(labels("field", "kind"), evaluation.kinds, labels, group="kind"),
    ]
    if verbose:
        parts += [part for score in evaluation.notices if score.misses for part in ("", _misses(score, labels))]
    return Group(*parts)


def _scores(title: str, scores: Sequence[Score], labels: Labels, *, group: str | None) -> Columns:
    figures = list(dict.fromkeys(name for score in scores for name in score.figures))
    names = [labels("field", "rows"), *(labels("figure", name) for name in figures)]
    drawn = []
    for score in scores:
        name = labels(group, score.name) if group else labels("field", "all") if score.name == "all" else score.name
        shares = [ratio.share if (ratio := score.figures.get(figure)) else None for figure in figures]
        rows = score.figures["value"].total if "value" in score.figures else 0
        cells = (safe(name), str(rows), *("–" if share is None else str(share) for share in shares))
        drawn.append([Text(cell) for cell in cells])
    return Columns([Column(title, least=16, path=True), *(Column(name, least=5, right=True) for name in names)], drawn)


def _misses(score: Score, labels: Labels) -> Columns:
    status, exact, value = (labels("field", name) for name in ("status", "exact", "value"))
    columns = [Column(status), Column(exact, least=20, most=60), Column(value, below=True)]
    rows = []
    for miss in score.misses:
        row = miss.row
        want = "" if row is None else " ".join(
            filter(None, (row.kind, row.operator, row.value or f"{row.lower}–{row.upper}", row.unit, row.indicator))
        )  # fmt: skip
        have = " | ".join(f"{subject_words(fact, labels)} {value_words(fact, labels)}" for fact in miss.facts)
        words = one_line((row.quote or row.text) if row else miss.facts[0].evidence.exact)
        rows.append((Text(labels("miss", miss.reached)), Text(words), Text(safe(f"{want} ← {have}"))))
    return Columns(columns, rows, score.name)
