"""Runs tasks in processes that are watched: one that dies is replaced, and its task done again by the next.

Each worker has a pipe of its own and a thread here that waits for it. A task that a worker died of goes to another one
first thing; one that a second died of is `Lost`, and the others never notice.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from extractor.build.engine.tasks import Lost, function_of
from extractor.build.engine.worker import TaskAnswer, outcome_of
from extractor.errors import DatasetError
from extractor.ingest.sandbox import SandboxProcess
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self, TypeAlias

    from extractor.build.engine.tasks import Task
    from extractor.resources import Resources

    Outcome: TypeAlias = "bytes | Lost | Exception"

WORKER = "extractor.build.engine.worker"
# Deaths of one task after which it is given up; and of a process that hasn't even begun.
DEATHS = 2
STARTS = 3
# Tasks for each process from which on a second one pays: it loads for as long as some forty tasks take.
PAYS = 40
# Tasks for each process that are taken ahead of the one whose outcome is waited for.
AHEAD = 16


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes_for(jobs: int | None, resources: Resources, pays: int) -> Processes:
    """Give ``jobs`` processes; None takes the processors that this one may use, each from ``pays`` tasks on."""
    return Processes(resources, jobs or processors(), least=1 if jobs else pays)


class Processes:
    """The engine of one machine: ``jobs`` processes, or none beside this one where a process has less than ``least`` tasks."""

    def __init__(self, resources: Resources, jobs: int, *, least: int = 1) -> None:
        """Start nothing yet."""
        self.resources, self.jobs, self.least = resources, jobs, least
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the processes; at once where something went wrong."""
        for worker in self._workers:
            worker.end(at_once=any(error))
        self._workers.clear()

    def jobs_for(self, count: int) -> int:
        """Say how many processes so many tasks are worth; one is this process."""
        return max(1, min(self.jobs, count // self.least))

    def run(self, tasks: Iterable[Task], count: int) -> Iterator[bytes | Lost]:
        """Yield what comes of tasks in their order; raise what one of them raised."""
        jobs = self.jobs_for(count)
        if jobs == 1:
            return (function_of(task)(task.data, self.resources) for task in tasks)
        while len(self._workers) < jobs:
            self._workers.append(_Worker(self.resources))
        return _run(self._workers[:jobs], iter(tasks))


class _Worker:
    """A process, and those that take its place."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.status: int | None = None
        self._process: SandboxProcess | None = SandboxProcess(resources, WORKER)
        self._over = False

    def ask(self, message: bytes) -> bytes | None:
        """Give a task; None where the process died of it, ``status`` then says how."""
        for _ in range(STARTS):
            if self._over:
                return None
            process = self._process or SandboxProcess(self.resources, WORKER)
            self._process = process
            begun = process.files or process.ask(b"", None)[0]
            found, _ = process.ask(message, None) if begun else (None, False)
            if found is not None:
                return found
            self._drop(at_once=True)
            self.status = process.process.returncode
            if begun:
                return None
        msg = Message(
            "A process to read notices in ended {times} times before it had begun (status {status}). Build with --jobs 1.",
            times=STARTS,
            status=self.status,
        )
        raise DatasetError(msg)

    def end(self, *, at_once: bool) -> None:
        """End the process for good."""
        self._over = True
        self._drop(at_once=at_once)

    def _drop(self, *, at_once: bool) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end(at_once=at_once)


class _Tasks:
    """The tasks of one run that wait, and the outcomes so far, by their numbers."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.waiting: deque[tuple[int, bytes, int]] = deque()
        self.outcomes: dict[int, Outcome] = {}
        self.over = False

    def add(self, number: int, task: Task) -> None:
        with self.changed:
            self.waiting.append((number, msgspec.msgpack.encode(task), 0))
            self.changed.notify()

    def outcome(self, number: int) -> Outcome:
        """Wait for what comes of a task."""
        with self.changed:
            self.changed.wait_for(lambda: number in self.outcomes)
            return self.outcomes.pop(number)

    def close(self) -> None:
        with self.changed:
            self.over = True
            self.waiting.clear()
            self.changed.notify_all()

    def work(self, worker: _Worker) -> None:
        """Have a process do what waits until all is done."""
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.waiting or self.over)
                if self.over:
                    return
                number, message, deaths = self.waiting.popleft()
            outcome: Outcome
            try:
                found = worker.ask(message)
                outcome = Lost(worker.status) if found is None else _outcome(found)
            except Exception as error:  # noqa: BLE001 - raised where the outcome is asked for
                outcome = error
            with self.changed:
                if isinstance(outcome, Lost) and deaths + 1 < DEATHS and not self.over:
                    self.waiting.appendleft((number, message, deaths + 1))
                else:
                    self.outcomes[number] = outcome
                self.changed.notify_all()


def _run(workers: list[_Worker], tasks: Iterator[Task]) -> Iterator[bytes | Lost]:
    state = _Tasks()
    threads = [threading.Thread(target=state.work, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    asked = given = 0
    whole = False
    try:
        while True:
            while not whole and asked - given < AHEAD * len(workers):
                task = next(tasks, None)
                if task is None:
                    whole = True
                else:
                    state.add(asked, task)
                    asked += 1
            if given == asked:
                break
            outcome = state.outcome(given)
            given += 1
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome
    finally:
        state.close()
        if given < asked or not whole:  # interrupted: nobody wants what they are doing
            for worker in workers:
                worker.end(at_once=True)
        for thread in threads:
            thread.join()


def _outcome(found: bytes) -> Outcome:
    return outcome_of(msgspec.msgpack.decode(found, type=TaskAnswer))
