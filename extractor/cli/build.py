"""Commands that read notices and write outputs: build, add, watch; and parse, which reads one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from extractor.cli.complete import files
from extractor.cli.options import (
    OK,
    SET_ASIDE,
    STANDARD_INPUT,
    cluster,
    cluster_of,
    draw,
    draw_news,
    emit,
    emit_json,
    emit_report,
    fail,
    fetching,
    jobs,
    json_report,
    labels_of,
    lang,
    layout,
    limit,
    network,
    note,
    own_catalogs,
    path_of,
    progress_bar,
    resources_with,
    say,
    standard_input,
    wait,
)
from extractor.cli.spoken import SpokenCommand
from extractor.errors import DatasetError, FetchError, IngestError
from extractor.messages import Message, translated

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from threading import Event

    from extractor.build.fetch import FetchSettings
    from extractor.build.incremental import BuildReport
    from extractor.build.intake.run import AddReport
    from extractor.build.publish import Layout
    from extractor.dataset.labels import Labels
    from extractor.ingest import Limits
    from extractor.model import NoticeResult
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources


@click.command(cls=SpokenCommand)
@click.argument("corpus", default="corpus")
@click.option("-o", "--outputs", default="outputs", help="Folder to write to.", show_default=True)
@jobs
@cluster
@click.option(
    "--work",
    default=None,
    metavar="FOLDER",
    help="Where to work if CORPUS or outputs are at an address. Default: a cache.",
)
@layout
@own_catalogs
@limit
@wait
@json_report
@lang
def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    corpus: str,
    outputs: str,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    shards: str | None,
    work: str | None,
    layout: Layout | None,
    catalogs: tuple[str, ...],
    limits: Limits | None,
    wait: float,
    as_json: bool,
    lang: str,
) -> int:
    """Read every notice of CORPUS and write the dataset.

    CORPUS is a folder of notices, with subfolders, or a single notice; it and the outputs may be addresses of files, like
    s3://bucket/corpus. A notice that can't be read is set aside with the reason, the others are built all the same. Only
    what has changed since the last build is read again.

    \b
    Writes  dataset.json, dataset.schema.json, sources/, ledger/
    Status  0; 3 when a notice was set aside; 2 for wrong usage or input
    Example extractor build corpus -o outputs
    Example extractor build corpus --jobs 4
    Example extractor build corpus --layout partitioned
    Example extractor build corpus --engine dask --scheduler tcp://10.0.0.1:8786
    Example extractor build s3://bucket/corpus -o s3://bucket/outputs
    Example extractor build corpus --json > report.json
    Example extractor build corpus --catalog heating.toml
    """  # noqa: D301
    if corpus == "-":
        raise DatasetError(Message("build reads a folder. For one notice on standard input use `extractor parse -`."))
    from functools import partial

    from extractor.build.incremental import build as run
    from extractor.build.remote import build_at
    from extractor.ingest import DEFAULT
    from extractor.report.terminal import build_view

    given, most = resources_with(catalogs), limits or DEFAULT
    workers = cluster_of(engine, scheduler, shards, jobs)
    with progress_bar() as progress:
        make = partial(run, resources=given, progress=progress, limits=most, wait=wait, jobs=jobs, layout=layout)
        place = path_of(work) if work else None
        report, sent = build_at(corpus, outputs, make, work=place, limits=most, cluster=workers)
    _notes(report, sent, outputs)
    labels = labels_of(lang, given)
    if as_json:
        emit_report(report, given, labels)
    else:
        draw(build_view(report, labels))
        draw_news(report, corpus, given, labels)
    return SET_ASIDE if report.summary.set_aside else OK


def _notes(report: BuildReport, sent: int | None, outputs: str) -> None:
    """Say where outputs went that are at an address, and what to do about a file that has become too large."""
    if sent is not None:
        msg = Message.counted(
            "Note: worked in {place}, and sent or removed {sent} file at {address}.",
            "Note: worked in {place}, and sent or removed {sent} files at {address}.",
            sent,
            place=report.outputs,
            sent=sent,
            address=outputs,
        )
        note(msg)
    if report.large:
        msg = Message(
            "Note: {path} has {size:.0f} MB, and whoever opens it loads all of it. Build with --layout partitioned for "
            "Parquet by region and year instead.",
            path=report.place,
            size=report.large / 1e6,
        )
        note(msg)


@click.command(cls=SpokenCommand)
@click.argument("notices", nargs=-1, required=True, metavar="NOTICE...", shell_complete=files)
@click.option("--json", "as_json", is_flag=True, help="Print everything as canonical JSON.")
@click.option("--explain", is_flag=True, help="Say of each figure why it has its indicator, or none.")
@click.option("--corpus", default="corpus", help="Folder whose reviews.toml applies.", show_default=True)
@own_catalogs
@network
@limit
@lang
def parse(  # noqa: PLR0913, PLR0917 - one parameter an option
    notices: tuple[str, ...],
    as_json: bool,
    explain: bool,
    corpus: str,
    catalogs: tuple[str, ...],
    allow_private: bool,
    ignore_robots: bool,
    limits: Limits | None,
    lang: str,
) -> int:
    """Read one NOTICE, or several, and show of each its head, facts and what could not be read.

    NOTICE is a file, an address, or - for standard input. Reviews and corrections of the corpus that meet one of its facts
    are applied. With --json several are a list; one that can't be read doesn't keep the others from being shown.

    \b
    Status  0; 3 when one of several can't be read; 2 for wrong usage or input
    Example extractor parse notice.html
    Example extractor parse downloads/*.pdf
    Example extractor parse notice.html --explain
    Example extractor parse notice.html --catalog heating.toml
    Example extractor parse https://example.org/notice.html
    Example cat notice.txt | extractor parse - --json
    """  # noqa: D301
    from msgspec.structs import replace

    if explain and as_json:
        raise DatasetError(
            Message("--explain goes with the table: JSON is of the dataset's shape, and that has no explanations.")
        )
    if "-" in notices and "-" in catalogs:
        raise DatasetError(
            Message("Notice and catalog can't both come from standard input. Name a file for one of them.")
        )
    rows = resources_with(catalogs)
    settings = fetching(allow_private, ignore_robots, limits)
    labels, shown, status = labels_of(lang, rows), [], OK
    for notice in dict.fromkeys(notices):
        found: dict[str, Explanation] | None = {} if explain else None
        try:
            result = _parsed(notice, path_of(corpus), settings, limits, rows, found)
        except (IngestError, FetchError) as error:
            if len(notices) == 1:
                raise
            fail(str(error))
            status = SET_ASIDE
            continue
        # The sentences serve comparing years, and only repeat the source.
        shown.append(replace(result, sentences=()))
        if not as_json:
            _draw_notice(result, found, labels, first=len(shown) == 1)
    if as_json:
        emit_json(shown if len(notices) > 1 else shown[0])
    return status


def _parsed(
    notice: str,
    corpus: Path,
    settings: FetchSettings,
    limits: Limits | None,
    rows: Resources,
    found: dict[str, Explanation] | None,
) -> NoticeResult:
    """Read one notice, from wherever it is, and apply what was reviewed of it."""
    from extractor.build.fetch import is_address
    from extractor.build.incremental import read_notice, with_corrections
    from extractor.ingest import DEFAULT

    most = limits or DEFAULT
    path = None
    if is_address(notice):
        from extractor.build.intake.run import read_address

        result = read_address(notice, settings, most, resources=rows, explanations=found)
    else:
        path = None if notice == "-" else path_of(notice)
        given = path or standard_input(most.bytes)
        result = read_notice(given, origin=translated(STANDARD_INPUT), resources=rows, limits=most, explanations=found)
    return with_corrections(result, corpus, path, resources=rows)


def _draw_notice(result: NoticeResult, found: dict[str, Explanation] | None, labels: Labels, *, first: bool) -> None:
    from extractor.report.terminal import notice_view

    if not first:
        emit(b"\n")
    draw(notice_view(result, labels))
    if found:
        from extractor.report.explanation import explanations_view

        emit(b"\n")
        draw(explanations_view(result.facts, found, labels))


@click.command(cls=SpokenCommand)
@click.argument("sources", nargs=-1, required=True, metavar="FILE|FOLDER|ADDRESS|-...")
@click.option("--corpus", default="corpus", help="Folder to add to.", show_default=True)
@click.option("-o", "--outputs", default="outputs", help="Folder to build then.", show_default=True)
@click.option("--title", default=None, help="Title of the one notice added, for its .toml.")
@click.option("--document-number", default=None, help="Its document number, like 医保发〔2022〕20号.")
@click.option("--url", default=None, help="Where it was published, of a file that you saved.")
@click.option("--no-build", is_flag=True, help="Only add; build later.")
@click.option("--attachments", is_flag=True, help="Fetch the files that a page links to as part of the notice, too.")
@click.option(
    "--retrieved-on", type=click.DateTime(["%Y-%m-%d"]), help="Day of retrieval. Default: the server's, in China."
)
@own_catalogs
@network
@limit
@json_report
@lang
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    sources: tuple[str, ...],
    corpus: str,
    outputs: str,
    title: str | None,
    document_number: str | None,
    url: str | None,
    no_build: bool,
    attachments: bool,
    retrieved_on: datetime | None,
    catalogs: tuple[str, ...],
    allow_private: bool,
    ignore_robots: bool,
    limits: Limits | None,
    as_json: bool,
    lang: str,
) -> int:
    """Add notices to the corpus, from files, folders and addresses, and build.

    Each is read first: what can't be read is set aside with the reason and leaves nothing in the corpus. What lands
    there never replaces anything, and has its address and day of retrieval in a .toml beside it.

    Fetching is polite: robots.txt is honoured, a host gets one request a second. Logins, cookies and proxies are not
    used; addresses of private networks are refused.

    \b
    Writes  CORPUS/<region>/<year>-<name>.<format> and .toml, OUTPUTS
    Status  0; 3 when a notice was set aside; 2 for wrong usage or input
    Example extractor add https://example.org/notice.html --attachments
    Example extractor add saved.pdf --url https://example.org/notice.html
    Example extractor add downloads/ --retrieved-on 2026-11-21
    """  # noqa: D301
    from extractor.build.corpus import Sidecar
    from extractor.build.intake.run import add as run
    from extractor.ingest import DEFAULT
    from extractor.report.checks import add_view

    most = limits or DEFAULT
    if "-" in sources and "-" in catalogs:
        raise DatasetError(
            Message("Notice and catalog can't both come from standard input. Name a file for one of them.")
        )
    rows = resources_with(catalogs)
    given = [standard_input(most.bytes) if source == "-" else source for source in dict.fromkeys(sources)]
    settings = fetching(allow_private, ignore_robots, limits, retrieved_on)
    place = None if no_build else path_of(outputs)
    with progress_bar() as progress:
        report = run(
            given,
            path_of(corpus),
            place,
            settings=settings,
            resources=rows,
            limits=most,
            attachments=attachments,
            about=Sidecar(title, document_number, url) if title or document_number or url else None,
            progress=progress,
        )
    labels = labels_of(lang, rows)
    if as_json:
        emit_added(report, rows, labels)
    else:
        draw(add_view(report, labels))
        if report.build is not None:
            draw_news(report.build, corpus, rows, labels)
    return SET_ASIDE if report.set_aside or (report.build and report.build.summary.set_aside) else OK


def emit_added(report: AddReport, rows: Resources, labels: Labels) -> None:
    """Print what landed, what was set aside, and what the build made of it, as JSON."""
    more = {"landed": report.landed, "not_added": report.set_aside}
    if report.build is None:
        emit_json(more)
    else:
        emit_report(report.build, rows, labels, **more)


@click.command(cls=SpokenCommand)
@click.argument("corpus", default="corpus")
@click.option("-o", "--outputs", default="outputs", help="Folder to write to.", show_default=True)
@click.option(
    "--settle", type=click.FloatRange(0.1, 600), default=1.0, metavar="SECONDS", help="How long files must rest."
)
@click.option(
    "--poll", is_flag=True, help="Look again and again, where the system reports no changes (network drives)."
)
@own_catalogs
@limit
@json_report
@lang
def watch(  # noqa: PLR0913, PLR0917 - one parameter an option
    corpus: str,
    outputs: str,
    settle: float,
    poll: bool,
    catalogs: tuple[str, ...],
    limits: Limits | None,
    as_json: bool,
    lang: str,
) -> int:
    """Build CORPUS now, and again whenever its notices change, until stopped.

    Files are left alone until they have rested, so half-written ones do no harm. Each build is a line on standard output,
    each failure one on standard error; neither ends the watching. Ctrl-C or SIGTERM does.

    \b
    Status  0 when stopped; 2 for wrong usage or input
    Example extractor watch corpus -o outputs
    """  # noqa: D301
    from threading import Event

    from extractor.build.watch import watch as run
    from extractor.ingest import DEFAULT
    from extractor.report.checks import round_line

    labels, rows = labels_of(lang), resources_with(catalogs)
    places = path_of(corpus), path_of(outputs)
    try:
        stop = stopped_by_signals(Event())
        for done in run(*places, settle=settle, poll=poll, stop=stop, resources=rows, limits=limits or DEFAULT):
            line = round_line(done, labels)
            if done.error is None and as_json and done.report is not None:
                emit_report(done.report, rows, labels)
            elif done.error is None:
                emit(f"{line}\n".encode())
                if done.report is not None:
                    draw_news(done.report, corpus, rows, labels)
            else:
                say(line)
    except KeyboardInterrupt:
        pass
    say(Message("Stopped."))
    return OK


class SignalledError(KeyboardInterrupt):
    """A signal ended a command.

    Of a plain KeyboardInterrupt that meets a module while it is imported, CPython keeps in mind that nobody handled it, and dies
    of the signal at its end, though it was caught: status -2 for 0, once in some fifty times.
    """


def stopped_by_signals(stop: Event) -> Event:
    """Let Ctrl-C and SIGTERM set an event, too: raised in a callback of the interpreter's, an interrupt is lost."""
    import signal

    def end(_number: int, _frame: object) -> None:
        stop.set()
        raise SignalledError

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return stop
