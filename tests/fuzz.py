"""Runs what reads foreign words and bytes on damaged ones: ``python tests/fuzz.py [EXECUTIONS] [SEED] [TARGET…]``.

Each target has its share of the executions, seeds that are sound, and what must hold of what comes out; of errors only ours are
allowed. The same seed makes the same inputs. `test_fuzz` runs a few of them in every run and many in the slow one, as many as
``EXTRACTOR_FUZZ`` says; an input that fails is printed, and becomes a row of `CAUGHT` there.
"""

from __future__ import annotations

import atexit
import random
import sys
import tempfile
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import build_docx
import build_html
import build_ofd
import build_pdf
import formats
from factories import fact, notice

import extractor
from extractor.build.cache import FOLDER, manifest
from extractor.build.cache.record_store import RecordStore
from extractor.dataset import canonical, store
from extractor.dataset.versions import make_dataset
from extractor.errors import ExtractorError
from extractor.ingest import DEFAULT, registry
from extractor.ingest.limits import bounded
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable

EXECUTIONS = 2_000_000
# No input of these sizes may take longer, in seconds of this process.
SLOWEST = 20.0
LONGEST = 200
PHRASES = (
    "人均财政补助标准新增30元，达到每人每年不低于610元", "由2万5千元提高到3.5万元", "百分之七十", "7:3", "千分之五", "三分之二", "不设封顶线",
    "2022年底前", "自2023年1月1日起至2025年12月31日", "6月底前", "今年", "第一、二、三类分别为80%、70%、60%", "上年", "一百二十三亿",
    "１，０２０．５元", "壹拾贰万叁仟元整", "60周岁以上", "30个工作日内", "每人每月增加5元至10元", "约3%左右", "增长1.5个百分点",
    "医保发〔2022〕1号", "（一）", "“十四五”期间", "2021—2022年度", "3／4", "1×2", "±5", "-3", "10³", "㎡", "50～60元", "十几万", "近百家",
)  # fmt: skip
SIGNS = "0123456789０１９一二两三十百千万亿零〇半.,，。、；：（）()〔〕《》“”%％‰元年月日时个至到-—～~每不低于超过以上下约第之分点\u3000\u200b\ufffd\u0301\x00\ue000\n\t \U0001f600醫療幣"


class Target(NamedTuple):
    """What is run: its share of the executions, how an input is made of a source of chance, and what is done with it."""

    share: float
    make: Callable[[random.Random], Any]
    run: Callable[[Any], object]


# ── damage ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def damaged_text(chance: random.Random) -> str:
    """Make a short text of phrases, cut, doubled and mixed with signs."""
    text = "".join(chance.choices(PHRASES, k=chance.randint(1, 3)))
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(text) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + chance.choice(SIGNS) + text[at + chance.randrange(2) :]
        elif kind == 1:
            text = text[:at] + text[at + chance.randint(1, 8) :]
        elif kind == 2:
            text = text[:at] + text[max(0, at - chance.randint(1, 12)) :]
        else:
            text = text[:at] + chance.choice(PHRASES)[: chance.randint(1, 9)] + text[at:]
    return text[:LONGEST]


def damaged_bytes(chance: random.Random, seeds: Callable[[], tuple[bytes, ...]]) -> bytes:
    """Flip bits of a sound file, cut it, double or overwrite parts of it."""
    data = bytearray(chance.choice(seeds()))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(6)
        if kind < 2 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            data[at : at + chance.randint(1, 4)] = chance.randbytes(chance.randint(0, 4))
        elif kind == 3:
            del data[at : at + chance.randint(1, 64)]
        elif kind == 4:
            data[at:at] = data[max(0, at - chance.randint(1, 64)) : at]
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


# ── what is run, and what must hold ─────────────────────────────────────────────────────────────────────────────────


def run_pieces(function: Callable[[str], tuple[Any, ...]], text: str) -> None:
    """Find something in a text: in order, without overlaps, each in its own words."""
    end = 0
    for found in function(text):
        assert end <= found.start < found.end <= len(text)
        assert found.exact == text[found.start : found.end]
        end = found.end


def run_reader(data: bytes) -> None:
    """Read a file in this process: a text whose blocks are in it and in order."""
    known = registry.recognise(data)
    if known is not None and known.name in registry.READERS:
        module, function = registry.READERS[known.name]
        reader = getattr(__import__(module, fromlist=[function]), function)
        source = bounded(reader, data, "fuzz", DEFAULT, load())
    else:
        source = registry.read(data, origin="fuzz")
    assert all(0 <= block.start <= block.end <= len(source.text) for block in source.blocks)


def run_notice(data: bytes) -> None:
    """Read a notice of text: every quotation is the source's."""
    result = extractor.read_notice(data)
    text = data.decode(result.notice.source.encoding, "replace")
    assert all(text[one.evidence.start : one.evidence.end] == one.evidence.exact for one in result.facts)


def run_dataset(data: bytes) -> None:
    """Load a dataset; what loads is saved and loads again."""
    dataset = store.loads(data, "fuzz")
    assert store.loads(canonical.encode(dataset), "fuzz") == dataset


def run_state(data: bytes) -> None:
    """Open what builds remember: records and manifest, whatever stands there."""
    folder = state_folder()
    (folder / FOLDER / "readings").write_bytes(data)
    (folder / FOLDER / manifest.NAME).write_bytes(data)
    manifest.load(folder)
    with RecordStore(folder, "readings", FINGERPRINT, dict[str, str]) as records:
        records.get(DIGEST)
        records.put(DIGEST, {"a": "b"})
        assert records.get(DIGEST) == {"a": "b"}


