"""Help and usage errors in the language that is asked for, before anything else of the command line is understood.

click's own words come from the same catalog as ours, since it asks GNU gettext for them. Chinese is laid out by the
columns that it takes: click counts characters, and would have every line twice as long as the terminal is wide.
"""

from __future__ import annotations

import inspect
import os
import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from extractor.messages import Message, speak, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LANGUAGES = ("zh", "en")
VARIABLE = "EXTRACTOR_LANG"
# A user's own defaults.
FILE = "extractor.toml"
# click's mark of lines to leave as they are.
_AS_IS = "\b\n"
# click's words for its own option.
_HELP = "Show this message and exit."
# What no line begins with.
_CLOSING = "，。；：、！？）》”’…"


def language_of(arguments: Sequence[str]) -> str:
    """Find the language of a command line: ``--lang``, the environment, a user's own defaults, else Chinese.

    What is wrong with any of these is said later, when they are read for good.
    """
    named = _values("--lang", arguments)
    environment = os.environ.get(VARIABLE)
    for given in (*reversed(named), environment):
        if given in LANGUAGES:
            return given
    config = next(reversed(_values("--config", arguments)), FILE)
    return _language_in(config, arguments) if os.path.isfile(config) else LANGUAGES[0]  # noqa: PTH113 - at once


def _values(option: str, arguments: Sequence[str]) -> list[str]:
    """List what is given for an option, in either spelling."""
    pairs = zip_longest(arguments, arguments[1:], fillvalue="")
    return [
        after if one == option else one.removeprefix(f"{option}=")
        for one, after in pairs
        if one.split("=")[0] == option
    ]


def _language_in(config: str, arguments: Sequence[str]) -> str:
    from pathlib import Path

    from extractor.errors import ExtractorError
    from extractor.resources import parse_toml

    try:
        own = parse_toml(Path(config), Path(config).read_bytes())["tool"]["extractor"]
        given = next((own[one]["lang"] for one in arguments if "lang" in own.get(one, "")), own.get("lang"))
    except (ExtractorError, OSError, LookupError, TypeError, AttributeError):
        return LANGUAGES[0]
    return given if given in LANGUAGES else LANGUAGES[0]


def speak_as_asked(context: click.Context, option: click.Parameter, value: str) -> str:
    """Speak the language of an option ``--lang``, or that given before the command; else what `language_of` found."""
    source = context.get_parameter_source(option.name or "")
    before = context.find_root().params.get("lang")
    if before and source is not ParameterSource.COMMANDLINE:
        value = before
    elif source is ParameterSource.DEFAULT:
        return value
    speak(value)
    return value


class SpokenFormatter(click.HelpFormatter):
    """Lays out help, with Chinese as wide as it is."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; a full-width colon wants no blank."""
        word = translated("Usage:")
        super().write_usage(prog, args, prefix or (f"{word} " if word.isascii() else word))

    def write_heading(self, heading: str) -> None:
        """Write a heading, with the colon of its language."""
        if heading.isascii():
            super().write_heading(heading)
        else:
            self.write(f"{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        super().write_text(laid_out(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands, each with what is said of it."""
        listed = list(rows)
        first = min(max((len(name) for name, _ in listed), default=0), col_max) + col_spacing
        width = max(self.width - first - 2, 10)
        super().write_dl([(name, laid_out(words, width)) for name, words in listed], col_max, col_spacing)


class SpokenContext(click.Context):
    """The context of a command."""

    formatter_class = SpokenFormatter


class SpokenCommand(click.Command):
    """A command whose help is said in the language that is spoken."""

    context_class = SpokenContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read its arguments; an option of the whole program is told its place."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            option, root = error.option_name, ctx.find_root()
            if root is ctx or not any(option in one.opts for one in root.command.params):
                raise
            program = root.info_name or ""
            said = {"option": option, "program": program, "command": ctx.command_path.removeprefix(program).strip()}
            words = Message("{option} stands before the command: {program} {option} {command} …", **said)
            raise click.UsageError(translated(words), ctx) from error

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Make the option for help; click keeps it with its words as first said, whatever is spoken next."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Say in a line what it does."""
        summary = inspect.cleandoc(self.help or "").partition("\n\n")[0]
        words = translated(summary)
        return super().get_short_help_str(limit) if words == summary else words

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does, paragraph by paragraph."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(map(translated, inspect.cleandoc(self.help or "").split("\n\n"))))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options."""
        records = [
            (one, one.get_help_record(ctx)) for one in self.get_params(ctx) if not isinstance(one, click.Argument)
        ]
        rows = [_said(option, *record) for option, record in records if record]
        with formatter.section(translated("Options")):
            formatter.write_dl(rows)


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands."""

    command_class = SpokenCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options and commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _said(option: click.Parameter, name: str, words: str) -> tuple[str, str]:
    """Say what is said of an option; what click adds to that, like its default, it has said itself."""
    own = getattr(option, "help", None) or ""
    return name, translated(own) + words.removeprefix(own)


def laid_out(text: str, width: int) -> str:
    """Break the lines of Chinese paragraphs at a number of columns; click shall leave these, and breaks all others."""
    return "\n\n".join(
        one if one.isascii() or one.startswith(_AS_IS) else _AS_IS + "\n".join(_lines(one, width))
        for one in text.split("\n\n")
    )


def _lines(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for piece in _pieces(" ".join(text.split("\n"))):
        wide = columns(piece)
        if used + wide > width and line.strip() and piece[0] not in _CLOSING:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or piece.strip():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterable[str]:
    """Yield what no line is broken in: a Chinese character, a word of others, the blanks between."""
    word = ""
    for sign in text:
        if sign != " " and columns(sign) == 1:
            word += sign
            continue
        if word:
            yield word
            word = ""
        yield sign
    if word:
        yield word


def columns(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
