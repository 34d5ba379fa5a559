"""Checks: every row's examples, the sums of the real notices, and what one altered figure makes fail."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from factories import CHINA, SUBSIDY, fact, notice
from msgspec.structs import replace

from extractor.build.incremental import assemble, read_corpus
from extractor.dataset import canonical
from extractor.dataset.check.identities import load_identities
from extractor.dataset.check.judge import (
    CheckedFigure,
    add_up,
    judge_agreement,
    judge_breakdown,
    judge_conformance,
    judge_equal,
    judge_range,
    judge_ratio,
    read_figure,
)
from extractor.dataset.check.run import make_checks
from extractor.dataset.doubts import blamed
from extractor.errors import CatalogError
from extractor.model import Copy, CopyConflict, Evidence, Region, Relation, Scope
from extractor.resources import DATA, Resources, load

NOTICES = Path(__file__).parents[2] / "shared/notices"
ROWS = load_identities(load()).rows
CONTRIBUTION, TOTAL = "medical.funding.individual_contribution", "medical.funding.total"
ASSISTANCE = "medical.funding.assistance_amount"
JIANGXI = Region(code="360000", iso="CN-JX", name="江西省")
needs_notices = pytest.mark.skipif(not NOTICES.is_dir(), reason="the shared notices are not here")

# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def outcome(row, given):
    """Judge the figures of an example by the row alone."""
    figures = {name: given[name] if "-" in given[name][1:] else read_figure(given[name]) for name in given}
    if row.kind == "increment":
        expected = add_up([(1, figures["level"].value), (-1, figures["step"].value)])
        return judge_equal(expected, figures["before"].value, list(figures.values())).status
    if row.kind == "sum":
        signs = {part.name: {"=": 0, "+": 1, "-": -1}[part.sign] for part in row.parts}
        expected = add_up([(signs[name], figure.value) for name, figure in figures.items()])
        result = next(part.name for part in row.parts if part.sign == "=")
        return judge_equal(expected, figures[result].value, list(figures.values())).status
    if row.kind == "breakdown":
        whole, *parts = figures.values()
        return judge_breakdown(whole.value, [part.value for part in parts])[0]
    if row.of == "due":
        return "pass" if given["value"] >= given["lower"] else row.violation
    if row.kind == "ratio":
        return judge_ratio([figures["value"].value], [figures["base"].value], row)[0]
    if row.kind == "bound":
        ends = [Decimal(given.get(name, getattr(row, name) or 0)) for name in ("lower", "upper")]
        return judge_range(figures["value"], *ends, row)
    judge = judge_conformance if row.kind == "conformance" else judge_agreement
    return judge(figures["other"], figures["own"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_examples_and_rejects(row):
    """Every row holds for its examples and not for its rejects, and has both."""
    assert row.examples
    assert row.rejects
    assert {outcome(row, given) for given in row.examples} == {"pass"}
    assert {outcome(row, given) for given in row.rejects} <= {"fail", "warn"}


def slots(texts):
    return {key: sorted(name for _, name, _, _ in Formatter().parse(text) if name) for key, text in texts.items()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_messages_in_english(row):
    """A row says in English what it says in Chinese, with the same figures."""
    assert slots(row.texts_en) == slots(row.texts)
    assert slots(row.texts_one) == {key: names for key, names in slots(row.texts_en).items() if "count" in names}
    assert slots(row.reasons_en) == slots(row.reasons)
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", "".join((*row.texts_en.values(), *row.reasons_en.values())))


def test_notes_in_english():
    """So do the words that are added."""
    notes = load_identities(load()).notes.values()

    assert [slots({"": note.text_en}) for note in notes] == [slots({"": note.text}) for note in notes]
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", "".join(note.text_en for note in notes))


BAD_ROWS = [
    (
        'indicator = "medical.funding.total"',
        'indicator = "medical.none"',
        ["sum.resident_medical_funding", "medical.none"],
    ),
    ('sign = "="', 'sign = "+"', ["sum.resident_medical_funding", "one part with sign '='"]),
    ("{expected}；{year_before}", "{expectation}；{year_before}", ["increment.level", "{expectation}", "expected"]),
    ('upper = "100"', 'upper = "hundred"', ["bound.rate", "'hundred'"]),
    ('id = "bound.due"', 'id = "bound.rate"', ["identity id 'bound.rate' is used twice"]),
    ("[[note]]", "[[remark]]", ["unknown table 'remark'"]),
]


@pytest.mark.parametrize(("old", "new", "words"), BAD_ROWS)
def test_wrong_rows(old, new, words, tmp_path):
    """A row that is wrong is named, with what to do."""
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators/medical.toml").write_bytes((DATA / "indicators/medical.toml").read_bytes())
    text = (DATA / "identities.toml").read_text("utf-8")

    assert old in text
    (tmp_path / "identities.toml").write_text(
        text.replace(old, new, 1 if "id =" in old or "upper" in old else -1), "utf-8"
    )
    with pytest.raises(CatalogError) as raised:
        load_identities(Resources(tmp_path))
    assert all(word in str(raised.value) for word in words), raised.value


CONFORM = [
    ("≥610", "610", "pass"), ("≥610", "≥640", "pass"), ("≥610", "609.99", "fail"), ("≥610", "≤640", "warn"),
    (">610", "610", "fail"), (">610", ">610", "pass"), ("≤3", "2", "pass"), ("≤3", "≥2", "warn"), ("<3", "3", "fail"),
    ("约70", "约70", "pass"), ("约70", "60", "warn"), ("350", "350", "pass"), ("350", "380", "warn"), ("≥40", "约40", "pass"),
]  # fmt: skip


@pytest.mark.parametrize(("other", "own", "status"), CONFORM)
def test_conformance(other, own, status):
    """A floor is kept by what is at least it; where no bound is set, only sameness is sure."""
    assert judge_conformance(read_figure(other), read_figure(own)) == status


def test_range_conforms_by_its_nearer_end():
    """20–50 keeps a cap of 50 and a floor of 20."""
    band = CheckedFigure(Decimal(20), "between", Decimal(50))

    assert judge_conformance(read_figure("≤50"), band) == judge_conformance(read_figure("≥20"), band) == "pass"
    assert judge_conformance(read_figure("≤40"), band) == judge_conformance(read_figure("≥30"), band) == "fail"


# ── copies ──────────────────────────────────────────────────────────────────────────────────────────────────────────

# The copy's words, what they are said to be.
COPIES = [("600元", "“600元”（扫描.pdf）"), (None, "无此数（扫描.pdf）")]


@pytest.mark.parametrize(("found", "said"), COPIES)
def test_copies(found, said):
    """Every figure in which another file with a notice differs is a warning that names both files."""
    one = fact("甲〔2022〕1号", 2022, "610")
    conflicts = [
        CopyConflict(fact_id=one.fact_id, expected="610 元", found=found, start=None, end=None),
        CopyConflict(fact_id=None, expected=None, found="5种", start=1, end=3),
    ]
    record = notice("甲〔2022〕1号", year=2022)
    copy = Copy(
        source=msgspec.structs.replace(record.source, path="扫描.pdf"), similarity="0.98", conflicts=tuple(conflicts)
    )
    made = checks([one], [msgspec.structs.replace(record, copies=(copy, copy))], "corroboration")
    mine, other = sorted(made, key=lambda check: check.fact_ids, reverse=True)

    assert {check.status for check in made} == {"warn"}
    assert (mine.fact_ids, mine.expected, mine.found) == ((one.fact_id,), "610 元", found)
    assert "“610 元”（甲〔2022〕1号.txt）" in mine.message
    assert said in mine.message
    assert (other.fact_ids, other.expected, other.found) == ((), None, "5种")
    assert "无此数（甲〔2022〕1号.txt），副本“5种”（扫描.pdf）" in other.message


# ── made facts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def checks(facts, notices, *kinds):
    return [check for check in make_checks(facts, notices, load()) if not kinds or check.kind in kinds]


def evidence(name, start, exact, prefix="", suffix=""):
    made = fact(name, None, None).evidence
    return Evidence(
        source=made.source, start=start, end=start + len(exact), exact=exact, prefix=prefix, suffix=suffix, section="一", page=None
    )  # fmt: skip


STEPS = [
    ("30", {}, "pass", ("580", "580")),
    ("40", {}, "fail", ("570", "580")),
    ("30", {"role": "decrease"}, "fail", ("640", "580")),
    ("30", {"operator": "ge"}, "not_made", (None, None)),
    ("5", {"unit": "%"}, None, None),
]


@pytest.mark.parametrize(("step", "fields", "status", "numbers"), STEPS)
def test_increment(step, fields, status, numbers):
    """610 after 新增30元 means 580 the year before; a step that is no exact amount proves nothing."""
    facts = [
        fact("甲〔2021〕1号", 2021, "580", operator="ge"),
        fact("甲〔2022〕1号", 2022, "610", operator="ge"),
        fact("甲〔2022〕1号", 2022, step, **{"role": "increase", **fields}),
    ]
    found = checks(facts, [notice("甲〔2021〕1号", year=2021), notice("甲〔2022〕1号", year=2022)], "increment")
    of_2022 = [check for check in found if facts[1].fact_id in check.fact_ids]

    if status is None:
        assert of_2022 == []
        return
    assert [(check.status, (check.expected, check.found)) for check in of_2022] == [(status, numbers)]
    assert all(name in of_2022[0].message for name in ("甲〔2021〕1号", "甲〔2022〕1号", "580", "610"))


UPPER, LOWER, WAGE = "insurance.base.upper", "insurance.base.lower", "insurance.base.average_wage"
HOURLY, MONTHLY = "wage.minimum.hourly", "wage.minimum.monthly"
DESTITUTE, URBAN, RURAL = (f"assistance.subsistence.{name}" for name in ("destitute_basic", "urban", "rural"))
MONTH, YEAR = ("person", "month"), ("person", "year")
# Figures of one notice (indicator, value, per, places), and the outcomes.
RATIOS = {
    "by the year": ([(UPPER, "22396", MONTH), (LOWER, "4479", MONTH), (WAGE, "89586", YEAR)], ["pass", "pass"]),
    "not said": ([(UPPER, "22396", MONTH), (WAGE, "89586", ("person",))], ["pass"]),
    "one of two": ([(UPPER, "22396", MONTH), (WAGE, "89586", YEAR), (WAGE, "7465.5", MONTH)], ["pass"]),
    "off": ([(UPPER, "20396", MONTH), (LOWER, "3479", MONTH), (WAGE, "7465.5", MONTH)], ["warn", "warn"]),
    "no wage": ([(UPPER, "22396", MONTH), (LOWER, "4479", MONTH)], []),
    "tiers": (
        [(HOURLY, "23", ("hour",), "一类"), (MONTHLY, "2490", MONTH, "一类"), (HOURLY, "211", ("hour",), "二类"), (MONTHLY, "2280", MONTH, "二类")],
        ["pass", "warn"],
    ),
    "another place's": ([(HOURLY, "230", ("hour",), "一类"), (MONTHLY, "2490", MONTH, "二类")], []),
    "of country or town": ([(DESTITUTE, "1040", MONTH), (URBAN, "900", MONTH), (RURAL, "720", MONTH)], ["pass"]),
    "below both": ([(DESTITUTE, "800", MONTH), (URBAN, "900", MONTH), (RURAL, "720", MONTH)], ["warn"]),
}  # fmt: skip


@pytest.mark.parametrize(("figures", "statuses"), RATIOS.values(), ids=RATIOS)
def test_ratios(figures, statuses):
    """A figure is as many times another of its notice as a row says; a warning quotes both."""
    facts = [
        fact("甲〔2022〕1号", 2022, value, indicator=key, per=per, scope=Scope(places=tuple(places)))
        for key, value, per, *places in figures
    ]
    found = [one for one in checks(facts, [notice("甲〔2022〕1号", year=2022)], "bound") if "倍" in one.message]

    assert sorted(one.status for one in found) == sorted(statuses)
    for one in found:
        named = [made.value for made in facts if made.fact_id in one.fact_ids]
        assert len(named) > 1
        assert all(value in one.message.replace(",", "") for value in named)


def test_ratio_of_two_notices():
    """The wage of another notice may be another year's: no check."""
    facts = [
        fact("甲〔2022〕1号", 2022, "20396", indicator=UPPER, per=MONTH),
        fact("甲〔2022〕2号", 2022, "7465.5", indicator=WAGE, per=MONTH),
    ]
    records = [notice("甲〔2022〕1号", year=2022), notice("甲〔2022〕2号", year=2022)]

    assert not [one for one in checks(facts, records) if "倍" in one.message]


