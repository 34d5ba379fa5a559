"""Makes facts of what a notice mentions, and accounts for every numeral.

`make` goes through the sentences. Each is read as a `sentence`; `figures` drafts a fact of each of its quantities, with what it
measures (`measure`, by `names`), its subject in a list (`lists`), its indicator (`link`, as far as `fit` allows) and whose it is
(`scope`, by `groups`); `shares` says what the figures of a sentence tell of each other, `dates` when they hold. What is left of
the numerals goes to the `ledger`.
"""

from __future__ import annotations

from extractor.notice.facts.make import make_facts

__all__ = ["make_facts"]
