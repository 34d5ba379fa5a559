"""Numerals: what is read, what was misread elsewhere, what is refused, and what holds for all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from work import assert_linear, at_most

import extractor
from extractor.errors import ExtractorError, NumeralError
from extractor.notice.numerals import LONGEST, find_numerals, parse_numeral, plain

SEEN = [
    ("610", "610"),
    ("1,020", "1020"),
    ("1,234,567.89", "1234567.89"),
    ("1.2亿", "120000000"),
    ("30万", "300000"),
    ("0.5", "0.5"),
    ("１０２０", "1020"),
    ("１．５万", "15000"),
    ("十", "10"),
    ("十五", "15"),
    ("二十", "20"),
    ("七十", "70"),
    ("一百", "100"),
    ("三百五十", "350"),
    ("三百零五", "305"),
    ("三百五", "350"),
    ("一千零二十", "1020"),
    ("一千二", "1200"),
    ("两千", "2000"),
    ("两万三千", "23000"),
    ("三万二", "32000"),
    ("三万零二", "30002"),
    ("一亿", "100000000"),
    ("十二亿三千万", "1230000000"),
    ("一万亿", "1000000000000"),
    ("二〇二二", "2022"),
    ("二○二二", "2022"),
    ("一九九八", "1998"),
    ("三点五", "3.5"),
    ("二十三点五万", None),
    ("零", "0"),
    ("〇", "0"),
    ("壹佰贰拾叁", "123"),
    ("伍仟", "5000"),
    ("壹萬貳仟", "12000"),
    ("兩億", "200000000"),
    ("參佰", None),
]  # fmt: skip

# "Their mistakes" of PEERS.md: what the peer made of it stands behind.
CAUGHT = [
    ("JioNLP: 45000", "2万5千", "25000"),
    ("JioNLP: 220000000", "1亿2千万", "120000000"),
    ("JioNLP: 10000", "一万１千", "11000"),
    ("full width all through", "２万５千", "25000"),
    ("formal within mixed", "2万伍仟", "25000"),
    ("a lone digit behind 万", "2万5", "25000"),
    ("a lone digit behind 亿", "1亿2", "120000000"),
    ("a decimal with two magnitudes", "1.5万亿", "1500000000000"),
    ("seven magnitudes", "一千三百八十九万九千一百一十", "13899110"),
    ("twelve magnitudes", "一千一百一十一亿一千一百一十一万一千一百一十一", "111111111111"),
    ("100 behind 万", "2万零100", None),
    ("a hundred and Arabic digits", "3百", "300"),
]

NEAR_MISSES = [
    "",
    " ",
    "三五",
    "两三",
    "七八",
    "万",
    "亿",
    "百",
    "千",
    "万一",
    "亿万",
    "十百",
    "百千",
    "三十五十",
    "五百六千",
    "三百零",
    "一万二万",
    "2万5万",
    "元",
    "610元",
    "-80",
    "+1",
    "1.2.3",
    "1e5",
    "1_000",
    "0x1F",
    "NaN",
    "Infinity",
    "点五",
    "三点",
    "三点五点二",
    "½",
    "²",
    "Ⅳ",
    "①",
    "٣٤",
    "百分之七十",
    "1" * (LONGEST + 1),
    "一" * 1000,
    "\x00",
    "\ud800",
    "一\ud800",
    ".5",
    "5.",
    "１．",
    "1,,000",
    ",",
    "十" * 10,
]
READABLE = [(text, value) for text, value in SEEN if value is not None]
MISREAD = [(text, value) for _, text, value in CAUGHT if value is not None]


# ── a writer of numerals, for the properties ────────────────────────────────────────────────────────────────────────

PLAIN = ("零一二三四五六七八九", "十百千", "万亿")
FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬億")
TRADITIONAL_FORMAL = ("零壹貳叁肆伍陸柒捌玖", "拾佰仟", "萬億")
WRITERS = [PLAIN, FORMAL, TRADITIONAL, TRADITIONAL_FORMAL]


def group(number, signs):
    """Write 1 … 9999 without a leading zero sign."""
    digits, small, _ = signs
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(written)
            continue
        written += (digits[0] if gap else "") + digits[digit] + (small[power - 1] if power else "")
        gap = False
    return written


def write(number, signs=PLAIN):
    """Write a number below 10^16 in Chinese signs."""
    digits, small, large = signs
    if number == 0:
        return digits[0]
    high, low = divmod(number, 10**8)
    thousands, rest = divmod(low, 10**4)
    written = group(high, signs) + large[1] if high < 10**4 and high else write(high, signs) + large[1] if high else ""
    if thousands:
        written += (digits[0] if written and thousands < 1000 else "") + group(thousands, signs) + large[0]
    elif written and rest:
        written += digits[0]
    if rest:
        written += (digits[0] if written and rest < 1000 and not written.endswith(digits[0]) else "") + group(
            rest, signs
        )
    one_ten = digits[1] + small[0]
    return written.removeprefix(digits[1]) if written.startswith(one_ten) and signs[1][0] == "十" else written


def mixed(number):
    """Write with Arabic digits before 亿, 万 and 千: 2万5千, 1亿2千万 is 1亿2000万 here."""
    written = ""
    for size, sign in ((10**8, "亿"), (10**4, "万"), (10**3, "千")):
        head, number = divmod(number, size)
        written += f"{head}{sign}" if head else ""
    return f"{written}{number:03d}" if written and number else written or str(number)


WRITTEN = [
    (0, "零"), (7, "七"), (10, "十"), (16, "十六"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1005, "一千零五"),
    (1050, "一千零五十"), (10_000, "一万"), (10_005, "一万零五"), (12_000, "一万二千"), (100_000, "十万"),
    (100_500_000, "一亿零五十万"), (100_000_005, "一亿零五"), (1_010_010_010, "十亿一千零一万零一十"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WRITTEN)
def test_the_writer(number, words):
    """The writer of these tests writes as people do."""
    assert write(number) == words


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "value"), READABLE + MISREAD)
def test_reads(text, value):
    """A numeral has its exact value, alone and inside a text."""
    assert plain(parse_numeral(text)) == value
    assert [(text, value)] == [(item.exact, plain(item.value)) for item in find_numerals(f"达到{text}元")]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_refuses(text):
    """What is no numeral, or could be read in two ways, is refused with the one error meant for it."""
    with pytest.raises(NumeralError):
        parse_numeral(text)


@pytest.mark.parametrize("text", [text for text, value in SEEN if value is None] + ["2万零100", "○○", "〇〇〇"])
def test_exact_or_refused(text):
    """Rare forms are read exactly or refused; never read as another number."""
    known = {"二十三点五万": "235000", "參佰": "300", "2万零100": "20100"}
    try:
        value = plain(parse_numeral(text))
    except NumeralError:
        return

    assert value == known[text]


def test_error_is_ours():
    """A caller can catch it as the project's error or as a ValueError; it quotes what was given."""
    with pytest.raises(ExtractorError, match="三五") as caught:
        parse_numeral("三五")

    assert isinstance(caught.value, ValueError)


