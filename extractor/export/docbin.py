"""Annotated texts for people who train models: spaCy's DocBin with spans, and a displaCy page to look at them.

The spans are those of `extractor.notice.spacy_component`, taken from the dataset (with its corrections), not read anew.
Documents have one token a character, so that spans fall on token borders.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.build import publish
from extractor.build.corpus import source_text
from extractor.dataset.labels import load_labels, safe
from extractor.dataset.store import load_rows, read_own
from extractor.errors import ExportError
from extractor.messages import Message
from extractor.model import Fact, LedgerRow, Unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from extractor.export.targets import Options
    from extractor.model import Dataset, NoticeRecord

T = TypeVar("T", Fact, Unresolved)

# displaCy's own page says neither its encoding nor that nothing in it may run.
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>displaCy</title>
</head>
<body style="font-size: 16px; font-family: system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; padding: 4rem 2rem">
{body}
</body>
</html>
"""

_COLOURS = {
    "money": "#f6c177", "rate": "#9ccfd8", "count": "#c4a7e7", "duration": "#a3be8c", "age": "#a3be8c",
    "date": "#ebbcba", "period": "#ebbcba", "milestone": "#ebbcba", "formula": "#e0def4",
}  # fmt: skip


def write_docbin(dataset: Dataset, path: Path, options: Options) -> None:
    """Write one document a notice; load it with ``DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab)``."""
    import spacy
    from spacy.tokens import DocBin

    from extractor.notice.spacy_component import annotate

    nlp = spacy.blank("zh")
    store = DocBin(store_user_data=True)
    facts, unresolved = _by_notice(dataset.facts), _by_notice(dataset.unresolved)
    for notice, text in _texts(dataset, options):
        doc = nlp.make_doc(text)
        rows = [row for row in _ledger(notice, options) if 0 <= row.start <= row.end <= len(text)]
        annotate(doc, notice, facts[notice.notice_id], unresolved[notice.notice_id], rows)
        store.add(doc)
    path.write_bytes(store.to_bytes())


def write_displacy(dataset: Dataset, path: Path, options: Options) -> None:
    """Write a page with the figures of every notice marked, in the colour of their kind."""
    from spacy import displacy

    labels = load_labels(options.resources, options.lang)
    named = {kind: escape(safe(labels("kind", kind))) for kind in _COLOURS}
    pages: list[dict[str, Any]] = []
    facts = _by_notice(dataset.facts)
    for notice, text in _texts(dataset, options):
        entities = [
            {"start": fact.evidence.start, "end": fact.evidence.end, "label": named.get(fact.kind, "")}
            for fact in _apart(facts[notice.notice_id])
        ]
        # displaCy escapes the text, but neither titles nor labels.
        pages.append({"text": safe(text), "ents": entities, "title": escape(safe(notice.title or notice.source.path))})
    colours = {named[kind]: colour for kind, colour in _COLOURS.items()}
    body = displacy.render(pages, style="ent", manual=True, page=False, jupyter=False, options={"colors": colours})
    path.write_text(_PAGE.format(body=body), "utf-8")


def _by_notice(items: Iterable[T]) -> dict[str, list[T]]:
    """Group facts or unresolved entries by their notice, in one pass over the dataset."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.notice_id].append(item)
    return found


def _texts(dataset: Dataset, options: Options) -> Iterator[tuple[NoticeRecord, str]]:
    """Find each notice's text; an `ExportError` where there is none, or another than the one that its facts quote."""
    facts, unresolved = _by_notice(dataset.facts), _by_notice(dataset.unresolved)
    for notice in dataset.notices:
        text = source_text(notice.source, options.outputs, options.corpus, options.resources)
        if text is None:
            msg = Message(
                "{path}: its text is neither in {outputs} nor, unchanged, in {corpus}. Name the folder of the "
                "notices with --corpus, or build the dataset again.",
                path=notice.source.path,
                outputs=options.outputs / publish.SOURCES,
                corpus=options.corpus,
            )
            raise ExportError(msg)
        own = facts[notice.notice_id]
        places = [one.evidence for one in own] + [one.evidence for one in unresolved[notice.notice_id]]
        words = [(one.start, one.end, one.exact) for one in places]
        words += [(one.start, one.end, one.exact) for fact in own for one in fact.support]
        last = max((section.end for section in notice.sections), default=0)
        if last > len(text) or any(text[start:end] != exact for start, end, exact in words):
            msg = Message(
                "{path}: its text is not the one that its facts quote. Build the dataset again.",
                path=notice.source.path,
            )
            raise ExportError(msg)
        yield notice, text


def _ledger(notice: NoticeRecord, options: Options) -> list[LedgerRow]:
    path = options.outputs / publish.LEDGER / f"{notice.source.sha256}.jsonl"
    kept = read_own(path)
    return [] if kept is None else load_rows(kept, LedgerRow, path)


def _apart(facts: list[Fact]) -> list[Fact]:
    """Keep facts that don't overlap, the longer of two: the page can't mark a character twice."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda one: (one.evidence.start - one.evidence.end, one.evidence.start)):
        start, end = fact.evidence.start, fact.evidence.end
        if all(end <= other.evidence.start or other.evidence.end <= start for other in kept):
            kept.append(fact)
    return sorted(kept, key=lambda one: one.evidence.start)
