"""Comparisons: what is paired with what, what each change is called, and what may not be guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import SUBSIDY, fact, notice
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from extractor.build.incremental import assemble, read_corpus
from extractor.dataset.changes import KINDS, OPPOSITE
from extractor.dataset.compare import (
    compare_consecutive,
    compare_datasets,
    compare_regions,
    compare_years,
    facts_named,
    figures_of,
    load_directions,
    moved,
    regions_with,
    stance,
)
from extractor.dataset.figures import Figures
from extractor.dataset.series import build_series
from extractor.errors import DatasetError
from extractor.model import Region, Relation, Scope
from extractor.notice.facts.catalog import load_catalog
from extractor.resources import load

NOTICES = Path(__file__).parents[2] / "shared" / "notices"
A21, A22, I22 = "医保发〔2021〕32号", "医保发〔2022〕20号", "解读"
COVERAGE = "medical.payment.drg_dip_coverage"


def figures(facts, notices=()):
    """Index facts; notices that none is given for are national ones of their facts' year."""
    given = {one.notice_id: one for one in notices}
    found = {one.notice_id: given.get(one.notice_id) or notice(one.notice_id, year=one.policy_year) for one in facts}
    all_notices = [*found.values(), *(one for name, one in given.items() if name not in found)]
    return Figures(facts, build_series(facts, all_notices, load()), all_notices, load())


def lines(changes):
    """Write changes compactly."""
    return [
        " ".join(
            filter(
                None,
                [
                    change.kind,
                    *(f"+{kind}" for kind in change.also),
                    change.delta,
                    change.delta_unit,
                    change.delta_percent,
                ],
            )
        )
        for change in changes
    ]


def old(value, **fields):
    return fact(A21, 2021, value, **fields)


def new(value, **fields):
    return fact(A22, 2022, value, **fields)


