"""The other side of `ingest.sandbox`: a process that reads one file after the other until its input ends.

Its argument is the folder of the data files to read by; the first message are a user's own catalogs beside them.

Its own output stays free for answers: whatever a library prints goes nowhere.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Raw, Struct

from extractor.errors import CatalogError, IngestError, IngestReason
from extractor.ingest.limits import MIB, Limits, bounded
from extractor.messages import packed
from extractor.resources import OwnCatalog, load_with

if TYPE_CHECKING:
    from typing import BinaryIO

    from extractor.resources import Resources

LENGTH = 8
# Seconds after the deadline at which the process ends by itself, should nobody be left to end it.
GRACE = 30


# An empty `Raw` is no MessagePack.
NIL = Raw(b"\xc0")


class SandboxJob(Struct, frozen=True):
    """A file and what reads it; ``options`` are named arguments. Without a function the module is only loaded."""

    module: str
    function: str
    data: bytes
    origin: str
    limits: Limits
    options: dict[str, str | bool | None] = {}


class SandboxAnswer(Struct, frozen=True):
    """What came of it: a ``value`` in MessagePack, why the file can't be read, a wrong data file, or a fault of the reader.

    ``message`` is `packed`.
    """

    kind: Literal["done", "refused", "memory", "catalog", "fault"]
    value: Raw = NIL
    reason: IngestReason = "broken"
    message: Any = ""


def main() -> None:
    """Answer jobs until there are no more."""
    incoming, outgoing, resources = begin(sys.argv[1])
    decoder = msgspec.msgpack.Decoder(SandboxJob)
    while (message := receive(incoming)) is not None:
        job = decoder.decode(message)
        bound(job.limits.seconds + GRACE, job.limits.memory * MIB if job.function else None)
        found = msgspec.msgpack.encode(answer(job, resources))
        # The next message may be larger than what this job was allowed.
        bound(0, None)
        send(outgoing, found)


def begin(root: str) -> tuple[BinaryIO, BinaryIO, Resources]:
    """Take over the pipes, and load the data files below ``root`` with the own catalogs of the first message."""
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    # Whoever interrupts the run interrupts the process that waits for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    own = msgspec.msgpack.decode(receive(incoming) or b"\x90", type=list[tuple[str, bytes]])
    return incoming, outgoing, load_with([OwnCatalog(Path(path), data) for path, data in own], Path(root))


def bound(seconds: int, memory: int | None) -> None:
    """Set bounds that the system keeps, where it has them: on time (0 for none), and on the bytes beside what is loaded."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if memory is None else loaded() + memory, most))
    except (ImportError, ValueError, OSError):
        pass


def loaded() -> int:
    """Return the bytes of this process's address space; 0 where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def answer(job: SandboxJob, resources: Resources) -> SandboxAnswer:
    """Do one job."""
    try:
        module = import_module(job.module)
        if not job.function:
            getattr(module, "warm_up", lambda _: None)(resources)
            return SandboxAnswer("done")
        value = bounded(getattr(module, job.function), job.data, job.origin, job.limits, resources, **job.options)
        return SandboxAnswer("done", Raw(msgspec.msgpack.encode(value)))
    except IngestError as error:
        return SandboxAnswer("refused", reason=error.reason, message=packed(str(error)))
    except CatalogError as error:
        return SandboxAnswer("catalog", message=packed(str(error)))
    except (MemoryError, ImportError):
        return SandboxAnswer("memory")  # a library of C that a job loads may find no room for itself
    except Exception as error:  # noqa: BLE001 - passed on, and raised on the other side
        return SandboxAnswer("fault", message=f"{type(error).__name__}: {error}")


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(LENGTH, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Read one message; None where the other side has ended."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None


if __name__ == "__main__":
    main()
