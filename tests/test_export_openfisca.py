"""Parameters as the real openfisca-core loads them: their values at given dates equal ours."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from factories import fact, notice
from msgspec.structs import replace
from openfisca_core.parameters import ParameterNode, load_parameter_file

from extractor import Dataset
from extractor.dataset import store
from extractor.dataset.series import build_series
from extractor.errors import ReadingError
from extractor.export import Options, export
from extractor.export.openfisca import place_of
from extractor.model import Scope
from extractor.resources import Resources

OUTPUTS = Path(__file__).parents[1] / "outputs"
SUBSIDY = "region_100000.medical.funding.fiscal_subsidy.cny_per_person_year"


@pytest.fixture(scope="module")
def dataset():
    return store.load(OUTPUTS / "dataset.json")


@pytest.fixture
def load(tmp_path):
    """Export a dataset and load it with openfisca-core."""

    def call(dataset, **options):
        folder = tmp_path / f"parameters{len(list(tmp_path.iterdir()))}"
        export(dataset, "openfisca", folder, options=Options(**options))
        return load_parameter_file(str(folder))

    return call


def parameter(root, name):
    node = root
    for part in name.split("."):
        node = node.children[part]
    return node


def name_of(series):
    return ".".join(place_of(series)).removesuffix(".yaml")


def leaves(node):
    for child in node.children.values():
        yield from leaves(child) if isinstance(child, ParameterNode) else [child]


SCALES = {"%": Decimal("0.01"), "pp": Decimal("0.01"), "‰": Decimal("0.001")}


DAYS = [f"{year}-{month:02}-15" for year in range(2019, 2027) for month in range(1, 13)]


def asked(ask, **words):
    """What `Dataset.value` answers; None where it refuses or has no number."""
    try:
        found = ask.value(**words)
    except ReadingError:
        return None
    return found if found.value is not None else None


@pytest.mark.parametrize("bounds", ["value", "null"])
def test_agrees_with_value_at_every_date(dataset, load, bounds):
    """At twelve dates a year, a parameter has what `value` answers for the day or its year, or nothing.

    The day's answer goes first, and a year of which nothing is said has no value.
    """
    root, ask = load(dataset, bounds=bounds), Dataset(dataset)
    compared = 0
    for series in dataset.series:
        if series.indicator is None or series.unit is None or series.role != "level":
            continue
        if all(point.value is None for point in series.points):
            continue
        found = parameter(root, name_of(series))
        for day in DAYS:
            words = {"indicator": series.indicator, "series_id": series.series_id}
            # 自2024年7月1日起1450元: until then the year's own figure doesn't hold.
            answers = [asked(ask, on=day, **words) or asked(ask, year=int(day[:4]), **words)]
            numbers = {Decimal(one.value) * SCALES.get(series.unit, 1) for one in answers if one}
            if bounds == "null":
                numbers = set() if any(one.operator != "eq" for one in answers if one) else numbers
            theirs = found(day)
            if theirs is None:
                continue
            assert {float(number) for number in numbers} == {theirs}, (name_of(series), day)
            compared += 1

    assert compared > (400 if bounds == "value" else 150)


def test_every_parameter_says_what_it_is(dataset, load):
    """Nothing but series is there, and every file says its unit and where its figures stand."""
    root = load(dataset)

    assert {leaf.metadata["series_id"] for leaf in leaves(root)} <= {series.series_id for series in dataset.series}
    assert all(leaf.metadata["unit"] and leaf.metadata["reference"] for leaf in leaves(root))


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        (SUBSIDY, "2021-06-30", 580),
        (SUBSIDY, "2022-01-01", 610),
        (SUBSIDY, "2023-12-31", 640),
        ("region_100000.medical.funding.central_share.area_west_rate", "2022-07-01", 0.8),
        ("region_100000.medical.funding.central_share.area_central_rate", "2022-07-01", 0.6),
        ("region_100000.medical.funding.individual_contribution.cny_per_person_year", "2022-07-01", 350),
        ("region_360000.medical.funding.individual_contribution.cny_per_person_year", "2022-07-01", 350),
    ],
)
def test_names_and_published_figures(dataset, load, name, day, value):
    """Figures of FIGURES.md under names that stay."""
    assert parameter(load(dataset, bounds="value"), name)(day) == value


NAMES = [
    (Scope(population="普通居民"), "cny_per_person_year_for_普通居民"),
    (Scope(provider="三级医院", condition="转诊"), "cny_per_person_year_at_三级_if_转诊"),
    (Scope(area="west", places=("甲市",)), "area_west_cny_per_person_year_in_甲市"),
    (Scope(population="普通居民（集中征缴期内）"), r"cny_per_person_year_for_普通居民_集中征缴期内_[0-9a-f]{6}"),
    (Scope(population="三分之二" * 40), r"cny_per_person_year_for_(?:三分之二)+三?分?之?_[0-9a-f]{6}"),
]


@pytest.mark.parametrize(("scope", "expected"), NAMES, ids=[row[1][:40] for row in NAMES])
def test_names_can_be_read(load, scope, expected):
    """A parameter's name is made of words, and is one in Python; folders say what they are."""
    root = load(made((2022, "350", {"scope": scope})))
    folder = root.region_100000.medical.funding.fiscal_subsidy
    (name,) = folder.children

    assert re.fullmatch(expected, name)
    assert name.isidentifier()
    assert len(name.encode()) <= 250
    assert getattr(folder, name)("2022-06-01") == 350
    assert getattr(folder, name).metadata["label"].startswith("人均财政补助标准（")
    said = [node.description for node in (root.region_100000, root.region_100000.medical.funding, folder)]
    assert said == ["全国", "居民医保筹资", "人均财政补助标准"]


