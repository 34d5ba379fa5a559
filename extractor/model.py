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
Role = Literal["level", "increase", "decrease", "previous", "condition", "example"]
Operator = Literal["eq", "ge", "gt", "le", "lt", "approx", "between", "none"]
# Of facts that disagree nothing bounds the figure; `none` says that there is no limit.
PointOperator = Literal[Operator, "conflict"]
# What figures of a series are; one of increases or decreases has no level: 城镇新增就业1200万人, year for year; the previous ones
# are what notices tell of the years before theirs: 2023年全省平均工资为82590元 in one of 2024.
SeriesRole = Literal["level", "increase", "decrease", "condition", "previous"]
Modality = Literal["mandatory", "in_principle", "encouraged", "exploratory", "prohibited", "stated"]
# `rejected` facts stand apart from the others, and nothing is served of them.
FactStatus = Literal["read", "confirmed", "corrected", "added", "rejected"]
NoticeType = Literal["notice", "interpretation", "reprint", "other"]
RelationType = Literal["implements", "interprets", "cites", "forwards", "amends", "replaces", "repeals"]
Disposition = Literal["fact", "support", "date", "citation", "structure", "word", "furniture", "unresolved"]
SupportFor = Literal[
    "subject", "indicator", "role", "operator", "due", "scope", "base", "unit", "per", "applies_to", "compared_to", "valid",
    "anchor",
]  # fmt: skip
RestsFor = Literal["unit", "operator", "role"]
# What the words of a notice say of when it holds; see `ValidityWords`.
ValidityField = Literal["effective_on", "expires_on", "until_changed"]
UnresolvedReason = Literal[
    "no_unit", "unreadable", "too_long", "ambiguous", "impossible_date", "uneven_list", "damaged", "internal"
]


# Ids of the catalog, whoever's: programs name files and addresses by them.
INDICATOR_ID = r"[\w-]{1,80}(?:\.[\w-]{1,80}){0,9}"
PROGRAMME_ID = r"[\w.-]{1,80}"


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
    ``table``, ``row`` and ``column`` (from 0) are set for cells, with the ``rows`` and ``columns`` that one reaches over;
    ``header`` marks a header cell; ``page`` counts from 1.
    A paragraph of a paged file has a block for each of its lines, so that ``page`` and ``box`` say where words stand.
    ``recognised`` says that its words were read from a picture by a text recognition, ``damaged`` that a stream of its page
    fails its checksum: no figure of it is sure.
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
    recognised: bool = False
    damaged: bool = False
    rows: int = 1
    columns: int = 1


class Attachment(Struct, frozen=True):
    """A file that a web page links to as part of the notice: its name as shown, its address as written."""

    name: Annotated[str, Meta(description="Name as shown.")]
    url: Annotated[str, Meta(description="Address as written.")]


class Damage(Struct, frozen=True):
    """How often one kind of damage was met."""

    kind: Annotated[str, Meta(description="Kind of damage; an open list.")]
    count: Annotated[int, Meta(description="How often it was met.")]


class SourceText(Struct, frozen=True):
    """What a reader made of a file's bytes.

    ``text`` is the text that all evidence offsets refer to; for plain text it is the decoded file itself.
    ``blocks`` is empty when the reader knows nothing about layout. ``title`` is a title known from outside the text
    (an HTML ``<title>``, say), else None, ``published`` the ISO date that a page's own particulars give for its publication.
    ``pictured`` counts the pages of a paged file that are pictures: what they say is missing from the text. ``damage`` is
    what else the reader met: ``struck_out`` (stretches that a line goes through) and ``unseen_words`` it left out, or set
    beside the text of a paged file; ``made_field`` are figures that the file doesn't show, but has a field's code for,
    ``recognised_text`` stretches that a text recognition read from a picture, and ``broken_stream`` pages that a stream of the
    file is drawn with whose checksum fails.
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
    pictured: int = 0
    published: str | None = None
    damage: tuple[Damage, ...] = ()


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
    stretches of the source whose characters are damaged and could not be repaired, sorted and disjoint; ``missing`` counts
    the places where a figure must have stood and doesn't (不低于元).
    """

    source: SourceText
    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None
    edits: tuple[Edit, ...] = ()
    lost: tuple[Span, ...] = ()
    missing: int = 0

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
    date, 公开方式) and ``furniture`` never do. ``context`` are header cells that say what a table cell is about, of which
    the first ``columns`` stand above it; ``opens`` is the index of the first cell of its table; ``behind`` are the last
    short cells without figures behind it in its row, which may say its unit.
    """

    span: Span
    section: int | None
    kind: Literal["body", "cell", "head", "closing", "furniture"] = "body"
    context: tuple[Span, ...] = ()
    columns: int = 0
    opens: int | None = None
    behind: tuple[Span, ...] = ()


class Mark(Struct, frozen=True, gc=False):
    """A numeral that belongs to the notice's structure: a section number, 第三条, 一是, a page number."""

    span: Span
    kind: Literal["section", "enumerator", "page"]


