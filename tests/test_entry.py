"""The help that starts at once says what the commands say of themselves."""

import subprocess
import sys

import pytest

from extractor.__main__ import SUMMARIES
from extractor.cli.main import commands


def test_summaries():
    """Names and first lines are those of the commands."""
    assert {name: command.get_short_help_str(200) for name, command in commands.commands.items()} == SUMMARIES


def printed(*arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_help_is_that_of_the_commands(arguments):
    """`extractor --help` prints, byte for byte, what the whole command line would."""
    whole = printed("-c", "from extractor.cli.main import main; main(['--help'])")

    assert printed("-m", "extractor", *arguments) == whole
