"""Arguments in, text out; no logic, and the only module that prints.

Results go to standard output, progress and errors to standard error. Exit status: 0, 1 under a floor, 2 for wrong usage
or input, 3 when a notice was set aside. Imports of weight stand inside the commands, so that ``--help`` starts at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from extractor import __version__
from extractor.errors import DatasetError, ExtractorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.fetch import FetchSettings
    from extractor.ingest import Limits
    from extractor.model import Dataset
    from extractor.report.labels import Labels

OK, UNDER_FLOOR, USAGE, SET_ASIDE, STOPPED = 0, 1, 2, 3, 130

MOVED = 1

# `extractor.export.TARGETS`, written out because importing that costs what `--help` of other commands need not pay.
TARGET_NAMES = ["csv", "jsonl", "xlsx", "parquet", "duckdb", "sqlite", "datapackage", "openfisca", "spacy", "displacy"]

# Wide enough for a table's columns when no terminal says how wide it is.
PIPE_WIDTH = 140

# Where `--ocr` waits for `--limit`.
OCR = "extractor.ocr"


def _limits(context: click.Context, option: click.Parameter, settings: tuple[str, ...]) -> Limits | None:
    """Make limits of ``--limit`` and ``--ocr``; None where none is given, so that nothing has to be imported."""
    ocr = context.meta.get(OCR, "")
    if not settings and not ocr:
        return None
    from msgspec.structs import replace

    from extractor.ingest.limits import with_settings

    try:
        return replace(with_settings(settings), ocr=ocr)
    except ValueError as error:
        raise click.BadParameter(str(error), context, option) from error


def _keep_ocr(context: click.Context, _option: click.Parameter, command: str) -> None:
    context.meta[OCR] = command


def limit(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that say what a file may cost to read, and how pictures are read; both make ``limits``."""
    ocr = click.option(
        "--ocr", default="", metavar="COMMAND", callback=_keep_ocr, is_eager=True, expose_value=False,
        help="How to read a PDF of pictures, like 'ocrmypdf -l chi_sim {input} {output}'.",
    )  # fmt: skip
    limits = click.option(
        "--limit", "limits", multiple=True, metavar="NAME=NUMBER", callback=_limits,
        help="Change a limit of what a file may have, like pages=3000; repeatable.",
    )  # fmt: skip
    return limits(ocr(command))


wait = click.option(
    "--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help="Wait for another writer that long."
)
lang = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of labels.")


