"""A reader that crashes, hangs or eats memory costs one file; and text recognition runs only where it is set."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import build_pdf
import formats
import pytest
from test_pdf import scan

from extractor.errors import IngestError
from extractor.ingest import DEFAULT, Limits, read
from extractor.ingest.limits import with_settings
from extractor.ingest.ocr import words_of
from extractor.ingest.sandbox import Sandbox
from extractor.model import SourceText
from extractor.resources import load

PARTS = formats.parts()

READERS = """
import ctypes, os, time
from extractor.errors import IngestError
from extractor.model import SourceText

def good(data, origin, limits, resources):
    print("a library's chatter")
    os.write(1, b"more of it")
    return SourceText(str(os.getpid()), origin, "", "", "made", data.decode())

def refuses(data, origin, limits, resources):
    raise IngestError("encrypted", f"{origin}: locked")

def fails(data, origin, limits, resources):
    raise KeyError("fault of ours")

def crashes(data, origin, limits, resources):
    ctypes.string_at(0)

def leaves(data, origin, limits, resources):
    os._exit(7)

def hangs(data, origin, limits, resources):
    while True:
        time.sleep(1)

def eats(data, origin, limits, resources):
    return bytearray(limits.memory << 21)

def recurses(data, origin, limits, resources):
    return recurses(data, origin, limits, resources)
"""


@pytest.fixture
def guard(tmp_path, monkeypatch):
    (tmp_path / "made_readers.py").write_text(READERS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = Sandbox()
    yield one
    one.close()


def run(guard, name, data=b"610", limits=DEFAULT):
    return guard.read(("made_readers", name), data, "某.pdf", limits, load())


def test_one_process_reads_all(guard):
    """The process is started once and answers in order; what libraries print doesn't disturb it."""
    sources = [run(guard, "good", str(n).encode()) for n in range(5)]

    assert [source.text for source in sources] == ["0", "1", "2", "3", "4"]
    assert len({source.sha256 for source in sources}) == 1
    assert sources[0].sha256 != str(os.getpid())
    assert isinstance(sources[0], SourceText)


def test_large_files_pass(guard):
    """Files larger than any pipe go in and come out."""
    data = b"610" * 5_000_000

    assert run(guard, "good", data).text == data.decode()


def test_refusals_keep_their_reason(guard):
    """What a reader refuses is refused for its reason and in its words; the process goes on."""
    before = run(guard, "good").sha256

    with pytest.raises(IngestError, match=r"某\.pdf: locked") as caught:
        run(guard, "refuses")

    assert caught.value.reason == "encrypted"
    assert run(guard, "good").sha256 == before


@pytest.mark.parametrize("name", ["crashes", "leaves"])
def test_crash(guard, name):
    """A crash costs the one file."""
    before = run(guard, "good").sha256

    with pytest.raises(IngestError, match=r"某\.pdf: .*ended without an answer") as caught:
        run(guard, name)

    assert caught.value.reason == "broken"
    assert run(guard, "good").sha256 != before


def test_hang(guard):
    """A reader that takes too long is stopped."""
    with pytest.raises(IngestError, match="--limit seconds=2") as caught:
        run(guard, "hangs", limits=Limits(seconds=1))

    assert caught.value.reason == "too_slow"
    assert run(guard, "good").text == "610"


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no bound on memory")
def test_memory(guard):
    """A reader gets the memory of the limits and no more."""
    with pytest.raises(IngestError, match="--limit memory=1024") as caught:
        run(guard, "eats", limits=Limits(memory=512))

    assert caught.value.reason == "too_large"
    assert run(guard, "good").text == "610"


def test_faults_are_told(guard):
    """A fault of a reader is no property of the file: it is told as what it is."""
    with pytest.raises(RuntimeError, match="KeyError: 'fault of ours'"):
        run(guard, "fails")


