"""Reads a text of claims as a notice is read, and says of each figure in which sentence, and of which region, it stands.

A claim is no notice: it has no head, and names its region among the words of what it claims (江西居民医保个人缴费). So names of
regions are taken out before the text is read, and a line that ends without a full stop gets one. Places are those of the text
as it was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from extractor import pipeline
from extractor.model import Region, SourceText, Span
from extractor.notice.normalise.run import normalise
from extractor.notice.structure.regions import APART, NATION, Gazetteer, load_gazetteer
from extractor.verify.words import claim_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extractor.model import AlignedText, Fact, NoticeResult
    from extractor.resources import Resources

# What a claim ends with; what follows is another one.
_ENDS = re.compile(r"[。！？；!?;\n\r]")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_LINE = re.compile(r"[^\r\n]*")
# Behind a paragraph: a blank line, or nothing more.
_LAST = re.compile(r"(?:\r\n?|\n)?[ \t\u3000]*(?:[\r\n]|\Z)")
_ENDED = tuple("。！；!;：:，,、")
_ASKS = tuple("？?")
# The short names of regions have two characters at least.
_SHORTEST_NAME = 2


class NamedPlace(NamedTuple):
    """A name of a region in a text, with the codes that have it; of the nation's words the nation's."""

    start: int
    end: int
    codes: tuple[str, ...]


class Edited(NamedTuple):
    """What is read of a text, where its characters stand there, and where question marks stood."""

    words: str
    spans: tuple[Span, ...]
    asked: frozenset[int]


class ClaimText:
    """A text with its figures: ``edited`` is what was read of it, and its character ``i`` stands at ``spans[i]`` of ``text``.

    ``asked`` are the places in ``edited`` where a question mark stood, ``places`` are those of the names that were taken out, too.
    """

    def __init__(
        self, text: str, edited: Edited, places: Sequence[NamedPlace], result: NoticeResult, gazetteer: Gazetteer
    ) -> None:
        """Take a text, what was read instead, the names of regions in the text, and what was read."""
        self.text, self.edited, self.spans, self.asked = text, *edited
        self.facts, self.unresolved = result.facts, result.unresolved
        self.places, self._gazetteer = tuple(places), gazetteer
        self._begins = [0, *(found.end() for found in _ENDS.finditer(self.edited))]

    def given(self, start: int, end: int) -> Span:
        """Map a stretch of what was read to the text as it was given."""
        return Span(self.spans[start].start, self.spans[end - 1].end)

    def whole(self, sentence: Span) -> Span:
        """Map a sentence to the text as it was given, with the names that were taken out of it."""
        start, end = sentence
        first = self.spans[start - 1].end if start else 0
        return Span(first, self.spans[end].start if end < len(self.spans) else len(self.text))

    def sentence(self, start: int, end: int) -> Span:
        """Find the sentence of a stretch, both in what was read."""
        first = self._begins[bisect_right(self._begins, start) - 1]
        after = _ENDS.search(self.edited, end)
        return Span(first, after.start() if after else len(self.edited))

    def facts_in(self, sentence: Span) -> list[Fact]:
        """List the figures of a sentence."""
        low, high = (bisect_left(self._places_of_facts, at) for at in sentence)
        return [self._sorted_facts[at] for at in range(low, high)]

    @cached_property
    def _sorted_facts(self) -> list[Fact]:
        return sorted(self.facts, key=lambda fact: fact.evidence.start)

    @cached_property
    def _places_of_facts(self) -> list[int]:
        return [fact.evidence.start for fact in self._sorted_facts]

    def regions(self, sentence: Span) -> tuple[str, ...]:
        """List the regions that a sentence names: of 江西省南昌市 the city alone, of 全国 the nation."""
        low, high = (bisect_left(self._starts_of_places, at) for at in self.whole(sentence))
        return _innermost([place.codes for place in self.places[low:high]], self._gazetteer)

    @cached_property
    def _starts_of_places(self) -> list[int]:
        return [place.start for place in self.places]

    @cached_property
    def all_regions(self) -> tuple[str, ...]:
        """The regions that the whole text names."""
        return _innermost([place.codes for place in self.places], self._gazetteer)

    @cached_property
    def all_years(self) -> frozenset[str]:
        """The years that the whole text names."""
        return years_in(self.edited)


def years_in(text: str) -> frozenset[str]:
    """List the years that a text names in four digits."""
    return frozenset(_YEAR.findall(text))


def read_claims(text: str, resources: Resources, region: str | None = None) -> ClaimText:
    """Read a text; ``region`` is the code of the one that it is about where its words name none."""
    gazetteer = resources.built(load_gazetteer)
    plain = normalise(_source(text), resources)
    places = tuple(_places(plain.text, resources.built(region_words)))
    words, origins, asked = _edited(plain.text, places)
    named = _innermost([place.codes for place in places], gazetteer)
    own = named[0] if len(named) == 1 else region if not named else None
    result = pipeline.process(_source(words), resources, region=_apart(own, gazetteer))
    spans = tuple(_span(plain, at) for at in origins)
    given = tuple(NamedPlace(*plain.to_source((place.start, place.end)), place.codes) for place in places)
    return ClaimText(text, Edited(words, spans, asked), given, result, gazetteer)


def _span(plain: AlignedText, at: int) -> Span:
    """Map a place of the normalised text to the source; ``~place`` is nothing, behind that place."""
    span = plain.to_source((at, at + 1) if at >= 0 else (~at, ~at + 1))
    return span if at >= 0 else Span(span.end, span.end)


def claims_apart(text: str) -> Iterator[Span]:
    """Part a list, a claim a line and none with a full stop, into its lines; any other text is one."""
    lines = [found for found in _LINE.finditer(text) if found[0].strip()]
    if any(line[0].rstrip().endswith((*_ENDED, *_ASKS)) for line in lines[:-1]):
        yield Span(0, len(text))
    else:
        yield from (Span(*line.span()) for line in lines)


def _source(text: str) -> SourceText:
    return SourceText("", "claim", "text/plain", "utf-8", "claim", text)


def _apart(code: str | None, gazetteer: Gazetteer) -> Region | None:
    """Give a region whose money and years are its own; other figures are read the same wherever they hold."""
    return gazetteer.regions.get(code) if code and f"{code[:2]}0000" in APART else None


# ── names of regions


def region_words(resources: Resources) -> dict[str, dict[str, tuple[str, ...]]]:
    """Map the names of regions, and words for the nation, to codes, by their first two signs, the longest first; for `built`."""
    gazetteer = resources.built(load_gazetteer)
    words = {**{word: (code,) for word, code in gazetteer.short.items()}, **gazetteer.full}
    words |= dict.fromkeys(resources.built(claim_words).nation, (NATION,))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[:_SHORTEST_NAME], {})[word] = words[word]
    return found


def _places(text: str, words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[NamedPlace]:
    """Go through the names of regions, from left to right, the longest first."""
    at = 0
    while at < len(text):
        near = words.get(text[at : at + _SHORTEST_NAME], {})
        word = next((word for word in near if text.startswith(word, at)), None)
        if word is not None:
            yield NamedPlace(at, at + len(word), near[word])
        at += len(word or " ")


def _innermost(named: Sequence[tuple[str, ...]], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Leave out regions in which another one that is named lies; of a name that several have, those in a named one."""
    known = {codes[0] for codes in named if len(codes) == 1}
    found = set(known)
    for codes in named:
        inside = [code for code in codes if known & set(_above(code, gazetteer))] if len(codes) > 1 else []
        found |= set(inside or codes)
    outer = {above for code in found for above in _above(code, gazetteer)}
    return tuple(sorted(found - outer))


