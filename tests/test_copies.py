"""Which files are one notice, which of them leads, and where their figures differ."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import factories
import opencc
import pytest
import regex
from msgspec.structs import replace
from work import assert_linear, at_most, lines_run

from extractor.build.dedup.grouping import group_copies
from extractor.build.incremental import read_notice
from extractor.dataset.labels import load_labels
from extractor.model import Evidence, NoticeResult, NoticeSource, Quality, Region, Relation, SentenceRecord
from extractor.report.lookup import copies_view
from extractor.report.review import names_of
from extractor.report.terminal import render
from extractor.resources import load

NOTICE = Path(__file__).parents[1] / "corpus/100000/2023-resident-medical.txt"
CARRIED_OUT = Path(__file__).parents[1] / "corpus/100000/2022-resident-medical.html"
CARRIES_OUT = Path(__file__).parents[1] / "corpus/360000/2022-resident-medical.html"


# ── files as they are met ───────────────────────────────────────────────────────────────────────────────────────────


def misread(text, one_in):
    """Replace Chinese letters as poor OCR does."""
    rng = random.Random(7)  # noqa: S311 - the same errors every time
    return "".join(
        chr(rng.randrange(0x4E00, 0x9000)) if "一" <= letter <= "龥" and rng.random() < 1 / one_in else letter
        for letter in text
    )


def page(text):
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    frame = "<div class=nav><a href=/>首页</a> <a href=/zc>政策</a></div>"
    return f"<html><title>{text.split()[0]}</title><body>{frame}<div>{lines}</div><div>版权所有 京ICP备1号</div></body></html>"


def wrapped(text):
    return "\n".join(line[at : at + 35] for line in text.split("\n") for at in range(0, max(1, len(line)), 35))


def unnumbered(text):
    return regex.sub(r"(?m)^.*〔2023〕24号.*\n", "", text)


def cut_short(text):
    return text[: len(text) // 2]


def cut_off(text):
    return text[len(text) // 2 :]


# How a file came about, and how it is named.
VARIANTS = {
    "a-same.txt": lambda text: text,
    "b-page.html": page,
    "c-traditional.txt": lambda text: opencc.OpenCC("s2t").convert(text),
    "d-wrapped.txt": wrapped,
    "e-ocr.txt": lambda text: misread(text, 50),
    "f-poor-ocr.txt": lambda text: misread(text, 20),
    "g-cut-short.txt": cut_short,
    "h-cut-off.txt": cut_off,
    "i-unnumbered.txt": unnumbered,
    "j-unnumbered-ocr.txt": lambda text: misread(unnumbered(text), 100),
    "k-unnumbered-cut-short.txt": lambda text: unnumbered(cut_short(text)),
}


@cache
def read(data, path):
    result = read_notice(data if isinstance(data, bytes) else data.encode(), origin=path)
    return at(result, path)


def at(result, path, url=None):
    notice = result.notice
    return replace(result, notice=replace(notice, source=replace(notice.source, path=path, url=url)))


def notice_text():
    return NOTICE.read_text("utf-8")


def groups(results):
    """Write groups as short as a test needs: the leader's path, then the copies'."""
    return [
        (one.primary.notice.source.path, *(copy.notice.source.path for copy in one.copies))
        for one in group_copies(results)
    ]


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_copies(name):
    """However a file came about, it is a copy of the notice, with the same figures; the notice leads."""
    original = read(notice_text(), "0.txt")
    variant = read(VARIANTS[name](notice_text()), name)
    (group,) = group_copies([variant, original])
    (copy,) = group.primary.notice.copies

    assert {group.primary.notice.source.path, copy.source.path} == {"0.txt", name}
    assert [conflict for conflict in copy.conflicts if "ocr" not in name] == []
    assert [c for c in copy.conflicts if c.expected and c.found and c.found[-1] == c.expected[-1]] == []
    if name not in {"a-same.txt", "b-page.html", "c-traditional.txt", "d-wrapped.txt"}:
        assert group.primary.notice.source.path == "0.txt"


def test_all_variants_are_one_notice():
    """All files together are one notice, in whatever order they come; every file stands in it once."""
    results = [read(make(notice_text()), name) for name, make in VARIANTS.items()]
    grouped = groups(results)
    results = results[5:] + results[4::-1]

    assert len(grouped) == 1
    assert sorted(grouped[0]) == sorted(VARIANTS)
    assert grouped == groups(results)
    assert group_copies(results) == group_copies(sorted(results, key=lambda result: result.notice.source.sha256))


def test_a_changed_figure_is_shown():
    """A figure that another file gives differently stands in the leader's record with its place."""
    text = notice_text()
    changed = read(text.replace("640", "650", 1), "z.txt")
    (group,) = group_copies([read(text, "a.txt"), changed])
    ((conflict,),) = [copy.conflicts for copy in group.primary.notice.copies]
    fact = next(fact for fact in group.primary.facts if fact.fact_id == conflict.fact_id)

    assert "640" in conflict.expected
    assert conflict.expected == fact.evidence.exact
    assert "650" in conflict.found
    assert text.replace("640", "650", 1)[conflict.start : conflict.end] == conflict.found
    assert group.primary.facts == read(text, "a.txt").facts


