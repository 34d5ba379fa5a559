"""Every type that crosses a stage boundary.

Structs that are made by the thousand hold no cycles and are kept from the garbage collector (``gc=False``).

One definition serves the code, the JSON and the JSON Schema. All structs are frozen and hold tuples.
Spans are half-open and count code points. Spans named ``span`` lie in the *normalised* text;
``start``/``end`` of types that are written to the dataset lie in the *source* text.
"""

from __future__ import annotations

from array import array
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

Kind = Literal["money", "rate", "count", "duration", "age", "date", "period", "milestone", "formula"]
Role = Literal["level", "increase", "decrease", "previous", "condition"]
Operator = Literal["eq", "ge", "gt", "le", "lt", "approx", "between", "none"]
Modality = Literal["mandatory", "in_principle", "encouraged", "exploratory", "prohibited", "stated"]
NoticeType = Literal["notice", "interpretation", "reprint", "other"]
RelationType = Literal["implements", "interprets", "cites", "forwards", "amends", "replaces", "repeals"]
Disposition = Literal["fact", "support", "date", "citation", "structure", "word", "furniture", "unresolved"]
SupportFor = Literal["subject", "due", "scope", "base", "per", "applies_to", "valid", "anchor"]
UnresolvedReason = Literal[
    "no_unit", "unreadable", "too_long", "ambiguous", "impossible_date", "uneven_list", "damaged"
]


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Box(NamedTuple):
    """A place on a page in whole points (1/72 inch) from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Block(Struct, frozen=True):
    """A piece of layout that a reader knows about, in source offsets.

    ``kind`` is ``text``, ``heading``, ``cell`` or ``furniture`` (navigation, links, footers).
    ``table``, ``row`` and ``column`` (from 0) are set for cells; ``header`` marks a header cell; ``page`` counts from 1.
    A paragraph of a paged file has a block for each of its lines, so that ``page`` and ``box`` say where words stand.
    """

    start: int
    end: int
    kind: Literal["text", "heading", "cell", "furniture"] = "text"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    header: bool = False
    box: Box | None = None


class Attachment(Struct, frozen=True):
    """A file that a web page links to as part of the notice: its name as shown, its address as written."""

    name: str
    url: str


class SourceText(Struct, frozen=True):
    """What a reader made of a file's bytes.

    ``text`` is the text that all evidence offsets refer to; for plain text it is the decoded file itself.
    ``blocks`` is empty when the reader knows nothing about layout. ``title`` is a title known from outside the text
    (an HTML ``<title>``, say), else None.
    """

    sha256: str
    origin: str
    media_type: str
    encoding: str
    reader: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    attachments: tuple[Attachment, ...] = ()


class Edit(Struct, frozen=True, gc=False):
    """One change that normalising made: source[start:end] became ``replacement``, because of ``reason``.

    ``detail`` says how a repair was made (the bytes that it put back), for the reasons in `REPAIRS`.
    """

    start: int
    end: int
    replacement: str
    reason: str
    detail: str = ""


class AlignedText(Struct, frozen=True):
    """Normalised text with the way back to its source.

    ``starts[i]`` and ``ends[i]`` are the source range that normalised character ``i`` came from; both are None while
    every character still stands at its own offset. ``edits`` are sorted by their place in the source. ``lost`` are the
    stretches of the source whose characters are damaged and could not be repaired, sorted and disjoint.
    """

    source: SourceText
    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None
    edits: tuple[Edit, ...] = ()
    lost: tuple[Span, ...] = ()

    def to_source(self, span: Span | tuple[int, int]) -> Span:
        """Map a span of the normalised text to the smallest span of the source that it came from."""
        start, end = span
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source.text)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def quote(self, span: Span | tuple[int, int]) -> str:
        """Cut the source words that a span of the normalised text came from."""
        start, end = self.to_source(span)
        return self.source.text[start:end]


# ── structure ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Section(Struct, frozen=True, gc=False):
    """A numbered part of a notice. ``id`` joins the numbers from the root: ``二/（三）``; ``parent`` is an index."""

    id: str
    number: str
    heading: str | None
    level: int
    span: Span
    heading_span: Span | None = None
    parent: int | None = None


class Sentence(Struct, frozen=True, gc=False):
    """A stretch of text ended by 。！？ or by the end of its paragraph or cell; ``section`` is an index or None.

    ``kind``: ``body`` and ``cell`` can hold facts; ``head`` (title, number, addressees), ``closing`` (signatories,
    date, 公开方式) and ``furniture`` never do. ``context`` are header cells that say what a table cell is about.
    """

    span: Span
    section: int | None
    kind: Literal["body", "cell", "head", "closing", "furniture"] = "body"
    context: tuple[Span, ...] = ()


class Mark(Struct, frozen=True, gc=False):
    """A numeral that belongs to the notice's structure: a section number, 第三条, 一是, a page number."""

    span: Span
    kind: Literal["section", "enumerator", "page"]


