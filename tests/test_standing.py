"""How sure a figure still is: what its words say of when it holds, what a point rests on in time, what was known on a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import CHINA, SUBSIDY, evidence, fact, notice
from msgspec.structs import replace

import extractor
from extractor import Dataset
from extractor.dataset.series import build_series
from extractor.errors import ReadingError
from extractor.model import Region, Relation, Support
from extractor.resources import load

OUTPUTS = Path(__file__).parents[1] / "outputs"
CONTRIBUTION, TOTAL = "medical.funding.individual_contribution", "medical.funding.total"

# What a notice says, and of the figure in it: its last day, whether it holds until it is adjusted, the words.
FIGURES = [
    (
        "a day until which a figure holds",
        "自2031年1月1日起，失业保险总费率降至1%，执行至2031年12月31日。",
        ("1", "2031-12-31", False, ["自2031年1月1日起", "执行至2031年12月31日"]),
    ),
    ("the next adjustment", "2031年度职工医保月缴费基数上限为31000元，执行至下一调整日。", ("31000", None, True, ["执行至下一调整日"])),
    ("a new standard", "月最低工资标准为2500元，沿用至新标准公布之日。", ("2500", None, True, ["沿用至新标准公布之日"])),
    (
        "a value that no longer holds, from a day",
        "自2031年1月1日起，居民医保个人缴费每人每年350元的标准不再执行。",
        ("350", "2030-12-31", False, ["自2031年1月1日起", "的标准不再执行"]),
    ),
    ("a value that no longer holds", "居民医保个人缴费每人每年350元的标准停止执行。", ("350", None, False, ["的标准停止执行"])),
    (
        "a rule that no longer holds, from a day behind it",
        "个人缴费每人每年350元的规定自2031年1月1日起不再执行。",
        ("350", "2030-12-31", False, ["自2031年1月1日起", "的规定自2031年1月1日起不再执行"]),
    ),
    ("an allowance that ends", "每人每月100元的高龄津贴标准同时废止。", ("100", None, False, ["的高龄津贴标准同时废止"])),
    (
        "a last day is that of its own clause",
        "城市低保标准为每人每月900元，原标准每人每月850元执行至2031年6月30日。",
        ("900", None, False, []),
    ),
    ("the card's term is none of the fee", "居住证工本费为每证20元，有效期至2031年12月31日。", ("20", None, False, [])),
    ("the start of a change ends nothing", "居民医保个人缴费由每人每年350元提高到380元。", ("350", None, False, [])),
    ("a period of paying in is no term", "居民医保个人缴费为每人每年380元，集中缴费期延长至2031年2月28日。", ("380", None, False, [])),
    ("what begins has no end by that", "自2031年7月1日起，城市低保标准为每人每月900元。", ("900", None, False, ["自2031年7月1日起"])),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_figure_until(words, expected):
    """A figure has a last day only where words say so, and they are its support."""
    text = f"甲市关于调整有关标准的通知\n各有关单位：\n{words}\n甲市人民政府\n2030年12月20日"
    value, *_ = expected
    found = next(one for one in extractor.read_notice(text.encode()).facts if one.value == value)
    said = [one.exact for one in found.support if one.for_ == "valid"]

    assert (found.value, found.valid_to, found.until_changed, said) == expected


# The last articles of a notice: the last day it holds, whether it does until it is adjusted, and what it ends.
NOTICES = [
    ("a term", "本办法自2031年3月1日起施行，有效期5年。", ("2036-02-29", False, [])),
    ("a term from its issue", "本办法自印发之日起试行两年。", ("2032-12-19", False, [])),
    ("a certificate's term is none of its own", "本办法自2031年3月1日起施行。经审核发给居住证，有效期1年。", (None, False, [])),
    ("an assessment's term", "评估结论有效期为2年。本办法自2031年3月1日起施行。", (None, False, [])),
    ("a card's last day", "本办法自2031年3月1日起施行。符合条件的发给优待证，有效期至2033年12月31日。", (None, False, [])),
    ("a last day", "本办法自2031年3月1日起施行，有效期至2033年12月31日。", ("2033-12-31", False, [])),
    ("the next adjustment", "上述标准执行至国家新的规定出台之日。", (None, True, [])),
    (
        "it ends another with its own start",
        "本办法自2031年3月1日起施行，《关于发放高龄津贴的通知》（甲民发〔2025〕3号）同时废止。",
        (None, False, [("甲民发〔2025〕3号", "同时废止", "2031-03-01", None)]),
    ),
    (
        "it ends another from a day",
        "自2031年7月1日起，《关于提高低保标准的通知》（甲民发〔2030〕5号）不再执行。",
        (None, False, [("甲民发〔2030〕5号", "不再执行", "2031-07-01", None)]),
    ),
    (
        "it ends a part",
        "《关于调整最低工资标准的通知》（甲人社发〔2029〕12号）第二条停止执行。",
        (None, False, [("甲人社发〔2029〕12号", "停止执行", None, "第二条")]),
    ),
    (
        "it ends what another says of one thing",
        "《关于社会救助的通知》（甲民发〔2028〕7号）中有关低保标准的规定同时废止。",
        (None, False, [("甲民发〔2028〕7号", "同时废止", None, "中有关低保标准的规定同时废止")]),
    ),
    ("what goes on ends nothing", "《关于社会救助的通知》（甲民发〔2028〕7号）继续有效，未废止的规定照常执行。", (None, False, [])),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in NOTICES], ids=[row[0] for row in NOTICES])
def test_notice_until(words, expected):
    """A notice's own term, and what it ends, with the words; what it issues to people has a term of its own."""
    text = f"甲市社会救助办法\n各区：\n第一条 为规范管理，制定本办法。\n第二条 {words}\n甲市民政局\n2030年12月20日"
    found = extractor.read_notice(text.encode()).notice
    ends = [
        (one.document_number, one.words.exact if one.words else None, one.ends_on, one.part)
        for one in found.relations
        if one.type in {"repeals", "replaces"}
    ]

    assert (found.expires_on, found.until_changed, ends) == expected
    assert bool(found.expires_on) == any(one.for_ == "expires_on" for one in found.validity)


