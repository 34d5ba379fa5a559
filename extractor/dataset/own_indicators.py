"""The indicators of a user's own catalog, in a dataset and out of it again.

A dataset that was built with ``--catalog`` carries what its readers need of those rows: names, units, ranges, groups. So `diff`,
`check`, `export` and `Dataset.value` read it like any other, without the user's file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from extractor.model import IndicatorRecord
from extractor.resources import group_of, own_rows

if TYPE_CHECKING:
    from extractor.model import Dataset
    from extractor.resources import Resources


def own_indicators(resources: Resources) -> tuple[IndicatorRecord, ...]:
    """List the indicators of a user's own catalogs, by id."""
    groups = {row["id"]: row for row in own_rows(resources, "group")}
    return tuple(
        msgspec.convert({**row, **_named(groups.get(group_of(row["id"]), {}))}, IndicatorRecord)
        for row in own_rows(resources, "indicator")
    )


def _named(group: dict[str, Any]) -> dict[str, str]:
    return {"group": group.get("name", ""), "group_en": group.get("name_en", "")}


def resources_for(resources: Resources, *datasets: Dataset | None) -> Resources:
    """Return resources with the indicators that datasets bring along; of one id the first dataset's counts."""
    known = {one.id: one for dataset in reversed(datasets) if dataset for one in dataset.indicators}
    return resources.knowing([row_of(one) for _, one in sorted(known.items())])


def row_of(indicator: IndicatorRecord) -> dict[str, Any]:
    """Return an indicator as the row of a TOML file would have it: lists, and nothing that is null."""
    row = msgspec.json.decode(msgspec.json.encode(indicator))
    return {key: value for key, value in row.items() if value is not None}
