"""Prints the one table of what everything costs; run by hand: ``python tests/bench/run.py [--keep FOLDER] [SECTION...]``.

The pipeline beside jieba and others in one run, its stages, the length of a document, start, memory, formats, loading, and builds of
1,000 and 10,000 notices by one process, two, and Dask; ``faults``, which is printed only where it is named, kills builds. Each
figure is taken in a process of its own. ``--quick`` takes a tenth of everything, for a look while working; the figures to be quoted
are those of a whole run on an otherwise idle machine. With ``--keep`` what was measured stays in a folder, and whoever
was interrupted goes on from there.

Those beside jieba and opencc are measured where they are installed: ``pip install rjieba jionlp recognizers-text-suite``.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
PACKAGE_ROOT = HERE.parents[1]
# This checkout is measured, whether or not it is installed.
sys.path.insert(0, str(PACKAGE_ROOT))

import faults  # noqa: E402 - see above
import generate  # noqa: E402 - see above
import loading  # noqa: E402 - see above
import reading  # noqa: E402 - see above
import scale  # noqa: E402 - see above

if TYPE_CHECKING:
    from collections.abc import Callable

CHARACTERS = 2_000_000
STARTS = 15
LENGTHS = (1, 10, 100)
# What issues 2 and 15 ask for, of jieba and JioNLP, of a bare interpreter, of spaCy, and of a document's length.
LEAST_RATIOS = {"jieba.lcut": 2.0, "JioNLP money, time": 4.0}
MOST_START, MOST_PARSE, MOST_GROWTH = 5.0, 1.3, 1.3


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def environment() -> dict[str, str]:
    """Return the environment of the children, which import this checkout wherever they are started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(PACKAGE_ROOT), os.environ.get("PYTHONPATH", "")])}


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
    """Print characters per second of the pipeline and of the others, and how many times as fast as they it is."""
    found = measure("speed", texts)
    rates = {name: sum(one["sizes"]) / sum(one["seconds"]) for name, one in found["sides"].items()}
    whole = rates["whole pipeline"]
    say()
    say(f"{'Speed':26}{'characters/s':>14}{'characters':>13}{'loading s':>11}{'pipeline to it':>16}{'by slice':>14}")
    for name, one in found["sides"].items():
        each = [
            (size / second) / (other_size / other)
            for size, second, other_size, other in zip(
                found["sides"]["whole pipeline"]["sizes"], found["sides"]["whole pipeline"]["seconds"],
                one["sizes"], one["seconds"], strict=True,
            )
        ]  # fmt: skip
        say(
            f"  {name:24}{rates[name]:>14,.0f}{sum(one['sizes']):>13,}{one['loading']:>11.2f}{whole / rates[name]:>16.2f}"
            f"{min(each):>7.2f}–{max(each):.2f}"
        )
    for name in found["missing"]:
        say(f"  {name:24} is not installed")
    for name, least in LEAST_RATIOS.items():
        if name in rates:
            ratio = whole / rates[name]
            say(f"  to {name} {ratio:.2f}, target at least {least}: {verdict(good=ratio >= least)}")
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
    notice = PACKAGE_ROOT / "tests/gold/medical/dev/notices"
    small = min(notice.glob("*.txt"), key=lambda path: path.stat().st_size)
    rows = {
        "bare interpreter": ["-c", "pass"],
        "import extractor": ["-c", "import extractor"],
        "… import Dataset": ["-c", "from extractor import Dataset"],
        "extractor --help": ["-m", "extractor", "--help"],
        "import spacy": ["-c", "import spacy"],
        "extractor parse": ["-m", "extractor", "parse", str(small)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(times):  # in turns, so that noise hits all of them
        for name, arguments in rows.items():
            seconds[name] += start_time(arguments, 1)
    middle = {name: median(taken) for name, taken in seconds.items()}
    bare = middle["bare interpreter"]
    say()
    say(f"{'Start':22}{'ms':>8}{'to bare':>9}   (median of {times})")
    for name, taken in middle.items():
        say(f"  {name:20}{taken * 1000:>8.0f}{taken / bare:>9.2f}")
    ratio, parse = middle["extractor --help"] / bare, middle["extractor parse"] / middle["import spacy"]
    say(f"  target of --help below {MOST_START}: {verdict(good=ratio < MOST_START)}")
    say(f"  parse to import spacy {parse:.2f}, target at most {MOST_PARSE}: {verdict(good=parse <= MOST_PARSE)}")


def print_memory(texts: list[str]) -> None:
    """Print the most memory used."""
    found = measure("memory", texts)
    say()
    say(f"Memory    peak {found['peak']:,.0f} MiB, of which {found['loaded']:,.0f} MiB after loading")


def sections(given: argparse.Namespace) -> dict[str, Callable[[], object]]:
    """Give what there is to print, by name."""
    texts = list(generate.documents(given.characters // (10 if given.quick else 1), given.seed))
    counts = tuple(count // (10 if given.quick else 1) for count in scale.COUNTS)
    return {
        "texts": lambda: print_texts(texts, given.seed),
        "speed": lambda: print_speed(texts),
        "stages": lambda: print_stages(texts),
        "lengths": lambda: print_lengths(given.seed, LENGTHS),
        "starts": lambda: print_starts(5 if given.quick else STARTS),
        "memory": lambda: print_memory(texts),
        "formats": lambda: reading.print_reading(5 if given.quick else reading.ROUNDS),
        "loading": lambda: loading.print_loading(loading.FACTS // (10 if given.quick else 1)),
        "scale": lambda: scale.print_scale(counts, given.keep),
        "faults": lambda: faults.print_faults(given.keep),
    }


def print_kept(place: Path, call: Callable[[], object]) -> None:
    """Print a section, from a file where it is kept."""
    if place.exists():
        say(place.read_text("utf-8").removesuffix("\n"))
        return
    said = Both()
    with contextlib.redirect_stdout(said):
        call()
    place.write_text(said.getvalue(), "utf-8")


class Both(io.StringIO):
    """Keeps what is printed, and prints it."""

    def __init__(self) -> None:
        """Take the standard output that there is."""
        super().__init__()
        self._out = sys.stdout

    def write(self, text: str) -> int:
        """Do both."""
        self._out.write(text)
        self._out.flush()
        return super().write(text)


def require_same_program(keep: Path) -> None:
    """End where a folder has the figures of another state of the program."""
    digest = hashlib.sha256()
    for path in sorted((PACKAGE_ROOT / "extractor").rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    keep.mkdir(parents=True, exist_ok=True)
    mark = keep / "program"
    if mark.exists() and mark.read_text("utf-8") != digest.hexdigest():
        sys.exit(f"{keep}: has figures of another state of the program. Name another folder.")
    mark.write_text(digest.hexdigest(), "utf-8")


def main() -> None:
    """Measure everything, or the sections that are named, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--keep", type=Path, help="folder for what was measured, to go on from")
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("wanted", nargs="*", metavar="SECTION")
    given = parser.parse_args()
    if given.keep:
        require_same_program(given.keep)
    parts = sections(given)
    if unknown := set(given.wanted) - set(parts):
        parser.error(f"no such section: {', '.join(sorted(unknown))}. There are: {', '.join(parts)}")
    say(f"Machine   {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    for name in given.wanted or [name for name in parts if name != "faults"]:
        if given.keep:
            print_kept(given.keep / f"{name}.txt", parts[name])
        else:
            parts[name]()


if __name__ == "__main__":
    main()
