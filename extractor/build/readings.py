"""Readings of a corpus, of which only who says what for which region and year is kept in memory.

Facts, sentences, ledgers and source texts are nearly all of what a notice gives, and each is needed for a moment: they
stay where readings are kept, and are fetched when they are asked for.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from extractor.build.cache.record_store import packed_record
from extractor.build.corpus import Read
from extractor.build.packed import packed, placed
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import Evidence, NoticeResult, SetAside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.build.cache.record_store import RecordStore
    from extractor.build.packed import PackedRead
    from extractor.model import NoticeRecord


_NOWHERE = Evidence(source="", start=0, end=0, exact="", prefix="", suffix="", section=None, page=None)
_NOTHING: dict[str, int] = {}


class Readings(Protocol):
    """Takes readings apart, and gives them whole again."""

    def part(self, read: Read) -> Read:
        """Give what is to be kept in memory of a reading."""

    def whole(self, read: Read) -> Read:
        """Give a reading whole, of which a part may have changed since."""

    def packed(self, read: Read) -> PackedRead:
        """Give a reading whole, as another process takes it."""

    def keep(self, read: Read) -> Read:
        """Take a reading that has changed, and give its part."""

    def is_changed(self, read: Read) -> bool:
        """Say whether a reading is another than that which was kept."""


class InMemory:
    """Readings that are whole all the time."""

    def part(self, read: Read) -> Read:
        """Give all of it."""
        return read

    whole = keep = part

    def packed(self, read: Read) -> PackedRead:
        """Make a record of it."""
        return packed(packed_record(read), read.result.notice)

    def is_changed(self, _read: Read) -> bool:
        """Say no: nothing is kept."""
        return False


class OnDisk:
    """Readings of which only the notice's record stays in memory."""

    def __init__(self, store: RecordStore) -> None:
        """Take the store, which must be open for as long as readings are asked for."""
        self._store = store
        self._changed: dict[str, Read] = {}
        # What thousands of notices have in common is in memory once.
        self._shared: dict[Any, Any] = {}

    def part(self, read: Read) -> Read:
        """Leave out what is fetched again."""
        return Read(NoticeResult(notice=self._brief(read.result.notice), facts=(), unresolved=(), ledger=()), None)

    def _brief(self, notice: NoticeRecord) -> NoticeRecord:
        """Leave out of a notice's record what only its own dataset row says."""
        shared, source = self._once, notice.source
        number = notice.document_number
        return replace(
            notice, addressees=(), sections=(), ledger=_NOTHING, attachments=(), region=shared(notice.region),
            document_number=notice.notice_id if number == notice.notice_id else number, issuers=shared(notice.issuers),
            relations=tuple(replace(link, evidence=_NOWHERE) for link in notice.relations),
            quality=shared(replace(notice.quality, damage=(), repairs=())),
            source=replace(
                source, media_type=shared(source.media_type), encoding=shared(source.encoding), reader=shared(source.reader)
            ),
        )  # fmt: skip

    def _once(self, value: Any) -> Any:  # noqa: ANN401 - whatever can be a key
        return self._shared.setdefault(value, value)

    def whole(self, read: Read) -> Read:
        """Fetch all that was left out; a `DatasetError` says that the store was changed meanwhile."""
        notice = read.result.notice
        if (changed := self._changed.get(notice.source.path)) is not None:
            return changed
        kept: Read | None = self._store.get(notice.source.sha256)
        if kept is None:
            raise self._gone(notice)
        return placed(kept, notice.notice_id, notice.source, notice.copies)

    def packed(self, read: Read) -> PackedRead:
        """Fetch its record as it is kept; a `DatasetError` as of `whole`."""
        notice = read.result.notice
        if (changed := self._changed.get(notice.source.path)) is not None:
            return packed(packed_record(changed), notice)
        record = self._store.record(notice.source.sha256)
        if record is None:
            raise self._gone(notice)
        return packed(record, notice)

    def _gone(self, notice: NoticeRecord) -> DatasetError:
        msg = Message(
            "{path}: what was read of {notice} is no longer there: another program writes to this folder. Build again.",
            path=self._store.path,
            notice=notice.source.path,
        )
        return DatasetError(msg)

    def is_changed(self, read: Read) -> bool:
        """Say whether a reading is another than that which was kept."""
        return read.result.notice.source.path in self._changed

    def keep(self, read: Read) -> Read:
        """Keep all of it in memory: an analyst's reviews are of few notices."""
        self._changed[read.result.notice.source.path] = read
        return self.part(read)


def paths_of(read: Read) -> list[str]:
    """List the files of a notice, its own first."""
    notice = read.result.notice
    return [notice.source.path, *(copy.source.path for copy in notice.copies)]


class Corpus(Struct, frozen=True):
    """All notices of a corpus in the order of their paths, the files that are copies of them, and what failed."""

    read: tuple[Read, ...]
    set_aside: tuple[SetAside, ...]
    copies: tuple[Read, ...] = ()
    readings: Readings = InMemory()
    # By path: the regions that a notice's figures are of, its own first.
    regions: dict[str, tuple[str | None, ...]] = {}

    def whole(self) -> Iterator[Read]:
        """Give each reading whole, the copies last."""
        return map(self.readings.whole, chain(self.read, self.copies))
