"""Measures of one year against another: what is kept, reworded, new, dropped, and which words changed."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import validate
from msgspec.structs import replace
from work import at_most, lines_run

import extractor
from extractor.build.incremental import build
from extractor.build.sentence_diff.measures import align_measures, compare_measures, with_measures
from extractor.build.sentence_diff.sentences import (
    ComparedSentence,
    by_place,
    compared_sentences,
    load_file,
    notices_of,
    words_of,
    year_texts,
)
from extractor.cli.main import main
from extractor.dataset import canonical
from extractor.dataset.labels import load_labels
from extractor.dataset.schema import dataset_schema
from extractor.model import Comparison, SentenceRecord
from extractor.notice.facts.record import sentence_records
from extractor.notice.normalise.run import normalise
from extractor.notice.structure.parse import parse_structure
from extractor.report.measures import measure_rows, measures_markdown, measures_table
from extractor.report.terminal import render
from extractor.resources import load

RESOURCES = load()
NOTICES = Path(__file__).parents[2] / "shared" / "notices"
TITLE = "关于做好{year}年城乡居民基本医疗保障工作的通知"

needs_notices = pytest.mark.skipif(not NOTICES.is_dir(), reason="the shared notices are not here")


def text_of(year, *lines):
    return "\n".join((TITLE.format(year=year), f"医保发〔{year}〕1号", "各省医保局：", *lines)) + "\n"


def read(year, *lines):
    """Read a notice of the nation for a year from the lines of its body."""
    return extractor.read_notice(text_of(year, *lines).encode())


def read_shared(name):
    return extractor.read_notice(NOTICES / name)


def words():
    return words_of(RESOURCES)


def align(before, after):
    return align_measures(*(compared_sentences(year_texts([one]), RESOURCES) for one in (before, after)), words)


def kinds(before, after, first=2022, second=2023):
    """Align the sentences of two bodies and tell kind, edits for each, by the source words of both sides."""
    texts = text_of(first, "一、安排", *before), text_of(second, "一、安排", *after)
    one, two = (extractor.read_notice(text.encode()) for text in texts)
    return {
        (
            texts[0][measure.before.start : measure.before.end] if measure.before else None,
            texts[1][measure.after.start : measure.after.end] if measure.after else None,
        ): (measure.kind, [(edit.before, edit.after) for edit in measure.edits])
        for measure in align(one, two)
    }


# ── pairs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = [
    # the same words
    ("完善医保医用耗材管理。", "完善医保医用耗材管理。"),
    # only the policy year
    ("2022年继续提高居民医保筹资标准。", "2023年继续提高居民医保筹资标准。"),
    ("做好2022年度集中征缴工作。", "做好2023年度集中征缴工作。"),
    ("二〇二二年继续开展专项整治。", "二〇二三年继续开展专项整治。"),
    # only marks, widths and spaces
    ("推动大数据应用,完善“双通道”管理。", "推动大数据应用，完善双通道管理。"),
    ("支付比例稳定在７０％左右。", "支付比例稳定在 70% 左右。"),
    # only its number in the list
    ("（一）规范药品挂网、撤网工作，加强价格信息共享。", "（三）规范药品挂网、撤网工作，加强价格信息共享。"),
]

REWORDED = [
    # a word
    (
        "稳定居民医保住院待遇水平，确保支付比例稳定在70%左右。",
        "继续巩固居民医保住院待遇水平，确保支付比例稳定在70%左右。",
        [("稳定", "继续巩固")],
    ),
    # figures
    ("个人缴费标准达到每人每年350元。", "个人缴费标准达到每人每年380元。", [("350", "380")]),
    # a deadline that moved is told, though its year is the policy year
    (
        "2022年底前全部完成各省份自行增补药品的消化工作。",
        "2023年底前全部完成各省份自行增补药品的消化工作。",
        [("2022", "2023")],
    ),
    # a clause that came, one that went
    ("规范中药饮片医保准入管理。", "规范中药饮片医保准入管理，并动态调整。", [("", "，并动态调整")]),
    (
        "加强统筹协调，稳步推进省级统筹，职工医保和居民医保可分类序贯推进。",
        "加强统筹协调，稳步推进省级统筹。",
        [("，职工医保和居民医保可分类序贯推进", "")],
    ),
    # a modal word alone
    ("要严格落实重大事项请示报告制度。", "严格落实重大事项请示报告制度。", [("要", "")]),
]

# Sentences that sound alike and are not the same measure.
NEAR_MISSES = [
    ("要高度重视，切实加强组织领导，确保政策落地见效。", "切实做好新生儿参保登记，确保应参尽参。"),
    ("做好医疗服务价格动态调整工作。", "做好新冠疫苗费用结算工作。"),
    ("遇有重大政策调整要及时请示报告。", "加强部门协同，及时共享参保信息。"),
    ("每人每年补助610元。", "每人每年缴纳610件材料。"),
    ("完善异地就医直接结算服务。", "完善基金监管执法体系。"),
    ("继续推进药品集中带量采购。", "继续推进生育保险和职工医保合并实施。"),
]


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_kept(before, after):
    """What differs in marks, widths, numbering or the policy year alone is kept, without edits."""
    (found,) = set(map(str, kinds([before], [after]).values()))

    assert found == str(("kept", []))


@pytest.mark.parametrize(("before", "after", "edits"), REWORDED)
def test_reworded(before, after, edits):
    """What says the same in other words or with other figures is one measure, with its edits."""
    assert kinds([before], [after]) == {(before, after): ("reworded", edits)}


@pytest.mark.parametrize(("before", "after"), NEAR_MISSES)
def test_near_misses(before, after):
    """Boilerplate in common makes no pair."""
    assert kinds([before], [after]) == {(before, None): ("dropped", []), (None, after): ("new", [])}


def test_a_chain_is_cut():
    """Of clauses with ； between them one may change while the others stay."""
    before = "全额资助特困人员参保；定额资助低保对象；对返贫人口给予补贴。"
    after = "全额资助特困人员参保；对返贫人口给予补贴；新增资助残疾军人家庭。"

    assert sorted(kind for kind, _ in kinds([before], [after]).values()) == ["dropped", "kept", "kept", "new"]


def test_across_sections():
    """A measure that moved to another section is found there."""
    before = read(2022, "一、筹资", "放开灵活就业人员参保户籍限制。", "二、管理", "完善协议管理。")
    after = read(2023, "一、筹资", "完善协议管理。", "二、管理", "放开灵活就业人员参保户籍限制。")
    found = align(before, after)

    assert [(measure.kind, measure.before.section, measure.after.section) for measure in found] == [
        ("kept", "二", "一"),
        ("kept", "一", "二"),
    ]


def test_headings_are_no_measures():
    """A heading is left out, but not where it is all that its section says."""
    notice = read(
        2022, "一、加强管理", "（一）规范协议管理。", "（二）加强基金监管，严查欺诈。", "二、其他", "完善目录。"
    )

    texts = [record.text for record in notice.sentences]

    assert "一、加强管理" not in texts
    assert "加强管理" not in texts
    assert [text for text in texts if "协议" in text] == ["规范协议管理。"]
    assert texts[-1] == "完善目录。"


def test_records_lead_back():
    """Every unit knows its place in the source, character by character, also where normalising changed lengths."""
    lines = ("一、提高標準", "每人平均財政補助標準達到每人每年不低於 610 元，", "由各級財政負擔；醫(yī)保部門落實。")
    source = extractor.ingest.read(text_of(2022, *lines).encode(), origin="made")
    notice = parse_structure(normalise(source, RESOURCES), RESOURCES)

    for record in sentence_records(notice):
        assert normalise(replace(source, text=source.text[record.start : record.end]), RESOURCES).text.strip()
        assert record.runs[0][1] == record.start
        at, _, end = record.runs[-1]
        assert end + len(record.text) - 1 - at == record.end


# ── script and wording ──────────────────────────────────────────────────────────────────────────────────────────────

# Traditional with regional wording, and simplified.
SCRIPTS = [
    ("居民醫保每人平均財政補助標準達到每人每年不低於580元。", "居民医保人均财政补助标准达到每人每年不低于580元。"),
    ("鞏固提高居民醫保待遇水準,穩定住院支付比例。", "巩固提高居民医保待遇水平，稳定住院支付比例。"),
    ("加強部門間資訊共用。", "加强部门间信息共享。"),
    ("健全協同執法、一案多處工作機制。", "健全协同执法、一案多处工作机制。"),
    (
        "對持居住證參加當地居民醫保的,各級財政按相同標準給予補助。",
        "对持居住证参加当地居民医保的，各级财政按相同标准给予补助。",
    ),
]


def test_script_and_wording_do_not_show():
    """Traditional against simplified is kept, and so is regional wording."""
    found = kinds([row[0] for row in SCRIPTS], [row[1] for row in SCRIPTS])

    assert found == {row: ("kept", []) for row in SCRIPTS}


def test_edits_quote_normalised_words_and_place_source_words():
    """Where one side is traditional, an edit holds simplified words and the offsets of the traditional ones."""
    texts = (
        text_of(2022, "一、安排", "鞏固居民醫保待遇水準,優化籌資結構,完善資訊共用機制。", "加強基金監督檢查。"),
        text_of(2023, "一、安排", "巩固居民医保待遇水平，优化缴费结构，完善信息共享机制。", "加强基金监督检查。"),
    )
    one, two = (extractor.read_notice(text.encode()) for text in texts)
    (edit,) = (edit for measure in align(one, two) for edit in measure.edits)

    assert (edit.op, edit.before, edit.after) == ("replace", "筹资", "缴费")
    assert texts[0][edit.before_start : edit.before_end] == "籌資"
    assert texts[1][edit.after_start : edit.after_end] == "缴费"


# ── which notices ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_interpretation_is_no_notice():
    """What an interpretation says is not compared as a year's measures, nor is the second text of a document."""
    notice = read(2022, "一、安排", "完善协议管理。")
    interpretation = replace(notice, notice=replace(notice.notice, type="interpretation", notice_id="x"))
    again = replace(notice, notice=replace(notice.notice, notice_id="y~2"))

    assert notices_of([interpretation, notice, again]) == [notice]
    assert notices_of([interpretation]) == []


