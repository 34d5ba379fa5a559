"""How fast the five formats are read: ``python tests/bench/reading.py``; `run.py` prints it too.

One notice of the corpus is written in every format and read again and again, from its bytes to the source text with its
blocks. The PDF carries its font, as most do; the other one only names it. PDF and OFD are read in a process of their own,
which costs a start, given apart. Beside the characters stands the ratio to plain text and what reading is of the whole of
`pipeline.process`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
# This checkout is measured, whether or not it is installed; the makers of files are those of the tests.
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

import build_docx  # noqa: E402 - see above
import build_html  # noqa: E402 - see above
import build_ofd  # noqa: E402 - see above
import build_pdf  # noqa: E402 - see above
import build_txt  # noqa: E402 - see above
import formats  # noqa: E402 - see above

from extractor import ingest, pipeline, resources  # noqa: E402 - see above

ROUNDS = 20


def print_reading(rounds: int = ROUNDS) -> None:
    """Print characters per second for each format, in turns."""
    parts = formats.parts()
    makers = {"text": build_txt, "HTML": build_html, "DOCX": build_docx, "OFD": build_ofd}
    files = {name: maker.make(parts) for name, maker in makers.items()}
    files |= {"PDF": build_pdf.make(parts, font=build_pdf.EMBEDDED), "PDF no font": build_pdf.make(parts)}
    first, taken = {}, {name: [] for name in files}
    for name, data in files.items():
        first[name] = once(data)
    for _ in range(rounds):
        for name, data in files.items():
            taken[name].append(once(data))
    sources = {name: ingest.read(data, origin=name) for name, data in files.items()}
    process(sources["text"])
    whole = median(process(source) for source in [sources["text"]] * 5)
    write(
        f"\n{'Reading':14}{'bytes':>10}{'characters':>12}{'ms':>8}{'characters/s':>14}{'to the pipeline':>17}{'first ms':>10}"
    )
    for name, seconds in taken.items():
        middle, size = median(seconds), len(sources[name].text)
        write(
            f"  {name:12}{len(files[name]):>10,}{size:>12,}{middle * 1000:>8.1f}{size / middle:>14,.0f}"
            f"{middle / whole:>17.2f}{first[name] * 1000:>10.0f}"
        )
    write(f"  the stages after reading take {whole * 1000:.1f} ms for this notice")


def once(data: bytes) -> float:
    """Read a file once; return the seconds."""
    start = perf_counter()
    ingest.read(data, origin="notice")
    return perf_counter() - start


def process(source: object) -> float:
    """Run the stages over a source text once; return the seconds."""
    start = perf_counter()
    pipeline.process(source, resources.load())
    return perf_counter() - start


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    print_reading()
