"""OFD files: the same facts however a producer writes them, places on pages, and bad files with a reason."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import zipfile

import build_ofd
import formats
import pytest
from assert_same_facts import facts, plain
from work import at_most, lines_run

from extractor import ingest, pipeline, resources
from extractor.errors import IngestError
from extractor.ingest.limits import Limits

# Where each character is an object of its own, a blank half as wide as one can't be told from a wide step: the title has
# none here, because its beginning depends on it.
PARTS = [part._replace(text=part.text.replace("江西省 关于", "江西省关于")) for part in formats.parts()]
PAGE = "Doc_0/Pages/Page_0/Content.xml"
DOCUMENT = "Doc_0/Document.xml"


def read(data, **limits):
    return ingest.read(data, origin="a.ofd", limits=Limits(**limits))


def reason(data, **limits):
    """The reason and the message with which a file is refused."""
    with pytest.raises(IngestError) as caught:
        read(data, **limits)
    assert str(caught.value).startswith("a.ofd: ")
    return caught.value.reason, str(caught.value)


@pytest.fixture(scope="module")
def expected():
    return facts(plain(PARTS))


WRITTEN = {
    "lines": {},
    "characters": {"objects": "character"},
    "paragraphs": {"objects": "paragraph"},
    "steps-in-full": {"grouped": False},
    "matrix": {"ctm": 0.3528},
    "matrix-characters": {"ctm": 2.5, "objects": "character"},
    "turned-90": {"turned": 90},
    "turned-180": {"turned": 180, "objects": "character"},
    "turned-270": {"turned": 270, "rules": "boxes"},
    "order-and-blocks": {"backwards": True, "nested": True},
    "thin-boxes-as-lines": {"rules": "boxes"},
    "double-lines": {"rules": "double"},
    "composite-objects": {"composite": True},
    "short-namespace": {"namespace": "http://www.ofdspec.org"},
    "other-prefix": {"prefix": "x"},
    "default-namespace": {"prefix": ""},
    "letterhead-and-numbers-in-templates": {"head": "江西省医疗保障局文件", "numbers": "template"},
    "letterhead-in-one-template": {"head": "江西省医疗保障局文件"},
    "no-page-numbers": {"numbers": ""},
    "title-outside": {"title": "江西省2022年医保通知.doc"},
}


@pytest.mark.parametrize("options", WRITTEN.values(), ids=WRITTEN)
def test_same_facts(options, expected):
    """Facts don't depend on how a producer writes the same pages."""
    assert facts(read(build_ofd.make(PARTS, **options))) == expected


@pytest.mark.parametrize("options", [{}, {"objects": "character"}, {"objects": "paragraph"}], ids=str)
def test_paragraphs_and_cells(options):
    """Every paragraph is one line of the source text, every cell of the table a block of its own."""
    source = read(build_ofd.make(PARTS, **options))
    kept = [block for block in source.blocks if block.kind != "furniture"]
    lines = source.text.split("\n")
    table = next(part for part in PARTS if part.kind == "table")
    if options.get("objects") == "character":
        lines = [next((part.text for part in PARTS if part.text.replace(" ", "") == line), line) for line in lines]

    assert [part.text for part in PARTS if part.text and part.text not in lines] == []
    assert [source.text[block.start : block.end] for block in kept if block.kind == "cell"] == [
        cell for row in table.rows for cell in row if cell
    ]
    assert {block.row for block in kept if block.header} == {0}
    assert all(
        source.text[block.start : block.end].strip("— ").isdigit() for block in source.blocks if block not in kept
    )


