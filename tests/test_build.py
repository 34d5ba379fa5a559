"""Building: which files are notices, what is written, what happens to the ones that fail, what a crash leaves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys

import msgspec
import pytest
from factories import fake_process

import extractor
from extractor.build import incremental, publish
from extractor.build.incremental import build, find_notices
from extractor.dataset import store
from extractor.errors import CatalogError, DatasetError

NATIONAL = "医保发〔2022〕20号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。个人缴费350元。\n"
OTHER = "赣医保发〔2022〕14号\n各市医保局：\n一、人均财政补助标准达到每人每年610元。\n"


@pytest.fixture(autouse=True)
def pipeline(stand_in):
    """Put the stand-in in the place of the pipeline."""
    return stand_in


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    for name, text in {"100000/2022-a.txt": NATIONAL, "360000/2022-b.txt": OTHER}.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return folder


def tree(folder):
    """Read the files of an outputs folder, without what builds remember there."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".state/")}


def test_outputs(corpus, tmp_path):
    """A build writes the dataset, its schema and a ledger for each notice, and says so."""
    (corpus / "100000/2022-a.txt.toml").write_text('url = "https://example.org/a"\nrestates = "x"\n', "utf-8")
    report = build(corpus, tmp_path / "out")
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (NATIONAL, OTHER)]

    assert sorted(tree(tmp_path / "out")) == sorted(report.published.written)
    assert set(report.published.written) == {
        "dataset.json", "dataset.schema.json", *(f"ledger/{digest}.jsonl" for digest in digests)
    }  # fmt: skip
    dataset = store.load(tmp_path / "out/dataset.json")

    assert dataset == report.dataset
    assert [notice.source.path for notice in dataset.notices] == ["100000/2022-a.txt", "360000/2022-b.txt"]
    assert dataset.notices[0].source.url == "https://example.org/a"
    assert [fact.value for fact in dataset.facts] == ["610", "350", "610"]
    assert {check.status for check in dataset.checks} <= {"pass", "not_made"}
    assert (dataset.comparisons, dataset.dataset_version) == ((), "1.0.0")
    rows = (tmp_path / f"out/ledger/{digests[0]}.jsonl").read_text("utf-8").splitlines()

    assert [list(json.loads(row)) for row in rows] == [["disposition", "end", "exact", "reason", "ref", "start"]] * 2


def test_second_build_changes_nothing(corpus, tmp_path):
    """A build that finds the same touches no file."""
    build(corpus, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if ".state" not in str(path)}
    report = build(corpus, tmp_path / "out")

    assert before == {path: path.stat().st_mtime_ns for path in before}
    assert (report.published.written, report.published.removed, report.published.unchanged) == ((), (), 4)


def test_finding(corpus):
    """Sidecars, corrections and hidden files are no notices; outputs inside the corpus aren't either."""
    for name in (
        ".hidden",
        "corrections.toml",
        "100000/2022-a.txt.toml",
        ".git/x.txt",
        "outputs/old.txt",
        "z/深/c.htm",
    ):
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    names = [file.name for file in find_notices(corpus, skip=corpus / "outputs")]

    assert names == ["100000/2022-a.txt", "360000/2022-b.txt", "z/深/c.htm"]
    assert [file.name for file in find_notices(corpus / "z/深/c.htm")] == ["c.htm"]


