"""Web pages as government sites write them: the notice is read as if it stood alone, and what stands beside it isn't."""

from __future__ import annotations

from collections import Counter
from functools import cache

import build_html
import formats
import pytest
from work import assert_linear, at_most

from extractor.build.incremental import read_notice
from extractor.errors import IngestError
from extractor.ingest import Limits, read
from extractor.model import Attachment

PARTS = tuple(formats.parts())
BARE = tuple(part for part in PARTS if part.kind not in {"number", "signature"})


@cache
def alone():
    return read_notice(formats.NOTICE)


def figures(result):
    """Count a notice's facts by everything but where they stand."""
    return Counter(
        (
            fact.indicator, fact.kind, fact.role, fact.operator, fact.value, fact.lower, fact.upper, fact.unit, fact.per,
            fact.due, fact.subject, fact.modality, fact.scope.population, "".join(fact.evidence.exact.split()),
        )
        for fact in result.facts
    )  # fmt: skip


ALL = {
    "particulars": "table", "layout": 4, "digits": True, "fonts": True, "breaks": True, "title_only": True, "spam": True,
    "login": True, "files": build_html.FILES, "frames": True,
}  # fmt: skip
# id, options of the page, what the record has beside the text
OPTIONS = [
    ("frame", {}, {}),
    ("alone", {"frame": False}, {}),
    ("utf-8", {"encoding": "utf-8", "declared": "utf-8"}, {}),
    ("utf-8, says gb2312", {"encoding": "utf-8"}, {}),
    ("gbk, says utf-8", {"encoding": "gbk", "declared": "utf-8"}, {}),
    ("particulars in a table", {"particulars": "table"}, {"published_on": build_html.PUBLISHED}),
    ("particulars in a list", {"particulars": "list"}, {"published_on": build_html.PUBLISHED}),
    ("particulars on a line", {"particulars": "line"}, {"published_on": build_html.PUBLISHED}),
    ("particulars without colons", {"particulars": "spans"}, {"published_on": build_html.PUBLISHED}),
    ("layout table", {"layout": 1}, {}),
    ("layout tables, nested", {"layout": 4, "particulars": "table"}, {"published_on": build_html.PUBLISHED}),
    ("span per digit", {"digits": True}, {}),
    ("font tags", {"fonts": True, "layout": 2}, {}),
    ("blank paragraphs", {"padded": True}, {}),
    ("breaks", {"breaks": True}, {}),
    ("Word", {"word": True}, {}),
    ("Word in layout tables", {"word": True, "layout": 3, "spam": True}, {}),
    ("title only in title", {"title_only": True}, {}),
    ("spam", {"spam": True}, {}),
    ("spam in the title", {"spam": True, "title": "注册送88元彩金_某省医疗保障局"}, {}),
    ("login", {"login": True}, {}),
    ("attachments", {"files": build_html.FILES}, {}),
    ("frames", {"frames": True}, {}),
    ("all", ALL, {"published_on": build_html.PUBLISHED}),
]
FIELDS = (
    "type",
    "title",
    "document_number",
    "issuers",
    "addressees",
    "issued_on",
    "region",
    "policy_year",
    "published_on",
)


@pytest.mark.parametrize(("options", "record"), [row[1:] for row in OPTIONS], ids=[row[0] for row in OPTIONS])
def test_same_notice(options, record):
    """Whatever a site does to a notice, its facts and its record are those of the notice alone."""
    result = read_notice(build_html.make(PARTS, **options), origin="page.html")

    assert figures(result) == figures(alone())
    assert [link.document_number for link in result.notice.relations] == [
        link.document_number for link in alone().notice.relations
    ]
    expected = {name: getattr(alone().notice, name) for name in FIELDS} | {"published_on": None} | record
    assert {name: getattr(result.notice, name) for name in FIELDS} == expected


@pytest.mark.parametrize("kind", build_html.PARTICULARS)
@pytest.mark.parametrize("layout", [0, 2])
def test_particulars(kind, layout):
    """Number, issuer and dates come from the page's particulars where the text has none."""
    result = read_notice(build_html.make(BARE, particulars=kind, layout=layout), origin="page.html")
    notice = result.notice

    assert (notice.document_number, notice.issuers, notice.published_on) == (
        build_html.NUMBER,
        (build_html.ISSUER,),
        build_html.PUBLISHED,
    )
    assert notice.issued_on == ("2022-09-02" if kind == "table" else None)
    assert figures(result) == figures(alone())


