"""Mistakes in data files: each is refused with file, entry, what was found, what was expected, and the fix."""

from __future__ import annotations

import shutil

import pytest

from extractor.errors import CatalogError
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.mentions.find import mention_finder
from extractor.notice.row_tests import check_rows
from extractor.query.areas import area_tiers
from extractor.resources import DATA, Resources

SPAN = '\n[[span]]\nid = "{id}"\ndisposition = "{disposition}"\npriority = 50\nregex = \'{regex}\'\nexamples = {examples}\nrejects = {rejects}\n{more}'
INDICATOR = """
[[indicator]]
id = "{id}"
name = "甲"
name_en = "A"
kinds = ["money"]
unit = "{unit}"
per = {per}
programmes = ["{programme}"]
aliases = ["甲"]
{plausible}
reference = ""
examples = [{{ text = "甲为1元。", figure = "1" }}]
rejects = ["乙为1元。"]
{more}
"""


def span(**changes):
    given = {
        "id": "made",
        "disposition": "word",
        "regex": "第甲",
        "examples": '["第甲"]',
        "rejects": '["甲第"]',
        "more": "",
    }
    return SPAN.format(**{**given, **changes})


def indicator(**changes):
    given = {"id": "made.one", "unit": "CNY", "per": '["person"]', "programme": "medical", "plausible": "", "more": ""}
    return INDICATOR.format(**{**given, **changes})


def added(name, text):
    """Return a change of a data folder: text added to the end of a file."""

    def change(root):
        path = root / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return name, change


def replaced(name, old, new):
    """Return a change of a data folder: the first ``old`` of a file becomes ``new``."""

    def change(root):
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return name, change


def written(name, data):
    """Return a change of a data folder: a file with other bytes."""
    return name, lambda root: (root / name).write_bytes(data)


def missing(name):
    """Return a change of a data folder: a file less."""
    return name, lambda root: (root / name).unlink()


SPANS, DATES, QUANTITIES, AMOUNTS = (f"patterns/{name}.toml" for name in ("spans", "dates", "quantities", "amounts"))
MEDICAL = "indicators/medical.toml"

