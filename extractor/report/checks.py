"""Checks and releases in the terminal."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.text import Text

from extractor.dataset.labels import one_line, reading_words, safe, subject_words, value_words
from extractor.evaluate.gold import LEVELS, wrong_names
from extractor.messages import translated
from extractor.report.columns import Columns, TableColumn, WrappedWords
from extractor.report.terminal import build_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from extractor.build.follow.health import SourceHealth
    from extractor.build.intake.run import AddReport
    from extractor.build.watch import Round
    from extractor.dataset.labels import Labels
    from extractor.evaluate.calibration import Band
    from extractor.evaluate.scoring import Evaluation, Miss, Score
    from extractor.model import Check, Fact

_ORDER = ("fail", "warn", "not_made", "pass")
_NOTICES_SHOWN = 5
_STYLES = {"fail": "bold red", "warn": "yellow", "pass": "green", "not_made": "dim"}


class UnservedFigure(NamedTuple):
    """A figure with an indicator that is in no series: its notice's number or title, and what keeps it out."""

    notice: str
    fact: Fact
    reason: str


def checks_view(
    checks: Sequence[Check],
    labels: Labels,
    *,
    verbose: bool,
    left_out: Sequence[UnservedFigure] = (),
) -> RenderableType:
    """Show the checks, failures first; those that pass only with ``verbose``, and always how many there are.

    ``left_out`` are the levels with an indicator that are in no series; each is listed with ``verbose``.
    """
    counts: Counter[str] = Counter(check.status for check in checks)
    words = " · ".join(f"{labels('check_status', status)} {counts[status]}" for status in _ORDER if counts[status])
    shown = [check for check in checks if verbose or check.status != "pass"]
    shown.sort(key=lambda check: (_ORDER.index(check.status) if check.status in _ORDER else len(_ORDER), check.kind))
    total = Text(
        f"{labels('field', 'checks')} {len(checks)}{labels('phrase', 'colon') + words if words else ''}", style="bold"
    )
    if left_out:
        total.append(_left_out(left_out, labels, verbose=verbose))
    if not shown:
        return total
    result, kind, message = (labels("field", name) for name in ("result", "check_kind", "message"))
    rows = [
        (
            Text(labels("check_status", check.status), style=_STYLES.get(check.status, "")),
            Text(labels("check", check.kind)),
            Text(safe(check.message)),
        )
        for check in shown
    ]
    return Group(Columns([TableColumn(result), TableColumn(kind), TableColumn(message, least=30)], rows), "", total)


def _left_out(figures: Sequence[UnservedFigure], labels: Labels, *, verbose: bool) -> Text:
    """Say how many figures are in no series, of which notices, and why."""
    notices = Counter(one.notice for one in figures)
    named = labels("phrase", "and").join(
        f"{one_line(key)} {count}" for key, count in [*notices.items()][:_NOTICES_SHOWN]
    )
    more = " …" if len(notices) > _NOTICES_SHOWN else ""
    said = Text(
        f"\n{labels.counted('phrase', 'in_no_series', len(figures)).format(len(figures))}{named}{more}", style="yellow"
    )
    for reason, count in Counter(one.reason for one in figures).most_common():
        said.append(f"\n  {count}  {labels('unserved', reason)}")
        for one in figures if verbose else ():
            if one.reason == reason:
                words = f"{subject_words(one.fact, labels)}  {reading_words(one.fact, labels)}"
                said.append(f"\n     {one.fact.fact_id}  {safe(words)}", style="default")
    return said


def release_view(version: str, written: Sequence[str], labels: Labels) -> RenderableType:
    """Show what a release wrote, or that there was nothing to publish."""
    if not written:
        return Text(f"{labels('phrase', 'nothing_to_release')} {version}")
    files = [Text(f"{labels('phrase', 'wrote')}  {safe(name)}") for name in written]
    return Group(Text(f"{labels('field', 'version')}  {version}", style="bold"), *files)


# ── What `extractor evaluate` draws in a terminal


def evaluation_view(evaluation: Evaluation, bands: Sequence[Band], labels: Labels, *, verbose: bool) -> RenderableType:
    """Show the scores by notice and by kind, and how true the risks of a review are; ``verbose`` adds every miss."""
    parts: list[RenderableType] = [
        _scores(labels("field", "notice"), (*evaluation.notices, evaluation.total), labels, group=None),
        "",
        _scores(labels("field", "kind"), evaluation.kinds, labels, group="kind"),
    ]
    if bands:
        parts += ["", _bands(bands, labels)]
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
    return Columns(
        [TableColumn(title, least=16, path=True), *(TableColumn(name, least=5, right=True) for name in names)], drawn
    )


def _bands(bands: Sequence[Band], labels: Labels) -> Columns:
    names = ("risk", "figures", "expected_wrong", "measured_wrong")
    columns = [TableColumn(labels("field", name), right=name != "risk") for name in names]
    rows = [
        (
            Text(f"{band.low}–{band.high}%"),
            Text(str(band.figures)),
            Text(f"{percent(band.expected / band.figures)}%"),
            Text(f"{percent(Fraction(band.wrong, band.figures))}%"),
        )
        for band in bands
    ]
    return Columns(columns, rows, labels("phrase", "calibration"))


