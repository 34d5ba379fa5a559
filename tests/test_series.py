"""Series: facts joined over notices and years."""

from __future__ import annotations

import random
import shutil
import tomllib

import pytest
from factories import SUBSIDY, fact, notice
from msgspec.structs import replace

from extractor.dataset.listed import GapRow, HopedRow, plain_lists
from extractor.dataset.series import build_series, unserved
from extractor.model import Region, Scope
from extractor.resources import DATA, Resources, load, read_rows

A21, A22, A23, I22 = "医保发〔2021〕32号", "医保发〔2022〕20号", "医保发〔2023〕24号", "a1b2c3"
IN_FORCE, UNDATED = "医保规〔2021〕9号", "医保规〔2021〕8号"
NOTICES = (
    notice(A21), notice(A22), notice(A23), notice(I22, kind="interpretation"), notice(f"{A22}~2"), notice(UNDATED),
    notice(IN_FORCE, effective_on="2022-01-01", issued_on="2021-12-20"),
)  # fmt: skip


def lines(facts, notices=NOTICES):
    """Write the points of all series compactly."""
    signs = {"eq": "=", "ge": "≥", "le": "≤", "approx": "≈", "between": "∈", "none": "-", "gt": ">", "conflict": "!"}
    return [
        f"{point.year} {signs[point.operator]}"
        f"{point.value or (f'{point.lower}..{point.upper}' if point.lower else '?')}"
        f" {point.status}{f' {point.due}' if point.due else ''}"
        for series in build_series(facts, notices, load())
        for point in series.points
    ]


def level(notice_id, year, value, **fields):
    return fact(notice_id, year, value, **fields)


def step(notice_id, year, value, **fields):
    return fact(notice_id, year, value, **{"role": "increase", "per": ("person",), **fields})


