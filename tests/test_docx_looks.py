"""What a person sees of a Word document: struck-out, raised and unseen runs, controls, fields, pictures."""

from __future__ import annotations

import pytest
from build_docx import package

from extractor.build.incremental import read_notice
from extractor.ingest import read


def run(text, properties=""):
    """Write a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def fee(figure, properties="", after=""):
    """Write a document with a sentence whose figure is given as runs."""
    inner = f"{run('个人缴费标准为每人每年')}{figure}{run('元。')}{after}"
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def field(code, result=None, data=""):
    """Write a field with its code and, where it has one, its result."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(text, *, empty=True, style="", kind="<w:text/>"):
    """Write a content control; ``empty`` marks it as showing a prompt."""
    mark = "<w:showingPlcHdr/>" if empty else ""
    shown = run(text, f'<w:rStyle w:val="{style}"/>' if style else "")
    return f"<w:sdt><w:sdtPr>{mark}{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def choices(*entries, chosen):
    """Write an old form's list of choices."""
    listed = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return f'<w:ffData><w:ddList><w:result w:val="{chosen}"/>{listed}</w:ddList></w:ffData>'


def picture(words="", place="inline"):
    """Write a picture, within the line or over the page."""
    return f'<w:r><w:drawing><wp:{place}><wp:docPr id="1" name="图片1" descr="{words}"/></wp:{place}></w:drawing></w:r>'


