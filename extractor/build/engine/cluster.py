"""Runs tasks on a cluster of Dask, in batches; the only importer of Dask.

A worker writes what comes of a batch to a file, a shard, that this process reads and removes; through the scheduler go only
its name, count and digest. Where workers are lost Dask does their batches again. One of which as many died as the scheduler allows is done
again alone, in halves, while nothing else runs: so it is known which task it was that they died of, and no other is blamed.

Whoever reaches a scheduler can have its workers do anything, and a scheduler can do so with whoever connects to it: Dask pickles.
So its address is the user's own word, and nothing here looks for one.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import hashlib
import logging
import re
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from extractor.build.engine import shards
from extractor.build.engine.shards import Batch, Shard, do_batch
from extractor.build.engine.tasks import Lost
from extractor.build.engine.worker import outcome_of
from extractor.errors import DatasetError
from extractor.messages import Message, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from extractor.build.engine.tasks import Cluster, Task
    from extractor.resources import Resources

# Tasks of a batch, and bytes: they go through the scheduler.
MOST_TASKS = 100
MOST_BYTES = 4 << 20
# Batches for each worker that are asked for at once.
AHEAD = 4
# Workers that die of a task alone before it is given up, and times that it is tried, since a worker that is started again may
# have the address of the one before.
DEATHS, MOST_TRIES = 2, 5
# Seconds to wait for a scheduler, and for a first worker of it.
PATIENCE = 30

_SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss)://\S{1,300}")


class _Asked(NamedTuple):
    tasks: tuple[bytes, ...]
    future: Any


class DaskEngine:
    """The engine of a cluster, or of ``jobs`` worker processes of this machine where no scheduler is named."""

    def __init__(self, resources: Resources, cluster: Cluster, jobs: int, seen: Sequence[str] = ()) -> None:
        """Start nothing yet; a `DatasetError` says what is missing, or that an address is none."""
        require_dask()
        if cluster.scheduler is not None and not _SCHEDULER.fullmatch(cluster.scheduler):
            msg = Message(
                "{scheduler}: is no address of a scheduler, expected one like tcp://10.0.0.1:8786.",
                scheduler=cluster.scheduler,
            )
            raise DatasetError(msg)
        self.resources, self.cluster, self.jobs = resources, cluster, jobs
        self._seen = tuple(shards.absolute(one) for one in seen)
        self._shards = shards.absolute(cluster.shards)
        self._catalogs = tuple((str(one.path), one.data) for one in resources.catalogs)
        self._client: Any = None
        self._local: Any = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let the cluster go; what it is doing is given up where something went wrong."""
        client, local, self._client, self._local = self._client, self._local, None, None
        with contextlib.suppress(Exception):
            if client is not None:
                client.close(timeout=2 if any(error) else 10)
        with contextlib.suppress(Exception):
            if local is not None:
                local.close(timeout=10)
        with contextlib.suppress(OSError):
            shards.sweep_shards(self._shards)

    def run(self, tasks: Iterable[Task], count: int) -> Iterator[bytes | Lost]:
        """Yield what comes of tasks in their order; raise what one of them raised."""
        return self._run(_batches(tasks)) if count else iter(())

    def _run(self, batches: Iterator[tuple[bytes, ...]]) -> Iterator[bytes | Lost]:
        from distributed import KilledWorker

        asked: deque[_Asked] = deque()
        try:
            self._connect()
            while True:
                while len(asked) < AHEAD * self._workers() and (tasks := next(batches, None)):
                    asked.append(self._ask(tasks))
                if not asked:
                    return
                first = asked.popleft()
                try:
                    yield from self._outcomes(first.future.result(), len(first.tasks))
                except KilledWorker:  # whatever else ran there may have been why
                    for other in asked:
                        other.future.exception()
                    yield from self._alone(first.tasks, ())
        except (concurrent.futures.CancelledError, asyncio.CancelledError, OSError, TimeoutError) as error:
            raise self._gone(error) from error

    def _alone(self, tasks: tuple[bytes, ...], died: tuple[str, ...]) -> Iterator[bytes | Lost]:
        """Do again what workers died of, in halves, while nothing else runs; ``died`` are the addresses of those workers.

        A task that is asked for while its worker's death isn't noticed yet fails by that same death once more.
        """
        from distributed import KilledWorker

        if len(tasks) == 1 and (len({*died}) >= DEATHS or len(died) >= MOST_TRIES):
            yield Lost(None)
            return
        middle = len(tasks) // 2
        for half in (tasks[:middle], tasks[middle:]) if middle else (tasks,):
            try:
                done = self._ask(half).future.result()
            except KilledWorker as killed:
                before = died if len(tasks) == 1 else ()
                yield from self._alone(half, (*before, killed.last_worker.address))
            else:
                yield from self._outcomes(done, len(half))

    def _ask(self, tasks: tuple[bytes, ...]) -> _Asked:
        import dask

        batch = Batch(tasks, self._catalogs, shards.fingerprint(self.resources), self._seen, self._shards)
        # A batch is never split: a region of thousands of notices is larger than what Dask warns of.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
            future = self._client.submit(do_batch, msgspec.msgpack.encode(batch), pure=False)
        return _Asked(tasks, future)

    def _outcomes(self, done: bytes, count: int) -> Iterator[bytes]:
        """Read what came of a batch."""
        shard = msgspec.msgpack.decode(done, type=Shard)
        if shard.fault:
            raise self._refused(shard)
        try:
            data = shards.take_shard(self._shards, shard.name)
        except OSError as error:
            msg = Message(
                "{shards}: a worker wrote {name} there, and it isn't seen here: {error}. Name a folder or an address that all "
                "workers and this machine see with --shards.",
                shards=self._shards,
                name=shard.name,
                error=error,
            )
            raise DatasetError(msg) from error
        if hashlib.sha256(data).hexdigest() != shard.digest or shard.count != count:
            msg = Message(
                "{shards}: {name} is not as a worker wrote it. Something else writes there: name another place with --shards.",
                shards=self._shards,
                name=shard.name,
            )
            raise DatasetError(msg)
        for answer in shards.read_answers(data):
            outcome = outcome_of(answer)
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome

    def _refused(self, shard: Shard) -> DatasetError:
        scheduler = self.cluster.scheduler or Message("this machine")
        if shard.fault == "version":
            msg = Message(
                "{scheduler}: a worker has another version of extractor, of a library or of the data files. Install the same on "
                "all machines, so that the bytes are the same.",
                scheduler=scheduler,
            )
        elif shard.fault == "unreached":
            msg = Message("{scheduler}: a worker said: {reason}", scheduler=scheduler, reason=unpacked(shard.why))
        elif shard.fault == "unseen":
            msg = Message(
                "{scheduler}: a worker doesn't see {folder}. Put it on a disk that all machines have under the same name, or at an "
                "address that all of them reach.",
                scheduler=scheduler,
                folder=shard.name,
            )
        else:
            msg = Message(
                "{shards}: a worker can't write there: {reason}. Name a place that all workers may write to with --shards.",
                shards=self._shards,
                reason=unpacked(shard.why),
            )
        return DatasetError(msg)

    def _workers(self) -> int:
        return len(self._client.nthreads()) or 1

    def _connect(self) -> None:
        """Connect to the scheduler, or start one with workers on this machine."""
        from distributed import Client, LocalCluster

        if self._client is not None:
            return
        shards.sweep_shards(self._shards)
        if self.cluster.scheduler is None:
            import dask

            # The first death of a worker counts here: all are of this machine, and none is lost without a reason.
            # A scheduler answers over HTTP even without its dashboard: at any port, since two builds may run at once.
            with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                self._local = LocalCluster(
                    n_workers=self.jobs, threads_per_worker=1, processes=True, dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"}, silence_logs=logging.CRITICAL,
                )  # fmt: skip
        self._client = Client(self._local or self.cluster.scheduler, timeout=PATIENCE, set_as_default=False)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            msg = Message(
                "{scheduler}: has no workers. Start some: dask worker {scheduler}.", scheduler=self.cluster.scheduler
            )
            raise DatasetError(msg) from error

    def _gone(self, error: BaseException) -> DatasetError:
        msg = Message(
            "{scheduler}: the scheduler can't be reached: {error}. What was read is kept; build again when it is there.",
            scheduler=self.cluster.scheduler or Message("this machine"),
            error=str(error).split("\n", maxsplit=1)[0] or type(error).__name__,
        )
        return DatasetError(msg)


def _batches(tasks: Iterable[Task]) -> Iterator[tuple[bytes, ...]]:
    """Group tasks, each as MessagePack; they are taken only as they are needed."""
    batch: list[bytes] = []
    size = 0
    for task in tasks:
        message = msgspec.msgpack.encode(task)
        if batch and (len(batch) == MOST_TASKS or size + len(message) > MOST_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(message)
        size += len(message)
    if batch:
        yield tuple(batch)


def require_dask() -> None:
    """Raise `DatasetError` where Dask isn't installed."""
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        msg = Message(
            "a cluster needs {module}, which is not installed. Run: pip install 'policy-figures[{extra}]'.",
            module="distributed",
            extra="dask",
        )
        raise DatasetError(msg) from error
