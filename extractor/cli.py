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

    from extractor.model import Dataset
    from extractor.report.labels import Labels

OK, UNDER_FLOOR, USAGE, SET_ASIDE, STOPPED = 0, 1, 2, 3, 130

MOVED = 1

# Wide enough for a table's columns when no terminal says how wide it is.
PIPE_WIDTH = 140

lang = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of labels.")


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
@lang
def build(corpus: str, outputs: str, lang: str) -> int:
    """Read every notice of CORPUS and write the dataset.

    CORPUS is a folder of notices, with subfolders, or a single notice. A notice that can't be read is set aside with
    the reason, the others are built all the same.

    \b
    Writes  dataset.json, dataset.schema.json, sources/, ledger/
    Status  0; 3 when a notice was set aside; 2 for wrong usage or input
    Example extractor build corpus -o outputs
    """  # noqa: D301
    if corpus == "-":
        raise DatasetError("build reads a folder. For one notice on standard input use `extractor parse -`.")
    from pathlib import Path

    from extractor.build import build as run
    from extractor.report.terminal import build_view

    with _progress() as progress:
        report = run(Path(corpus), Path(outputs), progress=progress)
    _draw(build_view(report, _labels(lang)))
    return SET_ASIDE if report.dataset.set_aside else OK


@commands.command()
@click.argument("notice")
@click.option("--json", "as_json", is_flag=True, help="Print everything as canonical JSON.")
@click.option("--corpus", default="corpus", help="Folder whose corrections.toml applies.", show_default=True)
@lang
def parse(notice: str, as_json: bool, corpus: str, lang: str) -> int:
    """Read one NOTICE and show its head, facts and what could not be read.

    NOTICE is a file, or - for standard input. Corrections of the corpus that meet one of its facts are applied.

    \b
    Example extractor parse notice.html
    Example cat notice.txt | extractor parse - --json
    """  # noqa: D301
    if notice.startswith(("http://", "https://")):
        msg = f"{notice}: is an address. Save the page and name the file: extractor parse FILE."
        raise DatasetError(msg)
    from pathlib import Path

    from msgspec.structs import replace

    from extractor.build import read_notice, with_corrections
    from extractor.dataset.canonical import encode
    from extractor.report.terminal import notice_view

    result = read_notice(_stdin() if notice == "-" else Path(notice), origin="standard input")
    result = with_corrections(result, Path(corpus), None if notice == "-" else Path(notice))
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
@lang
def release(outputs: str, date: datetime | None, lang: str) -> int:
    """Publish the built dataset as a version.

    \b
    Writes  history/<version>.json, CHANGES.md
    Status  0, also when nothing has changed; 2 for wrong usage or input
    Example extractor release --date 2026-11-30
    """  # noqa: D301
    from extractor.release import release as publish
    from extractor.report.checks import release_view
    from extractor.report.phrases import safe

    done = publish(_path(outputs), date=date.date().isoformat() if date else None)
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


# ── input and output ────────────────────────────────────────────────────────────────────────────────────────────────


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)


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
