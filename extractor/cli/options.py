"""Options that several commands have, and the numbers that commands end with."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from extractor.cli.spoken import LANGUAGES, VARIABLE, speak_as_asked
from extractor.errors import DatasetError
from extractor.messages import Message, system_words, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.build.engine import Cluster
    from extractor.build.fetch import FetchSettings
    from extractor.build.incremental import BuildReport
    from extractor.dataset.labels import Labels
    from extractor.ingest import Limits
    from extractor.model import Dataset
    from extractor.resources import Resources

OK, UNDER_FLOOR, USAGE, SET_ASIDE, STOPPED = 0, 1, 2, 3, 130
MOVED = 1

# How much is said on standard error beside errors: 0 nothing, 1 progress on a terminal and notes, 2 every file.
_TALK = [1]


def set_talk(much: int) -> None:
    """Say how much is said on standard error beside errors."""
    _TALK[0] = much


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
        raise click.BadParameter(translated(str(error)), context, option) from error


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


# Where `--outputs` waits for `--dataset`: the folder, and whether it was given on the command line.
OUTPUTS = "extractor.outputs"
_FILE = "dataset.json"


def keep_outputs(context: click.Context, option: click.Parameter, folder: str | None) -> str | None:
    """Keep an outputs folder for ``--dataset``, for a callback of ``--outputs``."""
    if folder:
        context.meta[OUTPUTS] = folder, _is_typed(context, option)
    return folder


def _in_outputs(context: click.Context, option: click.Parameter, dataset: str) -> str:
    """Look at the dataset of ``--outputs``, unless one was named itself; what was typed goes before what a file sets."""
    folder, typed = context.meta.get(OUTPUTS, ("", False))
    set_ = context.get_parameter_source(option.name or "") is not ParameterSource.DEFAULT
    if not folder or _is_typed(context, option) or (set_ and not typed):
        return dataset
    return f"{folder.rstrip('/')}/{_FILE}"


def _is_typed(context: click.Context, option: click.Parameter) -> bool:
    return context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE


def dataset_option(words: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add ``--dataset``, which finds the dataset of an outputs folder; ``words`` say what it is for."""
    return click.option(
        "--dataset", default=f"outputs/{_FILE}", callback=_in_outputs, show_default=True, help=f"{words}; - for stdin."
    )  # fmt: skip


