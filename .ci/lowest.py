"""Prints the lowest version that pyproject.toml allows of each package it names, as constraints for pip.

`.ci/run --all` installs with these and runs the tests, so that no lower bound is a guess.
"""

import re
import sys
import tomllib
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?>=(?P<lowest>[\w.]+)")

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
extras = project["optional-dependencies"].values()
for requirement in sorted({*project["dependencies"], *(one for extra in extras for one in extra)}):
    if found := REQUIREMENT.match(requirement):
        sys.stdout.write(f"{found['name']}=={found['lowest']}\n")
