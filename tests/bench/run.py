"""Prints how fast the pipeline is, beside bare jieba, and what it costs; run by hand: ``python tests/bench/run.py``.

Each figure is taken in a process of its own. ``--quick`` takes a tenth of the text, for a look while working; the
figures to be quoted are those of a whole run on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

HERE = Path(__file__).parent
PACKAGE_ROOT = HERE.parents[1]
# This checkout is measured, whether or not it is installed.
sys.path.insert(0, str(PACKAGE_ROOT))

import generate  # noqa: E402 - see above
import incremental  # noqa: E402 - see above
import loading  # noqa: E402 - see above
import reading  # noqa: E402 - see above

CHARACTERS = 2_000_000
STARTS = 15
LENGTHS = (1, 10, 100)
# What issue 2 asks for.
LEAST_RATIO, MOST_START, MOST_GROWTH = 1.0, 5.0, 1.3


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def environment() -> dict[str, str]:
    """Return the environment of the children, which import this checkout wherever they are started."""
    return {**os.environ, "PYTHONPATH": str(PACKAGE_ROOT)}


def measure(name: str, texts: list[str]) -> Any:
    """Take one measurement in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texts.json")
        file.write_text(json.dumps(texts), "utf-8")
        command = [sys.executable, str(HERE / "measure.py"), name, str(file)]
        ended = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
    return json.loads(ended.stdout)


def start_time(arguments: list[str], times: int) -> list[float]:
    """Return the seconds that each of several runs of the interpreter took."""
    command = [sys.executable, *arguments]
    seconds = []
    for _ in range(times + 1):
        start = perf_counter()
        subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own program
        seconds.append(perf_counter() - start)
    # The first run may have had to compile.
    return seconds[1:]


def verdict(*, good: bool) -> str:
    """Say whether a target is met."""
    return "met" if good else "MISSED"


def print_texts(texts: list[str], seed: int) -> None:
    """Describe the texts."""
    size = sum(map(len, texts))
    count, again = generate.repeated(texts)
    names = ", ".join(original.name for original in generate.originals())
    say(f"Text      {size:,} characters in {len(texts)} documents of {size / len(texts):,.0f} on average, seed {seed}")
    say(f"          varied from {names}")
    say(f"          {count:,} sentences, {again:,} of them repeated ({again / count:.2%})")


def print_speed(texts: list[str]) -> None:
    """Print characters per second of both sides and their ratio."""
    found = measure("speed", texts)
    size = sum(found["sizes"])
    totals = {name: sum(seconds) for name, seconds in found["seconds"].items()}
    ratio = totals["jieba"] / totals["pipeline"]
    each = [bare / whole for whole, bare in zip(found["seconds"]["pipeline"], found["seconds"]["jieba"], strict=True)]
    say()
    say(f"{'Speed':22}{'characters/s':>14}{'seconds':>10}{'loading s':>11}")
    for name, side in (("whole pipeline", "pipeline"), ("jieba.lcut alone", "jieba")):
        say(f"  {name:20}{size / totals[side]:>14,.0f}{totals[side]:>10.2f}{found['loading'][side]:>11.2f}")
    say(f"  ratio {ratio:.2f}, target at least {LEAST_RATIO}: {verdict(good=ratio >= LEAST_RATIO)}")
    say(f"  by slice {min(each):.2f} to {max(each):.2f}, median {median(each):.2f} ({len(each)} slices, in turns)")
    say(f"  {found['facts']:,} facts")


def print_stages(texts: list[str]) -> None:
    """Print what each stage costs."""
    found = measure("stages", texts)
    total = sum(found["spent"].values())
    say()
    say(f"{'Stages':22}{'share':>8}{'characters/s':>14}{'ms/100k':>10}")
    for stage, spent in found["spent"].items():
        rate = found["characters"] / spent
        say(f"  {stage:20}{spent / total:>8.1%}{rate:>14,.0f}{1e8 / rate:>10.1f}")


def print_lengths(seed: int, times: tuple[int, ...]) -> None:
    """Print the cost of a character by the length of its document, on the same amount of text each."""
    notices = [one for one in generate.originals() if one.script == "Hans"]
    notice = next((one for one in notices if "2022-national" in one.name), notices[0])
    most = times[-1]
    say()
    titles = ("characters", "documents", "µs/character", "to 1×", "facts/100k")
    say(f"{'Length of a document':22}" + "".join(f"{title:>14}" for title in titles))
    first = None
    worst = 0.0
    for count in times:
        generator = generate.Generator(seed)
        texts = [generator.long(notice, count) for _ in range(most // count)]
        # The better of two runs: a busy machine only ever makes a run slower.
        found = min((measure("length", texts) for _ in range(2)), key=lambda one: one["seconds"])
        cost = found["seconds"] / found["characters"]
        first = first or cost
        worst = max(worst, cost / first)
        per = found["facts"] / found["characters"] * 100_000
        size = found["characters"] // len(texts)
        say(f"  {count:>4}×{'':15}{size:>14,}{len(texts):>14}{cost * 1e6:>14.2f}{cost / first:>14.2f}{per:>14.0f}")
    say(f"  target within {MOST_GROWTH}: {verdict(good=worst <= MOST_GROWTH)}")


def print_starts(times: int) -> None:
    """Print what starting costs."""
    rows = {
        "bare interpreter": ["-c", "pass"],
        "import extractor": ["-c", "import extractor"],
        "… import Dataset": ["-c", "from extractor import Dataset"],
        "extractor --help": ["-m", "extractor", "--help"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(times):  # in turns, so that noise hits all of them
        for name, arguments in rows.items():
            seconds[name] += start_time(arguments, 1)
    bare = median(seconds["bare interpreter"])
    say()
    say(f"{'Start':22}{'ms':>8}{'to bare':>9}   (median of {times})")
    for name, taken in seconds.items():
        say(f"  {name:20}{median(taken) * 1000:>8.0f}{median(taken) / bare:>9.2f}")
    ratio = median(seconds["extractor --help"]) / bare
    say(f"  target of --help below {MOST_START}: {verdict(good=ratio < MOST_START)}")


def print_memory(texts: list[str]) -> None:
    """Print the most memory used."""
    found = measure("memory", texts)
    say()
    say(f"Memory    peak {found['peak']:,.0f} MiB, of which {found['loaded']:,.0f} MiB after loading")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a tenth of the text, fewer starts")
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    texts = list(generate.documents(given.characters // (10 if given.quick else 1), given.seed))
    say(f"Machine   {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print_texts(texts, given.seed)
    print_speed(texts)
    print_stages(texts)
    print_lengths(given.seed, LENGTHS)
    print_starts(5 if given.quick else STARTS)
    print_memory(texts)
    reading.print_reading(5 if given.quick else reading.ROUNDS)
    loading.print_loading(loading.FACTS // (10 if given.quick else 1))
    incremental.print_incremental(incremental.NOTICES // (10 if given.quick else 1))


if __name__ == "__main__":
    main()
