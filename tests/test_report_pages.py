"""The report as files: whole, the same bytes every time, nothing of others' touched, no page too long, hostile words harmless."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import build_pdf
import pytest
from factories import CHINA, digest_of, evidence, fact, notice
from formats import parts
from msgspec.structs import replace

import extractor
from extractor.build.incremental import build
from extractor.build.reviews import parse_reviews
from extractor.dataset import store
from extractor.dataset.addresses import notice_page
from extractor.dataset.check.run import make_checks
from extractor.dataset.doubts import find_doubts
from extractor.dataset.labels import ledger_reason, load_labels
from extractor.dataset.series import build_series
from extractor.errors import DatasetError, IngestError
from extractor.ingest import DEFAULT, read, sandbox
from extractor.ingest.pdf.picture import draw_pages
from extractor.model import Check, LedgerRow, Quality, Region, Relation, Repair, SourceText, Unresolved
from extractor.notice.normalise.run import normalise
from extractor.notice.structure.parse import parse_structure
from extractor.report.pages.annotation import TextMark, paragraphs_of
from extractor.report.pages.charts import ChartLine, ChartPoint, chart
from extractor.report.pages.comparison_pages import changed_ranges, changed_words
from extractor.report.pages.drawing import ReportSettings
from extractor.report.pages.pages_folder import LIST, write_pages
from extractor.report.pages.site import report_pages, write_report
from extractor.report.pages.templates import split
from extractor.resources import load

ROOT = Path(extractor.__file__).parents[1]
OUTPUTS, CORPUS = ROOT / "outputs", ROOT / "corpus"
TEMPLATES = ROOT / "extractor/report/templates/pages"
LONGEST = 300 * 1024
SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    SCRIPT,
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "{{ 7*7 }}",
    "]]><svg onload=alert(4)>",
]


def settings(language="zh", folder=None, **fields):
    """Say what to make a report with: the project's own outputs and corpus, or a folder with neither corpus nor file."""
    if folder is None:
        return ReportSettings(OUTPUTS, CORPUS, language, load(), **fields)
    return ReportSettings(folder, folder / "none", language, load(), **fields)


class Seen(HTMLParser):
    """Collects what a page has: ids, links, tags, text, and what is wrong with its nesting."""

    VOID = frozenset({"meta", "input", "link", "br", "img", "path", "rect", "image"})

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.open, self.wrong, self.text = [], [], [], [], [], []
        self.handlers = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in {"href", "src"}:
                self.links.append(value)
            elif name.startswith("on") or name == "style":
                self.handlers.append((tag, name))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def dataset():
    return store.load(OUTPUTS / "dataset.json")


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def pages(dataset, language):
    return report_pages(dataset, settings(language))


@pytest.fixture(scope="module")
def seen(pages):
    return {name: Seen(data.decode()) for name, data in pages.items()}


# ── every page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pages_are_well_formed(seen):
    """Tags close in order, ids stand once, no handler and no inline style."""
    wrong = {name: page.wrong or page.open for name, page in seen.items() if page.wrong or page.open}
    twice = {name: page.ids for name, page in seen.items() if len(set(page.ids)) < len(page.ids)}

    assert wrong == {}
    assert twice == {}
    assert [page.handlers for page in seen.values() if page.handlers] == []


def test_links_lead_somewhere(seen):
    """Every link within the report meets a page and, where it names one, a place on it."""
    broken = []
    for name, page in seen.items():
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            path, _, place = unquote(link).partition("#")
            target = (Path(name).parent / path).as_posix() if path else name
            parts = []
            for part in target.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            target = "/".join(parts)
            if target not in seen or (place and place not in seen[target].ids):
                broken.append((name, link))

    assert broken == []


def test_a_fact_is_on_its_notices_page(dataset, seen):
    """Every fact and unresolved figure has a note and a place in the text, in both readings."""
    for one in dataset.facts:
        ids = set(seen[notice_page(one.notice_id)].ids)

        assert {f"fact-{one.fact_id}", f"w-{one.fact_id}", f"o-{one.fact_id}"} <= ids