# name → (change, what builds it, words that the message must contain: entry, found, expected, fix)
MISTAKES = {
    "unknown key, span": (added(SPANS, span(more="colour = 1")), mention_finder, ["'made'", "colour", "Keys of a span: id", "Correct"]),
    "unknown key, indicator": (added(MEDICAL, indicator(more="colour = 1")), linking_resources, ["'made.one'", "colour", "Keys of an indicator: id", "Correct"]),
    "unknown key, unit": (added("units.toml", '\n[[unit]]\nid = "made"\nkind = "count"\nforms = ["匣"]\nexamples = []\nrejects = []\nsize = 1\n'), mention_finder, ["'made'", "size", "Keys of a unit: id", "Correct"]),
    "unknown key, bound": (replaced("bounds.toml", 'reach = "far"', 'range = "far"'), mention_finder, ["'before.ge'", "range", "Keys of a bound", "Correct"]),
    "unknown key, role": (replaced("roles.toml", "[[role]]", "[[role]]\ncolour = 1"), mention_finder, ["'increase'", "colour", "Keys of a role", "Correct"]),
    "unknown key, list": (replaced("linking.toml", "use =", "uses ="), linking_resources, ["'blocking'", "uses", "Keys of a list: id", "Correct"]),
    "unknown list": (replaced("linking.toml", 'id = "blocking"', 'id = "blocked"'), linking_resources, ["list 'blocked'", "not among the lists", "blocking", "Rename"]),
    "missing list": (replaced("roles.toml", 'id = "than"', 'id = "level.than"'), mention_finder, ["list 'level.than'", "not among the lists", "than", "Rename"]),
    "list without words": (replaced("roles.toml", 'words = ["在"]', "words = []"), mention_finder, ["'base_opens'", "neither words nor a regex", "Correct"]),
    "list with words and regex": (replaced("roles.toml", 'words = ["在"]', "words = [\"在\"]\nregex = '在'"), mention_finder, ["'base_opens'", "both words and a regex", "Correct"]),
    "list at no place": (replaced("roles.toml", 'at = "whole"', 'at = "middle"'), mention_finder, ["'touching'", "middle", "whole", "Correct"]),
    "example of a list not met": (replaced("linking.toml", 'examples = ["即50%", ', 'examples = ["约50%", '), check_rows, ["list 'restate'", "'约50%'", "found nothing", "Correct"]),
    "near miss of a programme met": (replaced("programmes.toml", 'rejects = ["医疗护理", ', 'rejects = ["长护险", '), check_rows, ["programme 'long_term_care'", "'长护险'", "near miss", "Correct"]),
    "example of a scope word not met": (replaced("scope.toml", 'examples = ["对西部地区按80%"]', 'examples = ["对西南地区按80%"]'), check_rows, ["term 'west'", "'对西南地区按80%'", "Correct"]),
    "example of an indicator not linked": (added(MEDICAL, indicator(more="").replace('figure = "1"', 'figure = "2"')), check_rows, ["indicator 'made.one'", "expected '2'", "Correct"]),
    "unknown key, programme": (added("programmes.toml", '\n[[programme]]\nid = "made"\nwithin = "any"\nterms = ["甲"]\nexamples = ["甲"]\nrejects = ["乙"]\nsize = 1\n'), linking_resources, ["'made'", "size", "Keys of a programme", "Correct"]),
    "missing key": (added(SPANS, '\n[[span]]\nid = "made"\n'), mention_finder, ["'made'", "missing required field", "disposition", "Correct"]),
    "wrong type": (replaced(SPANS, "priority = 90", 'priority = "90"'), mention_finder, ["'citation.number'", "Expected `int`, got `str`", "Correct"]),
    "wrong kind": (replaced("units.toml", 'kind = "money"', 'kind = "cash"'), mention_finder, ["'CNY'", "cash", "Correct"]),
    "wrong group": (replaced("scope.toml", 'group = "area"', 'group = "zone"'), linking_resources, ["'west'", "zone", "Correct"]),
    "wrong area": (replaced("areas.toml", 'area = "west"', 'area = "north"'), area_tiers, ["'resident_medical.west'", "north", "Correct"]),
    "unknown programme, tier": (replaced("areas.toml", 'programme = "resident_medical"', 'programme = "made"'), area_tiers, ["'resident_medical.west'", "'made'", "programmes.toml", "Add it"]),
    "no province": (replaced("areas.toml", '"150000"', '"159999"'), area_tiers, ["'resident_medical.west'", "159999", "is none of regions.toml", "Correct"]),
    "province in two tiers": (replaced("areas.toml", '"130000"', '"150000"'), area_tiers, ["'resident_medical.central'", "150000", "'west'", "once", "Correct"]),
    "wrong modality": (replaced("modality.toml", 'id = "in_principle"', 'id = "perhaps"'), linking_resources, ["'perhaps'", "Correct"]),
    "id used twice, span": (added(SPANS, span(id="ordinal")), mention_finder, ["'ordinal'", "used twice", "unique", "rename or delete"]),
    "id used twice, indicator": (added(MEDICAL, indicator(id="medical.funding.total")), linking_resources, ["'medical.funding.total'", "used twice", "unique", "rename or delete"]),
    "id used twice, unit": (replaced("units.toml", 'id = "USD"', 'id = "CNY"'), mention_finder, ["'CNY'", "used twice", "unique", "rename or delete"]),
    "id used twice, word": (replaced("words.toml", 'id = "compounds"', 'id = "adverbs"'), mention_finder, ["'adverbs'", "used twice", "unique", "rename or delete"]),
    "bad regex, span": (added(SPANS, span(regex="第(甲")), mention_finder, ["'made'", "does not compile", "missing )", "Correct the regex", "第(甲"]),
    "bad regex, date": (replaced(DATES, "(?P<dash>[./-])", "(?P<dash>[./-]"), mention_finder, ["'date.iso'", "does not compile", "Correct the regex"]),
    "bad regex, piece": (replaced(DATES, "regex = '(?:自|从)'", "regex = '(?:自|从'"), mention_finder, ["does not compile", "Correct the regex"]),
    "bad regex, anchor": (replaced("linking.toml", "(?P<anchor>", "(?P<anchor"), linking_resources, ["anchor_day", "does not compile", "Correct the regex"]),
    "bad regex, exception": (replaced(AMOUNTS, "unless_before = '(?:", "unless_before = '((?:"), mention_finder, ["'words.no_contribution'", "does not compile", "Correct the regex"]),
    "bad regex, after a unit": (replaced("units.toml", 'after_not = "[员', 'after_not = "([员'), mention_finder, ["'tenth'", "does not compile", "Correct the regex"]),
    "unknown piece": (added(SPANS, span(regex="第%{numbre}")), mention_finder, ["'made'", "%{numbre}", "does not exist", "Pieces: ", "number"]),
    "unknown reading": (replaced(QUANTITIES, 'reading = "simple"', 'reading = "plain"'), mention_finder, ["'simple'", "'plain'", "fraction", "simple"]),
    "unknown disposition": (added(SPANS, span(disposition="wrod")), mention_finder, ["'made'", "wrod", "word"]),
    "unknown table, spans": (added(SPANS, '\n[[sapn]]\nid = "x"\n'), mention_finder, ["'sapn'", "expected span", "Rename"]),
    "unknown table, indicators": (added(MEDICAL, '\n[[indicators]]\nid = "x"\n'), linking_resources, ["'indicators'", "expected indicator", "Rename"]),
    "unknown table, units": (added("units.toml", '\n[[units]]\nid = "x"\n'), mention_finder, ["'units'", "expected unit", "Rename"]),
    "unknown table, roles": (added("roles.toml", "\n[connector]\n"), mention_finder, ["'connector'", "role or list", "Rename"]),
    "a list for a row": (written("words.toml", b"word = [1]\n"), mention_finder, ["word", "Expected `object`", "Correct"]),
    "unit not in units.toml": (added(MEDICAL, indicator(unit="CNYY")), linking_resources, ["'made.one'", "unit 'CNYY'", "units.toml does not list", "Add it there or use one of", "CNY"]),
    "unit of an amount not in units.toml": (replaced(AMOUNTS, 'unit = "CNY"', 'unit = "CNYY"'), mention_finder, ["'words.no_contribution'", "'CNYY'", "units.toml", "CNY"]),
    "kind of an amount": (replaced(AMOUNTS, 'kind = "money"', 'kind = "cash"'), mention_finder, ["'words.no_contribution'", "cash"]),
    "value of an amount": (replaced(AMOUNTS, 'value = "0"', 'value = "nought"'), mention_finder, ["'words.no_contribution'", "'nought'", "decimal"]),
    "indicator of an amount": (replaced(AMOUNTS, 'indicator = "medical.funding.individual_contribution"', 'indicator = "medical.made"'), linking_resources, ["'words.no_contribution'", "'medical.made'"]),
    "unit of a count without braces": (added(MEDICAL, indicator(kind="count", more='units = ["平方米"]')), linking_resources, ["'made.one'", "unit '平方米'", "as {平方米}"]),
    "implied per not in units.toml": (added(MEDICAL, indicator(more='implied_per = ["persons"]')), linking_resources, ["'made.one'", "implied_per 'persons'", "units.toml does not list"]),
    "per not in units.toml": (added(MEDICAL, indicator(per='["persons"]')), linking_resources, ["'made.one'", "per 'persons'", "units.toml does not list", "person"]),
    "unknown programme": (added(MEDICAL, indicator(programme="medicall")), linking_resources, ["'made.one'", "programme 'medicall'", "programmes.toml does not list", "Add it there or use one of", "medical"]),
    "plausible bound": (added(MEDICAL, indicator(plausible='plausible = ["0", "lots"]')), linking_resources, ["'made.one'", "'lots'", "expected a decimal number"]),
    "factor of a unit": (replaced("units.toml", 'factor = "0.1"', 'factor = "a tenth"'), mention_finder, ["'CNY.jiao'", "'a tenth'", "decimal"]),
    "example not read, span": (added(SPANS, span(examples='["甲乙"]')), check_rows, ["'made'", "'甲乙'", "expected 'a match'", "found nothing", "Correct"]),
    "near miss read, span": (added(SPANS, span(rejects='["在第甲"]')), check_rows, ["'made'", "'在第甲'", "near miss", "found 'a match'", "Correct"]),
    "no example, span": (added(SPANS, span(examples="[]")), check_rows, ["'made'", "at least one example", "Correct"]),
    "example read as another date": (replaced(DATES, 'reading = "date|2023-03-31|||eq|2023-03-31"', 'reading = "date|2023-03-30|||eq|2023-03-30"'), check_rows, ["'date.day'", "expected 'date|2023-03-30", "found 'date|2023-03-31", "Correct"]),
    "example read as another value": (replaced(QUANTITIES, 'reading = "money|25000|||CNY"', 'reading = "money|45000|||CNY"'), check_rows, ["'simple'", "expected 'money|45000|||CNY'", "found 'money|25000|||CNY'", "Correct"]),
    "example read as another bound": (replaced("bounds.toml", '{ text = "至少40%统筹地区", operator = "ge" }', '{ text = "至少40%统筹地区", operator = "gt" }'), check_rows, ["'before.ge'", "expected 'gt'", "found 'ge'", "Correct"]),
    "example read as another role": (replaced("roles.toml", '{ text = "新增30元", role = "increase" }', '{ text = "新增30元", role = "decrease" }'), check_rows, ["'increase'", "expected 'decrease'", "found 'increase'", "Correct"]),
    "example of a unit not read": (replaced("units.toml", '"5块钱"', '"五吊钱"'), check_rows, ["'CNY'", "'五吊钱'", "found nothing", "Correct"]),
    "near miss of an amount read": (replaced(AMOUNTS, '"未缴费"', '"不缴费"'), check_rows, ["'words.no_contribution'", "'不缴费'", "near miss", "Correct"]),
    "example of a word not found": (replaced("words.toml", 'examples = ["队伍"', 'examples = ["伍佰"'), check_rows, ["'formal_signs'", "'伍佰'", "Correct"]),
    "not TOML": (written(SPANS, b"[[span]\nid = 1\n"), mention_finder, ["cannot be read as TOML", "line 1", "Correct the file"]),
    "not TOML, indicators": (written(MEDICAL, b"id == 1\n"), linking_resources, ["cannot be read as TOML", "line 1", "Correct the file"]),
    "not text": (written("units.toml", b"\xff\xfe\x00"), mention_finder, ["cannot be read as TOML", "Correct the file"]),
    "missing file": (missing("bounds.toml"), mention_finder, ["cannot be read as TOML", "No such file", "Correct the file"]),
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    MISTAKES,
)
def test_mistake(name, tmp_path):
    """A mistake in a data file is refused: the message names file, entry, found, expected and fix."""
    (file, change), build, words = MISTAKES[name]
    shutil.copytree(DATA, tmp_path / "data")
    change(tmp_path / "data")
    resources = Resources(tmp_path / "data")

    with pytest.raises(CatalogError) as caught:
        check_rows(resources, file) if build is check_rows else resources.built(build)

    assert str(tmp_path / "data" / file) in str(caught.value)
    assert [word for word in words if word not in str(caught.value)] == [], str(caught.value)


def test_a_copy_is_fine(tmp_path):
    """The files as they are pass, from any folder."""
    shutil.copytree(DATA, tmp_path / "data")
    resources = Resources(tmp_path / "data")

    assert resources.built(mention_finder)
    assert resources.built(linking_resources)
    assert resources.digest() == Resources().digest()
