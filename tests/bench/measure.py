"""Takes one kind of measurement in a process of its own, and writes the figures to standard output as JSON.

Run by `run.py`, with the name of the measurement and a file of texts. Every process begins with empty caches; what is
loaded once (data files, patterns, dictionaries) is loaded before the clock starts, and its time is given apart.
"""

from __future__ import annotations

import gc
import json
import logging
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

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
    """Load everything the pipeline needs; return the resources and the seconds it took."""
    start = perf_counter()
    resources = load()
    pipeline.process(ingest.read(WARM_UP.encode(), origin="warm-up"), resources)
    return resources, perf_counter() - start


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
    """Compare the pipeline with jieba, slice by slice in turns, so that a noisy machine disturbs both."""
    import jieba

    loading = {}
    resources, loading["pipeline"] = _load()
    start = perf_counter()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    loading["jieba"] = perf_counter() - start
    facts = 0

    def whole(batch: list[bytes]) -> None:
        nonlocal facts
        for data in batch:
            facts += len(pipeline.process(ingest.read(data, origin="bench"), resources).facts)

    def bare(batch: list[bytes]) -> None:
        for text in [data.decode() for data in batch]:
            jieba.lcut(text)

    seconds: dict[str, list[float]] = {"pipeline": [], "jieba": []}
    sides: list[tuple[str, Callable[[list[bytes]], None]]] = [("pipeline", whole), ("jieba", bare)]
    slices = _slices(texts)
    for batch in slices:
        for name, run in sides:
            data = [text.encode() for text in batch]
            gc.collect()
            start = perf_counter()
            run(data)
            seconds[name].append(perf_counter() - start)
        sides.reverse()
    sizes = [sum(map(len, batch)) for batch in slices]
    return {"seconds": seconds, "sizes": sizes, "loading": loading, "facts": facts}


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
