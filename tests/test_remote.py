"""A corpus and outputs at addresses: the same bytes as in folders, what is new or changed alone goes there, the dataset last."""

from __future__ import annotations

import builtins
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import fsspec
import pytest
from msgspec.structs import replace
from test_cluster import Client
from test_kill import tree, write

from extractor.build import remote, storage
from extractor.build.corpus import find_notices, notices_among
from extractor.build.engine import Cluster, shards
from extractor.build.engine.cluster import DaskEngine
from extractor.build.incremental import build
from extractor.build.remote import build_at
from extractor.cli import main as cli
from extractor.errors import DatasetError
from extractor.ingest import DEFAULT
from extractor.release import release

CORPUS, OUT = "memory://bucket/corpus", "memory://bucket/out"


@pytest.fixture(autouse=True)
def memory(monkeypatch, tmp_path):
    """Begin with nothing at addresses, and with a cache of our own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, 0)
    (folder / "360000").mkdir()
    (folder / "360000/empty.txt").write_bytes(b"")
    (folder / "04.txt.toml").write_text('url = "https://example.org/a"\n', "utf-8")
    return folder


def sent_to(system, folder, place="/bucket/corpus"):
    """Bring an address in line with a folder, as a user does."""
    for path in system.find(place):
        if not (folder / path[len(place) + 1 :]).exists():
            system.rm_file(path)
    for path in (one for one in folder.rglob("*") if one.is_file()):
        name = f"{place}/{path.relative_to(folder).as_posix()}"
        if not system.exists(name) or system.cat_file(name) != path.read_bytes():
            system.pipe_file(name, path.read_bytes())


def there(system, place="/bucket/out"):
    return {path[len(place) + 1 :]: system.cat_file(path) for path in system.find(place)}


RUN = partial(build, jobs=1)


@pytest.mark.parametrize("layout", ["json", "partitioned"])
def test_same_bytes(layout, memory, corpus, tmp_path):
    """What stands at the address is what a build of folders writes; the second time nothing is sent."""
    run = partial(build, jobs=1, layout=layout)
    sent_to(memory, corpus)
    run(corpus, tmp_path / "out")
    report, sent = build_at(CORPUS, OUT, run)

    assert there(memory) == tree(tmp_path / "out")
    assert sent == len(tree(tmp_path / "out"))
    assert report.summary.set_aside
    assert build_at(CORPUS, OUT, run)[1] == 0
    write(corpus, 1)
    sent_to(memory, corpus)
    run(corpus, tmp_path / "out")
    fresh, _ = build_at(CORPUS, OUT, run)
    assert there(memory) == tree(tmp_path / "out")
    assert 0 < fresh.reread < report.reread


def test_only_the_corpus(memory, corpus, tmp_path):
    """A corpus at an address builds into a folder; files that are not notices are not fetched."""
    sent_to(memory, corpus)
    memory.pipe_file("/bucket/corpus/.hidden/a.txt", b"a")
    memory.pipe_file("/bucket/corpus/b.txt.part", b"b")
    RUN(corpus, tmp_path / "out")
    _, sent = build_at(CORPUS, str(tmp_path / "local"), RUN, work=tmp_path / "work")

    assert tree(tmp_path / "local") == tree(tmp_path / "out")
    assert sent is None
    assert not (tmp_path / "work/corpus/.hidden").exists()


def test_local_address(corpus, tmp_path):
    """An address of this machine's disks is one like any other; no half of a file is left there."""
    RUN(corpus, tmp_path / "out")
    build_at(str(corpus), f"file://{tmp_path}/there", RUN)

    assert tree(tmp_path / "there") == tree(tmp_path / "out")


