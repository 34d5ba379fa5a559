"""Corrections: an analyst's word over the machine's, what it must meet, and where it shows."""

from __future__ import annotations

import json

import pytest
from factories import fact, notice

from extractor.build.corrections import CorrectionRow, Corrections, apply_corrections, load_corrections
from extractor.dataset import store
from extractor.errors import DatasetError
from extractor.model import Correction, Scope
from extractor.resources import load

TEXT = "医保发〔2022〕20号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。个人缴费350元。\n"
ID = "f-0000000000aa"
WHO = 'who = "张三"\nwhy = "原件作620元"\n'


@pytest.fixture
def corpus(tmp_path, monkeypatch, stand_in):  # noqa: ARG001 - put in place
    """Work in a folder with a corpus of one notice, read by the stand-in for the pipeline."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus/100000").mkdir(parents=True)
    (tmp_path / "corpus/100000/a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def run(corpus, command_line):  # noqa: ARG001 - the folder to run in
    return command_line


def rows(corpus, *texts):
    (corpus / "corrections.toml").write_text("".join(f"[[correction]]\n{text}\n" for text in texts), "utf-8")


def built(corpus):
    return store.load(corpus.parent / "outputs/dataset.json")


# ── meeting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_by_id_and_place(run, corpus):
    """A row meets a fact by its id, or by file or digest and offsets; the machine's reading stays beside it."""
    run("build")
    first, second = built(corpus).facts
    place = second.evidence
    for second_row in (
        f'place = {{ path = "100000/a.txt", start = {place.start}, end = {place.end} }}',
        f'place = {{ source = "{place.source}", start = {place.start}, end = {place.end} }}',
    ):
        rows(
            corpus,
            f'fact = "{first.fact_id}"\nfield = "value"\nvalue = "620.0"\n{WHO}on = 2026-11-21',
            f'{second_row}\nfield = "due"\nvalue = 2022-12-31\n{WHO}',
        )
        status, _, err = run("build")

        assert (status, err) == (0, "")
        one, two = built(corpus).facts

        assert (one.fact_id, one.value, one.status) == (first.fact_id, "620", "corrected")
        assert one.corrections == (
            Correction(field="value", read="610", value="620", who="张三", why="原件作620元", on="2026-11-21"),
        )
        assert (two.due, two.status, two.corrections[0].read) == ("2022-12-31", "corrected", None)
    (corpus / "corrections.toml").unlink()
    run("build")

    assert built(corpus).facts == (first, second)


UNMET = [
    ('fact = "f-0123456789ab"', ["f-0123456789ab", "meets no fact", "extractor parse"]),
    ('place = { path = "100000/a.txt", start = 1, end = 3 }', ["meets no fact", "'610元'", "f-", "100000/a.txt"]),
    ('place = { path = "100000/b.txt", start = 1, end = 3 }', ["no notice has that path", "100000/a.txt"]),
    ('place = { path = "100000/bad.txt", start = 1, end = 3 }', ["set aside"]),
]


@pytest.mark.parametrize(("where", "words"), UNMET)
def test_meeting_nothing(where, words, run, corpus):
    """A row that meets nothing names file and entry, what is near and what to do; nothing is written."""
    (corpus / "100000/bad.txt").write_bytes(b"\0\1\2" * 99)
    rows(corpus, f'{where}\nfield = "value"\nvalue = "620"\n{WHO}')
    status, out, err = run("build")

    assert (status, out) == (2, "")
    assert all(word in err for word in ("corrections.toml", "correction 1", *words)), err
    assert not list((corpus.parent / "outputs").glob("*.json"))


def test_several_at_a_place():
    """A place with two facts is refused; their ids tell them apart."""
    facts = [fact("n", 2022, "610"), fact("n", 2022, "350")]
    corrections = made_rows(place={"path": "n.txt", "start": 0, "end": 1}, value="620")
    with pytest.raises(DatasetError, match="2 facts stand there") as raised:
        apply_corrections(facts, [notice("n")], corrections, load())
    assert all(one.fact_id in str(raised.value) for one in facts)


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def made_rows(**fields):
    import msgspec

    given = {"fact": None if "place" in fields else ID, "field": "value", "who": "张三", "why": "原件", **fields}
    return Corrections(rows=(msgspec.convert(given, CorrectionRow),))


def corrected(field, value, **fields):
    made = fact("n", 2022, fields.pop("amount", "610"), fact_id=ID, **fields)
    return apply_corrections([made], [notice("n")], made_rows(field=field, value=value), load())[0]


GOOD = [
    ("value", 620, {}, "value", "620"),
    ("value", "0.50", {}, "value", "0.5"),
    ("value", "2023-03-31", {"kind": "date", "amount": "2023-02-28", "unit": None}, "value", "2023-03-31"),
    ("operator", "ge", {}, "operator", "ge"),
    ("per", ["person"], {}, "per", ("person",)),
    ("due", "", {"due": "2022-12-31"}, "due", None),
    ("indicator", "medical.funding.total", {"candidates": ("a", "b")}, "candidates", ()),
    ("indicator", "", {}, "indicator", None),
    ("policy_year", 2023, {}, "policy_year", 2023),
    ("unit", "USD", {}, "unit", "USD"),
    ("scope.population", "特困人员", {}, "scope", Scope(population="特困人员")),
    ("scope.places", ["南昌市"], {}, "scope", Scope(places=("南昌市",))),
    ("scope.area", "west", {}, "scope", Scope(area="west")),
    ("subject", "补助", {}, "subject", "补助"),
]


