"""Dask: the same bytes as one process, in order, and whatever dies costs nothing but what it died of."""

from __future__ import annotations

import builtins
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import msgspec
import pytest
from test_jobs import TASKS
from test_kill import MOMENTS, NOTICES, ROOT, tree, write

from extractor.build.corpus import reading_task
from extractor.build.engine import Cluster, Lost, Task, cluster, engine_for, shards
from extractor.build.engine.cluster import DaskEngine
from extractor.build.incremental import build
from extractor.cli import main as cli
from extractor.dataset import store
from extractor.errors import CatalogError, DatasetError
from extractor.resources import load


@pytest.fixture(autouse=True)
def tasks(tmp_path, monkeypatch):
    """Put the tasks of `test_jobs` where workers find them."""
    (tmp_path / "made_tasks.py").write_text(TASKS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "made_tasks", raising=False)
    return tmp_path


# ── without a cluster ───────────────────────────────────────────────────────────────────────────────────────────────


class Done:
    """Stands for a future that is done."""

    def __init__(self, client, batch):
        self.client, self.batch = client, batch

    def result(self):
        self.client.flying -= 1
        return self.client.outcome(self.batch)

    def exception(self):
        """Wait, and no more."""


class Client:
    """Stands for a cluster of two workers, who die of batches that hold a task of theirs, so many times."""

    def __init__(self, deadly=None, altered=None, told=1):
        self.deadly, self.altered, self.told, self.deaths = dict(deadly or {}), altered, told, 0
        self.flying = self.most = 0
        self.sizes = []

    def submit(self, function, packed, *, pure):
        assert function is shards.do_batch
        assert not pure
        self.flying += 1
        self.most = max(self.most, self.flying)
        return Done(self, packed)

    def outcome(self, packed):
        batch = msgspec.msgpack.decode(packed, type=shards.Batch)
        self.sizes.append(len(batch.tasks))
        data = [msgspec.msgpack.decode(task, type=Task).data for task in batch.tasks]
        for one in data:
            if self.deadly.get(one, 0):
                self.deadly[one] -= 1
                self.deaths += 1
                worker = SimpleNamespace(address=f"tcp://127.0.0.1:{(self.deaths - 1) // self.told}")
                from distributed import KilledWorker  # half a second that collecting the tests needn't take

                raise KilledWorker("batch", worker, 0)
        done = shards.do_batch(packed)
        return self.altered(batch, done) if self.altered else done

    def nthreads(self):
        return {"one": 1, "two": 1}

    def close(self, timeout):
        """Nothing is open."""


def outcomes(client, tmp_path, *, function="plain", count=20, size=4, seen=(), monkeypatch=None):
    monkeypatch.setattr(cluster, "MOST_TASKS", size)
    engine = DaskEngine(load(), Cluster(shards=str(tmp_path / "shards")), 2, seen)
    monkeypatch.setattr(engine, "_connect", lambda: setattr(engine, "_client", client))
    with engine:
        return list(engine.run((Task("made_tasks", function, str(n).encode()) for n in range(count)), count))


EXPECTED = [str(n).encode() for n in range(20)]


def test_in_batches(tmp_path, monkeypatch):
    """Tasks go in batches, no more at once than workers have to do, and shards are gone when they were read."""
    client = Client()

    assert outcomes(client, tmp_path, monkeypatch=monkeypatch, count=70) == [str(n).encode() for n in range(70)]
    assert client.sizes == [4] * 17 + [2]
    assert client.most == cluster.AHEAD * 2
    assert list((tmp_path / "shards").iterdir()) == []


DEADLY = [
    ("died once", {b"7": 1}, EXPECTED, [4, 4, 2, 2, 4, 4, 4]),
    ("poison", {b"7": 99}, [Lost(None) if one == b"7" else one for one in EXPECTED], [4, 4, 2, 2, 1, 1, 1, 4, 4, 4]),
    ("two of one batch", {b"5": 99, b"7": 99}, [Lost(None) if one in {b"5", b"7"} else one for one in EXPECTED], None),
    ("died twice alone", {b"7": 4}, [Lost(None) if one == b"7" else one for one in EXPECTED], None),
    ("died in its half", {b"7": 2}, EXPECTED, [4, 4, 2, 2, 1, 1, 4, 4, 4]),
    ("each once", dict.fromkeys(EXPECTED, 1), EXPECTED, None),
]  # fmt: skip


@pytest.mark.parametrize(("deadly", "expected", "sizes"), [row[1:] for row in DEADLY], ids=[row[0] for row in DEADLY])
def test_halves(deadly, expected, sizes, tmp_path, monkeypatch):
    """What workers died of is done again in halves, down to the one task, which is lost; all others come in order."""
    client = Client(deadly)

    assert outcomes(client, tmp_path, monkeypatch=monkeypatch) == expected
    assert sizes is None or client.sizes == sizes


