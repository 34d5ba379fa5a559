"""What of a dataset a person should look at: readings likely to be wrong, figures unread, figures that disagree.

Newest notice first; within it what is known to disagree, then by the measured risk (`extractor.dataset.risk`), then by place.
What an analyst has reviewed is no doubt any more.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from extractor.dataset.figures import code_of, number
from extractor.dataset.headlines import NATION
from extractor.dataset.listed import plain_lists
from extractor.dataset.risk import load_risks
from extractor.dataset.times import year_of
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.model import Check, Dataset, Fact, NoticeRecord, Point, Unresolved
    from extractor.resources import Resources

# What a reader is shown, in this order: what is wrong before what is unknown before what was mended. Beside the reasons
# stand checks that only warn, and notices with characters that are lost for good.
KINDS = (
    "failed", "conflict", "warned", "listed", "unresolved", "several", "unlinked", "repaired", "recognised", "risky", "lost",
)  # fmt: skip
DoubtReason = Literal[
    "failed", "conflict", "listed", "unresolved", "several", "unlinked", "repaired", "recognised", "risky"
]  # fmt: skip

# A reading that is wrong as often as this, one in five, is worth a look for that alone.
LEAST_RISK = Fraction(1, 5)
# A reading that has no other reason than these is none to look at where no indicator could have it.
_OF_NO_INDICATOR: set[DoubtReason] = {"unlinked", "risky"}
# These figures are served, so a missing indicator is missed; conditions and examples are not.
_SERVED = {"level", "increase", "decrease", "previous"}


class Doubt(NamedTuple):
    """A figure to look at: a fact or what could not be read, why, and the share of readings like it that were wrong.

    ``checks`` are those that failed on it.
    """

    notice: NoticeRecord
    item: Fact | Unresolved
    reasons: tuple[DoubtReason, ...]
    risk: Fraction
    checks: tuple[Check, ...] = ()

    @property
    def fact(self) -> Fact | None:
        """The fact; None where no figure could be read."""
        return None if is_unresolved(self.item) else self.item  # type: ignore[return-value]


def is_unresolved(item: Fact | Unresolved) -> bool:
    """Return True if an item is what could not be read."""
    return hasattr(item, "unresolved_id")


def blamed(check: Check, notice_of: Mapping[str, str]) -> tuple[str, ...]:
    """List the facts that a failed check speaks against.

    660 under the nation's floor of 670 speaks against 660 alone: its facts stand first, and the nation keeps to itself.
    """
    if check.kind != "conformance":
        return check.fact_ids
    own = notice_of.get(check.fact_ids[0]) if check.fact_ids else None
    return tuple(one for one in check.fact_ids if notice_of.get(one) == own)


# What a figure of a region's does that the nation's notices don't allow.
Limit: TypeAlias = Literal["under_floor", "over_ceiling"]
LIMITS: tuple[Limit, ...] = get_args(Limit)


def broken_limits(dataset: Dataset) -> dict[str, Limit]:
    """Map the facts that lie under a floor of the nation's, or over a ceiling, to what they do, by the checks that failed."""
    notices = {notice.notice_id: notice for notice in dataset.notices}
    notice_of = {fact.fact_id: fact.notice_id for fact in dataset.facts}
    found: dict[str, Limit] = {}
    for check in dataset.checks:
        if check.kind != "conformance" or check.status != "fail":
            continue
        own = blamed(check, notice_of)
        others = {code_of(notices[notice_of[one]]) for one in check.fact_ids if one not in own and one in notice_of}
        expected, there = number(check.expected), number(check.found)
        if others != {NATION} or expected is None or there is None or there == expected:
            continue
        found |= dict.fromkeys(own, "under_floor" if there < expected else "over_ceiling")
    return found


def limit_of(point: Point | None, limits: Mapping[str, Limit]) -> Limit | None:
    """Say which limit a point breaks; last year's level that follows from a figure is another one than that."""
    if point is None or point.status == "derived":
        return None
    return next((limits[name] for name in point.fact_ids if name in limits), None)


