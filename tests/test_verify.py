"""Claims against what notices state: a world of notices of ours, and tables of claims with the answer that each must get."""

from __future__ import annotations

import json
from pathlib import Path

import confusion
import jsonschema
import pytest
from click.testing import CliRunner
from work import assert_linear

from extractor import Dataset
from extractor.build.incremental import build
from extractor.cli.main import commands
from extractor.dataset.canonical import encode
from extractor.dataset.labels import load_labels
from extractor.errors import DatasetError, ExtractorError, ReadingError
from extractor.model import Span
from extractor.query import api
from extractor.query.claims import ClaimReason, ClaimVerdict, claims_schema
from extractor.resources import load, read_toml
from extractor.verify.pers import per_fits
from extractor.verify.reading import read_claims
from extractor.verify.run import MOST, Checker
from extractor.verify.weigh import Statement, weigh
from extractor.verify.words import claim_words, unknown_words

ROOT = Path(__file__).parent.parent
OUTPUTS = ROOT / "outputs/dataset.json"
FEE = "medical.funding.individual_contribution"

NOTICES = {
    "100000/2023.txt": """国家医疗保障局 财政部关于做好2023年城乡居民基本医疗保障工作的通知
医保发〔2023〕77号

各省、自治区、直辖市医疗保障局、财政厅（局）：
一、提高筹资标准。2023年，城乡居民基本医疗保险人均财政补助标准新增30元，达到每人每年不低于640元，个人缴费标准达到每人每年380元。
二、完善待遇。城乡居民医保政策范围内住院费用基金支付比例稳定在70%左右。

国家医疗保障局 财政部
2023年6月1日
""",
    "100000/2024.txt": """国家医疗保障局 财政部关于做好2024年城乡居民基本医疗保障工作的通知
医保发〔2024〕77号

各省、自治区、直辖市医疗保障局、财政厅（局）：
一、提高筹资标准。2024年，城乡居民基本医疗保险人均财政补助标准新增30元，达到每人每年不低于670元，个人缴费标准达到每人每年400元。

国家医疗保障局 财政部
2024年6月1日
""",
    "130000/2024.txt": """河北省医疗保障局关于做好2024年城乡居民基本医疗保障工作的通知
冀医保发〔2024〕9号

各市医疗保障局：
一、提高筹资标准。2024年，城乡居民基本医疗保险人均财政补助标准为每人每年670元，个人缴费标准为每人每年400元，其中大学生个人缴费标准为每人每年360元。

河北省医疗保障局
2024年7月1日
""",
    "440000/2024.txt": """广东省人力资源和社会保障厅关于调整2024年最低工资标准的通知
粤人社规〔2024〕3号

各地级以上市人民政府：
一、2024年，全省月最低工资标准为2300元，小时最低工资标准为22.2元。
二、本通知自2024年3月1日起执行。

广东省人力资源和社会保障厅
2024年1月15日
""",
    "330000/2024.txt": """浙江省民政厅关于调整2024年最低生活保障标准的通知
浙民助〔2024〕5号

各市民政局：
一、2024年，城乡低保标准为每人每月1200元，原则上特困人员基本生活标准不低于每人每月1560元。

浙江省民政厅
2024年5月6日
""",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Build the notices once."""
    folder = tmp_path_factory.mktemp("world")
    for name, text in NOTICES.items():
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    build(folder / "corpus", folder / "outputs")
    return Dataset.load(folder / "outputs/dataset.json")


# A claim, the region given with it, the verdict and the reason.
CLAIMS = [
    # ── numbers and bounds
    ("2023年居民医保个人缴费标准为每人每年380元", None, "confirmed", None),
    ("2023年居民医保个人缴费380元", None, "confirmed", None),
    ("2023年居民医保个人缴费标准为每人每年385元", None, "contradicted", None),
    ("2023年居民医保人均财政补助标准不低于640元", None, "confirmed", None),
    ("2023年居民医保财政补助每人640元", None, "floor", "bound"),
    ("2023年居民医保财政补助每人650元", None, "contradicted", "bound"),
    ("2023年居民医保财政补助每人630元", None, "contradicted", None),
    ("2023年居民医保财政补助超过640元", None, "contradicted", None),
    ("2023年居民医保财政补助不低于600元", None, "contradicted", "bound"),
    ("2023年居民医保财政补助不超过640元", None, "contradicted", None),
    ("2023年居民医保个人缴费标准不低于380元", None, "not_stated", "bound"),
    ("2023年居民医保个人缴费标准至少350元", None, "not_stated", "weaker"),
    ("2023年居民医保个人缴费标准为350元至400元", None, "not_stated", "weaker"),
    ("2023年居民医保个人缴费标准为300元至350元", None, "contradicted", None),
    ("2023年居民医保个人缴费标准约380元", None, "not_stated", "approximate"),
    ("2023年居民医保个人缴费标准约500元", None, "contradicted", None),
    ("2023年居民医保政策范围内住院费用基金支付比例为70%左右", None, "confirmed", None),
    ("2023年居民医保政策范围内住院费用基金支付比例为70%", None, "floor", "approximate"),
    ("2023年居民医保政策范围内住院费用基金支付比例为75%左右", None, "contradicted", None),
    # ── years
    ("2024年居民医保个人缴费标准为380元", "100000", "outdated", None),
    ("2023年居民医保个人缴费标准为400元", "100000", "contradicted", None),
    ("居民医保个人缴费标准为380元", "100000", "outdated", "no_year"),
    ("居民医保个人缴费标准为400元", "100000", "not_stated", "no_year"),
    ("居民医保个人缴费标准为333元", "100000", "not_stated", "no_year"),
    ("今年居民医保个人缴费标准为380元", "100000", "not_stated", "no_year"),
    ("2026年居民医保个人缴费标准为400元", "100000", "not_stated", "nothing"),
    ("2023年至2025年居民医保个人缴费标准为400元", "100000", "not_stated", "no_year"),
    ("自2024年3月1日起，广东省月最低工资标准为2300元", None, "confirmed", None),
    ("自2024年5月1日起，广东省月最低工资标准为2300元", None, "not_stated", "time"),
    # ── regions
    ("2024年居民医保个人缴费标准为400元", None, "confirmed", None),
    ("2024年居民医保财政补助每人670元", None, "floor", "bound"),
    ("2024年河北省居民医保财政补助每人670元", None, "confirmed", None),
    ("2024年居民医保财政补助每人670元", "130000", "confirmed", None),
    ("全国2024年居民医保财政补助每人670元", "130000", "floor", "bound"),
    ("河北2023年居民医保个人缴费标准为380元", None, "not_stated", "inherited"),
    ("石家庄市2024年居民医保个人缴费标准为400元", None, "not_stated", "inherited"),
    ("河北、山东2024年居民医保个人缴费标准为400元", None, "not_stated", "several_regions"),
    ("2024年月最低工资标准为2300元", None, "not_stated", "no_region"),
    ("2024年山东省月最低工资标准为2300元", None, "not_stated", "nothing"),
    ("2024年广东省深圳市月最低工资标准为2300元", None, "not_stated", "inherited"),
    # ── for whom, of what, per what
    ("2024年河北省居民医保大学生个人缴费标准为360元", None, "confirmed", None),
    ("2024年河北省居民医保大学生个人缴费标准为400元", None, "contradicted", None),
    ("2023年居民医保大学生个人缴费标准为380元", None, "not_stated", "scope"),
    ("2023年失能老人居民医保个人缴费标准为380元", None, "not_stated", "no_indicator"),
    ("2023年居民医保中央财政补助每人640元", None, "not_stated", "no_indicator"),
    ("2023年职工医保财政补助每人640元", None, "not_stated", "no_indicator"),
    ("2024年广东省小时最低工资标准为22.2元", None, "confirmed", None),
    ("2024年广东省小时最低工资标准为每小时23元", None, "contradicted", None),
    ("2024年浙江省城乡低保标准为每人每月1200元", None, "confirmed", None),
    ("2024年浙江省城乡低保标准为每人每年1200元", None, "not_stated", "per"),
    ("2024年浙江省特困人员基本生活标准不低于每人每月1560元", None, "not_stated", "modality"),
    ("2024年浙江省原则上特困人员基本生活标准不低于每人每月1560元", None, "not_stated", "words"),
    # ── by how much
    ("2023年居民医保财政补助标准比上年新增30元", None, "confirmed", None),
    ("2023年居民医保财政补助标准比上年提高40元", None, "contradicted", None),
    ("2024年居民医保个人缴费标准比上年提高20元", "100000", "confirmed", None),
    ("2024年居民医保个人缴费标准比上年提高30元", "100000", "contradicted", None),
    ("2024年居民医保个人缴费标准比上年降低20元", "100000", "contradicted", None),
    ("2023年居民医保个人缴费标准比上年提高30元", "100000", "not_stated", "nothing"),
    ("2024年居民医保个人缴费标准比上年提高5%", "100000", "not_stated", "no_indicator"),
    ("2024年居民医保个人缴费标准由380元提高到400元", "100000", "confirmed", None),
    ("居民医保个人缴费标准提高20元", "100000", "not_stated", "no_year"),
    # ── words that nothing accounts for
    ("2023年居民医保个人缴费标准不是380元", None, "not_stated", "words"),
    ("2023年居民医保个人缴费标准是380元吗？", None, "not_stated", "words"),
    ("2023年居民医保个人缴费标准没有提高到380元", None, "not_stated", "words"),
    ("据说2023年居民医保个人缴费标准为380元", None, "not_stated", "words"),
    ("2023年居民医保个人缴费标准拟提高到380元", None, "not_stated", "words"),
    ("2023年居民医保个人缴费总额为380元", None, "not_stated", "words"),
    ("2023年居民医保个人缴费标准为380元，仅限城镇户籍", None, "not_stated", "words"),
    ("除沿海省份外，2023年居民医保个人缴费标准为380元", None, "not_stated", "words"),
    ("2023年居民医保个人缴费标准为380元的说法有误", None, "not_stated", "words"),
    # ── no claim at all
    ("2023年居民医保个人缴费标准为380美元", None, "not_stated", "no_indicator"),
    ("2023年某项标准为380元", None, "not_stated", "no_indicator"),
]


@pytest.mark.parametrize(("text", "region", "verdict", "reason"), CLAIMS, ids=[row[0] for row in CLAIMS])
def test_claims(world, text, region, verdict, reason):
    """A claim gets its verdict, and whatever is said of it has the words that say so."""
    report = world.verify(text, region=region)

    assert {(claim.verdict, claim.reason) for claim in report.claims} == {(verdict, reason)}
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.exact
        assert claim.verdict == "not_stated" or all(figure.quotes for figure in claim.stated)
        assert claim.verdict == "not_stated" or claim.stated
        assert claim.verdict != "outdated" or claim.replaced_by


def test_quotations_are_the_datasets(world):
    """Every quotation stands in the dataset, at the place that it names."""
    facts = {one.fact_id: one for one in world.data.facts}
    for text, region, _, _ in CLAIMS:
        for claim in world.verify(text, region=region).claims:
            for figure in (*claim.stated, *filter(None, [claim.replaced_by])):
                assert figure.quotes
                assert all(facts[quote.fact_id].evidence == quote.evidence for quote in figure.quotes)


# A text with several figures, and the verdict of each, in order.
TEXTS = {
    "pairs": (
        "2023年居民医保个人缴费标准和财政补助标准分别为380元和640元。",
        [("380元", "confirmed"), ("640元", "floor")],
    ),
    "an article": (
        "2023年城乡居民医保新政来了\n\n2023年，居民医保人均财政补助标准不低于640元。个人缴费标准为每人每年370元；住院费用各地不同。\n",
        [("不低于640元", "confirmed"), ("370元", "contradicted")],
    ),
    "claims line by line": (
        "2023年居民医保个人缴费标准为380元\n2024年河北省居民医保财政补助每人670元\n2024年广东省月最低工资标准为2360元",
        [("380元", "confirmed"), ("670元", "confirmed"), ("2360元", "contradicted")],
    ),
    "two years": (
        "居民医保个人缴费标准，2023年为380元，2024年为410元。",
        [("380元", "confirmed"), ("410元", "contradicted")],
    ),
    "from and to": (
        "2024年居民医保个人缴费标准由370元提高到400元。",
        [("370元", "contradicted"), ("400元", "confirmed")],
    ),
    "full-width and traditional": ("２０２３年居民醫保個人繳費標準為３８０元。", [("３８０元", "confirmed")]),
    "nothing": ("医保政策温暖人心。", []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(world, name):
    """Each figure of a text has a verdict, at its place; the nation's figures, where no region is named."""
    text, expected = TEXTS[name]
    claims = world.verify(text).claims

    assert [(claim.exact, claim.verdict) for claim in claims] == expected
    assert all(text[claim.start : claim.end] == claim.exact for claim in claims)


def test_several_texts_are_read_apart(world):
    """What one text says of year and region is not another's; each claim says whose it is."""
    report = world.verify(
        ["2023年河北省的情况如下。", "居民医保个人缴费标准为380元", "2023年居民医保个人缴费标准为380元"]
    )

    assert [(claim.input, claim.verdict) for claim in report.claims] == [(1, "outdated"), (2, "confirmed")]
    assert not report.confirmed
    assert world.verify(["2023年居民医保个人缴费标准为380元"]).confirmed
    assert not world.verify([]).confirmed


def test_reading_says_what_was_compared(world):
    """Measure, region and whose word that is, year, bound, unit and per."""
    (claim,) = world.verify("2024年河北省居民医保个人缴费标准为每人每年400元").claims
    reading = claim.reading

    assert (reading.indicator, reading.region, reading.region_from) == (FEE, "130000", "words")
    assert (reading.year, reading.operator, reading.value, reading.unit) == (2024, "eq", "400", "CNY")
    assert reading.per == ("person", "year")
    assert [(one.year, one.value) for one in claim.stated] == [(2024, "400")]
    assert claim.stated[0].quotes[0].document_number == "冀医保发〔2024〕9号"
    assert "400元" in claim.stated[0].quotes[0].evidence.exact


def test_replaced(world):
    """An outdated claim has what was true and what replaced it; one that is true of its year has what came later."""
    (old,) = world.verify("2024年居民医保个人缴费标准为380元", region="100000").claims
    (then,) = world.verify("2023年居民医保个人缴费标准为380元", region="100000").claims

    assert [(one.year, one.value) for one in old.stated] == [(2023, "380")]
    assert (old.replaced_by.year, old.replaced_by.value) == (2024, "400")
    assert (then.verdict, then.replaced_by.year) == ("confirmed", 2024)


@pytest.mark.parametrize(("region", "error"), [("河北", ReadingError), ("999999", ReadingError)])
def test_no_such_region(world, region, error):
    """A region that there is none of is an error, never a claim without one."""
    with pytest.raises(error, match=region):
        world.verify("2023年居民医保个人缴费标准为380元", region=region)


def test_too_long(world):
    """A text has a limit, and the error says so."""
    with pytest.raises(DatasetError, match="text 2"):
        world.verify(["", "年" * (MOST + 1)])


def test_dataset_without_reader(world):
    """The query package itself reads no text."""

    class Bare(api.Dataset):
        verifier = None

    with pytest.raises(DatasetError, match=r"extractor\.Dataset"):
        Bare(world.data).verify("2023年居民医保个人缴费标准为380元")
    assert Dataset.verifier is not None


# ── one statement against another

WEIGHED = [
    (("eq", "380"), ("eq", "380.0"), "confirmed"),
    (("eq", "380"), ("eq", "381"), "contradicted"),
    (("ge", "640"), ("ge", "640"), "confirmed"),
    (("gt", "640"), ("ge", "640"), "contradicted"),
    (("ge", "640"), ("gt", "640"), "not_stated"),
    (("eq", "640"), ("ge", "640"), "floor"),
    (("eq", "640"), ("gt", "640"), "contradicted"),
    (("eq", "90"), ("le", "90"), "floor"),
    (("eq", "80"), ("le", "90"), "contradicted"),
    (("le", "90"), ("eq", "90"), "not_stated"),
    (("le", "100"), ("eq", "90"), "not_stated"),
    (("lt", "90"), ("eq", "90"), "contradicted"),
    (("le", "100"), ("le", "90"), "contradicted"),
    (("ge", "640"), ("le", "640"), "contradicted"),
    (("approx", "5"), ("approx", "5"), "confirmed"),
    (("approx", "5"), ("approx", "5.5"), "contradicted"),
    (("eq", "5"), ("approx", "5"), "floor"),
    (("approx", "640"), ("eq", "641"), "not_stated"),
    (("approx", "640"), ("eq", "650"), "contradicted"),
    (("approx", "640"), ("ge", "640"), "not_stated"),
    (("between", None, "5", "12"), ("between", None, "5", "12"), "confirmed"),
    (("between", None, "5", "10"), ("between", None, "5", "12"), "contradicted"),
    (("between", None, "4", "13"), ("between", None, "5", "12"), "contradicted"),
    (("between", None, "4", "13"), ("eq", "12"), "not_stated"),
    (("eq", "8"), ("between", None, "5", "12"), "floor"),
    (("eq", "13"), ("between", None, "5", "12"), "contradicted"),
    (("between", None, "5", "12", True, False), ("between", None, "5", "12", True, True), "contradicted"),
    (("ge", "5"), ("between", None, "5", "12"), "not_stated"),
    (("none", None), ("none", None), "confirmed"),
    (("eq", "8"), ("none", None), "contradicted"),
    (("le", "2023-03-31"), ("le", "2023-03-31"), "confirmed"),
    (("le", "2023-03-31"), ("le", "2023-02-28"), "contradicted"),
    (("eq", None, "2023-01-01", "2023-12-31"), ("eq", None, "2023-01-01", "2023-12-31"), "confirmed"),
    (("eq", None), ("eq", "5"), "not_stated"),
    (("eq", "9" * 60), ("approx", "9" * 60), "floor"),
    (("approx", "1" + "0" * 60), ("eq", "9" * 60), "contradicted"),
]


@pytest.mark.parametrize(("claimed", "stated", "verdict"), WEIGHED)
def test_weigh(claimed, stated, verdict):
    """A claim is confirmed only where it says the same."""
    assert weigh(Statement(*claimed), Statement(*stated)).verdict == verdict


def test_nothing_else_is_confirmed():
    """Of all pairs of small statements only those that are alike confirm each other."""
    made = [
        Statement(operator, value) for operator in ("eq", "ge", "gt", "le", "lt", "approx") for value in ("1", "2", "3")
    ]
    made += [Statement("between", None, "1", "2"), Statement("between", None, "1", "3"), Statement("none", None)]

    assert [
        (one, other) for one in made for other in made if (weigh(one, other).verdict == "confirmed") != (one == other)
    ] == []


PERS = [
    (("person",), ("person", "year"), "x", True),
    ((), ("person", "month"), "x", True),
    (("person", "year"), ("month",), "x", False),
    (("person", "month"), ("month",), "x", True),
    (("person", "month"), ("person", "year"), "x", False),
    (("person",), ("household",), "x", False),
    (("household",), ("person",), "x", False),
]


@pytest.mark.parametrize(("claimed", "stated", "indicator", "fits"), PERS)
def test_per_fits(claimed, stated, indicator, fits):
    """A claim may leave out what a figure is per, and say what goes without saying; nothing else."""
    assert per_fits(claimed, stated, indicator, load()) == fits


# ── words

ROWS = [(table, row) for table, rows in read_toml(load().root / "claims.toml").items() for row in rows]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table}:{row['id']}" for table, row in ROWS])
def test_rows(table, row):
    """Plain words leave nothing of their examples, and something of near misses; the others are found, or not."""
    if table == "plain":
        assert [unknown_words(text, (), (), (), load()) for text in row["examples"]] == [()] * len(row["examples"])
        assert all(unknown_words(text, (), (), (), load()) for text in row["rejects"])
    else:
        words = getattr(load().built(claim_words), table)
        assert all(any(word in text for word in words) for text in row["examples"])
        assert not any(any(word in text for word in words) for text in row["rejects"])


