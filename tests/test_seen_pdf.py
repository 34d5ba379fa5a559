"""PDF pages are read as a person sees them: what nobody sees is beside the text, what is struck out is none, and is counted.

The pages are drawn here, in the font that reports name without carrying it, and in one that the file carries.
"""

from __future__ import annotations

import io

import build_font
import build_pdf
import pytest
from build_pdf import SIZE, drawn, stream, written
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from seen import COLUMNS, HIDDEN, sorted_out

from extractor.ingest import Limits
from extractor.ingest.pdf.reader import read_pdf
from extractor.pipeline import process
from extractor.resources import load

pdfmetrics.registerFont(UnicodeCIDFont(build_pdf.FONT))

PLAIN = [
    ("各设区市医疗保障局：", 79, 100), ("一、居民医保人均财政补助标准为每人每年640元。", 111, 128),
    ("二、个人缴费标准为每人每年380元。", 111, 156),
]  # fmt: skip
TEXT = [line for line, *_ in PLAIN]
LEFT, TOP = 111, 200


def base(top, size=SIZE):
    """The line that characters stand on, from below."""
    return A4[1] - top - 0.88 * size


def say(canvas, text=HIDDEN, left=LEFT, top=TOP, size=SIZE, mode=0, font=build_pdf.FONT):
    """Draw words; ``mode`` is the rendering mode."""
    words = canvas.beginText(left, base(top, size))
    words.setFont(font, size)
    words.setTextRenderMode(mode)
    words.textOut(text)
    canvas.drawText(words)


def box(canvas, left=100, top=190, width=400, height=36):
    canvas.rect(left, A4[1] - top - height, width, height, stroke=0, fill=1)


def width_of(text, size=SIZE):
    return pdfmetrics.stringWidth(text, build_pdf.FONT, size)


def picture(shade=200):
    return ImageReader(Image.new("L", (60, 84), shade))


def read(data):
    return read_pdf(data, "某.pdf", Limits(), load())


def seen(*items):
    """The text of a page with PLAIN and more on it, what stands beside, and the damage."""
    return sorted_out(read(drawn([*PLAIN, *items])))


def kept(draw):
    """Draw with the canvas' settings as they were, afterwards."""

    def paint(canvas):
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()

    return paint


def coloured(red, green=None, blue=None, **options):
    def draw(canvas):
        canvas.setFillColorRGB(red, red if green is None else green, red if blue is None else blue)
        say(canvas, **options)

    return kept(draw)


def transparent(alpha):
    def draw(canvas):
        canvas.setFillAlpha(alpha)
        say(canvas)

    return kept(draw)


def on(shade, text_shade):
    def draw(canvas):
        canvas.setFillColorRGB(*shade)
        box(canvas)
        canvas.setFillColorRGB(*text_shade)
        say(canvas)

    return kept(draw)


def under(shade, **size):
    def draw(canvas):
        say(canvas)
        canvas.setFillColorRGB(*shade)
        box(canvas, **size)

    return kept(draw)


def in_group(draw):
    def paint(canvas):
        canvas.beginForm("group")
        draw(canvas)
        canvas.endForm()
        canvas.doForm("group")

    return paint


