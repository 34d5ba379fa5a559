"""The steps ``invisible`` and ``width``: what single characters become.

Both look at the set of characters in the text first, so a clean text costs one pass over it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractor.notice.normalise.aligned import Change

# ── Character classes that the steps share, as text for use inside ``[...]`` of a regex
# Digits mean ASCII digits throughout: ``width`` has run before any step that asks.

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


# PDF files write 长, 民, 页 as radicals. Unicode gives those of the supplement no compatibility mapping (but 母 and
# 龟). These pairs are by the characters' Unicode names, written by hand and not compared with Unicode's own table of
# equivalents (EquivalentUnifiedIdeograph.txt); radicals that no text writes for a character have no pair.
_RADICALS = dict(
    zip(
        "⺎⺒⺓⺝⺟⺠⺩⺫⺬⺮⺶⺼⻁⻄⻅⻆⻇⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "兀巳幺月母民王目示竹羊肉虎西见角角贝车長镸长门雨青韦页风飞食食飠马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_SIGNS = frozenset("％＋－／＝＜＞＆＃＄＊＠＼＿｜")
# What neither step changes is passed over at once: nearly every character of a text.
_PLAIN = r"\n\t -~\u2010-\u2027\u3001-\u303f\u4e00-\u9fff"
_MAYBE_INVISIBLE = regex.compile(rf"[^{_PLAIN}\uff01-\uff5e]")
_MAYBE_WIDE = regex.compile(rf"[^{_PLAIN}]")
_CHINESE_MARKS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_LINE_ENDS = frozenset("\x0b\x0c\x85\u2028\u2029")
_DIGIT = "0-9０-９"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"


def _folded_invisible(char: str) -> str | None:
    """Give what an invisible character becomes; None leaves it."""
    if char in "\n\t ":
        return None
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in {"Cc", "Cf"} or char == "\u034f" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if category == "Cs":
        # No text holds half a character; OpenCC refuses it and so does every writer of UTF-8.
        return "\ufffd"
    return "" if "\U000e0100" <= char <= "\U000e01ef" else None


def _folded_width(char: str) -> str | None:
    """Give what a character of odd width or a compatibility form becomes; None leaves it."""
    if char in _RADICALS:
        return _RADICALS[char]
    if not _has_other_form(char):
        return None
    plain = unicodedata.normalize("NFKC", char)
    if "\ufe10" <= char <= "\ufe6b":
        plain = _CHINESE_MARKS.get(plain, plain)
    return plain if len(plain) == 1 and plain not in {char, " "} else None


def _has_other_form(char: str) -> bool:
    return (
        ("\uff10" <= char <= "\uff5a" and char.isalnum())
        or char in _SIGNS
        or "\u2f00" <= char <= "\u2fd5"  # Kangxi radicals
        or "\uf900" <= char <= "\ufaff"  # compatibility ideographs
        or "\U0002f800" <= char <= "\U0002fa1f"
        or "\ufe10" <= char <= "\ufe18"  # upright marks of vertical text
        or "\ufe35" <= char <= "\ufe44"
        or ("\ufe50" <= char <= "\ufe6b" and char != "\ufe52")  # small marks, as in 医保发﹝2022﹞20号
        or "\uff61" <= char <= "\uff64"  # half-width 。「」、
    )


def _folds(alphabet: Iterable[str], maybe: regex.Pattern[str], folded: Callable[[str], str | None]) -> dict[str, str]:
    return {char: new for char in sorted(maybe.findall("".join(alphabet))) if (new := folded(char)) is not None}


def _runs(text: str, table: dict[str, str]) -> list[Change]:
    """Change every character of the table; neighbours with the same fate make one change."""
    gone = regex.escape("".join(char for char, new in table.items() if not new))
    kept = regex.escape("".join(char for char, new in table.items() if new))
    pattern = "|".join(f"[{chars}]++" for chars in (gone, kept) if chars)
    return [(m.start(), m.end(), "".join([table[c] for c in m[0]])) for m in regex.finditer(pattern, text)]


def find_invisible(text: str, alphabet: set[str]) -> list[Change]:
    r"""Remove what cannot be seen; make every space and line end an ASCII one.

    >>> find_invisible("医\u200b保\u3000局\r\n", set("医\u200b保\u3000局\r\n"))
    [(1, 2, ''), (3, 4, ' '), (5, 6, '')]
    """
    table = _folds(alphabet, _MAYBE_INVISIBLE, _folded_invisible)
    if not table:
        return []
    if table.pop("\r", None) is None:
        return _runs(text, table)
    changes = _runs(text, table) if table else []
    # A \r before \n goes; one alone is a line end of its own (old Mac files).
    changes += [(m.start(), m.end(), "" if m[1] else "\n") for m in regex.finditer(r"\r(?=(\n)?)", text)]
    return sorted(changes)


def find_width(text: str, alphabet: set[str]) -> list[Change]:
    """Make full-width digits, letters and signs ASCII, and compatibility forms of Han characters the usual ones.

    Chinese marks stay as they are, and so do ①, ㎡ and Ⅱ.

    Lowered digits are those of a substance behind its letters (PM₂.₅); elsewhere they may be a note's mark.

    >>> find_width("７０％，⻓", set("７０％，⻓"))
    [(0, 3, '70%'), (4, 5, '长')]
    >>> find_width("CO₂、640₁元", set("CO₂、640₁元"))
    [(2, 3, '2')]
    """
    table = _folds(alphabet, _MAYBE_WIDE, _folded_width)
    changes = _runs(text, table) if table else []
    if "．" in alphabet:
        points = regex.finditer(rf"(?<=[{_DIGIT}])．(?=[{_DIGIT}])", text)
        changes = sorted([*changes, *((m.start(), m.end(), ".") for m in points)])
    if not alphabet.isdisjoint(_LOWERED):
        lowered = regex.finditer(rf"(?<=[A-Za-z][{_LOWERED}.]*)[{_LOWERED}]", text)
        changes = sorted([*changes, *((m.start(), m.end(), str(_LOWERED.index(m[0]))) for m in lowered)])
    return changes


# ── Characters of two bytes in GB18030, and which of them Chinese words are written with

ASCII = 0x80
PAIR = 2
GB_MARKS = frozenset("，。、；：？！（）《》“”〔〕")
_USUAL = GB_MARKS | frozenset("—…·‘’【】％－　①②③④⑤⑥⑦⑧⑨⑩～〇")


def is_usual(char: str) -> bool:
    """Tell the characters that Chinese words are written with."""
    return "\u4e00" <= char <= "\u9fff" or char in _USUAL or "\uff10" <= char <= "\uff5a" or char.isascii()


def plausible(pair: bytes) -> str:
    """Decode a pair; empty for what no notice would have."""
    char = pair.decode("gb18030", "replace")
    return char if len(char) == 1 and (char in GB_MARKS or "\u4e00" <= char <= "\u9fff") else ""


def encoded(text: str) -> bytes | None:
    """Encode characters of two bytes; None where one is of another length."""
    try:
        data = text.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return data if len(data) == PAIR * len(text) and not any(map(str.isascii, text)) else None


def decoded(data: bytes) -> str | None:
    """Decode pairs, after which one ASCII character may come; None where they are none."""
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None
