"""Attacks by way of files and folders: links, pipes, names, kills, outputs over notices, sidecars; each happened once."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from work import at_most

import extractor
from extractor import ingest
from extractor.build.cache import FOLDER, record_store
from extractor.build.cache.record_store import RecordStore
from extractor.build.corpus import named, readable
from extractor.build.corrections import load_corrections
from extractor.build.incremental import build
from extractor.build.intake.run import add
from extractor.build.watch import watch
from extractor.dataset import store
from extractor.errors import CatalogError, DatasetError, ExportError, IngestError
from extractor.export import Options, default_place, export
from extractor.release import release
from extractor.resources import read_toml

ROOT = Path(extractor.__file__).parents[1]
TEXT = "甲〔2022〕{number}号\n个人缴费每人每年{value}元。\n"
PRIVATE = "绝密〔2022〕9号\n个人缴费每人每年987654元。\n"

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


@pytest.fixture
def corpus(tmp_path, stand_in):  # noqa: ARG001 - put in place
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT.format(number=1, value=350), "utf-8")
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def secret(tmp_path):
    """A file that an attacker would have read, or overwritten."""
    path = tmp_path / "secret.txt"
    path.write_text(PRIVATE, "utf-8")
    return path


def tree(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if FOLDER not in path.parts}


# ── outputs over notices ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("place", [".", "sub/..", "link", "sources-of-its-own"])
def test_outputs_that_are_the_corpus(place, corpus, tmp_path):
    """A build that would read its own files, or overwrite a notice named like one, is refused, and nothing is written."""
    (corpus / "sub").mkdir()
    (corpus / "dataset.json").write_text(TEXT.format(number=2, value=360), "utf-8")
    (tmp_path / "link").symlink_to(corpus)
    outputs, notices = (tmp_path / "link", corpus) if place == "link" else (corpus / place, corpus)
    if place == "sources-of-its-own":
        notices = tmp_path / "o/sources"
        shutil.copytree(corpus, notices)
        outputs = tmp_path / "o"
    before = tree(tmp_path)
    for start in (build, lambda *given: add([str(corpus / "a.txt")], *given), lambda *given: next(watch(*given))):
        with pytest.raises(DatasetError, match="Name another folder"):
            start(notices, outputs)

    assert tree(tmp_path) == before
    with pytest.raises(DatasetError, match="Name another folder"):
        build(corpus / "dataset.json", corpus)


@pytest.mark.parametrize("place", ["corpus/out", "corpus/sub/out", "corpus/.out", "out"])
def test_outputs_inside_the_corpus_are_no_notices(place, corpus, tmp_path):
    """Five builds make what one makes, also where another outputs folder of earlier times lies in the corpus."""
    outputs = tmp_path / place
    first = build(corpus, outputs).dataset
    build(corpus, corpus / "earlier")
    (corpus / "earlier/mine.txt").write_text(TEXT.format(number=3, value=370), "utf-8")
    made = [build(corpus, outputs).dataset for _ in range(4)][-1]

    assert [one.source.path for one in made.notices] == ["a.txt", "earlier/mine.txt"], made.set_aside
    assert (len(first.notices), made.set_aside) == (1, ())


JSON = [
    '{"a": "个人缴费每人每年350元"}',
    '["个人缴费350元"]',
    '\ufeff {"标题": 1}\n',
    '{"甲": 1}\n{"乙": 2}\n',
    "[" * 5000 + "]" * 5000,
]
NO_JSON = [
    "{附件}个人缴费350元",
    "[2022]个人缴费350元",
    '"个人缴费350元"',
    '{"甲": 个人缴费350元}',
    "350\n元",
    "[" * 5000 + "个人缴费350元",
]


@pytest.mark.parametrize("text", JSON)
def test_json_is_no_notice(text):
    """JSON and JSON Lines, such as the program's own files are, are refused with a word."""
    with pytest.raises(IngestError, match="found JSON"):
        ingest.read(text.encode(), origin="a.json")