def style(kind, name, run_properties, base=""):
    """Write a style."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}<w:rPr>{run_properties}</w:rPr></w:style>'


SHADE = '<w:shd w:val="clear" w:fill="{}"/>'
WHITE = '<w:color w:val="FFFFFF"/>'
# id, body, styles, what the sentence shows for the figure, damage
SEES = [
    ("struck", fee(run("350", "<w:strike/>") + run("380")), "", "380", {"struck_out": 1}),
    ("struck twice over", fee(run("350", "<w:dstrike/>") + run("380")), "", "380", {"struck_out": 1}),
    ("runs of one stretch", fee(run("3", "<w:strike/>") + run("50", '<w:b/><w:strike w:val="true"/>') + run("380")), "", "380", {"struck_out": 1}),
    ("struck by a style", fee(run("350", '<w:rStyle w:val="old"/>') + run("380")), style("character", "old", "<w:strike/>"), "380", {"struck_out": 1}),
    ("style taken back", fee(run("380", '<w:rStyle w:val="old"/><w:strike w:val="0"/>')), style("character", "old", "<w:strike/>"), "380", {}),
    ("struck off", fee(run("380", '<w:strike w:val="false"/>')), "", "380", {}),
    ("underlined", fee(run("380", '<w:u w:val="single"/>')), "", "380", {}),
    ("white", fee(run("99", WHITE) + run("380")), "", "380", {"unseen_words": 1}),
    ("nearly white", fee(run("99", '<w:color w:val="FEFEFE"/>') + run("380")), "", "380", {"unseen_words": 1}),
    ("white by a style", fee(run("99", '<w:rStyle w:val="w"/>') + run("380")), style("character", "x", WHITE) + style("character", "w", "", "x"), "380", {"unseen_words": 1}),
    ("colour of its shading", fee(run("99", '<w:color w:val="1F3864"/>' + SHADE.format("1F3864")) + run("380")), "", "380", {"unseen_words": 1}),
    ("blacked out", fee(run("99", '<w:color w:val="000000"/><w:highlight w:val="black"/>') + run("380")), "", "380", {"unseen_words": 1}),
    ("a hundredth as wide", fee(run("99", '<w:w w:val="1"/>') + run("380")), "", "380", {"unseen_words": 1}),
    ("narrow letters", fee(run("380", '<w:w w:val="66"/>')), "", "380", {}),
    ("one point high", fee(run("99", '<w:sz w:val="2"/>') + run("380")), "", "380", {"unseen_words": 1}),
    ("white on dark shading", fee(run("380", WHITE + SHADE.format("1F3864"))), "", "380", {}),
    ("white on a dark paragraph", fee(run("380", WHITE), SHADE.format("C00000")), "", "380", {}),
    ("white on a marker", fee(run("380", WHITE + '<w:highlight w:val="darkBlue"/>')), "", "380", {}),
    ("white on a pattern", fee(run("380", WHITE + '<w:shd w:val="pct50" w:color="auto" w:fill="auto"/>')), "", "380", {}),
    ("white on solid", fee(run("380", WHITE + '<w:shd w:val="solid" w:color="333333" w:fill="FFFFFF"/>')), "", "380", {}),
    ("automatic colour on black", fee(run("380", '<w:color w:val="auto"/>' + SHADE.format("000000"))), "", "380", {}),
    ("red", fee(run("380", '<w:color w:val="FF0000"/>')), "", "380", {}),
    ("note's mark", fee(run("380") + run("1", '<w:vertAlign w:val="superscript"/>')), "", "380¹", {}),
    ("note's mark in brackets", fee(run("380") + run("[", '<w:vertAlign w:val="superscript"/>') + run("1]", '<w:vertAlign w:val="superscript"/>')), "", "380⁽¹⁾", {}),
    ("lowered", fee(run("380") + run("1", '<w:vertAlign w:val="subscript"/>')), "", "380₁", {}),
    ("raised by half-points", fee(run("380") + run("1", '<w:position w:val="8"/><w:sz w:val="14"/>')), "", "380¹", {}),
    ("raised by a style", fee(run("380") + run("1", '<w:rStyle w:val="m"/>')), style("character", "m", '<w:vertAlign w:val="superscript"/>'), "380¹", {}),
    ("whole line raised", "<w:p>" + run("个人缴费标准为每人每年380元。", '<w:position w:val="6"/>') + "</w:p>", "", "380", {}),
    ("hardly raised", fee(run("380", '<w:position w:val="2"/>')), "", "380", {}),
    ("control of a program", fee(control("380")), "", "380", {}),
    ("control", fee(control("380", empty=False)), "", "380", {}),
    ("empty control", fee(control("单击此处输入文字。")), "", "", {"missing_figure": 1}),
    ("empty control, by its style", fee(control("输入0到999", style="PlaceholderText")), "", "", {"missing_figure": 1}),
    ("choices of a control", fee(control("380", empty=False, kind='<w:dropDownList w:lastValue="2"/>')), "", "380", {}),
    ("choices of an old form", fee(field(" FORMDROPDOWN ", None, choices("350", "380", chosen=1))), "", "380", {"made_field": 1}),
    ("entry of an old form", fee(field(" FORMTEXT ", run("380"))), "", "380", {}),
    ("default of an old form", fee(field(" FORMTEXT ", None, '<w:ffData><w:textInput><w:default w:val="380"/></w:textInput></w:ffData>')), "", "380", {"made_field": 1}),
    ("merged field", fee(field(" MERGEFIELD 标准 ", run("380"))), "", "380", {}),
    ("field without a result", fee(field(" MERGEFIELD 标准 ")), "", "", {"missing_figure": 1}),
    ("fraction", fee(field(" EQ \\F(760,2) ")), "", "760/2", {"made_field": 1}),
    ("fraction, cut in runs", fee(field(" EQ \\f(</w:instrText></w:r><w:r><w:instrText>760;2) ")), "", "760/2", {"made_field": 1}),
    ("number in a ring", fee(run("380") + field(" eq \\o\\ac(○,2)")), "", "380②", {"made_field": 1}),
    ("raised by a field", fee(run("380") + field("EQ \\s\\up5(1)")), "", "380¹", {"made_field": 1}),
    ("picture of the figure", fee(picture("380")), "", "\ufffd", {"replacement_character": 1}),
    ("picture of a digit", fee(run("3") + picture() + run("0")), "", "3\ufffd0", {"replacement_character": 1}),
    ("picture over the page", fee(picture("", "anchor") + run("380")), "", "380", {}),
    ("picture of something", fee(picture("印章") + run("380")), "", "380", {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "styles", "figure", "damage"), [row[1:] for row in SEES], ids=[row[0] for row in SEES]
)
def test_what_is_seen(body, styles, figure, damage):
    """A line reads as a person sees it, and what was left out or made is counted."""
    data = package(body, styles=styles)
    counted = read_notice(data, origin="a.docx").notice.quality.damage

    assert read(data, origin="a.docx").text == f"个人缴费标准为每人每年{figure}元。"
    assert {item.kind: item.count for item in counted} == damage


def white_cell(properties, cell):
    """Write a table of two rows whose last cell has a white figure."""

    def of(text, more="", look=""):
        return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{run(text, look)}</w:p></w:tc>"

    rows = f"<w:tr>{of('项目')}{of('标准')}</w:tr><w:tr>{of('个人缴费')}{of('380元', cell, WHITE)}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{rows}</w:tbl>"


# id, properties of the table, of the cell, whether the white figure is seen
GROUNDS = [
    ("none", "", "", False),
    ("dark cell", "", SHADE.format("1F3864"), True),
    ("white cell of a dark table", SHADE.format("1F3864"), SHADE.format("FFFFFF"), False),
    ("dark table", SHADE.format("1F3864"), "", True),
    ("style that shades", '<w:tblStyle w:val="dark"/>', "", True),
    ("style that doesn't", '<w:tblStyle w:val="grid"/>', "", False),
]


@pytest.mark.parametrize(("properties", "cell", "seen"), [row[1:] for row in GROUNDS], ids=[row[0] for row in GROUNDS])
def test_ground_of_a_cell(properties, cell, seen):
    """White letters in a cell are seen where the cell or its table may be dark."""
    styles = (
        f'<w:style w:type="table" w:styleId="dark"><w:tcPr>{SHADE.format("000000")}</w:tcPr></w:style>'
        '<w:style w:type="table" w:styleId="grid"/>'
    )
    text = read(package(white_cell(properties, cell), styles=styles), origin="a.docx").text

    assert ("380元" in text) == seen