RATE = {"kind": "rate", "unit": "%", "per": ()}
# An indicator that the catalog doesn't have takes figures of every kind.
ANY = {"indicator": "a.b.c"}
GRACE = {"indicator": "medical.enrollment.interruption_grace", "kind": "duration", "unit": "mo", "per": ()}
NAMELESS = {"indicator": None, "subject": "高龄津贴"}
SEEN = [
    ("a floor raised", [old("580", operator="ge"), new("610", operator="ge")], ["raised 30 CNY 5.17"]),
    ("lowered", [old("610"), new("580.5")], ["lowered -29.5 CNY -4.84"]),
    ("the same", [old("70.0", **RATE, **ANY), new("70", **RATE, **ANY)], ["unchanged 0 pp 0.00"]),
    ("points of a rate", [old("40", **RATE, **ANY), new("70", **RATE, **ANY, due="2022-12-31")], ["raised +due_changed 30 pp 75.00"]),
    ("from nothing", [old("0"), new("30")], ["raised 30 CNY"]),
    ("half to even", [old("800"), new("801")], ["raised 1 CNY 0.12"]),
    ("half to even, up", [old("800"), new("803")], ["raised 3 CNY 0.38"]),
    ("silence is no removal", [old("580"), new("1", **RATE, indicator=COVERAGE)], ["not_mentioned", "introduced"]),
    ("floor to plain", [old("610", operator="ge"), new("610")], ["operator_changed 0 CNY 0.00"]),
    ("no cap any more", [old("5000", operator="le"), new(None, operator="none")], ["operator_changed"]),
    ("a wider range is neither up nor down",
     [old(None, operator="between", lower="60", upper="70"), new(None, operator="between", lower="50", upper="80")],
     ["operator_changed"]),
    ("a range moved up",
     [old(None, operator="between", lower="60", upper="70"), new(None, operator="between", lower="60", upper="80")],
     ["raised"]),
    ("another unit", [old("3", **GRACE), new("90", **{**GRACE, "unit": "d"})],
     ["unit_changed"]),
    ("another per", [old("30", **ANY, per=("person", "month")), new("360", **ANY, per=("person", "year"))], ["unit_changed"]),
    ("person and year go without saying", [old("580", per=("person",)), new("610", per=())], ["raised 30 CNY 5.17"]),
    ("exact scopes first",
     [old("80", **RATE, **ANY, scope=Scope(area="west")), old("60", **RATE, **ANY, scope=Scope(area="central")),
      new("60", **RATE, **ANY, scope=Scope(area="central")), new("85", **RATE, **ANY, scope=Scope(area="west"))],
     ["unchanged 0 pp 0.00", "raised 5 pp 6.25"]),
    ("one left over on each side",
     [old("80", scope=Scope(population="甲")), old("10"), new("80", scope=Scope(population="乙")), new("10")],
     ["unchanged 0 CNY 0.00", "scope_changed 0 CNY 0.00"]),
    ("one left over that is worded anew",
     [old("30", scope=Scope(condition="单人缴存")), new("50", scope=Scope(condition="单方缴存"))], ["raised +scope_changed 20 CNY 66.67"]),
    ("one left over that moved and is of something else",
     [old("30", scope=Scope(condition="统筹地区内住院")), new("50", scope=Scope(condition="市外"))], ["introduced", "not_mentioned"]),
    ("signs that only stand in one order are no words",
     [old("1100", scope=Scope(population="完全丧失生活自理能力")), old("440", scope=Scope(population="部分丧失生活自理能力")),
      new("1150", scope=Scope(population="全护理")), new("220", scope=Scope(population="全自理"))],
     ["introduced", "introduced", "not_mentioned", "not_mentioned"]),
    ("one side says more",
     [old("500", scope=Scope(provider="二级精神病医院")), old("900", scope=Scope(provider="三级精神病医院")),
      new("500", scope=Scope(provider="二级精神病专科医院")), new("1000", scope=Scope(provider="三级精神病专科医院"))],
     ["raised +scope_changed 100 CNY 11.11", "scope_changed 0 CNY 0.00"]),
    ("either of two says more",
     [old("500", scope=Scope(provider="三级医院")), new("500", scope=Scope(provider="三级医院（市级）")),
      new("700", scope=Scope(provider="三级医院（省级）"))],
     ["introduced", "introduced", "not_mentioned"]),
    ("one side adds a condition",
     [old("5", scope=Scope(population="甲")), old("6"), new("7", scope=Scope(population="甲", condition="乙")), new("8", scope=Scope(area="west"))],
     ["introduced", "not_mentioned", "raised +scope_changed 2 CNY 40.00"]),
    ("each side adds words",
     [old("5", scope=Scope(population="甲", provider="丙")), old("6"), new("7", scope=Scope(population="甲", condition="乙")), new("8", scope=Scope(area="west"))],
     ["introduced", "introduced", "not_mentioned", "not_mentioned"]),
    ("what two add to",
     [old("5", scope=Scope(population="甲")), new("7", scope=Scope(population="甲", condition="乙")), new("8", scope=Scope(population="甲", condition="丙"))],
     ["introduced", "introduced", "not_mentioned"]),
    ("nothing that both say",
     [old("5", scope=Scope(population="甲")), old("6"), new("7", scope=Scope(condition="乙")), new("8", scope=Scope(area="west"))],
     ["introduced", "introduced", "not_mentioned", "not_mentioned"]),
    ("a name's scope worded more fully",
     [old("20", **NAMELESS, scope=Scope(condition="首套")), old("30", **NAMELESS, scope=Scope(condition="第二套")),
      new("15", **NAMELESS, scope=Scope(condition="首套住房")), new("25", **NAMELESS, scope=Scope(condition="第二套住房"))],
     ["lowered +scope_changed -5 CNY -16.67", "lowered +scope_changed -5 CNY -25.00"]),
    ("a name of others is not guessed",
     [old("20", **NAMELESS, scope=Scope(condition="首套")), new("15", **NAMELESS, scope=Scope(condition="第二套"))],
     ["introduced", "not_mentioned"]),
    ("two left over are not guessed",
     [old("80", scope=Scope(population="甲")), new("80", scope=Scope(population="乙")), new("90", scope=Scope(population="丙"))],
     ["introduced", "introduced", "not_mentioned"]),
    ("a milestone's deadline",
     [old(None, kind="milestone", unit=None, per=(), due="2021-12-31"),
      new(None, kind="milestone", unit=None, per=(), due="2022-12-31")], ["due_changed"]),
    ("a date is not high or low",
     [old("2021-12-31", kind="date", unit=None, per=()), new("2022-12-20", kind="date", unit=None, per=())],
     ["due_changed"]),
    ("targets by their day of the year",
     [old("40", **RATE, **ANY, due="2021-06-30"), old("70", **RATE, **ANY, due="2021-12-31"),
      new("50", **RATE, **ANY, due="2022-06-30"), new("90", **RATE, **ANY, due="2022-12-31")],
     ["raised +due_changed 10 pp 25.00", "raised +due_changed 20 pp 28.57"]),
    ("a halfway mark added",
     [old("40", **RATE, **ANY), new("50", **RATE, **ANY, due="2022-06-30"), new("90", **RATE, **ANY, due="2022-12-31")],
     ["introduced", "raised +due_changed 50 pp 125.00"]),
    ("notice and interpretation are one row",
     [old("320"), new("350", operator="ge"), fact(I22, 2022, "350")], ["raised +operator_changed 30 CNY 9.38"]),
    ("an interpretation that leaves out the scope",
     [old("5", scope=Scope(population="甲")), new("5", scope=Scope(population="甲")), fact(I22, 2022, "5")],
     ["unchanged 0 CNY 0.00"]),
    ("disagreement goes up whoever is right",
     [old("320"), new("350"), fact(I22, 2022, "360")], ["raised"]),
    ("disagreement that may go either way",
     [old("355"), new("350"), fact(I22, 2022, "360")], ["operator_changed"]),
    ("an increase alone: the level is derived", [old("580"), new("30", role="increase")], ["raised 30 CNY 5.17"]),
    ("conditions make no rows", [old("3", **NAMELESS, role="condition"), new("4", **NAMELESS, role="condition")], []),
    ("nor do those of an indicator", [old("3", role="condition"), new("4", role="condition")], []),
    ("nor examples", [old("3", role="example"), new("4", role="example")], []),
    ("a window is a condition itself", [old("3", **GRACE, role="condition"), new("4", **GRACE, role="condition")],
     ["raised 1 mo 33.33"]),
    ("what lies beyond a window is apart",
     [old("3", **GRACE, operator="le"), old("3", **GRACE, operator="gt"), new("3", **GRACE, operator="gt")],
     ["not_mentioned", "unchanged 0 mo 0.00"]),
    ("without indicator: the same words", [old("3", **NAMELESS), new("4", **NAMELESS)], ["raised 1 CNY 33.33"]),
    ("without indicator: other words", [old("3", **NAMELESS), new("3", **{**NAMELESS, "subject": "护理补贴"})],
     ["not_mentioned", "introduced"]),
    ("without indicator: one name, two figures of a notice",
     [old("3", **NAMELESS), old("4", **NAMELESS), new("4", **NAMELESS)], ["introduced"]),
    ("without indicator: an increase is compared with one",
     [old("3", **NAMELESS, role="increase"), new("4", **NAMELESS, role="increase"), new("9", **NAMELESS)],
     ["introduced", "raised 1 CNY 33.33"]),
    ("without indicator: last year's result is none of this year's",
     [old("3", **NAMELESS), new("3", **NAMELESS, applies_to="2021"), new("4", **NAMELESS, applies_to="2022")],
     ["raised 1 CNY 33.33"]),
    ("without indicator: a name of nothing measured",
     [old("3", indicator=None, subject="缴交"), new("4", indicator=None, subject="缴交")], []),
    ("without subject there is nothing to compare", [old("3", indicator=None), new("4", indicator=None)], []),
    ("no arithmetic on what is no figure", [old("1e9"), new("1e10")], ["due_changed"]),
]  # fmt: skip
INTERPRETATION = (notice(I22, kind="interpretation", year=2022),)


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_changes(facts, expected):
    """Pairs and kinds are those of the design."""
    changes = compare_years(figures(facts, INTERPRETATION), "100000", 2021, 2022)

    assert sorted(lines(changes)) == sorted(expected)


