"""A build killed at any moment leaves the old dataset or the new one, whole, and the next build completes.

Real processes, killed by the system, at moments spread over the time that a build takes; the seed decides which.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import extractor
from extractor.build.cache import FOLDER
from extractor.build.incremental import build
from extractor.dataset import store

ROOT = Path(extractor.__file__).parents[1]
MOMENTS = 50
EVERY_RUN = 1
TEXT = """{place}医疗保障局关于做好{year}年城乡居民基本医疗保障工作的通知
{place}医保发〔{year}〕{number}号
各市医保局：
一、{year}年居民医保人均财政补助标准新增30元，达到每人每年不低于{level}元，个人缴费每人每年{own}元。
二、政策范围内住院费用基金支付比例稳定在70%左右。
"""
NOTICES = 12


def write(corpus, content):
    """Bring a corpus to one of two contents: some notices differ, some are in one of them only."""
    for number in range(NOTICES):
        path = corpus / f"{number:02}.txt"
        if number % 4 == 3 and number % 8 // 4 == content:
            path.unlink(missing_ok=True)
            continue
        moved = 10 * content if number % 2 else 0
        text = TEXT.format(
            place="江西省", year=2015 + number, number=number + 1, level=500 + 30 * number + moved, own=300
        )
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    page = TEXT.format(place="国家", year=2022, number=7, level=610 + content, own=350).replace("\n", "</p><p>")
    (corpus / "page.html").write_text(f"<html><body><p>{page}</p></body></html>", "utf-8")


def start(corpus, out, *options):
    command = [sys.executable, "-m", "extractor", "build", str(corpus), "-o", str(out), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603 - our own program


def lasting(corpus, out, *options):
    """Build in a process to its end; return the seconds that it took."""
    began = time.perf_counter()
    process = start(corpus, out, *options)
    said = process.communicate()[0].decode("utf-8", "replace")

    assert process.returncode == 0, said
    return time.perf_counter() - began


def tree(folder):
    """Read the files of an outputs folder, without what builds remember there; a temporary file counts wherever it is."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if not name.startswith(f"{FOLDER}/") or name.endswith(".tmp")
    }


def check_whole(out):
    """Make sure that a dataset loads, that the files it needs are there, and that its quotations hold."""
    dataset = store.load(out / "dataset.json")
    texts = {}
    for notice in dataset.notices:
        digest = notice.source.sha256
        assert (out / f"ledger/{digest}.jsonl").is_file()
        if notice.source.media_type != "text/plain":
            texts[f"sha256:{digest}"] = (out / f"sources/{digest}.txt").read_bytes().decode("utf-8")
    quoted = [fact.evidence for fact in dataset.facts if fact.evidence.source in texts]

    assert quoted
    assert all(texts[one.source][one.start : one.end] == one.exact for one in quoted)


@pytest.mark.parametrize(
    "options", ["--jobs=1", "--jobs=2", pytest.param("--jobs=2 --engine=dask", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("count", [EVERY_RUN, pytest.param(MOMENTS, marks=pytest.mark.slow)])
def test_killed_at_any_moment(count, options, tmp_path):
    """Old or new, loadable, with its ledgers, sources and quotations; and the build after that is as one from nothing."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    wanted = []
    for content in (1, 0):
        write(corpus, content)
        shutil.rmtree(out, ignore_errors=True)
        lasts = lasting(corpus, out, *options.split())
        wanted.append(tree(out))
    wanted.reverse()
    dice = random.Random(count)  # noqa: S311 - for moments, not for secrets
    met = set()
    for number in range(count):
        content = 1 - number % 2
        write(corpus, content)
        if number % 3 == 0:  # so that everything is read again, too
            shutil.rmtree(out / FOLDER)
        # One moment in each stretch of the time, and a little longer, since machines are not always as fast.
        moment = (number * 7 % count + dice.random()) / count * lasts * 1.1
        process = start(corpus, out, *options.split())
        time.sleep(moment)
        process.kill()
        process.communicate()
        found = [dataset["dataset.json"] for dataset in wanted].index((out / "dataset.json").read_bytes())
        met.add(found == content)
        check_whole(out)
        build(corpus, out)

        assert tree(out) == wanted[content], f"killed after {moment:.3f} of {lasts:.3f} seconds"
    assert False in met
