"""Attacks by way of a dataset from elsewhere: names that lead out, numbers that are none, edits that nobody told of."""

from __future__ import annotations

import json
import shutil
import sqlite3
import warnings
from pathlib import Path

import frictionless
import msgspec
import pytest
from msgspec.structs import replace

import extractor
from extractor import Dataset
from extractor.dataset import canonical, store
from extractor.errors import DatasetError, DatasetWarning, ExportError, ReadingError
from extractor.export import TARGETS, Options, export
from extractor.model import SeriesScope
from extractor.notice.mentions.units import unit_table
from extractor.resources import load

ROOT = Path(extractor.__file__).parents[1]


@pytest.fixture(scope="module")
def built():
    return (ROOT / "outputs/dataset.json").read_bytes()


@pytest.fixture
def plain(built):
    """The dataset as JSON values, to be changed."""
    return msgspec.json.decode(built)


def put(plain, place, value):
    """Put a value at a place like ``facts.0.value``; ``*`` is the first that isn't null."""
    *steps, last = place.split(".")
    for step in steps:
        plain = plain[int(step)] if isinstance(plain, list) else plain[step]
    plain[int(last) if isinstance(plain, list) else last] = value


def loads(plain):
    return store.loads(msgspec.json.encode(plain), "d.json")


LEADING_OUT = ["../../../etc/x", "/etc/x", "a/b", "a\\b", "..", "a\x00b", "a\nb", "", "a..b", ".a", "a." + "b" * 300]
NO_NUMBERS = [
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1e999999",
    "1E5",
    "6_1_0",
    "",
    "0x10",
    "１２",
    "1" * 101,
    "1.",
    "--1",
    "610 ",
]
NO_DAYS = ["2022-02-30", "2022-13-01", "0000-01-01", "2022-1-1", "20220101", "10000-01-01", "--06-31"]
NO_YEARS = [10**30, -1, 10_000, 2**63, -(10**30)]

# Place, values that no dataset has there, and a word of the message.
VALUES = [
    ("series.0.indicator", LEADING_OUT, "indicator"),
    ("facts.0.indicator", LEADING_OUT, "indicator"),
    ("facts.0.candidates", [[one] for one in LEADING_OUT], "indicator"),
    ("series.0.region", ["../x", "36000", "3600000", "三六〇〇〇〇", "36000a"], "region"),
    ("notices.0.region.code", ["../x", "<b>"], "region"),
    ("series.0.series_id", ["s-../../x", "s-", "x", "s-a/b"], "series id"),
    ("series.0.scope.area", ["../x", "a/b", "/"], "area"),
    ("series.0.per", [["../x"], ["a/b"], ["人"]], "per"),
    ("series.0.unit", ["../x", "1/0", "1/x", "a b", "1/-3"], "unit"),
    ("facts.0.unit", ["../x", "1/0", "a\x1bb"], "unit"),
    ("checks.0.check_id", ["c-/x", "../c"], "check id"),
    ("notices.0.source.path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\..\\a", "", "a\x00b", ".."], "path"),
    ("notices.0.copies.0.source.path", ["../a"], "path"),
    ("notices.0.copies.0.source.sha256", ["../../a", "0" * 63], "digest"),
    ("notices.0.source.url", ["javascript:alert(1)", " JAVASCRIPT:x", "data:,x"], "address"),
    ("facts.0.value", NO_NUMBERS, "number"),
    ("facts.0.lower", ["NaN", "1e9"], "number"),
    ("series.0.points.0.value", NO_NUMBERS, "number"),
    ("comparisons.0.changes.0.delta", ["NaN", "1e400"], "number"),
    ("notices.0.quality.share", ["NaN"], "number"),
    ("facts.0.due", NO_DAYS[:-1], "day"),
    ("facts.0.valid_to", NO_DAYS[:-1], "day"),
    ("notices.0.issued_on", NO_DAYS[:-1], "day"),
    ("facts.0.policy_year", NO_YEARS, "year"),
    ("series.0.points.0.year", NO_YEARS, "year"),
    ("notices.0.policy_year", NO_YEARS, "year"),
    ("comparisons.0.from", NO_YEARS, "year"),
    ("facts.0.evidence.end", [10**30, 2**63, 2**64], "whole number"),
    ("facts.0.evidence.page", [10**400], "whole number"),
    ("notices.0.quality.lost", [-(10**30)], "whole number"),
    ("dataset_version", ["../1.0.0", "1.0", "1e9.0.0", ""], "version"),
]  # fmt: skip
ROWS = [(place, value, word) for place, values, word in VALUES for value in values]


