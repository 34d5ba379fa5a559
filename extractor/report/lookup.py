"""Finds a fact, its source text and its ledger rows for `extractor show`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.build import publish
from extractor.build.corpus import source_text
from extractor.build.reviews import ReviewPlace, added_row_to_paste, row_to_paste, toml_key
from extractor.dataset.addresses import notice_page
from extractor.dataset.labels import one_line, safe
from extractor.dataset.series import unserved
from extractor.dataset.store import load_rows, read_own
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import LedgerRow
from extractor.report.columns import WrappedWords
from extractor.report.explanation import explanation_view
from extractor.report.sentences import in_one_line, quoted
from extractor.report.terminal import fact_view, named_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.build.reread import Reread
    from extractor.dataset.labels import Labels
    from extractor.model import Copy, Correction, Dataset, Fact, NoticeRecord, NoticeSource, Review
    from extractor.resources import Resources

# ── What `extractor show` says of the other files with the same notice, and where they differ on a figure


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
            line.append(f"  {labels('field', 'conflict')}{labels('phrase', 'colon')}{words}{place}", style="bold red")
    return line


# ── What an analyst corrected of a fact, and the row that corrects it


def correction_view(fact: Fact, notice: NoticeRecord, labels: Labels) -> RenderableType:
    """Show what analysts said of a fact, each correction with the machine's reading, and end with the row to paste."""
    parts: list[RenderableType] = [Text("")]
    if fact.reviews:
        parts.append(Text(labels("field", "reviews"), style="bold"))
        parts += [Text(f"  {safe(review_words(one, labels))}") for one in fact.reviews]
        parts.append(Text(""))
    if fact.corrections:
        parts.append(Text(labels("field", "corrections"), style="bold"))
        parts += [Text(f"  {safe(correction_words(one, labels))}") for one in fact.corrections]
        parts.append(Text(""))
    place = ReviewPlace(notice.source.path)
    for said, row in (
        (("correct_it", "correct_fields"), row_to_paste(fact, notice)),
        (("reject_it",), row_to_paste(fact, notice, "reject")),
        (("add_it",), added_row_to_paste(place)),
    ):
        parts += [WrappedWords(Text(_comment(name, labels), style="dim"), before="# ") for name in said]
        parts += [Text(safe(row).rstrip(), no_wrap=True, overflow="ignore"), Text("")]
    return Group(*parts[:-1])


# What most corrections set; an error lists the others.
_FIELDS = (
    "value", "lower", "upper", "operator", "unit", "per", "indicator", "role", "due", "scope.population", "scope.provider",
    "scope.condition", "scope.payer",
)  # fmt: skip


def _comment(name: str, labels: Labels) -> str:
    """Say what a row is for, or which fields it may set, each by the word that tables have for it."""
    said = labels("field", name)
    if name != "correct_fields":
        return said
    return f"{said}  " + " · ".join(f"{_field_words(one, labels)} {toml_key(one)}" for one in _FIELDS)


def _field_words(field: str, labels: Labels) -> str:
    scope, _, name = field.rpartition(".")
    return labels(scope or "field", name)


def correction_words(correction: Correction, labels: Labels) -> str:
    """Say a correction on one line: ``数值：610 → 620，张三：原件如此``."""
    nothing = labels("phrase", "no_value")
    field = _field_words(correction.field, labels)
    day = f" {correction.on}" if correction.on else ""
    moved = (correction.read or nothing, correction.value or nothing)
    return labels("phrase", "correction").format(field, *moved, f"{correction.who}{day}", correction.why)


def review_words(review: Review, labels: Labels) -> str:
    """Say a review on one line: ``确认，张三 2026-11-21：原件如此``."""
    day = f" {review.on}" if review.on else ""
    return labels("phrase", "review").format(labels("review", review.action), f"{review.who}{day}", review.why)


