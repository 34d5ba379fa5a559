"""What a person sees of a web page: struck-out words, raised signs, unseen words, hidden pages, fields and pictures."""

from __future__ import annotations

import pytest
from work import assert_linear, at_most

from extractor.build.incremental import read_notice
from extractor.errors import IngestError
from extractor.ingest import read

TITLE = "关于做好2023年居民基本医疗保障工作的通知"
OPENING = "为贯彻落实上级部署，切实做好城乡居民基本医疗保障工作，现将有关事项通知如下。"
MORE = "二、巩固待遇水平。政策范围内住院费用支付比例稳定在70%左右，各地要严格执行，不得随意调整。"


def page(sentence, *, head="", body="", before="", after="", wrap="<div class=content>{}</div>"):
    """Write a page whose article has a sentence of its own, with what belongs to its head and around the article."""
    inner = f"<h1>{TITLE}</h1><p>各市医疗保障局：</p><p>{OPENING}</p><p>{sentence}</p><p>{MORE}</p>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}<title>{TITLE}</title></head>"
        f"<body {body}>{before}{wrap.format(inner)}{after}</body></html>"
    ).encode()


def shown(data):
    """Read a page and join what it shows of a notice."""
    source = read(data, origin="page.html")
    return "\n".join(source.text[block.start : block.end] for block in source.blocks if block.kind != "furniture")


def damage(data):
    """Count the kinds of damage of a page."""
    return {item.kind: item.count for item in read_notice(data, origin="page.html").notice.quality.damage}


FIGURE = "一、个人缴费标准为每人每年{}元。"
SAYS = FIGURE.format("380")
# id, what stands in the head, what stands for the figure: a line goes through 350
STRUCK = [
    ("del", "", "<del>350</del>380"),
    ("s", "", "<s>350</s>380"),
    ("strike", "", "<strike>350</strike>380"),
    ("style", "", "<span style='text-decoration: line-through'>350</span>380"),
    ("style, two lines", "", "<span style='text-decoration:underline line-through red'>350</span>380"),
    ("longhand", "", "<i style='TEXT-DECORATION-LINE:LINE-THROUGH'>350</i>380"),
    ("class", "<style>.old{text-decoration:line-through}</style>", "<span class='new old'>350</span>380"),
    ("descendant", "<style>.content p span.x{text-decoration:line-through}</style>", "<span class=x>350</span>380"),
    ("child of a class", "<style>p>b{text-decoration:line-through}</style>", "<b>350</b>380"),
    ("within", "", "<del><b>3</b><i>5</i>0</del>380"),
    ("cannot be taken back within", "", "<del><b style='text-decoration:none'>350</b></del>380"),
    ("later rule", "<style>.o{text-decoration:none}.o{text-decoration:line-through}</style>", "<i class=o>350</i>380"),
    ("important", "<style>.o{text-decoration:line-through!important}</style>", "<i class=o style='text-decoration:none'>350</i>380"),
    ("in a media query", "<style>@media screen and (min-width:600px){.o{text-decoration:line-through}}</style>", "<i class=o>350</i>380"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "figure"), [row[1:] for row in STRUCK], ids=[row[0] for row in STRUCK])
def test_struck_out(head, figure):
    """Words with a line through them are no text, and the quality record counts them."""
    data = page(FIGURE.format(figure), head=head)

    assert SAYS in read(data, origin="page.html").text
    assert "350" not in read(data, origin="page.html").text
    assert damage(data) == {"struck_out": 1}


