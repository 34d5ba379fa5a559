"""How each source of a corpus is: looked at now, without taking anything, and as it was at the looks before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.build.fetch import FetchSettings, fetcher
from extractor.build.follow.links import read_listing
from extractor.build.follow.run import Clock
from extractor.build.follow.sources import load_sources
from extractor.build.follow.state import SourceState, Store
from extractor.errors import FetchError, IngestError
from extractor.messages import Message
from extractor.resources import load

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.build.fetch.client import Fetcher
    from extractor.build.follow.sources import Source
    from extractor.resources import Resources

_OK = 200


class SourceHealth(Struct, frozen=True, kw_only=True):
    """A source: ``links`` that its first page lists and ``taken`` of them that its patterns take, whether it ``goes_on``.

    ``wrong`` says what is wrong with it, empty where nothing is; ``good_on``, ``news_on`` and ``failures`` are of `follow`'s looks,
    ``waiting`` what it has still to fetch.
    """

    source: str
    url: str
    links: int
    taken: int
    goes_on: bool
    good_on: str | None
    news_on: str | None
    failures: int
    waiting: int
    wrong: tuple[str, ...]


def check_sources(
    corpus: Path,
    *,
    settings: FetchSettings | None = None,
    resources: Resources | None = None,
    clock: Clock | None = None,
) -> tuple[SourceHealth, ...]:
    """Look once at each source; raises `DatasetError` where they or their state can't be read."""
    rows = load_sources(corpus)
    states = Store(corpus).state.sources
    web, given = fetcher(settings or FetchSettings()), load() if resources is None else resources
    day = dt.date.fromisoformat((clock or Clock()).day())
    return tuple(_health(row, states.get(row.id, SourceState()), web, given, day) for row in rows)


def _health(source: Source, state: SourceState, web: Fetcher, resources: Resources, day: dt.date) -> SourceHealth:
    wrong: list[str] = []
    links = taken = 0
    goes_on = False
    try:
        answer = web.look(source.url, listing=True)
        if answer.status != _OK:
            wrong.append(Message("status {status}", status=answer.status))
        else:
            listing = read_listing(source.kind, answer.data, answer.final_url, answer.media_type, resources)
            links = len(listing.links) or len(listing.following)
            taken = sum(source.takes(link.title, link.url) for link in listing.links)
            goes_on = bool(listing.following)
            if not taken and not (goes_on and source.kind == "sitemap"):
                msg = Message.counted(
                    "its only link does not fit its patterns", "none of its {links} links fits its patterns",
                    links, links=links,
                )  # fmt: skip
                wrong.append(msg)
        if answer.moved:
            wrong.append(Message("it has moved to {url}; write that address", url=answer.final_url))
    except (FetchError, IngestError) as error:
        wrong.append(str(error))
    last = state.news_on or state.begun_on
    if last and source.quiet_days and (day - dt.date.fromisoformat(last)).days > source.quiet_days:
        wrong.append(Message("no news since {day}", day=last))
    return SourceHealth(
        source=source.id, url=source.url, links=links, taken=taken, goes_on=goes_on, good_on=state.good_on,
        news_on=state.news_on, failures=state.failures, waiting=len(state.pending), wrong=tuple(wrong),
    )  # fmt: skip
