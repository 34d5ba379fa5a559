"""Every row of the data files: required keys, unique ids, examples read as stated, near misses not read.

The files are found by themselves: a new one without a test fails.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
import regex
from syntax import modules, nodes

import extractor
from extractor.dataset.doubts import KINDS as DOUBTS
from extractor.notice.facts.catalog import load_catalog
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.readings import READERS
from extractor.notice.mentions.units import unit_table
from extractor.notice.row_tests import CASES, check_rows, faults
from extractor.resources import DATA, load, read_toml

RESOURCES = load()
CATALOG = load_catalog(RESOURCES)
KINDS = {"money", "rate", "count", "duration", "age", "date", "period", "milestone", "formula"}
OPERATORS = {"eq", "ge", "gt", "le", "lt", "approx", "between", "none"}
DISPOSITIONS = {"date", "citation", "structure", "word", "furniture"}

# Tables that are not held to examples by `row_tests`, and why.
ELSEWHERE = {
    ("risks.toml", "risk"): "counts, written by tests/update_risks.py; tests/test_review_session.py",
    ("areas.toml", "tier"): "codes of provinces, not texts; tests/test_catalog_errors.py",
    ("certificate.toml", "phrase"): "words that are written, not read; tests/test_certificate.py",
    ("changes.toml", "phrase"): "words that are written, not read; tests/test_versions.py",
    ("claims.toml", "plain"): "held to its examples where it is used; tests/test_verify.py",
    ("claims.toml", "nation"): "held to its examples where it is used; tests/test_verify.py",
    ("claims.toml", "denying"): "held to its examples where it is used; tests/test_verify.py",
    ("directions.toml", "direction"): "what a change means; tests/test_compare.py",
    ("follow.toml", "list"): "read where it is used; tests/test_follow.py",
    ("doubts.toml", "validity"): "held to its examples where it is used; tests/test_review_session.py",
    ("encoding.toml", "characters"): "counted, not matched; tests/test_ingest.py",
    ("identities.toml", "identity"): "rows about facts, not texts; tests/test_check.py",
    ("identities.toml", "note"): "words that are written, not read; tests/test_check.py",
    ("labels.toml", "label"): "words that are written, not read; tests/test_cli.py",
    ("lists.toml", "gap"): "held to its examples where it is used; tests/test_series.py",
    ("hoped.toml", "hoped"): "held to its examples where it is used; tests/test_series.py",
    ("measures.toml", "weak"): "words weighed, not matched; tests/test_measures.py",
    ("measures.toml", "year"): "held to its examples where it is used; tests/test_measures.py",
    ("overlaps.toml", "generic"): "pairs, not texts; tests/test_readings.py",
    ("overlaps.toml", "related"): "pairs, not texts; tests/test_readings.py",
    ("patterns/dates.toml", "piece"): "parts of other rows",
    ("patterns/quantities.toml", "piece"): "parts of other rows",
    ("patterns/spans.toml", "piece"): "parts of other rows",
    ("readings.toml", "coverage"): "ids of indicators; tests/test_readings.py",
    ("series.toml", "name"): "names, not texts; tests/test_named_series.py",
    ("series.toml", "trim"): "names, not texts; tests/test_named_series.py",
    ("scope_words.toml", "provider"): "words of scopes, not texts; tests/test_series.py",
    ("scope_words.toml", "condition"): "words of scopes, not texts; tests/test_series.py",
    **dict.fromkeys(
        [("suggest.toml", table) for table in ("name", "share", "generic", "title", "near_miss", "unknown")],
        "names and titles, not texts; tests/test_catalog_suggest.py",
    ),
    ("regions.toml", "region"): "names and codes of GB/T 2260; tests/test_structure.py",
    ("regions.toml", "counties"): "names and codes of GB/T 2260; tests/test_structure.py",
}
FILES = {path.relative_to(DATA).as_posix(): read_toml(path) for path in sorted(DATA.rglob("*.toml"))}
TABLES = [(name, table) for name, data in FILES.items() for table in data]


def is_checked(name, table):
    """Return True if `row_tests` holds the rows of a table to their examples."""
    return any(PurePosixPath(name).match(pattern) and table == of for pattern, of in CASES)


def rows(*tables):
    """Yield (file, table, row) of the tables named, of all that `row_tests` checks where none is."""
    for name, table in TABLES:
        if table in tables or (not tables and is_checked(name, table)):
            yield from ((name, table, row) for row in FILES[name][table])


def names(found):
    return [f"{name}:{row['id']}" for name, _, row in found]


# ── keys and ids ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_table_has_its_test(name, table):
    """A new file, or a new kind of row, is held to its examples, or stands in ELSEWHERE with a reason: never both."""
    assert is_checked(name, table) != ((name, table) in ELSEWHERE)


def test_elsewhere():
    """What is said to be tested elsewhere is there, and so is its test."""
    tests = [re.findall(r"tests/(\w+\.py)", reason) for reason in ELSEWHERE.values()]

    assert set(ELSEWHERE) - set(TABLES) == set()
    assert [test for found in tests for test in found if not (Path(__file__).parent / test).exists()] == []


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_ids(name, table):
    """Ids are unique in a table."""
    given = [row["id"] for row in FILES[name][table] if isinstance(row, dict) and "id" in row]

    assert [row for row, count in Counter(given).items() if count > 1] == []


def test_lists():
    """A list says what its words do, and has none twice."""
    lists = list(rows("list"))
    twice = [
        (name, [word for word, count in Counter(row.get("words", ())).items() if count > 1]) for name, _, row in lists
    ]

    assert lists
    assert [row["id"] for _, _, row in lists if not row["use"].endswith(".")] == []
    assert [found for found in twice if found[1]] == []


def test_forms_are_not_repeated():
    """A form in two units, or in both bounds, would silently mean whichever comes last."""
    for name, table, key in (
        ("units.toml", "unit", "forms"),
        ("units.toml", "per", "before"),
        ("words.toml", "word", "forms"),
    ):
        homes = defaultdict(set)
        for row in FILES[name][table]:
            for form in row[key]:
                homes[form].add(row["id"])
        assert {form: ids for form, ids in homes.items() if len(ids) > 1} == {}


def test_bound_forms_are_not_repeated():
    """A bound word means one thing in its place."""
    homes = defaultdict(list)
    for _, _, row in rows("bound"):
        for form in row["forms"]:
            homes[row["place"], form, tuple(row.get("kinds", ()))].append(row["id"])

    assert {form: ids for form, ids in homes.items() if len(set(ids)) > 1} == {}


# ── what rows name exists ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("row", [row for _, _, row in rows("span")], ids=names(rows("span")))
def test_span_rows(row):
    """A stretch says what the ledger makes of its numerals."""
    assert row["disposition"] in DISPOSITIONS


@pytest.mark.parametrize("row", [row for _, _, row in rows("quantity")], ids=names(rows("quantity")))
def test_quantity_rows(row):
    """The reading exists, and the regex has the group every reading needs."""
    groups = set(regex.findall(r"\(\?P<(\w+)>", row["regex"]))

    assert row["reading"] in READERS
    assert {"n", "a"} & groups


@pytest.mark.parametrize("row", [row for row, _ in amounts_of(RESOURCES)], ids=lambda row: row.id)
def test_amount_rows(row):
    """Kind, unit, operator and indicator of an amount in words are known ones, its value a decimal."""
    units = {unit.unit for unit in RESOURCES.built(unit_table).by_form.values()}

    assert row.kind in KINDS
    assert row.unit in units
    assert row.operator in OPERATORS
    assert row.indicator is None or row.kind in CATALOG.indicators[row.indicator].kinds
    assert (row.value is None) == (row.operator == "none")
    assert row.value is None or Decimal(row.value) >= 0
    assert "(?P<x>" in row.regex


@pytest.mark.parametrize("row", CATALOG.indicators.values(), ids=lambda row: row.id)
def test_indicator_rows(row):
    """An indicator has names in two languages, ways to be found, kinds, and a plausible range in order."""
    assert row.name
    assert row.name_en
    assert row.kinds
    assert row.programmes
    assert row.aliases
    assert len(set(row.aliases)) == len(row.aliases)
    assert row.plausible is None or Decimal(row.plausible[0]) < Decimal(row.plausible[1])
    assert bool(row.unit) == (set(row.kinds) & {"money", "rate", "duration", "age"} != set())
    assert all(cue.all or cue.any for cue in row.cues)


def test_groups_of_lists():
    """A list whose regex tells what is meant has the group that is asked for."""
    lists = RESOURCES.built(linking_resources).lists
    anchors = (lists.anchor_day, lists.anchor_after, lists.anchor_event)

    assert [list(item.pattern.groupindex) for item in anchors] == [["anchor"]] * 3
    assert list(lists.ailment.pattern.groupindex) == ["ailment"]


@pytest.mark.parametrize("row", CATALOG.scope, ids=lambda row: row.id)
def test_scope_rows(row):
    """Areas have a value, but not words for several (中西部); nothing else does."""
    assert (row.group == "area" and not row.silent) == (row.value is not None)
    assert row.forms


# ── examples and near misses ────────────────────────────────────────────────────────────────────────────────────────


@cache
def found_faults(name):
    """List the faults of a file's rows by table; once a process."""
    found = defaultdict(list)
    for fault in faults(RESOURCES, name):
        found[fault.table].append(fault.message())
    return found