def test_one_row_two_sources():
    """The same figure in notice and interpretation names both facts; disagreement shows both and no value."""
    facts = [old("320"), new("350"), fact(I22, 2022, "350")]
    (change,) = compare_years(figures(facts, INTERPRETATION), "100000", 2021, 2022)

    assert set(change.after.fact_ids) == {facts[1].fact_id, facts[2].fact_id}
    facts[2] = fact(I22, 2022, "360")
    (change,) = compare_years(figures(facts, INTERPRETATION), "100000", 2021, 2022)

    assert (change.after.status, change.after.value, change.delta) == ("conflicting", None, None)
    assert set(change.after.fact_ids) == {facts[1].fact_id, facts[2].fact_id}


def test_years_that_later_notices_recall():
    """What notices say of the years before theirs is compared by those years, and is missing from none."""
    wage = {"indicator": "insurance.base.average_wage", "per": ("month",)}
    told = [old("570", applies_to="2021"), new("610", applies_to="2022")]
    made = figures([*told, old("7000", **wage, applies_to="2020"), new("7400", **wage, applies_to="2021")])
    found = {(one.from_, one.to): lines(one.changes) for one in compare_consecutive(made)}

    assert found == {(2020, 2021): ["raised 400 CNY 5.71"], (2021, 2022): ["raised 40 CNY 7.02"]}


