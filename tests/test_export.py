"""Exports, each read back by a real client: csv, pandas, openpyxl, pyarrow, DuckDB, SQLite, Datasette, frictionless."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
from factories import fact, notice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_rows import arbitrary

from extractor.cli import export as giving
from extractor.cli import main as cli
from extractor.dataset import store
from extractor.dataset.addresses import notice_page
from extractor.dataset.canonical import decimal_text
from extractor.dataset.compare import compare_consecutive, figures_of
from extractor.dataset.labels import load_labels
from extractor.dataset.rows import columns
from extractor.dataset.series import build_series
from extractor.errors import ExportError
from extractor.export import TARGETS, Options, export, export_bytes
from extractor.export.parquet import read_facts
from extractor.export.tables import read_csv
from extractor.model import Check, Fact, Scope, SetAside, Unresolved
from extractor.resources import Resources, load

ROOT = Path(__file__).parents[1]
OPTIONS = Options(outputs=ROOT / "outputs", corpus=ROOT / "corpus")
FILES = [name for name, target in TARGETS.items() if target.suffix]
FOLDERS = [name for name, target in TARGETS.items() if not target.suffix]
# Cells that a spreadsheet would run, and their neighbours.
HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'", "", " =1", "人均=1", "-", "=",
    '=HYPERLINK("http://example.org","x")', "a\nb", 'a"b,c', "a\r\nb", "\x00"[:0] + "é\u3000",
]  # fmt: skip


_DAYS = st.none() | st.dates().map(str)


def _canonical(made, *days):
    """Write a fact's figures as a dataset does, and give it days where days belong."""
    figures = {
        name: decimal_text(Decimal(text)) if (text := getattr(made, name)) and text.count("-") < 2 else text
        for name in ("value", "lower", "upper")
    }
    return replace(made, **figures, **dict(zip(("due", "valid_from", "valid_to"), days, strict=True)))


FACTS = st.lists(
    st.builds(_canonical, arbitrary(Fact), _DAYS, _DAYS, _DAYS), max_size=4, unique_by=lambda made: made.fact_id
)


@pytest.fixture(scope="module")
def dataset():
    return store.load(ROOT / "outputs/dataset.json")


def with_facts(dataset, facts):
    """Make a dataset of the given facts alone, each of its own notice."""
    notices = {one.notice_id: notice(one.notice_id) for one in facts}
    return replace(
        dataset,
        facts=tuple(facts),
        notices=tuple(notices.values()),
        unresolved=(),
        series=(),
        checks=(),
        comparisons=(),
    )


# ── csv and jsonl ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_csv_is_read_back(dataset):
    """CSV to facts loses nothing; for Excel there are a byte order mark and Chinese words before each column's name."""
    plain = export_bytes(dataset, "csv", options=OPTIONS)
    marked = export_bytes(dataset, "csv", options=Options(excel=True))
    names, heads = (text.decode("utf-8-sig").split("\r\n", 1)[0].split(",") for text in (plain, marked))

    assert read_csv(plain) == list(dataset.facts)
    assert [head.rpartition(" ")[2] for head in heads] == names
    assert [head for head in heads if not re.match("[\u4e00-\u9fff]", head)] == []
    assert export_bytes(dataset, "csv", options=Options(excel=True, lang="en")) == b"\xef\xbb\xbf" + plain
    assert read_csv(marked) == list(dataset.facts)


def test_jsonl_is_the_facts(dataset):
    """A line is a fact as it stands in the dataset."""
    lines = export_bytes(dataset, "jsonl").decode().rstrip("\n").split("\n")
    facts = json.loads((ROOT / "outputs/dataset.json").read_text("utf-8"))["facts"]

    assert [json.loads(line) for line in lines] == facts


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_cells_are_harmless(dataset, text):
    """No cell begins with what a spreadsheet runs, and the fact comes back as it was."""
    made = with_facts(dataset, [fact("甲", 2022, "610", subject=text, counted=text, scope=Scope(population=text))])
    data = export_bytes(made, "csv")
    cells = list(csv.reader(io.StringIO(data.decode(), newline="")))[1]

    assert read_csv(data) == list(made.facts)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_negative_numbers_stay_numbers(dataset):
    """A fall of 5 is a number in a sheet, no text."""
    data = export_bytes(with_facts(dataset, [fact("甲", 2022, "-5", role="decrease")]), "csv")

    assert ",-5," in data.decode()