def test_dataset_last(memory, corpus, monkeypatch):
    """A build that is cut off while it sends leaves the old dataset; the next one sends what is missing."""
    sent_to(memory, corpus)
    build_at(CORPUS, OUT, RUN)
    before = there(memory)["dataset.json"]
    write(corpus, 1)
    sent_to(memory, corpus)
    order, put = [], remote._put

    def cut_off(system, path, name):
        order.append(path.name)
        if path.name == "dataset.json":
            raise OSError(5, "connection lost")
        put(system, path, name)

    with monkeypatch.context() as patched:
        patched.setattr(remote, "_put", cut_off)
        with pytest.raises(DatasetError, match=r"memory://bucket/out: cannot be read or written: .*connection lost"):
            build_at(CORPUS, OUT, RUN)
    assert order[-1] == "dataset.json"
    assert len(order) > 1
    assert there(memory)["dataset.json"] == before
    _, sent = build_at(CORPUS, OUT, RUN)
    assert there(memory)["dataset.json"] != before
    assert sent >= 1


def test_another_machine(memory, corpus, tmp_path):
    """Releases come from the address where the folder to work in is lost; versions go on from there."""
    sent_to(memory, corpus)
    build_at(CORPUS, OUT, RUN, work=tmp_path / "one")
    release(tmp_path / "one/outputs")
    build_at(CORPUS, OUT, RUN, work=tmp_path / "one")
    write(corpus, 1)
    sent_to(memory, corpus)
    report, _ = build_at(CORPUS, OUT, RUN, work=tmp_path / "two")

    assert report.summary.dataset_version == "2.0.0"
    assert (tmp_path / "two/outputs/history/1.0.0.json").read_bytes() == there(memory)["history/1.0.0.json"]
    assert "CHANGES.md" in there(memory)


def test_strangers_files_stay(memory, corpus):
    """What stands at the address by others' hands stays there."""
    sent_to(memory, corpus)
    memory.pipe_file("/bucket/out/mine.txt", b"mine")
    memory.pipe_file("/bucket/out/sources/mine.txt", b"mine")
    memory.pipe_file(f"/bucket/out/sources/{'0' * 64}.txt", b"of a notice that is gone")
    build_at(CORPUS, OUT, RUN)

    assert {"mine.txt", "sources/mine.txt"} <= set(there(memory))
    assert f"sources/{'0' * 64}.txt" not in there(memory)


def test_changed_there(memory, corpus):
    """What was changed or removed at the address is sent again."""
    sent_to(memory, corpus)
    build_at(CORPUS, OUT, RUN)
    before = there(memory)
    memory.pipe_file("/bucket/out/dataset.schema.json", b"{}")
    memory.rm_file("/bucket/out/dataset.json")
    build_at(CORPUS, OUT, RUN)

    assert there(memory) == before


def test_too_large(memory, corpus, tmp_path):
    """A file larger than a notice may be isn't fetched, and is set aside as it would be in a folder."""
    small = replace(DEFAULT, bytes=4096)
    (corpus / "large.txt").write_bytes(b"a" * 5000)
    sent_to(memory, corpus)
    run = partial(build, jobs=1, limits=small)
    run(corpus, tmp_path / "out")
    build_at(CORPUS, OUT, run, limits=small)

    assert there(memory)["dataset.json"] == (tmp_path / "out/dataset.json").read_bytes()


# ── read by workers ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_notices_as_in_a_folder(corpus):
    """Of all files at an address those are notices that would be in a folder: no hidden ones, none of editors, none that a build wrote."""
    RUN(corpus, corpus / "built")
    for name in (".hidden/a.txt", "b.txt.part", "c.txt~", "deep/er/sources/d.txt", "sources/e.txt", "dataset.json"):
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text("每人每年610元", "utf-8")
    names = [path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()]

    assert notices_among(names) == [file.name for file in find_notices(corpus)]
    assert "deep/er/sources/d.txt" in notices_among(names)


