"""PDFs become the text that one reads on their pages: paragraphs whole, tables as cells, page furniture set apart."""

from __future__ import annotations

import ctypes
import io
import random
import time
import zlib
from functools import cache

import build_pdf
import formats
import msgspec
import pypdfium2
import pytest
from build_pdf import drawn, stream, written
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw
from work import assert_linear, at_most, lines_run

from extractor.errors import IngestError
from extractor.ingest import Limits, read
from extractor.ingest.pdf.reader import read_pdf
from extractor.pipeline import process
from extractor.resources import load

PARTS = formats.parts()
LONG = "人均财政补助标准新增三十元，达到每人每年六百一十元"


def source_of(data, **limits):
    """Read here, not in the guard's process: the same code, and faults show where they are."""
    return read_pdf(data, "某.pdf", Limits(**limits), load())


def lines_of(data):
    return source_of(data).text.split("\n")


def kinds_of(data):
    source = source_of(data)
    return [(source.text[block.start : block.end], block.kind) for block in source.blocks]


def furniture_of(data):
    return [text for text, kind in kinds_of(data) if kind == "furniture"]


def cells_of(data):
    source = source_of(data)
    return [
        (block.page, block.table, block.row, block.column, source.text[block.start : block.end], block.header)
        for block in source.blocks
        if block.kind == "cell"
    ]


# ── a whole notice ──────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def from_web():
    return process(read(formats.NOTICE.read_bytes(), origin="a.html"), load())


def plain(facts):
    """Facts as data, without the places that differ from file to file."""
    rows = []
    for fact in facts:
        row = msgspec.to_builtins(fact)
        row["evidence"] = {key: row["evidence"][key] for key in ("exact", "section")}
        row["support"] = [(words["for"], words["exact"]) for words in row["support"]]
        rows.append(row)
    return rows


SETTINGS = {
    "office": {},
    "a font in the file": {"font": build_pdf.EMBEDDED},
    "running head": {"head": "江西省医疗保障局文件  2022"},
    "two columns": {"columns": 2, "size": 12.0},
    "blanks between all characters": {"spaced": True},
    "drawn twice for bold": {"bold": True},
    "no indentation": {"indent": 0},
    "small, bare numbers": {"size": 10.5, "numbers": "{}"},
    "第 1 页": {"numbers": "第 {} 页"},
    "many pages, no numbers": {"room": 300.0, "numbers": ""},
    "table's head again on the next page": {"room": 300.0, "repeat": True},
    "turned page": {"turn": 90, "drawn": 90},
    "turned text": {"drawn": 90},
    "upside down": {"turn": 180},
}


@pytest.mark.parametrize("options", SETTINGS.values(), ids=SETTINGS)
def test_facts_are_those_of_the_web_page(options):
    """However a notice is set, its facts are the same, to their ids; and nothing on it is unaccounted for."""
    result = process(source_of(build_pdf.make(PARTS, **options)), load())
    web = from_web()

    assert plain(result.facts) == plain(web.facts)
    assert result.notice.issuers == web.notice.issuers
    assert result.notice.addressees == web.notice.addressees
    assert result.notice.issued_on == web.notice.issued_on
    assert [row.reason for row in result.unresolved] == [row.reason for row in web.unresolved]


@pytest.mark.parametrize("options", SETTINGS.values(), ids=SETTINGS)
def test_boxes_hold_the_words(options):
    """What pdfium itself finds within the box of a fact are its words."""
    data = build_pdf.make(PARTS, **options)
    document = pypdfium2.PdfDocument(data)
    facts = process(source_of(data), load()).facts
    blanks = str.maketrans("", "", " \r\n\t")

    for fact in facts:
        words = fact.evidence.exact.translate(blanks)
        found = within(document[fact.evidence.page - 1], fact.evidence.box).translate(blanks)
        # Words that go on in the next line begin at the end of this one.
        assert words in doubled(found) or any(found.endswith(words[:size]) for size in range(1, len(words)))


def doubled(text):
    """Take once what is drawn twice."""
    return text if text[::2] != text[1::2] else text[::2]


