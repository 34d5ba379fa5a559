"""A comparison in the words that people read: lines by group of indicators, with the sentences that they rest on.

Indicators of one group (``medical.payment.*``) stand together, because one target often takes the place of another: the
DRG pilot cities of 2021 are not mentioned in 2022, which asks for a coverage instead.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.doubts import limit_of
from extractor.dataset.labels import notice_name, number_words, one_line, safe, value_words
from extractor.report.sentences import in_one_line, quoted
from extractor.resources import group_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from extractor.dataset.compare import Stance
    from extractor.dataset.doubts import Limit
    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.model import Change, Comparison, Fact, NoticeRecord, Point, SeriesScope


class Held(NamedTuple):
    """A dataset to quote from; ``text_of`` gives a notice's source text, or None where it is gone."""

    figures: Figures
    text_of: Callable[[NoticeRecord], str | None]


class Quote(NamedTuple):
    """A fact's sentence, cut at its exact words."""

    fact_id: str
    notice: str
    before: str
    exact: str
    after: str


class DiffCell(NamedTuple):
    """One side of a change: its figure, what has to be known of it, and the words it rests on."""

    text: str
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


class DiffLine(NamedTuple):
    """A change in words; ``kind`` names it, ``also`` are the other things that changed."""

    change: Change
    indicator: str
    scope: str
    before: DiffCell
    after: DiffCell
    kind: str
    delta: str
    also: tuple[str, ...]
    limit: Limit | None
    stance: Stance | None


class DiffSection(NamedTuple):
    """A comparison in words: ``groups`` are (name, lines); ``notes`` say what limits it."""

    comparison: Comparison
    title: str
    columns: tuple[str, str]
    counts: str
    notes: tuple[str, ...]
    groups: tuple[tuple[str, tuple[DiffLine, ...]], ...]


class DiffWriter(NamedTuple):
    """What it takes to put changes into words; ``stance`` is set for province against nation.

    ``versions`` says that two datasets are compared, ``quoted`` that the sentences are wanted. ``limits`` are the facts of the
    later side that break a limit of the nation's (`broken_limits`).
    """

    before: Held
    after: Held
    labels: Labels
    stance: Callable[[Change], Stance] | None = None
    versions: bool = False
    quoted: bool = True
    limits: Mapping[str, Limit] = MappingProxyType({})

    def limit(self, change: Change) -> Limit | None:
        """Say which limit of the nation's the later figure breaks."""
        return limit_of(change.after, self.limits)


def parts_of(comparisons: Iterable[Comparison], writer: DiffWriter) -> list[DiffSection]:
    """Put comparisons into words."""
    return [_part(comparison, writer) for comparison in comparisons]


def _part(comparison: Comparison, writer: DiffWriter) -> DiffSection:
    labels = writer.labels
    lines = [_line(change, writer) for change in comparison.changes]
    groups: dict[str, list[DiffLine]] = {}
    for line in sorted(lines, key=lambda line: labels.place(line.change.indicator)):
        groups.setdefault(_group(line.change), []).append(line)
    counts = Counter(_named(line.change, writer)[0] for line in lines)
    counts.update(labels("limit", line.limit) for line in lines if line.limit)
    return DiffSection(
        comparison=comparison,
        title=_title(comparison, writer),
        columns=_columns(comparison, writer),
        counts=" · ".join(f"{name} {count}" for name, count in counts.most_common()),
        notes=_notes(comparison, writer),
        groups=tuple((safe(labels("group", name)), tuple(group)) for name, group in groups.items()),
    )


def _group(change: Change) -> str:
    return "unlinked" if change.indicator is None else group_of(change.indicator)


def _title(comparison: Comparison, writer: DiffWriter) -> str:
    here = _region(comparison.region, writer.after)
    if comparison.against is not None:
        there = _region(comparison.against, writer.before)
        return f"{there} {comparison.from_} → {here} {comparison.to}"
    if writer.versions:
        return f"{here} {_year(comparison.to, writer.labels)}"
    return f"{here} {comparison.from_} → {comparison.to}"


def _columns(comparison: Comparison, writer: DiffWriter) -> tuple[str, str]:
    if comparison.against is not None:
        return f"{comparison.against} {comparison.from_}", f"{comparison.region} {comparison.to}"
    if writer.versions:
        return writer.labels("phrase", "old_dataset"), writer.labels("phrase", "new_dataset")
    return str(comparison.from_), str(comparison.to)


def _year(year: int, labels: Labels) -> str:
    return str(year) if year else labels("phrase", "no_year")


def _region(code: str | None, held: Held) -> str:
    regions = (notice.region for notice in held.figures.notices.values() if notice.region)
    name = next((region.name for region in regions if region.code == code), "")
    return safe(" ".join(part for part in (code, name) if part)) or "—"


def _notes(comparison: Comparison, writer: DiffWriter) -> tuple[str, ...]:
    """Say which year has no notice, so that only what follows from another year's could be compared."""
    if writer.versions or comparison.against is not None:
        return _measures(comparison, writer.labels)
    silent = [
        f"{year}{writer.labels('phrase', 'no_notice_of_year')}"
        for held, year in ((writer.before, comparison.from_), (writer.after, comparison.to))
        if not held.figures.has_notice(comparison.region, year)
    ]
    return (*silent, *_measures(comparison, writer.labels))


def _measures(comparison: Comparison, labels: Labels) -> tuple[str, ...]:
    counts = Counter(measure.kind for measure in comparison.measures)
    words = " · ".join(f"{labels('measure', kind)} {counts[kind]}" for kind in sorted(counts))
    return (f"{labels('field', 'measures')} {words}",) if words else ()