# Words that stand beside the notice, each with figures.
BESIDE = [
    "注册送88元", "首存100元送50元", "返水1.5%", "充值满100元送50元", "提款1小时", "日赚3000元", "即送58元", "首存1000元送300元",
    "税点3%，每张50元", "8 + 5", "送50元话费", "2021年数据", "2023年3月15日", "浏览次数：1532", "2021-06-08", "缴费380元",
    "财政补助640元", "路266号", "0791-86386240", "3600000078", "05000001号-1", "1366*768", "IE9.0", "请开启脚本 100%",
]  # fmt: skip


@pytest.mark.parametrize("words", BESIDE)
@pytest.mark.parametrize("layout", [0, 3])
def test_furniture_yields_no_facts(words, layout):
    """Figures of spam, login boxes, link lists and footers are furniture, and the ledger says so."""
    data = build_html.make(PARTS, spam=True, login=True, layout=layout)
    text, result = read(data, origin="page.html").text, read_cached(data)
    start = text.index(words)
    rows = [row for row in result.ledger if start <= row.start < start + len(words)]

    assert rows
    assert {row.disposition for row in rows} == {"furniture"}


@cache
def read_cached(data):
    return read_notice(data, origin="page.html")


# How sites are hijacked, and what stands there: id, words, of which lines
HIJACKED = [
    ("not displayed", "<div style='display:none'>%s</div>"),
    ("off the page", "<div style='position:absolute; left:-9999px'>%s</div>"),
    ("out of sight", "<p style='text-indent:-9999px'>%s</p>"),
    ("running", "<marquee height=1>%s</marquee>"),
    ("plain", "<div>%s</div>"),
    ("paragraph", "<p>%s</p>"),
]
PROMISES = [
    "充值满100元送50元，注册即送88元彩金，提款1小时到账。",
    "新用户注册送50元话费，充值满100元送50元。",
    "彩票注册送88元|棋牌首存100元送50元|体育返水1.5%|免费送168元|下载领38元",
]


@pytest.mark.parametrize("words", PROMISES)
@pytest.mark.parametrize("markup", [row[1] for row in HIJACKED], ids=[row[0] for row in HIJACKED])
def test_hijacked_pages(markup, words):
    """Promises of money above or below a notice are furniture wherever and however they are put."""
    notice = build_html.make(PARTS, frame=False, encoding="utf-8", declared="utf-8").decode()
    spam = markup % words
    for data in (notice.replace("<body>", f"<body>{spam}"), notice.replace("</body>", f"{spam}</body>")):
        source, result = read(data.encode(), origin="page.html"), read_notice(data.encode(), origin="page.html")
        start = source.text.index(words)
        rows = [row for row in result.ledger if start <= row.start < start + len(words)]

        assert {row.disposition for row in rows} == {"furniture"}
        assert figures(result) == figures(alone())


SEEN = [
    ("centred", "<div style='position:absolute;left:50%%;left:-480px;margin-left:-1000px'>%s</div>"),
    ("hanging indent", "<div style='margin-left:168.0pt;text-indent:-168.0pt'>%s</div>"),
    ("no font between boxes", "<div style='font-size:0'><p style='font-size:14px'>%s</p></div>"),
]


@pytest.mark.parametrize("markup", [row[1] for row in SEEN], ids=[row[0] for row in SEEN])
def test_seen(markup):
    """Styles that only look like hiding hide nothing."""
    words = "各级财政加大补助力度，人均财政补助标准达到每人每年不低于610元。"

    assert read((markup % words).encode(), origin="page.html").blocks[0].kind == "text"


# ── attachments ─────────────────────────────────────────────────────────────────────────────────────────────────────


def article(more="", beside=""):
    prose = "<p>各级财政加大补助力度，人均财政补助标准新增30元，达到每人每年不低于610元。</p>" * 3
    return f"<div class=nav><a href=/1.pdf>办事指南.pdf</a> <a href=/>首页</a> <a href=/2>政策</a></div><div>{prose}{more}</div>{beside}"