def test_page_and_box():
    """The evidence of a figure says its page, and the box around its line there."""
    result = pipeline.process(read(build_ofd.make(PARTS)), resources.load())
    fact = next(fact for fact in result.facts if fact.evidence.exact == "90日")
    line = next(fact for fact in result.facts if fact.evidence.exact == "每人350元" or fact.value == "350").evidence

    assert fact.evidence.page == 4
    assert line.page is not None
    for evidence in (fact.evidence, line):
        left, top, right, bottom = evidence.box
        assert 28 / 25.4 * 72 - 2 <= left < right <= (28 + build_ofd.MEASURE) / 25.4 * 72 + 2
        assert 37 / 25.4 * 72 - 20 <= top < bottom <= 270 / 25.4 * 72
        assert bottom - top < 40


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_box_on_a_turned_page(turned):
    """A box is where the words stand on the page as it is shown, though it was turned to be read."""
    upright, source = read(build_ofd.make(PARTS)), read(build_ofd.make(PARTS, turned=turned))
    width, height = build_ofd.WIDTH / 25.4 * 72, build_ofd.HEIGHT / 25.4 * 72

    assert source.text == upright.text
    for block, other in zip(source.blocks, upright.blocks, strict=True):
        left, top, right, bottom = other.box
        expected = {
            90: (height - bottom, left, height - top, right),
            180: (width - right, height - bottom, width - left, height - top),
            270: (top, width - right, bottom, width - left),
        }[turned]
        assert block.page == other.page
        assert all(abs(one - two) <= 3 for one, two in zip(block.box, expected, strict=True)), (block, other)


@pytest.mark.parametrize(
    ("x", "y", "size", "ctm", "box"),
    [
        (20, 30, 5, "", (57, 79, 113, 94)),
        (20, 30, 2.5, "2 0 0 2 0 0", (57, 86, 113, 101)),
        (20, 30, 5, "1 0 0 1 10 20", (85, 135, 142, 151)),
    ],
    ids=["plain", "scaled", "moved"],
)
def test_place_of_text(x, y, size, ctm, box):
    """Boundary, matrix and the place in the object add up to points from the upper left corner."""
    ctm = f'CTM="{ctm}"' if ctm else ""
    text = f'<o:TextCode X="0" Y="2.5" DeltaX="{size}">每人三元</o:TextCode>'
    source = read(page(f'<o:TextObject Boundary="{x} {y - 0} 9 9" {ctm} Size="{size}">{text}</o:TextObject>'))

    assert [abs(one - other) <= 3 for one, other in zip(source.blocks[0].box, box, strict=True)] == [True] * 4


def page(content, **parts):
    """An OFD of one page with the objects given; ``parts`` are other parts, by name with __ for / and no ending."""

    def change(files):
        files[PAGE] = (
            f'<o:Page xmlns:o="{build_ofd.NAMESPACE}"><o:Content><o:Layer>{content}</o:Layer></o:Content></o:Page>'
        )
        for name, data in parts.items():
            files[f"Doc_0/{name.replace('__', '/')}.xml"] = data

    return build_ofd.make([formats.Part("text", "一")], numbers="", change=change)


def text_object(text, x=20, y=30, size=5, more="", deltas=None):
    deltas = f'DeltaX="{build_ofd.steps(text, size)}"' if deltas is None else deltas
    return (
        f'<o:TextObject Boundary="{x} {y} 100 9" Size="{size}" {more}><o:TextCode X="0" Y="{size}" {deltas}>{text}'
        "</o:TextCode></o:TextObject>"
    )


