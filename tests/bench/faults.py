"""What comes of faults, and how often each was tried: ``python tests/bench/faults.py [--keep FOLDER] [WORD...]``.

Each row is a test of its own, which says what has to hold; words choose rows. The tests run as in `.ci/run --all`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

HERE = Path(__file__).parent
TESTS = HERE.parent


class Fault(NamedTuple):
    """A fault, how often it is tried, the test that tries it, and what comes of it where that passes."""

    name: str
    times: str
    test: str
    outcome: str


WHOLE = "the old dataset or the new one, whole; the next build gives the same bytes"
NOTHING = "the same bytes, nothing set aside"
FAULTS = (
    Fault("build killed, one process", "50", "test_kill.py::test_killed_at_any_moment[50---jobs=1]", WHOLE),
    Fault("build killed, --jobs 2", "50", "test_kill.py::test_killed_at_any_moment[50---jobs=2]", WHOLE),
    Fault("build killed, Dask", "50", "test_kill.py::test_killed_at_any_moment[50---jobs=2 --engine=dask]", WHOLE),
    Fault("build killed, Parquet", "50", "test_partitions.py::test_killed_at_any_moment[50]", WHOLE),
    Fault("a worker killed, --jobs 2", "50", "test_jobs.py::test_worker_killed_at_any_moment[50]", NOTHING),
    Fault("both workers killed, Dask", "50", "test_cluster.py::test_workers_killed", NOTHING),
    Fault("scheduler killed", "1", "test_cluster.py::test_scheduler_killed", "an error; the old dataset stays, the next build completes"),
    Fault("poison notice, --jobs 2", "1", "test_jobs.py::test_poison", "set aside alone; the next build reads it"),
    Fault("poison notice, Dask", "1", "test_cluster.py::test_poison", "set aside alone; the next build reads it"),
    Fault("two builds at once", "1", "test_jobs.py::test_two_builds_at_once", "one waits; the same bytes"),
    Fault("disk full at any point", "20", "test_state.py::test_full_disk", "an error; the old dataset stays, with room the next build completes"),
    Fault("read-only disk", "2", "test_state.py::test_disk_that_cannot_be_written", "an error; the dataset can be loaded"),
)  # fmt: skip


def print_faults(keep: Path | None = None, words: tuple[str, ...] = ()) -> bool:
    """Run what isn't kept, print the table, and tell whether all has held."""
    place = keep / "faults.json" if keep else None
    kept: dict[str, tuple[str, float]] = json.loads(place.read_text("utf-8")) if place and place.exists() else {}
    say(f"\n{'Faults':28}{'times':>7}{'s':>7}  what came of it")
    good = True
    for fault in FAULTS:
        if words and not any(word in fault.name for word in words):
            continue
        if fault.test not in kept:
            kept[fault.test] = run(fault)
            if place:
                place.write_text(json.dumps(kept, indent=1), "utf-8")
        said, seconds = kept[fault.test]
        good &= said == "passed"
        say(f"  {fault.name:26}{fault.times:>7}{seconds:>7.0f}  {fault.outcome if said == 'passed' else said.upper()}")
    return good


def run(fault: Fault) -> tuple[str, float]:
    """Run a test; say how it ended, and in how many seconds."""
    marks = ["-m", "slow or not slow", "-n", "0", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", str(TESTS / fault.test), *marks]
    began = perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    ended = subprocess.run(command, env=environment, cwd=HERE.parents[1], capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    said = (
        "passed"
        if not ended.returncode and " passed" in ended.stdout
        else "skipped"
        if not ended.returncode
        else "failed"
    )
    if said == "failed":
        sys.stderr.write(ended.stdout)
    return said, perf_counter() - began


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", type=Path, help="folder for what was found, to go on from")
    parser.add_argument("words", nargs="*", metavar="WORD")
    given = parser.parse_args()
    sys.exit(not print_faults(given.keep, tuple(given.words)))
