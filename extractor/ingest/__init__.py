"""Bytes to source text: one reader a format, chosen by what the bytes are, never by the file's name."""

from __future__ import annotations

from extractor.ingest.files import read_file
from extractor.ingest.limits import DEFAULT, Limits
from extractor.ingest.registry import read

__all__ = ["DEFAULT", "Limits", "read", "read_file"]
