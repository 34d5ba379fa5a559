"""What holds for the whole pipeline on any text: no error but ours, true quotations, a ledger without gaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.errors import ExtractorError, IngestError

# DESIGN 5: a maximal run of digits of any width with its separators, or of Chinese numeral signs, plain, traditional, formal.
NUMERAL = regex.compile(
    r"[0-9０-９]++(?:[,，][0-9０-９]{3}(?![0-9０-９]))*+(?:[.．][0-9０-９]++)?"
    "|[〇零○一二三四五六七八九十百千万亿两兩萬億壹贰貳弍叁叄弎肆伍陆陸柒捌玖拾佰仟弌壱]++"
)
DISPOSITIONS = {"fact", "support", "date", "citation", "structure", "word", "furniture", "unresolved"}
DIGITS = "0123456789０１５９一二三四五六七八九十百千万亿两〇零半兩萬億壹贰拾佰"

NUMBERS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.integers(1000, 10**8).map("{:,}".format),
    st.decimals(0, 1000, places=2).map(str),
    st.text(alphabet=DIGITS, min_size=1, max_size=8),
    st.sampled_from(
        [
            "2万5千",
            "1亿2千万",
            "三百五",
            "百分之七十",
            "三分之二",
            "7:3",
            "三五",
            "１，０２０",
            "1" * 40,
            "二〇二二",
            "千分之五",
            "三成五",
        ]
    ),
)
UNITS = st.sampled_from(
    [
        "元",
        "万元",
        "%",
        "％",
        "‰",
        "个",
        "种",
        "家",
        "日",
        "天",
        "个月",
        "年",
        "周岁",
        "个百分点",
        "倍",
        "小时",
        "元/人·年",
        "元每月",
        "号",
        "条",
        "批",
        "級",
        "美元",
        "折",
        "成",
        "",
    ]
)
BEFORE = st.sampled_from(
    [
        "不低于",
        "不超过",
        "超过",
        "至少",
        "每人每年",
        "人均",
        "由",
        "从",
        "提高到",
        "新增",
        "下降",
        "分别按照",
        "分别达到",
        "约",
        "第",
        "在",
        "不得超过",
        "最迟",
        "自",
        "截至",
        "",
        "",
    ]
)
BEHIND = st.sampled_from(
    [
        "以上",
        "以下",
        "以内",
        "左右",
        "的基础上",
        "（含）以上",
        "（不含）",
        "底前",
        "前",
        "起",
        "后",
        "至",
        "到",
        "-",
        "—",
        "～",
        "、",
        "和",
        "的比例",
        "",
    ]
)
WORDS = st.sampled_from([
    "居民医保人均财政补助标准", "个人缴费标准", "中央财政对西部、中部地区", "政策范围内住院费用基金支付比例", "大病保险", "等待期", "集中征缴期",
    "新生儿出生", "对特困人员全额资助", "不设封顶线", "个人不缴费", "DRG付费试点城市", "统筹地区", "其中", "，", "。", "；", "：", "\n", "\n\n", "分别", "以及",
    "《关于做好2022年工作的通知》", "（医保发〔2022〕20号）", "一、", "（二）", "三是", "第四条", "1.", "（12）", "十一、", "“十四五”", "进一步", "统一",
    "2022年底前", "2023 年 12 月 31 日", "2021-2023年", "9月1日至12月31日", "次年2月底", "2月30日", "今年", "年底前", "每月15日前",
    "醫療保障", "不低於", "水準", "財政補助", "籌資", "—2—\n", "附件1：", "联系电话：010-12345678", "http://a.cn/1", "国家医保局\n2022年7月1日",
    "关于做好2022年城乡居民基本医疗保障工作的通知\n\n各省：\n", "|甲|乙|\n|1|2|\n", "（此件公开发布）", "\x00", "\ufffd", "\u200b", "\u3000", "\ud7ff", "🏥", "è", "<b>", "&#20108;",
])  # fmt: skip
FIGURES = st.tuples(BEFORE, NUMBERS, UNITS, BEHIND).map("".join)
PIECES = st.lists(st.one_of(FIGURES, FIGURES, WORDS, WORDS, st.text(max_size=4)), max_size=30).map("".join)
HEAD = "关于做好2022年城乡居民基本医疗保障工作的通知\n医保发〔2022〕20号\n各省医疗保障局：\n现将有关工作通知如下：\n一、提高标准\n"
NOTICES = st.one_of(PIECES, PIECES.map(lambda text: f"{HEAD}{text}\n国家医保局\n2022年6月30日\n"))
PAGES = NOTICES.map(
    lambda text: (
        f"<html><head><title>通知</title></head><body><nav>首页 1</nav><div><p>{text}</p><table><tr><td>缴费</td><td>{text[:40]}元</td></tr></table></div></body></html>"
    )
)
ANY = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(codec="utf-8")),
    st.text(alphabet=f"{DIGITS}元%年月日至-、，。（）〔〕号第\n ", max_size=80),
)


def read(data):
    """Read a notice; None when it is refused in words."""
    try:
        return extractor.read_notice(data)
    except IngestError:
        return None


def check(result, source):
    """Every quotation is true; the ledger has each numeral once, in order."""
    ids = {fact.fact_id for fact in result.facts} | {entry.unresolved_id for entry in result.unresolved}
    quotes = [entry.evidence for entry in (*result.facts, *result.unresolved, *result.notice.relations)]
    quotes += [support for fact in result.facts for support in fact.support]
    wrong = [quote for quote in quotes if source[quote.start : quote.end] != quote.exact]

    assert wrong == []
    assert [quote for quote in quotes if quote.start > quote.end] == []
    assert len(ids) == len(result.facts) + len(result.unresolved)
    assert [row for row in result.ledger if source[row.start : row.end] != row.exact] == []
    assert [(a, b) for a, b in pairwise(result.ledger) if a.end > b.start] == []
    assert [row for row in result.ledger if row.disposition not in DISPOSITIONS] == []
    assert [row for row in result.ledger if row.ref is not None and row.ref not in ids] == []
    assert [match.span() for match in NUMERAL.finditer(source)] == [(row.start, row.end) for row in result.ledger]
    assert sum(result.notice.ledger.values()) == len(result.ledger)
    assert [
        row for row in result.ledger if row.disposition in ("fact", "support", "unresolved") and row.ref is None
    ] == []


def source_of(data):
    """Return the text that offsets refer to."""
    from extractor import ingest

    return ingest.read(data, origin="test").text


def checked(text):
    data = text.encode("utf-8", "surrogatepass")
    result = read(data)
    if result is not None:
        check(result, source_of(data))


COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
LITTLE, MUCH = settings(max_examples=60, **COMMON), settings(max_examples=3000, **COMMON)


def any_text(text):
    """Any Unicode text is read or refused in words."""
    checked(text)


def notice_like(text):
    """Text made of a notice's pieces in any order is read, quoted truly and accounted for."""
    checked(text)


