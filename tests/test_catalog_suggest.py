"""`extractor catalog suggest`: what recurs without an indicator, as rows that link once their ids are written."""

from __future__ import annotations

import re
import tomllib

import pytest

from extractor.build.incremental import build
from extractor.build.suggest_words import NamedFact, programmes_in, suggest_words
from extractor.notice.catalog_check import check_catalog
from extractor.resources import DATA, OwnCatalog, load, load_with

NOTICE = """某人社发〔{year}〕{number}号
{title}

各市人力资源社会保障局：
现就有关事项通知如下。
一、主要标准
{body}
"""
GUIDE = "失业保险协理员岗位补贴标准为每月{}元。失业保险宣传员岗位补贴标准为每小时{}元。"
HEAT = "取暖补贴标准为每户每年{}元，由财政承担。"
CORPUS = {
    "2022-guide.txt": (2022, 1, "关于做好2022年失业保险宣传工作的通知", GUIDE.format(2000, 20)),
    "2023-guide.txt": (2023, 2, "关于做好2023年失业保险宣传工作的通知", GUIDE.format(2100, 21)),
    "2022-heat.txt": (2022, 3, "关于做好2022年困难家庭冬季生活保障工作的通知", HEAT.format(800)),
    "2023-heat.txt": (2023, 4, "关于做好2023年困难家庭冬季生活保障工作的通知", HEAT.format(900)),
    "2022-once.txt": (2022, 5, "关于做好2022年节日慰问工作的通知", "节日慰问补贴标准为每人300元。"),
    "2022-medical.txt": (2022, 6, "关于做好2022年居民医保工作的通知", "人均财政补助标准为每人每年610元。" * 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggest") / "corpus"
    folder.mkdir()
    for name, (year, number, title, body) in CORPUS.items():
        (folder / name).write_text(NOTICE.format(year=year, number=number, title=title, body=body), "utf-8")
    return folder


def filled(text):
    """Write what stands in brackets: names by number."""
    numbers = iter(range(999))
    text = re.sub("<name>", lambda _: f"n{next(numbers)}", text)
    return re.sub(r"<programme(\d*)>", r"made\1", text.replace("<group>", "aid"))


def test_rows(corpus, command_line):
    """What recurs is a row, by programme; once its ids are written the row loads, and its examples link."""
    status, said, err = command_line("catalog", "suggest", corpus)
    rows = tomllib.loads(said)

    assert (status, err) == (0, "")
    assert {(row["name"], tuple(row["per"]), tuple(row["programmes"])) for row in rows["indicator"]} == {
        ("失业保险协理员岗位补贴标准", ("month",), ("unemployment",)),
        ("失业保险宣传员岗位补贴标准", ("hour",), ("unemployment",)),
        ("取暖补贴标准", ("household", "year"), ("<programme>",)),
    }
    assert [row["id"] for row in rows["programme"]] == ["<programme>"]
    assert all(row["examples"] for row in rows["indicator"])
    assert [row["id"] for row in rows["group"]] == ["<programme>.<group>"]
    assert mistakes(said) == 0


def mistakes(said, data=DATA):
    """Count what is wrong with rows whose ids were written and nothing else."""
    return check_catalog(load_with([OwnCatalog(data / "own.toml", filled(said).encode())], data), load(data)).mistakes


def test_placeholders_are_refused(corpus, command_line):
    """As long as ids are to be written, `check` says so and of each row."""
    _, said, _ = command_line("catalog", "suggest", corpus)
    status, _, err = command_line("catalog", "check", "-", stdin=said.encode())

    assert (status, err.count("Write one that will stay")) == (1, 5)


def test_next_time_they_are_known(corpus, command_line, tmp_path):
    """With the rows in a catalog nothing of theirs recurs; what is left of a year are figures that stand once."""
    own = tmp_path / "own.toml"
    own.write_text(filled(command_line("catalog", "suggest", corpus)[1]), "utf-8")
    status, said, _ = command_line("catalog", "suggest", corpus, "--catalog", own)

    assert (status, tomllib.loads(said)) == (0, {})


def test_of_a_dataset(corpus, command_line, tmp_path):
    """A dataset gives the same rows, with its corpus or without; the same again on every run."""
    build(corpus, tmp_path / "out")
    path = tmp_path / "out/dataset.json"
    first = tomllib.loads(command_line("catalog", "suggest", corpus)[1])
    runs = [command_line("catalog", "suggest", path, "--corpus", corpus) for _ in range(2)]
    piped = command_line("catalog", "suggest", "-", stdin=path.read_bytes())

    assert runs[0] == runs[1]
    assert tomllib.loads(runs[0][1]) == first
    assert {row["name"] for row in tomllib.loads(piped[1])["indicator"]} == {row["name"] for row in first["indicator"]}


@pytest.mark.parametrize(("least", "names"), [(1, 4), (2, 3), (3, 0)])
def test_least(least, names, corpus, command_line):
    """A row rests on so many facts at least."""
    rows = tomllib.loads(command_line("catalog", "suggest", corpus, "--least", least, "--lang", "en")[1])

    assert len(rows.get("indicator", ())) == names


def test_signs_in_quotations(tmp_path, command_line):
    """Whatever a notice says, the rows are TOML."""
    body = '取暖"补贴\\标准为每户每年800元。\n取暖\x1b[31m补贴标准为每户每年900元。取暖补贴标准为每户每年900元。'
    (tmp_path / "a.txt").write_text(NOTICE.format(year=2022, number=1, title='关于"取暖"\\的通知', body=body), "utf-8")
    status, said, _ = command_line("catalog", "suggest", tmp_path, "--least", 1)

    assert (status, "\x1b" in said) == (0, False)
    assert tomllib.loads(said)["indicator"]


# ── the words that it goes by

WORDS = load().built(suggest_words)


@pytest.mark.parametrize("row", [*WORDS.more, *WORDS.shares, *WORDS.unknown], ids=lambda row: row.id)
def test_names(row):
    """Each row of names fits its examples and none of its near misses."""
    assert [name for name in row.examples if not row.fits(name)] == []
    assert [name for name in row.rejects if row.fits(name)] == []


def test_stems():
    """What one place says and another doesn't is no part of a measure's name; what tells two apart is."""
    assert [WORDS.stem(name) for name, _ in WORDS.generic.examples] == [short for _, short in WORDS.generic.examples]


def test_titles():
    """A title is cut into what it is about."""
    assert [WORDS.about(title) for title, _ in WORDS.title.examples] == [parts for _, parts in WORDS.title.examples]


PROGRAMMES = {
    "what titles and names share": (
        {"a": "关于调整城乡困难家庭取暖补贴标准的通知", "b": "关于做好2023年冬季取暖补贴发放工作的通知"},
        [("a", "取暖补贴"), ("b", "城市居民取暖补贴")], [("取暖补贴",)]),
    "names that a title's term is not in": (
        {"a": "关于做好独生子女父母奖励和特别扶助工作的通知", "b": "关于提高独生子女父母奖励标准的通知"},
        [("a", "独生子女父母奖励金"), ("b", "独生子女父母奖励"), ("a", "死亡家庭特别扶助金")], [("独生子女父母奖励", "特别扶助")]),
    "two programmes": (
        {"a": "关于调整取暖补贴标准的通知", "b": "关于下达农机购置补贴资金的通知"},
        [("a", "取暖补贴"), ("b", "农机购置补贴")], [("农机购置补贴",), ("取暖补贴",)]),
    "titles of several notices": (
        {"a": "关于做好2022年村级防疫工作的通知", "b": "关于做好2023年村级防疫工作的通知"},
        [("a", "误餐补助"), ("b", "误餐补助")], [("村级防疫",)]),
    "a title of one notice": ({"a": "关于做好村级防疫工作的通知"}, [("a", "误餐补助")], [("误餐补助",)]),
    "a term of the catalog": (
        {"a": "关于做好最低工资工作的通知", "b": "关于做好最低工资工作的通知"}, [("a", "误餐补助"), ("b", "误餐补助")], [("误餐补助",)]),
    "no title": ({"a": ""}, [("a", "误餐补助"), ("a", "交通补助"), ("a", "误餐补助")], [("交通补助", "误餐补助")]),
}  # fmt: skip


@pytest.mark.parametrize(("titles", "names", "terms"), PROGRAMMES.values(), ids=PROGRAMMES)
def test_programmes(titles, names, terms):
    """A programme is called what most titles and names share; without that, by its names."""
    found = programmes_in([NamedFact(*name) for name in names], titles, WORDS)

    assert sorted(words for words, _ in found) == sorted(terms)


PLACES = {
    "two phrasings": (["取暖补贴标准为每户每年800元。", "取暖补贴金额为每户每年900元。"], [("money", ("取暖补贴标准", "取暖补贴金额", "取暖补贴"))]),
    "both in one notice": (["取暖补贴标准为每户每年800元，取暖补贴金额为每户每年900元。"], [("money", ("取暖补贴标准",)), ("money", ("取暖补贴金额",))]),
    "far apart": (["取暖补贴标准为每户每年80元。", "取暖补贴金额为每户每年90万元。"], [("money", ("取暖补贴标准",)), ("money", ("取暖补贴金额",))]),
    "upper and lower": (["最高取暖补贴标准为每户每年800元。", "最低取暖补贴标准为每户每年700元。"], [("money", ("最低取暖补贴标准", "最低取暖补贴")), ("money", ("最高取暖补贴标准", "最高取暖补贴"))]),
    "days": (["取暖补贴申请截止时间为2022年12月15日。"], [("date", ("取暖补贴申请截止时间",))]),
    "a period": (["供暖期为2022年10月20日至2023年4月6日。"], [("period", ("供暖期",))]),
    "a share": (["取暖补贴按上年度职工平均工资的3%发放。"], [("rate", ("取暖补贴",))]),
}  # fmt: skip


@pytest.mark.parametrize(("places", "expected"), PLACES.values(), ids=PLACES)
def test_phrasings(places, expected, tmp_path, command_line, health):
    """Names that differ in nothing but generic words are one row, unless there is doubt; its rows need no more than ids."""
    for number, body in enumerate(places):
        text = NOTICE.format(year=2022, number=number + 1, title="关于做好2022年冬季取暖补贴工作的通知", body=body)
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    said = command_line("catalog", "suggest", tmp_path, "--least", 1)[1]
    rows = tomllib.loads(said)["indicator"]

    assert sorted((*row["kinds"], tuple(row["aliases"])) for row in rows) == sorted(expected)
    assert mistakes(said, health) == 0


GRANTS = """2031年改造危旧农房{}户，各地应在2031年{}月底前全部开工。
对象类别\t修缮加固（元/户）\t拆除重建（元/户）
低保户\t{}\t{}
其他低收入户\t8000\t25000
其中，市级财政负担{}%，县级财政负担{}%。经验收合格的，另给慰问金{}元。
"""


def test_a_programme_that_the_catalog_lacks(tmp_path, command_line):
    """Where all is about one new thing, bare names say enough: heads of tables, deeds, who bears a share; each has an example."""
    for number, figures in enumerate([(3200, 6, 10000, 32000, 30, 70, 500), (2600, 5, 11000, 34000, 35, 65, 600)]):
        body = GRANTS.format(*figures)
        text = NOTICE.format(year=2031, number=number + 1, title="关于做好危旧农房改造补助工作的通知", body=body)
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    rows = tomllib.loads(command_line("catalog", "suggest", tmp_path)[1])["indicator"]

    assert {(row["name"], *row["kinds"], *row.get("units", ())) for row in rows} == {
        ("危旧农房", "count", "{户}"), ("开工", "milestone"), ("修缮加固", "money"), ("拆除重建", "money"),
        ("市级财政负担", "rate"), ("县级财政负担", "rate"), ("慰问金", "money"),
    }  # fmt: skip
    assert [row["name"] for row in rows if not row["examples"]] == []
    assert (
        "对象类别\t修缮加固（元/户）" in next(row for row in rows if row["name"] == "修缮加固")["examples"][0]["text"]
    )


def test_what_is_left_out(tmp_path, command_line):
    """What no row is made of is counted, with the reason and the names."""
    body = "取暖补贴标准为每户每年800元。符合条件的按补贴标准的80%发放。申请截止时间为2022年11月30日。取暖满3个月的，可以申请。"
    (tmp_path / "a.txt").write_text(NOTICE.format(year=2022, number=1, title="关于取暖的通知", body=body), "utf-8")
    said = command_line("catalog", "suggest", tmp_path, "--lang", "en")[1]

    assert tomllib.loads(said) == {}
    assert "# Figures in no row: 4." in said
    for words in ("too few of them (see --least) · Money 1 (取暖补贴标准 1)", "shares of another amount, without a name of their own · Rate 1 (符合条件 1)",
                  "the name does not say enough · Date 1 (截止时间 1)", "conditions and worked examples, no levels · Duration 1", "#     “…取暖补贴标准为每户每年800元”"):  # fmt: skip
        assert words in said
