"""The order of the stages, on one screen: bytes → source → aligned text → notice → mentions → facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from extractor.model import NoticeResult, SourceText
    from extractor.resources import Resources


def process(
    source: SourceText,
    resources: Resources,
    *,
    path: str = "",
    url: str | None = None,
    notice_id: str | None = None,
    measures: bool = False,
) -> NoticeResult:
    """Read one notice.

    ``path`` and ``url`` go into its record; ``notice_id`` replaces the one that follows from the text, for a second
    text with the same document number; ``measures`` keeps the sentences that comparing years needs.
    """
    from extractor.facts import make_facts
    from extractor.facts.record import Place
    from extractor.facts.record import notice_id as id_of
    from extractor.mentions import find_mentions
    from extractor.normalise import assess, normalise
    from extractor.structure import parse_structure

    text = normalise(source, resources)
    notice = structs.replace(parse_structure(text, resources), quality=assess(text))
    mentions = find_mentions(notice, resources)
    return make_facts(notice, mentions, resources, Place(notice_id or id_of(notice), path or source.origin, url, measures))