def test_a_recalled_year_parts_no_others():
    """A year that one notice recalls stands between no two years of which notices speak."""
    later = fact("医保发〔2023〕24号", 2023, "640")
    made = figures(
        [
            old("570"),
            later,
            fact(
                "医保发〔2023〕24号",
                2023,
                "7400",
                indicator="insurance.base.average_wage",
                per=("month",),
                applies_to="2022",
            ),
        ]
    )

    assert [(one.from_, one.to) for one in compare_consecutive(made)] == [(2021, 2023)]


def test_a_year_without_a_notice():
    """What follows from 新增30元 is compared; all else of a year that has no notice says nothing."""
    facts = [new("610", operator="ge"), new("30", role="increase"), new("40", **RATE, indicator=COVERAGE)]
    made = figures(facts)
    (change,) = compare_years(made, "100000", 2021, 2022)

    assert (change.before.value, change.before.operator, change.before.status) == ("580", "ge", "derived")
    assert change.before.derivation.text == "610 − 30 = 580"
    assert [(one.from_, one.to, one.region, one.against) for one in compare_consecutive(made)] == [
        (2021, 2022, "100000", None)
    ]
    assert not compare_years(made, "100000", 2022, 2022)


def test_what_is_not_there():
    """Errors say what is there."""
    undated = notice("甲", year=None, region=Region(code="130500", iso=None, name="邢台市"))
    made = figures([old("580"), new("610")], (undated,))
    for call, words in (
        (lambda: compare_years(made, "130500", 2021, 2022), ["130500", "have no year (甲)"]),
        (lambda: compare_years(made, "100000", 2019, 2022), ["2019", "2021, 2022"]),
        (lambda: compare_years(made, "999999", 2021, 2022), ["999999", "100000"]),
        (lambda: regions_with(made, (2021, 2030)), ["2021, 2030", "100000: 2021, 2022"]),
        (lambda: compare_regions(made, "100000", "360000", 2022), ["360000"]),
    ):
        with pytest.raises(DatasetError) as raised:
            call()

        assert all(word in str(raised.value) for word in words)


# ── province against nation ─────────────────────────────────────────────────────────────────────────────────────────

PROVINCE = "赣医保发〔2022〕14号"
JIANGXI = Region(code="360000", iso="CN-JX", name="江西省")


def province(*facts, implements=A22, **fields):
    """Put facts of a province beside the nation's, with the relation that joins them."""
    link = Relation(type="implements", document_number=implements, title=None, evidence=old("1").evidence)
    own = notice(PROVINCE, year=2022, region=JIANGXI, relations=(link,))
    return figures([*facts, fact(PROVINCE, 2022, "1", indicator="x.y.z", **fields)], [own])


def local(value, **fields):
    return fact(PROVINCE, 2022, value, **fields)