def test_words_that_make_one_name_are_two_parameters(load):
    """Signs that no name may have tell series apart by the digits behind."""
    scopes = [Scope(population=words) for words in ("子女、配偶", "子女,配偶", "子女_配偶")]
    root = load(made(*[(2022, str(300 + at), {"scope": scope}) for at, scope in enumerate(scopes)]))

    assert sorted(leaf("2022-06-01") for leaf in leaves(root)) == [300, 301, 302]


def test_floors_are_said(dataset, load):
    """A floor is a value with its operator in the metadata, or null with the number there."""
    asked = [load(dataset, bounds=bounds) for bounds in ("value", "null")]
    floors = [next(at for at in parameter(one, SUBSIDY).values_list if at.instant_str == "2022-01-01") for one in asked]

    assert [floor.value for floor in floors] == [610, None]
    assert [floor.metadata["operator"] for floor in floors] == ["ge", "ge"]
    assert [floor.metadata["stated"] for floor in floors] == ["610", "610"]
    exact = parameter(asked[1], "region_100000.medical.funding.individual_contribution.cny_per_person_year")
    assert exact("2022-01-01") == 350


def made(*rows, **fields):
    """Make a dataset of one notice from (year, value, fields of the fact)."""
    notices = tuple(notice(f"甲{year}", year=year) for year in {row[0] for row in rows})
    facts = tuple(fact(f"甲{year}", year, value, **{**fields, **more}) for year, value, more in rows)
    empty = replace(store.load(OUTPUTS / "dataset.json"), unresolved=(), checks=(), comparisons=(), set_aside=())
    return replace(empty, notices=notices, facts=facts, series=build_series(facts, notices, Resources()))


def only(root):
    (found,) = leaves(root)
    return found


