"""Our main text against trafilatura's, page by page: each difference has its explanation here, or the test fails."""

from __future__ import annotations

from pathlib import Path

import build_html
import formats
import pytest
import regex
import trafilatura

from extractor.ingest import read

CORPUS = Path(__file__).parents[1] / "corpus"
PARTS = formats.parts()
PAGES = {
    **{path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in sorted(CORPUS.rglob("*.html"))},
    "frame": build_html.make(PARTS),
    "utf-8": build_html.make(PARTS, encoding="utf-8", declared="utf-8"),
    "particulars in a table": build_html.make(PARTS, particulars="table"),
    "particulars in a list": build_html.make(PARTS, particulars="list"),
    "particulars on a line": build_html.make(PARTS, particulars="line"),
    "layout tables": build_html.make(PARTS, layout=4, fonts=True),
    "span per digit": build_html.make(PARTS, digits=True),
    "blank paragraphs": build_html.make(PARTS, padded=True),
    "breaks": build_html.make(PARTS, breaks=True),
    "Word": build_html.make(PARTS, word=True),
    "title only in title": build_html.make(PARTS, title_only=True),
    "spam": build_html.make(PARTS, spam=True, login=True),
    "attachments": build_html.make(PARTS, files=build_html.FILES),
    "frames": build_html.make(PARTS, frames=True),
    "all": build_html.make(
        PARTS, particulars="table", layout=4, digits=True, fonts=True, breaks=True, spam=True, login=True, frames=True,
        files=build_html.FILES,
    ),
}  # fmt: skip

LABELS = "索引号|主题分类|发文机关|发布机构|成文日期|发文字号|标题|文号|发布日期|有效性"
PARTICULARS = {name for name in PAGES if "particulars" in name or name in {"all", "100000/2022-resident-medical.html"}}

# Whose line it is, what it looks like without blanks, on which pages, and why only one side has it.
EXPLAINED = [
    (
        "ours",
        rf"(?:{LABELS})：.*",
        PARTICULARS,
        "The document's particulars are text to us, because number, issuer and dates come from them.",
    ),
    (
        "ours",
        r"附件：1\.个人缴费标准一览表（2022年）\.doc|2\.参保登记表\.pdf|点击下载",
        {"attachments", "all"},
        "The list of attachments is a part of the notice; trafilatura takes lines of links for navigation.",
    ),
    (
        "ours",
        "—",
        set(PAGES),
        "A1AA is U+2014 in GB18030, as browsers read it also where a page says gb2312; Python's gb2312 makes it U+2015.",
    ),
    ("theirs", "―", set(PAGES), "The same sign, read as gb2312."),
    (
        "theirs",
        r"机构职能领导信息",
        {"layout tables", "all"},
        "Links in the column beside the article, which lie in the same layout table; furniture to us.",
    ),
]


def lines_of(text):
    """List lines and cells without blanks and without the bars and dashes of a table in Markdown."""
    bare = ("".join(line.split()) for line in regex.split(r"[\n|]", text))
    return [line for line in bare if line.strip("-")]


def ours(data):
    source = read(data, origin="page.html")
    return [
        line
        for block in source.blocks
        if block.kind != "furniture"
        for line in lines_of(source.text[block.start : block.end])
    ]


def theirs(data, own):
    """Take trafilatura's lines, parted as ours: it joins the paragraphs in the cells of layout tables."""
    found = lines_of(trafilatura.extract(data, include_tables=True, include_comments=False) or "")
    parted = []
    for line in found:
        rest = line
        while rest:
            first = max((one for one in own if rest.startswith(one)), key=len, default=rest)
            parted.append(first)
            rest = rest[len(first) :]
    return parted


def is_in(line, own):
    """Tell a line of ours, or the label or the value of one: a table's particulars stay cells in trafilatura's text."""
    return line in own or any(one.startswith(f"{line.rstrip('：')}：") or one.endswith(f"：{line}") for one in own)


def unexplained(side, lines, name):
    rows = [pattern for whose, pattern, pages, _ in EXPLAINED if whose == side and name in pages]
    return [line for line in lines if not any(regex.fullmatch(pattern, line) for pattern in rows)]


@pytest.mark.parametrize("name", PAGES)
def test_differences_are_explained(name):
    """Both find the same notice, but for the lines explained above."""
    own = ours(PAGES[name])
    other = theirs(PAGES[name], own)

    assert len(own) > 10
    assert unexplained("ours", [line for line in own if line not in other], name) == []
    assert unexplained("theirs", [line for line in other if not is_in(line, own)], name) == []


def test_explanations_are_needed():
    """Every explanation is of a difference that is there."""
    texts = {name: ours(data) for name, data in PAGES.items()}
    found = {name: {"ours": own, "theirs": theirs(PAGES[name], own)} for name, own in texts.items()}
    for side, pattern, pages, why in EXPLAINED:
        other = "theirs" if side == "ours" else "ours"
        lines = [line for name in pages for line in found[name][side] if line not in found[name][other]]

        assert any(regex.fullmatch(pattern, line) for line in lines), why