def _above(code: str, gazetteer: Gazetteer) -> Iterator[str]:
    at = gazetteer.parents.get(code)
    while at:
        yield at
        at = gazetteer.parents.get(at)


# ── the text that is read


def _edited(text: str, places: Iterable[NamedPlace]) -> tuple[str, list[int], frozenset[int]]:
    """Take the names of regions out, and end lines; return the places that characters come from, and those of questions.

    Of a full stop that stands nowhere the place is that before it, as ``~place``.
    """
    gone = set()
    for place in places:
        if NATION not in place.codes:
            end = place.end + (text[place.end : place.end + 1] == "的")
            gone |= set(range(place.start, end))
    ends = set(_line_ends(text))
    signs: list[str] = []
    origins: list[int] = []
    asked = set()
    for at, sign in enumerate(text):
        if at in gone:
            continue
        if sign in _ASKS:
            asked.add(len(signs))
        signs.append("。" if sign in _ASKS else sign)
        origins.append(at)
        if at in ends:
            signs.append("。")
            origins.append(~at)
    return "".join(signs), origins, frozenset(asked)


def _line_ends(text: str) -> Iterator[int]:
    """Yield the last places of paragraphs that end without a sign: a headline, a claim."""
    for line in _LINE.finditer(text):
        words = line[0].rstrip()
        if words and not words.endswith((*_ENDED, *_ASKS)) and _LAST.match(text, line.end()):
            yield line.start() + len(words) - 1