@given(facts=FACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_round_trips(dataset, tmp_path_factory, facts):
    """csv → facts and parquet → facts lose nothing, whatever the facts hold."""
    made = with_facts(dataset, facts)
    folder = tmp_path_factory.mktemp("parquet") / "p"
    export(made, "parquet", folder)

    assert read_csv(export_bytes(made, "csv")) == list(made.facts)
    assert read_facts(folder / "facts.parquet") == list(made.facts)


def test_pandas(dataset):
    """pandas reads the CSV: as many rows, exact values as text."""
    import pandas as pd  # .6 s that collecting the tests needn't take

    frame = pd.read_csv(io.BytesIO(export_bytes(dataset, "csv")), dtype={"value": "string"})

    assert len(frame) == len(dataset.facts)
    assert frame.loc[frame["fact_id"] == dataset.facts[0].fact_id, "value"].item() == dataset.facts[0].value


# ── parquet and databases ───────────────────────────────────────────────────────────────────────────────────────────


def types_of(path):
    """Ask DuckDB for the types of a Parquet file's columns."""
    found = duckdb.read_parquet(str(path))
    return dict(zip(found.columns, map(str, found.types), strict=True))


def test_parquet(dataset, tmp_path):
    """pandas reads the folder's files; decimals and dates are typed."""
    export(dataset, "parquet", tmp_path / "p")
    import pandas as pd

    facts = pd.read_parquet(tmp_path / "p/facts.parquet")
    types = types_of(tmp_path / "p/facts.parquet")

    assert len(facts) == len(dataset.facts)
    assert facts["value"].dropna().map(type).unique().tolist() == [Decimal]
    assert (types["value"], types["value_date"], types["per"]) == ("DECIMAL(38,6)", "DATE", "VARCHAR[]")


@pytest.mark.parametrize(
    ("value", "kind"),
    [("0.000000001", "DECIMAL(38,9)"), ("9" * 31 + ".5", "DECIMAL(38,6)")],
)
def test_long_decimals_stay_exact(dataset, tmp_path, value, kind):
    """A column makes room for the figure that needs it."""
    made = with_facts(dataset, [fact("甲", 2022, value)])
    export(made, "parquet", tmp_path / "p")

    assert read_facts(tmp_path / "p/facts.parquet") == list(made.facts)
    assert types_of(tmp_path / "p/facts.parquet")["value"] == kind


def test_decimal_too_long(dataset, tmp_path):
    """A figure that no Parquet decimal holds is an error with a way out, and no file."""
    made = with_facts(dataset, [fact("甲", 2022, "9" * 80)])

    with pytest.raises(ExportError, match="80 digits before"):
        export(made, "parquet", tmp_path / "p")
    assert list(tmp_path.iterdir()) == []


JOIN = """
    SELECT s.year, s.value, f.evidence_exact, f.notice_id
    FROM series s JOIN facts f ON {listed}
    WHERE s.indicator = 'medical.funding.fiscal_subsidy' AND s.region = '100000' AND s.status <> 'derived'
    ORDER BY s.year, f.fact_id
"""


def expected_join(dataset):
    facts = {one.fact_id: one for one in dataset.facts}
    return [
        (point.year, Decimal(point.value), facts[name].evidence.exact, facts[name].notice_id)
        for series in dataset.series
        if series.indicator == "medical.funding.fiscal_subsidy" and series.region == "100000"
        for point in series.points
        if point.status != "derived"
        for name in sorted(point.fact_ids)
    ]


def test_duckdb(dataset, tmp_path):
    """A query that joins series and facts, and sums with exact decimals."""
    export(dataset, "duckdb", tmp_path / "d.duckdb", options=OPTIONS)
    with duckdb.connect(str(tmp_path / "d.duckdb"), read_only=True) as connection:
        found = connection.execute(JOIN.format(listed="list_contains(s.fact_ids, f.fact_id)")).fetchall()
        total = connection.execute("SELECT sum(value) FROM facts WHERE unit = 'CNY'").fetchone()[0]
        sentences = connection.execute(
            "SELECT count(*) FROM fact_sentences WHERE contains(sentence, evidence_exact)"
        ).fetchone()[0]

    assert found == expected_join(dataset)
    assert total == sum(Decimal(one.value) for one in dataset.facts if one.unit == "CNY" and one.value)
    assert sentences == len(dataset.facts)


def test_sqlite(dataset, tmp_path, request):
    """The same query, foreign keys that hold, views, and full text over the sentences."""
    export(dataset, "sqlite", tmp_path / "d.db", options=OPTIONS)
    connection = sqlite3.connect(tmp_path / "d.db")
    request.addfinalizer(connection.close)
    listed = "f.fact_id IN (SELECT value FROM json_each(s.fact_ids))"
    found = connection.execute(JOIN.format(listed=listed)).fetchall()
    fitting = connection.execute(
        "SELECT s.text FROM sentences_fts JOIN sentences s ON s.sentence_id = sentences_fts.rowid "
        "WHERE sentences_fts MATCH '不低于610元' ORDER BY s.sentence_id"
    ).fetchall()
    named = connection.execute(
        "SELECT name, region_name, value FROM fact_sentences WHERE evidence_exact = '不低于610元'"
    )
    moved = connection.execute("SELECT name, delta FROM changes WHERE kind = 'raised' AND `from` = 2022").fetchall()

    assert [(year, Decimal(value), *rest) for year, value, *rest in found] == expected_join(dataset)
    assert fitting
    assert all("不低于610元" in text for (text,) in fitting)
    assert ("人均财政补助标准", "中华人民共和国", 610) in named.fetchall()
    assert ("人均财政补助标准", 30) in moved
    for view in ("series", "changes"):
        named = connection.execute(f"SELECT DISTINCT region, region_name FROM {view}").fetchall()  # noqa: S608 - our own

        assert ("360000", "江西省") in named
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# A sentence on lines that were cut at a width.
WRAPPED = """\
参加居民基本医疗保险的人员可以在户籍
所在地办理登记手续也可以在居住地的医
保局办理，逾期没有办理的应当在下一个
年度的集中缴费期内补办有关手续并且按
照当年的标准足额缴纳个人应当承担的全
部费用，已经办理登记手续的不再重复办
理，各地应当做好宣传解释工作，确保群
众知晓。"""
# What a notice says, what is looked for, and whether it is found.
SEARCHES = [
    ("提高居民医保待遇。", "医保", True),
    ("提高居民醫保待遇。", "医保", True),
    ("提高居民醫保待遇。", "醫保", True),
    ("补助标准为６１０元。", "610元", True),
    ("补助标准为６１０元。", "６１０元", True),
    ("支付比例稳定在70%左右。", '"70%"', True),
    ("根据医保发〔2022〕19号文件执行。", '"医保发〔2022〕19号"', True),
    (WRAPPED, "医保局", True),
    ("每人每年不低于610元。", "不低于610元", True),
    ("每人每年不低于610元。", "财政补助 610", False),
    ("人均财政补助不低于610元。", "财政补助 610", True),
    ("每人每年不低于610元。", "10元", False),
    ("每人每年不低于610元。", "61", False),
    ("医疗。保险", "疗保", False),
    ("居民医疗保险", "医保", False),
]


@pytest.mark.parametrize(("text", "asked", "found"), SEARCHES)
def test_sqlite_full_text(dataset, tmp_path, text, asked, found):
    """Words of one part to ten are found as they are typed, in text of traditional and full-width forms too; numbers whole."""
    source = f"{text}\n第二句。"
    made = with_facts(dataset, [fact("甲", 2022, "610")])
    kept = tmp_path / "sources" / f"{made.notices[0].source.sha256}.txt"
    kept.parent.mkdir()
    kept.write_text(source, "utf-8")
    export(made, "sqlite", tmp_path / "d.db", options=Options(outputs=tmp_path))
    with closing(sqlite3.connect(tmp_path / "d.db")) as connection:
        rows = connection.execute(
            "SELECT s.text, s.start, s.end FROM sentences_fts JOIN sentences s ON s.sentence_id = sentences_fts.rowid "
            "WHERE sentences_fts MATCH ?",
            (asked,),
        ).fetchall()

    assert len(rows) == found
    assert all(source[start:end].strip() == words for words, start, end in rows)


def test_sqlite_of_a_text_without_a_full_stop(dataset, tmp_path):
    """A text that is one sentence without end is cut, and all of it is there and found."""
    made = with_facts(dataset, [fact("甲", 2022, "610")])
    kept = tmp_path / "sources" / f"{made.notices[0].source.sha256}.txt"
    kept.parent.mkdir()
    kept.write_text("居民医保" * 20_000 + "新增30元", "utf-8")
    export(made, "sqlite", tmp_path / "d.db", options=Options(outputs=tmp_path))
    with closing(sqlite3.connect(tmp_path / "d.db")) as connection:
        rows = connection.execute("SELECT text FROM sentences ORDER BY sentence_id").fetchall()
        found = connection.execute("SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH '新增30元'").fetchall()

    assert "".join(text for (text,) in rows) == kept.read_text("utf-8")
    assert max(len(text) for (text,) in rows) <= 2001
    assert found == [(len(rows),)]


def test_sqlite_opens_in_datasette(dataset, tmp_path):
    """Datasette serves the database: its views, and its full-text search."""
    export(dataset, "sqlite", tmp_path / "d.db", options=OPTIONS)
    base = [sys.executable, "-W", "ignore", "-m", "datasette", str(tmp_path / "d.db"), "--get"]
    rows = {}
    for name, path in {
        "view": "/d/series.json?_shape=array&_size=max",
        "search": "/d/sentences.json?_shape=array&_search=医保",
    }.items():
        ended = subprocess.run([*base, path], capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603 - our own program
        rows[name] = json.loads(ended.stdout)

    assert len(rows["view"]) == sum(len(series.points) for series in dataset.series)
    assert rows["search"]
    assert all("医保" in row["normal"] for row in rows["search"])


def test_datasette(dataset, tmp_path):
    """Datasette serves the folder: titles, facets and the columns' meanings, search in every table with sentences, and a query."""
    export(dataset, "datasette", tmp_path / "ds", options=OPTIONS)
    rows = {}
    for name, path in {
        "about": "/-/metadata.json",
        "search": "/figures/fact_sentences.json?_shape=array&_search=财政补助 不低于610元",
        "find": "/figures/find.json?_shape=array&words=人均财政补助标准新增30元，每人每年不低于610元",
        "facets": "/figures/series.json?_size=0",
    }.items():
        command = [sys.executable, "-W", "ignore", "-m", "datasette", str(tmp_path / "ds"), "--get", path]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603 - our own program
        rows[name] = json.loads(ended.stdout)
    tables = rows["about"]["databases"]["figures"]["tables"]
    with closing(sqlite3.connect(tmp_path / "ds/figures.db")) as connection:
        named = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        }
        heads = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}

    assert {row["value"] for row in rows["search"]} >= {610}
    assert all("不低于610元" in row["sentence"] for row in rows["search"])
    assert "医保发〔2022〕20号" in {row["document_number"] for row in rows["find"]}
    assert all("新增30元，每人每年不低于610元" in row["text"] for row in rows["find"])
    assert "region_name" in rows["facets"]["facet_results"]
    assert set(tables) <= named
    for name, table in tables.items():
        asked = {*table.get("columns", ()), *table.get("facets", ()), table.get("sort_desc"), table.get("label_column")}

        assert table["description"] not in {"", name}
        assert asked - {None} <= heads[name]


