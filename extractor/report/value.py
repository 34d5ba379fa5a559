"""What `extractor value` shows of the figure that answers a question, and how it writes questions that have no answer."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.dataset.labels import safe, scope_words
from extractor.messages import Message
from extractor.model import Scope
from extractor.query.areas import region_codes, region_names
from extractor.query.lookup_errors import Wording
from extractor.report.claims import amount_words, figure_words, quote_words
from extractor.report.terminal import named_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from extractor.dataset.labels import Labels
    from extractor.model import Fact, Point
    from extractor.query.claims import StatedFigure
    from extractor.query.lookup import Lookup
    from extractor.query.query import Query
    from extractor.query.value import FigureValue
    from extractor.resources import Resources

_OPTIONS = {"as_of": "as-of", "places": "place", "series_id": "series"}


class OptionWording(Wording):
    """Writes a question as options of `extractor value`, and figures in the words of its tables."""

    year = "--year"
    more = Message(": say more of what you ask for")
    no_words = Message("no option at all")

    def __init__(self, labels: Labels, resources: Resources) -> None:
        """Take the words of a language, and the names of regions."""
        self._labels = labels
        self._names, self._codes = resources.built(region_names), resources.built(region_codes)

    def arguments(self, given: Mapping[str, object]) -> str:
        """Write what is asked for as options, each value as a shell takes it; what is None isn't asked for."""
        pairs = (
            (_OPTIONS.get(name, name), one)
            for name, value in given.items()
            if value is not None
            for one in (value or [""] if isinstance(value, list) else [value])
        )
        return " ".join(f"--{name} {_typed(self._said(name, str(one)))}" for name, one in pairs)

    def figure(self, one: Point | Fact, unit: str | None, per: Sequence[str] = ()) -> str:
        """Write a figure as tables do."""
        return amount_words(one, self._labels, role=getattr(one, "role", "level"), unit=unit, per=per)

    def region(self, code: str) -> str:
        """Write a region as people call it, where that is its name alone."""
        names = (self._labels("region", code), self._names.get(code, code))
        return next((name for name in names if self._codes.get(name) == [code]), code)

    def indicator(self, indicator: str) -> str:
        """Write an indicator by its name, with its id."""
        name = self._labels.indicator(indicator)
        return indicator if name in {None, indicator} else self._labels.bracketed(safe(name or ""), indicator)

    def role(self, role: str) -> str:
        """Write what a figure is."""
        return self._labels("role", role)

    def kind(self, name: str) -> str:
        """Write by which option is asked."""
        return f"--{_OPTIONS.get(name, name)}"

    def _said(self, name: str, value: str) -> str:
        if name == "region":
            return self.region(value)
        return self._labels(name, value) if name in {"area", "per", "unit"} and value else value


def _typed(words: str) -> str:
    """Write words as a shell takes them; Chinese needs no quotes."""
    return words if re.fullmatch(r"[\w.-]+", words) else shlex.quote(words)


def value_view(
    found: FigureValue, stated: StatedFigure, asked: Query, lookup: Lookup, labels: Labels
) -> RenderableType:
    """Show a figure, what is to be known of it, and the words that it stands in; ``stated`` is the same with quotations."""
    region = lookup.wording.region(found.region) if found.region else None
    head = Text(labels.indicator(found.indicator) or found.indicator, style="bold")
    head.append(f"  {figure_words(stated, labels)}", style="bold green")
    head.append(safe("  " + " ".join(filter(None, (region, str(found.year))))), style="bold")
    rows: list[tuple[str, str | Text | None]] = [
        (labels("field", "scope"), _scope(found, labels)),
        *(
            (labels("field", "note") if at == 0 else "", note)
            for at, note in enumerate(_notes(found, asked, lookup, labels))
        ),
    ]
    for at, quote in enumerate(stated.quotes):
        rows.append((labels("field", "exact") if at == 0 else "", quote_words(quote)))
        place = (f"p. {quote.evidence.page}" if quote.evidence.page is not None else None, quote.path, quote.fact_id)
        rows.append(("", "  ".join(filter(None, (quote.evidence.section, *place)))))
    return Group(head, Padding(named_rows(rows), (0, 2)))


def _scope(found: FigureValue, labels: Labels) -> str:
    """Say for whom, where and in which case it holds."""
    scope = found.scope
    words = Scope(
        area=scope.area,  # type: ignore[arg-type]
        population=scope.population, places=scope.places, provider=scope.provider, condition=scope.condition,
        payer=found.fact.scope.payer,
    )  # fmt: skip
    return scope_words(words, labels)


def _notes(found: FigureValue, asked: Query, lookup: Lookup, labels: Labels) -> Iterator[str]:
    """Say what must not be lost on the way from a figure to its use."""
    said = labels("value_bound", found.operator)
    if said != found.operator:
        yield said
    if found.inherited and asked.region and found.region:
        places = (lookup.wording.region(asked.region), lookup.wording.region(found.region))
        name = "value_inherited" if asked.as_of is None else "value_inherited_then"
        yield labels("phrase", name).format(*places, asked.as_of)
    words = labels.listed(_unmatched(found, asked))
    if words:
        yield labels("phrase", "value_general").format(words)
    if found.particular_years:
        yield labels("phrase", "value_particular").format(words, labels.listed(map(str, found.particular_years)))
    if found.derivation:
        yield labels("phrase", "value_derived").format(found.derivation.text)
    if found.applies_to not in {None, str(found.year)}:
        yield f"{labels('field', 'applies_to')} {found.applies_to}"
    if found.holds_from or found.holds_to:
        span = f"{found.holds_from or '…'} – {found.holds_to or '…'}"
        yield labels("phrase", "value_holds").format(span)
    yield from _time_notes(found, labels)


def _time_notes(found: FigureValue, labels: Labels) -> Iterator[str]:
    """Say how sure it still is."""
    if found.expires_on:
        yield labels("note", "expires_on").format(found.expires_on)
    if found.until_changed:
        yield labels("note", "until_changed")
    if found.unconfirmed:
        day = found.last_confirmed_on or found.stated_on
        yield labels("phrase", "value_unconfirmed").format(found.as_of, day or "—")


def _unmatched(found: FigureValue, asked: Query) -> Iterator[str]:
    for name in found.unmatched:
        if name == "places":
            yield from sorted(asked.places)
        else:
            yield str(asked.words.get(name) or getattr(asked, name, None) or name)
