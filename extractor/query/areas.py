"""Regions as a calculator asks for them: the regions above one, and the area that a programme counts it to.

Codes of GB/T 2260 tell what lies in what: 360102 in 360100 in 360000. `data/regions.toml` and `data/areas.toml` are read
only for names and areas, so that a dataset is opened without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from extractor.errors import CatalogError, ReadingError
from extractor.messages import Message
from extractor.resources import indicator_rows, programme_rows, read_rows, read_tables, read_toml

if TYPE_CHECKING:
    from extractor.resources import Resources

REGIONS = "regions.toml"
TIERS = "areas.toml"
NATION = "100000"
# Taiwan, Hong Kong and Macao, where the notices of the mainland's authorities don't hold.
_OF_THEIR_OWN = frozenset({"71", "81", "82"})
# Names of counties that more places than this bear are no help.
_MOST = 4


def chain(region: str) -> tuple[str, ...]:
    """List a region and those above it whose notices hold in it too, the nearest first.

    >>> chain("360102"), chain("360000"), chain("100000"), chain("810000")
    (('360102', '360100', '360000', '100000'), ('360000', '100000'), ('100000',), ('810000',))
    """
    above = (region, f"{region[:4]}00", f"{region[:2]}0000") if region != NATION else (NATION,)
    return tuple(dict.fromkeys(above if region[:2] in _OF_THEIR_OWN else (*above, NATION)))


def area_of(region: str, indicator: str, resources: Resources) -> str | None:
    """Say to which area a region's province is counted for the figures of an indicator; None where none is settled.

    >>> from extractor.resources import load
    >>> area_of("360000", "medical.funding.central_share", load()), area_of("100000", "medical.funding.central_share", load())
    ('central', None)
    """
    return resources.built(area_tiers).get(indicator, {}).get(f"{region[:2]}0000")


class TierRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `areas.toml`."""

    id: str
    area: Literal["west", "central", "east"]
    programme: str
    provinces: tuple[str, ...]
    reference: str


def area_tiers(resources: Resources) -> dict[str, dict[str, str]]:
    """Map indicators to the areas of their provinces, by `areas.toml`; a `CatalogError` names what can't be."""
    path = resources.root / TIERS
    listed = resources.built(provinces)
    programmes = {row["id"] for row in resources.built(programme_rows)}
    areas: dict[str, dict[str, str]] = {}
    for row in read_rows(path, "tier", TierRow):
        if row.programme not in programmes:
            msg = Message(
                "{path}: tier {id!r} has programme {programme!r}, which programmes.toml does not list. Add it there.",
                path=path,
                id=row.id,
                programme=row.programme,
            )
            raise CatalogError(msg)
        own = areas.setdefault(row.programme, {})
        for code in row.provinces:
            if code not in listed or code in own:
                wrong = Message("is none of {file}", file=REGIONS)
                if code in own:
                    wrong = Message("stands in {area!r} of its programme, too", area=own[code])
                msg = Message(
                    "{path}: tier {id!r}: {code} {wrong}, expected each province's code once. Correct the entry.",
                    path=path,
                    id=row.id,
                    code=code,
                    wrong=wrong,
                )
                raise CatalogError(msg)
        own |= dict.fromkeys(row.provinces, row.area)
    return {
        item["id"]: {code: area for name in item.get("programmes", ()) for code, area in areas.get(name, {}).items()}
        for item in resources.built(indicator_rows)
    }


