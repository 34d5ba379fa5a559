"""The reader for plain text: the source text is the decoded file itself, line breaks and all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from extractor.model import SourceText

if TYPE_CHECKING:
    from extractor.ingest.encoding import Decoded


def read_text(data: bytes, decoded: Decoded, origin: str) -> SourceText:
    """Wrap a decoded file; nothing is added, dropped or changed, so that offsets are those of the file."""
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="text/plain",
        encoding=decoded.encoding,
        reader="text",
        text=decoded.text,
    )