# ── what holds for all numerals ─────────────────────────────────────────────────────────────────────────────────────


# All numbers, or in every run those of up to four digits and every seventh beyond.
COUNTS = [[*range(10_000), *range(10_000, 100_000, 7)], pytest.param(range(100_000), marks=pytest.mark.slow)]


@pytest.mark.parametrize("numbers", COUNTS, ids=["some", "all"])
@pytest.mark.parametrize("signs", WRITERS, ids=["plain", "formal", "traditional", "traditional formal"])
def test_to_99999(signs, numbers):
    """Numerals from 0 to 99,999 are read back."""
    wrong = [(number, write(number, signs)) for number in numbers if parse_numeral(write(number, signs)) != number]

    assert wrong == []


@pytest.mark.parametrize("numbers", COUNTS, ids=["some", "all"])
def test_mixed_to_99999(numbers):
    """Numbers from 0 to 99,999 in mixed script, plain digits and with thousands separators are read back."""
    forms = (mixed, str, "{:,}".format)
    wrong = [(number, form(number)) for number in numbers for form in forms if parse_numeral(form(number)) != number]

    assert wrong == []


def test_years():
    """Years are digits in a row, with either round zero."""
    for year in range(1900, 2100):
        for zero in "〇零○":
            words = "".join((zero + "一二三四五六七八九")[int(digit)] for digit in str(year))
            assert parse_numeral(words) == year


