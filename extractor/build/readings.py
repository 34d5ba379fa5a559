"""Readings of a corpus, of which only the part that several notices are put together from is kept in memory.

Sentences, ledgers and source texts are three quarters of what a notice gives, and each is needed for a moment: they stay
where readings are kept, and are fetched when they are asked for.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from extractor.build.corpus import Read
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import SetAside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.build.cache.record_store import RecordStore
    from extractor.model import NoticeResult


class Readings(Protocol):
    """Takes readings apart, and gives them whole again."""

    def part(self, read: Read) -> Read:
        """Give what is to be kept in memory of a reading."""

    def whole(self, read: Read) -> Read:
        """Give a reading whole, of which a part may have changed since."""

    def keep(self, read: Read) -> Read:
        """Take a reading whose ledger has changed, and give its part."""


class InMemory:
    """Readings that are whole all the time."""

    def part(self, read: Read) -> Read:
        """Give all of it."""
        return read

    whole = keep = part


class OnDisk:
    """Readings whose sentences, ledgers and texts stay in the store; ``renamed`` gives a result another notice id."""

    def __init__(self, store: RecordStore, renamed: Callable[[NoticeResult, str], NoticeResult]) -> None:
        """Take the store, which must be open for as long as readings are asked for."""
        self._store, self._renamed = store, renamed
        self._changed: dict[str, Read] = {}

    def part(self, read: Read) -> Read:
        """Leave out what is fetched again."""
        return Read(replace(read.result, sentences=(), ledger=()), None)

    def whole(self, read: Read) -> Read:
        """Fetch sentences, ledger and text; a `DatasetError` says that the store was changed meanwhile."""
        notice = read.result.notice
        if (changed := self._changed.get(notice.source.path)) is not None:
            return changed
        kept: Read | None = self._store.get(notice.source.sha256)
        if kept is None:
            msg = Message(
                "{path}: what was read of {notice} is no longer there: another program writes to this folder. Build again.",
                path=self._store.path,
                notice=notice.source.path,
            )
            raise DatasetError(msg)
        result = kept.result
        if result.notice.notice_id != notice.notice_id:
            result = self._renamed(result, notice.notice_id)
        return Read(replace(read.result, sentences=result.sentences, ledger=result.ledger), kept.text)

    def keep(self, read: Read) -> Read:
        """Keep all of it in memory: an analyst's reviews are of few notices."""
        self._changed[read.result.notice.source.path] = read
        return self.part(read)


class Corpus(Struct, frozen=True):
    """All notices of a corpus in the order of their paths, the files that are copies of them, and what failed."""

    read: tuple[Read, ...]
    set_aside: tuple[SetAside, ...]
    copies: tuple[Read, ...] = ()
    readings: Readings = InMemory()

    def whole(self) -> Iterator[Read]:
        """Give each reading whole, the copies last."""
        return map(self.readings.whole, chain(self.read, self.copies))
