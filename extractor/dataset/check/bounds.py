"""Checks of plausibility: rates in 0–100, the catalog's ranges, deadlines after the notice's own date.

Most figures pass. One check a notice lists them all; one that doesn't pass has a check of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.dataset.canonical import decimal_text
from extractor.dataset.check.judge import add_up, figure_of, judge_breakdown, judge_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extractor.dataset.check.identities import Identity
    from extractor.dataset.check.judge import CheckContext
    from extractor.dataset.implied import ImpliedPer
    from extractor.model import Check, Evidence, Fact

_LEVELS = {"level", "previous", "condition"}


def check_bounds(row: Identity, facts: Mapping[str, Sequence[Fact]], context: CheckContext) -> Iterator[Check]:
    """Check every figure that the row is about; ``facts`` are those of each notice."""
    judge = {"rate": _rates, "plausible": _plausible, "due": _dues}[row.of or "rate"]
    for notice_id, found in facts.items():
        yield from judge(row, notice_id, found, context)


def _rates(row: Identity, notice_id: str, facts: Sequence[Fact], context: CheckContext) -> Iterator[Check]:
    lower, upper = Decimal(row.lower or 0), Decimal(row.upper or 0)
    passed = []
    for fact in facts:
        value = figure_of(fact)
        if fact.kind != "rate" or fact.unit not in row.units or value is None:
            continue
        known = context.identities.indicators.get(fact.indicator or "")
        likely = known.plausible if known and known.plausible else (lower, upper)
        if value.value > upper and (fact.role == "increase" or value.value <= likely[1]):
            continue  # 进出口总额增长120%, or 120 below 增速（%）
        status = judge_range(value, lower, upper, row if fact.indicator else replace(row, violation="warn"))
        if status == "pass":
            passed.append(fact)
        else:
            words = {
                "name": context.name(fact),
                "value": context.said([fact]),
                "lower": str(lower),
                "upper": str(upper),
            }
            bound = upper if value.value > lower else lower
            yield context.check(row, status, [[fact]], words=words, numbers=(bound, value.value))
    yield from _all(row, notice_id, passed, {"lower": str(lower), "upper": str(upper)}, context)


def _plausible(row: Identity, notice_id: str, facts: Sequence[Fact], context: CheckContext) -> Iterator[Check]:
    passed, other = [], []
    for said in facts:
        fact = context.serving.as_level(said)
        known, value = context.identities.indicators.get(fact.indicator or ""), figure_of(fact)
        if known is None or known.plausible is None or value is None or fact.role not in _LEVELS:
            continue
        if fact.unit != known.unit and known.unit:
            other.append(fact)
            continue
        lower, upper = known.plausible
        status = judge_range(value, lower, upper, row)
        if status == "pass":
            passed.append(fact)
            continue
        ends = {"lower": decimal_text(lower), "upper": decimal_text(upper)}
        words = {"name": context.name(fact), "value": context.said([fact]), **ends}
        numbers = (upper if value.value > lower else lower, value.value)
        yield context.check(row, status, [[fact]], words=words, numbers=numbers)
    yield from _all(row, notice_id, passed, {}, context)
    if other:
        units = context.listed(dict.fromkeys(context.amount(fact) for fact in other))
        words = {"notice": context.called(notice_id), "count": str(len(other)), "units": units}
        yield context.not_made(row, "unit", [[fact] for fact in other], words=words)


def _dues(row: Identity, notice_id: str, facts: Sequence[Fact], context: CheckContext) -> Iterator[Check]:
    notice, dated = context.notices[notice_id], [fact for fact in facts if fact.due]
    day = notice.issued_on or notice.published_on
    if not dated:
        return
    if day is None:
        words = {"notice": context.called(notice_id), "count": str(len(dated))}
        yield context.not_made(row, "no_date", [[fact] for fact in dated], words=words)
        return
    late = [fact for fact in dated if (fact.due or "") >= day]
    for fact in dated:
        if fact not in late:
            words = {
                "notice": context.called(notice_id),
                "name": context.name(fact),
                "value": context.said([fact]),
                "due": fact.due or "",
            }
            words["lower"] = day
            yield context.check(row, row.violation, [[fact]], words=words, numbers=(day, fact.due))
    yield from _all(row, notice_id, late, {"lower": day}, context)


def _all(
    row: Identity, notice_id: str, facts: Sequence[Fact], words: dict[str, str], context: CheckContext
) -> Iterator[Check]:
    """Say of all figures that passed that they did."""
    if facts:
        words = {**words, "notice": context.called(notice_id), "count": str(len(facts))}
        yield context.check(row, "pass", [list(facts)], words=words, key=notice_id)


# ── Checks the amounts after 其中 against the total before it, inside one sentence
# A dataset holds 32 code points on either side of each figure; that is enough to know what stands between two figures
# of a sentence, and where it isn't, nothing is said.

# A total has a handful of parts; a hostile line of a million amounts must not be read from each of them to its end.
_MOST_PARTS = 40
_ENDS = "。！？!?"
_KINDS = {"money", "count"}


def by_fact(sums: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    """List, by fact, the sums that it is in."""
    found: dict[str, list[frozenset[str]]] = {}
    for one in sums:
        for name in one:
            found.setdefault(name, []).append(one)
    return found


def check_breakdowns(
    row: Identity,
    facts: Mapping[str, Sequence[Fact]],
    context: CheckContext,
    covered: Mapping[str, Sequence[frozenset[str]]],
) -> Iterator[Check]:
    """Check every total with its amounts under 其中; those that another sum has checked already are left out."""
    for notice in facts.values():
        found = sorted(notice, key=lambda fact: (fact.evidence.start, fact.evidence.end))
        for index, whole in enumerate(found):
            parts = (
                _parts(row, whole, found[index + 1 : index + 1 + _MOST_PARTS], context.implied)
                if _can_hold(whole)
                else []
            )
            ids = {whole.fact_id, *(part.fact_id for part in parts)}
            if len(parts) > 1 and not any(ids <= done for done in covered.get(whole.fact_id, ())):
                yield from _check(row, whole, parts, context)


def _can_hold(fact: Fact) -> bool:
    return fact.kind in _KINDS and fact.role == "level" and figure_of(fact) is not None


def _parts(row: Identity, whole: Fact, rest: Iterable[Fact], implied: ImpliedPer) -> list[Fact]:
    """List the amounts of a total's sentence that stand after 其中 and are parts of it."""
    parts: list[Fact] = []
    last, bracketed = whole, False
    for fact in rest:
        gap = _between(last.evidence, fact.evidence)
        if gap is None or any(sign in gap for sign in _ENDS):
            break
        if last is whole:
            if not any(word in gap for word in row.words):
                break
            bracketed = gap.rfind("（") > gap.rfind("）")
        elif bracketed and "）" in gap:
            break  # 每人每天90元（其中护理服务费65元）；上门护理每小时50元
        if _is_part(whole, fact, implied):
            parts.append(fact)
        last = fact
    # 30元，其中城镇居民50元、农村居民20元: the same figure for groups of people, not amounts that make it up.
    if len({part.scope.population for part in parts}) > 1 and whole.kind == "money" and "person" in whole.per:
        return []
    return parts