def within(page, box):
    """Let pdfium say which characters stand in a box of a page as it is shown."""
    x, y = ctypes.c_double(), ctypes.c_double()
    corners = []
    for at in ((box.left - 1, box.top - 1), (box.right + 1, box.bottom + 1)):
        width, height = (round(side) for side in page.get_size())
        raw.FPDF_DeviceToPage(page, 0, 0, width, height, 0, *at, x, y)
        corners.append((x.value, y.value))
    (a, b), (c, d) = corners
    return page.get_textpage().get_text_bounded(min(a, c), min(b, d), max(a, c), max(b, d))


def test_text_is_that_of_the_parts():
    """Title, paragraphs and signatures are lines of their own, in order; the table's rows are between them."""
    lines = lines_of(build_pdf.make(PARTS, numbers="", head=""))

    assert [line for line in lines if "\t" not in line] == [part.text for part in PARTS if part.text]


def test_table():
    """A table is cells, a cell over two rows stands once, lines of a cell are joined without a blank."""
    found = cells_of(build_pdf.make(PARTS))
    rows = next(part.rows for part in PARTS if part.rows)

    assert [cell[2:5] for cell in found] == [
        (row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts) if text
    ]
    assert {cell[2] for cell in found if cell[5]} == {0}


@pytest.mark.parametrize("repeat", [False, True])
def test_table_over_pages(repeat):
    """A table that a page's end cuts is one table; its rows know their page, the repeated head is furniture."""
    data = build_pdf.make(PARTS, room=300.0, repeat=repeat, numbers="")
    found = cells_of(data)

    assert {cell[1] for cell in found} == {0}
    assert len({cell[0] for cell in found}) > 1
    assert [cell[4] for cell in found] == [cell[4] for cell in cells_of(build_pdf.make(PARTS))]
    assert ("人员类别" in furniture_of(data)) == repeat


def test_title_from_metadata():
    """A title that a file gives is kept; the name of the file it was made from is not."""
    title = "关于做好2022年城乡居民基本医疗保障工作的通知"

    assert source_of(build_pdf.make(PARTS[:4], title=title)).title == title
    assert source_of(build_pdf.make(PARTS[:4], title=f"{title}.doc")).title is None
    assert source_of(build_pdf.make(PARTS[:4], title="Microsoft Word - 文件")).title is None


# ── furniture ───────────────────────────────────────────────────────────────────────────────────────────────────────


def page_of(*texts, top=100.0, left=79.0):
    return [(text, left, top + 28 * at) for at, text in enumerate(texts)]


def test_running_heads_and_numbers():
    """Heads, feet and numbers are furniture, on every page."""
    data = build_pdf.make(PARTS, head="江西省医疗保障局3", numbers="· {} ·")
    count = len(pypdfium2.PdfDocument(data))
    found = furniture_of(data)

    assert found.count("江西省医疗保障局3") == count
    assert len(found) == 2 * count


FURNITURE = [
    ("number of a single page", [[*page_of(LONG, LONG), ("1", 300, 780)]], ["1"]),
    ("figure alone, not at the foot", [[("610", 300, 100), *page_of(LONG, LONG, top=128)]], []),
    ("numbers that don't count on", [[*page_of(LONG), ("7", 300, 780)], [*page_of("甲"), ("3", 300, 780)]], []),
    ("附件 at the top of two pages", [page_of(LONG), page_of("附件", "甲"), page_of("附件", "乙")], []),
    ("head of two pages", [[("某省公报", 79, 50), *page_of(text)] for text in "甲乙"], ["某省公报"] * 2),
    ("head with the page's number", [[(f"公报{n}", 79, 50), *page_of("甲" * n)] for n in (1, 2)], ["公报1", "公报2"]),
    ("head with another number", [[(f"公报{n}", 79, 50), *page_of("甲" * n)] for n in (7, 9)], []),
    ("pages of the same words", [page_of(LONG, "甲")] * 2, []),
]


@pytest.mark.parametrize(("pages", "expected"), [row[1:] for row in FURNITURE], ids=[row[0] for row in FURNITURE])
def test_furniture(pages, expected):
    """Furniture stands outside of the text of all pages; what only looks like it stays text."""
    assert furniture_of(drawn(*pages)) == expected


def framed(*frames):
    """Two pages of different words inside of frames (left, top, right, bottom), with a head and a number over the frames' lines."""
    sides = [side for x, y, right, low in frames for side in ((x, y, right, y), (x, low, right, low), (x, y, x, low), (right, y, right, low))]  # fmt: skip
    return [
        [("江西省医疗保障局文件", 220, 56), *page_of(*[sign * 26] * 12), (f"— {number} —", 280, 782, 14), *sides]
        for number, sign in enumerate("甲乙", 1)
    ]


