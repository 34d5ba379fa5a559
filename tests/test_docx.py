"""Word documents become the text that one sees: numbers, notes, boxes and tables in place, deletions gone."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from functools import cache

import build_docx
import formats
import msgspec
import pytest
from build_docx import BOX, abstract, level, num, numbered, package, paragraph, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from work import assert_linear, at_most

from extractor.errors import IngestError
from extractor.ingest import Limits, read
from extractor.ingest.counts import WRITERS, write_count
from extractor.notice.numerals import parse_numeral
from extractor.pipeline import process
from extractor.resources import load

PARTS = formats.parts()
NOTE = "困难学生每人每年另补100元。"


def lines_of(data, **limits):
    return read(data, origin="某.docx", limits=Limits(**limits)).text.split("\n")


def kinds_of(data):
    source = read(data, origin="某.docx")
    return [(source.text[block.start : block.end], block.kind) for block in source.blocks]


def cells_of(data):
    source = read(data, origin="某.docx")
    return [
        (block.table, block.row, block.column, source.text[block.start : block.end], block.header)
        for block in source.blocks
        if block.kind == "cell"
    ]


# ── a whole notice ──────────────────────────────────────────────────────────────────────────────────────────────────


def result_of(data, origin):
    return process(read(data, origin=origin), load())


@cache
def from_web():
    return result_of(formats.NOTICE.read_bytes(), "a.html")


@cache
def from_plain():
    rows = [["\t".join(row) for row in part.rows] if part.kind == "table" else [part.text] for part in PARTS]
    return result_of("\n".join(line for lines in rows for line in lines).encode(), "a.txt")


def bare(result):
    """List facts without their places."""
    facts = [msgspec.to_builtins(fact) for fact in result.facts]
    for fact in facts:
        del fact["evidence"]
        fact["support"] = [(support["for"], support["exact"]) for support in fact["support"]]
    return facts


def values(result):
    return sorted(
        (fact.kind, fact.role, fact.operator, fact.value or "", fact.lower or "", fact.upper or "", fact.unit or "")
        for fact in result.facts
    )


MADE = {
    "typed numbers": {},
    "automatic numbers": {"automatic": True},
    "headers and page numbers": {"beside": True},
    "tracked changes": {"tracked": True},
    "tracked changes, automatic numbers": {"tracked": True, "automatic": True, "beside": True},
    "heading styles and a title": {"headings": True, "titled": PARTS[0].text},
    "another document's title": {"titled": "Microsoft Word - 文档1"},
}


@pytest.mark.parametrize("options", MADE.values(), ids=MADE)
def test_notice(options):
    """The same notice gives the same facts as a Word document, as a web page and as plain text."""
    found = result_of(build_docx.make(PARTS, **options), "a.docx")

    assert bare(found) == bare(from_web())
    assert values(found) == values(from_plain())
    assert found.notice.title == from_web().notice.title
    assert [section.id for section in found.notice.sections] == [section.id for section in from_web().notice.sections]


def test_evidence():
    """Every quotation stands in the source text, and no page is claimed."""
    source = read(build_docx.make(PARTS, automatic=True, beside=True, footnote=NOTE), origin="a.docx")
    facts = process(source, load()).facts

    assert all(source.text[fact.evidence.start : fact.evidence.end] == fact.evidence.exact for fact in facts)
    assert {fact.evidence.page for fact in facts} == {None}
    assert source.reader == "docx"
    assert source.media_type.endswith("wordprocessingml.document")


def test_note_and_box():
    """A figure in a footnote is read in the section that refers to it; a text box is read once."""
    data = build_docx.make(PARTS, footnote=NOTE, box="内部资料，注意保存")
    lines = lines_of(data)
    at = lines.index(NOTE)

    assert lines[at - 1] == "内部资料，注意保存"
    assert lines.count("内部资料，注意保存") == 1
    assert lines[at - 2] == next(part.text for part in PARTS if "。" in part.text)
    assert "100" in {fact.value for fact in result_of(data, "a.docx").facts}


def test_beside():
    """Headers and footers are furniture, each text once."""
    beside = [text for text, kind in kinds_of(build_docx.make(PARTS, beside=True)) if kind == "furniture"]

    assert beside == ["江西省医疗保障局文件", "— 1 —"]


def test_title():
    """A title in the properties counts when the document shows it."""
    assert read(build_docx.make(PARTS, titled=PARTS[0].text), origin="a").title == PARTS[0].text
    assert read(build_docx.make(PARTS, titled="关于做好2019年工作的通知"), origin="a").title is None
    assert read(build_docx.make(PARTS, titled="通知"), origin="a").title is None


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(inner, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def t(text):
    return f'<w:t xml:space="preserve">{text}</w:t>'


def p(inner, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def field(code, shown):
    begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    return run(begin) + run(f"<w:instrText>{code}</w:instrText>") + run(separate) + shown + run(end)


SYMBOL = '<w:sym w:font="{}" w:char="{}"/>'
NESTED = run('<w:fldChar w:fldCharType="begin"/>') + field("PAGE", run(t("7"))) + run(
    '<w:instrText>-1</w:instrText><w:fldChar w:fldCharType="separate"/>'
) + run(t("6")) + run('<w:fldChar w:fldCharType="end"/>')  # fmt: skip

# id, body, lines
TEXTS = [
    ("runs are joined", p(run(t("每人")) + run(t("610")) + run(t("元"))), ["每人610元"]),
    ("blank paragraphs", p("") + p(run(t(" 　"))) + p(run(t("甲"))), ["甲"]),
    ("indented by blanks", p(run(t("　　甲"))), ["　　甲"]),
    ("blanks not preserved", p(run("<w:t> 每人\n610元 </w:t>")), ["每人 610元"]),
    ("break", p(run(t("关于") + "<w:br/>" + t("通知") + "<w:cr/>" + t("一"))), ["关于", "通知", "一"]),
    ("page break", p(run(t("甲") + '<w:br w:type="page"/>' + t("乙"))), ["甲", "乙"]),
    ("rendered page break", p(run(t("甲") + "<w:lastRenderedPageBreak/>" + t("乙"))), ["甲乙"]),
    ("tab", p(run("<w:tab/>" + t("甲") + "<w:tab/>" + t("乙"))), ["甲\t乙"]),
    (
        "tab after a typed number",
        "".join(map(paragraph, ("1.\t甲", "（二）　\t5元", "第一条\t为了", "甲\t1.\t乙"))),
        ["1.甲", "（二） 5元", "第一条 为了", "甲\t1.\t乙"],
    ),
    ("hyphens", p(run(t("2021") + "<w:noBreakHyphen/>" + t("20") + "<w:softHyphen/>" + t("23年"))), ["2021-2023年"]),
    ("known symbols", p(run(SYMBOL.format("Symbol", "F0B3") + SYMBOL.format("Wingdings", "F083"))), ["≥③"]),
    ("letters as symbols", p(run(SYMBOL.format("Symbol", "F035") + SYMBOL.format("宋体", "4E00"))), ["5一"]),
    ("broken symbols", p(run(t("甲") + SYMBOL.format("宋体", "x") + SYMBOL.format("宋体", "D800"))), ["甲"]),
    ("deletion", p(f"<w:del>{run('<w:delText>580</w:delText>')}</w:del>" + run(t("610元"))), ["610元"]),
    ("insertion", p(f"<w:ins>{run(t('610'))}</w:ins>" + run(t("元"))), ["610元"]),
    ("moved", p(f"<w:moveFrom>{run(t('甲'))}</w:moveFrom><w:moveTo>{run(t('乙'))}</w:moveTo>"), ["乙"]),
    ("deleted paragraph mark", p(run(t("每人")), "<w:rPr><w:del/></w:rPr>") + p(run(t("610元"))), ["每人610元"]),
    ("deleted mark at the end", p(run(t("每人")), "<w:rPr><w:del/></w:rPr>"), ["每人"]),
    (
        "deleted marks beside a table's cells",
        p(run(t("甲")), "<w:rPr><w:del/></w:rPr>")
        + f"<w:tbl><w:tr><w:tc>{p(run(t('乙')), '<w:rPr><w:del/></w:rPr>')}</w:tc><w:tc>{paragraph('丙')}</w:tc></w:tr></w:tbl>",
        ["甲", "乙\t丙"],
    ),
    ("heading run in", p(run(t("一、甲。")), "<w:rPr><w:vanish/></w:rPr>") + p(run(t("乙"))), ["一、甲。乙"]),
    ("large first letter", p(run(t("为")), '<w:framePr w:dropCap="drop"/>') + p(run(t("了"))), ["为了"]),
    ("hidden", p(run(t("密"), "<w:vanish/>") + run(t("公"), '<w:vanish w:val="0"/>')), ["公"]),
    ("simple field", p(f'<w:fldSimple w:instr="DATE">{run(t("2022年"))}</w:fldSimple>'), ["2022年"]),
    ("field", p(field("REF x \\h", run(t("第三条"))) + run(t("规定"))), ["第三条规定"]),
    ("field in a field's code", p(NESTED + run(t("页"))), ["6页"]),
    (
        "field without an end",
        p(run('<w:fldChar w:fldCharType="begin"/>') + run(t("甲"))) + p(run(t("610元"))),
        ["610元"],
    ),
    ("link", p(f'<w:hyperlink r:id="x">{run(t("附件"))}</w:hyperlink>'), ["附件"]),
    ("content control", f"<w:sdt><w:sdtPr/><w:sdtContent>{p(run(t('甲')))}</w:sdtContent></w:sdt>", ["甲"]),
    ("inline control", p(f"<w:sdt><w:sdtContent>{run(t('甲'))}</w:sdtContent></w:sdt>" + run(t("乙"))), ["甲乙"]),
    (
        "control not filled in",
        p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run(t('单击'))}</w:sdtContent></w:sdt>")
        + p(run(t("乙"))),
        ["乙"],
    ),
    ("smart tag", p(f"<w:smartTag>{run(t('2022'))}</w:smartTag>" + run(t("年"))), ["2022年"]),
    ("custom XML", f"<w:customXml>{p(run(t('甲')))}</w:customXml>", ["甲"]),
    (
        "gloss",
        p(run(f"<w:ruby><w:rt>{run(t('yī'))}</w:rt><w:rubyBase>{run(t('医'))}</w:rubyBase></w:ruby>") + run(t("保"))),
        ["医保"],
    ),
    ("raised digits", p(run(t("10")) + run(t("4"), '<w:vertAlign w:val="superscript"/>') + run(t("元"))), ["10⁴元"]),
    (
        "fraction",
        p(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
            + run(t("以上"))
        ),
        ["1/2以上"],
    ),
    ("comment", p(f'<w:commentRangeStart w:id="1"/>{run(t("甲"))}{run("<w:commentReference/>")}'), ["甲"]),
    ("text box once", p(run(t("甲")) + BOX.format(paragraph("框"))) + p(run(t("乙"))), ["甲", "框", "乙"]),
    (
        "old text box",
        p(
            run(f"<w:pict><v:textbox><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></w:pict>")
            + run(t("甲"))
        ),
        ["甲", "框"],
    ),
    (
        "alternatives of runs",
        p(
            f"<mc:AlternateContent><mc:Choice>{run(t('甲'))}</mc:Choice><mc:Fallback>{run(t('乙'))}</mc:Fallback></mc:AlternateContent>"
        ),
        ["甲"],
    ),
    (
        "alternatives, the first unknown",
        f"<mc:AlternateContent><mc:Choice><w:new/></mc:Choice><mc:Fallback>{p(run(t('乙')))}</mc:Fallback></mc:AlternateContent>",
        ["乙"],
    ),
    ("section in between", p(run(t("甲")), "<w:sectPr/>") + p(run(t("乙"))) + "<w:sectPr/>", ["甲", "乙"]),
]


@pytest.mark.parametrize(("body", "lines"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
@pytest.mark.parametrize("strict", [False, True], ids=["usual", "strict"])
def test_text(body, lines, strict):
    """Text is read as it is shown, in both variants of the format."""
    assert lines_of(package(body, strict=strict)) == lines


# ── automatic numbers ───────────────────────────────────────────────────────────────────────────────────────────────


def style(name, inner="", based="", kind="paragraph", shown="", *, default=False):
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{first}><w:name w:val="{shown or name}"/>{base}{inner}</w:style>'
    )


def in_list(list_id, at=None):
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    return f'<w:pPr><w:numPr>{place}<w:numId w:val="{list_id}"/></w:numPr></w:pPr>'


def styled(text, name, more=""):
    return paragraph(text, f'<w:pStyle w:val="{name}"/>{more}')


HAN = level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
NESTED_LEVELS = level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")
LEGAL = level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
OWN = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'

# id, numbering, styles, body, lines
NUMBERS = [
    (
        "一、（一）1.",
        abstract(1, *HAN) + num(1, 1), "",
        numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("丁", 1, 2) + numbered("戊", 1) + numbered("己", 1, 1),
        ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己"],
    ),
    (
        "numbers within numbers",
        abstract(1, *NESTED_LEVELS) + num(1, 1), "",
        numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 2) + numbered("丁", 1, 1) + numbered("戊", 1),
        ["1 甲", "1.1 乙", "1.1.1 丙", "1.2 丁", "2 戊"],
    ),
    ("below before above", abstract(1, *NESTED_LEVELS) + num(1, 1), "", numbered("甲", 1, 1) + numbered("乙", 1), ["1.1 甲", "1 乙"]),
    ("decimal after Chinese", abstract(1, *LEGAL) + num(1, 1), "", numbered("总则", 1) + numbered("乙", 1, 1), ["第一章 总则", "1.1 乙"]),
    ("plain text between", abstract(1, *HAN) + num(1, 1), "", numbered("甲", 1) + paragraph("正文") + numbered("乙", 1), ["一、甲", "正文", "二、乙"]),
    ("lists of one definition", abstract(1, *HAN) + num(1, 1) + num(2, 1), "", numbered("甲", 1) + numbered("乙", 2), ["一、甲", "二、乙"]),
    (
        "a list that starts anew",
        abstract(1, *HAN) + num(1, 1) + num(2, 1, START), "",
        numbered("甲", 1) + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 2),
        ["一、甲", "二、乙", "一、丙", "二、丁"],
    ),
    ("a level of its own", abstract(1, *HAN) + num(1, 1, OWN), "", numbered("甲", 1) + numbered("乙", 1, 1), ["I.甲", "（一）乙"]),
    ("another start", abstract(1, level(0, "decimal", "%1.", start=5)) + num(1, 1), "", numbered("甲", 1), ["5.甲"]),
    (
        "never anew",
        abstract(1, HAN[0], level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + num(1, 1), "",
        numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1) + numbered("丁", 1, 1),
        ["一、甲", "1.乙", "二、丙", "2.丁"],
    ),
    ("article", abstract(1, level(0, "chineseCountingThousand", "第%1条")) + num(1, 1), "", numbered("为了", 1), ["第一条 为了"]),
    ("nothing between", abstract(1, level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + num(1, 1), "", numbered("甲", 1), ["1甲"]),
    ("numerals kept apart", abstract(1, level(0, "decimal", "%1.")) + num(1, 1), "", numbered("2022年", 1), ["1. 2022年"]),
    ("Chinese numerals kept apart", abstract(1, *HAN) + num(1, 1), "", numbered("二级医院", 1), ["一、 二级医院"]),
    ("bullets", abstract(1, level(0, "bullet", "\uf06c")) + num(1, 1), "", numbered("甲", 1), ["甲"]),
    ("words alone", abstract(1, level(0, "none", "附件：")) + num(1, 1), "", numbered("甲", 1), ["附件：甲"]),
    ("hidden", abstract(1, level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")) + num(1, 1), "", numbered("甲", 1), ["甲"]),
    ("typed blanks after it", abstract(1, *HAN) + num(1, 1), "", numbered(" 甲", 1), ["一、甲"]),
    ("empty paragraphs count", abstract(1, *HAN) + num(1, 1), "", numbered("", 1) + numbered("乙", 1), ["一、", "二、乙"]),
    (
        "deleted paragraphs don't",
        abstract(1, *HAN) + num(1, 1), "",
        numbered("甲", 1)
        + p(f"<w:del>{run('<w:delText>乙</w:delText>')}</w:del>", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
        + numbered("丙", 1),
        ["一、甲", "二、丙"],
    ),
    (
        "joined by a deletion",
        abstract(1, *HAN) + num(1, 1), "",
        p(run(t("甲")), '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>') + numbered("乙", 1),
        ["一、甲乙"],
    ),
    ("by style", abstract(1, *HAN) + num(1, 1), style("a", in_list(1)), styled("甲", "a") + styled("乙", "a"), ["一、甲", "二、乙"]),
    ("by a style's base", abstract(1, *HAN) + num(1, 1), style("a", in_list(1, 1)) + style("b", based="a"), styled("甲", "b"), ["（一）甲"]),
    (
        "by the level that names the style",
        abstract(1, HAN[0], level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="b"/>')) + num(1, 1),
        style("a", in_list(1)) + style("b", in_list(1)),
        styled("甲", "a") + styled("乙", "b"),
        ["一、甲", "（一）乙"],
    ),
    ("taken away", abstract(1, *HAN) + num(1, 1), style("a", in_list(1)), styled("甲", "a", '<w:numPr><w:numId w:val="0"/></w:numPr>'), ["甲"]),
    ("style's list, own level", abstract(1, *HAN) + num(1, 1), style("a", in_list(1)), styled("甲", "a", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), ["（一）甲"]),
    ("default style", abstract(1, *HAN) + num(1, 1), style("a", in_list(1), default=True), paragraph("甲"), ["一、甲"]),
    (
        "kept by a style",
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="s"/></w:abstractNum>' + abstract(1, *HAN) + num(1, 1) + num(2, 2),
        style("s", in_list(1), kind="numbering"), numbered("甲", 2), ["一、甲"],
    ),
    ("no such list", abstract(1, *HAN) + num(1, 1), "", numbered("甲", 9), ["甲"]),
    ("no such definition", num(1, 7), "", numbered("甲", 1), ["甲"]),
    ("styles in a loop", "", style("a", based="b") + style("b", based="a"), styled("甲", "a"), ["甲"]),
    ("hidden by style", "", style("a", "<w:rPr><w:vanish/></w:rPr>"), styled("密", "a") + paragraph("甲"), ["甲"]),
    (
        "in a table's cells",
        abstract(1, level(0, "decimal", "%1")) + num(1, 1), "",
        "<w:tbl>" + "".join(f"<w:tr><w:tc>{numbered('', 1)}</w:tc><w:tc>{paragraph(text)}</w:tc></w:tr>" for text in "甲乙") + "</w:tbl>",
        ["1\t甲", "2\t乙"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "styles", "body", "lines"), [row[1:] for row in NUMBERS], ids=[row[0] for row in NUMBERS]
)
def test_numbers(numbering, styles, body, lines):
    """Automatic numbers stand before their paragraphs as if typed."""
    assert lines_of(package(body, numbering=numbering, styles=styles)) == lines


# format, the numbers of 1, 2, 10, 11, 24, 105
COUNTS = [
    ("decimal", "1 2 10 11 24 105"),
    ("decimalZero", "01 02 10 11 24 105"),
    ("decimalFullWidth", "１ ２ １０ １１ ２４ １０５"),
    ("decimalEnclosedCircle", "① ② ⑩ ⑪ ㉔ 105"),
    ("decimalEnclosedCircleChinese", "① ② ⑩ ⑪ ㉔ 105"),
    ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ 24 105"),
    ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ ⒒ 24 105"),
    ("chineseCounting", "一 二 十 十一 二十四 一百零五"),
    ("chineseCountingThousand", "一 二 十 十一 二十四 一百零五"),
    ("japaneseCounting", "一 二 十 十一 二十四 一百零五"),
    ("taiwaneseCounting", "一 二 十 十一 二十四 一百零五"),
    ("taiwaneseCountingThousand", "一 二 十 十一 二十四 一百零五"),
    ("ideographDigital", "一 二 一〇 一一 二四 一〇五"),
    ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾肆 壹佰零伍"),
    ("ideographLegalTraditional", "壹 貳 壹拾 壹拾壹 貳拾肆 壹佰零伍"),
    ("ideographTraditional", "甲 乙 癸 11 24 105"),
    ("ideographZodiac", "子 丑 酉 戌 24 105"),
    ("ideographZodiacTraditional", "甲子 乙丑 癸酉 甲戌 丁亥 戊申"),
    ("ideographEnclosedCircle", "㊀ ㊁ ㊉ 11 24 105"),
    ("upperRoman", "I II X XI XXIV CV"),
    ("lowerRoman", "i ii x xi xxiv cv"),
    ("upperLetter", "A B J K X AAAAA"),
    ("lowerLetter", "a b j k x aaaaa"),
    ("ordinal", "1st 2nd 10th 11th 24th 105th"),
    ("hex", "1 2 A B 18 69"),
    ("somethingNew", "1 2 10 11 24 105"),
]


@pytest.mark.parametrize(("form", "expected"), COUNTS, ids=[row[0] for row in COUNTS])
def test_counts(form, expected):
    """Every format of Chinese offices writes as Word does."""
    assert [write_count(count, form) for count in (1, 2, 10, 11, 24, 105)] == expected.split()


@pytest.mark.parametrize(
    "form", ["chineseCountingThousand", "chineseLegalSimplified", "ideographLegalTraditional", "taiwaneseCounting"]
)
def test_counts_are_read_back(form):
    """What is written in Han is the number that it is read as."""
    wrong = [
        count
        for count in (*range(1, 3000), *range(9_990, 100_500, 7), 10**6, 10_010_010)
        # Word's sign for three is another than that of banks.
        if parse_numeral(write_count(count, form).replace("參", "叁")) != count
    ]

    assert wrong == []


@pytest.mark.parametrize("form", [*WRITERS, "decimal"])
def test_any_count(form):
    """No start of a list makes a number that fills the memory."""
    assert all(len(write_count(count, form)) < 40 for count in (-1, 0, 1, 27, 4000, 10**9))


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text, properties=""):
    inner = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


BEGIN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADED = "<w:trPr><w:tblHeader/></w:trPr>"

# id, body, cells: table, row, column, text, header
TABLES = [
    (
        "plain",
        table(cell("类别") + cell("标准"), cell("居民") + cell("350元")),
        [(0, 0, 0, "类别", True), (0, 0, 1, "标准", True), (0, 1, 0, "居民", False), (0, 1, 1, "350元", False)],
    ),
    (
        "wide and tall cells",
        table(
            cell("类别", BEGIN) + cell("标准", '<w:gridSpan w:val="2"/>'), cell("", ON) + cell("个人") + cell("财政"),
            cell("居民") + cell("350") + cell("610"),
        ),
        [
            (0, 0, 0, "类别", True), (0, 0, 1, "标准", True), (0, 1, 1, "个人", True), (0, 1, 2, "财政", True),
            (0, 2, 0, "居民", False), (0, 2, 1, "350", False), (0, 2, 2, "610", False),
        ],
    ),
    (
        "figures in the first row",
        table(cell("居民") + cell("350元"), cell("职工") + cell("8%")),
        [(0, 0, 0, "居民", False), (0, 0, 1, "350元", False), (0, 1, 0, "职工", False), (0, 1, 1, "8%", False)],
    ),
    (
        "rows said to be headers",
        table(HEADED + cell("350元") + cell("乙"), cell("丙") + cell("丁")),
        [(0, 0, 0, "350元", True), (0, 0, 1, "乙", True), (0, 1, 0, "丙", False), (0, 1, 1, "丁", False)],
    ),
    (
        "lines in cells",
        table(cell(paragraph("个人") + paragraph("缴费")) + cell(p(run(t("在职70%") + "<w:br/>" + t("退休") + "<w:tab/>" + t("80%"))))),
        [(0, 0, 0, "个人缴费", False), (0, 0, 1, "在职70% 退休 80%", False)],
    ),
    (
        "cells that begin later",
        table(cell("甲") + cell("乙") + cell("丙"), '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("丁")),
        [(0, 0, 0, "甲", True), (0, 0, 1, "乙", True), (0, 0, 2, "丙", True), (0, 1, 2, "丁", False)],
    ),
    (
        "deleted and hidden rows and cells",
        table(cell("甲") + cell("乙"), "<w:trPr><w:del/></w:trPr>" + cell("丙") + cell("丁"), "<w:trPr><w:hidden/></w:trPr>" + cell("庚") + cell("辛"), cell("戊") + cell("己", "<w:cellDel/>")),
        [(0, 0, 0, "甲", True), (0, 0, 1, "乙", True), (0, 1, 0, "戊", False)],
    ),
    (
        "controls around rows and cells",
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell('甲')}<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
        [(0, 0, 0, "甲", False), (0, 0, 1, "乙", False)],
    ),
    (
        "two tables",
        table(cell("甲") + cell("乙")) + paragraph("中") + table(cell("丙") + cell("丁")),
        [(0, 0, 0, "甲", False), (0, 0, 1, "乙", False), (1, 0, 0, "丙", False), (1, 0, 1, "丁", False)],
    ),
    ("going on from nothing", table(cell("甲", ON) + cell("乙")), [(0, 0, 0, "甲", False), (0, 0, 1, "乙", False)]),
    ("spans beyond any table", table(cell("甲", f'<w:gridSpan w:val="{"9" * 9}"/>') + cell("乙")), [(0, 0, 0, "甲", False), (0, 0, 256, "乙", False)]),
    ("one column", table(cell("甲"), cell("乙")), []),
    ("long cells", table(cell("甲" * 300) + cell("乙")), []),
    ("tables within", table(cell("甲") + cell(table(cell("乙"), cell("丙")) + paragraph("丁"))), []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "cells"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_tables(body, cells):
    """Data tables have cells, a merged one at its first place; tables that lay out the page are paragraphs."""
    assert cells_of(package(body)) == cells


def test_layout_tables_are_paragraphs():
    """What stands in a table that lays out the page comes line by line, tables within it as tables."""
    inner = table(cell("类别") + cell("标准"), cell("居民") + cell("350元"))
    data = package(table(cell(paragraph("甲") + paragraph("乙")) + cell(inner + paragraph("丙"))))

    assert lines_of(data) == ["甲", "乙", "类别\t标准", "居民\t350元", "丙"]


# ── notes, headers, kinds ───────────────────────────────────────────────────────────────────────────────────────────

NOTES = '<w:footnote w:id="1" w:type="separator"><w:p/></w:footnote>' + "".join(
    f'<w:footnote w:id="{at}">{paragraph(f"注{at}")}</w:footnote>' for at in (2, 3, 4)
)


def refer(at, kind="footnote"):
    return run(f'<w:{kind}Reference w:id="{at}"/>')


def test_notes():
    """Notes come after what refers to them, once; those that nothing refers to aren't shown."""
    referring = p(run(t("甲")) + refer(3)) + p(run(t("乙")) + refer(2, "endnote") + refer(3))
    cells = table(cell(p(run(t("丙")) + refer(2))) + cell("丁"), cell("戊") + cell("己")) + paragraph("庚")
    ends = f'<w:endnote w:id="2">{paragraph("尾注")}</w:endnote>'

    assert lines_of(package(referring + cells, footnotes=NOTES, endnotes=ends)) == [
        "甲", "注3", "乙", "尾注", "丙\t丁", "戊\t己", "注2", "庚",
    ]  # fmt: skip


