"""`extractor review`: what is doubtful, in which order, and what each key does."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction

import pytest
from factories import fact, notice
from msgspec.structs import replace

from extractor.build.reviews import load_reviews
from extractor.dataset import store
from extractor.dataset.doubts import find_doubts, newest_first
from extractor.dataset.labels import load_labels
from extractor.dataset.risk import RiskRow, Risks, construct_of, load_risks, risk_rows, row_id, save_risks
from extractor.errors import DatasetError
from extractor.evaluate.calibration import calibration
from extractor.evaluate.scoring import FactVerdict
from extractor.model import Repair, Scope, Support
from extractor.report.review import parse_fields
from extractor.resources import DATA, load, read_toml

TEXT = "甲〔2022〕1号\n各省医保局：\n一、补助每人每年610元。\n二、缴费350元。另付两百块，再付两百元。\n"
WHO = ("--who", "张三", "--date", "2026-11-21")


@pytest.fixture
def folder(tmp_path, monkeypatch, stand_in):  # noqa: ARG001 - put in place
    """Work in a folder with a corpus of one notice, whose two figures have no indicator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXTRACTOR_WHO", raising=False)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder, command_line):  # noqa: ARG001 - the folder to run in
    command_line("build")
    return command_line


def rows(folder):
    return [(row.action, row.words, row.set_fields.get("value")) for row in load_reviews(folder / "corpus").rows]


# Keys, one line each, and the rows that stand there after.
SESSIONS = [
    ("", []),
    ("q\n", []),
    ("s\ns\n", []),
    ("c\nq\n", [("confirm", "610元", "610")]),
    ("x\nc\nc\n", [("confirm", "610元", "610"), ("confirm", "350元", "350")]),
    ("r\n标准号\nq\n", [("reject", "610元", None)]),
    ("r\n\nq\n", []),
    ("e\n数值=620；角色=增加\n原件如此\nq\n", [("correct", "610元", "620")]),
    ("e\nvalue=620\n原件如此\nq\n", [("correct", "610元", "620")]),
    ("e\n数值=六百\nq\n", []),
    ("e\n没有=1\nq\n", []),
    ("c\nu\nq\n", []),
    ("c\nu\nr\n不是\nq\n", [("reject", "610元", None)]),
    ("u\nq\n", []),
    ("a\n两百块\nkind=money;value=200;unit=CNY\n漏读\nq\n", [("add", "两百块", "200")]),
    # A line that can't be read is asked for again, and is no reason; a figure is added once.
    ("e\n没有=1\n数值=六百\n数值=620\n原件如此\nq\n", [("correct", "610元", "620")]),
    ("a\n两百块\nfoo\nkind=money;value=200;unit=CNY\n漏读\na\n两百块\nq\n", [("add", "两百块", "200")]),
    ("a\n三百块\n\nq\n", []),
    # What was missed, and what of it, is asked for until it is whole; an empty line ends it.
    ("a\n三百块\n两百块\nvalue=200\nkind=money;unit=CNY\n漏读\nq\n", [("add", "两百块", "200")]),
    ("a\n两百块\nvalue=200\n\nq\n", []),
    ("a\n每年610元\n\nq\n", []),
]


STATUS = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected", "add": "added"}


@pytest.mark.parametrize(("keys", "expected"), SESSIONS)
def test_keys(keys, expected, run, folder):
    """Each key writes its row at once, or none; the build takes what was written, and so does one that reads all anew."""
    status, out, err = run("review", *WHO, stdin=keys.encode())

    assert (status, rows(folder)) == (0, expected), out + err
    for moved in ("", "注：转发。\n注：再次转发，另有说明。\n") if expected else ():
        (folder / "corpus/a.txt").write_text(moved + TEXT, "utf-8")
        shutil.rmtree(folder / "outputs/.state")
        status, out, err = run("build")
        dataset = store.load(folder / "outputs/dataset.json")
        reviewed = [one for one in (*dataset.facts, *dataset.rejected) if one.reviews]
        done = [(STATUS[action], value) for action, _, value in expected]

        assert (status, err) == (0, "")
        assert [(one.status, one.value if one.status != "rejected" else None) for one in reviewed] == done


def test_goes_on_where_it_stopped(run, folder):
    """What was decided is asked no more, before and after a build; who wrote by hand loses nothing."""
    (folder / "corpus/reviews.toml").write_text("# 手写\n", "utf-8")
    run("review", *WHO, stdin=b"c\nq\n")
    for _ in range(2):
        status, out, _ = run("review", "--list", "--json")

        assert (status, [one["exact"] for one in json.loads(out)]) == (0, ["350元"])
        assert [(one["figure"]["value"], one["figure"]["unit"]) for one in json.loads(out)] == [("350", "CNY")]
        assert "审核      确认 1" in run("build")[1]
    _, out, _ = run("review", *WHO, stdin=b"r\n\xe4\xb8\x8d\xe6\x98\xaf\n")

    assert (folder / "corpus/reviews.toml").read_text("utf-8").startswith("# 手写\n\n[[review]]\n")
    assert "extractor build" in out
    assert "没有存疑" in run("review", "--list")[1]


