"""What `extractor diff` draws in a terminal."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, get_args

from msgspec.structs import replace
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.build.corpus import source_text
from extractor.dataset.changes import KINDS
from extractor.dataset.compare import (
    Stance,
    compare_datasets,
    compare_regions,
    compare_years,
    figures_of,
    load_directions,
    regions_with,
    require,
    stance,
)
from extractor.dataset.doubts import LIMITS, broken_limits
from extractor.dataset.labels import load_labels
from extractor.dataset.own_indicators import resources_for
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.model import Comparison
from extractor.query.named import ids_named, indicators_named, region_named, year_named
from extractor.report.columns import Columns, TableColumn, WrappedWords
from extractor.report.diff_lines import DiffWriter, Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.model import Change, Dataset, NoticeRecord
    from extractor.report.diff_lines import DiffCell, DiffLine, DiffSection
    from extractor.resources import Resources

    Load = Callable[[str], tuple[Dataset, Path]]

_STYLES = {"raised": "green", "lowered": "red", "introduced": "cyan", "not_mentioned": "yellow", "unchanged": "dim"}


def diff_view(parts: Sequence[DiffSection], labels: Labels, *, verbose: bool) -> RenderableType:
    """Show comparisons as tables; ``verbose`` adds the sentences of both sides."""
    shown: list[RenderableType] = []
    for part in parts:
        shown += [Text(part.title, style="bold"), *(Text(note, style="yellow") for note in part.notes)]
        shown += ["", _table(part, labels), "", Text(part.counts, style="dim"), ""]
        if verbose:
            shown += [*_sentences(part, labels), ""]
    return Group(*shown[:-1]) if shown else Text(labels("phrase", "nothing_moved"))


def _table(part: DiffSection, labels: Labels) -> Columns:
    columns = [
        TableColumn(labels("field", "indicator"), least=22, most=36),
        TableColumn(labels("field", "scope"), least=12, most=24),
        *(TableColumn(name, least=14) for name in part.columns),
        TableColumn(labels("field", "change"), least=12),
    ]
    rows: list[Sequence[Text] | Text] = []
    for name, lines in part.groups:
        rows.append(Text(name, style="bold"))
        for line in lines:
            change = " ".join(filter(None, (line.kind, line.delta)))
            style = _STYLES.get(line.change.kind, "")
            rows.append((
                Text(line.indicator, style="" if line.change.indicator else "italic"),
                Text(line.scope),
                _cell_text(line.before),
                _cell_text(line.after),
                _change_text(change, line, style),
            ))  # fmt: skip
    return Columns(columns, rows)


def _change_text(change: str, line: DiffLine, style: str) -> Text:
    """Say what moved, below it what else; a limit that is broken comes first and stands out."""
    text = Text(change, style=style)
    for at, words in enumerate(line.also):
        text.append(f"\n{words}", style="bold red" if line.limit and at == 0 else style)
    return text


def _cell_text(cell: DiffCell) -> Text:
    text = Text(cell.text)
    for note in cell.notes:
        text.append(f"\n{note}", style="dim")
    return text


def _sentences(part: DiffSection, labels: Labels) -> list[RenderableType]:
    shown: list[RenderableType] = []
    for _, lines in part.groups:
        for line in lines:
            named = labels.bracketed(line.indicator, line.scope)
            shown.append(Text(f"{named}  {line.kind}", style="bold"))
            for column, cell in zip(part.columns, (line.before, line.after), strict=True):
                for quote in cell.quotes:
                    head = (f"{column}  {quote.notice}  {quote.fact_id}\n", "dim")
                    words = (quote.before, "【", (quote.exact, "bold"), "】", quote.after)
                    shown.append(Padding(WrappedWords(Text.assemble(head, *words)), (0, 0, 0, 2)))
    return shown


# ── From what `extractor diff` was asked to the comparisons and all that it takes to put them into words

_YEAR = re.compile(r"[0-9]{4}")
USAGE = Message(
    "Name two years (extractor diff 2021 2022), two datasets (extractor diff OLD.json NEW.json), or a "
    "region and a year against another region (extractor diff --region 360000 --against 100000 2022)."
)


class Request(NamedTuple):
    """What to compare, as the command line says it, and which changes to show."""

    sides: tuple[str, ...]
    dataset: str
    corpus: Path
    region: str | None = None
    against: str | None = None
    only: str = ""
    indicators: tuple[str, ...] = ()


def compare(
    request: Request, load: Load, language: str, resources: Resources, *, quoted: bool
) -> tuple[list[Comparison], DiffWriter]:
    """Compare what was asked; comparisons without a change to show are left out.

    The writer has the labels of a language, ``zh`` or ``en``, with those that the datasets bring along. Raises `DatasetError` for a request that can't be answered.
    """
    labels = load_labels(resources, language)
    only = _only(request, labels)
    request = _in_codes(request, load, labels, resources)
    years = [side for side in request.sides if _YEAR.fullmatch(side)]
    if request.against is not None:
        found, writer = _regions(request, years, load, language, resources)
    elif len(request.sides) == len(years) == len(("from", "to")):
        found, writer = _years(request, load, language, resources)
    elif len(request.sides) == len(("old", "new")) and not years:
        found, writer = _datasets(request, load, language, resources)
    else:
        msg = Message(
            "cannot compare {sides:and}. {usage}", sides=tuple(request.sides) or Message("nothing"), usage=USAGE
        )
        raise DatasetError(msg)
    indicators = _indicators(request.indicators, writer)
    shown = [chosen(comparison, only, indicators, writer) for comparison in found]
    return [comparison for comparison in shown if comparison.changes], writer._replace(quoted=quoted)


def _in_codes(request: Request, load: Load, labels: Labels, resources: Resources) -> Request:
    """Put what a request leaves out or says in words into years and codes, by what the dataset has."""
    files = [side for side in request.sides if year_named(side) is None]
    if files:
        return (
            request if request.region is None else request._replace(region=region_named(request.region, (), resources))
        )
    dataset, _ = load(request.dataset)
    figures = figures_of(dataset, resources_for(resources, dataset))
    places: dict[str | None, list[int]] = figures.places()
    region = None if request.region is None else region_named(request.region, places, resources)
    against = None if request.against is None else region_named(request.against, places, resources)
    if against is not None and region is None:
        region = _implementing(dataset, against)
    years = [str(year_named(side)) for side in request.sides]
    if not years:
        years = _newest(figures, region, labels, count=1 if against else 2)
    return request._replace(sides=tuple(years), region=region, against=against)


def _implementing(dataset: Dataset, against: str) -> str:
    """Return the one region whose notices implement others; a `DatasetError` lists them where there are several."""
    above = {one.document_number for one in dataset.notices if one.region and one.region.code == against}
    found = {
        one.region.code
        for one in dataset.notices
        if one.region and one.region.code != against
        for link in one.relations
        if link.type == "implements" and link.document_number in above
    }
    if len(found) == 1:
        return found.pop()
    said = (
        Message("of {found}", found=tuple(sorted(found)))
        if found
        else Message("that has notices which implement this one's")
    )
    msg = Message("--against {against}: name a region with --region, {said}.", against=against, said=said)
    raise DatasetError(msg)


def _newest(figures: Figures, region: str | None, labels: Labels, *, count: int) -> list[str]:
    """Take the newest years of a region, else of the region that has the newest two; a region must have them."""
    places: Mapping[str | None, Sequence[int]] = figures.places()
    if region is not None:
        require(figures, region)
        if len(found := sorted(set(places[region]))) < count:
            msg = Message(
                "{region} has figures of one year only, {year}: there is none to compare it with. Compare it with "
                "another region (--against), or build with the notice of another year.",
                region=labels("region", region),
                year=str(found[0]),
            )
            raise DatasetError(msg)
        return [str(year) for year in found[-count:]]
    there = [sorted(set(found)) for found in places.values()]
    fitting = [found[-count:] for found in there if len(found) >= count]
    return [str(year) for year in max(fitting, key=lambda found: found[::-1], default=[])]


def _years(request: Request, load: Load, language: str, resources: Resources) -> tuple[list[Comparison], DiffWriter]:
    dataset, held = _held(request.dataset, load, request.corpus, resources)
    from_, to = map(int, request.sides)
    regions = [request.region] if request.region else regions_with(held.figures, (from_, to))
    stored = {(one.region, one.from_, one.to): one.measures for one in dataset.comparisons if one.against is None}
    found = [
        Comparison(
            from_=from_,
            to=to,
            region=region,
            against=None,
            changes=compare_years(held.figures, region, from_, to),
            measures=stored.get((region, from_, to), ()),
        )
        for region in regions
    ]
    return found, DiffWriter(held, held, _labels(language, held), limits=broken_limits(dataset))


def _regions(
    request: Request, years: Sequence[str], load: Load, language: str, resources: Resources
) -> tuple[list[Comparison], DiffWriter]:
    if (
        request.region is None
        or request.against in {None, request.region}
        or len(request.sides) != len(years)
        or len(years) != 1
    ):
        msg = Message("--against needs --region, another region than that, and one year. {usage}", usage=USAGE)
        raise DatasetError(msg)
    dataset, held = _held(request.dataset, load, request.corpus, resources)
    directions = load_directions(resources)
    found = compare_regions(held.figures, request.region, str(request.against), int(years[0]))
    judged, limits = partial(stance, directions=directions), broken_limits(dataset)
    return [found], DiffWriter(held, held, _labels(language, held), stance=judged, limits=limits)


def _datasets(request: Request, load: Load, language: str, resources: Resources) -> tuple[list[Comparison], DiffWriter]:
    if request.sides == ("-", "-"):
        raise DatasetError(Message("Both datasets can't come from standard input. Name a file for one of them."))
    old, new = (_held(name, load, request.corpus, resources)[1] for name in request.sides)
    if request.region and not any(request.region in held.figures.places() for held in (old, new)):
        there = sorted({code for held in (old, new) for code in held.figures.places() if code})
        msg = Message(
            "region {region}: in neither dataset; they have {there}.",
            region=request.region,
            there=tuple(there) or Message("none"),
        )
        raise DatasetError(msg)
    found = compare_datasets(old.figures, new.figures)
    shown = [one for one in found if request.region in {None, one.region}]
    return shown, DiffWriter(old, new, _labels(language, new, old), versions=True)


def _labels(language: str, *held: Held) -> Labels:
    """Load the labels, with the names of the indicators that the datasets bring along; the first one's count."""
    return load_labels(_knowing(*held), language)


