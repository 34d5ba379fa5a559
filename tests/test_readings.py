"""`Dataset.value` by its rules, a row of a table each; what it says when there is no answer; facts, series and frames."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from factories import CHINA, digest_of, fact, notice
from work import assert_linear, at_most

from extractor import Dataset
from extractor.dataset import canonical
from extractor.dataset.series import build_series
from extractor.dataset.times import coverage_rows
from extractor.dataset.versions import make_dataset
from extractor.errors import DatasetError, ReadingError
from extractor.model import Copy, CopyConflict, Correction, Region, Scope
from extractor.notice.facts.catalog import load_catalog
from extractor.query import lookup, query
from extractor.query.areas import area_of, overlap, overlap_rows
from extractor.resources import load

ROOT = Path(__file__).parent.parent
PAYS, SUBSIDY, SHARE = (
    "medical.funding.individual_contribution",
    "medical.funding.fiscal_subsidy",
    "medical.funding.central_share",
)
RATE, COVER, SITES = (
    "medical.benefit.inpatient_payment_rate",
    "medical.benefit.coverage_period",
    "medical.settlement.outpatient_sites",
)
DEADLINE = "medical.enrollment.collection_deadline"
PILOTS, LIMIT, OWN, OLD = (
    "medical.payment.drg_pilot_cities",
    "medical.made.limit",
    "medical.made.own",
    "medical.made.old",
)
NATION, JIANGXI = "医保发〔2022〕20号", "赣医保发〔2022〕14号"
EARLIER, EXPLAINED = "医保发〔2021〕32号", "n-解读"
NOTICES = (
    notice(EARLIER, year=2021, region=CHINA, title="2021年的通知"),
    notice(EXPLAINED, kind="interpretation", year=2022, region=CHINA, document_number=None, title="解读"),
    notice(NATION, year=2022, region=CHINA, title="2022年的通知"),
    notice(JIANGXI, year=2022, region=Region("360000", "CN-JX", "江西省"), title="江西2022年的通知"),
)


def of(name, year, value, indicator, region, **given):
    scope = Scope(region=region, **given.pop("scope", {}))
    return fact(name, year, value, indicator=indicator, scope=scope, **given)


RATED = {"kind": "rate", "unit": "%", "per": ()}
FACTS = (
    of(EARLIER, 2021, "580", SUBSIDY, "100000", operator="ge"),
    of(EARLIER, 2021, "30", SUBSIDY, "100000", role="increase"),
    of(EARLIER, 2021, "550", SUBSIDY, "100000", role="previous"),
    of(EXPLAINED, 2022, "610", SUBSIDY, "100000", operator="ge"),
    of(NATION, 2022, "610", SUBSIDY, "100000", operator="ge", scope={"payer": "各级财政"}),
    of(NATION, 2022, "350", PAYS, "100000"),
    of(NATION, 2022, "0", PAYS, "100000", scope={"population": "特困人员"}),
    of(NATION, 2022, "80", SHARE, "100000", scope={"area": "west"}, **RATED),
    of(NATION, 2022, "60", SHARE, "100000", scope={"area": "central"}, **RATED),
    of(NATION, 2022, "70", RATE, "100000", operator="approx", **RATED),
    of(NATION, 2022, "75", RATE, "100000", scope={"provider": "一级医院"}, **RATED),
    of(NATION, 2022, "80", RATE, "100000", scope={"provider": "一级医院", "population": "老年人"}, **RATED),
    of(NATION, 2022, "1", SITES, "100000", kind="count", unit="{家}", per=("county",), operator="ge", due="2022-12-31"),
    of(NATION, 2022, "2", SITES, "100000", kind="count", unit="{家}", per=("county",), operator="ge", due="2023-12-31"),
    of(JIANGXI, 2022, "350", PAYS, "360000"),
    of(JIANGXI, 2022, "30", PAYS, "360000", scope={"population": "定额资助参保对象"}),
    of(JIANGXI, 2022, "20", PAYS, "360000", scope={"places": ("九江市", "南昌市")}),
    of(JIANGXI, 2022, "90", "medical.benefit.waiting_period", "360000", kind="duration", unit="d", per=()),
    of(JIANGXI, 2022, "3", "medical.benefit.waiting_period", "360000", kind="duration", unit="mo", per=()),
    of(JIANGXI, 2022, "40", "medical.payment.drg_dip_coverage", "360000", **RATED),
    of(JIANGXI, 2022, "50", "medical.payment.drg_dip_coverage", "360000", **RATED),
    of(JIANGXI, 2022, "2023-03-31", DEADLINE, "360000", kind="date", unit=None, per=(), operator="le"),
    of(JIANGXI, 2022, None, COVER, "360000", kind="period", unit=None, per=(), lower="2023-01-01", upper="2023-12-31"),
    of(JIANGXI, 2022, "320", "medical.funding.assistance_amount", "360000", valid_from="2023-01-01"),
    of(JIANGXI, 2022, "960", "medical.funding.total", "360000", applies_to="2023"),
    of(JIANGXI, 2022, "20", "medical.funding.pooled_amount", "360000", scope={"payer": "个人"}),
    of(JIANGXI, 2022, "40", "medical.funding.pooled_amount", "360000", scope={"payer": "财政"}),
    of(NATION, 2022, "30", PILOTS, "100000", kind="count", unit="{个}", per=()),
    of(NATION, 2022, "300", "medical.made.pupils", "100000", scope={"population": "学生儿童"}),
    of(NATION, 2022, "380", "medical.made.pupils", "100000"),
    of(NATION, 2022, "3500", "medical.made.burials", "100000", scope={"condition": "海葬"}),
    of(NATION, 2022, "2000", "medical.made.burials", "100000"),
    of(EARLIER, 2021, "90", LIMIT, "100000", applies_to="2022"),
    of(NATION, 2022, "100", LIMIT, "100000", applies_to="2022"),
    of(NATION, 2022, "120", LIMIT, "100000", valid_from="2023-01-01"),
    of(NATION, 2022, "110", "medical.made.two_years", "100000", applies_to="2023"),
    of(NATION, 2022, "130", "medical.made.two_years", "100000", applies_to="2024"),
    of(NATION, 2022, "320", OLD, "100000", applies_to="2020/2021"),
    of(NATION, 2022, "640", OWN, "100000"),
    of(NATION, 2022, "384", OWN, "100000", scope={"payer": "财政"}),
    of(NATION, 2022, "154", OWN, "100000", scope={"payer": "个人"}),
    of(NATION, 2022, "500", "medical.funding.plain", "100000", per=()),
    of(NATION, 2022, "600", "medical.funding.plain", "100000", per=("day",)),
    of(NATION, 2022, "5", "medical.funding.mixed", "100000", scope={"payer": "财政"}),
    of(JIANGXI, 2022, "6", "medical.funding.mixed", "360000"),
    of(JIANGXI, 2022, "7", "medical.funding.other", "360000", per=("month",)),
    of(JIANGXI, 2022, "84", "medical.funding.other", "360000", per=("year", "household")),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    facts = sorted(FACTS, key=lambda one: [note.notice_id for note in NOTICES].index(one.notice_id))
    parts = {"unresolved": (), "checks": (), "comparisons": (), "set_aside": ()}
    series = build_series(facts, NOTICES, load())
    return make_dataset(
        tmp_path_factory.mktemp("out"), "0" * 64, notices=NOTICES, facts=tuple(facts), series=series, **parts
    )


@pytest.fixture(scope="module")
def dataset(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "dataset.json"
    path.write_bytes(canonical.encode(data))
    return Dataset.load(path)


ASSISTED = {"population": "定额资助参保对象"}
# what is asked, the figure, whose it is, what it is not for in particular
ANSWERS = [
    ("own", PAYS, {"year": 2022, "region": "100000"}, "350 CNY per person, year", "100000", ()),
    ("own before parents", PAYS, {"year": 2022, "region": "360000"}, "350 CNY per person, year", "360000", ()),
    ("exact scope", PAYS, {"year": 2022, "region": "360000", **ASSISTED}, "30 CNY per person, year", "360000", ()),
    ("county: its province", PAYS, {"year": 2022, "region": "360102", **ASSISTED}, "30 CNY per person, year", "360000", ()),
    ("province: the nation", RATE, {"year": 2022, "region": "360000"}, "≈70 %", "100000", ()),
    ("general scope", PAYS, {"year": 2022, "region": "360000", "population": "学生"}, "350 CNY per person, year", "360000", ("population",)),
    ("floor", SUBSIDY, {"year": 2022, "region": "100000"}, "≥610 CNY per person, year", "100000", ()),
    ("derived", SUBSIDY, {"year": 2020, "region": "100000"}, "≥550 CNY per person, year", "100000", ()),
    ("area by province", SHARE, {"year": 2022, "region": "360000"}, "60 %", "100000", ()),
    ("area by county", SHARE, {"year": 2022, "region": "510104"}, "80 %", "100000", ()),
    ("area asked", SHARE, {"year": 2022, "region": "100000", "area": "west"}, "80 %", "100000", ()),
    ("area of its own", SHARE, {"year": 2022, "region": "360000", "area": "central"}, "60 %", "100000", ()),
    ("one word of two", RATE, {"year": 2022, "region": "100000", "provider": "一级医院", "population": "学生"}, "75 %", "100000", ("population",)),
    ("both words", RATE, {"year": 2022, "region": "100000", "provider": "一级医院", "population": "老年人"}, "80 %", "100000", ()),
    ("place in a list", PAYS, {"year": 2022, "region": "360000", "places": "南昌市"}, "20 CNY per person, year", "360000", ()),
    ("places", PAYS, {"year": 2022, "region": "360000", "places": ["南昌市", "九江市"]}, "20 CNY per person, year", "360000", ()),
    ("place not there", PAYS, {"year": 2022, "region": "360000", "places": "赣州市"}, "350 CNY per person, year", "360000", ("places",)),
    ("width of letters", RATE, {"year": 2022, "region": "100000", "provider": "一级 医院"}, "75 %", "100000", ()),
    ("deadline", SITES, {"year": 2022, "region": "100000", "due": "2023-12-31"}, "≥2 {家} per county by 2023-12-31", "100000", ()),
    ("unit", "medical.benefit.waiting_period", {"year": 2022, "region": "360000", "unit": "mo"}, "3 mo", "360000", ()),
    ("per", "medical.funding.other", {"year": 2022, "region": "360000", "per": "month"}, "7 CNY per month", "360000", ()),
    ("pers", "medical.funding.other", {"region": "360000", "per": ["household", "year"]}, "84 CNY per household, year", "360000", ()),
    ("a day", DEADLINE, {"year": 2022, "region": "360000"}, "≤2023-03-31", "360000", ()),
    ("a period", COVER, {"year": 2022, "region": "360000"}, "2023-01-01–2023-12-31", "360000", ()),
    ("payer", SUBSIDY, {"year": 2022, "region": "100000", "payer": "各级财政"}, "≥610 CNY per person, year", "100000", ()),
    ("general payer", PAYS, {"year": 2022, "region": "100000", "payer": "个人"}, "350 CNY per person, year", "100000", ("payer",)),
    ("payer decides", "medical.funding.pooled_amount", {"year": 2022, "payer": "财政"}, "40 CNY per person, year", "360000", ()),
    ("a series", SHARE, {"year": 2022, "series_id": "s-96f44f8f9194"}, "80 %", "100000", ()),
    ("payer, region's own", "medical.funding.mixed", {"year": 2022, "region": "100000", "payer": "财政"}, "5 CNY per person, year", "100000", ()),
    ("region left out", DEADLINE, {"year": 2022}, "≤2023-03-31", "360000", ()),
    ("no payer", OWN, {"year": 2022, "payer": ""}, "640 CNY per person, year", "100000", ()),
    ("one payer", OWN, {"year": 2022, "payer": "财政"}, "384 CNY per person, year", "100000", ()),
    ("per nothing", "medical.funding.plain", {"year": 2022, "per": ()}, "500 CNY", "100000", ()),
    ("another word", PAYS, {"year": 2022, "region": "100000", "population": "老年人"}, "350 CNY per person, year", "100000", ("population",)),
    ("count of its place", PILOTS, {"year": 2022, "region": "100000"}, "30 {个}", "100000", ()),
    ("count per county", SITES, {"year": 2022, "region": "360000", "due": "2022-12-31"}, "≥1 {家} per county by 2022-12-31", "100000", ()),
    ("of a later year", LIMIT, {"year": 2021}, "90 CNY per person, year", "100000", ()),
    ("of the year asked, not a later", LIMIT, {"year": 2022}, "100 CNY per person, year", "100000", ()),
    ("a day and its hour", COVER, {"on": datetime(2023, 5, 1, 12), "region": "360000"}, "2023-01-01–2023-12-31", "360000", ()),  # noqa: DTZ001 - as people write it
    ("year left out", COVER, {"region": "360000"}, "2023-01-01–2023-12-31", "360000", ()),
    ("time by a coverage period", PAYS, {"on": "2023-05-01", "region": "360000", **ASSISTED}, "30 CNY per person, year", "360000", ()),
    ("time by its last day", PAYS, {"on": date(2023, 12, 31), "region": "360000"}, "350 CNY per person, year", "360000", ()),
    ("time by valid_from", "medical.funding.assistance_amount", {"on": "2030-01-01", "region": "360000"}, "320 CNY per person, year", "360000", ()),
    ("time by applies_to", "medical.funding.total", {"on": "2023-12-31", "region": "360000"}, "960 CNY per person, year", "360000", ()),
    ("time of a period", COVER, {"on": "2023-01-01", "region": "360000"}, "2023-01-01–2023-12-31", "360000", ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "asked", "figure", "region", "unmatched"),
    [row[1:] for row in ANSWERS],
    ids=[row[0] for row in ANSWERS],
)
def test_answers(indicator, asked, figure, region, unmatched, dataset):
    """Each rule of the table in `extractor.query.lookup`."""
    reading = dataset.value(indicator, **asked)

    assert (reading.figure, reading.region, reading.unmatched) == (figure, region, unmatched)
    assert reading.general == bool(unmatched)
    assert reading.inherited == (asked.get("region") not in {None, region})
    assert reading.facts
    assert reading.fact.evidence.exact in reading.source


UNANSWERED = [
    ("no such indicator", "medical.funding.fiscal_subsidi", {}, "unknown", ["Did you mean medical.funding.fiscal_subsidy"]),
    ("last part only", "coverage_period", {}, "unknown", ["Did you mean medical.benefit.coverage_period"]),
    ("nothing like it", "x", {}, "unknown", ["It has: medical.benefit.coverage_period, "]),
    ("name of a region", PAYS, {"region": "江西省"}, "unknown", ["江西省 is 360000"]),
    ("no region", PAYS, {"region": "990000"}, "unknown", ["begins with 99"]),
    ("year as text", PAYS, {"year": "2022"}, "unknown", ["'2022'", "number like 2022"]),
    ("no day", PAYS, {"on": "2022年"}, "unknown", ["on='2022年'", "2022-12-31"]),
    ("no area", SHARE, {"area": "西部"}, "unknown", ["west, central, east"]),
    ("another's area", SHARE, {"region": "360000", "area": "west"}, "unknown", ["360000 is counted to central"]),
    ("region as number", PAYS, {"region": 510100}, "unknown", ["region=510100 is of type int", "like region='510100'"]),
    ("indicator as number", 5, {}, "unknown", ["indicator=5"]),
    ("indicators", [PAYS], {}, "unknown", ["indicator=['medical"]),
    ("no indicator", None, {}, "unknown", ["no indicator is asked for"]),
    ("population as number", PAYS, {"population": 5}, "unknown", ["population=5 is of type int"]),
    ("area as list", SHARE, {"area": ["west"]}, "unknown", ["area=['west'] is of type list"]),
    ("payer as list", OWN, {"payer": ["个人"]}, "unknown", ["payer=['个人'] is of type list"]),
    ("places as number", PAYS, {"places": 5}, "unknown", ["places=5 is of type int"]),
    ("per of numbers", PAYS, {"per": [5]}, "unknown", ["per=[5]"]),
    ("day as number", PAYS, {"on": 20230501}, "unknown", ["on=20230501 is no day"]),
    ("deadline as number", PAYS, {"due": 2023}, "unknown", ["due=2023 is no day"]),
    ("unit as number", PAYS, {"unit": 1}, "unknown", ["unit=1"]),
    ("name of a city", PAYS, {"region": "成都市"}, "unknown", ["成都市 is 510100"]),
    ("short name", PAYS, {"region": "成都"}, "unknown", ["成都 is 510100"]),
    ("name of counties", PAYS, {"region": "鼓楼区"}, "unknown", ["鼓楼区 is 320106 or "]),
    ("an earlier year only", OLD, {"year": 2022}, "nothing", ["320 CNY, level, for 2020/2021"]),
    ("recalled by another year's", LIMIT, {"year": 2023}, "nothing", ["year=2022, region='100000' → 100 CNY"]),
    ("recalled, with the year", LIMIT, {"year": 2022, "unit": "d"}, "nothing", ["Notices of other years say of 2022: 90 CNY", "unit='CNY'"]),
    ("figures for two later years", "medical.made.two_years", {"year": 2022}, "ambiguous", ["110 CNY, for 2023", "130 CNY, for 2024"]),
    ("words that overlap", "medical.made.pupils", {"year": 2022, "region": "360000", "population": "学生"}, "ambiguous",
     ["population='学生儿童' → 300 CNY", "region='100000' → 380 CNY"]),
    ("a case asked for as people", "medical.made.burials", {"year": 2022, "region": "360000", "population": "海葬"}, "ambiguous",
     ["condition='海葬' → 3500 CNY", "region='100000' → 2000 CNY"]),
    ("people who may be the same", PAYS, {"year": 2022, "region": "360000", "population": "低保对象"}, "ambiguous",
     ["population='定额资助参保对象' → 30 CNY", "population='特困人员' → 0 CNY"]),
    ("short for a place", PAYS, {"year": 2022, "region": "360000", "places": "南昌"}, "ambiguous", ["places=['九江市', '南昌市'] → 20"]),
    ("a payer like others", SUBSIDY, {"year": 2022, "region": "100000", "payer": "中央财政"}, "ambiguous", ["payer='各级财政' → ≥610"]),
    ("count of the nation", PILOTS, {"year": 2022, "region": "360000"}, "nothing", ["of the place that states it", "→ 30 {个}"]),
    ("parts by payer", OWN, {"year": 2022}, "ambiguous",
     ["payer='' → 640 CNY", "payer='财政' → 384 CNY", "payer='个人' → 154 CNY"]),
    ("per nothing or a day", "medical.funding.plain", {"year": 2022}, "ambiguous", ["per=[] → 500", "per=['day'] → 600"]),
    ("unit that doesn't fit", PAYS, {"year": 2022, "region": "360000", "per": "month"}, "nothing", ["per=['person', 'year'] → 350"]),
    ("no such year", PAYS, {"year": 2019, "region": "360000"}, "nothing", ["year=2022, region='360000'", "350 CNY"]),
    ("no general figure", SHARE, {"year": 2022, "region": "100000"}, "nothing", ["area='central' → 60 %", "area='west' → 80 %"]),
    ("an area without figure", SHARE, {"year": 2022, "region": "110000"}, "nothing", ["110000 is counted to east", "area='west'"]),
    ("not for a population only", RATE, {"year": 2022, "population": "老年人", "unit": "d"}, "nothing", ["unit='d'", "population='老年人'"]),
    ("no such payer", SUBSIDY, {"year": 2021, "payer": "企业", "unit": "USD"}, "nothing", ["Payers named are 各级财政"]),
    ("text states no time", SUBSIDY, {"on": "2022-06-30", "region": "100000"}, "nothing", ["the text states no time", "year=, the policy year"]),
    ("another time", PAYS, {"on": "2022-06-30", "region": "360000"}, "nothing", ["(holds 2023-01-01/2023-12-31)"]),
    ("open time", "medical.funding.assistance_amount", {"on": "2022-06-30"}, "nothing", ["(holds 2023-01-01/..)"]),
    ("no such series", PAYS, {"series_id": "s-0"}, "nothing", ["series_id='s-0'", "[s-"]),
    ("regions", PAYS, {"year": 2022}, "ambiguous", ["region='100000' → 350", "region='360000' → 350"]),
    ("years", SUBSIDY, {"region": "100000"}, "ambiguous", ["3 figures", "year=2020", "550 CNY, derived", "year=2022"]),
    ("deadlines", SITES, {"year": 2022, "region": "100000"}, "ambiguous", ["due='2022-12-31'", "due='2023-12-31'", "≥1 {家}"]),
    ("units", "medical.benefit.waiting_period", {"year": 2022}, "ambiguous", ["unit='d'", "unit='mo'"]),
    ("pers", "medical.funding.other", {"year": 2022}, "ambiguous", ["per=['month']", "per=['household', 'year']"]),
    ("general here, particular above", PAYS, {"year": 2022, "region": "360000", "population": "特困人员"}, "ambiguous",
     ["region='360000' → 350 CNY", "region='100000', population='特困人员' → 0 CNY"]),
    ("no payer here, named above", "medical.funding.mixed", {"year": 2022, "region": "360000", "payer": "财政"}, "ambiguous",
     ["region='360000' → 6 CNY", "region='100000', payer='财政' → 5 CNY"]),
    ("sources disagree", "medical.payment.drg_dip_coverage", {"year": 2022, "region": "360000"}, "conflicting",
     ["40 %", "50 %", JIANGXI, "reviews.toml"]),
    ("payers disagree", "medical.funding.pooled_amount", {"year": 2022}, "ambiguous", ["payer='个人' → 20 CNY", "payer='财政' → 40 CNY"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "asked", "reason", "words"), [row[1:] for row in UNANSWERED], ids=[row[0] for row in UNANSWERED]
)
def test_unanswered(indicator, asked, reason, words, dataset):
    """No answer is an error that lists what there is, and how to ask for it."""
    with pytest.raises(ReadingError) as caught:
        dataset.value(indicator, **asked)

    assert caught.value.reason == reason
    assert [word for word in words if word not in str(caught.value)] == []


ASKABLE = [
    (SUBSIDY, {"region": "100000"}, 3), (OWN, {"year": 2022}, 3), ("medical.funding.plain", {}, 2), (PAYS, {"year": 2022}, 2),
    ("medical.made.pupils", {"population": "学生"}, 2), (SITES, {"region": "360000"}, 2), (LIMIT, {}, 2),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "asked", "count"), ASKABLE)
def test_what_a_message_says_can_be_asked(indicator, asked, count, dataset):
    """The lines of an error are questions that have the answer which they show."""
    with pytest.raises(ReadingError) as caught:
        dataset.value(indicator, **asked)
    lines = re.findall(r"^  (.*) → (≥?\d+)", str(caught.value), re.MULTILINE)

    assert len(lines) == count
    for words, figure in lines:
        given = eval(f"dict({words})")  # noqa: S307 - our own words
        assert dataset.value(indicator, **given).figure.startswith(figure)


def test_nearest_figures_come_first(dataset):
    """What there is begins with the region's own of other years, then what is above it, then the rest."""
    with pytest.raises(ReadingError) as caught:
        dataset.value(PAYS, year=2019, region="360000")
    regions = re.findall(r"region='(\d+)' *[,→]", str(caught.value).partition("There is:")[2])

    assert regions == sorted(regions, reverse=True)
    with pytest.raises(ReadingError) as caught:
        dataset.value(SUBSIDY, year=2030, region="360000")
    assert re.findall(r"year=(\d+), region", str(caught.value)) == ["2030", "2022", "2021", "2020"]


