"""The README stays true: its commands exist, its Python examples give what they show, its files are there."""

import doctest
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli.main import commands as main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_examples():
    """Every >>> of the README gives what it shows."""
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert results.attempted > 0
    assert results.failed == 0


def test_commands_in_readme_exist():
    """The README names every command, and only those that there are."""
    named = set(re.findall(r"`extractor ([a-z]+)", README))

    assert named == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_has_an_example(name):
    """`--help` of every command shows how it is used."""
    done = CliRunner().invoke(main, [name, "--help"])

    assert done.exit_code == 0
    assert f"extractor {name}" in done.output


def test_files_in_readme_exist():
    """Paths that the README sends people to are there."""
    paths = set(re.findall(r"`((?:extractor|tests|\.ci|corpus|outputs)/[\w./-]*?)`", README))
    missing = sorted(path for path in paths if not (ROOT / path).exists())

    assert missing == []
