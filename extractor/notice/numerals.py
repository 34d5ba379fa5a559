"""Reads numerals: Arabic, full-width, Chinese, formal, mixed (2万5千, 1.2亿), with thousands separators.

Values are exact `Decimal`s. What can't be read raises `NumeralError`; nothing is guessed: 三五 (three to five, or 35?)
is refused. A unit or a fraction sign is not part of a numeral: in 百分之七十 the numeral is 七十.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import NumeralError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

# A figure of a notice has at most a dozen digits; a longer run is damage (a barcode, a lost separator).
LONGEST = 24

_DIGITS = {
    **dict.fromkeys("〇零○", 0), **dict.fromkeys("一壹壱弌", 1), **dict.fromkeys("二贰貳弍两兩", 2),
    **dict.fromkeys("三叁叄弎", 3), **dict.fromkeys("四肆", 4), **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆陸", 6), **dict.fromkeys("七柒", 7), **dict.fromkeys("八捌", 8), **dict.fromkeys("九玖", 9),
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = (("亿", 100_000_000), ("億", 100_000_000), ("万", 10_000), ("萬", 10_000))

DIGIT_CHARS = "".join(_DIGITS)
MYRIAD_CHARS = "".join(sign for sign, _ in _MYRIADS)
MAGNITUDE_CHARS = "".join(_TENS) + MYRIAD_CHARS
# 15，800: a full-width mark between thousands; 100，200元 is a list, as far as one can see.
_ARABIC = (
    r"(?:[0-9０-９]{1,3}(?:[,][0-9０-９]{3})++(?![0-9０-９])|(?<![:：∶/.．、，])[0-9０-９]{1,2}，[0-9０-９]{3}(?![0-9０-９，、])|[0-9０-９]++)"
    r"(?:[.．][0-9０-９]++)?"
)
_HAN = f"[{DIGIT_CHARS}]"
# 百分点 and 千分之 are signs of a rate, 千克 and 千米 units: their 百 and 千 are no part of the number before.
_MAGNITUDE = rf"(?:[{MAGNITUDE_CHARS}](?<!千(?=[克米瓦]))(?!分[之点]))"

#: Regex source of one numeral, for composing larger patterns.
NUMERAL = (
    # A number never begins inside a run of numeral signs: without this a long run is tried from each of its signs.
    rf"(?<![0-9０-９{DIGIT_CHARS}{MAGNITUDE_CHARS}])"
    rf"(?:(?:(?:{_ARABIC}|{_HAN}{{1,12}}+(?:点{_HAN}{{1,8}}+)?)?{_MAGNITUDE}{{1,4}}+){{1,12}}+"
    # 七十二点五, 三百二十四点七亿: decimals behind a magnitude.
    rf"(?:{_ARABIC}|{_HAN}{{1,3}}+(?!点{_HAN})|{_HAN}?点{_HAN}{{1,8}}+[万亿萬億]{{0,2}}+)?"
    rf"|{_ARABIC}|{_HAN}++(?:点{_HAN}{{1,8}}+)?)"
)


_DECIMAL = re.compile(
    rf"(?P<whole>[{DIGIT_CHARS}{MAGNITUDE_CHARS}]*[{MAGNITUDE_CHARS}]{_HAN}?)点(?P<part>{_HAN}{{1,8}})(?P<scale>[万亿萬億]{{0,2}})"
)


class Numeral(NamedTuple):
    """One numeral: half-open code points of the text given, the words, and the exact value."""

    start: int
    end: int
    exact: str
    value: Decimal


@cache
def numeral_pattern() -> re.Pattern[str]:
    """Compile the pattern of one numeral, for a search: what it begins with is asked first, at a third of the time."""
    return re.compile(f"(?=[0-9０-９{DIGIT_CHARS}{MAGNITUDE_CHARS}]){NUMERAL}")


@cache
def arabic_pattern() -> regex.Pattern[str]:
    """Compile the pattern of digits with their separators."""
    import regex

    return regex.compile(_ARABIC)


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield every readable numeral of a text, in order.

    >>> [(n.exact, str(n.value)) for n in find_numerals("2万5千元和百分之七十")]
    [('2万5千', '25000'), ('七十', '70')]
    """
    for match in numeral_pattern().finditer(text):
        try:
            value = parse_numeral(match.group())
        except NumeralError:
            continue
        yield Numeral(match.start(), match.end(), match.group(), value)


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Decimal:
    """Read one numeral.

    Raises `NumeralError` for anything else.

    >>> parse_numeral("一亿两千万"), parse_numeral("1,020"), parse_numeral("二〇二二"), parse_numeral("三百五")
    (Decimal('120000000'), Decimal('1020'), Decimal('2022'), Decimal('350'))
    >>> parse_numeral("三五")
    Traceback (most recent call last):
        ...
    extractor.errors.NumeralError: cannot read '三五' as a numeral: two digits without a magnitude may be a range
    """
    if not text or len(text) > LONGEST:
        msg = f"cannot read {text[:LONGEST]!r} as a numeral: {'empty' if not text else f'longer than {LONGEST} signs'}"
        raise NumeralError(msg)
    if len(text) > 1 and not text.strip("〇○零"):
        msg = f"cannot read {text!r} as a numeral: noughts alone are a place to fill in"
        raise NumeralError(msg)
    if text[0] in MAGNITUDE_CHARS and (len(text) == 1 or text[0] in "万萬亿億") and text not in "十拾":
        msg = f"cannot read {text!r} as a numeral: a magnitude without a number before it"
        raise NumeralError(msg)
    if (point := _DECIMAL.fullmatch(text)) and point.group("whole")[-1] not in "零〇":
        # 三百二十四点七亿: what the magnitude behind the decimals makes larger is all of it.
        scale = parse_numeral("1" + point.group("scale"))
        return (parse_numeral(point.group("whole")) + _plain("零点" + point.group("part"), text)) * scale
    return _with_myriads(text, text)