def test_what_is_printed(dataset):
    """A line says which time a figure is for, and that a general one isn't for whom was asked."""
    assert "; for 2022)" in str(dataset.value(LIMIT, year=2021))
    assert "一般标准 (general figure), not for the population asked for" in str(
        dataset.value(PAYS, region="100000", population="老年人")
    )


def test_empty(data):
    """A dataset without anything says so."""
    with pytest.raises(ReadingError, match=r"the dataset is empty\. Build one"):
        Dataset(msgspec.structs.replace(data, notices=(), facts=(), series=())).value(PAYS)
    with pytest.raises(ReadingError, match="holds 4 notices, but no figure"):
        Dataset(msgspec.structs.replace(data, facts=(), series=())).value(PAYS)


def settled(field):
    return Correction(field=field, read="580", value="580", who="甲", why="原件如此", on=None)


COPIED = [
    ("level", SUBSIDY, {"year": 2021}, "580", "600", {}, "conflicting"),
    ("what it is derived from", SUBSIDY, {"year": 2020, "region": "100000"}, "580", "600", {}, "nothing"),
    ("a figure that the copy lacks", SUBSIDY, {"year": 2021}, "580", None, {}, None),
    ("settled", SUBSIDY, {"year": 2021}, "580", "600", {"status": "corrected", "corrections": (settled("value"),)}, None),
    ("corrected elsewhere", SUBSIDY, {"year": 2021}, "580", "600", {"status": "corrected", "corrections": (settled("subject"),)}, "conflicting"),
    ("another figure", SUBSIDY, {"year": 2022, "region": "100000"}, "580", "600", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "asked", "value", "found", "fields", "reason"),
    [row[1:] for row in COPIED],
    ids=[row[0] for row in COPIED],
)
def test_copies_that_disagree(indicator, asked, value, found, fields, reason, data):
    """Where files of one notice have different figures, there is none to give, nor any that follows from it."""
    facts = [msgspec.structs.replace(one, **fields) if one.value == value else one for one in data.facts]
    one = next(fact for fact in facts if fact.value == value)
    conflict = CopyConflict(fact_id=one.fact_id, expected=f"{value}元", found=found and f"{found}元", start=1, end=5)
    source = msgspec.structs.replace(data.notices[0].source, path="copies/2021.pdf")
    copy = Copy(source=source, similarity="0.99", conflicts=(conflict,))
    notices = [
        msgspec.structs.replace(note, copies=(copy,)) if note.notice_id == EARLIER else note for note in data.notices
    ]
    series = build_series(facts, notices, load())
    asked_of = Dataset(msgspec.structs.replace(data, facts=tuple(facts), notices=tuple(notices), series=series))
    if reason is None:
        assert asked_of.value(indicator, **asked).facts
        return
    with pytest.raises(ReadingError) as caught:
        asked_of.value(indicator, **asked)

    assert caught.value.reason == reason
    if reason == "nothing":
        return
    assert f"“580元” in {EARLIER}.txt, “600元” in copies/2021.pdf [{one.fact_id}]" in str(caught.value)


