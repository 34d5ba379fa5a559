"""Measures the report on a corpus of 500 generated notices: seconds, pages, bytes by kind of page.

    python tests/bench/report.py [FOLDER]

FOLDER keeps the corpus and its dataset between runs; the default is a temporary one. Seconds are of the processor, so that
a busy machine says the same: those of this process, and beside them those of the processes that draw by their number.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from generate import Generator, originals

from extractor.build.incremental import build
from extractor.dataset import store
from extractor.report.pages.drawing import ReportSettings
from extractor.report.pages.site import write_report
from extractor.resources import load

NOTICES = 500
KIB = 1024


def make_corpus(folder: Path) -> None:
    """Write notices twice as long as the originals, every fifth as long as its own."""
    folder.mkdir(parents=True)
    generator, notices = Generator(3), originals()
    for at in range(NOTICES):
        one = notices[at % len(notices)]
        text = generator.long(one, 2) if at % 5 else generator.vary(one)
        (folder / f"{at:03d}-{one.name}.txt").write_text(text, "utf-8")


def measure(folder: Path) -> None:
    """Build where there is no dataset yet, write the report twice, and print what it took."""
    corpus, outputs = folder / "corpus", folder / "outputs"
    if not corpus.exists():
        make_corpus(corpus)
    if not (outputs / "dataset.json").exists():
        build(corpus, outputs)
    dataset = store.load(outputs / "dataset.json")
    say(f"{len(dataset.notices)} notices, {len(dataset.facts)} facts, {len(dataset.unresolved)} unresolved")
    settings = ReportSettings(outputs, corpus, "zh", load())
    for jobs in (1, 2):
        for run in ("first", "again"):
            own, others, clock = spent()
            done = write_report(dataset, outputs / f"report{jobs}", settings._replace(jobs=jobs))
            own, others, clock = (now - before for now, before in zip(spent(), (own, others, clock), strict=True))
            say(
                f"--jobs {jobs}, {run}: {own + others / jobs:.1f} s ({own:.1f} of its own), {clock:.1f} by the clock, "
                f"{len(done.written)} written, {done.unchanged} unchanged"
            )
    one, two = (folder_of(outputs / f"report{jobs}") for jobs in (1, 2))
    say("the same bytes" if one == two else "OTHER BYTES")
    sizes: dict[str, list[int]] = defaultdict(list)
    for path in sorted((outputs / "report1").rglob("*.html")):
        name = path.relative_to(outputs / "report1").as_posix()
        sizes[name.split("/")[0].split("~")[0]].append(path.stat().st_size)
    say(f"{'pages':16} {'count':>6} {'mean KiB':>9} {'most KiB':>9}")
    for kind, found in sorted(sizes.items()):
        say(f"{kind:16} {len(found):6} {sum(found) / len(found) / KIB:9.0f} {max(found) / KIB:9.0f}")


def spent() -> tuple[float, float, float]:
    """Give the processor seconds of this process and of those that it started and that have ended, and those of the clock."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), children.ru_utime + children.ru_stime, time.perf_counter()


def folder_of(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            measure(Path(made))
