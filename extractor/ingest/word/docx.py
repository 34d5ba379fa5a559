"""The reader for Word documents (DOCX, also its strict variant, DOCM and DOTX): the text as it is shown.

What one sees is what is read: automatic numbers stand before their paragraphs, deletions of tracked changes and hidden
words are gone. A footnote or endnote comes right after the paragraph (or table) that refers to it, as a paragraph of its
own: there it belongs to the same section, and at the end it would fall behind the signature, where no figures are read.
Headers and footers are furniture. Pages are unknown: a Word document has none until it is printed.

Macros, embedded files, comments and linked pictures are never looked at. See `package` for why python-docx isn't used.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from extractor.errors import IngestError
from extractor.ingest.archive import AGAIN
from extractor.ingest.source_text_builder import SourceTextBuilder, counted
from extractor.ingest.word.looks import UNKNOWN
from extractor.ingest.word.names import REL, WORD, child
from extractor.ingest.word.numbering import Numbering
from extractor.ingest.word.package import Styles, WordPackage
from extractor.ingest.word.tables import Item, WordLine
from extractor.ingest.word.text import Story
from extractor.messages import Message
from extractor.model import SourceText

if TYPE_CHECKING:
    from lxml import etree

    from extractor.ingest.limits import Limits
    from extractor.ingest.source_text_builder import LineKind
    from extractor.resources import Resources

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Lines among which the document must show the title that its properties name.
HEAD_LINES = 30
SHORTEST_TITLE = 5
# What prose has, and a letterhead or a page's number hasn't.
STOP = "。"


def read_docx(
    data: bytes,
    origin: str,
    limits: Limits,
    resources: Resources,  # noqa: ARG001 - all readers are called alike
) -> SourceText:
    """Read a Word document; raise `IngestError` where it is broken, encrypted, over a limit or without text."""
    package = WordPackage(data, origin, limits)
    root = package.root(package.main)
    body = child(root, "body")
    if body is None:
        msg = Message(
            "{origin}: its part {main!r} has no body, expected the text of a Word document. {again}",
            origin=origin,
            main=package.main,
            again=AGAIN,
        )
        raise IngestError("broken", msg)
    check_whole(root, origin)
    notes = read_notes(package)
    check_paragraphs([root, *notes.values()], origin, limits)
    styles = Styles(package)
    story = Story(package, styles, Numbering(package, styles), notes)
    if child(root, "background") is not None:
        story.ground = UNKNOWN
    items = story.read(body)
    over, under = (read_beside(package, root, story, kind) for kind in ("header", "footer"))
    # Some offices write the whole notice into the head of an empty page.
    beside: LineKind = "furniture" if items else "text"
    if not items and not any(STOP in text for text in (*over, *under)):
        msg = Message(
            "{origin}: found a Word document without text, expected a notice. If its pages are pictures, have "
            "their text recognised and save it as DOCX or PDF.",
            origin=origin,
        )
        raise IngestError("no_text", msg)
    builder = SourceTextBuilder()
    for text in over:
        builder.line(text, beside)
    for item in items:
        if isinstance(item, WordLine):
            builder.line(item.text, item.kind)
        else:
            builder.table(item.grid)
    for text in under:
        builder.line(text, beside)
    text, blocks = builder.finish()
    limits.check("characters", len(text), origin, Message("characters of text"))
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(), origin=origin, media_type=MEDIA_TYPE, encoding="utf-8", reader="docx",
        text=text, blocks=blocks, title=find_title(package, items), damage=counted(**story.damage),
    )  # fmt: skip


def check_whole(root: etree._Element, origin: str) -> None:
    """Raise where a part of the text is kept in another format, to be taken in when Word opens the file."""
    if next(root.iter(f"{WORD}altChunk", f"{WORD}subDoc"), None) is not None:
        msg = Message(
            "{origin}: a part of its text is kept as another document, expected a Word document that holds all "
            "of its text. Open it in Word or WPS Office and save it anew.",
            origin=origin,
        )
        raise IngestError("unsupported", msg)


def read_notes(package: WordPackage) -> dict[tuple[str, str], etree._Element]:
    """List the footnotes and endnotes by kind and id; the lines that separate them from the text are none."""
    return {
        (kind, element.get(f"{WORD}id") or ""): element
        for kind in ("footnote", "endnote")
        for root in package.of_kind(f"{kind}s")
        for element in root.iterchildren(f"{WORD}{kind}")
        if element.get(f"{WORD}type") in {None, "normal"}
    }


def check_paragraphs(roots: list[etree._Element], origin: str, limits: Limits) -> None:
    """Raise for more paragraphs and cells than the limit, before they are read."""
    found = sum(1 for root in roots for _ in root.iter(f"{WORD}p", f"{WORD}tc"))
    limits.check("paragraphs", found, origin, Message("paragraphs and table cells"))


def read_beside(package: WordPackage, root: etree._Element, story: Story, kind: str) -> list[str]:
    """List the lines of the headers or footers of the document's sections, each text once."""
    targets = {link.id: link.target for link in package.main_links if link.kind == kind}
    references = (element.get(f"{REL}id") or "" for element in root.iter(f"{WORD}{kind}Reference"))
    names = dict.fromkeys(targets[name] for name in references if name in targets)
    items = [item for name in names if package.archive.has(name) for item in story.read(package.root(name))]
    return list(dict.fromkeys(text for item in items for text in texts_of(item)))


def texts_of(item: Item) -> list[str]:
    """List the texts of a line or of a table's cells."""
    return [item.text] if isinstance(item, WordLine) else [cell.text for cell in item.grid.cells]


def find_title(package: WordPackage, items: list[Item]) -> str | None:
    """Read the title from the document's properties, but only one that its first lines show.

    Most properties are left over from a template or another document; those that agree with the text help to tell
    which lines are the title.
    """
    target = next((link.target for link in package.links("") if link.kind == "core-properties"), "")
    if not package.archive.has(target):
        return None
    title = " ".join((package.root(target).findtext(TITLE) or "").split())
    shown = "".join("".join(text.split()) for item in items[:HEAD_LINES] for text in texts_of(item))
    return title if len(title) >= SHORTEST_TITLE and "".join(title.split()) in shown else None
