"""One source of data files: who loads those of the package, and that nothing reads another folder than the one given."""

from __future__ import annotations

import ast
import hashlib
import inspect
import pickle
import shutil
from functools import cache
from importlib import import_module

import build_pdf
import pytest
from syntax import modules, nodes

from extractor import Dataset
from extractor.build.incremental import build
from extractor.errors import ExtractorError
from extractor.export import Options, export_bytes
from extractor.ingest import read
from extractor.release import release
from extractor.report.diff import Request, compare, diff_view
from extractor.report.diff_lines import parts_of
from extractor.report.terminal import render
from extractor.resources import DATA, Resources, load

# ── who loads ───────────────────────────────────────────────────────────────────────────────────────────────────────

# The functions and classes that users call without naming a folder, and the sandbox's process, which is told one.
LOADS = {("extractor.resources", "load"), ("extractor.resources", "load_with")}
LOADERS = {
    # A worker of another machine loads its own, once.
    "build/engine/shards.py": {"_resources"},
    "build/incremental.py": {"build", "read_corpus", "read_notice", "with_corrections"},
    "build/follow/health.py": {"check_sources"},
    "build/follow/run.py": {"follow_once"},
    "build/intake/run.py": {"add", "read_address"},
    "build/watch.py": {"watch"},
    "evaluate/scoring.py": {"evaluate"},
    "export/targets.py": {"Options"},
    "ingest/registry.py": {"read"},
    "ingest/sandbox_worker.py": {"begin"},
    "notice/mentions/api.py": {"dates", "numerals", "quantities"},
    "notice/spacy_component.py": {"PolicyFacts"},
    "query/api.py": {"Dataset"},
    "release.py": {"release"},
}


def trees():
    """Pair each module below the command line, and apart from the loader itself, with its syntax tree."""
    return [(name, tree) for name, tree in modules().items() if not name.startswith("cli/") and name != "resources.py"]


@cache
def imported(tree):
    """Map the names that a module gives to what it imports from the package: module and name."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "extractor"
        for alias in node.names
    }


def target(node, names):
    """Give module and name of what an expression means, if it was imported from the package."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
        return ".".join(names[node.value.id]), node.attr
    return None


def test_who_loads_the_package_s_data_files():
    """Only public functions and the command line load the data files; everything else is given some."""
    found = {}
    for module, tree in trees():
        names = imported(tree)
        for part in tree.body:
            loads = any(target(node, names) in LOADS for node in nodes(part))
            if loads and not isinstance(part, ast.ImportFrom):
                found.setdefault(module, set()).add(getattr(part, "name", "module"))

    assert found == LOADERS


def test_nobody_else_names_the_package_s_folder():
    """The folder itself, or `Resources` of no folder, are another way past the resources given."""
    found = set()
    for module, tree in trees():
        names = imported(tree)
        for node in nodes(tree):
            made = isinstance(node, ast.Call) and target(node.func, names) == ("extractor.resources", "Resources")
            if made or target(node, names) == ("extractor.resources", "DATA"):
                found.add(module)

    assert found == {"build/cache/fingerprint.py"}  # which takes from it where the code lies


def optional(module, name):
    """Return True if a function or class of the package may be called without resources, and then loads some."""
    try:
        thing = getattr(import_module(module), name, None)
    except ModuleNotFoundError:  # what is called belongs to an object, not to a module
        return False
    if not (inspect.isfunction(thing) or inspect.isclass(thing)):
        return False
    given = inspect.signature(thing.__init__ if inspect.isclass(thing) else thing).parameters.get("resources")
    return given is not None and given.default is None


def test_public_functions_are_given_resources_within_the_package():
    """Inside the package a function that could load data files itself is always told which."""
    calls, forgotten = 0, []
    for module, tree in trees():
        names = imported(tree)
        for node in nodes(tree):
            called = target(node.func, names) if isinstance(node, ast.Call) else None
            if called and optional(*called):
                calls += 1
                if "resources" not in {keyword.arg for keyword in node.keywords}:
                    forgotten.append((module, node.lineno))

    assert forgotten == []
    assert calls > 5


def test_resources_are_pickled_by_their_folder(tmp_path):
    """A pipeline of spaCy that is sent to another process takes its data files along, not what was built of them."""
    given = Resources(tmp_path)
    given.built(lambda _: lambda: None)

    assert pickle.loads(pickle.dumps(given)).root == tmp_path  # noqa: S301 - our own


# ── one row changed ─────────────────────────────────────────────────────────────────────────────────────────────────

