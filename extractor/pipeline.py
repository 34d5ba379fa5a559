"""The order of the stages, on one screen: bytes → source → aligned text → notice → mentions → facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from extractor.collector import collector_at_rest

if TYPE_CHECKING:
    from extractor.model import NoticeResult, Region, SourceText
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources


def process(
    source: SourceText,
    resources: Resources,
    *,
    path: str = "",
    url: str | None = None,
    measures: bool = False,
    explanations: dict[str, Explanation] | None = None,
    region: Region | None = None,
) -> NoticeResult:
    """Read one notice.

    ``path`` and ``url`` go into its record; ``measures`` keeps the sentences that comparing years needs. ``region`` is that
    of a text which has no head to tell it.
    ``explanations``, where given, is filled with why each fact was linked as it was, by fact id.
    """
    from extractor.notice.facts import make_facts
    from extractor.notice.facts.record import NoticePlace, notice_id
    from extractor.notice.mentions import find_mentions
    from extractor.notice.normalise.run import assess, normalise
    from extractor.notice.structure.parse import parse_structure

    with collector_at_rest():
        text = normalise(source, resources)
        notice = structs.replace(parse_structure(text, resources), quality=assess(text))
        if region is not None and notice.region is None:
            notice = structs.replace(notice, region=region)
        mentions = find_mentions(notice, resources)
        place = NoticePlace(notice_id(notice), path or source.origin, url, measures)
        return make_facts(notice, mentions, resources, place, explanations=explanations)