# An indicator that the catalog doesn't have takes figures of every kind.
ANY = {"indicator": "a.b.c"}
RATE = {"indicator": "medical.benefit.inpatient_payment_rate", "kind": "rate", "unit": "%", "per": ()}
GROWTH = {"indicator": "macro.gdp_growth", "kind": "rate", "unit": "%", "per": ()}
CUT = {**GROWTH, "indicator": "macro.energy_intensity_cut"}
WINDOW = {"indicator": "medical.enrollment.newborn_window", "kind": "duration", "unit": "d", "per": ()}
CONTRIBUTION = "medical.funding.individual_contribution"
ASSISTED = Scope(population="特困人员")
SEEN = [
    ("raises whose level nobody states", [step(A21, 2021, "30"), step(A22, 2022, "20")], ["2021 =30 stated", "2022 =20 stated"]),
    (
        "who pays nothing isn't named: nobody's figure (办理退休手续后，不再缴纳)",
        [level(A22, 2022, "0", indicator=CONTRIBUTION), level(A23, 2023, "380", indicator=CONTRIBUTION)],
        ["2023 =380 stated"],
    ),
    (
        "who pays nothing is named (特困人员个人无需缴费)",
        [level(A22, 2022, "0", indicator=CONTRIBUTION, scope=ASSISTED)],
        ["2022 =0 stated"],
    ),
    ("nothing of another indicator is a figure (取消财政补助)", [level(A22, 2022, "0")], ["2022 =0 stated"]),
    (
        "what is a change itself is a level with its sign (地区生产总值增长5%, 下降2%)",
        [
            level(A21, 2021, "2", **GROWTH, role="decrease", operator="le"),
            level(A22, 2022, "5", **GROWTH, role="increase", operator="approx"),
            level(A23, 2023, None, **GROWTH, role="decrease", operator="between", lower="1", upper="3"),
        ],
        ["2021 ≥-2 stated", "2022 ≈5 stated", "2023 ∈-3..-1 stated"],
    ),
    (
        "a cut is one where it falls (单位GDP能耗降低3%, 上升0.5%)",
        [level(A21, 2021, "3", **CUT, role="decrease"), level(A22, 2022, "0.5", **CUT, role="increase")],
        ["2021 =3 stated", "2022 =-0.5 stated"],
    ),
    (
        "growth over several years is none of a year (比2019年增长12.3%)",
        [level(A22, 2022, "12.3", **GROWTH, role="increase", compared_to="2019")],
        [],
    ),
    (
        "年均增长 beside the growth of the year",
        [level(A22, 2022, "6", **GROWTH, role="increase"), level(A22, 2022, "5", **{**GROWTH, "per": ("year",)}, role="increase")],
        ["2022 =5 stated", "2022 =6 stated"],
    ),
    ("one level", [level(A22, 2022, "610", operator="ge")], ["2022 ≥610 stated"]),
    (
        "580 after 新增30元 makes 550 the year before",
        [step(A21, 2021, "30"), level(A21, 2021, "580", operator="ge")],
        ["2020 ≥550 derived", "2021 ≥580 stated"],
    ),
    (
        "a stated year isn't derived",
        [level(A21, 2021, "580"), level(A22, 2022, "610"), step(A22, 2022, "30")],
        ["2021 =580 stated", "2022 =610 stated"],
    ),
    (
        "an increase alone gives the year's level from the year before",
        [level(A22, 2022, "610", operator="ge"), step(A23, 2023, "30")],
        ["2022 ≥610 stated", "2023 ≥640 derived"],
    ),
    (
        "notice and interpretation agree",
        [level(A22, 2022, "610", operator="ge"), level(I22, 2022, "610.0")],
        ["2022 ≥610 corroborated"],
    ),
    (
        "notice and interpretation disagree",
        [level(A22, 2022, "610", operator="ge"), level(I22, 2022, "601", operator="ge")],
        ["2022 !? conflicting"],
    ),
    ("the same document twice corroborates nothing", [level(A22, 2022, "610"), level(f"{A22}~2", 2022, "610")],
     ["2022 =610 stated"]),
    ("said twice in one notice", [level(A22, 2022, "610"), level(A22, 2022, "610", rule="other")],
     ["2022 =610 stated"]),
    ("floor and ceiling are no agreement",
     [level(A22, 2022, "70", operator="ge"), level(I22, 2022, "70", operator="le")], ["2022 !? conflicting"]),
    ("a band in one notice", [level(A22, 2022, "20", operator="ge"), level(A22, 2022, "50", operator="le")],
     ["2022 ∈20..50 stated"]),
    (
        "two deadlines of one notice are two points",
        [
            level(A22, 2022, "40", unit="%", **ANY, due="2022-06-30"),
            level(A22, 2022, "70", unit="%", **ANY, due="2022-12-31"),
        ],
        ["2022 =40 stated 2022-06-30", "2022 =70 stated 2022-12-31"],
    ),
    (
        "a milestone's figure is its deadline",
        [
            level(A22, 2022, None, kind="milestone", unit=None, due="2022-12-31"),
            level(I22, 2022, None, kind="milestone", unit=None, due="2022-11-30"),
        ],
        ["2022 !? conflicting"],
    ),
    (
        "two sides of one condition are two series",
        [
            level(A22, 2022, "90", **WINDOW, role="condition", operator="le"),
            level(A22, 2022, "90", **WINDOW, role="condition", operator="gt"),
        ],
        ["2022 >90 stated", "2022 ≤90 stated"],
    ),
    ("shares of a whole", [level(A22, 2022, "640"), level(A22, 2022, "384", scope=Scope(payer="中央财政")),
     level(A22, 2022, "154", scope=Scope(payer="省级"))], ["2022 =640 stated"]),
    ("a share that exceeds the whole", [level(A22, 2022, "640"), level(A22, 2022, "700", scope=Scope(payer="省级"))],
     ["2022 !? conflicting"]),
    ("a share alone", [level(A22, 2022, "384", scope=Scope(payer="中央财政"))], ["2022 =384 stated"]),
    ("a whole in another notice", [level(A22, 2022, "640"), level(I22, 2022, "384", scope=Scope(payer="中央财政"))],
     ["2022 !? conflicting"]),
    ("a condition never contradicts a level", [level(A22, 2022, "610"), level(A22, 2022, "900", role="condition")],
     ["2022 =610 stated"]),
    ("last year's figure alone is no point", [level(A23, 2023, "350", applies_to="2021/2022")], []),
    ("what held until last year is no point", [level(A23, 2023, "350", valid_to="2022-12-31")], []),
    ("figures of two years, the notice's own", [level(A23, 2023, "400", valid_from="2024-01-01"),
     level(A23, 2023, "380", applies_to="2023", valid_from="2024-01-01", per=())], ["2023 =380 stated"]),
    ("a later year's figure alone", [level(A22, 2022, "380", applies_to="2023")], ["2022 =380 stated"]),
    ("a later year's figure beside one that says no year", [level(A22, 2022, "350"), level(A22, 2022, "380", applies_to="2023/..")],
     ["2022 =350 stated"]),
    ("figures of two later years", [level(A22, 2022, "380", applies_to="2023"), level(A22, 2022, "400", applies_to="2024")],
     ["2022 !? conflicting"]),
    ("last year's raise leads to nothing", [level(A22, 2022, "610"), step(A22, 2022, "30", applies_to="2021")], ["2022 =610 stated"]),
    ("nor does next year's", [level(A22, 2022, "610"), step(A22, 2022, "30", applies_to="2023")], ["2022 =610 stated"]),
    ("last year's figure, recalled, in a series of its own", [level(A22, 2022, "580", applies_to="2021"), level(A22, 2022, "610")],
     ["2022 =610 stated", "2021 =580 stated"]),
    ("percentage points move a share",
     [level(A22, 2022, "70", **RATE), step(A22, 2022, "5", **{**RATE, "unit": "pp"})],
     ["2021 =65 derived", "2022 =70 stated"]),
    ("a decrease", [level(A22, 2022, "610"), step(A22, 2022, "30", role="decrease")],
     ["2021 =640 derived", "2022 =610 stated"]),
    ("years of a figure apart", [level(A21, 2021, "580"), level(A23, 2023, "640")],
     ["2021 =580 stated", "2023 =640 stated"]),
    ("no year, but the day from which it holds", [level(IN_FORCE, None, "610")], ["2022 =610 stated"]),
    ("nor the figure of what merely holds from it on, where the year has its own",
     [level(A22, 2022, "610"), level(IN_FORCE, None, "580")], ["2022 =610 stated"]),
    ("a ceiling that isn't set", [level(A22, 2022, None, operator="none")], ["2022 -? stated"]),
]  # fmt: skip

