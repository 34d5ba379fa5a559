"""The spaCy component: the pipeline's own results, on any tokens, stored, sent and loaded again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from extractor import ingest
from extractor.build import incremental
from extractor.build.corpus import source_text
from extractor.dataset import store
from extractor.errors import CatalogError
from extractor.export import Options, export, export_bytes
from extractor.notice import spacy_component

ROOT = Path(__file__).parents[1]
NOTICES = sorted((ROOT / "corpus").rglob("*.txt"))
TEXT = "2022年居民医保人均财政补助标准新增30元，达到每人每年不低于610元；个人缴费标准达到每人每年350元。"


def pipeline(segmenter="char", **config):
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("policy_facts", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return pipeline()


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_same_as_reading_the_notice(nlp, notice):
    """Facts, unresolved entries and numerals of the component are those of the pipeline."""
    text = ingest.read(notice.read_bytes(), origin=notice.name).text
    doc, result = nlp(text), incremental.read_notice(text.encode())

    assert doc._.policy_facts == result.facts
    assert doc._.policy_unresolved == result.unresolved
    assert [(span.label_, span.text) for span in doc.spans["policy_numerals"]] == [
        (row.disposition, row.exact) for row in result.ledger
    ]
    assert [span.text for span in doc.spans["policy_facts"]] == [fact.evidence.exact for fact in result.facts]
    assert doc._.policy_notice.document_number == result.notice.document_number


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_tokens(segmenter):
    """Whatever the tokens are, the facts are the same, and each span covers its fact's words."""
    doc = pipeline(segmenter)(TEXT)
    facts = [span._.policy_fact for span in doc.spans["policy_facts"]]

    assert [(fact.role, fact.operator, fact.value) for fact in facts] == [
        ("increase", "eq", "30"), ("level", "ge", "610"), ("level", "eq", "350"),
    ]  # fmt: skip
    assert [span.kb_id_ for span in doc.spans["policy_facts"]][1] == "medical.funding.fiscal_subsidy"
    for span, fact in zip(doc.spans["policy_facts"], facts, strict=True):
        evidence = fact.evidence
        assert span.start_char <= evidence.start < evidence.end <= span.end_char
        assert doc.text[evidence.start : evidence.end] == evidence.exact


def test_layers():
    """Only the layers asked for are written; the typed results are there all the same."""
    doc = pipeline(layers=["facts"])(TEXT)

    assert set(doc.spans) == {"policy_facts"}
    assert len(doc._.policy_facts) == 3


def test_unknown_layer():
    """A mistake in the config names what there is."""
    with pytest.raises(CatalogError, match=r"policy_facts: unknown layer 'fact', expected some of facts, support"):
        pipeline(layers=["fact"])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🙂" * 3 + "每人610元。", "无数字。", "\x00\ud800"[:1]])
def test_odd_texts(nlp, text):
    """Empty, blank and odd texts are documents without facts, or with theirs."""
    doc = nlp(text)

    assert doc.text == text
    assert [fact.value for fact in doc._.policy_facts] == (["610"] if "610" in text else [])


def test_document_without_the_component():
    """The attributes of a document that the component did not see are empty."""
    doc = spacy.blank("zh")("每人610元")

    assert (doc._.policy_facts, doc._.policy_unresolved, doc._.policy_notice) == ((), (), None)
    assert doc[0:1]._.policy_fact is None


def test_round_trip(nlp, tmp_path):
    """A saved pipeline has its settings and reads the same."""
    pipeline(layers=["facts", "sections"]).to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")

    assert loaded.get_pipe("policy_facts").layers == ("facts", "sections")
    assert loaded(TEXT)._.policy_facts == nlp(TEXT)._.policy_facts
    settings = (tmp_path / "model/policy_facts/policy_facts.json").read_text()
    (tmp_path / "model/policy_facts/policy_facts.json").write_text(settings.replace('version": "', 'version": "0'))
    with pytest.raises(CatalogError, match="was saved with catalog 0"):
        spacy.load(tmp_path / "model")


def test_processes(nlp):
    """``nlp.pipe(n_process=2)`` gives the same documents in the same order."""
    texts = [TEXT.replace("610", str(amount)) for amount in range(600, 612)]
    found = [doc._.policy_facts for doc in nlp.pipe(texts, n_process=2, batch_size=4)]

    assert found == [doc._.policy_facts for doc in nlp.pipe(texts)]
    assert [facts[1].value for facts in found] == [str(amount) for amount in range(600, 612)]


def test_entry_point(tmp_path):
    """A program that only knows spaCy finds the component by its name."""
    program = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('policy_facts'); print(len(nlp('每人610元。').spans['policy_facts']))"
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, env={**os.environ}
    )

    assert ended.stdout.split() == ["1"]


# ── exports ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dataset():
    return store.load(ROOT / "outputs/dataset.json")


OPTIONS = Options(outputs=ROOT / "outputs", corpus=ROOT / "corpus")


def test_docbin(dataset, tmp_path):
    """A DocBin of the dataset holds each notice's text and the dataset's own facts."""
    export(dataset, "spacy", tmp_path / "d.spacy", options=OPTIONS)
    spacy_component.register_extensions()
    docs = list(DocBin().from_disk(tmp_path / "d.spacy").get_docs(spacy.blank("zh").vocab))

    assert [doc._.policy_notice.notice_id for doc in docs] == [notice.notice_id for notice in dataset.notices]
    assert [fact for doc in docs for fact in doc._.policy_facts] == list(dataset.facts)
    for doc, notice in zip(docs, dataset.notices, strict=True):
        assert doc.text == source_text(notice.source, OPTIONS.outputs, OPTIONS.corpus, OPTIONS.resources)
        assert len(doc.spans["policy_numerals"]) == sum(notice.ledger.values())
        for span in doc.spans["policy_facts"]:
            assert span.text == span._.policy_fact.evidence.exact
    assert export_bytes(dataset, "spacy", options=OPTIONS) == (tmp_path / "d.spacy").read_bytes()


def test_displacy(dataset):
    """The page marks figures, says their kind, and runs nothing that a notice holds."""
    page = export_bytes(dataset, "displacy", options=OPTIONS).decode()

    assert page.count("<mark") > 80
    assert '<html lang="zh-CN">' in page
    assert "不低于610元" in page


def test_displacy_escapes(tmp_path):
    """A hostile notice never gets a script into a page."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c/a.txt").write_text(
        "<script>alert(1)</script>关于<b>工作</b>的通知\n每人每年610元。<img src=x onerror=alert(2)>", "utf-8"
    )
    incremental.build(tmp_path / "c", tmp_path / "o")
    made = store.load(tmp_path / "o/dataset.json")
    page = export_bytes(made, "displacy", options=Options(outputs=tmp_path / "o", corpus=tmp_path / "c")).decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "610元" in page