def test_a_dropped_figure_is_shown():
    """A figure that the copy leaves out of a sentence is a conflict; so is one that only the copy has."""
    text = notice_text()
    figure = regex.search(r"不低于\s*640\s*元", text)[0]
    whole, less = read(text, "a.txt"), read(text.replace(figure, "一定数额", 1), "b.txt")
    (group,) = group_copies([less, whole])
    # The same the other way round: a damaged text leads nothing.
    damaged = replace(whole, notice=replace(whole.notice, quality=Quality(lost=1)))
    (other,) = group_copies([less, damaged])

    assert [(found.expected, found.found) for found in group.primary.notice.copies[0].conflicts] == [(figure, None)]
    assert [(found.expected, found.found) for found in other.primary.notice.copies[0].conflicts] == [(None, figure)]
    assert text[other.primary.notice.copies[0].conflicts[0].start :].startswith(figure)


def test_a_notice_that_carries_out_another_is_none_of_its_copies():
    """A province's notice says most of what the nation's says; even with the nation's number it is no copy."""
    nation, province = (read(path.read_bytes(), path.parent.name) for path in (CARRIED_OUT, CARRIES_OUT))
    misnumbered = replace(
        province,
        notice=replace(province.notice, document_number=nation.notice.document_number, issuers=(), region=None),
    )

    assert groups([nation, province]) == [("100000",), ("360000",)]
    assert groups([nation, misnumbered]) == [("100000",), ("360000",)]


# ── made results ────────────────────────────────────────────────────────────────────────────────────────────────────

CHINA = factories.CHINA
JIANGXI = Region(code="360000", iso="CN-JX", name="江西省")
TITLE = "关于做好2022年城乡居民基本医疗保障工作的通知"
WORDS = [chr(0x4E00 + 37 * at % 5003) + chr(0x5E00 + 91 * at % 4001) for at in range(900)]


def words(start=0, stop=300, *, rare=0):
    """Make a text that shares with others the words at the same places; every ``rare``th is its own."""
    return "".join(f"鑫淼{at}" if rare and at % rare == 0 else WORDS[at] for at in range(start, stop))


def result(path, text=None, *, figure="640", lost=0, **fields):
    """Make a result of one sentence with one figure in the middle of it."""
    text = words() if text is None else text
    half = len(text) // 2
    text = f"{text[:half]}每人每年{figure}元{text[half:]}"
    start = half + 4
    digest = hashlib.sha256(path.encode()).hexdigest()
    source = NoticeSource(
        path=path, sha256=digest, media_type="text/plain", encoding="utf-8", reader=fields.pop("reader", "text"),
        url=fields.pop("url", None),
    )  # fmt: skip
    record = factories.notice(
        path, source=source, quality=Quality(lost=lost), **{"document_number": None, "region": None, **fields}
    )
    evidence = Evidence(
        source=f"sha256:{digest}", start=start, end=start + len(figure) + 1, exact=f"{figure}元", prefix="", suffix="",
        section=None, page=None,
    )  # fmt: skip
    facts = (factories.fact(path, record.policy_year, figure, evidence=evidence),) if figure else ()
    sentence = SentenceRecord(None, 0, len(text), text, ((0, 0, 1),))
    return NoticeResult(notice=record, facts=facts, unresolved=(), ledger=(), sentences=(sentence,))


