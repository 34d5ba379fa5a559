"""Characters of two bytes in GB18030, and which of them Chinese words are written with."""

from __future__ import annotations

ASCII = 0x80
PAIR = 2
MARKS = frozenset("，。、；：？！（）《》“”〔〕")
_USUAL = MARKS | frozenset("—…·‘’【】％－　①②③④⑤⑥⑦⑧⑨⑩～〇")


def is_usual(char: str) -> bool:
    """Tell the characters that Chinese words are written with."""
    return "\u4e00" <= char <= "\u9fff" or char in _USUAL or "\uff10" <= char <= "\uff5a" or char.isascii()


def plausible(pair: bytes) -> str:
    """Decode a pair; empty for what no notice would have."""
    char = pair.decode("gb18030", "replace")
    return char if len(char) == 1 and (char in MARKS or "\u4e00" <= char <= "\u9fff") else ""


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