NEAR_MISSES = [
    ("no indicator", [level(A22, 2022, "610", indicator=None)], []),
    ("no year, nor a day from which it holds", [level(UNDATED, None, "610")], []),
    ("two raises of one notice", [step(A22, 2022, "30"), step(A22, 2022, "20")], []),
    ("last year's raise", [step(A22, 2022, "30", applies_to="2021")], []),
    ("提高5% of a share", [level(A22, 2022, "70", **RATE), step(A22, 2022, "5", **RATE)], ["2022 =70 stated"]),
    ("an increase of at least", [level(A22, 2022, "610"), step(A22, 2022, "30", operator="ge")], ["2022 =610 stated"]),
    ("two increases", [level(A22, 2022, "610"), step(A22, 2022, "30"), step(A22, 2022, "40")], ["2022 =610 stated"]),
    ("below zero", [level(A22, 2022, "10"), step(A22, 2022, "30")], ["2022 =10 stated"]),
    ("a condition is no figure", [level(A22, 2022, "15000", role="condition", operator="ge")], []),
    ("nor is an example's", [level(A22, 2022, "15000", role="example")], []),
    ("per what its indicator isn't", [level(A22, 2022, "800", per=("person", "month"))], []),
    ("a unit that its indicator hasn't", [level(A22, 2022, "10", kind="rate", unit="%", per=())], []),
    ("a share of points", [level(A22, 2022, "10", **{**RATE, "unit": "pp"})], []),
    ("a waiting period isn't moved by 每断1年再加1个月",
     [level(A22, 2022, "3", **{**WINDOW, "unit": "mo"}), step(A22, 2022, "1", **{**WINDOW, "unit": "mo"})],
     ["2022 =3 stated"]),
    ("the old value is no point", [level(A22, 2022, "580", role="previous")], []),
    ("no chain of derived points", [level(A21, 2021, "580"), step(A23, 2023, "30")], ["2021 =580 stated"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "expected"), [row[1:] for row in SEEN + NEAR_MISSES], ids=[r[0] for r in SEEN + NEAR_MISSES]
)
def test_points(facts, expected):
    """Points by policy year, stated, corroborated, derived or conflicting."""
    assert expected == lines(facts)


def placed(number, place, value, prefix, **fields):
    """Make a level at a place of its notice, behind some words."""
    made = level(A22, 2022, value, **RATE, fact_id=f"f-{number:012x}", **fields)
    evidence = replace(made.evidence, start=place, end=place + len(value) + 1, prefix=prefix)
    return replace(made, evidence=evidence)


COUNTY, BIG = Scope(provider="县级医院"), Scope(provider="三级医院")
SPLITS = [
    ("a list's figure whose provider was not understood", [(10, "80", "县级医院报", COUNTY), (20, "60", "报80%，省医院报", None)],
     [("县级医院", "80")]),
    ("and those behind it",
     [(10, "80", "县级医院报", COUNTY), (20, "60", "报80%，省医院报", None), (30, "55", "报60%，外地报", None)],
     [("县级医院", "80")]),
    ("one that is understood again", [(10, "80", "县级医院报", COUNTY), (20, "60", "报80%，三级医院报", BIG)],
     [("三级", "60"), ("县级医院", "80")]),
    ("a general figure before", [(10, "80", "报", None), (20, "60", "报80%，其中三级医院报", BIG)], [("", "80"), ("三级", "60")]),
    ("a general figure in the next sentence", [(10, "80", "县级医院报", COUNTY), (20, "60", "县级医院报80%。支付比例为", None)],
     [("", "60"), ("县级医院", "80")]),
    ("far behind", [(10, "80", "县级医院报", COUNTY), (90, "60", "一" * 32, None)], [("", "60"), ("县级医院", "80")]),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "expected"), [row[1:] for row in SPLITS], ids=[row[0] for row in SPLITS])
