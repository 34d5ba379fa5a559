"""The commands as people and scripts meet them: what goes where, and with which status."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from factories import fact

import extractor
from extractor.cli import main
from extractor.dataset.labels import LANGUAGES, LabelRow, load_labels, value_words
from extractor.errors import IngestReason
from extractor.model import (
    Disposition,
    Kind,
    Modality,
    NoticeType,
    Operator,
    RelationType,
    Role,
    SupportFor,
    UnresolvedReason,
)
from extractor.resources import load, read_rows

NOTICE = "医保发〔2022〕20号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。[red]个人缴费350元[/nothing]。\n"
HOSTILE = "甲〔2022〕1号\n\x1b[31m每人每年99元\u202e。\n"


@pytest.fixture(autouse=True)
def pipeline(stand_in, monkeypatch):  # noqa: ARG001 - put in place
    """Put the stand-in in the place of the pipeline, and take away what would change the output."""
    for name in ("COLUMNS", "EXTRACTOR_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a corpus of one notice."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(NOTICE, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder, command_line):  # noqa: ARG001 - the folder to run in
    """Run a command line in the process: (status, stdout, stderr)."""
    return command_line


def test_build(run, folder):
    """Building writes the outputs, tells what it wrote, and keeps quiet on standard error when piped."""
    status, out, err = run("build")

    assert (status, err) == (0, "")
    assert "文件 1 · 事实 2 · 未决 0" in out
    assert (folder / "outputs/dataset.json").exists()
    status, out, _ = run("build", "corpus", "-o", "other", "--lang", "en")

    assert "Notice 1 · Facts 2" in out
    assert (folder / "other/dataset.json").read_bytes() == (folder / "outputs/dataset.json").read_bytes()


def test_build_sets_aside(run, folder):
    """Status 3 and the reason when a notice was set aside."""
    (folder / "corpus/b.txt").write_bytes(b"")
    status, out, _ = run("build")

    assert status == 3
    assert all(word in out for word in ("搁置 1", "b.txt", "空文件"))


def test_parse_shows_a_table(run):
    """People see head, facts and ledger, in Chinese or English; hostile words reach no terminal as commands."""
    status, out, _ = run("parse", "corpus/a.txt")

    assert status == 0
    assert all(word in out for word in ("医保发〔2022〕20号", "指标", "数值", "原文", "≥610 元/人·年"))
    status, out, _ = run("parse", "corpus/a.txt", "--lang", "en")

    assert all(word in out for word in ("Indicator", "Value", "≥610 CNY/person·year", "Ledger"))
    status, out, _ = run("parse", "-", stdin=HOSTILE.encode())

    assert "\x1b" not in out
    assert "\u202e" not in out


def test_parse_json(run, folder):
    """Programs get the whole result as canonical JSON, the same from a file and from standard input."""
    status, out, err = run("parse", "corpus/a.txt", "--json")
    parsed = json.loads(out)

    assert (status, err) == (0, "")
    assert [fact["value"] for fact in parsed["facts"]] == ["610", "350"]
    assert out.endswith("}\n")
    assert list(parsed) == ["facts", "ledger", "notice", "unresolved"]
    status, again, _ = run("parse", "-", "--json", stdin=(folder / "corpus/a.txt").read_bytes())

    assert json.loads(again)["facts"] == parsed["facts"]


def test_show(run, folder):
    """A fact is shown with its sentence, its words marked, its place and its ledger."""
    run("build")
    facts = json.loads((folder / "outputs/dataset.json").read_text("utf-8"))["facts"]
    status, out, _ = run("show", facts[0]["fact_id"])

    assert status == 0
    assert "一、人均财政补助标准达到每人每年【610元】。\n" in out
    assert all(word in out for word in (facts[0]["fact_id"], "a.txt", "made", "台账", "语气"))
    both = "\n".join(fact["fact_id"] for fact in facts)
    status, out, _ = run("show", "-", stdin=both.encode())

    assert "【610元】" in out
    assert "[red]个人缴费【350元】[/nothing]" in out
    status, out, _ = run("show", facts[0]["fact_id"][:9])

    assert status == 0
    dataset = (folder / "outputs/dataset.json").read_bytes()
    status, out, _ = run("show", facts[0]["fact_id"], "--dataset", "-", stdin=dataset)

    assert "【610元】" in out


def test_show_without_the_source(run, folder):
    """When the notice is gone or another by now, the dataset's own quotation is shown."""
    run("build")
    fact = json.loads((folder / "outputs/dataset.json").read_text("utf-8"))["facts"][0]["fact_id"]
    for change in ("changed 610元", None):
        path = folder / "corpus/a.txt"
        path.write_text(change, "utf-8") if change else path.unlink()
        status, out, _ = run("show", fact)

        assert status == 0
        assert "达到每人每年【610元】" in out


