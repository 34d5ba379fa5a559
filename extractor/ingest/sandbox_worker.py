"""The other side of `ingest.sandbox`: a process that reads one file after the other until its input ends.

Its argument is the folder of the data files to read by.

Its own output stays free for answers: whatever a library prints goes nowhere.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from extractor.errors import CatalogError, IngestError, IngestReason
from extractor.ingest.limits import MIB, Limits, bounded
from extractor.model import SourceText
from extractor.resources import load

if TYPE_CHECKING:
    from typing import BinaryIO

    from extractor.resources import Resources

LENGTH = 8
# Seconds after the deadline at which the process ends by itself, should nobody be left to end it.
GRACE = 30


class SandboxJob(Struct, frozen=True):
    """A file to read and the reader for it."""

    module: str
    function: str
    data: bytes
    origin: str
    limits: Limits


class SandboxAnswer(Struct, frozen=True):
    """What came of it: a text, the reason why it can't be read, a wrong data file, or a fault of the reader."""

    kind: Literal["text", "refused", "memory", "catalog", "fault"]
    source: SourceText | None = None
    reason: IngestReason = "broken"
    message: str = ""


def main() -> None:
    """Answer jobs until there are no more."""
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    # Whoever interrupts the run interrupts the process that waits for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resources = load(Path(sys.argv[1]))
    decoder = msgspec.msgpack.Decoder(SandboxJob)
    while (message := receive(incoming)) is not None:
        job = decoder.decode(message)
        bound(job.limits)
        found = msgspec.msgpack.encode(answer(job, resources))
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        send(outgoing, found)


def bound(limits: Limits) -> None:
    """Set bounds that the system keeps, where it has them."""
    if hasattr(signal, "alarm"):
        signal.alarm(limits.seconds + GRACE)
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory * MIB, most))
    except (ImportError, ValueError, OSError):
        pass


def answer(job: SandboxJob, resources: Resources) -> SandboxAnswer:
    """Read one file."""
    try:
        reader = getattr(import_module(job.module), job.function)
        return SandboxAnswer("text", bounded(reader, job.data, job.origin, job.limits, resources))
    except IngestError as error:
        return SandboxAnswer("refused", reason=error.reason, message=str(error))
    except CatalogError as error:
        return SandboxAnswer("catalog", message=str(error))
    except MemoryError:
        return SandboxAnswer("memory")
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
