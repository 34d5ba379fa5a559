"""What runs the dear tasks of a build: reading notices, making what regions give, comparing sentences; in this process or in several.

An `Engine` takes tasks in order and yields what comes of them in that order; who asks doesn't see how many work. A task
names a function of the package by module and name; function and data are all that it rests on, so that it may run in
any process and again where one died of it.

Of ways to have several processes, with a worker killed while it reads the 150th of 300 notices:

===================================  =======================================================================
concurrent.futures                   `BrokenProcessPool`: all that was asked for is lost, with no word of which
                                     task was at fault; each task would have to be asked for again, alone
loky                                 the same, `TerminatedWorkerError`, and a new pool for the next call
pebble                               replaces the worker and names the task; but workers share one pipe and the
                                     locks on it, and one killed while it holds a lock keeps the others waiting
`processes`                          a pipe a worker, as the sandbox has, so that whoever dies takes nothing along
===================================  =======================================================================

Beyond one machine there is a cluster of Dask (`cluster`), whose workers are handed batches of tasks and write what comes of
them where this process finds it.
"""

from __future__ import annotations

from extractor.build.engine.choice import engine_for
from extractor.build.engine.tasks import Cluster, Engine, Lost, Task

__all__ = ["Cluster", "Engine", "Lost", "Task", "engine_for"]
