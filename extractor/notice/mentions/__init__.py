"""Finds what a notice's sentences mention: quantities, dates, citations, and stretches whose numerals are no figures."""

from __future__ import annotations

from extractor.notice.mentions.find import Mentions, SentenceMentions, find_mentions

__all__ = ["Mentions", "SentenceMentions", "find_mentions"]
