"""OFD pages are read as a person sees them, by the same rules as PDF: what nobody sees, what is struck out, small and tall signs."""

from __future__ import annotations

import io
import re

import build_ofd
import formats
import pytest
from PIL import Image
from seen import COLUMNS, HIDDEN, sorted_out

from extractor.ingest import Limits
from extractor.ingest.ofd.reader import read_ofd
from extractor.pipeline import process
from extractor.resources import load

SIZE = 5.64
POINTS = 72 / 25.4
LINES = ["各设区市医疗保障局：", "一、人均财政补助标准为每人每年640元。", "二、个人缴费标准为每人每年380元。"]
TOP = 80


def text(words, x=28.0, y=TOP, size=SIZE, more="", inner="", deltas=None):
    """A text object; ``y`` is the line that it stands on."""
    deltas = f'DeltaX="{build_ofd.steps(words, size)}"' if deltas is None else deltas
    return (
        f'<o:TextObject Boundary="{x} {y - size} 150 {1.3 * size}" Size="{size}" {more}>{inner}'
        f'<o:TextCode X="0" Y="{size}" {deltas}>{words}</o:TextCode></o:TextObject>'
    )


PLAIN = "".join(text(line, y=50 + 10 * at) for at, line in enumerate(LINES))


def fill(red, green=None, blue=None, more=""):
    return f'<o:FillColor Value="{red} {red if green is None else green} {red if blue is None else blue}" {more}/>'


def shape(colour, x=25, y=TOP - 7, width=150, height=10, more='Fill="true" Stroke="false"'):
    return (
        f'<o:PathObject Boundary="{x} {y} {width} {height}" {more}>{colour}<o:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} '
        f"L 0 {height} C</o:AbbreviatedData></o:PathObject>"
    )


def line(x, y, length, more="", colour=""):
    return (
        f'<o:PathObject Boundary="{x} {y - 0.5} {length} 1" LineWidth="0.3" {more}>{colour}'
        f"<o:AbbreviatedData>M 0 0.5 L {length} 0.5</o:AbbreviatedData></o:PathObject>"
    )


def clip(x, y, width, height):
    return (
        f'<o:Clips><o:Clip><o:Area><o:Path Boundary="{x} {y} {width} {height}"><o:AbbreviatedData>M 0 0 L {width} 0 L {width} '
        f"{height} L 0 {height} C</o:AbbreviatedData></o:Path></o:Area></o:Clip></o:Clips>"
    )


def image(x=0, y=0, width=210, height=297, more='ResourceID="7"'):
    return f'<o:ImageObject Boundary="{x} {y} {width} {height}" {more}/>'


def layer(content, more=""):
    return f'<o:Layer ID="1" {more}>{content}</o:Layer>'


def page(*layers):
    return f'<o:Page xmlns:o="{build_ofd.NAMESPACE}"><o:Content>{"".join(layers)}</o:Content></o:Page>'.encode()


RESOURCES = (
    f'<o:Res xmlns:o="{build_ofd.NAMESPACE}"><o:DrawParams><o:DrawParam ID="20">{fill(255)}</o:DrawParam>'
    f'<o:DrawParam ID="21" Relative="20"/><o:DrawParam ID="22">{fill(30)}</o:DrawParam></o:DrawParams>'
    '<o:MultiMedias><o:MultiMedia ID="7" Type="Image" Format="PNG"><o:MediaFile>a.png</o:MediaFile></o:MultiMedia>'
    '<o:MultiMedia ID="8" Type="Image" Format="JPEG"><o:MediaFile>b.jpg</o:MediaFile></o:MultiMedia></o:MultiMedias></o:Res>'
).encode()


def made(*layers, change=None):
    """An OFD of one page, with its layers, and resources."""

    def put(files):
        files["Doc_0/Pages/Page_0/Content.xml"] = page(*layers)
        files["Doc_0/PublicRes.xml"] = RESOURCES
        if change:
            change(files)

    return build_ofd.make([formats.Part("text", "一")], numbers="", change=put)


