"""Imports go one way, each heavy library has one importer, and the command starts without any of them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from functools import cache

import pytest
from syntax import PACKAGE, modules, nodes

import extractor

# What each part may import, itself and what these may import apart: the arrows of the README's picture.
ARROWS = {
    "_version": (), "errors": (), "messages": (), "model": (), "collector": (), "kept": (), "kept_patterns": ("kept",),
    "resources": ("errors", "messages", "collector", "kept", "kept_patterns"),
    "ingest": ("model", "resources"),
    "notice": ("ingest",),
    "dataset": ("model", "resources", "_version"),
    "query": ("dataset",),
    "build": ("dataset", "notice", "query"),
    "evaluate": ("build",),
    "export": ("build", "query", "evaluate"),
    # Reads texts, and asks a dataset.
    "verify": ("notice", "query"),
    "mcp_server": ("verify",),
    "report": ("build", "query", "evaluate"),
    "release": ("report",),
    "certificate": ("report",),
    "cli": ("export", "report", "release", "certificate", "mcp_server"),
    "__main__": ("cli",),
    "__init__": ("query", "build"),
}  # fmt: skip
# The pipeline is the list of notice's stages; the spaCy component, one of notice's files, runs it as a whole.
PART_OF = {"pipeline": "notice"}

IMPORTERS = {
    "opencc": {"notice/normalise/script.py"},
    "spacy": {"notice/mentions/phrase_matcher.py", "notice/spacy_component.py", "export/docbin.py"},
    "jieba": {"notice/word_counts.py"},
    "lxml": {"ingest/"},
    "cssselect": {"ingest/web/styles.py"},
    "tinycss2": {"ingest/web/styles.py", "ingest/web/properties.py"},
    "click": {"cli/", "__main__.py"},
    "rich": {"cli/", "report/"},
    "rapidfuzz": {"build/sentence_diff/"},
    "jinja2": {"report/"},
    "pypdfium2": {"ingest/pdf/"},
    "rensa": {"build/dedup/"},
    "filelock": {"build/cache/"},
    "httpx": {"build/fetch/"},
    "protego": {"build/fetch/"},
    "httpcore": {"build/fetch/"},
    "watchfiles": {"build/watch.py"},
    "dask": {"build/engine/cluster.py"},
    "distributed": {"build/engine/cluster.py"},
    "fsspec": {"build/storage.py"},
    "xlsxwriter": {"export/"},
    "pyarrow": {"export/", "dataset/arrow.py", "dataset/partitions.py", "dataset/parts_writer.py"},
    "duckdb": {"export/"},
    "sqlite_utils": {"export/"},
    "yaml": {"export/"},
    "mcp": {"mcp_server.py"},
    "mcp_types": {"mcp_server.py"},
    "uvicorn": {"mcp_server.py"},
    "pandas": {"query/frames.py"},
    "polars": {"query/frames.py"},
}


@cache
def imports(tree):
    """Return the dotted names that a module imports, as ``extractor.x.y`` or a library's name."""
    return frozenset(_imports(tree))


def _imports(tree):
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "extractor":
            yield from (f"extractor.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


def part_of(name):
    part = name.split("/")[0].removesuffix(".py")
    return PART_OF.get(part, part)


def reachable(part):
    """List a part and all that it may import, directly or through another."""
    return {part}.union(*(reachable(other) for other in ARROWS[part]))


@cache
def edges():
    """Pair each module with the modules that it imports, wherever in it the import stands."""
    return list(_edges())


def _edges():
    known = {path_of(name): name for name, _ in modules().items()}
    for name, tree in modules().items():
        for node in nodes(tree):
            targets = []
            if isinstance(node, ast.Import):
                targets = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                targets = [f"{node.module}.{alias.name}" for alias in node.names]
                targets = [target if target in known else node.module for target in targets]
            yield from ((name, known[target]) for target in targets if target in known)


def path_of(name):
    """Give the dotted name of a module's file."""
    return ".".join(("extractor", *name.removesuffix(".py").removesuffix("/__init__").split("/"))).removesuffix(
        ".__init__"
    )


def test_every_part_has_its_place():
    """A new part of the package needs a place in the order of imports."""
    assert {part_of(name) for name, _ in modules().items()} == set(ARROWS)


def test_imports_go_one_way():
    """cli → report, export, release → build, query, evaluate → dataset, notice → ingest → model, errors; never back.

    So `dataset` and `query` reach neither `notice` nor `ingest`: a calculator loads no spaCy.
    """
    wrong = [(name, target) for name, target in edges() if part_of(target) not in reachable(part_of(name))]

    assert wrong == []
    assert not reachable("query") & {"notice", "ingest", "build"}


def test_no_circle():
    """No module imports itself through others, not even inside a function or for a type alone."""
    left = {name for name, _ in modules().items()}
    below = {name: set() for name in left}
    for source, target in edges():
        below[source].add(target)
    while free := {name for name in left if not below[name] & left}:
        left -= free

    assert sorted(left) == []


def names_of_types():
    """List (name, module) of every public class."""
    for name, tree in modules().items():
        yield from (
            (node.name, name) for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        )


def test_one_type_a_name():
    """No two public types share a name; the `Dataset` of programs wraps the one of the file, and both names are promised."""
    homes = {}
    for name, module in names_of_types():
        homes.setdefault(name, []).append(module)

    assert {name: where for name, where in homes.items() if len(where) > 1} == {"Dataset": ["model.py", "query/api.py"]}


@pytest.mark.parametrize("library", IMPORTERS)
def test_one_importer(library):
    """A library is imported in its one place only, so that it can be replaced there."""
    allowed = IMPORTERS[library]
    found = {name for name, tree in modules().items() if library in {target.split(".")[0] for target in imports(tree)}}

    assert {
        name
        for name in found
        if not any(name == one or (one.endswith("/") and name.startswith(one)) for one in allowed)
    } == set()


INITS = {"__init__.py"}  # the public names, loaded when first used


def test_inits_only_export():
    """A package's `__init__` holds its docstring and what it exports; code stands in files that say what they hold."""
    found = [
        name
        for name, tree in modules().items()
        if name.endswith("__init__.py") and name not in INITS
        for node in tree.body
        if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign)
    ]

    assert found == []


def test_relative_imports_are_not_used():
    """Absolute imports only, so that the tests above see them all."""
    found = [
        name
        for name, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert found == []


def test_only_cli_prints():
    """Stages return results; only the commands write to the terminal."""
    calls = [
        name
        for name, tree in modules().items()
        for node in nodes(tree)
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
HEAVY = {"spacy", "jieba", "opencc", "lxml", "regex", "rich", "msgspec", "rapidfuzz", "jinja2"}


def test_help_imports_nothing_heavy():
    """``extractor --help`` starts without the libraries that the stages need."""
    assert HEAVY & set(python("-c", HELP).splitlines()[-1].split()) == set()


def test_import_does_no_work():
    """``import extractor`` loads nothing but itself."""
    loaded = set(python("-c", LOADED.format("import extractor")).split())

    assert {name for name in loaded if name.split(".")[0] == "extractor"} == {"extractor", "extractor._version"}
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


@pytest.mark.timing
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
    """The public names are listed, also those that are not loaded yet."""
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
