"""What holds for the alignment of any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work import assert_linear, at_most

from extractor.model import AlignedText, SourceText
from extractor.notice.normalise.run import damage, normalise, normalise_piece
from extractor.resources import load

ODD = (
    '醫療保障水準資訊共用支援每人平均运行一二十第条页年月日元财政部一、（）()(yī)fā,，。.;:!?"“”〔〕％%１２12 '
    "\u3000\xa0\t\n\r\u200b—-/⻓⽇\ufffd\ue000\ud800é\u0301👨\u200d👩"
)
SNIPPETS = st.sampled_from(
    [
        "醫(yī)保",
        ",、",
        "2023 年",
        "\n\n",
        "— 2 —\n",
        "财 政 部",
        "每人平均",
        "水準",
        "\r\n",
        " ",
        "，，",
        "70 %",
        "（一）",
        "１．５",
        "1/3\n",
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=st.characters()),
    st.text(alphabet=ODD, max_size=120),
    st.lists(st.one_of(SNIPPETS, st.text(alphabet=ODD, max_size=30)), max_size=20).map("".join),
)


def aligned(text: str) -> AlignedText:
    return normalise(SourceText("", "test", "text/plain", "utf-8", "text", text), load())


def replayed(found: AlignedText) -> str:
    pieces, at = [], 0
    for edit in found.edits:
        assert at <= edit.start < edit.end
        pieces += [found.source.text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, found.source.text[at:]])


def check(found: AlignedText) -> None:
    spans = [found.to_source((i, i + 1)) for i in range(len(found.text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    assert all(span.start < span.end <= len(found.source.text) for span in spans)
    covered = {i for span in spans for i in range(*span)}
    covered |= {i for edit in found.edits for i in range(edit.start, edit.end)}
    assert len(found.source.text) == len(covered)
    assert replayed(found) == found.text


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_alignment(text):
    """The way back is monotone, covers the source, and the edits replay to the normalised text."""
    check(aligned(text))
    check(normalise_piece(text, load()))
    damage(aligned(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_result_can_be_written(text):
    """Nothing that UTF-8 cannot hold, and no control characters, are left."""
    found = aligned(text).text

    assert found == found.encode("utf-8").decode("utf-8")
    assert not set(found) & set("\r\x00\ufeff\u200b\xa0\u3000")


CLEAN = st.lists(
    st.sampled_from(["医保", "达到", "610元", "70%", "，", "。", "（一）", "2022年", "\n", "“居民医保”", "DRG付费"]),
    max_size=40,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(CLEAN)
def test_normalised_text_stays(text):
    """Normalising what was normalised changes nothing (line joining aside, which may see more each time)."""
    once = normalise_piece(text, load()).text

    assert once == normalise_piece(once, load()).text


HOSTILE = [
    "7" * 2_000_000,
    "医保，" * 300_000,
    "医 " * 500_000,
    "(医" * 500_000,
    ",，" * 500_000,
    "1\n" * 500_000,
    "醫1 " * 300_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:3]))
def test_every_step_is_linear(text):
    """Twice the characters of one kind are twice the work."""
    assert_linear(lambda size: aligned(text[:size]), 5_000)


@pytest.mark.timing
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:3]))
def test_long_input_takes_bounded_time(text):
    """A million characters of one kind pass in seconds."""
    with at_most(10):
        aligned(text)
