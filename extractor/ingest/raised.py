"""Text that is raised over the line or lowered under it, as signs that no figure is made of.

A note's mark (640 with a small 1 above) becomes ¹, which reading drops; a power or a unit becomes 10⁴ and m². So the
source text shows what a person sees, and a figure never takes in a digit beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

OVER = str.maketrans("0123456789+-–()（）[]【】〔〕", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾")
UNDER = str.maketrans("0123456789+-–()（）[]【】〔〕", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎₍₎₍₎₍₎₍₎")
# Words and commas of a note's mark (注1, 注：1,2), and marks that are no digits.
AROUND = regex.compile(r"[\s,，、.．:：*＊※†‡#]|注释?|註")
LATIN = regex.compile(r"[A-Za-z]")
DIGIT = regex.compile(r"\d")


def write_raised(text: str, before: str, *, under: bool = False) -> str:
    """Write raised text (``under``: lowered) after what stands before it on the line.

    >>> write_raised("1", "640"), write_raised("[2]", "元"), write_raised("*", "640"), write_raised("2.5", "PM", under=True)
    ('¹', '⁽²⁾', '', '2.5')
    """
    figures = DIGIT.search(text)
    if under and figures and LATIN.fullmatch(before[-1:]):
        # Names of substances: CO2, PM2.5.
        return text
    if figures or DIGIT.fullmatch(before[-1:]):
        text = AROUND.sub("", text)
    return text.translate(UNDER if under else OVER) if figures else text


@dataclass(slots=True)
class RaisedText:
    """Pieces of text one after another; those that are raised or lowered together are written as one."""

    pieces: list[str] = field(default_factory=list)
    # Raised or lowered text that isn't ended yet (640<sup>[<a>1</a>]</sup>), and on which side of the line it stands.
    raised: list[str] = field(default_factory=list)
    side: int = 0

    def add(self, text: str, side: int = 0) -> None:
        """Take a piece along; ``side`` is 1 over the line, -1 under it."""
        if side != self.side:
            self.settle()
            self.side = side
        (self.raised if side else self.pieces).append(text)

    def settle(self) -> None:
        """End what is raised: 10⁴ must not become 104, nor 350元 with a note's mark 350元1."""
        if self.raised:
            before = self.pieces[-1][-1:] if self.pieces else ""
            self.pieces.append(write_raised("".join(self.raised), before, under=self.side < 0))
            self.raised.clear()


# ── Pictures within a line

# Where a picture stands until the line is whole, one without a name and one that is said to show something else than a
# figure; and what stands for a figure that is a picture, which nobody can quote.
PICTURE, NAMED, LOST = "\ufffc", "\ufffb", "\ufffd"
# Beside a digit it may be one: 6▯0元, 不低于▯40元. At a line's start it is a bullet.
IN_FIGURE = regex.compile(
    rf"(?<=\d)(?:{PICTURE}++(?=[\d.%％\p{{Han}}])|[{PICTURE}{NAMED}]++(?=\d))|(?<=[\p{{Han}}：:（(]){PICTURE}++(?=\d)"
)
SIGNS = str.maketrans("", "", PICTURE + NAMED)
# The words that describe a picture, where these are a figure.
FIGURE = regex.compile(r"[\s.,，．%％]*\d[\s\d.,，．%％]*")


def sign_of_picture(words: str) -> str:
    """Return the sign for a picture by the words that describe it: a lost figure, what may be a digit, or nothing to read.

    >>> [sign_of_picture(words) for words in ("350", "logo", "")] == [LOST, NAMED, PICTURE]
    True
    """
    return LOST if FIGURE.fullmatch(words) else NAMED if words else PICTURE


def settle_pictures(text: str) -> str:
    """Drop the pictures of a line, but those that may be digits of a figure become lost characters.

    >>> settle_pictures("每年6\ufffc0元\ufffc。")
    '每年6\ufffd0元。'
    """
    return IN_FIGURE.sub(LOST, text).translate(SIGNS) if PICTURE in text or NAMED in text else text