@pytest.mark.parametrize(("name", "table"), [of for of in TABLES if is_checked(*of)])
def test_rows(name, table):
    """A row reads each of its examples as stated, by its own regex or words, and none of its near misses."""
    assert FILES[name][table]
    assert found_faults(name)[table] == []


@pytest.mark.parametrize("only", ["bounds.toml", "indicators/housing.toml"])
def test_check_rows(only):
    """The check that maintainers run finds nothing in a file."""
    assert (DATA / only).exists()
    assert check_rows(RESOURCES, only) is None


def test_every_unit_form():
    """Each written form of a unit is read behind a number, as what its row says."""
    units = unit_table(RESOURCES).by_form
    found = {
        form: [(item.exact, item.kind, item.unit) for item in extractor.quantities(f"共计36{form}。")] for form in units
    }

    assert found == {form: [(f"36{form}", unit.kind, unit.unit)] for form, unit in units.items()}


def test_every_per_form():
    """Each per-word before a number says what the figure is per."""
    forms = [(form, row["id"]) for _, _, row in rows("per") for form in row["before"]]
    found = {(form, per): [item.per for item in extractor.quantities(f"标准为{form}36元。")] for form, per in forms}

    assert found
    assert {case: pers for case, pers in found.items() if [case[1] in per for per in pers] != [True]} == {}