def _knowing(*held: Held) -> Resources:
    """Return resources with the indicators that the datasets bring along."""
    known = [row for one in held for row in one.figures.resources.known]
    return held[0].figures.resources.knowing(known)


def _held(name: str, load: Load, corpus: Path, resources: Resources) -> tuple[Dataset, Held]:
    dataset, folder = load(name)

    @cache
    def text(sha256: str) -> str | None:
        source = next(notice.source for notice in dataset.notices if notice.source.sha256 == sha256)
        return source_text(source, folder, corpus, resources)

    def text_of(notice: NoticeRecord) -> str | None:
        return text(notice.source.sha256)

    return dataset, Held(figures_of(dataset, resources_for(resources, dataset)), text_of)


# ── which changes ───────────────────────────────────────────────────────────────────────────────────────────────────


def chosen(comparison: Comparison, only: Iterable[str], indicators: Sequence[str], writer: DiffWriter) -> Comparison:
    """Keep the changes of some kinds (or stances, or limits) and of some indicators or groups; nothing asked keeps all."""
    kinds = set(only)

    def fits(change: Change) -> bool:
        named = {change.kind, *change.also, writer.limit(change), *([writer.stance(change)] if writer.stance else [])}
        within = [name for name in indicators if f"{change.indicator}.".startswith(f"{name}.")]
        return (not kinds or bool(kinds & named)) and (not indicators or bool(within))

    return replace(comparison, changes=tuple(filter(fits, comparison.changes)))