def test_depth(guard):
    """A file whose parts lie deeper within each other than a reader can follow is set aside, and said to be so."""
    with pytest.raises(IngestError, match="nested too deeply") as caught:
        run(guard, "recurses")

    assert caught.value.reason == "too_large"
    assert run(guard, "good").text == "610"


def test_killed_while_idle(guard):
    """A process that somebody killed is replaced."""
    pid = int(run(guard, "good").sha256)
    os.kill(pid, 9)
    time.sleep(0.2)

    assert int(run(guard, "good").sha256) != pid


def test_threads(guard):
    """Threads may read at once and get their own answers."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: run(guard, "good", str(n).encode()).text, range(40)))

    assert found == [str(n) for n in range(40)]


def test_interrupted(guard, monkeypatch):
    """An answer that nobody took is not taken for the next one's."""
    from extractor.ingest import sandbox

    def interrupted(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(guard, "good", b"350")

    assert run(guard, "good", b"610").text == "610"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_forked(tmp_path):
    """A forked process starts its own worker, and leaves its parent's alone."""
    script = tmp_path / "forks.py"
    script.write_text(FORKS, "utf-8")
    (tmp_path / "made.pdf").write_bytes(build_pdf.make(PARTS[:4]))
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-W", "ignore::DeprecationWarning", script, tmp_path / "made.pdf"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["child", "True", "parent", "True"]
    assert done.stderr == ""


FORKS = """
import os, sys
from pathlib import Path
from extractor.ingest import read
data = Path(sys.argv[1]).read_bytes()
text = read(data, origin="a").text
pid = os.fork()
again = read(data, origin="a").text == text
if pid:
    os.waitpid(pid, 0)
print("parent" if pid else "child", again, flush=True)
"""


def test_nothing_is_left_behind(tmp_path):
    """The worker ends with the program, however that ends."""
    (tmp_path / "made.pdf").write_bytes(build_pdf.make(PARTS[:4]))
    for end in ("", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"):
        code = (
            "import sys; from pathlib import Path; from extractor.ingest import read; from extractor.ingest.sandbox import "
            f"GUARD; read(Path(sys.argv[1]).read_bytes(), origin='a'); print(GUARD._worker.process.pid, flush=True); {end}"
        )
        done = subprocess.run([sys.executable, "-c", code, tmp_path / "made.pdf"], capture_output=True, text=True)  # noqa: S603, PLW1510
        pid = int(done.stdout)
        deadline = time.monotonic() + 60
        while is_running(pid) and time.monotonic() < deadline:
            time.sleep(0.05)

        assert not is_running(pid)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_pdf_is_guarded():
    """PDFs are read in the other process; reading one loads no PDF library here."""
    code = (
        "import sys; from pathlib import Path; from extractor.ingest import read; "
        "print(read(sys.stdin.buffer.read(), origin='a').reader, 'pypdfium2' in sys.modules)"
    )
    data = build_pdf.make(PARTS[:4])
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)  # noqa: S603 - our own program

    assert done.stdout.split() == [b"pdf", b"False"]


def test_current_folder_is_not_trusted(tmp_path, monkeypatch):
    """A file in the current folder that is named like a library isn't run."""
    for name in ("regex", "msgspec", "pypdfium2", "extractor"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", "utf-8")
    monkeypatch.chdir(tmp_path)
    one = Sandbox()

    found = one.read(("extractor.ingest.pdf.reader", "read_pdf"), build_pdf.make(PARTS[:4]), "某.pdf", DEFAULT, load())
    one.close()

    assert found.text.startswith(PARTS[0].text)


# ── text recognition ────────────────────────────────────────────────────────────────────────────────────────────────

RECOGNISED = "关于做好2022年居民医保工作的通知\n\n人均财政补助标准新增30元，达到每人每年\n610元。\n\f第2页\n"


def command(tmp_path, code):
    """Write a command that takes input and output."""
    script = tmp_path / "my ocr.py"
    script.write_text(
        f"import sys, time\nfrom pathlib import Path\ngiven = Path(sys.argv[1]).read_bytes()\n{code}", "utf-8"
    )
    return f'"{sys.executable}" "{script}" {{input}}'


def recognised(limits):
    return read(scan(), origin="某.pdf", limits=limits)


def test_recognition_prints(tmp_path):
    """A command may print the text; it is read as plain text and said to be of the PDF."""
    source = recognised(
        Limits(ocr=command(tmp_path, f"assert given[:4] == b'%PDF'\nsys.stdout.buffer.write({RECOGNISED!r}.encode())"))
    )

    assert source.text == RECOGNISED.replace("\f", "\n")
    assert (source.reader, source.media_type, source.encoding, source.origin) == (
        "pdf+ocr",
        "application/pdf",
        "utf-8",
        "某.pdf",
    )


def test_recognition_makes_a_pdf(tmp_path):
    """A command may write a PDF with a text layer; pages and boxes are kept."""
    (tmp_path / "made.pdf").write_bytes(build_pdf.make(PARTS[:6]))
    code = f"Path(sys.argv[2]).write_bytes(Path({str(tmp_path / 'made.pdf')!r}).read_bytes())"
    source = recognised(Limits(ocr=command(tmp_path, code) + " {output}"))

    assert source.text.startswith(PARTS[0].text)
    assert source.reader == "pdf+ocr"
    assert {block.page for block in source.blocks} >= {1}


BAD = [
    ("no such command", lambda _: "no-such-command {input}", "can't be started"),
    ("fails", lambda tmp_path: command(tmp_path, "sys.exit('no  model')"), "status 1: no model"),
    ("nothing", lambda tmp_path: command(tmp_path, ""), "found no text"),
    ("no output", lambda tmp_path: command(tmp_path, "") + " {output}", "wrote no {output}"),
    ("a PDF without text", lambda tmp_path: command(tmp_path, "sys.stdout.buffer.write(given)"), "no text layer"),
]


@pytest.mark.parametrize(("make", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_recognition_fails(tmp_path, make, words):
    """A command that gives no text is named, with what it said."""
    with pytest.raises(IngestError) as caught:
        recognised(Limits(ocr=make(tmp_path)))

    assert caught.value.reason == "no_text"
    assert words in str(caught.value)
    assert str(caught.value).startswith("某.pdf: ")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no groups of processes")
def test_recognition_takes_too_long(tmp_path):
    """A command has its time; with it ends what it started."""
    mark = tmp_path / "pid"
    code = (
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"Path({str(mark)!r}).write_text(str(child.pid))\ntime.sleep(60)"
    )

    with pytest.raises(IngestError, match="--limit ocr_seconds=4") as caught:
        recognised(Limits(ocr=command(tmp_path, code), ocr_seconds=2))

    assert caught.value.reason == "too_slow"
    time.sleep(0.2)
    assert not is_running(int(mark.read_text())) or is_zombie(int(mark.read_text()))


def is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 - no path of ours
            return file.read().split()[2] == "Z"
    except OSError:
        return True


def test_nothing_runs_unless_set():
    """Without a command a scan is set aside; a file with text never runs one."""
    with pytest.raises(IngestError, match="--ocr"):
        read(scan(), origin="某.pdf")

    assert read(build_pdf.make(PARTS[:4]), origin="某.pdf", limits=Limits(ocr="no-such-command")).reader == "pdf"


def test_command_is_no_number():
    """The command is no limit that takes a number."""
    with pytest.raises(ValueError, match="ocr_seconds"):
        with_settings(["ocr=3"])


def test_words_of_a_command():
    """A command is split like a shell would, but nothing of it is a shell's."""
    assert words_of("a 'b c' $(rm x); {input}") == ["a", "b c", "$(rm", "x);", "{input}"]


def test_no_thread_is_left(guard):
    """The clocks of finished files are stopped."""
    for _ in range(5):
        run(guard, "good")
    time.sleep(0.1)

    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