def test_evaluate(run, folder):
    """Scores are shown by notice and kind; a floor that isn't reached is status 1."""
    (folder / "gold").mkdir()
    start = NOTICE.index("610")
    row = {
        "start": start,
        "end": start + 3,
        "text": "610",
        "kind": "money",
        "value": "610",
        "unit": "CNY",
        "operator": "ge",
        "subject": ["另一标准"],
        "payer_in": ["省财政"],
    }
    (folder / "gold/a.jsonl").write_text(json.dumps(row), "utf-8")
    (folder / "floors.json").write_text('{"value": 1, "precision": 0.9}', "utf-8")
    status, out, _ = run("evaluate", "gold", "-v")

    assert status == 0
    assert all(word in out for word in ("合计", "1.000", "0.500", "金额", "多读", "350元", "名称不对"))
    assert "主题 另一标准 ← " in out
    assert "出资方 省财政 ← " in out
    status, _, err = run("evaluate", "gold", "--floors", "floors.json")

    assert (status, err) == (1, "Error: under the floor: precision 0.500 < 0.9\n")
    run("build")
    status, again, _ = run("evaluate", "gold", "--dataset", "outputs/dataset.json", "-v")

    assert again == out


def test_schema(run, folder):
    """The schema is printed as it is published, and fits the published dataset."""
    status, out, _ = run("schema")
    run("build")
    dataset = json.loads((folder / "outputs/dataset.json").read_text("utf-8"))

    assert status == 0
    assert out == (folder / "outputs/dataset.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(out)).validate(dataset)


def test_every_command_has_help_with_an_example(run):
    """Every command explains itself, with an example that names it."""
    for name in main.commands.commands:
        status, out, _ = run(name, "--help")

        assert status == 0
        assert f"Example extractor {name}" in out
    status, out, _ = run("--version")

    assert out == f"extractor, version {extractor.__version__}\n"


def test_the_example_of_evaluate_runs(run):
    """The example that its help gives scores a set of this project."""
    example = next(line for line in run("evaluate", "--help")[1].splitlines() if line.strip().startswith("Example"))
    ended = shell(f'"$PY" -m {example.split(maxsplit=1)[1]}', Path(__file__).parents[1])

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "合计" in ended.stdout.decode()


def test_faults_of_ours_are_no_tracebacks(run, monkeypatch):
    """Even a fault of the program is one line; a switch shows where."""
    status, out, err = run("parse", "-", stdin="坏的通知，坏的通知".encode())

    assert (status, out) == (2, "")
    assert "fault of extractor" in err
    assert "Traceback" not in err
    monkeypatch.setenv("EXTRACTOR_DEBUG", "1")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("坏的通知，坏的通知".encode()), "utf-8"))
    with pytest.raises(ValueError, match="met 坏"):
        main._run(["parse", "-"])


def shell(command, folder, **env):
    repository = os.path.dirname(os.path.dirname(extractor.__file__))  # noqa: PTH120
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"  # noqa: PTH120
    variables = {**os.environ, "PYTHONPATH": repository, "PATH": path, "PY": sys.executable, **env}
    bash = ["bash", "-c", command]
    return subprocess.run(bash, cwd=folder, env=variables, capture_output=True, check=False)  # noqa: S603 - our own


def test_pipes(folder):
    """A reader that goes away early is no error; a full device is one, without a traceback."""
    ended = shell('"$PY" -m extractor schema | head -1; echo "${PIPESTATUS[0]}"', folder)

    assert (ended.stdout, ended.stderr) == (b"{\n0\n", b"")
    if os.path.exists("/dev/full"):  # noqa: PTH110
        ended = shell('EXTRACTOR_LANG=en "$PY" -m extractor schema > /dev/full', folder)

        assert ended.returncode == 2
        assert ended.stderr.startswith(b"Error: standard output cannot be written: No space left")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030", "utf-8"])
