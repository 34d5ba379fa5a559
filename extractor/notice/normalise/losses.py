"""Figures that are missing from a text: 不低于元 says that one stood there, and is damage that nothing repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.notice.numerals import DIGIT_CHARS, MAGNITUDE_CHARS
from extractor.resources import compile_regex, read_rows

if TYPE_CHECKING:
    from extractor.resources import Resources

FILE = "losses.toml"
# Without 〇 and ○, which stand for a figure to fill in, too.
_NUMERALS = f"{DIGIT_CHARS}{MAGNITUDE_CHARS}".replace("〇", "").replace("○", "")
# Every row ends with one of these, not behind a numeral; most texts have none, which is found faster than a row fails.
LIKELY = regex.compile(rf"(?<![\d{_NUMERALS}])(?:[万亿]?元|%|‰|个(?:百分点|月|工作日|自然日))")


class LossRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Words around a gap."""

    id: str
    regex: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


def load_rows(resources: Resources) -> list[tuple[LossRow, regex.Pattern[str]]]:
    """Read the rows of `data/losses.toml`, each with its regex compiled."""
    path = resources.root / FILE
    return [(row, compile_regex(path, row.id, row.regex)) for row in read_rows(path, "loss", LossRow)]


def build_losses(resources: Resources) -> regex.Pattern[str]:
    """Join the rows to one pattern; a `CatalogError` names the row that is wrong."""
    return regex.compile("|".join(f"(?:{row.regex})" for row, _ in load_rows(resources)) or r"(?!)")


def count_missing(text: str, pattern: regex.Pattern[str]) -> int:
    """Count the places of a normalised text where a figure is missing.

    >>> from extractor.resources import load
    >>> pattern = load().built(build_losses)
    >>> count_missing("标准为每人每年元，个人缴费380元。", pattern), count_missing("金额单位为元", pattern)
    (1, 0)
    """
    if LIKELY.search(text) is None:
        return 0
    return sum(1 for _ in pattern.finditer(text))