def test_no_notices(tmp_path):
    """A folder without notices and one that isn't there are errors that say what to do."""
    with pytest.raises(DatasetError, match=r"no notices in this folder.*Put notices there"):
        build(tmp_path, tmp_path / "out")
    with pytest.raises(DatasetError, match=r"no such file or folder.*extractor build FOLDER"):
        build(tmp_path / "none", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_failing_notices_are_set_aside(corpus, tmp_path):
    """A notice that fails stands in set_aside with its reason; the rest is built."""
    (corpus / "a-empty.txt").write_bytes(b"")
    (corpus / "b-bad.txt").write_text("坏的通知，坏的通知，坏的通知。", "utf-8")
    (corpus / "c-gone.txt").symlink_to(corpus / "nowhere")
    (corpus / "f-loop.txt").symlink_to(corpus / "f-loop.txt")
    (corpus / "100000/g-up").symlink_to(corpus)
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(corpus):
        listening.bind("h-socket")  # whose path must be short
    (corpus / "i-device").symlink_to("/dev/zero")
    (corpus / "d.txt").write_text(NATIONAL.replace("20号", "21号"), "utf-8")
    (corpus / "d.txt.toml").write_text("adress = 1\n", "utf-8")
    os.mkfifo(corpus / "e-pipe")
    dataset = build(corpus, tmp_path / "out").dataset
    reasons = {item.path: item.reason for item in dataset.set_aside}

    assert reasons == {
        "a-empty.txt": "empty", "b-bad.txt": "internal_error", "c-gone.txt": "unreadable", "d.txt": "sidecar",
        "e-pipe": "unreadable", "f-loop.txt": "unreadable", "100000/g-up": "unreadable", "h-socket": "unreadable",
        "i-device": "unreadable",
    }  # fmt: skip
    assert len(dataset.notices) == 2
    messages = {item.path: item.message for item in dataset.set_aside}

    assert messages["b-bad.txt"] == "ValueError: met 坏 at <object object at 0x…>"
    assert "adress" in messages["d.txt"]
    assert "link to a folder" in messages["100000/g-up"]
    assert not any(str(tmp_path) in message for message in messages.values())


def test_wrong_data_file_ends_the_build(corpus, tmp_path, monkeypatch, pipeline):
    """A wrong data file would spoil every notice: it is an error, and nothing is written."""

    def broken(*_args, **_fields):
        raise CatalogError("units.toml: unit 'x' …")

    monkeypatch.setattr(pipeline, "process", broken)
    with pytest.raises(CatalogError):
        build(corpus, tmp_path / "out")

    assert tree(tmp_path / "out") == {}


def test_result_that_cannot_be_written_is_set_aside(corpus, tmp_path, monkeypatch, pipeline):
    """A result with two facts of one id, or with half a character, costs its notice only."""

    def odd(source, resources, **fields):
        result = fake_process(source, resources, **fields)
        if "a.txt" in fields["path"]:
            return msgspec.structs.replace(result, facts=result.facts[:1] * 2)
        broken = [msgspec.structs.replace(fact, subject="\ud800") for fact in result.facts]
        return msgspec.structs.replace(result, facts=tuple(broken))

    monkeypatch.setattr(pipeline, "process", odd)
    (corpus / "z.txt").write_text(NATIONAL, "utf-8")
    dataset = build(corpus, tmp_path / "out").dataset

    assert [item.reason for item in dataset.set_aside] == ["internal_error"] * 3
    assert (dataset.notices, dataset.facts) == ((), ())


def test_same_number_twice(corpus, tmp_path):
    """The second text of a document gets ~2, the third ~3, in the order of their paths."""
    for name in ("z-again.txt", "z-more.txt"):
        (corpus / name).write_text(NATIONAL + f"{name}\n", "utf-8")
    (corpus / "zz-copy.txt").write_text(NATIONAL, "utf-8")
    dataset = build(corpus, tmp_path / "out").dataset

    assert [notice.notice_id for notice in dataset.notices] == [
        "医保发〔2022〕20号", "赣医保发〔2022〕14号",
        "医保发〔2022〕20号~2", "医保发〔2022〕20号~3", "医保发〔2022〕20号~4",
    ]  # fmt: skip
    assert len({fact.fact_id for fact in dataset.facts}) == len(dataset.facts) == 9


def test_source_text_is_kept_where_the_file_is_not_it(corpus, tmp_path):
    """The text of an HTML file is kept; that of plain text in any encoding is the decoded file itself."""
    page = f"<html><body><h1>通知</h1><p>{NATIONAL}</p></body></html>".encode()
    (corpus / "page.html").write_bytes(page)
    (corpus / "gb.txt").write_bytes(NATIONAL.replace("20号", "22号").encode("gb18030"))
    report = build(corpus, tmp_path / "out")
    name = f"sources/{hashlib.sha256(page).hexdigest()}.txt"

    assert [written for written in report.published.written if written.startswith("sources/")] == [name]
    text = (tmp_path / "out" / name).read_bytes().decode("utf-8")
    for fact in report.dataset.facts:
        if fact.evidence.source.endswith(hashlib.sha256(page).hexdigest()):
            assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.exact


def test_stale_files_are_removed(corpus, tmp_path):
    """Files of notices that are gone, and of killed builds, go; the user's own stay."""
    out = tmp_path / "out"
    build(corpus, out)
    finished = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = f".dataset.json.{int(finished.stdout)}.tmp"
    stale = f"sources/{'0' * 64}.txt"
    for name in (
        "sources/mine.txt",
        "ledger/README",
        "CHANGES.md",
        left,
        stale,
    ):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("x", "utf-8")
    (out / "history").mkdir()
    (out / "history/1.0.0.json").write_bytes((out / "dataset.json").read_bytes())
    (corpus / "360000/2022-b.txt").unlink()
    report = build(corpus, out)
    gone = hashlib.sha256(OTHER.encode()).hexdigest()

    assert set(report.published.removed) == {left, stale, f"ledger/{gone}.jsonl"}
    assert (out / "sources/mine.txt").exists()
    assert (out / "history/1.0.0.json").exists()


# ── catastrophes ────────────────────────────────────────────────────────────────────────────────────────────────────


class Full:
    """A file on a full disk."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, data):
        self.file.write(data[:10])
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("full", ["dataset.json", "dataset.schema.json", "ledger"])
def test_full_disk_keeps_the_old(full, corpus, tmp_path, monkeypatch):
    """When the disk is full, the error says so, the old dataset stands and no temporary file is left."""
    out = tmp_path / "out"
    build(corpus, out)
    old = store.load(out / "dataset.json")
    (out / "dataset.schema.json").write_text("{}", "utf-8")
    (corpus / "c.txt").write_text(NATIONAL.replace("610", "640"), "utf-8")
    original = type(out).open

    def open_on_full_disk(self, mode="r", *args, **fields):
        file = original(self, mode, *args, **fields)
        return Full(file) if "x" in mode and full in str(self) else file

    monkeypatch.setattr(type(out), "open", open_on_full_disk)
    with pytest.raises(DatasetError, match=r"No space left.*unchanged"):
        build(corpus, out)

    assert old == store.load(out / "dataset.json")
    assert not list(out.rglob("*.tmp"))


KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from factories import fake_process
from types import ModuleType
module = ModuleType("extractor.pipeline"); module.process = fake_process
sys.modules["extractor.pipeline"] = module
from extractor.build.incremental import build
calls = 0
real = getattr(os, sys.argv[4])
def dying(*given):
    global calls
    calls += 1
    if calls == int(sys.argv[5]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(os, sys.argv[4], dying)
build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("call", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["fsync", "replace", "unlink"])
def test_killed_build_leaves_old_or_new(name, call, corpus, tmp_path):
    """A build killed at any step of writing leaves a dataset that loads, with its ledgers; the next build cleans up."""
    out = tmp_path / "out"
    build(corpus, out)
    old = store.load(out / "dataset.json")
    (corpus / "360000/2022-b.txt").write_text(OTHER + "三、另有20元。", "utf-8")
    (corpus / "c.txt").write_text(NATIONAL.replace("610", "640"), "utf-8")
    here = os.path.dirname(__file__)  # noqa: PTH120
    arguments = [sys.executable, "-c", KILLED, str(corpus), str(out), here, name, str(call)]
    died = subprocess.run(arguments, cwd=os.path.dirname(here), check=False)  # noqa: PTH120, S603 - our own program
    found = store.load(out / "dataset.json")

    assert died.returncode == -signal.SIGKILL
    assert all((out / f"ledger/{notice.source.sha256}.jsonl").exists() for notice in found.notices)
    build(corpus, out)

    assert found in (old, store.load(out / "dataset.json"))
    assert not list(out.rglob("*.tmp"))
    assert len(list((out / "ledger").iterdir())) == 3


def test_outputs_that_is_a_file(corpus, tmp_path):
    """An output folder that is a file is an error that says so."""
    (tmp_path / "out").write_text("x", "utf-8")
    with pytest.raises(DatasetError, match="is a file, expected a folder"):
        build(corpus, tmp_path / "out")


def test_read_notice(corpus):
    """One notice is read from a path or from bytes."""
    from_path = extractor.read_notice(str(corpus / "100000/2022-a.txt"))
    from_bytes = extractor.read_notice(NATIONAL.encode())

    assert from_path.facts == from_bytes.facts
    assert from_path.notice.source.path == "2022-a.txt"


def test_progress(corpus, tmp_path):
    """Progress is told file by file, in order."""
    told = []
    incremental.build(corpus, tmp_path / "out", progress=lambda *step: told.append(step))

    assert told == [(0, 2, "100000/2022-a.txt"), (1, 2, "360000/2022-b.txt"), (2, 2, "")]


def test_names_of_published_files():
    """The names that other commands rely on."""
    assert (publish.DATASET, publish.SCHEMA) == ("dataset.json", "dataset.schema.json")
