"""Watching: with real files and events, everything that happens to a folder where notices arrive."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from types import ModuleType

import pytest
from factories import fake_process

import extractor
from extractor.build import watch as watching
from extractor.build.watch import watch
from extractor.dataset import store
from extractor.dataset.labels import load_labels
from extractor.errors import DatasetError, ExtractorError
from extractor.report.checks import round_line
from extractor.resources import load

pytest.importorskip("watchfiles")

NOTICE = "医保发〔2022〕{}号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。个人缴费350元。\n"
SETTLE = 0.15


@pytest.fixture(autouse=True)
def pipeline(monkeypatch):
    """Put the stand-in in the place of the pipeline."""
    module = ModuleType("extractor.pipeline")
    module.process = fake_process
    monkeypatch.setitem(sys.modules, "extractor.pipeline", module)
    monkeypatch.setattr(extractor, "pipeline", module, raising=False)
    monkeypatch.setattr(watching, "GLANCE", 50)
    monkeypatch.setattr(watching, "GATHER", 50)
    monkeypatch.setattr(watching, "STEP", 10)
    monkeypatch.setattr(watching, "PAUSE", 0.05)


class Watching:
    """Watches a corpus in a thread; gives its rounds one by one."""

    def __init__(self, corpus, outputs, **options):
        self.corpus, self.outputs = corpus, outputs
        self.rounds, self.taken, self.stop, self.error = [], 0, threading.Event(), None
        self.options = {"settle": SETTLE, **options}
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            for done in watch(self.corpus, self.outputs, stop=self.stop, **self.options):
                self.rounds.append(done)
        except Exception as error:  # noqa: BLE001 - for the test to see
            self.error = error

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()
        assert self.error is None

    def next(self, seconds=60):
        """Wait for the next round."""
        ends = time.monotonic() + seconds
        while len(self.rounds) <= self.taken:
            assert time.monotonic() < ends, f"no round within {seconds} s"
            assert self.error is None, self.error
            time.sleep(0.01)
        self.taken += 1
        return self.rounds[self.taken - 1]

    def quiet(self, seconds=0.6):
        """See that no round comes."""
        time.sleep(seconds)
        assert len(self.rounds) == self.taken

    def paths(self):
        dataset = store.load(self.outputs / "dataset.json")
        return [notice.source.path for notice in dataset.notices]


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "100000").mkdir(parents=True)
    (folder / "100000/a.txt").write_text(NOTICE.format(1), "utf-8")
    return folder


@pytest.fixture(params=[False, True], ids=["events", "poll"])
def poll(request):
    return request.param


@pytest.fixture
def watched(corpus, tmp_path):
    with Watching(corpus, tmp_path / "out") as running:
        assert running.next().new == ("100000/a.txt",)
        yield running


def test_files_come_change_and_go(corpus, tmp_path, poll):
    """A build at the start, and one each time that a file comes, changes, gets its sidecar, is renamed or goes."""
    with Watching(corpus, tmp_path / "out", poll=poll) as running:
        first = running.next()

        assert (first.new, first.report.summary.notices, first.error) == (("100000/a.txt",), 1, None)
        (corpus / "360000").mkdir()
        (corpus / "360000/b.txt").write_text(NOTICE.format(2), "utf-8")
        done = running.next()

        assert (done.new, done.report.summary.notices, done.report.reread) == (("360000/b.txt",), 2, 1)
        (corpus / "360000/b.txt").write_text(NOTICE.format(2).replace("610", "640"), "utf-8")

        assert running.next().changed == ("360000/b.txt",)
        (corpus / "360000/b.txt.toml").write_text('url = "https://example.org/b"\n', "utf-8")

        assert running.next().new == ("360000/b.txt.toml",)
        (corpus / "360000/b.txt").rename(corpus / "360000/c.txt")
        done = running.next()

        assert (done.new, done.gone) == (("360000/c.txt",), ("360000/b.txt",))
        (corpus / "360000/c.txt").unlink()

        assert running.next().gone == ("360000/c.txt",)
        assert running.paths() == ["100000/a.txt"]


def test_half_written_files(corpus, tmp_path):
    """A file that arrives bit by bit is read when it has come to rest, once."""
    text = NOTICE.format(2).encode()
    with Watching(corpus, tmp_path / "out", settle=0.5) as running:
        running.next()
        with (corpus / "b.txt").open("wb") as file:
            for at in range(0, len(text), 12):
                file.write(text[at : at + 12])
                file.flush()
                time.sleep(0.04)
        done = running.next()

        assert (done.new, done.restless, done.report.summary.facts) == (("b.txt",), (), 4)
        running.quiet()


def test_file_that_never_rests(corpus, tmp_path):
    """A file that is written on and on doesn't hold up the others for ever; at rest, it is read."""
    with Watching(corpus, tmp_path / "out", longest=0.5) as running:
        running.next()
        (corpus / "b.txt").write_text(NOTICE.format(2), "utf-8")
        ends = time.monotonic() + 1.2
        with (corpus / "log.txt").open("wb") as file:
            while time.monotonic() < ends:
                file.write("每人每年610元。\n".encode())
                file.flush()
                time.sleep(0.02)
        done = running.next()

        assert "b.txt" in done.new
        assert done.restless == ("log.txt",)
        lines = (corpus / "log.txt").read_bytes().count(b"\n")
        ends = time.monotonic() + 60
        while len(store.load(tmp_path / "out/dataset.json").facts) < 4 + lines:  # two notices of two, and the log
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_lost_events(corpus, tmp_path, monkeypatch):
    """Where the system loses events, a look now and then finds what has changed."""
    monkeypatch.setattr(watching, "SWEEP", 0.3)
    monkeypatch.setattr(watching, "is_passing", lambda path: path.startswith(("/", ".")))
    with Watching(corpus, tmp_path / "out") as running:
        running.next()
        (corpus / "b.txt").write_text(NOTICE.format(2), "utf-8")

        assert running.next().new == ("b.txt",)