@pytest.mark.parametrize("text", NO_JSON)
def test_text_that_only_begins_like_json(text):
    """Words in brackets are words."""
    assert ingest.read(text.encode(), origin="a.txt").text == text


# ── links and pipes ─────────────────────────────────────────────────────────────────────────────────────────────────

STATE = ["holder", "lock", "manifest", "readings", "measures"]
WRITTEN = ["dataset.json", "dataset.schema.json", *(f"{FOLDER}/{name}" for name in STATE)]


@posix
@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("kind", ["link", "hard link", "dangling link", "pipe"])
def test_link_or_pipe_in_the_place_of_a_file(name, kind, corpus, out, secret):
    """A build writes its own file in the place of a link or pipe, leaves alone what it led to, and waits for nobody."""
    wanted = build(corpus, out).dataset
    (corpus / "b.txt").write_text(TEXT.format(number=2, value=360), "utf-8")
    path = out / name
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "hard link":
        os.link(secret, path)
    else:
        path.symlink_to(secret if kind == "link" else secret.with_name("nowhere"))
    made = build(corpus, out).dataset

    assert secret.read_text("utf-8") == PRIVATE
    assert not secret.with_name("nowhere").exists()
    assert len(made.facts) == len(wanted.facts) + 1
    assert path.is_file()
    assert not path.is_symlink()


@posix
@pytest.mark.parametrize("name", [FOLDER, "sources", "ledger", "history"])
def test_link_in_the_place_of_a_folder(name, corpus, out, tmp_path):
    """What a linked folder holds is not written to, and not tidied up."""
    other = tmp_path / "other"
    other.mkdir()
    mine = other / f"{'0' * 64}.jsonl"
    mine.write_text("mine", "utf-8")
    out.mkdir()
    (out / name).symlink_to(other)
    with pytest.raises(DatasetError, match="is a link"):
        build(corpus, out)

    assert [path.name for path in other.iterdir()] == [mine.name]


@posix
def test_link_in_the_place_of_a_temporary_file(corpus, out, secret):
    """A link under a name that a temporary file will have is not written through."""
    build(corpus, out)
    (corpus / "b.txt").write_text(TEXT.format(number=2, value=360), "utf-8")
    for name in ("dataset.json", "dataset.schema.json"):
        (out / store.temporary_name(name)).symlink_to(secret)
    (out / FOLDER / store.temporary_name("manifest")).symlink_to(secret)
    build(corpus, out)

    assert secret.read_text("utf-8") == PRIVATE


@posix
def test_pipes_and_links_in_an_outputs_folder_that_is_read(corpus, out, secret, tmp_path, command_line):
    """Nothing that reads the outputs waits for a pipe, or reads through a link: dataset, release, sources, exports."""
    made = build(corpus, out).dataset
    digest = made.notices[0].source.sha256
    (out / "sources").mkdir()
    (out / f"sources/{digest}.txt").symlink_to(secret)
    (out / f"ledger/{digest}.jsonl").unlink()
    os.mkfifo(out / f"ledger/{digest}.jsonl")
    export(made, "spacy", tmp_path / "x.spacy", options=Options(outputs=out, corpus=corpus))

    assert "绝密".encode() not in (tmp_path / "x.spacy").read_bytes()
    release(out)
    (out / "CHANGES.md").unlink()
    (out / "CHANGES.md").symlink_to(secret)
    (out / "history/1.0.0.json").unlink()
    release(out)

    assert "绝密" not in (out / "CHANGES.md").read_text("utf-8")
    assert secret.read_text("utf-8") == PRIVATE
    (out / "dataset.json").unlink()
    os.mkfifo(out / "dataset.json")
    status, _, said = command_line("check", "--dataset", out / "dataset.json")

    assert (status, "is a pipe" in said) == (2, True)
    (out / "dataset.json").unlink()
    (out / "dataset.json").symlink_to("/dev/zero")

    assert command_line("check", "--dataset", out / "dataset.json")[0] == 2
    with pytest.raises(DatasetError, match="a pipe"):
        release(out)
    (out / "history/9.0.0.json").symlink_to(secret)
    with pytest.raises(DatasetError, match="expected the file that was published"):
        build(corpus, out)