def page_like(text):
    """The same inside an HTML page with navigation and a table."""
    checked(text)


def any_bytes(data):
    """Any bytes are read or refused in words."""
    result = read(data)
    if result is not None:
        check(result, source_of(data))


def pieces_of_text(text):
    """The functions for a piece of text never fail and quote truly."""
    for found in (
        extractor.quantities(text),
        extractor.dates(text),
        extractor.dates(text, 2022),
        extractor.numerals(text),
    ):
        assert [item for item in found if text[item.start : item.end] != item.exact] == []


CASES = [
    (any_text, ANY),
    (notice_like, NOTICES),
    (page_like, PAGES),
    (any_bytes, st.binary(max_size=200)),
    (pieces_of_text, st.one_of(ANY, NOTICES)),
]


@pytest.mark.parametrize(("holds", "texts"), CASES, ids=[holds.__name__ for holds, _ in CASES])
def test_holds(holds, texts):
    """What must hold, on a few texts."""
    LITTLE(given(texts)(holds))()


@pytest.mark.slow
@pytest.mark.parametrize(("holds", "texts"), CASES, ids=[holds.__name__ for holds, _ in CASES])
def test_holds_for_many(holds, texts):
    """What must hold, on many texts."""
    MUCH(given(texts)(holds))()


# Texts that once broke something; rows are never removed.
CAUGHT = [
    "",
    "\x00",
    "1",
    "一",
    "1" * 5000,
    "2023年2月29日前完成3项工作。",
    "分别按照80%、60%、40%的比例，对西部、中部。",
    "〔2022〕20号",
    "1万元以上5万元以下的部分按60%支付。",
    "2022年9月1日至次年2月底",
    "\r\n一、筹资\r\n每人每年６４０元。\r\n",
]


