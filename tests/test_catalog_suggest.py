"""`extractor catalog suggest`: what recurs without an indicator, as rows that link once their ids are written."""

from __future__ import annotations

import re
import tomllib

import pytest

from extractor.build.incremental import build
from extractor.notice.catalog_check import check_catalog
from extractor.resources import OwnCatalog, load, load_with

NOTICE = """某人社发〔{year}〕{number}号
{title}

各市人力资源社会保障局：
现就有关事项通知如下。
一、主要标准
{body}
"""
GUIDE = "失业保险协理员岗位补贴标准为每月{}元。失业保险宣传员岗位补贴标准为每小时{}元。"
HEAT = "困难家庭取暖补贴标准为每户每年{}元，由财政承担。"
CORPUS = {
    "2022-guide.txt": (2022, 1, "关于做好2022年失业保险宣传工作的通知", GUIDE.format(2000, 20)),
    "2023-guide.txt": (2023, 2, "关于做好2023年失业保险宣传工作的通知", GUIDE.format(2100, 21)),
    "2022-heat.txt": (2022, 3, "关于做好2022年困难家庭冬季生活保障工作的通知", HEAT.format(800)),
    "2023-heat.txt": (2023, 4, "关于做好2023年困难家庭冬季生活保障工作的通知", HEAT.format(900)),
    "2022-once.txt": (2022, 5, "关于做好2022年节日慰问工作的通知", "节日慰问补贴标准为每人300元。"),
    "2022-medical.txt": (2022, 6, "关于做好2022年居民医保工作的通知", "人均财政补助标准为每人每年610元。" * 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggest") / "corpus"
    folder.mkdir()
    for name, (year, number, title, body) in CORPUS.items():
        (folder / name).write_text(NOTICE.format(year=year, number=number, title=title, body=body), "utf-8")
    return folder


def filled(text):
    """Write the ids: ``<group>.<name>`` and ``<programme>`` by number and name."""
    numbers = iter(range(999))
    text = re.sub("<group>.<name>", lambda _: f"made.n{next(numbers)}", text)
    return text.replace("<programme>", "made")


def test_rows(corpus, command_line):
    """What recurs is a row, by programme; once its ids are written the row loads, and its examples link."""
    status, said, err = command_line("catalog", "suggest", corpus)
    rows = tomllib.loads(said)

    assert (status, err) == (0, "")
    assert {(row["name"], tuple(row["per"]), tuple(row["programmes"])) for row in rows["indicator"]} == {
        ("失业保险协理员岗位补贴标准", ("month",), ("unemployment",)),
        ("失业保险宣传员岗位补贴标准", ("hour",), ("unemployment",)),
        ("取暖补贴标准", ("household", "year"), ("<programme>",)),
    }
    assert [row["id"] for row in rows["programme"]] == ["<programme>"]
    assert all(row["examples"] for row in rows["indicator"])
    found = check_catalog(load_with([OwnCatalog(corpus / "own.toml", filled(said).encode())]), load())
    assert {one.fault.what for one in found.faults} == {"near_miss"}
    assert all(one.fault.is_missing for one in found.faults)
    assert found.spoilt == ()


def test_placeholders_are_refused(corpus, command_line):
    """As long as ids are to be written, `check` says so and of each row."""
    _, said, _ = command_line("catalog", "suggest", corpus)
    status, _, err = command_line("catalog", "check", "-", stdin=said.encode())

    assert (status, err.count("Write one that will stay")) == (1, 4)


def test_next_time_they_are_known(corpus, command_line, tmp_path):
    """With the rows in a catalog nothing of theirs recurs; what is left of a year are figures that stand once."""
    own = tmp_path / "own.toml"
    own.write_text(filled(command_line("catalog", "suggest", corpus)[1]), "utf-8")
    status, said, _ = command_line("catalog", "suggest", corpus, "--catalog", own)

    assert (status, tomllib.loads(said)) == (0, {})


def test_of_a_dataset(corpus, command_line, tmp_path):
    """A dataset gives the same rows, with its corpus or without; the same again on every run."""
    build(corpus, tmp_path / "out")
    path = tmp_path / "out/dataset.json"
    first = tomllib.loads(command_line("catalog", "suggest", corpus)[1])
    runs = [command_line("catalog", "suggest", path, "--corpus", corpus) for _ in range(2)]
    piped = command_line("catalog", "suggest", "-", stdin=path.read_bytes())

    assert runs[0] == runs[1]
    assert tomllib.loads(runs[0][1]) == first
    assert {row["name"] for row in tomllib.loads(piped[1])["indicator"]} == {row["name"] for row in first["indicator"]}


@pytest.mark.parametrize(("least", "names"), [(1, 4), (2, 3), (3, 0)])
def test_least(least, names, corpus, command_line):
    """A row rests on so many facts at least."""
    rows = tomllib.loads(command_line("catalog", "suggest", corpus, "--least", least, "--lang", "en")[1])

    assert len(rows.get("indicator", ())) == names


def test_signs_in_quotations(tmp_path, command_line):
    """Whatever a notice says, the rows are TOML."""
    body = '取暖"补贴\\标准为每户每年800元。\n取暖\x1b[31m补贴标准为每户每年900元。取暖补贴标准为每户每年900元。'
    (tmp_path / "a.txt").write_text(NOTICE.format(year=2022, number=1, title='关于"取暖"\\的通知', body=body), "utf-8")
    status, said, _ = command_line("catalog", "suggest", tmp_path, "--least", 1)

    assert (status, "\x1b" in said) == (0, False)
    assert tomllib.loads(said)["indicator"]