# ── xlsx ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def book(dataset, tmp_path_factory):
    path = tmp_path_factory.mktemp("x") / "d.xlsx"
    export(dataset, "xlsx", path, options=OPTIONS)
    return openpyxl.load_workbook(path)


SHEETS = ["概览", "存疑", "指标序列", "年度变化", "数据", "核对", "文件", "表头与记号说明"]


def rows_of(book, sheet):
    """List a sheet's rows as dictionaries of cells by their heads."""
    heads, *rows = book[sheet].iter_rows()
    return [dict(zip([cell.value for cell in heads], row, strict=True)) for row in rows]


def values(row, *heads):
    return tuple(row[head].value for head in heads)


def test_xlsx(dataset, book):
    """Sheets, frozen heads and filters; a bound is a number that shows its sign."""
    row = next(
        row
        for row in rows_of(book, "指标序列")
        if values(row, "指标", "地区", "对象") == ("人均财政补助标准", "全国", None)
    )

    assert book.sheetnames == SHEETS
    assert all(sheet.freeze_panes in {"A2", "C2"} and sheet.auto_filter.ref for sheet in book)
    assert (row["2022"].value, row["2022"].number_format) == (610, '"≥"#,##0')
    assert row["2022"].hyperlink.location.startswith("'数据'!A")
    assert [row[0].value for row in book["数据"].iter_rows(min_row=2)] == [one.fact_id for one in dataset.facts]
    linked = book["数据"][row["2022"].hyperlink.location.split("!")[1]].value
    assert next(one for one in dataset.facts if one.fact_id == linked).value == "610"