def test_previous_and_increase_never_answer(dataset):
    """What was, and by how much it was raised, are not the year's level."""
    values = {
        point.value for one in dataset.series(indicator=SUBSIDY) for point in one.points if point.status != "derived"
    }

    assert values == {"580", "610"}
    assert dataset.value(SUBSIDY, year=2020).status == "derived"
    assert dataset.value(SUBSIDY, year=2020).source.startswith("580 − 30 = 550 ← 2021年的通知")


def test_reading_of_a_floor(dataset):
    """A floor is given as stated, and never taken for the amount."""
    reading = dataset.value(SUBSIDY, year=2022, region="360000")

    assert (reading.value, reading.operator, reading.unit, reading.per) == (
        Decimal(610),
        "ge",
        "CNY",
        ("person", "year"),
    )
    assert (reading.status, reading.inherited, reading.notice.notice_id) == ("corroborated", True, NATION)
    assert [one.notice_id for one in reading.facts] == [NATION, EXPLAINED]
    with pytest.raises(ReadingError, match=r"≥610 CNY.* is a floor") as caught:
        _ = reading.exact
    assert caught.value.reason == "inexact"
    assert str(reading).endswith("≥610 CNY per person, year (2022; 100000; corroborated; inherited)")


INEXACT = [(RATE, "100000", "only about"), (DEADLINE, "360000", "a ceiling"), (COVER, "360000", "no number")]