@pytest.fixture
def workers(monkeypatch):
    """Stand in for a cluster, whose workers read and write memory like this process; list what they fetched, and where they wrote."""
    fetched, written = [], []
    read, write_shard = storage.read_at, shards.write_shard
    monkeypatch.setattr(DaskEngine, "_connect", lambda engine: setattr(engine, "_client", Client()))
    monkeypatch.setattr("extractor.build.corpus.read_at", lambda file: fetched.append(file.name) or read(file))
    monkeypatch.setattr(shards, "write_shard", lambda place, *more: written.append(place) or write_shard(place, *more))
    return SimpleNamespace(fetched=fetched, written=written)


def test_workers_fetch(workers, memory, corpus, tmp_path):
    """Workers fetch the notices, and leave their shards at the address of outputs; this machine has none of either."""
    sent_to(memory, corpus)
    memory.pipe_file("/bucket/corpus/.hidden/a.txt", b"a")
    RUN(corpus, tmp_path / "out")
    report, _ = build_at(CORPUS, OUT, RUN, work=tmp_path / "work", cluster=Cluster())

    assert there(memory) == tree(tmp_path / "out")
    assert sorted(workers.fetched) == sorted(
        path.relative_to(corpus).as_posix() for path in corpus.rglob("*.*") if path.is_file() and path.suffix != ".toml"
    )
    assert set(workers.written) == {f"{OUT}/.state/shards"}
    assert [path.name for path in (tmp_path / "work/corpus").rglob("*") if path.is_file()] == ["04.txt.toml"]
    assert report.summary.set_aside


def test_workers_fetch_what_is_new(workers, memory, corpus, tmp_path):
    """What was read of the bytes that the driver tells of again isn't fetched again; what is new or changed there is."""
    sent_to(memory, corpus)
    build_at(CORPUS, OUT, RUN, cluster=Cluster())
    workers.fetched.clear()
    report, sent = build_at(CORPUS, OUT, RUN, cluster=Cluster())
    assert (report.reread, sent, workers.fetched) == (0, 0, [])

    write(corpus, 1)
    before = {path: memory.cat_file(path) for path in memory.find("/bucket/corpus")}
    sent_to(memory, corpus)
    changed = [path for path in memory.find("/bucket/corpus") if before.get(path) != memory.cat_file(path)]
    RUN(corpus, tmp_path / "out")
    workers.fetched.clear()
    build_at(CORPUS, OUT, RUN, cluster=Cluster())
    assert there(memory) == tree(tmp_path / "out")
    assert {"360000/empty.txt", *workers.fetched} == {
        "360000/empty.txt",
        *(path[len("/bucket/corpus/") :] for path in changed),
    }


def test_workers_go_on(workers, memory, corpus, tmp_path, monkeypatch):
    """What was read before the address couldn't be reached isn't fetched again."""
    sent_to(memory, corpus)
    RUN(corpus, tmp_path / "out")
    read, left = storage.read_at, [5]

    def lost(file):
        left[0] -= 1
        if left[0] < 0:
            raise storage.unreachable(file.address, OSError(5, "connection lost"))
        return read(file)

    monkeypatch.setattr("extractor.build.engine.cluster.MOST_TASKS", 2)
    with monkeypatch.context() as patched:
        patched.setattr("extractor.build.corpus.read_at", lost)
        with pytest.raises(DatasetError, match=r"memory://bucket/corpus: cannot be read or written: .*connection lost"):
            build_at(CORPUS, OUT, RUN, cluster=Cluster())
    assert not there(memory)
    report, _ = build_at(CORPUS, OUT, RUN, cluster=Cluster())
    assert there(memory) == tree(tmp_path / "out")
    assert len(workers.fetched) < report.summary.notices


def gone(memory, name, file):
    """Remove a file as soon as a worker is about to fetch it."""
    if file.name == name:
        memory.rm_file(f"/bucket/corpus/{name}")


