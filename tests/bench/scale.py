"""What a large corpus costs, build by build and step by step: ``python tests/bench/scale.py [--keep FOLDER] [NOTICES...]``.

Each number of notices (1,000 and 10,000, unless others are named) is built with one process and with two, by Dask with one local worker
and with two, again with nothing changed and with one notice changed, and as Parquet by region and year; the bytes are compared. ``alone`` is
what a build would take on processors that nobody else uses: the processor time of the process that builds, and beside it
that of the reading processes by their number. On a machine that is shared the clock says what others do.

With ``--keep`` figures stay in a folder, with the corpora: whoever was interrupted goes on from there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import incremental  # noqa: E402 - see above

COUNTS = (1_000, 10_000)
# What issue 15 asks for.
LEAST_RATIO, MOST_GROWTH, MOST_MEMORY, MOST_REST = 1.8, 1.5, 1536, 0.05
# The steps of a build, by module and name.
STEPS = {
    "look at files": ("extractor.build.incremental", "_Build._inputs"),
    "read, find copies": ("extractor.build.incremental", "put_together"),
    "series, checks, comparisons": ("extractor.build.rows", "Rows.make"),
    "sentences of two years": ("extractor.build.sentence_diff.measures", "MadeMeasures.make"),
    "write": ("extractor.build.publish", "publish"),
    "remember": ("extractor.build.incremental", "_Build._remember"),
}
ADDED = "\n五、另行补助每人每年7元。\n"


class Build(NamedTuple):
    """A build to measure: its name, the corpus as it is, with one notice changed, or that notice alone, and its options."""

    name: str
    corpus: str
    options: dict[str, Any]


# Builds that go on from each other, in one folder of outputs.
GROUPS = {
    "one": [Build("one process", "whole", {"jobs": 1})],
    "two": [
        Build("two processes", "whole", {"jobs": 2}),
        Build("nothing changed", "whole", {"jobs": 2}),
        Build("one changed", "changed", {"jobs": 2}),
    ],
    "single": [Build("the changed one alone", "single", {"jobs": 1})],
    "Dask 1": [Build("Dask, one worker", "whole", {"jobs": 1, "dask": True})],
    "Dask 2": [Build("Dask, two workers", "whole", {"jobs": 2, "dask": True})],
    "Parquet": [
        Build("two, Parquet", "whole", {"jobs": 2, "layout": "partitioned"}),
        Build("Parquet, nothing changed", "whole", {"jobs": 2}),
        Build("Parquet, one changed", "changed", {"jobs": 2}),
    ],
}
# Those whose outputs have to be the bytes of the first, and those that read all notices.
SAME = ("two processes", "nothing changed", "Dask, one worker", "Dask, two workers")
WHOLE = ("one process", "two processes", "Dask, one worker", "Dask, two workers", "two, Parquet")


# ── one build


def one_build(corpus: str, outputs: str, options: str) -> dict[str, Any]:
    """Build in this process; give seconds of it, its children's and the clock's, mebibytes, and those of each step."""
    from extractor.build.engine import Cluster
    from extractor.build.incremental import build as run

    given = json.loads(options)
    if given.pop("dask", False):
        given["cluster"] = Cluster()
    spent = timed_steps()
    began = perf_counter()
    run(Path(corpus), Path(outputs), **given)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "own": process_time(), "children": children.ru_utime + children.ru_stime, "clock": perf_counter() - began,
        "memory": mebibytes(resource.RUSAGE_SELF), "each child": mebibytes(resource.RUSAGE_CHILDREN), "steps": spent,
    }  # fmt: skip


def timed_steps() -> dict[str, list[float]]:
    """Have each step say, when it is done, its seconds of this process and of the clock, and the most memory so far."""
    from importlib import import_module

    spent: dict[str, list[float]] = {}

    def timed(name: str, function: Any) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            began, busy = perf_counter(), process_time()
            try:
                return function(*given, **named)
            finally:
                taken = spent.setdefault(name, [0.0, 0.0, 0.0])
                taken[0] += process_time() - busy
                taken[1] += perf_counter() - began
                taken[2] = mebibytes(resource.RUSAGE_SELF)

        return call

    for name, (module, path) in STEPS.items():
        *owner, attribute = path.split(".")
        place = getattr(import_module(module), owner[0]) if owner else import_module(module)
        setattr(place, attribute, timed(name, getattr(place, attribute)))
    return spent


def mebibytes(whose: int) -> float:
    """Give the most memory that this process, or one of its children, has had."""
    return resource.getrusage(whose).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


# ── all builds of a number of notices


class Measured:
    """The builds of so many notices, in a folder; what was measured before is taken from there."""

    def __init__(self, folder: Path, count: int) -> None:
        """Make the corpus where it isn't yet."""
        self.folder, self.count = folder / str(count), count
        self._kept = self.folder / "figures.json"
        self.figures: dict[str, Any] = json.loads(self._kept.read_text("utf-8")) if self._kept.exists() else {}
        if not (self.folder / "made").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            incremental.made(self.folder / "corpus", count)
            (self.folder / "made").touch()

    def run(self) -> None:
        """Measure what isn't measured yet, group by group: one that was interrupted begins anew."""
        for name, builds in GROUPS.items():
            if all(build.name in self.figures for build in builds):
                continue
            outputs = self.folder / name
            shutil.rmtree(outputs, ignore_errors=True)
            found = {build.name: self._measure(build, outputs) for build in builds}
            shutil.rmtree(outputs, ignore_errors=True)
            self.figures |= found
            self._kept.write_text(json.dumps(self.figures, indent=1), "utf-8")

    def _measure(self, build: Build, outputs: Path) -> dict[str, Any]:
        """Build in a process of its own."""
        corpus = self._corpus(build.corpus)
        command = [
            sys.executable,
            str(HERE / "scale.py"),
            "--build",
            str(corpus),
            str(outputs),
            json.dumps(build.options),
        ]
        environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
        ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
        found: dict[str, Any] = json.loads(ended.stdout)
        found["alone"] = found["own"] + found["children"] / build.options["jobs"]
        found["bytes"], found["digest"] = digest_of(outputs)
        state = outputs / ".state"
        found["state"] = sum(path.stat().st_size for path in state.rglob("*") if path.is_file())
        return found

    def _corpus(self, kind: str) -> Path:
        """Bring the corpus to how a build is to find it."""
        corpus = self.folder / "corpus"
        path = sorted(corpus.rglob("*.txt"))[self.count // 2]
        text = path.read_text("utf-8")
        wanted = text.removesuffix(ADDED) + (ADDED if kind != "whole" else "")
        if kind == "single":
            single = self.folder / "one notice"
            single.mkdir(exist_ok=True)
            (single / path.name).write_text(wanted, "utf-8")
            return single
        if text != wanted:
            path.write_text(wanted, "utf-8")
        return corpus


def digest_of(outputs: Path) -> tuple[int, str]:
    """Give the bytes of the outputs and a digest of them all, by name."""
    files = sorted(path for path in outputs.rglob("*") if path.is_file() and ".state" not in path.parts)
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(outputs).as_posix()} {found}\n".encode())
    return sum(path.stat().st_size for path in files), digest.hexdigest()