@pytest.mark.parametrize(("place", "value", "word"), ROWS)
def test_values_that_no_dataset_has(place, value, word, plain):
    """Such a file isn't loaded, and the message says what is wrong with it, in few words."""
    if ".copies." in place:
        at = next(number for number, notice in enumerate(plain["notices"]) if notice["copies"])
        place = place.replace("notices.0", f"notices.{at}")
    put(plain, place, value)
    with pytest.raises(DatasetError, match=word) as said:
        loads(plain)

    assert len(str(said.value)) < 500


def test_every_unit_may_stand_in_a_dataset(plain):
    """No unit that is read, 微克/立方米 either, makes a dataset that can't be loaded."""
    for unit in sorted({unit.unit for unit in load().built(unit_table).by_form.values()}):
        put(plain, "facts.0.unit", unit)

        assert loads(plain).facts[0].unit == unit


@pytest.mark.parametrize("value", [day for day in NO_DAYS if not day.isdecimal()])
def test_figures_that_are_no_days(value, plain):
    """A figure without a unit is a number or a real day; 每年6月1日 is one without its year."""
    put(plain, "facts.0.unit", None)
    put(plain, "facts.0.value", value)
    with pytest.raises(DatasetError, match="figure"):
        loads(plain)
    for good in ("2024-02-29", "--02-29", "-5", "610.50"):
        put(plain, "facts.0.value", good)

        assert loads(plain).facts[0].value == good


RAW = [
    (b'"start": 1', b'"start": 1e5', "not a dataset"),
    (b'"start": 1', b'"start": NaN', "not JSON"),
    (b'"title": "', b'"title": "\\ud800', "not JSON"),
    (b'"title": "', b'"title": "\\udc00\\ud800', "not JSON"),
    (b'"title": "', b'"title": "\xff', "not JSON"),
    (b'"notices": [', b'"x": ' + b"[" * 100_000 + b'], "notices": [', "nested too deeply"),
]


@pytest.mark.parametrize(("old", "new", "word"), RAW)
def test_json_that_is_none(old, new, word, built):
    """Half characters, numbers that are none and JSON without end are errors in words."""
    assert old in built
    with pytest.raises(DatasetError, match=word):
        store.loads(built.replace(old, new, 1), "d.json")


def test_indicator_that_leads_out_of_the_folder(built, tmp_path):
    """Nothing is written outside an export's folder, also where the dataset didn't come from a file."""
    made = store.loads(built, "d.json")
    series = next(
        one for one in made.series if one.unit == "CNY" and one.scope == SeriesScope() and one.points[0].value
    )
    outside = str(tmp_path / "out")
    for name in ("../../../out", outside, "a/../../../../out", "..", "a\\b", "medical.funding/../../../../out"):
        bad = replace(made, series=(replace(series, indicator=name),))
        with pytest.raises(ExportError, match="no part of a file's name"):
            export(bad, "openfisca", tmp_path / "place/x")
    # Digits of the id are in a name only where its words alone may be another's.
    other = SeriesScope(population="学生、教师")
    for part in (
        {"region": "../../x"},
        {"per": ("../x",)},
        {"series_id": "s-../../x", "scope": other},
        {"scope": SeriesScope(area="../x")},
    ):
        bad = replace(made, series=(replace(series, **part),))
        with pytest.raises(ExportError, match="no part of a file's name"):
            export(bad, "openfisca", tmp_path / "place/x")

    assert [path.name for path in tmp_path.iterdir()] == ["place"]
    assert not list((tmp_path / "place").iterdir())


@pytest.mark.parametrize(
    "words", ["../../../out", "/etc/out", "..", "\x00", "a\\b", "C:", "…" * 400, "学" * 400, "index"]
)
def test_words_that_lead_out_of_the_folder(built, tmp_path, words):
    """Words of a text are part of a file's name, and none of another place's."""
    made = store.loads(built, "d.json")
    series = next(one for one in made.series if one.unit == "CNY" and one.points[0].value)
    bad = replace(made, series=(replace(series, scope=SeriesScope(population=words)),))
    export(bad, "openfisca", tmp_path / "place")
    (found,) = (path for path in (tmp_path / "place").rglob("*.yaml") if path.name != "index.yaml")

    assert [path.name for path in tmp_path.iterdir()] == ["place"]
    assert found.parent.name == series.indicator.rpartition(".")[2]
    assert found.stem.isidentifier()


