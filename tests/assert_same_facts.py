"""What a notice says, apart from where its words stand: for tests that one notice says the same in every format."""

from __future__ import annotations

import msgspec

from extractor import pipeline, resources
from extractor.ingest.source_text_builder import SourceTextBuilder
from extractor.ingest.tables import Cell, Grid
from extractor.model import SourceText


def plain(parts):
    """The parts as a reader writes them that knows paragraphs and cells, and no places."""
    written = SourceTextBuilder()
    for part in parts:
        if part.kind == "table":
            cells = [
                Cell(at, column, text, at == 0) for at, row in enumerate(part.rows) for column, text in enumerate(row)
            ]
            written.table(
                Grid(cells=[cell for cell in cells if cell.text], height=len(part.rows), width=len(part.rows[0]))
            )
        else:
            written.line(part.text, "heading" if part.kind == "title" else "text")
    text, blocks = written.finish()
    return SourceText("0" * 64, "a", "text/plain", "utf-8", "text", text, blocks)


def facts(source):
    """The notice's particulars, its facts and what is unresolved, without places."""
    result = pipeline.process(source, resources.load())
    found = []
    for fact in msgspec.to_builtins(result.facts):
        fact["evidence"] = fact["evidence"]["exact"], fact["evidence"]["section"]
        fact["support"] = [(support["for"], support["exact"]) for support in fact["support"]]
        found.append(fact)
    notice = result.notice
    unresolved = [(row.reason, row.evidence.exact, row.evidence.section) for row in result.unresolved]
    return [
        notice.title,
        notice.document_number,
        notice.issuers,
        notice.addressees,
        notice.issued_on,
        *found,
        *unresolved,
    ]