# id, objects, text read
OBJECTS = [
    ("no-steps", text_object("每人每年610元", deltas=""), "每人每年610元"),
    ("groups", text_object("每人每年610元", deltas='DeltaX="g 4 5 g 2 2.5 2.5"'), "每人每年610元"),
    ("groups-too-long", text_object("每人610元", deltas='DeltaX="g 999999999999 3"'), "每人610元"),
    ("groups-cut", text_object("每人610元", deltas='DeltaX="5 5 g 2"'), "每人610元"),
    ("groups-of-nothing", text_object("每人610元", deltas='DeltaX="g x y"'), "每人610元"),
    ("steps-not-numbers", text_object("每人610元", deltas='DeltaX="nan inf 1e999"'), "每人610元"),
    ("wrapped-by-steps", text_object("每人每年六百", deltas='DeltaX="5 5 -10 5 5" DeltaY="0 0 9 0 0"'), "每人每年六百"),
    ("downwards", text_object("每人每年", deltas='DeltaY="6"'), "每人每年"),
    ("read-downwards", text_object("每人每年", more='ReadDirection="90"', deltas=""), "每人每年"),
    ("two-codes", text_object("每人</o:TextCode><o:TextCode X='10' DeltaX='5'>每年", deltas='DeltaX="5"'), "每人每年"),
    ("blanks-of-spread-letters", text_object("6 1 0 元", deltas='DeltaX="g 7 2.5"'), "610元"),
    ("printed-twice", text_object("每人610元") + text_object("每人610元", x=20.1, y=30), "每人610元"),
    ("hidden", text_object("每人610元") + text_object("作废", y=60, more='Visible="false"'), "每人610元"),
    ("no-size", text_object("每人六元", deltas='DeltaX="4"').replace('Size="5"', ""), "每人六元"),
    ("breaks-of-the-xml", text_object("\n      每人610元\n    ", deltas='DeltaX="5 5 2.5 2.5 2.5"'), "每人610元"),
    ("entities-of-xml", text_object("&#x6BCF;人&lt;6元&gt;"), "每人<6元>"),
    ("far-off", text_object("每人6元") + text_object("远", more='CTM="1e5 0 0 1e5 9e5 0"'), "每人6元"),
]  # fmt: skip


@pytest.mark.parametrize(("objects", "text"), [row[1:] for row in OBJECTS], ids=[row[0] for row in OBJECTS])
def test_text_objects(objects, text):
    """Characters are read in the order of their places, whatever the steps are worth."""
    assert read(page(objects)).text == text


def test_some_pages_are_pictures():
    """A file that has text on some pages alone says how many it hasn't."""
    last = max(name for name in zipfile.ZipFile(io.BytesIO(build_ofd.make(PARTS))).namelist() if "Page_" in name)
    layer = '<o:Layer><o:ImageObject Boundary="0 0 210 297"/></o:Layer>'
    picture = f'<o:Page xmlns:o="{build_ofd.NAMESPACE}"><o:Content>{layer}</o:Content></o:Page>'

    assert read(build_ofd.make(PARTS)).pictured == 0
    assert read(build_ofd.make(PARTS, change=lambda files: files.update({last: picture.encode()}))).pictured == 1


def test_watermark_is_beside():
    """Text across the page, and text that stands along its edge, is no part of the notice."""
    askew = text_object("内部资料", more='CTM="0.7 -0.7 0.7 0.7 0 0"')
    along = text_object("共3份", x=5, y=90, more='CTM="0 1 -1 0 0 0"')
    source = read(page(askew + along + text_object("每人每年补助610元，由财政负担。", y=120)))

    assert {source.text[b.start : b.end]: b.kind for b in source.blocks} == {
        "每人每年补助610元，由财政负担。": "text", "内部资料": "furniture", "共3份": "furniture",
    }  # fmt: skip


def lines_of(*lines):
    return "".join(
        f'<o:PathObject Boundary="{x} {y} 1 1"><o:AbbreviatedData>M 0 0 L {w} {h}</o:AbbreviatedData></o:PathObject>'
        for x, y, w, h in lines
    )


GRID = [(20, y, 90, 0) for y in (40, 50, 60)]
CELLS = [text_object(text, x=x, y=y + 2) for y, row in ((40, ("人员", "标准")), (50, ("居民", "610元")))
         for x, text in zip((25, 70), row, strict=True)]  # fmt: skip
