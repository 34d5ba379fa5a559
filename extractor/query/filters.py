"""What facts and series may be filtered by; a word that none can have is an error that says which may be meant.

A filter that is misspelt would find nothing, and nothing is what a program takes for an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypedDict, get_args

from extractor import model
from extractor.errors import ReadingError
from extractor.query.areas import require_region
from extractor.query.named import ids_named, near_words
from extractor.query.query import AREAS, require_text, require_year
from extractor.resources import indicator_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from extractor.resources import Resources


class FilteredDataset(Protocol):
    """What messages need of a dataset."""

    data: model.Dataset

    @property
    def resources(self) -> Resources:
        """The data files that it was built with."""

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators that there are figures of."""

    def regions(self) -> tuple[str, ...]:
        """List the codes of the regions that there are figures of."""


class FactFilter(TypedDict, total=False):
    """What facts may be asked by; each is compared with the fact's own."""

    indicator: str | None
    year: int | None
    region: str | None
    notice_id: str
    kind: str
    role: str
    operator: str
    unit: str | None
    modality: str
    status: str
    area: str | None
    population: str | None
    payer: str | None
    provider: str | None
    condition: str | None


class SeriesFilter(TypedDict, total=False):
    """What series may be asked by; ``year``: those with a point of this year."""

    series_id: str
    indicator: str | None
    subject: str | None
    programme: str | None
    kind: str
    role: str
    year: int
    region: str | None
    unit: str | None
    area: str | None
    population: str | None
    provider: str | None
    condition: str | None


# Words of closed lists.
_MEMBERS: dict[str, tuple[str, ...]] = {
    "kind": get_args(model.Kind), "role": get_args(model.Role), "operator": get_args(model.Operator),
    "modality": get_args(model.Modality), "status": get_args(model.FactStatus), "area": AREAS,
}  # fmt: skip
_SCOPED = {"area"}
# More words than these are no help.
_MOST = 12


def require_fact_filters(indicators: tuple[str, ...], wanted: FactFilter, dataset: FilteredDataset) -> None:
    """Raise `TypeError` for a filter that facts have none of, `ReadingError` for a word that none of its like can be."""
    _require_filters(indicators, wanted, FactFilter, dataset)


def require_series_filters(indicators: tuple[str, ...], wanted: SeriesFilter, dataset: FilteredDataset) -> None:
    """Raise `TypeError` for a filter that series have none of, `ReadingError` for a word that none of its like can be."""
    _require_filters(indicators, wanted, SeriesFilter, dataset)


def _require_filters(
    indicators: tuple[str, ...], wanted: Mapping[str, object], filters: type, dataset: FilteredDataset
) -> None:
    if unknown := sorted(set(wanted) - set(filters.__annotations__)):
        msg = f"{unknown[0]!r} can't be filtered by. Filter by {', '.join(filters.__annotations__)}."
        raise TypeError(msg)
    for one in indicators:
        _require_known_indicator(one, dataset)
    for name, given in wanted.items():
        if name == "year":
            require_year(given)
        elif (word := require_text(name, given)) is not None:
            _require_word(name, word, dataset)


def _require_word(name: str, word: str, dataset: FilteredDataset) -> None:
    """Raise `ReadingError` for a word of a closed list, an id or a code that there is none of; other words are the texts'."""
    if name == "indicator":
        _require_known_indicator(word, dataset)
    elif name == "region":
        require_region(word, dataset.resources, frozenset(dataset.regions()))
    elif name == "notice_id":
        _require_one_of(name, word, [one.notice_id for one in dataset.data.notices])
    elif name == "series_id":
        _require_one_of(name, word, [one.series_id for one in dataset.data.series])
    elif name in _MEMBERS and word not in _MEMBERS[name]:
        # A dataset of a later version may have words of its own.
        facts = dataset.data.facts
        own = {getattr(fact.scope if name in _SCOPED else fact, name) for fact in facts} - {None}
        _require_one_of(name, word, [*_MEMBERS[name], *sorted(own - set(_MEMBERS[name]))])


def require_indicator(indicator: str, dataset: FilteredDataset) -> None:
    """Raise `ReadingError` for an indicator that the dataset has no figure of."""
    _require_named(indicator, dataset.indicators(), dataset)


def _require_known_indicator(indicator: str, dataset: FilteredDataset) -> None:
    """Raise `ReadingError` for an indicator that neither the dataset nor the catalog has."""
    there = dataset.indicators()
    if indicator not in there:
        _require_named(indicator, {*there, *(row["id"] for row in dataset.resources.built(indicator_rows))}, dataset)


def _require_named(indicator: object, known: Collection[str], dataset: FilteredDataset) -> None:
    if indicator in known:
        return
    ids = ids_named(indicator, dataset.resources)
    hint = f" It is the name of {' and '.join(ids)}." if ids else near_words(str(indicator), known)
    msg = f"indicator {indicator!r}: there is no such id.{hint or ' dataset.indicators() lists them.'}"
    raise ReadingError("unknown", msg)


def _require_one_of(name: str, word: str, known: Collection[str]) -> None:
    if word in known:
        return
    hint = near_words(word, known)
    if not hint and len(known) <= _MOST:
        hint = f" Expected one of {', '.join(known)}."
    raise ReadingError("unknown", f"{name} {word!r}: there is no such {name}.{hint}")
