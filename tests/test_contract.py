"""The dataset's shape keeps its promises: no breaking change without a new major version, every field described."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import jsonschema
import msgspec
import pytest
from schema_changes import accepted_path, schema_changes, without_default

from extractor.dataset.schema import SCHEMA_VERSION, dataset_schema

ROOT = Path(__file__).parent.parent
HOW = (
    "Breaking changes need a new major version: raise SCHEMA_VERSION to {major}.0.0 in extractor/dataset/schema.py. "
    "Additions need a new minor version. Then accept the shape with `python tests/schema_changes.py`."
)


def test_shape_is_the_accepted_one():
    """A change of the shape is a decision: which version it needs, and that somebody took it."""
    path = accepted_path()
    how = HOW.format(major=int(SCHEMA_VERSION.partition(".")[0]) + 1)
    assert path.exists(), f"{path} is not there: the shape of this major version was never accepted. {how}"
    changes = schema_changes(json.loads(path.read_bytes()), dataset_schema())
    breaking = [change for change in (*changes, *without_default(changes)) if change.breaking]

    assert breaking == [], how
    assert changes == [], how


def test_accepted_shape_is_of_this_version():
    """The accepted shape says which version it is of."""
    title = json.loads(accepted_path().read_bytes())["title"]

    assert title.endswith(f"version {SCHEMA_VERSION}")


def test_every_property_is_described():
    """The schema says of every field what it holds, and of every type what it is."""
    schema = dataset_schema()
    parts = {"Dataset": schema, **schema["$defs"]}
    bare = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, one in part.get("properties", {}).items()
        if not one.get("description")
    ]

    assert bare == []
    assert [name for name, part in parts.items() if not part.get("description")] == []


def test_published_schema_fits_the_published_dataset():
    """The two files in `outputs/` belong together."""
    written = json.loads((ROOT / "outputs/dataset.json").read_bytes())
    schema = json.loads((ROOT / "outputs/dataset.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(written)

    assert schema["title"].endswith(f"version {written['schema_version']}")


# ── the test of the test ────────────────────────────────────────────────────────────────────────────────────────────


def edit(place, value):
    """Make an edit: set what stands at a place of the schema, or delete it (None)."""

    def change(schema):
        at = schema
        for step in place[:-1]:
            at = at[step]
        if value is None:
            del at[place[-1]]
        else:
            at[place[-1]] = value(at.get(place[-1])) if callable(value) else value

    return change


def of(name, field):
    return ("$defs", name, "properties", field)


def renamed(schema):
    part = schema["$defs"]["Fact"]["properties"]
    part["amount"] = part.pop("value")


STRING, NULLABLE = {"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}
EDITS = [
    ("removed", edit(of("Fact", "unit"), None), True, "Fact.unit: removed"),
    ("removed at the top", edit(of("Dataset", "series"), None), True, "Dataset.series: removed"),
    ("renamed", renamed, True, "Fact.value: removed"),
    ("optional", edit(("$defs", "Fact", "required"), lambda names: names[1:]), True, "is no longer always there"),
    ("may be null", edit(of("Fact", "notice_id"), NULLABLE), True, "Fact.notice_id: can also be null"),
    ("never null", edit(of("Fact", "subject"), STRING), True, "Fact.subject: can no longer be null"),
    ("another type", edit(of("Point", "year"), STRING), True, "Point.year: can also be string"),
    ("number for text", edit(of("Point", "value"), {"anyOf": [{"type": "number"}, {"type": "null"}]}), True, "Point.value"),
    ("items", edit((*of("Fact", "per"), "items"), {"type": "integer"}), True, "Fact.per[]: can also be integer"),
    ("items nullable", edit((*of("Fact", "per"), "items"), NULLABLE), True, "Fact.per[]: can also be null"),
    ("a list for one", edit(of("Fact", "indicator"), {"type": "array", "items": STRING}), True, "can also be array"),
    ("values of a map", edit((*of("NoticeRecord", "ledger"), "additionalProperties"), STRING), True, "NoticeRecord.ledger[]"),
    ("member removed", edit((*of("Fact", "operator"), "enum"), lambda all_: all_[1:]), True, "'approx' removed from"),
    ("enumeration opened", edit(of("Fact", "kind"), STRING), True, "is no longer an enumeration"),
    ("enumeration closed", edit(of("Fact", "rule"), {"enum": ["a"]}), True, "became an enumeration"),
    ("pattern", edit((*of("Fact", "fact_id"), "pattern"), "^f"), True, "pattern was"),
    ("limit", edit((*of("Support", "start"), "minimum"), 1), True, "minimum was None, is 1"),
    ("shorter box", edit(("$defs", "Box", "prefixItems"), lambda items: items[1:]), True, "Box: has another length"),
    ("another struct", edit((*of("Fact", "scope"), "$ref"), "#/$defs/Base"), True, "removed"),
    ("property added", edit(of("Fact", "later"), STRING), False, "Fact.later: added"),
    ("struct added", edit(of("Fact", "later"), {"$ref": "#/$defs/Base"}), False, "Fact.later: added"),
    ("member added", edit((*of("Fact", "operator"), "enum"), lambda all_: [*all_, "about"]), False, "'about' added to"),
    ("description", edit((*of("Fact", "kind"), "description"), "Other words."), None, ""),
    ("title", edit(("title",), "Other words."), None, ""),
    ("definition renamed", lambda schema: rename(schema, "Base", "Whole"), None, ""),
    ("order", edit((*of("Fact", "operator"), "enum"), lambda all_: all_[::-1]), None, ""),
]  # fmt: skip


def rename(schema, old, new):
    text = json.dumps(schema).replace(f"#/$defs/{old}", f"#/$defs/{new}")
    schema.clear()
    schema |= json.loads(text)
    schema["$defs"][new] = schema["$defs"].pop(old)


@pytest.mark.parametrize(("change", "breaking", "words"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_edits_are_judged(change, breaking, words):
    """What breaks a reader is told from what doesn't."""
    old = dataset_schema()
    new = copy.deepcopy(old)
    change(new)
    found = schema_changes(old, new)

    if breaking is None:
        assert found == []
    else:
        assert any(one.breaking for one in found) == breaking
        assert any(words in f"{one.place}: {one.what}" for one in found), found


def test_a_property_added_needs_a_default():
    """Files of an earlier minor version lack it, and are read all the same."""

    class Fact(msgspec.Struct):
        old: str
        needed: Annotated[str, msgspec.Meta(description="…")]
        free: str = ""

    added = schema_changes(*({"type": "object", "properties": {"facts": {"$ref": "#/$defs/Fact"}}, "$defs": {"Fact": part}} for part in (
        {"type": "object", "properties": {"old": STRING}},
        {"type": "object", "properties": {"old": STRING, "needed": STRING, "free": STRING}},
    )))  # fmt: skip

    assert [change.place for change in added] == ["Fact.free", "Fact.needed"]
    assert [change.place for change in without_default(added, SimpleNamespace(Fact=Fact))] == ["Fact.needed"]


def test_rules_are_in_the_readme():
    """Calculator writers read the rules in the README."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert re.search("`schema_version` is the\\s+version of the shape. MAJOR", readme)
