"""Fixtures of several test files: the command line in this process, and a stand-in for the pipeline; ids of cases."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from types import ModuleType

import pytest
from case_ids import case_id
from factories import fake_process

import extractor


def pytest_configure(config):
    """Let the commands that tests start find the modules compiled, as where the package is installed.

    Where an environment forbids to write bytecode, as those of containers do, a third of each start went into compiling.
    The workers of a run share its folder, and the tree stays as it is.
    """
    if "PYTHONPYCACHEPREFIX" in os.environ:
        return
    folder = tempfile.TemporaryDirectory(prefix="extractor-bytecode-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["PYTHONPYCACHEPREFIX"] = folder.name
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(config, items):
    """Leave out the tests that read a clock, unless they are asked for: they fail on a machine that is busy."""
    if "timing" in config.option.markexpr:
        return
    timed = [item for item in items if item.get_closest_marker("timing")]
    config.hook.pytest_deselected(items=timed)
    items[:] = [item for item in items if item not in timed]


def pytest_make_parametrize_id(val):
    """Name a case by what stands in it."""
    return case_id(val)


@pytest.fixture
def command_line(capsysbinary, monkeypatch):
    """Run a command line in the process: (status, stdout, stderr)."""
    from extractor.cli import main

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        with pytest.raises(SystemExit) as ended:
            main.main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return ended.value.code, out.decode(), err.decode()

    return call


@pytest.fixture
def stand_in(monkeypatch):
    """Put the stand-in of `factories.py` in the place of the pipeline; return the module."""
    module = ModuleType("extractor.pipeline")
    module.process = fake_process
    monkeypatch.setitem(sys.modules, "extractor.pipeline", module)
    monkeypatch.setattr(extractor, "pipeline", module, raising=False)
    return module