# ── one line ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(change: Change, writer: DiffWriter) -> DiffLine:
    labels = writer.labels
    kind, *also = _named(change, writer)
    limit = writer.limit(change)
    also = [writer.labels("limit", limit), *also] if limit else also
    subject = change.subject and f"？{safe(change.subject)}"
    return DiffLine(
        change=change,
        indicator=safe(labels.indicator(change.indicator) or subject or labels("phrase", "unlinked")),
        scope=_scope(change, writer),
        before=_cell(change.before, writer.before, writer),
        after=_cell(change.after, writer.after, writer),
        kind=kind,
        delta=delta_words(change, labels),
        also=tuple(also),
        limit=limit,
        stance=writer.stance(change) if writer.stance else None,
    )


def _named(change: Change, writer: DiffWriter) -> list[str]:
    """Name a change by what it is, or, of a province, by what it makes of the nation's figure."""
    group = "version_change" if writer.versions and change.kind in {"introduced", "not_mentioned"} else "change"
    names = [writer.labels(group, change.kind), *(writer.labels("change", kind) for kind in change.also)]
    if writer.stance is None:
        return names
    sided = change.before is None or change.after is None or change.kind == "unchanged"
    return [writer.labels("stance", writer.stance(change)), *([] if sided else names)]


def _scope(change: Change, writer: DiffWriter) -> str:
    """Say for whom the figure holds; where that changed, both."""
    now = series_scope_words(change.scope, writer.labels)
    if change.before is None or "scope_changed" not in {change.kind, *change.also}:
        return now
    first = _first_fact(change.before, writer.before)
    before = series_scope_words(writer.before.figures.scope_of(first), writer.labels) if first else ""
    none = writer.labels("phrase", "no_value")
    return f"{before or none} → {now or none}"


def series_scope_words(scope: SeriesScope, labels: Labels) -> str:
    """Say for whom a series holds."""
    area = labels("area", scope.area) if scope.area else None
    parts = (area, *scope.places, scope.population, scope.provider, scope.condition)
    return " · ".join(one_line(part) for part in parts if part)


def _first_fact(point: Point, held: Held) -> Fact | None:
    """Take the fact that a point's unit is read from: a level, where there is one."""
    facts = [held.figures.facts[fact_id] for fact_id in point.fact_ids]
    return min(facts, key=lambda fact: fact.role not in {"level", "condition"}, default=None)


def notices_first(facts: Iterable[Fact], figures: Figures) -> list[Fact]:
    """Put what a notice itself says before what its interpretation says of it."""
    return sorted(facts, key=lambda fact: figures.notices[fact.notice_id].type == "interpretation")


def _cell(point: Point | None, held: Held, writer: DiffWriter) -> DiffCell:
    if point is None:
        return DiffCell("")
    labels = writer.labels
    facts = notices_first((held.figures.facts[fact_id] for fact_id in point.fact_ids), held.figures)
    derivation = (safe(point.derivation.text),) if point.derivation else ()
    marks = {
        "derived": point.status == "derived",
        "conflicting": point.status == "conflicting",
        "only_interpreted": held.figures.only_interpreted(point),
        "corrected": any(fact.status == "corrected" for fact in facts),
        "repaired": any(fact.evidence.repairs for fact in facts),
    }
    due = [safe(labels("phrase", "by_date").format(point.due))] if point.due else []
    text = point_words(point, held, labels)
    notes = (*due[not text :], *(labels("note", name) for name, met in marks.items() if met), *derivation)
    return DiffCell(
        text or "".join(due), notes, tuple(_quote(fact, held, labels) for fact in facts) if writer.quoted else ()
    )


def point_words(point: Point, held: Held, labels: Labels) -> str:
    """Say a point's figure as its facts do; of figures that disagree, all."""
    if point.status == "conflicting":
        facts = (held.figures.facts[fact_id] for fact_id in point.fact_ids)
        words = [value_words(fact, labels) for fact in facts if fact.role != "increase"]
        return safe(" / ".join(dict.fromkeys([*words, *held.figures.disputed_words(point)])))
    first = _first_fact(point, held)
    if first is None:
        return safe(point.value or "")
    shown = replace(first, value=point.value, lower=point.lower, upper=point.upper, operator=point.operator)
    return safe(value_words(shown, labels))


def delta_words(change: Change, labels: Labels) -> str:
    """Say by how much a figure moved: ``+30 元 (+5.17%)``; of rates only the points, a share of a share misleads.

    A figure that stands as it was has moved by nothing worth saying.
    """
    if change.delta is None or change.kind not in {"raised", "lowered"}:
        return ""
    unit = labels.unit(change.delta_unit)
    words = f"{signed(change.delta, labels)}{f' {unit}' if unit else ''}"
    return (
        words
        if change.delta_unit == "pp" or not change.delta_percent
        else f"{words} ({signed(change.delta_percent, labels)}%)"
    )


def signed(number: str, labels: Labels) -> str:
    """Write a difference with its sign."""
    said = number_words(abs(Decimal(number)), labels)
    return f"−{said}" if number.startswith("-") else f"+{said}"


def _quote(fact: Fact, held: Held, labels: Labels) -> Quote:
    """Cut the sentence of a fact out of its source; where that is gone, the dataset's own quotation."""
    notice = held.figures.notices[fact.notice_id]
    sentence = in_one_line(quoted(fact.evidence, held.text_of(notice), held.figures.resources))
    return Quote(fact.fact_id, notice_name(notice, labels), *sentence)