def test_xlsx_prints(book):
    """On A4 across no sheet is made smaller than seven points, and each page names its rows below the heads."""
    for sheet in book:
        widths = [sheet.column_dimensions[column[0].column_letter].width for column in sheet.columns]
        named = sheet.print_title_cols
        repeated = sum(widths[: ord(named.replace("$", "").split(":")[1]) - ord("A") + 1]) if named else 0
        across = sheet.page_setup.fitToWidth or 1  # 1 is not written
        millimetres = (sum(widths) + (across - 1) * repeated) / across * 1.85

        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert bool(named) == (across > 1), sheet.title
        assert millimetres <= (297 - 2 * 10) / 0.7, sheet.title
        assert sheet.print_title_rows == "$1:$1"


def test_xlsx_begins_with_headlines(book):
    """The newest notice of each region: its figures beside last year's and those of the notice that it implements."""
    rows = {values(row, "地区", "政策年度", "指标"): row for row in rows_of(book, "概览") if not row["对象"].value}
    nation, province = rows["全国", 2024, "人均财政补助标准"], rows["江西省", 2022, "人均财政补助标准"]

    assert values(nation, "数值", "上年", "变化", "变化量", "变化率（%）", "上级") == (670, 640, "提高", 30, 4.69, None)
    assert (nation["上年"].number_format, nation["变化量"].number_format) == ('"≥"#,##0', "+#,##0;-#,##0;#,##0")
    assert values(province, "数值", "上级", "与上级相比") == (610, 610, "照办")
    assert province["上级"].number_format == '"≥"#,##0'
    assert "【" in nation["原文"].value


