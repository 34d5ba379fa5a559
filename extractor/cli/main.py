"""Arguments in, text out; no logic, and the only part that prints.

Results go to standard output, progress and errors to standard error. Exit status: 0, 1 under a floor, 2 for wrong usage
or input, 3 when a notice was set aside. Imports of weight stand inside the commands, so that ``--help`` starts at once.
"""

from __future__ import annotations

import os
import sys

import click

from extractor._version import __version__
from extractor.cli.build import add, build, parse, watch
from extractor.cli.catalog import catalog
from extractor.cli.certificate import audit, certificate, release
from extractor.cli.complete import files
from extractor.cli.config import defaults_of
from extractor.cli.export import export, schema
from extractor.cli.follow import follow, sources
from extractor.cli.inspect import check, diff, evaluate, show
from extractor.cli.mcp import mcp
from extractor.cli.options import OK, STOPPED, USAGE, fail, set_talk
from extractor.cli.report import report
from extractor.cli.review import review
from extractor.cli.spoken import LANGUAGES, SpokenGroup, language_of
from extractor.cli.value import value
from extractor.cli.verify import verify
from extractor.errors import ExtractorError
from extractor.messages import Message, speaking


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="extractor")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress and no notes.")
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error which file is being read.")
@click.option("--log-level", type=click.Choice(["error", "warning", "info"]), default=None, help="The same, by name.")
@click.option(
    "--config",
    default=None,
    metavar="PATH",
    shell_complete=files,
    help="TOML with your own defaults. Default: extractor.toml, if there.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language of all that is said.")
@click.pass_context
def commands(
    context: click.Context, quiet: bool, verbose: bool, log_level: str | None, config: str | None, lang: str | None
) -> None:
    """From Chinese policy notices to a verified dataset of their figures.

    \b
    extractor build corpus            read all notices, write outputs/
    extractor parse notice.txt        look at one notice
    """  # noqa: D301 - click's mark for lines to leave as they are
    del lang  # a command's own option looks at it
    set_talk({"error": 0, "warning": 1, "info": 2}[log_level] if log_level else 0 if quiet else 2 if verbose else 1)
    context.default_map = defaults_of(config, commands)


for _command in (
    build, parse, show, diff, evaluate, check, release, schema, export, add, watch, review, catalog, report, value, verify, mcp,
    follow, sources, certificate, audit,
):  # fmt: skip
    commands.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit with its status; whatever happens, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that can't show a character must not end the run
            stream.reconfigure(errors="backslashreplace")
    with speaking(language_of(sys.argv[1:] if arguments is None else arguments)):
        sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        status = commands.main(arguments, prog_name="extractor", standalone_mode=False)
    except click.ClickException as error:
        return _show(error)
    except (click.Abort, KeyboardInterrupt):
        return fail(Message("Stopped. What stood in the outputs folder is whole; run the command again."), STOPPED)
    except ExtractorError as error:
        return fail(str(error))
    except ImportError as error:
        return fail(
            Message(
                "{error}. A part of extractor is not installed; install it again with its dependencies.", error=error
            )
        )
    except Exception as error:
        if os.environ.get("EXTRACTOR_DEBUG"):
            raise
        return fail(
            Message(
                "{name}: {error}. This is a fault of extractor; EXTRACTOR_DEBUG=1 shows where.",
                name=type(error).__name__,
                error=error,
            )
        )
    return status if isinstance(status, int) else OK


def _show(error: click.ClickException) -> int:
    """Say what is wrong with a command line; it may name a file, and a file's name is anybody's."""
    from io import StringIO

    from extractor.dataset.labels import safe

    said = StringIO()
    error.show(said)
    click.echo(safe(said.getvalue()), err=True, nl=False)
    return USAGE
