"""One notice in every format that users meet gives the same facts, but for where their words stand."""

from __future__ import annotations

import build_docx
import build_html
import build_ofd
import build_pdf
import build_txt
import formats
import pytest
from assert_same_facts import facts, plain

from extractor import ingest, pipeline, resources

PARTS = formats.parts()

# id, bytes, media type, parts
FORMATS = [
    ("txt", build_txt.make(PARTS), "text/plain", PARTS),
    ("txt-gb18030", build_txt.make(PARTS, encoding="gb18030", newline="\r\n"), "text/plain", PARTS),
    ("txt-utf-16", build_txt.make(PARTS, encoding="utf-16", indent=""), "text/plain", PARTS),
    ("txt-blank-lines", build_txt.make(PARTS, indent="    ", blank=True), "text/plain", PARTS),
    ("html-gb18030", build_html.make(PARTS), "text/html", PARTS),
    (
        "html-particulars",
        build_html.make(PARTS, encoding="utf-8", declared="utf-8", particulars="table"),
        "text/html",
        PARTS,
    ),
    ("pdf", build_pdf.make(PARTS), "application/pdf", PARTS),
    ("docx", build_docx.make(PARTS), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", PARTS),
    ("ofd", build_ofd.make(PARTS), "application/ofd", PARTS),
    (
        "ofd-letterhead",
        build_ofd.make(PARTS, head="江西省医疗保障局文件", numbers="template"),
        "application/ofd",
        PARTS,
    ),
]


@pytest.mark.parametrize(("data", "media_type", "parts"), [row[1:] for row in FORMATS], ids=[row[0] for row in FORMATS])
def test_same_facts(data, media_type, parts):
    """The facts, what is unresolved and the notice's particulars are those of its plain paragraphs and cells."""
    source = ingest.read(data, origin="notice")

    assert facts(source) == facts(plain(parts))
    assert source.media_type == media_type


@pytest.mark.parametrize(("data", "parts"), [(row[1], row[3]) for row in FORMATS], ids=[row[0] for row in FORMATS])
def test_traced_and_accounted(data, parts):
    """Every fact quotes its source, and every numeral of the text is accounted for, once."""
    source = ingest.read(data, origin="notice")
    result = pipeline.process(source, resources.load())
    paged = source.media_type in {"application/pdf", "application/ofd"}

    for fact in result.facts:
        place = fact.evidence
        assert source.text[place.start : place.end] == place.exact
        assert (place.page is not None, place.box is not None) == (paged, paged)
    rows = [(row.start, row.end) for row in result.ledger]
    assert rows == sorted(set(rows))
    assert len(rows) >= sum(sign.isdigit() for part in parts for sign in part.text) / 8
