"""Every row of the data files: required keys, unique ids, examples read as stated, near misses not read.

Rows of `structure.toml`, `html.toml`, `lexicon.toml` and the like have their tests beside the stage that uses them.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
import regex

import extractor
from extractor.notice.facts.catalog import load_catalog
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.mentions.patterns import amounts_of
from extractor.notice.mentions.readings import READERS
from extractor.notice.mentions.units import unit_table
from extractor.notice.row_tests import check_rows, faults
from extractor.resources import DATA, load

RESOURCES = load()
CATALOG = load_catalog(RESOURCES)
KINDS = {"money", "rate", "count", "duration", "age", "date", "period", "milestone", "formula"}
OPERATORS = {"eq", "ge", "gt", "le", "lt", "approx", "between", "none"}
DISPOSITIONS = {"date", "citation", "structure", "word", "furniture"}

# Tables of each file whose rows have ids, and whether the rows must carry examples and near misses.
TABLES = {
    "patterns/spans.toml": {"span": True},
    "patterns/dates.toml": {"date": True, "piece": False},
    "patterns/quantities.toml": {"quantity": True, "piece": False},
    "patterns/amounts.toml": {"amount": True},
    "bounds.toml": {"bound": True, "filler": False},
    "roles.toml": {"role": True},
    "units.toml": {"unit": True, "per": False},
    "words.toml": {"word": True},
    "modality.toml": {"modality": True},
    "scope.toml": {"term": False},
    "programmes.toml": {"programme": False},
    **{f"indicators/{path.name}": {"indicator": True} for path in (DATA / "indicators").glob("*.toml")},
}
TITLE = "关于做好2022年城乡居民基本医疗保障工作的通知"


def rows(*tables):
    for name, kinds in TABLES.items():
        data = tomllib.loads((DATA / name).read_text("utf-8"))
        for table in kinds:
            if not tables or table in tables:
                for row in data.get(table, []):
                    yield name, table, row


def names(found):
    return [f"{name}:{row['id']}" for name, _, row in found]


def facts_of(sentence):
    """Read a notice of one sentence; a title alone must not decide what a sentence about another programme means."""
    text = f"{TITLE}\n\n各市医疗保障局：\n现就有关事项通知如下。\n一、具体安排\n{sentence}\n"
    return extractor.read_notice(text.encode()).facts


# ── keys and ids ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_file_is_listed():
    """A new file of patterns or indicators is checked too; no row escapes for want of an entry here."""
    elsewhere = {
        "changes.toml", "digits.toml", "directions.toml", "encoding.toml", "identities.toml", "html.toml", "labels.toml", "lexicon.toml", "lines.toml", "linking.toml", "measures.toml", "ocr.toml", "overlaps.toml", "questions.toml", "readings.toml", "regions.toml",
        "structure.toml",
    }  # fmt: skip
    found = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.toml")}

    assert found - elsewhere == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_tables_and_ids(name):
    """A file has only the tables listed here; ids are unique in each."""
    data = tomllib.loads((DATA / name).read_text("utf-8"))
    loose = {"connectors", "previous", "relative", "table"}

    assert set(data) - loose <= set(TABLES[name])
    for table in TABLES[name]:
        repeated = [row for row, count in Counter(row["id"] for row in data[table]).items() if count > 1]
        assert repeated == []


@pytest.mark.parametrize(
    "row", [row for name, table, row in rows() if TABLES[name][table]],
    ids=names([given for given in rows() if TABLES[given[0]][given[1]]]),
)  # fmt: skip
def test_examples_and_rejects(row):
    """A row without an example or without a near miss teaches nobody what it is for."""
    assert row["examples"]
    assert row["rejects"]


def test_forms_are_not_repeated():
    """A form in two units, or in both bounds, would silently mean whichever comes last."""
    for table, keys in {"unit": ["forms"], "per": ["before"], "word": ["forms"]}.items():
        homes = defaultdict(set)
        for _, _, row in rows(table):
            for form in (form for key in keys for form in row[key]):
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


def test_shared_aliases_are_told_apart():
    """Two indicators may share an alias only when kinds, operators or programmes can tell them apart."""
    homes = defaultdict(list)
    for row in CATALOG.indicators.values():
        for alias in row.aliases:
            homes[alias].append(row)
    alike = {
        alias: [row.id for row in found]
        for alias, found in homes.items()
        if len({(row.kinds, row.operators, row.programmes) for row in found}) < len(found)
    }

    assert alike == {}


def test_linking_lists():
    """The lists of `linking.toml` are not empty, hold nothing twice, and their regexes compile with an anchor each."""
    lists = RESOURCES.built(linking_resources).lists
    anchors = [regex.compile(source).groupindex for source in lists.anchors]

    assert all("anchor" in groups for groups in anchors)
    for name, words in tomllib.loads((DATA / "linking.toml").read_text("utf-8")).items():
        assert words, name
        assert [word for word, count in Counter(words).items() if count > 1] == [], name


@pytest.mark.parametrize("row", CATALOG.scope, ids=lambda row: row.id)
def test_scope_rows(row):
    """Areas have a value, nothing else does."""
    assert (row.group == "area") == (row.value is not None)
    assert row.forms


# ── examples and near misses ────────────────────────────────────────────────────────────────────────────────────────

FAULTS = defaultdict(list)
for fault in faults(RESOURCES):
    FAULTS[fault.path.relative_to(DATA).as_posix(), fault.entry].append(fault.message())
CHECKED = [
    given
    for given in rows()
    if given[1] in {"span", "date", "quantity", "amount", "bound", "role", "unit", "per", "word"}
]


@pytest.mark.parametrize("given", CHECKED, ids=lambda given: f"{given[0]}:{given[2]['id']}")
def test_row(given):
    """A row reads each of its examples as stated, by its own regex or words, and none of its near misses."""
    name, table, row = given

    assert FAULTS[name, f"per {row['id']}" if table == "per" else row["id"]] == []


def test_check_rows():
    """The check that maintainers run finds nothing."""
    assert check_rows(RESOURCES) is None


@pytest.mark.parametrize("form", sorted(unit_table(RESOURCES).by_form))
def test_every_unit_form(form):
    """Each written form of a unit is read behind a number, as what its row says."""
    unit = unit_table(RESOURCES).by_form[form]
    found = [(item.exact, item.kind, item.unit) for item in extractor.quantities(f"共计36{form}。")]

    assert found == [(f"36{form}", unit.kind, unit.unit)]


@pytest.mark.parametrize(
    ("form", "per"),
    [(form, row["id"]) for _, _, row in rows("per") for form in row["before"]],
)
def test_every_per_form(form, per):
    """Each per-word before a number says what the figure is per."""
    found = [item.per for item in extractor.quantities(f"标准为{form}36元。")]

    assert [per in item for item in found] == [True]


@pytest.mark.parametrize(
    ("place", "form", "operator", "kinds"),
    [
        (row["place"], form, row["operator"], tuple(row.get("kinds", ())))
        for _, _, row in rows("bound")
        for form in row["forms"]
    ],
)
def test_every_bound_form(place, form, operator, kinds):
    """Each bound word makes a bound of a figure."""
    figure = "36个月" if "duration" in kinds else "36%"
    text = f"要求{form}{figure}。" if place == "before" else f"要求{figure}{form}。"
    found = [(item.operator, form in item.exact) for item in extractor.quantities(text)]

    assert found == [(operator, True)]


@pytest.mark.parametrize(("verb", "role"), [(verb, row["role"]) for _, _, row in rows("role") for verb in row["verbs"]])
def test_every_role_verb(verb, role):
    """Each verb right before percentage points says which way they go."""
    assert [item.role for item in extractor.quantities(f"住院支付比例{verb}5个百分点。")] == [role]


# ── the catalog ─────────────────────────────────────────────────────────────────────────────────────────────────────

FIGURES = [(row.id, example.text, example.figure) for row in CATALOG.indicators.values() for example in row.examples]
OTHERS = [(row.id, text) for row in CATALOG.indicators.values() for text in row.rejects]


def figure_of(fact):
    return fact.value or fact.lower or fact.due


@pytest.mark.parametrize("given", FIGURES, ids=lambda given: f"{given[0]}:{given[1]}")
def test_indicator_example(given):
    """The figure named in an example is linked to the indicator."""
    indicator, text, figure = given
    facts = facts_of(text)
    linked = [figure_of(fact) for fact in facts if fact.indicator == indicator]

    assert figure in linked, [(figure_of(fact), fact.kind, fact.indicator, fact.candidates) for fact in facts]


@pytest.mark.parametrize("given", OTHERS, ids=lambda given: f"{given[0]}:{given[1]}")
def test_indicator_near_miss(given):
    """No figure of a near miss is linked to the indicator."""
    indicator, text = given

    assert [fact.evidence.exact for fact in facts_of(text) if fact.indicator == indicator] == []


@pytest.mark.parametrize("row", CATALOG.modality, ids=lambda row: row.id)
def test_modality_row(row):
    """The words of an example make its figure's modality; those of a near miss do not."""
    for text in row.examples:
        assert row.id in {fact.modality for fact in facts_of(f"居民医保{text}。")}, text
    for text in row.rejects:
        assert row.id not in {fact.modality for fact in facts_of(f"居民医保{text}。")}, text
