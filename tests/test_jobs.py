"""Several processes: outcomes in order, whoever dies is replaced, what two died of is set aside, and the same bytes."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from test_kill import EVERY_RUN, MOMENTS, ROOT, lasting, start, tree, write

from extractor.build.corpus import reading_task
from extractor.build.engine import Lost, Task, engine_for
from extractor.build.engine import processes as workers
from extractor.build.engine.processes import PAYS, Processes
from extractor.build.incremental import build
from extractor.dataset import store
from extractor.errors import CatalogError, DatasetError
from extractor.resources import load

TASKS = """
import os, signal, time
from pathlib import Path
from extractor.build.corpus import ReadingTask, do_reading_task
from extractor.errors import CatalogError
from extractor.messages import Message

def plain(data, resources):
    return data

def slowly(data, resources):
    Path(__file__).with_name("began").touch()
    time.sleep(0.5)
    return do_reading_task(data, resources)

def slow_first(data, resources):
    time.sleep(0.02 if int(data) % 5 == 0 else 0)
    return data + b" " + str(os.getpid()).encode()

def dies(data, resources):
    if data == b"7":
        os.kill(os.getpid(), signal.SIGKILL)
    return data

def dies_once(data, resources):
    mark = Path(__file__).with_name("died")
    if data == b"7" and not mark.exists():
        mark.touch()
        os._exit(9)
    return data

def raises(data, resources):
    if data == b"7":
        raise CatalogError(Message("{path}: wrong", path="units.toml"))
    return data

def fault(data, resources):
    raise KeyError(data.decode())

def hangs(data, resources):
    Path(__file__).with_name("pid").write_text(str(os.getpid()))
    time.sleep(600)

def poisoned(data, resources):
    if b"05.txt" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    return do_reading_task(data, resources)
"""


@pytest.fixture(autouse=True)
def tasks(tmp_path, monkeypatch):
    """Put the tasks where processes find them."""
    (tmp_path / "made_tasks.py").write_text(TASKS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "made_tasks", raising=False)
    return tmp_path


def outcomes(function, jobs, count=20):
    with engine_for(jobs, load()) as engine:
        return list(engine.run((Task("made_tasks", function, str(n).encode()) for n in range(count)), count))


def test_in_order():
    """Outcomes come in the order of the tasks, whoever was first; all processes work, and one is this one."""
    found = [one.split() for one in outcomes("slow_first", 3, 200)]
    alone = [one.split() for one in outcomes("slow_first", 1, 200)]

    assert [number for number, _ in found] == [number for number, _ in alone] == [str(n).encode() for n in range(200)]
    assert len({pid for _, pid in found}) == 3
    assert {int(pid) for _, pid in alone} == {os.getpid()}


EXPECTED = [str(n).encode() for n in range(20)]
DEATHS = [
    ("one dies", "dies_once", EXPECTED),
    ("two die", "dies", [Lost(-signal.SIGKILL) if one == b"7" else one for one in EXPECTED]),
]


@pytest.mark.parametrize(("function", "expected"), [row[1:] for row in DEATHS], ids=[row[0] for row in DEATHS])
def test_deaths(function, expected):
    """A process that dies is replaced and its task done again; what two died of is lost, and nothing else."""
    assert outcomes(function, 2) == expected


RAISED = [
    ("raises", CatalogError, "units.toml: wrong"),
    ("fault", RuntimeError, "'0'"),
]


@pytest.mark.parametrize(("function", "kind", "words"), RAISED, ids=[row[0] for row in RAISED])
def test_what_ends_a_run(function, kind, words):
    """An error of the package ends the run as where there is one process; a fault of ours, too."""
    with pytest.raises(kind, match=words):
        outcomes(function, 2)


def test_processes_that_never_begin(monkeypatch):
    """A process that can't even begin ends the run, and no notice is blamed."""
    monkeypatch.setattr(workers, "WORKER", "extractor.no_such_module")

    with pytest.raises(DatasetError, match="--jobs 1"):
        outcomes("dies", 2)


USED = [
    ("few tasks", None, 10, 0),
    ("enough", None, 3 * PAYS, 2),
    ("asked for", 2, 10, 2),
    ("no more than tasks", 8, 3, 3),
    ("one task", 8, 1, 0),
]


@pytest.mark.parametrize(("jobs", "count", "used"), [row[1:] for row in USED], ids=[row[0] for row in USED])
def test_as_many_as_pay(jobs, count, used, monkeypatch):
    """Without a number there are as many as processors, where there is enough to do."""
    monkeypatch.setattr(workers, "processors", lambda: 2)
    with engine_for(jobs, load()) as engine:
        assert isinstance(engine, Processes)
        list(engine.run((Task("made_tasks", "slow_first", b"1") for _ in range(count)), count))

        assert len(engine._workers) == used


def test_interrupted(tasks):
    """Whoever is interrupted while waiting has the processes end at once."""

    def interrupt():
        while not (tasks / "pid").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt), engine_for(2, load()) as engine:
        list(engine.run((Task("made_tasks", "hangs", b"") for _ in range(2)), 2))

    assert not is_running(int((tasks / "pid").read_text()))