FINGERPRINT, DIGEST = "00" * 32, "11" * 32
_LEFT_OPEN = ExitStack()
atexit.register(_LEFT_OPEN.close)


@cache
def state_folder() -> Path:
    """Make a folder for `run_state`, which goes with the process."""
    folder = Path(_LEFT_OPEN.enter_context(tempfile.TemporaryDirectory()))
    (folder / FOLDER).mkdir()
    return folder


# ── sound inputs ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def state_files() -> tuple[bytes, ...]:
    """Write some records, and a manifest."""
    folder = state_folder()
    with RecordStore(folder, "readings", FINGERPRINT, dict[str, str]) as records:
        for number in range(3):
            records.put(f"{number:02d}" * 32, {"a": "b" * number})
    summary = manifest.Summary(
        dataset_version="1.0.0", notices=1, facts=1, unresolved=0, series=0, copies=0, conflicts=0, set_aside=()
    )
    manifest.save(folder, manifest.Manifest(fingerprint=FINGERPRINT, inputs={}, outputs={}, summary=summary))
    return tuple((folder / FOLDER / name).read_bytes() for name in ("readings", manifest.NAME))


@cache
def datasets() -> tuple[bytes, ...]:
    """Make a dataset of two facts."""
    head = notice("甲〔2022〕1号", year=2022)
    facts = tuple(fact(head.notice_id, 2022, value, fact_id=f"f-{value * 4}") for value in ("610", "640"))
    made = make_dataset(
        Path("none"),
        "",
        notices=(head,),
        set_aside=(),
        facts=facts,
        unresolved=(),
        series=(),
        checks=(),
        comparisons=(),
    )
    return (canonical.encode(made),)


@cache
def texts() -> tuple[bytes, ...]:
    """Write short notices in several encodings."""
    text = "甲市医保局关于做好2022年居民医保工作的通知\n甲医保发〔2022〕1号\n一、每人每年不低于610元，报销比例85%。\n2022年7月20日\n"
    return tuple(text.encode(name) for name in ("utf-8", "gb18030", "utf-16"))


@cache
def pages() -> tuple[bytes, ...]:
    """Write pages of a few parts."""
    parts = formats.parts()[:4]
    return build_html.make(
        parts
    ), "<p style='color:red'>每人<b>610</b>元<table><tr><td rowspan=2>1<td>2</table>".encode()


@cache
def files(name: str) -> tuple[bytes, ...]:
    """Write a file of a format from a few parts."""
    parts = [*formats.parts()[:6], *[part for part in formats.parts() if part.kind == "table"][:1]]
    return ({"docx": build_docx, "ofd": build_ofd, "pdf": build_pdf}[name].make(parts),)


def of_bytes(seeds: Callable[[], tuple[bytes, ...]]) -> Callable[[random.Random], bytes]:
    """Make damaged bytes of sound ones."""
    return partial(damaged_bytes, seeds=seeds)


TARGETS = {
    "numerals": Target(0.25, damaged_text, partial(run_pieces, extractor.numerals)),
    "quantities": Target(0.25, damaged_text, partial(run_pieces, extractor.quantities)),
    "dates": Target(0.2, damaged_text, partial(run_pieces, partial(extractor.dates, reference=2022))),
    "text": Target(0.09, of_bytes(texts), run_reader),
    "page": Target(0.03, of_bytes(pages), run_reader),
    "notice": Target(0.01, of_bytes(texts), run_notice),
    "dataset": Target(0.1, of_bytes(datasets), run_dataset),
    "state": Target(0.064, of_bytes(state_files), run_state),
    "docx": Target(0.003, of_bytes(partial(files, "docx")), run_reader),
    "ofd": Target(0.002, of_bytes(partial(files, "ofd")), run_reader),
    "pdf": Target(0.001, of_bytes(partial(files, "pdf")), run_reader),
}


class Failed(Exception):  # noqa: N818 - what became of an input
    """An input that did what none may do."""


def attempt(name: str, given: Any) -> None:
    """Run a target on an input; raise `Failed` for any error but ours, and for what takes too long."""
    began = process_time()
    try:
        TARGETS[name].run(given)
    except ExtractorError:
        pass
    except Exception as error:
        msg = f"{name}: {given!r}: {type(error).__name__}: {error}"
        raise Failed(msg) from error
    if (spent := process_time() - began) > SLOWEST:
        msg = f"{name}: {given!r}: took {spent:.0f} seconds"
        raise Failed(msg)


def fuzz(name: str, executions: int, seed: int) -> float:
    """Run a target so many times; return the executions a second."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311 - for inputs, not for secrets
    began = perf_counter()
    for _ in range(executions):
        attempt(name, TARGETS[name].make(chance))
    return executions / (perf_counter() - began)


def count_of(name: str, whole: int) -> int:
    """Return how many of all executions are a target's."""
    return max(5, round(whole * TARGETS[name].share))


def main() -> int:
    """Run all targets or some, go on after failures, and print what each did."""
    whole = int(sys.argv[1]) if len(sys.argv) > 1 else EXECUTIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    failed = 0
    for name in sys.argv[3:] or TARGETS:
        chance = random.Random(f"{name} {seed}")  # noqa: S311 - for inputs, not for secrets
        began, count = perf_counter(), count_of(name, whole)
        for _ in range(count):
            try:
                attempt(name, TARGETS[name].make(chance))
            except Failed as error:
                failed += 1
                if failed <= 20:
                    sys.stdout.write(f"  {str(error)[:2000]}\n")
        spent = perf_counter() - began
        sys.stdout.write(f"{name:12}{count:>10,} executions{count / spent:>10,.0f} a second, seed {seed}\n")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
