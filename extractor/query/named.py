"""Regions, indicators and years by the words that people use: 江西 for 360000, 个人缴费标准 for its id, 22 for 2022."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from extractor.errors import DatasetError, ReadingError
from extractor.messages import Message
from extractor.query.areas import region_codes
from extractor.resources import indicator_rows

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


def ids_named(words: object, resources: Resources) -> list[str]:
    """List the ids of the indicators that have a name, in either language."""
    rows = resources.built(indicator_rows)
    return [row["id"] for row in rows if words in {row.get("name"), row.get("name_en")}]


def indicators_named(words: str, labels: Labels) -> list[str]:
    """List the ids that a name stands for in a language of the catalog; words that name none are taken as an id."""
    found = [one for one in labels.indicators() if labels.indicator(one) == words]
    return found or [words]


def indicator_named(words: str, labels: Labels, there: Collection[str], resources: Resources) -> str:
    """Return the one id that a name in either language, or an id, stands for; ``there`` are the ids that there are figures of.

    Raises `ReadingError` that lists the ids of a name that several have, or the names that may be meant.
    """
    found = ids_named(words, resources) or indicators_named(words, labels)
    if len(found) > 1:
        msg = Message("indicator {name!r}: may be {ids:or}. Give an id.", name=words, ids=tuple(found))
        raise ReadingError("ambiguous", msg)
    if found[0] != words or words in there or words.isascii():
        return found[0]
    names = {labels.indicator(one) or one: one for one in (*labels.indicators(), *sorted(there))}
    # Those that there are figures of first; 失业保险费率 is the middle of no name, and near to 失业保险单位费率.
    near = [name for name in names if words in name] or get_close_matches(words, names, _MOST_NAMED)
    # 低保标准 is what texts call it, and no name of the catalog's.
    called = {row["id"] for row in resources.built(indicator_rows) if words in row.get("aliases", ())}
    near = [*near, *(name for name, one in names.items() if one in called and name not in near)]
    near = sorted(near, key=lambda name: (names[name] not in called, names[name] not in there))[:_MOST_NAMED]
    hint = Message(" Did you mean {near:or}?", near=tuple(f"{name}（{names[name]}）" for name in near)) if near else ""
    msg = Message("indicator {words!r}: neither in the catalog nor in the dataset.{hint}", words=words, hint=hint)
    raise ReadingError("unknown", msg)


def near_words(words: str, known: Iterable[str], *, most: int = 3) -> str:
    """Suggest what may be meant, as the end of a message; nothing where nothing is near."""
    near = get_close_matches(words, list(known), most)
    return Message(" Did you mean {near:or}?", near=tuple(near)) if near else ""
