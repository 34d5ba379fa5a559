"""Every step of normalising, by tables; and the rows of its data files."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import CatalogError
from extractor.model import Block, Damage, SourceText
from extractor.notice.normalise.run import assess, damage, normalise, normalise_piece
from extractor.notice.normalise.script import LexiconRow, load_lexicon
from extractor.notice.row_tests import check_rows
from extractor.resources import DATA, Resources, load, read_rows

NOTICES = Path(__file__).parents[2] / "shared" / "notices"

SEEN = {
    "invisible": [
        ("\ufeff医保", "医保"),
        ("医\u200b保\xad局", "医保局"),
        ("医保局\u3000财政部\xa0税务局", "医保局 财政部 税务局"),
        ("一\r\n二\r三\u2028四\x0c五", "一\n二\n三\n四\n五"),
        ("损\ufffd坏\ue2ae", "损\ufffd坏\ue2ae"),
        ("单元\t格\x00", "单元\t格"),
    ],
    "width": [
        ("６１０元，７０％", "610元，70%"),
        ("３．５倍，ＤＲＧ／ＤＩＰ", "3.5倍，DRG/DIP"),
        ("⽇⾦⻓⺠，更改", "日金长民，更改"),
        ("医保发﹝2022﹞20号", "医保发〔2022〕20号"),
        ("（一）；：，！？", "（一）；：，！？"),
        ("①㎡Ⅱ", "①㎡Ⅱ"),
        ("１．总则", "1．总则"),
    ],
    "script": [
        ("每人每年不低於580元", "每人每年不低于580元"),
        ("新增、執行、建立、效能", "新增、执行、建立、效能"),  # OpenCC tw2sp: 添加, 运行, 创建, 性能
        ("名著著作，著力推進", "名著著作，着力推进"),
    ],
    "gloss": [
        ("醫(yī)保發(fā)〔2022〕", "医保发〔2022〕"),
        ("城鄉（xiāng）居民", "城乡居民"),
        ("绿(lǜ)，儿(e\u0301r)", "绿，儿"),
        ("醫(yī)療(liáo)費(fèi)用的(de)", "医疗费用的"),
        ("千克(kg)，公顷(ha)，的(de)", "千克（kg），公顷（ha），的（de）"),
    ],
    "doubled": [
        ("党中央,、国务院", "党中央、国务院"),
        ("制度改革,,促进", "制度改革，促进"),
        ("保障,。", "保障。"),
        ("如何调整,?\n", "如何调整？\n"),
        ("610元,;相应", "610元；相应"),
        ("改革，，促进。。", "改革，促进。"),
    ],
    "punctuation": [
        ("医保局(厅),税务局:", "医保局（厅），税务局："),
        ("1)完善", "1）完善"),
        ("(1)完善DRG(试点)", "（1）完善DRG（试点）"),
        ("达到1,020元,其中", "达到1,020元，其中"),
        ("按7:3分担;补助", "按7:3分担；补助"),
        ("补助80%,60%的", "补助80%，60%的"),
        ('以下简称"居民医保"', "以下简称“居民医保”"),
    ],
    "spaces": [
        ("2023 年 12 月 31 日前", "2023年12月31日前"),
        ("稳定在 70 % 左右", "稳定在70%左右"),
        ("为 1020 元 ，其中", "为1020元，其中"),
        ("医保发 〔2022〕 20 号", "医保发〔2022〕20号"),
        ("第 三 条", "第三条"),
        ("2021 年 - 2023 年", "2021年-2023年"),
        ("30 万元、1.2 亿元、5 百万元", "30万元、1.2亿元、5百万元"),
        ("自 2022 年 1 月 1 日 起", "自2022年1月1日起"),
        ("比例 6 ∶ 4", "比例6∶4"),
        ("生效日期：2022-07-20 废止日期：", "生效日期：2022-07-20 废止日期："),
        ("￥ 30", "￥30"),
        ("按 DRG/DIP 付费", "按DRG/DIP付费"),
        ("5 个月内", "5个月内"),
    ],
    "letters": [
        ("财 政 部", "财政部"),
        ("国家医保局    财 政 部    国家税务总局", "国家医保局    财政部    国家税务总局"),
        ("  附  件  ", "  附件  "),
        ("附  件：1. 名单", "附件：1. 名单"),
        ("通 知：\n", "通知：\n"),
    ],
}

NEAR_MISSES = [
    "(DRG)",
    "(a)",
    "f(x), y; z",
    "http://www.nhsa.gov.cn/a,b",
    "12:30",
    "1,020,300",
    "等等……如下——",
    "走了。。。",
    "第一 10元",
    "百分之七十 三十万",
    "610元 70%",
    "1 总则",
    "1.1 个人缴费",
    "国家医保局 财政部 国家税务总局",
    "国家医保局  财政部",
    "一 二 三 四",
    "3 500元",
    "西部\t80%\t中部",
    "[2022]20号",
    "技术支援、资源共用、待遇水准、基金运作",  # simplified text: an author's own words
    "支援湖北，共用年度救助限额",
    "std::vector, C++",
]

LEXICON = [
    ("為支援鞏固提高居民醫保待遇水準", "为支持巩固提高居民医保待遇水平"),
    ("居民醫保每人平均財政補助標準新增30元", "居民医保人均财政补助标准新增30元"),
    ("大病保險基金運作情況", "大病保险基金运行情况"),
    ("優化完善智慧監控子系統", "优化完善智能监控子系统"),
    ("加強數據安全管理和資訊共用、共建共用的理念", "加强数据安全管理和信息共享、共建共享的理念"),
    ("門診和住院救助資金共用年度救助限額", "门诊和住院救助资金共用年度救助限额"),
    ("對口支援醫療隊", "对口支援医疗队"),
    ("線上線下服務", "线上线下服务"),
    ("嚴格執行、專項行動", "严格执行、专项行动"),
]


def text_of(text: str, **fields) -> SourceText:
    return SourceText(
        sha256="", origin="test", media_type="text/plain", encoding="utf-8", reader="text", text=text, **fields
    )


@pytest.mark.parametrize(("step", "text", "expected"), [(step, *row) for step, rows in SEEN.items() for row in rows])
def test_steps(step, text, expected):
    """Each step repairs what it is for."""
    found = normalise_piece(text, load())

    assert expected == found.text, step


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_stay(text):
    """What only looks like damage is left as it is."""
    found = normalise_piece(text, load())

    assert text == found.text
    assert found.starts is None


@pytest.mark.parametrize(("text", "expected"), LEXICON)
def test_regional_words(text, expected):
    """Words of other regions become the mainland's in texts in traditional script."""
    assert expected == normalise_piece(text, load()).text


