"""What a `Dataset` answers from: one that is in memory, or parts in many files, of which only those needed are read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from extractor.dataset.partitions import HEAD, Partitions, load_parts
from extractor.query.areas import chain

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from pathlib import Path

    from extractor.dataset.partitions import Table
    from extractor.model import Dataset

# Regions whose tables are kept at hand: a province's, its cities', the nation's.
KEPT = 32


class HeldDataset(Protocol):
    """Gives a dataset, or those tables of it that a question needs."""

    @property
    def data(self) -> Dataset:
        """All of it."""

    def holding(self, tables: Sequence[Table], regions: Sequence[str | None] | None = None) -> Dataset:
        """Give at least these tables, of at least these regions; None for all."""

    def apart(self, region: object) -> str | None:
        """Say of which region questions about this one are answered apart from the others; None where all are together."""

    def around(self, region: str) -> Dataset:
        """Give what answers questions about a region: its figures, those of regions above it, and the notices of all these."""

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators that there are figures of, sorted."""

    def regions(self) -> tuple[str, ...]:
        """List the codes of the regions that there are figures of, sorted."""

    def years(self) -> tuple[int, ...]:
        """List the policy years that there are figures of, the oldest first."""

    def files(self, table: Table, regions: Sequence[str | None] | None) -> list[Path]:
        """List the files of a table."""


class WholeDataset:
    """A dataset that is there as a whole."""

    def __init__(self, data: Dataset) -> None:
        """Take it."""
        self.data = data

    def __repr__(self) -> str:
        """Say how much it is."""
        return f"{self.data.dataset_version}: {len(self.data.notices)} notices, {len(self.data.facts)} facts"

    def holding(self, tables: Sequence[Table], regions: Sequence[str | None] | None = None) -> Dataset:
        """Give all."""
        del tables, regions
        return self.data

    def apart(self, region: object) -> None:
        """Answer all questions from all."""

    def around(self, region: str) -> Dataset:
        """Give all."""
        del region
        return self.data

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators that there are figures of, sorted."""
        return tuple(sorted({fact.indicator for fact in self.data.facts if fact.indicator}))

    def regions(self) -> tuple[str, ...]:
        """List the codes of the regions that there are figures of, sorted."""
        own = {notice.notice_id: notice.region.code for notice in self.data.notices if notice.region}
        found = {fact.scope.region or own.get(fact.notice_id) for fact in self.data.facts}
        return tuple(sorted(code for code in found if code))

    def years(self) -> tuple[int, ...]:
        """List the policy years that there are figures of, the oldest first."""
        points = {point.year for series in self.data.series for point in series.points if point.year}
        return tuple(sorted(points | {fact.policy_year for fact in self.data.facts if fact.policy_year}))

    def files(self, table: Table, regions: Sequence[str | None] | None) -> list[Path]:
        """List none: it doesn't stand in tables."""
        del table, regions
        return []


class PartedDataset:
    """A dataset in parts; see `dataset.partitions`."""

    def __init__(self, folder: Path) -> None:
        """Read the list of parts; a `DatasetError` says why that can't be."""
        self.parts = Partitions(folder)
        self._kept: dict[Hashable, Dataset] = {}

    def __repr__(self) -> str:
        """Say where it stands."""
        head = self.parts.head
        return f"{head.dataset_version} in {len(head.files)} parts: {self.parts.folder / HEAD}"

    @cached_property
    def data(self) -> Dataset:
        """All of it, checked as a file is."""
        return load_parts(self.parts.folder)

    def holding(self, tables: Sequence[Table], regions: Sequence[str | None] | None = None) -> Dataset:
        """Give just these tables, of just these regions; None for all."""
        if "data" in self.__dict__:
            return self.data
        key = tuple(tables), None if regions is None else tuple(regions)
        if key not in self._kept:
            make_room(self._kept)
            self._kept[key] = self.parts.dataset(dict.fromkeys(tables, regions))
        return self._kept[key]

    def apart(self, region: object) -> str | None:
        """Answer questions about a region from what `around` gives."""
        return region if isinstance(region, str) else None

    def around(self, region: str) -> Dataset:
        """Open the files of a region, of those above it, and of the notices that their facts stand in.

        A fact of a region may stand in another's notice; what dates it stands there, too.
        """
        own = chain(region)
        every = tuple(sorted({*own, *self.parts.notice_regions(own)}, key=str))
        return self.parts.dataset({"facts": every, "notices": every, "series": own})

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators that there are figures of, sorted."""
        return self.parts.head.measured

    def regions(self) -> tuple[str, ...]:
        """List the codes of the regions that there are figures of, sorted."""
        return self.parts.head.regions

    def years(self) -> tuple[int, ...]:
        """List the policy years that there are figures of, the oldest first."""
        return self.parts.head.years

    def files(self, table: Table, regions: Sequence[str | None] | None) -> list[Path]:
        """List the Parquet files of a table, of some regions or of all."""
        return self.parts.paths(table, regions)


def make_room(kept: dict[Any, Any]) -> None:
    """Forget what was asked for first, where too much is kept."""
    while len(kept) >= KEPT:
        del kept[next(iter(kept))]
