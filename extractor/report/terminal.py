"""Tables and lists for the terminal, as strings: pure functions from results to text.

A notice's words reach rich only inside `Text`, never as markup, and only after `safe` took their control characters.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.dataset.labels import (
    corrected_words,
    find_rule,
    ledger_reason,
    one_line,
    reading_words,
    role_words,
    safe,
    scope_words,
    subject_words,
    title_of,
)
from extractor.dataset.times import year_of
from extractor.messages import translated
from extractor.report.columns import Columns, TableColumn, WrappedWords
from extractor.report.sentences import GONE, QuotedSentence, in_one_line, sentence_bounds, uncut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from extractor.build.incremental import BuildReport
    from extractor.dataset.labels import Labels
    from extractor.model import Evidence, Fact, LedgerRow, NoticeRecord, NoticeResult, SetAside, Unresolved
    from extractor.resources import Resources

_CONTEXT, _REST = 10, 12
# Where a clause ends; a figure's noun often stands behind it: 不少于40%的统筹地区.
_CLAUSE = re.compile(r"[，。；：、！？;!?\n\r（(]|[,:](?![0-9])|(?<![0-9])[,:]")
_DIGITS = "0123456789.,:０１２３４５６７８９"


def render(renderable: RenderableType, *, width: int, color: bool) -> str:
    """Draw to a string, with colours where the reader is a terminal."""
    console = Console(
        file=StringIO(), width=width, force_terminal=color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(renderable)
    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in drawn.split("\n"))


def named_rows(rows: Iterable[tuple[str, str | Text | None]]) -> Table:
    """Lay out name and text in two columns; what is empty is left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column()
    for name, text in rows:
        if text:
            grid.add_row(Text(name), WrappedWords(text if isinstance(text, Text) else Text(safe(text))))
    return grid


def _counts(group: str, counts: dict[str, int], labels: Labels) -> str:
    return " · ".join(f"{labels(group, name)} {count}" for name, count in sorted(counts.items()))


# ── a notice ────────────────────────────────────────────────────────────────────────────────────────────────────────


def notice_view(result: NoticeResult, labels: Labels) -> RenderableType:
    """Show a notice: head, facts, unresolved figures, counts of the ledger."""
    parts: list[RenderableType] = [_head(result.notice, labels), ""]
    linked = sum(fact.indicator is not None for fact in result.facts)
    if linked and result.notice.title and year_of(result.notice) is None:
        parts += [Text(labels.counted("phrase", "yearless", linked).format(linked), style="yellow"), ""]
    if result.facts:
        parts.append(_facts(result.facts, labels))
        if any(fact.indicator is None for fact in result.facts):
            parts.append(Text(labels("phrase", "unlinked_mark"), style="dim"))
    else:
        parts.append(Text(labels("phrase", "no_facts")))
    if result.unresolved:
        parts += ["", _unresolved(result.unresolved, labels)]
    counts = _counts("disposition", result.notice.ledger, labels)
    parts += ["", named_rows([(labels("field", "ledger"), counts)])]
    return Group(*parts)


def _head(notice: NoticeRecord, labels: Labels) -> Table:
    region = f"{notice.region.name} {notice.region.code}" if notice.region else None
    relations = "\n".join(
        " ".join(part for part in (labels("relation", link.type), link.document_number, link.title) if part)
        for link in notice.relations
    )
    dates = ("issued_on", "published_on", "effective_on", "expires_on")
    damage = _counts("damage", {item.kind: item.count for item in notice.quality.damage}, labels)
    rows = [
        ("title", one_line(title_of(notice) or "") if notice.title else labels("phrase", "no_value")),
        ("document_number", notice.document_number or labels("phrase", "no_value")),
        ("type", labels("type", notice.type)),
        ("issuers", labels.listed(notice.issuers)),
        ("region", region),
        ("policy_year", str(notice.policy_year) if notice.policy_year else None),
        *((name, getattr(notice, name)) for name in dates),
        ("relations", relations),
        ("url", notice.source.url),
        ("quality", damage),
    ]
    return named_rows((labels("field", name), text) for name, text in rows)


def _facts(facts: Sequence[Fact], labels: Labels) -> Columns:
    columns = [
        TableColumn(labels("field", "indicator"), least=20, most=30),
        TableColumn(labels("field", "scope"), least=12, most=24),
        TableColumn(labels("field", "value")),
        TableColumn(labels("field", "exact"), below=True),
        TableColumn(labels("field", "fact_id")),
    ]
    ids = short_ids([fact.fact_id for fact in facts])
    rows = [
        (
            Text(subject_words(fact, labels), style="" if fact.indicator else "italic"),
            Text(scope_words(fact.scope, labels)),
            _value(fact, labels),
            quote_view(fact.evidence),
            Text(name, style="dim"),
        )
        for fact, name in zip(facts, ids, strict=True)
    ]
    return Columns(columns, rows, f"{labels('field', 'facts')} {len(facts)}")


