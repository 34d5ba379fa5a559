"""``extractor diff`` as people and scripts meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from factories import CHINA, fact, notice
from rich.cells import cell_len

from extractor.build.incremental import build
from extractor.cli import main as cli
from extractor.dataset import canonical
from extractor.dataset.compare import Stance, compare_consecutive, figures_of
from extractor.dataset.labels import LANGUAGES, LabelRow
from extractor.dataset.series import build_series
from extractor.dataset.versions import make_dataset
from extractor.model import ChangeKind, Region, Relation, Scope
from extractor.report.diff_files import harmless, plain
from extractor.resources import load, read_rows

NOTICES = Path(__file__).parents[2] / "shared" / "notices"
A21, A22, JX = "医保发〔2021〕32号", "医保发〔2022〕20号", "赣医保发〔2022〕14号"
JIANGXI = Region(code="360000", iso="CN-JX", name="江西省")
RATE = {"kind": "rate", "unit": "%", "per": ()}
CITIES = {"kind": "count", "unit": "{个}", "per": ()}


def dataset_of(facts, notices):
    series = build_series(facts, notices, load())
    made = make_dataset(
        Path("none"), "", notices=tuple(notices), set_aside=(), facts=tuple(facts), unresolved=(), series=series,
        checks=(), comparisons=(),
    )  # fmt: skip
    return canonical.encode(
        {**json.loads(canonical.encode(made)), "comparisons": compare_consecutive(figures_of(made, load()))}
    )


def facts(subsidy="610", **fields):
    return [
        fact(A21, 2021, "580", operator="ge"),
        fact(A22, 2022, subsidy, operator="ge", **fields),
        fact(A21, 2021, "30", indicator="medical.payment.drg_pilot_cities", **CITIES),
        fact(A22, 2022, "40", operator="ge", indicator="medical.payment.drg_dip_coverage", **RATE),
        fact(A21, 2021, "80", indicator="medical.funding.central_share", scope=Scope(area="west"), **RATE),
        fact(A22, 2022, "80", indicator="medical.funding.central_share", scope=Scope(area="west"), **RATE),
        fact(JX, 2022, "640"),
    ]


def notices():
    link = Relation(type="implements", document_number=A22, title=None, evidence=facts()[0].evidence)
    return [
        notice(A21, year=2021),
        notice(A22, year=2022),
        notice(JX, year=2022, region=JIANGXI, relations=(link,)),
    ]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a dataset of three notices and a later version of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs/dataset.json").write_bytes(dataset_of(facts(), notices()))
    (tmp_path / "later.json").write_bytes(dataset_of(facts("611", fact_id=facts()[1].fact_id), notices()))
    return tmp_path


@pytest.fixture
def run(folder, command_line):  # noqa: ARG001 - the folder to run in
    """Run a command line in the process: (status, stdout, stderr)."""

    def call(*arguments, stdin=b""):
        return command_line("diff", *arguments, stdin=stdin)

    return call


def test_years(run):
    """Year against year: indicator, scope, before, after, change; related targets stand in one group; status 1."""
    status, out, err = run("2021", "2022")

    assert (status, err) == (1, "")
    words = (
        "2021 → 2022",
        "人均财政补助标准",
        "≥580 元/人·年",
        "≥610 元/人·年",
        "提高 +30 元 (+5.17%)",
        "西部",
        "不变",
    )
    assert all(word in out for word in words)
    group = out[out.index("支付方式") :].split("\n\n")[0]
    assert all(word in group for word in ("30 个", "未提及", "≥40%", "新提出"))
    assert "\x1b" not in out
    status, out, _ = run("2021", "2022", "--lang", "en")

    assert all(
        word in out
        for word in ("Medical insurance: payment methods", "Raised +30 CNY (+5.17%)", "Not mentioned", "West")
    )


def test_verbose(run):
    """The sentences of both sides, with their notices; where the source is gone, the dataset's quotation."""
    _, out, _ = run("2021", "2022", "--verbose")

    assert all(word in out for word in (A21, A22, "【一】", facts()[0].fact_id))


