"""The region that a notice is of, from its issuers, title, number and addressees; `data/regions.toml` has the names.

我省 alone tells nothing, and a county's name that several have tells nothing without its city.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.model import Region
from extractor.notice.structure.titles import is_org
from extractor.resources import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.notice.structure.rules import StructureRules
    from extractor.resources import Resources

FILE = "regions.toml"
NATION = "100000"
# Regions with laws, years and money of their own.
TAIWAN = "710000"
APART = frozenset({TAIWAN, "810000", "820000"})
_LONGEST = 20
# 义县
_SHORT_COUNTY = 2
_YEAR = regex.compile(r"^(?:19|20)\d\d年度?")
# 渝府令, 赣府规令; the names of organs in full are longer.
_LONGEST_SHORT_ORDER = 5


class RegionRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `regions.toml`."""

    code: str
    name: str
    short: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    parent: str | None = None
    iso: str | None = None


class Gazetteer(Struct, frozen=True):
    """Names of regions: full names and short ones to codes, and what document numbers begin with."""

    regions: dict[str, Region]
    parents: dict[str, str]
    full: dict[str, tuple[str, ...]]
    short: dict[str, str]
    prefixes: dict[str, str]
    leading: regex.Pattern[str]


def load_gazetteer(resources: Resources) -> Gazetteer:
    """Read `regions.toml`."""
    path = resources.root / FILE
    tables = read_tables(path, {"region": RegionRow, "counties": dict[str, str]})
    rows: list[RegionRow] = tables["region"]
    counties: dict[str, str] = dict(pair for table in tables["counties"] for pair in table.items())
    regions = {row.code: Region(row.code, row.iso, row.name) for row in rows}
    regions |= {code: Region(code, None, name) for code, name in counties.items()}
    parents = {row.code: row.parent for row in rows if row.parent}
    parents |= {code: code[:4] + "00" for code in counties}
    full: dict[str, list[str]] = {}
    for code, region in regions.items():
        full.setdefault(region.name, []).append(code)
    return Gazetteer(
        regions, parents, {name: tuple(codes) for name, codes in full.items()},
        {short: row.code for row in rows for short in row.short if row.code != NATION},
        {prefix: row.code for row in rows for prefix in row.prefix},
        regex.compile(r"^(?:中国共产党|中共|国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|国家移民管理局)"),
    )  # fmt: skip


def load_cities(resources: Resources) -> frozenset[str]:
    """Name the cities and prefectures as texts on their province do, without 市: 南宁, 中山; for `Resources.built`."""
    gazetteer = resources.built(load_gazetteer)
    cities = {
        code: one.name for code, one in gazetteer.regions.items() if code.endswith("00") and one.name.endswith("市")
    }
    prefectures = {name for name, code in gazetteer.short.items() if code in cities or not code.endswith("0000")}
    return frozenset({name for name in prefectures if len(name) > 1} | {name[:-1] for name in cities.values()})


def load_short_counties(resources: Resources) -> frozenset[str]:
    """Name the counties of two signs, which end like other words (义县, 郫县); for `Resources.built`."""
    regions = resources.built(load_gazetteer).regions
    return frozenset(one.name for one in regions.values() if len(one.name) == _SHORT_COUNTY and one.name.endswith("县"))


def load_provinces(resources: Resources) -> dict[str, str]:
    """Map the names of provinces, full and short, to their codes; for `Resources.built`."""
    gazetteer = resources.built(load_gazetteer)
    named = {**{one.name: code for code, one in gazetteer.regions.items()}, **gazetteer.short}
    return {name: code for name, code in named.items() if code.endswith("0000") and code != NATION}


