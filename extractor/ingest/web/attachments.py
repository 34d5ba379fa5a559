"""Files that a web page links to as part of the notice: 附件：1.参保登记表.doc.

A link is one of them when it leads to a document, or is called an attachment, and stands in the notice or right after
it. Addresses are given as written; what doesn't lead to a page or file (``javascript:``, ``mailto:``) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.model import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.web.hints import Hints
    from extractor.ingest.web.segments import Segment

# The end of an address or of one of its parameters: /f/1.doc, down.jsp?file=1.doc&id=3.
DOCUMENT = regex.compile(
    r"\.(?:pdf|docx?|docm|wps|et|ofd|ceb|rtf|xlsx?|xlsm|csv|pptx?|zip|rar|7z)(?=\Z|[?#&])", regex.IGNORECASE
)
CALLED = regex.compile(r"附\s*+[件表录]")
SCHEME = regex.compile(r"[a-z][a-z0-9+.-]*+:", regex.IGNORECASE)
LONGEST_ADDRESS = 2000
# Lines after the notice (share, print) that its list of files may stand behind.
AFTER = 3
MOST = 500


class Anchor(NamedTuple):
    """A link of a line: its text, its address as written, and its title, which is shown when the mouse is over it."""

    text: str
    address: str
    title: str


def find_attachments(segments: Sequence[Segment], furniture: Sequence[bool], hints: Hints) -> tuple[Attachment, ...]:
    """List the attachments in the order of the page, each once."""
    found: dict[Attachment, None] = {}
    near = 0
    for segment, beside in zip(segments, furniture, strict=True):
        if not segment.text:
            continue
        if hints.is_tail(segment.text):
            near = 0
        elif not beside:
            near = AFTER
        files = [anchor for anchor in segment.anchors if near and is_attachment(anchor, beside=beside)]
        found.update(dict.fromkeys(Attachment(name_of(anchor), anchor.address) for anchor in files))
        if beside and not files and near:
            near -= 1
    return tuple(found)[:MOST]


def is_attachment(anchor: Anchor, *, beside: bool) -> bool:
    """Tell a link to a file of the notice; beside the notice it must lead to a document.

    >>> is_attachment(Anchor("附件1", "/art/1.html", ""), beside=False)
    True
    >>> is_attachment(Anchor("附件1.doc", "javascript:open('1.doc')", ""), beside=False)
    False
    """
    address = anchor.address
    if not address or len(address) > LONGEST_ADDRESS or address.startswith("#"):
        return False
    scheme = SCHEME.match(address)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return False
    return bool(DOCUMENT.search(address)) or (not beside and bool(CALLED.search(anchor.text)))


def name_of(anchor: Anchor) -> str:
    """Say what an attachment is called; a link that is a picture has its title or the name of its file."""
    return anchor.text or anchor.title or anchor.address.rpartition("/")[2]