def bound_in_text(row, form):
    figure = {"duration": "36个月", "age": "36周岁"}.get(row.get("kinds", ("",))[0], "36%")
    return f"要求{form}{figure}。" if row["place"] == "before" else f"要求{figure}{form}。"


def test_every_bound_form():
    """Each bound word makes a bound of a figure."""
    cases = [(bound_in_text(row, form), form, row["operator"]) for _, _, row in rows("bound") for form in row["forms"]]
    found = [
        (text, [(item.operator, form in item.exact) for item in extractor.quantities(text)]) for text, form, _ in cases
    ]

    assert found == [(text, [(operator, True)]) for text, _, operator in cases]


def test_every_role_verb():
    """Each verb right before percentage points, or before days where it is of time alone, says which way they go."""
    of_time = next(row["words"] for _, _, row in rows("list") if row["id"] == "of_time")
    cases = [
        (f"产假{verb}5天。" if verb in of_time else f"住院支付比例{verb}5个百分点。", row["role"])
        for _, _, row in rows("role")
        for verb in row["verbs"]
    ]

    assert [(text, [item.role for item in extractor.quantities(text)]) for text, _ in cases] == [
        (text, [role]) for text, role in cases
    ]


# ── no language in code ─────────────────────────────────────────────────────────────────────────────────────────────

# Chinese that may stand in the code of facts and mentions: grammar that no notice and no programme changes.
GRAMMAR = {
    "的": "the particle that ties words to a noun", "之": "the same in formal style",
    "百分之": "the sign of a numeral: percent", "千分之": "the sign of a numeral: per mille", "万分之": "the sign of a numeral",
    "百": "a numeral", "千": "a numeral", "万": "a numeral", "亿": "a numeral", "一": "a numeral",
    "一二两三四五六七八九十": "the numerals up to ten",
    "元": "the unit of a band of costs that says none (1-3万报销60%)", "年": "the unit that halves are read of (两年半)", "个": "the classifier of months in halves (一个半月)",
    r"^\s*(?:[★☆●○■□◆◇▲△※•▪▶►▸➢➤]+|第[一二三四五六七八九十百\d]{1,5}条|【[^【】\n]{2,20}】|(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])+)\s*": "what opens an article, a section or an item",
    r"^\s*[（(]?[一二三四五六七八九十]{1,3}(?:、|[）)])|(?:^|(?<=[，。；：]))[一二三四五六七八九十]{1,2}是": "numbers of sections and items",
}  # fmt: skip


def literals(tree):
    """Yield the strings of a module that hold Han characters; no docstrings."""
    said = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
    for node in nodes(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in said else None
        if isinstance(text, str) and regex.search(r"\p{Han}", text):
            yield text


def test_language_stands_in_rows():
    """The code that reads mentions and facts holds no words of Chinese but those of GRAMMAR, and these it needs."""
    found = {
        text
        for name, tree in modules().items()
        if name.startswith(("notice/facts/", "notice/mentions/"))
        for text in literals(tree)
    }

    assert found - set(GRAMMAR) == set()
    assert set(GRAMMAR) - found == set()


def test_what_is_shown_has_labels():
    """What amounts are per, and why a reader should look at a figure, is said in words on every page and sheet."""
    labels = {row["id"] for row in read_toml(DATA / "labels.toml")["label"]}
    pers = {f"per.{row['id']}" for row in read_toml(DATA / "units.toml")["per"]}
    doubts = {f"page.{what}_{kind}" for kind in DOUBTS for what in ("doubt", "about")}

    assert pers | doubts <= labels