@posix
def test_link_in_the_place_of_the_exports_folder(corpus, out, tmp_path):
    """An export to the default place isn't written through a link."""
    made = build(corpus, out).dataset
    (tmp_path / "other").mkdir()
    (out / "export").symlink_to(tmp_path / "other")
    with pytest.raises(ExportError, match="is a link"):
        export(made, "csv", default_place("csv", out), options=Options(outputs=out))

    assert not list((tmp_path / "other").iterdir())


@posix
def test_link_out_of_the_corpus(corpus, out, secret):
    """Such a notice is set aside unread, also where its bytes were read before; its sidecar and the corrections, too."""
    build(secret, out)  # so that a reading of its bytes is kept
    (corpus / "b.txt").symlink_to(secret)
    (corpus / "c.txt").symlink_to("a.txt")
    (corpus / "d.txt").write_text(TEXT.format(number=4, value=380), "utf-8")
    (corpus / "d.txt.toml").symlink_to(secret)
    made = build(corpus, out).dataset

    assert "987654" not in (out / "dataset.json").read_text("utf-8")
    assert [(one.path, one.reason) for one in made.set_aside] == [("b.txt", "unreadable"), ("d.txt", "sidecar")]
    assert [one.source.path for one in made.notices] == ["a.txt", "c.txt"]
    other = out.with_name("other")
    landed = add([str(corpus)], other, None)

    assert sorted(item.reason for item in landed.set_aside) == ["sidecar", "unreadable"]
    assert not [path for path in other.rglob("*") if path.is_file() and "987654" in path.read_text("utf-8")]
    (corpus / "corrections.toml").symlink_to(secret)
    with pytest.raises(DatasetError, match="leads out of the corpus"):
        build(corpus, out)


@posix
def test_pipes_in_a_corpus(corpus, out):
    """A pipe is set aside as a notice, and as a sidecar it sets its notice aside; nothing waits."""
    os.mkfifo(corpus / "b.txt")
    os.mkfifo(corpus / "a.txt.toml")
    made = [build(corpus, out).dataset for _ in range(2)][-1]

    assert [(one.path, one.reason) for one in made.set_aside] == [("a.txt", "sidecar"), ("b.txt", "unreadable")]


def test_record_that_unpacks_without_end(out, monkeypatch):
    """What a small record of the state unpacks to is bounded; a record beyond it is as good as none."""
    (out / FOLDER).mkdir(parents=True)
    with RecordStore(out, "readings", "0" * 64, str) as kept:
        kept.put("1" * 64, "x" * 1_000_000)
        kept.put("2" * 64, "y")
    monkeypatch.setattr(record_store, "_MOST", 500_000)
    with RecordStore(out, "readings", "0" * 64, str) as kept:
        assert [kept.get(name * 64) for name in "12"] == [None, "y"]


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@posix
def test_name_in_bytes_and_the_same_in_letters(corpus, out):
    r"""The byte FF and the four letters \xff are two names, both in the dataset, and each leads back to its file."""
    names = {os.fsdecode(b"b\xff.txt"): 360, "b\\xff.txt": 370, "b\\x5cxff.txt": 380}
    for number, (name, value) in enumerate(names.items(), 2):
        (corpus / name).write_text(TEXT.format(number=number, value=value), "utf-8")
    made = build(corpus, out).dataset

    assert len(made.notices) == len(made.facts) == 4
    assert len({notice.source.path for notice in made.notices}) == 4
    assert all(named(readable(name)) == name for name in names)
    for notice in made.notices:
        data = (corpus / named(notice.source.path)).read_bytes()
        assert hashlib.sha256(data).hexdigest() == notice.source.sha256