def test_no_plain_word_denies():
    """What turns words round is no plain word, nor part of one."""
    rows = load().built(claim_words)

    assert [word for word in rows.plain if any(sign in word for sign in rows.denying)] == []


def test_unknown_words():
    """Words of a source count, two characters or more, but not those that deny; stretches that were read count whole."""
    found = unknown_words("对失能老人不得收取380元", [Span(9, 13)], ["老人"], ["不得收取费用"], load())

    assert found == ("失能", "不")


# ── texts as they are given


def test_places_of_regions_and_lines():
    """Regions are taken out, lines ended, and places are those of the text given."""
    text = "江西省的居民医保个人缴费标准为３５０元\n\n全国2023年为380元？"
    read = read_claims(text, load())

    assert read.edited == "居民医保个人缴费标准为350元。\n\n全国2023年为380元。"
    assert read.text[slice(*read.given(read.edited.index("350"), read.edited.index("350") + 4))] == "３５０元"
    assert [place.codes for place in read.places] == [("360000",), ("100000",)]
    assert read.regions(read.sentence(5, 6)) == ("360000",)
    assert read.regions(read.sentence(20, 21)) == ("100000",)
    assert read.asked


REGIONS = [
    ("江西省南昌市", ("360100",)), ("江西省和湖南省", ("360000", "430000")), ("全国和江西", ("360000",)), ("我省", ()),
    ("吉林省朝阳区", ("220104",)), ("长春市朝阳区", ("220104",)), ("朝阳区", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), REGIONS)
