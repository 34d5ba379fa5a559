"""How the groups of a quantity pattern become values; one small function a kind of pattern (`reading` of its row)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.model import Kind, Operator, Span
from extractor.notice.numerals import MAGNITUDE_CHARS, MYRIAD_CHARS, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Callable

    import regex

    from extractor.notice.mentions.units import UnitTable

PREFIX = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}

_MYRIADS = re.compile(f"[{MYRIAD_CHARS}]+$")

# No notice sets a span so long: 2022年 is a year, also where nothing could be made of the date.
_FIRST_YEAR = 1000


class ValueReading(Struct, frozen=True, gc=False, kw_only=True):
    """One value with its unit; a ratio gives several. ``number`` is the span of its numeral(s)."""

    number: Span
    kind: Kind
    unit: str | None
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None
    per: tuple[str, ...] = ()
    operator: Operator | None = None


def per_names(bare: str, units: UnitTable) -> tuple[str, ...]:
    """Read the per-words behind a slash: 人·年 is person and year."""
    names: list[str] = []
    while bare:
        form = next((form for form in sorted(units.per_after_of, key=len, reverse=True) if bare.startswith(form)), None)
        names += [units.per_after_of[form]] if form else []
        bare = bare[len(form) if form else 1 :]
    return tuple(names)


def _per(match: regex.Match[str], units: UnitTable) -> tuple[str, ...]:
    """Read the per-words behind a unit: 元/人·年, 元每人每月."""
    groups = match.groupdict()
    names: list[str] = []
    if bare := groups.get("p"):
        names += per_names(bare.lstrip("/／"), units)
    if words := groups.get("p2"):
        names += [name for name, _ in units.per_found(words, 0, len(words))]
    return tuple(names)


def read_simple(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """610元, 2万5千元, 50余家, 600余万人."""
    unit = units.by_form[match.group("u")]
    value = parse_numeral(match.group("n")) * parse_numeral("1" + (match.group("scale") or "")) * unit.factor
    if unit.unit == "a" and value >= _FIRST_YEAR:
        return ()
    vague: Operator | None = "approx" if match.group("vague") else None
    number = Span(match.start("n"), match.end("scale") if match.group("scale") else match.end("n"))
    return (
        ValueReading(
            number=number, kind=unit.kind, unit=unit.unit, value=value, per=_per(match, units), operator=vague
        ),
    )


def read_range(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """70%-80%, 10-15万元 (both 万), 1万元以上5万元以下, 超过1万元不足3万元, 百分之五至百分之八; 980元至780元|不等."""
    groups = match.groupdict()
    lower, upper = parse_numeral(groups["n"]), parse_numeral(groups["n2"])
    if groups.get("pre"):
        kind: Kind = "rate"
        code, factors = "%", (PREFIX[groups["pre"]],) * 2
    else:
        last = units.by_form[groups["u2"]]
        first = units.by_form[groups["u"]] if groups.get("u") else last
        if (first.kind, first.unit) != (last.kind, last.unit):
            return ()
        kind, code, factors = last.kind, last.unit, (first.factor, last.factor)
        if not groups.get("u"):
            lower *= _shared_magnitude(groups["n"], groups["n2"])
    said = {parse_numeral(groups["n"]), lower}, {upper}
    lower, upper = lower * factors[0], upper * factors[1]
    if groups.get("spread"):
        lower, upper = sorted((lower, upper))
    if lower >= upper:
        return ()
    low, high = groups.get("low") or "", groups.get("high") or ""
    lower_in, upper_in = _included(low, units), _included(high, units, said[1])
    if lower_in is None:
        lower_in = _included(high, units, said[0], bare=False)
    return (
        ValueReading(
            number=Span(match.start("n"), match.end("n2")), kind=kind, unit=code, lower=lower, upper=upper,
            lower_inclusive=_word_includes(groups.get("lowword"), units) if lower_in is None else lower_in,
            upper_inclusive=_word_includes(groups.get("word"), units) if upper_in is None else upper_in, per=_per(match, units),
        ),
    )  # fmt: skip


def _shared_magnitude(first: str, last: str) -> Decimal:
    """In 10-15万元 and 七千到九千万元 the 万 belongs to both numbers; in 5000-1万元 it does not."""
    tail = last[len(last.rstrip(MAGNITUDE_CHARS)) :]
    if first[-1] in MAGNITUDE_CHARS:
        myriads = _MYRIADS.search(last)
        tail = "" if myriads is None or _MYRIADS.search(first) else myriads.group()
    if not tail or tail == last:
        return Decimal(1)
    factor = parse_numeral("1" + tail)
    return factor if parse_numeral(first) < parse_numeral(last) / factor else Decimal(1)


def _word_includes(word: str | None, units: UnitTable) -> bool:
    """Return True unless the word before an end of a range excludes the number (Civil Code, article 1259)."""
    return not word or units.lists.end_included.meets(word)


def _included(mark: str, units: UnitTable, ends: set[Decimal] | None = None, *, bare: bool = True) -> bool | None:
    """Return what a bracket says of an end of a range, None where nothing: （含2万元，不含5万元）.

    ``ends``: the numbers that mean the end; ``bare``: a bracket without a number means it, too.
    """
    for match in units.lists.inclusion.pattern.finditer(mark):
        number = match.group("n")
        if bare if number is None else ends is None or parse_numeral(number) in ends:
            return match.group("not") is None
    return None


def read_prefix(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """百分之七十, 千分之五 (0.5 %), 百分之百."""
    words = match.group("n")
    value = Decimal(100) if words == "百" else parse_numeral(words)
    return (ValueReading(number=Span(*match.span()), kind="rate", unit="%", value=value * PREFIX[match.group("pre")]),)


def read_nought(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """劣Ⅴ类断面比例为0: a share of nothing needs no sign."""
    return (ValueReading(number=Span(*match.span("n")), kind="rate", unit="%", value=Decimal(0)),)


def read_fraction(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """三分之二: value 2, unit 1/3, so that nothing is rounded."""
    part, whole = parse_numeral(match.group("n")), parse_numeral(match.group("den"))
    if part > whole or whole < 2:  # noqa: PLR2004 - there are no firsts
        return ()
    return (ValueReading(number=Span(*match.span()), kind="rate", unit=f"1/{whole}", value=part),)


def read_tenths(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """三成五: 35 %."""
    value = parse_numeral(match.group("n")) * 10 + parse_numeral(match.group("n2"))
    return (ValueReading(number=Span(*match.span()), kind="rate", unit="%", value=value),)


def read_ratio(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """7:3 is 70 % and 30 %, 1:1 half each; parts that don't add up to a round whole are not shares."""
    names = [name for name in "abce" if match.group(name)]
    parts = [Decimal(match.group(name)) for name in names]
    total = sum(parts, Decimal(0))
    if total not in (10, 100, 1000) and parts != [1, 1]:
        return ()
    return tuple(
        ValueReading(number=Span(*match.span(name)), kind="rate", unit="%", value=part * 100 / total)
        for name, part in zip(names, parts, strict=True)
    )