def test_xlsx_order_of_the_catalog(dataset, book):
    """Series stand in the order of the catalog, those without an indicator behind it, with the words that name them."""
    names = load_labels(load(), "zh")
    order = {names.indicator(one): at for at, one in enumerate(names.indicators())}
    found = [row["指标"].value.partition("（条件")[0] for row in rows_of(book, "指标序列")]
    found = [one if one in order else one.removesuffix("（原值）").removesuffix("（增加）") for one in found]
    places = [order.get(one, len(order)) for one in found]

    assert len(found) == len(dataset.series)
    assert places == sorted(places)
    assert all(name.startswith("？") for name, place in zip(found, places, strict=True) if place == len(order))


def test_xlsx_doubts_come_first(dataset, tmp_path):
    """Failed checks, conflicts and what is unread stand before the rest, each with its words; files set aside last."""
    facts = [
        fact("甲", 2022, "610", indicator=None, subject="人均补助"),
        fact("乙", 2022, "620"),
        fact("丙", 2022, "640"),
    ]
    failing = Check(
        check_id="c-000000000000", kind="bound", status="fail", fact_ids=(facts[1].fact_id,), expected="600", found="620",
        message="620 over 600",
    )  # fmt: skip
    one = replace(facts[0].evidence, exact="六百", prefix="人均", suffix="元")
    unread = Unresolved(
        unresolved_id="u-000000000000", notice_id="甲", reason="unreadable", message="?", candidates=(), evidence=one
    )
    aside = SetAside(path="坏.pdf", sha256=None, reason="broken", message="no PDF")
    made = with_facts(dataset, facts)
    made = replace(
        made, checks=(failing,), unresolved=(unread,), set_aside=(aside,),
        series=build_series(facts, made.notices, Resources()),
    )  # fmt: skip
    export(made, "xlsx", tmp_path / "d.xlsx")
    rows = rows_of(openpyxl.load_workbook(tmp_path / "d.xlsx"), "存疑")

    kinds = ["核对不符", "说法不一", "未能读出", "未对应指标", "未能读取的文件"]
    assert [row["存疑原因"].value for row in rows] == kinds
    assert "620 over 600" in rows[0]["说明"].value
    assert "620 元/人·年 / 640 元/人·年" in rows[1]["说明"].value
    assert rows[2]["原文"].value == "人均【六百】元"
    assert values(rows[3], "指标", "数值", "编号") == ("？人均补助", 610, facts[0].fact_id)
    assert values(rows[4], "文件", "说明") == ("坏.pdf", "文件已损坏。no PDF")