# ── what a point rests on ───────────────────────────────────────────────────────────────────────────────────────────

A, B, C, TOLD = "甲发〔2031〕1号", "甲发〔2032〕1号", "甲发〔2033〕1号", "解读"


def dated(**more):
    """Make three years' notices and an interpretation of the first, each with its day, or what else is said of them."""
    days = {A: "2031-05-01", B: "2032-06-01", C: "2033-07-01"}
    made = [notice(name, **{"issued_on": day, **more.get(name, {})}) for name, day in days.items()]
    return (*made, notice(TOLD, kind="interpretation", published_on="2031-05-09"))


def ending(by=C, of=A, title=None, **fields):
    """Make the relation by which a notice ends another, of a number or a title."""
    relation = Relation(
        type="repeals",
        document_number=of,
        title=title,
        evidence=evidence(by, of or "一"),
        words=evidence(by, "同时废止"),
        **fields,
    )
    return {by: {"relations": (relation,)}}


def ended(value, by, day):
    """Make the fact of an old value that no longer holds."""
    one = fact(by, 2033, value, role="previous", valid_to=day)
    return replace(one, support=(Support(for_="valid", start=0, end=4, exact="不再执行"),))


JIANGXI, NANCHANG, HUNAN = (
    Region(code=code, iso=None, name=name)
    for code, name in (("360000", "江西省"), ("360100", "南昌市"), ("430000", "湖南省"))
)
TITLE = "关于发放高龄津贴的通知"
# Who ends what: the regions of the two notices, and whether a figure ends by a number, by a title.
REPEALERS = [
    ("its own region's", JIANGXI, JIANGXI, True, True),
    ("a city's of the province's", NANCHANG, JIANGXI, False, False),
    ("a province's of the nation's", JIANGXI, CHINA, False, False),
    ("the nation's of a province's", CHINA, JIANGXI, False, False),
    ("another province's", HUNAN, JIANGXI, False, False),
    ("one of an unknown region", None, JIANGXI, True, False),
    ("of one of an unknown region", HUNAN, None, True, False),
]