def require_region(region: str, resources: Resources, own: frozenset[str] = frozenset()) -> str:
    """Return a region's code; a `ReadingError` says what is wrong with it, and which code a name has.

    ``own`` are codes that are taken as well.
    """
    if region in own:
        return region
    if re.fullmatch(r"[0-9]{6}", region):
        if region in resources.built(known_regions):
            return region
        above = f"{region[:2]}0000" in resources.built(provinces)
        said = (
            Message("no region has this code")
            if above
            else Message("no province's code begins with {digits}", digits=region[:2])
        )
        msg = Message(
            "region {region!r}: {said}. Ask with a code of GB/T 2260, like {like}.",
            region=region,
            said=said,
            like=f"{region[:2] if above else '36'}0000",
        )
        raise ReadingError("unknown", msg)
    found = resources.built(region_codes).get(region, [])
    known = Message("{region} is {codes:or}. ", region=region, codes=tuple(found[:_MOST])) if found else ""
    msg = Message(
        "region {region!r}: no six-digit code. {known}Ask with a code of GB/T 2260, like {like}.",
        region=region,
        known=known,
        like="360000",
    )
    raise ReadingError("unknown", msg)


def region_codes(resources: Resources) -> dict[str, list[str]]:
    """List the codes of each name and short name, of counties too."""
    tables = read_toml(resources.root / REGIONS)
    found: dict[str, list[str]] = {}
    for row in tables.get("region", []):
        for name in dict.fromkeys((row["name"], *row.get("short", ()))):
            found.setdefault(name, []).append(row["code"])
    for code, name in tables.get("counties", {}).items():
        found.setdefault(name, []).append(code)
    return found


def region_names(resources: Resources) -> dict[str, str]:
    """Map codes to official names, of counties too; for `Resources.built`."""
    tables = read_toml(resources.root / REGIONS)
    return {**{row["code"]: row["name"] for row in tables.get("region", [])}, **tables.get("counties", {})}


def known_regions(resources: Resources) -> frozenset[str]:
    """Read the codes of all regions, counties too."""
    return frozenset(code for codes in resources.built(region_codes).values() for code in codes)


def provinces(resources: Resources) -> frozenset[str]:
    """Read the codes of the nation and the provinces."""
    rows = read_toml(resources.root / REGIONS).get("region", [])
    return frozenset(row["code"] for row in rows if row["code"].endswith("0000"))


# ── Whether two scopes, as their words name them, may be of the same people, institutions or cases; see `overlaps.toml`
# Nobody needs a general figure that is silently not theirs, so that in doubt scopes overlap.

OVERLAPS = "overlaps.toml"
# As many characters as a word has at least.
_SHORTEST = 2


class OverlapRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `overlaps.toml`."""

    id: str
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[tuple[str, str], ...]


class OverlapRows(Struct, frozen=True):
    """All rows, and the generic words as a pattern that parts a text at them."""

    generic: tuple[OverlapRow, ...]
    related: tuple[OverlapRow, ...]
    parting: re.Pattern[str]


def overlap_rows(resources: Resources) -> OverlapRows:
    """Read `overlaps.toml`."""
    path = resources.root / OVERLAPS
    tables: dict[str, list[OverlapRow]] = read_tables(path, {"generic": OverlapRow, "related": OverlapRow})
    generic, related = tuple(tables["generic"]), tuple(tables["related"])
    words = sorted({word for row in generic for word in row.words}, key=lambda word: (-len(word), word))
    return OverlapRows(generic, related, re.compile("|".join(map(re.escape, words)) or r"(?!)"))


def overlap(one: str, other: str, resources: Resources) -> bool:
    """Say whether two scopes may overlap.

    >>> from extractor.resources import load
    >>> overlap("学生", "学生儿童", load()), overlap("特困人员", "全额资助参保对象", load())
    (True, True)
    >>> overlap("普通居民", "职工", load())
    False
    """
    rows = resources.built(overlap_rows)
    if one in other or other in one or _pieces(one, rows.parting) & _pieces(other, rows.parting):
        return True
    return any(
        any(word in one for word in row.words) and any(word in other for word in row.words) for row in rows.related
    )


def _pieces(text: str, parting: re.Pattern[str]) -> set[str]:
    """List the pairs of neighbouring characters that stand in no generic word."""
    return {part[at : at + _SHORTEST] for part in parting.split(text) for at in range(len(part) - _SHORTEST + 1)}