FIGURES = [
    ({}, "610", 610, "#,##0"),
    ({"operator": "ge"}, "610", 610, '"≥"#,##0'),
    ({"operator": "gt"}, "0.25", 0.25, '">"#,##0.00'),
    ({"operator": "approx"}, "5.5", 5.5, '"约"#,##0.0'),
    ({"operator": "le"}, "-5", -5, '"≤"#,##0;"≤"-#,##0'),
    ({"operator": "ge"}, "12345678901234567890", "≥12345678901234567890", "General"),
    ({"operator": "le", "kind": "date", "unit": None, "per": ()}, "2022-12-31", "不晚于2022-12-31", "General"),
    ({"operator": "between", "lower": "5", "upper": "12"}, None, "5 – 12", "General"),
    ({"operator": "none"}, None, "无限额", "General"),
]


@pytest.mark.parametrize(("fields", "value", "shown", "form"), FIGURES)
def test_xlsx_figures(dataset, tmp_path, fields, value, shown, form):
    """A number keeps its places and shows its sign; no format ends with a point, which Excel would show (≥610.)."""
    export(with_facts(dataset, [fact("甲", 2022, value, **fields)]), "xlsx", tmp_path / "d.xlsx")
    (row,) = rows_of(openpyxl.load_workbook(tmp_path / "d.xlsx"), "数据")

    assert (row["数值"].value, row["数值"].number_format) == (shown, form)


def test_xlsx_numbers_fit(dataset, tmp_path):
    """A column is as wide as its longest number: Excel shows another one as #####."""
    export(with_facts(dataset, [fact("甲", 2022, "123456789012345", operator="ge")]), "xlsx", tmp_path / "d.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx")["数据"]
    (at,) = [cell.column_letter for cell in sheet[1] if cell.value == "数值"]

    assert sheet.column_dimensions[at].width > len("≥123,456,789,012,345")


