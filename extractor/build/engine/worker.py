"""The other side of `build.engine.processes`: a process that does one task after the other until its input ends.

As `ingest.sandbox_worker`, but without bounds on time and memory: those of a notice hold in it as they do where there is
one process, and what is risky it gives to a sandbox of its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from extractor.build.engine.tasks import Task, function_of
from extractor.errors import CatalogError, DatasetError
from extractor.ingest.sandbox_worker import begin, receive, send
from extractor.messages import packed, unpacked

if TYPE_CHECKING:
    from extractor.resources import Resources

FAULTS: dict[str, type[Exception]] = {one.__name__: one for one in (CatalogError, DatasetError, ImportError)}


class TaskAnswer(Struct, frozen=True):
    """What came of a task, or what it raised: the name of an exception and its message, `packed`."""

    value: bytes = b""
    fault: str = ""
    message: Any = ""


def main() -> None:
    """Answer tasks until there are no more; the first message is empty, and is answered when all is ready."""
    incoming, outgoing, resources = begin(sys.argv[1])
    decoder = msgspec.msgpack.Decoder(Task)
    while (message := receive(incoming)) is not None:
        answer = answer_to(decoder.decode(message), resources) if message else TaskAnswer()
        send(outgoing, msgspec.msgpack.encode(answer))


def answer_to(task: Task, resources: Resources) -> TaskAnswer:
    """Do a task."""
    try:
        return TaskAnswer(function_of(task)(task.data, resources))
    except Exception as error:  # noqa: BLE001 - passed on, and raised on the other side
        return TaskAnswer(b"", _name(error), packed(str(error)))


def outcome_of(answer: TaskAnswer) -> bytes | Exception:
    """Give what came of a task, or make again what it raised."""
    if not answer.fault:
        return answer.value
    return FAULTS.get(answer.fault, RuntimeError)(unpacked(answer.message))


def _name(error: Exception) -> str:
    return next((name for name, kind in FAULTS.items() if isinstance(error, kind)), type(error).__name__)


if __name__ == "__main__":
    main()
