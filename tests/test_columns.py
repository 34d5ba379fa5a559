"""Lists in terminals of any width: what is broken where, and what goes below its row."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from factories import fact, notice
from msgspec import structs
from rich.cells import cell_len
from rich.text import Text
from work import assert_linear

from extractor.dataset.labels import load_labels
from extractor.model import NoticeResult, Repair, Scope
from extractor.report.columns import Columns, TableColumn, wrap
from extractor.report.terminal import notice_view, quote_view, render, short_ids
from extractor.resources import load

# id, text, width, as a path, lines
WRAPPED = [
    ("fits", "人均财政补助标准", 16, False, ["人均财政补助标准"]),
    ("no mark begins a line", "一二三四，五六。", 8, False, ["一二三", "四，五", "六。"]),
    ("no bracket ends a line", "一二三（四五）", 8, False, ["一二三", "（四五）"]),
    ("no lone character", "居民医保人均筹资标准", 18, False, ["居民医保人均筹", "资标准"]),
    ("document number", "核对：赣医保发〔2022〕14号。", 24, False, ["核对：", "赣医保发〔2022〕14号。"]),
    ("number and unit", "每人每年610元和350元", 12, False, ["每人每年", "610元和350元"]),
    ("date", "自2022年9月1日至2022年12月31日", 20, False, ["自2022年9月1日至", "2022年12月31日"]),
    ("number, blank and unit", "提高 +30 元", 9, False, ["提高", "+30 元"]),
    ("minus and number", "降低 −6000 个 (−23.08%)", 12, False, ["降低", "−6000 个", "(−23.08%)"]),
    ("bound, sign and number", "增长至少+1200万", 9, False, ["增长至少", "+1200万"]),
    ("a bound and a fraction", "不同（≥1/3、3个月）", 8, False, ["不同", "（≥1/3、", "3个月）"]),
    ("a unit and what it is per", "上年 ≥610 元/人·年", 14, False, ["上年", "≥610 元/人·年"]),
    ("words of Latin letters", "Fiscal subsidy per person", 16, False, ["Fiscal subsidy", "per person"]),
    ("address", "https://example.org/some/notice.html", 24, False, ["https://example.org/", "some/notice.html"]),
    ("path", "corpus/360000/2022-居民医保.html", 24, True, ["corpus/360000/2022-", "居民医保.html"]),
    ("too long for a line", "f-0123456789ab", 6, False, ["f-0123", "456789", "ab"]),
    ("lines of its own", "≥5 个\n2022-12-31前", 20, False, ["≥5 个", "2022-12-31前"]),
    ("a tab is as wide as it is shown", "普通居民\t90日", 14, False, ["普通居民", "90日"]),
    ("nothing", "", 10, False, [""]),
    ("wider than a column", "一二", 1, False, ["一", "二"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "width", "path", "lines"), [row[1:] for row in WRAPPED], ids=[row[0] for row in WRAPPED]
)
def test_wrap(text, width, path, lines):
    """Lines break where readers expect it, and hold the same characters."""
    assert [line.plain for line in wrap(Text(text), width, path=path)] == lines


def test_wrap_keeps_styles():
    """Bold words stay bold on both lines."""
    lines = wrap(Text.assemble("一二", ("三四五六", "bold")), 8)

    assert [(line.plain, [line.plain[span.start : span.end] for span in line.spans]) for line in lines] == [
        ("一二三四", ["三四"]), ("五六", ["五六"]),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["一", "1", "a", "（", "，", "/", " ", "〔", "-", "1年", "\n"])
@pytest.mark.parametrize("path", [False, True])
def test_long_texts(unit, path):
    """Ten thousand characters of anything are broken with work that grows with them, none too wide, none lost."""
    text = unit * (10_000 // len(unit))
    lines = wrap(Text(text), 40, path=path)

    assert max(cell_len(line.plain) for line in lines) <= 40
    assert "".join("".join(line.plain for line in lines).split()) == "".join(text.split())
    assert_linear(lambda size: wrap(Text(text[:size]), 40, path=path), 2_500)


LONG = Scope(population="普通居民", condition="集中征缴期结束以后缴费的")
FACTS = (
    fact("n", 2022, "610", operator="ge"),
    fact("n", 2022, "70", kind="rate", unit="%", per=(), operator="approx", indicator="medical.benefit.inpatient_rate"),
    fact("n", 2022, None, kind="period", lower="2023-01-01", upper="2023-12-31", unit=None, per=(), scope=LONG),
    fact(
        "n",
        2022,
        "5",
        kind="count",
        unit="{种}",
        per=(),
        due="2022-12-31",
        indicator=None,
        subject="统筹地区跨省直接结算门诊慢特病种",
    ),
)


def drawn(facts, width):
    result = NoticeResult(notice=notice("n", year=2022), facts=facts, unresolved=(), ledger=(), sentences=())
    return render(notice_view(result, load_labels(load(), "zh")), width=width, color=False)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 140, 200])
def test_facts_fit(width):
    """No line is wider than the terminal, and none begins with a mark; figures stay whole where there is room."""
    lines = drawn(FACTS, width).splitlines()

    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if re.match(r"\s*[，。、；：）]", line)]
    if width >= 80:
        assert any("2023-01-01 – 2023-12-31" in line for line in lines)


def test_words_go_below():
    """A narrow terminal has the words below each row, a wide one beside it; a column that no row fills isn't there."""
    words = "达到每人每年不低于610元"
    quoted = [structs.replace(FACTS[0], evidence=structs.replace(FACTS[0].evidence, exact=words))]
    narrow, wide = drawn(quoted, 60), drawn(quoted, 140)

    assert any("≥610 元" in row and below == f"  {words}" for row, below in pairwise(narrow.splitlines()))
    assert any("≥610 元" in line and f" {words} " in line for line in wide.splitlines())
    assert "对象" not in narrow + wide
    assert "对象" in drawn(FACTS, 60)
    assert "2022-12-31前" in drawn(FACTS, 60)


