"""A fact in the making: everything is known but its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.facts.link import NONE, Link
from extractor.model import Base, Modality, Operator, Role, Scope, Span, SupportFor

if TYPE_CHECKING:
    from extractor.model import Kind


class Draft(Struct, kw_only=True):
    """One fact, in spans of the normalised text. ``conditions`` are the drafts that say when it holds."""

    span: Span
    number: Span
    rule: str
    kind: Kind
    role: Role = "level"
    operator: Operator = "eq"
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None
    unit: str | None = None
    counted: str | None = None
    per: tuple[str, ...] = ()
    base: Base | None = None
    due: str | None = None
    edtf: str | None = None
    applies_to: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    anchor: str | None = None
    link: Link = NONE
    subject: str | None = None
    scope: Scope = field(default_factory=Scope)
    modality: Modality = "stated"
    support: list[tuple[SupportFor, Span]] = field(default_factory=list)
    conditions: list[Draft] = field(default_factory=list)
    fact_id: str = ""