def _is_part(whole: Fact, fact: Fact, implied: ImpliedPer) -> bool:
    unsaid = implied.of(whole.indicator) | implied.of(fact.indicator)
    same = whole.kind == fact.kind and whole.unit == fact.unit and set(whole.per) ^ set(fact.per) <= unsaid
    repeated = whole.indicator is not None and whole.indicator == fact.indicator
    return same and not repeated and _can_hold(fact)


def _between(first: Evidence, second: Evidence) -> str | None:
    """Cut what stands between two quotations out of the words around them; None where it is too long to know."""
    distance = second.start - first.end
    if distance < 0 or distance > len(first.suffix) + len(second.prefix):
        return None
    missing = distance - len(first.suffix)
    return first.suffix[:distance] if missing <= 0 else first.suffix + second.prefix[-missing:]


def _check(row: Identity, whole: Fact, parts: Sequence[Fact], context: CheckContext) -> Iterator[Check]:
    numbers = [figure.value for part in parts if (figure := figure_of(part)) is not None]
    have = figure_of(whole)
    if have is None or have.upper is not None:
        return
    status, chosen = judge_breakdown(have.value, numbers)
    total = add_up([(1, numbers[index]) for index in chosen])
    if total is None:
        return
    parts = [parts[index] for index in chosen]
    groups = [[whole], *([part] for part in parts)]
    words = {
        "sum": " + ".join(context.said([part]) for part in parts),
        "expected": decimal_text(total),
        "result": context.said([whole]),
    }
    if status == "not_made":
        yield context.not_made(row, "less", groups, words=words)
        return
    words["note"] = context.note("bounds") if any(part.operator != "eq" for part in (whole, *parts)) else ""
    yield context.check(row, status, groups, words=words, numbers=(total, have.value))
