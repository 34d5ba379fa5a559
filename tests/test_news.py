"""What a build brought: headline figures against last year and the nation, doubts, failed checks, the next command."""

from __future__ import annotations

import json
import re

import pytest

NATION = (
    "医保发〔{year}〕{number}号\n国家医保局关于做好{year}年城乡居民基本医疗保障工作的通知\n各省：\n"
    "一、提高筹资标准。{year}年居民医保人均财政补助标准达到每人每年不低于{floor}元。\n国家医保局\n{year}年7月1日\n"
)
PROVINCE = (
    "赣医保发〔2022〕14号\n江西省医保局关于做好2022年城乡居民基本医疗保障工作的通知\n各市：\n"
    "根据《国家医保局关于做好2022年城乡居民基本医疗保障工作的通知》（医保发〔2022〕20号）制定本通知。\n"
    "一、提高筹资标准。2022年居民医保人均财政补助标准达到每人每年{value}元。\n江西省医疗保障局\n2022年9月2日\n"
)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Work in a folder with the nation's notices of two years."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "corpus").mkdir()
    for year, number, floor in ((2021, 32, 580), (2022, 20, 610)):
        text = NATION.format(year=year, number=number, floor=floor)
        (tmp_path / f"corpus/{year}.txt").write_text(text, "utf-8")
    return tmp_path / "corpus"


def test_news(corpus, command_line):
    """A new notice is told of with last year and the nation, a figure under the national floor at once; then nothing is."""
    command_line("build")
    (corpus / "b.txt").write_text(PROVINCE.format(value=600), "utf-8")
    status, out, _ = command_line("build", "--json")
    (new,) = json.loads(out)["new"]
    (line,) = new["headlines"]

    assert (status, new["path"], new["region"]) == (0, "b.txt", "江西省")
    assert (line["figure"], line["nation"], line["under_floor"]) == ("600 元/人·年", "≥610 元/人·年", True)
    assert any("600" in message for message in new["failed"])
    status, out, _ = command_line("build", "--json")

    assert [json.loads(out)[name] for name in ("new", "written", "removed")] == [[], [], []]
    _, out, _ = command_line("build")

    assert ("已写入" in out, "结果未变" in out, "新收" in out) == (False, True, False)
    (corpus / "b.txt").write_text(PROVINCE.format(value=605), "utf-8")
    (edited,) = json.loads(command_line("build", "--json")[1])["new"]

    assert (new["edited"], edited["path"], edited["edited"]) == (False, "b.txt", True)
    (corpus / "b.txt").write_text(PROVINCE.format(value=610), "utf-8")
    _, out, _ = command_line("build")

    assert ("已改 江西省" in out, "新收" in out) == (True, False)


# What a region's figure is beside the nation's, and the limit that it breaks, if any.
LIMITS = [
    ("达到每人每年不低于610元", "600", "under_floor"),
    ("达到每人每年不低于610元", "610", None),
    ("达到每人每年不低于610元", "640", None),
    ("不超过每人每年610元", "640", "over_ceiling"),
    ("不超过每人每年610元", "600", None),
    # No bound: only sameness is sure.
    ("达到每人每年610元", "600", None),
]


@pytest.mark.parametrize(("nation", "value", "limit"), LIMITS)
def test_limits_of_the_nation(nation, value, limit, corpus, command_line):
    """A figure that breaks a limit of the nation's is called so, in `build`, in `diff`, as a value of --only, and on the pages."""
    text = (corpus / "2022.txt").read_text("utf-8").replace("达到每人每年不低于610元", nation)
    (corpus / "2022.txt").write_text(text, "utf-8")
    (corpus / "b.txt").write_text(PROVINCE.format(value=value), "utf-8")
    _, out, _ = command_line("build", "--json")
    (line,) = next(one for one in json.loads(out)["new"] if one["path"] == "b.txt")["headlines"]
    asked = ("diff", "--region", "江西", "--against", "中国", "2022")
    (change,) = json.loads(command_line(*asked, "--json")[1])["comparisons"][0]["changes"]
    command_line("report")
    pages = "".join(page.read_text("utf-8") for page in (corpus.parent / "outputs/report").rglob("*.html"))

    assert (line["limit"], line["under_floor"], change["limit"]) == (limit, limit == "under_floor", limit)
    for name, words in (("under_floor", "低于国家下限"), ("over_ceiling", "高于国家上限")):
        shown = command_line(*asked)[1]
        assert (words in shown, words in pages) == (limit == name,) * 2
        assert command_line(*asked, "--only", words)[0] == command_line(*asked, "--only", name)[0] == (limit == name)


def test_last_years_level_breaks_no_limit(corpus, command_line):
    """What follows for last year from a figure under the floor (提高20元) is not the figure under the floor."""
    text = PROVINCE.format(value=600).replace("达到", "提高20元，达到")
    (corpus / "b.txt").write_text(text, "utf-8")
    command_line("build")
    asked = ("diff", "2021", "2022", "--region", "江西", "--json")
    (change,) = [
        one
        for one in json.loads(command_line(*asked)[1])["comparisons"][0]["changes"]
        if one["before"] and one["after"]
    ]

    assert (change["before"]["value"], change["before"]["status"], change["limit"]) == ("580", "derived", "under_floor")
    assert (
        command_line("diff", "2021", "2022", "--region", "江西", "--only", "低于国家下限")[1].count("低于国家下限") == 2
    )


