"""Canonical JSON: one value, one sequence of bytes."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import msgspec
import pytest
from factories import fact, notice
from work import at_most

from extractor.dataset import canonical
from extractor.dataset.schema import dataset_schema
from extractor.dataset.versions import make_dataset
from extractor.model import Comparison, Scope, SetAside, Support

SEEN = [
    ({"b": 1, "a": 2}, '{\n  "a": 2,\n  "b": 1\n}\n'),
    ({"元": "“人均”"}, '{\n  "元": "“人均”"\n}\n'),
    ((), "[]\n"),
    ({"a": ()}, '{\n  "a": []\n}\n'),
    (Decimal("610.50"), '"610.50"\n'),
    (None, "null\n"),
    ("\u2028\x7f\x01", '"\u2028\x7f\\u0001"\n'),
]


@pytest.mark.parametrize(("value", "expected"), SEEN)
def test_encode(value, expected):
    """Keys are sorted, text isn't escaped, the indent is two spaces, the end a newline."""
    assert expected == canonical.encode(value).decode()


def test_order_of_keys_does_not_matter():
    """Structs and dicts are written by the names that stand in the JSON, whatever the order of their fields."""
    support = Support(for_="due", start=1, end=2, exact="底")
    written = json.loads(canonical.encode(support))

    assert sorted(written) == list(written) == ["end", "exact", "for", "start"]


def test_lone_surrogates_are_refused():
    """What isn't text is an error while writing, not a broken file."""
    with pytest.raises(UnicodeEncodeError):
        canonical.encode({"a": "\ud800"})


DECIMALS = [("550", "550"), ("5E+2", "500"), ("0.50", "0.5"), ("-0.0", "0"), ("1E-7", "0.0000001"), ("100", "100")]


@pytest.mark.parametrize(("number", "expected"), DECIMALS)
def test_decimal_text(number, expected):
    """Decimals have no exponent and no needless zeros."""
    assert expected == canonical.decimal_text(Decimal(number))


def dataset(tmp_path, count=2):
    facts = tuple(fact("甲〔2022〕1号", 2022, str(n), fact_id=f"f-{n:012x}") for n in range(count))
    parts = {"facts": facts, "unresolved": (), "series": (), "checks": (), "comparisons": ()}
    aside = SetAside(path="坏.txt", sha256=None, reason="empty", message="…")
    return make_dataset(tmp_path, "0" * 64, notices=(notice("甲〔2022〕1号"),), set_aside=(aside,), **parts)


@pytest.mark.timing
def test_large_dataset_is_written_fast(tmp_path):
    """100,000 facts are written in a few seconds."""
    large = dataset(tmp_path, 100_000)
    with at_most(5):
        canonical.encode(large)


def test_schema_is_valid_and_fits(tmp_path):
    """The generated schema is a schema of 2020-12, and a dataset fits it."""
    schema = dataset_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator(schema).validate(json.loads(canonical.encode(dataset(tmp_path))))


MISFITS = [
    (("facts", 0, "operator"), "about"),
    (("facts", 0, "fact_id"), "1"),
    (("facts", 0, "evidence", "start"), -1),
    (("facts", 0, "value"), 610),
    (("facts", 0, "per"), "person"),
    (("notices",), None),
]


@pytest.mark.parametrize(("path", "value"), MISFITS)
def test_schema_refuses(path, value, tmp_path):
    """The schema refuses what the types refuse."""
    written = json.loads(canonical.encode(dataset(tmp_path)))
    place = written
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(dataset_schema()).validate(written)


def test_schema_requires_every_property(tmp_path):
    """Every key is always written, so a reader may rely on it."""
    written = json.loads(canonical.encode(dataset(tmp_path)))
    del written["facts"][0]["scope"]["places"]
    with pytest.raises(jsonschema.ValidationError, match="places"):
        jsonschema.Draft202012Validator(dataset_schema()).validate(written)


def test_schema_names_fields_as_written():
    """Properties bear the names of the JSON, with descriptions."""
    parts = dataset_schema()["$defs"]

    assert "from" in parts["Comparison"]["properties"]
    assert "for" in parts["Support"]["properties"]
    assert "tolerate unknown" in dataset_schema()["description"]
    assert all(part.get("description") for part in parts.values())


def test_content_hash_is_of_the_facts(tmp_path):
    """The content hash changes with the facts and with nothing else."""
    one, two = dataset(tmp_path), dataset(tmp_path, 3)
    other = make_dataset(tmp_path, "1" * 64, **{name: getattr(one, name) for name in PARTS})

    assert one.content_hash == other.content_hash == canonical.digest(one.facts)
    assert one.content_hash != two.content_hash


PARTS = ("notices", "set_aside", "facts", "unresolved", "series", "checks", "comparisons")


def test_round_trip():
    """What is written reads back as the same value."""
    made = fact("甲", 2022, "610", scope=Scope(area="west", places=("南昌",)))

    assert made == msgspec.json.decode(canonical.encode(made), type=type(made))
    assert isinstance(Comparison(from_=2021, to=2022, region=None, against=None, changes=()).measures, tuple)