@pytest.mark.parametrize(("indicator", "region", "words"), INEXACT)
def test_exact_refuses(indicator, region, words, dataset):
    """What isn't one exact number is not given as one."""
    with pytest.raises(ReadingError, match=words):
        _ = dataset.value(indicator, year=2022, region=region).exact


EXEMPT = fact("赣医保发〔2021〕9号", 2021, "0", indicator=PAYS, scope=Scope(population="大学生"))
BEFORE = notice("赣医保发〔2021〕9号", year=2021, region=Region(code="360000", iso="CN-JX", name="江西省"))
PARTICULAR = [
    ("大学生", "is the general figure.*in 2021"),
    ("外来人员", None),
    ("高校大学生", "is the general figure.*in 2021"),
    ("新生儿", None),
    ("居民", None),
]


@pytest.mark.parametrize(("population", "words"), PARTICULAR)
def test_exact_of_those_who_had_their_own_figure(population, words, data):
    """Who paid 0 in 2021 doesn't pay exactly what everybody pays in 2022 because that year's notice is silent on them."""
    facts, notices = (*data.facts, EXEMPT), (*data.notices, BEFORE)
    asked = Dataset(
        msgspec.structs.replace(data, facts=facts, notices=notices, series=build_series(facts, notices, load()))
    )
    reading = asked.value(PAYS, year=2022, region="360000", population=population)

    assert reading.value == 350
    if words is None:
        assert reading.exact == 350
        return
    assert reading.particular_years == (2021,)
    with pytest.raises(ReadingError, match=words):
        _ = reading.exact


