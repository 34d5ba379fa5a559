"""Looks at the sources that are due, takes what is new, builds, and says what moved.

A source is looked at page by page until one ends with what is known; only then is it noted what is to be fetched, so that a
look that is cut short loses nothing. What fails is tried again after a pause that doubles, with some chance in it, so that
many who follow one server don't come back at once.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import random
import shutil
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct

from extractor.build.cache.lock import writing
from extractor.build.corpus import require_apart
from extractor.build.fetch import FetchSettings, fetcher
from extractor.build.follow.links import ListedLink, read_listing
from extractor.build.follow.sources import Source, load_sources
from extractor.build.follow.state import FOLDER, FeedEntry, SourceState, Store, Validators
from extractor.build.follow.take import NOT_MODIFIED, Event, Taker
from extractor.build.incremental import BuildReport, build
from extractor.build.intake import placement
from extractor.build.intake.adding import Adding
from extractor.build.publish import DATASET
from extractor.dataset.excerpt import load_excerpt, load_series
from extractor.dataset.moves import Move, moves
from extractor.dataset.store import write_atomic
from extractor.errors import DatasetError, FetchError, IngestError
from extractor.ingest.limits import DEFAULT, Limits
from extractor.messages import Message
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from threading import Event as Stop

    from extractor.build.fetch.client import Fetcher, Looked
    from extractor.model import Dataset
    from extractor.resources import Resources

FEED = "changes.atom"
MOST_ENTRIES = 200
_CHINA = dt.timezone(dt.timedelta(hours=8))
_HOUR, _WEEK = 3600.0, 7 * 24 * 3600.0
# Seconds: the first pause after a failure, and the longest sleep between two looks at what is due.
_FIRST_PAUSE, _GLANCE = 900.0, 60.0
_MOST_INDEXED = 50


class FeedWriter(Protocol):
    """What writes ``changes.atom``; `extractor.report.feed.AtomFeed` is one."""

    def entries(self, moved: Sequence[Move], old: Dataset, new: Dataset, updated: str) -> list[FeedEntry]:
        """Make an entry of each figure that moved; of the datasets only the facts behind these are there."""

    def atom(self, entries: Sequence[FeedEntry]) -> bytes:
        """Write the feed."""


class FollowReport(Struct, frozen=True, kw_only=True):
    """What a round did: the sources looked at, what was met, the build and what moved by it, when the next source is due."""

    looked: tuple[str, ...]
    events: tuple[Event, ...]
    build: BuildReport | None
    moved: tuple[Move, ...]
    next_due: float


class Clock(NamedTuple):
    """The time in seconds since 1970, and a chance from 0 to 1; tests have their own."""

    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random

    def day(self) -> str:
        """Return today's day in China."""
        return dt.datetime.fromtimestamp(self.now(), _CHINA).date().isoformat()


def follow_once(
    corpus: Path,
    outputs: Path,
    *,
    feed: FeedWriter | None = None,
    settings: FetchSettings | None = None,
    resources: Resources | None = None,
    limits: Limits = DEFAULT,
    clock: Clock | None = None,
) -> FollowReport:
    """Look once at every source that is due; raises `DatasetError` where sources, state or corpus can't be used."""
    sources = load_sources(corpus)
    require_apart(corpus, outputs)
    given = load() if resources is None else resources
    placement.sweep(corpus)
    round_ = _Round(
        corpus,
        outputs,
        Store(corpus),
        given,
        limits,
        clock or Clock(),
        fetcher(settings or FetchSettings(most=limits.bytes)),
    )
    with writing(corpus / FOLDER):
        looked = [source for source in sources if round_.is_due(source)]
        for source in looked:
            round_.look(source)
        built, moved = round_.build(feed)
    due = min((round_.of(source).due for source in sources), default=0.0)
    return FollowReport(
        looked=tuple(source.id for source in looked),
        events=tuple(round_.events),
        build=built,
        moved=tuple(moved),
        next_due=due,
    )


def follow(corpus: Path, outputs: Path, stop: Stop, **options: Any) -> Iterator[FollowReport]:  # noqa: ANN401 - as of follow_once
    """Look at what is due, again and again, until ``stop`` is set; options as of `follow_once`."""
    while not stop.is_set():
        report = follow_once(corpus, outputs, **options)
        if report.looked or report.build:
            yield report
        stop.wait(max(1.0, min(_GLANCE, report.next_due - time.time())))