def read(data):
    return read_ofd(data, "a.ofd", Limits(), load())


UNSEEN = {
    "opacity 0": text(HIDDEN, more='Alpha="0"'),
    "opacity nearly 0": text(HIDDEN, more='Alpha="8"'),
    "opacity of the colour": text(HIDDEN, inner=fill(0, more='Alpha="0"')),
    "no fill": text(HIDDEN, more='Fill="false"'),
    "no fill, no stroke": text(HIDDEN, more='Fill="false" Stroke="false"'),
    "white": text(HIDDEN, inner=fill(255)),
    "nearly white": text(HIDDEN, inner=fill(248)),
    "white in hexadecimal": text(HIDDEN, inner='<o:FillColor Value="#FF #FF #FF"/>'),
    "white as grey": text(HIDDEN, inner='<o:FillColor Value="255"/>'),
    "white of print": text(HIDDEN, inner='<o:FillColor Value="0 0 0 0"/>'),
    "white by parameters": text(HIDDEN, more='DrawParam="20"'),
    "white by parameters of parameters": text(HIDDEN, more='DrawParam="21"'),
    "red on red": shape(fill(190, 20, 20)) + text(HIDDEN, inner=fill(190, 20, 20)),
    "under a white box": text(HIDDEN) + shape(fill(255)),
    "under a black box": text(HIDDEN) + shape(fill(0)),
    "under a thick line": text(HIDDEN) + line(25, TOP - 2, 150, more='LineWidth="9"').replace('LineWidth="0.3" ', ""),
    "under a photograph": text(HIDDEN) + image(25, TOP - 7, 150, 10, 'ResourceID="8"'),
    "no size": text(HIDDEN).replace('Size="5.64"', 'Size="0"'),
    "under a box of five corners": text(HIDDEN) + shape(fill(255)).replace("L 150 0 ", "L 75 0 L 150 0 "),
    "no width": text(HIDDEN, more='HScale="0.001"'),
    "beside the page": text(HIDDEN, x=300),
    "under the page": text(HIDDEN, y=400),
    "cut off": text(HIDDEN, inner=clip(0, 0, 1, 1)),
    "cut off by one of two": text(HIDDEN, inner=clip(0, 0, 150, 20) + clip(0, 0, 1, 1)).replace(
        "</o:Clips><o:Clips>", ""
    ),
    "a size of nothing": text(HIDDEN, more='CTM="0.01 0 0 0.01 0 0"'),
}


@pytest.mark.parametrize("objects", UNSEEN.values(), ids=UNSEEN)
def test_unseen(objects):
    """Words that nobody sees are beside the text, whole, and counted."""
    lines, furniture, damage = sorted_out(read(made(layer(PLAIN + objects))))

    assert (lines, "".join(furniture), damage) == (LINES, HIDDEN, {"unseen_words": 1})