def test_reading_of_an_exact_figure(dataset):
    """An exact amount comes with when it holds, and with the words it stands in."""
    reading = dataset.value(PAYS, year=2022, region="360000", population="定额资助参保对象")

    assert reading.exact == reading.value == Decimal(30)
    assert (reading.holds_from, reading.holds_to) == (date(2023, 1, 1), date(2023, 12, 31))
    assert reading.source == f"江西2022年的通知（{JIANGXI}）：“一” [{reading.fact.fact_id}]"
    assert dataset.fact(reading.fact.fact_id) is reading.fact
    assert dataset.notice(reading.fact.notice_id) is reading.notice


def test_days(dataset):
    """Days and periods are dates, not numbers."""
    deadline, period = dataset.value(DEADLINE, year=2022), dataset.value(COVER, year=2022)

    assert (deadline.day, deadline.value) == (date(2023, 3, 31), None)
    assert (period.first_day, period.last_day, period.lower) == (date(2023, 1, 1), date(2023, 12, 31), None)


def test_a_name_in_the_place_of_an_id(dataset):
    """An indicator is asked for by its id: who gives a name is told which that is, as by `facts` and `series`."""
    for ask in (dataset.value, dataset.scopes, lambda name: list(dataset.facts(name))):
        with pytest.raises(ReadingError, match=f"name of {PAYS}") as caught:
            ask("个人缴费标准")
        assert caught.value.reason == "unknown"