@pytest.mark.parametrize(("field", "value", "fields", "name", "expected"), GOOD)
def test_values(field, value, fields, name, expected):
    """A field takes what its type allows; an empty string is null."""
    made = corrected(field, value, **fields)

    assert getattr(made, name) == expected
    assert (made.status, made.corrections[0].field) == ("corrected", field)


BAD = [
    ("value", "六百", {}, "'六百' is no figure of kind money"),
    ("value", "1e3", {}, "no figure of kind money"),
    ("value", "", {}, "needs a value"),
    ("value", True, {}, "value can't be True"),
    ("value", "2023-02-30", {"kind": "date", "amount": "2023-02-28"}, "ISO date"),
    ("operator", "about", {}, "one of eq, ge"),
    ("operator", "none", {}, "operator none goes with no figure"),
    ("operator", "between", {}, "needs lower and upper"),
    ("kind", "money", {"kind": "date", "amount": "2023-02-28"}, "no figure of kind money"),
    ("kind", "rate", {}, "is of kind money"),
    ("due", "2022年底", {}, "ISO date"),
    ("per", "person", {}, "a list of words"),
    ("per", ["people"], {}, "per 'people' is not one of units.toml"),
    ("unit", "块", {}, "unit '块' is not one of units.toml"),
    ("indicator", "medical.funding.totl", {}, "medical.funding.total"),
    ("policy_year", "2023", {}, "a year, like 2022"),
    ("lower_inclusive", "yes", {}, "true or false"),
    ("scope.region", "36", {}, "six-digit"),
    ("scope.area", "north", {}, "west, central, east"),
]


@pytest.mark.parametrize(("field", "value", "fields", "words"), BAD)
def test_bad_values(field, value, fields, words):
    """A value that its field can't hold is refused, with what it can hold."""
    with pytest.raises(DatasetError) as raised:
        corrected(field, value, **fields)
    assert words in str(raised.value), raised.value
    assert f"correction 1 ({ID}, {field})" in str(raised.value)


BAD_FILES = [
    ("[[correction]]\nfact =\n", ["cannot be read as TOML"]),
    ("[[corrections]]\nfact = 'f'\n", ["'corrections'", "[[correction]]"]),
    ("correction = 3\n", ["[[correction]]"]),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'value'\nvalue = '1'\n", ["correction 1", "who"]),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'value'\nvalue = 1.5\n{WHO}", ["correction 1", "value"]),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'value'\nvalue = '1'\nwho = ' '\nwhy = 'x'\n", ["who is empty"]),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'valu'\nvalue = '1'\n{WHO}", ["'valu'", "Did you mean 'value'"]),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'evidence'\nvalue = '1'\n{WHO}", ["no field 'evidence'"]),
    (f"[[correction]]\nfield = 'value'\nvalue = '1'\n{WHO}", ["either fact or place"]),
    (
        f"[[correction]]\nfield = 'value'\nvalue = '1'\nplace = {{ start = 1, end = 2 }}\n{WHO}",
        ["either path or source"],
    ),
    (f"[[correction]]\nfact = '{ID}'\nfield = 'value'\nvalue = '1'\nwhen = 1\n{WHO}", ["correction 1", "when"]),
]


@pytest.mark.parametrize(("text", "words"), BAD_FILES)
def test_bad_files(text, words, run, corpus):
    """A file that can't be used is refused before anything is read or written."""
    (corpus / "corrections.toml").write_text(text, "utf-8")
    status, _, err = run("build")

    assert status == 2
    assert all(word in err for word in ("corrections.toml", *words)), err
    assert not list((corpus.parent / "outputs").glob("*.json"))


def test_same_field_twice():
    """Two rows for one field can't both hold."""
    once = made_rows(value="620").rows[0]
    with pytest.raises(DatasetError, match="corrected twice"):
        apply_corrections([fact("n", 2022, "610", fact_id=ID)], [notice("n")], Corrections(rows=(once, once)), load())


def test_two_fields_of_one_fact():
    """A range is three fields."""
    import msgspec

    given = [("operator", "between"), ("value", ""), ("lower", "20"), ("upper", "50")]
    parts = [{"fact": ID, "field": field, "value": value, "who": "张三", "why": "原件"} for field, value in given]
    corrections = Corrections(rows=msgspec.convert(parts, tuple[CorrectionRow, ...]))
    (made,) = apply_corrections([fact("n", 2022, "610", fact_id=ID)], [notice("n")], corrections, load())

    assert (made.operator, made.value, made.lower, made.upper, len(made.corrections)) == (
        "between",
        None,
        "20",
        "50",
        4,
    )


def test_no_file(tmp_path):
    """Without the file there is nothing to correct."""
    assert load_corrections(tmp_path).rows == ()


# ── where it shows ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_parse_applies_what_meets(run, corpus):
    """Looking at one notice shows its corrections; rows about other notices don't matter."""
    run("build")
    wanted = built(corpus).facts[0]
    place = wanted.evidence
    rows(
        corpus,
        f'place = {{ path = "100000/a.txt", start = {place.start}, end = {place.end} }}\nfield = "value"\nvalue = "620"\n{WHO}',
        f'fact = "f-0123456789ab"\nfield = "value"\nvalue = "1"\n{WHO}',
    )
    status, out, _ = run("parse", "corpus/100000/a.txt")

    assert status == 0
    assert "620 元/人·年（更正）" in out.replace("\n", "")
    _, out, _ = run("parse", "corpus/100000/a.txt", "--json")

    assert json.loads(out)["facts"][0]["corrections"][0]["read"] == "610"
    assert json.loads(out)["notice"]["source"]["path"] == "a.txt"
    _, out, _ = run("parse", "corpus/100000/a.txt", "--corpus", "elsewhere")

    assert "620" not in out
