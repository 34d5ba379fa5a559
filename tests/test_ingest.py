"""Bytes become source text: encodings, web pages, tables, and everything that is no notice."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import at_most

from extractor.errors import IngestError
from extractor.ingest import Limits, read, read_file
from extractor.ingest.encoding import decode, expected_characters
from extractor.ingest.web.hints import load_rows
from extractor.resources import load

NOTICES = Path(__file__).parents[2] / "shared" / "notices"
SAYS = "各级财政加大补助力度，人均财政补助标准新增30元，达到每人每年不低于610元。"
SAYS_HANT = "各級財政加大補助力度，人均財政補助標準新增30元，達到每人每年不低於610元～640元。"
# 镕, 䶮, 𠮷: in GBK, in GB18030's four bytes, beyond the first plane; gb2312 has none of them.
BEYOND = "朱镕基、杨䶮、𠮷野到会，个人缴费350元。"


def page(charset, body, title="通知"):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta}<title>{title}</title></head><body>{body}</body></html>"


# id, bytes, media type, encoding, text
ENCODINGS = [
    ("utf-8", SAYS.encode(), None, "utf-8", SAYS),
    ("utf-8 with mark", SAYS.encode("utf-8-sig"), None, "utf-8", "\ufeff" + SAYS),
    ("line breaks stay", "一\r\n二\r三\n".encode(), None, "utf-8", "一\r\n二\r三\n"),
    ("gb18030", SAYS.encode("gb18030"), None, "gb18030", SAYS),
    ("gb18030 beyond gbk", BEYOND.encode("gb18030"), "text/plain; charset=gb2312", "gb18030", BEYOND),
    ("gb18030 with mark", ("\ufeff" + SAYS).encode("gb18030"), None, "gb18030", "\ufeff" + SAYS),
    ("gbk, traditional", SAYS_HANT.encode("gb18030"), None, "gb18030", SAYS_HANT),
    ("gbk, two words", "联通".encode("gbk"), None, "gb18030", "联通"),
    ("big5", SAYS_HANT.replace("～", "至").encode("big5"), None, "big5", SAYS_HANT.replace("～", "至")),
    ("big5 of Windows", SAYS_HANT.encode("cp950"), None, "cp950", SAYS_HANT),
    (
        "big5 of Hong Kong",
        (SAYS_HANT.replace("～", "至") + "深水埗").encode("big5hkscs"),
        None,
        "big5hkscs",
        SAYS_HANT.replace("～", "至") + "深水埗",
    ),
    ("utf-16 little with mark", b"\xff\xfe" + SAYS.encode("utf-16-le"), None, "utf-16-le", "\ufeff" + SAYS),
    ("utf-16 big with mark", b"\xfe\xff" + SAYS.encode("utf-16-be"), None, "utf-16-be", "\ufeff" + SAYS),
    ("utf-16 little", SAYS.encode("utf-16-le"), None, "utf-16-le", SAYS),
    ("utf-16 big", SAYS.encode("utf-16-be"), None, "utf-16-be", SAYS),
    ("utf-16 without digits", "医疗保险缴费标准".encode("utf-16-le"), None, "utf-16-le", "医疗保险缴费标准"),
    ("utf-16 of digits", "2022: 610元\n".encode("utf-16-be"), None, "utf-16-be", "2022: 610元\n"),
    ("header says gbk, is utf-8", SAYS.encode(), "text/plain; charset=gbk", "utf-8", SAYS),
    ("header says utf-8, is gbk", SAYS.encode("gbk"), "text/plain; charset=utf-8", "gb18030", SAYS),
    ("header says big5, is gbk", SAYS.encode("gbk"), "text/plain; charset=big5", "gb18030", SAYS),
    ("a few bad bytes", SAYS.encode() + b"\xff\xfe." + SAYS.encode()[:-1], None, "utf-8", None),
    ("one bad byte in digits", b"2022\xff610", None, "utf-8", "2022\ufffd610"),
    ("surrogates as utf-8", SAYS.encode() + b"\xed\xa0\xbd\xed\xb8\x80", None, "utf-8", SAYS + "\ufffd" * 6),
    (
        "lone surrogate of utf-16",
        b"\xff\xfe" + SAYS.encode("utf-16-le") + b"\x00\xd8",
        None,
        "utf-16-le",
        "\ufeff" + SAYS + "\ufffd",
    ),
    ("a few NULs", ("\0" + SAYS + "\0").encode(), None, "utf-8", "\0" + SAYS + "\0"),
    ("gbk after much ascii", b"a b\n" * 50_000 + SAYS.encode("gbk"), None, "gb18030", "a b\n" * 50_000 + SAYS),
]


@pytest.mark.parametrize(
    ("data", "media_type", "encoding", "text"), [row[1:] for row in ENCODINGS], ids=[row[0] for row in ENCODINGS]
)
def test_encodings(data, media_type, encoding, text):
    """Plain text is the decoded file, whatever was declared; Python's codec gives the same."""
    source = read(data, origin="a.txt", media_type=media_type)

    assert source.encoding == encoding
    assert source.text == data.decode(encoding, "replace")
    assert text is None or source.text == text
    assert (source.reader, source.media_type, source.blocks) == ("text", "text/plain", ())
    assert source.sha256 == hashlib.sha256(data).hexdigest()