WRONG = [
    (("review", "--json"), "--list"),
    (("review",), "--who"),
    (("review", "--dataset", "-"), "standard input"),
    (("review", "--list", "--notice", "无此文件"), "--notice 无此文件"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_wrong_usage(arguments, words, run):
    """What can't be done is said, with status 2."""
    status, out, err = run(*arguments)

    assert (status, out, words in err) == (2, "", True), err


def test_order():
    """Newest notices first; a day that isn't known comes after those of its year."""
    found = [
        notice("a", year=2021),
        notice("b", year=2022, issued_on="2022-03-01"),
        notice("c", year=2022, issued_on="2022-07-01"),
        notice("d", year=2022),
    ]

    assert [one.notice_id for one in newest_first(found)] == ["c", "b", "d", "a"]


# ── risks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

SUBJECT = Support(for_="subject", start=0, end=0, exact="")

CONSTRUCTS = [
    ({}, "linked/unnamed/general"),
    ({"indicator": None, "support": (SUBJECT,)}, "unlinked/near/general"),
    ({"indicator": None, "candidates": ("a", "b")}, "several/unnamed/general"),
    ({"scope": Scope(population="特困人员")}, "linked/unnamed/one"),
    ({"scope": Scope(population="特困人员", area="west")}, "linked/unnamed/several"),
    ({"support": (Support(for_="subject", start=90, end=95, exact=""),)}, "linked/far/general"),
    ({"support": (Support(for_="subject", start=900, end=905, exact=""),)}, "linked/elsewhere/general"),
]


@pytest.mark.parametrize(("fields", "expected"), CONSTRUCTS)
def test_constructs(fields, expected):
    """How a figure was read follows from the fact alone."""
    assert str(construct_of(fact("n", 2022, "1", **fields))) == expected


def test_risks(tmp_path):
    """Counts are read as written; many figures outweigh what all figures say, few don't."""
    bad, good = fact("n", 2022, "1", rule="bad"), fact("n", 2022, "1", rule="good")
    verdicts = [(bad, True)] * 40 + [(good, False)] * 160
    made = risk_rows(verdicts)

    assert made == [RiskRow(row_id(bad), 40, 40), RiskRow(row_id(good), 160, 0)]
    save_risks(made, tmp_path / "risks.toml", "# made")
    from extractor.resources import Resources

    risks = load_risks(Resources(tmp_path))

    assert risks.of(bad) > Fraction(9, 10)
    assert risks.of(good) < Fraction(1, 50)
    assert Fraction(1, 10) < risks.of(fact("n", 2022, "1", rule="new")) < Fraction(3, 10)
    bands = calibration([FactVerdict(*one) for one in verdicts], risks)

    assert [(band.low, band.high, band.figures, band.wrong) for band in bands] == [(0, 5, 160, 0), (40, 100, 40, 40)]


def test_no_doubt(run, folder):  # noqa: ARG001 - builds
    """A reading that is linked and seldom wrong is no doubt; from a lower risk on it is one."""
    dataset = store.load(folder / "outputs/dataset.json")
    linked = replace(dataset, series=(), facts=tuple(replace(one, indicator="x.y") for one in dataset.facts))

    assert find_doubts(linked, load(), least=Fraction(1)) == []
    assert [one.reasons for one in find_doubts(linked, load(), least=Fraction(0))] == [("risky",)] * 2
    assert Risks(()).of(linked.facts[0]) == Fraction(1, 2)


# Dates without an indicator, by what they say: words before them, operator; whether somebody should look at them.
DATES = [
    ("从", "ge", False),
    ("现予公布，", "gt", False),
    *((words, "le", False) for row in read_toml(DATA / "doubts.toml")["validity"] for words in row["examples"]),
    *((words, "le", True) for row in read_toml(DATA / "doubts.toml")["validity"] for words in row["rejects"]),
    ("缴费单位应于", "le", True),
]


@pytest.mark.parametrize(("before", "operator", "doubtful"), DATES)
def test_validity_is_no_doubt(before, operator, doubtful, run, folder):  # noqa: ARG001 - builds
    """From when and until when figures hold is no measure, so that a missing indicator is no doubt; what disagrees is."""
    dataset = store.load(folder / "outputs/dataset.json")
    made = fact("a", 2022, "2022-12-31", kind="date", operator=operator, unit=None, per=(), indicator=None)
    made = replace(made, notice_id=dataset.notices[0].notice_id, evidence=replace(made.evidence, prefix=before))
    alone = replace(dataset, series=(), facts=(made,))

    assert [one.reasons for one in find_doubts(alone, load(), least=Fraction(1))] == [("unlinked",)] * doubtful
    repaired = replace(
        made,
        evidence=replace(
            made.evidence, repairs=(Repair(kind="ocr", start=0, end=1, exact="O", replacement="0", detail=""),)
        ),
    )
    found = find_doubts(replace(alone, facts=(repaired,)), load(), least=Fraction(1))

    assert [one.reasons for one in found] == [("unlinked", "repaired")]


FIELDS_READ = [
    ("zh", "数值=620", {"value": "620"}),
    ("zh", "数值＝620；运算=1", None),
    ("zh", "每=人、年; 数值=1", {"per": ["person", "year"], "value": "1"}),
    ("zh", "指标=人均财政补助标准", {"indicator": "medical.funding.fiscal_subsidy"}),
    ("zh", "政策年度=2023；单位=元；角色=增加", {"policy_year": 2023, "unit": "CNY", "role": "increase"}),
    ("en", "value=620; scope.population=特困人员", {"value": "620", "scope.population": "特困人员"}),
    ("en", "value", None),
]


@pytest.mark.parametrize(("language", "line", "expected"), FIELDS_READ)
def test_fields(language, line, expected):
    """Fields and members go by the names that are shown; what is none is named."""
    labels = load_labels(load(), language)
    if expected is None:
        with pytest.raises(DatasetError, match="expected field=value"):
            parse_fields(line, labels)
    else:
        assert parse_fields(line, labels) == expected