# id, head, figure: nothing goes through it
NOT_STRUCK = [
    ("inserted", "", "<ins>380</ins>"),
    ("underlined", "", "<u>380</u>"),
    ("overline", "", "<span style='text-decoration:overline'>380</span>"),
    ("reset", "", "<s style='text-decoration:none'>380</s>"),
    ("reset by class", "<style>del.now{text-decoration:none}</style>", "<del class=now>380</del>"),
    ("rule of another class", "<style>.old{text-decoration:line-through}</style>", "<span class=older>380</span>"),
    ("for print", "<style media=print>b{text-decoration:line-through}</style>", "<b>380</b>"),
    ("in a media query for print", "<style>@media print{b{text-decoration:line-through}}</style>", "<b>380</b>"),
    ("for small screens", "<style>@media (max-width:768px){b{text-decoration:line-through}}</style>", "<b>380</b>"),
    ("under the pointer", "<style>b:hover{text-decoration:line-through}</style>", "<b>380</b>"),
    ("more specific", "<style>p b{text-decoration:none}b{text-decoration:line-through}</style>", "<b>380</b>"),
    ("overruled by id", "<style>#n{text-decoration:none}b.x{text-decoration:line-through}</style>", "<b id=n class=x>380</b>"),
    ("in a comment", "<style>/* b{text-decoration:line-through} */</style>", "<b>380</b>"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "figure"), [row[1:] for row in NOT_STRUCK], ids=[row[0] for row in NOT_STRUCK])
def test_not_struck_out(head, figure):
    """What no line goes through stays."""
    data = page(FIGURE.format(figure), head=head)

    assert SAYS in shown(data)
    assert damage(data) == {}


# id, head, what stands for the figure: nobody sees 99
UNSEEN = [
    ("not displayed", "", "<span style='display:none'>99</span>380"),
    ("attribute", "", "<span hidden>99</span>380"),
    ("invisible", "", "<span style='visibility : hidden'>99</span>380"),
    ("collapsed", "", "<span style='visibility:collapse'>99</span>380"),
    ("transparent", "", "<span style='opacity:0.0'>99</span>380"),
    ("opacity in percent", "", "<span style='opacity:0%'>99</span>380"),
    ("no size", "", "<span style='font-size:0'>99</span>380"),
    ("no size, with a unit", "", "<span style='font-size:0px'>99</span>380"),
    ("hardly any size", "", "<span style='font-size:.5pt'>99</span>380"),
    ("size by the shorthand", "", "<span style='font:0/0 a'>99</span>380"),
    ("share of no size", "", "<span style='font-size:0'><i style='font-size:2em'>99</i></span>380"),
    ("white on white", "", "<span style='color:#fff'>99</span>380"),
    ("white by name", "", "<span style='color:White'>99</span>380"),
    ("nearly white", "", "<span style='color:rgb(254, 254, 254)'>99</span>380"),
    ("old attribute", "", "<font color=#FFFFFF>99</font>380"),
    ("transparent colour", "", "<span style='color:transparent'>99</span>380"),
    ("transparent by alpha", "", "<span style='color:rgba(0,0,0,0)'>99</span>380"),
    ("colour of its own ground", "", "<span style='color:#c00;background:#cc0000'>99</span>380"),
    ("off the page", "", "<span style='position:absolute;left:-9999px'>99</span>380"),
    ("cut to nothing", "", "<span style='position:absolute;clip:rect(0 0 0 0)'>99</span>380"),
    ("for screen readers", "<style>.sr-only{position:absolute;width:1px;height:1px;overflow:hidden}</style>", "<span class=sr-only>99</span>380"),
    ("class", "<style>.jm{display:none}</style>", "<span class=jm>99</span>380"),
    ("one of many", "<style>a.b, .x .jm , #q{display:none}.jm{visibility:hidden}</style>", "<span class=jm>99</span>380"),
    ("id", "<style>#jm{opacity:0}</style>", "<span id=jm>99</span>380"),
    ("attribute selector", '<style>[data-x="1"]{display:none}</style>', "<i data-x=1>99</i>380"),
    ("beginning of a class", "<style>i[class^=jm-]{font-size:0}</style>", "<i class=jm-93>99</i>380"),
    ("place", "<style>p i:nth-child(2n+1){display:none}</style>", "<i>99</i><i>380</i>"),
    ("not of a class", "<style>i:not(.show){display:none}</style>", "<i>99</i><i class=show>380</i>"),
    ("beside", "<style>b+i{display:none}</style>", "<b></b><i>99</i>380"),
    ("variable colour by a class", "<style>.a{color:#ffffff}</style>", "<span class=a>99</span>380"),
    ("important over the attribute", "<style>.a{display:none !important}</style>", "<span class=a style='display:inline'>99</span>380"),
    ("off the page by a margin", "", "<span style='position:absolute;margin-left:-9999px'>99</span>380"),
    ("a filter", "", "<span style='filter:opacity(0)'>99</span>380"),
    ("a variable", "<style>:root{--x:none}</style><style>.a{display:var(--x)}</style>", "<span class=a>99</span>380"),
    ("want of a variable", "<style>.a{display:var(--x,none)}</style>", "<span class=a>99</span>380"),
    ("a rule within a rule", "<style>p{color:#000; .a{display:none}}</style>", "<span class=a>99</span>380"),
    ("a rule within rules", "<style>body,html{p{span{&.a{display:none}}}}</style>", "<span class=a>99</span>380"),
    ("feature query", "<style>@supports (display:flex){.a{display:none}}</style>", "<span class=a>99</span>380"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "figure"), [row[1:] for row in UNSEEN], ids=[row[0] for row in UNSEEN])
