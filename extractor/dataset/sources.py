"""Finds the text that a notice's offsets refer to: among the dataset's sources, else in the corpus."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from extractor import ingest
from extractor.dataset import publish
from extractor.dataset.store import read_bytes
from extractor.errors import IngestError

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import NoticeSource


def source_text(source: NoticeSource, folder: Path, corpus: Path) -> str | None:
    """Read the text that a notice's offsets refer to; None where neither sources nor corpus hold it."""
    kept = folder / publish.SOURCES / f"{source.sha256}.txt"
    if kept.is_file():
        return read_bytes(kept, "").decode("utf-8", "replace")
    # A dataset of a single file names the file alone, so the corpus may be that file.
    path = corpus if corpus.is_file() else corpus / source.path
    try:
        data = ingest.read_file(path)
    except IngestError:
        return None
    return ingest.read(data, origin=source.path).text if hashlib.sha256(data).hexdigest() == source.sha256 else None
