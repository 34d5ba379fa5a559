"""When two texts are copies of one notice: the rules of the table in `extractor.build.dedup.grouping`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct
from msgspec.structs import replace

from extractor.build.dedup.conflicts import differ

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


class Paper(Struct, frozen=True, kw_only=True):
    """What a record says of which notice a text is; ``lonely`` is one that no text can be a copy of but by number."""

    index: int
    family: str
    number: str | None
    title: str
    year: int | None
    region: str | None
    issued: str | None
    issuers: frozenset[str]
    about: frozenset[str]
    size: int
    lonely: bool = False

    @property
    def order(self) -> tuple[bool, int, int]:
        """Say when a text's turn comes: those with a number first, then the longest."""
        return self.number is None, -self.size, self.index

    @property
    def place(self) -> tuple[str, int | None, str | None]:
        """What texts without number must agree in, where they know it."""
        return self.family, self.year, self.region

    @property
    def signed(self) -> tuple[object, ...]:
        """Say who issued the text for which year; empty where one isn't known."""
        return (self.year, *sorted(self.issuers)) if self.year and self.issuers else ()


def paper_of(index: int, result: NoticeResult) -> Paper:
    """Read a notice's record."""
    notice = result.notice
    interpretation = notice.type == "interpretation"
    return Paper(
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
        size=sum(len(sentence.text) for sentence in result.sentences),
    )


def papers_of(results: Iterable[NoticeResult]) -> list[Paper]:
    """Read the records of all results, in the order in which they are to be grouped."""
    papers = [paper_of(index, result) for index, result in enumerate(results)]
    every: dict[tuple[str, int | None, str | None], int] = {}
    nameless: dict[tuple[str, int | None, str | None], int] = {}
    for paper in papers:
        every[paper.place] = every.get(paper.place, 0) + 1
        if paper.number is None:
            nameless[paper.place] = nameless.get(paper.place, 0) + 1
    crowd = {place: (_count(place, every), _count(place, nameless)) for place in every}
    marked = []
    for paper in papers:
        all_there, nameless_there = crowd[paper.place]
        company = all_there - 1 if paper.number is None else nameless_there
        marked.append(replace(paper, lonely=company == 0 or paper.size < LEAST))
    return sorted(marked, key=lambda paper: paper.order)


def _count(place: tuple[str, int | None, str | None], counts: Mapping[tuple[str, int | None, str | None], int]) -> int:
    """Count the texts that agree with a place in what both know."""
    family, year, region = place
    return sum(
        count
        for (other, its_year, its_region), count in counts.items()
        if other == family and not _unlike(year, its_year) and not _unlike(region, its_region)
    )


def find_leader(paper: Paper, leaders: Mapping[int, Paper], texts: Texts) -> int | None:
    """Find the leader that a text is a copy of: the one it is most alike to; None where it is nobody's copy.

    Alike to texts of two numbers, it is a copy of neither.
    """
    found = []
    known = (leaders[index] for index in texts.leaders(paper))
    fitting = (leader for leader in known if paper.number or not contradict(paper, leader))
    for leader, _ in zip(fitting, range(MOST_LEADERS), strict=False):
        if likeness := _likeness(paper, leader, texts):
            found.append((-likeness, leader.order, leader))
    if not found:
        return None
    found.sort()
    numbers = {leader.number for *_, leader in found if leader.number}
    return found[0][2].index if len(numbers) <= 1 else None


def contradict(one: Paper, other: Paper) -> bool:
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


def _likeness(paper: Paper, leader: Paper, texts: Texts) -> float:
    """Say how alike a text is to a leader of its kind that it may be a copy of; 0 where it is not its copy."""
    overlap = texts.overlap(leader.index, paper.index)
    if paper.title and leader.title:
        same = same_title(paper.title, leader.title)
    else:  # what is cut off in front has no title
        same = bool(paper.signed) and paper.signed == leader.signed
    cut_short = same and overlap.within >= WITHIN
    if paper.number and paper.number == leader.number:
        misread = contradict(replace(paper, title=""), leader)
        alike = overlap.jaccard >= (NEARLY if misread else HALF) or (cut_short and not misread)
        return max(overlap) if alike else 0.0
    if overlap.jaccard < NEARLY and not cut_short:
        return 0.0
    known = paper.year is not None and paper.year == leader.year
    known = known and bool((paper.issuers & leader.issuers) or (paper.about & leader.about))
    if not known and differ(texts.results[leader.index], texts.results[paper.index]):
        return 0.0
    return max(overlap)
