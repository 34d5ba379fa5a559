"""Our own precision and recall on annotated notices."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import msgspec
import pytest
from factories import SUBSIDY, fact, notice

from extractor.errors import DatasetError
from extractor.evaluate.gold import wrong_names
from extractor.evaluate.scoring import Ratio, evaluate, load_floors
from extractor.model import Base, Evidence, Scope

TEXT = "人均财政补助标准新增30元，达到每人每年不低于610元。全额资助特困人员。三年行动。"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def row(text, **fields):
    start = TEXT.index(text)
    given = {
        "start": start, "end": start + len(text), "text": text, "quote": text, "kind": "money", "value": text,
        "lower": None, "upper": None, "unit": "CNY", "per": ["person", "year"], "per_min": ["person"],
        "operator": "eq", "role": "level", "due": None, "indicator": SUBSIDY, "scope": {}, **fields,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not ...}


def read(text, **fields):
    start = TEXT.index(text)
    evidence = Evidence(
        source=f"sha256:{DIGEST}", start=start, end=start + len(text), exact=text, prefix="", suffix="", section=None,
        page=None,
    )  # fmt: skip
    return fact("n", 2022, fields.pop("value", text.strip("元")), evidence=evidence, **fields)


GOLD = [
    row("30", role="increase"),
    row("610", operator="ge"),
    row("全额", kind="rate", value="100", unit="%", per=[], per_min=[], indicator="r", weight="stretch"),
    {"start": TEXT.index("三年"), "end": TEXT.index("三年") + 2, "text": "三年", "weight": "optional"},
]
RIGHT = [
    read("30元", role="increase", per=("person",)),
    read("610元", operator="ge"),
    read("全额", kind="rate", value="100", unit="%", per=(), indicator="r"),
]


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "notices/100000").mkdir(parents=True)
    (tmp_path / "notices/100000/a.txt").write_text(TEXT, "utf-8")
    write(tmp_path, GOLD)
    return tmp_path


def write(folder, rows):
    lines = [json.dumps(item, ensure_ascii=False) for item in rows]
    (folder / "gold/a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def figures(folders, facts, **more):
    result = evaluate(facts, folders / "gold", folders / "notices", **more)
    return {name: tuple(ratio) for name, ratio in result.total.figures.items()}


def test_all_right(folders):
    """Everything right gives full marks."""
    assert figures(folders, RIGHT) == {
        "value": (2, 2), "meaning": (2, 2), "linked": (2, 2), "named": (0, 0), "precision": (3, 3), "words": (1, 1),
        "evidence": (3, 3), "heads": (0, 0),
    }  # fmt: skip


# What the one changed fact costs: (value, meaning, linked, precision).
CHANGES = [
    ({"value": "601"}, (1, 1, 1, (2, 3))),
    ({"unit": "USD"}, (1, 1, 1, (2, 3))),
    ({"kind": "count"}, (1, 1, 1, (2, 3))),
    ({"value": "610.0"}, (2, 2, 2, (3, 3))),
    ({"operator": "eq"}, (2, 1, 1, (3, 3))),
    ({"role": "increase"}, (2, 1, 1, (3, 3))),
    ({"role": "condition"}, (2, 2, 2, (3, 3))),
    ({"per": ()}, (2, 1, 1, (3, 3))),
    ({"per": ("person", "month")}, (2, 1, 1, (3, 3))),
    ({"due": "2022-12-31"}, (2, 2, 2, (3, 3))),
    ({"indicator": None}, (2, 2, 1, (3, 3))),
    ({"indicator": "other"}, (2, 2, 1, (3, 3))),
    ({"base": Base(text="费用", indicator=None)}, (2, 2, 2, (3, 3))),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_levels(change, expected, folders):
    """A fact is judged by value, then meaning, then link."""
    facts = [RIGHT[0], read("610元", **{"operator": "ge", **change}), RIGHT[2]]
    got = figures(folders, facts)

    assert expected == (got["value"][0], got["meaning"][0], got["linked"][0], got["precision"])


SCOPES = [
    ({"area": "west"}, Scope(area="west"), 2),
    ({"area": "west"}, Scope(area="central"), 1),
    ({"area": "west"}, Scope(), 1),
    ({"population": "特困人员"}, Scope(population="农村特困人员"), 2),
    ({"payer": "中央财政"}, Scope(payer="财政"), 2),
    ({"payer": "中央财政"}, Scope(payer="个人"), 1),
]


@pytest.mark.parametrize(("want", "have", "expected"), SCOPES)
def test_scope(want, have, expected, folders):
    """Area must be equal; population and payer may be said more or less fully."""
    write(folders, [GOLD[0], row("610", operator="ge", scope=want)])

    assert figures(folders, [RIGHT[0], read("610元", operator="ge", scope=have)])["linked"] == (expected, 2)


# What a row says of names, what a fact says, which fields are wrong.
NAMED = {"subject": ["人均财政补助标准", "财政补助标准"]}
NAMES = [
    ("the same words", NAMED, {"subject": "财政补助标准"}, []),
    ("spaces and quotation marks", {"subject": ["“两病”用药"]}, {"subject": "两病 用药"}, []),
    ("cut", NAMED, {"subject": "补助标准"}, ["subject"]),
    ("none", NAMED, {"subject": None}, ["subject"]),
    ("rightly none", {"subject": [None, "年龄"]}, {"subject": None}, []),
    ("rightly none, yet some", {"subject": [None]}, {"subject": "年龄"}, ["subject"]),
    ("not asked for", NAMED, {"subject": "财政补助标准", "scope": Scope(payer="市", places=("甲县",))}, []),
    ("payer none", NAMED | {"payer_in": [None]}, {"scope": Scope(payer="市")}, ["subject", "scope.payer"]),
    ("payer missing", NAMED | {"payer_in": ["市财政"]}, {"subject": "财政补助标准"}, ["scope.payer"]),
    ("payer in part", {"subject": [None], "payer_in": ["市财政"]}, {"scope": Scope(payer="财政")}, ["scope.payer"]),
    ("persons", {"subject": [None], "population_in": ["居民"]}, {"scope": Scope(population="职工")}, ["scope.population"]),
    ("provider", {"subject": [None], "provider_in": ["其他医院"]}, {"scope": Scope(provider="医院")}, ["scope.provider"]),
    ("places in any order", {"subject": [None], "places": ["甲县", "乙县"]}, {"scope": Scope(places=("乙县", "甲县"))}, []),
    ("one place short", {"subject": [None], "places": ["甲县", "乙县"]}, {"scope": Scope(places=("乙县",))}, ["scope.places"]),
    ("no places", {"subject": [None], "places": []}, {"scope": Scope(places=("乙县",))}, ["scope.places"]),
    ("its year", {"subject": [None], "applies_to": "2021"}, {"applies_to": "2021"}, []),
    ("the base year", {"subject": [None], "applies_to": None}, {"applies_to": "2020"}, ["applies_to"]),
    ("no year", {"subject": [None], "applies_to": "2021"}, {}, ["applies_to"]),
    ("the year compared with", {"subject": [None], "compared_to": "2020"}, {}, ["compared_to"]),
    ("compared with none", {"subject": [None], "compared_to": None}, {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("want", "have", "expected"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_names(want, have, expected, folders):
    """A row with a subject is also judged by what it says of the measure, the persons, the payer, places and time."""
    write(folders, [GOLD[0], row("610", operator="ge", **want)])
    result = evaluate([RIGHT[0], read("610元", operator="ge", **have)], folders / "gold", folders / "notices")
    misses = [miss for miss in result.notices[0].misses if miss.reached == "linked"]

    assert tuple(result.total.figures["linked"]) == (2, 2)
    assert tuple(result.total.figures["named"]) == (int(not expected), 1)
    assert [list(wrong_names(miss.row, miss.facts[0])) for miss in misses] == ([expected] if expected else [])


# What is wrong beside the name, whether the row still counts as named, what the list of misses says.
BESIDE = [
    ("link", {"indicator": None}, 1, ["meaning"]),
    ("role", {"role": "increase"}, 0, ["value"]),
    ("value", {"value": "601"}, 0, ["nothing", "extra"]),
]


@pytest.mark.parametrize(
    ("change", "named", "reached"), [case[1:] for case in BESIDE], ids=[case[0] for case in BESIDE]
)
def test_named_needs_the_meaning(change, named, reached, folders):
    """A figure is named only where its meaning is right; the indicator may be missing."""
    write(folders, [row("610", operator="ge", subject=["财政补助"])])
    fact = read("610元", **{"operator": "ge", "subject": "财政补助", **change})
    result = evaluate([fact], folders / "gold", folders / "notices")

    assert tuple(result.total.figures["named"]) == (named, 1)
    assert [miss.reached for miss in result.notices[0].misses] == reached


def test_named_is_counted_by_kind(folders):
    """Only rows with a subject count, by kind and as a whole; it may have a floor."""
    named = row("30", role="increase", subject=["财政补助"])
    write(
        folders, [named, GOLD[1], row("全额", kind="rate", value="100", unit="%", per=[], per_min=[], subject=["资助"])]
    )
    facts = [read("30元", role="increase", per=("person",), subject="补助"), *RIGHT[1:]]
    result = evaluate(facts, folders / "gold", folders / "notices")

    assert {score.name: tuple(score.figures["named"]) for score in result.kinds} == {"money": (0, 1), "rate": (0, 1)}
    assert result.short_of({"named": Decimal("0.5")}) == ["named 0.000 < 0.5"]


def test_extra_missing_and_optional(folders):
    """A fact on no row costs precision, one on an optional row nothing; a row without fact costs recall."""
    optional = read("三年", kind="duration", unit="a", value="3")
    extra = read("标准", value="1")
    result = evaluate([RIGHT[0], optional, extra], folders / "gold", folders / "notices")

    assert tuple(result.total.figures["precision"]) == (1, 2)
    assert tuple(result.total.figures["value"]) == (1, 2)
    assert [miss.reached for miss in result.notices[0].misses] == ["nothing", "extra"]


def test_one_row_one_fact(folders):
    """Of two facts on one row only one counts."""
    assert figures(folders, [*RIGHT, read("610元", operator="ge", rule="twice")])["precision"] == (3, 4)


def test_wrong_evidence_is_counted(folders):
    """Words that don't stand at their place are found."""
    wrong = msgspec.structs.replace(RIGHT[0].evidence, exact="31元")

    assert figures(folders, [msgspec.structs.replace(RIGHT[0], evidence=wrong)])["evidence"] == (0, 1)