SUBSIDY, CENTRAL = "medical.funding.fiscal_subsidy", "medical.funding.central_share"
NATION_2021 = """国家医保局 财政部关于做好2021年城乡居民基本医疗保障工作的通知
医保发〔2021〕32号
各省、自治区、直辖市医保局：
一、2021年居民医保人均财政补助标准新增30元，达到每人每年不低于580元。个人缴费标准为每人每年320元。
二、加强医疗机构管理。
国家医保局
2021年5月27日
"""
NATION_2022 = """国家医保局 财政部关于做好2022年城乡居民基本医疗保障工作的通知
医保发〔2022〕20号
各省、自治区、直辖市医保局：
一、2022年居民医保人均财政补助标准新增30元，达到每人每年不低于610元，其中中央财政补助300元。个人缴费标准为每人每年350元。
二、切实加强医疗机构管理。
三、待遇享受期为2023年1月1日至2023年12月31日。
四、中央财政对西部、中部地区分别按照人均财政补助标准80%、60%的比例给予补助。大学生个人缴费标准为每人每年280元。
"""
PROVINCE_2022 = """江西省医疗保障局关于做好2022年城乡居民基本医疗保障工作的通知
赣医保发〔2022〕14号
各设区市医疗保障局：
根据《国家医保局 财政部关于做好2022年城乡居民基本医疗保障工作的通知》（医保发〔2022〕20号），通知如下。
一、2022年居民医保人均财政补助标准达到每人每年不低于640元。
江西省医疗保障局
2022年7月30日
"""


def paged(text):
    """Draw a notice on one page, with its number below."""
    title, *rest = text.splitlines()
    lines = [(line, 79.0, 160.0 + 28 * at, 10.0) for at, line in enumerate(rest)]
    return build_pdf.drawn([(title, 79.0, 100.0, 10.0), *lines, ("— 1 —", 280.0, 780.0, 10.0)])


def web(text):
    """Write a notice as a page in GB18030 that doesn't say so, with what stands beside it."""
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><body>{lines}<div class='tuijian'><p>个人缴费标准为每人每年999元。</p></div></body></html>".encode(
        "gb18030"
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Three notices in three formats: the nation's of two years, and a province's that implements the second."""
    folder = tmp_path_factory.mktemp("notices") / "corpus"
    folder.mkdir()
    (folder / "2021.txt").write_text(NATION_2021, "utf-8")
    (folder / "2022.html").write_bytes(web(NATION_2022))
    (folder / "360000.pdf").write_bytes(paged(PROVINCE_2022))
    return folder


# Pieces of rows.
DASHED = """regex = '[-—–―─~_·•.]{1,3} ?(?:第 ?)?\\d{1,4}(?: ?页)? ?[-—–―─~_·•.]{1,3}'
examples = ["— 2 —", "- 2 -", "-12-", "—第3页—", "·4·"]
"""
NEVER = """regex = '§ ?\\d{1,4}'
examples = ["§ 2"]
"""
NO_CHINESE = """[[characters]]
id = "rare"
source = "made up"
text = "龘"
"""
SHARES = 'id = "payers_level"\ngroup = "payer"\n'
TIER = 'id = "resident_medical.central"\narea = '

ASKED = {
    "area": (CENTRAL, {"region": "360000"}),
    "day": ("medical.funding.individual_contribution", {"on": "2023-05-01"}),
    "like": ("medical.funding.individual_contribution", {"year": 2022, "population": "在校生"}),
    "payer": (SUBSIDY, {"year": 2022, "region": "100000", "payer": "中央财政"}),
}


def told(function):
    """Return what a function returns, or the words of the error that it raises on purpose."""
    try:
        return function()
    except ExtractorError as error:
        return str(error)


def said(corpus, outputs, resources):
    """Build, ask, compare, release and export; return all that was said, by its place."""
    build(corpus, outputs, resources=resources)
    dataset = Dataset.load(outputs / "dataset.json", resources=resources)
    names = ("notices", "facts", "unresolved", "set_aside", "series", "checks")
    parts = {name: getattr(dataset.data, name) for name in names}
    for name in ("changes", "measures"):
        parts[name] = [item for one in dataset.comparisons for item in getattr(one, name)]
    for path in corpus.iterdir():
        data = path.read_bytes()
        parts[f"blocks of {path.name}"] = told(lambda data=data, path=path: blocks(data, path.name, resources))
        ledger = outputs / f"ledger/{hashlib.sha256(data).hexdigest()}.jsonl"
        parts[f"ledger of {path.name}"] = ledger.read_text("utf-8") if ledger.is_file() else None
    for name, (indicator, words) in ASKED.items():
        parts[f"value {name}"] = told(lambda asked=indicator, words=words: str(dataset.value(asked, **words)))
    options = Options(outputs=outputs, corpus=corpus, resources=resources)
    parts["displacy"] = export_bytes(dataset.data, "displacy", options=options)
    parts["diff"] = told(lambda: province_against_nation(dataset.data, corpus, outputs, resources))
    parts["release"] = release(outputs, resources=resources).text
    return parts


def blocks(data, name, resources):
    """List the kinds and places of a file's blocks."""
    return [(block.kind, block.start, block.end) for block in read(data, origin=name, resources=resources).blocks]


