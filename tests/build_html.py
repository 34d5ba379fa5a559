"""The notice of `formats.parts` as web pages of government sites: GB18030, frames of navigation, what editors leave.

``make(parts, **options)`` gives the bytes of a page. The options are the habits of the content systems of 2005 to 2025;
each may be combined with the others. The frame around the article holds figures of its own, none of them the notice's.
"""

from __future__ import annotations

import html
import json

import regex

TOP = """<div class="header"><div class="logo"><img src="/images/logo.png" alt="2022"></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li>
<li><a href="/hdjl/">互动交流</a></li><li><a href="/sj/">2021年数据</a></li></ul>
<div class="date">今天是2023年3月15日 星期三</div></div>
<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政策文件</div>"""

BAR = """<div class="tools">字号：<a href="javascript:doZoom(20)">大</a> <a href="javascript:doZoom(16)">中</a>
<a href="javascript:doZoom(12)">小</a> <a href="javascript:window.print()">打印</a> 浏览次数：1532</div>"""

LOGIN = """<div class="box"><form action="/login.do" method="post"><p>用户登录</p>
<p>用户名：<input name="u"></p><p>密码：<input type="password"></p><p>验证码：<input name="c"> 8 + 5 = ?</p>
<p>新用户注册送50元话费，充值满100元送50元。</p><input type="submit" value="登录"></form></div>"""

SPAM = """<div style="position:absolute;left:-9999px"><a href="http://a.example/1">彩票注册送88元</a>|<a
href="http://a.example/2">棋牌首存100元送50元</a>|<a href="http://a.example/3">体育返水1.5%</a>|<a
href="http://a.example/4">免费送168元</a>|<a href="http://a.example/5">下载领38元</a></div>
<marquee scrollamount="99999" width="1" height="1"><a href="http://a.example/6">真人娱乐 充值满100元送50元</a>
<a href="http://a.example/7">提款1小时到账</a> <a href="http://a.example/8">日赚3000元</a></marquee>"""

SPAM_LIST = """<ul><li><a href="http://b.example/1">在线投注平台开户即送58元彩金，提款秒到账，日返水2%</a></li>
<li><a href="http://b.example/2">网投领导者，首存1000元送300元，每周返还5%</a></li>
<li><a href="http://b.example/3">代办发票，税点3%，每张50元起</a></li></ul>"""

RELATED = """<div class="xglj"><h3>相关文件</h3><ul><li><a href="/a/1.html">关于做好2021年居民医保工作的通知</a><span>2021-06-08</span></li>
<li><a href="/a/2.html">2023年居民医保个人缴费380元</a><span>2022-09-30</span></li>
<li><a href="/a/3.html">一图读懂：财政补助640元</a><span>2023-08-01</span></li></ul></div>"""

FOOT = """<div class="footer"><p>主办单位：某省医疗保障局 地址：某市某路266号 邮编：330000</p>
<p>联系电话：0791-86386240 网站标识码：3600000078</p><p>赣ICP备05000001号-1 赣公网安备36010802000123号</p>
<p>建议使用1366*768分辨率 IE9.0以上浏览器</p></div>"""

SHARE = '<div class="bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a> <span>扫一扫在手机打开当前页</span></div>'

FILES = """<p>附件：<a href="/files/2022/P020220902.doc">1.个人缴费标准一览表（2022年）.doc</a></p>
<p><a href="./P020220902.pdf" oldsrc="W02">2.参保登记表.pdf</a></p>
<p><a href="https://www.example.gov.cn/f/W0.xlsx">点击下载</a></p>"""
FILE_LIST = [
    ("1.个人缴费标准一览表（2022年）.doc", "/files/2022/P020220902.doc"),
    ("2.参保登记表.pdf", "./P020220902.pdf"),
    ("点击下载", "https://www.example.gov.cn/f/W0.xlsx"),
]

WORD_HEAD = """<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>100</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:16.0pt; mso-char-indent-count:2.0;} @page Section1 {size:595.3pt 841.9pt;} --></style>"""

SCRIPTS = "<script>var count=610; document.write('<p>人均350元</p>');</script><noscript>请开启脚本 100%</noscript>"


