"""An indicator belongs to its programme: neighbouring sentences never mix, and two that fit equally link none.

The rows are of the package's catalog and of three made programmes that lie near each other: 补贴标准, 缴费基数, 上限.
"""

from __future__ import annotations

import pytest

import extractor
from extractor.notice.catalog_check import check_catalog
from extractor.resources import load, load_with

PROGRAMMES = {
    "nurse_bonus": ["乡村护理津补", "护理岗位津贴"], "craft_fund": ["匠人互助金", "匠人互助"], "river_cover": ["渔船安全险", "渔船险"],
}  # fmt: skip
# id: programme, aliases, a figure of its own.
INDICATORS = {
    "nurse.subsidy": ("nurse_bonus", ["补贴标准", "津补标准"]),
    "nurse.cap": ("nurse_bonus", ["上限", "津补上限"]),
    "craft.subsidy": ("craft_fund", ["补贴标准", "互助补贴标准"]),
    "craft.base": ("craft_fund", ["缴费基数"]),
    "craft.cap": ("craft_fund", ["上限", "互助上限"]),
    "river.base": ("river_cover", ["缴费基数"]),
    "river.cap": ("river_cover", ["上限", "赔付上限"]),
}
ROW = """
[[indicator]]
id = "{id}"
name = "{name}"
name_en = "{id}"
kinds = ["money"]
unit = "CNY"
per = ["person", "month"]
programmes = ["{programme}"]
aliases = {aliases}
reference = ""
examples = [{{ text = "{term}的{name}为每人每月300元。", figure = "300" }}]
rejects = ["{other}的{name}为每人每月300元。"]
"""
PROGRAMME = '\n[[programme]]\nid = "{}"\nwithin = "any"\nterms = {}\nexamples = ["{}"]\nrejects = ["居民医保"]\n'
HEAD = "关于调整2023年有关待遇的通知\n\n某人社发〔2023〕9号\n\n各市人力资源社会保障局：\n\n现通知如下：\n\n"


def toml(words):
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


@pytest.fixture(scope="module")
def resources(tmp_path_factory):
    rows = [PROGRAMME.format(key, toml(terms), terms[0]) for key, terms in PROGRAMMES.items()]
    for key, (programme, aliases) in INDICATORS.items():
        other = next(terms[0] for name, terms in PROGRAMMES.items() if name != programme)
        term = PROGRAMMES[programme][0]
        rows.append(
            ROW.format(id=key, name=aliases[0], programme=programme, aliases=toml(aliases), term=term, other=other)
        )
    path = tmp_path_factory.mktemp("catalog") / "three.toml"
    path.write_text("".join(rows), "utf-8")
    return load_with([path])


def test_rows_are_sound(resources):
    """Three programmes with the same names spoil neither each other's examples nor the package's."""
    found = check_catalog(resources, load())

    assert (found.mistakes, found.spoilt) == (0, ())


SUBSIDY, CONTRIBUTION = "medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"
CAP, DEDUCTIBLE = "medical.benefit.annual_cap", "medical.benefit.deductible"
BASES, CAPS, SUBSIDIES = ("craft.base", "river.base"), ("craft.cap", "river.cap"), ("craft.subsidy", "nurse.subsidy")