@given(st.integers(0, 10**12), st.sampled_from(WRITERS))
@example(10**12, PLAIN)
@example(10**8 + 5, PLAIN)
@settings(deadline=None)
def test_large(number, signs):
    """Random numbers up to 10^12 are read back from Chinese script."""
    assert parse_numeral(write(number, signs)) == number


@given(st.integers(0, 10**12))
@settings(deadline=None)
def test_large_mixed(number):
    """Random numbers up to 10^12 are read back from mixed script, digits and grouped digits, of either width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for form in (mixed(number), str(number), f"{number:,}"):
        assert parse_numeral(form) == number
        assert parse_numeral(form.translate(wide)) == number


@given(st.integers(0, 10**12), st.sampled_from([*WRITERS, None]), st.sampled_from(["元", "%", "个城市", "。"]))
@settings(deadline=None)
def test_in_text(number, signs, behind):
    """The public function finds the numeral in a text at its offsets."""
    words = (
        write(number, signs) if signs else mixed(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    )
    text = f"标准提高到：{words}{behind}"
    found = extractor.numerals(text)
    if words in ("一", "二", "两", "三") or (behind == "个城市" and len(words) == 1):
        return  # 一个, 二…: may be words

    assert [(item.exact, item.value) for item in found] == [(words, number)]
    assert all(text[item.start : item.end] == item.exact for item in found)


@given(st.decimals(min_value=0, max_value=10**9, places=4))
@settings(deadline=None)
def test_decimals(value):
    """Decimals keep every digit, with and without a magnitude."""
    assert parse_numeral(str(value)) == value
    assert parse_numeral(f"{value}万") == value * 10_000


@given(st.text(alphabet="0123456789０５，,.．点〇零○一二两三四五六七八九十百千万亿萬億壹贰拾佰仟半第分之", max_size=30))
@settings(deadline=None, max_examples=500)
def test_never_another_error(text):
    """Signs in any order give a finite value or the one error."""
    try:
        value = parse_numeral(text)
    except NumeralError:
        return

    assert isinstance(value, Decimal)
    assert value.is_finite()
    assert value >= 0


@given(st.text())
@settings(deadline=None)
def test_any_text(text):
    """Any text is searched without an error; offsets and words agree."""
    for item in find_numerals(text):
        assert text[item.start : item.end] == item.exact
        assert parse_numeral(item.exact) == item.value
    for item in extractor.numerals(text):
        assert text[item.start : item.end] == item.exact


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
@settings(deadline=None)
def test_plain(value):
    """A Decimal is written without exponent and reads back as the same number."""
    assert "E" not in plain(value)
    assert Decimal(plain(value)) == value


HOSTILE = ["1" * 2_000_000, "一" * 500_000, "万" * 500_000, "1万" * 250_000, "1," * 500_000, "1,111" * 200_000, "十百" * 250_000, "零" * 500_000, "1.1" * 300_000, "第一" * 250_000, "三点" * 250_000]  # fmt: skip


@pytest.mark.parametrize("length", [50_000, pytest.param(2_000_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:4]}×{len(text)}")
def test_unreadable(text, length):
    """Nothing is made of a long run of signs that no one can read."""
    assert all(len(item.exact) <= LONGEST for item in find_numerals(text[:length]))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:4]}×{len(text)}")
def test_linear(text):
    """A run twice as long is twice the work, for the public function, too, normalising and all."""
    assert_linear(lambda size: list(find_numerals(text[:size])), 5_000)
    assert_linear(lambda size: extractor.numerals(text[:size]), 5_000)


@pytest.mark.timing
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:4]}×{len(text)}")
def test_bounded(text):
    """A long run of signs is passed in bounded time."""
    with at_most(5):
        list(find_numerals(text))
    with at_most(5):
        extractor.numerals(text[:200_000])
