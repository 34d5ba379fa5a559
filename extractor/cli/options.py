"""Options that several commands have, and the numbers that commands end with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from extractor.fetch import FetchSettings
    from extractor.ingest import Limits

OK, UNDER_FLOOR, USAGE, SET_ASIDE, STOPPED = 0, 1, 2, 3, 130
MOVED = 1

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


def fetching(
    allow_private: bool, ignore_robots: bool, limits: Limits | None, retrieved_on: datetime | None = None
) -> FetchSettings:
    """Make the settings of fetching from a command's options."""
    from extractor.fetch import FetchSettings
    from extractor.ingest import DEFAULT

    return FetchSettings(
        most=(limits or DEFAULT).bytes,
        allow_private=allow_private,
        ignore_robots=ignore_robots,
        retrieved_on=retrieved_on.date() if retrieved_on else None,
    )