def test_unseen(head, figure):
    """Words that nobody sees are furniture, and the line around them is whole."""
    data = page(FIGURE.format(figure), head=head)
    result = read_notice(data, origin="page.html")
    text = read(data, origin="page.html").text

    assert SAYS in shown(data)
    assert "99" not in shown(data)
    assert {row.disposition for row in result.ledger if row.start == text.index("99")} == {"furniture"}


# id, head, what stands for the figure: everybody sees it
SEEN = [
    ("white on a bar", "", "<b style='color:#fff;background-color:#900'>380</b>"),
    ("white on a bar around it", "", "<b style='background:navy'><i style='color:white'>380</i></b>"),
    ("white on a picture", "", "<b style='color:#fff;background:url(a.png) #fff'>380</b>"),
    ("white on a gradient", "", "<b style='color:#fff;background:linear-gradient(#900,#c00)'>380</b>"),
    ("grey", "", "<span style='color:#999'>380</span>"),
    ("small", "", "<span style='font-size:9px'>380</span>"),
    ("size within no size", "", "<span style='font-size:0'><b style='font-size:14px'>380</b></span>"),
    ("visible within invisible", "", "<i style='visibility:hidden'><b style='visibility:visible'>380</b></i>"),
    ("half transparent", "", "<span style='opacity:.6'>380</span>"),
    ("class shown again later", "<style>.a{display:none}.a{display:inline}</style>", "<b class=a>380</b>"),
    ("class shown by an id", "<style>#a{display:inline}.a{display:none}</style>", "<b class=a id=a>380</b>"),
    ("style over the class", "<style>.a{display:none}</style>", "<b class=a style='display:inline'>380</b>"),
    ("hidden for print", "<style>@media print{.a{display:none}}</style>", "<b class=a>380</b>"),
    ("another element's class", "<style>div.a{display:none}</style>", "<b class=a>380</b>"),
    ("class of another's child", "<style>.menu .a{display:none}</style>", "<b class=a>380</b>"),
    ("drawn", "", "<svg width=20 height=20><text x=1>380</text></svg>"),
    ("a margin that centres", "", "<b style='position:absolute;left:50%;margin-left:-480px'>380</b>"),
    ("another variable", "<style>:root{--x:inline}.a{display:var(--x,none)}</style>", "<b class=a>380</b>"),
    ("a rule within another rule", "<style>h2{.a{display:none}}</style>", "<b class=a>380</b>"),
    ("before and after", "<style>.a::before{display:none}</style>", "<b class=a>380</b>"),
    ("put in by a sheet", "<style>.a::before{content:'38'}.a:after{content:'0'}</style>", "<b class=a></b>"),
    ("a part put in by a sheet", "<style>.a::after{content:'80'}</style>", "<b class=a>3</b>"),
    ("put in by a sheet from an attribute", "<style>.a::after{content:attr(data-v)}</style>", "<b class=a data-v=380></b>"),
    ("put in from attributes of no name", "<style>.a::after{content:attr()} .a::before{content:attr('{') attr({)}</style>", "<b class=a>380</b>"),
    ("put in by a sheet, later taken away", "<style>.a::after{content:'9'}.a::after{content:none}</style>", "<b class=a>380</b>"),
    ("put in, not displayed", "<style>.a::after{content:'9';display:none}</style>", "<b class=a>380</b>"),
    ("put in, transparent", "<style>.a::after{content:'9';opacity:0}</style>", "<b class=a>380</b>"),
    ("an icon put in", "<style>.a::after{content:'\\e601'}</style>", "<b class=a>380</b>"),
    ("a sign that keeps boxes open", "<style>.a::after{content:'.';visibility:hidden;height:0}</style>", "<b class=a>380</b>"),
    ("sheet that a browser doesn't know", "<style type=text/less>.a{display:none}</style>", "<b class=a>380</b>"),
    ("sheet outside may give a ground", "<link rel=stylesheet href=a.css>", "<b class=bar><i style='color:#fff'>380</i></b>"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "figure"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_seen(head, figure):
    """Styles that only look like hiding hide nothing."""
    assert SAYS in shown(page(FIGURE.format(figure), head=head))


# id, what the page has: it waits for a script to show it
WAITING = [
    ("body invisible", {"body": "style='visibility:hidden'"}),
    ("body transparent", {"body": "style='opacity: 0'"}),
    ("body not displayed", {"body": "style='display:none'"}),
    ("article off the page", {"wrap": "<div style='position:absolute;left:-9999px'>{}</div>"}),
    ("article without height", {"wrap": "<div style='height:0;overflow:hidden'>{}</div>"}),
    ("body by a sheet", {"head": "<style>body{opacity:0}body.ready{opacity:1}</style>"}),
    ("html by a sheet", {"head": "<style>html{visibility:hidden}</style>"}),
    ("article", {"wrap": "<div id=js_content style='visibility: hidden; opacity: 0;'>{}</div>"}),
    ("within another", {"body": "style='opacity:0'", "wrap": "<div style='visibility:hidden'>{}</div>"}),
    ("cloak", {"head": "<style>[v-cloak]{display:none}</style>", "wrap": "<div v-cloak>{}</div>"}),
    ("every paragraph", {"head": "<style>.content p{opacity:0}</style>"}),
    ("visible child", {"wrap": "<div style='visibility:hidden'><div style='visibility:visible'>{}</div></div>"}),
]


@pytest.mark.parametrize("options", [row[1] for row in WAITING], ids=[row[0] for row in WAITING])
def test_hidden_page(options):
    """A page, or most of it, that a script shows is text; what is hidden within it stays hidden."""
    data = page(SAYS + "<span style='display:none'>99</span>", **options)

    assert SAYS in shown(data)
    assert "99" not in shown(data)


def test_lines():
    """A style may make a line of an element, and keep another within its line."""
    data = page(
        "一档<span class=l>每年380元</span></p><div>二档<div style='display:inline-block'>6</div>40元</div><p>",
        head="<style>.l{display:block}</style>",
    )

    assert "\n一档\n每年380元\n二档640元\n" in shown(data)


TRAP = "三、财政补助标准为每人每年9999元，请各地认真贯彻落实。"
# id, what stands after the article
LESSER = [
    ("tab", f"<div style='display:none'><p>{TRAP}</p></div>"),
    ("several tabs", f"<div style='display:none'><p>{TRAP}</p></div>" * 4),
    ("tab by a sheet", f"<style>.pane{{display:none}}</style><div class=pane><p>{TRAP}</p></div>"),
    ("faded box", f"<div style='opacity:0'><p>{TRAP}</p></div>"),
    ("template", f"<template><p>{TRAP}</p></template>"),
    ("text box", f"<textarea style='display:none'>{TRAP}</textarea>"),
    ("noscript", f"<noscript><p>{TRAP}</p></noscript>"),
]


@pytest.mark.parametrize("after", [row[1] for row in LESSER], ids=[row[0] for row in LESSER])
def test_hidden_part(after):
    """A hidden part that holds less than the page shows is furniture or no text."""
    assert "9999" not in shown(page(SAYS, after=after))


# id, sentence, what is shown of it
RAISED = [
    ("note's mark", "每人每年380<sup>1</sup>元。", "每人每年380¹元。"),
    ("in brackets", "每人每年380<sup>[1]</sup>元。", "每人每年380⁽¹⁾元。"),
    ("a link", "每人每年380<sup>[<a href=#1>12</a>]</sup>元。", "每人每年380⁽¹²⁾元。"),
    ("a word", "每人每年380<sup>注1</sup>元。", "每人每年380¹元。"),
    ("a star", "每人每年380<sup>*</sup>元。", "每人每年380元。"),
    ("lowered", "每人每年380<sub>1</sub>元。", "每人每年380₁元。"),
    ("by a style", "每人每年380<span style='vertical-align:super;font-size:9px'>1</span>元。", "每人每年380¹元。"),
    ("moved up", "每人每年380<i style='position:relative;top:-5px;font-size:9px'>1</i>元。", "每人每年380¹元。"),
    ("small at the top", "每人每年380<small style='vertical-align:text-top'>1</small>元。", "每人每年380¹元。"),
    ("small on the line", "每人每年38<small>0</small>元。", "每人每年380元。"),
    ("as large at the top", "每人每年38<b style='vertical-align:top'>0</b>元。", "每人每年380元。"),
    ("moved, as large", "每人每年38<i style='position:relative;top:-1px'>0</i>元。", "每人每年380元。"),
    ("after the unit", "每人每年380元<sup>2</sup>。", "每人每年380元²。"),
    ("power", "规模10<sup>4</sup>万元。", "规模10⁴万元。"),
    ("unit", "用房90m<sup>2</sup>以上。", "用房90m²以上。"),
    ("substance", "PM<sub>2.5</sub>浓度降低。", "PM2.5浓度降低。"),
    ("degree", "温度20<sup>℃</sup>以下。", "温度20℃以下。"),
]


@pytest.mark.parametrize(("sentence", "expected"), [row[1:] for row in RAISED], ids=[row[0] for row in RAISED])
def test_raised(sentence, expected):
    """Raised and lowered digits are signs of their own."""
    assert expected in shown(page(sentence))


@pytest.mark.parametrize(("sentence", "values"), [
    ("个人缴费标准为每人每年380<sup>1</sup>元。", ["380"]),
    ("个人缴费标准为每人每年380<sup>①</sup>元。", ["380"]),
    ("个人缴费标准为每人每年380①元。", ["380"]),
    ("基金支出规模约10<sup>4</sup>万元。", []),
    ("基金支出规模约1.5×10<sup>4</sup>元。", []),
    ("服务用房面积不低于90m<sup>2</sup>。", []),
])  # fmt: skip
def test_raised_facts(sentence, values):
    """A note's mark is no digit of a figure; powers and units are not read."""
    facts = read_notice(page(sentence), origin="page.html").facts

    assert [fact.value for fact in facts if fact.value != "70"] == values


def test_cells():
    """What holds for lines holds for the cells of tables."""
    head = "<style>.jm{display:none}</style>"
    rows = [
        ("300<sup>①</sup>元", "300①元"), ("<del>350</del>380元", "380元"), ("<i class=jm>99</i>500元", "500元"),
        ("<input value=600>元", "600元"), ("6<img alt=4>0元", "6\ufffd0元"), ("<ruby>640<rt>610</rt></ruby>元", "640(610)元"),
    ]  # fmt: skip
    table = "".join(f"<tr><td>项目{at}</td><td>{cell}</td></tr>" for at, (cell, _) in enumerate(rows))
    source = read(page(SAYS, head=head, after=f"<table border=1>{table}</table>"), origin="page.html")
    cells = [source.text[block.start : block.end] for block in source.blocks if block.kind == "cell" and block.column]

    assert cells == [text for _, text in rows]


# id, what stands for the figure, what is shown for it
FIELDS = [
    ("field", "<input value=380>", "380"),
    ("field of numbers", "<input type=number value=380 readonly>", "380"),
    ("list of choices", "<select><option>350<option selected>380</select>", "380"),
    ("first choice", "<select><option>380<option>350</select>", "380"),
    ("text box", "<textarea>380</textarea>", "380"),
    ("hidden field", "<input type=hidden value=999>", ""),
    ("password", "<input type=password value=999>", ""),
    ("prompt", "<input value=请输入标准>", ""),
    ("nothing chosen", "<select><option>请选择<option>999</select>", "元"),
    ("a number that a script counts up", "<b data-to=2,300>0</b>元", "\ufffd元"),
    ("one that it puts in", "<b class=timer data-target=640></b>元", "\ufffd元"),
    ("one that it has counted", "<b data-to=2300>2,300</b>元", "2,300元"),
    ("an element's own numbers", "<b data-target='#p' data-num=1>640</b>元", "640元"),
    ("pictures", "<img src=3.png alt=3><img src=8.png alt=8>", "\ufffd\ufffd"),
    ("pictures without a name", "3<img src=8.png>0", "3\ufffd0"),
    ("picture beside", "380<br><img src=line.png>", "380"),
    ("picture that says more", "<img alt=缴费图示>380", "380"),
]


@pytest.mark.parametrize(("figure", "expected"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
def test_fields_and_pictures(figure, expected):
    """Fields show their figures; a picture in the place of a digit is a lost character."""
    assert f"为每人每年{expected}" in shown(page(FIGURE.format(figure)))


# id, what stands for the figure: what is missing is said
MISSING = [
    ("nothing", ""),
    ("picture", "<img src=a.png>"),
    ("prompt", "<input placeholder=请输入>"),
    ("unseen", "<span style='font-size:0'>380</span>"),
    ("struck out", "<del>380</del>"),
    ("program", "<script>document.write(380)</script>"),
]


@pytest.mark.parametrize("figure", [row[1] for row in MISSING], ids=[row[0] for row in MISSING])
def test_missing_figure(figure):
    """A unit without its figure is damage."""
    assert damage(page(FIGURE.format(figure)))["missing_figure"] == 1


BODY = f"<p>各市医疗保障局：</p><p>{OPENING}</p><p>{SAYS}</p><p>{MORE}</p>"
SHARE = "<div class=share>分享到：<a href=#>微信</a><a href=#>微博</a></div>"
ABOVE = [
    ("heading", f"<h1>{TITLE}</h1><p>2023-08-17</p>{SHARE}"),
    ("share word alone", f"<h2>{TITLE}</h2><p>来源：某市医疗保障局</p><div class=fx>分享到</div>"),
    ("named by its class", f"<div class=content_title>{TITLE}</div>{SHARE}<p>【打印本页】</p>"),
    ("bar of many lines", f"<h1>{TITLE}</h1>{SHARE}<ul class=tools><li>打印</li><li>收藏</li><li>纠错</li></ul>"),
]


@pytest.mark.parametrize("above", [row[1] for row in ABOVE], ids=[row[0] for row in ABOVE])
def test_headline_above_share_buttons(above):
    """The headline is found across what stands between it and the article."""
    nav = "<div class=nav><a href=1>首页</a><a href=2>政务公开</a><a href=3>政策发布</a></div>"
    data = f"<title>通知公告 - 某市人民政府</title><body>{nav}<div>{above}<div class=zw>{BODY}</div></div>".encode()
    notice = read_notice(data, origin="page.html").notice

    assert (notice.title, notice.policy_year) == (TITLE, 2023)


# id, what the head has
METAS = [
    ("government", f"<meta name=ArticleTitle content='{TITLE}'><meta name=PubDate content='2023-08-17 09:00'>"),
    ("open graph", f"<meta property='og:title' content='{TITLE}'><meta property='article:published_time' content='2023-08-17T01:00:00Z'>"),
    ("Dublin Core", f"<meta name=DC.title content='{TITLE}'><meta name=DC.date content='2023年8月17日'>"),
]  # fmt: skip


@pytest.mark.parametrize("head", [row[1] for row in METAS], ids=[row[0] for row in METAS])
@pytest.mark.parametrize("headline", ["", f"<p>{TITLE}</p>"], ids=["in the head only", "shown"])
def test_metas(head, headline):
    """Title and day of publication come from the particulars in the page's head."""
    data = f"<head>{head}<title>通知公告</title></head><body>{headline}{BODY}</body>".encode()
    notice = read_notice(data, origin="page.html").notice

    assert (notice.title, notice.policy_year, notice.published_on) == (TITLE, 2023, "2023-08-17")


# id, what the body has beside the headline
SCRIPTED = [
    ("nothing", "<div id=app></div>"),
    ("a word to wait", "<div id=app>正在加载，请稍候……</div>"),
    ("a variable", "<div id=app>{{content}}</div>"),
    ("day and source", "<p>2023-08-17 09:00</p><p>来源：某市医疗保障局</p><div id=app></div>"),
    ("data of a script", f"<div id=app><p>各市：</p></div><script>var d={BODY * 2!r}</script>"),
    ("template of a script", f"<p>各市：</p><script type='text/html'>{BODY * 2}</script>"),
    ("text box", "<textarea style='display:none'>" + BODY.replace("<", "&lt;") + "</textarea>"),
]


@pytest.mark.parametrize("body", [row[1] for row in SCRIPTED], ids=[row[0] for row in SCRIPTED])
def test_text_by_script(body):
    """A page that shows its headline alone is set aside."""
    with pytest.raises(IngestError, match="by a script") as caught:
        read(f"<title>{TITLE}</title><h1>{TITLE}</h1>{body}".encode(), origin="page.html")

    assert caught.value.reason == "no_text"


def test_inner_page():
    """A page within a frame's own attribute is text."""
    inner = BODY.replace("'", "&#39;").replace('"', "&quot;")
    data = f'<title>{TITLE}</title><h1>{TITLE}</h1><iframe srcdoc="{inner}"></iframe>'.encode()

    assert SAYS in shown(data)


# Cheap for each pair of a rule and an element, and stopped after so many of them.
BOUNDED = {"rules for everything", "siblings"}
# What is said → what stands before the article, with so many of it.
HOSTILE = {
    "rules": lambda count: "<style>" + "".join(f".a{at} i:not(.b{at}), div #c{at} > b{{display:none;color:#fff}}\n" for at in range(count)) + "</style>",
    "rules for everything": lambda count: f"<style>{''.join(f'*:not(.x{at}) i{{color:red}}' for at in range(count))}</style>",
    "deep selectors": lambda count: f"<style>{'* ' * 100}i{{display:none}}{'div ' * 60}b{{color:red}}</style>{'<div>' * 200}{'<b>1</b>' * count}",
    "open brackets": lambda count: f"<style>{'a{' * count}</style>",
    "glosses": lambda count: f"<ruby>{'医<rt>yi</rt>' * count}</ruby>",
    "styles": lambda count: "".join(f"<i style='color:#{at:06x}'>1</i>" for at in range(count)),
    "siblings": lambda count: f"<style>b~i{{color:red}}</style>{'<i>1</i>' * count}",
    "siblings alike": lambda count: f"<style>i ~ i{{color:red}}</style>{'<i>1</i>' * count}",
    "places": lambda count: f"<style>i:nth-child(3n){{color:red}}</style>{'<i>1</i>' * count}",
    "hidden parts": lambda count: "<p style='opacity:0'>某地</p>" * count,
    "choices": lambda count: f"<p>为<select>{'<option>350' * count}</select>元</p>",
}  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile(make):
    """The figure is read, whatever stands before it."""
    assert SAYS in read(page(SAYS, before=make(500)), origin="page.html").text


@pytest.mark.parametrize("make", [HOSTILE[name] for name in HOSTILE if name not in BOUNDED])
def test_hostile_pages_are_linear(make):
    """Twice the page is twice the work."""
    assert_linear(lambda count: read(page(SAYS, before=make(count)), origin="page.html"), 250)


@pytest.mark.timing
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_fast(make):
    """A megabyte of rules, glosses or styles is read in seconds."""
    data = page(SAYS, before=make(30_000))
    with at_most(20):
        assert SAYS in read(data, origin="page.html").text
