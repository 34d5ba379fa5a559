"""A figure as a calculator takes it: an exact decimal with all that must not be lost on the way to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.dataset.labels import title_of
from extractor.errors import ReadingError
from extractor.model import Derivation, Fact, NoticeRecord, Operator, SeriesScope
from extractor.resources import read_toml

if TYPE_CHECKING:
    from extractor.resources import Resources

SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "between": "", "none": ""}
BOUNDS = {
    "ge": "a floor", "gt": "a floor", "le": "a ceiling", "lt": "a ceiling", "approx": "only about",
    "between": "a range", "none": "without limit",
}  # fmt: skip


class FigureValue(Struct, frozen=True, kw_only=True):
    """The figure of an indicator for a year, a region and a scope.

    ``value`` is the number *as stated*: with ``operator`` ``ge`` it is a floor (不低于610元), and `exact` refuses it.
    Figures that are days have ``day`` instead, periods ``first_day`` and ``last_day``, ranges ``lower`` and ``upper``.
    ``year`` is the policy year; when the figure holds is ``holds_from`` and ``holds_to``, None where no text states it.
    ``inherited``: ``region``, whose figure it is, lies above the one asked for. ``general``: the figure is not for the
    ``unmatched`` words of the question in particular;
    in ``particular_years`` there are figures for just these words, so that `exact` refuses the general one;
    ``general_words`` call such a figure so. ``status`` is ``stated``, ``corroborated`` (by several documents) or
    ``derived``; then ``derivation`` says how. ``facts`` are those behind it, notices before interpretations, with their
    ``notices``.

    In time: ``stated_on``, ``last_confirmed_on`` and ``…_by`` (a notice), ``superseded_by``, ``expires_on`` and ``until_changed``
    as a series' points have them, None where no text says so; asked with ``as_of``, by the texts of that day. The figure is
    then ``unconfirmed`` where it is the last one known, but neither its year nor a last day that words state covers the
    day: `exact` refuses it.
    """

    indicator: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    day: date | None
    first_day: date | None
    last_day: date | None
    operator: Operator
    unit: str | None
    per: tuple[str, ...]
    due: date | None
    year: int
    region: str | None
    scope: SeriesScope
    applies_to: str | None
    valid_from: date | None
    valid_to: date | None
    holds_from: date | None
    holds_to: date | None
    status: str
    inherited: bool
    unmatched: tuple[str, ...]
    particular_years: tuple[int, ...]
    general_words: str
    derivation: Derivation | None
    series_id: str
    facts: tuple[Fact, ...]
    notices: tuple[NoticeRecord, ...]
    stated_on: date | None
    last_confirmed_on: date | None
    last_confirmed_by: str | None
    superseded_by: str | None
    expires_on: date | None
    until_changed: bool
    as_of: date | None
    unconfirmed: bool

    @property
    def exact(self) -> Decimal:
        """The value, where the text states just this number; a `ReadingError` where it is a bound, a range or a day.

        A general figure is refused, too, where those asked for had one of their own in another year (全额资助参保对象: 0
        in 2022): that 2023 doesn't repeat it doesn't mean that they pay what everybody pays.
        """
        if self.particular_years:
            years = ", ".join(map(str, self.particular_years))
            msg = (
                f"{self.indicator}: {self.figure} ({self.year}, {self.region}) is the general figure; for the "
                f"{', '.join(self.unmatched)} asked for there are figures of their own in {years}. Ask for one of these "
                "years, or take reading.value and say that it is the general one."
            )
            raise ReadingError("inexact", msg)
        if self.unconfirmed:
            msg = (
                f"{self.indicator}: {self.figure} ({self.year}, {self.region}) is the last figure known on {self.as_of}, and no "
                f"text known then says that it holds on that day: {self.last_said}. Take reading.value and say so."
            )
            raise ReadingError("inexact", msg)
        if self.operator == "eq" and self.value is not None:
            return self.value
        what = BOUNDS.get(self.operator, "no number") if self.operator != "eq" else "no number"
        msg = (
            f"{self.indicator}: {self.figure} ({self.year}, {self.region}) is {what}, not an exact number. "
            "Take reading.value with reading.operator, and show the bound with the result."
        )
        raise ReadingError("inexact", msg)

    @property
    def at_least(self) -> Decimal:
        """The least that the figure can be: an exact number, or a floor with its bound; a `ReadingError` for what has none.

        不低于610元 is at least 610; so is 超过610元, which excludes it: ``operator`` says so. A range's lower end counts.
        """
        plain = not self.particular_years and not self.unconfirmed
        if self.operator in {"ge", "gt"} and self.value is not None and plain:
            return self.value
        if self.operator == "between" and self.lower is not None and plain:
            return self.lower
        return self.exact

    @property
    def last_said(self) -> str:
        """When a text last stated the figure, in words."""
        if self.last_confirmed_on:
            return f"last confirmed on {self.last_confirmed_on}"
        return f"stated on {self.stated_on}" if self.stated_on else "stated on a day that no text tells"

    @property
    def general(self) -> bool:
        """Whether the figure is a general one, not for what was asked in particular."""
        return bool(self.unmatched)

    @property
    def fact(self) -> Fact:
        """The fact behind it; of several the one with the most weight."""
        return self.facts[0]

    @property
    def notice(self) -> NoticeRecord:
        """The notice that states it."""
        return self.notices[0]

    @property
    def figure(self) -> str:
        """The figure on one line: ``≥610 CNY per person, year``."""
        ends = (self.lower, self.upper) if self.lower is not None else (self.first_day, self.last_day)
        plain = self.value if self.value is not None else self.day
        text = "no limit" if self.operator == "none" else "" if plain is None else str(plain)
        text = text or ("–".join(map(str, ends)) if ends[0] is not None else "")
        unit = f" {self.unit}" if self.unit else ""
        per = f" per {', '.join(self.per)}" if self.per else ""
        due = f" by {self.due}" if self.due else ""
        return f"{SIGNS.get(self.operator, '')}{text}{unit}{per}{due}".strip()

    @property
    def source(self) -> str:
        """Where the figure stands, on one line: notice, section, page and the words; of a derived one all it follows from."""
        if self.derivation is None:
            return source_line(self.fact, self.notice)
        return f"{self.derivation.text} ← {'；'.join(self.sources)}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the facts behind it stand, a line each."""
        return tuple(source_line(fact, notice) for fact, notice in zip(self.facts, self.notices, strict=True))

    def __str__(self) -> str:
        """Write figure, year, region and what to know of them on one line."""
        words = [
            word for word in (self.scope.area, self.scope.population, self.scope.provider, self.scope.condition) if word
        ]
        words = [str(self.year), self.region or "no region", *self.scope.places, *words, self.status]
        words += [f"for {self.applies_to}"] * (self.applies_to not in {None, str(self.year)}) + [
            "inherited"
        ] * self.inherited
        words += [f"{self.general_words}, not for the {', '.join(self.unmatched)} asked for"] * self.general
        words += [f"as of {self.as_of} unconfirmed, {self.last_said}"] * self.unconfirmed
        return f"{self.indicator}: {self.figure} ({'; '.join(words)})"


def general_words(resources: Resources) -> str:
    """Take the words for a general figure, in both languages, from `labels.toml`; for `Resources.built`."""
    rows = read_toml(resources.root / "labels.toml").get("label", [])
    return next(f"{row['zh']} ({row['en']})" for row in rows if row["id"] == "phrase.general_figure")


def source_line(fact: Fact, notice: NoticeRecord) -> str:
    """Say where a fact stands: title, number, section, page and the words with their beginning and end."""
    number = f"（{notice.document_number}）" if notice.document_number else ""
    title = title_of(notice) or notice.source.path
    place = "".join(f"，{part}" for part in (fact.evidence.section, _page(fact.evidence.page)) if part)
    words = " ".join(fact.evidence.exact.split())
    return f"{title}{number}{place}：“{words}” [{fact.fact_id}]"


def _page(page: int | None) -> str | None:
    return None if page is None else f"p. {page}"