def test_comparisons_get_their_measures():
    """Measures are added to a region's years; a missing notice or an unknown region has none."""
    results = [read(2022, "一、安排", "完善协议管理。"), read(2023, "一、安排", "完善协议管理。")]
    code = results[0].notice.region.code
    empty = [
        Comparison(from_=from_, to=2023, region=region, against=against, changes=())
        for from_, region, against in ((2022, code, None), (2021, code, None), (2022, None, None), (2022, code, "1"))
    ]
    found = with_measures(empty, results, RESOURCES)

    assert [[measure.kind for measure in one.measures] for one in found] == [["kept"], [], [], []]
    assert compare_measures(by_place(results), code, (2022, 2023), RESOURCES) == found[0].measures


def test_year_rows():
    """The rows of ``measures.toml`` meet their examples and not their near misses."""
    assert load_file(RESOURCES).year


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

PHRASES = [
    "完善医保目录管理", "加强基金监管", "优化参保缴费服务", "个人缴费350元", "个人缴费380元", "确保落地见效", "推进支付方式改革",
    "做好组织实施", "全额资助特困人员", "2022年底前完成", "及时报告", "开展专项整治", "规范挂网撤网", "要", "继续", "健全",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5).map(lambda parts: "，".join(parts) + "。")
SIDE = st.lists(st.tuples(st.sampled_from(["一", "二", None]), SENTENCES), max_size=12)


