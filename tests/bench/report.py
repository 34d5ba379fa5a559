"""Measures the report on a corpus of 500 generated notices: seconds, pages, bytes by kind of page.

    python tests/bench/report.py [FOLDER]

FOLDER keeps the corpus and its dataset between runs; the default is a temporary one. Seconds are of the processor, so that
a busy machine says the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from generate import Generator, originals

from extractor.build.incremental import build
from extractor.dataset import store
from extractor.report.pages.site import ReportSettings, write_report
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
    for run in ("first", "again"):
        began = time.process_time()
        done = write_report(dataset, outputs / "report", settings)
        say(f"{run}: {time.process_time() - began:.1f} s, {len(done.written)} written, {done.unchanged} unchanged")
    sizes: dict[str, list[int]] = defaultdict(list)
    for path in sorted((outputs / "report").rglob("*.html")):
        name = path.relative_to(outputs / "report").as_posix()
        sizes[name.split("/")[0].split("~")[0]].append(path.stat().st_size)
    say(f"{'pages':16} {'count':>6} {'mean KiB':>9} {'most KiB':>9}")
    for kind, found in sorted(sizes.items()):
        say(f"{kind:16} {len(found):6} {sum(found) / len(found) / KIB:9.0f} {max(found) / KIB:9.0f}")


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
