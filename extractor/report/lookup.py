"""Finds a fact, its source text and its ledger rows for `extractor show`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.console import Group

from extractor import resources
from extractor.dataset import publish
from extractor.dataset.sources import source_text
from extractor.dataset.store import load_rows, read_bytes
from extractor.errors import DatasetError
from extractor.model import LedgerRow
from extractor.report.copies import copies_view
from extractor.report.corrections import correction_view
from extractor.report.labels import find_rule
from extractor.report.terminal import fact_view

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.model import Dataset, Fact, NoticeSource
    from extractor.report.labels import Labels


def look_up(fact_id: str, dataset: Dataset, folder: Path, corpus: Path, labels: Labels) -> RenderableType:
    """Show one fact; ``folder`` holds the dataset's sources and ledgers, ``corpus`` its notices."""
    fact = find_fact(fact_id, dataset)
    notice = next(notice for notice in dataset.notices if notice.notice_id == fact.notice_id)
    text = source_text(notice.source, folder, corpus)
    evidence = fact.evidence
    if text is not None and text[evidence.start : evidence.end] != evidence.exact:
        text = None  # the file is another one by now; the dataset's own quotation is still true
    ledger = [row for row in _ledger(notice.source, folder) if row.ref == fact.fact_id]
    file = find_rule(resources.load(), fact.rule)
    view = fact_view(fact, notice, text, ledger, labels, f"{fact.rule}  {file}" if file else fact.rule)
    return Group(view, copies_view(fact, notice, labels), correction_view(fact, labels))


def find_fact(fact_id: str, dataset: Dataset) -> Fact:
    """Find a fact by its id or the beginning of it."""
    wanted = fact_id.strip()
    fitting = [fact for fact in dataset.facts if wanted and fact.fact_id.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(fact.fact_id for fact in fitting[:5])
        msg = f"{fact_id}: {len(fitting)} facts begin so ({names} …). Give more of the id."
        raise DatasetError(msg)
    near = get_close_matches(wanted, [fact.fact_id for fact in dataset.facts], 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    msg = (
        f"{fact_id}: no such fact in the dataset.{hint} `extractor parse NOTICE` lists a notice's facts with their ids."
    )
    raise DatasetError(msg)


def _ledger(source: NoticeSource, folder: Path) -> list[LedgerRow]:
    path = folder / publish.LEDGER / f"{source.sha256}.jsonl"
    return load_rows(read_bytes(path, ""), LedgerRow, path) if path.is_file() else []
