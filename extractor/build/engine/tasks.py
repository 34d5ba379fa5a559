"""Tasks of a build, what comes of them, and what an engine is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    from extractor.resources import Resources


class Task(Struct, frozen=True):
    """A function of the package, ``module`` and ``function``, and the data that it is given beside the resources.

    It takes and returns bytes. What it raises ends the run, so that it must hold what one notice may do wrong.
    """

    module: str
    function: str
    data: bytes


class Lost(NamedTuple):
    """Stands for what comes of a task of which two processes died, the last one with this status."""

    status: int | None


class Cluster(Struct, frozen=True, kw_only=True):
    """A cluster of Dask: the address of its scheduler, None for one of this machine's own.

    ``shards`` is a folder, or an address of fsspec, that all of its workers can write to and this process can read; it may hold
    others' files, too. Without one a build takes a folder below its outputs.
    """

    scheduler: str | None = None
    shards: str = ""


class Engine(Protocol):
    """Runs tasks; a context, which ends what it started."""

    def __enter__(self) -> Self:
        """Begin; nothing is started before there is something to do."""

    def __exit__(self, *_: object) -> None:
        """End every process, at once where it was interrupted."""

    def run(self, tasks: Iterable[Task], count: int) -> Iterator[bytes | Lost]:
        """Yield what comes of each of ``count`` tasks, in their order; they are taken only as they are needed."""


def function_of(task: Task) -> Callable[[bytes, Resources], bytes]:
    """Find the function that a task names."""
    found: Callable[[bytes, Resources], bytes] = getattr(import_module(task.module), task.function)
    return found