@posix
@pytest.mark.parametrize("length", [250, 251, 252, 253, 254, 255])
def test_names_as_long_as_the_system_allows(length, corpus, out, tmp_path):
    """A notice of such a name is read, though its sidecar's name would be too long, and an export of such a name is written."""
    (corpus / f"{'b' * (length - 4)}.txt").write_text(TEXT.format(number=2, value=360), "utf-8")
    made = build(corpus, out).dataset
    again = build(corpus, out)
    landed = add([str(corpus)], tmp_path / "other", None)

    assert (len(made.notices), made.set_aside, again.reread) == (2, (), 0)
    assert (len(landed.landed), landed.set_aside) == (2, ())
    assert export(made, "csv", tmp_path / f"{'x' * (length - 4)}.csv").is_file()
    assert export(made, "openfisca", tmp_path / ("x" * length)).is_dir()


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe", "broken link"])
def test_corrections_that_are_no_file(kind, corpus, out):
    """Corrections that can't be read are never taken for none."""
    path = corpus / "corrections.toml"
    {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path), "broken link": lambda: path.symlink_to("nowhere")}[kind]()
    with pytest.raises(DatasetError, match=r"corrections\.toml"):
        load_corrections(corpus)
    with pytest.raises(DatasetError, match=r"corrections\.toml"):
        build(corpus, out)


# ── sidecars and TOML ───────────────────────────────────────────────────────────────────────────────────────────────

DEEP = {
    "lists": "a = " + "[" * 20_000 + "]" * 20_000,
    "tables": "a = " + "{b = " * 5_000 + "1" + "}" * 5_000,
    "dots": "a" + ".a" * 32_000 + " = 1",
    "dots of a table": "[" + "a . " * 16_000 + "a]",
    "dots in quotes": "'a b'" + r'."a\" b"' * 7_000 + " = 1",
    "digits": "a = " + "9" * 20_000,
    "bytes": "a = '\udcff'",
}


@pytest.mark.parametrize("name", DEEP)
def test_toml_that_nests_or_counts_without_end(name, corpus, out):
    """Deep TOML is a clear error, of data files and sidecars alike, never a RecursionError."""
    data = DEEP[name].encode("utf-8", "surrogateescape")
    (corpus / "a.txt.toml").write_bytes(data)
    with at_most(10):
        made = build(corpus, out).dataset

    assert [(one.path, one.reason) for one in made.set_aside] == [("a.txt", "sidecar")]
    (corpus / "a.txt.toml").rename(corpus / "corrections.toml")
    with pytest.raises(CatalogError, match=r"cannot be read as TOML"):
        read_toml(corpus / "corrections.toml")
    with pytest.raises(DatasetError, match=r"cannot be read as TOML"):
        build(corpus, out)


def test_sidecar_without_bound(corpus, out):
    """A sidecar of more than 64 KiB isn't read: its notice is set aside with the reason."""
    (corpus / "a.txt.toml").write_text(f"# {'x' * 66_000}\n", "utf-8")
    made = build(corpus, out).dataset

    assert [(one.path, one.reason) for one in made.set_aside] == [("a.txt", "sidecar")]
    assert "64" in made.set_aside[0].message or "0 MiB" in made.set_aside[0].message


# ── kills ───────────────────────────────────────────────────────────────────────────────────────────────────────────

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from factories import fake_process
from types import ModuleType
module = ModuleType("extractor.pipeline"); module.process = fake_process
sys.modules["extractor.pipeline"] = module
calls = 0
def dying(real):
    def call(*given, **named):
        global calls
        calls += 1
        if calls == {call}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call