def test_unknown_words(dataset):
    """A word that can't be asked for is a usage error that lists those that can."""
    with pytest.raises(TypeError, match=r"'regin' can't be asked for. Ask by year, on, region, area"):
        dataset.value(PAYS, regin="360000")
    with pytest.raises(TypeError, match=r"'years' can't be filtered by. Filter by indicator, year"):
        list(dataset.facts(years=2022))
    with pytest.raises(TypeError, match=r"'years' can't be filtered by. Filter by series_id"):
        list(dataset.series(years=2022))
    with pytest.raises(ReadingError, match="year='2022' is no year"):
        list(dataset.facts(year="2022"))
    with pytest.raises(ReadingError, match="region=360000 is of type int"):
        list(dataset.series(region=360000))
    with pytest.raises(ReadingError, match="from_='2021' is no year"):
        dataset.compare("2021", 2022)


FILTERS = [
    ({}, len(FACTS)), ({"year": 2021}, 4), ({"region": "360000"}, 16), ({"indicator": SUBSIDY, "role": "increase"}, 1),
    ({"population": "定额资助参保对象"}, 1), ({"payer": "财政", "region": "360000"}, 1), ({"indicator": None}, 0),
    ({"notice_id": NATION, "kind": "rate"}, 5), ({"region": "110000"}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "count"), FILTERS)