NUMBER = "医保发〔2022〕20号"
KNOWN = {"year": 2022, "region": CHINA, "issuers": ("国家医保局", "财政部"), "title": TITLE}
INTERPRETS = {
    "kind": "interpretation",
    "relations": (
        Relation(
            type="interprets", document_number=NUMBER, title=None,
            evidence=Evidence(
                source="sha256:" + "0" * 64, start=0, end=1, exact="一", prefix="", suffix="", section=None, page=None
            ),
        ),
    ),
}  # fmt: skip

# id, fields of one file, of the other (``text`` and ``figure`` too), whether they are copies
CASES = [
    ("same number", {"document_number": NUMBER}, {"document_number": NUMBER}, True),
    ("same number, figure differs", {"document_number": NUMBER}, {"document_number": NUMBER, "figure": "610"}, True),
    ("same number, less alike", {"document_number": NUMBER}, {"document_number": NUMBER, "text": words(rare=16)}, True),
    (
        "same number, other words",
        {"document_number": NUMBER, **KNOWN},
        {"document_number": NUMBER, **KNOWN, "text": words(300, 600)},
        False,
    ),
    (
        "same number, other region, less alike",
        {"document_number": NUMBER, **KNOWN},
        {"document_number": NUMBER, **KNOWN, "region": JIANGXI, "issuers": ("江西省医保局",), "text": words(rare=16)},
        False,
    ),
    (
        "same number, region misread, same words",
        {"document_number": NUMBER, **KNOWN},
        {"document_number": NUMBER, **KNOWN, "region": JIANGXI},
        True,
    ),
    ("same number, no words", {"document_number": NUMBER, "text": ""}, {"document_number": NUMBER}, False),
    ("a reprint", {"document_number": NUMBER}, {"document_number": NUMBER, "kind": "reprint"}, True),
    ("an interpretation", {"document_number": NUMBER}, {"document_number": NUMBER, "kind": "interpretation"}, False),
    ("two numbers", {"document_number": NUMBER, **KNOWN}, {"document_number": "医保发〔2022〕21号", **KNOWN}, False),
    ("number on one side", {"document_number": NUMBER, **KNOWN}, KNOWN, True),
    ("number on one side, nothing else known", {"document_number": NUMBER}, {}, True),
    ("number on one side, nothing else known, figure differs", {"document_number": NUMBER}, {"figure": "670"}, False),
    ("no number", KNOWN, KNOWN, True),
    ("no number, figure differs", KNOWN, {**KNOWN, "figure": "610"}, True),
    ("no number, nothing known", {}, {}, True),
    ("no number, nothing known, figure differs", {}, {"figure": "670"}, False),
    ("no number, less alike", KNOWN, {**KNOWN, "text": words(rare=6)}, False),
    ("no number, much misread, same title", KNOWN, {**KNOWN, "text": words(rare=16)}, True),
    ("no number, much misread, nothing known", {}, {"text": words(rare=16)}, False),
    ("last year's", KNOWN, {**KNOWN, "year": 2021, "title": TITLE.replace("2022", "2021"), "figure": "610"}, False),
    ("last year's, nothing but the date known", {"issued_on": "2022-06-30"}, {"issued_on": "2021-05-27"}, False),
    ("the next county's", KNOWN, {**KNOWN, "issuers": ("某县医保局",)}, False),
    ("the next county's, unsigned", {"title": "甲县" + TITLE}, {"title": "乙市丙" + TITLE[:10] + "丁县" + TITLE[10:]}, False),
    ("another region", {**KNOWN, "issuers": ()}, {**KNOWN, "issuers": (), "region": JIANGXI}, False),
    ("one issuer lost", KNOWN, {**KNOWN, "issuers": ("财政部",)}, True),
    ("issuers before the title", KNOWN, {**KNOWN, "title": "国家医保局 财政部" + TITLE}, True),
    ("a letter of the title misread", KNOWN, {**KNOWN, "title": TITLE.replace("居民", "居艮")}, True),
    ("a digit of the title", {"title": TITLE}, {"title": TITLE.replace("2022", "2023")}, False),
    ("cut short, same title", KNOWN, {**KNOWN, "text": words(0, 120)}, True),
    ("cut short, untitled", KNOWN, {**KNOWN, "title": None, "text": words(100, 250)}, True),
    ("cut short, untitled, unsigned", KNOWN, {"text": words(100, 200)}, False),
    ("an excerpt in another text", KNOWN, {"text": words(0, 120) + words(600, 900)}, False),
    ("quoted whole in another text", KNOWN, {"title": "媒体聚焦医保新政策", "text": words() + words(600, 900)}, False),
    ("interpretations", INTERPRETS, INTERPRETS, True),
    ("interpretations under other titles", {**INTERPRETS, "title": "政策解读之一二三四"}, {**INTERPRETS, "title": "一图读懂医保新政"}, True),
    ("short texts", {"text": words(0, 10)}, {"text": words(0, 10)}, False),
    ("empty texts", {"text": "", "figure": ""}, {"text": "", "figure": ""}, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "copies"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_cases(one, other, copies):
    """The table of `extractor.build.dedup.grouping`; whichever file comes first."""
    results = [result("a.txt", **one), result("b.txt", **other)]

    assert (len(groups(results)) == 1) == copies
    assert groups(results) == groups(results[::-1])


def test_copy_of_two_numbers():
    """A text without number that is like two notices of different numbers is a copy of neither."""
    numbered = [result(f"{n}.txt", document_number=f"甲发〔2022〕{n}号", year=2022) for n in (1, 2)]

    assert groups([*numbered, result("3.txt")]) == [("1.txt",), ("2.txt",), ("3.txt",)]


def test_no_chains():
    """Small steps don't join what is far apart: every copy is like the first of its group."""
    texts = [words(start, start + 300) for start in range(0, 200, 25)]
    found = groups([result(f"{at}.txt", text, **KNOWN, lost=at) for at, text in enumerate(texts)])

    assert 1 < len(found) < len(texts)
    assert sorted(path for group in found for path in group) == [f"{at}.txt" for at in range(len(texts))]


BEST = [
    ("complete before undamaged", {"lost": 3}, {"text": words(0, 150)}),
    ("numbered before undamaged", {"lost": 3, "document_number": NUMBER}, {}),
    ("undamaged", {}, {"lost": 1}),
    ("undamaged before longest", {}, {"lost": 1, "text": words(0, 310)}),
    ("official", {"url": "https://www.nhsa.gov.cn/a.html"}, {"url": "https://www.example.com/gov.cn"}),
    (
        "official before format",
        {"reader": "pdf", "url": "http://a.gov.cn/1.pdf"},
        {"reader": "html", "url": "http://[::1"},
    ),
    ("typed before drawn", {"reader": "text"}, {"reader": "pdf"}),
    ("drawn before guessed", {"reader": "pdf"}, {"reader": "ocr"}),
]


@pytest.mark.parametrize(("best", "other"), [row[1:] for row in BEST], ids=[row[0] for row in BEST])
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_best_leads(best, other, names):
    """The better file leads, whatever its name."""
    results = [result(names[0], **KNOWN, **best), result(names[1], **KNOWN, **other)]

    assert groups(results) == [names]


def test_path_at_last():
    """Of files that nothing tells apart the first path leads, and copies stand in the order of their paths."""
    assert groups([result(name) for name in "cab"]) == [("a", "b", "c")]


def test_record():
    """The leader's record lists the copies with source, likeness and conflicts; results are handed back whole."""
    results = [result("a", **KNOWN), result("b", **KNOWN, figure="610"), result("c", **KNOWN)]
    (group,) = group_copies(results)

    assert [copy.source for copy in group.primary.notice.copies] == [one.notice.source for one in results[1:]]
    assert [copy.similarity for copy in group.primary.notice.copies] == ["0.98", "1.00"]
    assert [len(copy.conflicts) for copy in group.primary.notice.copies] == [1, 0]
    assert group.copies == tuple(results[1:])
    assert replace(group.primary, notice=results[0].notice) == results[0]


def test_nothing():
    """No results, no groups."""
    assert group_copies([]) == ()


def test_found_by_the_path_of_a_copy():
    """Who asks for a notice by the file that he added finds it, though another file of it is the one that counts."""
    (group,) = group_copies([result("a", **KNOWN), result("b", **KNOWN)])
    (copy,) = group.primary.notice.copies

    assert {group.primary.notice.source.path, copy.source.path} <= set(names_of(group.primary.notice))


def test_shown():
    """`extractor show` lists the copies of a fact's notice and what they have instead of its figure."""
    (group,) = group_copies([result("a", **KNOWN), result("b\x1b[0m", **KNOWN, figure="610"), result("c", **KNOWN)])
    labels = load_labels(load(), "zh")
    shown = render(copies_view(group.primary.facts[0], group.primary.notice, labels), width=80, color=False)
    other = render(copies_view(factories.fact("x", 2022, "1"), group.primary.notice, labels), width=80, color=False)
    alone = render(copies_view(factories.fact("x", 2022, "1"), factories.notice("x"), labels), width=80, color=False)

    assert "副本 2" in shown
    assert "相似度 0.98  与副本不一致：610元  304–308" in shown
    assert "\x1b" not in shown
    assert "不一致" not in other
    assert alone.strip() == ""


# ── cost ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def many(size, **fields):
    """Make notices with 4,000 letters of their own each."""
    rng = random.Random(3)  # noqa: S311 - the same texts every time
    for at in range(size):
        text = "".join(rng.choices(WORDS, k=2000))
        yield result(f"{at}.txt", text, year=2010 + at % 15, **{key: value(at) for key, value in fields.items()})


def test_numbers_cost_nothing():
    """A corpus whose notices have numbers of their own is grouped without looking at a text."""
    results = list(many(300, document_number=lambda at: f"甲发〔2022〕{at}号"))

    assert len(group_copies(results)) == 300
    assert lines_run(group_copies, results) < 100 * len(results)


def titled(size):
    """Make notices of 4,000 letters without numbers, some with the same title."""
    return list(many(size, title=lambda at: f"关于做好{2010 + at % 15}年第{at % 500}项工作的通知"))


def test_grouping_is_linear():
    """Notices without numbers are compared with what is like them, not each with each."""
    results = titled(100)

    assert_linear(lambda size: group_copies(results[:size]), 50)


def test_places_are_not_compared_with_each_other():
    """A corpus of one notice a region and year is grouped in time that grows with its notices."""
    results = [
        result(f"{at}.txt", "短" * 8, year=2000 + at % 20, region=replace(CHINA, code=f"{100000 + at}"))
        for at in range(800)
    ]

    assert_linear(lambda size: group_copies(results[:size]), 400)


@pytest.mark.slow
def test_ten_thousand_notices():
    """10,000 notices are grouped, none with another."""
    assert len(group_copies(titled(10_000))) == 10_000


@pytest.mark.timing
def test_ten_thousand_notices_are_grouped_fast():
    """10,000 notices are grouped in seconds: 9 on two idle cores."""
    results = titled(10_000)
    with at_most(60):
        group_copies(results)


def test_import_loads_no_library():
    """The MinHash library is loaded only when texts are compared."""
    code = "import sys, extractor.build.dedup.grouping; print('rensa' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program

    assert shown.strip() == "False"
