"""Reads files in a process of their own, where a reader may crash, hang or eat memory at the cost of one file only.

The process is started with the first such file, serves all later ones that are read by the same data files, and ends
with this one. It is plain Python with a pipe on either side; so it works from threads, from scripts without a main module, and after a fork.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import structs

from extractor.errors import CatalogError, IngestError
from extractor.ingest.sandbox_worker import SandboxAnswer, SandboxJob, receive, send
from extractor.messages import Message
from extractor.messages import unpacked as words_again
from extractor.model import SourceText

if TYPE_CHECKING:
    from typing import BinaryIO

    from extractor.ingest.limits import Limits
    from extractor.resources import Resources

# Files that one process reads: what a library forgets to give back doesn't add up over a long run.
MOST_FILES = 500
# Seconds that it may take to end by itself.
PATIENCE = 2.0
# Seconds that loading a reader or the pipeline may take, which is no work on a file.
LOADING = 300.0

T = TypeVar("T")


class SandboxProcess:
    """A reading process; ``owner`` is the process that started it, which alone may use it.

    It reads by ``resources``, of which it loads its own copy; ``module`` is what it runs.
    """

    def __init__(self, resources: Resources, module: str = "extractor.ingest.sandbox_worker") -> None:
        """Start it; it finds the package where this process found it, never in the current folder."""
        root = str(Path(__file__).parents[2])
        paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter, and no shell
            [sys.executable, "-P", "-m", module, resources.root.absolute()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        with suppress(OSError):  # where it has ended already the first job says so
            send(self.pipes[0], msgspec.msgpack.encode([(str(own.path), own.data) for own in resources.catalogs]))
        self.owner = os.getpid()
        self.resources = resources
        self.modules: set[str] = set()
        self.files = 0

    @property
    def pipes(self) -> tuple[BinaryIO, BinaryIO]:
        """Where jobs go in and answers come out."""
        incoming, outgoing = self.process.stdin, self.process.stdout
        if incoming is None or outgoing is None:  # not with PIPE, as above
            raise BrokenPipeError
        return incoming, outgoing  # type: ignore[return-value]

    def ask(self, message: bytes, seconds: float | None) -> tuple[bytes | None, bool]:
        """Give it a job; return its answer, None where it ended without one, and whether its time was up."""
        late = threading.Event()
        self.files += 1
        if seconds is None:
            return self._asked(message), False

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            return self._asked(message), late.is_set()
        finally:
            timer.cancel()

    def _asked(self, message: bytes) -> bytes | None:
        try:
            incoming, outgoing = self.pipes
            send(incoming, message)
            return receive(outgoing)
        except (OSError, ValueError):  # ended, or its pipes closed by who gave it up
            return None

    def end(self, *, at_once: bool = False) -> None:
        """End it; by itself, if it has nothing to do."""
        if self.owner != os.getpid():
            return
        if at_once:  # first, since a thread may be waiting at a pipe that is to be closed
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Sandbox:
    """Keeps one worker, for one file at a time."""

    def __init__(self) -> None:
        """Begin without a worker."""
        self._lock = threading.Lock()
        self._worker: SandboxProcess | None = None

    def read(
        self,
        reader: tuple[str, str],
        data: bytes,
        origin: str,
        limits: Limits,
        resources: Resources,
        **options: str | bool | None,
    ) -> SourceText:
        """Let a reader (module and function) read a file; raise `IngestError` for what it can't read or doesn't survive."""
        return self.run(SandboxJob(*reader, data, origin, limits, options), resources, SourceText)

    def run(self, job: SandboxJob, resources: Resources, kind: type[T]) -> T:
        """Do a job and return what comes of it, a value of a type; raise as `read` does."""
        with self._lock:
            process = self._fresh(resources)
            found, late = None, False
            try:
                if job.module not in process.modules:
                    # The time of a job begins when its module is there.
                    start = structs.replace(job, function="", data=b"", options={})
                    process.ask(msgspec.msgpack.encode(start), LOADING)
                    process.modules.add(job.module)
                found, late = process.ask(msgspec.msgpack.encode(job), job.limits.seconds)
            finally:
                # Also where this process is interrupted: an answer that nobody took would be taken for the next one's.
                if found is None:
                    self._worker = None
                    process.end(at_once=True)
        if found is None:
            raise lost(job.origin, job.limits, process.process.returncode, late=late)
        return unpacked(msgspec.msgpack.decode(found, type=SandboxAnswer), job, kind)

    def _fresh(self, resources: Resources) -> SandboxProcess:
        """Return the worker, or a new one where there is none, it has ended, has read enough or has other resources."""
        process = self._worker
        if process is not None and process.owner != os.getpid():
            process = None
        if process is not None and (
            process.files >= MOST_FILES or process.process.poll() is not None or process.resources is not resources
        ):
            process.end()
            process = None
        self._worker = process or SandboxProcess(resources)
        return self._worker

    def close(self) -> None:
        """End the worker; another is started when one is needed."""
        with self._lock:
            if self._worker is not None:
                self._worker.end()
            self._worker = None


def lost(origin: str, limits: Limits, code: int | None, *, late: bool) -> IngestError:
    """Make the error for a file that the worker didn't survive."""
    if late:
        msg = Message.counted(
            "{origin}: reading took more than {seconds} second and was stopped. Check that it is the notice you "
            "mean, or raise the limit: --limit seconds={raised}.",
            "{origin}: reading took more than {seconds} seconds and was stopped. Check that it is the notice you "
            "mean, or raise the limit: --limit seconds={raised}.",
            limits.seconds,
            origin=origin,
            seconds=limits.seconds,
            raised=2 * limits.seconds,
        )
        return IngestError("too_slow", msg)
    msg = Message(
        "{origin}: the reader for its format ended without an answer ({how}), the file is damaged or needs "
        "more than {memory} MiB of memory. Fetch it again; if it stays so, save it anew, or raise --limit "
        "memory=….",
        origin=origin,
        how=how_ended(code),
        memory=limits.memory,
    )
    return IngestError("broken", msg)


