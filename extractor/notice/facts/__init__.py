"""Makes facts of what a notice mentions, and accounts for every numeral."""

from __future__ import annotations

from extractor.notice.facts.make import make_facts

__all__ = ["make_facts"]