def test_headers():
    """Headers come first and footers last, in the order of the sections, none twice; others aren't shown."""
    references = '<w:sectPr><w:headerReference r:id="{}"/><w:footerReference r:id="{}"/></w:sectPr>'
    body = p(run(t("甲")), references.format("header2", "footer1")) + references.format("header1", "footer9")
    beside = {f"header{at}": paragraph(f"眉{at}") for at in (1, 2, 3)} | {"footer1": paragraph("- 1 -")}

    assert kinds_of(package(body, **beside)) == [
        ("眉2", "furniture"), ("眉1", "furniture"), ("甲", "text"), ("- 1 -", "furniture"),
    ]  # fmt: skip


OUTLINED = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
STYLES = (
    style("h", OUTLINED.format(0), shown="heading 1") + style("mine", based="h") + style("body", OUTLINED.format(9), based="h")
    + style("t", shown="Title") + style("toc", shown="toc 1")
)  # fmt: skip
# id, paragraph, kind
KINDS = [
    ("heading style", styled("总则", "h"), "heading"),
    ("based on it", styled("总则", "mine"), "heading"),
    ("no longer one", styled("总则", "body"), "text"),
    ("outline of its own", paragraph("总则", '<w:outlineLvl w:val="1"/>'), "heading"),
    ("body's outline", styled("总则", "h", '<w:outlineLvl w:val="9"/>'), "text"),
    ("title", styled("关于做好工作的通知", "t"), "heading"),
    ("a sentence", styled("每人610元。", "h"), "text"),
    ("a long one", styled("甲" * 101, "h"), "text"),
    ("contents", styled("一、总则\t1", "toc"), "furniture"),
    ("no such style", styled("总则", "none"), "text"),
]