def side(name, rows):
    """Make units whose source is their text alone, one after another."""
    made, at = [], 0
    for section, text in rows:
        made.append(ComparedSentence(name, SentenceRecord(section, at, at + len(text), text, ((0, at, at + 1),)), text))
        at += len(text)
    return made, "".join(text for _, text in rows)


def turned(measure):
    """Write a measure as comparing the other way round should."""
    edits = tuple(
        replace(
            edit,
            op={"insert": "delete", "delete": "insert"}.get(edit.op, edit.op),
            before=edit.after, before_start=edit.after_start, before_end=edit.after_end,
            after=edit.before, after_start=edit.before_start, after_end=edit.before_end,
        )
        for edit in measure.edits
    )  # fmt: skip
    kind = {"new": "dropped", "dropped": "new"}.get(measure.kind, measure.kind)
    return replace(measure, kind=kind, before=measure.after, after=measure.before, edits=edits)


@settings(deadline=None)
@given(SIDE, SIDE)
def test_the_other_way_round_is_the_mirror_image(before, after):
    """Comparing B with A tells what comparing A with B does."""
    one, two = side("a", before)[0], side("b", after)[0]

    assert set(map(turned, align_measures(one, two, words))) == set(align_measures(two, one, words))


@settings(deadline=None)
@given(SIDE)
def test_a_notice_against_itself_is_kept(rows):
    """Nothing moves between a notice and itself."""
    found = align_measures(side("a", rows)[0], side("a", rows)[0], words)

    assert all(measure.kind == "kept" and measure.before == measure.after for measure in found)
    assert len(found) == len(rows)


