"""Checks of a dataset: figures that must add up, follow last year's, keep to bounds, conform and agree.

What is checked are the rows of `identities.toml`; this part only knows the ways of checking. It rests on the
dataset alone, so that one edited by hand can be checked too. A check that can't be made says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.dataset.check.agreement import check_agreement, check_copies, entries_by_notice
from extractor.dataset.check.arithmetic import check_increments, check_sums
from extractor.dataset.check.bounds import check_bounds, check_breakdowns
from extractor.dataset.check.judge import make_context
from extractor.dataset.check.ratios import check_ratios
from extractor.dataset.series import sources_by_series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Fact, NoticeRecord
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
    rows = context.identities
    series = sources_by_series(facts, notices, resources) if sources is None else sources
    by_notice: dict[str, list[Fact]] = {}
    for fact in facts:
        by_notice.setdefault(fact.notice_id, []).append(fact)
    entries = entries_by_notice(series)
    checks = [check for row in rows.of_kind("increment") for check in check_increments(row, series, context)]
    sums = [check for row in rows.of_kind("sum") for check in check_sums(row, series, context)]
    covered = [frozenset(check.fact_ids) for check in sums if check.status != "not_made"]
    checks += sums
    checks += [check for row in rows.of_kind("breakdown") for check in check_breakdowns(row, facts, context, covered)]
    checks += [check for row in rows.of_kind("bound") for check in check_bounds(row, by_notice, context)]
    checks += [check for row in rows.of_kind("ratio") for check in check_ratios(row, series, context)]
    for row in rows.of_kind("conformance", "corroboration"):
        checks += (
            check_copies(row, facts, context) if row.relation == "copies" else check_agreement(row, entries, context)
        )
    once = {check.check_id: check for check in checks}
    return tuple(sorted(once.values(), key=lambda check: (check.kind, _ORDER.index(check.status), check.check_id)))