class _Round:
    """One look at what is due."""

    def __init__(
        self,
        corpus: Path,
        outputs: Path,
        store: Store,
        resources: Resources,
        limits: Limits,
        clock: Clock,
        web: Fetcher,
    ) -> None:
        self._corpus, self._outputs, self._store = corpus, outputs, store
        self._resources, self._limits, self._clock, self._web = resources, limits, clock, web
        adding = Adding(corpus, lambda: web, limits, resources, skip=outputs)
        self._taker = Taker(corpus, web, store, adding, clock.day())
        self.events = self._taker.events

    def of(self, source: Source) -> SourceState:
        """Return what is remembered of a source."""
        return self._store.state.sources.setdefault(source.id, SourceState())

    def is_due(self, source: Source) -> bool:
        """Return True if it is time to look at a source."""
        return self.of(source).due <= self._clock.now()

    def look(self, source: Source) -> None:
        """Look at a source, fetch what it lists that is new, and look again at what it listed before."""
        state, day = self.of(source), self._clock.day()
        state.begun_on = state.begun_on or day
        state.looked_on = day
        try:
            self._gather(source, state, day)
        except (FetchError, IngestError) as error:
            state.failures += 1
            state.error = "".join(str(error))
            self._taker.note("failed", source, source.url, message=str(error))
            pause = min(_FIRST_PAUSE * 2 ** min(state.failures - 1, 20), _WEEK)
            state.due = self._clock.now() + max(pause * (0.5 + self._clock.chance()), self._asked_pause)
        else:
            state.failures, state.error, state.good_on = 0, None, day
            state.due = self._clock.now() + source.hours * _HOUR
        self._store.save()
        self._fetch_pending(source, state)
        self._look_again(source, day)
        self._say_quiet(source, state, day)
        self._store.save()

    # ── what a source lists ────────────────────────────────────────────────────────────────────────────────────────

    _asked_pause = 0.0

    def _gather(self, source: Source, state: SourceState, day: str) -> None:
        """Go through a source's pages up to what is known, and note what is to be fetched, the oldest first."""
        pages, seen, new = [source.url], set[str](), dict[str, str]()
        answer_of_first = None
        most = source.pages if source.kind != "sitemap" else max(source.pages, _MOST_INDEXED)
        while pages and len(seen) < most:
            url = pages.pop(0)
            if url in seen:
                continue
            first = not seen
            seen.add(url)
            answer = self._page(source, state, url, first=first)
            if answer is None:
                return  # as it was
            if first:
                answer_of_first = answer
            listing = read_listing(source.kind, answer.data, answer.final_url, answer.media_type, self._resources)
            taken = [link for link in listing.links if source.takes(link.title, link.url)]
            if first and not listing.following:
                self._check_shape(source, state, taken)
            new |= {link.url: link.title for link in taken if not self._is_known(state, link)}
            if source.kind == "sitemap" or not taken or not self._is_known(state, taken[-1]):
                pages += listing.following
        state.validators = Validators.of(answer_of_first) if answer_of_first else Validators()
        # Lists have the newest first; the older lands first, as it was published.
        state.pending += reversed(new.items())
        state.news_on = day if new else state.news_on

    def _page(self, source: Source, state: SourceState, url: str, *, first: bool) -> Looked | None:
        """Fetch a page of a source; None where the first is as it was."""
        known = state.validators if first else Validators()
        answer = self._web.look(url, etag=known.etag, modified=known.modified, listing=True, named=first)
        if first and answer.status == NOT_MODIFIED:
            return None
        if answer.status != 200:  # noqa: PLR2004 - OK
            from extractor.build.fetch.client import said_of

            self._asked_pause = min(answer.pause, _WEEK)
            raise FetchError(Message("{url}: {said}", url=url, said=said_of(answer.status)))
        if first:
            moved = answer.final_url if answer.moved else None
            if moved and moved != state.moved_to:
                self._taker.note("moved", source, source.url, message=moved)
            state.moved_to = moved
        return answer

    def _check_shape(self, source: Source, state: SourceState, taken: list[ListedLink]) -> None:
        """Say that a list has nothing left of what it had: its page was made anew, or its patterns no longer fit."""
        changed = not taken and state.listed > 0
        if changed and not state.changed_shape:
            self._taker.note("shape", source, source.url)
        state.changed_shape = changed
        state.listed = len(taken) or state.listed

    def _is_known(self, state: SourceState, link: ListedLink) -> bool:
        return link.url in self._store.state.notices or any(link.url == url for url, _ in state.pending)

    # ── what is to be fetched ──────────────────────────────────────────────────────────────────────────────────────

    def _fetch_pending(self, source: Source, state: SourceState) -> None:
        """Fetch one after the other; what was fetched is noted before the next is asked for."""
        left: list[tuple[str, str]] = []
        waiting = list(state.pending)
        for at, (url, title) in enumerate(waiting):
            self._begin()
            if not (url in self._store.state.notices or self._taker.take(source, url, title)):
                left.append((url, title))
            state.pending = [*left, *waiting[at + 1 :]]
            self._store.save()

    def _look_again(self, source: Source, day: str) -> None:
        """Look again at notices whose time has come: whether they still stand there, and say what they said."""
        today = dt.date.fromisoformat(day)
        for notice in list(self._store.state.notices.values()):
            if notice.source != source.id or notice.moved_to or not (notice.path and notice.looked_on):
                continue
            age = (today - dt.date.fromisoformat(notice.first_seen)).days
            rested = (today - dt.date.fromisoformat(notice.looked_on)).days
            if source.again_days and age <= source.for_days and rested >= source.again_days:
                self._begin()
                self._taker.look_again(source, notice)
                self._store.save()

    def _say_quiet(self, source: Source, state: SourceState, day: str) -> None:
        """Say on each look that a source has had no news for unusually long."""
        last = state.news_on or state.begun_on or day
        days = (dt.date.fromisoformat(day) - dt.date.fromisoformat(last)).days
        if source.quiet_days and days > source.quiet_days:
            self._taker.note("quiet", source, source.url, message=last)

    # ── building ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        """Keep the dataset as it is before anything lands: what moves is told against it, whenever it is built."""
        state, dataset = self._store.state, self._outputs / DATASET
        if state.unbuilt:
            return
        if dataset.is_file():
            self._store.before.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(dataset, self._store.before)
        state.unbuilt = True
        self._store.save()

    def build(self, feed: FeedWriter | None) -> tuple[BuildReport | None, list[Move]]:
        """Build what has landed, here or before a kill, and write what moved to the feed."""
        state = self._store.state
        if not state.unbuilt:
            return None, []
        try:
            built = build(self._corpus, self._outputs, resources=self._resources, limits=self._limits)
        except DatasetError:
            if not any(one.path for one in state.notices.values()):
                state.unbuilt = False  # an empty corpus: nothing that was listed could be read
                self._store.save()
                return None, []
            raise
        moved: list[Move] = []
        dataset = self._outputs / DATASET
        before = self._store.before
        if before.is_file() and dataset.is_file() and not filecmp.cmp(before, dataset, shallow=False):
            moved = moves(load_series(before), load_series(dataset))
            if feed and moved:
                names = {name for one in moved for point in (one.before, one.after) for name in point.fact_ids}
                regions = {one.series.region for one in moved if one.series.region}
                self._announce(feed, moved, *(load_excerpt(path, names, regions) for path in (before, dataset)))
        if feed:
            write_atomic(self._outputs / FEED, feed.atom(state.entries))
        state.unbuilt = False
        self._store.save()
        before.unlink(missing_ok=True)
        return built, moved

    def _announce(self, feed: FeedWriter, moved: list[Move], old: Dataset, new: Dataset) -> None:
        """Add an entry of each figure that moved, the newest first; one that is there already isn't told again."""
        state = self._store.state
        updated = dt.datetime.fromtimestamp(self._clock.now(), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        known = {entry.id for entry in state.entries}
        fresh = [entry for entry in feed.entries(moved, old, new, updated) if entry.id not in known]
        state.entries = [*fresh, *state.entries][:MOST_ENTRIES]
        self._store.save()