def test_no_general_figure_where_a_list_splits_it(figures, expected):
    """Where one figure of a list says for whom it is, the next one that doesn't isn't for everybody."""
    facts = [
        placed(number, place, value, prefix.rjust(32, "一"), scope=scope or Scope())
        for number, (place, value, prefix, scope) in enumerate(figures)
    ]
    found = [(one.scope.provider or "", one.points[0].value) for one in build_series(facts, NOTICES, load())]

    assert sorted(found) == sorted(expected)


def test_derivation_names_facts_and_sum():
    """A derived point says how it follows, from which facts."""
    facts = [level(A21, 2021, "580", operator="ge"), step(A21, 2021, "30")]
    (series,) = build_series(facts, NOTICES, load())
    derivation = series.points[0].derivation

    assert derivation.rule == "level_minus_increase"
    assert derivation.text == "580 − 30 = 550"
    assert set(derivation.fact_ids) == {item.fact_id for item in facts} == set(series.points[0].fact_ids)


def test_conflict_lists_all_facts():
    """A conflicting point has no value and names every fact."""
    facts = [level(A22, 2022, "610"), level(I22, 2022, "601"), level(I22, 2022, "610", rule="other")]
    (point,) = build_series(facts, NOTICES, load())[0].points

    assert (point.value, point.lower, point.upper) == (None, None, None)
    assert set(point.fact_ids) == {item.fact_id for item in facts}


def in_text(text, *figures, **fields):
    """Make facts of the figures of a text, each with what stands before it."""
    made, at = [], 0
    for number in figures:
        start = text.index(number, at)
        at = start + len(number)
        before = text[max(0, start - 30) : start]
        where = replace(level(A22, 2022, "1").evidence, start=start, end=at, exact=number, prefix=before)
        scope = fields.get("scopes", {}).get(number, Scope())
        given = {name: value for name, value in fields.items() if name != "scopes"}
        made.append(level(A22, 2022, number.rstrip("元%"), evidence=where, scope=scope, **given))
    return made


LISTS = [
    ("缴费设200元、500元、1000元三个档次", ("200元", "500元", "1000元"), []),
    ("缴费设200元档、500元档和1000元档", ("200元", "500元", "1000元"), []),
    ("奖励10元或20元", ("10元", "20元"), []),
    ("标准为10元，20元，40元", ("10元", "20元", "40元"), []),
    ("标准为10元、10元", ("10元", "10元"), ["2022 =10 stated"]),
    ("标准为10元；20元", ("10元", "20元"), ["2022 !? conflicting"]),
    ("标准为10元，即20元", ("10元", "20元"), ["2022 !? conflicting"]),
    ("标准为10元，后改为20元", ("10元", "20元"), ["2022 !? conflicting"]),
    ("标准为640元。全省650元", ("640元", "650元"), ["2022 !? conflicting"]),
]


@pytest.mark.parametrize(("text", "figures", "expected"), LISTS, ids=[text for text, *_ in LISTS])
def test_lists(text, figures, expected):
    """What a sentence merely lists contradicts nothing, and is the figure of no year."""
    assert lines(in_text(text, *figures)) == expected


def test_lists_that_something_tells_apart():
    """Two classes' figures are two series, though only a comma parts them."""
    scopes = {"10元": Scope(population="学生"), "20元": Scope(population="其他人员")}
    assert lines(in_text("标准为10元、20元", "10元", "20元", scopes=scopes)) == ["2022 =20 stated", "2022 =10 stated"]


