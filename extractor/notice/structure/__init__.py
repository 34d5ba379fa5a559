"""Reads a normalised text as a document: head, section tree, sentences, closing, relations, region, dates."""

from __future__ import annotations

from extractor.notice.structure.parse import parse_structure

__all__ = ["parse_structure"]
