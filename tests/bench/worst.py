"""What the worst inputs cost: ``python tests/bench/worst.py [NAME…]`` prints time and memory per character of each.

Each kind of text, page and file is made at two lengths, read and run through the whole pipeline in a process of its own.
The targets: at most `MOST` times what a usual notice costs a character, and no more at four times the length. A kind that is
refused costs what it takes to refuse it. New kinds are rows of `TEXTS`, `PAGES` and `FILES`.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import NamedTuple

HERE = Path(__file__).parent
# This checkout is measured, whether or not it is installed; the makers of files are those of the tests.
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]

import build_docx  # noqa: E402 - see above
import build_ofd  # noqa: E402 - see above
import build_pdf  # noqa: E402 - see above
import formats  # noqa: E402 - see above
import generate  # noqa: E402 - see above

from extractor import ingest, pipeline  # noqa: E402 - see above
from extractor.errors import IngestError  # noqa: E402 - see above
from extractor.ingest import DEFAULT, registry  # noqa: E402 - see above
from extractor.resources import load  # noqa: E402 - see above

LENGTHS = (25_000, 100_000)
# Of this process's time, for one input.
SECONDS = 120
# What issue 11 asks for: at most so many times the usual notice, and (with room for noise) as much at four times the length.
MOST, MOST_GROWTH = 20, 2
HEAD = "甲省医疗保障局关于做好2022年居民医保工作的通知\n甲医保发〔2022〕1号\n各市医疗保障局：\n"


class Cost(NamedTuple):
    """Of one input: its characters, the seconds and the MiB that it took, and what became of it."""

    characters: int
    seconds: float
    mebibytes: float
    outcome: str


def again(words: str):
    """Make the words over and over, to a length."""
    return lambda size: words * (size // len(words) + 1)


def between(first: str, middle: str, last: str):
    """Make as many first as last words, with the middle between them."""

    def make(size: int) -> str:
        times = size // (len(first) + len(last))
        return first * times + middle + last * times

    return make


def shuffled(signs: str, seed: int):
    """Draw signs at random."""
    return lambda size: "".join(random.Random(seed).choices(signs, k=size))  # noqa: S311 - for texts, not for secrets


def usual(size: int) -> str:
    """Vary notices to a length, as one document."""
    notices = [one for one in generate.originals() if one.script == "Hans"]
    notice = max(notices, key=lambda one: len(one.text))
    return generate.Generator(7).long(notice, size // len(notice.text) + 1)[:size]


TEXTS = {
    "usual": usual,
    "figures, a line each": again("1元\n"),
    "figures in a line": again("1元，"),
    "figures without a sign between": again("1元"),
    "numbers without a unit": again("12 "),
    "numbers in a list": again("1、"),
    "digits": again("7"),
    "digits with points": again("1."),
    "digits with commas": again("1,"),
    "digits of two kinds": again("1一"),
    "digits with points between": again("一点1."),
    "numbers in groups": again("1,000"),
    "ranges": again("1-"),
    "ranges of money": again("1元至2元至"),
    "ratios": again("1:"),
    "dates with slashes": again("1/"),
    "years": again("2022年"),
    "dates": again("2022年1月1日"),
    "dates, a line each": again("2022年1月1日\n"),
    "spans of years": again("2021—2022年"),
    "Chinese digits": again("一"),
    "Chinese tens": again("十"),
    "Chinese numerals": again("一百二十三万"),
    "percents": again("1%"),
    "floors": again("不低于"),
    "floors of money": again("不低于1元"),
    "raises": again("由1元提高到2元，"),
    "lists": lambda size: "甲、乙、丙分别为" + "1元、" * (size // 3),
    "comparisons": again("比上年增长1%，"),
    "of which": again("其中，1元，"),
    "brackets": again("（"),
    "nested brackets": between("（", "1元", "）"),
    "closed brackets": again("（1元）"),
    "section numbers": again("（一）"),
    "section numbers, a line each": again("（一）\n"),
    "articles": again("第一条"),
    "chapters": again("一、甲\n"),
    "titles": again("《甲》"),
    "open titles": again("《"),
    "quotes": again("“"),
    "document numbers": again("甲发〔2022〕1号"),
    "commas": again("，"),
    "stops": again("。"),
    "pauses": again("、"),
    "lines": again("\n"),
    "short lines": again("甲\n"),
    "blanks": again(" "),
    "wide blanks": again("\u3000"),
    "tabs": again("1\t"),
    "rules": again("-"),
    "dots": again("…"),
    "joining marks": again("元\u0301"),
    "invisible signs": again("1\u200b"),
    "lost characters": again("\ufffd"),
    "lost among figures": again("1\ufffd元"),
    "catalog's words": again("居民医保人均财政补助标准"),
    "catalog's words with figures": again("居民医保人均财政补助标准1元"),
    "persons": again("每人每年"),
    "regions": again("江西省"),
    "conditions": again("对于低保对象，"),
    "traditional": again("醫療保險每人1元"),
    "words that damage makes": again("锟斤拷"),
    "one sign": again("的"),
    "random signs": shuffled("一二三十百千万1234567890.,，。、；：（）《》〔〕元年月日%至-不低于超过以上下", 1),
    "payers": again("财政部办公厅，1%、"),
    "tags without end": again("<a "),
    "letters": again("a1"),
    "random words": shuffled("甲乙丙的地和及或其中按为到由从每人均", 2),
}


# Pages: what stands in the body, about so many characters.
PAGES = {
    "paragraphs": again("<p>每人1元。</p>"),
    "lines": again("1元<br>"),
    "cells": lambda size: "<table>" + "<tr><td>甲</td><td>1元</td></tr>" * (size // 32) + "</table>",
    "a wide row": lambda size: "<table><tr>" + "<td>1元</td>" * (size // 12) + "</tr></table>",
    "cells over many columns": lambda size: "<table>" + "<tr><td colspan=900>甲</td></tr>" * (size // 32) + "</table>",
    "cells over many rows": lambda size: (
        "<table>" + "<tr><td rowspan=900>甲</td><td>1</td></tr>" * (size // 40) + "</table>"
    ),
    "nested tables": between("<table><tr><td>", "1元", "</td></tr></table>"),
    "nested blocks": between("<div>", "1元", "</div>"),
    "open blocks": again("<div>甲"),
    "open inline elements": again("<b>甲"),
    "open links": again("<a href=1>甲"),
    "readings": again("<ruby>甲<rt>乙</rt></ruby>"),
    "open readings": again("<ruby>甲"),
    "raised signs": again("甲<sup>1</sup>"),
    "struck words": again("<del>1元</del>2元，"),
    "styled words": again('<span style="font-size:1px;color:#fff">甲</span>'),
    "styles": lambda size: (
        "<style>" + "p.a .b:not(.c){color:#fff}" * (size // 60) + "</style>" + "<p class=a>甲。</p>" * (size // 60)
    ),
    "style rules of many parts": lambda size: (
        "<style>"
        + "div div div p{display:none}" * (size // 100)
        + "</style>"
        + "<div>" * 90
        + "<p>甲。</p>" * (size // 20)
    ),
    "classes": lambda size: (
        "".join(f"<p class=c{n}>甲。</p>" for n in range(size // 20))
        + "<style>"
        + "".join(f".c{n}{{display:none}}" for n in range(0, size // 20, 2))
        + "</style>"
    ),
    "links": again("<a href=/a.pdf>附件1.pdf</a>"),
    "entities": again("&yen;1"),
    "comments": again("<!--甲-->"),
    "scripts": again("<script>1</script>"),
    "attributes": lambda size: "<p " + "a=1 " * (size // 4) + ">甲</p>",
    "list items": again("<li>1元"),
    "headings": again("<h2>一、甲</h2>"),
}


def documents(kind: str, size: int) -> bytes:
    """Make a DOCX, OFD or PDF of a kind, of about so many characters."""
    count = size // 20
    if kind.startswith("DOCX"):
        paragraph = "<w:p><w:r><w:t>对低保对象每人每年1元。</w:t></w:r></w:p>"
        cell = "<w:tc><w:p><w:r><w:t>1元</w:t></w:r></w:p></w:tc>"
        bodies = {
            "DOCX, paragraphs": paragraph * (count * 2),
            "DOCX, runs": "<w:p>" + "<w:r><w:t>1元</w:t></w:r>" * (count * 10) + "</w:p>",
            "DOCX, cells": "<w:tbl>" + f"<w:tr>{cell * 2}</w:tr>" * (count * 5) + "</w:tbl>",
            "DOCX, a wide row": f"<w:tbl><w:tr>{cell * (count * 10)}</w:tr></w:tbl>",
        }
        return build_docx.package(bodies[kind])
    parts = [formats.Part("text", "对低保对象每人每年1元。") for _ in range(count * 2)]
    return build_ofd.make(parts) if kind.startswith("OFD") else build_pdf.make(parts)


FILES = ("DOCX, paragraphs", "DOCX, runs", "DOCX, cells", "DOCX, a wide row", "OFD, paragraphs", "PDF, paragraphs")
KINDS = (*TEXTS, *(f"page: {name}" for name in PAGES), *FILES)


def made(name: str, size: int) -> bytes:
    """Make an input of a kind."""
    if name == "usual":
        return usual(size).encode()
    if name in TEXTS:
        return (HEAD + TEXTS[name](size) + "\n").encode()
    if name in FILES:
        return documents(name, size)
    return f"<html><head><title>通知</title></head><body><p>{HEAD}</p>{PAGES[name.removeprefix('page: ')](size)}</body></html>".encode()


def cost(data: bytes) -> Cost:
    """Read and process one file in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, characters, outcome = process_time(), 0, ""
        try:
            known = registry.recognise(data)
            if known:
                # In this process, whose time and memory are measured.
                module, function = registry.READERS[known.name]
                source = getattr(import_module(module), function)(data, "worst", DEFAULT, load())
            else:
                source = ingest.read(data, origin="worst")
            characters = len(source.text) if known else len(data.decode())
            outcome = f"{len(pipeline.process(source, load()).facts):,} facts"
        except IngestError as error:
            outcome = error.reason
        except BaseException as error:  # noqa: BLE001 - told on the other side
            outcome = type(error).__name__
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        said = f"{characters}\t{process_time() - start}\t{(peak - before) / 1024}\t{outcome}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read().decode()
    os.waitpid(child, 0)
    if not said:
        return Cost(0, SECONDS, 0.0, "stopped")
    characters, seconds, mebibytes, outcome = said.split("\t")
    return Cost(int(characters), float(seconds), float(mebibytes), outcome)