def how_ended(code: int | None) -> Message:
    """Say how a process ended; None where nobody saw it, as on another machine."""
    if code is None:
        return Message("a status that nobody saw")
    if code < 0:
        return Message("signal {code}", code=-code)
    return Message("status {code}", code=code)


def unpacked(answer: SandboxAnswer, job: SandboxJob, kind: type[T]) -> T:
    """Return the value of an answer or raise what it tells."""
    if answer.kind == "refused":
        raise IngestError(answer.reason, words_again(answer.message))
    if answer.kind == "catalog":
        raise CatalogError(words_again(answer.message))
    if answer.kind == "memory":
        msg = Message(
            "{origin}: reading needs more than {memory} MiB of memory. Check that it is the notice you mean, or "
            "raise the limit: --limit memory={raised}.",
            origin=job.origin,
            memory=job.limits.memory,
            raised=2 * job.limits.memory,
        )
        raise IngestError("too_large", msg)
    if answer.kind == "fault":
        msg = Message(
            "{origin}: {module}.{function} failed: {message}",
            origin=job.origin,
            module=job.module,
            function=job.function,
            message=words_again(answer.message),
        )
        raise RuntimeError(msg)
    return msgspec.msgpack.decode(answer.value, type=kind)


# One reads, the other draws: pdfium draws with the system's fonts and must not read with them (`ingest.pdf.fonts`), and
# keeps those that it took first for as long as its process lives.
GUARD, PAINTER = Sandbox(), Sandbox()
for _sandbox in (GUARD, PAINTER):
    atexit.register(_sandbox.close)


def after_fork() -> None:
    """Give a forked process locks of its own: another thread may have held them."""
    for sandbox in (GUARD, PAINTER):
        sandbox.__init__()  # type: ignore[misc]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork)