class Region(Struct, frozen=True):
    """Six-digit GB/T 2260 code, ISO 3166-2 code (province level and nation only) and official name."""

    code: Annotated[str, Meta(description="Six-digit GB/T 2260 code.")]
    iso: Annotated[str | None, Meta(description="ISO 3166-2 code; the nation and provinces only.")]
    name: Annotated[str, Meta(description="Official name.")]


class DocumentLink(Struct, frozen=True):
    """A relation to another document, as found in the normalised text; becomes a `Relation` in the dataset.

    Of one that ends the other: ``words`` say so (同时废止), ``ends_on`` is the first day on which it no longer holds, where they
    state it, ``part`` names what of it is meant (第三条), None for the whole.
    """

    type: RelationType
    document_number: str | None
    title: str | None
    span: Span
    words: Span | None = None
    ends_on: str | None = None
    part: str | None = None


class Repair(Struct, frozen=True, gc=False, kw_only=True):
    """Damaged words and what they were read as, in source offsets; ``replacement`` is None where they are lost."""

    kind: Annotated[str, Meta(description="byte_shift, mojibake, ocr, latin_digit …; an open list.")]
    start: Annotated[int, Meta(description="Where the words begin.")]
    end: Annotated[int, Meta(description="Where the words end.")]
    exact: Annotated[str, Meta(description="The words as they stand in the source.")]
    replacement: Annotated[str | None, Meta(description="What they were read as; null where they are lost.")]
    detail: Annotated[str, Meta(description="How it was found: the bytes put back, as hexadecimal digits, or the row.")]


class Quality(Struct, frozen=True):
    """What was wrong with the text: kinds of damage, how much of it was repaired, how much is lost.

    ``share`` is the part of the text's characters that repairs and losses cover, from 0 to 1; ``repairs`` lists those
    places where characters were replaced by others, and those that are lost.
    """

    damage: Annotated[tuple[Damage, ...], Meta(description="Kinds of damage, and how often each was met.")] = ()
    repaired: Annotated[int, Meta(description="Number of characters repaired.")] = 0
    lost: Annotated[int, Meta(description="Number of characters lost.")] = 0
    share: Annotated[str, Meta(description="Decimal number from 0 to 1, four places at most.")] = "0"
    repairs: Annotated[tuple[Repair, ...], Meta(description="Places where characters were replaced, or are lost.")] = ()