class Row(NamedTuple):
    """Of a kind at both lengths: microseconds and KiB a character, and what became of the longer one."""

    microseconds: tuple[float, ...]
    kib: tuple[float, ...]
    outcome: str


def measure(name: str, lengths: tuple[int, ...] = LENGTHS) -> Row:
    """Measure a kind."""
    costs = [cost(made(name, size)) for size in lengths]
    return Row(
        tuple(1e6 * one.seconds / max(one.characters, 1) for one in costs),
        tuple(1024 * one.mebibytes / max(one.characters, 1) for one in costs),
        costs[-1].outcome,
    )


def warm_up() -> None:
    """Load what reading needs, so that the children have it."""
    pipeline.process(ingest.read(usual(5000).encode(), origin="warm-up"), load())


def verdict(row: Row, base: Row) -> str:
    """Say what is wrong with a row, nothing if nothing is."""
    times, memory = row.microseconds[-1] / base.microseconds[-1], row.kib[-1] / base.kib[-1]
    growth = row.microseconds[-1] / row.microseconds[0]
    wrong = [
        *(["TIME"] if times > MOST else []),
        *(["MEMORY"] if memory > MOST else []),
        *(["GROWS"] if growth > MOST_GROWTH and times > 1 else []),
        *(["STOPPED"] if row.outcome == "stopped" else []),
    ]
    return " ".join(wrong)


def print_worst(wanted: tuple[str, ...] = ()) -> bool:
    """Print the table of all kinds, or of those with one of the words in their name; tell whether the targets are met."""
    warm_up()
    base, good = measure("usual"), True
    titles = ("µs", "at 4×", "to usual", "KiB", "at 4×", "to usual")
    write(f"{'Worst inputs, a character':34}" + "".join(f"{title:>9}" for title in titles))
    for name in KINDS:
        if wanted and not any(one in name for one in wanted):
            continue
        row = base if name == "usual" else measure(name)
        said = verdict(row, base)
        good &= not said
        figures = [
            *row.microseconds,
            row.microseconds[-1] / base.microseconds[-1],
            *row.kib,
            row.kib[-1] / base.kib[-1],
        ]
        write(f"  {name:32}" + "".join(f"{figure:>9.2f}" for figure in figures) + f"  {row.outcome}  {said}")
    write(f"  targets: at most {MOST} times the usual, flat in length: {'met' if good else 'MISSED'}")
    return good


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(0 if print_worst(tuple(sys.argv[1:])) else 1)