def test_xlsx_figures_that_share_no_unit_or_deadline(dataset, tmp_path):
    """Both deadlines of a year are shown, and a figure in another unit than its row's has its own beside it."""
    due = [fact("甲", 2022, value, due=day) for value, day in (("40", "2022-06-30"), ("70", "2022-12-31"))]
    rate = {"indicator": "medical.enrollment.rate", "kind": "rate", "per": ()}
    units = [fact("甲", 2022, "95", unit="%", **rate), fact("丙", 2023, "3000", unit="{人}", **rate)]
    facts, notices = (*due, *units), (notice("甲", year=2022), notice("丙", year=2023))
    made = replace(with_facts(dataset, facts), notices=notices, series=build_series(facts, notices, Resources()))
    figures = figures_of(made, Resources())
    export(replace(made, comparisons=compare_consecutive(figures)), "xlsx", tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    changed = [values(row, "此前", "此后", "单位") for row in rows_of(book, "年度变化")]

    assert "40（2022-06-30）；70（2022-12-31）" in [row["2022"].value for row in rows_of(book, "指标序列")]
    assert ("95 %", 3000, "人") in changed


def test_xlsx_explains_itself(book):
    """The legend names every sheet, every sign that a cell shows and every colour of a series; all heads are Chinese."""
    legend = {(row["项目"].value, row["名称"].value): row["说明"].value for row in rows_of(book, "表头与记号说明")}
    shown = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}
    signs = {form.split('"')[1] for form in shown if form.startswith('"')}
    heads = [cell.value for sheet in book for cell in sheet[1]]

    assert {("工作表", name) for name in SHEETS[:-1]} <= set(legend)
    assert signs
    assert {("记号", sign) for sign in signs} <= set(legend)
    assert {("底色", "推算"), ("底色", "说法不一"), ("表头", "对象"), ("数据集", "数据集版本")} <= set(legend)
    assert not [head for head in heads if head.isascii() and not head.isdecimal()]
    assert all(legend.values())


def test_xlsx_lists_the_notices(dataset, book):
    """Every notice with its year, number and how many figures it gave."""
    rows = rows_of(book, "文件")

    assert len(rows) == len(dataset.notices)
    assert sum(row["数字"].value for row in rows) == len(dataset.facts)
    assert sorted(row["路径"].value for row in rows) == sorted(one.source.path for one in dataset.notices)


def test_xlsx_english(dataset, tmp_path):
    """Headings in English on request."""
    export(dataset, "xlsx", tmp_path / "d.xlsx", options=Options(lang="en"))

    assert openpyxl.load_workbook(tmp_path / "d.xlsx").sheetnames[0] == "Overview"


