"""Text that is raised over the line or lowered under it, as signs that no figure is made of.

A note's mark (640 with a small 1 above) becomes ¹, which reading drops; a power or a unit becomes 10⁴ and m². So the
source text shows what a person sees, and a figure never takes in a digit beside it.
"""

from __future__ import annotations

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


# ── Pictures within a line

# Where a picture stands until the line is whole, one without a name and one that is said to show something else than a
# figure; and what stands for a figure that is a picture, which nobody can quote.
PICTURE, NAMED, LOST = "\ufffc", "\ufffb", "\ufffd"
# Beside a digit it may be one: 6▯0元, 不低于▯40元. At a line's start it is a bullet.
IN_FIGURE = regex.compile(
    rf"(?<=\d)(?:{PICTURE}++(?=[\d.%％\p{{Han}}])|[{PICTURE}{NAMED}]++(?=\d))|(?<=[\p{{Han}}：:（(]){PICTURE}++(?=\d)"
)
SIGNS = str.maketrans("", "", PICTURE + NAMED)


def settle_pictures(text: str) -> str:
    """Drop the pictures of a line, but those that may be digits of a figure become lost characters.

    >>> settle_pictures("每年6\ufffc0元\ufffc。")
    '每年6\ufffd0元。'
    """
    return IN_FIGURE.sub(LOST, text).translate(SIGNS) if PICTURE in text or NAMED in text else text