@settings(deadline=None)
@given(SIDE, SIDE)
def test_every_sentence_stands_once(before, after):
    """No sentence is lost, none told twice."""
    one, two = side("a", before)[0], side("b", after)[0]
    found = align_measures(one, two, words)

    assert sorted(m.before.start for m in found if m.before) == [unit.record.start for unit in one]
    assert sorted(m.after.start for m in found if m.after) == [unit.record.start for unit in two]


@settings(deadline=None)
@given(SIDE, SIDE)
def test_edits_replay(before, after):
    """A sentence with its edits made is the other year's sentence; an edit's words stand at its offsets."""
    (one, old), (two, new) = side("a", before), side("b", after)
    for measure in align_measures(one, two, words):
        if measure.kind != "reworded":
            continue
        parts, at = [], measure.before.start
        for edit in measure.edits:
            assert old[edit.before_start : edit.before_end] == edit.before
            assert new[edit.after_start : edit.after_end] == edit.after
            parts += (old[at : edit.before_start], edit.after)
            at = edit.before_end
        parts.append(old[at : measure.before.end])

        assert "".join(parts) == new[measure.after.start : measure.after.end]
        assert measure.edits


# ── the shared notices ──────────────────────────────────────────────────────────────────────────────────────────────

# Words of a 2022 sentence and of the 2023 sentence that says the same measure, or None where none does.
SEEN = [
    ("统筹安排城乡居民大病保险", "统筹居民医保和城乡居民大病保险资金"),
    ("切实落实《居住证暂行条例》", "全面落实持居住证参保政策"),
    ("稳定居民医保住院待遇水平", "继续巩固居民医保住院待遇水平"),
    ("健全防范化解因病返贫致贫长效机制", "健全完善防范化解因病返贫致贫长效机制"),
    ("要坚决贯彻落实医疗保障待遇清单制度", "全面落实医疗保障待遇清单制度"),
    ("规范民族药", "规范和强化民族药"),
    ("持续推进医保支付方式改革", "按照《DRG/DIP"),
    ("提升完善医药集采平台功能", "持续完善医药集采平台功能"),
    ("启动医药价格监测工程", "持续推进实施全国医药价格监测工程"),
    ("积极参与推进“出生一件事”", "持续优化医保关系转移接续"),
    ("放开新就业形态", None),
    ("继续做好新冠肺炎", None),
]


@needs_notices
@pytest.mark.parametrize(("before", "after"), SEEN)
def test_seen(before, after):
    """Pairs of the national notices of 2022 and 2023."""
    names = "2022-national.txt", "2023-national.txt"
    texts = [(NOTICES / name).read_text("utf-8") for name in names]
    one, two = map(read_shared, names)
    (found,) = (m for m in align(one, two) if m.before and texts[0].startswith(before, m.before.start))

    if after is None:
        assert found.kind == "dropped"
    else:
        assert found.kind == "reworded"
        assert texts[1].startswith(after, found.after.start)


@needs_notices
def test_province_keeps_what_the_nation_says():
    """Half-width marks of one page against full-width ones of another are no rewording."""
    found = align(read_shared("2022-national.txt"), read_shared("2022-jiangxi.txt"))

    assert sum(measure.kind == "kept" for measure in found) >= 40


