"""Builds a corpus anew whenever its files have changed and come to rest.

Notices arrive in halves, under temporary names, by the thousand, and go again. Events of the file system only wake this
module up: what has changed is told by comparing two looks at the whole corpus, so an event too many or out of order does
no harm, and what a build itself writes never wakes it twice. Nothing that goes wrong in one round ends the watching.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from extractor.build.corpus import is_passing, require_apart
from extractor.build.incremental import BuildReport, build
from extractor.errors import DatasetError, ExtractorError
from extractor.ingest.limits import DEFAULT, Limits
from extractor.messages import Message
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.resources import Resources

# What tells one state of a file from another: size, times, place on the disk.
Stamp: TypeAlias = tuple[int, int, int, int]
Look: TypeAlias = dict[str, Stamp]

# Milliseconds: how often to see whether the folder itself is still there, and how long to gather events.
GLANCE, GATHER, STEP = 250, 400, 50
# Seconds between two looks at the whole corpus: with polling, and beside the events, of which a system may lose some.
PAUSE, SWEEP = 1.0, 30.0
# Seconds: how long to wait for files that never rest, and for another writer of the outputs.
LONGEST, WAIT = 30.0, 60.0


class Round(Struct, frozen=True, kw_only=True):
    """One build: which files of the corpus it was for, and what came of it: a report or, in words, an error.

    ``restless`` names files that were still changing when the build could wait no longer.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    restless: tuple[str, ...] = ()
    report: BuildReport | None = None
    error: str | None = None


class _Watched(NamedTuple):
    """Where to look, how long to wait for rest, and when to stop."""

    corpus: Path
    outputs: Path
    settle: float
    longest: float
    poll: bool
    stop: Event


def watch(  # noqa: PLR0913 - all but two are options
    corpus: Path,
    outputs: Path,
    *,
    settle: float = 1.0,
    longest: float = LONGEST,
    poll: bool = False,
    stop: Event | None = None,
    resources: Resources | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Round]:
    """Build at once, and again each time files have changed and were left alone for ``settle`` seconds.

    Goes on until ``stop`` is set. ``poll`` looks at the files again and again, where the system reports no changes (network
    drives, some containers). Raises `DatasetError` when there is no such folder to begin with.
    """
    if not corpus.is_dir():
        msg = Message(
            "{corpus}: no such folder. Name the folder that holds the notices: extractor watch FOLDER.", corpus=corpus
        )
        raise DatasetError(msg)
    require_apart(corpus, outputs)
    given = load() if resources is None else resources
    watched = _Watched(corpus, outputs, settle, longest, poll, stop or Event())
    seen: Look | None = None
    done = Round()
    again = 0.0
    for there in _stirs(watched):
        if not there:
            yield Round(
                error=Message(
                    "{corpus}: the folder is gone. Waiting for it to come back; the outputs stay as they are.",
                    corpus=corpus,
                )
            )
            continue
        # What failed is tried again after a while, since the reason may have passed.
        if _look(watched) == seen and not (done.error and time.monotonic() >= again):
            continue
        now, restless = _rested(watched)
        if watched.stop.is_set():
            return
        before, done = done, _round(seen or {}, now, restless, _build(watched, given, limits))
        if now != seen or done.error != before.error:
            yield done
        seen, again = now, time.monotonic() + SWEEP


def _build(watched: _Watched, resources: Resources, limits: Limits) -> BuildReport | str:
    try:
        return build(watched.corpus, watched.outputs, resources=resources, limits=limits, wait=WAIT)
    except (ExtractorError, OSError) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - watching goes on, whatever one round met
        return Message("{name}: {error}. This is a fault of extractor.", name=type(error).__name__, error=error)


def _round(before: Look, now: Look, restless: tuple[str, ...], done: BuildReport | str) -> Round:
    return Round(
        new=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(name for name in now.keys() & before.keys() if now[name] != before[name])),
        gone=tuple(sorted(before.keys() - now.keys())),
        restless=restless,
        report=None if isinstance(done, str) else done,
        error=done if isinstance(done, str) else None,
    )


# ── waking up ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _stirs(watched: _Watched) -> Iterator[bool]:
    """Yield True when there may be something to do, at once and after every event; False when the folder has gone."""
    there = True
    while not watched.stop.is_set():
        if watched.corpus.is_dir():
            there = True
            yield from _pauses(watched) if watched.poll else _events(watched)
        elif there:
            there = False
            yield False
        else:
            watched.stop.wait(GLANCE / 1000)


def _pauses(watched: _Watched) -> Iterator[bool]:
    """Yield True again and again. Not watchfiles' polling: that misses a file changed twice within a second."""
    folder = _identity(watched.corpus)
    while _identity(watched.corpus) == folder:
        yield True
        if watched.stop.wait(PAUSE):
            return


def _events(watched: _Watched) -> Iterator[bool]:
    """Yield True for events below the folder, and now and then without, until it is another folder or none."""
    try:
        from watchfiles import watch as events
    except ImportError as error:
        msg = Message("watching needs the package watchfiles. Install it: pip install 'policy-figures[watch]'")
        raise ExtractorError(msg) from error

    outputs = str(watched.outputs.resolve()) + os.sep
    folder = _identity(watched.corpus)
    due = 0.0
    try:
        for changes in events(
            watched.corpus.resolve(),
            watch_filter=lambda _, path: not is_passing(path) and not path.startswith(outputs),
            debounce=GATHER,
            step=STEP,
            stop_event=watched.stop,
            rust_timeout=GLANCE,
            yield_on_timeout=True,
            force_polling=False,
            ignore_permission_denied=True,
        ):
            if _identity(watched.corpus) != folder:
                return
            # The first comes when the watch stands, so that nothing falls between it and the first look.
            if changes or time.monotonic() >= due:
                yield True
                due = time.monotonic() + SWEEP
    except FileNotFoundError:
        return  # gone before the watch stood
    except OSError as error:
        msg = Message(
            "{corpus}: the system can't watch it: {error}. Raise the limit it names, or use --poll.",
            corpus=watched.corpus,
            error=error,
        )
        raise ExtractorError(msg) from error


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tell a folder from another of the same name."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rested(watched: _Watched) -> tuple[Look, tuple[str, ...]]:
    """Wait until nothing has changed for the time to settle; return the last look and the names that never rested."""
    before = _look(watched)
    ends = time.monotonic() + watched.longest
    while not watched.stop.wait(watched.settle):
        now = _look(watched)
        if now == before:
            return now, ()
        if time.monotonic() >= ends:
            return now, tuple(sorted(name for name, stamp in now.items() if before.get(name) != stamp))
        before = now
    return before, ()


def _look(watched: _Watched) -> Look:
    """Note every file of the corpus that is there to stay; what vanishes meanwhile isn't there."""
    outputs = watched.outputs.resolve()
    found: Look = {}
    for place, folders, names in os.walk(watched.corpus):
        folder = Path(place)
        folders[:] = [name for name in folders if not is_passing(name) and (folder / name).resolve() != outputs]
        below = "" if folder == watched.corpus else f"{folder.relative_to(watched.corpus).as_posix()}/"
        for name in names:
            if not is_passing(name):
                try:
                    stat = os.stat(f"{place}{os.sep}{name}")  # noqa: PTH116 - strings, since there may be thousands
                except OSError:
                    continue
                found[below + name] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    return found