# id, what stands in the article, what stands after it, the attachments
ATTACHMENTS = [
    ("made page", build_html.FILES, "", build_html.FILE_LIST),
    ("in a sentence", "<p>详见<a href='a.pdf'>实施细则</a>，请遵照执行。</p>", "", [("实施细则", "a.pdf")]),
    ("several on a line", "<p><a href=1.doc>甲</a>、<a href=2.doc>乙</a></p>", "", [("甲", "1.doc"), ("乙", "2.doc")]),
    ("after the article", "", "<div class=fujian><a href=1.xls>登记表.xls</a></div>", [("登记表.xls", "1.xls")]),
    ("after the share bar", "", "<p>分享到：微信</p><p><a href=1.zip>打包下载</a></p>", [("打包下载", "1.zip")]),
    ("in a table", "<table><tr><td>1<td><a href=1.docx>甲表</a><tr><td>2<td><a href=2.docx>乙表</a></table>", "", [("甲表", "1.docx"), ("乙表", "2.docx")]),
    ("called so", "<p><a href='/art/2022/art_1.html'>附件1</a></p>", "", [("附件1", "/art/2022/art_1.html")]),
    ("address with parameters", "<p><a href='down.jsp?file=a.DOCX&amp;id=3'>表</a></p>", "", [("表", "down.jsp?file=a.DOCX&id=3")]),
    ("once", "<p><a href=a.pdf>表</a></p><p><a href=a.pdf>表</a></p>", "", [("表", "a.pdf")]),
    ("a picture", "<p>附件：<a href=/f/a.pdf title='登记表'><img src=i.gif></a><a href=/f/b.pdf><img src=i.gif></a></p>", "", [("登记表", "/f/a.pdf"), ("b.pdf", "/f/b.pdf")]),
    ("digits apart", "<p><a href=a.pdf><span>2</span><span>0</span>22年表</a></p>", "", [("2022年表", "a.pdf")]),
    ("script", "<p>附件：<a href=\"javascript:open('a.doc')\">附件1.doc</a></p>", "", []),
    ("other schemes", "<p><a href='mailto:a@b.doc'>附件</a><a href='file:///c:/a.doc'>附件</a><a href='DATA:a.doc'>附件</a></p>", "", []),
    ("no address", "<p><a name=fj>附件</a><a href='#fj'>附件</a><a href=''>附件</a></p>", "", []),
    ("a page", "<p>依据<a href='/law.html'>《条例》</a>，制定本办法。</p>", "", []),
    ("related", "", "<h3>相关文件</h3><ul><li><a href=1.pdf>旧通知.pdf</a></li></ul>", []),
    ("far below", "", "<p>版权所有</p><p>版权所有</p><p>版权所有</p><p>版权所有</p><p><a href=1.pdf>年报.pdf</a></p>", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "beside", "expected"), [row[1:] for row in ATTACHMENTS], ids=[row[0] for row in ATTACHMENTS]
)
def test_attachments(more, beside, expected):
    """The files of a notice, named as shown, their addresses as written; navigation is none of them."""
    source = read(article(more, beside).encode(), origin="page.html")

    assert source.attachments == tuple(Attachment(*row) for row in expected)


def test_attachments_reach_the_record():
    """The record of a notice lists its attachments."""
    result = read_notice(build_html.make(PARTS, files=build_html.FILES), origin="page.html")

    assert [(file.name, file.url) for file in result.notice.attachments] == build_html.FILE_LIST


# ── pages without text ──────────────────────────────────────────────────────────────────────────────────────────────