def clipped(left, top, width, height):
    def draw(canvas):
        path = canvas.beginPath()
        path.rect(left, A4[1] - top - height, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        say(canvas)

    return kept(draw)


WHITE, BLACK, RED = (1, 1, 1), (0, 0, 0), (0.75, 0.1, 0.1)
UNSEEN = {
    "mode 3": lambda canvas: say(canvas, mode=3),
    "mode 7": lambda canvas: say(canvas, mode=7),
    "white": coloured(1),
    "nearly white": coloured(0.97),
    "white in a group": in_group(coloured(1)),
    "mode 3 in a group": in_group(lambda canvas: say(canvas, mode=3)),
    "red on red": on(RED, RED),
    "black on black": on(BLACK, (0.02, 0.02, 0.02)),
    "transparent": transparent(0.0),
    "nearly transparent": transparent(0.03),
    "under a white box": under(WHITE),
    "under a black bar": under(BLACK),
    "under a picture": lambda canvas: (say(canvas), canvas.drawImage(picture(), 100, A4[1] - 226, 400, 36)),
    "under a thick line": kept(lambda canvas: (say(canvas), canvas.setLineWidth(30), canvas.line(100, A4[1] - 208, 500, A4[1] - 208))),
    "no size": lambda canvas: say(canvas, size=0.2),
    "clipped away": clipped(100, 400, 300, 40),
}  # fmt: skip


@pytest.mark.parametrize("draw", UNSEEN.values(), ids=UNSEEN)
def test_unseen(draw):
    """Words that nobody sees are beside the text, whole, and counted."""
    lines, furniture, damage = seen(draw)

    assert lines == TEXT
    assert "".join(furniture) == HIDDEN
    assert damage == {"unseen_words": 1}


NEAR_MISSES = {
    "white on a bar": on(RED, WHITE),
    "black on grey": on((0.85, 0.85, 0.85), BLACK),
    "black on white": on(WHITE, BLACK),
    "grey": coloured(0.6),
    "light grey": coloured(0.82),
    "yellow": coloured(1, 0.9, 0),
    "small": lambda canvas: say(canvas, size=5),
    "outlined": lambda canvas: say(canvas, mode=1),
    "filled and outlined": lambda canvas: say(canvas, mode=2),
    "in a group": in_group(say),
    "half transparent": transparent(0.5),
    "beside a box": under(WHITE, top=300),
    "a box without inside": lambda canvas: (say(canvas), canvas.rect(100, A4[1] - 226, 400, 36)),
    "on a picture": lambda canvas: (canvas.drawImage(picture(), 100, A4[1] - 226, 400, 36), say(canvas)),
    "on a picture of the page": lambda canvas: (canvas.drawImage(picture(250), 0, 0, *A4), say(canvas)),
    "clipped to more": clipped(90, 180, 450, 60),
    "printed twice": lambda canvas: (say(canvas), say(canvas, left=LEFT + 0.2)),
}


@pytest.mark.parametrize("draw", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_seen(draw):
    """What is only pale, small or on something is seen."""
    if draw is NEAR_MISSES["on a picture of the page"]:
        lines, furniture, damage = sorted_out(read(drawn([draw, *PLAIN])))
        assert (sorted(lines), furniture, damage) == (sorted([*TEXT, HIDDEN]), [], {})
        return
    lines, furniture, damage = seen(draw)

    assert (lines, furniture, damage) == ([*TEXT, HIDDEN], [], {})


def carried(text):
    """A page in a font that the file carries."""
    pdfmetrics.registerFont(TTFont(build_pdf.EMBEDDED, io.BytesIO(build_font.make(text))))


@pytest.mark.parametrize(("shade", "is_seen"), [(0.0, True), (0.6, True), (0.97, False), (1.0, False)])
def test_font_in_the_file(shade, is_seen):
    """Letters of a font that the file carries are judged as those of one that it names."""
    carried(HIDDEN)

    lines, furniture, _ = seen(coloured(shade, font=build_pdf.EMBEDDED))

    assert (lines, furniture) == (([*TEXT, HIDDEN], []) if is_seen else (TEXT, [HIDDEN]))


def test_figure_under_a_patch():
    """A patch over a figure and another one on it: the new one is read, the old one is beside."""
    words = "三、资助标准为每人每年"
    left = LEFT + width_of(words)

    def patch(canvas):
        say(canvas, words + "150元。")
        canvas.setFillColorRGB(1, 1, 1)
        box(canvas, left, TOP - 2, width_of("150"), 22)
        canvas.setFillColorRGB(0, 0, 0)
        say(canvas, "180", left)

    lines, furniture, damage = seen(kept(patch))

    assert lines == [*TEXT, f"{words}180元。"]
    assert "5" in furniture
    assert damage["unseen_words"] >= 1


# ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

LAYERED = b"/F 16 Tf 50 700 Td (Each person pays 380 a year.) Tj ET /OC /L BDC BT /F 16 Tf 50 600 Td (The subsidy is 9999.) Tj ET EMC"


def layered(state, content=b"BT " + LAYERED, more=(), resources=b""):
    catalog = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<%s>>>>>>" % state
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>%s>>/Contents 4 0 R>>"
        % resources
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    group = b"<</Type/OCG/Name(draft)>>"
    return written(catalog, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(content), font, group, *more)


GROUPED = b"BT /F 16 Tf 50 700 Td (Each person pays 380 a year.) Tj ET /X Do"
IN_LAYER = (
    b"<</Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F 5 0 R>>>>/Length 52>>\nstream\n"
    b"BT /F 16 Tf 50 600 Td (The subsidy is 9999.) Tj ET  \nendstream"
)
LAYERS = {
    "off": (layered(b"/OFF[6 0 R]"), False),
    "on": (layered(b"/ON[6 0 R]"), True),
    "not said": (layered(b""), True),
    "all off": (layered(b"/BaseState/OFF"), False),
    "group of a layer, off": (layered(b"/OFF[6 0 R]", GROUPED, (IN_LAYER,), b"/XObject<</X 7 0 R>>"), False),
    "group of a layer, on": (layered(b"", GROUPED, (IN_LAYER,), b"/XObject<</X 7 0 R>>"), True),
}


@pytest.mark.parametrize(("data", "is_seen"), LAYERS.values(), ids=LAYERS)
def test_layers(data, is_seen):
    """A layer is text where it is switched on."""
    lines, furniture, _ = sorted_out(read(data))

    assert any("9999" in line for line in lines) == is_seen
    assert any("9999" in line for line in furniture) != is_seen
    assert any("380" in line for line in lines)


# ── recognised text ─────────────────────────────────────────────────────────────────────────────────────────────────


def scanned(*draws, over=False):
    """A page that is a picture, with what is drawn on it, or under it."""

    def paint(canvas):
        canvas.drawImage(picture(), 0, 0, *A4)

    lines = [kept(lambda canvas, line=line: say(canvas, *line[:3], mode=3)) for line in PLAIN]
    items = [*lines, *draws]
    return drawn([*items, paint] if over else [paint, *items])


def test_recognised_text():
    """Words over a picture in rendering mode 3 are read, counted, and every figure of them says so."""
    source = read(scanned())
    result = process(source, load())

    assert sorted_out(source) == (TEXT, [], {"recognised_text": 1})
    assert ("recognised_text", 1) in [(item.kind, item.count) for item in result.notice.quality.damage]
    assert [fact.evidence.recognised for fact in result.facts] == [True, True]


def test_recognised_text_under_its_picture():
    """Some programs put the words under the picture that they were read from."""
    words = [(line, left, top) for line, left, top in PLAIN]
    source = read(drawn([*words, lambda canvas: canvas.drawImage(picture(), 0, 0, *A4)]))

    assert sorted_out(source) == (TEXT, [], {"recognised_text": 1})


def test_hidden_words_on_a_ground():
    """A picture under words that are seen is no scan: what is hidden on it is no text."""
    page = [lambda canvas: canvas.drawImage(picture(250), 0, 0, *A4), *PLAIN, lambda canvas: say(canvas, mode=3)]

    assert sorted_out(read(drawn(page))) == (TEXT, [HIDDEN], {"unseen_words": 1})


def test_typed_words_are_not_recognised():
    """No figure of words that are drawn says that it was recognised."""
    result = process(read(drawn(PLAIN)), load())

    assert [fact.evidence.recognised for fact in result.facts] == [False, False]


# ── struck out ──────────────────────────────────────────────────────────────────────────────────────────────────────

BEFORE, OLD, NEW = "三、大病保险起付线为", "15000", "12000元。"
START = LEFT + width_of(BEFORE)
END = START + width_of(OLD)
DIGIT = width_of("0")


def line_at(above, left=START, right=END, thick=0.8, **look):
    """A line so many sizes above the one that the words stand on."""

    def draw(canvas):
        canvas.setLineWidth(thick)
        if look.get("filled"):
            canvas.rect(left, base(TOP) + above * SIZE - thick / 2, right - left, thick, stroke=0, fill=1)
        else:
            if "shade" in look:
                canvas.setStrokeColorRGB(*look["shade"])
            canvas.line(left, base(TOP) + above * SIZE, right, base(TOP) + above * SIZE)

    return kept(draw)


def words_and(draw):
    return kept(lambda canvas: (say(canvas, BEFORE + OLD + NEW), draw(canvas)))


def strikes(*draws):
    return kept(lambda canvas: [draw(canvas) for draw in draws])


def slanting(low, high, left=START, right=END):
    """A line that rises from so many sizes above the one that the words stand on."""
    return kept(lambda canvas: canvas.line(left, base(TOP) + low * SIZE, right, base(TOP) + high * SIZE))


def waving(low, high):
    """A line in waves between two heights, in sizes above the one that the words stand on."""

    def draw(canvas):
        path = canvas.beginPath()
        path.moveTo(START, base(TOP) + low * SIZE)
        for at in range(1, 9):
            path.lineTo(START + (END - START) * at / 8, base(TOP) + (high if at % 2 else low) * SIZE)
        canvas.drawPath(path)

    return kept(draw)


STRUCK = {
    "waves": waving(0.1, 0.6),
    "beyond the words": line_at(0.3, START - 2.5, END + 2.5, thick=1.5),
    "rising line": slanting(0.0, 0.7),
    "falling line": slanting(0.75, -0.05),
    "cross": strikes(slanting(0.0, 0.7), slanting(0.7, 0.0)),
    "line": line_at(0.3),
    "low line": line_at(0.2),
    "high line": line_at(0.45),
    "thin box": line_at(0.3, filled=True),
    "thick line": line_at(0.3, thick=2.2),
    "red": line_at(0.3, shade=RED),
    "two lines": strikes(line_at(0.25), line_at(0.38)),
    "a line for each sign": strikes(*(line_at(0.3, START + DIGIT * at, START + DIGIT * at + DIGIT) for at in range(5))),
    "in a group": in_group(line_at(0.3)),
    "before the words": line_at(0.3),
}


@pytest.mark.parametrize("draw", STRUCK.values(), ids=STRUCK)
def test_struck_out(draw):
    """A figure that a line goes through is none, and what stands around it is one sentence."""
    lines, furniture, damage = seen(words_and(draw))

    assert lines == [*TEXT, BEFORE + NEW]
    assert furniture == [OLD]
    assert damage == {"struck_out": 1}


UNTOUCHED = {
    "underlined": line_at(-0.08),
    "underlined on the line": line_at(0.0),
    "line over": line_at(0.95),
    "white line": line_at(0.3, shade=WHITE),
    "ruling of the page's width": line_at(0.3, 40, 560),
    "line elsewhere": line_at(0.3, 20, 60),
    "waves under the words": waving(-0.25, 0.0),
    "slanting over three lines": slanting(-1.5, 1.5),
    "slanting under the words": slanting(-0.6, -0.1),
    "slanting over the page": slanting(0.0, 0.7, 30, 560),
}


@pytest.mark.parametrize("draw", UNTOUCHED.values(), ids=UNTOUCHED)
def test_not_struck_out(draw):
    """Lines under and over words, and lines that only cross them, strike nothing."""
    lines, _, damage = seen(words_and(draw))

    assert lines == [*TEXT, BEFORE + OLD + NEW]
    assert damage == {}


def test_whole_line_struck_out():
    """A paragraph that is struck out whole leaves no paragraph."""
    lines, furniture, damage = seen(
        kept(lambda canvas: (say(canvas), canvas.line(LEFT, base(TOP) + 5, LEFT + width_of(HIDDEN), base(TOP) + 5)))
    )

    assert (lines, furniture, damage) == (TEXT, [HIDDEN], {"struck_out": 1})


def test_struck_under_a_stamp():
    """A line through words strikes them, although a stamp covers the middle of them."""

    def draw(canvas):
        say(canvas, HIDDEN)
        canvas.line(LEFT, base(TOP) + 5, LEFT + width_of(HIDDEN), base(TOP) + 5)
        canvas.drawImage(picture(), LEFT + width_of(HIDDEN) - 60, base(TOP) - 10, 80, 40)

    lines, furniture, _ = seen(kept(draw))

    assert lines == TEXT
    assert "9999" in "".join(furniture)


def test_struck_between_figures():
    """What is left of two figures isn't made one."""
    words = ("640", "610", "380元")
    left = LEFT + width_of("三、640")

    def draw(canvas):
        say(canvas, "三、" + "".join(words))
        canvas.line(left, base(TOP) + 5, left + width_of("610"), base(TOP) + 5)

    assert seen(kept(draw))[0][-1] == "三、640 380元"


# ── raised, lowered, tall ───────────────────────────────────────────────────────────────────────────────────────────


def beside(*parts):
    """Words side by side: of each its text, its size, how far it is raised."""

    def draw(canvas):
        left = LEFT
        for text, size, up in parts:
            canvas.setFont(build_pdf.FONT, size)
            canvas.drawString(left, base(TOP) + up, text)
            left += width_of(text, size)

    return draw


RAISED = {
    "a note": ([("补助640", 16, 0), ("1", 8, 6), ("元。", 16, 0)], "补助640¹元。"),
    "a note of two digits": ([("补助640", 16, 0), ("12", 8, 6), ("元。", 16, 0)], "补助640¹²元。"),
    "a note in brackets": ([("补助640", 16, 0), ("[1]", 8, 6), ("元。", 16, 0)], "补助640⁽¹⁾元。"),
    "a note at words": ([("补助640元", 16, 0), ("2", 9, 6), ("。", 16, 0)], "补助640元²。"),
    "a star": ([("补助640", 16, 0), ("*", 8, 6), ("元。", 16, 0)], "补助640元。"),
    "a unit": ([("面积50 m", 16, 0), ("2", 8, 6), ("以上。", 16, 0)], "面积50 m²以上。"),
    "a power": ([("约10", 16, 0), ("4", 8, 6), ("元。", 16, 0)], "约10⁴元。"),
    "a substance": ([("CO", 16, 0), ("2", 8, -3), ("排放。", 16, 0)], "CO2排放。"),
    "lowered at a figure": ([("补助640", 16, 0), ("1", 8, -3), ("元。", 16, 0)], "补助640₁元。"),
    "smaller on the line": ([("补助", 16, 0), ("640", 12, 0), ("元。", 16, 0)], "补助640元。"),
    "a little off": ([("补助", 16, 0), ("640", 15, 1), ("元。", 16, 0)], "补助640元。"),
}


@pytest.mark.parametrize(("parts", "expected"), RAISED.values(), ids=RAISED)
def test_raised(parts, expected):
    """Small signs off the line are signs of their own; letters that are only smaller are letters."""
    assert seen(beside(*parts))[0][-1] == expected


def test_straight_watermark():
    """Large words over lines are beside; so are the same words where they lie over none."""

    def mark(canvas):
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        for height in (690, 300):
            canvas.setFont(build_pdf.FONT, 60)
            canvas.drawString(150, height, "征求意见稿")

    for items in ([kept(mark), *PLAIN], [*PLAIN, kept(mark)]):
        lines, furniture, _ = sorted_out(read(drawn(items)))
        assert (lines, furniture) == (TEXT, ["征求意见稿"] * 2)


def test_watermark_of_the_text_s_size():
    """A pale word among the lines that lies over words is beside."""
    lines, furniture, _ = seen(coloured(0.8, text="内部资料", left=200, top=129))

    assert (lines, furniture) == (TEXT, ["内部资料"])


def test_tall_brackets():
    """Brackets around three lines don't tear them."""
    lines = [
        ("个人缴费标准为每人每年", 160, 300, 9),
        ("380元，其中困难人员由", 160, 313, 9),
        ("财政给予190元资助", 160, 326, 9),
    ]
    found, furniture, _ = seen(*lines, ("（", 110, 298, 40), ("）", 270, 298, 40))

    assert "".join(found[3:]) == "".join(line[0] for line in lines)
    assert "".join(furniture) == "（）"


def test_large_print_beside_small():
    """A block of lines in large print isn't torn by smaller lines beside it."""
    large = ["040+9834*3*6/5189899", "+*855339*93792210", "+135+-18+4+22*643"]
    small = ["名称：某某医院", "地址：某路88号", "账号：一二三四", "电话：五六七八"]
    found = seen(
        *[(line, 300, 300 + 21 * at, 16) for at, line in enumerate(large)],
        *[(line, 110, 298 + 17 * at, 10) for at, line in enumerate(small)],
        *[("各级医疗保障部门按照有关规定执行。", 110, 400 + 20 * at, 10) for at in range(9)],
    )[0]

    assert [line for line in large if line not in "\n".join(found)] == []


HEAD = ["江西省医疗保障局", "江西省财政厅", "国家税务总局江西省税务局"]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("size", [24, 50])
def test_joint_letterhead(size, count):
    """The issuers of a joint letterhead are all read, whatever the size of the word beside them."""
    names = HEAD[-count:]
    middle = 60 + 30 * (count - 1) / 2 + 12 - size / 2
    page = [
        *[(name, 79, 60 + 30 * at, 24) for at, name in enumerate(names)], ("文件", 440, middle, size),
        ("赣医保发〔2023〕12号", 210, 190), ("关于做好城乡居民基本医疗保险工作的通知", 150, 240, 18),
        *[(text, left, top + 200) for text, left, top in PLAIN],
    ]  # fmt: skip
    notice = process(read(drawn(page)), load()).notice

    assert list(notice.issuers) == names
    assert notice.document_number == "赣医保发〔2023〕12号"


# ── columns, lists, fields, pictures ────────────────────────────────────────────────────────────────────────────────


def down(columns, left=500, top=150, pitch=28, step=20):
    return [
        (sign, left - pitch * number, top + step * at, 14)
        for number, column in enumerate(columns) for at, sign in enumerate(column)
    ]  # fmt: skip


def test_columns_from_the_right():
    """Signs one under another are columns, read from the right; a head over them is read first, as it stands."""
    source = read(drawn([("关于做好医疗保障工作的通知", 150, 60, 18), *down(COLUMNS)]))
    box = next(block.box for block in source.blocks if source.text[block.start : block.end] == COLUMNS[0])

    assert source.text == "关于做好医疗保障工作的通知\n" + "".join(COLUMNS)
    assert {block.page for block in source.blocks} == {1}
    assert (box.left // 10, box.right // 10) == (49, 51)
    assert box.bottom - box.top > 10 * 20


def test_figures_in_columns():
    """Digits that stand side by side in a column are one figure of it."""
    columns = [
        [*"个人缴费标准为每人每年", "380", "元", "，"], [*"财政补助不低于", "640", *"元，住院"], [*"支付比例", "70", "%", "。"],
    ]  # fmt: skip
    items = [
        (sign, 500 - 28 * number + 7 - width_of(sign, 14) / 2, 150 + 20 * at, 14)
        for number, column in enumerate(columns) for at, sign in enumerate(column)
    ]  # fmt: skip

    assert read(drawn(items)).text == "".join(map("".join, columns))


def test_columns_alone():
    """A page of columns alone is read from the right."""
    assert read(drawn(down(COLUMNS))).text == "".join(COLUMNS)


def test_label_down_a_table():
    """A label that is written down beside rows stays one, and the rows are rows."""
    rows = [("普通居民", "380元"), ("低保对象", "190元"), ("特困人员", "全额资助")]
    items = [(text, 200 + 150 * at, 110 + 30 * row) for row, texts in enumerate(rows) for at, text in enumerate(texts)]
    lines = [(150, y, 500, y) for y in (100, 190)] + [(180, y, 500, y) for y in (130, 160)]
    lines += [(x, 100, x, 190) for x in (150, 180, 340, 500)]
    source = read(drawn([*items, *lines, *down(["缴费标准"], 158, 104, step=20)]))
    cells = [source.text[block.start : block.end] for block in source.blocks if block.kind == "cell"]

    assert sorted(cells) == sorted([*(text for row in rows for text in row), "缴费标准"])


LISTS = {
    "digits": ["1.成年居民每人每年缴费380", "2.中小学生每人每年缴费350", "3.低保对象每人每年缴费190"],
    "brackets": ["（1）成年居民每人每年缴费380", "（2）中小学生每人每年缴费350", "（3）低保对象每人每年缴费190"],
    "circles": ["①成年居民每人每年缴费380", "②中小学生每人每年缴费350", "③低保对象每人每年缴费190"],
    "Chinese": ["一、成年居民每人每年缴费380", "二、中小学生每人每年缴费350", "三、低保对象每人每年缴费190"],
    "bullets": ["●成年居民每人每年缴费380", "●中小学生每人每年缴费350", "●低保对象每人每年缴费190"],
}


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_list_lines(lines):
    """Lines that begin with a marker that counts on are items, though each is full."""
    page = [("缴费档次如下", 79, 100), *[(line, 79, 128 + 28 * at) for at, line in enumerate(lines)]]

    assert read(drawn(page)).text.split("\n") == ["缴费档次如下", *lines]


def test_marker_within_a_sentence():
    """A line that begins with what only looks like a marker goes on."""
    page = [("个人缴费标准和待遇享受期按照本通知第", 79, 100), ("一、二款的规定执行，财政补助标准另行规", 79, 128)]

    assert read(drawn(page)).text == "".join(text for text, *_ in page)


def field(name, value, **options):
    def draw(canvas):
        say(canvas, "三、资助标准为")
        left = LEFT + width_of("三、资助标准为") + 8
        if options.get("choice"):
            canvas.acroForm.choice(
                name=name,
                value=value,
                options=["150", "180"],
                x=left,
                y=base(TOP) - 4,
                width=90,
                height=20,
                fieldFlags="combo",
            )
        else:
            canvas.acroForm.textfield(
                name=name,
                value=value,
                x=left,
                y=base(TOP) - 4,
                width=90,
                height=20,
                annotationFlags=options.get("flags", "print"),
            )
        say(canvas, "元。", left + 96)

    return draw


FIELDS = {
    "text": (field("sum", "180"), "三、资助标准为180元。"),
    "choice": (field("sum", "180", choice=True), "三、资助标准为180元。"),
    "blank": (field("sum", ""), "三、资助标准为  元。"),
    "hidden": (field("sum", "180", flags="hidden"), "三、资助标准为  元。"),
}


@pytest.mark.parametrize(("draw", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields(draw, expected):
    """What is filled into a form is text at its place."""
    assert seen(draw)[0][-1] == expected


def test_picture_of_digits():
    """A picture between words and a unit, or within a figure, may be digits: what stands there is lost, and said."""

    def draw(canvas):
        say(canvas, "三、资助标准为")
        left = LEFT + width_of("三、资助标准为")
        canvas.drawImage(picture(), left + 1, base(TOP) - 1, 24, 14)
        say(canvas, "元。", left + 26)

    source = read(drawn([*PLAIN, draw]))

    assert source.text.split("\n")[-1] == "三、资助标准为\ufffd元。"
    assert "replacement_character" in [item.kind for item in process(source, load()).notice.quality.damage]


def test_picture_beside_words():
    """A seal, a badge or a bullet is no figure."""

    def draw(canvas):
        say(canvas)
        canvas.drawImage(picture(), LEFT - 30, base(TOP), 14, 14)
        canvas.drawImage(picture(), LEFT + width_of(HIDDEN) + 4, base(TOP), 14, 14)

    assert seen(draw)[0] == [*TEXT, HIDDEN]


# ── notes put on a page ─────────────────────────────────────────────────────────────────────────────────────────────


def noted(*note, form=b""):
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[6 0 R]>>"
    )
    content = stream(b"BT /F 16 Tf 50 700 Td (Each person pays) Tj 150 0 Td (9999) Tj 60 0 Td (380) Tj ET")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % form
    return written(catalog, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content, font, *note)


QUAD = b"/Rect[199 696 237 714]/QuadPoints[199 714 237 714 199 696 237 696]"
COVER = b"<</Subtype/Form/BBox[0 0 40 20]/Length 28>>\nstream\n1 1 1 rg 0 0 40 20 re f     \nendstream"
NOTES = {
    "struck": ((b"<</Type/Annot/Subtype/StrikeOut%s/C[1 0 0]>>" % QUAD,), False),
    "struck, hidden": ((b"<</Type/Annot/Subtype/StrikeOut%s/C[1 0 0]/F 2>>" % QUAD,), True),
    "underlined": ((b"<</Type/Annot/Subtype/Underline%s/C[1 0 0]>>" % QUAD,), True),
    "highlighted": ((b"<</Type/Annot/Subtype/Highlight%s/C[1 1 0]>>" % QUAD,), True),
    "covered": ((b"<</Type/Annot/Subtype/Square/Rect[198 695 238 715]/AP<</N 7 0 R>>>>", COVER), False),
    "framed": ((b"<</Type/Annot/Subtype/Square/Rect[198 695 238 715]/C[1 0 0]>>",), True),
}


@pytest.mark.parametrize(("note", "is_text"), NOTES.values(), ids=NOTES)
def test_notes(note, is_text):
    """A note strikes words out, or covers them; what only marks them leaves them."""
    lines, furniture, _ = sorted_out(read(noted(*note)))

    assert ("9999" in "".join(lines)) == is_text
    assert ("9999" in "".join(furniture)) != is_text
    assert "380" in "".join(lines)


SIGNED = stream(b"BT /F 12 Tf 4 6 Td (Signed 2023) Tj ET").replace(
    b"<<", b"<</Subtype/Form/BBox[0 0 140 20]/Resources<</Font<</F 5 0 R>>>>", 1
)
FIELD = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/Rect[50 600 190 620]/AP<</N 7 0 R>>%s>>"
FORM = b"/AcroForm<</Fields[6 0 R]/SigFlags 3>>"
WORDS_OVER = {
    "signature": ((FIELD % b"", SIGNED), FORM, True),
    "hidden signature": ((FIELD % b"/F 2", SIGNED), FORM, False),
    "stamp": ((b"<</Type/Annot/Subtype/Stamp/Rect[50 600 190 620]/AP<</N 7 0 R>>>>", SIGNED), b"", True),
    "typed": ((b"<</Type/Annot/Subtype/FreeText/Rect[50 600 190 620]/AP<</N 7 0 R>>>>", SIGNED), b"", True),
    "comment": ((b"<</Type/Annot/Subtype/Text/Rect[50 600 190 620]/AP<</N 7 0 R>>>>", SIGNED), b"", False),
}


@pytest.mark.parametrize(("note", "form", "is_read"), WORDS_OVER.values(), ids=WORDS_OVER)
def test_words_of_notes(note, form, is_read):
    """What signatures and stamps show is read beside the text."""
    lines, furniture, _ = sorted_out(read(noted(*note, form=form)))

    assert "Signed" not in "".join(lines)
    assert ("Signed2023" in "".join("".join(furniture).split())) == is_read


# ── turned pages ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("along", [False, True])
def test_turned_pages(turn, along):
    """On a page that is shown turned, or whose words are turned, the same is seen and the same is struck out."""

    def paint(canvas):
        canvas.setPageRotation(turn)
        if along:
            canvas.translate(A4[0] / 2, A4[1] / 2)
            canvas.rotate(turn)
            canvas.translate(-A4[0] / 2, -A4[1] / 2 - 150)
        for words, left, top in PLAIN:
            say(canvas, words, left, top)
        words_and(line_at(0.3))(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        say(canvas, top=TOP + 28)

    lines, furniture, damage = sorted_out(read(drawn([kept(paint)], size=A4[::-1] if turn % 180 else A4)))

    assert lines == [*TEXT, BEFORE + NEW]
    assert sorted(furniture) == sorted([OLD, HIDDEN])
    assert damage == {"struck_out": 1, "unseen_words": 1}
