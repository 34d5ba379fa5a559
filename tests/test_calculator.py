"""The example calculator: who pays what in 2022, from `outputs/dataset.json` alone, with the source of every figure."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from calculator import bill, main, render

from extractor import Dataset
from extractor.errors import ReadingError

ROOT = Path(__file__).parent.parent
DATASET = ROOT / "outputs/dataset.json"


@pytest.fixture(scope="module")
def dataset():
    return Dataset.load(DATASET)


BILLS = [
    ("western province", 2022, "510000", None,
     {"个人缴费": ("350", "eq"), "财政补助": ("610", "ge"), "其中中央财政": ("488", "ge"), "其中地方财政": ("122", "ge")}),
    ("central province", 2022, "420000", None,
     {"个人缴费": ("350", "eq"), "财政补助": ("610", "ge"), "其中中央财政": ("366", "ge"), "其中地方财政": ("244", "ge")}),
    ("Jiangxi has its own subsidy", 2022, "360000", None,
     {"个人缴费": ("350", "eq"), "财政补助": ("610", "eq"), "其中中央财政": ("366", "eq"), "其中地方财政": ("244", "eq")}),
    ("assisted person in Jiangxi", 2022, "360000", "定额资助参保对象",
     {"个人缴费": ("30", "eq"), "由资助支付": ("320", "eq"), "财政补助": ("610", "eq"), "其中中央财政": ("366", "eq"),
      "其中地方财政": ("244", "eq")}),
    ("fully assisted person in Jiangxi", 2022, "360000", "全额资助参保对象",
     {"个人缴费": ("0", "eq"), "由资助支付": ("350", "eq"), "财政补助": ("610", "eq"), "其中中央财政": ("366", "eq"),
      "其中地方财政": ("244", "eq")}),
    ("a county of a western province", 2023, "510104", None,
     {"个人缴费": ("380", "eq"), "财政补助": ("640", "ge"), "其中中央财政": ("512", "ge"), "其中地方财政": ("128", "ge")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "region", "population", "expected"), [row[1:] for row in BILLS], ids=[row[0] for row in BILLS]
)
def test_bill(year, region, population, expected, dataset):
    """Amounts are exact, floors stay floors."""
    lines = bill(dataset, year, region, population)

    assert {line.label: (line.amount.value, line.amount.operator) for line in lines} == {
        label: (Decimal(value), operator) for label, (value, operator) in expected.items()
    }


def test_the_parts_make_the_whole(dataset):
    """What both budgets pay is the subsidy; what assistance pays is what the notice says that it does."""
    amounts = {line.label: line.amount.value for line in bill(dataset, 2022, "360000", "定额资助参保对象")}

    assert amounts["其中中央财政"] + amounts["其中地方财政"] == amounts["财政补助"]
    assert amounts["由资助支付"] == dataset.value("medical.funding.assistance_amount", year=2022, region="360000").exact


def test_every_figure_has_its_source(dataset):
    """Below each amount stand the notice, the section and the words that it comes from; a floor is 至少."""
    text = render(dataset, 2022, "510000")

    assert "个人缴费：350元/年" in text
    assert "财政补助：至少610元/年" in text
    assert "其中中央财政：至少488元/年（至少610元 × 80%）" in text
    assert re.findall("来源：.*?（(医保发〔2022〕20号)），.*?：“(.*?)”", text) == [
        ("医保发〔2022〕20号", words) for words in ("350元", "不低于610元", "不低于610元", "80%", "不低于610元", "80%")
    ]


def test_figures_that_are_not_there(dataset, capsys):
    """A province of which the notices say nothing gets no invented share."""
    with pytest.raises(ReadingError, match="110000 is counted to east"):
        bill(dataset, 2022, "110000")
    assert main([str(DATASET), "--region", "110000"]) == 2
    assert "area='west' → 80 %" in capsys.readouterr().err


def test_runs_as_shown():
    """`python tests/calculator.py outputs/dataset.json` prints the three examples."""
    command = [sys.executable, str(ROOT / "tests/calculator.py"), str(DATASET)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")  # noqa: S603 - our own program

    assert done.stdout.count("地区") >= 3
    assert "个人缴费：30元/年" in done.stdout
