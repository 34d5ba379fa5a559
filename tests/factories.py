"""Facts, notices and a stand-in for the pipeline, made by hand for tests of what comes after reading."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import regex

from extractor.model import Evidence, Fact, LedgerRow, NoticeRecord, NoticeResult, NoticeSource, Quality, Region, Scope

if TYPE_CHECKING:
    from extractor.model import SourceText

SUBSIDY = "medical.funding.fiscal_subsidy"
CHINA = Region(code="100000", iso="CN", name="中华人民共和国")


def id_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def digest_of(notice_id: str) -> str:
    return hashlib.sha256(notice_id.encode()).hexdigest()


def evidence(notice_id: str, exact: str = "一") -> Evidence:
    """Quote words at the beginning of a notice."""
    source = f"sha256:{digest_of(notice_id)}"
    return Evidence(
        source=source, start=0, end=len(exact), exact=exact, prefix="", suffix="", section=None, page=None
    )  # fmt: skip


def fact(notice_id: str, year: int | None, value: str | None, **fields: Any) -> Fact:
    """Make a fact; an id of its own unless fields say the same."""
    given = {
        "kind": "money", "role": "level", "operator": "eq", "value": value, "lower": None, "upper": None,
        "lower_inclusive": None, "upper_inclusive": None, "unit": "CNY", "counted": None, "per": ("person", "year"),
        "base": None, "due": None, "edtf": None, "applies_to": None, "valid_from": None, "valid_to": None,
        "anchor": None, "indicator": SUBSIDY, "candidates": (), "subject": None, "scope": Scope(),
        "modality": "stated", "status": "read", "evidence": evidence(notice_id), "support": (), "rule": "made",
        **fields,
    }  # fmt: skip
    name = fields.get("fact_id") or f"f-{id_of(notice_id, year, value, sorted(map(repr, fields.items())))}"
    return Fact(**{**given, "fact_id": name, "notice_id": notice_id, "policy_year": year})


def notice(notice_id: str, *, kind: str = "notice", year: int | None = None, **fields: Any) -> NoticeRecord:
    source = NoticeSource(
        path=f"{notice_id}.txt", sha256=digest_of(notice_id), media_type="text/plain", encoding="utf-8", reader="text",
        url=None,
    )  # fmt: skip
    given = {
        "title": None, "document_number": notice_id, "issuers": (), "addressees": (), "issued_on": None,
        "published_on": None, "effective_on": None, "expires_on": None, "region": CHINA, "relations": (),
        "source": source, "sections": (), "quality": Quality(), "ledger": {}, **fields,
    }  # fmt: skip
    return NoticeRecord(notice_id=notice_id, type=kind, policy_year=year, **given)


def fake_process(
    source: SourceText,
    _resources: Any,
    *,
    path: str = "",
    url: str | None = None,
    measures: bool = False,
    explanations: Any = None,
) -> NoticeResult:
    """Stand in for the pipeline: every 元 amount is a fact, the first 〔…〕 line the number; 坏 is a fault of ours."""
    del measures, explanations
    if "坏" in source.text:
        msg = f"met 坏 at {object()}"
        raise ValueError(msg)
    number = regex.search(r"\S{1,20}〔(\d{4})〕\d+号", source.text)
    name = number[0] if number else digest_of(source.text)[:12]
    facts, rows = [], []
    for found in regex.finditer(r"\d+(?=元)", source.text):
        start, end = found.start(), found.end() + 1
        evidence = Evidence(
            source=f"sha256:{source.sha256}", start=start, end=end, exact=source.text[start:end],
            prefix=source.text[max(0, start - 32) : start], suffix=source.text[end : end + 32], section=None, page=None,
        )  # fmt: skip
        one = f"f-{id_of(name, start)}"
        year = int(number[1]) if number else None
        facts.append(fact(name, year, found[0], fact_id=one, evidence=evidence, operator="ge"))
        rows.append(LedgerRow(start=start, end=found.end(), exact=found[0], disposition="fact", ref=one))
    origin = NoticeSource(
        path=path, sha256=source.sha256, media_type=source.media_type, encoding=source.encoding, reader=source.reader,
        url=url,
    )  # fmt: skip
    record = notice(name, document_number=number[0] if number else None, source=origin, ledger={"fact": len(rows)})
    return NoticeResult(notice=record, facts=tuple(facts), unresolved=(), ledger=tuple(rows))
