"""What a whole notice is about: the programmes named by its title, else by its opening, else most often by its body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.facts.tools import Tools
    from extractor.model import Notice

# The opening of a notice says what it is for; a body of a hundred thousand characters need not be counted whole.
_OPENING, _BODY = 600, 20_000


def notice_programmes(notice: Notice, tools: Tools) -> frozenset[str]:
    """Return the programmes of a notice; empty when none is named.

    A specific programme wins over a generic one (居民医保 over 医保).
    """
    rows = tools.catalog.programmes.values()
    pattern, meaning = tools.programme_words
    if notice.title and (found := [meaning[match.group()] for match in pattern.finditer(notice.title)]):
        exact = frozenset(row.id for row in found if not row.generic)
        if exact:
            return exact
        family = {row.family for row in found}
    else:
        family = set()
    body = ""
    for length in (_OPENING, _BODY):
        body = _beginning(notice, length)
        counts: dict[str, int] = {}
        for match in pattern.finditer(body):
            row = meaning[match.group()]
            if not row.generic and (not family or row.family in family):
                counts[row.id] = counts.get(row.id, 0) + 1
        if counts:
            most = max(counts.values())
            return frozenset([min(key for key, count in counts.items() if count == most)])
    return frozenset(
        row.id for row in rows if row.generic and (row.family in family or any(form in body for form in row.terms))
    )


def _beginning(notice: Notice, length: int) -> str:
    """Return the first characters of a notice's body."""
    parts: list[str] = []
    for sentence in notice.sentences:
        if length <= 0:
            break
        if sentence.kind in ("body", "cell"):
            start, end = sentence.span
            parts.append(notice.text.text[start : min(end, start + length)])
            length -= end - start
    return "".join(parts)