# The body of a notice, and of each of its figures the indicator, the several that fit, or None.
NEIGHBOURS = [
    ("一、乡村护理津补\n补贴标准为每人每月300元。\n二、匠人互助金\n补贴标准为每人每月500元。", ["nurse.subsidy", "craft.subsidy"]),
    ("一、标准\n乡村护理津补的补贴标准为每人每月300元。匠人互助金的补贴标准为每人每月500元。", ["nurse.subsidy", "craft.subsidy"]),
    ("一、标准\n乡村护理津补的补贴标准为每人每月300元，匠人互助金的补贴标准为每人每月500元。", ["nurse.subsidy", "craft.subsidy"]),
    # What a sentence doesn't say is as in the sentence before it.
    ("一、标准\n乡村护理津补的补贴标准为每人每月300元。上限为每人每月800元。匠人互助金的缴费基数为每月4000元。上限为每月900元。",
     ["nurse.subsidy", "nurse.cap", "craft.base", "craft.cap"]),
    ("一、乡村护理津补补贴标准\n每人每月300元。匠人互助金每人每月500元。", ["nurse.subsidy", None]),
    ("一、乡村护理津补\n（一）补贴标准。每人每月300元。\n（二）上限。每人每月800元。\n二、渔船安全险\n（一）缴费基数。每月4000元。\n（二）上限。每月200元。",
     ["nurse.subsidy", "nurse.cap", "river.base", "river.cap"]),
    ("一、匠人互助金和渔船安全险\n匠人互助金缴费基数为每月4000元，渔船安全险为每月5000元。", ["craft.base", "river.base"]),
    ("一、乡村护理津补\n补贴标准为每人每月300元。\n二、居民医保\n人均财政补助标准为每人每年640元，个人缴费标准为每人每年380元。",
     ["nurse.subsidy", SUBSIDY, CONTRIBUTION]),
    ("一、居民医保\n年度最高支付限额为30万元。匠人互助金的上限为每月900元。", [CAP, "craft.cap"]),
    ("一、居民医保\n个人缴费标准为每人每年380元，匠人互助金的补贴标准为每人每月300元，财政补助为每人每年640元。", [CONTRIBUTION, "craft.subsidy", None]),
    ("一、待遇\n居民医保起付标准为500元，渔船安全险上限为每月200元，职工医保起付标准为800元。", [DEDUCTIBLE, "river.cap", DEDUCTIBLE]),
    ("一、标准\n领取乡村护理津补的人员，参加匠人互助金的，补贴标准为每人每月500元。", ["craft.subsidy"]),
    ("一、标准\n匠人互助金、渔船安全险的缴费基数分别为每月4000元和5000元。", ["craft.base", "river.base"]),
    # What another programme is only like.
    ("一、标准\n匠人互助金补贴标准参照乡村护理津补执行，为每人每月300元。", ["craft.subsidy"]),
    ("一、待遇\n工伤保险待遇比照居民医保起付标准500元执行。", [None]),
]  # fmt: skip
# A figure whose own words name another thing is not taken by a heading's indicator, nor by that of the figure before.
OF_ANOTHER = [
    (
        "一、乡村护理津补\n补贴标准为每人每月300元。交通费补助每人每月50元。培训费每人200元。",
        ["nurse.subsidy", None, None],
    ),
    (
        "一、乡村护理津补补贴标准\n交通补助每人每月50元。\n体检费用每人每年200元。\n夜班费为每人每月90元。",
        [None, None, None],
    ),
    ("一、匠人互助金上限\n工具购置费每人每年600元。", [None]),
    ("一、匠人互助金\n上限为每月900元。会费标准为每人每年60元。", ["craft.cap", None]),
    ("一、渔船安全险\n缴费基数为每月4000元，船员工资为每月6000元。", ["river.base", None]),
    ("一、乡村护理津补\n每人每月发放300元补贴标准。另按每人每月80元发给通讯补贴。", ["nurse.subsidy", None]),
    # Near it: the figure's own words are persons, and the heading's name holds.
    ("一、乡村护理津补补贴标准\n护士每人每月300元，医师每人每月500元。", ["nurse.subsidy", "nurse.subsidy"]),
]
# Two that fit equally link none, and both are named; where no programme is named, none fits.
SEVERAL = [
    ("一、匠人互助金和渔船安全险\n缴费基数为每月4000元。", [BASES]),
    ("一、匠人互助金（含渔船安全险）\n上限为每月900元。", [CAPS]),
    ("一、匠人互助金与乡村护理津补补贴标准\n每人每月300元。", [SUBSIDIES]),
    ("一、标准\n匠人互助金以及渔船安全险的上限为每月900元。", [CAPS]),
    ("一、说明\n匠人互助金按月办理。\n渔船安全险按月办理。\n二、标准\n缴费基数为每月4000元。", [BASES]),
    ("一、待遇\n居民医保和匠人互助金的补贴标准为每人每月300元。", ["craft.subsidy"]),
    ("一、标准\n补贴标准为每人每月300元。", [None]),
    ("一、标准\n缴费基数为每月4000元。", [None]),
]


@pytest.mark.parametrize(("body", "linked"), [*NEIGHBOURS, *OF_ANOTHER, *SEVERAL])
def test_links(body, linked, resources):
    """Each figure has the indicator of its own programme, or none."""
    facts = extractor.read_notice((HEAD + body + "\n").encode(), resources=resources).facts

    assert [fact.indicator or fact.candidates or None for fact in facts] == linked


def test_table(resources):
    """A row of a table is of the programme that its head names."""
    rows = "".join(f"<tr><td>{name}</td><td>{one}</td><td>{two}</td></tr>" for name, one, two in TABLE)
    page = f"<html><body><h1>{HEAD.splitlines()[0]}</h1><p>各市：</p><p>现通知如下：</p><p>一、标准</p><table>{ROWS}{rows}</table></body></html>"
    facts = extractor.read_notice(page.encode(), resources=resources).facts

    assert [fact.indicator for fact in facts] == ["nurse.subsidy", "nurse.cap", "craft.subsidy", "craft.cap"]


ROWS = "<tr><th>项目</th><th>补贴标准（元/人·月）</th><th>上限（元/人·月）</th></tr>"
TABLE = [("乡村护理津补", 300, 800), ("匠人互助金", 500, 900)]