def network(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of commands that fetch."""
    private = "Fetch from this machine and its network, too."
    robots = "Fetch what a host's robots.txt asks programs to leave alone."
    command = click.option("--ignore-robots", is_flag=True, help=robots)(command)
    return click.option("--allow-private", is_flag=True, help=private)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="extractor")
def commands() -> None:
    """From Chinese policy notices to a verified dataset of their figures.

    \b
    extractor build corpus            read all notices, write outputs/
    extractor parse notice.txt        look at one notice
    """  # noqa: D301 - click's mark for lines to leave as they are


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit with its status; whatever happens, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that can't show a character must not end the run
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        status = commands.main(arguments, prog_name="extractor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return _fail("Stopped. What stood in the outputs folder is whole; run the command again.", STOPPED)
    except ExtractorError as error:
        return _fail(str(error))
    except ImportError as error:
        return _fail(f"{error}. A part of extractor is not installed; install it again with its dependencies.")
    except Exception as error:
        if os.environ.get("EXTRACTOR_DEBUG"):
            raise
        return _fail(f"{type(error).__name__}: {error}. This is a fault of extractor; EXTRACTOR_DEBUG=1 shows where.")
    return status if isinstance(status, int) else OK


def _fail(message: str, status: int = USAGE) -> int:
    from extractor.report.phrases import safe

    try:
        click.echo(f"Error: {safe(message)}", err=True)
    except OSError:
        return status  # nobody reads standard error any more
    return status


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commands.command()
@click.argument("corpus", default="corpus")
@click.option("-o", "--outputs", default="outputs", help="Folder to write to.", show_default=True)
@limit
@wait
@lang
def build(corpus: str, outputs: str, limits: Limits | None, wait: float, lang: str) -> int:
    """Read every notice of CORPUS and write the dataset.

    CORPUS is a folder of notices, with subfolders, or a single notice. A notice that can't be read is set aside with
    the reason, the others are built all the same. Only what has changed since the last build is read again.

    \b
    Writes  dataset.json, dataset.schema.json, sources/, ledger/
    Status  0; 3 when a notice was set aside; 2 for wrong usage or input
    Example extractor build corpus -o outputs
    """  # noqa: D301
    if corpus == "-":
        raise DatasetError("build reads a folder. For one notice on standard input use `extractor parse -`.")
    from pathlib import Path

    from extractor.build import build as run
    from extractor.ingest import DEFAULT
    from extractor.report.terminal import build_view

    with _progress() as progress:
        report = run(Path(corpus), Path(outputs), progress=progress, limits=limits or DEFAULT, wait=wait)
    _draw(build_view(report, _labels(lang)))
    return SET_ASIDE if report.summary.set_aside else OK


@commands.command()
@click.argument("notice")
@click.option("--json", "as_json", is_flag=True, help="Print everything as canonical JSON.")
@click.option("--corpus", default="corpus", help="Folder whose corrections.toml applies.", show_default=True)
@network
@limit
@lang
def parse(
    notice: str, as_json: bool, corpus: str, allow_private: bool, ignore_robots: bool, limits: Limits | None, lang: str
) -> int:
    """Read one NOTICE and show its head, facts and what could not be read.

    NOTICE is a file, an address, or - for standard input. Corrections of the corpus that meet one of its facts are
    applied.

    \b
    Example extractor parse notice.html
    Example extractor parse https://example.org/notice.html
    Example cat notice.txt | extractor parse - --json
    """  # noqa: D301
    from pathlib import Path

    from msgspec.structs import replace

    from extractor.build import read_notice, with_corrections
    from extractor.dataset.canonical import encode
    from extractor.fetch import is_address
    from extractor.ingest import DEFAULT
    from extractor.report.terminal import notice_view

    path = None
    if is_address(notice):
        from extractor.add import read_address

        result = read_address(notice, _fetching(allow_private, ignore_robots, limits), limits or DEFAULT)
    else:
        path = None if notice == "-" else Path(notice)
        result = read_notice(path or _stdin(), origin="standard input", limits=limits or DEFAULT)
    result = with_corrections(result, Path(corpus), path)
    if as_json:
        _write(encode(replace(result, sentences=())))  # they serve comparing years, and only repeat the source
    else:
        _draw(notice_view(result, _labels(lang)))
    return OK


@commands.command()
@click.argument("fact_id")
@click.option("--dataset", default="outputs/dataset.json", help="Dataset to look in; - for stdin.", show_default=True)
@click.option("--corpus", default="corpus", help="Folder with the notices.", show_default=True)
@lang
def show(fact_id: str, dataset: str, corpus: str, lang: str) -> int:
    """Show a fact with its sentence, its words marked, and how it was read.

    FACT_ID may be cut short as long as one fact fits; - reads ids from standard input, one a line.

    \b
    Example extractor show f-0123456789ab
    Example extractor show - < ids.txt
    """  # noqa: D301
    if fact_id == dataset == "-":
        raise DatasetError("Ids and dataset can't both come from standard input. Name a file with --dataset.")
    from extractor.report.lookup import look_up

    labels = _labels(lang)
    loaded, folder = _dataset(dataset)
    ids = _stdin().decode("utf-8", "replace").split() if fact_id == "-" else [fact_id]
    for one in ids:
        _draw(look_up(one, loaded, folder, _path(corpus), labels))
    return OK


@commands.command()
@click.argument("sides", nargs=-1, metavar="YEAR YEAR | OLD.json NEW.json")
@click.option("--dataset", default="outputs/dataset.json", help="Dataset to look in; - for stdin.", show_default=True)
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option("--region", default=None, help="Code of the one region to compare, like 360000.")
@click.option("--against", default=None, help="Code of the region whose notices --region implements, like 100000.")
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json", "csv", "html"]), default="table")
@click.option("--only", default="", help="Kinds of change to show, like raised,lowered.")
@click.option("--indicator", multiple=True, help="Indicator or group to show, like medical.payment; repeatable.")
@click.option("--measures", is_flag=True, help="Show, too, which sentences were reworded, are new or were dropped.")
@click.option("-v", "--verbose", is_flag=True, help="Show the source sentences of both sides.")
@lang
def diff(  # noqa: PLR0913, PLR0917 - one parameter an option
    sides: tuple[str, ...],
    dataset: str,
    corpus: str,
    region: str | None,
    against: str | None,
    form: str,
    only: str,
    indicator: tuple[str, ...],
    measures: bool,
    verbose: bool,
    lang: str,
) -> int:
    """Say what moved: year against year, region against region, or dataset against dataset.

    A figure that the later year doesn't mention is called that; it may hold all the same. `--against` compares with
    the notices that the region's own say they implement.

    \b
    Status  0 when nothing moved; 1 when something shown moved; 2 for wrong usage or input
    Example extractor diff 2021 2022 --region 100000 --verbose
    Example extractor diff --region 360000 --against 100000 2022
    Example extractor diff old.json outputs/dataset.json --format html > diff.html
    """  # noqa: D301
    from extractor.compare import moved
    from extractor.report.diff_sides import Request, compare

    if measures and form in {"csv", "html"}:
        raise DatasetError("--measures goes with --format table or markdown; json holds the measures anyway.")
    labels = _labels(lang)
    request = Request(sides, dataset, _path(corpus), region, against, only, indicator)
    quoted = verbose or form in {"csv", "html"}
    comparisons, writer = compare(request, _dataset, labels, quoted=quoted)
    if form == "table":
        from extractor.report.diff import diff_view
        from extractor.report.diff_lines import parts_of

        _draw(diff_view(parts_of(comparisons, writer), labels, verbose=verbose))
        if measures:
            from extractor.report.measures import measures_view

            _draw(measures_view(comparisons, writer.after, labels))
    else:
        from extractor.report.diff_files import diff_file

        _write(diff_file(form, comparisons, writer, language=lang, verbose=verbose))
        if measures and form == "markdown":
            from extractor.report.measures import measures_document

            _write(b"\n" + measures_document(comparisons, writer.after, labels).encode())
    return MOVED if moved(comparisons) else OK


@commands.command()
@click.argument("gold")
@click.option("--dataset", default=None, help="Dataset to judge; without it the notices are read now; - for stdin.")
@click.option("--notices", default="corpus", help="Folder with the annotated notices.", show_default=True)
@click.option("--floors", default=None, help='JSON file of least figures, like {"value": 0.98}.')
@click.option("-v", "--verbose", is_flag=True, help="List every row missed and every fact too many.")
@lang
def evaluate(gold: str, dataset: str | None, notices: str, floors: str | None, verbose: bool, lang: str) -> int:
    """Score facts against the annotated notices of folder GOLD.

    \b
    Status  0; 1 when a figure is under its floor; 2 for wrong usage or input
    Example extractor evaluate tests/gold --notices corpus --floors tests/floors.json
    """  # noqa: D301
    from extractor.build import assemble, read_corpus
    from extractor.evaluate import evaluate as score
    from extractor.evaluate import load_floors
    from extractor.report.terminal import evaluation_view

    least = load_floors(_path(floors)) if floors else {}
    if dataset is None:
        with _progress() as progress:
            judged = assemble(read_corpus(_path(notices), progress=progress), _path("outputs"))
    else:
        judged, _ = _dataset(dataset)
    result = score(judged.facts, _path(gold), _path(notices), heads=judged.notices)
    _draw(evaluation_view(result, _labels(lang), verbose=verbose))
    short = result.short_of(least)
    return _fail(f"under the floor: {', '.join(short)}", UNDER_FLOOR) if short else OK


@commands.command()
@click.option("--dataset", default="outputs/dataset.json", help="Dataset to check; - for stdin.", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as canonical JSON.")
@click.option("-v", "--verbose", is_flag=True, help="List the checks that pass, too.")
@lang
def check(dataset: str, as_json: bool, verbose: bool, lang: str) -> int:
    """Check that figures add up, follow last year's, keep to bounds, conform and agree.

    The checks are made now, on the facts of the dataset. One that can't be made says why.

    \b
    Status  0; 1 when a check fails; 2 for wrong usage or input
    Example extractor check --verbose
    Example extractor check --dataset outputs/dataset.json --json
    """  # noqa: D301
    from extractor.check import make_checks
    from extractor.dataset.canonical import encode
    from extractor.resources import load

    loaded, _ = _dataset(dataset)
    made = make_checks(loaded.facts, loaded.notices, load())
    if as_json:
        _write(encode(made))
    else:
        from extractor.report.checks import checks_view

        _draw(checks_view(made, _labels(lang), verbose=verbose))
    return UNDER_FLOOR if any(one.status == "fail" for one in made) else OK


@commands.command()
@click.option("-o", "--outputs", default="outputs", help="Folder that was built.", show_default=True)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the release, for CHANGES.md.")
@wait
@lang
def release(outputs: str, date: datetime | None, wait: float, lang: str) -> int:
    """Publish the built dataset as a version.

    \b
    Writes  history/<version>.json, CHANGES.md
    Status  0, also when nothing has changed; 2 for wrong usage or input
    Example extractor release --date 2026-11-30
    """  # noqa: D301
    from extractor.release import release as publish
    from extractor.report.checks import release_view
    from extractor.report.phrases import safe

    done = publish(_path(outputs), date=date.date().isoformat() if date else None, wait=wait)
    _draw(release_view(done.version, [str(path) for path in done.written], _labels(lang)))
    _write(f"\n{safe(done.text)}".encode() if done.text else b"")
    return OK


@commands.command()
def schema() -> int:
    """Print the JSON Schema of the dataset.

    \b
    Example extractor schema > dataset.schema.json
    """  # noqa: D301
    from extractor.dataset.canonical import encode
    from extractor.dataset.schema import dataset_schema

    _write(encode(dataset_schema()))
    return OK


@commands.command()
@click.option("--to", "target", required=True, type=click.Choice(TARGET_NAMES), help="Format to write.")
@click.option("-o", "--output", default=None, help="File or folder to write; - for stdout. Default: outputs/export/.")
@click.option("--dataset", default="outputs/dataset.json", help="Dataset to export; - for stdin.", show_default=True)
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option("--force", is_flag=True, help="Replace an export that stands there.")
@click.option("--excel", is_flag=True, help="csv: begin with a byte order mark, which Excel needs.")
@click.option("--bounds", type=click.Choice(["value", "null"]), default="value", help="openfisca: what a floor becomes.")
@lang
def export(  # noqa: PLR0913, PLR0917 - one parameter an option
    target: str,
    output: str | None,
    dataset: str,
    corpus: str,
    force: bool,
    excel: bool,
    bounds: str,
    lang: str,
) -> int:
    """Write the dataset in a format that other tools read.

    \b
    csv, jsonl     one row a fact                       xlsx       a workbook for people
    parquet        a folder of tables                   duckdb, sqlite  databases with views
    datapackage    Data Package v2                      openfisca  a folder of parameters
    spacy          a DocBin with spans, for training    displacy   a page with the facts marked
    Status         0; 2 for wrong usage or input, or when something stands there
    Example extractor export --to xlsx -o figures.xlsx
    Example extractor export --to csv --excel -o - | head
    """  # noqa: D301
    from extractor.export import Options, default_place, export_bytes
    from extractor.export import export as write

    loaded, folder = _dataset(dataset)
    options = Options(outputs=folder, corpus=_path(corpus), excel=excel, bounds=bounds, lang=lang)  # type: ignore[arg-type]
    if output == "-":
        _write(export_bytes(loaded, target, options=options))
        return OK
    place = _path(output) if output else default_place(target, folder)
    click.echo(str(write(loaded, target, place, options=options, force=force)))
    return OK


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|FOLDER|ADDRESS|-...")
@click.option("--corpus", default="corpus", help="Folder to add to.", show_default=True)
@click.option("-o", "--outputs", default="outputs", help="Folder to build then.", show_default=True)
@click.option("--no-build", is_flag=True, help="Only add; build later.")
@click.option("--attachments", is_flag=True, help="Fetch the files that a page links to as part of the notice, too.")
@click.option("--retrieved-on", type=click.DateTime(["%Y-%m-%d"]), help="Day of retrieval. Default: the server's, in China.")
@network
@limit
@lang
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    sources: tuple[str, ...],
    corpus: str,
    outputs: str,
    no_build: bool,
    attachments: bool,
    retrieved_on: datetime | None,
    allow_private: bool,
    ignore_robots: bool,
    limits: Limits | None,
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
    Example extractor add downloads/ --retrieved-on 2026-11-21
    """  # noqa: D301
    from extractor.add import add as run
    from extractor.ingest import DEFAULT
    from extractor.report.added import add_view

    given = [_stdin() if source == "-" else source for source in dict.fromkeys(sources)]
    settings = _fetching(allow_private, ignore_robots, limits, retrieved_on)
    place = None if no_build else _path(outputs)
    with _progress() as progress:
        report = run(
            given, _path(corpus), place, settings=settings, limits=limits or DEFAULT, attachments=attachments, progress=progress
        )
    _draw(add_view(report, _labels(lang)))
    return SET_ASIDE if report.set_aside or (report.build and report.build.summary.set_aside) else OK


@commands.command()
@click.argument("corpus", default="corpus")
@click.option("-o", "--outputs", default="outputs", help="Folder to write to.", show_default=True)
@click.option("--settle", type=click.FloatRange(0.1, 600), default=1.0, metavar="SECONDS", help="How long files must rest.")
@click.option("--poll", is_flag=True, help="Look again and again, where the system reports no changes (network drives).")
@limit
@lang
def watch(corpus: str, outputs: str, settle: float, poll: bool, limits: Limits | None, lang: str) -> int:
    """Build CORPUS now, and again whenever its notices change, until stopped.

    Files are left alone until they have rested, so half-written ones do no harm. Each build is a line on standard output,
    each failure one on standard error; neither ends the watching. Ctrl-C or SIGTERM does.

    \b
    Status  0 when stopped; 2 for wrong usage or input
    Example extractor watch corpus -o outputs
    """  # noqa: D301
    import signal

    from extractor.ingest import DEFAULT
    from extractor.report.added import round_line
    from extractor.watch import watch as run

    labels = _labels(lang)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for done in run(_path(corpus), _path(outputs), settle=settle, poll=poll, limits=limits or DEFAULT):
            line = round_line(done, labels)
            if done.error is None:
                _write(f"{line}\n".encode())
            else:
                click.echo(line, err=True)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    return OK


# ── input and output ────────────────────────────────────────────────────────────────────────────────────────────────


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)