def test_facts(wanted, count, dataset):
    """Facts are gone through by what they have, in their order."""
    found = list(dataset.facts(**wanted))

    assert len(found) == count
    assert [one for one in dataset.data.facts if one in found] == found


def test_series(dataset):
    """So are series, with their points."""
    (series,) = dataset.series(indicator=SUBSIDY, region="100000", year=2021)

    assert [(point.year, point.value, point.status) for point in series.points] == [
        (2020, "550", "derived"), (2021, "580", "stated"), (2022, "610", "corroborated"),
    ]  # fmt: skip
    assert [one.scope.area for one in dataset.series(SHARE)] == ["central", "west"]
    assert {one.indicator for one in dataset.facts(SHARE, RATE, year=2022)} == {SHARE, RATE}


def test_compare(dataset):
    """Two years are compared as `extractor diff` does."""
    (national,) = dataset.compare(2021, 2022)
    moved = {change.indicator: change.delta for change in national.changes if change.kind == "raised"}

    assert (national.region, national.from_, national.to) == ("100000", 2021, 2022)
    assert moved == {SUBSIDY: "30", LIMIT: "10"}
    assert dataset.compare(2021, 2022, region="100000") == (national,)
    with pytest.raises(DatasetError, match="no such year"):
        dataset.compare(2019, 2022, region="100000")


# ── loading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_parts(dataset, data):
    """Everything of the file is there, typed."""
    assert dataset.data == data
    assert (dataset.schema_version, dataset.dataset_version) == (data.schema_version, "1.0.0")
    assert dataset.content_hash == canonical.digest(data.facts)
    assert (dataset.notices, dataset.checks, dataset.unresolved, dataset.comparisons) == (NOTICES, (), (), ())
    assert repr(dataset) == f"<Dataset 1.0.0: 4 notices, {len(FACTS)} facts>"


VERSIONS = [("3.0.0", {}), ("3.1.0", {"facts": None}), ("10.0.0", {"notices": {}})]


@pytest.mark.parametrize(("version", "other"), VERSIONS)
def test_newer_schema(version, other, data):
    """A dataset of a newer major version is refused by its version, whatever else is different in it."""
    written = msgspec.json.decode(canonical.encode(data)) | {"schema_version": version} | other
    with pytest.raises(DatasetError, match=f"schema version is {version}, this program reads 2.x. Use the release"):
        Dataset.loads(canonical.encode(written), "d.json")


SPOILT = [
    (("facts", 0, "fact_id"), "f-1", "fact id 'f-1' is none"),
    (("facts", 0, "fact_id"), "f-000000000000\n", "is none"),
    (("notices", 0, "source", "sha256"), "../../etc", "source 'sha256:../../etc' is none"),
    (("facts", 0, "evidence", "source"), f"sha256:{digest_of('x')}", "points at source"),
]


@pytest.mark.parametrize(("path", "value", "words"), SPOILT)
def test_spoilt_ids(path, value, words, data):
    """Ids and digests have their form, so that they can be used as names."""
    written = place = msgspec.json.decode(canonical.encode(data))
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DatasetError, match=re.escape(words)):
        Dataset.loads(canonical.encode(written))


def test_collector_works_after_loading(data):
    """Loading leaves the garbage collector as it was, also when it fails."""
    import gc

    for works in (True, False):
        (gc.enable if works else gc.disable)()
        try:
            Dataset.loads(canonical.encode(data))
            with pytest.raises(DatasetError):
                Dataset.loads(b"{}")
            assert gc.isenabled() == works
        finally:
            gc.enable()


HEAVY = {"spacy", "jieba", "opencc", "lxml", "regex", "pandas", "polars"}
ASKING = """
import sys
from extractor import Dataset
dataset = Dataset.load(sys.argv[1])
dataset.value("medical.funding.central_share", year=2022, region="360000", area="central")
print(*sys.modules)
"""


@pytest.mark.parametrize("program", ["import sys\nfrom extractor import Dataset\nprint(*sys.modules)", ASKING])
def test_needs_nothing_heavy(program, data, tmp_path):
    """Neither importing nor asking loads what reading Chinese text needs."""
    path = tmp_path / "dataset.json"
    path.write_bytes(canonical.encode(data))
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program

    assert HEAVY & {name.split(".")[0] for name in done.stdout.split()} == set()


