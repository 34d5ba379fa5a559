"""`extractor catalog check`: what a row reads, why, what it spoils, and which names it shares."""

from __future__ import annotations

import pytest

from extractor.notice.catalog_check import check_catalog
from extractor.resources import DATA, OwnCatalog, load, load_with

PROGRAMME = """
[[programme]]
id = "heating_subsidy"
within = "any"
terms = ["取暖补贴", "采暖补贴"]
examples = ["取暖补贴标准"]
rejects = ["集中供暖"]
"""
ROW = """
[[indicator]]
id = "{id}"
name = "{name}"
name_en = ""
kinds = ["{kind}"]
unit = "{unit}"
per = {per}
programmes = ["{programme}"]
aliases = {aliases}
reference = ""
examples = [{examples}]
rejects = ["居民医保人均财政补助标准为每人每年640元。"]
{more}
"""
HEATING = {
    "id": "heating.subsidy.household", "name": "取暖补贴标准", "kind": "money", "unit": "CNY", "per": '["household", "year"]',
    "programme": "heating_subsidy", "aliases": '["取暖补贴标准", "取暖补贴"]', "more": "",
    "examples": '{ text = "取暖补贴标准为每户每年1200元。", figure = "1200" }',
}  # fmt: skip
DEDUCTIBLE = {
    "id": "own.deductible", "programme": "medical", "aliases": '["起付标准"]', "per": "[]",
    "examples": '{ text = "居民医保起付标准为500元。", figure = "500" }',
}  # fmt: skip


def row(**changes):
    return ROW.format(**{**HEATING, **changes})


def checked(*tables, data=DATA):
    own = OwnCatalog(data.parent / "own.toml", "".join(tables).encode())
    return check_catalog(load_with([own], data), load(data))


def faults(found):
    """List (row, what is wrong, the steps and refusals of the text's figures)."""
    return [
        (one.fault.entry, f"no {one.fault.what}" if one.fault.is_missing else one.fault.what, one.fault.text if not one.fault.is_missing else "")
        for one in found
    ]  # fmt: skip


def test_sound_rows(health):
    """Rows that do what they say have no mistake, and only they are checked."""
    found = checked(PROGRAMME, row(), data=health)

    assert found.rows == ("heating_subsidy", "heating.subsidy.household")
    assert (found.mistakes, found.faults, found.spoilt, found.overlaps) == (0, (), (), ())


@pytest.mark.slow  # `test_data_files` reads the same rows
def test_the_package_s_rows():
    """Without a file the package's own rows are checked: none has a mistake."""
    found = check_catalog(load(), load())

    assert len(found.rows) > 50
    assert [one.fault.message() for one in (*found.faults, *found.spoilt)] == []
    assert [one for one in found.overlaps if one.is_mistake] == []


TITLED = '{ text = "标准为每户每年1200元。", figure = "1200", title = "关于提高取暖补贴标准的通知" }'
NEAR = '["居民医保人均财政补助标准为每人每年640元。"]'
NOT_TOGETHER = 'require = { within = "clause", none = ["累计"] }'
FAULTS = [
    ([PROGRAMME, row(examples='{ text = "取暖补贴标准为每户每月1200元。", figure = "1200" }')], ["example"]),
    ([PROGRAMME, row(examples='{ text = "取暖补贴标准为每户每年1200元。", figure = "1300" }')], ["example"]),
    ([PROGRAMME, row(examples='{ text = "取暖补贴按规定发放。", figure = "1200" }')], ["example"]),
    ([PROGRAMME, row(examples="")], ["no example"]),
    ([PROGRAMME, row().replace("居民医保人均财政补助标准为每人每年640元", "采暖补贴标准为每户每年900元"), ""], []),
    (
        [PROGRAMME, row().replace("居民医保人均财政补助标准为每人每年640元", "取暖补贴标准为每户每年900元"), ""],
        ["near_miss"],
    ),
    ([PROGRAMME, row().replace('["居民医保人均财政补助标准为每人每年640元。"]', "[]")], ["no near_miss"]),
    ([PROGRAMME.replace('"取暖补贴标准"]', '"暖气"]'), row()], ["example"]),
    ([PROGRAMME.replace('["集中供暖"]', '["采暖补贴"]'), row()], ["near_miss"]),
    ([PROGRAMME, row(aliases='["标准"]', examples=TITLED)], []),
    (
        [
            PROGRAMME,
            row(more=NOT_TOGETHER).replace(
                NEAR, '[{ text = "取暖补贴标准为每户每年1200元，三年累计不超过2000元。", figure = "2000" }]'
            ),
        ],
        [],
    ),
    (
        [
            PROGRAMME,
            row().replace(NEAR, '[{ text = "取暖补贴标准为每户每年1200元，三年累计不超过2000元。", figure = "1200" }]'),
        ],
        ["near_miss"],
    ),
    ([PROGRAMME, row(aliases='["标准"]').replace(NEAR, '[{ text = "标准为每户每年1200元。" }]')], []),
    (
        [
            PROGRAMME,
            row(aliases='["标准"]').replace(
                NEAR, '[{ text = "标准为每户每年1200元。", title = "关于提高取暖补贴标准的通知" }]'
            ),
        ],
        ["near_miss"],
    ),
]


def few(rows, kept):
    """Leave all but some rows, each of which reads the whole catalog anew, to the slow run."""
    return [row if at in kept else pytest.param(*row, marks=pytest.mark.slow) for at, row in enumerate(rows)]


@pytest.mark.parametrize(("tables", "wrong"), FAULTS)
def test_faults(tables, wrong, health):
    """Each example that isn't linked, and each near miss that is, is a fault of its row."""
    found = checked(*tables, data=health)

    assert [what for _, what, _ in faults(found.faults)] == wrong
    assert found.mistakes == len(wrong)