def test_edits_name_their_reason():
    """An edit holds source offsets; steps that meet on the same characters share one edit."""
    found = normalise_piece("醫(yī)療水準，70\xa0%", load())

    assert [(edit.start, edit.end, edit.replacement, edit.reason) for edit in found.edits] == [
        (0, 1, "医", "script"),
        (1, 5, "", "gloss"),
        (5, 6, "疗", "script"),
        (6, 8, "水平", "script+lexicon"),
        (11, 12, "", "invisible+spaces"),
    ]
    assert found.quote((0, 2)) == "醫(yī)療"


def test_unequal_script_conversion_is_aligned(monkeypatch):
    """A phrase that changes length costs the alignment of nothing but itself."""
    from extractor.notice.normalise import script

    table = {"甲": "乙丙"}
    monkeypatch.setattr(script, "converter", lambda _r: lambda t: "".join(table.get(c, c) for c in t))
    found = normalise_piece("字\n甲字", Resources())

    assert found.text == "字\n乙丙字"
    assert [found.quote((i, i + 1)) for i in range(5)] == ["字", "\n", "甲", "甲", "字"]


def test_layout_of_the_reader_is_kept():
    """Lines are joined only where no reader knew the layout, and never in a bare piece."""
    text = "稳步提升保障绩效。继续向基层医疗机构倾\n\n斜，引导群众基层就医。"

    assert "倾斜" in normalise(text_of(text), load()).text
    assert text == normalise(text_of(text, blocks=(Block(0, len(text)),)), load()).text
    assert text == normalise_piece(text, load()).text


def test_damage_is_counted():
    """Every kind of damage is counted once for each place; lost characters that stand together are one place."""
    text = (
        "醫(yī)保,、2023 年稳定在 70% 左右\n财 政 部\n税 务 局\n居民醫(yī)?;\ue2ae\ufffd\n\n"
        "统筹发挥基本医保、大病保险和医疗救助三重制度。继续向基层医疗机构倾\n— 2 —\n斜，引导群众基层就医。"
    )

    assert (
        Damage("doubled_mark", 1),
        Damage("page_mark", 1),
        Damage("pinyin_gloss", 2),
        Damage("replacement_character", 1),
        Damage("spaced_figure", 3),
        Damage("spread_letters", 2),
        Damage("wrapped_line", 1),
    ) == damage(normalise(text_of(text), load()))