# ── rows and tables ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_coverage_rows():
    """`readings.toml` names indicators of the catalog."""
    known = load_catalog(load()).indicators
    rows = coverage_rows(load())

    assert rows
    assert {name for row in rows for name in (row.period, *row.of)} <= set(known)


# Region, indicator, and the area that the region is counted to for its figures.
AREA_OF = [
    ("510104", SHARE, "west"),
    ("360000", SHARE, "central"),
    ("110000", SHARE, "east"),
    ("100000", SHARE, None),
    ("710000", SHARE, None),
    ("510104", "medical.funding.critical_illness", None),
    ("510104", "medical.enrollment.coverage_rate", None),
    ("510104", "education.subsidy", None),
]


@pytest.mark.parametrize(("region", "indicator", "expected"), AREA_OF)
def test_area_of(region, indicator, expected):
    """A region is counted to an area only for figures of the programme whose tiers these are."""
    assert expected == area_of(region, indicator, load())


OVERLAPS = overlap_rows(load())


@pytest.mark.parametrize("row", [*OVERLAPS.generic, *OVERLAPS.related], ids=lambda row: row.id)
def test_overlap_rows(row):
    """A row of generic words parts its examples, one of related words joins them; with the rejects it is the other way."""
    generic = row in OVERLAPS.generic

    assert row.examples
    assert row.rejects
    assert {overlap(*pair, load()) for pair in row.examples} == {not generic}
    assert {overlap(*pair[::-1], load()) for pair in row.rejects} == {generic}


def test_table_of_rules_is_in_the_docs():
    """Every word that can be asked for stands in the table of rules."""
    words = [
        word
        for word in query.ScopeFilter.__annotations__
        if word not in {"places", "population", "provider", "condition"}
    ]

    assert [word for word in ["year", "on", "region", *words] if f"`{word}`" not in (lookup.__doc__ or "")] == []


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("table", ["facts", "series", "notices", "checks"])
def test_frames(engine, table, dataset):
    """Frames have the columns of the tables, with exact decimals and dates."""
    pytest.importorskip(engine)
    frame = dataset.frame(table, engine=engine)

    if table == "facts":
        assert frame.shape[0] == len(FACTS)
        assert frame["value"].to_list()[0] == Decimal(580)
        deadline = [day for day in frame["value_date"].to_list() if day == day and day is not None]  # noqa: PLR0124 - NaT isn't itself
        assert [str(day)[:10] for day in deadline] == ["2023-03-31"]
        assert "policy_year" in frame.columns


def test_frames_of_no_engine(dataset, monkeypatch):
    """An engine that isn't there is named, with what to do."""
    with pytest.raises(DatasetError, match=r"table 'nope': there is none\. There are facts, series, "):
        dataset.frame("nope")
    with pytest.raises(DatasetError, match="there are pandas and polars"):
        dataset.frame(engine="excel")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(DatasetError, match="pip install polars"):
        dataset.frame(engine="polars")


@pytest.mark.parametrize("path", ["made", "outputs"])
def test_every_point_can_be_asked_for(path, dataset):
    """Each point of each series answers to its own words, or says that its sources disagree."""
    asked = dataset if path == "made" else Dataset.load(ROOT / "outputs/dataset.json")
    for series in asked.series(role="level"):
        for point in series.points if series.indicator else ():
            scope = msgspec.structs.asdict(series.scope) | {"unit": series.unit, "per": series.per, "due": point.due}
            for words in ({"region": series.region, **scope}, {"series_id": series.series_id, "due": point.due}):
                if point.status == "conflicting":
                    with pytest.raises(
                        ReadingError, match=r"the sources disagree|Name one of them|figures for several times"
                    ):
                        asked.value(series.indicator, year=point.year, **words)
                    continue
                reading = asked.value(series.indicator, year=point.year, **words)
                assert (reading.series_id, reading.year, str(reading.value or point.value)) == (
                    series.series_id,
                    point.year,
                    str(point.value),
                )
                assert not reading.inherited
                assert not reading.general


def large(data, count):
    """Make a dataset of so many series of an indicator."""
    base = next(one for one in data.series if one.indicator == PAYS and one.region == "360000" and one.scope.population)
    series = tuple(
        msgspec.structs.replace(base, series_id=f"s-{n}", region=str(110000 + n % 100), scope=msgspec.structs.replace(base.scope, population=f"甲{n}"))
        for n in range(count)
    )  # fmt: skip
    return Dataset(msgspec.structs.replace(data, series=series))


def ask(dataset):
    """Ask for a value that there is, and for others in words that don't say which."""
    assert dataset.value(PAYS, year=2022, region="110001", population="甲1").value == Decimal(30)
    for asked in ({"region": "110002"}, {"population": "乙"}, {"on": "2022-01-01"}):
        with pytest.raises(ReadingError, match="more: dataset"):
            dataset.value(PAYS, **asked)


def test_large_datasets_are_asked_in_linear_work(data):
    """Twice the series of an indicator: at most twice the work for answers and messages."""
    assert_linear(lambda count: ask(large(data, count)), 500)


@pytest.mark.timing
def test_large_datasets_are_asked_fast(data):
    """Ten thousand series of an indicator: an answer takes no time, a message little."""
    dataset = large(data, 10_000)
    with at_most(5):
        ask(dataset)