def test_xlsx_links_to_the_report(dataset, tmp_path):
    """Where there is a report, a fact's id leads to it."""
    (tmp_path / "report").mkdir()
    (tmp_path / "report/index.html").touch()
    export(dataset, "xlsx", tmp_path / "export/d.xlsx", options=Options(outputs=tmp_path))
    cell = openpyxl.load_workbook(tmp_path / "export/d.xlsx")["数据"]["A2"]

    assert cell.hyperlink.target.replace("\\", "/") == f"../report/{notice_page(dataset.facts[0].notice_id)}"
    assert cell.hyperlink.location == f"fact-{dataset.facts[0].fact_id}"


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_cells_are_harmless(dataset, tmp_path, text):
    """Nothing in a notice becomes a formula, and what looks like one is marked as text."""
    made = with_facts(dataset, [fact("甲", 2022, "610", subject=text)])
    export(made, "xlsx", tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    cell = book["数据"]["E2"]

    assert {one.data_type for sheet in book for row in sheet.iter_rows() for one in row} <= {"s", "n"}
    assert (cell.value or "") == text.replace("\r\n", "\n").replace("\r", " ")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


# ── data package ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_datapackage(dataset, tmp_path):
    """frictionless validates the package, its types, keys and hashes."""
    export(dataset, "datapackage", tmp_path / "dp")
    descriptor = json.loads((tmp_path / "dp/datapackage.json").read_text("utf-8"))
    report = frictionless.validate(str(tmp_path / "dp/datapackage.json"))

    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == 8
    assert descriptor["$schema"].endswith("/2.0/datapackage.json")
    assert len(descriptor["sources"]) == len(dataset.notices)
    for resource in descriptor["resources"]:
        data = (tmp_path / "dp" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        assert all(field.get("description") for field in resource["schema"]["fields"])


def test_datapackage_changed_by_hand(dataset, tmp_path):
    """The test above can fail: a changed byte is found."""
    export(dataset, "datapackage", tmp_path / "dp")
    facts = tmp_path / "dp/data/facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b"610", b"611", 1))

    assert not frictionless.validate(str(tmp_path / "dp/datapackage.json")).valid


# ── places and errors ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "duckdb"])
def test_same_bytes(dataset, tmp_path, name):
    """The same dataset makes the same files (DuckDB's own format has ids of its making)."""
    for folder in ("a", "b"):
        export(dataset, name, tmp_path / folder / "x", options=OPTIONS)
    found = [
        {
            path.relative_to(tmp_path / folder): path.read_bytes()
            for path in sorted((tmp_path / folder).rglob("*"))
            if path.is_file()
        }
        for folder in ("a", "b")
    ]

    assert found[0] == found[1]


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_replaced_unasked(dataset, tmp_path, name):
    """What stands there is kept, unless --force is given and it is an export."""
    place = tmp_path / "x"
    export(dataset, name, place, options=OPTIONS)
    with pytest.raises(ExportError, match="is there already"):
        export(dataset, name, place, options=OPTIONS)
    export(dataset, name, place, options=OPTIONS, force=True)

    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("name", FOLDERS)
def test_force_spares_other_peoples_folders(dataset, tmp_path, name):
    """A folder with something else in it is never removed."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years of work")

    with pytest.raises(ExportError, match="leaves it alone"):
        export(dataset, name, tmp_path / "mine", force=True)
    with pytest.raises(ExportError, match=r"is a file or link, a .* export is a folder"):
        export(dataset, name, tmp_path / "mine/thesis.txt", force=True)
    assert (tmp_path / "mine/thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.extra])
def test_missing_extra(dataset, tmp_path, name, monkeypatch):
    """Without its library an export says what to install, and writes nothing."""
    monkeypatch.setitem(sys.modules, TARGETS[name].needs[0], None)

    with pytest.raises(ExportError, match=rf"pip install 'policy-figures\[{TARGETS[name].extra}\]'"):
        export(dataset, name, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FILES)
def test_disk_full(tmp_path, name):
    """A disk that fills: the reason, no half-written file, and the export before as it was."""
    place = tmp_path / "x"
    place.write_bytes(b"before")
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from extractor.cli.main import main; main(sys.argv[1:])"
    )
    arguments = ["export", "--to", name, "-o", str(place), "--force", "--lang", "en"]
    arguments += ["--dataset", str(ROOT / "outputs/dataset.json")]
    # -B: the interpreter takes a cut write of its own bytecode for a whole one, and reads it.
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-B", "-c", program, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert place.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(os.geteuid() == 0, reason="this user may write everywhere")
def test_no_permission(dataset, tmp_path):
    """A folder that may not be written to is named."""
    tmp_path.chmod(0o500)

    with pytest.raises(ExportError, match="cannot be written"):
        export(dataset, "csv", tmp_path / "x")


def test_place_is_under_a_file(dataset, tmp_path):
    """A part of the path is a file: no folder can be made."""
    (tmp_path / "file").touch()

    with pytest.raises(ExportError, match="cannot be written"):
        export(dataset, "csv", tmp_path / "file/x.csv")


def test_newer_schema(tmp_path, capfd):
    """A dataset of a newer major is refused; nothing is written."""
    text = (ROOT / "outputs/dataset.json").read_text("utf-8").replace('"schema_version": "2', '"schema_version": "3')
    (tmp_path / "d.json").write_text(text, "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(
            [
                "export",
                "--to",
                "csv",
                "--dataset",
                str(tmp_path / "d.json"),
                "-o",
                str(tmp_path / "x.csv"),
                "--lang",
                "en",
            ]
        )

    assert ended.value.code == 2
    assert "its schema version is 3" in capfd.readouterr().err
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize("name", FOLDERS)
def test_folders_are_no_stream(dataset, name):
    """A folder can't go to standard output."""
    with pytest.raises(ExportError, match="Name a folder with -o"):
        export_bytes(dataset, name)


def test_names_of_the_command():
    """The command offers every target there is."""
    assert tuple(giving.TARGET_NAMES) == tuple(TARGETS)


def test_empty_dataset(dataset, tmp_path):
    """A dataset without facts exports to every format all the same."""
    made = with_facts(dataset, [])
    for name in TARGETS:
        assert export(made, name, tmp_path / name, options=OPTIONS).exists()
    assert read_facts(tmp_path / "parquet/facts.parquet") == []
    assert [column.name for column in columns("facts")] == (tmp_path / "csv").read_text("utf-8").strip().split(",")
