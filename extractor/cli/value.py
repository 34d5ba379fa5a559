"""The command that gives one figure: value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from extractor.cli.complete import indicators, regions, scope_words
from extractor.cli.options import (
    OK,
    UNDER_FLOOR,
    USAGE,
    dataset_of,
    dataset_option,
    draw,
    emit_json,
    fail,
    labels_of,
    lang,
    outputs_option,
)
from extractor.cli.spoken import SpokenCommand
from extractor.errors import ReadingError
from extractor.messages import Message, translated

if TYPE_CHECKING:
    from datetime import datetime

    from extractor.dataset.labels import Labels
    from extractor.query.query import ScopeFilter


@click.command(cls=SpokenCommand)
@click.argument("indicator", shell_complete=indicators)
@click.option("--year", default=None, help="The policy year, the year that a notice is for: 2023, 23.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="YYYY-MM-DD",
    help="A day on which the figure holds, where its text states that.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="YYYY-MM-DD",
    help="A day: what was known and in force on it, by the notices issued until then.",
)
@click.option(
    "--region",
    default=None,
    help="The region, by code or name: 360000, 江西. What it hasn't set itself is that of the one above.",
    shell_complete=regions,
)
@click.option("--population", default=None, help="For whom: 低保对象.", shell_complete=scope_words)
@click.option("--provider", default=None, help="Where it is paid: 一级医院.", shell_complete=scope_words)
@click.option("--condition", default=None, help="In which case: 连续参保满4年后.", shell_complete=scope_words)
@click.option(
    "--place", "places", multiple=True, help="A place that the text names; repeatable.", shell_complete=scope_words
)
@click.option("--area", default=None, help="west, central or east, or 西部, 中部, 东部.")
@click.option("--payer", default=None, help="Who pays: 财政; '' for figures that name nobody.")
@click.option("--unit", default=None, help="Only figures in this unit: CNY, 元.")
@click.option(
    "--per", multiple=True, help="Only figures that are per this: person, 人; repeatable; '' for per nothing."
)
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD", help="Only figures due on this day."
)
@click.option("--series", default=None, help="Only figures of this series, by its id.")
@dataset_option("Dataset to look in")
@outputs_option()
@click.option("--json", "as_json", is_flag=True, help="Print the answer, or why there is none, as canonical JSON.")
@lang
def value(  # noqa: PLR0913, PLR0917 - one parameter an option
    indicator: str,
    year: str | None,
    on: datetime | None,
    as_of: datetime | None,
    region: str | None,
    population: str | None,
    provider: str | None,
    condition: str | None,
    places: tuple[str, ...],
    area: str | None,
    payer: str | None,
    unit: str | None,
    per: tuple[str, ...],
    due: datetime | None,
    series: str | None,
    dataset: str,
    as_json: bool,
    lang: str,
) -> int:
    """Give the figure of an INDICATOR for a year and a region, with the words that it stands in; or say why there isn't one.

    INDICATOR is an id or a name. It answers as `Dataset.value` does, and refuses as that does: where nothing or several figures
    fit, or sources disagree, it lists what there is and how to ask for it. A bound is shown as one.

    \b
    Status  0; 1 when there is no one figure to give; 2 for wrong usage or input
    Example extractor value 个人缴费标准 --region 江西 --year 2022
    Example extractor value medical.funding.fiscal_subsidy --region 江西 --year 23 --json
    Example extractor value 个人缴费标准 --region 江西 --on 2023-05-01
    Example extractor value 个人缴费标准 --region 江西 --as-of 2022-03-01
    """  # noqa: D301
    from extractor.dataset.own_indicators import resources_for
    from extractor.query.lookup import Lookup
    from extractor.query.named import indicator_named, region_named
    from extractor.query.query import make_query
    from extractor.report.value import OptionWording, value_view
    from extractor.resources import load
    from extractor.verify.figures import answer_row, of_value

    loaded, _ = dataset_of(dataset)
    rows = resources_for(load(), loaded)
    labels = labels_of(lang, rows)
    lookup = Lookup(loaded, rows, OptionWording(labels, rows))
    scope: ScopeFilter = {
        "population": population, "provider": provider, "condition": condition, "places": places, "payer": payer,
        "area": labels.member("area", area) if area else None, "unit": labels.member("unit", unit) if unit else None,
        "per": _per(per, labels), "due": due, "series_id": series,
    }  # fmt: skip
    try:
        code = None if region is None else region_named(region, lookup.regions, rows)
        name = indicator_named(indicator, labels, tuple(lookup.indicators()), rows)
        asked = make_query(name, _year(year), on, code, scope, rows, known=lookup.regions, as_of=as_of)
        found = lookup.answer(asked)
    except ReadingError as error:
        if as_json:
            emit_json({"refused": error.reason, "message": translated(error.args[0])})
            return USAGE if error.reason == "unknown" else UNDER_FLOOR
        return fail(str(error), USAGE if error.reason == "unknown" else UNDER_FLOOR)
    if as_json:
        emit_json(answer_row(found, lookup))
    else:
        draw(value_view(found, of_value(found, lookup), asked, lookup, labels))
    return OK


def _year(words: str | None) -> int | None:
    """Read a policy year; a `ReadingError` says what else was given."""
    from extractor.query.named import year_named

    if words is None:
        return None
    year = year_named(words)
    if year is None:
        raise ReadingError("unknown", Message("--year {words!r}: no year, expected one like 2022 or 22.", words=words))
    return year


def _per(words: tuple[str, ...], labels: Labels) -> tuple[str, ...] | None:
    """Take what figures are per, by its code or as tables say it; None where that isn't asked for."""
    return tuple(labels.member("per", one) for one in words if one) if words else None
