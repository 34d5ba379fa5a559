"""Where the command ``extractor`` begins: its help at once, everything else from `extractor.cli.main`.

Most of what ``--help`` costs is reading the commands' own options, which it does not show. So the names and first lines
of the commands stand here; `tests/test_entry.py` holds them to what the commands say of themselves.
"""

from __future__ import annotations

import os
import sys

SUMMARIES = {
    "add": "Add notices to the corpus, from files, folders and addresses, and build.",
    "audit": "Have a person judge a sample of the figures, and say what follows for all of them.",
    "build": "Read every notice of CORPUS and write the dataset.",
    "catalog": "Check rows of indicators and programmes, and suggest rows for what has no indicator.",
    "certificate": "State what the built dataset is worth, or check a certificate by building again.",
    "check": "Check that figures add up, follow last year's, keep to bounds, conform and agree.",
    "diff": "Say what moved: year against year, region against region, or dataset against dataset.",
    "evaluate": "Score facts against the annotated notices of folder GOLD.",
    "export": "Write the dataset in a format that other tools read.",
    "follow": "Take notices as they are published, from the sources that CORPUS/sources.toml lists, and build.",
    "mcp": "Answer programs that speak MCP (Model Context Protocol): value, diff, facts, verify, indicators, regions.",
    "parse": "Read one NOTICE, or several, and show of each its head, facts and what could not be read.",
    "release": "Publish the built dataset as a version, with its certificate.",
    "report": "Write pages to open in a browser: what moved, charts, the notices with every figure marked, what is doubtful.",
    "review": "Go through what is doubtful, newest notice first: confirm, correct, reject, or add what was missed.",
    "schema": "Print the JSON Schema of the dataset.",
    "show": "Show a fact with its sentence, its words marked, how it was read, and why it has its indicator, or none.",
    "sources": "Look after the sources that follow goes through: lists, feeds and sitemaps of authorities.",
    "value": "Give the figure of an INDICATOR for a year and a region, with the words that it stands in; or say why there isn't one.",
    "verify": "Check claims: say of each figure of a TEXT whether the dataset states it, and quote what it states.",
    "watch": "Build CORPUS now, and again whenever its notices change, until stopped.",
}
ABOUT = """From Chinese policy notices to a verified dataset of their figures.

\b
extractor build corpus            read all notices, write outputs/
extractor parse notice.txt        look at one notice
"""


def main() -> None:
    """Run the command line."""
    # A shell that completes a command line gives the words in its own variables, and no arguments.
    if sys.argv[1:] in ([], ["-h"], ["--help"]) and "_EXTRACTOR_COMPLETE" not in os.environ:
        show_help()
    else:
        from extractor.cli.main import main as run

        run()


def show_help() -> None:
    """Print the help of the command as a whole."""
    import click

    from extractor.cli.spoken import LANGUAGES, SpokenCommand, SpokenGroup, language_of
    from extractor.messages import speaking, translated

    class Commands(SpokenGroup):
        """The group without its commands: only their first lines are shown."""

        def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            """Write the commands' names and first lines, as click does for commands that it has."""
            del ctx
            limit = formatter.width - 6 - max(map(len, SUMMARIES))
            with formatter.section(translated("Commands")):
                formatter.write_dl(
                    [
                        (name, SpokenCommand(name, help=words).get_short_help_str(limit))
                        for name, words in SUMMARIES.items()
                    ]
                )

    options = [
        click.Option(["--version"], is_flag=True, help="Show the version and exit."),
        click.Option(["-q", "--quiet"], is_flag=True, help="Show no progress and no notes."),
        click.Option(["-v", "--verbose"], is_flag=True, help="Say on standard error which file is being read."),
        click.Option(["--log-level"], type=click.Choice(["error", "warning", "info"]), help="The same, by name."),
        click.Option(
            ["--config"],
            type=click.Path(),
            help="TOML with your own defaults. Default: extractor.toml, if there.",
        ),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help="Language of all that is said."),
    ]
    settings: dict[str, object] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    group = Commands("extractor", params=options, context_settings=settings, help=ABOUT)
    with speaking(language_of([])):
        group.main(["--help"], "extractor")


if __name__ == "__main__":
    main()