def test_terminals_of_any_encoding(encoding, folder):
    """An error in Chinese ends no run, whatever the terminal can show; JSON is UTF-8 always."""
    ended = shell('"$PY" -m extractor parse 没有.txt', folder, PYTHONIOENCODING=encoding)

    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
    ended = shell('"$PY" -m extractor schema', folder, PYTHONIOENCODING=encoding)

    assert (
        hashlib.sha256(ended.stdout).hexdigest()
        == hashlib.sha256(shell('"$PY" -m extractor schema', folder).stdout).hexdigest()
    )


GROUPS = {
    "kind": Kind, "role": Role, "operator": Operator, "sign": Operator, "modality": Modality, "type": NoticeType,
    "relation": RelationType, "disposition": Disposition, "support": SupportFor, "reason": UnresolvedReason,
    "set_aside": IngestReason,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_has_a_label(language):
    """Whatever the types can hold has a word in both languages; unknown members are shown as they are."""
    labels = load_labels(load(), language)
    rows = {row.id for row in read_rows(load().root / "labels.toml", "label", LabelRow)}

    assert {f"{group}.{member}" for group, kind in GROUPS.items() for member in get_args(kind)} <= rows
    assert labels("kind", "later") == "later"
    assert labels.unit("{个}") == "个"


# Fields of a fact, and how people read its figure.
FIGURES = [
    ({"operator": "ge", "value": "610"}, "≥610 元/人·年"),
    ({"operator": "approx", "value": "70", "unit": "%", "kind": "rate", "per": ()}, "约70%"),
    ({"operator": "between", "value": None, "lower": "60", "upper": "70", "unit": "%", "per": ()}, "60 – 70%"),
    ({"role": "increase", "value": "30", "per": ("person",)}, "+30 元/人"),
    ({"kind": "count", "value": "5", "unit": "{种}", "per": ()}, "5 种"),
    ({"kind": "age", "value": "60", "unit": "a", "per": (), "operator": "ge"}, "≥60 岁"),
    ({"kind": "rate", "value": "2", "unit": "1/3", "per": ()}, "2/3"),
    ({"kind": "date", "value": "2023-03-31", "unit": None, "per": (), "operator": "le"}, "不晚于2023-03-31"),
    ({"kind": "period", "value": None, "lower": "2023-01-01", "upper": "2023-12-31", "unit": None, "per": ()},
     "2023-01-01 – 2023-12-31"),
    ({"kind": "milestone", "value": None, "unit": None, "per": (), "due": "2022-12-31"}, ""),
    ({"operator": "none", "value": None, "per": ()}, "不设"),
    ({"role": "increase", "operator": "ge", "value": "12000000", "unit": "{人}", "kind": "count", "per": ()}, "至少+1200万 人"),
    ({"role": "increase", "operator": "approx", "value": "5", "unit": "%", "kind": "rate", "per": ()}, "约+5%"),
    ({"role": "decrease", "operator": "ge", "value": "3", "unit": "%", "kind": "rate", "per": ()}, "至少−3%"),
    ({"role": "increase", "operator": "le", "value": "30", "per": ()}, "至多+30 元"),
    ({"role": "increase", "operator": "between", "value": None, "lower": "5", "upper": "7", "unit": "%", "per": ()}, "+5 – 7%"),
    ({"value": "35283", "per": ("month",)}, "35,283 元/月"),
    ({"value": "6821.5", "per": ()}, "6821.5 元"),
    ({"value": "1400000000000", "unit": "{斤}", "kind": "count", "per": ()}, "1.4万亿 斤"),
    ({"kind": "count", "operator": "between", "value": None, "lower": "10000", "upper": "15000", "unit": "{人}", "per": ()},
     "1万 – 1.5万 人"),
    ({"kind": "date", "value": "2023", "unit": None, "per": ()}, "2023"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), FIGURES)
def test_value_words(fields, expected):
    """A figure reads with its bound, unit and per."""
    fields = dict(fields)
    made = fact("n", 2022, fields.pop("value"), **fields)

    assert expected == value_words(made, load_labels(load(), "zh"))


def test_numbers_in_english():
    """English has millions and no 万, and the bound of a change is a word."""
    made = fact("n", 2025, "12000000", role="increase", operator="ge", unit="{人}", kind="count", per=())

    assert value_words(made, load_labels(load(), "en")) == "at least +12 million 人"