NO_TEXT = [
    ("in a script", build_html.make(PARTS, hidden_in="script"), ["lines of navigation", "by a script"]),
    ("in a script, nothing else", build_html.make(PARTS, hidden_in="script", frame=False), ["by a script"]),
    ("in a text box", build_html.make(PARTS, hidden_in="textarea"), ["lines of navigation", "by a script"]),
    ("particulars alone", build_html.make(PARTS, hidden_in="script", particulars="table"), ["lines of navigation"]),
    ("frameset", b"<html><frameset><frame src=/top.html><frame src=/a/main.html></frameset></html>", ["frame of the page: /top.html, /a/main.html"]),
    ("inner frame", b"<html><body><a href=/>1</a><iframe src=main.html></iframe></body></html>", ["frame of the page: main.html"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in NO_TEXT], ids=[row[0] for row in NO_TEXT])
def test_no_text(data, words):
    """A page that doesn't show its notice is an error that says where the text may be."""
    with pytest.raises(IngestError, match=r"^page\.html: found a web page without text") as caught:
        read(data, origin="page.html")

    assert caught.value.reason == "no_text"
    for word in [*words, "expected a notice", "save the page from a browser"]:
        assert word in str(caught.value)


# ── hostile pages ───────────────────────────────────────────────────────────────────────────────────────────────────

SAYS = "<p>人均财政补助标准达到每人每年不低于610元。</p>"
# What is said → the page with so many of it.
HOSTILE = {
    "nested layout tables": lambda count: "<table><tr><td>" * count + SAYS,
    "unclosed tags": lambda count: "<font><b><p><span><td>" * (count // 2) + SAYS,
    "anchors without end": lambda count: "<a name=a>" * count + SAYS,
    "many attachments": lambda count: SAYS + "<p><a href=1.pdf>附件</a></p>" * (count // 2),
    "a long line of links": lambda count: f"{SAYS}<p>{'<a href=1.pdf>附件</a>' * count}</p>",
    "a long address": lambda count: SAYS + f"<p><a href='{'a' * (10 * count)}.pdf'>附件</a></p>",
    "rows of labels": lambda count: SAYS + "<p>文号1</p><p>来源2</p><p>标题3</p>" * (count // 3),
    "huge table": lambda count: f"{SAYS}<table>{('<tr>' + '<td>610' * 100) * (count // 50)}</table>",
}


@pytest.mark.parametrize("times", [5, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile(make, times):
    """The figure is read, whatever stands around it, and not every link is an attachment."""
    source = read(make(1000 * times).encode(), origin="page.html", limits=Limits(characters=10**8, numerals=10**8))

    assert "610元" in source.text
    assert len(source.attachments) <= 500


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_linear(make):
    """Twice the page is twice the work."""
    assert_linear(lambda count: read(make(count).encode(), origin="page.html"), 500)


@pytest.mark.timing
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_fast(make):
    """Pages of megabytes are read in seconds."""
    data, limits = make(100_000).encode(), Limits(characters=10**8, numerals=10**8)
    with at_most(20):
        read(data, origin="page.html", limits=limits)


# ── numbers of lists ────────────────────────────────────────────────────────────────────────────────────────────────

# id, head, list, lines
LISTS = [
    ("numbers", "", "<ol><li>380元由个人缴纳。<li>640元由财政补助。</ol>", ["1. 380元由个人缴纳。", "2. 640元由财政补助。"]),
    ("in paragraphs", "", "<ol><li><p>个人缴费380元。</p></ol>", ["1.个人缴费380元。"]),
    ("from a start", "", "<ol start=9><li>个人缴费380元。<li>补助640元。</ol>", ["9.个人缴费380元。", "10.补助640元。"]),
    ("with a value", "", "<ol><li value=5>个人缴费380元。<li>补助640元。</ol>", ["5.个人缴费380元。", "6.补助640元。"]),
    ("backwards", "", "<ol reversed><li>个人缴费380元。<li>补助640元。</ol>", ["2.个人缴费380元。", "1.补助640元。"]),
    ("letters", "", "<ol type=a><li>个人缴费380元。</ol>", ["a.个人缴费380元。"]),
    ("Han", "<style>ol{list-style:cjk-ideographic inside}</style>", "<ol><li>千元以下不予支付。</ol>", ["一、 千元以下不予支付。"]),
    ("in a list", "", "<ol><li>标准：<ol><li>个人缴费380元。</ol><li>其他。</ol>", ["1.标准：", "1.个人缴费380元。", "2.其他。"]),
    ("none", "", "<ol style='list-style:none'><li>个人缴费380元。</ol>", ["个人缴费380元。"]),
    ("none by a class", "<style>.a li{list-style-type:none}</style>", "<ol class=a><li>个人缴费380元。</ol>", ["个人缴费380元。"]),
    ("none where items stand side by side", "<style>li{display:inline-block}</style>", "<ol><li>个人缴费380元。</ol>", ["个人缴费380元。"]),
    ("unknown", "<link rel=stylesheet href=a.css>", "<ol><li>个人缴费380元。</ol>", ["个人缴费380元。"]),
    ("typed", "", "<ol><li>（一）个人缴费380元。<li>2、补助640元。</ol>", ["（一）个人缴费380元。", "2、补助640元。"]),
    ("dots", "", "<ul><li>个人缴费380元。</ul>", ["个人缴费380元。"]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "items", "lines"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_numbers_of_lists(head, items, lines):
    """Items of a list are numbered as a browser does it, and no number joins a figure."""
    data = f"<html><head>{head}</head><body><h1>关于居民医保的通知</h1>{items}</body></html>".encode()
    source = read(data, origin="a.html")
    values = {str(fact.value) for fact in read_notice(data, origin="a.html").facts}

    assert source.text.split("\n")[1:] == lines
    assert values <= {"380", "640", "1000"}


def test_labels_of_a_chart():
    """Words of a drawing stand apart, so that no figure is made of two."""
    data = (
        "<html><body><h1>关于居民医保的通知</h1><p>个人缴费380元。</p><svg><text>100元</text><text>200元</text></svg>"
    )

    assert read(data.encode(), origin="a.html").text.split("\n")[2:] == ["100元", "200元"]


@pytest.mark.parametrize("place", ["{{amount}}", "{{ item.sum | number }}", "${amount}"])
def test_figure_that_a_script_was_to_put_in(place):
    """Where a figure was to come and didn't, it is lost, and this is said."""
    data = f"<html><body><h1>关于居民医保的通知</h1><p>各地：</p><p>个人缴费标准为每人每年{place}元，补助640元。</p>"
    result = read_notice(data.encode(), origin="a.html")

    assert [str(fact.value) for fact in result.facts] == ["640"]
    assert result.notice.quality.lost == 1