def _only(request: Request, labels: Labels) -> tuple[str, ...]:
    groups: dict[str, tuple[str, ...]] = {
        "change": KINDS,
        "stance": get_args(Stance) if request.against else (),
        "limit": LIMITS,
    }
    known = [one for members in groups.values() for one in members]
    said = {labels(group, one): one for group, members in groups.items() for one in members}
    words = re.split("[,，、]", request.only) if request.only else []
    names = tuple(said.get(name.strip(), name.strip()) for name in words)
    for name in names:
        if name not in known:
            near = get_close_matches(name, [*known, *said], 1)
            hint = Message(" Did you mean {near}?", near=near[0]) if near else ""
            msg = Message(
                "--only {name!r}: no such kind of change.{hint} Kinds: {kinds}; several parted by commas.",
                name=name,
                hint=hint,
                kinds=tuple(f"{code} ({words})" for words, code in said.items()),
            )
            raise DatasetError(msg)
    return names


def _indicators(named: Iterable[str], writer: DiffWriter) -> list[str]:
    """Return the ids, or starts of ids, that words stand for: of the catalog, and of the rows that the datasets bring along."""
    rows = _knowing(writer.after, writer.before)
    names = [one for words in named for one in ids_named(words, rows) or indicators_named(words, writer.labels)]
    facts = (fact for held in (writer.before, writer.after) for fact in held.figures.facts.values())
    known = sorted({*writer.labels.indicators(), *(fact.indicator for fact in facts if fact.indicator)})
    for name in names:
        if not any(f"{one}.".startswith(f"{name}.") for one in known):
            near = get_close_matches(name, [*known, *filter(None, map(writer.labels.indicator, known))], 2)
            hint = Message(" Did you mean {near:or}?", near=tuple(near)) if near else ""
            msg = Message(
                "--indicator {name}: neither in the catalog nor in the dataset.{hint} Give an id, the start of one, "
                "or a name.",
                name=name,
                hint=hint,
            )
            raise DatasetError(msg)
    return names
