"""What `extractor verify` shows of a claim: the verdict, how the claim was read, and what the texts say, in their words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.dataset.labels import one_line, safe, said_number, scope_words, signs
from extractor.model import Scope
from extractor.query.areas import region_names
from extractor.query.claims import ClaimVerdict
from extractor.report.sentences import QuotedSentence, in_one_line
from extractor.report.terminal import named_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from extractor.dataset.labels import Labels
    from extractor.model import Fact, Point
    from extractor.query.claims import CheckedClaim, ClaimReading, ClaimReport, SourceQuote, StatedFigure
    from extractor.resources import Resources

_STYLES = {
    "confirmed": "bold green", "floor": "bold yellow", "outdated": "bold yellow", "contradicted": "bold red",
    "not_stated": "bold",
}  # fmt: skip
_STOPS = "。；！？\n\r"
# Two quotations are enough to see; the JSON has them all.
_QUOTED = 2


def claims_view(report: ClaimReport, labels: Labels, resources: Resources) -> RenderableType:
    """Show each claim of a report, and how many there are of each verdict."""
    if not report.claims:
        return Text(labels("phrase", "no_claims"))
    names = resources.built(region_names)
    parts: list[RenderableType] = []
    for claim in report.claims:
        parts += [_claim(claim, labels, names), ""]
    counts = Counter(claim.verdict for claim in report.claims)
    told = " · ".join(f"{labels('verdict', one)} {counts[one]}" for one in get_args(ClaimVerdict) if counts[one])
    parts.append(Text(labels.counted("phrase", "claims_count", len(report.claims)).format(len(report.claims), told)))
    return Group(*parts)


def _claim(claim: CheckedClaim, labels: Labels, names: dict[str, str]) -> RenderableType:
    head = Text(labels("verdict", claim.verdict), style=_STYLES[claim.verdict])
    before, exact, after = claim.sentence.partition(claim.exact)
    head.append_text(
        Text.assemble(
            "  ",
            (safe(one_line(before)), "default"),
            (safe(one_line(exact)), "bold"),
            safe(one_line(after)),
            style="default",
        )
    )
    rows: list[tuple[str, str | Text | None]] = []
    if claim.reading is not None:
        rows.append((labels("field", "claim_read"), _read(claim.reading, labels, names)))
    if claim.reason:
        rows.append((labels("field", "why"), labels("claim_reason", claim.reason)))
    rows.append((labels("field", "claim_words"), labels.listed(claim.words)))
    for figure in claim.stated:
        rows += _stated(labels("field", "claim_stated"), figure, labels, names)
    if claim.replaced_by is not None:
        rows += _stated(labels("field", "replaced_by"), claim.replaced_by, labels, names)
    return Group(head, Padding(named_rows(rows), (0, 2)))


def _read(reading: ClaimReading, labels: Labels, names: dict[str, str]) -> str:
    """Say on one line what was compared: measure, region, year, for whom, figure."""
    name = labels.indicator(reading.indicator) or (f"？{reading.subject}" if reading.subject else "？")
    origin = labels("region_from", reading.region_from)
    region = f"{names.get(reading.region, reading.region)}{origin}" if reading.region else None
    year = str(reading.year) if reading.year else labels("phrase", "no_claim_year")
    return " · ".join(
        filter(None, (name, region, year, scope_words(reading.scope, labels), figure_words(reading, labels)))
    )


def _stated(title: str, figure: StatedFigure, labels: Labels, names: dict[str, str]) -> list[tuple[str, str | Text]]:
    scope = figure.scope
    words = Scope(
        area=scope.area,  # type: ignore[arg-type]
        population=scope.population, places=scope.places, provider=scope.provider, condition=scope.condition,
    )  # fmt: skip
    region = names.get(figure.region, figure.region) if figure.region else None
    derived = figure.derivation.text if figure.derivation else None
    told = " · ".join(
        filter(None, (region, str(figure.year), scope_words(words, labels), figure_words(figure, labels), derived))
    )
    return [(title, told), *(("", quote_words(one)) for one in figure.quotes[:_QUOTED])]


def quote_words(quote: SourceQuote) -> Text:
    """Quote the words in their sentence, with the notice and its address behind."""
    evidence = quote.evidence
    start = max(evidence.prefix.rfind(stop) for stop in _STOPS) + 1
    ends = [at for stop in _STOPS if (at := evidence.suffix.find(stop)) >= 0]
    sentence = QuotedSentence(evidence.prefix[start:], evidence.exact, evidence.suffix[: min(ends, default=None)])
    before, exact, after = in_one_line(sentence)
    cut = "" if start else "…"
    source = "  ".join(filter(None, (quote.document_number or one_line(quote.title or quote.path), quote.url)))
    more = "" if ends else "…"
    return Text.assemble("“", cut, before.lstrip(), (exact, "bold"), after, more, f"” {safe(source)}")


def figure_words(figure: ClaimReading | StatedFigure, labels: Labels) -> str:
    """Say a figure with its bound, unit and per."""
    return amount_words(figure, labels, role=figure.role, unit=figure.unit, per=figure.per)


def amount_words(
    figure: ClaimReading | StatedFigure | Point | Fact,
    labels: Labels,
    *,
    role: str,
    unit: str | None,
    per: Iterable[str],
) -> str:
    """Say a figure with its bound, and a role, unit and per that it may not have itself."""
    if figure.operator == "none":
        return labels("sign", "none")
    lower, upper = said_number(figure.lower, labels), said_number(figure.upper, labels)
    amount = f"{lower} – {upper}" if lower or upper else said_number(figure.value, labels)
    due = labels("phrase", "by_date").format(figure.due) if figure.due else ""
    if not amount:
        return due
    of, said = "·".join(labels("per", word) for word in per), labels.unit(unit)
    space = " " if said and said != "%" else ""
    words = f"{signs(role, figure.operator, labels)}{amount}{space}{said}{f'/{of}' if of else ''}"
    return f"{words} {due}".rstrip()
