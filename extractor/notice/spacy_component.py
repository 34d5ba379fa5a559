"""The pipeline as a component of a spaCy pipeline: ``nlp.add_pipe("policy_facts")``.

The component runs the same code as ``extractor build`` on ``doc.text``; nothing is read a second way. What it finds are
span groups, each span with the id of its entry as ``span.id_`` and, for facts, the indicator as ``span.kb_id_``:

=====================  ==============================================  =====================
``doc.spans[…]``       what                                            ``span.label_``
=====================  ==============================================  =====================
``policy_facts``       figures                                         kind (``money``)
``policy_support``     other words that a fact rests on                what for (``subject``)
``policy_unresolved``  words with a figure that can't be read          reason
``policy_numerals``    every numeral                                   disposition
``policy_sections``    numbered parts                                  the section's number
=====================  ==============================================  =====================

A span covers whole tokens, and jieba's tokens often reach over the borders of a figure; ``span._.policy_fact.evidence``
has the exact characters. ``doc._.policy_notice``, ``doc._.policy_facts``, ``doc._.policy_unresolved`` and
``span._.policy_fact`` are typed; they are kept in ``doc.user_data`` as plain values, so that documents can be stored and
sent between processes.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.model import Fact, LedgerRow, NoticeRecord, SourceText, Unresolved
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.resources import Resources

Layer: TypeAlias = Literal["facts", "support", "unresolved", "numerals", "sections"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
PREFIX = "policy_"
# Where a document keeps what was found in it, besides its spans.
KEY = "policy_facts"
_SETTINGS = "policy_facts.json"

Row: TypeAlias = tuple[int, int, str, str, str]


@Language.factory(  # type: ignore[untyped-decorator]
    "policy_facts",
    assigns=[
        "doc.spans",
        *(f"doc._.{PREFIX}{name}" for name in ("notice", "facts", "unresolved")),
        "span._.policy_fact",
    ],
    default_config={"layers": list(LAYERS)},
)
def make_policy_facts(nlp: Language, name: str, layers: list[str]) -> PolicyFacts:
    """Make the component; ``layers`` says which span groups it writes."""
    del nlp
    return PolicyFacts(name, layers)


class PolicyFacts:
    """The component; its only state is which layers it writes, and by which data files it reads."""

    def __init__(
        self, name: str = "policy_facts", layers: Sequence[str] = LAYERS, *, resources: Resources | None = None
    ) -> None:
        """Check the layers' names and register the extension attributes."""
        if unknown := sorted(set(layers) - set(LAYERS)):
            msg = Message(
                "{name}: unknown layer {unknown!r}, expected some of {layers}. Correct the component's config.",
                name=name,
                unknown=unknown[0],
                layers=tuple(LAYERS),
            )
            raise CatalogError(msg)
        self.name = name
        self.resources = load() if resources is None else resources
        self.layers = tuple(layer for layer in LAYERS if layer in layers)
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Read a document's text and write what it holds to the document."""
        from extractor.pipeline import process

        text = doc.text
        source = SourceText(
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), origin=self.name,
            media_type="text/plain", encoding="utf-8", reader="text", text=text,
        )  # fmt: skip
        result = process(source, self.resources)
        annotate(doc, result.notice, result.facts, result.unresolved, result.ledger, layers=self.layers)
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings, and which catalog they were used with."""
        del exclude
        Path(path).mkdir(parents=True, exist_ok=True)
        Path(path, _SETTINGS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> PolicyFacts:
        """Read the settings."""
        return self.from_bytes(Path(path, _SETTINGS).read_bytes(), exclude=exclude)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the settings as bytes."""
        del exclude
        return json.dumps({"layers": self.layers, "catalog_version": self.resources.digest()}, indent=2).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> PolicyFacts:
        """Take the settings; a `CatalogError` says that another catalog would read other figures."""
        del exclude
        given = json.loads(data)
        if given["catalog_version"] != (installed := self.resources.digest()):
            msg = Message(
                "{name}: was saved with catalog {given}, installed is {installed}: figures may be read otherwise. "
                "Install the release of extractor that it was saved with, or save it again.",
                name=self.name,
                given=given["catalog_version"][:12],
                installed=installed[:12],
            )
            raise CatalogError(msg)
        self.layers = tuple(layer for layer in LAYERS if layer in given["layers"])
        return self


def register_extensions() -> None:
    """Register the prefixed attributes; safe to call again, also to read stored documents without the component."""
    getters: dict[Any, dict[str, Any]] = {
        Doc: {"policy_notice": _notice_of, "policy_facts": _facts_of, "policy_unresolved": _unresolved_of},
        Span: {"policy_fact": _fact_of_span},
    }
    for owner, attributes in getters.items():
        for attribute, getter in attributes.items():
            if not owner.has_extension(attribute):
                owner.set_extension(attribute, getter=getter)


def annotate(
    doc: Doc,
    notice: NoticeRecord,
    facts: Sequence[Fact],
    unresolved: Sequence[Unresolved],
    ledger: Sequence[LedgerRow],
    *,
    layers: Sequence[Layer] = LAYERS,
) -> None:
    """Write a notice's results to a document whose text is the notice's source text."""
    doc.user_data[KEY] = {
        "notice": msgspec.to_builtins(notice),
        "facts": {fact.fact_id: msgspec.to_builtins(fact) for fact in facts},
        "unresolved": [msgspec.to_builtins(item) for item in unresolved],
    }
    rows: dict[Layer, list[Row]] = {
        "facts": [(f.evidence.start, f.evidence.end, f.kind, f.indicator or "", f.fact_id) for f in facts],
        "support": [(s.start, s.end, s.for_, "", f.fact_id) for f in facts for s in f.support],
        "unresolved": [(u.evidence.start, u.evidence.end, u.reason, "", u.unresolved_id) for u in unresolved],
        "numerals": [(row.start, row.end, row.disposition, "", row.ref or "") for row in ledger],
        "sections": [(section.start, section.end, section.number, "", section.id) for section in notice.sections],
    }
    for layer in layers:
        spans = [span for row in rows[layer] if (span := _span(doc, row)) is not None]
        doc.spans[f"{PREFIX}{layer}"] = SpanGroup(doc, name=f"{PREFIX}{layer}", spans=spans)


def _span(doc: Doc, row: Row) -> Span | None:
    """Make a span of the tokens that a stretch of text touches; None for text that no token holds."""
    start, end, label, indicator, entry = row
    found = doc.char_span(start, end, label=label, kb_id=indicator, span_id=entry, alignment_mode="expand")
    return found if found is not None and len(found) else None


def _found(doc: Doc) -> dict[str, Any]:
    found: dict[str, Any] = doc.user_data.get(KEY, {})
    return found


def _notice_of(doc: Doc) -> NoticeRecord | None:
    given = _found(doc).get("notice")
    return None if given is None else msgspec.convert(given, NoticeRecord)


def _facts_of(doc: Doc) -> tuple[Fact, ...]:
    return tuple(msgspec.convert(fact, Fact) for fact in _found(doc).get("facts", {}).values())


def _unresolved_of(doc: Doc) -> tuple[Unresolved, ...]:
    return tuple(msgspec.convert(item, Unresolved) for item in _found(doc).get("unresolved", ()))


def _fact_of_span(span: Span) -> Fact | None:
    """Look up the fact that a span is, or supports."""
    given = _found(span.doc).get("facts", {}).get(span.id_)
    return None if given is None else msgspec.convert(given, Fact)
