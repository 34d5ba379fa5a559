"""What is kept between runs of tables, names and patterns: the same answers with it, without it, and where it is spoilt."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import extractor

NOTICE = Path(__file__).parent / "gold/medical/dev/notices/2021-langao-county.txt"
KINDS = ("names", "patterns", "tables", "words")


def parse(cache):
    """Read a notice in a process of its own; return what was printed."""
    environment = {
        **os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(extractor.__file__).parents[1]),
    }  # fmt: skip
    command = [sys.executable, "-m", "extractor", "parse", str(NOTICE), "--json"]
    ended = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603 - our own program

    assert ended.stderr == b""
    return ended.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A cache that one run filled, and what it printed."""
    cache = tmp_path_factory.mktemp("cache")
    return cache, parse(cache)


def kept(cache):
    return {path.name.partition("-")[0]: path for path in (cache / "extractor").iterdir()}


def test_all_is_kept_and_says_the_same(first):
    """A second run reads what the first kept, writes nothing, and prints the same bytes."""
    cache, printed = first
    before = {path: path.stat().st_mtime_ns for path in kept(cache).values()}

    assert tuple(sorted(kept(cache))) == KINDS
    assert parse(cache) == printed
    assert {path: path.stat().st_mtime_ns for path in kept(cache).values()} == before


def signed(body):
    return hashlib.sha256(body).digest() + body


SPOILT = {
    "cut short": lambda data: data[: len(data) // 2],
    "one bit turned": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "empty": lambda _: b"",
    "signed, but not packed": lambda _: signed(b"\x05\0\0\0words"),
    "signed, but of another shape": lambda _: signed(msgspec.msgpack.encode(["words"])),
}


@pytest.mark.parametrize("shift", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_spoilt_files(shift, first, tmp_path):
    """Kept files that aren't whole, or hold something else, are made anew, and nothing is read from them."""
    cache, printed = first
    (tmp_path / "extractor").mkdir(mode=0o700)
    ways = [*SPOILT.values()][shift:] + [*SPOILT.values()][:shift]
    for path, spoil in zip(sorted(kept(cache).values()), ways, strict=False):
        other = tmp_path / "extractor" / path.name
        other.write_bytes(spoil(path.read_bytes()))
        other.chmod(0o600)

    assert parse(tmp_path) == printed
    assert {kind: path.stat().st_size for kind, path in kept(tmp_path).items()} == {
        kind: path.stat().st_size for kind, path in kept(cache).items()
    }


class Planted:
    """What pickle would run."""

    def __reduce__(self):
        return (os.mkdir, ("planted",))


def test_a_pattern_is_nothing_else(first, tmp_path, monkeypatch):
    """In the place of a pattern only a pattern is read: what else pickle could make is not made."""
    cache, printed = first
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extractor").mkdir(mode=0o700)
    path = kept(cache)["patterns"]
    patterns = msgspec.msgpack.decode(path.read_bytes()[32:], type=dict[bytes, bytes])
    other = tmp_path / "extractor" / path.name
    other.write_bytes(signed(msgspec.msgpack.encode(dict.fromkeys(patterns, pickle.dumps(Planted())))))
    other.chmod(0o600)

    assert parse(tmp_path) == printed
    assert not (tmp_path / "planted").exists()


@pytest.mark.slow  # all is made anew, as for the first run
def test_without_a_cache(first, tmp_path):
    """Where nothing can be kept all is made anew, to the same bytes."""
    _, printed = first
    (tmp_path / "extractor").write_text("a file where the folder would be", "utf-8")

    assert parse(tmp_path) == printed
