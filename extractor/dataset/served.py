"""Which figures answer at all: series, comparisons, values and exports take these and no others.

A level or a step in its indicator's own unit and per-words. Where the indicator is a change itself (a row with ``change``, like
地区生产总值增长, or whose ``roles`` are increases only) the changes are its levels: 增长5% is 5, 下降2% is −2. What is said of a worked example or as a condition (1.5万元以上
的部分) answers nothing, except where the condition itself is what the indicator measures: a row with ``window``, like
出生90天内参保. What lies beyond such a window (90天后) is a condition of its own and no window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.resources import indicator_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from extractor.model import Fact, Operator
    from extractor.resources import Resources

STEPS = frozenset({"increase", "decrease"})
_LEVELS = frozenset({"level", *STEPS})
# Why a figure with an indicator answers nothing: what `Serving.refusal` finds, and what only its neighbours and its notice
# tell: a list of figures that nothing tells apart, a list whose words were not all understood, no year.
Unserved = Literal[
    "unlinked", "role", "share_of_share", "no_step", "over_years", "unit", "per", "nobody", "listed", "hoped", "cut", "yearless",
]  # fmt: skip
_DURATIONS = frozenset({"d", "wk", "mo", "a", "h"})
_STEPPED = frozenset({"money", "rate", "count"})
# 2026/2030 is a plan's; 2024/2026 are years each of which may have the figure.
_PLAN = 4
_BEYOND = frozenset({"gt", "ge"})
_OPPOSITE: dict[Operator, Operator] = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt"}
# These kinds are days and have no unit.
_DATED = frozenset({"milestone", "date", "period"})


class ServedIndicator(Struct, frozen=True):
    """What figures an indicator's row has: ``units`` None where any fits, ``exempts``, ``window``, ``threshold`` and ``change`` as the row says."""

    units: frozenset[str | None] | None
    per: frozenset[str]
    exempts: bool
    window: bool
    threshold: bool
    change: str | None


class Serving:
    """Judges facts by the rows of the catalog; of an indicator that it doesn't have only the role counts."""

    def __init__(self, rows: dict[str, ServedIndicator]) -> None:
        """Keep what each indicator's figures look like."""
        self._rows = rows

    def takes(self, fact: Fact) -> bool:
        """Say whether a fact with an indicator may be in a series."""
        return self.refusal(fact) is None

    def refusal(self, fact: Fact) -> Unserved | None:
        """Say what keeps a fact out of series; None where nothing does."""
        if fact.indicator is None:
            return "unlinked"
        row = self._rows.get(fact.indicator)
        if fact.role not in _LEVELS and not (fact.role == "condition" and row and (row.window or row.threshold)):
            return "role"
        if fact.role in STEPS and fact.unit == "%" and not (row and row.change):
            return "share_of_share"  # 提高5% of a share: by 5 points, or by a twentieth? Nobody can say.
        if fact.role in STEPS and fact.kind not in _STEPPED:
            return "no_step"  # 每断保1年，等待期增加1个月 is no step from year to year
        if _is_of_plan(fact) or (row and row.change and "year" in row.per and _is_over_years(fact)):
            return "over_years"  # 比2019年增长12.3% is no growth of a year
        return None if row is None else _misfit(row, fact)

    def as_level(self, fact: Fact) -> Fact:
        """Return a fact as its indicator counts it: where that is a change, the change as a level with its sign.

        So is what has to be reached (累计缴费满25年的).
        """
        row = self._rows.get(fact.indicator or "")
        if row and row.threshold and fact.role == "condition":
            return replace(fact, role="level")
        if row is None or row.change is None or fact.role not in STEPS:
            return fact
        level = replace(fact, role="level")
        return level if fact.role == row.change else _negated(level)

    def side(self, fact: Fact) -> Literal["level", "condition"]:
        """Say whether a fact is its indicator's figure, or what lies beyond a window (出生90天后才参保的)."""
        row = self._rows.get(fact.indicator or "")
        beyond = row is not None and row.window and fact.operator in _BEYOND
        return "condition" if beyond else "level"


def _misfit(row: ServedIndicator, fact: Fact) -> Unserved | None:
    """Say what a fact of an indicator has that its figures don't have."""
    if not _has_unit(row, fact):
        return "unit"
    if not set(fact.per) <= row.per:
        return "per"
    return "nobody" if _is_nobodys(row, fact) else None