LONG = "a" * 100_000


@pytest.mark.parametrize(
    "place", ["facts.0.role", "facts.0.fact_id", "facts.0.evidence.source", "checks.0.fact_ids.0", "checks.0.check_id",
        "facts.0.notice_id", "schema_version", "notices.0.source.path", "checks.0.kind", "dataset_version"],
)  # fmt: skip
def test_words_without_end(place, plain):
    """A message quotes the beginning of what it found wrong."""
    put(plain, place, LONG)
    with pytest.raises(DatasetError) as said:
        loads(plain)

    assert len(str(said.value)) < 600


def test_id_that_stands_twice(plain):
    """Ids of facts, series, checks and notices are unique."""
    for part in ("facts", "series", "checks", "notices"):
        plain[part].append(plain[part][0])
        with pytest.raises(DatasetError, match="ids are unique"):
            loads(plain)
        plain[part].pop()


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"spacy", "displacy"}))
def test_two_deadlines_in_a_year(name, built, tmp_path):
    """A series with a point for each of two deadlines goes to every format; the tables' keys hold."""
    made = store.loads(built, "d.json")
    at = next(number for number, one in enumerate(made.series) if one.points[0].due)
    points = made.series[at].points
    series = replace(made.series[at], points=(points[0], replace(points[0], due="2099-12-31"), *points[1:]))
    export(replace(made, series=(*made.series[:at], series, *made.series[at + 1 :])), name, tmp_path / "x")
    if name == "datapackage":
        assert frictionless.validate(str(tmp_path / "x/datapackage.json")).valid


# ── edits ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def edited(plain, tmp_path):
    """A dataset whose first figure somebody changed."""
    plain["facts"][0]["value"] = "999"
    path = tmp_path / "d.json"
    path.write_bytes(canonical.encode(plain))
    return path


def test_figure_that_somebody_changed(edited, built, command_line, tmp_path):
    """A word says so, to programs as a warning and to people on standard error; who did it on purpose may go on."""
    with pytest.warns(DatasetWarning, match="was changed after it was built"):
        assert next(Dataset.load(edited).facts()).value == "999"
    with pytest.warns(DatasetWarning, match="was changed after it was built"):
        Dataset.loads(edited.read_bytes())
    for arguments in (("check",), ("export", "--to", "csv", "-o", tmp_path / "x.csv"), ("diff", "2021", "2022")):
        status, out, said = command_line(*arguments, "--dataset", edited)

        assert status in {0, 1}
        assert out
        assert "was changed after it was built" in said
    (tmp_path / "whole.json").write_bytes(built)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Dataset.load(tmp_path / "whole.json")
    assert command_line("check", "--dataset", tmp_path / "whole.json")[2] == ""


def test_release_of_a_changed_figure(edited, command_line, tmp_path):
    """What was edited by hand isn't published."""
    (tmp_path / "o").mkdir()
    shutil.copy(edited, tmp_path / "o/dataset.json")
    status, _, said = command_line("release", "-o", tmp_path / "o")

    assert (status, "edited by hand" in said) == (2, True)


# ── what programs get ───────────────────────────────────────────────────────────────────────────────────────────────


def test_keys_that_programs_give_a_meaning(plain):
    """Unknown keys, `__proto__` among them, are passed over and written to no file; of a key that stands twice the last counts."""
    plain["__proto__"] = plain["facts"][0]["__proto__"] = {"polluted": True}
    plain["notices"][0]["constructor"] = {"prototype": 1}
    loaded = loads(plain)

    assert b"__proto__" not in canonical.encode(loaded)
    assert b"prototype" not in canonical.encode(loaded)
    twice = json.dumps(plain).encode().replace(b'"schema_version":', b'"schema_version": "9.0.0", "schema_version":', 1)
    assert store.loads(twice, "d.json").schema_version == loaded.schema_version


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"spacy", "displacy"}))
def test_every_export_of_figures_at_the_edge(name, plain, tmp_path):
    """Whatever may be loaded may be exported, or is an error in words: long numbers, yearly days, odd units."""
    for value, unit in (("9" * 100, "CNY"), (f"0.{'1' * 100}", "CNY"), ("--06-01", None), ("2", "1/3"), ("1", "{<b>}")):
        plain["facts"][0] |= {"value": value, "unit": unit}
        made = loads(plain)
        try:
            export(made, name, tmp_path / "x", force=True)
        except ExportError as error:
            assert "digits" in str(error)  # noqa: PT017 - an error is one of two right answers