# What stands behind a figure, and what of it is shown: the rest of its clause, a noun with its figure.
RESTS = [
    ("的统筹地区，逐步推进", "的统筹地区"),
    ("、60%的比例", ""),
    ("门诊慢特病费用跨省直接结算服务，其中", "门诊慢特病费用跨省直接结…"),
    ("参保职工\n二、时间", "参保职工"),
    ("\t100\n", " 100"),
    ("\t3,500\t4,200\n", " 3,500 4,200"),
    ("门诊慢特病费用结算服务1250家以上", "门诊慢特病费用结算服务…"),
    (", 逐步推进", ""),
    ("", ""),
]


@pytest.mark.parametrize(("suffix", "rest"), RESTS)
def test_whole_noun(suffix, rest):
    """The words of a figure go on to the end of their clause."""
    evidence = structs.replace(FACTS[0].evidence, exact="不少于40%", suffix=suffix)

    assert quote_view(evidence).plain == f"不少于40%{rest}"


def test_cells_stay_apart():
    """Two cells are two numbers: 500 and 90 are never 50090; and no number is cut in two."""
    evidence = structs.replace(FACTS[0].evidence, prefix="三档\t500\t", exact="90", suffix="\t100")

    assert quote_view(evidence).plain == "三档 500 90 100"
    longer = structs.replace(evidence, prefix="由每人每月12345元提高到每人每月", suffix="")

    assert quote_view(longer).plain == "…元提高到每人每月90"


def test_said_of_a_figure():
    """A figure that is of another year than its notice, or was repaired, says so below it."""
    repair = Repair(kind="ocr", start=0, end=1, exact="O", replacement="0", detail="")
    mended = structs.replace(FACTS[0].evidence, repairs=(repair,))
    lines = drawn([structs.replace(FACTS[0], applies_to="2021"), structs.replace(FACTS[0], evidence=mended)], 80)

    assert "适用时段 2021" in lines
    assert "修复" in lines
    assert "适用时段" not in drawn([structs.replace(FACTS[0], applies_to="2022")], 80)


def test_short_ids():
    """Ids are as short as they can be told apart by, eight characters at least; also such as are the same."""
    assert short_ids(["f-0123456789ab", "f-0123456ddddd", "f-ffffffffffff"]) == ["f-01234567", "f-0123456d", "f-ffffff"]
    assert short_ids(["f-0123456789ab"] * 2) == ["f-012345"] * 2
    assert short_ids(["f-1", "f-12"]) == ["f-1", "f-12"]
    assert short_ids([]) == []


def test_headings():
    """Rows stand in from their headings, and numbers stand flush right."""
    rows = [Text("筹资"), (Text("补助"), Text("1")), Text("待遇"), (Text("住院"), Text("22"))]
    out = render(Columns([TableColumn("指标"), TableColumn("n", right=True)], rows), width=80, color=False)

    assert out.splitlines() == ["  指标   n", "──────────", "筹资", "  补助   1", "", "待遇", "  住院  22"]
