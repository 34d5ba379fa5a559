"""Figures beside lost characters: a digit, a bound or a unit may be among what is lost, so they are no figures."""

from __future__ import annotations

import re

from extractor.model import Span

# What `normalise` leaves in the place of a lost character.
_LOST = "\ufffd\ue000-\uefff\uf100-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_GONE = re.compile(f"[{_LOST}]")
# 不低□610元, 每人□年610元 before; 610□, 610元以□ behind. A mark or a space ends the words of a figure.
_BEFORE, _BEHIND = 4, 3
_WORDS = r"[^\s，。、；：？！（）“”]"
_GONE_BEFORE = re.compile(rf"[{_LOST}]{_WORDS}{{0,{_BEFORE - 1}}}\Z")
_GONE_BEHIND = re.compile(rf"{_WORDS}{{0,{_BEHIND - 1}}}?[{_LOST}]")


def beside_loss(text: str, span: Span) -> bool:
    """Tell whether characters are lost within a figure's words or so near that they may belong to them.

    >>> beside_loss("不低于\ufffd610元", Span(4, 8)), beside_loss("为610元，\ufffd", Span(1, 5))
    (True, False)
    """
    start, end = span
    return (
        _GONE.search(text, start, end) is not None
        or _GONE_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None
        or _GONE_BEHIND.match(text, end) is not None
    )