def _fetching(
    allow_private: bool, ignore_robots: bool, limits: Limits | None, retrieved_on: datetime | None = None
) -> FetchSettings:
    from extractor.fetch import FetchSettings
    from extractor.ingest import DEFAULT

    return FetchSettings(
        most=(limits or DEFAULT).bytes,
        allow_private=allow_private,
        ignore_robots=ignore_robots,
        retrieved_on=retrieved_on.date() if retrieved_on else None,
    )


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _dataset(name: str) -> tuple[Dataset, Path]:
    """Load a dataset from a file or standard input, and say in which folder its sources and ledgers stand."""
    from extractor.dataset import store

    if name == "-":
        return store.loads(_stdin(), "standard input"), _path("outputs")
    return store.load(_path(name)), _path(name).parent


def _labels(language: str) -> Labels:
    from extractor.report.labels import load_labels
    from extractor.resources import load

    return load_labels(load(), language)


def _draw(renderable: RenderableType) -> None:
    """Print a table or list, coloured and as wide as the terminal, or plain and wide into a pipe."""
    from shutil import get_terminal_size

    from extractor.report.terminal import render

    terminal = sys.stdout.isatty()
    width = get_terminal_size((PIPE_WIDTH, 24)).columns if terminal or "COLUMNS" in os.environ else PIPE_WIDTH
    text = render(renderable, width=width, color=terminal and "NO_COLOR" not in os.environ)
    _write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def _write(data: bytes) -> None:
    """Write to standard output; a reader that has gone away, as ``head`` does, is no error."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # The interpreter flushes once more at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            msg = f"standard output cannot be written: {error.strerror}. Write it elsewhere."
            raise DatasetError(msg) from error


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Show a progress bar on standard error while the body runs, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from extractor.report.phrases import safe

    columns: list[Any] = [BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=safe(name))
