"""The examples of the READMEs: runs their commands and compares, or writes, what they print.

    python tests/examples.py

rewrites the READMEs with what the commands print now. An example is a block ```console; a line `$ COMMAND` is run by bash in
a copy of `corpus/` and `outputs/`, on a terminal of 100 columns, block after block in the order of the page.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COLUMNS = 100


def refilled(text):
    """Return a page with its examples' output as the commands print it now.

    Raises `AssertionError` for a command that says anything on standard error.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("corpus", "outputs", "tests/gold/medical/dev"):
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns(".state", "export"))
        command = place / "bin/extractor"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m extractor "$@"\n')
        command.chmod(0o755)
        return CONSOLE.sub(lambda found: _ran(found[0], place), text)


def _ran(block, place):
    """Run the commands of a block; return it with what they print."""
    lines = []
    for command in (line for line in block.splitlines() if line.startswith("$ ")):
        path = os.pathsep.join([str(place / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        env = {**os.environ, "COLUMNS": str(COLUMNS), "PATH": path, "PYTHONPATH": paths}
        done = subprocess.run(  # noqa: S602 - the READMEs are ours
            command[2:],
            shell=True,
            executable="/bin/bash",
            cwd=place,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "", f"{command}\n{done.stderr}"
        lines += [command, *(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for readme in READMES:
        page = ROOT / readme
        page.write_text(refilled(page.read_text("utf-8")), "utf-8")
