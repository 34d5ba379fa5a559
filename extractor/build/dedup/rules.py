"""When two texts are copies of one notice: the rules of the table in `extractor.build.dedup.grouping`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import regex
from msgspec.structs import replace

from extractor.build.dedup.conflicts import differ
from extractor.build.dedup.shingles import DuplicateProfile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.build.dedup.shingles import Texts
    from extractor.model import NoticeResult

# Tuned together on the variants of tests/test_copies.py and the notices of the corpus; run it again after a change.
# Of the shingles of both texts, a copy with 2 % of its letters misread has 0.86 in common, with 5 % 0.69; a province's
# notice that carries out the nation's 0.49 (and 0.84 of the shorter one's), two years 0.24, two wordings of one 0.24.
NEARLY = 0.8
HALF = 0.55
WITHIN = 0.8
# Texts of fewer letters say too little to be told from others without a number.
LEAST = 60
# Titles differ by one letter in so many where one was misread; digits never.
TITLE_LETTERS = 20
LEAST_TITLE = 8
# Of many that are alike (a model text that a thousand counties adopt) the likeliest are looked at.
MOST_LEADERS = 5

NOT_LETTERS = regex.compile(r"[^\w]++|_++")


class NoticeSize(NamedTuple):
    """How many characters the sentences of a notice have, and how many facts it has."""

    characters: int
    facts: int


def size_of(result: NoticeResult) -> NoticeSize:
    """Count what a notice has."""
    return NoticeSize(sum(len(sentence.text) for sentence in result.sentences), len(result.facts))


def profile_of(index: int, result: NoticeResult, size: int) -> DuplicateProfile:
    """Read a notice's record."""
    notice = result.notice
    interpretation = notice.type == "interpretation"
    return DuplicateProfile(
        index=index,
        family="interpretation" if interpretation else "notice",
        number=notice.document_number,
        title=NOT_LETTERS.sub("", notice.title or ""),
        year=notice.policy_year,
        region=notice.region.code if notice.region else None,
        issued=(notice.issued_on or "")[:4] or None,
        # An interpretation is signed by whoever publishes it; what it is about says more.
        issuers=frozenset() if interpretation else frozenset(notice.issuers),
        about=frozenset(
            name
            for link in notice.relations
            if interpretation and link.type == "interprets"
            for name in (link.document_number, NOT_LETTERS.sub("", link.title or ""))
            if name
        ),
        size=size,
    )


def profiles_of(results: Iterable[NoticeResult], sizes: Mapping[str, NoticeSize]) -> list[DuplicateProfile]:
    """Read the records of all results, in the order in which they are to be grouped; ``sizes`` are by path."""
    profiles = [
        profile_of(index, result, sizes[result.notice.source.path].characters) for index, result in enumerate(results)
    ]
    every = _crowds(profiles)
    nameless = _crowds(profile for profile in profiles if profile.number is None)
    marked = []
    for profile in profiles:
        company = _count(profile, every) - 1 if profile.number is None else _count(profile, nameless)
        marked.append(replace(profile, unmatchable=company == 0 or profile.size < LEAST))
    return sorted(marked, key=lambda profile: profile.order)


# Stands for every year and every region, also those that aren't known.
_ANY = "any"


def _crowds(profiles: Iterable[DuplicateProfile]) -> Counter[tuple[object, ...]]:
    """Count the texts of every place, and those of any year or region."""
    return Counter(
        (profile.family, year, region)
        for profile in profiles
        for year in (profile.year, _ANY)
        for region in (profile.region, _ANY)
    )


def _count(profile: DuplicateProfile, crowds: Counter[tuple[object, ...]]) -> int:
    """Count the texts that agree with a text's year and region in what both know."""
    years, regions = ((_ANY,) if known is None else (known, None) for known in (profile.year, profile.region))
    return sum(crowds[profile.family, year, region] for year in years for region in regions)


def find_primary(profile: DuplicateProfile, primaries: Mapping[int, DuplicateProfile], texts: Texts) -> int | None:
    """Find the primary that a text is a copy of: the one it is most alike to; None where it is nobody's copy.

    Alike to texts of two numbers, it is a copy of neither.
    """
    found = []
    known = (primaries[index] for index in texts.primaries(profile))
    fitting = (primary for primary in known if profile.number or not contradict(profile, primary))
    for primary, _ in zip(fitting, range(MOST_LEADERS), strict=False):
        if likeness := _likeness(profile, primary, texts):
            found.append((-likeness, primary.order, primary))
    if not found:
        return None
    found.sort()
    numbers = {primary.number for *_, primary in found if primary.number}
    return found[0][2].index if len(numbers) <= 1 else None


def contradict(one: DuplicateProfile, other: DuplicateProfile) -> bool:
    """Tell two texts that say of themselves that they are different notices, though no number does."""
    return (
        _unlike(one.year, other.year)
        or _unlike(one.region, other.region)
        or _unlike(one.issued, other.issued)
        or bool(one.issuers and other.issuers and one.issuers.isdisjoint(other.issuers))
        or (
            bool(one.title and other.title) and not (one.about & other.about) and not same_title(one.title, other.title)
        )
    )


def _unlike(one: object, other: object) -> bool:
    """Tell two values that are both known and differ."""
    return one is not None and other is not None and one != other


def same_title(one: str, other: str) -> bool:
    """Tell the same title, one perhaps with its issuers in front, or with a letter misread."""
    short, long = sorted((one, other), key=len)
    if len(short) >= LEAST_TITLE and short in long:
        return True
    wrong = [(a, b) for a, b in zip(short, long, strict=False) if a != b]
    digits = any(a.isdigit() or b.isdigit() for a, b in wrong)
    return len(short) == len(long) and not digits and len(wrong) * TITLE_LETTERS <= len(long)


def _likeness(profile: DuplicateProfile, primary: DuplicateProfile, texts: Texts) -> float:
    """Say how alike a text is to a primary of its kind that it may be a copy of; 0 where it is not its copy."""
    overlap = texts.overlap(primary.index, profile.index)
    if profile.title and primary.title:
        same = same_title(profile.title, primary.title)
    else:  # what is cut off in front has no title
        same = bool(profile.signed) and profile.signed == primary.signed
    cut_short = same and overlap.within >= WITHIN
    if profile.number and profile.number == primary.number:
        misread = contradict(replace(profile, title=""), primary)
        alike = overlap.jaccard >= (NEARLY if misread else HALF) or (cut_short and not misread)
        return max(overlap) if alike else 0.0
    if overlap.jaccard < NEARLY and not cut_short:
        return 0.0
    known = profile.year is not None and profile.year == primary.year
    known = known and bool((profile.issuers & primary.issuers) or (profile.about & primary.about))
    if not known and differ(texts.whole(primary.index), texts.whole(profile.index)):
        return 0.0
    return max(overlap)
