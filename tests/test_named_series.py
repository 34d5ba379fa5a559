"""Series of what the catalog has no indicator for: two years of any notice are compared by the names of what they measure."""

from __future__ import annotations

import pytest
from factories import fact, notice

from extractor.build.incremental import assemble, read_corpus
from extractor.dataset.named_series import load_names
from extractor.dataset.series import build_series
from extractor.model import Scope
from extractor.resources import load

NAMES = load().built(load_names)
A30, A31 = "福政发〔2030〕1号", "福政发〔2031〕2号"


@pytest.mark.parametrize("row", NAMES.rows, ids=[row.id for row in NAMES.rows])
def test_rows_of_names(row):
    """Each row of the file fits its examples and none of its near misses."""
    assert [name for name in row.examples if not row.fits(name)] == []
    assert [name for name in row.rejects if row.fits(name)] == []


def test_trimming():
    """What tells no two names apart is no part of the key."""
    assert [NAMES.trimmed(name) for name, _ in NAMES.trim.examples] == [short for _, short in NAMES.trim.examples]


def level(name, year, value, subject="高龄津贴", **fields):
    return fact(name, year, value, **{"indicator": None, "subject": subject, "per": ("person", "month"), **fields})


def named(*facts):
    """Write the series of facts without indicator: name, role, years and figures."""
    effective, begins = (
        notice("福人社规〔2031〕9号", effective_on="2031-03-01"),
        notice("福人社发〔2031〕7号", begins_in=2031),
    )
    notices = [notice(A30), notice(A31), notice("解读", kind="interpretation"), effective, begins]
    series = build_series(facts, notices, load())
    return sorted(
        (one.subject, one.role, *(f"{point.year} {point.value} {point.status}" for point in one.points))
        for one in series
    )


JOINED = [
    ("two years", [level(A30, 2030, "100"), level(A31, 2031, "110")], [("高龄津贴", "level", "2030 100 stated", "2031 110 stated")]),
    ("标准 says nothing more", [level(A30, 2030, "100"), level(A31, 2031, "110", "高龄津贴标准")],
     [("高龄津贴标准", "level", "2030 100 stated", "2031 110 stated")]),
    ("two sources that agree", [level(A31, 2031, "110"), level("解读", 2031, "110")], [("高龄津贴", "level", "2031 110 corroborated")]),
    ("two sources that don't", [level(A31, 2031, "110"), level("解读", 2031, "120")], [("高龄津贴", "level", "2031 None conflicting")]),
    ("one notice that says two", [level(A31, 2031, "110"), level(A31, 2031, "120")], []),
    ("two deadlines", [level(A31, 2031, "110", due="2031-06-30"), level(A31, 2031, "120", due="2031-12-31")],
     [("高龄津贴", "level", "2031 110 stated", "2031 120 stated")]),
    ("for others", [level(A30, 2030, "100", scope=Scope(population="八十岁老人")), level(A31, 2031, "110", scope=Scope(population="百岁老人"))],
     [("高龄津贴", "level", "2030 100 stated"), ("高龄津贴", "level", "2031 110 stated")]),
    ("of another programme", [level(A30, 2030, "100", programme="pension"), level(A31, 2031, "110", programme="unemployment")],
     [("高龄津贴", "level", "2030 100 stated"), ("高龄津贴", "level", "2031 110 stated")]),
    ("a programme that one text names", [level(A30, 2030, "100", programme="elderly"), level(A31, 2031, "110")],
     [("高龄津贴", "level", "2030 100 stated", "2031 110 stated")]),
    ("one of two programmes", [level(A30, 2030, "9", programme="elderly"), level("解读", 2030, "8", programme="pension"), level(A31, 2031, "110")],
     [("高龄津贴", "level", "2030 8 stated"), ("高龄津贴", "level", "2030 9 stated"), ("高龄津贴", "level", "2031 110 stated")]),
    ("per another time", [level(A30, 2030, "100"), level(A31, 2031, "1200", per=("person", "year"))],
     [("高龄津贴", "level", "2030 100 stated"), ("高龄津贴", "level", "2031 1200 stated")]),
    ("an increase is no level", [level(A30, 2030, "100"), level(A31, 2031, "10", role="increase")],
     [("高龄津贴", "increase", "2031 10 stated"), ("高龄津贴", "level", "2030 100 stated")]),
    ("the old value", [level(A31, 2031, "100", role="previous")], []),
    ("a condition", [level(A31, 2031, "100", role="condition")], []),
    ("an example", [level(A31, 2031, "100", role="example")], []),
    ("last year's", [level(A31, 2031, "100", applies_to="2030")], []),
    ("a later year's", [level(A31, 2031, "100", applies_to="2032")], []),
    ("no year", [level(A31, None, "100")], []),
    ("no year, but the day from which it holds", [level(A30, 2030, "100"), level("福人社规〔2031〕9号", None, "110")],
     [("高龄津贴", "level", "2030 100 stated", "2031 110 stated")]),
    ("no year, but the one in which its figures begin", [level(A30, 2030, "100"), level("福人社发〔2031〕7号", None, "110")],
     [("高龄津贴", "level", "2030 100 stated", "2031 110 stated")]),
    ("the year's own notice before it", [level(A31, 2031, "120"), level("福人社规〔2031〕9号", None, "110")],
     [("高龄津贴", "level", "2031 120 stated")]),
    ("no name", [level(A31, 2031, "100", None)], []),
    ("a deed", [level(A31, 2031, "100", "缴交")], []),
    ("a bare head", [level(A31, 2031, "100", "补贴标准")], []),
    ("two names in one", [level(A31, 2031, "30", "县（市、区）比例", kind="rate", unit="%", per=())], []),
    ("indicators in question", [level(A31, 2031, "100", candidates=("a.b.c", "a.b.d"))], []),
    ("persons counted by their class", [level(A31, 2031, "14", "退役士兵", kind="count", unit="{类}", per=(), scope=Scope(population="军队退役士兵"))], []),
    ("what is cut by a share", [level(A30, 2030, "10", "市级部门一般性支出", kind="rate", unit="%", per=(), role="decrease"),
     level(A31, 2031, "5", "市级部门一般性支出", kind="rate", unit="%", per=(), role="decrease")],
     [("市级部门一般性支出", "decrease", "2030 10 stated", "2031 5 stated")]),
    ("what is a share of it", [level(A31, 2031, "5", "市级部门一般性支出", kind="rate", unit="%", per=())], []),
    ("a milestone", [level(A31, 2031, None, "高龄津贴", kind="milestone", unit=None, per=(), due="2031-12-31")], []),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED])
