"""Regions, indicators and years by the words that people use: 江西 for 360000, 个人缴费标准 for its id, 22 for 2022."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.query.areas import region_codes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from extractor.dataset.labels import Labels
    from extractor.resources import Resources

# Regions of one name that a message lists.
_MOST_NAMED = 4


def region_named(words: str, there: Collection[str | None], resources: Resources) -> str:
    """Return the code of a region: a code as it is, a name's; of several that bear a name, the one that is ``there``.

    Raises `DatasetError` that lists what a name may mean, or the regions there are.
    """
    if words in there or re.fullmatch(r"[0-9]{6}", words):
        return words
    known = resources.built(region_codes)
    found = known.get(words, [])
    met = [code for code in found if code in there] or found
    if not found:
        # 新疆维吾尔 begins one name; 江 begins two, and neither is taken because the dataset happens to have it.
        met = [
            code for name, codes in known.items() if name.startswith(words) for code in codes if code.endswith("0000")
        ]
    met = sorted(set(met))
    if len(met) == 1:
        return met[0]
    listed = tuple(sorted(code for code in there if code)) or Message("none")
    said = Message("may be {met}", met=tuple(met[:_MOST_NAMED])) if met else Message("no region has this code or name")
    msg = Message("region {words!r}: {said}. Regions in the dataset: {listed}.", words=words, said=said, listed=listed)
    raise DatasetError(msg)


def year_named(words: str) -> int | None:
    """Read a year, of four digits or of two: 22 is 2022; None for what is none.

    >>> year_named("2022"), year_named("22"), year_named("22.json")
    (2022, 2022, None)
    """
    if not re.fullmatch(r"(?:[0-9]{2}){1,2}年?", words):
        return None
    digits = words.removesuffix("年")
    return int(digits) if len(digits) > len("22") else 2000 + int(digits)


def indicators_named(words: str, labels: Labels) -> list[str]:
    """List the ids that a name stands for in a language of the catalog; words that name none are taken as an id."""
    found = [one for one in labels.indicators() if labels.indicator(one) == words]
    return found or [words]


def near_words(words: str, known: Iterable[str], *, most: int = 3) -> str:
    """Suggest what may be meant, as the end of a message; nothing where nothing is near."""
    near = get_close_matches(words, list(known), most)
    return Message(" Did you mean {near:or}?", near=tuple(near)) if near else ""
