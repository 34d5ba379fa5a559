"""Parts of a dataset's file: its series, and the facts and notices behind some of their points; the rest is passed over.

Who compares two states of a dataset, and quotes what moved, needs little of either: facts and notices are made only where they
are asked for, and of the others no more than their ids is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from extractor.dataset.store import decode, load_fields
from extractor.dataset.versions import first_dataset
from extractor.model import Fact, NoticeRecord, Region, Series

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from extractor.model import Dataset


class _SeriesAlone(Struct):
    series: tuple[Series, ...]


class _Rows(Struct):
    facts: tuple[Raw, ...]
    notices: tuple[Raw, ...]


class _FactHead(Struct):
    fact_id: str


class _NoticeHead(Struct):
    notice_id: str
    region: Region | None


def load_series(path: Path) -> tuple[Series, ...]:
    """Load the series of a dataset file; a `DatasetError` says why they can't be."""
    return load_fields(path, _SeriesAlone).series


def load_excerpt(path: Path, fact_ids: Collection[str], regions: Collection[str]) -> Dataset:
    """Load those facts of a dataset file that are asked for, with their notices, and one notice of each of some regions.

    The result has neither series nor comparisons nor checks. Facts that aren't there are left out.
    """
    rows = load_fields(path, _Rows)
    wanted = [row for row in rows.facts if decode(_FactHead, row, path).fact_id in fact_ids]
    facts = tuple(decode(Fact, row, path) for row in wanted)
    own = {fact.notice_id for fact in facts}
    notices, told = [], set[str]()
    for row in rows.notices:
        head = decode(_NoticeHead, row, path)
        region = head.region.code if head.region else ""
        if head.notice_id in own or (region in regions and region not in told):
            notices.append(decode(NoticeRecord, row, path))
            told.add(region)
    return first_dataset("", "", facts=facts, notices=tuple(notices))