NEAR_MISSES = {
    "white on a bar": shape(fill(190, 20, 20)) + text(HIDDEN, inner=fill(255)),
    "black on grey": shape(fill(220)) + text(HIDDEN),
    "on white": shape(fill(255)) + text(HIDDEN),
    "grey": text(HIDDEN, inner=fill(150)),
    "black of print": text(HIDDEN, inner='<o:FillColor Value="0 0 0 255"/>'),
    "by dark parameters": text(HIDDEN, more='DrawParam="22"'),
    "its own colour before parameters": text(HIDDEN, more='DrawParam="20"', inner=fill(0)),
    "within what the place alone is cut to": text(HIDDEN, more='CTM="0.5 0 0 0.5 0 0"', inner=clip(0, 0, 90, 20).replace("<o:Clips>", '<o:Clips TransFlag="false">')).replace(
        f'Size="{SIZE}"', f'Size="{2 * SIZE}"'
    ).replace(f'DeltaX="{build_ofd.steps(HIDDEN, SIZE)}"', f'DeltaX="{build_ofd.steps(HIDDEN, 2 * SIZE)}"').replace(f'Y="{SIZE}"', f'Y="{2 * SIZE}"'),
    "under a photograph that is cut": text(HIDDEN) + image(0, 0, 210, 297, 'ResourceID="8"').replace("/>", f">{clip(0, 0, 210, 30)}</o:ImageObject>"),
    "under a triangle": text(HIDDEN)
    + f'<o:PathObject Boundary="25 {TOP - 7} 150 10" Fill="true" Stroke="false">{fill(255)}<o:AbbreviatedData>M 0 10 L 150 10 '
    "L 150 9 C</o:AbbreviatedData></o:PathObject>",
    "within what it is cut to": text(HIDDEN, inner=clip(-5, -5, 160, 20)),
    "half transparent": text(HIDDEN, more='Alpha="128"'),
    "outlined": text(HIDDEN, more='Fill="false" Stroke="true"'),
    "visible": text(HIDDEN, more='Visible="true"'),
    "small": text(HIDDEN, size=2),
    "scaled": text(HIDDEN, size=1, more='CTM="5.64 0 0 5.64 0 0"'),
    "a frame around": text(HIDDEN) + shape("", more='LineWidth="0.3"'),
    "a clear box over": text(HIDDEN) + shape(fill(255, more='Alpha="30"')),
    "a box elsewhere": text(HIDDEN) + shape(fill(255), y=200),
    "a seal over": text(HIDDEN) + image(60, TOP - 20, 40, 40),
    "on a picture": image(25, TOP - 7, 150, 10) + text(HIDDEN),
}  # fmt: skip