STANCES = [
    ("adopts", [new("610", operator="ge"), local("610", operator="ge")]),
    ("adopts", [new("610", operator="ge"), local("610")]),
    ("tightens", [new("610", operator="ge"), local("640")]),
    ("loosens", [new("90", operator="le", indicator="a.b.c"), local("120", operator="le", indicator="a.b.c")]),
    ("differs", [new("90", indicator="a.b.c"), local("120", indicator="a.b.c")]),
    ("loosens", [new("70", **RATE, operator="ge", indicator="medical.benefit.inpatient_payment_rate"),
                 local("75", **RATE, operator="ge", indicator="medical.benefit.inpatient_payment_rate")]),
    ("tightens", [new("3", indicator="medical.benefit.annual_cap"), local("2", indicator="medical.benefit.annual_cap")]),
    ("adds", [new("1", indicator="a.b.d"), local("2", indicator="a.b.c")]),
    ("leaves_out", [new("1", indicator="a.b.c")]),
    ("tightens", [new("40", **RATE, **ANY, due="2022-12-31"), local("40", **RATE, **ANY, due="2022-10-31")]),
    ("loosens", [new("40", **RATE, **ANY, due="2022-12-31"), local("40", **RATE, **ANY)]),
    ("differs", [new("40", **RATE, **ANY), local("40", **ANY)]),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "facts"), STANCES)
def test_stances(expected, facts):
    """What a province makes of the nation's figure; which way is tighter is a row of data."""
    comparison = compare_regions(province(*facts), "360000", "100000", 2022)
    wanted = facts[-1].indicator
    found = [stance(change, load_directions(load())) for change in comparison.changes if change.indicator == wanted]

    assert found == [expected]
    assert (comparison.from_, comparison.to, comparison.region, comparison.against) == (2022, 2022, "360000", "100000")


def test_implements_decides():
    """The national notice is the one that the province implements, not the one of the same year."""
    made = province(old("580"), new("610"), local("580"), implements=A21)
    comparison = compare_regions(made, "360000", "100000", 2022)

    assert comparison.from_ == 2021
    assert "unchanged 0 CNY 0.00" in lines(comparison.changes)
    with pytest.raises(DatasetError, match=r"implement no notice.*医保发〔1999〕1号"):
        compare_regions(province(new("610"), implements="医保发〔1999〕1号"), "360000", "100000", 2022)


def test_directions_are_of_the_catalog():
    """A direction for an indicator that isn't there would never be used."""
    indicators = load_catalog(load()).indicators

    assert {row.indicator for row in load_directions(load()) if row.indicator} <= set(indicators)


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

SCOPES = (Scope(), Scope(population="甲"), Scope(area="west"), Scope(provider="三级"))


@st.composite
def some_facts(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([(A21, 2021), (A22, 2022), (I22, 2022)]),
                st.sampled_from([SUBSIDY, COVERAGE, None]),
                st.sampled_from(["0", "30", "30.0", "580", "1000.5"]),
                st.sampled_from(["level", "level", "level", "increase", "condition", "previous"]),
                st.sampled_from(["eq", "ge", "approx"]),
                st.sampled_from(["CNY", "%"]),
                st.sampled_from(SCOPES),
                st.sampled_from([None, "2021-12-31", "2022-12-31", "2022-06-30"]),
                st.sampled_from([None, "床位", "药品"]),
            ),
            max_size=9,
        )
    )
    names = ("indicator", "value", "role", "operator", "unit", "scope", "due", "subject")
    facts = []
    for index, ((name, year), *fields) in enumerate(rows):
        made = dict(zip(names, fields, strict=True))
        facts.append(fact(name, year, made.pop("value"), fact_id=f"f-{index:012x}", **made))
    return facts


def spoken_figures(facts):
    return figures(facts, (notice(A21, year=2021), notice(A22, year=2022), *INTERPRETATION))


def sides(change):
    return (change.before and change.before.fact_ids, change.after and change.after.fact_ids)