@pytest.mark.parametrize("text", CAUGHT, ids=range(len(CAUGHT)))
def test_caught(text):
    """What once broke holds."""
    checked(text)


def test_nothing_is_said_twice():
    """The same text gives the same result, whatever was read before."""
    data = "居民医保个人缴费标准为每人每年380元，2023年底前完成。".encode()
    first = read(data)
    read("职工医保个人缴费标准为100元。".encode())

    assert first == read(data)


def test_refusals_are_ours():
    """A refusal is the project's error with a reason from the closed list."""
    with pytest.raises(ExtractorError) as caught:
        extractor.read_notice(b"")

    assert caught.value.reason == "empty"


# ── figures torn apart

PLAINLY = "个人缴费标准为{}，由参保人员缴纳。"
BY_THEN = "各地于{}完成参保登记工作，确保落实到位。"
WHOLE = [
    *((PLAINLY, figure) for figure in (
        "350元", "1350元", "12万元", "3500.5元", "1,020元", "12.5%", "75%", "36个月", "2万5千元", "1.25亿元", "2350人", "65周岁",
        "70%-80%", "10-15万元", "￥350", "7:3", "百分之75", "百分之七十五", "三百五十元", "二十五万元", "一千零二十元", "三分之二",
        "三点二五倍", "五十至六十元", "25个百分点",
    )),
    *((BY_THEN, figure) for figure in ("2022年12月31日前", "二〇二二年十二月三十一日前", "12月31日前")),
]  # fmt: skip
# No point and no minus between Arabic digits: 3.50元 and 10-50万元 are other figures, well written.
TEARS = [
    " ", "  ", "\u3000", "\n", "\n\n", "\n— 2 —\n", "\n\n- 2 -\n\n", "\n第2页 共10页\n", ",", "，", " ,", "'", "’", "·", "^", "×",
    "±", "+", "E", "e", "E+", "a",
]  # fmt: skip
FOREIGN = ["٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "〇〡〢〣〤〥〦〧〨〩", "零壹贰叁肆伍陆柒捌玖"]
SIGNS = "0123456789〇零一二三四五六七八九十百千万亿点"


def figures_of(line):
    """What is read of a notice with one line, without the places."""
    head = "关于做好2023年城乡居民基本医疗保障工作的通知\n\n各市医疗保障局：\n\n一、有关工作\n\n"
    found = extractor.read_notice(f"{head}{line}\n\n二、其他工作\n\n特此通知。\n".encode()).facts
    return {(fact.kind, fact.value, fact.lower, fact.upper, fact.unit, fact.due) for fact in found}


@st.composite
def torn_figures(draw):
    """A line, a figure, and the figure torn: something put between two of its signs, or a digit of another script."""
    line, figure = draw(st.sampled_from(WHOLE))
    first = len("百分之") if figure.startswith("百分之") else 0
    digits = [at for at, sign in enumerate(figure) if sign.isascii() and sign.isdigit()]
    gaps = [at for at in range(first + 1, len(figure)) if figure[at - 1] in SIGNS and figure[at] in SIGNS]
    if digits and (not gaps or draw(st.booleans())):
        at = draw(st.sampled_from(digits))
        return line, figure, figure[:at] + draw(st.sampled_from(FOREIGN))[int(figure[at])] + figure[at + 1 :]
    at = draw(st.sampled_from(gaps or digits[1:] or [len(figure)]))
    return line, figure, figure[:at] + draw(st.sampled_from(TEARS)) + figure[at:]


def torn(given_figure):
    """The reading of a torn figure is that of the whole, or nothing: never another number."""
    line, figure, pieces = given_figure
    assert figures_of(line.format(pieces)) <= figures_of(line.format(figure))


def test_torn_figures():
    """What holds of torn figures, on a few."""
    LITTLE(given(torn_figures())(torn))()


@pytest.mark.slow
def test_torn_figures_for_many():
    """What holds of torn figures, on many."""
    MUCH(given(torn_figures())(torn))()


@pytest.mark.parametrize(("line", "figure"), WHOLE)
def test_whole_figures_are_read(line, figure):
    """The figures that are torn above are read when they are whole, so that the property can fail."""
    assert figures_of(line.format(figure)) != set()
