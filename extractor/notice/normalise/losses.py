"""Figures that are missing from a text: 不低于元 says that one stood there, and is damage that nothing repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.errors import CatalogError
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.resources import Resources

FILE = "losses.toml"
# Every row ends with one of these; most texts have none of them after a word, which is found faster than a row fails.
LIKELY = regex.compile(r"[\p{Han}_＿ ](?:元|[万亿]元|%|‰|个)")
# A unit named as such: 单位为元, 单位：每人每年元.
UNIT = regex.compile(r"单位\s{0,2}[：:为是]?\s{0,2}\Z")
BEFORE = 8


class LossRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Words around a gap."""

    id: str
    regex: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


def load_rows(resources: Resources) -> list[LossRow]:
    """Read the rows of `data/losses.toml`."""
    return read_rows(resources.root / FILE, "loss", LossRow)


def build_losses(resources: Resources) -> regex.Pattern[str]:
    """Join the rows to one pattern."""
    return compile_rows(load_rows(resources), resources)


def compile_rows(rows: Iterable[LossRow], resources: Resources) -> regex.Pattern[str]:
    """Join some rows to one pattern; a `CatalogError` names the row that is wrong."""
    rows = list(rows)
    for row in rows:
        try:
            regex.compile(row.regex)
        except regex.error as error:
            msg = f"{resources.root / FILE}: loss {row.id!r}: regex cannot be compiled: {error}. Correct the regex."
            raise CatalogError(msg) from error
    return regex.compile("|".join(f"(?:{row.regex})" for row in rows))


def count_missing(text: str, pattern: regex.Pattern[str]) -> int:
    """Count the places of a normalised text where a figure is missing.

    >>> from extractor.resources import load
    >>> pattern = load().built(build_losses)
    >>> count_missing("标准为每人每年元，个人缴费380元。", pattern), count_missing("金额单位为元", pattern)
    (1, 0)
    """
    if LIKELY.search(text) is None:
        return 0
    return sum(
        1 for match in pattern.finditer(text) if not UNIT.search(text[max(match.start() - BEFORE, 0) : match.start()])
    )