def test_news_for_people(corpus, command_line):
    """The lines say it in words, and end with the next command."""
    _, out, _ = command_line("build")

    assert all(words in out for words in ("新收", "上年 ≥580 元/人·年", "2022"))
    (corpus / "b.txt").write_text(PROVINCE.format(value=600), "utf-8")
    _, out, _ = command_line("build")

    assert all(words in out for words in ("600 元/人·年", "低于国家下限", "全国 ≥610 元/人·年", "核对未通过"))
    assert "下一步  extractor review --notice b.txt" in out
    (corpus / "c.txt").write_text(PROVINCE.format(value=610).replace("14号", "15号"), "utf-8")
    status, out, _ = command_line("add", str(corpus / "c.txt"), "--corpus", "corpus", "--json")

    assert (status, {"landed", "new", "written"} <= set(json.loads(out))) == (0, True)


def test_what_a_notice_itself_says_held_before(corpus, command_line):
    """Without a notice of last year, the value that the text says was before stands beside a figure, on the page, too."""
    text = WAGE.format(year=2024, number=7, value=2000).replace("标准调整为", "标准由1850元调整为")
    (corpus / "wage.txt").write_text(text, "utf-8")
    _, out, _ = command_line("build", "--json")
    (line,) = next(one for one in json.loads(out)["new"] if one["path"] == "wage.txt")["headlines"]
    command_line("report")
    page = (corpus.parent / "outputs/report/index.html").read_text("utf-8")

    assert (line["figure"], line["last_year"], line["former"]) == ("2000 元/月", None, "1850 元/月")
    assert {name: one["value"] for name, one in line["data"].items()} == {"figure": "2000", "former": "1850"}
    assert line["data"]["figure"]["per"] == ["month"]
    assert "原 1850 元/月" in page


def test_a_dataset_older_than_its_corpus_is_called_so(corpus, command_line):
    """While a row of reviews stops the build, what looks at the old dataset says so, once on standard error."""
    command_line("build")
    looking = (
        ("report",),
        ("review", "--list"),
        ("export", "--to", "csv", "--force"),
        ("check",),
        ("release", "--no-certificate"),
        ("diff",),
    )
    for words in looking:
        assert "Note:" not in command_line(*words)[2]
    row = 'action = "reject"\nplace = { path = "2022.txt" }\nwords = "1元"\nwho = "x"\nwhy = "x"\nwhen = 2026-11-21\n'
    (corpus / "reviews.toml").write_text(f"[[review]]\n{row}", "utf-8")

    assert command_line("build")[0] == 2
    for words in looking:
        _, _, err = command_line(*words)
        assert err.count("corpus has changed since the dataset was built (reviews.toml)") == 1, err
    _, _, err = command_line("review", "--list", "--corpus", "elsewhere")

    assert "has changed" not in err


def test_a_dataset_of_other_rules_is_called_so(corpus, command_line):
    """So is one that was built before the rules changed."""
    command_line("build")
    path = corpus.parent / "outputs/dataset.json"
    path.write_text(re.sub(r'("catalog_version": ")[0-9a-f]{2}', r"\g<1>zz", path.read_text("utf-8")), "utf-8")

    for words in (("check",), ("review", "--list"), ("diff",)):
        assert command_line(*words)[2].count("built with other rules than those installed now") == 1


def test_news_are_of_the_newest(corpus, command_line, monkeypatch):
    """Of more new notices than anybody reads one by one the newest are told of, and the part of the dataset is theirs."""
    from extractor.build import incremental

    monkeypatch.setattr(incremental, "MOST_NEAR", 1)
    (corpus / "b.txt").write_text(PROVINCE.format(value=600), "utf-8")
    _, out, _ = command_line("build", "--json")

    assert [one["path"] for one in json.loads(out)["new"]] == ["b.txt"]
    report = incremental.build(corpus, corpus.parent / "other")

    assert (report.new, report.told) == (("2021.txt", "2022.txt", "b.txt"), ("b.txt",))
    assert report.near is not None
    assert report.near.facts == report.dataset.facts
    assert report.near.checks == report.dataset.checks


# Names no year of its own, only the day from which it holds.
WAGE = (
    "甲政发〔{year}〕{number}号\n江西省人民政府关于调整最低工资标准的通知\n各市、县人民政府：\n"
    "一、月最低工资标准调整为{value}元。\n二、本通知自{year}年4月1日起施行。\n江西省人民政府\n{year}年3月1日\n"
)


def test_news_of_a_notice_without_a_policy_year(corpus, command_line):
    """Where only the day of entry into force says the year, last year stands beside a figure in the lines and on the page."""
    for year, number, value in ((2023, 5, 1850), (2024, 7, 2000)):
        (corpus / f"wage-{year}.txt").write_text(WAGE.format(year=year, number=number, value=value), "utf-8")
    _, out, _ = command_line("build", "--json")
    new = {one["path"]: one for one in json.loads(out)["new"]}
    command_line("report")
    page = (corpus.parent / "outputs/report/index.html").read_text("utf-8")

    assert (new["wage-2024.txt"]["policy_year"], new["wage-2024.txt"]["year"]) == (None, 2024)
    assert [(one["figure"], one["last_year"]) for one in new["wage-2024.txt"]["headlines"]] == [
        ("2000 元/月", "1850 元/月")
    ]
    assert "1850 元/月" in page