BORDERS = {
    "one": [(60, 64, 545, 790)],
    "two": [(60, 50, 545, 805), (68, 85, 537, 775)],
    "head and foot apart": [(60, 50, 545, 805), (60, 85, 545, 775)],
}


@pytest.mark.parametrize("frames", BORDERS.values(), ids=BORDERS)
def test_head_over_a_border(frames):
    """A border around a page makes no table of it, and a head on the border's line is the page's."""
    data = drawn(*framed(*frames))

    assert furniture_of(data) == ["江西省医疗保障局文件", "—1—", "江西省医疗保障局文件", "—2—"]
    assert cells_of(data) == []


def test_title_over_pages():
    """A title that a page's end cuts is one."""
    title = ("关于做好城乡居民基本医疗保障", "工作的实施办法")
    pages = [[*PROSE, (title[0], 150, 700, 22)], [(title[1], 220, 100, 22), *[(t, x, y + 60) for t, x, y in PROSE]]]

    assert "".join(title) in lines_of(drawn(*pages))


def test_watermark():
    """Words across a page are furniture and don't break its lines."""

    def across(canvas):
        canvas.saveState()
        canvas.setFont(build_pdf.FONT, 60)
        canvas.translate(150, 400)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料100元")
        canvas.restoreState()

    found = kinds_of(drawn([across, *page_of(*[LONG] * 20)]))

    assert [line for line in found if line[0] != LONG] == [("内部资料100元", "furniture")]
    assert sum(text == LONG for text, _ in found) == 20


# ── lines and paragraphs ────────────────────────────────────────────────────────────────────────────────────────────

FULL = "人均财政补助标准新增三十元，达到每人每年六百一十元，个人"
PROSE = [
    ("　", 79, 100), (FULL[:26], 111, 100), (FULL, 79, 128), ("缴费标准为三百五十元。", 79, 156),
    (FULL[:26], 111, 184), (FULL, 79, 212), ("由财政负担。", 79, 240),
]  # fmt: skip
JOINS = {
    "paragraphs by indentation": (
        PROSE,
        [FULL[:26] + FULL + "缴费标准为三百五十元。", FULL[:26] + FULL + "由财政负担。"],
    ),
    "a gap": ([(FULL, 79, 100), (FULL, 79, 128), (FULL, 79, 156), (FULL, 79, 240)], [FULL * 3, FULL]),
    "another size": ([(FULL, 79, 100), (FULL, 79, 128), (FULL[:20], 79, 156, 22)], [FULL * 2, FULL[:20]]),
    "signatures": (
        [*PROSE, ("江西省医疗保障局", 350, 296), ("江西省财政厅", 366, 324), ("2022年9月2日", 366, 352)],
        ["江西省医疗保障局", "江西省财政厅", "2022年9月2日"],
    ),
    "a hanging item": (
        [*PROSE, ("附件：1.", 111, 296), (FULL[:22], 175, 296), ("名单及其说明", 175, 324)],
        ["附件：1. " + FULL[:22] + "名单及其说明"],
    ),
    "a title of two lines": (
        [
            ("关于做好城乡居民基本医疗保障", 150, 60, 22),
            ("工作的通知", 250, 100, 22),
            *[(t, x, y + 100) for t, x, y in PROSE],
        ],
        ["关于做好城乡居民基本医疗保障工作的通知"],
    ),
    "a spread line": ([("通", 200, 60), ("知", 300, 60)], ["通知"]),
    "a column of figures without rulings": ([("居民", 79, 60), ("350", 250, 60), ("640", 400, 60)], ["居民  350  640"]),
}


@pytest.mark.parametrize(("page", "expected"), JOINS.values(), ids=JOINS)
def test_lines_to_paragraphs(page, expected):
    """Lines are joined where one goes on in the other, and nowhere else."""
    found = lines_of(drawn(page, page_of(*["　"])))

    assert [line for line in found if line in expected] == expected


