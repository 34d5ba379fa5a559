"""Commands that follow what authorities publish: follow, sources check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import (
    OK,
    SET_ASIDE,
    draw,
    draw_news,
    emit,
    emit_json,
    fetching,
    json_report,
    labels_of,
    lang,
    limit,
    network,
    own_catalogs,
    path_of,
    resources_with,
    say,
)
from extractor.cli.spoken import SpokenCommand, SpokenGroup
from extractor.messages import Message, translated

if TYPE_CHECKING:
    from extractor.build.follow.run import FollowReport
    from extractor.dataset.labels import Labels
    from extractor.ingest import Limits
    from extractor.resources import Resources


@click.command(cls=SpokenCommand)
@click.argument("corpus", default="corpus")
@click.option("-o", "--outputs", default="outputs", help="Folder to write to.", show_default=True)
@click.option("--once", is_flag=True, help="Look once at what is due, and end.")
@own_catalogs
@network
@limit
@json_report
@lang
def follow(  # noqa: PLR0913, PLR0917 - one parameter an option
    corpus: str,
    outputs: str,
    once: bool,
    catalogs: tuple[str, ...],
    allow_private: bool,
    ignore_robots: bool,
    limits: Limits | None,
    as_json: bool,
    lang: str,
) -> int:
    """Take notices as they are published, from the sources that CORPUS/sources.toml lists, and build.

    Looks at the lists, feeds and sitemaps that are due, takes what is new with its attachments, looks again at what it took,
    and says what moved. Goes on until stopped; what was begun is gone on with. Fetching is as polite as that of add.

    \b
    Reads   CORPUS/sources.toml
    Writes  CORPUS, CORPUS/.follow, OUTPUTS, OUTPUTS/changes.atom
    Status  0; 3 when something could not be had or read; 2 for wrong usage or input
    Example extractor follow --once
    Example extractor follow corpus -o outputs
    """  # noqa: D301
    from threading import Event

    from extractor.build.follow.run import follow as run
    from extractor.build.follow.run import follow_once
    from extractor.cli.build import stopped_by_signals
    from extractor.ingest import DEFAULT
    from extractor.report.feed import AtomFeed

    rows = resources_with(catalogs)
    labels = labels_of(lang, rows)
    options: dict[str, Any] = {
        "feed": AtomFeed(labels, rows), "settings": fetching(allow_private, ignore_robots, limits, None), "resources": rows,
        "limits": limits or DEFAULT,
    }  # fmt: skip
    places = path_of(corpus), path_of(outputs)
    if once:
        report = follow_once(*places, **options)
        _show(report, corpus, rows, labels, as_json=as_json)
        return SET_ASIDE if any(one.kind in {"failed", "refused"} for one in report.events) else OK
    try:
        for report in run(*places, stopped_by_signals(Event()), **options):
            _show(report, corpus, rows, labels, as_json=as_json)
    except KeyboardInterrupt:
        say(Message("Stopped."))
    return OK


def _show(report: FollowReport, corpus: str, rows: Resources, labels: Labels, *, as_json: bool) -> None:
    """Say what a round met, and what the build brought."""
    from extractor.dataset.labels import safe

    if as_json:
        moved = [
            {"series_id": one.series.series_id, "indicator": one.series.indicator, "before": one.before, "after": one.after,
             "corrected": one.corrected}
            for one in report.moved
        ]  # fmt: skip
        events = [{**one._asdict(), "message": translated(one.message)} for one in report.events]
        emit_json({"looked": report.looked, "events": events, "moved": moved})
        return
    for event in report.events:
        words = (labels("event", event.kind), event.source, event.path or event.url, translated(event.message))
        emit(f"{safe('  '.join(filter(None, words)))}\n".encode())
    if report.build is not None:
        draw_news(report.build, corpus, rows, labels)
    elif not report.events:
        say(Message("Nothing new."))


@click.group(cls=SpokenGroup)
def sources() -> None:
    """Look after the sources that follow goes through: lists, feeds and sitemaps of authorities.

    \b
    extractor sources check    how each of CORPUS/sources.toml is

    Example extractor sources check
    """  # noqa: D301


@sources.command(cls=SpokenCommand)
@click.argument("corpus", default="corpus")
@network
@limit
@json_report
@lang
def check(
    corpus: str, allow_private: bool, ignore_robots: bool, limits: Limits | None, as_json: bool, lang: str
) -> int:
    """Look once at each source of CORPUS/sources.toml, take nothing, and say how it is.

    \b
    Reads   CORPUS/sources.toml, CORPUS/.follow
    Status  0; 1 when one is not well; 2 for wrong usage or input
    Example extractor sources check
    """  # noqa: D301
    from msgspec.structs import replace

    from extractor.build.follow.health import check_sources
    from extractor.report.checks import sources_view

    found = check_sources(path_of(corpus), settings=fetching(allow_private, ignore_robots, limits, None))
    if as_json:
        emit_json({"sources": [replace(one, wrong=tuple(map(translated, one.wrong))) for one in found]})
    else:
        draw(sources_view(found, labels_of(lang)))
    return 1 if any(one.wrong for one in found) else OK