def test_joined(facts, expected):
    """Facts are joined by name, programme, kind, role, scope, unit and per; one name is one figure of a notice."""
    assert named(*facts) == expected


HEAD = "{place}关于印发{year}年{what}的通知\n{number}\n\n各县（市、区）：\n现将{year}年{what}印发给你们。\n"
FOOT = "\n\n{place}\n{year}年1月10日\n"
WAGES = """一、月最低工资标准：市辖区为{}元，其他县（市）为{}元。
二、小时最低工资标准：市辖区为{}元，其他县（市）为{}元。
三、高温津贴为每人每月{}元。"""
DEEDS = """一、城镇新增就业{}人，城镇登记失业率控制在{}%以内。
二、困难残疾人生活补贴标准提高到每人每月{}元。
三、森林覆盖率达到{}%，新增普惠托位{}个。
四、改造老旧小区{}个。"""
PAIRS = [
    (
        "最低工资", "福山市人力资源和社会保障局", "福人社发〔{}〕3号", WAGES, (2200, 2010, 22, 20, 300), (2320, 2130, "23.2", 21, 300),
        {"wage.minimum.monthly raised 120 市辖区", "wage.minimum.monthly raised 120 其他县（市）", "wage.minimum.hourly raised 1.2 市辖区",
         "wage.minimum.hourly raised 1 其他县（市）", "高温津贴 unchanged 0 "},
    ),
    (
        "为民办实事项目", "福山市人民政府", "福政发〔{}〕1号", DEEDS, (12000, 4, 180, "36.5", 800, 40), (12500, 4, 195, "36.8", 1000, 32),
        {"employment.target.new_jobs raised 500 ", "城镇登记失业率 unchanged 0 ", "assistance.subsistence.disabled_living raised 15 ", "environment.forest_cover raised 0.3 ",
         "普惠托位 raised 200 ", "老旧小区 lowered -8 "},
    ),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=[row[0] for row in PAIRS])
def test_two_years_of_a_city(pair, tmp_path):
    """The comparison of two years is what an analyst would write down, and nothing else."""
    what, place, number, body, before, after, expected = pair
    for year, figures in ((2030, before), (2031, after)):
        words = {"place": place, "year": year, "what": what, "number": number.format(year)}
        text = HEAD.format(**words) + body.format(*figures) + FOOT.format(**words)
        (tmp_path / f"{year}.txt").write_text(text, "utf-8")
    dataset = assemble(read_corpus(tmp_path), tmp_path / "out", load())
    (comparison,) = dataset.comparisons

    assert {
        f"{one.indicator or one.subject} {one.kind} {one.delta} {'、'.join(one.scope.places)}"
        for one in comparison.changes
    } == expected