def outputs_option(*names: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add ``--outputs``, or the names given, to a command that looks at a dataset."""
    return click.option(
        *(names or ("-o", "--outputs")), default=None, metavar="FOLDER", callback=keep_outputs, is_eager=True,
        expose_value=False, help="Folder that was built, whose dataset to take.",
    )  # fmt: skip


wait = click.option(
    "--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help="Wait for another writer that long."
)


def jobs_option(words: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add ``--jobs``, which says in these words what processes do."""
    return click.option("--jobs", type=click.IntRange(1, 512), default=None, metavar="N", help=words)


jobs = jobs_option("Processes to read with. Default: one a processor, where there are notices enough.")


def cluster(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that say what reads and compares beside this process."""
    shards = click.option(
        "--shards", default=None, metavar="FOLDER|ADDRESS",
        help="Where workers of a cluster leave what they read. Default: below the outputs.",
    )  # fmt: skip
    scheduler = click.option(
        "--scheduler", default=None, metavar="ADDRESS",
        help="The cluster of --engine dask, like tcp://10.0.0.1:8786. Default: workers on this machine, --jobs of them.",
    )  # fmt: skip
    engine = click.option(
        "--engine", type=click.Choice(["processes", "dask"]), default="processes", show_default=True,
        help="What reads: processes of this machine, or workers of Dask.",
    )  # fmt: skip
    return engine(scheduler(shards(command)))


def cluster_of(engine: str, scheduler: str | None, shards: str | None, jobs: int | None) -> Cluster | None:
    """Make the cluster that the options name; None where they name none."""
    if engine != "dask":
        if scheduler is not None or shards is not None:
            raise click.UsageError(translated(Message("--scheduler and --shards go with --engine dask.")))
        return None
    if scheduler is not None and jobs is not None:
        words = Message("--jobs is of workers on this machine; a scheduler has its own. Give one of the two.")
        raise click.UsageError(translated(words))
    from extractor.build.engine import Cluster

    return Cluster(scheduler=scheduler, shards=shards or "")


layout = click.option(
    "--layout", type=click.Choice(["json", "partitioned"]), default=None,
    help="One JSON file, or Parquet by region and year. Default: as it stands there, at first json.",
)  # fmt: skip
own_catalogs = click.option(
    "--catalog", "catalogs", multiple=True, metavar="FILE",
    help="Add your own TOML of indicators and programmes; repeatable; - for stdin.",
)  # fmt: skip
json_report = click.option("--json", "as_json", is_flag=True, help="Print what was done and what is new as JSON.")
lang = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], envvar=VARIABLE, is_eager=True,
    callback=speak_as_asked, help="Language of all that is said. Or set EXTRACTOR_LANG.",
)  # fmt: skip


def network(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of commands that fetch."""
    private = "Fetch from this machine and its network, too."
    robots = "Fetch what a host's robots.txt asks programs to leave alone."
    command = click.option("--ignore-robots", is_flag=True, help=robots)(command)
    return click.option("--allow-private", is_flag=True, help=private)(command)


def fetching(
    allow_private: bool, ignore_robots: bool, limits: Limits | None, retrieved_on: datetime | None = None
) -> FetchSettings:
    """Make the settings of fetching from a command's options."""
    from extractor.build.fetch import FetchSettings
    from extractor.ingest import DEFAULT

    return FetchSettings(
        most=(limits or DEFAULT).bytes,
        allow_private=allow_private,
        ignore_robots=ignore_robots,
        retrieved_on=retrieved_on.date() if retrieved_on else None,
    )


# ── Standard streams and arguments of the commands: what they read, and how they print

# Wide enough for a table's columns when no terminal says how wide it is.
PIPE_WIDTH = 140
# What is read there, in messages.
STANDARD_INPUT = Message("standard input")
# Bytes of a dataset on standard input: some 300,000 facts.
MOST_INPUT = 1 << 30


def path_of(text: str) -> Path:
    """Make a path of an argument; pathlib costs what `--help` need not pay."""
    from pathlib import Path

    return Path(text)


def standard_input(most: int = MOST_INPUT) -> bytes:
    """Read all of standard input, of at most so many bytes: what writes without end is stopped there."""
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        msg = Message(
            "standard input has more than {most:.0f} MiB. Check what writes to it, or give a file.",
            most=most / (1 << 20),
        )
        raise DatasetError(msg)
    return data


def dataset_of(name: str) -> tuple[Dataset, Path]:
    """Load a dataset from a file or standard input, and say in which folder its sources and ledgers stand.

    One that was changed after it was built is used all the same, and a word on standard error says so.
    """
    from extractor.dataset import store
    from extractor.dataset.partitions import load_built
    from extractor.dataset.versions import changed_words

    if name == "-":
        loaded, folder = store.loads(standard_input(), STANDARD_INPUT), path_of("outputs")
    else:
        loaded, folder = load_built(path_of(name)), path_of(name).parent
    if _TALK[0] and (words := changed_words(loaded, STANDARD_INPUT if name == "-" else name)):
        say(Message("Note: {words}", words=words))
    return loaded, folder


def note(message: str) -> None:
    """Say on standard error what may be worth knowing, unless nothing is to be said there."""
    if _TALK[0]:
        say(message)


# Files that a note names.
_NAMED = 3


def tell_of_unbuilt(corpus: str, outputs: Path, dataset: Dataset) -> None:
    """Say on standard error that corpus or rules have changed since the dataset was built that is shown or written now."""
    from extractor.build.unbuilt import is_of_other_rules, unbuilt_files
    from extractor.resources import load

    if not _TALK[0]:
        return
    if names := unbuilt_files(path_of(corpus), outputs):
        more = Message(" and {count} more", count=len(names) - _NAMED) if len(names) > _NAMED else ""
        say(
            Message(
                "Note: {corpus} has changed since the dataset was built ({names}{more}); what follows is from before. Run "
                "`extractor build`.",
                corpus=corpus,
                names=names[:_NAMED],
                more=more,
            )
        )
    elif is_of_other_rules(dataset, load()):
        say(
            Message(
                "Note: the dataset was built with other rules than those installed now; what follows is from before. Run "
                "`extractor build`."
            )
        )


def resources_with(catalogs: tuple[str, ...]) -> Resources:
    """Load the data files, with a user's own catalogs, which are checked at once: a mistake shall not wait for a notice.

    What their rows say and don't do is a word on standard error.
    """
    given = load_catalogs(catalogs)
    if catalogs:
        from extractor.notice.catalog_check import own_mistakes
        from extractor.notice.facts.catalog import load_catalog

        given.built(load_catalog)
        for words in own_mistakes(given) if _TALK[0] else ():
            say(Message("Note: {words}", words=words))
    return given


def load_catalogs(names: tuple[str, ...]) -> Resources:
    """Load the data files, with a user's own catalogs; ``-`` is standard input."""
    from extractor.resources import OwnCatalog, load, load_with

    if not names:
        return load()
    return load_with(
        OwnCatalog(path_of(translated(STANDARD_INPUT)), standard_input()) if name == "-" else path_of(name)
        for name in dict.fromkeys(names)
    )


def labels_of(language: str, resources: Resources | None = None) -> Labels:
    """Load the labels of a language, with the names of indicators that resources have beyond the package's."""
    from extractor.dataset.labels import load_labels
    from extractor.resources import load

    return load_labels(load() if resources is None else resources, language)


def draw_news(report: BuildReport, corpus: str, given: Resources, labels: Labels) -> None:
    """Print what a build brought: figures of new notices, doubts, failed checks, and what to do next."""
    if report.near:
        from extractor.report.news import find_news, news_view

        if news := find_news(report.near, report.told, labels, given, edited=report.edited):
            draw(news_view(news, corpus, labels))
        if any(one.doubtful for one in news):
            return
    if report.published.written or report.published.removed:
        from extractor.report.news import next_view

        draw(next_view(report.outputs, corpus, labels))


def emit_report(report: BuildReport, given: Resources, labels: Labels, **more: object) -> None:
    """Print a build as JSON: its summary, files written, and what is new; ``more`` stands beside it."""
    from extractor.report.news import find_news

    published = report.published
    made = {
        "outputs": report.outputs.as_posix(),
        "summary": report.summary,
        "reread": report.reread,
        "written": sorted(published.written),
        "removed": sorted(published.removed),
        "new": find_news(report.near, report.told, labels, given, edited=report.edited) if report.near else [],
        **more,
    }
    emit_json(made)


def draw(renderable: RenderableType) -> None:
    """Print a table or list, coloured and as wide as the terminal, or plain and wide into a pipe."""
    from shutil import get_terminal_size

    from extractor.report.terminal import render

    terminal = sys.stdout.isatty() and not _WRITTEN
    width = get_terminal_size((PIPE_WIDTH, 24)).columns if terminal or "COLUMNS" in os.environ else PIPE_WIDTH
    text = render(renderable, width=width, color=terminal and "NO_COLOR" not in os.environ)
    emit(text.encode("utf-8" if _WRITTEN else sys.stdout.encoding or "utf-8", "backslashreplace"))


def emit_json(value: object) -> None:
    """Write a value to standard output as canonical JSON; see `emit_document`."""
    from extractor.dataset.canonical import encode

    emit_document(encode(value), "json")


def emit_document(data: bytes, form: str = "text") -> None:
    """Write a document to standard output: as it is, but harmless where that is a terminal.

    On a terminal ``json`` has escapes in place of what a terminal would act on, and says the same; other text has signs
    in their place; what is no text is an error.
    """
    if _WRITTEN or not sys.stdout.isatty():
        return emit(data)
    from extractor.dataset.labels import safe, safe_json

    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        msg = Message(
            "this format is no text, and standard output is a terminal. Name a file with -o, or write to a pipe."
        )
        raise DatasetError(msg) from error
    return emit((safe_json(text) if form == "json" else safe(text.replace("\r\n", "\n"))).encode())


# What is written to a file instead of standard output.
_WRITTEN: list[BytesIO] = []


@contextmanager
def writing_to(output: str) -> Iterator[None]:
    """Write what the body prints to a file, whole or not at all; ``-`` is standard output."""
    if output == "-":
        yield
        return
    from extractor.dataset.store import write_atomic

    _WRITTEN.append(BytesIO())
    try:
        yield
        data = _WRITTEN[-1].getvalue()
    finally:
        _WRITTEN.pop()
    write_atomic(path_of(output), data)


def emit(data: bytes) -> None:
    """Write to standard output, or where `writing_to` says; a reader that has gone away, as ``head`` does, is no error."""
    if _WRITTEN:
        _WRITTEN[-1].write(data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # The interpreter flushes once more at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            msg = Message(
                "standard output cannot be written: {reason}. Write it elsewhere.", reason=system_words(error)
            )
            raise DatasetError(msg) from error


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None] | None]:
    """Show a progress bar on standard error while the body runs, if that is a terminal."""
    if _TALK[0] > 1:
        from extractor.dataset.labels import safe

        yield lambda done, total, name: click.echo(f"{done}/{total} {safe(name)}".rstrip(), err=True)
        return
    if not sys.stderr.isatty() or not _TALK[0]:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from extractor.dataset.labels import safe

    columns: list[Any] = [BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=safe(name))


def fail(message: str, status: int = USAGE) -> int:
    """Say on standard error what went wrong; return the status to end with."""
    try:
        say(Message("Error: {message}", message=message))
    except OSError:
        return status  # nobody reads standard error any more
    return status


def say(message: str) -> None:
    """Say something on standard error."""
    from extractor.dataset.labels import safe

    click.echo(safe(translated(message)), err=True)
