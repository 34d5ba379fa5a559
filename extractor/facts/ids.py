"""Ids of facts and unresolved entries: they depend on where the words stand, never on how they were read."""

from __future__ import annotations

import hashlib
from collections import Counter


class Ids:
    """Makes the ids of one notice; counts how often the same words come again in a sentence."""

    def __init__(self, notice_id: str) -> None:
        """Start with nothing counted."""
        self.notice_id = notice_id
        self._seen: Counter[tuple[str | None, str, str]] = Counter()
        self._places: dict[tuple[int, ...], int] = {}
        self._last: tuple[str | None, str, hashlib._Hash] | None = None
        self._on_place: Counter[tuple[int, ...]] = Counter()

    def make(self, letter: str, section: str | None, sentence: str, exact: str, place: tuple[int, ...]) -> str:
        """Return an id for words ``exact`` at ``place`` of a sentence.

        The same sentence twice in a section counts on, so that no two places share an id.
        """
        if place not in self._places:
            key = (section, sentence, exact)
            self._places[place] = self._seen[key]
            self._seen[key] += 1
        ordinal = self._places[place]
        number = self._on_place[place]
        self._on_place[place] += 1
        digest = self._begun(section, sentence)
        digest.update(chr(31).join(("", exact, str(ordinal), str(number))).encode())
        return f"{letter}-{digest.hexdigest()[:12]}"

    def _begun(self, section: str | None, sentence: str) -> hashlib._Hash:
        """Return the digest of notice, section and sentence, taken once: a sentence may hold thousands of figures."""
        if self._last is None or self._last[:2] != (section, sentence):
            parts = (self.notice_id, section or "", sentence)
            self._last = (section, sentence, hashlib.sha256(chr(31).join(parts).encode()))
        return self._last[2].copy()