# ── what is printed


def print_scale(counts: tuple[int, ...] = COUNTS, keep: Path | None = None) -> None:
    """Print the figures of each number of notices, and which targets are met."""
    with tempfile.TemporaryDirectory() as folder:
        memory = []
        for count in counts:
            measured = Measured(keep or Path(folder), count)
            measured.run()
            print_count(count, measured.figures)
            memory.append(
                max(measured.figures[name]["memory"] for name in ("one process", "two processes", "one changed"))
            )
    growth = memory[-1] / memory[0]
    say(f"\nMemory    {growth:.2f} times that of the fewest, target {MOST_GROWTH}: {verdict(growth <= MOST_GROWTH)}")
    say(f"          {memory[-1]:,.0f} MiB, target {MOST_MEMORY:,}: {verdict(memory[-1] <= MOST_MEMORY)}")


def print_count(count: int, found: dict[str, Any]) -> None:
    """Print the builds of so many notices, the steps of those of all of them, and which targets are met."""
    first, two, changed = found["one process"], found["two processes"], found["one changed"]
    say()
    say(
        f"{f'{count:,} notices':26}{'s alone':>9}{'by clock':>10}{'notices/s':>11}{'MiB':>7}{'each other':>12}{'outputs MB':>12}"
    )
    for builds in GROUPS.values():
        for name in (build.name for build in builds):
            one = found[name]
            same = (
                "" if name not in SAME else "  the same bytes" if one["digest"] == first["digest"] else "  OTHER BYTES"
            )
            rate = (
                f"{count / one['alone']:.0f}"
                if name in {"one process", *SAME} - {"nothing changed", "JSON again"}
                else ""
            )
            say(
                f"  {name:24}{one['alone']:>9.1f}{one['clock']:>10.1f}{rate:>11}{one['memory']:>7,.0f}"
                f"{one['each child']:>12,.0f}{one['bytes'] / 1e6:>12,.0f}{same}"
            )
    ratio = first["alone"] / two["alone"]
    say(f"  two processes to one {ratio:.2f}, target {LEAST_RATIO}: {verdict(ratio >= LEAST_RATIO)}")
    rest = (changed["alone"] - found["the changed one alone"]["alone"]) / first["alone"]
    say(f"  nothing changed, of a full build {found['nothing changed']['alone'] / first['alone']:.1%}")
    say(
        f"  one changed, of a full build {changed['alone'] / first['alone']:.1%}; without starting and reading it {rest:.1%}, "
        f"target {MOST_REST:.0%}: {verdict(rest <= MOST_REST)}"
    )
    say(f"  kept for the next build {first['state'] / 1e6:,.0f} MB")
    say(f"  {'Share of each step':30}{'one process':>12}{'s':>8}{'two, by clock':>15}{'s':>8}{'MiB then':>10}")
    for name, (busy, _, most) in first["steps"].items():
        clock = two["steps"][name][1]
        say(
            f"    {name:28}{busy / first['own']:>12.1%}{busy:>8.1f}{clock / two['clock']:>15.1%}{clock:>8.1f}{most:>10,.0f}"
        )


def verdict(good: bool) -> str:  # noqa: FBT001 - of one word
    """Say whether a target is met."""
    return "met" if good else "MISSED"


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure the numbers of notices that are named."""
    if sys.argv[1:2] == ["--build"]:
        json.dump(one_build(*sys.argv[2:]), sys.stdout)
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", type=Path, help="folder for corpora and figures, to go on from")
    parser.add_argument("counts", nargs="*", type=int, metavar="NOTICES")
    given = parser.parse_args()
    print_scale(tuple(given.counts) or COUNTS, given.keep)


if __name__ == "__main__":
    main()