def _is_of_plan(fact: Fact) -> bool:
    """Say whether the text gives a figure to so many years that it is of none of them: below “十六五”时期主要目标."""
    first, _, last = (fact.applies_to or "").partition("/")
    return first.isdecimal() and last.isdecimal() and int(last) - int(first) >= _PLAN


def _is_over_years(fact: Fact) -> bool:
    """Say whether a change is measured against an earlier year than the one before its own."""
    base, own = (fact.compared_to or "")[:4], (fact.applies_to or str(fact.policy_year))[:4]
    return base.isdecimal() and own.isdecimal() and int(own) - int(base) > 1


def _negated(fact: Fact) -> Fact:
    """Turn a figure round zero: 下降2%以内 is a growth of −2% or more."""
    return replace(
        fact, value=_minus(fact.value), lower=_minus(fact.upper), upper=_minus(fact.lower),
        lower_inclusive=fact.upper_inclusive, upper_inclusive=fact.lower_inclusive,
        operator=_OPPOSITE.get(fact.operator, fact.operator),
    )  # fmt: skip


def _minus(text: str | None) -> str | None:
    return f"-{text}" if text and text.strip("0.") else text


# ── a scope that is complete


# What a list splits a figure by: persons, places, providers, areas.
_SPLIT = ("population", "places", "provider", "area")


def without_cut_scopes(facts: Iterable[Fact], everybody: Mapping[str, frozenset[str]]) -> list[Fact]:
    """Leave out figures of a list whose neighbour before them names for whom or where it is, while they don't.

    县级医院报80%，市级三级医院报60%，省级医院报55%: where the second's words were not understood it would be the general
    figure, which the text doesn't state. A general one stands first, or in a sentence of its own. ``everybody`` are the
    words for all whom an indicator's figures are for: they split nothing.
    """
    kept: list[Fact] = []
    before: dict[tuple[str, str | None, str], tuple[Fact, frozenset[str]]] = {}
    for fact in facts:
        key = (fact.notice_id, fact.indicator, fact.kind)
        if fact.role != "level":
            kept.append(fact)
            continue
        whole = everybody.get(fact.indicator or "", frozenset())
        own = frozenset(name for name in _SPLIT if (said := getattr(fact.scope, name)) and said not in whole)
        last, split = before.get(key, (fact, own))
        if split <= own or not _follows(fact, last):
            kept.append(fact)
            split = own
        before[key] = (fact, split)
    return kept


def _follows(fact: Fact, last: Fact) -> bool:
    """Say whether a figure stands close behind another one, in its sentence."""
    gap = fact.evidence.start - last.evidence.end
    return 0 < gap <= len(fact.evidence.prefix) and "。" not in fact.evidence.prefix[-gap:]


def serving(resources: Resources) -> Serving:
    """Read the catalog's rows; for `Resources.built`."""
    implied = resources.built(implied_per)
    return Serving({row["id"]: _served(row, implied) for row in resources.built(indicator_rows)})


def _served(row: dict[str, Any], implied: ImpliedPer) -> ServedIndicator:
    return ServedIndicator(
        units=_units(row),
        per=frozenset(row.get("per", ())) | frozenset(row.get("also_per", ())) | implied.of(row["id"]),
        exempts=row.get("exempts", False),
        window=row.get("window", False),
        threshold=row.get("threshold", False),
        # 定额调整每月增加31元: where all figures are increases these are what is asked for.
        change=row.get("change") or ("increase" if row.get("roles") == ["increase"] else None),
    )


def _units(row: dict[str, Any]) -> frozenset[str | None] | None:
    unit, also = row.get("unit", ""), frozenset(row.get("units", ()))
    if also:
        return also | ({unit} if unit else set())
    if not unit:
        return None
    return _DURATIONS if unit in _DURATIONS else frozenset({unit})


def _has_unit(row: ServedIndicator, fact: Fact) -> bool:
    """Say whether a figure has its indicator's unit; three quarters (3, 1/4) and points of change are rates, too."""
    if fact.kind in _DATED:
        return fact.unit is None
    if row.units is None or fact.unit in row.units:
        return True
    unit = fact.unit or ""
    if "%" not in row.units:
        return False
    return unit == "‰" or unit.startswith("1/") or (unit == "pp" and fact.role in STEPS)


def _is_nobodys(row: ServedIndicator, fact: Fact) -> bool:
    """Say whether a figure exempts persons whom its scope doesn't name: 办理退休手续后，不再缴纳; it isn't everybody's."""
    return row.exempts and fact.value == "0" and fact.scope.population is None
