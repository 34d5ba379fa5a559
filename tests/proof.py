"""Takes words out of a notice, or puts others into it, and tells which facts don't follow.

Deletion: a field that rests on words must be another, or none, where these words are gone. Mutation: a figure, a year or
a name that is changed changes the facts that rest on it, and no other.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex
from msgspec.structs import asdict, replace

from extractor import dates, ingest, numerals, quantities
from extractor.model import Region
from extractor.notice.facts.linking_resources import linking_resources
from extractor.pipeline import process
from extractor.resources import load

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Evidence, Fact, NoticeResult, SourceText
    from extractor.notice.facts.explain import Explanation

# Which fields rest on the support of a kind.
FIELDS = {
    "subject": ("subject",),
    "indicator": ("indicator",),
    "role": ("role",),
    "operator": ("operator",),
    "unit": ("unit",),
    "due": ("due",),
    "scope": ("population", "payer", "provider", "places", "area", "condition"),
    "base": ("base",),
    "per": ("per",),
    "applies_to": ("applies_to",),
    "compared_to": ("compared_to",),
    "valid": ("valid_from", "valid_to"),
    "anchor": ("anchor",),
}
# What a figure is where no words say otherwise.
USUAL = {"role": "level", "operator": "eq"}
# The same word may stand in many places that each say it: a heading, the sentence before, the clause itself.
ROUNDS = 60
# Not compared where words elsewhere change: ids are digests, and quotations hold the words around.
APART = {"fact_id", "evidence", "support", "condition_facts", "notice_id", "policy_year"}
YEAR = regex.compile(r"(?<!\d)20\d\d(?=\s?年)")
# The day of issue under a text: years that are counted from it (上年, 9月底前) move with it.
SIGNED = regex.compile(r"^[\s　]*(20\d\d)\s*年[\s\d]{1,6}月[\s\d]{1,6}日[\s　]*$", regex.MULTILINE)
ANOTHER = {"population": "优抚对象", "provider": "社区医院", "payer": "省级财政"}
# Bounds behind a number.
BOUNDS = ("及以上", "以上", "及以下", "以下", "以内")
NUMBER = regex.compile(r"\d[\d.,]*+")
DIGIT = regex.compile(r"\d")
DIGITS = str.maketrans("12345678", "23456789")


class Stayed(NamedTuple):
    """A field that stayed though the words that it rests on are gone."""

    exact: str
    field: str
    value: object
    gone: tuple[str, ...]


class Moved(NamedTuple):
    """A fact that changed with words that aren't its own, or didn't change with those that are."""

    changed: str
    exact: str
    before: object
    after: object


def source_of(path: Path) -> SourceText:
    """Read a file as `extractor parse` does."""
    return ingest.read(path.read_bytes(), origin=path.name, resources=load())


def facts_of(source: SourceText, explanations: dict[str, Explanation] | None = None) -> tuple[Fact, ...]:
    """Read the facts of a source text; of those that many proofs begin with, or end up at, once."""
    return read(source).facts if explanations is None else process(source, load(), explanations=explanations).facts


@lru_cache(maxsize=1 << 10)
def read(source: SourceText, region: Region | None = None) -> NoticeResult:
    """Read a source text, one without a head as of ``region``; the same again once."""
    return process(source, load(), region=region)


MAINLAND = Region(code="100000", iso="CN", name="中华人民共和国")


def with_text(source: SourceText, text: str, places: list[int] | None = None) -> SourceText:
    """Give a source another text, in which offset N of the old one is ``places[N]``; N where they aren't given."""
    blocks = source.blocks
    if places is not None:
        blocks = tuple(replace(one, start=places[one.start], end=places[one.end]) for one in blocks)
    return replace(source, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), blocks=blocks)


# ── Deletion


def without(source: SourceText, spans: list[tuple[int, int]]) -> tuple[SourceText, list[int]]:
    """Take stretches out of a source text; also give the new offset of each old one."""
    gone = bytearray(len(source.text))
    for start, end in spans:
        gone[start:end] = b"\1" * (end - start)
    places, kept = [], []
    for sign, is_gone in zip(source.text, gone, strict=True):
        places.append(len(kept))
        if not is_gone:
            kept.append(sign)
    places.append(len(kept))
    return with_text(source, "".join(kept), places), places


def value_of(fact: Fact, field: str) -> object:
    """Give a field of a fact or of its scope; None where it says nothing."""
    value = getattr(fact.scope if field in FIELDS["scope"] else fact, field)
    return None if value == USUAL.get(field) else value or None


def deletions(source: SourceText) -> tuple[int, list[Stayed]]:
    """Take the words away that each field of each fact rests on; count the fields, and list those that stayed."""
    tried, left = 0, []
    for fact in facts_of(source):
        for kind, fields in FIELDS.items():
            said = {field: value for field in fields if (value := value_of(fact, field)) is not None}
            tried += len(said)
            left += stayed(source, fact, kind, said) if said else []
    return tried, left