def percent(share: Fraction) -> int:
    """Round a share to whole percent, halves up.

    >>> percent(Fraction(1, 8))
    13
    """
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)


def _misses(score: Score, labels: Labels) -> Columns:
    status, exact, value = (labels("field", name) for name in ("status", "exact", "value"))
    columns = [TableColumn(status), TableColumn(exact, least=20, most=60), TableColumn(value, below=True)]
    rows = []
    for miss in score.misses:
        row = miss.row
        words = one_line((row.quote or row.text) if row else miss.facts[0].evidence.exact)
        named = row is not None and miss.reached == LEVELS[-1]
        fault = _wrong_names(miss, labels) if named else _wrong_figure(miss, labels)
        rows.append((Text(labels("miss", miss.reached)), Text(words), Text(safe(fault))))
    return Columns(columns, rows, score.name)


def _wrong_figure(miss: Miss, labels: Labels) -> str:
    """Say what figure a row has, and what is read in its place."""
    row = miss.row
    want = "" if row is None else " ".join(
        filter(None, (row.kind, row.operator, row.value or f"{row.lower}–{row.upper}", row.unit, row.indicator))
    )  # fmt: skip
    have = " | ".join(f"{subject_words(fact, labels)} {value_words(fact, labels)}" for fact in miss.facts)
    return f"{want} ← {have}"


def _wrong_names(miss: Miss, labels: Labels) -> str:
    """Say of each field that names a figure wrongly what is right, and what is read in its place."""
    nothing = labels("phrase", "no_value")
    (fact,) = miss.facts
    faults = []
    for field, (right, said) in (wrong_names(miss.row, fact) if miss.row else {}).items():
        *_, group, name = f"field.{field}".split(".")
        want = " / ".join(words or nothing for words in right)
        faults.append(f"{labels(group, name)} {want} ← {said or nothing}")
    return " · ".join(faults)


# ── What adding did and what watching does, in the terminal


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
        notes = [(one.path, note) for one in report.landed for note in one.notes]
        parts += [
            WrappedWords(Text(f"{safe(path)}{labels('phrase', 'colon')}{safe(translated(note))}", style="yellow"))
            for path, note in notes
        ]
    if report.set_aside:
        words = [(one.path, labels("set_aside", one.reason), translated(one.message)) for one in report.set_aside]
        parts += [Text(f"{labels('phrase', 'not_added')} {len(words)}", style="bold red")]
        parts.append(_table(("source", "reason", "message"), words, labels))
    if report.build is not None:
        parts += ["", build_view(report.build, labels)]
    elif not any(one.added for one in report.landed):
        parts += ["", Text(labels("phrase", "nothing_new"))]
    return Group(*parts)


def sources_view(found: Iterable[SourceHealth], labels: Labels) -> RenderableType:
    """Show how each source is, and what is wrong with it."""
    rows = [
        (
            one.source,
            labels("health", "bad" if one.wrong else "good"),
            f"{one.taken}/{one.links}",
            one.news_on or "—",
            "；".join(one_line(translated(why)) for why in one.wrong),
        )
        for one in found
    ]
    return _table(("source", "result", "links", "news_on", "message"), rows, labels)


_NAMES_SHOWN = 5


def round_line(done: Round, labels: Labels) -> str:
    """Say in one line what changed and what the build made of it."""
    changes = {"added": done.new, "changed": done.changed, "gone": done.gone, "restless": done.restless}
    parts = [f"{labels('phrase', word)} {len(names)}{_names(names)}" for word, names in changes.items() if names]
    if done.error is not None:
        parts.append(translated(done.error))
    if done.report is not None:
        summary = done.report.summary
        counts = {"notices": summary.notices, "facts": summary.facts, "set_aside": len(summary.set_aside)}
        parts.append(" · ".join(f"{labels.counted('field', name, count)} {count}" for name, count in counts.items()))
        parts.append(f"{labels('field', 'version')} {summary.dataset_version}")
    return one_line("  ".join(parts))


def _names(names: Sequence[str]) -> str:
    more = " …" if len(names) > _NAMES_SHOWN else ""
    return f" ({', '.join(names[:_NAMES_SHOWN])}{more})"


_COLUMNS = {
    "path": TableColumn("path", least=24, path=True),
    "facts": TableColumn("facts", right=True),
    "title": TableColumn("title", below=True),
    "source": TableColumn("source", least=24, path=True, below=True),
    "message": TableColumn("message", below=True),
}


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], labels: Labels) -> Columns:
    columns = [_COLUMNS.get(name, TableColumn(name))._replace(name=labels("field", name)) for name in names]
    return Columns(columns, ([Text(safe(cell)) for cell in row] for row in rows))