@pytest.mark.parametrize(("times", "expected"), [(2, b"7"), (99, Lost(None))])
def test_a_death_told_twice(times, expected, tmp_path, monkeypatch):
    """A death that a task is told of twice counts once; without an end nothing is tried again."""
    client = Client({b"7": times + 2}, told=99)

    assert outcomes(client, tmp_path, monkeypatch=monkeypatch)[7] == expected


@pytest.mark.parametrize(("times", "expected"), [(2, b"20"), (3, Lost(None))])
def test_a_batch_of_one(times, expected, tmp_path, monkeypatch):
    """A death while others were at work is held against no task, though it was alone in its batch."""
    client = Client({b"20": times})

    assert outcomes(client, tmp_path, monkeypatch=monkeypatch, count=21)[20] == expected


def altered(**fields):
    def change(_, done):
        return msgspec.msgpack.encode(
            msgspec.structs.replace(msgspec.msgpack.decode(done, type=shards.Shard), **fields)
        )

    return change


def not_written(batch, done):
    shards.take_shard(batch.shards, msgspec.msgpack.decode(done, type=shards.Shard).name)
    return done


REFUSED = [
    ("elsewhere", {"client": Client(altered=not_written)}, DatasetError, "--shards"),
    ("other bytes", {"client": Client(altered=altered(digest="0" * 64))}, DatasetError, "not as a worker wrote it"),
    ("too few", {"client": Client(altered=altered(count=3))}, DatasetError, "not as a worker wrote it"),
    ("another version", {"client": Client(altered=altered(fault="version"))}, DatasetError, "Install the same"),
    ("no such folder", {"client": Client(), "seen": ["/no/such/corpus"]}, DatasetError, "doesn't see /no/such/corpus"),
    ("can't write", {"client": Client(altered=altered(fault="unwritten", name="full"))}, DatasetError, "can't write there: full"),
    ("wrong data file", {"client": Client(), "function": "raises"}, CatalogError, "units.toml: wrong"),
    ("fault of ours", {"client": Client(), "function": "fault"}, RuntimeError, "'0'"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_ends_a_run(given, kind, words, tmp_path, monkeypatch):
    """What can't be trusted ends the run with what to do; so does what a task raised."""
    with pytest.raises(kind, match=words):
        outcomes(tmp_path=tmp_path, monkeypatch=monkeypatch, **given)


def test_shards_at_an_address(tmp_path, monkeypatch):
    """Shards go to an address as to a folder; what is there by others' hands stays."""
    monkeypatch.setattr(shards, "absolute", lambda _: "memory://shards")
    system, _ = shards_system()
    system.pipe_file("/shards/left.shard", b"left")
    system.pipe_file("/shards/mine.txt", b"mine")

    assert outcomes(Client(), tmp_path, monkeypatch=monkeypatch) == EXPECTED
    assert [one["name"] for one in system.ls("/shards")] == ["/shards/mine.txt"]


def shards_system():
    from extractor.build.storage import file_system

    return file_system("memory://shards")


def test_without_dask(tmp_path, monkeypatch):
    """Without the extra a build says what to install, before it does anything."""
    found = builtins.__import__

    def missing(name, *more):
        if name == "distributed":
            raise ImportError(name)
        return found(name, *more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(DatasetError, match=r"pip install 'policy-figures\[dask\]'"):
        build(tmp_path, tmp_path / "out", cluster=Cluster())
    assert not (tmp_path / "out").exists()


WRONG = [
    (["--scheduler=tcp://10.0.0.1:8786"], "go with --engine dask"),
    (["--engine=dask", "--scheduler=10.0.0.1"], "no address of a scheduler"),
    (["--engine=dask", "--scheduler=tcp://10.0.0.1:8786", "--jobs=2"], "Give one of the two"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_wrong_options(options, words, tmp_path, capsys):
    """Options that don't go together, and what is no address, are said at once."""
    (tmp_path / "a.txt").write_text("甲", "utf-8")

    with pytest.raises(SystemExit) as ended:
        cli.main(["build", str(tmp_path), "-o", str(tmp_path / "out"), "--lang=en", *options])

    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_no_scheduler_there(tmp_path, monkeypatch):
    """A scheduler that isn't there is an error that says so."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    engine = engine_for(None, load(), Cluster(scheduler=address, shards=str(tmp_path)))
    found = engine.run([Task("made_tasks", "plain", b"1")], 1)

    with engine, pytest.raises(DatasetError, match="scheduler can't be reached"):
        list(found)


# ── a real one ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, 0)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "04.txt.toml").write_text('url = "https://example.org/a"\n', "utf-8")
    return folder


def test_same_bytes(corpus, tmp_path):
    """Two workers give the bytes that one process gives, and leave nothing."""
    build(corpus, tmp_path / "one", jobs=1)
    report = build(corpus, tmp_path / "two", jobs=2, cluster=Cluster())

    assert tree(tmp_path / "two") == tree(tmp_path / "one")
    assert report.reread == NOTICES - 1
    assert list((tmp_path / "two/.state/shards").iterdir()) == []


# Seconds that a build of the small corpus takes.
LASTS = 0.4


@contextlib.contextmanager
def a_cluster(folder, workers=2):
    """Run a scheduler and its workers, each a process of its own, as on several machines."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}

    def started(*command):
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", *command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )  # fmt: skip

    port = address.rpartition(":")[2]
    processes = [started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    processes += [started("distributed.cli.dask_worker", address, *options) for _ in range(workers)]
    try:
        yield address, processes
    finally:
        for process in processes:  # workers without a scheduler would wait for one
            process.kill()
            process.wait()


def workers_of(client, count):
    """List the processes of so many workers once all of them are there again: one killed while it starts isn't replaced."""
    found = []
    while len(found) < count:
        client.wait_for_workers(count, timeout=60)
        found = [one for one in client.run(os.getpid, on_error="ignore").values() if one is not None]
    return found


@pytest.mark.slow
def test_workers_killed(corpus, tmp_path, monkeypatch):
    """Workers that are killed at any moment cost nothing: the same bytes, and nobody is set aside."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "MOST_TASKS", 3)
    monkeypatch.setattr(cluster, "PATIENCE", 60)  # for those that take the place of both
    build(corpus, tmp_path / "one", jobs=1)
    aside = [str(one) for one in store.load(tmp_path / "one/dataset.json").set_aside]
    dice = random.Random(50)  # noqa: S311 - for moments, not for secrets
    killed = []

    def kill(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    with a_cluster(tmp_path) as (address, _), distributed.Client(address, set_as_default=False) as client:
        for number in range(MOMENTS):
            killers = [threading.Timer(dice.random() * LASTS, kill, (one,)) for one in workers_of(client, 2)]
            for killer in killers:
                killer.start()
            try:
                out = tmp_path / f"two{number}"
                build(corpus, out, cluster=Cluster(scheduler=address))
            finally:
                for killer in killers:
                    killer.cancel()
                    killer.join()

            assert [str(one) for one in store.load(out / "dataset.json").set_aside] == aside
            assert tree(out) == tree(tmp_path / "one")
    assert len(killed) > MOMENTS


@pytest.mark.slow
def test_poison(corpus, tmp_path, monkeypatch):
    """A notice that workers die of is set aside, all others are built, and the next build reads it again."""

    def poisoned(file, limits):
        return Task("made_tasks", "poisoned", reading_task(file, limits).data)

    with monkeypatch.context() as patched:
        patched.setattr("extractor.build.incremental.reading_task", poisoned)
        report = build(corpus, tmp_path / "out", jobs=2, cluster=Cluster())
    aside = {item.path: item for item in report.summary.set_aside}

    assert sorted(aside) == ["05.txt", "empty.txt", "loop.txt"]
    assert aside["05.txt"].reason == "internal_error"
    build(corpus, tmp_path / "out", jobs=1)
    build(corpus, tmp_path / "one", jobs=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "one")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
def test_scheduler_killed(corpus, tmp_path):
    """A scheduler that is killed ends the build with a word; what was there stays, and the next build completes."""

    def slow(file, limits):
        return Task("made_tasks", "slowly", reading_task(file, limits).data)

    write(corpus, 1)
    out = tmp_path / "out"
    build(corpus, out, jobs=1)
    before = tree(out)
    write(corpus, 0)
    with a_cluster(tmp_path) as (address, (scheduler, *_)), pytest.MonkeyPatch.context() as patched:
        patched.setattr("extractor.build.incremental.reading_task", slow)
        patched.setattr(cluster, "PATIENCE", 5)

        def kill():
            while not (tmp_path / "began").exists():
                time.sleep(0.02)
            scheduler.kill()

        threading.Thread(target=kill, daemon=True).start()
        with pytest.raises(DatasetError, match="the scheduler can't be reached"):
            build(corpus, out, cluster=Cluster(scheduler=address))
    assert tree(out) == before
    build(corpus, out, jobs=1)
    build(corpus, tmp_path / "one", jobs=1)
    assert tree(out) == tree(tmp_path / "one")