def test_each_text_is_checked():
    """A notice and an interpretation that say the same are one check; one that says something else has its own."""
    relation = Relation(
        type="interprets", document_number="甲〔2022〕1号", title=None, evidence=evidence("解", 0, "甲")
    )
    records = [
        notice("甲〔2021〕1号", year=2021), notice("甲〔2022〕1号", year=2022),
        notice("解", year=2022, kind="interpretation", document_number=None, relations=(relation,)),
    ]  # fmt: skip

    def made(level):
        facts = [fact("甲〔2021〕1号", 2021, "580")]
        for name, value in (("甲〔2022〕1号", "610"), ("解", level)):
            facts += [fact(name, 2022, value), fact(name, 2022, "30", role="increase")]
        return checks(facts, records, "increment", "corroboration")

    assert [(check.kind, check.status) for check in made("610")] == [
        ("corroboration", "pass"), ("corroboration", "pass"), ("increment", "pass")
    ]  # fmt: skip
    assert [(check.kind, check.status) for check in made("620")] == [
        ("corroboration", "fail"), ("corroboration", "pass"), ("increment", "fail"), ("increment", "pass")
    ]  # fmt: skip


def test_sum_takes_a_part_from_another_text():
    """960, only in the interpretation, is checked against the notice's 610 and 350."""
    facts = [
        fact("解", 2022, "960", indicator=TOTAL),
        fact("甲〔2022〕1号", 2022, "610", operator="ge"),
        fact("甲〔2022〕1号", 2022, "350", indicator=CONTRIBUTION),
    ]
    records = [notice("甲〔2022〕1号", year=2022), notice("解", year=2022, kind="interpretation")]
    (made,) = checks(facts, records, "sum")

    assert (made.status, made.expected, made.found) == ("pass", "960", "960")
    assert set(made.fact_ids) == {one.fact_id for one in facts}
    (alone,) = checks(facts[:2], records, "sum")

    assert (alone.status, "个人缴费" in alone.message) == ("not_made", True)
    (several,) = checks([*facts, fact("甲〔2022〕1号", 2022, "640")], records, "sum")

    assert (several.status, "610" in several.message, "640" in several.message) == ("not_made", True, True)