def long_sides(times):
    """Make two notices of so many times the sentences of real ones, their words in other orders."""
    sides = [
        compared_sentences(year_texts([read_shared(name)]), RESOURCES)
        for name in ("2022-national.txt", "2023-national.txt")
    ]
    chosen = random.Random(times)  # noqa: S311 - only to make texts
    many = [
        [
            unit._replace(text="".join(chosen.sample(words().cut(unit.text), k=len(words().cut(unit.text)))) + str(n))
            for n in range(times)
            for unit in one
        ]
        for one in sides
    ]
    return [[unit._replace(record=replace(unit.record, text=unit.text)) for unit in one] for one in many]


@needs_notices
def test_aligning_is_nearly_linear():
    """Four times the sentences are four times the work, about, and not sixteen times."""
    few, many = long_sides(1), long_sides(4)
    align_measures(*long_sides(2), words)  # what is loaded once doesn't count, and few isn't remembered from it

    assert lines_run(align_measures, *many, words) < 7 * lines_run(align_measures, *few, words)


@pytest.mark.timing
@needs_notices
@pytest.mark.parametrize(("times", "seconds"), [(4, 1), (16, 10)])
def test_quick(times, seconds):
    """Notices of hundreds of sentences take well under a second, those of thousands a few."""
    words().cut("医保")
    sides = long_sides(times)
    with at_most(seconds):
        align_measures(*sides, words)


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(before, after):
    texts = text_of(2022, "一、安排", *before), text_of(2023, "一、安排", *after)
    results = [extractor.read_notice(text.encode()) for text in texts]
    known = {result.notice.notice_id: text for result, text in zip(results, texts, strict=True)}
    return align(*results), known


def test_markdown_marks_what_changed():
    """What went is struck out, what came is bold; a notice's own marks are not markdown."""
    found, texts = rows_of(["个人缴费标准|为350元。"], ["个人缴费标准|为380元。", "开展飞行检查。"])
    written = measures_markdown(measure_rows(found, texts), load_labels(RESOURCES, "zh"))

    assert "个人缴费标准\\|为~~350~~元。" in written
    assert "个人缴费标准\\|为**380**元。" in written
    assert "新增" in written


def test_diff_shows_measures(tmp_path, capsys):
    """``extractor diff --measures`` shows them under the figures, and their spans and edits lie in the sources."""
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    for year in (2022, 2023):
        text = text_of(year, "一、安排", f"个人缴费标准达到每人每年{year - 1672}元。", "完善协议管理。")
        (corpus / f"{year}.txt").write_text(text, "utf-8")
    dataset = build(corpus, outputs).dataset
    validate(msgspec.json.decode(canonical.encode(dataset)), dataset_schema())
    (comparison,) = (one for one in dataset.comparisons if one.measures)

    assert [(one.kind, [(edit.before, edit.after) for edit in one.edits]) for one in comparison.measures] == [
        ("reworded", [("350", "351")]),
        ("kept", []),
    ]

    for form, words in (("table", "此前"), ("markdown", "~~350~~")):
        with pytest.raises(SystemExit):
            main(["diff", "2022", "2023", "--dataset", str(outputs / "dataset.json"), "--corpus", str(corpus),
                  "--measures", "--format", form])  # fmt: skip

        assert words in capsys.readouterr().out


def test_table_shows_source_words():
    """The table shows source words of both years, and no control characters; without sources only the edits."""
    found, texts = rows_of(["稳定住院待遇\x1b水平，不降低。"], ["巩固住院待遇\x1b水平，不降低。"])
    labels = load_labels(RESOURCES, "en")
    drawn = render(measures_table(measure_rows(found, texts), labels), width=100, color=True)

    assert "\x1b水平" not in drawn
    assert "reworded" in drawn
    assert "【稳定】" in render(measures_table(measure_rows(found, texts), labels), width=100, color=False)
    assert [piece.text for row in measure_rows(found, {}) for piece in row.before] == ["稳定"]
    assert measure_rows(found, texts, kinds=["kept"]) == []
