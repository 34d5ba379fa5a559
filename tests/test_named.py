"""The words that it prints are words it takes: regions, indicators, changes and years by name; and what a shell offers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import extractor
from extractor.dataset.labels import load_labels
from extractor.errors import DatasetError, ReadingError
from extractor.query.named import indicators_named, region_named, year_named
from extractor.resources import load

ROOT = Path(__file__).parent.parent
THERE = ("100000", "360000", None)

REGIONS = [
    ("360000", "360000"),
    ("江西", "360000"),
    ("江西省", "360000"),
    ("新疆维吾尔", "650000"),
    ("中华人民共和国", "100000"),
    ("广东", "440000"),
    # Two provinces begin so, and that the dataset has one of them decides nothing.
    ("江", "may be 320000, 360000"),
    ("没有", "Regions in the dataset: 100000, 360000"),
]


@pytest.mark.parametrize(("words", "expected"), REGIONS)
def test_regions(words, expected):
    """A region goes by its code, its name, its short one, or the beginning of just one province's."""
    if expected.isdecimal():
        assert region_named(words, THERE, load()) == expected
    else:
        with pytest.raises(DatasetError) as raised:
            region_named(words, THERE, load())
        assert expected in str(raised.value)


YEARS = [("2022", 2022), ("22", 2022), ("22年", 2022), ("2022年", 2022), ("222", None), ("22.json", None), ("-", None)]


@pytest.mark.parametrize(("words", "expected"), YEARS)
def test_years(words, expected):
    """A year has four digits or two."""
    assert year_named(words) == expected


def test_indicators():
    """An indicator goes by its name in the language asked for; an id is left as it is."""
    zh, en = (load_labels(load(), language) for language in ("zh", "en"))
    (one,) = indicators_named("个人缴费标准", zh)

    assert indicators_named(en.indicator(one), en) == [one]
    assert indicators_named("medical.payment", zh) == ["medical.payment"]


# ── diff ────────────────────────────────────────────────────────────────────────────────────────────────────────────