def test_assisted_persons_pay_the_rest():
    """350 − 320 = 30; those with another scope are not mixed in."""
    facts = [
        fact("赣〔2022〕1号", 2022, "350", indicator=CONTRIBUTION, scope=Scope(population="普通居民")),
        fact("赣〔2022〕1号", 2022, "0", indicator=CONTRIBUTION, scope=Scope(population="高校大学生")),
        fact("赣〔2022〕1号", 2022, "30", indicator=CONTRIBUTION, scope=Scope(population="定额资助参保对象")),
        fact("赣〔2022〕1号", 2022, "320", indicator=ASSISTANCE, scope=Scope(population="资助参保对象")),
    ]
    (made,) = checks(facts, [notice("赣〔2022〕1号", year=2022, region=JIANGXI)], "sum")

    assert (made.status, made.expected, made.found) == ("pass", "30", "30")
    assert facts[1].fact_id not in made.fact_ids


OF_WHICH = [
    ("100", ["60", "40"], "其中", "pass"),
    ("100", ["60", "36", "40"], "其中", "pass"),
    ("100", ["60", "50"], "其中", "fail"),
    ("100", ["60", "30"], "其中", "not_made"),
    ("100", ["60", "50"], "另有", None),
    ("100", ["60"], "其中", None),
    ("100", ["60", "50"], "。其中", None),
]


