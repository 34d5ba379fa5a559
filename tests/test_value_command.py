"""`extractor value`: one figure with its words, as `Dataset.value` answers; or why there isn't one, and how to ask."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

import extractor
from extractor.cli.complete import scope_words
from extractor.cli.main import commands
from extractor.errors import ReadingError

ROOT = Path(__file__).parent.parent
SUBSIDY, PAYS = "medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"


@pytest.fixture(scope="module")
def dataset():
    return extractor.Dataset.load(ROOT / "outputs/dataset.json")


@pytest.fixture
def run(command_line, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("EXTRACTOR_LANG", "zh")

    def value(*arguments):
        return command_line("value", *arguments)

    return value


# The words of a command line, and the question that they are.
ASKED = [
    (["人均财政补助标准", "--region", "江西", "--year", "22"], SUBSIDY, {"region": "360000", "year": 2022}),
    ([SUBSIDY, "--region", "510000", "--year", "2022年"], SUBSIDY, {"region": "510000", "year": 2022}),
    (["人均财政补助标准", "--region", "全国", "--year", "2022", "--per", "人", "--per", "年", "--unit", "元"],
     SUBSIDY, {"region": "100000", "year": 2022, "per": ["person", "year"], "unit": "CNY"}),
    (["个人缴费标准", "--region", "江西", "--on", "2023-05-01", "--population", "定额资助参保对象"],
     PAYS, {"region": "360000", "on": "2023-05-01", "population": "定额资助参保对象"}),
    (["中央财政补助比例", "--region", "全国", "--year", "22", "--area", "西部"],
     "medical.funding.central_share", {"region": "100000", "year": 2022, "area": "west"}),
    (["个人缴费标准", "--region", "江西", "--year", "22", "--population", "没有这种人"],
     PAYS, {"region": "360000", "year": 2022, "population": "没有这种人"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "indicator", "question"), ASKED)
def test_answers(words, indicator, question, dataset, run):
    """The figure is that of `Dataset.value`, with its words and all that must not be lost."""
    expected = dataset.value(indicator, **question)
    status, shown, err = run(*words)
    told = json.loads(run(*words, "--json")[1])

    assert (status, err) == (0, "")
    assert expected.fact.fact_id in shown
    assert "".join(expected.fact.evidence.exact.split()) in "".join(shown.split())
    assert (told["value"], told["operator"], told["region"]) == (
        str(expected.value),
        expected.operator,
        expected.region,
    )
    assert told["inherited"] is expected.inherited
    assert tuple(told["unmatched"]) == expected.unmatched
    assert told["holds_from"] == (str(expected.holds_from) if expected.holds_from else None)
    assert [quote["fact_id"] for quote in told["quotes"]] == [fact.fact_id for fact in expected.facts]


# What is to be known of a figure, and where it is said.
NOTED = [
    ([SUBSIDY, "--region", "四川", "--year", "22"], "四川省没有自己的数值，沿用全国的"),
    ([SUBSIDY, "--region", "四川", "--year", "22"], "这是下限"),
    ([PAYS, "--region", "江西", "--year", "22", "--population", "没有这种人"], "没有专指“没有这种人”的数值"),
    ([PAYS, "--region", "江西", "--year", "21"], "推算：350 − 30 = 320"),
]


@pytest.mark.parametrize(("words", "expected"), NOTED)
def test_notes(words, expected, run):
    """A bound, a figure of the region above, a general one and a derived one are called so."""
    _, shown, err = run(*words)

    assert expected in shown + err


# Questions without one answer, their status, and words of what is said.
REFUSED = [
    (["个人缴费标准", "--year", "2022"], 1, "ambiguous", "--region 江西省"),
    (["个人缴费标准", "--region", "江西", "--year", "1999"], 1, "nothing", "--year 2022 --region 江西省"),
    (["人均财政补助标准", "--region", "江西", "--year", "22", "--unit", "%"], 1, "nothing", "--unit 元"),
    (["人均财政补助", "--year", "2022"], 2, "unknown", f"人均财政补助标准（{SUBSIDY}）"),
    (["没有这个指标", "--year", "2022"], 2, "unknown", "指标目录"),
    (["medical.funding.fiscal_subsidi"], 2, "unknown", SUBSIDY),
    ([SUBSIDY, "--year", "222"], 2, "unknown", "--year '222'"),
    ([SUBSIDY, "--year", "22", "--region", "999999"], 2, "unknown", "GB/T 2260"),
    ([SUBSIDY, "--year", "22", "--area", "北部"], 2, "unknown", "west"),
    # Words of another option than that which the figure has them of.
    ([PAYS, "--region", "江西", "--year", "1999", "--condition", "定额资助参保对象"], 1, "nothing",
     "--population 定额资助参保对象"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status", "reason", "expected"), REFUSED)
def test_refuses(words, status, reason, expected, run):
    """Where there is no one figure, none is given: what there is stands there as options to type, in both languages."""
    for language in ("zh", "en"):
        said, out, err = run(*words, "--lang", language)

        assert (said, out) == (status, "")
        assert language == "en" or (expected in err and not re.search(r"(year|region|population)=", err)), err
    said, out, err = run(*words, "--json")

    assert (said, err, json.loads(out)["refused"]) == (status, "", reason)


def test_options_that_are_listed_are_taken(run, dataset):
    """Every line of what there is asks for just the figure beside it."""
    with pytest.raises(ReadingError):
        dataset.value(PAYS, region="360000", year=1999)
    _, _, err = run("个人缴费标准", "--region", "江西", "--year", "1999")
    lines = re.findall(r"^  (--.*?) → (.*?)(?:、.*)? \[", err, re.MULTILINE)

    assert len(lines) > 5
    for options, figure in lines:
        status, shown, _ = run("个人缴费标准", *shlex.split(options))
        assert status == 0
        assert figure in shown


def test_completion(monkeypatch):
    """A shell is offered the words that the indicator's figures have."""
    import click

    monkeypatch.chdir(ROOT)
    command = commands.commands["value"]
    option = next(one for one in command.params if one.name == "population")
    context = click.Context(command)
    for name in (PAYS, "个人缴费标准"):
        context.params = {"indicator": name, "dataset": "outputs/dataset.json"}

        assert "定额资助参保对象" in [one.value for one in scope_words(context, option, "定额")]
    context.params = {"indicator": "medical.enrolment.rate", "dataset": "outputs/dataset.json"}

    assert scope_words(context, option, "定额") == []