def province_against_nation(data, corpus, outputs, resources):
    """Draw what `extractor diff --region 360000 --against 100000 2022` shows."""
    request = Request(("2022",), "dataset.json", corpus, region="360000", against="100000")
    found, writer = compare(request, lambda _: (data, outputs), "zh", resources, quoted=True)
    return render(diff_view(parts_of(found, writer), writer.labels, verbose=True), width=140, color=False)


@pytest.fixture
def no_package_files(monkeypatch, tmp_path):
    """Leave the package without data files: whoever still reads them meets an error."""
    monkeypatch.setattr(load(), "root", tmp_path / "none")
    monkeypatch.setattr(load(), "_built", {})


@pytest.fixture(scope="module")
def before(corpus, tmp_path_factory):
    """What is said with the data files as they are, and the folder that was built."""
    outputs = tmp_path_factory.mktemp("before") / "outputs"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(load(), "root", corpus / "none")
        patched.setattr(load(), "_built", {})
        return said(corpus, outputs, Resources(DATA)), outputs


PAGE = {"blocks of 2022.html", "ledger of 2022.html"}
FIGURES = {"notices", "facts", "series", "changes", "checks", "measures", "displacy", "diff", "release"}
CONTRIBUTION = {"value day", "value like"}
VALUES = {f"value {name}" for name in ASKED}
# what is changed, file, a piece of it ("" for all of it) and what is put in its place, what that changes
CHANGED = [
    ("how a text is decoded", "encoding.toml", "", NO_CHINESE, {*PAGE, *FIGURES, *VALUES, "set_aside"}),
    ("what stands beside an article", "html.toml", '"tuijian", ', "", {*PAGE, *FIGURES, *CONTRIBUTION}),
    ("a page's number", "lines.toml", DASHED, NEVER, {"blocks of 360000.pdf"}),
    (
        "who pays a share",
        "scope.toml",
        f"{SHARES}part = true",
        f"{SHARES}part = false",
        {"facts", "series", "changes", "checks", "diff", "value payer"},
    ),
    ("area of a province", "areas.toml", f'{TIER}"central"', f'{TIER}"west"', {"value area"}),
    ("what a period dates", "readings.toml", '"medical.funding.individual_contribution", ', "", {"value day"}),
    ("who may be the same", "overlaps.toml", '"高校", "在校"]', '"高校"]', {"value like"}),
    (
        "what more means",
        "directions.toml",
        f'{SUBSIDY}"\nraised = "tightens"',
        f'{SUBSIDY}"\nraised = "loosens"',
        {"diff"},
    ),
    ("what a kind is called", "labels.toml", 'zh = "金额"', 'zh = "钱数"', {"displacy"}),
    ("how a release begins", "changes.toml", "首次发布：", "第一次发布：", {"release"}),
    ("words that say little", "measures.toml", '"加强", ', "", {"measures"}),
    (
        "how a check is told",
        "identities.toml",
        "{year_before}年{before}，相符。",
        "{year_before}年{before}，对。",
        {"checks"},
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED]
)
@pytest.mark.usefixtures("no_package_files")
def test_a_changed_row_changes_what_rests_on_it(file, old, new, expected, corpus, before, tmp_path):
    """With a row of a folder's own, the outputs differ just where that row says, and nothing reads the package's."""
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(before[1], tmp_path / "outputs", ignore=shutil.ignore_patterns("history", "CHANGES.md"))
    path = tmp_path / "data" / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new) if old else new, "utf-8")
    found = said(corpus, tmp_path / "outputs", Resources(tmp_path / "data"))

    assert not old or text.count(old) == 1
    assert {name for name, words in found.items() if words != before[0][name]} == expected
