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
from pathlib import Path
from time import process_time
from typing import NamedTuple

HERE = Path(__file__).parent
# This checkout is measured, whether or not it is installed; the makers of files are those of the tests.
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]

import generate  # noqa: E402 - see above

from extractor import ingest, pipeline  # noqa: E402 - see above
from extractor.errors import IngestError  # noqa: E402 - see above
from extractor.resources import load  # noqa: E402 - see above

LENGTHS = tuple(int(x) for x in os.environ.get("L", "25000,100000").split(","))
SECONDS = int(os.environ.get("S", "60"))
MOST = 20
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
    return lambda size: (
        (first * (size // (len(first) + len(last)))) + middle + last * (size // (len(first) + len(last)))
    )


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
    "random words": shuffled("甲乙丙的地和及或其中按为到由从每人均", 2),
}


def text_input(name: str, size: int) -> bytes:
    """Make a kind of text as a file."""
    made = TEXTS[name](size)
    return made.encode() if name == "usual" else (HEAD + made + "\n").encode()


def cost(data: bytes) -> Cost:
    """Read and process one file in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, characters, outcome = process_time(), 0, ""
        try:
            source = ingest.read(data, origin="worst")
            characters = len(source.text)
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


def main() -> None:
    """Print the table."""
    pipeline.process(ingest.read((HEAD + "一、支付比例为8.5%。\n").encode(), origin="warm-up"), load())
    pipeline.process(ingest.read(usual(5000).encode(), origin="warm-up"), load())
    wanted = sys.argv[1:]
    names = [name for name in TEXTS if not wanted or any(one in name for one in wanted)]
    base = None
    for name in ["usual", *[name for name in names if name != "usual"]]:
        costs = [cost(text_input(name, size)) for size in LENGTHS]
        micro = [1e6 * one.seconds / max(one.characters, 1) for one in costs]
        kib = [1024 * one.mebibytes / max(one.characters, 1) for one in costs]
        base = base or (micro[-1], kib[-1])
        print(
            f"{name:34}{micro[0]:9.1f}{micro[1]:9.1f} {micro[1] / base[0]:6.1f}x {micro[1] / micro[0]:5.1f}  | {kib[0]:7.2f}{kib[1]:7.2f} {kib[1] / base[1]:5.1f}x {costs[1].outcome}",
            flush=True,
        )


if __name__ == "__main__":
    main()
