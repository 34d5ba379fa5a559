"""Imports go one way, each heavy library has one importer, and the command starts without any of them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import extractor

PACKAGE = Path(extractor.__file__).parent

# A module imports only from its own part and from parts that stand before it.
ORDER = (
    "errors", "numerals", "model", "resources", "dictionary", "line_rules", "ingest", "normalise", "structure", "mentions", "facts", "pipeline",
    "dataset", "compare", "api", "measures", "check", "corrections", "copies", "state", "corpus", "assemble", "build", "fetch", "add", "watch", "gold",
    "evaluate", "report", "release", "spacy_components", "export", "cli", "entry", "__main__",
)  # fmt: skip
# Public names are loaded on request from the parts that hold them.
FREE = {"__init__"}

IMPORTERS = {
    "opencc": {"normalise/script.py"},
    "spacy": {"mentions/terms.py", "spacy_components.py", "export/docbin.py"},
    "jieba": {"dictionary.py"},
    "lxml": {"ingest/"},
    "charset_normalizer": {"ingest/"},
    "click": {"cli/", "entry.py"},
    "rich": {"cli/", "report/"},
    "rapidfuzz": {"measures/"},
    "jinja2": {"report/"},
    "pypdfium2": {"ingest/"},
    "docx": {"ingest/"},
    "rensa": {"copies/"},
    "filelock": {"state/"},
    "httpx": {"fetch/"},
    "protego": {"fetch/"},
    "httpcore": {"fetch/"},
    "watchfiles": {"watch.py"},
    "xlsxwriter": {"export/"},
    "pyarrow": {"export/"},
    "duckdb": {"export/"},
    "sqlite_utils": {"export/"},
    "yaml": {"export/"},
    "pandas": {"dataset/frames.py"},
    "polars": {"dataset/frames.py"},
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def imports(tree):
    """List the dotted names that a module imports, as ``extractor.x.y`` or a library's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "extractor":
            yield from (f"extractor.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


def part_of(name):
    return name.split("/")[0].removesuffix(".py")


def test_every_part_has_its_place():
    """A new part of the package needs a place in the order of imports."""
    assert {part_of(name) for name, _ in modules()} - FREE <= set(ORDER)


def test_imports_go_one_way():
    """cli → build, pipeline → stages → model, numerals, errors; never back."""
    wrong = [
        (name, target)
        for name, tree in modules()
        for target in imports(tree)
        if target.startswith("extractor.") and not target.endswith("__version__") and part_of(name) not in FREE
        if ORDER.index(target.split(".")[1]) > ORDER.index(part_of(name))
    ]

    assert wrong == []


@pytest.mark.parametrize("library", IMPORTERS)
def test_one_importer(library):
    """A library is imported in its one place only, so that it can be replaced there."""
    allowed = IMPORTERS[library]
    found = {name for name, tree in modules() if library in {target.split(".")[0] for target in imports(tree)}}

    assert {name for name in found if name not in allowed and f"{name.split('/')[0]}/" not in allowed} == set()


def test_relative_imports_are_not_used():
    """Absolute imports only, so that the tests above see them all."""
    found = [
        name for name, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert found == []


def test_only_cli_prints():
    """Stages return results; only the commands write to the terminal."""
    calls = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert calls == []


def python(*arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program


LOADED = "import sys; {}; print(*sys.modules)"
HELP = """
import sys
from extractor.cli.main import main
try:
    main(["--help"])
except SystemExit:
    print(*sys.modules)
"""
HEAVY = {"spacy", "jieba", "opencc", "lxml", "regex", "rich", "msgspec", "rapidfuzz", "charset_normalizer", "jinja2"}


def test_help_imports_nothing_heavy():
    """``extractor --help`` starts without the libraries that the stages need."""
    assert HEAVY & set(python("-c", HELP).splitlines()[-1].split()) == set()


def test_import_does_no_work():
    """``import extractor`` loads nothing but itself."""
    loaded = set(python("-c", LOADED.format("import extractor")).split())

    assert {name for name in loaded if name.split(".")[0] == "extractor"} == {"extractor"}
    assert not loaded & {*HEAVY, "click"}


LIGHT = [
    "extractor.dataset.store",
    "extractor.report.terminal",
    "extractor.report.lookup",
    "extractor.evaluate.scoring",
]


@pytest.mark.parametrize("module", LIGHT)
def test_commands_on_datasets_start_without_stages(module):
    """Showing and judging a dataset needs none of the libraries that reading Chinese text needs."""
    loaded = set(python("-c", LOADED.format(f"import {module}")).split())

    assert not loaded & {"spacy", "jieba", "opencc"}


def test_help_starts_at_once(tmp_path):
    """``extractor --help`` takes under five times a bare start, its modules compiled as when installed."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = {"--help": [], "bare": []}
    for _ in range(15):
        for name, arguments in (("--help", ["-m", "extractor", "--help"]), ("bare", ["-c", "pass"])):
            began = time.perf_counter()
            command = [sys.executable, *arguments]
            subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 - our own program
            times[name].append(time.perf_counter() - began)

    assert min(times["--help"]) < 5 * min(times["bare"])


def test_public_names():
    """The public names are listed, and the function ``numerals`` isn't hidden by the module of that name."""
    loaded = python(
        "-c",
        "import extractor, extractor.notice.numerals; print(type(extractor.numerals).__name__, *dir(extractor))",
    )

    assert loaded.split()[0] == "function"
    assert set(extractor.__all__) <= set(loaded.split())
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = extractor.nothing


def test_version_is_the_projects():
    """The version in the code is that of pyproject.toml."""
    text = (PACKAGE.parent / "pyproject.toml").read_text("utf-8")

    assert f'\nversion = "{extractor.__version__}"\n' in text