def test_heads(folders):
    """Heads are scored field by field where the gold has them."""
    heads = {"a": {"type": "notice", "issuers": ["甲", "乙"], "region": "100000", "policy_year": 2022, "title": "x"}}
    (folders / "gold/notices.json").write_text(json.dumps(heads), "utf-8")
    record = notice("n", year=2021, issuers=("甲", "乙"))
    record = msgspec.structs.replace(record, source=msgspec.structs.replace(record.source, sha256=DIGEST))

    assert figures(folders, RIGHT, heads=[record])["heads"] == (3, 4)


def test_kinds_and_floors(folders):
    """Figures by kind, and floors for them; what wasn't measured is under its floor."""
    result = evaluate(RIGHT[1:], folders / "gold", folders / "notices")

    assert {score.name: tuple(score.figures["value"]) for score in result.kinds} == {"money": (1, 2)}
    floors = {"value": Decimal("0.5"), "money.value": Decimal("0.51"), "heads": Decimal(0)}

    assert result.short_of(floors) == ["heads not measured < 0", "money.value 0.500 < 0.51"]
    assert Ratio(2, 3).share == Decimal("0.667")


BAD = [
    ("gold/a.jsonl", '{"start": 1}', ["a.jsonl", "line 1", "end"]),
    ("gold/a.jsonl", '\n{"start": 1,', ["a.jsonl", "line 2"]),
    ("gold/b.jsonl", "", ["b.jsonl", "no notice b.*"]),
]


@pytest.mark.parametrize(("name", "text", "words"), BAD)
def test_bad_gold(name, text, words, folders):
    """Gold that can't be used is an error that names file and line."""
    (folders / name).write_text(text, "utf-8")
    with pytest.raises(DatasetError) as caught:
        evaluate([], folders / "gold", folders / "notices")

    assert all(word in str(caught.value) for word in words)


BAD_FLOORS = [("[1]", "floors.json"), ('{"values": 1}', "unknown figure 'values'"), ('{"x.value": 1}', "'x.value'")]


@pytest.mark.parametrize(("text", "words"), BAD_FLOORS)
def test_bad_floors(text, words, tmp_path):
    """A floors file with unknown figures or another shape is refused."""
    (tmp_path / "floors.json").write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=words):
        load_floors(tmp_path / "floors.json")


def test_floors_are_exact(tmp_path):
    """Floors are decimals, not floats."""
    (tmp_path / "floors.json").write_text('{"value": 0.98, "money.linked": "0.9"}', "utf-8")

    assert load_floors(tmp_path / "floors.json") == {"value": Decimal("0.98"), "money.linked": Decimal("0.9")}