class Region(Struct, frozen=True):
    """Six-digit GB/T 2260 code, ISO 3166-2 code (province level and nation only) and official name."""

    code: str
    iso: str | None
    name: str


class Link(Struct, frozen=True):
    """A relation to another document, as found in the normalised text; becomes a `Relation` in the dataset."""

    type: RelationType
    document_number: str | None
    title: str | None
    span: Span


class Damage(Struct, frozen=True):
    """How often one kind of damage was met."""

    kind: str
    count: int


class Repair(Struct, frozen=True, gc=False, kw_only=True):
    """Damaged words and what they were read as, in source offsets; ``replacement`` is None where they are lost."""

    kind: Annotated[str, Meta(description="byte_shift, mojibake, ocr, latin_digit …; an open list.")]
    start: int
    end: int
    exact: str
    replacement: str | None
    detail: Annotated[str, Meta(description="How it was found: the bytes put back, as hexadecimal digits, or the row.")]


class Quality(Struct, frozen=True):
    """What was wrong with the text: kinds of damage, how much of it was repaired, how much is lost.

    ``share`` is the part of the text's characters that repairs and losses cover, from 0 to 1; ``repairs`` lists those
    places where characters were replaced by others, and those that are lost.
    """

    damage: tuple[Damage, ...] = ()
    repaired: int = 0
    lost: int = 0
    share: Annotated[str, Meta(description="Decimal number from 0 to 1, four places at most.")] = "0"
    repairs: tuple[Repair, ...] = ()


class Notice(Struct, frozen=True):
    """A notice read as a document: its head, its tree and its sentences. What the text doesn't say is None."""

    text: AlignedText
    type: NoticeType
    title: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    issued_on: str | None
    published_on: str | None
    effective_on: str | None
    expires_on: str | None
    region: Region | None
    policy_year: int | None
    links: tuple[Link, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    quality: Quality = Quality()


# ── mentions ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Quantity(Struct, frozen=True, gc=False, kw_only=True):
    """A number with its unit as the words say it. ``number`` is the span of the numeral(s) alone."""

    span: Span
    number: Span
    pattern: str
    kind: Kind
    value: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None
    per: tuple[str, ...] = ()
    per_spans: tuple[Span, ...] = ()
    operator: Operator = "eq"
    role: Role = "level"
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None


class DateMention(Struct, frozen=True, gc=False, kw_only=True):
    """A date, a month, a year, a range of them or a deadline; ISO strings, ``edtf`` for all of it."""

    span: Span
    pattern: str
    kind: Literal["date", "period"]
    value: str | None
    lower: str | None = None
    upper: str | None = None
    operator: Operator = "eq"
    edtf: str
    precision: Literal["day", "month", "year"] = "day"
    relative: bool = False


class Citation(Struct, frozen=True, gc=False):
    """A reference to another text: a document number, an article, a titled document with its year."""

    span: Span
    pattern: str


class Term(Struct, frozen=True, gc=False):
    """A catalog word found in the text. ``group`` says which list it is of (alias, population, payer …)."""

    span: Span
    group: str
    key: str


# ── the dataset ─────────────────────────────────────────────────────────────────────────────────────────────────────

DecimalText = Annotated[str, Meta(description="Decimal number, written without exponent.")]
DateText = Annotated[str, Meta(description="ISO 8601 calendar date.")]


class Evidence(Struct, frozen=True, gc=False, kw_only=True):
    """Where the words stand: ``source[start:end] == exact``, in code points of the source text."""

    source: Annotated[
        str, Meta(description="'sha256:' and the digest of the file's bytes.", pattern="^sha256:[0-9a-f]{64}$")
    ]
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=0)]
    exact: str
    prefix: Annotated[str, Meta(description="Up to 32 code points before.")]
    suffix: Annotated[str, Meta(description="Up to 32 code points after.")]
    section: Annotated[str | None, Meta(description="Id of the section, as in notices[].sections[].")]
    page: int | None
    box: Annotated[Box | None, Meta(description="Left, top, right, bottom on the page, in points from its upper left.")] = None
    repairs: Annotated[tuple[Repair, ...], Meta(description="Repairs of damaged characters within the words.")] = ()


class Support(Struct, frozen=True, gc=False, kw_only=True, rename={"for_": "for"}):
    """Other words that a field of a fact rests on, in source offsets."""

    for_: SupportFor
    start: int
    end: int
    exact: str


class Base(Struct, frozen=True, gc=False):
    """What a rate is a share of."""

    text: str
    indicator: str | None