def ending_from(by, of, title):
    """Make notices of two regions, the later of which ends the other, by its number or, where it has none, its title."""
    more = ending(of=None if title else A, title=title)
    return {
        C: {"region": by, **more[C]},
        A: {"region": of, **({"title": title, "document_number": None} if title else {})},
    }


POINTS = [
    ("stated once", [fact(A, 2031, "500")], {}, [("2031-05-01", None, None, None, None, [])]),
    (
        "confirmed by its interpretation and the next year, then replaced",
        [fact(A, 2031, "500"), fact(TOLD, 2031, "500"), fact(B, 2032, "500.0"), fact(C, 2033, "520")],
        {},
        [
            ("2031-05-01", "2032-06-01", B, C, None, []),
            ("2032-06-01", None, None, C, None, []),
            ("2033-07-01", None, None, None, None, []),
        ],
    ),
    (
        "what comes back later confirms nothing",
        [fact(A, 2031, "500"), fact(B, 2032, "510"), fact(C, 2033, "500")],
        {},
        [("2031-05-01", None, None, B, None, []), ("2032-06-01", None, None, C, None, []), ("2033-07-01", None, None, None, None, [])],
    ),
    (
        "as much more a year later is another rise",
        [fact(A, 2031, "20", role="increase"), fact(B, 2032, "20", role="increase")],
        {},
        [("2031-05-01", None, None, B, None, []), ("2032-06-01", None, None, None, None, [])],
    ),
    ("a notice without a day", [fact(A, 2031, "500")], {A: {"issued_on": None}}, [(None, None, None, None, None, [])]),
    (
        "the day of publication is no day of issue",
        [fact(A, 2031, "500")],
        {A: {"issued_on": None, "published_on": "2031-05-03"}},
        [(None, None, None, None, None, [])],
    ),
    ("a term of its notice", [fact(A, 2031, "500")], {A: {"expires_on": "2036-04-30"}}, [("2031-05-01", None, None, None, "2036-04-30", [])]),
    ("a last day of its own", [fact(A, 2031, "500", valid_to="2031-12-31")], {}, [("2031-05-01", None, None, None, "2031-12-31", [])]),
    (
        "its notice is repealed, from a day",
        [fact(A, 2031, "500")],
        ending(ends_on="2033-08-01"),
        [("2031-05-01", None, None, C, "2033-07-31", [A, "同时废止"])],
    ),
    ("its notice is repealed, no day told", [fact(A, 2031, "500")], ending(), [("2031-05-01", None, None, C, None, [A, "同时废止"])]),
    ("a part of its notice is repealed", [fact(A, 2031, "500")], ending(part="第三条"), [("2031-05-01", None, None, None, None, [])]),
    ("another notice is repealed", [fact(A, 2031, "500")], ending(of="甲发〔2031〕11号"), [("2031-05-01", None, None, None, None, [])]),
    *(
        (f"{words}, by {'title' if title else 'number'}", [fact(A, 2031, "500")], ending_from(by, of, title),
         [("2031-05-01", None, None, C, None, ["一" if title else A, "同时废止"]) if ends else ("2031-05-01", None, None, None, None, [])])
        for words, by, of, *both in REPEALERS
        for title, ends in zip((None, TITLE), both, strict=True)
    ),
    (
        "it is called a value that no longer holds",
        [fact(A, 2031, "500"), ended("500", C, "2033-06-30")],
        {},
        [("2031-05-01", None, None, C, "2033-06-30", ["一", "不再执行"])],
    ),
    ("another value no longer holds", [fact(A, 2031, "500"), ended("480", C, "2033-06-30")], {}, [("2031-05-01", None, None, None, None, [])]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "more", "expected"), [row[1:] for row in POINTS], ids=[row[0] for row in POINTS])