DECLARATIONS = [
    ("gb2312", "gb18030", "gb18030"),
    ("GBK", "gb18030", "gb18030"),
    ("gb18030", "gb18030", "gb18030"),
    ("utf-8", "utf-8", "utf-8"),
    ("gb2312", "utf-8", "utf-8"),
    ("utf-8", "gb18030", "gb18030"),
    ("iso-8859-1", "gb18030", "gb18030"),
    ("utf-16", "utf-8", "utf-8"),
    ("no-such-charset", "utf-8", "utf-8"),
]


@pytest.mark.parametrize(("declared", "real", "encoding"), DECLARATIONS)
def test_declared_charset(declared, real, encoding):
    """What a page says of its charset is checked against what it is."""
    source = read(page(declared, f"<p>{BEYOND}</p><p>{SAYS}</p>").encode(real), origin="a.html")

    assert (source.encoding, source.text) == (encoding, f"{BEYOND}\n{SAYS}")


@pytest.mark.parametrize("path", found := sorted(NOTICES.glob("*.txt")), ids=[path.stem for path in found])
def test_notices_are_their_own_text(path):
    """Offsets into a notice are offsets into the decoded file."""
    data = read_file(path)

    assert read(data, origin=path.name).text == data.decode("utf-8", "replace")


@pytest.mark.skipif(not NOTICES.is_dir(), reason="the development notices are not here")
@pytest.mark.parametrize("size", [10, 20, 50, 200])
def test_short_pieces_are_recognised(size):
    """Ten characters are enough to tell the encodings apart."""
    for path, names in (
        ("2022-national", ("gb18030", "utf-16-le", "utf-16-be")),
        ("2021-national-hant", ("cp950", "gb18030")),
    ):
        text = (NOTICES / f"{path}.txt").read_text("utf-8").replace("\n", "")
        for name in names:
            # 為 and 産 have another form in Big5.
            known = text.encode(name, "ignore").decode(name)
            for start in range(0, len(known) - size, 97):
                piece = known[start : start + size]

                assert decode(piece.encode(name), load(), origin="a").text == piece


@given(st.binary(max_size=200))
def test_any_bytes(data):
    """Bytes are read, or refused with a word; the text never holds a surrogate and the blocks lie in it."""
    try:
        source = read(data, origin="a")
    except IngestError as error:
        refused = error
        source = None

    assert source is not None or refused.reason in {
        "empty", "binary", "encoding", "unsupported", "no_text", "broken", "encrypted",
    }  # fmt: skip
    assert source is not None or str(refused).startswith("a: ")
    if source is None:
        return
    assert source.text.encode()
    assert all(0 <= block.start < block.end <= len(source.text) for block in source.blocks)


@given(st.text(alphabet="<>/=\"'& \n医保10divptablerh-!", max_size=300))
def test_any_markup(text):
    """Any markup gives a text whose blocks follow one another and cover all but separators."""
    try:
        source = read(("<p>补助" + text).encode(), origin="a")
    except IngestError as error:
        if error.reason == "no_text":
            return  # half of it is a link
        raise
    at = 0
    for block in source.blocks:
        assert not source.text[at : block.start].strip("\n\t")
        at = block.end
    assert at == len(source.text)