@pytest.mark.usefixtures("workers")
def test_workers_find_it_gone(memory, corpus, monkeypatch):
    """A notice that has gone since it was listed is set aside, as in a folder; the others are built."""
    sent_to(memory, corpus)
    read = storage.read_at
    monkeypatch.setattr("extractor.build.corpus.read_at", lambda file: gone(memory, "05.txt", file) or read(file))
    report, _ = build_at(CORPUS, OUT, RUN, cluster=Cluster())

    aside = {one.path: one for one in report.summary.set_aside}
    assert aside["05.txt"].reason == "unreadable"
    assert "05.txt: there is no such file" in str(aside["05.txt"].message)


REVIEW = """[[review]]
action = "add"
words = "两百块"
fields = { kind = "money", value = "200", unit = "CNY" }
place = { path = "05.txt" }
who = "甲"
when = 2026-11-01
why = "漏读"
"""


@pytest.mark.usefixtures("workers")
@pytest.mark.parametrize("cluster", [None, Cluster()], ids=["here", "by workers"])
def test_reviews_of_notices_there(cluster, memory, corpus, tmp_path):
    """A review that gives the words of a notice at an address finds them."""
    text = (corpus / "05.txt").read_text("utf-8")
    (corpus / "05.txt").write_text(f"{text}三、另行补助两百块。\n", "utf-8")
    (corpus / "reviews.toml").write_text(REVIEW, "utf-8")
    sent_to(memory, corpus)
    RUN(corpus, tmp_path / "out")
    build_at(CORPUS, OUT, RUN, cluster=cluster)

    assert there(memory) == tree(tmp_path / "out")


REFUSED = [
    ("nothing there", "memory://bucket/empty", OUT, "no notices there"),
    ("no such scheme", "nosuch://bucket/corpus", OUT, "cannot be read or written: Protocol not known: nosuch"),
    ("no driver", "s3://bucket/corpus", OUT, "its driver is not installed"),
    ("outputs in the corpus", CORPUS, f"{CORPUS}/out", "lies in"),
    ("corpus in the outputs", f"{OUT}/corpus", OUT, "lies in"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("corpus_at", "out_at", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(corpus_at, out_at, words, memory, tmp_path):
    """What can't be reached is an error that names the address."""
    memory.pipe_file("/bucket/corpus/a.txt", b"a")
    with pytest.raises(DatasetError, match=words):
        build_at(corpus_at, out_at, RUN)
    assert not list(Path(tmp_path).rglob("dataset.json"))


HOSTILE = [("/bucket/corpus/a//evil.txt", "no name of a file here"), ("/bucket/corpus/../evil.txt", "no notices there")]


@pytest.mark.parametrize(("name", "words"), HOSTILE)
def test_hostile_name(name, words, memory, tmp_path):
    """A name that leads out of the folder, or that no file has, is not fetched."""
    memory.store[name] = fsspec.implementations.memory.MemoryFile(memory, name, b"evil")
    with pytest.raises(DatasetError, match=words):
        build_at(CORPUS, OUT, RUN)
    assert not list(tmp_path.rglob("evil.txt"))


def test_without_fsspec(monkeypatch, tmp_path):
    """Without the extra an address says what to install; a folder needs none."""
    found = builtins.__import__

    def missing(name, *more):
        if name == "fsspec":
            raise ImportError(name)
        return found(name, *more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(DatasetError, match=r"pip install 'policy-figures\[remote\]'"):
        build_at(CORPUS, str(tmp_path / "out"), RUN)


def test_command(memory, corpus, tmp_path, capsys):
    """The command takes addresses, and says where it worked."""
    sent_to(memory, corpus)
    with pytest.raises(SystemExit) as ended:
        cli.main(["build", CORPUS, "-o", OUT, "--work", str(tmp_path / "work"), "--jobs=1", "--lang=en"])

    assert ended.value.code == 3
    assert f"worked in {tmp_path}/work/outputs" in capsys.readouterr().err
    assert "dataset.json" in there(memory)