def test_policy_allows_only_what_is_ours(pages):
    """A page has a policy that lets nothing load and nothing run but its own style and script, by their hashes."""
    for name, data in pages.items():
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', unescape(data.decode()))

        assert policy.startswith("default-src 'none'; "), name
        assert "unsafe" not in policy
        assert "http" not in policy


def test_no_page_is_too_long(pages):
    """No page is over 300 KiB."""
    assert {name: len(data) for name, data in pages.items() if len(data) > LONGEST} == {}


def test_labels_are_there():
    """Every word that a page asks for has a row, and every row of the pages is asked for."""
    rows = {row["id"] for row in tomllib.loads((extractor.resources.DATA / "labels.toml").read_text("utf-8"))["label"]}
    code = "".join(
        path.read_text("utf-8")
        for path in sorted((ROOT / "extractor/report").rglob("*.*"))
        if path.suffix in {".py", ".j2"}
    )
    asked = set(re.findall(r"""\bp\(["']([a-z_]+)["']\)""", code)) | set(
        re.findall(r"""\(["']page["'], ["'](\w+)["'][,)]""", code)
    )
    families = ("nav_", "doubt_", "about_")
    unused = {row for row in rows if row.startswith("page.") and row.removeprefix("page.") not in asked}

    assert {f"page.{word}" for word in asked} - rows == set()
    assert {row for row in unused if not row.removeprefix("page.").startswith(families)} <= {
        f"page.{name}" for name in ("notices", "figures", "comparisons", "doubts")
    }


def _rules():
    rows = [
        tomllib.loads((ROOT / "extractor/data/patterns" / name).read_text("utf-8"))
        for name in ("spans.toml", "dates.toml")
    ]
    return [row["id"] for row in (*rows[0]["span"], *rows[1]["date"])]


@pytest.mark.parametrize("rule", _rules())
def test_the_ledger_says_its_reasons_in_words(rule):
    """A numeral that is no figure, or part of a date, is explained in words; ids of rules are for who writes rows."""
    row = LedgerRow(start=0, end=1, exact="1", disposition="word", ref=None, reason=rule)
    zh, en = (ledger_reason(row, load_labels(load(), language)) for language in ("zh", "en"))

    assert re.fullmatch("[一-鿿、]+", zh)
    assert re.fullmatch("[A-Za-z,' -]+", en)


def test_a_table_is_one(pages):
    """The rows of a table stand in one, figures marked in their cells; what is above the first figure is its head."""
    texts = (data.decode() for name, data in pages.items() if name.startswith("notice/"))
    page = next(text for text in texts if "企业职工基本养老保险</span>" in text)
    table = re.search(r'in-reading"[^>]*><table class="sheet"[^>]*>(.*?)</table>', page)[1]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", table)]
    words = [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in rows]

    assert table.startswith("<thead>")
    assert words[0] == ["险种", "缴费基数上限（元/月）", "缴费基数下限（元/月）"]
    assert words[2] in (["失业保险", "33891", "6326"], ["失业保险", "35283", "6821"])
    assert page.count('id="w-f-') == len(set(re.findall(r'id="(w-f-[^"]+)"', page)))