class Scope(Struct, frozen=True, gc=False, kw_only=True):
    """For whom, where and when a figure holds; strings as in the text, normalised."""

    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")] = None
    area: Literal["west", "central", "east"] | None = None
    places: tuple[str, ...] = ()
    population: str | None = None
    payer: str | None = None
    provider: str | None = None
    condition: str | None = None
    condition_facts: tuple[str, ...] = ()


class Correction(Struct, frozen=True, kw_only=True):
    """An analyst's word over the machine's, for one field of a fact; lists are joined by 、, null is null."""

    field: str
    read: Annotated[str | None, Meta(description="What the machine read.")]
    value: Annotated[str | None, Meta(description="What holds instead.")]
    who: str
    why: str
    on: DateText | None


class Fact(Struct, frozen=True, gc=False, kw_only=True):
    """One figure of a notice, traced to its words."""

    fact_id: Annotated[str, Meta(pattern="^f-[0-9a-f]{12}$")]
    notice_id: str
    policy_year: int | None
    rule: Annotated[str, Meta(description="Id of the pattern that found it.")]
    kind: Kind
    role: Role
    operator: Operator
    value: Annotated[str | None, Meta(description="Decimal string or ISO date.")]
    lower: str | None
    upper: str | None
    lower_inclusive: bool | None
    upper_inclusive: bool | None
    unit: Annotated[str | None, Meta(description="CNY, USD …; %, pp; d, wk, mo, a, h; {classifier} for counts; 1/3.")]
    counted: Annotated[str | None, Meta(description="For counts: the thing counted.")]
    per: tuple[str, ...]
    base: Base | None
    due: Annotated[DateText | None, Meta(description="Deadline.")]
    edtf: Annotated[str | None, Meta(description="EDTF of whatever date the fact has.")]
    applies_to: Annotated[str | None, Meta(description="EDTF of the year or span the figure is for.")]
    valid_from: DateText | None
    valid_to: DateText | None
    anchor: Annotated[str | None, Meta(description="Event that a span is counted from.")]
    indicator: str | None
    candidates: tuple[str, ...]
    subject: str | None
    scope: Scope
    modality: Modality
    status: Literal["read", "corrected"]
    evidence: Evidence
    support: tuple[Support, ...]
    corrections: tuple[Correction, ...] = ()


class Unresolved(Struct, frozen=True, gc=False, kw_only=True):
    """Words that hold a figure which can't be read, with the reason."""

    unresolved_id: Annotated[str, Meta(pattern="^u-[0-9a-f]{12}$")]
    notice_id: str
    reason: UnresolvedReason
    message: str
    candidates: tuple[str, ...]
    evidence: Evidence


class LedgerRow(Struct, frozen=True, gc=False, kw_only=True):
    """What became of one numeral, in source offsets. ``ref`` is a fact id or an unresolved id."""

    start: int
    end: int
    exact: str
    disposition: Disposition
    ref: str | None = None
    reason: str | None = None


class Relation(Struct, frozen=True, kw_only=True):
    """A relation of a notice to another document."""

    type: RelationType
    document_number: str | None
    title: str | None
    evidence: Evidence


class SectionRecord(Struct, frozen=True, kw_only=True):
    """A section as it stands in the dataset, in source offsets."""

    id: str
    number: str
    heading: str | None
    level: int
    start: int
    end: int


class NoticeSource(Struct, frozen=True, kw_only=True):
    """The file that a notice was read from; ``path`` is POSIX and relative to the corpus."""

    path: str
    sha256: str
    media_type: str
    encoding: str
    reader: str
    url: str | None


class CopyConflict(Struct, frozen=True, kw_only=True):
    """A figure in which a copy differs from the notice: ``fact_id`` is the notice's, None for one only the copy has.

    ``found`` are the copy's words at ``start`` of its source text; None where the copy does not have the figure.
    """

    fact_id: str | None
    expected: str | None
    found: str | None
    start: int | None
    end: int | None


class Copy(Struct, frozen=True, kw_only=True):
    """Another file with the same notice; its figures are not counted again. ``similarity`` is from 0 to 1."""

    source: NoticeSource
    similarity: str
    conflicts: tuple[CopyConflict, ...]