def _value(fact: Fact, labels: Labels) -> Text:
    """Show a figure, and below it the day it is due; of a milestone, the day alone."""
    value = safe(role_words(fact, labels)) + corrected_words(fact, labels)
    repaired = labels("note", "repaired") if fact.evidence.repairs else ""
    # Of a year and of the year before, side by side: 2024年增长5%, 2025年的目标是5%左右.
    other = fact.applies_to and fact.applies_to != str(fact.policy_year or "")
    applies = f"{labels('field', 'applies_to')} {safe(fact.applies_to)}" if fact.applies_to and other else ""
    due = safe(labels("phrase", "by_date").format(fact.due)) if fact.due else ""
    return Text("\n".join(filter(None, (value, due, applies, repaired))), style="bold")


_SHORTEST_ID = 8


def short_ids(ids: Sequence[str]) -> list[str]:
    """Cut ids to the shortest beginnings, of eight characters or more, that tell them apart.

    >>> short_ids(["f-0123456789ab", "f-0123456ddddd", "f-ffffffffffff"])
    ['f-01234567', 'f-0123456d', 'f-ffffff']
    """
    ranked = sorted(set(ids))
    cut = {}
    for before, name, after in zip(["", *ranked], ranked, [*ranked[1:], ""], strict=False):
        length = next(at for at in range(_SHORTEST_ID, len(name) + 9) if name[:at] not in {before[:at], after[:at]})
        cut[name] = name[:length]
    return [cut[name] for name in ids]


def _unresolved(items: Sequence[Unresolved], labels: Labels) -> Columns:
    exact, reason, message = (labels("field", name) for name in ("exact", "reason", "message"))
    columns = [TableColumn(exact, least=20, most=60), TableColumn(reason), TableColumn(message, below=True)]
    rows = [
        (quote_view(item.evidence), Text(labels("reason", item.reason)), Text(safe(translated(item.message))))
        for item in items
    ]
    return Columns(columns, rows, f"{labels('field', 'unresolved')} {len(items)}")


def quote_view(evidence: Evidence) -> Text:
    """Show the exact words with a little of what stands before them, and the rest of their clause."""
    end = _CLAUSE.search(evidence.suffix)
    clause = evidence.suffix[: end.start()] if end else evidence.suffix
    before, exact, after = in_one_line(QuotedSentence(evidence.prefix, evidence.exact, clause))
    cut = "…" if len(before) > _CONTEXT else ""
    near, rest = before[-_CONTEXT:], after[:_REST]
    # A number is shown whole or not at all.
    if cut and before[-_CONTEXT - 1] in _DIGITS:
        near = near.lstrip(_DIGITS)
    if len(after) > _REST:
        rest = f"{rest.rstrip(_DIGITS) if after[_REST] in _DIGITS else rest}…"
    return Text.assemble((f"{cut}{near.lstrip()}", "dim"), (exact, "bold"), (rest, "dim"))


# ── a fact ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def fact_view(
    fact: Fact,
    notice: NoticeRecord,
    source: str | None,
    ledger: Sequence[LedgerRow],
    labels: Labels,
    resources: Resources,
) -> RenderableType:
    """Show a fact with its sentence, its words marked, and how it was read; without the source, its stored context."""
    file = find_rule(resources, fact.rule)
    rule = f"{fact.rule}  {file}" if file else fact.rule
    sentence = _sentence(fact, source, resources)
    fields = [(labels("field", name), text) for name, text in _fact_rows(fact, notice, labels, rule)]
    supports = [(labels("support", item.for_), safe(f"{item.exact}  {item.start}–{item.end}")) for item in fact.support]
    rows = [
        (
            labels("disposition", row.disposition),
            safe(f"{row.exact}  {row.start}–{row.end}  {ledger_reason(row, labels)}").rstrip(),
        )
        for row in ledger
    ]
    parts: list[RenderableType] = [
        Text(_headline(fact, labels), style="bold"),
        "",
        Padding(WrappedWords(sentence), (0, 2)),
        "",
    ]
    parts.append(named_rows(fields))
    for name, part in (("support", supports), ("ledger", rows)):
        if part:
            parts += ["", Text(labels("field", name), style="bold"), Padding(named_rows(part), (0, 2))]
    return Group(*parts)


def _headline(fact: Fact, labels: Labels) -> str:
    scope = scope_words(fact.scope, labels)
    return f"{subject_words(fact, labels)}  {safe(reading_words(fact, labels))}{f'  （{scope}）' if scope else ''}"