# Lines of a text, and what they are shown as: tables with T, row by row, each cell with how far it reaches.
SHEETS = [
    # A cell over two others, and beside them cells that reach down: blanks keep the places.
    ("险种\t基数\t\t比例\n\t上限\t下限\n失业保险\t35,811元\t7,162元\t0.5%",
     ["T 险种 rowspan=2|基数 colspan=2|比例 rowspan=2", "上限|下限", "失业保险|35,811元|7,162元|0.5%"]),
    ("档次\t标准\t补贴\n一档\t300元\n二档\t\t60元", ["T 档次|标准|补贴", "一档|300元|", "二档||60元"]),
    # No figure: no head is known.
    ("项目\t说明\n甲\t乙", ["T 项目|说明", "甲|乙"]),
    # A paragraph that a tab sets in, and a line with a tab in it.
    ("\t每人每年350元。\n\t每人每年30元。", ["每人每年350元。", "每人每年30元。"]),
    ("一、标准\t每人每年350元。", ["一、标准\t每人每年350元。"]),
    # Two tables with an empty line between.
    ("甲\t1元\n乙\t2元\n\n丙\t3元\n丁\t4元", ["T 甲|1元", "乙|2元", "T 丙|3元", "丁|4元"]),
    ("甲\t<b>1元</b>\n乙\t2元", ["T 甲|&lt;b&gt;1元&lt;/b&gt;", "乙|2元"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHEETS)
def test_tables_of_a_text(text, expected):
    """Neighbouring lines with tabs are a table; other lines, and one alone, are paragraphs."""
    source = SourceText("0" * 64, "a.txt", "text/plain", "utf-8", "text", text)
    read = parse_structure(normalise(source, load()), load())
    marks = [
        TextMark(*found.span(), "fact", (f"f-{found.start()}",)) for found in re.finditer("[0-9.,]+(?:元|%)", text)
    ]
    shown = []
    for one in paragraphs_of(read, marks, {}):
        if not one.table:
            shown.append(re.sub("<[^>]+>", "", one.reading))
            continue
        rows = re.findall("<tr>(.*?)</tr>", one.reading)
        cells = [re.findall(r"<t[hd](?: scope=.\w+.)?(.*?)>(.*?)</t[hd]>", row) for row in rows]
        plain = [[re.sub("<[^>]+>", "", words) + over.replace('"', "") for over, words in row] for row in cells]
        shown += ["|".join(row) for row in plain]
        shown[-len(rows)] = f"T {shown[-len(rows)]}"

    assert shown == expected


def test_same_bytes(dataset):
    """Made twice, the pages are the same."""
    assert report_pages(dataset, settings("zh")) == report_pages(dataset, settings("zh"))


def test_source_text_is_all_there(dataset, seen):
    """The whole source text stands on a notice's page, switched or not."""
    one = next(one for one in dataset.notices if one.source.path == "360000/2022-resident-medical.html")
    text = (OUTPUTS / "sources" / f"{one.source.sha256}.txt").read_text("utf-8")
    shown = "".join("".join(seen[notice_page(one.notice_id)].text).split())

    assert all("".join(line.split()) in shown for line in text.splitlines())


# ── hostile words ───────────────────────────────────────────────────────────────────────────────────────────────────


def hostile_dataset(dataset, words, folder):
    """Make a dataset whose every word is hostile, and its source text."""
    text = f"{words}\n每人每年610元{words}\n坏{words}\n"
    start = text.index("610")
    one = notice(
        "甲〔2022〕1号", year=2022, title=words, document_number=words, issuers=(words,),
        region=replace(CHINA, name=words),
        quality=Quality(lost=1, repairs=(Repair(kind="ocr", start=0, end=1, exact=words[0], replacement=words, detail=words),)),
    )  # fmt: skip
    one = replace(one, source=replace(one.source, url=f"https://example.org/{words}", path=words))
    made = fact("甲〔2022〕1号", 2022, "610", subject=words, indicator=None, candidates=(words,))
    evidence = replace(made.evidence, start=start, end=start + 4, exact="610元", prefix="每人每年", suffix=words[:32])
    made = replace(made, evidence=evidence, scope=replace(made.scope, population=words, places=(words,)))
    item = Unresolved(
        unresolved_id="u-0123456789ab", notice_id="甲〔2022〕1号", reason="no_unit", message=words, candidates=(),
        evidence=replace(evidence, start=start + 4 + len(words) + 1, end=start + 4 + len(words) + 2, exact="坏"),
    )  # fmt: skip
    check = Check(
        check_id="c-1", kind="sum", status="fail", fact_ids=(made.fact_id,), expected=words, found=words, message=words
    )
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / f"{digest_of('甲〔2022〕1号')}.txt").write_text(text, "utf-8")
    facts = (made, replace(made, fact_id="f-0123456789ab", policy_year=2021, value="580"))
    return replace(
        dataset, notices=(one,), facts=facts, unresolved=(item,), checks=(check,), comparisons=(),
        series=tuple(build_series(facts, (one,), load())),
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(dataset, tmp_path, words):
    """What a notice says reaches a page as text: no tag, no handler, no address but the web's."""
    made = report_pages(hostile_dataset(dataset, words, tmp_path), settings(folder=tmp_path))
    empty = replace(dataset, facts=(), notices=(), series=(), checks=(), comparisons=(), unresolved=())
    plain = Seen(report_pages(empty, settings("zh"))["index.html"].decode())
    for name, data in made.items():
        page = Seen(data.decode())

        assert page.wrong == page.handlers == [], name
        assert page.tags.count("script") == plain.tags.count("script") + (name == "search.html"), name
        assert not {"img", "iframe", "object", "embed"} & set(page.tags), name
        assert not [
            link for link in page.links if ":" in link.split("/")[0] and not link.startswith(("http:", "https:"))
        ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " java\tscript:alert(1)", "file:///etc/passwd", "//e.example"]
)
def test_only_the_web_is_linked(dataset, tmp_path, url):
    """An address that is none of the web is no link."""
    made = hostile_dataset(dataset, "甲", tmp_path)
    (one,) = made.notices
    made = replace(made, notices=(replace(one, source=replace(one.source, url=url)),))
    pages = report_pages(made, settings(folder=tmp_path))

    assert not [
        link
        for data in pages.values()
        for link in Seen(data.decode()).links
        if "alert" in link or "passwd" in link or "e.example" in link or "data:" in link
    ]


def test_links_to_the_very_words(dataset, tmp_path):
    """A figure leads to its words on the publisher's page, and in a PDF to its page."""
    made = hostile_dataset(dataset, "甲-乙", tmp_path)
    (one,) = made.notices
    page = report_pages(made, settings(folder=tmp_path))[notice_page(one.notice_id)].decode()
    pdf = replace(one, source=replace(one.source, media_type="application/pdf"))
    facts = tuple(replace(each, evidence=replace(each.evidence, page=3)) for each in made.facts)
    paged = report_pages(replace(made, notices=(pdf,), facts=facts), settings(folder=tmp_path))

    assert "#:~:text=%E6%AF%8F%E4%BA%BA%E6%AF%8F%E5%B9%B4-,610%E5%85%83,-%E7%94%B2%2D%E4%B9%99" in page
    assert "#page=3" in paged[notice_page(one.notice_id)].decode()


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_differs_is_written(tmp_path):
    """A page that is the same isn't touched; one that is gone is removed, with its folder; a changed one is replaced."""
    first = write_pages(tmp_path / "r", {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"})
    stamp = (tmp_path / "r/a.html").stat().st_mtime_ns
    again = write_pages(tmp_path / "r", {"a.html": b"1", "d.html": b"4"})

    assert first.written == ("a.html", "b/c.html", "d.html")
    assert (again.written, again.removed, again.unchanged) == (("d.html",), ("b/c.html",), 1)
    assert (tmp_path / "r/a.html").stat().st_mtime_ns == stamp
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == sorted([LIST, "a.html", "d.html"])


def test_files_of_others_stay(tmp_path):
    """What this program didn't write is neither replaced nor removed, nor is a page that somebody changed and that is gone."""
    write_pages(tmp_path, {"a.html": b"1", "b.html": b"2"})
    (tmp_path / "notes.html").write_bytes(b"mine")
    (tmp_path / "b.html").write_bytes(b"changed")
    done = write_pages(tmp_path, {"a.html": b"1"})

    assert done.removed == ()
    assert (tmp_path / "b.html").read_bytes() == b"changed"
    with pytest.raises(DatasetError, match=r"notes\.html: was not written by"):
        write_pages(tmp_path, {"a.html": b"5", "notes.html": b"6"})
    assert (tmp_path / "a.html").read_bytes() == b"1"
    assert (tmp_path / "notes.html").read_bytes() == b"mine"


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path):
    """Names in the list that lead out of the folder are not followed."""
    (tmp_path / "x.html").write_bytes(b"1")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / LIST).write_text(
        '{"../x.html": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"}', "utf-8"
    )
    write_pages(tmp_path / "r", {"a.html": b"1"})

    assert (tmp_path / "x.html").exists()


def test_links_are_not_followed(tmp_path):
    """A link in the place of the folder, of one of its folders or of a page is refused."""
    (tmp_path / "else").mkdir()
    (tmp_path / "r").symlink_to(tmp_path / "else")
    with pytest.raises(DatasetError, match="is a file or link"):
        write_pages(tmp_path / "r", {"a.html": b"1"})
    (tmp_path / "s").mkdir()
    (tmp_path / "s/notice").symlink_to(tmp_path / "else")
    with pytest.raises(DatasetError, match="is a file or link"):
        write_pages(tmp_path / "s", {"notice/a.html": b"1"})

    assert list((tmp_path / "else").iterdir()) == []


@pytest.mark.parametrize("place", ["corpus", ".", "corpus/report", "outputs", "outputs/sources", "outputs/ledger/x"])
def test_places_that_are_not_for_a_report(dataset, tmp_path, place):
    """The corpus is read and a build's folders are its own: a report is refused there, and nothing written."""
    for name in ("corpus", "outputs/sources", "outputs/ledger"):
        (tmp_path / name).mkdir(parents=True)
    with pytest.raises(DatasetError, match="Name another"):
        write_report(dataset, tmp_path / place, ReportSettings(tmp_path / "outputs", tmp_path / "corpus", "zh", load()))

    assert not list(tmp_path.rglob("*.html"))


def test_command(command_line, tmp_path):
    """`extractor report` writes the pages and says so; a second run finds them unchanged."""
    asked = ("report", "--dataset", OUTPUTS / "dataset.json", "--corpus", CORPUS, "-o", tmp_path / "r", "--lang", "en")
    status, said, _ = command_line(*asked)
    again = command_line(*asked)

    assert status == 0
    assert said.startswith(f"{tmp_path / 'r' / 'index.html'}  Written ")
    assert "Written 0 " in again[1]
    assert b'lang="en"' in (tmp_path / "r/index.html").read_bytes()


# ── pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────

MARKS = [
    ("eq", {}, "mark", None),
    ("ge", {}, "mark hollow", "M-4-10L0-15"),
    ("le", {}, "mark hollow", "M-4 10L0 15"),
    ("approx", {}, 'class="band"', None),
    ("eq", {"derived": True}, "stroke derived", None),
    ("conflict", {"disputed": True, "high": Decimal(620)}, 'class="cross"', None),
    ("between", {"high": Decimal(620)}, 'class="span"', None),
]


@pytest.mark.parametrize(("operator", "fields", "drawn", "arrow"), MARKS)
def test_what_a_figure_is_can_be_seen(operator, fields, drawn, arrow):
    """A floor, a ceiling, an approximation, a derived point, a dispute and a range have marks of their own."""
    given = {
        "low": Decimal(600),
        "high": Decimal(600),
        "operator": operator,
        "derived": False,
        "disputed": False,
        **fields,
    }
    points = (
        ChartPoint(2021, Decimal(580), Decimal(580), "eq", derived=False, disputed=False, words="580", link="#a"),
        ChartPoint(year=2022, words="600", **given),
    )
    made = str(chart([ChartLine("全国", points)], label="x", unit="元", labels=load_labels(load(), "zh")))

    assert drawn in made
    assert arrow is None or arrow in made
    assert made.count("<a href=") == 1


# Figures of two years, the language, and words on the axis and at the points.
AXES = [
    ("1300000000000", "1400000000000", "zh", ["万亿元 · 纵轴不从零起", "1.35", "1.4"]),
    ("1300000000000", "1400000000000", "en", ["trillion 元 · axis not from zero", "1.35"]),
    ("500000", "800000", "zh", ["万元 · 纵轴不从零起", "60", "80"]),
    ("27470", "28590", "zh", ["元 · 纵轴不从零起", "28,000", "28,590"]),
    ("1036420", "1083760", "zh", ["元 · 纵轴不从零起", "1,083,760"]),
    ("2250", "2400", "zh", ["元 · 纵轴不从零起", "2400"]),
]


@pytest.mark.parametrize(("low", "high", "language", "words"), AXES)
def test_axis_counts(low, high, language, words):
    """Long figures are counted in what people say them in, round ones too; others stand as they are."""
    points = tuple(
        ChartPoint(year, Decimal(value), Decimal(value), "eq", derived=False, disputed=False, words=value)
        for year, value in ((2024, low), (2025, high))
    )
    made = str(chart([ChartLine("全国", points)], label="x", unit="元", labels=load_labels(load(), language)))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", made)

    assert [word for word in words if word not in texts] == []
    assert all(len(text) <= 9 for text in texts if text[0].isdigit())


@pytest.mark.parametrize(
    ("values", "above"), [(("28590", "29500"), [False, True]), (("29500", "28590"), [True, False])]
)
def test_no_line_runs_through_a_figure(values, above):
    """A figure stands on the side of its point that its line leaves free."""
    points = tuple(
        ChartPoint(year, Decimal(value), Decimal(value), "eq", derived=False, disputed=False, words=value)
        for year, value in zip((2025, 2026), values, strict=True)
    )
    made = str(chart([ChartLine("全国", points)], label="x", unit="元", labels=load_labels(load(), "zh")))
    marks = re.findall(r'<path class="mark" transform="translate\([0-9.]+ ([0-9.]+)\)', made)
    written = re.findall(r'<text class="value" x="[0-9.]+" y="([0-9.]+)"', made)

    assert [float(text) < float(mark) for mark, text in zip(marks, written, strict=False)] == above


SCRIPTS = [
    (
        "其中,每人平均財政補助標準新增30元,達到每人每年不低於580元;",
        "其中，人均财政补助标准新增30元，达到每人每年不低于610元；",
        ["580"],
        ["610"],
    ),
    ("参保率达到95％以上。", "参保率达到95%以上。", [], []),
    ("個人繳費標準為320元", "个人缴费标准为350元", ["320"], ["350"]),
    ("", "个人缴费标准为350元", [], []),
]


@pytest.mark.parametrize(("before", "after", "old", "new"), SCRIPTS)
def test_changed_words(before, after, old, new):
    """Script and width change no words."""
    found = changed_words(before, after, load())

    assert [[text[low:high] for low, high in ranges] for text, ranges in zip((before, after), found, strict=True)] == [
        old,
        new,
    ]


PAIRS = [
    ("每人每年不低于580元", "每人每年不低于610元", ["580"], ["610"]),
    ("到2022年底，全部开展", "到2023年底前，全部开展", ["2022"], ["2023", "前"]),
    ("完全是另外一句话", "supplementary", [], []),
    ("新增", "", [], []),
]


@pytest.mark.parametrize(("before", "after", "went", "came"), PAIRS)
def test_changed_ranges(before, after, went, came):
    """Numbers are compared whole; two sentences that share little are not marked."""
    left, right = changed_ranges(before, after)

    assert [before[start:end] for start, end in left] == went
    assert [after[start:end] for start, end in right] == came


def test_long_lists_go_on_on_another_page():
    """Pieces are dealt out in order; one that is longer than a page has one to itself."""
    assert split(["a" * 4, "b" * 4, "c" * 20, "d"], first=3, most=10) == [["aaaa"], ["bbbb"], ["c" * 20], ["d"]]
    assert split([], most=10) == [[]]


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def pictured(made_once):
    """Build a corpus of a PDF; give the settings of its report."""
    folder = made_once("pictured", _build_pdf)
    return ReportSettings(folder / "outputs", folder / "corpus", "zh", load(), pictures=True)


def _build_pdf(folder):
    (folder / "corpus").mkdir()
    (folder / "corpus/a.pdf").write_bytes(build_pdf.make(parts()))
    build(folder / "corpus", folder / "outputs")


def test_pages_as_they_look(pictured):
    """The pages of a PDF that have figures are drawn, each figure's box on them leads to its note; only if asked for."""
    dataset = store.load(pictured.outputs / "dataset.json")
    (one,) = dataset.notices
    made = report_pages(dataset, pictured)
    plain = report_pages(dataset, pictured._replace(pictures=False))
    drawn = {name: data for name, data in made.items() if name.startswith("pictures/")}
    page = Seen(made[notice_page(one.notice_id)].decode())

    assert {fact.evidence.page for fact in dataset.facts} == {
        int(name.rpartition("-")[2].removesuffix(".png")) for name in drawn
    }
    assert all(data.startswith(b"\x89PNG") and len(data) < LONGEST for data in drawn.values())
    assert {f"../{name}" for name in drawn} <= set(page.links)
    assert page.tags.count("rect") >= len(dataset.facts)
    assert set(made) - set(plain) == set(drawn)
    assert "img-src" not in unescape(plain[notice_page(one.notice_id)].decode())


def test_pictures_beside_reading(pictured):
    """Pages look the same whether the process has read PDF files before or not: bars stand for letters only to read by."""
    dataset = store.load(pictured.outputs / "dataset.json")
    sandbox.GUARD.close()
    sandbox.PAINTER.close()
    alone = report_pages(dataset, pictured)
    sandbox.PAINTER.close()
    read((pictured.corpus / "a.pdf").read_bytes(), origin="a.pdf")

    assert report_pages(dataset, pictured) == alone


def test_a_file_that_cannot_be_drawn(pictured, tmp_path):
    """A PDF that is another by now, or gone, costs its pictures only."""
    dataset = store.load(pictured.outputs / "dataset.json")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")

    assert not [name for name in report_pages(dataset, pictured._replace(corpus=tmp_path)) if name.endswith(".png")]
    with pytest.raises(IngestError, match="cannot be drawn"):
        draw_pages(b"%PDF-1.7 nothing", "a.pdf", DEFAULT, load(), pages="1")


# ── doubts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(pages):
    """Give the rows to answer doubts with, as they stand on the pages."""
    found = [
        re.findall(r'<pre class="rows"[^>]*>([^<]*)</pre>', data.decode())
        for name, data in pages.items()
        if name.startswith("doubts")
    ]
    return [unescape(row) for page in found for row in page]


@pytest.mark.parametrize("words", ["甲", *HOSTILE])
def test_rows_to_answer_with_are_read(dataset, tmp_path, words):
    """A row is one of reviews.toml once who, why and when are filled in; as it stands it is refused."""
    rows = rows_of(report_pages(hostile_dataset(dataset, words, tmp_path), settings(folder=tmp_path)))
    filled = [
        row.replace('who = ""', 'who = "张三"')
        .replace('why = ""', 'why = "如此"')
        .replace('when = ""', "when = 2026-01-01")
        for row in rows
    ]
    made = [
        parse_reviews(Path("reviews.toml"), row.replace('kind = ""', 'kind = "count"').encode()).rows[0]
        for row in filled
    ]

    assert {row.action for row in made} == {"confirm", "add"}
    assert {row.words for row in made} == {"610元", "坏"}
    assert {row.place.path for row in made} == {words}
    with pytest.raises(DatasetError):
        parse_reviews(Path("reviews.toml"), rows[0].encode())


def test_doubts_are_those_of_the_review(dataset, pages):
    """The page lists what `extractor review` goes through."""
    assert len(rows_of(pages)) == len(find_doubts(dataset, load()))


def test_a_confirmed_figure_stays_under_its_floor(dataset, tmp_path):
    """Whoever confirms that a figure reads so leaves the check that it fails: the first page and its note still say so."""
    jiangxi = Region(code="360000", iso="CN-JX", name="江西省")
    link = Relation(type="implements", document_number="国〔2022〕1号", title=None, evidence=evidence("赣"))
    records = (
        notice("赣", year=2022, region=jiangxi, relations=(link,)),
        notice("国〔2022〕1号", year=2022, region=CHINA),
    )
    given = tuple(
        replace(one, status="confirmed")
        for one in (fact("赣", 2022, "600"), fact("国〔2022〕1号", 2022, "610", operator="ge"))
    )
    held = replace(
        dataset, notices=records, facts=given, rejected=(), unresolved=(), comparisons=(),
        series=build_series(given, records, load()), checks=tuple(make_checks(given, records, load())),
    )  # fmt: skip
    pages = report_pages(held, settings(folder=tmp_path))
    first, note = pages["index.html"].decode(), pages[notice_page("赣")].decode()

    assert find_doubts(held, load()) == []
    assert [load_labels(load(), "zh")("page", "no_failed_checks") in first, "600元" in first] == [False, True]
    assert "低于国家下限" in note