@pytest.mark.parametrize(("body", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_kinds(body, kind):
    """Headings are known by style or outline; a table of contents is furniture."""
    assert [found for _, found in kinds_of(package(body, styles=STYLES))] == [kind]


def test_templates_and_macros():
    """What kind of Word file it is makes no difference, and the name of the text's part doesn't matter."""
    data = build_docx.make(PARTS[:9])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name.replace("document.xml", "document2.xml"): file.read(name) for name in file.namelist()}
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")
    members["word/vbaProject.bin"] = b"\0"
    kinds = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = kinds.replace(b"document.main+xml", b"document.macroEnabled.main+xml")

    assert lines_of(zipped(members)) == lines_of(data)


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = paragraph("每人610元")
GOOD = package(TEXT, styles=STYLES, numbering=abstract(1, *HAN) + num(1, 1), footnotes=NOTES)
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
ENTITIES = {
    "entities in entities": f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{LAUGHS}]>',
    "entity of a file": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    "entity of an address": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "http://127.0.0.1:9/">]>',
    "entities of a file": '<!DOCTYPE x [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b; <!ENTITY a9 "">]>',
    "long entity": f'<!DOCTYPE x [<!ENTITY a9 "{"a" * 100_000}">]>',
}


def remade(data, change):
    """Change the members of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return zipped(change(members))


def lying(size):
    """Make a document whose text says that it unpacks to ``size`` bytes and has a thousand times more."""
    data = package(" " * 4_000_000 + TEXT)
    name = b"word/document.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        found = file.getinfo(name.decode())
    true, said = found.file_size.to_bytes(4, "little"), size.to_bytes(4, "little")
    return data.replace(true, said)


def encrypted():
    """Make a document whose members say that they are encrypted."""
    data = bytearray(GOOD)
    for at, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = -1
        while (where := data.find(at, where + 1)) >= 0:
            data[where + offset] |= 1
    return bytes(data)


def notes_in_notes(levels, boxes=0):
    """Make a document whose footnotes refer each to the next one, from a box in a box."""
    opened, closed = "<w:p><w:r><w:pict><w:txbxContent>" * boxes, "</w:txbxContent></w:pict></w:r></w:p>" * boxes
    notes = "".join(
        f'<w:footnote w:id="{at}">{opened}{p(run(t("注")) + refer(at + 1))}{closed}</w:footnote>'
        for at in range(levels)
    )
    return package(TEXT + p(refer(0)), footnotes=notes)


def twice():
    """Make a document with two texts."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def deep(levels):
    return package("<w:sdt><w:sdtContent>" * (levels // 2) + TEXT + "</w:sdtContent></w:sdt>" * (levels // 2))


MAIN = "word/document.xml"
# id, bytes, limits, reason, words of the message
BAD = [
    ("bomb", lambda: package(" " * 30_000_000 + TEXT), {"unpacked": 10**6}, "too_large", ["bytes when unpacked", "--limit unpacked="]),
    ("bomb that lies", lambda: lying(4000), {}, "broken", [MAIN, "cannot be unpacked"]),
    ("much XML", lambda: package(" " * 30_000 + TEXT), {"xml": 20_000}, "too_large", ["bytes of XML", MAIN]),
    ("many elements", lambda: package("<w:p/>" * 30_000 + TEXT), {"elements": 20_000}, "too_large", ["elements", MAIN]),
    ("many members", lambda: zipped({**{str(at): "" for at in range(300)}, MAIN: ""}), {"members": 200}, "too_large", ["members"]),
    ("many paragraphs", lambda: package(TEXT * 300), {"paragraphs": 200}, "too_large", ["300 paragraphs and table cells", "--limit paragraphs=300"]),
    ("much text", lambda: package(TEXT * 300), {"characters": 200}, "too_large", ["characters"]),
    *((name, lambda head=head: package(p(run(t("&a9;"))), head=build_docx.HEAD + head), {}, "broken", ["document type", MAIN]) for name, head in ENTITIES.items()),
    ("entities in styles", lambda: remade(GOOD, lambda members: {**members, "word/styles.xml": ENTITIES["long entity"] + "<x>&a9;</x>"}), {}, "broken", ["word/styles.xml"]),
    ("deep", lambda: deep(240), {}, "too_large", ["levels of nested elements", "--limit depth="]),
    ("deeper", lambda: deep(100_000), {}, "broken", ["nested"]),
    ("notes in notes", lambda: notes_in_notes(5_000), {}, "too_large", ["within each other", "save it anew"]),
    ("boxes in boxes in notes in notes", lambda: notes_in_notes(12, 45), {}, "too_large", ["nested too deeply"]),
    ("long word", lambda: package(paragraph("1" * 10_500_000)), {}, "broken", ["longer than 10 million"]),
    ("cut in half", lambda: GOOD[: len(GOOD) // 2], {}, "broken", ["cut short or damaged", "expected a whole one"]),
    ("encrypted members", encrypted, {}, "encrypted", ["is encrypted", "password"]),
    ("two texts", twice, {}, "broken", ["two parts named"]),
    ("no text part", lambda: zipped({"word/document.txt": "x"}), {}, "broken", [MAIN, "missing"]),
    ("text of another place", lambda: zipped({"../word/document.xml": "<x/>", "/word/document.xml": "<x/>", "C:/word/document.xml": "<x/>"}), {}, "broken", ["missing"]),
    ("text in other formats", lambda: package(TEXT + '<w:altChunk r:id="x"/>'), {}, "unsupported", ["kept as another document", "save it anew"]),
    ("no body", lambda: zipped({MAIN: "<x/>"}), {}, "broken", ["no body"]),
    ("no XML", lambda: zipped({MAIN: "每人610元"}), {}, "broken", ["not XML", MAIN]),
    ("XML cut short", lambda: zipped({MAIN: "<x>"}), {}, "broken", ["not XML", MAIN]),
    ("nothing", lambda: package(""), {}, "no_text", ["without text", "expected a notice"]),
    ("pictures alone", lambda: package(p(run("<w:drawing/>"))), {}, "no_text", ["pictures"]),
    ("header alone", lambda: package('<w:sectPr><w:headerReference r:id="header"/></w:sectPr>', header=TEXT), {}, "no_text", ["without text"]),
]  # fmt: skip


@pytest.mark.parametrize(("make", "limits", "reason", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input(make, limits, reason, words):
    """What can't be read is refused at once, and the message names file, place, and what to do."""
    with pytest.raises(IngestError) as caught:
        read(make(), origin="corpus/某.docx", limits=Limits(**limits))

    message = str(caught.value)
    assert caught.value.reason == reason
    assert message.startswith("corpus/某.docx: ")
    assert "root:" not in message
    for said in words:
        assert said in message


# id, change of the members, lines
TOLERATED = [
    ("no relationships", lambda members: {MAIN: members[MAIN]}, ["每人610元"]),
    ("parts missing", lambda members: {name: data for name, data in members.items() if name not in {"word/styles.xml", "word/footnotes.xml"}}, ["每人610元"]),
    ("link outside", lambda members: {**members, "word/_rels/document.xml.rels": build_docx.relationships('<Relationship Id="a" Type="x/styles" Target="file:///etc/passwd" TargetMode="External"/><Relationship Id="b" Type="x/styles" Target="../../../etc/passwd"/><Relationship Type="x/numbering" Target="NULL"/><Relationship/>')}, ["每人610元"]),
    ("UTF-16", lambda members: {MAIN: members[MAIN].decode().replace("UTF-8", "UTF-16").encode("utf-16")}, ["每人610元"]),
    ("folders as in Windows", lambda members: {name.replace("/", "\\"): data for name, data in members.items()}, ["每人610元"]),
    ("names that lead elsewhere", lambda members: {**members, "../../a": "x", "/etc/passwd": "x", "C:\\a": "x"}, ["每人610元"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), [row[1:] for row in TOLERATED], ids=[row[0] for row in TOLERATED])
def test_tolerated(change, lines):
    """What isn't needed for the text may be missing or wrong."""
    assert lines_of(remade(GOOD, change)) == lines


RENAMED = {
    "by its link": lambda members: {
        name.replace("document.xml", "正文.xml"): data.replace(b"document.xml", "正文.xml".encode())
        for name, data in members.items()
    },
    "by the list of parts": lambda members: {
        "a/b.xml": members[MAIN],
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/a/c.xml" ContentType="application/xml"/><Override PartName="/a/b.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
}


@pytest.mark.parametrize("change", RENAMED.values(), ids=RENAMED)
def test_text_part_of_another_name(change):
    """The part with the text may have any name; links, or the list of parts, lead to it."""
    data = remade(GOOD, lambda members: {"[Content_Types].xml": "<Types/>", **change(members)})

    assert lines_of(data) == ["每人610元"]


def test_text_in_the_header_alone():
    """A notice that stands in the head of an empty page is read."""
    head = '<w:sectPr><w:headerReference r:id="header"/></w:sectPr>'

    assert kinds_of(package(head, header=paragraph("每人每年610元。"))) == [("每人每年610元。", "text")]


def test_notes_in_notes():
    """A note may have a note."""
    assert lines_of(notes_in_notes(4)) == ["每人610元", "注", "注", "注", "注"]
    assert lines_of(notes_in_notes(4, 2)) == ["每人610元", "注", "注", "注", "注"]


def test_deep():
    """What is as deep as the limit allows is read."""
    inner = TEXT
    for _ in range(38):
        inner = p(run(t("甲") + f"<w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing>"))
    nested = TEXT
    for _ in range(48):
        nested = table(cell(nested + paragraph("乙")))

    assert lines_of(package(inner)) == ["甲"] * 38 + ["每人610元"]
    assert lines_of(package(nested)) == ["每人610元"] + ["乙"] * 48


def test_bombs_take_no_memory():
    """A member that unpacks to far more than it says, or than is allowed, is stopped while it is unpacked."""
    bomb, liar = package(" " * 200_000_000 + TEXT), lying(4000)
    tracemalloc.start()
    try:
        for data in (bomb, liar):
            with pytest.raises(IngestError):
                read(data, origin="a.docx", limits=Limits(unpacked=10**6))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(bomb) < 10**6
    assert peak < 20_000_000


def outcome(data):
    """Read; give the reason where it is refused. Anything but an `IngestError` is a fault."""
    try:
        return read(data, origin="a.docx").text and "read"
    except IngestError as refused:
        return refused.reason


def test_cut_short():
    """A document cut anywhere is refused, or read where only what isn't needed was cut."""
    data = build_docx.make(PARTS, automatic=True)
    found = {outcome(data[:size]) for size in range(30, len(data), max(1, len(data) // 150))}

    assert found <= {"broken", "unsupported"}


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes(seed):
    """Bytes changed anywhere in the file or in its XML never raise anything but `IngestError`."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes every time
    data = bytearray(GOOD)
    for _ in range(chance.randrange(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome(bytes(data))

    def change(members):
        name = chance.choice(sorted(members))
        text = bytearray(members[name])
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(text))
            text[at : at + chance.randrange(3)] = chance.choice(
                [b"0", b"-1", b"99999999999", b"", b"<", b"\xff", b"w:p"]
            )
        return {**members, name: bytes(text)}

    outcome(remade(GOOD, change))


SNIPPETS = [
    *(row[1] for row in TEXTS), *(row[1] for row in TABLES), numbered("甲", 1), numbered("乙", 1, 8), refer(2), "<w:tbl/>",
    "<w:p/>", "<w:r/>", run("<w:fldChar/>"), run('<w:sym w:char="FFFFF" w:font="宋体"/>'),
]  # fmt: skip
AROUND = ["{}", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:p>{}</w:p>",
          "<w:p><w:r>{}</w:r></w:p>", "<w:p>" + BOX + "</w:p>", "<w:ins>{}</w:ins>"]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(SNIPPETS), st.lists(st.sampled_from(AROUND), max_size=4)), min_size=1, max_size=6
    )
)
def test_any_nesting(rows):
    """Elements anywhere, also where the format has none, are read or passed over; text and blocks agree."""
    body = ""
    for inner, around in rows:
        for outer in around:
            inner = outer.replace("{0}", "{}").replace("{}", inner)  # noqa: PLW2901
        body += inner
    source = read(package(TEXT + body, numbering=abstract(1, *HAN) + num(1, 1), footnotes=NOTES), origin="a.docx")

    assert source.text.startswith("每人610元")
    assert all(0 <= block.start <= block.end <= len(source.text) for block in source.blocks)


def long_document(count):
    """Make a document of so many numbered paragraphs, and plain ones between them."""
    text = (numbered("每人每年610元" * 5, 1) + paragraph("正文" * 20)) * count
    return package(text, numbering=abstract(1, *HAN) + num(1, 1))


@pytest.mark.parametrize("size", [500, pytest.param(12_000, marks=pytest.mark.slow)])
def test_reading_is_linear(size):
    """Twice the document takes about twice the work."""
    assert_linear(lambda count: read(long_document(count), origin="a.docx"), size)


@pytest.mark.timing
def test_time_is_linear():
    """Twice the document takes at most about twice the time, the XML parser's included."""

    def seconds(count):
        data = long_document(count)
        began = time.perf_counter()
        read(data, origin="a.docx")
        return time.perf_counter() - began

    seconds(100)

    assert min(seconds(24_000) for _ in range(3)) < 3.5 * min(seconds(12_000) for _ in range(3)) + 0.02


def too_long():
    """Make a document of a million paragraphs."""
    return package(TEXT * 1_000_000)


@pytest.mark.slow
def test_a_million_paragraphs():
    """Refused by the default limits."""
    with pytest.raises(IngestError, match="at most") as caught:
        read(too_long(), origin="a.docx")

    assert caught.value.reason == "too_large"


@pytest.mark.timing
def test_refused_soon():
    """What is no document, or too much of one, costs seconds."""
    for _, make, limits, *_ in BAD:
        data = make()
        with at_most(5), pytest.raises(IngestError):
            read(data, origin="a.docx", limits=Limits(**limits))
    data = too_long()
    with at_most(30), pytest.raises(IngestError):
        read(data, origin="a.docx")