def test_nothing_moved(run):
    """Status 0 and an empty result where nothing that is shown moved."""
    for arguments in (
        ("2022", "2022"),
        ("outputs/dataset.json", "outputs/dataset.json"),
        ("2021", "2022", "--only", "lowered"),
    ):
        assert run(*arguments)[:2] == (0, "没有变化\n")
        assert run(*arguments, "--format", "csv")[1].count("\n") == 1
        assert json.loads(run(*arguments, "--format", "json")[1])["comparisons"] == []
        assert run(*arguments, "--format", "html", "--lang", "en")[1].count("Nothing moved") == 1
    assert run("2021", "2022", "--indicator", "medical.funding.central_share")[0] == 0


def test_filters(run):
    """Only some kinds, only some indicators or a group of them."""
    _, out, _ = run("2021", "2022", "--only", "raised, lowered")

    assert "人均财政补助标准" in out
    assert "未提及" not in out
    _, out, _ = run("2021", "2022", "--indicator", "medical.payment")

    assert "DRG付费试点城市数" in out
    assert "人均财政补助标准" not in out


def test_datasets(run, folder):
    """Dataset against dataset, one of them from standard input."""
    for arguments, stdin in (
        (("outputs/dataset.json", "later.json"), b""),
        (("-", "later.json"), (folder / "outputs/dataset.json").read_bytes()),
    ):
        status, out, _ = run(*arguments, stdin=stdin)

        assert status == 1
        assert all(word in out for word in ("旧数据集", "新数据集", "≥610", "≥611", "提高 +1 元"))
    _, back, _ = run("later.json", "outputs/dataset.json")

    assert "降低 −1 元" in back


def test_regions(run):
    """Province against nation: what it adopts, tightens, leaves out."""
    status, out, _ = run("--region", "360000", "--against", "100000", "2022")

    assert status == 1
    assert all(word in out for word in ("100000 中华人民共和国 2022 → 360000 江西省 2022", "收紧", "未写", "界限变动"))
    found = json.loads(run("--region", "360000", "--against", "100000", "2022", "--format", "json")[1])

    assert {row["stance"] for row in found["comparisons"][0]["changes"]} == {"tightens", "leaves_out"}
    _, out, _ = run("--region", "360000", "--against", "100000", "2022", "--only", "tightens", "--lang", "en")

    assert "Tightens" in out
    assert "Leaves out" not in out


def test_json(run):
    """Programs get the comparison as the dataset holds it, with the facts of both sides."""
    found = json.loads(run("2021", "2022", "--format", "json")[1])
    raised = next(row for row in found["comparisons"][0]["changes"] if row["kind"] == "raised")

    assert (raised["delta"], raised["delta_unit"], raised["delta_percent"]) == ("30", "CNY", "5.17")
    assert raised["before"]["fact_ids"][0] in {row["fact_id"] for row in found["facts_before"]}
    assert raised["after"]["fact_ids"][0] in {row["fact_id"] for row in found["facts_after"]}


def test_csv(run):
    """A row a change, with names of fields."""
    rows = list(csv.DictReader(io.StringIO(run("2021", "2022", "--format", "csv", "--region", "100000")[1])))
    raised = next(row for row in rows if row["kind"] == "raised")

    assert len(rows) == 4
    assert (raised["before_value"], raised["after_value"], raised["delta"], raised["before_quote"]) == (
        "580",
        "610",
        "30",
        "【一】",
    )


HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> | **x** \x1b[31m &amp;\u202e'


def test_hostile_words(run, folder):
    """A notice's words reach a page escaped, a table as one cell, a sheet never as a formula, a terminal as no command."""
    bad = [
        fact(A21, 2021, "1", indicator=None, subject="高龄津贴", scope=Scope(population=HOSTILE)),
        fact(A22, 2022, "2", indicator=None, subject="高龄津贴", scope=Scope(population=HOSTILE)),
    ]
    china = Region(code=CHINA.code, iso="CN", name=HOSTILE)
    heads = [notice(one.notice_id, year=one.policy_year, region=china) for one in bad]
    (folder / "bad.json").write_bytes(dataset_of(bad, heads))
    pages = {
        form: run("2021", "2022", "--dataset", "bad.json", "--format", form, "-v")[1]
        for form in ("html", "markdown", "csv", "table")
    }

    assert "<script>" not in pages["html"]
    assert "&lt;script&gt;" in pages["html"]
    rows = [line for line in pages["markdown"].splitlines() if line.startswith("| ？")]
    assert [len(line.replace("\\|", "").split("|")) for line in rows] == [7]
    assert "<script" not in pages["markdown"].replace("\\<", "")
    cells = [cell for row in csv.reader(io.StringIO(pages["csv"], newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r", "-"}]
    assert all("\x1b" not in page and "\u202e" not in page for form, page in pages.items() if form != "csv")


@pytest.mark.parametrize("text", ["=1", "+1", "-a", "@a", "\t=1", "\r1", "\n=1", " =1", "＝1", "-1+2"])
def test_cells_that_a_sheet_would_run(text):
    """Such a cell begins with an apostrophe."""
    assert harmless(text) == f"'{text}"


def test_cells_that_are_harmless():
    """Numbers and words stay as they are; Markdown keeps words apart from signs."""
    assert [harmless(text) for text in ("-30", "-0.5", "610", "不低于", "")] == ["-30", "-0.5", "610", "不低于", ""]
    assert plain("a|b\n# c") == "a\\|b \\# c"


def edited(change):
    """Edit the dataset by hand."""
    return lambda data: canonical.encode(change(json.loads(data)))


def other_major(data):
    return {**data, "schema_version": "9.0.0"}


def nowhere(data):
    data["comparisons"][0]["changes"][0]["after"] = None
    data["comparisons"][0]["changes"][0]["before"] = {
        "year": 2021, "value": "1", "lower": None, "upper": None, "operator": "eq", "due": None, "status": "stated",
        "fact_ids": ["f-ffffffffffff"], "derivation": None,
    }  # fmt: skip
    return data


def no_notice(data):
    return {**data, "notices": data["notices"][1:]}


def twice(data):
    return {**data, "facts": [*data["facts"], data["facts"][0]]}


BAD = [
    ("a year that isn't there", ["2019", "2022"], None, ["2019", "100000: 2021, 2022", "360000: 2022"]),
    ("a year that isn't there, of a region", ["2021", "2022", "--region", "360000"], None, ["2021", "360000", "2022"]),
    ("a region that isn't there", ["2021", "2022", "--region", "440000"], None, ["440000", "100000, 360000"]),
    ("a region that isn't there, of datasets", ["bad.json", "later.json", "--region", "440000"], lambda data: data,
     ["440000", "100000, 360000"]),
    ("another region that isn't there", ["--region", "360000", "--against", "440000", "2022"], None, ["440000", "100000"]),
    ("another schema major", ["bad.json", "later.json"], edited(other_major), ["bad.json", "9.0.0", "2.x", "build"]),
    ("another schema major, the later one", ["later.json", "bad.json"], edited(other_major), ["bad.json", "9.0.0"]),
    ("a change points nowhere", ["bad.json", "later.json"], edited(nowhere), ["bad.json", "f-ffffffffffff"]),
    ("a fact points nowhere", ["2021", "2022", "--dataset", "bad.json"], edited(no_notice), ["bad.json", A21]),
    ("fact ids twice", ["bad.json", "later.json"], edited(twice), ["bad.json", "2 times"]),
    ("cut short", ["bad.json", "later.json"], lambda data: data[: len(data) // 2], ["bad.json", "cut short", "line"]),
    ("empty", ["bad.json", "later.json"], lambda _: b"", ["bad.json", "cut short"]),
    ("no such file", ["missing.json", "later.json"], None, ["missing.json", "no such file"]),
    ("a region with one year", ["--region", "360000"], None, ["2022", "--against"]),
    ("a region with one year, by name", ["--region", "江西"], None, ["2022", "--against"]),
    ("a region that isn't there, without years", ["--region", "440000"], None, ["440000", "100000, 360000"]),
    ("a region and a year", ["--region", "360000", "2022"], None, ["cannot compare 2022"]),
    ("one year", ["2021"], None, ["2021", "Name two years"]),
    ("three years", ["2021", "2022", "2023"], None, ["Name two years"]),
    ("a year and a file", ["2021", "later.json"], None, ["later.json", "Name two years"]),
    ("both from standard input", ["-", "-"], None, ["standard input"]),
    ("against a region that no other implements", ["--against", "360000", "2022"], None, ["--region"]),
    ("against itself", ["--region", "100000", "--against", "100000", "2022"], None, ["another region"]),
    ("against with two years", ["--region", "360000", "--against", "100000", "2021", "2022"], None, ["one year"]),
    ("no such kind", ["2021", "2022", "--only", "raisd"], None, ["raisd", "Did you mean raised"]),
    ("no such indicator", ["2021", "2022", "--indicator", "medical.funding.totl"], None, ["Did you mean medical.funding.total"]),
    ("no such format", ["2021", "2022", "--format", "xls"], None, ["xls"]),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "damage", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input(run, folder, arguments, damage, words):
    """A clear error, status 2, nothing written."""
    if damage:
        (folder / "bad.json").write_bytes(damage((folder / "outputs/dataset.json").read_bytes()))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert all(word in err for word in words), err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_label(language):
    """Every kind of change and every stance has a word in both languages."""
    rows = {row.id: getattr(row, language) for row in read_rows(load().root / "labels.toml", "label", LabelRow)}
    names = [f"change.{kind}" for kind in get_args(ChangeKind)] + [f"stance.{name}" for name in get_args(Stance)]

    assert all(rows.get(name) for name in names)


# ── the notices ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    if not NOTICES.is_dir():
        pytest.skip("../shared/notices is not here")
    folder = tmp_path_factory.mktemp("outputs")
    build(NOTICES, folder)
    return folder


def shell(*arguments, **env):
    command = [sys.executable, "-m", "extractor", "diff", *arguments]
    repository = str(Path(cli.__file__).parents[2])
    variables = {**os.environ, "PYTHONPATH": repository, "PYTHONIOENCODING": "utf-8", **env}
    return subprocess.run(command, env=variables, capture_output=True, check=False)  # noqa: S603 - our own program


@pytest.mark.parametrize("years", [("2021", "2022"), ("2022", "2023"), ("2020", "2021")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits(outputs, years, language):
    """100 columns are enough: no line is wider, nothing ends in an ellipsis, and columns stand under their heads."""
    dataset = str(outputs / "dataset.json")
    ended = shell(*years, "--dataset", dataset, "--lang", language, "--region", "100000", COLUMNS="100")
    out = ended.stdout.decode()

    assert (ended.returncode, ended.stderr) == (1, b"")
    assert max(cell_len(line) for line in out.splitlines()) <= 100
    assert "…" not in out
    head = next(
        line for line in out.splitlines() if f" {years[0]} " in line and f" {years[1]} " in line and "→" not in line
    )
    row = next(line for line in out.splitlines() if "≥5" in line or "≥6" in line)
    assert cell_len(head[: head.index(years[1])]) == cell_len(row[: row.rindex("≥")])


def test_both_quotations(outputs):
    """Verbose shows what both years' notices say, each figure marked in its sentence."""
    dataset = str(outputs / "dataset.json")
    arguments = ("2021", "2022", "--dataset", dataset, "--corpus", str(NOTICES), "--verbose", "--format", "markdown")
    out = shell(*arguments).stdout.decode()

    assert all(word in out for word in ("**不低於580元**", "**不低于610元**", "**320元**", "**350元**", "**至少40%**"))
    assert "仅见于解读" in out


def test_light(outputs):
    """Comparing needs none of the libraries that reading notices needs, and a table no templates."""
    code = "import sys\nfrom extractor.cli.main import main\ntry: main(sys.argv[1:])\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "diff", "2021", "2022", "--dataset", str(outputs / "dataset.json")]
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    ended = subprocess.run(command, capture_output=True, env=environment, check=True)  # noqa: S603 - our own program

    assert not {"spacy", "jieba", "opencc", "jinja2"} & set(ended.stderr.decode().split())
