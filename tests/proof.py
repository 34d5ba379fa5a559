"""Takes words out of a notice, or puts other figures into it, and tells which facts don't follow.

`python tests/proof.py FILE…` prints, for each file, how many fields were tried and which of them stayed where their
words are gone (deletion), and which figures changed something that isn't theirs (mutation).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor import ingest
from extractor.pipeline import process
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Evidence, Fact, NoticeResult, SourceText

# Which fields rest on the support of a kind.
FIELDS = {
    "subject": ("subject",),
    "indicator": ("indicator",),
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
# The same word may stand in several places that each say it: a heading, the sentence before, the clause itself.
ROUNDS = 60


class Stayed(NamedTuple):
    """A field that stayed though the words that it rests on are gone."""

    fact: Fact
    field: str
    value: object
    gone: tuple[str, ...]


def source_of(path: Path) -> SourceText:
    """Read a file as `extractor parse` does."""
    return ingest.read(path.read_bytes(), origin=path.name, resources=load())


def without(source: SourceText, spans: list[tuple[int, int]]) -> tuple[SourceText, list[int]]:
    """Take stretches out of a source text; also give the new offset of each old one."""
    gone = bytearray(len(source.text))
    for start, end in spans:
        gone[start:end] = b"\1" * (end - start)
    places, text, at = [], [], 0
    for sign, is_gone in zip(source.text, gone, strict=True):
        places.append(at)
        if not is_gone:
            text.append(sign)
            at += 1
    places.append(at)
    return with_text(source, "".join(text), places), places


def with_text(source: SourceText, text: str, places: list[int]) -> SourceText:
    """Give a source another text, in which offset N of the old one is ``places[N]``."""
    return replace(
        source,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        blocks=tuple(replace(one, start=places[one.start], end=places[one.end]) for one in source.blocks),
    )


def read(source: SourceText) -> NoticeResult:
    """Read a source text."""
    return process(source, load())


def value_of(fact: Fact, field: str) -> object:
    """Give a field of a fact or of its scope; None where it says nothing."""
    value = getattr(fact.scope if field in FIELDS["scope"] else fact, field)
    return value or None


def deletions(source: SourceText, facts: tuple[Fact, ...]) -> Iterator[tuple[int, list[Stayed]]]:
    """For each fact and kind of support, give how many fields were tried and those that stayed."""
    for fact in facts:
        for kind, fields in FIELDS.items():
            said = {field: value for field in fields if (value := value_of(fact, field)) is not None}
            if said:
                yield len(said), stayed(source, fact, kind, said)


def stayed(source: SourceText, fact: Fact, kind: str, said: dict[str, object]) -> list[Stayed]:
    """Take the words of one kind out, again and again while others are named, until the fields say something else."""
    left, now, gone = dict(said), fact, []
    for _ in range(ROUNDS):
        own = (now.evidence.start, now.evidence.end)
        spans = [(one.start, one.end) for one in now.support if one.for_ == kind]
        if kind == "scope":
            # A condition that is a figure rests on that figure's words.
            spans += [(one.start, one.end) for one in evidences(source, now)]
        spans = [(start, end) for start, end in spans if end <= own[0] or start >= own[1]]
        if not spans:
            return [
                Stayed(fact, field, value, tuple(gone))
                for field, value in left.items()
                if not inside(now, field, value)
            ]
        gone += [source.text[start:end] for start, end in spans]
        source, places = without(source, spans)
        start, end = places[own[0]], places[own[1]]
        found = [one for one in read(source).facts if one.evidence.start < end and start < one.evidence.end]
        same = [
            one
            for one in found
            if (one.kind, one.value, one.lower, one.upper) == (fact.kind, fact.value, fact.lower, fact.upper)
        ]
        if not same:
            return []
        now = same[0]
        left = {field: value for field, value in left.items() if value_of(now, field) == value}
        if not left:
            return []
    return [Stayed(fact, field, value, tuple(gone)) for field, value in left.items()]


def evidences(source: SourceText, fact: Fact) -> list[Evidence]:
    """List the quotations of the facts that are a fact's conditions."""
    named = set(fact.scope.condition_facts)
    return [one.evidence for one in read(source).facts if one.fact_id in named] if named else []


def inside(fact: Fact, field: str, value: object) -> bool:
    """Return True if a fact's own words alone say what a field holds (350元/人)."""
    if field == "due" and fact.kind == "milestone":
        return True  # A milestone is its date.
    if field in ("indicator", "unit", "subject", "per") and fact.rule.startswith(("words.", "ratio")):
        return True  # 不缴费, 7:3 say by themselves what they are.
    text = f"{fact.evidence.exact}。\n"
    alone = replace(EMPTY, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    return any(value_of(one, field) == value for one in read(alone).facts)


EMPTY = ingest.read("空。\n".encode(), origin="empty.txt", resources=load())


def main(paths: list[str]) -> int:
    """Print what stayed in each file, and the share of all."""
    tried = failed = 0
    for path in map(Path, paths):
        source = source_of(path)
        for count, those in deletions(source, read(source).facts):
            tried += count
            failed += len(those)
            for one in those:
                print(
                    path.name,
                    one.fact.evidence.exact,
                    one.field,
                    one.value,
                    one.gone,
                    one.fact.rule,
                    sep=" | ",
                    flush=True,
                )
    print(f"{tried - failed} of {tried} fields gone with their words", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