REQUIRED = [
    ('"累计"', 'within = "clause"', []),
    ('"累计"', 'within = "sentence"', ["example"]),
    # Without a word it is the sentence.
    ('"累计"', "", ["example"]),
    ('"每户每年"', 'within = "clause"', ["example"]),
]


@pytest.mark.parametrize(("none", "within", "wrong"), REQUIRED)
def test_where_words_must_not_stand(none, within, wrong, health):
    """Words that an indicator can't have count in its figure's clause only, where a row says so."""
    said = '{ text = "取暖补贴标准为每户每年1200元，三年累计不超过2000元。", figure = "1200" }'
    require = ", ".join(filter(None, (within, f"none = [{none}]")))
    found = checked(PROGRAMME, row(examples=said, more=f"require = {{ {require} }}"), data=health)

    assert [what for _, what, _ in faults(found.faults)] == wrong


def test_row_with_cues_alone(health):
    """A row needs no aliases where it has cues."""
    cued = row(more='cues = [{ all = ["取暖", "每户每年"] }]').replace('aliases = ["取暖补贴标准", "取暖补贴"]\n', "")

    assert checked(PROGRAMME, cued, data=health).mistakes == 0


def test_why(health):
    """A fault has the figures of its text, with what kept the row from them."""
    wrong = row(examples='{ text = "取暖补贴标准为每户每月1200元。", figure = "1200" }')
    [one] = checked(PROGRAMME, wrong, data=health).faults
    [(fact, why)] = one.facts

    assert (fact.value, fact.indicator) == ("1200", None)
    assert [(refused.indicator, refused.reason) for refused in why.refused] == [("heating.subsidy.household", "per")]


def test_spoilt_examples(health):
    """A row that has another's name, kind and programme spoils it; both are named."""
    found = checked(row(**DEDUCTIBLE), data=health)

    assert {one.fault.entry for one in found.spoilt} == {"medical.benefit.deductible"}
    assert {fact.candidates for one in found.spoilt for fact, _ in one.facts} == {
        ("medical.benefit.deductible", "own.deductible")
    }
    assert [(one.kind, one.words, one.rows) for one in found.overlaps if one.is_mistake] == [
        ("same_alias", "起付标准", ("medical.benefit.deductible", "own.deductible"))
    ]


SPOILING = '[[programme]]\nid = "own"\nwithin = "any"\nterms = ["{}"]\nexamples = ["{}"]\nrejects = ["取暖"]\n'


@pytest.mark.parametrize(("term", "is_there"), [("居民", True), ("年", True), ("補貼標準", False), ("公园门票", False)])
def test_terms_in_others_examples(term, is_there, health):
    """A term that stands in other rows' examples may take their figures; they are read anew, and no others are."""
    found = checked(SPOILING.format(term, term), data=health)

    assert bool(found.spoilt) == is_there


# What a row changes of DEDUCTIBLE -> the kinds of its overlaps.
OVERLAPS = [
    ({}, {"same_alias", "told_apart"}),
    ({"kind": "rate", "unit": "%"}, {"inside"}),
    ({"programme": "employee_medical"}, {"told_apart"}),
    ({"programme": "housing_fund"}, set()),
    ({"more": 'rivals = ["住院"]'}, {"told_apart"}),
    ({"more": 'operators = ["le"]'}, {"same_alias", "told_apart"}),
    ({"aliases": '["意外伤害起付标准"]'}, {"inside"}),
    ({"aliases": '["意外伤害免赔额"]'}, set()),
]


@pytest.mark.parametrize(("changes", "kinds"), few(OVERLAPS, {0}))
def test_overlaps(changes, kinds, health):
    """Rows share a name only where both can have a figure of it; what tells them apart is no mistake."""
    found = checked(row(**{**DEDUCTIBLE, **changes}), data=health)

    assert {one.kind for one in found.overlaps} == kinds


def test_terms_of_two_programmes(health):
    """A term that another programme has is a mistake: only one of them would count."""
    found = checked(PROGRAMME.replace('"采暖补贴"', '"住房公积金"'), row(), data=health)

    assert [(one.kind, one.words, one.rows) for one in found.overlaps if one.is_mistake] == [
        ("same_term", "住房公积金", ("housing_fund", "heating_subsidy"))
    ]


def test_command(tmp_path, command_line):
    """The command says what is wrong and ends with 1; ids that are still to be written are all named."""
    bad, blank = tmp_path / "bad.toml", tmp_path / "blank.toml"
    bad.write_text(PROGRAMME + row(examples='{ text = "取暖补贴标准为每户每月1200元。", figure = "1200" }'), "utf-8")
    blank.write_text(PROGRAMME + row(id="heating_subsidy.<group>.<name>") * 2, "utf-8")

    status, said, _ = command_line("catalog", "check", bad, "--lang", "en")
    assert (status, "per household, month, not per household or year" in " ".join(said.split())) == (1, True)
    status, said, err = command_line("catalog", "check", blank)
    assert (status, said, err.count("Write one that will stay")) == (1, "", 2)
    assert command_line("catalog", "check", tmp_path / "none.toml")[0] == 2


@pytest.mark.slow  # each reads all rows anew
def test_command_finds_nothing(command_line):
    """Of sound rows, a user's or the package's, the command says that there is no mistake."""
    assert command_line("catalog", "check", "-", stdin=(PROGRAMME + row()).encode())[::2] == (0, "")
    assert command_line("catalog", "check", "-v")[::2] == (0, "")