def test_a_list_beside_a_figure_of_its_own():
    """The figure that stands by itself is the year's."""
    facts = in_text("标准为10元、20元。今年为30元", "10元", "20元", "30元")
    assert lines(facts) == ["2022 =30 stated"]
    assert [[one.value for one in found] for found in plain_lists(facts, load())] == [["10", "20"]]


GROWTH, RATE_OF = "macro.gdp_growth", "medical.benefit.inpatient_payment_rate"
UNSERVED = [
    ("a level", [level(A22, 2022, "610")], []),
    ("no indicator", [level(A22, 2022, "610", indicator=None)], []),
    ("a condition", [level(A22, 2022, "610", role="condition")], ["role"]),
    ("a worked example", [level(A22, 2022, "610", role="example")], ["role"]),
    ("a share raised by per cent", [step(A22, 2022, "5", kind="rate", unit="%", per=(), indicator=RATE_OF)], ["share_of_share"]),
    ("another unit", [level(A22, 2022, "610", unit="USD")], ["unit"]),
    ("per hour", [level(A22, 2022, "610", per=("hour",))], ["per"]),
    ("a list", in_text("补助10元、20元", "10元", "20元"), ["listed", "listed"]),
    ("what is hoped for beyond a target", in_text("补助10元，力争20元", "10元", "20元"), ["hoped"]),
    ("a growth over three years", [step(A22, 2022, "9", kind="rate", unit="%", per=(), indicator=GROWTH, compared_to="2019")],
     ["over_years"]),
    ("a plan's goal", [step(A22, 2022, "9", kind="rate", unit="%", per=(), indicator=GROWTH, applies_to="2022/2026")], ["over_years"]),
    ("of each of three years", [level(A22, 2022, "610", applies_to="2022/2024")], []),
    ("no year", [level(UNDATED, None, "610")], ["yearless"]),
    ("words of a list not understood",
     [placed(0, 10, "80", "县级医院报", scope=COUNTY), placed(1, 20, "60", "报80%，省医院报")], ["cut"]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in UNSERVED], ids=[row[0] for row in UNSERVED])
def test_what_keeps_a_figure_out(facts, expected):
    """Every figure with an indicator is in a series, or a reason is named why it is in none."""
    reasons = unserved(facts, NOTICES, load())
    joined = {
        one for series in build_series(facts, NOTICES, load()) for point in series.points for one in point.fact_ids
    }

    assert [reasons[one.fact_id] for one in facts if one.fact_id in reasons] == expected
    assert {one.fact_id for one in facts if one.indicator} == joined | set(reasons)
    assert not joined & set(reasons)


def test_what_joins_a_list():
    """The row of `lists.toml` matches its examples, and none of its rejects."""
    (row,) = read_rows(load().root / "lists.toml", "gap", GapRow)
    assert [words for words in row.examples if not row.pattern.fullmatch(words)] == []
    assert [words for words in row.rejects if row.pattern.fullmatch(words)] == []


def test_what_is_hoped_for():
    """The row of `hoped.toml` matches its examples, and none of its rejects."""
    (row,) = read_rows(load().root / "hoped.toml", "hoped", HopedRow)
    assert [words for words in row.examples if not row.pattern.fullmatch(words)] == []
    assert [words for words in row.rejects if row.pattern.fullmatch(words)] == []


def test_long_decimals_are_exact():
    """Derived values are exact however many digits they have."""
    facts = [level(A22, 2022, "123456789012345678901234567890.05"), step(A22, 2022, "0.00000000000000000001")]
    (series,) = build_series(facts, NOTICES, load())

    assert series.points[0].value == "123456789012345678901234567890.04999999999999999999"