def look_up(
    fact_id: str,
    dataset: Dataset,
    folder: Path,
    labels: Labels,
    again: Callable[[NoticeSource], Reread | None],
    corpus: Path,
    resources: Resources,
) -> RenderableType:
    """Show one fact; ``folder`` holds the dataset's sources and ledgers, ``corpus`` its notices; ``again`` reads one anew."""
    fact = find_fact(fact_id, dataset)
    notice = next(notice for notice in dataset.notices if notice.notice_id == fact.notice_id)
    text = source_text(notice.source, folder, corpus, resources)
    evidence = fact.evidence
    if text is not None and text[evidence.start : evidence.end] != evidence.exact:
        text = None  # the file is another one by now; the dataset's own quotation is still true
    ledger = [row for row in _ledger(notice.source, folder) if row.ref == fact.fact_id]
    view: RenderableType = fact_view(fact, notice, text, ledger, labels, resources)
    more = [(labels("field", "series"), _series_words(fact, dataset, labels, resources))]
    page = folder / "report" / notice_page(notice.notice_id)
    if page.is_file():
        more.append((labels("field", "report"), f"{page}#fact-{fact.fact_id}"))
    view = Group(view, "", named_rows([(name, words) for name, words in more if words]))
    why = explanation_view(fact, again(notice.source), resources, labels)
    return Group(view, why, copies_view(fact, notice, labels), correction_view(fact, notice, labels))


def _series_words(fact: Fact, dataset: Dataset, labels: Labels, resources: Resources) -> str:
    """Name the series of a fact and its years, or what keeps it out of all; nothing for one without an indicator in none."""
    years = {
        series.series_id: point.year
        for series in dataset.series
        for point in series.points
        if fact.fact_id in point.fact_ids
    }
    if years or not fact.indicator:
        return " · ".join(f"{name} {year}" for name, year in years.items())
    reason = unserved(dataset.facts, dataset.notices, resources).get(fact.fact_id)
    return labels("phrase", "served_nowhere").format(labels("unserved", reason)) if reason else ""


def fact_record(fact_id: str, dataset: Dataset, folder: Path, corpus: Path, resources: Resources) -> dict[str, object]:
    """Give what `look_up` shows of a fact as data: the fact and its notice as the dataset has them, sentence and ledger.

    ``sentence`` is cut at the fact's words; without the source text it is the dataset's own quotation.
    """
    fact = find_fact(fact_id, dataset)
    notice = next(notice for notice in dataset.notices if notice.notice_id == fact.notice_id)
    sentence = in_one_line(quoted(fact.evidence, source_text(notice.source, folder, corpus, resources), resources))
    ledger = [row for row in _ledger(notice.source, folder) if row.ref == fact.fact_id]
    return {"fact": fact, "notice": notice, "sentence": sentence._asdict(), "ledger": ledger}


def find_fact(fact_id: str, dataset: Dataset) -> Fact:
    """Find a fact by its id or the beginning of it."""
    wanted = fact_id.strip()
    fitting = [fact for fact in (*dataset.facts, *dataset.rejected) if wanted and fact.fact_id.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        msg = Message(
            "{fact_id}: {count} facts begin so ({names} …). Give more of the id.",
            fact_id=fact_id,
            count=len(fitting),
            names=tuple(fact.fact_id for fact in fitting[:5]),
        )
        raise DatasetError(msg)
    near = get_close_matches(wanted, [fact.fact_id for fact in dataset.facts], 3)
    hint = Message(" Did you mean {near:or}?", near=tuple(near)) if near else ""
    msg = Message(
        "{fact_id}: no such fact in the dataset.{hint} `extractor parse NOTICE` lists a notice's facts with their ids.",
        fact_id=fact_id,
        hint=hint,
    )
    raise DatasetError(msg)


def _ledger(source: NoticeSource, folder: Path) -> list[LedgerRow]:
    path = folder / publish.LEDGER / f"{source.sha256}.jsonl"
    kept = read_own(path)
    return [] if kept is None else load_rows(kept, LedgerRow, path)