def _with_myriads(text: str, whole: str) -> Decimal:
    for sign, factor in _MYRIADS:
        head, found, tail = text.rpartition(sign)
        if found:
            if any(other in head for other, same in _MYRIADS if same == factor):
                msg = f"cannot read {whole!r} as a numeral: {sign!r} stands in it twice"
                raise NumeralError(msg)
            value = (_with_myriads(head, whole) if head else Decimal(1)) * factor
            return value + _tail(tail, factor, whole) if tail else value
    return _below_myriad(text, whole)


def _tail(tail: str, factor: int, whole: str) -> Decimal:
    """Read what follows 万 or 亿; a lone digit stands for the next magnitude (三万二 is 32000, 三万零二 is 30002)."""
    value = _with_myriads(tail, whole)
    if len(tail) == 1 and (tail in _DIGITS or tail.isdigit()) and value:
        return value * (factor // 10)
    if value >= factor:
        msg = f"cannot read {whole!r} as a numeral: {tail!r} is too large to follow its magnitude"
        raise NumeralError(msg)
    return value


def _below_myriad(text: str, whole: str) -> Decimal:
    if not any(sign in _TENS for sign in text):
        return _plain(text, whole)
    total, rest, ceiling = Decimal(0), text, 10_000
    while rest:
        at = next((index for index, sign in enumerate(rest) if sign in _TENS), None)
        if at is None:
            return total + _last_digit(rest, ceiling, whole)
        step = _TENS[rest[at]]
        if step >= ceiling:
            msg = f"cannot read {whole!r} as a numeral: {rest[at]!r} follows a smaller magnitude"
            raise NumeralError(msg)
        digit = rest[:at].lstrip("零〇")
        total += (_plain(digit, whole) if digit else 1) * step
        rest, ceiling = rest[at + 1 :], step
    return total


def _last_digit(rest: str, ceiling: int, whole: str) -> Decimal:
    """Read the end of 三百五 (350), 三百零五 (305) and 一千二百 (nothing left)."""
    bare = rest.lstrip("零〇")
    if not bare:
        msg = f"cannot read {whole!r} as a numeral: it ends in a zero sign"
        raise NumeralError(msg)
    value = _plain(bare, whole)
    if len(bare) > 1 and bare[0] in _DIGITS:
        msg = f"cannot read {whole!r} as a numeral: {rest!r} has digits without a magnitude"
        raise NumeralError(msg)
    if value >= ceiling:
        msg = f"cannot read {whole!r} as a numeral: {rest!r} is too large for its place"
        raise NumeralError(msg)
    colloquial = bare == rest and ceiling > 10 and bare[0] in _DIGITS  # noqa: PLR2004 - after 十 a digit is a digit
    return value * (ceiling // 10) if colloquial else value


def _plain(text: str, whole: str) -> Decimal:
    """Read digits without magnitudes: 1,020.5 or 二〇二二 or 三点五."""
    if text[:1].isdecimal():
        # Decimal() itself would also read 1e5, 1_000 and 1,,000.
        if arabic_pattern().fullmatch(text) is None:
            msg = f"cannot read {whole!r} as a numeral: {text!r} is not a number"
            raise NumeralError(msg)
        return Decimal(text.replace(",", "").replace("，", "").replace("．", "."))
    head, point, tail = text.partition("点")
    if not head or (point and not tail) or any(sign not in _DIGITS for sign in head + tail):
        msg = f"cannot read {whole!r} as a numeral: {text!r} are not digits"
        raise NumeralError(msg)
    if len(head) == 2 and not any(_DIGITS[sign] == 0 for sign in head):  # noqa: PLR2004 - 三五, 两三, 七八
        msg = f"cannot read {whole!r} as a numeral: two digits without a magnitude may be a range"
        raise NumeralError(msg)
    digits = "".join(str(_DIGITS[sign]) for sign in head)
    return Decimal(f"{digits}.{''.join(str(_DIGITS[sign]) for sign in tail)}" if point else digits)


def plain(value: Decimal) -> str:
    """Write a Decimal without exponent and without trailing zeros after the point.

    >>> plain(Decimal("3E+5")), plain(Decimal("0.50")), plain(Decimal("1020"))
    ('300000', '0.5', '1020')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
