"""Series as OpenFisca parameters: a folder of YAML files that openfisca-core loads as they are.

``region_100000/medical/funding/fiscal_subsidy/cny_per_person_year.yaml`` is the nation's subsidy. The last name is made
of the series' own key alone, so that it stays when other series come: unit and period, with ``area_west_`` before them for an
area, and behind them for whom, where and when it holds, in the text's words: ``rate_for_常住人口``, ``days_at_三级医院_if_转诊``. Such
words are names in Python, too; where that takes leaving signs out or cutting them short, digits of the ``series_id`` tell
them apart. Folders say in their ``index.yaml`` which region or indicator they are of.

At every date a parameter has what `Dataset.value` answers for its series, asked for the day or for its year; where these
differ, or there is no answer, it has null. So a year of which no notice speaks has no value: none is carried over. A floor,
a ceiling or a target of a later year is null, with its number in the metadata, unless ``bounds`` is ``value``.

``last_value_still_valid_on`` is the day on which a text last stated the newest figure, as far as texts bear one.

What openfisca-core does decides the rest. A value holds from its date until the next one, so what ends gets a null on the
day after. Rates are shares of one (70 % is 0.7). A parameter is a number, so series of dates and spans are left out, and
named in the folder's ``index.yaml``, with those that have no indicator.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.dataset.canonical import decimal_text
from extractor.dataset.labels import load_labels
from extractor.dataset.standing import last_said
from extractor.dataset.times import stated_span
from extractor.errors import ExportError
from extractor.export.targets import region_names
from extractor.messages import Message
from extractor.query.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from extractor.dataset.labels import Labels
    from extractor.dataset.times import DaySpan
    from extractor.export.targets import Options
    from extractor.model import Dataset, Fact, NoticeRecord, Point, Series

# Our unit: OpenFisca's word, what a value is multiplied with to become one of those, and its name in a file's name.
_UNITS = {
    "%": ("/1", Decimal("0.01"), "rate"), "‰": ("/1", Decimal("0.001"), "rate"), "pp": ("/1", Decimal("0.01"), "points"),
    "d": ("day", Decimal(1), "days"), "wk": ("week", Decimal(1), "weeks"), "mo": ("month", Decimal(1), "months"),
    "a": ("year", Decimal(1), "years"), "h": ("hour", Decimal(1), "hours"),
}  # fmt: skip
_PERIODS = ("year", "month", "day")
_CURRENCY = 3
# A file's name has at most 255 bytes, and three are one Chinese character.
_DIGITS, _LONGEST = 6, 60
_PART = re.compile(r"[\w-]{1,120}(?:\.yaml)?")


def write_openfisca(dataset: Dataset, folder: Path, options: Options) -> None:
    """Write one file a series that has a number, and an ``index.yaml`` that says what the folder is."""
    writer = _Writer(dataset, options)
    left_out = []
    folders: dict[Path, str] = {}
    for series in dataset.series:
        if (
            series.role != "level"
            or series.indicator is None
            or series.unit is None
            or all(_number(series, point) is None for point in series.points)
        ):
            left_out.append(series)
            continue
        parts = _parts(series)
        path = folder.joinpath(*parts)
        if path.exists():
            msg = Message(
                "{series_id}: another series has the name {name}, too. Build the dataset again with `extractor build`.",
                series_id=series.series_id,
                name=".".join(parts),
            )
            raise ExportError(msg)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_yaml(writer.parameter(series)))
        said = writer.folders(series)
        folders |= {folder.joinpath(*parts[: at + 1]): words for at, words in enumerate(said) if words}
    for path, words in folders.items():
        (path / "index.yaml").write_bytes(_yaml({"description": words}))
    (folder / "index.yaml").write_bytes(_yaml(writer.index(left_out)))


def place_of(series: Series) -> tuple[str, ...]:
    """Name a series' file, as parts of a path; joined by dots and without ``.yaml`` it is the parameter's name."""
    scope = series.scope
    words = (
        ("for", scope.population),
        ("in", "、".join(scope.places)),
        ("at", scope.provider),
        ("if", scope.condition),
    )
    named = [(before, one, _name(one)) for before, one in words if one]
    parts = [f"area_{scope.area}"] if scope.area else []
    parts += [_measure(series), *(f"{before}_{name}" for before, _, name in named)]
    name = "_".join(parts)
    if len(name) > _LONGEST or any(made != one for _, one, made in named):
        name = f"{name[:_LONGEST].rstrip('_')}_{series.series_id.rpartition('-')[2][:_DIGITS]}"
    return (f"region_{series.region or 'none'}", *(series.indicator or "").split("."), f"{name}.yaml")


def _name(words: str) -> str:
    """Make a part of a name of words: what no name in Python may have becomes one _."""
    plain = unicodedata.normalize("NFKC", words)
    made = "".join(char if f"a{char}".isidentifier() else "_" for char in plain)
    return re.sub("__+", "_", made).strip("_")


def _parts(series: Series) -> tuple[str, ...]:
    """Name a series' file, and refuse names that lead elsewhere: a dataset needn't come from a file that was checked."""
    parts = place_of(series)
    if wrong := [part for part in parts if not _PART.fullmatch(part)]:
        msg = Message(
            "{series_id}: {wrong!r} is no part of a file's name. Build the dataset again with `extractor build`.",
            series_id=series.series_id,
            wrong=wrong[0],
        )
        raise ExportError(msg)
    return parts


def _measure(series: Series) -> str:
    """Name unit and period in ASCII: cny_per_person_year, rate, count."""
    unit = series.unit or ""
    own = unit.lower() if unit.isascii() and unit.isalpha() else "count"
    name = _UNITS[unit][2] if unit in _UNITS else own
    return f"{name}_per_{'_'.join(series.per)}" if series.per else name


def _openfisca_unit(series: Series) -> tuple[str, Decimal]:
    unit = series.unit or ""
    if unit in _UNITS:
        return _UNITS[unit][:2]
    if unit.startswith("1/"):  # two thirds: value 2, unit 1/3
        return "/1", Decimal(1) / Decimal(unit[2:])
    is_currency = len(unit) == _CURRENCY and unit.isascii() and unit.isupper()
    return (f"currency-{unit}" if is_currency else unit.strip("{}")), Decimal(1)


def _number(series: Series, point: Point) -> Decimal | None:
    """Scale a point's value to OpenFisca's unit; None where it has none, or where sources disagree."""
    if point.value is None or point.status == "conflicting":
        return None
    return Decimal(point.value) * _openfisca_unit(series)[1]


def _is_of_later_year(point: Point) -> bool:
    """Return True if a figure is a target that is to be reached after its policy year: 到2025年底达到95%, of 2022."""
    return point.due is not None and point.due[:4] > str(point.year)


def _holds(span: DaySpan, day: dt.date) -> bool:
    return span.first <= day <= span.last


class _Writer:
    """What all parameters of one export share."""

    def __init__(self, dataset: Dataset, options: Options) -> None:
        self.dataset, self.bounds = dataset, options.bounds
        self.labels: Labels = load_labels(options.resources, options.lang)
        self.facts: dict[str, Fact] = {fact.fact_id: fact for fact in dataset.facts}
        self.notices: dict[str, NoticeRecord] = {notice.notice_id: notice for notice in dataset.notices}
        self.regions = region_names(dataset, self.labels)
        self._lookup = Lookup(dataset, options.resources)

    def index(self, left_out: Iterable[Series]) -> dict[str, Any]:
        """Describe the folder and name the series that are no parameters."""
        return {
            "description": "Figures of Chinese policy notices, one parameter a series",
            "metadata": {
                "dataset_version": self.dataset.dataset_version,
                "schema_version": self.dataset.schema_version,
                "content_hash": self.dataset.content_hash,
                "left_out_as_no_numbers": [f"{series.series_id} {self._label(series)}" for series in left_out],
            },
        }

    def folders(self, series: Series) -> list[str]:
        """Say what the folders of a series are, from its region's down to its indicator's; empty where nothing is to say."""
        parts = (series.indicator or "").split(".")
        ids = [".".join(parts[: at + 1]) for at in range(len(parts))]
        groups = [said if (said := self.labels("group", one)) != one else "" for one in ids[:-1]]
        return [self.regions.get(series.region or "", ""), *groups, self.labels.indicator(series.indicator) or ""]

    def parameter(self, series: Series) -> dict[str, Any]:
        """Make the content of one file."""
        period = next((name for name in _PERIODS if name in series.per), None)
        metadata: dict[str, Any] = {
            "unit": _openfisca_unit(series)[0],
            "label": self._label(series, region=False),
            "series_id": series.series_id,
            "indicator": series.indicator,
            "region": series.region,
            "scope": {
                name: list(value) if isinstance(value, tuple) else value
                for name in series.scope.__struct_fields__
                if (value := getattr(series.scope, name))
            },
            "per": list(series.per),
            "period": period,
            "last_value_still_valid_on": self._still_valid_on(series),
            "reference": self._references(id_ for point in series.points for id_ in point.fact_ids),
        }
        return {
            "description": self._label(series),
            "metadata": {name: value for name, value in metadata.items() if value not in (None, [], {})},
            "values": self._values(series),
        }

    def _still_valid_on(self, series: Series) -> dt.date | None:
        """Return the day on which a text last stated the newest figure; None where it ended, or no text bears a day."""
        newest = series.points[-1]
        day = None if newest.superseded_by or newest.status == "conflicting" else last_said(newest)
        return dt.date.fromisoformat(day) if day else None

    def _label(self, series: Series, *, region: bool = True) -> str:
        scope = series.scope
        parts = [*scope.places, scope.population, scope.provider, scope.condition]
        area = [self.labels("area", scope.area)] if scope.area else []
        words = "；".join([*area, *(part for part in parts if part)])
        where = self.regions.get(series.region or "", "") if region else ""
        name = self.labels.indicator(series.indicator) or series.subject or ""
        return " ".join(filter(None, (where, f"{name}（{words}）" if words else name)))

    def _references(self, fact_ids: Iterable[str]) -> list[dict[str, str]]:
        found = []
        for notice_id in dict.fromkeys(self.facts[one].notice_id for one in fact_ids):
            notice = self.notices[notice_id]
            title = " ".join(filter(None, (notice.title, notice.document_number))) or notice_id
            found.append({"title": title, **({"href": notice.source.url} if notice.source.url else {})})
        return found

    def _values(self, series: Series) -> dict[str, dict[str, Any]]:
        """Say from each day on which something begins or ends what holds from then on; what stays isn't repeated."""
        values: dict[str, dict[str, Any]] = {}
        last: dict[str, Any] = {"value": None}
        for day in sorted(self._days(series)):
            found = self._at(series, day)
            if found != last:
                values[day.isoformat()] = last = found
        return values

    def _days(self, series: Series) -> set[dt.date]:
        """List the days on which a figure begins to hold or ends: those that texts state, and each policy year's."""
        days: set[dt.date] = set()
        for point in series.points:
            days |= {dt.date(point.year, 1, 1), dt.date(point.year + 1, 1, 1)}
            for span in (self._lookup.span(point), self._stated(point)):
                days |= {span.first} - {dt.date.min} if span else set()
                days |= {span.last + dt.timedelta(days=1)} if span and span.last != dt.date.max else set()
        return days

    def _stated(self, point: Point) -> DaySpan | None:
        """Say when a point holds by the words of its own facts, where they say so and agree."""
        spans = {span for fact in self._lookup.behind(point) if (span := stated_span(fact))}
        return spans.pop() if len(spans) == 1 and point.status != "derived" else None

    def _at(self, series: Series, day: dt.date) -> dict[str, Any]:
        """Find what `Dataset.value` answers of a series, asked with ``on`` and with the year; null where they differ.

        A figure of the policy year is taken for the whole of it, unless its own words state other days.
        """
        held = [point for point in series.points if (span := self._lookup.span(point)) and _holds(span, day)]
        of_year = [point for point in series.points if point.year == day.year]
        own = [point for point in of_year if (span := self._stated(point)) is None or _holds(span, day)]
        if not held and not own:
            return {"value": None}
        answers = [*held, *(own if len(of_year) == 1 else ())]
        said = list({point.fact_ids: point for point in (*held, *own)}.values())
        doubtful = len(held) > 1 or len({(one.value, one.operator) for one in answers}) != 1
        if doubtful or answers[0].status == "conflicting":
            return {"value": None, "metadata": {"conflict": [self._meta(one, assumed=one not in held) for one in said]}}
        return self._value(series, answers[0], assumed=answers[0] not in held)

    def _value(self, series: Series, point: Point, *, assumed: bool) -> dict[str, Any]:
        number = _number(series, point)
        if self.bounds == "null" and (point.operator != "eq" or _is_of_later_year(point)):
            number = None
        return {"value": number, "metadata": self._meta(point, assumed=assumed)}

    def _meta(self, point: Point, *, assumed: bool) -> dict[str, Any]:
        found: dict[str, Any] = {
            "policy_year": point.year,
            "assumed": assumed,
            "operator": point.operator,
            "status": point.status,
            "stated": point.value,
            "lower": point.lower,
            "upper": point.upper,
            "due": point.due,
            "derivation": point.derivation.text if point.derivation else None,
            "fact_ids": list(point.fact_ids or (point.derivation.fact_ids if point.derivation else ())),
            "reference": self._references(point.fact_ids),
        }
        return {name: value for name, value in found.items() if value not in (None, [])}


def _yaml(content: dict[str, Any]) -> bytes:
    import yaml

    text: str = yaml.dump(content, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10_000)
    return text.encode()


@cache
def _dumper() -> Any:  # noqa: ANN401 - a class of PyYAML's kind
    """Make the writer of all files: decimals digit by digit, and no references within a file."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes the same list twice rather than point at it."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - as PyYAML has it
            """Say so of everything."""
            del data
            return True

    def decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
        text = decimal_text(value)
        return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)

    Dumper.add_representer(Decimal, decimal)
    return Dumper