def test_figure_over_pages():
    """A figure that a page's end cuts says both of its lines, each with its page; one on a line says none."""
    first = "人均财政补助标准新增三十元达到每人每年6"
    pages = [
        [(FULL, 79, 700), (FULL, 79, 728), (f"{first}4", 79, 756)],
        [("0元，个人缴费标准为每人每年380元。", 79, 100)],
    ]
    facts = process(source_of(drawn(*pages)), load()).facts
    cut = next(fact.evidence for fact in facts if fact.value == "640")
    whole = next(fact.evidence for fact in facts if fact.value == "380")

    assert [line.page for line in cut.lines] == [1, 2]
    assert (cut.page, cut.box) == (cut.lines[0].page, cut.lines[0].box)
    assert cut.lines[0].box.top > cut.lines[1].box.bottom
    assert (whole.page, whole.lines) == (2, ())


def test_paragraph_over_pages():
    """A paragraph goes on over a page's end; its parts know their pages."""
    first = [*PROSE[:-1], ("— 1 —", 270, 780)]
    source = source_of(
        drawn(first, [(PROSE[-1][0], 79, 100), *[(t, x, y + 28) for t, x, y in PROSE], ("— 2 —", 270, 780)])
    )
    whole = FULL[:26] + FULL + "由财政负担。"
    start = source.text.index(whole)
    parts = [block for block in source.blocks if start <= block.start < start + len(whole)]

    assert [part.page for part in parts] == [1, 1, 2]


LATIN = [
    ("DRG/DIP payment by 2024", "DRG/DIP payment by 2024"),
    ("达到610元", "达到610元"),
    ("ＤＲＧ２０２２年", "ＤＲＧ２０２２年"),
    ("国家医保局 财政部", "国家医保局 财政部"),
]


@pytest.mark.parametrize(("text", "expected"), LATIN)
def test_blanks(text, expected):
    """Blanks between words stay; none are put where a font or a script changes."""
    assert lines_of(drawn([(text * 3, 79, 100), (LONG, 79, 128)]))[0].startswith(expected)


# ── what can't be read ──────────────────────────────────────────────────────────────────────────────────────────────

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
BLANK = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
SHOWN = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
TEXT = stream(b"BT /F 16 Tf 50 700 Td (%s) Tj ET" % (b"AB" * 40))
# A font whose glyphs have names of their own.
NAMELESS = (
    b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</g1 6 0 R/g2 6 0 R>>"
    b"/Encoding<</Type/Encoding/Differences[65/g1/g2]>>/FirstChar 65/LastChar 66/Widths[1000 1000]/Resources<<>>>>"
)


def tree(count, *kids):
    return b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(b"%d 0 R" % kid for kid in kids))


def scan(pages=2, text=""):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (60, 84), 200))

    def paint(canvas):
        canvas.drawImage(picture, 0, 0, 595, 842)

    return drawn(*[[paint, *([(text, 79, 800, 8)] if text else [])]] * pages)


SET_ASIDE = {
    "password": (lambda: build_pdf.make(PARTS[:5], password="secret"), "encrypted", "password"),  # noqa: S106 - of a made file
    "scan": (scan, "no_text", "2 of its 2 pages are pictures"),
    "scan with the name of its program": (lambda: scan(3, "扫描全能王 创建"), "no_text", "3 of its 3 pages"),
    "blank": (lambda: written(CATALOG, tree(1, 3), BLANK), "no_text", "blank"),
    "glyphs without names": (
        lambda: written(CATALOG, tree(1, 3), SHOWN, TEXT, NAMELESS, stream(b"1000 0 0 0 800 800 d1 0 0 800 800 re f")),
        "no_text", "which characters",
    ),
    "only the first line": (lambda: b"%PDF-1.7\n", "broken", "cut short"),
    "nothing inside": (lambda: b"%PDF-1.7\nnothing\n%%EOF", "broken", "no PDF viewer"),
    "5,000 pages": (lambda: written(CATALOG, tree(5000, *range(3, 5003)), *[BLANK] * 5000), "too_large", "5,000 pages"),
    "no pages": (lambda: written(CATALOG, tree(0)), "broken", ""),
    "tree in a ring": (lambda: written(CATALOG, tree(3, 2, 3), tree(2, 2, 3)), "broken", "page 1"),
    "tree of twins": (lambda: written(CATALOG, tree(9, 3, 3, 3), tree(9, 2, 2, 2)), "broken", ""),
    "two milliard pages": (lambda: written(CATALOG, tree(2_000_000_000, 3), BLANK), "", ""),
    "drawing that draws itself": (
        lambda: written(
            CATALOG, tree(1, 3), SHOWN.replace(b"/Font<</F", b"/XObject<</X"), stream(b"/X Do"),
            b"<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream",
        ),
        "no_text", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "reason", "words"), SET_ASIDE.values(), ids=SET_ASIDE)