def test_points(facts, more, expected):
    """A point says when it was stated, confirmed, replaced and ended; what no text says is None."""
    (series,) = build_series(facts, dated(**more), load())
    found = [
        (
            point.stated_on, point.last_confirmed_on, point.last_confirmed_by, point.superseded_by, point.expires_on,
            [words.exact for words in point.ends],
        )
        for point in series.points
    ]  # fmt: skip

    assert found == expected


def test_holds_until_the_next():
    """What holds until it is adjusted ends on the day before the next figure, where that day is stated."""
    facts = [fact(A, 2031, "500", until_changed=True), fact(B, 2032, "520", valid_from="2032-07-01")]
    (series,) = build_series(facts, dated(), load())

    assert [(one.until_changed, one.expires_on) for one in series.points] == [(True, "2032-06-30"), (False, None)]


# ── as of a day ─────────────────────────────────────────────────────────────────────────────────────────────────────

# By hand, from corpus/: what the nation's notices (27 May 2021, 30 June 2022 with its interpretation of 20 July, 26 July 2023, one
# of 2024 without a day) and the province's (2 September 2022) said by a day; ? where no text says that it still holds.
AS_OF = [
    ("2021-05-26", "100000", CONTRIBUTION, None), ("2021-05-27", "100000", CONTRIBUTION, "320"),
    ("2021-12-31", "100000", CONTRIBUTION, "320"), ("2022-01-01", "100000", CONTRIBUTION, "320?"),
    ("2022-06-29", "100000", CONTRIBUTION, "320?"), ("2022-06-30", "100000", CONTRIBUTION, "350"),
    ("2023-07-25", "100000", CONTRIBUTION, "350?"), ("2023-07-26", "100000", CONTRIBUTION, "380"),
    ("2023-12-31", "100000", CONTRIBUTION, "380"), ("2024-01-01", "100000", CONTRIBUTION, None),
    ("2025-06-01", "100000", CONTRIBUTION, None),
    ("2021-05-26", "100000", SUBSIDY, None), ("2021-06-01", "100000", SUBSIDY, "≥580"),
    ("2022-03-01", "100000", SUBSIDY, "≥580?"), ("2022-07-01", "100000", SUBSIDY, "≥610"),
    ("2023-08-01", "100000", SUBSIDY, "≥640"), ("2024-08-01", "100000", SUBSIDY, None),
    ("2022-09-01", "360000", SUBSIDY, "≥610"), ("2022-09-02", "360000", SUBSIDY, "610"),
    ("2023-07-25", "360000", SUBSIDY, "610?"),
    # From then on the nation asks for 640.
    ("2023-07-26", "360000", SUBSIDY, None), ("2025-12-31", "360000", SUBSIDY, None),
    ("2022-09-01", "360000", CONTRIBUTION, "350"), ("2021-06-01", "360000", CONTRIBUTION, "320"),
    # Who pays the province's is insured from the next year on; what it had been before was never its own text's.
    ("2022-09-02", "360000", CONTRIBUTION, "350"), ("2022-12-31", "360000", CONTRIBUTION, "350"),
    ("2023-01-01", "360000", CONTRIBUTION, "350"),
    ("2022-07-19", "100000", TOTAL, None), ("2022-07-20", "100000", TOTAL, "960"), ("2023-07-25", "100000", TOTAL, "960?"),
    ("2023-07-26", "100000", TOTAL, "1020"), ("2025-01-01", "100000", TOTAL, "1020?"),
]  # fmt: skip


@pytest.fixture(scope="module")
def dataset():
    return Dataset.load(OUTPUTS / "dataset.json")


@pytest.mark.parametrize(("day", "region", "indicator", "expected"), AS_OF)
def test_as_of(day, region, indicator, expected, dataset):
    """What was known and in force on a day, over five years of the corpus; what isn't sure refuses to be exact."""
    try:
        found = dataset.value(indicator, region=region, as_of=day)
    except ReadingError:
        assert expected is None
        return

    sign = {"ge": "≥", "eq": ""}[found.operator]
    assert f"{sign}{found.value}{'?' * found.unconfirmed}" == expected
    if found.unconfirmed:
        with pytest.raises(ReadingError, match="the last figure known"):
            _ = found.at_least


