"""Limits hold for every format and every stage; what a character costs doesn't grow with the length of a text."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path

import build_docx
import formats
import pytest

from extractor import ingest
from extractor.build.guarded import process_guarded
from extractor.build.incremental import read_notice
from extractor.cli import options
from extractor.errors import DatasetError, IngestError
from extractor.ingest import Limits
from extractor.ingest.sandbox import GUARD
from extractor.pipeline import process
from extractor.resources import load

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import worst

HEAD = "甲市医保局关于做好2022年居民医保工作的通知\n"
FIGURES = (HEAD + "1元\n" * 3000).encode()
PAGE = ("<html><body>" + "<p>每人1元。</p>" * 3000 + "</body></html>").encode()
LONG_PAGE = ("<html><body>" + "<p>居民医保的筹资标准由国家和省统一规定。</p>" * 120_000 + "</body></html>").encode()
PARTS = formats.parts()

# Of each format more than it may have: the file, the limits, the reason and the limit that the message names.
OVER = [
    ("characters of text", FIGURES, {"characters": 100}, "too_large", "characters"),
    ("characters of a page", PAGE, {"characters": 100}, "too_large", "characters"),
    ("characters of a DOCX", build_docx.make(PARTS), {"characters": 100}, "too_large", "characters"),
    ("numerals of text", FIGURES, {"numerals": 1000}, "too_large", "numerals"),
    ("numerals of a page", PAGE, {"numerals": 1000}, "too_large", "numerals"),
    ("Chinese numerals", (HEAD + "一个" * 2000).encode(), {"numerals": 1000}, "too_large", "numerals"),
    ("700,000 figures, a line each", ("1元\n" * 700_000).encode(), {}, "too_large", "numerals"),
    ("memory for text", (HEAD + "1元\n" * 20_000).encode(), {"memory": 8}, "too_large", "memory"),
    ("memory for a page", LONG_PAGE, {"memory": 8}, "too_large", "memory"),
    ("seconds for text", (HEAD + "1元\n" * 60_000).encode(), {"seconds": 1}, "too_slow", "seconds"),
    ("seconds for a page", b"<html>" + "<p>每人1元。</p>".encode() * 200_000, {"seconds": 1}, "too_slow", "seconds"),
]


@pytest.mark.parametrize(("data", "limits", "reason", "name"), [row[1:] for row in OVER], ids=[row[0] for row in OVER])
def test_over(data, limits, reason, name):
    """What is over a limit is refused, and the message names the limit."""
    # A worker that has read large files keeps what they took: memory beside it would last for longer than the seconds.
    GUARD.close()

    with pytest.raises(IngestError, match=f"--limit {name}=") as caught:
        read_notice(data, limits=Limits(**limits))

    # A library of C may end for want of memory before it can say so: the message names the limit all the same.
    assert caught.value.reason in ({reason, "broken"} if name == "memory" else {reason})


def test_same_in_the_sandbox(monkeypatch):
    """A text that the sandbox runs through the stages has the same facts, with why each was linked so."""
    source = ingest.read((HEAD + "一、每人每年补助1元，个人缴费350元。\n" * 20).encode(), origin="a.txt")
    here, there = {}, {}

    expected = process(source, load(), path="a.txt", measures=True, explanations=here)
    monkeypatch.setattr(Limits, "holds", lambda *_: False)
    found = process_guarded(source, Limits(), load(), path="a.txt", measures=True, explanations=there)

    assert found == expected
    assert there == here


def test_no_circles():
    """What a notice was read with is freed when it is read: circles would wait for a collector, whose search costs time."""
    source = ingest.read((HEAD + "一、居民医保人均财政补助标准新增30元，达到640元。\n" * 3).encode(), origin="a.txt")
    resources = load()
    process(source, resources)
    gc.collect()
    gc.disable()
    try:
        found = process(source, resources).facts

        assert (len(found), gc.collect()) == (6, 0)
    finally:
        gc.enable()


def test_standard_input(monkeypatch):
    """What writes to standard input without end is stopped."""

    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"1" * len(buffer)
            return len(buffer)

    class Input:
        buffer = io.BufferedReader(Endless())

    monkeypatch.setattr(sys, "stdin", Input)

    with pytest.raises(DatasetError, match="more than 1 MiB"):
        options.standard_input(1 << 20)


# Runs of numeral signs that can't be cut without making a figure of their rest.
RUNS = ["1一", "1.", "一点1.", "1,000", "7"]


@pytest.mark.parametrize("run", RUNS)
def test_runs_of_signs(run):
    """A run of numeral signs without end is one unresolved entry, and the sentence behind it is read."""
    result = read_notice((HEAD + "一、" + run * 2000 + "元。\n个人缴费350元。\n").encode())

    assert [fact.value for fact in result.facts] == ["350"]
    assert 1 <= len(result.unresolved) <= 2
    assert {entry.reason for entry in result.unresolved} == {"too_long"}


@pytest.mark.timing
@pytest.mark.parametrize("name", worst.KINDS)
def test_worst(name, usual):
    """The worst inputs cost at most 20 times the usual a character, and no more at four times the length."""
    assert worst.verdict(worst.measure(name), usual) == ""


@pytest.fixture(scope="module")
def usual():
    worst.warm_up()
    return worst.measure("usual")
