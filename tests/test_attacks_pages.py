"""Attacks by way of what people look at: each was tried on pages, sheets and terminals, and happened or must not."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from factories import fact, notice
from msgspec.structs import replace

import extractor
from extractor.build.incremental import build
from extractor.dataset import canonical, store
from extractor.dataset.addresses import is_web_address
from extractor.dataset.labels import safe, safe_json
from extractor.export import TARGETS, Options, export, export_bytes
from extractor.export.tables import read_csv
from extractor.model import Region, Scope
from extractor.report.changes import escape
from extractor.report.diff_files import harmless

ROOT = Path(extractor.__file__).parents[1]
SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
WORDS = "甲〔2022〕1号\n个人缴费每人每年350元。"


@pytest.fixture(scope="module")
def dataset():
    return store.load(ROOT / "outputs/dataset.json")


def with_notice(dataset, **fields):
    """Make a dataset of one notice with one fact, some of whose fields an attacker chose."""
    heads = {name: fields.pop(name) for name in ("title", "region", "document_number") if name in fields}
    one = notice("甲", **heads)
    if "url" in fields:
        one = replace(one, source=replace(one.source, url=fields.pop("url")))
    facts = (fact("甲", 2022, "610", **fields),)
    return replace(dataset, facts=facts, notices=(one,), unresolved=(), series=(), checks=(), comparisons=())


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("title", [SCRIPT, IMAGE, '"><svg onload=alert(3)>', "</h2><iframe src=//e.example>"])
def test_script_in_a_title_or_a_file_name(title, tmp_path, stand_in):  # noqa: ARG001 - put in place
    """A displaCy page shows a hostile title or name as words, says its encoding, and lets nothing run."""
    corpus, out = tmp_path / "c", tmp_path / "o"
    corpus.mkdir()
    (corpus / f"{title.replace('/', '')}.txt").write_text(WORDS, "utf-8")
    made = build(corpus, out).dataset
    named = replace(made, notices=(replace(made.notices[0], title=title),))
    for given in (made, named):
        page = export_bytes(given, "displacy", options=Options(outputs=out, corpus=corpus)).decode()

        assert not [tag for tag in ("<script", "<img", "<svg", "<iframe") if tag in page]
        assert "Content-Security-Policy" in page
        assert "default-src 'none'" in page
        assert '<meta charset="utf-8">' in page


def test_every_page_has_a_policy():
    """No template of a page is without a Content-Security-Policy that lets no script run."""
    templates = [*(ROOT / "extractor").rglob("*.j2"), *(ROOT / "extractor").rglob("*.html")]
    # Others extend one of these, or are parts of them.
    pages = [page for page in templates if "<html" in page.read_text("utf-8")]

    assert pages
    # What the report's policy holds is told by the pages made, in tests/test_report_pages.py.
    policy = re.compile("Content-Security-Policy\" content=\"(?:default-src 'none'|{{ policy }})")
    assert all(policy.search(page.read_text("utf-8")) for page in pages)
    assert all("<html" in text or "<head" not in text for text in (page.read_text("utf-8") for page in templates))


ADDRESSES = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " \x01javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd"]  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_script_as_an_address(url, dataset, tmp_path, stand_in):  # noqa: ARG001 - put in place
    """A sidecar's address that isn't one of the web sets its notice aside, and a dataset's own reaches no export."""
    assert not is_web_address(url)
    corpus = tmp_path / "c"
    corpus.mkdir()
    (corpus / "a.txt").write_text(WORDS, "utf-8")
    (corpus / "a.txt.toml").write_text(f"url = {json.dumps(url)}\n", "utf-8")
    made = build(corpus, tmp_path / "o").dataset

    assert [one.reason for one in made.set_aside] == ["sidecar"]
    assert "script" not in (tmp_path / "o/dataset.json").read_text("utf-8").replace(" description", "")
    bad = with_notice(dataset, url=url)
    for name in sorted(set(TARGETS) - {"spacy", "displacy", "duckdb"}):
        export(bad, name, tmp_path / name)
        files = [tmp_path / name] if (tmp_path / name).is_file() else (tmp_path / name).rglob("*")
        assert not [path for path in files if path.is_file() and url[-8:].encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c:d", "HTTP://example.org", "", "www.example.org/a", "//a.example"]
)
def test_addresses_of_the_web(url):
    """What leads to the web, or has no scheme, is let through."""
    assert is_web_address(url)


# ── sheets ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CELLS = ["＝1+1", "＋1", "－1", "＠SUM(A1)", "\n=1", "\n人均", " =1", "\u3000=1", "\ufeff=1", "\u200b=1", "\x00=1", "'＝1", "''\n=1",
    "\r=1", "\t@x", "'= 1"]  # fmt: skip


@pytest.mark.parametrize("name", ["csv", "datapackage"])
@pytest.mark.parametrize("text", CELLS)
def test_formula_of_full_width_or_after_a_line_feed(text, name, dataset, tmp_path):
    """A cell that a sheet may run begins with an apostrophe, and comes back as it was."""
    bad = with_notice(dataset, subject=text, scope=Scope(population=text))
    export(bad, name, tmp_path / "x")
    path = tmp_path / "x" if name == "csv" else tmp_path / "x/data/facts.csv"
    head, row = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))

    assert [row[head.index(field)] for field in ("subject", "scope_population")] == [f"'{text}"] * 2
    assert read_csv(path.read_bytes()) == list(bad.facts)
    assert harmless(text) == text or harmless(text) == f"'{text}"


