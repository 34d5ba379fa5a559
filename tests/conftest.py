"""Fixtures of several test files: the command line in this process, and a stand-in for the pipeline; ids of cases."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import pytest
from case_ids import case_id
from factories import fake_process

import extractor
from extractor.resources import DATA

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder of Linux that lies in memory; a folder of our own is made in it
ROOM = 2 << 30  # bytes; a run writes some 400 MB


def pytest_configure(config):
    """Keep what a run writes in memory, where there is room, and what it compiles on the disk; let Ctrl-C be heard.

    A run that is started in the background ignores it, and so would the commands that tests interrupt.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        _write_to_memory(config)
    # Where an environment forbids to write bytecode, as those of containers do, a third of each start of a command went
    # into compiling, and each worker rewrote the asserts of every test file in every run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    gc.disable()  # until all is collected


def pytest_xdist_auto_num_workers():
    """Start a process, of some 600 MB, more than there are cores: commands and builds wait a fifth of the time."""
    return (os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))) + 1


def pytest_collection_finish():
    """Keep the collector off what stays to the end: test files, items and libraries, a tenth of the run's time."""
    gc.freeze()
    gc.enable()


def pytest_sessionfinish():
    """Collect what is garbage now, once, and keep pytest from looking through all the rest another five times."""
    gc.collect()
    gc.freeze()


def _write_to_memory(config):
    """Put temporary files into memory: a build waits for the disk after each file that it writes.

    A folder that `--basetemp` or TMPDIR names is taken as it is, and stays; this one goes with the run.
    """
    if config.option.basetemp or "TMPDIR" in os.environ:
        return
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return
    folder = tempfile.TemporaryDirectory(prefix="extractor-tests-", dir=MEMORY, ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["TMPDIR"] = tempfile.tempdir = folder.name


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
    """Run a command line in the process: (status, stdout, stderr).

    Why it failed is said in English unless the language is named: that is what the tables quote, and `test_messages` holds
    the Chinese of every message to it. What it shows is in Chinese.
    """
    from extractor.cli import main
    from extractor.cli.spoken import VARIABLE, language_of

    def language(arguments):
        return language_of(arguments) if {"--lang", "--lang=en"} & {*arguments} or VARIABLE in os.environ else "en"

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(main, "language_of", language)
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


@pytest.fixture(scope="session")
def health(tmp_path_factory):
    """Make a copy of the data with the indicators of medical insurance alone: others' 600 examples aren't read each time."""
    folder = tmp_path_factory.mktemp("health") / "data"
    shutil.copytree(DATA, folder)
    for path in folder.glob("indicators/*.toml"):
        if not path.name.startswith("medical"):
            path.unlink()
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Give a function that names a folder and has it filled by ``make``, once for all processes of a run."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def folder(name, make):
        place, part = root / name, root / f"{name}.part"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                shutil.rmtree(part, ignore_errors=True)  # of a process whose attempt failed
                part.mkdir()
                make(part)
                part.rename(place)
        return place

    return folder