def make(  # noqa: PLR0913 - one option for each habit
    parts,
    *,
    encoding="gb18030",
    declared="gb2312",
    title=None,
    particulars="",
    layout=0,
    digits=False,
    fonts=False,
    padded=False,
    word=False,
    title_only=False,
    spam=False,
    login=False,
    files="",
    frames=False,
    breaks=False,
    frame=True,
    hidden_in=None,
):
    """Write the page.

    ``particulars`` is the kind of metadata around the article: ``table``, ``list`` or ``line``; ``layout`` the depth of
    layout tables; ``digits`` puts every digit into a span; ``word`` is what Word exports; ``title_only`` leaves the title
    to the page's title element; ``breaks`` parts paragraphs by ``<br>``; ``frame=False`` leaves the article alone;
    ``hidden_in`` puts it into a ``textarea`` or a ``script``.
    """
    parts = list(parts)
    heading = next(part.text for part in parts if part.kind == "title")
    style = Style(digits=digits, fonts=fonts, padded=padded, word=word, breaks=breaks)
    body = "".join(style.part(part) for part in parts if not (title_only and part.kind == "title"))
    body = f'<div class="TRS_Editor" id="zoom">{WORD_HEAD if word else ""}{body}{files}</div>'
    if hidden_in == "textarea":
        body = f'<textarea style="display:none">{html.escape(body)}</textarea>'
    elif hidden_in == "script":
        body = f"<script>var article = {json.dumps({'content': body}, ensure_ascii=False)};</script><div id=app></div>"
    main = PARTICULARS.get(particulars, "") + (BAR if frame else "") + body + (SHARE if frame else "")
    for depth in range(layout):
        beside = (
            '<td width="180" valign="top"><a href="/jg/">机构职能</a><br><a href="/ld/">领导信息</a></td>'
            if depth == layout - 1
            else ""
        )
        main = f'<table width="{980 - depth}" border="0" align="center"><tr>{beside}<td>{main}</td></tr></table>'
    if frames:
        main = f'<iframe src="/top.html" width=980 height=120></iframe>{main}<iframe src="/count.asp?id=35"></iframe>'
    page = (SPAM if spam else "") + (TOP if frame else "") + (LOGIN if login else "") + main
    page += (RELATED + FOOT if frame else "") + (SPAM_LIST if spam else "") + SCRIPTS
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><title>{html.escape(title or heading)}-某省医疗保障局</title>'
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
    return f"{doctype}\n<html><head>{head}</head>\n<body>{page}</body></html>".encode(encoding, "xmlcharrefreplace")


NUMBER, ISSUER, PUBLISHED = "赣医保发〔2022〕14号", "江西省医疗保障局", "2022-09-05"
PARTICULARS = {
    "table": (
        '<table class="headInfo" border="1" width="100%"><tr><td><b>索&nbsp;引&nbsp;号：</b></td><td>G00010-0301-2022-0041</td>'
        f"<td><b>主题分类：</b></td><td>医疗保障</td></tr><tr><td><b>发文机关：</b></td><td>{ISSUER}</td>"
        f"<td><b>成文日期：</b></td><td>2022年09月02日</td></tr><tr><td><b>文&nbsp;&nbsp;&nbsp;&nbsp;号：</b></td><td>{NUMBER}</td>"
        f"<td><b>发布日期：</b></td><td>{PUBLISHED}</td></tr><tr><td><b>有&nbsp;效&nbsp;性：</b></td><td>有效</td><td></td><td></td></tr></table>"
    ),
    "list": (
        "<ul class=xxgk><li><span>索引号：</span><i>014500000/2022-41</i></li><li><span>发文机关：</span>"
        f"<i>{ISSUER}</i></li><li><span>文号：</span><i>{NUMBER}</i></li><li><span>发布日期：</span><i>{PUBLISHED}</i></li></ul>"
    ),
    "line": (
        f"<p>索引号：F6-2022-41　发布机构：{ISSUER}　发文字号：{NUMBER}　发布日期：{PUBLISHED} 16:35</p>"
    ),
    "spans": (
        "<div class=con><div class=row><label>索 引 号</label><span>F6-2022-41</span></div>"
        f"<div class=row><label>发文机关</label><span>{ISSUER}</span></div><div class=row><label>文　　号</label><span>{NUMBER}</span></div>"
        f"<div class=row><label>发布日期</label><span>{PUBLISHED}</span></div></div>"
    ),
}  # fmt: skip


class Style:
    """How the editor of a site writes paragraphs, titles and tables."""

    def __init__(self, *, digits, fonts, padded, word, breaks):
        self.digits, self.fonts, self.padded, self.word, self.breaks = digits, fonts, padded, word, breaks

    def part(self, part):
        if part.kind == "table":
            return self.table(part.rows)
        text = self.text(part.text)
        if part.kind in {"title", "number", "caption"}:
            return f'<p align="center"><strong>{text}</strong></p>\n'
        if part.kind == "signature":
            return f'<p style="text-align: right">{text}</p>\n'
        return self.paragraph(text)

    def paragraph(self, text):
        if self.word:
            return f'<p class="MsoNormal" style="mso-pagination:none"><span lang="EN-US"><o:p>&nbsp;</o:p></span>{text}<o:p></o:p></p>\n'
        if self.breaks:
            return f"&nbsp;&nbsp;&nbsp;&nbsp;{text}<br />\n<br />"
        return f"<p>{'&nbsp;&nbsp;&nbsp;&nbsp;' if self.padded else '　　'}{text}</p>\n" + (
            "<p>&nbsp;</p>" if self.padded else ""
        )

    def text(self, text):
        shown = html.escape(text)
        if self.digits:
            shown = regex.sub(r"\d", r"<span>\g<0></span>", shown)
        elif self.word:
            shown = regex.sub(
                r"\d+", r'<span lang="EN-US" style="font-family:&quot;Times New Roman&quot;">\g<0></span>', shown
            )
        return f'<font face="仿宋_GB2312" size="4">{shown}</font>' if self.fonts else shown

    def table(self, rows):
        lines = []
        for row, cells in enumerate(rows):
            written = []
            for column, cell in enumerate(cells):
                if cell or not row:
                    below = 1
                    while row + below < len(rows) and not rows[row + below][column] and row:
                        below += 1
                    inner = f"<p class=MsoNormal>{self.text(cell)}<o:p></o:p></p>" if self.word else self.text(cell)
                    written.append(f"<td{f' rowspan={below}' if below > 1 else ''}>{inner}</td>")
            lines.append(f"<tr>{''.join(written)}</tr>")
        return f'<table border="1" cellspacing="0">{"".join(lines)}</table>\n'