def _fact_rows(fact: Fact, notice: NoticeRecord, labels: Labels, rule: str) -> list[tuple[str, str | None]]:
    evidence = fact.evidence
    return [
        ("fact_id", fact.fact_id),
        (
            "notice",
            " ".join(filter(None, (notice.document_number, one_line(title_of(notice) or "")))) or notice.notice_id,
        ),
        ("policy_year", str(fact.policy_year) if fact.policy_year else None),
        ("indicator", fact.indicator),
        ("candidates", labels.listed(fact.candidates)),
        ("subject", fact.subject),
        ("kind", labels("kind", fact.kind)),
        ("role", labels("role", fact.role)),
        ("operator", labels("operator", fact.operator)),
        ("due", fact.due),
        ("base", fact.base.text if fact.base else None),
        ("counted", fact.counted),
        ("anchor", fact.anchor),
        ("applies_to", fact.applies_to),
        ("compared_to", fact.compared_to),
        ("valid_from", fact.valid_from),
        ("valid_to", fact.valid_to),
        ("modality", labels("modality", fact.modality)),
        ("status", labels("status", fact.status)),
        ("rule", rule),
        ("section", evidence.section),
        ("page", str(evidence.page) if evidence.page is not None else None),
        ("exact", evidence.exact),
        ("place", f"{evidence.start}–{evidence.end}  {notice.source.path}"),
        ("url", notice.source.url),
    ]


def _sentence(fact: Fact, source: str | None, resources: Resources) -> Text:
    """Cut the sentence of a fact, its exact words between brackets and bold, its support underlined."""
    evidence = fact.evidence
    if source is None:
        start, text = evidence.start - len(evidence.prefix), evidence.prefix + evidence.exact + evidence.suffix
    else:
        whole = uncut(source, resources)
        start, end = sentence_bounds(whole, evidence.start, evidence.end)
        text = whole[start:end]
    marks = sorted({(item.start, item.end, "underline") for item in fact.support if start <= item.start})
    first, last = evidence.start - start, evidence.end - start
    shown = Text(safe(text.replace("\r", " ")).replace("\n", " "))
    for begin, stop, style in marks:
        shown.stylize(style, begin - start, stop - start)
    shown.stylize("bold reverse", first, last)
    parts = [shown[:first], Text("【"), shown[first:last], Text("】"), shown[last:]]
    return Text("").join(piece for part in parts for piece in part.split(GONE, allow_blank=True))


# ── a build ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def build_view(report: BuildReport, labels: Labels) -> RenderableType:
    """Show what a build wrote, and what it set aside and why."""
    summary, published = report.summary, report.published
    counts = {
        "notices": summary.notices,
        "facts": summary.facts,
        "unresolved": summary.unresolved,
        "series": summary.series,
        "set_aside": len(summary.set_aside),
        "reread": report.reread,
    }
    # Most corpora have none, and then there is nothing to say.
    counts |= {name: count for name, count in (
        ("copies", summary.copies), ("conflict", summary.conflicts), ("internal", summary.internal),
        ("yearless", summary.yearless),
    ) if count}  # fmt: skip
    files = {"written": len(published.written), "unchanged": published.unchanged, "removed": len(published.removed)}
    touched = published.written or published.removed
    rows = [
        (
            labels("phrase", "wrote" if touched else "up_to_date"),
            f"{report.place}  {summary.dataset_version}",
        ),
        (
            labels("phrase", "read"),
            " · ".join(f"{labels.counted('field', name, count)} {count}" for name, count in counts.items()),
        ),
    ]
    if summary.reviews:
        words = " · ".join(f"{labels('status', name)} {count}" for name, count in summary.reviews.items())
        rows.append((labels("field", "reviews"), words))
    if touched:
        words = " · ".join(f"{labels('field', name)} {count}" for name, count in files.items())
        rows.append((labels("phrase", "files"), words))
    parts: list[RenderableType] = [named_rows(rows)]
    if summary.set_aside:
        parts += ["", _set_aside(summary.set_aside, labels)]
    return Group(*parts)


def _set_aside(items: Sequence[SetAside], labels: Labels) -> Columns:
    path, reason, message = (labels("field", name) for name in ("path", "reason", "message"))
    columns = [TableColumn(path, least=20, path=True), TableColumn(reason), TableColumn(message, below=True)]
    rows = [
        (Text(safe(item.path)), Text(labels("set_aside", item.reason)), Text(safe(translated(item.message))))
        for item in items
    ]
    return Columns(columns, rows, f"{labels('field', 'set_aside')} {len(items)}")