# id, drawn lines, cells found
TABLES = [
    ("closed", [*GRID, *((x, 40, 0, 20) for x in (20, 60, 110))], 4),
    ("open-at-the-sides", [*GRID, (60, 40, 0, 20)], 4),
    ("in-pieces", [*((x, y, 30, 0) for y in (40, 50, 60) for x in (20, 50, 80)), (60, 40, 0, 9.8), (60, 50, 0, 10)], 4),
    ("merged-across", [*GRID, *((x, 40, 0, 20) for x in (20, 110)), (60, 50, 0, 10)], 3),
    ("across-only", GRID, 4),
    ("frame", [(20, 40, 90, 0), (20, 60, 90, 0), (20, 40, 0, 20), (110, 40, 0, 20)], 0),
    (
        "drawing",
        [*GRID, (60, 40, 0, 20), *((9 + 3 * at, 70 + 5 * down, 0, 3) for at in range(60) for down in range(9))],
        0,
    ),
]


@pytest.mark.parametrize(("lines", "cells"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_tables(lines, cells):
    """Cells are where lines cross; open sides are sides; a frame is no table."""
    source = read(page("".join(CELLS) + lines_of(*lines)))

    assert sum(block.kind == "cell" for block in source.blocks) == cells
    assert re.sub(r"\s", "", source.text) == "人员标准居民610元"


def test_label_written_downwards_in_a_table():
    """A label that runs down its cell is one cell."""
    lines = [(20, y, 90, 0) for y in (40, 75)] + [(x, 40, 0, 35) for x in (20, 40, 110)] + [(40, 57, 70, 0)]
    texts = text_object("筹资标准", x=25, y=44, deltas='DeltaY="7"') + CELLS[1] + text_object("610元", x=70, y=62)
    source = read(page(texts + lines_of(*lines)))

    assert [source.text[block.start : block.end] for block in source.blocks if block.kind == "cell"] == [
        "筹资标准", "标准", "610元",
    ]  # fmt: skip


def drop(name):
    return lambda files: files.pop(name)


def put(name, old, new):
    def change(files):
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


def glyphs_alone(files):
    """A text object that has glyphs and no characters."""
    files[PAGE] = (
        files[PAGE]
        .replace(b"TextCode", b"Nothing")
        .replace(
            b"<ofd:Nothing",
            b'<ofd:CGTransform CodePosition="0"><ofd:Glyphs>5 6 7</ofd:Glyphs></ofd:CGTransform><ofd:Nothing',
        )
    )


SMALL = PARTS[:3]
ENTITY = b'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b"?>\n<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %s '%s'>" % (new, b"&%s;" % old * 10) for old, new in zip(b"a b c d e f".split(), b"b c d e f g".split(), strict=True)
) + b"]>"  # fmt: skip
# id, change to the parts, reason, words of the message
BAD = [
    ("no-document-list", drop("OFD.xml"), "unsupported", "ZIP"),
    ("no-document", drop(DOCUMENT), "broken", "Doc_0/Document.xml"),
    ("no-page", drop(PAGE), "broken", "page 1 should be at 'Pages/Page_0/Content.xml'"),
    ("no-pages", put(DOCUMENT, b"ofd:Pages>", b"ofd:Other>"), "no_text", "0 pages"),
    ("no-bodies", put("OFD.xml", b"ofd:DocBody>", b"ofd:Other>"), "broken", "lists no document"),
    ("template-not-listed", put(DOCUMENT, b"TemplatePage", b"Other"), "broken", "template '100'"),
    ("template-missing", drop("Doc_0/Tpls/Tpl_0/Content.xml"), "broken", "template '100' of page 1"),
    (
        "outside",
        put(DOCUMENT, b"Pages/Page_0", b"../../../etc"),
        "broken",
        "page 1 should be at '../../../etc/Content.xml'",
    ),
    ("no-location", put(DOCUMENT, b"BaseLoc=", b"Other="), "broken", "page 1 should be at None"),
    ("entity", put(PAGE, b"?>", ENTITY), "broken", "document type"),
    ("laughs", put(PAGE, b"?>", LAUGHS), "broken", "document type"),
    ("cut-xml", put(PAGE, b"</ofd:Page>", b""), "broken", PAGE),
    ("no-xml", lambda files: files.update({PAGE: b"\0\1\2"}), "broken", PAGE),
    ("encrypted", lambda files: files.update({"Encryptions.xml": b"<a/>"}), "encrypted", "password"),
    (
        "encrypted-whole",
        lambda files: (files.clear(), files.update({"Encryptions.xml": b"<a/>"})),
        "encrypted",
        "password",
    ),
    ("glyphs-alone", glyphs_alone, "no_text", "glyph numbers"),
    (
        "scan",
        lambda files: files.update(
            {
                PAGE: re.sub(
                    rb"<ofd:TextObject.*</ofd:TextObject>",
                    b'<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'
                    b'<ofd:TextObject Boundary="9 9 9 9" Size="4"><ofd:TextCode X="0" Y="4">1</ofd:TextCode></ofd:TextObject>',
                    files[PAGE],
                )
            }
        ),
        "no_text",
        "1 picture, 0 drawn shapes, 1 character)",
    ),
    ("nothing-drawn", put(PAGE, b"TextObject", b"ImageObject"), "no_text", "pictures"),
]


@pytest.mark.parametrize(("change", "why", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_parts(change, why, words):
    """What can't be read is refused with its reason, and the message names the part."""
    found, message = reason(
        build_ofd.make(SMALL, head="江西省医疗保障局文件" if "emplate" in words else "", change=change)
    )

    assert (found, words in message) == (why, True), message


def test_glyphs_without_characters():
    """A file whose text is glyph numbers is told from one without text, and the message says what to do."""
    found, message = reason(build_ofd.make(PARTS, glyphs=True))

    assert found == "no_text"
    assert "glyph numbers of its fonts" in message
    assert "recognise the characters" in message


@pytest.mark.parametrize(
    ("text", "readable"), [("每人\ue001\ue002\ue003\ue004……………………1", False), ("每人\ue001610元", True)]
)
def test_characters_of_a_font_alone(text, readable):
    """Characters that only the file's own font knows are kept where they are few, and refuse the file where they are most."""
    if readable:
        assert read(page(text_object(text))).text == text
    else:
        assert reason(page(text_object(text)))[0] == "no_text"


def test_some_glyphs_do_no_harm(expected):
    """Glyph numbers beside the characters, as most producers write them, change nothing."""
    code = (
        b'<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>'
    )

    def change(files):
        for name in files:
            files[name] = files[name].replace(b"<ofd:TextCode", code + b"<ofd:TextCode")

    assert facts(read(build_ofd.make(PARTS, change=change))) == expected


def rename(old, new):
    def change(files):
        found = {name.replace(old, new): data for name, data in files.items()}
        files.clear()
        files.update(found)

    return change


# id, change to the parts
LENIENT = [
    ("case", rename("Doc_0/Pages", "doc_0/PAGES")),
    ("windows-names", rename("/", "\\")),
    ("windows-locations", put(DOCUMENT, b"Pages/Page_0/", b"Pages\\Page_0\\")),
    ("from-root", put(DOCUMENT, b"Pages/Page_0", b"/Doc_0/Pages/Page_0")),
    ("from-root-without-slash", put(DOCUMENT, b"Pages/Page_0", b"Doc_0/Pages/Page_0")),
    ("up-and-down", put(DOCUMENT, b"Pages/Page_0", b"../Doc_0/./Pages/Page_0")),
    ("byte-order-mark", lambda files: files.update({PAGE: b"\xef\xbb\xbf" + files[PAGE]})),
    ("utf-16", lambda files: files.update({PAGE: files[PAGE].decode().replace("UTF-8", "UTF-16").encode("utf-16")})),
    ("gb18030", lambda files: files.update({PAGE: files[PAGE].decode().replace("UTF-8", "GB18030").encode("gb18030")})),
    ("names-that-lead-out", lambda files: files.update({"../../evil.xml": b"<a/>", "/etc/passwd": b"x"})),
    ("no-resources", drop("Doc_0/PublicRes.xml")),
    ("no-size", put(DOCUMENT, b"PhysicalBox", b"Other")),
    ("size-of-nothing", put(DOCUMENT, b"0 0 210 297", b"0 0 -5 nan")),
    ("bad-attachments", put(DOCUMENT, b"<ofd:Pages>", b"<ofd:Attachments>none.xml</ofd:Attachments><ofd:Pages>")),
]


@pytest.mark.parametrize("change", [row[1] for row in LENIENT], ids=[row[0] for row in LENIENT])
def test_what_producers_do(change):
    """Names in other forms, other encodings and missing trifles are read."""
    assert read(build_ofd.make(SMALL, change=change)).text == read(build_ofd.make(SMALL)).text


def test_current_version():
    """Of several versions the current one is read."""

    def change(files):
        files["Doc_0/Old.xml"] = files[DOCUMENT].replace(b"BaseLoc", b"Other")
        files["OFD.xml"] = files["OFD.xml"].replace(b"Doc_0/Document.xml", b"Doc_0/Old.xml").replace(
            b"</ofd:DocBody>", b'<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="Doc_0/V/1.xml"/>'
            b'<ofd:Version ID="2" Index="2" Current="true" BaseLoc="Doc_0/V/2.xml"/></ofd:Versions></ofd:DocBody>',
        )  # fmt: skip
        files["Doc_0/V/2.xml"] = b"<DocVersion><DocRoot>/Doc_0/Document.xml</DocRoot></DocVersion>"

    assert read(build_ofd.make(SMALL, change=change)).text == read(build_ofd.make(SMALL)).text


def test_attachments_and_title():
    """Attached files are listed, the title of the document's particulars is kept."""

    def change(files):
        put(DOCUMENT, b"<ofd:Pages>", b"<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:Pages>")(files)
        files["Doc_0/Attachs/Attachments.xml"] = (
            '<Attachments><Attachment ID="1" Name="缴费标准表"><FileLoc>a.xlsx</FileLoc></Attachment>'
            '<Attachment Name="数据" Visible="false"><FileLoc>b.xml</FileLoc></Attachment></Attachments>'
        ).encode()
        files["Doc_0/Attachs/a.xlsx"] = b"PK"

    source = read(build_ofd.make(SMALL, title="医保通知", change=change))

    assert [(file.name, file.url) for file in source.attachments] == [("缴费标准表", "Doc_0/Attachs/a.xlsx")]
    assert (source.title, source.reader, source.media_type) == ("医保通知", "ofd", "application/ofd")


def test_other_documents_are_listed():
    """A file of two documents is read as its first, and the other one is named."""
    more = "<ofd:DocBody><ofd:DocInfo><ofd:Title>附件</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    source = read(build_ofd.make(SMALL, change=put("OFD.xml", b"</ofd:OFD>", f"{more}</ofd:OFD>".encode())))

    assert [(file.name, file.url) for file in source.attachments] == [("附件", "Doc_1/Document.xml")]
    assert source.text == read(build_ofd.make(SMALL)).text


# id, change, limits, limit named
OVER = [
    ("pages", lambda _: None, {"pages": 1}, "pages"),
    ("text-objects", lambda _: None, {"paragraphs": 20}, "paragraphs"),
    ("characters", lambda _: None, {"characters": 500}, "characters"),
    ("bomb", lambda files: files.update({"Doc_0/bomb": b"\0" * (20 << 20)}), {"unpacked": 1 << 20}, "unpacked"),
    ("one-large-part", lambda files: files.update({PAGE: files[PAGE] + b" " * (9 << 20)}), {"xml": 1 << 20}, "xml"),
    ("members", lambda files: files.update({f"a{at}": b"" for at in range(99)}), {"members": 50}, "members"),
    ("deep", put(PAGE, b"<ofd:Layer", b"<a>" * 150 + b"</a>" * 150 + b"<ofd:Layer"), {"depth": 99}, "depth"),
]


@pytest.mark.parametrize(("change", "limits", "name"), [row[1:] for row in OVER], ids=[row[0] for row in OVER])
def test_limits(change, limits, name):
    """What costs more than the limits allow is refused, and the message names the limit."""
    found, message = reason(build_ofd.make(PARTS, change=change), **limits)

    assert found == "too_large"
    assert f"--limit {name}=" in message


def hostile(**parts):
    return page(parts.pop("content"), **parts)


def many_pages(count, content):
    """Pages that share a costly template."""

    def change(files):
        pages = '<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>' * count
        files[DOCUMENT] = re.sub(rb"<ofd:Page ID.*?/>", pages.encode(), files[DOCUMENT])
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = files[PAGE].split(b"<ofd:Template")[0] + (
            f'<o:Content xmlns:o="o"><o:Layer>{content}{text_object("每人6元")}</o:Layer></o:Content></ofd:Page>'.encode()
        )

    return build_ofd.make([formats.Part("text", "一")], head="一", numbers="", change=change)


UNITS = "".join(
    f'<CompositeGraphicUnit ID="{at}"><Content>{f"<CompositeObject ResourceID=~{at}~/>".replace("~", chr(34)) * 20}</Content>'
    "</CompositeGraphicUnit>" for at in range(1)
)  # fmt: skip
# id, bytes: each small, each costly where things are multiplied
COSTLY = [
    ("unit-in-itself", hostile(content='<o:CompositeObject ResourceID="0"/>' + text_object("每人6元"),
                               PublicRes=f"<Res><CompositeGraphicUnits>{UNITS}</CompositeGraphicUnits></Res>")),
    ("many-lines", hostile(content=text_object("每人6元") + lines_of(*((20, 20 + at / 20, 80, 0) for at in range(4000)),
                                                                  *((20 + at / 50, 20, 0, 80) for at in range(4000))))),
    ("long-path", hostile(content=text_object("每人6元") + '<o:PathObject Boundary="0 0 1 1"><o:AbbreviatedData>'
                          f"{'L 1 9 ' * 300_000}</o:AbbreviatedData></o:PathObject>")),
    ("long-steps", hostile(content=text_object("每人6元", deltas=f'DeltaX="{"g 9 " * 200_000}"'))),
    ("same-place", hostile(content=text_object("每" * 20_000, deltas='DeltaX="0"') + text_object("每人6元", y=90))),
    ("lines-in-a-template-of-many-pages", many_pages(300, lines_of(*((20, 20 + at, 80, 0) for at in range(150)),
                                                                   *((20 + at, 20, 0, 80) for at in range(80))))),
    ("one-line", hostile(content=text_object("每人6元" * 10_000))),
]  # fmt: skip


def read_or_refuse(data):
    """Read a file, or refuse it as too large; either is right."""
    try:
        text = read(data, elements=50_000).text
    except IngestError as error:
        assert error.reason == "too_large"  # noqa: PT017 - it may pass
    else:
        assert "每人6元" in re.sub(r"\s", "", text)


@pytest.mark.parametrize("data", [row[1] for row in COSTLY], ids=[row[0] for row in COSTLY])
def test_work_is_bounded(data):
    """A small file can't cost more work than a long notice does, whatever it multiplies."""
    assert lines_run(read_or_refuse, data) < 5_000_000


@pytest.mark.timing
@pytest.mark.parametrize("data", [row[1] for row in COSTLY], ids=[row[0] for row in COSTLY])
def test_bounded_time(data):
    """A small file can't cost more than a second or so."""
    with at_most(10):
        read_or_refuse(data)


def test_cut_short():
    """A file cut anywhere is refused with a reason."""
    data = build_ofd.make(SMALL)
    for end in range(4, len(data) - 1, max(1, len(data) // 60)):
        assert reason(data[:end])[0] in {"broken", "unsupported"}


@pytest.mark.parametrize("rounds", [150, pytest.param(5_000, marks=pytest.mark.slow)])
def test_mutations(rounds):
    """Bytes changed at random, in the archive or in its parts, raise nothing but `IngestError`."""
    chance = random.Random(7)  # noqa: S311 - the same bytes each time
    files = build_ofd.Document(head="江西省医疗保障局文件").files(PARTS[:6])
    whole = build_ofd.packed(files)
    reasons = set()
    for round_ in range(rounds):
        if round_ % 3:
            name = chance.choice(sorted(files))
            data = build_ofd.packed({**files, name: mutated(files[name], chance)})
        else:
            data = mutated(whole, chance)
        try:
            assert read(data).text
        except IngestError as error:
            reasons.add(error.reason)

    assert reasons <= {"broken", "no_text", "encrypted", "too_large", "unsupported", "binary", "encoding"}


def mutated(data, chance):
    """Change, drop or repeat a few bytes."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        what = chance.randrange(4)
        if what == 0:
            data[at] = chance.randrange(256)
        elif what == 1:
            del data[at : at + chance.randint(1, 30)]
        elif what == 2:
            data[at:at] = data[at : at + chance.randint(1, 60)]
        else:
            data[at : at + 1] = chance.choice([b"9", b"-", b"0", b" ", b'"', b"<", b"999999999", b"e9", b"nan"])
    return bytes(data)


def test_recognised_wherever_the_name_stands():
    """A large OFD is one, though its names stand in neither its first nor its last megabyte alone."""
    noise = random.Random(1).randbytes(3 << 20)  # noqa: S311 - the same bytes each time
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        file.writestr("a.bin", noise)
        for name, data in build_ofd.Document().files(SMALL).items():
            file.writestr(name, data)
        file.writestr("Doc_0/word.docx", b"PK\x03\x04 word/document.xml " * 1000 + noise)
        for at in range(15_000):
            file.writestr(f"Doc_0/Res/{at:080}.png", b"")

    assert read(out.getvalue()).text == read(build_ofd.make(SMALL)).text


def test_no_heavy_library():
    """Reading an OFD needs lxml alone."""
    code = """if True:
        import sys
        from extractor.ingest import DEFAULT
        from extractor.ingest.ofd import reader
        from extractor.resources import load
        reader.read_ofd(sys.stdin.buffer.read(), "a", DEFAULT, load())
        print(*sys.modules)
    """
    data = build_ofd.make(PARTS)
    shown = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True).stdout.decode()  # noqa: S603 - our own

    assert not {"pdfplumber", "pypdfium2", "docx", "numpy", "PIL", "spacy"} & set(shown.split())


@pytest.mark.parametrize(
    "options", [{}, {"head": "江西省医疗保障局文件", "numbers": "template"}, {"composite": True}], ids=str
)
def test_files_are_what_the_standard_demands(options):
    """The files that tests read have what GB/T 33190 asks for: a version, a kind, an id for each object, the greatest of them."""
    files = build_ofd.Document(**options).files(PARTS)
    document = files[DOCUMENT].decode()
    most = int(re.search(r"MaxUnitID>(\d+)<", document)[1])
    ids = [
        int(found)
        for name, data in files.items()
        if name != "OFD.xml"
        for found in re.findall(r'\bID="(\d+)"', data.decode())
    ]
    drawn = re.findall(
        r"<ofd:(?:TextObject|PathObject|Layer|CompositeObject)\b[^>]*>", "".join(map(bytes.decode, files.values()))
    )

    assert re.search(r'<ofd:OFD [^>]*Version="1.0" DocType="OFD"', files["OFD.xml"].decode())
    assert [one for one in drawn if " ID=" not in one] == []
    assert (len(ids), max(ids) <= most) == (len(set(ids)), True)


def test_same_bytes_same_result():
    """The same file gives the same text and blocks."""
    data = build_ofd.make(PARTS, objects="character")

    assert read(data) == read(data)