def test_regions(text, codes):
    """The innermost region is meant; a name that several have is one of them only within a region that is named."""
    found = read_claims(f"{text}的最低工资标准为2000元", load()).all_regions

    assert found == codes if codes is not None else len(found) > 1


def test_time_is_linear(world):
    """Long texts take their length."""
    checker = Checker(world.data, load())

    for part in ("2023年居民医保个人缴费标准为380元。", "江西省\n"):
        assert_linear(lambda size, part=part: checker.check([part * size]), 10)


# ── the command, and its shape


def run(*arguments, given=None):
    words = ["verify", *arguments, "--dataset", str(OUTPUTS)]
    return CliRunner().invoke(commands, words, input=given, standalone_mode=False)


COMMANDS = [
    (["2023年居民医保个人缴费标准为每人每年380元"], 0),
    (["2023年居民医保财政补助每人640元"], 1),
    (["医保政策温暖人心"], 1),
    (["2022年居民医保财政补助每人610元", "--region", "江西"], 0),
    (["2022年居民医保财政补助每人610元", "--region", "360000"], 0),
]


@pytest.mark.parametrize(("arguments", "status"), COMMANDS)
def test_status(arguments, status):
    """Zero says that every figure is confirmed."""
    assert run(*arguments).return_value == status


def test_json_has_its_schema():
    """What --json prints is canonical, and what the schema says; the schema has a description everywhere."""
    texts = [json.loads(line)["text"] for line in (confusion.FOLDER / "sample.jsonl").read_text("utf-8").splitlines()]
    done = run(*texts, "--json")
    schema = json.loads(CliRunner().invoke(commands, ["schema", "--of", "claims"]).output)

    assert done.output.encode() == encode(json.loads(done.output))
    assert schema == json.loads(encode(claims_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(done.output))
    described = [part["properties"] for part in schema["$defs"].values() if "properties" in part]
    assert [name for part in described for name, one in part.items() if "description" not in one] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shown(language):
    """A claim is shown with how it was read, why, and what is stated in the notice's words."""
    done = run("2023年居民医保财政补助每人640元", "--lang", language)

    assert "每人每年不低于" in done.output
    assert "医保发〔2023〕24号" in done.output
    assert {"zh": "只有界限", "en": "A bound"}[language] in done.output


def test_file_and_standard_input(tmp_path):
    """An article is read from a file or standard input, as notices are."""
    path = tmp_path / "article.txt"
    path.write_text(TEXTS["an article"][0], "utf-8")
    shown = [run("--file", str(path), "--json").output, run("--file", "-", "--json", given=path.read_text()).output]

    assert shown[0] == shown[1]
    assert [claim["verdict"] for claim in json.loads(shown[0])["claims"]] == ["confirmed", "contradicted"]


@pytest.mark.parametrize("arguments", [[], ["--file", "missing.txt"], ["x", "--region", "无此地"]])
def test_wrong_usage(arguments):
    """Wrong usage is an error that says what to do."""
    assert isinstance(run(*arguments).exception, ExtractorError)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels(language):
    """Verdicts and reasons have words in both languages."""
    labels = load_labels(load(), language)
    members = [("verdict", ClaimVerdict), ("claim_reason", ClaimReason)]

    assert [one for group, of in members for one in of.__args__ if labels(group, one) == one] == []


# ── against people's verdicts


@pytest.mark.parametrize("path", sorted(confusion.FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_no_wrong_confirmation(path):
    """What is answered at all is what a person says, above all what is confirmed; of our own sample every verdict is."""
    rows = list(confusion.judged(path))

    assert [row.text for row in rows if row.found not in {row.expected, "not_stated"}] == []
    assert path.stem != "sample" or [row.text for row in rows if row.found != row.expected] == []