def test_set_aside_with_a_reason(make, reason, words):
    """What holds no text is refused at once, with a reason, the file's name and what to do."""
    with pytest.raises(IngestError) as caught:
        source_of(make())

    assert reason in caught.value.reason
    assert words in str(caught.value)
    assert str(caught.value).startswith("某.pdf: ")


@pytest.mark.timing
@pytest.mark.parametrize("make", [row[0] for row in SET_ASIDE.values()], ids=SET_ASIDE)
def test_set_aside_soon(make):
    """What holds no text costs seconds."""
    data = make()
    with at_most(10), pytest.raises(IngestError):
        source_of(data)


def coded(code, text=LONG * 3, to_unicode=b""):
    """A page in a font that gives no characters, unless ``to_unicode`` does; its codes are ``code`` of the text."""
    font, _, extra = build_pdf.KINDS["numbered"]
    shown = SHOWN.replace(b"595", b"1595")
    return written(
        CATALOG, tree(1, 3), shown, stream(b"BT /F 16 Tf 50 700 Td <%s> Tj ET" % code(text).hex().encode()),
        font.replace(b"/ToUnicode 8 0 R", to_unicode).replace(b"NAME", b"SimSun"), *extra(text, b"SimSun")[:2],
    )  # fmt: skip


def test_codes_that_are_the_characters():
    """A font without a map whose codes are the characters is read; one whose codes number its glyphs isn't."""
    assert source_of(coded(lambda text: text.encode("utf-16-be"))).text == LONG * 3
    for first in (1, 0x4E01, 0x0400):
        with pytest.raises(IngestError) as caught:
            source_of(coded(lambda text: "".join(chr(first + 7 * at) for at in range(len(text))).encode("utf-16-be")))  # noqa: B023
        assert caught.value.reason == "no_text"


def test_fonts_that_say_that_their_codes_are_the_characters():
    """However few they are, they are read."""
    for way in (b"H", b"V"):
        data = coded(lambda text: text.encode("utf-16-be"), "每年380元", b"/ToUnicode/Identity-" + way)
        assert source_of(data).text == "每年380元"


LIGATURES = b"begincmap 1 begincodespacerange <00><ff> endcodespacerange %d beginbfchar %s endbfchar endcmap"
SIGNS = {b"01": "ffi", b"02": "ff", b"03": "3", b"6f": "o", b"63": "c", b"65": "e", b"72": "r"}


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([b"6f016365"], "office"), ([b"6f026572"], "offer"), ([b"0303"], "33"), ([b"0303"] * 2, "33"), ([b"6f016365"] * 2, "office"),
    ],
)  # fmt: skip
def test_ligatures(shown, expected):
    """All letters of a ligature are read; a line that is drawn over itself, a little to the right, is one."""
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 0/LastChar 255/Widths[%s]/ToUnicode 6 0 R>>"
    pairs = b" ".join(b"<%s><%s>" % (code, sign.encode("utf-16-be").hex().encode()) for code, sign in SIGNS.items())
    lines = b" ".join(b"BT /F 16 Tf %f 700 Td <%s> Tj ET" % (50 + 0.4 * at, codes) for at, codes in enumerate(shown))
    data = written(
        CATALOG, tree(1, 3), SHOWN, stream(lines), font % (b"500 " * 256), stream(LIGATURES % (len(SIGNS), pairs))
    )

    assert lines_of(data) == [expected]