@pytest.mark.parametrize(("whole", "parts", "word", "status"), OF_WHICH)
def test_parts_under_of_which(whole, parts, word, status):
    """Amounts after 其中 come to the total of their sentence; less may be an incomplete list."""
    text = f"投入{whole}万元，{word}甲{'万元、乙'.join(parts)}万元"
    facts, at = [], 0
    for value in (whole, *parts):
        start = text.index(value, at)
        at = start + len(value)
        where = evidence("甲〔2022〕1号", start, value, text[max(0, start - 32) : start], text[at : at + 32])
        facts.append(fact("甲〔2022〕1号", 2022, value, indicator=None, per=(), evidence=where))
    found = checks(facts, [notice("甲〔2022〕1号", year=2022)], "sum")

    assert [check.status for check in found] == ([] if status is None else [status])


BOUNDS = [
    ({"kind": "rate", "unit": "%", "value": "170", "indicator": "medical.funding.central_share"}, ["fail", "warn"]),
    ({"kind": "rate", "unit": "%", "value": "300", "indicator": None}, ["warn"]),
    ({"kind": "rate", "unit": "%", "value": "100", "indicator": None}, ["pass"]),
    ({"value": "6100"}, ["warn"]),
    ({"value": "610"}, ["pass"]),
    ({"value": "610", "due": "2012-12-31", "indicator": None}, ["fail"]),
    ({"value": "610", "due": "2022-06-30", "indicator": None}, ["pass"]),
    ({"kind": "duration", "unit": "mo", "value": "3", "indicator": "medical.benefit.waiting_period"}, ["not_made"]),
]