def test_rename_over(watched, corpus):
    """A file replaced by another of the same size and time is seen."""
    before = (corpus / "100000/a.txt").stat()
    other = corpus.parent / "other.txt"
    other.write_text(NOTICE.format(1).replace("610", "640"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(corpus / "100000/a.txt")

    assert watched.next().changed == ("100000/a.txt",)
    dataset = store.load(watched.outputs / "dataset.json")

    assert [fact.value for fact in dataset.facts] == ["640", "350"]


def test_passing_files_wake_nobody(watched, corpus):
    """Hidden files, and those of editors, browsers and Office, start no build."""
    for name in (".hidden.txt", "b.txt~", ".b.txt.swp", "b.pdf.part", "b.crdownload", "~$b.docx", "b.txt.123.tmp"):
        (corpus / name).write_text(NOTICE.format(2), "utf-8")
    watched.quiet()


def test_finished_download(watched, corpus):
    """A download that gets its name at the end is read then."""
    (corpus / "b.txt.part").write_text(NOTICE.format(2), "utf-8")
    (corpus / "b.txt.part").rename(corpus / "b.txt")

    assert watched.next().new == ("b.txt",)
    assert watched.paths() == ["100000/a.txt", "b.txt"]


def test_burst(watched, corpus):
    """Two hundred files at once are one build, or few."""
    for number in range(200):
        (corpus / f"{number:03}.txt").write_text(NOTICE.format(number + 10), "utf-8")
    new, rounds = 0, 0
    while new < 200:
        new += len(watched.next().new)
        rounds += 1

    assert rounds <= 5
    assert len(watched.paths()) == 201


def test_outputs_inside_the_corpus(corpus):
    """What a build writes doesn't start another."""
    with Watching(corpus, corpus / "outputs") as running:
        running.next()
        running.quiet()
        (corpus / "b.txt").write_text(NOTICE.format(2), "utf-8")

        assert running.next().new == ("b.txt",)
        running.quiet()


def test_touched_file(watched, corpus):
    """A file touched but not changed makes a round that reads nothing."""
    (corpus / "100000/a.txt").touch()

    assert watched.next().report.reread == 0


@pytest.mark.parametrize("away", ["moved", "deleted"])
def test_folder_goes_and_comes_back(watched, corpus, away):
    """The folder itself may go: that is said once, and the watching goes on when there is one again."""
    shutil.move(corpus, corpus.parent / "away") if away == "moved" else shutil.rmtree(corpus)
    done = watched.next()
    while done.error is None or "folder is gone" not in done.error:  # the files went first
        done = watched.next()

    watched.quiet(0.3)
    assert watched.paths() == ["100000/a.txt"]
    (corpus / "200000").mkdir(parents=True)
    (corpus / "200000/z.txt").write_text(NOTICE.format(9), "utf-8")
    while done.report is None:
        done = watched.next()

    assert watched.paths() == ["200000/z.txt"]
    (corpus / "200000/y.txt").write_text(NOTICE.format(8), "utf-8")

    assert watched.next().new == ("200000/y.txt",)


def test_errors_end_nothing(watched, corpus):
    """A notice that can't be read, a wrong corrections file, an emptied folder: each is said, and the next build works."""
    (corpus / "b.txt").write_text("坏的通知，坏的通知，坏的通知。", "utf-8")
    done = watched.next()

    assert [item.path for item in done.report.summary.set_aside] == ["b.txt"]
    (corpus / "corrections.toml").write_text("nonsense\n", "utf-8")
    done = watched.next()

    assert done.report is None
    assert "corrections.toml" in done.error
    (corpus / "corrections.toml").unlink()

    assert watched.next().report.summary.notices == 1
    for name in ("b.txt", "100000/a.txt"):
        (corpus / name).unlink()
    done = watched.next()
    while done.error is None:
        done = watched.next()

    assert "no notices" in done.error
    (corpus / "c.txt").write_text(NOTICE.format(3), "utf-8")

    assert watched.next().report.summary.notices == 1


def test_fault_of_ours_ends_nothing(corpus, tmp_path, monkeypatch):
    """Even a fault of the program costs one round only."""
    real, calls = watching.build, []

    def failing(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("odd")
        return real(*arguments, **options)

    monkeypatch.setattr(watching, "build", failing)
    with Watching(corpus, tmp_path / "out") as running:
        assert running.next().error == "ValueError: odd. This is a fault of extractor."
        (corpus / "b.txt").write_text(NOTICE.format(2), "utf-8")

        assert running.next().report.summary.notices == 2


def test_failure_is_tried_again(corpus, tmp_path, monkeypatch):
    """What failed is tried again though nothing has changed; the same failure is said once."""
    real, calls = watching.build, []

    def failing(*arguments, **options):
        calls.append(1)
        if len(calls) < 4:
            raise DatasetError("no room")
        return real(*arguments, **options)

    monkeypatch.setattr(watching, "build", failing)
    monkeypatch.setattr(watching, "SWEEP", 0.1)
    with Watching(corpus, tmp_path / "out") as running:
        assert running.next().error == "no room"
        assert running.next().report.summary.notices == 1
        assert len(calls) == 4


def test_no_such_folder(tmp_path):
    """A folder that isn't there to begin with is an error of usage."""
    with pytest.raises(DatasetError, match="no such folder"):
        next(watch(tmp_path / "none", tmp_path / "out"))


def test_without_watchfiles(corpus, tmp_path, monkeypatch):
    """Without the extra, the message says what to install."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(ExtractorError, match=r"pip install 'policy-figures\[watch\]'"):
        next(watch(corpus, tmp_path / "out"))


def test_line(watched, corpus):
    """A round is one line, whatever the files are called."""
    (corpus / "x\n\x1b[31m.txt").write_text(NOTICE.format(2), "utf-8")
    for number in range(7):
        (corpus / f"{number}.txt").write_text(NOTICE.format(number + 10), "utf-8")
    line = round_line(watched.next(), load_labels(load(), "zh"))

    assert line.startswith("已加入 8 (0.txt, 1.txt, 2.txt, 3.txt, 4.txt …)")
    assert "文件 9" in line
    assert "\n" not in line
    assert "\x1b" not in line


@pytest.fixture
def heeded():
    """Let processes that are started heed Ctrl-C: those of a suite that runs in the background would ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_the_command(corpus, tmp_path, sign):
    """SIGTERM and Ctrl-C end the command with status 0, its outputs whole."""
    command = [sys.executable, "-m", "extractor", "watch", str(corpus), "-o", str(tmp_path / "out"), "--settle", "0.1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        line = process.stdout.readline()
        process.send_signal(sign)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()  # what doesn't end by itself mustn't hold up the tests

    assert "100000/a.txt" in line
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert store.load(tmp_path / "out/dataset.json").notices