def test_some_pages_are_pictures():
    """A file that has text on some pages alone says how many it hasn't."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (60, 84), 200))
    source = source_of(drawn(page_of(*[LONG] * 9), [lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842)]))

    assert source.pictured == 1
    assert [(item.kind, item.count) for item in process(source, load()).notice.quality.damage] == [
        ("page_without_text", 1)
    ]


def test_limits():
    """Pages and characters have limits that can be set."""
    data = build_pdf.make(PARTS)

    for limits in ({"pages": 3}, {"characters": 500}):
        with pytest.raises(IngestError) as caught:
            source_of(data, **limits)
        assert caught.value.reason == "too_large"
        assert f"--limit {next(iter(limits))}=" in str(caught.value)


def test_a_password_that_only_forbids_changes():
    """A file that opens without a password is read, whatever it forbids."""
    assert source_of(build_pdf.make(PARTS[:5], password="")).text.startswith(PARTS[0].text)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
def test_cut_short(share):
    """A file that was cut anywhere is broken: half a notice must not pass for a whole one."""
    data = build_pdf.make(PARTS)

    with pytest.raises(IngestError) as caught:
        source_of(data[: int(len(data) * share)] or b"%PDF-1.4")

    assert caught.value.reason == "broken"


def test_cut_short_although_it_seems_whole():
    """A file for the web has an end mark near its start; its length says that it was cut."""
    data = build_pdf.make(PARTS[:5]).replace(b"\n", b"\n1 0 obj\n<</Linearized 1/L 99999999>>\nendobj\n", 1)

    with pytest.raises(IngestError) as caught:
        source_of(data)

    assert caught.value.reason == "broken"


def test_bytes_before_and_after():
    """What servers put before and after a PDF doesn't hinder."""
    data = build_pdf.make(PARTS[:5])

    assert source_of(b"HTTP/1.1 200 OK\r\n\r\n" + data + b"\r\n\0\0\0").text == source_of(data).text


def page_of_lines(step):
    """Make a page of 20 letters on lines that cross at every so many points."""
    lines = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (at, at, at, at) for at in range(0, 595, step))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return written(CATALOG, tree(1, 3), SHOWN, stream(lines + b"BT /F 16 Tf 50 700 Td (%s) Tj ET" % (b"AB" * 20)), font)


def test_great_grid_is_bounded():
    """A page of crossing lines is a drawing: no cells are looked for, and its text stays."""
    data = page_of_lines(5)

    assert source_of(data).text == "AB" * 20
    assert lines_run(source_of, data) < 3 * lines_run(source_of, page_of_lines(10))


@pytest.mark.timing
def test_great_grid_is_fast():
    """A page of crossing lines takes no time to speak of."""
    data = page_of_lines(5)
    with at_most(10):
        source_of(data)


@cache
def small():
    return build_pdf.make(PARTS[:6])