@pytest.mark.parametrize("objects", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_seen(objects):
    """What is only pale, small or on something is seen."""
    lines, furniture, damage = sorted_out(read(made(layer(PLAIN + objects))))

    assert (lines, furniture, damage) == ([*LINES, HIDDEN], [], {})


LAYERS = [
    ("a cover in the layer on top", ["Foreground", "Body"], shape(fill(255)), text(HIDDEN), False),
    ("a ground in the layer below", ["Background", "Body"], shape(fill(255)), text(HIDDEN), True),
    ("white by the layer's parameters", ["Body", 'Body" DrawParam="20'], "", text(HIDDEN), False),
]


@pytest.mark.parametrize(
    ("kinds", "first", "second", "is_seen"), [row[1:] for row in LAYERS], ids=[row[0] for row in LAYERS]
)
def test_layers(kinds, first, second, is_seen):
    """Layers lie on each other by their kind, not by their order in the file."""
    layers = [layer(objects, f'Type="{kind}"') for kind, objects in zip(kinds, (first, second), strict=True)]
    lines, furniture, _ = sorted_out(read(made(layer(PLAIN), *layers)))

    assert (lines, furniture) == (([*LINES, HIDDEN], []) if is_seen else (LINES, [HIDDEN]))


def test_recognised_text():
    """Transparent words over a picture of the page are read, counted, and every figure of them says so."""
    words = PLAIN.replace("<o:TextObject ", '<o:TextObject Alpha="0" ')
    for objects in (image() + words, PLAIN + image()):
        source = read(made(layer(objects)))
        result = process(source, load())

        assert sorted_out(source) == (LINES, [], {"recognised_text": 1})
        assert [fact.evidence.recognised for fact in result.facts] == [True, True]


def test_hidden_words_on_a_ground():
    """A picture under words that are seen is no scan."""
    found = sorted_out(read(made(layer(image() + PLAIN + text(HIDDEN, more='Alpha="0"')))))

    assert found == (LINES, [HIDDEN], {"unseen_words": 1})


# ── struck out ──────────────────────────────────────────────────────────────────────────────────────────────────────

BEFORE, OLD, NEW = "三、大病保险起付线为", "15000", "12000元。"
START = 28 + build_ofd.measure(BEFORE, SIZE)
LENGTH = build_ofd.measure(OLD, SIZE)
WORDS = text(BEFORE + OLD + NEW)


def slanting(low, high, x=START, length=LENGTH):
    """A line that rises from so many sizes above the one that the words stand on."""
    return (
        f'<o:PathObject Boundary="{x} {TOP - 10} {length} 20" LineWidth="0.3"><o:AbbreviatedData>M 0 {10 - low * SIZE} '
        f"L {length} {10 - high * SIZE}</o:AbbreviatedData></o:PathObject>"
    )


STRUCK = {
    "rising line": slanting(0.0, 0.7),
    "falling line": slanting(0.75, -0.05),
    "line": line(START, TOP - 0.3 * SIZE, LENGTH),
    "thin box": shape(fill(0), START, TOP - 0.3 * SIZE, LENGTH, 0.3),
    "red": line(START, TOP - 0.3 * SIZE, LENGTH, colour='<o:StrokeColor Value="255 0 0"/>'),
    "two lines": line(START, TOP - 0.25 * SIZE, LENGTH) + line(START, TOP - 0.4 * SIZE, LENGTH),
    "a line for each sign": "".join(line(START + SIZE / 2 * at, TOP - 0.3 * SIZE, SIZE / 2) for at in range(5)),
    "in another layer": f'</o:Layer><o:Layer ID="4">{line(START, TOP - 0.3 * SIZE, LENGTH)}',
}


@pytest.mark.parametrize("objects", STRUCK.values(), ids=STRUCK)
def test_struck_out(objects):
    """A figure that a line goes through is none, and what stands around it is one sentence."""
    found = sorted_out(read(made(layer(PLAIN + WORDS + objects))))

    assert found == ([*LINES, BEFORE + NEW], [OLD], {"struck_out": 1})


UNTOUCHED = {
    "underlined": line(START, TOP + 0.08 * SIZE, LENGTH),
    "on the line": line(START, TOP, LENGTH),
    "line over": line(START, TOP - 0.95 * SIZE, LENGTH),
    "white line": line(START, TOP - 0.3 * SIZE, LENGTH, colour='<o:StrokeColor Value="255 255 255"/>'),
    "ruling": line(10, TOP - 0.3 * SIZE, 190),
    "slanting over three lines": slanting(-1.5, 1.5),
    "slanting over the page": slanting(0.0, 0.7, 10, 190),
}


@pytest.mark.parametrize("objects", UNTOUCHED.values(), ids=UNTOUCHED)
def test_not_struck_out(objects):
    """Lines under and over words, and lines that only cross them, strike nothing."""
    lines, _, damage = sorted_out(read(made(layer(PLAIN + WORDS + objects))))

    assert (lines, damage) == ([*LINES, BEFORE + OLD + NEW], {})


@pytest.mark.parametrize(
    ("kind", "is_struck"), [("Path", True), ("Highlight", True), ("Watermark", False), ("Stamp", False)]
)
def test_notes(kind, is_struck):
    """A line of a note that goes through words strikes them; words of notes stand beside the text."""
    inside = line(0, 1, LENGTH) + text("作废1元", 0, 5)
    note = (
        f'<o:PageAnnot xmlns:o="{build_ofd.NAMESPACE}"><o:Annot ID="1" Type="{kind}"><o:Appearance Boundary='
        f'"{START} {TOP - 0.3 * SIZE - 1} {LENGTH} 2">{inside}</o:Appearance></o:Annot></o:PageAnnot>'
    )
    listed = (
        f'<o:Annotations xmlns:o="{build_ofd.NAMESPACE}"><o:Page PageID="10"><o:FileLoc>Annot_0.xml</o:FileLoc></o:Page>'
        "</o:Annotations>"
    )

    def change(files):
        files["Doc_0/Document.xml"] = files["Doc_0/Document.xml"].replace(
            b"</ofd:Document>", b"<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
        )
        files["Doc_0/Annots/Annotations.xml"] = listed.encode()
        files["Doc_0/Annots/Annot_0.xml"] = note.encode()

    lines, furniture, _ = sorted_out(read(made(layer(PLAIN + WORDS), change=change)))

    assert lines == [*LINES, BEFORE + ("" if is_struck else OLD) + NEW]
    assert sorted("".join(furniture)) == sorted((OLD if is_struck else "") + "作废1元")


# ── raised, tall, in columns, spread ────────────────────────────────────────────────────────────────────────────────


def raised(before, sign, after, up, size=2.8):
    left = 28 + build_ofd.measure(before, SIZE)
    return (
        text(before) + text(sign, left, TOP - up, size) + text(after, left + build_ofd.measure(sign, size), TOP)
    )  # fmt: skip


RAISED = {
    "a note": (raised("三、补助640", "1", "元。", 2), "三、补助640¹元。"),
    "a high note": (raised("三、补助640", "1", "元。", 3.4), "三、补助640¹元。"),
    "a note in brackets": (raised("三、补助640", "[1]", "元。", 2), "三、补助640⁽¹⁾元。"),
    "a unit": (raised("三、面积50m", "2", "以上。", 2), "三、面积50m²以上。"),
    "a power": (raised("三、约10", "4", "元。", 2), "三、约10⁴元。"),
    "lowered": (raised("三、CO", "2", "排放。", -1), "三、CO2排放。"),
    "smaller on the line": (raised("三、补助", "640", "元。", 0, 4.2), "三、补助640元。"),
}


@pytest.mark.parametrize(("objects", "expected"), RAISED.values(), ids=RAISED)
def test_raised(objects, expected):
    """Small signs off the line are signs of their own; letters that are only smaller are letters."""
    assert sorted_out(read(made(layer(PLAIN + objects))))[0][-1] == expected


@pytest.mark.parametrize("size", [SIZE, 24])
@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_watermark_in_a_template(size, order):
    """Words of a template that lie over those of the page are beside, whatever their size."""
    mark = text("征求意见稿", 50, 62, size, inner=fill(220))

    def change(files):
        files["Doc_0/Document.xml"] = files["Doc_0/Document.xml"].replace(
            b"</ofd:CommonData>", b'<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
        )
        files["Doc_0/Tpls/T.xml"] = page(layer(mark))
        name = "Doc_0/Pages/Page_0/Content.xml"
        use = f'<o:Template TemplateID="50" ZOrder="{order}"/><o:Content>'.encode()
        files[name] = files[name].replace(b"<o:Content>", use)

    lines, furniture, _ = sorted_out(read(made(layer(PLAIN), change=change)))

    assert (lines, furniture) == (LINES, ["征求意见稿"])


def test_tall_brackets():
    """Brackets around three lines don't tear them."""
    words = ["个人缴费标准为每人每年", "380元，其中困难人员由", "财政给予190元资助"]
    block = "".join(text(line, 60, 100 + 4.5 * at, 3.2) for at, line in enumerate(words))
    found, furniture, _ = sorted_out(
        read(made(layer(PLAIN + text("（", 42, 108, 14) + block + text("）", 100, 108, 14))))
    )

    assert ("".join(found[3:]), "".join(furniture)) == ("".join(words), "（）")


def test_large_print_beside_small():
    """A block of lines in large print isn't torn by smaller lines beside it."""
    large = ["040+9834*3*6/5189899", "+*855339*93792210", "+135+-18+4+22*643"]
    small = ["名称：某某医院", "地址：某路88号", "账号：一二三四", "电话：五六七八"]
    objects = [text(line, 110, 105 + 7.5 * at) for at, line in enumerate(large)]
    objects += [text(line, 40, 103 + 4.2 * at, 3.5) for at, line in enumerate(small)]
    objects += [text("各级医疗保障部门按照有关规定执行。", 40, 150 + 7 * at, 3.5) for at in range(9)]
    found = "\n".join(sorted_out(read(made(layer(PLAIN + "".join(objects)))))[0])

    assert [line for line in large if line not in found] == []


@pytest.mark.parametrize("head", ["", "关于做好医疗保障工作的通知"])
@pytest.mark.parametrize("way", ['ReadDirection="90"', ""])
def test_columns(head, way):
    """Columns are read from the right, under a head that is read first, as it stands."""
    columns = "".join(
        text(column, 150 - 12 * at, 60, more=way, deltas=f'DeltaY="g {len(column) - 1} 7"')
        for at, column in enumerate(COLUMNS)
    )
    source = read(made(layer((text(head, 40, 40, 7) if head else "") + columns)))

    assert source.text == "\n".join([*([head] if head else []), "".join(COLUMNS)])
    assert {block.page for block in source.blocks} == {1}
    assert all(block.box.bottom - block.box.top > 100 for block in source.blocks if block.start > len(head))


def test_two_columns_of_prose():
    """Two columns are read one after another."""
    left = [
        "一、居民医保人均财政补助标准",
        "新增三十元，达到每人每年六百",
        "四十元。二、个人缴费标准为每",
        "人每年三百八十元。三、住院费",
        "用支付比例稳定在百分之七十左",
        "右，不得随意调整待遇水平。四",
    ]
    right = [
        "、大病保险起付线为一万五千元",
        "，支付比例不低于百分之六十。",
        "五、门诊慢特病支付比例不低于",
        "百分之六十五。六、国家谈判药",
        "品支付比例不低于百分之五十，",
        "按规定执行，确保落实到位。",
    ]
    objects = "".join(
        text(line, x, 60 + 8 * at, 5) for x, lines in ((25, left), (110, right)) for at, line in enumerate(lines)
    )

    assert re.sub(r"\n", "", read(made(layer(objects))).text) == "".join(left + right)


SPREAD = [
    ("full steps", 'DeltaX="g 8 5.64"', "补助640元。"),
    ("steps of a little more", 'DeltaX="g 2 6.2 g 3 3.6 g 2 6.2"', "补助640元。"),
    ("usual steps", None, "补助640元。"),
]


@pytest.mark.parametrize(("deltas", "expected"), [row[1:] for row in SPREAD], ids=[row[0] for row in SPREAD])
def test_spread_digits(deltas, expected):
    """Digits that stand as far apart as all signs of their line are one figure."""
    assert read(made(layer(text(expected, deltas=deltas)))).text == expected


def test_two_figures_side_by_side():
    """A blank between two figures stays one."""
    assert read(made(layer(text("表1 23页")))).text == "表1 23页"


def test_picture_of_digits():
    """A picture between words and a unit may be digits: what stands there is lost."""
    words = "三、补助标准为"
    left = 28 + build_ofd.measure(words, SIZE)
    objects = text(words) + image(left + 0.3, TOP - 4.6, 9, 5) + text("元。", left + 9.6)

    assert read(made(layer(objects))).text == "三、补助标准为\ufffd元。"


def png(mode):
    data = io.BytesIO()
    Image.new(mode, (8, 8)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(("mode", "is_seen"), [("RGBA", True), ("LA", True), ("RGB", False), ("L", False)])
def test_under_a_page_s_picture(mode, is_seen):
    """Through a picture that may be transparent words are seen; another one is a scan, and hides them."""

    def change(files):
        files["Doc_0/a.png"] = png(mode)

    source = read(made(layer(PLAIN + image()), change=change))

    assert (source.damage == ()) == is_seen


def test_columns_sign_by_sign():
    """Columns whose signs are objects of their own are read down, from the right."""
    head = "关于做好医疗保障工作的通知"
    signs = "".join(
        text(sign, 150 - 12 * at, 60 + 7 * down, deltas="")
        for at, column in enumerate(COLUMNS)
        for down, sign in enumerate(column)
    )

    assert read(made(layer(text(head, y=40) + signs))).text == f"{head}\n{''.join(COLUMNS)}"


def test_signs_without_a_character():
    """A sign of which only the drawing is known is lost, and this is said; no figure is made of what stands around it."""
    result = process(read(made(layer(PLAIN + text("三、大病保险起付线为1¤000元。")))), load())

    assert {str(fact.value) for fact in result.facts} == {"640", "380"}
    assert result.notice.quality.lost == 1