class Clues(Struct):
    """What a notice says of its region.

    ``published_by`` are the organs that put it on a page, ``levels`` those that it calls its own (省 of 我省), ``heard_in``
    the place whose assembly heard a report.
    """

    issuers: tuple[str, ...]
    title: str | None
    number: str | None
    addressees: tuple[str, ...]
    cited_number: str | None = None
    heard_in: str | None = None
    announced_by: str | None = None
    origin: str | None = None
    opened_by: tuple[str, ...] = ()
    published_by: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()
    nationwide: bool = False
    republic: bool = False
    opens_republic: bool = False


def find_region(clues: Clues, gazetteer: Gazetteer, rules: StructureRules) -> Region | None:
    """Find the region: how the head counts its years, then issuers, title, number prefix, addressees."""
    code = (
        (TAIWAN if clues.republic else None)
        or _from_issuers(clues, gazetteer, rules)
        or _from_title(clues.title, gazetteer, rules)
        or (_at_start(clues.heard_in, gazetteer, None) if clues.heard_in else None)
        or _from_number(clues.number, gazetteer, rules)
        or _from_number(clues.cited_number, gazetteer, rules)
        or _from_addressees(clues.addressees, gazetteer)
        or _from_announcer(clues, gazetteer, rules)
        or _from_governments(clues.opened_by, gazetteer, rules)
        or (TAIWAN if clues.opens_republic else None)
        or (NATION if clues.nationwide else None)
        or _from_publishers(clues, gazetteer, rules)
    )
    return gazetteer.regions.get(code) if code else None


