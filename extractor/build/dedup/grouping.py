"""Near-duplicate copies: one notice, several files; the best file leads, and the others' figures are not counted again.

When are two files copies of one notice?

====================================================================  ======
notice and interpretation                                             never
two different document numbers                                        never
the same number, and more than half of the words (`HALF`)             copies
the same number and title, and most of the shorter one's words, cut
short or much misread (`WITHIN`)                                      copies
the same number, but another region, year or issuer, so that one of
them may be misread                                                   only with nearly the same words
no number on one or both sides: another policy year, another region,
no issuer in common, another title, issued in another year            never
no number, and nearly the same words (`NEARLY`)                       copies
no number, most of the shorter one's words, and the same title, or no
title on one side and the same issuers and year                       copies
the last two, where year and issuers aren't known on both sides, and
any figure differs (the next county's, last year's)                   never
====================================================================  ======

Groups form around their longest text: the texts come in order, those with a number first, longer ones first, and each
joins the group whose first text it is most alike, else it begins a group; so a group has one number at most, every text
of it is alike to its first, and neither the order of the files nor chains of small steps matter. A text without number
that is alike to texts of two numbers is a copy of neither.

Within a group the best text leads: the complete ones (nine tenths of the longest) before the others, then those that
have a number, have the fewest lost characters, the least repaired, the most facts, an official address, a format whose
text is written rather than drawn, and at last the path that comes first.

A copy corroborates nothing and contradicts nothing: it is the same text, so a figure that differs is most often damage
of the copy. The primary's value stands in facts and series; the difference stands in the primary's ``copies``.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from msgspec.structs import replace

from extractor.build.dedup.conflicts import find_conflicts
from extractor.build.dedup.rules import find_primary, profiles_of, size_of
from extractor.build.dedup.shingles import Texts
from extractor.model import Copy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from extractor.build.dedup.rules import NoticeSize
    from extractor.build.dedup.shingles import DuplicateProfile
    from extractor.model import NoticeResult

COMPLETE = 0.9
# 1.00 is said of equal words alone.
PLACES = Decimal("0.01")
# Text as it was typed before text found again on a drawn page; a reader not named here guesses at signs (OCR).
READERS = ("html", "text", "docx", "ofd", "pdf")


class Grouped(NamedTuple):
    """One notice: the result that leads, its record listing the copies, and the results of the copies."""

    primary: NoticeResult
    copies: tuple[NoticeResult, ...] = ()


def group_copies(
    results: Sequence[NoticeResult],
    *,
    whole: Callable[[NoticeResult], NoticeResult] | None = None,
    sizes: Mapping[str, NoticeSize] | None = None,
) -> tuple[Grouped, ...]:
    """Group results that are copies of one notice; groups come in the order of their primaries' paths.

    Results need their ``sentences`` (read with ``measures=True``); one without any is nobody's copy. The order of
    ``results`` doesn't matter. Where they are without their sentences and facts, ``whole`` gives one with them, and
    ``sizes`` count those, by path.
    """
    counts = {result.notice.source.path: size_of(result) for result in results} if sizes is None else sizes
    texts = Texts(sorted(results, key=lambda result: (result.notice.source.path, result.notice.source.sha256)), whole)
    primaries: dict[int, DuplicateProfile] = {}
    groups: dict[int, list[int]] = {}
    for profile in profiles_of(texts.results, counts):
        primary = find_primary(profile, primaries, texts)
        if primary is None:
            primaries[profile.index] = profile
            groups[profile.index] = [profile.index]
            texts.lead(profile)
        else:
            groups[primary].append(profile.index)
    grouped = [_grouped(members, texts, counts) for members in groups.values()]
    return tuple(sorted(grouped, key=lambda one: one.primary.notice.source.path))


def _grouped(members: Sequence[int], texts: Texts, sizes: Mapping[str, NoticeSize]) -> Grouped:
    """Let the best text of a group lead, and compare the others with it."""
    if len(members) == 1:
        return Grouped(texts.results[members[0]])
    longest = max(texts.size(index) for index in members)
    first, *others = sorted(
        members, key=lambda index: (texts.size(index) < COMPLETE * longest, *_worth(texts.results[index], sizes), index)
    )
    primary = texts.results[first]
    copies = tuple(texts.results[index] for index in sorted(others))
    listed = tuple(
        Copy(
            source=texts.results[index].notice.source,
            similarity=str(Decimal(texts.overlap(first, index).jaccard).quantize(PLACES, ROUND_DOWN)),
            conflicts=find_conflicts(texts.whole(first), texts.whole(index)),
        )
        for index in sorted(others)
    )
    return Grouped(replace(primary, notice=replace(primary.notice, copies=listed)), copies)


def _worth(result: NoticeResult, sizes: Mapping[str, NoticeSize]) -> tuple[bool, int, Decimal, int, bool, int]:
    """Rank a text within its group; the smaller leads."""
    notice = result.notice
    reader = notice.source.reader
    return (
        notice.document_number is None,
        notice.quality.lost,
        Decimal(notice.quality.share),
        -sizes[notice.source.path].facts,
        not _is_official(notice.source.url),
        READERS.index(reader) if reader in READERS else len(READERS),
    )


def _is_official(url: str | None) -> bool:
    """Tell an address of a government: gov.cn, or gov under another country's domain."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return False
    return "gov" in host.split(".")[-2:]