def mirrored(change):
    kinds = [OPPOSITE.get(kind, kind) for kind in (change.kind, *change.also)]
    delta = change.delta and (
        "0" if change.delta == "0" else change.delta[1:] if change.delta[0] == "-" else f"-{change.delta}"
    )
    return (change.indicator, change.subject, sorted(kinds, key=KINDS.index), sides(change)[::-1], delta)


def plain(change):
    return (change.indicator, change.subject, [change.kind, *change.also], sides(change), change.delta)


@given(some_facts())
@settings(max_examples=300, deadline=None)
def test_mirror(facts):
    """Comparing the other way round gives the mirror image."""
    made = spoken_figures(facts)
    there = compare_years(made, "100000", 2021, 2022)
    back = compare_years(made, "100000", 2022, 2021)

    assert sorted(map(repr, map(mirrored, there))) == sorted(map(repr, map(plain, back)))


@given(some_facts())
@settings(max_examples=200, deadline=None)
def test_nothing_moves_against_itself(facts):
    """``diff X X`` is empty, of years and of datasets."""
    made = spoken_figures(facts)

    assert compare_years(made, "100000", 2022, 2022) == ()
    assert compare_datasets(made, spoken_figures(facts)) == ()


def test_a_figure_that_becomes_a_level_has_the_scope_that_it_had():
    """What parts no series parts no figure without one: a rise of 三级定点医疗机构 is told again as a level of 三级."""
    rise, level = (
        figures([fact(A22, 2022, "30", role=role, scope=Scope(provider=provider))])
        for role, provider in (("increase", "三级定点医疗机构"), ("level", "三级"))
    )
    changes = [change for one in compare_datasets(rise, level) for change in one.changes]

    assert {change.scope.provider for change in changes} == {"三级"}
    assert all("scope_changed" not in {change.kind, *change.also} for change in changes)


@given(some_facts(), some_facts())
@settings(max_examples=200, deadline=None)
def test_datasets_mirror(left, right):
    """Of two datasets, too; each fact of a side stands on one row at most."""
    there, back = ((spoken_figures(left), spoken_figures(right)), (spoken_figures(right), spoken_figures(left)))
    forth = [change for one in compare_datasets(*there) for change in one.changes]
    again = [change for one in compare_datasets(*back) for change in one.changes]

    assert sorted(map(repr, map(mirrored, forth))) == sorted(map(repr, map(plain, again)))
    assert moved(compare_datasets(*there)) == bool(forth)


@given(some_facts(), st.randoms())
@settings(max_examples=100, deadline=None)
def test_order_does_not_matter(facts, random):
    """The result depends on what is said, not on the order of the list of facts of a notice."""
    mixed = list(facts)
    random.shuffle(mixed)
    ordered, shuffled = (
        {repr(row) for row in _unordered(map(plain, compare_years(spoken_figures(one), "100000", 2021, 2022)))}
        for one in (facts, mixed)
    )

    assert shuffled == ordered


def _unordered(result):
    return [(*row[:3], tuple(tuple(sorted(side)) if side else None for side in row[3]), row[4]) for row in result]


def test_datasets_show_what_makes_no_row():
    """An increase, a previous value or a figure of no year that another version reads otherwise moves too."""
    before = [new("30", role="increase", fact_id="f-000000000001"), fact(A22, None, "5", fact_id="f-000000000002")]
    after = [replace(before[0], value="40"), replace(before[1], value="6")]
    found = compare_datasets(spoken_figures(before), spoken_figures(after))

    assert [(one.to, lines(one.changes)) for one in found] == [
        (0, ["raised 1 CNY 20.00"]),
        (2022, ["raised 10 CNY 33.33"]),
    ]


# ── the notices ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    if not NOTICES.is_dir():
        pytest.skip("../shared/notices is not here")
    return assemble(read_corpus(NOTICES), tmp_path_factory.mktemp("outputs"), load())


