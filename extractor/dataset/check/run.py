"""Checks of a dataset: figures that must add up, follow last year's, keep to bounds, conform and agree.

What is checked are the rows of `identities.toml`; this part only knows the ways of checking. It rests on the
dataset alone, so that one edited by hand can be checked too. A check that can't be made says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.dataset.check.agreement import Links, check_agreement, check_copies, entries_by_notice
from extractor.dataset.check.arithmetic import check_increments, check_sums
from extractor.dataset.check.bounds import by_fact, check_bounds, check_breakdowns
from extractor.dataset.check.judge import make_context
from extractor.dataset.check.ratios import check_ratios
from extractor.dataset.series import sources_by_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extractor.dataset.check.agreement import Entry
    from extractor.dataset.check.judge import CheckContext
    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Dataset, Fact, NoticeRecord
    from extractor.resources import Resources

_ORDER = ("fail", "warn", "pass", "not_made")


def make_checks(
    facts: Sequence[Fact],
    notices: Sequence[NoticeRecord],
    resources: Resources,
    language: str = "zh",
    *,
    sources: Mapping[Key, Sequence[RankedFact]] | None = None,
) -> tuple[Check, ...]:
    """Make every check, sorted by kind, outcome and id; ``language`` (``zh``, ``en``) is that of their messages.

    ``sources`` are what `sources_by_series` gives, where it is at hand.
    """
    context = make_context(resources, notices, language)
    series = sources_by_series(facts, notices, resources) if sources is None else sources
    by_notice: dict[str, list[Fact]] = {}
    for fact in facts:
        by_notice.setdefault(fact.notice_id, []).append(fact)
    entries = entries_by_notice(series)
    of_series = series_checks(series, context)
    links = Links(context)
    return in_order([*of_series, *notice_checks(context.notices, by_notice, sums_made(of_series), entries, links)])


def in_language(dataset: Dataset, resources: Resources, language: str) -> Dataset:
    """Give a dataset whose checks speak a language: they are made anew, and what can't be made any more keeps its words."""
    if language == "zh" or not any(check.status in {"fail", "warn"} for check in dataset.checks):
        return dataset
    made = make_checks(dataset.facts, dataset.notices, resources, language)
    said = {check.check_id: check.message for check in made}
    checks = tuple(replace(check, message=said.get(check.check_id, check.message)) for check in dataset.checks)
    return replace(dataset, checks=checks)


def series_checks(series: Mapping[Key, Sequence[RankedFact]], context: CheckContext) -> list[Check]:
    """Make the checks of figures that are joined to series: those of a region need no other region's."""
    rows = context.identities
    checks = [check for row in rows.of_kind("increment") for check in check_increments(row, series, context)]
    checks += [check for row in rows.of_kind("sum") for check in check_sums(row, series, context)]
    return checks + [check for row in rows.of_kind("ratio") for check in check_ratios(row, series, context)]


def sums_made(checks: Iterable[Check]) -> list[frozenset[str]]:
    """List the facts of each sum that `series_checks` made."""
    return [frozenset(check.fact_ids) for check in checks if check.kind == "sum" and check.status != "not_made"]


def notice_checks(
    notice_ids: Iterable[str],
    facts: Mapping[str, Sequence[Fact]],
    covered: Iterable[frozenset[str]],
    entries: Mapping[str, Sequence[Entry]],
    links: Links,
) -> list[Check]:
    """Make the checks of notices by themselves, against their copies and against the notices that they name.

    ``facts`` are those of each notice, ``covered`` those of the sums that they may be in, ``entries`` the figures of these
    notices and of those that they name.
    """
    context, ids = links.context, tuple(notice_ids)
    rows = context.identities
    own = {name: facts[name] for name in ids if name in facts}
    known = by_fact(covered)
    checks = [check for row in rows.of_kind("breakdown") for check in check_breakdowns(row, own, context, known)]
    checks += [check for row in rows.of_kind("bound") for check in check_bounds(row, own, context)]
    for row in rows.of_kind("conformance", "corroboration"):
        checks += (
            check_copies(row, ids, own, context)
            if row.relation == "copies"
            else check_agreement(row, ids, entries, links)
        )
    return checks


def in_order(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Sort checks by kind, outcome and id; one that is made twice counts once."""
    once = {check.check_id: check for check in checks}
    return tuple(sorted(once.values(), key=place_of))


def place_of(check: Check) -> tuple[str, int, str]:
    """Say where a check stands among others."""
    return check.kind, _ORDER.index(check.status), check.check_id
