"""The sentences that figures are quoted in: whole where a page or a line cuts them."""

from __future__ import annotations

import pytest

from extractor.model import Evidence
from extractor.report.sentences import quoted
from extractor.resources import load

# Paragraphs around, so that the text is seen to be of lines that are paragraphs.
BEFORE = "二、提高待遇水平\n\n各地要把医疗保障待遇清单执行到位，增强清单意识，坚持科学决策，基本医疗保障的支付范围一律照章办理。\n\n"
AFTER = "\n\n三、加强组织领导\n\n各级有关部门要把这项工作摆上重要位置，逐项落实责任，保证政策措施取得实效，让群众得到更好的保障。\n"
# A text, the figure's words, and the sentence that they are quoted in.
CUT = {
    "a page's end": (
        "巩固基本医疗保障的成果，稳定实现农村低收\n\n入人口和脱贫人口参保率达到99%以上，强化三重制度综合保障效能。",
        "99%以上",
        "巩固基本医疗保障的成果，稳定实现农村低收入人口和脱贫人口参保率达到99%以上，强化三重制度综合保障效能。",
    ),
    "a page's number": (
        "巩固基本医疗保障的成果，稳定实现农村低收\n— 3 —\n入人口和脱贫人口参保率达到99%以上，强化综合保障效能。",
        "99%以上",
        "巩固基本医疗保障的成果，稳定实现农村低收入人口和脱贫人口参保率达到99%以上，强化综合保障效能。",
    ),
    "a page's end behind the figure": (
        "到2025年底，按病种付费的统筹地区不少于70%，其余的统筹地区也要做\n\n好实际付费的各项准备工作，确保按期完成。",
        "不少于70%",
        "到2025年底，按病种付费的统筹地区不少于70%，其余的统筹地区也要做好实际付费的各项准备工作，确保按期完成。",
    ),
    "paragraphs are no cut": (
        "（一）提高标准\n月最低工资标准为2540元。\n（二）执行时间",
        "2540元",
        "月最低工资标准为2540元。\n",
    ),
    "sentences of one line": ("财政补助不低于610元；个人缴费350元。", "350元", "个人缴费350元。"),
}


@pytest.mark.parametrize(("words", "exact", "sentence"), CUT.values(), ids=CUT)
def test_whole_sentence(words, exact, sentence):
    """A sentence is quoted whole, and ends where it ends."""
    text = f"{BEFORE}{words}{AFTER}"
    start = text.index(exact)
    evidence = Evidence(
        source="sha256:0", start=start, end=start + len(exact), exact=exact, prefix=text[start - 32 : start],
        suffix=text[start + len(exact) :][:32], section=None, page=None,
    )  # fmt: skip
    found = quoted(evidence, text, load())

    assert "".join(found).strip() == sentence.strip()
    assert found.exact == exact


def test_another_file_by_now():
    """Where the source is gone or another by now, the dataset's own words are quoted."""
    evidence = Evidence(
        source="sha256:0", start=4, end=8, exact="610元", prefix="不低于", suffix="；", section=None, page=None
    )

    assert (
        quoted(evidence, None, load())
        == quoted(evidence, "别的文字，没有这个数。", load())
        == ("不低于", "610元", "；")
    )