def stayed(source: SourceText, fact: Fact, kind: str, said: dict[str, object]) -> list[Stayed]:
    """Take the words of one kind out, again and again while others say the same, until the fields say something else."""
    now, gone = fact, []
    for _ in range(ROUNDS):
        own = (now.evidence.start, now.evidence.end)
        spans = [(one.start, one.end) for one in now.support if one.for_ == kind]
        if kind == "scope":
            spans += [(one.start, one.end) for one in conditions(source, now)]
        spans = [(start, end) for start, end in spans if end <= own[0] or start >= own[1]]
        if not spans:
            said = {field: value for field, value in said.items() if not is_own(source, now, field, value)}
            break
        gone += [source.text[start:end] for start, end in spans]
        source, places = without(source, spans)
        start, end = places[own[0]], places[own[1]]
        same = [
            one
            for one in facts_of(source)
            if one.evidence.start < end and start < one.evidence.end and values(one) == values(fact)
        ]
        said = {field: value for field, value in said.items() if same and value_of(same[0], field) == value}
        if not said:
            break
        now = same[0]
    return [Stayed(fact.evidence.exact, field, value, tuple(gone)) for field, value in said.items()]


def values(fact: Fact) -> tuple[object, ...]:
    """Give what a fact says is the figure."""
    return fact.kind, fact.value, fact.lower, fact.upper


def conditions(source: SourceText, fact: Fact) -> list[Evidence]:
    """List the quotations of the facts that are a fact's conditions."""
    named = set(fact.scope.condition_facts)
    return [one.evidence for one in facts_of(source) if one.fact_id in named] if named else []


def is_own(source: SourceText, fact: Fact, field: str, value: object) -> bool:
    """Return True if a fact's own words say what a field holds: 350元/人, 不缴费, 7:3, 报50%."""
    exact = "".join(fact.evidence.exact.split())
    if fact.kind == "milestone" and field == "due":
        return True
    if field in ("indicator", "unit", "subject", "per") and fact.rule.startswith(("words.", "ratio")):
        return True
    if field == "unit" and str(value).strip("{}") in exact:
        return True
    if field == "indicator":
        why: dict[str, Explanation] = {}
        facts_of(source, why)
        return any(word in exact for word in why[fact.fact_id].said)
    if field == "operator" and fact.kind == "date" and any(one.operator == value for one in dates(exact)):
        return True
    # The words before its number say it, where it is another without them: 低于上年度平均工资60%.
    start, end = fact.evidence.start, fact.evidence.end
    bare = DIGIT.search(source.text, start, end)
    cuts = [(start, bare.start())] if bare and bare.start() > start else []
    if field == "operator":
        cuts += [(end - len(word), end) for word in BOUNDS if source.text.endswith(word, start, end)]
    for low, high in cuts:
        cut, places = without(source, [(low, high)])
        same = [one for one in facts_of(cut) if one.evidence.start < places[end] and places[start] < one.evidence.end]
        # Without 自 a year alone is no date, without 及以上 a child is no number: 自|2024年春季学期起, 三孩|及以上.
        gone = not same and (fact.kind == "date" or high == end)
        if gone or (same and value_of(same[0], field) != value):
            return True
    # 5⏎— 2 —⏎0%: a page ends within it.
    own = [exact, exact[-2:]] if field == "unit" else [exact]
    if field == "operator" and fact.rule == "table.cell":
        own.append(NUMBER.sub(r"\g<0>元", exact, count=1))  # 3000及以上 below 缴费档次（元）
    # In the notice's own place, since 35萬元 alone might be of any that writes so.
    region = read(source).notice.region or MAINLAND
    alone = (ingest.read(f"{words}。\n".encode(), origin="own.txt", resources=load()) for words in own)
    return any(value_of(one, field) == value for each in alone for one in read(each, region).facts)


# ── Mutation


def said_by(fact: Fact) -> dict[str, object]:
    """Give all that a fact says, without what quotes or names its place."""
    fields = {name: value for name, value in asdict(fact).items() if name not in APART}
    scope = {name: value for name, value in asdict(fact.scope).items() if name not in APART}
    return {**fields, "scope": scope}


def put(source: SourceText, start: int, end: int, new: str) -> tuple[SourceText, list[int]]:
    """Put other words in the place of some; also give the new offset of each old one."""
    grown = len(new) - (end - start)
    places = [at if at <= start else max(start, at + grown) for at in range(len(source.text) + 1)]
    return with_text(source, source.text[:start] + new + source.text[end:], places), places