for name in ("fsync", "replace", "unlink", "open", "mkdir", "rename", "rmdir"):
    setattr(os, name, dying(getattr(os, name)))
{program}
"""
ADD = "from extractor.build.intake.run import add\nadd([{source!r}], Path({corpus!r}), None)"
RELEASE = "from extractor.release import release\nrelease(Path({out!r}))"
EXPORT = (
    "from extractor.export import export\nfrom extractor.dataset import store\n"
    "export(store.load(Path({out!r}) / 'dataset.json'), {name!r}, Path({place!r}), force=True)"
)


def killed(program, call):
    """Run a program that kills itself at a call of the system; say whether it came to that."""
    code = KILLED.format(tests=str(ROOT / "tests"), call=call, program=program)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", code], check=False, env=environment, capture_output=True)  # noqa: S603 - our own program

    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr.decode()
    return ended.returncode != 0


def moments(program, undo, count):
    """Choose calls of the system to be killed at, among the last that a program makes: there it writes.

    ``undo`` brings the folder back to where the program began.
    """
    low, high = 1, 4096
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if killed(program, middle) else (low, middle)
        undo()
    last = list(range(max(1, low - 40), low))
    return last if count is None else random.Random(count).sample(last, count)  # noqa: S311 - for moments


COUNTS = [2, pytest.param(None, marks=pytest.mark.slow)]


@posix
@pytest.mark.parametrize("count", COUNTS)
def test_add_killed(count, tmp_path, stand_in):  # noqa: ARG001 - put in place
    """No temporary file and no sidecar without its notice outlives the next run, and no notice lands twice."""
    corpus, source = tmp_path / "c", tmp_path / "a.txt"
    source.write_text(TEXT.format(number=1, value=350), "utf-8")
    Path(f"{source}.toml").write_text('url = "https://example.org/a"\n', "utf-8")
    program = ADD.format(source=str(source), corpus=str(corpus))

    def undo():
        shutil.rmtree(corpus, ignore_errors=True)

    for call in moments(program, undo, count):
        assert killed(program, call)
        add([str(source)], corpus, None)

        assert sorted(tree(corpus)) == ["100000", "100000/undated-a.txt", "100000/undated-a.txt.toml"], call
        assert "example.org" in (corpus / "100000/undated-a.txt.toml").read_text("utf-8")
        undo()


@posix
@pytest.mark.parametrize("count", COUNTS)
def test_release_killed(count, corpus, out):
    """The next release leaves what one release leaves."""
    build(corpus, out)
    program = RELEASE.format(out=str(out))
    built = tree(out)

    def undo():
        for name in tree(out) - built:
            shutil.rmtree(out / name) if (out / name).is_dir() else (out / name).unlink(missing_ok=True)

    for call in moments(program, undo, count):
        assert killed(program, call)
        release(out)

        assert tree(out) - built == {"CHANGES.md", "history", "history/1.0.0.json"}, call
        undo()


@posix
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", ["csv", "datapackage"])
def test_export_killed(name, count, corpus, out, tmp_path):
    """The next export leaves itself alone, and one that fails leaves what stood there before."""
    made = build(corpus, out).dataset
    place = tmp_path / "place/x"
    export(made, name, place)
    program = EXPORT.format(out=str(out), name=name, place=str(place))
    wanted = tree(place.parent)
    met = 0
    for call in moments(program, lambda: None, count):
        met += killed(program, call)  # what the last one left takes calls of its own
        export(made, name, place, force=True)

        assert tree(place.parent) == wanted, call
    assert met


@posix
def test_what_running_processes_write_is_left_alone(corpus, stand_in):  # noqa: ARG001 - put in place
    """Only what killed runs left is removed: not a living process's temporary files, nor a user's files of like names."""
    kept = [
        f".a.txt.{os.getppid()}.tmp",
        f".b.txt.adding.{os.getppid()}.tmp",
        "b.txt.toml",
        "c.txt.toml",
        ".c.txt.tmp",
        ".d.1x.tmp",
    ]
    for name in kept:
        (corpus / name).touch()
    add([str(corpus / "a.txt")], corpus, None)

    assert all((corpus / name).exists() for name in kept)