def test_quality_tells_repaired_from_lost():
    """Lost characters are not repaired; traditional script is no damage."""
    assert damage(normalise_piece("醫療保障", load())) == ()
    quality = assess(normalise_piece("醫(yī)療\ufffd", load()))

    assert (quality.repaired, quality.lost) == (1, 1)


def test_lexicon_rows():
    """The rows are sorted."""
    rows = read_rows(DATA / "lexicon.toml", "word", LexiconRow)

    assert [row.id for row in rows] == sorted(row.id for row in rows)
    assert len(rows) == len(load_lexicon(load()))


BAD_WORD = [
    (
        'from = "甲"\nto = "乙"\nexamples = [{ text = "丙", result = "乙" }]\nrejects = []',
        "expected '乙', found nothing",
    ),
    ('from = "甲"\nto = "乙"\nexamples = []\nrejects = []', "at least one example"),
    (
        'from = "甲"\nto = "乙"\nafter = "("\nexamples = [{ text = "甲", result = "乙" }]\nrejects = []',
        "does not compile",
    ),
    (
        'from = "甲"\nto = "乙"\nexamples = [{ text = "甲", result = "乙" }]\nrejects = ["甲"]',
        "'甲': expected nothing, since it is a near miss, found '乙'",
    ),
    ('from = "甲"\nto = "乙"\nexamples = []\nrejects = []\nhint = "x"', "hint"),
]


@pytest.mark.parametrize(("row", "words"), BAD_WORD)
def test_wrong_words_are_named(tmp_path, row, words):
    """An error names the file, the entry and what is wrong."""
    (tmp_path / "lexicon.toml").write_text(f'[[word]]\nid = "a"\n{row}\n', "utf-8")

    with pytest.raises(CatalogError) as caught:
        check_rows(Resources(tmp_path), "lexicon.toml")

    assert "lexicon.toml" in str(caught.value)
    assert "'a'" in str(caught.value)
    assert words in str(caught.value)


def test_words_are_unique(tmp_path):
    """A second row with the same id is refused."""
    row = '[[word]]\nid = "a"\nfrom = "甲"\nto = "乙"\nexamples = [{ text = "甲", result = "乙" }]\nrejects = []\n'
    (tmp_path / "lexicon.toml").write_text(row * 2, "utf-8")

    with pytest.raises(CatalogError, match="twice"):
        load_lexicon(Resources(tmp_path))


BAD_LINE = [
    ('role = "page"\nregex = "("\nexamples = ["1"]\nrejects = []', "regex"),
    ('role = "page"\nregex = "1"\nexamples = ["2"]\nrejects = []', "found nothing"),
    ('role = "page"\nregex = "1"\nexamples = ["1"]\nrejects = ["1"]', "near miss"),
    ('role = "sheet"\nregex = "1"\nexamples = ["1"]\nrejects = []', "sheet"),
]


@pytest.mark.parametrize(("row", "words"), BAD_LINE)
def test_wrong_line_rows_are_named(tmp_path, row, words):
    """An error names the file, the entry and what is wrong."""
    (tmp_path / "lines.toml").write_text(f'[[line]]\nid = "a"\n{row}\n', "utf-8")

    with pytest.raises(CatalogError) as caught:
        check_rows(Resources(tmp_path), "lines.toml")

    assert "lines.toml" in str(caught.value)
    assert "'a'" in str(caught.value)
    assert words in str(caught.value)


SHARED = [
    ("2021-national-hant", ["人均财政补助标准新增30元，达到每人每年不低于580元", "信息共享", "共建共享", "严格执行"]),
    ("2022-national", ["共用年度救助限额", "（2021-2023年）", "国家医保局     财政部      国家税务总局"]),
    ("2022-jiangxi", ["医保发〔2022〕20号", "\n江西省医疗保障局\n\n江西省财政厅\n", "<基本医疗保险参保管理经办规程>"]),
    (
        "2022-interpretation-damaged",
        ["国家医保局会同财政部、国家税务总局印发", "一、城乡居民基本医疗保险筹资标准如何调整？\n"],
    ),
    (
        "2023-national",
        ["顾之忧，现就", "倾斜，引导", "农村低收入人口", "规范化、科学化水平", "\n财政部\n", "2023年12月31日前"],
    ),
]


@pytest.mark.parametrize(("name", "words"), SHARED)
def test_shared_notices(name, words):
    """The shared notices read as their authors wrote them."""
    path = NOTICES / f"{name}.txt"
    if not path.exists():
        pytest.skip("the shared notices are not here")
    found = normalise(text_of(path.read_bytes().decode("utf-8")), load())

    assert [word for word in words if word not in found.text] == []
