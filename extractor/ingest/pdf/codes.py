"""Fonts that don't say which characters they show: often the codes of their text are the characters all the same.

pdfium then hands on the code. It is taken for the character where the codes of a font make text: nearly all of them Chinese
characters in common use, or letters as English has them. Numbers of glyphs, which other files use, make neither.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

# Characters of a font that are enough to tell by, and the part of them that must be in use.
FEWEST_HAN, FEWEST_LATIN = 8, 40
IN_USE = 0.9
# In English: part of the letters that are small, and that are vowels; different letters.
SMALL_LETTERS = 0.8
VOWELS = (0.3, 0.5)
FEWEST_LETTERS = 12
# First bytes of the characters in common use in GB 2312 and in Big5.
LEVELS = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}


class CodeJudge:
    """What the codes of fonts without a map have been so far; lives for one document."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        """Begin with no font; of ``known`` ones the file says that their codes are the characters."""
        self.known = known
        self.signs: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def are_characters(self, font: str, signs: list[str]) -> bool:
        """Return True if the codes of a font, with these of another page, are the characters that it shows."""
        if font in self.known:
            return True
        counts = self.signs[font]
        counts.update("".join(signs))
        return is_chinese(counts) or is_english(counts)


def is_chinese(counts: Counter[str]) -> bool:
    """Return True if characters are Chinese ones in common use, with their marks, figures and letters.

    >>> is_chinese(Counter("居民医保个人缴费标准为380元，")), is_chinese(Counter("丂丄丅丆丏丒丗丟丠両")), is_chinese(Counter("ĀāĂă"))
    (True, False, False)
    """
    common = sum(count for sign, count in counts.items() if is_common(sign))
    other = sum(count for sign, count in counts.items() if not is_common(sign) and not is_mark(sign))
    return common >= FEWEST_HAN and common >= IN_USE * (common + other)


def is_common(sign: str) -> bool:
    """Return True if a character is Chinese and in common use, in simplified or traditional script."""
    if not "\u4e00" <= sign <= "\u9fff":
        return False
    for encoding, level in LEVELS.items():
        try:
            if sign.encode(encoding)[0] in level:
                return True
        except UnicodeEncodeError:
            continue
    return False


def is_mark(sign: str) -> bool:
    """Return True if a sign stands beside Chinese characters in any text: ASCII, Chinese marks, signs of full width."""
    return (
        " " <= sign <= "~"
        or "\u3000" <= sign <= "\u303f"
        or "\uff00" <= sign <= "\uff65"
        or sign in "“”‘’—…·×℃①②③④⑤⑥⑦⑧⑨⑩"
    )


def is_english(counts: Counter[str]) -> bool:
    """Return True if characters are letters as often as in English.

    >>> is_english(Counter("each insured person pays the same amount every year, without any change")), is_english(Counter("AB" * 40))
    (True, False)
    """
    letters = {sign: count for sign, count in counts.items() if sign.isascii() and sign.isalpha()}
    total = sum(letters.values())
    odd = sum(
        count for sign, count in counts.items() if not " " <= sign <= "~" and unicodedata.category(sign)[0] != "P"
    )
    if total < FEWEST_LATIN or odd > (1 - IN_USE) * total or len({sign.lower() for sign in letters}) < FEWEST_LETTERS:
        return False
    small = sum(count for sign, count in letters.items() if sign.islower())
    vowels = sum(count for sign, count in letters.items() if sign.lower() in "aeiou")
    return small >= SMALL_LETTERS * total and VOWELS[0] * total <= vowels <= VOWELS[1] * total
