"""Chooses the engine of a build: the one small function that knows of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build.engine.processes import PAYS, processes_for, processors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.build.engine.tasks import Cluster, Engine
    from extractor.resources import Resources


def engine_for(
    jobs: int | None, resources: Resources, cluster: Cluster | None = None, *, seen: Sequence[str] = ()
) -> Engine:
    """Make an engine of so many processes; None takes the processors that this process may use, where they pay.

    With a ``cluster`` it is one of Dask, whose workers have to see the folders ``seen``.
    """
    if cluster is None:
        return processes_for(jobs, resources, PAYS)
    from extractor.build.engine.cluster import DaskEngine

    return DaskEngine(resources, cluster, jobs or processors(), seen)