def find_doubts(dataset: Dataset, resources: Resources, *, least: Fraction = LEAST_RISK) -> list[Doubt]:
    """List the doubts of a dataset in the order of review; ``least`` is the risk from which on a reading is one by itself."""
    risks = resources.built(load_risks)
    notices = {notice.notice_id: notice for notice in dataset.notices}
    of_notice = {fact.fact_id: fact.notice_id for fact in dataset.facts}
    failed: dict[str, list[Check]] = {}
    for check in dataset.checks:
        if check.status == "fail":
            for fact_id in blamed(check, of_notice):
                failed.setdefault(fact_id, []).append(check)
    conflicting, lists = _conflicting(dataset), plain_lists(dataset.facts, resources)
    first, more = {one.fact_id for one, *_ in lists}, {one.fact_id for _, *rest in lists for one in rest}
    found = []
    for fact in dataset.facts:
        if fact.status != "read":
            continue
        risk, checks = risks.of(fact), tuple(failed.get(fact.fact_id, ()))
        risky = risk >= least and fact.fact_id not in more
        reasons = tuple(_reasons(fact, checks, risky=risky, conflict=fact.fact_id in conflicting))
        # A list is looked at as a whole.
        reasons = ("listed", *reasons) if fact.fact_id in first else reasons
        if reasons and not (_OF_NO_INDICATOR.issuperset(reasons) and says_validity(fact, resources)):
            found.append(Doubt(notices[fact.notice_id], fact, reasons, risk, checks))
    found += [Doubt(notices[item.notice_id], item, ("unresolved",), Fraction(1)) for item in dataset.unresolved]
    return sorted(found, key=_order)


def find_warned(dataset: Dataset, doubts: Iterable[Doubt]) -> dict[str, list[Check]]:
    """Find the facts that a check only warns of, each once with its checks; those that are doubtful anyway are left out."""
    known = {doubt.fact.fact_id for doubt in doubts if doubt.fact}
    warned: dict[str, list[Check]] = {}
    for check in dataset.checks:
        if check.status == "warn" and check.fact_ids and not known.intersection(check.fact_ids):
            warned.setdefault(check.fact_ids[0], []).append(check)
    return warned


class ValidityRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``doubts.toml``: words before a date that says until when something holds."""

    id: str
    before: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


def load_validity(resources: Resources) -> tuple[str, ...]:
    """Load the words before a date that make it the end of what a notice rules; for `Resources.built`."""
    rows = read_rows(resources.root / "doubts.toml", "validity", ValidityRow)
    return tuple(words for row in rows for words in row.before)


def lacks_indicator(fact: Fact, resources: Resources) -> bool:
    """Return True if a figure that would be served has no indicator, and could have one."""
    return fact.indicator is None and fact.role in _SERVED and not says_validity(fact, resources)


def count_linked(facts: Iterable[Fact], resources: Resources) -> tuple[int, int]:
    """Count the figures that would be served and have an indicator, and those that have one or could."""
    linked = [
        fact.indicator is not None for fact in facts if fact.role in _SERVED and not says_validity(fact, resources)
    ]
    return sum(linked), len(linked)


def says_validity(fact: Fact, resources: Resources) -> bool:
    """Return True if a date only says from when or until when figures hold, which is no measure of any catalog."""
    if fact.kind != "date" or fact.indicator is not None or fact.candidates:
        return False
    return fact.operator in {"ge", "gt"} or fact.evidence.prefix.rstrip().endswith(resources.built(load_validity))


def _conflicting(dataset: Dataset) -> set[str]:
    points = (point for series in dataset.series for point in series.points if point.status == "conflicting")
    found = {fact_id for point in points for fact_id in point.fact_ids}
    copies = (copy for notice in dataset.notices for copy in notice.copies)
    return found | {one.fact_id for copy in copies for one in copy.conflicts if one.fact_id}


def _reasons(fact: Fact, checks: Iterable[Check], *, risky: bool, conflict: bool) -> Iterable[DoubtReason]:
    if checks:
        yield "failed"
    if conflict:
        yield "conflict"
    if fact.indicator is None and fact.role in _SERVED:
        yield "several" if fact.candidates else "unlinked"
    if fact.evidence.repairs:
        yield "repaired"
    if fact.evidence.recognised:
        yield "recognised"
    if risky and fact.role in _SERVED:
        yield "risky"


def newest_first(notices: Iterable[NoticeRecord]) -> list[NoticeRecord]:
    """Order notices by year and day of issue, the newest first; of one day by path."""
    by_path = sorted(notices, key=lambda notice: notice.source.path)
    return sorted(by_path, key=_day, reverse=True)


def _day(notice: NoticeRecord) -> tuple[int, str]:
    return year_of(notice) or 0, notice.issued_on or notice.published_on or ""


def _order(doubt: Doubt) -> tuple[object, ...]:
    year, day = _day(doubt.notice)
    # Days sort backwards by their digits; those unknown come last.
    backwards = tuple(-int(part) for part in day.split("-") if part.isdecimal()) or (1,)
    disagrees = "failed" in doubt.reasons or "conflict" in doubt.reasons
    evidence = doubt.item.evidence
    return -year, backwards, doubt.notice.source.path, not disagrees, -doubt.risk, evidence.start, evidence.end