# ── terminals ───────────────────────────────────────────────────────────────────────────────────────────────────────

# Bidirectional marks, annotations, tags, line separators, one-byte controls of terminals.
SIGNS = "\x1b\x9b\x9d\x7f\x08\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029\ufff9\ufffa\ufffb\U000e0001\U000e0041\U000e007f"


def test_signs_that_a_terminal_acts_on():
    """None is left, each leaves a sign of its own, and JSON still says what it said."""
    assert not set(SIGNS) & set(safe(SIGNS))
    assert len(safe(SIGNS)) == len(SIGNS)
    document = json.dumps({"title": f"人均{SIGNS}"}, ensure_ascii=False)

    assert not set(SIGNS) & set(safe_json(document))
    assert json.loads(safe_json(document)) == json.loads(document)
    assert safe("人均610元\t\n　𠀀é👍🏽") == "人均610元\t\n　𠀀é👍🏽"


def on_a_terminal(*arguments, stdin=b""):
    """Run a command line whose output is a terminal; return what the terminal got."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"}
    with os.fdopen(ours, "rb", 0) as screen:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "extractor", *map(str, arguments)], stdin=subprocess.PIPE, stdout=theirs, stderr=theirs,
            env=environment,
        )  # fmt: skip
        os.close(theirs)
        process.stdin.write(stdin)
        process.stdin.close()
        said = b""
        try:
            while data := screen.read(65536):
                said += data
        except OSError:  # how a terminal says that nobody writes any more
            pass
        process.wait()
    return said.decode()


def test_json_on_a_terminal():
    """`parse --json` gives a terminal nothing to act on."""
    text = f"关于{SIGNS}做好工作的通知\n个人缴费每人每年350元{SIGNS}。\n"
    said = on_a_terminal("parse", "-", "--json", stdin=text.encode())

    assert "350" in said
    assert not set(SIGNS) & set(said)


def test_names_on_a_terminal(tmp_path):
    """A file's name, which is anybody's, reaches no terminal as a command, in errors of usage either."""
    name = tmp_path / f"a{SIGNS.replace(chr(0), '')}.txt"
    for arguments in (("parse", name), ("parse", "a", name), ("build", name), ("export", "--to", name)):
        said = on_a_terminal(*arguments)

        assert "a␛�" in said or "用法" in said
        assert not (set(SIGNS) - {"\x1b"}) & set(said)  # colours are the program's own


def test_a_binary_on_a_terminal():
    """A workbook doesn't go to a terminal."""
    path = ROOT / "outputs/dataset.json"

    assert "不是文本" in on_a_terminal("export", "--to", "xlsx", "-o", "-", "--dataset", path)


# ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────

MARKDOWN = ["[a](javascript:alert(1))", "![a](//e.example/x.png)", "\n## 9.9.9\n", "<b onclick=x>", "`a`", "a|b", "$\\unsafe$",
    "<!-- -->", "&lt;script&gt;", "~~a~~", "\r\n# a", "\u2028## a"]  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_notices_words(text):
    """Words stay words on one line of CHANGES.md: every sign has its backslash."""
    written = escape(text)

    assert "\n" not in written
    assert not [at for at, sign in enumerate(written) if sign in "`*_{}[]<>#|~&!$" and written[at - 1 : at] != "\\"]


def test_html_in_a_regions_name(dataset, command_line, tmp_path):
    """A region's name, as a dataset may have it, is escaped on the page."""
    hostile = Region(code="360000", iso=None, name=SCRIPT)
    changed = [
        replace(one, region=hostile) if one.region and one.region.code == "360000" else one for one in dataset.notices
    ]
    (tmp_path / "d.json").write_bytes(canonical.encode(replace(dataset, notices=tuple(changed))))
    _, page, _ = command_line(
        "diff", "2021", "2022", "--dataset", tmp_path / "d.json", "--region", "360000", "--format", "html"
    )

    assert SCRIPT not in page


def test_address_longer_than_a_sheet_allows(dataset, tmp_path, monkeypatch):
    """A fact whose link a sheet can't hold still has its cell, and so have all beyond the most links of a sheet."""
    monkeypatch.chdir(tmp_path)  # where no report is that it could link to instead
    bad = with_notice(dataset, url=f"https://example.org/{'通知' * 2000}")
    export(bad, "xlsx", tmp_path / "d.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "d.xlsx")["数据"]["A2"]

    assert (cell.value, cell.hyperlink) == (bad.facts[0].fact_id, None)


@pytest.mark.slow
def test_more_links_than_a_sheet_allows(dataset, tmp_path):
    """No cell is empty where there are more facts than links."""
    one = with_notice(dataset, url="https://example.org/a")
    facts = tuple(replace(one.facts[0], fact_id=f"f-{at:012x}") for at in range(65_600))
    export(replace(one, facts=facts), "xlsx", tmp_path / "d.xlsx")
    with closing(openpyxl.load_workbook(tmp_path / "d.xlsx", read_only=True)) as book:
        rows = [row[0] for row in book["数据"].iter_rows(min_row=2, max_col=1, values_only=True)]

    assert rows == [fact.fact_id for fact in facts]
