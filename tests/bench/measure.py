"""Takes one kind of measurement in a process of its own, and writes the figures to standard output as JSON.

Run by `run.py`, with the name of the measurement and a file of texts. Every process begins with empty caches; what is
loaded once (data files, patterns, dictionaries) is loaded before the clock starts, and its time is given apart.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import resource
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor import ingest, pipeline
from extractor.notice.facts import make_facts
from extractor.notice.facts.record import NoticePlace, notice_id
from extractor.notice.mentions import find_mentions
from extractor.notice.normalise.run import normalise
from extractor.notice.structure.parse import parse_structure
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable

# Touches every part that is built when first asked for: script, terms, jieba's words and parts of speech. None of its
# phrases stands in the texts, so that no cache holds anything of theirs.
WARM_UP = """甲省關於購買鉛筆的通知
甲发〔1999〕1号
各单位：
一、铅笔。支付比例为8.5%，新购铅笔3支以上，1999年1月前完成，橡皮由2元提高到4元，共有7个文具店和9个书摊。
"""
SLICES = 20


def _load() -> tuple[Any, float]:
    """Load everything the pipeline needs; return the resources and the processor's seconds it took."""
    start = process_time()
    resources = load()
    pipeline.process(ingest.read(WARM_UP.encode(), origin="warm-up"), resources)
    return resources, process_time() - start


def _slices(texts: list[str]) -> list[list[str]]:
    slices: list[list[str]] = [[]]
    most = sum(map(len, texts)) / SLICES
    size = 0
    for text in texts:
        if size >= most:
            slices.append([])
            size = 0
        slices[-1].append(text)
        size += len(text)
    return slices


def speed(texts: list[str]) -> dict[str, Any]:
    """Compare the pipeline with others, slice by slice in turns, so that a noisy machine disturbs all of them.

    Seconds are of the processor, so that a shared machine says the same. Of the slow ones only the first part of each slice is timed; who
    isn't installed is left out.
    """
    resources, loading = _load()
    facts = 0

    def whole(data: bytes) -> None:
        nonlocal facts
        facts += len(pipeline.process(ingest.read(data, origin="bench"), resources).facts)

    sides = {"whole pipeline": Side(whole, 1.0, loading)}
    for name, (make, share) in RIVALS.items():
        start = process_time()
        try:
            side = make()
            side(WARM_UP.encode())
        except ImportError:
            continue
        sides[name] = Side(side, share, process_time() - start)
    found = {name: Timed([], [], side.loading) for name, side in sides.items()}
    names = list(sides)
    for batch in _slices(texts):
        for name in names:
            data = _beginning([text.encode() for text in batch], sides[name].share)
            gc.collect()
            start = process_time()
            for one in data:
                sides[name].run(one)
            found[name].seconds.append(process_time() - start)
            found[name].sizes.append(sum(len(one.decode()) for one in data))
        names.reverse()
    missing = [name for name in RIVALS if name not in sides]
    return {"sides": {name: one._asdict() for name, one in found.items()}, "facts": facts, "missing": missing}


class Side(NamedTuple):
    """What is timed on the bytes of a document, on which share of the documents, and the seconds that loading it took."""

    run: Callable[[bytes], object]
    share: float
    loading: float


class Timed(NamedTuple):
    """Of each slice the seconds and the characters; and the seconds of loading."""

    seconds: list[float]
    sizes: list[int]
    loading: float


def _beginning(documents: list[bytes], share: float) -> list[bytes]:
    return documents[: max(1, round(share * len(documents)))]


def _jieba() -> Callable[[bytes], object]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return lambda data: jieba.lcut(data.decode())


def _rjieba() -> Callable[[bytes], object]:
    rjieba = import_module("rjieba")
    return lambda data: rjieba.cut(data.decode())


def _opencc() -> Callable[[bytes], object]:
    convert = import_module("opencc").OpenCC("t2s").convert
    return lambda data: convert(data.decode())


def _jionlp() -> Callable[[bytes], object]:
    """Money and time of each line; what it prints when it is imported is not for us."""
    with contextlib.redirect_stdout(sys.stderr):
        jionlp = import_module("jionlp")
    base = {"year": 2022, "month": 1, "day": 1}

    def both(data: bytes) -> None:
        for line in data.decode().split("\n"):
            with contextlib.suppress(Exception):  # it raises on some of them
                jionlp.ner.extract_money(line, with_parsing=True)
            with contextlib.suppress(Exception):
                jionlp.ner.extract_time(line, time_base=base, with_parsing=True)

    return both


def _recognizers() -> Callable[[bytes], object]:
    units = import_module("recognizers_number_with_unit")
    dates = import_module("recognizers_date_time")
    culture = units.Culture.Chinese

    def both(data: bytes) -> None:
        for line in data.decode().split("\n"):
            units.recognize_currency(line, culture)
            dates.recognize_datetime(line, culture)

    return both


# Whom the pipeline is compared with, and the share of the text that each is given.
RIVALS: dict[str, tuple[Callable[[], Callable[[bytes], object]], float]] = {
    "jieba.lcut": (_jieba, 1.0),
    "rjieba.cut": (_rjieba, 1.0),
    "opencc t2s": (_opencc, 1.0),
    "JioNLP money, time": (_jionlp, 0.2),
    "Recognizers money, time": (_recognizers, 0.02),
}


def stages(texts: list[str]) -> dict[str, Any]:
    """Give the seconds spent in each stage."""
    resources, _ = _load()
    spent = dict.fromkeys(("decode", "normalise", "structure", "mentions", "facts"), 0.0)
    for text in texts:
        data = text.encode()
        marks = [perf_counter()]
        source = ingest.read(data, origin="bench")
        marks.append(perf_counter())
        aligned = normalise(source, resources)
        marks.append(perf_counter())
        notice = parse_structure(aligned, resources)
        marks.append(perf_counter())
        mentions = find_mentions(notice, resources)
        marks.append(perf_counter())
        make_facts(notice, mentions, resources, NoticePlace(notice_id(notice), "bench"))
        marks.append(perf_counter())
        for stage, before, after in zip(spent, marks, marks[1:], strict=False):
            spent[stage] += after - before
    return {"spent": spent, "characters": sum(map(len, texts))}


def memory(texts: list[str]) -> dict[str, Any]:
    """Give the most memory used, in MiB: with everything loaded, and after all texts."""
    resources, _ = _load()
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in texts:
        pipeline.process(ingest.read(text.encode(), origin="bench"), resources)
    # Linux counts in KiB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {"loaded": loaded / unit, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}


def length(texts: list[str]) -> dict[str, Any]:
    """Give the seconds, characters and facts of all texts together."""
    resources, _ = _load()
    facts = 0
    start = perf_counter()
    for text in texts:
        facts += len(pipeline.process(ingest.read(text.encode(), origin="bench"), resources).facts)
    return {"seconds": perf_counter() - start, "characters": sum(map(len, texts)), "facts": facts}


MEASUREMENTS = {"speed": speed, "stages": stages, "memory": memory, "length": length}


def main() -> None:
    """Measure what the first argument says on the texts in the file that the second names."""
    name, path = sys.argv[1:]
    texts = json.loads(Path(path).read_text("utf-8"))
    json.dump(MEASUREMENTS[name](texts), sys.stdout)


if __name__ == "__main__":
    main()
