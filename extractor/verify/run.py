"""Checks texts against a dataset: `verify`, and `Checker` for who asks again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.query.areas import require_region
from extractor.query.claims import CheckedClaim, ClaimReport
from extractor.verify.judge import ClaimJudge
from extractor.verify.reading import claims_apart, read_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.model import Dataset, Fact, Unresolved
    from extractor.resources import Resources
    from extractor.verify.reading import ClaimText

_DATED = frozenset({"date", "period", "milestone"})
# Characters of a text: a book of half a million.
MOST = 1 << 19


def verify(
    dataset: Dataset, texts: str | Sequence[str], resources: Resources, *, region: str | None = None
) -> ClaimReport:
    """Check the figures of texts against a dataset; ``region`` is the code of the one that they are about.

    What their words say of a region comes first. A `ReadingError` says that there is no such region, a `DatasetError` that a
    text is too long.
    """
    return Checker(dataset, resources).check([texts] if isinstance(texts, str) else texts, region=region)


class Checker:
    """Checks texts against one dataset, which it indexes once."""

    def __init__(self, dataset: Dataset, resources: Resources) -> None:
        """Take a dataset, and the data files that it was built with."""
        self.dataset, self.resources = dataset, resources
        self._judge = ClaimJudge(dataset, resources)

    def check(self, texts: Iterable[str], *, region: str | None = None) -> ClaimReport:
        """Check texts, each by itself; see `verify`."""
        known = frozenset(one.region for one in self.dataset.series if one.region)
        given = None if region is None else require_region(region, self.resources, known)
        return ClaimReport(
            dataset_version=self.dataset.dataset_version,
            content_hash=self.dataset.content_hash,
            claims=tuple(claim for at, text in enumerate(texts) for claim in self._claims(text, at, given)),
        )

    def _claims(self, text: str, at: int, region: str | None) -> Iterator[CheckedClaim]:
        if len(text) > MOST:
            msg = Message(
                "text {at}: has {length} characters, expected {most} at most. Give it in parts.",
                at=at + 1, length=len(text), most=MOST,
            )  # fmt: skip
            raise DatasetError(msg)
        for start, end in claims_apart(text):
            read = read_claims(text[start:end], self.resources, region)
            found = [self._judge.check(read, fact, region, at) for fact in _figures(read.facts)]
            found += [_unreadable(read, one, at) for one in read.unresolved]
            for claim in sorted(found, key=lambda claim: (claim.start, claim.end)):
                yield replace(claim, start=claim.start + start, end=claim.end + start)


def _figures(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out what only says when or for whom others hold, unless nothing else is there."""
    conditions = {one for fact in facts for one in fact.scope.condition_facts}
    figures = [
        fact
        for fact in facts
        if fact.fact_id not in conditions and (fact.indicator is not None or fact.kind not in _DATED)
    ]
    return figures or list(facts)


def _unreadable(text: ClaimText, one: Unresolved, at: int) -> CheckedClaim:
    place = text.given(one.evidence.start, one.evidence.end)
    whole = text.whole(text.sentence(one.evidence.start, one.evidence.end))
    return CheckedClaim(
        input=at, start=place.start, end=place.end, exact=text.text[place.start : place.end],
        sentence=text.text[whole.start : whole.end].strip(), verdict="not_stated", reason="unreadable", words=(),
        reading=None, stated=(), replaced_by=None,
    )  # fmt: skip
