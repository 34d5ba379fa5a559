"""Standard streams and arguments of the commands: what they read, and how they print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import USAGE
from extractor.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from extractor.model import Dataset
    from extractor.report.labels import Labels

# Wide enough for a table's columns when no terminal says how wide it is.
PIPE_WIDTH = 140


def path_of(text: str) -> Path:
    """Make a path of an argument; pathlib costs what `--help` need not pay."""
    from pathlib import Path

    return Path(text)


def standard_input() -> bytes:
    """Read all of standard input."""
    return sys.stdin.buffer.read()


def dataset_of(name: str) -> tuple[Dataset, Path]:
    """Load a dataset from a file or standard input, and say in which folder its sources and ledgers stand."""
    from extractor.dataset import store

    if name == "-":
        return store.loads(standard_input(), "standard input"), path_of("outputs")
    return store.load(path_of(name)), path_of(name).parent


def labels_of(language: str) -> Labels:
    """Load the labels of a language."""
    from extractor.report.labels import load_labels
    from extractor.resources import load

    return load_labels(load(), language)


def draw(renderable: RenderableType) -> None:
    """Print a table or list, coloured and as wide as the terminal, or plain and wide into a pipe."""
    from shutil import get_terminal_size

    from extractor.report.terminal import render

    terminal = sys.stdout.isatty()
    width = get_terminal_size((PIPE_WIDTH, 24)).columns if terminal or "COLUMNS" in os.environ else PIPE_WIDTH
    text = render(renderable, width=width, color=terminal and "NO_COLOR" not in os.environ)
    emit(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def emit(data: bytes) -> None:
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
def progress_bar() -> Iterator[Callable[[int, int, str], None] | None]:
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


def fail(message: str, status: int = USAGE) -> int:
    """Say on standard error what went wrong; return the status to end with."""
    from extractor.report.phrases import safe

    try:
        click.echo(f"Error: {safe(message)}", err=True)
    except OSError:
        return status  # nobody reads standard error any more
    return status