def rests_on(fact: Fact, facts: tuple[Fact, ...], start: int, end: int) -> bool:
    """Return True if a fact's figure, its support or its conditions stand in a stretch."""
    own = [(fact.evidence.start, fact.evidence.end), *((one.start, one.end) for one in fact.support)]
    named = set(fact.scope.condition_facts)
    own += [(one.evidence.start, one.evidence.end) for one in facts if one.fact_id in named]
    return any(low < end and start < high for low, high in own)


def other_figures(source: SourceText) -> tuple[int, list[Moved]]:
    """Change one figure after the other: its fact says the new one, and no other fact anything new."""
    facts, moved, tried = facts_of(source), [], 0
    for fact in facts:
        start, end = fact.evidence.start, fact.evidence.end
        new = source.text[start:end].translate(DIGITS)
        ends = [one.value for one in numerals("".join(new.split()))]
        if fact.kind in ("rate", "count", "money") and fact.lower and len(ends) > 1 and ends[0] >= ends[1]:
            continue  # 80分以上不足90分 would be none
        if (fact.unit or "").startswith("1/"):
            continue  # 2/3: the sign below is its unit
        # 7:3 is read since its parts make ten.
        if fact.kind not in ("money", "rate", "count") or fact.rule == "ratio" or new == source.text[start:end]:
            continue
        tried += 1
        other, places = put(source, start, end, new)
        after = {one.evidence.start: one for one in facts_of(other)}
        moved += foreign(new, facts, after, places, start, end)
        one = after.get(places[start])
        if one is None or not follows(fact, one, source.text[start:end], new):
            moved.append(Moved(new, fact.evidence.exact, values(fact), one and values(one)))
    return tried, moved


def follows(before: Fact, after: Fact, old: str, new: str) -> bool:
    """Return True if a fact's values changed as its numerals did, and nothing else of it did.

    What is more than there can be of an indicator has none (补贴标准为单位实际缴纳部分的200%), nor what comes with one.
    """
    apart = {"value", "lower", "upper", "condition"}
    if before.indicator and after.indicator is None and after.value and is_too_much(before.indicator, after.value):
        apart |= {"indicator", "subject", "programme", "per"}
    same = [
        {name: value for name, value in said_by(one).items() if name not in apart and name != "scope"}
        for one in (before, after)
    ]
    was, now = (numerals("".join(words.split())) for words in (old, new))
    ratios = {Fraction(b.value) / Fraction(a.value) for a, b in zip(was, now, strict=False) if a.value}
    said = {item.value for item in quantities(new)}  # 1元5角 are two numerals
    pairs = [(getattr(before, name), getattr(after, name)) for name in ("value", "lower", "upper")]
    return same[0] == same[1] and all(
        (one is None) == (two is None)
        and (not one or not Fraction(one) or Fraction(two) / Fraction(one) in ratios or Decimal(two) in said)
        for one, two in pairs
    )


def is_too_much(indicator: str, value: str) -> bool:
    """Return True if a value is more than there can be of an indicator by its row."""
    plausible = linking_resources(load()).catalog.indicators[indicator].plausible
    return plausible is not None and Decimal(value) > Decimal(plausible[1])


def foreign(
    new: str, facts: tuple[Fact, ...], after: dict[int, Fact], places: list[int], start: int, end: int
) -> list[Moved]:
    """List the facts that don't rest on a stretch and say something else since it was changed."""
    moved = []
    for fact in facts:
        other = after.get(places[fact.evidence.start])
        if rests_on(fact, facts, start, end) or (other and rests_on(other, (), start, start + len(new))):
            continue
        said, now = said_by(fact), said_by(other) if other else {}
        if said != now:
            differ = [name for name in said if said[name] != now.get(name)]
            moved.append(Moved(new, fact.evidence.exact, {n: said[n] for n in differ}, {n: now.get(n) for n in differ}))
    return moved


def other_words(source: SourceText) -> tuple[int, list[Moved]]:
    """Change one year or name after the other: no fact that doesn't rest on it says anything new."""
    facts, moved = facts_of(source), []
    head = min((fact.evidence.start for fact in facts), default=0)
    signed = {match.start(1) for match in SIGNED.finditer(source.text)}
    words = {
        (*match.span(), str(int(match.group()) + 10))
        for match in YEAR.finditer(source.text)
        if match.start() > head and match.start() not in signed
    } | {
        (one.start, one.end, ANOTHER[kind])
        for fact in facts
        for one in fact.support
        for kind in ANOTHER
        if one.for_ == "scope" and getattr(fact.scope, kind) == one.exact
    }
    for start, end, new in sorted(words):
        other, places = put(source, start, end, new)
        after = {one.evidence.start: one for one in facts_of(other)}
        moved += foreign(f"{start}: {new}", facts, after, places, start, end)
    return len(words), moved