# ── web pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(source):
    """Write blocks as short as a table needs: `kind text`, cells with their place and H for headers."""
    found = []
    for block in source.blocks:
        place = f"{block.table}.{block.row}.{block.column}{'H' * block.header} " if block.table is not None else ""
        found.append(f"{block.kind} {place}{source.text[block.start : block.end]}")
    return found


ARTICLE = f"<p>{SAYS}</p><p>二、个人缴费标准同步提高30元，达到每人每年350元。</p>"
ARTICLE_LINES = [f"text {SAYS}", "text 二、个人缴费标准同步提高30元，达到每人每年350元。"]

# id, markup, blocks
PAGES = [
    ("digits apart", "<p>每人<span>6</span><span>1</span><b>0</b>元</p>", ["text 每人610元"]),
    ("br", "<p>一<br>二<br/>三</p>", ["text 一", "text 二", "text 三"]),
    ("blanks", "<p> 甲\n  乙 \t丙&nbsp;610\n元 </p>", ["text 甲乙 丙\xa0610 元"]),
    ("entities", "<p>&ldquo;医保&rdquo;&#21307;&#x4fdd;&amp;&lt;1&gt; &nosuch;</p>", ["text “医保”医保&<1> &nosuch;"]),
    ("no body", "<title>题</title>甲610元<br>乙", ["text 甲610元", "text 乙"]),
    ("frameset", "<html><frameset><noframes>甲610元</noframes></frameset></html>", ["text 甲610元"]),
    ("broken", "<div><p>甲<b>610<div>元</p></b></i></td>乙<p", ["text 甲610", "text 元乙"]),
    (
        "headings",
        "<h1>通知</h1><h2><span>一、</span>标准</h2><p>甲</p>",
        ["heading 通知", "heading 一、标准", "text 甲"],
    ),
    ("preformatted", "<pre>一 、\n  二</pre><p>三</p>", ["text 一 、", "text 二", "text 三"]),
    (
        "ruby",
        "<p><ruby>医<rt>yī</rt></ruby>保<ruby>障<rp>(</rp><rt>zhàng</rt><rp>)</rp></ruby></p>",
        ["text 医(yī)保障(zhàng)"],
    ),
    (
        "scripts and comments",
        "<p>甲<script>var a=1<2;</script><!-- 3 --><style>p{top:4px}</style>乙</p>",
        ["text 甲乙"],
    ),
    ("NUL", "<p>甲\0乙</p>", ["text 甲\ufffd乙"]),
    ("surrogate", "<p>甲&#xD800;乙</p>", ["text 甲\ufffd乙"]),
    ("external entity", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>甲&x;乙</p>', ["text 甲&x;乙"]),
    (
        "billion laughs",
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><p>甲&b;</p></html>',
        ["text 甲&b;"],
    ),
    ("navigation", f"<nav><a>首页</a><a>2021</a></nav>{ARTICLE}", ["furniture 首页2021", *ARTICLE_LINES]),
    (
        "recommended links",
        f"<div>{ARTICLE}</div><ul><li><a>2021年补助580元</a> 05-27</li><li><a>2023年补助640元</a></li></ul>",
        [*ARTICLE_LINES, "furniture 2021年补助580元 05-27", "furniture 2023年补助640元"],
    ),
    (
        "parts after the article",
        f"<main><div>{ARTICLE}<p>某市医保局</p></div><h3>【相关阅读】</h3><div><p>2023年，个人缴费每人每年380元，详见解读。</p></div></main>",
        [
            *ARTICLE_LINES,
            "text 某市医保局",
            "furniture 【相关阅读】",
            "furniture 2023年，个人缴费每人每年380元，详见解读。",
        ],
    ),
    (
        "links in the text",
        "<p>根据<a>《居住证暂行条例》</a>，个人缴费标准为每人每年350元，由税务部门征收。</p>",
        ["text 根据《居住证暂行条例》，个人缴费标准为每人每年350元，由税务部门征收。"],
    ),
    (
        "attachments",
        f"{ARTICLE}<p>附件：<a>1.2022年标准表.doc</a></p><p><a>2.2023年标准表.doc</a></p><p><a>2024</a>年标准另发</p><p><a>返回</a></p>",
        [
            *ARTICLE_LINES,
            "text 附件：1.2022年标准表.doc",
            "text 2.2023年标准表.doc",
            "text 2024年标准另发",
            "furniture 返回",
        ],
    ),
    (
        "hidden",
        f'<div style="DISPLAY : none">500元，点击进入。</div>{ARTICLE}',
        ["furniture 500元，点击进入。", *ARTICLE_LINES],
    ),
    (
        "footer",
        f"<div>{ARTICLE}<p>2022年6月30日</p></div><div>主办单位：某局 邮编：100830<br>京ICP备18045461号</div>",
        [*ARTICLE_LINES, "text 2022年6月30日", "furniture 主办单位：某局 邮编：100830", "furniture 京ICP备18045461号"],
    ),
    (
        "one big form",
        f"<form><select><option>2021</select><div id=print>{ARTICLE}</div></form>",
        ["furniture 2021", *ARTICLE_LINES],
    ),
    ("article called sidebar", f"<div class=sidebar>{ARTICLE}</div>", ARTICLE_LINES),
    (
        "layout table",
        f"<table><tr><td><a>首页</a></td><td>{ARTICLE * 4}</td></tr></table>",
        ["furniture 首页", *ARTICLE_LINES * 4],
    ),
    (
        "nested layout tables",
        f"<table><tr><td><table><tr><td>{ARTICLE}</td></tr></table></td></tr></table>",
        ARTICLE_LINES,
    ),
    ("presentation", "<table role=presentation><tr><td>甲</td><td>610</td></tr></table>", ["text 甲", "text 610"]),
    (
        "data table",
        "<table><caption>表1</caption><tr><th>地区<th>补助</tr><tr><td>西部<td>80%</tr></table>",
        ["text 表1", "cell 0.0.0H 地区", "cell 0.0.1H 补助", "cell 0.1.0 西部", "cell 0.1.1 80%"],
    ),
    (
        "data table of Word",
        "<table><tr><td><p>类别</p></td><td><p>2022年</p></td></tr><tr><td><p>个人<br>缴费</p></td><td><p>350</p><p>元</p></td></tr></table>",
        ["cell 0.0.0H 类别", "cell 0.0.1H 2022年", "cell 0.1.0 个人缴费", "cell 0.1.1 350 元"],
    ),
    (
        "spans",
        (
            "<table><tr><td rowspan=2>地区<td colspan=2>标准</tr><tr><td>财政<td>个人</tr>"
            "<tr><td>西部<td>610<td>350</tr></table>"
        ),
        [
            *("cell 0.0.0H 地区", "cell 0.0.1H 标准", "cell 0.1.1H 财政", "cell 0.1.2H 个人"),
            *("cell 0.2.0 西部", "cell 0.2.1 610", "cell 0.2.2 350"),
        ],
    ),
    (
        "row of figures first",
        "<table><tr><td>财政<td>610</tr><tr><td>个人<td>350</tr></table>",
        [
            "cell 0.0.0 财政",
            "cell 0.0.1 610",
            "cell 0.1.0 个人",
            "cell 0.1.1 350",
        ],
    ),
    (
        "one row",
        f"{ARTICLE}<table><tr><td>财政<td>610元</tr></table>",
        [*ARTICLE_LINES, "cell 0.0.0 财政", "cell 0.0.1 610元"],
    ),
    ("text between cells", "<table>甲10<tr><td>乙<td>20</tr></table>", ["text 甲10", "text 乙", "text 20"]),
    (
        "particulars",
        (
            "<table><tr><td>索 引 号：<td>0001/2022-32<td>文　号<td>医保发〔2022〕20号</tr>"
            f"<tr><td>发布日期<td></tr></table>{ARTICLE}"
        ),
        ["text 索引号：0001/2022-32", "text 文号：医保发〔2022〕20号", "text 发布日期：", *ARTICLE_LINES],
    ),
    (
        "particulars in a list",
        f"<dl><dt>文号</dt><dd>医保发〔2022〕20号</dd><dt>公开方式</dt><dt>来源</dt><dd>某局</dd></dl>{ARTICLE}",
        ["text 文号：医保发〔2022〕20号", "text 公开方式", "text 来源：某局", *ARTICLE_LINES],
    ),
]


@pytest.mark.parametrize(("markup", "expected"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_pages(markup, expected):
    """A page's blocks, in document order."""
    source = read(markup.encode(), origin="a.html")

    assert lines_of(source) == expected
    assert (source.reader, source.media_type) == ("html", "text/html")


def test_rows_are_lines():
    """A row is a line, its cells separated by TAB, also where a cell above reaches into it."""
    markup = "<p>甲</p><table><tr><th rowspan=2>地区<th>财政</tr><tr><td>610</tr></table><p>乙</p>"

    assert read(markup.encode(), origin="a").text == "甲\n地区\t财政\n\t610\n乙"


GOVERNMENT = """<body class="page-sidebar">
<div class="top"><a>首页</a> <a>政策</a> <a>数据</a> 今天是2022年7月20日</div>
<div>您现在的位置：<a>首页</a> &gt; 政策 &gt; 正文</div>
<div class="w"><div class="left"><a>机构</a><br><a>2021年报</a></div><div>
<h1>某局 某厅<br>关于做好2022年居民医保工作的通知</h1><p>来源：某局 发布时间：2022-07-08 <a>[打印]</a></p>
<div id="zoom"><p>某发〔2022〕20号</p><p>各市医保局：</p><p>　　%s</p><p>%s</p></div>
<p align=right>某局</p><p align=right>2022年6月30日</p><div class="share">分享到：<a>微信</a></div></div></div>
<div><p>关注我们</p><p>邮编：100830</p></div></body>"""


def test_government_page():
    """Number, addressee, signature and date stay with the article; frame, position and share bar are beside it."""
    source = read(
        page("gb2312", GOVERNMENT % (SAYS, SAYS), "关于做好2022年居民医保工作的通知_某局").encode("gbk"), origin="a"
    )

    assert source.title == "关于做好2022年居民医保工作的通知_某局"
    assert lines_of(source) == [
        "furniture 首页 政策 数据 今天是2022年7月20日",
        "furniture 您现在的位置：首页 > 政策 > 正文",
        "furniture 机构",
        "furniture 2021年报",
        "heading 某局 某厅",
        "heading 关于做好2022年居民医保工作的通知",
        "text 来源：某局 发布时间：2022-07-08 [打印]",
        "text 某发〔2022〕20号",
        "text 各市医保局：",
        f"text 　　{SAYS}",
        f"text {SAYS}",
        "text 某局",
        "text 2022年6月30日",
        "furniture 分享到：微信",
        "furniture 关注我们",
        "furniture 邮编：100830",
    ]


PLAIN = [
    "关于印发<基本医疗保险>的通知",
    "<基本医疗保险>管理办法",
    "若 a<b 且 c>d，补助610元",
    "<b元",
    "见<http://a>",
    "一<br>二",
    "<p 610元",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_with_angles(text):
    """Angle brackets alone don't make a web page."""
    source = read(text.encode(), origin="a")

    assert (source.reader, source.text) == ("text", text)


# id, markup, the figure that must survive
HOSTILE = [
    ("deep blocks", "<div>" * 100_000 + "610元" + "</div>" * 100_000 + "<p>350元"),
    ("deep spans", "<span>" * 100_000 + "610元" + "</span>" * 100_000 + "<p>350元"),
    ("deep tables", "<p>610元</p>" + "<table><tr><td>" * 30_000 + "350元"),
    ("deep lists", "<ul><li>610元" * 30_000 + "350元"),
    ("unclosed", "<div><b>610元" * 30_000 + "350元"),
    ("wrong ends", "<div>" * 30_000 + "610元" + "</span>" * 200_000 + "<p>350元"),
    ("many attributes", "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">610元350元"),
    ("long text", "<p>610元" + "补" * 4_000_000 + "350元"),
    (
        "wide table",
        "<table><tr>" + "<td rowspan=60000 colspan=1000>610元" * 5_000 + "<tr><td>350元" * 5_000 + "</table>",
    ),
    ("many tails", "<p>610元</p>" + "<p>相关阅读</p>" * 20_000 + "<p>350元"),
    ("blanks", "<p>610元" + " \n" * 1_000_000 + "350元"),
    ("unclosed comments", "<p>610元350元</p>" + "<!--" * 300_000),
    ("document type", '<!DOCTYPE html [<!ENTITY a "1">]>' + "<p>610元350元" + "]" * 1_000_000),
]


@pytest.mark.parametrize("markup", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_pages(markup):
    """Nothing is lost."""
    source = read(f"<html><body>{markup}".encode(), origin="a")

    assert "610元" in source.text
    assert "350元" in source.text


@pytest.mark.timing
@pytest.mark.parametrize("markup", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_pages_are_fast(markup):
    """Time stays bounded."""
    data = f"<html><body>{markup}".encode()
    with at_most(10):
        read(data, origin="a")


def test_large_texts():
    """A line of a million characters and, where the limits allow them, 50 MB of text pass."""
    limits = Limits(characters=10**8, numerals=10**8)
    line = "补助" * 500_000
    text = (SAYS + "\n") * (50_000_000 // len((SAYS + "\n").encode()))

    assert read(line.encode("gbk"), origin="a").text == line
    assert read(text.encode(), origin="a", limits=limits).text == text
    assert read(text.encode("gb18030"), origin="a", limits=limits).text == text
    assert read(("1234567890" * 200_000 + "元").encode(), origin="a").text[:-1].isdigit()


@pytest.mark.timing
def test_large_texts_are_fast():
    """They pass in seconds."""
    with at_most(10):
        test_large_texts()


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────────────────

LOLZ = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><lolz>&b;</lolz>'


def ole(*names):
    """Write what tells old Office files apart: the mark they begin with, and the names in their directory."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9999 + b"".join(f"{name}\0".encode("utf-16-le") for name in names)
    )


# id, bytes, reason, words of the message
BAD = [
    ("empty", b"", "empty", ["file is empty", "expected the text of a notice"]),
    ("blanks", " \r\n\t\u3000\xa0".encode(), "empty", ["nothing but blanks"]),
    ("only a mark", b"\xef\xbb\xbf", "empty", ["nothing but blanks"]),
    ("docx cut short", b"PK\x03\x04\x14\0word/document.xml", "broken", ["a ZIP file that is cut short"]),
    ("ofd cut short", b"PK\x03\x04\x14\0\0OFD.xml", "broken", ["a ZIP file that is cut short"]),
    ("xlsx", b"PK\x03\x04" + b"\0" * 9999 + b"xl/workbook.xml", "unsupported", ["an Excel workbook"]),
    ("pptx", b"PK\x03\x04" + b"\0" * 9999 + b"ppt/presentation.xml", "unsupported", ["a presentation (PPTX)"]),
    ("odt", b"PK\x03\x04\x14\0META-INF/manifest.xml", "unsupported", ["(ODT or ODS)", "libreoffice --headless"]),
    ("zip", b"PK\x03\x04\x14\0a.txt", "unsupported", ["a ZIP archive", "Unpack it"]),
    (
        "doc or wps",
        ole("Root Entry", "1Table", "WordDocument"),
        "unsupported",
        ["an old Word or WPS document (DOC or WPS)", "WPS Office", "libreoffice --headless --convert-to docx FILE"],
    ),
    ("doc with a workbook in it", ole("Root Entry", "Workbook", "WordDocument"), "unsupported", ["(DOC or WPS)"]),
    ("xls", ole("Root Entry", "Workbook"), "unsupported", ["(XLS or ET)", "save it as DOCX or PDF"]),
    ("older xls", ole("Root Entry", "Book"), "unsupported", ["(XLS or ET)"]),
    ("ppt", ole("Root Entry", "PowerPoint Document"), "unsupported", ["an old presentation"]),
    (
        "docx with a password",
        ole("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        "encrypted",
        ["with a password", "remove the password"],
    ),
    ("other ole", ole(), "unsupported", ["an old Office file"]),
    ("rtf", b"{\\rtf1\\ansi", "unsupported", ["an RTF document", "save it as DOCX or PDF"]),
    ("mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related", "unsupported", ["web archive"]),
    ("png", b"\x89PNG\r\n\x1a\n\0\0", "unsupported", ["an image (PNG)"]),
    ("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", "unsupported", ["an image (JPEG)"]),
    ("gif", b"GIF89a\0\0", "unsupported", ["an image (GIF)"]),
    ("bmp", b"BM\x36\0\0\0\0\0\0\0", "unsupported", ["an image (BMP)"]),
    ("gzip", b"\x1f\x8b\x08\0\0", "unsupported", ["a gzip archive"]),
    ("entities that are no page", LOLZ, "unsupported", ["an XML file that is not a web page"]),
    ("NULs", b"\0" * 1000, "binary", ["binary data", "expected the text of a notice"]),
    ("program", b"\x7fELF\x02\x01\x01" + b"\0" * 90 + b".text", "binary", ["binary data"]),
    ("noise", bytes((i * 7919 + i * i * 31) % 256 for i in range(5000)), "binary", ["binary data"]),
    (
        "Japanese",
        "保険料の額はつぎのとおりである。".encode("shift_jis") * 9,
        "encoding",
        ["bytes", "UTF-8, GB18030", "save it as UTF-8"],
    ),
    (
        "page without text",
        b"<html><head><title>1</title></head><body><script>go()</script></body></html>",
        "no_text",
        ["web page without text", "script"],
    ),
    ("page of nothing", b"<html></html>", "no_text", ["web page without text"]),
]


@pytest.mark.parametrize(("data", "reason", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input(data, reason, words):
    """A message names the file, what was found, what was expected and what to do."""
    with pytest.raises(IngestError) as caught:
        read(data, origin="corpus/某.txt")

    message = str(caught.value)
    assert caught.value.reason == reason
    assert message.startswith("corpus/某.txt: ")
    assert "expected" in message
    for word in words:
        assert word in message


def test_too_large(tmp_path):
    """The limit is a setting; a file over it isn't read at all."""
    limits = Limits(bytes=2 * 1024 * 1024)
    large = tmp_path / "large.txt"
    large.write_bytes(b"1" * (3 * 1024 * 1024))

    for attempt in (
        lambda: read(large.read_bytes(), origin="large.txt", limits=limits),
        lambda: read_file(large, limits),
    ):
        with pytest.raises(
            IngestError, match=r"large\.txt: the file has 3\.0 MiB, at most 2 MiB .* Split it"
        ) as caught:
            attempt()
        assert caught.value.reason == "too_large"


def make_folder(path):
    path.mkdir()


def make_loop(path):
    path.symlink_to(path)


def make_pipe(path):
    os.mkfifo(path)


def make_forbidden(path):
    path.write_text("1")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")


BAD_FILES = [
    (lambda _: None, "there is no such file"),
    (make_folder, "it is a folder, expected a file"),
    (make_loop, "a symbolic link that leads back to itself"),
    (make_pipe, "it is a pipe, socket or device"),
    (make_forbidden, "not permitted"),
]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as on POSIX systems")
@pytest.mark.parametrize(("make", "words"), BAD_FILES, ids=[row[1] for row in BAD_FILES])
def test_bad_files(make, words, tmp_path):
    """Whatever is no readable file is an error at once, not a standstill."""
    path = tmp_path / "notice.txt"
    make(path)

    with pytest.raises(IngestError, match=words) as caught:
        read_file(path)
    assert caught.value.reason == "unreadable"
    assert str(path) in str(caught.value)


def test_bad_paths(tmp_path):
    """Paths that no system accepts, and names that are no text."""
    (tmp_path / "a.txt").write_text("1")
    for path, words in (
        (tmp_path / "a.txt" / "b", "a part of the path is a file"),
        (tmp_path / ("n" * 5000), "longer than the system allows"),
        (Path("a\0b"), "cannot be read"),
        (tmp_path / os.fsdecode(b"\xff"), r"\\xff: there is no such file"),
    ):
        with pytest.raises(IngestError, match=words) as caught:
            read_file(path)
        assert str(caught.value).encode()


def test_reading_files(tmp_path):
    """A file's bytes, through a link too."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf1\r\n")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")

    assert read_file(tmp_path / "b.txt") == b"\xef\xbb\xbf1\r\n"


# ── data files and imports ──────────────────────────────────────────────────────────────────────────────────────────


def test_hint_rows():
    """A row of hints has no word twice."""
    assert [row.id for row in load_rows(load()) if len(set(row.words)) != len(row.words)] == []


def test_expected_characters():
    """The lists hold no blank but the ideographic one."""
    characters = expected_characters(load())

    assert len(characters) > 850
    assert {char for char in characters if char.isspace()} == {"\u3000"}


def test_heavy_imports_wait():
    """Plain UTF-8 text is read without lxml."""
    code = (
        "import sys, extractor.ingest as i; i.read('补助610元'.encode(), origin='a'); "
        "print(sorted({'lxml', 'spacy', 'jieba', 'opencc'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)  # noqa: S603

    assert done.stdout.strip() == "[]"
