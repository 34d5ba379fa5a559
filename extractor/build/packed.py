"""Readings as one process hands them to another: the record that is kept, and what the corpus has made of the notice since."""

from __future__ import annotations

import hashlib

from msgspec import Struct
from msgspec.structs import replace

from extractor.build.cache.record_store import unpacked_record
from extractor.build.corpus import Read
from extractor.model import Copy, NoticeRecord, NoticeResult, NoticeSource


class PackedRead(Struct, frozen=True, array_like=True):
    """A reading as its record, with the id, the source and the copies that its notice has in the corpus."""

    record: bytes
    notice_id: str
    source: NoticeSource
    copies: tuple[Copy, ...]


def packed(record: bytes, notice: NoticeRecord) -> PackedRead:
    """Put the record of a reading beside what the corpus says of its notice."""
    return PackedRead(record, notice.notice_id, notice.source, notice.copies)


def unpacked(given: PackedRead) -> Read:
    """Give the reading that was packed."""
    kept: Read = unpacked_record(given.record, Read)
    return placed(kept, given.notice_id, given.source, given.copies)


def placed(kept: Read, notice_id: str, source: NoticeSource, copies: tuple[Copy, ...]) -> Read:
    """Say in a reading which notice of the corpus it is."""
    result = kept.result
    if result.notice.notice_id != notice_id:
        result = renamed(result, notice_id)
    return Read(replace(result, notice=replace(result.notice, source=source, copies=copies)), kept.text)


def renamed(result: NoticeResult, notice_id: str) -> NoticeResult:
    """Give a notice another id, and with it other ids to its facts and unresolved figures.

    These follow from the notice's id and from the ids that its text alone gives them, so that they stay as stable.
    """

    def other(entry: str) -> str:
        return entry[:2] + hashlib.sha256(f"{notice_id}\x1f{entry}".encode()).hexdigest()[:12]

    facts = []
    for fact in result.facts:
        scope = fact.scope
        if scope.condition_facts:
            scope = replace(scope, condition_facts=tuple(map(other, scope.condition_facts)))
        facts.append(replace(fact, fact_id=other(fact.fact_id), notice_id=notice_id, scope=scope))
    copies = tuple(
        replace(
            copy, conflicts=tuple(replace(one, fact_id=one.fact_id and other(one.fact_id)) for one in copy.conflicts)
        )
        for copy in result.notice.copies
    )
    return replace(
        result,
        notice=replace(result.notice, notice_id=notice_id, copies=copies),
        facts=tuple(facts),
        unresolved=tuple(
            replace(item, unresolved_id=other(item.unresolved_id), notice_id=notice_id) for item in result.unresolved
        ),
        ledger=tuple(replace(row, ref=other(row.ref)) if row.ref else row for row in result.ledger),
    )