# Years, indicator, area or population, kind, values before and after, delta, percent.
FIGURES = [
    (2021, 2022, "funding.fiscal_subsidy", None, "raised", "≥580", "≥610", "30", "5.17"),
    (2021, 2022, "funding.individual_contribution", None, "raised", "320", "350", "30", "9.38"),
    (2021, 2022, "funding.central_share", "west", "unchanged", "80", "80", "0", "0.00"),
    (2021, 2022, "funding.central_share", "central", "unchanged", "60", "60", "0", "0.00"),
    (2021, 2022, "benefit.inpatient_payment_rate", None, "unchanged", "≈70", "≈70", "0", "0.00"),
    (2021, 2022, "payment.drg_pilot_cities", None, "not_mentioned", "30", None, None, None),
    (2021, 2022, "payment.dip_pilot_cities", None, "not_mentioned", "71", None, None, None),
    (2021, 2022, "payment.drg_dip_coverage", None, "introduced", None, "≥40", None, None),
    (2022, 2023, "funding.fiscal_subsidy", None, "raised", "≥610", "≥640", "30", "4.92"),
    (2022, 2023, "funding.individual_contribution", None, "raised", "350", "380", "30", "8.57"),
    (2022, 2023, "funding.total", None, "raised", "960", "1020", "60", "6.25"),
    (2022, 2023, "payment.drg_dip_coverage", None, "raised due_changed", "≥40", "≥70", "30", "75.00"),
    (2022, 2023, "procurement.drug_varieties", None, "not_mentioned", "≥350", None, None, None),
    (2022, 2023, "procurement.consumable_varieties", None, "not_mentioned", "≥5", None, None, None),
    (2022, 2023, "enrollment.coverage_rate", None, "introduced", None, "≥99", None, None),
    (2020, 2021, "funding.fiscal_subsidy", None, "raised", "≥550", "≥580", "30", "5.45"),
    (2020, 2021, "funding.individual_contribution", None, "raised", "280", "320", "40", "14.29"),
]


def shown(point):
    signs = {"eq": "", "ge": "≥", "approx": "≈"}
    return point and f"{signs[point.operator]}{point.value}"


@pytest.mark.parametrize("row", FIGURES, ids=[f"{row[0]}-{row[2]}-{row[3] or 'all'}" for row in FIGURES])
def test_the_notices(dataset, row):
    """The published figures move as they did, and every side has its words."""
    from_, to, indicator, area, *expected = row
    stored = next(one for one in dataset.comparisons if (one.region, one.from_, one.to) == ("100000", from_, to))
    found = [one for one in stored.changes if (one.indicator, one.scope.area) == (f"medical.{indicator}", area)]

    assert [
        [" ".join((one.kind, *one.also)), shown(one.before), shown(one.after), one.delta, one.delta_percent]
        for one in found
    ] == [expected]
    quoted = {fact.fact_id: fact.evidence.exact for fact in facts_named([stored], [figures_of(dataset, load())])}
    assert all(quoted[name] for side in sides(found[0]) for name in side or ())


def test_the_notices_sources(dataset):
    """960 stands in the interpretation only, 610 in both; 550 and 280 are derived."""
    of = {
        (one.from_, change.indicator.split(".")[-1]): change
        for one in dataset.comparisons
        if one.region == "100000"
        for change in one.changes
        if change.indicator
    }
    types = {one.notice_id: one.type for one in dataset.notices}
    notices = {one.fact_id: types[one.notice_id] for one in dataset.facts}

    assert [notices[name] for name in of[2022, "total"].before.fact_ids] == ["interpretation"]
    assert {notices[name] for name in of[2022, "fiscal_subsidy"].before.fact_ids} == {"interpretation", "notice"}
    assert [of[2020, name].before.status for name in ("fiscal_subsidy", "individual_contribution")] == ["derived"] * 2
    assert of[2020, "fiscal_subsidy"].before.derivation.text == "580 − 30 = 550"


def test_the_province(dataset):
    """Jiangxi adopts the nation's 2022 notice; 610 is not ≥ 610, and the change says so."""
    comparison = compare_regions(figures_of(dataset, load()), "360000", "100000", 2022)
    of = {change.indicator: change for change in comparison.changes if change.before and change.after}

    assert comparison.from_ == 2022
    assert of[SUBSIDY].kind == "operator_changed"
    assert stance(of[SUBSIDY], load_directions(load())) == "adopts"
    assert of["medical.funding.individual_contribution"].kind == "unchanged"