def damage(data, seed):
    """Change, drop or double some bytes."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    changed = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        at, size = rng.randrange(len(changed)), rng.randint(1, 40)
        changed[at : at + size] = rng.choice([b"", rng.randbytes(size), changed[at : at + size] * 2, b"0", b" R"])
    return bytes(changed)


# ── streams whose bytes are damaged


def packed(content, more=b"", *, checksum=None):
    """Write a packed stream; ``checksum`` is what it ends with in place of its own."""
    data = zlib.compress(content)
    data = data[:-4] + (data[-4:] if checksum is None else checksum)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def words(text):
    return b"BT /F 16 Tf 50 700 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()


FIGURES = ("一、居民医保个人缴费标准为每人每年380元。", "二、人均财政补助标准为每人每年640元。")
CHINESE = b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[%d 0 R]>>"
SONG = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000>>"
)
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>>>/Contents %s>>"
WRONG = bytes(4)


def two_pages(first, second=None, *more, one=b"5 0 R"):
    """Two pages with a figure each; ``first`` and ``second`` are their content in place of the usual one."""
    return written(
        CATALOG, tree(2, 3, 4), PAGE % one, PAGE % b"6 0 R", first, second or packed(words(FIGURES[1])), CHINESE % 8, SONG, *more
    )  # fmt: skip


# The line of the table that says where the fifth object lies, and one that says it of another place.
FIFTH = two_pages(packed(words(FIGURES[0]))).split(b"xref\n0 9\n")[1].split(b"\n")[5]
ELSEWHERE = (FIFTH, b"0000000:" + FIFTH[8:])


BROKEN_STREAMS = {
    "whole": (two_pages(packed(words(FIGURES[0]))), set()),
    "not packed": (two_pages(stream(words(FIGURES[0]))), set()),
    "without a checksum": (two_pages(packed(words(FIGURES[0]), checksum=b"")), set()),
    "checksum": (two_pages(packed(words(FIGURES[0]), checksum=WRONG)), {1}),
    "checksum of the second": (two_pages(packed(words(FIGURES[0])), packed(words(FIGURES[1]), checksum=WRONG)), {2}),
    "one of several parts": (
        two_pages(packed(words(FIGURES[0])), None, packed(b"q Q", checksum=WRONG), one=b"[5 0 R 9 0 R]"), {1},
    ),
    "a name of a filter": (two_pages(packed(words(FIGURES[0])), packed(b" ", b"/X 0").replace(b"/FlateD", b"/FlatfD")), {2}),
    "the filter's entry": (two_pages(packed(words(FIGURES[0])), packed(b" ").replace(b"/Filter", b"/Fimter")), {2}),
    "a dictionary's end": (two_pages(packed(words(FIGURES[0])).replace(b">>", b"><", 1)), {1}),
    "a place in the table": (two_pages(packed(words(FIGURES[0]))).replace(*ELSEWHERE), {1}),
    "a reference": (two_pages(packed(words(FIGURES[0])), one=b"5 0 B"), {1}),
    "a missing part": (two_pages(packed(words(FIGURES[0])), one=b"[5 0 R 99 0 R]"), {1}),
    "a picture that no page has": (
        two_pages(packed(words(FIGURES[0])), None, packed(b"abc", b"/Subtype/Image", checksum=WRONG)), set(),
    ),
    "what no page has": (two_pages(packed(words(FIGURES[0])), None, packed(b"abc", checksum=WRONG)), set()),
    "an older state": (
        two_pages(packed(words(FIGURES[0]), checksum=WRONG)).replace(b"xref\n", b"5 0 obj\n%s\nendobj\nxref\n" % packed(words(FIGURES[0])), 1), set(),
    ),
    "the list of objects": (
        two_pages(packed(words(FIGURES[0])), None, packed(b"", b"/Type/ObjStm/N 0/First 0", checksum=WRONG)), {1, 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "pages"), BROKEN_STREAMS.values(), ids=BROKEN_STREAMS)
def test_streams_whose_bytes_are_damaged(data, pages):
    """Pages that are drawn with such a stream are said, and their figures aren't served: 380 may have been 280."""
    source = source_of(data)
    result = process(source, load())
    counts = {item.kind: item.count for item in result.notice.quality.damage}

    assert counts.get("broken_stream", 0) == len(pages)
    assert {block.page for block in source.blocks if block.damaged} <= pages
    assert {fact.evidence.page for fact in result.facts}.isdisjoint(pages)
    assert {entry.evidence.page for entry in result.unresolved if entry.reason == "damaged"} == {
        block.page for block in source.blocks if block.damaged
    }


def test_a_flipped_bit_in_a_stream_is_said():
    """Every flip within a packed stream that changes the page's words is told."""
    data = two_pages(packed(words(FIGURES[0])))
    before = source_of(data).text
    start = data.index(b"stream\n") + 7
    for at in range(start, data.index(b"\nendstream")):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        source = source_of(bytes(changed))

        assert source.text == before or source.damage, at


def never_fails(seed):
    try:
        source = read(damage(small(), seed), origin="某.pdf")
    except IngestError:
        return
    assert all(0 <= block.start <= block.end <= len(source.text) for block in source.blocks)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 1 << 32))
def test_damage_is_never_more_than_an_ingest_error(seed):
    """Whatever happened to a file, it is read or refused."""
    never_fails(seed)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(st.integers(0, 1 << 32))
def test_damage_is_never_more_than_an_ingest_error_long(seed):
    """The same, much longer."""
    never_fails(seed)


@pytest.mark.parametrize("size", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_many_pages_are_linear(size):
    """Twice the pages take twice the work."""
    assert_linear(lambda count: source_of(build_pdf.make(PARTS * count)), size)


@pytest.mark.timing
def test_many_pages_take_linear_time():
    """Twice the pages take twice the time, about, that of pdfium included."""
    times = []
    for count in (4, 8):
        data = build_pdf.make(PARTS * count)
        began = time.process_time()
        source_of(data)
        times.append(time.process_time() - began)

    assert times[1] < 3 * times[0]


def test_same_bytes_same_text():
    """Reading is repeatable."""
    data = build_pdf.make(PARTS)

    assert msgspec.msgpack.encode(source_of(data)) == msgspec.msgpack.encode(source_of(io.BytesIO(data).read()))
