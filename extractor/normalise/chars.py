"""Character classes that the steps share, as text for use inside ``[...]`` of a regex.

Digits mean ASCII digits throughout: ``width`` has run before any step that asks.
"""

from __future__ import annotations

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# 第一 10元, 百分之七十 30万: a figure must not run into a numeral that stands before or behind it.
NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
MARKS = "，。、；：？！（）〔〕［］《》〈〉“”‘’【】「」『』…—·"

_MARK_SET = frozenset(MARKS)


def is_chinese(char: str) -> bool:
    """Say whether a character is Han or a Chinese mark; the empty string is neither.

    >>> [is_chinese(char) for char in ("医", "，", "A", "7", "")]
    [True, True, False, False, False]
    """
    return (
        "\u4e00" <= char <= "\u9fff"
        or char in _MARK_SET
        or "\u3400" <= char <= "\u4dbf"
        or char == "\u3007"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U000323af"
    )
