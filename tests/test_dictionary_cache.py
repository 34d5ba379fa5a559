"""Where jieba's dictionary is kept between runs: in a folder of the user's own, or nowhere; and never a word of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest

import extractor

CODE = "from extractor.notice.dictionary import dictionary; from extractor.resources import load; print(load().built(dictionary).count('医保'))"


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """Make a jieba with a dictionary of a thousand words: to read half a million takes half a second each time."""
    package = Path(find_spec("jieba").origin).parent
    folder = tmp_path_factory.mktemp("short")
    shutil.copytree(package, folder / "jieba", ignore=shutil.ignore_patterns("dict.txt", "analyse", "lac_small"))
    with (package / "dict.txt").open(encoding="utf-8") as words:
        (folder / "jieba/dict.txt").write_text("".join(islice(words, 1000)), "utf-8")
    return folder


def run(home, tmp_path, jieba=None, **env):
    """Read the dictionary in a process of its own; return what it printed and the names in the shared folder."""
    shared = tmp_path / "shared"
    shared.mkdir(exist_ok=True)
    variables = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"}
    variables |= {
        "HOME": str(home),
        "TMPDIR": str(shared),
        "PYTHONPATH": os.pathsep.join(map(str, filter(None, [jieba, Path(extractor.__file__).parents[1]]))),
        **env,
    }
    ended = subprocess.run([sys.executable, "-c", CODE], env=variables, capture_output=True, text=True, check=True)  # noqa: S603 - our own

    assert ended.stderr == ""
    assert int(ended.stdout) > 0
    assert list(shared.iterdir()) == []


def test_it_is_private(tmp_path):
    """Only its user may enter the folder or write the file, also where an older version left it open."""
    folder = tmp_path / ".cache/extractor"
    folder.mkdir(parents=True)
    folder.chmod(0o775)
    run(tmp_path, tmp_path)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept = list(folder.iterdir())
    assert {file.name.partition("-")[0] for file in kept} == {"tables", "words"}
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o022 == 0 for file in kept)
    run(tmp_path, tmp_path)


def no_folder(folder):
    folder.parent.write_text("a file where the folder would be", "utf-8")


def link(folder):
    folder.parent.mkdir()
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to(folder.parent / "elsewhere")


def planted(folder):
    folder.mkdir(parents=True)
    (folder / "words").write_bytes(b"planted")
    (folder / "words").chmod(0o666)


def planted_link(folder):
    folder.mkdir(parents=True)
    (folder.parent / "planted").write_bytes(b"planted")
    (folder / "words").symlink_to(folder.parent / "planted")


def of_another(folder):
    folder.mkdir(parents=True)
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    os.chown(folder, 65534, 65534)


def read_only(folder):
    folder.parent.mkdir()
    folder.parent.chmod(0o500)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps profiles apart")
@pytest.mark.parametrize("prepare", [no_folder, link, planted, planted_link, of_another, read_only])
def test_no_shared_folder(prepare, tmp_path, short):
    """Where no private folder can be had nothing is kept, nothing foreign is read, and nothing is said."""
    cache = tmp_path / "cache"
    prepare(cache / "extractor")
    found = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    run(tmp_path, tmp_path, short, XDG_CACHE_HOME=str(cache))

    if prepare is not read_only or os.geteuid() != 0:  # root may write what is read-only
        assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != "shared"} == found
    assert not (tmp_path / ".cache").exists()


def test_relative_folder(tmp_path, monkeypatch, short):
    """A relative folder would be another one in each working directory; it is passed over."""
    monkeypatch.chdir(tmp_path)
    run(tmp_path, tmp_path, short, XDG_CACHE_HOME="cache")

    assert list((tmp_path / ".cache/extractor").iterdir())
    assert not (tmp_path / "cache").exists()


def test_first_import_says_nothing(tmp_path):
    """Compiling jieba's sources, as the first run does, shows the user none of what the interpreter thinks of them."""
    code = "import warnings; warnings.simplefilter('error'); from extractor.notice.word_counts import import_jieba; import_jieba()"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert (done.returncode, done.stderr) == (0, "")


SPOILT = {
    "cut short": lambda data: data[: len(data) // 2],
    "one bit turned": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "another dictionary's": lambda data: signed(data[32:].replace(b"dict.txt", b"dict.big")),
    "signed, but not packed": lambda _: signed(b"\x05\0\0\0words"),
}


def signed(body):
    return hashlib.sha256(body).digest() + body


@pytest.fixture(scope="module")
def whole(tmp_path_factory, short):
    """Name and bytes of what is kept of the dictionary."""
    folder = tmp_path_factory.mktemp("whole")
    run(folder, folder, short)
    (kept,) = (folder / ".cache/extractor").glob("words-*")
    return kept.name, kept.read_bytes()


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_spoilt_file(spoil, whole, tmp_path, short):
    """A kept file that isn't whole, or was made of another dictionary, is made anew; nothing is read from it."""
    name, data = whole
    kept = tmp_path / ".cache/extractor" / name
    kept.parent.mkdir(parents=True)
    kept.write_bytes(spoil(data))
    run(tmp_path, tmp_path, short)

    assert kept.read_bytes() == data


def test_environments_side_by_side(tmp_path, short):
    """What another environment keeps stays, and the oldest of many goes."""
    folder = tmp_path / ".cache/extractor"
    folder.mkdir(parents=True)
    for age in range(5):
        other = folder / f"words-{age:012}"
        other.write_bytes(b"another's")
        other.chmod(0o600)
        os.utime(other, (1e9 - age, 1e9 - age))
    run(tmp_path, tmp_path, short)

    found = {path.name for path in folder.glob("words-*")}
    assert len(found) == 4
    assert found >= {f"words-{age:012}" for age in range(3)}