@pytest.mark.parametrize(("fields", "expected"), BOUNDS)
def test_bounds(fields, expected):
    """Rates lie in 0–100, figures in the catalog's range, deadlines not before the notice."""
    fields = dict(fields)
    facts = [fact("甲〔2022〕1号", 2022, fields.pop("value"), **fields)]
    found = checks(facts, [notice("甲〔2022〕1号", year=2022, issued_on="2022-06-30")], "bound")

    assert [check.status for check in found] == expected


def test_province_against_the_notice_it_implements():
    """The relation decides: 610 meets a floor of 610, operators differ; a notice that isn't there can't be met."""
    link = Relation(type="implements", document_number="国〔2022〕1号", title=None, evidence=evidence("赣", 0, "国"))
    province = notice("赣", year=2022, region=JIANGXI, relations=(link,))
    nation, other = notice("国〔2022〕1号", year=2022, region=CHINA), notice("国〔2021〕1号", year=2021, region=CHINA)
    facts = [
        fact("赣", 2022, "610"), fact("国〔2022〕1号", 2022, "610", operator="ge"), fact("国〔2021〕1号", 2021, "700", operator="ge")
    ]  # fmt: skip
    (made,) = checks(facts, [province, nation, other], "conformance")

    assert made.status == "pass"
    assert all(word in made.message for word in ("江西省610元", "全国≥610元", "符合", "不低于、等于"))
    (lower,) = checks([fact("赣", 2022, "600"), *facts[1:]], [province, nation, other], "conformance")

    assert (lower.status, lower.expected, lower.found) == ("fail", "610", "600")
    (absent,) = checks([facts[0], facts[2]], [province, other], "conformance")

    assert (absent.status, "没有国〔2022〕1号" in absent.message) == ("not_made", True)


def test_what_is_asked_of_some_is_not_asked_of_all():
    """农村低收入人口和脱贫人口参保率稳定在99%以上 is no floor of 参保率稳定在95%以上; one for everybody is one for some."""
    link = Relation(type="implements", document_number="国〔2022〕1号", title=None, evidence=evidence("赣", 0, "国"))
    records = [
        notice("赣", year=2022, region=JIANGXI, relations=(link,)),
        notice("国〔2022〕1号", year=2022, region=CHINA),
    ]
    some = Scope(population="农村低收入人口")
    own, theirs = fact("赣", 2022, "95", operator="ge"), fact("国〔2022〕1号", 2022, "99", operator="ge")
    (general,) = checks([own, replace(theirs, scope=some)], records, "conformance")
    (particular,) = checks([replace(own, scope=some), theirs], records, "conformance")

    assert (general.status, particular.status) == ("not_made", "fail")


@pytest.mark.parametrize(
    ("subject", "own", "status"),
    [
        ("基础养老金最低标准", "138", "fail"),
        ("基础养老金最低标准", "143", "pass"),
        ("孤儿最低养育标准", "150", "pass"),
        ("基础养老金标准", "150", "warn"),
        ("最低生活保障标准", "138", "warn"),
    ],
)
def test_a_minimum_standard_is_a_floor(subject, own, status):
    """What the nation calls a minimum standard is kept by what is at least it, however it is stated; others aren't."""
    link = Relation(
        type="implements", document_number="国〔2022〕1号", title=None, evidence=fact("国", 2022, "1").evidence
    )
    province = notice("赣", year=2022, region=Region(code="360000", iso="CN-JX", name="江西省"), relations=(link,))
    nation = notice("国〔2022〕1号", year=2022)
    given = [fact("赣", 2022, own), fact("国〔2022〕1号", 2022, "143", subject=subject)]
    (made,) = checks(given, [province, nation], "conformance")

    assert (made.status, "最低标准，按下限" in made.message) == (status, status != "warn")
    assert blamed(made, {one.fact_id: one.notice_id for one in given}) == (given[0].fact_id,)