class NoticeRecord(Struct, frozen=True, kw_only=True):
    """A notice as it stands in the dataset."""

    notice_id: str
    type: NoticeType
    title: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    issued_on: DateText | None
    published_on: DateText | None
    effective_on: DateText | None
    expires_on: DateText | None
    region: Region | None
    policy_year: int | None
    relations: tuple[Relation, ...]
    source: NoticeSource
    sections: tuple[SectionRecord, ...]
    quality: Quality
    ledger: dict[str, int]
    copies: tuple[Copy, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class SentenceRecord(Struct, frozen=True):
    """A sentence, or a clause of one that ends with ；, for comparing notices; not written to the dataset.

    ``text`` is normalised. Its way back are ``runs`` (index, start, end): from ``index`` on, character by character,
    the source goes on from ``start`` and ``end`` too.
    """

    section: str | None
    start: int
    end: int
    text: str
    runs: tuple[tuple[int, int, int], ...]


class NoticeResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that one notice gave; ``sentences`` serve comparing and stand in no file."""

    notice: NoticeRecord
    facts: tuple[Fact, ...]
    unresolved: tuple[Unresolved, ...]
    ledger: tuple[LedgerRow, ...]
    sentences: tuple[SentenceRecord, ...] = ()


class SetAside(Struct, frozen=True, kw_only=True):
    """A file that could not be read as a notice."""

    path: str
    sha256: str | None
    reason: str
    message: str


class Derivation(Struct, frozen=True, kw_only=True):
    """How a point of a series that no notice states was worked out."""

    rule: str
    fact_ids: tuple[str, ...]
    text: str


class Point(Struct, frozen=True, kw_only=True):
    """One year's value of a series."""

    year: int
    value: str | None
    lower: str | None
    upper: str | None
    operator: Operator
    due: DateText | None
    status: Literal["stated", "corroborated", "derived", "conflicting"]
    fact_ids: tuple[str, ...]
    derivation: Derivation | None = None


class SeriesScope(Struct, frozen=True, kw_only=True):
    """The part of a scope that tells one series from another."""

    area: str | None = None
    population: str | None = None
    places: tuple[str, ...] = ()
    provider: str | None = None
    condition: str | None = None


class Series(Struct, frozen=True, kw_only=True):
    """An indicator of one region and scope over the years."""

    series_id: str
    indicator: str
    region: str | None
    scope: SeriesScope
    unit: str | None
    per: tuple[str, ...]
    points: tuple[Point, ...]


class Check(Struct, frozen=True, kw_only=True):
    """An arithmetic or plausibility check over facts."""

    check_id: str
    kind: Literal["increment", "sum", "bound", "conformance", "corroboration"]
    status: Literal["pass", "fail", "warn", "not_made"]
    fact_ids: tuple[str, ...]
    expected: str | None
    found: str | None
    message: str


class Change(Struct, frozen=True, kw_only=True):
    """How one figure moved between two years."""

    indicator: str | None
    subject: str | None
    scope: SeriesScope
    kind: ChangeKind
    also: tuple[ChangeKind, ...]
    before: Point | None
    after: Point | None
    delta: str | None
    delta_unit: str | None
    delta_percent: str | None


ChangeKind = Literal[
    "introduced", "not_mentioned", "unit_changed", "raised", "lowered", "operator_changed", "scope_changed", "due_changed",
    "unchanged",
]  # fmt: skip


class MeasureSide(Struct, frozen=True, kw_only=True):
    """Where one side of a measure stands: a sentence of a notice, in source offsets."""

    notice_id: str
    section: str | None
    start: int
    end: int


class WordEdit(Struct, frozen=True, kw_only=True):
    """One edit between two wordings: words ``before`` became ``after`` (empty where nothing stood).

    The words are normalised; the offsets say where they stand in the source texts of the two sides.
    """

    op: Literal["replace", "delete", "insert"]
    before: str
    after: str
    before_start: int
    before_end: int
    after_start: int
    after_end: int


class Measure(Struct, frozen=True, kw_only=True):
    """A sentence aligned between two notices. ``similarity`` is a decimal string from 0 to 1, two places."""

    kind: Literal["kept", "reworded", "new", "dropped"]
    before: MeasureSide | None
    after: MeasureSide | None
    similarity: str | None
    edits: tuple[WordEdit, ...] = ()


class Comparison(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Two years of a region, or a region against another."""

    from_: int
    to: int
    region: str | None
    against: str | None
    changes: tuple[Change, ...]
    measures: tuple[Measure, ...] = ()


class Generator(Struct, frozen=True, kw_only=True):
    """What made a dataset; ``catalog_version`` is a digest of the data files."""

    name: str
    version: str
    catalog_version: str


class Dataset(Struct, frozen=True, kw_only=True):
    """The whole of ``outputs/dataset.json``."""

    schema_version: str
    dataset_version: str
    content_hash: str
    generator: Generator
    notices: tuple[NoticeRecord, ...]
    set_aside: tuple[SetAside, ...]
    facts: tuple[Fact, ...]
    unresolved: tuple[Unresolved, ...]
    series: tuple[Series, ...]
    checks: tuple[Check, ...]
    comparisons: tuple[Comparison, ...]