def test_sqlite_compares_numbers(built, tmp_path):
    """`value > 600` is about numbers, in tables and views, and the digits of long ones stay as they are."""
    made = store.loads(built, "d.json")
    values = ["70", "610", "0.5", "1000000", "-5", "123456789012345678901234567890.5"]
    facts = [replace(made.facts[0], fact_id=f"f-{at:012x}", value=value, unit="CNY") for at, value in enumerate(values)]
    made = replace(made, facts=(*facts, *made.facts))
    export(made, "sqlite", tmp_path / "d.db")
    ids = [fact.fact_id for fact in facts]
    connection = sqlite3.connect(tmp_path / "d.db")

    def ask(query, *given):
        return [row[0] for row in connection.execute(query, given).fetchall()]

    assert ask("SELECT fact_id FROM facts WHERE value > 600 AND fact_id <= ? ORDER BY value", ids[-1]) == [
        ids[1],
        ids[3],
        ids[5],
    ]
    assert ask("SELECT fact_id FROM facts WHERE fact_id <= ? ORDER BY value LIMIT 3", ids[-1]) == [
        ids[4],
        ids[2],
        ids[0],
    ]
    assert ask("SELECT typeof(value) FROM facts WHERE fact_id = ?", ids[1]) == ["integer"]
    assert ask("SELECT value_exact FROM facts WHERE fact_id <= ? ORDER BY fact_id", ids[-1]) == values
    years = ask(
        "SELECT year FROM series WHERE name = '人均财政补助标准' AND region = '100000' AND value > 600 ORDER BY year"
    )

    assert years == [2022, 2023, 2024]
    assert ask("SELECT count(*) FROM changes WHERE delta > 20 AND delta < 100") == [
        sum(20 < float(change.delta) < 100 for one in made.comparisons for change in one.changes if change.delta)
    ]
    connection.close()


# ── regions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("region", ["360999", "369900", "990000", "000000", "361", "100001", "530199", "３６００００"])
def test_region_that_does_not_exist(region, built):
    """A code that no region has is refused; it never gets the figure of the province or nation above it."""
    with pytest.raises(ReadingError, match=r"no region has this code|no province's code|no six-digit code"):
        Dataset.loads(built).value("medical.funding.fiscal_subsidy", year=2022, region=region)


@pytest.mark.parametrize("region", ["710000", "810000", "820000"])
def test_region_of_its_own_laws(region, built):
    """Taiwan, Hong Kong and Macao inherit nothing from the mainland's notices."""
    dataset = Dataset.loads(built)
    with pytest.raises(ReadingError) as said:
        dataset.value("medical.funding.fiscal_subsidy", year=2022, region=region)

    assert said.value.reason == "nothing"
    for other in ("360102", "511500", "110101", "429004"):
        assert dataset.value("medical.funding.fiscal_subsidy", year=2022, region=other).inherited


# ── places in texts ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("place", ["facts.0.support.0.start", "facts.0.evidence.end", "notices.0.sections.0.end"])
def test_place_before_the_beginning(place, plain):
    """Offsets begin at 0 and don't run backwards."""
    put(plain, place, -1)
    with pytest.raises(DatasetError):
        loads(plain)
    put(plain, place, 0)
    put(plain, place.replace(".start", ".end").replace("facts.0.evidence.end", "facts.0.evidence.start"), 5)
    if place.endswith("end") and "evidence" in place:
        with pytest.raises(DatasetError, match="a place from 5 to 0"):
            loads(plain)


@pytest.mark.parametrize("name", ["spacy", "displacy"])
@pytest.mark.parametrize("place", ["facts.0.evidence.start", "facts.0.support.0.end", "notices.0.sections.0.end"])
def test_place_that_is_not_where_the_words_stand(place, name, plain, tmp_path):
    """Texts aren't marked at places where the facts' words don't stand."""
    options = Options(outputs=ROOT / "outputs", corpus=ROOT / "corpus")
    export(loads(plain), name, tmp_path / "whole", options=options)
    put(plain, place, 0 if place.endswith("start") else 2**40)
    with pytest.raises(ExportError, match="not the one that its facts quote"):
        export(loads(plain), name, tmp_path / "x", options=options)
