"""Bytes to source text: one reader a format, chosen by what the bytes are, never by the file's name."""

from __future__ import annotations

from extractor.ingest.files import read_file
from extractor.ingest.registry import LIMIT, read

__all__ = ["LIMIT", "read", "read_file"]
