"""The JSON Schema (2020-12) of the dataset, generated from the types, so that the two can't differ."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.model import Dataset

# 1.1.0: corrections beside each fact. 1.2.0: repairs and the place on the page in evidence, repairs and share in quality,
# copies and attachments of a notice. 1.3.0: lines and recognised in evidence, the reason `internal` of
# what is unresolved, the year that a change is measured against. 2.0.0: series of what the catalog has no indicator for
# (`indicator` null, `subject`, `programme`, `kind`, `role`), operator `conflict`, programme of facts, role of changes.
# 2.1.0: what a point rests on in time (`stated_on` … `ends`), until when facts and notices hold and the words for it, the words
# and day with which a relation ends another document.
SCHEMA_VERSION = "2.1.0"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DESCRIPTION = (
    "Figures of Chinese policy notices, each traced to its words. Offsets are half-open and count code points of the "
    "source text. Figures are decimal strings without exponent, dates are ISO 8601, what a text doesn't say is null. "
    "Enumerations list the members of this schema version; a later minor version may add members and properties, so "
    "readers must tolerate unknown ones."
)


def dataset_schema() -> dict[str, Any]:
    """Generate the schema of `model.Dataset`; every property is required, because every one is always written."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:extractor:dataset:{SCHEMA_VERSION}",
        "title": f"extractor dataset, schema version {SCHEMA_VERSION}",
        "description": DESCRIPTION,
        **described_schema(Dataset),
    }


def described_schema(root_type: type[msgspec.Struct]) -> dict[str, Any]:
    """Generate ``$ref`` and ``$defs`` of a type that is always written whole."""
    (root,), parts = msgspec.json.schema_components([root_type], ref_template="#/$defs/{name}")
    for part in parts.values():
        if part.get("type") == "object" and "properties" in part:
            part["required"] = sorted(part["properties"])
            for described in part["properties"].values():
                described.pop("default", None)
                # In which order msgspec lists what may be null has changed from version to version.
                described.get("anyOf", []).sort(key=lambda one: one.get("type") == "null")
        if "description" in part:
            part["description"] = " ".join(part["description"].split())
    return {**root, "$defs": parts}