# ── builds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def corpus(tmp_path):
    """Write notices that are read, that are set aside, and two with the same bytes."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, 0)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "again.txt").write_bytes((folder / "01.txt").read_bytes())
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "02.txt.toml").write_text("adress = 1\n", "utf-8")
    (folder / "04.txt.toml").write_text('url = "https://example.org/a"\n', "utf-8")
    return folder


def test_same_bytes(corpus, tmp_path):
    """However many processes there are, outputs, report and progress are the same."""
    reports, said = [], []
    for jobs in (1, 2, 3):
        steps = []
        reports.append(build(corpus, tmp_path / str(jobs), jobs=jobs, progress=lambda *step: steps.append(step)))  # noqa: B023
        said.append(steps)

    assert tree(tmp_path / "1") == tree(tmp_path / "2") == tree(tmp_path / "3")
    first, *others = [(report.summary, report.reread, report.new) for report in reports]
    assert others == [first, first]
    assert said[0] == said[1] == said[2]
    assert build(corpus, tmp_path / "2", jobs=2).published.written == ()


def test_poison(corpus, tmp_path, monkeypatch):
    """A notice that processes die of is set aside with how; all others are built, and the next build reads it again."""

    def poisoned(file, limits):
        return Task("made_tasks", "poisoned", reading_task(file, limits).data)

    with monkeypatch.context() as patched:
        patched.setattr("extractor.build.incremental.reading_task", poisoned)
        report = build(corpus, tmp_path / "out", jobs=2)
    aside = {item.path: item for item in report.summary.set_aside}

    assert aside["05.txt"].reason == "internal_error"
    assert "two processes ended while they read it, the last with signal 11" in aside["05.txt"].message
    assert aside["05.txt"].sha256
    build(corpus, tmp_path / "out")
    build(corpus, tmp_path / "clean")
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


LOST = [
    ("region", "extractor.build.rows.Rows._task", "region 100000: two processes ended while they made its series"),
    (
        "sentences",
        "extractor.build.sentence_diff.measures.Task",
        "00.txt and 01.txt: two processes ended while they compared these",
    ),
]


@pytest.mark.parametrize(("place", "words"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_else_processes_die_of(place, words, corpus, tmp_path, monkeypatch):
    """A region or two years that processes die of end the build, and are named; what was read is kept for the next one."""
    with monkeypatch.context() as patched:
        patched.setattr(place, lambda *_: Task("made_tasks", "dies", b"7"))
        with pytest.raises(DatasetError, match=words):
            build(corpus, tmp_path / "out", jobs=2)

    assert not (tmp_path / "out/dataset.json").exists()
    assert build(corpus, tmp_path / "out").reread == 0
    build(corpus, tmp_path / "clean")
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


def start_group(corpus, out, *options):
    """Start a build in a group of its own, as a terminal does."""
    command = [sys.executable, "-m", "extractor", "build", str(corpus), "-o", str(out), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def children(pid):
    """List the processes that a process started."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_ended(ending, corpus, tmp_path):
    """Ctrl-C ends as with one process, and whatever ends the build leaves no process behind; the next one completes."""
    out = tmp_path / "out"
    process = start_group(corpus, out, "--jobs=2")
    deadline = time.monotonic() + 120
    while len(found := children(process.pid)) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    (os.killpg if ending == signal.SIGINT else os.kill)(process.pid, ending)
    said = process.communicate()[1].decode()

    assert len(found) == 2
    assert process.returncode == (130 if ending == signal.SIGINT else -ending), said
    while any(map(is_running, found)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, found))
    assert not (out / "dataset.json").exists()
    build(corpus, out, jobs=2)
    build(corpus, tmp_path / "clean")
    assert tree(out) == tree(tmp_path / "clean")
    assert store.load(out / "dataset.json").notices


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
@pytest.mark.parametrize("count", [EVERY_RUN, pytest.param(MOMENTS, marks=pytest.mark.slow)])
def test_worker_killed_at_any_moment(count, tmp_path):
    """A process that is killed while the build runs costs nothing: the same bytes, and nobody is set aside."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write(corpus, 0)
    lasts = lasting(corpus, tmp_path / "clean", "--jobs=2")
    dice = random.Random(count)  # noqa: S311 - for moments, not for secrets
    met = 0
    for number in range(count):
        out = tmp_path / str(number)
        process = start(corpus, out, "--jobs=2")
        time.sleep((number + dice.random()) / count * lasts)
        if found := children(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(found), signal.SIGKILL)
                met += 1
        said = process.communicate()[0].decode()

        assert process.returncode == 0, said
        assert tree(out) == tree(tmp_path / "clean")
    assert met or count == EVERY_RUN


def test_two_builds_at_once(tmp_path):
    """Of two builds that begin at once one waits for the other, or says who writes; what is built is whole."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    write(corpus, 0)
    both = [start(corpus, out, "--jobs=2", "--wait=120") for _ in range(2)]

    assert [process.communicate()[1] or process.returncode for process in both] == [0, 0]
    build(corpus, tmp_path / "clean")
    assert tree(out) == tree(tmp_path / "clean")