class Notice(Struct, frozen=True):
    """A notice read as a document: its head, its tree and its sentences. What the text doesn't say is None.

    ``until_changed``: it says that it holds until it is adjusted (执行至下一调整日); ``validity`` are the words that say when it
    holds, by what they tell. ``title_exact`` is the title in the source's own script, where that is another.
    """

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
    links: tuple[DocumentLink, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    quality: Quality = Quality()
    until_changed: bool = False
    validity: tuple[tuple[ValidityField, Span], ...] = ()
    begins_in: int | None = None
    title_exact: str | None = None


# ── mentions ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Quantity(Struct, frozen=True, gc=False, kw_only=True):
    """A number with its unit as the words say it. ``number`` is the span of the numeral(s) alone.

    ``rests`` are words beyond its own that a field rests on: the unit in a table's head, 不低于 before a list, 新增.
    """

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
    rests: tuple[tuple[RestsFor, Span], ...] = ()


class DateMention(Struct, frozen=True, gc=False, kw_only=True):
    """A date, a month, a year, a range of them or a deadline; ISO strings, ``edtf`` for all of it.

    ``year_at`` is the date before it that its year is taken from, where the notice's own isn't meant.
    """

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
    year_at: Span | None = None


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

# Patterns of ids are given to the schema only: `dataset.store` checks all ids at once, in a fifth of the time.
DecimalText = Annotated[str, Meta(description="Decimal number, written without exponent.")]
DateText = Annotated[str, Meta(description="ISO 8601 calendar date.")]
FigureText = Annotated[str, Meta(description="Decimal number, written without exponent, or ISO 8601 calendar date.")]


class EvidenceLine(Struct, frozen=True, gc=False, kw_only=True):
    """A line of a page that words stand on."""

    page: Annotated[int, Meta(description="Page from 1.")]
    box: Annotated[Box | None, Meta(description="The line's left, top, right, bottom on that page, as in box.")]


class Evidence(Struct, frozen=True, gc=False, kw_only=True):
    """Where the words stand: ``source[start:end] == exact``, in code points of the source text."""

    source: Annotated[
        str,
        Meta(
            description="'sha256:' and the digest of the file's bytes.",
            extra_json_schema={"pattern": "^sha256:[0-9a-f]{64}$"},
        ),
    ]
    start: Annotated[int, Meta(ge=0, description="Where the words begin.")]
    end: Annotated[int, Meta(ge=0, description="Where the words end.")]
    exact: Annotated[str, Meta(description="The words from the numeral to its unit and bound word.")]
    prefix: Annotated[str, Meta(description="Up to 32 code points before.")]
    suffix: Annotated[str, Meta(description="Up to 32 code points after.")]
    section: Annotated[str | None, Meta(description="Id of the section, as in notices[].sections[].")]
    page: Annotated[int | None, Meta(description="Page from 1, for files that have pages.")]
    box: Annotated[
        Box | None, Meta(description="Left, top, right, bottom on the page, in points from its upper left.")
    ] = None
    repairs: Annotated[tuple[Repair, ...], Meta(description="Repairs of damaged characters within the words.")] = ()
    lines: Annotated[
        tuple[EvidenceLine, ...],
        Meta(description="Where the words run over lines, or over a page's end: page and box of each line; else none."),
    ] = ()
    recognised: Annotated[
        bool, Meta(description="Whether the words were read from a picture by a text recognition, and may be wrong.")
    ] = False


class Support(Struct, frozen=True, gc=False, kw_only=True, rename={"for_": "for"}):
    """Other words that a field of a fact rests on, in source offsets."""

    for_: Annotated[SupportFor, Meta(description="The field that rests on the words.")]
    start: Annotated[int, Meta(description="Where the words begin.")]
    end: Annotated[int, Meta(description="Where the words end.")]
    exact: Annotated[str, Meta(description="The words.")]


class Base(Struct, frozen=True, gc=False):
    """What a rate is a share of."""

    text: Annotated[str, Meta(description="The words, normalised.")]
    indicator: Annotated[str | None, Meta(description="Catalog id of the whole.")]


class Scope(Struct, frozen=True, gc=False, kw_only=True):
    """For whom, where and when a figure holds; strings as in the text, normalised."""

    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")] = None
    area: Annotated[
        Literal["west", "central", "east"] | None,
        Meta(description="Group of provinces that the central budget treats alike."),
    ] = None
    places: Annotated[tuple[str, ...], Meta(description="Places within the region.")] = ()
    population: Annotated[str | None, Meta(description="For whom.")] = None
    payer: Annotated[str | None, Meta(description="Who pays.")] = None
    provider: Annotated[str | None, Meta(description="Kind or level of institution.")] = None
    condition: Annotated[str | None, Meta(description="When, in words.")] = None
    condition_facts: Annotated[tuple[str, ...], Meta(description="Facts that are part of the condition.")] = ()


class Correction(Struct, frozen=True, kw_only=True):
    """An analyst's word over the machine's, for one field of a fact; lists are joined by 、, null is null."""

    field: Annotated[str, Meta(description="Name of the field.")]
    read: Annotated[str | None, Meta(description="What the machine read.")]
    value: Annotated[str | None, Meta(description="What holds instead.")]
    who: Annotated[str, Meta(description="Who says so.")]
    why: Annotated[str, Meta(description="Why.")]
    on: Annotated[DateText | None, Meta(description="When.")]


class Review(Struct, frozen=True, gc=False, kw_only=True):
    """What an analyst said of a figure as a whole, and who, when and why."""

    action: Annotated[
        Literal["confirm", "correct", "reject", "add"],
        Meta(description="The reading is right, is another one, is no figure; or the figure was missed."),
    ]
    who: Annotated[str, Meta(description="Who says so.")]
    why: Annotated[str, Meta(description="Why.")]
    on: Annotated[DateText | None, Meta(description="When.")]


class Fact(Struct, frozen=True, gc=False, kw_only=True):
    """One figure of a notice, traced to its words."""

    fact_id: Annotated[
        str,
        Meta(
            description="Names the place; stays when the reading changes.",
            extra_json_schema={"pattern": "^f-[0-9a-f]{12}$"},
        ),
    ]
    notice_id: Annotated[str, Meta(description="The notice that states it.")]
    policy_year: Annotated[int | None, Meta(description="The year that the notice is for.")]
    rule: Annotated[str, Meta(description="Id of the pattern that found it.")]
    kind: Annotated[Kind, Meta(description="What kind of figure it is.")]
    role: Annotated[
        Role,
        Meta(
            description="A level, a change of one, the value before, a condition of another figure, or a worked example's."
        ),
    ]
    operator: Annotated[
        Operator,
        Meta(
            description="How the value bounds the figure: ge is a floor, le a ceiling, none says that there is no limit."
        ),
    ]
    value: Annotated[FigureText | None, Meta(description="The figure as stated; null where it is a range or has none.")]
    lower: Annotated[
        FigureText | None, Meta(description="Lower end of a range or first day of a period, in the form of value.")
    ]
    upper: Annotated[
        FigureText | None, Meta(description="Upper end of a range or last day of a period, in the form of value.")
    ]
    lower_inclusive: Annotated[bool | None, Meta(description="Whether the lower end is part of the range.")]
    upper_inclusive: Annotated[bool | None, Meta(description="Whether the upper end is part of the range.")]
    unit: Annotated[str | None, Meta(description="CNY, USD …; %, pp; d, wk, mo, a, h; {classifier} for counts; 1/3.")]
    counted: Annotated[str | None, Meta(description="For counts: the thing counted.")]
    per: Annotated[
        tuple[str, ...],
        Meta(description="What it is per: person, household, county, visit, day, month, year …; an open list."),
    ]
    base: Annotated[Base | None, Meta(description="For rates: what it is a share of.")]
    due: Annotated[DateText | None, Meta(description="Deadline.")]
    edtf: Annotated[str | None, Meta(description="EDTF of whatever date the fact has.")]
    applies_to: Annotated[str | None, Meta(description="EDTF of the year or span the figure is for.")]
    compared_to: Annotated[str | None, Meta(description="EDTF of the year that a change is measured against.")] = None
    valid_from: Annotated[DateText | None, Meta(description="First day it holds, where the text states it.")]
    valid_to: Annotated[DateText | None, Meta(description="Last day it holds, where the text states it.")]
    until_changed: Annotated[
        bool, Meta(description="Whether the text says that it holds until the next adjustment (执行至下一调整日).")
    ] = False
    anchor: Annotated[str | None, Meta(description="Event that a span is counted from.")]
    programme: Annotated[
        str | None,
        Meta(description="Id of the one programme that it is about; null where it is about none or several."),
    ] = None
    indicator: Annotated[
        str | None, Meta(description="Catalog id of what it measures; null where it could not be linked.")
    ]
    candidates: Annotated[tuple[str, ...], Meta(description="Catalog ids that fit, where several do.")]
    subject: Annotated[str | None, Meta(description="The words that name what is measured, normalised.")]
    scope: Annotated[Scope, Meta(description="For whom, where and when it holds.")]
    modality: Annotated[Modality, Meta(description="How binding the words are.")]
    status: Annotated[
        FactStatus,
        Meta(description="The machine's reading, or an analyst's word on it: confirmed, corrected, added, rejected."),
    ]
    evidence: Annotated[Evidence, Meta(description="Where the words stand.")]
    support: Annotated[tuple[Support, ...], Meta(description="Other words that its fields rest on.")]
    corrections: Annotated[tuple[Correction, ...], Meta(description="An analyst's words over the machine's.")] = ()
    reviews: Annotated[tuple[Review, ...], Meta(description="What analysts said of it as a whole.")] = ()


class Unresolved(Struct, frozen=True, gc=False, kw_only=True):
    """Words that hold a figure which can't be read, with the reason."""

    unresolved_id: Annotated[
        str, Meta(description="Names the place.", extra_json_schema={"pattern": "^u-[0-9a-f]{12}$"})
    ]
    notice_id: Annotated[str, Meta(description="The notice that states it.")]
    reason: Annotated[UnresolvedReason, Meta(description="Why it could not be read.")]
    message: Annotated[str, Meta(description="Why, in words.")]
    candidates: Annotated[tuple[str, ...], Meta(description="Readings that fit.")]
    evidence: Annotated[Evidence, Meta(description="Where the words stand.")]


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

    type: Annotated[RelationType, Meta(description="How the notice relates to the other document.")]
    document_number: Annotated[str | None, Meta(description="Number of the other document.")]
    title: Annotated[str | None, Meta(description="Title of the other document.")]
    evidence: Annotated[Evidence, Meta(description="The words that say so.")]
    words: Annotated[
        Evidence | None, Meta(description="The words that end the other document (同时废止); null where none do.")
    ] = None
    ends_on: Annotated[
        DateText | None,
        Meta(description="First day on which the other document no longer holds, where the text states it."),
    ] = None
    part: Annotated[
        str | None, Meta(description="The words for what of the other document ends (第三条); null for the whole.")
    ] = None


class ValidityWords(Struct, frozen=True, kw_only=True, rename={"for_": "for"}):
    """Words of a notice that say when it holds."""

    for_: Annotated[ValidityField, Meta(description="What they say.")]
    evidence: Annotated[Evidence, Meta(description="The words.")]


class SectionRecord(Struct, frozen=True, kw_only=True):
    """A section as it stands in the dataset, in source offsets."""

    id: Annotated[str, Meta(description="Numbers from the root on, joined by /: 二/（三）.")]
    number: Annotated[str, Meta(description="The number as in the text.")]
    heading: Annotated[str | None, Meta(description="The heading.")]
    level: Annotated[int, Meta(description="Depth from 1.")]
    start: Annotated[int, Meta(description="Where the section begins.")]
    end: Annotated[int, Meta(description="Where the section ends.")]


class NoticeSource(Struct, frozen=True, kw_only=True):
    """The file that a notice was read from; ``path`` is POSIX and relative to the corpus."""

    path: Annotated[str, Meta(description="POSIX path relative to the corpus.")]
    sha256: Annotated[str, Meta(description="SHA-256 over the file's bytes.")]
    media_type: Annotated[str, Meta(description="Media type.")]
    encoding: Annotated[str, Meta(description="Character encoding.")]
    reader: Annotated[str, Meta(description="The reader that read it.")]
    url: Annotated[str | None, Meta(description="Where it was published.")]
    gone_since: Annotated[
        DateText | None, Meta(description="Day on which it was found gone from there; null where nobody found so.")
    ] = None


class CopyConflict(Struct, frozen=True, kw_only=True):
    """A figure in which a copy differs from the notice: ``fact_id`` is the notice's, None for one only the copy has.

    ``found`` are the copy's words at ``start`` of its source text; None where the copy does not have the figure.
    """

    fact_id: Annotated[str | None, Meta(description="The notice's fact; null where only the copy has the figure.")]
    expected: Annotated[str | None, Meta(description="The notice's words.")]
    found: Annotated[str | None, Meta(description="The copy's words; null where it doesn't have the figure.")]
    start: Annotated[int | None, Meta(description="Where they begin in the copy's text.")]
    end: Annotated[int | None, Meta(description="Where they end in the copy's text.")]


class Copy(Struct, frozen=True, kw_only=True):
    """Another file with the same notice; its figures are not counted again. ``similarity`` is from 0 to 1."""

    source: Annotated[NoticeSource, Meta(description="The file.")]
    similarity: Annotated[DecimalText, Meta(description="How alike the texts are: decimal number from 0 to 1.")]
    conflicts: Annotated[tuple[CopyConflict, ...], Meta(description="Figures in which they differ.")]


class NoticeRecord(Struct, frozen=True, kw_only=True):
    """A notice as it stands in the dataset."""

    notice_id: Annotated[
        str,
        Meta(
            description="The document number, else a digest of the text; ~2 follows for a second text with the same number."
        ),
    ]
    type: Annotated[NoticeType, Meta(description="What kind of text it is.")]
    title: Annotated[str | None, Meta(description="The title.")]
    document_number: Annotated[str | None, Meta(description="The number with 〔〕 and without spaces.")]
    issuers: Annotated[tuple[str, ...], Meta(description="Who issued it, in the order of the text.")]
    addressees: Annotated[tuple[str, ...], Meta(description="To whom it is addressed.")]
    issued_on: Annotated[DateText | None, Meta(description="The date it is signed with.")]
    published_on: Annotated[DateText | None, Meta(description="The date it was made public.")]
    effective_on: Annotated[DateText | None, Meta(description="The date it takes effect.")]
    expires_on: Annotated[DateText | None, Meta(description="The last day it is in force.")]
    region: Annotated[Region | None, Meta(description="The region whose authorities issued it.")]
    policy_year: Annotated[
        int | None,
        Meta(
            description="The year its figures are for: the title's, else the opening sentence's; never the year of issue."
        ),
    ]
    relations: Annotated[
        tuple[Relation, ...], Meta(description="Other documents that it implements, interprets, cites, amends …")
    ]
    source: Annotated[NoticeSource, Meta(description="The file it was read from.")]
    sections: Annotated[tuple[SectionRecord, ...], Meta(description="Its numbered parts, in the order of the text.")]
    quality: Annotated[Quality, Meta(description="What was wrong with the text.")]
    ledger: Annotated[dict[str, int], Meta(description="How many of its numerals became a fact, a date, a citation …")]
    copies: Annotated[tuple[Copy, ...], Meta(description="Other files with the same notice.")] = ()
    attachments: Annotated[
        tuple[Attachment, ...], Meta(description="Files that the page links to as part of the notice.")
    ] = ()
    until_changed: Annotated[
        bool, Meta(description="Whether it says that it holds until the next adjustment (执行至下一调整日).")
    ] = False
    validity: Annotated[
        tuple[ValidityWords, ...], Meta(description="The words that say when it takes effect and until when it holds.")
    ] = ()
    title_exact: Annotated[
        str | None,
        Meta(description="The title in the script of the source, where title was converted from traditional Chinese."),
    ] = None
    begins_in: Annotated[
        int | None,
        Meta(
            description="Where it has neither policy_year nor effective_on: the year of the days on which it says that figures "
            "begin to hold, if they are of one year and that of its issue; or of the school year or edition that its title names."
        ),
    ] = None


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
    rejected: tuple[Fact, ...] = ()


class SetAside(Struct, frozen=True, kw_only=True):
    """A file that could not be read as a notice."""

    path: Annotated[str, Meta(description="POSIX path relative to the corpus.")]
    sha256: Annotated[str | None, Meta(description="SHA-256 over the file's bytes; null where it can't be read.")]
    reason: Annotated[str, Meta(description="Why, in one word of a closed list.")]
    message: Annotated[str, Meta(description="Why, in words.")]


class Derivation(Struct, frozen=True, gc=False, kw_only=True):
    """How a point of a series that no notice states was worked out."""

    rule: Annotated[str, Meta(description="How: level_minus_increase, previous_plus_increase …")]
    fact_ids: Annotated[tuple[str, ...], Meta(description="The facts it follows from.")]
    text: Annotated[str, Meta(description="The sum.")]


class EndWords(Struct, frozen=True, gc=False, kw_only=True):
    """Words that say until when a figure holds, or that it no longer does, in source offsets of their notice."""

    notice_id: Annotated[str, Meta(description="The notice that says so.")]
    start: Annotated[int, Meta(description="Where the words begin.")]
    end: Annotated[int, Meta(description="Where the words end.")]
    exact: Annotated[str, Meta(description="The words.")]


class Point(Struct, frozen=True, gc=False, kw_only=True):
    """One year's value of a series."""

    year: Annotated[
        int,
        Meta(
            description="Policy year; in a series of role previous the year before it that the notice says the figure is of."
        ),
    ]
    value: Annotated[
        FigureText | None, Meta(description="The figure; null where it is a range, has none or is disputed.")
    ]
    lower: Annotated[FigureText | None, Meta(description="Lower end of a range or first day of a period.")]
    upper: Annotated[FigureText | None, Meta(description="Upper end of a range or last day of a period.")]
    operator: Annotated[
        PointOperator, Meta(description="How the value bounds the figure; none: no limit; conflict: facts disagree.")
    ]
    due: Annotated[DateText | None, Meta(description="Deadline.")]
    status: Annotated[
        Literal["stated", "corroborated", "derived", "conflicting"],
        Meta(description="Stated by one document, by several, worked out, or stated in ways that disagree."),
    ]
    fact_ids: Annotated[tuple[str, ...], Meta(description="The facts behind it.")]
    derivation: Annotated[Derivation | None, Meta(description="How it was worked out, where no notice states it.")] = (
        None
    )
    stated_on: Annotated[
        DateText | None,
        Meta(description="Day on which the notice that states it was issued; null where it bears none."),
    ] = None
    last_confirmed_on: Annotated[
        DateText | None,
        Meta(
            description="Day of the last later text that states the same figure, before any that states another; null where "
            "there is none, or it bears no day."
        ),
    ] = None
    last_confirmed_by: Annotated[str | None, Meta(description="The notice of that text.")] = None
    superseded_by: Annotated[
        str | None, Meta(description="The notice that states another figure for later, or ends this one.")
    ] = None
    expires_on: Annotated[
        DateText | None,
        Meta(description="Last day on which it holds, where a text says so (有效期5年; 自…起不再执行)."),
    ] = None
    until_changed: Annotated[
        bool, Meta(description="Whether its text says that it holds until the next adjustment (执行至下一调整日).")
    ] = False
    ends: Annotated[
        tuple[EndWords, ...], Meta(description="The words that say until when it holds, or that it no longer does.")
    ] = ()


class SeriesScope(Struct, frozen=True, gc=False, kw_only=True):
    """The part of a scope that tells one series from another."""

    area: Annotated[str | None, Meta(description="Group of provinces that the central budget treats alike.")] = None
    population: Annotated[str | None, Meta(description="For whom.")] = None
    places: Annotated[tuple[str, ...], Meta(description="Places within the region.")] = ()
    provider: Annotated[str | None, Meta(description="Kind or level of institution.")] = None
    condition: Annotated[str | None, Meta(description="When, in words.")] = None


class Series(Struct, frozen=True, gc=False, kw_only=True):
    """An indicator, or what has none but a name, of one region and scope over the years."""

    series_id: Annotated[str, Meta(description="s- and a digest of what tells it from others.")]
    indicator: Annotated[
        str | None, Meta(description="Catalog id of what it measures; null where the catalog has none.")
    ]
    subject: Annotated[str | None, Meta(description="The words that name what it measures, where it has no indicator.")]
    programme: Annotated[
        str | None, Meta(description="Id of the programme that the subject belongs to, where it has no indicator.")
    ]
    kind: Annotated[Kind, Meta(description="What kind of figures it holds.")]
    role: Annotated[
        SeriesRole,
        Meta(
            description="Levels; increases or decreases of what has no indicator; what lies beyond an indicator's window (90天后才参保的); "
            "or previous, what notices tell of the years before theirs. Only levels answer questions."
        ),
    ]
    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")]
    scope: Annotated[SeriesScope, Meta(description="For whom, where and when it holds.")]
    unit: Annotated[str | None, Meta(description="Unit, as of facts.")]
    per: Annotated[tuple[str, ...], Meta(description="What it is per, as of facts.")]
    points: Annotated[tuple[Point, ...], Meta(description="A point a year; one for each deadline.")]


class Check(Struct, frozen=True, gc=False, kw_only=True):
    """An arithmetic or plausibility check over facts."""

    check_id: Annotated[str, Meta(description="c- and a digest of what is checked.")]
    kind: Annotated[
        Literal["increment", "sum", "bound", "conformance", "corroboration"], Meta(description="What is checked.")
    ]
    status: Annotated[Literal["pass", "fail", "warn", "not_made"], Meta(description="How it went.")]
    fact_ids: Annotated[tuple[str, ...], Meta(description="The facts checked.")]
    expected: Annotated[str | None, Meta(description="What should stand there.")]
    found: Annotated[str | None, Meta(description="What stands there.")]
    message: Annotated[str, Meta(description="The result in words.")]


class Change(Struct, frozen=True, gc=False, kw_only=True):
    """How one figure moved between two years."""

    indicator: Annotated[str | None, Meta(description="Catalog id of what it measures.")]
    subject: Annotated[str | None, Meta(description="The words that name it in the texts.")]
    role: Annotated[
        Role, Meta(description="A level; or by how much, what was before, or a condition, where datasets are compared.")
    ]
    scope: Annotated[SeriesScope, Meta(description="For whom, where and when it holds.")]
    kind: Annotated[ChangeKind, Meta(description="What moved, first of all.")]
    also: Annotated[tuple[ChangeKind, ...], Meta(description="What else moved.")]
    before: Annotated[Point | None, Meta(description="The point of the earlier side.")]
    after: Annotated[Point | None, Meta(description="The point of the later side.")]
    delta: Annotated[DecimalText | None, Meta(description="After minus before, where both are single numbers.")]
    delta_unit: Annotated[str | None, Meta(description="Unit of the difference; pp for rates.")]
    delta_percent: Annotated[DecimalText | None, Meta(description="The difference in percent of before.")]


ChangeKind = Literal[
    "introduced", "not_mentioned", "unit_changed", "raised", "lowered", "operator_changed", "scope_changed", "due_changed",
    "unchanged",
]  # fmt: skip


class MeasureSide(Struct, frozen=True, kw_only=True):
    """Where one side of a measure stands: a sentence of a notice, in source offsets."""

    notice_id: Annotated[str, Meta(description="The notice.")]
    section: Annotated[str | None, Meta(description="Id of the section.")]
    start: Annotated[int, Meta(description="Where the sentence begins.")]
    end: Annotated[int, Meta(description="Where the sentence ends.")]


class WordEdit(Struct, frozen=True, kw_only=True):
    """One edit between two wordings: words ``before`` became ``after`` (empty where nothing stood).

    The words are normalised; the offsets say where they stand in the source texts of the two sides.
    """

    op: Annotated[Literal["replace", "delete", "insert"], Meta(description="What was done.")]
    before: Annotated[str, Meta(description="The words before.")]
    after: Annotated[str, Meta(description="The words after.")]
    before_start: Annotated[int, Meta(description="Where they begin in the earlier text.")]
    before_end: Annotated[int, Meta(description="Where they end in the earlier text.")]
    after_start: Annotated[int, Meta(description="Where they begin in the later text.")]
    after_end: Annotated[int, Meta(description="Where they end in the later text.")]


class Measure(Struct, frozen=True, kw_only=True):
    """A sentence aligned between two notices. ``similarity`` is a decimal string from 0 to 1, two places."""

    kind: Annotated[Literal["kept", "reworded", "new", "dropped"], Meta(description="What became of the sentence.")]
    before: Annotated[MeasureSide | None, Meta(description="Where it stands in the earlier notice.")]
    after: Annotated[MeasureSide | None, Meta(description="Where it stands in the later notice.")]
    similarity: Annotated[DecimalText | None, Meta(description="How alike the sentences are.")]
    edits: Annotated[tuple[WordEdit, ...], Meta(description="What was reworded.")] = ()


class Comparison(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Two years of a region, or a region against another."""

    from_: Annotated[int, Meta(description="Policy year of the earlier side.")]
    to: Annotated[int, Meta(description="Policy year of the later side.")]
    region: Annotated[str | None, Meta(description="Six-digit GB/T 2260 code.")]
    against: Annotated[str | None, Meta(description="Code of the other region, where two regions are compared.")]
    changes: Annotated[tuple[Change, ...], Meta(description="How figures moved.")]
    measures: Annotated[tuple[Measure, ...], Meta(description="How sentences moved.")] = ()


class Generator(Struct, frozen=True, kw_only=True):
    """What made a dataset; ``catalog_version`` is a digest of the data files."""

    name: Annotated[str, Meta(description="Name of the program.")]
    version: Annotated[str, Meta(description="Version of the program.")]
    catalog_version: Annotated[str, Meta(description="SHA-256 over the data files.")]


class IndicatorRecord(Struct, frozen=True, kw_only=True):
    """An indicator that the package's own catalog doesn't list: what a reader needs to know of a user's row."""

    id: Annotated[str, Meta(description="Catalog id, as in facts and series.")]
    name: Annotated[str, Meta(description="What it is called, in Chinese.")]
    name_en: Annotated[str, Meta(description="What it is called, in English; may be empty.")]
    kinds: Annotated[tuple[Kind, ...], Meta(description="The kinds of its figures.")]
    unit: Annotated[str, Meta(description="The unit of its figures; empty where they have none or any.")]
    units: Annotated[tuple[str, ...], Meta(description="Other units that its figures may have.")] = ()
    per: Annotated[tuple[str, ...], Meta(description="What its figures are per.")]
    also_per: Annotated[tuple[str, ...], Meta(description="What its figures may be per besides.")] = ()
    implied_per: Annotated[
        tuple[str, ...] | None,
        Meta(description="What its figures are per without saying so; null where that is person and year."),
    ] = None
    programmes: Annotated[tuple[str, ...], Meta(description="Ids of the programmes that it belongs to.")]
    implied_population: Annotated[
        tuple[str, ...], Meta(description="Words for those for whom all its figures are.")
    ] = ()
    exempts: Annotated[bool, Meta(description="Whether a figure of 0 exempts the persons that its scope names.")] = (
        False
    )
    window: Annotated[bool, Meta(description="Whether its figures say when something applies.")] = False
    roles: Annotated[tuple[Role, ...], Meta(description="The roles that its figures have; empty for any.")] = ()
    threshold: Annotated[bool, Meta(description="Whether its figures are what has to be reached.")] = False
    change: Annotated[
        Literal["increase", "decrease"] | None,
        Meta(description="Whether its figures are changes, which count as levels: growth or cuts."),
    ] = None
    plausible: Annotated[
        tuple[DecimalText, DecimalText] | None, Meta(description="The range outside of which a check warns.")
    ] = None
    reference: Annotated[str, Meta(description="Where it is defined.")] = ""
    group: Annotated[
        str, Meta(description="What it and those whose ids begin alike are called together, in Chinese; may be empty.")
    ] = ""
    group_en: Annotated[str, Meta(description="The same in English; may be empty.")] = ""


class Dataset(Struct, frozen=True, kw_only=True):
    """The whole of ``outputs/dataset.json``."""

    schema_version: Annotated[str, Meta(description="Version of the shape, as in the README: MAJOR.MINOR.PATCH.")]
    dataset_version: Annotated[
        str, Meta(description="Version of the content: MAJOR when a published value changed or was withdrawn.")
    ]
    content_hash: Annotated[str, Meta(description="SHA-256 over the canonical JSON of facts, in hexadecimal digits.")]
    generator: Annotated[Generator, Meta(description="What made the dataset.")]
    notices: Annotated[tuple[NoticeRecord, ...], Meta(description="The notices read.")]
    set_aside: Annotated[tuple[SetAside, ...], Meta(description="The files that could not be read as notices.")]
    facts: Annotated[tuple[Fact, ...], Meta(description="The figures, in the order of notices and places.")]
    unresolved: Annotated[tuple[Unresolved, ...], Meta(description="Figures that could not be read, with the reason.")]
    series: Annotated[tuple[Series, ...], Meta(description="Figures joined over notices and years.")]
    checks: Annotated[tuple[Check, ...], Meta(description="Checks of the figures against each other.")]
    comparisons: Annotated[tuple[Comparison, ...], Meta(description="What moved between the years of a region.")]
    indicators: Annotated[
        tuple[IndicatorRecord, ...],
        Meta(description="The indicators of users' own catalogs that it was built with, by id."),
    ] = ()
    rejected: Annotated[
        tuple[Fact, ...],
        Meta(description="What the machine read as figures and an analyst rejected; nothing is served of them."),
    ] = ()