CARRIED = [
    ("a year that no notice speaks of", [(2021, "320", {}), (2023, "380", {})],
     [("2021-12-31", 320), ("2022-06-01", None), ("2023-06-01", 380), ("2024-01-01", None)]),
    ("a year whose sources disagree", [(2021, "320", {}), (2022, "350", {}), (2022, "360", {})],
     [("2021-06-01", 320), ("2022-06-01", None)]),
    ("a year without limit", [(2021, "320", {}), (2022, None, {"operator": "none"})], [("2022-06-01", None)]),
    ("a year with a floor", [(2021, "320", {}), (2022, "350", {"operator": "ge"})], [("2022-06-01", None)]),
    ("a target that was for once", [(2021, "40", {"due": "2021-12-31"})], [("2021-12-31", 40), ("2022-01-01", None)]),
    ("a target of a later year", [(2021, "40", {"due": "2025-12-31"})], [("2021-06-01", None), ("2025-06-01", None)]),
    ("two targets of a year", [(2021, "40", {"due": "2021-06-30"}), (2021, "70", {"due": "2021-12-31"})],
     [("2021-03-01", None), ("2021-12-01", None)]),
    ("what is stated to hold on", [(2021, "320", {"valid_from": "2021-07-01"})], [("2021-06-30", None), ("2024-06-01", 320)]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [row[1:] for row in CARRIED], ids=[row[0] for row in CARRIED])
def test_nothing_is_carried_over(load, rows, expected):
    """A figure ends where its year or its words end."""
    found = only(load(made(*rows)))

    assert [(day, found(day)) for day, _ in expected] == expected


def test_dates(load):
    """A stated start is used and not assumed; after a stated end there is no value."""
    stated = {"valid_from": "2022-09-01", "valid_to": "2023-08-31"}
    found = only(load(made((2022, "350", stated))))

    assert [found(day) for day in ("2022-08-31", "2022-09-01", "2023-08-31", "2023-09-01")] == [None, 350, 350, None]
    begun = found.values_list[-1]
    assert (begun.instant_str, begun.metadata["assumed"]) == ("2022-09-01", False)


def test_year_that_a_figure_applies_to(load):
    """2019年预收2020年度: the year that the text says."""
    found = only(load(made((2019, "280", {"applies_to": "2020"}))))

    assert (found("2019-12-31"), found("2020-01-01"), found.values_list[-1].metadata["assumed"]) == (None, 280, False)


def test_no_stated_date_is_assumed(load):
    """The policy year's 1 January, and it says so."""
    found = only(load(made((2022, "350", {}))))

    assert (found.values_list[-1].instant_str, found.values_list[-1].metadata["assumed"]) == ("2022-01-01", True)


def test_two_values_for_one_day(load):
    """Figures that contradict each other give no value; both stand in the metadata."""
    found = only(load(made((2021, "300", {"applies_to": "2022"}), (2022, "350", {}))))

    assert found("2022-06-01") is None
    assert [one["stated"] for one in found.values_list[-1].metadata["conflict"]] == ["300", "350"]


UNITS = [
    ({"unit": "%", "kind": "rate", "per": ()}, "70", "/1", 0.7),
    ({"unit": "pp", "kind": "rate", "per": ()}, "0.5", "/1", 0.005),
    ({"unit": "1/3", "kind": "rate", "per": ()}, "2", "/1", 2 / 3),
    ({"unit": "d", "kind": "duration", "per": ()}, "90", "day", 90),
    ({"unit": "USD", "per": ("person",)}, "12.5", "currency-USD", 12.5),
    ({"unit": "{种}", "kind": "count", "per": ()}, "5", "种", 5),
]


@pytest.mark.parametrize(("fields", "value", "unit", "expected"), UNITS, ids=[row[0]["unit"] for row in UNITS])
def test_units(load, fields, value, unit, expected):
    """Rates are shares of one, money is a currency, the rest keeps its unit."""
    found = only(load(made((2022, value, {"indicator": "a.b.c", **fields}))))

    assert found.metadata["unit"] == unit
    assert found("2022-06-01") == expected


def test_names_stay_when_other_series_come(load):
    """A parameter's name is made of its own series alone."""
    one = made((2022, "350", {}))
    more = made(
        (2022, "350", {}),
        (2022, "30", {"scope": Scope(population="定额资助参保对象")}),
        (2022, "400", {"per": ("person",)}),
    )

    assert {name_of(series) for series in one.series} < {name_of(series) for series in more.series}
    assert len({name_of(series) for series in more.series}) == 3
    load(more)


def test_dates_are_no_parameters(dataset, tmp_path):
    """A series of dates is left out, and the folder says which."""
    export(dataset, "openfisca", tmp_path / "of")
    index = yaml.safe_load((tmp_path / "of/index.yaml").read_text("utf-8"))
    dates = {series.series_id for series in dataset.series if series.unit is None}

    assert {line.split()[0] for line in index["metadata"]["left_out_as_no_numbers"]} >= dates
    assert index["metadata"]["dataset_version"] == dataset.dataset_version