def read_ratio_han(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """五比五: 50 % and 50 %."""
    parts = {name: parse_numeral(match.group(name)) for name in "ab"}
    if sum(parts.values()) != 10:  # noqa: PLR2004 - tenths
        return ()
    return tuple(
        ValueReading(number=Span(*match.span(name)), kind="rate", unit="%", value=part * 10)
        for name, part in parts.items()
    )


def read_shared(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """Read the 350 of 350、380元; counts share a unit only where they are dealt out, since 1、30个 may number an item."""
    if match.group().endswith("个") and not match.group("u").startswith("个"):
        return ()  # 分别达到4.7个、27.3张: it has its own; 5个、3个百分点 has not
    unit = units.by_form[match.group("u")]
    if unit.kind not in ("money", "rate", "duration") and (unit.kind != "count" or "dealt" not in match.groupdict()):
        return ()
    value = parse_numeral(match.group("n")) * _shared_magnitude(match.group("n"), match.group("n2")) * unit.factor
    return (ValueReading(number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, value=value),)


def read_labelled(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """The 90 of 污水处理率（%）：≥90: its unit stands in the label before it."""
    unit = units.by_form[match.group("u")]
    value = parse_numeral(match.group("n")) * parse_numeral("1" + match.group("scale")) * unit.factor
    return (
        ValueReading(
            number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, value=value, per=_per(match, units)
        ),
    )


def read_compound(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """六十八元五角: 68.5 CNY; 五角五分: 0.55 CNY."""
    whole, tenths, cents = (
        parse_numeral(found) if (found := match.group(name)) else Decimal(0) for name in ("n", "j", "f")
    )
    value = whole + tenths / 10 + cents / 100
    return (ValueReading(number=Span(*match.span()), kind="money", unit="CNY", value=value),)


def read_prefixed(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """港币500元: the currency is said before the number."""
    unit = units.by_prefix[match.group("cur")]
    number = Span(*match.span("n"))
    return (
        ValueReading(
            number=number, kind=unit.kind, unit=unit.unit, value=parse_numeral(match.group("n")) * unit.factor
        ),
    )


def read_half(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """两年半 (2.5 a), 一个半月 (1.5 mo), 半年内 (6 mo)."""
    number = Span(*match.span())
    if not match.group("n"):
        unit, value = ("mo", Decimal(6)) if match.group("u") == "年" else ("mo", Decimal("0.5"))
        return (ValueReading(number=number, kind="duration", unit=unit, value=value),)
    year = match.group("u") == "年" and not match.group("u2")
    if not year and not (match.group("u") == "个" and match.group("u2")):
        return ()
    return (
        ValueReading(
            number=number,
            kind="duration",
            unit="a" if year else "mo",
            value=parse_numeral(match.group("n")) + Decimal("0.5"),
        ),
    )


def read_magnitude(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """超万亿元, 上百家, 千余人: one of the magnitude, with what makes it about or more than so much."""
    unit = units.by_form[match.group("u")]
    operator: Operator | None = None
    if match.group("about") or match.group("vague"):
        operator = "approx"
    elif match.group("over"):
        operator = "gt"
    return (
        ValueReading(
            number=Span(*match.span("n")), kind=unit.kind, unit=unit.unit, operator=operator,
            value=parse_numeral("1" + match.group("n")) * unit.factor,
        ),
    )  # fmt: skip


def read_bare(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """五百以上: a bound on a number without a unit."""
    return (
        ValueReading(number=Span(*match.span("n")), kind="count", unit=None, value=parse_numeral(match.group("n"))),
    )


def read_band(match: regex.Match[str], units: UnitTable) -> tuple[ValueReading, ...]:
    """1-3万|报销60%, 10万以上|报销80%: costs of which a share is paid, without their 元."""
    yuan, last = units.by_form["元"], parse_numeral(match.group("n2"))
    if not match.group("n"):
        return (ValueReading(number=Span(*match.span("n2")), kind=yuan.kind, unit=yuan.unit, value=last),)
    first = parse_numeral(match.group("n")) * _shared_magnitude(match.group("n"), match.group("n2"))
    if first >= last:
        return ()
    number = Span(match.start("n"), match.end("n2"))
    return (ValueReading(number=number, kind=yuan.kind, unit=yuan.unit, lower=first, upper=last),)


def read_people(match: regex.Match[str], _units: UnitTable) -> tuple[ValueReading, ...]:
    """156万城乡老年居民, 3.2万农户: persons or households that no classifier counts."""
    vague: Operator | None = "approx" if match.group("vague") else None
    said = {name for name, words in match.groupdict().items() if words} - {"n", "vague", "scale", "u"}
    value = parse_numeral(match.group("n") + match.group("scale"))
    number = Span(match.start("n"), match.end("scale"))
    return (ValueReading(number=number, kind="count", unit=f"{{{said.pop()}}}", value=value, operator=vague),)


READERS: dict[str, Callable[[regex.Match[str], UnitTable], tuple[ValueReading, ...]]] = {
    "simple": read_simple,
    "range": read_range,
    "prefix": read_prefix,
    "fraction": read_fraction,
    "nought": read_nought,
    "tenths": read_tenths,
    "ratio": read_ratio,
    "ratio_han": read_ratio_han,
    "labelled": read_labelled,
    "shared": read_shared,
    "compound": read_compound,
    "prefixed": read_prefixed,
    "half": read_half,
    "magnitude": read_magnitude,
    "bare": read_bare,
    "people": read_people,
    "band": read_band,
}
