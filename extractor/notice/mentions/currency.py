"""Whose 元 an amount is in: the currency said beside it, else that of the notice's issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Quantity
    from extractor.notice.mentions.units import UnitTable

# What 元 is where nothing says another.
_PLAIN = "CNY"
# What it is where the text is foreign and doesn't say whose: ISO 4217 has this for no currency.
UNTOLD = "XXX"
# It stands for the dollar, or the pataca, of the region that a text is of.
_SIGN = "$"
_REACH = 8


def notice_currency(text: str, region: str | None, units: UnitTable, *, foreign: bool = False) -> str | None:
    """Return the currency of a notice's bare 元; None where the text and its region know no other than the plain one.

    It is that of its region; of a text without one, the only currency with a region that it names, unless it names
    the plain one too. 香港居民 in a mainland notice changes nothing. A ``foreign`` text (traditional script, and nothing
    of the mainland in it) that names neither a region nor one currency has `UNTOLD`: it may be of any of those regions.
    """
    named = {units.by_prefix[match.group()].unit for match in units.named.finditer(text)}
    own = units.of_region.get(region or "", _PLAIN)
    if region is None and _PLAIN not in named:
        others = named & set(units.of_region.values())
        own = others.pop() if len(others) == 1 else UNTOLD if foreign else own
    return None if own == _PLAIN and named <= {_PLAIN} else own


def may_be(units: UnitTable) -> tuple[str, ...]:
    """List the currencies whose amounts are said in bare 元."""
    return tuple(sorted({_PLAIN, *units.of_region.values()}))


def in_currency(quantities: Sequence[Quantity], text: str, own: str | None, units: UnitTable) -> tuple[Quantity, ...]:
    """Give amounts in 元 their currency: 新台币三千元至五千元, and 元 in a notice of Hong Kong.

    A list and an old value share what is said once: 由新台币三千元提高到五千元.
    """
    if own is None:
        return tuple(quantities)
    made: list[Quantity] = []
    regional = units.of_region.values()
    for item in quantities:
        if item.kind == "money" and own in regional and text.startswith(_SIGN, item.span.start):
            made.append(structs.replace(item, unit=own))  # $4,060 in a notice of Hong Kong; not US$4,060
            continue
        if item.kind != "money" or item.unit != _PLAIN:
            made.append(item)
            continue
        said = _said(text, item, units)
        last = made[-1] if made else None
        if said is None and last and last.kind == "money" and _shares(text, last, item, units):
            said = last.unit
        unit = said or own
        made.append(item if unit == _PLAIN else structs.replace(item, unit=unit))
    return tuple(made)


def _said(text: str, item: Quantity, units: UnitTable) -> str | None:
    """Return the currency that stands within an amount's words or right before its number."""
    inside = units.named.search(text, item.span.start, item.span.end)
    if inside is None:
        lead = text[max(0, item.number.start - _REACH) : item.number.start].rstrip()
        inside = next((m for m in units.named.finditer(lead) if m.end() == len(lead)), None)
    return units.by_prefix[inside.group()].unit if inside else None


def _shares(text: str, last: Quantity, item: Quantity, units: UnitTable) -> bool:
    gap = text[last.span.end : item.span.start].strip()
    return last.role == "previous" or units.lists.currency_joints.meets(gap)
