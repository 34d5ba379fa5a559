"""What checking a claim answers, and the JSON Schema of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from extractor.dataset.schema import DIALECT, described_schema
from extractor.model import (
    DateText,
    Derivation,
    Evidence,
    FigureText,
    Kind,
    Operator,
    PointOperator,
    Role,
    Scope,
    SeriesRole,
    SeriesScope,
)

ClaimVerdict: TypeAlias = Literal["confirmed", "floor", "outdated", "contradicted", "not_stated"]
ClaimReason: TypeAlias = Literal[
    "unreadable", "no_indicator", "several_indicators", "no_year", "no_region", "several_regions", "role", "unit", "per",
    "scope", "words", "time", "nothing", "inherited", "ambiguous", "conflicting", "modality", "damaged", "bound", "range",
    "approximate", "weaker", "due",
]  # fmt: skip
# Where the region of a claim is from; `assumed`: nothing names one, and the nation's figure is looked at.
RegionFrom: TypeAlias = Literal["words", "given", "assumed"]

CLAIMS_VERSION = "1.0.0"
_DESCRIPTION = (
    "What `extractor verify --json` prints and `Dataset.verify` returns: a verdict for each figure of the texts given. "
    "Offsets are half-open and count code points of the text given. Figures are decimal strings without exponent, dates are "
    "ISO 8601. Readers must tolerate members and properties that a later minor version adds."
)


class ClaimReading(Struct, frozen=True, kw_only=True):
    """How a claim's figure was read, and so what was compared."""

    indicator: Annotated[
        str | None, Meta(description="Catalog id of what it measures; null where none could be linked.")
    ]
    candidates: Annotated[tuple[str, ...], Meta(description="Catalog ids that fit, where several do.")]
    subject: Annotated[str | None, Meta(description="The words that name what is measured.")]
    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")]
    region_from: Annotated[
        RegionFrom | None,
        Meta(description="The claim's words, the caller, or nobody: then the nation's figure was looked at."),
    ]
    year: Annotated[int | None, Meta(description="Policy year that was asked for; null where the words name none.")]
    compared_to: Annotated[int | None, Meta(description="For changes: the year that they are measured against.")]
    kind: Annotated[Kind, Meta(description="What kind of figure it is.")]
    role: Annotated[Role, Meta(description="A level, a change of one, the value before, or a condition.")]
    operator: Annotated[Operator, Meta(description="How the value bounds the figure.")]
    value: Annotated[FigureText | None, Meta(description="The figure claimed; null where it is a range or has none.")]
    lower: Annotated[FigureText | None, Meta(description="Lower end of a range or first day of a period.")]
    upper: Annotated[FigureText | None, Meta(description="Upper end of a range or last day of a period.")]
    unit: Annotated[str | None, Meta(description="Unit, as of facts.")]
    per: Annotated[tuple[str, ...], Meta(description="What it is per, as the words say.")]
    due: Annotated[DateText | None, Meta(description="Deadline.")]
    scope: Annotated[Scope, Meta(description="For whom, where and when it is claimed.")]


class SourceQuote(Struct, frozen=True, kw_only=True):
    """A fact behind a figure: where it stands, in its own words."""

    fact_id: Annotated[str, Meta(description="The fact.")]
    notice_id: Annotated[str, Meta(description="The notice.")]
    title: Annotated[str | None, Meta(description="Its title.")]
    document_number: Annotated[str | None, Meta(description="Its number.")]
    url: Annotated[str | None, Meta(description="Where it was published.")]
    path: Annotated[str, Meta(description="The file, relative to the corpus.")]
    evidence: Annotated[Evidence, Meta(description="The words, and those around them.")]


class StatedFigure(Struct, frozen=True, kw_only=True):
    """What the dataset states: a point of a series, or by how much a text says that one moved."""

    indicator: Annotated[str, Meta(description="Catalog id of what it measures.")]
    series_id: Annotated[str | None, Meta(description="The series; null for what a text says of a change.")]
    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")]
    scope: Annotated[SeriesScope, Meta(description="For whom, where and when it holds.")]
    role: Annotated[SeriesRole, Meta(description="A level, or a change of one.")]
    year: Annotated[int, Meta(description="Policy year.")]
    operator: Annotated[PointOperator, Meta(description="How the value bounds the figure.")]
    value: Annotated[FigureText | None, Meta(description="The figure.")]
    lower: Annotated[FigureText | None, Meta(description="Lower end of a range or first day of a period.")]
    upper: Annotated[FigureText | None, Meta(description="Upper end of a range or last day of a period.")]
    unit: Annotated[str | None, Meta(description="Unit, as of facts.")]
    per: Annotated[tuple[str, ...], Meta(description="What it is per, as of facts.")]
    due: Annotated[DateText | None, Meta(description="Deadline.")]
    status: Annotated[str, Meta(description="stated, corroborated or derived.")]
    derivation: Annotated[Derivation | None, Meta(description="How it was worked out, where no notice states it.")]
    quotes: Annotated[tuple[SourceQuote, ...], Meta(description="The facts behind it, in their own words.")]


class CheckedClaim(Struct, frozen=True, kw_only=True):
    """A figure of a text, and what the dataset says of it."""

    input: Annotated[int, Meta(ge=0, description="Which of the texts given, from 0.")]
    start: Annotated[int, Meta(ge=0, description="Where the figure's words begin in that text.")]
    end: Annotated[int, Meta(ge=0, description="Where they end.")]
    exact: Annotated[str, Meta(description="The figure's words.")]
    sentence: Annotated[str, Meta(description="The sentence that they stand in.")]
    verdict: Annotated[
        ClaimVerdict,
        Meta(
            description="confirmed: stated so. floor: the text states a bound or a range, no number. outdated: true once, and "
            "replaced. contradicted: something else is stated. not_stated: none of these is sure; the reason says why."
        ),
    ]
    reason: Annotated[
        ClaimReason | None, Meta(description="Why, in one word of a closed list; null where nothing is to say.")
    ]
    words: Annotated[tuple[str, ...], Meta(description="Words of the claim that nothing compared accounts for.")]
    reading: Annotated[ClaimReading | None, Meta(description="What was compared; null where no figure could be read.")]
    stated: Annotated[tuple[StatedFigure, ...], Meta(description="What the dataset states, or has nearest.")]
    replaced_by: Annotated[
        StatedFigure | None, Meta(description="The figure of a later year, where that is another one.")
    ]


class ClaimReport(Struct, frozen=True, kw_only=True):
    """What checking texts found: ``claims`` in the order of their places."""

    claims_version: Annotated[str, Meta(description="Version of this shape: MAJOR.MINOR.PATCH.")] = CLAIMS_VERSION
    dataset_version: Annotated[str, Meta(description="Version of the dataset that was asked.")]
    content_hash: Annotated[str, Meta(description="Its content hash.")]
    claims: Annotated[tuple[CheckedClaim, ...], Meta(description="A verdict for each figure.")]

    @property
    def confirmed(self) -> bool:
        """Whether there is a figure and every one is confirmed."""
        return bool(self.claims) and all(claim.verdict == "confirmed" for claim in self.claims)


def claims_schema() -> dict[str, Any]:
    """Generate the schema of `ClaimReport`; every property is required, because every one is always written."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:extractor:claims:{CLAIMS_VERSION}",
        "title": f"extractor claims, version {CLAIMS_VERSION}",
        "description": _DESCRIPTION,
        **described_schema(ClaimReport),
    }
