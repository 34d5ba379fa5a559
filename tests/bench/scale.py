"""What a large corpus costs, step by step, with one process and with two: ``python tests/bench/scale.py [NOTICES...]``.

Each number of notices (1,000 and 10,000, unless others are named) is built with ``--jobs 1`` and ``--jobs 2`` in turns, then
again with one notice changed, and that notice by itself; the outputs of all are compared. ``alone`` is what a build would take on processors that
nobody else uses: the processor time of the process that builds, and beside it that of the reading processes by their
number. On a machine that is shared the clock says what others do.
"""

from __future__ import annotations

import filecmp
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import incremental  # noqa: E402 - see above

COUNTS = (1_000, 10_000)
# What issue 15 asks for.
LEAST_RATIO, MOST_GROWTH, MOST_MEMORY, MOST_REST = 1.8, 1.5, 1536, 0.05
# The steps of a build, by module and name.
STEPS = {
    "look at files": ("extractor.build.incremental", "stamp_files"),
    "read, find copies": ("extractor.build.incremental", "put_together"),
    "regions": ("extractor.build.rows", "Rows.make"),
    "sentences compared": ("extractor.build.sentence_diff.measures", "MadeMeasures.make"),
    "write": ("extractor.build.publish", "publish"),
}


def one_build(corpus: str, outputs: str, jobs: str) -> dict[str, Any]:
    """Build in this process; give seconds of it, its children's and the clock's, mebibytes, and those of each step."""
    from importlib import import_module

    from extractor.build.incremental import build as run

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
    began = perf_counter()
    run(Path(corpus), Path(outputs), jobs=int(jobs))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "own": process_time(), "children": children.ru_utime + children.ru_stime, "clock": perf_counter() - began,
        "memory": mebibytes(resource.RUSAGE_SELF), "each child": mebibytes(resource.RUSAGE_CHILDREN), "steps": spent,
    }  # fmt: skip


def mebibytes(whose: int) -> float:
    """Give the most memory that this process, or one of its children, has had."""
    return resource.getrusage(whose).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def build(corpus: Path, outputs: Path, jobs: int) -> dict[str, Any]:
    """Build in a process of its own."""
    command = [sys.executable, str(HERE / "scale.py"), "--build", str(corpus), str(outputs), str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
    found: dict[str, Any] = json.loads(ended.stdout)
    found["alone"] = found["own"] + found["children"] / jobs
    return found


def measure(count: int) -> dict[str, dict[str, Any]]:
    """Give the figures of builds with one process, with two, and with two and one notice changed."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        paths = incremental.made(corpus, count)
        found = {f"--jobs {jobs}": build(corpus, Path(folder, str(jobs)), jobs) for jobs in (1, 2)}
        same = filecmp.cmp(Path(folder, "1/dataset.json"), Path(folder, "2/dataset.json"), shallow=False)
        say(f"\n{count:,} notices, {Path(folder, '1/dataset.json').stat().st_size / 1e6:,.0f} MB of dataset")
        say(f"  the same bytes with one process and two: {'yes' if same else 'NO'}")
        paths[count // 2].write_text(paths[count // 2].read_text("utf-8") + "\n五、另行补助每人每年7元。\n", "utf-8")
        found["one changed"] = build(corpus, Path(folder, "2"), 2)
        single = Path(folder, "single")
        single.mkdir()
        (single / paths[count // 2].name).write_bytes(paths[count // 2].read_bytes())
        found["that one by itself"] = build(single, Path(folder, "3"), 1)
    return found


def print_scale(counts: tuple[int, ...]) -> None:
    """Print the figures of each number of notices, and which targets are met."""
    memory = []
    for count in counts:
        found = measure(count)
        for name, one in found.items():
            say(
                f"  {name:19}{one['alone']:>9.1f} s alone{one['clock']:>9.1f} s by the clock"
                f"{one['memory']:>9,.0f} MiB, {one['each child']:,.0f} each process beside it"
            )
        two, changed = found["--jobs 2"], found["one changed"]
        ratio = found["--jobs 1"]["alone"] / two["alone"]
        say(f"  two processes to one {ratio:.2f}, target {LEAST_RATIO}: {verdict(ratio >= LEAST_RATIO)}")
        whole, single = found["--jobs 1"]["alone"], found["that one by itself"]["alone"]
        rest = (changed["alone"] - single) / whole
        say(
            f"  one changed, of a full build {changed['alone'] / whole:.1%}; without starting and reading it {rest:.1%}, "
            f"target {MOST_REST:.0%}: {verdict(rest <= MOST_REST)}"
        )
        for name, (busy, clock, most) in two["steps"].items():
            say(f"    {name:20}{busy:>9.2f} s{clock:>9.2f} s by the clock{most:>9,.0f} MiB then")
        memory.append(max(one["memory"] for one in found.values()))
    growth = memory[-1] / memory[0]
    say(f"\nMemory  {growth:.2f} times that of the fewest, target {MOST_GROWTH}: {verdict(growth <= MOST_GROWTH)}")
    say(f"        {memory[-1]:,.0f} MiB, target {MOST_MEMORY:,}: {verdict(memory[-1] <= MOST_MEMORY)}")


def verdict(good: bool) -> str:  # noqa: FBT001 - of one word
    """Say whether a target is met."""
    return "met" if good else "MISSED"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        json.dump(one_build(*sys.argv[2:]), sys.stdout)
    else:
        print_scale(tuple(map(int, sys.argv[1:])) or COUNTS)