def _from_issuers(clues: Clues, gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Find the region of the first issuer that tells one; a county's parent may be told by the others."""
    around = _place_in(clues.title or "", gazetteer, None) or _from_number(clues.number, gazetteer, rules)
    known = [code for name in clues.issuers if (code := _from_organ(name, gazetteer, rules, None)) and code != NATION]
    for name in clues.issuers:
        hint = known[0] if known else around
        if code := _from_organ(name, gazetteer, rules, hint):
            return code
    return None


def _from_organ(name: str, gazetteer: Gazetteer, rules: StructureRules, hint: str | None) -> str | None:
    """Find the region of one organ: 国家税务总局江西省税务局 is Jiangxi's, 国家税务总局 the nation's."""
    local = gazetteer.leading.sub("", name)
    if code := _at_start(local, gazetteer, hint) or _apart(local, rules):
        return code
    if name in rules.words["national"] or rules.meets("national_form", name):
        return NATION
    return None


def _apart(name: str, rules: StructureRules) -> str | None:
    """Find the region whose department a text begins with, of those that no other has: 社会福利署, 劳工保险局."""
    return next((code for code, pattern in rules.rows["department"] if pattern.match(name)), None)


def _at_start(text: str, gazetteer: Gazetteer, hint: str | None, within: str | None = None) -> str | None:
    """Read the names of regions that a text begins with, from the outside in: 赣州市章贡区财政局 → 360702."""
    for length in range(min(len(text), _LONGEST), 1, -1):
        codes = gazetteer.full.get(text[:length])
        if codes is None and within is None and (short := gazetteer.short.get(text[:length])):
            codes = (short,)
        code = _choose(codes, gazetteer, within or hint) if codes else None
        if code is None or code == NATION:
            continue
        if within and not _lies_in(code, within, gazetteer):
            continue
        return _at_start(text[length:], gazetteer, None, code) or code
    return None


def _choose(codes: tuple[str, ...], gazetteer: Gazetteer, hint: str | None) -> str | None:
    """Choose among regions of one name: the one in the region known from elsewhere, or the only one."""
    if len(codes) == 1:
        return codes[0]
    inside = [code for code in codes if hint and (_lies_in(code, hint, gazetteer) or code == hint)]
    return inside[0] if len(inside) == 1 else None


def _lies_in(code: str, outer: str, gazetteer: Gazetteer) -> bool:
    """Say whether a region lies in another."""
    at: str | None = code
    while at:
        at = gazetteer.parents.get(at)
        if at == outer:
            return True
    return False


def _from_title(title: str | None, gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Find the first region that a title names."""
    if title is None:
        return None
    # 2026年|上饶|长护险待遇有新变化
    return _place_in(title, gazetteer, None) or _at_start(_YEAR.sub("", title), gazetteer, None) or _apart(title, rules)


def _place_in(text: str, gazetteer: Gazetteer, hint: str | None) -> str | None:
    """Find the first full name of a region inside a short text; short names count at its beginning only."""
    if code := _at_start(text, gazetteer, hint):
        return code
    for at in range(1, min(len(text), 200)):
        # 南昌市 inside 江西省南昌市 has been read with the name in front; a character earlier is the other name's end.
        if text[at].isspace() or not text[at].isalpha():
            continue
        for length in range(min(len(text) - at, _LONGEST), 2, -1):
            codes = gazetteer.full.get(text[at : at + length])
            code = _choose(codes, gazetteer, hint) if codes else None
            if code and code != NATION:
                return _at_start(text[at:], gazetteer, hint) or code
    return None


def _from_number(number: str | None, gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Find the region that a number's prefix names: 赣医保发 → 360000, 医保发 → the nation."""
    if not number:
        return None
    prefix = number.split("〔", 1)[0]
    national = rules.words["national_prefix"]
    if prefix in national or any(len(word) > 1 and prefix.startswith(word) for word in national):
        return NATION
    ordered = "令" in prefix or "公告" in prefix
    if ordered and (code := _at_start(prefix, gazetteer, None)):
        return code
    if (ordered and rules.meets("national_form", prefix.split("令")[0])) or prefix.startswith("国"):
        return NATION
    # 渝府令 is said like 渝府发; of 人力资源社会保障部令 the first signs are no short name.
    if ordered and len(prefix) > _LONGEST_SHORT_ORDER:
        return None
    for length in range(min(len(prefix), 4), 0, -1):
        if code := gazetteer.prefixes.get(prefix[:length]):
            return code
    return None


def _from_announcer(clues: Clues, gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Find the region of who announces; of 市医保局 it is the city's whose office the text comes from (来源：南昌市医疗保障局)."""
    if not clues.announced_by:
        return None
    if clues.origin and rules.meets("org_short", clues.announced_by):
        code = _from_organ(clues.origin, gazetteer, rules, None) if is_org(clues.origin, rules) else None
        return code if code and gazetteer.regions[code].name.endswith(clues.announced_by[0]) else None
    return _from_organ(clues.announced_by, gazetteer, rules, None)


def _from_governments(names: Iterable[str], gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Read 香港特别行政区政府宣布 at the opening of a text, or a line 社会福利署 above it: only those regions issue texts so."""
    codes = {_at_start(name, gazetteer, None) or _apart(name, rules) for name in names} & APART
    return codes.pop() if len(codes) == 1 else None


def _from_publishers(clues: Clues, gazetteer: Gazetteer, rules: StructureRules) -> str | None:
    """Read the region of who puts a text that names none on its page: 来源：徐州市住房公积金管理中心.

    A text that speaks of 我省 only, or is of 省医保局 or for 各设区市, is not of the city whose page it stands on.
    """
    names = [name for name in clues.published_by if is_org(name, rules)]
    code = next((code for name in names if (code := _from_organ(name, gazetteer, rules, None))), None)
    if code is None or code == NATION:
        return code
    named = gazetteer.regions[code].name
    return code if not clues.levels or any(named.endswith(level) for level in clues.levels) else None


def _from_addressees(addressees: Iterable[str], gazetteer: Gazetteer) -> str | None:
    """Read the region from addressees: 各省、自治区 is the nation; cities of one province name it."""
    names = list(addressees)
    if any(regex.match(r"各省、自治区|各省（自治区|各省、区、市", name) for name in names):
        return NATION
    outer = {gazetteer.parents.get(code) for name in names if (code := _at_start(name, gazetteer, None))}
    return next(iter(outer)) if len(outer) == 1 and None not in outer and outer != {NATION} else None