def test_ids_stay():
    """A check's id depends on its kind and places: not on figures read there, nor on order."""
    records = [notice("甲〔2021〕1号", year=2021), notice("甲〔2022〕1号", year=2022)]
    facts = [
        fact("甲〔2021〕1号", 2021, "580", fact_id="f-000000000001"), fact("甲〔2022〕1号", 2022, "610", fact_id="f-000000000002"),
        fact("甲〔2022〕1号", 2022, "30", role="increase", fact_id="f-000000000003"),
    ]  # fmt: skip
    again = [*facts[:1], fact("甲〔2022〕1号", 2022, "620", fact_id="f-000000000002"), facts[2]]
    first, second = (
        [c for c in checks(found, records, "increment") if c.status != "not_made"] for found in (facts, again)
    )

    assert [check.check_id for check in first] == [check.check_id for check in second]
    assert make_checks(facts, records, load()) == make_checks(facts[::-1], records, load())


# ── the real notices ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Read the shared notices, some of them altered, and check them."""
    if not NOTICES.is_dir():
        pytest.skip("the shared notices are not here")

    def read(name=None, old="", new=""):
        corpus = tmp_path_factory.mktemp("corpus")
        for path in NOTICES.iterdir():
            text = path.read_text("utf-8")
            if path.name == name:
                assert old in text
                text = text.replace(old, new, 1)
            (corpus / path.name).write_text(text, "utf-8")
        return assemble(read_corpus(corpus), corpus / "outputs", load())

    return read


@needs_notices
def test_real_notices_agree(real):
    """Every check of the real notices that can be made passes, the ones asked for among them."""
    dataset = real()
    passed = [check for check in dataset.checks if check.status == "pass"]

    assert {check.status for check in dataset.checks} == {"pass", "not_made"}
    assert sorted(check.found for check in passed if check.kind == "increment") == ["320", "580"]
    assert sorted(check.found for check in passed if check.kind == "sum") == ["1020", "30", "960"]
    floor = [check for check in passed if check.kind == "conformance" and "≥610" in check.message]

    assert ["江西省610元（赣医保发〔2022〕14号 二/（一））" in check.message for check in floor] == [True]
    assert "两处写法不同" in floor[0].message
    assert all("：" in check.message for check in dataset.checks if check.status == "not_made")


# Altered figure → what fails: (kind, words of the message).
ALTERED = [
    ("2021-national-hant.txt", "580元", "570元", [("increment", ["2022年≥610元（医保发〔2022〕20号", "≥570元（n-"])]),
    ("2021-national-hant.txt", "320元", "330元", [("increment", ["350元（医保发〔2022〕20号", "330元（n-"])]),
    ("2023-national.txt", "1020 元", "1030 元", [("sum", ["≥640元（医保发〔2023〕24号 一）", "1030元（医保发〔2023〕24号 一）"])]),
    ("2023-national.txt", "380 元", "390 元", [("sum", ["390元（医保发〔2023〕24号 一）", "1020元（医保发〔2023〕24号 一）"])]),
    ("2022-interpretation-damaged.txt", "960元", "970元", [("sum", ["610元（《国家医保局 财政部", "970元（《国家医保局 财政部"])]),
    ("2022-jiangxi.txt", "320元", "310元", [("sum", ["310元（赣医保发〔2022〕14号 三/（一）", "30元（赣医保发〔2022〕14号 四/（二）"])]),
    ("2022-jiangxi.txt", "每人每年610元", "每人每年600元",
     [("conformance", ["600元（赣医保发〔2022〕14号 二/（一）", "≥610元（医保发〔2022〕20号 一）"])]),
    ("2022-national.txt", "财政补助标准新增30元", "财政补助标准新增40元",
     [("corroboration", ["+40元（医保发〔2022〕20号 一）", "+30元（《国家医保局 财政部"]),
      ("increment", ["≥610元（医保发〔2022〕20号 一）", "+40元（医保发〔2022〕20号 一）", "≥580元（n-"])]),
    ("2022-national.txt", "比例稳定在70%", "比例稳定在170%", [("bound", ["170%（医保发〔2022〕20号 二）"]), ("corroboration", ["70%"])]),
    ("2023-national.txt", "2023年底不少于", "2013年底不少于", [("bound", ["2013-12-31", "2023-07-26"])]),
]  # fmt: skip


