"""The dataset as programs use it: ``extractor.Dataset``.

Opening one needs neither spaCy nor jieba, importing it needs nothing at all, and what a method needs is loaded by it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from extractor import model
    from extractor.dataset.figures import Figures
    from extractor.dataset.partitions import Table
    from extractor.dataset.rows import TableName
    from extractor.query.claims import ClaimReport
    from extractor.query.filters import FactFilter, SeriesFilter
    from extractor.query.held import HeldDataset
    from extractor.query.lookup import Lookup
    from extractor.query.query import ScopeFilter
    from extractor.query.value import FigureValue
    from extractor.resources import Resources


class Verifier(Protocol):
    """Checks texts against a dataset; `extractor.verify.run.verify` is one."""

    def __call__(
        self, dataset: model.Dataset, texts: str | Sequence[str], resources: Resources, *, region: str | None = None
    ) -> ClaimReport:
        """Say of each figure of the texts what the dataset states."""


_SCOPED = {"area", "population", "payer", "provider", "condition"}


class Dataset:
    """A built dataset. ``data`` is all of it, typed as in `extractor.model`.

    ``resources`` are the data files that it was built with; the default are those of the package, with the indicators that
    the dataset brings along.
    """

    # How texts are read and checked. Answering questions needs no reader of notices: ``extractor.Dataset`` is handed one.
    verifier: ClassVar[Verifier | None] = None

    def __init__(self, data: model.Dataset | HeldDataset, *, resources: Resources | None = None) -> None:
        """Take a dataset that is in memory already, or `query.held` in another way."""
        from extractor.model import Dataset as Data
        from extractor.query.held import WholeDataset

        self._held: HeldDataset = WholeDataset(data) if isinstance(data, Data) else data
        self._lookups: dict[str | None, Lookup] = {}
        if resources is not None:
            self.resources = resources

    @property
    def data(self) -> model.Dataset:
        """All of it, typed as in `extractor.model`; of one in parts it is loaded when first asked for."""
        return self._held.data

    @classmethod
    def load(cls, path: Path | str, *, resources: Resources | None = None) -> Self:
        """Load ``outputs/dataset.json``; a `DatasetError` says what is wrong with it and what to do.

        A `DatasetWarning` says that its facts were changed after it was built.
        """
        from extractor.dataset.partitions import load_built

        return cls(_with_a_word(load_built(Path(path)), str(path)), resources=resources)

    @classmethod
    def open(cls, folder: Path | str, *, resources: Resources | None = None) -> Self:
        """Open an outputs folder; of a dataset in parts (``build --layout partitioned``) nothing is loaded yet.

        What is asked of one region opens the files of that region; `value` also those of regions above it, and of the notices
        that its facts stand in. What is asked of all regions opens those of the tables that it needs. Lists in errors are of
        what was opened. A `DatasetError` says what is wrong and what to do.
        """
        from extractor.dataset.partitions import is_there
        from extractor.query.held import PartedDataset

        place = Path(folder)
        if not is_there(place):
            return cls.load(place / "dataset.json", resources=resources)
        return cls(PartedDataset(place), resources=resources)

    @classmethod
    def loads(cls, data: bytes, origin: str = "dataset", *, resources: Resources | None = None) -> Self:
        """Load a dataset from bytes, as `load` does; ``origin`` names them in messages."""
        from extractor.dataset import store

        return cls(_with_a_word(store.loads(data, origin), origin), resources=resources)

    @cached_property
    def resources(self) -> Resources:
        """The data files that questions are answered by."""
        from extractor.dataset.own_indicators import resources_for
        from extractor.resources import load

        return resources_for(load(), self.holding(()))

    def holding(self, tables: Sequence[Table], regions: Sequence[str | None] | None = None) -> model.Dataset:
        """Give a dataset with at least these tables, of at least these regions; None for all."""
        return self._held.holding(tables, regions)

    def files(self, table: Table, *regions: str | None) -> list[Path]:
        """List the Parquet files of a table, of some regions or of all, for DuckDB and its like; none where it is one file."""
        return self._held.files(table, regions or None)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"<Dataset {self._held!r}>"

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────

    def value(
        self,
        indicator: str,
        *,
        year: int | None = None,
        on: date | str | None = None,
        as_of: date | str | None = None,
        region: str | None = None,
        **scope: Unpack[ScopeFilter],
    ) -> FigureValue:
        """Find the figure of an indicator by the rules of `extractor.query.lookup`.

        ``year`` is the policy year, ``on`` a day on which the figure holds, where its text states that; ``region`` is a
        six-digit code. The scope: ``area``, ``places``, ``population``, ``provider``, ``condition``, ``payer``; to tell
        figures apart that differ in nothing else, ``unit``, ``per`` and ``due``; ``payer=""`` and ``per=()`` are for figures
        that name none.
        ``as_of`` is a day: what was known and in force on it, by the notices issued until then. With ``year`` or ``on``, that
        year's or day's figure as it was known. The answer says since when nobody confirmed it (`FigureValue.unconfirmed`).
        Raises `ReadingError`, which lists what there is, where nothing or more than one figure is found.
        """
        from extractor.query.lookup_errors import none_near
        from extractor.query.query import make_query

        near = None if "series_id" in scope else self._held.apart(region)
        lookup = self._lookup_for(near)
        question = make_query(indicator, year, on, region, scope, self.resources, known=lookup.regions, as_of=as_of)
        if near and indicator in self.indicators() and not lookup.knows(indicator):
            raise none_near(indicator, near, lookup.wording)
        return lookup.answer(question)

    def _lookup_for(self, region: str | None) -> Lookup:
        """Give what answers questions about a region, or (None) about any."""
        from extractor.query.held import make_room
        from extractor.query.lookup import Lookup

        if region not in self._lookups:
            make_room(self._lookups)
            needed = self._held.around(region) if region else self.holding(("facts", "series", "notices"))
            self._lookups[region] = Lookup(needed, self.resources)
        return self._lookups[region]

    @property
    def _lookup(self) -> Lookup:
        return self._lookup_for(None)

    def facts(self, *indicators: str, **wanted: Unpack[FactFilter]) -> Iterator[model.Fact]:
        """Go through the facts, in the order of notices and places; ``facts(indicator=None)`` are those without one.

        A `ReadingError` names an id, a code or a word of a closed list that there is none of, and what may be meant.
        """
        from extractor.query.filters import require_fact_filters

        require_fact_filters(indicators, wanted, self)
        held = self.holding(("facts",), [wanted["region"]] if "region" in wanted else None)
        regions = self._regions(wanted["region"]) if "region" in wanted else {}
        checks = [(name, value, name in _SCOPED) for name, value in wanted.items() if name not in {"region", "year"}]
        for fact in held.facts:
            if indicators and fact.indicator not in indicators:
                continue
            if "year" in wanted and fact.policy_year != wanted["year"]:
                continue
            if "region" in wanted and (fact.scope.region or regions.get(fact.notice_id)) != wanted["region"]:
                continue
            if all(getattr(fact.scope if scoped else fact, name) == value for name, value, scoped in checks):
                yield fact

    def _regions(self, *regions: str | None) -> dict[str, str]:
        """Give the regions of notices, of those of some regions or of all, by their ids."""
        held = self.holding(("notices",), regions or None)
        return {notice.notice_id: notice.region.code for notice in held.notices if notice.region}

    def series(self, *indicators: str, **wanted: Unpack[SeriesFilter]) -> Iterator[model.Series]:
        """Go through the series: an indicator of one region and scope over the years; for misspelt words see `facts`."""
        from extractor.query.filters import require_series_filters

        require_series_filters(indicators, wanted, self)
        checks = [(name, value, name in _SCOPED) for name, value in wanted.items() if name != "year"]
        held = self.holding(("series",), [wanted["region"]] if "region" in wanted else None)
        for series in held.series:
            if indicators and series.indicator not in indicators:
                continue
            if "year" in wanted and all(point.year != wanted["year"] for point in series.points):
                continue
            if all(getattr(series.scope if scoped else series, name) == value for name, value, scoped in checks):
                yield series

    def fact(self, fact_id: str) -> model.Fact:
        """Give the fact of an id, as checks, series and changes name it; a `KeyError` where there is none."""
        return self._lookup.facts[fact_id]

    def notice(self, notice_id: str) -> model.NoticeRecord:
        """Give the notice of an id, as facts name it; a `KeyError` where there is none."""
        return self._lookup.notices[notice_id]

    # ── what there is to ask for ───────────────────────────────────────────────────────────────────────────────────

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators that there are figures of, sorted."""
        return self._held.indicators()

    def regions(self) -> tuple[str, ...]:
        """List the codes of the regions that there are figures of, sorted."""
        return self._held.regions()

    def years(self) -> tuple[int, ...]:
        """List the policy years that there are figures of, the oldest first."""
        return self._held.years()

    def scopes(self, indicator: str) -> tuple[dict[str, str], ...]:
        """List for whom there are figures of an indicator, each as the words that `value` takes, region and unit with them.

        A general figure has none of ``area``, ``population``, ``provider`` and ``condition``. A `ReadingError` says which
        indicators there are, where there is no such one.
        """
        from extractor.query.filters import require_indicator

        require_indicator(indicator, self)
        found = []
        for series in self.holding(("series",)).series:
            if series.indicator == indicator:
                parts = {name: getattr(series.scope, name) for name in ("area", "population", "provider", "condition")}
                words = {
                    "region": series.region,
                    "unit": series.unit,
                    **parts,
                    "places": "、".join(series.scope.places),
                }
                found.append({name: word for name, word in words.items() if word})
        return tuple(sorted(found, key=lambda one: (len(one), sorted(one.items()))))

    # ── checking what others say ───────────────────────────────────────────────────────────────────────────────────

    def verify(self, text: str | Sequence[str], *, region: str | None = None) -> ClaimReport:
        """Check the figures of a text, or of several: ``claims`` has a verdict for each, and what the dataset states.

        ``region`` is the six-digit code of the one that the texts are about, where their words name none. The text is read as
        notices are, which needs what reading them does. See `extractor.query.claims` for what the report holds.
        Raises `ReadingError` where there is no such region, `DatasetError` for a text that is too long.
        """
        from extractor.errors import DatasetError
        from extractor.messages import Message

        if self.verifier is None:
            msg = Message("this Dataset has no reader of texts. Take the class from the package: extractor.Dataset.")
            raise DatasetError(msg)
        return self.verifier(self.data, text, self.resources, region=region)

    # ── comparing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def compare(self, from_: int, to: int, *, region: str | None = None) -> tuple[model.Comparison, ...]:
        """Compare two policy years of a region, or of every region that has both; a `DatasetError` says which there are."""
        from extractor.dataset.compare import compare_years, regions_with
        from extractor.model import Comparison
        from extractor.query.query import require_text, require_year

        require_year(from_, "from_")
        require_year(to, "to")
        require_text("region", region)
        figures = self._figures
        regions = regions_with(figures, (from_, to)) if region is None else [region]
        return tuple(
            Comparison(from_=from_, to=to, region=one, against=None, changes=compare_years(figures, one, from_, to))
            for one in regions
        )

    @cached_property
    def _figures(self) -> Figures:
        from extractor.dataset.compare import figures_of

        return figures_of(self.holding(("facts", "series", "notices")), self.resources)

    # ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def frame(self, table: TableName = "facts", *, engine: Literal["pandas", "polars"] = "pandas") -> Any:  # noqa: ANN401 - of a library that may not be there
        """Make a pandas or polars frame of a table: facts, series, notices, checks, changes, measures, unresolved or set_aside.

        Columns are those of `extractor.dataset.rows`. A `DatasetError` says what to install.
        """
        from extractor.query.frames import make_frame

        return make_frame(self.data, table, engine)

    # ── the rest of the file ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def schema_version(self) -> str:
        """Version of the shape."""
        return self.holding(()).schema_version

    @property
    def dataset_version(self) -> str:
        """Version of the content."""
        return self.holding(()).dataset_version

    @property
    def content_hash(self) -> str:
        """SHA-256 over the facts."""
        return self.holding(()).content_hash

    @property
    def notices(self) -> tuple[model.NoticeRecord, ...]:
        """The notices read."""
        return self.holding(("notices",)).notices

    @property
    def unresolved(self) -> tuple[model.Unresolved, ...]:
        """Figures that could not be read, with the reason."""
        return self.holding(("unresolved",)).unresolved

    @property
    def checks(self) -> tuple[model.Check, ...]:
        """Checks of the figures against each other."""
        return self.holding(("checks",)).checks

    @property
    def comparisons(self) -> tuple[model.Comparison, ...]:
        """What moved between the years of each region."""
        return self.holding(("comparisons",)).comparisons


def _with_a_word(dataset: model.Dataset, origin: str) -> model.Dataset:
    """Warn of a dataset that was changed after it was built: on purpose perhaps, but whoever computes with it should know."""
    import warnings

    from extractor.dataset.versions import changed_words
    from extractor.errors import DatasetWarning

    if words := changed_words(dataset, origin):
        warnings.warn(words, DatasetWarning, stacklevel=3)
    return dataset
