"""Counts of automatic numbering as the words of a typed document: 3 → 三, 叁, 丙, ③, III, c.

Also how a number stands before its text. The names of the formats are those of WordprocessingML (ST_NumberFormat). A format not listed, and a count beyond what a
format can write, gives decimal digits, as in Word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Letters are repeated (27: aa), Roman numerals end at 3999.
MOST_LETTERS = 26 * 9
MOST_ROMAN = 3999
MOST_HAN = 99_999_999
# After these a typed number is followed by its text at once: 一、提高, （一）提高, 1.提高. Others have a blank: 第一条 为了.
CLOSED = frozenset("、．.）)：:】］]〕")
NUMERALS = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


class NumberingMark(NamedTuple):
    """A paragraph's number as shown, and what separates it from the text: ``tab``, ``space`` or ``nothing``."""

    text: str
    suffix: str

    def join(self, text: str) -> str:
        """Put the number before the text as a typed document has it.

        >>> NumberingMark("一、", "tab").join("提高标准"), NumberingMark("第一条", "tab").join("为了"), NumberingMark("1.", "nothing").join("2022年")
        ('一、提高标准', '第一条 为了', '1. 2022年')
        """
        if not self.text or not text:
            return self.text or text
        # Numerals must not run together: 1.2022年, 一、二级医院.
        apart = text[0] in NUMERALS or (self.suffix != "nothing" and self.text[-1] not in CLOSED)
        return f"{self.text} {text}" if apart else self.text + text


class Han(NamedTuple):
    """A way of writing numbers in Han: digits from zero, units from ten, the unit of ten thousand."""

    digits: str
    units: str
    myriad: str
    # 一十 is written 十 at the start of a number.
    short_ten: bool


PLAIN = Han("零一二三四五六七八九", "十百千", "万", short_ten=True)
TRADITIONAL = Han("零一二三四五六七八九", "十百千", "萬", short_ten=True)
FORMAL = Han("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万", short_ten=False)
FORMAL_TRADITIONAL = Han("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", short_ten=False)


def write_han(count: int, han: Han) -> str:
    """Write a number in Han.

    >>> [write_han(count, PLAIN) for count in (0, 10, 12, 20, 105, 110, 1_010, 20_003)]
    ['零', '十', '十二', '二十', '一百零五', '一百一十', '一千零一十', '二万零三']
    """
    high, low = divmod(count, 10_000)
    if high:
        gap = han.digits[0] if 0 < low < 1000 else ""  # noqa: PLR2004 - no thousands
        return write_han(high, han) + han.myriad + gap + (write_group(low, han) if low else "")
    return write_group(low, han, first=True) if low else han.digits[0]


def write_group(count: int, han: Han, *, first: bool = False) -> str:
    """Write a number below ten thousand."""
    text = ""
    for at in (3, 2, 1, 0):
        digit = count // 10**at % 10
        if digit:
            one = at == 1 and digit == 1 and not text and first and han.short_ten
            text += ("" if one else han.digits[digit]) + (han.units[at - 1] if at else "")
        elif text and not text.endswith(han.digits[0]) and count % 10**at:
            text += han.digits[0]
    return text


def write_roman(count: int) -> str:
    """Write a Roman numeral.

    >>> write_roman(1994)
    'MCMXCIV'
    """
    text = ""
    for size, letters in ROMAN:
        times, count = divmod(count, size)
        text += letters * times
    return text


def letter(count: int) -> str:
    """Write a letter; after z come aa, bb."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def ordinal(count: int) -> str:
    """Write an English ordinal."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{count}{'th' if count % 100 in {11, 12, 13} else ends.get(count % 10, 'th')}"


def digits(count: int, signs: str) -> str:
    """Write the decimal digits of a number in other signs."""
    return "".join(signs[int(digit)] for digit in str(count))


def row(first: str, size: int) -> Callable[[int], str]:
    """Write by consecutive characters: ①, ②."""
    return lambda count: chr(ord(first) + count - 1) if count <= size else str(count)


def circled(count: int) -> str:
    """Write a number in a circle; there are fifty, in three rows.

    >>> circled(1) + circled(21) + circled(36) + circled(51)
    '①㉑㊱51'
    """
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= count <= high:
            return chr(ord(first) + count - low)
    return str(count)


def han(way: Han) -> Callable[[int], str]:
    """Write by one of the ways of writing numbers in Han."""
    return lambda count: write_han(count, way) if count <= MOST_HAN else str(count)


def of_list(signs: str) -> Callable[[int], str]:
    """Write by a closed list of signs."""
    return lambda count: signs[count - 1] if 1 <= count <= len(signs) else str(count)


def cycle(count: int) -> str:
    """Write a place in the cycle of sixty: 甲子."""
    return STEMS[(count - 1) % 10] + BRANCHES[(count - 1) % 12]


WRITERS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: digits(count, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda count: digits(count, "０１２３４５６７８９"),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": row("⒈", 20),
    "decimalEnclosedParen": row("⑴", 20),
    "numberInDash": lambda count: f"- {count} -",
    "ordinal": ordinal,
    "upperRoman": lambda count: write_roman(count) if count <= MOST_ROMAN else str(count),
    "lowerRoman": lambda count: write_roman(count).lower() if count <= MOST_ROMAN else str(count),
    "upperLetter": lambda count: letter(count).upper() if count <= MOST_LETTERS else str(count),
    "lowerLetter": lambda count: letter(count) if count <= MOST_LETTERS else str(count),
    "hex": lambda count: f"{count:X}",
    "chineseCounting": han(PLAIN),
    "chineseCountingThousand": han(PLAIN),
    "japaneseCounting": han(PLAIN),
    "taiwaneseCounting": han(TRADITIONAL),
    "taiwaneseCountingThousand": han(TRADITIONAL),
    "ideographDigital": lambda count: digits(count, "〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda count: digits(count, "〇一二三四五六七八九"),
    "taiwaneseDigital": lambda count: digits(count, "○一二三四五六七八九"),
    "chineseLegalSimplified": han(FORMAL),
    "ideographLegalTraditional": han(FORMAL_TRADITIONAL),
    "japaneseLegal": han(FORMAL_TRADITIONAL),
    "ideographTraditional": of_list(STEMS),
    "ideographZodiac": of_list(BRANCHES),
    "ideographZodiacTraditional": cycle,
    "ideographEnclosedCircle": of_list("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}


def write_count(count: int, form: str) -> str:
    """Write a count in a number format.

    >>> [write_count(3, form) for form in ("chineseCounting", "chineseLegalSimplified", "lowerLetter", "unknown")]
    ['三', '叁', 'c', '3']
    """
    writer = WRITERS.get(form)
    # Zero and below occur where a list starts there; only digits can write them.
    return writer(count) if writer and (count > 0 or form in {"none", "bullet"}) else str(count)
