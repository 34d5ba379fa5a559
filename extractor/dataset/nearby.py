"""What to say when a question has no answer: what there is, and how to ask for it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from extractor.dataset import areas
from extractor.dataset.reading import SIGNS, source_line
from extractor.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from extractor.dataset.lookup import Candidate, Question
    from extractor.dataset.times import Span
    from extractor.model import Fact, NoticeRecord, Point, Series

# More lines than this help nobody.
MOST = 12
# A shorter piece of a name stands in too many.
SHORTEST = 4


class Known(Protocol):
    """What messages need of a dataset."""

    notices: dict[str, NoticeRecord]

    def behind(self, point: Point) -> list[Fact]:
        """List the facts behind a point."""

    def span(self, point: Point) -> Span | None:
        """Say when a point holds."""


def no_indicator(indicator: str, known: Collection[str]) -> ReadingError:
    """Say which indicators have a name like the one that the dataset has no figure of."""
    from difflib import get_close_matches

    near = get_close_matches(indicator, known, n=3, cutoff=0.6)
    last = indicator.rpartition(".")[2]
    near += [name for name in sorted(known) if len(last) >= SHORTEST and last in name and name not in near]
    hint = f"Did you mean {' or '.join(near[:4])}?" if near else f"It has: {_cut(sorted(known))}."
    return ReadingError("unknown", f"{indicator!r}: the dataset has no figure of this indicator. {hint}")


def nothing(question: Question, series: Sequence[Series], known: Known) -> ReadingError:
    """Say which figures of the indicator there are, those of the regions asked for first."""
    chain = areas.chain(question.region) if question.region else ()
    pairs = [(one, point) for one in series for point in one.points]
    near = sorted(pairs, key=lambda pair: (pair[0].region not in chain) + (question.year not in {None, pair[1].year}))
    lines = [f"{_how(one, point)}{_when(question, known, point)}" for one, point in near[:MOST]]
    hint = ""
    if question.on is not None:
        hint = (
            " A figure holds on a day only where its text says so; ask the others by year=, the policy year, "
            "and decide yourself when they hold."
        )
    if question.payer is not None:
        payers = {fact.scope.payer for one, point in pairs for fact in known.behind(point) if fact.scope.payer}
        hint += f" Payers named are {', '.join(sorted(payers)) or 'none'}."
    area = areas.area_of(question.region) if question.region else None
    if area and any(one.scope.area for one in series):
        hint += f" {question.region} is counted to {area}."
    msg = f"{question.indicator}: nothing for {asked(question)}.{hint} There is:{_lines(lines, len(near))}"
    return ReadingError("nothing", msg)


def _when(question: Question, known: Known, point: Point) -> str:
    if question.on is None:
        return ""
    span = known.span(point)
    return f" (holds {span})" if span else " (the text states no time)"


def several(question: Question, candidates: Sequence[Candidate]) -> ReadingError:
    """List figures that all fit, with the words that tell them apart."""
    words = Counter(_arguments(_words(one.series, one.point)) for one in candidates)
    lines = [
        _how(one.series, one.point, closely=words[_arguments(_words(one.series, one.point))] > 1)
        for one in candidates[:MOST]
    ]
    msg = f"{question.indicator}: {len(candidates)} figures for {asked(question)}. Name one of them:{_lines(lines, len(candidates))}"
    return ReadingError("ambiguous", msg)


def conflict(question: Question, chosen: Candidate, facts: Iterable[Fact], notices: dict[str, NoticeRecord]) -> ReadingError:
    """List what sources that disagree say."""
    lines = [f"{_figure(fact, fact.unit)}: {source_line(fact, notices[fact.notice_id])}" for fact in facts]
    where = _how(chosen.series, chosen.point).partition(" → ")[0]
    msg = (
        f"{question.indicator}: the sources disagree on {where}, so there is no figure to give. Decide for one of these "
        f"facts, or correct one in corpus/corrections.toml:{_lines(lines, len(lines))}"
    )
    return ReadingError("conflicting", msg)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(question: Question) -> str:
    """Write a question as the arguments that make it."""
    given: dict[str, object] = {"year": question.year, "on": question.on and str(question.on), "region": question.region}
    given |= {"area": question.area, "places": sorted(question.places), **question.words, "payer": question.payer}
    given |= {"unit": question.unit, "per": sorted(question.per), "due": question.due, "series_id": question.series_id}
    return _arguments(given) or "no words at all"


def _words(series: Series, point: Point) -> dict[str, object]:
    scope = series.scope
    return {
        "year": point.year, "region": series.region, "area": scope.area, "places": list(scope.places),
        "population": scope.population, "provider": scope.provider, "condition": scope.condition,
    }  # fmt: skip


def _how(series: Series, point: Point, *, closely: bool = False) -> str:
    """Write how to ask for a point, and its figure."""
    words = _words(series, point)
    if closely:
        words |= {"unit": series.unit, "per": list(series.per), "due": point.due}
    status = "" if point.status == "stated" else f", {point.status}"
    return f"{_arguments(words)} → {_figure(point, series.unit)}{status} [{series.series_id}]"


def _figure(one: Point | Fact, unit: str | None) -> str:
    ends = "–".join(end for end in (one.lower, one.upper) if end)
    text = one.value or ends or (f"by {one.due}" if one.due else "no figure")
    return f"{SIGNS.get(one.operator, '')}{text}{f' {unit}' if unit else ''}"


def _arguments(given: dict[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items() if value or value == 0)


def _lines(lines: Sequence[str], count: int) -> str:
    rest = [f"… and {count - MOST} more: dataset.series(indicator)"] if count > MOST else []
    return "".join(f"\n  {line}" for line in [*lines[:MOST], *rest])


def _cut(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