SPOKEN = [
    ({"as_of": "2020-01-01"}, r"nothing was known as of 2020-01-01\. The first notice that states it is of 2021-05-27"),
    ({"as_of": "2024-09-01"}, r"医保发〔2024〕19号 states one for 2024 and bears no day"),
    ({"as_of": "2024-9-1"}, "is no day"),
    ({"as_of": "2022-01-01", "year": 2022}, "nothing for year=2022, as_of='2022-01-01'"),
]


def test_as_of_below_a_later_bound(dataset):
    """A region's figure that a later bound from above rules out isn't served as the last one known: 610 where 640 is asked for."""
    with pytest.raises(
        ReadingError, match=r"is 610 CNY of 2022, but 医保发〔2023〕24号 of 100000 states ≥640 CNY for 2023"
    ):
        dataset.value(SUBSIDY, region="360000", as_of="2023-07-26")

    assert dataset.value(SUBSIDY, region="360000", as_of="2023-07-26", year=2022).exact == 610
    assert dataset.value(SUBSIDY, region="360000", as_of="2023-07-26", year=2023).inherited


def test_as_of_tells_nothing_later(dataset):
    """What only later or undated texts state is not told where nothing was known."""
    with pytest.raises(ReadingError, match="nothing was known as of 2021-01-01") as told:
        dataset.value("insurance.base.average_wage", region="110000", as_of="2021-01-01")

    assert "135567" not in str(told.value)


def test_a_later_text_replaces_what_holds_without_an_end(dataset):
    """从2024年1月1日起…123元 and 从2025年1月1日起…143元: on a day of 2026 the later one holds."""
    found = {
        day: dataset.value("pension.resident.basic_amount", region="100000", on=day).exact
        for day in ("2024-06-01", "2026-06-01")
    }

    assert found == {"2024-06-01": 123, "2026-06-01": 143}


def test_ends_with_its_notice(dataset):
    """上述政策执行至2024年12月31日 in a part of its own ends all that the notice states."""
    found = dataset.value("unemployment.stability.return_rate", region="100000", year=2024, population="大型企业")

    assert str(found.expires_on) == "2024-12-31"


@pytest.mark.parametrize(("asked", "words"), SPOKEN)
def test_as_of_says_why_not(asked, words, dataset):
    """An answer that can't be given says what there is, and since when."""
    with pytest.raises(ReadingError, match=words):
        dataset.value(CONTRIBUTION, region="100000", **asked)


def test_reading_in_time(dataset):
    """A reading says what it rests on; asked as of a day, by the texts of that day."""
    now = dataset.value(CONTRIBUTION, year=2022, region="100000")
    then = dataset.value(CONTRIBUTION, region="100000", as_of="2022-07-01")
    known = dataset.value(CONTRIBUTION, year=2021, region="100000", as_of="2022-01-01")

    assert [str(one) for one in (now.stated_on, now.last_confirmed_on)] == ["2022-06-30", "2022-07-20"]
    assert (now.superseded_by, now.unconfirmed, now.as_of) == ("医保发〔2023〕24号", False, None)
    assert (then.superseded_by, then.last_confirmed_on, then.exact) == (None, None, 350)
    assert (known.exact, known.superseded_by) == (320, None)


def test_repealed_is_not_in_force():
    """From the day on which a text ends a notice, its figures answer no more, and no older one revives."""
    facts = (fact(A, 2031, "480"), fact(B, 2032, "500"))
    notices = dated(**ending(of=B, ends_on="2033-08-01"))
    data = Dataset.load(OUTPUTS / "dataset.json").data
    held = Dataset(replace(data, facts=facts, notices=notices, series=build_series(facts, notices, load())))

    assert held.value(SUBSIDY, region="100000", as_of="2033-07-31").value == 500
    with pytest.raises(ReadingError, match="had ended by then"):
        held.value(SUBSIDY, region="100000", as_of="2033-08-01")