SAME = [
    (["21", "22", "--region", "江西"], ["2021", "2022", "--region", "360000"]),
    (["--region", "江西"], ["2021", "2022", "--region", "360000"]),
    (["--region", "江西", "--only", "提高"], ["2021", "2022", "--region", "360000", "--only", "raised"]),
    (["--region", "江西", "--indicator", "个人缴费标准"],
     ["2021", "2022", "--region", "360000", "--indicator", "medical.funding.individual_contribution"]),
    (["--against", "中国"], ["--region", "360000", "--against", "100000", "2022"]),
    (["--against", "100000", "--only", "照办，未写"],
     ["--region", "360000", "--against", "100000", "2022", "--only", "adopts,leaves_out"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "plain"), SAME)
def test_diff_in_words(words, plain, command_line, monkeypatch):
    """A comparison asked for in words is that of codes and years."""
    monkeypatch.chdir(ROOT)
    status, out, err = command_line("diff", *words)

    assert (status, err) == (1, "")
    assert command_line("diff", *plain) == (status, out, err)


def test_diff_to_a_file(command_line, monkeypatch, tmp_path):
    """What would be printed goes to the file named; language comes from the environment."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("EXTRACTOR_LANG", "en")
    for form in ("table", "json", "markdown"):
        _, shown, _ = command_line("diff", "21", "22", "--format", form)
        status, out, _ = command_line("diff", "21", "22", "--format", form, "-o", str(tmp_path / form))

        assert (status, out) == (1, "")
        assert (tmp_path / form).read_text("utf-8") == shown


# ── from Python ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dataset():
    return extractor.Dataset.load(ROOT / "outputs/dataset.json")


def test_discovery(dataset):
    """What there is to ask for is listed, and everything listed can be asked for."""
    assert {"100000", "360000"} <= set(dataset.regions())
    assert {2021, 2022} <= set(dataset.years())
    assert list(dataset.years()) == sorted(dataset.years())
    for indicator in dataset.indicators():
        assert list(dataset.facts(indicator))
    scopes = dataset.scopes("medical.funding.fiscal_subsidy")

    assert {"region": "360000", "unit": "CNY"} in scopes


SUBSIDY = "medical.funding.fiscal_subsidy"
# What is asked for in words that nothing has, and what may be meant.
MISSPELT = [
    (lambda data: data.facts("medical.funding.fiscal_subsidi"), SUBSIDY),
    (lambda data: data.facts(indicator="medical.funding.fiscal_subsidi"), SUBSIDY),
    (lambda data: data.facts("人均财政补助标准"), f"name of {SUBSIDY}"),
    (lambda data: data.series("medical.funding.fiscal_subsidi"), SUBSIDY),
    (lambda data: data.series(indicator="Fiscal subsidy"), "there is no such id"),
    (lambda data: data.scopes("medical.funding.fiscal_subsidi"), SUBSIDY),
    (lambda data: data.scopes("medical.funding.medical.nothing"), "medical.funding"),
    (lambda data: data.facts(kind="moeny"), "Did you mean money"),
    (lambda data: data.series(role="levels"), "Did you mean level"),
    (lambda data: data.facts(operator="floor"), "Expected one of eq, ge"),
    (lambda data: data.facts(status="corected"), "Did you mean corrected"),
    (lambda data: data.facts(modality="mandatary"), "Did you mean mandatory"),
    (lambda data: data.facts(area="北部"), "Expected one of west, central, east"),
    (lambda data: data.facts(region="江西省"), "江西省 is 360000"),
    (lambda data: data.series(region="369999"), "no region has this code"),
    (lambda data: data.facts(notice_id="医保发〔2022〕2号"), "医保发〔2022〕20号"),
    (lambda data: data.series(series_id="s-000000000000"), "no such series_id"),
]


@pytest.mark.parametrize(("ask", "words"), MISSPELT)
def test_misspelt(ask, words, dataset):
    """A word that nothing has is named with what may be meant, and never finds nothing without a word."""
    with pytest.raises(ReadingError, match=re.escape(words)):
        list(ask(dataset))


def test_there_but_nothing_of_it(dataset):
    """What the catalog or the map has, and the dataset no figure of, is nothing; and so is a text's own word."""
    for wanted in (
        {"region": "130000"}, {"indicator": "childcare.subsidy.amount"}, {"population": "没有这种人"}, {"year": 1999},
        {"kind": "formula"}, {"status": "rejected"},
    ):  # fmt: skip
        assert list(dataset.facts(**wanted)) == []
    assert list(dataset.facts(indicator=None))


def test_at_least(dataset):
    """A floor is the least that a figure can be; so is an exact number; a ceiling has none."""
    from msgspec.structs import replace

    floor = dataset.value("medical.funding.fiscal_subsidy", year=2022, region="100000")

    assert (floor.operator, floor.at_least) == ("ge", Decimal(610))
    assert replace(floor, operator="eq").at_least == Decimal(610)
    assert replace(floor, operator="between", value=None, lower=Decimal(5)).at_least == Decimal(5)
    for operator in ("le", "lt", "approx"):
        with pytest.raises(ReadingError):
            _ = replace(floor, operator=operator).at_least


# ── in a shell ──────────────────────────────────────────────────────────────────────────────────────────────────────

# The words typed, the last of which is being completed, and what is among those offered.
OFFERED = [
    (["extractor", "rev"], "review"),
    (["extractor", "export", "--to", "s"], "sqlite"),
    (["extractor", "diff", "--format", "m"], "markdown"),
    (["extractor", "diff", "--region", "36"], "360000"),
    (["extractor", "diff", "--region", "江"], "江西省"),
    (["extractor", "diff", "--indicator", "个人缴"], "个人缴费标准"),
    (["extractor", "diff", "--indicator", "medical.funding.f"], "medical.funding.fiscal_subsidy"),
    (["extractor", "diff", "--only", "raised,low"], "raised,lowered"),
    (["extractor", "show", "f-"], "f-"),
    (["extractor", "build", "--la"], "--lang"),
    (["extractor", "build", "--lang", ""], "zh"),
]


def asked(shell, words):
    """Ask as the function does that click gives a shell."""
    variables = {
        "bash": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "fish": {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1]},
    }[shell]
    environment = {**os.environ, **variables, "_EXTRACTOR_COMPLETE": f"{shell}_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "extractor"], capture_output=True, check=True, cwd=ROOT, env=environment
    )

    assert done.stderr == b""
    return done.stdout.decode()


@pytest.mark.parametrize(("words", "expected"), OFFERED)
def test_bash_protocol(words, expected):
    """Commands, options and their values are offered: formats, regions, indicators, kinds of change, ids."""
    assert expected in asked("bash", words)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells(shell):
    """The other shells are answered in their own form, with the names beside the ids."""
    offered = asked(shell, ["extractor", "diff", "--region", "36"])

    assert all(words in offered for words in ("360000", "江西省"))


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_in_bash(tmp_path):
    """The function that bash is given completes in a real bash."""
    program = tmp_path / "extractor"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n', "utf-8")
    program.chmod(0o755)
    script = (
        'eval "$(_EXTRACTOR_COMPLETE=bash_source extractor)"\n'
        "COMP_WORDS=(extractor export --to sql); COMP_CWORD=3\n"
        "_extractor_completion extractor sql --to\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, env=environment, check=True)  # noqa: S603, S607 - our own program

    assert done.stdout.decode().split() == ["sqlite"]


def test_nothing_to_offer(tmp_path):
    """Without a dataset nothing is offered, and nothing fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_EXTRACTOR_COMPLETE": "bash_complete"}
    environment |= {"COMP_WORDS": "extractor\nshow\nf-", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-m", "extractor"], capture_output=True, check=True, cwd=tmp_path, env=environment
    )

    assert (done.stdout.strip(), done.stderr) == (b"", b"")