@needs_notices
@pytest.mark.parametrize(
    ("name", "old", "new", "expected"), ALTERED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_altered_figure(name, old, new, expected, real):
    """One altered figure makes the checks of that figure fail, which name both places, and no other."""
    text = (NOTICES / name).read_text("utf-8")
    old = old if old in text else old.replace("2023年底", "2023 年底")
    failed = [check for check in real(name, old, new).checks if check.status == "fail"]

    assert [check.kind for check in failed] == [kind for kind, _ in expected], [check.message for check in failed]
    for check, (_, words) in zip(failed, expected, strict=True):
        assert all(word in check.message for word in words), check.message


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def run(command_line, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    return command_line


def dataset_of(tmp_path, *values):
    from extractor.dataset.versions import make_dataset

    names = [f"甲〔{2021 + index}〕1号" for index in range(len(values))]
    records = tuple(notice(name, year=2021 + index) for index, name in enumerate(names))
    facts = [fact(name, 2021 + index, value) for index, (name, value) in enumerate(zip(names, values, strict=True))]
    facts.append(fact(names[-1], 2020 + len(values), "30", role="increase"))
    return make_dataset(
        tmp_path, "", notices=records, set_aside=(), facts=tuple(facts), unresolved=(), series=(), checks=(), comparisons=()
    )  # fmt: skip


def test_command(run, tmp_path):
    """Status 0 where nothing fails, 1 where something does, 2 for what is no dataset; JSON for programs."""
    good, bad = dataset_of(tmp_path, "580", "610"), dataset_of(tmp_path, "580", "620")
    (tmp_path / "d.json").write_bytes(canonical.encode(good))
    status, out, err = run("check", "--dataset", "d.json", "-v")

    assert (status, err) == (0, "")
    assert "通过" in out
    assert "上年应为580" in out.replace(" ", "")
    status, out, _ = run("check", "--dataset", "-", "--json", stdin=canonical.encode(bad))

    assert status == 1
    assert [row["status"] for row in json.loads(out) if row["kind"] == "increment"] == ["fail"]
    status, out, _ = run("check", "--dataset", "-", "--lang", "en", stdin=canonical.encode(bad))

    assert (status, "FAIL" in out) == (1, True)
    assert "which makes 590 for that; but 2021 has 580 CNY" in " ".join(out.split())


def nowhere(plain):
    plain["facts"][0]["notice_id"] = "没有〔2020〕1号"


def twice(plain):
    plain["facts"].append(plain["facts"][0])


def other_major(plain):
    plain["schema_version"] = "9.0.0"


@pytest.mark.parametrize(
    ("spoil", "words"), [(nowhere, ["没有〔2020〕1号"]), (twice, ["2 times"]), (other_major, ["9.0.0", "reads 2.x"])]
)
def test_edited_dataset(spoil, words, run, tmp_path):
    """A dataset that was edited by hand is refused with status 2."""
    plain = json.loads(canonical.encode(dataset_of(tmp_path, "580", "610")))
    spoil(plain)
    (tmp_path / "d.json").write_bytes(canonical.encode(plain))
    status, out, err = run("check", "--dataset", "d.json")

    assert (status, out) == (2, "")
    assert all(word in err for word in ("d.json", *words)), err


def test_truncated_dataset(run, tmp_path):
    """A file cut short is refused with the place."""
    data = canonical.encode(dataset_of(tmp_path, "580", "610"))
    (tmp_path / "d.json").write_bytes(data[: len(data) // 2])
    status, _, err = run("check", "--dataset", "d.json")

    assert (status, "line " in err) == (2, True)


def test_subsidy_is_known():
    """The tables above speak of an indicator of the catalog."""
    assert SUBSIDY in load_identities(load()).indicators


def test_figures_in_no_series(tmp_path, command_line):
    """The command says how many figures are in no series and why, and names each when asked for all; `show` says it of one."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    text = "关于做好2022年居民养老保险工作的通知\n\n一、居民养老保险缴费标准设每年200元、500元两个档次。\n"
    (corpus / "a.txt").write_text(text, "utf-8")
    assert command_line("build", corpus, "-o", out)[0] == 0
    status, said, _ = command_line("check", "-o", out, "-v", "--lang", "en")
    name = re.search(r"(f-\w{12})  .*500 CNY", said)[1]

    assert status == 0
    assert "Linked figures in no series 2" in said
    assert "2 in a list that nothing tells apart" in " ".join(said.split())
    shown = " ".join(command_line("show", name, "-o", out, "--corpus", corpus, "--lang", "en")[1].split())
    assert "Series In none: in a list that nothing tells apart" in shown