JIANGXI = notice("赣医保发〔2022〕14号", region=Region(code="360000", iso="CN-JX", name="江西省"))
APART = [
    ("area", level(A22, 2022, "80", scope=Scope(area="west")), level(A22, 2022, "60", scope=Scope(area="central"))),
    ("region", level(A22, 2022, "610"), level(JIANGXI.notice_id, 2022, "610")),
    ("stated region", level(A22, 2022, "610"), level(A22, 2022, "620", scope=Scope(region="360000"))),
    ("population", level(A22, 2022, "610"), level(A22, 2022, "0", scope=Scope(population="高校大学生"))),
    ("condition", level(A22, 2022, "610"), level(A22, 2022, "0", scope=Scope(condition="连续参保满4年"))),
    ("unit", level(A22, 2022, "90", **WINDOW), level(A22, 2022, "3", **{**WINDOW, "unit": "mo"})),
    ("per", level(A22, 2022, "10", per=("visit",), **ANY), level(A22, 2022, "10", per=("day",), **ANY)),
    ("per in one notice", level(A22, 2022, "300", per=("year",)), level(A22, 2022, "500", per=())),
]
JOINED = [
    ("implied per", level(A22, 2022, "610"), level(I22, 2022, "610", per=("person",))),
    ("payer", level(A22, 2022, "610", scope=Scope(payer="中央财政")), level(I22, 2022, "610")),
    ("spaces and signs", level(A22, 2022, "1", scope=Scope(condition="满 4 年的，")),
     level(I22, 2022, "1", scope=Scope(condition="满4年的"))),
    ("order of places", level(A22, 2022, "1", scope=Scope(places=("甲", "乙"))),
     level(I22, 2022, "1", scope=Scope(places=("乙", "甲")))),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in APART], ids=[row[0] for row in APART])
def test_series_apart(one, two):
    """What differs in region, scope, unit or per is another series, with another id."""
    series = build_series([one, two], (*NOTICES, JIANGXI), load())

    assert len({item.series_id for item in series}) == len(series) == 2


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED])
def test_series_joined(one, two):
    """What differs only in how it is written, or who pays, is one series."""
    assert len(build_series([one, two], NOTICES, load())) == 1


def test_series_id_is_stable():
    """A series keeps its id when another notice adds a year or says per more fully."""
    before = build_series([level(A21, 2021, "580", per=("person",))], NOTICES, load())
    after = build_series([level(A21, 2021, "580", per=("person",)), level(A22, 2022, "610")], NOTICES, load())

    assert before[0].series_id == after[0].series_id
    assert after[0].per == ("person", "year")
    assert after[0].indicator == SUBSIDY


def test_order_of_facts_does_not_matter():
    """Series come out the same however the facts are shuffled."""
    facts = [
        level(f"n{n}", 2015 + n % 9, str(500 + n % 7), scope=Scope(area=("west", "east", None)[n % 3]), operator="ge")
        for n in range(60)
    ]
    facts += [step("n1", 2016 + n, "30", rule=str(n)) for n in range(4)]
    notices = [notice(f"n{n}") for n in range(60)]
    expected = build_series(facts, notices, load())
    for seed in range(5):
        random.Random(seed).shuffle(facts)  # noqa: S311 - no secret

        assert expected == build_series(facts, notices, load())


def test_implied_per_of_an_indicator(tmp_path):
    """What goes without saying is a row's word: an indicator that implies nothing keeps 每人每年640元 and 610元 apart."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    medical = data / "indicators/medical.toml"
    row = f'id = "{SUBSIDY}"\n'
    medical.write_text(medical.read_text("utf-8").replace(row, row + "implied_per = []\n"), "utf-8")
    facts = [level(A22, 2022, "610", per=()), level(A23, 2023, "640", per=("person", "year"))]

    assert [len(build_series(facts, NOTICES, given)) for given in (load(), Resources(data))] == [1, 2]


def test_steps_alone():
    """Steps of what no notice states a level of are series of their own and answer nothing; those of a level are none."""
    rises = build_series([step(A21, 2021, "30"), step(A22, 2022, "20")], NOTICES, load())
    beside = build_series([level(A21, 2021, "580"), step(A22, 2022, "20")], NOTICES, load())

    assert [(series.role, [point.value for point in series.points]) for series in rises] == [("increase", ["30", "20"])]
    assert {series.role for series in beside} == {"level"}


WORDS = tomllib.loads((load().root / "scope_words.toml").read_text("utf-8"))
TOLD = [
    (field, words, plain)
    for field in ("provider", "condition")
    for words, plain in [*WORDS[field]["examples"], *((word, word) for word in WORDS[field]["rejects"])]
]


@pytest.mark.parametrize(("field", "words", "plain"), TOLD)
def test_words_that_tell_no_scopes_apart(field, words, plain):
    """A table's 三级 and a sentence's 三级定点医疗机构 are one series, and so are 累计缴费满1年的 and 满1年."""
    one, other = Scope(**{field: words}), Scope(**{field: plain})
    found = build_series([level(A21, 2021, "80", scope=one), level(A22, 2022, "85", scope=other)], NOTICES, load())

    assert [(getattr(series.scope, field), len(series.points)) for series in found] == [(plain, 2)]
